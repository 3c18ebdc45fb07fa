"""Parts and multiples: "two-thirds", "half a million", "one in five", "doubled", "tenfold"."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ledger.quantity.cardinals import EXACT, HYPHENS, Number, below_hundred, plain_value, scaled
from ledger.quantity.figure_words import PARTS, PEOPLE, PERCENT, SCALES, SIGNS, THINGS, TIME_UNITS, UNITS
from ledger.quantity.tokenizing import Tokens

MILLIONTH = Decimal("0.000001")
BOUNDING = frozenset({"than", "above", "below", "over", "under", "nearly", "almost", "about"})


def slashed(tokens: Tokens, i: int) -> Number | None:
    """A fraction such as 1/2 or 3/4; dates and codes with a slash are told apart by `exclusions`."""
    if tokens.word(i + 1) not in ("/", "⁄") or not (tokens.glued(i + 1) and tokens.glued(i + 2)):
        return None
    over, under = plain_value(tokens.words[i]), plain_value(tokens.word(i + 2)) if tokens.is_numeral(i + 2) else None
    if over is None or not under or over >= under:
        return None
    value = _ratio(over, under)
    return Number(i, i + 3, value, value, share=True)


def half(tokens: Tokens, i: int) -> Number | None:
    """As in "half a million", "half-dozen", "a half million"; plain "half" of something as a share."""
    at = i + 1 if tokens.words[i] == "a" and tokens.word(i + 1) == "half" else i
    if tokens.words[at] != "half":
        return None
    end = at + 1
    if tokens.word(end) in HYPHENS and tokens.glued(end):
        end += 1
    if tokens.word(end) in ("a", "an"):
        end += 1
        if tokens.word(end) in HYPHENS and tokens.glued(end):
            end += 1
    if tokens.word(end) in SCALES and tokens.word(end) != "score":
        value, after = scaled(tokens, SIGNS["½"], end=end)
        return Number(i, after, value, value, scaled=True)
    if end > at + 1 and (tokens.word(end) in PERCENT or tokens.word(end) in UNITS):
        return Number(i, end, SIGNS["½"], SIGNS["½"])  # "half a percentage point", "half an hour"
    return Number(i, at + 1, SIGNS["½"], SIGNS["½"], share=True)


def parts(tokens: Tokens, i: int, *, end: int, value: Decimal) -> Number | None:
    """As in "two-thirds", "three quarters of a million", "one-fifth"."""
    at = end + 1 if tokens.word(end) in HYPHENS and tokens.glued(end) else end
    under = PARTS.get(tokens.word(at))
    if not under or value >= under or value != value.to_integral_value():
        return None
    single = tokens.word(at)[-1] != "s"
    if single != (value == 1):
        return None
    if single and at == end and tokens.word(at + 1) != "of" and tokens.word(i - 1) not in BOUNDING:
        return None  # "one quarter" may be three months
    return _share_of(tokens, i, end=at + 1, share=_ratio(value, Decimal(under)))


def article_part(tokens: Tokens, i: int) -> Number | None:
    """As in "a third of", "a quarter of a million", "a quarter million"; "a third man" is an ordinal."""
    at = i + 3 if tokens.word(i + 2) in HYPHENS else i + 2
    if tokens.word(i) in ("a", "one") and tokens.word(i + 1) == "quarter" and tokens.word(at) in SCALES:
        value, after = scaled(tokens, SIGNS["¼"], end=at)
        return Number(i, after, value, value, scaled=True)
    if tokens.word(i) != "a" or tokens.word(i + 2) != "of":
        return None
    under = PARTS.get(tokens.word(i + 1))
    if not under or tokens.word(i + 1).endswith("s"):
        return None
    return _share_of(tokens, i, end=i + 2, share=_ratio(Decimal(1), Decimal(under)))


def _share_of(tokens: Tokens, start: int, *, end: int, share: Decimal) -> Number:
    """The share, or the figure it makes when what it is a part of is a magnitude."""
    scale = tokens.word(end + 2)
    if tokens.same(end, ("of", "a")) and scale in SCALES and scale != "score":
        value = EXACT.multiply(share, SCALES[scale])
        return Number(start, end + 3, value, value, scaled=True)
    return Number(start, end, share, share, share=True)


def one_in(tokens: Tokens, number: Number) -> Number | None:
    """As in "one in five", "2 out of 5" as a share; "three in two days" is not one."""
    out = tokens.same(number.end, ("out", "of"))
    if not (out or tokens.word(number.end) == "in") or number.low >= 10:
        return None
    at = number.end + (2 if out else 1)
    under = plain_value(tokens.word(at)) if tokens.is_numeral(at) else below_hundred(tokens, at)[0]
    after = at + 1 if tokens.is_numeral(at) else below_hundred(tokens, at)[1]
    if under is None or not number.low < under <= 1000 or under != under.to_integral_value():
        return None
    following = tokens.word(after)
    if following in TIME_UNITS or following in SCALES or following in HYPHENS:
        return None
    if number.low != 1 and not out and tokens.is_word(after) and not _may_be_parts(tokens, after, under=under):
        return None
    value = _ratio(number.low, under)
    return Number(number.start, after, value, value, share=True)


def _may_be_parts(tokens: Tokens, after: int, *, under: Decimal) -> bool:
    """True where "6 in 10" is a share of whom the next word names; "3 in 10 raids" is not."""
    following = tokens.word(after)
    return following in PEOPLE or following in ("or", "of") or (under in (10, 100) and following not in THINGS)


def _ratio(over: Decimal, under: Decimal) -> Decimal:
    return EXACT.divide(over, under).quantize(MILLIONTH, rounding=ROUND_HALF_UP, context=EXACT)
