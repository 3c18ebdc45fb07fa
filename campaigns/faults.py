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
from campaigns.kills import VERBS, after_kill, start
from ledger import store
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
        share = {"locked": 12, "read-only": 28, "scarce": 60, "injected": count}.get(name, count // 4)
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


def _faced(place: Path, verb: list[str], seen: Counter[str], **more: Any) -> subprocess.CompletedProcess[str]:
    """Runs a verb under a fault and counts how it ended."""
    return _count_told(_run([*CLAIMS, *verb, "--ledger", str(place)], **more), verb, seen)


Face = Callable[[str, list[str]], subprocess.CompletedProcess[str]]
"""Runs a verb, by its name and with its arguments, under a fault."""


def _in_turn(here: Path, place: Path, count: int, seen: Counter[str], face: Face) -> None:
    """Every verb in turn under a fault, until so many were met; what was acknowledged must be there, nothing by halves."""
    shutil.copy(place, here / "start.db")
    for n in range(1, 2 * count + 1):
        if seen["met"] >= count:
            break
        name = list(VERBS)[n % len(VERBS)]
        if n % 10 == 0:  # a small ledger again
            shutil.copy(here / "start.db", place)
        with store.open_ledger(place) as ledger:
            before = store.head(ledger)
        met = seen["met"] + seen["not met"]
        done = face(name, VERBS[name](here, n))
        seen["met"] += met == seen["met"] + seen["not met"]  # a limit or a full disk is always there
        try:
            seen.update(after_kill(here, place, name, n, before, done.stdout))
        except ClaimsError as e:
            seen["CANNOT BE OPENED"] += 1
            print(f"faults: {name}: {e.message}", file=sys.stderr)
        for made in (*here.glob("backup-*"), *here.glob("export-*"), *here.glob("import-*"), *here.glob("*.part*")):
            if ".part" in made.name:
                said = made.name.split(".part")[0] in done.stderr
                seen["pieces left, and said" if said else "PIECES LEFT"] += 1
            made.unlink()


def _size_limited(here: Path, count: int, chance: random.Random) -> Counter[str] | None:
    place, seen = start(here), Counter[str]()

    def face(_: str, verb: list[str]) -> subprocess.CompletedProcess[str]:
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

        def face(_: str, verb: list[str]) -> subprocess.CompletedProcess[str]:
            filler = disk / "filler"
            room = shutil.disk_usage(disk).free
            filler.write_bytes(bytes(max(0, room - chance.randrange(0, 500_000))))
            done = _faced(place, verb, seen)
            filler.unlink()
            return done

        _in_turn(disk, place, count, seen, face)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    return +seen


READING = ("openat", "pread64", "newfstatat", "fcntl", "mmap")
"""Calls that the loader of programs makes too: only those on the ledger's own files are counted, and made to fail."""
CHANGING = ("pwrite64", "write", "ftruncate", "fdatasync", "fsync", "unlink", "rename", "link", "fchown")
ERRORS = ("EIO", "EIO", "ENOSPC", "EDQUOT", "EROFS", "EACCES")


def _injected(here: Path, count: int, chance: random.Random) -> Counter[str] | None:
    """A call that the verb was seen to make on the ledger, or on what it writes, fails, once or from then on (strace)."""
    if shutil.which("strace") is None:
        return None
    place, seen, trace = start(here), Counter[str](), here / "trace"
    own = [part for name in ("", "-wal", "-shm", "-journal", ".checkpoint") for part in ("-P", f"{place}{name}")]

    def traced(verb: list[str], *options: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        done = _run(["strace", "-qq", "-f", "-y", "-o", str(trace), *options, *CLAIMS, *verb, "--ledger", str(place)])
        return done, trace.read_text(errors="replace").splitlines()

    def calls(verb: list[str]) -> dict[str, list[int]]:
        """Of each call of a run without faults, which ones were about files of this folder."""
        found: dict[str, list[int]] = {}
        for kinds, files in ((READING, own), (CHANGING, [])):
            lines, numbers = traced(verb, "-e", f"trace={','.join(kinds)}", *files)[1], Counter[str]()
            for line in lines:
                call = line.split(maxsplit=1)[1].partition("(")[0]
                numbers[call] += 1
                if str(here) in line:
                    found.setdefault(call, []).append(numbers[call])
        return found

    known = {name: calls(make(here, 20_000 + n)) for n, (name, make) in enumerate(VERBS.items())}

    def face(name: str, verb: list[str]) -> subprocess.CompletedProcess[str]:
        call = chance.choice(sorted(known[name]))
        lasting = chance.choice(("", "+")) if call != "write" else ""  # what is told is written too
        when = f"{chance.choice(known[name][call])}{lasting}"
        fault = ("-e", f"trace={call}", "-e", f"inject={call}:error={chance.choice(ERRORS)}:when={when}")
        done, lines = traced(verb, *fault, *(own if call in READING else ()))
        met = any("(INJECTED)" in line for line in lines)
        seen["met" if met else "not met"] += 1
        seen[f"met by {name}"] += met
        return _count_told(done, verb, seen)

    _in_turn(here, place, count, seen, face)
    seen["TOO FEW MET"] += seen["met"] < count
    return +seen


def _scarce(here: Path, count: int, chance: random.Random) -> Counter[str] | None:
    """Hardly a file may be opened more, or hardly any memory taken, once the program has been loaded."""
    place, seen = start(here), Counter[str]()
    (here / "scarce.py").write_text(SCARCE, encoding="utf-8")

    def face(_: str, verb: list[str]) -> subprocess.CompletedProcess[str]:
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


def _count_told(
    done: subprocess.CompletedProcess[str], verb: list[str], seen: Counter[str]
) -> subprocess.CompletedProcess[str]:
    code = done.returncode
    seen[f"exit {code}"] += 1
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    ours = "Traceback" not in done.stderr and "error in Claim Ledger itself" not in done.stderr
    if not ours or code not in DOCUMENTED or (code and not 1 <= len(lines) <= 3):
        seen["BADLY TOLD"] += 1
        print(f"faults: {verb[0]}, exit {code}: {done.stderr[-600:]}", file=sys.stderr)
    return done


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
            code = _faced(place, verb, seen).returncode
            reads = name in ("export", "backup")
            seen["WRONG EXIT"] += code != (0 if reads else 5)
            subprocess.run(["mount", "-o", "remount,rw,bind", str(inside)], check=True)
        seen.update(after_kill(here, place, "read-only", 0, 1, ""))
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
    seen.update(after_kill(here, place, "locked", 0, 1, ""))
    return +seen


def _told(place: Path, verb: list[str]) -> tuple[str, int]:
    done = _run([*CLAIMS, *verb, "--ledger", str(place)])
    return done.stderr, done.returncode
