"""Groups from nothing: claims about one matter gathered by average linkage, the surest pairs first.

Two groups become one only while their members, taken together, are about one matter; so no chain of half-likenesses runs from
the dead to the wounded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

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
