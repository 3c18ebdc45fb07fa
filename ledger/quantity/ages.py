"""Numbers that are ages: "82-year-old", "aged 40", "Name, 40,", "children under 5"."""

from __future__ import annotations

from decimal import Decimal

from ledger.lexicon import listed, words
from ledger.quantity.figure_words import (
    COUNTABLE,
    COUNTABLE_ONE,
    PEOPLE,
    PERSON,
    ROLES,
    SCALES,
    SINGLE,
    SMALL,
    TIME_UNITS,
)
from ledger.quantity.tokenizing import HYPHENS, Tokens

AGED = words("en/not_counted", "aged")
AGE_GROUPS = words("en/not_counted", "age_groups")
AGE_WORDS = words("en/not_counted", "age_words")
AGE_LINKS = words("en/not_counted", "age_links")
FATED_GROUPS = words("en/not_counted", "fated_groups")
AT_AGES = words("en/not_counted", "at_ages")
OF_AN_AGE = words("en/not_counted", "of_an_age")
AGED_ONES = words("en/not_counted", "aged_ones")
I_AM = words("en/not_counted", "i_am")
AGE_ADVERBS = words("en/not_counted", "age_adverbs")
TURNED_THINGS = words("en/not_counted", "turned_things")


def aged(tokens: Tokens, start: int, *, end: int) -> bool:
    """As in "82-year-old", "40 years old", "aged 40", "Name, 40,", "children under 5"; a rock's is a figure."""
    if tokens.word(end - 1) in SCALES or (tokens.is_numeral(end - 1) and not _lived(tokens.words[end - 1])):
        return False
    if _age_told(tokens, start, end=end) or _age_of(tokens, start, end=end):
        return True
    return _age_after(tokens, end) or _age_before(tokens, start) or _age_in_commas(tokens, start, end=end)


def _lived(numeral: str) -> bool:
    """True for years that a person may have lived."""
    return "," not in numeral and len(numeral.partition(".")[0]) <= 3 and Decimal(numeral.partition(".")[0]) <= OLDEST


OLDEST = 125


def _age_after(tokens: Tokens, end: int) -> bool:
    at = end + 1 if tokens.word(end) in HYPHENS and tokens.glued(end) else end
    if tokens.word(at) == "and" and tokens.is_numeral(at + 1):
        at += 2  # "27 and 29 years old"
    if tokens.word(at) not in TIME_UNITS:
        return False
    after = at + 2 if tokens.word(at + 1) in HYPHENS else at + 1
    return tokens.word(after) in AGE_WORDS or (tokens.word(after) == "of" and tokens.word(after + 1) == "age")


def _age_before(tokens: Tokens, start: int) -> bool:
    """The word for age stands up to four words before, with nothing but a hedge or a range between; "the age ... is 29"."""
    if (
        tokens.word(start - 1) in ("is", "was")
        and tokens.word(start + 1) in ("", ".", ",")
        and "age" in tokens.words[max(0, start - 9) : start - 1]
    ):
        return True
    for i in range(start - 1, start - 6, -1):
        word = tokens.word(i)
        if word in AGED:
            return True
        if word in ("under", "over", "below", "above") and i == start - 1:
            verb = tokens.word(i - 1) in ("were", "are")
            who = tokens.words[max(0, i - 4) : i] if verb else [tokens.word(i - 1)]
            # "the injured were over 40" is a count, "most of the injured were over 40" is none
            if tokens.word(i - 1) in ("them", "both", "all"):
                who = [w for w in tokens.words[max(0, i - 9) : i] if w != "all"]  # "two boys, both of them under five"
            groups = AGE_GROUPS - FATED_GROUPS if verb and tokens.word(i - 4) != "of" else AGE_GROUPS
            if not groups.isdisjoint(who):
                return tokens.word(start + 1) not in COUNTABLE or TIME_UNITS.get(tokens.word(start + 1)) == "years"
        in_row = word == "," and (tokens.is_numeral(i - 1) or tokens.word(i - 1) in SMALL)
        if not (in_row or tokens.is_numeral(i) or word in AGE_LINKS or word in SMALL):
            return False
    return False


def _age_told(tokens: Tokens, start: int, *, end: int) -> bool:
    """As in "she was only seven when she fell", "Omar had turned 28"."""
    if tokens.word(start - 1) == "turned":
        had = tokens.word(start - 2) == "had"
        return _one_person(tokens, start - (3 if had else 2)) and tokens.word(end) not in COUNTABLE | TURNED_THINGS
    at = start - 2 if tokens.word(start - 1) in AGE_ADVERBS else start - 1
    be = tokens.word(at) in ("am", "is", "was") and tokens.word(at - 1) in AGED_ONES - {"who"}
    if (be or tokens.word(at) in I_AM) and not tokens.is_word(end) and tokens.word(end) in ("", ".", ",", "!", "?"):
        return True  # "You're 22.", "she was 40,"
    told = tokens.word(at) in ("was", "were") and tokens.word(end) == "when"
    return told and _one_person(tokens, at - 1)


def _age_of(tokens: Tokens, start: int, *, end: int) -> bool:
    """As in "a man of 34 died", "he died at 82"; not in "the dead at 41"."""
    if tokens.word(start - 1) == "at" and tokens.opens_sentence(start - 1) and tokens.word(end) == ",":
        return tokens.word(end + 1) in AGED_ONES - {"who"}  # "At 29, she is the youngest"
    told = tokens.word(start - 1) == "at" and tokens.word(start - 2) in AT_AGES
    if tokens.word(start - 2) == "dead":
        told = told and (tokens.word(start - 3) in ("found", "was") or _one_person(tokens, start - 3))
    told = told and tokens.word(start - 3) not in ("the", "of")
    return (told or (tokens.same(start - 1, ("of",)) and tokens.word(start - 2) in OF_AN_AGE)) and not (
        tokens.word(end) in COUNTABLE and tokens.word(end) not in TIME_UNITS
    )


def _one_person(tokens: Tokens, i: int) -> bool:
    return tokens.word(i) in AGED_ONES or (tokens.is_word(i) and tokens.is_capitalised(i) and i + 1 > 0)


def _age_in_commas(tokens: Tokens, start: int, *, end: int) -> bool:
    """As in "Samir Haddad, 41, said": a name, the age between commas."""
    first = start - 2 if tokens.word(start - 1) == "and" else start
    two = tokens.is_numeral(first) and tokens.word(first + 1) == "and" and tokens.is_numeral(first + 2)
    if (
        two
        and tokens.word(first - 1) == ","
        and tokens.word(first - 2) in PEOPLE
        and tokens.word(first + 3) in (",", ".")
    ):
        return True  # "two boys, 6 and 8, were"
    small = tokens.words[start] in SMALL and tokens.word(end) == ","
    if small and end == start + 1 and tokens.word(start - 1) == "," and tokens.word(start - 2) in PERSON:
        return True  # "his daughter, seven, was"
    if not (
        (tokens.is_numeral(start) or small)
        and end == start + 1
        and tokens.word(start - 1) == ","
        and tokens.word(end) in (",", ".")
    ):
        return False
    word = tokens.words[start]
    if small:
        return tokens.is_capitalised(start - 2) and tokens.is_capitalised(start - 3)
    if (tokens.word(start - 2) in PERSON or _agent(tokens, start - 2)) and tokens.word(end) == ",":
        return word.isdecimal() and len(word) <= 2  # "the suspect, 34, said"
    return word.isdecimal() and len(word) <= 3 and tokens.is_capitalised(start - 2) and Decimal(word) <= 115


def _agent(tokens: Tokens, i: int) -> bool:
    """True for one who is called by what he does: "the striker", "her former business partner"."""
    noun = tokens.word(i)
    if noun in COUNTABLE_ONE - PERSON or not (noun in ROLES or noun.endswith(AGENTS)):
        return False
    return not ONE.isdisjoint(tokens.words[max(0, i - 3) : i])


AGENTS = listed("en/not_counted", "agents")
ONE = SINGLE | {"the"}
