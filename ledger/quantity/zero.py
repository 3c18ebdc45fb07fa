"""None at all as a figure: "no casualties", "none of them survived"; not "no longer", "no one can", "no reports of"."""

from __future__ import annotations

from decimal import Decimal

from ledger.quantity.fates import AUXILIARIES
from ledger.quantity.numbers import Number
from ledger.quantity.things import COUNTABLE, COUNTABLE_ONE, FATES, TIME_UNITS
from ledger.quantity.tokens import Tokens
from ledger.quantity.words import FIGURE_WORDS, listed

HEARSAY = listed("report reports word claim claims sign signs evidence indication indications information details news")
ABSTRACT = listed(
    "cases case points point targets target objects object sites site missions mission time rounds missing hurt"
)
"""Nouns that "no" is said of without counting."""


def nothing(tokens: Tokens, i: int) -> Number | None:
    """The nought that "no", "none" or "nobody" says at token i, None where it counts nothing."""
    if len(tokens.words) == 1 and tokens.words[i] in ("no", "none"):
        return _nought(i, i + 1)
    if tokens.words[i] == "no" and tokens.word(i + 1) == "one":
        return _nought(i, i + 2) if _befallen(tokens, i + 2) else None
    if tokens.words[i] == "no":
        return _nought(i, i + 1) if _counts(tokens, i + 1) else None
    return _nought(i, i + 1) if _befallen(tokens, i + 1) else None


def _nought(start: int, end: int) -> Number:
    return Number(start, end, Decimal(0), Decimal(0))


def _counts(tokens: Tokens, i: int) -> bool:
    """True where a countable noun is among the next three words, with nothing but adjectives before it."""
    for at in range(i, i + 3):
        word = tokens.word(at)
        if (
            not tokens.is_word(at)
            or word in FIGURE_WORDS
            or word in HEARSAY
            or word in AUXILIARIES
            or word in ("in", "on", "to", "such")
        ):
            return False
        if word in COUNTABLE or word in COUNTABLE_ONE:
            return word not in TIME_UNITS and word not in ABSTRACT
    return False


def _befallen(tokens: Tokens, i: int) -> bool:
    """True where something befell them: "was killed", "of the passengers survived"."""
    for at in range(i, i + 9):
        word = tokens.word(at)
        if not tokens.is_word(at):
            return False
        if word in FATES or word in ("survived", "harmed"):
            return True
        if word in ("can", "could", "will", "would", "knows", "wants", "said", "has" if at > i else ""):
            return False
    return False
