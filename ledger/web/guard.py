"""The network under the client: names looked up once, addresses checked, every wait cut off at one deadline."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

import httpcore

from ledger.errors import BadInput, Unreachable

Resolver = Callable[[str, int], list[str]]

ALLOW = "CLAIMS_ALLOW_PRIVATE_ADDRESSES"


class Deadline:
    """The moment at which a fetch is over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then; Unreachable where there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Unreachable(
                f"no whole answer within {self.seconds:g} s, all that one address is given", hint="try again later"
            )
        return left

    def pause(self, seconds: float) -> None:
        """Waits for a turn; the time is not counted."""
        time.sleep(seconds)
        self._end += seconds


def look_up(host: str, port: int) -> list[str]:
    """The numeric addresses of a name, from the system."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


class Guard(httpcore.NetworkBackend):
    """Connects to checked addresses only."""

    def __init__(
        self, deadline: Deadline, ports: frozenset[int], *, allow_private: bool, resolve: Resolver = look_up
    ) -> None:
        self.deadline = deadline
        self.ports = ports
        self.allow_private = allow_private
        self.resolve = resolve
        self.met_private = False
        """True once a private address was let through."""
        self._network = httpcore.SyncBackend()
        self._found: dict[tuple[str, int], list[str]] = {}

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002  the deadline stands in for it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self.checked(host, port)
        for n, address in enumerate(addresses, 1):
            # the last one gets all the time there is, those before it their share
            wait = self.deadline.left() / (len(addresses) - n + 1)
            try:
                stream = self._network.connect_tcp(address, port, wait, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if n == len(addresses):
                    raise
                continue
            return _Stream(stream, self.deadline)
        raise httpcore.ConnectError("no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        raise BadInput(f"not a web address: {path}")

    def checked(self, host: str, port: int) -> list[str]:
        """The addresses of a host, all of which may be connected to; BadInput where one may not."""
        addresses = self._found.get((host, port)) or self._looked_up(host, port)
        self._found[host, port] = addresses
        private = [a for a in addresses if not is_public(a)]
        self.met_private = self.met_private or bool(private)
        if private and not self.allow_private:
            place = host if host == private[0] else f"{host} ({private[0]})"
            raise BadInput(
                f"{place} is not on the public internet",
                hint=f"where you trust it: --allow-private, or {ALLOW}=1",
            )
        if port not in self.ports and not (self.allow_private and len(private) == len(addresses)):
            raise BadInput(f"port {port} is not a usual one for web pages", hint="80 and 443 are")
        return addresses

    def is_public(self, host: str, port: int) -> bool:
        """True for a host on the public internet; BadInput where it may not be connected to."""
        return all(map(is_public, self.checked(host, port)))

    def _looked_up(self, host: str, port: int) -> list[str]:
        """The addresses of the host, looked up in a thread because the system's look-up has no deadline."""
        answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self.resolve(host, port))
            except (OSError, UnicodeError) as e:
                answer.put(e)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answer.get(timeout=self.deadline.left())
        except queue.Empty:
            raise Unreachable(f"no answer to where {host} is", hint="is there a network? try again later") from None
        if isinstance(found, Exception) or not found:
            raise Unreachable(f"no such host: {host}", hint="check the spelling, and that there is a network") from None
        return found


class _Stream(httpcore.NetworkStream):
    """A connection on which no wait lasts beyond the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


Address = IPv4Address | IPv6Address

NOT_PUBLIC = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "2d00::/8", "2e00::/7", "3000::/4",
)  # fmt: skip
"""This host, private and shared networks, link-local, documentation, benchmarks, tunnels, multicast, reserved.

Of IPv6 only `UNICAST` is public at all, less these (IANA's registry of global unicast addresses). Python's own `is_global` is
asked as well; it differs between patch versions: 192.0.0.192 was global until 3.11.8.
"""

UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")
ISATAP = frozenset({0x00005EFE, 0x02005EFE})
"""Third quarter of an address that stands for an IPv4 one inside a site (RFC 5214)."""


@cache
def _networks() -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(map(ip_network, NOT_PUBLIC))


def is_public(text: str) -> bool:
    """True where the numeric address belongs to the public internet; an IPv4 address inside an IPv6 one is judged by itself."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return _public(address)


def _public(address: Address) -> bool:
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        if inner := _inside(address):
            return _public(inner)
        if address not in UNICAST or int(address) >> 32 & 0xFFFFFFFF in ISATAP:
            return False
    return address.is_global and not any(
        address in network for network in _networks() if network.version == address.version
    )


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a mapped or translated one stands for."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None
