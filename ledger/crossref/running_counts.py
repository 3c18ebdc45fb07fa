"""What each source says now, in one wording, what its count stood at before, how else it is told, and in how many outlets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from ledger import quantity
from ledger.catalogue import Catalogue, quotation, spoken, unmarked
from ledger.crossref.containment import limits, order, place
from ledger.crossref.guards import narrowing
from ledger.crossref.origins import FIRM, Family, Standing
from ledger.crossref.statements import figure_words, interval, shortened
from ledger.crossref.states import of_state
from ledger.crossref.study import Study
from ledger.crossref.wording import Version
from ledger.crossref.wording_values import marked
from ledger.crossref.wordlists import ACTIVITIES
from ledger.records import Quantity
from ledger.text import folding
from ledger.vocabulary import Relation, SourceKind


class SourceAnswer(Struct, frozen=True):
    """One source's figure or answer, and which of its claims say it in these words."""

    family: Family
    words: str
    claims: tuple[str, ...]
    """Those that say so; the first is what other sources are compared with."""
    earlier: tuple[str, ...]
    """What the same count stood at before, oldest first."""
    later: tuple[str, ...]
    """What single articles give as a later count."""
    others: tuple[str, ...]
    """The same source's figure as other articles word it."""
    others_by: tuple[tuple[str, ...], ...]
    """For each of these the claims that have it so."""
    members: tuple[str, ...]
    """All its claims among those asked for."""
    aside: str | None = None
    """Why it does not stand beside what the source says of the whole, as an apart reason; None where it does."""
    before: tuple[str, ...] = ()
    """Those that its later count has overtaken, oldest first, one of each wording."""


def answers_by_source(found: Study, claims: Iterable[str]) -> list[SourceAnswer]:
    """What each source says among these claims, parties after the others, those told by most outlets first."""
    return list(_answers(found, tuple(claims), spoken()))


@lru_cache(maxsize=16)
def _answers(found: Study, claims: tuple[str, ...], _language: Catalogue) -> list[SourceAnswer]:
    """The same; a page asks several times."""
    by_family: dict[object, list[str]] = {}
    for c in claims:
        family = found.family(c)
        by_family.setdefault((family.key, family.outlets), []).append(c)
    spoken = [voice for members in by_family.values() for voice in _voices(found, members)]
    return sorted(spoken, key=lambda v: (_rank(v.family), v.family.party, -len(found.outlets(v.members))))


def carriers(found: Study, voice: SourceAnswer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The outlets that have it from the source, and those that print the same passage and credit nobody."""
    told = found.outlets(c for c in voice.claims if not uncredited(found, c))
    return told, tuple(o for o in found.outlets(voice.claims) if o not in told)


def may_be_party(found: Study, family: Family) -> str:
    """Why a source that nobody called a party may be one: "armed" by its kind, "state" beside armed groups; else empty."""
    if family.party:
        return ""
    if _kinds(found, family) & {SourceKind.ARMED_FORCES, SourceKind.ARMED_GROUP}:
        return "armed"
    against = any(SourceKind.ARMED_GROUP in _kinds(found, f) for f in found.traced.families)
    return "state" if against and family.standing is Standing.NAMED and of_state(family.name) else ""


def _kinds(found: Study, family: Family) -> set[SourceKind | None]:
    return {h.kind for c in family.claims for h in found.claim(c).attribution if h.source == family.name}


def _rank(family: Family) -> int:
    return list(Standing).index(family.standing)


def _voices(found: Study, members: Sequence[str]) -> Iterator[SourceAnswer]:
    """What the source says of the whole, then what it says of a part or of something else."""
    lead = _lead(found, _current(found, members))
    aside = {c: why for c in members if c != lead and (why := _aside(found, lead, c))}
    yield _answer(found, lead, [c for c in members if c not in aside])
    if aside:
        for voice in _voices(found, list(aside)):
            why = voice.aside or aside[voice.claims[0]]
            yield replace(voice, aside=why, words=_from_figure(found, voice.claims[0]) or voice.words)


def _aside(found: Study, lead: str, claim: str) -> str | None:
    """Why a claim of one source does not stand for what its leading claim says."""
    a, b = found.statements[lead], found.statements[claim]
    if a.quantity is None or b.quantity is None:
        return None
    if place(a.place, b.place).nested:
        return found.part(lead, claim)
    return "scope_unknown" if narrowed(found, lead, claim) else found.off(lead, claim)


def _answer(found: Study, lead: str, members: Sequence[str]) -> SourceAnswer:
    words = figure_words(found.statements[lead])
    worded = {c: _worded(found, c) for c in members}
    own = [c for c in members if worded[c].is_of(worded[lead].told)]
    other = {*members}.difference(own)
    rest: list[str] = []
    known: frozenset[object] = frozenset()
    for c in sorted((c for c in members if c in other), key=lambda c: found.statements[c].as_of or ""):
        if not worded[c].is_of(known):
            rest.append(c)
            known |= worded[c].told
    before = [c for c in rest if _overtaken(found, c, lead)]
    after = [c for c in rest if _updates(found, lead, c)]
    others = _said(found, [c for c in rest if c not in before and c not in after], words)
    return SourceAnswer(
        family=found.family(lead),
        words=words,
        claims=(lead, *(c for c in own if c != lead)),
        earlier=tuple(_said(found, before, words)),
        later=tuple(_said(found, after, words)),
        others=tuple(others),
        others_by=tuple(tuple(m for m in members if worded[m].is_of(worded[c].told)) for c in others.values()),
        members=tuple(members),
        before=tuple(before),
    )


def _from_figure(found: Study, claim: str) -> str:
    """The claim's words from its figure on, where they narrow it."""
    c, s = found.claim(claim), found.statements[claim]
    at = c.exact.find(s.quantity.text) if s.quantity and s.quantity.text else -1
    return quotation(shortened(c.exact[at:], NARROWED)) if s.qualifiers and at >= 0 else ""


NARROWED = 80
"""Characters of a claim that show what its figure is narrowed to."""


class _Worded(Struct, frozen=True):
    """How a claim words its answer."""

    told: frozenset[object]
    """Its words, and its figure."""
    alike: frozenset[object]
    """Which of these make two wordings one: of people, or in one unit, the figure too; "positions" are no "targets"."""

    def is_of(self, told: frozenset[object]) -> bool:
        return not self.alike.isdisjoint(told)


def _worded(found: Study, claim: str) -> _Worded:
    q = found.statements[claim].quantity
    words = _bare(figure_words(found.statements[claim]) or found.claim(claim).exact)
    if q is None:
        return _Worded(frozenset({words}), frozenset({words}))
    told = frozenset({words, interval(q)})
    counts = q.unit not in (None, "people") and not quantity.measured(q.unit) and not (q.unit or "").isupper()
    return _Worded(told, frozenset({words}) if counts else told)


def _current(found: Study, members: Sequence[str]) -> Sequence[str]:
    """The claims that no later count of the source has overtaken, in the text's words or in a person's."""
    older = {k.b for k in found.links if k.relation == Relation.UPDATES}
    standing = [c for c in members if c not in older and not found.statements[c].superseded] or members
    latest = sorted(standing, key=lambda c: found.statements[c].as_of or "", reverse=True)  # found sooner, the same
    dated = [(d, limits(found.statements[d].as_of)[0]) for d in latest if not found.statements[d].superseded]
    known: dict[tuple[int, int], bool] = {}
    return [c for c in standing if not any(_overtakes(found, c, d, known) for d in _behind(found, c, dated))] or members


def _behind(found: Study, claim: str, dated: Iterable[tuple[str, datetime]]) -> Iterator[str]:
    """Those of these claims, each with when its day begins, that are later."""
    last = limits(found.statements[claim].as_of)[1]
    return (d for d, first in dated if first > last or (found.moved_to[d] and _later(found, claim, d)))


def _overtakes(found: Study, earlier: str, later: str, known: dict[tuple[int, int], bool]) -> bool:
    """True where the later of two claims of one source gives it anew, asked once for those worded alike in other articles."""
    if found.statements[earlier].measure in ACTIVITIES or found.claim(earlier).article == found.claim(later).article:
        return _gives_anew(found, earlier, later)
    both = found.number(earlier), found.number(later)
    if both not in known:
        known[both] = _gives_anew(found, earlier, later)
    return known[both]


def _overtaken(found: Study, claim: str, lead: str) -> bool:
    """True for an older count of the same: no vague word is one, nor what counts a part or another thing."""
    a, b = found.statements[claim], found.statements[lead]
    if a.superseded and not b.superseded:
        return True
    vague = any(s.quantity is not None and s.quantity.vague for s in (a, b))
    other = a.quantity is not None and b.quantity is not None and _thing(a.quantity) != _thing(b.quantity)
    return _updates(found, claim, lead) and not (vague or other or narrowed(found, claim, lead))


def _thing(q: Quantity) -> str:
    """What is counted, as one word; people are people by any name."""
    return folding.name(q.unit or q.counts or "people").rstrip("s")


def _updates(found: Study, earlier: str, later: str) -> bool:
    """True where the later claim gives a running count anew: a floor below a later one is an earlier count too."""
    return _later(found, earlier, later) and _gives_anew(found, earlier, later)


def _later(found: Study, earlier: str, later: str) -> bool:
    a, b = found.statements[earlier], found.statements[later]
    if b.superseded:
        return False
    return order(a.as_of, b.as_of) < 0 or (a.as_of == b.as_of and _changed_to(found, earlier, later))


def _changed_to(found: Study, earlier: str, later: str) -> bool:
    """True where of two counts of one day the one is told as what the other was changed to: "the total has risen to 180"."""
    return found.moved_to[later] and found.compared(earlier, later).reason == "revised"


def _gives_anew(found: Study, earlier: str, later: str) -> bool:
    a, b = found.statements[earlier], found.statements[later]
    running = a.running or b.running
    if found.compared(earlier, later).reason in ("as_of", "revised"):
        return running or a.measure not in ACTIVITIES
    if not running or narrowed(found, earlier, later):
        return False
    if a.quantity is None or b.quantity is None or a.quantity.low is None or b.quantity.low is None:
        return False
    return Decimal(a.quantity.low) < Decimal(b.quantity.low)


def _lead(found: Study, claims: Sequence[str]) -> str:
    """The number of the whole that most outlets credit to the source, as it publishes it or is quoted; else hedged."""
    numbers = Counter(_number(found, c) for c in claims)
    return min(
        claims,
        key=lambda c: (
            uncredited(found, c),
            bool(found.statements[c].qualifiers) and not found.statements[c].scope,
            -numbers[_number(found, c)],
            *_second_hand(found.versions[c]),
            claims.index(c),
        ),
    )


def uncredited(found: Study, claim: str) -> bool:
    """True for what an outlet says in its own voice, or as an agency's, though it is traced to a source that others name."""
    family, named = found.family(claim), {hop.source for hop in found.claim(claim).attribution}
    if found.traced.origins[claim].copied and named:
        return family.name not in named
    own = found.versions[claim].own or named or not found.claim(claim).attribution_read
    return not own and (family.standing in FIRM or family.relayed)


def _second_hand(version: Version) -> tuple[bool, bool]:
    """Whether the source itself publishes the words, and whether they are quoted."""
    return not version.own, not (version.quoted or any(inside for _, inside in marked(version.exact)))


def _number(found: Study, claim: str) -> object:
    q = found.statements[claim].quantity
    return (q.low if q.low is not None else q.high) if q else figure_words(found.statements[claim])


def narrowed(found: Study, a: str, b: str) -> bool:
    """True where the words beside one of two figures narrow it otherwise than those beside the other."""
    one, other = found.statements[a], found.statements[b]
    told = {"since"} if one.window and one.window == other.window else set()  # the period says what it says
    return bool(narrowing(one, other) - told) and not (one.scope and one.scope == other.scope)


def _said(found: Study, claims: Sequence[str], beside: str) -> dict[str, str]:
    """The figures in words, each wording once, with a claim that has it."""
    said = ((figure_words(found.statements[c]), c) for c in claims)
    folded = {_bare(w): (w, c) for w, c in said if w and _bare(w) != _bare(beside)}
    return dict(folded.values())


def _bare(words: str) -> str:
    """The words without marks: “none” and [none] are one answer."""
    return unmarked(words).casefold().strip('“”«»"[]. ')
