"""A claim as one article tells it, and what can be asked of it: its figure, who speaks, whether it is marked as superseded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ledger.crossref.names import fold, nameless
from ledger.crossref.origins import Link
from ledger.crossref.statements import marked_earlier
from ledger.records import Statement
from ledger.vocabulary import Drift, Modifier

FLOORS = frozenset({Modifier.AT_LEAST, Modifier.MORE_THAN})
CEILINGS = frozenset({Modifier.AT_MOST, Modifier.FEWER_THAN, Modifier.NEARLY})


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim as one article tells it."""

    claim: str
    article: str
    exact: str
    statement: Statement
    links: tuple[Link, ...] = ()
    """The chain, outermost first, the publisher left out."""
    publisher: str = ""
    credit_line: str | None = None
    published: str | None = None
    headline: bool = False
    anchored: bool = True
    """False where the words are cited and were never captured."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference, in plain words."""

    kind: Drift
    detail: str


def numbers(telling: Telling) -> set[Decimal]:
    """The bounds that the words state; a vague word states none."""
    q = telling.statement.quantity
    return set() if q is None or q.vague else {Decimal(v) for v in (q.low, q.high) if v is not None}


def shared_numbers(a: Telling, b: Telling) -> set[Decimal]:
    """Bounds that both state."""
    return numbers(a) & numbers(b)


def distinctive(number: Decimal) -> bool:
    """True for two or more significant digits: 43 or 450, not 400, which many counts may share."""
    return len(number.normalize().as_tuple().digits) > 1


def flipped(a: Telling, b: Telling) -> bool:
    """True where the one makes a floor, the other a ceiling, of what may be one figure."""
    p, q = a.statement.quantity, b.statement.quantity
    if p is None or q is None:
        return False
    return (p.modifier in FLOORS and q.modifier in CEILINGS) or (p.modifier in CEILINGS and q.modifier in FLOORS)


def nameless_origin(telling: Telling) -> bool:
    """True where the chain ends with somebody who is not named."""
    if not telling.links:
        return False
    last = telling.links[-1]
    return not last.named or nameless(last.name, last.kind)


def one_speaker(a: Telling, b: Telling) -> bool:
    """True where both chains end with the same name, or both are the publisher's own voice."""
    return [fold(link.name) for link in a.links[-1:]] == [fold(link.name) for link in b.links[-1:]]


def current_together(a: Telling, b: Telling) -> bool:
    """True where one article gives both as current: it marks neither as superseded, nor credits them to two sources."""
    if a.article != b.article or marked_earlier(a.exact) or marked_earlier(b.exact):
        return False
    return one_speaker(a, b) or not a.links or not b.links
