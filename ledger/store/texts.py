"""The index over saved texts: words to find passages by, fingerprints to find copies by. Both can be made again at any time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ledger.store.asked import Asked, conditions
from ledger.store.blobs import WITHHELD, text
from ledger.store.connection import Ledger
from ledger.store.search import ALL, frequencies, quoted, without_these

HOLDERS = 200
"""A run of words that more texts hold is no sign of a copy."""


class TextHit(Struct, frozen=True):
    """A saved text that a search found."""

    capture: str
    article: str
    title: str


def withheld(ledger: Ledger, article: str, digest: str | None = None) -> list[re.Pattern[str]]:
    """Matches for the words blotted out in copies at an article's identity, and in those with this very text."""
    where = "AND (a.identity = (SELECT identity FROM article WHERE uid = ?) OR c.text = ?)"
    return [match for match, _ in _withheld(ledger, where, (article, digest))]


def redacted_in(ledger: Ledger, said: str) -> list[str]:
    """The articles, by uid, in whose copies words are blotted out, three at least, that stand in this text."""
    found = (uid for match, uid in _withheld(ledger) if match.pattern.count("+") > 1 and match.search(said))
    return list(dict.fromkeys(found))


def _withheld(
    ledger: Ledger, where: str = "", values: tuple[str | None, ...] = ()
) -> Iterator[tuple[re.Pattern[str], str]]:
    """Each match for words blotted out, with its article.

    Words that stand there in the open as well, such as who said it, are none that anybody kept back.
    """
    rows = ledger.rows(
        "SELECT w.capture, w.start_at, w.end_at, c.text, c.article, b.bytes FROM withheld w "
        "JOIN capture c ON c.uid = w.capture JOIN article a ON a.uid = c.article "
        f"JOIN blob b ON b.sha256 = c.text WHERE b.bytes IS NOT NULL {where}",
        values,
    )
    for row in rows:
        match = worded(bytes(row["bytes"]).decode("utf-8", "replace")[row["start_at"] : row["end_at"]])
        if match and not match.search(text(ledger, row["capture"], row["text"]) or ""):
            yield match, row["article"]


def worded(words: str) -> re.Pattern[str] | None:
    """A match for the same words, however they are spaced, set off or written large; None where there are none."""
    said = r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", words)))
    return re.compile(rf"(?<![a-z\d]){said}(?![a-z\d])", re.IGNORECASE) if said else None


def blotted(text: str, matches: Sequence[re.Pattern[str]]) -> str:
    """A text without these words."""
    for match in matches:
        text = match.sub(lambda m: WITHHELD * len(m[0]), text)
    return text


def index(ledger: Ledger, *, since: int = 0) -> None:
    """Brings the index up to the captures from this entry on; redacted texts stay out."""
    for row in ledger.rows("SELECT uid, seq, text FROM capture WHERE seq >= ? ORDER BY seq", (since,)):
        if (found := text(ledger, row["uid"], row["text"])) is not None:
            add(ledger, row["seq"], found)


def add(ledger: Ledger, seq: int, text: str) -> None:
    """Puts one text into the index, under the number of its capture's entry."""
    from ledger.text import shingles  # few writes save a text

    ledger.engine.index_text(ledger.db, seq, text)
    found = ((h, seq) for h in sorted(shingles.fingerprints(text)))
    ledger.db.executemany("INSERT INTO fingerprint (hash, capture) VALUES (?, ?)", found)


def find(ledger: Ledger, terms: Sequence[str], *, limit: int) -> list[TextHit]:
    """The newest copies of articles that hold any of these words, those that the engine ranks highest first."""
    expression = quoted(terms)
    if not expression:
        return []
    rows = ledger.rows(
        f"SELECT c.uid, c.article, a.title FROM ({ledger.engine.matches('search_texts')} "
        "ORDER BY rank, rowid LIMIT ?) f JOIN capture c ON c.seq = f.rowid JOIN article a ON a.uid = c.article "
        "JOIN thing t ON t.uid = c.article WHERE t.retracted = 0 AND t.redacted = 0 "
        "AND c.seq = (SELECT max(n.seq) FROM capture n WHERE n.article = c.article AND n.retracted = 0) "
        "ORDER BY f.rank, f.rowid",
        (ledger.engine.sought(expression), limit),
    )
    return [TextHit(row["uid"], row["article"], row["title"] or "") for row in rows]


def search(ledger: Ledger, of: Asked, *, limit: int) -> list[TextHit]:
    """The newest copies of articles that hold what is asked for, else any word of it, the best first."""
    if not of.terms:
        return _newest(ledger, of, limit) if of.conditions else []
    for expression in dict.fromkeys((of.wanted, of.any)):
        few = limit * (50 if of.conditions or of.without else 5)
        for at_most in dict.fromkeys((few, ALL)):
            found = _search(ledger, expression, of, at_most, limit)
            if len(found) == limit or at_most == ALL:
                break
        if found:
            return found
    return []


SHOWN = (
    "JOIN article a ON a.uid = c.article JOIN thing t ON t.uid = c.article WHERE t.retracted = 0 AND t.redacted = 0 "
    "AND c.seq = (SELECT max(n.seq) FROM capture n WHERE n.article = c.article AND n.retracted = 0)"
)


def _search(ledger: Ledger, expression: str, of: Asked, at_most: int, limit: int) -> list[TextHit]:
    """`at_most` so many of the best are looked at: those of older copies are then passed over."""
    where, values = conditions(of, articles=True)
    index = ledger.engine.matches("search_texts")
    without = f" AND f.rowid NOT IN (SELECT rowid FROM ({index}) x)" if of.without else ""
    rows = ledger.rows(
        f"SELECT c.uid, c.article, a.title FROM ({index} ORDER BY rank, rowid LIMIT ?) f JOIN capture c ON c.seq = f.rowid "
        f"{SHOWN}{without}{where} ORDER BY f.rank, f.rowid LIMIT ?",
        (ledger.engine.sought(expression), at_most, *without_these(ledger, of), *values, limit),
    )
    return [TextHit(row["uid"], row["article"], row["title"] or "") for row in rows]


def _newest(ledger: Ledger, of: Asked, limit: int) -> list[TextHit]:
    where, values = conditions(of, articles=True)
    without = f" AND c.seq NOT IN (SELECT rowid FROM ({ledger.engine.matches('search_texts')}) x)" if of.without else ""
    rows = ledger.rows(
        f"SELECT c.uid, c.article, a.title FROM capture c {SHOWN}{without}{where} ORDER BY c.seq DESC LIMIT ?",
        (*without_these(ledger, of), *values, limit),
    )
    return [TextHit(row["uid"], row["article"], row["title"] or "") for row in rows]


def frequency(ledger: Ledger, terms: Sequence[str]) -> dict[str, int]:
    """In how many saved texts each indexed term stands; terms as the index stores them (folded and stemmed)."""
    return frequencies(ledger, "search_texts", terms)


def size(ledger: Ledger) -> int:
    """How many saved texts there are."""
    row = ledger.one("SELECT count(*) AS n FROM capture")
    return int(row["n"]) if row else 0


def sharing(ledger: Ledger, prints: frozenset[int]) -> Iterator[tuple[str, str, int]]:
    """Captures with their article that share fingerprints with these, and how many; stock phrases do not count."""
    counts: dict[int, int] = {}
    for h in prints:
        holders = ledger.rows("SELECT capture FROM fingerprint WHERE hash = ? LIMIT ?", (h, HOLDERS + 1))
        if len(holders) <= HOLDERS:
            for row in holders:
                counts[row["capture"]] = counts.get(row["capture"], 0) + 1
    for seq, count in counts.items():
        for found in ledger.rows("SELECT uid, article FROM capture WHERE seq = ?", (seq,)):
            yield found["uid"], found["article"], count
