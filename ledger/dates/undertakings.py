"""Names of an undertaking that is dated elsewhere: "a two-week campaign to take Anytown", then "the battle for Anytown"."""

from __future__ import annotations

import re
from functools import cache

from ledger.dates.anchor import Reading
from ledger.dates.part import Part

FIGHT = "battle|campaign|offensive|operation|siege|assault|fight|fighting|push|onslaught"
REACH = 300


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"\b[Tt]he\s(?:{FIGHT})\s(?:for|of|on|in|against|around"
        r"|to\s(?:take|retake|capture|recapture|seize|free|liberate|conquer|reconquer|encircle))\s"
        r"(?:the\s)?(?:(?:city|town|village|port|province)\sof\s)?([A-Z]\w{2,30})\b"
    )


@cache
def _fight() -> re.Pattern[str]:
    return re.compile(rf"(?:{FIGHT})$")


@cache
def _proper() -> re.Pattern[str]:
    return re.compile(r"\b[A-Z]\w{2,30}\b")


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.!?][\"'”’)]{0,2}\s|\n")


def named(text: str, parts: list[Part]) -> list[Part]:
    """The places where a fight is named, with the time of the one dated fight whose sentence has the same name."""
    told: dict[str, set[Reading]] = {}
    for part in parts:
        if part.kind == "lasting" and _fight().search(text[part.start : part.end]):
            for name in set(_proper().findall(_sentence(text, part))):
                told.setdefault(name, set()).add(part.reading)
    if not told:
        return []
    places = ((m, told.get(m[1], set())) for m in _named().finditer(text))
    return [Part(m.start(), m.end(), "event", next(iter(times))) for m, times in places if len(times) == 1]


def _sentence(text: str, part: Part) -> str:
    left = _sentence_end().split(text[max(0, part.start - REACH) : part.start])[-1]
    return left + _sentence_end().split(text[part.start : part.end + REACH], maxsplit=1)[0]
