"""What a person types, held against the ledger before it is logged: figures, names, passages, sentences of our own.

A figure that the words do not hold is refused unless it is said to be ours. All else is told and logged as typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from ledger import capture, dates, lexicon, quantity, text
from ledger import records as r
from ledger.errors import BadInput, NotInText
from ledger.quantity.held import numbers
from ledger.store import Ledger, read, texts
from ledger.text import folding
from ledger.verbs.verb import Notice
from ledger.vocabulary import Asked
from ledger.work import utc_now

# --- sentences of our own -----------------------------------------------------------------------------------------

STRONGER = "stronger"
HEDGES = frozenset({"at_least", "more_than", "at_most", "fewer_than", "nearly", "about", "between", "unknown"})


def stronger(ours: str, words: Iterable[str], language: str | None = None) -> Iterator[Notice]:
    """What a sentence of our own says that the words which it rests on do not: a figure, no hedge, no doubt, a name."""
    said = list(words)
    held = [q for exact in said for q in quantity.find(exact, language)]
    for q in quantity.find(ours, language):
        near = [h for h in held if numbers([h]) & numbers([q])]
        if numbers([q]) and not near:
            yield Notice(STRONGER, f"“{q.text}” stands in our words and not in the quote")
        elif near and q.modifier == "exact" and all(h.modifier in HEDGES for h in near):
            yield Notice(
                STRONGER, f"our words say {quantity.interval_words(q)}, the quote {quantity.interval_words(near[0])}"
            )
    mine, theirs = _words(ours), {word for exact in said for word in _words(exact)}
    doubts = lexicon.words("en/wording", "belief")
    if (lost := sorted(theirs & doubts)) and not mine & doubts:
        yield Notice(STRONGER, f"the quote says “{lost[0]}”, our words do not")
    for name in NAME.findall(ours):
        if any(word.casefold() not in theirs for word in name.split()):
            yield Notice(STRONGER, f"“{name}” stands in our words and not in the quote")


NAME = re.compile(r"(?<=[a-z,;)] )(?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)*")
"""A name within a sentence; its first word tells nothing."""


def _words(sentence: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[\w’'-]+", sentence)}


# --- passages -----------------------------------------------------------------------------------------------------


def logged_already(ledger: Ledger, claim: r.Claim) -> Iterator[Notice]:
    """Tells of claims that stand with the very words of a new one, at the same place."""
    if claim.start is None:
        return
    if same := read.with_same_words(ledger, claim.uid):
        hint = f"one too many? claims undo, or claims retract {claim.id} --because ..."
        yield Notice("logged_already", f"{', '.join(same)} has these very words already", hint)


MOST_LOOKED = 20


def elsewhere(ledger: Ledger, quote: str, besides: str, error: NotInText) -> BadInput:
    """The refusal of a quote that is not in its article, with the articles in whose copies it stands."""
    found = []
    for hit in texts.find(ledger, re.findall(r"\w+", quote)[:12], limit=MOST_LOOKED):
        article = read.article(ledger, hit.article)
        copy = read.captures(ledger, article.uid)[-1:]
        if (
            article.id != besides
            and not article.retracted
            and copy
            and _stands(capture.text_of(ledger, copy[0]), quote)
        ):
            found.append(article)
    if not found:
        return error
    named = ", ".join(f"{a.id} {a.title or ''}".strip() for a in found[:3])
    return BadInput(f"the quote is not in {besides}; it stands in {named}", hint=f"--article {found[0].id}")


def _stands(body: str, quote: str) -> bool:
    try:
        text.locate(body, quote, occurrence=1)
    except BadInput:
        return False
    return True


# --- days ---------------------------------------------------------------------------------------------------------


def to_come(day: str | None) -> bool:
    """True for a day, or a moment, that has not come yet."""
    return (
        day not in (None, "", "unknown")
        and (dates.window(dates.as_typed(str(day))).earliest or "")[:10] > utc_now()[:10]
    )


def not_yet(what: str, day: str | None) -> Iterator[Notice]:
    """A notice where something is said to have happened on a day that has not come yet."""
    if to_come(day):
        yield Notice(Asked.TO_COME, f"{day}, when it was {what}, has not come yet")


# --- names --------------------------------------------------------------------------------------------------------

ALIKE = 0.86
"""Names that share so much of their letters may be one, misspelt."""


def near_names(ledger: Ledger, names: Iterable[str | None]) -> tuple[Notice, ...]:
    """A notice for each new name that is like a known source's; to be taken before any is logged."""
    from ledger.crossref.names import nameless

    given = [n for n in names if n]
    new = [n for n in given if read.source_uid_by_folded(ledger, folding.name(n)) is None]
    if not new:
        return ()
    known = read.known_names(ledger, map(folding.name, given))
    found = ((name, near) for name in new if (near := _nearest(name, known, described=nameless(name))))
    hint = "claims source merge makes two one; --new-source says that it is another"
    return tuple(
        Notice(Asked.NEAR_NAME, f"{name} is a new source; did you mean {near.id} {near.name}?", hint)
        for name, near in found
    )


def _nearest(name: str, known: list[read.Known], *, described: bool) -> read.Known | None:
    """The source whose name is most like it, in all or in its words: "Ana Ruiz" is within "Mayor Ana Ruiz Ferro".

    Of a speaker that is described and not named, only the same words, otherwise spaced.
    """
    mine = folding.name(name)
    best: tuple[float, read.Known | None] = (ALIKE, None)
    for source in known:
        within = not described and _within(mine.split(), source.folded.split())
        alike = 0.99 if within else _alike(mine, source.folded)
        alike = 0.0 if described and alike < 1 else alike
        if alike > best[0]:
            best = (alike, source)
    return best[1]


def _within(a: list[str], b: list[str]) -> bool:
    short, long = sorted((a, b), key=len)
    return 0 < len(short) < len(long) and len("".join(short)) > 3 and any(
        long[n : n + len(short)] == short for n in range(len(long) - len(short) + 1)
    ) and (len(short) > 1 or len(short[0]) > 4)  # fmt: skip


def _alike(a: str, b: str) -> float:
    one, other = a.replace(" ", ""), b.replace(" ", "")
    if (
        abs(len(one) - len(other)) > 3
        or min(len(one), len(other)) < 5
        or re.findall(r"\d+", one) != re.findall(r"\d+", other)
    ):
        return 0.0
    return SequenceMatcher(None, one, other).ratio()
