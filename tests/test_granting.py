"""A ledger on a server: what each role may log, what nobody may change, and what verify names where somebody could."""

from __future__ import annotations

import psycopg
import pytest
import server
from conftest import Claims

from ledger import merkle, store

TEXT = "The night watch said 7 lamps were broken.\n\nThe warden counted 9 broken lamps.\n"


@pytest.fixture(scope="module")
def logins(postgres: server.Server) -> tuple[str, ...]:
    names = ("rea", "leo", "asa", "edi", "nob")
    postgres.sql(*(f"CREATE ROLE {name} LOGIN" for name in names))
    return names


@pytest.fixture
def place(logins: tuple[str, ...], postgres: server.Server, claims: Claims, monkeypatch: pytest.MonkeyPatch) -> str:
    """A ledger with two claims, whose logins have a role each."""
    place = postgres.database()
    monkeypatch.setenv("CLAIMS_LEDGER", place)
    claims("init")
    claims("capture", claims.file("lamps.txt", TEXT), "--publisher", "Lamp Weekly")
    claims(
        "add",
        "7 lamps were broken",
        "--article",
        "A1",
        "--by",
        "the night watch",
        "--question",
        "How many lamps broke?",
    )
    claims("add", "9 broken lamps", "--article", "A1", "--by", "the warden")
    for role, login in (("reader", "rea"), ("logger", "leo"), ("assessor", "asa"), ("editor", "edi")):
        assert f"{login} is a {role}" in claims("grant", role, login).out
    return place


def of(place: str, login: str) -> list[str]:
    """The options with which somebody else logs in."""
    return ["--ledger", place.replace("postgres@", f"{login}@"), "--actor", login]


LOGS = ("note", "C1", "seen by day")
RATES = ("rate", "C1", "supported", "--because", "two counts")
SIGNS = ("signoff", "Q1")


@pytest.mark.parametrize(
    ("login", "may"),
    [
        ("rea", [True, False, False, False]), ("leo", [True, True, False, False]), ("asa", [True, True, True, False]),
        ("edi", [True, True, True, True]), ("nob", [False, False, False, False]),
    ],
)  # fmt: skip
def test_each_role_may_do_what_it_may(place: str, claims: Claims, login: str, may: list[bool]) -> None:
    with store.open_ledger(place, store.Open.READ) as ledger:
        before = store.head(ledger)
    done = [claims(*verb, *of(place, login), code=None) for verb in (("list",), LOGS, RATES, SIGNS)]
    assert [ran.code == 0 for ran in done] == may, [ran.err for ran in done]
    assert all(login in ran.err or "permission denied" in ran.err for ran in done if ran.code)
    assert claims("verify", "--json").json["ok"]
    with store.open_ledger(place, store.Open.READ) as ledger:
        assert store.head(ledger) == before + sum(may[1:])
        told = [merkle.loads(e.body or b"{}") for e in store.entries(ledger, since=before)]
        assert {(body["login"], "actor" in body) for body in told} <= {(login, False)}
        assert {e.actor for e in store.entries(ledger, since=before)} <= {login}


def test_a_role_takes_the_place_of_another(place: str, claims: Claims) -> None:
    claims("grant", "reader", "asa")
    claims(*LOGS, *of(place, "asa"), code=1)
    claims("list", *of(place, "asa"))


def test_a_role_outlives_tables_that_are_made_anew(place: str, claims: Claims) -> None:
    claims("rebuild")
    claims(*LOGS, *of(place, "leo"))
    claims("list", *of(place, "rea"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET actor = 'mallory'", "DELETE FROM entry", "TRUNCATE entry", "UPDATE blob SET bytes = NULL",
        "DROP TRIGGER entry_kept ON entry", "ALTER TABLE entry DISABLE TRIGGER ALL", "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
        "INSERT INTO checkpoint VALUES (1, repeat('0', 64), 'x', 'y')", "UPDATE setting SET value = 'x'",
        "INSERT INTO entry SELECT seq + 1, repeat('0', 32), recorded_at, 'mallory', 'rating', about, batch, body_hash, body, "
        "leaf_hash FROM entry ORDER BY seq DESC LIMIT 1",
        "INSERT INTO entry SELECT seq + 1, repeat('0', 32), recorded_at, 'mallory', 'note', about, batch, body_hash, body, "
        "leaf_hash FROM entry ORDER BY seq DESC LIMIT 1",
    ],
)  # fmt: skip
def test_a_stolen_laptop_rewrites_nothing(place: str, statement: str) -> None:
    address = place.replace("postgres@", "leo@")
    with psycopg.connect(address, autocommit=True) as db, pytest.raises(psycopg.Error) as caught:
        db.execute(statement.encode())
    assert isinstance(caught.value, psycopg.errors.InsufficientPrivilege | psycopg.errors.RaiseException)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DROP TRIGGER entry_kept ON entry", "the trigger entry_kept was dropped"),
        ("ALTER TABLE entry DISABLE TRIGGER entry_frozen", "the trigger entry_frozen was altered or switched off"),
        (
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
            "the function refuse was altered",
        ),
        ("CREATE RULE quiet AS ON INSERT TO note DO INSTEAD NOTHING", "there is a rule 'quiet'"),
        (
            "CREATE TRIGGER more AFTER INSERT ON note FOR EACH ROW EXECUTE FUNCTION refuse('no')",
            "there is a trigger 'more' that does not belong",
        ),
        (
            "CREATE OR REPLACE VIEW note_view AS SELECT n.uid, n.about, t.letter || t.n AS about_id, n.text, n.internal, "
            "n.query, 0 AS is_open, n.by_, n.at, n.seq FROM note n JOIN thing t ON t.uid = n.about WHERE false",
            "the view note_view was altered",
        ),
        ("UPDATE search SET counts = '{}' WHERE rowid = (SELECT max(rowid) FROM search)", "the search index does not fit"),
        ("DELETE FROM search_texts", "the index over the saved texts does not fit"),
        ("UPDATE search_total SET docs = docs + 1", "does not fit"),
        ("UPDATE hop SET cue = 'shouted' WHERE position = 1", "hop"),
        ("UPDATE claim SET exact = 'other words'", "claim"),
    ],
)  # fmt: skip
def test_what_the_owner_changed_is_named_by_verify(place: str, claims: Claims, statement: str, named: str) -> None:
    claims(*LOGS)
    assert claims("verify", "--json").json["ok"]
    with psycopg.connect(place, autocommit=True) as db:
        db.execute(statement.encode())
    found = claims("verify", "--json", code=6).json
    assert named in str(found["problems"]), found["problems"]


def test_who_cannot_be_granted_anything(place: str, claims: Claims) -> None:
    assert "no login" in claims("grant", "logger", "nobody-there", code=3).err
    assert "owns this ledger" in claims("grant", "logger", "postgres", code=2).err
    assert "role" in claims("grant", "king", "leo", code=2).err.lower()
    claims("grant", "logger", "nob", *of(place, "edi"), code=1)
