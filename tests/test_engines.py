"""One flow on both engines: a ledger in a file and one in PostgreSQL say the same."""

from __future__ import annotations

import json
import random
import sys
from contextlib import suppress

import pytest
import sample
import server
from conftest import Claims
from sizes import size
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, delete, select

import ledger
from ledger import audit, ownfields, store, verbs
from ledger import records as r
from ledger.errors import Locked, Refused, StoreError
from ledger.models import ClaimView, Quantity
from ledger.store import read, search, texts
from ledger.text.stemming import stem
from ledger.vocabulary import EntryKind

ENGINES = ("sqlite", "postgres")
TEXT = (
    "Harbour Daily, 4 May 2021\n\nAt least 400 people left the port, the coast guard said on Tuesday. "
    "The mayor, Ana Ruiz, told reporters that 30 boats had been lost.\n"
)


@pytest.fixture
def place(request: pytest.FixtureRequest, claims: Claims) -> str:
    """Where a ledger can be begun, in the engine of the test's parameter."""
    if request.param == "sqlite":
        return str(claims.ledger)
    running: server.Server = request.getfixturevalue("postgres")
    return running.database()


SECOND = "Polar Observer, 5 May 2021\n\nThe coast guard said 420 people had left the port by Wednesday.\n"


@pytest.fixture
def book(claims: Claims, place: str, monkeypatch: pytest.MonkeyPatch) -> Claims:
    """The command line on a ledger with two articles and a question that two claims answer."""
    monkeypatch.setenv("CLAIMS_LEDGER", place)
    claims("init")
    claims("capture", claims.file("port.txt", TEXT), "--publisher", "Harbour Daily", "--title", "The port")
    claims("capture", claims.file("later.txt", SECOND), "--publisher", "Polar Observer", "--title", "Later")
    question = ["--question", "How many people left the port?", "--by", "the coast guard"]
    claims("add", "At least 400 people left the port", "--article", "A1", *question)
    claims("add", "420 people had left the port by Wednesday", "--article", "A2", *question)
    return claims


both = pytest.mark.parametrize("place", ENGINES, indirect=True)


@both
def test_what_was_added_is_listed_and_shown(book: Claims) -> None:
    listed = book("list", "--json").lines
    assert [(c["id"], c["exact"]) for c in listed] == [
        ("C1", "At least 400 people left the port"), ("C2", "420 people had left the port by Wednesday")
    ]  # fmt: skip
    shown = book("show", "C1", "--json").json
    assert [h["source"] for h in shown["attribution"]] == ["the coast guard"]
    assert shown["quantities"][0]["low"] == "400"
    assert shown["anchored"] is True
    assert "400" in book("show", "C1").out
    kinds = [e["kind"] for e in book("log", "--json").lines]
    assert kinds.count("claim") == 2


@both
def test_a_question_compares_its_claims(book: Claims) -> None:
    page = book("question", "show", "Q1", "--json").json
    assert len(page["claims"]) == 2
    assert "coast guard" in book("question", "show", "Q1").out


@both
@pytest.mark.parametrize(("sought", "found"), [("coast boats", {"C1", "C2"}), ("Wednesday", {"C2"}), ("zebra", set())])
def test_words_find_claims(book: Claims, sought: str, found: set[str]) -> None:
    code = None if not found else 0
    assert {
        h["claim"]["id"] if "claim" in h else h["id"] for h in book("search", sought, "--json", code=code).lines
    } == found


@both
@pytest.mark.parametrize(
    ("sought", "articles"),
    [("boats -zebra", 1), ('"no such phrase" zebra', 0), ("boats outlet:Nobody", 0), ("boats after:2000 state:new", 1)],
)
def test_words_find_passages_of_saved_texts(book: Claims, sought: str, articles: int) -> None:
    found = book("search", sought, "--texts", "--json").lines
    assert len({p["id"] for p in found}) >= articles if articles else not found


@both
def test_the_desk_works(book: Claims) -> None:
    book("check", "C1", "yes", "--because", "heard the recording")
    book("note", "C1", "ask again tomorrow")
    book("tag", "C1", "port")
    book("state", "C1", "checking")
    book("field", "add", "victim age", "--type", "number")
    book("template", "add", "losses", "--tag", "loss", "--field", "victim age", "--question", "Q1")
    book("amend", "C1", "--field", "victim age=34")
    assert [c["fields"] for c in book("list", "--field", "victim age>30", "--json").lines] == [{"victim age": "34"}]
    assert "victim age" in book("export", "--format", "csv").out
    assert [t["fields"] for t in book("template", "list", "--json").lines] == [["victim age"]]
    assert book("verify", "--json").json["ok"]
    book("field", "retract", "victim age", "--because", "a trial", "--with-values")
    book("undo")
    book("amend", "C1", "--says", "Four hundred left.", "--because", "clearer")
    assert [c["id"] for c in book("search", "hundred", "--json").lines]
    book("retract", "C2", "--because", "a mistake")
    assert [c["id"] for c in book("list", "--json").lines] == ["C1"]
    book("undo")
    assert [c["id"] for c in book("list", "--json").lines] == ["C1", "C2"]
    before = book("list", "--json").lines
    steps = len(book("undo", "--list", "--json").lines)
    book("undo", str(steps))
    assert not book("list", "--json").lines
    book("redo", str(steps))
    assert book("list", "--json").lines == before


@both
def test_verify_rebuild_and_redact_work(book: Claims) -> None:
    assert book("verify", "--json").json["ok"]
    before = book("list", "--json").lines
    book("rebuild")
    assert book("list", "--json").lines == before
    book("redact", "--yes", "C2", "--because", "a court said so")
    assert [c["id"] for c in book("list", "--json").lines] == ["C1"]
    assert book("verify", "--json").json["ok"]
    assert [h["id"] for h in book("search", "port", "--json").lines] == ["C1"]


@both
@pytest.mark.parametrize("format_", ["csv", "jsonl", "claimreview"])
def test_exports_are_written(book: Claims, format_: str) -> None:
    out = book("export", "--format", format_).out
    assert "At least 400 people left the port" in out or format_ == "claimreview"


@both
def test_a_refused_verb_logs_nothing(book: Claims) -> None:
    before = book("log", "--json").out
    book("add", "words that do not stand there", "--article", "A1", code=2)
    book("note", "C9", "nobody", code=3)
    assert book("log", "--json").out == before


@both
def test_an_add_gives_the_claim_as_it_is_read_afterwards(book: Claims, place: str) -> None:
    book("field", "add", "victim age", "--type", "number")
    book("template", "add", "losses", "--tag", "loss", "--field", "victim age", "--question", "Q1")
    said = verbs.Add(exact="At least 400 people left the port", article="A1")
    asked = [
        said, r.replace(said, by="the coast guard", question="Q1", when="2021-05-04"),
        r.replace(said, template="losses", fields={"victim age": "34"}),
        verbs.Add(exact="some boats left", cite="Radio Quay", by="an official", of="the port office", where="Vell"),
    ]  # fmt: skip
    with store.open_ledger(place) as opened:
        for one in asked:
            claim = verbs.add(opened, one, actor="ana").claim
            assert claim == ownfields.with_own(opened, read.claim(opened, claim.id))
            assert (claim.questions, claim.tags) == (
                ("Q1",) if one.question or one.template else (),
                ("loss",) * bool(one.template),
            )


@both
def test_a_session_reads_and_never_writes(book: Claims, place: str) -> None:
    with ledger.open(place) as opened, opened.session() as session:
        rows = session.exec(select(ClaimView.id, Quantity.low).join(Quantity, col(Quantity.claim) == ClaimView.uid))
        assert sorted(map(tuple, rows)) == [("C1", "400"), ("C2", "420")]
        claim = session.exec(select(ClaimView).where(ClaimView.id == "C1")).one()
        assert claim.anchored is True
        claim.exact = "changed"
        with pytest.raises(Refused):
            session.commit()
    for statement in (delete(Quantity), text("CREATE TABLE beside (x INTEGER)")):
        with ledger.open(place) as opened, opened.session() as session, pytest.raises(DBAPIError, match=r"read-?only"):
            session.connection().execute(statement)


@both
def test_the_log_refuses_to_be_changed(book: Claims, place: str) -> None:
    for statement in (
        "UPDATE entry SET actor = 'mallory'", "DELETE FROM entry", "DELETE FROM blob", "UPDATE blob SET size = 1",
        "UPDATE entry SET body = NULL WHERE seq = 1",
        "INSERT INTO blob SELECT sha256, size, bytes FROM blob", "INSERT INTO entry SELECT * FROM entry WHERE seq = 1",
    ):  # fmt: skip
        with ledger.open(place, actor="eva") as opened, pytest.raises(Refused), opened.transaction():
            opened.rows(statement)


@both
def test_one_person_writes_at_a_time(book: Claims, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from ledger.store import connection, postgres

    monkeypatch.setattr(postgres, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(connection, "WAIT_SECONDS", 0.2)
    with ledger.open(place, actor="ana") as first, ledger.open(place, actor="ben") as second:
        with store.write(first, "ana"):
            with pytest.raises(Locked), store.write(second, "ben"):
                pass
            assert store.head(second) > 0  # reading goes on
        with store.write(second, "ben"):
            pass


@both
def test_a_rehearsal_leaves_nothing(book: Claims, place: str) -> None:
    with ledger.open(place, actor="ana") as opened:
        with store.rehearse(opened, "ana") as writer:
            kept = writer.put_blob(b"only a draft")
            assert not writer.lacks(kept)
        assert opened.one("SELECT 1 FROM blob WHERE sha256 = ?", (kept,)) is None


@pytest.mark.parametrize(("place", "other"), [("sqlite", "postgres"), ("postgres", "sqlite")], indirect=["place"])
def test_a_log_moves_from_one_engine_to_the_other_with_its_root(
    book: Claims, place: str, other: str, postgres: server.Server
) -> None:
    there = str(book.folder / "other.db") if other == "sqlite" else postgres.database()
    book("export", "--format", "ledger", "-o", "log.jsonl")
    book("import", "log.jsonl", "--ledger", there)
    with ledger.open(place) as a, ledger.open(there) as b:
        assert store.root(a) == store.root(b)
        assert [store.leaf_of(e) for e in store.entries(a)] == [store.leaf_of(e) for e in store.entries(b)]
    assert book("list", "--json", "--ledger", there).out == book("list", "--json").out
    assert (
        book("question", "show", "Q1", "--json", "--ledger", there).out == book("question", "show", "Q1", "--json").out
    )
    assert book("verify", "--json", "--ledger", there).json["ok"]
    book("note", "C1", "here too")
    book("export", "--format", "ledger", "-o", "more.jsonl")
    book("import", "more.jsonl", "--ledger", there)
    with ledger.open(place) as a, ledger.open(there) as b:
        assert store.root(a) == store.root(b)


# --- ranking --------------------------------------------------------------------------------------------------------

NOUNS = (
    "barge", "barges", "quay", "mayor", "mayors", "bridge", "bridges", "flood", "flooding", "flooded", "Ødegård", "café", "14",
    "1,200", "crane", "cranes", "ferry",
)  # fmt: skip
MIDDLES = ("of", "at", "with", "near", "the", "against")
SEARCHES = (
    "barge", "flooded bridges", "mayor OR crane", '"mayor of the" quay', "the", "ferry -flood", "Odegard", "1,200 cranes",
    '"quay near the barge" OR cafe', "14", "barges barge barging", '"flood" "bridge" ferry OR crane', "mayor -\"of the\" of",
)  # fmt: skip


def lines(count: int, seed: int) -> str:
    """Claims of few words that often recur, so that ranks are near each other, each in a text of more."""
    dice = random.Random(seed)
    made = []
    for n in range(count):
        said = " ".join(dice.choice(NOUNS if i % 2 else MIDDLES) for i in range(dice.randint(3, 30)))
        more = " ".join(dice.choice((*NOUNS, *MIDDLES)) for _ in range(dice.randint(5, 400)))
        article = {"file": f"{n}.txt", "title": " ".join(dice.choices(NOUNS, k=4)), "text": f"{said}. {more}"}
        made.append({"article": article, "exact": said})
    return "\n".join(json.dumps(line, ensure_ascii=False) for line in made)


def test_both_engines_rank_alike(claims: Claims, postgres: server.Server) -> None:
    there = postgres.database()
    claims("import", claims.file("many.jsonl", lines(size(150, 300), 7)))
    for n in (4, 90, 140):
        claims("amend", f"C{n}", "--says", "the ferry met the flood at the bridge", "--because", "clearer")
    claims("export", "--format", "ledger", "-o", "log.jsonl")
    claims("import", "log.jsonl", "--ledger", there)
    for sought in SEARCHES:
        for more in ([], ["--texts"]):
            asked = ["search", sought, *more, "--limit", "50", "--json", "--ledger"]
            assert claims(*asked, there, code=None).out == claims(*asked, claims.ledger, code=None).out, (sought, more)
    with ledger.open(claims.ledger) as a, ledger.open(there) as b:
        assert search.candidates(a, NOUNS[:6], limit=40) == search.candidates(b, NOUNS[:6], limit=40)
        assert texts.find(a, NOUNS[:6], limit=40) == texts.find(b, NOUNS[:6], limit=40)
        stems = [stem(w.lower()) for w in NOUNS]
        assert search.document_frequencies(a, stems) == search.document_frequencies(b, stems)
        assert texts.frequency(a, stems) == texts.frequency(b, stems)


# --- addresses ----------------------------------------------------------------------------------------------------


def test_no_ledger_is_started_unasked_in_a_database(
    claims: Claims, postgres: server.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = postgres.database()
    monkeypatch.setenv("CLAIMS_LEDGER", place)
    assert "claims init" in claims("capture", claims.file("port.txt", TEXT), code=3).err
    claims("init")
    assert "already" in claims("init", code=1).err
    claims("capture", claims.file("port.txt", TEXT))


def test_what_cannot_be_reached_is_told_without_the_password(claims: Claims) -> None:
    told = claims("list", "--ledger", "postgresql://eva:secret@localhost:1/x", code=5).err
    assert "postgresql://eva@localhost:1/x" in told
    assert "secret" not in told
    assert "mysql" in claims("list", "--ledger", "mysql://x/y", code=2).err


def test_a_database_of_others_is_no_ledger(claims: Claims, postgres: server.Server) -> None:
    import psycopg

    place = postgres.database()
    with psycopg.connect(place, autocommit=True) as db:
        db.execute("CREATE TABLE setting (name text, value text)")
    assert "not a ledger" in claims("list", "--ledger", place, code=5).err


def test_without_the_extra_it_is_named(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.delitem(sys.modules, "ledger.store.postgres", raising=False)
    monkeypatch.delattr("ledger.store.postgres", raising=False)
    assert 'the extra "postgres"' in claims("list", "--ledger", "postgresql://x/y", code=1).err


# --- a server that is far away ------------------------------------------------------------------------------------

MOST_WAYS = 3
"""Ways to the server and back of an `add` once it is connected: what it reads, what it writes, what it shows."""


def test_an_add_goes_few_times_to_the_server(
    claims: Claims, postgres: server.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    monkeypatch.setenv("CLAIMS_LEDGER", place := postgres.database())
    claims("init")
    claims("capture", claims.file("port.txt", TEXT), "--publisher", "Harbour Daily", "--title", "The port")
    ways: list[int] = []
    wait = psycopg.Connection.wait
    monkeypatch.setattr(psycopg.Connection, "wait", lambda *given, **more: (ways.append(1), wait(*given, **more))[1])
    store.open_ledger(place).close()
    starting = len(ways)
    for exact in ("30 boats had been lost", "the coast guard said", "At least 400 people"):  # the tree's edge grows
        ways.clear()
        claims("add", exact, "--article", "A1", "--by", f"Watch {exact}", "--no-input")
        assert len(ways) - starting <= MOST_WAYS
    for asked in ("How many boats were lost?", "how many boats were lost", "Q1"):
        ways.clear()
        claims("add", "30 boats had been lost", "--article", "A1", "--by", "the coast guard", "--question", asked)
        assert len(ways) - starting <= MOST_WAYS
    for title in ("Radio Quay", "Radio Quay"):
        ways.clear()
        claims("add", "12 boats left", "--cite", title, "--by", "the harbour office")
        assert len(ways) - starting <= MOST_WAYS


def test_what_is_held_back_is_read_and_what_fails_of_it_is_told(claims: Claims, postgres: server.Server) -> None:
    with store.create(postgres.database(), actor="desk") as book:
        about = sample.fill(book)["c1"]
        before = notes(book)
        with store.write(book, "desk") as w:
            w.append(EntryKind.NOTE, r.NoteDraft(text="a % and a ? and a :name"), about=about)
            assert notes(book)[len(before) :] == ["a % and a ? and a :name"]
            with suppress(ZeroDivisionError), w.attempt():
                w.append(EntryKind.NOTE, r.NoteDraft(text="never"), about=about)
                assert notes(book)[-1] == "never"
                _ = 1 / 0
            assert notes(book)[len(before) :] == ["a % and a ? and a :name"]
        size = store.head(book)
        with suppress(StoreError), store.write(book, "desk") as w:
            w.append(EntryKind.NOTE, r.NoteDraft(text="one"), about=about)
            book.db.execute("INSERT INTO note (uid, about) VALUES (?, ?)", ("x", about))  # it has no text
        assert store.head(book) == size
        with store.write(book, "desk") as w:
            w.append(EntryKind.NOTE, r.NoteDraft(text="two"), about=about)
        assert notes(book)[len(before) :] == ["a % and a ? and a :name", "two"]
        assert audit.verify(book).ok


def notes(book: store.Ledger) -> list[str]:
    return [row["text"] for row in book.rows("SELECT text FROM note ORDER BY seq")]
