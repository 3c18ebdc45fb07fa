"""The shapes in which publishers write a property: text, a list, an object, a reference, plain or prefixed names."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

Node = dict[str, Any]

PREFIXES = ("", "schema:", "http://schema.org/", "https://schema.org/", "sdo:")
DEEPEST = 8
"""Lists and wrappers inside each other that are opened."""


def given(node: Mapping[str, Any], name: str) -> Any:
    """What a property holds, whatever prefix it is written with; None where it is absent."""
    if name in node:
        return node[name]
    return next((node[p + name] for p in PREFIXES[1:] if p + name in node), None)


def has(node: Mapping[str, Any], name: str) -> bool:
    return any(p + name in node for p in PREFIXES)


def each(value: Any, depth: int = 0) -> Iterator[Any]:
    """The values in a value: itself, or those of a list, of {"@value"} and {"@list"}."""
    if isinstance(value, list):
        if depth < DEEPEST:
            for item in value:
                yield from each(item, depth + 1)
    elif isinstance(value, dict) and depth < DEEPEST and (inner := _wrapped(value)) is not None:
        yield from each(inner, depth + 1)
    elif value is not None:
        yield value


def _wrapped(value: Mapping[str, Any]) -> Any:
    return next((value[k] for k in ("@value", "@list", "@set") if k in value), None)


def texts(value: Any) -> list[str]:
    """The texts in a value, those without a letter or digit left out; numbers as JSON writes them."""
    if value is None or isinstance(value, str):
        return [value] if value and value.strip() else []
    found = (_text(v) for v in each(value))
    return [t for t in found if t is not None and t.strip()]


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return str(value)


def text(node: Mapping[str, Any], *names: str) -> str | None:
    """The first text that one of the properties holds, without white space around it."""
    return next((t.strip() for name in names for t in texts(given(node, name))), None)


def things(node: Mapping[str, Any], name: str, known: Mapping[str, Node] | None = None) -> list[Node]:
    """The objects that a property holds, references followed; a bare text is an object of that name or address."""
    found: list[Node] = []
    for value in each(given(node, name)):
        if isinstance(value, dict):
            found.append(_followed(value, known or {}))
        elif isinstance(value, str) and value.strip():
            found.append({"url": value} if address(value) else {"name": value})
    return found


def _followed(value: Node, known: Mapping[str, Node]) -> Node:
    """A reference's node; the value itself where it says anything beside its @id."""
    name = value.get("@id")
    return known.get(name, value) if isinstance(name, str) and len(value) == 1 else value


def names(node: Mapping[str, Any], name: str, known: Mapping[str, Node] | None = None) -> list[str]:
    """The names of the persons or bodies that a property holds."""
    return [n.strip() for t in things(node, name, known) for n in texts(given(t, "name"))]


def types(node: Mapping[str, Any]) -> list[str]:
    """The types of a node, without prefixes, in the case they are written in."""
    found = (t.strip() for t in texts(node.get("@type", node.get("type"))))
    return [re.sub(r"^(?:schema:|sdo:|https?://schema\.org/)", "", t) for t in found]


def is_review(node: Mapping[str, Any]) -> bool:
    """True where a node is a ClaimReview: says so in whatever case, or has what only a ClaimReview has."""
    if any(t.casefold() == "claimreview" for t in types(node)):
        return True
    return has(node, "claimReviewed") and (has(node, "reviewRating") or has(node, "itemReviewed"))


# --- addresses ----------------------------------------------------------------------------------------------------


def address(value: str, base: str | None = None) -> str | None:
    """The absolute web address that a value is, against the page's where it is relative; None where it is none."""
    shown = value.strip()
    if not shown or not shown.isprintable() or re.search(r"\s", shown):
        return None
    try:
        whole = urljoin(base, shown) if base else shown
        parts = urlsplit(whole)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.casefold() not in ("http", "https") or not host or parts.username is not None:
        return None
    return whole if "." in host or host == "localhost" or ":" in host else None


def urls(value: Any, known: Mapping[str, Node] | None = None) -> list[str]:
    """The addresses of works: given as text, or as their `url` or @id."""
    found: list[str] = []
    for item in each(value):
        if isinstance(item, dict):
            thing = _followed(item, known or {})
            found += texts(given(thing, "url")) or texts(thing.get("@id"))
        elif isinstance(item, str):
            found.append(item)
    return [u.strip() for u in found if u.strip()]


def site(url: str) -> str:
    """The host of an address without www."""
    return (urlsplit(url).hostname or "").casefold().removeprefix("www.")


def decoded(value: str) -> str:
    """A text with its entities decoded, once, and its white space as single spaces."""
    return " ".join(html.unescape(value).split())
