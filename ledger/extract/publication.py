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
from ledger.extract.markup import instant
from ledger.extract.notation import BLOCKS

CHANGED = re.compile(
    r"updat|modif|revis|changed|edited|actuali[sz]|mise? à jour|aktualisiert|geändert|zuletzt|bijgewerkt|gewijzigd"
    r"|aggiornat|atualiza|обновл|изменен|оновл|змінен|تحديث",
    re.IGNORECASE,
)
"""Words beside a day, and names around it, by which it is that of a change."""
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
    """When a page was published, said by that name or beside its headline; and days that are or may be another article's."""

    published: str | None
    doubtful: frozenset[str]


def days(tree: Any) -> Days:
    """The days that the elements of a page state."""
    title, text = _article(tree)
    printed: list[str] = []
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
            printed.append(day)
        elif day:
            doubtful.add(day[:10])
    stated = {day for name, day in heads if not CHANGED.search(name)}
    first = named.pop() if len(named) == 1 else printed[0] if printed else None
    return Days(first, frozenset(doubtful - stated))


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
    block = element
    while block.tag not in BLOCKS and block.getparent() is not None:
        block = block.getparent()
    around = " ".join(block.text_content().split())
    names = " ".join(e.get("class", "")[:200] for e in (element, block))
    long = block.tag not in ("article", "body", "html") and len(around) > SENTENCE + len(element.text_content())
    told = block.tag == "p" and around.endswith((".", "!", "?"))
    return long or told or CHANGED.search(f"{names} {around[: 2 * SENTENCE]}") is not None or _beside(element, text)


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
