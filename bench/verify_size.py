"""How long `verify` takes on a large ledger: as people call it, its phases, and the long way that names faults.

    python bench/verify_size.py big.db            # made by bench/big_ledger.py
    python bench/verify_size.py big.db --long     # also every check by itself, as a ledger with a fault is read

Seconds of processor time are given beside those of the clock; a figure is only worth something on a quiet machine, which the
loop at the end of each line tells: it takes the same work every time.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ledger import audit, store
from ledger.audit import crew, quick, verification
from ledger.audit.findings import Findings
from ledger.audit.stretches import LENGTH, Reader


def spent() -> float:
    """Seconds of processor time of this process and of those that it started and that ended."""
    return sum(
        u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def timed(name: str, entries: int, run: Callable[[], Any]) -> Any:
    """Runs it and prints a line."""
    began, before = time.monotonic(), spent()
    result = run()
    wall, cpu = time.monotonic() - began, spent() - before
    print(
        f"{name:34} {wall:8.2f} s  {cpu:8.2f} s of CPU  {cpu / entries * 1e6:7.2f} us an entry   (loop {_loop():.0f} ms)"
    )
    return result


def _loop() -> float:
    began, total = time.process_time(), 0
    for n in range(1_000_000):
        total += n
    return (time.process_time() - began) * 1000


def phases(ledger: store.Ledger, entries: int) -> None:
    """The tasks of the quick way, one after the other in this process."""
    with ledger.snapshot():
        touched = timed("things that were changed", entries, lambda: quick._touched(ledger))
        with Reader(ledger, touched=touched, sizes=()) as reader:
            worker = crew.Worker(ledger, reader)
            timed("pages (integrity_check)", entries, worker.pages)
            ranges = [(at, min(at + LENGTH, entries)) for at in range(0, entries, LENGTH)]
            timed("entries, nodes, rows, anchors", entries, lambda: [worker.stretch(*given).size for given in ranges])
            timed("kept files", entries, lambda: worker.blobs(0, 1 << 62))


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    parser.add_argument("--long", action="store_true", help="also the long way")
    given = parser.parse_args(argv)
    with store.open_ledger(given.file, store.Open.READ) as ledger:
        entries = store.head(ledger)
        print(f"{entries:,} entries, {given.file.stat().st_size / 1e6:,.0f} MB, {crew._processors()} processors")
        found = timed("verify", entries, lambda: audit.verify(ledger))
        peaks = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        print(f"ok: {found.ok}; {peaks[0]} MiB in this process, {peaks[1]} MiB at most in each of the others")
        phases(ledger, entries)
        if given.long:
            with ledger.snapshot():
                timed("the long way", entries, lambda: verification._at_length(ledger, Findings(), []))
    return 0 if found.ok else 6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
