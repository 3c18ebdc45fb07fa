"""The words of a text as search compares them: addresses out, tags and handles split, stop words out, stems as indexed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from ledger import lexicon
from ledger.crossref.stems import stem

STOP = lexicon.words("en/search", "stop")
CHARACTERS_AT_MOST = 20_000
"""Of a longer text the beginning is read."""


def words(text: str) -> Iterator[str]:
    """The words of a text in lower case and without accents, in order."""
    return (w for w in _word().findall(folded(text)))


def terms(text: str) -> list[str]:
    """The stems of all words, as the index holds them; stop words and repetitions stay."""
    return [stem(w) for w in words(text)]


def query_words(text: str) -> list[str]:
    """The words to search for, each once, in order."""
    return [w for w in dict.fromkeys(words(cleaned(text))) if w not in STOP]


def cleaned(text: str) -> str:
    """The text without addresses, tags and handles split into words."""
    text = _address().sub(" ", text[:CHARACTERS_AT_MOST])
    return _tag().sub(lambda m: " ".join(("", *_camel().findall(m[1]), "")), text)


def folded(text: str) -> str:
    """Lower case without accents, as the index folds: Latin letters lose theirs, those of other scripts are letters apart."""
    text = text.lower()
    return text if text.isascii() else text.translate(_plain())


class _Plain(dict[int, str]):
    """What each character becomes; filled as characters come."""

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code))
        accented = len(parts) > 1 and parts[0].isascii() and all(0x300 <= ord(mark) < 0x370 for mark in parts[1:])
        plain = parts[0] if accented else chr(code)
        self[code] = "" if 0x300 <= code < 0x370 else plain
        return self[code]


@lru_cache(maxsize=4096)
def numbers(text: str) -> frozenset[str]:
    """The numbers written in digits, without separators; single digits are too common to tell anything."""
    found = (m[0].replace(",", "").rstrip(".") for m in _number().finditer(text))
    return frozenset(n for n in found if len(n) > 1)


def names(text: str) -> frozenset[str]:
    """Words with a capital that do not open a sentence, in lower case: mostly names."""
    return frozenset(folded(m[1]) for m in _name().finditer(text)) - STOP


@cache
def _plain() -> _Plain:
    return _Plain()


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")


@cache
def _address() -> re.Pattern[str]:
    return re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+", re.IGNORECASE)


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(r"[#@](\w+)")


@cache
def _camel() -> re.Pattern[str]:
    return re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\d[\d,]*(?:\.\d+)?")


@cache
def _name() -> re.Pattern[str]:
    return re.compile(r"(?<=[^\s.!?:]\s)([A-Z][\w’'-]*\w)")
