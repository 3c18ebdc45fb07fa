"""Parts that stand together: a clock and its day, two ends of a range, "since" and its date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from ledger.dates.absolute import whole
from ledger.dates.anchor import DAY, Anchor, Reading
from ledger.dates.edtf import bounds
from ledger.dates.part import Given, Part, before
from ledger.vocabulary import Precision

DAYLIKE = ("day", "night", "range")
CONNECTOR = re.compile(r"\s?[-–—]\s?|\s{1,3}(to|and|until|till|through|into)\s{1,3}(?:the\s)?", re.IGNORECASE)
TO_DAY = re.compile(r",?\s{1,3}(?:on\s{1,3})?(?:the\s)?", re.IGNORECASE)
TO_CLOCK = re.compile(
    r",?\s{1,3}(?:(?:shortly|just|soon)\s)?(?:(?:at|around|about|by|before|after)\s{1,3})?(?:about\s|around\s)?",
    re.IGNORECASE,
)
ADVERB = re.compile(r"\b(?:has|have|ever)\s{1,3}$|['’]ve\s{1,3}$", re.IGNORECASE)
# "since its creation in 2013", "since the start of the war in 2011"
OF_AN_EVENT = re.compile(
    r"(?:\s{1,3}(?!has\b|have\b|had\b)[\w’'-]{1,24}){1,8}\s{1,3}(?:in|on)\s{1,3}(?:the\s)?", re.IGNORECASE
)
SENTENCE = re.compile(r"[.!?][\"'”’)]{0,2}\s+[A-Z\"'“‘]|\n")


def joined(text: str, parts: list[Part], anchor: Anchor) -> list[Part]:
    """The parts as they are to be shown: joined, led by their prepositions, without those that say nothing alone."""
    parts = _pairs(text, parts, _clock_and_day)
    parts = _pairs(text, parts, _range)
    parts = _clocks(text, parts, anchor)
    parts = _since(text, parts, anchor)
    return [_led(text, p, parts[n - 1].end if n else 0) for n, p in enumerate(parts)]


def _pairs(text: str, parts: list[Part], join: Callable[[str, Part, Part], Part | None]) -> list[Part]:
    found: list[Part] = []
    for part in parts:
        one = join(text, found[-1], part) if found and 0 <= part.start - found[-1].end <= 24 else None
        if one is None:
            found.append(part)
        else:
            found[-1] = one
    return found


def _clock_and_day(text: str, a: Part, b: Part) -> Part | None:
    gap = text[a.end : b.start]
    if a.kind in ("clock", "dawn") and b.kind == "day" and TO_DAY.fullmatch(gap):
        return _at(b, a, (a.start, b.end))
    if a.kind == "day" and b.kind in ("clock", "dawn") and TO_CLOCK.fullmatch(gap):
        return _at(a, b, (a.start, b.end))
    return None


def _at(day: Part, clock: Part, place: tuple[int, int]) -> Part:
    """The clock on that day."""
    start, end = place
    value = day.reading.earliest
    if clock.kind == "dawn":
        return replace(day, start=start, end=end)
    if value is None:
        reading = day.reading._replace(precision=clock.reading.precision)
    else:
        reading = clock.reading._replace(
            earliest=f"{value}{clock.reading.earliest}{clock.zone}",
            latest=f"{value}{clock.reading.latest}{clock.zone}",
            relative=day.reading.relative,
        )
    return Part(start, end, "moment", reading)


def _range(text: str, a: Part, b: Part) -> Part | None:
    """From a to b; a takes the year of b, and lies before it."""
    m = CONNECTOR.fullmatch(text[a.end : b.start])
    if m is None or "since" in (a.kind, b.kind) or "clock" in (a.kind, b.kind) or "dawn" in (a.kind, b.kind):
        return None
    led = re.search(r"\b(from|between)\s{1,3}$", before(text, a.start), re.IGNORECASE)
    if (m[1] or "").lower() == "and" and not (led and led[1].lower() == "between"):
        return None
    if a.kind != b.kind and not (led and {a.kind, b.kind} <= {"day", "month", "year", "moment"}):
        return None
    if a.kind not in ("day", "month", "year", "moment"):
        return None
    first = _start_of(a, b)
    reading = Reading(first, b.reading.latest, Precision.RANGE, a.reading.relative or b.reading.relative)
    if first and b.reading.latest and bounds(first)[0] > bounds(b.reading.latest)[1]:
        return None
    if (m[1] or "").lower() == "into" and first and b.reading.latest:
        reading = reading._replace(precision=Precision.NIGHT)
    start = a.start - (len(led[0]) if led else 0)
    return Part(start, b.end, "range", reading)


def _start_of(a: Part, b: Part) -> str | None:
    first, last = a.reading.earliest, b.reading.latest
    if a.given and b.given and not a.given.year and b.given.year:
        year = b.given.year - (a.given.month > b.given.month)
        try:
            return whole(Given(year, *a.given[1:])).earliest
        except ValueError:
            return None
    if first and last and a.kind == b.kind == "day" and not a.given and first > last:
        # "Saturday to Tuesday", told on a Sunday
        return (date.fromisoformat(first) - DAY * 7).isoformat()
    return first


def _clocks(text: str, parts: list[Part], anchor: Anchor) -> list[Part]:
    """Clocks on their own are of the day last named in the sentence, else of the day of publication."""
    found: list[Part] = []
    day: Part | None = None
    for part in parts:
        if part.kind == "day" and part.reading.earliest:
            day = part
        if part.kind == "clock":
            near = day is not None and part.start - day.end <= 300
            if day is None or not near or SENTENCE.search(text, day.end, part.start):
                today = anchor.text if anchor.day_ else None
                now = Reading(today, today, Precision.DAY)
                found.append(_at(Part(0, 0, "day", now), part, (part.start, part.end)))
            else:
                found.append(_at(day, part, (part.start, part.end)))
        elif part.kind != "dawn":
            found.append(part)
    return found


def _since(text: str, parts: list[Part], anchor: Anchor) -> list[Part]:
    found: list[Part] = []
    parts = list(reversed(parts))
    while parts:
        part = parts.pop()
        if part.kind != "since":
            found.append(part)
            continue
        after = parts[-1] if parts else None
        gap = text[part.end : after.start] if after and after.start - part.end <= 80 else None
        adverb = ADVERB.search(before(text, part.start))
        if adverb:
            back = _told(text, part, found)
            if back:
                found.append(Part(part.start, part.end, "span", _until_now(back, anchor)))
        elif (
            gap is not None
            and after
            and after.reading.earliest
            and re.fullmatch(r"\s{1,3}(?:about\s|around\s|at\sleast\s)?(?:the\s)?", gap)
        ):
            found.append(Part(part.start, after.end, "span", _until_now(after, anchor)))
            parts.pop()
        elif gap is not None and after and after.reading.earliest and OF_AN_EVENT.fullmatch(gap):
            found.append(Part(part.start, after.end, "span", _until_now(after, anchor)))
    return found


def _until_now(part: Part, anchor: Anchor) -> Reading:
    """From the date to publication; open where the date lies ahead."""
    first, last = part.reading.earliest, anchor.text
    if first and last and bounds(first)[0] > bounds(last)[1]:
        last = None
    return Reading(first, last, Precision.RANGE)


def _told(text: str, since: Part, parts: list[Part]) -> Part | None:
    """The event that an adverbial "since" counts from: the last dated one of this sentence or the one before."""
    last = next((p for p in reversed(parts) if p.kind in ("day", "month", "year", "range", "night", "span")), None)
    if last is None or not last.reading.earliest or since.start - last.end > 300:
        return None
    between = text[last.end : since.start]
    return last if "\n\n" not in between and len(SENTENCE.findall(between)) <= 1 else None


def _led(text: str, part: Part, floor: int) -> Part:
    """The part with the preposition that belongs to it: on a day, over a stretch, until a time; never in."""
    kinds = "on" if part.kind in ("day", "moment") else "over|during|within|throughout" if part.kind == "span" else ""
    m = re.search(
        rf"\b(?:(?P<edge>until|till|as\sof)|{kinds or 'until'})\s{{1,3}}(?:the\s{{1,3}})?(?:on\s)?$",
        before(text, part.start),
        re.IGNORECASE,
    )
    if m is None or part.start - len(m[0]) < floor:
        return part
    start = part.start - len(m[0])
    edge = (m["edge"] or "").lower()
    if edge.startswith("as"):
        return replace(part, start=start, kind="as_of")
    if edge:
        return replace(part, start=start, reading=part.reading._replace(earliest=None, precision=Precision.RANGE))
    return replace(part, start=start)
