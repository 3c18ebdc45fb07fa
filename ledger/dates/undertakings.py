"""Names of an undertaking that is dated elsewhere: "a two-week campaign to take Anytown", then "the battle for Anytown"."""

from __future__ import annotations

import re
from functools import cache

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
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.!?][\"'”’)]{0,2}\s|\n")


def named(text: str, parts: list[Part]) -> list[Part]:
    """The places where a fight is named, with the time of the one dated fight whose sentence has the same name."""
    dated = [
        (p, _sentence(text, p))
        for p in parts
        if p.kind == "lasting" and re.search(rf"(?:{FIGHT})$", text[p.start : p.end])
    ]
    if not dated:
        return []
    found = []
    for m in _named().finditer(text):
        told = {p.reading for p, sentence in dated if re.search(rf"\b{m[1]}\b", sentence)}
        if len(told) == 1:
            found.append(Part(m.start(), m.end(), "event", told.pop()))
    return found


def _sentence(text: str, part: Part) -> str:
    left = _sentence_end().split(text[max(0, part.start - REACH) : part.start])[-1]
    return left + _sentence_end().split(text[part.start : part.end + REACH], maxsplit=1)[0]
