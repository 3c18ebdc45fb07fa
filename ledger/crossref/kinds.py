"""What answers a question: a count, an amount, yes or no, when, where, how far, who or what, words.

It is told from the question's words and from whether its claims hold figures; a figure of another sort answers nothing:
no depth, no price and no year says how many died.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from ledger import lexicon, quantity
from ledger.crossref import terms
from ledger.crossref.measures import root, tokens
from ledger.crossref.wordlists import KIND_NOUNS, KIND_OPENS, LASTING, SORTS, UNIT_SORTS, VALUED
from ledger.quantity.figure_words import CURRENCIES, UNITS
from ledger.records import Claim, Quantity, Question
from ledger.vocabulary import Kind

FIGURES = (Kind.COUNT, Kind.AMOUNT, Kind.DISTANCE)
"""Kinds that a figure answers."""


class Asked(Struct, frozen=True):
    """What a question asks for."""

    kind: Kind | None = None
    """None where its words do not tell."""
    sort: str | None = None
    """Of an amount: money, time, length, share, age."""
    stems: frozenset[str] = frozenset()
    """The stems of its own words, without those that every question has."""
    text: str = ""
    """The question itself."""
    words: frozenset[str] = frozenset()
    """Its words."""
    roots: frozenset[str] = frozenset()
    """Their roots, one for words of one sense."""
    matter: frozenset[str] = frozenset()
    """Roots of what most of its claims speak of."""
    speaker: frozenset[str] = frozenset()
    """Roots of the name of who makes the claim that is read."""
    who: str | None = None
    """This name, where the question asks who did something."""


@lru_cache(maxsize=256)
def asks_one_name(question: str) -> bool:
    """True where the question asks for the name of one: "who was the head of the mine", "the name of the judge"."""
    found = _one_name().search(question)
    return found is not None and not re.search(r"(?<!s)s ?$|\b(?:people|men|women|children|crew|team|and)\b", found[0])


@cache
def _one_name() -> re.Pattern[str]:
    one = r"(?:the|its|his|her) (?:[\w’'-]+ )*?[a-z-]+(?=$|\?| (?:of|in|at|on|for|who|that|when|to|by)\b)"
    told_last = r"[Ww]ho (?:the|its|his|her) (?:[\w’'-]+ )*?(?=(?:is|was)\b)"  # "who the judge was"
    return re.compile(rf"^(?:(?:[Ww]ho was|(?:[Ww]hat (?:is|was) )?(?:[Tt]he )?name of) {one}|{told_last})")


LYING = lexicon.words("en/grammar", "be") | lexicon.words("en/grammar", "prepositions") | {"apart", "away"}
"""Words behind "how far" by which a length is asked for; how far a price fell is none."""


AMOUNTING = lexicon.words("en/questions", "amounting")
"""Verbs by which a question asks for a sum, whatever it is of: what the damage amounts to."""


ASKED = frozenset({"whether", "did", "does", "is", "was", "were", "had", "has"})


@lru_cache(maxsize=1024)
def asked(question: str) -> Asked:
    """What the words of the question ask for."""
    words = tuple(w for w, _, _ in tokens(question))
    telling = frozenset(w for w in words if w not in terms.STOP and len(w) > 1)
    roots = frozenset(root(w) for w in telling if w not in ASKED)
    told = Asked(text=question, stems=frozenset(map(terms.stem, telling)), words=frozenset(words), roots=roots)
    kind = _opening(words) or _noun(words)
    if kind is Kind.WHO_WHAT and not AMOUNTING.isdisjoint(words):
        return replace(told, kind=Kind.AMOUNT, sort=_sort(words))
    if kind is Kind.DISTANCE and not VALUED.isdisjoint(words) and LYING.isdisjoint(words[2:3]):
        return replace(told, kind=Kind.AMOUNT)
    if kind is Kind.COUNT and (sort := _sort_of_unit(words)):
        return replace(told, kind=Kind.AMOUNT, sort=sort)
    return replace(told, kind=kind, sort=_sort(words[:HEAD] if kind is Kind.COUNT else words))


def _sort_of_unit(words: tuple[str, ...]) -> str | None:
    """Of "how many years", "how many miles", what is measured in them."""
    unit = (UNITS | CURRENCIES).get(words[2]) if words[:2] == ("how", "many") and words[2:] else None
    return sort_of(unit)


def told_kind(question: Question) -> Kind | None:
    """What answers it as a person said or as its words alone tell; None where its claims have to be looked at."""
    if known := question.kind or (Kind.WORDS if question.one_of else None):
        return known
    kind = asked(question.question).kind
    return kind if kind is not Kind.WHO_WHAT else None


def kind_of(question: Question, claims: Sequence[Claim]) -> Kind:
    """What answers the question: as a person said, by its words, else by whether most of its claims hold a figure."""
    if known := told_kind(question):
        return known
    found = asked(question.question)
    figures = [qs for c in claims if not c.answer and (qs := [q for q in c.quantities if q.sure])]
    if found.kind is Kind.WHO_WHAT and question.question.casefold().startswith("what ") and _all_sums(claims):
        return Kind.AMOUNT
    if len(figures) * 2 <= len(claims) or (found.kind and not (found.sort and _mostly(found.sort, figures))):
        return found.kind or Kind.WORDS
    return Kind.AMOUNT if found.sort or any(_mostly(sort, figures) for sort in SORTS) else Kind.COUNT


def _all_sums(claims: Sequence[Claim]) -> bool:
    """True where nearly all claims give a sum of money, or a share: what the union demands, what it offers."""
    sorts = [{sort_of(q.unit) for q in c.quantities} for c in claims if not c.answer]
    return len(sorts) > 1 and any(
        sum(sort in has for has in sorts) > NEARLY * len(sorts) for sort in ("money", "share")
    )


NEARLY = 0.8


def fits(figure: Quantity, question: Asked) -> bool:
    """Whether a figure of this unit can answer the question at all."""
    sort = sort_of(figure.unit)
    if question.sort == "time" and sort == "length" and question.text.casefold().startswith("how long "):
        return True  # of a road, of a crack
    if question.sort == "money" and sort is None and not (figure.unit or figure.counts):
        return True  # "at least 4,000 a season"
    if question.sort is None:
        return sort != "time" or question.kind is None  # how long something took is asked in so many words
    return question.sort == sort or (question.sort == "age" and sort == "time")


def sort_of(unit: str | None) -> str | None:
    """Money, time, length, share: what the unit measures; None where things or people are counted."""
    if not unit:
        return None
    if len(unit) == 3 and unit.isupper():
        return "money"
    return UNIT_SORTS.get(unit) or ("length" if quantity.convertible(unit, "m") else None)


class Usual(Struct, frozen=True):
    """What most claims of a question give."""

    sort: str | None = None
    """Money, length, share: what they measure; None where the question tells itself, or none is that usual."""
    currency: str | None = None
    """The currency of their sums."""


NOTHING_USUAL = Usual()


def usual(question: Question, claims: Sequence[Claim]) -> Usual:
    """What most claims measure, where the question does not tell, and in which currency they put it."""
    figures = [qs for c in claims if not c.answer and (qs := [q for q in c.quantities if q.sure])]
    sorts = () if asked(question.question).sort else ("money", "share", "length")
    units = [{q.unit for q in qs if sort_of(q.unit) == "money"} for qs in figures]
    currencies = sorted({u for has in units for u in has if u and sum(u in own for own in units) * 2 > len(figures)})
    alone = currencies[0] if len(currencies) == 1 else None
    return Usual(next((sort for sort in sorts if figures and _mostly(sort, figures)), None), alone)


def _mostly(sort: str, figures: Iterable[Sequence[Quantity]]) -> bool:
    has = [any(sort_of(q.unit) == sort for q in qs) for qs in figures]
    return sum(has) * 2 > len(has)


def _opening(words: tuple[str, ...]) -> Kind | None:
    """The kind of the longest phrase that the question begins with."""
    for size in (4, 3, 2, 1):
        if kind := _opens().get(words[:size]):
            if kind is Kind.WHO_WHAT and words[0] in ("what", "which"):
                return _noun(words[1:3]) or kind
            return kind
    return None


def _noun(words: tuple[str, ...]) -> Kind | None:
    """The kind of the first noun that asks for one, before the question says of what."""
    for before, word in zip(("", *words), words[:HEAD], strict=False):
        if before not in ("a", "per", "each", "every") and (
            kind := KIND_NOUNS.get(word)
        ):  # "sorties a day" asks for no day
            return Kind(kind)
        if word in ("of", "in", "by", "that"):
            return None
    return None


HEAD = 4


def _sort(words: tuple[str, ...]) -> str | None:
    """The sort of the first phrase that names one: the share of the money is a share, the length of a strike a time."""
    text = f" {' '.join(words)} "
    found = [(text.find(f" {p} "), sort) for sort, listed in SORTS.items() for p in listed if f" {p} " in text]
    sort = min(found)[1] if found else None
    return "time" if sort == "length" and not LASTING.isdisjoint(words) else sort


@cache
def _opens() -> dict[tuple[str, ...], Kind]:
    return {tuple(phrase.split()): Kind(kind) for phrase, kind in KIND_OPENS.items()}
