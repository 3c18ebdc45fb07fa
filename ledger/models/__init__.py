"""SQLModel classes over the tables and views of schema.sql, for reading (docs/api.md): `ledger.open(path).session()`.

Columns hold what the schema says: JSON and words with fixed values are text, figures are decimal text, times are ISO 8601 text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from ledger.errors import Refused
from ledger.models.base import Row
from ledger.models.tables import *  # noqa: F403  one name for each class


class ReadOnlySession(Session):
    """A session that reads; a flush with changes is refused before it reaches the database."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        if self.new or self.dirty or self.deleted:
            self.expunge_all()
            raise Refused("a session only reads", hint="write with the functions of ledger.verbs")
        super().flush(objects)


@contextmanager
def session(url: str, connect: Callable[[], Any]) -> Iterator[ReadOnlySession]:
    """A session on a connection of its own; all it reads is as it was at the first query, until it is closed."""
    engine = create_engine(url, creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    try:
        with ReadOnlySession(engine) as opened:
            yield opened
    finally:
        engine.dispose()


def _begin(connection: Connection) -> None:
    """The driver of SQLite begins no transaction for what only reads."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")


__all__ = ["ReadOnlySession", "Row", "session", *(kind.class_.__name__ for kind in Row._sa_registry.mappers)]  # noqa: PLE0604, SLF001
