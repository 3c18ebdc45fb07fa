"""Claims as a table: one row a claim (`flat`), formula cells neutralised for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice

from ledger.exchange import Selection, claim_export
from ledger.exchange.claim_export import encoded
from ledger.exchange.flat import COLUMNS, FORMULA, Cell, flat, neutral, restored
from ledger.store import Ledger

__all__ = ["export", "neutral", "restored"]

LOT = 500
"""Rows written in one piece."""


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """CSV (RFC 4180) in UTF-8, streaming."""
    yield ("\ufeff" * selection.bom + ",".join(COLUMNS) + "\r\n").encode()
    found = claim_export.lines(ledger, selection)
    while lot := list(islice(found, LOT)):
        texts: list[str] = []
        csv.writer(_Lines(texts), lineterminator="\r\n").writerows(
            [_neutral(flat(one.claim, one.article)) for one, _ in lot]
        )
        yield "".join(
            [f"{text[:-2]},{_quoted(encoded(line))}\r\n" for text, (_, line) in zip(texts, lot, strict=True)]
        ).encode()


class _Lines:
    """A file that keeps what is written to it, a list of lines."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def _quoted(record: str) -> str:
    """The last cell: JSON, which always needs its quotation marks, and is the longest by far."""
    return '"' + record.replace('"', '""') + '"'


FIRST = frozenset(FORMULA)


def _neutral(row: tuple[Cell, ...]) -> list[Cell]:
    return [f"'{cell}" if cell and cell[0] in FIRST else cell for cell in row]
