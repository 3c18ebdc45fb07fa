"""The derived tables against the log, the rules of the database against schema.sql, the search index against its rows."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from typing import Any, NamedTuple

from ledger import store
from ledger.audit.findings import Findings
from ledger.errors import Locked, ReadOnly, StoreError
from ledger.records import Entry
from ledger.store import blobs, rules, server_rules, texts
from ledger.store.derive import DERIVED
from ledger.store.engine import SEARCHED
from ledger.store.operations import Insert, Lots, Operation
from ledger.store.rebuilding import Filling

LOT = 2000
PAGES_KIB = 128 * 1024
"""What the check of the pages may keep in memory: three times as fast as with the usual 2 MiB."""

BY_THE_SERVER = "the database's own pages were not checked: that is for whoever runs the server"

Row = tuple[Any, ...]


@contextmanager
def fresh() -> Iterator[store.Ledger]:
    """An empty ledger in memory (or in a file of the driver's own when it grows), gone when the block ends.

    Its tables have no keys and indexes: nobody uses them, and most of the time would go into them.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA synchronous = OFF")
        # the rows that are compared with these are checked by the engine (check_file)
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.execute("PRAGMA cache_size = -131072")  # in KiB; with the usual 2 MiB a large copy goes to disk and back
        with closing(sqlite3.connect(":memory:")) as empty:
            empty.deserialize(_empty().file)
            empty.backup(db)
        db.execute("BEGIN")
        yield store.Ledger("a fresh copy", db, writable=True)


class Empty(NamedTuple):
    """An empty ledger without keys, and the columns of its tables with them."""

    file: bytes
    columns: dict[str, list[sqlite3.Row]]


@cache
def _empty() -> Empty:
    """Made once: running schema.sql takes three times as long as to copy what it makes."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.row_factory = sqlite3.Row
        db.executescript(store.schema_sql())
        columns = {table: db.execute(f"PRAGMA table_info({table})").fetchall() for table in DERIVED}
        db.execute("BEGIN")
        _drop_keys(db)
        db.execute("COMMIT")
        return Empty(db.serialize(), columns)


def _drop_keys(db: sqlite3.Connection) -> None:
    """Leaves the tables, what a connection reads before anything else being as long as all that is said of them."""
    made = "SELECT type, name FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL AND name <> 'searchable'"
    for row in db.execute(made).fetchall():
        db.execute(f"DROP {row['type']} {row['name']}")
    for table in set(DERIVED).difference(KEYED):
        columns = [
            f"{row['name']} {row['type']}" + ("" if row["dflt_value"] is None else f" DEFAULT {row['dflt_value']}")
            for row in db.execute(f"PRAGMA table_info({table})")
        ]
        db.execute(f"DROP TABLE {table}")
        db.execute(f"CREATE TABLE {table} ({', '.join(columns)})")


KEYED = ("alias", "filing", "tag", "field_value", "work", "policy", "fingerprint")
"""Tables whose new rows are held against the keys of those that are there."""


class Unkeyed(Lots):
    """Into tables without keys: what finds the rows that an entry changes or takes out is made when one first does."""

    def run(self, op: Operation) -> None:
        if not isinstance(op, Insert):
            name = "_".join((op.table, "by", *op.where))
            self._db.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {op.table} ({', '.join(op.where)})")
        super().run(op)


class Copy:
    """A fresh copy of the derived tables, filled entry by entry while the log is read."""

    def __init__(self, made: store.Ledger) -> None:
        self.made = made
        self.columns = _empty().columns
        self.filling = Filling(made, Unkeyed)
        self.failed: Exception | None = None
        """Why it could not be filled to the end."""

    def take(self, entry: Entry, body: Any) -> None:
        if self.failed is None:
            try:
                self.filling.take(entry, body)
            except Exception as e:  # of a damaged file; told when the rows are compared
                self.failed = e


def check_derived(ledger: store.Ledger, copy: Copy, findings: Findings) -> None:
    """Compares what was derived anew row by row."""
    made = copy.made
    with findings.during("derived rows"):
        if copy.failed:
            raise copy.failed
        copy.filling.lots.flush()
        held = _with_rows(ledger, made) if ledger.engine.in_file else DERIVED
        counts = {
            table: _compare(table, copy.columns[table], ledger, made, findings) for table in DERIVED if table in held
        }
        findings.checked["nodes"] = counts.pop("node", 0)
        findings.checked["derived rows"] = sum(counts.values())
    with findings.during("text index"):
        _check_texts(ledger, copy, findings)
    with findings.during("search index"):
        if not (_finds_the_same(ledger, made) if ledger.engine.in_file else _claims_indexed(ledger)):
            findings.problem("search index", "the search index does not fit its rows (claims rebuild mends it)")


def _with_rows(*ledgers: store.Ledger) -> Container[str]:
    """The derived tables with a row in one of them, found in one question; all of them, where that cannot be told."""
    sql = " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM {t} NOT INDEXED)" for t in DERIVED)
    try:
        return {row[0] for ledger in ledgers for row in ledger.rows(sql)}
    except StoreError:
        return DERIVED


def _claims_indexed(ledger: store.Ledger) -> bool | None:
    rows = (tuple(row) for row in ledger.each(f"SELECT {SEARCHED} FROM searchable ORDER BY docid"))
    return ledger.engine.indexed(ledger.db, "search", ((number, columns) for number, *columns in rows))


def _texts(ledger: store.Ledger) -> Iterator[tuple[int, str]]:
    """The saved texts that can be read, by the numbers of their captures."""
    for row in ledger.each("SELECT uid, seq, text FROM capture ORDER BY seq"):
        if (text := blobs.text(ledger, row["uid"], row["text"])) is not None:
            yield row["seq"], text


def _finds_the_same(ledger: store.Ledger, made: store.Ledger) -> bool:
    """Every word of the claims looked up as a search does; the engine's own check passes over some changed bits."""
    made.rows("INSERT INTO search (search) VALUES ('rebuild')")
    for term, *counts in (tuple(row) for row in made.each("SELECT term, doc, cnt FROM search_terms")):
        if [list(row) for row in ledger.rows("SELECT doc, cnt FROM search_terms WHERE term = ?", (term,))] != [counts]:
            return False
    return True


def _check_texts(ledger: store.Ledger, copy: Copy, findings: Findings) -> None:
    """The index over the saved texts, made again from them."""
    made, count = copy.made, 0
    for seq, text in _texts(ledger):
        texts.add(made, seq, text)
        count += 1
    _compare("fingerprint", made.rows("PRAGMA table_info(fingerprint)"), ledger, made, findings)
    if not (
        all(_same_rows(ledger, made, sql) for sql in TEXT_INDEX)
        if ledger.engine.in_file
        else ledger.engine.indexed(ledger.db, "search_texts", ((seq, [text]) for seq, text in _texts(ledger)))
    ):
        findings.problem("text index", "the index over the saved texts does not fit them (claims rebuild mends it)")
    findings.checked["texts indexed"] = count


TEXT_INDEX = (
    "SELECT term, group_concat(doc || ' ' || offset) FROM temp.text_words GROUP BY term",
    "SELECT id, sz FROM search_texts_docsize ORDER BY id",
    "SELECT k, v FROM search_texts_config ORDER BY k",
    "SELECT block FROM search_texts_data WHERE id = 1",
)
"""Every word of every text with its place, the length of each text, the settings of the index, its sums over all texts."""


def _same_rows(ledger: store.Ledger, made: store.Ledger, sql: str) -> bool:
    if "temp." in sql:
        for one in (ledger, made):
            one.rows(
                "CREATE VIRTUAL TABLE IF NOT EXISTS temp.text_words USING fts5vocab (main, search_texts, instance)"
            )
    return all(a == b for a, b in zip(_rows(ledger, sql), _rows(made, sql), strict=False))


def _rows(ledger: store.Ledger, sql: str) -> Iterator[Row | None]:
    """The rows one by one, and None for their end."""
    for row in ledger.each(sql):
        yield tuple(row)
    yield None


def _compare(
    table: str, info: Sequence[sqlite3.Row], ledger: store.Ledger, made: store.Ledger, findings: Findings
) -> int:
    """How many rows agree; the first one that does not is named."""
    columns = [row["name"] for row in info]
    if ledger.engine.in_file and (same := _same_as_written(table, columns, ledger, made)) is not None:
        return same
    keys = [row["name"] for row in sorted(info, key=lambda row: row["pk"]) if row["pk"]]
    sql = f"SELECT {', '.join([*keys, *columns])} FROM {table} ORDER BY {', '.join(keys)}"
    here, there = _lots(ledger, sql), _lots(made, sql)
    count = 0
    while True:
        ours, theirs = next(here), next(there)
        if ours == theirs:
            if not ours:
                return count
            count += len(ours)
            continue
        at = next(
            (n for n, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), min(len(ours), len(theirs))
        )
        a, b = (rows[at] if at < len(rows) else None for rows in (ours, theirs))
        findings.problem("derived rows", _difference(ledger, table, [*keys, *columns], a, b, keys=len(keys)))
        return count + at


def _same_as_written(table: str, columns: Sequence[str], ledger: store.Ledger, made: store.Ledger) -> int | None:
    """How many rows both have, if they are the same in the order of writing; None where they have to be compared by key.

    Nearly always they are, and in this order a table is read from end to end without an index.
    """
    sql = f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid"
    count = 0
    for ours, theirs in zip(_lots(ledger, sql), _lots(made, sql), strict=True):
        if ours != theirs:
            return None
        if not ours:
            break
        count += len(ours)
    return count


def _lots(ledger: store.Ledger, sql: str) -> Iterator[list[Row]]:
    with ledger.errors():
        cursor = ledger.tuples(sql)
        while lot := cursor.fetchmany(LOT):
            yield lot
    while True:
        yield []


def _difference(
    ledger: store.Ledger, table: str, columns: Sequence[str], ours: Row | None, made: Row | None, *, keys: int
) -> str:
    """The first differing row of a table, described in one sentence."""
    if made is None or (ours is not None and _sortable(ours[:keys]) < _sortable(made[:keys])):
        return f"table {table} has a row that the log does not give: {_named(ledger, table, columns, ours, keys)}"
    if ours is None or ours[:keys] != made[:keys]:
        return f"table {table} lacks a row that the log gives: {_named(ledger, table, columns, made, keys)}"
    wrong = [c for c, a, b in zip(columns, ours, made, strict=True) if a != b]
    return f"table {table}, {_named(ledger, table, columns, ours, keys)}: {', '.join(wrong)} is not what the log gives"


def _sortable(key: Row) -> list[tuple[str, Any]]:
    return [(type(v).__name__, v) for v in key]


def _named(ledger: store.Ledger, table: str, columns: Sequence[str], row: Row | None, keys: int) -> str:
    """Names a row by its key and, where it is known, the number of the entry that makes it."""
    assert row is not None  # noqa: S101  one of the two rows is there
    values = dict(zip(columns, row, strict=True))
    name = ", ".join(f"{c} {str(v)[:80]}" for c, v in list(zip(columns, row, strict=True))[:keys])
    if table == "node":
        level, index = values["level"], values["idx"]
        return f"{name}, over entries {index << level} to {((index + 1) << level) - 1}"
    seq = values.get("seq")
    if seq is None:
        with_uid = ledger.one("SELECT seq FROM entry WHERE uid = ?", row[:1])
        seq = with_uid["seq"] if with_uid else None
    return name if seq is None else f"{name} (entry {seq})"


# --- rules --------------------------------------------------------------------------------------------------------


def check_schema(ledger: store.Ledger, findings: Findings) -> None:
    """Tables, views, indexes and triggers are those that schema.sql makes, to the byte."""
    if not ledger.engine.in_file:
        for said in server_rules.altered(ledger):
            findings.problem("schema", said)
        return
    (theirs, settings), ours = rules.expected(), rules.rules(ledger.db)
    if ours != theirs:
        _tell_altered(ours, theirs, findings)
    if rules.settings(ledger.db) != settings:
        findings.problem("schema", "the table setting was altered")
    findings.checked["rules"] = len(theirs)


def _tell_altered(ours: list[rules.Rule], theirs: list[rules.Rule], findings: Findings) -> None:
    here, there = ({rule[:2] for rule in found} for found in (ours, theirs))
    for kind, name in sorted(there - here):
        findings.problem("schema", f"the {kind} {name} was dropped")
    for kind, name, *_ in _surplus(ours, theirs):
        if (kind, name) in there:
            findings.problem("schema", f"the {kind} {name} was altered")
        else:
            shown = name if name.isprintable() else ascii(name)
            findings.problem("schema", f"there is a {kind} {shown} that does not belong to a ledger")


def _surplus(ours: list[rules.Rule], theirs: list[rules.Rule]) -> list[rules.Rule]:
    """The rules that ours have beyond theirs, one that stands twice too."""
    left = Counter(ours)
    left.subtract(theirs)
    return [rule for rule in ours if left[rule] > 0]


# --- the file and its search index --------------------------------------------------------------------------------


def check_file(ledger: store.Ledger, findings: Findings) -> None:
    """The engine's own check of its pages and indexes."""
    if not ledger.engine.in_file:
        findings.warnings.append(BY_THE_SERVER)
        return
    with findings.during("pages"), ledger.cache(PAGES_KIB):
        for row in ledger.rows("PRAGMA integrity_check(20)"):
            if (said := row["integrity_check"]) != "ok":
                findings.problem("pages", f"the file is damaged: {' '.join(str(said).split())}")
        page_count = ledger.one("PRAGMA page_count")
        findings.checked["pages"] = page_count["page_count"] if page_count else 0


def check_search(ledger: store.Ledger, findings: Findings) -> None:
    """The search index holds the words of its rows and no others; it can only be asked where the file can be written."""
    if not ledger.engine.in_file:  # `check_derived` has looked
        _count_claims(ledger, findings)
        return
    try:
        ledger.rows("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except Locked:
        findings.warnings.append("the search index was not checked: another process is writing")
    except ReadOnly:
        findings.warnings.append("the search index was not checked: the ledger is read-only")
    except StoreError as e:
        findings.problem(
            "search index", f"the search index does not fit its rows (claims rebuild mends it): {e.message}"
        )
    else:
        _count_claims(ledger, findings)


def _count_claims(ledger: store.Ledger, findings: Findings) -> None:
    with findings.during("search index"):
        row = ledger.one("SELECT count(*) AS n FROM claim")
        findings.checked["search index"] = row["n"] if row else 0
