"""A consistent copy of a ledger while others use it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.errors import Refused
from ledger.store import files
from ledger.store.connection import Ledger, explain


def backup(ledger: Ledger, path: str | Path) -> int:
    """Writes a whole copy to a path where nothing is, or nothing at all; gives its size in bytes.

    The copy is one plain file, without the side files of a ledger in use, so that read-only media can hold it.
    """
    if not ledger.engine.in_file:
        raise Refused("only a ledger in a file is copied so", hint="claims export --format ledger, or pg_dump")
    place = Path(path)
    files.refuse_existing(place)
    with files.neighbour(place) as made:
        try:
            with closing(sqlite3.connect(made, isolation_level=None)) as copy:
                ledger.db.backup(copy)
                copy.execute("PRAGMA synchronous = FULL")
                copy.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.Error as e:
            raise explain(e, str(place)) from None
        files.sync_file(made)
        files.put_new(made, place)
        return place.stat().st_size
