"""How a report is dressed: languages, a newsroom's own templates, pictures as files."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from importlib import resources
from pathlib import Path
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

import html5lib
import invented
import pytest
from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from conftest import Claims
from english_left import english
from hypothesis import given
from hypothesis import strategies as st

from ledger import catalogue, store
from ledger.errors import BadInput, ClaimsError, Refused
from ledger.quantity import figure_words, intervals
from ledger.records import CorrectionDraft
from ledger.reports import (
    Look,
    gathering,
    house,
    html,
    letter,
    maps,
    obsidian,
    over_time,
    pictures,
    plots,
    site,
    write,
)
from ledger.reports.report import Axis, Course, Point, Report, Spot, shortened
from ledger.reports.words import ENGLISH, words_of
from ledger.store import read
from ledger.text import visible
from ledger.vocabulary import CorrectionKind, EntryKind

LANGUAGES = [lang for lang in catalogue.languages() if lang != "en"]
ROOT = Path(__file__).resolve().parents[1]
SVG = "{http://www.w3.org/2000/svg}"
HTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = "\"'><script>alert(1)</script></bdi></style>{{7*7}}{name}"


Told = Callable[[str], Report]
"""The report in a language."""


@pytest.fixture(scope="module")
def told_in(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return told(tmp_path_factory.mktemp("looks") / "ledger.db", hostile="")


@pytest.fixture(scope="module")
def attacked_in(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return told(tmp_path_factory.mktemp("hostile-looks") / "ledger.db", hostile=HOSTILE)


@pytest.fixture(scope="module")
def made(told_in: Told) -> Report:
    return told_in("en")


@pytest.fixture(scope="module")
def attacked(attacked_in: Told) -> Report:
    return attacked_in("en")


def told(path: Path, *, hostile: str) -> Told:
    story = invented.build(path, hostile=hostile)

    def report(lang: str) -> Report:
        with store.open_ledger(path, store.Open.READ) as ledger:
            return gathering.gather(ledger, [story.question], lang=lang)

    return report


def tree(page: bytes) -> ET.Element:
    return html5lib.parse(page.decode(), treebuilder="etree")


# --- one page -------------------------------------------------------------------------------------------------------


def test_the_short_form_is_the_first_screen_and_how_to_check_it(made: Report) -> None:
    page = write(shortened(made), "html")
    said = " ".join("".join(tree(page).itertext()).split())
    for words in ("At least 40, by one count", "What is claimed", "At least 3 named sources, in 5 of 7", "What is disputed",
                  "not say.",
                  "How to check this"):  # fmt: skip
        assert words in said, words
    for words in ("The passages", "The ferry Aurelia left at dawn", "Articles and saved copies", "day by day"):
        assert words not in said, words
    assert 'href="#' not in page.decode()
    assert len(page) < len(write(made, "html")) / 2
    for form in ("md", "text"):
        assert "The ferry Aurelia left at dawn" not in write(shortened(made), form).decode()


# --- links to the very words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "words", "address"),
    [
        ("https://a.example/x", "at least 40 boats", "https://a.example/x#:~:text=at%20least%2040%20boats"),
        ("https://a.example/x#top", "40, no-one", "https://a.example/x#top:~:text=40%2C%20no%2Done"),
        (
            "https://a.example/x",
            "a b c d e f g h i j k l",
            "https://a.example/x#:~:text=a%20b%20c%20d%20e,h%20i%20j%20k%20l",
        ),
        ("https://a.example/x", "<b>&", "https://a.example/x#:~:text=%3Cb%3E%26"),
        ("https://a.example/x", " ", "https://a.example/x"),
        ("javascript:alert(1)", "a", None),
        (None, "a", None),
    ],
)
def test_a_passage_is_linked_by_its_own_words(url: str | None, words: str, address: str | None) -> None:
    assert html.passage(url, words) == address


# --- languages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_numbers_dates_and_plural_forms_are_those_of_cldr(lang: str) -> None:
    words, spoken = words_of(lang), Locale.parse(lang)
    forms = [f for f in ("zero", "one", "two", "few", "many", "other") if f in spoken.plural_form.tags | {"other"}]
    for n in [*range(120), 1000, 1002, 1003, 1011, 1_000_000]:
        assert forms[words.plural(n)] == spoken.plural_form(n), n
    for month in range(1, 13):
        day = date(2016, month, 9)
        assert words.day(day.isoformat()) == format_date(day, "long", locale=lang).replace("\u200f", "")
        assert words.day(day.isoformat()[:7]) == format_skeleton("yMMMM", day, locale=lang)
    for number in (Decimal("1234567.5"), 12345, 999):
        assert words.number(number) == format_decimal(number, locale=lang, numbering_system="latn")
    assert spoken.character_order == ("right-to-left" if words.rtl else "left-to-right")
    for row in (["a"], ["a", "b"], ["a", "b", "c"]):
        assert words.listed(row) == format_list(row, locale=lang)


def test_what_is_not_translated_is_said_in_english_and_marked_so() -> None:
    said = words_of("ar")("A text that no catalogue has, by {who}", who="x")
    assert html.marked(said) == '<span lang="en" dir="ltr">A text that no catalogue has, by x</span>'
    assert ENGLISH("A text that no catalogue has, by {who}", who="x") == "A text that no catalogue has, by x"


@given(st.text(alphabet=f"a<&{''.join(html.MARKS)}", max_size=12))
def test_marks_become_elements_that_are_closed(text: str) -> None:
    made = str(html.marked(text))
    assert not set(html.MARKS) & set(made)
    ET.fromstring(f"<p>{made}</p>")


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_is_filled_in_is_never_filled_in_again(a: str, b: str) -> None:
    assert ENGLISH("{a} and {b}", a=f"{a}{{b}}", b=b) == f"{a}{{b}} and {b}"


@pytest.mark.parametrize("lang", ["ar", "AR", "ar-SY", "ar_EG"])
def test_a_page_in_arabic_says_so_and_runs_from_right_to_left(told_in: Told, lang: str) -> None:
    page = tree(write(told_in(lang), "html"))
    assert (page.attrib["lang"], page.attrib["dir"]) == ("ar", "rtl")
    said = " ".join("".join(page.itertext()).split())
    for words in (
        "ما يُدّعى",
        "ما لا يُعرف",
        "من يقول ماذا",
        "3 مصادر مسمّاة على الأقل، في 5 من أصل 7 وسائل إعلام",
        "كيف تتحقق من هذا",
    ):
        assert words in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_languages_have_the_same_elements_ids_and_links(told_in: Told, lang: str) -> None:
    en, other = (tree(write(told_in(language), "html")) for language in ("en", lang))
    for name in ("id", "href"):
        here, there = ([e.attrib[name] for e in page.iter() if name in e.attrib] for page in (en, other))
        assert [a for a in here if not a.startswith("data:")] == [a for a in there if not a.startswith("data:")]


@pytest.mark.parametrize("wanted", [["C1"], ["A1"], "all", ["C1", "A2"]], ids=str)
def test_every_kind_of_report_is_written_in_arabic(claims: Claims, wanted: list[str] | str) -> None:
    invented.build(claims.ledger)
    with store.open_ledger(claims.ledger, store.Open.READ) as ledger:
        english, made, again = (gathering.gather(ledger, wanted, lang=lang) for lang in ("en", "ar", "ar"))
    for format_ in ("html", "md", "text", "obsidian"):
        assert write(made, format_) == write(again, format_) != write(english, format_)


def test_hostile_strings_add_nothing_to_a_page_in_arabic(told_in: Told, attacked_in: Told) -> None:
    clean, dirty = (tree(write(r("ar"), "html")) for r in (told_in, attacked_in))
    assert {str(e.tag) for e in dirty.iter()} <= {str(e.tag) for e in clean.iter()}
    assert {a for e in dirty.iter() for a in e.attrib} <= {a for e in clean.iter() for a in e.attrib}


def test_a_language_that_is_not_there_is_bad_input_that_names_those_which_are(claims: Claims) -> None:
    invented.build(claims.ledger)
    ran = claims("report", "Q1", "-o", "r.html", "--lang", "tlh", code=2)
    assert "it speaks: ar, en" in ran.err
    assert not (claims.folder / "r.html").exists()


@pytest.mark.parametrize("format_", ["md", "text"])
def test_headings_in_plain_formats_speak_the_language(told_in: Told, format_: str) -> None:
    said = write(told_in("ar"), format_).decode()
    for words in ("من يقول ماذا", "ما لا يُعرف", "كيف تتحقق من هذا", "المقالات والنسخ المحفوظة"):
        assert words in said


# --- evidence -----------------------------------------------------------------------------------------------------


def jpeg(shade: int) -> bytes:
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (1600, 1200), (shade, 120, 90)).save(made, "JPEG")
    return made.getvalue()


def test_evidence_stands_first_large_and_once_and_the_answer_leads_to_it(claims: Claims) -> None:
    invented.build(claims.ledger)
    for name, shade in (("quay.jpg", 40), ("same.jpg", 40), ("hull.jpg", 200)):
        claims.file(name, jpeg(shade))
    claims("evidence", "add", "quay.jpg", "--for", "Q1", "--shows", "the quay at noon", "--supports",
           "--taken-at", "2031-05-06", "--verified", "taken")  # fmt: skip
    claims("evidence", "add", "same.jpg", "--for", "C1", "--shows", "the quay again", "--against")
    claims("evidence", "add", "hull.jpg", "--for", "C2", "--shows", "the hull", "--context")
    claims("answer", "Q1", "At least 40", "--on", "C1,E2,E3", "--because", "of the pictures")
    with store.open_ledger(claims.ledger, store.Open.READ) as ledger:
        page = tree(write(gathering.gather(ledger, ["Q1"]), "html"))
    assert [e.attrib["alt"] for e in page.iter(f"{HTML}img")] == ["the quay at noon", "the hull"]
    ids = [e.attrib["id"] for e in page.iter() if e.attrib.get("id", "").startswith("E")]
    assert sorted(ids) == ["E1", "E2", "E3", "E4"]
    (answer,) = (e for e in page.iter(f"{HTML}div") if e.attrib.get("class") == "verdict")
    assert {"#E2", "#E3"} <= {e.attrib["href"] for e in answer.iter(f"{HTML}a")}
    said = " ".join("".join(page.itertext()).split())
    for words in (
        "the quay at noon (photo E2, for Q1, quay.jpg). Taken 6 May 2031, verified. Where it was taken is not known.",
        "the quay again (photo E3, for C1, same.jpg). When it was taken is not known.",
        "The same file as E2.",
    ):
        assert words in said, words
    assert said.index("the quay at noon (photo E2, for") < said.index("Who says what")


# --- nothing is left in English -----------------------------------------------------------------------------------

WATCH, UNION = [{"source": "Hill Watch"}], [{"source": "Dock Workers' Union"}]
VERSIONS = [
    ("Houses that burned in Orla", "at least 43 houses burned in Orla", "43 houses burned in Orla"),
    ("Houses that burned in Sena", "43 houses burned in Sena", "as many as 43 houses burned in Sena"),
    ("Houses that burned in Vale", "43 houses burned in Vale", "47 houses burned in Vale"),
    ("Barns that burned in Orla", "between 20 and 25 barns burned in Orla", "up to 25 barns burned in Orla"),
    ("Barns that burned in Sena", "about 90 barns burned in Sena", "more than 90 barns burned in Sena"),
    ("How far the climber fell", "the climber fell 200 metres", "the climber fell 200 feet"),
    ("People who died in Vale", "12 police officers died in Vale", "12 nurses died in Vale"),
    ("People who died in Orla", "dozens of people died in Orla", "43 people died in Orla"),
    ("Share of the barns that burned", "half of the barns burned", "47 percent of the barns burned"),
    ("When did the bridge fall?", "the bridge fell at 5 am on 3 May 2031", "the bridge fell at 7 am on 3 May 2031"),
    ("Is the road open?", "the road is open", "the road is closed"),
    ("Who died in the storm?", "the mayor may have died in the storm", "the mayor died in the storm"),
]
SAID = [
    *(("check", f"C{n}", value, "--because", "b", "--actor", "eva") for n, value in ((2, "no"), (3, "unclear"), (4, "yes"))),
    *(("rate", f"C{n}", grade, "--scale", scale, "--because", "b", "--actor", "eva") for n, scale, grade in (
        (1, "house", "refuted"), (5, "icd203", "very likely"), (7, "averitec", "Refuted"))),
    *(("link", "C1", f"C{n}", "--as", kind, "--because", "b") for n, kind in (
        (2, "repeats"), (3, "supports"), (5, "updates"), (6, "conflicts"), (7, "not_comparable"))),
    ("source", "relate", "S1", "part_of", "S2", "--since", "2020", "--because", "b"),
    ("source", "alias", "S1", "Gnfr"),
    ("translate", "C1", "Gnfr", "--lang", "de", "--machine", "Mt"),
    ("amend", "C2", "--says", "Gnfr", "--because", "b"),
]  # fmt: skip


def everything(claims: Claims) -> None:
    """A ledger with findings, judgements and doubts of every kind that pages tell of."""
    invented.build(claims.ledger)
    lines = []
    for n, (question, one, other) in enumerate(VERSIONS):
        outlets = (
            ("Hill Post", one, WATCH),
            ("Echo", other, WATCH),
            ("Vale Sun", one, UNION),
            ("Radio Six", other, []),
        )
        for outlet, exact, chain in outlets:
            body = f"It was told on Monday. Witnesses were told that {exact} in the storm, and nobody said more."
            told = {"exact": exact, "question": question, "attribution": chain}
            lines.append(told | {"article": {"file": f"{outlet}-{n}.txt", "publisher": outlet, "text": body}})
    for stance, said in (("denies", "40 boats left"), ("doubts", "40 boats left"), ("asks", "how many boats left")):
        told = {"exact": said, "question": "Boats that left", "attribution": WATCH, "stance": stance}
        lines.append(
            told | {"article": {"file": f"{stance}.txt", "publisher": f"{stance.title()} Times", "text": said}}
        )
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    for command in SAID:
        claims(*command)
    with store.open_ledger(claims.ledger) as ledger, store.write(ledger, "ana") as w:
        for kind in CorrectionKind:
            w.append(EntryKind.CORRECTION, CorrectionDraft(kind, "b", "c", "d"), about=read.thing(ledger, "C1").uid)


def test_nothing_but_names_and_quotations_is_left_in_english(claims: Claims, tmp_path: Path) -> None:
    everything(claims)
    with store.open_ledger(claims.ledger, store.Open.READ) as ledger:
        for lang in LANGUAGES:
            made = gathering.gather(ledger, "all", lang=lang)
            site.write(ledger, tmp_path / lang, lang=lang)
            pages = [write(m, "html").decode() for m in (made, shortened(made))]
            pages += [path.read_text(encoding="utf-8") for path in (tmp_path / lang).rglob("*.html")]
            assert english("<p><bdi>Vale</bdi> is the one source</p>", lang), "a sentence would be found"
            assert not [said for page in pages for said in english(page, lang)]
            texts = [*pages, *(write(made, name).decode() for name in ("text", "md"))]
            texts += [
                p.read_text(encoding="utf-8") for p in (tmp_path / lang).rglob("*.*") if p.suffix in (".js", ".atom")
            ]
            assert not [text for text in texts if set(text) & html.MARKS]


# --- places -------------------------------------------------------------------------------------------------------


def test_places_with_coordinates_stand_on_a_map_and_in_words(claims: Claims) -> None:
    invented.build(claims.ledger)
    assert '<svg class="map"' not in (claims("report", "Q1", "-o", "-").out)
    for claim, where in (("C1", "Cape Lorn (34.556, 38.272)"), ("C2", "34.6, 38.3"), ("C9", "The quay 34.58, 38.29")):
        claims("amend", claim, "--where", where, "--because", "the chart")
    claims("report", "Q1", "-o", "q.html")
    page = tree((claims.folder / "q.html").read_bytes())
    assert "Grey dots are other places" in "".join(page.itertext())
    (drawn,) = (e for e in page.iter() if e.attrib.get("class") == "map")
    places = {e.text: e.attrib for e in drawn.iter() if e.attrib.get("class", "").startswith("over")}
    assert set(places) == {"Cape Lorn", "34.6, 38.3", "The quay"}
    assert places["The quay"]["class"] == "over quiet", "another place of the ledger"
    dots = [(float(e.attrib["cx"]), float(e.attrib["cy"])) for e in drawn.iter() if e.attrib.get("class") == "dot"]
    assert dots[0][0] < dots[1][0], "east lies to the right"
    assert dots[0][1] > dots[1][1], "north lies above"
    said = " ".join("".join(page.itertext()).split())
    assert "Cape Lorn: 34.556° N, 38.272° E (C1)" in said
    assert "Cape Lorn: 34.556° N, 38.272° E (C1)" in " ".join(claims("report", "Q1", "--format", "text").out.split())
    claims("retract", "C9", "--because", "none lies there")
    assert "Grey dots" not in claims("report", "Q1", "-o", "-").out, "what is not drawn is not explained"


@given(st.lists(st.tuples(st.floats(-89, 89), st.floats(-180, 180)), min_size=1, max_size=8))
def test_every_place_of_a_map_is_inside_its_frame(points: list[tuple[float, float]]) -> None:
    spots = [Spot(f"P{i}", f"{lat:.4f}", f"{lon:.4f}") for i, (lat, lon) in enumerate(points)]
    drawn = maps.draw(spots, (), key="m", words=ENGLISH)
    for dot in classes(drawn, "dot"):
        assert 0 <= float(dot.attrib["cx"]) <= maps.WIDTH
        assert 0 <= float(dot.attrib["cy"]) <= maps.HEIGHT
    assert len(classes(drawn, "dot")) == len(spots)
    assert len(classes(drawn, "grid")) <= 2 * (maps.LINES + 2)


# --- the method ---------------------------------------------------------------------------------------------------


def test_the_method_says_what_the_code_takes_words_for_and_is_in_every_format(claims: Claims) -> None:
    invented.build(claims.ledger)
    claims("rate", "C1", "unproven", "--because", "one count")
    said = {}
    for ending in ("html", "md", "txt"):
        claims("report", "--method", "-o", f"method.{ending}")
        data = (claims.folder / f"method.{ending}").read_bytes()
        said[ending] = " ".join((("".join(tree(data).itertext())) if ending == "html" else data.decode()).split())
    low, high = (f"{bound:,f}" for bound in figure_words.VAGUE["dozens",])
    percent = f"{intervals.TENTH * 100:.0f} %"
    for text in said.values():
        for words in (f"taken as {low} to {high}", f"up to {percent} less", f"{percent} either way", "count the same thing",
                      "House scale", "is treated as a party to the matter", "How to check this"):  # fmt: skip
            assert words in text.replace("\u00a0", " "), words
        assert "ICD 203" not in text, "only scales that a rating is on"
    ran = claims("report", "Q1", "--method", code=2)
    assert "takes no ids" in ran.err


def test_each_report_and_each_page_of_a_site_leads_to_the_method(made: Report) -> None:
    page = tree(write(made, "html"))
    assert [e.attrib["id"] for e in page.iter() if e.attrib.get("id") == "method"] == ["method"]
    assert "#method" in {e.attrib["href"] for e in page.iter(f"{HTML}a")}
    for form in ("md", "text"):
        assert "How this was read, counted and judged" in write(made, form).decode()
        assert "taken as 24 to 99" not in write(shortened(made), form).decode()


def test_the_letter_carries_translations_evidence_searches_and_public_notes(claims: Claims) -> None:
    story = invented.build(claims.ledger)
    claims("translate", "C2", "forty at least", "--machine", "MT 3", "--lang", "en")
    claims(
        "evidence",
        "add",
        "https://pictures.example/log",
        "--for",
        "C1",
        "--shows",
        "the harbour log",
        "--supports",
        "--reference",
    )
    with store.open_ledger(claims.ledger, store.Open.READ) as ledger:
        said = " ".join(write(gathering.gather(ledger, ["Q1"]), "text").decode().split())
    for words in (
        "Translation (by machine): forty at least",
        "For context: the quay with rescuers (photo E1, for Q1",
        "Supports C1: the harbour log",
        "Searched for “aurelia passengers” in port register on 10 May 2031: nothing found.",
        "Note (by ben, ",
    ):
        assert words in said, words
    assert story.secret not in said


# --- plain text ---------------------------------------------------------------------------------------------------


def columns(line: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line)


def test_text_is_80_columns_wide_and_hides_nothing(attacked_in: Told) -> None:
    for lang in ("en", "ar"):
        said = write(attacked_in(lang), "text").decode()
        for line in said.splitlines():
            assert columns(line) <= 80 or " " not in line.strip().removeprefix("- "), line
        assert visible(said) == said


def test_text_says_the_verdict_first_then_the_sources_and_shows_each_address_whole(made: Report) -> None:
    said = write(made, "text").decode()
    flat = " ".join(said.split())
    order = [
        "People killed on the ferry",
        "At least 40, by one count",
        "At least 40 people — Coastal Rescue Watch",
        "What is not known",
    ]
    assert [flat.index(words) for words in order] == sorted(flat.index(words) for words in order)
    for entry in made.articles:
        assert f"  {entry.article.url}\n" in said


@given(st.text(max_size=400), st.sampled_from(["", "- "]))
def test_any_text_is_filled_into_lines_without_losing_a_word(text: str, first: str) -> None:
    lines = list(letter.filled(text, first, "  "))
    assert all(columns(line) <= 80 or " " not in line[2:] for line in lines)
    assert " ".join(" ".join(lines).split()) == " ".join(
        visible(catalogue.unmarked(" ".join((first + text).split()))).split()
    )


# --- notes for Obsidian -------------------------------------------------------------------------------------------

LINK = re.compile(r"(?<!\\)\[\[([^\[\]|#]+)(#\^[\w-]+)?(?:\|([^\[\]]+))?\]\]")


def vault(made: Report) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(write(made, "obsidian"))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_every_link_of_a_vault_leads_to_a_note_and_every_block_is_there(made: Report) -> None:
    notes = vault(made)
    by_name = {Path(name).stem: text for name, text in notes.items()}
    assert {n.split("/")[0] for n in notes} == {"Start here.md", "questions", "claims", "articles", "sources"}
    links = [link for text in notes.values() for link in LINK.findall(text)]
    assert len(links) > 20
    for target, block, _ in links:
        assert target in by_name
        assert not block or f"\n\n{block[1:]}\n" in by_name[target]
    for claim in made.claims:
        assert sum(t.count(f"\n^c-{claim.claim.id[1:]}\n") for t in notes.values()) == 1


def test_front_matter_names_what_a_note_is_and_each_value_is_json(attacked: Report) -> None:
    for name, text in vault(attacked).items():
        head = text.split("\n---\n")[0].removeprefix("---\n")
        fields = {key: json.loads(value) for key, value in (line.split(": ", 1) for line in head.splitlines())}
        assert fields["made_by"] == "claim-ledger"
        assert name == "Start here.md" or fields["id"] in Path(name).name


def test_hostile_names_make_no_link_tag_comment_or_path(made: Report, tmp_path: Path) -> None:
    hostile = "[[../../x|y]] #tag ^c-1 %%hidden%% <b>b</b> ==m== $x$ ![[C1]]"
    notes = vault(told(tmp_path / "ledger.db", hostile=hostile)("en"))
    for name, text in notes.items():
        assert re.fullmatch(r"(?:\w+/)?[\w -]+\.md", name)
        body = LINK.sub("", text.split("\n---\n", 1)[1])
        body = re.sub(r"^\^c-[0-9]+$", "", body, flags=re.MULTILINE)
        bare = re.sub(r"\\.", "", body)
        assert not re.search(r"\[\[|%%|==|\$|\^|<(?!https?://)", bare), name
        assert not re.search(r"(?m)(?:^|\s)#\w", bare), name
    assert len(notes) == len(vault(made))


@given(st.text(max_size=300))
def test_a_file_name_is_the_id_and_harmless_letters(title: str) -> None:
    name = obsidian.file_name("C1", title)
    assert name.startswith("C1")
    assert not set(name) & set('[]#^|\\/:*?"<>.\n\r\t')
    assert len(f"{name}.md".encode()) <= 255


def test_a_vault_is_a_folder_or_a_zip_and_takes_nobody_elses_note(claims: Claims) -> None:
    story = invented.build(claims.ledger)
    claims("report", "all", "--format", "obsidian", "-o", "notes.zip")
    claims("report", "all", "--format", "obsidian", "-o", "notes")
    with zipfile.ZipFile(claims.folder / "notes.zip") as archive:
        for name in archive.namelist():
            assert (claims.folder / "notes" / name).read_bytes() == archive.read(name)
    mine = claims.file("notes/questions/mine.md", "my own note")
    claims("retract", story.loose, "--because", "misread")
    ran = claims("report", "all", "--format", "obsidian", "-o", "notes")
    assert f"claims/{story.loose} " in ran.err
    assert mine.read_text() == "my own note"
    theirs = next((claims.folder / "notes/claims").glob("C1 *"))
    theirs.write_text("somebody else's")
    before = (claims.folder / "notes/Start here.md").read_bytes()
    claims("note", "Q1", "one more")
    claims("report", "all", "--format", "obsidian", "-o", "notes", code=1)
    assert theirs.read_text() == "somebody else's"
    assert (claims.folder / "notes/Start here.md").read_bytes() == before
    claims("report", "all", "--format", "obsidian", "-o", "notes/Start here.md", code=2)


def test_what_never_may_be_shown_is_in_no_note(claims: Claims) -> None:
    story = invented.build(claims.ledger)
    with store.open_ledger(claims.ledger, store.Open.READ) as ledger:
        everything = "".join(vault(gathering.gather(ledger, "all")).values())
    for words in (story.secret, "SUGGESTED-WORDS", "RETRACTED-WORDS"):
        assert words not in everything


# --- a newsroom's own templates -----------------------------------------------------------------------------------


def example(folder: Path) -> list[tuple[str, str]]:
    """Writes the files that docs/templates.md shows; gives its commands with what they print."""
    page = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    for name, text in re.findall(r"```\w+ file=(\S+)\n(.*?)```", page, re.DOTALL):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return re.findall(r"```console\n\$ claims ([^\n]*)\n(.*?)```", page, re.DOTALL)


def test_the_worked_example_of_the_docs_does_what_they_say(claims: Claims) -> None:
    invented.build(claims.ledger)
    (first, wrote), (second, refused) = example(claims.folder)
    ran = claims(*first.split())
    assert wrote.strip() in ran.out
    page = (claims.folder / "report.html").read_text(encoding="utf-8")
    for words in (
        "The Lorn Ledger · fact-checking desk",
        "corrections at lorn-ledger.example",
        "--mark:#ffe9c7",
        "font-src https://",
    ):
        assert words in page
    assert "The passages of 7 claims are left out here." in page
    assert page.count('id="passages"') == 1
    ran = claims(*second.split(" || ")[0].split(), code=2)
    assert refused.splitlines()[0] in ran.err
    assert (claims.folder / "report.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("masthead.html", "<p>\n{% if %}", "masthead.html, line 2: Expected an expression"),
        ("masthead.html", "\n\n{{ nothing.here }}", "masthead.html, line 3: 'nothing' is undefined"),
        ("masthead.html", "{{ ''.__class__.__mro__ }}", "line 1: access to attribute '__class__'"),
        ("masthead.html", "{{ report.__class__.__init__.__globals__ }}", "line 1: access to attribute '__init__'"),
        ("masthead.html", "{% include 'no.html' %}", "no template 'no.html'"),
        ("masthead.html", "{{ 1 // 0 }}", "line 1: "),
        ("masthead.html", "{% for i in range(10 ** 9) %}{% endfor %}", "line 1: Range too big"),
        ("colophon.html", "{% include '../../ledger.db' %}", "no template"),
        ("report.html", "{% extends 'report.html' %}", "maximum recursion"),
        ("masthead.html", b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_mistake_in_a_template_is_one_line_with_its_file(
    made: Report, tmp_path: Path, name: str, text: str | bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadInput) as refused:
        write(made, "html", Look(template=tmp_path))
    assert said in refused.value.message
    assert "\n" not in refused.value.message


@pytest.mark.parametrize("inside", ["link.html", "sub/link.html", "folder/secret.html"])
def test_a_link_in_a_template_folder_leads_nowhere(made: Report, tmp_path: Path, inside: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.html").write_text("the words of another file")
    house = tmp_path / "house"
    (house / "sub").mkdir(parents=True)
    for name in ("link.html", "sub/link.html"):
        (house / name).symlink_to(tmp_path / "outside" / "secret.html")
    (house / "folder").symlink_to(tmp_path / "outside")
    (house / "masthead.html").write_text(f"{{% include '{inside}' %}}")
    with pytest.raises(BadInput, match="it is a link"):
        write(made, "html", Look(template=house))


def test_a_template_without_an_end_is_stopped(made: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "SECONDS", 0.5)
    loops = "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}"
    (tmp_path / "masthead.html").write_text(loops + "{% endfor %}" * 3)
    with pytest.raises(BadInput, match="took more than"):
        write(made, "html", Look(template=tmp_path))


def test_a_template_that_blows_up_is_stopped(made: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "MEMORY", 2**26)
    (tmp_path / "masthead.html").write_text("{{ 'a'.rjust(10 ** 9) }}")
    with pytest.raises(BadInput, match=r"masthead\.html, line 1: takes more than 64 MB of memory"):
        write(made, "html", Look(template=tmp_path))


def test_one_file_is_a_style_sheet_or_the_page(made: Report, tmp_path: Path) -> None:
    sheet, page = tmp_path / "desk.css", tmp_path / "desk.html"
    sheet.write_text("h1{color:teal}{# not a comment of Jinja's #}</style><script>")
    page.write_text("{{ report.title }} & {{ '<b>' }}")
    dressed = write(made, "html", Look(template=sheet)).decode()
    assert "h1{color:teal}{# not" in dressed
    assert not list(tree(dressed.encode()).iter(f"{HTML}script"))
    assert write(made, "html", Look(template=page)).decode() == f"{made.title} & &lt;b&gt;"


def test_an_empty_folder_gives_our_page_and_every_look_the_same_bytes_again(told_in: Told, tmp_path: Path) -> None:
    assert write(told_in("en"), "html", Look(template=tmp_path)) == write(told_in("en"), "html")
    example(tmp_path)
    look = Look(template=tmp_path / "house")
    for made in map(told_in, ("en", "ar")):
        assert write(made, "html", look) == write(made, "html", look) != write(made, "html")


def test_a_template_dresses_what_is_made_from_the_page_and_is_refused_where_there_is_none(claims: Claims) -> None:
    invented.build(claims.ledger)
    claims("report", "Q1", "-o", "r.html", "--template", "nowhere", code=3)
    claims.file("notes.txt", "x")
    claims("report", "Q1", "-o", "r.html", "--template", "notes.txt", code=2)
    (claims.folder / "house").mkdir()
    claims.file("house/masthead.html", "<p>The Tern Desk</p>")
    for name in ("md", "text"):
        assert "The Tern Desk" in claims("report", "Q1", "--format", name, "--template", "house").out


def test_our_own_templates_hold_everything_that_the_docs_name() -> None:
    docs = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    place = resources.files("ledger.reports").joinpath("templates")
    page = place.joinpath("report.html").read_text(encoding="utf-8")
    assert re.findall(r"block (\w+) %", page) == re.findall(r"\w+", re.findall(r"the page; blocks: (.*) \|", docs)[0])
    for name in ("question", "parts"):
        macros = re.findall(r"macro (\w+)\(", place.joinpath(f"{name}.html").read_text(encoding="utf-8"))
        named = re.findall(rf"`{name}.html` \|.*macros: (.*) \|", docs)[0].split(", ")
        assert set(named) <= set(macros)


# --- pictures as files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["ranges", "origins"])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_plot_is_an_svg_that_stands_alone(attacked_in: Told, kind: str, lang: str) -> None:
    data = plots.plot(attacked_in(lang), kind, "svg", Look())
    drawn = ET.fromstring(data)
    assert drawn.tag == f"{SVG}svg"
    assert [e.tag for e in drawn][:3] == [f"{SVG}title", f"{SVG}desc", f"{SVG}style"]
    assert "prefers-color-scheme:dark" in "".join(drawn.itertext())
    assert not list(drawn.iter(f"{SVG}script"))
    assert not re.search(rb"(?:href|src|url\()", data)
    ids = [e.attrib["id"] for e in drawn.iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    assert data == plots.plot(attacked_in(lang), kind, "svg", Look())
    assert not re.search(rb"\\u20(?:2[a-e]|6[6-9])", data), "what turns the direction acts and is never written out"


def test_the_verb_writes_each_kind_and_says_what_it_cannot_draw(claims: Claims) -> None:
    invented.build(claims.ledger)
    for kind in ("ranges", "origins", "time"):
        claims("plot", "Q1", "-o", f"{kind}.svg", "--kind", kind)
        assert "Coastal Rescue Watch" in (claims.folder / f"{kind}.svg").read_text(encoding="utf-8")
    assert claims("plot", "Q1").out == (claims.folder / "ranges.svg").read_text(encoding="utf-8")
    for more, code in ((["--kind", "pie"], 2), (["--lang", "xx"], 2)):
        claims("plot", "Q1", "-o", "x.svg", *more, code=code)
    claims("plot", "Q1", "-o", "x.gif", code=2)
    claims("plot", "C1", "-o", "x.svg", code=2)
    claims("plot", "Q9", "-o", "x.svg", code=3)
    claims("question", "add", "How deep is the sea off Cape Lorn?")
    claims("plot", "Q2", "-o", "x.svg", code=1)
    assert not list(claims.folder.glob("x.*"))


def test_a_png_shows_its_text(made: Report) -> None:
    pytest.importorskip("typst", reason="the extra pdf is not installed")
    from io import BytesIO

    from PIL import Image

    data = plots.plot(made, "ranges", "png", Look())
    assert data == plots.plot(made, "ranges", "png", Look())
    with Image.open(BytesIO(data)) as picture:
        assert picture.format == "PNG"
        corner = picture.convert("L").crop((0, 0, picture.width, picture.height // 8))
    dark = sum(corner.histogram()[:128])
    assert dark > 500, "the question stands on top, in dark letters"


def axis(*courses: Course) -> Axis:
    return Axis("people killed", None, (), courses)


def course(label: str, *points: tuple[str, str, str]) -> Course:
    return Course(label, False, tuple(Point(d, n, n, way, (f"{n} people",)) for d, n, way in points))


def classes(svg: str, name: str) -> list[ET.Element]:
    return [e for e in ET.fromstring(svg).iter() if name in e.attrib.get("class", "").split()]


def test_over_time_a_later_day_stands_further_right_and_a_higher_figure_higher() -> None:
    rising = course("The Watch", ("2031-05-05", "24", "up"), ("2031-05-07", "43", ""), ("2031-05-15", "126", "down"))
    drawn = over_time.courses(axis(rising), key="k")
    dots = [(float(e.attrib["cx"].rstrip("%")), float(e.attrib["cy"])) for e in classes(drawn, "dot")]
    assert dots == sorted(dots)
    assert [y for _, y in dots] == sorted((y for _, y in dots), reverse=True)
    assert len(classes(drawn, "open")) == 2
    assert "24 people" in "".join(ET.fromstring(drawn).itertext())


def test_over_time_two_figures_of_one_day_are_no_range_and_what_was_overtaken_is_grey() -> None:
    both = (Point("2031-05-06", n, n, "up", (f"at least {n}",), past=True) for n in ("24", "43"))
    told = Course("The Watch", False, (*both, Point("2031-05-08", "51", "51", "", ("51",))))
    drawn = over_time.courses(axis(told), key="k")
    said = [e.text for e in classes(drawn, "words")]
    assert said == ["51", "at least 43", "at least 24"]
    assert not classes(drawn, "bar")
    assert [len(e) for e in (classes(drawn, "dot"), classes(drawn, "past"), classes(drawn, "open"))] == [3, 4, 2]
    grey = "Grey is an earlier figure, since replaced."
    assert grey in over_time.keys(axis(told), ENGLISH)
    risen = axis(course("The Watch", ("2031-05-05", "24", ""), ("2031-05-07", "43", "")))
    assert over_time.keys(risen, ENGLISH) == []


def test_over_time_figures_of_one_day_never_reach_the_next() -> None:
    one = [Point("2031-05-05", str(n), str(n), "", (str(n),)) for n in (40, 41, 42)]
    days = (Point(f"2031-05-{d:02}", "44", "44", "", ("44",)) for d in (6, 31))
    drawn = over_time.courses(axis(Course("The Watch", False, (*one, *days))), key="k")
    x = [float(e.attrib["cx"].rstrip("%")) for e in classes(drawn, "dot")]
    assert x == sorted(set(x))


def test_over_time_a_figure_alone_keeps_its_arrow_and_two_of_one_day_are_no_movement() -> None:
    rising = course("The Watch", ("2031-05-05", "24", ""), ("2031-05-07", "43", ""))
    floor = course("The Ministry", ("2031-05-06", "40", "up"))
    two = course("The Post", ("2031-05-06", "100", "up"), ("2031-05-06", "120", ""))
    panels = classes(over_time.courses(axis(floor, two, rising), key="k"), "course")
    marks = [[e for e in panel.iter() if e.attrib.get("class") in ("dot", "open", "tick")] for panel in panels]
    assert [[e.attrib["class"] for e in some] for some in marks[1:]] == [["dot", "open"], ["dot", "open", "dot"]]
    assert "An arrow up is “at least”, an arrow down “at most”." in over_time.keys(axis(floor), ENGLISH)
    said = ["".join(e.itertext()) for e in panels[2].iter() if "words" in e.attrib.get("class", "")]
    assert said == ["120 people", "100 people"]
    heights = [float(e.attrib["cy"]) for e in marks[2] if "cy" in e.attrib]
    assert heights[0] - heights[1] > 20, "a row each, the highest on top"


def test_over_time_every_line_of_a_day_has_its_date_and_runs_behind_no_name() -> None:
    days = [f"2031-05-{day:02}" for day in (5, 6, 8, 10)]
    drawn = over_time.courses(axis(course("The Watch", *((d, d[-2:], "") for d in days))), key="k")
    upright = [e for e in classes(drawn, "grid") if e.attrib["x1"] == e.attrib["x2"]]
    dates = [e.text for e in classes(drawn, "tick") if "May" in (e.text or "")]
    assert dates == ["5 May 2031", "6 May 2031", "8 May 2031", "10 May 2031"]
    assert len(upright) == len(dates)
    (ground,) = classes(drawn, "ground")
    (name,) = (e for e in ET.fromstring(drawn).iter() if e.attrib.get("font-weight") == "600")
    assert float(ground.attrib["y"]) < float(name.attrib["y"]) < float(ground.attrib["height"])


def test_over_time_no_line_is_drawn_from_one_figure_to_the_next() -> None:
    falling = course("The Watch", ("2031-05-05", "43", ""), ("2031-05-07", "24", ""))
    assert not classes(over_time.courses(axis(falling), key="k"), "bar")


def test_over_time_the_figures_that_moved_come_first_and_the_others_take_a_row() -> None:
    still = course("The Ministry", ("2031-05-06", "40", ""))
    drawn = over_time.courses(
        axis(still, course("The Watch", ("2031-05-05", "24", ""), ("2031-05-07", "43", ""))), key="k"
    )
    names = ["".join(e.itertext()) for e in classes(drawn, "course")]
    assert names[0].startswith("The Watch")
    assert names[1].startswith("The Ministry")


days = st.dates().map(lambda d: d.isoformat())


told_points = st.tuples(days, st.integers(0, 10**9).map(str), st.sampled_from(["", "up", "down", "both"]))


@given(st.lists(told_points, min_size=1, max_size=8, unique_by=lambda p: p[0]), st.text(max_size=200))
def test_over_time_any_days_figures_and_names_make_a_picture_inside_its_frame(
    points: list[tuple[str, str, str]], name: str
) -> None:
    drawn = over_time.courses(axis(course(name, *sorted(points))), key="k")
    height = float(ET.fromstring(drawn).attrib["height"])
    assert len(classes(drawn, "dot")) == len(points)
    for dot in classes(drawn, "dot"):
        assert 0 <= float(dot.attrib["cx"].rstrip("%")) <= 100
        assert 0 <= float(dot.attrib["cy"]) <= height


@given(st.text(max_size=300), st.integers(4, 60))
def test_a_wrapped_name_keeps_its_letters_and_each_line_its_width(text: str, width: int) -> None:
    lines = pictures.wrapped(text, width, most=10**6)
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(visible(" ".join(text.split())).split())
    assert len(pictures.wrapped(text, width, most=2)) <= 2


def test_nothing_over_time_where_all_is_of_one_day(tmp_path: Path) -> None:
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        with store.write(ledger, "ana") as w:
            from ledger import claims as logging

            asked = logging.question_uid(w, "How many boats were lost?", measure="lost")
            for outlet in ("Harbour Times", "Island Post"):
                uid = invented.tell(
                    w, outlet, "2031-05-06", f"{outlet}: 12 boats were lost.", "12 boats were lost", (invented.WATCH,)
                )
                logging.file(w, uid, asked)
        made = gathering.gather(ledger, ["Q1"])
    assert not made.questions[0].timeline
    assert not any(a.courses for a in made.questions[0].axes)
    with pytest.raises(Refused):
        plots.plot(made, "time", "svg", Look())


# --- what a page says of time, parties and ways back -------------------------------------------------------------


def test_an_outlet_that_tells_another_figure_of_a_source_carries_none_of_this_one(made: Report) -> None:
    watch = next(r for r in made.questions[0].rows if r.name == "Coastal Rescue Watch")
    assert watch.carried == "in 2 outlets; 1 more words its figure otherwise"
    said = " ".join(write(made, "text").decode().split())
    assert "at least 40 people (in 2 outlets; 1 more words its figure otherwise)" in said


def test_outlets_that_leave_out_a_hedge_do_not_count_for_the_figure_with_it(tmp_path: Path) -> None:
    from ledger import claims as logging

    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        with store.write(ledger, "ana") as w:
            asked = logging.question_uid(w, "How many boats were lost?", measure="lost")
            for outlet, said in (("Harbour Times", "at least 12"), ("Island Post", "12"), ("Tide News", "at least 12")):
                body = f"The Watch said {said} boats were lost off Lorn ({outlet})."
                exact = f"{said} boats were lost off Lorn"
                logging.file(w, invented.tell(w, outlet, "2031-05-06", body, exact, (invented.WATCH,)), asked)
        made = gathering.gather(ledger, ["Q1"])
    assert made.questions[0].rows[0].carried == "in 2 outlets; 1 more words its figure otherwise"


def test_each_party_is_shown_with_what_it_says_and_whether_it_was_asked(made: Report) -> None:
    said = " ".join("".join(tree(write(made, "html")).itertext()).split())
    place = said.index("What the parties to the matter say")
    assert "Port Ministry of Lorn the port a party because it ran the ferry" in said[place:]
    assert "reports of it: “44 people”." in said[place:]
    assert "it replied: “We will not say.”" in said[place:]


def test_a_report_on_an_article_says_whose_it_is_of_which_day_and_where(claims: Claims) -> None:
    invented.build(claims.ledger)
    claims("report", "A1", "-o", "a.html")
    page = tree((claims.folder / "a.html").read_bytes())
    said = " ".join("".join(page.itertext()).split())
    assert "A report of Harbour Times Harbour Times, 6 May 2031https://news.example/" in said


def test_a_reply_that_ends_in_a_full_stop_has_one(made: Report) -> None:
    said = " ".join("".join(tree(write(made, "html")).itertext()).split())
    assert "and replied on 9 May 2031: “We will not say”." in said
    assert ".”." not in said


def test_the_timeline_says_who_was_quoted_on_which_day(made: Report) -> None:
    days_ = [d.day for d in made.questions[0].timeline]
    assert days_ == sorted(days_)
    assert len(days_) > 1
    told_in = {c for d in made.questions[0].timeline for m in d.moments for c in m.claims}
    assert told_in == {c.id for c in made.questions[0].page.claims}


def test_each_passage_stands_once_beside_the_answer_that_rests_on_it(made: Report) -> None:
    page = tree(write(made, "html"))
    for claim in made.questions[0].page.claims:
        (answer,) = (e for e in page.iter() if e.attrib.get("id") == f"Q1-{claim.id}")
        (passage,) = (e for e in answer.iter() if e.attrib.get("id") == claim.id)
        assert "".join(claim.exact.split()) in "".join("".join(passage.itertext()).split())
    assert not [e for e in page.iter() if e.attrib.get("id") == "passages"]


def test_a_format_or_language_that_is_not_there_is_no_traceback(made: Report) -> None:
    with pytest.raises(ClaimsError):
        write(made, "papyrus")
    with pytest.raises(BadInput):
        words_of("")


def test_what_a_reader_asks_first_stands_above_notes_and_headlines(made: Report) -> None:
    page = write(made, "html").decode()
    assert page.index('id="Q1-claimed"') < page.index("<b>Note</b>")
    assert "In lists words are shortened" not in write(shortened(made), "html").decode()
