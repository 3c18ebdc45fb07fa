"""Kept bytes, and the texts of saved copies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ledger.errors import Tampered
from ledger.store.connection import Ledger
from ledger.store.read import chunks, marks

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
    return None if row is None else _without(row["bytes"], ledger.rows(WITHHELD_IN, (capture,)))


def texts(ledger: Ledger, captures: Sequence[str]) -> dict[str, str]:
    """The same of several copies, read at once, by capture; those that were redacted whole are left out."""
    found: dict[str, str] = {}
    for part in chunks(captures):
        withheld: dict[str, list[Any]] = {}
        places = f"SELECT capture, start_at, end_at FROM withheld WHERE capture IN ({marks(part)})"
        for row in ledger.rows(places, part):
            withheld.setdefault(row["capture"], []).append(row)
        saved = f"SELECT c.uid, b.bytes FROM capture c JOIN blob b ON b.sha256 = c.text WHERE c.uid IN ({marks(part)})"
        rows = ledger.rows(f"{saved} AND b.bytes IS NOT NULL", part)
        found.update((row["uid"], _without(row["bytes"], withheld.get(row["uid"], ()))) for row in rows)
    return found


def _without(saved: bytes, withheld: Iterable[Any]) -> str:
    found = bytes(saved).decode("utf-8", "replace")
    for held in withheld:
        start, end = held["start_at"], held["end_at"]
        found = found[:start] + WITHHELD * len(found[start:end]) + found[end:]
    return found
