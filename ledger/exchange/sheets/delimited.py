"""CSV and its kin: the encoding by mark, as UTF-8, else guessed; the delimiter by which the rows come out equally long."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import Any, BinaryIO, NamedTuple

from msgspec import Struct

from ledger import extract
from ledger.errors import BadInput, CutOff
from ledger.exchange.rows import opened
from ledger.exchange.sheets.cells import EPOCH, Line, line
from ledger.exchange.sheets.fields import named

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = ",;\t|"
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
ALONE = "\x1f"
"""The delimiter of a table of one column: a character that stands in none."""
SAMPLE = 256 * 1024
FIELD_LIMIT = 16 * 1024 * 1024
"""Characters of the longest cell; an article's text may stand in one."""


class Dialect(NamedTuple):
    """How a table's text is cut into cells."""

    delimiter: str
    skip: bool = False
    """Spaces after a delimiter are not the cell's."""
    escape: str | None = None
    """The character that a quotation mark in a cell is written with, where it is not doubled."""
    hint: bool = False
    """The first line is no row but Excel's "sep=;"."""

    def reader(self, text: Iterator[str], *, strict: bool) -> Any:
        csv.field_size_limit(FIELD_LIMIT)
        return csv.reader(
            text, delimiter=self.delimiter, skipinitialspace=self.skip, escapechar=self.escape,
            doublequote=self.escape is None, strict=strict,
        )  # fmt: skip


class Delimited(Struct, frozen=True):
    """A table in a text file."""

    name: str
    encoding: str
    dialect: Dialect
    strict: bool
    epoch: date = EPOCH

    @property
    def detail(self) -> str:
        shown = self.encoding.removesuffix("-sig").upper()
        cut = NAMES.get(self.dialect.delimiter)
        return f"{shown}, cells between {cut}" if cut else f"{shown}, one column"

    @contextmanager
    def lines(self) -> Iterator[Iterator[Line]]:
        with opened(self.name) as file, closing(self._lines(file)) as lines:
            yield lines

    def _lines(self, file: BinaryIO) -> Generator[Line]:
        text = io.TextIOWrapper(file, self.encoding, newline="")
        number = 0
        try:
            if self.dialect.hint:
                text.readline()
            for number, cells in enumerate(self.dialect.reader(text, strict=self.strict), 1):
                yield line(number, cells)
        except csv.Error as e:
            raise _unclosed(self.name, number + 1, e) from None
        except UnicodeDecodeError:
            raise _not_all(self.name, self.encoding, number + 1) from None
        finally:
            text.detach()


def read(name: str, *, delimiter: str | None = None, encoding: str | None = None) -> Delimited:
    """The table of a text file, its encoding and delimiter found where they are not given."""
    found = _codec(encoding) if encoding else _encoding(name)
    dialect = _dialect(_sample(name, found), delimiter)
    table = Delimited(name, found, dialect, strict=True)
    return table if _well_formed(table) else Delimited(name, found, dialect, strict=False)


def first_lines(head: bytes) -> list[list[str]]:
    """The rows that stand in a file's beginning, without blank ones; none where it is no text."""
    try:
        encoding = _marked(head) or ("utf-8" if _is_utf8(head) else "cp1252")
        text = head.decode(encoding, "replace")
    except UnicodeError:
        return []
    if "\x00" in text:
        return []
    text = text[: text.rfind("\n") + 1] or text
    dialect = _dialect(text, None)
    return [row for row in _rows(text, dialect, strict=False) if any(cell.strip() for cell in row)]


def consistent(head: bytes) -> bool:
    """True where a file's beginning is a table of two columns or more, whatever its name."""
    rows = first_lines(head)
    counts = Counter(len(row) for row in rows)
    return len(rows) > 1 and max(counts) > 1 and counts.most_common(1)[0][0] > 1


# --- the encoding -------------------------------------------------------------------------------------------------


def _encoding(name: str) -> str:
    with opened(name) as file:
        head = file.read(SAMPLE)
    if marked := _marked(head):
        return marked
    if b"\x00" in head:
        if wide := _wide(head):
            return wide
        raise BadInput(f"{name} is binary, not a table", hint="save it as CSV in UTF-8, or as XLSX")
    return "utf-8" if _all_utf8(name) else extract.decode(_telling(name), name=name).encoding


def _marked(head: bytes) -> str | None:
    return next((codec for mark, codec in MARKS if head.startswith(mark)), None)


def _wide(head: bytes) -> str | None:
    """UTF-16 without its mark, by the zeros in every second byte of western text."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 3 < len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _all_utf8(name: str) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(name) as file:
        try:
            while chunk := file.read(SAMPLE):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _telling(name: str) -> bytes:
    """Lines that are not ASCII, enough to tell an encoding by."""
    kept: list[bytes] = []
    room = SAMPLE
    with opened(name) as file:
        while room > 0 and (line := file.readline(SAMPLE)):
            if not line.isascii():
                kept.append(line)
                room -= len(line)
    return b"".join(kept)


def _codec(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise BadInput(f"no encoding {encoding!r}", hint="such as utf-8, utf-16, cp1252") from None


def _not_all(name: str, encoding: str, row: int) -> CutOff:
    return CutOff(f"{name}, row {row}: not all of it is {encoding.removesuffix('-sig')}", hint="save it again as UTF-8")


# --- the delimiter ------------------------------------------------------------------------------------------------


def _sample(name: str, encoding: str) -> str:
    with opened(name) as file:
        text = io.TextIOWrapper(file, encoding, newline="")
        try:
            return text.read(SAMPLE)
        except UnicodeError:
            raise _not_all(name, encoding, 1) from None
        finally:
            text.detach()


def _dialect(text: str, given: str | None) -> Dialect:
    """The way to cut the text in which the most rows have the same number of cells, two at least."""
    if hint := re.match(r"\s*\"?sep=(.)\"?\r?\n", text):
        return _spaced(text[hint.end() :], hint[1])._replace(hint=True)
    if given is not None:
        return _spaced(text, given)
    if named(text.lstrip().partition("\n")[0]):
        return Dialect(ALONE)  # a header that is one name, whatever commas stand in the sentences below it
    ranked = sorted(((_score(text, d), d) for d in DELIMITERS), key=lambda scored: scored[0], reverse=True)
    best, delimiter = ranked[0]
    return _spaced(text, delimiter) if best[1] > 0 else Dialect(ALONE)


def _score(text: str, delimiter: str) -> tuple[bool, float, int]:
    """True if all quotation marks are in pairs, the share of rows of the commonest length, and that length."""
    dialect = _spaced(text, delimiter)
    try:
        rows, sound = list(_rows(text, dialect, strict=True)), True
    except csv.Error:
        rows, sound = list(_rows(text, dialect, strict=False)), False
    counts = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    length, times = max(counts.items(), key=lambda item: (item[0] > 1, item[1], item[0]), default=(1, 0))
    share = times / max(1, counts.total())
    return (sound, round(share, 2), length) if length > 1 else (sound, 0.0, 1)


def _rows(text: str, dialect: Dialect, *, strict: bool) -> Iterator[list[str]]:
    """The rows of a sample; the last one may be cut short by its end."""
    body = text.partition("\n")[2] if dialect.hint else text
    try:
        yield from dialect.reader(io.StringIO(body, newline=""), strict=strict)
    except csv.Error as e:
        if "unexpected end" not in str(e):
            raise


def _spaced(text: str, delimiter: str) -> Dialect:
    """With spaces after the delimiters, or with backslashes before quotation marks, where the text has them."""
    mark = re.escape(delimiter)
    # a quotation mark inside a quoted cell is doubled, so this one opens a cell
    skip = delimiter != ALONE and re.search(rf'{mark} +"[^"{mark}\r\n]', text) is not None
    plain = Dialect(delimiter, skip)
    if '\\"' not in text or _sound(text, plain):
        return plain
    escaped = Dialect(delimiter, skip, "\\")
    return escaped if _sound(text, escaped) else plain


def _sound(text: str, dialect: Dialect) -> bool:
    try:
        return bool(list(_rows(text, dialect, strict=True)))
    except csv.Error:
        return False


def _well_formed(table: Delimited) -> bool:
    """True where every quotation mark has its pair; CutOff where one is never closed: then rows are lost in a cell."""
    try:
        with table.lines() as lines:
            for _ in lines:
                pass
    except CutOff:
        raise
    except BadInput:
        return False
    return True


def _unclosed(name: str, row: int, error: csv.Error) -> BadInput:
    if "unexpected end" in str(error) or "limit" in str(error):
        return CutOff(
            f"{name}, row {row}: a quotation mark opens a cell that is never closed",
            hint="close it, or write it twice where it is part of the text",
        )
    return BadInput(f"{name}, row {row}: {error}")
