"""Fuzzing: hostile arguments, import files, exports, proofs, checkpoints, pages and texts, with a fixed seed.

    python -m campaigns.fuzz --runs 100000 --jobs 2
    python -m campaigns.fuzz --runs 2000 --only imports --seed 7

Each run is one command in this process, on a small ledger in a folder that vanishes, with nobody at the terminal; a run of
`proofs` reads one proof, checkpoint, key or JSON text. Nothing outside that folder is written and no address is reached.
A run fails on an exit code that is not documented, an error that the program did not foresee, a raw control character sent
to the terminal, JSON that is none, silence, a ledger that no longer verifies, or more than five seconds of the processor.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from campaigns.fuzz_cases import KINDS
from campaigns.fuzz_ground import Ground, Outcome, confine
from campaigns.ground import SEED, folder

SHARES = {
    "arguments": 35, "imports": 15, "formats": 10, "exports": 5, "proofs": 20, "checkpoints": 5, "pages": 7, "texts": 3,
}  # fmt: skip
"""Of a hundred runs, how many are of each kind."""
SLICE = 500
"""Runs on one ledger before it is checked and begun anew."""
SHOWN = 40


@dataclass(slots=True)
class Tally:
    """What so many runs of one kind came to."""

    codes: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    spent: float = 0.0

    def add(self, found: Outcome) -> None:
        self.codes[found.code] += 1
        self.failures += [f"{problem}\n      {found.case[:1500]}" for problem in found.problems]
        self.slowest = max(self.slowest, (found.seconds, found.case[:300]))
        self.spent += found.seconds

    def join(self, other: Tally) -> None:
        self.codes += other.codes
        self.failures += other.failures
        self.slowest = max(self.slowest, other.slowest)
        self.spent += other.spent


def runs_of(kind: str, number: int, count: int, seed: int) -> Tally:
    """So many runs of a kind on one ledger, which is verified at the end."""
    chance = random.Random(f"{seed}/{kind}/{number}")
    tally = Tally()
    with folder() as here:
        confine(here)
        (here / "desk").mkdir()  # so that what is above it is ours too
        ground = Ground(here / "desk")
        make: Callable[[random.Random, Ground], Outcome] = KINDS[kind]
        for _ in range(count):
            tally.add(make(chance, ground))
        tally.failures += ground.broken()
        confine(None)
    return tally


def main() -> int:
    """The exit code: 0 when no run failed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--runs", type=int, default=100_000)
    asked.add_argument("--jobs", type=int, default=2)
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--only", choices=list(KINDS))
    given = asked.parse_args()
    shares = {given.only: 100} if given.only else SHARES
    work = []
    for kind, share in shares.items():
        left = given.runs * share // 100
        for number, start in enumerate(range(0, left, SLICE)):
            work.append((kind, number, min(SLICE, left - start), given.seed))
    random.Random(0).shuffle(work)  # the kinds are of unequal weight
    began = time.monotonic()
    tallies = {kind: Tally() for kind in shares}
    with multiprocessing.Pool(given.jobs) as pool:
        for (kind, *_), tally in zip(work, pool.starmap(runs_of, work, chunksize=4), strict=True):
            tallies[kind].join(tally)
    return _told(tallies, time.monotonic() - began)


def _told(tallies: dict[str, Tally], seconds: float) -> int:
    together = Tally()
    for kind, tally in tallies.items():
        codes = ", ".join(f"{code}: {count:,}" for code, count in sorted(tally.codes.items()))
        slowest = f"slowest {tally.slowest[0]:.2f} s"
        print(
            f"{kind}: {tally.codes.total():,} runs ({codes}); {slowest}; {tally.spent:.0f} s; {len(tally.failures)} failures"
        )
        together.join(tally)
    told = Counter(failure.split("\n")[0][:160] for failure in together.failures)
    for problem, count in told.most_common(SHOWN):
        example = next(f for f in together.failures if f.startswith(problem))
        print(f"\n{count} x {example}", file=sys.stderr)
    print(f"all: {together.codes.total():,} runs in {seconds:.0f} s, {len(together.failures)} failures;", end=" ")
    print(f"the slowest took {together.slowest[0]:.2f} s: {together.slowest[1]}")
    return 1 if together.failures else 0


if __name__ == "__main__":
    sys.exit(main())
