"""The currency that stands before a figure: "$5", "HK$5", "$US5", "EUR50m", "Rs 300", "R7bn"."""

from __future__ import annotations

from ledger.quantity.figure_words import (
    CAPITALS,
    CURRENCIES,
    CURRENCY_SIGNS,
    DOLLARS,
    PREFIXES,
    SCALES,
    SUFFIXES,
)
from ledger.quantity.tokenizing import Tokens

NAMED = CURRENCIES.keys() | PREFIXES.keys() | {letters.lower() for letters in CAPITALS}


def before(tokens: Tokens, start: int) -> tuple[int, str] | None:
    """The token where the money of the figure at token `start` begins, and its currency."""
    return _sign(tokens, start) or _letters(tokens, start)


def _sign(tokens: Tokens, start: int) -> tuple[int, str] | None:
    word, previous = tokens.word(start - 1), tokens.word(start - 2)
    if tokens.glued(start - 1) and (lettered := CURRENCY_SIGNS.get(f"{previous}{word}")):
        return start - 2, lettered  # "GH¢18m", whose sign alone is of cents, too
    if word not in CURRENCY_SIGNS and previous != "$":
        return None  # asked first, as it is of most figures
    if word in CURRENCY_SIGNS:
        named = tokens.glued(start - 1) or tokens.raw(start - 2) == "US"
        whose = DOLLARS.get(previous) if word == "$" and named else None
        if whose is None and word == "$" and tokens.glued(start - 1) and tokens.is_word(start - 2):
            whose = f"{tokens.raw(start - 2)}$"  # some country's own
        return (start - 2, whose) if whose else (start - 1, CURRENCY_SIGNS[word])
    if previous == "$" and word in DOLLARS and tokens.glued(start) and tokens.glued(start - 1):
        return start - 2, DOLLARS[word]
    return None


def _letters(tokens: Tokens, start: int) -> tuple[int, str] | None:
    at = start - 2 if tokens.word(start - 1) == "." and tokens.word(start - 2) == "rs" else start - 1
    word = tokens.word(at)
    if word not in NAMED:
        return None
    raw = tokens.raw(at)
    if len(raw) == 3 and raw.isupper() and word in CURRENCIES:
        return at, CURRENCIES[word]
    if word in PREFIXES and (raw[0].isupper() or word == "kr"):
        return at, PREFIXES[word]
    if raw in CAPITALS and tokens.glued(start) and _amount(tokens, start):
        return at, CAPITALS[raw]
    return None


def _amount(tokens: Tokens, start: int) -> bool:
    """True where the numeral is written as an amount: "273.00", "1,200", "7bn", "2 million"."""
    numeral, after = tokens.word(start), tokens.word(start + 1)
    decimals = len(numeral.partition(".")[2]) == 2
    return decimals or "," in numeral or after in SCALES or (after in SUFFIXES and tokens.glued(start + 1))
