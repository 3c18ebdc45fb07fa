"""A published review as one record, from a ClaimReview node or from an answer of Google's Fact Check Tools API.

Nothing is invented: every text in the record stands in the node (or is its page's address), as it was given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from ledger.errors import BadInput
from ledger.exchange.claimreview.finding import Found, Kind, by_id
from ledger.exchange.claimreview.finding import Source as File
from ledger.exchange.claimreview.shapes import Node, address, each, given, names, text, texts, things, types, urls


class Review(Struct, frozen=True):
    """What somebody published about a claim."""

    claims: tuple[str, ...]
    """As given, white space and all; nearly always one."""
    url: str | None
    """Absolute, or as given where it cannot be made so."""
    node: Node
    resolved: bool = False
    """True where the address was made absolute with that of the page."""
    references: tuple[Node, ...] = ()
    """Nodes that the node refers to by @id and that were read for it."""
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published: str | None = None
    language: str | None = None
    claimants: tuple[str, ...] = ()
    claimed_on: str | None = None
    appearances: tuple[str, ...] = ()
    first_appearance: str | None = None
    label: str | None = None
    rating: tuple[tuple[str, str], ...] = ()
    """label, value, best, worst and why of the review's own rating, as texts, those that are given."""


def reviews(file: File) -> Iterator[tuple[Found, Review | BadInput]]:
    """Each review of a file with its place, or the reason why it cannot be read."""
    known: dict[str, Node] | None = None
    for found in file.found:
        if found.kind is Kind.REVIEW:
            if known is None:
                known = by_id(file.values)
            yield found, review(found.node, known=known, page=file.url)
        else:
            yield from ((found, one) for one in answered(found))


def answered(found: Found) -> Iterator[Review | BadInput]:
    """The reviews in an element of an answer of Google's API."""
    return _answers(found.node) if found.kind is Kind.API else _markups(found.node)


# --- schema.org ---------------------------------------------------------------------------------------------------


class _Known(dict[str, Node]):
    """The nodes by @id; remembers which of them were asked for."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        super().__init__(nodes)
        self.asked: dict[str, Node] = {}

    def get(self, key: str, default: Any = None) -> Any:
        if key in self and self[key] is not default:
            self.asked[key] = self[key]
        return super().get(key, default)


def review(node: Node, *, known: Mapping[str, Node] | None = None, page: str | None = None) -> Review | BadInput:
    """The review that a ClaimReview node is; BadInput where it names no claim."""
    claims = tuple(dict.fromkeys(texts(given(node, "claimReviewed"))))
    if not claims:
        return BadInput("a ClaimReview without claimReviewed", hint="it says nothing of what was claimed")
    nodes = _Known(known) if known else _Known({})
    items = things(node, "itemReviewed", nodes)
    authors = things(node, "author", nodes)
    publisher, byline = _publisher(node, authors, nodes)
    rating = next((v for v in things(node, "reviewRating", nodes)), {})
    url, resolved = _address_of(node, page)
    return Review(
        claims=claims,
        url=url,
        node=node,
        resolved=resolved,
        references=tuple(nodes.asked.values()),
        title=text(node, "name", "headline", "title"),
        publisher=publisher,
        byline=byline,
        published=text(node, "datePublished", "dateCreated"),
        language=text(node, "inLanguage"),
        claimants=tuple(dict.fromkeys(n for i in items for n in _claimants(i, nodes))),
        claimed_on=next((d for i in items if (d := text(i, "datePublished", "dateCreated"))), None),
        appearances=tuple(dict.fromkeys(u for i in items for u in _appearances(i, nodes))),
        first_appearance=next((u for i in items for u in urls(given(i, "firstAppearance"), nodes)), None),
        label=text(rating, "alternateName", "name"),
        rating=tuple(_rating(rating)),
    )


RATING = {
    "label": ("alternateName", "name"), "value": ("ratingValue",), "best": ("bestRating",), "worst": ("worstRating",),
    "why": ("ratingExplanation",),
}  # fmt: skip


def _rating(rating: Node) -> Iterator[tuple[str, str]]:
    for ours, theirs in RATING.items():
        if value := text(rating, *theirs):
            yield ours, value


def _address_of(node: Node, page: str | None) -> tuple[str | None, bool]:
    """Where the review is, and whether that took the page's address: its url, else the page it is the main thing of."""
    candidates = [*urls(given(node, "url")), *urls(given(node, "mainEntityOfPage")), *texts(node.get("@id"))]
    for candidate in candidates:
        if found := address(candidate, page):
            return found, found != candidate
    return page or next(iter(candidates), None), page is not None


def _publisher(node: Node, authors: list[Node], known: _Known) -> tuple[str | None, str | None]:
    """Who published the review, and which persons wrote it."""
    persons = [n for a in authors if _is_person(a) for n in texts(given(a, "name"))]
    bodies = [n for a in authors if not _is_person(a) for n in texts(given(a, "name"))]
    houses = names(node, "publisher", known) or bodies
    writers = persons if houses else persons[1:]
    publisher = next(iter(houses or persons), None)
    return publisher.strip() if publisher else None, ", ".join(n.strip() for n in writers) or None


def _is_person(thing: Node) -> bool:
    return any(t.casefold() == "person" for t in types(thing))


def _claimants(item: Node, known: _Known) -> Iterator[str]:
    yield from names(item, "author", known) or names(item, "creator", known)


def _appearances(item: Node, known: _Known) -> Iterator[str]:
    yield from urls(given(item, "appearance"), known)
    yield from urls(given(item, "url"), known)


# --- Google's API -------------------------------------------------------------------------------------------------


def _answers(node: Node) -> Iterator[Review | BadInput]:
    """The reviews of one element of `claims` (claims:search)."""
    claims = tuple(texts(node.get("text")))[:1]
    if not claims:
        yield BadInput("a claim without its text")
        return
    for one in each(node.get("claimReview")):
        if not isinstance(one, dict):
            continue
        house = next((p for p in each(one.get("publisher")) if isinstance(p, dict)), {})
        label = text(one, "textualRating")
        yield Review(
            claims=claims,
            url=text(one, "url"),
            node={**node, "claimReview": [one]},
            title=text(one, "title"),
            publisher=text(house, "name", "site"),
            published=text(one, "reviewDate"),
            language=text(one, "languageCode"),
            claimants=tuple(texts(node.get("claimant"))),
            claimed_on=text(node, "claimDate"),
            label=label,
            rating=(("label", label),) if label else (),
        )


def _markups(node: Node) -> Iterator[Review | BadInput]:
    """The reviews of one ClaimReviewMarkupPage, the API's shape for a publisher's own pages."""
    house = next((a for a in each(node.get("claimReviewAuthor")) if isinstance(a, dict)), {})
    for one in each(node.get("claimReviewMarkups")):
        if not isinstance(one, dict):
            continue
        claims = tuple(texts(one.get("claimReviewed")))[:1]
        if not claims:
            yield BadInput("a ClaimReview without claimReviewed")
            continue
        rating = next((v for v in each(one.get("rating")) if isinstance(v, dict)), {})
        claimant = next((a for a in each(one.get("claimAuthor")) if isinstance(a, dict)), {})
        given_as = {"label": "textualRating", "value": "ratingValue", "best": "bestRating", "worst": "worstRating"}
        yield Review(
            claims=claims,
            url=text(one, "url") or text(node, "pageUrl"),
            node={**node, "claimReviewMarkups": [one]},
            publisher=text(house, "name"),
            published=text(node, "publishDate"),
            claimants=tuple(texts(claimant.get("name"))),
            claimed_on=text(one, "claimDate"),
            appearances=tuple(texts(one.get("claimAppearances"))),
            first_appearance=text(one, "claimFirstAppearance"),
            label=text(rating, "textualRating"),
            rating=tuple((ours, v) for ours, theirs in given_as.items() if (v := text(rating, theirs))),
        )
