"""Exporting claims as JSON Lines that can be imported again: what a person gave and what was read from the text, no ids.

The key of a line is the key it was imported with, else the claim's uid, so that importing it twice logs it once. An article's
text stands in the first line about it, if texts are asked for; without it the claims are imported unanchored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

import msgspec
from msgspec import Raw, Struct

from ledger import capture
from ledger.exchange import Selection
from ledger.records import Json, unseen_escaped
from ledger.store import Ledger, read, whole


class ArticleOut(Struct, omit_defaults=True, gc=False):
    url: str | None = None
    file: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    credit_line: str | None = None
    byline: str | None = None
    language: str | None = None
    text: str | None = None


class HopOut(Struct, omit_defaults=True, gc=False):
    """A hop with its places, so that nothing has to be looked for again."""

    source: str
    kind: str
    role: str
    mode: str
    implicit: bool
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    text: str | None = None
    start: int | None = None
    end: int | None = None


class QuantityOut(Struct, omit_defaults=True, gc=False):
    text: str
    modifier: str
    counting: str
    approximate: bool
    vague: bool
    sure: bool
    start: int | None = None
    end: int | None = None
    low: str | None = None
    high: str | None = None
    low_inclusive: bool | None = None
    high_inclusive: bool | None = None
    unit: str | None = None
    counts: str | None = None
    measure: str | None = None
    population: str | None = None
    why: str | None = None


class TimeOut(Struct, omit_defaults=True, gc=False):
    text: str
    role: str
    precision: str
    start: int | None = None
    end: int | None = None
    earliest: str | None = None
    latest: str | None = None
    anchor: str | None = None
    alternatives: Any = None
    """JSON text as it is kept (`Raw`); msgspec reads no `Raw | None` back."""


class PlaceOut(Struct, omit_defaults=True, gc=False):
    name: str
    start: int | None = None
    end: int | None = None
    latitude: str | None = None
    longitude: str | None = None
    precision: str | None = None


class Line(Struct, omit_defaults=True, gc=False):
    """One line: the import format, without what there is none of."""

    key: str
    article: ArticleOut
    exact: str
    mode: str
    attribution: list[HopOut]
    quantities: list[QuantityOut]
    times: list[TimeOut]
    start: int | None = None
    prefix: str | None = None
    suffix: str | None = None
    cite: str | None = None
    place: PlaceOut | None = None
    scope: str | None = None
    answer: str | None = None
    reading: Json | None = None
    stance: str | None = None
    """None where the source asserts it."""
    status: str | None = None
    language: str | None = None
    unsure: Any = None
    """As `TimeOut.alternatives`."""
    says: str | None = None
    translation: Json | None = None
    questions: list[str] | None = None
    tags: list[str] | None = None
    extra: Any = None
    """As `TimeOut.alternatives`."""


LOT = 500
"""Lines written in one piece."""


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """One line a claim, streaming."""
    found = lines(ledger, selection)
    while lot := [encoded(line) for _, line in islice(found, LOT)]:
        yield ("\n".join(lot) + "\n").encode()


_encode = msgspec.json.Encoder().encode


def encoded(line: Line) -> str:
    """The line as JSON; controls and marks of direction are escaped, so that they change no terminal."""
    return unseen_escaped(_encode(line).decode())


def lines(ledger: Ledger, selection: Selection) -> Iterator[tuple[whole.Whole, Line]]:
    """Each claim with its line."""
    texts = _Texts(ledger) if selection.full_text else None
    for claim in whole.claims(ledger, question=selection.question):
        yield claim, _line(claim, texts.once(claim) if texts else None)


def _line(claim: whole.Whole, text: str | None) -> Line:
    head, page = claim.head, claim.page
    return Line(
        head.key or head.uid,
        ArticleOut(*page[1:], text),
        head.exact,
        head.mode,
        [_hop(h) for h in claim.hops],
        [_quantity(q) for q in claim.quantities],
        [_time(t) for t in claim.times],
        head.start,
        head.prefix or None,
        head.suffix or None,
        head.cite,
        None if head.place is None else _place(head.place),
        head.scope,
        head.answer,
        _given(head.reading),
        None if head.stance == "asserts" else head.stance,
        head.status,
        head.language,
        None if head.unsure == "[]" else _raw(head.unsure),
        head.says,
        _given(head.translation),
        [text for _, text in claim.questions] or None,
        [tag for _, tag in claim.tags] or None,
        _raw(head.extra),
    )


def _raw(text: str | None) -> Raw | None:
    """What is kept as JSON text, as it is."""
    return None if text is None else Raw(text.encode())


_place = msgspec.json.Decoder(PlaceOut).decode


def _given(text: str | None) -> Json | None:
    """What is kept as JSON text, without what there is none of."""
    return None if text is None else {k: v for k, v in json.loads(text).items() if v is not None}


def _hop(row: whole.Row) -> HopOut:
    source, kind, role, cue, cue_start, cue_end, mention, start, end, mode, implicit = row
    return HopOut(source, kind, role, mode, bool(implicit), cue, cue_start, cue_end, mention, start, end)


TRUTH = {None: None, 0: False, 1: True}


def _quantity(row: whole.Row) -> QuantityOut:
    _, *words, approximate, vague, start, end, low, high, low_in, high_in, unit, counts, measure, people, sure, why = (
        row
    )
    text, modifier, counting = words
    return QuantityOut(
        text, modifier, counting, bool(approximate), bool(vague), bool(sure), start, end, low, high, TRUTH[low_in],
        TRUTH[high_in], unit, counts, measure, people, why,
    )  # fmt: skip


def _time(row: whole.Row) -> TimeOut:
    _, text, role, precision, start, end, earliest, latest, anchor, others = row
    return TimeOut(
        text, role, precision, start, end, earliest, latest, anchor, None if others == "[]" else _raw(others)
    )


class _Texts:
    """The texts of saved copies, each article's once, with its first claim that stands in one."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._told = bytearray()

    def once(self, claim: whole.Whole) -> str | None:
        n, uid = claim.page.n, claim.head.capture
        if len(self._told) <= n:
            self._told.extend(bytes(n + 1 - len(self._told)))
        copy = read.capture(self._ledger, uid) if uid and not self._told[n] else None
        self._told[n] |= copy is not None
        return capture.text_of(self._ledger, copy) if copy else None
