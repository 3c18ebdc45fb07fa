"""Bundles changed by a grammar of mutations: with the key given none is accepted that shows a reader something else."""

from __future__ import annotations

import contextlib
import io
import random
import zipfile
from pathlib import Path

import bundles
import sample

from campaigns.ground import SEED, folder
from ledger import audit, keys, store, verify

MUTATED = 5_000


def mutated_bundles() -> bool:
    """A real bundle, changed one to four times over, read by the verifier for strangers."""
    accepted = shown = 0
    with folder() as here:
        good, vkey = _made(here)
        dice = random.Random(SEED)
        for _ in range(MUTATED):
            files = bundles.forged(good, dice, dice.choices(bundles.MUTATIONS, k=dice.randint(1, 4)))
            if _holds(files, vkey):
                accepted += 1
                shown += bundles.seen(files) != bundles.seen(good)
    print(f"bundles: {MUTATED:,} changed, {accepted} still hold, {shown} of them show a reader something else")
    return shown == 0 and _holds(good, vkey)


def _made(here: Path) -> tuple[bundles.Files, str]:
    """The files of a bundle of the sample ledger, and the key that it is to be read with."""
    uids = sample.build(here / "l.db")
    key = keys.create(here / "key.pem")
    with store.open_ledger(here / "l.db") as ledger:
        audit.bundle(ledger, [uids["c1"]], b"<p>report</p>", key=key, out=here / "b.zip")
        vkey = audit.verifier_key(ledger, key)
    with zipfile.ZipFile(here / "b.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}, vkey


def _holds(files: bundles.Files, vkey: str) -> bool:
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            return not verify.check_bundle(verify.Files(files), vkey)
        except verify.Broken:
            return False
