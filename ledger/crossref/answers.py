"""Short answers side by side: who did it, where, how, denied or not."""

from __future__ import annotations

import re
from functools import cache

from ledger.crossref.wordlists import DENIAL, DEVICE, MANNER, MANY, OPEN, OPEN_PHRASES, SOFT
from ledger.vocabulary import Agreement


def compare_answers(a: str, b: str) -> tuple[Agreement, str]:
    """What two short answers say about each other, and the reason code."""
    mine, its = words(a), words(b)
    if mine == its:
        return Agreement.AGREE, "same_answer"
    if _open(mine) or _open(its):
        return Agreement.COMPATIBLE, "unspecific"
    if _denies(mine) != _denies(its):
        return Agreement.CONFLICT, "denial"
    if _denies(mine) or _side_by_side(mine, its):
        return Agreement.COMPATIBLE, "other_facet"
    if _soft(mine) or _soft(its) or _contains(mine, its) or _contains(its, mine):
        return Agreement.COMPATIBLE, "unspecific"
    return Agreement.CONFLICT, "other_answer"


def words(answer: str) -> tuple[str, ...]:
    """The answer's words without case and punctuation; "car bomb" and "car-bomb" are one."""
    return tuple(_word().findall(answer.casefold().replace("_", " ")))


def _open(answer: tuple[str, ...]) -> bool:
    return not answer or bool(OPEN & set(answer[:2])) or answer[:2] in OPEN_PHRASES


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


def _denies(answer: tuple[str, ...]) -> bool:
    return answer[0] in DENIAL


def _side_by_side(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True for two of several causes, for superlatives of different things, for a manner and a device."""
    if a[0] == b[0] and a[0] in MANY:
        return True
    if _superlative(a) and _superlative(b):
        return True
    return (_kind(a, MANNER) and _kind(b, DEVICE)) or (_kind(a, DEVICE) and _kind(b, MANNER))


def _kind(answer: tuple[str, ...], listed: frozenset[str]) -> bool:
    return all(w in listed for w in answer)


def _superlative(answer: tuple[str, ...]) -> bool:
    return any(
        w in ("most", "least", "worst", "first", "last", "best") or (w.endswith("est") and len(w) > 4) for w in answer
    )


def _soft(answer: tuple[str, ...]) -> bool:
    return any(answer[i : i + len(p)] == p for p in SOFT for i in range(len(answer)))


def _contains(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """True where one answer is the other with more said: "south" and "south of the city"."""
    return len(part) < len(whole) and any(whole[i : i + len(part)] == part for i in range(len(whole)))
