"""The rules of a ledger in a file: its tables, views, indexes and triggers, byte for byte those that schema.sql makes."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from ledger.errors import Tampered

Rule = tuple[str, str, str, str | None]
"""Type, name, table, and the statement that made it."""

STATISTICS: dict[str, Rule] = {
    "sqlite_stat1": ("table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    "sqlite_stat4": ("table", "sqlite_stat4", "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
}
"""What ANALYZE leaves behind: counts for the planner, which no result depends on."""


def schema_sql() -> str:
    """schema.sql, and the mark by which a ledger tells which tables it was made with."""
    keep = "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
    return f"{_schema_file()}\nINSERT INTO setting (name, value) VALUES ('tables', '{tables_mark()}') {keep};\n"


@cache
def tables_mark() -> str:
    """Another one for other tables, rules or views; comments do not count."""
    lines = (line.partition("--")[0].strip() for line in _schema_file().splitlines())
    return hashlib.sha256("\n".join(line for line in lines if line).encode()).hexdigest()[:16]


@cache
def _schema_file() -> str:
    """The text of schema.sql, from the package or, in a checkout, from beside it."""
    packaged, beside = (Path(__file__).parents[up] / "schema.sql" for up in (1, 2))
    return (packaged if packaged.is_file() else beside).read_text(encoding="utf-8")


def rules(db: Any) -> list[Rule]:
    """All that the file's own schema holds, in order; two rules of one name are two."""
    found = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name, tbl_name, sql")
    return [rule for rule in map(tuple, found) if STATISTICS.get(rule[1]) != rule]


def settings(db: Any) -> list[tuple[Any, ...]]:
    """The rows of the table `setting`, in order."""
    return sorted((tuple(row) for row in db.execute("SELECT name, value FROM setting")), key=repr)


@cache
def expected() -> tuple[list[Rule], list[tuple[Any, ...]]]:
    """What schema.sql makes with this SQLite."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(schema_sql())
        return rules(db), settings(db)


def digest(found: tuple[list[Rule], list[tuple[Any, ...]]]) -> str:
    """A hash of rules and settings, another one for any others."""
    return hashlib.sha256(repr(found).encode()).hexdigest()


MADE = "fb86629c98793ece14ca1c2d62118375030524460a22bf2a3c9492b498a5508e"
"""The digest of what schema.sql makes: to make all of it again takes a tenth of an `add`."""


def refuse_altered(db: Any, place: str) -> None:
    """Tampered where the rules are others than this program's: what such a file acknowledges it need not keep."""
    found = rules(db), settings(db)
    if digest(found) != MADE and found != expected():  # another SQLite may word what it adds otherwise
        raise Tampered(
            f"the rules of {place} are not those of this program: they were altered, or another version made them",
            hint="nothing was written; claims verify names what is different",
        )
