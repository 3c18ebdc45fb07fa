"""Figures in two units of one dimension on one scale: "60 miles" beside "100 km". The words stay as they are printed."""

from __future__ import annotations

from decimal import Context, Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from ledger import lexicon

ARITHMETIC = Context(prec=80)
"""Wide enough that no figure of an article is rounded."""
TOLD = Context(prec=3)
"""The digits in which a difference between two units is told."""


SHOWN = Context(prec=5)
"""The digits of a figure that is drawn in another unit than it is printed in."""


class Scale(NamedTuple):
    """How a figure in one unit is measured: a unit whose size is not fixed has a smallest and a largest."""

    unit: str | None = None
    smallest: Decimal = Decimal(1)
    largest: Decimal = Decimal(1)
    zero: Decimal = Decimal(0)

    def measured(self, value: Decimal, *, upper: bool) -> Decimal:
        """The value on the common scale; of an unfixed unit the least or the most that it can be."""
        factor = self.largest if upper == (value > 0) else self.smallest
        return ARITHMETIC.add(ARITHMETIC.multiply(value, factor), self.zero)

    def distance(self, measured: Decimal) -> Decimal:
        """A distance on the common scale, in this unit."""
        return ARITHMETIC.divide(measured, self.largest)


PLAIN = Scale()


@lru_cache(maxsize=1024)
def scales(a: str | None, b: str | None) -> tuple[Scale, Scale] | None:
    """The scales of two different units that convert, the ones of the first dimension that has both; else None."""
    if not a or not b or a == b:
        return None
    return next(((d[a], d[b]) for d in dimensions().values() if a in d and b in d), None)


def convertible(a: str | None, b: str | None) -> bool:
    """True for two different units of one dimension."""
    return scales(a, b) is not None


def measured(unit: str | None) -> bool:
    """True for a unit of length, time or another dimension in which things are measured, not counted."""
    return any(unit in d for name, d in dimensions().items() if name not in ("share", "sterling"))


def converted(value: str | None, a: str | None, b: str | None, *, upper: bool) -> str | None:
    """A value in one unit as text in another, in five digits; as it is where the two do not convert."""
    found = scales(a, b)
    if value is None or found is None:
        return value
    mine, its = found
    measured = mine.measured(Decimal(value), upper=upper)
    return f"{its.distance(measured - its.zero).normalize(SHOWN):f}"


def told_in(a: Scale, b: Scale, measured: Decimal) -> Scale:
    """The one of two scales that tells their difference: in which it is one at least, else whichever comes first."""
    units = next(list(d) for d in dimensions().values() if a.unit in d and b.unit in d)
    return min(a, b, key=lambda scale: (scale.distance(measured) < 1, units.index(scale.unit or "")))


@cache
def dimensions() -> dict[str, dict[str, Scale]]:
    table = lexicon.valued("conversions", "dimensions")
    return {name: {unit: _scale(unit, value) for unit, value in units.items()} for name, units in table.items()}


def _scale(unit: str, value: str) -> Scale:
    factor, _, zero = value.partition(" + ")
    smallest, _, largest = factor.partition(" to ")
    return Scale(unit, Decimal(smallest), Decimal(largest or smallest), Decimal(zero or 0))
