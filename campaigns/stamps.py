"""Every bit of a time stamp flipped, and every length that it can be cut to."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path

import damage
import stamping

from campaigns.ground import folder
from ledger import merkle
from ledger.audit import timestamps, tokens
from ledger.audit.findings import Findings
from ledger.audit.heads import Head
from ledger.audit.scan import LogScan

ROOT = bytes(range(32))
HEAD = Head(7, ROOT, merkle.note_text(merkle.Checkpoint("claim-ledger/x", 7, ROOT)) + "\n— x signed\n", "the one known")


def stamps() -> bool:
    """Stamps signed with RSA and with an elliptic curve: no changed bit and no cut is accepted, and each is one finding."""
    if shutil.which("openssl") is None:
        print("timestamps: not possible on this machine: openssl is not installed")
        return True
    good = True
    with folder() as here:
        authority = stamping.Authority(here)
        for name in ("rsa", "ec"):
            whole = authority.answer(_query(), name)
            seen = Counter[str]()
            if _outcome(here, authority, whole) != "ACCEPTED":
                seen["GOOD ONE REFUSED"] += 1
            for bit in range(len(whole) * 8):
                seen[f"flip {_outcome(here, authority, damage.flipped(whole, bit))}"] += 1
            for end in range(len(whole)):
                seen[f"cut {_outcome(here, authority, whole[:end])}"] += 1
            print(f"timestamps: {name}, {len(whole):,} bytes: {dict(seen)}")
            good = good and not any(outcome.rpartition(" ")[2].isupper() for outcome in seen)
    return good


def _query() -> bytes:
    client = tokens.library()
    return bytes(client.TimestampRequestBuilder(HEAD.note.encode(), client.HashAlgorithm.SHA256).build().as_bytes())


def _outcome(here: Path, authority: stamping.Authority, data: bytes) -> str:
    (here / "one.tsr").write_bytes(data)
    findings = Findings()
    try:
        given = timestamps.Given(here / "one.tsr", authority.certificate)
        found = given.check([HEAD], LogScan(size=7, roots={7: ROOT}), findings)
    except BaseException as e:
        print(f"timestamps: {type(e).__name__}: {e}", file=sys.stderr)
        return "TRACEBACK"
    if found is not None:
        return "ACCEPTED"
    return "refused" if len(findings.problems) == 1 else "NOT SAID"
