"""Times of day: "3:30 p.m. (1330 GMT)", "1500 local time", "noon"."""

from __future__ import annotations

import re

from ledger.dates.anchor import Anchor, TimeInterval
from ledger.dates.part import Part, before
from ledger.dates.time_words import NUMBERS, PLACES, ZONES
from ledger.vocabulary import Precision

LED = r"\b(?:(?:at|by|around|about|from|until|since)|[12][0-9]{3},?)\s$"
# a zone that is not known, or that is another one in summer: "ET", "Moscow time"
OTHER_ZONE = re.compile(
    r",?\s{1,3}(?:(?:[A-Z]{1,4}T|ET|CT|MT|PT)\b|(?:[A-Z][a-z]{2,20}\s){0,2}(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z]{2,20}\s[Tt]ime\b)"
)
# the day between the hour and its zone: "12:30 p.m. Friday, Korean time"
ZONE_BEHIND_DAY = re.compile(
    r"\s(?:on\s)?(?:(?:last|next|this)\s)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?P<zone>,?\s(?:[A-Z][a-z]{2,20}\s){1,3}[Tt]ime)\b"
)
# the same hour told by the clocks of another place: "at 0940 GMT, or 6:40 p.m. in Seoul"
BESIDE_CLOCK = re.compile(r"(?:[0-9]{2}|[A-Z]{1,4}T|UTC|[ap]\.?m\.?|time),?\s\(?or\s$")
IN_PLACE = re.compile(r"\sin\s(?:the\s)?[A-Z]")
# which midnight of a day is only known beside the day
MIDNIGHT = "T24"
NOWHERE = TimeInterval(None, None, Precision.DAY)


def clock(m: re.Match[str], _: Anchor) -> Part | None:
    return _part(m, _time(m["t"], m["ap"]), _time(m["t2"], m["ap2"]))


def clock24(m: re.Match[str], _: Anchor) -> Part | None:
    """Digits alone are a score or a price, unless a zone follows or a preposition leads."""
    led = ":" in m["t"] and re.search(LED, before(m.string, m.start()), re.IGNORECASE)
    if not m["z"] and not m["z2"] and not led:
        return None
    return _part(m, _time(m["t"], None), _time(m["t2"], None))


def oclock(m: re.Match[str], _: Anchor) -> Part | None:
    hour = NUMBERS.get(m["n"].lower()) or int(m["n"])
    half = {"afternoon": "pm", "evening": "pm", "morning": "am"}.get((m["part"] or "").lower())
    found = _time(str(hour), half)
    if found is None or hour > 12:
        return None
    return Part(m.start(), m.end(), "clock", TimeInterval(f"T{found}", f"T{found}", Precision.HOUR))


def noon(m: re.Match[str], _: Anchor) -> Part:
    value = MIDNIGHT if m["w"].lower() == "midnight" else "T12"
    zone = ZONES.get((m["z"] or "").upper(), "")
    doubt = "zone" if zone and value == MIDNIGHT else None
    return Part(m.start(), m.end(), "clock", TimeInterval(value, value, Precision.HOUR), None, zone, doubt=doubt)


def dawn(m: re.Match[str], _: Anchor) -> Part:
    """A part of the day; it says nothing without its day."""
    return Part(m.start(), m.end(), "dawn", NOWHERE)


def since(m: re.Match[str], _: Anchor) -> Part:
    return Part(m.start(), m.end(), "since", NOWHERE)


def _part(m: re.Match[str], local: str | None, elsewhere: str | None) -> Part | None:
    if local is None:
        return None
    zone = ZONES.get((m["z"] or "").upper(), "")
    if elsewhere and not zone and m["z2"] and m["z2"].upper() in ZONES:
        zone = offset(local, elsewhere, ZONES[m["z2"].upper()])
    precision = Precision.MINUTE if ":" in local else Precision.HOUR
    other = None if zone else OTHER_ZONE.match(m.string, m.end())
    behind = ZONE_BEHIND_DAY.match(m.string, m.end())
    zone = zone or (_of_place(other[0]) if other else _of_place(behind["zone"]) if behind else "")
    elsewhere_too = not zone and BESIDE_CLOCK.search(before(m.string, m.start())) and IN_PLACE.match(m.string, m.end())
    reading, end = TimeInterval(f"T{local}", f"T{local}", precision), other.end() if other else m.end()
    return Part(
        m.start(), end, "clock", reading, None, zone, doubt="zone" if (other and not zone) or elsewhere_too else None
    )


def _of_place(told: str) -> str:
    """The zone of ", Korean time", "Japan Standard Time"; none where it is not known, or another one in summer."""
    return PLACES.get(" ".join(told.strip(", ").split()[:-1]).casefold().removesuffix(" standard"), "")


def _time(digits: str | None, half: str | None) -> str | None:
    """Hour, or hour and minute where they are given, of 24."""
    if not digits:
        return None
    hours, minutes = (
        (digits[:2], digits[2:]) if re.fullmatch("[0-9]{4}", digits) else (*re.split("[:.]", digits), "")[:2]
    )
    hour = int(hours)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23 or int(minutes or 0) > 59:
        return None
    return f"{hour:02d}:{minutes}" if minutes else f"{hour:02d}"


def offset(local: str, elsewhere: str, zone: str) -> str:
    """The zone in which the local time is the same moment as the other."""
    ours, theirs = (int(t[:2]) * 60 + int(t[3:] or 0) for t in (local, elsewhere))
    if zone != "Z":
        theirs -= int(f"{zone[0]}1") * (int(zone[1:3]) * 60 + int(zone[4:]))
    minutes = (ours - theirs + 12 * 60) % (24 * 60) - 12 * 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
