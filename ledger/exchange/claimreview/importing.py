"""Published reviews as lines of our import format.

The article is the review's own page, the claim is what it reviewed: cited, never anchored, with the claimant as its original
source. The rating that the review gave stays the review's: it is kept as given and is no rating of this ledger
(docs/adr/0006-claimreview.md).
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator

from ledger import dates
from ledger.capture import canonical_url
from ledger.errors import BadInput
from ledger.exchange.claimreview.finding import Found, Source, read
from ledger.exchange.claimreview.reviews import Review, reviews
from ledger.exchange.claimreview.shapes import decoded
from ledger.exchange.claimreview.speakers import placeholder
from ledger.exchange.rows import Row
from ledger.exchange.verbatim import fitting, verbatim
from ledger.records import Json

NOT_READ = "the ClaimReview of this page stands in its elements (microdata, RDFa), which are not read"
NOT_STATED = "not stated"
"""The claimant where a review names none: a source that nobody knows, so that the words are never the reviewer's own."""
TELLING = frozenset(
    {
        "@type",
        "@context",
        "url",
        "claimReviewed",
        "reviewRating",
        "itemReviewed",
        "author",
        "datePublished",
        "publisher",
    }
)


def rows(name: str) -> Iterator[Row]:
    """The reviews of a file, one row a claim."""
    file = read(name)
    number = 0
    for unread in file.unread:
        number += 1
        yield Row(number, BadInput(f"{unread.message} ({unread.place.words() or 'the whole file'})", hint=unread.hint))
    for found, review in reviews(file):
        for row in _of(found, review, number):
            number = row.number
            yield row
    if not number:
        yield _nothing(file)


def _of(found: Found, review: Review | BadInput, number: int) -> Iterator[Row]:
    """One row for each text that the review is of."""
    if isinstance(review, BadInput):
        where = found.place.words()
        yield Row(number + 1, BadInput(f"{review.message} ({where})" if where else review.message, hint=review.hint))
        return
    for n, (data, notes) in enumerate(lines(review), 1):
        yield Row(number + n, data, notes=notes, versions=True)


def _nothing(file: Source) -> Row:
    if file.empty:
        return Row(1, None, notes=("an answer without results: nothing was found, and nothing is logged",))
    if file.attributes:
        return Row(
            1, BadInput(NOT_READ, hint="ask the publisher for JSON-LD, or log it yourself: claims add --cite URL")
        )
    if file.page:
        return Row(
            1, BadInput("no ClaimReview on this page", hint="its fact-check is captured with: claims capture FILE")
        )
    return Row(1, BadInput("no ClaimReview in this file", hint="a list of links is no feed of reviews: save its pages"))


def lines(review: Review) -> Iterator[tuple[Json, tuple[str, ...]]]:
    """One review as lines of the import format, a line a claim, with what is worth saying of it."""
    notes: list[str] = []
    article = _article(review, notes)
    claimed_on = _time(review.claimed_on, "the claim's date", notes)
    cite = article.get("url") or review.url or review.title or review.publisher or "a ClaimReview"
    said: Json = {"article": article, "cite": cite, "mode": "indirect", "attribution": [_claimant(review)]}
    said |= {"extra": _extra(review, notes)} | ({"as_of": claimed_on} if claimed_on else {})
    for claim in review.claims:
        yield {"key": key(review, claim), "exact": shown(claim)} | said, tuple(notes)


TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")


def shown(claim: str) -> str:
    """A claim as a page shows it: its entities decoded, its tags left out; the node keeps it as it was written."""
    if "&" not in claim and "<" not in claim:
        return claim
    return " ".join(TAG.sub("", html.unescape(claim)).split()) or claim


def key(review: Review, claim: str) -> str:
    """The same for one review however often and wherever its markup is found: its address and the claim's words."""
    where = review.url or f"{review.publisher}\n{review.published}"
    told = f"{_canonical(where) or where}\n{decoded(claim).casefold()}"
    return f"claimreview:{hashlib.sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"


def _canonical(url: str) -> str | None:
    try:
        return canonical_url(url)
    except (BadInput, ValueError):
        return None


def _article(review: Review, notes: list[str]) -> Json:
    url = review.url if review.url and _canonical(review.url) else None
    published = _time(review.published, "the review's date", notes)
    found: Json = {
        "url": url, "title": review.title, "publisher": review.publisher, "byline": review.byline,
        "published_at": published, "language": review.language,
    }  # fmt: skip
    if url is None:
        # the address as it stands, or the publisher, keeps two reviews apart that have no full address
        found["file"] = review.url or (None if review.title else review.publisher or "a ClaimReview")
        notes.append("the review has no full web address")
    return {k: v for k, v in found.items() if v is not None}


def _time(value: str | None, what: str, notes: list[str]) -> str | None:
    """A date as given, where it can be read in one way only."""
    if value is None:
        return None
    try:
        dates.window(value)
    except BadInput:
        notes.append(f"{what} cannot be read and is kept in the node alone: {value[:60]}")
        return None
    return value


def _claimant(review: Review) -> Json:
    """The original source: the first claimant named; one that names nobody is anonymous, none at all is not stated."""
    name = next(iter(review.claimants), None)
    if name is None:
        return {"source": NOT_STATED, "kind": "anonymous"}
    kind = placeholder(name)
    return {"source": name} | ({"kind": kind.value} if kind else {})


def _extra(review: Review, notes: list[str]) -> Json:
    """The node verbatim, and the review's rating and the claim's appearances, where they can be read without it."""
    found: Json = {}
    if review.references:
        found["claimreview_references"] = verbatim(list(review.references))
    if review.rating:
        found["their_rating"] = dict(review.rating)
    if len(review.claimants) > 1:
        found["claimants"] = list(review.claimants)
        first, *others = review.claimants
        notes.append(f"it names several who claimed this: {first} is taken, {', '.join(others)} kept under extra")
    if review.appearances:
        found["appearances"] = list(review.appearances)
    if review.first_appearance:
        found["first_appearance"] = review.first_appearance
    if review.url and review.resolved:
        found["page"] = review.url
    text, left_out = fitting(review.node, TELLING, beside=found)
    if left_out:
        notes.append(f"the node is too long for a claim and is kept without {', '.join(left_out)}")
    return {"claimreview": text} | found
