"""Documents, letters, archives, subtitles and feeds: their words, where these stand, and files that are out to harm."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Claims

from ledger import capture, store
from ledger.errors import BadInput
from ledger.extract import apart, readers
from ledger.store import read

ARTICLE = (
    "<p>The harbour office said on Monday that at least 40 boats had left the port since the morning.</p>"
    "<p>A fisherman, who asked not to be named, spoke of nearly 60 and said that more would follow.</p>"
)
PAGE = f'<!doctype html><html lang="en"><head><title>Boats leave</title></head><body><article>{ARTICLE}</article></body></html>'


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reads files in this process: what a process of their own adds is tested by itself."""
    monkeypatch.setattr(apart, "run", readers.call)


def pdf(*pages: str) -> bytes:
    """A PDF with these lines on its pages."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    for n, page in enumerate(pages):
        lines = " ".join(f"({line}) Tj T*" for line in page.splitlines())
        drawn = zlib.compress(f"BT /F 12 Tf 14 TL 50 700 Td {lines} ET".encode())
        objects += [
            f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * n} 0 R/Resources<</Font<</F 3 0 R>>>>/MediaBox[0 0 9 9]>>".encode(),
            b"<</Filter/FlateDecode/Length %d>>stream\n" % len(drawn) + drawn + b"\nendstream",
        ]  # fmt: skip
    out, places = b"%PDF-1.7\n", []
    for number, made in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + made + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    size, at = len(objects) + 1, len(out)
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + (
        b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, at)
    )  # fmt: skip


def zipped(**parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            inside = zipfile.ZipInfo(name.replace("__", "/").replace("_xml", ".xml"))
            archive.writestr(inside, content, kind)
    return made.getvalue()


def docx(body: str, **parts: str) -> bytes:
    return zipped(word__document_xml=f'<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>', **parts)


def p(*runs: str) -> str:
    return f"<w:p>{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def odt(body: str) -> bytes:
    spaces = 'xmlns:office="o" xmlns:text="t" xmlns:table="b"'
    content = f"<office:document {spaces}><office:body>{body}</office:body></office:document>"
    return zipped(mimetype="application/vnd.oasis.opendocument.text", content_xml=content)


LETTER = """Return-Path: <ines@vell.example>
From: Ines Roth <ines@vell.example>
Subject: =?utf-8?q?The_flood_=E2=80=93_figures?=
Date: Mon, 02 Jun 2031 10:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain; charset=utf-8

Dear desk,

at least 300 houses were lost in the flood, and the mayor said that more than
forty families had to leave the lower town before the evening came.

Ines
--x
Content-Type: image/png; name="plan.png"
Content-Disposition: attachment; filename="plan.png"
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--x--
"""
SAVED = f"""From: <Saved by a browser>
Snapshot-Content-Location: https://gazette.example/boats
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="x"

--x
Content-Type: text/html; charset=utf-8
Content-Location: https://gazette.example/boats

{PAGE}
--x--
"""
VTT = """WEBVTT

00:01.000 --> 00:04.000
<v Mayor>At least 300 houses

00:04.000 --> 00:07.000
<v Mayor>were <b>lost</b> &amp; gone.

01:12:31.500 --> 01:12:35.000
<v Reporter>And the water?
"""
ROLLING = "".join(
    f"{n + 1}\n00:00:0{n},000 --> 00:00:0{n + 1},500\n{a}\n{b}\n\n"
    for n, (a, b) in enumerate([("at least", "300 houses"), ("300 houses", "were lost"), ("were lost", "in the flood")])
)
FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="c"><channel><title>Vell Gazette</title>
<item><title>Flood &amp; storm</title><link>https://gazette.example/flood</link>
<pubDate>Mon, 02 Jun 2031 10:00:00 +0200</pubDate><content:encoded><![CDATA[<p>The water rose twice.</p><p>It fell.</p>]]>
</content:encoded></item>{more}</channel></rss>"""
ANOTHER = (
    "<item><title>Boats</title><link>https://gazette.example/b</link><description>Two boats sank.</description></item>"
)


def warc(*pages: tuple[str, str, bytes]) -> bytes:
    """Records of answers, each its own gzip member."""
    out = b""
    for url, kind, body in pages:
        block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-06-02T10:00:00Z\r\n"
        head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        out += gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)
    return out


ONE = warc(("https://g.example/a.css", "text/css", b"a{}"), ("https://g.example/boats", "text/html", PAGE.encode()))
WORDS = "At least 300 houses were lost in the lower town, the mayor said on Monday, and the water is still ris-\ning."

READ: list[tuple[str, str, bytes, str, str]] = [
    ("lines become paragraphs", "a.pdf", pdf(WORDS), "1:0", WORDS.replace("-\n", "")),
    (
        "a hyphen stays where the text has it elsewhere", "a.pdf", pdf("The well-known and well-\nknown harbour."),
        "1:0", "The well-known and well-known harbour.",
    ),
    (
        "what stands on each page goes, and a sentence goes on overleaf", "a.pdf",
        pdf("Our report\nForty boats left the port and\n1", "Our report\ncame back.\n2", "Our report\nMore left.\n3"),
        "1:0 2:30 3:41", "Forty boats left the port and came back.\nMore left.",
    ),
    (
        "paragraphs and tables", "a.docx",
        docx(p("Lost: ", "300") + f"<w:tr><w:tc>{p('Vell')}</w:tc><w:tc>{p('40')}</w:tc></w:tr>"), "", "Lost: 300\nVell | 40",
    ),
    (
        "what was deleted is struck out", "a.docx",
        docx("<w:p><w:r><w:delText>400</w:delText></w:r><w:r><w:t>300 lost</w:t></w:r></w:p>"), "",
        "[struck out: 400] 300 lost",
    ),
    (
        "what is hidden is left out", "a.docx",
        docx(f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>400</w:t></w:r></w:p>{p('300')}"), "", "300",
    ),
    (
        "notes stand at the end", "a.docx",
        docx(
            '<w:p><w:r><w:t>300 lost.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>',
            word__footnotes_xml=f'<w:f xmlns:w="w"><w:footnote w:id="2">{p("So the mayor.")}</w:footnote></w:f>',
        ),
        "", "300 lost. [note 1]\n[note 1] So the mayor.",
    ),
    (
        "spaces, notes, tables", "a.odt",
        odt(
            '<text:p>300<text:s/>lost<text:note text:id="n"><text:note-citation>1</text:note-citation><text:note-body>'
            "<text:p>So he.</text:p></text:note-body></text:note>.</text:p><table:table-row><table:table-cell>"
            "<text:p>Vell</text:p></table:table-cell><table:table-cell><text:p>40</text:p></table:table-cell></table:table-row>"
        ),
        "", "300 lost [note 1].\nVell | 40\n[note 1] So he.",
    ),
    (
        "a letter's lines become paragraphs", "a.eml", LETTER.encode(), "",
        "Dear desk,\nat least 300 houses were lost in the flood, and the mayor said that more than forty families had to leave "
        "the lower town before the evening came.\nInes",
    ),
    ("a letter of HTML", "a.eml", b"Message-ID: 1\nContent-Type: text/html\n\n<p>300 lost.</p><p>I.", "", "300 lost.\nI."),
    ("a page saved with all its parts", "a.mhtml", SAVED.encode(), "", "The harbour office"),
    (
        "speakers and moments", "a.vtt", VTT.encode(), "00:00:01:0 00:00:04:27 01:12:31:45",
        "Mayor: At least 300 houses were lost & gone.\nReporter: And the water?",
    ),
    (
        "lines shown twice are said once", "a.srt", ROLLING.encode(), "00:00:00:0 00:00:01:20 00:00:02:30",
        "at least 300 houses were lost in the flood",
    ),
    ("the only item of a feed", "a.rss", FEED.format(more="").encode(), "", "The water rose twice.\nIt fell."),
    ("the only page of an archive", "a.warc.gz", ONE, "", "The harbour office"),
]  # fmt: skip


def needs_extra(name: str) -> None:
    """Skips a test of a format that is read with an extra, where that is not installed."""
    for extra, module in (("warc", "warcio"), ("pdf", "pypdf")):
        if f".{extra}" in name:
            pytest.importorskip(module, reason=f"the extra {extra} is not installed")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("name", "data", "marks", "text"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_words_and_places_of_a_file(name: str, data: bytes, marks: str, text: str) -> None:
    needs_extra(name)
    page = capture.read_bytes(data, name=name, method="file")
    assert page.text == text or (text.endswith("office") and page.text.startswith(text))
    assert " ".join(f"{m.name}:{m.start}" for m in page.marks) == marks
    assert capture.read_bytes(data, name="-", method="stdin").text == page.text or name == "a.warc.gz"


@pytest.mark.usefixtures("here")
def test_what_an_odt_hides_is_left_out_and_what_was_deleted_is_told() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>200</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes><text:p>300 lost.<office:annotation><text:p>sure?</text:p></office:annotation></text:p>"
        '<text:section text:display="none"><text:p>Not for print.</text:p></text:section>'
        '<text:p>40<text:hidden-text text:is-hidden="true"> or so</text:hidden-text> fled.</text:p>'
    )
    page = capture.read_bytes(odt(body), name="a.odt", method="file")
    assert (page.text, page.left_out) == ("300 lost.\n40 fled.", ("deleted text", "comments"))


def test_name_of_a_file_forges_no_line(claims: Claims) -> None:
    name = "x\nsaved A99  forged.txt"
    assert "\nsaved" not in claims("capture", claims.file(name, "Two boats sank.\n")).out
    empty = claims.file(f"{name}2", "")
    assert "\nsaved" not in claims("capture", empty, claims.folder / f"{name}3", code=None).err
    assert "\nsaved" not in claims("capture", empty, code=2).err


def test_lines_of_one_long_cue_are_compared_once() -> None:
    lines = [f"line {n}" for n in range(20_000)]
    cues = "".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n" + "\n".join(lines[::step]) + "\n\n" for n, step in ((1, 1), (2, -1))
    )
    began = time.process_time()
    page = capture.read_bytes(cues.encode(), name="a.srt", method="file")
    assert (len(page.text.split()), time.process_time() - began < 2) == (40_000, True)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.eml", LETTER, {"title": "The flood – figures", "byline": "Ines Roth", "published_at": "2031-06-02T10:00+02:00"}),
        (
            "a.rss", FEED.format(more=""),
            {
                "title": "Flood & storm", "publisher": "Vell Gazette", "published_at": "2031-06-02T10:00+02:00",
                "url": "https://gazette.example/flood",
            },
        ),
        (
            "a.html", PAGE.replace("<head>", "<!-- Page saved with SingleFile \n url: https://gazette.example/boats -->"),
            {"title": "Boats leave", "language": "en", "url": "https://gazette.example/boats"},
        ),
        (
            "a.docx", docx(p("300 lost"), docProps__core_xml="<c><title>The flood</title><creator>Ines</creator></c>"),
            {"title": "The flood", "byline": "Ines"},
        ),
    ],
)  # fmt: skip
def test_what_a_file_says_of_itself(name: str, data: str | bytes, said: dict[str, str]) -> None:
    meta = capture.read_bytes(data if isinstance(data, bytes) else data.encode(), name=name, method="file").meta
    assert {f: getattr(meta, f).value for f in meta.__struct_fields__ if getattr(meta, f)} == said


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("name", "data", "record", "told"),
    [
        ("a.rss", FEED.format(more=ANOTHER).encode(), "2", "Two boats sank."),
        ("a.rss", FEED.format(more=ANOTHER).encode(), "https://gazette.example/b", "Two boats sank."),
        ("a.rss", FEED.format(more=ANOTHER).encode(), None, "2 articles"),
        ("a.rss", FEED.format(more=ANOTHER).encode(), "3", "holds no 3"),
        ("a.warc.gz", ONE + ONE, None, "2 articles"),
        ("a.warc.gz", ONE + ONE, "2", "The harbour office"),
        ("a.txt", b"Two boats sank.", "2", "is one article"),
        ("a.eml", LETTER.encode(), "2", "is one article"),
    ],
)
def test_one_of_several_is_chosen_or_asked_for(name: str, data: bytes, record: str | None, told: str) -> None:
    needs_extra(name)
    found = {}
    with suppress(BadInput):
        found["text"] = capture.read_bytes(data, name=name, method="file", record=record).text
    if not found:
        with pytest.raises(BadInput, match=told) as caught:
            capture.read_bytes(data, name=name, method="file", record=record)
        assert caught.value.hint
    assert told in found.get("text", told)


@pytest.mark.usefixtures("here")
def test_page_of_an_archive_keeps_its_address_and_its_own_bytes() -> None:
    needs_extra("a.warc")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/data.warc.gz", ONE)
    for name, data in (("a.warc.gz", ONE), ("a.wacz", made.getvalue())):
        page = capture.read_bytes(data, name=name, method="file")
        assert (page.raw, page.url, page.media_type, page.status) == (
            PAGE.encode(),
            "https://g.example/boats",
            "text/html",
            200,
        )
        assert (page.extra or {})["record"]["date"] == "2031-06-02T10:00:00Z"


def test_page_and_moment_of_a_claim_are_kept_and_printed(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_extra("a.pdf")
    monkeypatch.setattr(apart, "run", readers.call)
    claims("capture", claims.file("a.pdf", pdf("Forty boats left.", "Ten boats sank off Vell.")), "--page", "7")
    claims("capture", claims.file("b.vtt", VTT), "--time", "01:00:00")
    claims("capture", claims.file("c.txt", "Two boats sank.\n"), "--page", "12")
    for article, quote in (("A1", "Ten boats sank"), ("A2", "And the water"), ("A3", "Two boats sank")):
        claims("add", quote, "--article", article, "--no-input")
    assert [claims("show", f"C{n}", "--json").json["locator"] for n in (1, 2, 3)] == ["8", "02:12:31", "12"]
    assert "A1), page 8" in claims("show", "C1").out
    assert "A2), at 02:12:31" in claims("show", "C2").out
    claims("question", "add", "How many boats sank?")
    claims("file", "C1", "--question", "Q1")
    claims("report", "Q1", "-o", claims.folder / "r.md")
    assert "page 8" in (claims.folder / "r.md").read_text()
    # the moment that a recording has, and a page beside it
    claims("capture", claims.file("d.txt", "Two boats sank.\n"), "--page", "1", "--time", "00:01", code=2)
    claims("capture", claims.file("d.txt", "Two boats sank.\n"), "--time", "noon", code=2)
    claims("capture", claims.folder / "d.txt", "--page", "3")
    claims("capture", claims.folder / "d.txt", "--page", "3")
    assert (
        "begins elsewhere; nothing was changed" in claims("capture", claims.folder / "d.txt", "--page", "4", code=1).err
    )


def test_what_is_attached_to_a_letter_becomes_evidence(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "run", readers.call)
    saved = claims("capture", claims.file("a.eml", LETTER), "--json").json
    assert saved["attached"] == [{"id": "E1", "name": "plan.png"}]
    planned = claims("redact", "E1", "--because", "an order", "--dry-run").out
    assert "A1 (the file that it came in)" in planned
    assert saved["article"]["extra"]["headers"]["from"] == "Ines Roth <ines@vell.example>"
    claims("evidence", "save", "E1", "-o", claims.folder / "out.png")
    assert (claims.folder / "out.png").read_bytes() == b"\x89PNG\r\n\x1a\n"
    assert "plan.png" in claims("evidence", "list", "--for", "A1").out
    claims("capture", claims.folder / "a.eml")
    assert len(claims("evidence", "list", "--json").lines) == 1
    claims("undo")
    assert claims("list", "evidence").out == ""


def test_file_is_read_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = capture.read_bytes(docx(p("At least 300 houses")), name="a.docx", method="file")
    assert (page.text, page.encoding) == ("At least 300 houses", "binary")
    flags = b"PK\x01\x02\x14\x03\x14\x00"
    locked = docx(p("300")).replace(flags + b"\x00", flags + b"\x01")
    with pytest.raises(BadInput, match="needs a password"):
        capture.read_bytes(locked, name="a.docx", method="file")
    monkeypatch.setattr(apart, "SECONDS", 0.001)
    with pytest.raises(BadInput, match="too long"):
        capture.read_bytes(docx(p("300")), name="a.docx", method="file")


NESTED = b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n"


def entities(name: str) -> bytes:
    ten = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x"}">' for n in range(9))
    return zipped(word__document_xml=f'<!DOCTYPE d [{ten}]><w:d xmlns:w="w">{p("300 &e8;")}</w:d>', **{name: ""})


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", pdf("a")[:300]),
        ("a.pdf", pdf("")),
        ("a.pdf", b"%PDF-1.7\n<</Type/Catalog>>"),
        ("a.docx", docx("<w:p>" * 1000)),
        ("a.docx", docx(p("300"))[:-30]),
        ("a.docx", entities("a")),
        ("a.docx", docx("<w:p/>")),
        ("a.zip", zipped(a="b")),
        ("a.eml", b"Message-ID: <1>\nContent-Type: image/png\n\nabc"),
        ("a.eml", b"Message-ID: <1>\n" + b"".join(NESTED % (n, n) for n in range(500))),
        ("a.mhtml", SAVED.replace("text/html", "text/css").encode()),
        ("a.warc.gz", gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n", mtime=0)),
        ("a.warc.gz", ONE[:-40]),
        ("a.warc", b"WARC/1.0\r\n\r\n"),
        ("a.wacz", zipped(datapackage="{}", archive__data="x").replace(b"archive/data", b"archive/data")),
        ("a.rss", b"<rss><channel/></rss>"),
        ("a.rss", b"<rss>" + b"<a>" * 100_000),
        ("a.vtt", b"WEBVTT\n\n"),
        ("a.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<a" * 3_000_000),
    ],
)  # fmt: skip
def test_hostile_or_empty_file_is_refused_in_one_line(name: str, data: bytes) -> None:
    needs_extra(name)
    with pytest.raises(BadInput) as caught:
        capture.read_bytes(data, name=name, method="file")
    assert "\n" not in caught.value.message
    assert len(caught.value.message) < 200


def test_redacted_article_takes_its_letter_and_what_came_with_it(
    claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "run", readers.call)
    claims("capture", claims.file("a.eml", LETTER))
    claims("redact", "A1", "--yes", "--because", "a court order")
    with store.open_ledger(claims.ledger) as ledger:
        assert list(read.articles(ledger)) == []
    assert b"ines@vell.example" not in claims.ledger.read_bytes()
