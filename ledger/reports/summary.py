"""One honest paragraph about a question: every figure with whoever states it, hedged as they hedged it.

It says what was said and by whom, never that it is so. It counts copies as copies, names parties as parties, and says what
is not known. Whatever a person answered stands first, with the person's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ledger import dates
from ledger.catalogue import count, listed
from ledger.crossref.origins import FIRM, Standing
from ledger.crossref.running_counts import SourceAnswer, answers_by_source, is_forces
from ledger.crossref.study import Study
from ledger.records import Stated
from ledger.reports.sentences import (
    according,
    apart_words,
    capital,
    conflict_line,
    day,
    difference,
    named,
    not_said_line,
    support_line,
    traced_words,
    width,
)
from ledger.text import agreeing, visible
from ledger.vocabulary import Relation

MOST = 4
"""Sources named one by one before the rest is only counted."""


def paragraph(found: Study, stated: Stated) -> str:
    """The question's state in plain words."""
    denied = [not_said_line(c) for c in found.not_said]
    if not found.claims:
        return visible(" ".join(["Nothing has been filed under this question yet.", *denied][bool(denied) :]))
    on_scale = [c for c, off in found.axis.items() if off is None]
    answered = [c for c, off in found.worded.items() if off is None and not _told_as_held(found, c)]
    held = answers_by_source(found, [c for c in found.in_words if _told_as_held(found, c)])
    spoken = [*answers_by_source(found, on_scale), *answers_by_source(found, answered)]
    lines = [
        *_judged(found),
        *denied,
        *_said(found, spoken),
        *_held(found, held),
        *_unsourced(found, spoken),
        *_prose(found),
        *_off_scale(found),
    ]
    lines += [
        *_between(found, [*spoken, *held]),
        *_wording(found),
        _traced(found),
        *_parties(found),
        *_stated(stated),
        *_open(found),
    ]
    return visible(" ".join(lines))


def _judged(found: Study) -> Iterator[str]:
    if found.answer is not None:
        yield f"Answer by {found.answer.by}, {day(found.answer.at)}: {_sentence(found.answer.value)}"


def _said(found: Study, spoken: Sequence[SourceAnswer]) -> Iterator[str]:
    """The source that most outlets carry, then the others in one sentence."""
    firm = [v for v in spoken if _sourced(found, v)]
    for voice in firm[:1]:
        told = found.outlets(voice.alike)
        where = f"in {told[0]}" if len(told) == 1 else f"{len(told)} outlets"
        yield f"{capital(voice.words)}, {_whose(voice)} ({where}{_elsewhere(voice)})."
    others = [f"{v.words}, {_whose(v)}{_beside(v)}" for v in firm[1:MOST]]
    if len(firm) > MOST:
        others.append(f"and {count('{n} more source', '{n} more sources', len(firm) - MOST)}")
    if others:
        yield f"Others: {'; '.join(others)}."


def _sourced(found: Study, voice: SourceAnswer) -> bool:
    """True where the articles name a source, be it another outlet that names none itself."""
    return voice.family.standing in FIRM or all(found.claim(c).attribution for c in voice.claims)


def _whose(voice: SourceAnswer) -> str:
    outlet = voice.family.standing is Standing.PUBLISHER
    return f"according to {named(voice.family)}" if outlet else according(voice.family)


def _beside(voice: SourceAnswer) -> str:
    """How else the same source is told, in brackets."""
    said = _elsewhere(voice).removeprefix("; ")
    return f" ({said})" if said else ""


def _elsewhere(voice: SourceAnswer) -> str:
    said = ""
    if voice.earlier:
        said += f"; earlier {listed(voice.earlier[-3:])}"
    if voice.later:
        said += f"; later {listed(voice.later[-2:])}"
    if voice.others:
        said += f"; elsewhere given as {listed([f'“{w}”' if w[0] != '“' else w for w in voice.others[:3]])}"
    return said


def _unsourced(found: Study, spoken: Sequence[SourceAnswer]) -> Iterator[str]:
    """What outlets state in their own voice, in one sentence."""
    bare = [v for v in spoken if not _sourced(found, v)]
    if unread := [v for v in bare if not all(found.claim(c).attribution_read for c in v.claims)]:
        parts = [f"{v.words} ({listed(found.outlets(v.claims)[:3])})" for v in unread[:MOST]]
        yield f"Who says it was not read: {'; '.join(parts)}{'; and more' if len(unread) > MOST else ''}."
    own = [v for v in bare if v not in unread]
    if not own:
        return
    told = [found.outlets(v.claims) for v in own]
    parts = [f"{listed(names[:3])} ({v.words})" for v, names in zip(own[:MOST], told, strict=False)]
    rest = {name for names in told for name in names} - {name for names in told[:MOST] for name in names[:3]}
    more = f"; and {count('{n} more outlet', '{n} more outlets', len(rest))}" if rest else ""
    yield f"Without naming a source: {'; '.join(parts)}{more}."


def _told_as_held(found: Study, claim: str) -> bool:
    """True where the source denies, doubts, asks or announces, and does not merely say what denies it."""
    return not (found.statements[claim].held or "“").startswith("“")


def _held(found: Study, held: Sequence[SourceAnswer]) -> Iterator[str]:
    """Who denies, doubts, asks or announces, a sentence each."""
    for voice in held[:MOST]:
        where = f" ({listed(found.outlets(voice.members)[:3])})" if voice.family.standing in FIRM else ""
        yield f"{capital(named(voice.family))} {agreeing(voice.family.name, voice.words)}{where}."
    if rest := len(held[MOST:]):
        yield count("{n} more source does not state it.", "{n} more sources do not state it.", rest)


def _prose(found: Study) -> Iterator[str]:
    prose = len(found.claims) - len(found.axis) - len(found.in_words)
    if prose:
        yield count(
            "{n} claim without a figure or a short answer has to be read.",
            "{n} claims without a figure or a short answer have to be read.",
            prose,
        )


def _off_scale(found: Study) -> Iterator[str]:
    """Figures for another period, place or thing: said, and why they cannot be set beside the rest."""
    reasons: dict[str, list[str]] = {}
    for c, off in [*found.axis.items(), *found.worded.items()]:
        if off is not None and not (c in found.worded and _told_as_held(found, c)):
            reasons.setdefault(off, []).append(c)
    for reason, claims in reasons.items():
        spoken = answers_by_source(found, claims)
        parts = [f"{v.words}, {according(v.family)}{_when(found, v, reason)}" for v in spoken[:2]]
        more = f"; and {count('{n} more source', '{n} more sources', len(spoken) - 2)}" if len(spoken) > 2 else ""
        yield f"Not comparable with the rest, since {apart_words(reason)}: {'; '.join(parts)}{more}."


def _when(found: Study, voice: SourceAnswer, reason: str) -> str:
    s = found.statements[voice.claims[0]]
    if reason == "window" and s.window:
        return f" ({dates.window_words(s.window)})"
    return f" ({s.place})" if reason == "place" and s.place else ""


def _between(found: Study, spoken: Sequence[SourceAnswer]) -> Iterator[str]:
    """What the sources that are known contradict or support among each other, the widest gap first."""
    leads = {v.claims[0]: v for v in spoken if v.family.standing in FIRM}
    told = set(list(leads)[:MOST])  # their figures stand in the sentences before
    known = {frozenset((p.a, p.b)): p for p in found.pairs if p.a in leads and p.b in leads}
    two_sources = (two for two in combinations(leads, 2) if found.family(two[0]).key != found.family(two[1]).key)
    pairs = [p for two in two_sources if (p := known.get(frozenset(two))) is not None]
    conflicts = sorted((p for p in pairs if p.relation == Relation.CONFLICTS), key=width, reverse=True)
    for pair in conflicts[:1]:
        yield conflict_line(found, pair, figures=not {pair.a, pair.b} <= told)
    if rest := len(conflicts[1:]):
        yield count(
            "{n} more pair of sources contradicts each other.",
            "{n} more pairs of sources contradict each other.",
            rest,
        )
    supports = [p for p in pairs if p.relation == Relation.SUPPORTS]
    for pair in supports[:1]:
        yield support_line(found, pair, figures=not {pair.a, pair.b} <= told)


def _wording(found: Study) -> Iterator[str]:
    """The gravest wording difference; the rest are counted."""
    worst = next(iter(found.differences), None)
    if worst is None:
        return
    rest = len(found.differences) - 1
    more = f" ({count('{n} more wording difference', '{n} more wording differences', rest)})" if rest else ""
    yield f"Wording differs along one source: {difference(found, worst)}{more}."


def _traced(found: Study) -> str:
    low, high = found.traced.low, found.traced.high
    outlets = len(found.outlets(c.id for c in found.claims))
    claims = f"{count('{n} claim', '{n} claims', len(found.claims))} in {count('{n} outlet', '{n} outlets', outlets)}"
    if low == high == 1 and len(found.claims) > 1:
        return f"Every copy we found ({claims}) traces to one source."
    return f"{claims} {'is' if len(found.claims) == 1 else 'are'} {traced_words(low, high)}."


def _parties(found: Study) -> Iterator[str]:
    """True where anybody speaks who has no part in the matter; what a source's kind suggests is said as a maybe."""
    firm = [f for f in found.traced.families if f.standing is Standing.NAMED]
    parties = [f for f in firm if f.party]
    if firm and len(parties) == len(firm):
        yield (
            "All named sources are parties to the matter."
            if len(firm) > 1
            else "The only named source is a party to the matter."
        )
    if forces := [named(f) for f in firm if not f.party and is_forces(found, f)]:
        yield f"{capital(listed(forces[:3]))} may be {'a party' if len(forces) == 1 else 'parties'} to the matter."


def _stated(stated: Stated) -> Iterator[str]:
    low, high = stated.lowest, stated.highest
    if low and high and low.value != high.value:
        yield f"Lowest stated: {low.words} ({listed(low.by[:3])}); highest stated: {high.words} ({listed(high.by[:3])})."


def _open(found: Study) -> Iterator[str]:
    if unsure := [c.id for c in found.claims if c.unsure]:
        yield f"How {listed(unsure[:MOST])} {'is' if len(unsure) == 1 else 'are'} read is to be checked{_and_more(unsure)}."
    if found.answer is None and not found.ratings:
        yield "Nobody has rated or answered this yet."


def _and_more(unsure: list[str]) -> str:
    return f", and {count('{n} more claim', '{n} more claims', len(unsure) - MOST)}" if len(unsure) > MOST else ""


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said if said.endswith((".", "!", "?", "…", "”")) else f"{said}."
