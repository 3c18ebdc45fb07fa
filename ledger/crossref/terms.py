"""What is looked for of a text: its words as the index holds them, without addresses and stop words, its numbers and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ledger import lexicon
from ledger.text.stemming import folded, stem, words

__all__ = ["STOP", "cleaned", "folded", "names", "numbers", "query_words", "stands", "stem", "terms", "words"]

STOP = lexicon.words("en/search", "stop")
CHARACTERS_AT_MOST = 20_000
"""Of a longer text the beginning is read."""


def terms(text: str) -> list[str]:
    """The stems of all words, as the index holds them; stop words and repetitions stay."""
    return [stem(w) for w in words(text)]


def query_words(text: str) -> list[str]:
    """The words to search for, each once, in order."""
    return [w for w in dict.fromkeys(words(cleaned(text))) if w not in STOP]


def cleaned(text: str) -> str:
    """The text without addresses, tags and handles split into words."""
    text = re.sub(
        r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+", " ", text[:CHARACTERS_AT_MOST], flags=re.IGNORECASE
    )
    parts = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+"
    return re.sub(r"[#@](\w+)", lambda m: " ".join(("", *re.findall(parts, m[1]), "")), text)


def stands(phrase: Sequence[str], words: Sequence[str]) -> bool:
    """True where the words hold the phrase, word by word."""
    size, first = len(phrase), phrase[0]
    return first in words and any(w == first and words[i : i + size] == phrase for i, w in enumerate(words))


@lru_cache(maxsize=4096)
def numbers(text: str) -> frozenset[str]:
    """The numbers written in digits, without separators; single digits are too common to tell anything."""
    found = (m[0].replace(",", "").rstrip(".") for m in re.finditer(r"\d[\d,]*(?:\.\d+)?", text))
    return frozenset(n for n in found if len(n) > 1)


def names(text: str) -> frozenset[str]:
    """Words with a capital that do not open a sentence, in lower case: mostly names."""
    return frozenset(folded(m[1]) for m in re.finditer(r"(?<=[^\s.!?:]\s)([A-Z][\w’'-]*\w)", text)) - STOP
