"""Row operations: their SQL, and the same tables whether they run in lots or one by one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.store.operations import LOT, Delete, Insert, Lots, Operation, Update

TABLES = """
CREATE TABLE article (uid INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE claim (uid INTEGER, article INTEGER, answer TEXT DEFAULT 'none');
CREATE TABLE thing (uid INTEGER, letter INTEGER, n INTEGER);
CREATE TABLE filing (question INTEGER, claim INTEGER, PRIMARY KEY (question, claim));
"""
small = st.integers(0, 3)
operations: st.SearchStrategy[Operation] = st.one_of(
    st.builds(lambda a, b: Insert("article", {"uid": a, "title": b}, keep=True), small, small),
    st.builds(lambda a, b: Insert("claim", {"uid": a, "article": b}), small, small),
    st.builds(lambda a, b: Insert("claim", {"uid": a, "answer": b}), small, small),
    st.builds(lambda a, b: Insert("thing", {"uid": a, "letter": b}, numbered=("n", "letter")), small, small),
    st.builds(lambda a, b: Insert("filing", {"question": a, "claim": b}, keep=True), small, small),
    st.builds(lambda a, b: Insert("article", {"uid": a, "title": b}, replaces=("uid",)), small, small),
    st.builds(lambda a, b: Update("article", {"title": a}, {"uid": b}), small, small),
    st.builds(lambda a, b: Delete("claim", {"uid": a, "article": b}), small, small),
)


def one_by_one(db: sqlite3.Connection, op: Operation) -> None:
    """The operation in SQL of the test's own."""
    if isinstance(op, Insert):
        row = dict(op.row)
        if op.numbered:
            number, within = op.numbered
            sql = f"SELECT coalesce(max({number}), 0) + 1 FROM {op.table} WHERE {within} IS ?"
            (row[number],) = db.execute(sql, (row[within],)).fetchone()
        same = {c: row[c] for c in op.replaces}
        if same and db.execute(f"SELECT 1 FROM {op.table} WHERE {all_of(same)}", [*same.values()]).fetchone():
            one_by_one(db, Update(op.table, {c: v for c, v in row.items() if c not in same}, same))
            return
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        kept = "OR IGNORE " if op.keep else ""
        db.execute(f"INSERT {kept}INTO {op.table} ({names}) VALUES ({marks})", [*row.values()])
    elif isinstance(op, Update):
        changed = ", ".join(f"{c} = ?" for c in op.set)
        sql = f"UPDATE {op.table} SET {changed} WHERE {all_of(op.where)}"
        db.execute(sql, [*op.set.values(), *op.where.values()])
    else:
        db.execute(f"DELETE FROM {op.table} WHERE {all_of(op.where)}", [*op.where.values()])


def all_of(columns: Iterable[str]) -> str:
    return " AND ".join(f"{c} = ?" for c in columns)


def written(ops: list[Operation], *, in_lots: bool) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(TABLES)
        lots = Lots(db, ("article", "claim", "thing", "filing"))
        for op in ops:
            if in_lots:
                lots.run(op)
            else:
                one_by_one(db, op)
        lots.flush()
        tables = ("article", "claim", "thing", "filing")
        return {table: db.execute(f"SELECT rowid, * FROM {table}").fetchall() for table in tables}


@given(st.lists(operations, max_size=40))
def test_lots_leave_the_rows_that_single_operations_leave(ops: list[Operation]) -> None:
    assert written(ops, in_lots=True) == written(ops, in_lots=False)


def test_more_rows_than_a_lot_holds_are_all_written_in_order() -> None:
    rows = written([Insert("claim", {"uid": n}) for n in range(2 * LOT + 1)], in_lots=True)["claim"]
    assert [row[1] for row in rows] == list(range(2 * LOT + 1))


def test_a_number_counts_the_rows_that_share_a_value() -> None:
    ops = [Insert("thing", {"uid": n, "letter": n % 2}, numbered=("n", "letter")) for n in range(5)]
    assert [row[3] for row in written(ops, in_lots=True)["thing"]] == [1, 1, 2, 2, 3]


def test_a_number_that_was_taken_back_is_given_again() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.executescript(TABLES + "BEGIN")
        lots = Lots(db, ("thing",))
        for flushed in (False, True):
            lots.mark()
            lots.run(Insert("thing", {"uid": 1, "letter": 1}, numbered=("n", "letter")))
            if flushed:
                lots.flush()
            lots.take_back()
        lots.run(Insert("thing", {"uid": 2, "letter": 1}, numbered=("n", "letter")))
        lots.flush()
        assert db.execute("SELECT * FROM thing").fetchall() == [(2, 1, 1)]
