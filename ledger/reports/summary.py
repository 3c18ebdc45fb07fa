"""One honest paragraph about a question: every figure with whoever states it, hedged as they hedged it.

It says what was said and by whom, never that it is so. It counts copies as copies, names parties as parties, and says what
is not known. Whatever a person answered stands first, with the person's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from ledger import dates
from ledger.catalogue import count, listed, strung, t, theirs
from ledger.crossref.origins import FIRM, Standing
from ledger.crossref.running_counts import SourceAnswer, answers_by_source, carriers, is_forces, uncredited
from ledger.crossref.statements import figure_words
from ledger.crossref.study import Study
from ledger.crossref.wording import COPYING
from ledger.crossref.wording_pairs import Difference
from ledger.records import Pair, Reply, Stated, replace
from ledger.reports.sentences import (
    according,
    apart_words,
    capital,
    conflict_line,
    day,
    difference,
    first_few,
    in_quotes,
    named,
    not_said_line,
    outlet,
    quoted,
    several_words,
    support_line,
    told_as_held,
    traced_words,
    who,
    width,
)
from ledger.reports.timeline import course
from ledger.text import agreeing, tells_denial, visible
from ledger.vocabulary import Relation

MOST = 4
"""Sources named one by one before the rest is only counted."""


def paragraph(found: Study, stated: Stated | None, answers: Iterable[Reply]) -> str:
    """The question's state in plain words."""
    denied = [not_said_line(c) for c in found.not_said]
    if not found.claims:
        return visible(" ".join(denied or [t("Nothing has been filed under this question yet.")]))
    on_scale = [c for c, off in found.axis.items() if off is None]
    answered = [c for c, off in found.worded.items() if off is None and not told_as_held(found, c)]
    held = answers_by_source(found, [c for c in found.in_words if told_as_held(found, c)])
    voices = [*answers_by_source(found, on_scale), *answers_by_source(found, answered)]
    spoken = [v for v in voices if not v.aside]
    lines = [
        *_judged(found),
        *denied,
        *_said(found, spoken),
        *_held(found, held),
        *_unsourced(found, spoken),
        *_prose(found),
        *_off_scale(found, [v for v in voices if v.aside]),
    ]
    lines += [
        *_between(found, {v.claims[0] for v in [*spoken, *held][:MOST]}),
        *_wording(found),
        _traced(found),
        *_parties(found),
        *filter(None, [extremes(stated, answers)]),
        *_open(found),
    ]
    return visible(" ".join(lines))


def _judged(found: Study) -> Iterator[str]:
    if found.answer is not None:
        who, at, said = theirs(found.answer.by), day(found.answer.at), theirs(_sentence(found.answer.value))
        yield t("Answer by {who}, {day}: {answer}", who=who, day=at, answer=said)


def _said(found: Study, spoken: Sequence[SourceAnswer]) -> Iterator[str]:
    """The source that most outlets carry, then the others in one sentence."""
    firm = [v for v in spoken if _sourced(found, v)]
    for voice in firm[:1]:
        beside = strung([_where(found, voice), *_elsewhere(voice)])
        if in_outlets_words(found, voice):
            yield capital(f"{_as_worded(found, voice)}.")
            continue
        yield t(
            "{figure}, {whose} ({beside}).",
            figure=capital(_placed(part_told(found, voice), voice.words)),
            whose=_whose(found, voice),
            beside=beside,
        )
    lead = part_told(found, firm[0]) if firm else ""
    others = [_other(found, v, lead) for v in firm[1:MOST]]
    others.extend(_more_sources(firm[:MOST], firm[MOST:]))
    if others:
        yield t("Also: {others}.", others=strung(others))


def part_told(found: Study, voice: SourceAnswer) -> str:
    """The place or the part that it is of, where others are set apart for theirs."""
    s, apart = found.statements[voice.claims[0]], {*found.axis.values(), *found.worded.values()}
    told = [of for off, of in (("place", s.place), ("scope", s.scope)) if of and off in apart]
    return t(", ").join(map(theirs, told))


def _placed(part: str, words: str) -> str:
    """A figure behind the place, the part or the period that it is of: "Lorn: 12 people"."""
    return t("{part}: {words}", part=part, words=words) if part else words


def _where(found: Study, voice: SourceAnswer) -> str:
    """In whose words it stands: "in its own words", "in 4 outlets"; and who prints the same and credits nobody."""
    told, bare = (list(names) for names in carriers(found, voice))
    own = [t("in its own words")] if voice.family.name in told else []
    told = [o for o in told if o != voice.family.name]
    if told:
        one = t("in {outlet}", outlet=outlet(told[0]))
        own.append(one if len(told) == 1 else count("in {n} outlet", "in {n} outlets", len(told)))
    where = [listed(own)] if own else []
    if bare:
        names = _outlets(bare)
        where.append(
            count("{names} prints it too and credits nobody", "{names} print it too and credit nobody", len(bare), names=names)
        )  # fmt: skip
    return strung(where)


def _other(found: Study, voice: SourceAnswer, lead: str) -> str:
    """A source's figure, whose it is, and how else it is told; what the leading one is of is not said again."""
    if in_outlets_words(found, voice):
        return _as_worded(found, voice)
    part, whose = part_told(found, voice), _whose(found, voice)
    figure = voice.words if part == lead else _placed(part, voice.words)
    beside = strung(_elsewhere(voice))
    return (
        t("{figure}, {whose} ({beside})", figure=figure, whose=whose, beside=beside)
        if beside
        else t("{figure}, {whose}", figure=figure, whose=whose)
    )


def in_outlets_words(found: Study, voice: SourceAnswer) -> bool:
    """True where the answer is read from a whole sentence, whose words are the outlet's."""
    lead, s = found.claim(voice.claims[0]), found.statements[voice.claims[0]]
    whole = s.answer is None or voice.words == quoted(lead)
    return s.quantity is None and whole and bool(lead.attribution and lead.publisher)


def _as_worded(found: Study, voice: SourceAnswer) -> str:
    """A source's answer in the words of an outlet: "the mayor, as the Post has it: “he denied it”"."""
    told = found.outlets(voice.claims)
    said = t("{who}, as {outlet} has it: {words}", who=named(voice.family), outlet=outlet(told[0]), words=voice.words)
    return strung([said, *_elsewhere(voice)])


def _sourced(found: Study, voice: SourceAnswer) -> bool:
    """True where the articles name a source, be it another outlet that names none itself."""
    return (
        voice.family.standing in FIRM or voice.family.relayed or all(found.claim(c).attribution for c in voice.claims)
    )


def _whose(found: Study, voice: SourceAnswer) -> str:
    """According to whom; of an outlet that another one quotes, the other is named too."""
    if voice.family.standing is not Standing.PUBLISHER:
        return according(voice.family)
    told = found.outlets(voice.claims)
    if voice.family.name in told:
        return t("according to {source}", source=named(voice.family))
    return t("according to {source}, as {outlet} has it", source=named(voice.family), outlet=outlet(told[0]))


def _elsewhere(voice: SourceAnswer) -> Iterator[str]:
    """How else the same source is told."""
    if voice.earlier:
        yield t("earlier {words}", words=listed(voice.earlier[-3:]))
    if voice.later:
        yield t("later {words}", words=listed(voice.later[-2:]))
    if voice.others:
        yield t("elsewhere {words}", words=listed([in_quotes(w) for w in voice.others[:3]]))


def _unsourced(found: Study, spoken: Sequence[SourceAnswer]) -> Iterator[str]:
    """What outlets state in their own voice, in one sentence."""
    bare = [v for v in spoken if not _sourced(found, v)]
    if unread := [v for v in bare if not all(found.claim(c).attribution_read for c in v.claims)]:
        parts = [
            t("{words} ({outlets})", words=v.words, outlets=_outlets(found.outlets(v.claims))) for v in unread[:MOST]
        ]
        more = [t("and more")] if len(unread) > MOST else []
        yield t("Who says it was not read: {parts}.", parts=strung([*parts, *more]))
    own = [v for v in bare if v not in unread]
    if not own:
        return
    told = [found.outlets(v.claims) for v in own]
    parts = [
        t("{outlets} ({words})", outlets=_outlets(names), words=v.words)
        for v, names in zip(own[:MOST], told, strict=False)
    ]
    rest = {name for names in told for name in names} - {name for names in told[:MOST] for name in names[:3]}
    more = [count("and {n} more outlet", "and {n} more outlets", len(rest))] if rest else []
    yield t("Without naming a source for it: {parts}.", parts=strung([*parts, *more]))


def _outlets(names: Sequence[str]) -> str:
    return first_few([outlet(name) for name in names])


def _held(found: Study, held: Sequence[SourceAnswer]) -> Iterator[str]:
    """Who denies, doubts, asks or announces, a sentence each."""
    for voice in held[:MOST]:
        who, said = capital(named(voice.family)), agreeing(voice.family.name, voice.words)
        claim = found.claim(voice.claims[0])
        if tells_denial(claim.exact.casefold().split()) and claim.publisher:  # the outlet's words, not the source's
            told = t("{who}, as {outlet} has it: {words}", who=who, outlet=outlet(claim.publisher), words=quoted(claim))
            yield f"{told}."
        elif voice.family.standing in FIRM:
            yield t("{who} {held} ({outlets}).", who=who, held=said, outlets=_outlets(found.outlets(voice.members)))
        else:
            yield t("{who} {held}.", who=who, held=said)
    if rest := len(held[MOST:]):
        yield count("{n} more source does not state it.", "{n} more sources do not state it.", rest)


def _prose(found: Study) -> Iterator[str]:
    placed = {*found.axis, *found.in_words, *found.several}
    if prose := [c.id for c in found.claims if c.id not in placed]:
        yield count("{ids} has to be read: no answer was read from it.",
                    "{ids} have to be read: no answer was read from them.", len(prose), ids=first_few(prose))  # fmt: skip
    if several := len(found.several):
        yield count(
            "{n} claim gives several figures that fit: a person has to say which answers.",
            "{n} claims give several figures that fit: a person has to say which answer.",
            several,
        )


def _off_scale(found: Study, aside: Sequence[SourceAnswer]) -> Iterator[str]:
    """Figures for another period, place or thing: said, and why they cannot be set beside the rest."""
    reasons: dict[str, list[str]] = {}
    for c, off in [*found.axis.items(), *found.worded.items()]:
        if off is not None and not (c in found.worded and told_as_held(found, c)):
            reasons.setdefault(off, []).append(c)
    told = {reason: answers_by_source(found, claims) for reason, claims in reasons.items()}
    for voice in aside:
        told.setdefault(voice.aside or "", []).append(voice)
    for reason, spoken in told.items():
        parts = [_apart(found, v, reason) for v in spoken[:2]]
        parts.extend(_more_sources(spoken[:2], spoken[2:]))
        why = apart_words(reason)
        yield t("Not comparable with the rest, since {reason}: {parts}.", reason=why, parts=strung(parts))


def _more_sources(told: Sequence[SourceAnswer], rest: Sequence[SourceAnswer]) -> Iterator[str]:
    """How many sources are left that were not named yet; a second figure of one that was is no other source."""
    if more := len({v.family.key for v in rest} - {v.family.key for v in told}):
        yield count("and {n} more source", "and {n} more sources", more)


def _apart(found: Study, voice: SourceAnswer, reason: str) -> str:
    """A figure that is set apart, with the period or the place that sets it apart."""
    s = found.statements[voice.claims[0]]
    where = dates.window_words(s.window) if reason == "window" and s.window else ""
    where = theirs(s.place) if reason == "place" and s.place else where
    where = theirs(s.scope) if reason == "scope" and s.scope else where
    return t("{figure}, {whose}", figure=_placed(where, voice.words), whose=according(voice.family))


def _between(found: Study, told: AbstractSet[str]) -> Iterator[str]:
    """What sources contradict or support among each other, the widest gap first; the figures of some were told before."""
    conflicts, supports = told_pairs(found)
    yield from filter(None, [course(found)])
    for pair in conflicts[:1]:
        yield conflict_line(found, pair, figures=not {pair.a, pair.b} <= told)
    if rest := len(conflicts[1:]):
        yield count(
            "{n} more pair of sources differs.",
            "{n} more pairs of sources differ.",
            rest,
        )
    for pair in retold(found)[:1]:
        yield retold_line(found, pair)
    for pair in supports[:1]:
        yield support_line(found, pair, figures=not {pair.a, pair.b} <= told)


def retold(found: Study) -> list[Pair]:
    """Pairs of articles that have one source say what cannot both be true, one a source, the widest gap first."""
    told: dict[str, Pair] = {}
    for pair in sorted(found.pairs, key=lambda p: -width(p)):
        one, other = both_sources(found, pair)
        apart = found.claim(pair.a).article != found.claim(pair.b).article
        if pair.relation == Relation.CONFLICTS and not pair.set_by and one == other and apart:
            told.setdefault(one, pair)
    return list(told.values())


def retold_line(found: Study, pair: Pair) -> str:
    """What outlets have one source say, in two ways of which one cannot be true."""
    family = found.family(pair.a)
    words = [figure_words(found.statements[c]) or quoted(found.claim(c)) for c in (pair.a, pair.b)]
    outlets = [
        _outlets(found.outlets(c.id for c in found.claims if c.id in family.claims and found.stated_alike(c.id, side)))
        for side in (pair.a, pair.b)
    ]
    return t(
        "What outlets report of {source} differs: {one} ({outlets}); {other} ({others}).",
        source=named(family), one=words[0], outlets=outlets[0], other=words[1], others=outlets[1],
    )  # fmt: skip


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


def groups(found: Study) -> Iterator[tuple[str | None, list[str]]]:
    """Claims that stand on one scale, those that do not by reason, answers in words, and what has to be read."""
    beside = {**found.axis, **found.worded}
    yield None, [c for c, off in found.axis.items() if off is None]
    yield None, [c for c, off in found.worded.items() if off is None]
    parts: dict[tuple[str, str | None], list[str]] = {}
    for c, off in beside.items():
        if off is not None:
            parts.setdefault((off, part_of(found, c, off)), []).append(c)
    yield from ((apart_words(reason), claims) for (reason, _), claims in parts.items())
    for name, figures in found.several.items():
        yield several_words(figures), [name]
    prose = [c.id for c in found.claims if found.statements[c.id].quantity is None and c.id not in found.in_words]
    yield t("no answer to compare was read from it"), [c for c in prose if c not in found.several]


def part_of(found: Study, claim: str, off: str) -> str | None:
    """The part or the place that a claim is of, where that is why it is set apart."""
    s = found.statements[claim]
    return s.scope if off == "scope" else s.place if off in ("place", "part_of") else None


def told_differences(found: Study) -> list[list[Difference]]:
    """The wording differences as they are told: each claim that differs once for each way, with all it differs from so."""
    told: dict[tuple[str, str], list[Difference]] = {}
    for d in found.differences:
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


def _wording(found: Study) -> Iterator[str]:
    """The gravest wording difference; the rest are counted."""
    told = told_differences(found)
    if not told:
        return
    rest = len(told) - 1
    said = difference(found, nearest(found, told[0][0]))
    if not rest:
        yield t("Wording differs: {difference}.", difference=said)
    else:
        yield count(
            "Wording differs: {difference} ({n} more wording difference).",
            "Wording differs: {difference} ({n} more wording differences).",
            rest,
            difference=said,
        )


def _traced(found: Study) -> str:
    low, high = found.traced.low, found.traced.high
    outlets = len(found.outlets(c.id for c in found.claims))
    claims = count("{n} claim", "{n} claims", len(found.claims))
    told = {"claims": claims, "outlets": count("{n} outlet", "{n} outlets", outlets)}
    said = t("{claims} in {outlets}", **told)
    if bare := sum(not c.attribution and c.attribution_read and not found.versions[c.id].own for c in found.claims):
        naming = count("{n} of the claims names no source", "{n} of the claims name no source", bare)
        naming = naming if bare < len(found.claims) else t("naming no source")
        said = t("{claims} in {outlets} ({naming})", naming=naming, **told)
    if low == high == 1 and len(found.claims) > 1:
        return t("Every copy we found ({claims}) traces to one source.", claims=said)
    traced = traced_words(low, high)
    return count("{claims} is {traced}.", "{claims} are {traced}.", len(found.claims), claims=said, traced=traced)


def _parties(found: Study) -> Iterator[str]:
    """True where anybody speaks who has no part in the matter; what a source's kind suggests is said as a maybe."""
    firm = [f for f in found.traced.families if f.standing is Standing.NAMED]
    parties = [f for f in firm if f.party]
    if firm and len(parties) == len(firm):
        only = t("The only named source is a party to the matter.")
        yield t("All named sources are parties to the matter.") if len(firm) > 1 else only
    if forces := [named(f) for f in firm if not f.party and is_forces(found, f)]:
        yield count(
            "As armed forces, {names} may be a party to the matter.",
            "As armed forces, {names} may be parties to the matter.",
            len(forces),
            names=listed(forces[:3]),
        )


def _some_apart(answers: Iterable[Reply]) -> bool:
    """True where a figure counts something else than the others, or is told in vague words."""
    return any(a.left_out or (a.quantity is not None and a.quantity.vague) for a in answers)


def extremes(stated: Stated | None, answers: Iterable[Reply]) -> str:
    """The lowest and the highest figure as a sentence; empty where they are not told."""
    if stated is None or stated.lowest is None or stated.highest is None:
        return ""
    low, high = stated.lowest, stated.highest
    given = {"low": low.words, "who": _outlets(low.by), "high": high.words, "others": _outlets(high.by)}
    if _some_apart(answers):
        return t("Of the figures compared the lowest is {low} ({who}), the highest {high} ({others}).", **given)
    return t("Lowest stated: {low} ({who}); highest stated: {high} ({others}).", **given)


def _open(found: Study) -> Iterator[str]:
    if unsure := [c.id for c in found.claims if c.unsure]:
        ids, more = listed(unsure[:MOST]), len(unsure) - MOST
        if more > 0:
            yield count(
                "How {ids} are read is to be checked, and {n} more claim.",
                "How {ids} are read is to be checked, and {n} more claims.",
                more,
                ids=ids,
            )
        else:
            yield count(
                "How {ids} is read is to be checked.", "How {ids} are read is to be checked.", len(unsure), ids=ids
            )
    if found.answer is None and all(about != found.question.id for about, _ in found.ratings):
        yield t("Nobody has rated or answered this yet.")


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said if said.endswith((".", "!", "?", "…", "”")) else f"{said}."
