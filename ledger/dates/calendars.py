"""Times in languages that are not English: days, months and years by their names, weekdays, and days told from today.

The words are those of `ledger/data/LANG/calendar.toml`. What is not read there is no time; of a day without a year, or a
weekday whose clause says neither that it was nor that it is to come, a person is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache

from msgspec import Struct

from ledger.dates.absolute import near, whole
from ledger.dates.anchor import (
    DAY,
    Anchor,
    NoAnchor,
    TimeInterval,
    counted,
    days,
    one_day,
    week,
    whole_month,
    whole_year,
)
from ledger.dates.part import Given, Part, Tense
from ledger.language import is_read
from ledger.lexicon import loosely, table
from ledger.records import Span
from ledger.vocabulary import Precision

YEAR = r"(?:1[89]|20)\d\d"
DATE = r"3[01]|[12]\d|0?[1-9]"
DAYS_ON = {"before_yesterday": -2, "yesterday": -1, "today": 0, "tomorrow": 1, "after_tomorrow": 2}
STEPS = {"last": -1, "this": 0, "next": 1}
CLAUSE = re.compile(r"[,;:.!?،؛\n«»“”\"()]")
ISO = re.compile(rf"(?<![\w-])(?P<iso>{YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\w-])", re.ASCII)


class Calendar(Struct, frozen=True):
    """The words of time of a language as one pattern, and what its names mean."""

    time: re.Pattern[str]
    months: dict[str, int]
    weekdays: dict[str, int]
    days: dict[str, int]
    spans: dict[str, str]
    steps: dict[str, int]
    past: re.Pattern[str]
    future: re.Pattern[str]
    bare: bool
    """Whether a weekday stands without a word before it: "lundi"."""
    beside: re.Pattern[str]
    """What stands before the second of two weekdays: "am Montag und | Dienstag"."""
    every: re.Pattern[str]
    never: re.Pattern[str]
    """Words before a day that make it another word: "por la mañana", "am Morgen"."""


def parts(text: str, code: str, anchor: Anchor) -> Iterator[Part]:
    """The times of a text in their order; in a language without a calendar only those in ISO 8601."""
    calendar = _calendar(code)
    lower = text.lower() if len(text.lower()) == len(text) else text
    lower = re.sub(r"[^\D0-9]", lambda m: str(int(m[0])), lower)
    for m in (calendar.time if calendar else ISO).finditer(lower):
        try:
            reading = READ[m.lastgroup or ""](m, calendar, anchor) if calendar else _iso(m)
        except NoAnchor:
            reading = TimeInterval(None, None, UNKNOWN.get(m.lastgroup or "", Precision.DAY))
        except (ValueError, OverflowError):
            continue
        if reading:
            inner = [m.start(name) for name, found in m.groupdict().items() if found and name not in (*READ, "lead")]
            yield Part(min(inner), m.end(), "span", reading)


# --- readings -----------------------------------------------------------------------------------------------------


def _iso(m: re.Match[str], _names: Calendar | None = None, _anchor: Anchor | None = None) -> TimeInterval:
    year, month, *day = map(int, m["iso"].split("-"))
    return whole(Given(year, month, day[0] if day else None))


def _numeric(m: re.Match[str], _names: Calendar, _anchor: Anchor) -> TimeInterval:
    """These languages write the day first."""
    day, _, rest = m["numeric"].partition(m["mark"])
    month, _, year = rest.partition(m["mark"])
    return whole(Given(int(year), int(month), int(day)))


def _dated(m: re.Match[str], calendar: Calendar, anchor: Anchor) -> TimeInterval | None:
    """A day, or the days from one to another, of a named month."""
    month = calendar.months[_word(m["month"])]
    year = int(m["year"]) if m["year"] else None
    first = Given(year, month, int(m["day"]))
    if not m["day2"]:
        return whole(first) if year else near(first, anchor, when=_tense(m, calendar), weekday=_weekday_of(m, calendar))
    last = first._replace(day=int(m["day2"]))
    found, end = (whole(g) if year else near(g, anchor, when=_tense(m, calendar)) for g in (first, last))
    start, latest = date.fromisoformat(str(found.earliest)), date.fromisoformat(str(end.latest))
    return days(start, latest, relative=not year) if start < latest else None


def _weekday_of(m: re.Match[str], calendar: Calendar) -> int | None:
    return calendar.weekdays[_word(m["dayname"])] if m["dayname"] else None


def _month(m: re.Match[str], calendar: Calendar, anchor: Anchor) -> TimeInterval:
    month = calendar.months[_word(m["month2"] or m["month3"])]
    if m["year2"]:
        return whole(Given(int(m["year2"]), month))
    when = _tense(m, calendar)
    found, coming = (near(Given(None, month), anchor, when=tense) for tense in (when, "future"))
    return found if when or found == coming else found._replace(alternatives=(Span(coming.earliest, coming.latest),))


def _year(m: re.Match[str], _names: Calendar, _anchor: Anchor) -> TimeInterval:
    return whole_year(int(m["only"]))._replace(relative=False)


def _weekday(m: re.Match[str], calendar: Calendar, anchor: Anchor) -> TimeInterval | None:
    """The last such day up to publication, or the next where the clause looks ahead; both where it says neither."""
    named = m["lead"] or m["which"] or m["which2"] or calendar.bare
    if not (named or calendar.beside.search(m.string[max(0, m.start() - BESIDE) : m.start()])) or calendar.every.search(
        m.string[: m.start()][-12:]
    ):
        return None
    today, number = anchor.day, calendar.weekdays[_word(m["weekday"])]
    back, forth = (today.weekday() - number) % 7, (number - today.weekday()) % 7
    step = calendar.steps.get(_word(m["which"] or m["which2"] or ""))
    if step:
        return one_day(today - DAY * (back or 7) if step < 0 else today + DAY * (forth or 7))
    when = _tense(m, calendar)
    past, coming = today - DAY * back, today + DAY * forth
    if when == "future":
        return one_day(coming)
    return one_day(past) if when == "past" or past == coming else one_day(past, coming)


def _on(m: re.Match[str], calendar: Calendar, anchor: Anchor) -> TimeInterval | None:
    if calendar.never.search(m.string[max(0, m.start() - 16) : m.start()]):
        return None
    return one_day(anchor.day + DAY * calendar.days[_word(m["on"])])


def _span(m: re.Match[str], calendar: Calendar, anchor: Anchor) -> TimeInterval:
    step, unit = calendar.spans[_word(m["span"])].split("_")
    if unit == "week":
        return week(anchor, STEPS[step])
    if unit == "month":
        return whole_month(counted(anchor) + STEPS[step])
    return whole_year(anchor.year + STEPS[step])


UNKNOWN = {"month_": Precision.MONTH, "year_": Precision.YEAR, "span_": Precision.RANGE}
Read = Callable[[re.Match[str], Calendar, Anchor], "TimeInterval | None"]
READ: dict[str, Read] = {
    "iso_": _iso, "numeric_": _numeric, "dated": _dated, "month_": _month, "year_": _year,
    "weekday_": _weekday, "on_": _on, "span_": _span,
}  # fmt: skip


def _tense(m: re.Match[str], calendar: Calendar) -> Tense:
    """What the clause around a time says: that it was, or that it is to come."""
    left = CLAUSE.split(m.string[max(0, m.start() - 90) : m.start()])[-1]
    right = CLAUSE.split(m.string[m.end() : m.end() + 90].lstrip(", "), maxsplit=1)[0]
    around = f"{left} | {right}"
    if calendar.future.search(around):
        return "future"
    return "past" if calendar.past.search(around) else None


# --- words --------------------------------------------------------------------------------------------------------


def _word(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("’", "'"))


def _ends(entries: Iterable[str]) -> re.Pattern[str]:
    """Words, and with a hyphen ends of words."""
    return re.compile("|".join(rf"\w{{2}}{e[1:]}\b" if e[0] == "-" else rf"\b{re.escape(e)}\b" for e in entries))


@cache
def _calendar(code: str) -> Calendar | None:
    """The calendar of a language that is read; None for others, whose calendars only sheets know."""
    if not is_read(code):
        return None
    file = f"{code}/calendar"
    tense, lists = table(file, "tense"), {name: table(file, name) for name in ("days", "spans", "which")}
    months, weekdays = (
        {w: n for n, ws in enumerate(table(file, t).values()) for w in ws} for t in ("months", "weekdays")
    )
    return Calendar(
        time=re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _patterns(file).items())),
        months={name: n + 1 for name, n in months.items()},
        weekdays=weekdays,
        days={w: DAYS_ON[name] for name, ws in lists["days"].items() if name in DAYS_ON for w in ws},
        spans={w: name for name, ws in lists["spans"].items() for w in ws},
        steps={w: STEPS[name] for name, ws in lists["which"].items() for w in ws},
        past=_ends(tense["past"]),
        future=_ends(tense["future"]),
        bare="bare" in table(file, "small"),
        beside=_beside(file, table(f"{code}/figures", "joining")["and"]),
        every=re.compile(rf"(?<!\w)(?:{loosely(table(file, 'small')['every'])})\s+$"),
        never=re.compile(rf"(?<!\w)(?:{loosely(lists['days'].get('not_after', ('-',)))})\s+$"),
    )


def _beside(file: str, ands: tuple[str, ...]) -> re.Pattern[str]:
    weekday, on = loosely(w for ws in table(file, "weekdays").values() for w in ws), loosely(table(file, "small")["on"])
    return re.compile(rf"(?<!\w)(?:{on})\s+(?:{weekday})\s+(?:{loosely(ands)})\s+$")


BESIDE = 40
"""Characters that a weekday and the words around it take."""


def _patterns(file: str) -> dict[str, str]:
    """A pattern for each kind of time, the ones that hold others first."""
    small, names = table(file, "small"), table(file, "months").values()
    month, full = (
        loosely(w for ws in names for w in ws),
        loosely(w for ws in names for w in ws if w == ws[0] or len(w) > 3),
    )
    weekday = loosely(w for ws in table(file, "weekdays").values() for w in ws)
    which = loosely(w for ws in table(file, "which").values() for w in ws)
    on, of, to, inside, years, after, ordinal = (
        loosely(small.get(name, ())) for name in ("on", "of", "to", "inside", "years", "year_after", "ordinal")
    )
    gap, of_ = r"[\s\u00a0]+", rf"(?:(?:{of})[\s\u00a0]+)?" if of else ""
    nth = f"(?:{ordinal})?" if ordinal else ""
    day = rf"(?<![\w.,/-])(?P<day>{DATE}){nth}(?:(?:\s?[-–]\s?|{gap}(?:{to}){gap})(?P<day2>{DATE}){nth})?"
    behind = rf"{gap}(?:{after})(?!\w)" if after else r"(?!\w|[.,]\d)"
    return {
        "iso_": ISO.pattern,
        "numeric_": rf"(?<![\d./-])(?P<numeric>(?:{DATE})(?P<mark>[./-])(?:0?[1-9]|1[0-2])(?P=mark){YEAR})(?![\d/-])",
        "dated": rf"(?:(?<!\w)(?:(?:{on}){gap})?(?P<dayname>{weekday}),?{gap}(?:(?:{on}){gap})?)?{day}[\s\u00a0]*{of_}"
        rf"(?P<month>{month})(?!\w)(?:\.?{gap}{of_}(?P<year>{YEAR})(?!\w))?",
        "month_": rf"(?<!\w)(?:(?:(?:{inside}){gap}?)?(?P<month2>{month})\.?{gap}{of_}(?P<year2>{YEAR})(?!\w)"
        rf"|(?:{inside}){gap}?(?P<month3>{full})(?!\w))",
        "year_": rf"(?<!\w)(?:{years}){gap}(?P<only>{YEAR}){behind}",
        "span_": rf"(?<!\w)(?P<span>{loosely(w for ws in table(file, 'spans').values() for w in ws)})(?!\w)",
        "weekday_": rf"(?<!\w)(?P<lead>(?:{on}){gap})?(?:(?P<which2>{which}){gap})?(?P<weekday>{weekday})(?!\w)"
        rf"(?:{gap}(?P<which>{which})(?!\w))?",
        "on_": rf"(?<![\w-])(?P<on>{loosely(w for n, ws in table(file, 'days').items() if n in DAYS_ON for w in ws)})(?![\w-])",
    }
