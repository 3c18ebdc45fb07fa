"""What two texts have in common word for word: sampled fingerprints to find copies among many, runs of words to show them.

A fingerprint is the hash of five words in a row, kept where it is divisible by eight, so that a copy shares about an eighth of
its runs whatever was added before, after or between. Copying is containment: how much of the shorter text the longer one holds.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import cache, lru_cache
from itertools import accumulate

from msgspec import Struct

RUN = 5
"""How many words in a row are hashed."""
KEPT_OF = 8
"""One in so many fingerprints is kept."""


class Passage(Struct, frozen=True):
    """A stretch that two texts share, by its offsets in each."""

    start: int
    end: int
    other_start: int
    other_end: int


def fingerprints(text: str) -> frozenset[int]:
    """The sampled fingerprints of a text; few words have none."""
    return frozenset([h for h in _hashes(text) if h % KEPT_OF == 0])


def runs(text: str) -> frozenset[int]:
    """The hashes of all five words in a row."""
    return frozenset(_hashes(text))


def _hashes(text: str) -> list[int]:
    folded = _folded(text)
    data, words = folded.encode(), folded.split(" ")
    lengths = map(len, words) if len(data) == len(folded) else (len(word.encode()) for word in words)
    ends = list(accumulate([length + 1 for length in lengths]))  # each with the space behind it
    crc32 = zlib.crc32
    return [crc32(data[start : end - 1]) for start, end in zip([0, *ends], ends[RUN - 1 :], strict=False)]


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of the shorter text that the longer one holds."""
    smaller = min(len(a), len(b))
    return len(a & b) / smaller if smaller else 0.0


def shared(a: str, b: str) -> list[Passage]:
    """The passages of five words and more that stand in both texts, in the order of the first."""
    one, other = _indexed(a), _indexed(b)
    mine, its = one.words, other.words
    found: list[Passage] = []
    past = 0
    for i, j in enumerate(map(other.first.get, one.runs)):
        if j is None or i < past:
            continue
        n = RUN
        while i + n < len(mine) and j + n < len(its) and mine[i + n] == its[j + n]:
            n += 1
        found.append(
            Passage(one.places[i][0], one.places[i + n - 1][1], other.places[j][0], other.places[j + n - 1][1])
        )
        past = i + n
    return found


class _Indexed(Struct, frozen=True):
    """A text's words with their places, its runs of them, and where each run first stands."""

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    runs: tuple[tuple[str, ...], ...]
    first: dict[tuple[str, ...], int]


@lru_cache(maxsize=32)
def _indexed(text: str) -> _Indexed:
    """The index of a text, cached for a few, since each text of a question is compared with all others."""
    placed = _placed(text)
    words = tuple(w for w, _, _ in placed)
    runs = tuple(words[j : j + RUN] for j in range(len(words) - RUN + 1))
    first: dict[tuple[str, ...], int] = {}
    for j, run in enumerate(runs):
        first.setdefault(run, j)
    return _Indexed(words, tuple((start, end) for _, start, end in placed), runs, first)


def _folded(text: str) -> str:
    """Words in lower case without accents, with single spaces."""
    return " ".join(_word().findall(_plain(text)))


def _placed(text: str) -> list[tuple[str, int, int]]:
    return [(_plain(m[0]), m.start(), m.end()) for m in _word().finditer(text)]


def _plain(text: str) -> str:
    """In lower case without accents."""
    text = text.lower()
    if text.isascii():
        return text
    text = unicodedata.normalize("NFD", text)
    for accent in filter(unicodedata.combining, set(text)):
        text = text.replace(accent, "")
    return text


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")
