"""Rows of an import, whatever its format: our own import format's lines, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from msgspec import Struct

from ledger.errors import BadInput, NotFound
from ledger.records import Json


class Copy(Struct, frozen=True):
    """The bytes of a saved copy that came with a row; its text stands in the row's article."""

    raw: bytes
    method: str
    name: str | None = None
    media_type: str | None = None
    encoding: str = "utf-8"
    extractor: str = "none"


class Returned(Struct, frozen=True):
    """A row of our own export that comes back, its cells by column name."""

    id: str
    key: str
    cells: dict[str, str]
    was: dict[str, str] | None
    """The cells as they were exported; None where the row has no record."""
    delete: bool
    """A person marked it: its claim is to be taken back."""


class Row(Struct, frozen=True):
    """One claim to be logged, or why there is none in this place."""

    number: int
    """Of the line, the spreadsheet's row, or the item in a list; from 1."""
    data: bytes | Json | BadInput | None
    """JSON text, the line as data, what is wrong with it, or nothing to log; then the notes say why."""
    notes: tuple[str, ...] = ()
    """What is worth saying of it."""
    versions: bool = False
    """Where its key is known with other content: that is another version of the same thing, kept beside the first."""
    loose: bool = False
    """Where its words cannot be anchored in the copy that this ledger has, it is logged as a citation, with the reason."""
    article_only: bool = False
    """Its data is an article; there is no claim in it."""
    copy: Copy | None = None
    back: Returned | None = None
    """The row as it comes back, where it was exported by us: of a claim that the ledger has it is an edit."""


class Import(Struct, frozen=True):
    """One format: its module and what it is, in a few words."""

    module: str
    title: str
    extra: str | None = None
    table: bool = False
    """It is a table, whose columns a mapping may name."""
    place: str = "line"
    """What `Row.number` counts."""


IMPORTS: dict[str, Import] = {
    "averitec": Import("averitec", "AVeriTeC's JSON", place="item"),
    "claimreview": Import("claimreview", "ClaimReview: pages, JSON-LD, feeds, answers of Google's API", place="item"),
    "annotations": Import("web_annotations", "Web Annotations (W3C), exports of Hypothesis", place="item"),
    "jsonl": Import("json_lines", "JSON Lines, one claim a line"),
    "check": Import("check_csv", "Meedan Check's CSV", table=True, place="row"),
    "auto-archiver": Import("auto_archiver", "sheets that auto-archiver filled", table=True, place="row"),
    "csv": Import("sheets", "a spreadsheet: CSV, TSV, XLSX, with any headers", table=True, place="row"),
    "xlsx": Import("sheets", "the same", table=True, place="row"),
}
"""Formats in the order in which a file's beginning is held against them."""

HEAD = 64 * 1024
"""Bytes of a file's beginning that tell its format."""


def rows(name: str, format_: str | None = None, **options: Any) -> Iterator[Row]:
    """The rows of a file ("-" is standard input) in this format, else in the one its beginning tells."""
    name_of = chosen(name, format_)
    given = {option: value for option, value in options.items() if value is not None}
    if given and not IMPORTS[name_of].table:
        raise BadInput(f"{name} is no table", hint="--map and --sheet are for spreadsheets")
    found: Iterator[Row] = _module(name_of).rows(name, **given)
    return found


def chosen(name: str, format_: str | None = None) -> str:
    """The format that is asked for, else the one the file's beginning tells."""
    if format_ is None:
        return told(name)
    if format_ not in IMPORTS:
        raise BadInput(f"no format {format_!r}", hint="there are: " + ", ".join(IMPORTS))
    return format_


def told(name: str) -> str:
    """The format that a file's beginning tells; JSON Lines where it tells none."""
    if name == "-":
        return "jsonl"
    with opened(name) as file:
        head = file.read(HEAD)
    return next((n for n in IMPORTS if _module(n).looks_like(head, name)), "jsonl")


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The bytes of a file, or of standard input."""
    import sys

    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(name).open("rb") as file:
            yield file
    except FileNotFoundError:
        raise NotFound(f"no such file: {name}") from None
    except OSError as e:
        raise BadInput(f"cannot read {name}: {e.strerror}") from None


def _module(name: str) -> Any:
    return import_module(f"ledger.exchange.{IMPORTS[name].module}")
