"""A ledger on a server: what was acknowledged, what was not, and what nobody knows; each is said."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import server
from conftest import Claims

import ledger
from ledger import store

GONE = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname LIKE 'ledger%'"
ALONE = "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (nobody)'"


@pytest.fixture(scope="module")
def waiting(request: pytest.FixtureRequest) -> Iterator[server.Server]:
    """A server of this file's own: it is stopped, and waits for a standby that is not there."""
    with server.running(request.config.getoption("--postgres")) as running:
        yield running


@pytest.fixture
def place(waiting: server.Server, claims: Claims, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A ledger with one article, on a server that acknowledges nothing any more."""
    place = waiting.database()
    monkeypatch.setenv("CLAIMS_LEDGER", place)
    claims("init")
    claims(
        "capture", claims.file("quay.txt", "The quay master said 12 barges were moored.\n"), "--publisher", "Quay News"
    )
    claims("add", "12 barges were moored", "--article", "A1", "--by", "the quay master")
    waiting.sql(ALONE, "SELECT pg_reload_conf()")
    yield place
    waiting.sql("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")


IMPATIENT = "import ledger.store.postgres as p; p.PATIENCE = 0.5; from cli.entry import run; run()"


@contextmanager
def noting(place: str, environment: dict[str, str], code: str = IMPATIENT) -> Iterator[subprocess.Popen[str]]:
    """A process that notes something, once it has said that it waits; how long that took is looked at."""
    command = [sys.executable, "-c", code, "note", "C1", "call the quay again"]
    with subprocess.Popen(
        command, env=environment | {"CLAIMS_LEDGER": place}, stdout=-1, stderr=-1, text=True
    ) as process:
        assert process.stderr is not None
        began = time.monotonic()
        said = process.stderr.readline()
        assert "no standby answers; waiting, Ctrl-C leaves it unacknowledged" in said
        assert time.monotonic() - began < 10
        yield process


def test_a_cancelled_wait_is_no_success(
    place: str, claims: Claims, environment: dict[str, str], waiting: server.Server
) -> None:
    with noting(place, environment, "from cli.entry import run; run()") as process:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert process.returncode == 7, err
    assert out == ""
    assert "not acknowledged: it may be on the primary" in err
    told = claims("show", "C1")
    assert "it is in the log now" in told.err
    assert "call the quay again" in told.out
    assert "did not confirm" not in claims("show", "C1").err


def test_a_connection_lost_while_it_is_written_is_unknown(
    place: str, claims: Claims, environment: dict[str, str], waiting: server.Server
) -> None:
    with noting(place, environment) as process:
        waiting.stop("immediate")
        _, err = process.communicate(timeout=20)
    waiting.start(**server.QUIET)
    assert process.returncode == 7, err
    assert "unknown: the connection" in err
    assert "it may be written or not" in err
    assert "the log" in claims("list").err


def test_a_server_that_shuts_down_while_it_waits_is_told(
    place: str, claims: Claims, environment: dict[str, str], waiting: server.Server
) -> None:
    with noting(place, environment) as process:
        waiting.sql(GONE + " AND wait_event = 'SyncRep'")
        _, err = process.communicate(timeout=20)
    assert process.returncode == 7, err
    assert "not acknowledged: it may be on the primary" in err
    assert "it is in the log now" in claims("list").err


def test_what_never_arrived_is_told_by_the_next_command(place: str, claims: Claims, waiting: server.Server) -> None:
    from ledger.store import unconfirmed

    unconfirmed.remember(store.shown(place), "0" * 32)
    assert "it is not in the log: do it again" in claims("list").err
    assert claims("list").err == ""


def test_reading_goes_on_where_the_connection_was_lost(place: str, waiting: server.Server) -> None:
    with ledger.open(place) as book:
        before = store.head(book)
        waiting.sql(GONE)
        assert store.head(book) == before


def test_readers_may_name_several_servers(place: str, claims: Claims, tmp_path: Path) -> None:
    several = place.replace("?host=", f"?target_session_attrs=prefer-standby&host={tmp_path},")
    assert claims("list", "--ledger", several).out == claims("list").out


def test_a_server_that_does_not_wait_for_its_disk_is_told_to(waiting: server.Server) -> None:
    place = waiting.database()
    waiting.sql(f"ALTER DATABASE {place.partition('?')[0].rpartition('/')[2]} SET synchronous_commit = off")
    with store.create(place, actor="ana") as book:
        found = book.one("SELECT current_setting('synchronous_commit') AS it")
        assert found is not None
        assert found["it"] == "on"


def test_a_write_whose_connection_was_lost_before_its_end_logs_nothing(place: str, waiting: server.Server) -> None:
    waiting.sql("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
    from ledger import records as r
    from ledger.errors import StoreError, Unconfirmed
    from ledger.vocabulary import EntryKind

    with ledger.open(place, actor="ana") as book:
        before = store.head(book)
        claim = next(e.about for e in store.entries(book) if e.kind == "claim")
        with pytest.raises(StoreError) as caught, store.write(book, "ana") as writer:  # noqa: PT012
            writer.append(EntryKind.NOTE, r.NoteDraft(text="lost"), about=claim)
            waiting.sql(GONE + " AND state = 'idle in transaction'")
        assert not isinstance(caught.value, Unconfirmed)
    with ledger.open(place) as book:
        assert store.head(book) == before


# --- reading from a standby ---------------------------------------------------------------------------------------


@pytest.fixture
def standby(place: str, waiting: server.Server, request: pytest.FixtureRequest) -> Iterator[server.Server]:
    """A standby of the server, which has caught up with it and takes up nothing more until it is told to."""
    waiting.sql("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
    folder = Path(tempfile.mkdtemp(prefix="claims-pg-"))
    try:
        standby = server.Server(folder, request.config.getoption("--postgres"))
        standby.follow(waiting)
        standby.start(**server.QUIET)
        try:
            _caught_up(waiting, standby)
            standby.sql("SELECT pg_wal_replay_pause()")
            yield standby
        finally:
            standby.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _caught_up(primary: server.Server, standby: server.Server) -> None:
    with psycopg.connect(primary.address()) as db:
        (at,) = db.execute("SELECT pg_current_wal_lsn()").fetchone() or ("",)
    with psycopg.connect(standby.address(), autocommit=True) as db:
        for _ in range(200):
            if db.execute("SELECT pg_last_wal_replay_lsn() >= %s", (at,)).fetchone() == (True,):
                return
            time.sleep(0.05)
    raise AssertionError("the standby does not catch up")


READS = (
    "list", "list articles", "show C1", "search barges", "similar barges", "history C1", "log", "open A1", "todo", "trace C1",
    "verify", "export --format csv", "export --format ledger", "report C1 --format md", "doctor", "source list",
    "question list",
)  # fmt: skip


def test_reads_go_to_a_standby_and_say_what_they_know(
    place: str, claims: Claims, waiting: server.Server, standby: server.Server
) -> None:
    there = standby.address(place.partition("?")[0].rpartition("/")[2])
    size = len(claims("log", "--json").lines)
    claims("note", "C1", "the quay called back", "--read-from", there)  # a write, where writes go
    told = f"read from {there}, as of entry {size - 1}; {place} may be ahead"
    shown = claims("show", "C1", "--read-from", there)
    assert told in shown.err
    assert "the quay called back" not in shown.out
    for command in READS:
        assert told in claims(*command.split(), "--read-from", there).err, command
    standby.sql("SELECT pg_wal_replay_resume()")
    _caught_up(waiting, standby)
    shown = claims("show", "C1", "--read-from", there)
    assert "the quay called back" in shown.out
    with ledger.open(there) as book:
        before = store.head(book)
        standby.sql(GONE)
        assert store.head(book) == before
    nowhere = there.replace("?host=/", "?host=/nowhere/")
    assert f"read from {place} instead" in claims("show", "C1", "--read-from", nowhere).err
    assert "not the address of a server" in claims("show", "C1", "--read-from", "ledger.db", code=2).err


def test_what_is_logged_is_shown_though_the_server_goes_at_once(place: str, waiting: server.Server) -> None:
    from ledger import verbs

    waiting.sql("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
    said = verbs.Add(exact="7 barges left", cite="Radio Quay", by="the quay master")
    with ledger.open(place, actor="ana") as book:
        book.logged = lambda *_: waiting.sql(GONE)
        assert verbs.add(book, said).claim.id == "C2"
        book.logged = lambda *_: waiting.stop("immediate")
        assert verbs.add(book, said).claim.id == "C3"
    waiting.start(**server.QUIET)
    with ledger.open(place) as book:
        assert store.read.claim(book, "C3").exact == said.exact


def test_a_failure_between_commit_and_what_is_shown_leaves_open_whether_it_is_logged(
    place: str, claims: Claims, waiting: server.Server
) -> None:
    waiting.sql("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()")
    name = place.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(waiting.address(name), autocommit=True) as db:
        db.execute("ALTER VIEW hop_view RENAME TO hop_hidden")
        told = claims("add", "7 barges left", "--cite", "Radio Quay", "--by", "the quay master", code=7)
        db.execute("ALTER VIEW hop_hidden RENAME TO hop_view")
    assert "it may be written or not" in told.err
    assert told.out == ""
    shown = claims("show", "C2")
    assert "it is in the log now" in shown.err
    assert "7 barges left" in shown.out
