"""What this installation and this ledger are, and what to do where something is amiss."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from msgspec import Struct

from ledger import audit, keys, store
from ledger.audit import heads
from ledger.errors import ClaimsError, NotFound
from ledger.store import Ledger, beside, leftover, locks, read


class State(StrEnum):
    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


class Finding(Struct, frozen=True):
    """One thing that was looked at; `hint` says what to do."""

    about: str
    state: State
    found: str
    hint: str | None = None


LITTLE_ROOM = 200 * 2**20
"""Bytes of free disk below which a ledger's folder is called nearly full."""


def examine(
    open_: Callable[[], Ledger], place: Path, how: str, *, encoding: str | None, online: bool = False
) -> Iterator[Finding]:
    """Everything that can be looked at without writing; `encoding` is the terminal's, `online` asks services too."""
    yield from _program(encoding or "unknown")
    yield from _extras()
    yield from _ledger(open_, place, how)
    yield from _key()
    yield from _services(online=online)


# --- the program --------------------------------------------------------------------------------------------------


def _program(encoding: str) -> Iterator[Finding]:
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding("program", State.OK, f"claim-ledger {metadata.version('claim-ledger')}, Python {python}")
    with sqlite3.connect(":memory:") as db:
        options = {row[0] for row in db.execute("PRAGMA compile_options")}
    db.close()
    if "ENABLE_FTS5" in options:
        yield Finding("SQLite", State.OK, f"{sqlite3.sqlite_version}, with full-text search")
    else:
        yield Finding(
            "SQLite",
            State.PROBLEM,
            f"{sqlite3.sqlite_version}, without full-text search (FTS5)",
            "use a Python whose SQLite has it, such as that of python.org or of your system",
        )
    if encoding.lower().replace("-", "") == "utf8":
        yield Finding("terminal", State.OK, "UTF-8")
    else:
        yield Finding("terminal", State.NOTE, f"{encoding.lower()}: other scripts may not be shown", "set PYTHONUTF8=1")
    yield _clock()


def _clock() -> Finding:
    now = datetime.now(UTC)
    said = f"{now:%Y-%m-%d %H:%M} UTC"
    if now < _made():
        return Finding("clock", State.NOTE, f"{said}, before this program was installed", "set this machine's clock")
    return Finding("clock", State.OK, said)


def _made() -> datetime:
    return datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)


GIVES = {
    "learn": "suggestions that learn from your judgements",
    "semantic": "similar claims by meaning",
    "timestamp": "time stamps of checkpoints",
    "pdf": "reports as PDF, captures of PDF, PDF for leakcheck",
    "docx": "reports for Word",
    "warc": "captures from web archives",
    "parquet": "exports as Parquet",
    "postgres": "ledgers in PostgreSQL",
}


def _extras() -> Iterator[Finding]:
    """What is optional, and whether it is there."""
    wanted = metadata.metadata("claim-ledger").get_all("Provides-Extra") or []
    for extra in (e for e in wanted if e != "dev"):
        gives = GIVES.get(extra, "optional")
        missing = [name for name in _needs(extra) if not _installed(name)]
        if missing:
            yield Finding(
                f"extra {extra}",
                State.NOTE,
                f"not installed ({gives})",
                f'if you want it: pip install "claim-ledger[{extra}]"',
            )
        else:
            yield Finding(f"extra {extra}", State.OK, f"installed ({gives})")


def _needs(extra: str) -> list[str]:
    """The distributions that an extra asks for, by their names alone."""
    asked = metadata.requires("claim-ledger") or []
    named = (line.partition(";") for line in asked)
    mine = (spec for spec, _, marker in named if marker.replace("'", '"').strip() == f'extra == "{extra}"')
    return ["".join(_name(spec.strip())) for spec in mine]


def _name(spec: str) -> Iterator[str]:
    for c in spec:
        if not (c.isalnum() or c in "-_."):
            return
        yield c


def _installed(name: str) -> bool:
    try:
        return bool(metadata.version(name))
    except metadata.PackageNotFoundError:
        return False


# --- the ledger ---------------------------------------------------------------------------------------------------


def _ledger(open_: Callable[[], Ledger], place: Path, how: str) -> Iterator[Finding]:
    try:
        with open_() as ledger:
            if ledger.engine.in_file:
                yield from _opened(ledger, place, how)
            else:
                yield Finding("ledger", State.OK, f"{ledger.place} ({how}), {_entries(store.head(ledger))}")
                yield _last_entry(beside.last_entry_time(ledger))
            yield from _judged(ledger)
    except NotFound as e:
        yield Finding("ledger", State.NOTE, e.message, "claims capture FILE or claims init starts one")
    except ClaimsError as e:
        yield Finding("ledger", State.PROBLEM, e.message, e.hint)


def _opened(ledger: Ledger, place: Path, how: str) -> Iterator[Finding]:
    size = place.stat().st_size
    yield Finding("ledger", State.OK, f"{place.resolve()} ({how}), {_entries(store.head(ledger))}, {size:,} bytes")
    yield _last_entry(beside.last_entry_time(ledger))
    yield _writing(place)
    yield from _open_to_others(place)
    free = shutil.disk_usage(place.resolve().parent).free
    if free < max(LITTLE_ROOM, size):
        yield Finding("disk", State.NOTE, f"{free:,} bytes are free beside the ledger", "make room, or move the ledger")
    else:
        yield Finding("disk", State.OK, f"{free:,} bytes are free beside the ledger")
    yield _checkpoint(ledger)


def _judged(ledger: Ledger) -> Iterator[Finding]:
    """How often people found the machine's findings right."""
    said = read.finding_words(ledger)
    if said:
        kinds = sorted({w.kind for w in said})
        told = [(kind, [w.holds for w in said if w.kind == kind]) for kind in kinds]
        words = ", ".join(f"{sum(held)} of {len(held)} {kind.replace('_', ' ')}" for kind, held in told)
        yield Finding("findings", State.OK, f"right, in people's words: {words}")


def _last_entry(at: str) -> Finding:
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if at > now:
        return Finding("last entry", State.NOTE, f"{at}, which has not come yet", "set this machine's clock")
    return Finding("last entry", State.OK, at)


def _writing(place: Path) -> Finding:
    """A finding that says if the ledger can be written now, and who is writing; nothing is tried."""
    if not os.access(place, os.W_OK) or not os.access(place.resolve().parent, os.W_OK):
        return Finding("writing", State.NOTE, "not possible here: the file or its folder is read-only", "reading works")
    if who := locks.holder(str(place)):
        return Finding("writing", State.NOTE, f"{who.name} is writing now", who.remedy)
    if lost := leftover.dropped_commits(str(place)):
        kept = leftover.set_aside(str(place))  # SQLite deletes it when the ledger is closed
        said = f"{lost} commits of a writer that was killed cannot be read: damaged, or never acknowledged"
        return Finding("writing", State.PROBLEM, said, f"the -wal file is kept as {kept.name}" if kept else None)
    if Path(f"{place}-wal").exists() and Path(f"{place}-wal").stat().st_size:
        return Finding("writing", State.OK, "possible; the newest entries stand in the -wal file, which belongs to it")
    return Finding("writing", State.OK, "possible")


def _open_to_others(place: Path) -> Iterator[Finding]:
    """The files of the ledger that more people can read than its folder, and protected names that others can read."""
    if os.name != "posix":
        return
    allowed = stat.S_IMODE(place.resolve().parent.stat().st_mode)
    for one in sorted(place.resolve().parent.glob(f"{place.resolve().name}*")):
        if stat.S_IMODE(one.lstat().st_mode) & 0o077 & ~allowed:
            yield Finding(
                "permissions", State.NOTE, f"{one} is open to more people than its folder", f"chmod go= {one}"
            )
    if stat.S_IMODE(place.stat().st_mode) & allowed & 0o004:
        said = "everybody on this machine can read the ledger and what is written beside it"
        yield Finding("permissions", State.NOTE, said, f"if that is not meant: chmod 700 {place.resolve().parent}")


def _checkpoint(ledger: Ledger) -> Finding:
    note = audit.latest(ledger)
    if note is None:
        return Finding(
            "checkpoint",
            State.NOTE,
            "none yet: nobody could see that the end of the log was cut off",
            "claims key create, then claims checkpoint; keep the note elsewhere",
        )
    size = heads.opened(note, audit.origin(ledger), None).size
    behind = store.head(ledger) - size
    return Finding("checkpoint", State.OK, f"at {_entries(size)}" + (f", {_entries(behind)} ago" if behind else ""))


def _entries(count: int) -> str:
    return f"{count:,} {'entry' if count == 1 else 'entries'}"


def _key() -> Iterator[Finding]:
    place = keys.key_path()
    if not place.exists():
        yield Finding("signing key", State.NOTE, "none", "claims key create makes one")
        return
    mode = stat.S_IMODE(place.stat().st_mode)
    if mode & 0o077:
        yield Finding("signing key", State.PROBLEM, f"{place} can be read by others", f"chmod 600 {place}")
    else:
        yield Finding("signing key", State.OK, str(place))


# --- outside services ---------------------------------------------------------------------------------------------


def _services(*, online: bool) -> Iterator[Finding]:
    """Which services can be asked, and where the network may be used, which of them answer."""
    from ledger import providers

    if not os.environ.get("CLAIMS_CONTACT"):
        said = "services and sites cannot tell who asks"
        yield Finding("contact", State.NOTE, said, "set CLAIMS_CONTACT to an address at which you are reached")
    from ledger.providers.archive import SavePageNow

    for one in (*providers.known().values(), SavePageNow()):
        about = f"service {one.name}"
        if one.key and not os.environ.get(one.key):
            hint = f"if you want it: {one.key} names the file that holds its key"
            yield Finding(about, State.NOTE, f"not configured ({one.title})", hint)
        elif not online:
            yield Finding(about, State.OK, f"configured ({one.title}); --online asks whether it answers")
        else:
            why = providers.answers(one)
            yield Finding(about, State.NOTE if why else State.OK, why or "answers")
