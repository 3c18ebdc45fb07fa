"""Numbers that are no quantities: years, dates, times, ages, scores, designations."""

from __future__ import annotations

from decimal import Decimal

from ledger.lexicon import words
from ledger.quantity import money
from ledger.quantity.ages import aged
from ledger.quantity.cardinals import Number
from ledger.quantity.contests import innings, score, voted
from ledger.quantity.figure_words import (
    COUNTABLE,
    CURRENCIES,
    CURRENCY_SIGNS,
    DETERMINERS,
    FATES,
    IDLE_BOUNDS,
    MONTHS,
    OF_A_MONTH,
    PEOPLE,
    SCALES,
    SUFFIXES,
    WEEKDAYS,
    months_elsewhere,
)
from ledger.quantity.hedges import Hedged
from ledger.quantity.tokenizing import HYPHENS, Tokens, chain_end
from ledger.quantity.units import lettered, measured

LABELS_ALWAYS = words("en/not_counted", "labels_always")
BEFORE_NUMBERING = words("en/not_counted", "before_numbering")
LABELS = LABELS_ALWAYS | words("en/not_counted", "labels")
"""Words that make a designation of the number behind them; most of them only with a capital."""
AT_HOURS = words("en/not_counted", "at_hours")
TIMED = words("en/not_counted", "timed")
RANKS = words("en/not_counted", "ranks")
NO_RANK = words("en/grammar", "determiners") | {"per", "last", "next"}
NUMBERED = words("en/not_counted", "numbered")
RANKS_AT_MOST = 12
"""No rank is higher: in "the final phase 300 homes" homes are counted."""
BLOWING = words("en/not_counted", "blowing")
LABELS_SMALL = words("en/not_counted", "labels_small")
LABELS_BARE = words("en/not_counted", "labels_bare")
PREPOSITIONS = words("en/grammar", "prepositions")
PLACED = PREPOSITIONS - {"of", "on", "for", "with", "by", "from"}
CLOCKS = words("en/not_counted", "clocks")
ORDINALS = words("en/not_counted", "ordinals")
YEAR_CUES = words("en/not_counted", "year_cues")
COUNT_STOPS = words("en/not_counted", "count_stops")
ERAS, DATING, OLD_YEAR_CUES = (words("en/not_counted", name) for name in ("eras", "dating", "old_year_cues"))
YEAR_ANCHORS = words("en/not_counted", "year_anchors")
REFERENCES = words("en/not_counted", "references")
STREETS = words("en/not_counted", "streets")
INDICES = words("en/not_counted", "indices")
COMPASS = words("en/not_counted", "compass")
OPENERS = frozenset(["(", "[", "#", "@", "_", "=", "&", "\\"])


def numeral_excluded(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> bool:
    """True where the numeral at these tokens is no quantity."""
    if voted(tokens, number.start):
        return False
    return (
        tokens.words[max(0, number.start - 3) : number.start] == ["give", "or", "take"]
        or _in_row(tokens, number)
        or _denominator(tokens, number)
        or _coordinate(tokens, number)
        or _power(tokens, number)
        or _over(tokens, number)
        or innings(tokens, number)
        or _designation(tokens, number, hedge=hedge)
        or _written_out(tokens, number)
        or _calendar(tokens, number, hedge=hedge)
    )


def _denominator(tokens: Tokens, number: Number) -> bool:
    """As in "12 cases per 100,000 people": of what a rate is told."""
    return tokens.word(number.start - 1) == "per" and number.low >= 10


def _written_out(tokens: Tokens, number: Number) -> bool:
    return ordinal(tokens, number.end) or aged(tokens, number.start, end=number.end) or score(tokens, number)


def _calendar(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> bool:
    return (
        clock(tokens, number)
        or dated(tokens, number.start, end=number.end)
        or year(tokens, number, hedge=hedge)
        or old_year(tokens, number, hedge=hedge)
    )


def ordinal(tokens: Tokens, end: int) -> bool:
    """As in "3rd", "1990s", "40s"."""
    word = tokens.word(end)
    if word in ORDINALS or word in ("s", "'s", "’s"):
        return tokens.glued(end) and not lettered(tokens, end)
    return word in ("'", "’") and tokens.glued(end) and tokens.word(end + 1) == "s"


def clock(tokens: Tokens, number: Number) -> bool:
    """As in "10:30", "5 pm", "0300 GMT", "left at 7.45", "doors open at 6"."""
    if tokens.word(number.start + 1) == ":" and tokens.glued(number.start + 1) and tokens.is_numeral(number.start + 2):
        return True
    if tokens.word(number.start - 1) == "at" and _hour(tokens, number):
        first = tokens.opens_sentence(number.start - 1) and "." in tokens.words[number.start]
        if first or tokens.word(number.start - 2) in AT_HOURS or tokens.word(number.start - 3) in TIMED:
            return True
    word = tokens.word(number.end)
    if word in ("a", "p") and tokens.word(number.end + 1) == ".":
        return tokens.word(number.end + 2) == "m"
    return word in CLOCKS and (word != "hrs" or len(tokens.words[number.start]) == len("0900"))


def _hour(tokens: Tokens, number: Number) -> bool:
    hour, _, minutes = tokens.words[number.start].partition(".")
    written = hour.isdecimal() and int(hour) <= 23 and (not minutes or (len(minutes) == 2 and minutes < "60"))
    if tokens.is_word(number.end) and tokens.words[number.end] not in COUNT_STOPS | CLOCKS:
        return False  # "opened at 22 stations"
    return written and not measured(tokens, number.end) and not counts_soon(tokens, number.end)


def dated(tokens: Tokens, start: int, *, end: int) -> bool:
    """As in "15 April", "April 15", "Sept. 11", "the 27 March raid", "14 / 09 / 2013"."""
    if any(_three(tokens, at) for at in (start, start - 2, start - 4)):
        return True
    if month(tokens, end) or (tokens.word(end) == "of" and month(tokens, end + 1)):
        return _day(tokens.words[end - 1])
    if _day(tokens.words[end - 1]) and _listed_days(tokens, end):
        return True
    if tokens.word(start - 1) in ("and", "to") and month(tokens, start - 3) and _day(tokens.word(start - 2)):
        return _day(tokens.words[start]) and int(tokens.words[start]) > int(tokens.words[start - 2])
    if _day(tokens.words[end - 1]) and tokens.word(end + (tokens.word(end) in OF_A_MONTH)) in months_elsewhere():
        return True  # a few foreign words in an English text
    at = start - 2 if tokens.word(start - 1) == "." else start - 1
    if month(tokens, at):
        long = len(tokens.words[start]) == 4
        return long or (_day(tokens.words[start]) and tokens.word(end) not in PEOPLE)
    return False


def _listed_days(tokens: Tokens, end: int) -> bool:
    """True behind the first of days of one month: "on 26 | and 27 February", "3, 4 and 5 of May"."""
    at, joined = end, False
    while tokens.word(at) in JOINS_DAYS and _day(tokens.word(at + 1)):
        if int(tokens.words[at + 1]) <= int(tokens.words[at - 1]):
            return False
        joined, at = tokens.words[at] != ",", at + 2
    return joined and month(tokens, at + (tokens.word(at) == "of"))


JOINS_DAYS = frozenset({",", "and", "to", "or", "until", "through"})


def _three(tokens: Tokens, i: int) -> bool:
    """True where day, month and year begin at token i."""
    parted = tokens.word(i + 1) == "/" == tokens.word(i + 3)
    return parted and len(tokens.word(i + 4)) == 4 and all(tokens.is_numeral(k) for k in (i, i + 2, i + 4))


def year(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> bool:
    """A bare four-digit number from 1500 to 2100, unless its neighbours make it a count."""
    word = tokens.words[number.start]
    if not (
        word.isdecimal() and len(word) == 4 and Decimal(1500) <= number.low <= 2100 and number.end == number.start + 1
    ):
        return False
    if tokens.word(number.start - 1) in CURRENCY_SIGNS or measured(tokens, number.end):
        return False
    firm = hedge is not None and hedge.bounds() and tokens.words[hedge.at] not in IDLE_BOUNDS
    if firm and hedge:
        return tokens.word(hedge.at - 1) in YEAR_ANCHORS
    if tokens.word(number.start - 1) in YEAR_CUES and tokens.word(number.start - 1) != "of":
        return True
    return not counts_soon(tokens, number.end)


def old_year(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> bool:
    """As in "in 43 BC", "dates from about 1480", "was cast in 1345"; not "about 1400 at the match"."""
    if tokens.word(number.end) in ERAS and tokens.raw(number.end).isupper():
        return True
    word, start = tokens.words[number.start], hedge.at if hedge else number.start
    if not (word.isdecimal() and len(word) in (3, 4) and number.end == number.start + 1 and number.low < 1500):
        return False
    if measured(tokens, number.end) or tokens.word(number.end) == "of" or counts_soon(tokens, number.end):
        return False
    near = tokens.words[max(0, start - 4) : start]
    led = near[-1:] != [] and near[-1] in (OLD_YEAR_CUES | DATING if hedge else OLD_YEAR_CUES)
    return near[-1:] == ["year"] or (len(word) == 4 and led and not DATING.isdisjoint(near))


def counts_soon(tokens: Tokens, end: int) -> bool:
    """True where one of the next three words is something that is counted."""
    for i in range(end, end + 3):
        if not tokens.is_word(i) or (tokens.words[i] in COUNT_STOPS and not tokens.raw(i).isupper()):
            return False
        if tokens.words[i] in COUNTABLE:
            return True
    return False


def _designation(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> bool:
    i = number.start
    return (
        glued_code(tokens, number)
        or _address(tokens, number)
        or _list_number(tokens, i)
        or labelled(tokens, number, hedge=hedge)
    )


def _address(tokens: Tokens, number: Number) -> bool:
    """As in "24 Elm Street", "131 West 23rd Street"."""
    at = number.end
    while at < number.end + 4 and (tokens.is_capitalised(at) or (at > number.end and _ordinal_at(tokens, at))):
        if at > number.end and tokens.words[at] in STREETS:
            return True
        at += 1
    return False


def _ordinal_at(tokens: Tokens, i: int) -> bool:
    return ordinal(tokens, i) or (tokens.is_numeral(i) and ordinal(tokens, i + 1))


def glued_code(tokens: Tokens, number: Number, *, tail: bool = False) -> bool:
    """As in "T-72", "G7", "#5", "+1-222", "7A"; of the tail of a pair only what follows is looked at."""
    i = number.start
    if tokens.glued(i) and not tail:
        before = tokens.words[i - 1]
        if before[0].isalpha() or (before in OPENERS and before not in "(=&") or before in ("/", ".", ":"):
            return not (_currency_code(tokens, i) or money.before(tokens, i))
        if before in HYPHENS and tokens.glued(i - 1) and (tokens.is_word(i - 2) or tokens.is_numeral(i - 2)):
            return True
        if before == "+" and (len(tokens.words[i]) > 7 or chain_end(tokens, i) > i + 1):
            return True
    after = number.end
    tied = tokens.word(after) in HYPHENS and tokens.glued(after) and tokens.glued(after + 1)
    if tied and tokens.word(after + 1) in ("for", "by", "of", "on", "in"):
        return True  # "10-for-27"
    if tokens.raw(after) == "G" and len(tokens.words[i]) == 1:
        return tokens.glued(after)  # "5G"
    return (
        tokens.glued(after)
        and tokens.is_word(after)
        and not (tokens.words[after] in SUFFIXES or measured(tokens, after) or tokens.words[after] in SCALES)
        and not clock(tokens, number)
    )


def _coordinate(tokens: Tokens, number: Number) -> bool:
    """As in "37.798012, 12.437450": two numerals of four decimals and more; "41 degrees north"."""
    if tokens.word(number.end) in ("degrees", "°") and tokens.word(number.end + 1) in COMPASS:
        return True
    ends = {number.start - 1, number.start - 2, number.start - 3, number.end, number.end + 1, number.end + 2}
    return _fine(tokens, number.start) and any(_fine(tokens, i) for i in ends)


def _power(tokens: Tokens, number: Number) -> bool:
    """As in "10⁶", "10^6", "3 × 10⁶", and "400²", which may be a note mark."""
    if tokens.glued(number.start) and tokens.word(number.start - 1) == "^":
        return True
    end = number.end + 1 if tokens.word(number.end) in TIMES and tokens.word(number.end + 1) == "10" else number.end - 1
    return tokens.glued(end + 1) and tokens.word(end + 1)[:1] in RAISED


def _over(tokens: Tokens, number: Number) -> bool:
    """As in "a blood pressure of 150 over 95"."""
    first = number.start - 2 if tokens.word(number.start - 1) == "over" else number.start
    two = tokens.is_numeral(first) and tokens.word(first + 1) == "over" and tokens.is_numeral(first + 2)
    told = {"pressure", "reading"} & set(tokens.words[max(0, first - 5) : first])
    return bool(two and told) and tokens.word(first + 3) not in COUNTABLE


TIMES = ("×", "x", "·", "*")
RAISED = tuple("^⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def _fine(tokens: Tokens, i: int) -> bool:
    return tokens.is_numeral(i) and len(tokens.words[i].partition(".")[2]) >= FINE


FINE = 4
"""Decimals of a coordinate."""


def _currency_code(tokens: Tokens, i: int) -> bool:
    return tokens.words[i - 1] in CURRENCIES


def _in_row(tokens: Tokens, number: Number) -> bool:
    """Such as "+44 20 7946 0958": three numerals and more with nothing but spaces between."""
    after = next((n for n in range(3) if not tokens.is_numeral(number.end + n)), 3)
    before = next((n for n in range(3) if not tokens.is_numeral(number.start - 1 - n)), 3)
    return before + after >= 2


def _list_number(tokens: Tokens, i: int) -> bool:
    """As in "1. First", "(2)", "[3]"."""
    before, after = tokens.word(i - 1), tokens.word(i + 1)
    if before in ("(", "[") and after in (")", "]") and tokens.glued(i) and tokens.glued(i + 1):
        return len(tokens.words[i]) <= 3 or before == "["
    starts_line = i == 0 or "\n" in tokens.gap(i)
    if starts_line and len(tokens.words[i]) <= 2 and tokens.is_capitalised(i + 1) and not _goes_on(tokens, i + 1):
        return True  # "3 Daniel Okoro", as in a ranking
    return (
        starts_line
        and after in (".", ")")
        and tokens.glued(i + 1)
        and not tokens.glued(i + 2)
        and len(tokens.words[i]) <= 3
    )


def numbering(tokens: Tokens, at: int) -> bool:
    """True for the verb of "the dead now number 21"."""
    return tokens.word(at) == "number" and tokens.word(at - 1) in BEFORE_NUMBERING


def labelled(tokens: Tokens, number: Number, *, hedge: Hedged | None = None) -> bool:
    """As in "Resolution 2254", "Flight 370", "No. 5"; after another capitalised name only where nothing counted follows."""
    i = number.start
    if money.before(tokens, i) or numbering(tokens, i - 1):
        return False
    at = i - 2 if tokens.word(i - 1) in (".", "#") and not tokens.opens_sentence(i - 1) else i - 1
    label = tokens.word(at)
    if (
        label in LABELS
        and tokens.glued(number.end)
        and len(tokens.raw(number.end)) == 1
        and tokens.raw(number.end).isupper()
    ):
        return True  # "flat 12B"
    if label in INDICES and tokens.words[i].isdecimal() and int(tokens.words[i]) in SIZES:
        return True
    if label in LABELS_ALWAYS and not (hedge and hedge.bounds()):
        downing = label == "no" and tokens.is_capitalised(at) and not tokens.opens_sentence(at)
        return label not in ("no", "nos", "p", "pp", "vol", "fig") or at < i - 1 or label in ("p", "pp") or downing
    if _named(tokens, at, end=number.end):
        return True
    if at != i - 1 or hedge or not tokens.is_word(at):
        return False
    if _ranked(tokens, at, number):
        return True
    if label in ("day", "week") and tokens.word(at - 1) in ("on", "in", "by", "at", "until"):
        return not counts_soon(tokens, number.end)
    if label in LABELS:
        row = tokens.word(at - 1) in (",", "and") and tokens.is_numeral(at - 2) and tokens.word(at - 3) in LABELS
        if row or tokens.word(at - 1) in REFERENCES:
            return True
        bare = label in LABELS_BARE and tokens.word(at - 1) in PREPOSITIONS
        begun = (
            number.share or tokens.word(number.end) in DETERMINERS
        )  # "in Case 14/22 judges", "in Case 14 the judges"
        alone = begun or not counts_soon(tokens, number.end)
        return (tokens.is_capitalised(at) or label in LABELS_SMALL or bare) and alone
    if not tokens.is_capitalised(at) or tokens.opens_sentence(at) or label in WEEKDAYS or label in MONTHS:
        return False
    before = {*tokens.words[max(0, at - 6) : at]}
    aboard = "aboard" in before or ("on" in before and not ABOARD.isdisjoint(before))
    of_ship = aboard and tokens.word(number.end) in ("are", "were", "have")
    return of_ship or not (_goes_on(tokens, number.end) or _placed(tokens, at, end=number.end))


ABOARD = frozenset({"all", "crew", "everybody", "everyone", "those"})
"""Who is told of by the name of what they are on, which may be numbered: "those on the Northern Star 7 are safe"."""


def _ranked(tokens: Tokens, at: int, number: Number) -> bool:
    """As in "Grade 8 pupils", "Ward 7 councillors"."""
    if tokens.word(at) in RANKS and number.low <= RANKS_AT_MOST and tokens.word(at - 1) not in NO_RANK:
        return True
    return number.low < LABELS_BELOW and numbered_group(tokens, at)


def numbered_group(tokens: Tokens, at: int) -> bool:
    """True at a name of groups that are numbered, whatever is counted next: "Ward 7 councillors", not "Moss Ward 7 beds"."""
    alone = not tokens.is_capitalised(at - 1) or tokens.opens_sentence(at - 1)
    return tokens.word(at) in NUMBERED and tokens.is_capitalised(at) and alone and tokens.word(at - 1) not in NO_RANK


LABELS_BELOW = 100
"""No ward or year of a school has a higher number."""


def _beside(tokens: Tokens, at: int, end: int) -> set[str]:
    """The few words around a name and its number."""
    return {tokens.word(k) for k in (at - 2, at - 1, end, end + 1, end + 2)}


def _placed(tokens: Tokens, at: int, *, end: int) -> bool:
    """True where a count follows a place: "In Kessen 9,800 accounts were blocked"; not "in Windows 98"."""
    noun = tokens.word(end)
    plural = len(noun) > 3 and noun.endswith("s") and not noun.endswith("ss") and not tokens.is_capitalised(end)
    return plural and ("," in tokens.words[end - 1] or tokens.word(at - 1) in PLACED)


def _named(tokens: Tokens, at: int, *, end: int) -> bool:
    """As in "the Group of 20", "force 9 gale", "junctions 9 and 10", "HC 2217 of 2019"; `at` is the one before the number."""
    label, before = tokens.word(at), tokens.word(at - 2)
    if label == "force":
        return not BLOWING.isdisjoint(_beside(tokens, at, end))
    if label == "of":
        return tokens.raw(at - 1) == "Group"
    if label in ("and", "to"):
        return tokens.is_numeral(at - 1) and before in LABELS_ALWAYS
    year_ = tokens.word(end) == "of" and tokens.is_numeral(end + 1) and len(tokens.words[end + 1]) == 4
    return year_ and len(label) > 1 and tokens.raw(at).isupper()


SIZES = frozenset({20, 30, 35, 40, 50, 100, 150, 200, 225, 250, 300, 350, 400, 500, 600, 1000, 2000, 3000})
"""Of how many shares a stock index is made: the S&P 500."""


def _goes_on(tokens: Tokens, end: int) -> bool:
    """True where the words after a number treat it as a count: a noun, a fate, a unit, "of the"."""
    word = tokens.word(end)
    if counts_soon(tokens, end) or measured(tokens, end) or word in FATES or word in CURRENCY_SIGNS:
        return True
    tied = word[:1] in ("-", "–") and tokens.glued(end)
    return tied or word in ("were", "are", "have", "of", "others", "more", "%") or word in SCALES


def month(tokens: Tokens, i: int) -> bool:
    return tokens.word(i) in MONTHS and tokens.is_capitalised(i)


def _day(word: str) -> bool:
    return len(word) <= 2 and word.isdecimal() and 1 <= int(word) <= 31
