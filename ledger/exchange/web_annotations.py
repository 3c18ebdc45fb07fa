"""W3C Web Annotations of claims, out and in, and the exports of Hypothesis.

An annotation points at the article's address (else at the copy's hash) with both selectors: the quote with what stands around
it, and its place in code points of the saved text, whose copy the state names. Its bodies are for people; the last one is the
claim as a line of our import format, so that nothing is lost between two ledgers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard
from uuid import UUID

from ledger import records as r
from ledger import store
from ledger.errors import BadInput, StoreError
from ledger.exchange import Selection, json_lines
from ledger.exchange.rows import Row, opened
from ledger.exchange.verbatim import fitting
from ledger.store import Ledger, beside, read
from ledger.vocabulary import FieldOn, Role

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
LINE = "application/vnd.claim-ledger.claim+json"
"""The format of the body that holds the claim whole."""
LIMIT = 256 * 1024 * 1024


# --- out ----------------------------------------------------------------------------------------------------------


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """An AnnotationCollection with all its annotations on one page, an annotation a line."""
    whose = f"urn:uuid:{UUID(store.log_id(ledger))}"
    head = {"@context": CONTEXT, "id": whose, "type": "AnnotationCollection", "label": "Claims"}
    page = {"id": f"{whose}#page", "type": "AnnotationPage", "partOf": whose, "startIndex": 0}
    yield f'{json.dumps(head)[:-1]}, "first": {json.dumps(page)[:-1]}, "items": [\n'.encode()
    total = 0
    for claim, line in _lines(ledger, selection):
        made = annotation(ledger, claim, line)
        yield (b",\n" if total else b"") + r.json_text(made).encode("utf-8", "backslashreplace")
        total += 1
    yield f'\n]}}, "total": {total}}}\n'.encode()


def _lines(ledger: Ledger, selection: Selection) -> Iterator[tuple[r.Claim, str]]:
    """Each claim with its line in the import format; both are read in the order of the ledger."""
    wanted = frozenset(selection.claims)
    with ledger.snapshot():
        claims = read.claims(ledger, question=selection.question)
        public = beside.values(ledger, on=FieldOn.CLAIM, public=True)
        for claim, (whole, line) in zip(claims, json_lines.lines(ledger, selection), strict=True):
            if claim.uid != whole.claim.uid:
                raise StoreError("the ledger was changed while it was read", hint="try again")
            line.pop("fields", None)  # those that are for the house
            if own := public.get(claim.uid):
                line["fields"] = own
            if not wanted or claim.uid in wanted:
                yield claim, json_lines.encoded(line)


def annotation(ledger: Ledger, claim: r.Claim, line: str) -> r.Json:
    """The annotation of a claim (W3C Web Annotation Data Model)."""
    return {
        "id": f"urn:uuid:{UUID(claim.uid)}",
        "type": "Annotation",
        "motivation": "assessing" if claim.rating else "describing",
        "generator": {"type": "Software", "name": "Claim Ledger"},
        "body": [*_bodies(claim), _text(line, "describing", LINE)],
        "target": _target(ledger, claim),
    }


def _bodies(claim: r.Claim) -> Iterator[r.Json]:
    """What people read: the claim in our words, who is said to have said it, what it was rated, its tags."""
    if claim.says:
        yield _text(claim.says, "describing")
    if not claim.anchored:
        yield _text(claim.exact, "describing")
    if claim.attribution:
        yield _text(_chain(claim), "commenting")
    if claim.rating:
        yield _text(claim.rating.value, "assessing")
    for tag in claim.tags:
        yield _text(tag, "tagging")


def _text(value: str, purpose: str, format_: str = "text/plain") -> r.Json:
    return {"type": "TextualBody", "purpose": purpose, "format": format_, "value": value}


VIA = {Role.ORIGIN: "according to", Role.AFFILIATION: "of", Role.RELAY: "via", Role.PUBLISHER: "in"}


def _chain(claim: r.Claim) -> str:
    """The chain in words, the original source first: "according to the harbour office, via Coast Radio"."""
    return ", ".join(f"{VIA[h.role]} {h.source}" for h in reversed(claim.attribution))


def _target(ledger: Ledger, claim: r.Claim) -> r.Json:
    article = read.article(ledger, claim.article)
    copy = read.capture(ledger, claim.capture) if claim.capture else None
    source = article.url or (f"urn:sha256:{copy.raw}" if copy else f"urn:uuid:{UUID(article.uid)}")
    target: r.Json = {"type": "SpecificResource", "source": source}
    if not claim.anchored:
        return target
    quote = {"type": "TextQuoteSelector", "exact": claim.exact, "prefix": claim.prefix, "suffix": claim.suffix}
    target["selector"] = [quote, {"type": "TextPositionSelector", "start": claim.start, "end": claim.end}]
    if copy:
        target["state"] = {"type": "TimeState", "sourceDate": copy.captured_at, "cached": f"urn:sha256:{copy.text}"}
    return target


# --- in -----------------------------------------------------------------------------------------------------------


def looks_like(head: bytes, name: str) -> bool:  # noqa: ARG001  every import is asked the same
    """True where a file's beginning is JSON that speaks of annotations."""
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return False
    if b'ns/anno.jsonld"' in head or b'"TextQuoteSelector"' in head:
        return True
    return b'"uri"' in head and b'"target"' in head and (b'"rows"' in head or b'"annotations"' in head)


def rows(name: str) -> Iterator[Row]:
    """The quotes of a file's annotations as lines of our import format."""
    number = 0
    values = _values(name)
    for found in _found(values):
        for row in _rows(found, number + 1):
            number = row.number
            yield row
    if number:
        return
    if any(isinstance(v, dict) and LISTS & v.keys() for v in values):
        yield Row(1, None, notes=("a list without annotations: nothing to log",))
        return
    yield Row(1, BadInput("no annotation in this file", hint="W3C Web Annotations or an export of Hypothesis"))


LISTS = frozenset({"rows", "annotations", "items", "first"})
"""Where Hypothesis and the W3C's collections and pages keep their annotations."""


def _values(name: str) -> list[Any]:
    from ledger.exchange.claimreview.finding import parsed
    from ledger.extract import decode

    with opened(name) as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise BadInput(f"{name} is larger than {LIMIT // 2**20} MB", hint="split it")
    try:
        return parsed(decode(data, name="standard input" if name == "-" else name).text)
    except ValueError as e:
        raise BadInput(f"{name}: not JSON: {e}") from None


def _found(values: list[Any]) -> Iterator[r.Json]:
    """The annotations anywhere in the values, in their order, without recursion."""
    stack = list(reversed(values))
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += reversed(item)
        elif isinstance(item, dict):
            if "target" in item and ("uri" in item or "Annotation" in _strings(item.get("type", item.get("@type")))):
                yield item
            else:
                stack += reversed(list(item.values()))


def _rows(found: r.Json, number: int) -> Iterator[Row]:
    whole = next((b["value"] for b in _bodies_in(found) if b.get("format") == LINE and _is_text(b.get("value"))), None)
    if whole is not None:
        yield Row(number, str(whole).encode("utf-8", "surrogatepass"), loose=True)
        return
    quotes = list(_quotes(found))
    if not quotes:
        why = "a reply" if found.get("references") else "an annotation of a whole page"
        yield Row(number, None, notes=(f"{why}, without a quotation: nothing to log",))
        return
    text, left_out = fitting(found, ("id", "uri", "target", "text", "body"), beside=_comments(found))
    notes = (f"the annotation is too long for a claim and is kept without {', '.join(left_out)}",) if left_out else ()
    for n, (source, selectors) in enumerate(quotes):
        data = _line(found, source, selectors) | _key(found, n) | {"extra": _extra(found, text)}
        yield Row(number + n, data, notes=notes, versions=True, loose=True)


def _key(found: r.Json, n: int) -> r.Json:
    name = next(iter(_strings(found.get("id", found.get("@id")))), None)
    return {"key": f"annotation:{name}" + (f"#{n + 1}" if n else "")} if name else {}


def _line(found: r.Json, source: str, selectors: Mapping[str, r.Json]) -> r.Json:
    from ledger.exchange.claimreview.shapes import address

    quote, place = selectors["TextQuoteSelector"], selectors.get("TextPositionSelector", {})
    document = found.get("document")
    title = next(iter(_strings(document.get("title") if isinstance(document, dict) else None)), None)
    article = {"url": source} if address(source) else {"file": source or "a page that is not named"}
    line: r.Json = {"article": article | ({"title": title} if title else {}), "exact": quote["exact"], "mode": "none"}
    line |= {k: quote[k] for k in ("prefix", "suffix") if _is_text(quote.get(k))}
    start = place.get("start")
    tags = [t for t in (*_strings(found.get("tags")), *_said(found, tagging=True)) if t.strip()]
    return (
        line
        | ({"start": start} if type(start) is int and start >= 0 else {})
        | ({"tags": list(dict.fromkeys(tags))} if tags else {})
    )


def _extra(found: r.Json, text: str) -> r.Json:
    """The annotation verbatim, and what it says of the quote."""
    said = _comments(found)
    return {"annotation": text} | ({"comments": said} if said else {})


def _comments(found: r.Json) -> list[str]:
    return [s for s in (*_strings(found.get("text")), *_said(found, tagging=False)) if s.strip()]


def _bodies_in(found: r.Json) -> list[r.Json]:
    body = found.get("body")
    return [b for b in (body if isinstance(body, list) else [body]) if isinstance(b, dict)]


def _said(found: r.Json, *, tagging: bool) -> list[str]:
    """The texts of the bodies: the tags, or all others."""
    bodies = [b for b in _bodies_in(found) if ("tagging" in _strings(b.get("purpose"))) == tagging]
    said = [v for b in bodies for v in _strings(b.get("value"))]
    return said if tagging else [*said, *_strings(found.get("bodyValue"))]


def _quotes(found: r.Json) -> Iterator[tuple[str, dict[str, r.Json]]]:
    """Each target's source with its selectors by type, for the targets that quote."""
    target = found.get("target")
    for one in target if isinstance(target, list) else [target]:
        if not isinstance(one, dict):
            continue
        selectors = _selectors(one.get("selector"))
        if _is_text(selectors.get("TextQuoteSelector", {}).get("exact")):
            source = one.get("source", found.get("uri"))
            named = source.get("id", source.get("@id")) if isinstance(source, dict) else source
            yield next(iter((*_strings(named), *_strings(found.get("uri")))), ""), selectors


def _selectors(value: Any) -> dict[str, r.Json]:
    """The first selector of each type, those that refine or stand for others included."""
    known: dict[str, r.Json] = {}
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += reversed(item)
        elif isinstance(item, dict):
            for kind in _strings(item.get("type", item.get("@type"))):
                known.setdefault(kind, item)
            stack += [item[k] for k in ("items", "refinedBy") if k in item]
    return known


def _strings(value: Any) -> list[str]:
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and bool(value.strip())
