"""The words of time in English, and the patterns that read them at a known place."""

from __future__ import annotations

import re
from functools import cache

MONTH_NAMES = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
MONTHS = {name[:3]: n for n, name in enumerate(MONTH_NAMES, 1)}
WEEKDAY_NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS = {name[:3]: n for n, name in enumerate(WEEKDAY_NAMES)}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
NUMBERS = {
    word: n
    for n, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        1,
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100, "dozen": 12, "couple": 2}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
# how far back "a few" and "several" may reach
VAGUE = {"few": 6, "several": 9, "many": 0}

ZONES = {"GMT": "Z", "UTC": "Z", "Z": "Z", "BST": "+01:00", "CET": "+01:00", "CEST": "+02:00", "EET": "+02:00"}
ZONES |= {"EEST": "+03:00", "MSK": "+03:00", "EST": "-05:00", "EDT": "-04:00", "PST": "-08:00", "PDT": "-07:00"}

# undertakings that last until they are told of; a sentence, a plan or a deadline does not
LASTING = (
    "campaign|offensive|battle|siege|war|operation|fighting|fight|assault|conflict|standoff|stand-off|crackdown"
    "|blockade|insurgency|insurrection|uprising|drought|bombardment|onslaught|manhunt|search|investigation|inquiry"
    "|strike|occupation|rule|reign|hunt|rescue|emergency|outbreak|epidemic|rebellion|revolt|protest|protests"
)


MONTH = rf"(?:{'|'.join(MONTH_NAMES)})(?![^\W_])"
MONTH_SHORT = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|(?![^\W_]))"
ANY_MONTH = f"(?:{MONTH}|{MONTH_SHORT})"
WEEKDAY = rf"(?:{'|'.join(WEEKDAY_NAMES)})(?![^\W_])"
ANY_WEEKDAY = rf"(?:{WEEKDAY}|(?:Mon|Tues|Tue|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)(?:\.|(?=,?\s)))"
DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
NTH = rf"{DAY}(?:st|nd|rd|th)?(?![^\W_])"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})(?![^\W_])(?![.,][0-9])"
UNIT = r"(?:minute|hour|day|night|week|month|year|decade)"
COUNT = (
    r"(?:[0-9]{1,4}|an? couple of|couple of|an? few|few|several|"
    + "|".join(sorted((n for n in NUMBERS if n != "couple"), key=len, reverse=True))
    + ")"
)
DASH = r"[-‐‑–—]"
CLOCK = r"(?:[01]?[0-9]|2[0-3])(?:[:.][0-5][0-9])?"
AMPM = r"[ap](?:\.\s?m\.|\.?m)(?![^\W_])"
ZONE = r"(?:GMT|UTC|BST|CET|CEST|EET|EEST|MSK|EST|EDT|PST|PDT)(?![^\W_])|local time|(?:hours|hrs)(?![^\W_])"

PATTERNS = {
    # absolute days
    "iso": r"(?P<value>[12][0-9]{3}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01])"
    r"(?:[T\s][0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?:Z|[+-][0-2][0-9]:?[0-5][0-9])?)?)?)(?![^\W_]|-[0-9])",
    "numeric": r"(?P<a>[0-9]{1,2})(?P<s>[/.-])(?P<b>[0-9]{1,2})(?P=s)(?P<y>[12][0-9]{3})(?![^\W_])(?![./-][0-9])",
    "day_month": rf"(?:{ANY_WEEKDAY},? (?:the )?)?(?P<d>{NTH})"
    rf"(?:\s{{0,3}}(?:{DASH}|to|and|through|until)\s{{0,3}}(?P<d2>{NTH}))?"
    rf"(?: of)?[\s-](?P<m>{ANY_MONTH})(?:,?[\s-]{{1,3}}(?P<y>{YEAR}))?",
    "month_day": rf"(?:{ANY_WEEKDAY},? )?(?P<m>{ANY_MONTH}) (?:the )?(?P<d>{NTH})"
    rf"(?:\s{{0,3}}(?:{DASH}|to|and|through|until)\s{{0,3}}(?P<d2>{NTH}))?(?![:/]|\s?{AMPM})(?:,? (?P<y>{YEAR}))?",
    # months, years, parts of them
    "month": rf"(?P<m>{MONTH})(?:,? (?:of )?(?P<y>{YEAR}))?|(?P<ms>{MONTH_SHORT}) (?P<ys>{YEAR})",
    "part": r"(?P<part>early|mid|late|beginning|start|middle|end)(?: of | in |[\s-]{1,3})(?:the )?"
    rf"(?:(?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?|(?P<year>{YEAR})|(?:(?P<rel>last|this|next) )?(?P<u>month|year)"
    r"|(?P<decade>[12][0-9]{2}0)['’]?s)(?![^\W_])",
    "months": rf"(?P<m>{MONTH})(?: (?:to|and|through|until) |\s?{DASH}\s?)(?P<m2>{MONTH})(?:,? (?:of )?(?P<y>{YEAR}))",
    "week_of": rf"(?P<n>first|second|third|fourth|last) week (?:of|in) (?P<m>{MONTH})(?:,? (?P<y>{YEAR}))?",
    "decade": r"(?P<d>[12][0-9]{2}0)['’]?s(?![^\W_])",
    "nineties": r"['’‘](?P<d>[2-9]0)s(?![^\W_])",
    "years": rf"(?P<a>{YEAR})\s?(?:{DASH})\s?(?P<b>{YEAR}|[0-9]{{2}})(?![^\W_]|[-/.:,][0-9])",
    "year": rf"(?P<y>{YEAR})(?![-–/:][0-9])",
    "season": rf"(?P<s>spring|summer|autumn|fall|winter)(?:,? (?:of )?(?P<y>{YEAR}))?(?![^\W_])",
    "quarter": r"(?P<n>first|second|third|fourth|last)[\s-](?P<k>quarter|half)"
    rf"(?: of (?P<of>the year|this year|last year|(?P<y>{YEAR})))?(?![^\W_])",
    "q": rf"Q(?P<n>[1-4])(?: (?:of )?(?P<y>{YEAR}))?(?![^\W_])|(?P<y2>{YEAR}) Q(?P<n2>[1-4])(?![^\W_])",
    # relative to publication
    "weekday": rf"(?:(?P<rel>last|next|this past|this|past) |(?:early|late) (?:on )?)?(?P<w>{WEEKDAY})"
    r"(?: (?P<part>morning|afternoon|evening|night|lunchtime)(?![^\W_]))?",
    "today": r"(?P<w>now|today|yesterday|tomorrow|tonight)(?![^\W_]| (?:show|programme|program)\b)"
    r"(?: (?P<part>morning|afternoon|evening|night)(?![^\W_]))?",
    "other_day": r"day (?P<w>before yesterday|after tomorrow)(?![^\W_])",
    "this": r"this (?:morning|afternoon|evening)(?![^\W_])",
    "overnight": r"overnight(?![^\W_])(?! (?:stay|train|bus|flight|trip))",
    "the_night": r"(?:during|through|in|throughout) the night(?! of\b)(?![^\W_])|last night(?![^\W_])",
    "weekend": r"(?:(?P<rel>last|this past|this|next|past|the past|coming) )?weekend(?![^\W_])",
    "relative": r"(?:(?P<part>earlier|later) )?(?P<rel>last|this|next) (?P<u>week|month|year|decade)(?![^\W_])",
    "relative_name": rf"(?P<rel>last|this|next) (?:(?P<m>{MONTH})|(?P<s>spring|summer|autumn|fall|winter))(?![^\W_])",
    "lately": rf"(?P<rel>last|past|previous|preceding) (?:(?P<n>{COUNT})[\s-]{{1,3}})?(?P<u>{UNIT})s?(?![^\W_])",
    "ago": rf"(?P<n>{COUNT})[\s-]{{1,3}}(?P<u>{UNIT})s? (?:ago|earlier today)(?![^\W_])",
    "lasting": rf"(?P<n>{COUNT})[\s-]{{1,3}}(?P<u>day|week|month|year)s?(?:{DASH}long|{DASH}old)? "
    rf"(?!sentence|plan|old)(?:[a-z-]+ )?(?:{LASTING})(?![^\W_])",
    "length": rf"(?P<n>{COUNT})[\s-]{{1,3}}(?P<u>hour|day|week|month)s?(?![^\W_])",
    # the clock
    "clock": rf"(?P<t>{CLOCK})\s?(?P<ap>{AMPM})(?:,? (?P<z>{ZONE}))?"
    rf"(?: \((?P<t2>{CLOCK}|[0-2][0-9][0-5][0-9])\s?(?P<ap2>{AMPM})?\s?(?P<z2>{ZONE})\))?",
    "clock24": rf"(?P<t>[0-2]?[0-9][:.][0-5][0-9]|[0-2][0-9][0-5][0-9])(?::[0-5][0-9])?(?![:.]?[0-9])(?:\s?(?P<z>{ZONE}))?"
    rf"(?: \((?P<t2>{CLOCK}|[0-2][0-9][0-5][0-9])\s?(?P<z2>{ZONE})\))?",
    "oclock": r"(?P<n>[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) o['’]clock(?![^\W_])"
    r"(?: in the (?P<part>morning|afternoon|evening))?",
    "noon": r"(?P<w>noon|midday|midnight)(?![^\W_])",
    "dawn": r"(?:dawn|daybreak|sunrise|dusk|sunset|nightfall)(?![^\W_])",
    "since": r"since(?![^\W_])",
}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The pattern, where a blank stands for up to three of white space: a line may break, a paragraph not."""
    return re.compile(PATTERNS[name].replace(" ", r"\s{1,3}"), re.IGNORECASE)
