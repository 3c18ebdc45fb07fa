"""Kept bytes, and the texts of saved copies."""

from __future__ import annotations

from ledger.errors import Tampered
from ledger.store.connection import Ledger

WITHHELD = "█"
"""Stands for each character of a redacted claim in the text of a saved copy, so that offsets stay as they are."""

BYTES = "SELECT bytes FROM blob WHERE sha256 = ?"
TEXT = "SELECT bytes FROM blob WHERE sha256 = ? AND bytes IS NOT NULL"
WITHHELD_IN = "SELECT start_at, end_at FROM withheld WHERE capture = ?"


def blob(ledger: Ledger, digest: str) -> bytes | None:
    """Kept bytes; None where they were redacted."""
    row = ledger.one(BYTES, (digest,))
    if row is None:
        raise Tampered(f"the bytes {digest} are missing from the ledger")
    return None if row["bytes"] is None else bytes(row["bytes"])


def text(ledger: Ledger, capture: str, digest: str) -> str | None:
    """The text of a saved copy without the words of redacted claims; None where it was redacted whole."""
    row = ledger.one(TEXT, (digest,))
    if row is None:
        return None
    found = bytes(row["bytes"]).decode("utf-8", "replace")
    for held in ledger.rows(WITHHELD_IN, (capture,)):
        start, end = held["start_at"], held["end_at"]
        found = found[:start] + WITHHELD * len(found[start:end]) + found[end:]
    return found
