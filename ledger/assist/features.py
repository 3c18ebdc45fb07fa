"""What a model sees of a token: the word and its neighbours, its shape, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from ledger.assist.tokens import Rows
from ledger.suggest import lexicon
from ledger.suggest.sentences import Token

VERSION = 1
"""Raised whenever a feature changes: a model only fits the features that it learned from."""

Features = list[str]
NEAR = (1, 2, 3, 5, 8, 13, 21, 34)


def words(rows: Rows) -> list[str]:
    """Each token as a model sees it: figures by their shape, quotations as one."""
    return ["0" if t.low[0].isdigit() else t.low for t in rows.tokens]


def cue_features(rows: Rows, seen: list[str], sentence: int) -> list[Features]:
    """For each token of a sentence: may it be a cue?"""
    span = rows.sentence(sentence)
    verbs = lexicon.verbs()
    ruled = _ruled(rows, span)
    made = []
    for at in span:
        token, word = rows.tokens[at], seen[at]
        here = [
            "b", f"w={word}", f"s={word[-3:]}", f"s2={word[-2:]}", f"c={_shape(token)}", f"r={ruled[at - span.start]}",
        ]  # fmt: skip
        if word in verbs:
            strengths = sorted({v.strength.name for v in verbs[word].values()})
            here += [f"v={strengths[0]}", f"vr={ruled[at - span.start]}"]
        for step in (-3, -2, -1, 1, 2, 3):
            near = at + step
            if near in span:
                other = rows.tokens[near]
                here += [f"w{step}={seen[near]}", f"c{step}={_shape(other)}", f"r{step}={ruled[near - span.start]}"]
                if abs(step) == 1:
                    here.append(f"ww{step}={word}|{seen[near]}")
            else:
                here.append(f"edge{step}")
        made.append(here)
    return made


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
    """The sentence of a cue with the ones beside it in its paragraph, or one paragraph off where they are quotations."""
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
    """For each token around a cue that is left to the model: is it of the source, of the statement, or neither?

    `own` are the rules' finds with this very cue, whose word is not heard.
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
    for at in span:
        token, word = rows.tokens[at], seen[at]
        side = "<" if at < cue.start else ">" if at >= cue.stop else "="
        apart = rows.of[at] - rows.of[cue.start]
        place = f"{side}{apart}"
        crossed = marks[at - span.start]
        here = [
            "b", f"p={place}", f"w={word}", f"pw={place}{word}", f"c={side}{_shape(token)}", f"s={word[-3:]}",
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
            verbs += token.low in lexicon.FINITE or token.low in lexicon.verbs()
    return made


def runs(numbers: Iterable[int]) -> list[range]:
    """Numbers in order as unbroken runs."""
    made: list[range] = []
    for n in sorted(numbers):
        if made and made[-1].stop == n:
            made[-1] = range(made[-1].start, n + 1)
        else:
            made.append(range(n, n + 1))
    return made
