"""Whole numbers and decimals as numerals and words write them, with the magnitudes named after them."""

from __future__ import annotations

from decimal import Context, Decimal

from msgspec import Struct

from ledger.lexicon import words
from ledger.quantity import money
from ledger.quantity.figure_words import (
    CURRENCIES,
    MONTHS,
    ONES,
    PEOPLE,
    SCALES,
    SIGNS,
    SMALL,
    SUFFIXES,
    TENS,
    UNITS,
)
from ledger.quantity.tokenizing import HYPHENS, Tokens

EXACT = Context(prec=60)
LONGEST = 15
"""Digits of a whole number beyond which it is an identifier, not a count."""

NARROW_SPACES = (" ", "\u00a0", "\u2009", "\u202f")
NUMBERED = words("en/not_counted", "labels") | MONTHS
"""Words that take the number behind them: "May 3 400 people died"."""


class Number(Struct):
    """Tokens start..end, half-open, read as low to high."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    vague: bool = False
    share: bool = False
    """A part of a whole: "two-thirds", "one in five"."""
    times: bool = False
    """How many times as much: "tenfold"."""
    scaled: bool = False
    """A magnitude was named: a range may lend it to its first figure ("1.2 to 1.5 million")."""
    unit: str | None = None
    """The unit that stands inside it: "an hour and a half"."""


def plain_value(word: str) -> Decimal | None:
    """What a numeral says, None where it is a version, an identifier or has a leading zero."""
    whole, _, part = word.partition(".")
    digits = whole.replace(",", "")
    if "." in part or len(digits) > LONGEST or len(part) > LONGEST:
        return None
    if len(digits) > 1 and digits[0] == "0":
        return None
    return Decimal(digits + ("." + part if part else ""))


# --- numerals -----------------------------------------------------------------------------------------------------


def spaced(tokens: Tokens, i: int) -> tuple[Decimal | None, int]:
    """The numeral at i with the groups of three that spaces part from it: "1 234 567"."""
    word, end = tokens.words[i], i + 1
    named = tokens.is_capitalised(i - 1) and tokens.word(i - 1) in NUMBERED
    if len(word) <= 3 and word.isdecimal() and word[0] != "0" and not (named or tokens.is_numeral(i - 1)):
        while end < i + 5 and tokens.gap(end) in NARROW_SPACES and _is_group(tokens, end):
            end += 1
    if tokens.is_numeral(end) and tokens.gap(end) in NARROW_SPACES and end > i + 1:
        end = i + 1  # a row of numbers, not one number
    return plain_value("".join(tokens.words[i:end])), end


def parted(tokens: Tokens, i: int) -> tuple[Decimal, int] | None:
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


def scaled(tokens: Tokens, value: Decimal, *, end: int) -> tuple[Decimal, int]:
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
        return suffix in ("bn", "mn", "mln", "tn", "mil")
    if suffix in ("k", "bn", "mn", "mln", "tn", "mil"):
        return True
    after, first = tokens.word(i + 1), i - 1
    while tokens.word(first - 1) in ("'", "’") and tokens.glued(first):
        first -= 2  # "1'200m"
    if money.before(tokens, first) or (after in CURRENCIES and after not in UNITS):
        return True
    return suffix in ("m", "b") and (after in PEOPLE or (after.endswith("s") and len(after) > 4))


# --- words --------------------------------------------------------------------------------------------------------


def cardinal(tokens: Tokens, i: int) -> tuple[Decimal | None, int, bool]:
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
    value, end = below_hundred(tokens, i)
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
    rest, after = below_hundred(tokens, end + 1 if tokens.word(end) == "and" else end)
    if rest is None or tokens.word(after) == "hundred":
        return value, end
    return EXACT.add(value, rest), after


def below_hundred(tokens: Tokens, i: int) -> tuple[Decimal | None, int]:
    word = tokens.word(i)
    if word not in TENS:
        return SMALL.get(word), i + 1
    at = i + 2 if tokens.word(i + 1) in HYPHENS and tokens.glued(i + 1) else i + 1
    one = ONES.get(tokens.word(at))
    return (EXACT.add(TENS[word], one), at + 1) if one else (TENS[word], i + 1)


def spoken_decimals(tokens: Tokens, value: Decimal, *, end: int) -> tuple[Decimal, int]:
    """As in "one point two five"."""
    digits, at = "", end + 1
    while tokens.word(end) == "point" and len(digits) < LONGEST and SMALL.get(tokens.word(at), Decimal(10)) < 10:
        digits, at = digits + str(SMALL[tokens.words[at]]), at + 1
    return (Decimal(f"{value}.{digits}"), at) if digits and value == value.to_integral_value() else (value, end)


def and_a_half(tokens: Tokens, value: Decimal, *, end: int) -> tuple[Decimal, int]:
    """As in "two and a half", "1 and a quarter", "four-and-a-half", "a million and a half"."""
    at = end
    read: tuple[str, ...] = ()
    while len(read) < LONGEST_HALF and (tokens.is_word(at) or (tokens.word(at) in HYPHENS and tokens.glued(at))):
        if tokens.is_word(at):
            read += (tokens.words[at],)
        at += 1
    part = HALVES.get(read)
    if part is None:
        return value, end
    scale = SCALES.get(tokens.word(end - 1), Decimal(1))
    return EXACT.add(value, EXACT.multiply(part, scale)), at


HALVES: dict[tuple[str, ...], Decimal] = {
    ("and", one, part): SIGNS[sign] for one in ("a", "one") for part, sign in (("half", "½"), ("quarter", "¼"))
}
LONGEST_HALF = 3


def around_unit(tokens: Tokens, i: int) -> Number | None:
    """As in "an hour and a half", "2 miles and a quarter"."""
    word, unit = tokens.words[i], UNITS.get(tokens.word(i + 1))
    if unit is None or tokens.word(i + 2) != "and":
        return None
    whole = Decimal(1) if word in ("a", "an") else plain_value(word) if word[0].isdecimal() else SMALL.get(word)
    value, end = and_a_half(tokens, whole or Decimal(0), end=i + 2)
    return Number(i, end, value, value, unit=unit) if whole and end > i + 2 else None
