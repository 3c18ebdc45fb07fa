"""A zip of CSV files, one a table (`store.listing`): to be joined in a database, a notebook or a statistics program."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any, cast

from ledger.exchange import Selection
from ledger.exchange.flat import neutral
from ledger.store import Ledger, listing

LOT = 500
"""Rows written in one piece."""
TIME = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can say, so that the same ledger gives the same bytes."""


class _Pipe:
    """A file that cannot be wound back, emptied as the zip is written."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def emptied(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """The zip, streaming."""
    pipe = _Pipe()
    with zipfile.ZipFile(cast("Any", pipe), "w", zipfile.ZIP_DEFLATED) as archive:
        for table in listing.tables(ledger, question=selection.question):
            entry = zipfile.ZipInfo(f"{table.name}.csv", TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as member:
                for piece in _csv(table, bom=selection.bom):
                    member.write(piece)
                    yield pipe.emptied()
    yield pipe.emptied()


def _csv(table: listing.Table, *, bom: bool) -> Iterator[bytes]:
    yield ("\ufeff" * bom + ",".join(table.columns) + "\r\n").encode()
    while lot := list(islice(table.rows, LOT)):
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([[_cell(value) for value in row] for row in lot])
        yield out.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return neutral(value)
    return ("yes" if value else "no") if isinstance(value, bool) else value
