"""Wire copy: a saved text that holds a good part of another word for word.

Copying is containment, not likeness: a paragraph cut off, a byline put before or a text embedded in a longer one leaves most
runs of five words standing. Sampled fingerprints find the candidates, all runs confirm them, and the shared passages are shown.
A claim inside a shared passage has one origin, however many outlets print it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from ledger import capture
from ledger.errors import NotFound
from ledger.records import Claim
from ledger.store import Ledger, read, texts
from ledger.text import folding, shingles
from ledger.text.passages import around
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


def texts_of(ledger: Ledger, claims: Iterable[Claim]) -> Mapping[str, str]:
    """The texts in which the claims are anchored, by capture."""
    captures = dict.fromkeys(c.capture for c in claims if c.anchored and c.capture)
    return {uid: text for uid in captures if (text := _text(ledger, uid)) is not None}


def claim_copies(claims: Iterable[Claim], bodies: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of claims (by id) of different articles that stand in one passage which both articles share."""
    held: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.anchored and claim.capture in bodies:
            held.setdefault(claim.capture or "", []).append(claim)
    runs = {uid: shingles.runs(bodies[uid]) for uid in held}
    return tuple(
        pair
        for a, b in combinations(held, 2)
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
"""Words in a row; two passages that share most of their runs are one text."""
OF_SENTENCE = 0.6
"""The share of a sentence's words that stand in such runs in both, when it was changed here and there on the way."""
LEAST_OF_SENTENCE = 10
"""Fewer words in common are a phrase."""


def same_words(claims: Iterable[Claim]) -> tuple[tuple[str, str], ...]:
    """Pairs of claims from different articles whose words are one text but for small changes."""
    return _sharing({c.id: (c.article, c.exact) for c in claims if c.anchored}, SHINGLE, _mostly_one)


def same_sentence(claims: Iterable[Claim], bodies: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of claims that are one sentence of which words were changed; of a short claim its whole sentence is looked at."""
    whole = {}
    for c in claims:
        if (body := bodies.get(c.capture or "")) is not None and c.start is not None and c.end is not None:
            long = c.exact.count(" ") > LEAST_OF_SENTENCE
            start, end = (c.start, c.end) if long else around(body, c.start, c.end, 0)
            whole[c.id] = (c.article, body[start:end])
    return _sharing(whole, SHINGLE - 1, _partly_one)


Runs = tuple[tuple[str, ...], ...]


def _mostly_one(shared: int, mine: Runs, its: Runs) -> bool:
    return shared * 10 >= min(len(mine), len(its)) * 7


def _partly_one(shared: int, mine: Runs, its: Runs) -> bool:
    """True where the runs in common cover enough words; they overlap, so that they are at most so many times as long."""
    length = len(mine[0])
    wanted = max((min(len(mine), len(its)) + length - 1) * OF_SENTENCE, LEAST_OF_SENTENCE)
    if shared * length < wanted:
        return False
    held = set(its)
    return len({w for i, run in enumerate(mine) if run in held for w in range(i, i + length)}) >= wanted


def _sharing(
    texts: Mapping[str, tuple[str, str]], length: int, one: Callable[[int, Runs, Runs], bool]
) -> tuple[tuple[str, str], ...]:
    """Pairs of names of texts, each given with its article, that share runs of words enough to be one."""
    holders: dict[tuple[str, ...], list[str]] = {}
    runs: dict[str, Runs] = {}
    shared: dict[tuple[str, str], int] = {}
    for name, (_, text) in texts.items():
        runs[name] = _runs(text, length)
        for run in runs[name]:
            for other in holders.setdefault(run, [])[-MOST_HOLDERS:]:
                shared[other, name] = shared.get((other, name), 0) + 1
            holders[run].append(name)
    return tuple(
        (a, b) for (a, b), count in shared.items() if texts[a][0] != texts[b][0] and one(count, runs[a], runs[b])
    )


MOST_HOLDERS = 50
"""A passage that very many articles hold is compared with the last of them only, so that the work stays bounded."""


def _runs(text: str, length: int) -> Runs:
    """Each run of words once, in the order of the text: a set's order would change from one start to the next."""
    words = folding.name(text).split()
    return tuple(dict.fromkeys(tuple(words[i : i + length]) for i in range(len(words) - length + 1)))
