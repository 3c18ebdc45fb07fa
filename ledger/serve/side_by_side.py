"""Two saved texts side by side: what stands in both word for word, and which words differ between such passages.

What is compared is compared as everywhere: shared runs of words, the share of the shorter text that both hold, what became of
the sentence of a claim in a later copy of its article.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated

from msgspec import Meta, Struct

from ledger import capture as copies
from ledger import rechecking
from ledger.catalogue import Table, t
from ledger.crossref import wire_copy
from ledger.errors import BadInput, NotFound
from ledger.store import Ledger, read
from ledger.text import shingles
from ledger.text.shingles import Passage
from ledger.vocabulary import Letter

Id = Annotated[str, Meta(min_length=1, max_length=40)]
Copy = Annotated[int, Meta(ge=1, le=10_000)]
FEW = 25
"""Words between two shared passages that differ; where there are more, the texts tell other things there."""
NEAREST = 12


class Two(Struct, frozen=True, kw_only=True):
    """Two articles or claims by their newest copy, or the copy with that number; without the second, the nearest there is."""

    a: Id
    b: Id | None = None
    a_copy: Copy | None = None
    b_copy: Copy | None = None


class Mark(Struct, frozen=True):
    """Where a claim stands in the text, in code points."""

    id: str
    start: int
    end: int
    told: str
    source: str


class Side(Struct, frozen=True):
    """One of the texts; offsets count its code points."""

    article: str
    title: str
    publisher: str
    published: str
    language: str
    copy: int
    """Which of the article's copies it is, from 1."""
    copies: tuple[str, ...]
    """When each of them was saved."""
    text_sha256: str
    text: str
    claims: tuple[Mark, ...]


class Stretch(Struct, frozen=True):
    """A passage that stands in both, or words of one in the place of which the other has others, or none."""

    start: int
    end: int
    other_start: int
    other_end: int


class Near(Struct, frozen=True):
    """An article that shares text with the first."""

    article: str
    publisher: str
    share: str


class Became(Struct, frozen=True):
    """A claim of the first copy whose sentence does not stand in the second, and what stands there instead."""

    claim: str
    what: str
    """In the page's language."""
    was: str
    now: str | None


class SideBySide(Struct, frozen=True):
    """Two texts, or one where nothing is near it."""

    a: Side
    b: Side | None
    share: str
    """The share of the shorter text that stands in both; 0 where that is no more than a phrase."""
    shared: tuple[Stretch, ...]
    differs: tuple[Stretch, ...]
    became: tuple[Became, ...]
    near: tuple[Near, ...]


def side_by_side(ledger: Ledger, asked: Two) -> SideBySide:
    """Two texts, what both hold, and what differs between that."""
    first = _side(ledger, asked.a, asked.a_copy)
    near = tuple(_near(ledger, first.article))
    second = _second(ledger, asked, first, near)
    if second is None:
        return SideBySide(first, None, "0", (), (), (), near)
    shared = shingles.shared(first.text, second.text)
    became = _became(ledger, first, second) if first.article == second.article and first.copy < second.copy else ()
    share = f"{wire_copy.copied(first.text, second.text):.2f}"
    stretches = tuple(Stretch(p.start, p.end, p.other_start, p.other_end) for p in shared)
    return SideBySide(
        first, second, share, stretches, tuple(differing(first.text, second.text, shared)), tuple(became), near
    )


def marks(ledger: Ledger, article: str, capture: str) -> tuple[Mark, ...]:
    """The claims that stand in a copy of an article (both by uid)."""
    return tuple(
        Mark(c.id, c.start, c.end, c.told, c.attribution[-1].source if c.attribution else "")
        for c in read.claims(ledger, article=article)
        if c.capture == capture and c.start is not None and c.end is not None
    )


def differing(a: str, b: str, shared: Sequence[Passage]) -> Iterator[Stretch]:
    """The few words between two passages that follow each other in both texts, where they are not the same words."""
    begins = sorted(p.other_start for p in shared)
    for one, other in pairwise(shared):
        if one.other_end > other.other_start or begins[bisect_left(begins, one.other_end)] != other.other_start:
            continue  # they stand in another order there, or another passage stands between them
        mine, its = (part.split() for part in (a[one.end : other.start], b[one.other_end : other.other_start]))
        said = any(c.isalnum() for word in (*mine, *its) for c in word)
        if said and mine != its and len(mine) <= FEW >= len(its):
            yield Stretch(one.end, other.start, one.other_end, other.other_start)


def _side(ledger: Ledger, name: str, number: int | None) -> Side:
    thing = read.thing(ledger, name, Letter.ARTICLE, Letter.CLAIM)
    article = read.article(ledger, read.claim(ledger, thing.uid).article if name[:1] in "Cc" else thing.uid)
    saved = read.captures(ledger, article.uid)
    if not saved:
        raise NotFound(f"no copy of {article.id} was saved", hint="save one: claims capture FILE")
    if number is None:
        opened = copies.opened(ledger, name).capture
        number = 1 + next(n for n, c in enumerate(saved) if c.uid == opened)
    if number > len(saved):
        raise BadInput(f"{article.id} has {len(saved)} saved copies, and no number {number}")
    copy = saved[number - 1]
    return Side(
        article.id, article.title or "", article.publisher or "", (article.published_at or "")[:10], article.language or "",
        number, tuple(c.captured_at for c in saved), copy.text, copies.text_of(ledger, copy),
        marks(ledger, article.uid, copy.uid),
    )  # fmt: skip


def _second(ledger: Ledger, asked: Two, first: Side, near: Sequence[Near]) -> Side | None:
    """The text that was asked for; else another copy of the article, else the article that shares most with it."""
    if asked.b is not None:
        return _side(ledger, asked.b, asked.b_copy)
    if len(first.copies) > 1:
        return _side(ledger, first.article, first.copy - 1 if first.copy > 1 else 2)
    return _side(ledger, near[0].article, None) if near else None


def _near(ledger: Ledger, name: str) -> Iterator[Near]:
    for copy in wire_copy.copies_of(ledger, read.thing(ledger, name).uid)[:NEAREST]:
        article = read.article(ledger, copy.article)
        yield Near(article.id, article.publisher or "", copy.containment)


CHANGED: Table = {
    rechecking.Change.FIGURE: "figure changed",
    rechecking.Change.HEDGE_DROPPED: "hedge dropped",
    rechecking.Change.HEDGE_ADDED: "hedge added",
    rechecking.Change.HEDGE: "hedge changed",
    rechecking.Change.WORDS: "wording changed",
    rechecking.Change.PASSAGE: "passage gone",
}


def _became(ledger: Ledger, first: Side, second: Side) -> Iterator[Became]:
    own = {mark.id for mark in first.claims}
    of_copy = [c for c in read.claims(ledger, article=read.thing(ledger, first.article).uid) if c.id in own]
    for one in rechecking.touched(ledger, of_copy, second.text):
        yield Became(one.claim, t(CHANGED[one.change]), one.was, one.now)
