"""Verify, checkpoints, proofs and bundles: what makes a rewritten history visible to its keepers and to strangers."""

from ledger.audit import timestamps, witnesses
from ledger.audit.bundle import bundle
from ledger.audit.checkpoints import GoingOn, checkpoint, find_entry, latest, prove, verifier_key
from ledger.audit.findings import Cosigned, Stamp, Verification
from ledger.audit.heads import beside, origin
from ledger.audit.verification import verify

__all__ = [
    "Cosigned",
    "GoingOn",
    "Stamp",
    "Verification",
    "beside",
    "bundle",
    "checkpoint",
    "find_entry",
    "latest",
    "origin",
    "prove",
    "timestamps",
    "verifier_key",
    "verify",
    "witnesses",
]
