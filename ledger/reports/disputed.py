"""What contradicts and what supports what: separate sources, what outlets have one source say, and wording beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from itertools import combinations

from msgspec import Struct

from ledger import quantity
from ledger.catalogue import Catalogue, Table, count, listed, quotation, spoken, strung, t, theirs
from ledger.crossref.answers import denies, direction
from ledger.crossref.origins import FIRM, Standing
from ledger.crossref.running_counts import answers_by_source, uncredited
from ledger.crossref.statements import figure_words, in_unit, shortened
from ledger.crossref.study import OTHER_AXIS, Study
from ledger.crossref.wording import COPYING, named_in
from ledger.crossref.wording_pairs import Difference
from ledger.crossref.wording_words import same_words
from ledger.records import Listed, Pair, Quantity, order, replace
from ledger.reports.comparing import CONTRARY, conflict_line, denial_line, gap_of, of_plan, who, width
from ledger.reports.sentences import (
    by_name,
    capital,
    first_few,
    in_one_wording,
    in_print,
    in_quotes,
    named,
    outlet,
    quoted,
)
from ledger.reports.set_apart import groups
from ledger.reports.timeline import DATE
from ledger.vocabulary import Agreement, Basis, Kind, Relation


class Retold(Struct, frozen=True):
    """What articles have one source say in ways of which not all can be true."""

    relation: str
    machine: str
    """The finding that it rests on: its kind, its rule, the two claims."""
    reason: str
    a: str
    b: str
    sides: tuple[tuple[str, ...], ...]
    """The claims that say one thing, for each of the things said that differ."""
    beside: tuple[tuple[str, ...], ...]
    """Likewise what else the source says, which contradicts none of these."""


Names = Callable[[Study, str], Sequence[str]]
"""Whom a line names for a claim."""
Where = Callable[[Study, Sequence[str]], str]
"""In which outlets claims stand, or in how many."""

MATTER = frozenset({"answer_differs", "figure_differs", "zone", "day"})
"""Codes of differences that are no matter of wording: not both can be true."""
SAYS_ITSELF = (Basis.NAMED, Basis.SAID)


def retold(found: Study) -> list[Retold]:
    """What is told of one source in more than one way, each source once."""
    return list(_retold(found))


@lru_cache(maxsize=4)
def _retold(found: Study) -> tuple[Retold, ...]:
    """The same; a page asks several times."""
    told: dict[str, list[tuple[str, str, str, str, str]]] = {}
    differ = [p for p in found.pairs if p.relation == Relation.CONFLICTS and not p.set_by]
    for p in sorted((p for p in differ if found.source(p.a) == found.source(p.b)), key=lambda p: -width(p)):
        if found.claim(p.a).article != found.claim(p.b).article:
            told.setdefault(found.source(p.a), []).append((p.relation, p.machine, p.reason, p.a, p.b))
    for d in found.differences:
        if of_matter(found, d):
            finding = (Relation.CONFLICTS.value, d.kind.value, d.finding.code, d.origin, d.version)
            told.setdefault(found.source(d.origin), []).append(finding)
    every = [Retold(*given[0], *_sides(found, given)) for given in told.values()]
    return tuple(one for one in every if not _counted_on(found, (*one.sides, *one.beside)))


def _counted_on(found: Study, sides: Sequence[Sequence[str]]) -> bool:
    """True where one article has two of the counts: its source counted on, and nobody told it otherwise."""
    articles = [{found.claim(c).article for c in side} for side in sides]
    counts = found.kind is Kind.COUNT and all(found.figure(side[0]) for side in sides)
    return counts and any(a & b for a, b in combinations(articles, 2))


def of_matter(found: Study, d: Difference) -> bool:
    """True for a difference along one source of which not both sides can be true."""
    one_source = found.source(d.origin) == found.source(d.version)
    return d.finding.code in MATTER and d.basis in SAYS_ITSELF and one_source and not _later(found, d)


def is_wording(found: Study, d: Difference) -> bool:
    """True for a difference of words alone: neither of what is said, nor a source's later count."""
    return not of_matter(found, d) and not _later(found, d)


def trifling(found: Study, d: Difference) -> bool:
    """True where neither a figure, its hedge, a place, a day, a credit nor a doubt differs in what answers the question."""
    code, given = d.finding.code, d.finding.given
    if code == "quote_word":
        return same_words(str(given["a"]), str(given["b"]))
    if code == "own_voice":  # "the firm plans to sell it" names the firm
        version = found.versions[d.version]
        return not version.text or named_in(version.text, str(given["source"]))
    if code in ("hedge", "flipped", "both_current") and found.claim(d.origin).article == found.claim(d.version).article:
        return True  # a lead, and what it rests on
    if code in ("source_became", "nameless_became"):  # a body and who speaks for it
        families = {found.source(d.origin), found.source(d.version)}
        return any(families <= group for group in found.traced.together)
    if code in ("doubt_gone", "doubt_come", "hedge"):  # of another place or thing it may be doubted
        return found.compared(*sorted((d.origin, d.version), key=order)).reason in OTHER_AXIS
    return code in ("came_gone", "quote_boundary")


def _later(found: Study, d: Difference) -> bool:
    """True where the one is the source's later count: it rose, and is told as having risen."""
    a, b = sorted((d.origin, d.version), key=order)
    return d.finding.code in MATTER and found.compared(a, b).reason in ("as_of", "revised")


def _sides(found: Study, given: list[tuple[str, str, str, str, str]]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The claims of one source that say one thing, in the order in which they were found to differ, and what else it says."""
    family = found.family(given[0][3]).claims
    apart = [c for *_, a, b in given for c in (a, b)]
    sides: list[tuple[str, ...]] = []
    beside = {**found.worded, **found.axis}
    now = [c for c in family if beside.get(c, "apart") is None and not found.statements[c].superseded]
    now = [c for c in now if not any(counted_later(found, c, a) for a in apart)]
    for claim in (*apart, *now):
        if not any(_same(found, claim, side[0]) for side in sides):
            sides.append((claim, *(c for c in family if c != claim and _same(found, c, claim))))
    opposed, other = ([s for s in sides if bool({*s} & {*apart}) is held] for held in (True, False))
    return tuple(_united(opposed, {frozenset((a, b)) for *_, a, b in given})), tuple(other)


def counted_later(found: Study, claim: str, other: str) -> bool:
    """True where the one is the source's own count of another day: it is told as having risen or fallen."""
    return claim != other and found.compared(*sorted((claim, other), key=order)).reason in ("as_of", "revised")


def _united(sides: Sequence[tuple[str, ...]], apart: set[frozenset[str]]) -> list[tuple[str, ...]]:
    """Sides that differ from the same others and not from each other are one: "55 km south of Lorn", "34 miles south"."""
    against = [frozenset(o for o, other in enumerate(sides) if _differ(side, other, apart)) for side in sides]
    united: dict[frozenset[int], tuple[str, ...]] = {}
    for others, side in zip(against, sides, strict=True):
        united[others] = (*united.get(others, ()), *side)
    return list(united.values())


def _differ(side: Sequence[str], other: Sequence[str], apart: set[frozenset[str]]) -> bool:
    return any(frozenset((a, b)) in apart for a in side for b in other)


def _same(found: Study, a: str, b: str) -> bool:
    """True for one answer, and for one number on one scale, however it is hedged."""
    beside = found.axis.get(a, "apart") is None and found.axis.get(b, "apart") is None
    return _alike(found, a, b) or (beside and _one_number(found, a, b))


def _alike(found: Study, a: str, b: str) -> bool:
    one = found.statements[a]
    if one.quantity is None and not (one.answer or one.said):
        return found.claim(a).exact.casefold() == found.claim(b).exact.casefold()
    return found.stated_alike(a, b)


def retold_line(found: Study, told: Retold) -> Listed:
    """What outlets have one source say, in ways of which not all can be true, a way a line."""
    said = t("What {source} said is reported in more than one way:", source=named(found.family(told.a)))
    sides, beside = ([_crediting(found, side) for side in given] for given in (told.sides, told.beside))
    if half_credited(found, told):
        said = t("What {source} said, and how outlets that credit nobody have it:", source=named(found.family(told.a)))
    lines = _by_direction(found, sides) or [_told_line(found, side) for side in sides]
    also = [t("Also reported: {answer}", answer=_line(found, side, _printed)) for side in beside]
    return Listed(said, (*_most(lines), *also[:MOST_WAYS], *_zones(found, told)))


def half_credited(found: Study, told: Retold) -> bool:
    """True where at most one of the ways is told of the source, and the others stand in outlets that credit nobody."""
    return sum(any(not uncredited(found, c) for c in side) for side in told.sides) < min(2, len(told.sides))


def _told_line(found: Study, side: Sequence[str]) -> str:
    """A way with the outlets that report it of the source; of those that credit nobody that they do not."""
    family = found.family(side[0]).claims
    if not all(uncredited(found, c) for c in side) or all(uncredited(found, c) for c in family):
        return _line(found, side, _printed)
    outlets = found.outlets(side)
    given = {"outlets": _outlets(found, side), "words": _said(found, side[0])}
    return count(
        "{outlets} has {words}, crediting nobody",
        "{outlets} have {words}, crediting nobody",
        len(outlets), **given,
    )  # fmt: skip


def _zones(found: Study, told: Retold) -> Iterator[str]:
    """That one time of day is given in two zones, once."""
    for d in found.differences:
        if d.finding.code == "zone" and found.source(d.origin) == found.source(told.a):
            given = {name: theirs(str(d.finding.given[name])) for name in ("time", "a", "b")}
            yield t(
                "{time} is given in two zones, “{a}” and “{b}”: unless these are one, two moments are meant.", **given
            )
            return


def _by_direction(found: Study, sides: Sequence[Sequence[str]]) -> list[str]:
    """Sides that each name one direction, told by these: "south, 3 outlets: ..."; nothing where they do not."""
    named_by = [{direction(_words(found, c)) for c in side} for side in sides]
    ways = [of.pop() for of in named_by if len(of) == 1]
    if None in ways or len({*ways}) < len(sides):
        return []
    told = ((t(COMPASS[str(way)]), found.outlets(side)) for way, side in zip(ways, sides, strict=True))
    return [
        count(
            "{way}, {n} outlet: {names}",
            "{way}, {n} outlets: {names}",
            len(outlets),
            way=way,
            names=first_few([outlet(o) for o in outlets]),
        )
        for way, outlets in told
    ]


COMPASS: Table = {
    "north": "north",
    "north-east": "north-east",
    "east": "east",
    "south-east": "south-east",
    "south": "south",
    "south-west": "south-west",
    "west": "west",
    "north-west": "north-west",
}


def _most(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - MOST_WAYS
    return [*lines[:MOST_WAYS], *([count("and {n} more", "and {n} more", rest)] if rest > 0 else [])]


def ways(found: Study, told: Retold, where: Where = in_print) -> tuple[str, ...]:
    """What the source is reported to have said, each way with how many outlets have it so."""
    sides = [_crediting(found, side) for side in told.sides]
    heard = {name for side in sides for name in found.outlets(side)}
    also = [side for side in map(partial(_crediting, found), told.beside) if not {*found.outlets(side)} <= heard]
    return tuple(_most([_way(found, side, where) for side in (*sides, *also)]))


def _crediting(found: Study, side: Sequence[str]) -> Sequence[str]:
    """The claims that name the source; all where none does."""
    return [c for c in side if not uncredited(found, c)] or side


def _way(found: Study, side: Sequence[str], where: Where = in_print) -> str:
    """One way, in the first two of its wordings, with how many outlets have it so."""
    wordings: list[str] = []
    left = list(side)
    while left:
        wordings.append(_said(found, left[0]))
        alike = {left[0], *in_one_wording(found, left)}
        left = [c for c in left if c not in alike]
    said = t("{one} or {other}", one=wordings[0], other=wordings[1]) if wordings[1:] else wordings[0]
    said = t("{words} or the like", words=said) if wordings[2:] else said
    if all(uncredited(found, c) for c in side) and any(not uncredited(found, c) for c in found.family(side[0]).claims):
        return t("{words} ({outlets}, crediting nobody)", words=said, outlets=_outlets(found, side))
    return t("{words} ({outlets})", words=said, outlets=where(found, side))


def _outlets(found: Study, claims: Sequence[str]) -> str:
    return first_few([outlet(name) for name in found.outlets(claims)])


def retold_ways(found: Study, told: Retold) -> str:
    """The same in one sentence, without its full stop."""
    given = {"source": named(found.family(told.a)), "parts": listed(ways(found, told, by_name))}
    if half_credited(found, told):
        return t("what {source} said, and how outlets that credit nobody have it: {parts}", **given)
    return t("what {source} said is reported in more than one way: {parts}", **given)


def hedged_apart(found: Study) -> Iterator[str]:
    """A sentence for each source whose one number outlets hedge in several ways, with how many outlets have each."""
    told = {found.source(d.origin) for d in found.differences if d.finding.code in HEDGES and is_wording(found, d)}
    for family in found.traced.families:
        claims = [c for c in family.claims if found.axis.get(c, "apart") is None and not uncredited(found, c)]
        if family.key not in told or family.standing is not Standing.NAMED:
            continue
        hedged: list[list[str]] = []
        left = [*claims]
        while left:
            hedged.append(in_one_wording(found, left))
            left = [c for c in left if c not in hedged[-1]]
        if len(hedged) > 1 and len({_number(found, side[0]) for side in hedged}) == 1:
            given = {"source": named(family), "ways": listed([_way(found, side) for side in hedged])}
            yield capital(t("outlets word the figure of {source} in different ways: {ways}.", **given))


HEDGES = frozenset({"hedge", "flipped", "both_current"})
"""Codes of differences in what stands beside one number."""


def _number(found: Study, claim: str) -> str | None:
    q = found.figure(claim)
    return (q.low or q.high) if q else None


def _line(found: Study, claims: Sequence[str], names: Names) -> str:
    """An answer with who gives it."""
    words, who = held_by(found, claims, names)
    return t("{words}: {names}", words=read_as(words), names=first_few(who))


def read_as(words: str) -> str:
    """An answer that a person gave in words of their own, told as our reading."""
    return t("{words} (our reading)", words=words[1:-1]) if words.startswith("[") else words


def held_by(found: Study, claims: Sequence[str], names: Names) -> tuple[str, list[str]]:
    """An answer as the first of these claims words it, and who gives it; who has other words is told with these."""
    claims = sorted(claims, key=lambda c: uncredited(found, c))
    words = _words(found, claims[0])
    alike = [] if words.startswith("[") else in_one_wording(found, claims)
    told: dict[str, list[str]] = {}
    others = (c for c in claims if c not in alike)
    for c in sorted((*alike, *others), key=lambda c: (uncredited(found, c), not found.claim(c).attribution)):
        beside = [] if c in alike or (words.startswith("[") and len(claims) > 1) else [_own(found, c)]
        beside += [t("in its own words")] if names is _printed and uncredited(found, c) else []
        for name in names(found, c):
            told.setdefault(name, beside)
    return words, [
        t("{name} ({words})", name=name, words=listed(beside)) if beside else name for name, beside in told.items()
    ]


def _words(found: Study, claim: str) -> str:
    """The figure or the short answer; of a whole sentence that answers where, what stands from the distance on."""
    words, whole = figure_words(found.statements[claim]), quoted(found.claim(claim))
    if words not in ("", whole):
        return words
    exact = found.claim(claim).exact
    away = [q for q in quantity.find(exact) if quantity.convertible(q.unit, "m")] if found.kind is Kind.WHERE else []
    return quotation(shortened(exact[away[0].start or 0 :])) if away else whole


def _said(found: Study, claim: str) -> str:
    """The figure, or the words, never ours."""
    words = _words(found, claim)
    return _own(found, claim) if words.startswith("[") else words


def _own(found: Study, claim: str) -> str:
    """The words of one claim, never ours, in quotation marks."""
    words = _words(found, claim)
    return quoted(found.claim(claim)) if words.startswith("[") else in_quotes(words)


def _printed(found: Study, claim: str) -> Sequence[str]:
    return [outlet(*found.outlets([claim]))]


def givers(found: Study, claim: str) -> Sequence[str]:
    """Whose answer a claim is: the source, or the outlets that have it in their own voice."""
    family = found.family(claim)
    by = outlet(*found.outlets([claim]))
    if (
        any(found.source(one.a) == family.key for one in retold(found))
        and by != family.name
        and not uncredited(found, claim)
    ):
        return [t("{source} as reported by {outlet}", source=named(family), outlet=by)]
    return [outlet(name) for name in family.outlets] or [named(family)]


MOST_WAYS = 4


def told_pairs(found: Study) -> tuple[list[Pair], list[Pair]]:
    """What separate sources contradict and support, each pair of sources once, those not overtaken and the widest gap first."""
    conflicts, supports = _told_pairs(found, spoken())
    return list(conflicts), list(supports)


@lru_cache(maxsize=8)
def _told_pairs(found: Study, _language: Catalogue) -> tuple[Sequence[Pair], Sequence[Pair]]:
    """The same; a page asks several times."""
    now = [v for _, claims in groups(found) for v in answers_by_source(found, claims)]
    leads = {v.claims[0] for v in now if v.family.standing in FIRM}
    settled = _settled(found, {v.claims[0] for v in now})
    overtaken = {c for v in now for c in v.before}
    one = {key: min(group) for group in found.traced.together for key in group}  # a body and its speaker, once
    told: dict[Relation, dict[tuple[str, str], Pair]] = {Relation.CONFLICTS: {}, Relation.SUPPORTS: {}}
    judged = [p for p in found.pairs if p.relation in (Relation.CONFLICTS, Relation.SUPPORTS) and not p.set_by]
    for pair in sorted(judged, key=lambda p: (not (p.a in leads and p.b in leads), -width(p))):
        both, of = both_sources(found, pair), told[Relation(pair.relation)]
        if pair.relation == Relation.SUPPORTS:
            a, b = (one.get(key, key) for key in both)
            both = min(a, b), max(a, b)
        if both[0] == both[1] or both in of or _loosely(found, pair) or one_apart(found, pair):
            continue
        if pair.relation == Relation.CONFLICTS:
            credited = not any(uncredited(found, c) for c in (pair.a, pair.b))
            printed = credited and both not in settled and not _overtaken(found, pair, overtaken)
        else:
            printed = {pair.a, pair.b} <= leads
        if printed:
            of[both] = pair
    conflicts, supports = (
        {frozenset(who(found, c) for c in (p.a, p.b)): p for p in reversed(of.values())} for of in told.values()
    )
    return list(reversed(conflicts.values())), list(reversed(supports.values()))


def _overtaken(found: Study, pair: Pair, older: set[str]) -> bool:
    """True where a source has given a newer figure since, unless both speak of the day of which the other's last one is."""
    days = {(found.statements[c].as_of or "")[:DATE] for c in (pair.a, pair.b)}
    return {pair.a, pair.b} <= older or (not older.isdisjoint((pair.a, pair.b)) and (len(days) > 1 or "" in days))


def _loosely(found: Study, pair: Pair) -> bool:
    """True for a word such as "dozens" beside a figure, whose bounds are ours, and for a plan beside what came of it."""
    one, other = (found.statements[c] for c in (pair.a, pair.b))
    if one.quantity is None or other.quantity is None:
        return False
    return one.quantity.vague or other.quantity.vague or one.planned != other.planned


def one_apart(found: Study, pair: Pair) -> bool:
    """True where one of two figures is told as not to be compared with the rest, among which the other stands."""
    apart = [found.axis.get(c, "") for c in (pair.a, pair.b)]
    return None in apart and any(apart)


def _settled(found: Study, leads: set[str]) -> set[tuple[str, str]]:
    """Pairs of sources that do not contradict each other in what they say now, whatever they said before."""
    now = [p for p in found.pairs if p.a in leads and p.b in leads]
    apart = {both_sources(found, p) for p in now if p.relation == Relation.CONFLICTS}
    agree = (Relation.SUPPORTS, Relation.DOES_NOT_CONTRADICT)
    return {both_sources(found, p) for p in now if p.relation in agree} - apart


def both_sources(found: Study, pair: Pair) -> tuple[str, str]:
    one, other = found.source(pair.a), found.source(pair.b)
    return (one, other) if one <= other else (other, one)


def told_differences(found: Study) -> list[list[Difference]]:
    """The wording differences as they are told: each claim that differs once for each way, with all it differs from so."""
    told: dict[tuple[str, str], list[Difference]] = {}
    seen: set[tuple[str, str, str]] = set()
    for d in found.differences:
        again = (d.version, d.origin, d.finding.code) in seen  # one article tells both, each beside the other
        seen.add((d.origin, d.version, d.finding.code))
        if is_wording(found, d) and not trifling(found, d) and not again:
            told.setdefault((d.version, d.kind.value), []).append(d)
    return list(told.values())


def nearest(found: Study, d: Difference) -> Difference:
    """The difference from what the same article has alike from the same source: an outlet is told by its own text."""
    if d.basis in COPYING:
        return d
    article, family = found.claim(d.version).article, found.source(d.origin)
    own = (c.id for c in found.claims if c.article == article and c.id != d.version and found.source(c.id) == family)
    return replace(d, origin=next((c for c in own if found.stated_alike(c, d.origin)), d.origin))


TOLD = 2
"""Pairs of sources that are told one by one; of more it is told who stands with whom."""


def camps(found: Study, conflicts: Sequence[Pair]) -> Listed | None:
    """Where many pairs differ, each answer with those who give it; None for few, and where it cannot be told so."""
    sides = opposed_sides(found, conflicts)
    if not sides:
        return None
    lines = [strung([_line(found, value, givers) for value in side]) for side in sides]
    also = [t("Also said: {answer}", answer=_line(found, value, givers)) for value in beside_sides(found, sides)]
    said = count("There is {n} answer:", "There are {n} different answers:", len(sides))
    if also:
        said = count("{n} answer differs:", "{n} answers differ from each other:", len(sides))
    return Listed(said, (*_most(lines), *_most(also)))


def beside_sides(found: Study, sides: Sequence[Sequence[Sequence[str]]]) -> list[list[str]]:
    """What separate sources say now besides, which contradicts nobody or not all of these: "more than 100"."""
    told = {c for side in sides for value in side for c in value}
    now = [v for off, claims in groups(found) if off is None for v in answers_by_source(found, claims) if not v.aside]
    values: list[list[str]] = []
    for c in (v.claims[0] for v in now if told.isdisjoint(v.members)):
        if any(_one_number(found, t[0], c) for side in sides for t in side):
            continue
        own = next((v for v in values if _one_number(found, v[0], c)), None)
        values.append([c]) if own is None else own.append(c)
    return values


def opposed_sides(found: Study, conflicts: Sequence[Pair]) -> list[list[list[str]]]:
    """The groups into which many contradicting answers fall, the largest first, each with its values; of few none."""
    if len(conflicts) <= TOLD or any(of_plan(found, p.a, p.b) or p.set_by or p.reason == "denies" for p in conflicts):
        return []  # of who denies it is not known what of the rest he denies
    values: list[list[str]] = []
    for c in dict.fromkeys([*(c for p in conflicts for c in (p.a, p.b)), *_also_say(found, conflicts)]):
        own = next((v for v in values if _one_number(found, v[0], c)), None)
        values.append([c]) if own is None else own.append(c)
    return sorted(_opposed(found, values), key=lambda side: sum(map(len, side)), reverse=True)


def _also_say(found: Study, conflicts: Sequence[Pair]) -> Iterator[str]:
    """What else these sources are reported to say now: such a source stands on both sides."""
    keys = {found.source(c) for p in conflicts for c in (p.a, p.b)}
    for off, claims in groups(found):
        for voice in answers_by_source(found, claims) if off is None else ():
            if voice.family.key in keys and not voice.aside:
                yield from (voice.claims[0], *(claims[0] for claims in voice.others_by))


def _opposed(found: Study, values: Sequence[list[str]]) -> list[list[list[str]]]:
    """Values in sides, of which each contradicts each other one and none itself; nothing where they fall into no such."""
    known = {frozenset((p.a, p.b)) for p in found.pairs if p.relation == Relation.CONFLICTS}

    def apart(one: list[str], other: list[str]) -> bool:
        return any(frozenset((a, b)) in known for a in one for b in other)

    sides: list[list[list[str]]] = []
    for value in values:
        near = [side for side in sides if not all(apart(value, v) for v in side)]
        if len(near) > 1 or any(apart(value, v) for side in near for v in side):
            return []
        near[0].append(value) if near else sides.append([value])
    if not all(_fit(found, one, other) for side in sides for one, other in combinations(side, 2)):
        return []  # what is of different parts is no one answer
    return [sorted(side, key=len, reverse=True) for side in sides]


def _fit(found: Study, one: Sequence[str], other: Sequence[str]) -> bool:
    """True where some two claims of two values were compared, and both can be true of one thing."""
    told = (found.compared(*sorted((a, b), key=order)).agreement for a in one for b in other)
    return any(agreement in (Agreement.AGREE, Agreement.COMPATIBLE) for agreement in told)


def conflict_lines(found: Study, conflicts: Sequence[Pair]) -> Iterator[tuple[Pair, Listed]]:
    """What is said of each two values that contradict each other, all who hold them below, and the pair it begins with."""
    first: list[str] = []
    told: dict[object, list[Pair]] = {}
    for p in conflicts:
        alone = p.set_by or of_plan(found, p.a, p.b)
        told.setdefault(p if alone else frozenset(_place(found, first, c) for c in (p.a, p.b)), []).append(p)
    for lead, *more in told.values():
        if not more:
            yield lead, Listed(conflict_line(found, lead))
            continue
        among = dict.fromkeys(c for p in (lead, *more) for c in (p.a, p.b))
        if all(p.reason == "denies" for p in (lead, *more)):
            others = (c for c in among if not denies(found.statements[c].said or found.statements[c].answer or ""))
            yield lead, Listed(capital(denial_line(found, lead)), tuple(_each_own(found, others)))
            continue
        sides = ([c for c in among if c == x or _one_number(found, x, c)] for x in (lead.a, lead.b))
        a, b = (read_as(_words(found, c)) for c in (lead.a, lead.b))
        gap = gap_of(lead.gap, *(found.statements[c].quantity for c in (lead.a, lead.b)))
        said = t("{a} and {b} differ by {gap}.", a=a, b=b, gap=gap) if gap else t("{a} and {b} differ.", a=a, b=b)
        if not gap and all(p.reason in CONTRARY for p in (lead, *more)):
            said = t("{a} and {b} contradict each other.", a=a, b=b)
        yield lead, Listed(capital(said), tuple(_line(found, side, givers) for side in sides))


def _each_own(found: Study, claims: Iterable[str]) -> Iterator[str]:
    """What each source says in words of its claim, once."""
    told: dict[str, str] = {}
    for c in claims:
        told.setdefault(named(found.family(c)), quoted(found.claim(c)))
    yield from (t("{words}: {names}", words=words, names=name) for name, words in told.items())


def _place(found: Study, first: list[str], claim: str) -> int:
    """The place of a claim's value among those met so far, of each of which the first claim is kept."""
    known = next((i for i, c in enumerate(first) if _one_number(found, c, claim)), len(first))
    first += [claim] if known == len(first) else []
    return known


def _one_number(found: Study, a: str, b: str) -> bool:
    """True for one answer, or one number but for what converting it makes of it: "200 feet" and "about 60 metres"."""
    mine, its = found.statements[a].quantity, found.statements[b].quantity
    return _alike(found, a, b) or (mine is not None and its is not None and one_number(mine, its))


def one_number(mine: Quantity, its: Quantity) -> bool:
    """True for one number, however it is hedged, and for one in two units, but for what converting makes of it."""
    if None in (mine.low, mine.high, its.low, its.high):
        return False
    if mine.unit == its.unit:
        return (mine.low, mine.high) == (its.low, its.high)
    its = in_unit(its, mine.unit)
    if its.unit != mine.unit:
        return False
    ends = [Decimal(v or 0) for v in (mine.low, mine.high, its.low, its.high)]
    return max(ends) - min(ends) <= max(map(abs, ends)) * CONVERTED


CONVERTED = Decimal("0.02")
"""The share by which a converted number may be off."""
