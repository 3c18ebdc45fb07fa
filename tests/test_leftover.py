"""What other writers leave, or hold, reads well to a person: a lock, a suspended process, a damaged -wal file."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import damage
import pytest
import sample
from conftest import Claims

from ledger import audit, store
from ledger.errors import Locked
from ledger.store import connection, leftover

ROOT = Path(__file__).resolve().parents[1]
KILLED = """
import os, sys
import sample
from conftest import Claims
from ledger import store
ledger = store.open_ledger(sys.argv[1])
for n in range(3):
    with store.write(ledger, 'ana') as w:
        sample.Builder(ledger, w).source(f'Late {n}')
os._exit(9)
"""
HOLDING = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute('BEGIN IMMEDIATE')
print('held', flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="session")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger whose writer died after three commits, so that they stand in the -wal file alone."""
    folder = tmp_path_factory.mktemp("left")
    sample.build(folder / "l.db")
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"}
    ran = subprocess.run([sys.executable, "-c", KILLED, str(folder / "l.db")], env=env)
    assert ran.returncode == 9
    (folder / "l.db-shm").unlink()
    return folder


def copied(left: Path, to: Path, wal: bytes) -> Path:
    for stale in to.glob("l.db*"):
        stale.unlink()
    shutil.copy(left / "l.db", to / "l.db")
    (to / "l.db-wal").write_bytes(wal)
    return to / "l.db"


def verified(place: Path) -> audit.Verification:
    with store.open_ledger(place, store.Open.READ) as ledger:
        return audit.verify(ledger)


def test_what_a_killed_writer_committed_is_there(left: Path, tmp_path: Path) -> None:
    found = verified(copied(left, tmp_path, (left / "l.db-wal").read_bytes()))
    assert (found.ok, found.entries, found.warnings) == (True, 26, ())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["l.db"]


def test_no_changed_bit_of_what_it_left_goes_unsaid(left: Path, tmp_path: Path) -> None:
    """SQLite alone drops the commits behind it without a word."""
    wal = (left / "l.db-wal").read_bytes()
    spots = [*range(32 * 8), *random.Random(5).sample(range(len(wal) * 8), 60)]
    for bit in spots[::9]:
        place = copied(left, tmp_path, damage.flipped(wal, bit))
        lost = leftover.dropped_commits(str(place))
        assert 1 <= lost <= 3, bit
        found = verified(place)
        assert found.entries == 26 - lost, bit
        assert f"ends in {lost} commits that cannot be read" in found.warnings[0]
        assert (tmp_path / "l.db-wal.damaged-1").read_bytes() == damage.flipped(wal, bit)
        assert not (tmp_path / "l.db-wal").exists()


def test_what_was_never_committed_is_no_loss(left: Path, tmp_path: Path) -> None:
    wal = (left / "l.db-wal").read_bytes()
    frame = bytearray(wal[-4120:])
    frame[4:8] = bytes(4)  # does not end a commit
    for more in (bytes(frame), bytes(4120), os.urandom(4120), wal[32:2000]):
        assert leftover.dropped_commits(str(copied(left, tmp_path, wal + more))) == 0
    assert leftover.dropped_commits(str(tmp_path / "none.db")) == 0
    for end in (0, 31, 32, 40):
        assert leftover.dropped_commits(str(copied(left, tmp_path, wal[:end]))) == 0


def test_frames_of_an_earlier_round_are_no_loss(tmp_path: Path) -> None:
    """A -wal file is begun anew from its start; what stood there before stays behind, with other salts."""
    sample.build(tmp_path / "l.db")
    with store.open_ledger(tmp_path / "l.db") as ledger:
        for n in range(4):
            with store.write(ledger, "ana") as w:
                sample.Builder(ledger, w).source(f"New {n}")
            assert leftover.dropped_commits(ledger.place) == 0
            if n == 1:
                ledger.db.execute("PRAGMA wal_checkpoint(RESTART)")
        assert audit.verify(ledger).warnings == ()


# --- locks --------------------------------------------------------------------------------------------------------


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the write lock of a ledger and does nothing."""
    if not Path("/proc/locks").exists():
        pytest.skip("this system does not tell who holds a lock")
    monkeypatch.setattr(connection, "WAIT_SECONDS", 0.1)
    sample.build(tmp_path / "l.db")
    command = [sys.executable, "-c", HOLDING, str(tmp_path / "l.db")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def refused(place: Path) -> Locked:
    with store.open_ledger(place) as ledger, pytest.raises(Locked) as caught, store.write(ledger, "ana"):
        pass
    return caught.value


def test_a_held_lock_says_who_holds_it_and_what_to_do(held: subprocess.Popen[str], tmp_path: Path) -> None:
    error = refused(tmp_path / "l.db")
    owner = Path(f"/proc/{held.pid}").owner()
    assert error.message.startswith(f"{owner}'s process {held.pid} (")
    assert error.message.endswith(f") is writing to {tmp_path / 'l.db'}")
    assert error.hint is not None
    assert "wait until it is done" in error.hint
    assert f"kill {held.pid}" in error.hint


def test_a_suspended_writer_is_told_from_a_busy_one(held: subprocess.Popen[str], tmp_path: Path) -> None:
    held.send_signal(signal.SIGSTOP)
    error = refused(tmp_path / "l.db")
    assert error.hint is not None
    assert "it was suspended" in error.hint
    assert f"kill -CONT {held.pid}" in error.hint


def test_a_killed_holder_leaves_no_lock(held: subprocess.Popen[str], tmp_path: Path) -> None:
    held.kill()
    held.wait()
    with store.open_ledger(tmp_path / "l.db") as ledger, store.write(ledger, "ana") as w:
        sample.Builder(ledger, w).source("After it")
    assert verified(tmp_path / "l.db").ok


def test_doctor_tells_of_a_writer_and_of_what_a_killed_one_left(
    held: subprocess.Popen[str], left: Path, tmp_path: Path, claims: Claims
) -> None:
    said = claims("doctor", "--ledger", tmp_path / "l.db").out
    assert f"process {held.pid} (" in said
    assert f"(kill {held.pid})" in said
    (tmp_path / "cut").mkdir()
    wal = (left / "l.db-wal").read_bytes()
    place = copied(left, tmp_path / "cut", damage.flipped(wal, 8 * 5000))
    said = claims("doctor", "--ledger", place, code=5).out
    assert "cannot be read: damaged, or never acknowledged" in said
    assert "kept as l.db-wal.damaged-1" in said
