"""What the words of a claim answer where nobody gave an answer: a time, a place, yes or no, a name.

Only what the words show plainly is read; where several answers fit or none does, there is none, and the claim is to be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache, lru_cache

from ledger import dates, lexicon
from ledger.crossref import terms
from ledger.crossref.answers import direction, words
from ledger.crossref.kinds import Asked
from ledger.crossref.names import untitled
from ledger.crossref.unsaid import open_in
from ledger.crossref.wordlists import (
    CALENDAR,
    DAYPARTS,
    DISOWNING,
    NEAR,
    NEGATIONS,
    NO_EARLIER,
    NO_LATER,
    SAYING,
    TENS,
)
from ledger.crossref.yes_no import asks_for, when_told, yes_or_no
from ledger.errors import BadInput
from ledger.records import Quantity, Span, TimeSpan, replace
from ledger.vocabulary import Kind


def answer_in(kind: Kind, text: str, published: str | None, question: Asked) -> str | None:
    """The answer of this kind that the text gives in so many words."""
    match kind:
        case Kind.WHEN:
            return when(text, published, question)
        case Kind.WHERE:
            return where(text)
        case Kind.YES_NO:
            return open_in(text, question) or yes_or_no(text, question)
        case Kind.WHO_WHAT | Kind.WORDS:
            return named(text, question)
    return None


def one_of(options: str, text: str) -> str | None:
    """The one of the given answers that the text names; None where it names several, or denies anything."""
    said = words(text)
    named = [option for o in options.split(",") if (option := o.strip()) and terms.stands(words(option) or ("",), said)]
    return named[0] if len(named) == 1 and not _negates(said) else None


def _negates(said: tuple[str, ...]) -> bool:
    return not NEGATIONS.isdisjoint(said) or terms.stands(("ruled", "out"), said)


# --- how old ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def age(text: str, question: Asked) -> Quantity | None:
    """The one age that the text gives, of several the one behind a word of the question: "Ana Pell, 34, and her son, 6"."""
    found = [m for m in _aged().finditer(text) if int(m[m.lastindex or 1]) <= OLDEST]
    named = [
        m for m in found if not question.stems.isdisjoint(map(terms.stem, terms.words(text[: m.start()][-BEFORE_AGE:])))
    ]
    match = found if len(found) == 1 else named
    if len(match) != 1:
        return _decade(text)
    (start, end), value = match[0].span(match[0].lastindex or 1), match[0][match[0].lastindex or 1]
    if re.search(r"\d(?:,| and| or| to) $", text[:start]):
        return None  # "aged 24 and 29" are two
    return Quantity(value, start, end, low=value, high=value, low_inclusive=True, high_inclusive=True, unit="years")


def _decade(text: str) -> Quantity | None:
    """The ten years of "in her late 40s"; how late is not said. The 60s that nobody is in are years."""
    whose = r"\A(?=\S+\Z)|\b(?i:his|her|their|its|my|our) |(?<!the )\b(?=early |mid-|late )"
    figures = re.findall(rf"(?:{whose})((?:early |mid-|late )?([1-9])0s)\b", text)
    found = [*figures, *((said, TENS[tens.lower()]) for said, tens in _decade_words().findall(text))]
    if len(found) != 1:
        return None
    said, tens = found[0]
    low, high = f"{tens}0", f"{tens}9"
    return Quantity(
        said,
        text.find(said),
        text.find(said) + len(said),
        low=low,
        high=high,
        low_inclusive=True,
        high_inclusive=True,
        unit="years",
    )


@cache
def _decade_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:his|her|their) ((?:early |mid-|late )?({'|'.join(TENS)}))\b", re.IGNORECASE)


OLDEST = 125
BEFORE_AGE = 20


@cache
def _aged() -> re.Pattern[str]:
    number = r"(\d{1,3})"
    ways = (
        rf"^{number}$",
        rf"\b{number}[ -]years?[ -]olds?\b",
        rf"\b(?:aged?|age of|turned) {number}\b",
        rf"\({number}\)",
    )
    return re.compile("|".join((*ways, rf"(?:[a-z],|\band) {number}(?=[,.;)]|$| and\b)")))


# --- when ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def when(text: str, published: str | None, question: Asked) -> str | None:
    """The time of what is asked, as an interval; open where the text says by or since, with ~ where only about."""
    if given := _given_time(text):
        return given
    found = times_of_it(text, published, question) or [*times_in(text, published)]
    if not found and (clocked := _spelt(text, bare=False)) != text:  # "01:14:20 by the mast's log"
        return when(clocked, published, question)
    finest = [t for t in found if not any(_holds(t, other) for other in found if other is not t)]
    time = _nearest(finest, text, question)
    if time is None or not (time.sure or time.why == "day" or _of_near_year(time, published)):
        return None  # an hour of some day is compared as an hour
    if not ENDING.isdisjoint(question.words) and ENDING.intersection(words(time.text)[:1]):
        time = replace(time, earliest=time.earliest or time.latest)  # the end is what is asked for
    before = text[: time.start]
    if asks_for("began", question.text):  # what ran from June began in June
        before = re.sub(r"\b(?:from|since)(?= (?:on |or |about )*$)", "", before)
        time = replace(time, latest=time.earliest) if words(time.text)[:1] in (("from",), ("since",)) else time
    said = _interval(_part_of_day(_to_come(time, text, published), text), before)
    return said and re.sub(r"\d{4}-\d\d-\d\d(?=T)", "", said) if _bare_clock(time) else said


def _of_near_year(time: TimeSpan, published: str | None) -> bool:
    """True for a day whose year is not said, and which is nearer to the day of the article than in any other year."""
    if time.why != "year" or not published or not (day := time.earliest or time.latest):
        return False
    return abs(dates.bounds(day)[0] - dates.bounds(published[:10])[0]) < NEAR_YEAR


NEAR_YEAR = timedelta(days=120)


def times_of_it(text: str, published: str | None, question: Asked) -> list[TimeSpan]:
    """The times in the text, without those of when something was told: "told colleagues on Monday that she would go"."""
    return [t for t in times_in(text, published) if not when_told(text[: t.start], question.text)]


@lru_cache(maxsize=1024)
def times_in(text: str, published: str | None) -> tuple[TimeSpan, ...]:
    """The times in the text that a day can be told of."""
    return tuple(t for t in dates.find(text, published) if t.earliest or t.latest)


def given_time(answer: str, published: str | None, question: Asked) -> str | None:
    """The time that a person typed, where nothing else stands beside it: "set out on Sunday" answers something else."""
    if bound := _bound().fullmatch(answer):
        end = given_time(bound["first"] or bound["soonest"] or bound["last"], published, question)
        return end and _opened(end, last=bound["last"] is not None)
    day, told, more = answer.partition(", ")
    if told and re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", day):  # what else is told of that day may be its hour
        return given_time(f"{day} {more}", published, question) or when(day, published, question)
    rest = answer = _spelt(answer)
    for time in reversed(dates.find(answer, published)):
        rest = f"{rest[: time.start]} {rest[time.end :]}"
    several = re.search(r"\d (?:or|and)\b", rest)  # "15 or 16 March"
    alone = not several and all(
        w in BEFORE_TIMES or w in DAYPARTS or w in PARTS for w in words(rest) if not w[0].isdecimal()
    )
    return when(answer, published, question) if alone else None


@cache
def _bound() -> re.Pattern[str]:
    """A time that is said to be the first or the last that can be: "not before Friday", "5 May at the earliest"."""
    before, behind, last = (lexicon.alternatives(listed) for listed in (FIRST_BEFORE, FIRST_BEHIND, LAST_BEHIND))
    return re.compile(
        rf"(?:{before}) (?P<first>\S.*)|(?P<soonest>\S.*?),? (?:{behind})|(?P<last>\S.*?),? (?:{last})", re.IGNORECASE
    )


FIRST_BEFORE, FIRST_BEHIND, LAST_BEHIND = (
    lexicon.listed("en/questions", name) for name in ("first_before", "first_behind", "last_behind")
)


def _opened(answer: str, *, last: bool) -> str:
    """The interval with one of its ends left open."""
    begins, _, ends = answer.removeprefix("~").partition("/")
    return f"../{ends or begins}" if last else f"{begins}/.."


def _spelt(answer: str, *, bare: bool = True) -> str:
    """The answer with its bare clocks as texts have them: "1:20 p.m." of "13:20"; of a text those of two digits alone."""
    hour = r"[01]?\d|2[0-3]" if bare else r"[01]\d|2[0-3]"
    return re.sub(rf"(?<![\w:.+-])({hour}):([0-5]\d)(?::[0-5]\d)?(?![\w:-]|\.\d| ?[ap]\.?m\b)", _of_half_day, answer)


def _of_half_day(clock: re.Match[str]) -> str:
    hour = int(clock[1])
    return f"{hour % 12 or 12}:{clock[2]} {'p' if hour > 11 else 'a'}.m."


def _bare_clock(time: TimeSpan) -> bool:
    """True for an hour without a day: "at 5 a.m."; that it is of the day of the article is not said."""
    clock = "T" in (time.earliest or time.latest or "") and time.anchor is not None
    return clock and DAYS.isdisjoint(words(time.text)) and not re.search(r"\d{4}-\d|\d{4}$", time.text)


ENDING = frozenset({"until", "till"})
DAYS = CALENDAR | {"today", "yesterday", "tonight", "tomorrow", "day"}


def _nearest(times: list[TimeSpan], text: str, question: Asked) -> TimeSpan | None:
    """The one time, or the one that stands nearest to a word of the question."""
    if len(times) < 2:
        return times[0] if times else None
    at = [m.start() for m in re.finditer(r"[^\W\d_]+", text) if terms.stem(terms.folded(m[0])) in question.stems]
    apart = sorted((min((abs(i - (t.start or 0)) for i in at), default=0), n) for n, t in enumerate(times))
    return times[apart[0][1]] if apart[0][0] < apart[1][0] else None


def _part_of_day(time: TimeSpan, text: str) -> TimeSpan:
    """The hours of the morning, the evening that stands beside a bare day."""
    day = time.earliest or ""
    beside = words(text[max(0, (time.start or 0) - BESIDE) : (time.end or 0) + BESIDE])
    opens = re.match(r"(?:early |late )?(?:on )?", time.text, re.IGNORECASE)
    led = re.search(r"\b(early|late) (?:on )?$", text[: time.start] + (opens[0] if opens else ""), re.IGNORECASE)
    part = next((p for p in DAYPARTS if p in beside), led and f"{led[1].lower()} in it")
    if part is None or day != time.latest or len(day) != len("2031-05-05"):
        return time
    midnight = dates.bounds(day)[0]
    first, last = (f"{midnight + timedelta(hours=int(hour)):%Y-%m-%dT%H}" for hour in (DAYPARTS | ENDS_OF_DAY)[part])
    return replace(time, earliest=first, latest=last)


BESIDE = 16
ENDS_OF_DAY = {"early in it": ("0", "10"), "late in it": ("16", "23")}
"""The hours of "early on Monday" and "late on Monday", as widely as people use them."""


def _to_come(time: TimeSpan, text: str, published: str | None) -> TimeSpan:
    """The time a year on where its text looks ahead and the year was only taken from the day of the article."""
    ahead = time.anchor and published and not AHEAD.isdisjoint(words(text))
    if not ahead or not time.latest or time.latest >= (published or "")[: len(time.latest)]:
        return time
    return replace(time, earliest=_next_year(time.earliest), latest=_next_year(time.latest))


AHEAD = lexicon.words("en/answers", "ahead")


def _next_year(value: str | None) -> str | None:
    return f"{int(value[:4]) + 1}{value[4:]}" if value and value[:4].isdecimal() else value


def _given_time(text: str) -> str | None:
    """The interval that a person typed: "2012-07/2012-12", "by 2012-12"."""
    *before, last = text.split() or [""]
    try:
        span = dates.window(last.upper())
    except BadInput:
        return None
    plain = len(last) > 3 and all(w in BEFORE_TIMES for w in before)
    return _bounded(span.earliest, span.latest, " ".join(before)) if plain else None


BEFORE_TIMES = (
    {w for phrases in (NO_LATER, NO_EARLIER, NEAR) for p in phrases for w in p}
    | terms.STOP
    | {
        "completed",
        "done",
        "early",
        "late",
        "within",
    }
)


PARTS = {"beginning", "end", "hours", "local", "mid", "middle", "start", "time"}


def of_one_clock(told: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The times of the place whose distance from UTC one text tells, "2:40 a.m. (2110 GMT)", with it, by claim.

    Of the others those that are near by its clock, and by no other that is told; `told` has each claim's text and time.
    """
    clocks = {c: m for c, (_, time) in told.items() if (m := CLOCK.search(time))}
    zones = {m[3] for c, m in clocks.items() if m[3] and both_clocks().search(told[c][0])}
    if len(zones) != 1:
        return {}
    near = {c: {m[3] for m in clocks.values() if m[3] and _near(m, own)} for c, own in clocks.items() if not own[3]}
    local = {c for c in near if re.search(r"\blocal\b", told[c][0])}
    return {c: f"{told[c][1]}{zone}" for c in near for zone in zones if near[c] == zones or c in local}


def _near(a: re.Match[str], b: re.Match[str]) -> bool:
    one, other = (int(m[1]) * 60 + int(m[2] or 0) for m in (a, b))
    return abs(one - other) <= HOUR


HOUR = 60
CLOCK = re.compile(r"T(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?\Z")


@cache
def both_clocks() -> re.Pattern[str]:
    """An hour that has no zone with the same at Greenwich in brackets."""
    return re.compile(
        r"\d(?: ?[ap]\.?m\b\.?)?(?: local(?: time)?)?(?:,? (?:on )?[a-z]+day)?,? \([^()]*\d[^()]*\b(?:GMT|UTC)\b[^()]*\)",
        re.IGNORECASE,
    )


def _holds(wider: TimeSpan, finer: TimeSpan) -> bool:
    """True where one of two times of a text is the other said more exactly, as "on Tuesday, at 3 p.m."."""
    return dates.relate(Span(wider.earliest, wider.latest), Span(finer.earliest, finer.latest)) == "contains"


def _interval(time: TimeSpan, before: str) -> str | None:
    loose = "night" in time.text.casefold() and time.earliest == time.latest  # a night has two days
    loose = loose or any(terms.stands(p, words(time.text)) for p in NEAR)  # "3 May, about 4.30 a.m."
    return _bounded(time.earliest, time.latest, re.split(r"[.;:,]", before)[-1], loose=loose)


def _bounded(earliest: str | None, latest: str | None, before: str, *, loose: bool = False) -> str | None:
    """The interval, opened or loosened by the words that stand before it."""
    last = words(before)[-4:]
    near = any(_ends(last, p) for p in NEAR)  # "shortly after" five is about five
    if not near and any(_ends(last, p) for p in NO_LATER):
        return f"../{latest}" if latest else None
    if not near and any(_ends(last, p) for p in NO_EARLIER):
        return f"{earliest}/.." if earliest else None
    exact = earliest if earliest == latest else f"{earliest or '..'}/{latest or '..'}"
    return f"~{exact}" if loose or near else exact


def _ends(before: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    """True where the phrase comes last, or last but for an article: "by the", "towards the end of"."""
    rest = tuple(w for w in before if w not in ("the", "end", "of", "completed", "done"))
    return rest[-len(phrase) :] == phrase


# --- where, who ----------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def where(text: str) -> str | None:
    """The direction from a place, "south of Lorn", else the places that the text names after in, at, near."""
    if found := _bearing().findall(text):
        return found[0] if len({direction(f) for f in found}) == 1 else None
    places = dict.fromkeys(_located().findall(text))
    return ", ".join(places) or None


@cache
def _bearing() -> re.Pattern[str]:
    compass = r"(?:north|south)(?:[- ]?(?:east|west))?|east|west"
    far = r"(?:[\w.,]+[ -](?:km|kilomet\w+|miles?|metres|meters) (?:to the )?)?"
    return re.compile(rf"\b({far}(?:{compass})(?:[- ](?:of|from) (?:the )?(?:[a-z]+ of )?[A-Z][\w’'-]*)?)\b")


@cache
def _located() -> re.Pattern[str]:
    name = r"[A-Z][\w’'-]*"
    sort = "(?:city|town|village|capital|province|district|region|state|county|island) of "
    return re.compile(rf"\b(?:in|at|near|from|outside|off|on)\s+(?:the )?(?:{sort})?({name}(?:\s+{name})*)")


DISOWNED = "not "
"""What stands before the name of who says that he did not do it."""


@lru_cache(maxsize=1024)
def named(text: str, question: Asked) -> str | None:
    """The one name of several words that is not in the question; "not" and who says so where they disown the deed.

    None where the text denies anything else or names several.
    """
    if question.who and (any(terms.stands(p, words(text)) for p in DISOWNING) or _own_denial().search(text)):
        return f"{DISOWNED}{question.who}"
    if _negates(words(text)):
        return None
    text = _speaking().sub(" ", text)
    told = re.finditer(r"\b([A-Z][\w-]*(?:\s+[A-Z][\w-]*)+)(?:\s+(\w+))?", text)
    found = [untitled(m[1]) for m in told if m[2] not in SAYING]  # who says it is not what is asked
    names = {n for n in found if question.stems.isdisjoint(map(terms.stem, terms.words(n)))}
    return names.pop() if len(names) == 1 else None


def names_it(text: str, name: str, question: Asked) -> bool:
    """True where the name stands beside a word of the question: "the pilot, Ann Roe", "Ann Roe, its pilot"."""
    before, _, after = text.partition(name)
    if name and (_bare_name(before, after) or _named_as(before, question)):
        return True
    told = [*words(before)]
    while told and told[-1] in NAMING:
        told.pop()
    behind = words(after)[:BESIDE_NAME] if after.startswith((",", " (")) else ()
    beside = (*told[-1:], *behind)
    return not after.startswith(("'", "’")) and not question.stems.isdisjoint(map(terms.stem, beside))


def _bare_name(before: str, after: str) -> bool:
    """True where the words have no more than the name, a title, an age and from where: "Brigadier Ann Roe, 34, of Orm"."""
    more = re.fullmatch(r"(?:, (?:aged )?\d{1,3})?(?:,? (?:of|from) [A-Z][\w ,’'-]*)?[.,]?", after)
    return more is not None and before.istitle() == bool(before) and untitled(f"{before}X Y") == "X Y"


def _named_as(before: str, question: Asked) -> bool:
    """True behind "named by the union as", and "named the dead man as" where this one is asked for."""
    found = re.search(
        r"\b(?:named|identified)(?: (?:the|a|an)? ?((?:[\w-]+ ){0,3}?[\w-]+))??(?: by [\w’' -]+)? as (?:\w+ )?$", before
    )
    whom = words(found[1] or "") if found else ()
    return found is not None and (not whom or not question.stems.isdisjoint(map(terms.stem, whom)))


NAMING = lexicon.words("en/questions", "naming")
BESIDE_NAME = 5


@cache
def _own_denial() -> re.Pattern[str]:
    """A denial of a deed of one's own: "denied that it had fired", "denied having fired"."""
    return re.compile(r"\bden(?:y|ied|ies|ying) (?:(?:that )?(?:it|they|he|she|we|its|their|his|her)\b|[a-z]+ing\b)")


@cache
def _speaking() -> re.Pattern[str]:
    """Who says it, from the clause's beginning to the word of saying: "Rebel leader Ivo Pell said"."""
    verbs = lexicon.alternatives(tuple(SAYING - {"estimates", "recorded", "registered", "counted", "reports"}))
    return re.compile(rf"(?:^|(?<=[,;.] ))[^,;.]*?\b(?:{verbs})\b(?: that)?|, (?:{verbs}) [^,;]*")
