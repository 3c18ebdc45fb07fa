"""Every claim with all its parts, for exports: cursors side by side, merged claim by claim.

One pass over each table in place of a look-up a claim, in memory that does not grow. Rows are tuples in the order of the
columns named here; what they become is the business of the formats.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

from ledger.store.connection import Ledger
from ledger.vocabulary import EntryKind

Row = tuple[Any, ...]

HOP = "source, role, cue, cue_start, cue_end, mention, mention_start, mention_end, mode, implicit"
QUANTITY = (
    "text, modifier, counting, approximate, vague, start_at, end_at, low, high, low_inclusive, high_inclusive, unit, counts, "
    "measure, population, sure, why"
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
    stance: str
    status: str | None
    language: str | None
    unsure: str
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
    """A claim that still stands. The first column of a part names the claim."""

    head: Head
    page: Page
    hops: Sequence[Row]
    """HOP, with name and kind of the source in place of the claim and the source's uid."""
    quantities: Sequence[Row]
    times: Sequence[Row]
    questions: Sequence[Row]
    tags: Sequence[Row]
    judgements: Sequence[Row]
    """Checks and ratings that were not taken back, oldest first: kind, value, by, because."""
    state: str

    def judged(self, kind: EntryKind) -> Row | None:
        """The newest check or rating, which is the one that holds."""
        return next((row for row in reversed(self.judgements) if row[1] == kind), None)


COLUMNS = {
    "claim": "uid, article, capture, exact, start_at, end_at, prefix, suffix, anchored, cite, says, translation, mode, place, "
    "scope, answer, reading, stance, status, language, unsure, key, extra",
    "hop": f"claim, {HOP}",
    "quantity": f"claim, {QUANTITY}",
    "time_span": f"claim, {TIME}",
}
"""Tables whose rows are added with the claim; the first column is its uid."""

ORDERED = {
    "filing": "SELECT t.n, q.text FROM filing p JOIN thing t ON t.uid = p.claim JOIN question q ON q.uid = p.question "
    "WHERE {chosen} ORDER BY t.n, p.seq",
    "tag": "SELECT t.n, p.tag FROM tag p JOIN thing t ON t.uid = p.about WHERE {chosen} ORDER BY t.n, p.seq",
    "judgement": "SELECT t.n, p.kind, p.value, p.by_, p.because FROM judgement p JOIN thing t ON t.uid = p.about "
    "WHERE {chosen} AND p.retracted = 0 ORDER BY t.n, p.seq",
    "work": "SELECT t.n, p.state FROM work p JOIN thing t ON t.uid = p.about WHERE {chosen} ORDER BY t.n",
}
"""Tables whose rows come later, for some claims; the first column is its number."""

CACHE = 4096
"""KiB."""
REMEMBERED = 4096
"""Articles and sources that are not looked up again."""


def claims(ledger: Ledger, *, question: str | None = None) -> Iterator[Whole]:
    """Claims that still stand in the order they were logged, all or those under a question (by uid), in one state."""
    chosen = "t.letter = 'C'" + (
        "" if question is None else " AND t.uid IN (SELECT claim FROM filing WHERE question = ?)"
    )
    params = () if question is None else (question,)
    page, source = _pages(ledger), _sources(ledger)
    with ledger.snapshot(), _small_cache(ledger):
        head_of, *parts = (_Grown(ledger, table, through=question is None).of for table in COLUMNS)
        others = [_Ordered(_rows(ledger, sql.format(chosen=chosen), params)).of for sql in ORDERED.values()]
        things = f"SELECT t.n, t.uid, t.retracted FROM thing t WHERE {chosen} ORDER BY t.n"
        for n, uid, retracted in _rows(ledger, things, params):
            head = head_of(uid)
            hops, quantities, times = [of(uid) for of in parts]
            if retracted or not head or (article := page(head[0][1])) is None:
                continue
            hops = [(*known, *hop[2:]) for hop in hops if (known := source(hop[1]))]
            questions, tags, judgements, work = [of(n) for of in others]
            state = work[0][1] if work else "new"
            yield Whole(Head(n, *head[0]), article, hops, quantities, times, questions, tags, judgements, state)


@contextmanager
def _small_cache(ledger: Ledger) -> Iterator[None]:
    """What is read through once need not stay; each sort, too, takes as much memory as the cache before it goes to a file."""
    (before,) = ledger.db.execute("PRAGMA cache_size").fetchone()
    ledger.db.execute(f"PRAGMA cache_size = -{CACHE}")
    try:
        yield
    finally:
        if ledger.in_transaction:  # and so still open
            ledger.db.execute(f"PRAGMA cache_size = {before}")


class _Grown:
    """The rows of a table as they were added, claim after claim; those of a claim that was amended stand further down."""

    def __init__(self, ledger: Ledger, table: str, *, through: bool) -> None:
        columns = COLUMNS[table]
        self._lookup = f"SELECT {columns} FROM {table} WHERE {columns.split(',', 1)[0]} = ? ORDER BY rowid"
        self._ledger = ledger
        self._rows = _rows(ledger, f"SELECT {columns} FROM {table} ORDER BY rowid", ()) if through else iter(())
        self._next = next(self._rows, None)
        self._early: set[str] = set()

    def of(self, uid: str) -> Sequence[Row]:
        """The rows of a claim; each claim is asked for once, in the order in which they were logged."""
        while self._next is not None and self._next[0] in self._early:
            self._early.remove(self._next[0])
            self._take()
        if self._next is not None and self._next[0] == uid:
            return self._take()
        found = list(_rows(self._ledger, self._lookup, (uid,)))
        if found:
            self._early.add(uid)
        return found

    def _take(self) -> Sequence[Row]:
        """The rows of the claim that comes next; they stand together, for they are written together."""
        found: list[Row] = []
        row = self._next
        while row is not None and (not found or row[0] == found[0][0]):
            found.append(row)
            row = next(self._rows, None)
        self._next = row
        return found


class _Ordered:
    """Rows in the order of their claims, handed out claim by claim."""

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
