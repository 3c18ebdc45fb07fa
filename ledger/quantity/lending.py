"""What bare figures count that the words farther off tell: the two sides of a vote, those whose number changes."""

from __future__ import annotations

from itertools import pairwise

from ledger.lexicon import words
from ledger.quantity.contests import VOTE_CUES
from ledger.quantity.counted import number_of, unit_of
from ledger.quantity.figure_words import (
    AUXILIARIES,
    CHANGES,
    COUNTABLE,
    DETERMINERS,
    FATES,
    FATES_OF_PEOPLE,
    MULTIPLES,
    RISING,
    TIME_UNITS,
    UNITS,
)
from ledger.quantity.neighbours import Figure
from ledger.quantity.tokenizing import SENTENCE_END, Tokens
from ledger.vocabulary import Counting

CHANGING = CHANGES | MULTIPLES.keys()
FROM_TO = ("from", "to", "at")
FAR = 20
"""Words from the noun whose number changes to the figure that it comes to."""
VOTE_REACH = 6
"""Words before a vote that may tell that it is one."""
NO_NUMBER = UNITS.keys() | TIME_UNITS.keys() | words("en/counted", "no_number")


def _bare(figure: Figure) -> bool:
    return figure.counted.unit is None and figure.counted.phrase is None and not figure.why


def lend_votes(tokens: Tokens, figures: list[Figure]) -> None:
    """Either count of a vote is votes: "by nine votes to four", "voted by seven to three"."""
    for one, two in pairwise(figures):
        between = tokens.words[one.last : two.first]
        if between == ["votes", "to"] and _bare(two):
            two.counted.unit = "votes"
        told = not VOTE_CUES.isdisjoint(tokens.words[max(0, one.first - VOTE_REACH) : one.first])
        if between == ["to"] and told and _bare(one) and _bare(two) and tokens.word(one.first - 1) != "from":
            one.counted.unit = two.counted.unit = "votes"


def lend_changed(tokens: Tokens, figures: list[Figure]) -> None:
    """What a figure counts whose number the clause tells to change: "Visitor numbers doubled, from 400 to 800"."""
    for figure in figures:
        if (
            not _bare(figure)
            or tokens.word(figure.first - 1) not in FROM_TO
            or figure.counted.counting is Counting.INCREMENT
        ):
            continue
        begun = max(0, figure.first - FAR)
        begun = next((k + 1 for k in range(figure.first - 1, begun, -1) if tokens.words[k] in SENTENCE_END), begun)
        if begun and not tokens.opens_sentence(begun):
            continue
        verb = next((k for k in range(begun, figure.first - 1) if tokens.words[k] in CHANGING), None)
        if verb is not None and (noun := _whose_number(tokens, begun, verb)):
            fate = FATES.get(noun)
            figure.counted.unit = "people" if noun in OF_PEOPLE else unit_of(noun)
            figure.counted.measure = fate if fate in FATES_OF_PEOPLE else None


def _whose_number(tokens: Tokens, begun: int, verb: int) -> str | None:
    """The noun of what is said to change: "Passenger numbers at ...", "The number of puffins", "Fines for ..."."""
    begun += tokens.words[begun] in DETERMINERS or tokens.words[begun] in ("a", "an")
    if tokens.words[begun] == "number" and tokens.word(begun + 1) == "of":
        return number_of(tokens, begun + 1)
    named = next((k for k in range(begun + 1, min(begun + 3, verb)) if tokens.words[k] == "numbers"), None)
    if named is not None:
        noun = tokens.words[named - 1]
        return noun if noun not in NO_NUMBER else None
    heads = (k for k in range(begun, min(begun + 4, verb)) if k + 1 == verb or tokens.word(k + 1) in EXPLAINING)
    head = next(heads, verb)
    noun = tokens.words[head]
    if noun in OF_PEOPLE:
        return None if tokens.word(head + 1) == "of" else noun  # "the population of seals"
    return noun if noun in COUNTED and noun.endswith("s") else None


OF_PEOPLE = words("en/counted", "numbers_of_people")
COUNTED = (COUNTABLE | RISING) - NO_NUMBER
EXPLAINING = AUXILIARIES.union(*(words("en/grammar", name) for name in ("prepositions", "have", "modal")))
