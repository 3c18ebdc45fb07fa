"""C2SP signed notes, checkpoints (tlog-checkpoint) and proofs (tlog-proof): text that others' verifiers read too.

Reading is strict: what is not spelt in the one canonical way is refused with Tampered, so that no changed bit passes.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Sequence
from hashlib import sha256

from msgspec import Struct

from ledger.errors import BadInput, Tampered
from ledger.merkle.tree import leaf_hash, verify_inclusion

Sign = Callable[[bytes], bytes]
Verify = Callable[[bytes, bytes], bool]
"""True if the signature (first) over the message (second) is the key's."""

ED25519 = b"\x01"
COSIGNER = b"\x04"
"""How a witness's Ed25519 key is marked (C2SP tlog-cosignature, cosignature/v1)."""
LONGEST_NOTE = 256 * 1024
LONGEST_PROOF = 2 * LONGEST_NOTE
MOST_SIGNATURES = 64
PROOF_MAGIC = "c2sp.org/tlog-proof@v1"


class Key(Struct, frozen=True):
    """An Ed25519 public key and the name it signs under: the log's origin, or that of a witness."""

    name: str
    public: bytes
    kind: bytes = ED25519

    @property
    def id(self) -> bytes:
        """The four bytes that stand before its signatures."""
        return sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The key as people hand it on: name+id+base64."""
        return f"{self.name}+{self.id.hex()}+{_to_base64(self.kind + self.public)}"


def parse_vkey(text: str, kind: bytes = ED25519) -> Key:
    """The key that a vkey string names; BadInput where it is not a vkey, or one of another kind."""
    parts = text.strip().split("+", 2)
    try:
        raw = _from_base64(parts[2]) if len(parts) == 3 else b""
    except Tampered as e:
        raise BadInput(f"not a verifier key: {e}") from None
    if len(raw) != 33 or raw[:1] not in (ED25519, COSIGNER) or not _is_key_name(parts[0]):
        raise BadInput("not an Ed25519 verifier key: it reads name+id+base64")
    if raw[:1] != kind:
        what = "a log's key, not a witness's" if kind == COSIGNER else "a witness's key, not a log's"
        raise BadInput(f"that is {what}", hint="a log's comes from claims key show, a witness's from --witness with it")
    key = Key(parts[0], raw[1:], kind)
    if parts[1] != key.id.hex():
        raise BadInput("the verifier key does not match its own id: it was mistyped or cut")
    return key


def _is_key_name(name: str) -> bool:
    return bool(name) and "+" not in name and name.isprintable() and not any(c.isspace() for c in name)


class Checkpoint(Struct, frozen=True):
    """The head of a log: its number of entries and its root."""

    origin: str
    size: int
    root: bytes
    previous: tuple[int, bytes] | None = None
    """Size and root of the head that was signed before it, where the note names one (an extension line of ours)."""


PREVIOUS = "previous"


def note_text(checkpoint: Checkpoint) -> str:
    """The lines that are signed: three, and a fourth that names the head before."""
    text = f"{checkpoint.origin}\n{checkpoint.size}\n{_to_base64(checkpoint.root)}\n"
    if checkpoint.previous is not None:
        size, root = checkpoint.previous
        text += f"{PREVIOUS} {size} {_to_base64(root)}\n"
    return text


def parse_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a note's text; extension lines of others are passed over."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise Tampered("a checkpoint is an origin, a size and a root, a line each")
    size, root = _decimal(lines[1], "the checkpoint's size"), _digest(lines[2], "the checkpoint's root")
    named = [line.split(" ") for line in lines[3:-1] if line.startswith(f"{PREVIOUS} ")]
    if not named:
        return Checkpoint(lines[0], size, root)
    if len(named) > 1 or len(named[0]) != 3:
        raise Tampered("the line of a checkpoint that names the head before it is misspelt")
    before = _decimal(named[0][1], "the size of the head before"), _digest(named[0][2], "the root of the head before")
    return Checkpoint(lines[0], size, root, before)


def sign_note(text: str, key: Key, sign: Sign) -> str:
    """The text with one signature line of the key."""
    if not _is_key_name(key.name):
        raise BadInput(f"a key's name holds no spaces and no plus: {key.name!r}")
    if not text.endswith("\n") or any(c < " " and c != "\n" for c in text):
        raise BadInput("a note is lines of text without control characters")
    return f"{text}\n— {key.name} {_to_base64(key.id + sign(text.encode()))}\n"


def open_note(note: bytes | str, key: Key, verify: Verify) -> str:
    """The text of a note that the key has signed; Tampered when it has not, or when anything is misspelt.

    Signatures of other keys are passed over, as the standard asks.
    """
    text, signatures = _split_note(_as_text(note, LONGEST_NOTE, "the note"))
    ours = [raw[4:] for name, raw in signatures if name == key.name and raw[:4] == key.id]
    if not ours:
        raise Tampered(f"the note bears no signature of {key.name}")
    if not all(verify(signature, text.encode()) for signature in ours):
        raise Tampered(f"the note's signature is not that of {key.name}")
    return text


def open_checkpoint(note: bytes | str, key: Key, verify: Verify) -> Checkpoint:
    """The checkpoint that the key has signed for the log of its own name."""
    checkpoint = parse_checkpoint(open_note(note, key, verify))
    if checkpoint.origin != key.name:
        raise Tampered(f"the checkpoint is of the log {checkpoint.origin}, not of {key.name}")
    return checkpoint


# --- witnesses: C2SP tlog-cosignature, tlog-witness ------------------------------------------------------------------


def cosign(text: str, key: Key, sign: Sign, at: int) -> str:
    """The line by which a witness says that the checkpoint with this text was the longest of its log that it knew at a time."""
    return f"— {key.name} {_to_base64(key.id + at.to_bytes(8, 'big') + sign(_cosigned(text, at)))}\n"


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def cosigned_at(note: bytes | str, key: Key, verify: Verify) -> int | None:
    """When a witness cosigned a note, in seconds since 1970; None where it did not, Tampered where a line is not by its key."""
    text, signatures = _split_note(_as_text(note, LONGEST_NOTE, "the note"))
    found = [raw[4:] for name, raw in signatures if name == key.name and raw[:4] == key.id]
    times = [int.from_bytes(raw[:8], "big") for raw in found]
    if not all(at < 1 << 63 and verify(raw[8:], _cosigned(text, at)) for at, raw in zip(times, found, strict=True)):
        raise Tampered(f"the note's cosignature is not that of {key.name}")
    return max(times, default=None)


def signers(note: str) -> list[str]:
    """The names in a note's signature lines."""
    return [name for name, _ in _split_note(_as_text(note, LONGEST_NOTE, "the note"))[1]]


def format_request(old: int, hashes: Sequence[bytes], checkpoint: str) -> str:
    """What is asked of a witness that has seen `old` entries: the proof that the checkpoint goes on from them."""
    return "\n".join([f"old {old}", *map(_to_base64, hashes)]) + "\n\n" + checkpoint


def parse_request(data: bytes | str) -> tuple[int, list[bytes], str]:
    """The old size, the proof and the signed note in what is asked of a witness; Tampered when anything is misspelt."""
    head, blank, checkpoint = _as_text(data, LONGEST_PROOF, "the file").partition("\n\n")
    first, *lines = head.split("\n")
    if not blank or not first.startswith("old ") or len(lines) > 63:
        raise Tampered("not what a witness is asked: an old size, the hashes of a proof, an empty line, a checkpoint")
    return _decimal(first[4:], "the old size"), [_digest(line, "a hash of the proof") for line in lines], checkpoint


def _split_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, blank, tail = note.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise Tampered("not a signed note: text, an empty line, signature lines")
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise Tampered(f"a note with more than {MOST_SIGNATURES} signatures is not read")
    return text + "\n", [_signature(line) for line in lines]


def _signature(line: str) -> tuple[str, bytes]:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    if dash != "—" or not _is_key_name(name):
        raise Tampered("a signature line of the note is misspelt")
    raw = _from_base64(encoded)
    if len(raw) < 5:
        raise Tampered("a signature of the note is too short")
    return name, raw


class Proof(Struct, frozen=True):
    """A proof that one entry is in a log: its index, the hashes up to the root, the signed checkpoint."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None
    """Not proved by anything: the standard leaves it open."""


def format_proof(index: int, hashes: Sequence[bytes], checkpoint: str) -> str:
    """The text of a .tlog-proof file; `checkpoint` is the signed note."""
    lines = [PROOF_MAGIC, f"index {index}"]
    lines += [_to_base64(h) for h in hashes]
    return "\n".join(lines) + "\n\n" + checkpoint


def parse_proof(data: bytes | str) -> Proof:
    """The proof in a .tlog-proof file, unchecked; Tampered when anything is misspelt."""
    head, blank, checkpoint = _as_text(data, LONGEST_PROOF, "the proof").partition("\n\n")
    lines = head.split("\n")
    if not blank or lines.pop(0) != PROOF_MAGIC:
        raise Tampered(f"not a proof: the first line must be {PROOF_MAGIC}")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = _from_base64(lines.pop(0)[6:])
    if not lines or not lines[0].startswith("index "):
        raise Tampered("the proof names no index")
    index = _decimal(lines.pop(0)[6:], "the proof's index")
    if len(lines) > 64:
        raise Tampered("the proof is longer than any tree is high")
    return Proof(index, tuple(_digest(line, "a hash of the proof") for line in lines), checkpoint, extra)


def check_proof(proof: Proof, leaf: bytes, key: Key, verify: Verify) -> Checkpoint:
    """The checkpoint under which the leaf data stand in the log; Tampered when the proof does not hold."""
    checkpoint = open_checkpoint(proof.checkpoint, key, verify)
    verify_inclusion(proof.index, checkpoint.size, leaf_hash(leaf), proof.hashes, checkpoint.root)
    return checkpoint


def _as_text(data: bytes | str, longest: int, what: str) -> str:
    if len(data) > longest:
        raise Tampered(f"{what} is longer than {longest // 1024} KiB")
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        text.encode()
    except UnicodeError:
        raise Tampered(f"{what} is not UTF-8 text") from None
    if any(c < " " and c != "\n" for c in text):
        raise Tampered(f"{what} holds control characters")
    return text


def _decimal(text: str, what: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or (text[0] == "0" and text != "0"):
        raise Tampered(f"{what} is not a plain number")
    return int(text)


def _digest(text: str, what: str) -> bytes:
    raw = _from_base64(text)
    if len(raw) != 32:
        raise Tampered(f"{what} is not 32 bytes")
    return raw


def _to_base64(raw: bytes) -> str:
    return b64encode(raw).decode()


def _from_base64(text: str) -> bytes:
    """The decoded bytes; Tampered for any but the standard spelling, since Python ignores stray trailing bits."""
    try:
        raw = b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, NotBase64):
        raise Tampered("not base64 text") from None
    if _to_base64(raw) != text:
        raise Tampered("base64 text that is not spelt in the standard way")
    return raw
