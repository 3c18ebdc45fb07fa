"""Our figures in the form that number-range test sets expect: function(text) -> [(start, end, "[low,high)")].

Only what is hedged or ranged is a range there; a bare number is not. No value is changed.
"""

from __future__ import annotations

from ledger.quantity import find
from ledger.records import Quantity
from ledger.vocabulary import Modifier


def ranges(text: str) -> list[tuple[int, int, str]]:
    return [_row(q) for q in find(text, language="en") if _is_range(q)]


def _is_range(q: Quantity) -> bool:
    return q.modifier not in (Modifier.EXACT, Modifier.ABOUT, Modifier.NONE) or q.text.lower().startswith("equal")


def _row(q: Quantity) -> tuple[int, int, str]:
    opening = "[" if q.low_inclusive else "("
    closing = "]" if q.high_inclusive else ")"
    return q.start or 0, q.end or 0, f"{opening}{q.low or ''},{q.high or ''}{closing}"
