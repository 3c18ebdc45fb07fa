"""Dates that name their month or year: "15 April 2017", "early March", "the 1990s"."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from ledger.dates.anchor import (
    DAY,
    Anchor,
    NoAnchor,
    TimeInterval,
    counted,
    days,
    month_text,
    one_day,
    whole_month,
    whole_year,
    year_text,
)
from ledger.dates.edtf import bounds
from ledger.dates.part import Given, Part, Tense, before, narrated, tense
from ledger.dates.time_words import HOLIDAYS, MONTH, MONTHS, NUMBERS, ORDINALS, SEASONS, WEEKDAYS
from ledger.errors import BadInput
from ledger.lexicon import alternatives, listed, loosely, words
from ledger.records import Span, replace
from ledger.vocabulary import Precision

# without them, "may", "march" and "April" are a verb, a walk and a woman
LED = r"(?:\b(?:in|since|until|till|during|through|throughout|between|late|early|mid|by\s(?:late|early|mid)){}|\bmid-)\s?$"
ALSO_LED = {
    "march": "|by|from|of|to|and",
    "may": "",
    "april": "|by|from|of",
    "june": "|by|from|of",
    "august": "|by|from|of",
}
YEAR_LED = (
    r"(?:\b(?:in|since|until|till|during|by|before|after|from|for|through|throughout|circa|late|early|year|of|to)|\bmid-|\()"
    r"\s?$"
)
LISTED = r"\bin\s[12][0-9]{3}(?:,\s[12][0-9]{3}){0,3}(?:,|,?\s(?:and|or|then))\s$"
# "a total of 2016 soldiers" counts, "the summer of 2016" dates
NUMBER_OF = (
    r"\b(?:total|number|out|some|all|most|group|force|sum|record|maximum|average|none|up|rose|fell|grew|risen|down)"
    r"\s(?:of|to|by|from)\s$"
)


# "and" between two months of no year: "April and June" are two women, too
SPENT = (
    r"(?:\b(?:in|during|between|over|for|through|throughout|since|late|early)"
    rf"|\b{MONTH},|\b(?:year|quarter|months|half)\s(?:to|ended|ending))\s$"
)


def whole(given: Given) -> TimeInterval:
    """The day or month, by its own year."""
    year, month, day = given
    text = f"{year_text(year or 0)}-{month:02d}"
    if day is None:
        return TimeInterval(text, text, Precision.MONTH, False)
    text = date(year or 0, month, day).isoformat()
    return TimeInterval(text, text, Precision.DAY, False)


def near(given: Given, anchor: Anchor, *, when: Tense, weekday: int | None = None) -> TimeInterval:
    """The day or month of the year that fits the tense; without one, news looks back, unless a few weeks ahead is likelier.

    A weekday that stands beside the day leaves only the years in which they meet.
    """
    if given.day is None:
        return _near_month(given.month, anchor, when=when)
    today = anchor.day
    past, coming = (_nearest(today, given, step=step, weekday=weekday) for step in (-1, 1))
    back, forth = (today - past).days, (coming - today).days
    forward = {"future": forth < 270, "past": False, "meant": forth < back}.get(when or "", forth < 60 < back)
    first, second = (coming, past) if forward else (past, coming)
    found = whole(Given(first.year, *given[1:]))._replace(relative=True)
    told = when == "past" or (when == "future" and forward) or (when is None and back < 120)
    if weekday is not None and abs((first - today).days) > FAR:
        second = _nearest(today, given, step=-1, weekday=None)  # the day of the week may be a slip
    elif first == second or told or weekday is not None:
        return found
    return found._replace(alternatives=(Span(second.isoformat(), second.isoformat()),))


FAR = 800
"""Days back from which a date whose weekday fits is one reading of two."""


def _nearest(today: date, given: Given, *, step: int, weekday: int | None) -> date:
    for years in range(29):
        try:
            day = date(today.year + step * years, given.month, given.day or 1)
        except ValueError:
            if (given.month, given.day) != (2, 29):
                raise
            continue
        if (day - today).days * step >= 0 and weekday in (None, day.weekday()):
            return day
    raise ValueError


def _near_month(month: int, anchor: Anchor, *, when: Tense) -> TimeInterval:
    now = counted(anchor)
    back = (now - (month - 1)) % 12
    past, coming = now - back, now - back + (12 if back else 0)
    if when == "future":
        return whole_month(coming, past) if 0 < back < 3 else whole_month(coming)
    if when == "meant":
        return whole_month(coming, past) if back > 5 else whole_month(past, coming)
    return whole_month(past, coming) if back > 9 and when is None else whole_month(past)


def _dated(m: re.Match[str], given: Given, anchor: Anchor) -> Part:
    kind = "month" if given.day is None else "day"
    if given.year:
        return Part(m.start(), m.end(), kind, whole(given), given)
    if narrated(m.string, m.start()):
        raise NoAnchor
    try:
        weekday = _weekday(m[0]) if given.day else None
        reading = near(given, anchor, when=tense(m.string, m.start(), m.end()), weekday=weekday)
    except NoAnchor:
        reading = TimeInterval(None, None, Precision(kind))
    return Part(m.start(), m.end(), kind, reading, given, floating=True)


def holiday(m: re.Match[str], anchor: Anchor) -> Part | None:
    """A named day: "New Year's Eve", "on Christmas Day 2019"."""
    name = m["name"].split()
    if not name[0][0].isupper() or (name[0] == "May" and name[-1][0].islower()):
        return None  # "the wettest May day"
    month, day = HOLIDAYS[" ".join(m["name"].lower().split())].split("-")
    return _dated(m, Given(int(m["y"]) if m["y"] else None, int(month), int(day)), anchor)


def _number(text: str) -> int:
    return int(re.sub("[^0-9].*", "", text))


def _named(text: str) -> int | None:
    """The number of a month that is written as a name."""
    return MONTHS[text.rstrip(".").lower()] if text[:1].isupper() else None


def _weekday(text: str) -> int | None:
    """The number of the day of the week that the text begins with."""
    return WEEKDAYS.get(re.split(r"[^a-z]", text.lower(), maxsplit=1)[0])


@cache
def _counted() -> re.Pattern[str]:
    """What follows a number such as 2016 that counts."""
    return re.compile(rf"\s(?:{alternatives(listed('en/calendar', 'counted'))})\b|\s?[%°$€£]", re.IGNORECASE)


# --- rules --------------------------------------------------------------------------------------------------------


def iso(m: re.Match[str], _: Anchor) -> Part | None:
    value = re.sub(r"\s", "T", m["value"])
    precision = [Precision.MONTH, Precision.DAY, Precision.MINUTE][value.count("-", 0, 10) - 1 + ("T" in value)]
    try:
        bounds(value)
    except BadInput:
        return None
    kind = {Precision.MONTH: "month", Precision.DAY: "day"}.get(precision, "span")
    given = Given(*(int(n) for n in value.split("-"))) if kind != "span" else None
    return Part(m.start(), m.end(), kind, TimeInterval(value, value, precision, False), given)


def numeric(m: re.Match[str], anchor: Anchor) -> Part | None:
    """15/04/2017 is one day, 04/05/2017 two: the first that is not yet to come is read, the other is the other reading."""
    a, b = int(m["a"]), int(m["b"])
    year = int(m["y"]) if len(m["y"]) == 4 else _full_year(m["y"], anchor)
    found = [Given(year, month, day) for month, day in ((b, a), (a, b)) if 1 <= month <= 12 and 1 <= day <= 31]
    found.sort(key=lambda given: bool(anchor.text) and str(whole(given).earliest) > str(anchor.text))
    readings = [whole(g) for g in found]
    others = tuple(Span(r.earliest, r.latest) for r in readings[1:] if r != readings[0])
    if not readings:
        return None
    return Part(m.start(), m.end(), "day", readings[0]._replace(alternatives=others), found[0])


def day_month(m: re.Match[str], anchor: Anchor) -> Part | None:
    month = _named(m["m"])
    if month is None:
        return None
    year = int(m["y"]) if m["y"] else None
    last = Given(year, month, _number(m["d2"] or m["d"]))
    part = _dated(m, last, anchor)
    if not m["d2"]:
        return part
    end = part.reading
    if end.latest is None:
        return part
    first = date.fromisoformat(end.latest).replace(day=_number(m["d"])).isoformat()
    if first >= end.latest:
        return None
    others = tuple(Span(f"{s.latest[:8]}{first[8:]}", s.latest) for s in end.alternatives if s.latest)
    reading = TimeInterval(first, end.latest, Precision.RANGE, end.relative, others)
    return Part(m.start(), m.end(), "range", reading, last, floating=part.floating)


def month(m: re.Match[str], anchor: Anchor) -> Part | None:
    name, year = m["m"] or m["ms"], m["y"] or m["ys"]
    number = _named(name)
    if number is None:
        return None
    if re.search(r"\b[0-9]{1,2}(?:st|nd|rd|th)?\s(?:of\s)?$", before(m.string, m.start())):
        # the rest of a day that the calendar does not have
        return None
    if not year and name.lower() in ALSO_LED:
        led = LED.replace("{}", ALSO_LED[name.lower()])
        if not re.search(rf"{led}|{SPENT}", before(m.string, m.start()), re.IGNORECASE):
            return None
    return _dated(m, Given(int(year) if year else None, number), anchor)


def months(m: re.Match[str], anchor: Anchor) -> Part | None:
    """Two months as one stretch; without a year "and" needs a preposition: "in March and April"."""
    first, last = _named(m["m"]), _named(m["m2"])
    if first is None or last is None:
        return None
    if m["y"]:
        end = int(m["y"]) * 12 + last - 1
    else:
        if "and" in m["c"].lower() and not re.search(SPENT, before(m.string, m.start()), re.IGNORECASE):
            return None
        near_ = near(Given(None, last), anchor, when=tense(m.string, m.start(), m.end()))
        end = int(str(near_.earliest)[:4]) * 12 + last - 1
    found = _range(m, month_text(end - (last - first) % 12), month_text(end), relative=not m["y"])
    return replace(found, floating=not m["y"])


STEP = {"last": -1, "this": 0, "the": 0, "next": 1}


def nth_weekday(m: re.Match[str], anchor: Anchor) -> Part | None:
    """As in "the first Monday in May", "the last Sunday of September 2019", "the first Friday of next month"."""
    number = _named(m["m"] or "")
    inner = _dated(m, Given(int(m["y"]) if m["y"] else None, number), anchor) if number else None
    if m["rel"]:
        inner = Part(m.start(), m.end(), "month", whole_month(counted(anchor) + STEP[m["rel"].lower()]))
    if inner is None or inner.reading.earliest is None:
        return None
    first, last = (end.date() for end in bounds(inner.reading.earliest))
    found = first + DAY * ((WEEKDAYS[m["w"].lower()] - first.weekday()) % 7 + 7 * (ORDINALS[m["n"].lower()] - 1))
    if m["n"].lower() == "last":
        found = last - DAY * ((last.weekday() - WEEKDAYS[m["w"].lower()]) % 7)
    return Part(
        m.start(), m.end(), "day", one_day(found)._replace(relative=inner.reading.relative), doubt=inner.unclear
    )


def week_of(m: re.Match[str], anchor: Anchor) -> Part | None:
    """Sevenths day by day from the first of the month, as people count, not as calendars do."""
    number = _named(m["m"])
    if number is None:
        return None
    inner = _dated(m, Given(int(m["y"]) if m["y"] else None, number), anchor).reading
    if inner.earliest is None:
        raise NoAnchor
    last = bounds(str(inner.earliest))[1].date()
    first = last - DAY * 6 if m["n"].lower() == "last" else last.replace(day=7 * ORDINALS[m["n"].lower()] - 6)
    return Part(m.start(), m.end(), "span", days(first, first + DAY * 6, relative=inner.relative))


@cache
def _was_late() -> re.Pattern[str]:
    verbs = loosely(sorted(words("en/calendar", "being_late")))
    return re.compile(
        rf"(?<!\bit\s)(?<!\bthis\s)\b(?:{verbs})\s(?:\d+\s(?:minutes|hours|days|weeks)\s)?$", re.IGNORECASE
    )


def part(m: re.Match[str], anchor: Anchor) -> Part | None:
    """Thirds of a month, a year or a decade; "start in May" is a verb."""
    if m["part"].lower() in ("beginning", "start", "middle", "end") and not re.match(r"\w+(?:\sof\s|-)", m[0]):
        return None
    if m["part"].lower() in ("early", "late") and " in" in m[0] and _was_late().search(before(m.string, m.start())):
        return None  # "sowing was late in March", "trains ran late in January"
    third = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1}.get(m["part"].lower(), 2)
    if m["decade"]:
        decade = int(m["decade"])
        low, high = ((0, 3), (4, 6), (7, 9))[third]
        return _range(m, year_text(decade + low), year_text(decade + high), relative=False)
    if m["m"]:
        number = _named(m["m"])
        if number is None:
            return None
        inner = _dated(m, Given(int(m["y"]) if m["y"] else None, number), anchor)
        if inner.reading.earliest is None:
            raise NoAnchor
        return replace(_third_of_month(m, inner.reading, third), floating=inner.floating)
    if m["iso"]:
        year, month = map(int, m["iso"].split("-"))
        return _third_of_month(m, whole_month(year * 12 + month - 1), third)
    if m["year"]:
        return _third_of_year(m, int(m["year"]), third, relative=False)
    if not m["rel"] and not re.search(r"\sthe\s", m[0][:-4]):
        return None
    step = {"last": -1, "this": 0, "next": 1}[(m["rel"] or "this").lower()]
    if m["u"].lower() == "year":
        return _third_of_year(m, anchor.year + step, third, relative=True)
    return _third_of_month(m, whole_month(counted(anchor) + step), third)


def _third_of_month(m: re.Match[str], whole_: TimeInterval, third: int) -> Part:
    first = date.fromisoformat(f"{whole_.earliest}-01") + DAY * 10 * third
    last = first + DAY * 9 if third < 2 else bounds(str(whole_.earliest))[1].date()
    return Part(m.start(), m.end(), "third", days(first, last, relative=whole_.relative))


def _third_of_year(m: re.Match[str], year: int, third: int, *, relative: bool) -> Part:
    low = year * 12 + 4 * third
    reading = TimeInterval(month_text(low), month_text(low + 3), Precision.RANGE, relative)
    return Part(m.start(), m.end(), "third", reading)


def _range(m: re.Match[str], first: str, last: str, *, relative: bool) -> Part:
    kind = "range" if "a" in m.groupdict() or "m2" in m.groupdict() else "span"
    return Part(m.start(), m.end(), kind, TimeInterval(first, last, Precision.RANGE, relative))


def decade(m: re.Match[str], _: Anchor) -> Part:
    """Ten years; "the 1800s" are a century, or else its first ten."""
    first = int(m["d"])
    reading = TimeInterval(year_text(first), year_text(first + 9), Precision.DECADE, False)
    if first % 100 == 0 and first < 2000:
        other = Span(reading.earliest, reading.latest)
        reading = TimeInterval(year_text(first), year_text(first + 99), Precision.RANGE, False, (other,))
    return Part(m.start(), m.end(), "span", reading)


def _full_year(digits: str, anchor: Anchor) -> int:
    """The year of two digits: the one that is not far ahead of publication."""
    latest = (anchor.year_ or 2025) + 10
    return latest - (latest - int(digits)) % 100


def nineties(m: re.Match[str], anchor: Anchor) -> Part | None:
    """As in "the '90s", and "in '92"."""
    if not m["s"]:
        if not re.search(YEAR_LED, before(m.string, m.start()), re.IGNORECASE):
            return None
        return Part(m.start(), m.end(), "year", whole_year(_full_year(m["d"], anchor))._replace(relative=False))
    if int(m["d"]) % 10:
        return None
    first = 1900 + int(m["d"])
    return Part(
        m.start(), m.end(), "span", TimeInterval(year_text(first), year_text(first + 9), Precision.DECADE, False)
    )


def years(m: re.Match[str], _: Anchor) -> Part | None:
    first = int(m["a"])
    last = int(m["b"]) if len(m["b"]) == 4 else first - first % 100 + int(m["b"])
    if m["to"] and (len(m["b"]) == 2 or first < 1900):
        return None  # "1500 to 2000 runners"
    if not 1800 <= first < last < 2100 or _counted().match(m.string[m.end() : m.end() + 16]):
        return None
    found = _range(m, year_text(first), year_text(last), relative=False)
    changed = m["to"] and not words("en/not_counted", "changes").isdisjoint(
        before(m.string, m.start()).lower().split()[-4:]
    )
    return replace(found, doubt="reading") if changed else found  # "shares climbed from 1950 to 2000"


def year(m: re.Match[str], _: Anchor) -> Part | None:
    """A year only where its neighbours say so: "in 2013", "(2013)", "the 2013 invasion"."""
    value, left, right = int(m["y"]), before(m.string, m.start()), m.string[m.end() : m.end() + 16]
    if FISCAL_BEFORE.search(left):
        return None
    if _counted().match(right) or re.search(NUMBER_OF, left, re.IGNORECASE):
        return None
    led = re.search(YEAR_LED, left, re.IGNORECASE)
    if led and led.group().startswith("("):
        plain = right[:1] in ("", ")", ",", ";") and 1800 <= value < 2100
    elif led:
        plain = value >= (1500 if led.group().strip().lower() in ("in", "since", "until", "during") else 1800)
    else:
        named = re.search(r"(?:\b(?:the|its|his|her|their|our|a)|['’]s)\s$", left, re.IGNORECASE)
        spoken = re.search(LISTED + r"|\bbetween\s$|\bbetween\s[12][0-9]{3}\sand\s$", left, re.IGNORECASE)
        owning = re.match(r"['’]s\b", right)
        plain = 1900 <= value < 2050 and bool(spoken or owning or (named and re.match(r"\s[A-Za-z]", right)))
    if not plain:
        return None
    return Part(m.start(), m.end(), "year", whole_year(value)._replace(relative=False))


def season(m: re.Match[str], anchor: Anchor) -> Part | None:
    """The months of a season north of the equator; winter is named after the year in which it begins."""
    first = SEASONS[m["s"].lower()] - 1
    if m["y"]:
        low = int(m["y"]) * 12 + first
        others = [low - 12] if first == 11 else []
        return _season(m, low, others, relative=False)
    led = re.search(r"\b(?:in|during|over|since|by)\s(?:the\s)?$", before(m.string, m.start()), re.IGNORECASE)
    if not led or m["s"].lower() == "fall" or m["s"][0].isupper():
        return None
    return seasonal(m, anchor, first)


def seasonal(m: re.Match[str], anchor: Anchor, first: int, rel: str = "") -> Part:
    now = counted(anchor)
    low = now - (now - first) % 12
    when = tense(m.string, m.start(), m.end())
    if rel == "last" and low + 2 >= now:
        low -= 12
    elif rel == "next" or when == "future" or (rel == "this" and low + 2 < now and when != "past"):
        low += 12
    unclear = [low - 12] if rel == "this" and when is None and low > now else []
    found = _season(m, low, [low + 12] if rel == "next" and low // 12 == now // 12 else unclear, relative=True)
    return replace(found, floating=not rel)


def _season(m: re.Match[str], low: int, others: list[int], *, relative: bool) -> Part:
    spans = tuple(Span(month_text(n), month_text(n + 2)) for n in others)
    return Part(
        m.start(),
        m.end(),
        "span",
        TimeInterval(month_text(low), month_text(low + 2), Precision.SEASON, relative, spans),
    )


def first_months(m: re.Match[str], anchor: Anchor) -> Part | None:
    """As in "the first nine months of 1990"; without the year they are over, and of nothing else."""
    length, stated = NUMBERS.get(m["n"].lower()) or int(m["n"]), m["of"]
    goes_on = re.match(r"\s(?:of|in|as|after)\b", m.string[m.end() : m.end() + 8])
    if not 1 < length < 12 or (not stated and (goes_on or anchor.month[1] < length)):
        return None
    return _quarter(m, anchor, year=int(m["y"]) if m["y"] else None, months=(0, length))


# a company's year may begin in any month
FISCAL_BEFORE = re.compile(r"\bfiscal\s(?:year\s)?$", re.IGNORECASE)
FISCAL_BEHIND = re.compile(r"\sof\s(?:the\s|its\s|their\s)?fiscal\b", re.IGNORECASE)


def _fiscal(m: re.Match[str]) -> bool:
    left, right = before(m.string, m.start()), m.string[m.end() : m.end() + 24]
    return bool(FISCAL_BEFORE.search(left) or FISCAL_BEHIND.match(right))


def quarter(m: re.Match[str], anchor: Anchor) -> Part | None:
    """A quarter or half of a year; a half without its year belongs to a game."""
    if _fiscal(m):
        return None
    length = 3 if m["k"].lower() == "quarter" else 6
    count = ORDINALS[m["n"].lower()]
    if length == 6:
        if count == 4:
            count = 2
        if not m["of"] or count > 2:
            return None
    if m["n"].lower() == "last" and not m["of"]:
        low = counted(anchor) // 3 * 3 - 3
        return _range(m, month_text(low), month_text(low + 2), relative=True)
    return _quarter(m, anchor, year=int(m["y"]) if m["y"] else None, months=(length * (count - 1), length))


def q(m: re.Match[str], anchor: Anchor) -> Part:
    stated = m["y"] or m["y2"]
    months = (3 * (int(m["n"] or m["n2"]) - 1), 3)
    return _quarter(m, anchor, year=int(stated) if stated else None, months=months)


def _quarter(m: re.Match[str], anchor: Anchor, *, year: int | None, months: tuple[int, int]) -> Part:
    first, length = months
    if year is not None:
        low = year * 12 + first
    elif m.groupdict().get("of"):
        low = (anchor.year - (m["of"].lower().startswith("last"))) * 12 + first
    else:
        now = counted(anchor)
        low = now - (now - first) % 12
    return _range(m, month_text(low), month_text(low + length - 1), relative=year is None)


RULES = (
    iso,
    holiday,
    numeric,
    nth_weekday,
    first_months,
    day_month,
    month,
    months,
    week_of,
    part,
    decade,
    nineties,
    years,
    year,
    season,
    quarter,
    q,
)
