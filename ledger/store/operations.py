"""What an entry does to the derived tables, as values; `statement` words them in SQL that SQLite and PostgreSQL both take."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from ledger.store.engine import Select
from ledger.vocabulary import Letter

Row = dict[str, Any]
Statement = tuple[str, tuple[Any, ...]]


class Insert(Struct, frozen=True, gc=False):
    """Adds a row."""

    table: str
    row: Row
    numbered: tuple[str, str] | None = None
    """A column that gets the next number among the rows that share the value of another column of the row."""
    keep: bool = False
    """True where a row with the same key stays as it is, and this one is not added."""
    replaces: tuple[str, ...] = ()
    """The key, where a row with the same one gets these values instead."""


class Update(Struct, frozen=True, gc=False):
    """Sets columns of the rows that have these values."""

    table: str
    set: Row
    where: Row


class Delete(Struct, frozen=True, gc=False):
    """Takes out the rows that have these values."""

    table: str
    where: Row


Operation = Insert | Update | Delete


def statement(op: Operation) -> Statement:
    """The SQL of an operation and its values."""
    if isinstance(op, Insert):
        return _insert(op.table, tuple(op.row), op.keep, op.replaces), tuple(op.row.values())
    if isinstance(op, Update):
        return _update(op.table, tuple(op.set), tuple(op.where)), (*op.set.values(), *op.where.values())
    return _delete(op.table, tuple(op.where)), tuple(op.where.values())


@cache
def _insert(table: str, columns: tuple[str, ...], keep: bool, replaces: tuple[str, ...]) -> str:
    clause = " ON CONFLICT DO NOTHING" if keep else ""
    if replaces:
        taken = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in replaces)
        clause = f" ON CONFLICT ({', '.join(replaces)}) DO UPDATE SET {taken}"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))}){clause}"


@cache
def _update(table: str, columns: tuple[str, ...], where: tuple[str, ...]) -> str:
    return f"UPDATE {table} SET {', '.join(f'{c} = ?' for c in columns)} WHERE {_equal(where)}"


@cache
def _delete(table: str, where: tuple[str, ...]) -> str:
    return f"DELETE FROM {table} WHERE {_equal(where)}"


def _equal(columns: tuple[str, ...]) -> str:
    return " AND ".join(f"{c} = ?" for c in columns)


def highest(table: str, number: str, within: str, values: Sequence[Any]) -> Select:
    """For each of these values the highest number in a table among the rows that share it."""
    each = f"SELECT column1, (SELECT coalesce(max({number}), 0) FROM {table} WHERE {within} = column1)"
    return Select(f"{each} FROM (VALUES {', '.join(['(?)'] * len(values))}) AS given", tuple(values))


NUMBERED_BY = {"thing": tuple(letter.value for letter in Letter)}
"""All values by which the rows of a table may be numbered, where they are few: they are asked for at once."""

LOT = 1000
FIRST = ("entry", "blob")
"""The tables that the derived ones refer to."""


class Lots:
    """Carries out operations with the outcome that they have one by one, added rows in lots.

    Rows of one table are written in their order, and after those of the tables before theirs in `tables`, to which they may
    refer. Whoever reads calls `flush` before.
    """

    def __init__(self, db: sqlite3.Connection, tables: Iterable[str]) -> None:
        self._db = db
        self._place = {table: n for n, table in enumerate((*FIRST, *tables))}
        self._held: dict[str, tuple[str, list[tuple[Any, ...]]]] = {}
        self._marked: dict[str, int] | None = None
        self._saved = False
        self._numbers: dict[tuple[str, Any], int] = {}
        """The highest number so far in a table among the rows that share a value."""
        self._numbers_marked: dict[tuple[str, Any], int] = {}

    def run(self, op: Operation) -> None:
        """Carries out an operation, now or later."""
        if isinstance(op, Insert) and op.numbered:
            op.row[op.numbered[0]] = self._number(op.table, *op.numbered, op.row[op.numbered[1]])
        sql, values = statement(op)
        held = self._held.get(op.table)
        if held is not None and held[0] is sql and len(held[1]) < LOT:
            held[1].append(values)
        elif isinstance(op, Insert):
            if held is not None:
                self._write(op.table)
            self._held[op.table] = (sql, [values])
        else:
            self._write(op.table)
            self._db.execute(sql, values)

    def _number(self, table: str, number: str, within: str, value: Any) -> int:
        """The next number, counted from what is written, once, and on from there."""
        if (table, value) not in self._numbers:  # so none of these is held back
            known = NUMBERED_BY.get(table, ())
            found = self._db.execute(*highest(table, number, within, known if value in known else (value,)))
            self._numbers.update(((table, one), last) for one, last in map(tuple, found))
        self._numbers[table, value] += 1
        return self._numbers[table, value]

    def newest(self, table: str, value: Any) -> int:
        """The number of the row that was added last among those that share a value."""
        return self._numbers[table, value]

    def holds(self, table: str, first: Any = None) -> bool:
        """Whether a row of a table is held back, or one whose first column has this value."""
        _, rows = self._held.get(table, ("", []))
        return bool(rows) if first is None else any(row[0] == first for row in rows)

    def flush(self) -> None:
        """Writes the rows that are held back."""
        if self._held or self._marked is not None:
            self._write(None)

    def _write(self, last: str | None) -> None:
        """Writes what is held of the tables up to this one, of all where none is named."""
        if self._marked is not None:
            since = self._cut(self._marked)
            self._marked = None
            self._write(None)
            self._db.execute("SAVEPOINT attempt")
            self._held, self._saved = since, True
        for table in sorted(self._held, key=self._place.__getitem__):
            if last is None or self._place[table] <= self._place[last]:
                self._db.executemany(*self._held.pop(table))

    # --- what may be taken back ---------------------------------------------------------------------------------------

    def mark(self) -> None:
        """From here on `take_back` can be called; a savepoint is set only when rows are written."""
        self._marked = {table: len(rows) for table, (_, rows) in self._held.items()}
        self._numbers_marked = {**self._numbers}

    def keep(self) -> None:
        """What was done since the mark stays."""
        self._marked = None
        if self._saved:
            self._saved = False
            self._db.execute("RELEASE attempt")

    def take_back(self) -> None:
        """What was done since the mark never was."""
        self._numbers = self._numbers_marked
        if self._marked is not None:
            self._cut(self._marked)
        if self._saved:
            self._held.clear()
            self._db.execute("ROLLBACK TO attempt")
        self.keep()

    def _cut(self, marked: dict[str, int]) -> dict[str, tuple[str, list[tuple[Any, ...]]]]:
        """Takes out what is held since the mark."""
        since = {table: (sql, rows[marked.get(table, 0) :]) for table, (sql, rows) in self._held.items()}
        before = {table: (sql, rows[: marked.get(table, 0)]) for table, (sql, rows) in self._held.items()}
        self._held = {table: held for table, held in before.items() if held[1]}
        return {table: held for table, held in since.items() if held[1]}
