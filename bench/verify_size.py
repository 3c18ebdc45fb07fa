"""How long `verify` takes on a large ledger: as people call it, and its checks one by one.

    python bench/verify_size.py big.db            # made by bench/big_ledger.py

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
from ledger.audit import derived, kept, scan
from ledger.audit.findings import Findings


def spent() -> float:
    """Seconds of processor time of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


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
    """The checks of verify, one after the other."""
    findings = Findings()
    with ledger.snapshot(), derived.fresh() as made:
        timed("pages (integrity_check)", entries, lambda: derived.check_file(ledger, findings))
        copy = derived.Copy(made)
        log = timed("entries and their rows", entries, lambda: scan.read_log(ledger, findings, [], copy.take))
        timed("kept files", entries, lambda: kept.check_blobs(ledger, findings, log))
        timed("rows and indexes compared", entries, lambda: derived.check_derived(ledger, copy, findings))
        timed("anchors of derived claims", entries, lambda: kept.check_derived_anchors(ledger, findings))


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    given = parser.parse_args(argv)
    with store.open_ledger(given.file, store.Open.READ) as ledger:
        entries = store.head(ledger)
        print(f"{entries:,} entries, {given.file.stat().st_size / 1e6:,.0f} MB")
        found = timed("verify", entries, lambda: audit.verify(ledger))
        print(f"ok: {found.ok}; {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB at most")
        phases(ledger, entries)
    return 0 if found.ok else 6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
