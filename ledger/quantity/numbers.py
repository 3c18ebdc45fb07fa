"""One number at one place: digits, words, magnitudes, fractions, vague plurals, and none at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from ledger.lexicon import words
from ledger.quantity import money
from ledger.quantity.figure_words import (
    AUXILIARIES,
    COUNTABLE,
    COUNTABLE_ONE,
    CURRENCIES,
    FATES,
    FIGURE_WORDS,
    INTRANSITIVE,
    MONTHS,
    ONES,
    PARTS,
    PEOPLE,
    PERCENT,
    PLURAL_SCALES,
    SCALES,
    SIGNS,
    SMALL,
    SUFFIXES,
    TENS,
    THINGS,
    TIME_UNITS,
    UNITS,
    VAGUE,
)
from ledger.quantity.tokenizing import Tokens
from ledger.records import replace

EXACT = Context(prec=60)
MILLIONTH = Decimal("0.000001")
LONGEST = 15
"""Digits of a whole number beyond which it is an identifier, not a count."""

NARROW_SPACES = (" ", "\u00a0", "\u2009", "\u202f")
HYPHENS = ("-", "‐", "‑")
VAGUE_STARTS = frozenset(phrase[0] for phrase in VAGUE)
LONGEST_VAGUE = max(len(phrase) for phrase in VAGUE)
BOUNDING = frozenset({"than", "above", "below", "over", "under", "nearly", "almost", "about"})
NUMBERED = words("en/not_counted", "labels") | MONTHS
"""Words that take the number behind them: "May 3 400 people died"."""
COUPLE_CUES = words("en/numbers", "couple_cues")
STARTERS = (FIGURE_WORDS - {"score"}) | frozenset(SIGNS)
"""The words at which a number may begin; every other is passed over at once."""


@dataclass(slots=True)
class Number:
    """Tokens start..end, half-open, read as low to high."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    vague: bool = False
    share: bool = False
    """A part of a whole: "two-thirds", "one in five"."""
    scaled: bool = False
    """A magnitude was named: a range may lend it to its first figure ("1.2 to 1.5 million")."""


def read(tokens: Tokens, i: int) -> Number | None:
    """The number that begins at token i, None where none does."""
    word = tokens.words[i]
    if word[0].isdecimal():
        return _digits(tokens, i)
    if word not in STARTERS:
        return None
    if word in SIGNS:
        return Number(i, i + 1, SIGNS[word], SIGNS[word], share=True)
    return _vague(tokens, i) or _half(tokens, i) or _words(tokens, i)


def signed(tokens: Tokens, number: Number) -> Number:
    """The number with the sign before it: "minus 5", "negative ten", "< -30"."""
    sign = tokens.word(number.start - 1)
    dash = sign in ("-", "−") and tokens.glued(number.start) and tokens.word(number.start - 2)[:1] in ("<", ">", "=")
    if sign not in ("minus", "negative") and not dash:
        return number
    return replace(number, start=number.start - 1, low=-number.high, high=-number.low)


def plain_value(word: str) -> Decimal | None:
    """What a numeral says, None where it is a version, an identifier or has a leading zero."""
    whole, _, part = word.partition(".")
    digits = whole.replace(",", "")
    if "." in part or len(digits) > LONGEST or len(part) > LONGEST:
        return None
    if len(digits) > 1 and digits[0] == "0":
        return None
    return Decimal(digits + ("." + part if part else ""))


# --- digits -------------------------------------------------------------------------------------------------------


def _digits(tokens: Tokens, i: int) -> Number | None:
    value, end = _spaced(tokens, i)
    if value is None:
        return None
    value, end = _parted(tokens, i) or (value, end)
    fraction = _slashed(tokens, i)
    if fraction:
        return fraction
    sign = tokens.word(end)
    if sign in SIGNS:
        value, end = EXACT.add(value, SIGNS[sign]), end + 1
    value, end = _and_a_half(tokens, value, end=end)
    part = _parts(tokens, i, end=end, value=value)
    if part:
        return part
    scaled, after = _scaled(tokens, value, end=end)
    number = Number(i, after, scaled, scaled, scaled=after > end)
    return _one_in(tokens, number) or number


def _spaced(tokens: Tokens, i: int) -> tuple[Decimal | None, int]:
    """The numeral at i with the groups of three that spaces part from it: "1 234 567"."""
    word, end = tokens.words[i], i + 1
    named = tokens.is_capitalised(i - 1) and tokens.word(i - 1) in NUMBERED
    if len(word) <= 3 and word.isdecimal() and word[0] != "0" and not (named or tokens.is_numeral(i - 1)):
        while end < i + 5 and tokens.gap(end) in NARROW_SPACES and _is_group(tokens, end):
            end += 1
    if tokens.is_numeral(end) and tokens.gap(end) in NARROW_SPACES and end > i + 1:
        end = i + 1  # a row of numbers, not one number
    return plain_value("".join(tokens.words[i:end])), end


def _parted(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
    """As in "1'200.50", and "1.200,50" where points part the thousands and a comma the hundredths."""
    word, end = tokens.words[i], i + 1
    if tokens.word(end) == "," and tokens.glued(end) and tokens.glued(end + 1) and _pointed(word):
        hundredths = tokens.word(end + 1)
        if len(hundredths) == 2 and hundredths.isdecimal():
            return Decimal(word.replace(".", "") + "." + hundredths), end + 2
    digits = word
    while (
        end < i + LONGEST
        and len(word) <= 3
        and tokens.word(end) in ("'", "’")
        and tokens.glued(end)
        and tokens.glued(end + 1)
    ):
        group = tokens.word(end + 1)
        if len(group.partition(".")[0]) != 3 or not group.replace(".", "").isdecimal() or "." in digits:
            break
        digits, end = digits + group, end + 2
    value = plain_value(digits) if end > i + 1 else None
    return (value, end) if value is not None else None


def _pointed(word: str) -> bool:
    """True for "1.200" and "12.345.678"."""
    first, *groups = word.split(".")
    return 0 < len(first) <= 3 and bool(groups) and all(len(group) == 3 for group in groups)


def _is_group(tokens: Tokens, i: int) -> bool:
    return len(tokens.words[i]) == 3 and tokens.words[i].isdecimal() and not tokens.glued(i)


def _slashed(tokens: Tokens, i: int) -> Number | None:
    """A fraction such as 1/2 or 3/4; dates and codes with a slash are told apart by `exclusions`."""
    if tokens.word(i + 1) not in ("/", "⁄") or not (tokens.glued(i + 1) and tokens.glued(i + 2)):
        return None
    over, under = plain_value(tokens.words[i]), plain_value(tokens.word(i + 2)) if tokens.is_numeral(i + 2) else None
    if over is None or not under or over >= under:
        return None
    value = _ratio(over, under)
    return Number(i, i + 3, value, value, share=True)


def _scaled(tokens: Tokens, value: Decimal, *, end: int) -> tuple[Decimal, int]:
    """The value times the magnitudes named after it: "1.2 million", "30k", "2 hundred thousand"."""
    suffix = tokens.word(end)
    if suffix in SUFFIXES and _is_magnitude(tokens, end):
        return EXACT.multiply(value, SUFFIXES[suffix]), end + 1
    for _ in range(3):
        at = end + 1 if tokens.word(end) in HYPHENS and tokens.glued(end) and tokens.glued(end + 1) else end
        scale = tokens.word(at)
        if scale not in SCALES or scale == "score":
            break
        value, end = EXACT.multiply(value, SCALES[scale]), at + 1
    return value, end


def _is_magnitude(tokens: Tokens, i: int) -> bool:
    """True where the letters after a numeral say how many; "m" and "b" say it of money, "m" of what is counted too."""
    suffix = tokens.words[i]
    if not tokens.glued(i):
        return suffix in ("bn", "mn", "mln", "tn")
    if suffix in ("k", "bn", "mn", "mln", "tn"):
        return True
    after = tokens.word(i + 1)
    if money.before(tokens, i - 1) or (after in CURRENCIES and after not in UNITS):
        return True
    return suffix in ("m", "b") and (after in PEOPLE or (after.endswith("s") and len(after) > 4))


# --- words --------------------------------------------------------------------------------------------------------


def _vague(tokens: Tokens, i: int) -> Number | None:
    if tokens.words[i] not in VAGUE_STARTS:
        return None
    for length in range(LONGEST_VAGUE, 0, -1):
        phrase = tuple(tokens.words[i : i + length])
        bounds = VAGUE.get(phrase)
        if bounds and phrase[:2] == ("a", "couple") and tokens.word(i + 2) in COUPLE_CUES | INTRANSITIVE:
            return Number(i, i + 2, SMALL["two"], SMALL["two"])
        if bounds:
            return Number(i, i + len(phrase), *bounds, vague=True)
    return None


def _half(tokens: Tokens, i: int) -> Number | None:
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
        value, after = _scaled(tokens, SIGNS["½"], end=end)
        return Number(i, after, value, value, scaled=True)
    if end > at + 1 and (tokens.word(end) in PERCENT or tokens.word(end) in UNITS):
        return Number(i, end, SIGNS["½"], SIGNS["½"])  # "half a percentage point", "half an hour"
    return Number(i, at + 1, SIGNS["½"], SIGNS["½"], share=True)


def _words(tokens: Tokens, i: int) -> Number | None:
    value, end, scaled = _cardinal(tokens, i)
    if value is None:
        return _article_part(tokens, i)
    value, end = _and_a_half(tokens, value, end=end)
    value, end = _spoken_decimals(tokens, value, end=end)
    if tokens.word(end) in PLURAL_SCALES and tokens.word(i) not in SCALES:
        value = EXACT.multiply(value, PLURAL_SCALES[tokens.words[end]])
        return Number(i, end + 1, value, value, scaled=True)
    if scaled and tokens.word(end) in ("crore", "million", "billion", "trillion"):
        value, end = _scaled(tokens, value, end=end)  # "three lakh crore"
    if not scaled:
        part = _parts(tokens, i, end=end, value=value)
        if part:
            return part
        value, after = _scaled(tokens, value, end=end)
        scaled, end = after > end, after
    number = Number(i, end, value, value, scaled=scaled)
    return _one_in(tokens, number) or number


def _spoken_decimals(tokens: Tokens, value: Decimal, *, end: int) -> tuple[Decimal, int]:
    """As in "one point two five"."""
    digits, at = "", end + 1
    while tokens.word(end) == "point" and len(digits) < LONGEST and SMALL.get(tokens.word(at), Decimal(10)) < 10:
        digits, at = digits + str(SMALL[tokens.words[at]]), at + 1
    return (Decimal(f"{value}.{digits}"), at) if digits and value == value.to_integral_value() else (value, end)


def _cardinal(tokens: Tokens, i: int) -> tuple[Decimal | None, int, bool]:
    """The cardinal in words from token i: its value, the token after it, whether a magnitude stands in it."""
    total, limit, end, scaled = Decimal(0), SCALES["trillion"] * 1000, i, False
    while True:
        at = _joined(tokens, end, started=end > i)
        group, after = _below_thousand(tokens, at)
        scale = tokens.word(after)
        hyphened = scale in HYPHENS and tokens.glued(after) and tokens.glued(after + 1)
        if hyphened:
            scale = tokens.word(after + 1)
        if group is None or group >= limit:
            break
        if scale in SCALES and scale not in ("hundred", "score"):
            if SCALES[scale] >= limit:
                break
            limit, scaled = SCALES[scale], True
            total, end = EXACT.add(total, EXACT.multiply(group, limit)), after + (2 if hyphened else 1)
            continue
        scaled = scaled or group >= 100
        return EXACT.add(total, group), after, scaled
    return (total, end, True) if end > i else (None, i, False)


def _joined(tokens: Tokens, at: int, *, started: bool) -> int:
    """Past the "and" or the hyphen that ties the parts of one cardinal together."""
    if started and (tokens.word(at) == "and" or (tokens.word(at) in HYPHENS and tokens.glued(at))):
        return at + 1
    return at


def _below_thousand(tokens: Tokens, i: int) -> tuple[Decimal | None, int]:
    value, end = _below_hundred(tokens, i)
    if (
        value is None
        and tokens.word(i) in ("a", "an")
        and tokens.word(i + 1) in SCALES
        and tokens.word(i + 1) != "score"
    ):
        value, end = Decimal(1), i + 1
    if value is None and tokens.word(i) in SCALES and tokens.word(i) != "score":
        value, end = Decimal(1), i
    at = end + 1 if tokens.word(end) in HYPHENS and tokens.glued(end) and tokens.glued(end + 1) else end
    if value is None or tokens.word(at) != "hundred":
        return value, end
    value, end = EXACT.multiply(value, SCALES["hundred"]), at + 1
    rest, after = _below_hundred(tokens, end + 1 if tokens.word(end) == "and" else end)
    if rest is None or tokens.word(after) == "hundred":
        return value, end
    return EXACT.add(value, rest), after


def _below_hundred(tokens: Tokens, i: int) -> tuple[Decimal | None, int]:
    word = tokens.word(i)
    if word not in TENS:
        return SMALL.get(word), i + 1
    at = i + 2 if tokens.word(i + 1) in HYPHENS and tokens.glued(i + 1) else i + 1
    one = ONES.get(tokens.word(at))
    return (EXACT.add(TENS[word], one), at + 1) if one else (TENS[word], i + 1)


# --- fractions ----------------------------------------------------------------------------------------------------


def _and_a_half(tokens: Tokens, value: Decimal, *, end: int) -> tuple[Decimal, int]:
    """As in "two and a half", "1 and a quarter"."""
    if (
        tokens.word(end) == "and"
        and tokens.word(end + 1) in ("a", "one")
        and tokens.word(end + 2) in ("half", "quarter")
    ):
        part = SIGNS["½"] if tokens.word(end + 2) == "half" else SIGNS["¼"]
        return EXACT.add(value, part), end + 3
    return value, end


def _parts(tokens: Tokens, i: int, *, end: int, value: Decimal) -> Number | None:
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


def _article_part(tokens: Tokens, i: int) -> Number | None:
    """As in "a third of", "a quarter of a million", "a quarter million"; "a third man" is an ordinal."""
    at = i + 3 if tokens.word(i + 2) in HYPHENS else i + 2
    if tokens.word(i) in ("a", "one") and tokens.word(i + 1) == "quarter" and tokens.word(at) in SCALES:
        value, after = _scaled(tokens, SIGNS["¼"], end=at)
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


def _one_in(tokens: Tokens, number: Number) -> Number | None:
    """As in "one in five", "2 out of 5" as a share; "three in two days" is not one."""
    out = tokens.same(number.end, ("out", "of"))
    if not (out or tokens.word(number.end) == "in") or number.low >= 10:
        return None
    at = number.end + (2 if out else 1)
    under = plain_value(tokens.word(at)) if tokens.is_numeral(at) else _below_hundred(tokens, at)[0]
    after = at + 1 if tokens.is_numeral(at) else _below_hundred(tokens, at)[1]
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


# --- none at all --------------------------------------------------------------------------------------------------

HEARSAY = words("en/not_counted", "hearsay")
UNCOUNTED = words("en/not_counted", "uncounted")
"""Nouns that "no" is said of without counting."""


def nothing(tokens: Tokens, i: int) -> Number | None:
    """The zero that "no", "none" or "nobody" says at token i, None where it counts nothing."""
    if len(tokens.words) == 1 and tokens.words[i] in ("no", "none"):
        return _zero(i, i + 1)
    if tokens.words[i] == "no" and tokens.word(i + 1) == "one":
        return _zero(i, i + 2) if _happened(tokens, i + 2) else None
    if tokens.words[i] == "no":
        return _zero(i, i + 1) if _counts(tokens, i + 1) else None
    return _zero(i, i + 1) if _happened(tokens, i + 1) else None


def _zero(start: int, end: int) -> Number:
    return Number(start, end, Decimal(0), Decimal(0))


def _counts(tokens: Tokens, i: int) -> bool:
    """True where a countable noun is among the next three words, with nothing but adjectives before it."""
    for at in range(i, i + 3):
        word = tokens.word(at)
        if (
            not tokens.is_word(at)
            or word in FIGURE_WORDS
            or word in HEARSAY
            or word in AUXILIARIES
            or word in ("in", "on", "to", "such")
        ):
            return False
        if word in COUNTABLE or word in COUNTABLE_ONE:
            return word not in TIME_UNITS and word not in UNCOUNTED
    return False


def _happened(tokens: Tokens, i: int) -> bool:
    """True where something happened to them: "was killed", "of the passengers survived"."""
    for at in range(i, i + 9):
        word = tokens.word(at)
        if not tokens.is_word(at):
            return False
        if word in FATES or word in ("survived", "harmed"):
            return True
        if word in ("can", "could", "will", "would", "knows", "wants", "said", "has" if at > i else ""):
            return False
    return False
