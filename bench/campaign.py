"""The long campaigns against the log and its file, with fixed seeds. Each prints one line of figures and fails on a bad one.

    python bench/campaign.py all
    python bench/campaign.py bits ranking wal proofs heads forks bundles rewrites people timestamps texts
    python bench/campaign.py kills powercuts faults writers imports size

The short versions stand in the tests; these drive the command line as people do, in processes of their own.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from campaign_faults import faults
from campaign_file import bits, proofs, ranking, wal
from campaign_forks import cosigned
from campaign_ground import ROOT
from campaign_handouts import mutated_bundles
from campaign_heads import signed_heads
from campaign_kills import kills
from campaign_load import imports, size, writers
from campaign_people import people
from campaign_power import powercuts
from campaign_rewrites import rewrites
from campaign_stamps import stamps
from campaign_texts import texts

CAMPAIGNS: dict[str, Callable[[], bool]] = {
    "bits": bits, "ranking": ranking, "wal": wal, "proofs": proofs, "heads": signed_heads,
    "forks": cosigned, "bundles": mutated_bundles, "rewrites": rewrites,
    "people": people, "timestamps": stamps, "texts": texts, "kills": kills, "faults": faults, "writers": writers,
    "imports": imports,
    "size": size, "powercuts": powercuts,
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
