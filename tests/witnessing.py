"""A witness on this machine that keeps to c2sp.org/tlog-witness: it knows one log and the longest head that it cosigned."""

from __future__ import annotations

import contextlib
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ledger import merkle
from ledger.errors import Tampered

NOW = 1_790_000_000
Answer = tuple[int, str, bytes]


class Witness:
    """Spelt out from the specification, with nothing of ours but the check of a consistency proof."""

    def __init__(self, origin: str, log_key: bytes, name: str = "herald.example/w1") -> None:
        self.name, self.origin, self.log_key = name, origin, log_key
        self.private = Ed25519PrivateKey.generate()
        self.size, self.root = 0, b""
        self.asked: list[str] = []
        self.path = ""

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n\x04" + self.private.public_key().public_bytes_raw()).digest()[:4]

    @property
    def vkey(self) -> str:
        spelt = b64encode(b"\x04" + self.private.public_key().public_bytes_raw()).decode()
        return f"{self.name}+{self.id.hex()}+{spelt}"

    def answer(self, body: bytes) -> Answer:
        """What add-checkpoint answers."""
        self.asked.append(body.decode())
        head, _, note = body.decode().partition("\n\n")
        first, *proof = head.split("\n")
        text, _, signatures = note.rpartition("\n\n")
        origin, size, root = text.split("\n")[:3]
        old, new = int(first.removeprefix("old ")), int(size)
        if origin != self.origin:
            return 404, "text/plain", b"unknown log"
        if not any(self._is_theirs(line, f"{text}\n") for line in signatures.splitlines()):
            return 403, "text/plain", b"no known signature"
        if old > new:
            return 400, "text/plain", b""
        if old != self.size or (old == new and b64decode(root) != self.root):
            return 409, "text/x.tlog.size", f"{self.size}\n".encode()
        if (old and not self._proved(old, new, proof, b64decode(root))) or (not old and proof):
            return 422, "text/plain", b""
        self.size, self.root = new, b64decode(root)
        return 200, "text/plain", self.cosigned(f"{text}\n").encode()

    def _is_theirs(self, line: str, text: str) -> bool:
        _, name, spelt = line.split(" ")
        try:
            Ed25519PublicKey.from_public_bytes(self.log_key).verify(b64decode(spelt)[4:], text.encode())
        except InvalidSignature:
            return False
        return name == self.origin

    def _proved(self, old: int, new: int, proof: list[str], root: bytes) -> bool:
        try:
            merkle.verify_consistency(old, new, [b64decode(line) for line in proof], self.root, root)
        except Tampered:
            return False
        return True

    def cosigned(self, text: str, at: int = NOW) -> str:
        signature = self.private.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
        return f"— {self.name} {b64encode(self.id + at.to_bytes(8, 'big') + signature).decode()}\n"

    @contextlib.contextmanager
    def serving(self) -> Iterator[str]:
        """The submission prefix of a server that answers so."""
        witness = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                witness.path = self.path
                status, kind, body = witness.answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/w/"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
