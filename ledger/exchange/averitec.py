"""AVeriTeC's JSON: a list of claims with who said them, where, and what its annotators found.

A claim stands where it first appeared, if the item has that address, else in the fact-check that tells of it. Its label, its
justification, its questions with their answers and all else stay as they are under `extra`: a label is the data set's, not a
rating of ours. `claim_date` is DD-MM-YYYY and the annotators' estimate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from ledger import capture
from ledger.errors import BadInput
from ledger.exchange.rows import Row, opened
from ledger.records import Json
from ledger.text import folding
from ledger.vocabulary import Role, SourceKind

SIZE_LIMIT = 512 * 1024 * 1024
"""Bytes of the largest file, which is read as one."""
NOBODY: Json = {"source": "a speaker the data set does not name", "kind": SourceKind.ANONYMOUS.value}
DAY = re.compile(r"(\d{1,2})-(\d{1,2})-(\d{4})")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def looks_like(head: bytes, name: str) -> bool:  # noqa: ARG001  every import is asked the same
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"[", b"{")) or b'"claim"' not in head:
        return False
    return b'"fact_checking_article"' in head or (b'"claim_date"' in head and b'"label"' in head)


def rows(name: str) -> Iterator[Row]:
    """One claim an item; items in a list, or one a line."""
    for number, item in enumerate(_items(name), 1):
        try:
            yield _row(number, msgspec.json.decode(item))
        except BadInput as e:
            yield Row(number, e)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
            yield Row(number, BadInput(f"not JSON: {e}"))


def _items(name: str) -> Iterator[bytes | msgspec.Raw]:
    with opened(name) as file:
        data = file.read(SIZE_LIMIT + 1).removeprefix(b"\xef\xbb\xbf").strip()
    if len(data) > SIZE_LIMIT:
        raise BadInput(f"{name} is larger than {SIZE_LIMIT // 2**20} MB")
    if data.startswith(b"{"):
        yield from (line for line in data.splitlines() if line.strip())
        return
    try:
        yield from msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
        raise BadInput(f"{name} is not JSON: {e}") from None


def _row(number: int, item: Any) -> Row:
    if not isinstance(item, dict):
        raise BadInput("not a JSON object")
    claim = _text(item, "claim")
    if not claim:
        raise BadInput("an item without a claim")
    notes: list[str] = []
    speaker, outlet = _text(item, "speaker"), _text(item, "reporting_source")
    original = _address(item, "original_claim_url", notes)
    day = _day(_text(item, "claim_date"), notes)
    if original:
        article = {"url": original, "publisher": outlet or None, "published_at": day}
        chain = [speaker] if speaker and folding.name(speaker) != folding.name(outlet) else []
    else:
        article = _checked(item, outlet, day, notes)
        chain = list({folding.name(n): n for n in (outlet, speaker) if n}.values())
    line = {
        "exact": claim,
        "article": {k: v for k, v in article.items() if v},
        "attribution": _hops(chain) or ([] if original else [NOBODY]),
        "extra": {"averitec": {k: v for k, v in item.items() if k != "claim"}},
    }
    return Row(number, line, tuple(notes))


def _text(item: Json, name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""


def _address(item: Json, name: str, notes: list[str]) -> str | None:
    given = _text(item, name)
    try:
        return capture.canonical_url(given) and given if given else None
    except BadInput:
        notes.append(f"{name} is no address and is kept as it is: {given[:80]!r}")
        return None


def _checked(item: Json, outlet: str, day: str | None, notes: list[str]) -> dict[str, str | None]:
    """The fact-check that tells of the claim; where it has no address, what is known of where the claim was made."""
    if address := _address(item, "fact_checking_article", notes):
        return {"url": address}
    if not outlet:
        raise BadInput("an item with neither an address nor a reporting source", hint="it is not imported")
    return {"title": ", ".join(filter(None, (outlet, day))), "publisher": outlet, "published_at": day}


def _hops(names: list[str]) -> list[Json]:
    roles = [Role.RELAY] * (len(names) - 1) + [Role.ORIGIN]
    return [{"source": name, "role": role.value} for name, role in zip(names, roles, strict=True)] if names else []


def _day(text: str, notes: list[str]) -> str | None:
    """The day as ISO 8601; one that is none is said and stays in `extra` alone."""
    found = DAY.fullmatch(text)
    numbers = found.groups()[::-1] if found else tuple(text.split("-")) if ISO.fullmatch(text) else ()
    try:
        return date(*map(int, numbers)).isoformat() if text else None
    except (ValueError, TypeError):
        notes.append(f"claim_date is no day, DD-MM-YYYY, and is kept as it is: {text[:40]!r}")
        return None
