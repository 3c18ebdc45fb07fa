"""Addresses that lead inside, against servers on every address of a network namespace: which of them are reached.

`python -m campaigns addresses`; needs Linux with user namespaces (unshare, ip). In the namespace the loopback has public and
non-public addresses alike, a server answers on ports 80 and 8080 of all of them, and the host's table of names is our own. Each
address is asked for by itself and as what a public page redirects to.
"""

from __future__ import annotations

import os
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
from pathlib import Path
from typing import ClassVar

from campaigns.ground import ENVIRONMENT, folder

PUBLIC = ("93.184.215.14", "8.8.4.4", "2606:2800:21f::14")
INSIDE = (
    "10.0.0.1", "10.255.255.254", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1.254",
    "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.0.192", "192.0.2.1",
    "192.88.99.1", "198.18.0.1", "198.19.255.254", "198.51.100.1", "203.0.113.1", "127.0.0.1", "127.0.0.2",
    "127.1.2.3", "127.255.255.254", "fd00::1", "fd00:ec2::254", "fc00::1", "fec0::1", "fe80::1", "2001:db8::1",
    "2002:7f00:1::1", "2002:a00:1::1", "64:ff9b::a00:1", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:10::1", "2001:20::1", "3fff::1", "5f00::1", "3ffe::1", "4000::1", "2d00::1",
)  # fmt: skip
NAMES = {
    "public.example": PUBLIC[0], "zwei.example": PUBLIC[1], "six.example": PUBLIC[2], "inside.example": "10.0.0.1",
    "meta.example": "169.254.169.254", "loop.example": "127.0.0.1", "six-inside.example": "fd00::1", "mixed.example": PUBLIC[0],
    "mapped.example": "::ffff:127.0.0.1", "nat.example": "64:ff9b::7f00:1",
}  # fmt: skip
ALSO = {"mixed.example": "127.0.0.1"}


def _notations(address: str) -> list[str]:
    """An IPv4 address as browsers and resolvers read it."""
    a, b, c, d = map(int, address.split("."))
    whole = int.from_bytes(bytes((a, b, c, d)), "big")
    low = (b << 16) + (c << 8) + d
    fullwidth = address.translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    return [
        str(whole), hex(whole), f"0{whole:o}", f"{a}.{low}", f"{a}.{b}.{(c << 8) + d}", f"0x{a:x}.0x{b:x}.0x{c:x}.0x{d:x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}", f"{a:03}.{b:03}.{c:03}.{d:03}", fullwidth, address.replace(".", "\u3002"),
        f"{address}.",
        f"[::ffff:{address}]", f"[::{address}]", f"[::ffff:0:{address}]", f"[64:ff9b::{address}]",
        f"[0:0:0:0:0:ffff:{a:02x}{b:02x}:{c:02x}{d:02x}]", f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]",
        f"[2001:0:{a:02x}{b:02x}:{c:02x}{d:02x}::1]", f"[2606:2800::5efe:{address}]", f"{address}%00", f"{address}%2e",
    ]  # fmt: skip


def tricks() -> list[str]:
    """Addresses none of which may be answered from inside."""
    hosts = [f"[{a}]" if ":" in a else a for a in INSIDE] + ["0", "0.0.0.0", "[::]", "[::1]", "127.1", "127.0.1"]
    for address in ("127.0.0.1", "10.0.0.1", "169.254.169.254"):
        hosts += _notations(address)
    hosts += ["localhost", "LOCALHOST", "localhost.", "ⓛocalhost", "ip6-localhost", "[fe80::1%lo]", "[fe80::1%25lo]"]
    hosts += [n for n, a in NAMES.items() if a not in PUBLIC or n in ALSO]
    urls = [f"http://{host}/" for host in dict.fromkeys(hosts)]
    good = PUBLIC[0]
    return [
        *urls,
        f"http://{good}@127.0.0.1/", f"http://{good}:80@127.0.0.1/", "http://public.example@10.0.0.1/", "http://127.0.0.1:80\\@{good}/",
        f"http://{good}\\@127.0.0.1/", f"http://127.0.0.1#@{good}/", f"http://127.0.0.1?@{good}/", "http://127.0.0.1:8080/",
        f"http://{good}:8080/", "http://127.0.0.1\t/", "http://127.0.0.1\r\n/", "http://%31%32%37.0.0.1/", "//127.0.0.1/",
        "http:127.0.0.1/", "http:/127.0.0.1/", "http:///127.0.0.1/", "HTTP://127.0.0.1/", "file:///etc/passwd", "ftp://127.0.0.1/",
        "gopher://127.0.0.1:80/", "data:text/html,hello", "unix:///tmp/x", "http://[::ffff:7f00:1]:80/", "http://127.0.0.1:0/",
        "http://127.0.0.1:65616/", "ws://127.0.0.1/", "jar:http://127.0.0.1/", "http://127.0.0.1:080/", "http://127.0.0.1:/",
    ]  # fmt: skip


def wanted() -> list[str]:
    """Public pages, each of which is to be fetched."""
    hosts = [PUBLIC[0], PUBLIC[1], f"[{PUBLIC[2]}]", "public.example", "PUBLIC.example", "zwei.example"]
    hosts += ["six.example", *_notations(PUBLIC[0])[:6], f"[::ffff:{PUBLIC[0]}]", f"{PUBLIC[0]}:80"]
    return [f"http://{host}/" for host in hosts] + [
        _moved(f"http://{PUBLIC[1]}/"),
        _moved("/"),
        _moved("//six.example/"),
    ]


def _moved(url: str) -> str:
    """A public page that redirects to the address."""
    return f"http://{PUBLIC[0]}/to?{url.encode().hex()}"


class _Page(socketserver.StreamRequestHandler):
    reached: ClassVar[list[str]] = []

    def handle(self) -> None:
        _, _, rest = self.rfile.readline().partition(b" ")
        while self.rfile.readline().strip():
            pass
        self.reached.append(
            f"{self.connection.getsockname()[0].removeprefix('::ffff:')} {self.server.server_address[1]}"
        )  # type: ignore[index]
        path = rest.rpartition(b" ")[0]
        head = b"HTTP/1.1 200 OK\r\n"
        if path.startswith(b"/to?"):
            head = b"HTTP/1.1 302 Found\r\nLocation: " + bytes.fromhex(path[4:].decode()) + b"\r\n"
        if path == b"/robots.txt":
            head = b"HTTP/1.1 404 None\r\n"
        self.wfile.write(head + b"Content-Length: 4\r\nConnection: close\r\n\r\npage")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address, daemon_threads, address_family = True, True, socket.AF_INET6


class _Asked:
    """Fetches, and what went wrong otherwise than as one of our errors."""

    raised = 0

    def get(self, url: str, *, private: bool = False) -> bool:
        from ledger import web
        from ledger.errors import ClaimsError

        _Page.reached.clear()
        try:
            return web.fetch(url, limits=web.Limits(seconds=5, manners=False, allow_private=private)).body == b"page"
        except ClaimsError:
            return False
        except Exception as e:
            print(f"addresses: {url!r}: {type(e).__name__}: {e}")
            self.raised += 1
            return False


def _inside() -> int:
    """What runs in the namespace."""
    for port in (80, 8080):
        threading.Thread(target=_Server(("::", port), _Page).serve_forever, daemon=True).start()
    allowed, asked, reached = {f"{a} 80" for a in PUBLIC}, _Asked(), 0
    urls = tricks()
    urls += [_moved(url) for url in urls]
    for url in urls:
        asked.get(url)
        if wrong := [a for a in _Page.reached if a not in allowed]:
            reached += 1
            print(f"addresses: {url!r} reached {wrong}")
    missed = [url for url in wanted() if not asked.get(url)]
    there = sum(asked.get(f"http://{f'[{a}]' if ':' in a else a}/", private=True) for a in INSIDE)
    print(
        f"addresses: {len(urls)} tricks, {reached} reached what is not public; {asked.raised} tracebacks; public pages not"
    )
    print(
        f"  fetched: {missed or 'none'} of {len(wanted())}; servers inside that answer who may ask: {there} of {len(INSIDE)}"
    )
    return int(bool(reached or asked.raised or missed or there < len(INSIDE) - 2))


def addresses() -> bool:
    """Every trick in a namespace of its own."""
    if not (shutil.which("unshare") and shutil.which("ip")):
        print("addresses: needs unshare and ip")
        return False
    with folder() as here:
        lines = [f"{a} {n}" for n, a in NAMES.items()] + [f"{a} {n}" for n, a in ALSO.items()]
        (here / "hosts").write_text("\n".join(["127.0.0.1 localhost", "::1 ip6-localhost", *lines, ""]))
        adding = "".join(
            f"ip addr add {a}/{128 if ':' in a else 32} dev lo nodad 2>/dev/null || ip addr add {a}/32 dev lo 2>/dev/null;"
            for a in (*PUBLIC, *INSIDE)
        )
        names = f"mount --bind {here / 'hosts'} /etc/hosts"
        script = f"ip link set lo up; {adding} {names}; exec {sys.executable} -m campaigns.addresses"
        proxies = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY", "https_proxy"), "http://127.0.0.1:80")
        environment = {k: v for k, v in ENVIRONMENT.items() if k != "CLAIMS_ALLOW_PRIVATE_ADDRESSES"} | proxies
        environment["CLAIMS_CACHE"] = str(here / "cache")
        return not subprocess.run(["unshare", "-rnm", "sh", "-c", script], env=environment, check=False).returncode


if __name__ == "__main__":
    os.chdir(Path(__file__).resolve().parents[1])
    sys.exit(_inside())
