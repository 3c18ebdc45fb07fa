"""The publisher's own voice: sentences that nobody is quoted for and that carry a figure or an event one can check."""

from __future__ import annotations

from bisect import bisect_left

from ledger.suggest.lexicon import COORDINATORS, PREPOSITIONS, SUBORDINATORS, listed
from ledger.suggest.reading import Hit, Span, dateline, solid, span
from ledger.suggest.sentences import Sentence, Token

EVENTS = listed(
    """killed wounded injured died captured recaptured seized retook destroyed bombed attacked fired launched arrested
detained elected appointed resigned signed approved rejected voted banned closed opened evacuated displaced fled
crashed collapsed exploded sank rescued shot stabbed kidnapped released freed sentenced convicted charged fined
sued acquired bought sold merged won lost beat defeated met visited landed withdrew invaded struck hit overran
blew blown intervened announced began ended fell rose reached passed flooded burned burnt evicted executed
beheaded hanged deployed suspended cancelled canceled"""
)


LEADS = PREPOSITIONS | COORDINATORS | SUBORDINATORS | {"that", "a", "an", "the"}


def statements(rows: list[Sentence], hits: list[Hit], figures: list[Span]) -> list[tuple[Span, str]]:
    """The publisher's statements that lie outside every reported one, each with its pattern."""
    covered = sorted(p for h in hits for p in [*h.content, h.cue, *([h.source] if h.source else [])])
    found: list[tuple[Span, str]] = []
    for row in rows:
        if row.quoted:
            continue
        for part in _outside(row, covered):
            pattern = _pattern(row, part, figures)
            if pattern:
                found.append((part, pattern))
    return found


def _outside(row: Sentence, covered: list[Span]) -> list[Span]:
    """The stretches of the sentence that belong to nobody else."""
    tokens = row.tokens
    free: list[Span] = []
    lo = dateline(row)
    first = max(0, bisect_left(covered, (row.start, 0)) - 1)
    marked = [c for c in covered[first : first + 4 * len(tokens)] if c[0] < row.end and c[1] > row.start]
    for n, token in enumerate([*tokens, None]):
        taken = token is None or any(a < token.end and token.start < b for a, b in marked)
        if taken:
            piece = span(tokens, lo, _whole(tokens, lo, n)) if lo < n else None
            if piece and (not marked or n - lo >= 3):
                free.append(piece)
            lo = max(lo, n + 1)
    return free


def _whole(tokens: list[Token], lo: int, hi: int) -> int:
    """The end without the small words that led over to what somebody else says."""
    while hi > lo and (tokens[hi - 1].low in LEADS or not solid(tokens[hi - 1])):
        hi -= 1
    return hi


def _pattern(row: Sentence, part: Span, figures: list[Span]) -> str | None:
    at = bisect_left(figures, part)
    if at < len(figures) and figures[at][1] <= part[1]:
        return "figure"
    if any(t.low in EVENTS for t in row.tokens if part[0] <= t.start < part[1]):
        return "event"
    return None
