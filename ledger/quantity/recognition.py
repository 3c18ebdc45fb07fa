"""Every figure of a text, left to right: number, range, hedge, then what it counts; what is no quantity is passed over."""

from __future__ import annotations

from ledger.lexicon import words
from ledger.quantity import exclusions, fates, hedges, idioms, money, numbers
from ledger.quantity.cardinals import Number
from ledger.quantity.conditions import doubt_conditions
from ledger.quantity.counted import Counted, counted
from ledger.quantity.figure_words import ARTICLES, COUNTABLE, CURRENCIES, CURRENCY_SIGNS, LASTING, TIME_UNITS, UNITS
from ledger.quantity.hedges import Hedged
from ledger.quantity.intervals import bounds_of, within
from ledger.quantity.lending import lend_changed, lend_votes
from ledger.quantity.neighbours import (
    Figure,
    doubt_denied,
    doubt_ranges,
    doubt_unheard,
    doubt_units,
    joined,
    lend_cautious,
    lend_compared,
    lend_denied,
    lend_far,
    lend_guessed,
    lend_hedges,
    lend_millions,
    lend_put,
    lend_units,
    lend_wholes,
    share_fates,
    together,
    undenied,
)
from ledger.quantity.numbers import STARTERS, may_begin, nothing
from ledger.quantity.persons import lend_same, with_one_more, with_persons
from ledger.quantity.ranges import Pair, pair
from ledger.quantity.tokenizing import HYPHENS, Tokens, chain_end, passages
from ledger.quantity.units import lettered, percent, percent_end
from ledger.records import Quantity, replace
from ledger.vocabulary import Modifier


def find(text: str) -> list[Quantity]:
    """Every quantity in the text, in order, each with its place and hedge: `text[q.start:q.end] == q.text`."""
    found: list[Quantity] = []
    for tokens in passages(text):
        figures = together(tokens, undenied(tokens, joined(tokens, _figures(tokens))))
        figures = with_one_more(tokens, with_persons(tokens, figures))
        if not figures:
            continue
        lend_guessed(tokens, figures)
        share_fates(tokens, figures)
        lend_wholes(tokens, figures)
        lend_same(tokens, figures)
        lend_hedges(tokens, figures)
        lend_far(tokens, figures)
        lend_cautious(tokens, figures)
        lend_units(tokens, figures)
        lend_millions(tokens, figures)
        lend_compared(tokens, figures)
        lend_put(tokens, figures)
        lend_votes(tokens, figures)
        lend_changed(tokens, figures)
        doubt_denied(tokens, figures)
        lend_denied(tokens, figures)
        doubt_ranges(tokens, figures)
        doubt_unheard(tokens, figures)
        doubt_units(tokens, figures)
        doubt_conditions(tokens, figures)
        found.extend(_record(tokens, figure) for figure in figures)
    return found


def _figures(tokens: Tokens) -> list[Figure]:
    found: list[Figure] = []
    i = 0
    for at, word in enumerate(tokens.words):
        if at < i or not (word in OPENING or word[0].isdecimal()):
            continue  # asked first, since most words of a text begin nothing
        if word not in WORDS_OF_NOTHING and not may_begin(tokens, at):
            continue
        figure, i = _figure(tokens, at, floor=found[-1].last if found else 0)
        if figure:
            found.append(figure)
    return found


MARKS = words("en/hedges", "marks")
WORDS_OF_NOTHING = frozenset({"no", "none", "nobody", "not"})
OPENING = WORDS_OF_NOTHING | STARTERS | {"a", "an"}


def _figure(tokens: Tokens, i: int, *, floor: int) -> tuple[Figure | None, int]:
    """The figure that begins at token i and the token from which to read on; words before `floor` are another's."""
    if tokens.words[i] in WORDS_OF_NOTHING:
        number = nothing(tokens, i)
        return (_made(tokens, number, hedge=None, two=None), number.end) if number else (None, i + 1)
    number = numbers.read(tokens, i)
    number = numbers.signed(tokens, number) if number else None
    if number is None:
        return None, chain_end(tokens, i) if tokens.is_numeral(i) else i + 1
    start = _money_start(tokens, number.start)
    if start < number.start and tokens.word(start - 1) in ARTICLES:
        start -= 1  # "up to a $1 billion"
    if tokens.word(start - 1) == "the" and MARKS & set(tokens.words[number.end : number.end + 2]):
        start -= 1  # "around the 40 percent mark"
    hedge = _unless_during(tokens, number, hedge=hedges.before(tokens, start, floor=floor))
    two = pair(tokens, number, hedge=hedge, floor=floor)
    if two and two.dismissed:
        return None, two.end
    numeral = tokens.is_numeral(number.start)
    if two is None and (exclusions.numeral_excluded if numeral else idioms.word_excluded)(tokens, number, hedge=hedge):
        return None, max(chain_end(tokens, i) if numeral else i, number.end)
    figure = _made(tokens, number, hedge=hedge, two=two)
    return figure, max(figure.last, number.end)


def _made(tokens: Tokens, number: Number, *, hedge: Hedged | None, two: Pair | None) -> Figure:
    whole = Number(two.start, two.end, two.low, two.high, share=number.share) if two else number
    first = hedge.at if hedge else _money_start(tokens, whole.start)
    if two and two.start < number.start:
        hedge, first = two.hedge, two.hedge.at if two.hedge else two.start
    last = _past_unit(tokens, whole)
    end = hedges.after(tokens, last, hedge=hedge) or hedges.after(tokens, whole.end, hedge=hedge)
    pointed = percent(tokens, whole.end) or tokens.word(last - 1) in ("point", "points")
    noun = end.at if end else last if pointed else whole.end
    about = _counted(tokens, number, two=two, whole=whole, first=first, noun=noun)
    behind = max(about.phrase.end if about.phrase else last, whole.end + (tokens.word(whole.end) in CURRENCIES))
    if end is None and behind > last:
        end = hedges.after(tokens, behind, hedge=hedge)
    modifier, approximate = hedges.together(hedge, end)
    if two and two.perhaps and modifier is Modifier.AT_MOST:
        whole = replace(whole, low=whole.high)  # "up to 200, possibly 250"
    elif two and (modifier in hedges.WEAK or two.perhaps):
        modifier = Modifier.BETWEEN
    if number.low == number.high == 0 and tokens.words[number.start] in WORDS_OF_NOTHING:
        modifier = Modifier.NONE
    bounds = bounds_of(whole.low, whole.high, modifier)
    return Figure(first, end.at if end else last, bounds, modifier, approximate, whole.vague, about)


def _counted(tokens: Tokens, number: Number, *, two: Pair | None, whole: Number, first: int, noun: int) -> Counted:
    """What a figure counts; in "ten people, perhaps 15," the noun stands between the two."""
    if not (two and two.perhaps):
        return counted(tokens, whole, first=first, noun=noun)
    after = noun + (tokens.word(noun) == ",")
    if tokens.word(number.end) == "," or tokens.word(after) in COUNTABLE:
        return counted(tokens, whole, first=first, noun=after)
    about = counted(tokens, number, first=first, noun=number.end)
    about.measure = about.measure or fates.measure(tokens, "", unit=about.unit, span=(first, after))
    return about


def _unless_during(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> Hedged | None:
    """No hedge where "over" means during, "killed 40 people over three days", nor in "12 points from a possible 15"."""
    if hedge and tokens.same(hedge.at - 1, ("from", "a", "possible")):
        return None
    if hedge and tokens.words[hedge.at : number.start] == ["over"]:
        unit = tokens.word(number.end + 1 if tokens.word(number.end) in HYPHENS else number.end)
        ago = tokens.word(number.end + 1) in ("ago", "later", "earlier", "long", "of")
        if unit in TIME_UNITS and not ago and hedge.at > 0 and tokens.word(hedge.at - 1) not in LASTING:
            return None
    return hedge


def _money_start(tokens: Tokens, start: int) -> int:
    """The token where the figure begins with its currency: "US$5m", "$5m"."""
    before = money.before(tokens, start)
    return before[0] if before else start


def _past_unit(tokens: Tokens, number: Number) -> int:
    """Past the unit that is written onto the number: "50%", "50 percent", "30km", "three-week"."""
    end = number.end
    word = tokens.word(end)
    if (last := percent_end(tokens, end)) > end:
        return last
    if lettered(tokens, end) or (word in CURRENCY_SIGNS and not tokens.is_numeral(end + 1)):
        return end + 1
    if word == "°" and tokens.word(end + 1) in ("c", "f"):
        return end + 2
    part = tokens.word(end - 1) in ("a", "an") and tokens.word(end - 2) in ("half", "of") and end > number.start + 1
    if word in UNITS and (tokens.glued(end) or part):
        return end + 1
    tied = word in HYPHENS and tokens.glued(end) and tokens.glued(end + 1)
    if tied and tokens.is_word(end + 1) and tokens.word(end + 1) not in ("plus", "odd"):
        return end + 2
    return end


def _record(tokens: Tokens, figure: Figure) -> Quantity:
    start, end = tokens.starts[figure.first], tokens.ends[figure.last - 1]
    about = figure.counted
    made = Quantity(
        text=tokens.text[start:end],
        start=start,
        end=end,
        unit=about.unit,
        counts=about.phrase.words(tokens) if about.phrase and "/" not in (about.unit or "") else None,
        measure=about.measure,
        population=about.population,
        counting=about.counting,
        modifier=figure.modifier,
        approximate=figure.approximate,
        vague=figure.vague,
        sure=figure.why is None,
        why=figure.why,
    )
    return within(made, figure.bounds)
