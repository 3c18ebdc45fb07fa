"""Long texts are read a stretch at a time, so that time and memory grow with their length and no faster."""

from __future__ import annotations

from collections.abc import Iterator

AT_ONCE = 500_000
"""Characters that are read at once: some 250 pages."""
ENDS = ("\n", ". ", " ")


def stretches(text: str) -> Iterator[str]:
    """The text a stretch at a time, each behind as many line breaks as characters stand before it: places stay as they are."""
    start = 0
    while len(text) - start > AT_ONCE:
        end = _end(text, start)
        yield "\n" * start + text[start:end]
        start = end
    yield "\n" * start + text[start:] if start else text


def stretch(text: str, start: int, end: int) -> str:
    """The stretch that a place begins in, up to its end at least."""
    found = next(s for s in stretches(text) if len(s) > start or len(s) == len(text))
    return found if end <= len(found) else found + text[len(found) : end]


def _end(text: str, start: int) -> int:
    """Where the stretch ends that begins here: with a line, else a sentence, else a word."""
    most = start + AT_ONCE
    for mark in ENDS:
        at = text.rfind(mark, most - AT_ONCE // 10, most)
        if at >= 0:
            return at + len(mark)
    return most
