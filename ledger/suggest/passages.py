"""Reported statements across sentences: quotations that go on after "X said" or before it, in one paragraph or several."""

from __future__ import annotations

from itertools import groupby

from ledger.suggest import patterns
from ledger.suggest.lexicon import Strength
from ledger.suggest.patterns import Hit, Span
from ledger.suggest.quotes import paragraphs
from ledger.suggest.sentences import Sentence, sentences


def split(text: str) -> list[Sentence]:
    """Every sentence of the text in order."""
    found: list[Sentence] = []
    for index, span in enumerate(paragraphs(text)):
        found += sentences(text, span, index)
    return found


def sentence_around(text: str, start: int, end: int) -> Span:
    """The sentence that holds the fragment; the fragment itself where it crosses sentences."""
    for span in paragraphs(text):
        if span[0] <= start and end <= span[1]:
            for row in sentences(text, span, 0):
                if row.start <= start and end <= row.end:
                    return row.start, row.end
    return start, end


def hits(rows: list[Sentence]) -> list[Hit]:
    """The reported statements of the sentences, each quotation joined to the speaker it belongs to."""
    found: list[Hit] = []
    waiting: list[Sentence] = []
    previous: Hit | None = None
    for _, group in groupby(rows, key=lambda s: s.index):
        block = [(s, patterns.read(s)) for s in group]
        whole = all(s.quoted for s, _ in block)
        if previous and previous.sentence.index + 1 + _extra(previous) < block[0][0].index:
            previous = None
        for n, (sentence, read) in enumerate(block):
            if sentence.quoted:
                later = not whole and _speaker_follows(block, n)
                if (
                    previous
                    and not later
                    and (whole or previous.sentence.index == sentence.index)
                    and _speaks(previous)
                ):
                    _extend(previous, sentence)
                else:
                    waiting.append(sentence)
                continue
            if read:
                _take(read[0], waiting, whole_before=n == 0)
                kept = [h for h in read if h.content]
                found += kept
                previous = _speaker(kept) or previous
            elif not _same_paragraph_end(block, n):
                previous = previous if previous and previous.sentence.index == sentence.index else None
            waiting = []
    return found


def _extra(hit: Hit) -> int:
    """How many paragraphs of quotation have joined the statement since its cue."""
    text = hit.sentence.text
    end = max(e for _, e in hit.content)
    return (
        len([1 for a, _ in hit.content if a > hit.sentence.end and text[hit.sentence.end : a].strip() is not None])
        if end > hit.sentence.end
        else 0
    )


def _same_paragraph_end(block: list[tuple[Sentence, list[Hit]]], n: int) -> bool:
    return n < 0 or not block


def _speaker_follows(block: list[tuple[Sentence, list[Hit]]], n: int) -> bool:
    """Whether the next sentence that is no mere quotation in this paragraph names who spoke it."""
    for sentence, read in block[n + 1 :]:
        if sentence.quoted:
            continue
        return bool(read) and (not read[0].content or _opens_with_quote(sentence, read[0]))
    return False


def _opens_with_quote(sentence: Sentence, hit: Hit) -> bool:
    first = sentence.tokens[0]
    return first.quote is not None and bool(hit.content) and hit.content[0][0] <= first.quote.inner_start


def _take(hit: Hit, waiting: list[Sentence], *, whole_before: bool) -> None:
    """Give the quotations that wait to the statement they run into."""
    bare = not hit.content
    if not waiting or not (bare or _opens_with_quote(hit.sentence, hit)):
        return
    near = [s for s in waiting if s.index == hit.sentence.index or (whole_before and _runs_on(s))]
    hit.content[:0] = [p for s in near for p in _parts(s)]


def _runs_on(sentence: Sentence) -> bool:
    """Whether the paragraph ends inside the quotation, so that the next one goes on with it."""
    quote = sentence.tokens[-1].quote
    return quote is not None and quote.unclosed


def _parts(sentence: Sentence) -> list[Span]:
    return [p for t in sentence.tokens if (p := patterns.inner(t))]


def _extend(hit: Hit, sentence: Sentence) -> None:
    hit.content += _parts(sentence)


def _speaks(hit: Hit) -> bool:
    """Whether a quotation that follows can be more of the same words."""
    return any(t.quote for t in hit.sentence.tokens) or hit.strength in (
        Strength.SAYS,
        Strength.TELLS,
    )


def _speaker(kept: list[Hit]) -> Hit | None:
    quoted = [h for h in kept if any(t.quote and _within(t.quote.inner_start, h) for t in h.sentence.tokens)]
    chosen = quoted or kept
    return chosen[-1] if chosen else None


def _within(position: int, hit: Hit) -> bool:
    return any(a <= position <= b for a, b in hit.content)
