"""Who is writing to a ledger, as far as the system tells."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

WRITE_LOCK = 120
"""The byte of the -shm file that a writer locks (SQLite, "WAL-mode file format", section 2.2.3)."""


def holder(place: str) -> str | None:
    """The process that holds the write lock, "process 4321 (python import.py)"; None where that cannot be known.

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
            return None if pid <= 0 or pid == os.getpid() else f"process {pid}{_command(pid)}"
    return None


def _end(text: str) -> int:
    return 1 << 62 if text == "EOF" else int(text)


def _command(pid: int) -> str:
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ").strip()
        shown = "".join(c if c.isprintable() else "?" for c in words)
        return f" ({shown if len(shown) <= 80 else shown[:79] + '…'})" if shown else ""
    return ""
