"""Figures in a text as intervals, and what two intervals say about each other.

Nothing here knows news from law or sport: rules of the language decide what is a figure, which hedge it carries, what it
counts. Vague words get the bounds of the policy in `ledger/data/en/numbers.toml`, and say so in `Quantity.vague`.
"""

from __future__ import annotations

from ledger.quantity.intervals import Comparison, Gap, compare, interval_words
from ledger.records import Quantity

__all__ = ["Comparison", "Gap", "compare", "find", "interval_words"]


def find(text: str) -> list[Quantity]:
    """Every quantity in the text, in order, each with its place and hedge: `text[q.start:q.end] == q.text`."""
    from ledger.quantity import recognition  # the word lists are only read where a text is

    return recognition.find(text)
