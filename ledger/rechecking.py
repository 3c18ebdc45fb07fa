"""An article's page now, held against its newest saved copy: what changed, and which claims that touches.

A claim is touched where the sentence that holds its words stands on the page no more. The sentence that is most like it says
how: another figure, another hedge, other words; where none is like it, the passage is gone. Nothing is anchored anew.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from msgspec import Struct

from ledger import capture, changes, lexicon, quantity, records, text, web
from ledger.errors import BadInput, ClaimsError, Refused, Unreachable
from ledger.records import Quantity
from ledger.store import Ledger, beside, read, texts
from ledger.vocabulary import Modifier

GONE = (404, 410)
ALIKE = 0.5
"""Share of words in which a sentence must be like one that it may have come of."""


class Outcome(StrEnum):
    """What became of a page."""

    UNCHANGED = "unchanged"
    CHANGED = "changed"
    GONE = "gone"
    UNKNOWN = "could not find out"


class Change(StrEnum):
    """What became of the sentence that holds a claim's words."""

    FIGURE = "figure changed"
    HEDGE_DROPPED = "hedge dropped"
    HEDGE_ADDED = "hedge added"
    HEDGE = "hedge changed"
    WORDS = "wording changed"
    PASSAGE = "passage gone"


class Touched(Struct, frozen=True):
    """A claim, and the sentence with its words before and now."""

    claim: str
    change: Change
    was: str
    now: str | None


class Rechecked(Struct, frozen=True):
    """An article's page as it is now."""

    id: str
    """The id of the article."""
    url: str
    outcome: Outcome
    why: str | None = None
    """Why it is gone, or why it could not be found out."""
    headline: tuple[str, str] | None = None
    """The headline before and now, where it is another."""
    corrections: tuple[str, ...] = ()
    """New paragraphs that own a correction."""
    left: tuple[str, ...] = ()
    """Paragraphs that stand there no more."""
    came: tuple[str, ...] = ()
    """Paragraphs that stand there now."""
    touched: tuple[Touched, ...] = ()
    modified: tuple[str | None, str] | None = None
    """When the page says that it was changed last, before and now, where that is another day or time."""
    silent: bool = False
    """True where it changed, and no correction and no new day of change was found on it; one in other words may stand there."""
    capture: str | None = None
    """The newer copy, where one was saved."""
    waiting: int = 0
    """How many of its statements were proposed for open questions."""
    protected: tuple[str, ...] = ()
    """Handles of protected sources whose names stand in the newer copy."""
    archived: str | None = None
    """When an archive saved the page that was compared: then that page is what is called now, and the copy what was before."""


class Seen(Struct, frozen=True):
    """What a page gave, and what that says of the article; the page is None where nothing is to be saved."""

    found: Rechecked
    page: capture.Page | None = None


def newest(ledger: Ledger, article: records.Article) -> tuple[str, records.Capture]:
    """The address of an article that stands, and the copy that its page is held against; refused where one is missing."""
    if article.url is None:
        raise BadInput(f"{article.id} has no address", hint="only articles captured from the web can be checked again")
    changes.standing(ledger, article.uid)
    copies = read.captures(ledger, article.uid)
    if not copies:
        raise Refused(f"no copy of {article.id} was saved", hint=f"save one: claims capture {article.url}")
    return article.url, copies[-1]


ITSELF = "its page, asked for again"
"""Where the log says that was searched."""


def last_look(ledger: Ledger, article: str) -> records.Search | None:
    """When the page of an article (by uid) was last asked for again, and what became of it."""
    return next((s for s in reversed(beside.searches(ledger, article)) if s.outcome), None)


def look(ledger: Ledger, article: records.Article, limits: web.Limits | None = None) -> Seen:
    """Asks for the page and compares it; saves nothing."""
    address, copy = newest(ledger, article)
    try:
        page = capture.fetch(address, limits=limits)
    except Unreachable as e:
        outcome = Outcome.GONE if e.status in GONE else Outcome.UNKNOWN
        return Seen(Rechecked(article.id, address, outcome, why=e.message))
    except ClaimsError as e:
        return Seen(Rechecked(article.id, address, Outcome.UNKNOWN, why=_why(e)))
    return compared(ledger, article, copy, page)


def archived(
    ledger: Ledger,
    article: records.Article,
    copy: records.Capture,
    saved: tuple[str, str],
    limits: web.Limits | None = None,
) -> Rechecked:
    """What an archive saved, as its address and time, against a copy; that an archive fails says nothing of the page."""
    url, at = saved
    try:
        page = capture.fetch(url, limits=limits)
    except ClaimsError as e:
        return Rechecked(article.id, url, Outcome.UNKNOWN, why=_why(e), archived=at)
    return records.replace(compared(ledger, article, copy, page).found, url=url, archived=at)


def _why(e: ClaimsError) -> str:
    return f"{e.message} ({e.hint})" if e.hint else e.message


def compared(ledger: Ledger, article: records.Article, copy: records.Capture, page: capture.Page) -> Seen:
    """The page against a copy, which is read as it would be today, so that a newer extractor is no change of the page.

    Refused where it changed and still holds words that were redacted.
    """
    before, withheld = capture.read_again(ledger, copy), texts.withheld(ledger, article.uid)
    old, new = (_paragraphs(texts.blotted(p.text, withheld)) for p in (before, page))
    left, came = _without(old, set(new)), _without(new, set(old))
    url = page.url or article.url or ""
    titles = [texts.blotted(p.meta.title.value, withheld) if p.meta.title else "" for p in (before, page)]
    headline = (titles[0], titles[1]) if titles[0] != titles[1] and all(titles) else None
    if headline:  # it is told as such, and not as a paragraph besides
        left, came = (tuple(p for p in these if p not in headline) for these in (left, came))
    said = [capture.days_of(p)["modified_at"] for p in (before, page)]
    modified = (said[0], said[1]) if said[1] and said[0] != said[1] else None
    if not left and not came and not headline:
        return Seen(Rechecked(article.id, url, Outcome.UNCHANGED, modified=modified))
    capture.nothing_withheld(ledger, article.uid, page)
    if len(left) == len(set(old)) and _says_gone(page, titles[1]):
        return Seen(Rechecked(article.id, url, Outcome.GONE, why="the page says that nothing is there"))
    claims = [c for c in read.claims(ledger, article=article.uid) if c.capture is not None]
    owned = tuple(p for p in came if _owns(p))
    found = Rechecked(
        article.id, url, Outcome.CHANGED, headline=headline, corrections=owned, left=left, came=came,
        touched=tuple(touched(ledger, claims, page.text)), modified=modified, silent=not owned and modified is None,
    )  # fmt: skip
    return Seen(found, page)


def _paragraphs(body: str) -> list[str]:
    return [line for raw in body.splitlines() if (line := " ".join(raw.split()))]


def _without(these: Sequence[str], those: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p for p in these if p not in those))


NOTHING = re.compile(r"\b404\b|\bnot found\b|\bno longer available\b|\bpage (?:gone|unavailable)\b", re.IGNORECASE)


def _says_gone(page: capture.Page, title: str) -> bool:
    """True for a short page that says so instead of answering so."""
    return len(page.text) < 2000 and NOTHING.search(f"{title} {page.text}") is not None


MARK = r"\s*(?:[:.(–—]|\s-|\d|,\s\w+\s\d|\W*$)"
"""What stands behind "Correction" alone where it is one, and not behind the first word of "Corrections officers"."""


def _owns(paragraph: str) -> bool:
    """True where a paragraph owns that the page was changed."""
    lower = paragraph.casefold().lstrip("*_[( ")
    begins, within = lexicon.listed("corrections", "begins"), lexicon.listed("corrections", "within")
    owned = (re.escape(word) + (r"(?!\w)" if " " in word else MARK) for word in begins)
    return any(re.match(word, lower) for word in owned) or any(word in lower for word in within)


# --- claims -------------------------------------------------------------------------------------------------------


def touched(ledger: Ledger, claims: Sequence[records.Claim], body: str) -> Iterator[Touched]:
    """The claims whose sentence does not stand in another text of their article, and what became of it there."""
    now = [" ".join(body[a:b].split()) for a, b in text.sentences(body)]
    whole = " ".join(body.split())
    for claim in claims:
        copy = read.capture(ledger, claim.capture or "")
        if copy is None or claim.start is None or claim.end is None:
            continue
        was = capture.text_of(ledger, copy)
        start, end = text.around(was, claim.start, claim.end, sentences=0)
        sentence = " ".join(was[start:end].split())
        if sentence in now:
            continue
        said = " ".join(was[start : claim.start].split()), " ".join(claim.exact.split())
        like = _like(sentence, said[1], now)
        change = _change(sentence, said, like)
        if change is not Change.WORDS or sentence not in whole:  # it may have become part of a longer one
            yield Touched(claim.id, change, sentence, like)


def _like(sentence: str, exact: str, now: Sequence[str]) -> str | None:
    """The sentence that most likely came of this one; None where none is like it."""
    words = sentence.casefold().split()
    best, most = None, ALIKE
    for other in now:
        match = difflib.SequenceMatcher(None, words, other.casefold().split(), autojunk=False)
        score = 1.0 if exact in other and len(exact.split()) > 3 else match.ratio() if match.quick_ratio() > most else 0
        if score > most:
            best, most = other, score
    return best


def _change(sentence: str, said: tuple[str, str], now: str | None) -> Change:
    """What differs between two sentences in the figures of a claim, of which `said` has what stands before it, and it."""
    if now is None:
        return Change.PASSAGE
    start = len(said[0]) + bool(said[0])
    before, after = quantity.find(sentence), quantity.find(now)
    figures = [q for q in before if (q.start or 0) < start + len(said[1]) and (q.end or 0) > start]
    changes = {_of_figure(q, _same(q, n, before, after)) for n, q in enumerate(before) if q in figures}
    return next((change for change in Change if change in changes), Change.WORDS)


def _same(figure: Quantity, n: int, before: Sequence[Quantity], after: Sequence[Quantity]) -> Quantity | None:
    """The figure in the other sentence that stands for this one: the one that counts the same, else the one in its place."""
    if len(before) == len(after):
        return after[n]
    return next((q for q in after if q.counts == figure.counts and q.unit == figure.unit), None)


def _of_figure(was: Quantity, now: Quantity | None) -> Change | None:
    if now is None or _numbers(was) != _numbers(now):
        return Change.FIGURE
    hedged = [q.modifier is not Modifier.EXACT or q.approximate for q in (was, now)]
    if hedged[0] != hedged[1]:
        return Change.HEDGE_DROPPED if hedged[0] else Change.HEDGE_ADDED
    return Change.HEDGE if was.modifier is not now.modifier else None


def _numbers(figure: Quantity) -> set[str | None]:
    return {figure.low, figure.high} - {None}
