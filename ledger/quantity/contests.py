"""Pairs of numbers that are scores, innings or votes: a vote gives two figures, a game none."""

from __future__ import annotations

from ledger.lexicon import words
from ledger.quantity.cardinals import Number
from ledger.quantity.figure_words import (
    COUNTABLE,
    CURRENCY_SIGNS,
    MONTHS,
)
from ledger.quantity.tokenizing import Tokens, chain_end
from ledger.quantity.units import measured

SCORE_CUES = words("en/not_counted", "score_cues")
VOTE_CUES = words("en/not_counted", "vote_cues")
VOTE_VERBS = words("en/not_counted", "vote_verbs")
RUNS = words("en/not_counted", "runs")
COUNT_STOPS = words("en/not_counted", "count_stops")


def score(tokens: Tokens, number: Number) -> bool:
    """As in "3-2", "52-48" where the first is the larger or the words speak of a game or a vote; 24/7, 9/11."""
    end = chain_end(tokens, number.start)
    if number.share:
        following = tokens.word(number.end)
        return (
            tokens.word(number.start + 1) == "/"
            and following not in ("of", "or", "the")
            and not measured(tokens, number.end)
        )
    if end == number.start + 1 or number.end > number.start + 1:
        return False
    if end > number.start + 3 or tokens.words[number.start + 1] in ("/", ".", ":"):
        return True
    return scored(tokens, number.start, end=end)


def scored(tokens: Tokens, start: int, *, end: int) -> bool:
    """True where a pair of numbers a-b stands among words of games and votes, or falls."""
    if among_scores(tokens, start, end=end) or _in_sets(tokens, start, end=end):
        return True
    first, last = tokens.words[start], tokens.words[end - 1]
    if first == last and tokens.word(end) in COUNTABLE:
        return False  # "2-2 injuries"
    if not (first.isdecimal() and last.isdecimal()):
        return False
    return len(first) <= LONG_NUMERAL and len(last) <= LONG_NUMERAL and int(first) >= int(last)


LONG_NUMERAL = 9


def _in_sets(tokens: Tokens, start: int, *, end: int) -> bool:
    """True in a row of pairs with commas between: "6-3, 4-6, 7-5"."""
    before = tokens.word(start - 1) == "," and tokens.is_numeral(start - 2) and tokens.word(start - 3) in VOTE_DASHES
    behind = tokens.word(end) == "," and tokens.is_numeral(end + 1) and tokens.word(end + 2) in VOTE_DASHES
    return (before or behind) and tokens.word(end) not in COUNTABLE


def among_scores(tokens: Tokens, start: int, *, end: int) -> bool:
    """True where the words about tokens start..end speak of a game or a vote, and nothing counted follows."""
    around = {tokens.word(i) for i in range(start - 4, start)} | {tokens.word(end), tokens.word(end + 1)}
    return bool(around & SCORE_CUES) and tokens.word(end) not in COUNTABLE


def voted(tokens: Tokens, i: int) -> bool:
    """True for either count of a vote: "voted 61 to 39", "passed 5-4", "a 6-3 ruling"."""
    return _vote(tokens, i) or _vote(tokens, i - 2) or (tokens.word(i - 1) == "to" and _vote(tokens, i - 3))


def _vote(tokens: Tokens, i: int) -> bool:
    tie = tokens.word(i + 1)
    if tie in ("vote", "votes") and tokens.same(i + 2, ("to",)) and tokens.is_numeral(i) and tokens.is_numeral(i + 3):
        return tokens.word(i + 4) not in COUNTABLE  # "by 27 votes to 14"
    if tie != "to" and tie not in VOTE_DASHES:
        return False  # asked first, since most figures are no vote
    first, second = tokens.word(i).replace(",", ""), tokens.word(i + 2).replace(",", "")
    dash = tie in VOTE_DASHES and tokens.glued(i + 1) and tokens.glued(i + 2)
    if not (first.isdecimal() and second.isdecimal() and (tie == "to" or dash)) or measured(tokens, i + 3):
        return False
    around = {*tokens.words[max(0, i - 6) : i], *(tokens.words[i + 3 : i + 5] if dash else ())}
    falling = len(second) <= len(first) <= LONG_NUMERAL and int(first) > int(second)
    by = dash or tokens.word(i - 1) == "by"
    if not (around & VOTE_CUES or (by and falling and around & VOTE_VERBS)):
        return False
    return chain_end(tokens, i) <= i + 3 and tokens.word(i + 3) not in COUNTABLE and not _month(tokens, i + 3)


def _month(tokens: Tokens, i: int) -> bool:
    """True at the month of "the ballot ran from 28 to 30 June"."""
    return tokens.word(i) in MONTHS and tokens.is_capitalised(i)


VOTE_DASHES = ("-", "‐", "‑", "–")


def innings(tokens: Tokens, number: Number) -> bool:
    """As in "312 for 6" at cricket."""
    runs = number.start - 2 if tokens.word(number.start - 1) == "for" else number.start
    wickets = runs + 2
    if not (tokens.is_numeral(runs) and tokens.word(runs + 1) == "for" and tokens.is_numeral(wickets)):
        return False
    if not (tokens.words[runs].isdecimal() and tokens.words[wickets].isdecimal()):
        return False
    if not int(tokens.words[wickets]) <= WICKETS < int(tokens.words[runs]):
        return False
    if tokens.word(runs - 1) in CURRENCY_SIGNS or measured(tokens, wickets + 1):
        return False
    scored_before = tokens.word(runs - 1) in RUNS and tokens.word(wickets + 1) in COUNT_STOPS
    return scored_before or not tokens.is_word(wickets + 1)


WICKETS = 10
