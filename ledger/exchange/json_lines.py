"""Claims as JSON Lines, one a line in the import format (DESIGN, machine-readable contract), in and out.

The key of a line is the key it was imported with, else the claim's uid, so that taking it in twice logs it once. An article's
text stands in the first line about it, if texts are asked for; without it the claims are imported unanchored.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import msgspec

from ledger import capture
from ledger.errors import BadInput
from ledger.exchange import Selection
from ledger.exchange.import_line import ARTICLE, CLAIM
from ledger.exchange.rows import Row, opened
from ledger.records import Article, Json, order, unseen_escaped
from ledger.store import Ledger, read, whole
from ledger.vocabulary import Stance

LOT = 500
"""Lines written in one piece."""


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """One line a claim, streaming."""
    found = lines(ledger, selection)
    while lot := [encoded(line) for _, line in islice(found, LOT)]:
        yield ("\n".join(lot) + "\n").encode()


_encode = msgspec.json.Encoder().encode


def encoded(line: Json) -> str:
    """The line as JSON; controls and marks of direction are escaped, so that they change no terminal."""
    return unseen_escaped(_encode(line).decode())


def lines(ledger: Ledger, selection: Selection) -> Iterator[tuple[whole.Whole, Json]]:
    """Each claim with its line."""
    texts = _Texts(ledger) if selection.full_text else None
    for found in whole.claims(ledger, question=selection.question):
        yield found, line_of(found, texts.once(found) if texts else None)


def line_of(found: whole.Whole, text: str | None = None) -> Json:
    """The claim and its article with their defaults left out; an empty list says that there is none to be read."""
    claim = msgspec.to_builtins(found.claim)
    line: Json = {"key": found.claim.key or found.claim.uid, "article": _article(found.article, text)}
    line |= {name: claim[name] for name in FIELDS if name in claim}
    for hop in line.setdefault("attribution", []):
        hop.setdefault("role", "origin")
        if "cue" in hop:
            line.setdefault("stance", Stance.ASSERTS.value)  # or it would be read from the cue
    line.setdefault("quantities", [])
    line.setdefault("times", [])
    if found.extra is not None:
        line["extra"] = msgspec.Raw(found.extra.encode())
    return line


FIELDS = ("exact", *sorted(CLAIM - {"exact", "key", "extra"}), "place")
"""Fields of a claim in a line, after its key and its article."""


def _article(article: Article, text: str | None) -> Json:
    known = msgspec.to_builtins(article)
    return {k: v for k, v in known.items() if k in ARTICLE} | ({} if text is None else {"text": text})


class _Texts:
    """The texts of saved copies, each article's once, with its first claim that stands in one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._told = bytearray()

    def once(self, found: whole.Whole) -> str | None:
        n, uid = order(found.article.id), found.claim.capture
        if len(self._told) <= n:
            self._told.extend(bytes(n + 1 - len(self._told)))
        copy = read.capture(self._ledger, uid) if uid and not self._told[n] else None
        self._told[n] |= copy is not None
        return capture.text_of(self._ledger, copy) if copy else None


# --- in -----------------------------------------------------------------------------------------------------------

LINE_LIMIT = 64 * 1024 * 1024
"""Bytes of the longest line; an article's text may stand in it."""


def looks_like(head: bytes, name: str) -> bool:  # noqa: ARG001  every import is asked the same
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"')


def rows(name: str) -> Iterator[Row]:
    """The lines with their numbers, without those that are blank."""
    shown = "standard input" if name == "-" else name
    number = 0
    with opened(name) as file:
        while line := file.readline(LINE_LIMIT + 1):
            number += 1
            if len(line) > LINE_LIMIT:
                raise BadInput(f"{shown}, line {number} is longer than {LINE_LIMIT // 2**20} MB")
            if line.strip():
                yield Row(number, line)
