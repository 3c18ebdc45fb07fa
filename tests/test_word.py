"""The report for editors: real styles, links that only lead to the web, the same bytes, hostile strings."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
import invented
import pytest
from conftest import ROOT, Claims

from ledger import store
from ledger.reports import blocks, gathering, word, write
from ledger.reports.report import Report

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AT = "2031-06-01T10:00:00.000000Z"
NAUGHTY = Path(os.environ.get("CLAIMS_SHARED") or ROOT.parent / "shared") / "vectors" / "blns" / "blns.json"
HOSTILE = "<w:p>x</w:p> ]]> &lt; \x07 \ufffe \x0b { HYPERLINK \"file:///x\" } <a href='javascript:1'>y</a>"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[store.Ledger, invented.Built]]:
    path = tmp_path_factory.mktemp("word") / "ledger.db"
    story = invented.build(path)
    with store.open_ledger(path) as ledger:
        yield ledger, story


@pytest.fixture(scope="module")
def made(built: tuple[store.Ledger, invented.Built]) -> Report:
    return gathering.gather(built[0], [built[1].question])


@pytest.fixture(scope="module")
def data(made: Report) -> bytes:
    return write(made, "docx")


@pytest.fixture(scope="module")
def text(data: bytes) -> str:
    return text_of(data)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        return {name: found.read(name) for name in found.namelist()}


def body(data: bytes) -> ET.Element:
    return ET.fromstring(parts(data)["word/document.xml"])


def text_of(data: bytes) -> str:
    return " ".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in body(data).iter(f"{W}p"))


def of_page(page: str) -> bytes:
    return word.document(blocks.blocks(page), AT, drawn=lambda _: None)


# --- what stands in it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "At least 40, by one count",
        "What is claimed",
        "party to the matter",
        "The ferry Aurelia left at dawn.",
        "The list of passengers is missing.",
        "claims verify",
        *(outlet for outlet, *_ in invented.TOLD),
    ],
)
def test_the_document_says_what_the_page_says(text: str, words: str) -> None:
    assert words in text


def test_the_styles_are_real(made: Report, data: bytes) -> None:
    found = docx.Document(io.BytesIO(data))
    styles: dict[str, list[str]] = {}
    for p in found.paragraphs:
        styles.setdefault(p.style.name, []).append(p.text)
    assert styles["Title"] == [made.questions[0].page.question]
    assert "Who says what" in styles["Heading 1"]
    assert any("At least 40 people died" in words for words in styles["Quote"])
    assert {"Heading 2", "List Bullet", "Caption"} <= set(styles)


def test_tables_say_their_heads_again_on_each_page(data: bytes) -> None:
    heads = [row for row in body(data).iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert ["".join(t.text or "" for t in head.iter(f"{W}t")) for head in heads] == ["WhenWhatBy"]


def test_pictures_have_words_and_are_left_out_with_words_where_they_cannot_be_drawn(made: Report, data: bytes) -> None:
    described = [e.get("descr") for e in body(data).iter() if e.tag.endswith("}docPr")]
    beside = re.compile(r"Figures by source\. \d+ figures, \d+ to \d+; the list follows\.")
    assert any(beside.search(d or "") for d in described)
    without = word.document(blocks.blocks(write(made, "html").decode()), AT, drawn=lambda _: None)
    assert re.search(rf"Picture: {beside.pattern}", text_of(without))
    assert "at least 40 people" in text_of(without)
    assert not [name for name in parts(without) if name.startswith("word/media/")]


def test_the_properties_name_the_report_and_no_person(made: Report, data: bytes) -> None:
    said = docx.Document(io.BytesIO(data)).core_properties
    assert (said.title, said.language, said.author, said.last_modified_by) == (made.title, "en", "", "")
    assert said.created.isoformat() == said.modified.isoformat() == made.generated_at[:19] + "+00:00"
    assert "python-docx" not in parts(data)["docProps/core.xml"].decode()


@pytest.mark.parametrize("full_text", [False, True])
def test_retracted_suggested_and_internal_words_are_in_no_document(
    built: tuple[store.Ledger, invented.Built], *, full_text: bool
) -> None:
    ledger, story = built
    everything = b"".join(parts(write(gathering.gather(ledger, "all", full_text=full_text), "docx")).values()).decode(
        errors="replace"
    )
    assert ("For internal use" in everything) == full_text
    for words in (story.secret, "SUGGESTED-WORDS", "RETRACTED-WORDS"):
        assert words not in everything


# --- links and bytes ----------------------------------------------------------------------------------------------


def test_links_lead_to_the_web_or_to_a_place_in_the_document(data: bytes) -> None:
    relations = ET.fromstring(parts(data)["word/_rels/document.xml.rels"])
    outside = [r.get("Target", "") for r in relations if r.get("TargetMode") == "External"]
    assert outside
    assert all(to.startswith(("http://", "https://")) for to in outside)
    anchors = {e.get(f"{W}anchor") for e in body(data).iter(f"{W}hyperlink")} - {None}
    marks = [e.get(f"{W}name") for e in body(data).iter(f"{W}bookmarkStart")]
    assert anchors
    assert anchors <= set(marks)
    assert len(marks) == len(set(marks))


def test_the_same_report_gives_the_same_bytes_whatever_the_time(made: Report, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert {info.date_time for info in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert found.namelist()[0] == "[Content_Types].xml"
    assert write(made, "docx") == data


# --- other scripts and hostile strings ----------------------------------------------------------------------------


def test_a_passage_from_right_to_left_runs_that_way() -> None:
    found = body(of_page('<h1>T</h1><blockquote dir="auto">قال المرصد إن ٤٠٠ قتلوا</blockquote><p>plain</p>'))
    ways = [p.find(f"{W}pPr/{W}bidi") is not None for p in found.iter(f"{W}p")]
    assert ways == [False, True, False]
    assert found.find(f".//{W}rPr/{W}rtl") is not None


def test_hostile_strings_are_text_and_characters_that_xml_forbids_are_written_out(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    story = invented.build(path, hostile=HOSTILE)
    with store.open_ledger(path) as ledger:
        dirty = write(gathering.gather(ledger, [story.question], full_text=True), "docx")
    text = text_of(dirty)
    assert "<w:p>x</w:p> ]]> &lt; \\x07 \\ufffe \\x0b { HYPERLINK" in text
    assert "javascript:" not in parts(dirty)["word/_rels/document.xml.rels"].decode()
    fields = [e.get(f"{W}instr") for part in ("word/document.xml", "word/footer1.xml")
              for e in ET.fromstring(parts(dirty)[part]).iter(f"{W}fldSimple")]  # fmt: skip
    assert fields == ["PAGE"]


@pytest.mark.skipif(not NAUGHTY.is_file(), reason=f"the naughty strings are not at {NAUGHTY}")
def test_naughty_strings_stand_in_the_document_as_they_are() -> None:
    from markupsafe import escape

    strings = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    page = "".join(f"<blockquote>{escape(s)}</blockquote>" for s in strings)
    text = "".join(text_of(of_page(f"<h1>T</h1>{page}")).split())
    plain = [s for s in strings if s.isascii() and s.isprintable()]
    assert [s for s in plain if "".join(s.split()) not in text] == []


# --- at the command line ------------------------------------------------------------------------------------------


def test_the_ending_picks_the_format(claims: Claims) -> None:
    invented.build(claims.ledger)
    told = claims("report", "Q1", "-o", "a.docx", "--json").json
    assert told["format"] == "docx"
    assert zipfile.is_zipfile(claims.folder / "a.docx")


def test_without_the_extra_one_line_says_what_to_install(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    invented.build(claims.ledger)
    monkeypatch.setitem(sys.modules, "docx", None)
    refused = claims("report", "Q1", "-o", "a.docx", code=1)
    assert 'pip install "claim-ledger[docx]"' in refused.err
    assert not (claims.folder / "a.docx").exists()
