"""What is wrong with published ClaimReview markup, as Google and other readers of it take it.

An error keeps a review from being shown: without its required properties (claimReviewed, reviewRating.alternateName, url on
the page's own site) it is dropped. A warning costs something less: a cut line, a missing name, a scale nobody can read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from ledger.errors import BadInput
from ledger.exchange.claimreview.finding import Found, Kind, Place, Source, by_id, read
from ledger.exchange.claimreview.shapes import (
    Node,
    address,
    decoded,
    each,
    given,
    has,
    names,
    site,
    text,
    texts,
    things,
    types,
    urls,
)
from ledger.exchange.claimreview.speakers import placeholder
from ledger.vocabulary import SourceKind

LONGEST = 75
"""Characters of claimReviewed that a search result shows."""
LABEL = 60
"""Characters of a verdict that is still one."""


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Finding(Struct, frozen=True):
    """One thing that is wrong, where it stands and how to mend it."""

    file: str
    code: str
    severity: Severity
    path: str
    """JSON pointer (RFC 6901) into the script's or the file's JSON."""
    message: str
    hint: str
    script: int | None = None
    line: int | None = None
    """Of the file, where its script or its JSON line begins."""
    claim: str | None = None


class Flaw(Struct, frozen=True):
    """A finding about a node, before it is known where the node stands."""

    code: str
    path: str
    message: str
    hint: str
    severity: Severity = Severity.WARNING


def lint(name: str, *, url: str | None = None) -> list[Finding]:
    """The findings in a file ("-" for standard input); `url` is where the page is or will be published."""
    if url is not None and address(url) is None:
        raise BadInput(f"not a web address: {url[:200]}", hint="such as https://desk.example/palmyra")
    return findings(read(name), name, url=url)


def findings(file: Source, name: str, *, url: str | None = None) -> list[Finding]:
    """What is wrong with each review of a file, in its order, then with all of them together."""
    reviews = [f for f in file.found if f.kind is Kind.REVIEW]
    known = by_id(file.values) if reviews else {}
    found = [_placed(name, _unread(u.message, u.hint), u.place) for u in file.unread]
    page = url or file.url
    for one in reviews:
        claim = text(one.node, "claimReviewed")
        found += (_placed(name, flaw, one.place, claim) for flaw in flaws(one.node, page=page, known=known, around=one))
    found += _together(file, name, reviews)
    if not reviews and not file.unread:
        found.append(_placed(name, _none(file), Place()))
    return found


def _placed(name: str, flaw: Flaw, place: Place, claim: str | None = None) -> Finding:
    return Finding(
        name, flaw.code, flaw.severity, place.pointer + flaw.path, flaw.message, flaw.hint, place.script, place.line,
        " ".join(claim.split())[:200] if claim else None,
    )  # fmt: skip


def _unread(message: str, hint: str | None) -> Flaw:
    return Flaw("not-json", "", message, hint or "write it with a JSON library", Severity.ERROR)


def _none(file: Source) -> Flaw:
    hint = "make one: claims export --format claimreview"
    if file.attributes:
        message = "its ClaimReview stands in its elements (microdata, RDFa), which are not read"
        return _error("not-json-ld", "", message, "write it as JSON-LD, which Google recommends")
    return _error("none", "", "there is no ClaimReview in it", hint)


def flaws(
    node: Node, *, page: str | None = None, known: Mapping[str, Node] | None = None, around: Found | None = None
) -> list[Flaw]:
    """What is wrong with one node; `page` is the address it stands at, `known` what its references refer to."""
    seen = _Seen(node, page, known or {})
    found = [flaw for rule in RULES for flaw in rule(seen)]
    return [*_context(node, around), *found]


class _Seen(Struct, frozen=True):
    """A node with what is around it."""

    node: Node
    page: str | None
    known: Mapping[str, Node]

    def things(self, name: str) -> list[Node]:
        return things(self.node, name, self.known)


def _error(code: str, path: str, message: str, hint: str) -> Flaw:
    return Flaw(code, path, message, hint, Severity.ERROR)


# --- what it is ---------------------------------------------------------------------------------------------------


def _context(node: Node, around: Found | None) -> Iterator[Flaw]:
    context = around.context if around else node.get("@context")
    told = [c.strip().rstrip("/") for c in each(context) if isinstance(c, str)]
    told += [v.rstrip("/") for c in each(context) if isinstance(c, dict) for v in c.values() if isinstance(v, str)]
    if not told:
        yield Flaw("context-missing", "/@context", "no @context", 'add "@context": "https://schema.org"')
    elif not any(re.fullmatch(r"https?://(?:www\.)?schema\.org", c) for c in told):
        yield _error(
            "context-other", "/@context", f"the context is not schema.org: {told[0][:80]}", 'use "https://schema.org"'
        )
    elif not any(c.startswith("https:") for c in told):
        yield Flaw("context-http", "/@context", "the context is given as http", 'use "https://schema.org"')


def _type(seen: _Seen) -> Iterator[Flaw]:
    if "ClaimReview" not in (found := types(seen.node)):
        shown = found[0] if found else "absent"
        yield _error("type", "/@type", f"the type is {shown}", 'use "@type": "ClaimReview"')


# --- the claim ----------------------------------------------------------------------------------------------------


def _claim(seen: _Seen) -> Iterator[Flaw]:
    value = given(seen.node, "claimReviewed")
    claims = texts(value)
    if not claims:
        yield _error("claim-missing", "/claimReviewed", "claimReviewed is missing or empty", "say what was claimed")
        return
    if not isinstance(value, str):
        many = "more than one" if len(claims) > 1 else "a list"
        yield Flaw("claim-list", "/claimReviewed", f"claimReviewed is {many}, not a text", "one text, one claim")
    for claim in claims[:1]:
        length = len(decoded(claim))
        if length > LONGEST:
            yield Flaw(
                "claim-long", "/claimReviewed", f"claimReviewed has {length} characters; results show {LONGEST}",
                "say it shorter, in your own words",
            )  # fmt: skip


WORDED = ("claimReviewed", "name", "headline")


def _words(seen: _Seen) -> Iterator[Flaw]:
    """Texts that are not as a reader should see them."""
    for path, value in _shown_texts(seen):
        if value != value.strip():
            yield Flaw("text-space", path, "white space around the text", "trim it")
        if re.search(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]{2,31});", value):
            yield Flaw("text-entity", path, "HTML entities in the text", "JSON takes the characters themselves")
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", value):
            yield Flaw("text-control", path, "control characters in the text", "take them out")
        if re.search(r"</?[a-zA-Z][^<>]{0,200}>", value):
            yield Flaw("text-markup", path, "HTML tags in the text", "give the words alone")


def _shown_texts(seen: _Seen) -> Iterator[tuple[str, str]]:
    """The texts that are shown to readers, each with its path."""
    parts: list[tuple[str, Node, tuple[str, ...]]] = [("", seen.node, WORDED)]
    for name, field in (("reviewRating", "alternateName"), ("author", "name"), ("itemReviewed", "name")):
        parts += [(f"/{name}", thing, (field,)) for thing in seen.things(name)]
    for item in seen.things("itemReviewed"):
        parts += [("/itemReviewed/author", a, ("name",)) for a in things(item, "author", seen.known)]
    for path, thing, fields in parts:
        yield from ((f"{path}/{f}", t) for f in fields for t in texts(given(thing, f)))


# --- the rating ---------------------------------------------------------------------------------------------------


def _rating(seen: _Seen) -> Iterator[Flaw]:
    value = given(seen.node, "reviewRating")
    ratings = [v for v in each(value) if isinstance(v, dict)]
    if not ratings:
        message = "reviewRating is missing" if value in (None, "", []) else "reviewRating is no object"
        yield _error("rating-missing", "/reviewRating", message, '"reviewRating": {"@type": "Rating", ...}')
        return
    rating = ratings[0]
    label = text(rating, "alternateName")
    if label is None:
        yield _error(
            "label-missing", "/reviewRating/alternateName", "the verdict has no words", 'such as "Mostly false"'
        )
    else:
        yield from _label(label)
    if "Rating" not in (kinds := types(rating)):
        yield Flaw("type-rating", "/reviewRating/@type", f"the type is {(*kinds, 'absent')[0]}", 'use "Rating"')
    yield from _numbers(rating)


def _label(label: str) -> Iterator[Flaw]:
    path = "/reviewRating/alternateName"
    if len(label) > LABEL:
        yield Flaw("label-long", path, f"the verdict is a text of {len(label)} characters", "a word or two")
    if re.fullmatch(r"\S*[_]\S*", label):
        yield Flaw("label-code", path, f"the verdict is a code: {label}", "write it as readers should see it")


BOUNDS = ("ratingValue", "bestRating", "worstRating")


def _numbers(rating: Node) -> Iterator[Flaw]:
    """Flaws of a rating whose numbers are not numbers, or whose scale is not a scale."""
    numbers: dict[str, Decimal] = {}
    for name in (n for n in BOUNDS if has(rating, n)):
        path, value = f"/reviewRating/{name}", next(each(given(rating, name)), None)
        if value is None or value == "" or (isinstance(value, str) and not value.strip()):
            yield Flaw("rating-empty", path, f"{name} is empty", "leave it out")
        elif (number := number_of(value)) is None:
            yield Flaw("rating-no-number", path, f"{name} is no number", "leave it out, and use alternateName")
        else:
            numbers[name] = number
            if isinstance(value, str):
                yield Flaw("rating-text", path, f"{name} is a number in quotation marks", f"write {value.strip()}")
    explained = next(each(given(rating, "ratingExplanation")), None)
    if explained is not None and not isinstance(explained, str | dict):
        yield Flaw(
            "explanation-type", "/reviewRating/ratingExplanation", "ratingExplanation is no text", "say why, or not"
        )
    yield from _scale(numbers)


def number_of(value: Any) -> Decimal | None:
    """The number that a value is, also as text and with a decimal comma; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _scale(numbers: Mapping[str, Decimal]) -> Iterator[Flaw]:
    value, best, worst = (numbers.get(name) for name in BOUNDS)
    path = "/reviewRating/ratingValue"
    if value is not None and (best is None or worst is None):
        missing = " and ".join(n for n in BOUNDS[1:] if n not in numbers)
        yield Flaw("scale-missing", path, f"a number without {missing}", "say what the scale is; else 1 to 5 is read")
    if best is not None and worst is not None:
        if best == worst:
            yield Flaw("scale-flat", "/reviewRating/bestRating", "best and worst are the same", "say what the scale is")
        elif value is not None and not min(best, worst) <= value <= max(best, worst):
            yield _error("rating-range", path, f"{value} is not on the scale {worst} to {best}", "mend the number")


# --- where and by whom --------------------------------------------------------------------------------------------


def _url(seen: _Seen) -> Iterator[Flaw]:
    value = next(iter(urls(given(seen.node, "url"))), None)
    if value is None:
        yield _error("url-missing", "/url", "url is missing", "the address of the fact-check")
    elif (full := address(value)) is None:
        relative = not re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", value)
        code, what = ("url-relative", "not a full address") if relative else ("url-invalid", "no web address")
        yield _error(code, "/url", f"url is {what}: {value[:100]}", "give it whole: https://...")
    elif seen.page and not _same_site(full, seen.page):
        yield _error(
            "url-other-site", "/url", f"url is on {site(full)}, the page on {site(seen.page)}", "the page's own address"
        )


def _same_site(url: str, page: str) -> bool:
    """True where the address is on the page's site or a part of it."""
    theirs, ours = site(url), site(page)
    return theirs == ours or theirs.endswith(f".{ours}") or ours.endswith(f".{theirs}")


def _author(seen: _Seen) -> Iterator[Flaw]:
    authors = seen.things("author")
    if not authors:
        yield Flaw("author-missing", "/author", "the reviewer is missing", "your organisation, with name and url")
        return
    reviewers = [n for a in authors for n in texts(given(a, "name"))]
    if not reviewers:
        yield Flaw("author-unnamed", "/author/name", "the reviewer has no name", "your organisation's name")
    if any(n.strip().casefold() in {"admin", "administrator", "editor", "author"} for n in reviewers):
        yield Flaw("author-nobody", "/author/name", f"the reviewer is {reviewers[0].strip()}", "name who reviewed it")
    for url in (u for a in authors for u in texts(given(a, "url"))):
        if address(url) is None:
            yield Flaw("author-url", "/author/url", f"not a full address: {url[:100]}", "give it whole: https://...")


def _date(seen: _Seen) -> Iterator[Flaw]:
    yield from _dated(seen.node, "/datePublished", "the review's date")


ISO = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:Z|[+-][01]\d:?[0-5]\d)?)?)?"
)


def _dated(node: Node, path: str, what: str) -> Iterator[Flaw]:
    value = text(node, "datePublished")
    if value is None:
        yield Flaw("date-missing", path, f"{what} is missing", "such as 2026-03-02")
    elif not ISO.fullmatch(value):
        yield Flaw(
            "date-shape", path, f"{what} is not as ISO 8601 has it: {value[:40]}", "such as 2026-03-02T15:00:00Z"
        )


# --- what was reviewed --------------------------------------------------------------------------------------------


def _item(seen: _Seen) -> Iterator[Flaw]:
    items = seen.things("itemReviewed")
    if not items:
        yield Flaw("item-missing", "/itemReviewed", "itemReviewed is missing", "a Claim with author and appearance")
        return
    item, kinds = items[0], types(items[0])
    if "Claim" not in kinds:
        shown = (*kinds, "absent")[0]
        yield Flaw("item-type", "/itemReviewed/@type", f"the type is {shown}", 'use "Claim"; CreativeWork is of old')
    yield from _claimant(item, seen)
    yield from _dated(item, "/itemReviewed/datePublished", "the claim's date")
    works = [*urls(given(item, "appearance"), seen.known), *urls(given(item, "firstAppearance"), seen.known)]
    if not works:
        yield Flaw(
            "appearance-missing", "/itemReviewed/appearance", "nothing says where the claim appeared",
            "the addresses of the works that make it",
        )  # fmt: skip
    for url in works:
        if address(url) is None:
            yield Flaw("appearance-url", "/itemReviewed/appearance", f"not a full address: {url[:100]}", "https://...")


def _claimant(item: Node, seen: _Seen) -> Iterator[Flaw]:
    path = "/itemReviewed/author"
    claimants = names(item, "author", seen.known)
    if not claimants:
        yield Flaw("claimant-missing", path, "nothing says who claimed it", "the person or body that it comes from")
        return
    if len(claimants) > 1:
        yield Flaw("claimant-list", f"{path}/name", "several names in one place", "one name; a job is jobTitle")
    if placeholder(claimants[0]) is SourceKind.ANONYMOUS:
        yield Flaw("claimant-nobody", f"{path}/name", f"“{claimants[0]}” names nobody", "name the source, or no author")
    reviewers = {n.casefold() for n in names(seen.node, "author", seen.known)}
    if claimants[0].casefold() in reviewers:
        yield Flaw("claimant-reviewer", f"{path}/name", "the claimant is the reviewer", "who made the claim?")


RULES: tuple[Callable[[_Seen], Iterable[Flaw]], ...] = (_type, _claim, _words, _rating, _url, _author, _date, _item)


# --- all of a file ------------------------------------------------------------------------------------------------


def _together(file: Source, name: str, reviews: list[Found]) -> Iterator[Finding]:
    """What is wrong with several reviews beside each other."""
    told = Counter((next(iter(urls(given(f.node, "url"))), ""), text(f.node, "claimReviewed") or "") for f in reviews)
    again: set[tuple[str, str]] = set()
    for found in reviews:
        this = next(iter(urls(given(found.node, "url"))), ""), text(found.node, "claimReviewed") or ""
        if this in again and all(this):
            flaw = Flaw("twice", "", "the same review stands there already", "once is enough")
            yield _placed(name, flaw, found.place, this[1])
        again.add(this)
    claims = {decoded(c).casefold() for _, c in told}
    if file.page and len(claims) > 1 and len({_page_of(u) for u, _ in told}) == 1:
        flaw = Flaw(
            "several", "", f"{len(claims)} claims are reviewed on one page", "a page each: one is shown at most"
        )
        yield _placed(name, flaw, reviews[1].place)


def _page_of(url: str) -> str:
    try:
        return urlsplit(url)._replace(fragment="").geturl()
    except ValueError:
        return url
