"""Attributed statements of a text: who says what, word for word, with the chain of sources, the figures and the times.

Rules of the language only. A find is a suggestion: every span stands verbatim in the text, and the pattern that found it
is named.
"""

from __future__ import annotations

from ledger.lazily import fetching

TYPE_CHECKING = False  # as type checkers take it; typing itself would have to be imported
if TYPE_CHECKING:
    from ledger.records import Found
    from ledger.suggest.finds import at, find, near, sentence_by_sentence

__all__ = ["Found", "at", "find", "near", "sentence_by_sentence"]

__getattr__ = fetching(__name__, "finds")
