"""What a writer that was killed left in the -wal file, and whether SQLite can read all of it.

SQLite takes a -wal file up to the first frame whose checksum fails and drops what follows without a word ("WAL-mode file
format", sections 2.1 to 2.4). Commits behind that place may be ones that were acknowledged; a power cut in the middle of a
commit that was not leaves the same picture.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from ledger.errors import StoreError
from ledger.store.files import plain

MAGIC, BIG_ENDIAN = 0x377F0682, 1
HEADER, FRAME, PAGE = 32, 24, 4096

Sums = tuple[int, int]


def dropped_commits(place: str) -> int:
    """How many commits of this log of changes cannot be read, because it is damaged before or at their end."""
    try:
        data = plain(Path(f"{place}-wal")).read_bytes()
    except (OSError, StoreError):
        return 0
    if len(data) < HEADER + FRAME:
        return 0
    magic, _, size = struct.unpack(">3I", data[:12])
    order = ">" if magic & BIG_ENDIAN else "<"
    sums = _summed(data[:24], (0, 0), order)
    holds = magic & ~BIG_ENDIAN == MAGIC and struct.pack(">2I", *sums) == data[24:HEADER]
    size = size if holds else PAGE
    frames = list(_frames(data, size, data[16:24] if holds else data[HEADER + 8 : HEADER + 16]))
    while frames and not frames[-1][1]:  # what was never committed does not matter
        frames.pop()
    for n, (at, _) in enumerate(frames):
        sums = _summed(data[at + FRAME : at + FRAME + size], _summed(data[at : at + 8], sums, order), order)
        if not holds or at != HEADER + n * (FRAME + size) or struct.pack(">2I", *sums) != data[at + 16 : at + FRAME]:
            return sum(committed for _, committed in frames[n:])
    return 0


def set_aside(place: str) -> Path | None:
    """Gives the -wal file a second name, so that it outlives SQLite, which deletes it when the ledger is closed."""
    for n in range(1, 100):
        kept = Path(f"{place}-wal.damaged-{n}")
        try:
            kept.hardlink_to(f"{place}-wal")
        except FileExistsError:
            continue
        except OSError:  # read-only, or a file system without links
            return None
        return kept
    return None


def _frames(data: bytes, size: int, salts: bytes) -> Iterator[tuple[int, bool]]:
    """Where each frame with these salts stands, and whether it ends a commit; others are of an earlier round."""
    for at in range(HEADER, len(data) - FRAME - size + 1, FRAME + size):
        if data[at + 8 : at + 16] == salts:
            yield at, data[at + 4 : at + 8] != bytes(4)


def _summed(data: bytes, sums: Sums, order: str) -> Sums:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for a, b in zip(words[::2], words[1::2], strict=True):
        first = (first + a + second) & 0xFFFFFFFF
        second = (second + b + first) & 0xFFFFFFFF
    return first, second
