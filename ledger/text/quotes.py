"""A quotation is anchored where it stands, character for character apart from typography, or it is refused.

A quotation never begins or ends inside a word or a figure: "40" does not stand in "400", "40,000", "2.40" or "40%", and
"they can" does not stand in "they can't".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import category

from msgspec import Struct

from ledger.errors import Ambiguous, BadInput, NotInText
from ledger.text.folding import INVISIBLE, SINGLE, Folded, fold, is_blank

CONTEXT = 32
"""Code points of prefix and suffix that an anchor keeps."""

LISTED = 20
"""Passages shown when a quote stands more often than once."""


WITHIN_FIGURES = ".,'’٫٬\u00a0\u2009\u202f"
"""Between two digits these belong to one figure; a plain space may be one or not, so it cuts."""

CURRENCIES = "$€£¥₽₪₺₹"
PERCENT = "%‰٪"


class Anchor(Struct, frozen=True):
    """A quotation's place: text[start:end] == exact, with the characters before and after."""

    exact: str
    start: int
    end: int
    prefix: str
    suffix: str


class _Wanted(Struct, frozen=True):
    """What a caller knows of the quotation's place."""

    occurrence: int | None
    prefix: _Beside
    suffix: _Beside


class _Beside(Struct, frozen=True):
    """Words beside the quotation, as given and with typography folded."""

    given: str
    folded: str


def locate(
    text: str, quote: str, *, occurrence: int | None = None, prefix: str | None = None, suffix: str | None = None
) -> Anchor:
    """The one place of the quotation in the text; NotInText or Ambiguous when there is none or more than one.

    Characters that match exactly win; only when there are none may typography differ, and the text's own characters
    are kept. `occurrence` counts from 1, in the order of the text; `prefix` and `suffix` are words beside it.
    """
    quote = quote.strip()
    if is_blank(quote):
        raise BadInput("the quotation is empty")
    if occurrence is not None and occurrence < 1:
        raise BadInput("occurrences are counted from 1")
    wanted = _Wanted(occurrence, _beside(prefix), _beside(suffix))
    standing = 0
    for places in (_exact_places, _folded_places):
        found = list(places(text, quote))
        standing = max(standing, len(found))
        fitting = [place for place in found if _fits(text, place, wanted)]
        if fitting and (chosen := _choose(text, fitting, wanted)):
            return anchor(text, *chosen)
    if standing:
        raise _elsewhere(standing, wanted)
    raise NotInText(quote, nearest(text, quote))


def selected(text: str, start: int, end: int) -> Anchor:
    """The whole words that a stretch of the text touches, without the blanks at its ends; BadInput where it has none."""
    chosen = anchor(text, start, end).exact
    if is_blank(chosen):
        raise BadInput("no words are selected")
    start, end = end - len(chosen.lstrip()), start + len(chosen.rstrip())
    while _cuts(text, start):
        start -= 1
    while _cuts(text, end):
        end += 1
    return anchor(text, start, end)


def which(text: str, start: int, end: int) -> int | None:
    """Which of the places of these words they stand in, as `locate` counts them; None where there is one alone."""
    places = [place[0] for place in _exact_places(text, text[start:end])]
    return places.index(start) + 1 if start in places and len(places) > 1 else None


def anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of a stretch of the text; BadInput when the text has no such stretch."""
    if not 0 <= start < end <= len(text):
        raise BadInput(f"the text has no characters {start} to {end}: it is {len(text)} long")
    return Anchor(text[start:end], start, end, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def _exact_places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    for start in _occurrences(text, quote):
        if not _cuts(text, start) and not _cuts(text, start + len(quote)):
            yield start, start + len(quote)


def _folded_places(text: str, quote: str) -> Iterator[tuple[int, int]]:
    folded, sought = fold(text), fold(quote).text
    for at in _occurrences(folded.text, sought):
        start, end = folded.original(at), folded.original(at + len(sought))
        if not _cuts(text, start) and not _cuts(text, end):
            yield start, end


def _occurrences(text: str, sought: str) -> Iterator[int]:
    at = text.find(sought) if sought else -1
    while at >= 0:
        yield at
        at = text.find(sought, at + len(sought))


def _cuts(text: str, at: int) -> bool:
    """True where a cut here would divide a word, a figure or a written character."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    while before in INVISIBLE and at > 1:  # a word may be divided by what nobody sees
        at -= 1
        before = text[at - 1]
    if category(after)[0] == "M" or after == "\u200d" or before == "\u200d":
        return True
    if before.isalnum() and after.isalnum():
        return (before.isdigit() and after.isdigit()) or not (_spaceless(before) or _spaceless(after))
    if after.isdigit() and (before in CURRENCIES or (before in WITHIN_FIGURES and text[at - 2 : at - 1].isdigit())):
        return True
    if before.isdigit() and (after in PERCENT or (after in WITHIN_FIGURES and text[at + 1 : at + 2].isdigit())):
        return True
    return _cuts_contraction(text, at)


def _spaceless(char: str) -> bool:
    """True where the script writes words without spaces between them, or joins particles to them."""
    return (
        "\u0e00" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff" or "\u2e80" <= char <= "\ud7ff" or char >= "\uf900"
    )


def _cuts_contraction(text: str, at: int) -> bool:
    """True at or just past the apostrophe of can't, we'll, they'd; a possessive may be cut off."""
    for apostrophe in (at, at - 1):
        if text[apostrophe] in SINGLE and apostrophe > 0 and text[apostrophe - 1].isalpha():
            found = _contraction().match(text, apostrophe + 1)
            if found:
                return True
    return False


@cache
def _contraction() -> re.Pattern[str]:
    return re.compile(r"(?:t|ll|re|ve|d|m)\b", re.IGNORECASE)


def _beside(words: str | None) -> _Beside:
    return _Beside(words or "", fold(words or "").text.strip())


def _fits(text: str, place: tuple[int, int], wanted: _Wanted) -> bool:
    start, end = place
    # twice the length leaves room for what folding shortens
    before = text[max(0, start - 2 * len(wanted.prefix.given) - 8) : start]
    after = text[end : end + 2 * len(wanted.suffix.given) + 8]
    return _ends_with(before, wanted.prefix) and _begins_with(after, wanted.suffix)


def _ends_with(before: str, words: _Beside) -> bool:
    if before.endswith(words.given):
        return True
    if _differ(before.rstrip()[-1:], words.folded[-1:]):  # most places fail here
        return False
    return fold(before).text.strip().endswith(words.folded)


def _begins_with(after: str, words: _Beside) -> bool:
    if after.startswith(words.given):
        return True
    if _differ(after.lstrip()[:1], words.folded[:1]):
        return False
    return fold(after).text.strip().startswith(words.folded)


def _differ(char: str, other: str) -> bool:
    """True where two characters differ by more than typography."""
    return char != other and char.isalnum() and other.isalnum()


def _choose(text: str, places: list[tuple[int, int]], wanted: _Wanted) -> tuple[int, int] | None:
    """The place meant; None when the occurrence asked for is not among these."""
    if wanted.occurrence is not None:
        return places[wanted.occurrence - 1] if wanted.occurrence <= len(places) else None
    if len(places) == 1:
        return places[0]
    start, end = places[0]
    raise Ambiguous(text[start:end], [_surroundings(text, *p) for p in places[:LISTED]], times=len(places))


def _elsewhere(standing: int, wanted: _Wanted) -> BadInput:
    times = "once" if standing == 1 else f"{standing} times"
    before = f"after {wanted.prefix.given!r}" if wanted.prefix.given else ""
    after = f"before {wanted.suffix.given!r}" if wanted.suffix.given else ""
    if before or after:
        return BadInput(f"the quote stands {times} in the text, but not {' and '.join(filter(None, [before, after]))}")
    return BadInput(f"the quote stands {times} in the text: there is no occurrence {wanted.occurrence}")


def _surroundings(text: str, start: int, end: int, *, width: int = 40) -> str:
    """The stretch with some words around it, on one line."""
    left, right = max(0, start - width), min(len(text), end + width)
    while left < start and _cuts(text, left):
        left += 1
    while right > end and _cuts(text, right):
        right -= 1
    shown = " ".join(text[left:right].split())
    return f"{'…' if left else ''}{shown}{'…' if right < len(text) else ''}"


# --- the nearest passage --------------------------------------------------------------------------------------------

WORDS_SOUGHT = 12
MOST_PLACES = 400
CANDIDATES = 4


def nearest(text: str, quote: str) -> str | None:
    """The passage of the text most like the quotation, on one line; None when nothing is like it."""
    folded = fold(text, letters=True)
    low, sought = folded.text.lower(), fold(quote, letters=True).text.lower()[:2000]
    if len(low) != len(folded.text):  # a few letters grow in lower case; offsets matter more than their case
        low = folded.text
    best, best_score = None, 0.5
    for at in _candidates(low, sought):
        start, end, score = _best_stretch(low, sought, at)
        if score > best_score:
            best, best_score = (start, end), score
    return _whole_words(text, folded, *best) if best else None


def _candidates(low: str, sought: str) -> list[int]:
    """Where the quotation would begin, judged by its rarer words, the likeliest first."""
    width = max(8, len(sought) // 4)
    votes: dict[int, float] = {}
    words = {m[0]: m.start() for m in _word().finditer(sought)}
    for word in sorted(words, key=len, reverse=True)[:WORDS_SOUGHT]:
        places = _places_of(low, word)
        for at in places:
            bucket = (at - words[word]) // width
            for near in (bucket, bucket + 1):
                votes[near] = votes.get(near, 0.0) + len(word) / len(places)
    likeliest = sorted(votes, key=lambda b: (-votes[b], b))[:CANDIDATES]
    return [max(0, bucket * width) for bucket in likeliest]


def _places_of(low: str, word: str) -> list[int]:
    places = []
    for at in _occurrences(low, word):
        places.append(at)
        if len(places) == MOST_PLACES:
            break
    return places


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"\w+")


def _best_stretch(low: str, sought: str, at: int) -> tuple[int, int, float]:
    """The stretch around a candidate that shares most words with the quotation, and how similar it is."""
    from difflib import SequenceMatcher

    slack = max(40, len(sought) // 2)
    left = max(0, at - slack)
    window = [(m.start() + left, m.end() + left, m[0]) for m in _word().finditer(low[left : at + len(sought) + slack])]
    words = _word().findall(sought)
    matcher = SequenceMatcher(None, [w for _, _, w in window], words, autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    if not blocks:
        return at, at, 0.0
    first = max(0, blocks[0].a - blocks[0].b)
    last = min(len(window), max(blocks[-1].a + len(words) - blocks[-1].b, blocks[-1].a + blocks[-1].size))
    shared = sum(b.size for b in blocks)
    return window[first][0], window[last - 1][1], 2 * shared / (len(words) + last - first)


def _whole_words(text: str, folded: Folded, start: int, end: int) -> str:
    begin, stop = folded.original(start), folded.original(end)
    while begin > 0 and _cuts(text, begin):
        begin -= 1
    while stop < len(text) and _cuts(text, stop):
        stop += 1
    return " ".join(text[begin:stop].split())
