"""Every fold of a text by its name: what counts as the same characters, the same words, the same name, the same place.

`fold` folds typography alone and knows the way back to the original characters: runs of white space (to one space), quotation
marks (to ' or "), dashes (to -), dots of an ellipsis (to one). The others give the folded text:

- `wording`: compatibility forms, invisible characters, typography, case, a leading "the"; for looking a text up in word lists.
- `name`: the same, accents of Latin letters, punctuation, articles, an acronym in brackets; whether two names are one.
- `place`: the same, and words that only say what sort of place it is; whether two places are one.
- `sought`: compatibility forms, invisible characters, quotation marks, dashes, case; for finding protected names in a text.
- `words`: everything but letters and digits; for grades.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache

from msgspec import Struct

from ledger import lexicon

SINGLE = "'‘’‚‛‹›`´′ʼ＇"
DOUBLE = '"“”„‟«»″〝〞〟＂'
DASHES = "-‐‑‒–—―−﹘﹣－"

INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Marks that change nothing a reader sees; joiners stay, because Persian and Hindi spelling needs them."""


class Folded(Struct, frozen=True):
    """A text with plain typography; every character of it stands for one stretch of the original."""

    text: str
    _here: tuple[int, ...]
    _there: tuple[int, ...]

    def original(self, offset: int) -> int:
        """Where the stretch that this offset stands for begins in the original."""
        n = bisect_right(self._here, offset) - 1
        return self._there[n] + offset - self._here[n]


def fold(text: str, *, letters: bool = False) -> Folded:
    """The text with its typography folded, what nobody sees left out, and the offsets back; `letters` parts ligatures, too."""
    parts: list[str] = []
    here, there = [0], [0]
    length = read = 0
    for found in _typography(letters=letters).finditer(text):
        start, end = found.span()
        plain = _plain(found)
        parts += (text[read:start], plain)
        length += start - read + len(plain)
        read = end
        here.append(length)
        there.append(end)
    parts.append(text[read:])
    return Folded("".join(parts), tuple(here), tuple(there))


@cache
def _typography(*, letters: bool) -> re.Pattern[str]:
    """What looks different after folding; each alternative is one stretch, of which no part matches alone elsewhere."""
    curly = SINGLE.replace("'", "")
    return re.compile(
        r"(?P<space>[^\S ]\s*|  \s*| [^\S ]\s*)"
        r"|(?P<dots>\.{3,}+[.…]*+|\.{0,2}+…[.…]*+|\.(?:\s++\.){2,}+)"
        rf"|(?P<double>''|``|‘‘|’’|‚‚|[{DOUBLE[1:]}])"
        rf"|(?P<single>[{curly}])"
        rf"|(?P<dash>---?|[{DASHES[1:]}])"
        rf"|(?P<unseen>[{INVISIBLE}]+)" + (rf"|(?P<ligature>[{LIGATURES}])" if letters else "")
    )


LIGATURES = "\ufb00-\ufb06"

_FOLDS = {"unseen": "", "space": " ", "dots": "…", "double": '"', "single": "'", "dash": "-"}


def _plain(found: re.Match[str]) -> str:
    kind = found.lastgroup or ""
    return unicodedata.normalize("NFKC", found[0]) if kind == "ligature" else _FOLDS[kind]


def is_blank(text: str) -> bool:
    """True where nothing of a text is seen."""
    return not (text[:1].isalnum() or fold(text).text.strip())


# --- names and words ----------------------------------------------------------------------------------------------

ARTICLES = frozenset({"the", "a", "an"})


@lru_cache(maxsize=4096)  # an import names the same few thousand again and again
def wording(text: str) -> str:
    """In lower case, in one kind of quotation mark, dash and space, without a leading "the"; punctuation and accents stay."""
    if text.isascii() and not _marks_in_ascii().search(text):
        folded = " ".join(text.lower().split())  # what follows would find nothing else, and takes ten times as long
    else:
        folded = unicodedata.normalize("NFKC", text.translate(dict.fromkeys(map(ord, INVISIBLE))))
        folded = unicodedata.normalize("NFKC", fold(folded).text.casefold())
        while (again := " ".join(fold(folded).text.split())) != folded:
            folded = again  # marks folded to dashes may stand together as a longer dash
    while folded.startswith("the "):
        folded = folded[4:]
    return folded


@lru_cache(maxsize=4096)
def name(text: str) -> str:
    """A name as names are compared everywhere: two names are one where this is one."""
    bare = _without_acronym(text)
    plain = wording(bare)
    if _address().search(plain):
        return plain
    return " ".join(w for w in unaccented(plain).translate(SPACED).split() if w not in ARTICLES) or plain


@lru_cache(maxsize=4096)
def place(text: str) -> str:
    """A place as places are compared: "the city of Homs" is "Homs"."""
    named = name(text)
    nouns = lexicon.words("en/answers", "place_nouns")
    return " ".join(w for w in named.split() if w not in nouns) or named


def sought(text: str) -> str:
    """A text as names are looked for in it."""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if not folded.isascii():  # a search for the few marks is some twenty times as fast as str.translate
        marks = _plain_marks()
        folded = _marks().sub(lambda m: marks[m[0]], folded)
    return " ".join(folded.casefold().split())


def words(text: str) -> str:
    """Letters and digits, in lower case, with one space between words."""
    return _other_than_words().sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def unaccented(text: str) -> str:
    """Latin letters without their accents; marks of other scripts are letters, and stay."""
    if text.isascii():
        return text
    kept: list[str] = []
    for c in unicodedata.normalize("NFD", text):
        if not (unicodedata.combining(c) and kept and kept[-1].isascii()):
            kept.append(c)
    return unicodedata.normalize("NFC", "".join(kept))


def initials(text: str) -> str:
    """The first letters of the words that carry a name: UN for "the United Nations (New York)"."""
    bare = re.split(r"[\s-]+", without_brackets(text))
    small = lexicon.words("en/speakers", "small") | ARTICLES
    return "".join(w[0] for w in bare if w and w.lower() not in small).upper()


def without_brackets(text: str) -> str:
    """The text without what stands in brackets."""
    return _bracketed().sub(" ", text).strip() or text


def _without_acronym(text: str) -> str:
    """The name without its own acronym in brackets: "Syrian Observatory for Human Rights (SOHR)"."""
    for found in _bracketed().finditer(text):
        inside = found[1].strip()
        if inside.isupper() and inside == initials(text):
            return without_brackets(text)
    return text


class _Spaced(dict[int, int]):
    """A space for each mark that parts words; what was asked once is known."""

    def __missing__(self, code: int) -> int:
        c = chr(code)
        self[code] = code if c == " " or c in "@#" or unicodedata.category(c)[0] not in "PSZ" else ord(" ")
        return self[code]


SPACED = _Spaced()


@cache
def _marks_in_ascii() -> re.Pattern[str]:
    """What `fold` changes in a text of ASCII, but for its spaces."""
    return re.compile(r"`|''|--|\.\s*\.")


@cache
def _bracketed() -> re.Pattern[str]:
    return re.compile(r"\(([^()]{1,200})\)")


@cache
def _address() -> re.Pattern[str]:
    """Handles, sites and addresses, in which punctuation tells one from another."""
    return re.compile(r"^[@#]\w|://|^[^\s]+\.[a-z]{2,12}$")


@cache
def _other_than_words() -> re.Pattern[str]:
    return re.compile(r"[\W_]+")


@cache
def _plain_marks() -> dict[str, str]:
    """What stands for a mark: a plain one, and nothing for an invisible one."""
    plain = ((SINGLE, "'"), (DOUBLE, '"'), (DASHES, "-"), (INVISIBLE, ""))
    return {c: mark for marks, mark in plain for c in marks}


@cache
def _marks() -> re.Pattern[str]:
    return re.compile("[" + re.escape("".join(_plain_marks())) + "]")
