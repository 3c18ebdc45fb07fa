"""One honest paragraph about a question: every figure with whoever states it, hedged as they hedged it.

It says what was said and by whom, never that it is so. It counts copies as copies, names parties as parties, and says what
is not known. Whatever a person answered stands first, with the person's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from ledger import dates
from ledger.catalogue import count, listed, quotation, strung, t, theirs
from ledger.crossref.origins import FIRM, Standing, outlet_of, told_by
from ledger.crossref.running_counts import SourceAnswer, answers_by_source, carriers, is_forces
from ledger.crossref.study import Study
from ledger.crossref.wording_values import marked
from ledger.records import Claim, Reply, Stated
from ledger.reports.disputed import TOLD, Retold, camps, nearest, retold, retold_line, told_differences, told_pairs
from ledger.reports.sentences import (
    according,
    apart_words,
    capital,
    conflict_line,
    day,
    difference,
    first_few,
    in_its_words,
    in_one_wording,
    in_quotes,
    named,
    not_said_line,
    outlet,
    quoted,
    support_line,
    tellers,
    told_as_held,
    traced_words,
)
from ledger.reports.set_apart import part_of
from ledger.reports.timeline import course
from ledger.text import agreeing, tells_denial, visible

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
    within = retold(found)
    retold_claims = {c for one in within[:2] for side in one.sides for c in side}
    lines = [
        *_judged(found),
        *denied,
        *(retold_line(found, one) for one in within[:2]),
        *_said(
            found, [v for v in spoken if v.claims[0] not in retold_claims], {found.family(one.a).key for one in within}
        ),
        *_held(found, held),
        *_unsourced(found, spoken),
        *_prose(found, within),
        *_off_scale(found, [v for v in voices if v.aside]),
    ]
    lines += [
        *_between(found, {v.claims[0] for v in [*spoken, *held][:MOST]}),
        *_wording(found),
        _traced(found),
        *_parties(found),
    ]
    if stated is not None and not _told_already(stated, " ".join(lines)):
        lines += filter(None, [extremes(stated, answers)])
    lines += _open(found)
    return visible(" ".join(lines))


def _told_already(stated: Stated, said: str) -> bool:
    """True where both the lowest and the highest figure stand in what was said before."""
    return all(e is not None and e.words.casefold() in said.casefold() for e in (stated.lowest, stated.highest))


def _judged(found: Study) -> Iterator[str]:
    if found.answer is not None:
        who, at, said = theirs(found.answer.by), day(found.answer.at), theirs(_sentence(found.answer.value))
        yield t("Answer by {who}, {day}: {answer}", who=who, day=at, answer=said)


def _said(found: Study, spoken: Sequence[SourceAnswer], twice: AbstractSet[str]) -> Iterator[str]:
    """The source that most outlets carry, then the others in one sentence; `twice` are told in two ways further down."""
    firm = [v for v in spoken if _sourced(found, v)]
    yield from (capital(f"{_told(found, voice, twice, _where(found, voice))}.") for voice in firm[:1])
    lead = part_told(found, firm[0]) if firm else ""
    others = [_told(found, v, twice, lead=lead) for v in firm[1:MOST]]
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
    alike = found.outlets(in_one_wording(found, voice.claims))
    others = [o for o in told if o not in (voice.family.name, *alike)]
    told = [o for o in told if o != voice.family.name and o in alike]
    if len(told) > 1 or (told and not (_names_outlet(found, voice) and told == [*found.outlets(voice.claims)][:1])):
        one = t("in {outlet}", outlet=outlet(told[0]))
        own.append(one if len(told) == 1 else count("in {n} outlet", "in {n} outlets", len(told)))
    where = [listed(own)] if own else []
    if others:
        one = t("the same in other words in {outlet}", outlet=outlet(others[0]))
        more = count(
            "the same in other words in {n} more outlet", "the same in other words in {n} more outlets", len(others)
        )
        where.append(one if len(others) == 1 else more)
    if bare:
        names = _outlets(bare)
        where.append(
            count("{names} prints it too and credits nobody", "{names} print it too and credit nobody", len(bare), names=names)
        )  # fmt: skip
    return strung(where)


def _names_outlet(found: Study, voice: SourceAnswer) -> bool:
    """True where the sentence says in which outlet it stands: "the mayor, as the Post has it"."""
    return voice.family.standing is Standing.PUBLISHER or _ours(voice) or in_outlets_words(found, voice)


def _told(found: Study, voice: SourceAnswer, twice: AbstractSet[str], where: str = "", lead: str = "") -> str:
    """A source's figure or answer, whose it is, where it stands, how else it is told; what `lead` is of is not said again."""
    part = part_told(found, voice)
    said = _figure_whose(found, voice, "" if part == lead else part)
    if beside := strung([*filter(None, [where]), *_elsewhere(found, voice, twice)]):
        return t("{said} ({beside})", said=said, beside=beside)
    return said


def _figure_whose(found: Study, voice: SourceAnswer, part: str) -> str:
    if _ours(voice) or in_outlets_words(found, voice):
        return _as_worded(found, voice)
    whose = _whose(found, voice) if _sourced(found, voice) else according(voice.family)
    return t("{figure}, {whose}", figure=_placed(part, _as_spoken(found, voice)), whose=_through(found, voice, whose))


def _as_spoken(found: Study, voice: SourceAnswer) -> str:
    """A source's short answer in quotation marks only where it stands in such in an article: else the words are an outlet's."""
    said = found.statements[voice.claims[0]].answer
    if voice.family.standing not in FIRM or said is None or voice.words != quotation(said):
        return voice.words
    return voice.words if any(_in_marks(found, c, said) for c in voice.claims) else theirs(said)


def _in_marks(found: Study, claim: str, said: str) -> bool:
    inside = " ".join(word for word, quoted in marked(found.claim(claim).exact) if quoted)
    return found.versions[claim].quoted or " ".join(word for word, _ in marked(said)) in inside


def _through(found: Study, voice: SourceAnswer, whose: str) -> str:
    """Whose words they are with who passed them on to the outlet, where all who have it have it so."""
    first, *rest = (told_by(found.traced.chains[c]) for c in voice.claims)
    if not first or any(other != first for other in rest):
        return whose
    return t("{source}, as told by {relay}", source=whose, relay=listed([theirs(name) for name in first]))


def _ours(voice: SourceAnswer) -> bool:
    """True for an answer in brackets, as the desk put it."""
    return voice.words.startswith("[")


def in_outlets_words(found: Study, voice: SourceAnswer) -> bool:
    """True where the answer is read from a whole sentence, whose words are the outlet's."""
    lead, s = found.claim(voice.claims[0]), found.statements[voice.claims[0]]
    whole = s.answer is None or voice.words == quoted(lead)
    return s.quantity is None and whole and bool(lead.attribution and lead.publisher)


def _as_worded(found: Study, voice: SourceAnswer) -> str:
    """A source's answer in the words of an outlet: "the mayor, as the Post has it: “he denied it”"."""
    who, by, words = named(voice.family), outlet(found.outlets(voice.claims)[0]), _own_words(found, voice)
    who = _through(found, voice, who)
    if voice.family.name == by:
        return t("{who}: {words}", who=who, words=words)
    return t("{who}, as {outlet} has it: {words}", who=who, outlet=by, words=words)


def _own_words(found: Study, voice: SourceAnswer) -> str:
    return in_its_words(found, voice.claims[0]) if _ours(voice) else voice.words


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


def _elsewhere(found: Study, voice: SourceAnswer, twice: AbstractSet[str]) -> Iterator[str]:
    """How else the same source is told."""
    if found.statements[voice.claims[0]].superseded:
        yield t("told there as an earlier figure")
    if voice.earlier:
        yield t("earlier {words}", words=listed(voice.earlier[-3:]))
    if voice.later:
        yield t("later {words}", words=listed(voice.later[-2:]))
    if voice.family.key not in twice:
        for claims in voice.others_by[:3]:
            words = in_quotes(in_its_words(found, claims[0]))
            yield t("{words} in {outlets}", words=words, outlets=tellers(found, claims))


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
        t("{words} ({outlets})", outlets=tellers(found, v.claims), words=_own_words(found, v))
        if _ours(v) or v.words == quoted(found.claim(v.claims[0]))
        else t("{outlets} ({words})", outlets=_outlets(names), words=v.words)
        for v, names in zip(own[:MOST], told, strict=False)
    ]
    rest = {name for names in told for name in names} - {name for names in told[:MOST] for name in names[:3]}
    more = [count("and {n} more outlet", "and {n} more outlets", len(rest))] if rest else []
    yield t("In a sentence that names no source: {parts}.", parts=strung([*parts, *more]))


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


def _prose(found: Study, within: Sequence[Retold]) -> Iterator[str]:
    placed = {*found.axis, *found.in_words, *found.several, *(c for one in within for side in one.sides for c in side)}
    if prose := [c for c in found.claims if c.id not in placed]:
        said = [_as_printed(found, c) for c in prose[:3]]
        said += [count("{n} more claim", "{n} more claims", len(prose[3:]))] if prose[3:] else []
        yield t("To be read, since no answer was read from it: {parts}.", parts=strung(said))
    if several := len(found.several):
        yield count(
            "{n} claim gives several figures that fit: a person has to say which answers.",
            "{n} claims give several figures that fit: a person has to say which answer.",
            several,
        )


def _as_printed(found: Study, claim: Claim) -> str:
    """The words of a claim with whose they are, and in which outlet they stand."""
    given = {"words": quoted(claim), "outlet": outlet(outlet_of(claim))}
    if not claim.attribution:
        return t("{words} ({outlets})", words=given["words"], outlets=given["outlet"])
    return t("{who}, as {outlet} has it: {words}", who=named(found.family(claim.id)), **given)


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
        if reason == "place":
            yield t("Told of another place than the rest, and so not compared: {parts}.", parts=strung(parts))
            continue
        why = apart_words(reason)
        yield t("Not comparable with the rest, since {reason}: {parts}.", reason=why, parts=strung(parts))


def _more_sources(told: Sequence[SourceAnswer], rest: Sequence[SourceAnswer]) -> Iterator[str]:
    """How many sources are left that were not named yet; a second figure of one that was is no other source."""
    if more := len({v.family.key for v in rest} - {v.family.key for v in told}):
        yield count("and {n} more source", "and {n} more sources", more)


def _apart(found: Study, voice: SourceAnswer, reason: str) -> str:
    """A figure that is set apart, with the period or the place that sets it apart."""
    window, part = found.statements[voice.claims[0]].window, part_of(found, voice.claims[0], reason)
    return _figure_whose(
        found, voice, dates.window_words(window) if reason == "window" and window else theirs(part or "")
    )


def _between(found: Study, told: AbstractSet[str]) -> Iterator[str]:
    """What sources contradict or support among each other, the widest gap first; the figures of some were told before."""
    conflicts, supports = told_pairs(found)
    yield from filter(None, [course(found)])
    if apart := camps(found, conflicts):
        yield apart
    else:
        yield from (conflict_line(found, p, figures=not {p.a, p.b} <= told) for p in conflicts[:TOLD])
    for pair in supports[:1]:
        yield support_line(found, pair, figures=not {pair.a, pair.b} <= told)


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
        return t("All that we found ({claims}) is traced to one source.", claims=said)
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
