"""Where the words of a claim say neither yes nor no to a question: "could not confirm", "no record", "if it is true"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ledger.crossref import terms
from ledger.crossref.answers import words
from ledger.crossref.kinds import Asked
from ledger.crossref.measures import root
from ledger.crossref.wordlists import NEGATIONS, OPEN_PHRASES, UNHEARD
from ledger.crossref.yes_no import plain
from ledger.text import tells_denial


@lru_cache(maxsize=1024)
def open_in(text: str, question: Asked) -> str | None:
    """An answer that states nothing, where the text has no more to say: "could not confirm", "no record"."""
    said = words(plain(text))
    if "but" in said or "?" in text:
        return None
    unheard = next((i for i, w in enumerate(said[1:], 1) if _unheard(said[i - 1], w, question)), None)
    as_yet = terms.stands(("so", "far"), said) or "yet" in said
    left_open = any(terms.stands(p, said) for p in OPEN_PHRASES) or _not_ruled_out(said)
    if left_open or _on_condition(said) or (unheard and as_yet):
        return "not known"
    return f"no {said[unheard]}" if unheard and said[unheard - 1] == "no" else None


def _unheard(before: str, word: str, question: Asked) -> bool:
    """True for what nobody has of a thing, "no evidence", "not detected", where the question asks for none of it."""
    return before in ("no", "not") and word in UNHEARD and root(word) not in question.roots


def _not_ruled_out(said: Sequence[str]) -> bool:
    """True for what nobody rules out."""
    ruled = next((i for i, w in enumerate(said[:-1]) if w in RULES and said[i + 1] == "out"), 0)
    return not NEGATIONS.isdisjoint(said[max(0, ruled - 2) : ruled])


RULES = frozenset({"rule", "rules", "ruled", "ruling"})


def denies_itself(text: str) -> bool:
    """True where the words tell the denial: "the mayor denied it", "she ruled out a strike"."""
    said = words(text)
    return tells_denial(said) or any(terms.stands((w, "out"), said) for w in RULES)


def _on_condition(said: Sequence[str]) -> bool:
    """True for "if it is true that"."""
    return said[:1] == ("if",) and not IF_TRUE.isdisjoint(said[1:IF_WITHIN])


IF_TRUE = frozenset({"true", "so", "confirmed", "correct", "proved", "proven"})
IF_WITHIN = 7
