"""Data from elsewhere as JSON text, kept as it was given."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

ROOM = 15_000
"""Bytes of a claim's extra that may be used: the log takes fields of 16 KiB."""


def verbatim(data: Any) -> str:
    """Data as JSON text, nothing of it changed; half surrogate pairs stay escapes, which a file can hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(data, separators=(",", ":"))
    return text


def fitting(node: dict[str, Any], telling: Collection[str], *, beside: Any = None) -> tuple[str, tuple[str, ...]]:
    """An object as JSON text that a claim can keep, and its largest members, left out where it is too long: the first names.

    `beside` is what else stands in the claim's extra. Those named as telling stay; where even these are too long, the log
    refuses the claim.
    """
    whole = verbatim(node)
    over = _bytes(verbatim(whole)) + _bytes(verbatim(beside)) - ROOM
    if over <= 0:
        return whole, ()
    # as a text inside JSON, where each quotation mark takes an escape
    sizes = {k: _bytes(verbatim(verbatim({k: v}))) - 4 for k, v in node.items() if k not in telling}
    left_out: list[str] = []
    for name in sorted(sizes, key=lambda k: (-sizes[k], k)):
        if over <= 0:
            break
        left_out.append(name)
        over -= sizes[name]
    kept = node.keys() - set(left_out)
    more = (f"{len(left_out) - FEW:,} others",) if len(left_out) > FEW else ()
    return verbatim({k: v for k, v in node.items() if k in kept}), (*left_out[:FEW], *more)


FEW = 10


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode())
