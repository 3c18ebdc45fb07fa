"""Web pages: the article on them, and what they say of themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from ledger.errors import BadInput

FIELD_LIMIT = 1000


TAG_LIMIT = 100_000
"""Tags of the largest page that is read, some ten times a large one: reading takes longer than their number grows."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and where it was found: "page" (its own metadata) or "text" (the article's words)."""

    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page or a text says of itself; each None where it does not."""

    title: Stated | None = None
    byline: Stated | None = None
    publisher: Stated | None = None
    published_at: Stated | None = None
    language: Stated | None = None
    url: Stated | None = None
    """The canonical URL that the page gives."""
    credit_line: Stated | None = None


@dataclass(frozen=True, slots=True)
class Extracted:
    text: str
    extractor: str
    meta: Meta


def is_html(data: bytes, *, name: str, media_type: str | None) -> bool:
    """True where the type, the name's ending or the first bytes say HTML."""
    if media_type:
        return media_type in ("text/html", "application/xhtml+xml")
    if name.casefold().endswith((".html", ".htm", ".xhtml")):
        return True
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (
        start.startswith((b"<?xml", b"<!--")) and b"<html" in start
    )


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page's first 2 KiB name, in a meta element or an XML declaration."""
    found = re.search(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.\-]{1,40})""", data[:2048])
    return found[1].decode("ascii") if found else None


def html(page: str, *, name: str, url: str | None = None) -> Extracted:
    """The article of a page and what the page says of itself; BadInput where no article is found."""
    if page.count("<") > TAG_LIMIT:
        raise BadInput(f"{name} is too large a page: over {TAG_LIMIT:,} tags", hint=_BY_HAND)
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            page,
            url=url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False},
        )
    except Exception as e:  # whatever a hostile page makes the extractor raise
        raise BadInput(f"{name} cannot be read as HTML: {type(e).__name__}", hint=_BY_HAND) from None
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        raise BadInput(f"no article text found in {name}", hint=_BY_HAND)
    meta = _merged(_page_meta(page), found)
    return Extracted(storable(text), f"trafilatura {trafilatura.__version__}", meta)


_BY_HAND = "copy the article's text into a file and capture that, with --url and --title"


def _merged(own: Meta, found: Any) -> Meta:
    """What the page states in its own markup, and what trafilatura found where that says nothing."""
    guessed = {
        "title": found.title, "byline": found.author, "publisher": found.sitename, "published_at": found.date,
        "language": found.language, "url": found.url,
    }  # fmt: skip
    values = {name: getattr(own, name) or _stated(value) for name, value in guessed.items()}
    return Meta(**values)


def _stated(value: object) -> Stated | None:
    """The value on one line and of bearable length, for what pages say of themselves."""
    if not isinstance(value, str):
        return None
    line = " ".join("".join(c if c.isprintable() else " " for c in value[: FIELD_LIMIT * 4]).split())[:FIELD_LIMIT]
    return Stated(storable(line), "page") if line else None


def storable(text: str) -> str:
    """The text without what a ledger cannot hold: U+0000 and halves of surrogate pairs."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


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


HEAD_LIMIT = 1_000_000
"""Characters of a page that are searched for its own metadata."""

ARTICLE_TYPE = re.compile(r"(?:[A-Za-z]*Article|Report|BlogPosting|LiveBlogPosting|SocialMediaPosting)")


def _page_meta(page: str) -> Meta:
    head = _Head()
    try:
        head.feed(page[:HEAD_LIMIT])
    except (AssertionError, ValueError, RecursionError):  # html.parser on malformed declarations
        return Meta()
    article = next(_articles(head.linked_data), {})
    published = (
        article.get("datePublished") or head.meta.get("article:published_time") or head.meta.get("datepublished")
    )
    return Meta(
        title=_stated(article.get("headline") or head.meta.get("og:title")),
        byline=_stated(_names(article.get("author")) or _unlinked(head.meta.get("author"))),
        publisher=_stated(head.meta.get("og:site_name") or _names(article.get("publisher"))),
        published_at=_stated(_instant(published)),
        language=_stated(_language(head.language)),
        url=_stated(_unlinked_only(head.canonical)),
    )


def _articles(scripts: list[str]) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that are articles, at the top or one list or @graph below."""
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        top = data if isinstance(data, list) else [data]
        for item in top:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for thing in [item, *(graph if isinstance(graph, list) else [])]:
                if isinstance(thing, dict) and any(ARTICLE_TYPE.fullmatch(t) for t in _texts(thing.get("@type"))):
                    yield thing


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


def _instant(value: object) -> str | None:
    """The ISO date or time that a value begins with."""
    found = _ISO.match(value.strip()) if isinstance(value, str) else None
    return None if found is None else found[1] + (f"T{found[2]}{(found[3] or '').upper()}" if found[2] else "")


_ISO = re.compile(
    r"(\d{4}-[01]\d-[0-3]\d)(?:[T ]([0-2]\d:[0-5]\d(?::[0-5]\d)?)(?:\.\d{1,9})?\s?(Z|z|[+-][01]\d:[0-5]\d)?)?"
)


def _language(value: str | None) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$", (value or "").strip())
    return found[0].replace("_", "-") if found else None
