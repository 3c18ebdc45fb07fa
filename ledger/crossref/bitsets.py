"""Sets of things in a row as whole numbers, with a bit for each at its place: what thousands have in common is counted at once.

A tally is a list of sets, its planes: a thing's bits in these, the lowest first, are the number of sets that it was in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def places(members: int) -> Iterator[int]:
    """The places of a set's members, in order."""
    while members:
        yield lowest(members)
        members &= members - 1


def lowest(members: int) -> int:
    """The place of the first member."""
    return (members & -members).bit_length() - 1


def union(sets: Iterable[int]) -> int:
    """The members of any of them."""
    found = 0
    for members in sets:
        found |= members
    return found


def tally(sets: Iterable[int]) -> list[int]:
    """In how many of these sets each thing is."""
    planes: list[int] = []
    for members in sets:
        more = members
        for n, plane in enumerate(planes):
            if not more:
                break
            planes[n], more = plane ^ more, plane & more
        if more:
            planes.append(more)
    return planes


def levels(among: int, planes: Sequence[int], least: int = 0) -> Iterator[tuple[int, int]]:
    """The numbers that these members have in a tally, the highest first, each with the members that have it."""
    if not among or least >= 1 << len(planes):
        return
    if not planes:
        yield 0, among
        return
    *rest, top = planes
    value = 1 << len(rest)
    yield from ((value + n, members) for n, members in levels(among & top, rest, max(0, least - value)))
    yield from levels(among & ~top, rest, least)
