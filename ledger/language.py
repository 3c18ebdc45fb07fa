"""The language of a text, told by its script and by its small words; nothing is guessed for a few words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from ledger.lexicon import listed, meanings, table, values, vocabulary

WORD = re.compile(r"[^\W\d_]+")
LOOKED_AT = 2000
"""Characters of a text that are looked at."""
FEWEST = 8
"""Words below which a text in Latin letters is not told."""
SHORTEST = 3
"""Letters of a small word up to which it proves little: "am" stands in many languages."""
FEW_LETTERS = 5
"""Letters of small words in all up to which they do not tell a language."""
MANY_LETTERS = 30
"""Letters among which one that a language often has does not fail."""
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
    words = [w.lower() for w in WORD.findall(text[:LOOKED_AT])]
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
    words = WORD.findall(text[:LOOKED_AT])
    return _script(words) if words else ""


ENGLISH_END = re.compile(r"[a-z]{3,}(?:[^aeiouh\W]ed|ing|tion|ness)")
OF_OR_A = re.compile(r"[a-z]\sof\s(?=[a-z\d])|\ba\s\d")
"""In a phrase, as somebody types it: "winds of 90 km/h", "a 40 km course"; "30 of 40" is Dutch, too."""


def leaning(text: str) -> str | None:
    """What a few words lean to: English, another language, `und` for one that is not told; None where nothing tells."""
    spelt = [m[0] for m in WORD.finditer(text) if not _tied(text[m.start() - 1 : m.start()])]
    words = [w.lower() for w in spelt]
    if words and (script := _script(words)) != "Latin":
        return (_best(words, script)[0] if script != OTHER else None) or OTHER
    foreign, known = _written("Latin"), _english()
    held = Counter(code for w in words if w in foreign for code in foreign[w] * (1 if w in known else 2))
    (_, most), (_, next_most) = [*held.most_common(2), (OTHER, 0), (OTHER, 0)][:2] if held else [(OTHER, 0)] * 2
    english = sum(1 if w in _shared() else 2 for w in words if w in known)
    if english > most and (_proven(text, spelt, words) or any(w in words for w in listed("languages", "english"))):
        return "en"
    if most > english:
        return (_best(words, "Latin")[0] if most - next_most > 1 else None) or OTHER
    return OTHER if most or any(not w.isascii() and w[0].islower() for w in spelt) else None


def _tied(before: str) -> bool:
    """Whether a word is tied to what stands before it, as units are: "5km", "km/h"."""
    return before == "/" or before.isdecimal()


def _proven(text: str, spelt: list[str], words: list[str]) -> bool:
    """Whether the words that prove English outweigh those that nobody knows."""
    proof = sum(map(_proof, {*words})) + 4 * (OF_OR_A.search(text) is not None)
    several = len(_small_words()["en"].intersection(words)) > 1
    strange = sum(
        (s[0].islower() or not at) and not _proof(w) and w not in _english()
        for at, (s, w) in enumerate(zip(spelt, words, strict=True))
    )
    return proof > 1 and proof + several > 4 * strange


@lru_cache(maxsize=4096)
def _proof(word: str) -> int:
    """How far a word tells that words are English: long ones that it shares with no language do, small ones most."""
    if word in _shared() or not (word in _english() or ENGLISH_END.fullmatch(word)):
        return 0
    return 4 * (1 + (word in _small_words()["en"])) if len(word) > SHORTEST else 1


def is_read(language: str | None) -> bool:
    """Whether figures are read in a language; one that is not said counts as English."""
    return language is None or base(language) in listed("languages", "read")


def base(language: str) -> str:
    """The language of a tag: `es` of `es-MX`."""
    return re.split(r"[-_]", language.strip().lower())[0]


def _latin(words: list[str]) -> str | None:
    """The one language in Latin letters whose small words are the most; `und` where none has enough of them."""
    small = _small_words()["en"]
    english = sum(map(small.__contains__, words))
    own = _own().intersection(words)  # other languages may have all the others, and short ones by chance
    told = any(len(word) >= SHORTEST for word in own) or (bool(own) and len(words) >= ENOUGH)
    if told and english >= PLAINLY * len(words):
        return "en"
    best, held = _best(words, "Latin")
    if held > english and held >= max(2, SHARE * len(words)):
        return best
    if told and english >= SHARE * len(words):
        return "en"
    foreign = sum(not w.isascii() for w in words) > max(1, len(words) // 20)
    return OTHER if foreign or len(words) >= ENOUGH else None


def _best(words: list[str], script: str) -> tuple[str | None, int]:
    """The language of the script, English apart, whose small words are the most, `und` where two have as many; how many."""
    held = Counter(code for word in words for code in _written(script).get(word, ()))
    alphabets, least = values("languages", "letters"), FEW_LETTERS
    if script != "Latin" and len(words) < ENOUGH:
        spelt = [code for code in alphabets if _spelt("".join(words), code)]
        held = Counter({code: n for code, n in held.items() if code in spelt or code not in alphabets})
        least = 1 if len(spelt) == 1 else 2
    (best, most), (_, next_most) = [*held.most_common(2), (None, 0), (None, 0)][:2]
    if best is None or sum(len(word) for word in {*words} if best in _written(script).get(word, ())) <= least:
        return None, 0
    return best if most > next_most else OTHER, most


def _spelt(words: str, code: str) -> bool:
    """Whether words have the letters of a language and no others."""
    needed = set(values("languages", "needed").get(code, "")) if len(words) > MANY_LETTERS else set[str]()
    return set(values("languages", "letters")[code]).issuperset(words) and not (needed and needed.isdisjoint(words))


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
    """Small words of English, those of its lists, and its units."""
    return _small_words()["en"] | vocabulary("en") | meanings("en/units", "measures").keys()


@cache
def _own() -> frozenset[str]:
    """Small words that only English has."""
    return _small_words()["en"] - _shared()


@cache
def _shared() -> frozenset[str]:
    """Words that other languages write too."""
    return frozenset({*_written("Latin"), *listed("languages", "magnitudes"), *listed("languages", "scales")})
