"""A question over time: each source's figures day by day, and what was said on which day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from itertools import pairwise

from ledger.catalogue import t, theirs
from ledger.crossref.origins import FIRM, Standing
from ledger.crossref.running_counts import SourceAnswer, uncredited
from ledger.crossref.statements import ends, figure_words
from ledger.crossref.study import Study, under
from ledger.records import Pair, Quantity, replace
from ledger.reports.report import Course, Day, Moment, Point
from ledger.reports.sentences import as_mentioned, heading, named, outlet, own_words, unsourced, with_part
from ledger.reports.sentences import day as in_words
from ledger.vocabulary import Kind, Relation, TimeRole

DATE = len("2016-03-27")


def day(found: Study, claim: str) -> str:
    """The day that a figure is of, else that on which its article appeared; empty where neither is known to the day."""
    for at in (found.statements[claim].as_of, found.claim(claim).published_at):
        if at and len(at) >= DATE:
            return at[:DATE]
    return ""


HOUR = re.compile(r"\d{4}-\d\d-\d\d[T ](?P<hour>\d\d)(:?(?P<minute>\d\d))?(:?\d\d(\.\d+)?)?(?P<zone>Z|[+-]\d\d:?\d\d)?")


def hours(found: Study, claims: Iterable[str]) -> Mapping[str, str]:
    """The hour of each claim that has one in a zone that is stated, "15:20 UTC"; none where their zones differ."""
    known = {c: m for c in claims if (m := _hour(found, c)) is not None and m["zone"]}
    if len({m["zone"] for m in known.values()}) > 1:
        return {}
    return {c: f"{_clock(m)} {zone(m[0])}" for c, m in known.items()}


def _hour(found: Study, claim: str) -> re.Match[str] | None:
    return HOUR.fullmatch(as_of(found, claim) or found.claim(claim).published_at or "") if day(found, claim) else None


def clock(at: str) -> str:
    """The hour of a moment: "09:00"; empty where only its day is known."""
    hour = HOUR.fullmatch(at)
    return _clock(hour) if hour else ""


def _clock(hour: re.Match[str]) -> str:
    return f"{hour['hour']}:{hour['minute'] or '00'}"


def recorded(found: Study, claim: str) -> str:
    """An hour with its zone; empty where no zone is known, for it says nothing then."""
    hour = _hour(found, claim)
    return f"{_clock(hour)} {zone(hour[0])}" if hour is not None and hour["zone"] else ""


def zone(at: str) -> str:
    """The zone of a moment as it is stated: "UTC", "UTC+05:30"; empty where it has an hour and no zone, or no hour."""
    hour = HOUR.fullmatch(at)
    said = (hour and hour["zone"]) or ""
    return said and ("UTC" if said == "Z" or not said.strip("+-0:") else f"UTC{said}")


def as_of(found: Study, claim: str) -> str:
    """Until when was counted, where that is said of the claim itself; empty where only its publication has a day."""
    counts = found.statements[claim].quantity is not None
    said = counts and any(time.role is TimeRole.AS_OF for time in found.claim(claim).times)
    return (found.statements[claim].as_of or "") if said else ""


def dated(found: Study, claim: str, *, whole: bool = False) -> str:
    """The day of publication in words, or the one that the figure is of where that is another; as a whole, both."""
    counted, published = as_of(found, claim)[:DATE], (found.claim(claim).published_at or "")[:DATE]
    if counted in ("", published):
        return t("published {day}", day=in_words(published)) if published else ""
    of = t("as of {day}", day=in_words(counted))
    return (
        t("{words}, {next}", words=of, next=t("published {day}", day=in_words(published)))
        if published and whole
        else of
    )


def course(found: Study) -> str:
    """How one source's own running count went from its first day to its last, else how the figures of all did."""
    main = [c for c, off in found.axis.items() if off is None]
    return (_own_course(found, main) or _by_day(found, main)) if running(found, {*main}) else ""


def _own_course(found: Study, main: Iterable[str]) -> str:
    """How the running count of the one source went whose figures are of most days."""
    series: dict[str, list[tuple[str, Decimal, str]]] = {}
    for c in main:
        own = not uncredited(found, c) and not found.statements[c].superseded  # which is of an earlier day
        if own and day(found, c) and (low := _least(found, c)) is not None:
            series.setdefault(found.family(c).key, []).append((day(found, c), low, c))
    moved = [counts for counts in series.values() if _moved(counts) and found.family(counts[0][2]).standing in FIRM]
    return _course_words(found, max(moved, key=lambda counts: (len(counts), min(counts)[2]))) if moved else ""


def _by_day(found: Study, claims: Iterable[str]) -> str:
    """That figures of several sources grew from day to day, where nothing is in dispute; empty where they did not."""
    ends = grown(found, [c for c in claims if not found.statements[c].superseded])
    if ends is None or any(p.relation == Relation.CONFLICTS or _held_apart(found, p) for p in found.pairs):
        return ""
    (first, then), (last, now) = ((figure_words(found.statements[c]), in_words(day(found, c))) for c in ends)
    return t(
        "By day the figures go from {first} ({then}) to {last} ({now}).",
        first=first, then=then, last=last, now=now,
    )  # fmt: skip


def _held_apart(found: Study, pair: Pair) -> bool:
    """True for two exact figures of two days that differ and of which none is found to be a later count."""
    one, other = found.figure(pair.a), found.figure(pair.b)
    beside = {found.axis.get(pair.a, ""), found.axis.get(pair.b, "")} == {None}
    if one is None or other is None or pair.reason in LATER or not beside:
        return False
    exact = one.low == one.high and other.low == other.high and one.low != other.low
    return exact and day(found, pair.a) != day(found, pair.b)


LATER = ("as_of", "revised")
"""Reasons of a pair of which one is a later count of what the other counted."""


def grown(found: Study, claims: Iterable[str]) -> tuple[str, str] | None:
    """The lowest count of the first day and the highest of the last, where no day's begin below those of the day before.

    None for one day alone, for a figure without a day, and where nothing is counted.
    """
    days: dict[str, list[tuple[Decimal, bool, str]]] = {}
    for c in claims:
        low, q = _least(found, c), found.figure(c)
        if low is not None and q is not None and found.statements[c].kind is Kind.COUNT:
            days.setdefault(day(found, c), []).append((low, q.low == q.high, c))
    told = [days[at] for at in sorted(days)]
    if len(told) < 2 or "" in days or any(max(a)[0] > min(b)[0] for a, b in pairwise(told)):
        return None
    first, last = min(told[0]), max(told[-1])
    return (first[2], last[2]) if first[0] < last[0] else None


def _moved(counts: Sequence[tuple[str, Decimal, str]]) -> bool:
    first, last = min(counts), max(counts, key=lambda x: x[:2])
    return first[0] != last[0] and first[1] != last[1]


def _course_words(found: Study, counts: Sequence[tuple[str, Decimal, str]]) -> str:
    first, last = min(counts), max(counts, key=lambda x: x[:2])
    given = {
        "source": named(found.family(first[2])),
        "first": figure_words(found.statements[first[2]]), "then": in_words(first[0]),
        "last": figure_words(found.statements[last[2]]), "now": in_words(last[0]),
    }  # fmt: skip
    if _within(found, first[2], last[2]):
        return t("The count of {source} is given as {first} ({then}), later as {last} ({now}).", **given)
    if first[1] < last[1]:
        return t("The count of {source} rose from {first} ({then}) to {last} ({now}).", **given)
    return t("The count of {source} fell from {first} ({then}) to {last} ({now}).", **given)


def _within(found: Study, older: str, newer: str) -> bool:
    """True where the newer figure lies inside the older one, "249" in "more than 200", so that nothing need have moved."""
    before, after = found.figure(older), found.figure(newer)
    if before is None or after is None or before.low == before.high:
        return False
    (low, high), (least, most) = ((q.low, q.high) for q in (before, after))
    above = low is None or (least is not None and Decimal(least) >= Decimal(low))
    return above and (high is None or (most is not None and Decimal(most) <= Decimal(high)))


def running(found: Study, claims: AbstractSet[str]) -> bool:
    """True where one of these is a later count of what another counted, as the program found."""
    later = (p for p in found.pairs if p.reason in LATER and not p.set_by)
    return any({p.a, p.b} <= claims for p in later)


def _least(found: Study, claim: str) -> Decimal | None:
    """The number from which a firm figure counts."""
    q = found.figure(claim)
    return Decimal(q.low) if q is not None and q.low is not None and not q.vague else None


def drawn(found: Study, claim: str) -> Quantity | None:
    """A claim's figure as plots show it: in the unit of most, as exact as its words; a fraction in percent, about so."""
    q, made = found.statements[claim].quantity, found.figure(claim)
    if q is None or made is None:
        return None
    if q.unit != "share":
        alike = q.unit == made.unit
        return made if alike else replace(made, low=as_exact(made.low, q.low), high=as_exact(made.high, q.high))
    low, high = (None if v is None else f"{(Decimal(v) * 100).normalize():f}" for v in (q.low, q.high))
    return replace(q, low=low, high=high, unit="percent", approximate=True)


def as_exact(converted: str | None, said: str | None) -> str | None:
    """A converted number with as many digits as what was said, at least two: 200 feet are 61 m."""
    if converted is None or said is None:
        return converted
    digits = max(2, len(Decimal(said).normalize().as_tuple().digits))
    return f"{Decimal(f'{Decimal(converted):.{digits}g}'):f}"


def courses(found: Study, spoken: Sequence[tuple[str, SourceAnswer]]) -> tuple[Course, ...]:
    """Each source's counts day by day; nothing where all are of one day or none differs, or where a length is told."""
    members = {c for _, voice in spoken for c in voice.members}
    if not running(found, members) and all(found.statements[c].kind is not Kind.COUNT for c in members):
        return ()
    clock = hours(found, sorted(members))
    made = [c for heading, voice in spoken if (c := _course(found, heading, voice, clock)).points]
    points = [p for c in made for p in c.points]
    told = len({p.day for p in points}) > 1 and len({(p.low, p.high, p.open) for p in points}) > 1
    return tuple(made) if told else ()


def _course(found: Study, heading: str, voice: SourceAnswer, clock: Mapping[str, str]) -> Course:
    at = {c: f"{day(found, c)}T{clock[c]}" if c in clock else day(found, c) for c in voice.members}
    alike: dict[tuple[str, Decimal, Decimal], dict[str, Quantity]] = {}
    for c in (c for c in voice.members if not found.statements[c].superseded):  # these are of days that nobody tells
        q = drawn(found, c)
        if q is not None and (span := ends(q)) is not None and at[c]:
            alike.setdefault((at[c], *span), {})[c] = q
    old = mentioned(found, voice) | (_ends(found, voice.before) - _ends(found, voice.claims[:1]))
    points = (
        _point(*span, alike[span].values(), _words(found, _open_first(alike[span])), past=span[1:] in old)
        for span in sorted(alike)
    )
    return Course(heading, voice.family.party, tuple(points))


def mentioned(found: Study, voice: SourceAnswer) -> set[tuple[Decimal, Decimal] | None]:
    """The numbers that a text of those who say so calls earlier ones."""
    return _ends(found, (c for c in voice.members if found.statements[c].superseded))


def _ends(found: Study, claims: Iterable[str]) -> set[tuple[Decimal, Decimal] | None]:
    return {ends(q) for c in claims if (q := drawn(found, c)) is not None} - {None}


def _open_first(figures: Mapping[str, Quantity]) -> list[str]:
    """The claims, "over 20" before "20"."""
    return sorted(figures, key=lambda c: None not in (figures[c].low, figures[c].high))


def _point(
    at: str, low: Decimal, high: Decimal, figures: Iterable[Quantity], words: tuple[str, ...], *, past: bool
) -> Point:
    """One figure of a day; several that articles gave for one day are several points."""
    figures = list(figures)
    up, down = any(q.high is None for q in figures), any(q.low is None for q in figures)
    way = "both" if up and down else "up" if up else "down" if down else ""
    beyond = all(False in (q.low_inclusive, q.high_inclusive) for q in figures)
    return Point(
        at, _plain(low), _plain(high), way, words, vague=any(q.vague for q in figures), beyond=beyond, past=past
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _words(found: Study, claims: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(figure_words(found.statements[c]) for c in claims))


def timeline(found: Study, spoken: Iterable[SourceAnswer]) -> tuple[Day, ...]:
    """What was said of which day, oldest first, what has no date last; nothing where all of it is of one day."""
    told: dict[str, list[tuple[tuple[bool, str, Decimal], Moment]]] = {}
    clock = hours(found, found.statements)
    for voice in spoken:
        for at, moment in _moments(found, voice):
            hour = clock.get(moment.claims[0], "")
            told.setdefault(at, []).append(((not hour, hour, _least(found, moment.claims[0]) or Decimal(0)), moment))
    if len([at for at in told if at]) < 2:
        return ()
    by_hour = {at: [m for _, m in sorted(moments, key=lambda of: of[0])] for at, moments in told.items()}
    return tuple(Day(at, tuple(by_hour[at])) for at in sorted(told, key=lambda at: (not at, at)))


def of_part(found: Study, claim: str) -> str:
    """The place or the part that a claim is of, where others are set apart for theirs."""
    s, apart = found.statements[claim], {*found.axis.values(), *found.worded.values()}
    place = s.place if s.place != usual_place(found) else None  # which stands on top
    told = [of for off, of in (("place", place), ("scope", s.scope)) if of and off in apart]
    return t(", ").join(theirs(of) for of in told if not any(of != other and of in other for other in told))


def usual_place(found: Study) -> str:
    """The place that more than half of the claims with one are of; empty where there is none."""
    places = [s.place for s in found.statements.values() if s.place]
    most, times = Counter(places).most_common(1)[0] if places else ("", 0)
    return most if times * 2 > len(places) else ""


def _moments(found: Study, voice: SourceAnswer) -> Iterator[tuple[str, Moment]]:
    """What the source is told to say of each day, with those that tell it so; what nobody is named for stands apart."""
    alike: dict[tuple[str, str, str, bool, str], list[str]] = {}
    for c in voice.members:
        words = voice.words if voice.aside and c in voice.claims else own_words(found, c)
        words = words or theirs(found.claim(c).exact)
        words = with_part(words, part) if (part := of_part(found, c)) else words
        words = as_mentioned(words) if found.statements[c].superseded else words
        own = outlet(found.claim(c).publisher) if uncredited(found, c) else ""
        of = day(found, c), recorded(found, c), " ".join(words.split()), not as_of(found, c), own
        alike.setdefault(of, []).append(c)
    for (at, hour, words, published, own), claims in alike.items():
        outlets = found.outlets(claims)
        family = under(voice.family, outlets) if voice.family.outlets else voice.family
        who = unsourced(own) if own else heading(family)
        said_by = () if own or (family.standing is Standing.PUBLISHER and not family.relayed) else map(outlet, outlets)
        yield at, Moment(who, published, (words,), tuple(said_by), tuple(claims), hour)
