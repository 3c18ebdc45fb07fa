"""Claims as Apache Parquet: one row a claim, its chain, figures and times as lists of records; a row group at a time."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ledger.errors import Refused
from ledger.exchange import Selection, flat, json_lines
from ledger.exchange.import_line import ARTICLE
from ledger.exchange.json_lines import FIELDS
from ledger.records import Hop, Json, Place, Quantity, TimeSpan, json_text, plain
from ledger.store import Ledger
from ledger.store.whole import Whole

GROUP = 10_000
"""Claims of a row group."""


def export_file(ledger: Ledger, selection: Selection, path: Path) -> None:
    """The file at a path where nothing is; Refused where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise Refused('this needs the extra "parquet"', hint='pip install "claim-ledger[parquet]"') from None
    own = flat.own(ledger)
    schema = _schema(pa, own)
    found = json_lines.lines(ledger, selection)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while rows := [_row(*one) for one in islice(found, GROUP)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _row(found: Whole, line: Json) -> Json:
    """The claim with all its fields, those with their defaults too, and its line's key and article."""
    claim, check, rating = found.claim, found.claim.check, found.claim.rating
    row: Json = plain(claim) | {name: line.get(name) for name in ("questions", "tags")}
    for time in row["times"]:
        time["alternatives"] = json_text(time["alternatives"]) if time["alternatives"] else None
    return row | {
        "key": line["key"], "article_id": claim.article, "article": line["article"], "extra": found.extra,
        "unsure": json_text(claim.unsure) if claim.unsure else None, "reading": _text(claim.reading),
        "translation": _text(claim.translation), "check": check and check.value,
        "rating": rating and rating.value, "rated_by": rating and rating.by,
        "rating_because": rating and rating.because,
    } | claim.fields  # fmt: skip


def _text(value: Struct | None) -> str | None:
    """What has no columns of its own, as JSON text."""
    return None if value is None else json_text(msgspec.to_builtins(value))


def _schema(pa: Any, own: tuple[str, ...]) -> Any:
    types = {"int": pa.int64(), "bool": pa.bool_()}

    def typed(kind: type[Struct], name: str) -> Any:
        return types.get(str(kind.__annotations__[name]).split(" ")[0], pa.string())

    def record(kind: type[Struct], *left_out: str) -> Any:
        return pa.struct([(name, typed(kind, name)) for name in kind.__struct_fields__ if name not in left_out])

    words = pa.list_(pa.string())
    nested = {
        "article": pa.struct([(name, pa.string()) for name in sorted(ARTICLE - {"extra"} | {"text"})]),
        "attribution": pa.list_(record(Hop, "stands_for", "source_id")), "quantities": pa.list_(record(Quantity)),
        "times": pa.list_(record(TimeSpan)), "place": record(Place), "questions": words, "tags": words,
        "start": types["int"], "end": types["int"], "anchored": types["bool"],
    }  # fmt: skip
    first = ("id", "uid", "article_id", "key", "article")
    last = ("extra", "end", "anchored", "state", "check", "rating", "rated_by", "rating_because")
    fields = [name for name in FIELDS if name != "fields"]
    return pa.schema([(name, nested.get(name) or pa.string()) for name in (*first, *fields, *last, *own)])
