"""From outlets through relays to original sources, in columns, ordered so that few lines cross."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from ledger.crossref.origins import NO_OUTLET
from ledger.crossref.study import Study
from ledger.reports.report import Edge, Graph, Node

MOST_OUTLETS = 40
SWEEPS = 4


def graph(found: Study) -> Graph:
    """Who published, via whom, and where it comes from."""
    outlets = list(dict.fromkeys(_outlet(found, c.id) for c in found.claims))
    drawn = set(outlets[:MOST_OUTLETS])
    nodes: dict[str, Node] = {}
    edges: Counter[tuple[str, str]] = Counter()
    depth = max((len(_relays(found, c.id)) for c in found.claims), default=0)
    for claim in found.claims:
        if _outlet(found, claim.id) in drawn:
            path = _path(found, claim.id, depth)
            nodes.update({n.key: n for n in path if n.key not in nodes})
            edges.update((a.key, b.key) for a, b in pairwise(path))
    columns = [[n for n in nodes.values() if n.column == i] for i in range(depth + 2)]
    ordered = [n for column in _ordered(columns, set(edges)) for n in column]
    drawn_edges = tuple(Edge(a, b, count) for (a, b), count in edges.items())
    return Graph(tuple(ordered), drawn_edges, depth + 2, len(outlets) - len(drawn))


def _outlet(found: Study, claim: str) -> str:
    return found.claim(claim).publisher or NO_OUTLET


def _relays(found: Study, claim: str) -> list[tuple[str, str]]:
    """The hops before the innermost one whose names are not the original source's own."""
    family = found.family(claim)
    hops = [(h.known_by, h.source) for h in found.claim(claim).attribution[:-1]]
    return [(key, name) for key, name in hops if name != family.name]


def _path(found: Study, claim: str, depth: int) -> list[Node]:
    family, outlet = found.family(claim), _outlet(found, claim)
    relays = [Node(f"relay:{i}:{key}", name, i + 1, "relay") for i, (key, name) in enumerate(_relays(found, claim))]
    return [
        Node(f"outlet:{outlet}", outlet, 0, "outlet"),
        *relays,
        Node(f"origin:{family.key}", family.name, depth + 1, "origin"),
    ]


def _ordered(columns: list[list[Node]], edges: set[tuple[str, str]]) -> list[list[Node]]:
    """Each column sorted by the middle of what it is joined to, left to right and back."""
    near: dict[str, list[str]] = {}
    for a, b in edges:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    for sweep in range(SWEEPS):
        order = range(1, len(columns)) if sweep % 2 == 0 else range(len(columns) - 2, -1, -1)
        for i in order:
            place = _places(c for j, c in enumerate(columns) if (j < i if sweep % 2 == 0 else j > i))
            columns[i].sort(key=lambda n, place=place: _middle(near.get(n.key, []), place))  # type: ignore[misc]
    return columns


def _places(columns: Iterable[list[Node]]) -> dict[str, float]:
    return {n.key: i / max(1, len(column)) for column in columns for i, n in enumerate(column)}


def _middle(keys: list[str], place: dict[str, float]) -> float:
    known = sorted(place[k] for k in keys if k in place)
    return sum(known) / len(known) if known else 0.5
