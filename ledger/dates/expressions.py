"""Times found in running text.

Every word that can open an expression is looked up once; the patterns it may open are tried there, and what they read becomes
a part. Parts that stand together are then joined: a clock to its day, two ends to a range, "since" to its date.

"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from ledger.dates import absolute, clock, relative
from ledger.dates.anchor import Anchor, NoAnchor, anchored
from ledger.dates.part import Part
from ledger.dates.time_words import HOLIDAYS, MONTHS, NUMBERS, SEASONS, WEEKDAYS, pattern
from ledger.records import TimeSpan
from ledger.text.asides import running
from ledger.vocabulary import TimeRole

TOKEN = re.compile(r"[A-Za-z]+|[0-9]+|['’‘](?=[0-9]{2})")
OPENERS: dict[str, Iterable[str]] = {
    "beyond day_month month_day weekday": WEEKDAYS,
    "month_day months month": MONTHS,
    "nth_weekday week_of relative_name relative weekday weekend the_night quarter lately": ["last"],
    "relative_name relative weekday weekend coming": ["next"],
    "relative_name relative weekday weekend this": ["this"],
    "weekday weekend lately": ["past"],
    "lately": ["previous", "preceding"],
    "part weekday": ["early", "late"],
    "part": ["mid", "beginning", "start", "middle", "end"],
    "relative earlier_in": ["earlier", "later"],
    "today": ["now", "today", "yesterday", "tomorrow", "tonight"],
    "other_day": ["day", "night"],
    "overnight": ["overnight"],
    "the_night": ["during", "through", "in", "throughout"],
    "weekend coming": ["coming"],
    "beyond weekend": ["weekend"],
    "beyond": ["week", "month", "year"],
    "season": SEASONS,
    "nth_weekday week_of quarter": ["second", "third", "fourth"],
    "nth_weekday week_of quarter first_months": ["first"],
    "q": ["Q"],
    "counted": [*NUMBERS, "few", "several"],
    "noon": ["noon", "midday", "midnight"],
    "dawn": ["dawn", "daybreak", "sunrise", "dusk", "sunset", "nightfall"],
    "since": ["since"],
    "holiday": sorted({re.split(r"\W", name)[0] for name in HOLIDAYS}),
}
SHORT = ("numeric", "day_month", "clock", "clock24", "counted")
COUNTED = ("oclock", "ago", "lasting", "length")
"""What a number may open that counts a unit of time; asked once whether it does."""
LONG = ("iso", "clock24", "q", "years", "decade", "year", "ago")
# what follows a number that can open a time: a word, or a mark and more digits
FOLLOWED = re.compile(r"(?:st|nd|rd|th)?(?:\s{0,3}[A-Za-z(]|\s?[-‐‑–—:./]\s{0,3}[0-9A-Za-z])")
PUNCTUATED = ("nineties",)


def find(text: str, published: str | None = None, code: str = "en") -> list[TimeSpan]:
    """The times in the text, in order; relative words are read against the day of publication.

    Without a publication time known to the unit they need, relative words have neither earliest nor latest.
    A time may lie inside another: "since its founding in 1990" holds "1990".
    """
    anchor, words = anchored(published), running(text)
    if code != "en":
        from ledger.dates import calendars

        return [_span(text, part, anchor) for part in calendars.parts(words, code, anchor)]
    if parts := list(_parts(words, anchor)):
        from ledger.dates.joining import joined

        parts = joined(words, parts, anchor)
    return [_span(text, part, anchor) for part in parts]


def _span(text: str, part: Part, anchor: Anchor) -> TimeSpan:
    reading, why = part.reading, part.unclear
    if reading.earliest is None and reading.latest is None:
        why = "reading" if anchor.text else "published"
    return TimeSpan(
        text=text[part.start : part.end],
        start=part.start,
        end=part.end,
        earliest=reading.earliest,
        latest=reading.latest,
        precision=reading.precision,
        role=TimeRole.AS_OF if part.kind == "as_of" else TimeRole.MENTIONED,
        anchor=anchor.text if reading.relative else None,
        alternatives=reading.alternatives,
        sure=why is None,
        why=why,
    )


def _parts(text: str, anchor: Anchor) -> Iterator[Part]:
    opener, done = _openers().get, 0
    for token in TOKEN.finditer(text):
        word = token[0]
        names = opener(word)
        if names is None:
            if word[0] > "9" or len(word) > 4:
                continue  # asked first, since most words open no time
            names = LONG if len(word) == 4 else SHORT
            if names is SHORT and not FOLLOWED.match(text, token.end()):
                continue
        at = token.start()
        if at < done or (at and not _free(text, at)):
            continue
        if part := _first(names, text, at, anchor):
            done = part.end
            yield part


def _first(names: Iterable[str], text: str, at: int, anchor: Anchor) -> Part | None:
    """What the first of the patterns finds that finds anything."""
    for name in names:
        if part := read(name, text, at, anchor):
            return part
    return None


def _free(text: str, at: int) -> bool:
    """True where a word begins here that is not the rest of a name, a price or a longer number."""
    before = text[at - 1]
    if before.isalnum() or before in "_$£€#":
        return False
    if text[at].isdigit() and at > 1 and before in ".,-/:–":
        return text[at - 2].isspace()
    return True


@cache
def _openers() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for names, words in OPENERS.items():
        for word in words:
            for form in (word, word.capitalize(), word.upper()):
                found[form] = (*found.get(form, ()), *names.split())
    for mark in "'’‘":
        found[mark] = PUNCTUATED
    return found


# --- what each pattern means --------------------------------------------------------------------------------------

Rule = Callable[[re.Match[str], Anchor], Part | None]
RULES: dict[str, Rule] = {rule.__name__: rule for rule in absolute.RULES}
RULES |= {"month_day": absolute.day_month}
RULES |= {
    rule.__name__: rule
    for rule in (
        relative.weekday,
        relative.today,
        relative.other_day,
        relative.this,
        relative.overnight,
        relative.the_night,
        relative.weekend,
        relative.beyond,
        relative.relative,
        relative.relative_name,
        relative.coming,
        relative.lasting,
        relative.length,
        clock.clock,
        clock.clock24,
        clock.oclock,
        clock.noon,
        clock.dawn,
        clock.since,
    )
}
RULES |= {"counted": lambda m, anchor: _first(COUNTED, m.string, m.start(), anchor)}
RULES |= {"lately": relative.recently, "ago": relative.back, "earlier_in": relative.relative}


def read(name: str, text: str, at: int, anchor: Anchor) -> Part | None:
    """What the pattern finds at this place; None where it does not stand there or means no time."""
    m = pattern(name).match(text, at)
    if m is None:
        return None
    try:
        return RULES[name](m, anchor)
    except NoAnchor:
        kind = {"day_month": "day", "month_day": "day", "weekday": "day", "today": "day", "this": "day"}.get(
            name, "span"
        )
        return Part(m.start(), m.end(), kind, relative.unresolved(name, m))
    except (ValueError, OverflowError):
        # no such day, or one beyond the calendar
        return None
