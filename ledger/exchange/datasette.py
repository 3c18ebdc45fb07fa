"""A SQLite file that Datasette shows as it is: plain tables with foreign keys, full-text search, and metadata beside it.

The same ledger gives the same bytes: the file is built in one order and written out whole by VACUUM INTO.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from ledger.errors import StoreError
from ledger.exchange import Selection
from ledger.exchange.relational import Row, rows
from ledger.store import Ledger
from ledger.store.connection import explain
from ledger.store.listing import BY_NAME, TABLES, Column, Table

TYPES = {"text": "TEXT", "time": "TEXT", "integer": "INTEGER", "yes/no": "INTEGER", "number": "NUMERIC"}
LOT = 2000
TOLD = frozenset({"yes/no", "number"})
"""Kinds of columns that need a word above the rows; the others speak for themselves, and rows are what people came for."""

SEARCHED = {
    "claims": ("exact", "says", "place", "scope"),
    "articles": ("title", "byline", "url"),
    "sources": ("name",),
    "questions": ("question",),
}
"""Tables with a search, and the columns it looks through."""

FACETS = {
    "claims": ("innermost", "place", "state"),
    "attributions": ("role", "source", "mode"),
    "figures": ("modifier", "measure", "unit"),
    "articles": ("publisher", "language"),
    "sources": ("kind",),
    "filings": ("question", "origin_standing"),
    "ratings": ("scale", "value", "by"),
    "links": ("relation",),
    "evidence": ("kind", "stance"),
    "source_relations": ("relation",),
}

QUERIES: dict[str, tuple[str, str]] = {
    "answers_by_original_source": (
        "Figures given to a question, by the original source they are traced to",
        "select f.origin, f.origin_standing, group_concat(distinct s.name) as outlets, count(distinct a.publisher) as"
        " outlet_count, group_concat(distinct g.text) as figures"
        " from filings f join claims c on c.id = f.claim join articles a on a.id = c.article"
        " left join sources s on s.id = a.publisher left join figures g on g.claim = c.id"
        " where f.question = :question group by f.origin, f.origin_standing order by outlet_count desc, f.origin",
    ),
    "many_outlets_one_source": (
        "Questions whose answers rest on fewer original sources than outlets",
        "select id, question, outlets, sources_low, sources_high from questions where outlets > sources_high"
        " order by outlets - sources_high desc, id",
    ),
    "who_is_relied_on": (
        "Sources by the number of claims in whose chain they are",
        "select s.id, s.name, s.kind, count(distinct t.claim) as claims from sources s"
        " join attributions t on t.source = s.id group by s.id order by claims desc, s.name",
    ),
    "words_only": (
        "Claims without a saved copy: their words cannot be checked",
        "select c.id, c.exact, c.cite, a.title, a.url from claims c join articles a on a.id = c.article"
        " where c.anchored = 0 order by c.id",
    ),
}


def export_file(ledger: Ledger, selection: Selection, path: Path) -> None:
    """Writes a SQLite file, where nothing is."""
    building = path.with_name(f"{path.name}.build")
    try:
        with closing(sqlite3.connect(building, isolation_level=None)) as db:
            _build(db, rows(ledger, selection))
            db.execute("VACUUM INTO ?", (str(path),))
    except sqlite3.Error as e:
        raise explain(e, str(path)) from None
    finally:
        for left in (building, Path(f"{building}-journal")):
            left.unlink(missing_ok=True)


def beside(ledger: Ledger, selection: Selection, name: str) -> bytes:  # noqa: ARG001
    """The metadata that Datasette shows with a database of this name: titles, facets, queries."""
    database: dict[str, Any] = {
        "tables": {t.name: _described(t) for t in TABLES},
        "queries": {name: {"title": title, "sql": sql} for name, (title, sql) in QUERIES.items()},
    }
    about: dict[str, Any] = {
        "title": selection.title or "Claims, who said them, and where they come from",
        "description": "A claim is the words of one article. Outlets that repeat one source are one source: count "
        "origins in filings, or sources_low and sources_high in questions, and not articles.",
        "source": "Claim Ledger",
    }
    if selection.license:
        about["license"] = selection.license
    return json.dumps(about | {"databases": {name: about | database}}, ensure_ascii=False, indent=1).encode() + b"\n"


# --- the file -----------------------------------------------------------------------------------------------------


def _build(db: sqlite3.Connection, found: Iterator[Row]) -> None:
    for setting in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF"):
        db.execute(f"PRAGMA {setting}")  # a crash leaves an unfinished neighbour, which nobody is given
    for table in TABLES:
        db.execute(_created(table))
    inserts = {t.name: f"INSERT INTO [{t.name}] VALUES ({', '.join(f':{name}' for name in t.names)})" for t in TABLES}
    db.execute("BEGIN")
    while lot := list(islice(found, LOT)):
        for name in dict.fromkeys(name for name, _ in lot):
            db.executemany(inserts[name], [row for table, row in lot if table == name])
    db.execute("COMMIT")
    for table in TABLES:
        for statement in (*_indexes(table), *_search(table.name)):
            db.execute(statement)
    if wrong := db.execute("PRAGMA foreign_key_check").fetchone():
        raise StoreError(f"a row of {wrong[0]} refers to one of {wrong[2]} that is not there", hint="claims doctor")


def _created(table: Table) -> str:
    columns = [_column(c) for c in table.columns]
    keys = [f"FOREIGN KEY ([{c.name}]) REFERENCES [{c.to}] ([{BY_NAME[c.to].key[0]}])" for c in table.columns if c.to]
    primary = f"PRIMARY KEY ({', '.join(f'[{k}]' for k in table.key)})"
    return f"CREATE TABLE [{table.name}] (\n  " + ",\n  ".join([*columns, primary, *keys]) + "\n)"


def _column(column: Column) -> str:
    return f"[{column.name}] {TYPES[column.kind]}{' NOT NULL' if column.required else ''}"


def _indexes(table: Table) -> Iterator[str]:
    for column in table.columns:
        if column.to and column.name != table.key[0]:
            yield f"CREATE INDEX [{table.name}_{column.name}] ON [{table.name}] ([{column.name}])"


def _search(name: str) -> Iterator[str]:
    """An external-content index: Datasette finds it by its content= and gives the table a search box."""
    if name not in SEARCHED:
        return
    columns = ", ".join(f"[{c}]" for c in SEARCHED[name])
    yield (
        f"CREATE VIRTUAL TABLE [{name}_fts] USING fts5 ({columns}, content=[{name}], "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    yield f"INSERT INTO [{name}_fts] ([{name}_fts]) VALUES ('rebuild')"
    old, new = (", ".join(f"{side}.[{c}]" for c in SEARCHED[name]) for side in ("old", "new"))
    gone = f"INSERT INTO [{name}_fts] ([{name}_fts], rowid, {columns}) VALUES ('delete', old.rowid, {old});"
    come = f"INSERT INTO [{name}_fts] (rowid, {columns}) VALUES (new.rowid, {new});"
    for event, action in (("INSERT", come), ("DELETE", gone), ("UPDATE", gone + " " + come)):
        yield f"CREATE TRIGGER [{name}_{event.lower()}] AFTER {event} ON [{name}] BEGIN {action} END"


# --- metadata -----------------------------------------------------------------------------------------------------


def _described(table: Table) -> dict[str, Any]:
    made: dict[str, Any] = {
        "title": table.title,
        "label_column": table.label,
        "columns": {c.name: c.means for c in table.columns if c.means and (c.to or c.kind in TOLD)},
    }
    if table.name in FACETS:
        made["facets"] = list(FACETS[table.name])
    return made
