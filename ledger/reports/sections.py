"""A question as a reader meets it: verdict, answers by original source, what disagrees, what is not known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger import dates
from ledger.crossref import origins
from ledger.crossref.figures import apart_words, ends, figure_words
from ledger.crossref.origins import Standing
from ledger.crossref.running_counts import Voice, is_forces, voices
from ledger.crossref.study import FIRM, Study
from ledger.crossref.wording import Difference
from ledger.records import Pair, QuestionPage, Request, Search, Span
from ledger.reports.cards import CHECKS, chain, verdict
from ledger.reports.graph import graph
from ledger.reports.page import page_of
from ledger.reports.positions import positions
from ledger.reports.report import Axis, Event, Mark, QuestionSection, Row, Said, Strip, Telling
from ledger.reports.sentences import conflict_line, count, listed, named, support_line, who, width
from ledger.reports.timeline import courses, timeline
from ledger.store import Ledger, beside, read
from ledger.vocabulary import Checked, EntryKind, Relation

STATES = {
    "new": "not checked yet",
    "checking": "being checked",
    "waiting": "waiting for a reply",
    "ready": "checked",
    "dropped": "no longer followed",
}
MOST_LINES = 24
MOST_STRIPS = 12


def section(ledger: Ledger, found: Study) -> QuestionSection:
    """All that a report says about one question."""
    page = page_of(found)
    uid = found.question.uid
    said = list(_said(found, page))
    requests, searches = beside.requests(ledger, uid), beside.searches(ledger, uid)
    rows = tuple(_rows(found))
    return QuestionSection(
        uid=uid,
        page=page,
        state=STATES.get(found.question.state, found.question.state),
        traced=_traced(found),
        verdicts=tuple(verdict(ledger, about, rating) for about, rating in found.ratings if not rating.superseded),
        rows=rows,
        axes=tuple(_axes(found)),
        said=tuple(said[:MOST_LINES]),
        said_left_out=max(0, len(said) - MOST_LINES),
        strips=tuple(_strips(found)),
        graph=graph(found),
        unknown=tuple(_unknown(found, requests, searches)),
        requests=tuple(requests),
        searches=tuple(searches),
        evidence=tuple(beside.evidence(ledger, uid)),
        notes=tuple(n for n in read.notes(ledger, uid) if not n.internal),
        history=tuple(_history(ledger, found)),
        corrections=tuple(beside.corrections(ledger, uid)),
        publications=tuple(beside.publications(ledger, uid)),
        timeline=timeline(found, [(_heading(v), v) for _, claims in _groups(found) for v in voices(found, claims)]),
        positions=tuple(positions(ledger, found, rows, requests)),
    )


def _traced(found: Study) -> str:
    outlets = len(found.outlets(c.id for c in found.claims))
    return f"{count(outlets, 'outlet')}, {origins.words(found.traced.low, found.traced.high)}"


# --- rows and axes ------------------------------------------------------------------------------------------------


def _groups(found: Study) -> Iterator[tuple[str | None, list[str]]]:
    """Claims that stand on one scale, those that do not by reason, answers in words, and what has to be read."""
    yield None, [c for c, off in found.axis.items() if off is None]
    yield None, [c.id for c in found.claims if found.statements[c.id].quantity is None and c.answer]
    reasons = dict.fromkeys(off for off in found.axis.values() if off is not None)
    for reason in reasons:
        yield apart_words(reason), [c for c, off in found.axis.items() if off == reason]
    prose = [c.id for c in found.claims if found.statements[c.id].quantity is None and not c.answer]
    yield "it has no figure or short answer and has to be read", prose


def _rows(found: Study) -> Iterator[Row]:
    for off, claims in _groups(found):
        for voice in voices(found, claims):
            yield _row(found, voice, off)


def _row(found: Study, voice: Voice, off: str | None) -> Row:
    family = voice.family
    return Row(
        name=family.name,
        heading=_heading(voice),
        standing=family.standing.value,
        words=voice.words if voice.words != "no figure" else "in words only",
        outlets=len(found.outlets(voice.members)),
        party=family.party,
        may_be_party=not family.party and is_forces(found, family),
        side=family.side,
        earlier=voice.earlier,
        later=voice.later,
        others=voice.others,
        tellings=tuple(_telling(found, c) for c in voice.members),
        off=off,
        source=family.key.removeprefix("source:") if family.key.startswith("source:") else "",
    )


def _heading(voice: Voice) -> str:
    match voice.family.standing:
        case Standing.ANONYMOUS:
            return f"{named(voice.family)}, not named"
        case Standing.PUBLISHER:
            return f"{voice.family.name}, naming no source"
        case Standing.UNKNOWN:
            return "Origin unknown" + voice.family.name.removeprefix("unknown")
        case Standing.NAMED:
            return voice.family.name


def _telling(found: Study, name: str) -> Telling:
    claim = found.claim(name)
    via = [hop for hop, part in chain(claim).hops if part.startswith("via")]
    words = figure_words(found.statements[name])
    return Telling(
        claim=name,
        outlet=claim.publisher or "an outlet that is not named",
        words=words if words != "no figure" else claim.exact,
        via=listed(via),
        day=(claim.published_at or "")[:10],
    )


def _axes(found: Study) -> Iterator[Axis]:
    """One axis for the figures that count the same, one more for each reason why others do not."""
    main = [c for c, off in found.axis.items() if off is None]
    if main:
        yield _axis(found, main, None)
    for reason in dict.fromkeys(off for off in found.axis.values() if off is not None):
        claims = [c for c, off in found.axis.items() if off == reason]
        yield _axis(found, claims, apart_words(reason))


def _axis(found: Study, claims: list[str], why: str | None) -> Axis:
    over_time = courses(found, [(_heading(v), v) for v in voices(found, claims)])
    return Axis(_counted(found, claims), why, tuple(_marks(found, claims)), over_time)


def _counted(found: Study, claims: list[str]) -> str:
    """What the axis counts, and for when, in the words of its first claim."""
    s = found.statements[claims[0]]
    what = s.scope or (s.quantity and (s.quantity.counts or s.quantity.unit)) or "figures"
    when = f", {dates.window_words(s.window)}" if s.window else ""
    return f"{what}{f', {s.place}' if s.place else ''}{when}"


def _marks(found: Study, claims: list[str]) -> Iterator[Mark]:
    for voice in voices(found, claims):
        q = found.statements[voice.claims[0]].quantity
        if q is None or ends(q) is None:
            continue
        yield Mark(
            label=_heading(voice),
            words=voice.words,
            low=q.low,
            high=q.high,
            soft=q.approximate and not q.vague,
            vague=q.vague,
            outlets=len(found.outlets(voice.members)),
            party=voice.family.party,
            name=voice.family.name,
            standing=voice.family.standing.value,
        )


# --- sentences ----------------------------------------------------------------------------------------------------

KINDS = {
    Relation.CONFLICTS: "contradicts",
    Relation.SUPPORTS: "supports",
    Relation.UPDATES: "updates",
    Relation.REPEATS: "repeats",
    Relation.DOES_NOT_CONTRADICT: "does not contradict",
    Relation.NOT_COMPARABLE: "cannot be compared with",
}


def _said(found: Study, page: QuestionPage) -> Iterator[Said]:
    """What a person said of pairs, then what separate sources contradict and support, each pair of sources once."""
    judged = [p for p in page.pairs if p.set_by]
    for pair in judged:
        yield _judged_line(found, pair)
    leads = _leads(found)
    seen: set[object] = set()
    for relation, line in ((Relation.CONFLICTS, conflict_line), (Relation.SUPPORTS, support_line)):
        pairs = [p for p in page.pairs if p.relation == relation and not p.set_by and not _one_family(found, p)]
        for pair in sorted(pairs, key=lambda p: (not {p.a, p.b} <= leads, -width(p))):
            words, current = line(found, pair), {pair.a, pair.b} <= leads
            sources = (relation.value, *sorted(found.family(c).key for c in (pair.a, pair.b)))
            if not seen & {words, sources} and (current or relation is Relation.CONFLICTS):
                seen |= {words, sources}
                yield Said(KINDS[relation], words, None, None, (pair.a, pair.b), current)


def _leads(found: Study) -> set[str]:
    """The claims that stand for what each known source says now."""
    spoken = [v for _, claims in _groups(found) for v in voices(found, claims)]
    return {v.claims[0] for v in spoken if v.family.standing in FIRM}


def _one_family(found: Study, pair: Pair) -> bool:
    return found.family(pair.a).key == found.family(pair.b).key


def _judged_line(found: Study, pair: Pair) -> Said:
    link = next(k for k in found.links if {k.a, k.b} == {pair.a, pair.b})
    kind = KINDS[Relation(link.relation)]
    words = f"{who(found, link.a)} {kind} {who(found, link.b)}, in the judgement of {link.by}."
    return Said(kind, words[:1].upper() + words[1:], link.by, link.because, (link.a, link.b), current=True)


def _strips(found: Study) -> Iterator[Strip]:
    """Each claim whose wording differs, once for each way in which it does."""
    groups: dict[tuple[str, str], list[Difference]] = {}
    for d in found.differences:
        groups.setdefault((d.telling, d.kind.value), []).append(d)
    for (first, *rest), _ in zip(groups.values(), range(MOST_STRIPS), strict=False):
        a, b = found.claim(first.origin), found.claim(first.telling)
        same = bool(found.traced.same_origin(first.origin, first.telling))
        nearer, differing = ((c.id, c.publisher or "an outlet", " ".join(c.exact.split())) for c in (a, b))
        yield Strip(first.detail, same, nearer, differing, tuple(d.origin for d in rest))


def _unknown(found: Study, requests: Iterable[Request], searches: Iterable[Search]) -> Iterator[str]:
    """What the reader should know that nobody knows."""
    low, high = found.traced.low, found.traced.high
    if low != high:
        yield f"Whether these are {low} or up to {high} separate sources: some origins are not named, or may be one."
    elif high == 1 and len(found.claims) > 1:
        yield "Whether anybody else can confirm it: no second source was found."
    silent = [f for f in found.traced.families if f.standing in (Standing.PUBLISHER, Standing.UNKNOWN)]
    if silent:
        told = found.outlets(c for f in silent for c in f.claims)
        names = listed(told[:4] if len(told) < 5 else [*told[:3], count(len(told) - 3, "other")])
        yield f"From whom {names} {'has' if len(told) == 1 else 'have'} it: no source is given."
    loose = [c.id for c in found.claims if not c.anchored]
    if loose:
        share = f"{len(loose)} of {len(found.claims)} claims"
        yield f"The exact words behind {share}: there is no saved copy to check them against."
    if found.answer is None:
        yield "What the answer is: nobody has given one yet."
    for request in requests:
        if not request.replied:
            yield f"What {request.source} replies: asked on {_day(request.asked_at)}, no reply so far."
    for search in searches:
        if search.failed:
            yield f"What a search for “{search.sought}” would have found: it failed ({search.failed})."
        elif not search.found:
            yield f"A search for “{search.sought}” in {listed(search.where)} found nothing ({_day(search.searched_at)})."


def _day(at: str) -> str:
    return dates.window_words(Span(at[:10], at[:10]))


def _history(ledger: Ledger, found: Study) -> Iterator[Event]:
    """Answers, ratings and corrections, oldest first, superseded ones marked."""
    events = []
    things = [(found.question.id, found.question.uid), *((c.id, c.uid) for c in found.claims)]
    for name, uid in things:
        for kind in (EntryKind.ANSWER, EntryKind.RATING, EntryKind.CHECK):
            for j in read.judgements(ledger, uid, kind):
                scale = f" on the scale {j.scale}" if j.scale else ""
                said = (
                    CHECKS[Checked(j.value)].lower() if kind is EntryKind.CHECK else f"{kind.value} “{j.value}”{scale}"
                )
                what = f"{name}: {said}"
                events.append(Event(kind.value, j.at, j.by, what, j.because, j.superseded))
        for c in beside.corrections(ledger, uid):
            what = f"{name}: {c.kind}. Was: “{c.was}”. Now: “{c.now}”."
            events.append(Event("correction", c.at, c.by, what, c.because, superseded=False))
    yield from sorted(events, key=lambda e: e.at)
