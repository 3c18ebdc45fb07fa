"""Long texts are read a stretch at a time, so that time and memory grow with their length and no faster."""

from __future__ import annotations

import re
from collections.abc import Iterator

AT_ONCE = 500_000
"""Characters that are read at once: some 250 pages."""
IN_ALL = 5_000_000
"""Characters of a file that are read unless more is asked for: some 2,500 pages."""
STEP = re.compile(r"\d+|[.!?]\s")
"""What reading takes time for: a figure, a sentence."""
STEPS = 120_000
"""So many of them are read of a file: news of its greatest length has 70,000."""
ENDS = ("\n", ". ", " ")


def stretches(text: str) -> Iterator[tuple[int, str]]:
    """The text a stretch at a time, each with the place where it begins."""
    start = 0
    while len(text) - start > AT_ONCE:
        end = _end(text, start)
        yield start, text[start:end]
        start = end
    yield start, text[start:] if start else text


def beginning(text: str) -> str:
    return next(stretches(text))[1]


def readable(text: str) -> str:
    """As much of a file as is read within seconds, whatever it holds: whole stretches, the first in any case."""
    read = steps = 0
    for start, part in stretches(text):
        steps += sum(1 for _ in STEP.finditer(part))
        if start and (steps > STEPS or start + len(part) > IN_ALL):
            break
        read = start + len(part)
    return text[:read]


def stretch(text: str, start: int, end: int) -> tuple[int, str]:
    """The stretch that a place begins in, up to its end at least."""
    base, found = next(
        (at, part) for at, part in stretches(text) if at + len(part) > start or at + len(part) == len(text)
    )
    return base, found if end <= base + len(found) else text[base:end]


def _end(text: str, start: int) -> int:
    """Where the stretch ends that begins here: with a line, else a sentence, else a word."""
    most = start + AT_ONCE
    for mark in ENDS:
        at = text.rfind(mark, most - AT_ONCE // 10, most)
        if at >= 0:
            return at + len(mark)
    return most
