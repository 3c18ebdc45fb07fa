"""The read side of the Python API: classes made from schema.sql, and sessions that only read."""

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
from sqlmodel import select

import ledger
from ledger import models, store
from ledger.errors import NotFound, Refused
from ledger.models import generate

CLASSES = {m.class_.__table__.name: m.class_ for m in models.Row._sa_registry.mappers}


@pytest.fixture(scope="module")
def schema() -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(":memory:")
    db.executescript(store.schema_sql())
    yield db
    db.close()


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Ledger]:
    path = tmp_path_factory.mktemp("models") / "ledger.db"
    uids = sample.build(path)
    with store.open_ledger(path) as opened:
        with store.write(opened, "eva") as writer:
            sample.desk(writer, uids)
        yield opened


def names(db: sqlite3.Connection, kind: str) -> list[str]:
    found = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = ? ORDER BY name", (kind,))]
    return [n for n in found if not re.match("search(_terms|_texts|_data|_idx|_docsize|_config|$)|sqlite_", n)]


def affinity(declared: str) -> str:
    """The rule of SQLite, section 3.1 of its page on datatypes."""
    for words, result in ((("INT",), "INTEGER"), (("CHAR", "CLOB", "TEXT"), "TEXT"), (("BLOB",), "BLOB")):
        if any(w in declared.upper() for w in words):
            return result
    return "NUMERIC"


def described(table: Table) -> dict[str, tuple[str, bool, bool]]:
    return {c.name: (affinity(c.type.compile()), bool(c.nullable), c.primary_key) for c in table.columns}


# --- the classes are the schema -----------------------------------------------------------------------------------


def test_the_classes_are_those_that_the_schema_gives() -> None:
    now = generate.source(store.schema_sql())
    assert (Path(models.__file__).parent / "tables.py").read_text(encoding="utf-8") == now, "stale: run make models"


def test_every_view_has_a_class_and_every_table_a_class_or_a_view(schema: sqlite3.Connection) -> None:
    views = names(schema, "view")
    tables = [n for n in names(schema, "table") if f"{n}_view" not in views]
    assert sorted(CLASSES) == sorted({*views, *tables} - generate.HIDDEN)


def test_the_generator_reads_every_table_as_the_engine_does(schema: sqlite3.Connection) -> None:
    for name in set(names(schema, "table")) & CLASSES.keys():
        rows = schema.execute(f"PRAGMA table_info({name})").fetchall()
        wanted = {
            column: (affinity(kind), not required and not key, bool(key)) for _, column, kind, required, _, key in rows
        }
        assert described(CLASSES[name].__table__) == wanted, name


def test_columns_of_views_have_the_names_and_types_of_the_schema(schema: sqlite3.Connection) -> None:
    for name in set(names(schema, "view")) - generate.HIDDEN:
        rows = schema.execute(f"PRAGMA table_info({name})").fetchall()
        found = described(CLASSES[name].__table__)
        assert list(found) == [row[1] for row in rows], name
        for _, column, kind, *_ in rows:
            # an expression has no declared type
            assert not kind or found[column][0] == affinity(kind), (name, column)


@pytest.mark.parametrize("item", ["sum(c.n) AS total", "c.exact || '!' AS loud", "coalesce(c.n, c.seq) AS either"])
def test_an_expression_whose_type_is_not_known_stops_the_generator(item: str) -> None:
    schema = f"CREATE TABLE claim (n INTEGER, seq INTEGER, exact TEXT);\nCREATE VIEW v AS\nSELECT {item}\nFROM claim c;"
    with pytest.raises(ValueError, match="what type"):
        generate.relations(schema)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_rows_read_with_a_class_are_the_rows_that_the_store_reads(book: store.Ledger, name: str) -> None:
    table = CLASSES[name].__table__
    columns = [c.name for c in table.columns]
    stored = [tuple(row) for row in book.rows(f"SELECT {', '.join(columns)} FROM {name}")]
    with book.session() as session:
        objects = session.exec(select(CLASSES[name])).all()
        attributes = [CLASSES[name].__mapper__.get_property_by_column(c).key for c in table.columns]
        mapped = [tuple(getattr(o, a) for a in attributes) for o in objects]
    assert sorted(map(plainly, mapped)) == sorted(map(plainly, stored))


def plainly(row: tuple[object, ...]) -> str:
    return repr([int(v) if isinstance(v, bool) else v for v in row])


def test_no_value_is_null_where_its_class_says_it_never_is(book: store.Ledger) -> None:
    for name, kind in CLASSES.items():
        required = [c.name for c in kind.__table__.columns if not c.nullable]
        for row in book.rows(f"SELECT {', '.join(required)} FROM {name}"):
            assert None not in tuple(row), name


def test_the_sample_has_rows_in_every_view_that_the_log_fills(book: store.Ledger) -> None:
    empty = {n for n in CLASSES if n.endswith("_view") and not book.rows(f"SELECT 1 FROM {n} LIMIT 1")}
    assert empty <= {"relation_view", "party_view", "link_view"}


# --- sessions only read -------------------------------------------------------------------------------------------


def test_a_flush_is_refused_and_nothing_is_written(book: store.Ledger) -> None:
    before = book.rows("SELECT count(*) AS n FROM tag")[0]["n"]
    with book.session() as session:
        session.add(models.Tag(about="f" * 32, tag="x", seq=1))
        with pytest.raises(Refused):
            session.flush()
        claim = session.exec(select(models.ClaimView)).first()
        assert claim is not None
        claim.exact = "changed"
        with pytest.raises(Refused):
            session.commit()
    assert book.rows("SELECT count(*) AS n FROM tag")[0]["n"] == before


@pytest.mark.parametrize(
    "statement", [delete(models.Tag), text("INSERT INTO setting VALUES ('a', 'b')"), text("CREATE TABLE x (y INTEGER)")]
)
def test_statements_that_write_are_refused_by_the_database_itself(book: store.Ledger, statement: object) -> None:
    with book.session() as session, pytest.raises(Exception, match=r"read-?only"):
        session.connection().execute(statement)  # type: ignore[call-overload]


@pytest.mark.file
def test_a_connection_is_query_only_even_where_the_file_could_be_written(book: store.Ledger) -> None:
    with book.session() as session:
        assert session.connection().exec_driver_sql("PRAGMA query_only").scalar() == 1
        session.connection().exec_driver_sql("ATTACH ':memory:' AS beside")
        with pytest.raises(Exception, match=r"read-?only"):
            session.connection().exec_driver_sql("CREATE TABLE beside.x (y)")


def test_a_session_sees_one_state_whatever_is_written_meanwhile(tmp_path: Path) -> None:
    uids = sample.build(tmp_path / "ledger.db")
    with ledger.open(tmp_path / "ledger.db", actor="eva") as book, book.session() as session:
        entries = len(session.exec(select(models.Entry)).all())
        with store.write(book, "eva") as writer:
            sample.desk(writer, uids)
        assert len(session.exec(select(models.Entry)).all()) == entries
        session.rollback()
        assert len(session.exec(select(models.Entry)).all()) > entries


@pytest.mark.file
def test_reading_a_ledger_in_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    sample.build(tmp_path / "ledger.db")
    (tmp_path / "ledger.db").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        with ledger.open(tmp_path / "ledger.db") as book, book.session() as session:
            assert session.exec(select(models.ClaimView)).all()
    finally:
        tmp_path.chmod(0o755)


def test_a_program_may_have_classes_of_the_same_names() -> None:
    code = "from sqlmodel import SQLModel, Field\nfrom ledger import models\n"
    code += "class Tag(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n"
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- opening ------------------------------------------------------------------------------------------------------


def test_a_ledger_opened_without_an_actor_only_reads(tmp_path: Path) -> None:
    sample.build(tmp_path / "ledger.db")
    with ledger.open(tmp_path / "ledger.db") as book:
        assert book.actor is None
        with pytest.raises(Refused), store.write(book, "eva"):
            pass
    with ledger.open(str(tmp_path / "ledger.db"), actor="eva") as book:
        assert book.actor == "eva"
        with store.write(book, "eva"):
            pass


def test_opening_what_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        ledger.open(tmp_path / "ledger.db")


def test_the_hot_parts_of_the_library_do_not_load_it() -> None:
    code = (
        "import sys, ledger.store.read, ledger.claims, ledger.capture, ledger.records, ledger.reports.page\n"
        "bad = {'sqlalchemy', 'sqlmodel', 'pydantic', 'jinja2'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {bad}' if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
