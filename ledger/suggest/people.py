"""Whom a pronoun stands for: the people and bodies that the sentences before it name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ledger import lexicon
from ledger.suggest import grammar
from ledger.suggest.hits import Span
from ledger.suggest.phrases import before_time, low_ing
from ledger.suggest.sentence_tokens import Sentence, Token

MOST_NAME = 8
"""Tokens of the longest name, titles and full stops included."""


@cache
def _words(name: str) -> frozenset[str]:
    return lexicon.words("en/speakers", name)


@cache
def _titles() -> frozenset[str]:
    return lexicon.words("en/offices", "titles") | grammar.POSTS | grammar.TITLES


@cache
def _no_person() -> frozenset[str]:
    small = grammar.DETERMINERS | grammar.PREPOSITIONS | grammar.SUBORDINATORS | grammar.COORDINATORS
    adverbs = grammar.SENTENCE_ADVERBS | grammar.PRONOUNS | grammar.NEGATION
    return _words("organised") | grammar.BODIES | grammar.OUTLETS | grammar.DAYS | small | adverbs


@cache
def _bodies() -> frozenset[str]:
    return grammar.BODIES | grammar.OUTLETS | _words("organised") | lexicon.words("en/sources", "bodies")


class Name(NamedTuple):
    """A run of capitals outside quotations that may be a person.

    `firm` where title or text say that it is one, `leads` where it opens the sentence, at most behind "Her clerk,".
    """

    span: Span
    last: str
    firm: bool
    leads: bool


class Names:
    """The names of a text; a surname that stands alone elsewhere tells a person from a body."""

    def __init__(self, rows: Sequence[Sentence]) -> None:
        self.runs = {row.start: _runs(row) for row in rows}
        runs = [run for found in self.runs.values() for run in found]
        self.alone = {run.last for run in runs if run.words == 1}
        self.surnames = {run.last for run in runs if run.titled or (1 < run.words < 5 and run.last in self.alone)}

    def people(self, row: Sentence, before: int | None = None) -> list[Name]:
        """Who is named in a sentence, up to a place in it; the names of places are left out."""
        found = [run for run in self.runs[row.start] if not run.placed and (before is None or run.span[0] < before)]
        return [
            Name(r.span, r.last, r.titled or r.last in self.surnames, r.leads)
            for r in found
            if r.titled or 1 < r.words < 5 or r.last in self.surnames
        ]


def acting(row: Sentence) -> Span | None:
    """The one person whom a sentence opens with and names, or tells by a post: "The minister shrugged"."""
    named = [run for run in _runs(row) if run.words > 1 or run.titled]
    if not named and len(row.tokens) > 2 and row.tokens[0].low == "the" and row.tokens[1].low in _posts():
        return row.tokens[0].start, row.tokens[1].end
    return named[0].span if len(named) == 1 and named[0].span[0] == row.start else None


@cache
def _posts() -> frozenset[str]:
    return grammar.POSTS | lexicon.words("en/counted", "person") | lexicon.words("en/counted", "roles")


class _Run(NamedTuple):
    span: Span
    last: str
    words: int
    titled: bool
    placed: bool
    leads: bool


def _runs(row: Sentence) -> list[_Run]:
    """The runs of capitals of a sentence; acronyms and words of bodies are in none."""
    found: list[_Run] = []
    tokens, end, nobody, titles = row.tokens, 0, _no_person(), _titles()
    for at in [n for n, t in enumerate(tokens) if t.cap and t.word and t.low not in nobody]:
        if at < end:
            continue
        end = _name_end(tokens, at, nobody)
        words = [t for t in tokens[at:end] if t.word]
        names = [t for t in words if t.low not in titles]
        before = tokens[at - 1].low if at else ""
        led = len(names) < len(words) or before in titles
        if names and not any(row.text[t.start : t.end].isupper() and len(t.low) > 1 for t in names):
            placed = before in grammar.PLACED or (before in ("the", "a", "an") and not led)
            leads = at < 4 and not any(t.low in grammar.PREPOSITIONS for t in tokens[:at])
            span = tokens[at].start, tokens[end - 1].end
            found.append(_Run(span, names[-1].low.removesuffix("'s"), len(names), led, placed, leads))
    return found


def _name_end(tokens: list[Token], at: int, nobody: frozenset[str]) -> int:
    """The end of the run of capitals that opens here."""
    end = at + 1
    while end < min(len(tokens), at + MOST_NAME):
        if _capital(tokens[end], nobody):
            end += 1
        elif (
            end + 1 < len(tokens)
            and _capital(tokens[end + 1], nobody)
            and (tokens[end].low in _words("particles") or (tokens[end].low == "." and _short(tokens[end - 1])))
        ):
            end += 2
        else:
            break
    return end


def _capital(token: Token, nobody: frozenset[str]) -> bool:
    return token.cap and token.word and token.low not in nobody


def _short(token: Token) -> bool:
    return len(token.low) == 1 or token.low in grammar.TITLES


def gender_of(words: Sequence[str]) -> str | None:
    """`he` or `she` by the last word that says which: "Ann Roe's father" is a man."""
    he, she = _words("he"), _words("she")
    for word in reversed([w.lower() for w in words]):
        if word in she or word in he:
            return "she" if word in she else "he"
    return None


def gender(row: Sentence, span: Span) -> str | None:
    """`he` or `she` where title, post or apposition beside the name say which."""
    for token in row.tokens:
        if token.start >= span[0] and (token.low in grammar.FINITE or token.start > span[1] + 60):
            return None
        if token.end > span[0] - 30:
            for pronoun in ("he", "she"):
                if token.low.removesuffix("'s") in _words(pronoun):
                    return pronoun
    return None


def may_be(row: Sentence, name: Span, pronoun: str) -> bool:
    """False where the words behind a name speak of the other sex, too: "Roe left when he lost his job"."""
    other = ("she", "her") if pronoun == "he" else ("he", "his", "him")
    return all(t.low not in other for t in row.tokens if t.start >= name[1])


def about(row: Sentence, span: Span) -> bool:
    """True where the name stands in what is spoken about, and does not speak: "Asked about Ann Roe, ..."."""
    at = next((n for n, t in enumerate(row.tokens) if t.start >= span[0]), 0)
    return at > 0 and row.tokens[at - 1].low in grammar.TOPIC


def lead(row: Sentence) -> Span | None:
    """The body that a sentence is about, where its words say that it is one: "The council met"."""
    tokens = row.tokens
    for at, token in enumerate(tokens[:MOST_NAME]):
        past = len(token.low) > 3 and token.low.endswith("ed")
        if at and (token.low in grammar.FINITE or past or token.low in grammar.verbs() or low_ing(token)):
            end = before_time(tokens, at, 0)
            known = end > 0 and tokens[end - 1].low in _bodies()
            return (tokens[0].start, tokens[end - 1].end) if known and tokens[0].cap else None
        if not token.word:
            return None
    return None
