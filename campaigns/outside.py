"""What comes from outside and is out to harm: bodies of servers, files, damaged records; and pages that changed.

Bodies and files are read in processes of their own, whose time and memory are measured.
"""

from __future__ import annotations

import base64
import gzip
import io
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from campaigns.ground import CLAIMS, ENVIRONMENT, SEED, folder

MEGABYTE = 1024 * 1024
SECONDS = 5
"""The deadline that bodies are given."""

# --- bodies -------------------------------------------------------------------------------------------------------

Parts = Iterator[bytes]
ENDLESS = 10**9
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
GZIP = HEAD + b"Content-Encoding: gzip\r\n\r\n"


def _packed(coding: str, zeros: int) -> bytes:
    """A body of so many megabytes of zeros, packed."""
    if coding == "br":
        # 0x1b and so on are the window; no library is needed to send what we do not read
        return b"\x1b\xff\xff\x07" * 4096
    packer = zlib.compressobj(9, zlib.DEFLATED, 31 if coding == "gzip" else 15)
    return b"".join([packer.compress(bytes(MEGABYTE)) for _ in range(zeros)]) + packer.flush()


def _answer(coding: str, body: bytes) -> Parts:
    yield HEAD + b"Content-Encoding: %b\r\nContent-Length: %d\r\n\r\n" % (coding.encode(), len(body)) + body


def _drip(start: bytes, drop: bytes) -> Parts:
    yield start
    for _ in range(ENDLESS):
        time.sleep(0.2)
        yield drop


def _flood(start: bytes, piece: bytes, times: int) -> Parts:
    yield start
    for _ in range(times):
        yield piece


def _chunks(*lines: bytes) -> Parts:
    yield HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
    yield from lines


def _moved(where: bytes) -> Parts:
    yield b"HTTP/1.1 302 Found\r\nLocation: " + where + b"\r\nContent-Length: 0\r\n\r\n"


BODIES: dict[str, Callable[[], Parts]] = {
    "gzip bomb, 2 GB": lambda: _answer("gzip", _packed("gzip", 2000)),
    "deflate bomb, 2 GB": lambda: _answer("deflate", _packed("deflate", 2000)),
    "gzip of gzip": lambda: _answer("gzip, gzip", gzip.compress(_packed("gzip", 1000))),
    "gzip in many members": lambda: _flood(GZIP, gzip.compress(bytes(MEGABYTE)), 3000),
    "gzip that never ends": lambda: _flood(GZIP + _packed("gzip", 1)[:10], b"\0\0\0\xff\xff", 10**7),
    "brotli bomb": lambda: _answer("br", _packed("br", 0)),
    "zstd bomb": lambda: _answer("zstd", b"\x28\xb5\x2f\xfd" + bytes(MEGABYTE)),
    "encoding without end": lambda: _answer("gzip, " * 2000 + "gzip", b"x"),
    "body without end": lambda: _flood(HEAD + b"\r\n", bytes(MEGABYTE), 4000),
    "length of 9 exabytes": lambda: _flood(HEAD + b"Content-Length: 9223372036854775807\r\n\r\n", bytes(MEGABYTE), 4000),
    "drip of the body": lambda: _drip(HEAD + b"\r\n", b"a"),
    "drip of headers": lambda: _drip(HEAD, b"X-A: b\r\n"),
    "drip of one header": lambda: _drip(HEAD + b"X-A: ", b"b"),
    "drip of the first line": lambda: _drip(b"HTTP/1.1 200 ", b"O"),
    "drip of chunks": lambda: _drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    "drip of a chunk's extension": lambda: _drip(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"a"),
    "drip of packed bytes": lambda: _drip(GZIP + _packed("gzip", 1)[:10], b"\0"),
    "informational answers without end": lambda: _drip(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "silence": lambda: _drip(b"", b""),
    "80 MB of headers": lambda: _flood(HEAD, b"X-%b: b\r\n" % (b"a" * 8000), 10_000),
    "80 MB in one header": lambda: _flood(HEAD + b"X-A: ", b"b" * MEGABYTE, 80),
    "80 MB in the first line": lambda: _flood(b"HTTP/1.1 200 ", b"O" * MEGABYTE, 80),
    "chunk of no size": lambda: _chunks(b"x\r\na\r\n0\r\n\r\n"),
    "chunk of negative size": lambda: _chunks(b"-1\r\na\r\n0\r\n\r\n"),
    "chunk of 16 exabytes": lambda: _chunks(b"ffffffffffffffff\r\n", b"a" * MEGABYTE * 25),
    "chunk without an end": lambda: _chunks(b"5\r\nhel"),
    "trailers without end": lambda: _chunks(b"1\r\na\r\n0\r\n", *[b"X-A: b\r\n" * 1000] * 10_000),
    "NUL in Location": lambda: _moved(b"/a\0b"),
    "line break in Location": lambda: _moved(b"/a\r\n\tX: y"),
    "Location of 1 MB": lambda: _moved(b"/" + b"a" * MEGABYTE),
    "Location in no encoding": lambda: _moved(b"/\xff\xfe\x80"),
    "loop": lambda: _moved(b"/"),
    "loop through names": lambda: _moved(b"/" + os.urandom(8).hex().encode()),
    "no HTTP": lambda: _flood(b"\x16\x03\x01", os.urandom(MEGABYTE), 80),
    "two lengths": lambda: _flood(HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", b"ab", 1),
}  # fmt: skip

ASK = """
import resource, sys, time
from ledger import web
from ledger.errors import ClaimsError
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
try: web.fetch("http://127.0.0.1:1/", limits=web.Limits(allow_private=True))
except ClaimsError: pass
limits = web.Limits(allow_private=True, seconds=float(sys.argv[2]))
before, began = peak(), time.monotonic()
try: said = "fetched %d bytes" % len(web.fetch(sys.argv[1], limits=limits).body)
except ClaimsError as e: said = e.message
print(time.monotonic() - began, peak() - before, said.isprintable() and len(said) < 400, said, sep="\\t")
"""


@contextmanager
def _serving(talk: Callable[[], Parts]) -> Iterator[str]:
    """A server that answers every connection so, until the other side goes."""

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65536)
            for part in talk():
                connection.sendall(part)

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        listener.shutdown(socket.SHUT_RDWR)


def bodies() -> bool:
    """Each ends within its deadline and a second, takes 64 MiB at most, and is told in one line."""
    bad, slowest, largest = 0, 0.0, 0
    for name, talk in BODIES.items():
        first = next(talk())  # packed before anybody waits for it
        with _serving(lambda first=first, talk=talk: _again(first, talk)) as url:
            call = [sys.executable, "-c", ASK, url, str(SECONDS)]
            ran = subprocess.run(call, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False)
        took, grown, one_line, said = (ran.stdout.rstrip("\n").split("\t") + [ran.stderr[-300:]] * 4)[:4]
        good = ran.returncode == 0 and float(took) <= SECONDS + 1 and int(grown) <= 64 and one_line == "True"
        if ran.returncode == 0:
            slowest, largest = max(slowest, float(took)), max(largest, int(grown))
        if not good:
            bad += 1
            print(f"bodies: {name}: {took} s, {grown} MiB: {said}")
    print(
        f"bodies: {len(BODIES)} tried, {bad} bad; the slowest took {slowest:.1f} s of {SECONDS}, the most memory {largest} MiB"
    )
    return not bad


def _again(first: bytes, talk: Callable[[], Parts]) -> Parts:
    """The parts of an answer of which the first is known."""
    if len(first) > MEGABYTE:
        yield first
        return
    yield from talk()


# --- files --------------------------------------------------------------------------------------------------------


def _zip(parts: dict[str, bytes], bomb: tuple[str, bytes, bytes, int] | None = None) -> bytes:
    """A ZIP archive; `bomb` is one more part: its name, its beginning, and what follows so many times."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
        if bomb:
            name, start, piece, times = bomb
            with archive.open(name, "w", force_zip64=True) as f:
                f.write(start)
                for _ in range(times):
                    f.write(piece)
    return held.getvalue()


def _pdf(content: bytes, *, filters: bytes = b"", pages: int = 1) -> bytes:
    kids = b" ".join([b"3 0 R"] * pages)
    font = b"/Resources<</Font<</F 5 0 R>>>>"
    things = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]%b/Contents 4 0 R>>" % font,
        b"<<%b/Length %d>>stream\n%b\nendstream" % (filters, len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    made, places = b"%PDF-1.7\n", []
    for n, thing in enumerate(things, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (n, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n0 6\n0000000000 65535 f \n%btrailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(made),
    )


def _flate(data: bytes, times: int, rounds: int = 1) -> bytes:
    packer = zlib.compressobj(9)
    packed = b"".join([packer.compress(data) for _ in range(times)]) + packer.flush()
    for _ in range(rounds - 1):
        packed = zlib.compress(packed, 9)
    return packed


FLATE = b"/Filter/FlateDecode"
WORD = (
    b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
)
SHORT = WORD + b"<w:p><w:r><w:t>Ten boats sank.</w:t></w:r></w:p></w:body></w:document>"
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
ODT = b'<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body>'
RECORD = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
RECORD += b"Content-Type: application/http; msgtype=response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
RECORD += b"WARC-Date: 2031-01-01T00:00:00Z\r\nContent-Length: "


def _nested_mail() -> bytes:
    parts = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000))
    return b"Message-ID: <1>\nSubject: a\n" + parts


def _nested_wacz(depth: int) -> bytes:
    inner = gzip.compress(RECORD + b"0\r\n\r\n\r\n\r\n")
    for _ in range(depth):
        inner = _zip({"datapackage.json": b"{}", "archive/data.warc.gz": inner})
    return inner


FILES: dict[str, Callable[[], bytes]] = {
    "bomb.pdf": lambda: _pdf(_flate(b"BT /F 9 Tf (a) Tj ET\n" * 50_000, 1000), filters=FLATE),
    "bomb-twice.pdf": lambda: _pdf(_flate(bytes(MEGABYTE), 4000, 2), filters=b"/Filter[/FlateDecode/FlateDecode]"),
    "bomb-often.pdf": lambda: _pdf(_flate(bytes(MEGABYTE), 4000, 4), filters=b"/Filter[%b]" % (b"/FlateDecode" * 4)),
    "pages.pdf": lambda: _pdf(b"BT /F 9 Tf 9 9 Td (Ten boats sank.) Tj ET", pages=2_000_000),
    "strings.pdf": lambda: _pdf(b"BT /F 9 Tf 9 9 Td (" + b"a" * 40_000_000 + b") Tj ET"),
    "brackets.pdf": lambda: _pdf(b"[" * 5_000_000), "loop.pdf": lambda: _pdf(b"").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
    "noise.pdf": lambda: b"%PDF-1.7\n" + random.Random(SEED).randbytes(40_000_000),
    "bomb.docx": lambda: _zip({}, ("word/document.xml", WORD, b"<w:p/>" * 200_000, 900)),
    "words.docx": lambda: _zip({"word/document.xml": WORD + b"<w:p><w:r><w:t>Ten boats sank.</w:t></w:r></w:p>" * 1_000_000}),
    "deep.docx": lambda: _zip({"word/document.xml": WORD + b"<w:p>" * 5_000_000}),
    "attributes.docx": lambda: _zip({"word/document.xml": WORD + b"<w:p " + b"".join(map(b"a%d='' ".__mod__, range(10**6)))}),
    "parts.docx": lambda: _zip({f"word/{n}.xml": b"" for n in range(60_000)} | {"word/document.xml": SHORT}),
    "notes.docx": lambda: _zip({"word/document.xml": SHORT}, ("word/footnotes.xml", WORD, b"<w:t>a</w:t>" * 90_000, 900)),
    "bomb.odt": lambda: _zip({"mimetype": ODT_TYPE}, ("content.xml", ODT, b"<p>ten boats</p>" * 60_000, 900)),
    "blank.odt": lambda: _zip({"mimetype": ODT_TYPE}, ("content.xml", ODT, b" " * MEGABYTE, 1900)),
    "nested.wacz": lambda: _nested_wacz(200),
    "nested.zip": lambda: _zip({"a.docx": _zip({"a.docx": _zip({"word/document.xml": WORD})})}),
    "bomb.warc.gz": lambda: gzip.compress(RECORD + b"4000000000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + bytes(900 * MEGABYTE)),
    "packed-twice.warc.gz": lambda: gzip.compress(gzip.compress(RECORD + bytes(900 * MEGABYTE))),
    "records.warc": lambda: (RECORD + b"0\r\n\r\n\r\n\r\n") * 200_000,
    "headers.warc": lambda: RECORD[:-16] + b"X-A: b\r\n" * 5_000_000,
    "nested.eml": _nested_mail, "headers.eml": lambda: b"Message-ID: <1>\n" + b"X-A: b\n" * 5_000_000,
    "attached.eml": lambda: b"Message-ID: <1>\nContent-Transfer-Encoding: base64\n\n" + base64.b64encode(bytes(34_000_000)),
    "parts.mhtml": lambda: (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + b"--b\nContent-Type: text/html\n\n" * 10**6
    ),
    "items.rss": lambda: b"<rss><channel>" + b"<item><title>a</title><link>http://a.example/</link></item>" * 700_000,
    "deep.rss": lambda: b"<rss><channel>" + b"<item>" * 6_000_000,
    "one.atom": lambda: b"<feed><entry><title>" + b"a" * 45_000_000,
    "entities.rss": lambda: b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">%b]><rss>&i;</rss>' % b"".join(
        b'<!ENTITY %c "%b">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(8)),
    "cues.vtt": lambda: b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\na\n\n" * 1_500_000,
    "tags.vtt": lambda: b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<a" * 20_000_000,
    "cues.srt": lambda: b"1\n00:00:01,000 --> 00:00:02,000\na\n\n" * 1_200_000,
}  # fmt: skip


def files() -> bool:
    """Each hostile file is captured or refused within 10 s of work, in 256 MiB, and told in one line and a hint."""
    bad, slowest, largest = 0, 0.0, 0
    with folder() as here:
        environment = {**ENVIRONMENT, "CLAIMS_LEDGER": str(here / "l.db"), "CLAIMS_CACHE": str(here / "cache")}
        subprocess.run([*CLAIMS, "init"], env=environment, cwd=here, check=True, capture_output=True)
        item = b"<item><link>http://a.example/</link></item>" * 9000
        with _serving(lambda: _flood(HEAD + b"\r\n<rss><channel>", item, 10**6)) as url:
            calls = {name: ["capture", name, "--no-input"] for name in FILES}
            calls["a feed without end"] = ["capture", "--feed", url, "--allow-private", "--no-input"]
            for name, call in calls.items():
                if name in FILES:
                    (here / name).write_bytes(FILES[name]())
                code, took, memory, said = _measured([*CLAIMS, *call], environment, here)
                slowest, largest = max(slowest, took), max(largest, memory)
                lines = said.strip().splitlines()
                if (
                    took > 10
                    or memory > 256
                    or code not in (0, 1, 2, 4)
                    or (code and len(lines) > 2)
                    or "Traceback" in said
                ):
                    bad += 1
                    print(f"files: {name}: exit {code}, {took:.1f} s, {memory} MiB, {said[:300]!r}")
                for left in here.glob(name):
                    left.unlink()
    print(f"files: {len(calls)} tried, {bad} bad; the most work took {slowest:.1f} s, the most memory {largest} MiB")
    return not bad


MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=sys.stderr)
_, status, used = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)
"""
"""Runs in a small process: what is started by a large one is said to have been as large."""


def _measured(call: list[str], environment: dict[str, str], here: Path) -> tuple[int, float, int, str]:
    """Exit code, seconds of work, MiB at the most in one of its processes, and what it said."""
    ran = subprocess.run(
        [sys.executable, "-c", MEASURE, *call], env=environment, cwd=here, capture_output=True, check=True
    )
    code, took, memory = ran.stdout.split()
    return int(code), float(took), int(memory), ran.stderr.decode("utf-8", "replace")


# --- records of fetched pages ----------------------------------------------------------------------------------------


def records(flips: int = 1000, cuts: int = 200) -> bool:
    """Bits flipped and ends cut off in what is kept of fetched pages: all of it is seen by verify."""
    from ledger import audit, capture, store, web

    chance, seen = random.Random(SEED), 0
    body = b"<html><body><p>" + b"The harbour office of Vell said that ten boats sank on Friday. " * 9
    page = HEAD + b"Content-Length: %d\r\nX-Served-By: vell\r\n\r\n" % len(body) + body
    with folder() as here, _serving(lambda: iter([page])) as url:
        with store.create(here / "l.db", actor="ann") as ledger:
            for n in range(3):
                capture.save(ledger, capture.fetch(f"{url}{n}", limits=web.Limits(allow_private=True)), actor="ann")
        whole = here / "whole.db"
        with sqlite3.connect(here / "l.db") as db:
            hashes = [h for row in db.execute("SELECT record, raw FROM capture") for h in row]
            kept = dict(db.execute("SELECT sha256, bytes FROM blob"))
            for (name,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'blob'"
            ).fetchall():
                db.execute(f"DROP TRIGGER {name}")
        db.close()
        shutil.copy(here / "l.db", whole)
        for n in range(flips + cuts):
            name = hashes[n % len(hashes)]
            data = bytearray(kept[name])
            if n < flips:
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            else:
                del data[chance.randrange(len(data)) :]
            with sqlite3.connect(whole) as db:
                db.execute("UPDATE blob SET bytes = ? WHERE sha256 = ?", (bytes(data), name))
            db.close()
            with store.open_ledger(whole, store.Open.READ) as ledger:
                seen += any(name[:8] in problem for problem in audit.verify(ledger).problems)
            with sqlite3.connect(whole) as db:
                db.execute("UPDATE blob SET bytes = ? WHERE sha256 = ?", (kept[name], name))
            db.close()
    print(f"records: {flips} flips and {cuts} cuts of kept pages and their WARC heads, {seen} seen")
    return seen == flips + cuts
