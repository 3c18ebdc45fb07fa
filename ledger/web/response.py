"""What a server may send and what it answered; bodies are received and unpacked under two caps, one encoding at most."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ledger.errors import BadInput, Unreachable

GZIP_START = b"\x1f\x8b"
MEGABYTE = 1024 * 1024


class Limits(Struct, frozen=True):
    """How much a server may send and how long it may take."""

    received: int = 20 * MEGABYTE
    """Bytes of the body as they come over the wire."""
    unpacked: int = 50 * MEGABYTE
    """Bytes of the body once its content encoding is undone."""
    seconds: float = 30.0
    redirects: int = 5
    ports: frozenset[int] = frozenset({80, 443})
    allow_private: bool | None = None
    """True lets addresses and ports through that are not public; None asks CLAIMS_ALLOW_PRIVATE_ADDRESSES."""
    manners: bool | None = None
    """Whether pauses are kept and robots.txt is obeyed; None means towards public hosts alone."""
    robots: bool = True
    """False for the interface of a service, which is made to be asked by programs."""
    pause: float = 1.0
    """Seconds between two requests to one host, of all processes on this machine."""
    tries: int = 3
    """How often a page is asked for where the answer is 429, 502, 503 or 504."""


class Response(Struct, frozen=True):
    """An answer, its content encoding undone; of `fetch` a good one, status 2xx."""

    url: str
    """The address that answered, after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """Names in lower case, in the order they came."""
    body: bytes
    private: bool = False
    """True where an address on the way was not public, and was allowed."""
    heads: tuple[bytes, bytes] = (b"", b"")
    """The first lines and headers of the request and of the answer, as they went over the wire."""

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    @property
    def media_type(self) -> str | None:
        """The type without its parameters, in lower case; None where the server named none."""
        value = (self.header("content-type") or "").partition(";")[0].strip().lower()
        return value if "/" in value else None

    @property
    def charset(self) -> str | None:
        for part in (self.header("content-type") or "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None


def read_body(parts: Iterable[bytes], encoding: str, limits: Limits) -> bytes:
    """The whole body, unpacked; BadInput where it is too large, Unreachable where it cannot be unpacked."""
    unpack = _unpacker(encoding, limits.unpacked)
    body = bytearray()
    received = 0
    for part in parts:
        received += len(part)
        if received > limits.received:
            raise _too_large("sent", limits.received)
        try:
            for piece in unpack.feed(part):
                body += piece
        except zlib.error:
            raise Unreachable(f"the page's {encoding} encoding is damaged", hint="try again later") from None
        if len(body) > limits.unpacked:
            raise _too_large("unpacked", limits.unpacked)
    if not unpack.finished:
        raise Unreachable("the page was cut short", hint="try again later")
    return bytes(body)


def _too_large(how: str, limit: int) -> BadInput:
    return BadInput(
        f"the page is too large: over {limit // MEGABYTE} MB {how}", hint="save the article alone in a file"
    )


def _unpacker(encoding: str, limit: int) -> _AsItIs | _Inflate:
    names = [name for part in encoding.split(",") if (name := part.strip().lower()) not in ("", "identity")]
    if not names:
        return _AsItIs()
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise Unreachable(
            f"the page came in an encoding that is not read: {', '.join(names)[:80]}",
            hint="save it from a browser and capture the file",
        )
    return _Inflate(names[0] != "deflate", limit)


class _AsItIs:
    finished = True

    def feed(self, part: bytes) -> Iterator[bytes]:
        yield part


class _Inflate:
    """Unpacks piece by piece and never more than one byte past the limit."""

    def __init__(self, gzip: bool, limit: int) -> None:
        self._gzip = gzip
        self._left = limit + 1
        self._start = b""
        self._inflater = zlib.decompressobj(31) if gzip else None
        self._ended = False
        self._fed = False

    @property
    def finished(self) -> bool:
        """True at the end of a stream, and where no byte ever came."""
        return self._ended or not self._fed

    def feed(self, part: bytes) -> Iterator[bytes]:
        self._fed = self._fed or bool(part)
        if self._ended:
            part = self._next_member(part)
        elif self._inflater is None:
            self._start += part
            if len(self._start) < 2:
                return
            self._inflater, part = zlib.decompressobj(_window(self._start)), self._start
        while part and self._inflater is not None:
            yield from self._inflated(self._inflater, part)
            part = self._next_member(self._inflater.unused_data) if self._inflater.eof else b""

    def _inflated(self, inflater: zlib._Decompress, part: bytes) -> Iterator[bytes]:
        """The unpacked part, a megabyte at a time, until the stream, the part or the limit ends."""
        full = True
        while (part or full) and self._left > 0 and not inflater.eof:
            size = min(self._left, MEGABYTE)
            piece = inflater.decompress(part, size)
            # a full piece may have left output inside even where all input was taken
            full = len(piece) == size
            self._left -= len(piece)
            part = inflater.unconsumed_tail
            yield piece

    def _next_member(self, rest: bytes) -> bytes:
        """Continues with another gzip member where one follows; anything else is padding."""
        self._ended = not (self._gzip and rest and GZIP_START.startswith(rest[:2]))
        if self._ended:
            return b""
        self._inflater = zlib.decompressobj(31)
        return rest


def _window(start: bytes) -> int:
    """Deflate means a zlib stream (RFC 9110); some servers send it bare."""
    return 15 if start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0 else -15
