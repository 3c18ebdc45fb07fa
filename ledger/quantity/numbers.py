"""One number at one place: digits, words, parts and multiples, vague plurals, and none at all."""

from __future__ import annotations

from decimal import Decimal

from ledger.lexicon import words
from ledger.quantity import shares
from ledger.quantity.cardinals import (
    EXACT,
    Number,
    and_a_half,
    around_unit,
    cardinal,
    parted,
    scaled,
    spaced,
    spoken_decimals,
)
from ledger.quantity.figure_words import (
    AUXILIARIES,
    COUNTABLE,
    COUNTABLE_ONE,
    DETERMINERS,
    FATES,
    FIGURE_WORDS,
    GROUPS,
    INTRANSITIVE,
    MULTIPLES,
    PARTS,
    PASSIVES,
    PEOPLE,
    PERCENT,
    PLURAL_SCALES,
    SCALES,
    SIGNS,
    SMALL,
    TIME_UNITS,
    UNITS,
    VAGUE,
)
from ledger.quantity.tokenizing import Tokens
from ledger.records import replace

VAGUE_STARTS = frozenset(phrase[0] for phrase in VAGUE)
LONGEST_VAGUE = max(len(phrase) for phrase in VAGUE)
THOUSAND = 1000
MINUSES = ("-", "−", "–")
DEGREE_WORDS = ("°", "degree", "degrees")
COUPLE_CUES = words("en/numbers", "couple_cues")
STARTERS = (FIGURE_WORDS - {"score"}) | frozenset(SIGNS) | frozenset(MULTIPLES)
"""The words at which a number may begin; every other is passed over at once."""
BEHIND_ARTICLES = (
    frozenset(phrase[1] for phrase in VAGUE if len(phrase) > 1)
    | SCALES.keys()
    | PARTS.keys()
    | UNITS.keys()
    | GROUPS.keys()
    | {"full", "whole", "percentage"}
)
"""The words with which an article may be a number: "a third", "a dozen", "an hour"."""


def may_begin(tokens: Tokens, i: int) -> bool:
    """False where it is plain at the first word that no number begins at token i."""
    word = tokens.words[i]
    if word in ("a", "an"):
        return tokens.word(i + 1) in BEHIND_ARTICLES
    return word in STARTERS or word[0].isdecimal()


def read(tokens: Tokens, i: int) -> Number | None:
    """The number that begins at token i, None where none does."""
    word = tokens.words[i]
    if word[0].isdecimal():
        number = shares.of_digits(tokens, i) or around_unit(tokens, i) or _digits(tokens, i)
    elif word in STARTERS:
        number = _in_words(tokens, i)
    else:
        return None
    return shares.fold(tokens, number) or number if number else None


def _in_words(tokens: Tokens, i: int) -> Number | None:
    word = tokens.words[i]
    if word in SIGNS:
        return Number(i, i + 1, SIGNS[word], SIGNS[word], share=True)
    return (
        shares.multiple(tokens, i)
        or _group(tokens, i)
        or shares.of_digits(tokens, i)
        or around_unit(tokens, i)
        or _vague(tokens, i)
        or shares.half(tokens, i)
        or _words(tokens, i)
    )


def signed(tokens: Tokens, number: Number) -> Number:
    """The number with its sign: "minus 5", "< -30", "-12C", "5 degrees below zero"; "plus or minus 3" has none."""
    if below_zero(tokens, number.end):
        return replace(number, low=-number.high, high=-number.low)
    sign, before = tokens.word(number.start - 1), tokens.word(number.start - 2)
    if not (sign in ("minus", "negative") and before != "or") and not _dashed(tokens, number):
        return number
    return replace(number, start=number.start - 1, low=-number.high, high=-number.low)


def below_zero(tokens: Tokens, i: int) -> bool:
    """True where a temperature ends at token i that is counted down from zero: "degrees Celsius below zero"."""
    end = i
    while end < i + 3 and tokens.word(end) in BY_DEGREES:
        end += 1
    return tokens.same(end, ("below", "zero")) and (end > i or tokens.word(end + 2) not in COUNTABLE)


BY_DEGREES = (*DEGREE_WORDS, "celsius", "fahrenheit", "c", "f")


def _dashed(tokens: Tokens, number: Number) -> bool:
    """True where a dash before the numeral is a minus: behind "<", or free before it and heat, a share or nothing behind."""
    at = number.start - 1
    if tokens.word(at) not in MINUSES or not tokens.glued(number.start) or not tokens.is_numeral(number.start):
        return False
    before, after = tokens.word(at - 1), tokens.word(number.end)
    if before[:1] in ("<", ">", "="):
        return True
    free = not tokens.is_numeral(at - 1) and not (tokens.glued(at) and tokens.is_word(at - 1))
    heat = tokens.raw(number.end) in ("C", "F") and tokens.glued(number.end)
    alone = after in ("", ".", ",", ")") and tokens.is_word(at - 1)
    return free and (heat or alone or after in DEGREE_WORDS or after in PERCENT)


def _digits(tokens: Tokens, i: int) -> Number | None:
    value, end = spaced(tokens, i)
    if value is None:
        return None
    value, end = parted(tokens, i) or (value, end)
    fraction = shares.slashed(tokens, i)
    if fraction:
        return fraction
    sign = tokens.word(end)
    if sign in SIGNS:
        value, end = EXACT.add(value, SIGNS[sign]), end + 1
    rest = shares.slashed(tokens, end) if tokens.is_numeral(end) and value < THOUSAND else None
    if rest:
        value, end = EXACT.add(value, rest.low), rest.end  # "2 1/2"
    value, end = and_a_half(tokens, value, end=end)
    part = shares.parts(tokens, i, end=end, value=value)
    if part:
        return part
    value, after = scaled(tokens, value, end=end)
    number = Number(i, after, value, value, scaled=after > end)
    return shares.one_in(tokens, number) or number


def _words(tokens: Tokens, i: int) -> Number | None:
    value, end, large = cardinal(tokens, i)
    if value is None:
        return shares.article_part(tokens, i) or shares.one_unit(tokens, i)
    value, end = and_a_half(tokens, value, end=end)
    value, end = spoken_decimals(tokens, value, end=end)
    if tokens.word(end) in PLURAL_SCALES and tokens.word(i) not in SCALES:
        value = EXACT.multiply(value, PLURAL_SCALES[tokens.words[end]])
        return Number(i, end + 1, value, value, scaled=True)
    if large and tokens.word(end) in ("crore", "million", "billion", "trillion"):
        value, end = scaled(tokens, value, end=end)  # "three lakh crore"
    if not large:
        part = shares.parts(tokens, i, end=end, value=value)
        if part:
            return part
        value, after = scaled(tokens, value, end=end)
        large, end = after > end, after
    number = Number(i, end, value, value, scaled=large)
    return shares.one_in(tokens, number) or number


def _group(tokens: Tokens, i: int) -> Number | None:
    """As in "a pair of climbers", "a trio of Czech skiers"; a pair of shoes is a pair."""
    value = GROUPS.get(tokens.word(i + 1)) if tokens.words[i] == "a" and tokens.word(i + 2) == "of" else None
    people = any(tokens.word(k) in PEOPLE for k in range(i + 3, i + 6))
    return Number(i, i + 3, value, value) if value and people else None


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
        return _zero(i, i + 1) if _counts(tokens, i + 1) or _sought(tokens, i) else None
    if tokens.words[i] == "not":
        at = i + 1 + 2 * tokens.same(i + 1, ("a", "single"))
        after = at + (tokens.word(at) == "one")
        one = after > i + 1 and tokens.word(after) not in ("but", "or", "and", "to", "that", "who")
        told = one and (_counts(tokens, after) or _happened(tokens, after) or _of_them(tokens, after))
        return _zero(i, after) if told else None
    nearly = tokens.word(i - 1) in NEARLY
    return _zero(i, i + 1) if not nearly and (_happened(tokens, i + 1) or _of_them(tokens, i + 1)) else None


def _of_them(tokens: Tokens, i: int) -> bool:
    return _of_so_many(tokens, i) or _of_a_group(tokens, i)


def _of_a_group(tokens: Tokens, i: int) -> bool:
    """True where it is told what none of a group did or bore: "not one | of the crew was charged"."""
    if tokens.word(i) != "of" or tokens.word(i + 1) not in DETERMINERS:
        return False
    noun = next((k for k in range(i + 2, i + 5) if tokens.word(k) in COUNTABLE), None)
    if noun is None or tokens.word(noun + 1) not in PASSIVES | HAVE:
        return False
    return OPEN.isdisjoint(tokens.words[noun + 1 : noun + 5])


def _of_so_many(tokens: Tokens, i: int) -> bool:
    """True where a whole with its number is told: "not one | of the 84 samples contained lead"; not of what may yet come."""
    at = i + 1 + (tokens.word(i + 1) in DETERMINERS)
    numbered = tokens.is_numeral(at) or tokens.word(at) in SMALL or tokens.word(at) in SCALES
    if tokens.word(i) != "of" or not numbered:
        return False
    return OPEN.isdisjoint(tokens.words[at + 1 : at + 6])


HAVE = words("en/grammar", "have")
OPEN = words("en/grammar", "modal") | words("en/not_counted", "undecided")
NEARLY = words("en/not_counted", "nearly")


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


def _sought(tokens: Tokens, i: int) -> bool:
    """True for what was looked for: "turned up | no drugs"; not for "found no signs of life"."""
    verb = tokens.word(i - 2) if tokens.word(i - 1) == "up" else tokens.word(i - 1)
    if verb not in FINDING:
        return False
    noun = next((k for k in range(i + 1, i + 4) if tokens.word(k).endswith("s") and len(tokens.word(k)) > 3), None)
    described = noun is not None and all(
        tokens.is_word(k) and tokens.words[k] not in HEARSAY for k in range(i + 1, noun)
    )
    return (
        described and tokens.words[noun or 0] not in UNCOUNTED | HEARSAY and not tokens.word(noun or 0).endswith("ss")
    )


FINDING = words("en/not_counted", "finding")
GAPPED = ("and", "but", ",", "with", "though")


def _happened(tokens: Tokens, i: int) -> bool:
    """True where something happened to them: "was killed", "of the passengers survived", "12 were ill and none | injured"."""
    if tokens.word(i - 2) in GAPPED and tokens.word(i) in FATES:
        return True
    for at in range(i, i + 9):
        word = tokens.word(at)
        if tokens.is_numeral(at) and at < i + 3 and "of" in tokens.words[i:at]:
            continue  # "none of the 48 was hurt"
        if not tokens.is_word(at):
            return False
        if word in FATES or word in ("survived", "harmed"):
            return word in INTRANSITIVE or word == "survived" or bool(PASSIVES & set(tokens.words[i:at]))
        if word in ("can", "could", "will", "would", "knows", "wants", "said", "has" if at > i else ""):
            return False
    return False
