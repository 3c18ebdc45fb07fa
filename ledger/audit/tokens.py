"""RFC 3161 time-stamp tokens read strictly: what the library behind the extra `timestamp` leaves open is closed here.

It checks the signature, the chain of certificates and what they may be used for. Parts of a token that no signature covers
and that it passes over (version numbers, the name of the signature's algorithm) must be as the standards require, so that
no changed bit passes; and the signed attributes must name the certificate that signed (RFC 3161 section 2.4.1, RFC 5816).
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from msgspec import Struct

from ledger.errors import BadInput, ClaimsError, Refused, Tampered

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

LONGEST = 1 << 20
GRANTED = 0
STATUS = {1: "granted with changes", 2: "rejected", 3: "waiting", 4: "revocation warning", 5: "revocation notification"}
"""RFC 3161 section 2.4.2."""

OCTET_STRING, CONTEXT_0, NULL = 0x04, 0xA0, b"\x05\x00"
SHA = {256: "608648016503040201", 384: "608648016503040202", 512: "608648016503040203"}
RSA = {0: "2a864886f70d010101", 256: "2a864886f70d01010b", 384: "2a864886f70d01010c", 512: "2a864886f70d01010d"}
ECDSA = {256: "2a8648ce3d040302", 384: "2a8648ce3d040303", 512: "2a8648ce3d040304"}
SIGNED_WITH = {SHA[n]: (RSA[0], RSA[n], ECDSA[n]) for n in SHA}
"""For each digest the names that a signature over it may bear (RFC 5754), as object identifiers in hex."""
IMPRINTS = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512"}
SIGNING_CERTIFICATE = ("2a864886f70d010910020c", "2a864886f70d010910022f")
BY_LENGTH = {20: "sha1", 32: "sha256", 48: "sha384", 64: "sha512"}


class Token(Struct, frozen=True):
    """What an answer of a time-stamping authority says, its form checked and nothing else."""

    answer: TimeStampResponse
    time: datetime
    accuracy: Decimal | None
    """Seconds."""
    digest: str
    """The hash that stands for what was stamped: its name for hashlib."""
    imprint: bytes
    serial: int
    nonce: int | None
    signer: Certificate

    def covers(self, data: bytes) -> bool:
        """True where these are the bytes that were stamped."""
        return hashlib.new(self.digest, data).digest() == self.imprint


def library() -> Any:
    """The library behind the extra `timestamp`; Refused where it is not installed."""
    try:
        import rfc3161_client
    except ImportError:
        raise Refused(
            "time stamps need rfc3161-client, which is not installed", hint='pip install "claim-ledger[timestamp]"'
        ) from None
    return rfc3161_client


def parse(data: bytes) -> Token:
    """The token in an answer (RFC 3161 section 2.4.2); Tampered where it is none, or is not spelt as the standards ask."""
    if len(data) > LONGEST:
        raise Tampered(f"a time stamp of more than {LONGEST // 1024} KiB is not read")
    decode = library().decode_timestamp_response
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd in a certificate is the authority's affair
            answer = decode(_ordered(data))
            return _token(answer) if answer.status == GRANTED else _refused(answer)
    except ClaimsError:
        raise
    except Exception:  # two libraries read what a stranger sent
        raise Tampered("it is not an RFC 3161 time stamp, or it is damaged") from None


def _refused(answer: TimeStampResponse) -> NoReturn:
    words = " ".join(" ".join(answer.status_string).split())[:200]
    name = STATUS.get(answer.status, f"status {answer.status}")
    raise Tampered("the authority did not grant it as it was asked for: " + ": ".join(filter(None, (name, words))))


def verify(token: Token, certificates: list[Certificate]) -> None:
    """Tampered where the token is not signed by an authority to which these certificates lead, valid at its time.

    Not checked: whether a certificate was revoked.
    """
    roots = [c for c in certificates if c.issuer == c.subject]
    more = [c for c in certificates if c.issuer != c.subject]
    client = library()
    verifier = client.VerifierBuilder(roots=roots, intermediates=more).build()
    try:
        verifier.verify(token.answer, token.imprint)
    except (client.VerificationError, ValueError) as e:
        raise Tampered(f"the time stamp is not of the authority given: {_reason(str(e))}") from None


def authority(data: bytes, place: object) -> list[Certificate]:
    """The certificates in a PEM file; BadInput where there is none of a root among them."""
    from cryptography.x509 import load_pem_x509_certificates

    try:
        found = list(dict.fromkeys(load_pem_x509_certificates(data)))
        roots = [c for c in found if c.issuer == c.subject]
    except ValueError:
        found = roots = []
    if not roots:
        said = "holds no root certificate" if found else "is no certificate in PEM"
        raise BadInput(f"{place} {said}", hint="the authority publishes its CA certificate; download it from there")
    return found


def _token(answer: TimeStampResponse) -> Token:
    info, signed = answer.tst_info, answer.signed_data
    (signer_info,) = signed.signer_infos
    # RFC 5652 sections 5.1 and 5.3: these follow from the content and from how the signer is named
    if (info.version, signed.version, signer_info.version) != (1, 3, 1):
        raise Tampered("the time stamp is of an unknown version")
    signer = _signer(signed.certificates, signer_info)
    _check_signer_info(answer.time_stamp_token(), signer)
    imprint = info.message_imprint
    digest = IMPRINTS.get(imprint.hash_algorithm.dotted_string)
    if digest is None:
        raise Tampered("the time stamp is over a hash that is not trusted any more")
    return Token(
        answer, info.gen_time, _seconds(info.accuracy), digest, imprint.message, info.serial_number, info.nonce, signer
    )


def _signer(certificates: set[bytes], signer_info: Any) -> Certificate:
    from cryptography.x509 import load_der_x509_certificate

    for der in certificates:
        found = load_der_x509_certificate(bytes(der))
        if (found.issuer, found.serial_number) == (signer_info.issuer, signer_info.serial_number):
            return found
    raise Tampered("the time stamp does not bring the certificate of its signer")


def _seconds(accuracy: Any) -> Decimal | None:
    if accuracy is None:
        return None
    parts = ((accuracy.seconds, 0), (accuracy.millis, 3), (accuracy.micros, 6))
    return sum((Decimal(n).scaleb(-places) for n, places in parts if n), Decimal(0))


REASONS = {
    "EKU": "its certificate is not one for time stamps",
    "unsuitable certificate purpose": "its certificate is not one for time stamps",
    "unable to get local issuer certificate": "its certificate is from elsewhere",
    "certificate signature failure": "its certificate is from elsewhere",
    "certificate has expired": "its certificate had expired by then",
    "certificate is not yet valid": "its certificate was not valid yet",
}
"""Errors of the library and of OpenSSL, in plain words."""


def _reason(said: str) -> str:
    return next((words for key, words in REASONS.items() if key in said), "its signature does not hold")


# --- the parts that the library passes over -----------------------------------------------------------------------


class Part(NamedTuple):
    """One DER element: its tag, what is inside, and all of it."""

    tag: int
    content: bytes
    whole: bytes


def _check_signer_info(token: bytes, signer: Certificate) -> None:
    """The signature's algorithm is one for its digest, and the signed attributes name the signer's certificate."""
    from cryptography.hazmat.primitives.serialization import Encoding

    signer_info = next(_parts(_signed_data(token)[-1].content))
    _, _, digest, attributes, algorithm, *_ = _parts(signer_info.content)
    hashed = next(_parts(digest.content)).content.hex()
    named, *parameters = _parts(algorithm.content)
    plain = not parameters or [p.whole for p in parameters] == [NULL]
    if attributes.tag != CONTEXT_0 or not plain or named.content.hex() not in SIGNED_WITH.get(hashed, ()):
        raise Tampered("the time stamp is signed in a way that is not known, or is damaged")
    name = _certificate_hash(attributes.content)
    if hashlib.new(BY_LENGTH[len(name)], signer.public_bytes(Encoding.DER)).digest() != name:
        raise Tampered("the time stamp names another certificate than the one that it brings")


def _certificate_hash(attributes: bytes) -> bytes:
    """The hash in the attribute signingCertificate or signingCertificateV2, of the first certificate listed there."""
    for attribute in _parts(attributes):
        kind, values = _parts(attribute.content)
        if kind.content.hex() in SIGNING_CERTIFICATE:
            at = values
            for _ in range(3):  # the value, its list of certificates, the first of them
                at = next(_parts(at.content))
            return next(p.content for p in _parts(at.content) if p.tag == OCTET_STRING)
    raise Tampered("the time stamp does not say which certificate signed it")


def _signed_data(token: bytes) -> list[Part]:
    """The parts of CMS SignedData (RFC 5652 section 5.1) inside its ContentInfo."""
    _, explicit = _parts(next(_parts(token)).content)
    return list(_parts(next(_parts(explicit.content)).content))


def _ordered(answer: bytes) -> bytes:
    """The answer with its certificates in the order that DER asks for: some authorities send them in another.

    No signature covers that order, and the library reads no other.
    """
    _, *token = _parts(next(_parts(answer)).content)
    for part in _signed_data(token[0].whole) if token else ():
        if part.tag == CONTEXT_0:
            return answer.replace(part.content, b"".join(sorted(p.whole for p in _parts(part.content))), 1)
    return answer


def _parts(data: bytes) -> Iterator[Part]:
    """The DER elements, one after another; ValueError where one runs past the end."""
    at = 0
    while at < len(data):
        start, tag, length, at = at, data[at], data[at + 1], at + 2
        if length > 0x7F:
            size = length & 0x7F
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        if at + length > len(data):
            raise ValueError("cut short")
        yield Part(tag, data[at : at + length], data[start : at + length])
        at += length
