"""A time stamp says by when the log's beginning existed, is checked to the last bit, and never stands in the way of signing."""

from __future__ import annotations

import hashlib
import random
import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import damage
import pytest
import stamping
from conftest import Claims

from ledger import verify as alone
from ledger.audit import tokens
from ledger.errors import Tampered

TEXT = "The harbour office said at least 40 boats left Marsala on Monday.\n"
NOTE = "claim-ledger/x\n7\nbase64\n\n— signed\n"


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> stamping.Authority:
    return stamping.Authority(tmp_path_factory.mktemp("authority"))


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
def stamped(desk: Claims, authority: stamping.Authority) -> Path:
    """The file of a stamp over the ledger's checkpoint."""
    with stamping.serving(good(authority)) as url:
        asked = desk("checkpoint", "--timestamp", url, "--tsa-cert", authority.certificate, "--json")
    return Path(asked.json["timestamp"]["file"])


def good(authority: stamping.Authority, name: str = "rsa") -> stamping.Answer:
    return lambda query: (200, stamping.REPLY, authority.answer(query, name))


# --- asking -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rsa", "ec"])
def test_a_checkpoint_is_stamped_and_the_stamp_is_kept_beside_the_ledger(
    desk: Claims, authority: stamping.Authority, name: str
) -> None:
    with stamping.serving(good(authority, name)) as url:
        asked = desk("checkpoint", "--timestamp", url, "--tsa-cert", authority.certificate)
    note = desk.ledger.with_name("ledger.db.checkpoint").read_text(encoding="utf-8")
    assert asked.out == note
    assert "the first 6 entries existed by 20" in asked.err
    assert f"give or take 1.5 s, says CN=Example {name}; kept in " in asked.err
    assert "not checked" not in asked.err
    kept = desk.folder / "ledger.db.checkpoint-6.tsr"
    assert (desk.folder / "ledger.db.checkpoint-6").read_text(encoding="utf-8") == note
    found = desk("verify", "--timestamp", kept, "--tsa-cert", authority.certificate)
    assert "stamped: the first 6 entries existed by " in found.out


def test_without_the_authoritys_certificate_it_is_said_that_the_signature_was_not_checked(
    desk: Claims, authority: stamping.Authority
) -> None:
    with stamping.serving(good(authority)) as url:
        assert "its signature was not checked" in desk("checkpoint", "--timestamp", url).err


def test_only_a_hash_is_sent_with_a_nonce_and_a_wish_for_the_certificate(
    desk: Claims, authority: stamping.Authority
) -> None:
    asked: list[bytes] = []

    def answer(query: bytes) -> tuple[int, str, bytes]:
        asked.append(query)
        return 200, stamping.REPLY, authority.answer(query)

    with stamping.serving(answer) as url:
        desk("checkpoint", "--timestamp", url)
        desk("checkpoint", "--timestamp", url)
    digest = hashlib.sha256(desk.ledger.with_name("ledger.db.checkpoint").read_bytes()).digest()
    told = []
    for query in asked:
        (authority.folder / "seen").write_bytes(query)
        told.append(authority.openssl("ts", "-query", "-in", "seen", "-text"))
        assert digest in query
        assert len(query) < 100
        assert all(line in told[-1] for line in ("Hash Algorithm: sha256", "Certificate required: yes", "Nonce: 0x"))
    assert told[0] != told[1]


def test_an_earlier_stamp_is_never_overwritten(desk: Claims, stamped: Path, authority: stamping.Authority) -> None:
    before = stamped.read_bytes()
    with stamping.serving(good(authority, "ec")) as url:
        desk("checkpoint", "--timestamp", url)
        assert stamped.read_bytes() == before
        again = desk.folder / "ledger.db.checkpoint-6-2.tsr"
        assert "CN=Example ec" in desk("verify", "--timestamp", again, "--tsa-cert", authority.certificate).out
        desk("tag", "C1", "harbour")
        desk("checkpoint", "--timestamp", url)
    assert sorted(p.name for p in desk.folder.glob("*.tsr")) == [
        "ledger.db.checkpoint-6-2.tsr", "ledger.db.checkpoint-6.tsr", "ledger.db.checkpoint-7.tsr",
    ]  # fmt: skip


ANSWERS: dict[str, tuple[Callable[[stamping.Authority, bytes], tuple[int, str, bytes]], str]] = {
    "an error of the server": (lambda a, q: (500, stamping.REPLY, a.answer(q)), "answered 500"),
    "another address": (lambda *_: (302, stamping.REPLY, b""), "answered 302"),
    "a page": (lambda a, q: (200, "text/html", a.answer(q)), "sent text/html, not application/timestamp-reply"),
    "no type": (lambda a, q: (200, "", a.answer(q)), "sent no type"),
    "nothing": (lambda *_: (200, stamping.REPLY, b""), "not an RFC 3161 time stamp"),
    "garbage": (lambda *_: (200, stamping.REPLY, bytes(range(256))), "not an RFC 3161 time stamp"),
    "half": (lambda a, q: (200, stamping.REPLY, a.answer(q)[:-700]), "not an RFC 3161 time stamp"),
    "too much": (lambda a, q: (200, stamping.REPLY, a.answer(q) + bytes(1 << 20)), "more than 1024 KiB"),
    "a refusal": (lambda a, q: (200, stamping.REPLY, a.answer(q, digests="sha512")), "rejected: Message digest algorithm"),
    "a refusal in hostile words": (
        lambda *_: (200, stamping.REPLY, stamping.told(2, "\x1b[2J\u202eon\nstrike")), "rejected: \\x1b[2J\\u202eon strike",
    ),
    "granted with changes": (
        lambda a, q: (200, stamping.REPLY, a.answer(q).replace(b"\x02\x01\x00", b"\x02\x01\x01", 1)), "granted with changes",
    ),
    "come back later": (lambda *_: (200, stamping.REPLY, stamping.told(3)), "waiting"),
    "an unknown status": (lambda *_: (200, stamping.REPLY, stamping.told(9)), "status 9"),
    "granted without a token": (lambda *_: (200, stamping.REPLY, stamping.told(0)), "not an RFC 3161 time stamp"),
    "an answer to somebody else": (lambda a, _: (200, stamping.REPLY, a.answer(a.query)), "another request than ours"),
    "an answer over another hash": (
        lambda a, q: (200, stamping.REPLY, a.answer(q.replace(q[24:56], bytes(32)))), "another request than ours",
    ),
    "one signed by others": (
        lambda a, q: (200, stamping.REPLY, stamping.forged(a, a.answer(q), "mail")), "not one for time stamps",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_an_authority_that_answers(name: str, desk: Claims, authority: stamping.Authority) -> None:
    """... is one that gave no stamp: exit code 4, nothing kept, and the checkpoint is signed all the same."""
    make, said = ANSWERS[name]
    with stamping.serving(lambda query: make(authority, query)) as url:
        ran = desk("checkpoint", "--timestamp", url, "--tsa-cert", authority.certificate, code=4)
    assert said in ran.err, ran.err
    assert len(ran.err.splitlines()) == 2
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ran.err)
    assert not list(desk.folder.glob("*.tsr"))
    assert desk.ledger.with_name("ledger.db.checkpoint").read_text(encoding="utf-8").split("\n")[1] == "6"


def test_an_authority_that_is_not_there_is_unreachable(desk: Claims) -> None:
    with stamping.serving(lambda _: (200, "", b"")) as url:
        pass
    ran = desk("checkpoint", "--timestamp", url, code=4)
    assert "cannot fetch" in ran.err
    assert "the checkpoint itself is signed and kept" in ran.err


def test_what_is_given_is_looked_at_before_anything_is_signed(
    desk: Claims, monkeypatch: pytest.MonkeyPatch, authority: stamping.Authority
) -> None:
    absent, none = desk.folder / "absent.pem", desk.file("none.pem", "no certificate")
    url = "http://127.0.0.1:9/"
    assert "no such file" in desk("checkpoint", "--timestamp", url, "--tsa-cert", absent, code=3).err
    assert "no certificate in PEM" in desk("checkpoint", "--timestamp", url, "--tsa-cert", none, code=2).err
    leaf = authority.folder / "rsa.pem"
    assert "holds no root certificate" in desk("checkpoint", "--timestamp", url, "--tsa-cert", leaf, code=2).err
    assert "no time stamp is asked for" in desk("checkpoint", "--tsa-cert", none, code=2).err
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    ran = desk("checkpoint", "--timestamp", url, code=1)
    assert 'pip install "claim-ledger[timestamp]"' in ran.err
    assert not desk.ledger.with_name("ledger.db.checkpoint").exists()


# --- checking -----------------------------------------------------------------------------------------------------


def test_a_stamp_says_by_when_the_beginning_of_a_log_that_has_grown_existed(
    desk: Claims, stamped: Path, authority: stamping.Authority
) -> None:
    plain = desk("verify", "--json").json
    assert plain["timestamp"] is None
    assert [s for s in plain["cannot_see"] if s.startswith("when something was logged: the times")]
    desk("tag", "C1", "harbour")
    desk("checkpoint")
    found = desk("verify", "--timestamp", stamped, "--tsa-cert", authority.certificate, "--json").json
    assert found["ok"]
    stamp = found["timestamp"]
    assert (stamp["size"], stamp["accuracy"], stamp["authority"]) == (6, "1.5", "CN=Example rsa")
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp["time"])
    (unseen,) = (s for s in found["cannot_see"] if s.startswith("when"))
    assert unseen.startswith(f"when something was logged, but that the first 6 entries existed by {stamp['time']}:")


def test_a_stamp_is_found_for_the_checkpoint_given(desk: Claims, stamped: Path, authority: stamping.Authority) -> None:
    """A ledger taken over by export and import has the same log and no checkpoints."""
    desk("export", "--format", "ledger", "-o", "all.jsonl")
    desk("import", "all.jsonl", "--ledger", "taken.db")
    given = ("--ledger", "taken.db", "--timestamp", stamped, "--tsa-cert", authority.certificate)
    assert "over none of the checkpoints known here" in desk("verify", *given, code=6).out
    assert "the first 6 entries existed" in desk("verify", "--against", stamped.with_suffix(""), *given).out


def test_a_stamp_proves_nothing_of_a_log_that_is_not_the_stamped_one(
    desk: Claims, stamped: Path, authority: stamping.Authority
) -> None:
    desk.damaged = True
    db = sqlite3.connect(desk.ledger)
    for (name,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entry'"
    ).fetchall():
        db.execute(f"DROP TRIGGER {name}")
    db.execute("UPDATE entry SET leaf_hash = zeroblob(32) WHERE seq = 3")
    db.commit()
    db.close()
    found = desk("verify", "--timestamp", stamped, "--tsa-cert", authority.certificate, "--json", code=6).json
    assert found["timestamp"] is None
    assert any(p.startswith("forked") for p in found["problems"])


def bent(authority: stamping.Authority, answer: bytes, note: bytes) -> dict[str, tuple[bytes, str]]:
    """Stamps that prove nothing, and why."""
    return {
        "empty": (b"", "not an RFC 3161 time stamp"),
        "cut": (answer[:-1], "not an RFC 3161 time stamp"),
        "longer": (answer + b"\0", "not an RFC 3161 time stamp"),
        "of no end": (answer + bytes(1 << 20), "more than 1024 KiB"),
        "not a stamp": (note, "not an RFC 3161 time stamp"),
        "of others": (authority.answer(authority.query), "over none of the checkpoints known here"),
        "for mail": (stamping.forged(authority, answer, "mail"), "its certificate is not one for time stamps"),
        "for this too": (stamping.forged(authority, answer, "loose"), "its certificate is not one for time stamps"),
        "too late": (stamping.forged(authority, answer, "expired"), "had expired by then"),
        "unbound": (stamping.forged(authority, answer, "rsa", "-nosmimecap"), "does not say which certificate"),
        "rejected": (stamping.told(2, "no"), "did not grant it as it was asked for: rejected: no"),
        "with changes": (answer.replace(b"\x02\x01\x00", b"\x02\x01\x01", 1), "granted with changes"),
    }


def test_a_stamp_that_proves_nothing_is_a_problem(desk: Claims, stamped: Path, authority: stamping.Authority) -> None:
    cases = bent(authority, stamped.read_bytes(), stamped.with_suffix("").read_bytes())
    for name, (data, said) in cases.items():
        bad = desk.file("bad.tsr", data)
        ran = desk("verify", "--timestamp", bad, "--tsa-cert", authority.certificate, "--json", code=6)
        (problem,) = ran.json["problems"]
        assert problem.startswith("bad.tsr cannot be used: "), name
        assert said in problem, name
        assert ran.json["timestamp"] is None


def test_another_authority_is_not_the_one_given(desk: Claims, stamped: Path, tmp_path: Path) -> None:
    other = stamping.Authority(tmp_path / "other")
    ran = desk("verify", "--timestamp", stamped, "--tsa-cert", other.certificate, "--json", code=6)
    assert "not of the authority given: its certificate is from elsewhere" in ran.json["problems"][0]


def test_what_is_missing_for_a_check_is_said(
    desk: Claims, stamped: Path, authority: stamping.Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ("--tsa-cert", authority.certificate)
    assert "whose time stamp is it?" in desk("verify", "--timestamp", stamped, code=2).err
    assert "not which time stamp" in desk("verify", *given, code=2).err
    assert "no such file" in desk("verify", "--timestamp", "absent.tsr", *given, code=3).err
    assert "no certificate in PEM" in desk("verify", "--timestamp", stamped, "--tsa-cert", stamped, code=2).err
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    assert 'pip install "claim-ledger[timestamp]"' in desk("verify", "--timestamp", stamped, *given, code=1).err


def test_no_changed_bit_of_a_stamp_is_accepted(authority: stamping.Authority, stamped: Path) -> None:
    """A sample; `python -m campaigns timestamps` flips every bit."""
    whole, note = stamped.read_bytes(), stamped.with_suffix("").read_bytes()
    trusted = tokens.authority(authority.certificate.read_bytes(), "ca.pem")

    def check(data: bytes) -> None:
        token = tokens.parse(data)
        tokens.verify(token, trusted)
        if not token.covers(note):
            raise Tampered("over other bytes")

    check(whole)
    for bit in random.Random(7).sample(range(len(whole) * 8), 600):
        with pytest.raises(Tampered):
            check(damage.flipped(whole, bit))


def test_certificates_in_another_order_are_read(authority: stamping.Authority) -> None:
    """Some authorities list them in an order that DER does not allow."""
    answer = authority.answer(authority.query)
    listed = sorted((bytes(c) for c in tokens.parse(answer).answer.signed_data.certificates), key=answer.index)
    assert len(listed) == 2
    swapped = answer.replace(b"".join(listed), b"".join(reversed(listed)))
    assert swapped != answer
    trusted = tokens.authority(authority.certificate.read_bytes(), "ca.pem")
    for data in (answer, swapped):
        token = tokens.parse(data)
        tokens.verify(token, trusted)
        assert token.covers(b"other")


# --- strangers ----------------------------------------------------------------------------------------------------


def test_a_bundle_brings_the_stamp_and_openssl_checks_it_as_the_verifier_says(
    desk: Claims, stamped: Path, authority: stamping.Authority
) -> None:
    desk("report", "C1", "-o", "r.html", "--bundle", "b.zip")
    with zipfile.ZipFile(desk.folder / "b.zip") as archive:
        archive.extractall(desk.folder / "b")
    assert (desk.folder / "b" / "checkpoint.tsr").read_bytes() == stamped.read_bytes()
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "b/verify.py", "b"], cwd=desk.folder, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout
    command = re.search(r"openssl ts .*?\.pem", ran.stdout)
    assert command is not None
    assert command[0] in alone.NOT_SHOWN
    words = command[0].replace("AUTHORITY.pem", str(authority.certificate)).split()
    checked = subprocess.run(words, cwd=desk.folder / "b", capture_output=True, text=True)
    assert (checked.returncode, "Verification: OK" in checked.stdout) == (0, True), checked.stderr


def test_openssl_checks_a_kept_stamp_as_the_page_on_trust_says(stamped: Path, authority: stamping.Authority) -> None:
    page = (Path(__file__).parents[1] / "docs" / "trust.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"^    (openssl ts .*)$", page, re.MULTILINE)
    words = (
        command.replace("checkpoint-500", "checkpoint-6").replace("AUTHORITY.pem", str(authority.certificate)).split()
    )
    checked = subprocess.run(words, cwd=stamped.parent, capture_output=True, text=True)
    assert (checked.returncode, "Verification: OK" in checked.stdout) == (0, True), checked.stderr


def test_a_bundle_of_a_log_that_has_grown_since_brings_no_stamp(desk: Claims, stamped: Path) -> None:
    assert stamped.exists()
    desk.file("ledger.db.checkpoint-9.tsr", "not a stamp")
    desk("check", "C1", "yes")
    desk("report", "C1", "-o", "r.html", "--bundle", "b.zip")
    with zipfile.ZipFile(desk.folder / "b.zip") as archive:
        assert "checkpoint.tsr" not in archive.namelist()
