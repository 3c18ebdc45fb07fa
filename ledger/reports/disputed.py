"""What contradicts and what supports what: separate sources, what outlets have one source say, and wording beside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ledger.catalogue import count, listed, strung, t
from ledger.crossref.origins import FIRM, Family, Standing
from ledger.crossref.running_counts import answers_by_source, uncredited
from ledger.crossref.statements import figure_words, in_unit
from ledger.crossref.study import Study
from ledger.crossref.wording import COPYING
from ledger.crossref.wording_pairs import Difference
from ledger.records import Pair, Quantity, order, replace
from ledger.reports.sentences import (
    capital,
    conflict_line,
    first_few,
    gap_words,
    in_its_words,
    in_one_wording,
    named,
    of_plan,
    outlet,
    tellers,
    unsourced,
    who,
    width,
)
from ledger.reports.set_apart import groups
from ledger.vocabulary import Basis, Relation


@dataclass(frozen=True, slots=True)
class Retold:
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


MATTER = frozenset({"answer_differs", "figure_differs", "zone", "day"})
"""Codes of differences that are no matter of wording: not both can be true."""
SAYS_ITSELF = (Basis.NAMED, Basis.SAID)


def retold(found: Study) -> list[Retold]:
    """What is told of one source in more than one way, each source once."""
    told: dict[str, list[tuple[str, str, str, str, str]]] = {}
    for p in sorted(found.pairs, key=lambda p: -width(p)):
        one, other = both_sources(found, p)
        apart = found.claim(p.a).article != found.claim(p.b).article
        both_ways = p.reason == "qualified" and found.family(p.a).standing is Standing.NAMED
        if one == other and not p.set_by and (both_ways or (apart and p.relation == Relation.CONFLICTS)):
            told.setdefault(one, []).append((p.relation, p.machine, p.reason, p.a, p.b))
    for d in found.differences:
        if of_matter(found, d):
            finding = (Relation.CONFLICTS.value, d.kind.value, d.finding.code, d.origin, d.version)
            told.setdefault(found.family(d.origin).key, []).append(finding)
    return [Retold(*given[0], *_sides(found, given)) for given in told.values()]


def of_matter(found: Study, d: Difference) -> bool:
    """True for a difference along one source of which not both sides can be true."""
    one_source = found.family(d.origin).key == found.family(d.version).key
    return d.finding.code in MATTER and d.basis in SAYS_ITSELF and one_source and not _later(found, d)


def is_wording(found: Study, d: Difference) -> bool:
    """True for a difference of words alone: neither of what is said, nor a source's later count."""
    return not of_matter(found, d) and not _later(found, d)


def _later(found: Study, d: Difference) -> bool:
    """True where the one is the source's later count: it rose, and is told as having risen."""
    a, b = sorted((d.origin, d.version), key=order)
    return d.finding.code in MATTER and found.compared(a, b).reason in ("as_of", "revised")


def _sides(found: Study, given: list[tuple[str, str, str, str, str]]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The claims of one source that say one thing, in the order in which they were found to differ, and what else it says."""
    family = found.family(given[0][3]).claims
    apart = [c for *_, a, b in given for c in (a, b)]
    sides: list[tuple[str, ...]] = []
    for claim in (*apart, *(c for c in family if {**found.worded, **found.axis}.get(c, "apart") is None)):
        if not any(_same(found, claim, side[0]) for side in sides):
            sides.append((claim, *(c for c in family if c != claim and _same(found, c, claim))))
    return tuple(s for s in sides if {*s} & {*apart}), tuple(s for s in sides if not {*s} & {*apart})


def _same(found: Study, a: str, b: str) -> bool:
    """True for one answer, and for one number on one scale, however it is hedged."""
    beside = found.axis.get(a, "apart") is None and found.axis.get(b, "apart") is None
    return _alike(found, a, b) or (beside and _one_number(found, a, b))


def _alike(found: Study, a: str, b: str) -> bool:
    one = found.statements[a]
    if one.quantity is None and not (one.answer or one.said):
        return found.claim(a).exact.casefold() == found.claim(b).exact.casefold()
    return found.stated_alike(a, b)


def retold_line(found: Study, told: Retold) -> str:
    """What outlets have one source say, in ways of which not all can be true."""
    own = {name for side in told.sides for name in found.outlets(side)}
    parts, rest = (
        strung([p for side in some[:MOST_WAYS] for p in _side(found, side)]) for some in (told.sides, told.beside)
    )
    given = {"source": named(found.family(told.a)), "parts": parts}
    if len(own) == 1:
        said = t("{outlet} reports {source} in more than one way: {parts}.", outlet=outlet(own.pop()), **given)
    else:
        said = t("Outlets report {source} differently: {parts}.", **given)
    return f"{said} {t('Also reported: {parts}.', parts=rest)}" if rest else said


def ways(found: Study, told: Retold) -> str:
    """What the source is reported to have said, each way with how many outlets have it so, and how many contradict none."""
    outlets = [found.outlets(side) for side in told.sides]
    parts = [
        t(
            "{words} ({outlets})",
            words=in_its_words(found, side[0]),
            outlets=count("{n} outlet", "{n} outlets", len(by)),
        )
        for side, by in zip(told.sides[:MOST_WAYS], outlets, strict=False)
    ]
    rest = {name for side in told.beside for name in found.outlets(side)} - {name for by in outlets for name in by}
    parts += [count("{n} more contradicts neither", "{n} more contradict neither", len(rest))] if rest else []
    return strung(parts)


def _side(found: Study, side: tuple[str, ...]) -> Iterator[str]:
    """What is told, and where; an outlet that credits nobody is said to, with its own words where it has others."""
    bare = [c for c in side if uncredited(found, c)]
    told = [c for c in side if c not in bare]
    alike = [c for c in bare if told and c in in_one_wording(found, [told[0], c])]
    if told:
        names = [tellers(found, told), *(unsourced(outlet(o)) for o in found.outlets(alike))]
        yield t("{words} ({outlets})", words=in_its_words(found, told[0]), outlets=listed(names))
    if own := [c for c in bare if c not in alike]:
        names = [unsourced(tellers(found, own))]
        yield t("{words} ({outlets})", words=in_its_words(found, own[0]), outlets=listed(names))


MOST_WAYS = 4


def told_pairs(found: Study) -> tuple[list[Pair], list[Pair]]:
    """What separate sources contradict and support, each pair of sources once, those not overtaken and the widest gap first."""
    now = [v for _, claims in groups(found) for v in answers_by_source(found, claims)]
    leads = {v.claims[0] for v in now if v.family.standing in FIRM}
    settled = _settled(found, {v.claims[0] for v in now})
    told: dict[Relation, dict[tuple[str, ...], Pair]] = {Relation.CONFLICTS: {}, Relation.SUPPORTS: {}}
    for pair in sorted(found.pairs, key=lambda p: (not {p.a, p.b} <= leads, -width(p))):
        both, of = both_sources(found, pair), told.get(Relation(pair.relation))
        if of is None or pair.set_by or len(set(both)) == 1 or both in of:
            continue
        if pair.relation == Relation.CONFLICTS:
            printed = both not in settled and not (uncredited(found, pair.a) or uncredited(found, pair.b))
        else:
            printed = {pair.a, pair.b} <= leads
        if printed:
            of[both] = pair
    conflicts, supports = (
        {frozenset(who(found, c) for c in (p.a, p.b)): p for p in reversed(of.values())} for of in told.values()
    )
    return list(reversed(conflicts.values())), list(reversed(supports.values()))


def _settled(found: Study, leads: set[str]) -> set[tuple[str, ...]]:
    """Pairs of sources that do not contradict each other in what they say now, whatever they said before."""
    now = [p for p in found.pairs if {p.a, p.b} <= leads]
    apart = {both_sources(found, p) for p in now if p.relation == Relation.CONFLICTS}
    agree = (Relation.SUPPORTS, Relation.DOES_NOT_CONTRADICT)
    return {both_sources(found, p) for p in now if p.relation in agree} - apart


def both_sources(found: Study, pair: Pair) -> tuple[str, ...]:
    return tuple(sorted(found.family(c).key for c in (pair.a, pair.b)))


def told_differences(found: Study) -> list[list[Difference]]:
    """The wording differences as they are told: each claim that differs once for each way, with all it differs from so."""
    told: dict[tuple[str, str], list[Difference]] = {}
    for d in found.differences:
        if is_wording(found, d):
            told.setdefault((d.version, d.kind.value), []).append(d)
    return list(told.values())


def nearest(found: Study, d: Difference) -> Difference:
    """The difference from what the same article has alike from the same source: an outlet is told by its own text."""
    if d.basis in COPYING:
        return d
    article, family = found.claim(d.version).article, found.family(d.origin).key
    own = (
        c.id for c in found.claims if c.article == article and c.id != d.version and found.family(c.id).key == family
    )
    return replace(d, origin=next((c for c in own if found.stated_alike(c, d.origin)), d.origin))


TOLD = 2
"""Pairs of sources that are told one by one; of more it is told who stands with whom."""


def camps(found: Study, conflicts: Sequence[Pair]) -> str:
    """Where many pairs differ, each answer with those who give it; empty for few, and where it cannot be told so."""
    if len(conflicts) <= TOLD or any(of_plan(found, p.a, p.b) or p.set_by for p in conflicts):
        return ""
    values: list[list[str]] = []
    for c in dict.fromkeys([*(c for p in conflicts for c in (p.a, p.b)), *_also_say(found, conflicts)]):
        own = next((v for v in values if _one_number(found, v[0], c)), None)
        values.append([c]) if own is None else own.append(c)
    sides = _opposed(found, values)
    sides.sort(key=lambda side: sum(map(len, side)), reverse=True)
    told = [listed([_held_by(found, value) for value in side]) for side in sides[:MOST_WAYS]]
    rest = [count("and {n} more", "and {n} more", len(sides) - MOST_WAYS)] if len(sides) > MOST_WAYS else []
    return t("Not all answers agree: {parts}.", parts=strung([*told, *rest])) if told else ""


def _also_say(found: Study, conflicts: Sequence[Pair]) -> Iterator[str]:
    """What else these sources are reported to say now: such a source stands on both sides."""
    keys = {found.family(c).key for p in conflicts for c in (p.a, p.b)}
    for off, claims in groups(found):
        for voice in answers_by_source(found, claims) if off is None else ():
            if voice.family.key in keys and not voice.aside:
                yield from (voice.claims[0], *(claims[0] for claims in voice.others_by))


def _opposed(found: Study, values: Sequence[list[str]]) -> list[list[list[str]]]:
    """Values in sides, of which each contradicts each other one and none itself; nothing where they fall into no such."""
    known = {frozenset((p.a, p.b)): p.relation == Relation.CONFLICTS for p in found.pairs}

    def apart(one: list[str], other: list[str]) -> bool:
        return any(known.get(frozenset((a, b)), False) for a in one for b in other)

    sides: list[list[list[str]]] = []
    for value in values:
        near = [side for side in sides if not all(apart(value, v) for v in side)]
        if len(near) > 1 or any(apart(value, v) for side in near for v in side):
            return []
        near[0].append(value) if near else sides.append([value])
    return [sorted(side, key=len, reverse=True) for side in sides]


def _held_by(found: Study, value: Sequence[str]) -> str:
    """An answer with who gives it; who gives it in other words is told apart."""
    words = _short(found, value[0])
    alike = value if words.startswith("[") else in_one_wording(found, value)
    names, others = (
        list(dict.fromkeys(n for c in claims for n in _names(found.family(c))))
        for claims in (alike, [c for c in value if c not in alike])
    )
    told = first_few(names)
    if rest := [n for n in others if n not in names]:
        told = t("{outlets}; worded differently by {others}", outlets=told, others=first_few(rest))
    return t("{words} ({outlets})", words=words, outlets=told)


def conflict_lines(found: Study, conflicts: Sequence[Pair]) -> Iterator[tuple[Pair, str]]:
    """A line for each two values that contradict each other, with all who hold them, and the pair it begins with."""
    first: list[str] = []
    told: dict[object, list[Pair]] = {}
    for p in conflicts:
        alone = p.set_by or of_plan(found, p.a, p.b)
        told.setdefault(p if alone else frozenset(_place(found, first, c) for c in (p.a, p.b)), []).append(p)
    for lead, *more in told.values():
        among = dict.fromkeys(c for p in (lead, *more) for c in (p.a, p.b))
        a, b = (_held_by(found, [c for c in among if c == x or _one_number(found, x, c)]) for x in (lead.a, lead.b))
        gap = gap_words(lead.gap)
        said = t("{a} against {b}: {gap} apart.", a=a, b=b, gap=gap) if gap else t("{a} against {b}.", a=a, b=b)
        yield lead, capital(said) if more else conflict_line(found, lead)


def _place(found: Study, first: list[str], claim: str) -> int:
    """The place of a claim's value among those met so far, of each of which the first claim is kept."""
    known = next((i for i, c in enumerate(first) if _one_number(found, c, claim)), len(first))
    first += [claim] if known == len(first) else []
    return known


def _short(found: Study, claim: str) -> str:
    """The answer alone, since the words that it was read from are of one outlet."""
    return figure_words(found.statements[claim]) or in_its_words(found, claim)


def _names(family: Family) -> Sequence[str]:
    return [outlet(name) for name in family.outlets] or [named(family)]


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
