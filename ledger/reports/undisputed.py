"""What is said where no figures contradict each other: which were compared, and why a lower one is no contradiction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from ledger.catalogue import count, listed, t
from ledger.crossref.running_counts import SourceAnswer
from ledger.crossref.statements import figure_words
from ledger.crossref.study import Study
from ledger.records import Pair, Quantity, replace
from ledger.reports.comparing import who, width
from ledger.reports.sentences import day as in_words
from ledger.reports.sentences import first_few
from ledger.reports.set_apart import told
from ledger.reports.timeline import day

FEW = 4
"""Figures that are named as compared; of more it is told how far they go."""


def undisputed(found: Study) -> Iterator[str]:
    """A sentence each; nothing where no figures were compared."""
    now = [c for c, off in found.axis.items() if off is None and not found.statements[c].superseded]
    voices = told(found, now)
    compared = [replace(v, claims=(c,)) for v in voices if (c := _compared(found, v))]
    firm = [v for v in compared if (q := found.figure(v.claims[0])) is not None and not q.vague]
    if not compared:
        return
    leads = {v.claims[0] for v in voices}
    if len(firm) < len(compared) and not _may_contradict(found, firm):
        yield t("No two of the figures compared are exact enough to contradict each other.")
    else:
        if any(_apart(found, leads)):
            yield t("No two of the figures compared are known to exclude each other.")
        else:
            yield t("We found no contradiction among the figures compared.")
        if named := _named(found, firm):
            yield named
    yield from _lower(found, leads)


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
    """Which figures these are, each once, of many how far they go; empty for one alone."""
    worded = [(w, q) for v in firm if (w := figure_words(found.statements[v.claims[0]])) and (q := _figure(found, v))]
    words = list({w.casefold(): w for w, _ in worded}.values())
    if len(words) < 2:
        return ""
    if len(words) <= FEW:
        return t("Compared: {figures}.", figures=listed(words))
    low, high = min(worded, key=_place)[0], max(worded, key=_place)[0]
    return count(
        "Compared: {n} figure, from {low} to {high}.", "Compared: {n} figures, from {low} to {high}.",
        len(worded), low=low, high=high,
    )  # fmt: skip


def _figure(found: Study, voice: SourceAnswer) -> Quantity | None:
    return found.figure(voice.claims[0])


def _place(worded: tuple[str, Quantity]) -> tuple[Decimal, bool]:
    """Where a figure stands among others: "more than 40" behind "40", "up to 40" at it."""
    _, q = worded
    return Decimal(q.low or q.high or 0), q.low_inclusive is False


def _lower(found: Study, leads: set[str]) -> Iterator[str]:
    """Why figures that differ are held against each other no further."""
    apart = _apart(found, leads)
    moments = [p for p in apart if p.reason == "moment" and day(found, p.a) == day(found, p.b) != ""]
    if moments:
        widest = max(moments, key=width)
        a, b = (who(found, c) for c in (widest.a, widest.b))
        yield t(
            "{a} and {b} differ, but both are of {day}, when the count was going on: the lower may be the earlier one.",
            a=a, b=b, day=in_words(day(found, widest.a)),
        )  # fmt: skip
    later = [p for p in apart if p.reason == "as_of"]
    grown: dict[str, set[str]] = {}
    for p in later:
        if (at := day(found, p.a)) and at == day(found, p.b):
            grown.setdefault(at, set()).update((p.a, p.b))
    for at, claims in sorted(grown.items()):
        rising = sorted(((figure_words(found.statements[c]), q) for c in claims if (q := found.figure(c))), key=_place)
        yield t(
            "Counts of {day} differ: {figures}. A lower one may be an earlier one of that day.",
            day=in_words(at), figures=first_few(list(dict.fromkeys(w for w, _ in rising))),
        )  # fmt: skip
    if any(day(found, p.a) != day(found, p.b) for p in later):
        yield t("A lower figure of an earlier day is taken for an earlier count, not for a contradiction.")


def _apart(found: Study, leads: set[str]) -> list[Pair]:
    """The pairs of what is told now that differ and may be two counts of one thing at two times."""
    told = [p for p in found.pairs if {p.a, p.b} <= leads and not _vague(found, p) and not p.set_by]
    return [p for p in told if p.reason in ("moment", "as_of")]


def _vague(found: Study, pair: Pair) -> bool:
    return any((q := found.figure(c)) is None or q.vague for c in (pair.a, pair.b))
