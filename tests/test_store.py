"""The log and what is derived from it: laws of appending, rebuilding, copying and opening."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import sample
from conftest import Claims
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import audit, changes, claims, merkle, store, verbs
from ledger import records as r
from ledger.errors import BadInput, Locked, NotFound, Refused, StoreError, Tampered
from ledger.store import read, search
from ledger.store.connection import SQLITE
from ledger.store.copies import backup
from ledger.store.derive import DERIVED
from ledger.store.locks import holder
from ledger.vocabulary import EntryKind

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    sample.build(tmp_path / "l.db")
    return tmp_path / "l.db"


@pytest.fixture
def ledger(place: Path) -> Iterator[store.Ledger]:
    with store.open_ledger(place) as opened:
        yield opened
        found = audit.verify(opened)
        assert found.ok, found.problems


def derived(ledger: store.Ledger) -> dict[str, list[tuple[object, ...]]]:
    """All derived rows, in an order of their own."""
    return {table: sorted((tuple(row) for row in ledger.rows(f"SELECT * FROM {table}")), key=repr) for table in DERIVED}


def note(text: str) -> r.NoteDraft:
    return r.NoteDraft(text=text)


# --- appending ----------------------------------------------------------------------------------------------------


def test_the_root_is_that_of_the_leaves(ledger: store.Ledger) -> None:
    leaves = [e.leaf_hash for e in store.entries(ledger)]
    for size in range(1, len(leaves) + 1):
        assert store.root(ledger, size) == merkle.root(leaves[:size])


def test_a_leaf_is_made_of_the_columns_and_the_body_s_hash(ledger: store.Ledger) -> None:
    for e in store.entries(ledger):
        assert e.body is not None
        assert hashlib.sha256(e.body).digest() == e.body_hash
        assert merkle.leaf_hash(store.leaf_of(e)) == e.leaf_hash
        assert merkle.canonical(merkle.loads(e.body)) == e.body


def test_entries_of_one_command_share_a_batch(ledger: store.Ledger) -> None:
    batches = [e.batch for e in store.entries(ledger)]
    assert len(set(batches)) == 4
    assert batches == sorted(batches, key=batches.index)


def test_two_equal_notes_have_different_hashes(ledger: store.Ledger) -> None:
    with store.write(ledger, "ana") as w:
        about = read.thing(ledger, "C1").uid
        for _ in range(2):
            w.append(EntryKind.NOTE, note("same"), about=about)
    *_, first, second = store.entries(ledger)
    assert first.body_hash != second.body_hash


def test_a_batch_that_fails_leaves_nothing(ledger: store.Ledger) -> None:
    before = (store.head(ledger), store.root(ledger), derived(ledger))

    def fail_half_way() -> None:
        with store.write(ledger, "ana") as w:
            sample.Builder(ledger, w).source("Nobody")
            w.put_blob(b"bytes")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert before == (store.head(ledger), store.root(ledger), derived(ledger))


def test_new_claims_are_indexed_by_the_words_that_stand_when_their_batch_ends(ledger: store.Ledger) -> None:
    def add(w: store.Writer, words: str, on: claims.Page) -> None:
        claims.log(w, on, r.Claim(exact=words, says="in our words", cite="Radio", prefix="before", suffix="behind"))

    page = claims.page(ledger, read.article(ledger, "A1"))
    with store.write(ledger, "ana") as w:
        add(w, "a heron was ringed", page)
        with suppress(ZeroDivisionError), w.attempt():
            add(w, "a stork was ringed", page)
            _ = 1 / 0
        add(w, "a gull was ringed", page)
        w.index_new()
        add(w, "an owl was ringed", page)
    with store.write(ledger, "ana") as w:
        add(w, "a swift was ringed", page)
        changes.amend(w, page.article.uid, {"title": "Of birds"})
        add(w, "a crane was ringed", page)  # whoever logs it still has the page with the old title
    found = [hit.claim.exact.split()[1] for hit in search.search(ledger, "ringed", limit=None)]
    assert sorted(found) == ["crane", "gull", "heron", "owl", "swift"]
    assert {hit.claim.article for hit in search.search(ledger, "ringed birds", limit=None)} == {"A1"}
    assert not search.search(ledger, "stork")


@pytest.mark.parametrize("actor", ["", "  ", "ana@example.org", "a" * 65, "a\nb", "a\x1b[0m"])
def test_an_actor_is_a_short_handle(ledger: store.Ledger, actor: str) -> None:
    with pytest.raises(BadInput), store.write(ledger, actor):
        pass


@pytest.mark.parametrize("text", ["a\0b", "a\ud800", "x" * (16 * 1024 + 1), "ü" * (8 * 1024 + 1)])
def test_what_an_entry_cannot_hold_is_refused_whole(ledger: store.Ledger, text: str) -> None:
    size = store.head(ledger)
    about = read.thing(ledger, "C1").uid
    with pytest.raises(BadInput), store.write(ledger, "ana") as w:
        w.append(EntryKind.NOTE, note(text), about=about)
    assert store.head(ledger) == size


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200), max_size=8))
def test_what_goes_in_comes_out(ledger: store.Ledger, texts: list[str]) -> None:
    about = read.thing(ledger, "C3").uid
    before = len(read.notes(ledger, about))
    with store.write(ledger, "ana") as w:
        for text in texts:
            w.append(EntryKind.NOTE, note(text), about=about)
    assert [n.text for n in read.notes(ledger, about)][before:] == texts


# --- rebuilding ---------------------------------------------------------------------------------------------------


def test_rebuilding_gives_the_same_rows(ledger: store.Ledger) -> None:
    before = derived(ledger)
    assert store.rebuild(ledger) == store.head(ledger)
    assert derived(ledger) == before


def test_rebuilding_mends_what_was_edited(place: Path) -> None:
    with store.open_ledger(place) as ledger:
        before = derived(ledger)
        for sql in (
            "UPDATE claim SET exact = 'x'",
            "DELETE FROM filing",
            "DELETE FROM node",
            "UPDATE thing SET n = n + 9",
        ):
            ledger.db.execute(sql)
        assert not audit.verify(ledger).ok
        store.rebuild(ledger)
        assert derived(ledger) == before
        assert audit.verify(ledger).ok


@pytest.mark.file
def test_a_rebuild_over_a_damaged_body_changes_nothing(place: Path) -> None:
    with store.open_ledger(place) as ledger:
        before = derived(ledger)
        ledger.db.execute("DROP TRIGGER entry_frozen")
        ledger.db.execute("UPDATE entry SET body = x'7b7d' WHERE seq = 5")
        with pytest.raises(Tampered, match="entry 5"):
            store.rebuild(ledger)
        assert derived(ledger) == before


# --- opening ------------------------------------------------------------------------------------------------------


@pytest.mark.file
def test_what_is_no_ledger_is_refused_in_one_line(tmp_path: Path, place: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "text").write_text("not a database at all", encoding="utf-8")
    (tmp_path / "cut").write_bytes(place.read_bytes()[:3000])
    with sqlite3.connect(tmp_path / "other") as db:
        db.execute("CREATE TABLE t (a)")
    db.close()
    said_of = {"empty": "is empty", "text": "not a ledger", "other": "not a ledger", "cut": "damaged", ".": "folder"}
    for name, said in said_of.items():
        for mode in store.Open:
            with pytest.raises(StoreError, match=said) as caught:
                store.open_ledger(tmp_path / name, mode)
            assert "\n" not in caught.value.message
    with pytest.raises(NotFound):
        store.open_ledger(tmp_path / "absent")


@pytest.mark.file
def test_a_newer_schema_is_refused_with_the_remedy(place: Path) -> None:
    with sqlite3.connect(place) as db:
        db.execute("UPDATE setting SET value = '99' WHERE name = 'schema'")
    db.close()
    with pytest.raises(StoreError, match="newer version") as caught:
        store.open_ledger(place)
    assert "upgrade" in (caught.value.hint or "")


@pytest.mark.file
def test_tables_of_another_version_are_refused_and_made_anew_from_the_log(claims: Claims) -> None:
    claims("source", "add", "Port Office")
    with sqlite3.connect(claims.ledger) as db:  # as an earlier version had it: a view without a column, no mark
        db.execute("DROP VIEW suggestion_view")
        db.execute("CREATE VIEW suggestion_view AS SELECT uid FROM suggestion")
        db.execute("DELETE FROM setting WHERE name = 'tables'")
    db.close()
    for command in (("todo",), ("list", "sources"), ("source", "add", "Mayor"), ("verify",)):
        told = claims(*command, code=5).err
        assert "made by another version" in told
        assert "claims rebuild" in told
    claims("rebuild")
    assert [s["name"] for s in claims("list", "sources", "--json").lines] == ["Port Office"]


@pytest.mark.file
def test_a_ledger_is_not_begun_over_another_file(place: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="exists already"):
        store.create(place, actor="desk")
    (tmp_path / "empty").touch()
    store.create(tmp_path / "empty", actor="desk").close()


def test_a_ledger_whose_beginning_was_killed_can_be_begun_again(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "l.db")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()
    assert (tmp_path / "l.db").stat().st_size > 0
    store.create(tmp_path / "l.db", actor="desk").close()


def test_a_ledger_opened_for_reading_is_not_written(place: Path) -> None:
    with store.open_ledger(place, store.Open.READ) as ledger:
        with pytest.raises(Refused, match="reading only"), store.write(ledger, "ana"):
            pass
        with pytest.raises(Refused, match="reading only"):
            store.rebuild(ledger)


@pytest.fixture
def unwritable(place: Path) -> Iterator[Path]:
    """The ledger in a read-only folder, with the rights of an ordinary user where the tests run as root."""
    place.chmod(0o444)
    place.parent.chmod(0o555)
    yield place
    place.parent.chmod(0o755)


AS_READER = """
import os, sys
from ledger import audit, store
from ledger.errors import ClaimsError
from ledger.store import read
store.schema_sql()
if os.geteuid() == 0:
    os.setegid(65534), os.seteuid(65534)
try:
    with store.open_ledger(sys.argv[1], store.Open.READ) as ledger:
        found = audit.verify(ledger)
        print(found.ok, len(list(read.claims(ledger))), *found.warnings, *found.problems)
    store.open_ledger(sys.argv[1])
except ClaimsError as e:
    print(e.message)
"""


def run(source: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", source, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )


@pytest.mark.file
def test_read_only_media_are_read_and_verified(unwritable: Path) -> None:
    for folder in [*unwritable.parents][:4]:  # the test's own folders are closed to others
        folder.chmod(folder.stat().st_mode | 0o055)
    done = run(AS_READER, unwritable)
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()
    assert first == "True 3 the search index was not checked: the ledger is read-only"
    assert "cannot be" in second


@pytest.mark.file
def test_unmerged_writes_on_read_only_media_are_not_passed_over(place: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    with store.open_ledger(place) as ledger:
        with store.write(ledger, "ana") as w:
            sample.Builder(ledger, w).source("Left in the log of writes")
        for name in ("l.db", "l.db-wal"):
            shutil.copy(place.with_name(name), inner / name)
            (inner / name).chmod(0o444)
    inner.chmod(0o555)
    for folder in [inner, *inner.parents][:4]:
        folder.chmod(folder.stat().st_mode | 0o055)
    done = run(AS_READER, inner / "l.db")
    inner.chmod(0o755)
    assert done.stdout.startswith(f"{inner / 'l.db'} was not closed properly"), done.stderr


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
def test_a_reader_cut_short_leaves_quietly(place: Path) -> None:
    ledger = store.open_ledger(place)

    def reading() -> Iterator[int]:
        with ledger.snapshot():
            for entry in store.entries(ledger):
                yield entry.seq

    reader = reading()
    assert next(reader) == 0
    ledger.close()
    reader.close()


# --- writers side by side -----------------------------------------------------------------------------------------

APPENDER = """
import sys
from ledger import records as r, store
from ledger.store import read
from ledger.vocabulary import EntryKind
with store.open_ledger(sys.argv[1]) as ledger:
    about = read.thing(ledger, "C1").uid
    for n in range(int(sys.argv[3])):
        with store.write(ledger, sys.argv[2]) as w:
            w.append(EntryKind.NOTE, r.NoteDraft(text=str(n)), about=about)
"""


def test_eight_processes_append_without_a_gap(place: Path, ledger: store.Ledger) -> None:
    before = store.head(ledger)
    commands = [[sys.executable, "-c", APPENDER, ledger.place, f"w{n}", "10"] for n in range(8)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [subprocess.Popen(c, stderr=subprocess.PIPE, text=True, env=env) for c in commands]
    assert [(p.communicate(timeout=120)[1], p.returncode) for p in running] == [("", 0)] * 8
    assert store.head(ledger) == before + 80
    for n in range(8):
        mine = [merkle.loads(e.body or b"")["text"] for e in store.entries(ledger) if e.actor == f"w{n}"]
        assert mine == [str(i) for i in range(10)]


def test_a_killed_writer_loses_nothing_that_it_acknowledged(place: Path, ledger: store.Ledger) -> None:
    source = APPENDER.replace("about=about)", "about=about)\n        print(n, flush=True)")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for n in range(6):
        command = [sys.executable, "-c", source, ledger.place, f"k{n}", "100000"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.01 * n)
        process.kill()
        acknowledged = [0, *map(int, process.communicate()[0].split())]
        kept = [int(merkle.loads(e.body or b"")["text"]) for e in store.entries(ledger) if e.actor == f"k{n}"]
        assert kept == list(range(len(kept)))
        assert len(kept) >= len(acknowledged)


@pytest.mark.file
@pytest.mark.parametrize("room", [0, 4096, 40_000, 200_000])
def test_no_room_is_told_in_one_line_and_changes_nothing(place: Path, room: int) -> None:
    source = (
        "import resource, sys\nlimit = int(sys.argv.pop())\n"
        "from ledger.errors import StoreError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))\ntry:\n"
        + "".join(f"    {line}\n" for line in APPENDER.strip().splitlines())
        + "except StoreError as e:\n    print(e.message)"
    )
    done = run(source, place, "full", 5000, room)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    with store.open_ledger(place) as ledger:
        assert store.head(ledger) >= 23
        assert audit.verify(ledger).ok


@pytest.mark.file
def test_a_locked_ledger_says_who_holds_it(ledger: store.Ledger) -> None:
    source = (
        "import sqlite3, sys, time; db = sqlite3.connect(sys.argv[1], isolation_level=None); "
        "db.execute('BEGIN IMMEDIATE'); print('held', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen([sys.executable, "-c", source, ledger.place], stdout=subprocess.PIPE, text=True)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        ledger.db.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(Locked) as caught, store.write(ledger, "ana"):
            pass
        if Path("/proc/locks").exists():
            assert f"process {other.pid} (" in caught.value.message
    finally:
        other.kill()
        other.communicate()
    assert holder(ledger.place) is None
    with store.write(ledger, "ana") as w:  # the lock went with its holder
        sample.Builder(ledger, w).source("After the lock")


# --- copies -------------------------------------------------------------------------------------------------------


@pytest.mark.file
def test_a_backup_is_the_whole_ledger_in_one_file(ledger: store.Ledger, tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    copy = tmp_path / "safe" / "copy.db"
    assert backup(ledger, copy) == copy.stat().st_size
    assert [p.name for p in copy.parent.iterdir()] == ["copy.db"]
    with store.open_ledger(copy, store.Open.READ) as other:
        assert (store.root(other), derived(other)) == (store.root(ledger), derived(ledger))
        assert audit.verify(other).ok


@pytest.mark.file
def test_a_backup_while_somebody_writes_holds_what_was_committed(ledger: store.Ledger, tmp_path: Path) -> None:
    with store.open_ledger(ledger.place) as other, store.write(other, "ana") as w:
        sample.Builder(other, w).source("Half way")
        backup(ledger, tmp_path / "copy.db")
    with store.open_ledger(tmp_path / "copy.db") as copy:
        assert store.head(copy) == store.head(ledger) - 1
        assert audit.verify(copy).ok


@pytest.mark.file
def test_a_backup_never_overwrites(ledger: store.Ledger, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("taken", "link"):
        with pytest.raises(Refused, match="exists already"):
            backup(ledger, tmp_path / name)
    with pytest.raises(NotFound, match="no such folder"):
        backup(ledger, tmp_path / "absent" / "copy.db")
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


# --- another schema -----------------------------------------------------------------------------------------------


def age(place: Path) -> None:
    """Makes the derived part of a ledger look as another version would have it: other tables, views and indexes."""
    db = sqlite3.connect(place, isolation_level=None)
    for sql in (
        "DROP VIEW claim_view", "DROP TABLE link", "DROP INDEX claim_key", "DROP TABLE search_terms",
        "ALTER TABLE question ADD COLUMN old TEXT", "CREATE VIEW question_old AS SELECT old FROM question",
        "CREATE TABLE older (claim TEXT REFERENCES claim (uid))", "CREATE INDEX entry_old ON entry (kind)",
    ):  # fmt: skip
        db.execute(sql)
    db.close()


@pytest.mark.file
def test_a_rebuild_makes_the_derived_tables_as_the_schema_has_them_now(place: Path) -> None:
    with store.open_ledger(place) as ledger:
        before = (store.root(ledger), derived(ledger))
    age(place)
    with store.open_ledger(place) as ledger:
        store.rebuild(ledger)
        assert (store.root(ledger), derived(ledger)) == before
        assert audit.verify(ledger).ok


@pytest.mark.file
def test_a_rebuild_killed_half_way_leaves_the_older_or_the_newer_tables(place: Path, tmp_path: Path) -> None:
    source = (
        "import sys\nfrom ledger import store\nledger = store.open_ledger(sys.argv[1])\n"
        "print('go', flush=True)\nstore.rebuild(ledger)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    age(place)
    for n in range(6):
        copy = tmp_path / f"{n}.db"
        shutil.copy(place, copy)
        other = subprocess.Popen([sys.executable, "-c", source, str(copy)], stdout=subprocess.PIPE, env=env)
        assert other.stdout is not None
        other.stdout.readline()
        try:
            other.wait(0.004 * n)
        except subprocess.TimeoutExpired:
            other.kill()
        other.communicate()
        with store.open_ledger(copy) as ledger:
            older = ledger.one("SELECT 1 FROM sqlite_master WHERE name = 'question_old'")
            assert (older is None) == audit.verify(ledger).ok
            store.rebuild(ledger)
            assert audit.verify(ledger).ok


def test_the_schema_is_cut_into_the_statements_it_has() -> None:
    made = sqlite3.connect(":memory:")
    for statement in SQLITE.statements(store.schema_sql()):
        made.execute(statement)
    whole = sqlite3.connect(":memory:")
    whole.executescript(store.schema_sql())
    names = "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
    assert made.execute(names).fetchall() == whole.execute(names).fetchall()
    made.close()
    whole.close()


@pytest.mark.parametrize("block", ["transaction", "snapshot", "attempt"])
def test_a_block_that_an_interrupt_left_behind_ends_quietly_after_its_ledger(tmp_path: Path, block: str) -> None:
    ledger = store.create(tmp_path / "left.db", actor="ann")
    size = store.head(ledger)
    outer = ledger.transaction()
    if block == "attempt":
        outer.__enter__()
    held = store.Writer(ledger, "ann").attempt() if block == "attempt" else getattr(ledger, block)()
    held.__enter__()
    ledger.close()
    held.gen.close()
    outer.gen.close()
    with store.open_ledger(tmp_path / "left.db") as again:
        assert store.head(again) == size
        assert audit.verify(again).ok


@pytest.mark.file
def test_what_one_connection_writes_outlasts_others_of_its_process_and_of_another(claims: Claims) -> None:
    """Closing a file drops all locks that the process has on it: then another process takes the log's last pages away."""
    with store.create(claims.ledger, actor="ana") as held:
        verbs.raise_question(held, verbs.RaiseQuestion(text="One?"), actor="ana")
        store.open_ledger(claims.ledger, store.Open.READ).close()
        script = "import sys; from ledger import store; store.open_ledger(sys.argv[1]).close()"
        subprocess.run([sys.executable, "-c", script, str(claims.ledger)], check=True)
        verbs.raise_question(held, verbs.RaiseQuestion(text="Two?"), actor="ana")
    with store.open_ledger(claims.ledger, store.Open.READ) as ledger:
        assert store.head(ledger) == 3
