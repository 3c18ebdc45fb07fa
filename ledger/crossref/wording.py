"""How the wording differs between two claims of one origin: hedge, figure, unit, period, attribution, quoted words.

`drift` says what differs between two tellings, the one nearer to the origin first. `survey` picks the pairs worth showing out
of a question's claims: each wording once, against the wordings nearer to the origin, and whatever stands in one article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from ledger.crossref.compare import counted
from ledger.crossref.figure_drift import figure_findings, hedge_findings
from ledger.crossref.measures import tokens
from ledger.crossref.names import fold, nameless
from ledger.crossref.origins import MEDIA, Link, agency_hint, named_agency
from ledger.crossref.quoted import quote_findings
from ledger.crossref.statements import marked_earlier
from ledger.crossref.telling import (
    Finding,
    Telling,
    distinctive,
    flipped,
    nameless_origin,
    numbers,
    one_speaker,
    shared_numbers,
)
from ledger.crossref.wordlists import DOUBT, STRONGER
from ledger.vocabulary import Drift, SourceKind

__all__ = ["Difference", "Finding", "Telling", "drift", "survey"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A finding between two claims, the one nearer to the origin first."""

    origin: str
    """The claim nearer to the origin."""
    telling: str
    """The claim whose wording differs."""
    kind: Drift
    detail: str


Look = Callable[[Telling, Telling], list[Finding]]
SameOrigin = Callable[[str, str], bool | None]


def drift(a: Telling, b: Telling) -> list[Finding]:
    """What differs in b's wording from a's; empty where nothing does."""
    return [*figure_findings(a, b), *_attribution(a, b), *_wording(a, b)]


def survey(tellings: Iterable[Telling], same_origin: SameOrigin) -> list[Difference]:
    """The differences worth showing among the claims of one question."""
    given = sorted(tellings, key=_distance)
    found: dict[tuple[str, str, Drift], Difference] = {}
    for a, b, look in _pairs(given, same_origin):
        for f in look(a, b):
            found.setdefault((a.claim, b.claim, f.kind), Difference(a.claim, b.claim, f.kind, f.detail))
    return list(found.values())


# --- which pairs --------------------------------------------------------------------------------------------------


def _distance(telling: Telling) -> tuple[bool, bool, bool, bool, bool, int, str]:
    """How far from the origin: what was captured is nearer than what is cited, a wire's copy nearer than an outlet's, a
    text nearer than its headline, a chain that names the speaker nearer than one that names his office.
    """
    wire = (
        any(_is_wire(link) for link in telling.links)
        or agency_hint(telling.credit_line)
        or named_agency(telling.publisher)
    )
    people = sum(link.kind not in MEDIA for link in telling.links)
    dated = telling.statement.as_of or telling.published or "9"
    return (
        not telling.links,
        telling.headline,
        not telling.anchored,
        not wire,
        marked_earlier(telling.exact),
        -people,
        dated,
    )


def _is_wire(link: Link) -> bool:
    return link.kind is SourceKind.WIRE_AGENCY and not nameless(link.name)


def _pairs(given: list[Telling], same_origin: SameOrigin) -> Iterator[tuple[Telling, Telling, Look]]:
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
    """The tellings nearer to the origin than the next one, found by article and by number."""

    def __init__(self) -> None:
        self.all: list[Telling] = []
        self._articles: dict[str, list[Telling]] = {}
        self._numbers: dict[Decimal, list[int]] = {}

    def add(self, telling: Telling) -> None:
        for number in numbers(telling):
            self._numbers.setdefault(number, []).append(len(self.all))
        self._articles.setdefault(telling.article, []).append(telling)
        self.all.append(telling)

    def in_article(self, telling: Telling) -> list[Telling]:
        return list(self._articles.get(telling.article, ()))

    def sharing(self, telling: Telling) -> list[Telling]:
        """Those that state one of its numbers, nearest first."""
        found = {i for number in numbers(telling) for i in self._numbers.get(number, ())}
        return [self.all[i] for i in sorted(found)]


def _reference(nearer: list[Telling], b: Telling) -> Telling:
    """The nearest telling of the same figure, else the nearest of all."""
    return next((a for a in nearer if shared_numbers(a, b)), nearer[0])


def _within_article(a: Telling, b: Telling) -> list[Finding]:
    """One article that credits two sources reports both: only its figures and words are held against each other."""
    return list(figure_findings(a, b)) if one_speaker(a, b) or not a.links or not b.links else []


def _hedges(a: Telling, b: Telling) -> list[Finding]:
    return list(hedge_findings(a, b))


def _first_of_each_wording(given: list[Telling], same_origin: SameOrigin) -> set[str]:
    """The claim nearest to the origin for each wording that the origin's figure has."""
    kept: dict[tuple[object, ...], list[str]] = {}
    for telling in given:
        alike = kept.setdefault(_wording_key(telling), [])
        if not any(same_origin(claim, telling.claim) for claim in alike):
            alike.append(telling.claim)
    return {claim for alike in kept.values() for claim in alike}


def _wording_key(telling: Telling) -> tuple[object, ...]:
    s = telling.statement
    relays = tuple(fold(link.name) for link in telling.links[:-1]) if nameless_origin(telling) else ()
    if s.quantity is None:
        return (bool(telling.links), relays, s.answer, telling.exact)
    return (
        bool(telling.links),
        relays,
        s.quantity.modifier,
        s.quantity.low,
        s.quantity.high,
        counted(s).measure,
        s.window,
    )


def _may_rest_on(a: Telling, b: Telling) -> bool:
    """True where b may have a's figure: it names nobody for the very same one, or names somebody where a does not.

    A round figure in an outlet's own voice is too common to be traced, unless a floor was made a ceiling.
    """
    if not a.links or not shared_numbers(a, b) or not _same_matter(a, b):
        return False
    if not b.links:
        return _inverted(a, b) or any(distinctive(n) for n in shared_numbers(a, b))
    if nameless_origin(b):
        return not nameless_origin(a)
    return nameless_origin(a) and b.links[-1].kind not in (SourceKind.NEWS_OUTLET, SourceKind.WIRE_AGENCY)


def _same_matter(a: Telling, b: Telling) -> bool:
    mine, its = counted(a.statement), counted(b.statement)
    return mine.measure == its.measure or None in (mine.measure, its.measure) or a.statement.scope == b.statement.scope


def _inverted(a: Telling, b: Telling) -> bool:
    return flipped(a, b) and bool(shared_numbers(a, b))


# --- attribution --------------------------------------------------------------------------------------------------


def _attribution(a: Telling, b: Telling) -> Iterator[Finding]:
    if not a.links:
        return
    mine = a.links[-1].name
    if not b.links:
        if a.article != b.article:
            speaker = b.publisher or "the outlet"
            yield Finding(Drift.ATTRIBUTION_DROP, f"“{mine}” is not named: {speaker} says it in its own voice")
        return
    its = b.links[-1].name
    names = [fold(link.name) for link in a.links], [fold(link.name) for link in b.links]
    if fold(mine) == fold(its) or (nameless_origin(a) and nameless_origin(b)):
        yield from _relays(a, b)
    elif fold(its) in names[0] and not nameless_origin(a):
        return  # the body is named instead of its own speaker
    elif names[1] == names[0][:-1] or (nameless_origin(b) and not nameless_origin(a)):
        yield Finding(Drift.ATTRIBUTION_DROP, f"“{mine}” became “{its}”")
    elif nameless_origin(a) and not nameless_origin(b):
        yield Finding(Drift.ATTRIBUTION_UPGRADE, f"“{mine}” became {its}")


def _relays(a: Telling, b: Telling) -> Iterator[Finding]:
    """A nameless source is known only through whom it spoke to: two different relays cannot both be right."""
    mine, its = [fold(k.name) for k in a.links[:-1]], [fold(k.name) for k in b.links[:-1]]
    if not nameless_origin(a) or mine == its:
        return
    if mine and its:
        yield Finding(
            Drift.RELAY_CONFLICT,
            f"{a.links[0].name} is said to have it from “{a.links[-1].name}”, and so is {b.links[0].name}",
        )
    else:
        added = (a if mine else b).links[0].name
        yield Finding(
            Drift.RELAY_CONFLICT, f"“{a.links[-1].name}” is quoted through {added} in the one and directly in the other"
        )


# --- wording ------------------------------------------------------------------------------------------------------


def _wording(a: Telling, b: Telling) -> Iterator[Finding]:
    mine, its = [w for w, _, _ in tokens(a.exact)], [w for w, _, _ in tokens(b.exact)]
    for plain, stronger in STRONGER.items():
        found = [w for w in its if w in stronger and w not in mine]
        if plain in mine and plain not in its and found:
            yield Finding(Drift.WORD_STRENGTHENED, f"“{plain}” became “{found[0]}”")
    if a.statement.quantity is None and DOUBT & set(mine) and not DOUBT & set(its) and _alike(mine, its):
        yield Finding(Drift.HEDGE_DROP, f"“{next(w for w in mine if w in DOUBT)}” is left out")
    for kind, detail in quote_findings(a.exact, b.exact):
        yield Finding(kind, detail)


def _alike(mine: list[str], its: list[str]) -> bool:
    """True where most words of the shorter one stand in the other."""
    short, long = sorted((set(mine), set(its)), key=len)
    return bool(short) and len(short & long) * 3 >= len(short) * 2
