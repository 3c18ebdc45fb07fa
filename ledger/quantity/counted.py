"""What a figure counts: its head noun, the unit, what happened to them, whose they are, total or increment."""

from __future__ import annotations

from msgspec import Struct

from ledger.lexicon import words
from ledger.quantity.cardinals import Number
from ledger.quantity.contests import voted
from ledger.quantity.fates import measure, of_head
from ledger.quantity.figure_words import (
    AUXILIARIES,
    CHANGES,
    COUNTABLE,
    COUNTABLE_ONE,
    DETERMINERS,
    FATES,
    FATES_OF_PEOPLE,
    FIGURE_WORDS,
    INCREMENTS,
    NO_NOUN,
    PASSIVES,
    PEOPLE,
    PERSON,
    PLURAL_SCALES,
    POPULATIONS,
    RISING,
    ROLES,
    SCALES,
    STRIKES,
    THINGS,
    TOTALS,
    UNITS,
)
from ledger.quantity.tokenizing import HYPHENS, SENTENCE_END, Tokens
from ledger.quantity.units import compound, currency, is_difference, percent
from ledger.vocabulary import Counting

NOUN_ENDS = words("en/counted", "noun_ends")
GROUPS = words("en/counted", "groups_of_people")
ANYBODY = PEOPLE | PERSON
DEVICES, SPACES = words("en/units", "devices"), words("en/units", "spaces")
CLOSING_QUOTES = frozenset("\"”’'»")


class Phrase(Struct):
    """The noun phrase after a figure, as tokens; `others` are the nouns joined to it: "houses, barns and shops"."""

    start: int
    end: int
    others: tuple[int, ...] = ()

    def words(self, tokens: Tokens) -> str:
        return tokens.text[tokens.starts[self.start] : tokens.ends[max(self.end - 1, *self.others, 0)]]


class Counted(Struct):
    phrase: Phrase | None = None
    unit: str | None = None
    measure: str | None = None
    population: str | None = None
    counting: Counting = Counting.UNKNOWN


def counted(tokens: Tokens, number: Number, *, first: int, noun: int) -> Counted:
    """What the number counts; its hedge begins at token `first`, its noun may begin at token `noun`."""
    after = tokens.word(number.end + (tokens.word(number.end) in HYPHENS))
    if "magnitude" in (tokens.word(number.start - 1), after):
        return (
            Counted()
        )  # what is measured on a scale counts nothing of what stands behind it: "a 6.1-magnitude quake killed"
    if number.vague and tokens.word(number.end - 1) in ("figure", "figures"):
        return Counted(unit=currency(tokens, number))  # "seven-figure salaries"
    phrase = noun_phrase(tokens, number, first=first, noun=noun)
    unit = _unit(tokens, number, phrase=phrase, first=first)
    behind = phrase.end if phrase else noun
    alone = unit is None and phrase is None and not number.share
    phrase = _numbered(tokens, first) if alone else phrase
    noun_before = _rising(tokens, first) if alone and phrase is None else None
    if alone and phrase:
        unit = unit_of(tokens.words[phrase.end - 1])
    if alone and tokens.word(first - 1) in ("of", "at") and tokens.word(first - 2) in GROUPS and not phrase:
        unit = "people"  # "a crew of five"
    if alone and not phrase and (tokens.word(noun) == "aboard" or tokens.same(noun, ("on", "board"))):
        unit = "people"  # "with 88 on board"
    if noun_before:
        unit = "people" if FATES.get(noun_before) in FATES_OF_PEOPLE else unit_of(noun_before)
    if unit in ("°C", "°F") and is_difference(tokens, first, after=behind):
        unit = f"{unit} of change"
    head = tokens.words[phrase.end - 1] if phrase and not alone else ""
    fate = measure(tokens, head, unit=unit, span=(first, behind))
    fate = fate or (FATES.get(noun_before) if noun_before else None)
    if unit is None and fate in FATES_OF_PEOPLE and (_compound(tokens, number) or _single_thing(tokens, number)):
        fate = None
    elif unit is None and fate in FATES_OF_PEOPLE and not number.share and tokens.word(number.end) not in HYPHENS:
        unit = "people"
    return Counted(
        phrase=phrase,
        unit=unit,
        measure=fate,
        population=_population(tokens, phrase, fate=fate, first=first),
        counting=_counting(tokens, number, first=first, after=behind),
    )


# --- the noun -----------------------------------------------------------------------------------------------------


def _single_thing(tokens: Tokens, number: Number) -> bool:
    """True where one thing stands behind "not a single" that no list of people has: "not a single barn was lost"."""
    thing, verb = tokens.word(number.end), tokens.word(number.end + 1)
    told = thing.isalpha() and verb in PASSIVES and thing not in AUXILIARIES | FATES.keys()
    return told and number.low == number.high == 0


def noun_phrase(tokens: Tokens, number: Number, *, first: int, noun: int) -> Phrase | None:
    """The head noun and what stands before it: "terrorist positions", "tower tombs", "treasured temples"."""
    if number.vague and tokens.word(number.end - 1) in PLURAL_SCALES and tokens.word(number.end) not in LINKING:
        return None  # "hundreds of thousands enduring such conditions"
    start = _past_linking(tokens, noun)
    one = number.low == number.high and number.low in (0, 1)  # "one house", "not a single house"
    return _phrase(tokens, start, one=one, alone=one and tokens.word(number.end) not in HYPHENS, first=first)


def _phrase(tokens: Tokens, start: int, *, one: bool, alone: bool, first: int) -> Phrase | None:
    """The noun phrase that begins at token `start`; of one alone, "one flight recorder", not "a one-page letter"."""
    end = start
    while end < start + 7 and _in_phrase(tokens, end, start=start):
        if tokens.words[end].endswith(("'s", "’s")) and tokens.is_word(end + 1):
            start = end + 1
        end += 1
    head = _head(tokens, start, end=end, one=one)
    if head is not None and head + 1 < end and alone and _agent(tokens, head + 1):
        head += 1  # "one flight recorder"
    return Phrase(start, head + 1, _joined(tokens, first, head + 1)) if head is not None else None


def _joined(tokens: Tokens, first: int, end: int) -> tuple[int, ...]:
    """The nouns behind the first in "men, women and children"; none in "lost 3 games and players left"."""
    at = end
    if tokens.word(end - 1) in UNITS:
        return ()  # "stores 12TB and draws 450W"
    while tokens.word(at) == "," and _thing(tokens, at + 1):
        at += 2
    if tokens.word(at) != "and" or not _thing(tokens, at + 1):
        return ()
    opens = tokens.opens_sentence(first) or tokens.word(first - 1) in (",", "of", "all", "both")
    after = tokens.word(at + 2)
    acts = after in AUXILIARIES or after.endswith("ed") or after in FATES
    apart = acts or (tokens.is_word(at + 2) and after not in NO_NOUN)
    return tuple(range(end + 1, at + 2, 2)) if opens or not apart else ()


def _thing(tokens: Tokens, i: int) -> bool:
    word, after = tokens.word(i), tokens.word(i + 1)
    if word in FATES or word in NO_NOUN or word == "does" or after in DETERMINERS or after in ("a", "an"):
        return False
    return word in COUNTABLE or _plural(tokens, i)


LINKING = frozenset({"of", "more", "other", "others", "-"})


def _past_linking(tokens: Tokens, i: int) -> int:
    """Past "more", "of the", a hyphen: to where the noun phrase begins."""
    if tokens.word(i) in HYPHENS and tokens.glued(i):
        return i + 1
    if tokens.word(i) in CLOSING_QUOTES:
        i += 1
    for word in ADDING:
        i += tokens.word(i) == word and tokens.is_word(i + 1)
    i += 2 * (tokens.words[i : i + 2] == ["head", "of"])  # "300 head of cattle"
    whole = tokens.word(i) == "of" or tokens.word(i - 1) in ("half", "all", "both", "of")
    i += tokens.word(i) == "of"
    return i + (whole and tokens.word(i) in DETERMINERS)


ADDING = ("more", "fewer", "additional", "further")


def _in_phrase(tokens: Tokens, i: int, *, start: int) -> bool:
    word = tokens.word(i)
    if word in HYPHENS:
        return i > start and tokens.glued(i) and tokens.glued(i + 1) and tokens.is_word(i + 1)
    if i > start and word in FATES and word not in COUNTABLE and tokens.word(i - 1) in COUNTABLE:
        return False
    if i > start and word in DETERMINERS:
        return False  # "fled their homes"
    tied = i > start and tokens.glued(i) and tokens.word(i - 1) in HYPHENS
    return tokens.is_word(i) and (tied or word not in NO_NOUN) and word not in FIGURE_WORDS


def _head(tokens: Tokens, start: int, *, end: int, one: bool) -> int | None:
    """The token of the head noun: the first thing counted that is not itself before another."""
    plural: int | None = None
    for i in range(start, end):
        word = tokens.words[i]
        following = tokens.word(i + 1) if i + 1 < end else ""
        if (
            word in COUNTABLE
            or (one and word in COUNTABLE_ONE)
            or (word in COUNTABLE_ONE and tokens.word(start - 1) in HYPHENS)
        ):
            beside = word in FATES and i + 1 < end and _plural(tokens, i + 1)  # "40 dead birds"
            if not beside and not (following in COUNTABLE and (following not in FATES or following in THINGS)):
                return i
        elif (
            plural is None and _plural(tokens, i) and not (following in COUNTABLE or tokens.past_hyphen(i + 1) > i + 1)
        ):
            plural = i
    return plural


def _agent(tokens: Tokens, i: int) -> bool:
    """True for a noun by its ending, which what stands before it only describes: "recorder", "generator"."""
    word = tokens.words[i]
    return len(word) > 5 and word.endswith(AGENTS) and word not in NO_NOUN and word not in NO_AGENTS


AGENTS = ("er", "or", "ist", "ment", "tion")
NO_AGENTS = words("en/counted", "no_agents")


def _plural(tokens: Tokens, i: int) -> bool:
    word = tokens.word(i)  # "" behind the last
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "'s", "’s")):
        return False
    return word not in FATES and not tokens.raw(i).isupper()


def _compound(tokens: Tokens, number: Number) -> bool:
    """True for things called by a compound, which nothing befalls: "two start-ups"."""
    tied = tokens.is_word(number.end) and tokens.word(number.end + 1) in HYPHENS and tokens.glued(number.end + 1)
    return tied and tokens.word(number.end + 2).endswith("s")


# --- the unit -----------------------------------------------------------------------------------------------------


def _unit(tokens: Tokens, number: Number, *, phrase: Phrase | None, first: int) -> str | None:
    paid = number.unit or currency(tokens, number) or compound(tokens, number.end)
    if paid:
        return paid
    after = tokens.word(number.end)
    at = number.end + 2 * (after == "to" and tokens.is_numeral(number.end + 1))  # "from 20 to 30 percent" says it once
    if share := percent(tokens, at):
        return share
    if number.share or number.times:
        return "share" if number.share else "times"
    if after in UNITS and (tokens.glued(number.end) or phrase is None or phrase.start == number.end):
        return UNITS[after]
    if voted(tokens, number.start):
        return "votes"
    if "point" in (after, tokens.word(number.end + 1) if after in HYPHENS else "") and not number.share:
        return "points"  # "a quarter point", "a 15-point lead"
    if phrase is None:
        return "people" if after in PEOPLE else None
    head = tokens.words[phrase.end - 1]
    if of_head(tokens, head, span=(first, phrase.end)) == "targets":
        return "targets"
    if head in NOUN_ENDS and tokens.word(phrase.end - 2) in HYPHENS:
        return f"{tokens.word(phrase.end - 3)}-{head}"  # "400 lay-offs"
    if head in DEVICES and phrase.end - phrase.start > 1 and tokens.word(phrase.end - 2) not in SPACES:
        return head  # "60 faulty meters"
    units = dict.fromkeys(map(unit_of, [head, *(tokens.words[i] for i in phrase.others)]))
    return "people" if "people" in units else " and ".join(units)


def _change(tokens: Tokens, first: int) -> int | None:
    """The verb of change that the figure belongs to, at most with another figure between: "fell by 14 to"."""
    at = first - 1
    if tokens.word(at) == "in":
        return None  # "fell in 12 towns", not "rose from 1,950 in 1998 to 2,020"
    while at > first - 8 and (tokens.is_numeral(at) or tokens.word(at) in WAYS or tokens.word(at) in SCALES):
        at -= 1
    return None if at == first - 1 or tokens.word(at) not in CHANGES else at


def _numbered(tokens: Tokens, first: int) -> Phrase | None:
    """What is counted whose number changes: "the number of measles cases rose by 14 to"."""
    verb = _change(tokens, first)
    for at in range((verb or 0) - 1, max(0, (verb or 0) - NUMBERED), -1):
        if tokens.word(at) in SENTENCE_END or tokens.word(at) == ",":
            return None
        if tokens.word(at) in ("number", "numbers") and tokens.word(at + 1) == "of":
            return _phrase(tokens, _past_linking(tokens, at + 1), one=False, alone=False, first=first)
    return None


def number_of(tokens: Tokens, i: int) -> str | None:
    """The noun of what is counted behind the "of" at token i of "the number of puffins"."""
    phrase = _phrase(tokens, _past_linking(tokens, i), one=False, alone=False, first=i)
    return tokens.words[phrase.end - 1] if phrase else None


NUMBERED = 14
"""Words from "number of" to the verb that says how it changed."""


def _rising(tokens: Tokens, first: int) -> str | None:
    """The noun of which a verb of change tells: "cases fell from 1,200 to 900"."""
    at = _change(tokens, first)
    if at is None:
        return None
    at -= 1
    while tokens.word(at) in AUXILIARIES or tokens.word(at).endswith("ly"):
        at -= 1
    noun = tokens.word(at)
    return noun if noun in PEOPLE or noun in RISING else _leading(tokens, at)


def _leading(tokens: Tokens, at: int) -> str | None:
    """The noun that opens the clause, with what explains it before its verb: "Deaths in the heatwave have climbed"."""
    begun = next(
        (k + 1 for k in range(at, max(-1, at - LED), -1) if not (tokens.is_word(k) or tokens.is_numeral(k))), None
    )
    begun = 0 if begun is None and at < LED else begun
    if begun is None:
        return None
    begun += tokens.word(begun) in DETERMINERS
    explained = tokens.word(begun + 1) in EXPLAINING
    return tokens.word(begun) if explained and tokens.word(begun) in RISING else None


EXPLAINING = frozenset({"in", "from", "of", "at", "on", "among", "by", "due"})
LED = 10
"""Words of a noun and what explains it, before the verb that says how it changed."""


WAYS = words("en/counted", "ways")


def unit_of(head: str) -> str:
    """The unit of a noun: persons are people, "flight" is flights."""
    if head in UNITS:
        return UNITS[head]
    if head in PEOPLE or head in PERSON or head.removesuffix("s") in ROLES | PERSON:
        return "people"
    if head in STRIKES:
        return "strikes"
    return head if head in COUNTABLE or head.endswith("s") else _plural_of(head)


def _plural_of(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


# --- whose --------------------------------------------------------------------------------------------------------


def _population(tokens: Tokens, phrase: Phrase | None, *, fate: str | None, first: int) -> str | None:
    named = _named_group(tokens, phrase)
    if named:
        return named
    if fate in ("lost", "casualties"):
        subject = _subject(tokens, first)
        if subject:
            return subject
    if phrase is None:
        return None
    return phrase.words(tokens) if tokens.words[phrase.end - 1] in POPULATIONS else None


def _named_group(tokens: Tokens, phrase: Phrase | None) -> str | None:
    """As in "ISIS" in "ISIS militants": capitals before a head of people."""
    if phrase is None or tokens.words[phrase.end - 1] not in ANYBODY:
        return None
    group = [i for i in range(phrase.start, phrase.end - 1) if len(tokens.raw(i)) > 1 and tokens.raw(i).isupper()]
    return tokens.raw(group[0]) if group else None


def _subject(tokens: Tokens, first: int) -> str | None:
    """The name that stands before "lost" or "suffered"."""
    at = first - 1
    while at > first - 4 and tokens.is_word(at) and not tokens.is_capitalised(at):
        if tokens.words[at] in ("lost", "loses", "losing", "suffered", "sustained", "suffers"):
            end = at - 1 if tokens.word(at - 1) in ("has", "have", "had") else at
            start = end
            while start > 0 and tokens.is_word(start - 1) and tokens.is_capitalised(start - 1):
                start -= 1
            start += tokens.word(start) in DETERMINERS
            return tokens.text[tokens.starts[start] : tokens.ends[end - 1]] if start < end else None
        at -= 1
    return None


# --- total or increment -------------------------------------------------------------------------------------------


def _counting(tokens: Tokens, number: Number, *, first: int, after: int) -> Counting:
    if tokens.word(first - 1) == "by" and (
        any(tokens.word(i) in CHANGES for i in (first - 2, first - 3)) or _by_so_much(tokens, first - 1)
    ):
        return Counting.INCREMENT
    hedged = any(
        tokens.word(at) in PASSING for at in range(first, number.start)
    )  # "fell below 3 percent": it stands there
    if tokens.word(first - 1) in RISEN and percent(tokens, number.end) and not hedged:
        return Counting.INCREMENT  # "sales fell 7% to"
    steps = tokens.word(first - 1) in ("up", "down") and tokens.word(first - 2) in CHANGES
    if steps and tokens.word(number.end) in ("percent", "percentage", "point", "points", "%"):
        return Counting.INCREMENT  # "ticked up 0.4 points to"
    if tokens.word(first - 1) == "of" and tokens.word(first - 2) in AMOUNTS_OF_CHANGE:
        return Counting.INCREMENT  # "a drop of almost a third"
    higher = tokens.word(after) in HIGHER and (after == number.end or tokens.word(after) != "more")
    if higher and tokens.word(after + 1) == "than" and not tokens.is_numeral(after + 2):
        return Counting.INCREMENT  # "three points lower than in May", "eight more than last year"
    if tokens.word(first - 1) == "to" and (change := _change(tokens, first)) is not None and _by(tokens, change, first):
        return Counting.TOTAL
    if any(tokens.word(i) in INCREMENTS for i in range(min(first, number.start) - 1, number.start)):
        return Counting.INCREMENT
    beside = (tokens.word(number.end), tokens.word(after))
    if ("more" in beside or "fewer" in beside) and tokens.word(after + 1) != "than":
        return Counting.INCREMENT
    for i in range(first - 1, first - 9, -1):
        word = tokens.word(i)
        if not word or word in SENTENCE_END:
            break
        if word in TOTALS or (word in ("bringing", "brings", "brought") and tokens.word(first - 1) == "to"):
            return Counting.TOTAL
    return Counting.TOTAL if _summed_up(tokens, after) else Counting.UNKNOWN


def _by_so_much(tokens: Tokens, by: int) -> bool:
    """True for the "by" of "trimmed its waiting list by 1,800", "cutting it by 25 points": what is changed stands between."""
    for at in range(by - 2, by - OBJECT, -1):
        if not tokens.is_word(at + 1):
            return False
        if tokens.word(at) in CHANGES and tokens.word(at + 1) in CHANGED:
            return True
    return False


CHANGED = DETERMINERS | {"it", "them"}
OBJECT = 8
"""Words from a verb of change to what it changes by, the longest object between them."""
RISEN = frozenset(
    word for word in CHANGES if word.endswith(("ed", "s")) or word in ("rose", "fell", "grew", "risen", "fallen")
)
PASSING = words("en/not_counted", "passing")
AMOUNTS_OF_CHANGE, HIGHER = words("en/not_counted", "amounts_of_change"), words("en/not_counted", "higher")


def _by(tokens: Tokens, verb: int, first: int) -> bool:
    """True where a verb of change says by how much before it says to what: "rose by 14 to"."""
    return any(tokens.is_numeral(at) or tokens.word(at) == "by" for at in range(verb + 1, first - 1))


def _summed_up(tokens: Tokens, after: int) -> bool:
    """As in "so far", "in total", "overall" within the next words."""
    for i in range(after, after + 8):
        word = tokens.word(i)
        if not word or word in SENTENCE_END or tokens.is_numeral(i):
            return False
        if (word, tokens.word(i + 1)) in (("so", "far"), ("in", "total"), ("in", "all")) or word in (
            "altogether",
            "overall",
        ):
            return True
    return False
