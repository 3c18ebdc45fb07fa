"""A sentence while it is read: its cues, what belongs to whom already, and the reported statements found so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from ledger.suggest import edges
from ledger.suggest.cues import Cue
from ledger.suggest.lexicon import Strength
from ledger.suggest.phrases import Range
from ledger.suggest.sentences import DASHES, Sentence, Token
from ledger.suggest.words import CLOSE_BRACKETS

Span = tuple[int, int]

WEAK = frozenset([Strength.JUDGES, Strength.WANTS])


class Hop(NamedTuple):
    """Somebody in a raw chain; no span where the text names nobody."""

    source: Span | None
    cue: Span | None


@dataclass(eq=False, repr=False)
class Hit:
    """One reported statement as the sentence gives it, before chains are joined across sentences."""

    source: Span | None
    cue: Span
    content: list[Span]
    pattern: str
    strength: Strength
    lemma: str
    sentence: Sentence
    inherited: bool = False
    """True where the source stands with an earlier cue of the same sentence."""
    relays: list[Hop] = field(default_factory=list)
    antecedent: Span | None = None
    """What a relative pronoun that is the source refers to."""


@dataclass(eq=False, repr=False)
class Reading:
    """A sentence while its cues are read from left to right."""

    sentence: Sentence
    cues: list[Cue]
    size: int
    """The number of tokens without the marks that end the sentence."""
    hits: list[Hit] = field(default_factory=list)
    taken: list[Range] = field(default_factory=list)
    """Runs of tokens that belong to a statement already read."""

    @property
    def tokens(self) -> list[Token]:
        return self.sentence.tokens

    def floor(self, at: int) -> int:
        """The end of the last statement already read before this token."""
        return max((hi for _, hi in self.taken if hi <= at), default=0)

    def ceiling(self, at: int) -> int:
        """The start of the next statement already read after this token."""
        return min((lo for lo, _ in self.taken if lo > at), default=self.size)

    def free(self, at: int) -> bool:
        return not any(lo <= at < hi for lo, hi in self.taken)


def length(tokens: list[Token]) -> int:
    """The number of tokens without the marks that end the sentence."""
    end = len(tokens)
    while end and not solid(tokens[end - 1]) and tokens[end - 1].low not in CLOSE_BRACKETS:
        end -= 1
    return end


def remember(
    reading: Reading,
    cue: Cue,
    source: Range | Span | None,
    content: list[Range],
    *,
    pattern: str,
    inherited: bool = False,
) -> Hit | None:
    """Keep a hit when it has content; ranges of tokens become spans of characters."""
    tokens = reading.tokens
    spans = [s for lo, hi in content if lo < hi and (s := span(tokens, lo, hi))]
    if not spans:
        return None
    marks = source if inherited or source is None else chars(tokens, source)
    cue_end = cue.last
    if cue_end < reading.size and tokens[cue_end].low in ("that", "as") and cue_end == content[-1][0] - 1:
        cue_end += 1
    hit = Hit(
        marks,
        (tokens[cue.first].start, tokens[cue_end - 1].end),
        spans,
        pattern,
        cue.entry.strength,
        cue.entry.lemma,
        reading.sentence,
        inherited,
    )
    if (
        source is not None
        and not inherited
        and tokens[source[0]].low in ("who", "which", "that")
        and source[1] - source[0] == 1
    ):
        hit.antecedent = referent(tokens, source[0], reading.floor(source[0]))
    reading.hits.append(hit)
    after = min((lo for lo, _ in content if lo >= cue.last), default=cue.last)
    reading.taken += [(cue.first, after), *(c for c in content if c[0] < c[1])]
    if source is not None and not inherited:
        reading.taken.append(source)
    return hit


def referent(tokens: list[Token], at: int, floor: int) -> Span | None:
    """The noun phrase that the relative pronoun follows."""
    hi = at - 1 if at > floor and tokens[at - 1].low == "," else at
    return span(tokens, edges.minimal(tokens, floor, hi), hi) if hi > floor else None


def span(tokens: list[Token], lo: int, hi: int) -> Span | None:
    """The characters of a run of tokens, without marks at its ends; a lone quotation gives the words inside it."""
    while lo < hi and not solid(tokens[lo]) and tokens[lo].low not in "([$#@":
        lo += 1
    while lo < hi and not solid(tokens[hi - 1]) and tokens[hi - 1].low not in (")", "]", "%", "?", "!", "°"):
        hi -= 1
    if lo >= hi or not any(solid(t) for t in tokens[lo:hi]):
        return None
    quote = tokens[lo].quote
    if hi - lo == 1 and quote:
        return inner(tokens[lo])
    return tokens[lo].start, tokens[hi - 1].end


def inner(token: Token) -> Span | None:
    """The words inside a quotation, without the comma that the sentence put there."""
    return (token.quote.inner_start, token.quote.inner_end) if token.quote else None


def chars(tokens: list[Token], r: Range) -> Span:
    return tokens[r[0]].start, tokens[r[1] - 1].end


def solid(token: Token) -> bool:
    """Whether the token is a word or a quotation, and not a mark."""
    return token.word or token.quote is not None


def dateline(sentence: Sentence) -> int:
    """The number of tokens of a dateline: "ADEN, May 3 (Agency) -" or "Palmyra:" before a sentence."""
    tokens = sentence.tokens
    if not sentence.first or len(tokens) < 8 or not tokens[0].cap:
        return 0
    for at, token in enumerate(tokens[1:16], 1):
        if token.low in DASHES or (token.low == ":" and at == 1):
            shouted = sentence.text[tokens[0].start : tokens[0].end].isupper() and len(tokens[0].low) > 3
            agency = any(t.low == "(" for t in tokens[:at])
            filed = token.low == ":" and len(tokens) > 20 and tokens[2].word
            return at + 1 if filed or (token.low != ":" and (shouted or agency)) else 0
        if not (token.cap or not token.word or token.low.isdigit()):
            return 0
    return 0
