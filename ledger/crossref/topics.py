"""Of which matters a claim speaks: its words, one name for all words of one matter, and how rare each is.

Two outlets seldom tell a fact in one set of words. The rarest matter of which both speak says more than all that they share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache

from ledger import lexicon
from ledger.crossref import terms
from ledger.crossref.measures import root
from ledger.crossref.terms import stem
from ledger.crossref.wordlists import NEGATIONS, PASSED_OVER, SAYING, TOPICS


@lru_cache(maxsize=16384)
def topic(word: str) -> str:
    """One name for words of one matter, as "jailed" and "sentence" are; else the word's root."""
    return _topics().get(root(word)) or _topics().get(stem(word)) or root(word)


@cache
def _topics() -> dict[str, str]:
    return {form: f"~{name}" for name, listed in TOPICS.items() for word in listed for form in (root(word), stem(word))}


def spoken(text: str, speakers: AbstractSet[str] = frozenset()) -> dict[str, str]:
    """The matters of which the text speaks, each with its first word; who speaks is none of them."""
    found: dict[str, str] = {}
    for word in terms.query_words(text):
        if word not in PASSED_OVER and word not in speakers and not word[0].isdigit():
            found.setdefault(topic(word), word)
    return found


def rarest(a: Mapping[str, float], b: Mapping[str, float]) -> tuple[float, str]:
    """The rarest matter of both with its rarity; nothing where they share none."""
    return max(((min(a[name], b[name]), name) for name in a.keys() & b.keys()), default=(0.0, ""))


def main_clause(text: str) -> str:
    """The text without who says it and without clauses that tell when it was: "Pell said that", "when the panic broke out"."""
    begin = _said_that().match(text)
    told = text[begin.end() :] if begin else text
    return _when().sub("", told) or told


@cache
def _when() -> re.Pattern[str]:
    return re.compile(r"(?<=\w) (?:when|while|before|after|until) (?!(?:the )?\S+$)[^,.;]+", re.IGNORECASE)


@cache
def _said_that() -> re.Pattern[str]:
    return re.compile(rf"[^.;]{{1,80}}? (?:{lexicon.alternatives(tuple(SAYING | NEGATIONS))}) that ")
