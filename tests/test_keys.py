"""Signing keys: outside the ledger, for their owner alone, never overwritten."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from ledger import keys, merkle
from ledger.errors import BadInput, NotFound, Refused


def test_a_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    keys.create(tmp_path / "deep" / "key.pem")
    assert stat.S_IMODE((tmp_path / "deep" / "key.pem").stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    keys.create(tmp_path / "key.pem")
    before = (tmp_path / "key.pem").read_bytes()
    with pytest.raises(Refused, match="a key already"):
        keys.create(tmp_path / "key.pem")
    assert (tmp_path / "key.pem").read_bytes() == before


def test_what_a_loaded_key_signs_its_public_half_accepts(tmp_path: Path) -> None:
    made, loaded = keys.create(tmp_path / "key.pem"), keys.load(tmp_path / "key.pem")
    public = loaded.named("claim-ledger/x")
    holds = keys.verifier(public)
    signature = made.sign(b"message")
    assert made.public == loaded.public
    assert merkle.parse_vkey(public.vkey) == public
    assert holds(signature, b"message")
    assert not holds(signature, b"massage")
    assert not holds(signature[:-1], b"message")
    assert not keys.verifier(merkle.Key("x", b"\xff" * 32))(signature, b"message")


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    keys.create(tmp_path / "key.pem")
    (tmp_path / "key.pem").chmod(0o640)
    with pytest.raises(Refused, match="read by others") as caught:
        keys.load(tmp_path / "key.pem")
    assert "chmod 600" in (caught.value.hint or "")


def test_no_key_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        keys.load(tmp_path / "key.pem")
    assert "claims key create" in (caught.value.hint or "")


@pytest.mark.parametrize("kind", ["text", "rsa", "encrypted", "public"])
def test_what_is_no_key_is_refused(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "key.pem"
    place.write_bytes(pem(kind))
    place.chmod(0o600)
    with pytest.raises(BadInput, match="not an Ed25519 private key"):
        keys.load(place)


def pem(kind: str) -> bytes:
    from cryptography.hazmat.primitives import serialization as s
    from cryptography.hazmat.primitives.asymmetric import ed25519, rsa

    private = ed25519.Ed25519PrivateKey.generate()
    if kind == "text":
        return b"not a key\n"
    if kind == "public":
        return private.public_key().public_bytes(s.Encoding.PEM, s.PublicFormat.SubjectPublicKeyInfo)
    if kind == "encrypted":
        return private.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.BestAvailableEncryption(b"secret"))
    other = rsa.generate_private_key(65537, 2048)
    return other.private_bytes(s.Encoding.PEM, s.PrivateFormat.PKCS8, s.NoEncryption())


def test_the_place_of_the_key_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS_KEY", str(tmp_path / "env.pem"))
    assert keys.key_path() == tmp_path / "env.pem"
    assert keys.key_path(tmp_path / "given.pem") == tmp_path / "given.pem"
    monkeypatch.delenv("CLAIMS_KEY")
    assert keys.key_path().parent.name == "claim-ledger"


def test_openssl_reads_the_key_and_its_signature(tmp_path: Path) -> None:
    key = keys.create(tmp_path / "key.pem")
    (tmp_path / "message").write_bytes(b"message")
    (tmp_path / "signature").write_bytes(key.sign(b"message"))
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-rawin",
        "-in",
        "message",
        "-sigfile",
        "signature",
        "-inkey",
        "key.pem",
    ]
    try:
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    assert done.returncode == 0, done.stderr
