"""Claims as a table: one row a claim (`flat`), formula cells neutralised for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from ledger.exchange import Selection, claim_export
from ledger.exchange.flat import COLUMNS, flat, neutral, restored
from ledger.store import Ledger, read

__all__ = ["export", "neutral", "restored"]


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """CSV (RFC 4180) in UTF-8, line by line."""
    yield ("\ufeff" if selection.bom else "").encode() + _csv(COLUMNS)
    for claim in read.claims(ledger, question=selection.question):
        (line,) = claim_export.lines(ledger, [claim])
        yield _csv([neutral(cell) for cell in flat(claim, line).values()])


def _csv(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(list(cells))
    return out.getvalue().encode("utf-8")
