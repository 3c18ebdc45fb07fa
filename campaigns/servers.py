"""A ledger on servers that die: primaries killed and standbys promoted, waits cancelled, many writers, an import beside COPY.

A server is killed with every process it has, at once, as a machine dies; the disk's cache stays, so what this shows is what the
log of the server and its standbys keep, and not what a disk loses.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.pool import Pool
from pathlib import Path

import psycopg
import sample
import server

from campaigns.ground import ENVIRONMENT, SEED, folder
from campaigns.kills import READY
from ledger import audit, keys, merkle, store
from ledger.errors import ClaimsError, Unconfirmed
from ledger.store import read
from ledger.verbs import adding

NAME = "standby"
SHARED = {"listen_addresses": "", "max_wal_size": "1GB"}
WRITERS = 4

Written = tuple[list[str], list[str], list[str]]
"""Notes that were acknowledged, unconfirmed, refused."""


class Machine(server.Server):
    """A server that can be killed."""

    @classmethod
    def new(cls) -> Machine:
        return cls(Path(tempfile.mkdtemp(prefix="claims-pg-")), os.environ.get("POSTGRES", "18"))

    def processes(self) -> list[int]:
        """The server's process and its children."""
        first = int((self.folder / "data" / "postmaster.pid").read_text("utf-8").split()[0])
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(first)], capture_output=True, text=True, check=False)
        return [first, *map(int, listed.stdout.split())]

    def kill(self) -> None:
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        for left in self.folder.glob(".s.PGSQL*"):
            left.unlink()

    def receiver(self) -> int | None:
        with psycopg.connect(self.address()) as db:
            row = db.execute("SELECT pid FROM pg_stat_wal_receiver").fetchone()
        return row and row[0]

    def gone(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def write_until_it_ends(address: str, name: str) -> Written:
    """Notes, one an entry, until the server has gone."""
    written: Written = ([], [], [])
    try:
        with store.open_ledger(address) as ledger:
            about = read.thing(ledger, "C1").uid
            for n in range(100_000):
                text = f"{name} {n}"
                try:
                    with store.write(ledger, name.partition(" ")[0]) as w:
                        w.append(sample.EntryKind.NOTE, sample.r.NoteDraft(text=text), about=about)
                    written[0].append(text)
                except Unconfirmed:
                    written[1].append(text)
                    break
                except ClaimsError:
                    written[2].append(text)
                    break
    except ClaimsError:
        pass
    return written


# --- killed primaries ---------------------------------------------------------------------------------------------


def primaries(count: int = 50, seed: int = SEED) -> bool:
    """Primaries killed at random moments while four write: what was acknowledged is on the standby that takes their place."""
    with multiprocessing.get_context("spawn").Pool(WRITERS) as pool:
        good, told = _killed(pool, count, seed, frozen=False)
        lost, _ = _killed(pool, max(3, count // 10), seed, frozen=True)
    print(f"primaries: the last old primary came back: {told}")
    if not lost:
        print("primaries: VOID: without synchronous standbys nothing was lost, so this shows nothing")
    return good == 0 and lost > 0 and told != "NOT TOLD"


def _killed(pool: Pool, count: int, seed: int, *, frozen: bool) -> tuple[int, str]:
    """How many acknowledged notes were lost; and what is said of the old primary when it comes back."""
    chance = random.Random(seed)
    primary = Machine.new()
    primary.make()
    primary.start(**SHARED)
    address = primary.database()
    sample.fill(store.create(address, actor="desk"))
    name = address.partition("?")[0].rpartition("/")[2]
    acknowledged = unconfirmed = lost = there = half = 0
    roots, told = True, ""
    for n in range(count):
        standby = Machine.new()
        standby.follow(primary, NAME)
        standby.start(**SHARED)
        _reached(primary, waits=not frozen)
        jobs = [(primary.address(name), f"w{i} {n}") for i in range(WRITERS)]
        writing = pool.starmap_async(write_until_it_ends, jobs)
        _written(primary.address(name), f"w% {n} %")
        time.sleep(chance.uniform(0, 1.5))
        if frozen and (receiver := standby.receiver()):
            os.kill(receiver, signal.SIGSTOP)
            time.sleep(chance.uniform(0.3, 1.0))
        primary.kill()
        if frozen:
            standby.kill()
            standby.start(**SHARED)
        standby.run("pg_ctl", "-w", "-D", "data", "promote")
        written = writing.get(timeout=120)
        with store.open_ledger(standby.address(name), store.Open.READ) as ledger:
            notes = {row["text"] for row in ledger.rows("SELECT text FROM note")}
            roots = roots and store.root(ledger) == merkle.root([e.leaf_hash for e in store.entries(ledger)])
        said = [text for done in written for text in done[0]]
        acknowledged += len(said)
        lost += sum(text not in notes for text in said)
        unconfirmed += sum(len(done[1]) for done in written)
        there += sum(text in notes for done in written for text in done[1])
        half += sum(text in notes for done in written for text in done[2])
        if n == count - 1 and not frozen:
            told = _came_back(primary, standby, name)
        primary.gone()
        primary = standby
    with store.open_ledger(primary.address(name), store.Open.READ) as ledger:
        verified = audit.verify(ledger).ok
    primary.kill()
    primary.gone()
    how = "asynchronous, receiver frozen" if frozen else "synchronous"
    print(
        f"primaries: {how}, {count} killed: {acknowledged:,} acknowledged, {lost} lost; {unconfirmed} unconfirmed, {there} of "
        f"them there; {half} refused that are there; one root: {roots}, verifies: {verified}",
        flush=True,
    )
    return lost + half + (not roots) + (not verified), told


def _reached(primary: Machine, *, waits: bool) -> None:
    """Waits until the standby follows, and has the primary wait for it from then on, or not."""
    names = f"ANY 1 ({NAME})" if waits else ""
    primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'", "SELECT pg_reload_conf()")
    wanted = "sync_state IN ('sync', 'quorum')" if names else "state = 'streaming'"
    for _ in range(200):
        with psycopg.connect(primary.address()) as db:
            if db.execute(f"SELECT 1 FROM pg_stat_replication WHERE {wanted}".encode()).fetchone():
                return
        time.sleep(0.1)
    raise RuntimeError("the standby does not follow")


def _written(address: str, like: str) -> None:
    """Waits until each writer has written."""
    while True:
        with store.open_ledger(address, store.Open.READ) as ledger:
            row = ledger.one("SELECT count(DISTINCT by_) AS n FROM note WHERE text LIKE ?", (like,))
        if row and row["n"] == WRITERS:
            return
        time.sleep(0.1)


def _came_back(old: Machine, new: Machine, name: str) -> str:
    """What a checkpoint signed on the new primary says of the old one, where both went on."""
    new.sql("ALTER SYSTEM SET synchronous_standby_names = ''", "SELECT pg_reload_conf()")
    old.start(**SHARED)
    old.sql("ALTER SYSTEM SET synchronous_standby_names = ''", "SELECT pg_reload_conf()")
    with folder() as here:
        key = keys.create(here / "key.pem")
        for place, text in ((old.address(name), "on the old"), (new.address(name), "on the new")):
            with store.open_ledger(place) as ledger, store.write(ledger, "desk") as w:
                for _ in range(10):
                    w.append(sample.EntryKind.NOTE, sample.r.NoteDraft(text=text), about=read.thing(ledger, "C1").uid)
        with store.open_ledger(new.address(name)) as ledger:
            signed = audit.checkpoint(ledger, key)
        with store.open_ledger(old.address(name), store.Open.READ) as ledger:
            found = audit.verify(ledger, against=str(signed if isinstance(signed, str) else signed.note))
    old.kill()
    return "; ".join(map(str, found.problems)) or "NOT TOLD"


# --- cancelled waits ----------------------------------------------------------------------------------------------


def cancelled(count: int = 50) -> bool:
    """Ctrl-C while no standby answers: each time the command says that it is not acknowledged, with exit code 7."""
    chance, told, kept = random.Random(SEED), 0, 0
    with server.running(os.environ.get("POSTGRES", "18")) as one, folder() as here:
        address = one.database()
        sample.fill(store.create(address, actor="desk"))
        one.sql("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (nobody)'", "SELECT pg_reload_conf()")
        environment = ENVIRONMENT | {"CLAIMS_CACHE": str(here)}
        for n in range(count):
            command = [sys.executable, "-c", READY, "note", "C1", f"note {n}", "--ledger", address, "--actor", "ana"]
            with subprocess.Popen(command, stdout=-1, stderr=-1, text=True, env=environment) as process:
                _waits(one)
                time.sleep(chance.uniform(0, 1.5))
                process.send_signal(signal.SIGINT)
                out, err = process.communicate(timeout=30)
            said = "not acknowledged: it may be on the primary" in err
            told += process.returncode == 7 and said and "note" not in out
        with store.open_ledger(address, store.Open.READ) as ledger:
            row = ledger.one("SELECT count(*) AS n FROM note WHERE text LIKE 'note %'")
            kept = row["n"] if row else 0
    print(
        f"cancelled: {count} waits cancelled, {told} told as not acknowledged; {kept} are on the primary, as was said"
    )
    return told == count


def _waits(one: server.Server) -> None:
    for _ in range(600):
        with psycopg.connect(one.address()) as db:
            if db.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'").fetchone():
                return
        time.sleep(0.05)
    raise RuntimeError("nobody waits for a standby")


# --- speed --------------------------------------------------------------------------------------------------------


def hands(processes: int = 8, each: int = 500) -> bool:
    """Processes that add claims side by side, and the rows of such a claim in plain INSERTs, in a transaction of their own."""
    with server.running(os.environ.get("POSTGRES", "18")) as one:
        one.sql("ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()")
        address = one.database()
        sample.fill(store.create(address, actor="desk"))
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            pool.starmap(_append, [(address, f"v{n}", 2) for n in range(processes)], chunksize=1)
            began = time.monotonic()
            failed = sum(pool.starmap(_append, [(address, f"w{n}", each) for n in range(processes)], chunksize=1))
            took = time.monotonic() - began
            with psycopg.connect(address, autocommit=True) as db:
                db.execute("CREATE SCHEMA plain")
                for table, _ in OF_A_CLAIM:
                    db.execute(f"CREATE TABLE plain.{table} (LIKE {table} INCLUDING INDEXES)".encode())
            began = time.monotonic()
            pool.starmap(_insert, [(address, n * each, each) for n in range(processes)], chunksize=1)
            plainly = time.monotonic() - began
        with store.open_ledger(address, store.Open.READ) as ledger:
            found = audit.verify(ledger)
            leaves = [e.leaf_hash for e in store.entries(ledger)]
            same = merkle.root(leaves) == store.root(ledger) == bytes.fromhex(found.root)
            row = ledger.one("SELECT count(*) AS n FROM claim WHERE exact LIKE 'w%'")
            count = row["n"] if row else 0
    print(
        f"hands: {processes} x {each}: {count:,} claims added, {failed} failed, one root: {same}, ok: {found.ok}; "
        f"{count / took:.0f} a second, plain inserts {processes * each / plainly:.0f} a second: {plainly / took:.2f} of them"
    )
    return bool(count == processes * each and same and found.ok and not failed)


OF_A_CLAIM = (("entry", "uid"), ("thing", "uid"), ("claim", "uid"), ("hop", "claim"), ("quantity", "claim"))
"""The tables that hold a claim, and the column that names it there."""


def _append(address: str, actor: str, count: int) -> int:
    failed = 0
    with store.open_ledger(address) as ledger:
        for n in range(count):
            said = adding.Add(
                exact=f"{actor}: at least {n + 40} boats left", cite=f"Quay Radio {actor} {n // 10}", by="the office"
            )
            try:
                adding.add(ledger, said, actor=actor)
            except ClaimsError:
                failed += 1
    return failed


def _insert(address: str, first: int, count: int) -> None:
    """The rows of one claim, as this log has them, in a transaction each time; one writer at a time."""
    with psycopg.connect(address) as db:
        found = db.execute("SELECT uid FROM entry WHERE kind = 'claim' ORDER BY seq DESC LIMIT 1").fetchone()
        (claim,) = found or ("",)
        rows = [
            (table, [column.name for column in got.description or ()], row)
            for table, column in OF_A_CLAIM
            for got in [db.execute(f"SELECT * FROM {table} WHERE {column} = %s".encode(), (claim,))]
            for row in got.fetchall()
        ]
    with psycopg.connect(address, autocommit=True) as db:
        for n in range(first, first + count):
            uid = os.urandom(16).hex()
            with db.transaction():
                db.execute("SELECT pg_advisory_xact_lock(1)")
                for table, columns, row in rows:
                    values = [
                        n if name in ("seq", "n") else uid if value == claim else value
                        for name, value in zip(columns, row, strict=True)
                    ]
                    marks = ", ".join(["%s"] * len(values))
                    db.execute(f"INSERT INTO plain.{table} VALUES ({marks})".encode(), values)


def copied(count: int = 100_000) -> bool:
    """An import of many claims, and COPY of all rows that it made into empty tables of the same kind."""
    with server.running(os.environ.get("POSTGRES", "18")) as one, folder() as here:
        lines = here / "many.jsonl"
        lines.write_text("".join(_lines(count)), encoding="utf-8")
        address, empty = one.database(), one.database()
        for place in (address, empty):
            store.create(place, actor="desk").close()
        command = [
            sys.executable,
            "-m",
            "cli.main",
            "import",
            str(lines),
            "--json",
            "--ledger",
            address,
            "--actor",
            "desk",
        ]
        began = time.monotonic()
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True)
        took = time.monotonic() - began
        logged = json.loads(done.stdout)["logged"]
        rows, copying = _copy(address, empty, here)
    print(
        f"copied: {logged:,} claims imported in {took:.1f} s, their {rows:,} rows by COPY in {copying:.1f} s: "
        f"{copying / took:.2f} of its speed"
    )
    return bool(logged == count)


def _lines(count: int) -> Iterator[str]:
    for n in range(count):
        article = {"url": f"https://e.example/{n // 10}", "title": f"Boats {n // 10}", "publisher": "The Example",
                   "published_at": "2026-03-01"}  # fmt: skip
        line = {"key": str(n), "exact": f"at least {n + 40} boats left quay {n}", "article": article,
                "attribution": [{"source": "The harbour office", "cue": "said"}]}  # fmt: skip
        yield json.dumps(line) + "\n"


def _copy(full: str, empty: str, here: Path) -> tuple[int, float]:
    """Every table of one database into the other, whose tables are emptied; how many rows, and the seconds of COPY FROM."""
    count, took = 0, 0.0
    with psycopg.connect(full, autocommit=True) as a, psycopg.connect(empty) as b:
        b.execute("SET session_replication_role = replica")  # without triggers and references
        names = [
            row[0]
            for row in a.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            )
        ]
        b.execute(f"TRUNCATE {', '.join(names)}".encode())
        for name in names:
            held = here / name
            with held.open("wb") as out, a.cursor().copy(f"COPY {name} TO STDOUT".encode()) as copy:
                for data in copy:
                    out.write(data)
            began = time.monotonic()
            with held.open("rb") as data, (cursor := b.cursor()).copy(f"COPY {name} FROM STDIN".encode()) as copy:
                while lot := data.read(1 << 20):
                    copy.write(lot)
            count += cursor.rowcount
            took += time.monotonic() - began
        began = time.monotonic()
        b.commit()
    return count, took + time.monotonic() - began
