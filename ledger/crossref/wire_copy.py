"""Wire copy: a saved text that holds a good part of another word for word.

Copying is containment, not likeness: a paragraph cut off, a byline put before or a text embedded in a longer one leaves most
runs of five words standing. Sampled fingerprints find the candidates, all runs confirm them, and the shared passages are shown.
A claim inside a shared passage has one origin, however many outlets print it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from ledger import capture
from ledger.errors import NotFound
from ledger.records import Claim
from ledger.store import Ledger, read, texts
from ledger.text import folding, shingles
from ledger.text.shingles import Passage

CONTAINED = 0.2
"""The share of the shorter text that makes a copy."""
SHARED_PRINTS = 2
"""Fewer fingerprints in common are chance."""
SHARED_RUNS = 12
"""Fewer runs in common are a phrase or a quotation: sixteen words or so."""
OF_CLAIM = 0.7
"""The share of a claim that must stand in the shared passages."""


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that shares text with the one asked about."""

    article: str
    """Its uid."""
    capture: str
    containment: str
    """The share of the shorter text that both hold, from 0 to 1."""
    passages: tuple[Passage, ...]
    """By offsets in the text asked about, then in this one; the longest first."""


def copies_of(ledger: Ledger, article: str) -> list[Copy]:
    """Articles whose newest copy shares text with the newest copy of this one (by uid), the closest first."""
    held = newest_text(ledger, article)
    if held is None:
        return []
    _, text = held
    candidates = texts.sharing(ledger, shingles.fingerprints(text))
    others = {other for _, other, count in candidates if other != article and count >= SHARED_PRINTS}
    found = (_copy(ledger, text, other) for other in sorted(others))
    return sorted((c for c in found if c), key=lambda c: -float(c.containment))


def _copy(ledger: Ledger, text: str, other: str) -> Copy | None:
    held = newest_text(ledger, other)
    if held is None:
        return None
    uid, its = held
    share = copied(text, its)
    if share < CONTAINED:
        return None
    passages = sorted(shingles.shared(text, its), key=lambda p: p.start - p.end)
    return Copy(other, uid, f"{share:.2f}", tuple(passages))


def copied(a: str, b: str) -> float:
    """The share of the shorter text that the longer one holds; zero where it is no more than a phrase."""
    mine, its = shingles.runs(a), shingles.runs(b)
    return shingles.containment(mine, its) if len(mine & its) >= SHARED_RUNS else 0.0


def newest_text(ledger: Ledger, article: str) -> tuple[str, str] | None:
    """The newest copy of an article with its text; None where none was saved or it was redacted."""
    copies = read.captures(ledger, article)
    try:
        return (copies[-1].uid, capture.text_of(ledger, copies[-1])) if copies else None
    except NotFound:
        return None


# --- claims in shared passages ------------------------------------------------------------------------------------


def claim_copies(ledger: Ledger, claims: Sequence[Claim]) -> tuple[tuple[str, str], ...]:
    """Pairs of claims (by id) of different articles that stand in one passage which both articles share."""
    held: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.anchored and claim.capture:
            held.setdefault(claim.capture, []).append(claim)
    bodies = {uid: text for uid in held if (text := _text(ledger, uid)) is not None}
    runs = {uid: shingles.runs(text) for uid, text in bodies.items()}
    return tuple(
        pair
        for a, b in combinations(bodies, 2)
        if held[a][0].article != held[b][0].article
        and len(runs[a] & runs[b]) >= SHARED_RUNS
        and shingles.containment(runs[a], runs[b]) >= CONTAINED
        for pair in _inside(held[a], held[b], shingles.shared(bodies[a], bodies[b]))
    )


def _text(ledger: Ledger, uid: str) -> str | None:
    saved = read.capture(ledger, uid)
    try:
        return capture.text_of(ledger, saved) if saved else None
    except NotFound:
        return None


def _inside(mine: Iterable[Claim], its: Sequence[Claim], passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    for a in mine:
        for b in its:
            shorter = min(_length(a), _length(b))
            if sum(_overlap(a, b, p) for p in passages) >= OF_CLAIM * shorter > 0 and _figures_inside(a, passages):
                yield a.id, b.id


def _figures_inside(claim: Claim, passages: Sequence[Passage]) -> bool:
    """False where the words around a figure were copied and the figure itself was told in other words."""
    placed = [(q.start, q.end) for q in claim.quantities if q.start is not None and q.end is not None]
    return all(any(p.start <= start and end <= p.end for p in passages) for start, end in placed)


def _overlap(a: Claim, b: Claim, passage: Passage) -> int:
    """Characters of the passage that lie in both claims, one text's offsets moved into the other's."""
    moved = passage.other_start - passage.start
    start = max(a.start or 0, passage.start, (b.start or 0) - moved)
    end = min(a.end or 0, passage.end, (b.end or 0) - moved)
    return max(0, end - start)


def _length(claim: Claim) -> int:
    return (claim.end or 0) - (claim.start or 0)


# --- claims in the same words -----------------------------------------------------------------------------------------


SHINGLE = 5
"""Words in a run; two passages that share most of their runs are one text."""


def same_words(claims: Iterable[Claim]) -> tuple[tuple[str, str], ...]:
    """Pairs of claims from different articles whose words are one text but for small changes."""
    holders: dict[tuple[str, ...], list[str]] = {}
    runs: dict[str, tuple[tuple[str, ...], ...]] = {}
    article = {}
    shared: dict[tuple[str, str], int] = {}
    for claim in claims:
        article[claim.id] = claim.article
        runs[claim.id] = _runs(claim.exact) if claim.anchored else ()
        for run in runs[claim.id]:
            for other in holders.setdefault(run, [])[-MOST_HOLDERS:]:
                shared[other, claim.id] = shared.get((other, claim.id), 0) + 1
            holders[run].append(claim.id)
    return tuple(
        (a, b)
        for (a, b), count in shared.items()
        if article[a] != article[b] and count * 10 >= min(len(runs[a]), len(runs[b])) * 7
    )


MOST_HOLDERS = 50
"""A passage that very many articles hold is compared with the last of them only, so that the work stays bounded."""


def _runs(text: str) -> tuple[tuple[str, ...], ...]:
    """Each run of words once, in the order of the text: a set's order would change from one start to the next."""
    words = folding.name(text).split()
    return tuple(dict.fromkeys(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)))
