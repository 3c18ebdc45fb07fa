"""Older ledgers brought up to date: steps for what is kept, everything else derived anew, all in one transaction.

Entries never migrate. A step changes the tables of part 1 of schema.sql (adds a column, a table, a rule); views, triggers
and derived tables need no step, for they are dropped and made again from schema.sql.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from ledger.store.connection import SCHEMA, Ledger, schema_sql
from ledger.store.derive import DERIVED
from ledger.store.log import replay

Step = Callable[[sqlite3.Connection], None]

STEPS: Mapping[int, Step] = {}
"""By the schema number that it starts from, what turns the kept tables into those of the next number."""

KEPT = ("setting", "entry", "blob", "checkpoint")


def migrate(ledger: Ledger, steps: Mapping[int, Step] = STEPS) -> int:
    """Brings an open ledger to the present schema; gives the number that it had. A crash leaves it as it was."""
    before = schema_of(ledger)
    if before >= SCHEMA:
        return before
    with ledger.transaction():
        before = schema_of(ledger)
        if before >= SCHEMA:  # somebody else was faster
            return before
        ledger.db.execute("PRAGMA defer_foreign_keys = ON")
        _drop_derived(ledger)
        for number in range(before, SCHEMA):
            steps.get(number, _nothing)(ledger.db)
        for statement in statements(schema_sql()):
            if not _makes_kept(statement):
                ledger.db.execute(statement)
        ledger.db.execute("UPDATE setting SET value = ? WHERE name = 'schema'", (str(SCHEMA),))
        replay(ledger)
    return before


def schema_of(ledger: Ledger) -> int:
    row = ledger.one("SELECT value FROM setting WHERE name = 'schema'")
    return int(row["value"]) if row else 0


def _nothing(_: sqlite3.Connection) -> None:
    """Between most schemas only derived tables differ."""


INDEXES = ("search_terms", "search", "search_texts_terms", "search_texts", "fingerprint")
"""What searches look through, made from the derived tables and the saved texts."""


def _drop_derived(ledger: Ledger) -> None:
    rows = ledger.rows("SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('view', 'trigger')")
    for row in rows:
        ledger.db.execute(f'DROP {row["type"]} "{row["name"]}"')
    for table in (*INDEXES, *reversed(DERIVED)):
        ledger.db.execute(f"DROP TABLE IF EXISTS {table}")
    for row in ledger.rows("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"):
        ledger.db.execute(f'DROP INDEX "{row["name"]}"')


def statements(sql: str) -> list[str]:
    """The statements of a script, one by one; a trigger's own semicolons do not end it."""
    found, held = [], ""
    for line in sql.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            found.append(held)
            held = ""
    return found


def _makes_kept(statement: str) -> bool:
    """Whether a statement makes or fills a table of part 1."""
    code = " ".join(line.partition("--")[0] for line in statement.splitlines()).split()
    return code[:2] == ["INSERT", "INTO"] or (code[:2] == ["CREATE", "TABLE"] and code[2] in KEPT)
