"""Running counts: what each source says now, in one wording, what its count stood at before, and how else it is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ledger import quantity
from ledger.catalogue import theirs, unmarked
from ledger.crossref.containment import order
from ledger.crossref.origins import FIRM, Family, Standing
from ledger.crossref.statements import figure_words, shortened
from ledger.crossref.study import Study
from ledger.crossref.wording import Version
from ledger.crossref.wording_values import marked
from ledger.vocabulary import Modifier, Relation, SourceKind


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """One source's figure or answer, and which of its claims say it in these words."""

    family: Family
    words: str
    claims: tuple[str, ...]
    """The first of them is what other sources are compared with."""
    earlier: tuple[str, ...]
    """What the same count stood at before, oldest first."""
    later: tuple[str, ...]
    """What single articles give as a later count."""
    others: tuple[str, ...]
    """The same source's figure as other articles word it."""
    members: tuple[str, ...]
    """All its claims among those asked for."""
    alike: tuple[str, ...] = ()
    """Those of them that give the same figure with the same hedge, or the same answer."""
    before: tuple[str, ...] = ()
    """Those that its later count has overtaken, oldest first, one of each wording."""


def answers_by_source(found: Study, claims: Iterable[str]) -> list[SourceAnswer]:
    """What each source says among these claims, parties after the others, those told by most outlets first."""
    by_family: dict[object, list[str]] = {}
    for c in claims:
        family = found.family(c)
        by_family.setdefault((family.key, family.outlets), []).append(c)
    spoken = [_answer(found, members) for members in by_family.values()]
    return sorted(spoken, key=lambda v: (_rank(v.family), v.family.party, -len(found.outlets(v.members))))


def is_forces(found: Study, family: Family) -> bool:
    """True where the source is an army or an armed group by its kind."""
    kinds = {h.kind for c in family.claims for h in found.claim(c).attribution if h.source == family.name}
    return bool(kinds & {SourceKind.ARMED_FORCES, SourceKind.ARMED_GROUP})


def _rank(family: Family) -> int:
    return list(Standing).index(family.standing)


def _answer(found: Study, members: Sequence[str]) -> SourceAnswer:
    lead = _lead(found, _current(found, members))
    words = figure_words(found.statements[lead])
    own = [c for c in members if figure_words(found.statements[c]) == words or _same_things(found, c, lead)]
    told = {(found.wordings[c], figure_words(found.statements[c])): c for c in reversed(members) if c not in own}
    rest = list(reversed(told.values()))
    rest.sort(key=lambda c: found.statements[c].as_of or "")
    before = [c for c in rest if _updates(found, c, lead)]
    after = [c for c in rest if _updates(found, lead, c)]
    return SourceAnswer(
        family=found.family(lead),
        words=words,
        claims=(lead, *(c for c in own if c != lead)),
        earlier=_said(found, before, words),
        later=_said(found, after, words),
        others=_said(found, [c for c in rest if c not in before and c not in after], words, lead),
        members=tuple(members),
        before=tuple(before),
        alike=tuple(c for c in members if found.stated_alike(c, lead)),
    )


def _same_things(found: Study, a: str, b: str) -> bool:
    """True for one figure of people, or in one unit, however it is worded; "positions" are no "targets"."""
    q = found.statements[a].quantity
    counts = (
        q is not None
        and q.unit not in (None, "people")
        and not quantity.measured(q.unit)
        and not (q.unit or "").isupper()
    )
    return q is not None and not counts and found.stated_alike(a, b)


def _current(found: Study, members: Sequence[str]) -> Sequence[str]:
    """The claims that no later count of the source has overtaken, in the text's words or in a person's."""
    older = {k.b for k in found.links if k.relation == Relation.UPDATES}
    standing = [c for c in members if c not in older and not found.statements[c].superseded] or members
    return [c for c in standing if not any(_updates(found, c, d) for d in standing)] or members


def _updates(found: Study, earlier: str, later: str) -> bool:
    """True where the later claim gives a running count anew: a floor below a later one is an earlier count too."""
    a, b = found.statements[earlier], found.statements[later]
    if order(a.as_of, b.as_of) >= 0 or b.superseded or not (a.running or b.running):
        return False
    if found.compared(earlier, later).reason in ("as_of", "revised"):
        return True
    if narrowed(found, earlier, later):
        return False
    if a.quantity is None or b.quantity is None or a.quantity.low is None or b.quantity.low is None:
        return False
    return Decimal(a.quantity.low) < Decimal(b.quantity.low)


def _lead(found: Study, claims: Sequence[str]) -> str:
    """The number of the whole that most outlets credit to the source, as it publishes it or is quoted; else hedged."""
    numbers = Counter(_number(found, c) for c in claims)
    often = Counter(found.wordings[c] for c in claims)
    return min(
        claims,
        key=lambda c: (
            uncredited(found, c),
            bool(found.statements[c].qualifiers) and not found.statements[c].scope,
            -numbers[_number(found, c)],
            *_second_hand(found.versions[c]),
            not _careful(found, c),
            -often[found.wordings[c]],
            claims.index(c),
        ),
    )


def uncredited(found: Study, claim: str) -> bool:
    """True for what an outlet says in its own voice, though it is traced to a source that others name."""
    own = found.versions[claim].own or found.claim(claim).attribution or not found.claim(claim).attribution_read
    family = found.family(claim)
    return not own and (family.standing in FIRM or family.relayed)


def _second_hand(version: Version) -> tuple[bool, bool]:
    """Whether the source itself publishes the words, and whether they are quoted."""
    return not version.own, not (version.quoted or any(inside for _, inside in marked(version.exact)))


def _number(found: Study, claim: str) -> object:
    q = found.statements[claim].quantity
    return (q.low if q.low is not None else q.high) if q else figure_words(found.statements[claim])


def _careful(found: Study, claim: str) -> bool:
    """True for a floor or "about": the wordings that claim less than the bare number."""
    q = found.statements[claim].quantity
    return q is not None and q.modifier in (Modifier.AT_LEAST, Modifier.ABOUT)


def narrowed(found: Study, a: str, b: str) -> bool:
    """True where the words beside one of two figures narrow it otherwise than those beside the other."""
    one, other = found.statements[a], found.statements[b]
    return one.qualifiers != other.qualifiers and not (one.scope and one.scope == other.scope)


def _said(found: Study, claims: Sequence[str], beside: str, lead: str | None = None) -> tuple[str, ...]:
    """The figures in words; what is narrowed otherwise than the lead with the words behind it."""
    apart = {c for c in claims if lead and found.statements[c].quantity and narrowed(found, c, lead)}
    said = dict.fromkeys(
        theirs(_from_figure(found, c)) if c in apart else figure_words(found.statements[c]) for c in claims
    )
    folded = {_bare(w): w for w in said if w and _bare(w) != _bare(beside)}
    return tuple(folded.values())


def _bare(words: str) -> str:
    """The words without marks: “none” and [none] are one answer."""
    return unmarked(words).casefold().strip('“”«»"[]. ')


def _from_figure(found: Study, claim: str) -> str:
    """The claim's words from its figure on, as far as they narrow it."""
    c, q = found.claim(claim), found.statements[claim].quantity
    at = c.exact.find(q.text) if q is not None and q.text else 0
    return shortened(c.exact[max(at, 0) :], NARROWED)


NARROWED = 80
"""Characters of a claim that show what its figure is narrowed to."""
