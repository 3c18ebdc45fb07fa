"""Sentences as rows of tokens in which a quotation is one token, so that clauses can be read around it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from ledger.suggest import grammar
from ledger.suggest.quotations import Quotation, quotations
from ledger.text.letters import in_small_letters

# No sentence of prose is longer; a text without full stops is cut here so that work stays linear.
LONGEST = 300
TERMINAL = frozenset(".?!…")
CLOSING = TERMINAL | {"”"}
DASHES = frozenset(["—", "–", "--", "―", "-", "---"])


class Token(NamedTuple):
    """A word, a mark, or a whole quotation; `low` is the word in lower case with straight apostrophes."""

    start: int
    end: int
    low: str
    cap: bool = False
    word: bool = False
    quote: Quotation | None = None


class Sentence:
    """A sentence of a paragraph; `index` counts paragraphs, `quoted` is true where only quotations and marks stand in it."""

    __slots__ = ("cues", "end", "first", "index", "last", "lows", "quoted", "quotes", "start", "text", "tokens")

    def __init__(self, text: str, tokens: list[Token], index: int, *, first: bool = False, last: bool = False) -> None:
        self.text = text
        self.tokens = tokens
        self.lows = frozenset([t.low for t in tokens])
        self.start, self.end = tokens[0].start, tokens[-1].end
        self.index = index
        self.cues: list[grammar.Cue] | None = None
        """What `cues` found, once it was asked."""
        self.first = first
        self.last = last
        self.quotes = [t for t in tokens if t.quote]
        self.quoted = bool(self.quotes) and not any(t.word for t in tokens)


PRONOUNS_TOO = frozenset(["who", "us", "it"])
"""What in capitals is a name, and no pronoun."""


@lru_cache(maxsize=2)
def letters(text: str) -> str:
    """The text in small letters, with straight apostrophes, each character in its place."""
    return in_small_letters(text).replace("’", "'")


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        r"[A-Za-z]++(?=\s)|[A-Za-z]\.[A-Za-z]\.(?:[A-Za-z]\.)*"  # the most words are told at once
        r"|[$£€]?[^\W_]+(?:[.,:][0-9]+|['’\-‑&@/][^\W_]+)*(?:['’](?=\s|[.,]))?|--+|\.\.+|[^\w\s]|_+"
    )


def sentences(text: str, span: tuple[int, int], index: int) -> list[Sentence]:
    """The sentences of one paragraph, each quotation kept whole inside the sentence it belongs to."""
    tokens = _tokens(text, span, quotations(text, *span))
    closing = [n for n, token in enumerate(tokens) if token[2][-1] in CLOSING]  # a quotation's are its marks
    ends = [0, *(n + 1 for n in closing if _ends(text, tokens, n)), len(tokens)]
    rows = [tokens[at : min(at + LONGEST, end)] for begin, end in pairwise(ends) for at in range(begin, end, LONGEST)]
    last = len(rows) - 1
    return [Sentence(text, r, index, first=n == 0, last=n == last) for n, r in enumerate(rows)]


def _tokens(text: str, span: tuple[int, int], quotes: list[Quotation]) -> list[Token]:
    found: list[Token] = []
    position, pattern, new, add, small = span[0], _token(), tuple.__new__, found.append, letters(text)
    for quote in [*quotes, None]:
        stop = quote.start if quote else span[1]
        for m in pattern.finditer(text, position, stop):
            start, end = m.span()
            low, first = small[start:end], text[start]
            if low in PRONOUNS_TOO and text[start:end].isupper():
                low = low.upper()
            add(new(Token, (start, end, low, first.isupper(), first.isalnum() or first in "$£€", None)))
        if quote:
            inner = text[quote.inner_start : quote.inner_start + 1]
            found.append(Token(quote.start, quote.end, "“”", cap=inner.isupper(), quote=quote))
            position = quote.end
    return found


def _ends(text: str, tokens: list[Token], n: int) -> bool:
    """True where a sentence ends with this token."""
    token = tokens[n]
    following = tokens[n + 1] if n + 1 < len(tokens) else None
    if following is None:
        return True
    if token.quote:
        return _quote_ends(text, tokens, n)
    if token.low[-1] not in TERMINAL or (token.word and token.low.count(".") < 2):
        return False
    bracket = following.low in ("(", "[") and n + 2 < len(tokens) and bool(tokens[n + 2].cap or tokens[n + 2].quote)
    fresh = bracket or following.cap or following.quote is not None or following.low[:1].isdigit()
    if token.low in "?!":
        return fresh
    if not fresh or (following.start == token.end and not following.quote):
        return False
    return not _abbreviated(tokens, n)


def _abbreviated(tokens: list[Token], n: int) -> bool:
    """True where the full stop belongs to an abbreviation, an initial or a numbered name."""
    if tokens[n].word:
        # U.S. and the like end a sentence only where a function word begins the next one.
        nxt = tokens[n + 1]
        return nxt.quote is None and nxt.low not in grammar.CLAUSE_OPENERS
    if n == 0 or tokens[n].low != ".":
        return False
    before = tokens[n - 1]
    if before.end != tokens[n].start or not before.word:
        return False
    last = before.low.rpartition("-")[2]
    if (quote := tokens[n + 1].quote) and not quote.named:
        return last in grammar.TITLES & grammar.ABBREVIATIONS
    if last in grammar.ABBREVIATIONS:
        if last not in grammar.TITLES and tokens[n + 1].low in grammar.CLAUSE_OPENERS:
            return False  # "visited Voss Ltd. The operator said"
        return last in grammar.TITLES or before.cap or tokens[n + 1].low[:1].isdigit()
    return len(before.low) == 1 and before.cap and before.low != "i"


def _quote_ends(text: str, tokens: list[Token], n: int) -> bool:
    """True where a quotation that ends like a sentence ends the sentence around it too."""
    quote = tokens[n].quote
    assert quote is not None  # noqa: S101
    inner = text[max(quote.inner_start, quote.inner_end - 3) : quote.inner_end].rstrip()
    following = tokens[n + 1]
    if not inner or inner[-1] not in TERMINAL or not (following.cap or following.quote):
        return False
    return (
        not any(t.low in grammar.verbs() for t in tokens[n + 1 : n + 7])
        or inner[-1] == "."
        or following.quote is not None
    )
