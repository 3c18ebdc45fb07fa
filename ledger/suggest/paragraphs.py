"""Reported statements across sentences: quotations that go on after "X said" or before it, in one paragraph or several."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby

from ledger.lexicon import listed, loosely
from ledger.suggest import doubts, grammar, patterns
from ledger.suggest.behind import takes_question
from ledger.suggest.grammar import Strength
from ledger.suggest.hits import Hit, Span, inner
from ledger.suggest.quotations import paragraphs
from ledger.suggest.sentence_tokens import Sentence, Token, sentences
from ledger.vocabulary import Stance

Block = list[tuple[Sentence, list[Hit]]]


def split(text: str) -> list[Sentence]:
    """Every sentence of the text in order."""
    found: list[Sentence] = []
    for index, (start, end) in enumerate(paragraphs(text)):
        label = _label().match(text, start, end)
        found += sentences(text, (label.end() if label else start, end), index)
    return found


@cache
def _label() -> re.Pattern[str]:
    """What a desk sets before a headline, who says nothing: "UPDATE 2-", "Watch: "."""
    labels = loosely(listed("en/speakers", "labels"))
    shouted = loosely(label.upper() for label in listed("en/speakers", "labels"))
    return re.compile(rf"(?:{shouted})(?:\s+\d+)?\s*[-–—:|]\s*(?=\S)|(?i:{labels})(?::| [-–—|])\s+(?=\S)")


def hits(rows: list[Sentence]) -> list[Hit]:
    """The reported statements of the sentences, each quotation joined to the speaker it belongs to."""
    joining = Joining()
    for _, group in groupby(rows, key=lambda s: s.index):
        joining.paragraph([(s, patterns.read(s)) for s in group])
    turns = transcript(rows)
    taken = {t.cue for t in turns}
    kept = [h for h in _pointed(joining.found) if h.content and h.cue not in taken]
    return sorted(turns + kept, key=lambda h: h.sentence.start)


def _pointed(hits_: list[Hit]) -> list[Hit]:
    """The hits, "rejected that" with the one statement just before; of "that" without one, nobody states anything."""
    found: list[Hit] = []
    before: list[Hit] = []
    for _, group in groupby(hits_, key=lambda h: h.sentence.start):
        here = list(group)
        for hit in here:
            told = before[0] if len(before) == 1 else None
            points = doubts.points(hit)
            if points and told and _states(told) and _just_before(told, hit):
                hit.content, hit.pattern = list(told.content), doubts.POINTS
            if not points or hit.pattern == doubts.POINTS or not doubts.idle(hit):
                found.append(hit)
        before = [h for h in here if h.content and h.pattern != doubts.POINTS]
    return found


def _states(told: Hit) -> bool:
    """True where somebody says something, which another one can deny; not what is only cited or thought."""
    firm = told.strength in (Strength.SAYS, Strength.TELLS) and told.lemma != "cite"
    return firm and told.source is not None and told.stance is Stance.ASSERTS


def _just_before(told: Hit, hit: Hit) -> bool:
    """True where nothing stands between what one says and the sentence in which another denies it."""
    reach = max(told.sentence.end, told.content[-1][1])
    return hit.sentence.start - reach <= CLOSE and hit.sentence.index - told.sentence.index <= 1


CLOSE = 4
"""Marks and line breaks between two sentences."""


def transcript(rows: list[Sentence]) -> list[Hit]:
    """The turns of an interview, each to the end of its paragraph; those of one name are datelines or headings."""
    turns = [hit for row in rows if (hit := patterns.turn(row)) is not None]
    ends = {row.index: row.end for row in rows}
    for turn in turns:
        turn.content = [(turn.content[0][0], ends[turn.sentence.index])]
    names = {turn.sentence.text[slice(*turn.source)] for turn in turns if turn.source}
    return turns if len(names) > 1 else []


class Joining:
    """The statements so far, the one still open with the last paragraph it has reached, and the quotations that wait."""

    def __init__(self) -> None:
        self.found: list[Hit] = []
        self.previous: Hit | None = None
        self.reach = 0
        self.waiting: list[Sentence] = []

    def paragraph(self, block: Block) -> None:
        """Take up the sentences of the next paragraph."""
        index = block[0][0].index
        whole = all(s.quoted for s, _ in block)
        if self.previous and self.reach + 1 < index:
            self.previous = None
        for n, (sentence, read) in enumerate(block):
            if sentence.quoted:
                self.quotation(block, n, whole=whole)
            elif read:
                _take(read[0], self.waiting, first=n == 0)
                self.found += read
                self.previous, self.reach, self.waiting = _speaker(read), index, []
            elif n + 1 < len(block) and block[n + 1][0].quoted and (acting := patterns.acting(sentence)):
                self.found.append(acting)
                self.previous, self.reach, self.waiting = acting, index, []
            else:
                if self.reach < index:
                    self.previous = None
                self.waiting = [sentence] if sentence.tokens[-1].low == "?" else []

    def quotation(self, block: Block, n: int, *, whole: bool) -> None:
        """Join a sentence that is all quotation to the open statement, or let it wait for who spoke it."""
        sentence = block[n][0]
        near = (
            self.previous is not None
            and not _other_marks(self.previous, sentence)
            and (whole or self.reach == sentence.index or not self.previous.content)
        )
        if self.previous and near and _speaks(self.previous) and (whole or not _speaker_follows(block, n)):
            self.previous.content += _parts(sentence)
            self.reach = sentence.index
        else:
            self.waiting.append(sentence)


def _speaker_follows(block: Block, n: int) -> bool:
    """True where the next sentence that is no mere quotation in this paragraph names who spoke it."""
    for sentence, read in block[n + 1 :]:
        if sentence.quoted:
            continue
        return bool(read) and (not read[0].content or _opens_with_quote(sentence, read[0]))
    return False


def _other_marks(hit: Hit, sentence: Sentence) -> bool:
    """True where one is quoted in single marks and the other is not, as a heading in a speech."""
    before = next(reversed(hit.sentence.quotes), None)
    after = next(iter(sentence.quotes), None)
    return bool(before and after) and _single(hit.sentence, before) != _single(sentence, after)


def _single(sentence: Sentence, token: Token | None) -> bool:
    return (
        token is not None
        and sentence.text[token.start] in "'‘‚"
        and sentence.text[token.start : token.start + 2] != "''"
    )


def _opens_with_quote(sentence: Sentence, hit: Hit) -> bool:
    first = sentence.tokens[0]
    return first.quote is not None and bool(hit.content) and hit.content[0][0] <= first.quote.inner_start


def _take(hit: Hit, waiting: list[Sentence], *, first: bool) -> None:
    """Give the quotations that wait to the statement they run into."""
    if waiting and takes_question(hit, waiting[-1]):
        return
    waiting = [s for s in waiting if s.quoted]
    bare = not hit.content
    if not waiting or not (bare or _opens_with_quote(hit.sentence, hit)):
        return
    near = [s for s in waiting if s.index == hit.sentence.index or (first and _runs_on(s))]
    hit.content[:0] = [p for s in near for p in _parts(s)]


def _runs_on(sentence: Sentence) -> bool:
    """True where the paragraph ends inside the quotation, so that the next one goes on with it."""
    quote = sentence.tokens[-1].quote
    return quote is not None and quote.unclosed


def _parts(sentence: Sentence) -> list[Span]:
    return [p for t in sentence.tokens if (p := inner(t))]


def _speaks(hit: Hit) -> bool:
    """True where a quotation that follows can be more of the same words."""
    said = hit.strength in (Strength.SAYS, Strength.TELLS) or hit.lemma in grammar.STRONG_SPEECH
    return said or bool(hit.sentence.quotes)


def _speaker(read: list[Hit]) -> Hit | None:
    """The statement that a quotation after the sentence would go on with."""
    kept = [h for h in read if h.content or h.sentence.tokens[-1].low == ":"]
    quoted = [h for h in kept if any(t.quote and _within(t.quote.inner_start, h) for t in h.sentence.quotes)]
    chosen = quoted or kept
    return chosen[-1] if chosen else None


def _within(position: int, hit: Hit) -> bool:
    return any(a <= position <= b for a, b in hit.content)
