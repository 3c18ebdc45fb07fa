"""The SQLite file for Datasette: what stands in it, that it holds together, the same bytes, and Datasette itself."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import invented
import pytest
from conftest import Claims

from ledger import store
from ledger.exchange import Selection, datasette
from ledger.exchange.relational import rows
from ledger.store import read
from ledger.store.listing import TABLES

HOSTILE = "'); DROP TABLE claims; -- \"]] =cmd|' /C calc'!A0 <script>x</script>"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[store.Ledger, invented.Built, Path]]:
    folder = tmp_path_factory.mktemp("datasette")
    story = invented.build(folder / "ledger.db")
    with store.open_ledger(folder / "ledger.db") as ledger:
        datasette.export_file(ledger, Selection(), folder / "shown.db")
        (folder / "metadata.json").write_bytes(datasette.beside(ledger, Selection(title="Ferry"), "shown"))
        yield ledger, story, folder / "shown.db"


def ask(path: Path, sql: str, *params: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return db.execute(sql, params).fetchall()


def test_claims_chains_and_figures_are_those_of_the_ledger(built: tuple[store.Ledger, invented.Built, Path]) -> None:
    ledger, _, path = built
    found = list(read.claims(ledger))
    assert ask(path, "select id, exact, article from claims order by rowid") == [
        (c.id, c.exact, c.article) for c in found
    ]
    chain = "select s.name from attributions t join sources s on s.id = t.source where t.claim = ? order by t.position"
    for c in found:
        assert ask(path, chain, c.id) == [(h.source,) for h in c.attribution]
    assert ask(path, "select low, typeof(low), high, modifier from figures where claim = 'C1'") == [
        (40, "integer", None, "at_least")
    ]


def test_outlets_and_original_sources_are_told_apart(built: tuple[store.Ledger, invented.Built, Path]) -> None:
    path = built[2]
    assert ask(path, "select outlets, sources_low, sources_high from questions") == [(7, 3, 5)]
    assert ask(path, "select count(*) from filings where origin = 'Coastal Rescue Watch'") == [(3,)]


def test_judgements_evidence_replies_and_corrections_stand_in_it(
    built: tuple[store.Ledger, invented.Built, Path],
) -> None:
    path = built[2]
    assert ask(path, "select claim, value, superseded from ratings") == [("C1", "supported", 1), ("C1", "unproven", 0)]
    assert ask(path, "select claim, value from checks") == [("C1", "yes")]
    assert ask(path, "select question, value, low from answers") == [("Q1", "At least 40, by one count", 40)]
    assert ask(path, "select a, relation, b from links") == [("C4", "does_not_contradict", "C1")]
    assert ask(path, "select question, shows from evidence") == [("Q1", "the quay with rescuers")]
    assert ask(path, "select question, reply from requests") == [("Q1", "We will not say."), ("Q1", None)]
    assert ask(path, "select question, was, now from corrections") == [("Q1", "41 died", "at least 40 died")]


def test_what_is_internal_suggested_or_retracted_is_not_in_the_file(
    built: tuple[store.Ledger, invented.Built, Path],
) -> None:
    data = built[2].read_bytes()
    for words in (built[1].secret, "SUGGESTED-WORDS", "RETRACTED-WORDS"):
        assert words.encode() not in data


def test_keys_are_real_and_hold(built: tuple[store.Ledger, invented.Built, Path]) -> None:
    path = built[2]
    assert ask(path, "pragma foreign_key_check") == []
    assert ask(path, "pragma integrity_check") == [("ok",)]
    for table in TABLES:
        keys = {(k[3], k[2]) for k in ask(path, f"pragma foreign_key_list([{table.name}])")}
        assert keys == {(c.name, c.to) for c in table.columns if c.to}
        assert [c[1] for c in ask(path, f"pragma table_info([{table.name}])")] == [c.name for c in table.columns]


def test_every_row_fits_its_table(built: tuple[store.Ledger, invented.Built, Path]) -> None:
    columns = {t.name: set(t.names) for t in TABLES}
    seen = {name for name, row in rows(built[0], Selection()) if row.keys() == columns[name]}
    assert {"claims", "attributions", "figures", "articles", "saved_copies", "sources", "questions", "filings"} <= seen
    assert all(row.keys() == columns[name] for name, row in rows(built[0], Selection()))


def test_search_finds_and_follows_changes(built: tuple[store.Ledger, invented.Built, Path], tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(built[2].read_bytes())
    find = "select c.id from claims_fts f join claims c on c.rowid = f.rowid where claims_fts match ?"
    assert ask(path, find, "sailors") == [("C7",)]
    with closing(sqlite3.connect(path)) as db:
        db.execute("update claims set exact = 'nobody at all' where id = 'C7'")
        db.commit()
    assert ask(path, find, "sailors") == []
    assert ask(path, find, "nobody") == [("C7",)]


def test_one_question_brings_only_what_belongs_to_it(
    built: tuple[store.Ledger, invented.Built, Path], tmp_path: Path
) -> None:
    ledger, story, _ = built
    uid = read.question(ledger, story.question).uid
    datasette.export_file(ledger, Selection(question=uid), tmp_path / "one.db")
    assert ask(tmp_path / "one.db", "select count(*) from claims") == [(7,)]
    assert ask(tmp_path / "one.db", "select count(*) from articles") == [(7,)]
    assert ask(tmp_path / "one.db", "select count(*) from claims where id = ?", story.loose) == [(0,)]
    assert ask(tmp_path / "one.db", "pragma foreign_key_check") == []


def test_a_merged_source_is_named_with_what_it_was_merged_into(claims: Claims) -> None:
    invented.build(claims.ledger)
    claims("source", "merge", "S4", "--into", "S2", "--because", "one house", code=None)
    for args in ((), ("--question", "Q1")):
        claims("export", "--format", "datasette", "-o", "shown.db", *args)
        assert ask(claims.folder / "shown.db", "pragma foreign_key_check") == []


def test_the_same_ledger_gives_the_same_bytes(built: tuple[store.Ledger, invented.Built, Path], tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    with store.open_ledger(built[0].place, store.Open.READ) as ledger:
        datasette.export_file(ledger, Selection(), again)
    assert again.read_bytes() == built[2].read_bytes()


def test_hostile_strings_are_kept_as_they_are(tmp_path: Path) -> None:
    invented.build(tmp_path / "ledger.db", hostile=HOSTILE)
    with store.open_ledger(tmp_path / "ledger.db") as ledger:
        datasette.export_file(ledger, Selection(), tmp_path / "shown.db")
        assert ask(tmp_path / "shown.db", "select question from questions") == [
            (f"People killed on the ferry Aurelia{HOSTILE}",)
        ]


# --- Datasette itself ---------------------------------------------------------------------------------------------


def get(path: Path, address: str) -> str:
    """What Datasette answers, without a server."""
    command = [
        sys.executable,
        "-m",
        "datasette",
        str(path),
        "-m",
        str(path.with_name("metadata.json")),
        "--get",
        address,
    ]
    return subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout


def test_datasette_opens_searches_and_answers(built: tuple[store.Ledger, invented.Built, Path]) -> None:
    pytest.importorskip("datasette")
    path = built[2]
    home = get(path, "/shown")
    assert "Ferry" in home
    assert "Figures given to a question, by the original source" in home
    page = get(path, "/shown/claims?_search=ferry")
    assert 'name="_search"' in page
    assert "Harbour" not in page.split("</table>")[0]
    answer = json.loads(get(path, "/shown/answers_by_original_source.json?question=Q1&_shape=array"))
    assert answer[0]["origin"] == "Coastal Rescue Watch"
    assert answer[0]["outlet_count"] == 3


def test_every_canned_query_runs(built: tuple[store.Ledger, invented.Built, Path]) -> None:
    with closing(sqlite3.connect(built[2])) as db:
        for _, sql in datasette.QUERIES.values():
            assert db.execute(sql, {"question": "Q1"} if ":question" in sql else {}).description


# --- at the command line ------------------------------------------------------------------------------------------


def test_metadata_goes_beside_and_names_the_database_title_and_licence(claims: Claims) -> None:
    invented.build(claims.ledger)
    claims("export", "-o", "ferry.db", "--title", "The ferry", "--license", "CC-BY-4.0")
    found = json.loads((claims.folder / "ferry.metadata.json").read_text(encoding="utf-8"))
    assert (found["title"], found["license"]) == ("The ferry", "CC-BY-4.0")
    assert set(found["databases"]) == {"ferry"}
    assert {p.name for p in claims.folder.glob("ferry*")} == {"ferry.db", "ferry.metadata.json"}


def test_the_ledger_is_never_written_over_by_an_export_of_itself(claims: Claims) -> None:
    invented.build(claims.ledger)
    before = claims.ledger.read_bytes()
    refused = claims("export", "--format", "datasette", "-o", "ledger.db", code=2)
    assert "the ledger itself" in refused.err
    assert claims.ledger.read_bytes() == before


def test_a_database_does_not_go_to_standard_output(claims: Claims) -> None:
    invented.build(claims.ledger)
    assert "-o FILE" in claims("export", "--format", "datasette", code=2).err
