"""Pages captured from the web as WARC records, and handed out as a WACZ that keeps the rules of WACZ 1.1.1."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import random
import re
import sqlite3
import zipfile
from pathlib import Path

import pytest
from conftest import Claims
from test_web import answer, serving

from ledger import audit, store

PAGE = (
    b"<html><head><title>Ferry</title></head><p>The ferry stopped at least 4 times, the harbour office said.</p></html>"
)
PACKED = answer(
    gzip.compress(PAGE), "Content-Type: text/html; charset=utf-8", "Content-Encoding: gzip", "X-Seen: WARC/1.1"
)


@pytest.fixture
def harbour(claims: Claims) -> Claims:
    with serving(PACKED) as server:
        for place in ("/Z?b=2&a=1", "/a"):
            claims("capture", f"{server.url}{place}", "--allow-private", "--publisher", "Vell Courier")
    claims("capture", claims.file("b.txt", "A file has no record."), "--publisher", "Vell Courier")
    return claims


def test_request_and_answer_are_records_whose_digests_hold(harbour: Claims) -> None:
    archiveiterator = pytest.importorskip("warcio.archiveiterator", reason='needs the extra "warc"')
    harbour("export", "-o", "pages.wacz")
    with zipfile.ZipFile(harbour.folder / "pages.wacz") as archive:
        data = archive.read("archive/data.warc.gz")
    found = []
    for record in archiveiterator.ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        body = record.content_stream().read()
        found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI").partition("/Z")[1], body))
        if record.rec_type == "response":
            headers = record.http_headers
            assert headers.get_header("X-Orig-Content-Encoding") == "gzip"
            assert headers.get_header("Content-Encoding") is None
            assert (headers.get_header("X-Seen"), headers.get_header("Content-Length")) == ("WARC/1.1", str(len(PAGE)))
        else:
            assert record.http_headers.get_header("User-Agent") == "claim-ledger"
    assert found == [("request", "/Z", b""), ("response", "/Z", PAGE), ("request", "", b""), ("response", "", PAGE)]


def test_wacz_keeps_the_rules(harbour: Claims) -> None:
    harbour("export", "--format", "wacz", "-o", "pages.wacz", "--title", "Ferry")
    with zipfile.ZipFile(harbour.folder / "pages.wacz") as archive:
        files = {info.filename: archive.read(info) for info in archive.infolist()}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
    about = json.loads(files["datapackage.json"])
    assert (about["profile"], about["wacz_version"], about["title"]) == ("data-package", "1.1.1", "Ferry")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", about["created"])
    listed = {one["path"]: (one["hash"], one["bytes"]) for one in about["resources"]}
    digests = {name: (f"sha256:{hashlib.sha256(data).hexdigest()}", len(data)) for name, data in files.items()}
    digest = json.loads(files["datapackage-digest.json"])
    assert digest == {"path": "datapackage.json", "hash": digests.pop("datapackage.json")[0]}
    assert digests.pop("datapackage-digest.json")
    assert listed == digests
    head, *pages = map(json.loads, files["pages/pages.jsonl"].splitlines())
    assert head["format"] == "json-pages-1.0"
    assert [page["title"] for page in pages] == ["Ferry", "Ferry"]
    index = files["indexes/index.cdxj"].decode().splitlines()
    assert index == sorted(index)
    for line, page in zip(index, sorted(pages, key=lambda p: p["url"].lower()), strict=True):
        key, stamp, entry = line.split(" ", 2)
        at = json.loads(entry)
        assert re.fullmatch(r"1,0,0,127:\d+\)/(a|z\?a=1&b=2)", key)
        assert stamp == re.sub(r"\D", "", page["ts"])
        assert at["url"] == page["url"]
        start, length = int(at["offset"]), int(at["length"])
        record = gzip.decompress(files[f"archive/{at['filename']}"][start : start + length])
        assert f"WARC-Target-URI: {at['url']}\r\n".encode() in record
        assert f"WARC-Payload-Digest: {at['digest']}\r\n".encode() in record
        assert (at["mime"], at["status"]) == ("text/html", "200")


def test_page_out_of_a_wacz_is_the_page_that_was_captured(harbour: Claims) -> None:
    pytest.importorskip("warcio", reason='needs the extra "warc"')
    harbour("export", "-o", "pages.wacz")
    saved = harbour("capture", "pages.wacz", "--record", "1", "--json").json
    assert (saved["id"], saved["sha256"], saved["new"]) == ("A1", hashlib.sha256(PAGE).hexdigest(), False)


def test_what_was_redacted_is_in_no_wacz(harbour: Claims) -> None:
    harbour("add", "at least 4 times", "--article", "A1", "--by", "harbour office")
    harbour("redact", "C1", "--because", "an order", "--yes")
    assert "A1 was left out: words of it were redacted" in harbour("export", "-o", "pages.wacz").err
    with zipfile.ZipFile(harbour.folder / "pages.wacz") as archive:
        assert len(archive.read("pages/pages.jsonl").splitlines()) == 2
    harbour("redact", "A2", "--because", "an order", "--yes")
    assert "no page captured" in harbour("export", "-o", "none.wacz", code=3).err
    assert not (harbour.folder / "none.wacz").exists()


def test_verify_sees_whatever_becomes_of_a_record(harbour: Claims, tmp_path: Path) -> None:
    with sqlite3.connect(harbour.ledger) as db:
        hashes = [h for row in db.execute("SELECT record, raw FROM capture WHERE record IS NOT NULL") for h in row]
        kept = dict(db.execute("SELECT sha256, bytes FROM blob"))
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'blob'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
    db.close()
    chance, unseen = random.Random(17), 0
    harbour.damaged = True
    for n in range(12):
        name = hashes[n % len(hashes)]
        data = bytearray(kept[name])
        if n % 6 == 5:
            del data[chance.randrange(len(data)) :]
        else:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        unseen += _unseen(harbour.ledger, name, bytes(data))
        _put(harbour.ledger, name, kept[name])
    assert not unseen


def _put(place: Path, name: str, data: bytes) -> None:
    with sqlite3.connect(place) as db:
        db.execute("UPDATE blob SET bytes = ? WHERE sha256 = ?", (data, name))
    db.close()


def _unseen(place: Path, name: str, data: bytes) -> bool:
    _put(place, name, data)
    with store.open_ledger(place, store.Open.READ) as ledger:
        return not any(name[:8] in problem for problem in audit.verify(ledger).problems)
