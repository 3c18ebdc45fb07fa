"""Claims as Apache Parquet: one row a claim, its chain, figures and times as lists of records; a row group at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from ledger.errors import Refused
from ledger.exchange import Selection, claim_export
from ledger.exchange.claim_export import ArticleOut, HopOut, Line, PlaceOut, QuantityOut, TimeOut
from ledger.records import Json, json_text
from ledger.store import Ledger
from ledger.store.whole import Whole
from ledger.vocabulary import EntryKind

GROUP = 10_000
"""Claims of a row group."""


def export_file(ledger: Ledger, selection: Selection, path: Path) -> None:
    """The file at a path where nothing is; Refused where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise Refused('this needs the extra "parquet"', hint='pip install "claim-ledger[parquet]"') from None
    schema = _schema(pa)
    found = claim_export.lines(ledger, selection)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while rows := [_row(claim, line) for claim, line in islice(found, GROUP)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _row(claim: Whole, line: Line) -> Json:
    check, rating = claim.judged(EntryKind.CHECK), claim.judged(EntryKind.RATING)
    told = {
        "id": f"C{claim.head.n}", "uid": claim.head.uid, "article_id": f"A{claim.page.n}", "end": claim.head.end,
        "anchored": bool(claim.head.anchored), "state": claim.state, "check": check and check[2],
        "rating": rating and rating[2], "rated_by": rating and rating[3], "rating_because": rating and rating[4],
    }  # fmt: skip
    return told | dict(_plain(line))


def _plain(line: Line) -> Iterator[tuple[str, Any]]:
    """The fields of the line; what has no fixed shape stays JSON text."""
    for name in Line.__struct_fields__:
        value = getattr(line, name)
        if isinstance(value, msgspec.Raw):
            yield name, bytes(value).decode()
        elif name in ("reading", "translation"):
            yield name, value and json_text(value)
        elif name == "times":
            yield name, [_time(time) for time in value]
        else:
            yield name, msgspec.to_builtins(value)


def _time(time: TimeOut) -> Json:
    data = {name: getattr(time, name) for name in TimeOut.__struct_fields__}
    return data | {"alternatives": None if time.alternatives is None else bytes(time.alternatives).decode()}


def _schema(pa: Any) -> Any:
    types = {"int": pa.int64(), "bool": pa.bool_()}

    def typed(kind: type[msgspec.Struct], name: str) -> Any:
        return types.get(str(kind.__annotations__[name]).split(" ")[0], pa.string())

    def record(kind: type[msgspec.Struct]) -> Any:
        return pa.struct([(name, typed(kind, name)) for name in kind.__struct_fields__])

    words = pa.list_(pa.string())
    nested = {
        "article": record(ArticleOut), "attribution": pa.list_(record(HopOut)), "quantities": pa.list_(record(QuantityOut)),
        "times": pa.list_(record(TimeOut)), "place": record(PlaceOut), "questions": words, "tags": words, "end": types["int"],
        "anchored": types["bool"],
    }  # fmt: skip
    first = ("id", "uid", "article_id")
    last = ("end", "anchored", "state", "check", "rating", "rated_by", "rating_because")
    return pa.schema(
        [(name, pa.string()) for name in first]
        + [(name, nested.get(name) or typed(Line, name)) for name in Line.__struct_fields__]
        + [(name, nested.get(name) or pa.string()) for name in last]
    )
