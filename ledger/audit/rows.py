"""Rows as they should be against rows as they are, the latter read from end to end in the order of their writing.

A row that nothing later touches stands in its table just as its entry makes it, behind the rows of earlier entries: to hold
one against the other takes no index and no second table. Rows of things that a later entry changes are left out of this,
with all statements about them; whoever asks derives those in a copy of their own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from ledger.store.derive import ALIAS, SEARCHABLE, THING, insert_sql

Row = tuple[Any, ...]
Op = tuple[str, tuple[Any, ...]]

LOT = 1000
TITLES = 4000
UIDS = frozenset({"uid", "claim", "about", "source", "question", "judgement", "note", "query"})
"""Columns of primary keys by which a row belongs to a thing."""

APART = frozenset({"work", "policy"})
"""Tables whose every row may change at any time."""


class Differs(Exception):
    """Something is not plainly as it should be; the long way tells what, if anything."""


class Table:
    """The rows of one derived table that no later entry touches, one after the other."""

    def __init__(self, db: sqlite3.Connection, name: str, touched: frozenset[str]) -> None:
        self.name = name
        self.taken = 0
        info = _plain(db, f"PRAGMA table_info({name})").fetchall()
        self.columns = [column for _, column, *_ in info]
        self.defaults = {column: _default(text) for _, column, _, _, text, _ in info}
        self.keys = [row[1] for row in sorted(info, key=lambda row: row[5]) if row[5]]
        self.marks = ["claim"] if name == "searchable" else [k for k in self.keys if k in UIDS]
        self._db = db
        self._touched = touched
        self._key = itemgetter(*(self.columns.index(k) for k in self.keys))
        self._marked = [self.columns.index(k) for k in self.marks]
        self._find = f"SELECT rowid FROM {name} WHERE " + " AND ".join(f"{k} = ?" for k in self.keys)
        self._cursor: sqlite3.Cursor | None = None
        self._lot: Iterator[Row] = iter(())
        self._next: Row | None = None

    def rewind(self) -> None:
        """Forgets the place: the next row asked for is looked up."""
        self._cursor, self._next = None, None

    def take(self, row: Row) -> bool:
        """Whether this very row comes next; only then it is passed."""
        if self._next is None and not self._advance(row):
            return False
        if self._next != row:
            return False
        self.taken += 1
        self._next = next(self._lot, None)
        return True

    def peek(self) -> Row | None:
        """The row that comes next, once one was taken."""
        if self._next is None and self._cursor is not None:
            self._fill()
        return self._next

    def _advance(self, row: Row) -> bool:
        if self._cursor is None:
            key = self._key(row)
            found = _plain(self._db, self._find, key if len(self.keys) > 1 else (key,)).fetchone()
            if found is None:
                return False
            self._cursor = _plain(self._db, f"SELECT * FROM {self.name} WHERE rowid >= ? ORDER BY rowid", found)
        return self._fill()

    def _fill(self) -> bool:
        while self._cursor is not None and (lot := self._cursor.fetchmany(LOT)):
            for mark in self._marked:
                lot = [row for row in lot if row[mark] not in self._touched] if self._touched else lot
            if lot:
                self._lot = iter(lot)
                self._next = next(self._lot)
                return True
        return False


class _Form:
    """A statement that adds one row: where its table finds it, and the whole row that it makes."""

    __slots__ = ("marks", "order", "table", "tail")

    def __init__(self, sql: str, table: Table) -> None:
        columns = sql[sql.index("(") + 1 : sql.index(")")].split(", ")
        left_out = [c for c in table.columns if c not in columns]
        places = [(*columns, *left_out).index(c) for c in table.columns]
        self.table = table
        self.marks = [columns.index(c) for c in table.marks]
        self.tail = tuple(table.defaults[c] for c in left_out)
        self.order: Callable[[Row], Row] | None = None
        if places != sorted(places):
            self.order = itemgetter(*places)


class Matching:
    """Meets the statements of entries, in order, with the rows there are; keeps those that cannot be met this way."""

    def __init__(self, db: sqlite3.Connection, touched: frozenset[str]) -> None:
        self.apart: list[Op] = []
        """Statements on things that are touched, to be run in order in a copy of the tables."""
        self.replaced: list[tuple[str, str, str, int, bool]] = []
        """Rows that do not stand, of tables where a later entry may put another in their place: table, key, seq, taken out?"""
        self.letters: dict[str, list[int]] = {}
        """For each letter how many things it had before these entries and has after them."""
        self._db = db
        self._touched = touched
        self._tables: dict[str, Table] = {}
        self._forms: dict[str, _Form | None] = {}
        self._titles: dict[str, tuple[str | None, int]] = {}

    def begin(self) -> None:
        """Goes to another place of the log; what was found so far is the caller's to have kept."""
        self.apart, self.replaced, self.letters = [], [], {}
        for table in self._tables.values():
            table.rewind()
            table.taken = 0

    def taken(self) -> dict[str, int]:
        """How many rows of each table were met."""
        return {table.name: table.taken for table in self._tables.values() if table.taken}

    def table(self, name: str) -> Table:
        if name not in self._tables:
            self._tables[name] = Table(self._db, name, self._touched)
        return self._tables[name]

    def meet(self, sql: str, params: Row) -> None:
        """One statement of an entry; Differs where its row is not the next one."""
        if sql is THING:
            sql, params = self._thing(params)
        elif sql is SEARCHABLE:
            sql, params = self._searchable(params)
        elif sql is ALIAS:
            sql, params = self._alias(params)
        form = self._forms[sql] if sql in self._forms else self._form(sql)
        if form is None:
            self.apart.append((sql, params))
            return
        for mark in form.marks:
            if params[mark] in self._touched:
                self.apart.append((sql, params))
                return
        if not form.table.take(_whole(form, params)):
            raise Differs(form.table.name)

    def meet_instead(self, ops: list[Op], seq: int) -> None:
        """The statements of an entry that takes a row out and may put another in its place."""
        table = ops[0][0].split(" ", 3)[2]
        a, b = ops[0][1]
        if a in self._touched or b in self._touched:
            self.apart += ops
            return
        for sql, params in ops[1:]:
            form = self._form(sql)
            if form is not None and form.table.take(_whole(form, params)):
                return
        self.replaced.append((table, a, b, seq, len(ops) == 1))

    def _form(self, sql: str) -> _Form | None:
        if sql not in self._forms:
            name = sql.split(" ", 3)[2]
            plain = sql.startswith("INSERT INTO ") and ") VALUES (" in sql and name not in APART
            self._forms[sql] = _Form(sql, self.table(name)) if plain else None
        return self._forms[sql]

    def _thing(self, params: Row) -> Op:
        """The same with the number that the thing has: one more than those before it."""
        uid, letter, _, seq, redacted = params
        if letter not in self.letters:
            row = _plain(self._db, "SELECT n FROM thing WHERE uid = ?", (uid,)).fetchone()
            if row is None:
                raise Differs("thing")
            self.letters[letter] = [row[0] - 1, row[0] - 1]
        count = self.letters[letter]
        count[1] += 1
        return THING_AS_IT_IS, (uid, letter, count[1], seq, redacted)

    def _searchable(self, params: Row) -> Op:
        """The same with the title of the article, where that never changes."""
        docid, claim, exact, says, article, context = params
        if article in self._touched:
            if claim not in self._touched:
                raise Differs("searchable")
            return SEARCHABLE, params
        if article not in self._titles:
            if len(self._titles) > TITLES:
                self._titles.clear()
            sql = "SELECT a.title, t.seq FROM article a JOIN thing t ON t.uid = a.uid WHERE a.uid = ?"
            self._titles[article] = _plain(self._db, sql, (article,)).fetchone() or (None, -1)
        title, seq = self._titles[article]
        if seq > docid:
            raise Differs("searchable")
        return SEARCHABLE_AS_IT_IS, (docid, claim, exact, says, title or "", context)

    def _alias(self, params: Row) -> Op:
        """The same as a plain row, where the source has no other name."""
        return (ALIAS, params) if params[0] in self._touched else (ALIAS_AS_IT_IS, params[:5])


THING_AS_IT_IS = insert_sql("thing", ("uid", "letter", "n", "seq", "redacted"))
SEARCHABLE_AS_IT_IS = insert_sql("searchable", ("docid", "claim", "exact", "says", "title", "context"))
ALIAS_AS_IT_IS = insert_sql("alias", ("source", "alias", "folded", "because", "seq"))


def _whole(form: _Form, params: Row) -> Row:
    """The row with the columns that the statement does not name."""
    row = params + form.tail
    return row if form.order is None else form.order(row)


def _default(text: str | None) -> Any:
    """What a column holds where nothing is said; the schema has numbers and words."""
    if text is None:
        return None
    return text[1:-1] if text.startswith("'") else int(text)


def _plain(db: sqlite3.Connection, sql: str, params: Row = ()) -> sqlite3.Cursor:
    """A query whose rows are tuples."""
    cursor = db.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, params)


@contextmanager
def anything_differs() -> Iterator[None]:
    """Whatever goes wrong inside, on a damaged file or with a value of another kind, is told by the long way."""
    try:
        yield
    except Differs:
        raise
    except Exception as e:
        raise Differs(f"{type(e).__name__}: {e}") from None
