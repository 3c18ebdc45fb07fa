"""The store: the only writer, plain SQL on the driver. Reads are SELECTs on views; SQLModel lives in ledger.models.

Names are fetched when they are first used: who only reads does not import what writes.
"""

from ledger.lazily import fetching

TYPE_CHECKING = False  # as type checkers take it; typing itself would have to be imported
if TYPE_CHECKING:
    from ledger.store.blobs import blob
    from ledger.store.connection import SCHEMA, Ledger, Open, is_free, open_ledger
    from ledger.store.copies import backup
    from ledger.store.engine import Select, is_address, shown
    from ledger.store.log import (
        Writer,
        create,
        entries,
        head,
        last_entry,
        leaf_data,
        leaf_of,
        log_id,
        node,
        rehearse,
        root,
        withdraw,
        write,
    )
    from ledger.store.rebuilding import rebuild
    from ledger.store.rules import schema_sql

__all__ = [
    "SCHEMA",
    "Ledger",
    "Open",
    "Select",
    "Writer",
    "backup",
    "blob",
    "create",
    "entries",
    "head",
    "is_address",
    "is_free",
    "last_entry",
    "leaf_data",
    "leaf_of",
    "log_id",
    "node",
    "open_ledger",
    "rebuild",
    "rehearse",
    "root",
    "schema_sql",
    "shown",
    "withdraw",
    "write",
]


__getattr__ = fetching(__name__, "connection", "engine", "blobs", "rules", "log", "copies", "rebuilding")
