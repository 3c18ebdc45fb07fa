"""Feeds and sitemaps: what they list, and which of it this ledger does not have yet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urljoin

from ledger import folders, records, web
from ledger.capture import canonical_url
from ledger.errors import BadInput, ClaimsError
from ledger.extract import apart
from ledger.extract.feeds import Item, Items, addresses
from ledger.store import Ledger, log_id, read
from ledger.web.manners import kept

MAPS = 50
"""The most sitemaps that one index of them leads to; the newest come first."""


def listed(url: str, *, maps: bool, limits: web.Limits | None = None) -> list[Item]:
    """The items of a feed or sitemap that have an address, each once; with `maps` those of the sitemaps that it lists too.

    A sitemap of an index that cannot be read is passed over where another can.
    """
    found: list[Item] = []
    problem: ClaimsError | None = None
    for place in _places(url, maps=maps, limits=limits, found=found):
        try:
            found += _items(place, limits)
        except ClaimsError as e:
            problem = problem or e
    articles = [item for item in addresses(found) if not item.lists]
    if problem and not articles:
        raise problem
    if not articles and any(item.lists for item in found):
        raise BadInput(f"{url} lists other sitemaps", hint=f"claims capture --sitemap {url} goes through them")
    return articles


def _places(url: str, *, maps: bool, limits: web.Limits | None, found: list[Item]) -> Iterator[str]:
    """The sitemaps of an index, or the address itself; what was read of it on the way is in `found`."""
    found += _items(url, limits)
    inner = [item for item in addresses(found) if item.lists] if maps else []
    yield from (i.url for i in sorted(inner, key=lambda i: i.published or "", reverse=True)[:MAPS])


def _items(url: str, limits: web.Limits | None) -> list[Item]:
    got = web.fetch(url, limits=limits)
    items: Items = apart.run("feeds", "listed", got.body, url, None)
    return [records.replace(item, url=urljoin(got.url, item.url)) for item in items.items if _joins(got.url, item.url)]


def _joins(feed: str, item: str) -> bool:
    """True for what is an address of the web where it stands in this feed."""
    try:
        return item != "" and urljoin(feed, item).startswith(("http://", "https://"))
    except ValueError:
        return False


def new(ledger: Ledger, items: Sequence[Item]) -> Iterator[Item]:
    """The items that are not in the ledger, also not under the address that theirs led to."""
    log = log_id(ledger)
    for item in items:
        try:
            known = bool(read.articles_by_identity(ledger, [canonical_url(item.url)]))
        except ClaimsError:
            continue  # an address that cannot be captured
        if not known and not _led_to_one(ledger, _place(log, item.url)):
            yield item


def remember(ledger: Ledger, item: str, article: records.Article) -> None:
    """Keeps which article an item's address led to, where it has another one; in the cache, for it can be found out again."""
    if article.url == canonical_url(item):
        return
    with kept(_place(log_id(ledger), item)) as known:
        known["article"] = article.uid


def _led_to_one(ledger: Ledger, place: Path) -> bool:
    with kept(place, make=False) as known:
        article = known.get("article")
    if not isinstance(article, str):
        return False
    try:
        return not read.thing(ledger, article).retracted
    except ClaimsError:
        return False


def _place(log: str, item: str) -> Path:
    name = hashlib.sha256(f"{log} {item}".encode()).hexdigest()[:32]
    return folders.cache() / "items" / name
