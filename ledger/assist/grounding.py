"""Checks what a language model answered against the text: what does not stand there word for word is dropped, never repaired.

- A claim counts only where its words stand in the passage that was asked about, with differences in typography alone, and once.
- The words of a source or a cue count only where they stand near the claim. An origin that is not there leaves the
  statement with an unknown origin; it never turns a relay into the origin, or a report into the publisher's own voice.
- A figure counts only where our own reading of those words gives the same interval.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct

from ledger import dates, quantity
from ledger import text as texts
from ledger.errors import Ambiguous, BadInput
from ledger.records import Found, Hop, Json, Quantity, TimeSpan, heard
from ledger.suggest import quotations
from ledger.suggest.stance import of_cue
from ledger.vocabulary import Mode, Role

Span = tuple[int, int]

PATTERN = "llm"
LONGEST_CLAIM = 1500
LONGEST_NAME = 200
MOST = 200
"""The most items of one answer that are read."""
FENCE = re.compile(r"\A```[a-z]*\s*\n(.*?)\n?```\Z", re.DOTALL)
THOUGHT = re.compile(r"\A<(think|thinking|reasoning)>.*?</\1>", re.DOTALL)


class Unusable(ValueError):
    """The answer as a whole cannot be read; the message says why."""


class Passage(Struct, frozen=True):
    """The text with what our own rules read in it, and the stretch of it that was asked about."""

    text: str
    start: int
    end: int
    figures: tuple[Quantity, ...]
    times: tuple[TimeSpan, ...]
    paragraphs: tuple[Span, ...]

    @property
    def words(self) -> str:
        return self.text[self.start : self.end]


def passages(text: str, published: str | None, *, longest: int) -> list[Passage]:
    """The text in stretches of whole paragraphs, each at most `longest` characters unless one paragraph is longer."""
    rows = tuple(quotations.paragraphs(text))
    figures, times = tuple(quantity.find(text)), tuple(dates.find(text, published))
    cuts: list[list[int]] = []
    for start, end in rows:
        if cuts and end - cuts[-1][0] <= longest:
            cuts[-1][1] = end
        else:
            cuts.append([start, end])
    return [Passage(text, a, b, figures, times, rows) for a, b in cuts]


def items(answer: str) -> list[Json]:
    """The claims in an answer, unchecked; Unusable where it is not the JSON that was asked for."""
    body = THOUGHT.sub("", answer.strip(), count=1).strip()
    if fenced := FENCE.match(body):
        body = fenced[1]
    if not body:
        raise Unusable("the answer is empty")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Unusable("the answer is not JSON") from None
    rows = data.get("claims") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise Unusable("the answer holds no list of claims")
    return [row for row in rows[:MOST] if isinstance(row, dict)]


def found(passage: Passage, item: Json) -> Found | None:
    """The suggestion that an item makes, with every part that stands in the text; None where its claim does not."""
    at = _claim(passage, item.get("claim"))
    if at is None:
        return None
    chain = tuple(_chain(passage, at, item.get("sources")))
    figures = tuple(_figures(passage, at, item.get("figures")))
    return Found(
        exact=passage.text[at[0] : at[1]],
        start=at[0],
        end=at[1],
        content=(at,),
        attribution=chain,
        quantities=figures,
        times=tuple(t for t in passage.times if _inside((t.start, t.end), at)),
        mode=_mode(passage, at) if chain else Mode.NONE,
        stance=of_cue((chain and chain[-1].cue) or ""),
        pattern=PATTERN,
        reason="a language model proposed it",
        score="0.58" if figures else "0.50",
    )


# --- the claim ----------------------------------------------------------------------------------------------------


def _claim(passage: Passage, given: Any) -> Span | None:
    words = _words(given, LONGEST_CLAIM)
    if words is None or not re.search(r"\w\W+\w|\w{8}", words):
        return None
    try:
        place = texts.locate(passage.words, words)
    except BadInput:
        return None
    return passage.start + place.start, passage.start + place.end


def _words(given: Any, longest: int) -> str | None:
    """What was given, if it is text with words."""
    if not isinstance(given, str) or len(given) > longest or not any(c.isalnum() for c in given):
        return None
    return given.strip()


def _inside(span: tuple[int | None, int | None], outer: Span) -> bool:
    return span[0] is not None and span[1] is not None and outer[0] <= span[0] and span[1] <= outer[1]


def _mode(passage: Passage, at: Span) -> Mode:
    """Direct where nearly all the words stand in quotation marks, mixed where some do."""
    quoted = 0
    for paragraph in passage.paragraphs:
        if paragraph[0] < at[1] and at[0] < paragraph[1]:
            for q in quotations.quotations(passage.text, *paragraph):
                quoted += max(0, min(at[1], q.inner_end) - max(at[0], q.inner_start))
    if quoted >= 0.8 * (at[1] - at[0]):
        return Mode.DIRECT
    return Mode.MIXED if quoted else Mode.INDIRECT


# --- who said it --------------------------------------------------------------------------------------------------


def _chain(passage: Passage, at: Span, given: Any) -> Iterator[Hop]:
    """The hops that stand in the text, outermost first; an origin that does not stand stays, without a name."""
    hops = [h for h in given[:8] if isinstance(h, dict)] if isinstance(given, list) else []
    for n, hop in enumerate(hops):
        last = n == len(hops) - 1
        role = Role.ORIGIN if last else Role.AFFILIATION if hop.get("role") == Role.AFFILIATION else Role.RELAY
        if mention := _mention(passage, at, hop, role):
            yield mention
        elif last:
            yield heard(passage.text, None, role=Role.ORIGIN)


def _mention(passage: Passage, at: Span, hop: Json, role: Role) -> Hop | None:
    source = _near(passage, at, hop.get("name"), reach=1)
    if source is None:
        return None
    return heard(passage.text, source, _near(passage, source, hop.get("cue"), reach=0), role=role)


def _near(passage: Passage, beside: Span, given: Any, *, reach: int) -> Span | None:
    """The occurrence of the words nearest to a place: in its own paragraph, else at most `reach` paragraphs away."""
    words = _words(given, LONGEST_NAME)
    if words is None or not any(c.isalpha() for c in words):
        return None
    own = [n for n, p in enumerate(passage.paragraphs) if p[0] < beside[1] and beside[0] < p[1]]
    for wider in range(reach + 1) if own else ():
        first, last = max(0, own[0] - wider), min(len(passage.paragraphs) - 1, own[-1] + wider)
        window = passage.paragraphs[first][0], passage.paragraphs[last][1]
        places = [(window[0] + a, window[0] + b) for a, b in _places(passage.text[slice(*window)], words)]
        if places:
            return min(places, key=lambda s: (max(s[0] - beside[1], beside[0] - s[1], 0), s))
    return None


def _places(text: str, words: str) -> list[Span]:
    """Every place where the words stand, with differences in typography allowed."""
    try:
        place = texts.locate(text, words)
    except Ambiguous as e:
        found = [texts.locate(text, words, occurrence=n) for n in range(1, e.times + 1)]
        return [(p.start, p.end) for p in found]
    except BadInput:
        return []
    return [(place.start, place.end)]


# --- figures ------------------------------------------------------------------------------------------------------


def _figures(passage: Passage, at: Span, given: Any) -> Iterator[Quantity]:
    """Our own reading of each figure that the claim contains, if the model gave the same bounds."""
    rows = [g for g in given[:20] if isinstance(g, dict)] if isinstance(given, list) else []
    mine = [q for q in passage.figures if _inside((q.start, q.end), at)]
    taken: set[int | None] = set()
    for row in rows:
        words = _words(row.get("words"), LONGEST_NAME)
        spans = _places(passage.text[slice(*at)], words) if words else []
        for q in mine:
            if q.start not in taken and _overlaps(q, spans, at[0]) and _same_interval(q, row):
                taken.add(q.start)
                yield q
                break


def _overlaps(q: Quantity, spans: Sequence[Span], offset: int) -> bool:
    return (
        q.start is not None and q.end is not None and any(q.start < offset + b and offset + a < q.end for a, b in spans)
    )


def _same_interval(q: Quantity, row: Json) -> bool:
    return all(
        _bound(getattr(q, side), getattr(q, f"{side}_inclusive"))
        == _bound(row.get(side), row.get(f"{side}_inclusive", True))
        for side in ("low", "high")
    )


def _bound(value: Any, inclusive: Any) -> tuple[Decimal, bool] | str | None:
    """A bound as a number, with True if it belongs to the interval; None where there is no bound."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        return "no figure"
    try:
        number = Decimal(str(value)[:60])
    except InvalidOperation:
        return "no figure"
    return (number, inclusive is not False) if number.is_finite() else "no figure"
