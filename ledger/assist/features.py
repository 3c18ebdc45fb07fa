"""A text as rows of tokens with the marks of the rules on them, and the features of each token that a model learns from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

from msgspec import Struct, field

from ledger.records import Found
from ledger.suggest import grammar, paragraphs
from ledger.suggest.sentence_tokens import Sentence, Token

Span = tuple[int, int]


class Said(Struct, frozen=True):
    """Who says what, as stretches of the text: found by the rules, or settled by a person."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


class Marked(Struct):
    """A find of the rules, with the numbers of the tokens in its source, cue and content."""

    found: Found
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


class Rows(Struct):
    """The tokens of a text in one row, the sentence of each, and the finds of the rules."""

    tokens: list[Token]
    of: list[int]
    sentences: list[Sentence]
    firsts: list[int]
    """The number of the first token of each sentence, and at the end the number of all tokens."""
    marked: list[Marked] = field(default_factory=list)
    labels: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    """For each token in a find of the rules: the number of the find, and S (source), Q (cue) or C (content)."""

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


VERSION = 1
"""Goes up whenever a feature changes: a model only fits the features that it learned from."""

Features = list[str]
NEAR = (1, 2, 3, 5, 8, 13, 21, 34)


def words(rows: Rows) -> list[str]:
    """Each token as a model sees it: figures by their shape, quotations as one."""
    return ["0" if t.low[0].isdigit() else t.low for t in rows.tokens]


def cue_features(rows: Rows, seen: list[str], sentence: int) -> list[Features]:
    """The features that tell whether each token of a sentence is a cue."""
    span = rows.sentence(sentence)
    ruled = _ruled(rows, span)
    kinds = ["[", "[", *(_kind(rows.tokens[at]) for at in span), "]", "]"]
    made = []
    for k, at in enumerate(span):
        word, (b2, b1, kind, a1, a2) = seen[at], kinds[k : k + 5]
        here = [
            "b", f"w={word}", f"s={word[-3:]}", f"s2={word[-2:]}", f"c={_shape(rows.tokens[at])}", f"r={ruled[k]}", f"k={kind}",
            f"k-={b1}{kind}", f"k+={kind}{a1}", f"k-+={b1}{kind}{a1}", f"k--={b2}{b1}{kind}", f"k++={kind}{a1}{a2}",
            f"w-k={b1}{word}", f"wk+={word}{a1}",
        ]  # fmt: skip
        here += _verb(word, ruled[k]) + _near(rows, seen, span, at, ruled)
        for number, label in rows.labels.get(at, ()):
            if label == "Q":
                here += _find(rows, number)
        made.append(here)
    return made


def _verb(word: str, ruled: str) -> Features:
    """How a verb of reporting is listed."""
    slot = grammar.verbs().get(word)
    if slot is None:
        return []
    strength = min(v.strength.name for v in slot.values())
    return [f"v={strength}", f"vr={strength}{ruled}"]


def _near(rows: Rows, seen: list[str], span: range, at: int, ruled: list[str]) -> Features:
    """The words on both sides."""
    made: Features = []
    for step in (-3, -2, -1, 1, 2, 3):
        near = at + step
        if near not in span:
            made.append(f"edge{step}")
            continue
        made += [f"w{step}={seen[near]}", f"c{step}={_shape(rows.tokens[near])}", f"r{step}={ruled[near - span.start]}"]
        if abs(step) == 1:
            made.append(f"ww{step}={seen[at]}|{seen[near]}")
    return made


def _find(rows: Rows, number: int) -> Features:
    """What kind of find the rules make here."""
    mark = rows.marked[number]
    found = mark.found
    first = _kind(rows.tokens[min(mark.content)]) if mark.content else "-"
    who = _kind(rows.tokens[min(mark.source)]) if mark.source else "-"
    size = sum(len(mark.content) > n for n in NEAR)
    return [
        f"fp={found.pattern}", f"fm={found.mode.value}", f"fs={found.score}", f"fw={who}", f"f1={first}", f"fl={size}",
        f"fp1={found.pattern}{first}", f"fs1={found.score}{first}", f"fpw={found.pattern}{who}", f"fq={bool(found.quantities)}",
    ]  # fmt: skip


def _kind(token: Token) -> str:
    """A coarse class of a word, from closed lists and endings."""
    if token.quote:
        return "Q"
    low = token.low
    if not token.word:
        return low[:1]
    return next((name for name, words in _classes() if low in words), "") or _by_shape(token)


@cache
def _classes() -> tuple[tuple[str, AbstractSet[str]], ...]:
    return (
        ("HE", grammar.SUBJECT_PRONOUNS), ("PN", grammar.PRONOUNS), ("DT", grammar.DETERMINERS), ("BE", grammar.BE),
        ("HV", grammar.HAVE), ("MD", MODALS), ("IN", grammar.PREPOSITIONS), ("SB", grammar.SUBORDINATORS),
        ("CC", grammar.COORDINATORS), ("NG", grammar.NEGATION), ("NN", grammar.NOUNS),
    )  # fmt: skip


MODALS = frozenset(
    {"will", "would", "can", "could", "may", "might", "shall", "should", "must", "to", "did", "does", "do"}
)


def _by_shape(token: Token) -> str:
    low = token.low
    if low[0].isdigit() or low[0] in "$£€":
        return "CD"
    if token.cap:
        return "NP"
    verb = "V" if low in grammar.verbs() else ""
    for ending in ("ing", "ed", "ly", "s"):
        if len(low) > 3 and low.endswith(ending):
            return verb + ending
    return verb + "x"


def _ruled(rows: Rows, span: range) -> list[str]:
    """What the rules say of each token: part of a cue, a source, a statement, or nothing."""
    return [min((label for _, label in rows.labels.get(at, ())), key="QSC".index, default="O") for at in span]


def _shape(token: Token) -> str:
    if token.quote:
        return "quote"
    if not token.word:
        return token.low[:1]
    return "0" if token.low[0].isdigit() else "A" if token.cap else "a"


def window(rows: Rows, sentence: int) -> range:
    """The sentence of a cue with its neighbours in the paragraph, or a paragraph away where they are quotations."""
    first = last = sentence
    if first and _joins(rows, first - 1, sentence):
        first -= 1
    if last + 1 < len(rows.sentences) and _joins(rows, last + 1, sentence):
        last += 1
    return range(rows.firsts[first], rows.firsts[last + 1])


def _joins(rows: Rows, other: int, sentence: int) -> bool:
    a, b = rows.sentences[other], rows.sentences[sentence]
    return (a.index == b.index or (a.quoted and abs(a.index - b.index) == 1)) and len(a.tokens) + len(b.tokens) < 200


def span_features(rows: Rows, seen: list[str], cue: range, own: AbstractSet[int] = frozenset()) -> list[Features]:
    """The features that tell whether each token around a cue belongs to the source, to the statement, or to neither.

    `own` are the rules' finds with this very cue; they are ignored.
    """
    span = window(rows, rows.of[cue.start])
    head = (
        seen[cue.stop - 1]
        if seen[cue.stop - 1] not in ("that", "to", "by", "as")
        else seen[max(cue.start, cue.stop - 2)]
    )
    after = seen[cue.stop] if cue.stop in span else "END"
    before = seen[cue.start - 1] if cue.start - 1 in span else "START"
    marks = _crossed(rows, span, cue)
    made = []
    kinds = [_kind(rows.tokens[at]) for at in span]
    for k, at in enumerate(span):
        token, word, kind = rows.tokens[at], seen[at], kinds[k]
        side = "<" if at < cue.start else ">" if at >= cue.stop else "="
        apart = rows.of[at] - rows.of[cue.start]
        place = f"{side}{apart}"
        crossed = marks[at - span.start]
        here = [
            "b", f"p={place}", f"k={place}{kind}", f"k-={side}{kinds[k - 1] if k else '['}{kind}",
            f"k+={side}{kind}{kinds[k + 1] if k + 1 < len(kinds) else ']'}", f"kx={place}{crossed}{kind}",
            f"w={word}", f"pw={place}{word}", f"c={side}{_shape(token)}", f"s={word[-3:]}",
            f"d={side}{_bucket(cue, at)}", f"x={place}{crossed}", f"h={place}{head}", f"hx={place}{crossed}{head}",
            f"a={place}{after}", f"be={place}{before}", f"ax={place}{crossed}{after}", f"o={_other(rows, own, at)}{side}",
            f"pos={'first' if rows.firsts[rows.of[at]] == at else 'in'}{side}",
        ]  # fmt: skip
        if at > span.start:
            here += [
                f"w-1={seen[at - 1]}",
                f"pw-1={side}{seen[at - 1]}|{word}",
                f"c-1={side}{_shape(rows.tokens[at - 1])}",
            ]
        if at + 1 < span.stop:
            here += [f"w+1={seen[at + 1]}", f"c+1={side}{_shape(rows.tokens[at + 1])}"]
        made.append(here)
    return made


def _other(rows: Rows, own: AbstractSet[int], at: int) -> str:
    """What another find of the rules says of the token."""
    return min((label for n, label in rows.labels.get(at, ()) if n not in own), key="QSC".index, default="-")


def _bucket(cue: range, at: int) -> int:
    distance = cue.start - at if at < cue.start else at - cue.stop + 1
    return sum(distance > n for n in NEAR)


def _crossed(rows: Rows, span: range, cue: range) -> list[str]:
    """What stands between the cue and each token: commas, a quotation, a verb that can end a clause."""
    made = [""] * len(span)
    for path in (range(cue.start - 1, span.start - 1, -1), range(cue.stop, span.stop)):
        commas = quotes = verbs = 0
        for at in path:
            made[at - span.start] = f"{min(commas, 2)}{min(quotes, 1)}{min(verbs, 1)}"
            token = rows.tokens[at]
            commas += token.low in (",", ";", ":", "—", "–", "--")
            quotes += token.quote is not None
            verbs += token.low in grammar.FINITE or token.low in grammar.verbs()
    return made


def runs(numbers: Iterable[int]) -> list[range]:
    """The numbers as runs of consecutive ones."""
    made: list[range] = []
    for n in sorted(numbers):
        if made and made[-1].stop == n:
            made[-1] = range(made[-1].start, n + 1)
        else:
            made.append(range(n, n + 1))
    return made
