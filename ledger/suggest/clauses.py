"""The clause around a fragment inside a statement: the sentence, then the part of it between clause boundaries."""

from __future__ import annotations

from ledger.suggest import lexicon, phrases, words
from ledger.suggest.reading import Span, span
from ledger.suggest.sentences import Token, sentences


def around(text: str, part: Span, fragment: Span) -> Span:
    """The clause of the part that holds the fragment; the whole part where the fragment crosses clauses."""
    for sentence in sentences(text, part, 0):
        tokens = sentence.tokens
        if sentence.start <= fragment[0] and fragment[1] <= sentence.end:
            lo, hi = _bounds(tokens, fragment)
            cut = span(tokens, lo, hi)
            if cut and cut[0] <= fragment[0] and fragment[1] <= cut[1]:
                return cut
            return sentence.start, sentence.end
    return part


def _bounds(tokens: list[Token], fragment: Span) -> tuple[int, int]:
    """The nearest clause boundaries on both sides of the fragment."""
    lo, hi = 0, len(tokens)
    for at in range(1, len(tokens) - 1):
        if _boundary(tokens, at):
            if tokens[at].end <= fragment[0]:
                lo = at + 1
            elif tokens[at].start >= fragment[1]:
                return lo, at
    return lo, hi


def _boundary(tokens: list[Token], at: int) -> bool:
    """Whether a clause ends here: a semicolon, or a comma before a participle, a relative or a new subject with its verb."""
    if tokens[at].low == ";":
        return True
    if tokens[at].low != ",":
        return False
    after = tokens[at + 1]
    if words.low_ing(after) or after.low in ("who", "which", "while", "but", "whereas", "although"):
        return True
    return after.low in lexicon.COORDINATORS and phrases.has_verb(tokens, at + 2, min(len(tokens), at + 10))
