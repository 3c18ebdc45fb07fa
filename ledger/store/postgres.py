"""A ledger in PostgreSQL: schema.sql with the parts of postgres.sql, and connections that behave as those of sqlite3.

Needs psycopg, the extra `postgres`; this module is imported when a ledger at postgresql://... is opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import resources
from typing import Any

from ledger.errors import BadInput, ClaimsError, Locked, ReadOnly, Refused, StoreError
from ledger.store import tsvectors
from ledger.store.engine import SEARCHED, shown

try:
    import psycopg
    from psycopg import errors
    from psycopg.rows import tuple_row
except ImportError:
    raise Refused('this needs the extra "postgres"', hint='pip install "claim-ledger[postgres]"') from None

WAIT_SECONDS = 15
LEDGERS = 0x636C61696D73
"""The number of the advisory lock that a writer holds: one writer at a time, as with a file."""

TYPES = {"INTEGER": "bigint", "BLOB": "bytea", "TEXT": 'text COLLATE "C"'}
"""What SQLite's types are called here; texts compare by their bytes on both."""

OBJECTS = """
    SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' ELSE 'index' END AS type, relname AS name, '' AS sql
    FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v', 'i')
      AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = pg_class.oid)
    ORDER BY pg_class.oid DESC
"""


class Row(tuple[Any, ...]):
    """A row that is read by name or by position."""

    __slots__ = ()
    places: dict[str, int]

    def __getitem__(self, key: Any) -> Any:
        return tuple.__getitem__(self, self.places[key] if isinstance(key, str) else key)

    def keys(self) -> list[str]:
        return list(self.places)


@cache
def _row_class(names: tuple[str, ...]) -> type[Row]:
    return type("Row", (Row,), {"__slots__": (), "places": {name: n for n, name in enumerate(names)}})


def _named(cursor: Any) -> Callable[[Sequence[Any]], Row]:
    return _row_class(tuple(column.name for column in cursor.description or ()))


class Database:
    """A connection with the methods of sqlite3's that the store calls."""

    def __init__(self, connection: psycopg.Connection[Row]) -> None:
        self._connection = connection

    @property
    def in_transaction(self) -> bool:
        return self._connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE

    def execute(self, sql: str, params: Any = ()) -> Any:
        """Values by position, or by name as `:name`."""
        return self._run(self._connection.cursor(), sql, params)

    def tuples(self, sql: str, params: Any) -> Any:
        """The same, with plain rows."""
        return self._run(_Cursor(self._connection, row_factory=tuple_row), sql, params)

    def _run(self, cursor: Any, sql: str, params: Any) -> Any:
        try:
            return (
                cursor.execute(_marked(sql, named=isinstance(params, dict)), params) if params else cursor.execute(sql)
            )
        except errors.LockNotAvailable:
            self._connection.rollback()  # it is the beginning of a transaction that failed
            raise

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._connection.cursor().executemany(_marked(sql), rows)

    def executescript(self, sql: str) -> None:
        self._connection.execute(sql)

    def close(self) -> None:
        self._connection.close()


class _Cursor(psycopg.ClientCursor[Any]):
    """A cursor that has no rows, and no complaints, where a statement gives none."""

    def fetchone(self) -> Any:
        return super().fetchone() if self.description else None

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self.description else []


@cache
def _marked(sql: str, *, named: bool = False) -> bytes:
    """The same statement with the driver's marks for values."""
    marked = sql.replace("%", "%%")
    return (re.sub(r"(?<!:):(\w+)", r"%(\1)s", marked) if named else marked.replace("?", "%s")).encode()


class Postgres:
    """The engine; see ledger.store.engine."""

    error: type[Exception] = psycopg.Error
    begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    begin_writing = f"BEGIN; SELECT pg_advisory_xact_lock({LEDGERS})"
    dialect = "postgresql+psycopg"
    finds_settings = "SELECT 1 WHERE to_regclass('setting') IS NOT NULL"
    in_file = False
    objects = OBJECTS
    check_references_late = "SET CONSTRAINTS ALL DEFERRED"
    broken_references = "SET CONSTRAINTS ALL IMMEDIATE"
    vacuum = "VACUUM FULL"

    def __init__(self, address: str) -> None:
        self._address = address

    def script(self, schema: str) -> str:
        parts = iter(
            resources.files("ledger.store").joinpath("postgres.sql").read_text("utf-8").split("-- [postgres]")[1:]
        )
        here = re.sub(r"\b(INTEGER|BLOB|TEXT)\b", lambda found: TYPES[found[0]], schema)
        here = re.sub(r"\bREFERENCES \w+ \(\w+\)", r"\g<0> DEFERRABLE", here)
        return re.sub(
            r"^-- \[sqlite\]$.*?^-- \[/sqlite\]$", lambda _: "--" + next(parts), here, flags=re.DOTALL | re.MULTILINE
        )

    def statements(self, script: str) -> list[str]:
        return [script]

    def tuples(self, db: Database, sql: str, params: Any) -> Any:
        return db.tuples(sql, params)

    def explain(self, error: Any, place: str) -> ClaimsError:
        said = str(error).partition("\n")[0]
        if isinstance(error, errors.LockNotAvailable):
            return Locked(place)
        if isinstance(error, errors.RaiseException):
            return Refused(f"{place}: {said}")
        if isinstance(error, errors.ReadOnlySqlTransaction | errors.InsufficientPrivilege):
            return ReadOnly(place)
        if isinstance(error, errors.DiskFull):
            return StoreError(f"no space left for {place}", hint="nothing was changed; make room and try again")
        if isinstance(error, psycopg.DataError):
            return BadInput(f"not for the ledger: {said}")
        if isinstance(error, psycopg.OperationalError):
            return StoreError(
                f"{place} cannot be reached: {said}", hint="see whether the server runs and the address is right"
            )
        return StoreError(f"{place}: {said}")

    def matches(self, index: str, *, weighted: bool = False) -> str:
        return tsvectors.matches(index, weighted=weighted)

    def sought(self, expression: str) -> str:
        return tsvectors.query(expression)

    def holding(self, index: str) -> str:
        return f"SELECT count(*) AS doc FROM {index} WHERE document @@ ('''' || ? || '''')::tsquery"

    def index_claims(self, db: Database, where: str = "", params: Sequence[Any] = ()) -> None:
        found = db.tuples(f"SELECT {SEARCHED} FROM searchable {where} ORDER BY docid", params)
        tsvectors.put(db, "search", ((number, columns) for number, *columns in found))

    def unindex_claims(self, db: Database, where: str, params: Sequence[Any]) -> None:
        gone = db.tuples(f"SELECT docid FROM searchable {where}", params).fetchall()
        tsvectors.take_out(db, "search", [number for (number,) in gone])

    def index_text(self, db: Database, number: int, text: str) -> None:
        tsvectors.put(db, "search_texts", [(number, [text])])

    def connect_to_read(self, place: str) -> Any:  # noqa: ARG002  it has no password
        connection = psycopg.connect(self._address)
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return connection


def connect(address: str, *, writable: bool) -> tuple[Database, Postgres]:
    """A connection to the database at an address, whether a ledger is in it or not, and its engine."""
    engine = Postgres(address)
    try:
        connection = psycopg.connect(address, autocommit=True, cursor_factory=_Cursor, row_factory=_named)
        connection.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
        connection.execute(f"SET default_transaction_read_only = {'off' if writable else 'on'}")
    except psycopg.Error as e:
        raise engine.explain(e, shown(address)) from None
    return Database(connection), engine
