"""One honest paragraph about a question, to quote: a few plain sentences, figures hedged as they were hedged.

It says what was said and by whom, never that it is so: who says what, how the answers differ, how many sources there are.
What a person answered stands first, with the person's name. All that is not told here stands in the lists below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ledger.catalogue import count, listed, quotation, strung, t, theirs, unmarked
from ledger.crossref.origins import FIRM, Standing, told_by
from ledger.crossref.running_counts import SourceAnswer, answers_by_source, carriers, may_be_party, uncredited
from ledger.crossref.statements import figure_words
from ledger.crossref.study import Study
from ledger.crossref.wording_values import marked
from ledger.crossref.wordlists import UNNAMED
from ledger.records import Extreme, Reply, Stated
from ledger.reports.comparing import conflict_line
from ledger.reports.counting import (
    answering,
    beside_first,
    besides,
    crediting,
    each_stand,
    in_outlets,
    known_at_all,
    stand,
)
from ledger.reports.disputed import (
    beside_sides,
    counted_later,
    givers,
    held_by,
    opposed_sides,
    retold,
    retold_ways,
    told_pairs,
)
from ledger.reports.sentences import (
    capital,
    day,
    first_few,
    in_one_wording,
    named,
    names_nobody,
    not_said_line,
    outlet,
    place_of,
    quoted,
    speaks_itself,
    told_as_held,
    with_part,
)
from ledger.reports.set_apart import no_whole, part_of, told
from ledger.reports.timeline import course, dated, of_part
from ledger.text import agreeing, tells_denial, tells_speech, visible
from ledger.vocabulary import Kind, Stance

FEW = 2
"""Who says what takes so many sentences, each of at most so many sources."""


def paragraph(found: Study, stated: Stated | None) -> str:
    """The question's state in plain words."""
    denied = [not_said_line(c) for c in found.not_said]
    if not found.claims:
        return visible(" ".join(denied or [t("Nothing has been filed under this question yet.")]))
    said = [*_said(found)]
    differ, parties = _differ(found, stated, " ".join(said)), list(_parties(found))
    lines = [*_judged(found), *denied, *said, *([differ] if differ else []), *parties, _counted(found)]
    return visible(" ".join(lines))


def _judged(found: Study) -> Iterator[str]:
    if found.answer is not None:
        who, at, said = theirs(found.answer.by), day(found.answer.at), theirs(_sentence(found.answer.value))
        yield t("Answer by {who}, {day}: {answer}", who=who, day=at, answer=said)


def _said(found: Study) -> list[str]:
    """Who says what: what one source is reported to say in several ways, the first source, who denies, others, outlets."""
    twice = retold(found)[:1]
    heard = {c for one in twice for side in (*one.sides, *one.beside) for c in side}
    heard |= {
        c for one in twice for c in found.family(one.a).claims if counted_later(found, c, one.a)
    }  # the course tells it
    on_scale = [c for c, off in found.axis.items() if off is None]
    answered = [c for c, off in found.worded.items() if off is None and not told_as_held(found, c)]
    voices = [v for some in (on_scale, answered) for v in told(found, some) if not v.aside and v.claims[0] not in heard]
    firm = _once(found, [v for v in voices if not _bare(found, v)])
    held = answers_by_source(found, [c for c in found.in_words if told_as_held(found, c)])
    outright = [v for v in held if found.claim(v.claims[0]).stance is Stance.DENIES]
    grouped = [*_grouped(found)]
    lines = [*grouped, *(retold_ways(found, one) for one in twice)]
    lines += [_one(found, v, where=True) for v in firm[: max(0, FEW - 1 - len(lines))]] if not grouped else []
    lines += [_holds(found, v) for v in outright[:FEW]]
    bare = sorted((v for v in voices if v not in firm), key=lambda v: -len(found.outlets(v.claims)))
    rest = firm[FEW - 1 - len(twice) :] or bare
    if rest and len(lines) < FEW and not grouped:
        lines.append(_several(found, rest[: FEW if lines else FEW + 1]))
    lines += [_holds(found, v) for v in held if v not in outright][:FEW]
    if no_whole(found):
        return [_ended(line) for line in (*lines, *_set_apart(found, voices))]
    if len(lines) < FEW and not grouped:
        lines += [t("not compared with this: {said}", said=said) for said in [*_set_apart(found, voices)][:1]]
    return [_ended(line) for line in lines] or [*_to_read(found)]


def _once(found: Study, voices: Sequence[SourceAnswer]) -> list[SourceAnswer]:
    """Of sources that may be one and say the same the first; of answers in words first one of each stand."""
    kept: list[SourceAnswer] = []
    for v in voices:
        one = beside_first(found, v.family).key
        again = (k for k in kept if beside_first(found, k.family).key == one)
        if not any(found.stated_alike(k.claims[0], v.claims[0]) for k in again):
            kept.append(v)
    if found.kind not in (Kind.WHO_WHAT, Kind.WORDS):
        return kept
    return each_stand(kept, lambda v: stand(found, v.claims[0]))


def _grouped(found: Study) -> Iterator[str]:
    """Where the answers fall into groups of which each contradicts the others, all of these, with those who give them."""
    sides = opposed_sides(found, told_pairs(found)[0])
    parts = [held_by(found, value, _called) for side in sides for value in side]
    figures = all(found.statements[c].quantity is not None for side in sides for value in side for c in value)
    if sides and not any(words.startswith("[") for words, _ in parts):
        told = strung([_says(first_few(who), words, many=len(who) > 1, figure=figures) for words, who in parts])
        if beside_sides(found, sides):
            yield count(
                "{n} answer differs: {answers}", "{n} answers differ from each other: {answers}",
                len(sides), answers=told,
            )  # fmt: skip
            return
        yield count(
            "there is {n} answer: {answers}", "there are {n} different answers: {answers}", len(sides), answers=told
        )


def _called(found: Study, claim: str) -> Sequence[str]:
    """Whose answer a claim is, and whether that is a party to the matter."""
    return [f"{name} {t('(a party)')}" if found.family(claim).party else name for name in givers(found, claim)]


def _set_apart(found: Study, voices: Sequence[SourceAnswer]) -> Iterator[str]:
    """What sources say that is set apart from the rest, each with the part or the place that it is of."""
    beside = {**found.axis, **found.worded}
    apart = [c for c, off in beside.items() if off is not None] if voices else []
    for voice in answers_by_source(found, apart):
        yield _one(found, voice, part=part_of(found, voice.claims[0], beside[voice.claims[0]] or "") or "")


def _to_read(found: Study) -> Iterator[str]:
    """What the first claims say, where no answer was read from any."""
    voices = answers_by_source(found, [c.id for c in found.claims])
    yield from (_ended(_writes(found, v)) for v in voices[:FEW])


def _ended(said: str) -> str:
    """A sentence with its full stop, unless a quotation ends it."""
    return capital(said if re.search(r"[.!?…]\s*[”»]*$", unmarked(said)) else f"{said}.")


def _several(found: Study, voices: Sequence[SourceAnswer]) -> str:
    """What some sources say, in a sentence; of outlets that name nobody it is said."""
    *most, last = (_one(found, v) for v in voices)
    said = t("{said}, and {last}", said=t(", ").join(most), last=last) if most else last
    if not all(_silent(found, v) for v in voices):
        return said
    return count(
        "in its own words, {said}", "in their own words, {said}",
        len(found.outlets(c for v in voices for c in v.claims)), said=said,
    )  # fmt: skip


def _one(found: Study, voice: SourceAnswer, *, where: bool = False, part: str = "") -> str:
    """What one source says, and in which outlets: "the mayor says 40 boats, as 2 outlets report"."""
    unread = voice.family.standing is Standing.UNKNOWN and not found.claim(voice.claims[0]).attribution_read
    if unread or voice.words.startswith("[") or not _speaks(found, voice):
        return _writes(found, voice)
    words = voice.words if found.statements[voice.claims[0]].quantity is not None else _as_spoken(found, voice)
    if part := theirs(part) if part else part_told(found, voice):
        words = with_part(words, part)
    mentioned = found.statements[voice.claims[0]].superseded
    if not mentioned and _of_days(found) and len(at := {dated(found, c) for c in voice.claims}) == 1:
        words = _of_day(words, at.pop())
    several = _bare(found, voice) and len(_own_voices(found, voice)) > 1
    figure = found.statements[voice.claims[0]].quantity is not None
    said = _says(_subject(found, voice), words, many=several, figure=figure, mentioned=mentioned)
    outlets = _reporting(found, voice) if where else []
    if not outlets:
        return said
    if len(outlets) == 1:
        return t("{said}, as {outlet} reports", said=said, outlet=outlet(outlets[0]))
    return count("{said}, as {n} outlet reports", "{said}, as {n} outlets report", len(outlets), said=said)


def _of_day(words: str, when: str) -> str:
    """A figure with its day in brackets, or behind a comma where it ends in brackets."""
    if not when:
        return words
    ended = unmarked(words).endswith(")")
    return t("{words}, {next}", words=words, next=when) if ended else t("{words} ({part})", words=words, part=when)


def _of_days(found: Study) -> bool:
    """True for counts of several days, of which each is told with its own."""
    return found.kind is Kind.COUNT and len({dated(found, c) for c, off in found.axis.items() if off is None}) > 1


def _says(who: str, words: str, *, many: bool = False, figure: bool = False, mentioned: bool = False) -> str:
    """Who says what; a figure that its text calls an earlier one is mentioned."""
    name = ASIDE.split(who)[0]
    pair = " and " in name and " of " not in name
    several = many or pair or agreeing(head(who), "says") != "says"
    if figure and mentioned:
        return (
            t("{source} mention {words} as an earlier figure", source=who, words=words)
            if several
            else t("{source} mentions {words} as an earlier figure", source=who, words=words)
        )
    if several and not tells_speech(words):
        return t("{source} say {words}", source=who, words=words)
    if words.startswith("“") and tells_speech(words):
        return t("{who} {held}", who=who, held=words)
    return t("{source} says {words}", source=who, words=words)


def _writes(found: Study, voice: SourceAnswer) -> str:
    """The words of an outlet, whoever it has them from: "the Post, citing the mayor, writes: “he denied it”"."""
    claim, words = found.claim(voice.claims[0]), voice.words
    by = outlet(found.outlets(voice.claims)[0])
    words = words if words.startswith("“") else quoted(claim)
    if not claim.attribution or voice.family.name == by:
        return t("{outlet} writes: {words}", outlet=by, words=words)
    who = _subject(found, voice).removesuffix(",")
    if tells_speech(words):
        return t("{said}, as {outlet} reports", said=t("{who} {held}", who=who, held=words), outlet=by)
    if speaks_itself(claim):
        return t("{source}, in {outlet}: {words}", source=who, outlet=place_of(found, claim), words=words)
    return t("{outlet}, citing {source}, writes: {words}", outlet=by, source=who, words=words)


def _silent(found: Study, voice: SourceAnswer) -> bool:
    return _bare(found, voice) and all(found.claim(c).attribution_read for c in voice.claims)


def head(who: str) -> str:
    """What a name or a description is of: "sources" of “Sources on the ground” (not named)."""
    bare = unmarked(who).partition(" (")[0]
    if bare.startswith("“"):
        bare = bare.strip("“”").lower()
    elif not bare[:1].islower():
        return bare
    return BESIDE.split(bare)[0]


ASIDE = re.compile(r", | \(")
"""Where what is told of somebody begins: a party, not named, through whom."""
BESIDE = re.compile(r" (?:of|in|on|at|from|for|with|near|close|inside|familiar)\b")


def _speaks(found: Study, voice: SourceAnswer) -> bool:
    """True where the words are a figure, the outlet's own, or quoted as the source's."""
    if found.statements[voice.claims[0]].quantity is not None:
        return True
    return not in_outlets_words(found, voice) and (_bare(found, voice) or voice.words == _as_spoken(found, voice))


def _bare(found: Study, voice: SourceAnswer) -> bool:
    """True where no outlet that has it so names a source for it."""
    nobody = names_nobody(voice.family) or voice.family.standing is Standing.UNKNOWN
    return nobody or all(uncredited(found, c) for c in voice.claims)


def _subject(found: Study, voice: SourceAnswer) -> str:
    """A source as one who says something: whether a party, not named, or told of by another."""
    family = voice.family
    if _bare(found, voice):
        return _outlets(_own_voices(found, voice))
    who = named(family)
    if family.standing is Standing.ANONYMOUS and not UNNAMED & set(family.name.casefold().split()):
        who = t("{source} (not named)", source=who)
    if family.party and family.side:
        who = t("{source}, a party to the matter ({side}),", source=who, side=theirs(family.side))
    elif family.party:
        who = t("{source}, a party to the matter,", source=who)
    first, *rest = (told_by(found.traced.chains[c]) for c in voice.claims)
    if first and all(other == first for other in rest):
        return t(
            "{source}, as told by {relay},",
            source=who.removesuffix(","),
            relay=listed([theirs(name) for name in first]),
        )
    return who


def _own_voices(found: Study, voice: SourceAnswer) -> tuple[str, ...]:
    """The outlets that say it as their own; who cites one of them does not."""
    own = [c for c in voice.claims if not found.claim(c).attribution]
    return found.outlets(own or voice.claims)


def _reporting(found: Study, voice: SourceAnswer) -> list[str]:
    """The outlets that have it so from the source; nothing where it publishes it itself."""
    alike = found.outlets(in_one_wording(found, voice.claims))
    outlets = [o for o in carriers(found, voice)[0] if o in alike]
    return [] if _bare(found, voice) or voice.family.name in outlets else outlets


def part_told(found: Study, voice: SourceAnswer) -> str:
    """The place or the part that it is of, where others are set apart for theirs."""
    return of_part(found, voice.claims[0])


def _as_spoken(found: Study, voice: SourceAnswer) -> str:
    """A source's short answer in quotation marks only where it stands in such in an article: else the words are an outlet's."""
    said = found.statements[voice.claims[0]].answer
    if voice.family.standing not in FIRM or said is None or not voice.words.startswith(quotation(said)):
        return voice.words
    return voice.words if any(_in_marks(found, c, said) for c in voice.claims) else theirs(said)


def _in_marks(found: Study, claim: str, said: str) -> bool:
    inside = " ".join(word for word, quoted in marked(found.claim(claim).exact) if quoted)
    return found.versions[claim].quoted or " ".join(word for word, _ in marked(said)) in inside


def in_outlets_words(found: Study, voice: SourceAnswer) -> bool:
    """True where the answer is read from a whole sentence, whose words are the outlet's."""
    lead, s = found.claim(voice.claims[0]), found.statements[voice.claims[0]]
    whole = s.answer is None or voice.words == quoted(lead)
    return s.quantity is None and whole and bool(lead.attribution and lead.publisher)


def _outlets(names: Sequence[str]) -> str:
    return first_few([outlet(name) for name in names])


def _holds(found: Study, voice: SourceAnswer) -> str:
    """Who denies, doubts, asks or announces, and in which outlets."""
    claim = found.claim(voice.claims[0])
    unread = voice.family.standing is Standing.UNKNOWN
    if unread or (tells_denial(claim.exact.casefold().split()) and claim.publisher):  # the outlet's words
        return _writes(found, voice)
    said = t("{who} {held}", who=_subject(found, voice), held=agreeing(voice.family.name, voice.words))
    outlets = found.outlets(voice.members)
    if voice.family.standing not in FIRM or [*outlets] == [voice.family.name]:
        return said
    return t("{said} ({outlets})", said=said, outlets=_outlets(outlets))


def _differ(found: Study, stated: Stated | None, said: str) -> str:
    """How the answers differ: who contradicts whom, how a count went, the lowest and the highest; the first of these."""
    conflicts, _ = told_pairs(found)
    if any(_grouped(found)):
        return ""
    reach = "" if stated is None or _told_already(stated, said) else _reach(found, stated)
    if conflicts and (len(conflicts) == 1 or not reach):
        both = [_shown(found, c, said) for c in (conflicts[0].a, conflicts[0].b)]
        heard = any(both) if conflicts[0].reason == "denies" else all(both)
        return conflict_line(found, conflicts[0], figures=not heard)
    return course(found) or reach


def _reach(found: Study, stated: Stated) -> str:
    """How far the figures go; empty where a vague word among them may go farther."""
    vague = any((q := found.figure(c)) is not None and q.vague for c, off in found.axis.items() if off is None)
    if stated.lowest is None or stated.highest is None or vague:
        return ""
    return t("The figures compared run from {low} to {high}.", low=stated.lowest.words, high=stated.highest.words)


def _shown(found: Study, claim: str, said: str) -> bool:
    return any(
        w and w.casefold() in said.casefold()
        for w in (figure_words(found.statements[claim]), quoted(found.claim(claim)))
    )


def _told_already(stated: Stated, said: str) -> bool:
    """True where both the lowest and the highest figure stand in what was said before."""
    return all(e is not None and e.words.casefold() in said.casefold() for e in (stated.lowest, stated.highest))


def _counted(found: Study) -> str:
    """How many sources there are, as far as that is known, and how many outlets name none."""
    traced = found.traced
    n = len(found.outlets(c.id for c in found.claims))
    outlets = in_outlets(found)
    if not known_at_all(traced):
        if not all(c.read for c in traced.chains.values()):
            return t("No source is known.")
        return count("The outlet says it in its own words.", "All {n} outlets say it in their own words.", n)
    if traced.low == traced.high == 1 and not traced.own_statements(traced.chains):
        return _of_one(n, len(crediting(traced)) or n)
    low = traced.low - besides(found)
    if traced.low == traced.high:
        said = count(
            "There is {n} named source, in {outlets}", "There are {n} named sources, in {outlets}", low, outlets=outlets
        )
    else:
        said = count(
            "There is at least {n} named source, in {outlets}",
            "There are at least {n} named sources, in {outlets}",
            low,
            outlets=outlets,
        )
    if not traced.together:
        said = t("No source is counted, in {outlets}", outlets=outlets)
    if parts := answering(found):
        said = t("{sources}: {parts}", sources=said, parts=listed(parts))
    return f"{said}."


def _of_one(outlets: int, crediting: int) -> str:
    if outlets < FEW:
        return t("No second source is known.")
    if crediting < outlets:
        return count(
            "One source is named, in {n} of {all} outlets.",
            "One source is named, in {n} of {all} outlets.",
            crediting,
            all=outlets,
        )
    if outlets == FEW:
        return t("Both outlets credit one source.")
    return count("All {n} outlets credit one source.", "All {n} outlets credit one source.", outlets)


def _parties(found: Study) -> Iterator[str]:
    """True where anybody speaks who has no part in the matter; what a source's kind suggests is said as a maybe."""
    firm = [f for f in found.traced.families if f.standing is Standing.NAMED]
    parties = [f for f in firm if f.party]
    if firm and len(parties) == len(firm):
        only = t("The only named source is a party to the matter.")
        yield t("All named sources are parties to the matter.") if len(firm) > 1 else only
    if sides := [named(f) for f in firm if may_be_party(found, f)]:
        yield capital(count(
            "{names} may be a party to the matter: armed forces, an armed group or a state’s body.",
            "{names} may be parties to the matter: armed forces, armed groups or a state’s bodies.",
            len(sides), names=first_few(sides),
        ))  # fmt: skip


def _some_apart(answers: Iterable[Reply]) -> bool:
    """True where a figure counts something else than the others, or is told in vague words."""
    return any(a.left_out or (a.quantity is not None and a.quantity.vague) for a in answers)


def extremes(found: Study, stated: Stated | None, answers: Iterable[Reply]) -> str:
    """The lowest and the highest figure as a sentence; empty where they are not told."""
    if stated is None or stated.lowest is None or stated.highest is None or _some_apart(answers):
        return ""
    low, high = stated.lowest, stated.highest
    if not all(any((q := found.figure(c)) and None not in (q.low, q.high) for c in end.claims) for end in (low, high)):
        return ""  # "more than 600" says how far a figure goes, and not what it is
    given = {"low": low.words, "who": _from(found, low), "high": high.words, "others": _from(found, high)}
    return t("The lowest figure is {low}, from {who}. The highest is {high}, from {others}.", **given)


def _from(found: Study, end: Extreme) -> str:
    """Who states it: sources, or outlets in their own voice; of answers in groups all who stand there."""
    values = (value for side in opposed_sides(found, told_pairs(found)[0]) for value in side)
    if grouped := next((value for value in values if {*end.claims} <= {*value}), None):
        return first_few(held_by(found, sorted(grouped, key=lambda c: c not in end.claims), givers)[1])
    worded = sorted(end.claims, key=lambda c: figure_words(found.statements[c]) != end.words)
    return first_few(held_by(found, worded, givers)[1])


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said if said.endswith((".", "!", "?", "…", "”")) else f"{said}."
