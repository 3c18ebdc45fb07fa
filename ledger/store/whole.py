"""Every claim with all its parts and its article, for exports: cursors side by side, merged claim by claim.

One pass over each table in place of a look-up a claim, in memory that does not grow.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from ledger.records import Article, Claim, Hop, Judgement, Quantity, TimeSpan
from ledger.store.columns import record
from ledger.store.connection import Ledger
from ledger.vocabulary import EntryKind, SourceKind

Row = sqlite3.Row


class Whole(NamedTuple):
    """A claim that still stands, the words of its questions in place of their ids, and its article."""

    claim: Claim
    article: Article
    extra: str | None
    """The claim's `extra` as the text it was logged with, which keeps every number as it was written."""


PARTS = {"claim": "uid", "hop": "claim", "quantity": "claim", "time_span": "claim"}
"""Tables whose rows are added with the claim, and the column that names it."""

ORDERED = {
    "filing": "SELECT t.n, q.text FROM filing_view p JOIN thing t ON t.uid = p.claim JOIN question q ON q.uid = p.question "
    "WHERE {chosen} ORDER BY t.n, p.seq",
    "tag": "SELECT t.n, p.tag FROM tag p JOIN thing t ON t.uid = p.about WHERE {chosen} ORDER BY t.n, p.seq",
    "judgement": "SELECT t.n, p.* FROM judgement p JOIN thing t ON t.uid = p.about "
    "WHERE {chosen} AND p.retracted = 0 ORDER BY t.n, p.seq",
    "field": "SELECT t.n, p.name, p.value FROM field_value_view p JOIN thing t ON t.uid = p.about "
    "WHERE {chosen} ORDER BY t.n, p.field_seq",
    "work": "SELECT t.n, p.state FROM work p JOIN thing t ON t.uid = p.about WHERE {chosen} ORDER BY t.n",
}
"""Tables whose rows come later, for some claims; `n` is the claim's number."""

CACHE = 4096
"""KiB. What is read through once need not stay; each sort, too, takes as much as the cache before it goes to a file."""
REMEMBERED = 4096
"""Articles and sources that are not looked up again."""


def claims(ledger: Ledger, *, question: str | None = None) -> Iterator[Whole]:
    """Claims that still stand in the order they were logged, all or those under a question (by uid), in one state."""
    chosen = "t.letter = 'C'" + (
        "" if question is None else " AND t.uid IN (SELECT claim FROM filing_view WHERE question = ?)"
    )
    params = () if question is None else (question,)
    article, source = _articles(ledger), _sources(ledger)
    with ledger.snapshot(), ledger.cache(CACHE):
        through = question is None and ledger.engine.in_file
        own, *parts = (_Grown(ledger, table, through=through).of for table in PARTS)
        others = [_Ordered(ledger.each(sql.format(chosen=chosen), params)).of for sql in ORDERED.values()]
        things = f"SELECT t.n, t.uid, t.retracted FROM thing t WHERE {chosen} ORDER BY t.n"
        for thing in ledger.each(things, params):
            (row,) = own(thing["uid"]) or (None,)
            hops, quantities, times = [of(thing["uid"]) for of in parts]
            if thing["retracted"] or row is None or (stands_in := article(row["article"])) is None:
                continue
            chain = tuple(record(Hop, hop, **known, source_id=None) for hop in hops if (known := source(hop["source"])))
            beside = [of(thing["n"]) for of in others]
            told = {
                "id": f"C{thing['n']}", "attribution": chain, "quantities": tuple([record(Quantity, q) for q in quantities]),
                "times": tuple([record(TimeSpan, t) for t in times]), **_beside(*beside),
            }  # fmt: skip
            yield Whole(_claim(row, stands_in, told), stands_in, row["extra"])


def _claim(row: Row, article: Article, told: dict[str, Any]) -> Claim:
    return record(
        Claim, row, article=article.id, publisher=article.publisher, publisher_id=None, title=article.title,
        published_at=article.published_at, credit_line=article.credit_line, retracted=False, redacted=False, **told,
    )  # fmt: skip


def _beside(
    questions: Sequence[Row], tags: Sequence[Row], judgements: Sequence[Row], own: Sequence[Row], work: Sequence[Row]
) -> dict[str, Any]:
    """The fields of a claim that come from entries after its own."""
    return {
        "questions": tuple([q["text"] for q in questions]), "tags": tuple([t["tag"] for t in tags]),
        "fields": {f["name"]: f["value"] for f in own}, "state": work[0]["state"] if work else "new",
        "check": _newest(judgements, EntryKind.CHECK),
        "rating": _newest(judgements, EntryKind.RATING),
    }  # fmt: skip


def _newest(judgements: Sequence[Row], kind: EntryKind) -> Judgement | None:
    """The newest check or rating, which is the one that holds."""
    row = next((row for row in reversed(judgements) if row["kind"] == kind), None)
    return None if row is None else record(Judgement, row, on=(), superseded=False)


class _Grown:
    """The rows of a table as they were added, claim after claim; those of a claim that was amended stand further down."""

    def __init__(self, ledger: Ledger, table: str, *, through: bool) -> None:
        self._column = PARTS[table]
        order = "uid" if table == "claim" else "position"
        self._lookup = f"SELECT * FROM {table} WHERE {self._column} = ? ORDER BY {order}"
        self._ledger = ledger
        self._rows = ledger.each(f"SELECT * FROM {table} ORDER BY rowid") if through else iter(())
        self._next = next(self._rows, None)
        self._early: set[str] = set()

    def of(self, uid: str) -> Sequence[Row]:
        """The rows of a claim; each claim is asked for once, in the order in which they were logged."""
        while self._next is not None and self._next[self._column] in self._early:
            self._early.remove(self._next[self._column])
            self._take()
        if self._next is not None and self._next[self._column] == uid:
            return self._take()
        found = self._ledger.rows(self._lookup, (uid,))
        if found:
            self._early.add(uid)
        return found

    def _take(self) -> Sequence[Row]:
        """The rows of the claim that comes next; they stand together, for they are written together."""
        found: list[Row] = []
        row = self._next
        while row is not None and (not found or row[self._column] == found[0][self._column]):
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
        if row is None or row["n"] > n:
            return ()
        found = []
        while row is not None and row["n"] <= n:
            if row["n"] == n:
                found.append(row)
            row = next(self._rows, None)
        self._next = row
        return found


def _articles(ledger: Ledger) -> Callable[[str], Article | None]:
    @lru_cache(REMEMBERED)
    def article(uid: str) -> Article | None:
        row = ledger.one(
            "SELECT 'A' || t.n AS id, a.uid, a.url, a.file, a.title, s.name AS publisher, a.published_at, a.credit_line, "
            "a.byline, a.language, w.printed_at, w.first_published_at, w.modified_at FROM article a "
            "JOIN thing t ON t.uid = a.uid LEFT JOIN source s ON s.uid = a.publisher LEFT JOIN capture w ON w.uid = "
            "(SELECT uid FROM capture WHERE article = a.uid AND retracted = 0 ORDER BY seq DESC LIMIT 1) WHERE a.uid = ?",
            (uid,),
        )
        return Article(**dict(row)) if row else None

    return article


def _sources(ledger: Ledger) -> Callable[[str], dict[str, Any] | None]:
    @lru_cache(REMEMBERED)
    def source(uid: str) -> dict[str, Any] | None:
        row = ledger.one("SELECT name, kind FROM source WHERE uid = ?", (uid,))
        return {"source": row["name"], "kind": SourceKind(row["kind"])} if row else None

    return source
