"""A ledger in PostgreSQL: schema.sql with the parts of postgres.sql, and connections that behave as those of sqlite3.

Needs psycopg, the extra `postgres`; this module is imported when a ledger at postgresql://... is opened.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, contextmanager
from functools import cache, lru_cache
from importlib import resources
from itertools import count, islice
from typing import Any, NamedTuple

from ledger.errors import BadInput, ClaimsError, Locked, ReadOnly, Refused, StoreError, Unconfirmed
from ledger.store import tsvectors
from ledger.store.engine import SEARCHED, Ahead, Of, Searched, Select, Tell, shown

try:
    import psycopg
    from psycopg import errors
    from psycopg.conninfo import conninfo_to_dict, make_conninfo
    from psycopg.rows import tuple_row
except ImportError:
    raise Refused('this needs the extra "postgres"', hint='pip install "claim-ledger[postgres]"') from None

WAIT_SECONDS = 15
LEDGERS = 0x636C61696D73
"""The number of the advisory lock that a writer holds: one writer at a time, as with a file."""

READING = (b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",)
FOLLOWING = (b"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",)
"""The same without BEGIN: ends by itself, so that an error in it is told from one before."""
BEGIN = (b"BEGIN ISOLATION LEVEL READ COMMITTED", b"SELECT pg_advisory_xact_lock(%d)" % LEDGERS)

TYPES = {"INTEGER": "bigint", "BLOB": "bytea", "TEXT": 'text COLLATE "C"'}
"""What SQLite's types are called here; texts compare by their bytes on both."""

OBJECTS = """
    SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' ELSE 'index' END AS type, relname AS name, '' AS sql
    FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'v', 'i')
      AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = pg_class.oid)
    ORDER BY pg_class.oid DESC
"""


SETTINGS = """
    SELECT set_config('lock_timeout', %s, false), set_config('default_transaction_read_only', %s, false),
           set_config('plan_cache_mode', 'force_generic_plan', false),
           set_config('synchronous_commit', CASE WHEN now IN ('off', 'local') THEN 'on' ELSE now END, false)
    FROM current_setting('synchronous_commit') AS now"""
"""What is acknowledged is on disk, and on a standby where the server has synchronous ones; a plan looks
things up by their keys, whichever these are."""

PATIENCE = 5.0
"""Seconds after which a person is told why they wait."""

NEXT = "the next command on this ledger says whether it is there"
Status = psycopg.pq.TransactionStatus


def address_with_patience(address: str) -> str:
    """The same, given up when the server is silent for long, unless the address says otherwise."""
    given = conninfo_to_dict(address)
    patience: dict[str, Any] = {"connect_timeout": 10, "keepalives_idle": 5, "keepalives_interval": 3, "keepalives_count": 3,
                "tcp_user_timeout": 20_000}  # fmt: skip
    return make_conninfo("", **(patience | given))


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
    return _row_class(_names(cursor))


def _names(cursor: Any) -> tuple[str, ...]:
    """The columns of a cursor's answer; its own description of them takes longer than most answers."""
    found = cursor.pgresult
    return tuple((found.fname(n) or b"").decode() for n in range(found.nfields)) if found else ()


class Waiting(psycopg.Connection[Any]):
    """A connection that can say why it takes so long, if it does."""

    late: Callable[[], object] | None = None
    """Is called over and over while an answer is waited for."""

    def wait(self, gen: Any, *given: Any, **more: Any) -> Any:
        steps: Any = gen if self.late is None else _Watched(gen, self.late)
        return super().wait(steps, *given, **more)


class _Watched:
    """The steps of an answer, with a call whenever nothing came for a tenth of a second.

    No generator: Ctrl-C in its code would end it, and the driver goes on with the steps after that.
    """

    def __init__(self, steps: Any, late: Callable[[], object]) -> None:
        self._steps = steps
        self._late = late

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        return next(self._steps)

    def send(self, ready: Any) -> Any:
        if not ready:
            self._late()
        return self._steps.send(ready)


class Database:
    """A connection with the methods of sqlite3's that the store calls; for reading it is made again where it was lost.

    What a transaction writes is held back and goes to the server together with the next statement that is answered, COMMIT at
    the latest: a way to a server that is far away costs more than what is done there.
    """

    def __init__(self, address: str, *, writable: bool) -> None:
        self._address = address
        self._writable = writable
        self._thread: ThreadPoolExecutor | None = None
        self._connect()

    @property
    def _connection(self) -> Waiting:
        """The connection, once the rows are written that are being written."""
        self._settle()
        return self._link

    def _connect(self) -> None:
        self._copying: list[Future[None]] = []
        """Rows that are being written, lot by lot."""
        self._link = Waiting.connect(
            address_with_patience(self._address), autocommit=True, cursor_factory=_Cursor, row_factory=_named
        )
        self._connection.add_notice_handler(self._notice)
        self._unconfirmed = False
        self._held: list[bytes] = []
        self._known: dict[Any, tuple[tuple[str, ...], list[Any]]] = {}
        """What was read since the last write of this transaction, which nobody else changes; and what was read ahead."""
        self._followed: dict[Any, tuple[tuple[str, ...], list[Any]]] = {}
        """What was read right after the last COMMIT, for `at_once`."""
        self._columns: dict[bytes, tuple[str, ...]] = {}
        """What the columns of statements are called that the server has planned."""
        self._keeps = False
        """Whether what was read stays known outside of transactions too."""
        self._times: dict[bytes, int] = {}
        """How often a statement was sent together with others."""
        self._due: dict[bytes, bytes] = {}
        """Those that the server is to plan, and what they are to be called there."""
        self._prepared: dict[bytes, bytes] = {}
        """Those that it has planned."""
        self._numbers = count()
        self._literal = psycopg.adapt.Transformer(self._connection).as_literal
        self._connection.execute(SETTINGS, (f"{WAIT_SECONDS}s", "off" if self._writable else "on"))

    def _notice(self, said: psycopg.errors.Diagnostic) -> None:
        """The server warns, and gives no error, where it stops waiting for a standby."""
        if said.source_function == "SyncRepWaitForLSN":
            self._unconfirmed = True

    @property
    def lost(self) -> bool:
        """Whether the server has gone, or left in the middle of an answer."""
        return self._connection.pgconn.transaction_status in (Status.UNKNOWN, Status.ACTIVE)

    @property
    def in_transaction(self) -> bool:
        return bool(self._copying) or self._connection.pgconn.transaction_status in (Status.INTRANS, Status.INERROR)

    @property
    def login(self) -> str:
        return self._connection.info.user

    def begin(self, tell: Tell, asked: Sequence[Select]) -> None:
        """Takes the lock, and reads at once what is going to be read under it."""
        self._known, self._followed = {}, {}
        with self._told(tell, "somebody else is writing; waiting"):
            try:
                self._ask(asked, *BEGIN)
            except psycopg.Error as e:
                if self.in_transaction:
                    self._connection.rollback()
                if not (isinstance(e, psycopg.OperationalError) and self._connection.closed):
                    raise
                self._connect()
                self._ask(asked, *BEGIN)

    def commit(self, tell: Tell, following: Sequence[Select]) -> None:
        """Ends a transaction, and reads what follows in the same message, when others may write again."""
        self._known.clear()
        self._unconfirmed = False
        self._refuse_lost()
        place = shown(self._address)
        try:
            with self._told(tell, "the server takes long to write; waiting"):
                self._ask(following, b"COMMIT", *(FOLLOWING if following else ()))
        except KeyboardInterrupt:
            if self.in_transaction:
                raise
        except psycopg.Error as e:
            if self.in_transaction or not (self.lost or following):
                raise  # the server answered: nothing was written
            if not self.lost:
                said = f"unknown: {place} failed at the end of it, it may be written or not: {e}"
                raise Unconfirmed(said, hint=NEXT) from None
        self._followed, self._known = self._known, {}
        if self._unconfirmed:
            raise Unconfirmed(f"not acknowledged: it may be on the primary of {place} alone", hint=NEXT)
        if self.lost:
            raise Unconfirmed(f"unknown: the connection to {place} was lost, it may be written or not", hint=NEXT)

    def _refuse_lost(self) -> None:
        """Fails where the server has gone already: nothing of what was held back was sent, so nothing is written."""
        for _ in ("its last words", "the end"):
            self._connection.pgconn.consume_input()

    @contextmanager
    def _told(self, tell: Tell, otherwise: str) -> Iterator[None]:
        """Says why it takes so long, if it does."""
        due = time.monotonic() + PATIENCE

        def late() -> None:
            if time.monotonic() > due:
                self._connection.late = None
                tell(self._why(otherwise))

        self._connection.late = late
        try:
            yield
        finally:
            self._connection.late = None

    def _why(self, otherwise: str) -> str:
        pid = self._connection.info.backend_pid
        try:
            with psycopg.connect(self._address, autocommit=True, connect_timeout=3) as db:
                row = db.execute("SELECT wait_event FROM pg_stat_activity WHERE pid = %s", (pid,)).fetchone()
        except psycopg.Error:
            return f"{shown(self._address)} does not answer; waiting"
        if row and row[0] == "SyncRep":
            return "no standby answers; waiting, Ctrl-C leaves it unacknowledged"
        return otherwise

    def execute(self, sql: str, params: Any = ()) -> Any:
        """Values by position, or by name as `:name`."""
        if _kind(sql).writes and self.in_transaction:
            self._hold(sql, params)
            return NOTHING
        if sql == "ROLLBACK":
            self._held.clear()
        if not _kind(sql).reads:
            self._known.clear()
            return self._run(self._cursor, sql, params)
        return self._read(sql, params, named=True)

    def _read(self, sql: str, params: Any, *, named: bool) -> Any:
        """Rows of a statement that reads, asked once until something is written."""
        key = _key(sql, params)
        keeps = key is not None and (self._keeps or (self._writable and self.in_transaction))
        if key not in self._known:
            if not keeps:
                return self._run(self._cursor if named else self._plain_cursor, sql, params)
            found = self._run(self._plain_cursor, sql, params)
            self._known[key] = _names(found), found.fetchall()
        columns, rows = self._known[key] if keeps else self._known.pop(key)
        if named and rows:
            rows = [*map(_row_class(columns), rows)]
        return _Kept(columns, rows)

    def ahead(self, asked: Sequence[Select]) -> None:
        """Reads at once what is going to be read one by one."""
        if sum(self._is_news(one) for one in asked) > 1:
            self._ask(asked)

    @contextmanager
    def at_once(self, asked: Sequence[Select]) -> Iterator[None]:
        """Reads all this in one state and keeps it inside the block; for reading a lost connection is made again."""
        self._known, self._followed = self._followed, {}
        if any(self._is_news(one) for one in asked):
            self._ask_in_one_state(asked)
        self._keeps = True
        try:
            yield
        finally:
            self._keeps = False
            self._known.clear()

    def _ask_in_one_state(self, asked: Sequence[Select]) -> None:
        self._known.clear()
        try:
            self._ask(asked, *READING, after=(b"COMMIT",))
        except psycopg.OperationalError:
            if not self._connection.closed:
                raise
            self._connect()
            self._ask(asked, *READING, after=(b"COMMIT",))

    def _ask(self, asked: Sequence[Select], *before: bytes, after: Sequence[bytes] = ()) -> None:
        """Sends what was held back, these statements and what is asked as one message, and keeps the answers."""
        keys = {one: self._key_of(one) for one in asked}
        wanted = [(one, key) for one, key in keys.items() if key not in self._known]
        due, self._due = self._due, {}
        said = [*self._held, *before, *(b"PREPARE %s AS %s" % (name, sql) for sql, name in due.items())]
        self._held.clear()
        questions = [self._worded(*_pieces(one)) for one, _ in wanted]
        cursor = self._plain_cursor()
        cursor.execute(b";\n".join([*said, *questions, *after]))
        self._prepared |= due
        for _ in said:
            if cursor.statusmessage == "ROLLBACK":
                raise StoreError("the transaction had failed; nothing was written")
            cursor.nextset()
        for (one, key), question in zip(wanted, questions, strict=True):
            answer = self._columns_of(question, cursor), cursor.fetchall()
            cursor.nextset()
            if key is not None or (key := self._key_of(one)) is not None:
                self._known[key] = answer

    def _columns_of(self, question: bytes, cursor: Any) -> tuple[str, ...]:
        """The columns of an answer, remembered of what the server has planned, which it refuses once they are others."""
        if not question.startswith(b"EXECUTE"):
            return _names(cursor)
        name = question.partition(b"(")[0]
        if (columns := self._columns.get(name)) is None:
            columns = self._columns[name] = _names(cursor)
        return columns

    def _worded(self, pieces: tuple[bytes, ...], values: Sequence[Any]) -> bytes:
        """A statement with these values: by its name where the server has planned it, which it does for what comes often."""
        said = [*map(self._literal, values)]
        marked = _numbered(pieces)
        if name := self._prepared.get(marked):
            return b"EXECUTE %s(%s)" % (name, b", ".join(said)) if said else b"EXECUTE %s" % name
        self._times[marked] = self._times.get(marked, 0) + 1
        if self._times[marked] > OFTEN and marked not in self._due:
            self._due[marked] = b"often_%d" % next(self._numbers)
        return _filled(pieces, said)

    def _is_news(self, asked: Select) -> bool:
        return self._key_of(asked) not in self._known

    def _key_of(self, asked: Select) -> Any:
        """What a statement is known by, once the values that others give are known; None until then."""
        if Of not in map(type, asked.params):
            return _key(asked.sql, asked.params)
        values = []
        for value in asked.params:
            if isinstance(value, Of):
                columns, rows = self._known.get(self._key_of(value.asked), ((), ()))
                if not rows:
                    return None
                values.append(rows[-1][columns.index(value.column)])
            else:
                values.append(value)
        return _key(asked.sql, values)

    def _spelt(self, sql: str, params: Any) -> bytes:
        """A statement with its values in it."""
        if not params:
            return sql.encode()
        if isinstance(params, dict):
            cursor: Any = self._connection.cursor()
            return cursor.mogrify(_marked(sql, named=True), params).encode()  # type: ignore[no-any-return]
        return _filled(_cut(sql), [*map(self._literal, params)])

    def _hold(self, sql: str, params: Any) -> None:
        self._known.clear()
        self._held.append(self._worded(_cut(sql), params) if _kind(sql).planned else self._spelt(sql, params))
        if len(self._held) >= MOST_HELD or len(self._held[-1]) > LONG:
            self._send()

    def _with_held(self, statement: bytes) -> bytes:
        """A statement after those that were held back, as one message."""
        held, self._held = self._held, []
        return b";\n".join([*held, statement])

    def _send(self) -> None:
        if self._held:
            last = self._held.pop()
            self._connection.cursor().execute(self._with_held(last))

    def _cursor(self) -> Any:
        return self._connection.cursor()

    def tuples(self, sql: str, params: Any) -> Any:
        """The same, with plain rows."""
        return self._read(sql, params, named=False)

    def _plain_cursor(self) -> Any:
        return _Cursor(self._connection, row_factory=tuple_row)

    def _run(self, factory: Callable[[], Any], sql: str, params: Any) -> Any:
        alone = not self.in_transaction
        try:
            if self._held:
                return _answer(factory().execute(self._with_held(self._spelt(sql, params))))
            return _executed(factory(), sql, params)
        except errors.LockNotAvailable:
            self._connection.rollback()  # it is the beginning of a transaction that failed
            raise
        except psycopg.OperationalError:
            if not (alone and self._connection.closed):
                raise
            self._connect()
            return _executed(factory(), sql, params)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        rows = list(rows)
        self._known.clear()
        plain = _kind(sql).plain
        if self.in_transaction and (plain is None or len(rows) <= FEW):
            for values in rows:
                self._hold(sql, values)
            return
        self._send()
        if plain is None:
            self._connection.cursor().executemany(_marked(sql), rows)
            return
        if not self.in_transaction:
            self._copy(plain, rows)
            return
        self._copying.append(self._beside().submit(self._copy, plain, rows))

    def _copy(self, plain: str, rows: Sequence[Sequence[Any]]) -> None:
        with self._link.cursor().copy(f"COPY {plain} FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def _beside(self) -> ThreadPoolExecutor:
        """The thread that writes many rows while this one goes on."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "copy")
        return self._thread

    def _settle(self) -> None:
        """Waits until the rows are written that are being written."""
        try:
            while self._copying:
                self._copying[0].result()
                self._copying.pop(0)
        except Exception:
            wait(self._copying)  # the first says why, the others fail for it
            self._copying.clear()
            raise

    def executescript(self, sql: str) -> None:
        self._known.clear()
        self._send()
        self._connection.execute(sql)

    def close(self) -> None:
        if self._thread is not None:
            self._thread.shutdown()
        self._link.close()


@cache
def _cut(sql: str) -> tuple[bytes, ...]:
    """A statement cut where its values go."""
    return tuple(piece.encode() for piece in sql.split("?"))


@cache
def _numbered(pieces: tuple[bytes, ...]) -> bytes:
    """The same statement with numbers for its values."""
    return b"".join(piece + b"$%d" % n for n, piece in enumerate(pieces[:-1], 1)) + pieces[-1]


def _filled(pieces: Sequence[bytes], values: Sequence[bytes]) -> bytes:
    return pieces[0] + b"".join(value + piece for value, piece in zip(values, pieces[1:], strict=True))


def _pieces(asked: Select) -> tuple[tuple[bytes, ...], list[Any]]:
    """A statement cut where its values go, and the values; a statement that gives a value stands in its place."""
    if Of not in map(type, asked.params):
        return _cut(asked.sql), [*asked.params]
    first, *rest = _cut(asked.sql)
    pieces, values = [first], []
    for value, piece in zip(asked.params, rest, strict=True):
        if isinstance(value, Of):
            given, theirs = _pieces(value.asked)
            pieces[-1] += f"(SELECT (array_agg({value.column}))[count(*)] FROM (".encode() + given[0]
            pieces += given[1:]
            pieces[-1] += b") AS given)" + piece
            values += theirs
        else:
            pieces.append(piece)
            values.append(value)
    return tuple(pieces), values


def _key(sql: str, params: Any) -> Any:
    """What a statement that reads is known by; None where its values cannot be compared."""
    key = (sql, tuple(params.items() if isinstance(params, dict) else params))
    try:
        hash(key)
    except TypeError:
        return None
    return key


class _Kept:
    """Rows that were read before, as a cursor gives them."""

    def __init__(self, columns: tuple[str, ...], rows: Sequence[Any]) -> None:
        self._columns = columns
        self._rows = iter(rows)

    @property
    def description(self) -> list[tuple[str]]:
        return [(name,) for name in self._columns]

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, count: int) -> list[Any]:
        return [*islice(self._rows, count)]

    def fetchall(self) -> list[Any]:
        return [*self._rows]


NOTHING = _Kept((), ())
READS = re.compile(r"\s*(SELECT|WITH)\b")
WRITES = re.compile(r"(?!.*\bRETURNING\b)\s*(INSERT|UPDATE|DELETE|SAVEPOINT|RELEASE)\b", re.DOTALL)
"""Statements that are answered by nothing."""
PLANNED = re.compile(r"INSERT INTO \w+ \([\w, ]+\) VALUES \([?, ]+\)|UPDATE \w+ SET [\w ]+ = [\w +]*\?")
"""Writes whose values have the types of their columns, so that the server can plan them without these."""


class _Kind(NamedTuple):
    """What a statement does."""

    reads: bool
    writes: bool
    planned: bool
    plain: str | None
    """The table and its columns, where it does nothing but add rows."""


@lru_cache(maxsize=1024)
def _kind(sql: str) -> _Kind:
    plain = PLAIN.match(sql)
    return _Kind(bool(READS.match(sql)), bool(WRITES.match(sql)), bool(PLANNED.match(sql)), plain and plain[1])


OFTEN = 1
"""How often a statement is sent before the server is to plan it once for all."""
FEW = 50
"""Rows of a table up to which each is written by a statement of its own, and not by COPY, which is asked and answered."""
MOST_HELD, LONG = 1000, 1 << 16
"""How many statements are held back, and how long one of them may be, in bytes, that another is held after it."""


def _answer(cursor: Any) -> Any:
    """A cursor at the result of the last of several statements."""
    while cursor.nextset():
        pass
    return cursor


def _executed(cursor: Any, sql: str, params: Any) -> Any:
    return cursor.execute(_marked(sql, named=isinstance(params, dict)), params) if params else cursor.execute(sql)


PLAIN = re.compile(r"INSERT INTO (\w+ \([\w, ]+\)) VALUES \([?, ]+\)$")
"""Rows that are added whatever is there, which COPY does three times as fast."""


class _Cursor(psycopg.ClientCursor[Any]):
    """A cursor that has no rows, and no complaints, where a statement gives none."""

    def fetchone(self) -> Any:
        return super().fetchone() if self._gives_rows else None

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self._gives_rows else []

    @property
    def _gives_rows(self) -> bool:
        return self.pgresult is not None and self.pgresult.nfields > 0


@cache
def _marked(sql: str, *, named: bool = False) -> bytes:
    """The same statement with the driver's marks for values."""
    marked = sql.replace("%", "%%")
    return (re.sub(r"(?<!:):(\w+)", r"%(\1)s", marked) if named else marked.replace("?", "%s")).encode()


class Postgres:
    """The engine; see ledger.store.engine."""

    error: type[Exception] = psycopg.Error
    begin_reading = READING[0].decode()
    begin_writing = b"; ".join(BEGIN).decode()
    dialect = "postgresql+psycopg"
    finds_settings = "SELECT 1 WHERE to_regclass('setting') IS NOT NULL"
    in_file = False
    objects = OBJECTS
    check_references_late = "SET CONSTRAINTS ALL DEFERRED"
    broken_references = "SET CONSTRAINTS ALL IMMEDIATE"
    vacuum = "VACUUM FULL"

    def __init__(self, address: str) -> None:
        self._address = address

    def begin(self, db: Database, tell: Tell, ahead: Ahead) -> None:
        db.begin(tell, ahead())

    def commit(self, db: Database, tell: Tell, following: Sequence[Select]) -> None:
        db.commit(tell, following)

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

    def ahead(self, db: Database, asked: Sequence[Select]) -> None:
        db.ahead(asked)

    def at_once(self, db: Database, asked: Sequence[Select]) -> AbstractContextManager[None]:
        return db.at_once(asked)

    def explain(self, error: Any, place: str) -> ClaimsError:
        said = str(error).partition("\n")[0]
        if isinstance(error, errors.LockNotAvailable):
            return Locked(place)
        if isinstance(error, errors.RaiseException):
            return Refused(f"{place}: {said}")
        if isinstance(error, errors.InsufficientPrivilege):
            return Refused(f"{place}: {said}", hint="its owner gives a login more: claims grant ROLE LOGIN")
        if isinstance(error, errors.ReadOnlySqlTransaction):
            return ReadOnly(place)
        if isinstance(error, errors.DiskFull):
            return StoreError(f"no space left for {place}", hint="nothing was changed; make room and try again")
        if isinstance(error, errors.SerializationFailure):
            return StoreError(f"{place} took up newer data while it was read", hint="try again; nothing was changed")
        if isinstance(error, psycopg.DataError | errors.ProgramLimitExceeded):
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
        return f"SELECT count(*) AS doc FROM {index} WHERE document @@ ('''' || left(?, {tsvectors.LONGEST}) || '''')::tsquery"

    def index_claims(self, db: Database, where: str = "", params: Sequence[Any] = ()) -> None:
        found = db.tuples(f"SELECT {SEARCHED} FROM searchable {where} ORDER BY docid", params)
        tsvectors.put(db, "search", ((number, columns) for number, *columns in found))

    def index_rows(self, db: Database, rows: Sequence[Searched]) -> None:
        tsvectors.put(db, "search", rows)

    def unindex_claims(self, db: Database, where: str, params: Sequence[Any]) -> None:
        gone = db.tuples(f"SELECT docid FROM searchable {where}", params).fetchall()
        tsvectors.take_out(db, "search", [number for (number,) in gone])

    def indexed(self, db: Database, index: str, rows: Iterable[tuple[int, Sequence[str]]]) -> bool:
        return tsvectors.fits(db, index, rows)

    def index_text(self, db: Database, number: int, text: str) -> None:
        tsvectors.put(db, "search_texts", [(number, [text])])

    def connect_to_read(self, place: str) -> Any:  # noqa: ARG002  it has no password
        connection = psycopg.connect(address_with_patience(self._address))
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return connection


def connect(address: str, *, writable: bool) -> tuple[Database, Postgres]:
    """A connection to the database at an address, whether a ledger is in it or not, and its engine."""
    engine = Postgres(address)
    try:
        return Database(address, writable=writable), engine
    except psycopg.Error as e:
        raise engine.explain(e, shown(address)) from None
