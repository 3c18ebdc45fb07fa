"""The language of a text, told by its script and by its small words; nothing is guessed for a few words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from ledger.lexicon import listed, table, vocabulary

WORD = re.compile(r"[^\W\d_]+")
LOOKED_AT = 2000
"""Characters of a text that are looked at."""
FEWEST = 8
"""Words below which a text in Latin letters is not told."""
A_PHRASE = 4
"""Words up to which a text is a phrase that says little of its language."""
IN_PHRASES = frozenset(["a", "of"])
SHORTEST = 3
"""Letters of small words up to which a few words do not tell a language: "am" stands in many."""
ENOUGH = 40
"""Words from which a text with hardly any small word of a known language is of another one; fewer may be a headline."""
SHARE = 0.15
"""The share of small words below which a text is not in that language."""
PLAINLY = 0.3
"""The share of English small words from which no other language is looked at."""
OTHER = "und"
"""A language that is none of those known here (BCP 47: undetermined)."""


@lru_cache(maxsize=8)
def detect(text: str) -> str | None:
    """The language as a two-letter code, `und` for one that is not known; None where there are too few words to tell."""
    words = [w.lower() for w in WORD.findall(text.lstrip()[:LOOKED_AT])]
    if not words:
        return None
    script = _script(words)
    if script == OTHER:
        return OTHER
    if script == "Latin":
        return _latin(words) if len(words) >= FEWEST else None
    best, _ = _best(words, script)
    return best if best or len(words) >= 3 else None


def script(text: str) -> str:
    """Latin, Cyrillic, Arabic, or `und`: the script of most words; empty where there is no word."""
    words = WORD.findall(text.lstrip()[:LOOKED_AT])
    return _script(words) if words else ""


TELLING = frozenset({"the", "their", "they", "were", "which"})
"""English words that no other language writes."""


def leaning(text: str) -> str | None:
    """What a few words lean to: English, another language, `und` for one that is not told; None where nothing tells."""
    words = [m[0] for m in WORD.finditer(text) if not text[m.start() - 1 : m.start()].isdecimal()]
    if words and (script := _script([w.lower() for w in words])) != "Latin":
        return (_best([w.lower() for w in words], script)[0] if script != OTHER else None) or OTHER
    letters = any(not w.isascii() and w[0].islower() for w in words)
    strange = sum(w[0].islower() and w not in _english() for w in words)
    words = [w.lower() for w in words]
    known = [word for word in words if word in _english()]
    alone = sum(word in _small_words()["en"] and word not in _written("Latin") for word in words)
    english = sum(map(_weight, known))
    held = Counter(code for word in words for code in _written("Latin").get(word, ()) for _ in range(_weight(word)))
    (first, most), (_, next_most) = [*held.most_common(2), (OTHER, 0), (OTHER, 0)][:2]
    small = any(word in _small_words()["en"] for word in words)
    plainly = not TELLING.isdisjoint(known) or (alone and strange <= len(known))
    if english > most and (plainly or (not letters and 2 * len(known) + small > len(words))):
        return "en"
    if 0 < english == most and not letters and len(words) <= A_PHRASE and not IN_PHRASES.isdisjoint(words):
        return "en"  # "winds of 145 km/h", as somebody types it
    if most > english:
        long = sum(len(word) for word in {*words} if first in _written("Latin").get(word, ())) > SHORTEST
        return first if long and most - next_most > 1 else OTHER
    return OTHER if letters or most else None


def _weight(word: str) -> int:
    """A word that English shares with another language tells half as much."""
    return 1 if word in _english() and word in _written("Latin") else 2


def is_read(language: str | None) -> bool:
    """Whether figures are read in a language; one that is not said counts as English."""
    return language is None or base(language) in listed("languages", "read")


def base(language: str) -> str:
    """The language of a tag: `es` of `es-MX`."""
    return re.split(r"[-_]", language.strip().lower())[0]


def _latin(words: list[str]) -> str | None:
    """The one language in Latin letters whose small words are the most; `und` where none has enough of them."""
    english = _held(words, "en")
    if english >= PLAINLY * len(words):
        return "en"
    best, held = _best(words, "Latin")
    if held > english and held >= max(2, SHARE * len(words)):
        return best
    if english >= SHARE * len(words):
        return "en"
    foreign = sum(not w.isascii() for w in words) > max(1, len(words) // 20)
    return OTHER if foreign or len(words) >= ENOUGH else None


def _best(words: list[str], script: str) -> tuple[str | None, int]:
    """The language of the script, English apart, whose small words are the most, `und` where two have as many; how many."""
    held = Counter(code for word in words for code in _written(script).get(word, ()))
    (best, most), (_, next_most) = [*held.most_common(2), (None, 0), (None, 0)][:2]
    return (best if most > next_most else OTHER) if best else None, most


def _held(words: list[str], code: str) -> int:
    """How many of the words are small words of the language."""
    small = _small_words()[code]
    return sum(map(small.__contains__, words))


def _script(words: list[str]) -> str:
    """Latin, Cyrillic, Arabic, or `und`: the script of most words."""
    if all(map(str.isascii, words)):
        return "Latin"
    return Counter(_letter(word[0]) for word in words).most_common(1)[0][0]


def _letter(letter: str) -> str:
    code = ord(letter)
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return "Latin"
    if 0x400 <= code < 0x530:
        return "Cyrillic"
    return "Arabic" if 0x600 <= code < 0x700 or 0x750 <= code < 0x780 else OTHER


@cache
def _written(script: str) -> dict[str, list[str]]:
    """The small words of the languages that are written in a script, English apart, each with its languages."""
    found: dict[str, list[str]] = {}
    for code, words in table("languages", "small_words").items():
        for word in words if code != "en" and _letter(words[-1][0]) == script else ():
            found.setdefault(word, []).append(code)
    return found


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in table("languages", "small_words").items()}


@cache
def _english() -> frozenset[str]:
    """Small words of English, and those of its lists that are no small words of another language."""
    shared = _written("Latin").keys() | {*listed("languages", "magnitudes"), *listed("languages", "scales")}
    return _small_words()["en"] | vocabulary("en", "hedges") | (vocabulary("en") - shared)
