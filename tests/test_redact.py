"""Redaction: the words are gone from the very bytes of the file, the log still proves itself and says why."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sample
from conftest import Claims

from ledger import audit, exchange, keys, merkle, redaction, reports, store
from ledger import records as r
from ledger.errors import BadInput, Locked, NotFound, Refused
from ledger.exchange import ledger_lines
from ledger.store import blobs, read, texts
from ledger.vocabulary import EntryKind

ORDER = "an order of the court"


@pytest.fixture
def uids(tmp_path: Path) -> dict[str, str]:
    return sample.build(tmp_path / "l.db")


@pytest.fixture
def ledger(tmp_path: Path, uids: dict[str, str]) -> Iterator[store.Ledger]:
    with store.open_ledger(tmp_path / "l.db") as opened:
        yield opened
        found = audit.verify(opened)
        assert found.ok, found.problems


def file_bytes(ledger: store.Ledger) -> bytes:
    """Everything that lies on the disk for this ledger."""
    place = Path(ledger.place)
    return b"".join(p.read_bytes() for p in sorted(place.parent.glob(place.name + "*")))


def redact(ledger: store.Ledger, name: str, **more: bool) -> redaction.Redaction:
    return redaction.redact(ledger, name, because=ORDER, actor="editor", **more)


@pytest.mark.file
def test_a_redacted_claim_is_gone_from_the_file(ledger: store.Ledger) -> None:
    words = b"Sixty boats left."
    assert words in file_bytes(ledger)
    done = redact(ledger, "C2")
    assert done.erased
    assert words not in file_bytes(ledger)
    assert b"sixti" not in file_bytes(ledger)  # the stem in the search index
    assert b"call back on Friday" not in file_bytes(ledger)
    with pytest.raises(NotFound, match="redacted"):
        read.claim(ledger, "C2")


def test_texts_read_at_once_lack_what_each_of_them_lacks(ledger: store.Ledger) -> None:
    redact(ledger, "C2")
    redact(ledger, "A2")
    copies = [(c.uid, c.text) for a in read.articles(ledger) for c in read.captures(ledger, a.uid)]
    alone = {uid: blobs.text(ledger, uid, digest) for uid, digest in copies}
    assert any(text and blobs.WITHHELD in text for text in alone.values())
    assert blobs.texts(ledger, [*alone, "none"]) == {uid: text for uid, text in alone.items() if text is not None}


@pytest.mark.file
def test_a_redacted_article_takes_its_copies_and_claims_with_it(ledger: store.Ledger, uids: dict[str, str]) -> None:
    done = redact(ledger, "A1")
    left = file_bytes(ledger)
    for words in (b"Marsala", b"nearly 60", b"fisherman", b"Boats leave", b"about forty", b"marsala"):
        assert words not in left
    assert b"38 boats had left" in left
    assert len(done.blobs) == 2
    assert [read.thing(ledger, i).redacted for i in ("A1", "C1", "C2", "C3", "A2")] == [True, True, True, False, False]
    assert [c.id for c in read.claims(ledger)] == ["C3"]


def test_every_blanked_entry_has_one_that_says_by_whom_and_why(ledger: store.Ledger, uids: dict[str, str]) -> None:
    done = redact(ledger, "C1")
    said = [e for e in store.entries(ledger) if e.kind == EntryKind.REDACT]
    assert {e.about for e in said} == {b.uid for b in done.entries}
    assert {e.actor for e in said} == {"editor"}
    bodies = [merkle.loads(e.body or b"") for e in said]
    assert {(b["because"], b["thing"]) for b in bodies} == {(ORDER, uids["c1"])}


def test_everything_that_names_the_claim_is_listed_and_nothing_else(ledger: store.Ledger, uids: dict[str, str]) -> None:
    done = redact(ledger, "C1", dry_run=True)
    assert [b.kind for b in done.entries] == ["claim", "file", "check", "rating", "answer"]
    assert not done.erased
    assert all(e.body is not None for e in store.entries(ledger))


def test_the_suggestion_that_became_a_claim_goes_with_it(ledger: store.Ledger) -> None:
    done = redact(ledger, "C3")
    assert "suggestion" in [b.kind for b in done.entries]
    assert read.thing(ledger, "M1").redacted
    assert any("redact A2 too" in stays for stays in done.stays)


@pytest.mark.file
def test_a_redacted_source_takes_the_claims_traced_to_it(ledger: store.Ledger, uids: dict[str, str]) -> None:
    redact(ledger, uids["office"])
    assert list(read.claims(ledger)) == []
    # the copies are the article's, not the source's
    assert b"harbour office" in file_bytes(ledger)
    redact(ledger, "A1")
    redact(ledger, "A2")
    assert b"harbour office" not in file_bytes(ledger)


def test_kept_bytes_alone_can_be_redacted(ledger: store.Ledger, uids: dict[str, str]) -> None:
    raw = read.captures(ledger, uids["a1"])[0].raw
    done = redact(ledger, raw)
    assert (done.entries, done.blobs) == ((), (raw,))
    assert store.blob(ledger, raw) is None
    assert b"<p>The harbour" not in file_bytes(ledger)


def test_redacted_bytes_are_not_kept_again_by_accident(ledger: store.Ledger, uids: dict[str, str]) -> None:
    redact(ledger, "A1")
    with pytest.raises(Refused, match="were redacted"), store.write(ledger, "ana") as w:
        w.put_blob(sample.FIRST.encode())


def test_old_proofs_and_checkpoints_still_hold(ledger: store.Ledger, uids: dict[str, str], tmp_path: Path) -> None:
    key = keys.create(tmp_path / "key.pem")
    note = audit.checkpoint(ledger, key)
    proof = merkle.parse_proof(audit.prove(ledger, "C1", key))
    entry = audit.find_entry(ledger, "C1")
    redact(ledger, "A1")
    public = key.named(audit.origin(ledger))
    after = audit.find_entry(ledger, "C1")
    assert (entry.body is None, after.body is None) == (False, True)
    merkle.check_proof(proof, store.leaf_of(after), public, keys.verifier(public))
    assert audit.verify(ledger, against=note, key=public).ok
    assert merkle.parse_proof(audit.prove(ledger, "C1", key)).index == entry.seq


@pytest.mark.file
def test_rebuilding_after_a_redaction_changes_nothing(ledger: store.Ledger) -> None:
    redact(ledger, "C1")
    before = sorted(line for line in ledger.db.iterdump() if "search" not in line)
    store.rebuild(ledger)
    assert sorted(line for line in ledger.db.iterdump() if "search" not in line) == before


def test_an_export_of_a_redacted_ledger_gives_the_same_root_and_none_of_the_words(
    ledger: store.Ledger, tmp_path: Path
) -> None:
    redact(ledger, "A1")
    lines = b"".join(ledger_lines.export(ledger))
    assert b"Marsala" not in lines
    (tmp_path / "out.jsonl").write_bytes(lines)
    ledger_lines.receive_new(str(tmp_path / "out.jsonl"), str(tmp_path / "new.db"), actor="desk")
    with store.open_ledger(tmp_path / "new.db") as other:
        assert store.root(other) == store.root(ledger)
        found = audit.verify(other)
        assert found.ok, found.problems
        with pytest.raises(Refused, match="were redacted"), store.write(other, "ana") as w:
            w.put_blob(sample.FIRST.encode())


def test_an_amendment_before_a_redaction_leaves_nothing_of_the_words_in_a_ledger_made_from_an_export(
    ledger: store.Ledger, uids: dict[str, str], tmp_path: Path
) -> None:
    amend = r.AmendDraft(kind=EntryKind.CLAIM, set={"says": "So many left."}, after=uids["c3"])
    with store.write(ledger, "ana") as w:
        w.append(EntryKind.AMEND, amend, about=uids["c3"])
    redact(ledger, "C1")
    (tmp_path / "out.jsonl").write_bytes(b"".join(ledger_lines.export(ledger)))
    ledger_lines.receive_new(str(tmp_path / "out.jsonl"), str(tmp_path / "new.db"), actor="desk")
    with store.open_ledger(tmp_path / "new.db") as other:
        found = audit.verify(other)
        assert found.ok, found.problems
        assert [c.id for c in read.claims(other)] == [c.id for c in read.claims(ledger)]
        assert texts.find(other, ["forty"], limit=5) == texts.find(ledger, ["forty"], limit=5)
        assert texts.frequency(other, ["marsala"]) == texts.frequency(ledger, ["marsala"])


def test_the_ledger_goes_on_after_a_redaction(ledger: store.Ledger, uids: dict[str, str]) -> None:
    redact(ledger, "A1")
    with store.write(ledger, "ana") as w:
        builder = sample.Builder(ledger, w)
        article, capture = builder.article("Only 12 boats came back.", "Boats return", uids["paper"])
        builder.claim("Only 12 boats came back.", "12 boats came back", article, capture, uids["office"])
    assert [c.id for c in read.claims(ledger)] == ["C3", "C4"]


@pytest.mark.parametrize("name", ["C9", "f" * 64, "0" * 32])
def test_what_is_not_there_is_said_so(ledger: store.Ledger, name: str) -> None:
    with pytest.raises(NotFound):
        redact(ledger, name)


def test_a_redaction_needs_a_reason(ledger: store.Ledger) -> None:
    with pytest.raises(BadInput, match="reason"):
        redaction.redact(ledger, "C1", because="  ", actor="editor")


@pytest.mark.parametrize("kind", ["genesis", "redact"])
def test_the_log_s_own_entries_cannot_be_redacted(ledger: store.Ledger, kind: str) -> None:
    redact(ledger, "C2")
    uid = next(e.uid for e in store.entries(ledger) if e.kind == kind)
    with pytest.raises(Refused, match=kind):
        redact(ledger, uid)


def test_again_for_what_is_redacted_only_erases(ledger: store.Ledger) -> None:
    redact(ledger, "C1")
    size = store.head(ledger)
    again = redact(ledger, "C1")
    assert (again.entries, again.erased, store.head(ledger)) == ((), True, size)


@pytest.mark.file
def test_a_reader_in_the_way_is_told_and_the_second_try_erases(ledger: store.Ledger, uids: dict[str, str]) -> None:
    ledger.db.execute("PRAGMA busy_timeout = 200")
    other = sqlite3.connect(ledger.place)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM entry").fetchone()
    with pytest.raises(Locked) as caught:
        redact(ledger, "C1")
    assert "C1 is redacted, but" in (caught.value.hint or "")
    other.close()
    assert redact(ledger, "C1").erased
    assert b"two logs agree" not in file_bytes(ledger)


# --- what goes out ------------------------------------------------------------------------------------------------

TEXT = (
    "The ferry line closed on Monday. Dorotea Zweig, a purser, said that nine cabins had flooded overnight. At least 14 "
    "passengers were treated for cold, the harbour master said. He spoke of two tugs.\n"
)
SECRET = ("nine cabins had flooded", "Dorotea Zweig", "dorotea", "cabins had", "zweig")


def handed_out(claims: Claims) -> Iterator[tuple[str, bytes]]:
    """Everything that the ledger shows or hands out, but for the export of the whole log."""
    for name in (n for n in reports.FORMATS if n not in ("pdf", "docx", "obsidian")):
        for about in ("Q1", "C2"):
            yield name, claims("report", about, "--format", name, "-o", "-").out.encode()
    for name in (n for n in exchange.EXPORTS if n not in ("ledger", "wacz")):  # wacz: pages from the web alone
        place = claims.folder / f"out-{name}"
        claims("export", "--format", name, "-o", place)
        yield name, place.read_bytes() if not zipfile.is_zipfile(place) else b"".join(unpacked(place))
    for line in (
        "list",
        "show C2",
        "show A1",
        "open A1",
        "search passengers",
        "history C2",
        "question show Q1",
        "origins Q1",
    ):
        ran = claims(*line.split(), code=None)
        yield line, (ran.out + ran.err).encode()
    claims("report", "Q1", "--bundle", claims.folder / "b.zip", "-o", claims.folder / "b.html")
    yield "bundle", b"".join(unpacked(claims.folder / "b.zip"))


def unpacked(place: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(place) as archive:
        for name in archive.namelist():
            yield archive.read(name)


def test_a_redacted_claim_goes_out_nowhere_not_even_beside_its_neighbour(claims: Claims) -> None:
    claims.file("ferry.txt", TEXT)
    claims("capture", claims.folder / "ferry.txt", "--title", "Ferry line closed", "--publisher", "The Tern")
    claims(
        "add",
        "nine cabins had flooded overnight",
        "--article",
        "A1",
        "--by",
        "Dorotea Zweig",
        "--question",
        "What happened on the ferry?",
    )
    claims("add", "At least 14 passengers were treated for cold", "--article", "A1", "--question", "Q1")
    claims("add", "had flooded overnight. At least 14 passengers", "--article", "A1")
    claims("key", "create", "--key", claims.folder / "key.pem")
    claims("publish", "Q1", "--key", claims.folder / "key.pem", code=None)
    planned = claims("redact", "--yes", "C1", "--because", "an order of the court", "--dry-run")
    assert "without what stands beside them: C2" in planned.out
    assert (
        claims("redact", "--yes", "C1", "--because", "an order of the court").out.replace("blanked", "would blank")
        == planned.out
    )
    for what, data in handed_out(claims):
        assert not [words for words in SECRET if words.encode() in data], what
        empty = what in ("claimreview", "geojson", "history C2", "origins Q1")
        assert empty or any(words in data for words in (b"passengers", b"C2", b"14")), what
    assert claims("show", "C3", code=3)
    claims("verify")


def test_redacted_words_are_shown_in_no_other_copy_of_the_article(claims: Claims) -> None:
    said = "At least 31 people died on Sunday, the governor said."
    for text in (said, f"Rain fell. {said.replace(' 31 ', '  31 ')}"):
        claims.file("port.txt", f"{text}\n")
        claims("capture", "port.txt", "--url", "https://port.example/a", "--title", "Port", "--publisher", "Radio Vell")
        if text == said:
            claims("add", "At least 31 people died", "--article", "A1", "--by", "the governor", "--no-input")
    claims("redact", "C1", "--yes", "--because", "a court order")
    shown = claims("open", "A1").out
    assert "Rain fell." in shown
    assert "people died" not in shown
    assert "governor" not in shown
    assert not claims("search", '"people died"', "--texts").out


def test_where_else_the_redacted_words_stand_is_listed(claims: Claims) -> None:
    words = "nine cabins had flooded overnight"
    claims.file("ferry.txt", TEXT)
    claims("capture", "ferry.txt", "--title", f"{words.capitalize()}!", "--publisher", "The Tern")
    claims("add", words, "--article", "A1", "--by", "Dorotea Zweig", "--question", "What happened on the ferry?")
    claims("note", "Q1", f"who saw that {words}?")
    claims(
        "capture",
        claims.file("other.txt", "By night nine cabins - had flooded\novernight.\n"),
        "--publisher",
        "The Gull",
    )
    planned = claims("redact", "C1", "--because", "an order", "--dry-run").out
    assert re.findall(r"the same words in (.*):", planned) == ["A1 (article)", "Q1 (note)", "A2 (capture)"]
    claims("redact", "C1", "--because", "an order", "--yes")
    told = claims("capture", claims.file("third.txt", f"It is said {words}.\n"), "--publisher", "The Coot").err
    assert "words that were redacted in A1 stand in A3" in told


def test_a_source_that_was_taken_back_goes_with_the_claim(claims: Claims) -> None:
    claims.file("ferry.txt", TEXT)
    claims("capture", "ferry.txt", "--title", "Ferry", "--publisher", "The Tern")
    claims("add", "nine cabins had flooded overnight", "--article", "A1", "--by", "Dorotea Zweig")
    claims("undo")
    claims("redact", "C1", "--because", "an order", "--yes")
    assert "Zweig" not in claims("log", "--json").out
