"""Where ClaimReviews stand in a file: JSON-LD scripts of a page, JSON of any nesting, feeds, answers of Google's API.

What publishers call JSON-LD is often nearly JSON: control characters, comments, CDATA marks, entities and trailing commas are
read past; what is a template of the page's script, or broken beyond that, is reported with its place. All of it takes time in
proportion to the file, whatever the file.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from json import JSONDecodeError, JSONDecoder
from typing import Any

from msgspec import Struct

from ledger import extract
from ledger.errors import BadInput
from ledger.exchange.claimreview.shapes import Node, address, is_review, texts
from ledger.exchange.rows import opened
from ledger.extract.markup import cleaned
from ledger.records import replace

LIMIT = 256 * 1024 * 1024
"""Bytes of the largest file; the largest public feed has a third of that."""
ATTRIBUTES = 4096
"""Characters in which a script's attributes must end."""


class Place(Struct, frozen=True):
    """Where something stands: the number of the script in a page, its line, and a JSON pointer (RFC 6901)."""

    script: int | None = None
    line: int | None = None
    pointer: str = ""

    def words(self) -> str:
        """As a person is told: "script 2, line 40, /@graph/3"."""
        parts = (self.script and f"script {self.script}", self.line and f"line {self.line}", self.pointer)
        return ", ".join(p for p in parts if p)


class Kind(StrEnum):
    """What a found object is."""

    REVIEW = "review"
    API = "api"
    """An element of `claims` in an answer to claims:search."""
    MARKUP = "markup"
    """An element of `claimReviewMarkupPages` in an answer of the same API about one's own pages."""


class Found(Struct, frozen=True):
    node: Node
    place: Place
    kind: Kind = Kind.REVIEW
    context: Any = None
    """The @context that holds for the node: its own, else the nearest around it."""


class Unread(Struct, frozen=True):
    """Something that speaks of ClaimReview and cannot be read."""

    message: str
    place: Place
    hint: str | None = None


class Source(Struct, frozen=True):
    """What one file holds."""

    page: bool
    url: str | None
    """The address that a page gives as its own."""
    found: tuple[Found, ...]
    unread: tuple[Unread, ...]
    values: tuple[Any, ...]
    empty: bool = False
    """True for an answer without results, which is no fault of it."""
    attributes: bool = False
    """True for a page that marks a ClaimReview up in its elements (microdata, RDFa), which is not read."""


class _Document(Struct, frozen=True):
    value: Any
    place: Place


def read(name: str) -> Source:
    """The ClaimReviews of a file, "-" for standard input; BadInput where the file is no text, NotFound where there is none."""
    with opened(name) as file:
        data = file.read(LIMIT + 1)
    shown = "standard input" if name == "-" else name
    if len(data) > LIMIT:
        raise BadInput(f"{shown} is larger than {LIMIT // 2**20} MB", hint="split it")
    return source(data, shown)


def source(data: bytes, name: str) -> Source:
    """The ClaimReviews in these bytes."""
    page = extract.is_html(data, name=name, media_type=None)
    text = extract.decode(data, name=name, declared=extract.declared_encoding(data) if page else None).text
    if not page and not is_markup(text):
        documents, unread = _data(text)
        return _source(documents, unread, page=False)
    documents, unread = _scripts(text)
    if not page and not documents and "&lt;script" in text:
        # a feed that carries its pages escaped
        documents, unread = _scripts(html.unescape(text))
    found = _source(documents, unread, page=page, url=_own_address(text))
    return replace(found, attributes=not found.found and IN_ELEMENTS.search(text) is not None)


IN_ELEMENTS = re.compile(r"""\b(?:itemtype|typeof)\s*=\s*["']?[^"'<>]{0,60}\bClaimReview\b""", re.IGNORECASE)


def is_markup(text: str) -> bool:
    """True where a text is HTML or XML, not JSON."""
    return text.lstrip("\ufeff \t\r\n").startswith("<")


def _source(documents: list[_Document], unread: list[Unread], *, page: bool, url: str | None = None) -> Source:
    found = tuple(f for d in documents if isinstance(d.value, dict | list) for f in walk(d.value, d.place))
    empty = len(documents) == 1 and documents[0].value in ({}, {"claims": []}) and not unread
    return Source(page, url, found, tuple(unread), tuple(d.value for d in documents), empty)


# --- pages --------------------------------------------------------------------------------------------------------

OPENING = re.compile(r"<!--|<script(?=[\s>/])", re.IGNORECASE)
CLOSING = re.compile(r"</script", re.IGNORECASE)
TYPE = re.compile(r"""\btype\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
LINKED_DATA = "application/ld+json"


def _scripts(text: str) -> tuple[list[_Document], list[Unread]]:
    """The JSON-LD scripts of a page, each read, or told as unread where it speaks of ClaimReview."""
    documents: list[_Document] = []
    unread: list[Unread] = []
    for number, line, body in linked_data(text):
        place = Place(number, line)
        try:
            documents += (_Document(value, place) for value in parsed(body))
        except ValueError as e:
            if "ClaimReview" in body:
                unread.append(_told(body, str(e), place))
    return documents, unread


def linked_data(text: str) -> Iterator[tuple[int, int, str]]:
    """Number, line and text of each JSON-LD script; what stands in comments is none."""
    number, line, counted, at = 0, 1, 0, 0
    while opening := OPENING.search(text, at):
        if opening[0] == "<!--":
            end = text.find("-->", opening.end())
            # a comment that nobody closes ends where browsers end it: nowhere, so it hides nothing
            at = end + 3 if end >= 0 else opening.end()
            if end < 0:
                at = _next_script(text, at)
            continue
        start = text.find(">", opening.end(), opening.end() + ATTRIBUTES)
        closing = CLOSING.search(text, start + 1) if start >= 0 else None
        if start < 0:
            at = opening.end()
            continue
        if _is_linked_data(text[opening.end() : start]):
            number += 1
            line, counted = line + text.count("\n", counted, opening.start()), opening.start()
            yield number, line, text[start + 1 : closing.start() if closing else len(text)]
        if closing is None:
            return
        at = closing.end()


def _next_script(text: str, at: int) -> int:
    found = re.compile("<script", re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)


def _is_linked_data(attributes: str) -> bool:
    found = TYPE.search(attributes)
    given = html.unescape(next((g for g in found.groups() if g is not None), "")) if found else ""
    return given.partition(";")[0].strip().casefold() == LINKED_DATA


CANONICAL = re.compile(r"<(?:link|meta)\b([^<>]{0,2000})>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
HEAD = 1_000_000


def _own_address(text: str) -> str | None:
    """The address that the page's head gives as canonical, else as og:url; a relative one says nothing."""
    given: dict[str, str] = {}
    for tag in CANONICAL.finditer(text[:HEAD]):
        known = {m[1].casefold(): m[2] or m[3] or m[4] or "" for m in ATTRIBUTE.finditer(tag[1])}
        if "canonical" in known.get("rel", "").casefold().split():
            given.setdefault("canonical", known.get("href", ""))
        elif known.get("property", "").casefold() == "og:url":
            given.setdefault("og", known.get("content", ""))
    return address(html.unescape(given.get("canonical") or given.get("og") or ""))


# --- JSON that is nearly JSON -------------------------------------------------------------------------------------


def parsed(text: str) -> list[Any]:
    """The values of a script or a file, several where several follow each other; ValueError where it is not JSON."""
    values = _parsed(text)
    if most := max((len(v) for v in values if isinstance(v, dict) and len(v) > FIELDS), default=0):
        raise ValueError(f"an object of {most:,} fields; the most that is read are {FIELDS:,}")
    return values


def _parsed(text: str) -> list[Any]:
    try:
        return _values(text)
    except ValueError as first:
        try:
            return _values(cleaned(text))
        except ValueError:
            raise first from None


def _integer(text: str) -> int | str:
    return int(text) if len(text) < 300 else text


def _float(text: str) -> float | str:
    value = float(text)
    return value if math.isfinite(value) else text


DECODER = JSONDecoder(strict=False, parse_int=_integer, parse_float=_float, parse_constant=str)
FIELDS = 10_000
BETWEEN = re.compile(r"[\s;,\ufeff]*")


def _values(text: str) -> list[Any]:
    found: list[Any] = []
    at = _past(text, 0)
    try:
        while at < len(text):
            value, at = DECODER.raw_decode(text, at)
            found.append(value)
            at = _past(text, at)
    except RecursionError:
        raise ValueError("nested too deep to be read") from None
    except JSONDecodeError as e:
        raise ValueError(f"{e.msg} at line {e.lineno}, column {e.colno} of it") from None
    return found


def _past(text: str, at: int) -> int:
    between = BETWEEN.match(text, at)
    return between.end() if between else at


TEMPLATE = re.compile(r"\{\{|\{%|<%|\$\{|<\?php|\[%")


def _told(text: str, why: str, place: Place) -> Unread:
    if TEMPLATE.search(text):
        return Unread("a template of the page's script, not data", place, "save the page as a browser shows it")
    return Unread(f"not JSON: {why}", place)


def _data(text: str) -> tuple[list[_Document], list[Unread]]:
    """The values of a file of JSON: one, or one a line."""
    if _is_lines(text):
        return _lines(text)
    try:
        values = parsed(text)
    except ValueError as e:
        return [], [_told(text, str(e), Place())]
    return [_Document(v, Place()) for v in values], []


def _is_lines(text: str) -> bool:
    """True where the first line is an object by itself and another begins after it."""
    first, _, rest = text.strip().partition("\n")
    if not (first.startswith("{") and first.rstrip().endswith("}") and rest.lstrip().startswith("{")):
        return False
    try:
        return len(_values(first)) == 1
    except ValueError:
        return False


def _lines(text: str) -> tuple[list[_Document], list[Unread]]:
    documents: list[_Document] = []
    unread: list[Unread] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            documents += (_Document(v, Place(line=number)) for v in parsed(line))
        except ValueError as e:
            unread.append(_told(line, str(e), Place(line=number)))
    return documents, unread


# --- inside a document --------------------------------------------------------------------------------------------

Trail = tuple[Any, "Trail | None"]
NESTED = 3
"""Reviews inside reviews that are looked for; each is a part of those around it, which costs its size again."""


def walk(value: Any, place: Place) -> Iterator[Found]:
    """Every ClaimReview inside a value, in its order, without recursion."""
    stack: list[tuple[Any, Trail | None, Any, int]] = [(value, None, None, 0)]
    while stack:
        item, trail, context, depth = stack.pop()
        if isinstance(item, list):
            inside = reversed(list(enumerate(item)))
        else:
            context = item.get("@context", context)
            here = _kind(item)
            if here:
                yield Found(item, Place(place.script, place.line, _pointer(trail)), here, context)
                depth = depth + 1 if here is Kind.REVIEW else NESTED
            inside = reversed([(k, v) for k, v in item.items() if k != "@context"] if depth < NESTED else [])
        stack += [(v, (k, trail), context, depth) for k, v in inside if isinstance(v, dict | list)]


def _kind(item: Node) -> Kind | None:
    """What an object is; None where it is none of the three."""
    if is_review(item):
        return Kind.REVIEW
    if isinstance(item.get("claimReview"), list) and ("text" in item or "claimant" in item):
        return Kind.API
    return Kind.MARKUP if isinstance(item.get("claimReviewMarkups"), list) else None


def _pointer(trail: Trail | None) -> str:
    parts: list[str] = []
    while trail is not None:
        key, trail = trail
        parts.append(str(key).replace("~", "~0").replace("/", "~1"))
    return "".join(f"/{p}" for p in reversed(parts))


def by_id(values: Iterable[Any]) -> dict[str, Node]:
    """The nodes of some documents by their @id, those that say something beside it."""
    known: dict[str, Node] = {}
    stack = list(values)
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += item
        elif isinstance(item, dict):
            if len(item) > 1 and (name := next(iter(texts(item.get("@id"))), None)):
                known.setdefault(name, item)
            stack += item.values()
    return known
