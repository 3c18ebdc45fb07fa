"""Random histories of a ledger whose files are lost, put back and rewritten: the heads that one key signs are one line."""

from __future__ import annotations

import histories

from campaigns.ground import SEED, folder

HISTORIES = 5_000


def signed_heads() -> bool:
    """No two heads that were signed without a person's word to go on from an earlier one are of different futures."""
    signed = refused = forks = 0
    for seed in range(SEED, SEED + HISTORIES):
        with folder() as here:
            history = histories.lived(here, seed, steps=20)
            signed, refused, forks = signed + len(history.signed), refused + history.refused, forks + history.forks
    print(f"heads: {HISTORIES:,} histories, {signed:,} heads signed, {refused:,} refused, {forks} not of one line")
    return forks == 0 and min(signed, refused) > HISTORIES // 10
