"""Which network addresses may be connected to: public ones. A list of our own as well as Python's `is_global`,

which differs between patch versions (192.0.0.192 counted as global until 3.11.8).
"""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address

NOT_PUBLIC = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/4", "240.0.0.0/4", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
    "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)  # fmt: skip
"""This host, private and shared networks, link-local, documentation, benchmarks, tunnels, multicast, reserved."""

NAT64 = IPv6Network("64:ff9b::/96")


@cache
def _networks() -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(map(ip_network, NOT_PUBLIC))


def is_public(text: str) -> bool:
    """True where the numeric address belongs to the public internet; an address inside another is looked at itself."""
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
    return address.is_global and not any(
        address in network for network in _networks() if network.version == address.version
    )


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that a mapped or translated one stands for."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None
