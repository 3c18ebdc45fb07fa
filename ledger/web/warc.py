"""A page as a WARC record (WARC 1.1): the request, and the answer up to its body, which is kept beside it and not twice.

The record is the head followed by the body and two line ends. The body has its content encoding undone; what the server had
said of encoding and length stands in headers that begin with X-Orig-, as crawlers write them.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable

Header = tuple[bytes, bytes]
START = b"WARC/1.1\r\n"
END = b"\r\n\r\n"
OF_THE_WIRE = (b"content-encoding", b"transfer-encoding", b"content-length")


def http_head(first: str, headers: Iterable[Header]) -> bytes:
    """The first line of a request or answer and its headers, as they came."""
    return (
        first.encode("latin-1", "replace") + b"\r\n" + b"".join(n + b": " + v + b"\r\n" for n, v in headers) + b"\r\n"
    )


def head(url: str, at: str, request: bytes, answer: bytes, body: bytes) -> bytes:
    """The record of the request, and that of the answer without its body."""
    first, *lines = answer.removesuffix(b"\r\n\r\n").split(b"\r\n")
    kept = [b"X-Orig-" + one if one.partition(b":")[0].lower() in OF_THE_WIRE else one for one in lines]
    block = b"\r\n".join([first, *kept, b"Content-Length: %d" % len(body)]) + END
    answered = _id()
    about = {"WARC-Date": at, "WARC-Target-URI": url}
    asked = _fields("request", about | {"WARC-Record-ID": _id(), "WARC-Concurrent-To": answered}, request)
    more = {"WARC-Record-ID": answered, "WARC-Payload-Digest": _digest(body)}
    return asked + request + END + _fields("response", about | more, block, body) + block


def parts(head: bytes, body: bytes) -> tuple[bytes, bytes]:
    """The two records whole: of the request, and of the answer with its body."""
    fields = head.partition(END)[0]  # by its length, for a server may write the start of a record into a header
    size = len(fields) + len(END) + int(fields.rpartition(b"Content-Length: ")[2]) + len(END)
    return head[:size], head[size:] + body + END


def _fields(kind: str, about: dict[str, str], *block: bytes) -> bytes:
    """The first lines of a record with this block, its length last."""
    fields = {"WARC-Type": kind, **about, "WARC-Block-Digest": _digest(*block)}
    fields |= {"Content-Type": f"application/http;msgtype={kind}", "Content-Length": str(sum(map(len, block)))}
    return START + "".join(f"{n}: {v}\r\n" for n, v in fields.items()).encode() + b"\r\n"


def _id() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _digest(*data: bytes) -> str:
    made = hashlib.sha256()
    for part in data:
        made.update(part)
    return f"sha256:{made.hexdigest()}"
