"""Full disks, limits, I/O errors, read-only folders and locks, met by the command line."""

from __future__ import annotations

import multiprocessing
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from campaigns.ground import CLAIMS, ENVIRONMENT, SEED, folder
from campaigns.kills import VERBS, start
from ledger import audit, store
from ledger.errors import ClaimsError

DOCUMENTED = {0, 1, 2, 3, 4, 5, 6, 130}


def faults(count: int = 500) -> bool:
    """Full disks, limits, injected errors, read-only folders and locks, each met by every verb."""
    kinds = {
        "EFBIG": _size_limited, "ENOSPC": _full_disk, "injected": _injected, "scarce": _scarce, "read-only": _read_only,
        "locked": _locked,
    }  # fmt: skip
    good = True
    for n, (name, run) in enumerate(kinds.items()):
        share = {"locked": 12, "read-only": 28, "scarce": 60, "injected": count // 2}.get(name, count // 4)
        with folder() as here:
            seen = run(here, share, random.Random(SEED + n))
        if seen is None:
            print(f"faults: {name}: not possible on this machine")
            continue
        print(f"faults: {name}: {dict(sorted(seen.items()))}")
        good = good and not any(outcome.isupper() for outcome in seen)
    return good


def _run(command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, check=False, capture_output=True, text=True, env=ENVIRONMENT, **more)


def _faced(place: Path, verb: list[str], seen: Counter[str], **more: Any) -> int:
    """Runs a verb under a fault and counts how it ended."""
    done = _run([*CLAIMS, *verb, "--ledger", str(place)], **more)
    return _count_told(done, verb, seen)


def _still_holds(place: Path, before: int, seen: Counter[str]) -> None:
    try:
        with store.open_ledger(place) as ledger:
            found = audit.verify(ledger)
            seen["DOES NOT VERIFY"] += not found.ok
            seen["ENTRIES LOST"] += found.entries < before
    except ClaimsError as e:
        seen["CANNOT BE OPENED"] += 1
        print(f"faults: {e.message}", file=sys.stderr)


def _in_turn(here: Path, place: Path, count: int, seen: Counter[str], face: Callable[[list[str]], int]) -> None:
    """Every verb in turn under a fault, the ledger checked after each; an acknowledged entry must be there."""
    shutil.copy(place, here / "start.db")
    for n in range(1, count + 1):
        name = list(VERBS)[n % len(VERBS)]
        if n % 10 == 0:  # a small ledger again
            shutil.copy(here / "start.db", place)
        with store.open_ledger(place) as ledger:
            before = store.head(ledger)
        code = face(VERBS[name](here, n))
        _still_holds(place, before + (code == 0 and name in ("capture", "add", "rate", "import")), seen)
        for made in (*here.glob("backup-*"), *here.glob("export-*")):
            made.unlink()


def _size_limited(here: Path, count: int, chance: random.Random) -> Counter[str] | None:
    place, seen = start(here), Counter[str]()

    def face(verb: list[str]) -> int:
        limit = chance.randrange(0, place.stat().st_size + 60_000)
        return _faced(place, verb, seen, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))

    _in_turn(here, place, count, seen, face)
    return +seen


def _full_disk(here: Path, count: int, chance: random.Random) -> Counter[str] | None:
    disk = here / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], check=False, capture_output=True
    ).returncode:
        return None
    seen = Counter[str]()
    try:
        place = start(disk)

        def face(verb: list[str]) -> int:
            filler = disk / "filler"
            room = shutil.disk_usage(disk).free
            filler.write_bytes(bytes(max(0, room - chance.randrange(0, 500_000))))
            code = _faced(place, verb, seen)
            filler.unlink()
            return code

        _in_turn(disk, place, count, seen, face)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    return +seen


CALLS = ("pwrite64", "pread64", "ftruncate", "fdatasync", "fsync", "openat", "unlink", "rename", "link")


def _injected(here: Path, count: int, chance: random.Random) -> Counter[str] | None:
    """One of the system's calls on the ledger's files fails, once or from then on (strace)."""
    if shutil.which("strace") is None:
        return None
    place, seen, trace = start(here), Counter[str](), here / "trace"
    files = [part for name in ("", "-wal", "-shm", "-journal", ".checkpoint") for part in ("-P", f"{place}{name}")]

    def face(verb: list[str]) -> int:
        call, error = chance.choice(CALLS), chance.choice(("EIO", "EIO", "ENOSPC", "EDQUOT", "EROFS", "EACCES"))
        when = f"{chance.randrange(1, 6)}{chance.choice(('', '+', '+'))}"
        fault = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}"]
        fault += files if call in ("openat", "pread64") else []  # the loader of programs calls these too
        done = _run(["strace", "-qq", "-f", "-o", str(trace), *fault, *CLAIMS, *verb, "--ledger", str(place)])
        seen["met"] += "(INJECTED)" in trace.read_text(errors="replace")
        return _count_told(done, verb, seen)

    _in_turn(here, place, count, seen, face)
    return +seen


def _scarce(here: Path, count: int, chance: random.Random) -> Counter[str] | None:
    """Hardly a file may be opened more, or hardly any memory taken, once the program has been loaded."""
    place, seen = start(here), Counter[str]()
    (here / "scarce.py").write_text(SCARCE, encoding="utf-8")

    def face(verb: list[str]) -> int:
        kind = chance.choice(("files", "memory"))
        left = chance.randrange(8) if kind == "files" else chance.randrange(12_000)
        command = [sys.executable, str(here / "scarce.py"), kind, str(left), *verb, "--ledger", str(place)]
        return _count_told(_run(command), verb, seen)

    _in_turn(here, place, count, seen, face)
    return +seen


SCARCE = """
import os, resource, sys
import cli.main, cli.taking, cli.adding, cli.exchanging, cli.trusting, cli.judging, ledger.audit, sqlite3
from ledger import capture, claims, exchange
kind, left = sys.argv[1], int(sys.argv[2])
if kind == "files":
    limit, last = resource.RLIMIT_NOFILE, os.open(os.devnull, os.O_RDONLY) + left
else:
    pages = int(open("/proc/self/statm").read().split()[0])
    limit, last = resource.RLIMIT_AS, pages * resource.getpagesize() + left * 1024
resource.setrlimit(limit, (last, last))
code = cli.main.invoke(sys.argv[3:])
sys.stdout.flush()
sys.exit(code)
"""


def _count_told(done: subprocess.CompletedProcess[str], verb: list[str], seen: Counter[str]) -> int:
    code = done.returncode
    seen[f"exit {code}"] += 1
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    ours = "Traceback" not in done.stderr and "error in Claim Ledger itself" not in done.stderr
    if not ours or code not in DOCUMENTED or (code and not 1 <= len(lines) <= 3):
        seen["BADLY TOLD"] += 1
        print(f"faults: {verb[0]}, exit {code}: {done.stderr[-600:]}", file=sys.stderr)
    return code


def _read_only(here: Path, count: int, _: random.Random) -> Counter[str] | None:
    inside, seen = here / "inside", Counter[str]()
    inside.mkdir()
    place = start(inside)
    if subprocess.run(["mount", "--bind", str(inside), str(inside)], check=False, capture_output=True).returncode:
        return None
    try:
        for n in range(count):
            name = list(VERBS)[n % len(VERBS)]
            verb = VERBS[name](here, n)
            subprocess.run(["mount", "-o", "remount,ro,bind", str(inside)], check=True)
            code = _faced(place, verb, seen)
            reads = name in ("export", "backup")
            seen["WRONG EXIT"] += code != (0 if reads else 5)
            subprocess.run(["mount", "-o", "remount,rw,bind", str(inside)], check=True)
        _still_holds(place, 1, seen)
    finally:
        subprocess.run(["umount", str(inside)], check=True)
    return +seen


def _locked(here: Path, count: int, _: random.Random) -> Counter[str] | None:
    """Verbs that write while another process keeps the lock for good: told after the wait, by whom."""
    place, seen = start(here), Counter[str]()
    holder = sqlite3.connect(place, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    names = ["capture", "add", "rate", "import"]
    jobs = [(place, VERBS[names[n % 4]](here, n)) for n in range(count)]
    with multiprocessing.get_context("spawn").Pool(6) as pool:
        for told, code in pool.starmap(_told, jobs):
            seen[f"exit {code}"] += 1
            seen["NOT TOLD BY WHOM"] += f"process {os.getpid()}" not in told
            seen["BADLY TOLD"] += "Traceback" in told or code != 5
    holder.execute("ROLLBACK")
    holder.close()
    _still_holds(place, 1, seen)
    return +seen


def _told(place: Path, verb: list[str]) -> tuple[str, int]:
    done = _run([*CLAIMS, *verb, "--ledger", str(place)])
    return done.stderr, done.returncode
