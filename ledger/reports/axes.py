"""The figures of a question on axes: those that count the same together, as plots draw them and as their data give them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ledger import dates, quantity
from ledger.catalogue import known, number, t, theirs, unmarked
from ledger.crossref.running_counts import SourceAnswer
from ledger.crossref.statements import ends, figure_words
from ledger.crossref.study import Study
from ledger.quantity.figure_words import FATES, FATES_OF_PEOPLE
from ledger.quantity.intervals import TENTH
from ledger.records import Quantity, Statement, replace
from ledger.reports.comparing import apart_words
from ledger.reports.report import Axis, Figure, Mark, Past
from ledger.reports.sentences import as_mentioned, called, names_nobody
from ledger.reports.set_apart import apart_because, part_of, told
from ledger.reports.timeline import as_of, course, courses, dated, day, drawn, grown, mentioned
from ledger.vocabulary import Kind, Modifier, TimeRole

Beside = tuple[str | None, str, str | None]
"""What figures of one axis have in common: why they are set apart, their unit, the part that they are of."""


def axes(found: Study) -> Iterator[Axis]:
    """One axis for the figures that count the same, one more for each reason why others, or parts, are set apart."""
    claims: dict[Beside, list[str]] = {}
    for c, off in found.axis.items():
        claims.setdefault(_beside(found, c, off), []).append(c)
    voices: dict[Beside, list[SourceAnswer]] = {}
    for beside, own in sorted(claims.items(), key=lambda x: x[0][0] is not None):
        for voice in told(found, own):
            key = _beside(found, voice.claims[0], voice.aside) if voice.aside else beside
            voices.setdefault(key, []).append(voice)
    for (reason, *_), some in voices.items():
        yield _axis(found, some, _apart(found, some[0].claims[0], reason) if reason else None)


def _apart(found: Study, claim: str, reason: str) -> str:
    """Why an axis is set apart, with the place or the part where that is why."""
    return apart_because(found, claim, reason) if part_of(found, claim, reason) else apart_words(reason)


def _beside(found: Study, claim: str, off: str | None) -> Beside:
    return (None, "", None) if off is None else (off, _unit(found, claim), part_of(found, claim, off))


def _unit(found: Study, claim: str) -> str:
    q = drawn(found, claim)
    return (q.unit or q.counts or "").casefold() if q is not None else ""


def _axis(found: Study, voices: Sequence[SourceAnswer], why: str | None) -> Axis:
    claims = [c for v in voices for c in v.members]
    marks = list(_marks(found, voices))
    days = _days(found, voices)
    several = len({*days}) > 1 and "" not in days and found.kind is Kind.COUNT
    if why is None and (several or (course(found) and grown(found, claims))):
        marks = [replace(m, day=at) for m, at in zip(marks, days, strict=True)]
        marks.sort(key=lambda m: (m.day, Decimal(m.low or m.high or 0)))
    over_time = courses(found, [(called(v.family), v) for v in voices])
    stated = [found.statements[c] for c in claims]
    return Axis(
        _often(counted(found.statements[c], found.claim(c).exact) for c in claims),
        why, tuple(marks), over_time,
        unit=_often((q.unit or "") for c in claims if (q := drawn(found, c)) is not None).replace("_", " "),
        place=_alike(theirs(s.place) if s.place else "" for s in stated),
        part=_alike(theirs(s.scope) if s.scope else "" for s in stated) if "scope" in found.axis.values() else "",
        when=_alike(dates.window_words(s.window) if s.window else "" for s in stated),
        figures=tuple(_figures(found, voices)),
    )  # fmt: skip


def _often(words: Iterable[str]) -> str:
    """What most of these say, of equals the first; empty where none says anything."""
    found = Counter(w for w in words if w)
    return found.most_common(1)[0][0] if found else ""


def _alike(words: Iterable[str]) -> str:
    """What all of these say that say anything; empty where they do not agree."""
    found = {w for w in words if w}
    return found.pop() if len(found) == 1 else ""


def counted(s: Statement, told: str = "") -> str:
    """What a figure counts, with what became of it in the word of its text: "people killed", "people injured"."""
    q = s.quantity
    if q is None or (q.measure is None and quantity.measured(q.unit)):
        return ""  # "55 km" counts nothing
    what, measure = _noun(q.counts or q.population or ""), (q.measure or "").replace("_", " ")
    if measure == "wounded" and "injur" in told.casefold():
        measure = "injured"
    if measure == "casualties":  # "people casualties" is no English
        return known(measure)
    if measure.casefold() in what.casefold():
        return theirs(what) if what else ""
    if (
        what and measure == "lost" and re.search(r"\blost\b", told.casefold())
    ):  # of an army it may say more than of others
        return t("{what}, told as “lost”", what=theirs(what))
    return t("{what} {measure}", what=theirs(what), measure=known(measure)) if what else known(measure)


def coded(s: Statement) -> str:
    """The same in one vocabulary for all claims, as data have it: "people wounded", whatever word a text has for it."""
    q = s.quantity
    if q is None or (q.measure is None and quantity.measured(q.unit)):
        return ""
    measure = (q.measure or "").replace("_", " ")
    what = (q.unit or "").replace("_", " ") or ("people" if measure in FATES_OF_PEOPLE else _noun(q.counts or ""))
    return " ".join(dict.fromkeys(filter(None, (what, measure))))


def _noun(what: str) -> str:
    """What is counted, where its words say that alone: not "reported injured and buildings"."""
    words = what.casefold().split()
    return "" if any(w in ("and", "or") or FATES.get(w) in FATES_OF_PEOPLE for w in words) else what


def _marks(found: Study, voices: Sequence[SourceAnswer]) -> Iterator[Mark]:
    for voice in voices:
        q = drawn(found, voice.claims[0])
        if q is None or ends(q) is None:
            continue
        named_old = found.statements[voice.claims[0]].superseded
        yield Mark(
            label=called(voice.family),
            bare=names_nobody(voice.family),
            past=ends(q) in mentioned(found, voice),
            words=as_mentioned(_converted(found, voice, q)) if named_old else _converted(found, voice, q),
            low=q.low,
            high=q.high,
            soft=q.approximate and not q.vague,
            vague=q.vague,
            beyond=False in (q.low_inclusive, q.high_inclusive),
            nearly=q.modifier is Modifier.NEARLY,
            party=voice.family.party,
            dated="" if named_old else dated(found, voice.claims[0]),
            earlier=earlier(found, voice),
        )


def _days(found: Study, voices: Iterable[SourceAnswer]) -> list[str]:
    """The days of what `_marks` gives for these."""
    leads = ((v.claims[0], drawn(found, v.claims[0])) for v in voices)
    return [day(found, c) for c, q in leads if q is not None and ends(q) is not None]


def _converted(found: Study, voice: SourceAnswer, q: Quantity) -> str:
    """A figure as said, with what it is in the unit of the plot where that is another one: "200ft (61 m)"."""
    said = found.statements[voice.claims[0]].quantity
    if said is None or said.unit == q.unit or q.unit == "percent":
        return voice.words
    ends = dict.fromkeys(number(Decimal(v)) for v in (q.low, q.high) if v is not None)
    plotted = t("{figure} {noun}", figure="–".join(ends), noun=known(q.unit or ""))
    return t("{figure} ({converted})", figure=voice.words, converted=plotted)


def _figures(found: Study, voices: Iterable[SourceAnswer]) -> Iterator[Figure]:
    """The figures of an axis, a claim each, in the order of the plot."""
    voices = list(voices)
    most = _often(coded(found.statements[c]) for v in voices for c in v.members)
    for voice in voices:
        for c in voice.members:
            q, s = drawn(found, c), found.statements[c]
            if q is None or s.quantity is None or ends(q) is None:
                continue
            less, more, taken_as = _room(q)
            own = coded(s)
            beside = own != most and most.startswith(f"{own} " if own else most)
            hedge = "vague" if q.vague else "about" if q.approximate and q.modifier is Modifier.EXACT else q.modifier
            yield Figure(
                claim=c,
                low=_times(q.low, 1 - less),
                low_inclusive=q.low_inclusive,
                high=_times(q.high, 1 + more),
                high_inclusive=q.high_inclusive,
                taken_as="low and high are our bounds of a vague word" if q.vague else taken_as,
                original_low=s.quantity.low,
                original_high=s.quantity.high,
                original_unit=(s.quantity.unit or "").replace("_", " "),
                hedge="" if hedge == Modifier.EXACT else str(hedge),
                hedge_words=_hedge(s.quantity) if hedge != Modifier.EXACT else "",
                counted=most if beside else own,
                counted_words=unmarked(counted(s, found.claim(c).exact)),
                counted_from=("figures beside it" if beside else "claim") if most else "",
                as_of=as_of(found, c),
                as_of_from=_dated_by(found, c),
                when=dates.interval(s.window),
                place=s.place or "",
            )


def _dated_by(found: Study, claim: str) -> str:
    """Who says until when was counted: the words of the claim, or the desk."""
    said = any(time.role is TimeRole.AS_OF and time.start is not None for time in found.claim(claim).times)
    return ("claim" if said else "desk") if as_of(found, claim) else ""


def _room(q: Quantity) -> tuple[Decimal, Decimal, str]:
    """By which share "about" or "nearly" reaches below and above the number, and that in words."""
    if q.vague or not q.approximate:
        return Decimal(0), Decimal(0), ""
    if q.modifier is Modifier.NEARLY:
        return TENTH, Decimal(0), f"up to {TENTH:.0%} less"
    return TENTH, TENTH, f"{TENTH:.0%} either way"


def _times(end: str | None, share: Decimal) -> str | None:
    return end if end is None or share == 1 else f"{(Decimal(end) * share).normalize():f}"


def _hedge(q: Quantity) -> str:
    """The words beside the number: "at least"; all of them where the number is one of these, as in "dozens"."""
    words = list(reversed(q.text.split()))
    bare = next((w for w in words if w[0].isdigit()), "") or next((w for w in words if quantity.find(w)), "")
    return " ".join(q.text.replace(bare, " ", 1).split()) or q.text if bare else q.text


def earlier(found: Study, voice: SourceAnswer) -> tuple[Past, ...]:
    """What the source's count stood at before, newest first; each number once, with its hedge where it has one."""
    told: dict[object, Past] = {}
    for c in reversed(voice.before):
        q, words = drawn(found, c), figure_words(found.statements[c])
        bounds = (q.low, q.high, False in (q.low_inclusive, q.high_inclusive)) if q is not None else (None, None, False)
        of = "" if found.statements[c].superseded else dated(found, c)  # an earlier figure is of an earlier day
        number = ends(q) if q is not None else words.casefold()
        if words and (number not in told or None in bounds):
            told[number] = Past(words, of, *bounds)
    return tuple(told.values())
