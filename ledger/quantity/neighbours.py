"""Figures beside one another: two bounds, a part of a whole, the same in another unit, one denied for the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct

from ledger.lexicon import phrases, words
from ledger.quantity.cardinals import Number
from ledger.quantity.conversion import convertible, scales
from ledger.quantity.counted import Counted, counted
from ledger.quantity.fate_phrases import got_out, told_since
from ledger.quantity.fates import brought_up, later_verb, measure
from ledger.quantity.figure_words import (
    AFTER,
    CHANGES,
    CURRENCIES,
    CURRENCY_SIGNS,
    DEGREES,
    DETACHED,
    DETERMINERS,
    FATES,
    FIGURE_WORDS,
    PARTS,
    PERHAPS,
    SCALES,
    TIME_UNITS,
    UNITS,
    WEIGHTS,
)
from ledger.quantity.intervals import Bounds, bounds_of
from ledger.quantity.tokenizing import SENTENCE_END, Tokens
from ledger.records import DENIED, replace
from ledger.vocabulary import Modifier


class Figure(Struct):
    """A figure as read, before it becomes a record; tokens first..last, half-open, are its words."""

    first: int
    last: int
    bounds: Bounds
    modifier: Modifier
    approximate: bool
    vague: bool
    counted: Counted
    why: str | None = None
    """Why a person has to look at it; None where it is sure."""


# --- two bounds in a row ------------------------------------------------------------------------------------------

LINKS = (("and",), ("but",), (",",), (",", "and"), (",", "but"))


def joined(tokens: Tokens, figures: list[Figure]) -> list[Figure]:
    """A floor and a ceiling side by side are one interval: "more than 20 and fewer than 30"."""
    found: list[Figure] = []
    for figure in figures:
        two = _between(tokens, found[-1], two=figure) if found else None
        if two:
            found[-1] = two
        else:
            found.append(figure)
    return found


def _between(tokens: Tokens, one: Figure, *, two: Figure) -> Figure | None:
    end = max(one.last, one.counted.phrase.end if one.counted.phrase else 0)
    if tuple(tokens.words[end : two.first]) not in LINKS and tuple(tokens.words[one.last : two.first]) not in LINKS:
        return None
    floor, ceiling = (one, two) if one.bounds[0] is not None else (two, one)
    low, high = floor.bounds[0], ceiling.bounds[1]
    if floor.bounds[1] is not None or ceiling.bounds[0] is not None or low is None or high is None or low >= high:
        return None
    bounds = (low, high, floor.bounds[2], ceiling.bounds[3])
    approximate = one.approximate or two.approximate
    return Figure(one.first, two.last, bounds, Modifier.BETWEEN, approximate, one.vague or two.vague, _fuller(one, two))


def share_fates(tokens: Tokens, figures: list[Figure]) -> None:
    """What happened to the whole happened to the part: "killing 40 people, including dozens of children"."""
    for whole, part in pairwise(figures):
        same_sentence = part.first - whole.last < 12 and not SENTENCE_END & set(tokens.words[whole.last : part.first])
        unsaid = part.counted.measure is None and part.counted.unit == "people"
        if unsaid and same_sentence and tokens.word(part.first - 1) in PARTITIVES:
            part.counted.measure = whole.counted.measure


PASSING = words("en/fates", "passing")
PARTITIVES = ("including", "include", "included", "which", "them", "whom")


def lend_wholes(tokens: Tokens, figures: list[Figure]) -> None:
    """What is a part "of them" is what the figure before it counts: "30 hostages, 12 of them minors"."""
    for part, whole in pairwise(figures):
        between = tokens.words[part.last : whole.first]
        between = between[1:] if between[:2] == ["out", "of"] else between  # "nineteen out of 20 samples"
        owned = between[:1] == ["of"] and len(between) < OWNER and between[-1].endswith(("'s", "’s", "s'", "s’"))
        if (between in WHOLE_OF or owned) and part.counted.phrase is None:
            _lend(tokens, part, whole.counted)
    for whole, part in pairwise(figures):
        if part.counted.unit == "people" and _of_them(tokens, part) and _no_people(whole.counted):
            part.counted.unit = part.counted.measure = None  # "12 cows fell into a pit, and one of them drowned"
        if _other_things(tokens, whole, part):
            part.counted.unit, part.counted.measure = whole.counted.unit, None  # "17 samples; the other two were lost"
        parted = SENTENCE_END & set(tokens.words[whole.last : part.first])
        if part.counted.unit == whole.counted.unit == "people" and _of_them(tokens, part) and not parted:
            _share_fate(tokens, whole, part)  # "three of those children"
        if part.counted.unit is not None or parted:
            continue
        if tokens.same(part.first - 2, ("the", "other")):
            part.counted.unit = whole.counted.unit  # "two of the nine drowned; the other seven swam"
            continue
        if tokens.word(part.last) == "fatally" and whole.counted.unit == "people":
            part.counted.unit, part.counted.measure = "people", "killed"  # "shot four guards, one fatally"
            continue
        if _of_them(tokens, part) or _how_badly(tokens, part):
            part.counted.unit = whole.counted.unit
            _share_fate(tokens, whole, part)
            continue
        of = whole.first - 1 - (tokens.word(whole.first - 1) == "the")
        if tokens.word(of) == "of" and tokens.opens_sentence(of):
            part.counted.unit = whole.counted.unit  # "Of 60 houses, 22 were burnt"


def _other_things(tokens: Tokens, whole: Figure, part: Figure) -> bool:
    """True for "the other two" that are taken for people by their fate alone, behind so many things."""
    assumed = part.counted.unit == "people" and part.counted.phrase is None
    things = whole.counted.unit not in (None, "people", *UNITS.values(), *CURRENCIES.values())
    return assumed and things and tokens.same(part.first - 2, ("the", "other"))


def _no_people(whole: Counted) -> bool:
    """True for things and animals, not for a length or a time."""
    return whole.phrase is not None and whole.unit not in (None, "people", *UNITS.values(), *CURRENCIES.values())


OWNER = 6
"""Words of "of the old bridge's 62 cables" before the figure."""
WHOLE_OF = [["of"], *(["of", word] for word in sorted(DETERMINERS))]


def _lend(tokens: Tokens, part: Figure, whole: Counted) -> None:
    """In "three of the 12 miners died" the three are miners, and they died."""
    mine = part.counted
    assumed = mine.unit == "people" and whole.unit is not None  # since they died: "two of the 12 goats died"
    if not assumed and mine.unit not in (None, whole.unit):
        return
    if mine.unit != whole.unit:
        mine.measure = None
    mine.phrase, mine.unit = whole.phrase, whole.unit
    if mine.measure is None and whole.phrase:
        head = tokens.words[whole.phrase.end - 1]
        mine.measure = _fate_of_part(tokens, head, mine.unit, (part.first, whole.phrase.end))


def _fate_of_part(tokens: Tokens, head: str, unit: str | None, span: tuple[int, int]) -> str | None:
    """What befell a part: what is told last, and nothing where that is not known: "of the 40 trapped were | brought home"."""
    if (verb := later_verb(tokens, span[1])) is None:
        return measure(tokens, head, unit=unit, span=span)
    return brought_up(tokens, (span[0], verb)) or measure(tokens, head, unit=unit, span=(span[0], verb))


def _of_them(tokens: Tokens, part: Figure) -> bool:
    after = tokens.words[part.last : part.last + 2]
    which = tokens.same(part.first - 2, ("of", "which")) or tokens.same(part.first - 2, ("of", "whom"))
    return which or after in (["of", "them"], ["of", "those"], ["of", "whom"], ["of", "which"])


def _share_fate(tokens: Tokens, whole: Figure, part: Figure) -> None:
    """What befell the whole befell the part, unless it is told what has become of it: "five of whom have since gone home"."""
    mine = part.counted
    if tokens.same(part.last, ("of", "those")) and tokens.word(part.last + 2) in THERE:
        return  # "21 of those on the ferry", and not of those who were named last
    passing = whole.counted.measure in PASSING and mine.measure in (None, whole.counted.measure)
    after = next((k + 1 for k in range(part.last, part.last + 2) if tokens.word(k) in PARTITIVES), part.last)
    if passing and told_since(tokens, after):
        mine.measure = "freed" if got_out(tokens, after) else None
    else:
        mine.measure = mine.measure or whole.counted.measure


THERE = frozenset({"aboard", "at", "inside", "on"})


def _how_badly(tokens: Tokens, part: Figure) -> bool:
    """As in "injured 16, four critically"."""
    return tokens.word(part.last) in DEGREES - {"fatally"} and tokens.word(part.last + 1) not in FATES


def _fuller(one: Figure, two: Figure) -> Counted:
    """What both count, from the one that says it; the second may say what happened to them."""
    if two.counted.phrase or not one.counted.phrase:
        return two.counted
    one.counted.measure = one.counted.measure or two.counted.measure
    return one.counted


# --- the same in another unit ---------------------------------------------------------------------------------------

MEASURES = frozenset(UNITS.values())
MONEY = frozenset(CURRENCIES.values()) | frozenset(CURRENCY_SIGNS.values())


def lend_hedges(tokens: Tokens, figures: list[Figure]) -> None:
    """The hedge of a figure holds for the same in another unit: "more than 100 km (60 miles)"."""
    for one, two in pairwise(figures):
        if not _converted(tokens, one, two=two):
            continue
        if one.counted.unit in WEIGHTS and two.counted.unit == "GBP" and "£" not in tokens.words[two.first : two.last]:
            two.counted.unit = "pounds"
        two.approximate = two.approximate or one.approximate
        plain = two.bounds[0] == two.bounds[1] and two.modifier in (Modifier.EXACT, Modifier.ABOUT)
        if plain and one.modifier is not Modifier.BETWEEN:
            two.modifier = two.modifier if one.modifier is Modifier.EXACT else one.modifier
            two.bounds = bounds_of(two.bounds[0], two.bounds[1], two.modifier)


def lend_far(tokens: Tokens, figures: list[Figure]) -> None:
    """The hedge that ends the sentence of a figure: "paid out 60 million last year, if not more"; of two, a person tells."""
    for at in FAR_HEDGES.keys() & set(tokens.words):
        for i in (k for k, word in enumerate(tokens.words) if word == at and tokens.word(k - 1) == ","):
            phrase = next((p for p in FAR_HEDGES[at] if tokens.same(i, p)), None)
            if any(f.first <= i < f.last for f in figures):
                continue
            if phrase is None or tokens.is_word(i + len(phrase)) or tokens.is_numeral(i + len(phrase)):
                continue
            begun = next((k for k in range(i, -1, -1) if tokens.words[k] in SENTENCE_END), -1)
            told = [f for f in figures if begun < f.first and f.last < i and f.counted.unit not in TIMES]
            plain = [f for f in told if f.modifier in (Modifier.EXACT, Modifier.ABOUT) and f.bounds[0] == f.bounds[1]]
            for figure in plain:
                if len(told) > 1:
                    figure.why = "hedge"
                else:
                    figure.modifier = Modifier.AT_LEAST
                    figure.bounds = bounds_of(figure.bounds[0], figure.bounds[0], figure.modifier)


def lend_cautious(tokens: Tokens, figures: list[Figure]) -> None:
    """A "conservative estimate" is the least that may be: "conservative estimates put the dead at 400"."""
    for i in () if "conservative" not in tokens.words else range(tokens.size):
        if tokens.words[i] != "conservative":
            continue
        figure = _estimated(tokens, i, figures)
        if figure and figure.modifier in (Modifier.EXACT, Modifier.ABOUT) and figure.bounds[0] == figure.bounds[1]:
            figure.modifier = Modifier.AT_LEAST
            figure.bounds = bounds_of(figure.bounds[0], figure.bounds[0], figure.modifier)


def _estimated(tokens: Tokens, i: int, figures: list[Figure]) -> Figure | None:
    """The figure of the estimate called conservative at token i: behind it, or before "700, a conservative estimate"."""
    phrase = next((p for p in CAUTIOUS if tokens.same(i, p)), None)
    if phrase is None:
        return None
    aside = tokens.word(i - 1) == "a" and tokens.word(i - 2) in AFTERWARDS and not tokens.is_word(i + len(phrase))
    lo, hi = (i - CAUTIOUS_REACH, i) if aside else (i, i + CAUTIOUS_REACH)
    near = [f for f in figures if lo < f.first < hi]
    found = (near[-1] if aside else near[0]) if near else None
    between = tokens.words[min(i, found.first) : max(i, found.first)] if found else []
    return found if FULL_STOPS.isdisjoint(between) else None


CAUTIOUS = phrases("en/hedges", "cautious")
AFTERWARDS = frozenset({",", "is", "was"})
CAUTIOUS_REACH = 12
"""Words from "conservative" to the figure that is estimated."""


def _far_hedges() -> dict[str, list[tuple[str, ...]]]:
    """What says that it may be more, by its first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(DETACHED, key=len, reverse=True):
        if phrase[-1] == "more" and AFTER[phrase][0] is Modifier.AT_LEAST:
            found.setdefault(phrase[0], []).append(phrase)
    return found


FAR_HEDGES = _far_hedges()
TIMES = frozenset(TIME_UNITS.values())


def lend_units(tokens: Tokens, figures: list[Figure]) -> None:
    """The unit of two figures stands behind the second: "5 and 6 kg"."""
    for one, two in pairwise(figures):
        bare = one.counted.unit is None and one.counted.phrase is None
        measured = two.counted.unit in MEASURES or two.counted.unit == "percent"
        between = tokens.words[one.last : two.first]
        changed = between == ["to"] and tokens.word(one.first - 1) == "from"
        if bare and changed and two.counted.phrase and two.counted.unit not in TIMES:
            one.counted.phrase = two.counted.phrase  # "went from 480 to 530 crates"
        measured = measured or (changed and (two.counted.unit in MONEY or two.counted.phrase is not None))
        if bare and measured and (changed or between == ["and"]):
            one.counted.unit = two.counted.unit
        _lend_changed(tokens, one, two)


def _lend_changed(tokens: Tokens, one: Figure, two: Figure) -> None:
    """The noun of two figures stands behind the first: "shrank from 30 pupils to 22", "to 40 vessels from 70"."""
    mine, its = one.counted, two.counted
    if mine.phrase is None or its.phrase is not None or its.unit is not None or mine.unit in TIMES:
        return
    ends = [tokens.word(one.first - 1), *tokens.words[mine.phrase.end : two.first]]
    if ends in (["from", "to"], ["to", "from"]) and (ends[0] == "from" or tokens.word(one.first - 2) in CHANGES):
        its.unit, its.phrase = mine.unit, mine.phrase


def lend_millions(tokens: Tokens, figures: list[Figure]) -> None:
    """What is no length beside millions: "from 4.1m tonnes to 4.6m", "1.2m voters, up from 0.9m"."""
    for one, two in pairwise(figures):
        metres = two.counted.unit == "m" and tokens.word(two.last - 1) == "m" and tokens.word(two.first - 1) in FROM_TO
        millions = MILLIONS & set(tokens.words[one.first : one.last]) and one.counted.unit != "m"
        if not (metres and millions and two.first - one.last <= COMPARED_REACH):
            continue
        if SENTENCE_END.isdisjoint(tokens.words[one.last : two.first]):
            low, high, *_ = two.bounds
            two.bounds = (low and low * MILLION, high and high * MILLION, two.bounds[2], two.bounds[3])
            two.counted.unit, two.counted.phrase = one.counted.unit, one.counted.phrase


FROM_TO = ("from", "to", "and", "against")
MILLION, MILLIONS = Decimal(1_000_000), frozenset({"m", "mn", "million"})


def lend_compared(tokens: Tokens, figures: list[Figure]) -> None:
    """What a figure counts that another is compared with: "61 million pounds, down from 84 million", "9 nights out of 12"."""
    for one, two in pairwise(figures):
        between = tokens.words[one.last : two.first]
        tail = tuple(between[-2:])
        bare = two.counted.unit is None and two.counted.phrase is None and one.counted.unit is not None
        near = len(between) < (FAR if tail == OUT_OF else COMPARED_REACH) and not SENTENCE_END & set(between)
        peak = tuple(between[-5:-3]) if between[-3:-2] == ["a"] and between[-1:] == ["of"] else ()
        told = tail == OUT_OF or tail in COMPARED or peak in COMPARED  # "down from a peak of 900"
        told = told or (tail == (",", "to") and one.modifier in (Modifier.FEWER_THAN, Modifier.MORE_THAN))
        if bare and near and told and not _more_than_a_share(one, two):
            two.counted.unit, two.counted.phrase = one.counted.unit, one.counted.phrase


def lend_guessed(tokens: Tokens, figures: list[Figure]) -> None:
    """What a figure counts beside which a larger one is held possible: "at least 40 patients, perhaps 50, fell ill"."""
    for one, two in pairwise(figures):
        end = max(one.last, one.counted.phrase.end if one.counted.phrase else 0)
        beside = tokens.words[end : two.first] in ([","], [",", "and"], [",", "or"])
        if not beside or tokens.word(two.first) not in PERHAPS or not (one.bounds[0] or 0) < (two.bounds[1] or 0):
            continue
        if tokens.word(two.last) == "," and two.counted.phrase is None and one.counted.phrase is None:
            guess = Number(two.first, two.last, Decimal(0), Decimal(0))
            two.counted = counted(tokens, guess, first=two.first, noun=two.last + 1)  # "at least 6, maybe 8, horses"
        about, mine = two.counted, one.counted
        if about.unit is None and about.phrase is None:
            about.unit, about.phrase = mine.unit, mine.phrase
        elif mine.unit is None and mine.phrase is None:
            mine.unit, mine.phrase, mine.measure = about.unit, about.phrase, about.measure
        if about.unit == mine.unit:
            span = one.first, two.last + (tokens.word(two.last) == ",")
            mine.measure = mine.measure or about.measure or measure(tokens, "", unit=about.unit, span=span)
            about.measure = about.measure or mine.measure


def lend_put(tokens: Tokens, figures: list[Figure]) -> None:
    """What a figure counts for which another one is put: "dozens were detained, although police put the number at 12"."""
    for one, two in pairwise(figures):
        bare = two.counted.unit is None and two.counted.phrase is None
        put = tokens.word(two.first - 1) in ("at", "to") and tokens.word(two.first - 2) in PUT_COUNTS
        if (
            bare
            and put
            and two.first - one.last < PUT_REACH
            and not FULL_STOPS & set(tokens.words[one.last : two.first])
        ):
            mine, its = two.counted, one.counted
            mine.unit, mine.phrase, mine.measure = its.unit, its.phrase, mine.measure or its.measure


PUT_COUNTS = words("en/stance", "counts") - {"numbers", "figures"}
FULL_STOPS = SENTENCE_END - {";"}
PUT_REACH = 30
"""Words from a figure to the other one that somebody puts it at."""

OUT_OF = ("out", "of")
COMPARED = frozenset(phrases("en/not_counted", "compared"))
COMPARED_REACH = 14
"""Words from a figure to one that it is compared with."""


def _more_than_a_share(one: Figure, two: Figure) -> bool:
    """True where the second figure is too large to be what the first one is: "12 percent, down from 84,000"."""
    return one.counted.unit in ("percent", "share") and (two.bounds[0] or two.bounds[1] or 0) > MOST_PERCENT


MOST_PERCENT = 1000


def _converted(tokens: Tokens, one: Figure, *, two: Figure) -> bool:
    between = tuple(tokens.words[one.last : two.first])
    sign = next((sign for sign in CONVERTED if between[-len(sign) :] == sign), None)
    if sign is None or len(between) > (FAR if "(" in sign else NEARER):
        return False
    mine, its = one.counted.unit, two.counted.unit
    if convertible(mine, its) or (mine in WEIGHTS and its == "GBP"):
        return True
    end = max(one.last, one.counted.phrase.end if one.counted.phrase else 0)
    end += tokens.word(end) in UNITS or tokens.word(end) in CURRENCIES
    if mine == its or mine is None or its is None or tuple(tokens.words[end : two.first]) not in CONVERTED:
        return False
    return its in MONEY if mine not in MEASURES else its in MEASURES


CONVERTED = (("(",), (",", "or"), ("(", "or"), (",", "about"))
FAR = 6
"""Words of a unit and what opens its conversion: "sq. km (about"."""
NEARER = 4
"""The same without a bracket: "square km, or"; not "40 minutes by bus, or two hours on foot"."""


def together(tokens: Tokens, figures: list[Figure]) -> list[Figure]:
    """The figures with those of two units as one in the smaller: "6 feet 2 inches", "3 hours and 20 minutes"."""
    kept: list[Figure] = []
    for figure in figures:
        if kept and (sum_ := _summed(tokens, kept[-1], figure)) is not None:
            first = kept.pop().first
            figure = replace(figure, first=first, bounds=bounds_of(sum_, sum_, figure.modifier))  # noqa: PLW2901
        kept.append(figure)
    return kept


def _summed(tokens: Tokens, one: Figure, two: Figure) -> Decimal | None:
    """What two figures make in the unit of the second, where that divides the unit of the first and fills no whole one."""
    pair = scales(one.counted.unit, two.counted.unit)
    between = [w for w in tokens.words[one.last : two.first] if w not in ("and", ",")]
    plain = all(f.modifier is Modifier.EXACT and f.bounds[0] == f.bounds[1] for f in (one, two))
    if not pair or not plain or len(between) > 1 or (between and between[0] not in UNITS):
        return None
    large, small, rest = pair[0].smallest / pair[1].largest, one.bounds[0], two.bounds[0]
    if pair[0].zero or small is None or rest is None or large != int(large) or not 0 < rest < large:
        return None
    return small * large + rest


# --- one denied for the other ---------------------------------------------------------------------------------------


def undenied(tokens: Tokens, figures: list[Figure]) -> list[Figure]:
    """The figures without those that another is set against: "not 400 but 40", "12, not 40,"."""
    denied: set[int] = set()
    for one, two in pairwise(figures):
        if tokens.word(one.first - 1) == "not" and "but" in tokens.words[one.last : two.first][-1:]:
            denied.add(one.first)
        elif tokens.words[two.first - 2 : two.first] == [",", "not"] and _set_off(tokens, two):
            denied.add(two.first)
            if one.counted.phrase is None and one.counted.unit is None:
                one.counted = two.counted
    return [figure for figure in figures if figure.first not in denied]


def _set_off(tokens: Tokens, figure: Figure) -> bool:
    end = max(figure.last, figure.counted.phrase.end if figure.counted.phrase else 0)
    return not tokens.is_word(figure.last) or not tokens.is_word(end)


def doubt_denied(tokens: Tokens, figures: list[Figure]) -> None:
    """A figure that is denied, "40 boats had not sunk", and a whole of which none did it: "almost none of the 30"."""
    nobody = "nobody" in tokens.words or ("no" in tokens.words and "one" in tokens.words)
    for figure in figures:
        if _turned(tokens, figure) or _part_of_whole(tokens, figure):
            continue
        if nobody and _nobody_puts(tokens, figure.first):
            figure.why = DENIED
        if _denied_after(tokens, figure) or _denied_before(tokens, figure) or _rejected(tokens, figure):
            figure.why = DENIED
        before = tokens.words[max(0, figure.first - 4) : figure.first - 1]
        were = tokens.words[max(0, figure.first - 2) : figure.first]
        if were[-1:] in (["were"], ["are"]) and were[0] in FATED_GROUPS and not tokens.is_word(figure.last):
            figure.why = "hedge"  # "the injured were over 40" may tell their age
        for one in _left_open(tokens, figure, figures):
            one.why = "hedge"
        nearly = before[-2:-1] == ["any"] and before[-3] in NOT_ANY if len(before) > 2 else False
        if _not_any(tokens, figure.first):
            figure.why = "hedge"
        if were[-1:] == ["not"] and tokens.words[figure.first : figure.last] == ["one"]:
            figure.why = DENIED  # "not one guest slept"
        none = before[-2:-1] in (["none"], ["neither"]) or before in (["single", "one", "of"], ["not", "one", "of"])
        none = none and not any(f.last == figure.first - 2 and f.modifier is Modifier.NONE for f in figures)
        if before[-1:] == ["of"] and (none or nearly):
            figure.why = "hedge"


def _left_open(tokens: Tokens, figure: Figure, figures: list[Figure]) -> Iterator[Figure]:
    """The figures that the words before this one make only a part, a whole or a margin of what is counted."""
    behind = figure.first - (tokens.word(figure.first - 1) in DETERMINERS)
    behind -= tokens.word(behind - 1) == "of"
    if tokens.same(behind - 2, ("not", "all")):
        yield figure  # "two wells were poisoned, not all nine"
    if _margin(tokens, figure):
        at = bisect_left(figures, figure.first, key=lambda f: f.first) - 1
        if at >= 0 and figures[at].first >= figure.first - PUT_REACH:
            yield from (figures[at], figure)  # "400, but it may be off by 20"
    if tokens.same(figure.first - 3, ("plus", "or", "minus")):
        yield from (f for f in figures if figure.first - 5 <= f.last <= figure.last)  # "90 metres, plus or minus five"
    if tokens.same(figure.first - 2, ("all", "but")):
        yield figure  # "all but two were unhurt": the others
        whole = next((f for f in figures if f.first >= figure.last), None)
        if whole and tokens.word(figure.last) == "of" and whole.first - figure.last <= OF_THE_WHOLE:
            yield whole  # "all but 28 of the firm's 1,112 shops"


def _margin(tokens: Tokens, figure: Figure) -> bool:
    """True for the 20 by which a figure may be wrong: "could be off by 20", "400, with 20 either way"."""
    if tokens.word(figure.first - 1) == "by" and tokens.word(figure.first - 2) in ("off", "out", "wrong"):
        return tokens.word(figure.first - 3) in BE
    end = max(figure.last, figure.counted.phrase.end if figure.counted.phrase else 0)
    near = "either" in tokens.words[figure.last : end + 2]
    return near and any(tokens.same(end, way) or tokens.same(figure.last, way) for way in EITHER_WAY)


EITHER_WAY = phrases("en/hedges", "either_way")
OF_THE_WHOLE = 5
"""Words between a part and the whole that it is of: "28 of the firm's 1,112"."""


def _not_any(tokens: Tokens, first: int) -> bool:
    """True for the 75 of "found no trace of it in any of the 75 flocks": of none of them is it told."""
    of = first - 1 - (tokens.word(first - 1) in DETERMINERS)
    if not tokens.same(of - 1, ("any", "of")):
        return False
    begun = next((k + 1 for k in range(of - 2, -1, -1) if tokens.words[k] in SENTENCE_END), 0)
    return any(w in NEGATION or w.endswith(CONTRACTED) for w in tokens.words[begun : of - 1])


def _part_of_whole(tokens: Tokens, figure: Figure) -> bool:
    """True for the 11 of "Of the 64 jurors, 11 had not been paid": so many were not."""
    if tokens.word(figure.first - 1) != ",":
        return False
    begun = next((k + 1 for k in range(figure.first - 2, -1, -1) if tokens.words[k] in SENTENCE_END), 0)
    numbered = any(tokens.is_numeral(k) or tokens.word(k) in FIGURE_WORDS for k in range(begun + 1, figure.first - 1))
    return tokens.word(begun) == "of" and figure.first - begun < COMPARED_REACH and numbered


def lend_denied(tokens: Tokens, figures: list[Figure]) -> None:
    """What the figure counts that is said instead of a denied one: "had not missed two tests, but one", "We promised 3,200"."""
    for one, two in pairwise(figures):
        at = two.first - 1 - (tokens.word(two.first - 1) in ("only", "just"))
        before = tokens.word(at)
        told = before == "but" or (before == tokens.word(one.first - 1) and before.isalpha() and before not in CLAUSES)
        if one.why == DENIED and two.counted.phrase is None and two.counted.unit is None and told:
            two.counted.phrase, two.counted.unit = one.counted.phrase, one.counted.unit


def doubt_unheard(tokens: Tokens, figures: list[Figure]) -> None:
    """What was only not heard of may have happened: "no deaths have been reported"."""
    for figure in figures:
        rest = tokens.words[figure.last : figure.last + 8]
        end = next((n for n, word in enumerate(rest) if word in SENTENCE_END or word == ","), len(rest))
        if figure.modifier is not Modifier.NONE:
            continue
        if UNHEARD & set(rest[:end]):
            figure.why = "report"
        elif not EXCEPTING.isdisjoint(rest[:end]) or _apart_from(rest[:end]):
            figure.why = "hedge"  # "nobody was hurt apart from a guard"


def _apart_from(rest: list[str]) -> bool:
    return rest[:1] == ["but"] or any(pair in EXCEPTING_PAIRS for pair in pairwise(rest))


UNHEARD = words("en/not_counted", "unheard")
EXCEPTING = words("en/not_counted", "excepting")
EXCEPTING_PAIRS = frozenset({("apart", "from"), ("aside", "from"), ("other", "than"), ("save", "for"), ("bar", "the")})
FATED_GROUPS = words("en/not_counted", "fated_groups")


def _to_another_time(tokens: Tokens, figure: Figure) -> bool:
    """True for either end of "30 minutes to an hour", "six months to two years"."""
    ends = [at for at in range(figure.first - 3, figure.last + 2) if tokens.word(at) == "to"]
    for to in ends:
        behind = to + 1 if tokens.word(to + 1) in TIME_UNITS else to + 2
        one, two = TIME_UNITS.get(tokens.word(to - 1)), TIME_UNITS.get(tokens.word(behind))
        if one and two and one != two and tokens.word(to + 1) != "the":  # "two weeks to the day"
            return True
    return False


def doubt_ranges(tokens: Tokens, figures: list[Figure]) -> None:
    """What "rose by 20 to 30" says, a range or a change and its outcome, or "between 1990 and 2000 people", a person tells."""
    for figure in figures:
        if _to_another_time(tokens, figure):
            figure.why = "range"
        if figure.modifier is Modifier.BETWEEN and sum(map(_may_be_year, tokens.words[figure.first : figure.last])) > 1:
            figure.why = "range"
        between = figure.modifier is Modifier.BETWEEN and "to" in tokens.words[figure.first : figure.last]
        bare = figure.counted.unit is None and figure.counted.phrase is None
        if between and bare and CHANGES & set(tokens.words[max(0, figure.first - 2) : figure.first]):
            figure.why = "range"


def _may_be_year(word: str) -> bool:
    return len(word) == len("1990") and word.isdecimal() and word[:2] in ("18", "19", "20")


def doubt_units(tokens: Tokens, figures: list[Figure]) -> None:
    """Of "lost 90 pounds" a person has to say whether it is weight or money, where no word beside it tells.

    Of "6 nm off the harbour" the miles are nautical.
    Of "down from half a decade ago" whether it is a half or five years, of "by a third to 1.1m" whether metres or millions.
    """
    for before, figure in pairwise(figures):
        share = before.counted.unit in ("percent", "percentage points") or tokens.words[before.last - 1] in PARTS
        letter = figure.counted.unit == "m" and tokens.word(figure.last - 1) == "m"
        if share and letter and tokens.words[before.last : figure.first] == ["to"]:
            figure.why = "unit"  # "fell by a third to 1.1m": millions, where nothing is measured
    for figure in figures:
        after = tokens.word(figure.last + (tokens.word(figure.last) == "nm"))
        if figure.counted.unit == "nm" and after in AT_SEA:
            figure.counted.unit = "nautical miles"
        if figure.counted.unit == "times" and tokens.word(figure.first) in PERHAPS:
            figure.why = "hedge"  # "3,600, possibly double that"
        from_then = tokens.word(figure.first - 1) == "from" and tokens.word(figure.first - 2) in CHANGES
        if from_then and figure.counted.unit in TIMES and tokens.word(figure.first) in PARTS:
            figure.why = "unit"  # "down from half a decade ago": half a decade ago, or then one half
        if figure.counted.unit != "GBP" or not {"pound", "pounds"} & {*tokens.words[figure.last - 1 : figure.last + 1]}:
            continue
        near = tokens.words[max(0, figure.first - NEAR) : figure.last + NEAR]
        scaled = any(word in SCALES or "," in word[1:] for word in tokens.words[figure.first : figure.last])
        if not scaled and not PAYING & set(near) and not CURRENCY_SIGNS.keys() & set(near):
            figure.why = "unit"


NEAR = 9
AT_SEA = words("en/not_counted", "compass") | words("en/units", "at_sea")
PAYING = words("en/units", "paying")


def _denied_after(tokens: Tokens, figure: Figure) -> bool:
    """True where the verb behind the figure is negated: "40 boats had not sunk", but not "400 who had not fled"."""
    end = max(figure.last, figure.counted.phrase.end if figure.counted.phrase else 0)
    end += tokens.word(end) in QUOTES
    for at in range(end, min(end + 3, len(tokens.words))):
        word = tokens.words[at]
        if word in NOT or word.endswith(CONTRACTED):
            return tokens.word(at + 1) not in NOT_DENIED and figure.counted.measure != "missing"
        if word not in AUXILIARY:
            return False
    return False


def _denied_before(tokens: Tokens, figure: Figure) -> bool:
    """True where the figure is the object of a negated verb: "did not hurt 12 people", but not "the 12"."""
    start = figure.first
    if figure.modifier in TURNED and tokens.word(start - 1) == "for":
        start -= 1  # "will not settle for less than 6"
    if any(tokens.same(at, ("far", "from")) and tokens.word(at + 2).endswith("ing") for at in range(start - 5, start)):
        return True  # "far from losing 30 seats"
    for at in range(start - 1, max(-1, start - 4), -1):
        word = tokens.words[at]
        if word in NOT or word.endswith(CONTRACTED):
            beside = at == start - 1 and word not in ("never", "cannot") and not _is_not(tokens, at)
            return not beside and tokens.word(at - 1) != "if" and tokens.word(at + 1) not in NOT_DENIED
        if word == "longer" and tokens.word(at - 1) == "no":
            return True
        if not word.isalpha() or word in CLAUSES:
            return False
    return False


def _turned(tokens: Tokens, figure: Figure) -> bool:
    """Turn the bound that cannot be: "cannot be more than 600" is at most 600, "will not exceed 600", too."""
    at = figure.first - 1
    while tokens.word(at) in STANDING:
        at -= 1
    turned = TURNED.get(figure.modifier)
    if turned is not None and tokens.word(at) in SELDOM and tokens.word(figure.first) in EXCEEDING:
        figure.why = "hedge"  # "rarely exceeds ten": mostly at most ten
        return _turn(figure, turned)
    if turned is not None and _nobody_puts(tokens, figure.first):
        return _turn(figure, turned)
    if turned is None or not (tokens.word(at) in NOT or tokens.word(at).endswith(CONTRACTED)):
        return False
    if at == figure.first - 1 and tokens.word(figure.first) not in EXCEEDING:
        return False
    return _turn(figure, turned)


def _turn(figure: Figure, turned: Modifier) -> bool:
    value = figure.bounds[0] if figure.bounds[0] is not None else figure.bounds[1]
    figure.modifier, figure.bounds = turned, bounds_of(value, value, turned)
    return True


def _nobody_puts(tokens: Tokens, first: int) -> bool:
    """True where nobody holds what is told: "nobody puts it | below 4 billion", "no one expects it to cost | less than 3m"."""
    begun = max(0, first - NOBODY_REACH)
    if NOBODY.isdisjoint(tokens.words[begun:first]):
        return False
    near = range(begun, first - 1)
    at = next((k for k in near if tokens.words[k] == "nobody" or tokens.same(k, ("no", "one"))), None)
    if at is None or not {",", ";", *SENTENCE_END}.isdisjoint(tokens.words[at:first]):
        return False
    verb = tokens.word(at + 1 + (tokens.words[at] == "no"))
    return verb in HELD


NOBODY = frozenset({"nobody", "no"})
HELD = words("en/stance", "held_by_nobody")
NOBODY_REACH = 10
"""Words from "nobody" to the figure that nobody holds."""


TURNED = {
    Modifier.AT_LEAST: Modifier.FEWER_THAN,
    Modifier.MORE_THAN: Modifier.AT_MOST,
    Modifier.AT_MOST: Modifier.MORE_THAN,
    Modifier.FEWER_THAN: Modifier.AT_LEAST,
}
STANDING = words("en/grammar", "be") | {"have", "had", "possibly", "much", "any"}
EXCEEDING = words("en/hedges", "verbs")


def _is_not(tokens: Tokens, at: int) -> bool:
    """True for "was not 40", "there weren't 40": of other verbs "not 40" is the first half of "not 40 but 30"."""
    return tokens.word(at - 1) in AUXILIARY or tokens.words[at].endswith(CONTRACTED)


def _rejected(tokens: Tokens, figure: Figure) -> bool:
    """True where it is said not to be this figure: "nowhere near 500", "not the 70 claimed", "the figure of 300 is a lie"."""
    start = figure.first - (tokens.word(figure.first - 1) in ("the", "a", "an", "some", "his", "her", "their", "its"))
    if tokens.word(start - 1) == "," and tokens.word(start - 4) == "," and tokens.word(start - 5) == "not":
        start -= 4  # "and not, as reported, $40,000"
    if tokens.word(start - 1) in REJECTING:
        before, behind = tokens.words[max(0, start - 3) : start], tokens.words[figure.last : figure.last + 4]
        alone = figure.counted.phrase is None or not CLAIMED.isdisjoint(behind)
        contrasted = tokens.word(start - 2) in SET_AGAINST and before[-1] == "not"
        alone = alone or (contrasted and (start < figure.first or tokens.is_numeral(start)))  # ", not the 25 tonnes"
        found = next((name for p, name in REJECTING[before[-1]] if tuple(before[-len(p) :]) == p), None)
        if found and (alone or found == "rejecting"):
            return True
    near = tokens.words[max(0, figure.first - 5) : figure.first]
    named = not COUNTS.isdisjoint(near) and any(_of_count(a, b) for a, b in pairwise(near))
    told = tokens.word(figure.last)
    return (named or (told in COUNTS and not told.endswith("s"))) and _false_behind(tokens, figure.last)


def _of_count(word: str, behind: str) -> bool:
    """True for "the figure of", "the report that", "the claim to have"."""
    return word in COUNTS and (behind in ("of", "that", "at") or (behind == "to" and word in ("claim", "claims")))


def _rejecting() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """What stands before a figure that is rejected, by its last word, with the list that it stands in."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in ("rejecting", "rejecting_claimed"):
        for entry in phrases("en/stance", name):
            found.setdefault(entry[-1], []).append((entry, name))
    return found


REJECTING = _rejecting()
SET_AGAINST = (",", "–", "—", "and")
"""What stands before the "not" of a figure set against another: "5 mg and not 50 mg"."""


def _false_behind(tokens: Tokens, at: int) -> bool:
    """True where the clause goes on to call its subject false: "... of 300 dead was grossly inflated"."""
    far = min(len(tokens.words), at + LONGEST_CLAIM + 5)
    stop = next((k for k in range(at, far) if tokens.words[k] in (",", ";", *SENTENCE_END)), far)
    for be in (k for k in range(at, min(stop, at + LONGEST_CLAIM)) if tokens.words[k] in BE):
        called = tokens.words[be + 1 : min(stop, be + 5)]
        called = called[: next((k for k, word in enumerate(called) if word in PREPOSITIONS), len(called))]
        if not FALSEHOOD.isdisjoint(called):
            return not {"not", "no", "never"} & set(called)
    return False


LONGEST_CLAIM = 10
"""Words of what is called false, behind its figure."""
PREPOSITIONS = words("en/grammar", "prepositions")
BE = words("en/grammar", "be") | {"proved", "proves", "proven"}
CLAIMED, FALSEHOOD = words("en/stance", "claimed"), words("en/stance", "falsehood")
COUNTS = words("en/stance", "counts") | words("en/stance", "told")
NEGATION = words("en/grammar", "negation") | {"no", "nobody", "neither", "without"}
NOT_ANY = ("hardly", "scarcely", "barely", "not")
QUOTES = frozenset("\"'“‘«")
NOT, CONTRACTED = ("cannot", "never", "not"), ("n't", "n’t")
SELDOM = ("rarely", "seldom")
AUXILIARY = frozenset().union(*(words("en/grammar", name) for name in ("be", "have", "do", "modal")))
CLAUSES = words("en/stance", "other_clause") | PREPOSITIONS | {"the", "its", "their", "his", "her"}
NOT_DENIED = words("en/stance", "added") | words("en/stance", "partial")
