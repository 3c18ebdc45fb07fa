"""Claims that match gathered into groups by average linkage, and proposed for a question that stands or for a new one.

The two groups that are most alike become one first, and only while their members, taken together, match; so no chain of
half-likenesses runs from the dead to the wounded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from heapq import heapify, heappop, heappush
from typing import Generic, TypeVar

from msgspec import Struct

from ledger import records as r
from ledger.crossref import asking
from ledger.crossref.candidates import Matcher
from ledger.crossref.matching import Match
from ledger.store import read
from ledger.work import utc_now

Name = TypeVar("Name", bound=Hashable)

TOGETHER = 0.5
"""The least that the members of two groups must score on average to be one group."""
COMPARED = 25
"""Members of a large group that stand for it."""


Score = Callable[[Name, Name], float]


class Group(Struct, Generic[Name], frozen=True):
    """Two or more that belong together, in the order in which they joined."""

    members: list[Name]
    level: float
    """How alike on average those were that joined last."""


def gather(
    pairs: Iterable[tuple[Name, Name, float]], score: Score[Name], *, together: float = TOGETHER
) -> list[Group[Name]]:
    """Groups by average linkage: the two that are most alike are joined first, until none are alike enough."""
    joining = _Joining(pairs, score)
    waiting = [(-value, a, b) for a, near in joining.alike.items() for b, value in near.items() if a < b]
    heapify(waiting)
    while waiting and waiting[0][0] <= -together:
        value, a, b = heappop(waiting)
        if joining.alike.get(a, {}).get(b) == -value:  # else one of them has joined another since
            for near, other in joining.join(a, b, -value):
                heappush(waiting, (-near, min(a, other), max(a, other)))
    return [Group(members, joining.levels[n]) for n, members in joining.groups.items() if len(members) > 1]


class _Joining(Generic[Name]):
    """Groups by number, how alike those are that have a pair between them, and at which level each was joined last."""

    def __init__(self, pairs: Iterable[tuple[Name, Name, float]], score: Score[Name]) -> None:
        self.score = score
        self.levels: dict[int, float] = {}
        numbers: dict[Name, int] = {}
        self.alike: dict[int, dict[int, float]] = {}
        for a, b, value in pairs:
            one, other = (numbers.setdefault(name, len(numbers)) for name in (a, b))
            self.alike.setdefault(one, {})[other] = self.alike.setdefault(other, {})[one] = value
        self.groups = {number: [name] for name, number in numbers.items()}

    def join(self, a: int, b: int, level: float) -> list[tuple[float, int]]:
        """Puts the second into the first; gives how alike the two together are to their neighbours."""
        self.levels[a] = level
        others = (self.alike[a].keys() | self.alike[b].keys()) - {a, b}
        near = [(self._together(a, b, other), other) for other in others]
        self.groups[a] += self.groups.pop(b)
        del self.alike[b], self.alike[a][b]
        for value, other in near:
            self.alike[other].pop(b, None)
            self.alike[a][other] = self.alike[other][a] = value
        return near

    def _together(self, a: int, b: int, other: int) -> float:
        sizes = {g: len(self.groups[g]) for g in (a, b)}
        return sum(size * self._between(g, other) for g, size in sizes.items()) / sum(sizes.values())

    def _between(self, a: int, b: int) -> float:
        known = self.alike[a].get(b)
        return between(self.groups[a], self.groups[b], self.score) if known is None else known


def between(a: Sequence[Name], b: Sequence[Name], score: Score[Name]) -> float:
    """The average score between two groups."""
    values = [score(x, y) for x in a[:COMPARED] for y in b[:COMPARED]]
    return sum(values) / len(values)


def central(group: Sequence[Name], score: Score[Name]) -> tuple[Name, dict[Name, float]]:
    """The member nearest to all others, and each member's average nearness to the rest."""
    near = {}
    for member in group:
        others = [x for x in group if x != member][:COMPARED]
        near[member] = sum(score(member, x) for x in others) / max(1, len(others))
    return max(group, key=lambda m: near[m]), near


# --- proposals ----------------------------------------------------------------------------------------------------


class Filing(Struct, frozen=True):
    """A claim proposed for a question, old or new."""

    claim: r.Claim
    score: float
    reasons: tuple[str, ...]
    question: str | None = None
    """The uid of a question that stands."""
    new_question: str | None = None
    """The text of one that does not."""

    @property
    def data(self) -> r.Json:
        if self.question:
            return {"claim": self.claim.uid, "question": self.question}
        return {"claim": self.claim.uid, "new_question": self.new_question}


Pairs = Sequence[tuple[r.Claim, r.Claim]]


def filings(near: Matcher, pairs: Pairs) -> list[Filing]:
    """Filings for the claims of these pairs that are under no question yet: under a known one, else under one of their own."""
    claims: dict[str, r.Claim] = {}
    asked: dict[str, set[str]] = {}
    for a, b in pairs:
        claims |= {a.uid: a, b.uid: b}
        asked.setdefault(a.uid, set()).update(b.questions)
        asked.setdefault(b.uid, set()).update(a.questions)
    known = _Questions(near)
    found: list[Filing] = []
    left: list[r.Claim] = []
    for claim in claims.values():
        if claim.questions:
            continue
        best = known.best(claim, asked[claim.uid])
        if best:
            found.append(best)
        else:
            left.append(claim)
    return [*found, *_new(near, left, pairs)]


class _Questions:
    """The questions that stand, with some of the claims filed under each."""

    def __init__(self, near: Matcher) -> None:
        self.near = near
        self._members: dict[str, tuple[str, list[r.Claim]]] = {}

    def best(self, claim: r.Claim, names: set[str]) -> Filing | None:
        """The one of these questions whose claims this one is most like on average; None where it is like none."""
        found = [f for name in sorted(names) if (f := self._filing(claim, name)) is not None]
        return max(found, key=lambda f: f.score, default=None)

    def _filing(self, claim: r.Claim, name: str) -> Filing | None:
        uid, members = self._of(name)
        matches = [self.near.match(claim, m) for m in members if m.uid != claim.uid]
        if not matches:
            return None
        score = sum(m.score for m in matches) / len(matches)
        top = max(matches, key=lambda m: m.score)
        return Filing(claim, score, top.reasons, question=uid) if score >= TOGETHER else None

    def _of(self, name: str) -> tuple[str, list[r.Claim]]:
        if name not in self._members:
            uid = read.question(self.near.ledger, name).uid
            self._members[name] = uid, list(read.claims(self.near.ledger, question=uid))[:COMPARED]
        return self._members[name]


def _new(near: Matcher, claims: list[r.Claim], pairs: Pairs) -> Iterator[Filing]:
    """Groups of claims that no question asks for yet."""
    place = {c.uid: n for n, c in enumerate(claims)}

    @cache
    def matched(a: int, b: int) -> Match:
        return near.match(claims[a], claims[b])

    def score(a: int, b: int) -> float:
        return matched(min(a, b), max(a, b)).score

    known = ((place.get(a.uid), place.get(b.uid)) for a, b in pairs)
    inside = sorted({(min(a, b), max(a, b)) for a, b in known if a is not None and b is not None})
    for group in gather(((a, b, score(a, b)) for a, b in inside), score):
        middle, nearness = central(group.members, score)
        text = _pending_text(near, [claims[n].uid for n in group.members]) or asking.of_claim(claims[middle])
        for n in group.members:
            other = middle if n != middle else next(m for m in group.members if m != middle)
            reasons = matched(min(n, other), max(n, other)).reasons
            yield Filing(claims[n], max(nearness[n], group.level), reasons, new_question=text)


def _pending_text(near: Matcher, group: list[str]) -> str | None:
    """The question that was proposed for one of the group before, so that it is not proposed in other words again."""
    for uid in group:
        for suggestion in read.suggestions_about(near.ledger, uid):
            if suggestion.waits(utc_now()) and (text := suggestion.proposal.get("new_question")):
                return str(text)
    return None
