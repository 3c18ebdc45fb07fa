"""Words that mean something only on a day: "yesterday", "on Thursday", "the past three weeks"."""

from __future__ import annotations

import re
from datetime import date

from ledger.dates.absolute import STEP, seasonal
from ledger.dates.anchor import (
    DAY,
    UNITS,
    Anchor,
    NoAnchor,
    TimeInterval,
    ago,
    counted,
    day_months_before,
    days,
    lately,
    night,
    one_day,
    shifted,
    week,
    whole_month,
    whole_year,
    year_text,
)
from ledger.dates.part import Part, Tense, before, narrated, put_off, tense, to_come
from ledger.dates.time_words import MONTHS, NUMBERS, REACH, SEASONS, WEEKDAYS, pattern
from ledger.lexicon import alternatives, listed, words
from ledger.records import Span
from ledger.vocabulary import Precision

# feasts, names, and days that come again
PAPERS = rf"\s(?:{alternatives(listed('en/calendar', 'papers'))})\b"
FEASTS = rf"\b(?:{alternatives(listed('en/calendar', 'feasts'))})\s$"
ANY = re.compile(r"\b(?:one|an?|some|any)\s(?:early\s|late\s|[a-z]+\s)?$", re.IGNORECASE)


def _part(m: re.Match[str], reading: TimeInterval, kind: str = "span") -> Part:
    return Part(m.start(), m.end(), kind, reading)


def weekday(m: re.Match[str], anchor: Anchor) -> Part | None:
    """News tells of the last such day up to publication; a clause that looks forward means the next."""
    left = before(m.string, m.start())
    if m[0][0] in "eElL" and pattern("day_month").match(m.string, m.start("w")):
        return None
    if not m["w"][0].isupper() or re.search(FEASTS, left) or re.match(PAPERS, m.string[m.end() : m.end() + 16]):
        return None
    when, rel = tense(m.string, m.start(), m.end()), (m["rel"] or "").lower()
    weeks = _weeks_away(m, left, rel=rel)
    if ANY.search(left) and not weeks:
        return None
    done_then = re.search(r"\bon\s$", before(m.string, m.start("w"), 4).lower())  # "cancelled on Sunday"
    if when == "past" and not done_then and (put_off(m.string, m.start()) or _for_its(m)):
        when = "meant"
    of_story = left.lower().endswith("the ") and (rel == "next" or BESIDE_EVENT.match(m.string, m.end()))
    if narrated(m.string, m.start()) or of_story:
        raise NoAnchor  # "the next Monday", "the Tuesday before Easter"
    reading = _weekday(anchor.day, WEEKDAYS[m["w"].lower()], rel=rel, when=when)
    if weeks:
        side: Tense = "future" if weeks > 0 else "past"
        nearest = date.fromisoformat(str(_weekday(anchor.day, WEEKDAYS[m["w"].lower()], rel="", when=side).earliest))
        reading = one_day(nearest + DAY * 7 * weeks)
    if (m["part"] or "").lower() == "night":
        reading, kind = night(date.fromisoformat(str(reading.earliest))), "night"
    else:
        kind = "day"
    return Part(m.start(), m.end(), kind, reading, floating=not rel)


BESIDE_EVENT = re.compile(r"\s(?:before|after|preceding|following)\s(?!last\b|next\b)\w")
STRETCH_BEFORE = re.compile(
    r"\b(?:(?P<n>a|one|two|three) week|a (?P<f>fortnight))s? (?P<from>from |on |)$", re.IGNORECASE
)
STRETCH_BEHIND = re.compile(r"\s(?:week|(?P<f>fortnight))\b(?!-|\s(?:last|ago|off|of|before|after))")
WEEKS_ON = {"a": 1, "one": 1, "two": 2, "three": 3}


def _weeks_away(m: re.Match[str], left: str, *, rel: str) -> int:
    """How many weeks from the nearest such day: "a week from Monday", "Tuesday week", "a week last Friday"; 0 from none."""
    stretch = STRETCH_BEFORE.search(left)
    if stretch is None:
        behind = STRETCH_BEHIND.match(m.string, m.end()) if not rel else None
        return (2 if behind["f"] else 1) if behind else 0
    if not stretch["from"] and rel not in ("last", "past"):
        return 0
    return (2 if stretch["f"] else WEEKS_ON[stretch["n"].lower()]) * (1 if stretch["from"] else -1)


def _for_its(m: re.Match[str]) -> bool:
    """True for "has sold every seat for Saturday's final": the final may be to come."""
    return m.string[m.end() : m.end() + 2] in ("'s", "’s") and before(m.string, m.start(), 8).endswith("for ")


def _weekday(today: date, number: int, *, rel: str, when: Tense) -> TimeInterval:
    back, forth = (today.weekday() - number) % 7, (number - today.weekday()) % 7
    week_ = DAY * 7
    if rel == "next":
        coming = today + DAY * (forth or 7)
        return one_day(coming, coming + week_)
    if rel == "last":
        past = today - DAY * (back or 7)
        return one_day(past, past - week_) if back and back <= today.weekday() else one_day(past)
    if rel == "past" or (rel.startswith("this") and rel != "this"):
        return one_day(today - DAY * (back or 7))
    if when == "future" or (when != "past" and (rel == "this" or when == "meant")):
        others = () if when == "future" or not back else (today - DAY * back,)
        others = others if forth else (today + week_,)  # told on a Monday, "from Monday" is this one or the next
        return one_day(today + DAY * forth, *others)
    return one_day(today - DAY * back)


def today(m: re.Match[str], anchor: Anchor) -> Part | None:
    left = before(m.string, m.start(), 12)
    if left.endswith("USA ") or (
        m["w"].lower() == "now" and not re.search(r"\b(?:until|till|to)\s$", left, re.IGNORECASE)
    ):
        return None
    word, part = m["w"].lower(), (m["part"] or "").lower()
    day = anchor.day + DAY * {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if word in ("today", "tomorrow"):
        day += DAY * 7 * _weeks_on(m)
    if word == "tonight" or part == "night":
        return _part(m, night(day), "night")
    return Part(
        m.start(),
        m.end(),
        "day",
        one_day(day),
        doubt="reading" if word == "today" and NOWADAYS.match(m.string, m.end()) else None,
    )


NOWADAYS = re.compile(rf"['’]s\s(?!(?:[a-z]+\s)?(?:{alternatives(listed('en/calendar', 'held_today'))})\b)[a-z]")
"""Behind "today", what need not be of that day: "today's businesses", "today's digital world"."""


def _weeks_on(m: re.Match[str]) -> int:
    """How many weeks later a day ahead lies: "a week today", "tomorrow week"."""
    stretch = STRETCH_BEFORE.search(before(m.string, m.start()))
    if stretch and not stretch["from"]:
        ahead = tense(m.string, m.start(), m.end()) != "past"
        return (2 if stretch["f"] else WEEKS_ON[stretch["n"].lower()]) if ahead else 0
    behind = STRETCH_BEHIND.match(m.string, m.end())
    return (2 if behind["f"] else 1) if behind else 0


def this(m: re.Match[str], anchor: Anchor) -> Part:
    return _part(m, one_day(anchor.day), "day")


def other_day(m: re.Match[str], anchor: Anchor) -> Part:
    if not m["w"]:
        return _part(m, night(anchor.day - DAY * 2), "night")
    return _part(m, one_day(anchor.day + DAY * (-2 if m["w"].lower().startswith("before") else 2)), "day")


def overnight(m: re.Match[str], anchor: Anchor) -> Part:
    ahead = tense(m.string, m.start(), m.end()) == "future"
    return _part(m, night(anchor.day if ahead else anchor.day - DAY), "overnight")


def the_night(m: re.Match[str], anchor: Anchor) -> Part:
    return _part(m, night(anchor.day - DAY), "night")


def weekend(m: re.Match[str], anchor: Anchor) -> Part | None:
    rel = (m["rel"] or "").lower()
    left, right = before(m.string, m.start()), m.string[m.end() : m.end() + 4]
    if right == " of " or not (rel or re.search(r"\b(?:the|over|at)\s$", left, re.IGNORECASE)):
        return None
    now, when = anchor.day, tense(m.string, m.start(), m.end())
    saturday = now - DAY * ((now.weekday() - 5) % 7)
    within = now.weekday() >= 5
    shift, other = 0, None
    if rel == "next" or rel == "coming":
        shift, other = 7, 14 if rel == "next" else None
    elif rel == "last" and within:
        shift, other = -7, 0
    elif (rel == "this" or (not rel and when in ("future", "meant"))) and not within:
        shift, other = 7, 0
    found = _weekend(saturday + DAY * shift)
    if other is None:
        return _part(m, found)
    also = _weekend(saturday + DAY * other)
    return _part(m, found._replace(alternatives=(Span(also.earliest, also.latest),)))


def beyond(m: re.Match[str], anchor: Anchor) -> Part | None:
    """One further than the last or the next: "the weekend after next", "the Friday before last"."""
    ahead, name = m["side"].lower() == "after", m["u"].lower()
    if name == "weekend":
        weeks = anchor.day.weekday() < SATURDAY
        saturday = anchor.day - DAY * ((anchor.day.weekday() - SATURDAY) % 7)
        return _part(m, _weekend(saturday + DAY * 7 * (2 if ahead else weeks - 2)))
    if name in WEEKDAYS:
        if not m["u"][0].isupper():
            return None
        nearest = _weekday(anchor.day, WEEKDAYS[name], rel="next" if ahead else "past", when=None).earliest
        return _part(m, one_day(date.fromisoformat(str(nearest)) + DAY * (7 if ahead else -7)), "day")
    step = 2 if ahead else -2
    if name == "week":
        return _part(m, week(anchor, step))
    if name == "month":
        return _part(m, whole_month(counted(anchor) + step), "month")
    return _part(m, whole_year(anchor.year + step))


SATURDAY = 5


def _weekend(saturday: date) -> TimeInterval:
    return days(saturday, saturday + DAY)


def relative(m: re.Match[str], anchor: Anchor) -> Part | None:
    """Last, this and next week, month, year; "earlier this week" ends with publication."""
    step, unit = STEP[m["rel"].lower()], m["u"].lower()
    if unit == "week":
        found = week(anchor, step)
    elif unit == "month":
        found = whole_month(counted(anchor) + step)
    elif unit == "decade":
        first = anchor.year // 10 * 10 + 10 * step
        found = TimeInterval(year_text(first), year_text(first + 9), Precision.DECADE)
    else:
        found = whole_year(anchor.year + step)
    if m["part"] and step == 0 and anchor.text:
        early = m["part"].lower() == "earlier"
        ends = Span(found.earliest, anchor.text) if early else Span(anchor.text, found.latest)
        found = TimeInterval(ends.earliest, ends.latest, Precision.RANGE)
    return _part(m, found, "month" if unit == "month" else "span")


def relative_name(m: re.Match[str], anchor: Anchor) -> Part | None:
    rel = m["rel"].lower()
    if m["s"]:
        return seasonal(m, anchor, SEASONS[m["s"].lower()] - 1, rel)
    if not m["m"][0].isupper():
        return None
    month, now = MONTHS[m["m"].lower()], counted(anchor)
    back, forth = (now - month + 1) % 12, (month - 1 - now) % 12
    if rel == "last":
        past = now - (back or 12)
        return _part(m, whole_month(past, past - 12) if past // 12 == now // 12 else whole_month(past), "month")
    if rel == "next":
        coming = now + (forth or 12)
        return _part(m, whole_month(coming, coming + 12) if coming // 12 == now // 12 else whole_month(coming), "month")
    return _part(m, whole_month(now // 12 * 12 + month - 1), "month")


def _count(words: str | None) -> int:
    """How many; "a few" counts to the most that people mean by it, with a minus sign."""
    words = re.sub(r"\s+", " ", (words or "one").lower())
    if words[0].isdigit():
        return int(words)
    last = words.removesuffix(" of").split(" ")[-1]
    return -REACH[last] if last in REACH else NUMBERS[last]


def recently(m: re.Match[str], anchor: Anchor) -> Part | None:
    unit = m["u"].lower()
    # "the last day of the siege" and "the last minute" are places in a story
    alone = (not m["n"] and m["rel"].lower() == "last") or (
        not m["n"] and m["rel"].lower() in ("previous", "preceding")
    )
    if alone or m.string[m.end() : m.end() + 4] == " of " or (m["rel"].lower() == "last" and _endures(m)):
        return None
    unit, count = "day" if unit == "night" else unit, _count(m["n"])
    if count < 0:
        return _part(m, TimeInterval(shifted(anchor, unit, count), anchor.text, Precision.RANGE))
    return _part(m, lately(anchor, unit, count))


def _endures(m: re.Match[str]) -> bool:
    """True for the verb of "rain will last two days": behind no article, nor at the beginning."""
    before = m.string[max(0, m.start() - 12) : m.start()].lower().split()
    return bool(before) and before[-1].isalpha() and before[-1] not in words("en/grammar", "possessives")


def coming(m: re.Match[str], anchor: Anchor) -> Part | None:
    """From publication on; "in the next three days he lost" goes on from another day."""
    if not m["n"] and (m["rel"].lower() == "next" or m["s"]):
        return None
    unit = "day" if m["u"].lower() == "night" else m["u"].lower()
    if tense(m.string, m.start(), m.end()) == "past" or not anchor.text:
        return None
    count = abs(_count(m["n"]))
    last = shifted(anchor, unit, count)
    if unit in ("month", "year") and anchor.day_ is not None:
        last = day_months_before(anchor.day, -count * (12 if unit == "year" else 1)).isoformat()
    return _part(m, TimeInterval(anchor.text, last, Precision.RANGE))


def back(m: re.Match[str], anchor: Anchor) -> Part:
    count, unit = _count(m["n"]), m["u"].lower()
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    if m["on"]:
        return _part(m, ago(anchor, unit, -abs(count)))
    if count > 0:
        found = ago(anchor, unit, count)
        return _part(m, found, {Precision.DAY: "day", Precision.NIGHT: "night"}.get(found.precision, "span"))
    unit = "day" if unit == "night" else unit
    return _part(m, TimeInterval(shifted(anchor, unit, count), shifted(anchor, unit, -2), Precision.RANGE))


def lasting(m: re.Match[str], anchor: Anchor) -> Part | None:
    """A stretch of events that publication tells of reaches back from it."""
    if re.match(
        r"\s(?:in|from|last|between|ending|that\s(?:ended|began))\s", m.string[m.end() : m.end() + 14], re.IGNORECASE
    ):
        return None
    if not m[0].isupper() and re.search(r"\s[A-Z]\S*$", m[0]):
        # "the Six-Day War" is a name
        return None
    if to_come(m.string, m.start()):
        return None
    first = shifted(anchor, m["u"].lower(), -abs(_count(m["n"])))
    return _part(m, TimeInterval(first, anchor.text, Precision.RANGE), "lasting")


def length(m: re.Match[str], anchor: Anchor) -> Part | None:
    """A bare length has no place of its own; that it reaches back from publication is one reading."""
    left, right = before(m.string, m.start()), m.string[m.end() : m.end() + 16]
    if re.match(r"\s(?:ended|ending|to|through)\s", right):
        return None
    led = re.search(
        r"\b(in|within|over|during|space\sof)\s(?:just\s|only\s|under\s|about\s|(?:less|more)\sthan\s|the\s)?$",
        left,
        re.IGNORECASE,
    )
    if not led or re.match(
        r"[\s-](?:old|earlier|later|before|after|from|between|long|ahead|of\s)", right, re.IGNORECASE
    ):
        return None
    unit, count = m["u"].lower(), abs(_count(m["n"]))
    if tense(m.string, m.start(), m.end()) in ("future", "meant") and led[1].lower() in ("in", "within"):
        value = shifted(anchor, unit, count)
        if led[1].lower() == "within":
            return _part(m, TimeInterval(anchor.text, value, Precision.RANGE))
        return _part(m, TimeInterval(value, value, Precision.DAY if len(value) == 10 else UNITS[unit]))
    try:
        recent = lately(anchor, unit, count)
    except NoAnchor:
        return _part(m, TimeInterval(None, None, Precision.RANGE))
    return _part(m, TimeInterval(None, None, Precision.RANGE, True, (Span(recent.earliest, recent.latest),)))


UNRESOLVED = {"weekend": Precision.RANGE, "the_night": Precision.NIGHT, "overnight": Precision.NIGHT}


def unresolved(name: str, m: re.Match[str]) -> TimeInterval:
    """What is left without a day of publication: the unit of the words."""
    groups = m.groupdict()
    night_ = "night" in ((groups.get("part") or "").lower(), (groups.get("w") or "").lower()[2:])
    if name in UNRESOLVED:
        precision = UNRESOLVED[name]
    elif name in ("lately", "lasting", "length", "part", "quarter", "q") or groups.get("d2"):
        precision = Precision.RANGE
    elif groups.get("u"):
        precision = UNITS[groups["u"].lower()]
    elif groups.get("s") and name in ("season", "relative_name"):
        precision = Precision.SEASON
    elif name in ("month", "relative_name"):
        precision = Precision.MONTH
    else:
        precision = Precision.NIGHT if night_ else Precision.DAY
    return TimeInterval(None, None, precision)
