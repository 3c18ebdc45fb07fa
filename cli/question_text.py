"""A question's page as text for a terminal: the paragraph first, then who answers what, source by source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from cli import render, words
from ledger import records as r
from ledger.catalogue import count as counted
from ledger.reports.sentences import gap_words, traced_words
from ledger.text import stance_words
from ledger.vocabulary import Kind, Stance

if TYPE_CHECKING:
    from ledger.crossref.study import Study

MOST_PAIRS = 12
"""Pairs of one kind that are named at a terminal; --json has all."""


ANSWERED_BY = {
    Kind.COUNT: "a count",
    Kind.AMOUNT: "an amount",
    Kind.YES_NO: "yes or no",
    Kind.WHEN: "a time",
    Kind.WHERE: "a place",
    Kind.DISTANCE: "a distance",
    Kind.WHO_WHAT: "who or what",
    Kind.WORDS: "words",
}


def tell(page: r.QuestionPage) -> str:
    return "\n".join(_lines(page))


def _lines(page: r.QuestionPage) -> Iterator[str]:
    yield f"{page.id}  {render.styled(page.question, render.BOLD)}"
    guessed = f" (guessed; claims amend {page.id} --kind changes it)" if page.kind_guessed else ""
    yield f"  answered by: {ANSWERED_BY[Kind(page.kind)]}{guessed}"
    yield ""
    yield render.wrapped(page.summary, indent="  ")
    if page.answer:
        yield ""
        yield render.wrapped(
            f"Answer by {page.answer.by}: {page.answer.value}{words.because(page.answer)}", indent="  "
        )
    yield from _by_source(page)
    yield from _pairs(page)
    yield from _wording(page)
    yield from _ratings(page)


def why_text(found: Study, reasons: Iterable[r.Why]) -> str:
    """Findings, each with its passages, what was checked, and a person's word."""
    return "\n\n".join("\n".join(_why_lines(found, w)) for w in reasons)


def _why_lines(found: Study, why: r.Why) -> Iterator[str]:
    gone = "  (dropped: shown nowhere)" if not why.shown else ""
    yield f"{render.styled(why.id, render.BOLD)}{gone}"
    yield render.wrapped(f"{why.words}.", indent="  ")
    for name in (why.a, why.b):
        claim = found.claim(name)
        where = ", ".join(x for x in (claim.publisher or claim.title, claim.article, claim.published_at) if x)
        yield render.wrapped(f"{name} “{claim.exact}” ({where}; {words.by(claim)})", indent="    ")
    for c in why.checked:
        if c.a or c.b:
            yield f"    {c.guard}: {c.a or 'not known'} / {c.b or 'not known'}"
    origin = {True: "one original source", False: "separate original sources", None: "one source or two: not known"}
    yield f"    {origin[why.same_origin]}"
    if why.word:
        verdict = "right" if why.word.holds else "not so"
        reason = f": {why.word.because}" if why.word.because else ""
        again = " (of an earlier reading: please look again)" if why.asked_again else ""
        yield render.wrapped(f"{verdict}, says {why.word.by}{reason}{again}", indent="    ")


def _by_source(page: r.QuestionPage) -> Iterator[str]:
    """The answers, one block an original source, its outlets beneath."""
    claims = {c.id: c for c in page.claims}
    replies = {a.claim: a for a in page.answers}
    claimed = counted("{n} claim", "{n} claims", len(page.claims))
    count = traced_words(page.origins.low, page.origins.high)
    yield ""
    yield f"  {render.styled('Answers by original source', render.BOLD)}  ({claimed}, {count})"
    for family in page.origins.families:
        side = f", side: {family.side}" if family.side else ""
        party = f"  [a party{side}]" if family.party else ""
        times = f"  ×{len(family.claims)}" if len(family.claims) > 1 else ""
        yield f"  {family.name}{times}{party}"
        for name in family.claims:
            yield _answer_line(claims[name], replies.get(name))
            if (reply := replies.get(name)) and reply.left_out:
                yield render.wrapped(f"not compared: {reply.left_out}", indent="          ")


def _answer_line(claim: r.Claim, reply: r.Reply | None) -> str:
    said = (
        words.quantity_line(reply.quantity)
        if reply and reply.quantity
        else (reply and reply.answer) or stance_words(claim.stance, claim.exact)
    )
    where = ", ".join(x for x in (claim.publisher or claim.title or claim.article, claim.published_at) if x)
    mark = ("" if claim.anchored else "  (not anchored)") + words.mark(claim)
    room = (render.width() - len(f"    {claim.id:<5}   {mark}")) // 2
    return f"    {claim.id:<5} {render.short(said, room):<{room}}  {render.short(where, room)}{mark}"


def _pairs(page: r.QuestionPage) -> Iterator[str]:
    """What supports what across separate sources, and what conflicts; the rest is in --json."""
    held = {c.id: stance_words(c.stance, c.exact) for c in page.claims if c.stance is not Stance.ASSERTS}
    said = {a.claim: f"{a.claim} ({said})" for a in page.answers if (said := _said(a) or held.get(a.claim))}
    for relation, title in (("supports", "Supported by a separate source"), ("conflicts", "Conflicts")):
        found = [p for p in page.pairs if p.relation == relation]
        if not found:
            continue
        yield ""
        yield f"  {render.styled(title, render.BOLD)}"
        for pair in found[:MOST_PAIRS]:
            yield f"    {_pair_line(pair, said)}"
        if len(found) > MOST_PAIRS:
            yield f"    and {len(found) - MOST_PAIRS} more (claims question show {page.id} --json)"


def _said(reply: r.Reply) -> str | None:
    return words.quantity_line(reply.quantity) if reply.quantity else reply.answer


def _pair_line(pair: r.Pair, said: dict[str, str]) -> str:
    one, other = (pair.b, pair.a) if pair.supports == "b" else (pair.a, pair.b)
    verb = "supports" if pair.relation == "supports" else "and"
    by = f" (said by {pair.set_by}: {pair.because})" if pair.set_by else ""
    return f"{said.get(one, one)} {verb} {said.get(other, other)}{_gap(pair)}{by}"


def _gap(pair: r.Pair) -> str:
    if pair.gap is None:
        return ""
    if Decimal(pair.gap.absolute) == 0:  # the intervals touch; what conflicts is which side of the figure is meant
        return ": a floor against a ceiling"
    return f", differ by {gap_words(pair.gap)}"


def _wording(page: r.QuestionPage) -> Iterator[str]:
    if not page.drift:
        return
    yield ""
    yield f"  {render.styled('Wording differs', render.BOLD)}"
    told: dict[
        tuple[str, str], list[r.Wording]
    ] = {}  # each claim that differs once for each way, as the summary counts
    for d in page.drift:
        told.setdefault((d.to, d.kind), []).append(d)
    for first, *rest in list(told.values())[:MOST_PAIRS]:
        yield f"    {', '.join(d.from_ for d in (first, *rest))} and {first.to}: {first.detail}"
    if len(told) > MOST_PAIRS:
        yield f"    and {len(told) - MOST_PAIRS} more (claims question show {page.id} --json)"


def _ratings(page: r.QuestionPage) -> Iterator[str]:
    for rating in page.ratings:
        old = " (superseded)" if rating.superseded else ""
        yield f"  {rating.about} rated {rating.value} by {rating.by}{old}: {rating.because}"
