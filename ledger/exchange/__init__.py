"""Import and export of records, one file a format, streaming.

An export's module gives `export(ledger, selection) -> Iterator[bytes]`, or, where the format cannot be streamed,
`export_file(ledger, selection, path)`, which writes one new file. An import's module gives `looks_like(head, name) -> bool` and
`rows(name) -> Iterator[Row]`: whatever the format, its rows are those of our own import format, which one importer logs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from msgspec import Struct

from ledger.errors import BadInput
from ledger.store import Ledger


class Selection(Struct, frozen=True):
    """What is exported, and how."""

    question: str | None = None
    """The uid of a question: only claims filed under it."""
    full_text: bool = False
    bom: bool = False
    """A byte order mark before CSV, for spreadsheets that guess the encoding."""
    claims: tuple[str, ...] = ()
    """The uids of the claims to export, all others left out; a format refuses where it cannot give one of them."""
    reviewer: str | None = None
    """The organisation that reviews, for ClaimReview."""
    reviewer_url: str | None = None
    base_url: str | None = None
    """Where the reviews are published, for those without a logged publication."""
    title: str | None = None
    """The title of the data set, for formats that state one."""
    license: str | None = None
    """The licence, for formats that state one."""
    tell: Callable[[str], None] | None = None
    """Called with a sentence for each thing that was left out, and why."""


class Export(Struct, frozen=True):
    """One format: its module, the file endings that name it, whether it needs a file, the extra that it needs."""

    module: str
    title: str
    endings: tuple[str, ...] = ()
    file: bool = False
    beside: str | None = None
    """The ending of a second file that goes beside the first, such as metadata."""
    extra: str | None = None


EXPORTS: dict[str, Export] = {
    "csv": Export("flat", "claims as one flat table", (".csv",)),
    "jsonl": Export("json_lines", "claims, to be imported again", (".jsonl", ".ndjson")),
    "tables": Export("datapackage", "a zip of CSV files, one a table, described (Frictionless)", (".zip",), file=True),
    "xlsx": Export("xlsx", "a workbook: claims, articles, sources, questions", (".xlsx",), file=True),
    "parquet": Export("parquet", "claims with chains and figures nested", (".parquet",), file=True, extra="parquet"),
    "claimreview": Export("claimreview", "rated claims as schema.org ClaimReview (JSON-LD)", (".jsonld",)),
    "annotations": Export("web_annotations", "claims as W3C Web Annotations (JSON-LD)"),
    "datasette": Export(
        "datasette", "plain tables for Datasette (SQLite), with metadata beside", (".db", ".sqlite"), file=True,
        beside=".metadata.json",
    ),
    "datapackage": Export("datapackage", "the same", file=True),
    "prov": Export("prov", "where each claim comes from, as W3C PROV-JSON"),
    "geojson": Export("geojson", "claims with coordinates as points (GeoJSON)", (".geojson",)),
    "wacz": Export("wacz", "pages captured from the web, to be replayed (WACZ)", (".wacz",), file=True),
    "ledger": Export("ledger_lines", "everything: the log and the kept bytes"),
}  # fmt: skip


def chunks(ledger: Ledger, name: str, selection: Selection) -> Iterator[bytes]:
    """The export of a format that streams, piece by piece."""
    found: Iterator[bytes] = _module(name).export(ledger, selection)
    return found


def write_file(ledger: Ledger, name: str, selection: Selection, path: Path) -> None:
    """The export of a format that needs a file, at a path where nothing is."""
    _module(name).export_file(ledger, selection, path)


def beside(ledger: Ledger, name: str, selection: Selection, path: Path) -> tuple[Path, bytes] | None:
    """The file that goes beside an export written to this path, where its format has one."""
    ending = EXPORTS[name].beside
    if ending is None:
        return None
    data: bytes = _module(name).beside(ledger, selection, path.stem)
    return path.with_name(path.stem + ending), data


def _module(name: str) -> Any:
    if name not in EXPORTS:
        raise BadInput(f"no format {name!r}", hint="there are: " + ", ".join(EXPORTS))
    return import_module(f"ledger.exchange.{EXPORTS[name].module}")
