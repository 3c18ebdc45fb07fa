"""How a figure changes on its way: the hedge, the number, what it counts, whom, and for which period."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger import dates, quantity
from ledger.crossref.compare import compare, counted
from ledger.crossref.containment import Containment, order, period
from ledger.crossref.statements import marked_earlier
from ledger.crossref.telling import FLOORS, Finding, Telling, distinctive, flipped, one_speaker, shared_numbers
from ledger.crossref.wordlists import ACTIVITIES
from ledger.records import Quantity
from ledger.vocabulary import Agreement, Drift, Modifier

SOFT = frozenset({Modifier.NEARLY, Modifier.ABOUT})


def figure_findings(a: Telling, b: Telling) -> Iterator[Finding]:
    """What b does to a's figure; nothing where the two are about different periods."""
    if a.statement.quantity is None or b.statement.quantity is None:
        return
    mine, its = counted(a.statement), counted(b.statement)
    if not shared_numbers(a, b) and not (
        a.article == b.article and _rounded(a.statement.quantity, b.statement.quantity)
    ):
        yield from _other_figure(a, b)
        return
    when = list(_period(a, b))
    if when and not any(distinctive(n) for n in shared_numbers(a, b)):
        return  # a round figure of another period is another figure
    if mine.measure and its.measure and mine.measure != its.measure:
        said = f"{_said(a)} {mine.measure} against {_said(b)} {its.measure}"
        yield Finding(Drift.UNIT_DRIFT, f"the figure counts something else: {said}")
    elif scope_differs(a, b):
        yield Finding(Drift.SCOPE_DRIFT, f"said of {_about(a)}, then of {_about(b)}")
    yield from hedge_findings(a, b)
    yield from when


def hedge_findings(a: Telling, b: Telling) -> Iterator[Finding]:
    """What became of the hedge on one figure."""
    p, q = a.statement.quantity, b.statement.quantity
    if p is None or q is None or (p.modifier is q.modifier and (p.low, p.high) == (q.low, q.high)):
        return
    said = f"“{_words(p)}” against “{_words(q)}”"
    if flipped(a, b):
        was, became = ("floor", "ceiling") if p.modifier in FLOORS else ("ceiling", "floor")
        yield Finding(Drift.HEDGE_INVERSION, f"the {was} became a {became}: {said}")
    elif _plain(q):
        yield Finding(Drift.HEDGE_DROP, f"the hedge is gone: {said}")
    elif _plain(p):
        yield Finding(Drift.HEDGE_ADDED, f"a hedge was added: {said}")
    elif p.modifier is Modifier.BETWEEN:
        yield Finding(Drift.HEDGE_DROP, f"of the range one end is left: {said}")
    elif p.modifier is Modifier.AT_LEAST and q.modifier is Modifier.MORE_THAN:
        yield Finding(Drift.WORD_STRENGTHENED, f"the hedge says more than before: {said}")
    else:
        yield Finding(Drift.HEDGE_ADDED, f"the hedge is another one: {said}")


def scope_differs(a: Telling, b: Telling) -> bool:
    """True where the words put other people or another side in the place of the first."""
    if a.statement.scope and a.statement.scope == b.statement.scope:
        return False
    mine, its = counted(a.statement), counted(b.statement)
    return bool(
        (mine.side and its.side and mine.side != its.side) or (mine.group and its.group and mine.group != its.group)
    )


def _other_figure(a: Telling, b: Telling) -> Iterator[Finding]:
    """Two figures for one thing: in one article the older is stale; in two it is a change unless the count went on."""
    if counted(a.statement).measure != counted(b.statement).measure or scope_differs(a, b):
        return
    said = f"{_said(a)} and {_said(b)}"
    dated = order(a.statement.as_of, b.statement.as_of)
    if a.article == b.article:
        if (dated or one_speaker(a, b)) and not _excused(a, b):
            yield Finding(Drift.STALE_FIGURE, f"one text gives {said} for the same thing, as if both held")
        return
    if dated and (a.statement.running or b.statement.running):
        return
    if compare(a.statement, b.statement, one_question=True).agreement is Agreement.CONFLICT:
        yield Finding(Drift.VALUE_CHANGE, f"the figure differs: {said}")


def _excused(a: Telling, b: Telling) -> bool:
    """True where the text marks one as superseded, or a vague word merely holds the other figure."""
    if marked_earlier(a.exact) or marked_earlier(b.exact):
        return True
    p, q = a.statement.quantity, b.statement.quantity
    vague = p is not None and q is not None and (p.vague or q.vague)
    return vague and p is not None and q is not None and quantity.compare(p, q).agreement is not Agreement.CONFLICT


def _rounded(p: Quantity, q: Quantity) -> bool:
    """True where one figure is the other, rounded and hedged: "at least 88" and "nearly 90"."""
    if p.vague or q.vague or p.modifier is q.modifier or not {p.modifier, q.modifier} & SOFT:
        return False
    x, y = (Decimal(v.high if v.high is not None else v.low or "0") for v in (p, q))
    return bool(x and y) and abs(x - y) * 20 <= max(x, y) and _digits(x) != _digits(y)


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _plain(q: Quantity) -> bool:
    return q.modifier is Modifier.EXACT and not q.approximate


def _period(a: Telling, b: Telling) -> Iterator[Finding]:
    activity = any(counted(t.statement).measure in ACTIVITIES for t in (a, b))
    found = period(a.statement.window, b.statement.window, one_question=True, activity=activity, total=not activity)
    if found not in (Containment.SAME, Containment.EXTENDED):
        yield Finding(Drift.WINDOW_DRIFT, f"{_said(b)} is given for {_when(b)}, nearer to the source for {_when(a)}")


def _said(telling: Telling) -> str:
    q = telling.statement.quantity
    return quantity.interval_words(q) if q is not None else "no figure"


def _words(q: Quantity) -> str:
    return q.text or quantity.interval_words(q)


def _about(telling: Telling) -> str:
    s = telling.statement
    return s.population or s.place or s.scope or "something else"


def _when(telling: Telling) -> str:
    window = telling.statement.window
    return dates.window_words(window) if window else "no stated period"
