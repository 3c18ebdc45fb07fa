"""Published reviews as they are exported again: with obvious errors corrected and nothing added.

Texts are trimmed and their entities decoded, addresses made whole against the page they stood on, numbers written as numbers,
empty values left out. Other errors stay, and the linter reports them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ledger.exchange.claimreview.finding import Kind, Place, by_id, walk
from ledger.exchange.claimreview.linting import BOUNDS, ISO, number_of
from ledger.exchange.claimreview.reviews import Review, answered
from ledger.exchange.claimreview.shapes import (
    PREFIXES,
    Node,
    address,
    decoded,
    each,
    given,
    site,
    text,
    things,
    types,
    urls,
)
from ledger.records import Claim

CONTEXT = "https://schema.org"


def theirs(claim: Claim) -> Node | None:
    """The review that a claim was imported from, mended; None for a claim that comes from no review."""
    extra = claim.extra or {}
    try:
        node = json.loads(str(extra.get("claimreview") or "null"))
        known = by_id([json.loads(str(extra.get("claimreview_references") or "[]"))])
    except (ValueError, RecursionError):
        return None
    found = next(walk(node, Place()), None) if isinstance(node, dict) else None
    if found is None:
        return None
    if found.kind is not Kind.REVIEW:
        return next((made(r) for r in answered(found) if isinstance(r, Review)), None)
    page = extra.get("page")
    return mended(found.node, claim.exact, page=page if isinstance(page, str) else None, known=known)


def mended(node: Node, claim: str, *, page: str | None = None, known: Mapping[str, Node] | None = None) -> Node:
    """A ClaimReview node with its known properties mended; `page` is the address it stood at."""
    bare = {k: v for k, v in node.items() if k != "@context" and _plain(k) not in MENDED}
    out: Node = {"@type": _type(node), "claimReviewed": decoded(claim)}
    if url := _url(node, page):
        out["url"] = url
    for name in ("name", "headline"):
        if told := text(node, name):
            out[name] = decoded(told)
    for name in ("datePublished", "dateModified"):
        if told := text(node, name):
            out[name] = iso(told)
    for name in ("author", "publisher"):
        if people := [_who(t, page) for t in things(node, name, known)]:
            out[name] = people[0] if len(people) == 1 else people
    if ratings := things(node, "reviewRating", known):
        out["reviewRating"] = _rating(ratings[0])
    if items := [_item(i, page, known) for i in things(node, "itemReviewed", known)]:
        out["itemReviewed"] = items[0] if len(items) == 1 else items
    return out | {k: v for k, v in bare.items() if k not in out}


MENDED = frozenset(
    {"@type", "claimReviewed", "url", "name", "headline", "datePublished", "dateModified", "author", "publisher"}
    | {"reviewRating", "itemReviewed"}
)


def _plain(key: str) -> str:
    """A property's name without its prefix."""
    return next((key[len(p) :] for p in PREFIXES if p and key.startswith(p)), key)


def _type(node: Node) -> Any:
    found = types(node)
    right = ["ClaimReview" if t.casefold() == "claimreview" else t for t in found]
    if "ClaimReview" not in right:
        right.append("ClaimReview")
    return right[0] if len(right) == 1 else right


def _url(node: Node, page: str | None) -> str | None:
    """The review's address, whole where it can be made so, else as it stands."""
    stated = [*urls(given(node, "url")), *urls(given(node, "mainEntityOfPage"))]
    whole = (address(u, page) or _without_scheme(u, node) for u in stated)
    return next((u for u in whole if u), None) or page or next(iter(stated), None)


def _without_scheme(candidate: str, node: Node) -> str | None:
    """An address that lacks only its scheme, where the node gives its site with one."""
    host = candidate.strip().partition("/")[0].casefold().removeprefix("www.")
    if "." not in host:
        return None
    for name in ("publisher", "author"):
        for known in (u for t in things(node, name) for u in urls(given(t, "url"))):
            if address(known) and site(known) == host:
                return address(known.partition("://")[0] + "://" + candidate.strip())
    return None


def _who(thing: Node, page: str | None) -> Node:
    """A person or body: the name as a reader should see it, an address only where it is whole."""
    out = {k: v for k, v in thing.items() if v not in ("", [], None)}
    if "name" in out:
        named = [decoded(n) if isinstance(n, str) else n for n in each(out["name"])]
        out["name"] = named[0] if len(named) == 1 else named
    for key in ("url", "sameAs"):
        if isinstance(out.get(key), str):
            out[key] = address(out[key], page)
    return {k: v for k, v in out.items() if v not in (None, "", [])}


def _rating(rating: Node) -> Node:
    """The rating with numbers as numbers; values that are not numbers, or no scale, are left out."""
    out = {k: v for k, v in rating.items() if v not in ("", [], None) and k not in BOUNDS}
    out["@type"] = "Rating" if types(rating) in ([], ["rating"]) else rating.get("@type", "Rating")
    if label := text(rating, "alternateName", "name"):
        out["alternateName"] = decoded(label)
    if not isinstance(out.get("ratingExplanation", ""), str):
        del out["ratingExplanation"]
    numbers = {n: v for n in BOUNDS if (v := number_of(next(each(given(rating, n)), None))) is not None}
    value, best, worst = (numbers.get(n) for n in BOUNDS)
    flat = best is not None and best == worst
    off = None not in (value, best, worst) and not sorted((best, worst))[0] <= value <= sorted((best, worst))[1]  # type: ignore[operator,type-var]
    return out if flat or off else out | {n: _figure(v) for n, v in numbers.items()}


def _figure(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _item(item: Node, page: str | None, known: Mapping[str, Node] | None) -> Node:
    """What was reviewed; its type in schema.org's case, its authors named, its works addressed."""
    out = {k: v for k, v in item.items() if v not in ("", [], None)}
    cased = [KNOWN_TYPES.get(t.casefold(), t) for t in types(item)] or ["Claim"]
    out["@type"] = cased[0] if len(cased) == 1 else cased
    if told := text(item, "name"):
        out["name"] = decoded(told)
    if told := text(item, "datePublished"):
        out["datePublished"] = iso(told)
    authors = [a for t in things(item, "author", known) if (a := _who(t, page)).get("name")]
    out.pop("author", None)
    if authors:
        out["author"] = authors[0] if len(authors) == 1 else authors
    return out


KNOWN_TYPES = {"claim": "Claim", "creativework": "CreativeWork"}


def iso(value: str) -> str:
    """A date as ISO 8601 has it, where it lacks only the T; else as it is."""
    shown = " ".join(value.split())
    joined = re.sub(r"^(\d{4}-\d{2}-\d{2}) (\d)", r"\1T\2", shown).replace(" +", "+")
    return joined if ISO.fullmatch(joined) else value.strip()


# --- a review that is no node -------------------------------------------------------------------------------------


def made(review: Review) -> Node:
    """A node from a review that was given in another shape (Google's API)."""
    rating: Node = {"@type": "Rating"} | ({"alternateName": review.label} if review.label else {})
    numbers = {"ratingValue": "value", "bestRating": "best", "worstRating": "worst"}
    rating |= {n: v for n, ours in numbers.items() if (v := dict(review.rating).get(ours))}
    works = [{"@type": "CreativeWork", "url": u} for u in review.appearances]
    item: Node = {
        "@type": "Claim", "author": next(iter(review.claimants), None), "datePublished": review.claimed_on,
        "appearance": works, "firstAppearance": review.first_appearance,
    }  # fmt: skip
    node: Node = {
        "url": review.url, "name": review.title, "inLanguage": review.language, "datePublished": review.published,
        "author": {"@type": "Organization", "name": review.publisher} if review.publisher else None,
        "reviewRating": rating, "itemReviewed": {k: v for k, v in item.items() if v},
    }  # fmt: skip
    return mended({k: v for k, v in node.items() if v}, review.claims[0])
