"""Two statements side by side: guards first (`guards`), then intervals, then what running counts and short answers add.

A guard that does not match makes the two incomparable, never a conflict, except that a part above its whole is one. The
steps, in this order, are those of docs/rules.md: measure, unit, population, place, window, counting; part and whole;
intervals; dates of a running count; answers where there is no figure; prose.
"""

from __future__ import annotations

import re
from datetime import timedelta

from msgspec import Struct

from ledger import lexicon, quantity
from ledger.crossref import containment, terms
from ledger.crossref.answers import apart, believed, compare_answers, compare_texts, excludes, leaves_open, reach
from ledger.crossref.answers import time as answer_time
from ledger.crossref.answers import words as answer_words
from ledger.crossref.containment import Containment
from ledger.crossref.guards import Containments, Pair, above, check, doubt
from ledger.crossref.names import two_persons
from ledger.crossref.said import DISOWNED, both_clocks
from ledger.crossref.statements import asserted
from ledger.crossref.terms import STOP, stands
from ledger.crossref.wordlists import FALLING, ONE_PERSON, SAYING, SORTED_OUT
from ledger.quantity import Gap
from ledger.records import Quantity, Statement, replace
from ledger.text import folding
from ledger.vocabulary import Agreement, Kind, Stance, Supports


class Comparison(Struct, frozen=True):
    """What two statements say about each other, and why."""

    agreement: Agreement
    reason: str
    """A guard that does not match, or what comparing found: a key of `sentences.REASONS`."""
    supports: Supports = Supports.NEITHER
    gap: Gap | None = None
    hint: str | None = None
    """"updated" or "revised down" (said only of one origin) where a running count moved, "part of" for part and whole."""
    measures: tuple[str | None, str | None] = (None, None)
    """What each side was taken to count."""


def compare(
    a: Statement, b: Statement, *, containments: Containments = (), one_question: bool = False, one_text: bool = False
) -> Comparison:
    """What the two say about each other; `one_question` where a person filed both under one.

    Containments are (part, whole) pairs of places, populations or measures. Under one question what one side leaves open is
    taken from the other, and equal scopes in words stand for equal places and people. `one_text` says that one article gives
    both figures as current (`wording.current_together`): then a later one does not excuse the earlier.
    """
    if Stance.ASSERTS is not a.stance or Stance.ASSERTS is not b.stance:
        return _of_stances(a, b, containments, one_question=one_question)
    if a.quantity is None or b.quantity is None:
        return _without_figures(a, b)
    if Kind.DISTANCE is a.kind is b.kind and apart(a.said or "", b.said or ""):
        return Comparison(Agreement.CONFLICT, "direction")
    pair = Pair(a, b, containments, one_question=one_question, one_text=one_text)
    reason, part = check(pair)
    if reason:
        found = Comparison(Agreement.INCOMPARABLE, reason)
    elif part is not Containment.SAME:
        found = _part_and_whole(pair, part)
    else:
        found = _intervals(pair)
    return replace(_doubted(pair, found), measures=(pair.mine.measure, pair.its.measure))


def _doubted(pair: Pair, found: Comparison) -> Comparison:
    """What was found, as far as nothing beside the figures may be all that makes them differ, or meet."""
    unknown = doubt(pair)
    if unknown and found.agreement is Agreement.CONFLICT and not _refuted(pair, unknown):
        return Comparison(Agreement.INCOMPARABLE, unknown, gap=found.gap)
    if unknown in (None, "moment", "off_point"):  # which alone make no count another one
        vague = any(s.quantity is not None and s.quantity.vague for s in (pair.a, pair.b))
        return replace(found, supports=Supports.NEITHER) if vague else found  # the bounds are ours
    if found.reason == "as_of":
        return replace(found, reason=unknown, hint=None)
    if unknown == "scope" and pair.other_scope and found.agreement is Agreement.AGREE:
        return Comparison(Agreement.COMPATIBLE, unknown)
    return replace(found, supports=Supports.NEITHER)


def _refuted(pair: Pair, unknown: str) -> bool:
    """True where one says in so many words that it was not the other's number, which nothing beside it explains then."""
    sides = ((pair.a, pair.b), (pair.b, pair.a))
    told = any(q.low in x.denied and q.low == q.high for x, y in sides if (q := y.quantity))
    return told and unknown not in ("superseded", "status", "planned")


# --- what is not asserted -------------------------------------------------------------------------------------------


def _of_stances(a: Statement, b: Statement, containments: Containments, *, one_question: bool) -> Comparison:
    """A denial against an assertion of the same or another denial; what is doubted, asked or announced states nothing."""
    found = compare(asserted(a), asserted(b), containments=containments, one_question=one_question)
    if found.agreement is Agreement.INCOMPARABLE:
        return found
    if not {a.stance, b.stance} <= {Stance.ASSERTS, Stance.DENIES}:
        agreement = Agreement.INCOMPARABLE if a.kind is Kind.YES_NO else Agreement.COMPATIBLE
        return Comparison(agreement, "not_stated", measures=found.measures)
    inside = Supports.A if a.stance is Stance.ASSERTS else Supports.B
    if a.stance is b.stance and found.agreement is Agreement.AGREE:
        return Comparison(Agreement.AGREE, "both_deny", measures=found.measures)
    if not (a.on_point and b.on_point):
        return Comparison(Agreement.COMPATIBLE, "off_point", measures=found.measures)
    if a.stance is not b.stance and _leaves_standing(a, b):
        return Comparison(Agreement.COMPATIBLE, "qualified", measures=found.measures)
    if a.stance is not b.stance and (found.agreement is Agreement.AGREE or found.supports in (inside, Supports.BOTH)):
        return Comparison(Agreement.CONFLICT, "denial", measures=found.measures)
    return Comparison(Agreement.COMPATIBLE, "other_denied", measures=found.measures)


# --- figures ------------------------------------------------------------------------------------------------------


def _part_and_whole(pair: Pair, found: Containment) -> Comparison:
    part, whole = pair.sides(found)
    if whole.quantity is not None and whole.quantity.vague:
        return Comparison(Agreement.INCOMPARABLE, "vague_whole")
    if not above(part.quantity, whole.quantity):
        return Comparison(Agreement.COMPATIBLE, "part_of", hint="part of")
    if pair.running and containment.order(whole.as_of, part.as_of) < 0:
        return Comparison(Agreement.INCOMPARABLE, "as_of", hint="updated")
    return Comparison(Agreement.CONFLICT, "part_above_whole", gap=_figures(pair).gap, hint="part of")


def _figures(pair: Pair) -> quantity.Comparison:
    a, b = pair.a.quantity, pair.b.quantity
    return quantity.compare(a or EMPTY, b or EMPTY)


EMPTY = Quantity(text="")


TO_READ = frozenset(
    {
        "prose",
        "words_differ",
        "qualified",
        "zone",
        "spelling",
        "off_point",
        "status",
        "planned",
        "superseded",
        "may_be_one",
        "scope",
        "moment",
        "weeks_apart",
        "no_figure",
        "vague_whole",
        "other_denied",
        "not_stated",
    }
    | {f"{guard}_unknown" for guard in ("measure", "unit", "population", "place", "scope")}
)
"""Reasons for which a pair is laid before a person to be read: it is no finding."""


def _intervals(pair: Pair) -> Comparison:
    found = _figures(pair)
    if found.agreement is Agreement.AGREE and pair.period is Containment.SHIFTED:
        return Comparison(Agreement.COMPATIBLE, "dated_differently")
    moved = _moved(pair) if found.reason in ("disjoint", "rounding") and pair.running else None
    if moved == "updated":
        return Comparison(Agreement.INCOMPARABLE, "as_of", gap=found.gap, hint=moved)
    if found.reason == "disjoint" and _fewer_remain(pair):
        return Comparison(Agreement.INCOMPARABLE, "window", gap=found.gap)
    if moved and found.reason == "disjoint":
        return Comparison(Agreement.CONFLICT, "decreasing", gap=found.gap, hint=moved)
    return Comparison(found.agreement, found.reason, found.supports, found.gap)


def _fewer_remain(pair: Pair) -> bool:
    """True where the later and lower figure is of those who still are what the earlier one says: "four remain in hospital"."""
    when = containment.order(pair.a.as_of, pair.b.as_of)
    first, last = (pair.a, pair.b) if when < 0 else (pair.b, pair.a)
    remain = when != 0 and not STILL.isdisjoint(last.qualifiers) and not (first.planned or last.planned)
    return remain and not _starts_above(last.quantity, first.quantity)


STILL = frozenset({"still", "remain", "remains", "remained", "remaining"})
"""Words of those who are yet what others were before."""


def _moved(pair: Pair) -> str | None:
    """How a running count went from the earlier to the later date: updated, revised down, or None where it is undated."""
    a, b = pair.a, pair.b
    when = containment.order(a.as_of, b.as_of)
    if not when and pair.period is Containment.EXTENDED and a.window and b.window:
        when = containment.order(a.window.latest, b.window.latest)
    if not when:
        return None
    measures = {pair.mine.measure, pair.its.measure} - {None}
    if measures and measures <= FALLING:
        return "updated"
    first, last = (a.quantity, b.quantity) if when < 0 else (b.quantity, a.quantity)
    return "updated" if _starts_above(last, first) else "revised down"


def _starts_above(last: Quantity | None, first: Quantity | None) -> bool:
    """For two figures that do not meet, or meet by rounding alone: whether the later is the higher."""
    lead = quantity.lead(last, first) if last and first else None
    return lead is not None and lead > 0


# --- no figures ---------------------------------------------------------------------------------------------------


def _without_figures(a: Statement, b: Statement) -> Comparison:
    if a.quantity is not None or b.quantity is not None:
        return Comparison(Agreement.INCOMPARABLE, "prose")
    if a.scope and b.scope and folding.place(a.scope) != folding.place(b.scope):
        return Comparison(Agreement.INCOMPARABLE, "scope")
    mine, its = a.said or a.answer, b.said or b.answer
    if a.kind in (Kind.WORDS, Kind.WHO_WHAT, Kind.WHERE) and _excludes(a, b):
        return Comparison(Agreement.CONFLICT, "denies")
    if a.only_one and b.only_one and a.said and b.said:
        agrees = a.said == b.said
        return Comparison(Agreement.AGREE, "same_answer") if agrees else Comparison(Agreement.CONFLICT, "one_of")
    if mine and its:
        return _answers(a, b, mine, its)
    if a.kind in (Kind.YES_NO, Kind.WHERE) and leaves_open(mine or its or "none"):
        return Comparison(Agreement.INCOMPARABLE, "not_stated")
    if a.text and b.text and a.kind:
        agreement, reason = compare_texts(a.text, b.text)
        return Comparison(agreement, reason)
    return Comparison(Agreement.INCOMPARABLE, "prose")


def _answers(a: Statement, b: Statement, mine: str, its: str) -> Comparison:
    """What two short answers say about each other, with what the words around them leave open."""
    agreement, reason = _two_named(a, b, mine, its) or compare_answers(mine, its, a.kind)
    apt = (a.on_point and b.on_point) or (reason == "denies" and _disowned(a, b))
    if agreement is Agreement.CONFLICT and reason != "direction" and not apt:
        return Comparison(Agreement.COMPATIBLE, "off_point")
    if agreement is Agreement.AGREE and believed(a.text or "", mine) != believed(b.text or "", its):
        return Comparison(Agreement.COMPATIBLE, reason)
    if agreement is Agreement.CONFLICT and (code := _no_denial(a, b, reason)):
        return Comparison(Agreement.INCOMPARABLE if code == "planned" else Agreement.COMPATIBLE, code)
    if reason == "zone":
        return _zones(a, b, mine, its)
    if agreement is Agreement.CONFLICT and _scoped_alone(a, b):
        return Comparison(Agreement.INCOMPARABLE, "scope_unknown")
    excused = _two_events(a, b, mine, its) if reason == "other_time" else None
    if excused:
        return Comparison(Agreement.INCOMPARABLE if excused == "planned" else Agreement.COMPATIBLE, excused)
    return Comparison(agreement, reason)


def _two_named(a: Statement, b: Statement, mine: str, its: str) -> tuple[Agreement, str] | None:
    """Where one name is asked for, two that are stated are of two persons."""
    if not (a.one_name and b.one_name and two_persons(mine, its)):
        return None
    sure = not any(believed(s.text or "", name) for s, name in ((a, mine), (b, its)))
    return (Agreement.CONFLICT, "one_of") if sure else None


def _excludes(a: Statement, b: Statement) -> bool:
    """True where the answer or words of one say that it was not what the other answers: "in Moss Lane, not Dock Street"."""
    told = a.answer or a.text or "", b.answer or b.text or ""
    return any(excludes(x, y) for x, y in (told, (a.text or "", told[1]), (told[0], b.text or "")) if x and y)


def _no_denial(a: Statement, b: Statement, reason: str) -> str | None:
    """Why what looks like a denial is none: it leaves the other standing, or what it denied has come since."""
    if _leaves_standing(a, b):
        return "qualified"
    since = reason in ("denies", "denial") and (_done_since(a, b) or _done_since(b, a))
    return "planned" if since else None


def _done_since(no: Statement, done: Statement) -> bool:
    """True where one says that it will not be, and the other on a later day that it was: "he will not resign", "resigned"."""
    ahead = any(stands(phrase, answer_words(no.text or "")) for phrase in UNPLANNED)
    return ahead and not done.planned and containment.order(no.as_of, done.as_of) < 0


def _scoped_alone(a: Statement, b: Statement) -> bool:
    """True where a person gave one of them a scope of which the other's words say nothing."""
    scoped, plain = (a, b) if a.scope else (b, a)
    if not scoped.scope or plain.scope:
        return False
    return not set(answer_words(scoped.scope)) & set(answer_words(plain.text or "")) - STOP


def _leaves_standing(a: Statement, b: Statement) -> bool:
    """True where one denies no more than that it was so in full, or knowingly, of which the other says nothing."""
    return any(not x.narrowed <= {*answer_words(y.text or "")} for x, y in ((a, b), (b, a)))


def _disowned(a: Statement, b: Statement) -> bool:
    """True where one names who did it and the other is this one's own denial, whatever words they use for the deed."""
    return any((s.said or "").startswith(DISOWNED) for s in (a, b))


def _two_events(a: Statement, b: Statement, mine: str, its: str) -> str | None:
    """Why two times that differ need not be of one event; None where nothing says so."""
    if _half_unsaid(a, b, mine, its) or _day_elsewhere(a, mine, its) or _day_elsewhere(b, its, mine):
        return "coarser"
    if _sorts(a) != _sorts(b) or {_subject(a), _subject(b)} == {"person", "body"}:
        return "qualified"
    return "planned" if a.planned != b.planned or _put_off(a, b) else None


def _put_off(a: Statement, b: Statement) -> bool:
    """True for two plans of which the later one is told as the new one: "will now be on Sunday", "was moved to May"."""
    last = b if containment.order(a.as_of, b.as_of) < 0 else a
    told = answer_words(last.text or "")
    moved = not RESCHEDULED.isdisjoint(told) or any(terms.stands(phrase, told) for phrase in PUT_TO)
    return a.planned and b.planned and moved


RESCHEDULED = lexicon.words("en/questions", "rescheduled")
PUT_TO = lexicon.phrases("en/calendar", "put_to")


def _sorts(said: Statement) -> frozenset[str]:
    """What the words call it that others of its sort are not: a full inspection, an official opening."""
    told = answer_words(said.text or "")
    return frozenset(w for before, w in zip(("", *told), told, strict=False) if w in SORTED_OUT and before != "the")


def _subject(said: Statement) -> str | None:
    """Whether a person or a body did what is dated, by a pronoun or a noun: "he heard on Tuesday", "the firm learned"."""
    told = answer_words(said.text or "")
    for i, (word, after) in enumerate(zip(told, (*told[1:], ""), strict=True)):
        if word in ONE_PERSON and after not in SAYING:
            return "person"
        if word in BODIES and PLACING.isdisjoint(told[max(0, i - NAMED) : i]):
            return "body"
    return None


PLACING = frozenset({"at", "in", "before", "outside"})
NAMED = 4
"""Words of a name behind "at": what was done at the Lorn High Court was not done by it."""


UNPLANNED = lexicon.phrases("en/answers", "unplanned")
BODIES = lexicon.words("en/reporting", "bodies") | {"it", "they", "we"}


def _half_unsaid(a: Statement, b: Statement, mine: str, its: str) -> bool:
    """True for hours half a day apart of which one does not say which half: "at 7:40" and "at 7:40 p.m."."""
    clocks = [re.search(r"T(\d\d)(:\d\d)?", answer) for answer in (mine, its)]
    if any(s.answer or not s.text or not m for s, m in zip((a, b), clocks, strict=True)):
        return False
    one, other = ((int(m[1]), m[2]) for m in clocks if m)
    half = r"\b[ap]\.?m\b|\bmorning|\bafternoon|\bevening|\bnight"
    unsaid = any(not re.search(half, s.text or "", re.IGNORECASE) for s in (a, b))
    return unsaid and abs(one[0] - other[0]) == 12 and one[1] == other[1]


def _day_elsewhere(told: Statement, hour: str, day: str) -> bool:
    """True where a text tells its hour by two clocks, or one that may be elsewhere, and it may be of that day by another.

    "1 a.m. (2300 GMT Tuesday)", "12:30 p.m. Korean time".
    """
    one, other = answer_time(hour), answer_time(day)
    elsewhere = re.search(PLACE_CLOCK, f"{told.text} {told.answer}") is not None
    if not one or not other or not (elsewhere or both_clocks().search(told.text or "")) or re.search(ZONED_HOUR, day):
        return False
    first, last = reach(other[0])
    return first - AROUND_GLOBE * elsewhere <= reach(one[0])[0] <= last + AROUND_GLOBE * elsewhere


ZONED_HOUR = r"T[\d:]+(?:Z|[+-]\d\d:)"
AROUND_GLOBE = timedelta(hours=14)
"""The most by which a place's clock differs from Greenwich."""


def _zones(a: Statement, b: Statement, mine: str, its: str) -> Comparison:
    """What two hours say of which one alone tells its zone."""
    if known := _local_hours(a, b):
        return known
    local = _local_clocks(a, b, mine, its)
    return Comparison(Agreement.CONFLICT, "other_time") if local else Comparison(Agreement.INCOMPARABLE, "zone")


def _local_hours(a: Statement, b: Statement) -> Comparison | None:
    """What two hours of one clock say: of one the text says that it is local, of the other no more than the hour."""
    mine, its = (_hour_there(s.text or "") for s in (a, b))
    if mine is None or its is None or not any(re.search(r"\blocal", s.text or "") for s in (a, b)):
        return None
    if mine == its:
        return Comparison(Agreement.AGREE, "same_answer")
    return Comparison(Agreement.CONFLICT, "other_time") if abs(mine - its) > NEAR_HOUR else None


NEAR_HOUR = 10
"""Minutes by which two tellings of one hour may differ."""


def _hour_there(text: str) -> int | None:
    """Minutes of half a day, of the one hour that the text gives as local, or without any zone; None for another."""
    clock = r"(?<![\d.:])(\d{1,2})(?:[.:](\d\d))? ?([ap])\.?m\b\.?"
    found: list[tuple[str, str, str]] = re.findall(clock + r"(?= local)", text)
    found = found or ([] if re.search(ZONED, text) else re.findall(clock, text))
    if len(found) != 1:
        return None
    hour, minute, half = found[0]
    return (int(hour) % 12 + 12 * (half == "p")) * 60 + int(minute or 0)


PLACE_CLOCK = r"\b[A-Z]\w+ [Tt]ime\b"
"""The clock of a named place, wherever it was: "Korean time"."""
ZONED = rf"\b(?:GMT|UTC|[A-Z]{{1,3}}[SD]?T)\b|[+-]\d\d:\d\d|{PLACE_CLOCK}"


def _local_clocks(a: Statement, b: Statement, mine: str, its: str) -> bool:
    """True where one hour is said to be local time, and the other is one whose place's own clock is known."""
    for text, other, told in ((a.text, its, b.text), (b.text, mine, a.text)):
        offset = re.search(r"T[\d:]+[+-](?!00:00)\d\d:\d\d$", other)
        if offset and not re.search(PLACE_CLOCK, told or "") and re.search(r"\blocal(?:ly| time)\b", text or ""):
            return True
    return False
