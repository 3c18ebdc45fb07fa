"""Opening a ledger: one file, its rules checked before anything is read, every refusal in one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from enum import StrEnum
from functools import partial
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ledger.errors import BadInput, ClaimsError, Locked, NotFound, ReadOnly, Refused, StoreError, Unconfirmed
from ledger.store.engine import SEARCHED, Ahead, Engine, Searched, Select, Tell, is_address, nothing_ahead, shown
from ledger.store.files import plain
from ledger.store.locks import holder
from ledger.store.operations import Lots
from ledger.store.rules import refuse_altered, tables_mark

if TYPE_CHECKING:
    from ledger.models import ReadOnlySession

SCHEMA = 1
WAIT_SECONDS = 15.0
"""How long a writer waits for another before it gives up."""

LARGEST_PAGE = 65_536

PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "recursive_triggers = ON",
    "cell_size_check = ON",
    "cache_size = -32768",  # in KiB, taken as needed; an import of thousands spills and reads again with the usual 2 MiB
)


class Open(StrEnum):
    READ = "read"
    WRITE = "write"


def _nobody(*_: object) -> None:
    """Hears what nobody wants to know."""


class _Explained:
    """A block in which the driver's errors become refusals that name the ledger; entered anew for every statement."""

    def __init__(self, ledger: Ledger, *, reading: bool = False) -> None:
        self._ledger = ledger
        self._garbled = UnicodeDecodeError if reading else ()

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            return
        if isinstance(error, self._ledger.engine.error):
            raise self._ledger.engine.explain(error, self._ledger.place) from None
        if isinstance(error, UnicodeEncodeError):
            raise BadInput("the text holds half of a surrogate pair, which no file can hold") from None
        if isinstance(error, self._garbled):
            raise garbled(error, self._ledger.place) from None


class Ledger:
    """An open ledger; a context manager. Reads go through `rows` and `one`, writes through `log.write`."""

    def __init__(self, place: str, db: Any, *, writable: bool, engine: Engine | None = None) -> None:
        self.place = place
        self._db: sqlite3.Connection = db
        self._held: Lots | None = None
        self._flushes = True
        self.engine = engine or SQLITE
        self.writable = writable
        self.actor: str | None = None
        self.tell: Tell = _nobody
        """Is called with what a person is to know while a server keeps them waiting."""
        self.logged: Callable[[int, int], None] = _nobody
        """Is called once entries are logged, with the number of the first and the size of the log after them."""
        self.batch: str | None = None
        """The batch that was begun last."""
        self.following: Sequence[Select] = ()
        """What is read as soon as the write under way is committed; a server is asked for it in one message with that."""
        self.spoke_of_others = True
        """Whether it is about anything that was there before it."""
        self._closed = False
        self._errors, self._reading = _Explained(self), _Explained(self, reading=True)

    @property
    def db(self) -> sqlite3.Connection:
        """The connection; whatever a writer holds back is written before anything else is done with it."""
        if self._flushes:
            self.write_held()
        return self._db

    def write_held(self) -> None:
        """Has what a writer holds back written; a server may still be at it when this returns."""
        if self._held is not None:
            self._held.flush()

    @contextmanager
    def as_written(self) -> Iterator[None]:
        """Reads inside see what is written; what a writer holds back stays there."""
        self._flushes = False
        try:
            yield
        finally:
            self._flushes = True

    def hold(self, tables: Iterable[str]) -> Lots:
        """What writes rows of these tables until the transaction ends, in lots."""
        self._held = Lots(self.db, tables)
        return self._held

    def rows(self, sql: str, params: Sequence[Any] = ()) -> list[sqlite3.Row]:
        with self.reading():
            return self.db.execute(sql, params).fetchall()

    def each(self, sql: str, params: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        """Rows one by one, for what need not fit in memory."""
        with self.reading():
            for row in self.db.execute(sql, params):  # noqa: UP028  yield from would close a cursor whose ledger is closed
                yield row

    def tuples(self, sql: str, params: Any = ()) -> Any:
        """A cursor over rows as plain tuples, in half the time; values by position or by name."""
        with self.reading():
            return self.engine.tuples(self.db, sql, params)

    def ahead(self, asked: Sequence[Select]) -> None:
        """Says which statements are going to be read next, so that they can be asked at once."""
        with self.reading():
            self.engine.ahead(self.db, asked)

    @contextmanager
    def at_once(self, asked: Sequence[Select]) -> Iterator[None]:
        """Reads inside see one state of what is asked here, which a server is asked for all at once."""
        if self.in_transaction:
            self.ahead(asked)
            yield
            return
        with self.reading(), self.engine.at_once(self.db, asked):
            yield

    def one(self, sql: str, params: Sequence[Any] = ()) -> sqlite3.Row | None:
        with self.reading():
            row: sqlite3.Row | None = self.db.execute(sql, params).fetchone()
            return row

    def one_written(self, sql: str, params: Sequence[Any] = ()) -> sqlite3.Row | None:
        """The same, of what is written; what a writer holds back stays there."""
        with self.reading():
            row: sqlite3.Row | None = self._db.execute(sql, params).fetchone()
            return row

    def is_empty(self, table: str) -> bool:
        """Whether a table has no row; what a writer holds back of others stays there."""
        held = self._held is not None and self._held.holds(table)
        return not held and self.one_written(f"SELECT 1 FROM {table} LIMIT 1") is None

    def errors(self) -> AbstractContextManager[None]:
        """Turns the driver's errors into refusals that name the ledger."""
        return self._errors

    def reading(self) -> AbstractContextManager[None]:
        """The same, where what is read may be no text any more: the driver then fails while it words its error."""
        return self._reading

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All reads inside see one state, whatever others write meanwhile."""
        if self.in_transaction:
            yield
            return
        with self.errors():
            self.db.execute(self.engine.begin_reading)
        try:
            yield
        finally:
            with self.errors():
                if self.in_transaction:  # on a damaged file the driver may have ended it
                    self.db.execute("COMMIT")

    @contextmanager
    def cache(self, kib: int) -> Iterator[None]:
        """What the engine may keep of a file in memory meanwhile; a server decides that by itself."""
        if not self.engine.in_file:
            yield
            return
        (before,) = self.db.execute("PRAGMA cache_size").fetchone()
        self.db.execute(f"PRAGMA cache_size = -{kib}")
        try:
            yield
        finally:
            if not self._closed:
                self.db.execute(f"PRAGMA cache_size = {before}")

    @contextmanager
    def transaction(self, *, mending: bool = False, ahead: Ahead = nothing_ahead) -> Iterator[None]:
        """One write: all of it is durable when the block ends, none of it when the block raises.

        `ahead` says what it is going to read first. Tampered where the rules of the file were altered; a write that mends what
        is derived may find them so, and mends them.
        """
        if not self.writable:
            raise Refused(f"{self.place} was opened for reading only")
        self.following = ()
        with self.errors():
            self.engine.begin(self.db, self.tell, ahead)
            try:
                if not mending:
                    self._refuse_altered()
                yield
                if mending:
                    self._refuse_altered()
                self.commit()
            finally:
                self._held = None
                if self.in_transaction:
                    self.db.execute("ROLLBACK")

    def commit(self) -> None:
        """Ends a write with all it wrote kept; what was not confirmed is looked for by the next command."""
        try:
            self.engine.commit(self.db, self.tell, self.following)
        except Unconfirmed:
            from ledger.store import unconfirmed

            if self.batch:
                unconfirmed.remember(self.place, self.batch)
            raise

    def _refuse_altered(self) -> None:
        if self.engine.in_file:
            with self.reading():
                refuse_altered(self.db, self.place)

    def session(self) -> AbstractContextManager[ReadOnlySession]:
        """A SQLModel session that reads what is committed to this ledger, on a connection of its own (docs/api.md)."""
        from ledger import models

        return models.session(f"{self.engine.dialect}://", partial(self.engine.connect_to_read, self.place))

    @property
    def login(self) -> str | None:
        """Who is known to the server; nobody is to a file."""
        return None if self.engine.in_file else getattr(self._db, "login", None)

    @property
    def in_transaction(self) -> bool:
        """False once closed too: an interrupt may leave a block behind that ends only after its ledger was closed."""
        return not self._closed and self._db.in_transaction

    def close(self) -> None:
        self._closed = True
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_ledger(place: str | PathLike[str], mode: Open = Open.WRITE, *, any_tables: bool = False) -> Ledger:
    """The ledger at a path; NotFound where there is none, StoreError where it is not one or cannot be opened.

    One with tables of another version is opened only where these are not read: `any_tables`, to make them anew.
    """
    if is_address(place):
        return _open_address(str(place), mode, any_tables=any_tables)
    path = Path(place)
    _check_file(path)
    db, writable = _connect(path, mode)
    ledger = Ledger(str(path), db, writable=writable)
    try:
        _check_schema(ledger, any_tables=any_tables)
        _keep_wal(ledger)
    except ClaimsError:
        ledger.close()
        raise
    return ledger


def _open_address(address: str, mode: Open, *, any_tables: bool) -> Ledger:
    """The ledger in the database of a server."""
    ledger = _connect_to_server(address, writable=mode is Open.WRITE)
    try:
        if ledger.one(ledger.engine.finds_settings) is None:
            raise NotFound(f"no ledger at {ledger.place}", hint="start one with: claims init ADDRESS")
        _check_schema(ledger, any_tables=any_tables)
    except ClaimsError:
        ledger.close()
        raise
    return ledger


def _connect_to_server(address: str, *, writable: bool) -> Ledger:
    if not address.startswith(("postgresql://", "postgres://")):
        raise BadInput(
            f"not a kind of address that is known: {address.partition('://')[0]}://", hint="postgresql://..."
        )
    from ledger.store import postgres  # only where it is asked for: it takes as long to import as a verb takes

    db, engine = postgres.connect(address, writable=writable)
    return Ledger(shown(address), db, writable=writable, engine=engine)


def _keep_wal(ledger: Ledger) -> None:
    """Write-ahead logging for a ledger that is to be written; only now, so that a database of others is left as it is."""
    with ledger.errors():
        if ledger.writable and ledger.db.execute("PRAGMA journal_mode").fetchone()["journal_mode"] != "wal":
            ledger.db.execute("PRAGMA journal_mode = WAL")


def connect_new(place: str | PathLike[str]) -> Ledger:
    """An empty database at a path or address where no ledger is; the caller writes the schema and the first entry."""
    if is_address(place):
        return _connect_to_empty(str(place))
    path = Path(place)
    if not is_free(path):
        raise Refused(f"{path} exists already", hint="name another file, or go on with this one: claims list")
    if not path.parent.is_dir():
        raise NotFound(f"no such folder: {path.parent}", hint=f"make it first: mkdir -p {path.parent}")
    try:
        db = _configured(sqlite3.connect(path, isolation_level=None, timeout=WAIT_SECONDS))
        db.execute("PRAGMA journal_mode = WAL")
        # open to nobody to whom its folder is not; what the engine writes beside it has the same mode
        path.chmod(path.stat().st_mode & (path.parent.stat().st_mode | 0o600))
    except sqlite3.Error as e:
        raise explain(e, str(path)) from None
    except OSError as e:
        raise StoreError(f"cannot begin {path}: {e.strerror}") from None
    return Ledger(str(path), db, writable=True)


def _connect_to_empty(address: str) -> Ledger:
    if not _is_empty(address):
        raise Refused(f"{shown(address)} holds a ledger already", hint="name another database, or go on with this one")
    return _connect_to_server(address, writable=True)


def _is_empty(address: str) -> bool:
    with _connect_to_server(address, writable=False) as ledger:
        return ledger.one(ledger.engine.finds_settings) is None


def is_free(place: str | PathLike[str]) -> bool:
    """True where a ledger can be begun here: no file, or one that holds nothing, as a refused beginning leaves it."""
    if is_address(place):
        return _is_empty(str(place))
    path = Path(place)
    try:
        if not path.exists():
            return True
        if path.is_dir():
            return False
        if path.stat().st_size == 0:
            return True
        if path.stat().st_size > LARGEST_PAGE:  # what holds nothing is one page
            return False
    except OSError as e:
        raise StoreError(f"cannot open {path}: {e.strerror}") from None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            return bool(db.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])
    except sqlite3.Error:
        return False


def _check_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise StoreError(f"{path} is a folder, not a ledger", hint="name the file inside it, such as ledger.db")
        if not path.exists():
            raise NotFound(
                f"no ledger at {path}",
                hint="claims capture FILE saves a first article and starts one; claims demo makes an example",
            )
        if plain(path).stat().st_size == 0:
            raise StoreError(f"{path} is empty: no ledger was begun in it", hint=f"begin one: claims init {path}")
    except OSError as e:
        raise StoreError(f"cannot read {path}: {e.strerror}") from None


def _not_ours(path: Path) -> StoreError | None:
    """For a file that the engine refused: why, where it is no database at all.

    Only then is it opened as a file. Closing that would drop the locks that other connections of this process have on a ledger,
    and with them what they write (SQLite, "How To Corrupt An SQLite Database File", 2.2).
    """
    try:
        with path.open("rb") as f:
            if f.read(16) == b"SQLite format 3\x00":
                return None
    except OSError as e:
        return StoreError(f"cannot read {path}: {e.strerror}")
    return StoreError(f"{path} is not a ledger", hint="name another file with --ledger, or start one: claims init")


UNREADABLE = ("SQLITE_NOTADB", "SQLITE_CANTOPEN")


def _connect(path: Path, mode: Open) -> tuple[sqlite3.Connection, bool]:
    """Read and write where that is asked for and possible; else read only, at last as an unchanging file."""
    tries = ("mode=rw", "mode=ro", "mode=ro&immutable=1") if mode is Open.READ else ("mode=rw",)
    for options in tries:
        if options.endswith("immutable=1") and _has_unmerged(path):
            raise StoreError(
                f"{path} was not closed properly, and its folder is read-only",
                hint=f"copy it together with {path.name}-wal to a folder that can be written to",
            )
        try:
            return _connected(path, options), options == "mode=rw" and mode is Open.WRITE
        except (sqlite3.Error, UnicodeDecodeError) as e:
            refused = explain(e, str(path)) if isinstance(e, sqlite3.Error) else garbled(e, str(path))
            if getattr(e, "sqlite_errorname", "") in UNREADABLE and (other := _not_ours(path)):
                raise other from None
            if options == tries[-1] or isinstance(refused, Locked):
                raise refused from None
    raise AssertionError("the last try returns or raises")


INDEXED = "rowid, exact, says, title, context"
"""What the index `search` calls the columns of the view `searchable`."""


class SQLite:
    """The engine of ledgers in a file."""

    error: type[Exception] = sqlite3.Error
    begin_reading = "BEGIN"
    begin_writing = "BEGIN IMMEDIATE"
    dialect = "sqlite"
    finds_settings = "SELECT 1 FROM sqlite_master WHERE name = 'setting'"
    in_file = True
    objects = "SELECT type, name, sql FROM sqlite_master ORDER BY rowid DESC"
    check_references_late = "PRAGMA defer_foreign_keys = ON"
    broken_references = "PRAGMA foreign_key_check"
    vacuum = "VACUUM"

    def begin(self, db: sqlite3.Connection, tell: Tell, ahead: Ahead) -> None:  # noqa: ARG002
        db.execute(self.begin_writing)

    def commit(self, db: sqlite3.Connection, tell: Tell, following: Sequence[Select]) -> None:  # noqa: ARG002
        db.execute("COMMIT")

    def script(self, schema: str) -> str:
        return schema

    def statements(self, script: str) -> list[str]:
        """Each statement without comments before it; a trigger's own semicolons do not end it."""
        found, held = [], ""
        for line in script.splitlines(keepends=True):
            if held or not line.startswith(("--", "\n")):
                held += line
            if held and sqlite3.complete_statement(held):
                found.append(held)
                held = ""
        return found

    def tuples(self, db: sqlite3.Connection, sql: str, params: Any) -> sqlite3.Cursor:
        cursor = db.cursor()
        cursor.row_factory = None
        return cursor.execute(sql, params)

    def ahead(self, db: sqlite3.Connection, asked: Sequence[Select]) -> None:
        """A file is at hand."""

    @contextmanager
    def at_once(self, db: sqlite3.Connection, asked: Sequence[Select]) -> Iterator[None]:  # noqa: ARG002
        db.execute(self.begin_reading)
        try:
            yield
        finally:
            if db.in_transaction:
                db.execute("COMMIT")

    def explain(self, error: Any, place: str) -> ClaimsError:
        return explain(error, place)

    def matches(self, index: str, *, weighted: bool = False) -> str:
        # not the column rank: what that means stands in a row of the index, where anybody could change it
        rank = "bm25(search, 8.0, 8.0, 3.0, 1.0)" if weighted else f"bm25({index})"
        return f"SELECT rowid, {rank} AS rank FROM {index} WHERE {index} MATCH ?"

    def sought(self, expression: str) -> str:
        return expression

    def holding(self, index: str) -> str:
        return f"SELECT doc FROM {index}_terms WHERE term = ?"

    def index_claims(self, db: sqlite3.Connection, where: str = "", params: Sequence[Any] = ()) -> None:
        db.execute(f"INSERT INTO search ({INDEXED}) SELECT {SEARCHED} FROM searchable {where}", params)

    def index_rows(self, db: sqlite3.Connection, rows: Sequence[Searched]) -> None:
        put = f"INSERT INTO search ({INDEXED}) VALUES (?, ?, ?, ?, ?)"
        db.executemany(put, [(number, *columns) for number, columns in rows])

    def unindex_claims(self, db: sqlite3.Connection, where: str, params: Sequence[Any]) -> None:
        gone = db.execute(f"SELECT {SEARCHED} FROM searchable {where}", params).fetchall()
        taken_out = f"INSERT INTO search (search, {INDEXED}) VALUES ('delete', ?, ?, ?, ?, ?)"
        db.executemany(taken_out, [tuple(row) for row in gone])

    def indexed(self, db: sqlite3.Connection, index: str, rows: Iterable[tuple[int, Sequence[str]]]) -> None:  # noqa: ARG002
        return None  # by its words: ledger.audit.derived

    def index_text(self, db: sqlite3.Connection, number: int, text: str) -> None:
        db.execute("INSERT INTO search_texts (rowid, text) VALUES (?, ?)", (number, text))

    def connect_to_read(self, place: str) -> sqlite3.Connection:
        return _connect_to_read(Path(place))


SQLITE = SQLite()


def _connect_to_read(path: Path) -> sqlite3.Connection:
    for options in ("mode=ro", "mode=ro&immutable=1"):
        try:
            db = _connected(path, options, check_same_thread=False)
        except sqlite3.Error as e:
            error = e
        else:
            db.execute("PRAGMA query_only = ON")
            db.row_factory = None
            return db
    raise explain(error, str(path)) from None


def _connected(path: Path, options: str, *, check_same_thread: bool = True) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?{options}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=WAIT_SECONDS, check_same_thread=check_same_thread)
    try:
        _configured(db).execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _has_unmerged(path: Path) -> bool:
    """True where a side file holds writes that an unchanging file would not show."""
    wal = Path(f"{path}-wal")
    return wal.exists() and wal.stat().st_size > 0


def _configured(db: sqlite3.Connection) -> sqlite3.Connection:
    db.row_factory = sqlite3.Row
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    return db


def _check_schema(ledger: Ledger, *, any_tables: bool) -> None:
    """StoreError for a database that is no ledger, or one of another schema than this program's."""
    known = ledger.one(ledger.engine.finds_settings)
    rows = ledger.rows("SELECT name, value FROM setting") if known else []
    settings = {row["name"]: row["value"] for row in rows}
    if settings.get("application") != "claim-ledger" or not str(settings.get("schema")).isdigit():
        raise StoreError(
            f"{ledger.place} is a database, but not a ledger",
            hint="name another file with --ledger, or start one: claims init",
        )
    if int(settings["schema"]) > SCHEMA:
        raise StoreError(
            f"{ledger.place} was written by a newer version of Claim Ledger (schema {settings['schema']})",
            hint="upgrade: pip install --upgrade claim-ledger",
        )
    if settings.get("tables") != tables_mark() and not any_tables:
        raise StoreError(
            f"{ledger.place} was made by another version of Claim Ledger, with other tables",
            hint="claims rebuild makes them anew from the log, which stays as it is",
        )


def garbled(error: UnicodeDecodeError, place: str) -> ClaimsError:
    """The refusal for a file whose text is no text any more."""
    return StoreError(
        f"{place} is damaged: it holds text that is not UTF-8 ({error.reason})",
        hint="see what is left with claims verify; restore a backup",
    )


def explain(error: sqlite3.Error, place: str) -> ClaimsError:
    """The driver's error as a refusal a person can act on."""
    said = str(error)
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        held = holder(place)
        return Locked(place, by=held.name, hint=held.remedy) if held else Locked(place)
    if name == "SQLITE_CONSTRAINT_TRIGGER":
        return Refused(f"{place}: {said}")
    if name.startswith("SQLITE_READONLY"):
        return ReadOnly(place)
    if name.startswith("SQLITE_FULL"):
        return StoreError(f"no space left for {place}", hint="nothing was changed; make room and try again")
    if name.startswith("SQLITE_IOERR"):
        return StoreError(f"{place} could not be read or written: {said}", hint="look at the disk, then try again")
    if name.startswith("SQLITE_CANTOPEN"):
        return StoreError(f"{place} cannot be opened", hint="check the permissions of the file and of its folder")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreError(f"{place} is damaged: {said}", hint="see what is left with claims verify; restore a backup")
    if name.startswith("SQLITE_TOOBIG") or isinstance(error, sqlite3.DataError):
        return BadInput(f"too large for the ledger: {said}")
    return StoreError(
        f"{place}: {said}", hint="claims verify says whether the ledger holds; a copy: claims backup FILE"
    )
