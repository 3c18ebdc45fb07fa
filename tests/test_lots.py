"""Rows written in lots: the same tables as statement by statement."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.store.lots import LOT, Lots

TABLES = """
CREATE TABLE article (uid INTEGER, title TEXT);
CREATE TABLE claim (uid INTEGER, article INTEGER, answer TEXT DEFAULT 'none');
CREATE TABLE thing (uid INTEGER, n INTEGER);
CREATE TABLE searchable (claim INTEGER, title TEXT);
"""
FORMS = (
    "INSERT INTO article (uid, title) VALUES (?, ?)",
    "INSERT INTO claim (uid, article) VALUES (?, ?)",
    "INSERT INTO claim (uid, answer) VALUES (?, ?)",
    "INSERT INTO thing (uid, n) VALUES (?, (SELECT coalesce(max(n), 0) + ? FROM thing))",
    "INSERT INTO searchable (claim, title) VALUES (?, (SELECT max(title) FROM article WHERE uid <= ?))",
    "INSERT INTO claim (uid, article) SELECT uid, ? FROM article WHERE uid = ?",
    "UPDATE article SET title = ? WHERE uid = ?",
    "DELETE FROM claim WHERE uid = ? AND coalesce(article, 0) <> ?",
)
statements = st.tuples(st.sampled_from(FORMS), st.tuples(st.integers(0, 3), st.integers(0, 3)))


def written(ops: list[tuple[str, tuple[Any, ...]]], *, in_lots: bool) -> list[list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(TABLES)
        lots = Lots(db)
        for op in ops:
            (lots.run if in_lots else db.execute)(*op)
        lots.flush()
        return [db.execute(f"SELECT rowid, * FROM {t}").fetchall() for t in ("article", "claim", "thing", "searchable")]


@given(st.lists(statements, max_size=40))
def test_lots_leave_the_rows_that_single_statements_leave(ops: list[tuple[str, tuple[Any, ...]]]) -> None:
    assert written(ops, in_lots=True) == written(ops, in_lots=False)


def test_more_rows_than_a_lot_holds_are_all_written_in_order() -> None:
    articles = written([(FORMS[0], (n, n)) for n in range(2 * LOT + 1)], in_lots=True)[0]
    assert [row[1] for row in articles] == list(range(2 * LOT + 1))
