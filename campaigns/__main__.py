"""The long campaigns against the log, its file and what comes from outside, with fixed seeds.

Each prints one line of figures and fails on a bad one.

    python -m campaigns all
    python -m campaigns bits ranking wal proofs heads forks bundles rewrites people timestamps texts
    python -m campaigns kills powercuts faults writers imports size
    python -m campaigns primaries cancelled hands copied distance        # on PostgreSQL 18, or POSTGRES=16
    python -m campaigns addresses bodies files records edits searches

The short versions stand in the tests; these drive the command line as people do, in processes of their own.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from campaigns.addresses import addresses
from campaigns.distance import distance
from campaigns.edits import edits
from campaigns.faults import faults
from campaigns.file import bits, proofs, ranking, wal
from campaigns.forks import cosigned
from campaigns.ground import ROOT
from campaigns.handouts import mutated_bundles
from campaigns.heads import signed_heads
from campaigns.kills import kills
from campaigns.load import imports, size, writers
from campaigns.outside import bodies, files, records
from campaigns.people import people
from campaigns.power import powercuts
from campaigns.rewrites import rewrites
from campaigns.searches import searches
from campaigns.servers import cancelled, copied, hands, primaries
from campaigns.stamps import stamps
from campaigns.texts import texts

CAMPAIGNS: dict[str, Callable[[], bool]] = {
    "bits": bits, "ranking": ranking, "wal": wal, "proofs": proofs, "heads": signed_heads,
    "forks": cosigned, "bundles": mutated_bundles, "rewrites": rewrites,
    "people": people, "timestamps": stamps, "texts": texts, "kills": kills, "faults": faults, "writers": writers,
    "imports": imports,
    "size": size, "powercuts": powercuts, "addresses": addresses, "bodies": bodies, "files": files, "records": records,
    "edits": edits, "searches": searches,
    "primaries": primaries, "cancelled": cancelled, "hands": hands, "copied": copied, "distance": distance,
}  # fmt: skip


def main(names: list[str]) -> int:
    """The exit code: 0 when every figure of the campaigns named is as it should be."""
    os.chdir(ROOT)  # python -m looks there first
    wanted = list(CAMPAIGNS) if names in ([], ["all"]) else names
    if unknown := [name for name in wanted if name not in CAMPAIGNS]:
        print(f"no campaign {unknown[0]}; there are {', '.join(CAMPAIGNS)}", file=sys.stderr)
        return 2
    bad = []
    for name in wanted:
        began = time.monotonic()
        bad += [] if CAMPAIGNS[name]() else [name]
        print(
            f"{name}: {'as it should be' if name not in bad else 'BAD'}, {time.monotonic() - began:.0f} s", flush=True
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
