"""Figures as pages and reports show them: in the words of the source, and as the ends of a bar."""

from __future__ import annotations

from decimal import Decimal

from ledger import quantity
from ledger.crossref.reasons import reason_words
from ledger.records import Quantity, Statement


def figure_words(statement: Statement) -> str:
    """The figure in the source's words with what it counts, else the short answer: "at least 400 militants"."""
    q = statement.quantity
    if q is None:
        return f"“{statement.answer}”" if statement.answer else "no figure"
    said = " ".join((q.text or "").split())
    if not said or len(said) > 60 or q.start is None:  # what was given as numbers is said in our words
        said = quantity.interval_words(q)
    noun = " ".join((q.counts or "").split())
    return said if not noun or noun.casefold() in said.casefold() or len(noun) > 40 else f"{said} {noun}"


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
