"""The pictures: where a figure stands, which end is open, what is said in words, what the graph joins."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.reports import captions, pictures, timeline
from ledger.reports.graph import NOBODY, Way
from ledger.reports.graph import drawn as drawn_ways
from ledger.reports.report import Axis, Mark, Past
from ledger.reports.words import ENGLISH, words_of

SVG = "{http://www.w3.org/2000/svg}"


def mark(low: str | None, high: str | None, **more: object) -> Mark:
    given = {
        "label": "The Watch",
        "words": "40 people",
        "soft": False,
        "vague": False,
        "party": False,
    } | more
    return Mark(low=low, high=high, **given)  # type: ignore[arg-type]


def drawn(*marks: Mark, unit: str = "") -> ET.Element:
    return ET.fromstring(pictures.ranges(Axis("people killed", None, marks, unit=unit), key="k"))


def test_a_plot_says_its_figures_where_no_list_stands_beside_it() -> None:
    axis = Axis("people killed", None, (mark("40", "40"), mark("10", None, label="The army", words="at least 10")))
    assert "The Watch: 40 people; The army: at least 10<" in pictures.ranges(axis, key="k")
    assert "2 figures, 10 to 40; the list follows<" in pictures.ranges(axis, key="k", beside=True)


def classes(svg: ET.Element, name: str) -> list[ET.Element]:
    return [e for e in svg.iter() if e.attrib.get("class") == name]


def percent(e: ET.Element, name: str) -> float:
    return float(e.attrib[name].rstrip("%"))


@pytest.mark.parametrize(
    ("low", "high", "dots", "bars", "arrows"),
    [("40", "40", 1, 0, 0), ("40", None, 1, 1, 1), (None, "40", 1, 1, 0), ("20", "30", 2, 1, 0), (None, None, 0, 0, 0)],
)
def test_a_figure_is_a_dot_a_range_a_bar_and_an_open_end_an_arrow(
    low: str | None, high: str | None, dots: int, bars: int, arrows: int
) -> None:
    svg = drawn(mark(low, high), mark("10", "60"))
    first = classes(svg, "mark")[0]
    assert [len(classes(first, name)) for name in ("dot", "bar", "open")] == [dots, bars, arrows]


def test_at_least_points_to_the_right_and_at_most_to_the_left_but_no_count_is_below_zero() -> None:
    floor, ceiling = (classes(drawn(m), "bar")[0] for m in (mark("40", None), mark(None, "40")))
    assert percent(floor, "x2") > percent(floor, "x1") > 10
    long = [percent(bar, "x2") - percent(bar, "x1") for bar in (floor, ceiling)]
    assert long[0] == long[1] < 10, "an open end is short, however far it may reach"
    low, far = drawn(mark(None, "4"), mark("30", "30")), drawn(mark(None, "400"), mark("420", "420"))
    assert not classes(low, "open")
    assert percent(classes(low, "bar")[0], "x1") == float(pictures.LEFT)
    assert classes(far, "open")


def test_more_than_is_a_ring_and_nearly_a_band_up_to_one() -> None:
    more = drawn(mark("40", None, beyond=True), mark("60", "60"))
    assert (len(classes(more, "ring")), len(classes(more, "dot"))) == (1, 1)
    nearly = drawn(mark(None, "60", soft=True, beyond=True, nearly=True), mark("60", "60"))
    (band,), (ring,), (dot,) = (classes(nearly, name) for name in ("soft", "ring", "dot"))
    assert not classes(nearly, "open") + classes(nearly, "bar")
    assert percent(band, "x1") < percent(band, "x2") == percent(ring, "cx") == percent(dot, "cx")


def test_figures_of_very_different_size_stand_on_a_tenfold_scale_that_says_so() -> None:
    marks = mark("12", "12"), mark("1200000", "1200000")
    first, second = (percent(dot, "cx") for dot in classes(drawn(*marks), "dot"))
    assert first < second < 90
    assert "the scale goes up tenfold from line to line" in pictures.keys([Axis("people", None, marks)], ENGLISH)
    assert [f"{t:,f}" for t in pictures.ticks(pictures.scale_of(["12", "1200000"]))][:3] == ["10", "100", "1,000"]


def test_the_key_explains_the_marks_that_occur_and_no_others() -> None:
    def told(*marks: Mark) -> list[str]:
        return [k for k in pictures.keys([Axis("people", None, marks)], ENGLISH) if k != cut]

    cut = "two strokes: the scale does not begin at zero"
    assert cut in pictures.keys([Axis("people", None, (mark("48", "50"),))], ENGLISH)
    assert cut not in pictures.keys([Axis("people", None, (mark("40", "50"),))], ENGLISH), "a fifth less looks like it"
    assert told(mark("40", "40")) == ["dot: a figure as stated"]
    assert told(mark("24", "99", vague=True, words="dozens")) == ["dashes: “dozens”, taken as 24 to 99"]
    assert told(mark("40", None, beyond=True)) == [
        "arrow: open that way, “at least” or “at most”; its length says nothing",
        "ring: above or below that number, not the number itself",
    ]
    assert told(mark("40", "40", soft=True))[1:] == [
        "pale band: “about” or a fraction such as “half”, taken as 10 % either way",
    ]


def test_what_a_source_said_before_is_grey_dated_and_on_the_scale() -> None:
    past = Past("at least 9 people", "as of 6 May 2031", "9", None), Past("2 people", "published 5 May 2031", "2", "2")
    svg = drawn(mark("40", "40", dated="as of 7 May 2031", earlier=past))
    old, (now,) = classes(svg, "old"), classes(svg, "dot")
    assert 0 <= percent(old[1], "cx") < percent(old[0], "cx") < percent(now, "cx")
    lines = [e.text for e in classes(svg, "words")]
    assert lines[0] == "40 people · as of 7 May 2031"
    assert " ".join(filter(None, lines[1:])) == (
        "Earlier: “2 people” (published 5 May 2031) and “at least 9 people” (as of 6 May 2031)."
    )
    many = mark("40", "40", earlier=tuple(Past(f"{n} people", "", str(n), str(n)) for n in range(30)))
    assert "26 earlier figures not listed." in "".join(drawn(many).itertext())


def test_what_about_is_taken_for_is_never_cut_and_zero_stands_left_of_a_tenfold_scale() -> None:
    (band,) = classes(drawn(mark("50", "50", soft=True), mark("51", "51")), "soft")
    assert float(pictures.LEFT) < percent(band, "x1") < percent(band, "x2") < float(pictures.RIGHT)
    svg = drawn(mark("0", "0"), mark("12", "12"), mark("1200000", "1200000"))
    places = [percent(dot, "cx") for dot in classes(svg, "dot")]
    assert places[0] == float(pictures.LEFT) < places[1] - 5 < places[2]
    assert [t.text for t in classes(svg, "tick")][:3] == ["0", "100", "10,000"]


def test_a_caption_says_what_is_counted_where_and_when() -> None:
    marks = mark("40", None), mark("44", "44", soft=True)
    axis = Axis("people killed", None, marks, unit="people", place="Cape Lorn", when="May 2031")
    assert captions.caption(axis, ENGLISH) == "People killed in Cape Lorn, May 2031"
    share = Axis("voters", None, marks[:1], unit="percent")
    assert captions.caption(share, ENGLISH) == "Percent of voters"
    for title, said in (
        ("killed", "People killed"),
        ("injured", "People injured"),
        ("rebels", "Rebels"),
        ("people", "People"),
    ):
        assert captions.caption(Axis(title, None, marks, unit="people"), ENGLISH) == said
    assert next(t.text for t in classes(drawn(mark("40", "40"), unit="percent"), "tick")) == "35 %"


def test_what_no_plot_shows_is_told_with_the_reason() -> None:
    tons = Axis("grain", "it covers 1931", (mark("500", None, label="The mill", words="at least 500 tons"),))
    bare = Axis("grain", None, (mark("7", "7", words="7 tons"),))
    assert captions.undrawn([tons, bare], ENGLISH) == (
        "Not drawn: The mill: at least 500 tons, because it covers 1931; The Watch: 7 tons."
    )
    assert captions.undrawn([], ENGLISH) == ""


def test_thick_lines_and_what_a_relay_hides_are_told_where_they_occur() -> None:
    def told(*ways: tuple[str, str, str]) -> str:
        made = drawn_ways([Way(outlet, ((relay, relay),) if relay else (), (to, to)) for outlet, relay, to in ways])
        return " ".join(pictures.shared(made, ENGLISH))

    assert told(("Post", "", "mill"), ("Times", "", "union")) == ""
    assert told(("Post", "", "mill"), ("Post", "", "mill"), ("Times", "", "union")) == (
        "A thicker line stands for more statements."
    )
    assert "which outlet has which source" in told(("Post", "wire", "mill"), ("Times", "wire", "union"))
    assert "which outlet has which source" not in told(("Post", "wire", "mill"), ("Times", "wire", "mill"))


def test_one_figure_alone_is_no_plot_but_one_with_what_it_was_before_is() -> None:
    assert not pictures.compares(Axis("people killed", None, (mark("40", "40"),)))
    assert pictures.compares(Axis("people killed", None, (mark("40", "40"), mark("44", "44"))))
    assert pictures.compares(Axis("people killed", None, (mark("40", "40", earlier=(Past("9", "", "9", "9"),)),)))


@pytest.mark.parametrize(
    ("converted", "said", "drawn"), [("60.96", "200", "61"), ("54.717696", "34", "55"), ("1.609344", "1", "1.6")]
)
def test_a_converted_figure_is_as_exact_as_its_words(converted: str, said: str, drawn: str) -> None:
    assert timeline.as_exact(converted, said) == drawn


def test_about_has_a_soft_edge_and_a_vague_word_a_dashed_bar() -> None:
    assert classes(drawn(mark("40", "40", soft=True)), "soft")
    assert not classes(drawn(mark("40", "40")), "soft")
    assert "stroke-dasharray" in classes(drawn(mark("24", "99", vague=True)), "bar")[0].attrib


def test_parties_are_marked() -> None:
    text = "".join(drawn(mark("40", "40", party=True)).itertext())
    assert "party" in text
    assert "×" not in "".join(drawn(mark("40", "40")).itertext())


def test_every_picture_has_a_title_and_says_in_words_what_it_shows() -> None:
    svg = drawn(mark("40", None, words="at least 40 people"))
    assert svg.attrib["role"] == "img"
    named = {e.attrib["id"] for e in svg.iter() if "id" in e.attrib}
    assert set(svg.attrib["aria-labelledby"].split()) <= named
    assert "The Watch: at least 40 people" in "".join(svg.itertext())


figures = st.decimals(min_value=-(10**6), max_value=10**12, allow_nan=False, allow_infinity=False, places=2).map(
    lambda d: f"{d:f}"
)


@given(st.lists(figures, min_size=1, max_size=6))
def test_larger_figures_stand_further_right_and_all_inside(values: list[str]) -> None:
    svg = drawn(*(mark(v, v) for v in values))
    places = [percent(dot, "cx") for dot in classes(svg, "dot")]
    assert all(0 <= p <= 100 for p in places)
    by_value = [p for _, p in sorted(zip(map(Decimal, values), places, strict=True))]
    assert by_value == sorted(by_value)


@given(figures, figures)
def test_the_scale_has_a_few_round_numbers_inside_it(a: str, b: str) -> None:
    low, high = sorted((Decimal(a), Decimal(b) + 1))
    found = pictures.ticks(pictures.Scale(low, high))
    assert 1 <= len(found) <= 7
    assert all(low <= v <= high for v in found)


@pytest.mark.parametrize("stated", [("24", "130"), ("5", "249"), ("400", "450"), ("7",), ("-5", "3"), ("0.2", "0.9")])
def test_the_highest_figure_stands_below_a_number_of_the_scale(stated: tuple[str, ...]) -> None:
    scale = pictures.scale_of(stated)
    assert (
        scale.low <= min(map(Decimal, stated)) <= max(map(Decimal, stated)) <= pictures.ticks(scale)[-1] <= scale.high
    )


@given(st.text(max_size=80))
def test_any_text_makes_well_formed_xml(text: str) -> None:
    svg = drawn(mark("40", "40", label=text, words=text))
    assert len(classes(svg, "dot")) == 1
    graph = drawn_ways([Way(text, (), ("s", text))])
    assert len(classes(ET.fromstring(pictures.origins(graph, key="g")), "edge")) == 1


WATCH, WIRE = ("s", "The Watch"), ("w", "Nordwire")


def test_the_graph_draws_each_node_once_and_joins_them() -> None:
    ways = [Way("Tide News", (WIRE,), WATCH), *[Way("Island Post", (), WATCH)] * 4]
    svg = ET.fromstring(pictures.origins(drawn_ways(ways), key="g"))
    assert [len(classes(svg, f"node {k}")) for k in ("outlet", "relay", "origin")] == [2, 1, 1]
    widths = sorted(float(e.attrib["stroke-width"]) for e in classes(svg, "edge"))
    assert widths == [2.5, 2.5, 5.5, 5.5, 5.5]
    assert "From The Watch: Nordwire and Island Post" in "".join(svg.itertext())


def test_outlets_that_name_no_source_have_an_open_end_each_and_no_box_in_common() -> None:
    ways = [Way("Tide News", (), NOBODY), Way("Island Post", (), NOBODY), Way("Island Post", (), WATCH)]
    svg = ET.fromstring(pictures.origins(drawn_ways(ways), key="g"))
    assert [len(classes(svg, f"node {k}")) for k in ("outlet", "origin")] == [2, 1]
    ends = [e.attrib["cy"] for of in classes(svg, "nobody") for e in of if e.tag.endswith("circle")]
    assert len(ends) == len({*ends}) == 2
    assert "No source named in the sentence: Tide News and Island Post" in "".join(svg.itertext())


def test_an_empty_graph_is_still_a_picture() -> None:
    assert ET.fromstring(pictures.origins(drawn_ways([]), key="g")).tag == f"{SVG}svg"


names = st.sampled_from("abcdefgh")
ways = st.builds(
    Way, names, st.lists(names.map(lambda n: (f"r{n}", n)), max_size=3).map(tuple), names.map(lambda n: (n, n))
)


@given(st.lists(ways, min_size=1, max_size=30), st.booleans())
def test_no_line_runs_behind_a_box_that_is_not_on_its_way(ways: list[Way], rtl: bool) -> None:
    svg = ET.fromstring(pictures.origins(drawn_ways(ways), key="g", words=words_of("ar") if rtl else ENGLISH))
    boxes = [[float(r.attrib[k]) for k in ("x", "y", "width", "height")] for r in svg.iter(f"{SVG}rect")]
    for line in classes(svg, "edge"):
        points = [float(n) for n in re.findall(r"-?[0-9.]+", line.attrib["d"])]
        across, down = points[0::2], points[1::2]
        for x, y, wide, high in boxes:
            beside = max(across) <= x or min(across) >= x + wide
            assert beside or max(down) < y or min(down) > y + high, line.attrib["d"]


def test_of_two_hundred_outlets_each_stands_in_a_box_and_the_rest_is_counted() -> None:
    ways = [Way(f"Outlet {i}", (WIRE,) if i % 3 else (), (f"s{i // 4}", f"Source {i // 4}")) for i in range(200)]
    graph = drawn_ways(ways)
    columns = [[n for n in graph.nodes if n.column == i and n.kind != "lane"] for i in range(graph.columns)]
    assert [len(c) for c in columns] == [24, 1, 24]
    assert sum(bool(n.label) + n.label.count(", ") + n.more for n in columns[0]) == 200
    assert sum(bool(n.label) + n.more for n in columns[-1]) == 50
    assert sum(e.claims for e in graph.edges if e.end.startswith("origin")) == 200
    said = pictures.shared(graph, ENGLISH)
    assert said[1].startswith("In one box each: ")
    assert said[1].endswith("27 more sources.")
    assert not [line for line in pictures.shared(drawn_ways(ways[:8]), ENGLISH) if "box" in line or "share" in line]
