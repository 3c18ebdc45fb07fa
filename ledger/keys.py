"""Signing keys: an Ed25519 key in a file of its own, outside every ledger, readable by its owner alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from ledger import merkle
from ledger.errors import BadInput, NotFound, Refused, StoreError
from ledger.store import files

OTHERS = 0o077
"""The permission bits by which anybody but the owner could touch the key."""


class SigningKey(Struct, frozen=True):
    """A private key at hand; it signs for every log under that log's own name."""

    public: bytes
    sign: Callable[[bytes], bytes]
    heads: Path
    """The folder beside the key with the heads that it signed: a folder a log, in it a numbered note a head."""

    def newest(self, log: str) -> tuple[int, str | None]:
        """Number (from 1) and note of the newest head that the key signed of a log; Refused where the folder is gone."""
        if not self.heads.is_dir():
            raise Refused(
                f"the heads that this key has signed are not beside it: no folder {self.heads}",
                hint=f"bring it along with the key; if the key has never signed anything: mkdir {self.heads}",
            )
        try:
            kept = sorted(int(place.stem) for place in (self.heads / log).glob("*.checkpoint"))
            return (
                (kept[-1], files.plain(self._place(log, kept[-1])).read_text(encoding="utf-8")) if kept else (0, None)
            )
        except (OSError, ValueError) as e:
            raise StoreError(f"cannot read the heads in {self.heads / log}: {e}") from None

    def _place(self, log: str, number: int) -> Path:
        return self.heads / log / f"{number:06}.checkpoint"

    def keep(self, log: str, number: int, note: str) -> None:
        """Keeps the note of the head of that number, from 1; Refused where one of that number was kept meanwhile."""
        try:
            (self.heads / log).mkdir(exist_ok=True, mode=0o700)
        except OSError as e:
            raise StoreError(f"cannot write {self.heads / log}: {e.strerror}") from None
        files.new_file(self._place(log, number), note.encode())

    def named(self, origin: str) -> merkle.Key:
        """The public key as the verifier key of one log."""
        return merkle.Key(origin, self.public)


def key_path(path: str | Path | None = None) -> Path:
    """Where the key is kept: as given, else CLAIMS_KEY, else the platform's data folder."""
    if given := path or os.environ.get("CLAIMS_KEY"):
        return Path(given)
    from ledger import folders

    return folders.data() / "signing-key.pem"


def create(path: str | Path | None = None) -> SigningKey:
    """A new key, durably on disk with mode 0600; Refused where one is already."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    place = key_path(path)
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        heads_of(place).mkdir(exist_ok=True, mode=0o700)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
            f.write(pem)
            f.flush()
            os.fsync(f.fileno())
    except FileExistsError:
        raise Refused(f"there is a key already: {place}", hint="go on with it, or name another: CLAIMS_KEY") from None
    except OSError as e:
        raise StoreError(f"cannot write the key {place}: {e.strerror}") from None
    return load(place)


def at_hand(path: str | Path | None = None) -> SigningKey | None:
    """The key; None where there is none and none was named."""
    try:
        return load(path)
    except NotFound:
        if path is not None:
            raise
        return None


def load(path: str | Path | None = None) -> SigningKey:
    """The key; NotFound where there is none, Refused where others can read it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    place = key_path(path)
    try:
        pem = files.plain(place).read_bytes()
        shared = os.name == "posix" and place.stat().st_mode & OTHERS
    except FileNotFoundError:
        raise NotFound(f"no signing key at {place}", hint="make one with: claims key create") from None
    except OSError as e:
        raise StoreError(f"cannot read the key {place}: {e.strerror}") from None
    if shared:
        raise Refused(f"the key {place} can be read by others", hint=f"take that right away: chmod 600 {place}")
    try:
        private = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        raise BadInput(f"{place} is not an Ed25519 private key", hint="make one with: claims key create")
    return SigningKey(private.public_key().public_bytes_raw(), private.sign, heads_of(place))


def heads_of(key: Path) -> Path:
    """The folder of the heads that a key signed."""
    return key.with_name(f"{key.name}.heads")


def verifier(key: merkle.Key) -> merkle.Verify:
    """A function that says if a signature over a message is this key's."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    def holds(signature: bytes, message: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    return holds
