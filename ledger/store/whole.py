"""Every claim with all its parts, for exports: ordered cursors side by side, merged by the number of the claim.

One pass over each table in place of a look-up a claim, in memory that does not grow. Rows are tuples in the order of the
columns named here; what they become is the business of the formats.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ledger.store.connection import Ledger

Row = tuple[Any, ...]

HOP = "source, role, cue, cue_start, cue_end, mention, mention_start, mention_end, mode, implicit"
QUANTITY = (
    "text, modifier, counting, approximate, vague, start_at, end_at, low, high, low_inclusive, high_inclusive, unit, counts, "
    "measure, population"
)
TIME = "text, role, precision_, start_at, end_at, earliest, latest, anchor, alternatives"


class Head(NamedTuple):
    """The claim's own row."""

    n: int
    uid: str
    article: str
    capture: str | None
    exact: str
    start: int | None
    end: int | None
    prefix: str
    suffix: str
    anchored: int
    cite: str | None
    says: str | None
    translation: str | None
    mode: str
    place: str | None
    scope: str | None
    answer: str | None
    reading: str | None
    key: str | None
    extra: str | None


class Page(NamedTuple):
    """The article's row."""

    n: int
    url: str | None
    file: str | None
    title: str | None
    publisher: str | None
    published_at: str | None
    credit_line: str | None
    byline: str | None
    language: str | None


class Whole(NamedTuple):
    """A claim that still stands. Of each part the first column is the claim's number."""

    head: Head
    page: Page
    hops: Sequence[Row]
    """HOP, with name and kind of the source in place of its uid."""
    quantities: Sequence[Row]
    times: Sequence[Row]
    questions: Sequence[Row]
    tags: Sequence[Row]
    judgements: Sequence[Row]
    """kind, value, by, because of those that hold, oldest first."""
    state: str


PARTS = {
    "hop": f"SELECT t.n, {HOP} FROM thing t CROSS JOIN hop p ON p.claim = t.uid WHERE {{chosen}} ORDER BY t.n, p.position",
    "quantity": f"SELECT t.n, {QUANTITY} FROM thing t CROSS JOIN quantity p ON p.claim = t.uid WHERE {{chosen}} "
    "ORDER BY t.n, p.position",
    "time": f"SELECT t.n, {TIME} FROM thing t CROSS JOIN time_span p ON p.claim = t.uid WHERE {{chosen}} "
    "ORDER BY t.n, p.position",
    "question": "SELECT t.n, q.text FROM filing p JOIN thing t ON t.uid = p.claim JOIN question q ON q.uid = p.question "
    "WHERE {chosen} ORDER BY t.n, p.seq",
    "tag": "SELECT t.n, p.tag FROM tag p JOIN thing t ON t.uid = p.about WHERE {chosen} ORDER BY t.n, p.seq",
    "judgement": "SELECT t.n, p.kind, p.value, p.by_, p.because FROM judgement_view p JOIN thing t ON t.uid = p.about "
    "WHERE {chosen} AND p.superseded = 0 ORDER BY t.n, p.seq",
    "work": "SELECT t.n, p.state FROM work p JOIN thing t ON t.uid = p.about WHERE {chosen} ORDER BY t.n",
}  # fmt: skip
HEADS = (
    "SELECT t.n, c.uid, article, capture, exact, start_at, end_at, prefix, suffix, anchored, cite, says, translation, mode, "
    "place, scope, answer, reading, key, extra FROM thing t CROSS JOIN claim c ON c.uid = t.uid WHERE {chosen} ORDER BY t.n"
)
STANDS = "t.letter = 'C' AND t.retracted = 0"
REMEMBERED = 4096
"""Articles and sources that are not looked up again."""


def claims(ledger: Ledger, *, question: str | None = None) -> Iterator[Whole]:
    """Claims that still stand in the order they were logged, all or those under a question (by uid), in one state."""
    chosen = STANDS + ("" if question is None else " AND t.uid IN (SELECT claim FROM filing WHERE question = ?)")
    params = () if question is None else (question,)
    page, source = _pages(ledger), _sources(ledger)
    with ledger.snapshot():
        part = {name: _Part(_rows(ledger, sql.format(chosen=chosen), params)).of for name, sql in PARTS.items()}
        hops_of, quantities_of, times_of, questions_of, tags_of, judgements_of, work_of = part.values()
        for row in _rows(ledger, HEADS.format(chosen=chosen), params):
            n = row[0]
            hops = [(n, *known, *h[2:]) for h in hops_of(n) if (known := source(h[1]))]
            parts = quantities_of(n), times_of(n), questions_of(n), tags_of(n), judgements_of(n)
            work = work_of(n)
            if (article := page(row[2])) is not None:
                yield Whole(Head(*row), article, hops, *parts, work[0][1] if work else "new")


class _Part:
    """The rows of one table in the order of their claims, handed out claim by claim."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def of(self, n: int) -> Sequence[Row]:
        """The rows of claim n; asked for with rising numbers."""
        row = self._next
        if row is None or row[0] > n:
            return ()
        found = []
        while row is not None and row[0] <= n:
            if row[0] == n:
                found.append(row)
            row = next(self._rows, None)
        self._next = row
        return found


def _rows(ledger: Ledger, sql: str, params: Sequence[Any]) -> Iterator[Row]:
    with ledger.reading():
        cursor = ledger.db.cursor()
        cursor.row_factory = None
        for row in cursor.execute(sql, params):  # noqa: UP028  as in Ledger.each
            yield row


def _pages(ledger: Ledger) -> Any:
    @lru_cache(REMEMBERED)
    def page(uid: str) -> Page | None:
        row = ledger.one(
            "SELECT t.n, a.url, a.file, a.title, s.name, a.published_at, a.credit_line, a.byline, a.language "
            "FROM article a JOIN thing t ON t.uid = a.uid LEFT JOIN source s ON s.uid = a.publisher WHERE a.uid = ?",
            (uid,),
        )
        return Page(*row) if row else None

    return page


def _sources(ledger: Ledger) -> Any:
    @lru_cache(REMEMBERED)
    def source(uid: str) -> tuple[str, str] | None:
        row: sqlite3.Row | None = ledger.one("SELECT name, kind FROM source WHERE uid = ?", (uid,))
        return (row["name"], row["kind"]) if row else None

    return source
