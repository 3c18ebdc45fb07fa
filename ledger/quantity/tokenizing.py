"""Words, numerals and signs of one passage, with their places; everything else here walks over them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ledger.text.letters import in_small_letters

# groups of a numeral are bounded: an unbounded run of ",22" would be read again from each of its digits
PATTERN = (
    r"(?:[A-Z]\.){2,4}(?= [a-z])"  # "U.S. stores"
    r"|[A-Za-z]++(?=[\s,.])"  # the most words, told at once
    r"|\d{1,3}(?:,\d{2,3}){0,5},\d{3}(?![\d])(?:\.\d+)?"
    r"|\d+(?:\.\d+)*"
    r"|(?:[kcdm]?m|ft|mi|yd)[23](?!\w|[.,]\d)"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|[<>=]+"
    r"|\S"
)


@cache
def _token() -> re.Pattern[str]:
    return re.compile(PATTERN)


@cache
def _blank_line() -> re.Pattern[str]:
    return re.compile(r"\n\s*\n")


class Tokens:
    """The tokens of text[start:end]; offsets are those of the whole text, and asking beyond an end gives nothing."""

    __slots__ = ("ends", "size", "starts", "text", "words")

    def __init__(self, text: str, start: int, end: int, small: str) -> None:
        self.text = text
        found = [m.span() for m in _token().finditer(text, start, end)]
        self.starts = [a for a, _ in found]
        self.ends = [b for _, b in found]
        self.words = [small[a:b] for a, b in found]
        self.size = len(found)

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < self.size else ""

    def raw(self, i: int) -> str:
        return self.text[self.starts[i] : self.ends[i]] if 0 <= i < len(self.words) else ""

    def glued(self, i: int) -> bool:
        """True where token i follows the one before it without a space."""
        return 0 < i < len(self.words) and self.ends[i - 1] == self.starts[i]

    def gap(self, i: int) -> str:
        """What stands between token i-1 and token i."""
        return self.text[self.ends[i - 1] : self.starts[i]] if 0 < i < len(self.words) else ""

    def is_numeral(self, i: int) -> bool:
        return 0 <= i < len(self.words) and self.words[i][0].isdecimal()

    def is_word(self, i: int) -> bool:
        return 0 <= i < len(self.words) and self.words[i][0].isalpha()

    def is_capitalised(self, i: int) -> bool:
        return 0 <= i < len(self.words) and self.text[self.starts[i]].isupper()

    def opens_sentence(self, i: int) -> bool:
        """True where token i is the first word of the passage, a line or a sentence."""
        return i <= 0 or self.words[i - 1] in OPENING or "\n" in self.gap(i)

    def past_hyphen(self, i: int) -> int:
        """The token behind a hyphen that is tied to the word before it; the same token where none is."""
        return i + (self.word(i) in HYPHENS and self.glued(i))

    def same(self, i: int, phrase: tuple[str, ...]) -> bool:
        """True where the phrase stands at token i."""
        return phrase[0] in self.words[i : i + 1] and self.words[i : i + len(phrase)] == [*phrase]


HYPHENS = ("-", "‐", "‑")
SENTENCE_END = frozenset(".!?;:")
OPENING = frozenset(".!?:;\"“”‘'•…")


def passages(text: str) -> Iterator[Tokens]:
    """The text a paragraph at a time, since no figure runs over a blank line."""
    start, small = 0, in_small_letters(text)
    for m in _blank_line().finditer(text):
        yield Tokens(text, start, m.start(), small)
        start = m.end()
    yield Tokens(text, start, len(text), small)


CHAIN_SIGNS = ("-", "‐", "‑", "–", "/", ".", ":", "·")


def chain_end(tokens: Tokens, i: int) -> int:
    """The token after a row of numerals tied by hyphens, slashes, dots or colons without spaces."""
    end = i + 1
    while (
        tokens.word(end) in CHAIN_SIGNS and tokens.glued(end) and tokens.glued(end + 1) and tokens.is_numeral(end + 1)
    ):
        end += 2
    return end
