"""Which versions nearer to the origin one is held against, found by sets of bits and not pair by pair.

A set of versions is a whole number with a bit for each, at its place in their order: what a word, a number, a source or an
article leads to is a set, and of thousands two sets are joined in the time in which two versions are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from itertools import islice

from ledger.crossref.bitsets import levels, lowest, places, tally, union
from ledger.crossref.origins import Ties
from ledger.crossref.wording import COPYING, Version, kept, mostly, nameless_origin, restated, roundings
from ledger.crossref.wording_words import changes, may_differ
from ledger.text import folding
from ledger.vocabulary import Basis

RestsOnOne = Callable[[str, str], Basis | None]


class Earlier:
    """The versions of a question so far, those nearest to the origin first."""

    def __init__(self, basis: RestsOnOne, ties: Ties | None) -> None:
        self.given: list[Version] = []
        self._sets: defaultdict[tuple[Hashable, ...], int] = defaultdict(int)
        self._basis, self._ties = basis, ties
        self._kins: defaultdict[str, dict[Hashable, None]] = defaultdict(dict)
        self._of_kin: dict[tuple[Hashable, Hashable], Basis | None] = {}

    def add(self, version: Version) -> None:
        bit = 1 << len(self.given)
        for name in self._names(version):
            self._sets[name] |= bit
        self.given.append(version)

    def set(self, *name: Hashable) -> int:
        """Those of this word, number, article or the like."""
        return self._sets.get(name, 0)

    def _names(self, v: Version) -> Iterator[tuple[Hashable, ...]]:
        """The sets that a version is in."""
        yield ("all",)
        yield "article", v.article
        yield "figure", _figure(v)
        yield "worded", wording_key(v), v.words
        yield from (("number", n) for n in v.numbers)
        yield from (("rounded", n) for n in roundings(v))
        yield from (("word", w) for w in v.content)
        if changes(v):
            yield ("telling",)
        if v.links:
            yield "printed", folding.name(v.publisher)
        if self._ties:
            family, kin = self._ties.family[v.claim], self._ties.kin[v.claim]
            self._kins[family][kin] = None
            yield "family", family
            yield "kin", kin
            yield from (("gives", handle) for handle in self._ties.gives[v.claim])
            yield from (("takes", handle) for handle in self._ties.takes[v.claim])
            yield from (("pair", pair) for pair in self._ties.pairs[v.claim])

    def near(self, b: Version) -> Near:
        """Those that are known to rest on one source with b, which comes behind them."""
        asked = self._asked(b)
        own: dict[int, Basis] = {}
        for i in places(asked):
            a = self.given[i]
            known = self._basis(a.claim, b.claim)
            if known and (
                known is not Basis.RESTATED or restated(a, b)
            ):  # only where nothing beside the figure differs
                own[i] = known
        return Near(self, b, own, self._of_family(b, asked, self._ties) if self._ties else {})

    def _asked(self, b: Version) -> int:
        """Those whose basis with b is theirs alone."""
        if self._ties is None:
            return self.set("all")
        found = union(self.set("pair", pair) for pair in self._ties.pairs[b.claim])
        beyond = union(self.set("takes", handle) for handle in self._ties.gives[b.claim])
        beyond |= union(self.set("gives", handle) for handle in self._ties.takes[b.claim])
        return found | self.set("article", b.article) | beyond & ~self.set("family", self._ties.family[b.claim])

    def _of_family(self, b: Version, asked: int, ties: Ties) -> dict[Basis, int]:
        """The others of its family, by the basis that their kin have."""
        found: dict[Basis, int] = {}
        kin = ties.kin[b.claim]
        for other in self._kins[ties.family[b.claim]]:
            members = self.set("kin", other) & ~asked
            if members and (other, kin) not in self._of_kin:
                self._of_kin[other, kin] = self._basis(self.given[lowest(members)].claim, b.claim)
            if members and (known := self._of_kin[other, kin]):
                found[known] = found.get(known, 0) | members
        return found


class Near:
    """The versions that one is held against, each with how it is known to rest on one source with it."""

    def __init__(self, earlier: Earlier, b: Version, own: dict[int, Basis], kin: dict[Basis, int]) -> None:
        self._earlier, self._b, self._own, self._kin = earlier, b, own, kin
        self._asked = sum(1 << i for i in own)
        self._all = union((self._asked, *kin.values()))

    def __iter__(self) -> Iterator[tuple[Version, Basis]]:
        return self._of(places(self._all))

    def of_one_figure(self) -> Iterator[tuple[Version, Basis]]:
        """Those of its article or with a basis of their own, those that share a number, rounded or not, and those whose
        outlet it credits;
        of other articles none behind the first that has its figure: no change of its own making.
        """
        of, b, figure = self._earlier.set, self._b, _figure(self._b)
        found = union(of("number", number) | of("rounded", number) for number in b.numbers)
        if len(b.links) == 1:
            found |= of("printed", b.credits[0])
        found = (found | self._asked) & self._all
        told = self._all & of("figure", figure) if figure is not None else 0
        if told:
            found &= (1 << lowest(told) + 1) - 1 | of("article", b.article)
        return self._of(places(found))

    def rounded_from(self) -> Iterator[tuple[Version, Basis]]:
        """Those of other articles that may have its figure rounded."""
        found = union(self._earlier.set("number", number) for number in roundings(self._b))
        return self._of(places(found & self._all & ~self._earlier.set("article", self._b.article)))

    def most_alike(self, most: int) -> Iterator[tuple[Version, Basis]]:
        """Of the so many that have most of its words, of equals the nearest to the origin, those whose words may differ."""
        of, b = self._earlier.set, self._b
        shared = tally(of("word", word) & self._all for word in b.content)
        found = ((i, count) for count, members in levels(self._all, shared) for i in places(members))
        telling = self._all if may_differ(b) else of("telling") | union(of("number", number) for number in b.numbers)
        return self._of(i for i, count in islice(found, most) if telling >> i & 1 or self._mostly_shared(i, count))

    def _mostly_shared(self, i: int, count: int) -> bool:
        """True where so many words in common make the two alike."""
        return mostly(count, min(len(self._earlier.given[i].content), len(self._b.content)))

    def nearest(self) -> Iterator[tuple[Version, Basis]]:
        """The first that tells the words itself, if there is one."""
        told = ((a, known) for a, known in self if known is not Basis.RESTATED)
        return islice(told, 1)

    def told_again(self) -> bool:
        """True where one of them has the same figure in the same words, or was copied."""
        key = wording_key(self._b)
        if self._all & self._earlier.set("worded", key, self._b.words):
            return True
        copied = (self._earlier.given[i] for i, known in self._own.items() if known in COPYING)
        return any(wording_key(a) == key for a in copied)

    def _of(self, found: Iterator[int]) -> Iterator[tuple[Version, Basis]]:
        return ((self._earlier.given[i], self._known(i)) for i in found)

    def _known(self, i: int) -> Basis:
        return self._own.get(i) or next(known for known, members in self._kin.items() if members >> i & 1)


def _figure(version: Version) -> tuple[object, ...] | None:
    """The figure as it was told, with its hedge."""
    q = version.statement.quantity
    return None if q is None else (q.modifier, q.low, q.high, q.unit)


@kept
def wording_key(version: Version) -> tuple[object, ...]:
    s = version.statement
    relays = tuple(version.credits[:-1]) if nameless_origin(version) else ()
    if s.quantity is None:
        return (bool(version.links), relays, s.answer, version.exact)
    q = s.quantity
    return (bool(version.links), relays, q.modifier, q.low, q.high, q.unit, version.counted.measure, s.window)
