"""Ranking claims by how much they are about a text.

The engine's index gives candidates for the rarer words; what they are worth is computed here, by BM25 over all words, so that
every engine ranks alike. The score is a probability: how often a claim with such words was about the matter, in a measured
campaign. Below `ABOUT` nothing is known to be about the text.
"""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Sequence
from functools import cached_property, lru_cache
from operator import mul
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ledger.crossref import terms as t
from ledger.crossref.terms import stem
from ledger.records import Claim
from ledger.store import Ledger, read, search
from ledger.store.search import Candidate

if TYPE_CHECKING:
    from ledger.assist.embeddings import Embedder
    from ledger.store.vectors import Key, Vectors

ABOUT = 0.2
"""The lowest score at which a claim is said to be about the text."""

CANDIDATES = 200
FUSED = 100
"""As many of them are put in order by their meaning, where that is asked for."""
COMMON = 0.01
"""Words in a larger share of all claims find nothing that the rarer ones do not."""
COMMON_AT_LEAST = 100
"""In a small ledger a word in this many claims is still looked for."""
RAREST = 3
"""As many words are looked for however common they are."""
TERMS_AT_MOST = 64
FEW = 50
"""Claims below which it says little that a word stands in many of them."""

K1, B = 1.2, 0.75
UNLEARNED = 0.6
"""The weight of a word that was not learned, as a share of that of a word in a single claim."""
CONTEXT = 0.3
"""What a word around the quotation weighs beside one in it."""


class Ranked(Struct, frozen=True):
    """A claim with how likely it is about the text, and what both share."""

    claim: Claim
    score: str
    """From 0 to 1."""
    reasons: tuple[str, ...]


class Scored(Struct, frozen=True):
    """A candidate with what was computed for it."""

    candidate: Candidate
    bm25: float
    score: float
    shared: tuple[str, ...]
    """Words of the text that the claim has, the rarest first."""
    near: float | None = None
    """The cosine between its meaning and the text's, where that was asked for."""


def similar(ledger: Ledger, text: str, *, limit: int = 10) -> list[Ranked]:
    """The claims most like the text, the best first; those with a score below ABOUT are hardly about it."""
    return Ranker(ledger).similar(text, limit=limit)


class Ranker:
    """Ranks for many texts; what it knows of the ledger as a whole is read once."""

    def __init__(self, ledger: Ledger, meaning: Meaning | None = None) -> None:
        self.ledger = ledger
        self.meaning = meaning
        self._known: dict[str, int] = {}
        self._counted = lru_cache(maxsize=4 * CANDIDATES)(_counted)
        """What was counted of a candidate, which is one of many texts that are alike."""

    def similar(self, text: str, *, limit: int = 10) -> list[Ranked]:
        """The claims most like the text with their reasons, the best first."""
        best = self.scored(text)[:limit]
        claims = {c.uid: c for c in read.claims_by_uid(self.ledger, [s.candidate.claim for s in best])}
        said = t.cleaned(text)
        return [
            Ranked(claims[s.candidate.claim], f"{s.score:.3f}", reasons(said, s))
            for s in best
            if s.candidate.claim in claims
        ]

    def scored(self, text: str) -> list[Scored]:
        """The candidates with their scores, the best first."""
        words = t.query_words(text)
        self.learn(words)
        weights = {root: self.weight(root) for root in dict.fromkeys(stem(w) for w in words)}
        sought = self._sought(words)
        found = search.candidates(self.ledger, sought, limit=CANDIDATES)
        scores = [self._scored(c, words, weights) for c in found]
        figures = t.numbers(t.cleaned(text))
        worth = {s.candidate.claim: s.bm25 * _agreeing(figures, s.candidate) for s in scores}
        ranked = sorted(scores, key=lambda s: -worth[s.candidate.claim])
        return self._by_meaning(text, ranked, worth, self.meaning) if self.meaning else ranked

    def _by_meaning(self, text: str, ranked: list[Scored], worth: dict[str, float], meaning: Meaning) -> list[Scored]:
        """The first hundred in the order of words and meaning together; those behind them as they were."""
        first = ranked[:FUSED]
        near = meaning.nearness(text, [s.candidate for s in first])
        marks = fused([worth[s.candidate.claim] for s in first], near)
        order = sorted(range(len(first)), key=lambda n: -marks[n])
        return [replace(first[n], near=near[n]) for n in order] + ranked[FUSED:]

    def _sought(self, words: Sequence[str]) -> list[str]:
        """The words to look for: none that very many claims have, but never fewer than the rarest three."""
        common = max(COMMON_AT_LEAST, COMMON * self.size)
        known = [w for w in words if self._known.get(stem(w))]
        rare = sorted(known, key=lambda w: self._known[stem(w)])
        return [w for n, w in enumerate(rare) if n < RAREST or self._known[stem(w)] <= common][:TERMS_AT_MOST]

    def learn(self, words: Sequence[str]) -> None:
        """Reads in how many claims each word stands, where that is not known yet."""
        if new := [r for r in dict.fromkeys(stem(w) for w in words) if r not in self._known]:
            self._known.update(search.document_frequencies(self.ledger, new))

    def weight(self, root: str) -> float:
        """Inverse document frequency of a stem; that of a fairly rare word where it was not learned."""
        df = self._known.get(root)
        if df is None:
            return UNLEARNED * math.log(self.size + 1)
        return math.log(1 + (self.size - df + 0.5) / (df + 0.5))

    def rarity(self, root: str) -> float:
        """The same from 0 to 1; among few claims no word is common yet."""
        df = self._known.get(root)
        return UNLEARNED if df is None else rarity(df, self.size)

    def _scored(self, candidate: Candidate, words: Sequence[str], weights: dict[str, float]) -> Scored:
        counts, length = self._counted(candidate)
        norm = K1 * (1 - B + B * length / self.average)
        bm25 = covered = 0.0
        for root, weight in weights.items():
            if f := counts.get(root):
                bm25 += weight * f * (K1 + 1) / (f + norm)
                covered += weight
        share = covered / (sum(weights.values()) or 1.0)
        shared = [w for w in words if stem(w) in counts]
        shared.sort(key=lambda w: -weights[stem(w)])
        return Scored(candidate, bm25, self._probability(bm25, share), tuple(shared))

    def _probability(self, bm25: float, share: float) -> float:
        """Fitted on public queries with known answers; scaled, for the weights grow with the ledger's size."""
        scaled = bm25 * FITTED_ON / math.log(max(self.size, 2) + 1)
        return 1 / (1 + math.exp(8.06 - 0.184 * scaled - 10.6 * share))

    @cached_property
    def size(self) -> int:
        return search.size(self.ledger)

    @cached_property
    def average(self) -> float:
        lengths = [_counted(c)[1] for c in search.sample(self.ledger, 100)]
        return max(1.0, sum(lengths) / max(1, len(lengths)))


def rarity(df: int, size: int) -> float:
    """How rare it is, from 0 to 1, what stands in so many claims of so many; among few claims nothing is common yet."""
    size = max(size, FEW)
    return math.log(1 + (size - df + 0.5) / (df + 0.5)) / math.log(size + 2)


FITTED_ON = math.log(14_232)
"""The fit's own ledger had about 14,000 claims."""


def _counted(candidate: Candidate) -> tuple[dict[str, float], float]:
    """How often each stem stands in the claim, its title and, for less, its surroundings; and how long all that is."""
    counts: dict[str, float] = {}
    length = 0.0
    for text, weight in (
        (candidate.exact, 1.0),
        (candidate.says, 1.0),
        (candidate.title, 1.0),
        (candidate.context, CONTEXT),
    ):
        if text:
            roots = t.terms(text)
            length += weight * len(roots)
            for root in roots:
                counts[root] = counts.get(root, 0.0) + weight
    return counts, length


DIFFERENT_FIGURES = 0.95


def _agreeing(figures: frozenset[str], candidate: Candidate) -> float:
    """A little less for a claim whose figures are all others."""
    if not figures:
        return 1.0
    its = t.numbers(f"{candidate.exact} {candidate.says} {candidate.title}")
    return DIFFERENT_FIGURES if its and not its & figures else 1.0


def reasons(text: str, scored: Scored) -> tuple[str, ...]:
    """What the text and the claim share, in words."""
    its = f"{scored.candidate.exact} {scored.candidate.says} {scored.candidate.title}"
    names = [w for w in scored.shared if w in t.names(text)]
    figures = sorted(t.numbers(text) & t.numbers(its))
    plain = [w for w in scored.shared if w not in names and w not in figures]
    found = (("words", plain[:6]), ("names", names[:6]), ("figures", figures[:6]))
    told = tuple(f"{kind}: {', '.join(shown)}" for kind, shown in found if shown)
    return told if scored.near is None else (*told, f"meaning: {scored.near:.2f}")


# --- by meaning ---------------------------------------------------------------------------------------------------

WORDS, MEANING = 0.3, 0.7
"""What shared words and what a near meaning weigh in the order."""


class Meaning:
    """How near claims are to a text; what was read of a claim once is kept beside the ledger."""

    def __init__(self, embedder: Embedder, kept: Vectors) -> None:
        self.embedder, self.kept = embedder, kept

    def nearness(self, text: str, candidates: Sequence[Candidate]) -> list[float]:
        """For each candidate the cosine between its meaning and the text's."""
        if not candidates or not text.strip():
            return [0.0] * len(candidates)
        (asked,) = self.embedder.embed([text])
        its = self.vectors(candidates)
        return [cosine(asked, its[c.claim]) for c in candidates]

    def vectors(self, candidates: Sequence[Candidate]) -> dict[str, array[float]]:
        """The vector of each candidate by uid, kept from before or made now."""
        keys: list[Key] = [(c.claim, hashlib.sha256(_read_text(c).encode()).digest()) for c in candidates]
        found = self.kept.known(keys)
        missing = [(key, c) for key, c in zip(keys, candidates, strict=True) if c.claim not in found]
        if missing:
            made = self.embedder.embed([_read_text(c) for _, c in missing])
            new = {key: vector for (key, _), vector in zip(missing, made, strict=True)}
            self.kept.keep(new)
            found |= {claim: vector for (claim, _), vector in new.items()}
        return found


def _read_text(candidate: Candidate) -> str:
    """What is read of a claim: our wording or else its own, and the title it stands under."""
    return ". ".join(part.strip() for part in (candidate.says or candidate.exact, candidate.title) if part.strip())


def cosine(a: array[float], b: array[float]) -> float:
    """From -1 to 1 for vectors of length 1; nothing in common where they are of different length."""
    return sum(map(mul, a, b)) if len(a) == len(b) else 0.0


def fused(bm25: Sequence[float], nearness: Sequence[float]) -> list[float]:
    """What each candidate is worth by both: its words beside those of the best, and its meaning."""
    best = max(bm25, default=0.0) or 1.0
    return [WORDS * (words / best) + MEANING * near for words, near in zip(bm25, nearness, strict=True)]
