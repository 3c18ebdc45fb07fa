"""A question's page as text for a terminal: the paragraph first, then who answers what, source by source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from cli import render, words
from ledger import records as r
from ledger.crossref.origins import NO_OUTLET, outlet_of
from ledger.reports.comparing import gap_of
from ledger.reports.disputed import one_number
from ledger.reports.sentences import as_read, outlet
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
    guessed = f" (guessed; to change it: claims amend {page.id} --kind)" if page.kind_guessed else ""
    yield f"  asks for {ANSWERED_BY[Kind(page.kind)]}{guessed}"
    yield ""
    yield render.wrapped(page.summary, indent="  ")
    if page.answer is None and all(rating.about != page.id for rating in page.ratings):
        yield render.wrapped("Nobody has rated or answered this yet.", indent="  ")
    if page.answer:
        yield ""
        yield render.wrapped(
            f"Answer by {page.answer.by}: {page.answer.value}{words.because(page.answer)}", indent="  "
        )
    yield from _by_source(page)
    yield from _retold(page)
    yield from _pairs(page)
    yield from _wording(page)
    yield from _ratings(page)


def _retold(page: r.QuestionPage) -> Iterator[str]:
    """What one source is reported to say in several ways."""
    for told in page.retold:
        yield ""
        yield render.wrapped(told.words, indent="  ")
        yield from (render.wrapped(line, indent="    ") for line in told.lines)


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
    """The answers, a block for each source, then one for each outlet that names none."""
    claims = {c.id: c for c in page.claims}
    replies = {a.claim: a for a in page.answers}
    usual = Counter(c.scope for c in page.claims).most_common(1)[0][0] if page.claims else None
    yield ""
    yield f"  {render.styled('Who says what', render.BOLD)}"
    yield render.wrapped(f"{page.origins.words}. {page.origins.why}".strip(), indent="  ")
    for family in sorted(page.origins.families, key=lambda f: _bare(f, claims)):
        side = f", side: {family.side}" if family.side else ""
        party = f"  [a party{side}]" if family.party else ""
        alike = "  (nearly the same words, so counted as one)" if _merged(family, claims) else ""
        nobody = "  (in its own words)" if _bare(family, claims) else ""
        yield f"  {_source(family.name)}{nobody}{alike}{party}"
        for name in family.claims:
            scope = _scope(claims[name], replies.get(name), usual)
            yield _answer_line(claims[name], replies.get(name), scope)
            if (reply := replies.get(name)) and reply.left_out:
                yield render.wrapped(f"not compared: {reply.left_out}", indent="          ")


def _bare(family: r.SourceFamily, claims: dict[str, r.Claim]) -> bool:
    """True for outlets that name no source for what they say."""
    own = [claims[c] for c in family.claims]
    return all(c.attribution_read and not c.attribution for c in own) and family.name in _outlets(own)


def _outlets(own: list[r.Claim]) -> set[str]:
    *most, last = dict.fromkeys(outlet_of(c) for c in own)
    return {*most, last, f"{', '.join(most)} and {last}"}


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
    said = f"{as_read(said)} [{scope}]" if scope else as_read(said)
    where = ", ".join((outlet(outlet_of(claim)), *([claim.published_at] if claim.published_at else ())))
    mark = ("" if claim.anchored else "  (not anchored)") + words.mark(claim)
    room = (render.width() - len(f"    {claim.id:<5}   {mark}")) // 2
    return f"    {claim.id:<5} {render.padded(render.short(said, room), room)}  {render.short(where, room)}{mark}"


def _pairs(page: r.QuestionPage) -> Iterator[str]:
    """What supports what across separate sources, and what conflicts, each two answers once; the rest is in --json."""
    claims, replies = {c.id: c for c in page.claims}, {a.claim: a for a in page.answers}
    parties = {f.name for f in page.origins.families if f.party}
    key = _value(replies.values())
    for relation, title in (("supports", "In agreement"), ("conflicts", "Conflicts")):
        told: dict[object, list[r.Pair]] = {}
        for p in (p for p in page.pairs if p.relation == relation and not (p.same_origin and p.set_by is None)):
            answers = frozenset(key(replies[c]) for c in (p.a, p.b))
            told.setdefault((answers, p.set_by, p.because), []).append(p)
        if not told:
            continue
        yield ""
        yield f"  {render.styled(title, render.BOLD)}"
        camps = page.camps if relation == "conflicts" else None
        if camps:
            yield render.wrapped(camps.words, indent="    ")
            yield from (render.wrapped(line, indent="      ") for line in camps.lines)
        for pairs in list(told.values())[:MOST_PAIRS]:
            said, *sides = _pair_line(pairs, claims, replies, key, parties)
            yield render.wrapped(said, indent="    ")
            yield from (render.wrapped(side, indent="      ") for side in sides if not camps)
        if len(told) > MOST_PAIRS:
            yield f"    and {len(told) - MOST_PAIRS} more (claims question show {page.id} --json)"


def _answer(reply: r.Reply) -> tuple[object, ...]:
    """Whose answer it is, and the figure or the words of it."""
    q = reply.quantity
    return reply.family, (q.low, q.high, q.low_inclusive, q.high_inclusive, q.unit) if q else reply.words


def _value(replies: Iterable[r.Reply]) -> Callable[[r.Reply], object]:
    """What is answered, whoever answers it, as the first claim that answers so: one number is one in any unit."""
    figures: dict[str, r.Quantity] = {}
    answered: dict[object, str] = {}
    place: dict[str, str] = {}
    for reply in replies:
        q, answer = reply.quantity, (reply.quantity is None, _answer(reply)[1] or reply.claim)
        if answer not in answered:  # each answer is looked for once, however many claims give it
            alike = (c for c, known in figures.items() if q is not None and one_number(known, q))
            answered[answer] = next(alike, reply.claim)
            if q is not None and answered[answer] == reply.claim:
                figures[reply.claim] = q
        place[reply.claim] = answered[answer]
    return lambda reply: place[reply.claim]


def _pair_line(
    pairs: list[r.Pair],
    claims: dict[str, r.Claim],
    replies: dict[str, r.Reply],
    key: Callable[[r.Reply], object],
    parties: set[str],
) -> Iterator[str]:
    """Two answers and how they stand to each other, below them who gives each: "40 boats and 52 boats differ by 12"."""
    first = pairs[0]
    one, other = (first.b, first.a) if first.supports == "b" else (first.a, first.b)
    among = dict.fromkeys(c for p in pairs for c in (p.a, p.b))
    by = f" (said by {first.set_by}: {first.because})" if first.set_by else ""
    sides = [_said(claims[c], replies[c]) for c in (one, other)]
    if first.relation == "supports":
        yield f"{_supports(sides, by_party=replies[one].family in parties)}{by}"
    else:
        yield f"{sides[0]} and {sides[1]} {_gap(first, replies)}{by}"
    told: dict[str, None] = {}
    for said, x in zip(sides, (one, other), strict=True):
        alike = [c for c in among if key(replies[c]) == key(replies[x])]
        told[f"{said}: {_holders(alike, said, claims, replies)}"] = None
    yield from told  # both of one answer are told once


def _supports(sides: list[str], *, by_party: bool) -> str:
    if sides[0] == sides[1]:
        return f"separate sources say {sides[0]}"
    return f"{sides[0]} is compatible with {sides[1]}{', but comes from a party' if by_party else ''}"


def _said(claim: r.Claim, reply: r.Reply) -> str:
    return render.short(as_read(reply.words) or stance_words(claim.stance, f"“{claim.exact}”"), MOST_SAID)


def _holders(alike: list[str], said: str, claims: dict[str, r.Claim], replies: dict[str, r.Reply]) -> str:
    families = dict.fromkeys(replies[c].family for c in alike)
    own = ([c for c in alike if replies[c].family == name] for name in families)
    return ", ".join(_of_source(name, ids, said, claims, replies) for name, ids in zip(families, own, strict=True))


def _of_source(family: str, ids: list[str], said: str, claims: dict[str, r.Claim], replies: dict[str, r.Reply]) -> str:
    """A source with the outlets that have it so, each with its own words where these are others."""
    where: dict[tuple[str, str], list[str]] = {}
    for c in ids:
        words = replies[c].words
        own = f" “{render.short(words, MOST_SAID)}”" if words and replies[c].quantity and words != said else ""
        where.setdefault((outlet(outlet_of(claims[c])), own), []).append(c)
    told = ", ".join(f"{name} {' '.join(found)}{own}" for (name, own), found in where.items())
    who = _source(family)
    names = {name for name, _ in where}
    return told if {*re.split(", | and ", who)} == names or {who} == names else f"{who} ({told})"


def _source(name: str) -> str:
    """A source's name; of outlets that are not known, which articles they are of."""
    return re.sub(rf"{NO_OUTLET}, (A\d+)", r"the unnamed outlet of \1", name)


def _gap(pair: r.Pair, replies: dict[str, r.Reply]) -> str:
    if pair.gap is None or Decimal(pair.gap.absolute) == 0:  # the intervals touch: which side is meant differs
        return "contradict each other"
    gap = gap_of(pair.gap, replies[pair.a].quantity, replies[pair.b].quantity)
    return f"differ by {gap}" if gap else "differ"


def _wording(page: r.QuestionPage) -> Iterator[str]:
    worded = [
        d for d in page.drift if not d.matter and not d.trifling
    ]  # the paragraph tells what is no matter of wording
    if not worded:
        return
    yield ""
    yield f"  {render.styled('Wording differs', render.BOLD)}"
    told: dict[
        tuple[str, str], list[r.Wording]
    ] = {}  # each claim that differs once for each way, as the summary counts
    for d in worded:
        told.setdefault((d.to, d.kind), []).append(d)
    claims = {c.id: c for c in page.claims}
    for first, *rest in list(told.values())[:MOST_PAIRS]:
        yield render.wrapped(first.detail, indent="    ")
        for name in (first.from_, first.to):
            yield render.wrapped(f"{name} “{render.short(claims[name].exact, MOST_SAID)}”", indent="      ")
        if rest:
            yield render.wrapped(f"likewise against {', '.join(d.from_ for d in rest)}", indent="      ")
    if len(told) > MOST_PAIRS:
        yield f"    and {len(told) - MOST_PAIRS} more (claims question show {page.id} --json)"


def _ratings(page: r.QuestionPage) -> Iterator[str]:
    for rating in page.ratings:
        old = " (superseded)" if rating.superseded else ""
        yield f"  {rating.about} rated {rating.value} by {rating.by}{old}: {rating.because}"
