"""Ranking by meaning: candidates found by their words are put in another order by how near their meanings are."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence
from operator import mul

from ledger.assist.embeddings import Embedder
from ledger.store.search import Candidate
from ledger.store.vectors import Key, Vectors

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
        keys: list[Key] = [(c.claim, hashlib.sha256(words(c).encode()).digest()) for c in candidates]
        found = self.kept.known(keys)
        missing = [(key, c) for key, c in zip(keys, candidates, strict=True) if c.claim not in found]
        if missing:
            made = self.embedder.embed([words(c) for _, c in missing])
            new = {key: vector for (key, _), vector in zip(missing, made, strict=True)}
            self.kept.keep(new)
            found |= {claim: vector for (claim, _), vector in new.items()}
        return found


def words(candidate: Candidate) -> str:
    """What is read of a claim: our wording or else its own, and the title it stands under."""
    return ". ".join(part.strip() for part in (candidate.says or candidate.exact, candidate.title) if part.strip())


def cosine(a: array[float], b: array[float]) -> float:
    """From -1 to 1 for vectors of length 1; nothing in common where they are of different length."""
    return sum(map(mul, a, b)) if len(a) == len(b) else 0.0


def fused(bm25: Sequence[float], nearness: Sequence[float]) -> list[float]:
    """What each candidate is worth by both: its words beside those of the best, and its meaning."""
    best = max(bm25, default=0.0) or 1.0
    return [WORDS * (words / best) + MEANING * near for words, near in zip(bm25, nearness, strict=True)]
