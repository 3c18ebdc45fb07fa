"""Which claims of a question are searched for wording differences: each wording once, against those nearer to the origin.

Only claims that are known to rest on one source are held against each other; how that is known stands with the difference.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from decimal import Decimal
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from ledger.crossref.counted_figures import marked_earlier
from ledger.crossref.names import nameless
from ledger.crossref.nearer import Earlier, Near, RestsOnOne, wording_key
from ledger.crossref.origins import MEDIA, Link, Ties, agency_hint, named_agency
from ledger.crossref.wording import (
    COPYING,
    Finding,
    Version,
    alike,
    attribution_findings,
    distinctive,
    figure_findings,
    flipped,
    hedge_findings,
    nameless_origin,
    one_speaker,
    one_thing,
    printed_there,
    rounded,
    shared_numbers,
)
from ledger.crossref.wording_words import doubt_of, word_findings
from ledger.text import folding
from ledger.vocabulary import Basis, Drift, SourceKind


class Difference(Struct, frozen=True):
    """A finding between two claims, the one nearer to the origin first."""

    origin: str
    """The claim nearer to the origin."""
    version: str
    """The claim whose wording differs."""
    finding: Finding
    basis: Basis

    @property
    def kind(self) -> Drift:
        return self.finding.kind


MayBeOne = Callable[[str, str], bool | None]
"""False where two claims are known to rest on two sources."""


def drift(a: Version, b: Version, basis: Basis = Basis.NAMED) -> list[Finding]:
    """What differs in b's wording from a's, which is nearer to the origin; empty where nothing does."""
    return [*figure_findings(a, b), *attribution_findings(a, b, basis), *word_findings(a, b, basis)]


def survey(versions: Iterable[Version], basis: RestsOnOne, ties: Ties | None = None) -> list[Difference]:
    """The differences worth showing among the claims of one question; `ties` spare asking each pair for its basis."""
    told = list(versions)
    named = {name for v in told for name in v.credits[-1:]}
    relays = {(name, v.credits[-1]) for v in told for name in v.credits[:-1]}
    given = sorted((_own(v, named) for v in told), key=lambda v: (*_distance(v, relays), *_beyond(v)))
    firsts = _first_of_each_wording(given, basis)
    earlier = Earlier(basis, ties)
    found: dict[tuple[str, str, Drift], Difference] = {}
    for b in given:
        near = earlier.near(b)
        for a, known, findings in _looked_at(near, b, firsts):
            for f in findings:
                if f.kind is not Drift.VALUE_CHANGE or known is not Basis.RETOLD or a.links or b.links:
                    found.setdefault((a.claim, b.claim, f.kind), Difference(a.claim, b.claim, f, known))
        for a, known, f in _rounded_before(near, b, firsts):
            found.setdefault((b.claim, a.claim, f.kind), Difference(b.claim, a.claim, f, known))
        earlier.add(b)
    return [
        d
        for (a, b, kind), d in found.items()
        if kind is not Drift.VALUE_CHANGE or (a, b, Drift.DATE_CHANGED) not in found
    ]


def _own(version: Version, named: set[str]) -> Version:
    """A source that publishes its own words is known by others naming it."""
    return version if version.links else replace(version, own=version.own or folding.name(version.publisher) in named)


def leads(versions: Iterable[Version], basis: RestsOnOne, maybe: MayBeOne) -> Iterator[tuple[str, str]]:
    """Pairs that would differ if they rested on one source, which a person may know: each claim once, beside the nearest."""
    given = sorted(versions, key=lambda v: (*_distance(v), *_beyond(v)))
    told: dict[Decimal, list[int]] = {}
    for i, b in enumerate(given):
        numbers = [n for n in b.numbers if distinctive(n)]
        before = sorted({at for n in numbers for at in told.get(n, ())})
        for n in numbers if b.links else ():
            told.setdefault(n, []).append(i)
        near = (given[at] for at in before if given[at].article != b.article)
        unknown = (a for a in near if not basis(a.claim, b.claim) and maybe(a.claim, b.claim) is not False)
        if found := next((a for a in unknown if any(figure_findings(a, b))), None):
            yield found.claim, b.claim


# --- which pairs --------------------------------------------------------------------------------------------------


def _distance(version: Version, relays: Collection[tuple[str, str]] = ()) -> tuple[bool, ...]:
    """How far from the origin: its own text is nearest; what was captured is nearer than what is cited, a wire's copy nearer
    than an outlet's, a text nearer than its headline, a chain that names the speaker nearer than one that names his office,
    and whoever heard the speaker nearer than who has it from another outlet.
    """
    wire = (
        any(_is_wire(link) for link in version.links)
        or any((folding.name(version.publisher), source) in relays for source in version.credits[-1:])
        or (nameless_origin(version) and any(folding.name(version.publisher) == name for name, _ in relays))
        or agency_hint(version.credit_line)
        or named_agency(version.publisher)
    )
    return (
        not (version.links or version.own),
        version.headline,
        not version.anchored,
        not (wire or version.own),
        version.statement.quantity is not None and marked_earlier(version.exact),
        nameless_origin(version) and len(version.links) == 1,
    )


def _beyond(version: Version) -> tuple[bool, int, int, str]:
    """Of two as near: whether it is the source's own text, how few people, how many hops, and when."""
    people = sum(link.kind not in MEDIA for link in version.links)
    return not version.own, -people, len(version.links), version.statement.as_of or version.published or "9"


def _is_wire(link: Link) -> bool:
    return link.kind is SourceKind.WIRE_AGENCY and not nameless(link.name)


MOST_ALIKE = 12
"""Versions whose words one is held against: those most like it."""


def _looked_at(near: Near, b: Version, firsts: set[str]) -> Iterator[tuple[Version, Basis, Iterable[Finding]]]:
    """What b is held against: its article's versions, those of its figure, those it was copied from, the one most like it."""
    b_first = b.claim in firsts
    for a, known in near.of_one_figure():
        one_article = a.article == b.article
        again = not one_article and known is Basis.RESTATED  # held against what its own text credits
        once = one_article and (a.links or b.links or not _is_share(a))
        apart = not one_article and b_first and a.claim in firsts and not again
        if once or (apart and (shared_numbers(a, b) or rounded(a, b))):
            yield a, known, figure_findings(a, b)
        elif flipped(a, b) and _one_figure(a, b):
            yield a, known, hedge_findings(a, b)
        officer = known is Basis.ONE_TEXT and a.links and b.links and not one_speaker(a, b)
        if known in COPYING or officer or (printed_there(a, b) and alike(a, b)):
            yield a, known, attribution_findings(a, b, known)
    told: set[Drift] = set()
    for a, known in near.most_alike(MOST_ALIKE):
        found = [f for f in word_findings(a, b, known) if f.kind not in told and not _stands_elsewhere(f, b, near)]
        told |= {f.kind for f in found}
        yield a, known, found
    for a, known in near.nearest():
        if a.article != b.article and not near.told_again():
            yield a, known, (*figure_findings(a, b), *attribution_findings(a, b, known))


def _rounded_before(near: Near, b: Version, firsts: set[str]) -> Iterator[tuple[Version, Basis, Finding]]:
    """The first that has b's exact figure rounded, though it is nearer to the origin otherwise."""
    rounds = ((a, known) for a, known in near.rounded_from() if {a.claim, b.claim} <= firsts and rounded(b, a))
    for a, known in islice(rounds, 1):
        yield from ((a, known, f) for f in figure_findings(b, a))


GONE = frozenset({"doubt_gone", "limit_gone"})
"""Findings that say of an article that words do not stand in it."""


def _stands_elsewhere(finding: Finding, b: Version, near: Near) -> bool:
    """True where words that are said to be gone stand elsewhere in the article, and added ones with another version."""
    if finding.code == "doubt_come":
        return any(doubt_of(a) for a, _ in near)
    word = folding.wording(str(finding.given.get("word", "")))
    return finding.code in GONE and bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", folding.wording(b.text)))


def _is_share(version: Version) -> bool:
    """True for a share, which an outlet may well give of two things in one text."""
    q = version.statement.quantity
    return q is not None and q.unit in ("share", "percent")


def _one_figure(a: Version, b: Version) -> bool:
    shared = shared_numbers(a, b)
    return any(distinctive(n) for n in shared) or (bool(shared) and one_thing(a, b))


def _first_of_each_wording(given: list[Version], basis: RestsOnOne) -> set[str]:
    """The claim nearest to the origin for each wording that the origin's figure has."""
    kept: dict[tuple[object, ...], list[str]] = {}
    for version in given:
        alike = kept.setdefault(wording_key(version), [])
        if not any(basis(claim, version.claim) for claim in alike):
            alike.append(version.claim)
    return {claim for alike in kept.values() for claim in alike}
