"""Claims that match gathered into groups by average linkage, and proposed for a question that stands or for a new one.

Two groups become one only while their members, taken together, match; so no chain of half-likenesses runs from the dead to the
wounded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ledger import records as r
from ledger.crossref.candidates import Matcher
from ledger.store import read
from ledger.work import utc_now

Name = TypeVar("Name", bound=Hashable)

TOGETHER = 0.5
"""The least that the members of two groups must score on average to be one group."""
COMPARED = 25
"""Members of a large group that stand for it."""


def gather(
    pairs: Iterable[tuple[Name, Name, float]], score: Callable[[Name, Name], float], *, together: float = TOGETHER
) -> list[list[Name]]:
    """Groups of two or more, each in the order its members joined."""
    groups: dict[Name, list[Name]] = {}
    for a, b, value in sorted(pairs, key=lambda pair: -pair[2]):
        mine, its = groups.setdefault(a, [a]), groups.setdefault(b, [b])
        if value < together or mine is its:
            continue
        if between(mine, its, score) >= together:
            mine.extend(its)
            for member in its:
                groups[member] = mine
    unique = {id(g): g for g in groups.values() if len(g) > 1}
    return list(unique.values())


def between(a: Sequence[Name], b: Sequence[Name], score: Callable[[Name, Name], float]) -> float:
    """The average score between two groups."""
    values = [score(x, y) for x in a[:COMPARED] for y in b[:COMPARED]]
    return sum(values) / len(values)


def central(group: Sequence[Name], score: Callable[[Name, Name], float]) -> tuple[Name, dict[Name, float]]:
    """The member nearest to all others, and each member's average nearness to the rest."""
    near = {}
    for member in group:
        others = [x for x in group if x != member][:COMPARED]
        near[member] = sum(score(member, x) for x in others) / max(1, len(others))
    return max(group, key=lambda m: near[m]), near


# --- proposals ----------------------------------------------------------------------------------------------------

WORDS_OF_QUESTION = 140
"""Characters of the central claim that a new question begins with."""


@dataclass(frozen=True, slots=True)
class Filing:
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
    by_uid = {c.uid: c for c in claims}

    def score(a: str, b: str) -> float:
        return near.match(by_uid[a], by_uid[b]).score

    inside = [(a.uid, b.uid) for a, b in pairs if a.uid in by_uid and b.uid in by_uid]
    for group in gather(((a, b, score(a, b)) for a, b in dict.fromkeys(inside)), score):
        middle, nearness = central(group, score)
        text = _pending_text(near, group) or question_text(by_uid[middle])
        for uid in group:
            reasons = near.match(by_uid[uid], by_uid[middle if uid != middle else group[group[0] == middle]]).reasons
            yield Filing(by_uid[uid], nearness[uid], reasons, new_question=text)


def _pending_text(near: Matcher, group: list[str]) -> str | None:
    """The question that was proposed for one of the group before, so that it is not proposed in other words again."""
    for uid in group:
        for suggestion in read.suggestions_about(near.ledger, uid):
            if suggestion.waits(utc_now()) and (text := suggestion.proposal.get("new_question")):
                return str(text)
    return None


def question_text(claim: r.Claim) -> str:
    """A question in the words of one claim, with what it is for, where and when."""
    words = " ".join((claim.says or claim.exact).split()).strip(" .,;:")
    if len(words) > WORDS_OF_QUESTION:
        words = words[:WORDS_OF_QUESTION].rsplit(" ", 1)[0] + " …"
    event = next((t.text for t in claim.times if t.role == "event"), None)
    details = [d for d in (claim.scope, claim.place.name if claim.place else None, event) if d]
    return f"{words} ({'; '.join(details)})" if details else words
