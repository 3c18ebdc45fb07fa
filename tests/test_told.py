"""What a page tells of when and by whom: hours, what is folded, the answers as data."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest
from conftest import Claims

from ledger import records
from ledger.reports import blocks, captions, cards, report
from ledger.reports.sentences import with_part
from ledger.reports.words import ENGLISH
from ledger.vocabulary import SourceKind

Row = tuple[str, str, str, str]
"""Outlet, when it published, its words, who is named in them; empty where nobody is."""

MILL: list[Row] = [
    (
        "Harbour Times",
        "2031-05-06T09:10Z",
        "At least 12 people died in the fire at the mill, the county said.",
        "county",
    ),
    ("Vale Post", "2031-05-06T15:40Z", "At least 19 people died in the fire at the mill, the county said.", "county"),
    ("Tide News", "2031-05-06", "17 people died in the fire at the mill, Ana Brell said.", "Ana Brell"),
    ("Ridge Radio", "2031-05-07T08:05Z", "23 people died in the fire at the mill.", ""),
]
GATE: list[Row] = [
    ("Harbour Times", "2031-05-06", "The north gate was shut, Ana Brell said.", "Ana Brell"),
    ("Vale Post", "2031-05-06", "The north gate was open all night.", ""),
]


def told(claims: Claims, question: str, rows: Sequence[Row]) -> str:
    """The page of a question that these answer."""
    lines = []
    for outlet, published, text, name in rows:
        url = f"https://{outlet.split()[0].lower()}.example/{published}"
        article = {"url": url, "publisher": outlet, "published_at": published, "text": text, "title": "Told"}
        chain = [{"source": name, "role": "origin"}] if name else []
        exact = text.partition(", ")[0].rstrip(".")
        lines.append({"article": article, "exact": exact, "start": 0, "attribution": chain, "question": question})
    Path("told.jsonl").write_text("\n".join(map(json.dumps, lines)))
    claims("init")
    claims("import", "told.jsonl", "--no-input")
    claims("report", "Q1", "-o", "q.html")
    return Path("q.html").read_text()


def places(svg: str) -> dict[str, float]:
    """Where the dots of a plot over time stand, in percent, by the label of their source."""
    panels = re.findall(r'<g class="course"><title>(.*?):.*?</title>(.*?)</g>', svg, re.DOTALL)
    return {name: float(at) for name, marks in panels for at in re.findall(r'<circle cx="([\d.]+)%', marks)}


def plot_over_time(page: str) -> str:
    (svg,) = re.findall(r'<svg[^>]*class="courses".*?<figcaption>', page, re.DOTALL)
    return svg


def test_a_plot_over_time_places_figures_by_their_hours(claims: Claims) -> None:
    named: list[Row] = [
        (o, at, words, "Lorn Fire Service" if name == "county" else name) for o, at, words, name in MILL
    ]
    page = told(claims, "How many people died in the fire at the mill?", named)
    svg = plot_over_time(page)
    ticks = [t for t in re.findall(r'class="tick"[^>]*>(.*?)</text>', svg) if "May" in t]
    assert [ticks[0], ticks[-1]] == ["6 May 2031, 09:10 UTC", "7 May 2031, 08:05 UTC"]
    at = places(svg)
    assert at["Ana Brell"] < at["Ridge Radio"]
    rows = [e for e in re.findall(r"<title>(.*?):", svg) if "by day" not in e]
    assert rows.index("Ana Brell") == 1, "noon stands between ten past nine and twenty to four"
    assert "A hollow mark stands at noon: its hour is not known." in page
    assert svg.count('class="ring"') == 1
    listed = re.search(r'<ol class="timeline">.*?</ol>', page, re.DOTALL)
    assert listed is not None
    assert [listed[0].index(h) for h in ("09:10", "15:40", "08:05")] == sorted(
        listed[0].index(h) for h in ("09:10", "15:40", "08:05")
    )


def test_hours_of_different_zones_are_not_compared(claims: Claims) -> None:
    mixed = [(o, at.replace("Z", "+05:30") if o == "Vale Post" else at, words, name) for o, at, words, name in MILL]
    page = told(claims, "How many people died in the fire at the mill?", mixed)
    assert "6 May 2031, 15:40 UTC+05:30" in page
    assert re.search(r"\d May 2031, 08:05 UTC<", page)
    assert 'class="courses"' not in page
    assert "at noon" not in page


def test_an_hour_without_a_zone_is_not_told_and_places_nothing(claims: Claims) -> None:
    bare = [(o, at.removesuffix("Z"), words, name) for o, at, words, name in MILL]
    page = told(claims, "How many people died in the fire at the mill?", bare)
    assert "15:40" not in re.sub(r'href="[^"]*"', "", page)
    assert 'class="courses"' not in page
    (data,) = re.findall(r'href="data:text/csv;charset=utf-8,([^"]+)"', page)
    zones = {r["outlet"]: r["zone"] for r in csv.DictReader(io.StringIO(unquote(data)))}
    assert zones == {
        "Harbour Times": "not given",
        "Vale Post": "not given",
        "Tide News": "",
        "Ridge Radio": "not given",
    }


def test_answers_in_words_can_be_had_as_data(claims: Claims) -> None:
    page = told(claims, "Was the north gate shut?", GATE)
    (name, data) = re.findall(r'download="([^"]+)" href="data:text/csv;charset=utf-8,([^"]+)"', page)[-1]
    assert re.fullmatch(r"Q1-was-the-north-gate-shut-\d{4}-\d\d-\d\d\.csv", name)
    rows = list(csv.DictReader(io.StringIO(unquote(data))))
    assert [(r["claim"], r["outlet"], r["credited"]) for r in rows] == [
        ("C1", "Harbour Times", "yes"),
        ("C2", "Vale Post", "no"),
    ]
    assert [r["quote"] for r in rows] == ["The north gate was shut", "The north gate was open all night"]
    assert all(len(r["sha256"]) == 64 and r["address"].startswith("https://") for r in rows)


def test_the_data_of_figures_have_their_ends_units_and_hedges_and_no_formula(claims: Claims) -> None:
    rows: list[Row] = [
        ("=Tide News", "2031-05-06", "The fire burnt at least 40 acres, Ana Brell said.", "Ana Brell"),
        ("Vale Post", "2031-05-07", "The fire burnt about 20 hectares, the Fire Watch said.", "Fire Watch"),
        ("Lorn Mail", "2031-05-08", "The fire burnt more than 60 acres, Ola Ferr said.", "Ola Ferr"),
    ]
    page = told(claims, "How much land did the fire burn?", rows)
    (data,) = re.findall(r'href="data:text/csv;charset=utf-8,([^"]+)"', page)
    first, second, third = csv.DictReader(io.StringIO(unquote(data)))
    assert [(r["low_inclusive"], r["high_inclusive"]) for r in (first, second, third)] == [
        ("yes", ""),
        ("yes", "yes"),
        ("no", ""),
    ]
    assert first["outlet"] == "'=Tide News"
    assert (first["original_low"], first["original_high"], first["original_unit"]) == ("40", "", "acres")
    assert (first["hedge"], first["hedge_words"], second["taken_as"]) == ("at_least", "at least", "10% either way")
    assert first["unit"] == second["unit"]
    assert (first["published"], first["as_of"]) == ("2031-05-06", "")


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        ("24 dead", "people killed"),
        ("24 people died", "people killed"),
        ("24 injured", "people wounded"),
        ("24 miners were injured", "people wounded"),
        ("24 houses burnt down", "houses"),
    ],
)
def test_what_is_counted_is_in_data_one_noun_and_one_word_for_what_became_of_it(
    claims: Claims, words: str, counted: str
) -> None:
    page = told(
        claims,
        "How many people died in the fire at the mill?",
        [("Tide News", "2031-05-06", f"{words} in the fire.", "")],
    )
    (data,) = re.findall(r'href="data:text/csv;charset=utf-8,([^"]+)"', page)
    assert [r["counted"] for r in csv.DictReader(io.StringIO(unquote(data)))] == [counted]


def test_the_data_say_whose_word_a_day_is_and_what_a_bare_figure_counts(claims: Claims) -> None:
    rows: list[Row] = [
        (
            "Tide News",
            "2031-05-06",
            "24 people were injured in the fire, Ana Brell said.",
            "Ana Brell",
        ),
        ("Vale Post", "2031-05-07", "The blast left 30 injured, the Fire Watch said.", "Fire Watch"),
        ("Lorn Mail", "2031-05-07", "The number of victims is at least 20, Ola Ferr said.", "Ola Ferr"),
    ]
    told(claims, "How many people were injured in the fire at the mill?", rows)
    line = json.loads(Path("told.jsonl").read_text().splitlines()[0])
    line["article"] |= {"url": "https://gull.example/1", "publisher": "Gull Gazette"}
    Path("told.jsonl").write_text(json.dumps(line | {"as_of": "2031-05-05T12:00"}))
    claims("import", "told.jsonl", "--no-input")
    claims("report", "Q1", "-o", "q.html")
    page = Path("q.html").read_text()
    (name, data) = re.findall(r'download="(Q[^"]+)" href="data:text/csv;charset=utf-8,([^"]+)"', page)[0]
    assert name.startswith("Q1-how-many-people-were-injured-in-the-fire-at-the-")
    by_outlet = {r["outlet"]: r for r in csv.DictReader(io.StringIO(unquote(data)))}
    first, second, third, dated = (by_outlet[o] for o in ("Tide News", "Vale Post", "Lorn Mail", "Gull Gazette"))
    assert (dated["as_of"], dated["as_of_hour"], dated["as_of_from"]) == ("2031-05-05", "12:00", "desk")
    assert (first["as_of"], second["as_of_from"]) == ("", "")
    assert (first["counted"], first["counted_words"], first["counted_from"]) == (
        "people wounded",
        "people injured",
        "claim",
    )
    assert (third["counted"], third["counted_from"]) == ("people wounded", "figures beside it")
    assert first["asked"] == "How many people were injured in the fire at the mill?"
    assert first["headline"]
    assert all(r["link"] == f"#{r['claim']}" and f'id="{r["claim"]}"' in page for r in (first, second, third))
    assert {(len(r["log_root"]), r["log_root"] in page, r["report_as_of"][:4]) for r in (first, second)} == {
        (64, True, first["report_as_of"][:4])
    }


def test_the_page_says_how_to_cite_it(claims: Claims) -> None:
    rows: list[Row] = [("Tide News", "2031-05-06", "24 people died in the fire, Ana Brell said.", "Ana Brell")]
    page = told(claims, "How many people died in the fire?", rows)
    cited = re.search(r"To cite this: “<bdi>How many.*?</bdi>”, as of .*, version \d+ of log <code.*?</p>", page)
    assert cited is not None
    assert "Published at" not in cited[0]
    claims("answer", "Q1", "24", "--low", "24", "--because", "nobody says otherwise", "--on", "C1")
    claims("publish", "Q1", "--to", "https://desk.example/mill")
    claims("report", "Q1", "-o", "q.html")
    again = Path("q.html").read_text()
    assert "Published at <bdi>https://desk.example/mill</bdi>." in again
    (data,) = re.findall(r'href="data:text/csv;charset=utf-8,([^"]+)"', again)
    (row,) = csv.DictReader(io.StringIO(unquote(data)))
    assert row["link"] == "https://desk.example/mill#C1"


def test_the_data_name_one_source_a_row_and_how_far_and_which_way_a_place_is(claims: Claims) -> None:
    rows: list[Row] = [
        ("Tide News", "2031-05-06", "The wreck lies 12 km north of Lorn.", ""),
        ("Vale Post", "2031-05-06", "The wreck lies 12 km north of Lorn.", ""),
        ("Gull Gazette", "2031-05-06", "The wreck lies off the old pier.", ""),
    ]
    page = told(claims, "Where does the wreck lie?", rows)
    (data,) = re.findall(r'href="data:text/csv;charset=utf-8,([^"]+)"', page)
    found = {r["outlet"]: r for r in csv.DictReader(io.StringIO(unquote(data)))}
    assert all(r["source"] == outlet for outlet, r in found.items())
    assert [(r["distance"], r["distance_unit"], r["direction"]) for r in found.values()] == [
        ("12", "km", "north"), ("12", "km", "north"), ("", "", ""),
    ]  # fmt: skip


SLIPS = [
    ("How far did the climber fall?", "The climber fell {}, police said.", "about 200 metres", "200 feet", True),
    (
        "How far off the coast did the ship lie?",
        "The ship lay {} off the coast, the port said.",
        "40 kilometres",
        "40 miles",
        True,
    ),
    ("How much does the pump move?", "The pump moves {} a minute, the works said.", "300 litres", "300 gallons", True),
    ("How much did the load weigh?", "The load weighed {}, the yard said.", "80 kilograms", "80 pounds", True),
    ("How long did the crew search?", "The crew searched for {}, the guard said.", "36 hours", "36 days", True),
    ("How far did the climber fall?", "The climber fell {}, police said.", "about 200 metres", "656 feet", False),
    ("How far did the climber fall?", "The climber fell {}, police said.", "about 200 metres", "61 metres", False),
    ("How long was the train held?", "The train was held for {}, the line said.", "two hours", "two days", False),
    ("How much did the load weigh?", "The load weighed {}, the yard said.", "80 tonnes", "80 tons", False),
    ("How far did the climber fall?", "The climber fell {}, police said.", "about 200 metres", "200 metres", False),
]


@pytest.mark.parametrize(("asked", "sentence", "one", "other", "told_so"), SLIPS)
def test_one_number_in_two_units_is_pointed_out(
    claims: Claims, asked: str, sentence: str, one: str, other: str, *, told_so: bool
) -> None:
    rows: list[Row] = [
        ("Harbour Times", "2031-05-06", sentence.format(one), "police"),
        ("Vale Post", "2031-05-06", sentence.format(other), ""),
    ]
    page = told(claims, asked, rows)
    assert ("One number stands in two units" in page) is told_so
    if told_so:
        assert "A unit may have been changed on the way." in page


def test_a_passage_is_folded_on_a_screen_and_whole_on_paper(claims: Claims) -> None:
    page = told(claims, "Was the north gate shut?", GATE)
    cards = [
        e for e in html5lib.parse(page, namespaceHTMLElements=False).iter("details") if "card" in e.get("class", "")
    ]
    assert [e.get("id") for e in cards] == ["C1", "C2"]
    summary = "".join(cards[0][0].itertext())
    assert "“The north gate was shut”" in summary, "its words can be read without opening it"
    paper = "\n".join(blocks.words(b) for b in blocks.blocks(page).blocks)
    beside = "".join(cards[0].itertext()).count("The north gate was shut")
    assert beside == 2, "the words to be read at once, and the passage"
    assert paper.partition("Who says what")[2].count("The north gate was shut, Ana Brell") == 1, "paper has it once"
    assert "The north gate was shut, Ana Brell said." in paper


@pytest.mark.parametrize(("most", "left"), [(4, 0), (3, 1)])
def test_a_question_of_many_claims_shows_the_first_passages_and_says_how_many_are_left(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, most: int, left: int
) -> None:
    monkeypatch.setattr(report, "MOST_CLAIMS", most)
    page = told(claims, "How many people died in the fire at the mill?", MILL)
    assert page.count('<details class="card told"') == 4 - left
    assert ("The passage of 1 more claim is not on this page" in page) is bool(left)
    assert "23 people" in page


def test_of_many_answers_the_first_are_open_and_all_are_on_paper(claims: Claims) -> None:
    rows: list[Row] = [
        (f"Vale{n} Post", "2031-05-06", f"{n} people died in the fire at the mill.", "") for n in range(100, 150)
    ]
    page = told(claims, "How many people died in the fire at the mill?", rows)
    folds = re.findall(r'<summary class="fold">(.*?)</summary>', page)
    assert "30 more sources" in folds, "twenty answers are open"
    paper = "\n".join(blocks.words(b) for b in blocks.blocks(page).blocks)
    assert all(f"{n} people died in the fire at the mill." in paper for n in range(100, 150))
    assert "30 more" not in paper


def test_many_claims_of_several_questions_are_told_in_short(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_CLAIMS", 5)
    told(claims, "How many people died in the fire at the mill?", MILL)
    lines = Path("told.jsonl").read_text().replace("mill", "quay").replace(".example/", ".example/quay-")
    Path("quay.jsonl").write_text(lines)
    claims("import", "quay.jsonl", "--no-input")
    claims("report", "all", "-o", "all.html")
    page = Path("all.html").read_text()
    assert "8 claims are too many for one page" in page
    assert '<details class="card' not in page
    assert page.count("What is disputed") == 2
    claims("report", "Q2", "-o", "q2.html")
    assert '<details class="card told"' in Path("q2.html").read_text()


def test_what_a_name_alone_tells_of_a_source_is_not_told(claims: Claims) -> None:
    page = told(claims, "Was the north gate shut?", GATE)
    assert re.search(r"<li>kind not checked: S\d+ [^.]*Ana Brell</bdi>", page)


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        ("PORT LORN, March 14 (Gull) - ", ""),
        ("PORT LORN, Norland (Gull Wire) - ", ""),
        ("LORN — ", ""),
        ("Gull Post, 14 March 2031, updated 19:20\n", ""),
        ("One week on\nTue 14 March 2031 10:42\nLORN (Gull) - ", ""),
        ("The gate stood open. ", "The gate stood open. "),
        ("The gate stood open.\n", "The gate stood open. "),
        ("NATO - the alliance - said it. ", "NATO - the alliance - said it. "),
        ('"The lock leaked. It was old," she said. ', "It was old,"),
        ("As the harbour office in Lorn told members, ", "As the harbour office in Lorn told members, "),
    ],
)  # fmt: skip
def test_a_passage_begins_behind_the_dateline_and_with_whole_quotations(before: str, shown: str) -> None:
    body, exact = f"{before}40 boats sank in the storm. The rest came home.", "40 boats sank in the storm"
    first, last = cards.around(body, body.index(exact), body.index(exact) + len(exact))
    passage = " ".join(body[first:last].split())
    if not shown:
        assert passage.startswith(exact), passage
    elif '"' not in before:
        assert passage.startswith(shown), passage
    assert passage.count('"') % 2 == 0


def test_a_publisher_that_is_only_guessed_to_be_no_outlet_publishes_no_statement(claims: Claims) -> None:
    rows: list[Row] = [
        (by, "2031-05-06", "40 boats were sold in 2030, Nora Vik said.", "Nora Vik")
        for by in ("Port Health Journal", "Gull Post")
    ]
    told(claims, "How many boats were sold in 2030?", rows)
    page = claims("report", "Q1", "--format", "text").out
    assert "statement of" not in page
    assert "own statement" not in page


@pytest.mark.parametrize(
    ("exact", "text", "told"),
    [
        ("No lock was hit", 'Nora Vik told us: "No lock was hit."', "“No lock was hit” — Nora Vik"),
        (
            '"No lock was hit," she said',
            '"No lock was hit," she said on Monday.',
            " — Nora Vik, in the words of Gull Post",
        ),
        (
            "the lock was hit",
            "Nora Vik said the lock was hit.",
            "“the lock was hit” — Nora Vik, in the words of Gull Post",
        ),
    ],
)
def test_words_in_quotation_marks_are_those_of_who_is_quoted(claims: Claims, exact: str, text: str, told: str) -> None:
    claims("capture", claims.file("a.txt", text), "--publisher", "Gull Post", "--published", "2031-05-13")
    claims("add", exact, "--article", "A1", "--by", "Nora Vik", "--question", "What was hit?", "--no-input")
    claims("amend", "C1", "--answer", "denied: the lock")
    assert told in " ".join(claims("report", "Q1", "--format", "text").out.split())


def test_an_answer_of_the_desk_holds_its_scope_in_its_own_brackets() -> None:
    assert with_part("[no]", "whether he knew") == "[no (whether he knew)]"
    assert with_part("22 crew", "by lifeboat") == "22 crew [by lifeboat]"
    assert with_part("[no]", "") == "[no]"


def test_a_later_count_is_no_further_way_in_which_a_source_is_reported(claims: Claims) -> None:
    rows: list[Row] = [
        (by, f"2031-05-0{day}", f"the slick fouled about {n} of coast, Ana Brell said.", "Ana Brell")
        for by, day, n in (
            ("Vale Post", 6, "four kilometres"),
            ("Tide News", 6, "four miles"),
            ("Ridge Radio", 9, "31 km"),
        )
    ]
    told(claims, "What length of coast was fouled?", rows)
    page = " ".join(claims("report", "Q1", "--format", "text").out.split())
    disputed = page[page.index("What is disputed") : page.index("Who was asked")]
    assert "What Ana Brell said is reported in more than one way" in disputed
    assert "Also reported" not in disputed
    short = page[page.index("In short") : page.index("Who says what")]
    assert "Ana Brell says" not in short
    assert "to about 31 km (9 May 2031)" in short


def test_people_stand_under_people_and_a_blog_under_blogs() -> None:
    made = [
        records.Source(id=f"S{n}", name=name, kind=kind, kind_guessed=guessed)
        for n, (name, kind, guessed) in enumerate((
            ("Ana Brell (harbour spokeswoman)", SourceKind.GOVERNMENT, False),
            ("Jan van Ost (Orm Bank head)", SourceKind.COMPANY, False),
            ("Lorn Port Council (north office)", SourceKind.GOVERNMENT, False),
            ("Weir Watch (blog)", SourceKind.NEWS_OUTLET, False),
            ("Vale Post", SourceKind.NEWS_OUTLET, False),
            ("Orm (North)", SourceKind.COMPANY, False),
            ("Gull", SourceKind.COMPANY, True),
        ))
    ]  # fmt: skip
    listed = {kind: [s.name for s in some] for kind, some in captions.kinds_of(made, ENGLISH)}
    assert listed["blog"] == ["Weir Watch (blog)"]
    assert listed["person"] == ["Ana Brell (harbour spokeswoman)", "Jan van Ost (Orm Bank head)"]
    assert listed["government"] == ["Lorn Port Council (north office)"]
    assert [*listed][-1] == "kind not checked"


def test_an_answer_of_the_desk_stands_under_each_article_that_has_another_one(claims: Claims) -> None:
    rows: list[Row] = [
        ("Vale Post", "2031-05-06", "There were no talks at all with the board, Ana Brell said.", "Ana Brell"),
        ("Tide News", "2031-05-07", "There were talks with the board just once, Ana Brell said.", "Ana Brell"),
    ]
    told(claims, "Were there talks with the board?", rows)
    claims("amend", "C1", "--answer", "no")
    claims("amend", "C2", "--answer", "no, one meeting")
    page = " ".join(claims("report", "Q1", "--format", "text").out.split())
    assert "Our reading: no" in page
    assert page.count("one meeting") >= 1


def test_a_headline_on_top_says_something_of_the_question(claims: Claims) -> None:
    rows: list[Row] = [
        (by, "2031-05-06", f"{n} boats sank, Ana Brell said.", "Ana Brell")
        for n, by in enumerate(("Vale Post", "Tide News"), 7)
    ]
    page = told(claims, "How many vessels went under in May?", rows)
    assert "From the headlines" not in page
