"""Figures in a text as intervals, and what two intervals say about each other.

Nothing here knows news from law or sport: rules of the language decide what is a figure, which hedge it carries, what it
counts. Vague words get the bounds of the policy in `ledger/data/en/numbers.toml`, and say so in `Quantity.vague`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import ModuleType

from ledger.language import base, detect, is_read
from ledger.quantity.conversion import converted, convertible, measured
from ledger.quantity.intervals import Comparison, Gap, compare, interval_words, lead
from ledger.records import DENIED, OURS, Quantity, replace
from ledger.text.asides import running

__all__ = [
    "DENIED",
    "OURS",
    "Comparison",
    "Gap",
    "compare",
    "converted",
    "convertible",
    "find",
    "interval_words",
    "lead",
    "measured",
]


def find(text: str, language: str | None = None) -> list[Quantity]:
    """Every quantity in the text, in order, each with its place and hedge: `text[q.start:q.end] == q.text`.

    The language is a BCP 47 tag; without one it is told from the text. A few words that lean to no other language count as
    English, but nothing in them is sure that another language would read otherwise. In a language that is not read no
    figure is sure. Asides in brackets hold no figure: "[2]", "[struck out: 400]".
    """
    foreign, english = _readers()
    code, words = base(language) if language else detect(text), running(text)
    if code is None:
        found = foreign.undetermined(words)
    elif code == "en":
        found = english(words)
    elif is_read(code):
        found = foreign.find(words, code)
    else:
        found = foreign.unread(words)
    return found if words is text else [replace(q, text=text[q.start : q.end]) for q in found]


@cache
def _readers() -> tuple[ModuleType, Callable[[str], list[Quantity]]]:
    """What reads other languages, and English; their word lists are only read where a text is."""
    from ledger.quantity import foreign, recognition

    return foreign, recognition.find
