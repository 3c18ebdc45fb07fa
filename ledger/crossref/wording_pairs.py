"""Which claims of a question are searched for wording differences: each wording once, against those nearer to the origin."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ledger.crossref.guards import counted
from ledger.crossref.names import nameless
from ledger.crossref.origins import MEDIA, Link, agency_hint, named_agency
from ledger.crossref.statements import marked_earlier
from ledger.crossref.wording import (
    Finding,
    Version,
    distinctive,
    drift,
    figure_findings,
    flipped,
    hedge_findings,
    nameless_origin,
    numbers,
    one_speaker,
    shared_numbers,
)
from ledger.text import folding
from ledger.vocabulary import Drift, SourceKind


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding between two claims, the one nearer to the origin first."""

    origin: str
    """The claim nearer to the origin."""
    version: str
    """The claim whose wording differs."""
    finding: Finding

    @property
    def kind(self) -> Drift:
        return self.finding.kind


Look = Callable[[Version, Version], list[Finding]]
SameOrigin = Callable[[str, str], bool | None]


def survey(versions: Iterable[Version], same_origin: SameOrigin) -> list[Difference]:
    """The differences worth showing among the claims of one question."""
    given = sorted(versions, key=_distance)
    found: dict[tuple[str, str, Drift], Difference] = {}
    for a, b, look in _pairs(given, same_origin):
        for f in look(a, b):
            found.setdefault((a.claim, b.claim, f.kind), Difference(a.claim, b.claim, f))
    return list(found.values())


# --- which pairs --------------------------------------------------------------------------------------------------


def _distance(version: Version) -> tuple[bool, bool, bool, bool, bool, int, str]:
    """How far from the origin: what was captured is nearer than what is cited, a wire's copy nearer than an outlet's, a
    text nearer than its headline, a chain that names the speaker nearer than one that names his office.
    """
    wire = (
        any(_is_wire(link) for link in version.links)
        or agency_hint(version.credit_line)
        or named_agency(version.publisher)
    )
    people = sum(link.kind not in MEDIA for link in version.links)
    dated = version.statement.as_of or version.published or "9"
    return (
        not version.links,
        version.headline,
        not version.anchored,
        not wire,
        marked_earlier(version.exact),
        -people,
        dated,
    )


def _is_wire(link: Link) -> bool:
    return link.kind is SourceKind.WIRE_AGENCY and not nameless(link.name)


def _pairs(given: list[Version], same_origin: SameOrigin) -> Iterator[tuple[Version, Version, Look]]:
    """Pairs with what to look at: all of it between two wordings of one origin, less where more cannot be known."""
    firsts = _first_of_each_wording(given, same_origin)
    seen = _Seen()
    for b in given:
        inside = seen.in_article(b)
        yield from ((a, b, _within_article) for a in inside)
        one = [a for a in seen.all if same_origin(a.claim, b.claim)]
        names = {a.claim for a in one}
        # a headline rests on the text below it, which names the source
        if b.claim in firsts and one and (b.links or names.isdisjoint(a.claim for a in inside)):
            yield _reference([a for a in one if a.claim in firsts] or one, b), b, drift
        sharing = seen.sharing(b)
        resting = [a for a in sharing if a.article != b.article and a.claim not in names and _may_rest_on(a, b)]
        if resting and not (b.links and one):
            yield resting[0], b, drift
        names |= {a.claim for a in resting}
        yield from ((a, b, _hedges) for a in sharing if a.claim in names and flipped(a, b))
        seen.add(b)


class _Seen:
    """The versions nearer to the origin than the next one, found by article and by number."""

    def __init__(self) -> None:
        self.all: list[Version] = []
        self._articles: dict[str, list[Version]] = {}
        self._numbers: dict[Decimal, list[int]] = {}

    def add(self, version: Version) -> None:
        for number in numbers(version):
            self._numbers.setdefault(number, []).append(len(self.all))
        self._articles.setdefault(version.article, []).append(version)
        self.all.append(version)

    def in_article(self, version: Version) -> list[Version]:
        return list(self._articles.get(version.article, ()))

    def sharing(self, version: Version) -> list[Version]:
        """Those that state one of its numbers, nearest first."""
        found = {i for number in numbers(version) for i in self._numbers.get(number, ())}
        return [self.all[i] for i in sorted(found)]


def _reference(nearer: list[Version], b: Version) -> Version:
    """The nearest version of the same figure, else the nearest of all."""
    return next((a for a in nearer if shared_numbers(a, b)), nearer[0])


def _within_article(a: Version, b: Version) -> list[Finding]:
    """One article that credits two sources reports both: only its figures and words are held against each other."""
    return list(figure_findings(a, b)) if one_speaker(a, b) or not a.links or not b.links else []


def _hedges(a: Version, b: Version) -> list[Finding]:
    return list(hedge_findings(a, b))


def _first_of_each_wording(given: list[Version], same_origin: SameOrigin) -> set[str]:
    """The claim nearest to the origin for each wording that the origin's figure has."""
    kept: dict[tuple[object, ...], list[str]] = {}
    for version in given:
        alike = kept.setdefault(_wording_key(version), [])
        if not any(same_origin(claim, version.claim) for claim in alike):
            alike.append(version.claim)
    return {claim for alike in kept.values() for claim in alike}


def _wording_key(version: Version) -> tuple[object, ...]:
    s = version.statement
    relays = tuple(folding.name(link.name) for link in version.links[:-1]) if nameless_origin(version) else ()
    if s.quantity is None:
        return (bool(version.links), relays, s.answer, version.exact)
    return (
        bool(version.links),
        relays,
        s.quantity.modifier,
        s.quantity.low,
        s.quantity.high,
        counted(s).measure,
        s.window,
    )


def _may_rest_on(a: Version, b: Version) -> bool:
    """True where b may have a's figure: it names nobody for the very same one, or names somebody where a does not.

    A round figure in an outlet's own voice is too common to be traced, unless a floor was made a ceiling.
    """
    if not a.links or not shared_numbers(a, b) or not _same_count(a, b):
        return False
    if not b.links:
        return _inverted(a, b) or any(distinctive(n) for n in shared_numbers(a, b))
    if nameless_origin(b):
        return not nameless_origin(a)
    return nameless_origin(a) and b.links[-1].kind not in (SourceKind.NEWS_OUTLET, SourceKind.WIRE_AGENCY)


def _same_count(a: Version, b: Version) -> bool:
    mine, its = counted(a.statement), counted(b.statement)
    return mine.measure == its.measure or None in (mine.measure, its.measure) or a.statement.scope == b.statement.scope


def _inverted(a: Version, b: Version) -> bool:
    return flipped(a, b) and bool(shared_numbers(a, b))
