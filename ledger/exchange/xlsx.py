"""A workbook (Office Open XML): the flat table of claims, then articles, sources and questions.

Every cell is a string, so that no cell runs, turns into a link or loses a digit; rows are written as they come, in constant
memory. The date inside is that of the ledger's newest entry: the same ledger gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

from ledger.errors import Refused
from ledger.exchange import Selection, json_lines
from ledger.exchange.flat import COLUMNS, flat, own
from ledger.store import Ledger, beside, listing
from ledger.vocabulary import FieldOn

CELL_LIMIT = 32_767
ROW_LIMIT = 1_048_576
"""Of Excel: characters (UTF-16 units) of a cell, rows of a sheet with the header."""

WIDTHS = {
    "exact": 60, "question": 60, "says": 40, "rating_because": 40, "questions": 40, "title": 40, "url": 40, "chain": 36,
    "name": 36, "origin": 28, "figure": 18,
}  # fmt: skip
"""Of columns that hold prose, in characters; their text wraps."""
WIDTH = 14
SHEETS = {"articles": FieldOn.ARTICLE, "sources": FieldOn.SOURCE, "questions": FieldOn.QUESTION}


def export_file(ledger: Ledger, selection: Selection, path: Path) -> None:
    """The workbook at a path where nothing is; Refused where a cell or sheet is larger than Excel can hold."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    try:
        # its parts are written beside the target: words of the ledger lie in no folder that others share
        with (
            TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as folder,
            _target(path) as target,
            Workbook(target, {**OPTIONS, "tmpdir": folder}) as book,
        ):
            book.use_zip64()
            _fill(book, ledger, selection)
    except FileCreateError as e:
        raise (e.args[0] if isinstance(e.args[0], OSError) else OSError(str(e))) from None


@contextmanager
def _target(path: Path) -> Iterator[Any]:
    """A new file; what the library that packs still does to it when it was given up does nothing."""

    class Target:
        open = True

        def __getattr__(self, name: str) -> Any:
            return getattr(file, name) if self.open else lambda *_: 0

    target = Target()
    with path.open("xb") as file:
        try:
            yield target
        finally:
            target.open = False


OPTIONS = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}


def _fill(book: Any, ledger: Ledger, selection: Selection) -> None:
    made = datetime.fromisoformat(beside.last_entry_time(ledger)).replace(tzinfo=None)
    book.set_properties({"title": "Claims", "created": made})
    look = {
        "head": book.add_format({"bold": True}),
        "prose": book.add_format({"valign": "top", "text_wrap": True}),
        "cell": book.add_format({"valign": "top"}),
    }
    names = own(ledger)
    _sheet(book, look, "Claims", (*COLUMNS[:-1], *names, COLUMNS[-1]), _claims(ledger, selection, names))
    for name, on in SHEETS.items():
        table, fields = listing.BY_NAME[name], [f.name for f in beside.fields(ledger) if f.on is on]
        columns = (*(c.name for c in table.columns if c.sql), *fields)
        _sheet(book, look, name.capitalize(), columns, _rows(ledger, table, selection, fields))


def _rows(
    ledger: Ledger, table: listing.Table, selection: Selection, fields: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    truths, held = {c.name for c in table.columns if c.kind == "yes/no"}, beside.values(ledger, on=SHEETS[table.name])
    for row in listing.rows(ledger, table, question=selection.question):
        cells = (("yes" if v else "no") if name in truths and v is not None else v for name, v in row.items())
        yield *cells, *map(held.get(str(row["uid"]), {}).get, fields)


def _claims(ledger: Ledger, selection: Selection, fields: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    for found, line in json_lines.lines(ledger, selection):
        yield *flat(found.claim, found.article), *map(found.claim.fields.get, fields), json_lines.encoded(line)


def _sheet(
    book: Any, look: dict[str, Any], name: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    for n, column in enumerate(columns):
        sheet.set_column(n, n, WIDTHS.get(column, WIDTH))
        sheet.write_string(0, n, column, look["head"])
    last = 0
    for last, row in enumerate(rows, 1):
        if last >= ROW_LIMIT:
            raise Refused(
                f"{name}: more rows than a sheet can hold ({ROW_LIMIT - 1:,})", hint="--format csv has no limit"
            )
        for n, value in enumerate(row):
            if value is None or value == "":
                continue
            if sheet.write_string(last, n, _cell(value), look["prose" if columns[n] in WIDTHS else "cell"]) != 0:
                raise _too_long(name, row[0], columns[n], len(value))
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _too_long(sheet: str, row: str, column: str, length: int) -> Refused:
    return Refused(
        f"{sheet}, {row}: {column} has {length:,} characters, and a cell of a workbook holds {CELL_LIMIT:,}",
        hint="--format csv and --format jsonl have no limit",
    )


def _cell(value: Any) -> str:
    text = str(value)
    if text.startswith("<r>") and text.endswith("</r>"):  # the library would take it for markup of its own
        return f'<r><t xml:space="preserve">{escape(text)}</t></r>'
    return text
