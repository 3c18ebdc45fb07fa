"""What a phrase says is counted: the measure, whose, what sort of people, and whether it is a rate.

Equivalences and parts are the tables of `ledger.crossref.wordlists`; everything else is left unknown rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from ledger.crossref.terms import stem
from ledger.crossref.wordlists import (
    ARMED,
    ARMED_WORDS,
    ASPECTS,
    GROUPS,
    IRREGULAR,
    MEASURES,
    NATIONAL,
    NOT_AFTER_RATE,
    NOT_BEFORE_RATE,
    OBJECT_WORDS,
    OUTRANKED,
    RATES,
    SAYING,
    SENSES,
    SIDES,
    STATE,
    STATE_WORDS,
    STRIKERS,
    TOLLS,
    WEAK,
)
from ledger.lexicon import values


class Counted(Struct, frozen=True):
    """What is counted, as far as the words say; None is unknown."""

    measure: str | None = None
    group: str | None = None
    side: str | None = None
    """A name of SIDES, or the nationality of a state's forces ("Syrian")."""
    camp: str | None = None
    """STATE or ARMED where the words show which."""
    rate: str | None = None

    def over(self, other: Counted) -> Counted:
        """The same with what it leaves open taken from the other, but no side of another camp."""
        return Counted(
            measure=self.measure or other.measure,
            group=self.group or other.group,
            side=self.side or (other.side if self.camp in (None, other.camp) else None),
            camp=self.camp or other.camp,
            rate=self.rate or other.rate,
        )


@lru_cache(maxsize=4096)
def read(phrase: str) -> Counted:
    """What the phrase says is counted: "IS fighters killed", "combat sorties a day", "Syrian soldiers"."""
    found = list(hits(phrase))
    measures = [h.name for h in found if h.table == "measure"]
    groups = [h.name for h in found if h.table == "group"]
    sides = [h.name for h in found if h.table == "side"]
    words = [w for w, _, _ in tokens(phrase)]
    actors = _actors(words)
    words = [w for i, w in enumerate(words) if i not in actors]
    camp = _camp(words, sides)
    return Counted(
        measure=_measure(measures),
        group=next((g for g in groups if g != "people"), groups[0] if groups else None),
        side=sides[0] if sides else _nation(phrase, camp),
        camp=camp,
        rate=_rate(words),
    )


class Word(Struct, frozen=True):
    """A word or phrase of one of the tables, at its place."""

    table: str
    name: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def hits(text: str) -> tuple[Word, ...]:
    """Every word of the tables in the text, the longest phrase first where several begin together."""
    return tuple(_hits(text))


LASTING = re.compile(rf"(?:[0-9]+|{'|'.join(values('en/numbers', 'cardinals'))})-(?:hour|day|week|month)(?:-long)?$")
"""How long a strike is said to last, whatever its number: a 36-hour strike, a ten-day walkout."""


def _hits(text: str) -> Iterator[Word]:
    seen = [("day-long" if "-" in w and LASTING.match(w) else w, start, end) for w, start, end in tokens(text)]
    actors = _actors([w for w, _, _ in seen])
    i = 0
    while i < len(seen):
        size = next(
            (n for n in (3, 2, 1) if tuple(w for w, _, _ in seen[i : i + n]) in _index() and i + n <= len(seen)), 0
        )
        if not size:
            i += 1
            continue
        key = tuple(w for w, _, _ in seen[i : i + size])
        for table, name in _index()[key]:
            if table != "measure" and i in actors:
                continue
            yield Word(table, name, seen[i][1], seen[i + size - 1][2])
        i += size


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[tuple[str, int, int], ...]:
    """The words of the text without case, with their places; "IS" in capitals is the group, not the verb."""
    found = ((m.group(), m.start(), m.end()) for m in _word().finditer(text))
    return tuple(("isis" if word == "IS" else word.lower(), start, end) for word, start, end in found)


def as_printed(text: str) -> list[str]:
    """The words of the text as they stand in it."""
    return _word().findall(text)


def _actors(words: list[str]) -> frozenset[int]:
    """Places of words for who did it or said it, not for the victims: before "killed 24 militants", after "killed by"."""
    found: set[int] = set()
    figure = next((i for i, w in enumerate(words) if w[0].isdecimal()), len(words))
    for i, word in enumerate(words):
        if word in ("by", "according"):
            found.update(range(i + 1, min(i + 4, len(words))))
        elif word in STRIKERS and _takes_object(words, i):
            found.update(range(max(0, i - 5), i))
        elif word in SAYING:
            found.update(range(max(0, i - 5), i) if i < figure else (i - 2, i - 1, i + 1, i + 2, i + 3))
    return frozenset(found)


def _takes_object(words: list[str], i: int) -> bool:
    """True where the verb is active and the victims follow it."""
    after = words[i + 1 : i + 3]
    if not after or (i and words[i - 1] in ("was", "were", "been", "being", "are", "is", "be")):
        return False
    return (
        after[0][0].isdecimal()
        or after[0] in OBJECT_WORDS
        or after in (["at", "least"], ["at", "most"], ["as", "many"])
    )


def person(counted: Counted) -> bool:
    """True where people are counted."""
    return counted.group is not None or counted.measure in TOLLS


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


@cache
def _index() -> dict[tuple[str, ...], list[tuple[str, str]]]:
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for table, words in (("measure", MEASURES), ("group", GROUPS), ("side", SIDES)):
        for name, listed in words.items():
            for phrase in listed:
                found.setdefault(tuple(phrase.split()), []).append((table, name))
    return found


def _measure(measures: list[str]) -> str | None:
    if not measures:
        return None
    if {"killed", "wounded"} <= set(measures):
        return "killed or wounded"
    if "killed or wounded" in measures:
        return "killed or wounded"
    # "evacuees killed", "bodies of people killed": what happened to them is the measure
    return next((m for m in measures if m not in WEAK), measures[0])


def _camp(words: list[str], sides: list[str]) -> str | None:
    if sides:
        return ARMED
    if any(w in STATE_WORDS for w in words):
        return STATE
    return ARMED if any(w in ARMED_WORDS for w in words) else None


def _nation(phrase: str, camp: str | None) -> str | None:
    """The nationality before a state's forces: "Syrian soldiers", "Iraqi government troops"."""
    if camp != STATE:
        return None
    before = ""
    for m in _word().finditer(phrase):
        word = m.group()
        if word.lower() in STATE_WORDS and before:
            return before
        if word[0].isupper() and word.lower().endswith(NATIONAL):
            before = word
        elif word.lower() not in STATE_WORDS:
            before = ""
    return None


def _rate(words: list[str]) -> str | None:
    """The period that the figure is given for each of: "a day", "daily"; "a day later" and "within a day" are none."""
    for i, word in enumerate(words):
        if word in ("daily", "hourly", "weekly"):
            return RATES[word]
        if word not in RATES or not i or words[i - 1] not in ("a", "an", "per", "each", "every"):
            continue
        before, after = words[i - 2] if i > 1 else "", words[i + 1] if i + 1 < len(words) else ""
        if before not in NOT_BEFORE_RATE and after not in NOT_AFTER_RATE:
            return RATES[word]
    return None


@lru_cache(maxsize=16384)
def root(word: str) -> str:
    """One stem for words of one sense: of "dead" and "killed", of "fell" and "falling"."""
    return _table().get(word) or stem(IRREGULAR.get(word, word))


@cache
def _table() -> dict[str, str]:
    groups = ((name, listed) for name, listed in GROUPS.items() if name != "combatants")
    tables = (*SENSES.items(), *MEASURES.items(), *groups)
    return {word: f"={name}" for name, listed in reversed(tables) for word in listed if " " not in word}


# --- aspects of an event ------------------------------------------------------------------------------------------


def facets(text: str) -> frozenset[str]:
    """The aspects that the words speak of."""
    found = {name for name, pattern in _aspects().items() if pattern.search(text)}
    return frozenset(found - {weaker for name in found for weaker in OUTRANKED.get(name, ())})


@cache
def _aspects() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"\b(?:{'|'.join(listed)})\b", re.IGNORECASE) for name, listed in ASPECTS.items()}
