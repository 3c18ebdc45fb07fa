"""Parts and multiples: "two-thirds", "half a million", "one in five", "doubled", "tenfold", "more than a century"."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ledger.lexicon import words
from ledger.quantity.cardinals import EXACT, Number, below_hundred, plain_value, scaled
from ledger.quantity.figure_words import (
    CHANGES,
    COUNTABLE,
    LASTING,
    MULTIPLES,
    NO_NOUN,
    PARTS,
    PEOPLE,
    SCALES,
    SIGNS,
    SMALL,
    THINGS,
    TIME_UNITS,
    UNITS,
)
from ledger.quantity.tokenizing import HYPHENS, Tokens
from ledger.quantity.units import measured, percent_end

MILLIONTH = Decimal("0.000001")
BOUNDING = words("en/hedges", "bounding")
"""Words that end a hedge: behind them "a third" and "an hour" are figures."""
GRANTED = words("en/hedges", "granted")
COMPARED = words("en/numbers", "compared")
MULTIPLIERS = words("en/numbers", "multipliers")
BEFORE_MULTIPLIERS = words("en/numbers", "before_multipliers")
MULTIPLIED = words("en/numbers", "multiplied")
NOT_MULTIPLIED = words("en/numbers", "not_multiplied")
MOST = 10**6
POINTS = ("point", "percentage")
WHOSE = ("the", "its", "their")


# --- parts --------------------------------------------------------------------------------------------------------


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
    end = tokens.past_hyphen(at + 1)
    if tokens.word(end) in ("a", "an"):
        end = tokens.past_hyphen(end + 1)
    if tokens.word(end) in SCALES and tokens.word(end) != "score":
        value, after = scaled(tokens, SIGNS["½"], end=end)
        return Number(i, after, value, value, scaled=True)
    if end == at + 1 and _of_a_unit(tokens, end):
        return Number(i, end + 2, SIGNS["½"], SIGNS["½"])  # "half of a kilometre"
    if end > at + 1 and (tokens.word(end) in UNITS or tokens.word(end) == "point" or percent_end(tokens, end) > end):
        return Number(i, end, SIGNS["½"], SIGNS["½"])  # "half a percentage point", "half an hour"
    return Number(i, at + 1, SIGNS["½"], SIGNS["½"], share=True)


def parts(tokens: Tokens, i: int, *, end: int, value: Decimal) -> Number | None:
    """As in "two-thirds", "three quarters of a million", "one-fifth"."""
    at = tokens.past_hyphen(end)
    under = PARTS.get(tokens.word(at))
    if not under or value >= under or value != value.to_integral_value():
        return None
    single = tokens.word(at)[-1] != "s"
    if single != (value == 1):
        return None
    if single and at == end and not _part_meant(tokens, i, end=at + 1):
        return None  # "one quarter" may be three months
    return _share_of(tokens, i, end=at + 1, share=_ratio(value, Decimal(under)))


def article_part(tokens: Tokens, i: int) -> Number | None:
    """As in "a third of", "a quarter of a million", "fell by a fifth"; "a third man" is an ordinal."""
    at = i + 3 if tokens.word(i + 2) in HYPHENS else i + 2
    if tokens.word(i) in ("a", "one") and tokens.word(i + 1) == "quarter" and tokens.word(at) in SCALES:
        value, after = scaled(tokens, SIGNS["¼"], end=at)
        return Number(i, after, value, value, scaled=True)
    if tokens.word(i + 1) == "quarter" and (tokens.word(at) in POINTS or tokens.word(at) in UNITS):
        return Number(i, at, SIGNS["¼"], SIGNS["¼"])  # "a quarter-point", "a quarter mile"
    if tokens.word(i) not in ("a", "an"):
        return None
    under = PARTS.get(tokens.word(i + 1))
    if not under or tokens.word(i + 1).endswith("s") or not _part_meant(tokens, i, end=i + 2):
        return None
    return _share_of(tokens, i, end=i + 2, share=_ratio(Decimal(1), Decimal(under)))


def _part_meant(tokens: Tokens, i: int, *, end: int) -> bool:
    """True where the words about "a third" make a fraction of it: "of", "a quarter the size", "down a fifth"."""
    before, after = tokens.word(i - 1), tokens.word(end)
    if after == "of" or after in COMPARED or (after in WHOSE and (tokens.word(i) == "one" or before not in NO_NOUN)):
        return True
    outer = (tokens.word(i - 2), before)
    bound = before in BOUNDING or outer in (("up", "to"), ("much", "as"), ("many", "as"))
    return (before == "by" or bound or before in CHANGES) and (not tokens.is_word(end) or after in NO_NOUN)


def _share_of(tokens: Tokens, start: int, *, end: int, share: Decimal) -> Number:
    """The share, or the figure it makes when what it is a part of is a magnitude."""
    scale = tokens.word(end + 2)
    if tokens.same(end, ("of", "a", "percentage")) or tokens.same(end, ("of", "a", "point")):
        return Number(start, end + 2, share, share)
    if tokens.same(end, ("of", "a")) and scale in SCALES and scale != "score":
        value = EXACT.multiply(share, SCALES[scale])
        return Number(start, end + 3, value, value, scaled=True)
    if _of_a_unit(tokens, end) and (scale != "second" or share <= TENTH or tokens.word(end - 1) in OF_A_SECOND):
        return Number(start, end + 2, share, share)  # "three-quarters of an inch"
    return Number(start, end, share, share, share=True)


OF_A_SECOND = ("tenth", "tenths", "hundredth", "hundredths", "thousandth", "thousandths")
TENTH = Decimal("0.1")
"""The largest part of a second that is told of: "a third of a second term" is a share."""


def _of_a_unit(tokens: Tokens, end: int) -> bool:
    """True for a length, a weight, a time of which there is a part: "of an inch"; not "of a pound coin"."""
    unit, after = tokens.word(end + 2), tokens.word(end + 3)
    part = tokens.word(end) == "of" and tokens.word(end + 1) in ("a", "an") and unit in UNITS and len(unit) > 2
    return part and not unit.endswith("s") and after not in COUNTABLE and after not in HYPHENS


def one_in(tokens: Tokens, number: Number) -> Number | None:
    """As in "one in five", "2 out of 5" as a share; "three in two days" is not one."""
    tie = tokens.past_hyphen(number.end)  # "1-in-5"
    named = number.low == 1 and tokens.is_word(tie) and tokens.word(tie) != "in" and tokens.word(tie + 1) == "in"
    tie += named  # "one child in five"
    out = tokens.same(tie, ("out", "of"))
    if not (out or tokens.word(tie) == "in" or tokens.same(tie, ("of", "every"))) or number.low >= 10:
        return None
    at = tokens.past_hyphen(tie + (2 if out else 1))
    at += tokens.word(at) == "every"  # "seven out of every ten"
    under = plain_value(tokens.word(at)) if tokens.is_numeral(at) else below_hundred(tokens, at)[0]
    after = at + 1 if tokens.is_numeral(at) else below_hundred(tokens, at)[1]
    if under is None or under != under.to_integral_value():
        return None
    if not number.low < under <= (MOST if "," in tokens.word(at) else 1000):
        return None
    following = tokens.word(after)
    if following in TIME_UNITS or following in SCALES or following in HYPHENS:
        return None
    if named and following not in NO_NOUN and (following in COUNTABLE or following.endswith("s")):
        return None  # "one man in three boats"
    if (
        number.low != 1
        and not out
        and tokens.is_word(after)
        and not _may_be_parts(tokens, after, under=under, opens=_opens(tokens, number.start))
    ):
        return None
    value = _ratio(number.low, under)
    return Number(number.start, after, value, value, share=True)


def _may_be_parts(tokens: Tokens, after: int, *, under: Decimal, opens: bool) -> bool:
    """True where "6 in 10" is a share of whom the next word names; "3 in 10 raids" is not."""
    following = tokens.word(after)
    if following in PEOPLE or following in ("or", "of"):
        return True
    return (under in (10, 100) and (following not in THINGS or opens)) or (opens and under <= 10)


def _opens(tokens: Tokens, i: int) -> bool:
    """True where a clause begins with what stands here: "3 in 5 farms lost money"."""
    return tokens.opens_sentence(i) or tokens.word(i - 1) == "that"


def _ratio(over: Decimal, under: Decimal) -> Decimal:
    return EXACT.divide(over, under).quantize(MILLIONTH, rounding=ROUND_HALF_UP, context=EXACT)


# --- multiples ----------------------------------------------------------------------------------------------------


def multiple(tokens: Tokens, i: int) -> Number | None:
    """How many times as much: "doubled", "tenfold", "will triple the size"; what is halved is a share."""
    word = tokens.words[i]
    value = MULTIPLES.get(word)
    if value is None or (tokens.word(i + 1) in NOT_MULTIPLIED and word != "twice") or tokens.word(i + 1) in HYPHENS:
        return None
    if word in MULTIPLIERS and not _multiplies(tokens, i):
        return None
    if tokens.same(i - 2, ("once", "or")) or tokens.word(i - 1) == "think":
        return None
    return Number(i, i + 1, value, value, share=value < 1, times=value > 1)


def _multiplies(tokens: Tokens, i: int) -> bool:
    """True where "double" is a verb or says of what: "will double", "double the number", "nearly triple"."""
    if tokens.word(i - 1) in BEFORE_MULTIPLIERS or tokens.word(i - 1) in BOUNDING:
        return True
    return tokens.word(i + 1) in MULTIPLIED and tokens.word(i - 1) not in ("a", "the")


def fold(tokens: Tokens, number: Number) -> Number | None:
    """As in "three-fold", "5-fold", "10x"."""
    at = tokens.past_hyphen(number.end)
    times = tokens.word(at) == "fold" or (
        tokens.word(at) == "x" and tokens.glued(at) and not (tokens.glued(at + 1) and tokens.is_numeral(at + 1))
    )
    return Number(number.start, at + 1, number.low, number.high, times=True) if times else None


def of_digits(tokens: Tokens, i: int) -> Number | None:
    """The sums that are told by their digits: "a seven-figure fee", "in six figures"."""
    at = tokens.past_hyphen(i + 1)
    if tokens.word(at) not in ("figure", "figures"):
        return None  # asked first, since most numbers are none
    digits = SMALL.get(tokens.words[i]) or (plain_value(tokens.words[i]) if tokens.is_numeral(i) else None)
    if digits is None or not FEWEST_DIGITS <= digits <= MOST_DIGITS:
        return None
    if tokens.words[at] == "figures" and (tokens.word(i - 1) not in BEFORE_DIGITS or tokens.is_word(at + 1)):
        return None  # "in three figures carved of oak"
    if tokens.words[at] == "figure" and tokens.word(at + 1) not in SUMS and tokens.word(at + 2) not in SUMS:
        return None
    least = Decimal(10) ** (int(digits) - 1)
    return Number(i, at + 1, least, 10 * least - 1, vague=True)


FEWEST_DIGITS, MOST_DIGITS = 3, 10
SUMS, BEFORE_DIGITS = words("en/numbers", "sums"), words("en/numbers", "before_digits")


# --- one unit -----------------------------------------------------------------------------------------------------


def one_unit(tokens: Tokens, i: int) -> Number | None:
    """The one of "more than a century", "in under an hour"; "a book about a year in Rome" is not one."""
    point = i + 1 + (tokens.word(i + 1) in ("full", "whole"))
    if tokens.words[i] == "a" and tokens.same(point, ("percentage", "point")) and tokens.word(i - 1) != "of":
        return Number(i, point, Decimal(1), Decimal(1))
    unit, before = tokens.word(i + 1), tokens.word(i - 1)
    if tokens.words[i] not in ("a", "an") or unit not in UNITS or unit.endswith("s") or len(unit) < 3:
        return None
    after = tokens.word(i + 2)
    if unit in TIME_UNITS and after == "of" and tokens.word(i + 3) in GRANTED:
        return Number(i, i + 1, Decimal(1), Decimal(1))  # "a year of free travel"
    if unit == "second" or before not in BOUNDING or after in COUNTABLE or after in HYPHENS:
        return None
    apart = measured(tokens, i - 3) or tokens.word(i - 3) in COUNTABLE  # "9 cents more than a month ago"
    if before == "than" and (tokens.word(i - 2) not in ("more", "less") or apart):
        return None
    if before in ("over", "about", "around") and tokens.word(i - 2) not in LASTING:
        return None
    return Number(i, i + 1, Decimal(1), Decimal(1))
