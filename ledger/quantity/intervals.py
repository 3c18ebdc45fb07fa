"""Two intervals side by side, and one interval in plain words."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal, InvalidOperation

from msgspec import Struct
from msgspec.structs import replace

from ledger.catalogue import number, t, theirs
from ledger.errors import BadInput
from ledger.quantity.conversion import ARITHMETIC, PLAIN, TOLD, Scale, measured, scales, told_in
from ledger.records import Quantity
from ledger.records import replace as with_
from ledger.vocabulary import Agreement, Modifier, Supports

Bounds = tuple[Decimal | None, Decimal | None, bool, bool]
"""Low and high, and whether each is in it."""
TENTH = Decimal("0.1")
HALF = Decimal("0.5")
HALFWAY = Decimal(5)


class Gap(Struct, frozen=True):
    """How far apart two intervals are; `percent` is of the larger bound, None where that is zero."""

    absolute: str
    percent: str | None
    unit: str | None = None
    """The unit of `absolute` where it measures or is money; where the figures are in two units its digits are rounded."""
    least: bool = False
    """True where one of them is open, so that they may lie farther apart."""
    about: bool = False
    """True where one of them is approximate: the numbers that are named lie about so far apart."""


class Comparison(Struct, frozen=True):
    """What two figures say about each other when nothing but their intervals is looked at."""

    agreement: Agreement
    reason: str
    """equal, overlap, hedge_edge, rounding, bound_flipped, disjoint or no_figure."""
    supports: Supports = Supports.NEITHER
    gap: Gap | None = None


class Interval(Struct, frozen=True):
    """The bounds used for comparing; None is unbounded, and an unbounded side counts as excluded."""

    low: Decimal | None
    high: Decimal | None
    low_inclusive: bool
    high_inclusive: bool

    def inside(self, other: Interval) -> bool:
        """True where every value of this interval is one of the other's."""
        return self._low_within(other) and self._high_within(other)

    def _low_within(self, other: Interval) -> bool:
        if other.low is None or self.low is None:
            return other.low is None
        return self.low > other.low or (self.low == other.low and (other.low_inclusive or not self.low_inclusive))

    def _high_within(self, other: Interval) -> bool:
        if other.high is None or self.high is None:
            return other.high is None
        return self.high < other.high or (self.high == other.high and (other.high_inclusive or not self.high_inclusive))


def compare(a: Quantity, b: Quantity) -> Comparison:
    """What the two intervals say: equal, meeting, touching at an edge, rounded or apart; units convert, no guard is applied."""
    one, two = _sides(a, b)
    mine, its = one.interval, two.interval
    if _unbounded(mine) or _unbounded(its):
        return Comparison(Agreement.INCOMPARABLE, "no_figure")
    if mine == its:
        return Comparison(Agreement.AGREE, "equal", Supports.BOTH)
    if not _below(mine, its) and not _below(its, mine):
        return Comparison(Agreement.COMPATIBLE, "overlap", _support(mine, its))
    under, over = (one, two) if _below(mine, its) else (two, one)
    if under.interval.high == over.interval.low:
        if _one_sided(a) and _one_sided(b):
            return Comparison(Agreement.CONFLICT, "bound_flipped", gap=_gap(under, over))
        return Comparison(Agreement.COMPATIBLE, "hedge_edge")
    if _rounding(under, over):
        return Comparison(Agreement.COMPATIBLE, "rounding", gap=_gap(under, over))
    return Comparison(Agreement.CONFLICT, "disjoint", gap=_gap(under, over))


def lead(a: Quantity, b: Quantity) -> Decimal | None:
    """How far the lowest that a states lies above the highest that b does, in one measure; None where an end is open."""
    mine, its = scales(a.unit, b.unit) or (PLAIN, PLAIN)
    low, high = _comparable(a).low if a.low is None else Decimal(a.low), b.high  # nearly 20 begins somewhere
    if low is None or high is None:
        return None
    return mine.measured(low, upper=False) - its.measured(Decimal(high), upper=True)


def interval_words(q: Quantity) -> str:
    """The interval as a reader would say it: "at least 400", "about 300", "20 to 30"; vague words stay as they stand."""
    if q.text and (q.vague or q.unit == "share"):
        return theirs(q.text)
    if q.modifier is Modifier.NONE:
        return t("none")
    return t("{figure} percent", figure=_words(q)) if q.unit == "percent" else _words(q)


def bounds_of(low: Decimal | None, high: Decimal | None, modifier: Modifier) -> Bounds:
    """The interval that a hedge makes of a figure."""
    if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN):
        return low, None, modifier is Modifier.AT_LEAST, False
    if modifier in (Modifier.AT_MOST, Modifier.FEWER_THAN, Modifier.NEARLY):
        return None, high, False, modifier is Modifier.AT_MOST
    return low, high, True, True


def within(figure: Quantity, bounds: Bounds) -> Quantity:
    """The figure with these bounds."""
    low, high, low_inclusive, high_inclusive = bounds
    return with_(
        figure,
        low=None if low is None else shown(low),
        high=None if high is None else shown(high),
        low_inclusive=None if low is None else low_inclusive,
        high_inclusive=None if high is None else high_inclusive,
    )


def shown(value: Decimal) -> str:
    """A decimal in plain notation, without trailing zeros."""
    return _trimmed(f"{value:f}")


class Side(Struct, frozen=True):
    """One of two figures with its bounds for comparing, measured on the scale that both share."""

    figure: Quantity
    scale: Scale
    interval: Interval


def _sides(a: Quantity, b: Quantity) -> tuple[Side, Side]:
    mine, its = scales(a.unit, b.unit) or (PLAIN, PLAIN)
    return Side(a, mine, _measured(_comparable(a), mine)), Side(b, its, _measured(_comparable(b), its))


def _measured(stated: Interval, scale: Scale) -> Interval:
    low = None if stated.low is None else scale.measured(stated.low, upper=False)
    high = None if stated.high is None else scale.measured(stated.high, upper=True)
    return Interval(low, high, stated.low_inclusive, stated.high_inclusive)


def _comparable(q: Quantity) -> Interval:
    """The stated bounds, with "about" and "nearly" widened as docs/rules.md says (for comparing only)."""
    low, high = _decimal(q.low), _decimal(q.high)
    low_inclusive, high_inclusive = low is not None and q.low_inclusive is not False, q.high_inclusive is not False
    if q.modifier is Modifier.NEARLY:
        if low is None and high is not None:
            low, low_inclusive = _shifted(high, -TENTH), True
    elif q.approximate and not q.vague:
        low = None if low is None else _shifted(low, -TENTH)
        high = None if high is None else _shifted(high, TENTH)
    return Interval(low, high, low_inclusive, high is not None and high_inclusive)


def _shifted(value: Decimal, share: Decimal) -> Decimal:
    return ARITHMETIC.add(value, ARITHMETIC.multiply(abs(value), share))


def _decimal(figure: str | None) -> Decimal | None:
    if figure is None:
        return None
    try:
        value = Decimal(figure)
    except InvalidOperation:
        raise BadInput(f"not a figure: {figure!r}", hint="bounds are decimal strings such as 400 or 1.5") from None
    if not value.is_finite():
        raise BadInput(f"not a figure: {figure!r}", hint="leave a bound out where there is none")
    return value


def _unbounded(interval: Interval) -> bool:
    return interval.low is None and interval.high is None


def _below(under: Interval, over: Interval) -> bool:
    """True where no value of the first reaches one of the second."""
    if under.high is None or over.low is None:
        return False
    return under.high < over.low or (under.high == over.low and not (under.high_inclusive and over.low_inclusive))


def _one_sided(q: Quantity) -> bool:
    """True for a floor or a ceiling, as the words state it."""
    return (q.low is None) != (q.high is None)


def _support(a: Interval, b: Interval) -> Supports:
    if a.inside(b):
        return Supports.A
    return Supports.B if b.inside(a) else Supports.NEITHER


def _rounding(under: Side, over: Side) -> bool:
    """True where one of the bounds that face each other may be the other rounded.

    Both figures are unhedged, or floors and ceilings in two units: these were rounded when they were converted. What is only
    about has its width already. The distance is less than half a unit of the rounded bound's last significant digit, and at
    most a tenth of it.
    """
    a, b = under.figure, over.figure
    stated = not (a.vague or b.vague or a.approximate or b.approximate)
    if not stated or not (under.scale.unit or (_plain_point(a) and _plain_point(b))):
        return False
    apart = _apart(under, over)
    return _near(under.scale.distance(apart), a.high or a.low) or _near(over.scale.distance(apart), b.low or b.high)


def _near(apart: Decimal, bound: str | None) -> bool:
    value = Decimal(bound or "0")
    return apart < ARITHMETIC.multiply(_last_unit(value), HALF) and apart <= ARITHMETIC.multiply(abs(value), TENTH)


def _apart(under: Side, over: Side) -> Decimal:
    return ARITHMETIC.subtract(over.interval.low or Decimal(0), under.interval.high or Decimal(0))


def _plain_point(q: Quantity) -> bool:
    return q.low is not None and q.low == q.high and not q.approximate and not q.vague


def _last_unit(value: Decimal) -> Decimal:
    """1000 for 2,000; 100,000 for 1.2 million; 0.1 for 3.5."""
    exponent = ARITHMETIC.normalize(value).as_tuple().exponent
    return Decimal(1).scaleb(int(exponent), ARITHMETIC)


def _gap(under: Side, over: Side) -> Gap | None:
    """How far apart they are: at least so far where one is open, about so far where one is approximate."""
    figures = under.figure, over.figure
    if any(q.vague for q in figures):
        return None
    least = any(_one_sided(q) for q in figures)
    if about := not least and any(q.approximate for q in figures):
        under, over = _as_named(under), _as_named(over)
    apart = _roughly(_apart(under, over)) if about else _apart(under, over)
    largest, percent = max(abs(over.interval.low or Decimal(0)), abs(under.interval.high or Decimal(0))), None
    if largest and not (under.scale.zero or over.scale.zero):
        share = ARITHMETIC.divide(ARITHMETIC.multiply(apart, Decimal(100)), largest)
        percent = shown(share.quantize(TENTH, rounding=ROUND_HALF_UP, context=ARITHMETIC))
    if under.scale is over.scale:
        return _told(Gap(shown(apart), percent, least=least, about=about), *figures)
    told = told_in(under.scale, over.scale, apart)
    distance = TOLD.plus(told.distance(apart))
    if about:  # what was converted was rounded: 89 is about 90
        distance = Context(prec=1 if distance.scaleb(-distance.adjusted()) >= HALFWAY else 2).plus(distance)
    return Gap(shown(distance), percent, told.unit, least=least, about=about)


def _told(gap: Gap, a: Quantity, b: Quantity) -> Gap:
    """The gap of two figures in one unit: with a unit that measures, and of things that are counted in whole ones."""
    from ledger.quantity.figure_words import CURRENCIES  # the word lists are only read where they are asked for

    if a.unit == b.unit and (measured(a.unit) or a.unit in CURRENCIES.values() or a.unit == "percent"):
        return replace(gap, unit=a.unit)
    whole = all(Decimal(v) % 1 == 0 for q in (a, b) for v in (q.low, q.high) if v is not None)
    return replace(gap, absolute=shown(Decimal(gap.absolute).to_integral_value(ROUND_CEILING))) if whole else gap


def _as_named(side: Side) -> Side:
    """With the numbers that are named, which "about" does not widen."""
    low, high = _decimal(side.figure.low), _decimal(side.figure.high)
    return replace(side, interval=_measured(replace(side.interval, low=low, high=high), side.scale))


def _roughly(value: Decimal) -> Decimal:
    return Context(prec=2).plus(value)


def _words(q: Quantity) -> str:
    about = q.approximate and q.modifier is not Modifier.NEARLY
    low, high = (None if bound is None else _figure(bound) for bound in (q.low, q.high))
    if low is not None and high is not None and q.low_inclusive is not False and q.high_inclusive is not False:
        said = low if low == high else t("{low} to {high}", low=low, high=high)
        return t("about {figure}", figure=said) if about else said
    low, high = (t("about {figure}", figure=end) if about and end else end for end in (low, high))
    if low is not None and high is not None:
        return low if low == high else t("{floor} and {ceiling}", floor=_floor(q, low), ceiling=_ceiling(q, high))
    if low is not None:
        return _floor(q, low)
    return t("no figure") if high is None else _ceiling(q, high)


def _floor(q: Quantity, low: str) -> str:
    return t("more than {figure}", figure=low) if q.low_inclusive is False else t("at least {figure}", figure=low)


def _ceiling(q: Quantity, high: str) -> str:
    if q.modifier is Modifier.NEARLY:
        return t("nearly {figure}", figure=high)
    return t("fewer than {figure}", figure=high) if q.high_inclusive is False else t("at most {figure}", figure=high)


def _figure(bound: str) -> str:
    value = Decimal(_trimmed(f"{_decimal(bound):f}"))
    return t("minus {figure}", figure=number(abs(value))) if value < 0 else number(value)


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
