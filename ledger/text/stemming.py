"""The words of a text as the search index holds them: Porter stems of folded words, as SQLite's FTS5 makes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise


def words(text: str) -> Iterator[str]:
    """The words of a text in lower case and without accents, in order."""
    return (w for w in re.findall(r"[^\W_]+", folded(text)))


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


@cache
def _plain() -> _Plain:
    return _Plain()


# --- the Porter stemmer, as SQLite's FTS5 runs it --------------------------------------------------------------------

VOWELS = frozenset("aeiou")


LONGEST_STEMMED = 64
"""Bytes of the longest word that is stemmed."""


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a word in lower case; words below three bytes stay as they are."""
    if word.isascii():
        return _stem(word)
    # the index stems bytes: every byte beyond ASCII is a consonant
    return _stem(word.encode().decode("latin-1")).encode("latin-1").decode("utf-8", "ignore")


def _stem(word: str) -> str:
    if not 3 <= len(word) <= LONGEST_STEMMED:
        return word
    word = _step_1b(_step_1a(word))
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = f"{word[:-1]}i"
    word = _replaced(word, STEP_2)
    word = _replaced(word, STEP_3)
    return _step_5(_step_4(word))


def _consonant(word: str, i: int) -> bool:
    if word[i] in VOWELS:
        return False
    return word[i] != "y" or i == 0 or not _consonant(word, i - 1)


def _measure(part: str) -> int:
    """How often a vowel is followed by a consonant."""
    kinds = _kinds(part)
    return sum(a == "v" and b == "c" for a, b in pairwise(kinds))


def _kinds(part: str) -> str:
    out: list[str] = []
    for char in part:
        vowel = char in VOWELS or (char == "y" and bool(out) and out[-1] == "c")
        out.append("v" if vowel else "c")
    return "".join(out)


def _has_vowel(part: str) -> bool:
    return "v" in _kinds(part)


def _doubled(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and _consonant(word, len(word) - 1)


def _short_end(word: str) -> bool:
    """Consonant, vowel, consonant at the end, the last none of w, x, y."""
    return len(word) > 2 and _kinds(word)[-3:] == "cvc" and word[-1] not in "wxy"


def _step_1a(word: str) -> str:
    if (word.endswith("sses") and len(word) > 4) or (word.endswith("ies") and len(word) > 3):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _step_1b(word: str) -> str:
    if len(word) > 3 and word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) > 0 else word
    ending = next((e for e in ("ed", "ing") if word.endswith(e)), None)
    if ending is None or not _has_vowel(rest := word[: -len(ending)]):
        return word
    if rest.endswith(("at", "bl", "iz")):
        return f"{rest}e"
    if _doubled(rest) and rest[-1] not in "lsz":
        return rest[:-1]
    return f"{rest}e" if _measure(rest) == 1 and _short_end(rest) else rest


STEP_2 = (
    ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("logi", "log"),
    ("bli", "ble"), ("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"),
    ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("aliti", "al"),
    ("iviti", "ive"), ("biliti", "ble"),
)  # fmt: skip
STEP_3 = (
    ("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", ""),
)  # fmt: skip


def _replaced(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, other in endings:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest + other if _measure(rest) > 0 else word
    return word


STEP_4 = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ion", "ou", "ism", "ate", "iti", "ous",
    "ive", "ize",
)  # fmt: skip


def _step_4(word: str) -> str:
    for ending in STEP_4:
        if word.endswith(ending):
            rest = word[: -len(ending)]
            return rest if _measure(rest) > 1 and (ending != "ion" or rest.endswith(("s", "t"))) else word
    return word


def _step_5(word: str) -> str:
    if word.endswith("e"):
        rest = word[:-1]
        size = _measure(rest)
        if size > 1 or (size == 1 and not _short_end(rest)):
            word = rest
    return word[:-1] if word.endswith("ll") and _measure(word[:-1]) > 1 else word
