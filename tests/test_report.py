"""Reports: what stands in them, what never may, hostile input, the same bytes for the same ledger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import invented
import pytest

from ledger import records, store
from ledger.errors import ClaimsError, Refused
from ledger.reports import FORMATS, gathering, html, markdown, write
from ledger.reports.report import Report
from ledger.reports.sentences import title_of

HOSTILE = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)></bdi></style><a href=javascript:alert(1)>x</a>"
    "{{7*7}}]]>&lt;b&gt;[y](http://evil.example)<!--"
)
HTML = "{http://www.w3.org/1999/xhtml}"
TEXTS = sorted({"html", "md", "text"} & set(FORMATS))
"""Formats whose bytes are text."""
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[store.Ledger, invented.Built]]:
    path = tmp_path_factory.mktemp("report") / "ledger.db"
    made = invented.build(path)
    with store.open_ledger(path) as ledger:
        yield ledger, made


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[store.Ledger, invented.Built]]:
    path = tmp_path_factory.mktemp("hostile") / "ledger.db"
    made = invented.build(path, hostile=HOSTILE)
    with store.open_ledger(path) as ledger:
        yield ledger, made


@pytest.fixture(scope="module")
def made(built: tuple[store.Ledger, invented.Built]) -> Report:
    ledger, story = built
    return gathering.gather(ledger, [story.question])


@pytest.fixture(scope="module")
def page(made: Report) -> str:
    return write(made, "html").decode()


def tree(page: str) -> ET.Element:
    return html5lib.parse(page, treebuilder="etree")


def tags(page: str) -> Counter[str]:
    return Counter(str(e.tag) for e in tree(page).iter())


def attributes(page: str) -> set[str]:
    return {name for e in tree(page).iter() for name in e.attrib}


def text_of(page: str) -> str:
    """What a reader sees, without style sheets, with single spaces."""
    found = tree(page)
    for parent in list(found.iter()):
        for child in list(parent):
            if child.tag == f"{HTML}style":
                parent.remove(child)
    return " ".join("".join(found.itertext()).split())


# --- what stands in it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "People killed on the ferry Aurelia",
        "At least 40, by one count",
        "Answer by ben",
        "unproven What we could check neither supports nor contradicts it.",
        "At least 3 named sources, in 5 of 7 outlets",
        "Coastal Rescue Watch at least 40 people (in 2 outlets; 1 more words its figure otherwise)",
        "party to the matter: the port",
        "In the outlet’s own words",
        "“a port official”, not named",
        "What is not known",
        " has “",
        "counted later",
        "The ferry Aurelia left at dawn. At least 40 people died when it sank off Cape Lorn, the Coastal Rescue Watch said",
        "The list of passengers is missing.",
        "We will not say.",
        "asked on 10 May 2031, no reply so far",
        "found nothing",
        "rating “supported” on the scale house superseded",
        "C1: the source was found to have said it",
        "Was: “41 died”. Now: “at least 40 died”.",
        "the quay with rescuers",
        "Cape Lorn · 5 May 2031 · Question Q1",
        "Skip to what is claimed",
        "How to check this",
        "claims verify",
    ],
)
def test_the_page_says(page: str, words: str) -> None:
    assert words in text_of(page)


def test_question_verdict_claims_and_sources_stand_in_the_order_a_reader_asks(page: str) -> None:
    text = text_of(page)
    order = ["People killed", "At least 40, by one count", "What is claimed", "How many sources", "What is disputed",
             "Who was asked", "Who says what", "Where the wording differs", "What is not known",
             "Articles and saved copies", "How to check this"]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_every_claim_and_article_has_its_place_and_every_inner_link_leads_somewhere(made: Report, page: str) -> None:
    ids = [e.attrib["id"] for e in tree(page).iter() if "id" in e.attrib]
    assert len(ids) == len(set(ids))
    assert {c.claim.id for c in made.claims} | {a.article.id for a in made.articles} <= set(ids)
    inner = {e.attrib["href"][1:] for e in tree(page).iter() if e.attrib.get("href", "").startswith("#")}
    assert inner <= set(ids)


def test_the_root_size_and_id_of_the_log_are_those_of_the_ledger(
    built: tuple[store.Ledger, invented.Built], page: str
) -> None:
    ledger = built[0]
    text = text_of(page)
    assert store.root(ledger).hex() in text
    assert store.log_id(ledger) in text
    assert f"to {store.head(ledger) - 1}" in text


def test_each_article_is_shown_with_the_hash_of_its_saved_copy(made: Report, page: str) -> None:
    for entry in made.articles:
        assert entry.captures
        assert all(copy.raw in page for copy in entry.captures)


# --- what never may -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", TEXTS)
@pytest.mark.parametrize("full_text", [False, True])
def test_retracted_suggested_and_internal_words_are_in_no_report(
    built: tuple[store.Ledger, invented.Built], format_: str, full_text: bool
) -> None:
    ledger, story = built
    data = write(gathering.gather(ledger, "all", full_text=full_text), format_).decode()
    assert story.secret not in data
    assert "SUGGESTED-WORDS" not in data
    assert "RETRACTED-WORDS" not in data
    assert story.retracted not in re.findall(r"C[0-9]+", data)


def test_whole_articles_are_shown_only_when_asked_for_and_then_marked_as_internal(
    built: tuple[store.Ledger, invented.Built],
) -> None:
    ledger, story = built
    short, whole = (
        text_of(write(gathering.gather(ledger, [story.question], full_text=f), "html").decode()) for f in (False, True)
    )
    assert "For internal use" not in short
    assert "For internal use" in whole
    assert len(whole) > len(short)


def test_a_retracted_claim_cannot_be_reported(built: tuple[store.Ledger, invented.Built]) -> None:
    ledger, story = built
    with pytest.raises(Refused):
        gathering.gather(ledger, [story.retracted])


def test_a_question_with_bad_ids_is_refused_by_name(built: tuple[store.Ledger, invented.Built]) -> None:
    for bad in (["Q99"], ["S1"], [""], []):
        with pytest.raises(ClaimsError):
            gathering.gather(built[0], bad)


# --- one file, no script, no network ------------------------------------------------------------------------------


def test_the_policy_forbids_everything_but_its_own_style(page: str) -> None:
    head = next(tree(page).iter(f"{HTML}head"))
    policy = next(e.attrib["content"] for e in head.iter(f"{HTML}meta") if e.attrib.get("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    children = [e.tag for e in head]
    assert children.index(f"{HTML}meta") < children.index(f"{HTML}style")


def test_nothing_is_loaded_and_nothing_runs(page: str) -> None:
    forbidden = {"script", "img", "link", "iframe", "object", "embed", "base", "form", "image", "use"}
    assert not {t.rsplit("}")[-1] for t in tags(page)} & forbidden
    assert not {"src", "srcset", "style", "background", "action", "data"} & attributes(page)
    assert not [a for a in attributes(page) if a.lower().startswith("on")]
    assert "@import" not in page
    assert "url(" not in page


def test_links_lead_out_over_http_alone_and_carry_no_referrer(page: str) -> None:
    links = [
        e for e in tree(page).iter(f"{HTML}a") if not e.attrib["href"].startswith("#") and "download" not in e.attrib
    ]
    assert links
    for a in links:
        assert a.attrib["href"].startswith(("http://", "https://"))
        assert {"noopener", "nofollow"} <= set(a.attrib["rel"].split())


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http:evil", "file:///etc/passwd",
                                 " javascript:x", "ftp://x.example", "http://[", None, ""])  # fmt: skip
def test_what_is_no_web_address_is_no_link(url: str | None) -> None:
    assert html.link(url) is None


# --- hostile input ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ids", ["question", "all", "claim", "article"])
def test_hostile_strings_in_every_field_add_no_element_and_no_attribute(
    built: tuple[store.Ledger, invented.Built], attacked: tuple[store.Ledger, invented.Built], ids: str
) -> None:
    def shown(ledger: store.Ledger, story: invented.Built) -> str:
        wanted = {"question": [story.question], "claim": [story.claims[0]], "article": ["A1"]}.get(ids, "all")
        return write(gathering.gather(ledger, wanted), "html").decode()

    clean, dirty = shown(*built), shown(*attacked)
    assert "alert(1)" in text_of(dirty)
    assert attributes(dirty) <= attributes(clean)
    assert set(tags(dirty)) <= set(tags(clean))
    assert not any("javascript:" in v for e in tree(dirty).iter() for n, v in e.attrib.items() if n == "href")
    assert "49]]" not in dirty


def test_pictures_with_hostile_names_are_well_formed_xml(attacked: tuple[store.Ledger, invented.Built]) -> None:
    ledger, story = attacked
    page = write(gathering.gather(ledger, [story.question]), "html").decode()
    drawn = re.findall(r"<svg class=.*?</svg>(?=</div>|\n)", page, flags=re.DOTALL)
    assert len(drawn) >= 2
    for svg in drawn:
        assert not list(ET.fromstring(svg).iter(f"{SVG}script"))


def test_writing_direction_is_kept_inside_each_name() -> None:
    assert html.shown("abc\u202edef\u2066x") == r"abc\u202edef\u2066x"


@pytest.mark.parametrize(
    "text",
    [
        "# head",
        "- item",
        "1. one",
        "> quote",
        "[a](http://x.example)",
        "<b>x</b>",
        "`code`",
        "*b*",
        "a | b",
        "~~x~~",
        "![i](x)",
    ],
)
def test_markdown_of_a_foreign_text_is_the_text(text: str) -> None:
    escaped = markdown.plain(text)
    assert re.sub(r"\\(.)", r"\1", escaped) == text
    assert not re.search(r"(?<!\\)[*_`<>\[\]#|~]", escaped)
    assert not re.match(r"[-+=]|[0-9]+[.)]", escaped)


def test_markdown_of_a_hostile_ledger_has_no_tag_and_no_foreign_link(
    attacked: tuple[store.Ledger, invented.Built],
) -> None:
    ledger, story = attacked
    text = write(gathering.gather(ledger, [story.question]), "md").decode()
    assert not re.search(r"(?<!\\)<(?!https?://)", text)
    assert not re.search(r"(?<!\\)\]\(", text)


# --- whole reports ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_the_same_ledger_gives_the_same_bytes(built: tuple[store.Ledger, invented.Built], format_: str) -> None:
    ledger = built[0]
    with store.open_ledger(ledger.place, store.Open.READ) as again:
        first, second = (write(gathering.gather(one, "all"), format_) for one in (ledger, again))
    assert first == second


def test_the_time_of_the_report_is_that_of_the_newest_entry_unless_it_is_given(
    built: tuple[store.Ledger, invented.Built], made: Report
) -> None:
    ledger, story = built
    assert made.generated_at == list(store.entries(ledger))[-1].recorded_at
    given = gathering.gather(ledger, [story.question], generated_at="2031-06-01T10:00:00Z")
    assert "as of 1 June 2031, 10:00 UTC" in text_of(write(given, "html").decode())


@pytest.mark.parametrize("format_", TEXTS)
def test_reports_of_a_claim_an_article_and_everything(built: tuple[store.Ledger, invented.Built], format_: str) -> None:
    ledger, story = built
    for ids in ([story.claims[0]], ["A1"], "all", [story.claims[3], story.loose]):
        data = write(gathering.gather(ledger, ids), format_).decode()
        data = text_of(data) if format_ == "html" else data
        assert "At least 40 people died when it sank off Cape Lorn" in data
        assert "How to check this" in data
    everything = write(gathering.gather(ledger, "all"), format_).decode()
    assert "The quay will close for a year" in everything


def test_the_page_of_a_question_is_small(page: str) -> None:
    assert len(page.encode()) <= 150_000


def test_what_a_bundle_proves_is_everything_shown(built: tuple[store.Ledger, invented.Built], made: Report) -> None:
    found = gathering.uids(made)
    assert len(found) == len(set(found))
    assert {c.claim.uid for c in made.claims} <= set(found)
    assert all(re.fullmatch(r"[0-9a-f]{32}", uid) for uid in found)


def test_an_empty_ledger_gives_a_report_that_says_so(tmp_path: Path) -> None:
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        for format_ in TEXTS:
            assert b"How to check this" in write(gathering.gather(ledger, "all"), format_)


def test_a_report_is_plain_data(made: Report) -> None:
    assert records.plain(made)["questions"][0]["page"]["id"] == made.about[0]


def test_a_number_is_escaped_only_where_it_would_begin_a_list() -> None:
    assert markdown.plain("6.1-magnitude quake") == "6.1-magnitude quake"
    assert markdown.plain("6. May") == "6\\. May"
    assert markdown.plain("12) boats") == "12\\) boats"


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("LORN ISLAND, July 2, 2031", ""),
        ("2 July 2031 Last updated at 13:38 GMT", ""),
        ("Published: Tuesday, July 2, 2031 07:44", ""),
        ("Ferry sinks off Cape Lorn, 2 July 2031", "Ferry sinks off Cape Lorn, 2 July 2031"),
        ("FERRY SINKS OFF CAPE LORN, 2 July 2031", "FERRY SINKS OFF CAPE LORN, 2 July 2031"),
        ("AURELIA", "AURELIA"),
        ("Last updated", "Last updated"),
        (None, ""),
    ],
)
def test_a_dateline_is_no_title(title: str | None, told: str) -> None:
    assert title_of(title) == told


def test_the_method_of_a_report_explains_no_evidence_where_there_is_none(made: Report) -> None:
    said = "“Verified” beside evidence"
    without = records.replace(made, method=records.replace(made.method, absent=frozenset({"evidence"})))
    told = {one is made: said in text_of(write(one, "html").decode()) for one in (made, without)}
    assert told == {True: True, False: False}
