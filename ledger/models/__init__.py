"""SQLModel classes over the tables and views of schema.sql, for reading: notebooks, the Python API, checks of the store.

    with models.session(ledger) as session:
        session.exec(select(ClaimView).where(ClaimView.retracted == False)).all()

They never write: the database is opened read-only and a flush raises. Columns hold what the schema says they hold: JSON and
words with fixed values are text, figures are decimal text, times are ISO 8601 text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from ledger.errors import Refused, StoreError
from ledger.models.desk import *  # noqa: F403  the package is one namespace, split in files by size alone
from ledger.models.nouns import *  # noqa: F403
from ledger.models.views import *  # noqa: F403
from ledger.store import Ledger


class ReadOnlySession(Session):
    """A session that reads; whatever would write is refused before it reaches the database."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        if self.new or self.dirty or self.deleted:
            self.expunge_all()
            raise Refused("these classes only read", hint="write with the verbs of ledger.claims and ledger.desk")
        super().flush(objects)


@contextmanager
def session(ledger: Ledger) -> Iterator[ReadOnlySession]:
    """A session on the same ledger; what was committed to it when the first row is read is what it sees."""
    engine = _engine(ledger.place)
    try:
        with ReadOnlySession(engine) as opened:
            yield opened
    finally:
        engine.dispose()


def _engine(place: str) -> Engine:
    return create_engine("sqlite://", creator=lambda: _connect(place), poolclass=NullPool)


def _connect(place: str) -> sqlite3.Connection:
    """The file read-only; as an unchanging one where its folder cannot be written to."""
    uri = Path(place).resolve().as_uri()
    for options in ("mode=ro", "mode=ro&immutable=1"):
        try:
            db = sqlite3.connect(f"{uri}?{options}", uri=True, check_same_thread=False)
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error:
            continue
        return db
    raise StoreError(f"{place} cannot be opened", hint="check the permissions of the file and of its folder")
