"""Campaigns of many: writers side by side, two imports at once, a large ledger verified."""

from __future__ import annotations

import json
import multiprocessing
import resource
import subprocess
import time
from pathlib import Path

import sample

from campaigns.ground import CLAIMS, ENVIRONMENT, folder
from campaigns.kills import LINES, import_verb
from ledger import audit, merkle, store
from ledger.errors import ClaimsError
from ledger.store import read


def writers(processes: int = 8, each: int = 500) -> bool:
    """Processes that append side by side: nothing lost, no gap, one root."""
    with folder() as here:
        place = here / "l.db"
        sample.build(place)
        began = time.monotonic()
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            failed = sum(pool.starmap(_append, [(place, f"w{n}", each) for n in range(processes)]))
        took = time.monotonic() - began
        with store.open_ledger(place) as ledger:
            found = audit.verify(ledger)
            count = found.entries - 23
            leaves = [e.leaf_hash for e in store.entries(ledger)]
            same = merkle.root(leaves) == store.root(ledger) == bytes.fromhex(found.root)
    figures = f"{count:,} appended, {failed} lock errors, one root: {same}, ok: {found.ok}, {took:.1f} s"
    print(f"writers: {processes} x {each}: {figures}")
    return bool(count == processes * each and same and found.ok and not failed)


def _append(place: Path, actor: str, count: int) -> int:
    failed = 0
    with store.open_ledger(place) as ledger:
        about = read.thing(ledger, "C1").uid
        for n in range(count):
            try:
                with store.write(ledger, actor) as w:
                    w.append(sample.EntryKind.NOTE, sample.r.NoteDraft(text=str(n)), about=about)
            except ClaimsError:
                failed += 1
    return failed


def imports() -> bool:
    """Two imports of one file at once: every line logged once."""
    good = True
    with folder() as here:
        for n in range(10):
            place = here / f"{n}.db"
            store.create(place, actor="desk").close()
            command = [*CLAIMS, *import_verb(here, n), "--ledger", str(place)]
            both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) for _ in range(2)]
            logged = [json.loads(p.communicate()[0])["logged"] for p in both]
            with store.open_ledger(place) as ledger:
                claims = len(list(read.claims(ledger)))
                good = good and claims == LINES == sum(logged) and audit.verify(ledger).ok
    print(f"imports: 10 times two at once of {LINES} lines: {'each line once' if good else 'NOT each line once'}")
    return good


def size(entries: int = 200_000) -> bool:
    """A large ledger verified: seconds and memory."""
    with folder() as here:
        place = here / "l.db"
        with store.create(place, actor="desk") as ledger:
            _fill(ledger, entries)
        with store.open_ledger(place, store.Open.READ) as ledger:
            began, spent = time.monotonic(), time.process_time()
            found = audit.verify(ledger)
            took, spent = time.monotonic() - began, time.process_time() - spent
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        megabytes = place.stat().st_size / 1e6
    figures = f"verified in {took:.1f} s ({spent:.1f} s of CPU), {peak} MiB of memory, ok: {found.ok}"
    print(f"size: {found.entries:,} entries, {megabytes:.0f} MB: {figures}")
    return found.ok


def _fill(ledger: store.Ledger, entries: int) -> None:
    source, n = "", 0
    while store.head(ledger) < entries:
        with store.write(ledger, "desk") as w:
            builder = sample.Builder(ledger, w)
            source = source or builder.source("the harbour office")
            for _ in range(100):
                text = f"Report {n}. " + "".join(f"At least {40 + i} boats left Marsala. " for i in range(9))
                article, capture = builder.article(text, f"Report {n}", source)
                for i in range(9):
                    claim = builder.claim(text, f"At least {40 + i} boats left", article, capture, source)
                    w.append(sample.EntryKind.CHECK, sample.r.CheckDraft(value=sample.Checked.YES), about=claim)
                n += 1
