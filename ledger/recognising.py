"""Which things of two ledgers are one: articles by their identity, claims by their words, sources by their names.

Nothing is recognised by likeness. What stands twice in one of them, or may be one of two, is left for a person to merge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct

from ledger.errors import Refused
from ledger.records import Entry
from ledger.store import Ledger, counterparts
from ledger.store.counterparts import Known, Printed

Called = Callable[[str], str]
"""A uid of either ledger as the first one has it."""


class Side(Struct):
    """One of two ledgers that meet."""

    ledger: Ledger
    log: str
    size: int
    uids: set[str]
    same: dict[str, str]
    """Things of other logs, by uid, and what they are in this ledger."""
    lost: dict[str, frozenset[str]]
    """What of its entries counts no more, since it met another ledger."""
    also: dict[str, list[str]] = {}
    """The other uids of its things."""
    news: list[Entry] = []
    """Its entries that the other one lacks, in order."""
    new: set[str] = set()
    """Their uids."""

    def __post_init__(self) -> None:
        for uid, here in self.same.items():
            self.also.setdefault(here, []).append(uid)

    def name(self, uids: Iterable[str]) -> str | None:
        """What the first of these that it knows is called here."""
        return next((self.same.get(uid, uid) for uid in uids if uid in self.same or uid in self.uids), None)


class Pairs(Struct):
    """What was found to be one: things that each ledger has made by itself."""

    one: Side
    other: Side
    found: dict[str, str] = {}
    """By the uid that the other ledger made: the one that the first one made; and the other way round."""

    def here(self, uid: str, of: Side) -> str | None:
        """What a thing that one side has made is called on the other one; None where it is new there."""
        to = self.other if of is self.one else self.one
        own = of.same.get(uid, uid)
        known = to.name(
            dict.fromkeys((uid, own, *of.also.get(own, ()), *([self.found[own]] if own in self.found else ())))
        )
        return known or (own if own != uid else None)

    def called(self, uid: str) -> str:
        """A uid of either ledger as the first one has it, or will have it."""
        if uid in self.one.same or uid in self.one.uids:
            return self.one.same.get(uid, uid)
        return self.here(uid, self.other) or uid

    def add(self, first: str, second: str) -> None:
        self.found[first], self.found[second] = second, first

    def match(self, first: Iterable[Known], second: Iterable[Known]) -> None:
        """Takes as one what is known by the same, the oldest first where several are."""
        waiting: dict[tuple[str | None, ...], list[str]] = defaultdict(list)
        for uid, by in first:
            waiting[by].append(uid)
        for uid, by in second:
            if waiting[by]:
                self.add(waiting[by].pop(0), uid)


def recognise(one: Side, other: Side) -> Pairs:
    """The things that both ledgers have made since they were one, or ever."""
    pairs = Pairs(one, other)
    _sources(pairs)
    pairs.match(_new(one, "question"), _new(other, "question"))
    _fields(pairs)
    _articles(pairs)
    pairs.match(*(_of_article(pairs, side, "capture") for side in (one, other)))
    _claims(pairs)
    pairs.match(_new(one, "template"), _new(other, "template"))
    pairs.match(*(_proposed(pairs, side) for side in (one, other)))
    return pairs


def _new(side: Side, kind: str) -> Iterator[Known]:
    return (known for known in counterparts.standing(side.ledger, kind) if known.uid in side.new)


def _sources(pairs: Pairs) -> None:
    """Sources that share a name, where no third one has a name of either."""
    sides = (pairs.one, pairs.other)
    holders: dict[str, set[tuple[int, str]]] = defaultdict(set)
    named: dict[tuple[int, str], set[str]] = {}
    for n, side in enumerate(sides):
        for uid, names in counterparts.source_names(side.ledger).items():
            if uid in side.new:
                named[n, uid] = names
                for name in names:
                    holders[name].add((n, uid))
    for (n, uid), names in named.items():
        near = set().union(*(holders[name] for name in names))
        if n == 0 and len(near) == 2:
            (other,) = near - {(n, uid)}
            if other[0] == 1 and set().union(*(holders[name] for name in named[other])) == near:
                pairs.add(uid, other[1])


def _fields(pairs: Pairs) -> None:
    """Fields of one's own by their names; Refused where the same name is of two kinds."""
    first = {known.by[0]: known for known in _new(pairs.one, "field")}
    for known in _new(pairs.other, "field"):
        ours = first.get(known.by[0])
        if ours is None:
            continue
        if ours.by != known.by:
            raise Refused(
                f"both ledgers have a field {known.by[0]!r}, and they differ in what they hold",
                hint="rename one of them first: claims field rename NAME OTHER",
            )
        pairs.add(ours.uid, known.uid)


def _articles(pairs: Pairs) -> None:
    """Articles at one address; else with one text, under one file name or of one publisher. Wire copy is many articles."""
    first = [article for article in counterparts.articles(pairs.one.ledger) if article.uid in pairs.one.new]
    by_identity = {article.identity: article for article in reversed(first)}
    by_text: dict[str, list[Printed]] = defaultdict(list)
    for article in first:
        for text in sorted(article.texts):
            by_text[text].append(article)
    for article in counterparts.articles(pairs.other.ledger):
        if article.uid not in pairs.other.new:
            continue
        ours = by_identity.get(article.identity)
        if ours is None or not (article.url or ours.texts & article.texts or not (ours.texts or article.texts)):
            near = [near for text in sorted(article.texts) for near in by_text[text]]
            ours = next((near for near in near if _one_printing(pairs, near, article)), None)
        if ours is not None and ours.uid not in pairs.found:
            pairs.add(ours.uid, article.uid)


def _one_printing(pairs: Pairs, ours: Printed, theirs: Printed) -> bool:
    """Of two articles with the same text: whether one outlet printed it, and not at two addresses."""
    if ours.publisher is None or theirs.publisher is None or (ours.url and theirs.url):
        return False
    return pairs.called(ours.publisher) == pairs.called(theirs.publisher)


def _of_article(pairs: Pairs, side: Side, kind: str) -> Iterator[Known]:
    """What is known by its article, the article as the first ledger calls it."""
    for uid, (article, *by) in _new(side, kind):
        yield Known(uid, (pairs.called(str(article)), *by))


def _claims(pairs: Pairs) -> None:
    """Claims on the same words in the same surroundings; of several on these words, those that are said to say the same."""
    first, second = ([*_of_article(pairs, side, "claim")] for side in (pairs.one, pairs.other))
    pairs.match(first, second)
    left = ([Known(k.uid, k.by[:-1]) for k in known if k.uid not in pairs.found] for known in (first, second))
    pairs.match(*(_alone(known) for known in left))


def _alone(known: list[Known]) -> list[Known]:
    times: dict[tuple[str | None, ...], int] = defaultdict(int)
    for one in known:
        times[one.by] += 1
    return [one for one in known if times[one.by] == 1]


def _proposed(pairs: Pairs, side: Side) -> Iterator[Known]:
    from ledger.store.arriving import UID

    for uid, (kind, target, proposal) in _new(side, "suggestion"):
        put = UID.sub(lambda m: pairs.called(m[0]), str(proposal))
        yield Known(uid, (kind, pairs.called(target) if target else None, put))
