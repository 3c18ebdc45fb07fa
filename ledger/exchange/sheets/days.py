"""Days as sheets write them, as ISO 8601: the order of day and month is told by the whole column, or asked for.

"03/04/2020" alone is 3 April in one country and 4 March in the next. A column in which some first number is above 12 puts the
day first; one in which some second number is, the month. Where none is, or both are, nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from ledger import dates, lexicon
from ledger.errors import BadInput
from ledger.exchange.sheets.cells import Exact

ORDERS = {"dmy": "day first", "mdy": "month first"}
HINT = "write 2016-03-27, 27.03.2016 or 27 March 2016"

NUMBERS = re.compile(
    r"(?P<a>\d{1,2})\s?(?P<mark>[./\-])\s?(?P<b>\d{1,2})\s?(?P=mark)\s?(?P<year>\d{4}|\d{2})\.?(?:(?:\s*,?\s+|T)(?P<time>.+))?"
)
BIG = re.compile(r"(?P<year>\d{4})(?P<mark>[./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})\.?(?:[\sT,]+(?P<time>.+))?")
MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[./](?P<year>\d{4})")
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?)?\s?(?P<half>[ap]\.?m\.?)?"
    r"\s?(?:Uhr|h|hrs)?\s?(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
SPACED_ZONE = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})[ T](?P<time>\d{1,2}:\d{2}.*)")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")


@cache
def _months() -> dict[str, int]:
    """The names of months in every language that has a calendar."""
    found: dict[str, int] = {}
    for language in lexicon.languages("calendar"):
        for n, names in enumerate(lexicon.table(f"{language}/calendar", "months").values(), 1):
            found |= dict.fromkeys(names, n)
    return found


class Order:
    """What the cells of one column tell of the order of day and month."""

    def __init__(self) -> None:
        self.day_first = self.month_first = 0
        self.points = False
        """Points stand between the numbers, as where the day comes first."""
        self.open: str | None = None
        """A cell that can be read both ways."""

    def see(self, cell: str) -> None:
        found = None if isinstance(cell, Exact) else NUMBERS.fullmatch(cell)
        if found is None:
            return
        first, second = int(found["a"]), int(found["b"])
        self.points = self.points or found["mark"] == "."
        if first > 12 >= second:
            self.day_first += 1
        elif second > 12 >= first:
            self.month_first += 1
        elif first != second and found["mark"] != ".":
            self.open = self.open or cell

    @property
    def torn(self) -> bool:
        return bool(self.day_first and self.month_first)

    @property
    def clear(self) -> str | None:
        """The order, dmy or mdy, where the cells agree on one; points alone say that the day is first."""
        if self.torn:
            return None
        return (
            "dmy" if self.day_first else "mdy" if self.month_first else "dmy" if self.points and not self.open else None
        )

    def told(self, header: str) -> None:
        """BadInput, which asks, where a cell can be read both ways and the column does not tell."""
        if self.open is None or self.clear:
            return
        found = NUMBERS.fullmatch(self.open)
        first, second = (int(found[g]) for g in "ab") if found else (1, 1)
        both = f"{first} {_month(second)} or {second} {_month(first)}"
        why = "others in it put the day first, others the month" if self.torn else "no other cell tells which"
        raise BadInput(
            f'column "{header}": {self.open} is {both}, and {why}',
            hint='say it: --map "auto, dates=dmy" (day first) or "auto, dates=mdy" (month first)',
        )


def _month(number: int) -> str:
    return dates.month_name(number)


def iso(cell: str, order: str | None, epoch: date) -> str:
    """The day or time of a cell as ISO 8601 / EDTF; BadInput where it is none."""
    text = " ".join(cell.split())
    if isinstance(cell, Exact) and SERIAL.fullmatch(text) and 15_000 < float(text) < 80_000:
        return (epoch + timedelta(days=int(float(text)))).isoformat()
    for read in (_numbers, _big, _zoned, _month_year, _worded):
        if found := read(text, order):
            return found
    try:
        dates.window(text)
    except BadInput:
        raise BadInput(f"not a date: {text[:60]!r}", hint=HINT) from None
    return text


def _day(year: str, month: int, day: int, clock: str | None, text: str) -> str:
    whole = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 69 else 1900)  # POSIX, strptime %y
    try:
        found = date(whole, month, day).isoformat()
    except ValueError:
        raise BadInput(f"there is no such day: {text[:60]!r}", hint=HINT) from None
    return found + (_clock(clock, text) if clock else "")


def _clock(text: str, whole: str) -> str:
    found = CLOCK.fullmatch(text.strip())
    hour = int(found["hour"]) if found else 24
    if found and found["half"]:
        hour = hour % 12 + (12 if found["half"].casefold().startswith("p") else 0)
    if found is None or hour > 23:
        raise BadInput(f"not a time of day: {whole[:60]!r}", hint="write 2016-03-27T16:05")
    minute, second, zone = found["minute"] or "00", found["second"], found["zone"] or ""
    zone = "Z" if zone.casefold() in ("utc", "gmt", "z") else re.sub(r"(\d{2})(\d{2})$", r"\1:\2", zone)
    if hour == 0 and minute == "00" and second in (None, "00") and not zone:
        return ""
    return f"T{hour:02d}:{minute}" + (f":{second}" if second else "") + zone


def _numbers(text: str, order: str | None) -> str | None:
    found = NUMBERS.fullmatch(text)
    if found is None:
        return None
    first, second = int(found["a"]), int(found["b"])
    swapped = first <= 12 and (second > 12 or order == "mdy")
    day, month = (second, first) if swapped else (first, second)
    return _day(found["year"], month, day, found["time"], text)


def _big(text: str, _order: str | None) -> str | None:
    found = BIG.fullmatch(text)
    return _day(found["year"], int(found["month"]), int(found["day"]), found["time"], text) if found else None


def _zoned(text: str, _order: str | None) -> str | None:
    """ISO 8601 with a space, or a zone in words."""
    found = SPACED_ZONE.fullmatch(text)
    return found["day"] + _clock(found["time"], text) if found else None


def _month_year(text: str, _order: str | None) -> str | None:
    found = MONTH_YEAR.fullmatch(text)
    if found is None or not 0 < int(found["month"]) < 13:
        return None
    return f"{found['year']}-{int(found['month']):02d}"


WORDED = re.compile(r"\d{4}|\d{1,2}|[^\W\d_]+|:\S+")


def _worded(text: str, _order: str | None) -> str | None:
    """A day with its month in words: "2 June 2020", "June 2nd, 2020", "Dienstag, 2. Juni 2020", "juin 2020"."""
    words, _, clock = re.sub(r"(?<=\d)(?:st|nd|rd|th|er|º|ª)\b", "", text, flags=re.IGNORECASE).partition(":")
    if clock:
        hour = re.search(r"\s?\d{1,2}$", words)
        words, clock = (words[: hour.start()], f"{hour[0].strip()}:{clock}") if hour else (words, clock)
    tokens = WORDED.findall(words)
    months = [_months()[t.casefold()] for t in tokens if t.casefold() in _months()]
    numbers = [t for t in tokens if t.isdecimal()]
    years = [t for t in numbers if len(t) == 4]
    days = [t for t in numbers if len(t) < 3]
    if len(months) != 1 or len(years) != 1 or len(days) > 1 or not _only_names(tokens):
        return None
    if not days:
        return f"{years[0]}-{months[0]:02d}"
    return _day(years[0], months[0], int(days[0]), clock or None, text)


FILLING = (
    "de del di of the le la den der am um at à a las às alle uhr  monday mon tuesday tue tues wednesday wed "
    "thursday thu thur thurs friday fri saturday sat sunday sun  montag mo dienstag di mittwoch mi donnerstag "
    "do freitag fr samstag sa sonnabend sonntag so  lundi mardi mercredi jeudi vendredi samedi dimanche lunes "
    "martes miércoles jueves viernes sábado domingo  lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "segunda terça quarta quinta sexta feira  maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
)
"""What may stand beside a day and its month."""


@cache
def _filling() -> frozenset[str]:
    return frozenset(FILLING.split())


def _only_names(tokens: list[str]) -> bool:
    return all(t.isdecimal() or t.casefold() in _months() or t.casefold() in _filling() for t in tokens)
