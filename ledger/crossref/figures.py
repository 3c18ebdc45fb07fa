"""Figures as pages and reports show them: in the words of the source, and as the ends of a bar."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from ledger import lexicon, quantity
from ledger.crossref.reasons import reason_words
from ledger.records import Apart, Quantity, Statement
from ledger.vocabulary import Modifier


def figure_words(statement: Statement) -> str:
    """The figure in the source's words with what it counts, else the short answer: "at least 400 militants"."""
    q = statement.quantity
    if q is None:
        return f"“{statement.answer}”" if statement.answer else "no figure"
    said = " ".join((q.text or "").split())
    if not said or len(said) > 60 or _opens_with_verb(said) or not _as_written(q):
        said = quantity.interval_words(q)
    said = said[:1].lower() + said[1:]
    noun = " ".join((q.counts or "").split())
    if not noun or noun.casefold() in said.casefold() or len(noun) > 40:
        return said
    return f"{said} of {noun}" if q.vague and said.endswith("s") else f"{said} {noun}"


def _opens_with_verb(said: str) -> bool:
    """True where the hedge is a verb; the figure alone is said with an adverb."""
    return not lexicon.words("en/hedges", "verbs").isdisjoint(said.casefold().split()[:1])


def _as_written(q: Quantity) -> bool:
    """True where the figure's text is words of the source; numbers that were given say their hedge in our words."""
    return q.start is not None or q.modifier is Modifier.EXACT or any(c.isalpha() for c in q.text)


def ends(q: Quantity) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest number that it names, an open end being the number at the other one; None where it names none."""
    low = q.low if q.low is not None else q.high
    high = q.high if q.high is not None else q.low
    return None if low is None or high is None else (Decimal(low), Decimal(high))


def apart_words(reason: str) -> str:
    """Why a figure is not on one scale with the others, after "it is": "about a different period"."""
    return APART.get(reason) or reason_words(reason)


APART = {
    "measure": "it counts something else",
    "unit": "it is in another unit",
    "population": "it is about other people or another side",
    "place": "it is about another place",
    "window": "it is about another period",
    "counting": "it counts only what was added, the others the total",
    "vague_whole": "the words are too vague to compare",
    "part_of": "it is a part of what the others count",
    "part_above_whole": "it is given for a part, yet it is above the others",
}


def gap_words(gap: Apart | None, *, least: bool = False) -> str:
    """How far apart, in words: "50 (11 %)"; empty where there is no distance. `least` where one of them is approximate."""
    if gap is None or Decimal(gap.absolute) == 0:
        return ""
    percent = f" ({_percent(Decimal(gap.percent))} %)" if gap.percent else ""
    return f"{'at least ' if least else ''}{Decimal(gap.absolute):,f}{percent}"


def _percent(value: Decimal) -> str:
    return str(value.quantize(Decimal(1), ROUND_HALF_UP)) if value >= 1 else f"{value:f}"
