"""Two statements side by side: guards first, then intervals, then what running counts and short answers add.

A guard that does not match makes the two incomparable, never a conflict, except that a part above its whole is one. The
steps, in this order, are those of docs/rules.md: measure, unit, population, place, window, counting; part and whole;
intervals; dates of a running count; answers where there is no figure; prose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from ledger import quantity
from ledger.crossref import containment
from ledger.crossref.answers import compare_answers
from ledger.crossref.containment import Containment
from ledger.crossref.measures import Counted, person, read
from ledger.crossref.reasons import reason_words
from ledger.crossref.wordlists import ACTIVITIES, GROUP_WHOLES, ONE_UNIT, PARTS, THINGS, TOLLS
from ledger.quantity import Gap
from ledger.records import Quantity, Statement, replace
from ledger.vocabulary import Agreement, Counting, Supports

Containments = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two statements say about each other, and why."""

    agreement: Agreement
    reason: str
    """A key of `reasons.REASONS`."""
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
    both figures as current (`telling.current_together`): then a later one does not excuse the earlier.
    """
    if a.quantity is None or b.quantity is None:
        return _without_figures(a, b)
    pair = _Pair(a, b, containments, one_question=one_question, one_text=one_text)
    reason, part = _guards(pair)
    if reason:
        found = Comparison(Agreement.INCOMPARABLE, reason)
    elif part is not Containment.SAME:
        found = _part_and_whole(pair, part)
    else:
        found = _intervals(pair)
    return replace(found, measures=(pair.mine.measure, pair.its.measure))


def words(comparison: Comparison, a: Statement, b: Statement, *, same_origin: bool | None = None) -> str:
    """One plain sentence: "450 lies inside at least 400: it supports it"."""
    mine, its = _shown(a), _shown(b)
    why = reason_words(comparison.reason, measures=comparison.measures)
    match comparison.agreement:
        case Agreement.AGREE:
            return f"both say {mine}"
        case Agreement.INCOMPARABLE:
            return f"{mine} and {its} cannot be compared: {why}"
        case Agreement.COMPATIBLE:
            return _compatible_words(comparison, mine, its, separate=same_origin is not True)
        case Agreement.CONFLICT:
            if comparison.reason == "decreasing" and same_origin:
                why = "revised down"
            return f"{mine} against {its}: {_gap_words(comparison, a, b)}{why}"


@lru_cache(maxsize=4096)
def counted(statement: Statement) -> Counted:
    """What the statement counts: its own fields first, then unit, scope and the words that the figure came with."""
    q = statement.quantity
    found = Counted()
    for phrase in (
        statement.measure,
        statement.population,
        q and q.unit,
        statement.scope,
        q and q.measure,
        q and q.counts,
    ):
        if phrase:
            found = found.over(read(phrase))
    return found


# --- guards -------------------------------------------------------------------------------------------------------


class _Pair:
    """Two statements with a figure, what each counts, and how their periods stand to each other."""

    def __init__(
        self, a: Statement, b: Statement, containments: Containments, *, one_question: bool, one_text: bool
    ) -> None:
        self.a, self.b, self.containments = a, b, tuple(containments)
        self.one_question, self.one_text = one_question, one_text
        self.mine, self.its = counted(a), counted(b)
        scopes = (containment.fold(a.scope or ""), containment.fold(b.scope or ""))
        self.same_scope = one_question and scopes[0] == scopes[1] != ""
        self.total = Counting.INCREMENT not in (a.counting, b.counting)
        self.period = containment.period(
            a.window, b.window, one_question=one_question, activity=self._activity(), total=self.total
        )

    def _activity(self) -> bool:
        return self.mine.measure in ACTIVITIES or self.its.measure in ACTIVITIES

    def sides(self, found: Containment) -> tuple[Statement, Statement]:
        """Part and whole."""
        return (self.a, self.b) if found is Containment.A_IN_B else (self.b, self.a)

    @property
    def running(self) -> bool:
        """True where the count may have gone on between the two."""
        return (self.a.running or self.b.running or self.period is Containment.EXTENDED) and not self.one_text


def _guards(pair: _Pair) -> tuple[str | None, Containment]:
    """The first guard that does not match, else how the two stand to each other as part and whole."""
    part = Containment.SAME
    for reason, guard in GUARDS:
        found = guard(pair)
        if found is Containment.DISJOINT or (found.nested and part not in (Containment.SAME, found)):
            return reason, Containment.SAME
        if found.nested:
            part = found
    if {pair.a.counting, pair.b.counting} == {Counting.TOTAL, Counting.INCREMENT}:
        return "counting", Containment.SAME
    return None, part


def _measure(pair: _Pair) -> Containment:
    mine, its = _measure_name(pair.mine, pair.a), _measure_name(pair.its, pair.b)
    if mine is None or its is None or mine == its:
        return Containment.SAME
    if (mine, its) in PARTS or containment.contained(mine, its, pair.containments):
        return Containment.A_IN_B
    if (its, mine) in PARTS or containment.contained(its, mine, pair.containments):
        return Containment.B_IN_A
    return Containment.DISJOINT


def _measure_name(counted: Counted, statement: Statement) -> str | None:
    """The measure of the tables, else the statement's own words for it."""
    if counted.measure or not statement.measure:
        return counted.measure
    return None if read(statement.measure).group else containment.fold(statement.measure)


def _unit(pair: _Pair) -> Containment:
    if pair.mine.rate != pair.its.rate and not pair.same_scope:
        return Containment.DISJOINT
    mine, its = _unit_name(pair.a.quantity, pair.mine), _unit_name(pair.b.quantity, pair.its)
    return Containment.DISJOINT if mine and its and mine != its else Containment.SAME


def _unit_name(q: Quantity | None, counted: Counted) -> str | None:
    """What one of them is, as one word for all that are people: only people are killed, wounded or displaced."""
    unit = (q.unit or "").casefold() if q else ""
    if not unit:
        return None
    named = read(unit)
    if named.measure in ACTIVITIES:
        return named.measure
    if person(named) or (counted.measure in TOLLS and unit not in THINGS):
        return "people"
    return ONE_UNIT.get(unit, unit).removesuffix("s")


def _population(pair: _Pair) -> Containment:
    mine, its = pair.mine, pair.its
    if pair.same_scope:
        return Containment.SAME
    if (mine.side and its.side and mine.side != its.side) or (mine.camp and its.camp and mine.camp != its.camp):
        return Containment.DISJOINT
    if mine.group == its.group or mine.group is None or its.group is None:
        return _other_names(pair)
    if its.group in GROUP_WHOLES.get(mine.group, ()):
        return Containment.A_IN_B
    return Containment.B_IN_A if mine.group in GROUP_WHOLES.get(its.group, ()) else Containment.DISJOINT


def _other_names(pair: _Pair) -> Containment:
    """Populations that no table knows are one where their names are, or where a containment says so."""
    a, b = pair.a.population, pair.b.population
    if not a or not b or _known(a) or _known(b):
        return Containment.SAME
    return containment.place(a, b, pair.containments)


def _known(population: str) -> bool:
    found = read(population)
    return found.group is not None or found.side is not None


def _place(pair: _Pair) -> Containment:
    a, b = pair.a.place, pair.b.place
    if pair.one_question and a and b and (pair.same_scope or containment.same_place_loosely(a, b)):
        return Containment.SAME
    return containment.place(a, b, pair.containments)


def _window(pair: _Pair) -> Containment:
    if not pair.period.nested:
        return pair.period
    part, whole = pair.sides(pair.period)
    # a shorter period that holds more than the longer one is a conflict; otherwise nothing follows
    return pair.period if pair.total and _above(part.quantity, whole.quantity) else Containment.DISJOINT


GUARDS = (
    ("measure", _measure),
    ("unit", _unit),
    ("population", _population),
    ("place", _place),
    ("window", _window),
)
"""In the order in which they are asked; counting comes last."""


# --- figures ------------------------------------------------------------------------------------------------------


def _part_and_whole(pair: _Pair, found: Containment) -> Comparison:
    part, whole = pair.sides(found)
    if whole.quantity is not None and whole.quantity.vague:
        return Comparison(Agreement.INCOMPARABLE, "vague_whole")
    if not _above(part.quantity, whole.quantity):
        return Comparison(Agreement.COMPATIBLE, "part_of", hint="part of")
    if pair.running and containment.order(whole.as_of, part.as_of) < 0:
        return Comparison(Agreement.INCOMPARABLE, "as_of", hint="updated")
    return Comparison(Agreement.CONFLICT, "part_above_whole", gap=_figures(pair).gap, hint="part of")


def _above(part: Quantity | None, whole: Quantity | None) -> bool:
    """True where every value of the part is above every value of the whole."""
    if part is None or whole is None or part.low is None or whole.high is None:
        return False
    return quantity.compare(part, whole).agreement is Agreement.CONFLICT and Decimal(part.low) >= Decimal(whole.high)


def _figures(pair: _Pair) -> quantity.Comparison:
    a, b = pair.a.quantity, pair.b.quantity
    return quantity.compare(a or EMPTY, b or EMPTY)


EMPTY = Quantity(text="")


def _intervals(pair: _Pair) -> Comparison:
    found = _figures(pair)
    if found.agreement is Agreement.AGREE and pair.period is Containment.SHIFTED:
        return Comparison(Agreement.COMPATIBLE, "dated_differently")
    if found.reason in ("disjoint", "rounding") and pair.running:
        moved = _moved(pair)
        if moved == "updated":
            return Comparison(Agreement.INCOMPARABLE, "as_of", gap=found.gap, hint=moved)
        if moved and found.reason == "disjoint":
            return Comparison(Agreement.CONFLICT, "decreasing", gap=found.gap, hint=moved)
    return Comparison(found.agreement, found.reason, found.supports, found.gap)


def _moved(pair: _Pair) -> str | None:
    """How a running count went from the earlier to the later date: updated, revised down, or None where it is undated."""
    a, b = pair.a, pair.b
    when = containment.order(a.as_of, b.as_of)
    if not when and pair.period is Containment.EXTENDED and a.window and b.window:
        when = containment.order(a.window.latest, b.window.latest)
    if not when:
        return None
    first, last = (a.quantity, b.quantity) if when < 0 else (b.quantity, a.quantity)
    return "updated" if _starts_above(last, first) else "revised down"


def _starts_above(last: Quantity | None, first: Quantity | None) -> bool:
    """For two figures that do not meet, or meet by rounding alone: whether the later is the higher."""
    if last is None or first is None or last.low is None or first.high is None:
        return False
    return Decimal(last.low) > Decimal(first.high)


# --- no figures ---------------------------------------------------------------------------------------------------


def _without_figures(a: Statement, b: Statement) -> Comparison:
    if a.answer and b.answer and a.quantity is None and b.quantity is None:
        agreement, reason = compare_answers(a.answer, b.answer)
        return Comparison(agreement, reason)
    return Comparison(Agreement.INCOMPARABLE, "prose")


# --- words --------------------------------------------------------------------------------------------------------


def _shown(statement: Statement) -> str:
    if statement.quantity is not None:
        return quantity.interval_words(statement.quantity)
    return f"“{statement.answer}”" if statement.answer else "a statement without a figure"


def _compatible_words(comparison: Comparison, mine: str, its: str, *, separate: bool) -> str:
    inside, other = (mine, its) if comparison.supports is Supports.A else (its, mine)
    if comparison.supports in (Supports.A, Supports.B):
        return f"{inside} lies inside {other}: " + ("it supports it" if separate else "one source says both")
    return f"{mine} does not contradict {its}: {reason_words(comparison.reason)}"


def _gap_words(comparison: Comparison, a: Statement, b: Statement) -> str:
    """The gap as "they differ by 5, 1 %; "; nothing where a vague word has no edge to measure from."""
    gap = comparison.gap
    vague = any(s.quantity is not None and s.quantity.vague for s in (a, b))
    if gap is None or gap.absolute == "0" or vague:
        return ""
    share = f", {_percent(gap.percent)} %" if gap.percent else ""
    return f"they differ by {Decimal(gap.absolute):,f}{share}; "


def _percent(percent: str) -> str:
    value = Decimal(percent)
    return str(value.quantize(Decimal(1), ROUND_HALF_UP)) if value >= 1 else percent
