"""RFC 3161 time stamps over checkpoints: an outside authority's statement that a head existed at a time.

A stamp is over the exact bytes of a signed checkpoint. It is kept in a file beside the ledger, with a copy of the checkpoint
next to it, and not inside: a token in the file that it vouches for would go when that file is lost or put back to an older
state, and a stranger's tools (openssl ts) want the two files anyway.
"""

from __future__ import annotations

from datetime import UTC
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ledger import merkle, store, web
from ledger.audit import heads, tokens
from ledger.audit.findings import Findings, LogScan, Stamp
from ledger.audit.heads import Head
from ledger.errors import BadInput, ClaimsError, NotFound, StoreError, Tampered, Unreachable
from ledger.store import files

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

CHECK = "timestamp"
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
SENT = {"Content-Type": QUERY, "Accept": REPLY}


class Authority(Struct, frozen=True):
    """Where time stamps are asked for, and the certificates that they must lead to; None takes any signature."""

    url: str
    certificates: list[Certificate] | None


def authority(url: str, certificates: str | Path | None = None) -> Authority:
    """An authority by its address and a PEM file; Refused where the extra `timestamp` is not installed."""
    tokens.library()
    return Authority(url, None if certificates is None else _certificates(certificates))


def obtain(ledger: store.Ledger, note: str, tsa: Authority) -> tuple[str, Stamp]:
    """Asks for a stamp over the checkpoint, checks and keeps it; gives its file and what it says."""
    try:
        answer = _asked(note, tsa)
    except (Unreachable, BadInput) as e:
        raise type(e)(e.message, hint=f"{e.hint}; the checkpoint itself is signed and kept") from None
    kept = _keep(ledger, note, answer)
    return str(kept), _stamp(tokens.parse(answer), note)


def _asked(note: str, tsa: Authority) -> bytes:
    """The answer that stamps the checkpoint (RFC 3161 sections 2.4 and 3.4), checked as far as possible.

    Unreachable where the authority cannot be reached, refuses, or answers anything else than what it was asked.
    """
    client, data = tokens.library(), note.encode()
    # a nonce and a wish for the certificate are this builder's defaults
    query = client.TimestampRequestBuilder(data, client.HashAlgorithm.SHA256).build()
    got = web.post(tsa.url, query.as_bytes(), headers=SENT)
    if got.status != 200 or got.media_type != REPLY:
        said = f"answered {got.status}" if got.status != 200 else f"sent {got.media_type or 'no type'}, not {REPLY}"
        raise Unreachable(f"no time stamp: {tsa.url} {said}", hint="is it the address of such an authority?")
    try:
        token = tokens.parse(got.body)
        if token.nonce != query.nonce or not token.covers(data):
            raise Tampered("it answered another request than ours")
        if tsa.certificates is not None:
            tokens.verify(token, tsa.certificates)
    except Tampered as e:
        raise Unreachable(f"no time stamp from {tsa.url}: {e.message}", hint="ask another authority") from None
    return got.body


def _keep(ledger: store.Ledger, note: str, answer: bytes) -> Path:
    """Puts the stamp and a copy of its checkpoint beside the ledger; earlier ones stay. Gives the stamp's file."""
    stem, data = f"{heads.beside(ledger)}-{_size(note)}", note.encode()
    for again in count(1):
        copy = Path(stem if again == 1 else f"{stem}-{again}")
        kept = Path(f"{copy}.tsr")
        if not kept.exists() and (not copy.exists() or copy.read_bytes() == data):
            files.replace_file(copy, data)
            files.new_file(kept, answer)
            return kept
    raise AssertionError("one of them is free")


def beside(ledger: store.Ledger, note: str) -> bytes | None:
    """The first stamp of a checkpoint that is kept beside the ledger."""
    place = heads.beside(ledger)
    for path in sorted(place.parent.glob("*.tsr"), key=lambda p: (len(p.name), p.name)):
        if path.name.startswith(f"{place.name}-"):
            try:
                data = _read(path)
                if tokens.parse(data).covers(note.encode()):
                    return data
            except ClaimsError:
                continue
    return None


class Given:
    """A stamp and its authority's certificates, read from their files before anything is checked."""

    def __init__(self, token: str | Path, certificates: str | Path | None) -> None:
        if certificates is None:
            raise BadInput("whose time stamp is it?", hint="name the authority's CA certificate: --tsa-cert CA.pem")
        tokens.library()  # said before anything else, where it is not installed
        self.place = Path(token).name
        self.answer = _read(token)
        self.certificates = _certificates(certificates)

    def check(self, known: list[Head], reading: LogScan, findings: Findings) -> Stamp | None:
        """What is proved: one of the log's heads, given or kept, existed at a time. None, with a finding, where nothing is."""
        findings.checked[CHECK] = 1
        try:
            token = tokens.parse(self.answer)
            tokens.verify(token, self.certificates)
            head = next((head for head in known if token.covers(head.note.encode())), None)
            if head is None:
                raise Tampered(
                    "it is over none of the checkpoints known here (--against names the one it was made for)"
                )
        except ClaimsError as e:
            findings.problem(CHECK, f"{self.place} cannot be used: {e.message}")
            return None
        return _stamp(token, head.note) if head.fits(reading) else None


def _stamp(token: tokens.Token, note: str) -> Stamp:
    at = token.time.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"
    accuracy = None if token.accuracy is None else f"{token.accuracy.normalize():f}"
    return Stamp(_size(note), at, accuracy, token.signer.subject.rfc4514_string(), str(token.serial))


def _size(note: str) -> int:
    return merkle.parse_checkpoint(note.rpartition("\n\n")[0] + "\n").size


def _certificates(path: str | Path) -> list[Certificate]:
    return tokens.authority(_read(path), path)


def _read(path: str | Path) -> bytes:
    try:
        with Path(path).open("rb") as f:
            return f.read(tokens.LONGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"no such file: {path}") from None
    except OSError as e:
        raise StoreError(f"cannot read {path}: {e.strerror}") from None
