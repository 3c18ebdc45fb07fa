"""A part of a text that was read as a time, and what its surroundings say about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ledger.dates.anchor import TimeInterval


class Given(NamedTuple):
    """The parts of a date as they stand; a year that is not given is looked for."""

    year: int | None
    month: int
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Characters and their reading; kind says what may be joined to it."""

    start: int
    end: int
    kind: str
    """day, night, month, third, year, moment, clock, range and so on; span for all that stands alone."""
    reading: TimeInterval
    given: Given | None = None
    zone: str = ""


def before(text: str, at: int, reach: int = 32) -> str:
    return text[max(0, at - reach) : at]


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile(
        r"[,;:.!?\n\"“”()—]|\b(?:said|says|saying|told|announced|reported|added|adding|reports|according)\b",
        re.IGNORECASE,
    )


@cache
def _future() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:will|shall|would|won['’]t|going\sto|due\s(?:to|on|in|for|by)|scheduled|expected|plan(?:s|ned|ning)?\s(?:to|for)"
        r"|slated|(?:is|are|be)\sto\b|set\s(?:to|for)|deadline|ahead\sof|upcoming)\b|['’]ll\b",
        re.IGNORECASE,
    )


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(r"(?:^|[.!?\n\"“”]\s{0,3})(?:on\s|in\s|by\s)?$", re.IGNORECASE)


def ahead(text: str, start: int, end: int) -> bool:
    """True where the clause looks forward: "will meet on Thursday", "On Thursday the court will rule"."""
    left = before(text, start, 90)
    if _future().search(_clause_end().split(left)[-1]):
        return True
    if not _begins().search(left):
        return False
    right = text[end : end + 70].lstrip(", ")
    return _future().search(_clause_end().split(right, maxsplit=1)[0]) is not None
