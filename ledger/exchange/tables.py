"""Claims as a table: one row a claim (`flat`), formula cells neutralised for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from ledger.exchange import Selection, claim_export
from ledger.exchange.flat import COLUMNS, FORMULA, Cell, flat, neutral, restored
from ledger.store import Ledger

__all__ = ["export", "neutral", "restored"]

LOT = 500
"""Rows written in one piece."""


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """CSV (RFC 4180) in UTF-8, streaming."""
    if selection.bom:
        yield "\ufeff".encode()
    yield from encoded([COLUMNS])
    yield from encoded(rows(ledger, selection))


def rows(ledger: Ledger, selection: Selection) -> Iterator[tuple[Cell, ...]]:
    """The rows in the order of COLUMNS, not neutralised."""
    for claim, line in claim_export.lines(ledger, selection):
        yield *flat(claim, line), claim_export.encoded(line).decode()


def encoded(rows: Iterable[tuple[Cell, ...]]) -> Iterator[bytes]:
    """Rows as CSV, a lot at a time; every cell neutralised."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerows
    found = iter(rows)
    while lot := list(islice(found, LOT)):
        write(map(_neutral, lot))
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()


FIRST = frozenset(FORMULA)


def _neutral(row: tuple[Cell, ...]) -> list[Cell]:
    return [f"'{cell}" if type(cell) is str and cell[:1] in FIRST else cell for cell in row]
