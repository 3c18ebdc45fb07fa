"""Locate a quotation in a text, anchor it, and read the text around it. Offsets are code points, half-open.

Nothing is found by similarity: apart from typography, a quotation stands in the text word for word, or it is refused.
"""

from ledger.text.folding import Folded, fold
from ledger.text.passages import around, clause, paragraphs, sentences
from ledger.text.quotes import Anchor, anchor, locate
from ledger.text.shown import visible

__all__ = [
    "Anchor",
    "Folded",
    "anchor",
    "around",
    "clause",
    "fold",
    "locate",
    "paragraphs",
    "sentences",
    "visible",
]
