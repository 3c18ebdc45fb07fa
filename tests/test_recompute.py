"""Verify finds every changed row, and nothing in a ledger that is in order; bodies and leaves are spelt one way."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import damage
import pytest
import sample
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sizes import size

from ledger import audit, merkle, redaction, store, syncing
from ledger import records as r
from ledger.audit import derived
from ledger.audit.findings import Findings
from ledger.audit.scan import LogScan
from ledger.audit.verification import recompute
from ledger.errors import ClaimsError
from ledger.store.bodies import read_spelt, spell
from ledger.store.derive import DERIVED, operations, read_body
from ledger.store.log import encode_body
from ledger.vocabulary import EntryKind, EvidenceKind, EvidenceStance, FieldOn, FieldType, Relating, Relation, State


def checked(place: Path, sizes: tuple[int, ...] = ()) -> tuple[LogScan, Findings]:
    findings = Findings()
    with store.open_ledger(place, store.Open.READ) as ledger, ledger.snapshot():
        return recompute(ledger, findings, list(sizes)), findings


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in whose tables nearly every kind of entry has left its mark, and many were changed later."""
    folder = tmp_path_factory.mktemp("lived")
    place = damage.grown(folder)
    with store.open_ledger(place) as ledger, store.write(ledger, "ana") as w:
        uids = {row["id"]: row["uid"] for row in ledger.rows("SELECT id, uid FROM thing_view")}
        names = {"q1": uids["Q2"], "c1": uids["C8"], "c2": uids["C9"], "office": uids["S4"]}
        sample.desk(w, names)
        change(w, uids)
    sample.build(folder / "other.db")
    with store.open_ledger(place) as ledger, store.open_ledger(folder / "other.db") as other:
        syncing.sync(ledger, other, actor="ana")
    return place


def change(w: store.Writer, uids: dict[str, str]) -> None:
    """Entries that change rows of earlier ones in every way there is."""
    a2, c2, c7, c8, q1, q2, s3 = (uids[name] for name in ("A3", "C2", "C7", "C8", "Q1", "Q2", "S3"))
    own = w.ledger.rows("SELECT uid FROM field ORDER BY seq")[0]["uid"]
    dated = r.ClaimDraft(
        article=uids["A4"], exact="They left.", anchored=False, cite="heard", place=r.Place("Marsala"),
        times=(r.TimeSpan("Monday", alternatives=(r.Span("2026-03-02", "2026-03-02"),)),), reading=r.Reading("sank"),
    )  # fmt: skip
    for kind, draft, about in (
        (EntryKind.CLAIM, dated, None),
        (EntryKind.CLAIM, r.replace(dated, article=a2), None),
        (EntryKind.AMEND, r.AmendDraft(kind=EntryKind.ARTICLE, set={"title": "Another"}, after=a2), a2),
        (EntryKind.AMEND, r.AmendDraft(kind=EntryKind.CLAIM, set={"quantities": [], "attribution": []}, after=c7), c7),
        (EntryKind.AMEND, r.AmendDraft(kind=EntryKind.SOURCE, set={"name": "Ox", "folded": "ox"}, after=s3), s3),
        (EntryKind.ALIAS, r.AliasDraft("The Ox", "the ox"), s3),
        (EntryKind.ALIAS, r.AliasDraft("The Ox again", "the ox"), s3),
        (EntryKind.RELATE, r.RelateDraft(uids["S4"], Relating.PART_OF), s3),
        (EntryKind.PARTY, r.PartyDraft(party=True, side="sea"), s3),
        (EntryKind.LINK, r.LinkDraft(c7, Relation.REPEATS, "one wire"), c8),
        (EntryKind.RETRACT, r.RetractDraft("twice"), c8),
        (EntryKind.RESTORE, r.RestoreDraft("no"), c8),
        (EntryKind.RETRACT, r.RetractDraft("twice", undoes=c2), c2),
        (EntryKind.FILE, r.FileDraft(q2, because="again"), c7),
        (EntryKind.FILE, r.FileDraft(q2), c7),
        (EntryKind.FILE, r.FileDraft(q2, out=True), c8),
        (EntryKind.TAG, r.TagDraft("sea"), c7),
        (EntryKind.TAG, r.TagDraft("sea"), c7),
        (EntryKind.TAG, r.TagDraft("sky"), c8),
        (EntryKind.TAG, r.TagDraft("sky", out=True), c8),
        (EntryKind.TAG, r.TagDraft("never", out=True), c8),
        (EntryKind.FIELD, r.FieldDraft("mood", "mood", FieldOn.CLAIM, FieldType.CHOICE, ("glad", "sad")), None),
        (EntryKind.VALUE, r.ValueDraft(own, "12"), c7),
        (EntryKind.VALUE, r.ValueDraft(own, "13"), c7),
        (EntryKind.VALUE, r.ValueDraft(own, "14"), c8),
        (EntryKind.VALUE, r.ValueDraft(own), c8),
        (EntryKind.AMEND, r.AmendDraft(EntryKind.FIELD, {"name": "tons", "folded": "tons", "public": True}, own), own),
        (EntryKind.WORK, r.WorkDraft(state=State.READY, due="2026-04-01"), c8),
        (EntryKind.POLICY, r.PolicyDraft("signoffs", "2"), None),
        (EntryKind.MERGE, r.MergeDraft(q2), q1),
    ):
        w.append(kind, draft, about=about)


def test_a_ledger_that_has_lived_holds(lived: Path) -> None:
    with store.open_ledger(lived) as ledger:
        kinds = {row["kind"] for row in ledger.rows("SELECT DISTINCT kind FROM entry")}
        sizes = tuple(range(1, store.head(ledger) + 1, 7))
        roots = {size: store.root(ledger, size) for size in sizes}
    assert kinds >= {"amend", "retract", "restore", "merge", "alias", "judgement", "file", "tag", "work", "policy"}
    reading, findings = checked(lived, sizes)
    assert not findings.problems
    assert reading.roots == roots


# --- what is not in order -----------------------------------------------------------------------------------------


TABLES = (*DERIVED, "fingerprint", "entry", "blob")


@pytest.fixture(scope="module")
def workbench(lived: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A copy without rules, in which rows are changed and put back."""
    place = tmp_path_factory.mktemp("workbench") / "l.db"
    shutil.copy(lived, place)
    with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA ignore_check_constraints = ON")
        yield place, db


def told(place: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is found in a copy whose rules are gone, which alone would be enough."""
    with monkeypatch.context() as m:
        m.setattr(derived, "check_schema", lambda *_: None)
        findings = checked(place)[1]
        return [*findings.problems, *(w for w in findings.warnings if "named by no entry" in w)]


VALUES = st.sampled_from([None, 0, 1, 2, "", "x", "2026", b"x", "0" * 32])


@given(data=st.data())
@settings(max_examples=size(40, 150), deadline=None, suppress_health_check=list(HealthCheck))
def test_every_row_changed_added_or_taken_away_is_told(
    workbench: tuple[Path, sqlite3.Connection], data: st.DataObject
) -> None:
    place, db = workbench
    with pytest.MonkeyPatch.context() as monkeypatch:
        table = data.draw(st.sampled_from(TABLES))
        rows = db.execute(f"SELECT rowid, * FROM {table}").fetchall()
        assert rows, f"the ledger has nothing in {table}"
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        row = data.draw(st.sampled_from(rows))
        column = data.draw(st.sampled_from(columns))
        try:
            how = data.draw(st.sampled_from(["change", "delete", "add"]))
            with contextlib.suppress(sqlite3.IntegrityError):
                if how == "change":
                    db.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (data.draw(VALUES), row[0]))
                elif how == "delete":
                    db.execute(f"DELETE FROM {table} WHERE rowid = ?", (row[0],))
                else:
                    values = [data.draw(VALUES) if c == column else v for c, v in zip(columns, row[1:], strict=True)]
                    db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", values)
            same = sorted(map(repr, rows)) == sorted(map(repr, db.execute(f"SELECT rowid, * FROM {table}")))
            assert bool(told(place, monkeypatch)) != same, (table, how, row, column)
        finally:
            db.execute(f"DELETE FROM {table}")
            db.executemany(
                f"INSERT INTO {table} (rowid, {', '.join(columns)}) VALUES ({', '.join('?' * (len(columns) + 1))})",
                rows,
            )


# --- bodies and leaves --------------------------------------------------------------------------------------------


def test_every_body_of_a_ledger_is_read_the_same_way_plainly_and_at_length(lived: Path) -> None:
    with store.open_ledger(lived) as ledger:
        for entry in store.entries(ledger):
            if entry.body is None:
                continue
            kind = EntryKind(entry.kind)
            spelt, read = read_spelt(kind, entry.body), read_body(kind, entry.body)
            assert (spelt is None) == (kind is EntryKind.AMEND)
            if spelt is not None:
                assert r.plain(spelt) == {**r.plain(read), "salt": spelt.salt, "login": spelt.login}
                assert operations(entry, spelt) == operations(entry, read)


def test_a_draft_is_spelt_the_same_way_plainly_and_at_length(lived: Path) -> None:
    with store.open_ledger(lived) as ledger:
        for entry in store.entries(ledger):
            if entry.body is not None:
                salt = merkle.loads(entry.body)["salt"]
                spelt = spell(read_body(EntryKind(entry.kind), entry.body), salt)
                assert (spelt is None) == (entry.kind == EntryKind.AMEND)
                assert spelt is None or spelt == (read_spelt(entry.kind, entry.body), entry.body)


@pytest.mark.parametrize("text", ["\0", "\ud800", "x" * 20_000])
def test_a_draft_that_the_log_does_not_take_is_never_spelt(text: str) -> None:
    with pytest.raises(ClaimsError):
        encode_body(r.NoteDraft(text=text))
    with pytest.raises(ClaimsError):
        encode_body(r.EvidenceDraft("0" * 32, EvidenceKind.PHOTO, "x", EvidenceStance.CONTEXT, size=2**53))


@given(st.data())
@settings(deadline=None)
def test_a_body_is_read_plainly_only_where_it_is_canonical(data: st.DataObject) -> None:
    text = st.text(max_size=8) | st.sampled_from(["\0", "\ud800", "é", "\u2028", "\x7f", '"', "\\", "/", "\x1f"])
    draft = {
        "text": data.draw(text),
        "internal": False,
        "query": data.draw(st.booleans()),
        "settles": [],
        "salt": "0" * 32,
    }
    if data.draw(st.booleans()):
        draft[data.draw(st.sampled_from(["extra", "about", "é"]))] = data.draw(st.none() | text)
    try:
        body = merkle.canonical(draft)
    except ClaimsError:
        return
    at = data.draw(st.integers(0, len(body)))
    changed = body[:at] + data.draw(st.sampled_from([b"", b" ", b"1", b"\\u0041", b"\\/", b'"', b","])) + body[at:]
    for given_ in (body, changed):
        if read_spelt("note", given_) is not None:
            assert merkle.canonical(merkle.loads(given_)) == given_
    if draft.keys() == {"text", "internal", "query", "settles", "salt"}:
        assert read_spelt("note", body) is not None


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(uid=WORDS, at=WORDS, actor=WORDS, kind=WORDS, about=WORDS, batch=WORDS, body_hash=st.binary(max_size=32))
def test_a_leaf_is_spelt_canonically(body_hash: bytes, **columns: str) -> None:
    data = {**columns, "v": 1, "body": body_hash.hex()}
    if any("\0" in value for value in columns.values()):
        with pytest.raises(ClaimsError):
            store.leaf_data(body_hash=body_hash, **columns)
    else:
        assert store.leaf_data(body_hash=body_hash, **columns) == merkle.canonical(data)


@pytest.mark.parametrize("column", ["uid", "at", "actor", "kind", "about", "batch"])
def test_a_leaf_of_something_that_is_no_text_is_refused(column: str) -> None:
    columns = dict.fromkeys(("uid", "at", "actor", "kind", "about", "batch"), "x")
    with pytest.raises(ClaimsError):
        store.leaf_data(body_hash=b"", **{**columns, column: b"x"})  # type: ignore[arg-type]


def test_a_redacted_ledger_holds(tmp_path: Path) -> None:
    place = tmp_path / "l.db"
    sample.build(place)
    with store.open_ledger(place) as ledger:
        redaction.redact(ledger, "A1", because="an order", actor="editor")
        assert audit.verify(ledger).ok
    assert not checked(place)[1].problems
