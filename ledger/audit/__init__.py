"""Verify, checkpoints, proofs and bundles: what makes a rewritten history visible to its keepers and to strangers."""

from ledger.audit.findings import Verification
from ledger.audit.verification import verify

__all__ = ["Verification", "verify"]
