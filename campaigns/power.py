"""Power cuts: the system calls of a real run, replayed up to a random one, with what was not yet synced lost, kept or torn.

The model is stricter than most file systems: a name is durable once its folder was synced, bytes are once their file was, and
until then each 512-byte sector of a write may or may not have reached the disk. No real device is switched off. That the model
has teeth is shown by the same run with SQLite's syncing turned off, which must lose what was acknowledged.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from campaigns.ground import ENVIRONMENT, SEED, folder
from campaigns.kills import article, import_file
from ledger import audit, store
from ledger.errors import ClaimsError

SECTOR = 512
TRACED = "openat,close,write,pwrite64,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,renameat2,link,linkat"
RUN = """
import io, json, os, sys
from cli import main
from ledger import store
from ledger.store import connection
if sys.argv[1] == "off":
    configured = connection._configured
    def unsynced(db):
        configured(db).execute("PRAGMA synchronous = OFF")
        return db
    connection._configured = unsynced
class Said(io.StringIO):
    def write(self, text):
        os.write(1, b"said")  # now, and not when the command has ended, for people act on what they read
        return len(text)
out = sys.stdout
for line in json.load(open(sys.argv[2])):
    sys.stdout = Said()
    code = main.invoke(line)
    sys.stdout = out
    with store.open_ledger("ledger.db", store.Open.READ) as ledger:
        done = [store.head(ledger), store.root(ledger).hex(), line[-1] if line[0] in ("export", "backup") else None]
    assert code == 0, line
    os.write(1, json.dumps(done).encode())
"""


def powercuts(count: int = 5_000) -> bool:
    """Cuts at random moments of a run: what was acknowledged is there, nothing is there by halves, and it verifies."""
    if shutil.which("strace") is None:
        print("powercuts: not possible on this machine: strace is not installed")
        return True
    good = True
    for syncing, images in (("full", count), ("off", count // 10)):
        with folder() as here:
            calls = _recorded(here / "run", syncing)
            if calls is None:
                print("powercuts: not possible on this machine: strace may not trace")
                return True
            with multiprocessing.Pool(2) as pool:
                jobs = [(calls, here / str(n), images // 4, SEED + n) for n in range(4)]
                seen: Counter[str] = sum(pool.starmap(_cut, jobs), Counter())
        print(f"powercuts: synchronous {syncing}, {len(calls):,} calls, {images:,} cuts: {dict(sorted(seen.items()))}")
        bad = sum(n for outcome, n in seen.items() if outcome.isupper())
        good = good and (bad == 0) == (syncing == "full")
    return good


# --- the run ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Call:
    """One system call on a file of ours, or `ack`: what the program has told now."""

    name: str
    path: str = ""
    to: str = ""
    fd: int = -1
    data: bytes = b""
    at: int = -1


def _recorded(here: Path, syncing: str) -> list[Call] | None:
    here.mkdir()
    (here / "verbs.json").write_text(json.dumps(list(_verbs(here))), encoding="utf-8")
    trace = here.parent / f"{syncing}.trace"
    command = ["strace", "-o", str(trace), "-xx", "-s", "100000000", "-e", f"trace={TRACED}"]
    environment = {
        **ENVIRONMENT,
        "CLAIMS_LEDGER": "ledger.db",
        "CLAIMS_KEY": str(here / "key.pem"),
        "CLAIMS_ACTOR": "desk",
    }
    ran = subprocess.run(
        [*command, sys.executable, "-c", RUN, syncing, "verbs.json"],
        cwd=here, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        print(f"powercuts: {ran.stderr[-300:]}", file=sys.stderr)
        return None
    return _acknowledged(list(_calls(trace, here)))


def _acknowledged(calls: list[Call]) -> list[Call]:
    """The calls with what each verb had done by the time at which it first said so."""
    made, ended = [], Call("ack")
    for call in reversed(calls):
        if call.name == "ack" and call.data != b"said":
            ended = call
        else:
            made.append(ended if call.name == "ack" else call)
    return made[::-1]


def _verbs(here: Path) -> Iterator[list[str]]:
    yield ["init", "ledger.db", "--json"]
    yield ["key", "create"]
    for n in range(2):
        (here / f"{n}.txt").write_text(article(n), encoding="utf-8")
        yield ["capture", f"{n}.txt", "--title", f"T{n}", "--publisher", "The Example", "--no-input", "--json"]
        for quote in (f"at least {n + 40} boats", "nearly 60"):
            yield ["add", quote, "--article", f"A{n + 1}", "--by", f"source {n}", "--no-input", "--json"]
    yield ["import", import_file(here, 1).name, "--json"]
    yield ["rate", "C1", "supported", "--because", "seen", "--json"]
    yield ["checkpoint", "--json"]
    yield ["export", "--format", "ledger", "--json", "-o", "all.jsonl"]
    yield ["backup", "--json", "copy.db"]
    yield ["redact", "C2", "--yes", "--because", "an order", "--json"]
    yield ["rebuild", "--json"]
    yield ["checkpoint", "--json"]
    yield ["export", "--format", "ledger", "--json", "-o", "all.jsonl"]
    for n in range(6):
        yield ["note", "C1", f"note {n}", "--json"]


LINE = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def _calls(trace: Path, here: Path) -> Iterator[Call]:
    """The calls on files in this folder, and each acknowledgement as a call `ack`."""
    ours: set[int] = set()
    with trace.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            match = LINE.match(line)
            if match is None or (result := int(match[3])) < 0:
                continue
            name, texts = match[1], [bytes.fromhex(s.replace("\\x", "")) for s in STRING.findall(match[2])]
            first = match[2].split(",")[0]
            fd = int(first) if first.isdigit() else -1
            if name == "write" and fd == 1:
                yield Call("ack", data=texts[0])
            elif name == "openat":
                path = str(here / texts[0].decode())
                ours -= {result}
                if path.startswith(str(here)) and not path.endswith("-shm"):
                    ours.add(result)
                    yield Call("open", path, fd=result, to="trunc" if "O_TRUNC" in match[2] else "")
            elif name == "close":
                ours -= {fd}
            elif fd in ours:
                yield Call(name, fd=fd, data=texts[0] if texts else b"", at=_last_number(match[2]))
            elif name.startswith(("unlink", "rename", "link")):
                paths = [str(here / t.decode()) for t in texts]
                if paths[-1].startswith(str(here)) and not paths[-1].endswith("-shm"):
                    yield Call(name.removesuffix("at2").removesuffix("at"), paths[0], paths[-1])


def _last_number(arguments: str) -> int:
    last = arguments.rpartition(", ")[2]
    return int(last) if last.isdigit() else -1


# --- the disk -----------------------------------------------------------------------------------------------------

Write = tuple[int, bytes | None]
"""Bytes at an offset; None cuts the file there."""


@dataclass(slots=True)
class Inode:
    """A file: what is surely on the disk, and what was written since its last sync."""

    safe: bytes = b""
    since: list[Write] = field(default_factory=list)
    length: int = 0


class Disk:
    """What a disk may hold after some calls."""

    def __init__(self) -> None:
        self.names: dict[str, Inode] = {}
        self.safe_names: dict[str, Inode] = {}
        self.renamed: list[tuple[str, Inode | None]] = []
        """Names given and taken away since their folder was synced, in order."""
        self._open: dict[int, tuple[str, Inode]] = {}
        self._at: dict[int, int] = {}
        self.told: list[tuple[int, str, str | None]] = []

    def take(self, call: Call) -> None:
        """One call more."""
        if call.name == "ack":
            self.told.append(tuple(json.loads(call.data)))
        elif call.name == "open":
            self._opened(call)
        elif call.name in ("fsync", "fdatasync"):
            self._synced(*self._open[call.fd])
        elif call.name in ("write", "pwrite64", "ftruncate"):
            self._written(call)
        else:
            self._named(call)

    def _opened(self, call: Call) -> None:
        inode = self.names.get(call.path)
        if inode is None:
            inode = Inode()
            if not Path(call.path).is_dir():
                self._name(call.path, inode)
        elif call.to == "trunc":
            inode.since.append((0, None))
            inode.length = 0
        self._open[call.fd], self._at[call.fd] = (call.path, inode), 0

    def _synced(self, path: str, inode: Inode) -> None:
        inode.safe, inode.since = applied(inode.safe, inode.since), []
        inside = [(name, what) for name, what in self.renamed if str(Path(name).parent) == path]
        for name, what in inside:
            _set(self.safe_names, name, what)
        self.renamed = [change for change in self.renamed if change not in inside]

    def _written(self, call: Call) -> None:
        inode = self._open[call.fd][1]
        if call.name == "ftruncate":
            inode.since.append((call.at, None))
            inode.length = call.at
            return
        at = call.at if call.name == "pwrite64" else self._at[call.fd]
        self._at[call.fd] = at + len(call.data)
        inode.since.append((at, call.data))
        inode.length = max(inode.length, at + len(call.data))

    def _named(self, call: Call) -> None:
        if call.name == "unlink":
            self._name(call.path, None)
        elif call.path in self.names:
            self._name(call.to, self.names[call.path])
            if call.name == "rename":
                self._name(call.path, None)

    def _name(self, path: str, inode: Inode | None) -> None:
        _set(self.names, path, inode)
        self.renamed.append((path, inode))

    def after_a_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files that may be found when the power is back."""
        names = dict(self.safe_names)
        for path, inode in self.renamed[: chance.randrange(len(self.renamed) + 1)]:  # a journal keeps their order
            _set(names, path, inode)
        return {path: applied(inode.safe, list(_torn(inode.since, chance))) for path, inode in names.items()}


def _set(names: dict[str, Inode], path: str, inode: Inode | None) -> None:
    if inode is None:
        names.pop(path, None)
    else:
        names[path] = inode


def applied(data: bytes, writes: list[Write]) -> bytes:
    """The bytes after these writes."""
    made = bytearray(data)
    for at, new in writes:
        if new is None:
            made = made[:at] + bytes(max(0, at - len(made)))
        else:
            made += bytes(max(0, at - len(made)))
            made[at : at + len(new)] = new
    return bytes(made)


def _torn(writes: list[Write], chance: random.Random) -> Iterator[Write]:
    """Some of the writes, some of them in part; all, none, or any."""
    share = chance.choice((0.0, 1.0, 0.1, 0.5, 0.9))
    for at, data in writes:
        if chance.random() >= share:
            continue
        if data is None or len(data) <= SECTOR or chance.random() < 0.7:
            yield at, data
            continue
        for start in range(0, len(data), SECTOR):
            if chance.random() < 0.5:
                yield at + start, data[start : start + SECTOR]


# --- the cuts -----------------------------------------------------------------------------------------------------


def _cut(calls: list[Call], here: Path, count: int, seed: int) -> Counter[str]:
    chance, seen = random.Random(seed), Counter[str]()
    disk, n = Disk(), 0
    for cut in sorted(chance.randrange(1, len(calls) + 1) for _ in range(count)):
        while n < cut:
            disk.take(calls[n])
            n += 1
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir()
        for path, data in disk.after_a_cut(chance).items():
            (here / Path(path).name).write_bytes(data)
        seen.update(_found(here, disk.told))
    shutil.rmtree(here, ignore_errors=True)
    return seen


def _found(here: Path, told: list[tuple[int, str, str | None]]) -> Iterator[str]:
    size, root, _ = told[-1] if told else (0, "", None)
    ledger_file = here / "ledger.db"
    try:
        with store.open_ledger(ledger_file, store.Open.WRITE) as ledger:
            found = audit.verify(ledger)
            lost = bool(size) and (found.entries < size or store.root(ledger, size).hex() != root)
            yield "ACKNOWLEDGED LOST" if lost else "as it should be" if found.ok else "DOES NOT VERIFY"
            yield from ("warned of torn commits" for w in found.warnings if "cannot be read" in w)
    except ClaimsError as e:
        begun = ledger_file.exists() and ledger_file.stat().st_size
        yield "CANNOT BE OPENED" if size else "not begun yet" if not begun else f"not begun yet: {type(e).__name__}"
    except Exception as e:
        print(f"powercuts: {type(e).__name__}: {e}", file=sys.stderr)
        yield "TRACEBACK"
    yield from _files(here, {name for *_, name in told if name})


def _files(here: Path, promised: set[str]) -> Iterator[str]:
    """An export and a backup are whole where they are, and are there once acknowledged."""
    for name in ("all.jsonl", "copy.db"):
        path = here / name
        if not path.exists():
            yield from ["FILE LOST"] if name in promised else []
            continue
        try:
            if name == "copy.db":
                with store.open_ledger(path, store.Open.READ) as copy:
                    whole = audit.verify(copy).ok
            else:
                lines = path.read_bytes().splitlines()
                whole = json.loads(lines[-1])["seq"] == json.loads(lines[0])["size"] - 1
        except (ClaimsError, ValueError, KeyError, IndexError):
            whole = False
        yield "whole files" if whole else "HALF FILE"
