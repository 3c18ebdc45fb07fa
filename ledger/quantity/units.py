"""The unit that stands at a figure: per cent, money, one word, several, a letter, the signs of feet and inches."""

from __future__ import annotations

from ledger.lexicon import values, words
from ledger.quantity import money
from ledger.quantity.cardinals import Number
from ledger.quantity.conversion import convertible
from ledger.quantity.figure_words import (
    CURRENCIES,
    CURRENCY_SIGNS,
    DIFFERENCES,
    HEAT,
    LETTERED,
    PER,
    PERCENT,
    RAISED,
    SPEEDS,
    TIED,
    UNIT_PAIRS,
    UNITS,
    WEIGHING,
)
from ledger.quantity.tokenizing import HYPHENS, Tokens


def measured(tokens: Tokens, end: int) -> bool:
    """True where a unit, a per cent or a currency follows."""
    word = tokens.word(end)
    return word in CURRENCIES or word in UNITS or lettered(tokens, end) or percent_end(tokens, end) > end


def lettered(tokens: Tokens, i: int) -> bool:
    """True for the letter of a temperature, as in "it was 38C, the hottest day", the inches of "6ft 2in", in "4st 6lb"."""
    if tokens.word(i) == "st":
        return _stone(tokens, i)
    if _timed(tokens, i):
        return True
    if tokens.word(i) in TIED:
        return tokens.glued(i)
    if tokens.word(i) not in LETTERED or not (tokens.glued(i) and tokens.raw(i).isupper()):
        return False
    return tokens.word(_past_hedges(tokens, i - 2)) in REACHING or any(
        tokens.word(k) in HEAT for k in range(i - FAR, i + FAR)
    )


def _stone(tokens: Tokens, i: int) -> bool:
    """True for the letters of "4st", "11st 6lb", and no ordinal: "21st"."""
    first = tokens.word(i - 1).endswith("1") and not tokens.word(i - 1).endswith("11")
    pounds = tokens.is_numeral(i + 1) and UNITS.get(tokens.word(i + 2)) == "pounds"
    return tokens.glued(i) and tokens.is_numeral(i - 1) and (pounds or not first)


def _timed(tokens: Tokens, i: int) -> str | None:
    """The unit of a letter of "1h 20m" and "2h 4m 37s": m and s behind hours are no metres and no plural."""
    chain = [tokens.word(k) for k in (i - 4, i - 2, i, i + 2) if k == i or _on_numeral(tokens, k)]
    word = tokens.word(i)
    if word not in LETTERS_OF_TIME or not _on_numeral(tokens, i):
        return None
    hours = "h" in chain[: chain.index(word) + 1]
    return LETTERS_OF_TIME[word] if hours and len(chain) > 1 else None


def _on_numeral(tokens: Tokens, i: int) -> bool:
    return tokens.glued(i) and tokens.is_numeral(i - 1)


LETTERS_OF_TIME = {"h": "hours", "m": "minutes", "s": "seconds"}


def _past_hedges(tokens: Tokens, i: int) -> int:
    """Back over what makes a bound of a figure, and its sign: "reached | nearly 41C"."""
    while tokens.word(i) in BOUNDING or tokens.word(i) in MINUSES:
        i -= 1
    return i


STONES = ("st", "stone")
NATIONAL = values("en/units", "national")
BOUNDING = words("en/hedges", "bounding") | {"a", "an", "minus", "at", "more", "less", "just", "well"}
REACHING = words("en/units", "reaching")
MINUSES = ("-", "−", "–")


FAR = 12


def percent_end(tokens: Tokens, i: int) -> int:
    """The token behind "percent", "per cent", "-percent", "percentage points"; the same token where none of them stands."""
    at = tokens.past_hyphen(i)
    if tokens.word(at) in PERCENT:
        return at + 1 + (tokens.word(at) == "percentage" and tokens.word(at + 1) in ("point", "points"))
    return at + 2 if tokens.same(at, ("per", "cent")) else i


def percent(tokens: Tokens, i: int) -> str | None:
    """`percent` or `percentage points`, where one of them stands at token i."""
    last = percent_end(tokens, i)
    if last == i:
        return None
    return "percentage points" if tokens.word(last - 1) in ("point", "points") else "percent"


def compound(tokens: Tokens, i: int) -> str | None:
    """A unit of several words at token i: "square km", "km/h", "degrees Celsius", the C of "38C"."""
    height = _height(tokens, i)
    if height:
        return height
    i += tokens.word(i) in HYPHENS
    word, then = tokens.word(i), tokens.word(i + 1)
    if word in ("below", "above") and then == "zero":
        return LETTERED.get(tokens.word(i + 2)[:1]) if tokens.word(i + 2) in DEGREES_OF else None
    if word in RAISED:
        unit = UNITS.get(tokens.word(i + 2) if then == "." or then in HYPHENS else then)
        return f"{RAISED[word]} {unit}" if convertible(unit, "m") or unit == "m" else None
    if lettered(tokens, i):
        return _timed(tokens, i) or LETTERED.get(word) or TIED[word]
    unit = UNITS.get(word)
    if then in PER and unit:
        return SPEEDS.get((unit, tokens.word(i + 2)))
    return UNIT_PAIRS.get((word, tokens.word(i + 2) if then in HYPHENS else then))


def _height(tokens: Tokens, i: int) -> str | None:
    """The unit of either numeral where six feet three is written with signs; token i is the sign behind it."""
    at = i if tokens.word(i) in FEET else i - 2
    tied = tokens.glued(at) and tokens.glued(at + 1) and tokens.glued(at + 2)
    if not (tied and tokens.word(at) in FEET and tokens.is_numeral(at + 1) and tokens.word(at + 2) in INCHES):
        return None
    return "feet" if i == at else "inches"


DEGREES_OF = frozenset({"c", "f", "celsius", "centigrade", "fahrenheit"})
FEET, INCHES = ("'", "’", "′"), ('"', "”", "″")


def is_difference(tokens: Tokens, first: int, *, after: int) -> bool:
    """As in "warmed by 2C", "a rise of 2C", "2C warmer"."""
    before = tokens.word(first - 1)
    if before == "by" or (before == "of" and tokens.word(first - 2) in DIFFERENCES):
        return True
    ends = [tokens.word(i) for i in range(after, after + 3)]
    off = any(word in ("above", "below") for word in ends) and not any(word in ("zero", "freezing") for word in ends)
    return off or any(word in DIFFERENCES for word in ends)


MORE_THAN_PEOPLE = 10**9
"""From here on a number before "won" is money: nobody tells of so many people that they won."""


def currency(tokens: Tokens, number: Number) -> str | None:
    """The money a figure is in, from the sign before it or the word after it."""
    for i in range(number.start, number.end + 1):
        before = money.before(tokens, i)
        if before and before[0] >= number.start - 2:
            return before[1]
    end = number.end + (number.vague and tokens.word(number.end) == "of")
    end += tokens.word(end) in HYPHENS and tokens.glued(end)
    after, then = tokens.word(end), tokens.word(end + 1)
    if after in ("pound", "pounds") and (
        then == "of"
        or _weighing(tokens, number.start)
        or _ounces(tokens, end + 1)
        or tokens.word(number.start - 1) in STONES
    ):
        return "pounds"
    if after in CURRENCIES:
        return CURRENCIES[after]
    if after in CURRENCY_SIGNS and not tokens.is_numeral(end + 1):
        return CURRENCY_SIGNS[after]  # "40€"
    if after == "won" and number.scaled and number.low is not None and number.low >= MORE_THAN_PEOPLE:
        return "KRW"  # "2.4 billion won", not "two million won in the lottery"
    if (national := NATIONAL.get(f"{after} {then}")) and tokens.is_capitalised(end):
        return national  # "80 million Norwegian kroner"
    # "5 million US dollars", "300 Syrian pounds": the country is part of the name
    if then in ("dollars", "euros", "pounds", "rupees", "lira", "roubles", "rubles") and tokens.is_capitalised(end):
        return CURRENCIES[then] if after in ("us", "british") else f"{tokens.raw(end)} {then}"
    return None


def _ounces(tokens: Tokens, i: int) -> bool:
    """True behind the pounds of "3 pounds and 2 ounces", "6 pounds 4 ounces"."""
    return "ounces" in (UNITS.get(tokens.word(i + 1)), UNITS.get(tokens.word(i + 2)))


def _weighing(tokens: Tokens, start: int) -> bool:
    return any(tokens.word(i) in WEIGHING for i in range(start - 6, start + 8))
