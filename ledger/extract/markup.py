"""What a page says of itself in its own markup: its language, meta elements, canonical link and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Any

HEAD_LIMIT = 1_000_000
"""Characters of a page that are searched for its own metadata."""

ARTICLE_TYPE = re.compile(r"(?:[A-Za-z]*Article|Report|BlogPosting|LiveBlogPosting|SocialMediaPosting)")

MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified")
DESCRIPTIONS = ("description", "og:description", "twitter:description")


def stated_by(page: str) -> tuple[dict[str, object], list[str]]:
    """What the page states in its head and in JSON-LD: the fields of `Meta`, None where it does not, and its article's words.

    The words are the article's whole text, "" where it does not give it, then its descriptions.
    """
    head = _Head()
    try:
        head.feed(page[:HEAD_LIMIT])
    except (AssertionError, ValueError, RecursionError):  # html.parser on malformed declarations
        return {}, [""]
    articles = list(_articles(head.linked_data))
    article = articles[0] if articles else {}
    published = (
        article.get("datePublished") or head.meta.get("article:published_time") or head.meta.get("datepublished")
    )
    modified = article.get("dateModified") or next((head.meta[n] for n in MODIFIED if n in head.meta), None)
    descriptions = [article.get("description"), *(head.meta.get(name) for name in DESCRIPTIONS)]
    bodies = (text for one in articles for text in _texts(one.get("articleBody")))
    said = [next(bodies, ""), *dict.fromkeys(t for d in descriptions for t in _texts(d))]
    return {
        "title": article.get("headline") or head.meta.get("og:title"),
        "byline": _names(article.get("author")) or _unlinked(head.meta.get("author")),
        "publisher": head.meta.get("og:site_name") or _names(article.get("publisher")),
        "published_at": instant(published),
        "modified_at": instant(modified),
        "language": _language(head.language),
        "url": _unlinked_only(head.canonical),
    }, said


class _Head(HTMLParser):
    """Collects what a page says of itself: language, meta elements, canonical link, JSON-LD."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language: str | None = None
        self.canonical: str | None = None
        self.meta: dict[str, str] = {}
        self.linked_data: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = self.language or given.get("lang") or given.get("xml:lang")
        elif tag == "link" and "canonical" in given.get("rel", "").casefold().split():
            self.canonical = self.canonical or given.get("href")
        elif tag == "meta":
            key = (given.get("property") or given.get("name") or given.get("itemprop") or "").casefold()
            self.meta.setdefault(key, given.get("content", ""))
        elif tag == "script" and given.get("type", "").casefold().strip() == "application/ld+json":
            self._in_data = True
            self.linked_data.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.linked_data[-1] += data


def _articles(scripts: list[str]) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that are articles, at the top or one list or @graph below."""
    for script in scripts:
        data = loaded(script)
        top = data if isinstance(data, list) else [data]
        for item in top:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for thing in [item, *(graph if isinstance(graph, list) else [])]:
                if isinstance(thing, dict) and any(ARTICLE_TYPE.fullmatch(t) for t in _texts(thing.get("@type"))):
                    yield thing


# a string (also one that nobody closes, so that each character is looked at once), comments, CDATA marks, trailing commas
NEARLY = re.compile(
    r'("[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z))'
    r"|/\*[^*]*(?:\*(?!/)[^*]*)*(?:\*/|\Z)|<!\[CDATA\[|\]\]>|<!--|-->|//[^\n]*|,(?=\s*[}\]])",
    re.DOTALL,
)


def loaded(data: str) -> object:
    """What JSON-LD says; None where it cannot be read."""
    try:
        return json.loads(cleaned(data), strict=False)  # line breaks within strings are common
    except (ValueError, RecursionError):
        return None


def cleaned(data: str) -> str:
    """JSON-LD without the parts that are not JSON; strings stay as they are."""
    if '"' not in data and "&quot;" in data:
        data = unescape(data)
    return NEARLY.sub(lambda m: m[1] or "", data)


def _texts(value: object) -> list[str]:
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]


def _names(value: object) -> str | None:
    """The names of JSON-LD persons and organisations, joined as a byline."""
    things = value if isinstance(value, list) else [value]
    names = [t.get("name") if isinstance(t, dict) else t for t in things]
    return ", ".join(n for n in names if isinstance(n, str) and not n.startswith("http")) or None


def _unlinked(value: str | None) -> str | None:
    return None if not value or value.startswith(("http:", "https:")) else value


def _unlinked_only(value: str | None) -> str | None:
    """An absolute http(s) address; a relative one says nothing without its page."""
    return value if value and value.lower().startswith(("http://", "https://")) else None


def instant(value: object) -> str | None:
    """The ISO date or time that a value begins with."""
    found = _ISO.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        return _basic(value.strip()) if isinstance(value, str) else None
    return found[1] + (f"T{found[2]}{(found[3] or '').upper()}" if found[2] else "")


def _basic(value: str) -> str | None:
    """The same of the form without dashes and colons."""
    found = _BASIC.fullmatch(value)
    if found is None:
        return None
    day, time, zone = "-".join(found.group(1, 2, 3)), found.group(4, 5, 6), found[7] or ""
    zone = zone if zone in ("", "Z") else f"{zone[:3]}:{zone[-2:]}"
    return day + (f"T{':'.join(part for part in time if part)}{zone}" if time[0] else "")


_BASIC = re.compile(
    r"((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T([0-2]\d)([0-5]\d)([0-5]\d)?(Z|[+-][01]\d:?[0-5]\d)?)?"
)
_ISO = re.compile(
    r"(\d{4}-[01]\d-[0-3]\d)(?:[T ]([0-2]\d:[0-5]\d(?::[0-5]\d)?)(?:\.\d{1,9})?\s?(Z|z|[+-][01]\d:[0-5]\d)?)?"
)


def _language(value: str | None) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$", (value or "").strip())
    return found[0].replace("_", "-") if found else None
