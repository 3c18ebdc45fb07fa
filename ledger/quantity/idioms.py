"""Numbers in words that are no quantities: "one" as a pronoun, "first half", "two-state", a label in words."""

from __future__ import annotations

from ledger.lexicon import phrases, words
from ledger.quantity.ages import aged
from ledger.quantity.cardinals import Number
from ledger.quantity.exclusions import LABELS, LABELS_ALWAYS, counts_soon, month, numbered_group, numbering
from ledger.quantity.fates import at_last
from ledger.quantity.figure_words import (
    COUNTABLE,
    COUNTABLE_ONE,
    CURRENCIES,
    DEGREES,
    DETERMINERS,
    FATES,
    FIGURE_WORDS,
    INTRANSITIVE,
    PASSIVES,
    PEOPLE,
    SMALL,
    THINGS,
    TIME_UNITS,
)
from ledger.quantity.hedges import Hedged
from ledger.quantity.numbers import BY_DEGREES
from ledger.quantity.tokenizing import HYPHENS, Tokens
from ledger.vocabulary import Modifier

IDLE_ONE = words("en/not_counted", "idle_one")
BEFORE_PRONOUN = words("en/not_counted", "before_pronoun")
BEFELL = words("en/not_counted", "befell")
BEFORE_HALF = words("en/not_counted", "before_half")
UNCOUNTED_TIES = words("en/not_counted", "uncounted_ties")
COUNTED_TIES = words("en/not_counted", "counted_ties")


def word_excluded(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> bool:
    """True where the number in words at these tokens is no quantity."""
    if tokens.word(number.start - 1) == "per" and number.scaled:
        return True  # "parts per million"
    if tokens.word(number.start) == "zero" and tokens.word(number.start - 1) in ("above", "below"):
        before = number.start - 2
        return (
            tokens.word(before) in BY_DEGREES or tokens.is_numeral(before) or tokens.word(before) in SMALL
        )  # "5 below zero"
    return _idiom(tokens, number, hedge=hedge) or _name(tokens, number) or aged(tokens, number.start, end=number.end)


def _idiom(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> bool:
    word, after = tokens.words[number.start], tokens.word(number.end)
    if after in PAST or (tokens.word(number.start - 1) in PAST and tokens.word(number.start - 2) in PARTS_OF_HOURS):
        return True  # "half past two"
    if number.share and word in ("half", "a") and tokens.word(number.end - 1) == "half":
        return not _is_share(tokens, number, hedge=hedge)
    if number.vague and word == "scores":
        return (
            after not in ("of", "more", "were", "are", "have")
            and after not in FATES
            and not counts_soon(tokens, number.end)
        )
    if word == "one" and number.end == number.start + 1:
        return not _is_one(tokens, number, hedge=hedge)
    if _compound(tokens, number) or _for_a_dozen(tokens, number):
        return True
    previous = tokens.word(number.start - 1)
    if numbered_group(tokens, number.start - 1) and tokens.is_capitalised(number.start):
        return True  # "Ward Seven residents"
    if previous in LABELS_ALWAYS or (previous in LABELS and tokens.is_capitalised(number.start - 1) and not hedge):
        return not counts_soon(tokens, number.end)
    if previous == "at" and tokens.words[number.end : number.end + 2] in HOURS:
        return True  # "came at five in the morning"
    labelled = previous == "number" and not numbering(tokens, number.start - 1)
    return labelled or after in ("o'clock", "o’clock") or month(tokens, number.end)


PAST, PARTS_OF_HOURS = words("en/not_counted", "past"), words("en/not_counted", "parts_of_hours")
HOURS = [list(phrase) for phrase in phrases("en/not_counted", "hours")]


def _for_a_dozen(tokens: Tokens, number: Number) -> bool:
    """As in "eggs cost two crowns a dozen": a price is for so many."""
    if tokens.words[number.start] != "a" or not number.low == number.high == DOZEN:
        return False
    before = number.start - 1
    counted = tokens.is_numeral(before - 1) or tokens.word(before - 1) in FIGURE_WORDS
    priced = counted and tokens.word(before).endswith("s") and not counts_soon(tokens, number.end)
    return tokens.word(before) in CURRENCIES or priced


DOZEN = 12


def _name(tokens: Tokens, number: Number) -> bool:
    """As in "the Six Nations", "on Ninety Mile Beach", "the Big Six"; in a headline capitals say nothing."""
    i = number.start
    if not tokens.is_capitalised(i) or tokens.opens_sentence(i) or tokens.raw(i).isupper():
        return False
    near = [k for k in range(i - 5, i + 6) if tokens.is_word(k) and len(tokens.words[k]) > len("than")]
    if not any(not tokens.is_capitalised(k) for k in near):
        return False
    return tokens.is_capitalised(number.end if not tokens.is_capitalised(i - 1) else i - 1)


def _compound(tokens: Tokens, number: Number) -> bool:
    """As in "two-state", "three-pronged", "forty-second": tied to a word that is nothing counted."""
    end = number.end
    if tokens.glued(number.start) and tokens.word(number.start - 1) in HYPHENS and tokens.is_word(number.start - 2):
        return tokens.glued(number.start - 1)
    if tokens.word(end) not in HYPHENS or not (tokens.glued(end) and tokens.glued(end + 1)):
        return False
    tied = tokens.word(end + 1)
    if tokens.word(number.start) == "zero":
        return True  # "zero-hours staff", "zero-carbon homes"
    return tied in UNCOUNTED_TIES or not (tied in COUNTABLE_ONE or tied in COUNTABLE or tied in COUNTED_TIES)


AS_MUCH = ("many", "much", "big", "large", "long", "high")


def _is_share(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> bool:
    """As in "half of", "half the", "more than half"; not "first half", "half-brother", "half past"."""
    after, previous = tokens.word(number.end), tokens.word(number.start - 1)
    if previous in BEFORE_HALF and not (previous == "that" and after == "of"):
        return False
    if tokens.glued(number.end) and after in HYPHENS:
        return tokens.word(number.end + 1) in TIME_UNITS
    if hedge or previous == "by" or (after == "as" and tokens.word(number.end + 1) in AS_MUCH):
        return True
    return after in ("of", "the", "its", "their", "his", "her", "all", "our", "a", "an", "those", "these")


def _is_one(tokens: Tokens, number: Number, *, hedge: Hedged | None) -> bool:
    """As in "one" counts where something counted follows or a hedge stands before it; elsewhere it is a pronoun."""
    after, end = tokens.word(number.end), number.end
    if tokens.word(number.start - 1) in BEFORE_PRONOUN:
        return False
    if hedge and hedge.modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN, Modifier.AT_MOST, Modifier.FEWER_THAN):
        return True
    if after in HYPHENS and tokens.glued(end) and tokens.glued(end + 1):
        return tokens.word(end + 1) in COUNTABLE_ONE
    if after == "of" and _one_of_them(tokens, end + 1):
        return True
    if _one_who(tokens, number) or _but_one(tokens, number) or tokens.same(number.start - 2, ("votes", "to")):
        return True
    if after in DEGREES or (after in PASSIVES and FATES.keys() & set(tokens.words[end + 1 : end + 4])):
        return True  # "one seriously", "one was shot dead"
    if after in IDLE_ONE:
        return False
    if after in CURRENCIES or after in ("percent", "per", "dead", "killed", "wounded", "injured"):
        return True
    for i in range(end, end + 3):
        if not tokens.is_word(i):
            return False
        if tokens.words[i] in COUNTABLE_ONE or tokens.words[i] in INTRANSITIVE:
            return True
    return False


def _one_who(tokens: Tokens, number: Number) -> bool:
    """As in "four are walking again, and one who was thrown out has died"."""
    opens = tokens.opens_sentence(number.start) or tokens.word(number.start - 1) in ("and", "but", ";", ",")
    return opens and tokens.word(number.end) == "who" and at_last(tokens, number.end) is not None


def _but_one(tokens: Tokens, number: Number) -> bool:
    """As in "had not missed two tests, but one"."""
    led = tokens.word(number.start - 1 - (tokens.word(number.start - 1) in ("only", "just"))) == "but"
    return led and not tokens.is_word(number.end) and "not" in tokens.words[max(0, number.start - 16) : number.start]


HOW_BADLY = [[word] for word in sorted(DEGREES)]


def _one_of_them(tokens: Tokens, i: int) -> bool:
    """As in "one of the shells landed", "one of his sons was killed"; "one of the women said" counts nobody."""
    noun, verb = tokens.word(i + 1), tokens.word(i + 2)
    if tokens.word(i) in ("them", "whom"):
        after = tokens.words[i + 1 : i + 4]
        passive = after[:1] == ["was"] and not FATES.keys().isdisjoint(after)
        return passive or after[:1] in HOW_BADLY or not INTRANSITIVE.isdisjoint(after)
    if tokens.word(i) not in DETERMINERS:
        return False
    if noun in PEOPLE:
        return verb in PASSIVES or verb in FATES
    return noun in THINGS and (verb in PASSIVES or verb in FATES or verb in BEFELL or verb.endswith("ed"))
