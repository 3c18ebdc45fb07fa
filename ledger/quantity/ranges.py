"""Two numbers that make one interval: "between 20 and 30", "from 5 to 7", "20-30", "two or three"."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from ledger.quantity import exclusions, hedges, money, numbers
from ledger.quantity.ages import aged
from ledger.quantity.cardinals import EXACT, Number, plain_value
from ledger.quantity.contests import among_scores, scored, voted
from ledger.quantity.figure_words import (
    CHANGES,
    COUNTABLE,
    CURRENCIES,
    CURRENCY_SIGNS,
    ONES,
    PERHAPS,
    SCALES,
    SMALL,
    SUFFIXES,
    TOTALS,
    UNITS,
)
from ledger.quantity.hedges import Hedged
from ledger.quantity.tokenizing import HYPHENS, SENTENCE_END, Tokens, chain_end
from ledger.quantity.units import percent, percent_end
from ledger.vocabulary import Modifier

DASHES = (*HYPHENS, "–", "—", "~", "∼")
JOINERS = ("to", "through", "and", "or")
FLOORS = (Modifier.AT_LEAST, Modifier.MORE_THAN)


class Pair(Struct):
    """Two numbers as one interval, or as something else that is no quantity (`dismissed`)."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    hedge: Hedged | None = None
    dismissed: bool = False
    perhaps: bool = False
    """The second figure is only held possible: "10, perhaps 15"."""


def pair(tokens: Tokens, number: Number, *, hedge: Hedged | None, floor: int) -> Pair | None:
    """The interval that this number opens, None where it stands alone."""
    second = _perhaps(tokens, number)
    if second and hedge and hedge.modifier in FLOORS:
        return None  # "at least 40 patients, perhaps 50": the floor is sure, and 50 a guess beside it
    if second:
        return Pair(hedge.at if hedge else number.start, second.end, number.low, second.high, hedge=hedge, perhaps=True)
    if voted(tokens, number.start):
        return None
    start = _opening(tokens, number)
    at = _past_unit(tokens, number.end)
    joiner = tokens.word(at)
    second_at = _second(tokens, at, joiner=joiner, opened=start is not None)
    if second_at is None:
        return None
    second = numbers.read(tokens, second_at)
    if second is None or second.vague or number.vague or (second.share, second.times) != (number.share, number.times):
        return None
    if start is not None and start < floor:
        start = None
    return _paired(tokens, _Two(number, second, joiner, start, floor), hedge=hedge)


def _perhaps(tokens: Tokens, number: Number) -> Number | None:
    """The larger figure held possible: "10, perhaps 15", "ten people, maybe as many as 15"."""
    noun = tokens.is_word(number.end) and tokens.word(number.end + 1) in (",", "or", "and")
    at = number.end + (noun and tokens.word(number.end) not in JOINERS)
    at += tokens.word(at) == "," and tokens.word(at + 1) in ("or", "and")
    if tokens.word(at) not in (",", "or", "and") or tokens.word(at + 1) not in PERHAPS or number.vague:
        return None
    at += 2
    while tokens.word(at) in ("as", "many", "much", "even", "up", "to"):
        at += 1
    second = numbers.read(tokens, at) if tokens.word(at) else None
    if second is None or second.vague or second.share or not number.high < second.high <= number.high * 5:
        return None
    return None if at > number.end + 3 and tokens.word(second.end) in COUNTABLE else second


class _Two(Struct):
    first: Number
    second: Number
    joiner: str
    opening: int | None
    floor: int


def _opening(tokens: Tokens, number: Number) -> int | None:
    """The token of "between" or "from" before the number."""
    at = number.start - 1
    while tokens.word(at) in CURRENCY_SIGNS or tokens.word(at) in ("about", "around", "some", "roughly"):
        at -= 1
    return at if tokens.word(at) in ("between", "from", "anywhere") else None


def _past_unit(tokens: Tokens, end: int) -> int:
    """Past the unit of the first number, where it has its own: "20% to 30%"."""
    own = tokens.word(end) in UNITS or tokens.word(end) in CURRENCIES
    return end + 1 if own else percent_end(tokens, end)


def _second(tokens: Tokens, at: int, *, joiner: str, opened: bool) -> int | None:
    """The token where the second number begins."""
    if joiner in HYPHENS and tokens.word(at + 1) == "to" and tokens.word(at + 2) in HYPHENS:
        second = at + 3  # "five-to-ten-year"
    elif (joiner in DASHES and tokens.glued(at) == tokens.glued(at + 1)) or (
        joiner in JOINERS and (joiner != "and" or opened)
    ):
        second = at + 1
    else:
        return None
    second += tokens.word(second) in CURRENCY_SIGNS
    return second if tokens.word(second) else None


def _paired(tokens: Tokens, two: _Two, *, hedge: Hedged | None) -> Pair | None:
    first, second = two.first, two.second
    opened = tokens.word(two.opening) if two.opening is not None else ""
    if two.joiner == "and" and opened != "between":
        return None
    low, high = _lent(tokens, first, second=second), second.high
    if two.joiner == "or" and (first.scaled or not low < high <= low * 2):
        return None  # neighbours as "two or three" and "20 or 30" are one figure, a choice between far ones is two
    if opened == "from" and two.opening is not None and _changing(tokens, two.opening):
        return None
    if two.joiner == "to" and opened == "" and (_two_figures(tokens, two) or _changing_from(tokens, two)):
        return None
    if _no_quantity(tokens, two):
        return Pair(
            first.start,
            max(second.end, chain_end(tokens, second.start)),
            first.low,
            first.high,
            dismissed=True,
        )
    if opened == "" and two.joiner == "to" and _changed_by(tokens, two, hedge=hedge):
        return None
    if two.joiner == "to" and tokens.word(second.start - 1) in CURRENCY_SIGNS and not money.before(tokens, first.start):
        return None  # "by a factor of three to $12m"
    if low >= high and not (low == high and two.joiner in HYPHENS and tokens.word(second.end) in COUNTABLE):
        return _vote(tokens, two)
    start = two.opening if two.opening is not None else first.start
    outer = hedges.before(tokens, start, floor=two.floor) if two.opening is not None else hedge
    if two.opening is None:
        start = hedge.at if hedge else start - 1 if tokens.word(start - 1) in CURRENCY_SIGNS else start
    return Pair(start, second.end, low, high, hedge=outer)


def _vote(tokens: Tokens, two: _Two) -> Pair | None:
    """A ratio ("4 to 1") or a score ("by 52 to 48"); elsewhere a larger and a smaller figure are two figures."""
    if two.joiner == "to" and two.second.high == 1:
        return Pair(two.first.start, two.second.end, two.first.low, two.second.high, dismissed=True)
    if tokens.is_numeral(two.first.start) and among_scores(tokens, two.first.start, end=two.second.end):
        return Pair(two.first.start, two.second.end, two.first.low, two.second.high, dismissed=True)
    return None


def _lent(tokens: Tokens, first: Number, *, second: Number) -> Decimal:
    """The lower figure; "1.2 to 1.5 million" and "two and a half to three dozen" lend it the magnitude."""
    short = first.end == first.start + 1 or tokens.words[first.end - 1] in ("half", "quarter")
    spelled = tokens.words[first.start] in ONES and short and second.end == second.start + 2
    if first.scaled or not second.scaled or not (tokens.is_numeral(first.start) or spelled):
        return first.low
    scale, opens = tokens.words[second.end - 1], tokens.words[second.start]
    times = SCALES.get(scale) or SUFFIXES.get(scale)
    bare = plain_value(opens) if tokens.is_numeral(second.start) else SMALL.get(opens) if spelled else None
    if times is None or bare is None or first.low >= bare:
        return first.low
    return EXACT.multiply(first.low, times)


def _changing(tokens: Tokens, opening: int) -> bool:
    goes = tokens.word(opening - 1) == "go" and tokens.word(opening - 2) in ("will", "would", "to")
    return goes or any(tokens.word(i) in CHANGES for i in range(opening - 5, opening))


def _changing_from(tokens: Tokens, two: _Two) -> bool:
    """As in "rose from 1,950 in 1998 to 2,020", "fell from last year's 40 to 31"."""
    if tokens.word(two.first.start - 1) in exclusions.YEAR_CUES and exclusions.year(tokens, two.first, hedge=None):
        return not exclusions.year(tokens, two.second, hedge=None)
    for i in range(two.first.start - 1, two.first.start - FROM_REACH, -1):
        if tokens.word(i) in SENTENCE_END or tokens.word(i) == ",":
            return False
        if tokens.word(i) == "from":
            return _changing(tokens, i)
    return False


FROM_REACH = 7
"""Words back from a figure to the "from" of what it changed from."""


def _two_figures(tokens: Tokens, two: _Two) -> bool:
    """As in "fell 0.4% to 7.21", "20 minutes to 2 hours", "led by 48% to 45%": each has its own unit, or the shares fall."""
    mine, its = _unit(tokens, two.first.end), _unit(tokens, two.second.end)
    return mine is not None and (mine != its or (mine == "percent" and two.first.low > two.second.low))


def _unit(tokens: Tokens, end: int) -> str | None:
    word = tokens.word(end)
    return percent(tokens, end) or UNITS.get(word) or CURRENCIES.get(word)


OBJECT = 9
"""Words between the verb and "by", which say what is changed: "increased the number of posts by 14 to 212"."""


def _changed_by(tokens: Tokens, two: _Two, *, hedge: Hedged | None) -> bool:
    """As in "climbed by 14 to 212": the change and what came of it; "will rise by 10 to 20 percent" is a range."""
    at = hedge.at - 1 if hedge else two.first.start - 1
    at -= tokens.word(at) in CURRENCY_SIGNS
    by = tokens.word(at) == "by"
    verb = at - 1 if by else at
    mine, its = _unit(tokens, two.first.end), _unit(tokens, two.second.end)
    if its == "percent" or not any(tokens.word(i) in CHANGES for i in range(verb - (OBJECT if by else 1), verb + 1)):
        return False
    if by and mine is not None and mine == its:
        return True  # "by 0.4 million tonnes to 6.1 million tonnes"
    if tokens.word(two.second.end - 1) in SCALES and tokens.word(two.first.end - 1) not in SCALES:
        return False  # "by 2 to 3 million"
    told = any(tokens.word(i) in TOTALS or tokens.word(i) == "number" for i in range(verb - 6, verb))
    return two.second.low >= two.first.high * 3 or (told and verb < at)


def _no_quantity(tokens: Tokens, two: _Two) -> bool:
    """Dates, years, ages, clock times, scores and codes that come in pairs."""
    first, second = two.first, two.second
    if aged(tokens, first.start, end=second.end) or exclusions.ordinal(tokens, second.end):
        return True
    if not (tokens.is_numeral(first.start) and tokens.is_numeral(second.start)):
        return False
    if exclusions.dated(tokens, first.start, end=second.end) or exclusions.dated(tokens, second.start, end=second.end):
        return True
    if exclusions.clock(tokens, second):
        return True
    if exclusions.year(tokens, second, hedge=None) and exclusions.year(tokens, first, hedge=None):
        return True
    if two.joiner not in DASHES or not tokens.glued(second.start):
        return exclusions.labelled(tokens, first)
    if chain_end(tokens, first.start) > second.start + 1 or exclusions.glued_code(tokens, first):
        return True
    return scored(tokens, first.start, end=second.start + 1) or exclusions.glued_code(tokens, second, tail=True)
