"""The words of time, from `ledger/data`, and the patterns that read them at a known place."""

from __future__ import annotations

import re
from functools import cache

from ledger.lexicon import alternatives, listed, table, values

MONTHS = {name: n for n, names in enumerate(table("en/calendar", "months").values(), 1) for name in names}
WEEKDAYS = {name: n for n, names in enumerate(table("en/calendar", "weekdays").values()) for name in names}
SEASONS = {name: int(month) for name, month in values("en/calendar", "seasons").items()}
ORDINALS = {name: int(n) for name, n in values("en/calendar", "ordinals").items()}
HOLIDAYS = values("en/calendar", "holidays")
"""Named days, as month and day: "new year's eve"."""
REACH = {word: int(n) for word, n in values("en/calendar", "reach").items()}
"""How many units back a vague number may reach."""
NUMBERS = {word: int(n) for word, n in values("en/numbers", "cardinals").items() if n != "0"}
NUMBERS |= {word: int(values("en/numbers", "scales")[word]) for word in ("hundred", "dozen")}
NUMBERS |= {"a": 1, "an": 1, "couple": 2}
ZONES = values("zones", "zones") | {"Z": "Z"}
PLACES = {name.casefold(): zone for name, zone in values("zones", "places").items()}
"""Zones by the place whose clocks have always kept them, as it stands before "time"."""


def _full(name: str) -> tuple[str, ...]:
    return tuple(names[0] for names in table("en/calendar", name).values())


def _short(name: str) -> tuple[str, ...]:
    return tuple(short for names in table("en/calendar", name).values() for short in names[1:])


MONTH = rf"(?:{alternatives(_full('months'))})(?![^\W_])"
MONTH_SHORT = rf"(?:{alternatives(_short('months'))})(?:\.|(?![^\W_]))"
ANY_MONTH = f"(?:{MONTH}|{MONTH_SHORT})"
WEEKDAY = rf"(?:{alternatives(_full('weekdays'))})(?![^\W_])"
ANY_WEEKDAY = rf"(?:{WEEKDAY}|(?:{alternatives(_short('weekdays'))})(?:\.|(?=,?\s)))"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
NTH = rf"{DAY}(?:st|nd|rd|th)?(?![^\W_])"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![^\W_])(?![.,][0-9])"
UNIT = r"(?:minute|hour|day|night|week|month|year|decade)"
COUNT = (
    r"(?:[0-9]{1,4}|an? couple of|couple of|an? few|few|several|"
    + alternatives(tuple(word for word in NUMBERS if word != "couple"))
    + ")"
)
SEASON = alternatives(tuple(SEASONS))
LASTING = alternatives(listed("en/calendar", "lasting"))
DASH = r"[-‐‑–—]"
CLOCK = r"(?:[01]?[0-9]|2[0-3])(?:[:.][0-5][0-9])?"
AMPM = r"[ap](?:\.\s?m\.|\.?m)(?![^\W_])"
ZONE = rf"(?:{alternatives(tuple(values('zones', 'zones')))})(?![^\W_])|local time|(?:hours|hrs)(?![^\W_])"

PATTERNS = {
    # absolute days
    "holiday": rf"(?P<name>{alternatives(tuple(HOLIDAYS))})(?![^\W_])(?:,? (?P<y>{YEAR}))?",
    "iso": r"(?P<value>[12][0-9]{3}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01])"
    r"(?:[T\s][0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-][0-2][0-9]:?[0-5][0-9])?)?)?)(?![^\W_]|-[0-9])",
    "numeric": r"(?P<a>[0-9]{1,2})(?P<s>[/.-])(?P<b>[0-9]{1,2})(?P=s)"
    r"(?P<y>[12][0-9]{3}|(?<=/)[0-9]{2})(?![^\W_])(?![./-][0-9])",
    "day_month": rf"(?:{ANY_WEEKDAY},? (?:the )?)?(?P<d>{NTH})"
    rf"(?:\s{{0,3}}(?:{DASH}|to|and|through|until)\s{{0,3}}(?P<d2>{NTH}))?"
    rf"(?: of)?[\s-](?P<m>{ANY_MONTH})(?:,?[\s-]{{1,3}}(?P<y>{YEAR}))?",
    "month_day": rf"(?:{ANY_WEEKDAY},? )?(?P<m>{ANY_MONTH}) (?:the )?(?P<d>{NTH})"
    rf"(?:\s{{0,3}}(?:{DASH}|to|and|through|until)\s{{0,3}}(?P<d2>{NTH}))?(?![:/]|\s?{AMPM})(?:,? (?P<y>{YEAR}))?",
    # months, years, parts of them
    "month": rf"(?P<m>{MONTH})(?:,? (?:of )?(?P<y>{YEAR}))?|(?P<ms>{MONTH_SHORT}) (?P<ys>{YEAR})",
    "part": r"(?P<part>early|mid|late|beginning|start|middle|end)(?: of | in |[\s-]{1,3})(?:the )?"
    rf"(?:(?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?|(?P<iso>[12][0-9]{{3}}-(?:0[1-9]|1[0-2]))(?!-)|(?P<year>{YEAR})(?!-[0-9])"
    r"|(?:(?P<rel>last|this|next) )?(?P<u>month|year)"
    r"|(?P<decade>[12][0-9]{2}0)['’]?s)(?![^\W_])",
    "months": rf"(?P<m>{ANY_MONTH})(?P<c> (?:to|and|through|until) |\s?{DASH}\s?)(?P<m2>{ANY_MONTH})"
    rf"(?! ?[0-9]{{1,2}}(?![0-9]))(?:,? (?:of )?(?P<y>{YEAR}))?",
    "week_of": rf"(?P<n>first|second|third|fourth|last) week (?:of|in) (?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?",
    "nth_weekday": rf"(?P<n>first|second|third|fourth|last) (?P<w>{WEEKDAY}) (?:of|in) "
    rf"(?:(?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?|(?P<rel>last|this|next) month(?![^\W_]))",
    "decade": r"(?P<d>[12][0-9]{2}0)['’]?s(?![^\W_])",
    "nineties": r"['’‘](?P<d>[0-9]{2})(?P<s>s)?(?![^\W_])",
    "years": rf"(?P<a>{YEAR})\s?(?:{DASH}|(?P<to>(?<=\s)to(?=\s)))\s?(?P<b>{YEAR}|[0-9]{{2}})(?![^\W_]|[-/.:,][0-9])",
    "year": rf"(?P<y>{YEAR})(?![-–/:][0-9])",
    "season": rf"(?P<s>{SEASON})(?:,? (?:of )?(?P<y>{YEAR}))?(?![^\W_])",
    "quarter": r"(?P<n>first|second|third|fourth|last)[\s-](?P<k>quarter|half)"
    rf"(?: of (?P<of>the year|this year|last year|(?P<y>{YEAR})))?(?![^\W_])",
    "first_months": rf"first (?P<n>{COUNT})[\s-]{{1,3}}months"
    rf"(?: of (?P<of>the year|this year|last year|(?P<y>{YEAR})))?(?![^\W_])",
    "q": rf"Q(?P<n>[1-4])(?: (?:of )?(?P<y>{YEAR}))?(?![^\W_])|(?P<y2>{YEAR}) Q(?P<n2>[1-4])(?![^\W_])",
    # relative to publication
    "weekday": rf"(?:(?P<rel>last|next|this past|this|past) |(?:early|late) (?:on )?)?(?P<w>{WEEKDAY})"
    r"(?: (?P<part>morning|afternoon|evening|night|lunchtime)(?![^\W_]))?",
    "today": r"(?P<w>now|today|yesterday|tomorrow|tonight)(?![^\W_]| (?:show|programme|program)\b)"
    r"(?: (?P<part>morning|afternoon|evening|night)(?![^\W_]))?",
    "other_day": r"(?:day (?P<w>before yesterday|after tomorrow)|night before last)(?![^\W_])",
    "this": r"this (?:morning|afternoon|evening)(?![^\W_])",
    "overnight": r"overnight(?![^\W_])(?! (?:stay|train|bus|flight|trip))",
    "the_night": r"(?:during|through|in|throughout) the night(?! of\b)(?![^\W_])|last night(?![^\W_])",
    "weekend": r"(?:(?P<rel>last|this past|this|next|past|the past|coming) )?weekend(?![^\W_])",
    "beyond": rf"(?P<u>weekend|week|month|year|{WEEKDAY}) (?P<side>after(?= next)|before(?= last)) (?:next|last)(?![^\W_])",
    "relative": r"(?:(?P<part>earlier|later) )?(?P<rel>last|this|next) (?P<u>week|month|year|decade)(?![^\W_])",
    "earlier_in": r"(?P<part>earlier|later) in (?P<rel>the) (?P<u>week|month|year)(?![^\W_])",
    "relative_name": rf"(?P<rel>last|this|next) (?:(?P<m>{MONTH})|(?P<s>{SEASON}))(?![^\W_])",
    "lately": rf"(?P<rel>last|past|previous|preceding) (?:(?P<n>{COUNT})[\s-]{{1,3}})?(?P<u>{UNIT})s?(?![^\W_])",
    "coming": rf"(?P<rel>next|coming) (?:(?P<n>{COUNT})[\s-]{{1,3}})?(?P<u>{UNIT})(?P<s>s)?(?![^\W_])",
    "ago": rf"(?P<n>{COUNT})[\s-]{{1,3}}(?P<u>{UNIT}|fortnight)s? "
    r"(?:ago|earlier today|(?P<on>from now|from today|hence))(?![^\W_])",
    "lasting": rf"(?P<n>{COUNT})[\s-]{{1,3}}(?P<u>day|week|month|year)s?(?:{DASH}long|{DASH}old)? "
    rf"(?!sentence|plan|old)(?:[a-z-]+ )?(?:{LASTING})(?![^\W_])",
    "length": rf"(?P<n>{COUNT})[\s-]{{1,3}}(?P<u>hour|day|week|month)s?(?![^\W_])",
    "counted": rf"{COUNT}[\s-]{{1,3}}(?:{UNIT}|fortnight|o['’]clock)",
    # the clock
    "clock": rf"(?P<t>{CLOCK})\s?(?P<ap>{AMPM})(?:,? (?P<z>{ZONE}))?"
    rf"(?: \((?P<t2>{CLOCK}|[0-2][0-9][0-5][0-9])\s?(?P<ap2>{AMPM})?\s?(?P<z2>{ZONE})\))?",
    "clock24": rf"(?P<t>[0-2]?[0-9][:.][0-5][0-9]|[0-2][0-9][0-5][0-9])(?::[0-5][0-9])?(?![:.]?[0-9])(?:\s?(?P<z>{ZONE}))?"
    rf"(?: \((?P<t2>{CLOCK}|[0-2][0-9][0-5][0-9])\s?(?P<z2>{ZONE})\))?",
    "oclock": r"(?P<n>[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]clock(?![^\W_])"
    r"(?: in the (?P<part>morning|afternoon|evening))?",
    "noon": rf"(?P<w>noon|midday|midnight)(?![^\W_])(?:,? (?P<z>{ZONE}))?",
    "dawn": r"(?:dawn|daybreak|sunrise|dusk|sunset|nightfall)(?![^\W_])",
    "since": r"since(?![^\W_])",
}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern, where a blank stands for up to three of white space: a line may break, a paragraph not."""
    return re.compile(PATTERNS[name].replace(" ", r"\s{1,3}"), re.IGNORECASE)
