"""The derived tables made again from the log: by `claims rebuild`, after a redaction, and in verify's fresh copy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ledger import merkle
from ledger.errors import ClaimsError, StoreError, Tampered
from ledger.records import Entry
from ledger.store import arriving, texts
from ledger.store.connection import Ledger
from ledger.store.derive import DERIVED
from ledger.store.log import Edge, entries, grow
from ledger.store.operations import Lots
from ledger.store.rules import schema_sql

KEPT = ("setting", "entry", "blob", "checkpoint")
"""The tables that are not derived."""

DERIVED_PART = "- 2. derived tables"
"""What the line of schema.sql ends with from which on everything can be made again."""


def rebuild(ledger: Ledger) -> int:
    """Throws away all that is derived and makes it again from the log, in one transaction; gives how many entries."""
    with references_at_the_end(ledger), ledger.transaction(mending=True):
        return replay(ledger)


@contextmanager
def references_at_the_end(ledger: Ledger) -> Iterator[None]:
    """A transaction inside may write rows in any order; `replay` looks at their references when all are there."""
    if not ledger.engine.in_file:  # `replay` does that itself
        yield
        return
    ledger.rows("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        if not ledger.in_transaction:  # within one the engine would pass over it
            ledger.rows("PRAGMA foreign_keys = ON")


def replay(ledger: Ledger) -> int:
    """Makes derived tables, indexes and views anew, as schema.sql has them now, inside such a transaction."""
    db = ledger.db
    db.execute(ledger.engine.check_references_late)
    _drop_derived(ledger)
    indexes = []
    for made in ledger.engine.statements(ledger.engine.script(schema_sql()).partition(DERIVED_PART)[2]):
        if made.startswith("CREATE INDEX"):
            indexes.append(made)
        else:
            db.execute(made)
    count = refill(ledger, ledger)
    for index in indexes:  # faster than row by row
        db.execute(index)
    ledger.engine.index_claims(db)
    texts.index(ledger)
    if (row := ledger.one(ledger.engine.broken_references)) is not None:
        raise StoreError(
            f"{ledger.place}: a row of {row['table']} names what the log does not have",
            hint="claims verify tells more",
        )
    return count


def _drop_derived(ledger: Ledger) -> None:
    """Takes out everything that is neither a kept table nor a rule on one."""
    found = ledger.rows(ledger.engine.objects)
    virtual = [row["name"] for row in found if str(row["sql"]).startswith("CREATE VIRTUAL")]
    views = [row["name"] for row in found if row["type"] == "view"]
    for kind, names in (("VIEW", views), ("TABLE", virtual)):
        for name in names:
            ledger.db.execute(f"DROP {kind} {_quoted(name)}")
    left = [
        row
        for row in ledger.rows(ledger.engine.objects)
        if row["type"] in ("index", "table") and row["sql"] is not None
    ]
    for row in sorted(left, key=lambda row: str(row["type"])):
        if row["name"] not in KEPT and not row["name"].startswith("sqlite_"):
            ledger.db.execute(f"DROP {row['type']} {_quoted(row['name'])}")


def _quoted(name: str) -> str:
    """A name as SQL takes it, whatever stands in it."""
    return '"' + name.replace('"', '""') + '"'


def refill(ledger: Ledger, source: Ledger) -> int:
    """Fills the empty derived tables of a ledger from the entries of another, or its own; gives how many entries."""
    filling = Filling(ledger)
    for entry in entries(source):
        filling.take(entry)
    filling.lots.flush()
    return filling.count


class Filling:
    """Fills empty derived tables entry by entry."""

    def __init__(self, ledger: Ledger, lots: type[Lots] = Lots) -> None:
        self.lots = lots(ledger.db, DERIVED)
        self.count = 0
        self._edge: Edge = {}
        self._arrivals = arriving.Arrivals()

    def take(self, entry: Entry, body: Any = None) -> None:
        """Writes the rows that the next entry makes; its body, where it was read already."""
        edge, run = self._edge, self.lots.run
        for row in grow(edge, entry.seq, merkle.append_nodes(entry.seq, entry.leaf_hash, lambda *at: edge[at])):
            run(row)
        try:
            for op in self._arrivals.operations(entry, body):
                run(op)
        except (ClaimsError, ValueError) as e:
            raise Tampered(
                f"entry {entry.seq} cannot be read: {e}", hint="claims verify names what does not hold"
            ) from None
        self.count += 1
