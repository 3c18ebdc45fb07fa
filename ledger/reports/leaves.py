"""An article and a source as a reader meets them on pages of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from ledger.catalogue import Table, t
from ledger.crossref.origins import outlet_of
from ledger.records import Article, Capture, Claim, Source, order
from ledger.reports.cards import card
from ledger.reports.gathering import archives, shown_pictures
from ledger.reports.report import ClaimCard
from ledger.store import Ledger, overview, read

MOST = 300
"""Lines of one list on a source's page; the rest is counted."""


class ArticleLeaf(Struct, frozen=True):
    article: Article
    captures: tuple[Capture, ...]
    cards: tuple[ClaimCard, ...]
    """Its claims, in the order in which they stand in it."""
    questions: Mapping[str, list[tuple[str, str]]]
    """Claim to the questions that it answers, each with its id and words."""
    pictures: tuple[tuple[str, str], ...]
    archives: tuple[str, ...]


class Tied(Struct, frozen=True):
    """What somebody said that a source is to another."""

    words: str
    id: str
    name: str
    dates: str
    because: str | None


class Siding(Struct, frozen=True):
    """A question (or None for all) to whose matter a source is a party, or is said not to be."""

    question: tuple[str, str] | None
    party: bool
    side: str | None
    because: str | None


class Told(Struct, frozen=True):
    """The claims of a source that answer one question; without a question those that answer none."""

    question: tuple[str, str] | None
    claims: tuple[Claim, ...]


class SourceLeaf(Struct, frozen=True):
    source: Source
    names: tuple[str, ...]
    """Other names, also of those that were merged into it."""
    ties: tuple[Tied, ...]
    sides: tuple[Siding, ...]
    origin: int
    relayed: int
    outlets: int
    """Outlets that carry what it is the original source of."""
    originated: tuple[Told, ...]
    passed_on: tuple[Claim, ...]
    articles: tuple[Article, ...]
    published: int


def article_leaf(ledger: Ledger, uid: str) -> ArticleLeaf:
    """An article with its saved copies and its claims in their order."""
    claims = sorted(read.claims(ledger, article=uid), key=lambda c: (c.start or 0, order(c.id)))
    claims = [c for c in claims if not c.redacted]
    cards = tuple(card(ledger, c) for c in claims)
    filed = overview.filed(ledger, [c.uid for c in claims])
    article = read.article(ledger, uid)
    return ArticleLeaf(
        article=article,
        captures=tuple(read.captures(ledger, uid)),
        archives=archives(article),
        cards=cards,
        questions={c.id: filed.get(c.uid, []) for c in claims},
        pictures=shown_pictures(ledger, (), cards),
    )


class Known:
    """What is said of sources, read once for the pages of many."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.questions = {q.id: q.question for q in read.questions(ledger)}
        self.merged: dict[str, list[str]] = {}
        for part, whole in overview.merged(ledger).items():
            self.merged.setdefault(whole, []).append(part)
        self._relations: dict[str, list[Tied]] = {}
        self._sides: dict[str, list[Siding]] = {}
        self._said(ledger)

    def _said(self, ledger: Ledger) -> None:
        for k in read.relations(ledger):
            dates = " ".join(t(SPAN[w], day=d) for w, d in (("since", k.since), ("until", k.until)) if d)
            forth, back = t(FORTH[k.relation]), t(BACK[k.relation])
            self._relations.setdefault(k.source_id, []).append(Tied(forth, k.to_id, k.to, dates, k.because))
            self._relations.setdefault(k.to_id, []).append(Tied(back, k.source_id, k.source, dates, k.because))
        for p in read.parties(ledger):
            question = (p.question, self.questions[p.question]) if p.question in self.questions else None
            if question or p.question is None:
                self._sides.setdefault(p.source_id, []).append(Siding(question, p.party, p.side, p.because))

    def ties(self, ids: Iterable[str]) -> Iterator[Tied]:
        """What these sources are to others."""
        own = set(ids)
        yield from (t for i in sorted(own, key=order) for t in self._relations.get(i, ()) if t.id not in own)

    def sides(self, ids: Iterable[str]) -> Iterator[Siding]:
        """The newest word on their part in each question."""
        newest = {s.question: s for i in sorted(ids, key=order) for s in self._sides.get(i, ())}
        yield from newest.values()


FORTH: Table = {
    "part_of": "is part of",
    "speaks_for": "speaks for",
    "owned_by": "is owned by",
    "syndicates": "syndicates",
    "same_as": "is the same as",
    "independent": "is independent of",
}
BACK: Table = {
    "part_of": "has as a part",
    "speaks_for": "is spoken for by",
    "owned_by": "owns",
    "syndicates": "is syndicated by",
    "same_as": "is the same as",
    "independent": "is independent of",
}
"""A relation in words, read one way and the other."""
SPAN: Table = {"since": "since {day}", "until": "until {day}"}


def source_leaf(known: Known, uid: str, published: Sequence[Article]) -> SourceLeaf:
    """A source with what is said of it and what it said, relayed and published; `published` is the newest of its articles."""
    ledger = known.ledger
    group = [read.source(ledger, u) for u in (uid, *sorted(known.merged.get(uid, ())))]
    source, ids = group[0], [s.id for s in group]
    parts = overview.parts(ledger, [s.uid for s in group])
    origin, passed = [p.claim for p in parts if p.origin], [p.claim for p in parts if not p.origin]
    names = dict.fromkeys(n for s in group for n in (s.name, *s.aliases) if n != source.name)
    return SourceLeaf(
        source=source,
        names=tuple(names),
        ties=tuple(known.ties(ids)),
        sides=tuple(known.sides(ids)),
        origin=len(origin),
        relayed=len(passed),
        outlets=len({outlet_of(c) for c in origin}),
        originated=tuple(_by_question(ledger, origin[-MOST:])),
        passed_on=tuple(passed[-MOST:]),
        articles=tuple(published[:MOST]),
        published=len(published),
    )


def _by_question(ledger: Ledger, claims: Sequence[Claim]) -> Iterator[Told]:
    """The claims under the first question that each answers; those that answer none come last."""
    filed = overview.filed(ledger, [c.uid for c in claims])
    groups: dict[tuple[str, str] | None, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(next(iter(filed.get(claim.uid, ())), None), []).append(claim)
    for question in sorted(groups, key=lambda q: (q is None, -order(q[0]) if q else 0)):
        yield Told(question, tuple(groups[question]))
