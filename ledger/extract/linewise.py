"""Lines of a column, as on paper or in a letter, made into paragraphs: a line each, with the places where pages begin.

A line goes on in the next where that one's first word would not have fitted into it, or where it goes on in lower case. A word
cut by a hyphen is made whole, without the hyphen unless the text has it elsewhere with one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.extract.extracted import Mark


class Line(NamedTuple):
    words: str
    mark: str | None = None
    """The page or moment that begins with it."""


ENDED = re.compile(r"[.!?:;…][\"'”’»)\]]{0,2}$")
ITEM = re.compile(r"[•◦▪‣·*–—-]\s|\(?(?:\d{1,3}|[a-z])[.)]\s")
CUT = re.compile(r"([^\W\d_]{2,})[-\u00ad\u2010]$")
COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
NARROW = 24
"""A column is at least so wide."""


def paragraphs(lines: Sequence[Line]) -> tuple[str, tuple[Mark, ...]]:
    """The text, a paragraph a line, and where the marks of the lines stand in it; a blank line ends a paragraph."""
    lengths = sorted(len(line.words) for line in lines if len(line.words) >= NARROW)
    width = lengths[len(lengths) * 9 // 10] if lengths else NARROW
    compounds = {found.casefold() for line in lines for found in COMPOUND.findall(line.words)}
    parts: list[str] = []
    marks: list[Mark] = []
    size, before, waiting = 0, "", None
    for line in lines:
        words, waiting = " ".join(line.words.split()), line.mark or waiting
        if words:
            cut, glue = _glue(before, words, width, compounds)
            if cut:
                parts[-1] = parts[-1][:-1]
            parts += [glue, words] if parts else [words]
            size += len(words) + (len(glue) - cut if len(parts) > 1 else 0)
            if waiting:
                marks.append(Mark(waiting, size - len(words)))
            waiting = None
        before = words
    return "".join(parts), tuple(marks)


def _glue(before: str, words: str, width: int, compounds: set[str]) -> tuple[bool, str]:
    """Whether the hyphen at the end of a line goes, and what stands between it and the next."""
    first = words.split(" ", 1)[0]
    if not before:
        return False, "\n"
    if (cut := CUT.search(before)) and first[:1].islower():
        half = re.match(r"[^\W\d_]*", first)
        whole = f"{cut[1]}-{half[0] if half else ''}".casefold()
        return whole not in compounds, ""
    if ITEM.match(words) or (ENDED.search(before) and len(before) < width * 0.8):
        return False, "\n"
    goes_on = first[:1].islower() and not ENDED.search(before)
    return False, " " if goes_on or len(before) + len(first) + 1 > width * 0.93 else "\n"
