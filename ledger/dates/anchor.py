"""The time of publication as the anchor of relative words, and arithmetic that keeps the precision of its unit."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec import Struct

from ledger.errors import BadInput
from ledger.records import Span
from ledger.vocabulary import Precision

DAY = timedelta(days=1)
UNITS = {"minute": Precision.MINUTE, "hour": Precision.HOUR, "day": Precision.DAY, "night": Precision.NIGHT}
UNITS |= {
    "week": Precision.WEEK,
    "fortnight": Precision.WEEK,
    "month": Precision.MONTH,
    "year": Precision.YEAR,
    "decade": Precision.DECADE,
}


class TimeInterval(NamedTuple):
    """What words mean: the interval, and whether the day of publication was needed to say so."""

    earliest: str | None
    latest: str | None
    precision: Precision
    relative: bool = True
    alternatives: tuple[Span, ...] = ()


class NoAnchor(Exception):
    """The publication time is not known to the unit that the words need."""


class Anchor(Struct, frozen=True):
    """Publication, as precisely as it is known, by the clock of the place where it was published."""

    text: str | None = None
    year_: int | None = None
    month_: int | None = None
    day_: int | None = None
    clock: str | None = None

    @property
    def day(self) -> date:
        if self.day_ is None:
            raise NoAnchor
        return date(self.year, self.month[1], self.day_)

    @property
    def month(self) -> tuple[int, int]:
        if self.month_ is None:
            raise NoAnchor
        return self.year, self.month_

    @property
    def year(self) -> int:
        if self.year_ is None:
            raise NoAnchor
        return self.year_

    @property
    def instant(self) -> datetime:
        if self.clock is None:
            raise NoAnchor
        return datetime.fromisoformat(f"{self.day}T{self.clock}")


def anchored(published: str | None) -> Anchor:
    """The anchor that an ISO 8601 publication time makes; BadInput where it is none."""
    if not published:
        return Anchor()
    m = re.fullmatch(
        r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ]([0-9]{2})(?::([0-9]{2})(?::?[0-9.,]*)?)? ?(?:Z|[+-][0-9:]{2,6})?)?)?)?",
        published.strip(),
    )
    try:
        if m is None:
            raise ValueError
        year, month, day = (int(g) if g else None for g in m.group(1, 2, 3))
        date(year or 0, month or 1, day or 1)
        clock = f"{m[4]}:{m[5] or '00'}" if m[4] else None
        if clock:
            datetime.fromisoformat(f"2000-01-01T{clock}")
    except ValueError:
        raise BadInput(f"not a publication time: {published!r}", hint="write it as 2016-03-27") from None
    return Anchor("-".join(g for g in m.group(1, 2, 3) if g), year, month, day, clock)


# --- units of the calendar ----------------------------------------------------------------------------------------


def one_day(day: date, *alternatives: date) -> TimeInterval:
    others = tuple(Span(d.isoformat(), d.isoformat()) for d in alternatives)
    return TimeInterval(day.isoformat(), day.isoformat(), Precision.DAY, True, others)


def night(day: date) -> TimeInterval:
    """The night that begins on the day."""
    return TimeInterval(day.isoformat(), (day + DAY).isoformat(), Precision.NIGHT)


def days(first: date, last: date, precision: Precision = Precision.RANGE, *, relative: bool = True) -> TimeInterval:
    return TimeInterval(first.isoformat(), last.isoformat(), precision, relative)


def month_text(months: int) -> str:
    """The month counted from January of the year 0."""
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise ValueError
    return f"{year:04d}-{month + 1:02d}"


def year_text(year: int) -> str:
    if not 1 <= year <= 9999:
        raise ValueError
    return f"{year:04d}"


def whole_month(months: int, *alternatives: int) -> TimeInterval:
    others = tuple(Span(month_text(m), month_text(m)) for m in alternatives)
    return TimeInterval(month_text(months), month_text(months), Precision.MONTH, True, others)


def whole_year(year: int) -> TimeInterval:
    return TimeInterval(year_text(year), year_text(year), Precision.YEAR)


def counted(anchor: Anchor) -> int:
    """The month of publication, counted as `month_text` reads it."""
    year, month = anchor.month
    return year * 12 + month - 1


def week(anchor: Anchor, weeks: int) -> TimeInterval:
    """The ISO week so many weeks on; the other reading is a week that starts on Sunday."""
    today = anchor.day
    monday = today - DAY * today.weekday() + DAY * 7 * weeks
    sunday = today - DAY * ((today.weekday() + 1) % 7) + DAY * 7 * weeks
    other = Span(sunday.isoformat(), (sunday + DAY * 6).isoformat())
    return TimeInterval(monday.isoformat(), (monday + DAY * 6).isoformat(), Precision.WEEK, True, (other,))


def shifted(anchor: Anchor, unit: str, count: int) -> str:
    """Publication moved by so many units, to the precision of the unit."""
    if unit in ("minute", "hour"):
        if anchor.clock is None:
            return (anchor.day + DAY * round(count / (24 if unit == "hour" else 1440))).isoformat()
        moved = anchor.instant + timedelta(**{f"{unit}s": count})
        return moved.isoformat(timespec="minutes" if unit == "minute" else "hours")
    if unit in ("day", "night", "week"):
        return (anchor.day + DAY * count * (7 if unit == "week" else 1)).isoformat()
    if unit == "month":
        return month_text(counted(anchor) + count)
    return year_text(anchor.year + count * (10 if unit == "decade" else 1))


def lately(anchor: Anchor, unit: str, count: int) -> TimeInterval:
    """The stretch of so many units that ends with publication."""
    if unit in ("minute", "hour"):
        if anchor.clock is None:
            # without the hour of publication, even one hour may reach into the day before
            whole = -(-count // (24 if unit == "hour" else 1440))
            return days(anchor.day - DAY * whole, anchor.day)
        return TimeInterval(shifted(anchor, unit, -count), shifted(anchor, unit, 0), Precision.RANGE)
    first = shifted(anchor, unit, -count)
    if unit in ("month", "year") and anchor.day_ is not None:
        first = day_months_before(anchor.day, count * (12 if unit == "year" else 1)).isoformat()
    return TimeInterval(first, anchor.text, Precision.RANGE)


def day_months_before(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            if last == 28:
                raise
    raise ValueError


def ago(anchor: Anchor, unit: str, count: int) -> TimeInterval:
    """The unit that lies so many units back."""
    if unit == "week":
        day = anchor.day - DAY * 7 * count
        if count == 1:
            return one_day(day)
        monday = day - DAY * day.weekday()
        found = days(monday, monday + DAY * 6, Precision.WEEK)
        return found._replace(alternatives=(Span(day.isoformat(), day.isoformat()),))
    value = shifted(anchor, unit, -count)
    if unit == "night":
        return night(anchor.day - DAY * count)
    if unit == "decade":
        return TimeInterval(value, value, Precision.YEAR)
    precision = Precision.DAY if "T" not in value and unit in ("hour", "minute") else UNITS[unit]
    return TimeInterval(value, value, precision)
