"""The hedge on a figure: the words before it and after it that make a bound or an approximation."""

from __future__ import annotations

from functools import cache
from itertools import takewhile

from msgspec import Struct

from ledger.quantity.figure_words import (
    AFTER,
    BEFORE,
    BRING_PAST,
    CURRENCY_SIGNS,
    DETACHED,
    FIGURE_WORDS,
    FILLERS,
    LOOSE,
    ON_TOP,
    OR_EQUAL,
    PHRASAL,
    Hedge,
)
from ledger.quantity.tokenizing import Tokens
from ledger.vocabulary import Modifier

Phrases = dict[str, list[tuple[str, ...]]]

WEAK = frozenset({Modifier.EXACT, Modifier.ABOUT})
NOT_ONE = {"less": Modifier.AT_LEAST, "fewer": Modifier.AT_LEAST, "more": Modifier.AT_MOST}
"""What "not a penny less" and "not one more" make of the figure before."""
ONE = ("a", "an", "one", "even", "single")
FEW = 6
"""Words of "not even a single penny less"."""


class Hedged(Struct):
    """A hedge as read: where it begins or ends among the tokens, and what it says."""

    at: int
    modifier: Modifier
    approximate: bool

    def bounds(self) -> bool:
        return self.modifier not in WEAK


def before(tokens: Tokens, start: int, *, floor: int = 0) -> Hedged | None:
    """The hedge that ends just before token `start`, several in a row taken together ("at least some 400")."""
    found: Hedged | None = None
    at = start
    for _ in range(3):
        phrase = _ending(tokens, at) or _behind_filler(tokens, at) or _past(tokens, at)
        if not phrase:
            break
        start, (modifier, approximate) = phrase
        if start < floor:
            break
        outer = Hedged(start, modifier, approximate)
        if found and found.bounds() and outer.bounds():
            break  # "came up to more than 130": the bound next to the figure is the figure's
        at, found = start, _stacked(found, outer)
    return found


def after(tokens: Tokens, end: int, *, hedge: Hedged | None) -> Hedged | None:
    """The hedge that begins at token `end`; "or equal" loosens the strict bound that stands before the figure."""
    if hedge and hedge.modifier in LOOSE:
        for equal in OR_EQUAL:
            last = end + len(equal)
            if tokens.same(end, equal) and not _figure_follows(tokens, last + (tokens.word(last) == "to")):
                return Hedged(end + len(equal), LOOSE[hedge.modifier], hedge.approximate)
    for phrase in _by_first().get(tokens.word(end), ()):
        if tokens.same(end, phrase) and _may_follow(tokens, end, phrase=phrase):
            modifier, approximate = AFTER[phrase]
            return Hedged(end + len(phrase), modifier, approximate)
    return _detached(tokens, end + 1) if tokens.word(end) == "," else None


def _detached(tokens: Tokens, at: int) -> Hedged | None:
    """The hedge behind a comma: "9 people, and probably more", "£9, not a penny less"."""
    opened = at + (tokens.word(at) == "and")
    if tokens.word(opened) == "not" and tokens.word(opened + 1) in ONE:
        last = next((k for k in range(opened + 2, opened + FEW) if tokens.word(k) in NOT_ONE), None)
        if last and not tokens.is_word(last + 1):
            return Hedged(last + 1, NOT_ONE[tokens.word(last)], False)
    for phrase in _by_first().get(tokens.word(at), ()):
        if phrase in DETACHED and tokens.same(at, phrase) and _may_follow(tokens, at, phrase=phrase):
            modifier, approximate = AFTER[phrase]
            last = at + len(phrase)
            return None if tokens.is_word(last) and phrase[0] != "give" else Hedged(last, modifier, approximate)
    return None


def together(first: Hedged | None, last: Hedged | None) -> tuple[Modifier, bool]:
    """One modifier out of what stands before and after; a bound outweighs an approximation and keeps it."""
    if first is None and last is None:
        return Modifier.EXACT, False
    if first is None or last is None:
        only = first or last
        return (only.modifier, only.approximate) if only else (Modifier.EXACT, False)
    approximate = first.approximate or last.approximate
    return (first.modifier if first.bounds() and last.modifier in WEAK else last.modifier), approximate


def _stacked(inner: Hedged | None, outer: Hedged) -> Hedged:
    if inner is None:
        return outer
    approximate = inner.approximate or outer.approximate
    return Hedged(outer.at, outer.modifier if outer.bounds() else inner.modifier, approximate)


def _ending(tokens: Tokens, end: int) -> tuple[int, Hedge] | None:
    for phrase in _by_last().get(tokens.word(end - 1), ()):
        start = end - len(phrase)
        if start >= 0 and tokens.same(start, phrase) and not _otherwise(tokens, start, phrase=phrase):
            return start, BEFORE[phrase]
    return None


def _past(tokens: Tokens, end: int) -> tuple[int, Hedge] | None:
    """The hedge of what is brought past a figure: "takes the bill past 2,000"; not "drove past 40 shops"."""
    if tokens.word(end - 1) != "past":
        return None
    near = takewhile(tokens.is_word, range(end - 2, end - 2 - FEW, -1))
    return (end - 1, (Modifier.MORE_THAN, False)) if any(tokens.word(k) in BRING_PAST for k in near) else None


def _behind_filler(tokens: Tokens, end: int) -> tuple[int, Hedge] | None:
    for filler in FILLERS:
        start = end - len(filler)
        if start > 0 and tokens.same(start, filler):
            return _ending(tokens, start)
    return None


def _otherwise(tokens: Tokens, start: int, *, phrase: tuple[str, ...]) -> bool:
    """True where the words are not a hedge here: "no more", "spread over", "the top 20", "look around"."""
    previous = tokens.word(start - 1)
    if phrase == ("over",):
        return previous in PHRASAL
    if phrase in (("top",), ("tops",), ("passed",)):
        return phrase == ("top",) or previous in ("the", "of")
    return phrase == ("below",) and previous in ("the", "see")


def _may_follow(tokens: Tokens, end: int, *, phrase: tuple[str, ...]) -> bool:
    last = end + len(phrase)
    if phrase[-1] == "more" and len(phrase) > 1 and phrase[0] not in ("or", "and", "if"):
        return not tokens.is_word(last) and not _figure_follows(tokens, last)  # "perhaps more importantly"
    if phrase[-1] == "than" or phrase[0] == "or":
        return tokens.word(last) != "than" and not _figure_follows(tokens, last)
    if phrase in (("+",), ("-", "plus"), ("-", "odd")):
        return tokens.glued(end) and not (phrase == ("+",) and tokens.is_numeral(last))
    if phrase[0] in ("at", "minimum", "maximum", "tops", "approximately", "and"):
        # "400 at least" ends there; "400, at least 20 of them" goes on to another figure
        if phrase[0] == "and":
            return tokens.word(last) != "than" and not _figure_follows(tokens, last)
        return not _figure_follows(tokens, last) and not tokens.is_word(last)
    if phrase == ("plus",) and (tokens.word(last) in ON_TOP or tokens.word(last) in CURRENCY_SIGNS):
        return False
    return not _figure_follows(tokens, last)


def _figure_follows(tokens: Tokens, i: int) -> bool:
    return tokens.is_numeral(i) or tokens.word(i) in FIGURE_WORDS


@cache
def _by_last() -> Phrases:
    return _indexed(BEFORE, -1)


@cache
def _by_first() -> Phrases:
    return _indexed(AFTER, 0)


def _indexed(phrases: dict[tuple[str, ...], Hedge], position: int) -> Phrases:
    index: Phrases = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        index.setdefault(phrase[position], []).append(phrase)
    return index
