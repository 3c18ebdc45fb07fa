"""Evidence: files and addresses taken in or kept by hash, images read with care, nothing of theirs believed."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import sys
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from conftest import Claims, begins
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from ledger import evidence, images

TEXT = "The harbour office said at least 40 boats left Marsala on Monday.\n"
SHOWS = ("--for", "C1", "--shows", "boats at the quay", "--context")


@begins
def harbour(claims: Claims) -> Claims:
    claims.file("article.txt", TEXT)
    claims("capture", "article.txt", "--publisher", "Example Daily", "--published", "2026-03-02", "--no-input")
    claims("add", "at least 40 boats left Marsala", "--article", "A1", "--by", "harbour office", "--no-input")
    return claims


def photo(*, maker: str = "Maker", size: tuple[int, int] = (640, 480), kind: str = "JPEG") -> bytes:
    """A picture with what a camera writes into one."""
    exif = Image.Exif()
    exif[0x010F] = maker
    exif[0x0110] = "Camera 1"
    exif[0x8769] = {0x9003: "2026:03:02 07:30:00"}
    exif[0x8825] = {1: "N", 2: (37.0, 47.0, 55.0), 3: "E", 4: (12.0, 26.0, 6.0)}
    made = io.BytesIO()
    Image.new("RGB", size, (70, 110, 150)).save(made, kind, exif=exif)
    return made.getvalue()


# --- files --------------------------------------------------------------------------------------------------------


def test_a_photo_is_kept_byte_for_byte_with_what_it_says_of_itself(harbour: Claims) -> None:
    data = photo()
    harbour.file("quay.jpg", data)
    found = harbour("evidence", "add", "quay.jpg", *SHOWS, "--taken-at", "2026-03-02", "--json").json
    assert (found["id"], found["kind"], found["kept"], found["name"]) == ("E1", "photo", True, "quay.jpg")
    assert found["sha256"] == hashlib.sha256(data).hexdigest()
    assert found["metadata"]["camera"] == "Camera 1"
    assert found["metadata"]["taken"] == "2026:03:02 07:30:00"
    assert found["metadata"]["position"] == "37.79861, 12.43500"
    assert found["taken_verified"] is False
    harbour("evidence", "save", "E1", "-o", "again.jpg")
    assert (harbour.folder / "again.jpg").read_bytes() == data


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("clip.mp4", "video"),
        ("area.geojson", "map"),
        ("counts.csv", "dataset"),
        ("mail.eml", "email"),
        ("order.pdf", "document"),
        ("thing.bin", "other"),
    ],
)
def test_the_kind_is_told_by_the_name(harbour: Claims, name: str, kind: str) -> None:
    harbour.file(name, b"some bytes")
    assert harbour("evidence", "add", name, *SHOWS, "--json").json["kind"] == kind


def test_what_is_verified_is_said_one_by_one_and_with_a_reason(harbour: Claims) -> None:
    harbour.file("quay.jpg", photo())
    harbour(
        "evidence",
        "add",
        "quay.jpg",
        *SHOWS,
        "--location",
        "Marsala",
        "--taken-at",
        "2026-03-02",
        "--verified",
        "location",
    )
    found = harbour("evidence", "verify", "E1", "taken", "--because", "the ferry in it sailed that day", "--json").json
    assert (found["taken_verified"], found["location_verified"], found["found_verified"]) == (True, True, False)
    assert "the ferry in it" in harbour("history", "E1").out
    harbour("evidence", "verify", "E1", "found", "--because", "b", code=2)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("missing.jpg", *SHOWS), 3),
        (("folder", *SHOWS), 2),
        (("note.txt", "--for", "C9", "--shows", "x", "--context"), 3),
        (("note.txt", "--for", "A1", "--shows", "x", "--context"), 2),
        (("note.txt", "--for", "C1", "--shows", " ", "--context"), 2),
        (("note.txt", "--for", "C1", "--shows", "x"), 2),
        (("note.txt", "--for", "C1", "--shows", "x", "--against", "--supports"), 2),
        (("note.txt", *SHOWS, "--taken-at", "soon"), 2),
        (("note.txt", *SHOWS, "--verified", "taken"), 2),
        (("note.txt", *SHOWS, "--verified", "author", "--taken-at", "2026"), 2),
        (("note.txt", *SHOWS, "--copy", "--reference"), 2),
        (("ftp://files.example/a", *SHOWS), 2),
    ],
)
def test_bad_evidence_is_refused_and_nothing_is_logged(harbour: Claims, args: tuple[str, ...], code: int) -> None:
    harbour.file("note.txt", "a note of a call")
    (harbour.folder / "folder").mkdir()
    before = harbour("log", "--json").out
    harbour("evidence", "add", *args, code=code)
    assert harbour("log", "--json").out == before


@pytest.mark.file
def test_evidence_too_large_for_a_copy_is_kept_by_its_hash(harbour: Claims) -> None:
    path = harbour.folder / "drone.mp4"
    with path.open("wb") as f:
        f.truncate(520 * 2**20)
    refused = harbour("evidence", "add", "drone.mp4", *SHOWS, "--copy", code=2)
    assert "500 MB" in refused.err
    size = 52 * 2**20  # without --copy twenty are enough to be kept by reference, and every byte is hashed
    with path.open("r+b") as f:
        f.truncate(size)
    ran = harbour("evidence", "add", "drone.mp4", *SHOWS, "--json")
    assert ran.json["kept"] is False
    assert ran.json["size"] == size
    assert ran.json["sha256"] == hashlib.sha256(bytes(size)).hexdigest()
    assert harbour.ledger.stat().st_size < 5 * 2**20
    harbour("evidence", "save", "E1", "-o", "x.mp4", code=1)
    path.unlink()


def test_a_larger_file_is_taken_in_only_when_asked(harbour: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "KEEP", 1000)
    harbour.file("list.csv", b"1,2\n" * 500)
    assert harbour("evidence", "add", "list.csv", *SHOWS, "--json").json["kept"] is False
    assert harbour("evidence", "add", "list.csv", *SHOWS, "--copy", "--json").json["kept"] is True
    assert harbour("evidence", "add", "list.csv", *SHOWS, "--reference", "--json").json["kept"] is False


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_a_file_whose_name_is_no_text_is_kept(harbour: Claims) -> None:
    name = os.fsdecode(b"quay-\xff.csv")
    (harbour.folder / name).write_bytes(b"1,2\n")
    assert harbour("evidence", "add", name, *SHOWS, "--json").json["name"] == "quay-\\udcff.csv"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_regular_file_is_refused(harbour: Claims) -> None:
    harbour("evidence", "add", "/dev/null", *SHOWS, code=2)


# --- addresses ----------------------------------------------------------------------------------------------------


class Pages(BaseHTTPRequestHandler):
    """One page that is there, nothing else."""

    def do_GET(self) -> None:
        there = self.path == "/map.png"
        body = photo(kind="PNG") if there else b"gone"
        self.send_response(200 if there else 404)
        self.send_header("Content-Type", "image/png" if there else "text/plain")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_is_fetched_and_kept_or_noted_alone(
    harbour: Claims, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS_ALLOW_PRIVATE_ADDRESSES", "1")
    found = harbour("evidence", "add", f"{site}/map.png", *SHOWS, "--json").json
    assert (found["url"], found["kept"], found["kind"]) == (f"{site}/map.png", True, "photo")
    found = harbour("evidence", "add", "https://maps.example/area?utm_source=x", *SHOWS, "--reference", "--json").json
    assert (found["url"], found["kept"], found["sha256"]) == ("https://maps.example/area", False, None)


def test_an_address_that_gives_nothing_is_not_logged(
    harbour: Claims, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS_ALLOW_PRIVATE_ADDRESSES", "1")
    harbour("evidence", "add", f"{site}/gone.png", *SHOWS, code=4)
    assert harbour("evidence", "list", "--json").out == ""


# --- hostile images -----------------------------------------------------------------------------------------------


def bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that would unpack to side times side pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(side // 8 + 1) * 50, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


HOSTILE = {
    "noise": b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20,
    "cut": photo()[:200],
    "empty": b"",
    "bomb": bomb(60_000),
    "half a bomb": bomb(9_000),
    "words": b"this is no image",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_image_that_cannot_be_read_is_kept_as_it_is_and_said(harbour: Claims, name: str) -> None:
    harbour.file("quay.jpg", HOSTILE[name])
    found = harbour("evidence", "add", "quay.jpg", *SHOWS, "--json").json
    assert found["kept"] is True
    assert images.thumbnail(HOSTILE[name]) is None
    assert "<img" not in harbour("report", "C1", "--format", "html").out


def test_the_words_inside_an_image_cannot_act(harbour: Claims) -> None:
    hostile = "\x1b]0;owned\x07<script>alert(1)</script>\u202e" + "x" * 5000
    harbour.file("quay.jpg", photo(maker=hostile))
    found = harbour("evidence", "add", "quay.jpg", *SHOWS, "--json").json
    maker = found["metadata"]["maker"]
    assert maker.isprintable()
    assert len(maker) <= images.TEXT
    page = harbour("report", "C1", "--format", "html").out
    assert "<script" not in page
    assert "\x1b" not in page
    assert "\x1b" not in harbour("show", "E1").out


def test_the_report_shows_a_small_picture_that_carries_no_metadata(harbour: Claims) -> None:
    data = photo(size=(3000, 2000))
    small = images.thumbnail(data)
    assert small is not None
    with Image.open(io.BytesIO(small)) as image:
        assert max(image.size) <= images.SIDE
        assert not image.getexif()
    harbour.file("quay.jpg", data)
    harbour("evidence", "add", "quay.jpg", *SHOWS)
    page = harbour("report", "C1", "--format", "html").out
    assert "data:image/jpeg;base64," in page
    assert "37.79861" not in page


@given(st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_to_a_picture_makes_reading_it_fail(data: st.DataObject) -> None:
    good = bytearray(photo(size=(32, 24)))
    for _ in range(data.draw(st.integers(1, 6))):
        good[data.draw(st.integers(2, len(good) - 1))] = data.draw(st.integers(0, 255))
    said = images.metadata(io.BytesIO(bytes(good)))
    assert all(isinstance(v, str | int) for v in said.values())
    images.thumbnail(bytes(good))


# --- in reports and elsewhere -------------------------------------------------------------------------------------


@pytest.mark.file
def test_redacting_evidence_takes_its_bytes_out_of_the_file(harbour: Claims) -> None:
    secret = b"a list of names " * 40
    harbour.file("list.txt", secret)
    harbour("evidence", "add", "list.txt", *SHOWS)
    harbour("redact", "--yes", "E1", "--because", "court order")
    harbour("show", "E1", code=3)
    for path in Path(harbour.folder).glob("ledger.db*"):
        assert secret[:48] not in path.read_bytes()


def test_retracted_evidence_is_not_shown(harbour: Claims) -> None:
    harbour.file("note.txt", "a note of a call")
    harbour("evidence", "add", "note.txt", *SHOWS)
    harbour("undo")
    assert harbour("evidence", "list", "--json").out == ""
    assert "boats at the quay" not in harbour("report", "C1", "--format", "md").out
