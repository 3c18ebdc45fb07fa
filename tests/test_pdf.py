"""The report on paper: its words, its tags, its bytes, and strings that would like to be markup."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import invented
import pypdf
import pytest
from conftest import ROOT, Claims

from ledger import store
from ledger.reports import Look, blocks, gathering, pdf, pictures, write
from ledger.reports.report import Axis, Mark, Report
from ledger.reports.slices import slices

AT = "2031-06-01T10:00:00.000000Z"
SHARED = Path(os.environ.get("CLAIMS_SHARED") or ROOT.parent / "shared")
NAUGHTY = SHARED / "vectors" / "blns" / "blns.json"
ARABIC = "قال المرصد إن ما لا يقل عن ٤٠٠ قتلوا"
HOSTILE = '#panic("x") #read("/etc/passwd") $ x $ *b* _i_ `c` @ref <l> // \\u{202e} ]] " \x07 \ufffe'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[store.Ledger, invented.Built]]:
    path = tmp_path_factory.mktemp("pdf") / "ledger.db"
    story = invented.build(path)
    with store.open_ledger(path) as ledger:
        yield ledger, story


@pytest.fixture(scope="module")
def made(built: tuple[store.Ledger, invented.Built]) -> Report:
    return gathering.gather(built[0], [built[1].question])


@pytest.fixture(scope="module")
def paper(made: Report) -> bytes:
    return write(made, "pdf")


@pytest.fixture(scope="module")
def text(paper: bytes) -> str:
    return text_of(paper)


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def every(found: tuple[blocks.Block, ...]) -> list[blocks.Block]:
    return [x for b in found for x in (b, *every(b.inside))]


def text_of(data: bytes) -> str:
    """The words of all pages, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(data).pages).split())


def page_of(*paragraphs: str, way: str = "auto") -> blocks.Page:
    """A page of a heading and quotes, as our templates would escape them."""
    from markupsafe import escape

    body = "".join(f'<blockquote dir="{way}">{escape(p)}</blockquote>' for p in paragraphs)
    return blocks.blocks(f'<html lang="en"><title>T</title><body><h1>T</h1>{body}</body></html>')


# --- what stands in it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "People killed on the ferry Aurelia",
        "At least 40, by one count",
        "Answer by ben",
        "What is claimed",
        "How many sources",
        "What is not known",
        "named sources",
        "party to the matter",
        "The list of passengers is missing.",
        "We will not say.",
        "The ferry Aurelia left at dawn.",
        "claims verify",
    ],
)
def test_the_paper_says_what_the_page_says(text: str, words: str) -> None:
    assert words in text


def test_every_outlet_and_the_numbers_of_the_axis_are_text(made: Report, text: str) -> None:
    for outlet, *_ in invented.TOLD:
        assert outlet in text
    drawn = [b for b in every(blocks.blocks(write(made, "html").decode()).blocks) if b.kind == "picture"]
    assert len(drawn) >= 2
    assert all(b.alt for b in drawn)
    ticks = [tick for b in drawn for tick in re.findall(r'class="tick"[^>]*>([^<]+)<', b.data)]
    assert "60" in ticks, "which stands in the picture alone"
    assert all(" ".join(tick.split()) in text for tick in ticks)


def test_all_words_of_the_page_are_on_paper_in_its_order(made: Report, text: str) -> None:
    page = blocks.blocks(write(made, "html").decode())
    squeezed = "".join(text.split())
    place = 0
    for block in every(page.blocks):
        if block.kind == "heading":
            place = squeezed.index("".join(blocks.text_of(block.runs).split()), place)


def test_hashes_come_out_of_the_paper_whole(made: Report, text: str) -> None:
    squeezed = "".join(text.split())
    for entry in made.articles:
        assert entry.captures
        assert all(copy.raw in squeezed for copy in entry.captures)


@pytest.mark.parametrize("full_text", [False, True])
def test_retracted_suggested_and_internal_words_are_not_on_paper(
    built: tuple[store.Ledger, invented.Built], *, full_text: bool
) -> None:
    ledger, story = built
    text = text_of(write(gathering.gather(ledger, "all", full_text=full_text), "pdf"))
    assert "The quay will close for a year" in text
    assert ("For internal use" in text) == full_text
    for words in (story.secret, "SUGGESTED-WORDS", "RETRACTED-WORDS"):
        assert words not in text


def test_an_empty_ledger_gives_a_paper_that_says_so(tmp_path: Path) -> None:
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        assert "How to check this" in text_of(write(gathering.gather(ledger, "all"), "pdf"))


# --- for readers by ear -------------------------------------------------------------------------------------------


def test_it_is_tagged_and_says_its_title_and_language(made: Report, paper: bytes) -> None:
    found = read(paper)
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata is not None
    assert found.metadata.title == made.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/Link", "/Figure"} <= tags(root["/StructTreeRoot"])


def tags(element: pypdf.generic.DictionaryObject) -> set[str]:
    found = {str(element["/S"])} if "/S" in element else set()
    children = element.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        inner = child.get_object()
        if isinstance(inner, pypdf.generic.DictionaryObject) and "/S" in inner:
            found |= tags(inner)
    return found


def test_pictures_have_words_and_headings_are_bookmarks(paper: bytes) -> None:
    described = str(alternatives(read(paper).trailer["/Root"]["/StructTreeRoot"]))
    assert re.search(r"Figures by source\. \d+ figures, \d+ to \d+; the list follows\.", described)
    titles = str(read(paper).outline)
    assert "What is not known" in titles
    assert "How to check this" in titles


def alternatives(element: pypdf.generic.DictionaryObject) -> list[str]:
    children = element.get("/K", [])
    found = [str(element["/Alt"])] if "/Alt" in element else []
    for child in children if isinstance(children, list) else [children]:
        inner = child.get_object()
        if isinstance(inner, pypdf.generic.DictionaryObject):
            found += alternatives(inner)
    return found


def test_headings_begin_at_one_and_skip_no_level() -> None:
    page = blocks.blocks("<h3>a</h3><h6>b</h6><div><h2>c</h2><h5>d</h5></div>")
    assert [b.level for b in every(page.blocks) if b.kind == "heading"] == [1, 2, 2, 3]


# --- the same bytes -----------------------------------------------------------------------------------------------


def test_the_same_report_gives_the_same_bytes_in_another_process(
    built: tuple[store.Ledger, invented.Built], paper: bytes, tmp_path: Path, environment: dict[str, str]
) -> None:
    out = tmp_path / "again.pdf"
    command = [sys.executable, "-m", "cli.main", "report", built[1].question, "-o", str(out)]
    place = {"CLAIMS_LEDGER": str(built[0].place), "SOURCE_DATE_EPOCH": "1"}
    subprocess.run(command, env=environment | place, check=True, cwd=ROOT, capture_output=True)
    assert out.read_bytes() == paper


def test_the_date_is_that_of_the_report(made: Report, paper: bytes) -> None:
    found = read(paper).metadata
    assert found is not None
    assert found.creation_date is not None
    assert found.creation_date.strftime("%Y-%m-%dT%H:%M:%S") == made.generated_at[:19]


def test_a_plot_longer_than_a_page_is_cut_between_rows_with_the_whole_scale_under_each_part() -> None:
    marks = tuple(
        Mark(
            f"Source {i}",
            f"{i} boats",
            str(i),
            None,
            soft=False,
            vague=False,
            party=False,
        )
        for i in range(40)
    )
    svg = pictures.ranges(Axis("boats", None, marks), key="k")
    parts = slices(svg, 800)
    assert len(parts) > 2
    assert all(pdf.picture(blocks.Block("picture", data=p))["height"] <= 800 for p in parts)
    found = [ET.fromstring(p) for p in parts]
    ticks = [[e.text for e in f.iter() if e.get("class") == "tick"] for f in found]
    assert len({tuple(t) for t in ticks}) == 1
    assert len(ticks[0]) >= 2
    rows = [[t for t in f.itertext() if t.startswith("Source")] for f in found]
    assert [t for r in rows for t in r if ":" not in t] == [f"Source {i}" for i in range(40)]
    page = f"<h1>T</h1><figure>{svg}<figcaption>boats</figcaption></figure>"
    data = pdf.setting(blocks.blocks(page), AT, Look())
    assert len(read(data).pages) >= len(parts)
    text = text_of(data)
    assert all(f"Source {i} " in text for i in range(40))


# --- other scripts ------------------------------------------------------------------------------------------------


def test_a_passage_from_right_to_left_is_set_from_the_right_in_logical_order() -> None:
    page = page_of(ARABIC)
    assert [b.way for b in page.blocks if b.kind == "quote"] == ["rtl"]
    told: list[str] = []
    data = pdf.setting(page, AT, Look(tell=told.append))
    assert not told
    assert read(data).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_foreign_names_keep_their_direction_to_themselves() -> None:
    page = blocks.blocks(f"<p><bdi>{ARABIC}</bdi>: 12 (<bdi>Ann</bdi>)</p><p><bdi>Ann</bdi></p>")
    turned, plain = (blocks.text_of(b.runs) for b in page.blocks)
    assert turned == f"\u2068{ARABIC}\u2069: 12 (\u2068Ann\u2069)"
    assert plain == "Ann"


def test_a_letter_for_which_there_is_no_font_is_told_and_does_not_stop_the_paper() -> None:
    told: list[str] = []
    data = pdf.setting(
        page_of("before \U0001e900\U0002fa1d\U0001f469\u200d\U0001f469 after"), AT, Look(tell=told.append)
    )
    assert "after" in text_of(data)
    if told:  # a machine may have every font
        assert "--font-path" in told[0]
        assert b"<pdfuaid:part>" not in read(data).trailer["/Root"]["/Metadata"].get_data()


def test_the_interface_of_a_language_from_right_to_left_turns_the_paper() -> None:
    page = blocks.blocks('<html lang="ar" dir="rtl"><title>T</title><body><h1>تقرير</h1><p>نص</p></body></html>')
    data = pdf.setting(page, AT, Look())
    assert read(data).trailer["/Root"]["/Lang"] == "ar"


# --- hostile strings ----------------------------------------------------------------------------------------------


def test_what_looks_like_markup_of_the_typesetter_is_text(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    story = invented.build(path, hostile=HOSTILE)
    with store.open_ledger(path) as ledger:
        data = write(gathering.gather(ledger, [story.question], full_text=True), "pdf")
    text = text_of(data)
    assert '#panic("x") #read("/etc/passwd") $ x $ *b* _i_ `c` @ref' in text
    assert "root:" not in text


@pytest.mark.parametrize(
    "to", ["javascript:alert(1)", "file:///etc/passwd", "http://a\x07b.example", "mailto:a@b.example"]
)
def test_what_is_no_web_address_is_no_link(to: str) -> None:
    from markupsafe import escape

    page = blocks.blocks(f'<p><a href="{escape(to)}">x</a> <a href="#nowhere">y</a></p>')
    assert {r.to for b in page.blocks for r in b.runs} <= {"", "#nowhere"}
    assert "/Annots" not in read(pdf.setting(page, AT, Look())).pages[0]


def test_a_word_that_is_wider_than_the_paper_stays_on_it() -> None:
    data = pdf.setting(page_of("W" * 3000), AT, Look())
    assert "".join(text_of(data).split()).count("W") >= 3000


def test_a_row_or_picture_longer_than_a_page_goes_on_or_shrinks() -> None:
    rows = "".join(f"<tr><td>{i}</td><td>{'word ' * 900}</td></tr>" for i in range(3))
    tall = '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="4000"><text x="0" y="3990">low</text></svg>'
    page = blocks.blocks(f"<h1>T</h1><table><tr><th>n</th><th>w</th></tr>{rows}</table><figure>{tall}</figure>")
    data = pdf.setting(page, AT, Look())
    text = text_of(data)
    assert text.count("word") == 2700
    assert "low" in text


@pytest.mark.skipif(not NAUGHTY.is_file(), reason=f"the naughty strings are not at {NAUGHTY}")
def test_no_naughty_string_stops_the_paper() -> None:
    strings = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    assert len(strings) >= 500
    assert read(pdf.setting(page_of(*strings), AT, Look())).pages
    plain = [s for s in strings if s.isascii() and s.isprintable()]
    squeezed = "".join(text_of(pdf.setting(page_of(*plain), AT, Look())).split())
    assert [s for s in plain if "".join(s.split()) not in squeezed] == []


# --- at the command line ------------------------------------------------------------------------------------------


def test_the_ending_picks_the_format_and_a_folder_of_fonts_must_be_there(claims: Claims) -> None:
    invented.build(claims.ledger)
    claims("report", "Q1", "-o", "a.pdf")
    assert (claims.folder / "a.pdf").read_bytes().startswith(b"%PDF-")
    refused = claims("report", "Q1", "-o", "b.pdf", "--font-path", "nowhere", code=2)
    assert "--font-path" in refused.err
    assert not (claims.folder / "b.pdf").exists()


def test_without_the_extra_one_line_says_what_to_install(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    invented.build(claims.ledger)
    monkeypatch.setitem(sys.modules, "typst", None)
    refused = claims("report", "Q1", "-o", "a.pdf", code=1)
    assert 'pip install "claim-ledger[pdf]"' in refused.err
    assert not (claims.folder / "a.pdf").exists()


def test_what_is_made_for_each_block_does_not_hold_the_whole_paper() -> None:
    """Typst reads what a function holds each time it is made: with the paper in it, time grows with its square."""
    source = (ROOT / "ledger" / "reports" / "templates" / "report.typ").read_text(encoding="utf-8")
    for name in ("anchor", "direction", "contents", "render"):
        body = source.split(f"#let {name}(", 1)[1].split("\n#", 1)[0]
        assert "page-data" not in body, name
