"""Persons in words where a sentence says what befell them: "a child died", "his wife and a young girl are missing"."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ledger.quantity import fates
from ledger.quantity.cardinals import HYPHENS
from ledger.quantity.counted import Counted, Phrase
from ledger.quantity.figure_words import (
    DEGREES,
    FATES,
    FATES_OF_PEOPLE,
    HELPERS,
    INTRANSITIVE,
    NO_NOUN,
    PERSON,
    ROLES,
    SINGLE,
    SUBJECT_OPENERS,
    TELLING,
    TOLD,
    UNTOLD,
)
from ledger.quantity.neighbours import Figure
from ledger.quantity.tokenizing import Tokens
from ledger.vocabulary import Modifier

FARTHEST = 8
"""Words from "a" to the noun: "a 12-year-old Syrian boy"."""


@dataclass(slots=True)
class _Member:
    """One person, or a figure of people, in a list of those to whom the same happened."""

    start: int
    end: int
    count: Decimal
    definite: bool = False


def with_persons(tokens: Tokens, figures: list[Figure]) -> list[Figure]:
    """The figures, and those that persons in words make; a figure of people in the same list is part of the sum."""
    found: list[Figure] = []
    last = 0
    starts = {figure.first: figure for figure in figures}
    for i, word in enumerate(tokens.words):
        if i < last or not (word in SINGLE or word == "the" or i in starts) or not _opens(tokens, i):
            continue
        figure = _sum(tokens, i, starts=starts)
        if figure:
            found.append(figure)
            last = figure.last
    found.extend(_told(tokens))
    if not found:
        return figures
    covered = {at for new in found for at in range(new.first, new.last)}
    kept = [figure for figure in figures if figure.first not in covered]
    return sorted(kept + found, key=lambda figure: figure.first)


def _opens(tokens: Tokens, i: int) -> bool:
    """True where a subject may begin; "the mother of a child was killed" is not about the child."""
    return tokens.opens_sentence(i) or tokens.word(i - 1) in SUBJECT_OPENERS


def _sum(tokens: Tokens, i: int, *, starts: dict[int, Figure]) -> Figure | None:
    members: list[_Member] = []
    at = i
    while len(members) < FARTHEST:
        member = _member(tokens, at, starts=starts)
        if member is None:
            return None
        members.append(member)
        at = member.end
        if tokens.word(at) == "," and tokens.word(at + 1) != "and":
            at += 1
        elif tokens.word(at) == "and" or (tokens.word(at) == "," and tokens.word(at + 1) == "and"):
            at += 1 if tokens.word(at) == "and" else 2
        else:
            break
    fate = _fate(tokens, at)
    if fate is None or all(m.start in starts for m in members) or (len(members) == 1 and members[0].definite):
        return None
    total = sum((m.count for m in members), Decimal(0))
    counted = Counted(phrase=Phrase(members[-1].end - 1, members[-1].end), unit="people", measure=fate)
    return Figure(i, at, (total, total, True, True), Modifier.EXACT, False, False, counted)


def _member(tokens: Tokens, i: int, *, starts: dict[int, Figure]) -> _Member | None:
    figure = starts.get(i)
    if figure:
        low, high = figure.bounds[:2]
        plain = figure.modifier is Modifier.EXACT and not figure.vague and figure.counted.unit == "people"
        phrase = figure.counted.phrase
        return _Member(i, phrase.end, low) if plain and phrase and low is not None and low == high else None
    word = tokens.word(i)
    if word == "both" and tokens.is_word(i + 1) and tokens.word(i + 1)[:-1] in PERSON:
        return _Member(i, i + 2, Decimal(2))
    if word not in SINGLE and word != "the":
        return None
    for at in range(i + 1, i + FARTHEST):
        if (tokens.word(at) in PERSON or tokens.word(at) in ROLES) and tokens.word(at + 1) not in HYPHENS:
            return _Member(i, at + 1, Decimal(1), definite=word == "the")
        tied = tokens.word(at) in HYPHENS or tokens.is_numeral(at)
        if not (tied or tokens.is_word(at)) or tokens.word(at) in NO_NOUN:
            return None
    return None


def _fate(tokens: Tokens, i: int) -> str | None:
    """What is said of those before token i: "died", "were seriously injured", "are still missing"."""
    if tokens.word(i) in INTRANSITIVE:
        return FATES[tokens.words[i]]
    if not any(tokens.word(at) in HELPERS for at in range(i, i + 3)):
        return None
    after = i
    while tokens.word(after) in DEGREES or tokens.word(after) in HELPERS:
        after += 1
    fate = fates.said_next(tokens, after if tokens.word(after) in FATES else i)
    return fate if fate in FATES_OF_PEOPLE and fate != "lost" else None


def _told(tokens: Tokens) -> list[Figure]:
    """As in "officials reported deaths": one and more."""
    found = []
    for i, word in enumerate(tokens.words):
        if word not in TELLING or tokens.word(i + 1) not in TOLD:
            continue
        before = tokens.word(i - 1)
        if tokens.is_word(i - 1) and before not in UNTOLD and not before.endswith("n't"):
            noun = tokens.words[i + 1]
            counted = Counted(phrase=Phrase(i + 1, i + 2), unit="people", measure=FATES.get(noun))
            bounds = (Decimal(1), None, True, False)
            found.append(Figure(i + 1, i + 2, bounds, Modifier.AT_LEAST, False, False, counted))
    return found
