"""Suggestions of a learned model: cues marked in each sentence, then for each cue its source and its statement.

It starts from what the rules found: what they say of a token is one of its features, their spans and chains stay as they
are, and finds that the model rejects are dropped. Every span is taken from the text itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeVar

from msgspec import Struct

from ledger import dates, quantity
from ledger.assist import Aided, features
from ledger.assist.features import Rows, Said, Span, rows, said_by_rule
from ledger.assist.model import Model
from ledger.records import Found, Quantity, TimeSpan, heard, replace
from ledger.suggest import hits
from ledger.suggest.stance import of_cue
from ledger.vocabulary import Mode, Role

PATTERN = "learned"
MADE_BY = "suggest/1 learn/1"
GOES_ON = 0.5
"""The probability from which the next word still belongs to the cue."""

Placed = TypeVar("Placed", Quantity, TimeSpan)


class Candidate(Struct, frozen=True):
    """A cue with its probability; `rule` is the number of the rules' find that has it, else None."""

    sure: float
    rule: int | None
    said: Said | None
    """The statement that the rule, or else the model, finds there; None where the model finds none."""


def improved(text: str, local: Sequence[Aided], model: Model, published: str | None = None) -> list[Aided]:
    """What the rules found, without the finds that the model rejects and with those that it adds."""
    made = rows(text, [a.found for a in local])
    made_by = f"{MADE_BY} model:{model.digest}"
    kept: dict[int, Found | None] = {}
    new: list[tuple[Said, float]] = []
    for one in candidates(made, model, least=model.accept):
        if one.rule is not None and one.sure < model.keep:
            found = made.marked[one.rule].found
            kept[id(found)] = _own_voice(found)
        elif one.rule is None and one.said:
            new.append((one.said, one.sure))
    out: list[Aided] = []
    for aid in local:
        left = kept.get(id(aid.found), aid.found)
        if left is not None:
            out.append(aid if left is aid.found else Aided(left, made_by))
    if new:
        out += _found(text, made, new, published, made_by)
    return sorted(out, key=lambda a: (a.found.start, a.found.end))


def candidates(made: Rows, model: Model, *, least: float) -> Iterator[Candidate]:
    """Every cue that a rule found or that the model gives at least this probability, with its source and statement."""
    seen = features.words(made)
    for cue, sure, rule in _cues(made, seen, model, least):
        said = said_by_rule(made.marked[rule].found) if rule is not None else _said(made, seen, model, cue)
        yield Candidate(sure, rule, said)


def _cues(made: Rows, seen: list[str], model: Model, least: float) -> Iterator[tuple[range, float, int | None]]:
    ruled = {at for mark in made.marked for at in mark.cue}
    known = model.cues.labels()
    sure: dict[int, float] = {}
    own: list[tuple[range, float]] = []
    for n in range(len(made.sentences)):
        span = made.sentence(n)
        model.cues.set(features.cue_features(made, seen, n))
        # a tagger that never saw a label does not know its name
        opens, goes_on = (
            [model.cues.marginal(label, k) if label in known else 0.0 for k in range(len(span))] for label in "BI"
        )
        for k, at in enumerate(span):
            sure[at] = opens[k] + goes_on[k]
            if opens[k] >= least:
                stop = next((j for j in range(k + 1, len(span)) if goes_on[j] < GOES_ON), len(span))
                own.append((range(at, span.start + stop), opens[k]))
    for n, mark in enumerate(made.marked):
        if mark.cue:
            yield features.runs(mark.cue)[0], max(sure[at] for at in mark.cue), n
    yield from ((cue, how, None) for cue, how in own if ruled.isdisjoint(cue))


def _said(made: Rows, seen: list[str], model: Model, cue: range) -> Said | None:
    """The source nearest the cue, and the parts of the statement, as the model sees them."""
    window = features.window(made, made.of[cue.start])
    labels = model.spans.tag(features.span_features(made, seen, cue))
    sources = features.runs(at for at, label in zip(window, labels, strict=True) if label == "S")
    parts = features.runs(at for at, label in zip(window, labels, strict=True) if label == "C")
    source = min(sources, key=lambda s: max(s.start - cue.stop, cue.start - s.stop), default=None)
    content = _stretches(made, parts)
    if not content:
        return None
    return Said(_stretches(made, [source] if source else []), _stretches(made, [cue]), content)


def _stretches(made: Rows, parts: Sequence[range]) -> tuple[Span, ...]:
    """The characters of runs of tokens, without marks at their ends."""
    return tuple(s for part in parts if (s := hits.span(made.tokens, part.start, part.stop)))


# --- finds --------------------------------------------------------------------------------------------------------


def _own_voice(found: Found) -> Found | None:
    """What is left of a find whose cue is none: its figure, stated by the publisher itself."""
    if not found.quantities:
        return None
    return replace(
        found,
        attribution=(),
        mode=Mode.NONE,
        pattern="publisher-figure",
        reason="the publisher's own voice, with a figure; a model learned that nobody is cited here",
        score="0.30",
    )


def _found(
    text: str, made: Rows, new: Sequence[tuple[Said, float]], published: str | None, made_by: str
) -> Iterator[Aided]:
    figures, times = sorted(quantity.find(text), key=_start), sorted(dates.find(text, published), key=_start)
    for said, sure in new:
        start, end = said.content[0][0], said.content[-1][1]
        figured = _inside(said, figures)
        hop = heard(text, next(iter(said.source), None), next(iter(said.cue), None), role=Role.ORIGIN)
        found = Found(
            exact=text[start:end],
            start=start,
            end=end,
            content=said.content,
            attribution=(hop,),
            quantities=figured,
            times=_inside(said, times),
            mode=_mode(made, said),
            stance=of_cue(hop.cue or ""),
            pattern=PATTERN,
            reason="a model learned from judged suggestions",
            score=f"0.{min(90, round(sure * 60) + (8 if figured else 0)):02d}",
        )
        yield Aided(found, made_by)


def _inside(said: Said, items: Sequence[Placed]) -> tuple[Placed, ...]:
    """Those of the items, in the order of the text, that lie in one of a statement's parts."""
    found: list[Placed] = []
    for start, end in said.content:
        first = bisect_left(items, start, key=_start)
        found += (q for q in islice(items, first, bisect_left(items, end, first, key=_start)) if (q.end or 0) <= end)
    return tuple(found)


def _start(item: Quantity | TimeSpan) -> int:
    return item.start or 0


def _mode(made: Rows, said: Said) -> Mode:
    """Direct where nearly all the words stand in quotation marks, mixed where some do."""
    total = sum(b - a for a, b in said.content)
    quoted = sum(
        max(0, min(b, q.inner_end) - max(a, q.inner_start))
        for at in made.within(said.content)
        if (q := made.tokens[at].quote)
        for a, b in said.content
    )
    return Mode.DIRECT if quoted >= 0.8 * total else Mode.MIXED if quoted else Mode.INDIRECT
