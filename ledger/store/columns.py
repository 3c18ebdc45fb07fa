"""Rows as records, by the names of their columns: the one place that knows which column holds which field, and how."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import cache, lru_cache, partial
from operator import itemgetter
from types import UnionType
from typing import Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from ledger import records as r
from ledger.errors import StoreError

Record = TypeVar("Record", bound=Struct)
Row = TypeVar("Row")
Decode = Callable[[Any], Any]

RETRACTABLE = (
    "capture",
    "relation",
    "party",
    "link",
    "finding",
    "judgement",
    "note",
    "reply",
    "search_made",
    "correction",
    "signoff",
    "field",
    "template",
)
"""Tables whose rows are taken back with the thing or the entry that they are of."""

RENAMED = {"start": "start_at", "end": "end_at", "window": "time_window", "precision": "precision_", "by": "by_"}
"""Columns that are called otherwise than their field, because SQL has a use of its own for the word."""

NAMED: dict[Any, dict[str, str]] = {
    r.Claim: {"article": "article_id"},
    r.Hop: {"source": "source_name", "text": "mention", "start": "mention_start", "end": "mention_end"},
    r.Capture: {"article": "article_id"},
    r.SourceRelation: {"source": "source_name", "to": "to_name"},
    r.Party: {"question": "question_id"},
    r.Link: {"a": "a_id", "b": "b_id"},
    r.FindingWord: {"a": "a_id", "b": "b_id"},
    r.Suggestion: {"target": "target_id", "made": "made_id"},
    r.Evidence: {"target": "target_id"},
    r.Request: {"target": "target_id", "source": "source_name"},
    r.Search: {"where": "places"},
    r.Publication: {"about": "about_id", "sha256": "blob"},
    r.Query: {"about": "about_id"},
    r.Work: {"id": "about_id"},
    r.OwnField: {"on": "on_", "values": "times_used"},
}
"""Columns of the views that give an id or a name where the table has a uid."""

NOT_READ: dict[Any, frozenset[str]] = {
    r.Claim: frozenset({"key_hash", "fields"}), r.Hop: frozenset({"stands_for"}), r.Article: frozenset({"fields", "custody"}),
    **dict.fromkeys((r.Source, r.Question), frozenset({"fields"})),
}  # fmt: skip
"""Fields that are only written, only suggested, or filled in later."""


def record(kind: type[Record], row: sqlite3.Row, /, **given: Any) -> Record:
    """The record of a row; `given` are the fields that do not stand in it."""
    plan = _plan(kind, tuple(given))
    return _made(kind, plan, plan.cells(row), given)


def reader(kind: type[Record], columns: Sequence[str], given: tuple[str, ...] = ()) -> Callable[..., Record]:
    """The same for many plain rows with these columns, which are found by their places: three times as fast."""
    return _reader(kind, tuple(columns), given)


@lru_cache(maxsize=256)
def _reader(kind: Any, columns: tuple[str, ...], given: tuple[str, ...]) -> Callable[..., Any]:
    plan = _plan(kind, given)
    cells = itemgetter(*(columns.index(name) for name in plan.columns))
    return lambda row, **given: _made(kind, plan, cells(row), given)


def names_of(rows: Any) -> list[str]:
    """The columns of a cursor's rows."""
    return [column[0] for column in rows.description]


def _made(kind: type[Record], plan: _Plan, cells: tuple[Any, ...], given: dict[str, Any]) -> Record:
    fields = dict(zip(plan.names, cells, strict=True))
    for name, decode in plan.decoded:
        if fields[name] is not None:
            fields[name] = decode(fields[name])
    fields.update(given)
    return kind(**fields)


class _Plan(NamedTuple):
    names: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Callable[[sqlite3.Row], tuple[Any, ...]]
    decoded: tuple[tuple[str, Decode], ...]


@cache
def _plan(kind: type[Struct], given: tuple[str, ...]) -> _Plan:
    """The fields of a record that a row has, their columns, and what makes a value of those that are not stored as it."""
    renamed, hints = RENAMED | NAMED.get(kind, {}), get_type_hints(kind)
    names = [n for n in kind.__struct_fields__ if n not in given and n not in NOT_READ.get(kind, ())]
    columns = tuple(renamed.get(n, n) for n in names)
    decoded = ((name, _decoder(hints[name])) for name in names)
    return _Plan(
        tuple(names),
        columns,
        itemgetter(*columns),
        tuple((name, decode) for name, decode in decoded if decode is not None),
    )


def _decoder(hint: Any) -> Decode | None:
    kind = next(arg for arg in get_args(hint) if arg is not type(None)) if isinstance(hint, UnionType) else hint
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _words(kind)
    if kind is bool:
        return kind
    if get_origin(kind) in (dict, tuple) or (isinstance(kind, type) and issubclass(kind, Struct)):
        return partial(_from_json, kind)
    return None


class _Words(dict[Any, Any]):
    """Members by their values; of another value the list says that it is none."""

    def __init__(self, kind: type[Enum]) -> None:
        super().__init__((member.value, member) for member in kind)
        self._kind = kind

    def __missing__(self, word: Any) -> Any:
        return self._kind(word)


def _words(kind: type[Enum]) -> Decode:
    """The members of a list of words by their values, which is quicker than asking the list; that says what is none."""
    return _Words(kind).__getitem__


def _from_json(kind: Any, text: str) -> Any:
    """The value that a column keeps as JSON text; numbers of an object stay as exact as they were written."""
    if text == "[]" and get_origin(kind) is tuple:
        return ()
    try:
        return json.loads(text) if get_origin(kind) is dict else msgspec.json.decode(text, type=kind)
    except ValueError as e:
        raise StoreError(f"a derived table holds what it cannot: {e}", hint="claims verify; claims rebuild") from None


def lots(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of so many, the last one shorter."""
    lot: list[Row] = []
    for row in rows:
        lot.append(row)
        if len(lot) == size:
            yield lot
            lot = []
    if lot:
        yield lot
