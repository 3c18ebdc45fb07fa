"""Campaigns against the bytes of a file: flipped bits, moved pages, flipped proofs and checkpoints."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import damage
import sample

from campaigns.ground import ENVIRONMENT, ROOT, SEED, folder
from ledger import audit, keys, merkle, store
from ledger.audit import heads
from ledger.errors import Tampered


def bits(flips: int = 10_000, upheavals: int = 500) -> bool:
    """Single-bit flips and page swaps, copies, holes and cuts of a ledger's file."""
    jobs = [(damage.flips.__name__, flips // 4, SEED + n) for n in range(4)]
    jobs += [(damage.upheavals.__name__, upheavals // 2, SEED + n) for n in range(2)]
    with multiprocessing.Pool(2) as pool:
        results = pool.starmap(_damaged, jobs)
    seen = {kind: Counter[str]() for kind in ("flips", "upheavals")}
    for (kind, _, _), found in zip(jobs, results, strict=True):
        seen[kind] += found
    for kind, found in seen.items():
        print(f"bits: {found.total():,} {kind}: {dict(found)}")
    return not any(found["UNSEEN"] or found["TRACEBACK"] for found in seen.values())


def ranking(flips: int = 10_000, swaps: int = 500) -> bool:
    """Bits flipped and rows swapped in the tables that searches read: no output of them differs unseen."""
    with multiprocessing.Pool(2) as pool:
        found = pool.starmap(_misindexed, [(flips // 2, swaps // 2, SEED + n) for n in range(2)])
    seen = found[0] + found[1]
    print(f"ranking: {flips + swaps:,} rows of the indexes changed: {dict(seen)}")
    return not any(outcome.startswith(("UNSEEN", "TRACEBACK")) for outcome in seen)


def _misindexed(flips: int, swaps: int, seed: int) -> Counter[str]:
    seen, chance = Counter[str](), random.Random(seed)
    with folder() as here:
        place = damage.grown(here)
        with store.open_ledger(place) as ledger:
            before = damage.ranked(ledger)
        data, broken = place.read_bytes(), here / "broken.db"
        for n in range(flips + swaps):
            for left in here.glob("broken.db*"):
                left.unlink()
            broken.write_bytes(data)
            table = damage.misindexed(broken, chance, swap=n >= flips)
            try:
                outcome = damage.ranked_verdict(broken, before)
            except Exception as e:
                outcome = f"TRACEBACK {type(e).__name__}: {e}"
            seen[f"{outcome} ({table})" if outcome.isupper() else outcome] += 1
    return seen


def _damaged(kind: str, count: int, seed: int) -> Counter[str]:
    seen = Counter[str]()
    with folder() as here:
        place = damage.grown(here)
        with store.open_ledger(place) as ledger:
            before = damage.told(ledger)
        for n, data in enumerate(getattr(damage, kind)(place.read_bytes(), count, random.Random(seed))):
            broken = here / f"{n}.db"
            broken.write_bytes(data)
            seen[_verdict(broken, before)] += 1
            for left in here.glob(f"{n}.db*"):
                left.unlink()
    return seen


def _verdict(place: Path, before: Any, against: Path | None = None) -> str:
    try:
        return damage.verdict(place, before, against=against)
    except Exception as e:
        print(f"bits: {type(e).__name__}: {e}", file=sys.stderr)
        return "TRACEBACK"


def wal(flips: int = 1_000) -> bool:
    """Flips in the -wal file that a killed writer leaves: SQLite drops what follows; verify warns, and names what is gone

    where a checkpoint was kept elsewhere.
    """
    seen, alone = Counter[str](), Counter[str]()
    chance = random.Random(SEED)
    with folder() as here:
        place, log = here / "l.db", here / "l.db-wal"
        sample.build(place)
        key = keys.create(here / "key.pem")
        source = (
            "import os, sys, sample; from ledger import store; sample.fill(store.open_ledger(sys.argv[1])); os._exit(0)"
        )
        path = {**ENVIRONMENT, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
        subprocess.run([sys.executable, "-c", source, str(place)], check=True, env=path)
        whole, tail = place.read_bytes(), log.read_bytes()
        with store.open_ledger(shutil.copytree(here, here / "signed") / "l.db") as ledger:
            before, note = damage.told(ledger), audit.checkpoint(ledger, key)
        (here / "kept").write_text(note, encoding="utf-8")
        for _ in range(flips):
            flipped = damage.flipped(tail, chance.randrange(len(tail) * 8))
            for kept, counts in ((here / "kept", seen), (None, alone)):
                for stale in (*here.glob("l.db-shm"), *here.glob("l.db-wal.damaged-*")):
                    stale.unlink()
                place.write_bytes(whole)
                log.write_bytes(flipped)
                outcome = _verdict(place, before, kept)
                warned = any(here.glob("l.db-wal.damaged-*"))
                counts["warned" if kept is None and outcome == "UNSEEN" and warned else outcome] += 1
    print(
        f"wal: {seen.total():,} flips in -wal, against a checkpoint kept elsewhere: {dict(seen)}; alone: {dict(alone)}"
    )
    return not any(counts["UNSEEN"] or counts["TRACEBACK"] for counts in (seen, alone))


def proofs() -> bool:
    """Every single bit of a proof and of a checkpoint flipped; the checkpoint also read with no key at hand."""
    seen = Counter[str]()
    with folder() as here:
        place = damage.grown(here)
        with store.open_ledger(place) as ledger:
            signing = keys.load(here / "key.pem")
            own = signing.named(audit.origin(ledger))
            holds = keys.verifier(own)
            entry, proof = audit.find_entry(ledger, "C5"), audit.prove(ledger, "C5", signing).encode()
            note = audit.checkpoint(ledger, signing).encode()
            leaf = store.leaf_of(entry)

            def check_proof(data: bytes) -> None:
                merkle.check_proof(merkle.parse_proof(data), leaf, own, holds)

            def check_note(data: bytes) -> None:
                (here / "flipped").write_bytes(data)
                heads.opened(heads.read_note(here / "flipped"), own.name, own)

            for name, data, check in (("proof", proof, check_proof), ("checkpoint", note, check_note)):
                check(data)
                for bit in range(len(data) * 8):
                    seen[f"{name} {_refusal(check, damage.flipped(data, bit))}"] += 1
    print(f"proofs: {seen.total():,} flips: {dict(seen)}")
    return not any("ACCEPTED" in outcome or "TRACEBACK" in outcome for outcome in seen)


def _refusal(check: Callable[[bytes], None], data: bytes) -> str:
    try:
        check(data)
    except Tampered:
        return "refused"
    except Exception as e:
        return f"TRACEBACK {type(e).__name__}"
    return "ACCEPTED"
