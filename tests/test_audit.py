"""A history rewritten is refused or named, a proof is one for strangers too, a checkpoint binds."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import damage
import histories
import pytest
import rewriting
import sample
from sizes import size

from ledger import audit, keys, merkle, redaction, store
from ledger import records as r
from ledger.audit import heads
from ledger.errors import BadInput, NotFound, Refused, StoreError, Tampered
from ledger.vocabulary import EntryKind

Damage = Callable[[bytes, int, random.Random], Iterator[bytes]]
VERIFIER = Path(__file__).resolve().parents[1] / "ledger" / "verify.py"


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ledger of 23 entries, its key, its checkpoint."""
    folder = tmp_path_factory.mktemp("original")
    sample.build(folder / "l.db")
    key = keys.create(folder / "key.pem")
    with store.open_ledger(folder / "l.db") as ledger:
        audit.checkpoint(ledger, key)
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "copy"))


@pytest.fixture
def key(folder: Path) -> keys.SigningKey:
    return keys.load(folder / "key.pem")


@pytest.fixture
def ledger(folder: Path) -> Iterator[store.Ledger]:
    with store.open_ledger(folder / "l.db") as opened:
        yield opened


def verified(folder: Path, *, key: keys.SigningKey | None = None, against: Path | None = None) -> audit.Verification:
    with store.open_ledger(folder / "l.db", store.Open.READ) as ledger:
        vkey = audit.verifier_key(ledger, key) if key else None
        return audit.verify(ledger, key=vkey, against=against)


def attacked(folder: Path) -> contextlib.closing[sqlite3.Connection]:
    """The file in the hands of somebody who does not use our program."""
    return contextlib.closing(sqlite3.connect(folder / "l.db", isolation_level=None))


# --- rewriting history --------------------------------------------------------------------------------------------


def test_an_untouched_ledger_verifies(folder: Path, key: keys.SigningKey) -> None:
    found = verified(folder, key=key)
    assert (found.ok, found.entries, found.problems, found.warnings) == (True, 23, (), ())
    assert found.checked["checkpoints"] == 2
    assert all(found.checked.values())


@pytest.mark.parametrize("name", rewriting.REFUSED)
def test_the_database_refuses_to(name: str, folder: Path) -> None:
    with attacked(folder) as db:
        before = list(db.iterdump())
        with pytest.raises(sqlite3.IntegrityError) as caught:
            db.execute(rewriting.REFUSED[name])
        assert caught.value.sqlite_errorname == "SQLITE_CONSTRAINT_TRIGGER"
        assert list(db.iterdump()) == before
    assert verified(folder).ok


@pytest.mark.parametrize("name", rewriting.NAMED)
def test_verify_names_a_changed(name: str, folder: Path, key: keys.SigningKey) -> None:
    vkey = key.named(f"claim-ledger/{log_of(folder)}")
    with attacked(folder) as db:
        rewriting.forge(db, name)
    with store.open_ledger(folder / "l.db", store.Open.READ) as ledger:
        found = audit.verify(ledger, key=vkey)
    assert not found.ok
    assert any(rewriting.NAMED[name][1] in problem for problem in found.problems), found.problems
    assert all("\n" not in problem and len(problem) < 400 for problem in found.problems)


@pytest.mark.parametrize("name", rewriting.RULES)
def test_over_altered_rules_nothing_is_acknowledged(name: str, folder: Path) -> None:
    with attacked(folder) as db:
        forgery = rewriting.RULES[name]
        forgery(db) if callable(forgery) else db.executescript(forgery)
    if not_opened := refusal(folder):
        assert "malformed" in not_opened or "not a ledger" in not_opened
        return
    with store.open_ledger(folder / "l.db") as ledger:
        problems = audit.verify(ledger).problems
        assert any("setting was altered" in p or rewriting.RULE_NAMED.fullmatch(p) for p in problems), problems
        with pytest.raises(Tampered, match=r"^the rules of .* are not those"), store.write(ledger, "desk"):
            raise AssertionError("nothing is promised")


@pytest.mark.parametrize("forgery", ["DROP TRIGGER entry_kept", "DROP VIEW claim_view", "DROP TABLE tag"])
def test_a_rebuild_mends_altered_rules_or_changes_nothing(forgery: str, folder: Path) -> None:
    with attacked(folder) as db:
        db.execute(forgery)
    with store.open_ledger(folder / "l.db") as ledger:
        if "TRIGGER" in forgery:
            with pytest.raises(Tampered, match="not those of this program"):
                store.rebuild(ledger)
        else:
            store.rebuild(ledger)
        assert audit.verify(ledger).ok == ("TRIGGER" not in forgery)


def refusal(folder: Path) -> str:
    try:
        store.open_ledger(folder / "l.db").close()
    except StoreError as e:
        return e.message
    return ""


def log_of(folder: Path) -> str:
    with store.open_ledger(folder / "l.db") as ledger:
        return store.log_id(ledger)


def test_there_are_enough_ways_to_rewrite_history() -> None:
    assert len(rewriting.REFUSED) + len(rewriting.NAMED) + len(rewriting.RULES) >= 150


@pytest.mark.parametrize("kept", ["beside", "elsewhere"])
def test_an_older_copy_put_back_shows_against_a_checkpoint(folder: Path, tmp_path: Path, kept: str) -> None:
    key = keys.load(folder / "key.pem")
    shutil.copy(folder / "l.db", tmp_path / "older.db")
    with store.open_ledger(folder / "l.db") as ledger:
        with store.write(ledger, "ana") as w:
            sample.Builder(ledger, w).source("Someone new")
        audit.checkpoint(ledger, key)
    if kept == "elsewhere":
        (folder / "l.db.checkpoint").rename(tmp_path / "kept.checkpoint")
    for side in folder.glob("l.db-*"):
        side.unlink()
    shutil.copy(tmp_path / "older.db", folder / "l.db")
    found = verified(folder, key=key, against=tmp_path / "kept.checkpoint" if kept == "elsewhere" else None)
    assert not found.ok
    assert "signed over 24 entries, the log has 23; 1 are gone, from entry 23 on" in found.problems[0]


def test_without_a_checkpoint_verify_says_that_a_rollback_cannot_be_seen(folder: Path, key: keys.SigningKey) -> None:
    said = verified(folder).cannot_see
    assert any("cut off" in s for s in said)
    assert any("no key was given" in s for s in said)
    kept = folder / "l.db.checkpoint"
    assert not any("cut off" in s or "no key" in s for s in verified(folder, key=key, against=kept).cannot_see)


def test_two_ledgers_grown_from_one_copy_are_a_fork(folder: Path, tmp_path: Path, key: keys.SigningKey) -> None:
    shutil.copytree(folder, tmp_path / "other")  # the key too: on another machine
    for place, name in ((folder, "One"), (tmp_path / "other", "Another")):
        with store.open_ledger(place / "l.db") as ledger:
            with store.write(ledger, "ana") as w:
                sample.Builder(ledger, w).source(name)
            audit.checkpoint(ledger, keys.load(place / "key.pem"))
    found = verified(folder, against=tmp_path / "other" / "l.db.checkpoint")
    assert found.problems == ("forked: entries 0 to 23 are not those over which the checkpoint given was signed",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n23\n", "\n023\n"),
        ("claim-ledger/", "claim-ledger/x"),
        ("=\n\n", "\n\n"),
        ("\n", ""),
        ("c", "\r"),
        ("l", "\0"),
    ],
)
def test_a_misspelt_checkpoint_is_named(folder: Path, key: keys.SigningKey, old: str, new: str) -> None:
    note = (folder / "l.db.checkpoint").read_text(encoding="utf-8")
    (folder / "bad").write_text(note.replace(old, new), encoding="utf-8")
    for known in (None, key):
        found = verified(folder, key=known, against=folder / "bad")
        assert not found.ok
        assert found.problems[0].startswith("the checkpoint given cannot be used")


def test_an_absent_checkpoint_is_not_found(folder: Path) -> None:
    with pytest.raises(NotFound):
        verified(folder, against=folder / "absent")


def test_a_clock_that_goes_back_is_warned_about_and_nothing_else(folder: Path) -> None:
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("faketime is not installed")
    source = (
        "import sys; sys.path[:0] = sys.argv[2:]\n"
        "import sample\nfrom ledger import store\n"
        "with store.open_ledger(sys.argv[1]) as ledger, store.write(ledger, 'ana') as w:\n"
        "    for n in range(3): sample.Builder(ledger, w).source(f'Late {n}')"
    )
    paths = [str(VERIFIER.parents[1]), str(Path(__file__).parent)]
    command = [faketime, "-f", "-10y", sys.executable, "-c", source, str(folder / "l.db"), *paths]
    subprocess.run(command, check=True, env={**os.environ, "DONT_FAKE_MONOTONIC": "1"})
    found = verified(folder)
    assert (found.ok, found.entries) == (True, 26)
    assert found.warnings == ("the clock went back 3 times, first at entry 23; the order holds",)


# --- damage -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return damage.grown(tmp_path_factory.mktemp("grown"))


@pytest.mark.parametrize(("kind", "count"), [(damage.flips, size(50, 150)), (damage.upheavals, size(20, 50))])
def test_no_damage_changes_what_is_told_unseen(grown: Path, tmp_path: Path, kind: Damage, count: int) -> None:
    with store.open_ledger(grown) as ledger:
        before = damage.told(ledger)
    seen = Counter[str]()
    for n, data in enumerate(kind(grown.read_bytes(), count, random.Random(20260301))):
        place = tmp_path / f"{n}.db"
        place.write_bytes(data)
        seen[damage.verdict(place, before)] += 1
        place.unlink()
    assert seen["UNSEEN"] == 0
    assert seen["named"] > count / 4


def test_no_emptied_page_makes_verify_throw(grown: Path, tmp_path: Path) -> None:
    """Every table and index in turn loses its first page."""
    data = grown.read_bytes()
    with store.open_ledger(grown) as ledger:
        before = damage.told(ledger)
        roots = [row[0] for row in ledger.rows("SELECT DISTINCT rootpage FROM sqlite_master WHERE rootpage > 1")]
    place = tmp_path / "l.db"
    for root in roots:
        at = (root - 1) * damage.PAGE
        place.write_bytes(data[:at] + bytes(damage.PAGE) + data[at + damage.PAGE :])
        assert damage.verdict(place, before) in ("named", "refused")
        for left in tmp_path.glob("l.db*"):
            left.unlink()


def test_a_spoilt_checkpoint_beside_the_ledger_stops_no_other_check(folder: Path) -> None:
    (folder / "l.db.checkpoint").write_bytes(b"\xff\xfe")
    found = verified(folder)
    assert len(found.problems) == 1
    assert "l.db.checkpoint is not a checkpoint" in found.problems[0]
    assert found.checked["entries"] == 23


def test_every_flipped_bit_of_a_checkpoint_is_named(folder: Path, key: keys.SigningKey) -> None:
    note = (folder / "l.db.checkpoint").read_bytes()
    with store.open_ledger(folder / "l.db") as ledger:
        own = key.named(audit.origin(ledger))
        heads.opened(note.decode(), own.name, own)
        for bit in range(len(note) * 8):
            (folder / "bad").write_bytes(damage.flipped(note, bit))
            with pytest.raises(Tampered):
                heads.opened(heads.read_note(folder / "bad"), own.name, own)


# --- checkpoints, proofs, bundles ---------------------------------------------------------------------------------


def test_a_checkpoint_is_kept_in_the_ledger_and_beside_it(ledger: store.Ledger, key: keys.SigningKey) -> None:
    note = audit.latest(ledger)
    assert note == audit.beside(ledger).read_text(encoding="utf-8") == audit.checkpoint(ledger, key)
    own = key.named(audit.origin(ledger))
    head = merkle.open_checkpoint(note, own, keys.verifier(own))
    assert (head.size, head.root) == (store.head(ledger), store.root(ledger))


def test_a_log_at_odds_with_an_earlier_checkpoint_is_not_signed(folder: Path, key: keys.SigningKey) -> None:
    with attacked(folder) as db:
        rewriting.forge(db, "everything but the signature")
    with store.open_ledger(folder / "l.db") as ledger, pytest.raises(Tampered, match="23 entries"):
        audit.checkpoint(ledger, key)


def test_one_key_signs_no_two_futures_of_one_ledger(folder: Path, tmp_path: Path, key: keys.SigningKey) -> None:
    shutil.copy(folder / "l.db", tmp_path / "other.db")
    for place in (folder / "l.db", tmp_path / "other.db"):
        with store.open_ledger(place) as ledger, store.write(ledger, "ana") as w:
            sample.Builder(ledger, w).source(place.name)
    with store.open_ledger(folder / "l.db") as ledger:
        assert "\nprevious 23 " in audit.checkpoint(ledger, key)
    with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as db:
        rewriting.with_rules_away(db, "DELETE FROM checkpoint")
    with store.open_ledger(tmp_path / "other.db") as ledger, pytest.raises(Tampered, match="24 entries"):
        audit.checkpoint(ledger, key)


def test_a_backup_put_back_is_signed_on_a_persons_word(folder: Path, key: keys.SigningKey) -> None:
    with store.open_ledger(folder / "l.db") as ledger:
        store.backup(ledger, folder / "backup.db")
        with store.write(ledger, "ana") as w:
            sample.Builder(ledger, w).source("Lost in the crash")
        audit.checkpoint(ledger, key)
    with store.open_ledger(folder / "backup.db") as ledger:
        with pytest.raises(Tampered, match="24 entries"):
            audit.checkpoint(ledger, key)
        with pytest.raises(BadInput, match="does not begin"):
            audit.checkpoint(ledger, key, going_on=audit.GoingOn("99", "no such beginning", "ana"))
        assert store.head(ledger) == 23
        note = audit.checkpoint(ledger, key, going_on=audit.GoingOn("23", "the disk failed", "ana"))
        assert note.splitlines()[1] == "24"
        assert note == audit.checkpoint(ledger, key)
        found = audit.verify(ledger, key=audit.verifier_key(ledger, key))
        assert found.ok
        assert found.warnings == (
            "entry 23 by ana: the log goes on from its first 23 entries, and a head of 24 entries that was signed before is "
            "given up: the disk failed",
        )
        with pytest.raises(BadInput, match="extends every head"):
            audit.checkpoint(ledger, key, going_on=audit.GoingOn("23", "again", "ana"))


def test_a_key_without_its_heads_signs_nothing(folder: Path, key: keys.SigningKey) -> None:
    shutil.rmtree(key.heads)
    with store.open_ledger(folder / "l.db") as ledger, pytest.raises(Refused, match="not beside it"):
        audit.checkpoint(ledger, key)


@pytest.mark.parametrize("put", ["folder", "link", "pipe"])
def test_what_is_no_file_in_the_checkpoints_place_is_named(folder: Path, key: keys.SigningKey, put: str) -> None:
    place = folder / "l.db.checkpoint"
    place.rename(folder / "moved")
    {"folder": place.mkdir, "link": lambda: place.symlink_to("moved"), "pipe": lambda: os.mkfifo(place)}[put]()
    assert ["is no file but" in problem for problem in verified(folder).problems] == [True]
    with store.open_ledger(folder / "l.db") as ledger, pytest.raises(Tampered, match="is no file but"):
        audit.checkpoint(ledger, key)


def test_heads_signed_in_random_histories_are_one_line(tmp_path: Path) -> None:
    signed = refused = 0
    for seed in range(20):
        (tmp_path / str(seed)).mkdir()
        history = histories.lived(tmp_path / str(seed), seed)
        assert history.forks == 0, seed
        signed, refused = signed + len(history.signed), refused + history.refused
    assert signed > 20
    assert refused > 3


def test_a_shorter_log_is_not_signed(folder: Path, key: keys.SigningKey) -> None:
    with attacked(folder) as db:
        rewriting.forge(db, "cut off cleanly")
    with store.open_ledger(folder / "l.db") as ledger, pytest.raises(Tampered, match="23 entries"):
        audit.checkpoint(ledger, key)


def test_another_key_signs_the_same_head_beside_the_first(ledger: store.Ledger, tmp_path: Path) -> None:
    other = keys.create(tmp_path / "other.pem")
    note = audit.checkpoint(ledger, other)
    assert audit.checkpoint(ledger, other) == note
    assert len(ledger.rows("SELECT * FROM checkpoint")) == 2
    assert audit.verify(ledger).ok


@pytest.mark.parametrize("name", ["C1", "0", "22", "S2", "q1"])
def test_a_proof_holds_for_its_entry_and_no_other(ledger: store.Ledger, key: keys.SigningKey, name: str) -> None:
    entry, own = audit.find_entry(ledger, name), key.named(audit.origin(ledger))
    proof = merkle.parse_proof(audit.prove(ledger, name, key))
    merkle.check_proof(proof, store.leaf_of(entry), own, keys.verifier(own))
    for other in store.entries(ledger):
        if other.seq != entry.seq:
            with pytest.raises(Tampered):
                merkle.check_proof(proof, store.leaf_of(other), own, keys.verifier(own))


def test_every_entry_is_proved_under_every_checkpoint_that_covers_it(
    ledger: store.Ledger, key: keys.SigningKey
) -> None:
    own = key.named(audit.origin(ledger))
    about = store.entries(ledger, since=5)
    uid = next(about).uid
    for _ in range(6):
        with store.write(ledger, "ana") as w:
            w.append(EntryKind.NOTE, r.NoteDraft(text="more"), about=uid)
        for entry in store.entries(ledger):
            proof = merkle.parse_proof(audit.prove(ledger, entry.uid, key))
            merkle.check_proof(proof, store.leaf_of(entry), own, keys.verifier(own))


@pytest.mark.parametrize(("name", "error"), [("23", NotFound), ("C9", NotFound), ("x", BadInput), ("f" * 32, NotFound)])
def test_what_cannot_be_proved_is_said(ledger: store.Ledger, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        audit.prove(ledger, name)


def test_without_a_key_the_newest_checkpoint_that_covers_it_proves(ledger: store.Ledger, key: keys.SigningKey) -> None:
    assert audit.prove(ledger, "C1") == audit.prove(ledger, "C1", key)
    with store.write(ledger, "ana") as w:
        sample.Builder(ledger, w).source("New")
    assert merkle.parse_proof(audit.prove(ledger, "C1")).index == 5
    with pytest.raises(NotFound, match="no checkpoint covers"):
        audit.prove(ledger, "S3")


def test_a_bundle_is_checked_by_a_stranger(ledger: store.Ledger, key: keys.SigningKey, folder: Path) -> None:
    uids = [audit.find_entry(ledger, name).uid for name in ("A1", "C1", "C2", "Q1", "M1")]
    out = folder / "out.zip"
    shown = audit.bundle(ledger, uids, b"<html></html>", key=key, out=out)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(VERIFIER), str(out), "--vkey", audit.verifier_key(ledger, key)],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert f"All {len(shown)} entries shown are in the log." in done.stdout
    with zipfile.ZipFile(out) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
        assert archive.read("verify.py") == VERIFIER.read_bytes()
    assert b"at least 40 boats" in held
    assert b"call back on Friday" not in held  # an internal note
    assert not [p for p in folder.iterdir() if p.name.endswith(".part")]


def test_a_bundle_says_why_words_are_missing(ledger: store.Ledger, key: keys.SigningKey, folder: Path) -> None:
    uid = audit.find_entry(ledger, "C1").uid
    with store.write(ledger, "ana") as w:
        for draft in (r.NoteDraft(text="is this right?", query=True), r.NoteDraft(text="on the record")):
            w.append(EntryKind.NOTE, draft, about=uid)
    redaction.redact(ledger, "C1", because="an order of the court", actor="editor")
    with store.write(ledger, "ana") as w:
        for draft in (r.NoteDraft(text="who ordered it?", query=True), r.NoteDraft(text="see the docket")):
            w.append(EntryKind.NOTE, draft, about=uid)
    shown = audit.bundle(ledger, [uid], b"report", key=key, out=folder / "out.zip")
    with zipfile.ZipFile(folder / "out.zip") as archive:
        held = b"".join(archive.read(name) for name in archive.namelist())
        assert "entries/5.json" not in archive.namelist()
        assert "leaves/5.json" in archive.namelist()
    assert 5 in shown
    for words, there in (
        (b"order of the court", True),
        (b"see the docket", True),
        (b"who ordered", False),
        (b"40 boats", False),
    ):
        assert (words in held) is there
    done = subprocess.run([sys.executable, "-I", "-S", str(VERIFIER), str(folder / "out.zip")], capture_output=True)
    assert done.returncode == 0


def test_the_same_bundle_has_the_same_bytes(ledger: store.Ledger, key: keys.SigningKey, folder: Path) -> None:
    uid = audit.find_entry(ledger, "C1").uid
    for name in ("a.zip", "b.zip"):
        audit.bundle(ledger, [uid], b"report", key=key, out=folder / name)
    assert (folder / "a.zip").read_bytes() == (folder / "b.zip").read_bytes()
    with pytest.raises(Refused, match="exists already"):
        audit.bundle(ledger, [uid], b"report", key=key, out=folder / "a.zip")


def test_a_word_of_the_search_index_that_was_changed_is_named(tmp_path: Path) -> None:
    place = tmp_path / "l.db"
    sample.build(place)
    with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as db:
        rows = db.execute("SELECT id, block FROM search_data WHERE instr(block, CAST('marsala' AS BLOB))").fetchall()
        assert rows
        for row, block in rows:
            db.execute("UPDATE search_data SET block = ? WHERE id = ?", (block.replace(b"marsala", b"!arsala"), row))
    with store.open_ledger(place) as ledger:
        assert any("search index" in problem for problem in audit.verify(ledger).problems)
