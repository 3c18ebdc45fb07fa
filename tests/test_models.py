"""The SQLModel classes are the schema: every table, view and column, and the rows that the store reads."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sample
from sqlalchemy import Table, delete, text
from sqlmodel import SQLModel, select

from ledger import models, store
from ledger.errors import Refused

VIRTUAL = re.compile(r"search(?:_texts)?(?:_terms|_data|_idx|_docsize|_config|_content)?")
"""The search index and its shadow tables: the store alone reads them, with MATCH."""

CLASSES = {m.class_.__table__.name: m.class_ for m in SQLModel._sa_registry.mappers}


@pytest.fixture(scope="module")
def schema() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:")
    db.executescript(store.schema_sql())
    yield db
    db.close()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Ledger]:
    path = tmp_path_factory.mktemp("models") / "ledger.db"
    uids = sample.build(path)
    with store.open_ledger(path) as opened:
        with store.write(opened, "eva") as writer:
            sample.desk(writer, uids)
        yield opened


def names(db: sqlite3.Connection, kind: str) -> list[str]:
    found = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = ? ORDER BY name", (kind,))]
    return [n for n in found if not VIRTUAL.fullmatch(n) and not n.startswith("sqlite_")]


def affinity(declared: str) -> str:
    """The rule of SQLite, section 3.1 of its page on datatypes."""
    for words, result in ((("INT",), "INTEGER"), (("CHAR", "CLOB", "TEXT"), "TEXT"), (("BLOB",), "BLOB")):
        if any(w in declared.upper() for w in words):
            return result
    return "NUMERIC"


def described(table: Table) -> dict[str, tuple[str, bool, bool]]:
    return {c.name: (affinity(c.type.compile()), bool(c.nullable), c.primary_key) for c in table.columns}


def test_every_table_and_view_has_its_class_and_every_class_its_table_or_view(schema: sqlite3.Connection) -> None:
    assert sorted(CLASSES) == sorted(names(schema, "table") + names(schema, "view"))


def test_columns_of_tables_have_the_type_and_nullability_of_the_schema(schema: sqlite3.Connection) -> None:
    for name in names(schema, "table"):
        rows = schema.execute(f"PRAGMA table_info({name})").fetchall()
        wanted = {
            column: (affinity(kind), not required and not key, bool(key)) for _, column, kind, required, _, key in rows
        }
        assert described(CLASSES[name].__table__) == wanted, name


def test_columns_of_views_have_the_names_and_types_of_the_schema(schema: sqlite3.Connection) -> None:
    for name in names(schema, "view"):
        rows = schema.execute(f"PRAGMA table_info({name})").fetchall()
        found = described(CLASSES[name].__table__)
        assert list(found) == [row[1] for row in rows], name
        for _, column, kind, *_ in rows:
            # an expression has no declared type
            assert not kind or found[column][0] == affinity(kind), (name, column)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_rows_read_with_a_class_are_the_rows_that_the_store_reads(ledger: store.Ledger, name: str) -> None:
    table = CLASSES[name].__table__
    columns = [c.name for c in table.columns]
    stored = [tuple(row) for row in ledger.rows(f"SELECT {', '.join(columns)} FROM {name}")]
    with models.session(ledger) as session:
        objects = session.exec(select(CLASSES[name])).all()
        attributes = [CLASSES[name].__mapper__.get_property_by_column(c).key for c in table.columns]
        mapped = [tuple(getattr(o, a) for a in attributes) for o in objects]
    assert sorted(map(plainly, mapped)) == sorted(map(plainly, stored))


def plainly(row: tuple[object, ...]) -> str:
    return repr([int(v) if isinstance(v, bool) else v for v in row])


def test_no_value_of_a_view_is_null_where_its_class_says_it_never_is(ledger: store.Ledger) -> None:
    for name, kind in CLASSES.items():
        required = [c.name for c in kind.__table__.columns if not c.nullable]
        for row in ledger.rows(f"SELECT {', '.join(required)} FROM {name}"):
            assert None not in tuple(row), name


def test_the_sample_has_rows_in_every_view_that_the_log_fills(ledger: store.Ledger) -> None:
    empty = {n for n in CLASSES if n.endswith("_view") and not ledger.rows(f"SELECT 1 FROM {n} LIMIT 1")}
    assert empty <= {"relation_view", "party_view", "link_view"}


def test_a_flush_is_refused_and_nothing_is_written(ledger: store.Ledger) -> None:
    before = ledger.rows("SELECT count(*) AS n FROM source")[0]["n"]
    with models.session(ledger) as session:
        session.add(models.Source(uid="f" * 32, name="x", kind="ngo", kind_guessed=False, protected=False))
        with pytest.raises(Refused):
            session.flush()
        claim = session.exec(select(models.Claim)).first()
        assert claim is not None
        claim.exact = "changed"
        with pytest.raises(Refused):
            session.commit()
    assert ledger.rows("SELECT count(*) AS n FROM source")[0]["n"] == before


def test_statements_that_write_are_refused_by_the_database_itself(ledger: store.Ledger) -> None:
    with models.session(ledger) as session, pytest.raises(Exception, match="readonly"):
        session.connection().execute(delete(models.Tag))
    with models.session(ledger) as session, pytest.raises(Exception, match="readonly"):
        session.connection().execute(text("INSERT INTO setting VALUES ('a', 'b')"))


def test_reading_a_ledger_in_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    sample.build(tmp_path / "ledger.db")
    (tmp_path / "ledger.db").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with store.open_ledger(tmp_path / "ledger.db", store.Open.READ) as ledger, models.session(ledger) as session:
            assert session.exec(select(models.ClaimView)).all()
    finally:
        tmp_path.chmod(0o755)


def test_the_hot_parts_of_the_library_do_not_load_it() -> None:
    code = (
        "import sys, ledger.store.read, ledger.claims, ledger.capture, ledger.records, ledger.crossref.page\n"
        "bad = {'sqlalchemy', 'sqlmodel', 'pydantic', 'jinja2'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {bad}' if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
