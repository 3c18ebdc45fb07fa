"""The `claims` runner, a ledger to run it on, and the law that whatever a test did, the ledger it leaves verifies."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import server
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[1]

# the same examples on every run of CI, new ones at every desk; a busy machine is no failure
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


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


@pytest.fixture(scope="module", autouse=True)
def _forgotten(stead: server.Stead | None) -> Iterator[None]:
    """The databases of a file of tests go with it."""
    yield
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
class Claims:
    """Runs the command line in this process, in a folder of its own, with nobody at the terminal."""

    folder: Path
    damaged: bool = False
    """Set by a test that breaks its ledger on purpose."""
    ran: list[Ran] = field(default_factory=list)

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.db"

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
def claims(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Claims]:
    """The command line in an empty folder; afterwards the ledger that was left must verify."""
    runner = Claims(tmp_path)
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
    from ledger import audit, store

    if (runner.ledger.exists() or store.is_address(runner.ledger)) and not runner.damaged:
        with store.open_ledger(runner.ledger, store.Open.READ) as ledger:
            found = audit.verify(ledger)
        assert found.ok, found.problems


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
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1",
    }  # fmt: skip


@pytest.fixture(scope="session")
def shared() -> Path:
    """The corpus beside the checkout; tests that read it are skipped where it is not."""
    place = Path(os.environ.get("CLAIMS_SHARED") or ROOT.parent / "shared")
    if not (place / "seed" / "gold.json").is_file():
        pytest.skip(f"no corpus at {place}; CLAIMS_SHARED may name another place")
    return place
