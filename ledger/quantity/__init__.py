"""Figures in a text as intervals, and what two intervals say about each other.

Nothing here knows news from law or sport: rules of the language decide what is a figure, which hedge it carries, what it
counts. Vague words get the bounds of the policy in `ledger.quantity.words.VAGUE`, and say so in `Quantity.vague`.
"""

from ledger.quantity.finding import find
from ledger.quantity.intervals import Comparison, Gap, compare, interval_words

__all__ = ["Comparison", "Gap", "compare", "find", "interval_words"]
