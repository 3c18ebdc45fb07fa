"""RSS, Atom and sitemaps: the items with their addresses, times and words. Ill-formed ones are read as far as they go."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct

from ledger.errors import BadInput
from ledger.extract.extracted import Extracted, stated
from ledger.extract.mail import day
from ledger.extract.webpage import blocks
from ledger.records import replace

ITEMS = 100_000
"""The most items of one feed; those after them are not read."""


TITLE = 500
"""The most characters of a title that are taken."""


class Item(Struct, frozen=True):
    """An article as a feed tells of it."""

    url: str = ""
    title: str = ""
    published: str | None = None
    updated: str | None = None
    byline: str = ""
    words: str = ""
    """HTML, as it stands."""
    publisher: str = ""
    lists: bool = False
    """True where the address is that of another sitemap."""


class Items(Struct, frozen=True):
    items: list[Item]


NAMES = {
    "link": "url", "loc": "url", "title": "title", "pubdate": "published", "published": "published", "date": "published",
    "publication_date": "published", "updated": "updated", "lastmod": "updated", "author": "byline", "creator": "byline",
    "encoded": "words", "content": "words", "description": "summary", "summary": "summary", "guid": "guid", "id": "guid",
}  # fmt: skip
"""What elements of an item are, by their names in lower case without namespace."""


def items(data: bytes, name: str) -> list[Item]:
    """The items in the order they stand; BadInput where it is no feed and no sitemap."""
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as e:
        raise BadInput(f"{name} is no feed that can be read: {e.msg}") from None
    if root is None or _kind(root) not in ("rss", "feed", "rdf", "urlset", "sitemapindex", "item", "entry", "channel"):
        raise BadInput(f"{name} is no feed and no sitemap")
    found = [e for e in root.iter() if _kind(e) in ("item", "entry", "url", "sitemap")][:ITEMS]
    outlet = next(
        (_words(e) for e in root.iter() if _kind(e) == "title" and _kind(e.getparent()) in ("channel", "feed")), ""
    )
    return [item for element in found if (item := _item(element, outlet)).url or item.words or item.title]


def _kind(element: Any) -> str:
    tag = getattr(element, "tag", None)
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _words(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _item(element: Any, outlet: str) -> Item:
    said: dict[str, str] = {}
    publisher = outlet
    for child in element.iter():
        kind = NAMES.get(_kind(child))
        if _kind(child) == "source" and _words(child):
            publisher = _words(child).split("\n")[0].strip()
        if kind == "url" and child.get("rel", "alternate") == "alternate":
            said.setdefault("url", (child.get("href") or _words(child)).strip())
        elif kind in ("title", "published", "updated", "guid") and child.getparent() in (element, *element):
            said.setdefault(kind, _words(child))
        elif kind == "byline":
            said.setdefault("byline", _words(child).split("\n")[0].strip())
        elif kind in ("words", "summary"):
            said.setdefault(kind, _inside(child))
    guid = said.get("guid", "")
    return Item(
        url=said.get("url") or (guid if guid.startswith("http") else ""), title=" ".join(said.get("title", "").split())[:TITLE],
        published=moment(said.get("published") or said.get("updated")), updated=moment(said.get("updated")),
        byline=said.get("byline", ""),
        words=said.get("words") or said.get("summary", ""), publisher=publisher, lists=_kind(element) == "sitemap",
    )  # fmt: skip


def _inside(element: Any) -> str:
    """The HTML of an element, whether it is escaped or stands there as it is."""
    from lxml import etree

    if not len(element):
        return element.text or ""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)


def moment(said: str | None) -> str | None:
    """A day or moment as feeds write them, as it is written here; None where there is no such day."""
    iso = re.match(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)?", (said or "").strip())
    if iso is None:
        return day(said)
    for known in (iso[0], iso[0][:10]):
        try:
            datetime.fromisoformat(known)
        except ValueError:
            continue
        return known
    return None


def listed(data: bytes, name: str) -> Items:
    """The items without their words."""
    return Items([replace(item, words="") for item in items(data, name)])


def read(data: bytes, name: str, record: str | None) -> Extracted:
    """The article that a file with items tells of: the only one, else the one chosen."""
    found = items(data, name)
    item = chosen([(item.url, item) for item in found], record, name, lambda item: item.title)
    lines = list(blocks(item.words)) if item.words.strip() else []
    if not lines:
        raise BadInput(
            f"{name} has no words of this item", hint=f"capture its page: claims capture {item.url or 'URL'}"
        )
    return Extracted(
        "\n".join(lines), "feeds/1",
        stated(title=item.title, byline=item.byline, publisher=item.publisher, published_at=item.published,
               modified_at=item.updated, url=item.url),
        media_type="application/xml", encoding="binary",
    )  # fmt: skip


def chosen(found: list[tuple[str, Any]], record: str | None, name: str, told: Callable[[Any], str]) -> Any:
    """The only one of several, or the one whose number or address was given; BadInput lists what there is."""
    if record and record.isdecimal() and 0 < int(record) <= len(found):
        return found[int(record) - 1][1]
    same = [thing for url, thing in found if url == record]
    if same or (len(found) == 1 and record is None):
        return (same or [found[0][1]])[0]
    if not found:
        raise BadInput(f"{name} holds no article")
    said = "; ".join(_told(n, url, told(thing)) for n, (url, thing) in enumerate(found[:8], 1))
    more = f"; and {len(found) - 8} more" if len(found) > 8 else ""
    raise BadInput(
        f"{name} holds {len(found)} articles" if record is None else f"{name} holds no {record}",
        hint=f"choose one with --record NUMBER or its address: {said}{more}",
    )


def _told(n: int, url: str, words: str) -> str:
    return f"{n} {' '.join(f'{url} {words}'.split())[:120]}"


def addresses(found: list[Item]) -> Iterator[Item]:
    """The items that have an address, each once."""
    seen: set[str] = set()
    for item in found:
        if item.url and item.url not in seen:
            seen.add(item.url)
            yield item
