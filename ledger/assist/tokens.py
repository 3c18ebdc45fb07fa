"""A text as the rows of tokens that a model labels, with what the rules found marked on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ledger.records import Found
from ledger.suggest import paragraphs
from ledger.suggest.sentences import Sentence, Token

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what, as stretches of the text: of the rules, or as a person settled it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(slots=True)
class Marked:
    """One of the rules' finds on the tokens: the numbers of those in its source, cue and content."""

    found: Found
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


@dataclass(slots=True)
class Rows:
    """The tokens of a text in one row, the sentence each one stands in, and the marks of the rules."""

    tokens: list[Token]
    of: list[int]
    sentences: list[Sentence]
    firsts: list[int]
    """The number of the first token of each sentence, and one more: the number of all."""
    marked: list[Marked] = field(default_factory=list)
    labels: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """For each token that a rule's find holds: the number of the find, and S, Q or C."""

    def mark(self, one: Marked) -> None:
        number = len(self.marked)
        self.marked.append(one)
        for label, numbers in (("Q", one.cue), ("S", one.source), ("C", one.content)):
            for at in numbers:
                self.labels.setdefault(at, []).append((number, label))

    def within(self, spans: Iterable[Span]) -> frozenset[int]:
        """The tokens that lie, by half or more, in the spans."""
        found: set[int] = set()
        for start, end in spans:
            at = bisect_left(self.tokens, start + 1, key=lambda t: t.end)
            while at < len(self.tokens) and self.tokens[at].start < end:
                token = self.tokens[at]
                if 2 * (min(token.end, end) - max(token.start, start)) >= token.end - token.start:
                    found.add(at)
                at += 1
        return frozenset(found)

    def sentence(self, n: int) -> range:
        return range(self.firsts[n], self.firsts[n + 1])


def rows(text: str, found: Sequence[Found]) -> Rows:
    """The tokens of the text with the finds that have a cue in it."""
    sentences = paragraphs.split(text)
    made = Rows([], [], sentences, [])
    for n, sentence in enumerate(sentences):
        made.firsts.append(len(made.tokens))
        made.tokens += sentence.tokens
        made.of += [n] * len(sentence.tokens)
    made.firsts.append(len(made.tokens))
    for one in found:
        said = said_by_rule(one)
        if said.cue:
            made.mark(Marked(one, made.within(said.source), made.within(said.cue), made.within(said.content)))
    return made


def said_by_rule(found: Found) -> Said:
    """A find as stretches: its innermost hop, that hop's cue, its content."""
    hop = found.attribution[-1] if found.attribution else None
    source = ((hop.start, hop.end),) if hop and hop.start is not None and hop.end is not None else ()
    cue = ((hop.cue_start, hop.cue_end),) if hop and hop.cue_start is not None and hop.cue_end is not None else ()
    return Said(source, cue, found.content)
