"""Forks of a log by its own keeper, who has file and key: each is seen by whoever holds a head that a witness cosigned."""

from __future__ import annotations

import forks

from campaigns.ground import SEED, folder

FORKS = 1_000


def cosigned() -> bool:
    """No fork is cosigned by the witness of the honest log, and none passes for the log whose cosigned head somebody holds."""
    with folder() as here:
        unseen = forks.unseen(here, seed=SEED, count=FORKS)
    print(f"forks: {FORKS:,} of them, {unseen} unseen by the holder of a cosigned head or cosigned by its witness")
    return unseen == 0
