"""The language of a text, told by its script and by its small words; nothing is guessed for a few words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from ledger.lexicon import listed, table

WORD = re.compile(r"[^\W\d_]+")
LOOKED_AT = 2000
"""Characters of a text that are looked at."""
FEWEST = 8
"""Words below which a text in Latin letters is not told."""
ENOUGH = 40
"""Words from which a text with hardly any small word of a known language is of another one; fewer may be a headline."""
SHARE = 0.15
"""The share of small words below which a text is not in that language."""
PLAINLY = 0.3
"""The share of English small words from which no other language is looked at."""
OTHER = "und"
"""A language that is none of those known here (BCP 47: undetermined)."""


def detect(text: str) -> str | None:
    """The language as a two-letter code, `und` for one that is not known; None where there are too few words to tell."""
    words = [w.lower() for w in WORD.findall(text[:LOOKED_AT])]
    if not words:
        return None
    script = _script(words)
    if script != "Latin":
        return script if script != "Cyrillic" else _of(words, ("ru", "uk"), fewest=3)
    return _of(words, tuple(code for code in _small_words() if code not in ("ru", "uk", "ar")), fewest=FEWEST)


def is_read(language: str | None) -> bool:
    """Whether figures are read in a language; one that is not said counts as English."""
    return language is None or base(language) in listed("languages", "read")


def base(language: str) -> str:
    """The language of a tag: `es` of `es-MX`."""
    return re.split(r"[-_]", language.strip().lower())[0]


def _of(words: list[str], codes: tuple[str, ...], *, fewest: int) -> str | None:
    """The one of these languages whose small words are the most; `und` where none has enough of them."""
    if "en" in codes and len(words) >= fewest and _held(words, "en") >= PLAINLY * len(words):
        return "en"
    held = {code: _held(words, code) for code in codes}
    best = max(held, key=lambda code: held[code])
    if "en" not in codes:
        return best if held[best] >= 1 or len(words) >= fewest else None
    if len(words) < fewest:
        return None
    if held[best] > held["en"] and held[best] >= max(2, SHARE * len(words)):
        return best
    if held["en"] >= SHARE * len(words):
        return "en"
    foreign = sum(not w.isascii() for w in words) > max(1, len(words) // 20)
    return OTHER if foreign or len(words) >= ENOUGH else None


def _held(words: list[str], code: str) -> int:
    """How many of the words are small words of the language."""
    small = _small_words()[code]
    return sum(word in small for word in words)


def _script(words: list[str]) -> str:
    """Latin, Cyrillic, the code of the one language written so, or `und`: the script of most letters."""
    scripts = Counter(_letter(word[0]) for word in words)
    return scripts.most_common(1)[0][0]


def _letter(letter: str) -> str:
    code = ord(letter)
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return "Latin"
    if 0x400 <= code < 0x530:
        return "Cyrillic"
    return "ar" if 0x600 <= code < 0x700 or 0x750 <= code < 0x780 else OTHER


@cache
def _small_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words) for code, words in table("languages", "small_words").items()}
