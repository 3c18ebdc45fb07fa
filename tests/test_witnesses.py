"""Witnesses cosign what goes on from what they saw, over HTTP and by file; whoever holds a cosigned head sees a fork."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import forks
import pytest
from conftest import Claims
from witnessing import Answer, Witness

from ledger import keys, merkle
from ledger import verify as alone
from ledger.audit import heads, witnesses
from ledger.errors import NotFound, Refused, Tampered

TEXT = "The harbour office said at least 40 boats left Marsala on Monday.\n"


@pytest.fixture
def desk(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> Claims:
    """A ledger with one claim, and a key; addresses on this machine may be asked."""
    monkeypatch.setenv("CLAIMS_ALLOW_PRIVATE_ADDRESSES", "1")
    claims("init", claims.ledger)
    claims("key", "create")
    about = ("--title", "T", "--publisher", "The Example", "--published", "2026-03-01")
    claims("capture", claims.file("a.txt", TEXT), *about, "--no-input")
    claims("add", "at least 40 boats", "--article", "A1", "--by", "harbour office", "--no-input")
    return claims


@pytest.fixture
def herald(desk: Claims) -> Witness:
    """A witness that knows this log and whose key this ledger knows."""
    made = witness_of(desk)
    desk("witness", "add", "The Herald", made.vkey)
    return made


def witness_of(desk: Claims, name: str = "herald.example/w1") -> Witness:
    log = merkle.parse_vkey(desk("key", "show").out)
    return Witness(log.name, log.public, name)


def beside(desk: Claims) -> str:
    return desk.ledger.with_name("ledger.db.checkpoint").read_text(encoding="utf-8")


# --- over HTTP ----------------------------------------------------------------------------------------------------


def test_a_witness_cosigns_head_after_head_each_proved_from_the_one_before(desk: Claims, herald: Witness) -> None:
    with herald.serving() as url:
        first = desk("checkpoint", "--witness", url)
        desk("tag", "C1", "harbour")
        second = desk("checkpoint", "--witness", url)
    assert herald.path == "/w/add-checkpoint"
    assert [body.split("\n", 1)[0] for body in herald.asked] == ["old 0", "old 7"]
    assert f"— {herald.name} " in first.out
    assert second.out == beside(desk)
    found = desk("verify")
    assert "cosigned: the first 8 entries, by herald.example/w1 on 2026-09-21T14:13:20Z" in found.out
    assert "8        2026-09-21 14:13" in desk("witness", "list").out


def test_a_witness_that_has_seen_more_than_we_remember_says_so_and_is_asked_again(
    desk: Claims, herald: Witness
) -> None:
    with herald.serving() as url:
        desk("checkpoint", "--witness", url)
        with forks.rules_away(desk.ledger) as db:
            db.execute("DELETE FROM checkpoint WHERE note LIKE '%herald%'")
        desk("tag", "C1", "harbour")
        desk("checkpoint", "--witness", url)
    assert [body.split("\n", 1)[0] for body in herald.asked] == ["old 0", "old 0", "old 7"]


ANSWERS: dict[str, tuple[Callable[[Witness, bytes], Answer], int, str]] = {
    "an unknown log": (lambda *_: (404, "text/plain", b""), 4, "does not know this log"),
    "an unknown key": (lambda *_: (403, "text/plain", b""), 4, "does not know the key of this log"),
    "a proof that does not hold": (lambda *_: (422, "text/plain", b""), 6, "was shown another log of this name"),
    "the same size with another root": (lambda *_: (409, "text/x.tlog.size", b"7\n"), 6, "was shown another log"),
    "a longer log": (lambda *_: (409, "text/x.tlog.size", b"99\n"), 6, "has seen 99 entries"),
    "no size": (lambda *_: (409, "text/plain", b"7\n"), 6, "was shown another log"),
    "a size without end": (lambda *_: (409, "text/x.tlog.size", b"9" * 4000), 6, "was shown another log"),
    "trouble": (lambda *_: (500, "text/plain", b""), 4, "answered 500"),
    "another address": (lambda *_: (302, "text/plain", b""), 4, "answered 302"),
    "nothing": (lambda *_: (200, "text/plain", b""), 4, "no cosignature"),
    "what is no text": (lambda *_: (200, "text/plain", b"\xff\x00" * 90), 4, "no cosignature"),
    "a stranger's cosignature": (
        lambda w, b: (200, "text/plain", Witness(w.origin, w.log_key, "else.example").cosigned(text_in(b)).encode()),
        4, "no cosignature",
    ),
    "a cosignature of other words": (
        lambda w, b: (200, "text/plain", w.cosigned(text_in(b) + "more\n").encode()), 4, "is not that of herald",
    ),
    "its name with a stranger's key": (
        lambda w, b: (200, "text/plain", Witness(w.origin, w.log_key).cosigned(text_in(b)).encode()),
        4, "no cosignature",
    ),
    "a line broken off": (
        lambda w, b: (200, "text/plain", w.cosigned(text_in(b)).encode()[:-9]), 4, "no cosignature",
    ),
}  # fmt: skip


def text_in(body: bytes) -> str:
    return heads.text_of(body.decode().split("\n\n", 1)[1])


@pytest.mark.parametrize("name", ANSWERS)
def test_what_a_witness_answers_is_told_and_the_checkpoint_stays_signed(
    desk: Claims, herald: Witness, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    answer, code, said = ANSWERS[name]
    monkeypatch.setattr(herald, "answer", lambda body: answer(herald, body))
    with herald.serving() as url:
        asked = desk("checkpoint", "--witness", url, code=code)
    assert said in asked.err
    assert herald.name not in beside(desk)
    assert "cosigned" not in desk("verify").out


def test_cosignatures_of_strangers_are_passed_over_beside_a_known_one(
    desk: Claims, herald: Witness, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Witness(herald.origin, herald.log_key, "else.example")
    true = herald.answer
    monkeypatch.setattr(herald, "answer", lambda b: (200, "", stranger.cosigned(text_in(b)).encode() + true(b)[2]))
    with herald.serving() as url:
        note = desk("checkpoint", "--witness", url).out
    assert herald.name in note
    assert stranger.name not in note


def test_without_a_known_witness_nobody_is_asked(desk: Claims) -> None:
    stranger = witness_of(desk)
    with stranger.serving() as url:
        assert "no witness is known here" in desk("checkpoint", "--witness", url, code=2).err
    assert stranger.asked == []


# --- whose word counts --------------------------------------------------------------------------------------------


def test_a_witness_is_logged_taken_back_and_done_again(desk: Claims, herald: Witness) -> None:
    assert "The Herald" in desk("witness", "list").out
    desk("undo")
    assert "no witness is known here" in desk("witness", "list").err
    desk("redo")
    desk("witness", "remove", "The Herald", "--because", "its key was lost")
    assert desk("witness", "list").out == ""
    desk("undo")
    assert herald.vkey in desk("witness", "list").out
    desk("verify")


def test_a_forged_cosignature_is_a_problem(desk: Claims, herald: Witness) -> None:
    note = desk("checkpoint").out
    forged = note + herald.cosigned(heads.text_of(note) + "more\n")
    file = desk.file("forged", forged)
    assert "the note's cosignature is not that of herald.example/w1" in desk("verify", "--against", file, code=6).out


def test_a_witness_named_by_the_verifier_must_have_cosigned(desk: Claims, herald: Witness) -> None:
    desk("undo")  # the ledger itself vouches for nobody
    desk("checkpoint")
    missing = desk("verify", "--witness", herald.vkey, code=6).out
    assert "no checkpoint known here is cosigned by herald.example/w1" in missing
    desk("redo")
    with herald.serving() as url:
        desk("checkpoint", "--witness", url)
    assert "cosigned: the first 7 entries" not in missing
    assert desk("verify", "--witness", herald.vkey, "--json").json["cosigned"][0]["witness"] == herald.name


# --- what goes out ------------------------------------------------------------------------------------------------


def test_a_bundle_and_a_site_carry_the_cosignature_and_the_verifier_for_strangers_checks_it(
    desk: Claims, herald: Witness, capsys: pytest.CaptureFixture[str]
) -> None:
    desk("report", "all", "--site", desk.folder / "site")
    with herald.serving() as url:
        desk("checkpoint", "--witness", url)
    desk("report", "all", "--site", desk.folder / "site")
    assert (desk.folder / "site" / "checkpoint.txt").read_text(encoding="utf-8") == beside(desk)
    desk("report", "C1", "--bundle", desk.folder / "b.zip")
    with zipfile.ZipFile(desk.folder / "b.zip") as archive:
        assert archive.read("checkpoint").decode() == beside(desk)
    bundle = [str(desk.folder / "b.zip"), "--vkey", desk("key", "show").out.strip()]
    capsys.readouterr()
    assert alone.main([*bundle, "--witness", herald.vkey]) == 0
    assert "Cosigned by the witness herald.example/w1, 2026-09-21 14:13:20 UTC" in capsys.readouterr().out
    other = Witness(herald.origin, herald.log_key).vkey
    assert alone.main([*bundle, "--witness", herald.vkey, "--witness", other]) == 6
    assert "not cosigned by the key of herald.example/w1" in capsys.readouterr().out
    assert alone.main([*bundle, "--witness", bundle[2]]) == 6


# --- by file ------------------------------------------------------------------------------------------------------


@pytest.fixture
def other_house(desk: Claims) -> Path:
    """The signing key of another house."""
    place = desk.folder / "other" / "key.pem"
    keys.create(place)
    return place


def test_two_houses_witness_each_other_by_file(desk: Claims, other_house: Path) -> None:
    theirs = desk("key", "show", "--witness", "--key", other_house).out.strip()
    desk("witness", "add", "The other house", theirs)
    ours, ask, answer = desk("key", "show").out.strip(), desk.folder / "ask.txt", desk.folder / "answer.txt"
    desk("witness", "ask", "-o", ask)
    assert "is not known here" in desk("witness", "sign", ask, "--key", other_house, code=3).err
    desk("witness", "sign", ask, "--key", other_house, "--log", ours, "-o", answer)
    desk("witness", "take", answer)
    desk("tag", "C1", "harbour")
    desk("witness", "ask", "-o", ask)
    assert ask.read_text(encoding="utf-8").startswith("old 7\n")
    desk("witness", "sign", ask, "--key", other_house, "-o", answer)  # the key of our log is remembered
    desk("witness", "take", answer)
    assert "cosigned: the first 8 entries, by claim-ledger/witness-" in desk("verify").out
    desk("witness", "ask", "-o", ask)  # the same head again
    assert ask.read_text(encoding="utf-8").startswith("old 8\n\n")
    desk("witness", "sign", ask, "--key", other_house, "-o", answer)
    desk("witness", "take", answer)
    assert "was a newer checkpoint signed since" in _late(desk, answer).err


def test_of_several_witnesses_each_is_asked_from_what_it_has_seen(
    desk: Claims, other_house: Path, herald: Witness
) -> None:
    ask, answer = desk.folder / "ask.txt", desk.folder / "answer.txt"
    desk("witness", "add", "The Herald", desk("key", "show", "--witness", "--key", other_house).out.strip())
    desk("witness", "ask", "-o", ask)
    desk("witness", "sign", ask, "--key", other_house, "--log", desk("key", "show").out.strip(), "-o", answer)
    desk("witness", "take", answer)
    desk("witness", "add", "new", herald.vkey)
    assert "--for" in desk("witness", "ask", code=2).err
    assert desk("witness", "ask", "--for", "new").out.startswith("old 0\n")
    assert desk("witness", "ask", "--for", "The Herald").out.startswith("old 8\n")
    assert "no witness is called x" in desk("witness", "ask", "--for", "x", code=3).err


def _late(desk: Claims, answer: Path) -> object:
    desk("tag", "C1", "late")
    desk("checkpoint")
    return desk("witness", "take", answer, code=6)


def test_a_house_cosigns_only_what_goes_on_from_what_it_cosigned(desk: Claims, other_house: Path) -> None:
    ours, ask = desk("key", "show").out.strip(), desk.folder / "ask.txt"
    first = desk("witness", "ask", "-o", ask) and ask.read_text(encoding="utf-8")
    desk("witness", "sign", ask, "--key", other_house, "--log", ours)
    desk("tag", "C1", "harbour")
    desk("witness", "ask", "--old", "5", "-o", ask)
    said = desk("witness", "sign", ask, "--key", other_house, code=1).err
    assert "7 entries of that log were cosigned last, the proof is from 5" in said or "6 entries" in said
    desk("witness", "ask", "--old", said.split("--old ")[1].split()[0], "-o", ask)
    desk("witness", "sign", ask, "--key", other_house)
    ask.write_text(first, encoding="utf-8")
    assert "it went back" in desk("witness", "sign", ask, "--key", other_house, code=6).err
    stranger = merkle.Key(merkle.parse_vkey(ours).name, bytes(range(32))).vkey
    assert "not the key" in desk("witness", "sign", ask, "--key", other_house, "--log", stranger, code=1).err


def test_nobody_is_witness_to_a_log_of_their_own_key(desk: Claims) -> None:
    desk("witness", "ask", "-o", desk.folder / "ask.txt")
    ours = desk("key", "show").out.strip()
    assert "this very key" in desk("witness", "sign", desk.folder / "ask.txt", "--log", ours, code=1).err


def test_without_its_memory_a_house_cosigns_nothing(desk: Claims, other_house: Path) -> None:
    desk("witness", "ask", "-o", desk.folder / "ask.txt")
    shutil.rmtree(keys.heads_of(other_house))
    ours = desk("key", "show").out.strip()
    said = desk("witness", "sign", desk.folder / "ask.txt", "--key", other_house, "--log", ours, code=1).err
    assert "are not beside it" in said


@pytest.mark.parametrize(
    "asked", ["", "old 1", "old 01\n\nx", "old 1\nx\n\ny\n1\n", "old 0\n\n\n\n", "\n\n", "new 1\n\nx"]
)
def test_what_is_no_request_is_refused(other_house: Path, asked: str) -> None:
    with pytest.raises((Tampered, NotFound, Refused)):
        witnesses.sign(keys.load(other_house), asked, None)


def test_every_fork_is_seen_by_whoever_holds_the_cosigned_head(tmp_path: Path) -> None:
    assert forks.unseen(tmp_path, seed=5, count=12) == 0


def test_every_changed_bit_of_a_cosignature_is_refused(desk: Claims, herald: Witness) -> None:
    note = desk("checkpoint").out
    line = herald.cosigned(heads.text_of(note)).encode()
    key = merkle.parse_vkey(herald.vkey, merkle.COSIGNER)
    for bit in range(8 * len(line)):
        changed = bytearray(line)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            at = merkle.cosigned_at(note.encode() + bytes(changed), key, keys.verifier(key))
        except Tampered:
            continue
        assert at is None


def test_the_example_of_the_specification_is_read() -> None:
    body = (
        "old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n\nexample.com/behind-the-sofa\n20852163\n"
        "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa "
        "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    )
    old, hashes, note = merkle.parse_request(body)
    assert (old, len(hashes), merkle.parse_checkpoint(heads.text_of(note)).size) == (20852014, 1, 20852163)
    assert merkle.format_request(old, hashes, note) == body


def test_a_head_cosigned_again_and_again_has_one_line_of_each_witness(desk: Claims, other_house: Path) -> None:
    desk("witness", "add", "The other house", desk("key", "show", "--witness", "--key", other_house).out.strip())
    ours, ask, answer = desk("key", "show").out.strip(), desk.folder / "ask.txt", desk.folder / "answer.txt"
    for seen in (0, 7, 7):
        desk("witness", "ask", "--old", seen, "-o", ask)
        desk("witness", "sign", ask, "--key", other_house, "--log", ours, "-o", answer)
        desk("witness", "take", answer)
    assert beside(desk).count("— claim-ledger/witness-") == 1


def test_a_line_that_nobody_known_made_or_a_checkpoint_taken_out_is_warned_of(desk: Claims, herald: Witness) -> None:
    desk("witness", "add", "The Herald", herald.vkey)
    note = desk("checkpoint").out
    beside, stranger = Path(f"{desk.ledger}.checkpoint"), Witness(herald.origin, herald.log_key, "eve.example/w1")
    beside.write_text(note + stranger.cosigned(heads.text_of(note)))
    said = desk("verify").out
    assert "ledger.db.checkpoint is not among the checkpoints in the ledger" in said
    assert "the checkpoint of 7 entries bears a line of eve.example/w1, whose key is not known here" in said
    beside.write_text(note + 2 * herald.cosigned(heads.text_of(note)))
    assert "bears 2 lines of herald.example/w1" in desk("verify").out


def test_a_file_without_a_cosignature_is_none(desk: Claims, herald: Witness) -> None:
    ask = desk.folder / "ask.txt"
    desk("witness", "ask", "-o", ask)
    assert "no cosignature over this checkpoint" in desk("witness", "take", ask, code=3).err


def test_a_wrong_key_that_was_refused_is_not_remembered(desk: Claims, other_house: Path) -> None:
    ours, ask = desk("key", "show").out.strip(), desk.folder / "ask.txt"
    desk("witness", "ask", "-o", ask)
    wrong = merkle.Key(merkle.parse_vkey(ours).name, bytes(range(32))).vkey
    desk("witness", "sign", ask, "--key", other_house, "--log", wrong, code=None)
    assert "bears no signature" in desk.ran[-1].err
    desk("witness", "sign", ask, "--key", other_house, "--log", ours)
