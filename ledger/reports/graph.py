"""From outlets through relays to original sources, in columns, ordered so that few lines cross.

A line that passes a column has a lane of its own there, so that it never runs behind a box that is not on its way. Where there
are more outlets than a reader can follow, those that name the same sources share a box, and what is left stands in one more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ledger.catalogue import theirs
from ledger.crossref.origins import outlet_of
from ledger.crossref.running_counts import uncredited
from ledger.crossref.study import Study
from ledger.reports.report import Edge, Graph, Node
from ledger.reports.sentences import box, names_nobody, outlet

MOST = 24
"""Boxes of a column."""
NAMED = 2
"""Outlets that a shared box names."""
SWEEPS = 4
Source = tuple[str, str]
"""The key of a source and its name."""
REST: Source = ("", "")
NOBODY: Source = ("nobody", "")
"""Where lines end of outlets that name no source: each for itself, in no box."""


class Way(NamedTuple):
    """How one claim came: its outlet, the relays on the way, its original source."""

    outlet: str
    relays: tuple[Source, ...]
    origin: Source


def graph(found: Study) -> Graph:
    """Who published, via whom, and where it comes from."""
    return drawn([_way(found, c.id) for c in found.claims])


def _way(found: Study, claim: str) -> Way:
    """The relays are the hops before the innermost one whose names are not the original source's own."""
    family, told = found.family(claim), found.claim(claim)
    hops = tuple((h.known_by, theirs(h.source)) for h in told.attribution[:-1] if h.source != family.name)
    nobody = not hops and (names_nobody(family) or uncredited(found, claim))
    return Way(outlet(outlet_of(told)), hops, NOBODY if nobody else (family.key, box(family)))


def drawn(ways: Sequence[Way]) -> Graph:
    """The boxes and lines of these ways."""
    origins = _kept((w.origin, w.outlet) for w in ways if w.origin is not NOBODY) | {NOBODY: NOBODY}
    relays = _kept((r, w.outlet) for w in ways for r in w.relays)
    ways = [Way(w.outlet, tuple(dict.fromkeys(relays[r] for r in w.relays)), origins[w.origin]) for w in ways]
    boxes = _boxes(ways)
    last = max((len(w.relays) for w in ways), default=0) + 1
    nodes: dict[str, Node] = {}
    edges: Counter[tuple[str, ...]] = Counter()
    for way in ways:
        if way.origin is NOBODY:
            nodes.setdefault(boxes[way.outlet].key, boxes[way.outlet])
            edges[boxes[way.outlet].key, NOBODY[0]] += 1
            continue
        stops = [(i, "relay", r, relays) for i, r in enumerate(way.relays, 1)] + [(last, "origin", way.origin, origins)]
        path = [boxes[way.outlet], *(_stop(*stop) for stop in stops)]
        for a, b in pairwise(path):
            line = (a, *_lanes(a, b), b)
            nodes |= {n.key: n for n in line if n.key not in nodes}
            edges[tuple(n.key for n in line)] += 1
    columns = [[n for n in nodes.values() if n.column == i] for i in range(last + 1)]
    ordered = _ordered(columns, {pair for line in edges for pair in pairwise(line) if NOBODY[0] not in pair})
    joined = (Edge(line[0], line[-1], count, line[1:-1]) for line, count in edges.items())
    return Graph(tuple(n for column in ordered for n in column), tuple(joined), last + 1)


def _kept(named: Iterable[tuple[Source, str]]) -> dict[Source, Source]:
    """Each source with what stands for it: itself, or the rest where too many other sources are named by more outlets."""
    outlets: dict[Source, set[str]] = {}
    for source, name in named:
        outlets.setdefault(source, set()).add(name)
    ranked = sorted(outlets, key=lambda s: -len(outlets[s]))
    shown = ranked if len(ranked) <= MOST else ranked[: MOST - 1]
    return dict.fromkeys(ranked, REST) | {s: s for s in shown}


def _stop(column: int, kind: str, source: Source, kept: dict[Source, Source]) -> Node:
    more = sum(1 for s in kept.values() if s is REST) if source is REST else 0
    return Node(f"{kind}:{column}:{source[0]}", source[1], column, kind, more)


def _lanes(a: Node, b: Node) -> Iterator[Node]:
    """Where a line passes the columns between two boxes; lines to one box share their lanes."""
    return (Node(f"lane:{i}:{b.key}", "", i, "lane") for i in range(a.column + 1, b.column))


def _boxes(ways: Sequence[Way]) -> dict[str, Node]:
    """The box of each outlet: its own, or one that it shares."""
    by_outlet: dict[str, dict[tuple[object, ...], None]] = {}
    for way in ways:
        by_outlet.setdefault(way.outlet, {})[way.relays, way.origin] = None
    if len(by_outlet) <= MOST:
        return {name: Node(f"outlet:{name}", name, 0, "outlet") for name in by_outlet}
    alike: dict[frozenset[object], list[str]] = {}
    for name, to in by_outlet.items():
        alike.setdefault(frozenset(to), []).append(name)
    groups = sorted(alike.values(), key=lambda names: -len(names))
    shown = groups if len(groups) <= MOST else groups[: MOST - 1]
    boxes = {name: _shared(names) for names in shown for name in names}
    rest = Node("outlet:", "", 0, "outlet", len(by_outlet) - len(boxes))
    return {name: boxes.get(name, rest) for name in by_outlet}


def _shared(names: Sequence[str]) -> Node:
    named = names if len(names) <= NAMED + 1 else names[:NAMED]
    return Node(f"outlet:{names[0]}", ", ".join(named), 0, "outlet", len(names) - len(named))


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
