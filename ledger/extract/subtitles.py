"""WebVTT and SubRip: what was said, in paragraphs, with the moment at which each cue begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from ledger.errors import BadInput
from ledger.extract.extracted import Extracted, Mark

ARROW = re.compile(
    r"^\s{0,9}(?:(\d{1,3}):)?(\d\d):(\d\d)[.,](\d{1,3})\s{1,9}-->\s{1,9}(?:(\d{1,3}):)?(\d\d):(\d\d)[.,](\d{1,3})",
    re.ASCII,
)
VOICE = re.compile(r"<v(?:\.[^\s<>]{0,80})?\s([^<>]{1,200})>")
MARKUP = re.compile(r"</?[a-zA-Z0-9][^<>]{0,200}>|\{\\[^{}]{0,80}\}")
SPEAKER = re.compile(r"^(?:[-–—]\s?|>>+\s?)")
LIMIT = 5_000_000
"""Characters of the longest; those of a film have some 100,000."""
PAUSE = 4.0
"""Seconds without a word that end a paragraph."""


class Cue(NamedTuple):
    begin: float
    end: float
    lines: list[str]


def read(text: str, name: str) -> Extracted:
    """The words of all cues; a paragraph ends at a pause and where another begins to speak."""
    if len(text) > LIMIT:
        raise BadInput(f"{name} is too large for subtitles: over {LIMIT:,} characters")
    cues = [cue for cue in _cues(text) if cue.lines]
    if not cues:
        raise BadInput(f"{name} holds no subtitles")
    rolling = sum(_shares(a, b) for a, b in pairwise(cues)) * 3 > len(cues)
    flow = _Flow()
    before: set[str] = set()
    for cue in cues:
        flow.add(cue, [line for line in cue.lines if not rolling or line not in before])
        before = set(cue.lines)
    return Extracted("".join(flow.parts), "subtitles/1", marks=tuple(flow.marks), media_type="text/vtt")


def _shares(a: Cue, b: Cue) -> bool:
    """True where a cue shows again what the one before it showed."""
    return not set(a.lines).isdisjoint(b.lines)


def _cues(text: str) -> Iterator[Cue]:
    cue = None
    for line in [*text.splitlines(), ""]:
        if found := ARROW.match(line):
            cue = Cue(_seconds(found, 0), _seconds(found, 4), [])
        elif cue and line.strip():
            cue.lines.append(line.strip())
        elif cue:
            yield cue
            cue = None


def _seconds(found: re.Match[str], at: int) -> float:
    hours, minutes, seconds, part = (found[n] or "0" for n in range(at + 1, at + 5))
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + int(part.ljust(3, "0")) / 1000


def clock(seconds: float) -> str:
    """Hours, minutes and seconds: 00:12:31."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


class _Flow:
    """The text so far."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.marks: list[Mark] = []
        self.size = 0
        self.ended = 0.0
        self.voice = ""

    def add(self, cue: Cue, lines: list[str]) -> None:
        """Adds the words of a cue."""
        for line in lines:
            words = " ".join(unescape(MARKUP.sub("", line)).split())
            if words:
                voice = VOICE.search(line)
                self._words(words, cue.begin, voice[1].strip() if voice else self.voice)
                self.ended = cue.end

    def _words(self, words: str, begin: float, voice: str) -> None:
        bare = SPEAKER.sub("", words)
        apart = voice != self.voice or bare != words or begin - self.ended >= PAUSE
        if voice != self.voice:
            self.voice, bare = voice, f"{voice}: {bare}"
        glue = ("\n" if apart else " ") if self.parts else ""
        self.parts += [glue, bare]
        self.size += len(glue) + len(bare)
        if not self.marks or self.marks[-1].name != clock(begin):
            self.marks.append(Mark(clock(begin), self.size - len(bare)))
