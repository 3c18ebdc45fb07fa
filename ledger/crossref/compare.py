"""Two statements side by side: guards first, then intervals, then what running counts and short answers add.

A guard that does not match makes the two incomparable, never a conflict, except that a part above its whole is one. The
steps, in this order, are those of DESIGN section 3: measure, unit, population, place, window, counting; part and whole;
intervals; dates of a running count; answers where there is no figure; prose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger import quantity
from ledger.crossref import windows
from ledger.crossref.answers import compare_answers
from ledger.crossref.lexicon import ACTIVITIES, GROUP_WHOLES, PARTS
from ledger.crossref.measures import Counted, person, read
from ledger.crossref.reasons import reason_words
from ledger.crossref.windows import Lie
from ledger.quantity import Gap
from ledger.records import Quantity, Statement
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
    """"updated" or "revised down" where a running count moved, "part of" for part and whole."""
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
    measures = (pair.mine.measure, pair.its.measure)
    if reason:
        return Comparison(Agreement.INCOMPARABLE, reason, measures=measures)
    if part is not Lie.SAME:
        return _part_and_whole(pair, part)
    return _intervals(pair)


def words(comparison: Comparison, a: Statement, b: Statement) -> str:
    """One plain sentence: "450 lies inside at least 400: it supports it"."""
    mine, its = _shown(a), _shown(b)
    match comparison.agreement:
        case Agreement.AGREE:
            return f"both say {mine}"
        case Agreement.INCOMPARABLE:
            why = reason_words(comparison.reason, measures=comparison.measures)
            return f"{mine} and {its} cannot be compared: {why}"
        case Agreement.COMPATIBLE:
            return _compatible_words(comparison, mine, its)
        case Agreement.CONFLICT:
            return _conflict_words(comparison, mine, its)


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
    """Two statements with what each counts."""

    def __init__(
        self, a: Statement, b: Statement, containments: Containments, *, one_question: bool, one_text: bool
    ) -> None:
        self.a, self.b, self.containments = a, b, tuple(containments)
        self.one_question, self.one_text = one_question, one_text
        self.mine, self.its = counted(a), counted(b)
        scopes = (windows.fold(a.scope or ""), windows.fold(b.scope or ""))
        self.same_scope = one_question and scopes[0] == scopes[1] != ""


def _guards(pair: _Pair) -> tuple[str | None, Lie]:
    """The first guard that does not match, else how the two lie to each other as part and whole."""
    part = Lie.SAME
    for reason, guard in (
        ("measure", _measure),
        ("unit", _unit),
        ("population", _population),
        ("place", _place),
        ("window", _window),
    ):
        lie = guard(pair)
        if lie is Lie.APART or (lie in (Lie.A_PART, Lie.B_PART) and part not in (Lie.SAME, lie)):
            return reason, Lie.SAME
        if lie in (Lie.A_PART, Lie.B_PART):
            part = lie
    if {pair.a.counting, pair.b.counting} == {Counting.TOTAL, Counting.INCREMENT}:
        return "counting", Lie.SAME
    return None, part


def _measure(pair: _Pair) -> Lie:
    mine, its = _measure_name(pair.mine, pair.a), _measure_name(pair.its, pair.b)
    if mine is None or its is None or mine == its:
        return Lie.SAME
    if (mine, its) in PARTS or windows.contained(mine, its, pair.containments):
        return Lie.A_PART
    return Lie.B_PART if (its, mine) in PARTS or windows.contained(its, mine, pair.containments) else Lie.APART


def _measure_name(counted: Counted, statement: Statement) -> str | None:
    """The measure of the tables, else the statement's own words for it."""
    if counted.measure or not statement.measure:
        return counted.measure
    return None if read(statement.measure).group else windows.fold(statement.measure)


def _unit(pair: _Pair) -> Lie:
    mine, its = _unit_name(pair.a.quantity), _unit_name(pair.b.quantity)
    if pair.mine.rate != pair.its.rate and not pair.same_scope:
        return Lie.APART
    return Lie.APART if mine and its and mine != its else Lie.SAME


def _unit_name(q: Quantity | None) -> str | None:
    unit = q.unit if q else None
    if not unit:
        return None
    named = read(unit)
    if named.measure in ACTIVITIES:
        return named.measure
    if person(named) or unit == "people":
        return "people"
    return unit.casefold().removesuffix("s")


def _population(pair: _Pair) -> Lie:
    mine, its = pair.mine, pair.its
    if pair.same_scope:
        return Lie.SAME
    if (mine.side and its.side and mine.side != its.side) or (mine.camp and its.camp and mine.camp != its.camp):
        return Lie.APART
    if mine.group == its.group or mine.group is None or its.group is None:
        return _side_part(pair)
    if its.group in GROUP_WHOLES.get(mine.group, ()):
        return Lie.A_PART
    return Lie.B_PART if mine.group in GROUP_WHOLES.get(its.group, ()) else Lie.APART


def _side_part(pair: _Pair) -> Lie:
    a, b = pair.a.population, pair.b.population
    if not a or not b or windows.fold(a) == windows.fold(b) or _known(a) or _known(b):
        return Lie.SAME
    return windows.place(a, b, pair.containments)


def _known(population: str) -> bool:
    found = read(population)
    return found.group is not None or found.side is not None


def _place(pair: _Pair) -> Lie:
    a, b = pair.a.place, pair.b.place
    if pair.one_question and a and b and (pair.same_scope or windows.same_place_loosely(a, b)):
        return Lie.SAME
    return windows.place(a, b, pair.containments)


def _window(pair: _Pair) -> Lie:
    activity = pair.mine.measure in ACTIVITIES or pair.its.measure in ACTIVITIES
    total = Counting.INCREMENT not in (pair.a.counting, pair.b.counting)
    lie = windows.period(pair.a.window, pair.b.window, one_question=pair.one_question, activity=activity, total=total)
    if lie in (Lie.A_PART, Lie.B_PART):
        part, whole = _sides(pair, lie)
        # a shorter period that holds more than the longer one is a conflict; otherwise nothing follows
        return lie if total and _above(part.quantity, whole.quantity) else Lie.APART
    return lie


# --- figures ------------------------------------------------------------------------------------------------------


def _part_and_whole(pair: _Pair, lie: Lie) -> Comparison:
    part, whole = _sides(pair, lie)
    measures = (pair.mine.measure, pair.its.measure)
    if whole.quantity is not None and whole.quantity.vague:
        return Comparison(Agreement.INCOMPARABLE, "vague_whole", measures=measures)
    if _above(part.quantity, whole.quantity):
        if _is_running(pair) and windows.order(whole.as_of, part.as_of) < 0:
            return Comparison(Agreement.INCOMPARABLE, "as_of", hint="updated", measures=measures)
        gap = quantity.compare(pair.a.quantity, pair.b.quantity).gap if pair.a.quantity and pair.b.quantity else None
        return Comparison(Agreement.CONFLICT, "part_above_whole", gap=gap, hint="part of", measures=measures)
    return Comparison(Agreement.COMPATIBLE, "part_of", hint="part of", measures=measures)


def _sides(pair: _Pair, lie: Lie) -> tuple[Statement, Statement]:
    return (pair.a, pair.b) if lie is Lie.A_PART else (pair.b, pair.a)


def _above(part: Quantity | None, whole: Quantity | None) -> bool:
    """True where every value of the part is above every value of the whole."""
    if part is None or whole is None:
        return False
    found = quantity.compare(part, whole)
    return found.reason in ("disjoint", "bound_flipped") and _higher(part, whole)


def _higher(a: Quantity, b: Quantity) -> bool:
    """For two figures that do not meet: whether a is the higher one."""
    from decimal import Decimal

    top = Decimal(a.low if a.low is not None else a.high or "0")
    return top >= Decimal(b.high if b.high is not None else b.low or "0") if a.low is not None else False


def _intervals(pair: _Pair) -> Comparison:
    a, b = pair.a.quantity, pair.b.quantity
    assert a is not None and b is not None
    found = quantity.compare(a, b)
    measures = (pair.mine.measure, pair.its.measure)
    lie = windows.period(
        pair.a.window,
        pair.b.window,
        one_question=pair.one_question,
        activity=pair.mine.measure in ACTIVITIES,
        total=Counting.INCREMENT not in (pair.a.counting, pair.b.counting),
    )
    if found.agreement is Agreement.AGREE and lie is Lie.MOVED:
        return Comparison(Agreement.COMPATIBLE, "dated_differently", measures=measures)
    if found.reason in ("disjoint", "rounding") and _is_running(pair, lie):
        moved = _moved(pair, lie)
        if moved == "updated":
            return Comparison(Agreement.INCOMPARABLE, "as_of", gap=found.gap, hint=moved, measures=measures)
        if moved and found.reason == "disjoint":
            return Comparison(Agreement.CONFLICT, "decreasing", gap=found.gap, hint=moved, measures=measures)
    return Comparison(found.agreement, found.reason, found.supports, found.gap, measures=measures)


def _is_running(pair: _Pair, lie: Lie = Lie.SAME) -> bool:
    return (pair.a.running or pair.b.running or lie is Lie.GREW) and not pair.one_text


def _moved(pair: _Pair, lie: Lie) -> str | None:
    """How a running count went from the earlier to the later date: updated, revised down, or unknown."""
    a, b = pair.a, pair.b
    when = windows.order(a.as_of, b.as_of)
    if not when and lie is Lie.GREW and a.window and b.window:
        when = windows.order(a.window.latest, b.window.latest)
    if not when or a.quantity is None or b.quantity is None:
        return None
    first, last = (a.quantity, b.quantity) if when < 0 else (b.quantity, a.quantity)
    return "updated" if _higher(last, first) else "revised down"


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


def _compatible_words(comparison: Comparison, mine: str, its: str) -> str:
    match comparison.supports:
        case Supports.A:
            return f"{mine} lies inside {its}: it supports it"
        case Supports.B:
            return f"{its} lies inside {mine}: it supports it"
        case _:
            return f"{mine} does not contradict {its}: {reason_words(comparison.reason)}"


def _conflict_words(comparison: Comparison, mine: str, its: str) -> str:
    said = f"{mine} against {its}"
    gap = comparison.gap
    if gap is not None and gap.absolute != "0":
        said += f": they differ by {gap.absolute}" + (f", {_percent(gap.percent)} %" if gap.percent else "")
    return f"{said} ({comparison.hint or reason_words(comparison.reason)})"


def _percent(percent: str) -> str:
    from decimal import ROUND_HALF_UP, Decimal

    value = Decimal(percent)
    return str(value.quantize(Decimal(1), ROUND_HALF_UP)) if value >= 1 else percent
