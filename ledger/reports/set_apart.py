"""Which claims of a question stand beside each other, and which are set apart, by reason."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.catalogue import t
from ledger.crossref.study import Study
from ledger.reports.sentences import apart_words, several_words

PLACED = ("place", "part_of", "part_above_whole")
"""Reasons of which the place is told beside them."""


def groups(found: Study) -> Iterator[tuple[str | None, list[str]]]:
    """Claims that stand on one scale, those that do not by reason, answers in words, and what has to be read."""
    beside = {**found.axis, **found.worded}
    yield None, [c for c, off in found.axis.items() if off is None]
    yield None, [c for c, off in found.worded.items() if off is None]
    parts: dict[tuple[str, str | None], list[str]] = {}
    for c, off in beside.items():
        if off is not None:
            parts.setdefault((off, part_of(found, c, off)), []).append(c)
    yield from ((apart_words(reason), claims) for (reason, _), claims in parts.items())
    for name, figures in found.several.items():
        yield several_words(figures), [name]
    prose = [c.id for c in found.claims if found.statements[c.id].quantity is None and c.id not in found.in_words]
    yield t("no answer to compare was read from it"), [c for c in prose if c not in found.several]


def part_of(found: Study, claim: str, off: str) -> str | None:
    """The part or the place that a claim is of, where that is why it is set apart."""
    s = found.statements[claim]
    return s.scope if off == "scope" else s.place if off in PLACED else None
