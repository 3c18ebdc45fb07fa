"""What is said where no figures contradict each other: which were compared, and why a lower one is no contradiction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ledger.catalogue import count, listed, t
from ledger.crossref.running_counts import SourceAnswer
from ledger.crossref.statements import figure_words
from ledger.crossref.study import Study
from ledger.records import Pair, Quantity, replace
from ledger.reports.comparing import who, width
from ledger.reports.sentences import day as in_words
from ledger.reports.set_apart import told
from ledger.reports.timeline import day

FEW = 4
"""Figures that are named as compared; of more the first three, and how many others."""


def undisputed(found: Study) -> Iterator[str]:
    """A sentence each; nothing where no figures were compared."""
    now = [c for c, off in found.axis.items() if off is None and not found.statements[c].superseded]
    voices = told(found, now)
    compared = [replace(v, claims=(c,)) for v in voices if (c := _compared(found, v))]
    firm = [v for v in compared if (q := found.figure(v.claims[0])) is not None and not q.vague]
    if not compared:
        return
    if len(firm) < len(compared) and not _may_contradict(found, firm):
        yield t("No two of the figures compared are exact enough to contradict each other.")
    else:
        yield t("We found no contradiction among the figures compared.")
        if named := _named(found, firm):
            yield t("Compared: {figures}.", figures=named)
    yield from _lower(found, {v.claims[0] for v in voices})


def _compared(found: Study, voice: SourceAnswer) -> str | None:
    """The first claim of a source, of those that its later count has not overtaken, that could be compared."""
    now = (c for c in (*voice.claims, *voice.members) if c not in voice.before)
    return next((c for c in now if c in found.comparable), None)


def _may_contradict(found: Study, firm: Sequence[SourceAnswer]) -> bool:
    """True where some two figures of two sources could lie apart: two minimums never do."""
    figures = [(v.family.key, q) for v in firm if (q := found.figure(v.claims[0])) is not None]
    return any(a != b and not _open_alike(mine, its) for (a, mine), (b, its) in combinations(figures, 2))


def _open_alike(mine: Quantity, its: Quantity) -> bool:
    return (mine.high is None and its.high is None) or (mine.low is None and its.low is None)


def _named(found: Study, firm: Sequence[SourceAnswer]) -> str:
    """The figures in words, each once; empty for one alone."""
    words = list({w.casefold(): w for v in firm if (w := figure_words(found.statements[v.claims[0]]))}.values())
    if len(words) < 2:
        return ""
    few = words if len(words) <= FEW else words[: FEW - 1]
    rest = len(words) - len(few)
    return listed([*few, *([count("{n} other", "{n} others", rest)] if rest else [])])


def _lower(found: Study, leads: set[str]) -> Iterator[str]:
    """Why figures that differ are held against each other no further."""
    apart = [p for p in found.pairs if {p.a, p.b} <= leads and not _vague(found, p) and not p.set_by]
    moments = [p for p in apart if p.reason == "moment" and day(found, p.a) == day(found, p.b) != ""]
    if moments:
        widest = max(moments, key=width)
        a, b = (who(found, c) for c in (widest.a, widest.b))
        yield t(
            "{a} and {b} differ, but both are of {day}, when the count was going on: the lower may be the earlier one.",
            a=a, b=b, day=in_words(day(found, widest.a)),
        )  # fmt: skip
    if any(p.reason == "as_of" for p in apart):
        yield t("A lower figure of an earlier day is taken for an earlier count, not for a contradiction.")


def _vague(found: Study, pair: Pair) -> bool:
    return any((q := found.figure(c)) is None or q.vague for c in (pair.a, pair.b))
