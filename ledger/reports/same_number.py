"""One number in two units, 200 feet here and 200 metres there: a unit may have been changed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from ledger.catalogue import known, listed, number, t
from ledger.crossref.statements import figure_words
from ledger.crossref.study import Study
from ledger.quantity.conversion import converted, convertible
from ledger.reports.sentences import outlet
from ledger.reports.timeline import as_exact

LEAST = 10
"""Smaller numbers come up by chance in any unit."""
APART = Decimal("1.25")
"""How many times the one is the other at least: a ton and a tonne are nobody's slip."""


def same_number(found: Study) -> Iterator[str]:
    """A sentence for each number that some give in one unit and others in another one, where both cannot be so."""
    given: dict[str, dict[str, list[str]]] = {}
    for c, off in found.axis.items():
        q = found.statements[c].quantity
        if off is None and q is not None and q.unit and q.low == q.high and q.low and abs(Decimal(q.low)) >= LEAST:
            given.setdefault(q.low, {}).setdefault(q.unit, []).append(c)
    for value, units in given.items():
        for a, b in combinations(sorted(units, key=lambda u: u != found.unit), 2):
            its = converted(value, b, a, upper=False) if convertible(a, b) else None
            if its is not None and _apart(Decimal(value), Decimal(its)):
                yield _told(found, units[a], units[b], as_exact(its, value) or its, a)


def _apart(a: Decimal, b: Decimal) -> bool:
    low, high = sorted((abs(a), abs(b)))
    return low == 0 or high / low >= APART


def _told(found: Study, these: list[str], those: list[str], its: str, unit: str) -> str:
    words, others = (figure_words(found.statements[c[0]]) for c in (these, those))
    outlets, rest = (listed([outlet(o) for o in found.outlets(c)]) for c in (these, those))
    return t(
        "One number stands in two units: {words} ({outlets}) and {others} ({rest}), which is {figure} {noun}. "
        "A unit may have been changed on the way.",
        words=words, outlets=outlets, others=others, rest=rest, figure=number(Decimal(its)), noun=known(unit),
    )  # fmt: skip
