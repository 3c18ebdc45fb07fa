"""JSON Lines: one claim a line in the import format (DESIGN, machine-readable contract)."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.errors import BadInput
from ledger.exchange.rows import Row, opened

LINE_LIMIT = 64 * 1024 * 1024
"""Bytes of the longest line; an article's text may stand in it."""


def looks_like(head: bytes, name: str) -> bool:  # noqa: ARG001  every import is asked the same
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"')


def rows(name: str) -> Iterator[Row]:
    """The lines with their numbers, without those that are blank."""
    shown = "standard input" if name == "-" else name
    number = 0
    with opened(name) as file:
        while line := file.readline(LINE_LIMIT + 1):
            number += 1
            if len(line) > LINE_LIMIT:
                raise BadInput(f"{shown}, line {number} is longer than {LINE_LIMIT // 2**20} MB")
            if line.strip():
                yield Row(number, line)
