"""A Frictionless data package (Data Package 1.0): CSV tables in a ZIP, and what they hold and refer to.

Cells that a spreadsheet might run are neutralised as in every CSV of ours; figures are numbers and stay as they are.
"""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ledger.exchange import Selection
from ledger.exchange.relational import Row, rows
from ledger.store import Ledger, beside
from ledger.store.listing import BY_NAME, TABLES, Cell, Column, Kind, Table
from ledger.text.formulas import neutral

NAME = "datapackage.json"
TYPES = {"text": "string", "time": "string", "integer": "integer", "yes/no": "boolean", "number": "number"}


OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every member of the ZIP, so that the same ledger gives the same bytes."""


def export_file(ledger: Ledger, selection: Selection, path: Path) -> None:
    """Writes a ZIP of one CSV a table and datapackage.json, where nothing is."""
    about = descriptor(
        TABLES, title=selection.title, license_=selection.license, at=beside.last_entry_time(ledger), bom=selection.bom
    )
    with TemporaryDirectory(dir=path.parent, prefix=f"{path.name}.") as folder:
        _spool(rows(ledger, selection), Path(folder), bom=selection.bom)
        with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
            with _member(archive, NAME) as out:
                out.write(about)
            for table in TABLES:
                with (
                    (Path(folder) / f"{table.name}.csv").open("rb") as spooled,
                    _member(archive, f"{table.name}.csv") as out,
                ):
                    shutil.copyfileobj(spooled, out)


def _member(archive: zipfile.ZipFile, name: str) -> Any:
    info = zipfile.ZipInfo(name, OLDEST)
    info.external_attr = 0o644 << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return archive.open(info, "w", force_zip64=True)


def _spool(found: Iterator[Row], folder: Path, *, bom: bool) -> None:
    """Each table in a file of its own: the rows come mixed, and a ZIP takes one member after another."""
    with ExitStack() as open_files:
        writers = {}
        for table in TABLES:
            file = open_files.enter_context(
                (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig" if bom else "utf-8", newline="")
            )
            writers[table.name] = csv.writer(file)
            writers[table.name].writerow(table.names)
        kinds = {t.name: [(c.name, c.kind) for c in t.columns] for t in TABLES}
        for name, row in found:
            writers[name].writerow([_cell(row[column], kind) for column, kind in kinds[name]])


def _cell(value: Cell, kind: Kind) -> Cell:
    if kind == "yes/no":
        return None if value is None else "yes" if value else "no"
    return neutral(value) if kind in ("text", "time") and isinstance(value, str) else value


def descriptor(
    tables: Iterable[Table],
    *,
    title: str | None = None,
    license_: str | None = None,
    at: str | None = None,
    bom: bool = False,
) -> bytes:
    """The descriptor of tables that lie beside it as NAME.csv, UTF-8 with a header line; `at` is when they were made."""
    about: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": "claims",
        "title": title or "Claims, who said them, and where they come from",
        "description": "A claim is the words of one article. Outlets that repeat one source are one source: count "
        "origins in filings, or sources_low and sources_high in questions, and not articles.",
    }
    if at:
        about["created"] = at
    if license_:
        about["licenses"] = [{"name": license_}]
    made = about | {"resources": [_resource(table, "utf-8-sig" if bom else "utf-8") for table in tables]}
    return json.dumps(made, ensure_ascii=False, indent=1).encode() + b"\n"


def _resource(table: Table, encoding: str) -> dict[str, Any]:
    references = [
        {
            "fields": c.name,
            "reference": {"resource": "" if c.to == table.name else c.to, "fields": BY_NAME[c.to].key[0]},
        }
        for c in table.columns
        if c.to
    ]
    schema: dict[str, Any] = {
        "fields": [_field(c, table.key) for c in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": encoding,
        "schema": schema | ({"foreignKeys": references} if references else {}),
    }


def _field(column: Column, key: tuple[str, ...]) -> dict[str, Any]:
    made: dict[str, Any] = {"name": column.name, "type": TYPES[column.kind]}
    if column.means:
        made["description"] = column.means
    if column.kind == "yes/no":
        made |= {"trueValues": ["yes"], "falseValues": ["no"]}
    if column.required or column.name in key:
        made["constraints"] = {"required": True}
    return made
