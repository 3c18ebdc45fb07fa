"""Writes tables.py from schema.sql: a class for each view, and for each table that no view shows. Run: make models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from sqlmodel import SQLModel

HIDDEN = frozenset({"setting", "node", "searchable", "fingerprint", "withheld"})
"""Tables that the store alone reads."""

PYTHON = {"INTEGER": "int", "TEXT": "str", "BLOB": "bytes"}

HEAD = '''"""The tables and views of schema.sql as classes. Generated, do not edit: make models."""

from __future__ import annotations

from sqlmodel import Field

from ledger.models.base import Row, Truth
'''


class Column(Struct, frozen=True):
    """A column of a table or view."""

    name: str
    type: str
    nullable: bool = False
    key: bool = False


Columns = list[Column]


def source(schema: str) -> str:
    """The text of tables.py."""
    known = relations(
        re.sub(r"--.*", "", re.sub(r"^-- \[sqlite\]$.*?^-- \[/sqlite\]$", "", schema, flags=re.DOTALL | re.MULTILINE))
    )
    shown = {n: c for n, c in known.items() if n not in HIDDEN and f"{n}_view" not in known}
    return HEAD + "".join(f"\n\n{_class(name, columns)}" for name, columns in sorted(shown.items()))


def relations(schema: str) -> dict[str, Columns]:
    """The columns of every table and view, by its name."""
    known: dict[str, Columns] = {}
    for kind, name, rest in re.findall(r"CREATE (TABLE|VIEW) (\w+)\s(.*?);", schema, re.DOTALL):
        known[name] = list(_table(rest) if kind == "TABLE" else _view(rest, known))
    return known


# --- tables -------------------------------------------------------------------------------------------------------


def _table(text: str) -> Iterator[Column]:
    inside = text.strip()[1:-1]
    keys = re.search(r"^\s*PRIMARY KEY \((.*?)\)", inside, re.MULTILINE)
    for item in _split(inside):
        words = item.split()
        if words[1] not in PYTHON:  # a rule of the table
            continue
        key = "PRIMARY KEY" in item or bool(keys and words[0] in keys[1].split(", "))
        truth = re.search(r"IN \(0, 1\)", item)
        yield Column(words[0], "bool" if truth else PYTHON[words[1]], not key and "NOT NULL" not in item, key)


def _split(text: str) -> Iterator[str]:
    """The items between the commas that stand in no brackets."""
    depth, start = 0, 0
    for i, c in enumerate(text):
        depth += (c == "(") - (c == ")")
        if c == "," and depth == 0:
            yield text[start:i].strip()
            start = i + 1
    yield text[start:].strip()


# --- views --------------------------------------------------------------------------------------------------------


def _view(text: str, known: dict[str, Columns]) -> Iterator[Column]:
    found = re.match(r"AS\s+SELECT\s(.*?)\n(FROM\s.*)", text, re.DOTALL)
    if found is None:
        raise ValueError(f"not a view that can be read: {text}")
    tables = _joined(found[2], known)
    for item in _split(found[1]):
        alias, _, name = item.partition(".")
        if name == "*":
            yield from tables[alias].values()
        else:
            yield _expression(item, tables)


def _joined(text: str, known: dict[str, Columns]) -> dict[str, dict[str, Column]]:
    """The columns of each joined table, by its alias; those of a left join may be null and are no keys."""
    tables: dict[str, dict[str, Column]] = {}
    for left, name, alias in re.findall(r"(?:FROM|(LEFT )?JOIN) (\w+) (\w+)", text):
        columns = [replace(c, nullable=True, key=False) if left else c for c in known[name]]
        tables.setdefault(alias, {c.name: c for c in columns})
    return tables


def _expression(item: str, tables: dict[str, dict[str, Column]]) -> Column:
    """The column that one item of a SELECT gives."""
    body, _, name = item.rpartition(" AS ")
    if plain := re.fullmatch(r"(\w+)\.(\w+)", body or item):
        return replace(tables[plain[1]][plain[2]], name=name if body else plain[2])
    if short_id := re.fullmatch(r"(\w+)\.letter \|\| \1\.n", body):
        return Column(name, "str", tables[short_id[1]]["n"].nullable)
    if re.match(r"\(SELECT count\(", body):
        return Column(name, "int")
    if re.fullmatch(r"coalesce\([\w.]+, '.*?'\)|[\w.]+ \|\| ' ' \|\| [\w.]+", body):
        return Column(name, "str")
    if re.fullmatch(r"CASE WHEN .* THEN 1 ELSE 0 END", body, re.DOTALL):
        return Column(name, "bool")
    raise ValueError(f"what type is {item}?")


# --- classes ------------------------------------------------------------------------------------------------------


def _class(name: str, columns: Columns) -> str:
    title = "".join(word.title() for word in name.split("_"))
    return "\n".join([f"class {title}(Row, table=True):", *map(_field, columns), ""])


def _field(column: Column) -> str:
    taken = hasattr(SQLModel, column.name) or column.name in PYTHON.values()
    options = {
        "primary_key=True": column.key,
        "sa_type=Truth": column.type == "bool",
        f'sa_column_kwargs={{"name": "{column.name}"}}': taken,
    }
    given = ", ".join(option for option, holds in options.items() if holds)
    declared = f"    {column.name}{'_' * taken}: {column.type}{' | None' * column.nullable}"
    return f"{declared} = Field({given})" if given else declared


if __name__ == "__main__":
    root = Path(__file__).parents[2]
    text = source((root / "schema.sql").read_text(encoding="utf-8"))
    (root / "ledger" / "models" / "tables.py").write_text(text, encoding="utf-8")
