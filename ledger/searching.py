"""Passages of saved texts that hold what a person looks for, with their articles and the claims in them."""

from __future__ import annotations

import re
from collections import Counter

from ledger import text
from ledger.records import Capture, Passage
from ledger.store import Ledger, blobs, read, texts
from ledger.store.asked import asked

LONGEST = 320
"""Characters of a passage."""
NEAR = 300
"""Places of a text that are looked at for the best."""


def passages(ledger: Ledger, sought: str, *, limit: int = 20) -> list[Passage]:
    """The best passage of each article that holds what is asked for, the best article first."""
    of = asked(ledger, sought)
    wanted = _pattern(of.terms)
    return [found for hit in texts.search(ledger, of, limit=limit) if (found := _passage(ledger, hit, wanted))]


def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the terms as the index does: a phrase as it is, a word whatever its ending."""
    kinds = [r"\W{1,4}".join(map(re.escape, term.split())) if " " in term else re.escape(_stem(term)) for term in terms]
    return re.compile("|".join(rf"(?<!\w)({kind})\w{{0,9}}" for kind in kinds) or r"(\w)", re.IGNORECASE)


def _stem(word: str) -> str:
    return word if len(word) < 5 else word[: max(4, len(word) - 3)]


def _passage(ledger: Ledger, hit: texts.TextHit, wanted: re.Pattern[str]) -> Passage | None:
    copy, article = read.capture(ledger, hit.capture), read.article(ledger, hit.article)
    body = blobs.text(ledger, copy.uid, copy.text) if copy else None
    if copy is None or body is None:
        return None
    start, end = _best(body, wanted)
    places = read.places_of_claims(ledger, article.uid)
    places.sort(key=lambda place: place[1] is None or place[1] >= end or (place[2] or 0) <= start)
    return Passage(
        article.id, article.title or article.file, article.publisher, article.published_at, copy.uid, start, end,
        body[start:end], _locator(ledger, copy, start, end), tuple(id_ for id_, _, _ in places),
    )  # fmt: skip


def _locator(ledger: Ledger, copy: Capture, start: int, end: int) -> str | None:
    """The page or moment, in a document or recording."""
    if not copy.marks:
        return None
    from ledger import capture, extract

    return extract.locator(capture.marks_of(ledger, copy), start, end)


def _best(body: str, wanted: re.Pattern[str]) -> tuple[int, int]:
    """The sentence with most of the terms; its beginning and end cut where it is long."""
    held: dict[tuple[int, int], Counter[int | None]] = {}
    for n, found in enumerate(wanted.finditer(body)):
        if n >= NEAR:
            break
        span = next((s for s in held if s[0] <= found.start() < s[1]), None) or text.around(
            body, *found.span(), sentences=0
        )
        held.setdefault(span, Counter())[found.lastindex] += 1
    if not held:
        return text.around(body, 0, 1, sentences=0) if body.strip() else (0, 0)
    start, end = max(held, key=lambda span: len(held[span]))
    first = wanted.search(body, start)
    if end - start > LONGEST and first is not None:
        start = max(start, first.start() - LONGEST // 3)
        start = start if start == 0 or not body[start - 1 : start].strip() else body.rfind(" ", 0, start) + 1
        cut = body.rfind(" ", start, start + LONGEST)
        end = min(end, cut if cut > first.end() else start + LONGEST)
    return start, end
