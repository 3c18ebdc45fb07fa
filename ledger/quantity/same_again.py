"""Counts that name nothing: "12 horses bolted and | seven were caught", "two were killed and | a third was hurt"."""

from __future__ import annotations

from decimal import Decimal

from ledger.lexicon import words
from ledger.quantity import fates
from ledger.quantity.counted import Counted
from ledger.quantity.fate_phrases import phrased
from ledger.quantity.figure_words import CURRENCIES, CURRENCY_SIGNS, FATES_OF_PEOPLE, HELPERS, INTRANSITIVE, UNITS
from ledger.quantity.neighbours import Figure
from ledger.quantity.tokenizing import SENTENCE_END, Tokens
from ledger.vocabulary import Modifier

ANIMALS = words("en/counted", "animals")
ORDINALS = words("en/counted", "one_more")
NOT_COUNTED = {None, "people", "share", "percent", "times", "points", *UNITS.values()}
NOT_COUNTED |= {*CURRENCIES.values(), *CURRENCY_SIGNS.values()}
VERBS = HELPERS | INTRANSITIVE | words("en/grammar", "have") | words("en/fates", "own_verbs")
JOINTS = frozenset({"and", "but", "while", ",", ";", "then"})
BACK = 30
"""Words back to the figure that says what is counted."""


def with_one_more(tokens: Tokens, figures: list[Figure]) -> list[Figure]:
    """The figures, and "a fourth was pulled dead", "one is in intensive care" as one more of what the figure before counts."""
    more: list[Figure] = []
    if not figures or not {"one", "another", *ORDINALS} & set(tokens.words):
        return figures
    taken = {at for figure in figures for at in range(figure.first, figure.last)}
    for i, word in enumerate(tokens.words):
        end = i + 1 + (word in ("a", "the") and tokens.word(i + 1) in ORDINALS)
        single = end == i + 2 or word in ("one", "another")
        if not single or i in taken or not _joined(tokens, i) or tokens.word(end) not in VERBS:
            continue
        if (before := _before(tokens, i, figures)) is not None and (before.bounds[0] or 0) > 1:
            more.append(_one(tokens, i, end, before.counted))
    return sorted(figures + more, key=lambda figure: figure.first) if more else figures


def _joined(tokens: Tokens, i: int) -> bool:
    return tokens.word(i - 1) in JOINTS or tokens.opens_sentence(i)


def _one(tokens: Tokens, first: int, last: int, of: Counted) -> Figure:
    people = of.unit in ("people", None)
    found = _befell(tokens, first, last, of.unit) if people else None
    one = Decimal(1)
    counted = Counted(phrase=None, unit=of.unit, measure=found)
    return Figure(first, last, (one, one, True, True), Modifier.EXACT, False, False, counted)


def _befell(tokens: Tokens, first: int, last: int, unit: str | None) -> str | None:
    span = first, last
    return (
        phrased(tokens, "", span) or fates.brought_up(tokens, span) or fates.measure(tokens, "", unit=unit, span=span)
    )


def _before(tokens: Tokens, i: int, figures: list[Figure]) -> Figure | None:
    """The nearest figure that counts something, in the sentence before only where this one begins with the bare count."""
    near = [f for f in figures if i - BACK < f.first and f.last <= i]
    for figure in reversed(near):
        ends = [word for word in tokens.words[figure.last : i] if word in SENTENCE_END and word != ";"]
        if len(ends) > tokens.opens_sentence(i):
            return None
        if figure.counted.unit == "people" or figure.counted.unit not in NOT_COUNTED:
            return figure
    return None


def lend_same(tokens: Tokens, figures: list[Figure]) -> None:
    """A bare count with a verb of its own counts what the one before it does; people's fates are lent to no things."""
    for part in figures:
        about = part.counted
        bare = about.phrase is None and about.unit in (None, "people") and tokens.word(part.last) in VERBS
        if not bare or not _joined(tokens, part.first):
            continue
        whole = _before(tokens, part.first, figures)
        if whole is None:
            continue
        if whole.counted.unit in ANIMALS:
            about.unit, about.phrase = whole.counted.unit, whole.counted.phrase
            about.measure = None if about.measure in FATES_OF_PEOPLE else about.measure
        elif about.unit is None and (whole.counted.unit == "people" or about.measure not in FATES_OF_PEOPLE):
            about.unit = whole.counted.unit
