"""Claim matching: how likely two claims answer one question.

What a person said of a claim (its scope, its answer, when and where) comes first. What does not fit is named, and makes the two
separate matters however alike they sound: other counts, other people, other sides. Everything else is evidence that adds up,
each with its weight in `WEIGHTS`: figures of one sort, one measure, one value, words by their rarity, names near by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import exp, log10

from msgspec import Struct

from ledger import dates, quantity
from ledger.crossref import containment, terms
from ledger.crossref.answers import compare_answers, side, words
from ledger.crossref.containment import Containment
from ledger.crossref.measures import Counted, root
from ledger.crossref.moments import days_apart, differ
from ledger.crossref.profiles import Profile
from ledger.crossref.topics import rarest
from ledger.crossref.wordlists import ACTIVITIES
from ledger.records import Claim, Quantity, Span
from ledger.vocabulary import Agreement

APART = 0.15
"""The most that two claims of different matters can score."""

WEIGHTS = {
    "anything": -2.5,
    "counts": 2.0,
    "measures": 2.5,
    "no figure": 0.5,
    "one count": 1.0,
    "one thing": 1.0,
    "no word": -0.5,
    "one value": 0.5,
    "apart": -1.5,
    "apart, measured": -2.0,
    "apart, of a period": -3.5,
    "people or combatants": -2.0,
    "words": 3.5,
    "one matter": 2.0,
    "one matter, said": 2.0,
    "names": 2.0,
    "names near by": 1.0,
    "times": 2.0,
    "other times": -1.5,
    "days between": -1.0,
    "aspect": 2.5,
    "answer": 2.0,
    "shown": 0.0,
    "other days": -1.5,
    "one article": -2.5,
    "one passage": -4.0,
    "published apart": -1.5,
}
"""What each piece of evidence adds to the log-odds that two claims answer one question.

Two claims that share nothing start at `anything`. The weights were set in half steps on events of four domains.
"""


# --- two claims ---------------------------------------------------------------------------------------------------


class Match(Struct, frozen=True):
    """How likely two claims match, and what speaks for it or against."""

    score: float
    reasons: tuple[str, ...]


def match(a: Profile, b: Profile) -> Match:
    """How likely two claims match."""
    against = _against(a, b)
    if against:
        return Match(APART, (against,))
    if a.scope and b.scope:
        return _by_scope(a, b)
    found = list(_evidence(a, b))
    score = 1 / (1 + exp(-WEIGHTS["anything"] - sum(WEIGHTS[name] * amount for name, amount, _ in found)))
    told = [(WEIGHTS[name] < 0, reason) for name, _, reason in found if reason]
    return Match(
        score, tuple(f"but {reason}" if against else reason for against, reason in sorted(told, key=lambda t: t[0]))
    )


# --- what speaks against ------------------------------------------------------------------------------------------


def _against(a: Profile, b: Profile) -> str | None:
    """Why the two cannot match."""
    given = a.event is not None and b.event is not None
    if given and _period(a, b) is Containment.DISJOINT:
        return "different periods"
    same_scope = a.scope is not None and a.scope == b.scope
    if same_scope:
        return None
    if containment.place(a.statement.place, b.statement.place) is Containment.DISJOINT and not _loosely(a, b):
        return "different places"
    if not (a.figure and b.figure):
        other = b if a.figure else a
        return "one gives a figure, the other none" if (a.figure or b.figure) and other.claim.answer else None
    if _decades(a, b) >= THOUSANDFOLD:
        return "figures a thousandfold apart"
    if given and _period(a, b).nested and not _nearly_one(a.statement.window, b.statement.window):
        return "one period is a part of the other"
    return _other_count(a, b)


def _period(a: Profile, b: Profile) -> Containment:
    return containment.period(
        a.statement.window, b.statement.window, one_question=True, activity=_of_period(a, b), total=True
    )


def _of_period(a: Profile, b: Profile) -> bool:
    """True where something is counted that belongs to its period alone."""
    return a.counted.measure in ACTIVITIES or b.counted.measure in ACTIVITIES


THOUSANDFOLD = 3.0

NEARLY = 0.8
"""Two periods that share four fifths of their days are told of one thing: outlets date the first day of a battle apart."""


def _nearly_one(a: Span | None, b: Span | None) -> bool:
    if a is None or b is None or None in (a.earliest, a.latest, b.earliest, b.latest):
        return False
    (a_from, a_to), (b_from, b_to) = (
        (dates.bounds(str(s.earliest))[0], dates.bounds(str(s.latest))[1]) for s in (a, b)
    )
    if any((t.tzinfo is None) != (a_from.tzinfo is None) for t in (a_to, b_from, b_to)):
        return False
    shared, whole = min(a_to, b_to) - max(a_from, b_from), max(a_to, b_to) - min(a_from, b_from)
    return shared.total_seconds() >= NEARLY * whole.total_seconds()


def _loosely(a: Profile, b: Profile) -> bool:
    return containment.same_place_loosely(a.statement.place or "", b.statement.place or "")


def _other_count(one: Profile, other: Profile) -> str | None:
    a, b = one.counted, other.counted
    if a.measure and b.measure and a.measure != b.measure:
        told_otherwise = {a.measure, b.measure} <= ACTIVITIES and _one_value(one, other)
        return None if told_otherwise else f"{a.measure} and {b.measure} are different counts"
    if one.matters and other.matters and one.matters.isdisjoint(other.matters):
        return f"{min(one.matters)} and {min(other.matters)} are different sums"
    if a.rate != b.rate:
        return "one is a rate"
    if one.difference != other.difference:
        return "one is a difference"
    if a.group and b.group and a.group != b.group and "people" not in (a.group, b.group):
        return f"{a.group} and {b.group} are different people"
    if _special(a) != _special(b):
        return f"one is about {_special(a) or _special(b)} alone"
    if (a.side and b.side and a.side != b.side) or (a.camp and b.camp and a.camp != b.camp):
        return "different sides"
    return None


PARTS_OF_ALL = frozenset({"children", "women", "evacuees", "guards", "police", "journalists", "medics", "aid workers"})
"""Sorts of people that are counted apart from all: a toll of children answers no question about the toll."""


def _special(counted: Counted) -> str | None:
    return counted.group if counted.group in PARTS_OF_ALL else None


# --- what speaks for ----------------------------------------------------------------------------------------------

TWICE = log10(2)
"""Figures of one matter may be twice each other before they count as apart; those of a period may not."""


def _by_scope(a: Profile, b: Profile) -> Match:
    """A person said what both are about: equal words settle it, unless two activities are counted."""
    if a.scope != b.scope:
        return Match(APART, ("different scopes",))
    mine, its = a.counted.measure, b.counted.measure
    reason = f"scope: {a.claim.scope}"
    if mine and its and mine != its and {mine, its} <= ACTIVITIES:
        figure = _one_value(a, b)
        return Match(0.7, (reason, figure)) if figure else Match(APART, (reason, f"{mine} are not {its}"))
    if mine in ACTIVITIES and _decades(a, b) > TWICE:
        return Match(0.45, (reason, "figures far apart"))
    alike, shared = likeness(a.stems, b.stems)
    score = (0.83 if _period(a, b) is Containment.SAME else 0.7) + 0.15 * alike
    return Match(score, (reason, *(r for _, _, r in _when_and_where(a, b)), _words(a, shared)))


Evidence = Iterator[tuple[str, float, str]]
"""The name of a weight, how much of it there is, and the reason in words; none where it goes without saying."""


def _evidence(a: Profile, b: Profile) -> Evidence:
    yield from _when_and_where(a, b)
    if a.figure and b.figure:
        yield from _by_figures(a, b)
    elif not a.figure and not b.figure:
        yield from _by_words(a, b)
    alike, shared = likeness(a.stems, b.stems)
    yield "words", alike, _words(a, shared)
    if bool(a.figure) == bool(b.figure):
        yield "one matter", rarest(a.around, b.around)[0], ""
    if a.figure and b.figure and not shared:
        yield "no word", 1.0, ""
    yield "names", _overlap(a.names, b.names), ""
    yield "names near by", _overlap(a.near, b.near), ""
    yield from _by_article(a.claim, b.claim)


def _by_figures(a: Profile, b: Profile) -> Evidence:
    """Two figures: of what sort, what is counted, of whom, and how far apart they lie."""
    if a.sort != b.sort:
        return
    yield ("measures", 1.0, f"both give: {a.sort}") if a.sort else ("counts", 1.0, "")
    if not a.sort:
        mine, its = a.counted, b.counted
        if mine.measure and mine.measure == its.measure:
            yield "one count", 1.0, f"both count: {mine.measure}"
        elif (thing := _thing(a.figure)) and root(thing) == root(_thing(b.figure)):
            yield "one thing", 1.0, f"both count: {thing}"
        if mine.side and mine.side == its.side:
            yield "shown", 0.0, f"side: {mine.side}"
        if mine.group and its.group and mine.group != its.group:
            yield "people or combatants", 1.0, f"{mine.group} or {its.group}"
    if figure := _one_value(a, b):
        yield "one value", 1.0, figure
    elif _of_period(a, b):
        yield "apart, of a period", _decades(a, b), "figures apart"
    elif a.sort:
        yield "apart, measured", _decades(a, b), "figures apart"
    elif (apart := _decades(a, b) - TWICE) > 0:
        yield "apart", apart, "figures far apart"


def _thing(figure: Quantity | None) -> str:
    """The last word of what is counted; empty where that is not said."""
    return next(reversed(list(terms.words((figure.counts or figure.unit or "") if figure else ""))), "")


def _by_words(a: Profile, b: Profile) -> Evidence:
    """Two statements without figures: both say when, speak of one aspect of an event, or have one answer."""
    yield "no figure", 1.0, ""
    alike, name = rarest(a.said, b.said)
    yield "one matter, said", alike, f"both speak of: {name[1:]}" if name.startswith("~") else ""
    if a.timed and b.timed:
        yield "times", 1.0, "both say when"
    yield "other times", differ(a.moment, b.moment), ""
    if days_apart(a.moment, b.moment) > 1:
        yield "days between", 1.0, "days apart"
    if a.facets and a.facets == b.facets:
        yield "aspect", 1.0, ", ".join(f"both say {f}" for f in sorted(a.facets))
    answer = _answers(a.statement.answer, b.statement.answer)
    yield "answer", answer, f"answer: {a.statement.answer}" if answer > 0 else ""


def _by_article(a: Claim, b: Claim) -> Evidence:
    """One article seldom says one thing twice; who logged a passage twice asked two things; news of a matter lies close."""
    if a.article == b.article:
        yield "one article", 1.0, ""
        if a.start is not None and b.start is not None and a.end and b.end and a.start < b.end and b.start < a.end:
            yield "one passage", 1.0, "one passage, logged twice"
    yield "published apart", min(1.0, (containment.days_apart(a.published_at, b.published_at) or 0) / MONTH), ""


MONTH = 30


def _answers(a: str | None, b: str | None) -> float:
    """What two short answers say for one matter: much where they are one, something where they begin alike."""
    if not a or not b:
        return 0.0
    if side(a) or side(b):  # yes and no answer many questions; what is said beside them does not
        return 1.0 if words(a) == words(b) and len(words(a)) > 1 else 0.0
    if compare_answers(a, b)[0] is Agreement.AGREE:
        return 1.0
    return 0.7 if set(words(a)) & set(words(b)) else 0.0


ONE_VALUE = 0.03
"""Figures that lie less than this apart (as powers of ten) are one, as 2,000 feet and 600 metres are."""


def _one_value(a: Profile, b: Profile) -> str:
    """The number that both give, in words."""
    mine, its = a.figure, b.figure
    if mine is None or its is None or mine.vague or its.vague:
        return ""
    ends = {mine.low, mine.high} & {its.low, its.high} - {None}
    if ends and mine.unit == its.unit:
        return f"figure: {min(map(str, ends))}"
    return f"figure: {mine.text}" if a.sort == b.sort and _decades(a, b) < ONE_VALUE else ""


def _decades(a: Profile, b: Profile) -> float:
    """How many powers of ten lie between the two figures, at most three."""
    mine, its = _value(a.figure, b.figure), _value(b.figure, b.figure)
    return min(3.0, abs(log10(mine / its))) if mine and its else 0.0


def _value(figure: Quantity | None, other: Quantity | None) -> float:
    """The figure's lower end without its sign, in the other's unit."""
    if figure is None or other is None:
        return 0.0
    value = figure.low if figure.low is not None else figure.high
    return abs(float(quantity.converted(value, figure.unit, other.unit, upper=False) or 0))


def _when_and_where(a: Profile, b: Profile) -> Evidence:
    if a.statement.window and b.statement.window:
        if _period(a, b) is Containment.SAME:
            yield "shown", 0.0, f"when: {a.statement.window.earliest or a.statement.window.latest}"
        elif _period(a, b) is Containment.DISJOINT:
            yield "other days", 1.0, "other days"
    if a.statement.place and b.statement.place:
        yield "shown", 0.0, f"where: {a.statement.place}"


def _words(a: Profile, shared: list[str]) -> str:
    return f"words: {', '.join(a.spoken[s] for s in shared[:5])}" if shared else ""


def _overlap(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """The share of the fewer names that both have, each by its rarity."""
    return sum(a[name] for name in a.keys() & b.keys()) / max(1, min(len(a), len(b)))


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> tuple[float, list[str]]:
    """The share of rarity that two sets of stems have in common, and the common ones, the rarest first."""
    both = {s: min(a[s], b[s]) for s in a.keys() & b.keys()}
    total = sum(a.values()) + sum(b.values())
    return (2 * sum(both.values()) / total if total else 0.0), sorted(both, key=lambda s: (-both[s], s))
