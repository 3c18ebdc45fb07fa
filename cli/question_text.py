"""A question's page as text for a terminal: the paragraph first, then who answers what, source by source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from cli import render, words
from ledger import records as r
from ledger.catalogue import count as counted
from ledger.crossref.origins import NO_OUTLET, outlet_of
from ledger.reports.disputed import one_number
from ledger.reports.sentences import gap_of, outlet, traced_words
from ledger.text import stance_words
from ledger.vocabulary import Kind

if TYPE_CHECKING:
    from ledger.crossref.study import Study

MOST_PAIRS = 12
"""Pairs of one kind that are named at a terminal; --json has all."""
MOST_SAID = 120
"""Characters of an answer in words that stand in a pair."""


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
    usual = Counter(c.scope for c in page.claims).most_common(1)[0][0] if page.claims else None
    claimed = counted("{n} claim", "{n} claims", len(page.claims))
    count = traced_words(page.origins.low, page.origins.high)
    yield ""
    yield f"  {render.styled('Answers by original source', render.BOLD)}  ({claimed}, {count})"
    if page.origins.why:
        yield render.wrapped(page.origins.why, indent="  ")
    for family in page.origins.families:
        side = f", side: {family.side}" if family.side else ""
        party = f"  [a party{side}]" if family.party else ""
        times = f"  ×{len(family.claims)}" if len(family.claims) > 1 else ""
        alike = "  (nearly the same words, so counted as one)" if _merged(family, claims) else ""
        yield f"  {_source(family.name)}{times}{alike}{party}"
        for name in family.claims:
            scope = _scope(claims[name], replies.get(name), usual)
            yield _answer_line(claims[name], replies.get(name), scope)
            if (reply := replies.get(name)) and reply.left_out:
                yield render.wrapped(f"set apart: {reply.left_out}", indent="          ")


def _merged(family: r.SourceFamily, claims: dict[str, r.Claim]) -> bool:
    """True for several outlets that print one passage in their own voice."""
    *most, last = dict.fromkeys(outlet_of(claims[c]) for c in family.claims)
    return bool(most) and family.name == f"{', '.join(most)} and {last}"


def _scope(claim: r.Claim, reply: r.Reply | None, usual: str | None) -> str:
    """What a person typed that the answer is of, where that is not what most are of and no reason beside it says so."""
    told = f"{reply.words} {reply.left_out}" if reply else claim.exact
    own = claim.scope and claim.scope != usual and claim.scope.casefold() not in told.casefold()
    return (claim.scope or "") if own else ""


def _answer_line(claim: r.Claim, reply: r.Reply | None, scope: str) -> str:
    said = (reply and reply.words) or stance_words(claim.stance, claim.exact)
    said = f"{said} [{scope}]" if scope else said
    where = ", ".join((outlet(outlet_of(claim)), *([claim.published_at] if claim.published_at else ())))
    mark = ("" if claim.anchored else "  (not anchored)") + words.mark(claim)
    room = (render.width() - len(f"    {claim.id:<5}   {mark}")) // 2
    return f"    {claim.id:<5} {render.short(said, room):<{room}}  {render.short(where, room)}{mark}"


def _pairs(page: r.QuestionPage) -> Iterator[str]:
    """What supports what across separate sources, and what conflicts, each two answers once; the rest is in --json."""
    claims, replies = {c.id: c for c in page.claims}, {a.claim: a for a in page.answers}
    for relation, title in (("supports", "Supported by a separate source"), ("conflicts", "Conflicts")):
        told: dict[object, list[r.Pair]] = {}
        key = _answer if relation == "supports" else _value(replies.values())
        for p in (p for p in page.pairs if p.relation == relation and not (p.same_origin and p.set_by is None)):
            answers = frozenset(key(replies[c]) for c in (p.a, p.b))
            told.setdefault((answers, p.set_by, p.because), []).append(p)
        if not told:
            continue
        yield ""
        yield f"  {render.styled(title, render.BOLD)}"
        for pairs in list(told.values())[:MOST_PAIRS]:
            yield render.wrapped(_pair_line(pairs, claims, replies, key), indent="    ")
        if len(told) > MOST_PAIRS:
            yield f"    and {len(told) - MOST_PAIRS} more (claims question show {page.id} --json)"


def _answer(reply: r.Reply) -> tuple[object, ...]:
    """Whose answer it is, and the figure or the words of it."""
    q = reply.quantity
    return reply.family, (q.low, q.high, q.low_inclusive, q.high_inclusive, q.unit) if q else reply.words


def _value(replies: Iterable[r.Reply]) -> Callable[[r.Reply], object]:
    """What is answered, whoever answers it: one number is one in any unit."""
    first: list[r.Reply] = []
    place: dict[str, object] = {}
    for reply in replies:
        alike = next((i for i, known in enumerate(first) if _same_value(known, reply)), len(first))
        place[reply.claim] = alike
        first += [reply] if alike == len(first) else []
    return lambda reply: place[reply.claim]


def _same_value(a: r.Reply, b: r.Reply) -> bool:
    if a.quantity is None or b.quantity is None:
        return a.quantity is b.quantity and (a.words or a.claim) == (b.words or b.claim)
    return _answer(a)[1] == _answer(b)[1] or one_number(a.quantity, b.quantity)


def _pair_line(
    pairs: list[r.Pair], claims: dict[str, r.Claim], replies: dict[str, r.Reply], key: Callable[[r.Reply], object]
) -> str:
    """Two answers with who gives them and where they stand: "40 (harbour office: The Post C1) and 52 (...)"."""
    first = pairs[0]
    verb = "supports" if first.relation == "supports" else "and"
    one, other = (first.b, first.a) if first.supports == "b" else (first.a, first.b)
    among = dict.fromkeys(c for p in pairs for c in (p.a, p.b))
    sides = (_side([c for c in among if key(replies[c]) == key(replies[x])], claims, replies) for x in (one, other))
    by = f" (said by {first.set_by}: {first.because})" if first.set_by else ""
    return f"{f' {verb} '.join(sides)}{_gap(first, replies)}{by}"


def _side(alike: list[str], claims: dict[str, r.Claim], replies: dict[str, r.Reply]) -> str:
    first = claims[alike[0]]
    said = replies[first.id].words or stance_words(first.stance, f"“{first.exact}”")
    families = dict.fromkeys(replies[c].family for c in alike)
    told = (
        _of_source(name, [c for c in alike if replies[c].family == name], said, claims, replies) for name in families
    )
    return f"{render.short(said, MOST_SAID)} ({'; '.join(told)})"


def _of_source(family: str, ids: list[str], said: str, claims: dict[str, r.Claim], replies: dict[str, r.Reply]) -> str:
    """A source with the outlets that have it so, each with its own words where these are others."""
    where: dict[tuple[str, str], list[str]] = {}
    for c in ids:
        words = replies[c].words
        own = f" “{render.short(words, MOST_SAID)}”" if words and replies[c].quantity and words != said else ""
        where.setdefault((outlet(outlet_of(claims[c])), own), []).append(c)
    told = ", ".join(f"{name} {' '.join(found)}{own}" for (name, own), found in where.items())
    who = _source(family)
    return (
        told
        if {*re.split(", | and ", who)} == {name for name, _ in where} or {who} == {n for n, _ in where}
        else f"{who}: {told}"
    )


def _source(name: str) -> str:
    """A source's name; of outlets that are not known, which articles they are of."""
    return re.sub(rf"{NO_OUTLET}, (A\d+)", r"the unnamed outlet of \1", name)


def _gap(pair: r.Pair, replies: dict[str, r.Reply]) -> str:
    if pair.gap is None:
        return ""
    if Decimal(pair.gap.absolute) == 0:  # the intervals touch; what conflicts is which side of the figure is meant
        return ": “at least” against “at most”"
    return f", which differ by {gap_of(pair.gap, replies[pair.a].quantity, replies[pair.b].quantity)}"


def _wording(page: r.QuestionPage) -> Iterator[str]:
    worded = [d for d in page.drift if not d.matter]  # the paragraph tells what is no matter of wording
    if not worded:
        return
    yield ""
    yield f"  {render.styled('Wording differs', render.BOLD)}"
    told: dict[
        tuple[str, str], list[r.Wording]
    ] = {}  # each claim that differs once for each way, as the summary counts
    for d in worded:
        told.setdefault((d.to, d.kind), []).append(d)
    for first, *rest in list(told.values())[:MOST_PAIRS]:
        ids = f"{', '.join(d.from_ for d in (first, *rest))} and {first.to}"
        yield render.wrapped(f"{ids}: {first.detail}", indent="    ")
    if len(told) > MOST_PAIRS:
        yield f"    and {len(told) - MOST_PAIRS} more (claims question show {page.id} --json)"


def _ratings(page: r.QuestionPage) -> Iterator[str]:
    for rating in page.ratings:
        old = " (superseded)" if rating.superseded else ""
        yield f"  {rating.about} rated {rating.value} by {rating.by}{old}: {rating.because}"
