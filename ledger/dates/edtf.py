"""ISO 8601 / EDTF values of reduced precision and the intervals between them.

A value stands for all of its unit: "2016-03" is from the first to the last instant of March 2016. Besides plain dates and
times: "201X" and "20XX" (a decade, a century), "2016-XX" and "2016-03-XX", the northern seasons "2016-21" (spring) to "2016-24"
(winter, into the next year), and the marks "?", "~", "%", which do not move the bounds.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache, lru_cache

from ledger import lexicon
from ledger.catalogue import t
from ledger.errors import BadInput
from ledger.records import Span

SEASONS = {"21": ("spring", 3), "22": ("summer", 6), "23": ("autumn", 9), "24": ("winter", 12)}
HINT = "write 2016, 2016-03, 2016-03-27, 2017-04-15T16, or an interval such as 2016-03-07/27"
INSTANT = timedelta(microseconds=1)
FIRST = datetime.min
LAST = datetime.max

ZONES_APART = timedelta(hours=26)
"""From the easternmost clock to the westernmost."""

Bounds = tuple[datetime, datetime]


def window(text: str) -> Span:
    """The interval that the text names, each end as reduced-precision text; BadInput where it is none."""
    given = text.strip()
    left, right = _ends(given)
    if not left and not right:
        raise BadInput(f"not a time: {text!r}", hint=HINT)
    if left and right:
        right = _completed(left, right)
        if bounds(left)[0] > bounds(right)[1]:
            raise BadInput(f"the interval ends before it begins: {given}", hint=HINT)
    for end in (left, right):
        if end:
            bounds(end)
    return Span(left or None, right or None)


@lru_cache(maxsize=4096)
def bounds(value: str) -> tuple[datetime, datetime]:
    """First and last instant of the value, without zone: in UTC where it states one, else by its own clock."""
    return _limits(value, utc=True)


def relate(a: Span, b: Span) -> str:
    """How a lies to b: same, within, contains, overlaps, disjoint; unknown where one of them has no bound at all.

    A missing end is open. A day or a month without zone is that of the place, and zones are left out against it; an hour
    without zone may be any against one with a zone, and only whole days tell them apart.
    """
    if a == Span(None, None) or b == Span(None, None):
        return "unknown"
    stated = [v for v in (a.earliest, a.latest, b.earliest, b.latest) if v is not None]
    utc = all(_zoned(v) for v in stated)
    (a_first, a_last), (b_first, b_last) = _reach(a, utc=utc), _reach(b, utc=utc)
    if not utc and {_zoned(v) for v in stated if _match(v)["hour"]} == {True, False}:
        apart = max(a_first, b_first) - min(a_last, b_last)
        return "disjoint" if apart > ZONES_APART else "unknown"
    if a_last < b_first or b_last < a_first:
        return "disjoint"
    if (a_first, a_last) == (b_first, b_last):
        return "same"
    if a_first >= b_first and a_last <= b_last:
        return "within"
    if a_first <= b_first and a_last >= b_last:
        return "contains"
    return "overlaps"


def interval(span: Span | None) -> str:
    """The interval as data: "2016-03-07/2016-03-27", or one day; empty where it is not known."""
    return "/".join(dict.fromkeys(filter(None, (span.earliest, span.latest)))) if span else ""


def window_words(span: Span) -> str:
    """The interval as people write it: "25 to 26 March 2016"."""
    if span.earliest is None or span.latest is None:
        if span.earliest is not None:
            return t("from {day}", day=_words(span.earliest))
        return t("at an unknown time") if span.latest is None else t("until {day}", day=_words(span.latest))
    if span.earliest == span.latest:
        return _words(span.earliest)
    first, last = _parts(span.earliest), _parts(span.latest)
    shared = 0
    while shared < min(len(first), len(last)) - 1 and first[shared] == last[shared]:
        shared += 1
    if len(first) > 3 and shared == 3 and first[4:] == last[4:]:
        return t("{day}, {first} to {last}", day=_day(first[:3]), first=first[3], last=" ".join(last[3:]))
    if len(first) != len(last) or len(first) > 3:
        return t("{first} to {last}", first=_words(span.earliest), last=_words(span.latest))
    return t("{first} to {last}", first=_day(first[shared:], shared), last=_words(span.latest))


# --- one value ----------------------------------------------------------------------------------------------------


@cache
def _value() -> re.Pattern[str]:
    return re.compile(
        r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)"
        r"(?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX)"
        r"(?:[Tt ](?P<hour>[0-9]{2})(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?)?"
        r" ?(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?[?~%]?"
    )


def _match(value: str) -> re.Match[str]:
    m = _value().fullmatch(value)
    if m is None:
        raise BadInput(f"not a time: {value!r}", hint=HINT)
    return m


@lru_cache(maxsize=4096)
def _limits(value: str, *, utc: bool) -> Bounds:
    m = _match(value)
    try:
        if m["year"].endswith("X") or m["month"] == "XX" or m["month"] in SEASONS:
            return _wide(m)
        first, last = _calendar(m)
        shift = _offset(m["zone"]) if utc and m["zone"] else timedelta()
        return first - shift, last - shift
    except (ValueError, OverflowError):
        raise BadInput(f"no such time: {value!r}", hint=HINT) from None


def _wide(m: re.Match[str]) -> Bounds:
    """Decades, centuries, seasons and "some month of"."""
    if (m["day"] and m["day"] != "XX") or m["hour"]:
        raise ValueError
    if m["month"] in SEASONS and not m["day"]:
        year, month = int(m["year"]), SEASONS[m["month"]][1]
        return datetime(year, month, 1), _last_of(year, month + 2)
    if m["month"] not in (None, "XX"):
        raise ValueError
    low, high = int(m["year"].replace("X", "0")), int(m["year"].replace("X", "9"))
    return datetime(low, 1, 1), datetime(high, 12, 31) + timedelta(days=1) - INSTANT


def _calendar(m: re.Match[str]) -> Bounds:
    year = int(m["year"])
    if not m["month"]:
        return datetime(year, 1, 1), datetime(year, 12, 31, 23, 59, 59, 999999)
    month = int(m["month"])
    if m["day"] in (None, "XX"):
        if m["hour"]:
            raise ValueError
        return datetime(year, month, 1), _last_of(year, month)
    first = datetime(year, month, int(m["day"]), int(m["hour"] or 0), int(m["minute"] or 0), int(m["second"] or 0))
    if m["fraction"]:
        first += timedelta(microseconds=int(m["fraction"][:6].ljust(6, "0")))
        return first, first
    unit = next((u for u in ("second", "minute", "hour") if m[u]), "day")
    return first, first + (timedelta(**{f"{unit}s": 1}) - INSTANT)


def _last_of(year: int, month: int) -> datetime:
    if (year, month) == (9999, 12):
        return LAST
    return datetime(year + month // 12, month % 12 + 1, 1) - INSTANT


def _offset(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta()
    hours, minutes = int(zone[1:3]), int(zone[-2:]) if len(zone) > 3 else 0
    if hours > 23 or minutes > 59:
        raise ValueError
    return timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1)


def _zoned(value: str) -> bool:
    return _match(value)["zone"] is not None


def _reach(span: Span, *, utc: bool) -> Bounds:
    return (
        FIRST if span.earliest is None else _limits(span.earliest, utc=utc)[0],
        LAST if span.latest is None else _limits(span.latest, utc=utc)[1],
    )


# --- intervals ----------------------------------------------------------------------------------------------------


def _ends(given: str) -> tuple[str, str]:
    # "2011-2017" is no ISO interval, but it can mean nothing else
    years = re.fullmatch(r"([0-9]{4})[-–]([0-9]{4})", given)
    if years:
        return years[1], years[2]
    left, slash, right = given.partition("/")
    if not slash:
        return given, given
    return _end(left), _end(right)


def _end(given: str) -> str:
    return "" if given.strip() == ".." else given.strip()


def _completed(left: str, right: str) -> str:
    """The end of an interval with the leading parts that it shares with the beginning put back."""
    zone = _match(left)["zone"] or ""
    stem = left.removesuffix(zone).rstrip()
    shorter = len(right) < len(stem)
    if shorter and stem[-len(right) - 1] in "-T: t" and _shape(stem[-len(right) :]) == _shape(right):
        return stem[: -len(right)] + right + zone
    return right


def _shape(text: str) -> str:
    return re.sub("[0-9]", "0", text)


# --- words --------------------------------------------------------------------------------------------------------


def _parts(value: str) -> list[str]:
    """Year, month, day, clock, as far as they are given."""
    m = _match(value)
    if m["year"].endswith("X") or m["month"] in SEASONS:
        return [value]
    parts = [p for p in (m["year"], m["month"], m["day"]) if p and p != "XX"]
    if m["hour"]:
        parts.append(f"{m['hour']}:{m['minute'] or '00'}")
        if m["zone"]:
            parts.append(f"UTC{m['zone'].strip('Zz') if m['zone'].strip('Zz+-0:') else ''}")
    return parts


def _day(parts: list[str], shared: int = 0) -> str:
    """Year, month and day, less the leading ones that stand elsewhere, in the order of speech."""
    year, month, day = [*([""] * shared), *parts, "", ""][:3]
    given = {"day": day.lstrip("0"), "month": t(month_name(int(month))) if month else "", "year": year}
    if month and day:
        return t("{day} {month} {year}", **given) if year else t("{day} {month}", **given)
    return t("{month} {year}", **given) if month and year else "".join(given.values())


def _words(value: str) -> str:
    m = _match(value)
    if m["month"] in SEASONS:
        return t("{season} {year}", season=t(SEASONS[m["month"]][0]), year=m["year"])
    if m["year"].endswith("X"):
        return t("the {year}s", year=m["year"].replace("X", "0"))
    parts = _parts(value)
    day = _day(parts[:3])
    return t("{day}, {clock}", day=day, clock=" ".join(parts[3:])) if len(parts) > 3 else day


@cache
def month_name(number: int) -> str:
    """The English name of a month."""
    return list(lexicon.table("en/calendar", "months"))[number - 1].capitalize()
