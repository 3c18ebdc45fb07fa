"""What the ending of a file says of its format."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ledger.errors import BadInput


def by_ending(out: str | None, endings: Mapping[str, tuple[str, ...]]) -> str | None:
    """The format whose ending a file has, None where it has none; BadInput where no format ends like that."""
    ending = Path(out or "").suffix.lower()
    named = next((name for name, known in endings.items() if ending in known), None)
    if ending and named is None:
        first = ", ".join(known[0] for known in endings.values() if known)
        raise BadInput(f"no format ends in {ending}", hint=f"{first}; or name one with --format")
    return named
