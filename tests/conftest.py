"""The `claims` runner, a ledger to run it on, and the law that whatever a test did, the ledger it leaves verifies."""

from __future__ import annotations

import gc
import io
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import server
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

# tests begin hundreds of processes, and what the first compiles the others need not: a report would take three times as long
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# the same examples on every run of CI, new ones at every desk; a busy machine is no failure
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

FIRST = {
    name: n
    for n, name in enumerate(("test_serve_page", "test_docs", "test_mcp", "test_acknowledged", "test_verify_alone"))
}
"""The files that take longest, mostly by waiting: the last to be begun would be waited for alone."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgres"), default="sqlite", help="where ledgers stand")
    parser.addoption("--postgres", choices=tuple(server.VERSIONS), default="18", help="the version of PostgreSQL")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "server: needs PostgreSQL and long; run with --engine postgres alone")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # as in the background; what tests start must hear Ctrl-C
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "file: about the file that a ledger is, and left out with --engine postgres")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    mark = "file" if config.getoption("--engine") == "postgres" else "server"
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker(mark)])
    items[:] = [item for item in items if not item.get_closest_marker(mark)]
    items.sort(key=lambda item: FIRST.get(item.path.stem, len(FIRST)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What goes from a worker to whoever counts the tests, three times a test, without the names that a test goes by."""
    report = yield
    report.keywords = {}
    return report


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the garbage collector need not look through it again and again, nor often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[server.Server]:
    """A PostgreSQL server for the whole run."""
    with server.running(request.config.getoption("--postgres")) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def stead(request: pytest.FixtureRequest) -> Iterator[server.Stead | None]:
    """With --engine postgres, a database in the stead of each file that a ledger would be."""
    if request.config.getoption("--engine") == "postgres":
        with server.instead_of_files(request.getfixturevalue("postgres")) as stead:
            yield stead
    else:
        yield None


@pytest.fixture(scope="session", autouse=True)
def _nobody_pulls_the_plug() -> Iterator[None]:
    """Files of ledgers are not forced to the disk in this process; the processes that tests kill do it as ever."""
    from ledger.store import connection

    with pytest.MonkeyPatch.context() as patch:
        unforced = (pragma.replace("synchronous = FULL", "synchronous = OFF") for pragma in connection.PRAGMAS)
        patch.setattr(connection, "PRAGMAS", tuple(unforced))
        yield


@pytest.fixture(scope="session", autouse=True)
def _tables_are_made_once(stead: server.Stead | None) -> Iterator[None]:
    """A new ledger in a file gets a copy of the tables that schema.sql made before; running it takes most of a beginning."""
    from ledger.store import connection, log, rules

    made: dict[str, sqlite3.Connection] = {}

    class HasTables(connection.SQLite):
        """The engine of a file that begins with its tables: what is to make them at first is nothing."""

        begun = False

        def script(self, schema: str) -> str:
            first, self.begun = not self.begun, True
            return "" if first else super().script(schema)

    def connect_new(place: str | os.PathLike[str]) -> connection.Ledger:
        ledger = connection.connect_new(place)
        if ledger.engine.in_file:
            schema = rules.schema_sql()
            if schema not in made:
                made[schema] = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
                made[schema].executescript(schema)
            ledger.db.execute("PRAGMA journal_mode = OFF")  # else every page is written twice
            made[schema].backup(ledger.db)
            ledger.db.execute("PRAGMA journal_mode = WAL")
            ledger.engine = HasTables()
        return ledger

    with pytest.MonkeyPatch.context() as patch:
        if stead is None:  # else databases are begun in the stead of files
            patch.setattr(log, "connect_new", connect_new)
        yield
    for tables in made.values():
        tables.close()


@pytest.fixture(scope="module", autouse=True)
def beginnings(stead: server.Stead | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Beginnings]:
    """What a file of tests begins with; the databases of the file go with it."""
    yield Beginnings(tmp_path_factory, stead)
    if stead is not None:
        stead.forget()


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command left: its exit code, what it printed, what it told."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one thing that was printed."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """What was printed as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(slots=True)
class Beginnings:
    """Folders as commands left them, kept so that each test that begins alike takes a copy."""

    folders: pytest.TempPathFactory
    stead: server.Stead | None
    kept: dict[Callable[[Claims], object], tuple[Path, list[Ran]]] = field(default_factory=dict)

    def begin(self, claims: Claims, build: Callable[[Claims], object]) -> None:
        """The folder is as `build` leaves an empty one."""
        if build in self.kept:
            folder, ran = self.kept[build]
            self._copy(folder, claims.folder)
            claims.ran += ran
        else:
            build(claims)
            _verified(claims.ledger)
            folder = self.folders.mktemp("kept")
            self._copy(claims.folder, folder)
            self.kept[build] = folder, list(claims.ran)
        if self.stead is None:
            claims.verified = _written(claims.ledger)

    def _copy(self, of: Path, to: Path) -> None:
        shutil.copytree(of, to, dirs_exist_ok=True)
        if self.stead is not None:
            self.stead.copy(of, to)


def _written(ledger: Path) -> tuple[bytes, ...]:
    """What stands in the file of a ledger and in its write-ahead log."""
    return tuple(p.read_bytes() for p in (ledger, ledger.with_name(f"{ledger.name}-wal")) if p.exists())


def _verified(path: Path) -> None:
    from ledger import audit, store

    with store.open_ledger(path, store.Open.READ) as ledger:
        found = audit.verify(ledger)
    assert found.ok, found.problems


@dataclass(slots=True)
class Claims:
    """Runs the command line in this process, in a folder of its own, with nobody at the terminal."""

    folder: Path
    beginnings: Beginnings
    damaged: bool = False
    """Set by a test that breaks its ledger on purpose."""
    ran: list[Ran] = field(default_factory=list)
    verified: tuple[bytes, ...] | None = None
    """The ledger that it began with, which verifies."""

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.db"

    def begin(self, build: Callable[[Claims], object]) -> Claims:
        """Begins where `build` ends, which is run for the first test of a file and copied for the others."""
        self.beginnings.begin(self, build)
        return self

    def __call__(self, *args: str | Path, stdin: str | bytes = b"", code: int | None = 0) -> Ran:
        """Runs one command; any other exit code than `code` fails the test, None takes what comes."""
        from cli import main

        given = stdin.encode() if isinstance(stdin, str) else stdin
        streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="") for data in (given, b"", b"")]
        before = sys.stdin, sys.stdout, sys.stderr
        sys.stdin, sys.stdout, sys.stderr = streams
        try:
            ended = main.invoke([str(a) for a in args])
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            sys.stdin, sys.stdout, sys.stderr = before
        out, err = (bytes(s.buffer.getvalue()).decode() for s in streams[1:])  # type: ignore[attr-defined]
        ran = Ran(ended, out, err)
        self.ran.append(ran)
        assert "Traceback" not in err, err
        assert code is None or ended == code, f"{args}: exit {ended}\n{out}\n{err}"
        return ran

    def file(self, name: str, content: str | bytes) -> Path:
        """A file in the folder."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path


@pytest.fixture
def claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, beginnings: Beginnings) -> Iterator[Claims]:
    """The command line in an empty folder; afterwards the ledger that was left must verify."""
    runner = Claims(tmp_path, beginnings)
    monkeypatch.chdir(tmp_path)
    for name in [n for n in os.environ if n.startswith("CLAIMS_") and n != "CLAIMS_SHARED"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CLAIMS_LEDGER", str(runner.ledger))
    monkeypatch.setenv("CLAIMS_ACTOR", "desk")
    monkeypatch.setenv("CLAIMS_PROTECTED", str(tmp_path / "protected.json"))
    monkeypatch.setenv("CLAIMS_KEY", str(tmp_path / "key.pem"))
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CLAIMS_HOOKS", str(tmp_path / "hooks" / "hooks.json"))
    yield runner
    from ledger import store

    if runner.damaged or not (runner.ledger.exists() or store.is_address(runner.ledger)):
        return
    if runner.verified is None or _written(runner.ledger) != runner.verified:
        _verified(runner.ledger)


def begins(build: Callable[[Claims], Claims]) -> Any:
    """A fixture of what these commands leave; they are run once in a file of tests and what they left is copied."""

    @pytest.fixture(name=build.__name__)
    def copied(claims: Claims) -> Claims:
        return claims.begin(build)

    return copied


@pytest.fixture
def environment(tmp_path: Path, stead: server.Stead | None) -> dict[str, str]:
    """The environment of a process of its own, on a ledger in this test's folder."""
    return surroundings(tmp_path, stead)


def surroundings(folder: Path, stead: server.Stead | None) -> dict[str, str]:
    """The environment of a process, on a ledger in a folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CLAIMS_")}
    ledger = stead.reserve(folder / "ledger.db") if stead else str(folder / "ledger.db")
    return kept | {
        "PYTHONPATH": str(ROOT), "CLAIMS_LEDGER": ledger, "CLAIMS_ACTOR": "desk", "NO_COLOR": "1",
        "CLAIMS_PROTECTED": str(folder / "protected.json"), "CLAIMS_KEY": str(folder / "key.pem"),
        "CLAIMS_CACHE": str(folder / "cache"), "CLAIMS_HOOKS": str(folder / "hooks.json"),
        "PYTHONUTF8": "1",
    }  # fmt: skip


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpus beside the checkout; tests that read it are skipped where it is not."""
    place = Path(os.environ.get("CLAIMS_SHARED") or ROOT.parent / "shared")
    if not (place / "seed" / "gold.json").is_file():
        pytest.skip(f"no corpus at {place}; CLAIMS_SHARED may name another place")
    return place
