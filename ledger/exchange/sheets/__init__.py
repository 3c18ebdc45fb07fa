"""Claims in a spreadsheet: CSV, TSV and XLSX with any headers, or our own export.

`plan` says how a file would be read, for a person to look at; `rows` carries the plan out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from ledger.errors import BadInput
from ledger.exchange import flat
from ledger.exchange.rows import HEAD, Row, opened
from ledger.exchange.sheets import delimited, header, mapping, workbook
from ledger.exchange.sheets.cells import Table
from ledger.exchange.sheets.mapping import Mapping
from ledger.exchange.sheets.plan import Plan, make

__all__ = ["Mapping", "Plan", "beginning", "looks_like", "mapping", "plan", "records", "rows", "table"]

ENDINGS = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods")
OTHERS = (".jsonl", ".ndjson", ".json", ".html", ".htm", ".xml", ".jsonld")


def looks_like(head: bytes, name: str) -> bool:
    """By the file's ending, or by rows of the same length."""
    lower = name.casefold()
    if lower.endswith(ENDINGS) or is_workbook(head):
        return True
    if lower.endswith(OTHERS) or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b"<", b""):
        return False
    return delimited.consistent(head)


def rows(name: str, *, map_: str | Mapping | None = None, sheet: str | None = None) -> Iterator[Row]:
    """The rows of a sheet; BadInput where its columns have to be guessed, the guess is in doubt, and nobody confirmed it."""
    found = plan(name, map_=map_, sheet=sheet)
    found.check()
    return found.rows()


def plan(name: str, *, map_: str | Mapping | None = None, sheet: str | None = None, most: int | None = None) -> Plan:
    """How a file would be read: its encoding or sheet, its header, what each column is; of a workbook the first rows."""
    said = map_ if isinstance(map_, Mapping) else mapping.read(map_, sheet=sheet)
    return make(table(name, said, most=most), said)


Usable = Callable[[list[str]], bool]
"""True where a row, folded, is the header of a format."""
FIRST = 5
"""Rows among which the header of a known format stands."""


def table(name: str, said: Mapping, usable: workbook.Usable | None = None, *, most: int | None = None) -> Table:
    """The cells of a file; "-" is standard input, kept in a temporary file while it is read."""
    place = _kept() if name == "-" else name
    with opened(place) as file:
        head = file.read(HEAD)
    if head.startswith(workbook.OLD):
        raise BadInput(f"{name} is an old or a locked workbook", hint="save it as XLSX or CSV, without a password")
    if is_workbook(head):
        return workbook.read(place, sheet=said.sheet, usable=usable or _usable, most=most)
    if head.startswith(workbook.SIGNATURE):
        raise BadInput(f"{name} is no table that can be read", hint="save it as XLSX or CSV")
    if said.sheet:
        raise BadInput(f"{name} is a table by itself and has no sheets", hint="leave out --sheet")
    return delimited.read(place, delimiter=said.delimiter, encoding=said.encoding)


def _kept() -> str:
    import shutil

    with tempfile.NamedTemporaryFile(prefix="claims-", suffix=".table", delete=False) as kept, opened("-") as given:
        shutil.copyfileobj(given, kept)
    _remove_at_exit(kept.name)
    return kept.name


def _remove_at_exit(name: str) -> None:
    import atexit

    atexit.register(Path(name).unlink, missing_ok=True)


def is_workbook(head: bytes) -> bool:
    return head.startswith(workbook.SIGNATURE) and (b"xl/" in head or b"[Content_Types].xml" in head)


def beginning(head: bytes, name: str) -> list[list[str]]:
    """The first rows of a file, folded for comparison; none where it is no table."""
    if is_workbook(head):
        try:
            first = workbook.beginning(name)
        except BadInput:
            return []
    else:
        first = delimited.first_lines(head) if looks_like(head, name) else []
    return [[header.folded(cell) for cell in row] for row in first[:FIRST]]


def records(name: str, wanted: Usable, *, sheet: str | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the first one that `wanted` takes for a header, by that header's names; blank rows are left out."""
    said = Mapping(sheet=sheet)
    found = table(name, said, lambda first: any(wanted([header.folded(c) for c in row]) for row in first))
    names: list[str] = []
    with found.lines() as lines:
        for line in lines:
            if names and any(cell.strip() for cell in line.cells):
                yield line.number, dict(zip(names, line.cells, strict=False))
            elif not names and wanted([header.folded(cell) for cell in line.cells]):
                names = header.names(line.cells, len(line.cells))
    if not names:
        raise BadInput(f"{name} has no such header", hint="leave out --format, or give the columns with --map")


def _usable(first: list[list[str]]) -> int:
    """How surely a sheet of a workbook has claims: the larger, the surer; 0 where it has none."""
    if any(flat.is_ours(row) for row in first):
        return 3
    return max((header.holds_claims(row) for row in first), default=0)
