"""Parts that stand together: a clock and its day, two ends of a range, "since" and its date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from ledger.dates.absolute import whole
from ledger.dates.anchor import DAY, Anchor, TimeInterval, day_months_before, days, night, one_day
from ledger.dates.clock import MIDNIGHT, offset
from ledger.dates.edtf import bounds
from ledger.dates.part import Given, Part, before, moved
from ledger.dates.time_words import COUNT, NUMBERS
from ledger.lexicon import alternatives, listed, words
from ledger.records import Span, replace
from ledger.vocabulary import Precision

REACH = 300
DATED = ("day", "moment", "third", "month", "year", "range", "night", "span")
CONNECTOR = re.compile(r"\s?[-–—]\s?|\s{1,3}(to|and|until|till|through|into)\s{1,3}(?:the\s)?", re.IGNORECASE)
TO_DAY = re.compile(r",?\s{1,3}(?:on\s{1,3})?(?:the\s)?", re.IGNORECASE)
TO_CLOCK = re.compile(
    r",?\s{1,3}(?:(?:shortly|just|soon)\s)?(?:(?:at|around|about|by|before|after)\s{1,3})?(?:about\s|around\s)?",
    re.IGNORECASE,
)
ADVERB = re.compile(r"\b(?:has|have|ever)\s{1,3}$|['’]ve\s{1,3}$", re.IGNORECASE)
THEN = re.compile(r"\s{1,3}then\b", re.IGNORECASE)
# "since its creation in 2013", "since the start of the war in 2011"
OF_AN_EVENT = re.compile(
    r"(?:\s{1,3}(?!has\b|have\b|had\b)[\w’'-]{1,24}){1,8}\s{1,3}(?:in|on)\s{1,3}(?:the\s)?", re.IGNORECASE
)
OF_FRAME = re.compile(r",?\s{1,3}(?:(?:of|in)\s{1,3})?(?:the\s)?", re.IGNORECASE)
IN_FRAME = re.compile(r",?\s{1,3}(?:on|in)\s{1,3}(?:the\s)?", re.IGNORECASE)
# what stands between two dates of one list: "4 May 2019 and that of 9 May"
LISTED = re.compile(
    r",?\s{1,3}(?:(?:and|or|to|until|then|not)\s{1,3})?(?:(?:on|in|of|from|until|by|the|that|those|again)\s{1,3}){0,4}"
    r"(?:[a-z]{3,16}\s{1,3}(?:on|of)\s{1,3})?|\s?[-–—]\s?",
)
DIRECTLY = re.compile(
    r"\s{1,3}(?:about\s|around\s|at\sleast\s)?(?:the\s)?"
    r"(?:(?:(?:early|small|late)\shours|(?:early\s|late\s)?(?:morning|afternoon|evening|night))\s(?:of\s|on\s)(?:the\s)?)?",
    re.IGNORECASE,
)
OVERNIGHT = re.compile(r",?\s{1,3}(?:on\s{1,3}|into\s{1,3}|to\s{1,3})?", re.IGNORECASE)
EDGE = re.compile(r"\b(until|till|as\sof)\s{1,3}(?:the\s)?(?:on\s)?$", re.IGNORECASE)
BY = re.compile(r"\bby\s{1,3}(?:the\s)?$", re.IGNORECASE)
BESIDE = re.compile(
    r"\b(?:((?:on|in|by)\s{1,3}or\s{1,3})?(before|after)|(?:no|not)\s(?P<than>earlier|sooner|later)\sthan)\s{1,3}$",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(?:not|never|no|none|nobody|nothing|nor|without)\b|n['’]t\b", re.IGNORECASE)
DEED = re.compile(
    r"(?:^|[.,;:!?\n“\"(]\s*|\b(?:to|will|must|would|should|could|can|may|might)\s+[a-z]+\s+|\b(?P<word>[a-z]+)\s+)"
    r"(?:(?:long|shortly|just|soon|well|even|only|immediately)\s+)?$",
    re.IGNORECASE,
)
"""What stands before "before 2010" where it tells of a deed; not "the year before 2010"."""
TWILIGHT = re.compile(r"(?:dawn|daybreak|sunrise|dusk|sunset|nightfall)\b", re.IGNORECASE)
"""What a day opens with where it is told of a part of it: "before dawn on Monday" is that Monday."""
ALONE = re.compile(
    r"\s*(?:[.,;:!?)”\"]|$|\s(?:and|or|but|when|while|to|in|at|for|with|because|as|that|which|who|is|was|were)\b)"
)
"""What may stand behind a date that is no part of a longer name: "before 2010", not "before 2010 elections"."""
ON = re.compile(
    r"\b(?:(?:on|during|in)\s{1,3}the\s{1,3})?(night|morning|afternoon|evening)\sof\s(?:the\s)?$|\b(on)\s(?:the\s)?$",
    re.IGNORECASE,
)
OVER = re.compile(r"\b(over|during|within|throughout)\s{1,3}(?:the\s{1,3})?$", re.IGNORECASE)
BETWEEN = re.compile(r"\b(between|from|on|over|during)\s{1,3}(?:the\s{1,3})?$", re.IGNORECASE)
ENDED = re.compile(
    rf"\b(?:(?P<n>{COUNT})[\s-]{{1,3}})?(?P<u>week|month|quarter|half|year)s?\s{{1,3}}(?:ended|ending|to|through)\s{{1,3}}(?:on\s)?$",
    re.IGNORECASE,
)
WEEK_OF = re.compile(r"\bweek\s{1,3}(?:of|beginning|starting)\s{1,3}$", re.IGNORECASE)
LEADING = {"day": ON, "moment": ON, "night": ON, "span": OVER, "range": BETWEEN}
SENTENCE = re.compile(r"[.!?][\"'”’)]{0,2}\s+[A-Z\"'“‘]|\n")


def joined(text: str, parts: list[Part], anchor: Anchor) -> list[Part]:
    """The parts as they are to be shown: joined, led by their prepositions, without those that say nothing alone."""
    parts = _pairs(text, parts, _qualified)
    _take_years(text, parts)
    parts = _pairs(text, parts, _clock_and_day)
    parts = _pairs(text, parts, _told_twice)
    parts = _pairs(text, parts, _range)
    parts = _pairs(text, parts, _overnight)
    parts = _clocks(text, parts, anchor)
    parts = _since(text, parts, anchor)
    fights = named(text, parts)
    parts = sorted([*parts, *fights], key=lambda p: (p.start, -p.end)) if fights else parts
    return [_led(text, p, parts[n - 1].end if n else 0, anchor) for n, p in enumerate(parts)]


def _pairs(text: str, parts: list[Part], join: Callable[[str, Part, Part], Part | None]) -> list[Part]:
    found: list[Part] = []
    for part in parts:
        one = join(text, found[-1], part) if found and 0 <= part.start - found[-1].end <= 24 else None
        if one is None:
            found.append(part)
        else:
            found[-1] = one
    return found


# --- the year or week that words beside it say -----------------------------------------------------------------------


def _qualified(text: str, a: Part, b: Part) -> Part | None:
    """As in "14 June last year", "Last year, in October", "Tuesday of last week", "next week on Monday"."""
    gap = text[a.end : b.start]
    for one, frame, apart in ((a, b, OF_FRAME), (b, a, IN_FRAME)):
        if not (one.floating and frame.reading.earliest and apart.fullmatch(gap)):
            continue
        weekly = frame.reading.precision is Precision.WEEK
        if weekly != (one.given is None and one.kind in ("day", "night")):
            continue
        if weekly or (frame.reading.precision is Precision.YEAR and frame.reading.earliest == frame.reading.latest):
            moved = _in_week(one, frame) if weekly else _in_year(one, int(frame.reading.earliest), frame.reading)
            return moved and replace(moved, start=a.start, end=b.end)
    return None


def _in_week(part: Part, frame: Part) -> Part | None:
    """The day of a week in that week; of a Sunday the other reading is that of weeks which begin with it."""
    if part.reading.earliest is None or frame.reading.earliest is None:
        return None
    day = date.fromisoformat(part.reading.earliest)
    found = date.fromisoformat(frame.reading.earliest) + DAY * day.weekday()
    moved = night(found) if part.kind == "night" else one_day(found)
    if day.weekday() == 6 and part.kind == "day":
        moved = one_day(found, found - DAY * 7)
    return replace(part, reading=moved, floating=False, qualified=True)


def _in_year(part: Part, year: int, frame: TimeInterval) -> Part | None:
    """The part with its year; a stretch over the new year ends in it."""
    given = part.given and Given(year, *part.given[1:])
    reading, relative = part.reading, frame.relative
    if given and part.kind in ("day", "month"):
        return replace(part, reading=whole(given)._replace(relative=relative), given=given, floating=False)
    if reading.earliest is None or reading.latest is None:
        return None
    by = year - int(reading.latest[:4])
    first, last = (f"{int(value[:4]) + by:04d}{value[4:]}" for value in (reading.earliest, reading.latest))
    others: tuple[Span, ...] = ()
    if reading.precision is Precision.SEASON and first[:4] != last[:4]:  # a winter of that year ends or begins in it
        others = (Span(f"{year:04d}{first[4:]}", f"{year + 1:04d}{last[4:]}"),)
    moved = reading._replace(earliest=first, latest=last, relative=relative, alternatives=others)
    return replace(part, reading=moved, given=given, floating=False)


def _take_years(text: str, parts: list[Part]) -> None:
    """Days and months of no year take the one of a neighbour in their sentence: "4 May 2019 and 9 May"."""
    for n in range(len(parts) - 2, -1, -1):
        part, after = parts[n], parts[n + 1]
        if _floats(part) and _dated(after) and LISTED.fullmatch(text, part.end, after.start):
            parts[n] = _beside(part, after, told=True) or part
    for n in range(1, len(parts)):
        part, prior = parts[n], parts[n - 1]
        if _floats(part) and _dated(prior) and not SENTENCE.search(text, prior.end, part.start):
            told = LISTED.fullmatch(text, prior.end, part.start) is not None
            parts[n] = _beside(part, prior, told=told) or part


def _floats(part: Part) -> bool:
    return part.floating and part.kind in ("day", "month")


def _dated(part: Part) -> bool:
    return part.qualified or (not part.floating and part.given is not None and part.given.year is not None)


def _beside(part: Part, other: Part, *, told: bool) -> Part | None:
    """The part in its neighbour's year or week; where the two are not of one list, its own year is another reading."""
    if part.given is None:
        return _later_in_week(part, other) if told and other.given is None else None
    if other.given is None or other.given.year is None:
        return None
    behind = other.start < part.start and other.given.month > 9 and part.given.month < 4
    moved = _in_year(part, other.given.year + behind, other.reading)
    mine = Span(part.reading.earliest, part.reading.latest)
    if moved is None or told or mine.earliest in (None, moved.reading.earliest):
        return moved
    return replace(moved, reading=moved.reading._replace(alternatives=(mine,)))


def _later_in_week(part: Part, other: Part) -> Part | None:
    """The day in the week of the day told before it, unless the story would go back: "on Friday last week and on Tuesday"."""
    later = _in_week(part, _week_of(other))
    back = later and other.start < part.start and str(later.reading.earliest) < str(other.reading.earliest)
    return None if back else later


def _week_of(part: Part) -> Part:
    """The week of a day, as a frame."""
    day = date.fromisoformat(str(part.reading.earliest))
    monday = day - DAY * day.weekday()
    return replace(part, reading=days(monday, monday + DAY * 6, Precision.WEEK))


# --- a clock and its day, two ends ------------------------------------------------------------------------------------


def _clock_and_day(text: str, a: Part, b: Part) -> Part | None:
    gap = text[a.end : b.start]
    if a.kind in ("clock", "dawn") and b.kind == "day" and TO_DAY.fullmatch(gap):
        return _at(b, a, (a.start, b.end))
    if a.kind == "day" and b.kind in ("clock", "dawn") and TO_CLOCK.fullmatch(gap):
        return _at(a, b, (a.start, b.end))
    if a.kind == "clock" and b.kind == "night" and TO_DAY.fullmatch(gap):
        day = _of_night(b, a)
        return day and _at(day, a, (a.start, b.end))
    if a.kind == "night" and b.kind == "clock" and TO_CLOCK.fullmatch(gap):
        day = _of_night(a, b)
        return day and _at(day, b, (a.start, b.end))
    return None


def _told_twice(text: str, a: Part, b: Part) -> Part | None:
    """As in "2:40 a.m. (2110 GMT Monday)": the hour of the place, whose zone and day are told by those of another."""
    local, there = str(a.reading.earliest), ZONED.fullmatch(str(b.reading.earliest))
    if a.kind not in ("clock", "moment") or there is None or not BRACKET.fullmatch(text[a.end : b.start]):
        return None
    if local == MIDNIGHT or a.zone or ZONED.fullmatch(local) or text[b.end : b.end + 1] != ")":
        return None
    day, _, hour = local.rpartition("T")
    zone = offset(hour, there[1], there[2])
    value = f"{datetime.fromisoformat(there[0]).astimezone(datetime.strptime(zone, '%z').tzinfo):%F}"
    if day and day[YEAR:] != value[YEAR:]:
        return None
    told = a.reading if day else b.reading._replace(precision=a.reading.precision)
    moment = f"{day or value}T{hour}{zone}"
    doubt = a.unclear if day else a.doubt or b.unclear
    return Part(a.start, b.end + 1, "moment", told._replace(earliest=moment, latest=moment), doubt=doubt)


ZONED = re.compile(r"\d{4}-\d\d-\d\dT(\d\d(?::\d\d)?)(Z|[+-]\d\d:\d\d)")
YEAR = len("2031-")
BRACKET = re.compile(r"\s(?:local\s)?(?:time\s)?\(")


def _of_night(night_: Part, clock: Part) -> Part | None:
    """The day on which the clock of a night is: "11pm last night" is before midnight, "2am last night" behind it."""
    reading, hour = night_.reading, str(clock.reading.earliest)
    if reading.earliest is None or SMALL_HOURS <= hour < NOON:
        return None  # "8 o'clock last night"
    day = reading.latest if hour < NOON or hour == MIDNIGHT else reading.earliest
    return replace(
        night_, kind="published", reading=reading._replace(earliest=day, latest=day, precision=Precision.DAY)
    )


SMALL_HOURS, NOON = "T05", "T12"


def _overnight(text: str, a: Part, b: Part) -> Part | None:
    """The night that ends on the day it leads into; "overnight on Friday" may be the night before Friday or after."""
    gap = text[a.end : b.start]
    if a.kind != "overnight" or b.kind not in ("day", "range") or not OVERNIGHT.fullmatch(gap):
        return None
    value = b.reading.earliest
    if value is None or b.kind == "range":
        return Part(a.start, b.end, "night", b.reading._replace(precision=Precision.NIGHT))
    on = date.fromisoformat(value)
    found = night(on - DAY)
    if "to" not in gap:
        after = night(on)
        found = found._replace(alternatives=(Span(after.earliest, after.latest),))
    return Part(a.start, b.end, "night", found)


def _at(day: Part, clock: Part, place: tuple[int, int]) -> Part:
    """The clock on that day; midnight with a day is its end, or else its beginning."""
    start, end = place
    value = day.reading.earliest
    if clock.kind == "dawn":
        return replace(day, start=start, end=end)
    doubt = clock.doubt or day.unclear
    if value is None:
        return Part(start, end, "moment", day.reading._replace(precision=clock.reading.precision))
    if clock.reading.earliest == MIDNIGHT:
        return Part(start, end, "moment", _midnight(value, day), doubt=doubt)
    first, last = (_moment(value, t, clock.zone) for t in (clock.reading.earliest, clock.reading.latest))
    reading = clock.reading._replace(earliest=first, latest=last, relative=day.reading.relative)
    if bounds(first)[0] > bounds(last)[1]:
        reading = reading._replace(latest=None)
    return Part(start, end, "moment", reading, doubt=doubt)


def _moment(day: str, clock: str | None, zone: str) -> str:
    """A clock on a day; the midnight that ends "between 9pm and midnight" begins the next one."""
    return f"{date.fromisoformat(day) + DAY}T00{zone}" if clock == MIDNIGHT else f"{day}{clock}{zone}"


def _midnight(value: str, day: Part) -> TimeInterval:
    """The end of the day that the words name; of the day of publication, its beginning."""
    begins, ends = f"{value}T00", f"{date.fromisoformat(value) + DAY}T00"
    if day.kind == "published":
        return TimeInterval(begins, begins, Precision.HOUR)
    return TimeInterval(ends, ends, Precision.HOUR, day.reading.relative, (Span(begins, begins),))


def _range(text: str, a: Part, b: Part) -> Part | None:
    """From a to b; a takes the year of b, and lies before it."""
    m = CONNECTOR.fullmatch(text[a.end : b.start])
    if m is None or "since" in (a.kind, b.kind) or "dawn" in (a.kind, b.kind):
        return None
    led = re.search(r"\b(from|between)\s{1,3}$", before(text, a.start), re.IGNORECASE)
    if (m[1] or "").lower() == "and" and not (led and led[1].lower() == "between"):
        return None
    if a.kind == "clock" or b.kind == "clock":
        return _hours(a, b, a.start - (len(led[0]) if led else 0))
    if a.kind != b.kind and not (led and {a.kind, b.kind} <= {"day", "month", "year", "moment", "third"}):
        return None
    if a.kind not in ("day", "month", "year", "moment") and not (led and a.kind == "third"):
        return None
    if led and led[1].lower() == "from" and moved(text, a.start):
        return None
    first = _start_of(a, b)
    reading = TimeInterval(first, b.reading.latest, Precision.RANGE, a.reading.relative or b.reading.relative)
    if first and b.reading.latest and bounds(first)[0] > bounds(b.reading.latest)[1]:
        return None
    if (m[1] or "").lower() == "into" and first and b.reading.latest:
        reading = reading._replace(precision=Precision.NIGHT)
    start = a.start - (len(led[0]) if led else 0)
    takes_year = a.floating and not b.floating
    return Part(start, b.end, "range", reading, doubt=b.unclear or (None if takes_year else a.unclear))


def _hours(a: Part, b: Part, start: int) -> Part | None:
    """From one clock to another, on the day that either names."""
    day = next((p.reading.earliest[:10] for p in (a, b) if p.kind == "moment" and p.reading.earliest), "")
    if a.kind not in ("clock", "moment") or b.kind not in ("clock", "moment") or (a.zone and not b.zone):
        return None
    first, last = (p.reading.earliest if p.kind == "moment" else f"{day}{p.reading.earliest}" for p in (a, b))
    if not first or not last or last <= first:
        return None
    if not day:
        return Part(start, b.end, "clock", TimeInterval(first, last, Precision.RANGE), None, b.zone, doubt=b.doubt)
    if b.zone or "+" in last or a.zone:
        return None
    reading = TimeInterval(first, last, Precision.RANGE, a.reading.relative or b.reading.relative)
    return Part(start, b.end, "range", reading, doubt=a.unclear or b.unclear)


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
    """Clocks on their own are of the day last named in the sentence, else of that of publication, which is not sure."""
    today = anchor.text if anchor.day_ else None
    published = Part(0, 0, "published", TimeInterval(today, today, Precision.DAY), doubt="day" if today else None)
    found: list[Part] = []
    day = published
    for part in parts:
        if part.kind == "clock":
            far = part.start - day.end > REACH or SENTENCE.search(text, day.end, part.start)
            found.append(_at(published if far else day, part, (part.start, part.end)))
        elif part.kind != "dawn":
            found.append(part)
        if part.kind in ("day", "moment") and part.reading.earliest:
            value = part.reading.earliest[:10]
            day = replace(part, reading=part.reading._replace(earliest=value, latest=value))
    return found


def _since(text: str, parts: list[Part], anchor: Anchor) -> list[Part]:
    found: list[Part] = []
    direct: Part | None = None
    for n, part in enumerate(parts):
        if part.kind == "since":
            after = parts[n + 1] if n + 1 < len(parts) else None
            one, direct = _since_when(text, part, after, found)
            if one:
                start, end, back = one
                found.append(Part(start, end, "since_", _until_now(back, anchor), doubt=back.unclear))
        elif part is not direct:
            found.append(part)
    return found


def _since_when(
    text: str, since: Part, after: Part | None, told: list[Part]
) -> tuple[tuple[int, int, Part] | None, Part | None]:
    """From where to where the words go and the date that they count from, and that date again where it is used up."""
    then = THEN.match(text, since.end)
    if then or ADVERB.search(before(text, since.start)):
        back = _told(text, since, told)
        return ((since.start, then.end() if then else since.end, back) if back else None), None
    if after is None or after.start - since.end > 80 or not after.reading.earliest:
        return None, None
    gap = text[since.end : after.start]
    if DIRECTLY.fullmatch(gap):
        return (since.start, after.end, after), after
    return ((since.start, after.end, after) if OF_AN_EVENT.fullmatch(gap) else None), None


def _until_now(part: Part, anchor: Anchor) -> TimeInterval:
    """From the date to publication; open where the date lies ahead."""
    first, last = part.reading.earliest, anchor.text
    if first and last and bounds(first)[0] > bounds(last)[1]:
        last = None
    return TimeInterval(first, last, Precision.RANGE)


def _told(text: str, since: Part, parts: list[Part]) -> Part | None:
    """The event that an adverbial "since" counts from: the last dated one of this sentence or the one before."""
    last = next((p for p in reversed(parts[-4:]) if p.kind in DATED), None)
    if last is None or not last.reading.earliest or since.start - last.end > REACH:
        return None
    between = text[last.end : since.start]
    return last if "\n\n" not in between and len(SENTENCE.findall(between)) <= 1 else None


def _led(text: str, part: Part, floor: int, anchor: Anchor) -> Part:
    """The part with the preposition that belongs to it: on a day, over a stretch, until a time; never in."""
    left = before(text, part.start, 40)
    ended = ENDED.search(left) if part.kind in ("day", "month") and part.reading.latest else None
    if ended and part.start - len(ended[0]) >= floor:
        reading = _ended(part.reading, ended)
        return replace(part, start=part.start - len(ended[0]), kind="range", reading=reading, doubt=part.unclear)
    week_ = WEEK_OF.search(left) if part.kind == "day" and part.reading.earliest else None
    if week_ and part.start - len(week_[0]) >= floor:
        first = date.fromisoformat(str(part.reading.earliest))
        reading = days(first, first + DAY * 6, relative=part.reading.relative)
        return replace(part, start=part.start - len(week_[0]), kind="range", reading=reading, doubt=part.unclear)
    whole = (
        part.kind in ("day", "month", "year") and ALONE.match(text, part.end) and not TWILIGHT.match(text, part.start)
    )
    beside = BESIDE.search(left) if whole else None
    if beside and part.reading.earliest and part.start - len(beside[0]) >= floor:
        start = part.start - len(beside[0])
        than = (beside["than"] or "").lower()  # "no earlier than 12 May" is that day or after
        if not than and not _done(text, start):
            return replace(part, doubt=part.unclear or "reading")
        earlier = (than or beside[2].lower()) in ("later", "before")
        reading = _beside_it(part.reading, earlier=earlier, inclusive=bool(than or beside[1]))
        return replace(part, start=start, kind="range", doubt=part.unclear, reading=reading)
    by = BY.search(left) if part.kind in ("day", "month", "year", "third", "span") else None
    if by and part.start - len(by[0]) >= floor and _ahead(part.reading, anchor):
        weekend = text[part.start : part.end].lower().endswith("weekend")
        last = part.reading.earliest if weekend else part.reading.latest
        reading = part.reading._replace(earliest=None, latest=last, precision=Precision.RANGE, alternatives=())
        doubt = part.doubt if weekend else part.unclear
        return replace(part, start=part.start - len(by[0]), kind="range", doubt=doubt, reading=reading)
    m = EDGE.search(left) or (LEADING[part.kind].search(left) if part.kind in LEADING else None)
    if m is None or part.start - len(m[0]) < floor:
        return part
    led = replace(part, start=part.start - len(m[0]), doubt=part.unclear)
    word = next(filter(None, m.groups())).lower()
    if word.startswith("as"):
        return replace(led, kind="as_of")
    if word.startswith(("unt", "til")):
        return replace(led, reading=part.reading._replace(earliest=None, precision=Precision.RANGE, alternatives=()))
    if word == "night" and part.kind == "day":
        value = part.reading.earliest
        one = night(date.fromisoformat(value)) if value else part.reading._replace(precision=Precision.NIGHT)
        return replace(led, reading=one._replace(relative=part.reading.relative))
    return led


def _ahead(reading: TimeInterval, anchor: Anchor) -> bool:
    """True for what ends behind the day of publication: "will plant them by 2030"."""
    return bool(anchor.day_ and reading.latest) and bounds(str(reading.latest))[1].date() > anchor.day


def _done(text: str, at: int) -> bool:
    """Whether a deed that is not denied stands before: "left before 2010", not "the year before 2010"."""
    sentence = re.split(r"[.;:!?\n]", before(text, at, 120))[-1]
    deed = DEED.search(before(text, at, 60))
    if deed is None or DENIED.search(sentence):
        return False
    word = (deed["word"] or "").lower()
    return not word or word.endswith("ed") or word in words("en/calendar", "past")


def _beside_it(told: TimeInterval, *, earlier: bool, inclusive: bool) -> TimeInterval:
    """All that comes before a day, a month or a year, or after it; "on or before" with it."""
    first, last = bounds(str(told.earliest))[0].date(), bounds(str(told.latest))[1].date()
    ahead, behind = (day.isoformat()[: len(str(told.earliest))] for day in (first - DAY, last + DAY))
    told = told._replace(precision=Precision.RANGE, alternatives=())
    if inclusive:
        ahead, behind = str(told.latest), str(told.earliest)
    return told._replace(earliest=None, latest=ahead) if earlier else told._replace(earliest=behind, latest=None)


def _ended(end: TimeInterval, m: re.Match[str]) -> TimeInterval:
    """The stretch that ends on the day: "the quarter ended Sept. 30", "the six months to March 31"."""
    last, unit = bounds(str(end.latest))[1].date(), m["u"].lower()
    count = NUMBERS.get((m["n"] or "one").lower()) or int(m["n"])
    if unit == "week":
        first = last - DAY * (7 * count - 1)
    else:
        # of whole months: the day after the last of the month before them
        into = last + DAY
        first = day_months_before(into, count * {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit])
    return days(first, last, relative=end.relative)


# --- undertakings that are dated elsewhere: "a two-week campaign to take Anytown", then "the battle for Anytown" -----

FIGHT = alternatives(listed("en/calendar", "fights"))


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        rf"\b[Tt]he\s(?:{FIGHT})\s(?:for|of|on|in|against|around"
        r"|to\s(?:take|retake|capture|recapture|seize|free|liberate|conquer|reconquer|encircle))\s"
        r"(?:the\s)?(?:(?:city|town|village|port|province)\sof\s)?([A-Z]\w{2,30})\b"
    )


@cache
def _fight() -> re.Pattern[str]:
    return re.compile(rf"(?:{FIGHT})$")


@cache
def _proper() -> re.Pattern[str]:
    return re.compile(r"\b[A-Z]\w{2,30}\b")


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.!?][\"'”’)]{0,2}\s|\n")


def named(text: str, parts: list[Part]) -> list[Part]:
    """The places where a fight is named, with the time of the one dated fight whose sentence has the same name."""
    told: dict[str, set[TimeInterval]] = {}
    for part in parts:
        if part.kind == "lasting" and _fight().search(text[part.start : part.end]):
            for name in set(_proper().findall(_sentence(text, part))):
                told.setdefault(name, set()).add(part.reading)
    if not told:
        return []
    places = ((m, told.get(m[1], set())) for m in _named().finditer(text))
    return [Part(m.start(), m.end(), "event", next(iter(times))) for m, times in places if len(times) == 1]


def _sentence(text: str, part: Part) -> str:
    left = _sentence_end().split(text[max(0, part.start - REACH) : part.start])[-1]
    return left + _sentence_end().split(text[part.start : part.end + REACH], maxsplit=1)[0]
