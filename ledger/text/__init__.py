"""Locate a quotation in a text, anchor it, and read the text around it. Offsets are code points, half-open.

Nothing is found by similarity: apart from typography, a quotation stands in the text word for word, or it is refused.
"""

from ledger.text.folding import Folded, fold
from ledger.text.passages import around, clause, paragraphs, sentences
from ledger.text.polarity import combined, framed, polarity
from ledger.text.quotes import Anchor, anchor, locate, selected, which
from ledger.text.shown import TOLD_BY, agreeing, doubts, hedge_before, stance_words, tells_denial, tells_speech, visible

__all__ = [
    "TOLD_BY",
    "Anchor",
    "Folded",
    "agreeing",
    "anchor",
    "around",
    "clause",
    "combined",
    "doubts",
    "fold",
    "framed",
    "hedge_before",
    "locate",
    "paragraphs",
    "polarity",
    "selected",
    "sentences",
    "stance_words",
    "tells_denial",
    "tells_speech",
    "visible",
    "which",
]
