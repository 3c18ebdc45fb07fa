"""Places and periods of two statements: the same, one inside the other, or different ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum
from functools import lru_cache

from ledger import dates
from ledger.crossref.wordlists import DIRECTIONS
from ledger.errors import BadInput
from ledger.records import Span
from ledger.text import folding


class Containment(Enum):
    """How the place, people or period of one statement stands to that of another."""

    SAME = "same"
    A_IN_B = "a_in_b"
    B_IN_A = "b_in_a"
    EXTENDED = "extended"
    """Periods with one beginning, counted to different days."""
    SHIFTED = "shifted"
    """Periods that are mostly the same days, dated differently."""
    DISJOINT = "disjoint"

    @property
    def nested(self) -> bool:
        """True where one is a part of the other."""
        return self in (Containment.A_IN_B, Containment.B_IN_A)


def place(a: str | None, b: str | None, containments: Iterable[tuple[str, str]] = ()) -> Containment:
    """How two places stand to each other; an unknown one is taken to be the same."""
    if not a or not b or folding.place(a) == folding.place(b):
        return Containment.SAME
    if contained(a, b, containments):
        return Containment.A_IN_B
    return Containment.B_IN_A if contained(b, a, containments) else Containment.DISJOINT


def contained(part: str, whole: str, containments: Iterable[tuple[str, str]]) -> bool:
    """True where the names or the given pairs put the one inside the other, over any number of steps."""
    known: dict[str, set[str]] = {}
    for inner, outer in containments:
        known.setdefault(folding.place(inner), set()).add(folding.place(outer))
    seen, open_ = set(), {folding.place(part)}
    while open_:
        name = open_.pop()
        if name == folding.place(whole):
            return True
        seen.add(name)
        open_ |= known.get(name, set()) - seen
    return _named_inside(part, whole)


def same_place_loosely(a: str, b: str) -> bool:
    """True where one name is the other said less exactly: "Saltivka, Kharkiv" and "Kharkiv"."""
    return _named_inside(a, b) or _named_inside(b, a)


def period(a: Span | None, b: Span | None, *, one_question: bool, activity: bool, total: bool) -> Containment:
    """How two periods stand to each other; under one question a day more or less and a bare month are no difference."""
    if a is None or b is None:
        return Containment.SAME
    relation = dates.relate(a, b)
    if relation in ("same", "unknown"):
        return Containment.SAME
    if (
        total
        and _begins(a) is not None
        and _begins(a) == _begins(b)
        and a.earliest != a.latest
        and b.earliest != b.latest
    ):
        return Containment.EXTENDED
    if one_question and (_inexact(a, b, relation) or (not activity and _next_day(a, b))):
        return Containment.SAME
    if relation in ("within", "contains"):
        return Containment.A_IN_B if relation == "within" else Containment.B_IN_A
    return Containment.SHIFTED if one_question and _mostly_shared(a, b) else Containment.DISJOINT


def order(a: str | None, b: str | None) -> int:
    """-1 where a is dated before b, 1 where after, 0 where that is not known."""
    (a_first, a_last), (b_first, b_last) = limits(a), limits(b)
    return -1 if a_last < b_first else 1 if b_last < a_first else 0


@lru_cache(maxsize=4096)
def limits(date: str | None) -> tuple[datetime, datetime]:
    """The first and last instant of a date; of none, or of one that cannot be read, which orders nothing, those of all time."""
    try:
        return dates.bounds(date) if date else EVER
    except BadInput:
        return EVER


EVER = datetime.min, datetime.max


def hour_unsaid(a: str | None, b: str | None) -> bool:
    """True where the one is an hour of the day that the other is."""
    return bool(a and b and len(a) != len(b) and (a.startswith(f"{b}T") or b.startswith(f"{a}T")))


@lru_cache(maxsize=4096)
def days_apart(a: str | None, b: str | None) -> int | None:
    """Days from the one date to the other; None where one is not known."""
    if not a or not b:
        return None
    try:
        return abs(dates.bounds(a)[0] - dates.bounds(b)[0]).days
    except BadInput:
        return None


def _named_inside(part: str, whole: str) -> bool:
    inner, outer = part.casefold().strip(), whole.casefold().strip()
    heads = inner.split(", ")
    if any(folding.place(", ".join(heads[i:])) == folding.place(outer) for i in range(1, len(heads))):
        return True
    first, _, rest = inner.partition(" ")
    if first in DIRECTIONS and folding.place(rest) == folding.place(outer):
        return True
    listed = [folding.place(n) for n in re.split(r" and |, | & ", outer)]
    return len(listed) > 1 and " and " in outer and folding.place(inner) in listed


def _begins(span: Span) -> object:
    return dates.bounds(span.earliest)[0] if span.earliest else None


def _inexact(a: Span, b: Span, relation: str) -> bool:
    """True where the wider one is a single bare month, season or year, which says when and not for how long, or the narrower
    one told more coarsely: 2009 to 2017 and March 2009 to June 2017.
    """
    wider, other = (b, a) if relation == "within" else (a, b) if relation == "contains" else (None, None)
    if wider is None or other is None:
        return False
    bare = wider.earliest == wider.latest and len(wider.earliest or "") < len("2016-03-27")
    ends = ((wider.earliest, other.earliest), (wider.latest, other.latest))
    return bare or all(coarse and fine and fine.startswith(coarse) for coarse, fine in ends)


def _next_day(a: Span, b: Span) -> bool:
    if a.earliest is None or b.earliest is None or a.earliest != a.latest or b.earliest != b.latest:
        return False
    (a_first, a_last), (b_first, b_last) = dates.bounds(a.earliest), dates.bounds(b.earliest)
    return max(a_last - a_first, b_last - b_first) <= timedelta(days=1) >= abs(a_first - b_first)


def _mostly_shared(a: Span, b: Span) -> bool:
    """True where more than half of the shorter period belongs to the other too."""
    if None in (a.earliest, a.latest, b.earliest, b.latest):
        return False
    a_first, a_last = dates.bounds(a.earliest or "")[0], dates.bounds(a.latest or "")[1]
    b_first, b_last = dates.bounds(b.earliest or "")[0], dates.bounds(b.latest or "")[1]
    shared = min(a_last, b_last) - max(a_first, b_first)
    return shared * 2 > min(a_last - a_first, b_last - b_first)
