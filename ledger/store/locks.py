"""Who is writing to a ledger, as far as the system tells."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

WRITE_LOCK = 120
"""The byte of the -shm file that a writer locks (SQLite, "WAL-mode file format", section 2.2.3)."""


class Holder(Struct, frozen=True):
    """Who holds the write lock, and what may be done about it."""

    name: str
    """ana's process 4321 (python import.py)"""
    remedy: str


def holder(place: str) -> Holder | None:
    """The process that holds the write lock; None where that cannot be known.

    It reads Linux's list of locks and opens no file of the ledger: closing one would drop our own locks on it.
    """
    with suppress(OSError, ValueError, IndexError):
        file = Path(f"{place}-shm").stat()
        ours = f"{os.major(file.st_dev):02x}:{os.minor(file.st_dev):02x}:{file.st_ino}"
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            parts = line.split()
            # 1: POSIX ADVISORY WRITE 4321 fd:01:123 120 120
            if parts[3] != "WRITE" or parts[5] != ours or not int(parts[6]) <= WRITE_LOCK <= _end(parts[7]):
                continue
            pid = int(parts[4])
            return None if pid <= 0 or pid == os.getpid() else _described(pid)
    return None


def _described(pid: int) -> Holder:
    name = f"{_owner(pid)}process {pid}{_command(pid)}"
    if _is_stopped(pid):
        go_on = f"let it go on (fg in its terminal, or kill -CONT {pid}) or end it (kill -9 {pid})"
        return Holder(name, f"it was suspended: {go_on}; nothing was changed, and the ledger stays whole")
    end = f"if it hangs, end it (kill {pid}): the lock goes with it and the ledger stays whole"
    return Holder(name, f"wait until it is done and try again; nothing was changed; {end}")


def _owner(pid: int) -> str:
    with suppress(OSError, KeyError):
        return f"{Path(f'/proc/{pid}').owner()}'s "
    return ""


def _is_stopped(pid: int) -> bool:
    """True where somebody suspended it (Ctrl-Z), so that it keeps the lock and never ends."""
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[0] in "Tt"
    return False


def _end(text: str) -> int:
    return 1 << 62 if text == "EOF" else int(text)


def _command(pid: int) -> str:
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ").strip()
        shown = "".join(c if c.isprintable() else "?" for c in words)
        return f" ({shown if len(shown) <= 80 else shown[:79] + '…'})" if shown else ""
    return ""
