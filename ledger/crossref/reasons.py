"""The codes of comparison as people read them: "sorties are not strikes", "they are about different periods"."""

from __future__ import annotations

REASONS = {
    "measure": "they count different things",
    "unit": "they are in different units",
    "population": "they are about different people or sides",
    "place": "they are about different places",
    "window": "they are about different periods",
    "counting": "one is a total, the other only what was added",
    "as_of": "the count was still running: the later figure is an update",
    "decreasing": "the later figure is below the earlier one although the count could only grow",
    "prose": "there is no figure and no short answer to compare: a person has to read both",
    "no_figure": "one of them bounds nothing",
    "vague_whole": "the whole is a vague word, so it bounds no part",
    "part_of": "one is a part of the other and does not exceed it",
    "part_above_whole": "a part is larger than the whole it belongs to",
    "equal": "they say the same",
    "overlap": "both can be true",
    "hedge_edge": "they differ only by the hedge",
    "rounding": "one may be the other rounded",
    "bound_flipped": "one makes a floor of the figure, the other a ceiling",
    "disjoint": "no figure fits both",
    "dated_differently": "the same figure, given for other dates",
    "same_answer": "they give the same answer",
    "unspecific": "one of them leaves open what the other states",
    "other_facet": "they answer different sides of the matter, and both can be true",
    "denial": "one denies what the other states",
    "other_answer": "they give different answers",
}
"""One short sentence without a full stop for each reason code that `compare` can give."""

DISTINCT = {
    frozenset({"sorties", "strikes"}): "sorties are not strikes: one flight may strike often or never",
    frozenset(
        {"strikes", "targets"}
    ): "strikes are not targets: one strike may hit several, and one target take several",
    frozenset({"sorties", "targets"}): "sorties are not targets: one flight may hit several",
    frozenset({"killed", "lost"}): "lost is not killed: it may cover the wounded, the captured and those who fled",
    frozenset({"killed", "wounded"}): "the killed are not the wounded",
    frozenset({"killed", "bodies"}): "bodies found are not people killed: they may be of others or of another day",
    frozenset({"killed", "missing"}): "the missing are not known to be dead",
    frozenset({"displaced", "evacuated"}): "people who fled are not those who were evacuated",
}
"""Pairs that reporting mixes up, with the reason why they must not be."""


def reason_words(reason: str | None, *, measures: tuple[str | None, str | None] = (None, None)) -> str:
    """The reason as a person reads it; a pair of measures that is often mixed up gets its own sentence."""
    known = frozenset(m for m in measures if m)
    if reason == "measure" and len(known) == 2:
        return DISTINCT.get(known) or f"{' and '.join(sorted(known))} are different things"
    return REASONS.get(reason or "", "")
