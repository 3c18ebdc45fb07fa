"""What two texts have in common word for word: sampled fingerprints to find copies among many, runs of words to show them.

A fingerprint is the hash of five words in a row, kept where it is divisible by eight, so that a copy shares about an eighth of
its runs whatever was put before, behind or between. Copying is containment: how much of the shorter text the longer one holds.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from functools import cache

RUN = 5
"""Words in a row."""
KEPT_OF = 8
"""One of so many fingerprints is kept."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that two texts share, by its offsets in each."""

    start: int
    end: int
    other_start: int
    other_end: int


def fingerprints(text: str) -> frozenset[int]:
    """The sampled fingerprints of a text; few words have none."""
    return frozenset(h for h in runs(text) if h % KEPT_OF == 0)


def runs(text: str) -> frozenset[int]:
    """The hashes of all five words in a row."""
    words = _folded(text).split()
    crc32 = zlib.crc32
    return frozenset(crc32(" ".join(words[i : i + RUN]).encode()) for i in range(len(words) - RUN + 1))


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of the shorter text that the longer one holds."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def shared(a: str, b: str) -> list[Passage]:
    """The passages of five words and more that stand in both texts, in the order of the first."""
    mine, its = _placed(a), _placed(b)
    at: dict[tuple[str, ...], int] = {}
    for j in range(len(its) - RUN + 1):
        at.setdefault(tuple(w for w, _, _ in its[j : j + RUN]), j)
    found: list[Passage] = []
    i = 0
    while i <= len(mine) - RUN:
        j = at.get(tuple(w for w, _, _ in mine[i : i + RUN]), -1)
        if j < 0:
            i += 1
            continue
        n = RUN
        while i + n < len(mine) and j + n < len(its) and mine[i + n][0] == its[j + n][0]:
            n += 1
        found.append(Passage(mine[i][1], mine[i + n - 1][2], its[j][1], its[j + n - 1][2]))
        i += n
    return found


def _folded(text: str) -> str:
    """Words in lower case without accents, with single spaces."""
    return " ".join(_word().findall(_plain(text)))


def _placed(text: str) -> list[tuple[str, int, int]]:
    return [(_plain(m[0]), m.start(), m.end()) for m in _word().finditer(text)]


def _plain(text: str) -> str:
    text = text.lower()
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")
