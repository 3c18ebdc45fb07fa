"""A question as a reader meets it: verdict, answers by original source, what disagrees, what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain

from ledger import dates
from ledger.catalogue import Table, count, known, listed, quotation, t, theirs
from ledger.crossref.origins import Family
from ledger.crossref.running_counts import SourceAnswer, answers_by_source, carriers, may_be_party, uncredited
from ledger.crossref.statements import figure_words
from ledger.crossref.study import Study
from ledger.crossref.terms import STOP, stem, words
from ledger.errors import BadInput
from ledger.quantity import find
from ledger.quantity.figure_words import FIGURE_WORDS
from ledger.records import Evidence, Judgement, Listed, Pair, QuestionPage, Request, order, replace
from ledger.reports.axes import axes
from ledger.reports.cards import verdict
from ledger.reports.comparing import support_line, who
from ledger.reports.counting import beside_first, stand, to_check, unknown
from ledger.reports.custody import CHECKS
from ledger.reports.differing import difference, shows_both
from ledger.reports.disputed import (
    Retold,
    conflict_lines,
    half_credited,
    hedged_apart,
    nearest,
    retold,
    retold_line,
    told_differences,
    told_pairs,
    ways,
)
from ledger.reports.graph import graph
from ledger.reports.page import page_of, told_extremes
from ledger.reports.report import (
    Event,
    Ground,
    Position,
    QuestionSection,
    Row,
    Said,
    Spot,
    Strip,
    Telling,
)
from ledger.reports.same_number import same_number
from ledger.reports.sentences import (
    STATES,
    called,
    capital,
    day,
    heading,
    in_one_wording,
    lowered,
    named,
    names_nobody,
    not_said_line,
    outlet,
    own_words,
    place_of,
    quoted,
    speaks_itself,
    title_of,
    told_as_held,
    unsourced,
)
from ledger.reports.set_apart import apart_because, groups, no_whole, part_of, told
from ledger.reports.summary import extremes, in_outlets_words, part_told
from ledger.reports.timeline import DATE, as_of, course, dated, recorded, timeline
from ledger.reports.undisputed import undisputed
from ledger.reports.why import ground
from ledger.store import Ledger, beside, overview, read
from ledger.text import coordinates, folding
from ledger.vocabulary import Checked, CorrectionKind, EntryKind, Kind, Relation, Role, State

MOST_LINES = 24
MOST_STRIPS = 12


def section(ledger: Ledger, found: Study) -> QuestionSection:
    """All that a report says about one question."""
    page = page_of(found)
    uid = found.question.uid
    said = list(_said(found, page))
    evidence = tuple(beside.evidence(ledger, uid))
    spots = tuple(_spots(found, evidence))
    requests = beside.requests(ledger, uid, *(c.uid for c in found.claims))
    searches = beside.searches(ledger, uid)
    rows = tuple(_rows(found))
    return QuestionSection(
        uid=uid,
        page=page,
        state=_state(found),
        event=" · ".join(filter(None, _event(found))),
        headline=_headline(found),
        traced=page.origins.words,
        verdicts=tuple(
            verdict(ledger, about, rating, "" if about == found.question.id else quoted(found.claim(about)))
            for about, rating in found.ratings
            if not rating.superseded
        ),
        rows=rows,
        axes=tuple(axes(found)),
        course=course(found),
        said=tuple(said[:MOST_LINES]),
        said_left_out=max(0, len(said) - MOST_LINES),
        strips=tuple(_strips(found)),
        graph=graph(found),
        unknown=tuple(unknown(found, requests, searches)),
        requests=tuple(requests),
        searches=tuple(searches),
        evidence=evidence,
        spots=spots,
        near=tuple(_near(ledger, spots)),
        fields=tuple(beside.values(ledger, about=uid, public=True).get(uid, {}).items()),
        notes=tuple(n for n in read.notes(ledger, uid) if not n.internal),
        history=tuple(_history(ledger, found)),
        corrections=tuple(beside.corrections(ledger, uid)),
        publications=tuple(beside.publications(ledger, uid)),
        timeline=timeline(found, [v for _, claims in groups(found) for v in told(found, claims)]),
        not_said=tuple(not_said_line(c) for c in found.not_said),
        extremes=extremes(found, told_extremes(found, page.stated), page.answers),
        undisputed=tuple(capital(line) for line in undisputed(found)),
        compared=len(found.comparable),
        minimums=_minimums(found),
        in_parts=no_whole(found),
        unread=len(found.claims) - len(found.comparable),
        differing=found.differing,
        units=(*hedged_apart(found), *same_number(found)),
        positions=tuple(_positions(ledger, found, rows, requests)),
    )


def _headline(found: Study) -> str:
    """The headline that says what most others of its articles say, with its outlet, where the question says little of that.

    It has a word of the question and no figure, which may be of something else, or overtaken, and is no source's own.
    """
    titled = ((c, title_of(c.title)) for c in reversed(found.claims) if not found.traced.own_statements([c.id]))
    first = {c.article: c for c, title in titled if len(title) in range(1, MOST_HEADLINE + 1) and not _counts(title)}
    telling = {a: {w for w in folding.name(c.title or "").split() if len(w) > SHORT} for a, c in first.items()}
    shared = {a: sum(len(own & of) for other, of in telling.items() if other != a) for a, own in telling.items()}
    best = max(shared, key=lambda a: (shared[a], -order(a)), default="")
    asked = {folding.name(w): w[:1].isupper() for w in found.question.question.split()[1:]}
    both = telling[best] & {*asked} if best else set()
    if shared.get(best, 0) < len(first) or len(both) != 1 or any(asked[w] for w in both):
        return ""
    c = first[best]
    given = {"title": quotation(" ".join((c.title or "").split())), "outlet": outlet(c.publisher)}
    if not c.published_at:
        return t("From the headlines: {title} ({outlet}).", **given)
    return t("From the headlines: {title} ({outlet}, {day}).", day=day(c.published_at), **given)


def _counts(title: str) -> bool:
    """True where a title has a figure, or may have one: a digit, a number in words."""
    plain = not FIGURE_WORDS.isdisjoint(folding.name(title).split()) or any(c.isdigit() for c in title)
    return plain or (not title.isascii() and bool(find(title)))


MOST_HEADLINE = 120
"""Characters of a headline that stands on top."""
SHORT = 3
"""Letters of words that tell nothing of what a headline is about."""


def _minimums(found: Study) -> bool:
    """True where most sources give no more than a least figure, and that is why none contradicts: no two are exact."""
    beside = [c for c, off in found.axis.items() if off is None]
    figures = [q for v in told(found, beside) if (q := found.statements[v.claims[0]].quantity)]
    least = [q for q in figures if q.low is not None and q.high is None]
    exact = {q.low for q in figures if q.low == q.high}
    return len(least) > 1 and len(least) * 2 > len(figures) and len(exact) < 2


def _event(found: Study) -> Iterator[str]:
    """The place and the time that more than half of the claims with one are of."""
    stated = found.statements.values()
    for said in (  # what the question asks is not answered beside its title
        [theirs(s.place) for s in stated if s.place and found.kind is not Kind.WHERE],
        [dates.window_words(s.window) for s in stated if s.window and found.kind is not Kind.WHEN],
    ):
        most, times = Counter(said).most_common(1)[0] if said else ("", 0)
        yield most if times * 2 > len(said) else ""


# --- rows and axes ------------------------------------------------------------------------------------------------


def _rows(found: Study) -> list[Row]:
    """Who names a source, then who names none, then what is set apart; who may be one source stand under each other."""
    rows = sorted(_row_by_row(found), key=lambda r: (r.off is not None, not r.off and bool(r.bare)))
    made: list[Row] = []
    for row in rows:
        body = next(
            (b for b in made if row.along and b.name in row.along and (b.off is None) == (row.off is None)), None
        )
        made.insert(made.index(body) + 1 if body else len(made), row)
    return made


def _row_by_row(found: Study) -> Iterator[Row]:
    twice = {found.family(one.a).key: one for one in retold(found) if not half_credited(found, one)}
    for off, claims in groups(found):
        for voice in (part for v in told(found, claims) for part in _by_answer(found, v, twice)):
            row = _row(found, voice, apart_because(found, voice.claims[0], voice.aside) if voice.aside else off)
            one = twice.get(voice.family.key)
            told_so = one is not None and {*voice.claims} <= {c for s in (*one.sides, *one.beside) for c in s}
            if one is not None and (row.off is None or told_so):
                row = replace(row, words=listed(own := ways(found, one)), ways=own, worded_by="", carried="", off=None)
            yield row


def _by_answer(found: Study, voice: SourceAnswer, twice: Container[str]) -> Iterator[SourceAnswer]:
    """What one source says in words, an answer a row, unless it is told already that these differ."""
    lead = voice.claims[0]
    other = [c for c in voice.members if not _one_answer(found, lead, c)]
    if found.statements[lead].quantity is not None or voice.family.key in twice or not other:
        yield voice
        return
    own = [c for c in voice.members if c not in other]
    yield replace(voice, claims=tuple(c for c in voice.claims if c in own), members=tuple(own), others=(), others_by=())
    rest = replace(
        voice,
        words=figure_words(found.statements[other[0]]),
        claims=tuple(other),
        members=tuple(other),
        others=(),
        others_by=(),
    )
    yield from _by_answer(found, rest, twice)


def _one_answer(found: Study, lead: str, claim: str) -> bool:
    """True where nothing that was read tells that the two answer otherwise, and of whole sentences they share most words."""
    if claim in in_one_wording(found, [lead, claim]) or found.statements[claim].quantity is not None:
        return True
    if found.stated_alike(lead, claim):
        return True
    if uncredited(found, lead) is not uncredited(found, claim):
        return False
    pair = found.compared(*sorted((lead, claim), key=order))
    if pair.reason not in ("words_differ", "other_facet", "qualified", "one_of", "denies", "denial", "only", "prose"):
        return True
    mine, its = ({stem(w) for w in words(found.claim(c).exact)} - STOP for c in (lead, claim))
    return pair.reason in ("words_differ", "prose") and 2 * len(mine & its) >= min(len(mine), len(its))


def _row(found: Study, voice: SourceAnswer, off: str | None) -> Row:
    family = voice.family
    before = {c for c in voice.members if found.wordings[c] in voice.before or found.statements[c].superseded}
    tellings = (_telling(found, c, earlier=c in before, beside=voice.words) for c in voice.members)
    return Row(
        name=family.name,
        heading=_told_by(found, voice),
        words=voice.words or quoted(found.claim(voice.claims[0])),
        in_words=not voice.words,
        held=bool(voice.words) and told_as_held(found, voice.claims[0]),
        carried=_carried(found, voice),
        unsure=any(to_check(found.claim(c)) for c in voice.members),
        bare=called(family) if names_nobody(family) else "",
        standing=family.standing.value,
        dated=(at := _first_dated(found, voice)),
        printed=_printed(found, voice) or at,
        party=family.party,
        may_be_party=may_be_party(found, family),
        side=family.side,
        later=voice.later,
        tellings=tuple(sorted(tellings, key=lambda told: told.earlier)),
        off=off,
        part=_part(found, voice, off),
        behind=_behind(found, voice),
        reading=_reading(found, voice),
        stand=stand(found, voice.claims[0]) if found.kind in IN_WORDS else "",
        worded_by=_worded_by(found, voice),
        source=family.key.removeprefix("source:") if family.key.startswith("source:") else "",
        along=_along(found, family),
        allied=_allied(found, family),
        mentioned=found.statements[voice.claims[0]].superseded,
    )


def _worded_by(found: Study, voice: SourceAnswer) -> str:
    """The outlet whose words stand for what somebody else says, or of several that have it in their own voice the first."""
    lead = found.claim(voice.claims[0])
    if _worded(found, voice):
        return outlet(found.outlets(voice.claims)[0])
    named = outlet(lead.publisher) == _told_by(found, voice) or uncredited(found, lead.id)  # it stands beside them
    alone = names_nobody(voice.family) and len(found.outlets(voice.claims)) == 1
    ours = voice.words.startswith("[") and not (named or alone or speaks_itself(lead))
    return outlet(lead.publisher) if ours else ""


def _worded(found: Study, voice: SourceAnswer) -> bool:
    """True where the words are an outlet's, which names a source, or an agency in its place."""
    return in_outlets_words(found, voice) or (bool(_agency(found, voice)) and uncredited(found, voice.claims[0]))


IN_WORDS = (Kind.WHO_WHAT, Kind.WORDS)
"""Kinds of questions of which an answer is put into a word by whoever filed it."""


def _reading(found: Study, voice: SourceAnswer) -> str:
    """How the desk's answer stands beside the words of a row; of who answers nothing, not at all: the words are enough."""
    if found.kind not in IN_WORDS:
        return "read"
    return "" if stand(found, voice.claims[0]) in ("open", "beside") else "filed"


def _along(found: Study, family: Family) -> str:
    """The source that this one may be one with, where that is told before it."""
    first = beside_first(found, family)
    return "" if first.key == family.key else named(first)


def _allied(found: Study, family: Family) -> bool:
    """True where a side in the matter is all that makes the two count once."""
    return bool(family.side) and beside_first(found, family).side == family.side


def _first_dated(found: Study, voice: SourceAnswer) -> str:
    """The day of its leading figure; of outlets that published it on several days, the first of these."""
    days = sorted({(found.claim(c).published_at or "")[:DATE] for c in (*voice.claims, *chain(*voice.others_by))})
    if len(days) == 1 or "" in days or as_of(found, voice.claims[0])[:DATE] not in ("", *days):
        return dated(found, voice.claims[0])
    return t("first published {day}", day=day(days[0]))


def _printed(found: Study, voice: SourceAnswer) -> str:
    """Which outlet printed its leading figure and when; empty for an outlet's own, and where the figure has a day."""
    lead, own = found.claim(voice.claims[0]), names_nobody(voice.family)
    if own or uncredited(found, lead.id) or lead.publisher in (None, voice.family.name) or not lead.published_at:
        return ""
    if as_of(found, lead.id)[:DATE] not in ("", lead.published_at[:DATE]):
        return ""
    ours = voice.words.startswith("[") and not speaks_itself(lead)
    if ours or _worded(found, voice):  # whose words they are is told before
        return t("published {day}", day=day(lead.published_at))
    given = {"outlet": place_of(found, lead), "day": day(lead.published_at)}
    relays = (hop.source for hop in lead.attribution if hop.role is Role.RELAY)
    if via := [theirs(name) for name in relays if name != voice.family.name]:
        return t("via {relay}, in {outlet}, {day}", relay=listed(via), **given)
    return t("in {outlet}, {day}", **given)


def _told_by(found: Study, voice: SourceAnswer) -> str:
    """The source, or the outlets where none of them credits it; of an agency's copy the agency."""
    if not all(uncredited(found, c) for c in voice.members):
        return heading(voice.family)
    if agency := _agency(found, voice):
        return theirs(agency)
    outlets = found.outlets(voice.members)
    return unsourced(listed([outlet(o) for o in outlets]), len(outlets))


def _agency(found: Study, voice: SourceAnswer) -> str:
    """Whom outlets name that print a source's passage without it."""
    named = {hop.source for c in voice.members for hop in found.claim(c).attribution[-1:] if uncredited(found, c)}
    return next(iter(named)) if len(named) == 1 else ""


def _behind(found: Study, voice: SourceAnswer) -> str:
    """For an answer in the desk's words those that it was read from; empty for any other."""
    return quoted(found.claim(voice.claims[0])) if voice.words.startswith("[") else ""


def _part(found: Study, voice: SourceAnswer, off: str | None) -> str:
    """The part or the place that a row is of, where that is why it, or another, is set apart."""
    if off is None:
        return part_told(found, voice)
    reason = voice.aside or {**found.axis, **found.worded}.get(voice.claims[0])
    part = part_of(found, voice.claims[0], reason or "")
    return theirs(part) if part else ""


def _carried(found: Study, voice: SourceAnswer) -> str:
    """In how many outlets the source is said to say so, and how many more have its figure in other words."""
    ours = voice.words.startswith("[")
    apart = (ours or not voice.words) and len({found.claim(c).exact for c in voice.members}) > 1
    if voice.family.outlets or apart:  # their names stand before it, or each has its own words
        return ""
    told = carriers(found, voice)[0]
    figure = found.statements[voice.claims[0]].quantity is not None
    worded = in_one_wording(found, [voice.claims[0], *(voice.members if figure else voice.claims)])
    alike = _crediting(found, worded) if figure else [o for o in told if ours or o in found.outlets(worded)]
    more = len(_crediting(found, (c for c in voice.members if _same_number(found, c, voice.claims[0]))) - {*alike})
    own = {*found.traced.own_statements(voice.members)} & {*alike}
    said = _in_outlets(len(alike) - len(own), own=bool(own)) if len(alike) + more > 1 else ""
    if not (said and more):
        return said
    return count(
        "{said}; {n} more words its figure otherwise", "{said}; {n} more word its figure otherwise", more, said=said
    )


def _in_outlets(n: int, *, own: bool) -> str:
    """In how many outlets, and in the source's own statement: "in its own statement and 2 outlets"."""
    if own and n:
        return t("in its own statement and {outlets}", outlets=count("{n} outlet", "{n} outlets", n))
    return t("in its own statement") if own else count("in {n} outlet", "in {n} outlets", n)


def _same_number(found: Study, a: str, b: str) -> bool:
    mine, its = found.figure(a), found.figure(b)
    return mine is not None and its is not None and (mine.low or mine.high) == (its.low or its.high)


def _crediting(found: Study, claims: Iterable[str]) -> set[str]:
    """The outlets that credit the source in these claims."""
    return set(found.outlets(c for c in claims if not uncredited(found, c)))


def _telling(found: Study, name: str, *, earlier: bool, beside: str) -> Telling:
    claim = found.claim(name)
    via = [hop.source for hop in claim.attribution if hop.role is Role.RELAY]
    return Telling(
        claim=name,
        outlet=outlet(claim.publisher),
        words=own_words(found, name) or theirs(claim.exact),
        via=listed([theirs(name) for name in via]),
        earlier=earlier,
        dated=_of_day(found, name),
        bare=uncredited(found, name),
        read=own if (own := figure_words(found.statements[name])).startswith("[") and own != beside else "",
    )


def _of_day(found: Study, name: str) -> str:
    """The day of its article, with the hour where its zone is known, or both that and the day that its figure is of."""
    published = (found.claim(name).published_at or "")[:DATE]
    if as_of(found, name)[:DATE] not in ("", published):
        return dated(found, name, whole=True)
    hour = recorded(found, name)
    return t("{day}, {hour}", day=day(published), hour=hour) if published and hour else published and day(published)


# --- parties to the matter ----------------------------------------------------------------------------------------


def _state(found: Study) -> str:
    """Where the work stands; what somebody has answered or rated is not unchecked, whatever was set."""
    state = found.question.state
    if found.answer and state in (State.NEW, State.CHECKING):
        return STATES["answered"]
    return STATES["checking" if state == State.NEW and found.ratings else state]


def _positions(ledger: Ledger, found: Study, rows: Iterable[Row], requests: Iterable[Request]) -> Iterator[Position]:
    """The parties that speak, then those that were marked as parties and of whom no word was logged."""
    rows, requests = list(rows), list(requests)
    marked = [p for p in read.parties(ledger) if p.party and p.question in (None, found.question.id)]
    heard: set[str] = set()
    for family in found.traced.families:
        ids = _speakers(found, family)
        heard |= ids
        if family.party:
            because = next((p.because for p in marked if p.source_id in ids and p.because), None)
            asked = tuple(r for r in requests if r.source_id in ids)
            yield _speaks(found, family, [r for r in rows if r.name == family.name and r.party], because, asked)
    for party in marked:
        if party.question == found.question.id and party.source_id not in heard:
            heard.add(party.source_id)
            name = read.source(ledger, party.source_id).name
            asked = tuple(r for r in requests if r.source_id == party.source_id)
            yield Position(name, party.side, party.because, (), (), (), asked)


def _speakers(found: Study, family: Family) -> set[str]:
    """The ids of the sources in whose name this family speaks: the innermost hops of its claims, else the outlets."""
    ids: set[str] = set()
    for name in family.claims:
        claim = found.claim(name)
        innermost = claim.attribution[-1].known_by if claim.attribution else claim.publisher_id
        ids |= {innermost} if innermost else set()
    return ids


def _speaks(found: Study, family: Family, rows: list[Row], because: str | None, asked: tuple[Request, ...]) -> Position:
    held = (t("it {held}", held=r.words) if r.held else r.words for r in rows)
    outlets = dict.fromkeys(outlet(found.claim(telling.claim).publisher) for r in rows for telling in r.tellings)
    return Position(family.name, family.side, because, tuple(dict.fromkeys(held)), tuple(outlets), family.claims, asked)


# --- places -------------------------------------------------------------------------------------------------------


def _spots(found: Study, evidence: Iterable[Evidence]) -> Iterator[Spot]:
    """Where its claims and its evidence are, as far as coordinates were given; what is of one point stands together."""
    given: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for claim in found.claims:
        if (place := claim.place) and place.latitude and place.longitude:
            given.setdefault((place.latitude, place.longitude), []).append((place.name, claim.id))
    for e in evidence:
        if e.location and (at := _position(e.location)) is not None:
            given.setdefault((at.latitude, at.longitude), []).append((at.name, e.id))
    for (lat, lon), said in given.items():
        names = [name for name, _ in said if name and not coordinates.is_bare(name)]
        yield Spot(names[0] if names else f"{lat}, {lon}", lat, lon, tuple(dict.fromkeys(id_ for _, id_ in said)))


def _position(text: str) -> coordinates.Position | None:
    """The coordinates in a text that nobody checked when it was logged."""
    try:
        return coordinates.position(text)
    except BadInput:
        return None


def _near(ledger: Ledger, spots: Sequence[Spot]) -> Iterator[Spot]:
    if spots:
        own = {(s.latitude, s.longitude) for s in spots}
        yield from (Spot(*p) for p in overview.places(ledger) if p[1:] not in own and not coordinates.is_bare(p[0]))


# --- what disagrees ----------------------------------------------------------------------------------------------------


def _said(found: Study, page: QuestionPage) -> Iterator[Said]:
    """What a person said of pairs, then what separate sources contradict and support."""
    for pair in page.pairs:
        if pair.set_by:
            yield _judged_line(found, pair)
    leads = {v.claims[0] for _, claims in groups(found) for v in answers_by_source(found, claims)}
    conflicts, supports = told_pairs(found)
    lines: list[tuple[Pair | Retold, Listed]] = [*conflict_lines(found, conflicts)]
    lines += [(one, retold_line(found, one)) for one in retold(found)]
    lines += [(p, Listed(support_line(found, p))) for p in supports]
    for of, line in lines:
        both = (of.a, of.b)
        finding = found.words.on(of.machine, of.reason, *map(found.claim, both))
        why, current = ground(found, finding), {*both} <= leads
        yield Said(of.relation, line.words, None, None, both, current, isinstance(of, Retold), why, line.lines)


def _judged_line(found: Study, pair: Pair) -> Said:
    """What a person said of a pair, in the order in which the person named the claims."""
    a, b = next(((k.a, k.b) for k in found.links if {k.a, k.b} == {pair.a, pair.b}), (pair.a, pair.b))
    said = JUDGED[Relation(pair.relation)]
    words = t(said, a=who(found, a), b=who(found, b), who=theirs(pair.set_by or ""))
    return Said(pair.relation, capital(words), pair.set_by, pair.because, (a, b), current=True, one_source=False)


def _strips(found: Study) -> Iterator[Strip]:
    """Each claim whose wording differs, once for each way in which it does."""
    for first, *rest in told_differences(found)[:MOST_STRIPS]:
        shown = nearest(found, first)
        a, b = found.claim(shown.origin), found.claim(shown.version)
        nearer, differing = ((c.id, outlet(c.publisher), " ".join(c.exact.split())) for c in (a, b))
        why = Ground(ground(found, found.words.on(first.kind, first.finding.code, found.claim(first.origin), b)).lines)
        also = tuple(d.origin for d in rest if found.stated_alike(d.origin, first.origin))
        yield Strip(difference(found, shown), nearer, differing, also, why, shows_both=shows_both(shown))


def _history(ledger: Ledger, found: Study) -> Iterator[Event]:
    """Answers, ratings and corrections, oldest first, superseded ones marked."""
    events = []
    things = [(found.question.id, found.question.uid), *((c.id, c.uid) for c in found.claims)]
    for name, uid in things:
        for kind in (EntryKind.ANSWER, EntryKind.RATING, EntryKind.CHECK):
            for j in read.judgements(ledger, uid, kind):
                what = t("{id}: {event}", id=name, event=_judged(kind, j))
                events.append(Event(kind.value, j.at, j.by, what, j.because, j.superseded))
        for c in beside.corrections(ledger, uid):
            was, now = theirs(c.was), theirs(c.now)
            what = t("{id}: {kind}. Was: “{was}”. Now: “{now}”.", id=name, kind=t(CORRECTED[c.kind]), was=was, now=now)
            events.append(Event("correction", c.at, c.by, what, c.because, superseded=False))
    yield from sorted(events, key=lambda e: e.at)


def _judged(kind: EntryKind, given: Judgement) -> str:
    """A judgement in a few words."""
    if kind is EntryKind.CHECK:
        return lowered(t(CHECKS[Checked(given.value)]))
    value = known(given.value) if kind is EntryKind.RATING else theirs(given.value)
    if kind is EntryKind.ANSWER:
        return t("answer “{words}”", words=value)
    return (
        t("rating “{grade}” on the scale {scale}", grade=value, scale=known(given.scale))
        if given.scale
        else t("rating “{grade}”", grade=value)
    )


CORRECTED: Table = {
    CorrectionKind.CORRECTION: "correction",
    CorrectionKind.CLARIFICATION: "clarification",
    CorrectionKind.UPDATE: "update",
    CorrectionKind.RETRACTION: "retraction",
}

JUDGED: Table = {
    Relation.CONFLICTS: "{a} contradicts {b}, in the judgement of {who}.",
    Relation.SUPPORTS: "{a} supports {b}, in the judgement of {who}.",
    Relation.UPDATES: "{a} updates {b}, in the judgement of {who}.",
    Relation.REPEATS: "{a} repeats {b}, in the judgement of {who}.",
    Relation.DOES_NOT_CONTRADICT: "{a} does not contradict {b}, in the judgement of {who}.",
    Relation.NOT_COMPARABLE: "{a} cannot be compared with {b}, in the judgement of {who}.",
}
"""What a person said of two claims."""
