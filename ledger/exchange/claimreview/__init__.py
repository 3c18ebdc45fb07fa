"""ClaimReview (schema.org): what fact-checkers publish about claims, in, out, and linted.

`shapes` reads a property in whatever shape it is written; `finding` finds nodes in pages, JSON and feeds; `reviews` makes one
record of a node; `speakers` knows claimants that are nobody; `importing` makes lines of our import format; `exporting` and
`mending` make nodes; `linting` says what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.exchange import Selection
    from ledger.exchange.rows import Row
    from ledger.store import Ledger

MARKS = (b'"ClaimReview"', b'"claimReviewed"', b'"claimReview"', b'"claimReviewMarkups"', b'schema.org/ClaimReview"')
MARKUP = (b"<!doctype html", b"<html", b"<rss", b"<feed", b"<urlset", b"<sitemapindex", b"<?xml")


def looks_like(head: bytes, name: str) -> bool:
    """True where a file's beginning is that of a page, a feed, or JSON that speaks of ClaimReview."""
    start = head[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<"):
        return any(m in start for m in MARKUP) or name.casefold().endswith((".html", ".htm", ".xhtml"))
    return start.startswith((b"{", b"[")) and any(m in head for m in MARKS)


def rows(name: str) -> Iterator[Row]:
    """The reviews of a file as lines of our import format."""
    from ledger.exchange.claimreview import importing

    return importing.rows(name)


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """What people rated, as one JSON-LD document, a node a line."""
    from ledger.exchange.claimreview.exporting import documents

    return documents(ledger, selection)
