"""The guarded client against real servers on the loopback, and against addresses that it must never ask."""

from __future__ import annotations

import errno
import gzip
import socket
import ssl
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import Claims
from hypothesis import given
from hypothesis import strategies as st
from sizes import size

from ledger import web
from ledger.errors import BadInput, ClaimsError, Unreachable
from ledger.web.guard import Deadline, Guard, is_public
from ledger.web.manners import Site
from ledger.web.response import read_body

HERE = web.Limits(allow_private=True, seconds=10)
MEGABYTE = 1024 * 1024

Talk = Callable[[socket.socket, bytes], None]


class Server:
    """Answers each connection with a function of our own and keeps what was asked."""

    def __init__(self, talk: Talk, listener: socket.socket) -> None:
        self.talk = talk
        self.listener = listener
        self.asked: list[bytes] = []
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()

    def answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(10)
            request = b""
            while b"\r\n\r\n" not in request and (part := connection.recv(65536)):
                request += part
            self.asked.append(request)
            self.talk(connection, request)


@contextmanager
def serving(talk: Talk | bytes) -> Iterator[Server]:
    def say(connection: socket.socket, request: bytes) -> None:
        connection.sendall(talk) if isinstance(talk, bytes) else talk(connection, request)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(say, listener)
        threading.Thread(target=server.serve, daemon=True).start()
        yield server
        # wakes the thread that waits for a connection, so that it sees the end
        listener.shutdown(socket.SHUT_RDWR)


def answer(body: bytes = b"hello", *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def refusal(url: str, limits: web.Limits = HERE) -> ClaimsError:
    with pytest.raises(ClaimsError) as caught:
        web.fetch(url, limits=limits)
    assert caught.value.hint
    assert "\n" not in caught.value.message
    assert caught.value.message.isprintable()
    return caught.value


# --- good answers -------------------------------------------------------------------------------------------------


def test_page_is_given_with_its_address_status_and_type() -> None:
    with serving(answer(b"caf\xe9", 'Content-Type: Text/HTML; charset="iso-8859-1"')) as server:
        got = web.fetch(f"{server.url}/a?b=1#c", limits=HERE)
    assert (got.url, got.status, got.body) == (f"{server.url}/a?b=1", 200, b"caf\xe9")
    assert (got.media_type, got.charset) == ("text/html", "iso-8859-1")


@pytest.mark.parametrize("header", ["", "Content-Type:", "Content-Type: nonsense", "Content-Type: ; charset="])
def test_answer_without_a_type_has_none(header: str) -> None:
    with serving(answer(b"x", *filter(None, [header]))) as server:
        got = web.fetch(server.url, limits=HERE)
    assert (got.media_type, got.charset) == (None, None)


def test_request_asks_for_the_page_as_itself() -> None:
    with serving(answer()) as server:
        web.fetch(f"{server.url}/%C3%A9t%C3%A9", limits=HERE, headers={"X-Key": "k"})
    request = server.asked[0].decode().lower()
    assert request.startswith("get /%c3%a9t%c3%a9 http/1.1\r\n")
    assert "x-key: k" in request
    assert "user-agent: claim-ledger" in request
    assert "accept-encoding: gzip, deflate" in request


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("identity", b"the text"),
        ("gzip", gzip.compress(b"the text", mtime=0)),
        ("GZIP, identity", gzip.compress(b"the text", mtime=0)),
        ("x-gzip", gzip.compress(b"the ", mtime=0) + gzip.compress(b"text", mtime=0)),
        ("gzip", gzip.compress(b"the text", mtime=0) + b"\0\0\0\0"),
        ("deflate", zlib.compress(b"the text")),
        ("deflate", bare_deflate(b"the text")),
    ],
)
def test_content_encoding_is_undone(encoding: str, packed: bytes) -> None:
    with serving(answer(packed, f"Content-Encoding: {encoding}")) as server:
        assert web.fetch(server.url, limits=HERE).body == b"the text"


@given(st.binary(max_size=300), st.integers(1, 7), st.sampled_from(["gzip", "deflate", "bare"]))
def test_any_body_in_any_pieces_is_unpacked_whole(data: bytes, size: int, how: str) -> None:
    packer = zlib.compressobj(wbits={"gzip": 31, "deflate": 15, "bare": -15}[how])
    packed = packer.compress(data) + packer.flush()
    pieces = [packed[n : n + size] for n in range(0, len(packed), size)]
    assert read_body(pieces, "deflate" if how == "bare" else how, web.Limits()) == data


@pytest.mark.parametrize("size", [1, 7, 1000, 10**9])
@pytest.mark.parametrize("how", ["gzip", "deflate", "bare"])
@pytest.mark.parametrize("length", [MEGABYTE - 1, MEGABYTE, MEGABYTE + 1, 3 * MEGABYTE])
def test_long_body_is_unpacked_to_its_last_byte(size: int, how: str, length: int) -> None:
    packer = zlib.compressobj(wbits={"gzip": 31, "deflate": 15, "bare": -15}[how])
    packed = packer.compress(bytes(length)) + packer.flush()
    pieces = [packed[n : n + size] for n in range(0, len(packed), size)]
    assert read_body(pieces, "deflate" if how == "bare" else how, web.Limits()) == bytes(length)


@given(
    st.lists(st.binary(max_size=20), min_size=1, max_size=4), st.integers(1, 30), st.sampled_from([b"", b"\0\0", b"x"])
)
def test_members_and_padding_may_be_cut_anywhere(members: list[bytes], size: int, padding: bytes) -> None:
    packed = b"".join(map(gzip.compress, members)) + padding
    pieces = [packed[n : n + size] for n in range(0, len(packed), size)]
    assert read_body(pieces, "gzip", web.Limits()) == b"".join(members)


def test_chunked_body_is_joined() -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
    with serving(chunked) as server:
        assert web.fetch(server.url, limits=HERE).body == b"abcde"


# --- redirects ----------------------------------------------------------------------------------------------------


def moving(times: int) -> Talk:
    """Redirects /1 to /2 and so on, `times` times, then answers."""

    def talk(connection: socket.socket, request: bytes) -> None:
        n = int(request.split()[1].strip(b"/") or b"0")
        moved = answer(b"", f"Location: /{n + 1}", status="302 Found")
        connection.sendall(answer(b"there") if n >= times else moved)

    return talk


def test_five_redirects_are_followed() -> None:
    with serving(moving(5)) as server:
        got = web.fetch(f"{server.url}/0", limits=HERE)
    assert (got.url, got.body) == (f"{server.url}/5", b"there")


def test_endless_redirects_are_given_up() -> None:
    with serving(moving(1000)) as server:
        error = refusal(f"{server.url}/0")
    assert isinstance(error, Unreachable)
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("file:///etc/passwd", BadInput),
        ("gopher://127.0.0.1/", BadInput),
        ("javascript:alert(1)", Unreachable),
        ("http://user:secret@127.0.0.1/", BadInput),
        ("http://[::1", Unreachable),
        ("http://127.0.0.1:99999999/", BadInput),
        ("http://" + "a" * 9000, Unreachable),
        ("\u00ff\u0085", Unreachable),
    ],
)
def test_redirect_to_what_may_not_be_asked_is_refused(location: str, kind: type[ClaimsError]) -> None:
    moved = answer(b"", status="301 Moved").replace(
        b"\r\n\r\n", b"\r\nLocation: " + location.encode("latin-1") + b"\r\n\r\n"
    )
    with serving(moved) as server:
        assert isinstance(refusal(server.url), kind)


def test_headers_of_the_caller_stay_with_the_host_that_was_asked() -> None:
    with (
        serving(answer(b"other")) as other,
        serving(answer(b"", f"Location: {other.url}/", status="302 Found")) as server,
    ):
        assert web.fetch(server.url, limits=HERE, headers={"X-Key": "secret"}).body == b"other"
    assert b"secret" in server.asked[0]
    assert b"secret" not in other.asked[0]


# --- what a server may do to us -----------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "500 Oops", "304 Not Modified", "302 Found"])
def test_bad_status_is_could_not_find_out(status: str) -> None:
    with serving(answer(b"sorry", status=status)) as server:
        error = refusal(server.url)
    assert isinstance(error, Unreachable)
    assert status[:3] in error.message


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"this is no HTTP\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        answer(b"not packed", "Content-Encoding: gzip"),
        answer(gzip.compress(b"the text", mtime=0)[:-9], "Content-Encoding: gzip"),
        answer(b"\x01", "Content-Encoding: deflate"),
        answer(b"x", "Content-Encoding: br"),
        answer(gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "Content-Encoding: gzip, gzip"),
        answer(
            gzip.compress(gzip.compress(b"x", mtime=0), mtime=0), "Content-Encoding: gzip", "Content-Encoding: gzip"
        ),
    ],
)
def test_broken_answer_is_could_not_find_out(reply: bytes) -> None:
    with serving(reply) as server:
        assert isinstance(refusal(server.url), Unreachable)


def test_closed_port_is_could_not_find_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    assert isinstance(refusal(f"http://127.0.0.1:{port}/"), Unreachable)


def test_name_that_does_not_exist_is_could_not_find_out() -> None:
    assert isinstance(refusal("http://no-such-host.invalid/"), Unreachable)


def test_packed_bomb_is_refused_before_it_is_unpacked() -> None:
    packer = zlib.compressobj(wbits=31)
    zeros = bytes(MEGABYTE)
    bomb = b"".join(packer.compress(zeros) for _ in range(size(60, 300))) + packer.flush()
    assert len(bomb) < MEGABYTE
    limits = web.Limits(allow_private=True, unpacked=5 * MEGABYTE)
    with serving(answer(bomb, "Content-Encoding: gzip")) as server:
        error = refusal(server.url, limits)
    assert isinstance(error, BadInput)
    assert "5 MB" in error.message


def test_bomb_of_many_members_is_refused() -> None:
    member = gzip.compress(bytes(MEGABYTE))
    with pytest.raises(BadInput):
        read_body([member * 20], "gzip", web.Limits(unpacked=5 * MEGABYTE))


def test_endless_body_is_refused_at_the_cap() -> None:
    def talk(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"a" * 65536)

    with serving(talk) as server:
        assert isinstance(refusal(server.url, web.Limits(allow_private=True, received=MEGABYTE)), BadInput)


def dripping(start: bytes, drop: bytes) -> Talk:
    def talk(connection: socket.socket, _: bytes) -> None:
        connection.sendall(start)
        while True:
            time.sleep(0.05)
            connection.sendall(drop)

    return talk


@pytest.mark.parametrize(
    "talk",
    [
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\n\r\n", b"a"), id="body"),
        pytest.param(dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"), id="headers"),
        pytest.param(dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), id="interim answers"),
        pytest.param(lambda connection, _: connection.recv(1), id="silence"),
    ],
)
def test_slow_server_is_given_up_at_the_deadline(talk: Talk) -> None:
    with serving(talk) as server:
        began = time.monotonic()
        assert isinstance(refusal(server.url, web.Limits(allow_private=True, seconds=0.6)), Unreachable)
    assert time.monotonic() - began < 1.6


def test_deadline_covers_redirects_together() -> None:
    def talk(connection: socket.socket, _: bytes) -> None:
        time.sleep(0.3)
        connection.sendall(answer(b"", "Location: /on", status="302 Found"))

    with serving(talk) as server:
        began = time.monotonic()
        assert isinstance(refusal(server.url, web.Limits(allow_private=True, seconds=0.7)), Unreachable)
    assert time.monotonic() - began < 1.7


def test_slow_look_up_is_given_up_at_the_deadline() -> None:
    def slowly(host: str, port: int) -> list[str]:
        time.sleep(3)
        return []

    guard = Guard(Deadline(0.3), frozenset({80}), allow_private=False, resolve=slowly)
    began = time.monotonic()
    with pytest.raises(Unreachable):
        guard.checked("example.org", 80)
    assert time.monotonic() - began < 1.3


# --- TLS ----------------------------------------------------------------------------------------------------------


def certificate(folder: Path) -> ssl.SSLContext:
    """A server's TLS with a certificate that nobody vouches for."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    (folder / "c.pem").write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "c.pem")
    return context


def test_certificate_nobody_vouches_for_is_refused_and_the_name_is_kept(tmp_path: Path) -> None:
    context = certificate(tmp_path)
    names: list[str] = []
    context.sni_callback = lambda _sock, name, _context: names.append(name)

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def shake_hands() -> None:
            connection, _ = listener.accept()
            with suppress(OSError), context.wrap_socket(connection, server_side=True):
                pass
            connection.close()

        thread = threading.Thread(target=shake_hands, daemon=True)
        thread.start()
        error = refusal(f"https://localhost:{listener.getsockname()[1]}/")
        thread.join(5)
    assert isinstance(error, Unreachable)
    assert "certificate" in error.message.lower()
    assert names == ["localhost"]


# --- addresses that are never asked -------------------------------------------------------------------------------

INSIDE = [
    "127.0.0.1", "127.1", "127.255.255.254", "0", "0.0.0.0", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1",
    "localhost", "localhost.", "LOCALHOST", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.7", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::7f00:1]", "[::127.0.0.1]",
    "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[2002:7f00:1::1]", "[2002:c0a8:101::1]", "[2001::1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[ff02::1]", "[2001:db8::1]", "[100::1]",
    "[::ffff:0:127.0.0.1]", "[::ffff:0:8.8.8.8]", "[2607:f8b0::5efe:10.0.0.1]", "[2607:f8b0::200:5efe:8.8.8.8]", "[3ffe::1]",
    "[3fff::1]", "[2d00::1]", "[2e00::1]", "[3000::1]", "[4000::1]", "[8000::1]", "[1::1]", "[5f00::1]", "[2001:10::1]",
    "[2001:20::1]", "[2001:2::1]", "[::8.8.8.8]", "[200::1]", "[e000::1]", "[fe00::1]", "[64:ff9b:1::8.8.8.8]",
    "\uff11\uff12\uff17.0.0.1", "127\u30020\u30020\u30021", "\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3",
]  # fmt: skip


@pytest.mark.parametrize("host", INSIDE)
def test_address_inside_is_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every notation; what the system's look-up does not know as an address counts as well, nothing is asked."""
    monkeypatch.delenv("CLAIMS_ALLOW_PRIVATE_ADDRESSES", raising=False)
    error = refusal(f"http://{host}/", web.Limits(seconds=5))
    assert isinstance(error, BadInput | Unreachable)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]", "0x7f000001", "2130706433"])
def test_server_on_the_loopback_is_never_reached(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS_ALLOW_PRIVATE_ADDRESSES", "0")
    with serving(answer()) as server:
        port = int(server.url.rpartition(":")[2])
        limits = web.Limits(seconds=5, ports=frozenset({port}))
        assert isinstance(refusal(f"http://{host}:{port}/", limits), BadInput)
    assert server.asked == []


def test_environment_opens_private_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS_ALLOW_PRIVATE_ADDRESSES", "1")
    with serving(answer(b"inside")) as server:
        assert web.fetch(server.url).body == b"inside"


def test_the_secrets_of_a_connection_are_written_nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "secrets"))
    with serving(answer()) as server:
        web.fetch(server.url, limits=HERE)
    assert not (tmp_path / "secrets").exists()


def test_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answer(b"proxy")) as proxy, serving(answer(b"page")) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert web.fetch(server.url, limits=HERE).body == b"page"
    assert proxy.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "example.org", "/etc/passwd", "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/",
        "data:text/html,x", "javascript:x", "http://", "http:///x", "https://:443/", "http://user@example.org/",
        "http://user:pass@example.org/", "http://example.org\n.evil.org/", "http://exa mple.org\x00/", "http://[::1",
        "http://example.org:99999999/", "http://example.org:x/", "http://" + "a" * 9000, "http://xn--\udcff/",
        "dict://example.org/", "//example.org/x", "http:example.org@127.0.0.1",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ClaimsError) as caught:
        web.fetch(url, limits=web.Limits(seconds=5))
    assert isinstance(caught.value, BadInput)
    assert caught.value.hint


@pytest.mark.parametrize("port", [22, 25, 8080, 6379])
def test_unusual_port_of_a_public_address_is_refused(port: int) -> None:
    guard = Guard(Deadline(5), frozenset({80, 443}), allow_private=True, resolve=lambda *_: ["93.184.216.34"])
    with pytest.raises(BadInput):
        guard.checked("example.org", port)


def test_name_with_one_private_address_among_public_ones_is_refused() -> None:
    guard = Guard(Deadline(5), frozenset({80}), allow_private=False, resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(BadInput):
        guard.checked("example.org", 80)


def test_name_is_looked_up_once_and_the_checked_address_is_used() -> None:
    """A name that points elsewhere at the second look-up has no second look-up."""
    answers = [["127.0.0.1"], ["10.255.255.1"]]
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        guard = Guard(Deadline(5), frozenset({port}), allow_private=True, resolve=lambda *_: answers.pop(0))
        stream = guard.connect_tcp("rebinding.example", port)
        assert stream.get_extra_info("server_addr")[0] == "127.0.0.1"
        stream.close()
    assert len(answers) == 1


def test_second_address_is_tried_where_the_first_does_not_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        guard = Guard(Deadline(5), frozenset({port}), allow_private=True, resolve=lambda *_: ["127.0.0.2", "127.0.0.1"])
        guard.connect_tcp("two.example", port).close()


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]
)
def test_public_address_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="169.254.0.0/16"))
def test_private_address_is_private_in_whatever_it_is_wrapped(address: object) -> None:
    number = int(address)  # type: ignore[call-overload]
    low = f"{number >> 16:x}:{number & 0xFFFF:x}"
    wrapped = [str(address), f"::ffff:{low}", f"::{low}", f"64:ff9b::{low}", f"2002:{low}::1"]
    assert not any(map(is_public, wrapped))


@pytest.mark.parametrize("text", ["", "example.org", "127.1", "fe80::1%eth0", "2606:4700::1%1", "::g"])
def test_what_is_no_plain_address_is_not_public(text: str) -> None:
    assert not is_public(text)


SLOW = ("httpx", "httpcore", "trafilatura", "lxml", "ssl", "charset_normalizer", "html.parser")


def test_nothing_slow_is_loaded_before_a_page_is_fetched() -> None:
    code = f"import sys, ledger.capture, ledger.web; print([m for m in {SLOW} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_private_address_is_let_through_on_request_and_told_with_who_asks(
    claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS_CONTACT", "desk@vell.example\r\nX: y")
    with serving(answer(b"Two boats sank off Vell.", "Content-Type: text/plain")) as server:
        claims("capture", f"{server.url}/a", code=2)
        claims("capture", f"{server.url}/a", "--allow-private")
    assert b"user-agent: claim-ledger (+desk@vell.examplex: y)" in server.asked[-1].lower()
    bodies = [e["body"] for e in claims("log", "--json").lines if e["kind"] == "capture"]
    assert [b["method"] for b in bodies] == ["http, private address"]


# --- manners ------------------------------------------------------------------------------------------------------

MANNERED = web.Limits(allow_private=True, seconds=3, manners=True, pause=0.01)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path))
    return tmp_path


def site(robots: bytes, *pages: bytes) -> Talk:
    """Answers with the robots.txt, and with the pages one after the other, the last one for ever."""
    left = list(pages)

    def talk(connection: socket.socket, request: bytes) -> None:
        robot = request.startswith(b"GET /robots.txt ")
        connection.sendall(robots if robot else left.pop(0) if len(left) > 1 else left[0])

    return talk


@pytest.mark.parametrize(
    ("robots", "said"),
    [
        (answer(b"User-agent: *\nDisallow: /private"), None),
        (answer(b"User-agent: *\nDisallow: /\n\nUser-agent: claim-ledger\nAllow: /news"), None),
        (answer(b"", status="404 Not Found"), None),
        (answer(b"\xff\x00 no rules at all"), None),
        (answer(gzip.compress(bytes(30 * MEGABYTE)), "Content-Encoding: gzip"), None),
        (answer(b"User-agent: *\nDisallow: /news"), "stay away"),
        (answer(b"User-agent: Claim-Ledger\nDisallow: /"), "stay away"),
        (answer(b"User-agent: *\nDisallow: /news\n#" + b"x" * MEGABYTE), "stay away"),
        (answer(b"", status="503 Service Unavailable"), "not known what it allows"),
    ],
)
def test_robots_txt_is_asked_once_and_obeyed(robots: bytes, said: str | None, cache: Path) -> None:
    with serving(site(robots, answer(b"page"))) as server:
        for _ in range(2):
            if said is None:
                assert web.fetch(f"{server.url}/news", limits=MANNERED).body == b"page"
            else:
                error = refusal(f"{server.url}/news", MANNERED)
                assert said in error.message
                assert error.exit_code == 4
    pages = [a for a in server.asked if a.startswith(b"GET /news")]
    assert len(pages) == (2 if said is None else 0)
    assert len(server.asked) - len(pages) == (2 if said == "not known what it allows" else 1)


def test_site_inside_ones_own_network_is_not_asked_for_its_robots_txt(cache: Path) -> None:
    with serving(answer(b"User-agent: *\nDisallow: /")) as server:
        web.fetch(server.url, limits=HERE)
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("first", "tries", "shortest"),
    [
        (answer(status="503 Service Unavailable"), 2, 0.4),
        (answer(b"", "Retry-After: 1", status="429 Too Many Requests"), 2, 0.9),
        (answer(b"", "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT", status="502 Bad Gateway"), 2, 0.0),
        (answer(b"", "Retry-After: soon", status="504 Gateway Timeout"), 2, 0.4),
        (answer(b"", "Retry-After: 60", status="429 Too Many Requests"), 1, 0.0),
        (answer(b"", status="500 Internal Server Error"), 1, 0.0),
    ],
)
def test_page_is_asked_for_again_where_the_server_wants_that(first: bytes, tries: int, shortest: float) -> None:
    limits = web.Limits(allow_private=True, seconds=5)
    began = time.monotonic()
    with serving(site(b"", first, answer(b"page"))) as server:
        if tries > 1:
            assert web.fetch(server.url, limits=limits).body == b"page"
        else:
            assert isinstance(refusal(server.url, limits), Unreachable)
    assert len(server.asked) == tries
    assert shortest <= time.monotonic() - began < shortest + 2.5


def test_what_is_posted_is_posted_once() -> None:
    with serving(answer(b"", status="503 Service Unavailable")) as server:
        assert web.post(server.url, b"{}", limits=HERE).status == 503
    assert len(server.asked) == 1


def test_processes_take_turns_with_one_host(cache: Path) -> None:
    turns: list[float] = []
    ask = lambda: turns.append(Site("https://one.example", "one.example").turn(0.5, 60))  # noqa: E731
    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(turns) == pytest.approx([0.5 * n for n in range(8)], abs=0.3)  # as long as the threads take to start
    assert Site("https://two.example", "two.example").turn(0.5, 60) == 0


@pytest.mark.parametrize(
    "kept",
    [
        b"", b"no JSON", b"[1]", b'{"next": "soon"}', b'{"next": null}', b"\xff\xfe", b'{"next": NaN}', b'{"next": Infinity}',
        b'{"next": 32503680000.0}', b'{"next": 1' + b"0" * 400 + b"}",
    ],
)  # fmt: skip
def test_damaged_cache_is_no_hindrance(kept: bytes, cache: Path) -> None:
    one = Site("https://one.example", "one.example")
    one.turn(1, 1)
    next((cache / "web").iterdir()).write_bytes(kept)
    assert one.turn(1, 1) == 0
    one.be_quiet(60)
    with pytest.raises(Unreachable, match="not asked again before 60 s"):
        one.turn(1, 1)


def test_disk_without_locks_is_no_hindrance(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("fcntl.flock", fail)
    assert Site("https://one.example", "one.example").turn(1, 1) == 0


def test_site_that_asks_for_quiet_is_left_alone_by_the_next_process_too(cache: Path) -> None:
    late = answer(b"", "Retry-After: 600", status="429 Too Many Requests")
    with serving(site(answer(b""), late)) as server:
        assert "429" in refusal(f"{server.url}/a", MANNERED).message
        assert "is not asked again before 10 minutes" in refusal(f"{server.url}/b", MANNERED).message
    assert [a.split()[1] for a in server.asked] == [b"/robots.txt", b"/a"]
