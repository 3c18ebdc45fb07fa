"""The laws of two ledgers that meet: both end alike, whichever is named first; a second time changes nothing; all proofs hold.

In the suite a few random histories are tried; `make campaign` tries many more (SYNC_PAIRS=500 pytest tests/test_syncing.py).
"""

from __future__ import annotations

import base64
import json
import os
import random
import re
import shutil
import sqlite3
from collections import Counter
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
import server
import test_undoing as days
from conftest import ROOT, Claims
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger import audit, keys, merkle, store, syncing, verbs
from ledger import records as r
from ledger.errors import ClaimsError, Refused
from ledger.store import Ledger, arriving
from ledger.vocabulary import EntryKind

PAIRS = int(os.environ.get("SYNC_PAIRS", "2"))
STEPS = 24
LONG = settings(
    max_examples=PAIRS, suppress_health_check=list(HealthCheck), deadline=None, phases=(Phase.explicit, Phase.generate)
)
UID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
OWN = {"node", "carried", "policy"}
"""Tables that are about one log alone."""
PLACES = {"seq", "n"}
"""Columns that say where something stands in one log."""


def names(*ledgers: Ledger) -> dict[str, str]:
    """One name for all uids of a thing, whichever ledger is asked."""
    groups: dict[str, set[str]] = {}
    for ledger in ledgers:
        for uid, here in arriving.same(ledger).items():
            group = groups.get(uid, {uid}) | groups.get(here, {here})
            groups.update(dict.fromkeys(group, group))
    return {uid: min(group) for uid, group in groups.items()}


def content(ledger: Ledger, named: dict[str, str]) -> dict[str, list[Any]]:
    """All that the log gives, with things by one name, and without where it stands in it."""
    found = {}
    own = {row["uid"] for row in ledger.rows("SELECT uid FROM entry WHERE kind IN ('policy', 'carry')")}
    for table in set(store.derive.DERIVED) - OWN:
        rows = [dict(row) for row in ledger.rows(f"SELECT * FROM {table}")]
        rows = [row for row in rows if row.get("entry") not in own]
        found[table] = sorted(
            (tuple((k, _named(v, named)) for k, v in row.items() if k not in PLACES) for row in rows), key=repr
        )
    return found


def _named(value: Any, named: dict[str, str]) -> Any:
    return UID.sub(lambda m: named.get(m[0], m[0]), value) if isinstance(value, str) else value


def differing(one: Ledger, other: Ledger) -> dict[str, list[Any]]:
    """What only one of two ledgers holds, by table."""
    named = names(one, other)
    ours, theirs = content(one, named), content(other, named)
    return {
        t: [r for r in ours[t] + theirs[t] if (r in ours[t]) != (r in theirs[t])] for t in ours if ours[t] != theirs[t]
    }


def verified(*ledgers: Ledger) -> None:
    for ledger in ledgers:
        found = audit.verify(ledger)
        assert found.ok, found.problems


def work(books: tuple[Ledger, ...], *moves: list[tuple[int, int, int]]) -> None:
    """What people do in ledgers, in turns, so that now one of them has the later word and now the other."""
    for n, turn in enumerate(zip_longest(*moves)):
        for book, move in zip(books, turn, strict=True):
            book.actor = ("ann", "bob")[n % 2]
            if move is not None:
                act(book, *move)


def act(book: Ledger, move: int, a: int, b: int) -> None:
    with suppress(ClaimsError, days.Nobody):
        if move < len(days.DEEDS):
            days.DEEDS[move](days.Day(book), a, b)
        elif days.is_undo(move):
            verbs.undo(book, verbs.Undo())
        else:
            verbs.redo(book, verbs.Redo())


def opened(path: Path) -> Ledger:
    book = store.open_ledger(path) if path.exists() else store.create(path, actor="ann")
    book.actor = "ann"
    book.db.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug
    return book


def pair(folder: Path, before: list[Any] | None) -> tuple[Ledger, Ledger]:
    """Two ledgers: copies of one, in which that was done before they parted; with nothing in common where it is None."""
    places = [folder / "one.db", folder / "other.db"]
    if before is not None:
        with opened(places[0]) as book:
            days.morning(book)
            work((book,), before)
        shutil.copy(places[0], places[1])
    one, other = (opened(place) for place in places)
    for book in (one, other) if before is None else ():
        days.morning(book)
    return one, other


def copies(folder: Path, *ledgers: Ledger) -> list[Ledger]:
    for ledger in ledgers:
        store.backup(ledger, f"{ledger.place}.turned")
    return [opened(Path(f"{ledger.place}.turned")) for ledger in ledgers]


SEEN: Counter[str] = Counter()
"""What the histories held that were tried."""


def law(folder: Path, before: list[Any] | None, here: list[Any], there: list[Any], later: list[list[Any]]) -> None:
    """Holds two histories against the laws."""
    one, other = pair(folder, before)
    work((one, other), here, there)
    turned, turned_other = copies(folder, one, other)
    with one, other, turned, turned_other:
        if meet(one, other):
            meet(turned_other, turned)
            named = names(one, turned)
            ours, theirs = content(one, named), content(turned, named)
            assert [t for t in ours if ours[t] != theirs[t] and t != "note"] == []
            work((one, other), *later)
            meet(other, one)
        verified(one, other, turned, turned_other)


def meet(one: Ledger, other: Ledger) -> bool:
    """They end alike, and a second time nothing is done; False where people have to agree first, and nothing was done."""
    heads = store.head(one), store.head(other)
    try:
        done = syncing.sync(one, other, actor="desk")
    except Refused:
        SEEN["refused"] += 1
        assert (store.head(one), store.head(other)) == heads
        return False
    SEEN.update({"met": 1, "entries": sum(met.entries for met in done.ledgers), "differences": len(done.differences)})
    SEEN["recognised"] += sum(done.recognised.values())
    assert not (found := differing(one, other)), found
    heads = store.head(one), store.head(other)
    again = syncing.sync(other, one, actor="desk")
    assert [met.entries for met in again.ledgers] == [0, 0]
    assert (store.head(one), store.head(other)) == heads
    return True


MOVES = st.lists(days.MOVES, max_size=STEPS)


@LONG
@given(before=st.none() | MOVES, here=MOVES, there=MOVES, later=st.tuples(MOVES, MOVES))
def test_two_ledgers_end_alike(
    tmp_path_factory: pytest.TempPathFactory, before: Any, here: Any, there: Any, later: Any
) -> None:
    law(tmp_path_factory.mktemp("pair"), before, here, there, later)


def test_a_meeting_that_broke_off_between_the_two_is_finished_by_the_next(tmp_path: Path) -> None:
    dice = random.Random(7)
    one, other = pair(tmp_path, [])
    moves = [
        [(dice.randrange(len(days.DEEDS)), dice.randrange(24), dice.randrange(24)) for _ in range(40)] for _ in "ab"
    ]
    with one, other:
        work((one, other), *moves)
        with store.write(one, "desk") as kept, store.rehearse(other, "desk") as lost:
            assert syncing._meet(kept, lost).differences
        assert meet(one, other)
        verified(one, other)


# --- as people use it ---------------------------------------------------------------------------------------------

TEXT = "The ferry office said 40 boats left. The mayor spoke of 30 boats. The mayor spoke of 30 boats again.\n"


@pytest.fixture
def houses(claims: Claims) -> tuple[list[str], list[str]]:
    """Two newsrooms' ledgers, as options that name them; the first is the one that the fixture verifies."""
    ours, theirs = ["--ledger", str(claims.ledger), "--actor", "eva"], ["--ledger", "theirs.db", "--actor", "ida"]
    for house, name, outlet in ((ours, "a.txt", "Gazette"), (theirs, "b.txt", "The Gazette")):
        claims(*house, "capture", claims.file(name, TEXT), "--publisher", outlet, "--published", "2021-05-04")
    return ours, theirs


def test_what_both_have_made_stands_once(claims: Claims, houses: tuple[list[str], list[str]]) -> None:
    for house in houses:
        claims(
            *house,
            "add",
            "40 boats left",
            "--article",
            "A1",
            "--by",
            "the ferry office",
            "--question",
            "How many boats?",
        )
    ours, theirs = houses
    claims(*theirs, "add", "The mayor spoke of 30 boats again", "--article", "A1", "--by", "the mayor")
    claims(*theirs, "amend", "C1", "--says", "40 boats")
    done = claims("--json", "sync", claims.ledger, "theirs.db", "--actor", "eva").json
    assert done["recognised"] == {"article": 1, "capture": 1, "claim": 1, "question": 1, "source": 2}
    for house in houses:
        listed = claims(*house, "list", "--json").lines
        assert [(c["exact"], c["says"]) for c in listed] == [
            ("40 boats left", "40 boats"), ("The mayor spoke of 30 boats again", None),
        ]  # fmt: skip
    assert [len(claims(*house, "list", "articles", "--json").lines) for house in houses] == [1, 1]
    told = claims(*ours, "history", "C1").out
    assert "ida changed C1: says" in told
    assert "of log" in told


def test_many_claims_that_both_have_fit_what_announces_them(claims: Claims) -> None:
    lines = [{"exact": f"{n} boats left", "article": {"url": f"https://port.example/{n % 50}"}} for n in range(300)]
    claims.file("lines.jsonl", "\n".join(json.dumps(line) for line in lines))
    for place in (str(claims.ledger), "theirs.db"):
        claims("--ledger", place, "import", "lines.jsonl")
    done = claims("--json", "sync", claims.ledger, "theirs.db").json
    assert done["recognised"] == {"article": 50, "claim": 300}
    assert done["differences"] == []


@pytest.mark.parametrize("url", [True, False])
def test_one_text_of_two_outlets_is_two_articles(claims: Claims, url: bool) -> None:
    for place, outlet in ((str(claims.ledger), "Gazette"), ("theirs.db", "Courier")):
        given = ["--url", f"https://{outlet.lower()}.example/boats"] if url else []
        claims("--ledger", place, "capture", claims.file("wire.txt", TEXT), "--publisher", outlet, *given)
    assert "article" not in claims("--json", "sync", claims.ledger, "theirs.db").json["recognised"]
    assert len(claims("list", "articles", "--json").lines) == 2


def test_handles_of_protected_sources_are_each_houses_own(claims: Claims, houses: tuple[list[str], list[str]]) -> None:
    for house in houses:
        claims(*house, "source", "protect", "@baker", "--name", "Nobody Known")
    claims("sync", claims.ledger, "theirs.db")
    names = [s["name"] for s in claims("list", "sources", "--json").lines]
    assert names.count("@baker") == 2


def test_what_was_retracted_is_not_taken_as_one_with_what_stands(
    claims: Claims, houses: tuple[list[str], list[str]]
) -> None:
    for house in houses:
        claims(*house, "add", "40 boats left", "--article", "A1", "--by", "the ferry office")
    claims(*houses[1], "retract", "C1", "--because", "not said")
    claims("sync", claims.ledger, "theirs.db")
    for house in houses:
        assert [c["exact"] for c in claims(*house, "list", "--json").lines] == ["40 boats left"]


def copied(claims: Claims) -> tuple[list[str], list[str]]:
    """The desk's ledger and a copy for the field."""
    claims("capture", claims.file("a.txt", TEXT), "--publisher", "Gazette", "--published", "2021-05-04")
    claims("add", "40 boats left", "--article", "A1", "--by", "the ferry office")
    claims("backup", "field.db")
    return ["--actor", "eva"], ["--ledger", "field.db", "--actor", "omar"]


def test_what_differs_is_asked_about_in_both_and_settled_in_one(claims: Claims) -> None:
    desk, field = copied(claims)
    claims(*desk, "rate", "C1", "supported", "--because", "two sources")
    claims(*field, "rate", "C1", "disputed", "--because", "the mayor denies it")
    claims(*field, "amend", "C1", "--says", "30 boats")
    claims(*desk, "amend", "C1", "--says", "40 boats")
    tried = claims("sync", claims.ledger, "field.db", "--actor", "eva", "--dry-run").out
    assert "would take over 2 entries" in tried
    assert len(claims("log", "--json").lines) == store_size(claims.ledger)
    done = claims("--json", "sync", claims.ledger, "field.db", "--actor", "eva").json
    assert [(d["what"], d["both_stand"]) for d in done["differences"]] == [("rating", True), ("says", False)]
    for house in (desk, field):
        waits = [i for i in claims(*house, "todo", "--json").lines if i["why"] == "query"]
        assert len(waits) == 1
        assert "eva" in waits[0]["what"]
        assert "omar" in waits[0]["what"]
        assert claims(*house, "show", "C1", "--json").json["says"] == "40 boats"
    assert "changed C1: says" in claims(*desk, "history", "C1").out
    assert "a later word holds" in claims(*desk, "history", "C1").out
    claims(*field, "note", "C1", "forty it is", "--settles")
    assert claims("sync", "field.db", claims.ledger).out.count("took over") == 2
    assert not [i for i in claims(*desk, "todo", "--json").lines if i["why"] == "query"]


def store_size(path: Path) -> int:
    with store.open_ledger(path, store.Open.READ) as book:
        return store.head(book)


def test_what_one_took_back_and_the_other_went_on_with_is_asked_about(claims: Claims) -> None:
    desk, field = copied(claims)
    claims(*field, "retract", "C1", "--because", "not said")
    claims(*desk, "check", "C1", "yes", "--because", "heard")
    claims("sync", claims.ledger, "field.db")
    for house in (desk, field):
        assert (
            "retracted: omar" in next(i for i in claims(*house, "todo", "--json").lines if i["why"] == "query")["what"]
        )


def test_a_whole_meeting_is_taken_back_and_stays_so(claims: Claims) -> None:
    desk, field = copied(claims)
    claims(*desk, "note", "C1", "seen")
    claims(*field, "add", "The mayor spoke of 30 boats again", "--article", "A1", "--by", "the mayor")
    claims(*field, "amend", "C1", "--says", "boats")
    claims(*field, "tag", "C1", "ferry")
    claims("sync", claims.ledger, "field.db", *desk)
    claims(*desk, "undo")
    assert [(c["exact"], c["says"]) for c in claims("list", "--json").lines] == [("40 boats left", None)]
    assert "nothing to do" in claims("sync", claims.ledger, "field.db").out
    assert len(claims(*field, "list", "--json").lines) == 2
    claims(*desk, "redo")
    assert [c["says"] for c in claims("list", "--json").lines] == ["boats", None]


def test_a_copy_in_which_nothing_was_logged_becomes_the_same_log(claims: Claims) -> None:
    desk, _field = copied(claims)
    claims(*desk, "tag", "C1", "ferry")
    claims("sync", "field.db", claims.ledger)
    with store.open_ledger(claims.ledger) as one, store.open_ledger("field.db") as other:
        assert store.root(one) == store.root(other)


def test_what_one_has_redacted_is_blanked_in_the_other(claims: Claims) -> None:
    desk, field = copied(claims)
    claims(*desk, "tag", "C1", "ferry")
    claims(*field, "redact", "C1", "--because", "a court order", "--yes")
    done = claims("--json", "sync", claims.ledger, "field.db").json
    assert done["ledgers"][0]["blanked"] > 0
    assert b"40 boats left" not in claims.ledger.read_bytes().replace(TEXT.encode(), b"")
    for house in (desk, field):
        claims(*house, "verify")
    assert "nothing to do" in claims("sync", claims.ledger, "field.db").out


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (["field", "add", "mood"], ["field", "add", "mood", "--type", "number"], "have a field"),
        (["scale", "add", "two.json"], ["scale", "add", "three.json"], "rating scale"),
    ],
)
def test_what_cannot_be_brought_together_leaves_both_alone(
    claims: Claims, houses: tuple[list[str], list[str]], ours: list[str], theirs: list[str], said: str
) -> None:
    for name, grades in (("two", "ab"), ("three", "abc")):
        scale = {"name": "own", "title": "Own", "grades": [{"value": grade, "means": grade} for grade in grades]}
        claims.file(f"{name}.json", json.dumps(scale))
    claims(*houses[0], *ours)
    claims(*houses[1], *theirs)
    sizes = store_size(claims.ledger), store_size(Path("theirs.db"))
    assert said in claims("sync", claims.ledger, "theirs.db", code=1).err
    assert (store_size(claims.ledger), store_size(Path("theirs.db"))) == sizes


def test_sources_merged_differently_have_to_be_agreed_on(claims: Claims) -> None:
    desk, field = copied(claims)
    for name in ("North", "South"):
        claims("source", "add", name)
    claims("sync", claims.ledger, "field.db")
    ids = {s["name"]: s["id"] for s in claims("list", "sources", "--json").lines}
    claims(*desk, "source", "merge", ids["North"], ids["South"])
    claims(*field, "source", "merge", ids["South"], ids["North"])
    assert "have merged or split" in claims("sync", claims.ledger, "field.db", code=1).err


# --- proofs -------------------------------------------------------------------------------------------------------


def test_an_entry_is_proved_under_the_head_that_its_own_log_signed(
    claims: Claims, houses: tuple[list[str], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = houses
    claims(*theirs, "tag", "A1", "boats")
    monkeypatch.setenv("CLAIMS_KEY", "their-key.pem")
    claims(*theirs, "key", "create")
    claims(*theirs, "checkpoint")
    vkey = claims(*theirs, "key", "show").out.strip()
    claims(*theirs, "tag", "A1", "later")
    claims("sync", claims.ledger, "theirs.db", *ours)
    entry = next(e for e in claims(*ours, "log", "--json").lines if e["kind"] == "tag")
    proof = merkle.parse_proof(claims(*ours, "prove", entry["uid"], "--origin").out)
    with store.open_ledger(claims.ledger, store.Open.READ) as book:
        leaf = store.leaf_of(next(store.entries(book, since=entry["seq"])))
    key = merkle.parse_vkey(vkey)
    merkle.check_proof(proof, leaf, key, keys.verifier(key))
    late = [e for e in claims(*ours, "log", "--json").lines if e["kind"] == "tag"][1]
    assert "signed no head over it" in claims(*ours, "prove", late["uid"], "--origin", code=3).err
    assert "was logged here" in claims(*ours, "prove", "A1", "--origin", code=3).err


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"root": "00" * 32}, "do not give its root"),
        ({"size": 9}, "another length"),
        ({"before": "11" * 32, "since": 1}, "does not go on"),
        ({"arrivals": (r.Arrival("ab" * 16, 0),)}, "is missing"),
        ({"arrivals": (r.Arrival("ab" * 16, 7),)}, "cannot be"),
    ],
)
def test_verify_names_what_another_log_cannot_have(claims: Claims, changed: dict[str, Any], said: str) -> None:
    claims("init")
    claims.damaged = True
    leaf = merkle.leaf_hash(b"somewhere else")
    draft = r.CarryDraft(
        log="cd" * 16, since=0, before=merkle.EMPTY_ROOT.hex(), size=1, root=leaf.hex(),
        leaves=base64.b64encode(leaf).decode(), arrivals=(),
    )  # fmt: skip
    with store.open_ledger(claims.ledger) as book:
        with store.write(book, "mallory") as writer:
            writer.append(EntryKind.CARRY, draft)
        verified(book)
        with store.write(book, "mallory") as writer:
            writer.append(EntryKind.CARRY, r.replace(draft, **changed))
        assert said in " ".join(audit.verify(book).problems)


def test_an_entry_that_does_not_hold_is_not_taken_over(claims: Claims, houses: tuple[list[str], list[str]]) -> None:
    with sqlite3.connect("theirs.db") as db:
        db.execute("DROP TRIGGER entry_frozen")
        db.execute("UPDATE entry SET actor = 'somebody' WHERE seq = 2")
    size = store_size(claims.ledger)
    claims("sync", claims.ledger, "theirs.db", code=6)
    assert store_size(claims.ledger) == size


# --- elsewhere ----------------------------------------------------------------------------------------------------


def test_a_file_meets_a_database(claims: Claims, postgres: server.Server, houses: tuple[list[str], list[str]]) -> None:
    place = postgres.database()
    claims("--ledger", place, "init")
    claims(
        "--ledger", place, "capture", claims.file("a.txt", TEXT), "--publisher", "Gazette", "--published", "2021-05-04"
    )
    claims("--ledger", place, "add", "40 boats left", "--article", "A1", "--by", "the ferry office")
    claims(*houses[0], "tag", "A1", "boats")
    claims("sync", claims.ledger, place)
    assert "nothing to do" in claims("sync", place, claims.ledger).out
    with store.open_ledger(claims.ledger) as one, store.open_ledger(place) as other:
        assert not (found := differing(one, other)), found
        verified(one, other)


def test_many_ledgers_are_read_across_as_the_page_shows(claims: Claims, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("duckdb")
    for place, outlet in (("desk", "Gazette"), ("orlen", "Courier")):
        options = ["--ledger", f"{place}.db"]
        claims(*options, "capture", claims.file("a.txt", TEXT), "--publisher", outlet)
        claims(*options, "add", "40 boats left", "--article", "A1", "--by", "the ferry office")
        claims(
            *options, "add", f"{'The mayor spoke of 30 boats again'}", "--article", "A1"
        ) if place == "desk" else None
        claims(*options, "export", "-o", f"{place}.parquet")
    page = (ROOT / "docs/sync.md").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(recipe, {})
    assert capsys.readouterr().out == "40 boats left: desk.parquet, orlen.parquet\n"
