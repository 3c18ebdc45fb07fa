"""XLSX: one sheet's cells as they are shown, with merged cells filled downwards; nothing in it is calculated or followed.

The cells are read once, into a temporary file, so that the rows can be gone through again without being held in memory.
"""

from __future__ import annotations

import dataclasses
import re
import tempfile
import warnings
import weakref
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any

import msgspec
from msgspec import Struct, field

from ledger.errors import BadInput, NotFound
from ledger.exchange.sheets.cells import COLUMNS_LIMIT, EPOCH, Exact, Line, Linked, Unknown, line
from ledger.text import visible

UNPACKED_LIMIT = 512 * 1024 * 1024
"""Bytes of all that a workbook unpacks to."""
SHARED_LIMIT = 192 * 1024 * 1024
"""Bytes of the part that holds all texts, which is read as one."""
TEXTS_LIMIT = 500_000
MERGED_LIMIT = 20_000
"""Texts that cells share, and ranges of merged cells, that are taken."""
ROWS_LIMIT = 1_048_576
"""Rows of the longest sheet that spreadsheet programs make."""

SIGNATURE = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"


@dataclasses.dataclass(slots=True, weakref_slot=True)
class Workbook:
    """One sheet of a workbook."""

    name: str
    sheet: str
    others: tuple[str, ...] = ()
    """The other sheets that are not hidden."""
    epoch: date = EPOCH
    _kept: IO[bytes] = dataclasses.field(default_factory=tempfile.TemporaryFile, repr=False)

    def __post_init__(self) -> None:
        weakref.finalize(self, self._kept.close)

    @property
    def detail(self) -> str:
        rest = f"; not read: {', '.join(self.others)}" if self.others else ""
        return f"sheet {self.sheet}{rest}"

    @contextmanager
    def lines(self) -> Iterator[Iterator[Line]]:
        self._kept.seek(0)
        yield self._lines()

    def _lines(self) -> Iterator[Line]:
        decoder = msgspec.msgpack.Decoder(tuple[int, list[str | list[str] | None]])
        while length := self._kept.read(4):
            number, cells = decoder.decode(self._kept.read(int.from_bytes(length, "big")))
            yield Line(number, [_unpacked(cell) for cell in cells])

    def keep(self, line: Line) -> None:
        packed = msgspec.msgpack.encode((line.number, [_packed(cell) for cell in line.cells]))
        self._kept.write(len(packed).to_bytes(4, "big") + packed)


def _packed(cell: str) -> str | list[str] | None:
    if isinstance(cell, Unknown):
        return None
    if isinstance(cell, Linked):
        return [str(cell), cell.address]
    return [str(cell)] if isinstance(cell, Exact) else cell


def _unpacked(cell: str | list[str] | None) -> str:
    if cell is None:
        return Unknown()
    if isinstance(cell, str):
        return cell
    return Linked(cell[0], cell[1]) if len(cell) > 1 else Exact(cell[0])


# --- reading ------------------------------------------------------------------------------------------------------

Usable = Callable[[list[list[str]]], int]
"""How much the first rows of a sheet look like what is wanted; 0 where they do not."""


def read(name: str, *, sheet: str | None = None, usable: Usable | None = None, most: int | None = None) -> Workbook:
    """The sheet of this name, else the only one that is not hidden and usable; BadInput asks where several are.

    With `most` it has no more rows with anything in them than that.
    """
    with _book(name) as (book, archive):
        shown = [s.title for s in book.worksheets if s.sheet_state == "visible"]
        chosen = sheet or _chosen(name, book, shown, usable)
        found = next((s for s in book.worksheets if s.title.casefold() == chosen.casefold()), None)
        if found is None:
            raise NotFound(f"{name} has no sheet {chosen!r}", hint="it has: " + ", ".join(map(repr, shown)))
        others = tuple(title for title in shown if title != found.title)
        table = Workbook(name, found.title, others, epoch=book.epoch.date())
        filled = 0
        for line in _lines(found, _beside(archive, found)):
            filled += bool(line.cells)
            if most is not None and filled > most:
                break
            table.keep(line)
    return table


def beginning(name: str) -> list[list[str]]:
    """The first rows of the first sheet that is not hidden and not empty."""
    with _book(name) as (book, _):
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible" and (rows := _first(sheet)):
                return rows
    return []


def _chosen(name: str, book: Any, shown: list[str], usable: Usable | None) -> str:
    filled = {s.title: rows for s in book.worksheets if s.title in shown and (rows := _first(s))}
    scores = {title: usable(rows) if usable else 1 for title, rows in filled.items()}
    fitting: list[str] = [title for title, score in scores.items() if score == max(scores.values())]
    if not fitting:
        raise BadInput(f"{name} has no sheet with anything in it")
    if len(fitting) > 1:
        raise BadInput(f"{name} has several sheets: {', '.join(fitting)}", hint=f'say which: --sheet "{fitting[0]}"')
    return fitting[0]


def _first(sheet: Any, count: int = 30) -> list[list[str]]:
    rows: list[list[str]] = []
    for n, row in enumerate(_lines(sheet, Beside())):
        if any(row.cells):
            rows.append(row.cells)
        if len(rows) == count or n > 1000:
            break
    return rows


@contextmanager
def _book(name: str) -> Iterator[tuple[Any, zipfile.ZipFile]]:
    """The workbook, opened without running or following anything; whatever is wrong with the file is BadInput."""
    import openpyxl
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    # it goes through a whole sheet to learn its size, which is not asked for
    ReadOnlyWorksheet._get_size = lambda _: None  # noqa: SLF001
    try:
        with zipfile.ZipFile(name) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _check_size(name, archive)
            book = openpyxl.load_workbook(name, read_only=True, data_only=True, keep_links=False)
            try:
                yield book, archive
            finally:
                book.close()
    except (BadInput, NotFound):
        raise
    except FileNotFoundError:
        raise NotFound(f"no such file: {name}") from None
    except OSError as e:
        raise BadInput(f"cannot read {name}: {e.strerror or e}") from None
    except Exception as e:  # the library lets through whatever a broken part brings about
        raise BadInput(
            f"{name} is no XLSX workbook that can be read: {visible(str(e))[:120]}",
            hint="open it in a spreadsheet program and save it as XLSX or CSV",
        ) from None


def _check_size(name: str, archive: zipfile.ZipFile) -> None:
    """Refuses what unpacks to more than a table needs; a part that lies about its size is cut off when it is read."""
    total = sum(part.file_size for part in archive.infolist())
    shared = [p for p in archive.infolist() if "sharedstrings" in p.filename.casefold()]
    texts = max((p.file_size for p in shared), default=0)
    if total > UNPACKED_LIMIT or texts > SHARED_LIMIT:
        raise BadInput(
            f"{name} unpacks to {total / 2**20:,.0f} MB, more than is taken", hint="save the sheet alone, as CSV"
        )
    if any(_more_than(TEXTS_LIMIT, b"<si", archive, p.filename) for p in shared):
        raise BadInput(f"{name} holds more than {TEXTS_LIMIT:,} texts", hint="save the sheet alone, as CSV")
    sheets = [p.filename for p in archive.infolist() if "worksheets/" in p.filename and p.filename.endswith(".xml")]
    if any(_more_than(2 * COLUMNS_LIMIT, b"<c", archive, part, within=b"<row") for part in sheets):
        raise BadInput(f"a row of {name} has more cells than the {COLUMNS_LIMIT:,} columns of a sheet")


def _more_than(most: int, mark: bytes, archive: zipfile.ZipFile, part: str, *, within: bytes = b"\0") -> bool:
    """True where the mark stands more often than that in a part, or in a stretch of it that begins with `within`."""
    count, left, tail = 0, UNPACKED_LIMIT, b""
    with archive.open(part) as file:
        while left > 0 and (chunk := file.read(1 << 20)):
            first, *later = (tail + chunk).split(within)
            counts = [count + first.count(mark), *(stretch.count(mark) for stretch in later)]
            if max(counts) > most:
                return True
            count, left, tail = counts[-1], left - len(chunk), chunk[-len(mark) + 1 :]
    return False


# --- cells --------------------------------------------------------------------------------------------------------


class Beside(Struct):
    """What a sheet's part says after or beside its cells; rows count from 1, columns from 0."""

    merged: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    """First row of a range of merged cells: its column and last row."""
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    ranges: int = 0
    """How many ranges of merged cells there were."""
    empty: set[tuple[int, int]] = field(default_factory=set)
    """Formulas without a value."""


def _lines(sheet: Any, beside: Beside) -> Iterator[Line]:
    sheet.reset_dimensions()
    filling = _Filling(beside.merged)
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > ROWS_LIMIT:
            raise BadInput(f"there is a row beyond {ROWS_LIMIT:,}, the last of a sheet")
        cells = line(number, [_text(value) for value in row]).cells
        if beside.empty or beside.links:
            cells = [_with(cell, (number, column), beside) for column, cell in enumerate(cells)]
        filling.fill(number, cells)
        while cells and not cells[-1] and not isinstance(cells[-1], Unknown):
            cells.pop()
        yield Line(number, cells)


def _with(cell: str, place: tuple[int, int], beside: Beside) -> str:
    if not cell and place in beside.empty:
        return Unknown()
    return Linked(cell, beside.links[place]) if cell and place in beside.links else cell


def _text(value: Any) -> str:
    """The cell as text; numbers, days and truth values as the file types them, whatever the sheet makes them look like."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _characters(value)
    if isinstance(value, bool):
        return Exact("TRUE" if value else "FALSE")
    if isinstance(value, float | int):
        return Exact(_number(value))
    if isinstance(value, datetime):
        return Exact(value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds"))
    if isinstance(value, date | time):
        return Exact(value.isoformat())
    return Exact(str(value))


def _number(value: float) -> str:
    if isinstance(value, int) or value.is_integer():
        return str(int(value))
    return f"{Decimal(repr(value)):f}"


CHARACTER = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _characters(text: str) -> str:
    """Characters that XML cannot hold, as workbooks write them (ECMA-376 part 1, 22.4.2.4)."""
    return CHARACTER.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


class _Filling:
    """Gives the cells below the first of a merged range what stands in it."""

    def __init__(self, merged: dict[int, list[tuple[int, int]]]) -> None:
        self.merged = merged
        self.running: list[tuple[int, int, str]] = []

    def fill(self, number: int, cells: list[str]) -> None:
        if self.running:
            self.running = [r for r in self.running if r[1] >= number]
        for column, _, value in self.running:
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = cells[column] or value
        for column, last in self.merged.get(number, ()):
            if column < len(cells) and cells[column]:
                self.running.append((column, last, cells[column]))


# --- beside the cells ---------------------------------------------------------------------------------------------

SPACES = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MARKS = {"mergeCell": b"mergeCell ", "hyperlink": b"hyperlink ", "c": b"<f"}
"""Elements that are looked for, and what stands in a part that has any."""


def _beside(archive: zipfile.ZipFile, sheet: Any) -> Beside:
    """Merged ranges, links and formulas without values, which a workbook that is read row by row does not tell."""
    part = sheet._worksheet_path.lstrip("/")  # noqa: SLF001  nothing public says which part holds a sheet
    found = Beside()
    names = [name for name, mark in MARKS.items() if _more_than(0, mark, archive, part)]
    if not names:
        return found
    addresses = _addresses(archive, part) if "hyperlink" in names else {}
    with archive.open(part) as file:
        for element in _elements(file, names):
            if element.tag.endswith("mergeCell"):
                _merge(found, element.get("ref") or "")
            elif element.tag.endswith("hyperlink"):
                _link(found, element.get("ref") or "", addresses.get(element.get(RELATION) or ""))
            else:
                _formula(found, element)
    return found


def _elements(file: IO[bytes], names: list[str]) -> Iterator[Any]:
    from lxml import etree

    tags = [space + name for space in SPACES for name in names]
    for _, element in etree.iterparse(file, tag=tags, resolve_entities=False, no_network=True, huge_tree=False):
        yield element
        element.clear()


CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def _addresses(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The web addresses that a sheet's links lead to, by the name of the relation."""
    from lxml import etree

    folder, _, name = part.rpartition("/")
    try:
        data = archive.read(f"{folder}/_rels/{name}.rels")
    except KeyError:
        return {}
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    return {e.get("Id", ""): t for e in root if (t := e.get("Target", "")).startswith(("http://", "https://"))}


def _merge(found: Beside, ref: str) -> None:
    """The first column of a range that spans rows; one that spans columns alone is a heading's."""
    first, _, last = ref.partition(":")
    a, b = CELL.fullmatch(first), CELL.fullmatch(last)
    found.ranges += 1
    if found.ranges > MERGED_LIMIT:
        raise BadInput(f"more than {MERGED_LIMIT:,} ranges of merged cells", hint="save the sheet alone, as CSV")
    if a and b and a[2] != b[2]:
        found.merged.setdefault(int(a[2]), []).append((_column(a[1]), int(b[2])))


def _link(found: Beside, ref: str, address: str | None) -> None:
    if address and (cell := CELL.fullmatch(ref.partition(":")[0])):
        found.links[int(cell[2]), _column(cell[1])] = address


def _formula(found: Beside, element: Any) -> None:
    """Notes a cell that has a formula and no value."""
    parts = {child.tag.rpartition("}")[2]: child.text for child in element}
    if "f" in parts and not parts.get("v") and (cell := CELL.fullmatch(element.get("r") or "")):
        found.empty.add((int(cell[2]), _column(cell[1])))


def _column(letters: str) -> int:
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - 64
    return number - 1
