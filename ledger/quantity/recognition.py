"""Every figure of a text, left to right: number, range, hedge, then what it counts; what is no quantity is passed over."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from ledger.quantity import exclusions, hedges, numbers
from ledger.quantity.counted import Counted, counted
from ledger.quantity.figure_words import CURRENCY_SIGNS, LASTING, PERCENT, TIME_UNITS, UNITS
from ledger.quantity.hedges import Hedged
from ledger.quantity.intervals import shown
from ledger.quantity.numbers import HYPHENS, STARTERS, Number, nothing
from ledger.quantity.ranges import Pair, pair
from ledger.quantity.tokenizing import SENTENCE_END, Tokens, passages
from ledger.records import Quantity
from ledger.vocabulary import Modifier

Bounds = tuple[Decimal | None, Decimal | None, bool, bool]


@dataclass(slots=True)
class Figure:
    """A figure as read, before it becomes a record; tokens first..last, half-open, are its words."""

    first: int
    last: int
    bounds: Bounds
    modifier: Modifier
    approximate: bool
    vague: bool
    counted: Counted


def find(text: str) -> list[Quantity]:
    """Every quantity in the text, in order, each with its place and hedge: `text[q.start:q.end] == q.text`."""
    found: list[Quantity] = []
    for tokens in passages(text):
        figures = _joined(tokens, _figures(tokens))
        _share_fates(tokens, figures)
        found.extend(_record(tokens, figure) for figure in figures)
    return found


def _figures(tokens: Tokens) -> list[Figure]:
    found: list[Figure] = []
    i = 0
    for at, word in enumerate(tokens.words):
        if at < i or not (word in STARTERS or word in WORDS_OF_NOTHING or word[0].isdecimal()):
            continue
        figure, i = _figure(tokens, at, floor=found[-1].last if found else 0)
        if figure:
            found.append(figure)
    return found


WORDS_OF_NOTHING = frozenset({"no", "none", "nobody"})


def _figure(tokens: Tokens, i: int, *, floor: int) -> tuple[Figure | None, int]:
    """The figure that begins at token i and the token from which to read on; words before `floor` are another's."""
    if tokens.words[i] in WORDS_OF_NOTHING:
        number = nothing(tokens, i)
        return (_made(tokens, number, hedge=None, two=None), number.end) if number else (None, i + 1)
    number = numbers.read(tokens, i)
    number = numbers.signed(tokens, number) if number else None
    if number is None:
        return None, exclusions.chain_end(tokens, i) if tokens.is_numeral(i) else i + 1
    hedge = _unless_during(tokens, number, hedge=hedges.before(tokens, _money_start(tokens, number.start), floor=floor))
    two = pair(tokens, number, hedge=hedge, floor=floor)
    if two and two.dismissed:
        return None, two.end
    numeral = tokens.is_numeral(number.start)
    if two is None and (exclusions.numeral_excluded if numeral else exclusions.word_excluded)(
        tokens, number, hedge=hedge
    ):
        return None, max(exclusions.chain_end(tokens, i) if numeral else i, number.end)
    figure = _made(tokens, number, hedge=hedge, two=two)
    return figure, max(figure.last, number.end)


def _made(tokens: Tokens, number: Number, *, hedge: Hedged | None, two: Pair | None) -> Figure:
    whole = Number(two.start, two.end, two.low, two.high, share=number.share) if two else number
    first = hedge.at if hedge else _money_start(tokens, whole.start)
    if two and two.start < number.start:
        hedge, first = two.hedge, two.hedge.at if two.hedge else two.start
    last = _past_unit(tokens, whole)
    end = hedges.after(tokens, last, hedge=hedge) or hedges.after(tokens, whole.end, hedge=hedge)
    noun = (
        end.at
        if end
        else last
        if tokens.word(last - 1) in PERCENT or tokens.word(last - 1) in ("cent", "point", "points")
        else whole.end
    )
    about = counted(tokens, whole, first=first, noun=noun)
    if end is None and about.phrase and about.phrase.end > last:
        end = hedges.after(tokens, about.phrase.end, hedge=hedge)
    modifier, approximate = hedges.together(hedge, end)
    if two and modifier in hedges.WEAK:
        modifier = Modifier.BETWEEN
    if number.low == number.high == 0 and tokens.words[number.start] in WORDS_OF_NOTHING:
        modifier = Modifier.NONE
    bounds = _bounds(whole, modifier)
    return Figure(first, end.at if end else last, bounds, modifier, approximate, whole.vague, about)


def _unless_during(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> Hedged | None:
    """No hedge where "over" means during: "killed 40 people over three days"."""
    if hedge and tokens.words[hedge.at : number.start] == ["over"]:
        unit = tokens.word(number.end + 1 if tokens.word(number.end) in HYPHENS else number.end)
        if unit in TIME_UNITS and hedge.at > 0 and tokens.word(hedge.at - 1) not in LASTING:
            return None
    return hedge


def _money_start(tokens: Tokens, start: int) -> int:
    """The token where the figure begins with its currency: "US$5m", "$5m"."""
    if tokens.word(start - 1) not in CURRENCY_SIGNS:
        return start
    country = tokens.word(start - 2)
    return start - 2 if tokens.glued(start - 1) and country in ("us", "a", "c", "hk", "nz") else start - 1


def _past_unit(tokens: Tokens, number: Number) -> int:
    """Past the unit that is written onto the number: "50%", "50 percent", "30km", "three-week"."""
    end = number.end
    word = tokens.word(end)
    if word in PERCENT:
        return end + 2 if word == "percentage" and tokens.word(end + 1) in ("point", "points") else end + 1
    if word == "per" and tokens.word(end + 1) == "cent":
        return end + 2
    if word in UNITS and tokens.glued(end):
        return end + 1
    tied = word in HYPHENS and tokens.glued(end) and tokens.glued(end + 1)
    if tied and tokens.is_word(end + 1) and tokens.word(end + 1) not in ("plus", "odd"):
        return end + 2
    return end


def _bounds(number: Number, modifier: Modifier) -> Bounds:
    low, high = number.low, number.high
    if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN):
        return low, None, modifier is Modifier.AT_LEAST, False
    if modifier in (Modifier.AT_MOST, Modifier.FEWER_THAN, Modifier.NEARLY):
        return None, high, False, modifier is Modifier.AT_MOST
    return low, high, True, True


# --- two bounds in a row ------------------------------------------------------------------------------------------

LINKS = (("and",), ("but",), (",",), (",", "and"), (",", "but"))


def _joined(tokens: Tokens, figures: list[Figure]) -> list[Figure]:
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
    if tuple(tokens.words[one.last : two.first]) not in LINKS:
        return None
    floor, ceiling = (one, two) if one.bounds[0] is not None else (two, one)
    low, high = floor.bounds[0], ceiling.bounds[1]
    if floor.bounds[1] is not None or ceiling.bounds[0] is not None or low is None or high is None or low >= high:
        return None
    bounds = (low, high, floor.bounds[2], ceiling.bounds[3])
    approximate = one.approximate or two.approximate
    return Figure(one.first, two.last, bounds, Modifier.BETWEEN, approximate, one.vague or two.vague, two.counted)


def _share_fates(tokens: Tokens, figures: list[Figure]) -> None:
    """What happened to the whole happened to the part: "killing 40 people, including dozens of children"."""
    for whole, part in pairwise(figures):
        same_sentence = part.first - whole.last < 12 and not SENTENCE_END & set(tokens.words[whole.last : part.first])
        unsaid = part.counted.measure is None and part.counted.unit == "people"
        if unsaid and same_sentence and tokens.word(part.first - 1) in PARTITIVES:
            part.counted.measure = whole.counted.measure


PARTITIVES = ("including", "include", "included", "which", "them", "whom")


def _record(tokens: Tokens, figure: Figure) -> Quantity:
    start, end = tokens.starts[figure.first], tokens.ends[figure.last - 1]
    low, high, low_inclusive, high_inclusive = figure.bounds
    about = figure.counted
    return Quantity(
        text=tokens.text[start:end],
        start=start,
        end=end,
        low=None if low is None else shown(low),
        high=None if high is None else shown(high),
        low_inclusive=None if low is None else low_inclusive,
        high_inclusive=None if high is None else high_inclusive,
        unit=about.unit,
        counts=about.phrase.words(tokens) if about.phrase else None,
        measure=about.measure,
        population=about.population,
        counting=about.counting,
        modifier=figure.modifier,
        approximate=figure.approximate,
        vague=figure.vague,
    )
