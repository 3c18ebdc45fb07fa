"""Quotations: where the marks open and close, whatever the typography, within a paragraph and over several.

A straight mark opens or closes by what stands beside it, so that one lost mark spoils a sentence and not the whole article.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

# A single-quoted piece longer than this is taken for two apostrophes.
SINGLE_REACH = 600
OPENERS = frozenset("“„«‟")
CLOSERS = frozenset("”»")


class Quotation(NamedTuple):
    """Words in quotation marks; `start` and `end` hold the marks, `inner_start` and `inner_end` do not."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    unclosed: bool = False
    """True where the paragraph ends before the quotation does."""
    named: bool = False
    """True where it can be a title or a nickname: short, and without the comma or stop of speech."""


@cache
def _marks() -> re.Pattern[str]:
    # a set first: a search passes over every other letter at once
    single = r"(?<=[‘'‚])(?<![^\W_].)(?=[^\W_]|[“\"…$£€])"
    return re.compile(rf"[`'‘‚\"“”„‟«»](?:(?<=[\"“”„‟«»])|(?<=`)`|(?<=')'|{single})")


@cache
def _paragraph() -> re.Pattern[str]:
    return re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The lines of the text that hold something, without the white space around them."""
    found = []
    for m in _paragraph().finditer(text):
        line = m.group()
        body = line.strip()
        if body:
            start = m.start() + len(line) - len(line.lstrip())
            found.append((start, start + len(body)))
    return found


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """The outermost quotations of one paragraph, in order and apart."""
    found: list[Quotation] = []
    opened: tuple[int, int] | None = None
    floor = position = start
    nested = 0
    while m := _marks().search(text, position, end):
        position = m.end()
        mark = m.group()
        if mark in ("‘", "'", "‚"):
            close = None if opened else _single_close(text, m.end(), end)
            if close is not None:
                found.append(_quotation(text, m.span(), (close, close + 1)))
                floor = position = close + 1
        elif opened and mark == "“" and text[opened[0]] == "„" and not nested:  # „so“
            found.append(_quotation(text, opened, m.span()))
            opened, floor = None, m.end()
        elif opened and mark != text[opened[0] : opened[1]] and (mark in OPENERS or nested):
            # a quotation inside the quotation, in marks of another kind
            nested = nested + 1 if mark in OPENERS else max(0, nested - (mark in CLOSERS))
        elif _opens(text, m, opened=opened is not None, bounds=(start, end)):
            opened, nested = m.span(), 0
        elif opened is not None:
            found.append(_quotation(text, opened, m.span()))
            opened, floor = None, m.end()
        elif (head := _sentence_start(text, floor, m.start())) < m.start():
            found.append(Quotation(head, m.end(), head, m.start()))
            floor = m.end()
    if opened is not None and end > opened[1]:
        close = end if _runs_on(text, end) else _lost_close(text, opened[1], end)
        found.append(Quotation(opened[0], close, opened[1], close, unclosed=close == end))
    return found


def _quotation(text: str, opening: tuple[int, int], closing: tuple[int, int]) -> Quotation:
    """The quotation between two marks, without the comma that the sentence around it put inside."""
    start, end = opening[1], closing[0]
    named = end - start < 60 and not text.endswith((",", "."), start, end)
    while end > start and (text[end - 1] == "," or text[end - 1].isspace()):
        end -= 1
    return Quotation(opening[0], closing[1], start, end, named=named)


def _runs_on(text: str, end: int) -> bool:
    """True where the next paragraph opens with a quotation mark, as one does that goes on with the same speech."""
    following = text[end : end + 40].lstrip()
    return following[:1] in OPENERS or following.startswith(('"', "``", "''"))


def _lost_close(text: str, position: int, end: int) -> int:
    """Where a quotation that nothing closes ends: with the paragraph, or with its sentence where the paragraph runs on."""
    if end - position <= 2 * SINGLE_REACH:
        return end
    stop = text.find(". ", position, end)
    return stop + 1 if stop >= 0 else end


def _opens(text: str, m: re.Match[str], *, opened: bool, bounds: tuple[int, int]) -> bool:
    """True where the mark begins a quotation; a mark of the wrong shape is read by its place."""
    before = text[m.start() - 1] if m.start() > bounds[0] else " "
    after = text[m.end()] if m.end() < bounds[1] else " "
    mark = m.group()
    spaced_before = before.isspace() or before in "([{—–-:/‘'"
    spaced_after = after.isspace() or after in ")]}—–,.;:!?"
    if spaced_before and not spaced_after:
        return True
    if spaced_after and not spaced_before:
        return False
    if mark in OPENERS or mark == "``":
        return True
    if mark in CLOSERS or mark == "''":
        return False
    return not opened


def _single_close(text: str, position: int, end: int) -> int | None:
    """Where the single quotation that opens here closes; None for an apostrophe."""
    limit = min(end, position + SINGLE_REACH)
    plural = None
    for at in range(position + 1, limit):
        if text[at] not in "’'":
            continue
        after = text[at + 1] if at + 1 < end else " "
        if after.isalnum() or text[at - 1].isspace():
            continue
        if text[at - 1] != "s":
            return at
        plural = at if plural is None else plural
    return plural


def _sentence_start(text: str, floor: int, position: int) -> int:
    """The start of the sentence that a closing mark without an opening one ends."""
    window = max(floor, position - SINGLE_REACH)
    cut = max(
        text.rfind(". ", window, position), text.rfind("? ", window, position), text.rfind("! ", window, position)
    )
    head = cut + 2 if cut >= 0 else window
    while head < position and text[head].isspace():
        head += 1
    return head
