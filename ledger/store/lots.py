"""Many derived rows at once: statements that only add rows are held back, with the outcome they have one by one."""

from __future__ import annotations

import re
import sqlite3
from functools import cache
from typing import Any

LOT = 1000
LOOKED_AT = re.compile(r"\b(?:FROM|JOIN) (\w+)")


class Lots:
    """Runs statements in lots a table; whoever uses it ends with `flush`.

    The rows of one table keep their order, and no statement runs before what it looks at is there, or after what it must
    not see. Rows of different tables change places: this is for a database that does not check foreign keys.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._held: dict[str, tuple[str, list[tuple[Any, ...]]]] = {}
        self._looked_at: set[str] = set()

    def run(self, sql: str, params: tuple[Any, ...]) -> None:
        """Runs a statement, now or later."""
        table, looks_at, adds = _reach(sql)
        if table in self._looked_at:
            self._write([name for name, (form, _) in self._held.items() if table in _reach(form)[1]])
        if not looks_at.isdisjoint(self._held):
            self._write([name for name in looks_at if name in self._held])
        if not adds:
            self._write([table] if table in self._held else [])
            self._db.execute(sql, params)
            return
        held = self._held.get(table)
        if held is not None and (held[0] is not sql or len(held[1]) >= LOT):
            self._write([table])
            held = None
        if held is None:
            held = self._held[table] = (sql, [])
            self._looked_at |= looks_at
        held[1].append(params)

    def flush(self) -> None:
        """Runs what is held back."""
        self._write(list(self._held))
        self._looked_at.clear()

    def _write(self, tables: list[str]) -> None:
        for table in tables:
            self._db.executemany(*self._held.pop(table))


@cache
def _reach(sql: str) -> tuple[str, frozenset[str], bool]:
    """The table that a statement changes, the other tables that it looks at, and whether it does no more than add rows."""
    verb, words = sql.split(" ", 1)[0], sql.split(" ", 3)
    table = words[1] if verb == "UPDATE" else words[2]
    return table, frozenset(LOOKED_AT.findall(sql)) - {table}, verb == "INSERT"
