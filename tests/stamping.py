"""A time-stamping authority on this machine: certificates made on the spot, and `openssl ts` behind an HTTP server."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
Issuer = tuple[Key, x509.Name]
YEAR = timedelta(days=365)
REPLY = "application/timestamp-reply"
CONFIGURATION = """
[tsa]
default_tsa = one
[one]
serial = serial
crypto_device = builtin
signer_cert = {name}.pem
signer_key = {name}.key
certs = {chain}.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1, millisecs:500
tsa_name = yes
ess_cert_id_alg = sha256
"""


class Authority:
    """A root, an intermediate, who stamps (`rsa`, `ec`), and who may not (`expired`, `mail`, `loose`); all in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if shutil.which("openssl") is None:
            pytest.skip("openssl is not installed")
        folder.mkdir(exist_ok=True)
        now = datetime.now(UTC)
        root = self._made("ca", ec.generate_private_key(ec.SECP256R1()), None, now)
        between = self._made("chain", ec.generate_private_key(ec.SECP256R1()), root, now)
        self._made("rsa", rsa.generate_private_key(65537, 2048), between, now, ExtendedKeyUsageOID.TIME_STAMPING)
        self._made("ec", ec.generate_private_key(ec.SECP256R1()), between, now, ExtendedKeyUsageOID.TIME_STAMPING)
        past = now - 3 * YEAR
        key = ec.generate_private_key(ec.SECP256R1())
        self._made("expired", key, between, past, ExtendedKeyUsageOID.TIME_STAMPING)
        self._made("mail", ec.generate_private_key(ec.SECP256R1()), between, now, ExtendedKeyUsageOID.EMAIL_PROTECTION)
        key = ec.generate_private_key(ec.SECP256R1())
        self._made("loose", key, between, now, ExtendedKeyUsageOID.TIME_STAMPING)  # RFC 3161 asks for it to be critical
        (folder / "serial").write_text("01\n")

    @property
    def certificate(self) -> Path:
        return self.folder / "ca.pem"

    def answer(self, query: bytes, name: str = "rsa", *, digests: str = "sha256, sha384, sha512") -> bytes:
        """What `openssl ts -reply` answers as one of those who stamp."""
        told = CONFIGURATION.format(name=name, chain="chain", digests=digests)
        (self.folder / "tsa.cnf").write_text(told)
        (self.folder / "query").write_bytes(query)
        self.openssl("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "answer")
        return (self.folder / "answer").read_bytes()

    def openssl(self, *arguments: str | Path) -> str:
        command = ["openssl", *map(str, arguments)]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True, timeout=30).stdout

    @cached_property
    def query(self) -> bytes:
        """A question about the bytes `other`, with a nonce."""
        (self.folder / "other").write_bytes(b"other")
        self.openssl("ts", "-query", "-data", "other", "-sha256", "-cert", "-out", "other.tsq")
        return (self.folder / "other.tsq").read_bytes()

    def _made(
        self, name: str, key: Key, issuer: Issuer | None, since: datetime, usage: x509.ObjectIdentifier | None = None
    ) -> Issuer:
        own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Example {name}")])
        signing, by = issuer or (key, own)
        made = x509.CertificateBuilder(
            by, own, key.public_key(), x509.random_serial_number(), since - YEAR, since + YEAR
        )
        made = made.add_extension(x509.BasicConstraints(ca=usage is None, path_length=None), critical=True)
        if usage is not None:
            made = made.add_extension(x509.ExtendedKeyUsage([usage]), critical=name != "loose")
        certificate = made.sign(signing, hashes.SHA256())
        (self.folder / f"{name}.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (self.folder / f"{name}.key").write_bytes(pem)
        return key, own


Answer = Callable[[bytes], tuple[int, str, bytes]]
"""From a query to a status, a type and a body."""


@contextlib.contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """The address of a server that answers each posted query so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.headers["Content-Type"] == "application/timestamp-query"
            status, kind, body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if 300 <= status < 400:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsa"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def told(status: int, words: str = "", token: bytes = b"") -> bytes:
    """An answer with this status and these words (RFC 3161 section 2.4.2)."""
    text = element(0x30, element(0x0C, words.encode())) if words else b""
    return element(0x30, element(0x30, element(0x02, bytes([status])) + text) + token)


def element(tag: int, content: bytes) -> bytes:
    """A DER element."""
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(octets)]) + octets + content


def forged(authority: Authority, answer: bytes, name: str, *options: str) -> bytes:
    """The words of an answer, signed by somebody else."""
    (authority.folder / "answer").write_bytes(answer)
    authority.openssl("ts", "-reply", "-in", "answer", "-token_out", "-out", "token")
    authority.openssl("cms", "-verify", "-inform", "DER", "-in", "token", "-noverify", "-out", "info")
    kind = ("-econtent_type", "1.2.840.113549.1.9.16.1.4", "-md", "sha256", "-binary", "-nodetach", "-outform", "DER")
    who = ("-signer", f"{name}.pem", "-inkey", f"{name}.key", "-certfile", "chain.pem")
    authority.openssl("cms", "-sign", "-in", "info", "-out", "forged", *kind, *who, *(options or ("-cades",)))
    return told(0, token=(authority.folder / "forged").read_bytes())
