"""When a page was published, where its head does not say so: of the many days on a page few are that of its article.

One beside the headline is. Those of other articles, of changes and within sentences are not, and what is found elsewhere is
left out where it may be one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple

from ledger.extract.completing import BESIDE
from ledger.extract.heading import CHANGED, day_of
from ledger.extract.markup import instant
from ledger.extract.notation import BLOCKS

OTHERS = re.compile(
    r"related|recommend|promo|comment|sidebar|read-?more|teaser|most-|outbrain|trending"
    r"|(?:^|[\s_-])(?:nav|menu|ads?|cards?|widget|popup|modal|latest)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names of what holds other articles; an author's line and buttons to share stand by the article's own day."""
SENTENCE = 90
"""A block of so many characters beside a day is a sentence that mentions it, and no line about the article."""


MOST = 200
"""So many days of a page are looked at."""


class Days(NamedTuple):
    """The days that the elements of a page state: each as it names it, and those that are or may be another article's."""

    named: str | None
    """Under the name of its publication."""
    beside: str | None
    """Beside its headline."""
    printed: str | None
    """The same as its readers see it, which may be a line without markup of its own."""
    modified: str | None
    """Of a change of it, beside its headline."""
    doubtful: frozenset[str]

    @property
    def published(self) -> str | None:
        return self.named or self.beside


def days(tree: Any) -> Days:
    """The days that the elements of a page state."""
    title, text = _article(tree)
    printed: list[Any] = []
    modified: list[str] = []
    named: set[str] = set()
    heads = list(_heads(tree))
    doubtful = {day for name, day in heads if CHANGED.search(name)}
    below = False
    for element, by_name in islice(_dated(tree, title, text), MOST):
        below = (below or element is title) and element is not text
        day = _day(element) if by_name is not None else None
        if day and by_name and not _of_another(element, text):
            named.add(day)
        elif day and below and not _of_another(element, text):
            printed.append(element)
        elif day:
            doubtful.add(day[:10])
            modified += [day] if below and _of_change(element) and not _beside(element, text) else []
    stated = {day for name, day in heads if not CHANGED.search(name)}
    first = named.pop() if len(named) == 1 else None
    beside = _day(printed[0]) if printed else None
    lines = _lines(tree, title, text)
    shown = (_shown(printed[0]) or beside) if printed else lines.get(False)
    return Days(first, beside, shown, modified[0] if modified else lines.get(True), frozenset(doubtful - stated))


def _shown(element: Any) -> str | None:
    """The day that the words of an element are little more than, in the language of its page."""
    if not isinstance(element.tag, str):
        return None
    words = " ".join(element.text_content().split())
    if len(words) > SENTENCE or not any(c.isdigit() for c in words):
        return None
    return day_of(words, (element.getroottree().getroot().get("lang") or "en")[:2].lower())


LINES = 30
"""So many short lines between the headline and the text may be the one with the day."""


def _lines(tree: Any, title: Any, text: Any) -> dict[bool, str]:
    """The days of lines between the headline and the text which no element names: of a change (True), and of the article."""
    found: dict[bool, str] = {}
    below, looked = False, 0
    for element in tree.iter():
        if element is text or looked == LINES:
            break
        if below and element.tag not in ("time", "meta") and not len(element):
            looked += 1
            if (day := _shown(element)) and not _beside(element, text):
                found.setdefault(_of_change(element), day)
        below = below or element is title
    return found


def _dated(tree: Any, title: Any, text: Any) -> Iterator[tuple[Any, bool | None]]:
    """The elements that give a day, and whether by name; the headline and the text between them."""
    for element in tree.iter():
        if isinstance(element.tag, str):
            named = "datepublished" in element.get("itemprop", "").lower().split()
            if named or element.tag == "time":
                yield element, named
            elif element is title or element is text:
                yield element, None


def _article(tree: Any) -> tuple[Any, Any]:
    """The headline, and the longest paragraph; None for what is not there."""
    paragraphs = [p for p in tree.iter("p") if not _beside(p)]
    text = max(paragraphs, key=lambda p: len(p.text_content()), default=None)
    titles = []
    for element in tree.iter("h1", "p"):
        if element is text:
            break
        titles += [element] if element.tag == "h1" else []
    return (titles[-1] if titles else None), text


def _heads(tree: Any) -> Iterator[tuple[str, str]]:
    for element in tree.iter("meta"):
        if day := instant(element.get("content")):
            yield " ".join(element.get(a, "") for a in ("name", "property", "itemprop", "http-equiv"))[:200], day[:10]


def _day(element: Any) -> str | None:
    return instant(element.get("datetime") or element.get("content") or element.text)


def _of_another(element: Any, text: Any) -> bool:
    """True where the day is that of another article, of a change, or of what a sentence tells."""
    block, around = _block(element)
    long = block.tag not in ("article", "body", "html") and len(around) > SENTENCE + len(element.text_content())
    told = block.tag == "p" and around.endswith((".", "!", "?"))
    return long or told or _of_change(element) or _beside(element, text)


def _block(element: Any) -> tuple[Any, str]:
    """The block that an element stands in, and its words."""
    block = element
    while block.tag not in BLOCKS and block.getparent() is not None:
        block = block.getparent()
    return block, " ".join(block.text_content().split())


def _of_change(element: Any) -> bool:
    """True where words and names around a day are those of a change."""
    block, around = _block(element)
    names = " ".join(e.get("class", "")[:200] for e in (element, block))
    return CHANGED.search(f"{names} {around[: 2 * SENTENCE]}") is not None


def _beside(element: Any, text: Any = None) -> bool:
    """True in what stands beside the article: an aside, a list of others, an article that does not hold the text."""
    for e in element.iterancestors():
        names = f"{e.get('class', '')[:200]} {e.get('id', '')[:200]}"
        if e.tag in ("body", "html", "main"):
            return False
        if e.tag in BESIDE or (OTHERS.search(names) and not _holds(e, text)):
            return True
        if e.tag == "article" and text is not None and not _holds(e, text):
            return True
    return False


def _holds(element: Any, text: Any) -> bool:
    return text is not None and any(e is element for e in text.iterancestors())
