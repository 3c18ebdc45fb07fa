"""The only module that speaks HTTP: one guarded client.

What `fetch` and `post` promise, whatever the address or the server does:
- http and https only, no user name in the address, ports 80 and 443;
- a name is looked up once, every address it has must be public, and the connection goes to an address that was checked
  (the certificate and the Host header keep the name);
- at most five redirects, each one checked in the same way, and none when something is posted;
- no proxy and nothing else from the environment;
- caps on the bytes received and on the bytes unpacked from them, one content encoding at most;
- one deadline over everything, name look-up and all redirects included.

Private addresses and other ports are open to whoever sets `Limits(allow_private=True)` or CLAIMS_ALLOW_PRIVATE_ADDRESSES=1,
for archives inside a newsroom's own network and for tests.
httpx is imported when the first page is fetched, never before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
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


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, its content encoding undone; of `fetch` a good one, status 2xx."""

    url: str
    """The address that answered, after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    """Names in lower case, in the order they came."""
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)

    @property
    def media_type(self) -> str | None:
        """The type without its parameters, in lower case; None where none or no type was named."""
        value = (self.header("content-type") or "").partition(";")[0].strip().lower()
        return value if "/" in value else None

    @property
    def charset(self) -> str | None:
        for part in (self.header("content-type") or "").split(";")[1:]:
            name, _, value = part.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None


def fetch(url: str, *, limits: Limits | None = None, headers: Mapping[str, str] | None = None) -> Response:
    """What the address answers; BadInput where it may not be asked, Unreachable where no good answer comes.

    `headers` go to the host that was asked for and to no other.
    """
    from ledger.web import client

    return client.fetch(url, limits or Limits(), headers or {})


def post(url: str, body: bytes, *, limits: Limits | None = None, headers: Mapping[str, str] | None = None) -> Response:
    """What the address answers to JSON, whatever its status; a redirect is an answer like others and is not followed.

    BadInput where it may not be asked, Unreachable where no whole answer comes.
    """
    from ledger.web import client

    return client.post(url, body, limits or Limits(), headers or {})
