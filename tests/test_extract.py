"""Bytes to text, pages to articles, and the credit lines that articles print."""

from __future__ import annotations

import codecs
import json
import re
import time
from contextlib import suppress
from importlib import import_module

import pytest
from conftest import Claims
from hypothesis import given
from hypothesis import strategies as st

from ledger import extract
from ledger.errors import BadInput
from ledger.extract import article_finder, heading, webpage
from ledger.extract.notation import written_out

TEXT = "The harbour office said “at least 40” boats left Marsala – café owners agreed.\r\n\r\nNobody else did.\n"
BODY = """
<p>MARSALA (Reuters) - The harbour office said on Monday that at least 40 boats had left the port since the morning.</p>
<p>A fisherman, who asked not to be named, spoke of “nearly 60” and said that more would follow before the storm.</p>
<p>The mayor denied that anybody had been told to leave, and the coast guard could not be reached for comment.</p>
"""


def page(head: str = "", *, body: str = BODY, lang: str = ' lang="en-GB"') -> str:
    return f"<!doctype html><html{lang}><head>{head}</head><body><nav>Home</nav><article>{body}</article></body></html>"


def linked(**thing: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


def test_what_the_finder_of_articles_does_without_is_there_for_everybody_else() -> None:
    article_finder.trafilatura()
    assert [import_module(name).__file__ for name in article_finder.ABSENT if name != "urllib3.response"]


# --- encodings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "declared", "encoding"),
    [
        (TEXT.encode(), None, "utf-8"),
        (TEXT.encode(), "windows-1252", "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "windows-1252", "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), None, "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None, "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), None, "utf-32-le"),
        (TEXT.encode("cp1252"), "ISO-8859-1", "cp1252"),
        (TEXT.encode("cp1252"), ' "Windows-1252" ', "cp1252"),
        (TEXT.encode(), "utf8", "utf-8"),
        (TEXT.encode(), "no such thing", "utf-8"),
        (TEXT.encode(), "zlib_codec", "utf-8"),
        (TEXT.encode(), "unicode_escape", "utf-8"),
        (TEXT.encode(), "utf-7", "utf-8"),
        (TEXT.encode(), "utf-16", "utf-8"),
        (TEXT.encode(), "\x00", "utf-8"),
    ],
)
def test_stated_encoding_is_used_and_not_called_a_guess(data: bytes, declared: str | None, encoding: str) -> None:
    got = extract.decode(data, name="a.txt", declared=declared)
    assert (got.encoding, got.guessed) == (encoding, False)
    assert got.text == TEXT


FRENCH = "Le café était fermé, a déclaré le maire après la réunion de noël."
RUSSIAN = (
    "Портовая служба сообщила, что не менее сорока судов покинули гавань в понедельник утром. Мэр это отрицает. " * 4
)
ARABIC = "قال مكتب الميناء إن أربعين قاربا على الأقل غادرت المرفأ صباح يوم الاثنين ونفى رئيس البلدية ذلك. " * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT * 4, "cp1252"),
        (FRENCH, "cp1252"),
        ("Le café était fermé.\n" * 50, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (ARABIC, "cp1256"),
    ],
)
def test_unstated_encoding_is_guessed_and_said_to_be(text: str, encoding: str) -> None:
    got = extract.decode(text.encode(encoding), name="a.txt")
    assert got.guessed
    assert got.text == text
    assert got.encoding == encoding


@pytest.mark.parametrize("label", ["shift_jis", "koi8-r", "iso-8859-1"])
def test_wrong_label_is_overruled_by_valid_utf8(label: str) -> None:
    got = extract.decode(RUSSIAN.encode(), name="a.txt", declared=label)
    assert (got.text, got.encoding, got.guessed) == (RUSSIAN, "utf-8", False)


def test_wide_label_on_narrow_bytes_is_overruled() -> None:
    assert extract.decode(b"Forty boats left", name="a.txt", declared="utf-16le").text == "Forty boats left"


def test_seven_bit_encoding_is_read_by_its_label() -> None:
    text = "港の事務所は四十隻と言った。"
    assert extract.decode(text.encode("iso-2022-jp"), name="a.txt", declared="ISO-2022-JP").text == text


@given(st.text(min_size=1).filter(lambda t: t.isprintable() and t.strip()))
def test_text_in_utf8_comes_back_whole(text: str) -> None:
    assert extract.decode(text.encode(), name="a.txt").text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a\x00b", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"PK\x03\x04rest", "zip"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"SQLite format 3\x00", "database"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\x00", "U+0000"),
        (codecs.BOM_UTF16_LE + b"a", "utf-16"),
        (codecs.BOM_UTF8 + b"\xff\xfe", "utf-8"),
        (codecs.BOM_UTF8, "empty"),
        (b" \r\n\t", "empty"),
        ("\u00a0\u2003".encode(), "empty"),
        (b"\x01\x02\x03\x04abc", "binary"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadInput) as caught:
        extract.decode(data, name="a.txt")
    assert says in caught.value.message
    assert "a.txt" in caught.value.message
    assert caught.value.hint


@given(st.binary(min_size=1, max_size=300), st.none() | st.text(max_size=20))
def test_any_bytes_are_text_or_refused(data: bytes, declared: str | None) -> None:
    with suppress(BadInput):
        got = extract.decode(data, name="a.txt", declared=declared)
        assert "\x00" not in got.text
        assert got.text.encode().decode() == got.text


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "media_type", "html"),
    [
        (b"<p>x", "a.html", None, True),
        (b"<p>x", "A.HTM", None, True),
        (b"<p>x", "a.txt", None, False),
        (b"\xef\xbb\xbf\n <!DOCTYPE HTML><title>x", "-", None, True),
        (b"<?xml version='1.0'?><html xmlns='x'>", "-", None, True),
        (b"<?xml version='1.0'?><rss>", "-", None, False),
        (b"<html><p>x", "a.txt", "text/plain", False),
        (b"hello", "", "text/html", True),
        (b"The <html> element", "-", None, False),
    ],
)
def test_html_is_told_from_text(data: bytes, name: str, media_type: str | None, html: bool) -> None:
    assert extract.is_html(data, name=name, media_type=media_type) is html


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (b'<html><meta charset="Windows-1251">', "Windows-1251"),
        (b"<meta http-equiv=Content-Type content='text/html; charset=koi8-r'>", "koi8-r"),
        (b"<?xml version='1.0' encoding='ISO-8859-1'?>", "ISO-8859-1"),
        (b"<html>no word of it", None),
        (b"charset" + b" " * 100_000, None),
    ],
)
def test_page_states_its_encoding(data: bytes, label: str | None) -> None:
    assert extract.declared_encoding(data) == label


def test_article_is_taken_without_what_stands_around_it() -> None:
    got = extract.html(page(), name="a.html")
    assert got.extractor.startswith("trafilatura 2")
    assert [line.split()[0] for line in got.text.splitlines()] == ["MARSALA", "A", "The"]
    assert "“nearly 60”" in got.text
    assert "Home" not in got.text


ARTICLE = {
    "@type": "NewsArticle", "headline": "Boats leave", "datePublished": "2026-03-02T09:30:00.000+01:00",
    "author": [{"@type": "Person", "name": "Ann Roe"}, {"name": "Tom Vik"}], "publisher": {"name": "Marsala Times"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        (linked(**ARTICLE), "title", "Boats leave"),
        (linked(**ARTICLE), "byline", "Ann Roe, Tom Vik"),
        (linked(**ARTICLE), "publisher", "Marsala Times"),
        (linked(**ARTICLE), "published_at", "2026-03-02T09:30:00+01:00"),
        (linked(**{"@graph": [{"@type": "WebPage"}, ARTICLE]}), "byline", "Ann Roe, Tom Vik"),
        (linked(**{**ARTICLE, "@type": ["Thing", "ReportageNewsArticle"]}), "title", "Boats leave"),
        ('<meta property="og:title" content="Boats  leave">', "title", "Boats leave"),
        ('<meta property="og:site_name" content="Marsala Times">', "publisher", "Marsala Times"),
        ('<meta property="article:published_time" content="2026-03-02">', "published_at", "2026-03-02"),
        ('<meta property="article:published_time" content="2026-03-02 09:30">', "published_at", "2026-03-02T09:30"),
        ('<meta name="author" content="Ann Roe">', "byline", "Ann Roe"),
        ('<link rel="canonical" href="https://news.example/a">', "url", "https://news.example/a"),
        ("<title>Boats leave</title>", "title", "Boats leave"),
    ],
)
def test_page_says_of_itself(head: str, field: str, value: str) -> None:
    meta = extract.html(page(head), name="a.html").meta
    assert getattr(meta, field) == extract.Stated(value, "page")


def test_page_that_says_nothing_has_nothing_but_its_language() -> None:
    meta = extract.html(page(), name="a.html").meta
    assert meta == extract.Meta(language=extract.Stated("en-GB", "page"))


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type": "NewsArticle", </script>',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">[null, 3, {"@type": 7, "@graph": "x"}]</script>',
        linked(**{"@type": "NewsArticle", "author": 7, "publisher": [], "datePublished": {"x": 1}, "headline": ["x"]}),
        '<meta property="article:published_time" content="yesterday">',
        '<link rel="canonical" href="javascript:alert(1)"><link rel="canonical" href="/a">',
        "<meta><link><html lang=''><html lang='</script>'>",
        "<!" + "[CDATA[" * 5000,
        "<" * 50_000,
        "<" * 10**7,
        "<div>" * 3000,
        "<a href=x>x</a>" * 15_000,
        "<meta name=a content='" + "a=b " * 10**6 + "'>",
        "&#0;&#xD800;&#x110000;",
        '<script type="application/ld+json">' + '"\\' * 300_000 + "</script>",
    ],
)
def test_damaged_or_hostile_markup_leaves_the_article(head: str) -> None:
    began = time.process_time()
    with suppress(BadInput):
        got = extract.html(page(head), name="a.html")
        assert got.text.encode()
        assert "\x00" not in got.text
        assert got.meta.published_at is None
        assert got.meta.url is None
    assert time.process_time() - began < 5


def test_overlong_and_control_characters_are_kept_out_of_what_a_page_says() -> None:
    title = "a\x1b[2J\u202eb" + "c" * 5000
    meta = extract.html(page(f'<meta property="og:title" content="{title}">'), name="a.html").meta
    assert meta.title is not None
    assert meta.title.value.startswith("a [2J bc")
    assert len(meta.title.value) == 1000


@pytest.mark.parametrize(
    "markup",
    [
        "<p hidden>{}</p>", "<template><p>{}</p></template>", '<p style="display:none">{}</p>',
        '<p style="color: red; DISPLAY : none !important">{}</p>', '<div style="visibility: hidden"><p>{}</p></div>',
        '<p style="font-size:0">{}</p>', '<p style="font-size: 0px;">{}</p>',
        '<p style="position:absolute; left:-9999px">{}</p>', '<p style="text-indent:-10000px">{}</p>',
    ],
)  # fmt: skip
@pytest.mark.parametrize("body", [BODY, "<p>The harbour office said 40 boats had left.</p>"])
def test_what_a_page_hides_from_its_readers_is_not_in_its_text(markup: str, body: str) -> None:
    hidden = "The minister said that at least 999 people had died."
    got = extract.html(page(body=body + markup.format(hidden) + "<p>It was calm at noon.</p>"), name="a.html")
    assert "999" not in got.text
    assert "had left" in got.text


@pytest.mark.parametrize(
    "markup",
    ['<p style="display:block">{}</p>', '<p style="font-size:0.9em">{}</p>', '<p style="left:-12px">{}</p>',
     '<p hidden="until-found">{}</p>'],
)  # fmt: skip
def test_what_a_page_shows_stays_in_its_text(markup: str) -> None:
    shown = "The minister said that at least 999 people had left the town."
    assert shown in extract.html(page(body=BODY + markup.format(shown)), name="a.html").text


def test_a_page_that_is_hidden_until_it_is_loaded_is_read() -> None:
    whole = page().replace("<body>", '<body style="visibility:hidden">')
    assert "at least 40 boats" in extract.html(whole, name="a.html").text


def test_digits_that_a_page_turns_around_are_no_figure_without_a_mark() -> None:
    turned = "<p>The harbour office said that \u202e04\u202c boats had left the port before the storm came.</p>"
    assert "\ufffd04" in extract.html(page(body=turned + BODY), name="a.html").text


@pytest.mark.parametrize("markup", ["", "<html></html>", "<script>x</script>", "<p></p>"])
def test_page_without_an_article_is_refused(markup: str) -> None:
    with pytest.raises(BadInput) as caught:
        extract.html(markup, name="a.html")
    assert caught.value.hint


# --- credit lines -------------------------------------------------------------------------------------------------

FIRST = "Boats leave the port before the storm, officials say."


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        (f"{FIRST}\nWith agency inputs", "With agency inputs"),
        (f"{FIRST}\n(With inputs from agencies)\n", "With inputs from agencies"),
        (f"{FIRST}\r\n\r\n  With inputs from AFP  \r\n", "With inputs from AFP"),
        (f"{FIRST}\nWith additional reporting by Reuters", "With additional reporting by Reuters"),
        (f"{FIRST}\nWith agencies\nLatest news", "With agencies"),
        (f"{FIRST}\nAgencies", "Agencies"),
        (f"{FIRST}\nSource: Agencies", "Source: Agencies"),
        (f"{FIRST}\nSource: Reuters", "Source: Reuters"),
        (f"{FIRST}\n— AFP", "AFP"),
        (f"{FIRST}\nReuters/AP", "Reuters/AP"),
        (f"{FIRST}\nAFP and The Associated Press", "AFP and The Associated Press"),
        (f"{FIRST}\nReporting by Ann Roe; editing by Tom Vik", "Reporting by Ann Roe; editing by Tom Vik"),
        (
            f"{FIRST}\nThe Associated Press contributed to this report.",
            "The Associated Press contributed to this report",
        ),
        (f"{FIRST} (Reuters)", "Reuters"),
        (f"{FIRST} — AFP", "AFP"),
        (f"“It is late.” [Xinhua]\n{FIRST}", "Xinhua"),
        (f"MARSALA (Reuters) - {FIRST}", "MARSALA (Reuters) -"),
        (f"MARSALA, March 2 (Xinhua) -- {FIRST}", "MARSALA, March 2 (Xinhua) --"),
        (f"Marsala, Italy (AP) — {FIRST}", "Marsala, Italy (AP) —"),
        (f"MOSCOW /TASS/ {FIRST}", "MOSCOW /TASS/"),
        (f"MARSALA (Reuters) - {FIRST}\nWith agency inputs", "With agency inputs"),
        (FIRST, None),
        ("", None),
        ("The minister met agencies and their heads.", None),
        ("The mayor told Reuters that boats had left.", None),
        ("The mayor (Reuters could not reach him) denied it.", None),
        ("Ann Roe (AP style)", None),
        ("With agency heads in the room, the mayor denied that anybody had been told to leave the port.", None),
        ("It is late. (Ann Roe)", None),
        ("Marsala (Italy) - It is late.", None),
        ("The boats left. They came back. — Ann", None),
        ("Agencies of the government met.", None),
    ],
)
def test_credit_is_found_where_an_article_prints_one(text: str, credit: str | None) -> None:
    assert extract.find_credit(text) == credit


@given(st.text(max_size=300))
def test_credit_stands_in_the_text(text: str) -> None:
    credit = extract.find_credit(text)
    assert credit is None or credit in text


@pytest.mark.parametrize("unit", ["with ", "(Reuters ", "A, ", "with a b c ", ". — ", "source: ", "/", "A/ "])
def test_credit_is_sought_in_linear_time(unit: str) -> None:
    began = time.process_time()
    for text in (unit * 200_000, (unit * 20 + "\n") * 5000):
        extract.find_credit(text)
    assert time.process_time() - began < 3


# --- markup that changes a figure -----------------------------------------------------------------------------------


def first_line(markup: str) -> str:
    return extract.html(page(body=f"<p>{markup}</p>{BODY}"), name="a.html").text.splitlines()[0]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("At least 70<sup>3</sup> trees fell in the park.", "At least 70 trees fell in the park. [note 3]"),
        ("At least 70<sub>3</sub> trees fell in the park.", "At least 70 trees fell in the park. [note 3]"),
        ("The warden<sup>*</sup> counted 70<sup>1, 2</sup>.", "The warden counted 70. [note *] [note 1, 2]"),
        ('It lost 70<a href="#fn4">[4]</a> trees.', "It lost 70 trees. [note 4]"),
        ('It lost 70<sup><a href="#cite_note-4">[a]</a></sup> trees.', "It lost 70 trees. [note a]"),
        ('It lost 70 trees: <a href="/trees">70</a> oaks.', "It lost 70 trees: 70 oaks."),
        ("The park has 12 km<sup>2</sup> of wood.", "The park has 12 km² of wood."),
        ("It took 30 m<sup>3</sup> and 400 ft<sup>2</sup>.", "It took 30 m³ and 400 ft²."),
        ("Some 3 × 10<sup>6</sup> or 10<sup>-3</sup> spores.", "Some 3 × 10⁶ or 10⁻³ spores."),
        ("E = mc<sup>2</sup> and x<sup>2</sup> alike.", "E = mc² and x² alike."),
        ("The 1<sup>st</sup>, the 2<sup>e</sup>, M<sup>me</sup> Roe.", "The 1st, the 2e, Mme Roe."),
        ("For 2<sup>1</sup>/<sub>2</sub> years.", "For 2 1/2 years."),
        ("Of CO<sub>2</sub> and PM<sub>2.5</sub> alike.", "Of CO2 and PM2.5 alike."),
        ("It lost <del>70</del> <ins>60</ins> trees.", "It lost 60 trees. [struck out: 70]"),
        ("It lost <del>70</del><ins>60</ins> trees.", "It lost 60 trees. [struck out: 70]"),
        ("It lost <s>70</s> 60, <strike>all</strike> most.", "It lost 60, most. [struck out: 70] [struck out: all]"),
        (
            'It lost <span style="color:red; text-decoration: line-through">70 [oaks]</span> 60.',
            "It lost 60. [struck out: 70 (oaks)]",
        ),
        ("It lost 60 <del>The rest stands.</del><br>Then it rained.", "It lost 60 [struck out: The rest stands.]"),
        ("<del>The rest of the trees stands.</del>", "[struck out: The rest of the trees stands.]"),
        ("It fell at <time>9:30</time> on the wall.", "It fell at 9:30 on the wall."),
        ("It lost 40&percnt; of its &plus;70 trees.", "It lost 40% of its +70 trees."),
    ],
)
def test_markup_that_changes_a_figure_is_kept_as_text(markup: str, text: str) -> None:
    assert first_line(markup) == text


@given(st.lists(st.sampled_from(["<s>", "</s>", "<sup>", "</sup>", "<p>", "</p>", "<br>", "70", "trees ", "[x]"])))
def test_no_letter_is_lost_to_markup(parts: list[str]) -> None:
    from lxml import html

    tree = html.fromstring(f"<html><body><div>{''.join(parts)}</div></body></html>")
    before = tree.text_content()
    written_out(tree)
    after = re.sub(r"\[(?:struck out:|note) ", "[", tree.text_content())
    assert sorted(re.findall(r"\w", before)) == sorted(re.findall(r"\w", after))


# --- what an extractor leaves out -----------------------------------------------------------------------------------

LEAD = "Boats are leaving the port of Marsala before the storm that is to come on Tuesday."
CAPTION = "At least 40 boats left on Monday, the port office says. (Reuters)"


@pytest.mark.parametrize(
    ("before", "head"),
    [
        (f'<p class="article-standfirst">{LEAD}</p>', ""),
        (f'<div data-gu-name="standfirst"><p>{LEAD}</p></div>', ""),
        (f'<h2 class="c-subtitle">{LEAD}</h2>', ""),
        (f'<div class="x7">{LEAD}</div>', f'<meta name="description" content="{LEAD}">'),
        (f'<div class="x7">{LEAD}</div>', linked(**{"@type": "NewsArticle", "articleBody": f"{LEAD}\nMore."})),
    ],
)
def test_standfirst_is_the_first_paragraph(before: str, head: str) -> None:
    got = extract.html(page(head, body=f"<header><h1>Boats leave</h1>{before}</header>{BODY}"), name="a.html")
    lines = [line for line in got.text.splitlines() if line != "Boats leave"]
    assert lines[0] == LEAD
    assert lines[1].startswith("MARSALA")
    assert got.left_out == ()


def test_description_that_the_page_does_not_show_is_no_text() -> None:
    got = extract.html(page(f'<meta name="description" content="{LEAD}">'), name="a.html")
    assert LEAD not in got.text


def test_caption_is_kept_where_it_stands_and_its_credit_is_not_the_articles() -> None:
    one, two, three = BODY.strip().splitlines()
    figure = f"<figure><img src=a.png><figcaption>{CAPTION}</figcaption></figure>"
    got = extract.html(
        page(body=f"<h1>Boats leave</h1>{one.replace(' (Reuters)', '')}{figure}{two}{three}"), name="a.html"
    )
    lines = got.text.splitlines()
    assert lines[lines.index(CAPTION) - 1].startswith("MARSALA")
    assert extract.with_credit(got.meta, got.uncaptioned).credit_line is None


def test_what_is_left_out_of_an_article_is_told() -> None:
    other = BODY.replace("Monday", "Friday").replace("fisherman", "farmer").replace("mayor", "warden")
    two = f'<article class="a1">{BODY}</article><article class="a2">{other}</article>'
    got = extract.html(f"<html><body>{two}</body></html>", name="a.html")
    said = got.text + "\n".join(got.left_out)
    assert all(words in said for words in ("Monday", "Friday", "fisherman", "farmer"))
    assert extract.html(page(), name="a.html").left_out == ()


@pytest.mark.parametrize(
    "title", ["Boats &amp;#8216;leave&amp;#8217; &amp;amp; return", "Boats &#8216;leave&#8217; &amp; return"]
)
def test_entities_of_what_a_page_says_are_read(title: str) -> None:
    for head in (f'<meta property="og:title" content="{title}">', linked(**{**ARTICLE, "headline": title})):
        assert extract.html(page(head), name="a.html").meta.title == extract.Stated("Boats ‘leave’ & return", "page")


@pytest.mark.parametrize(
    "unit",
    [
        "<s>7</s> of ",
        "<sup>2</sup>a",
        "<del><p>",
        "<sup><a href='#n'>1</a>",
        "<p><s>7</s>",
        "<figure><figcaption>a b c d",
    ],
)
def test_markup_is_read_in_linear_time(unit: str) -> None:
    body = BODY + unit * (18_000 // max(1, unit.count("<")) // 2)
    began = time.process_time()
    with suppress(BadInput):
        extract.html(page(body=body), name="a.html")
    assert time.process_time() - began < 2


@pytest.mark.parametrize("value", ["=1", "='>'", '=">"', ""])
def test_a_tag_of_very_many_attributes_is_refused_at_once(value: str) -> None:
    page = (
        "<html><body><p " + " ".join(f"a{n}{value}" for n in range(600)) + ">At least 40 boats left.</p></body></html>"
    )
    with pytest.raises(BadInput, match="more than 500 attributes"):
        webpage.html(page, name="page.html")


@pytest.mark.parametrize(
    ("line", "body", "day"),
    [
        ("4 de marzo de 2025", "El barco se hundió por la noche y cuarenta botes salieron a buscarlo.", "2025-03-04"),
        (
            "Publié le 12 mars 2024 à 10h30",
            "Le bateau a coulé dans la nuit et quarante barques sont sorties.",
            "2024-03-12",
        ),
        ("Berlin, 6. Mai 2024, 18:05 Uhr", "Das Boot sank in der Nacht und vierzig Kähne fuhren hinaus.", "2024-05-06"),
        ("06.05.2024", "Das Boot sank in der Nacht und vierzig Kähne fuhren hinaus.", "2024-05-06"),
        (
            "вторник, 4 марта 2025 г., 10:30",
            "Лодка затонула ночью, но что с людьми, пока не знают: на поиски вышли и катера.",
            "2025-03-04",
        ),
        (
            "4 березня 2025 р.",
            "Човен затонув уночі, але що з людьми, ще не знають: на пошуки вийшли й катери.",
            "2025-03-04",
        ),
        ("الثلاثاء 4 مارس 2025", "غرق القارب في الليل وخرج أربعون زورقا للبحث عنه في البحر.", "2025-03-04"),
        ("4 March 2025, 10:30", "The boat sank in the night and forty others went out to look for it.", "2025-03-04"),
        ("06.05.2024", "The boat sank in the night and forty others went out to look for it.", None),
    ],
)
def test_a_day_above_a_text_is_read_in_the_language_of_the_text(line: str, body: str, day: str | None) -> None:
    stated = heading.of_text(f"{line}\n\n{body}").published_at
    assert (stated.value if stated else None) == day


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Blackout\n3 May 2021", "Blackout"),
        ("Strike!\nPublished: 3 May 2021", "Strike!"),
        ("WORLD\nDam breaks at Vell\n3 May 2021", "Dam breaks at Vell"),
        ("Sorry", None),
        ("3 May 2021\nRecall", None),
    ],
)
def test_one_word_above_a_day_is_a_title(above: str, title: str | None) -> None:
    stated = heading.of_text(f"{above}\n\nThe river rose by night, and nobody slept.").title
    assert (stated.value if stated else None) == title


def test_what_is_left_out_is_counted_and_shown_without_redacted_words(claims: Claims) -> None:
    other = BODY.replace("Monday", "Friday").replace("fisherman", "farmer").replace("mayor", "warden")
    two = f'<article class="a1">{BODY}</article><article class="a2">{other}</article>'
    claims.file("two.html", f"<html><body>{two}</body></html>")
    claims.file("one.html", page())
    told = claims("capture", "two.html").err
    claims("capture", "one.html")
    shown = claims("open", "A1", "--left-out", "--json").json
    count = f"{len(shown['left_out'])} of {shown['paragraphs']} paragraphs"
    assert len(shown["left_out"]) > 1
    assert count in told
    text = claims("open", "A1").out
    assert not [one for one in shown["left_out"] if one in text]
    assert count in claims("open", "A1", "--left-out").out
    assert "none of" in claims("open", "A2", "--left-out").out
    claims("open", "A9", "--left-out", code=3)


# --- the day of publication ---------------------------------------------------------------------------------------


def at(day: str, words: str = "at noon", **named: str) -> str:
    return f"<time datetime='{day}T12:00:00+01:00'{''.join(f' {k}={v!r}' for k, v in named.items())}>{words}</time>"


H1 = "<h1>Ferry to Orm stays in port</h1>"
CARDS = "".join(f"<article class='teaser'><h2>Other news {d}</h2>{at(f'2021-05-0{d}')}</article>" for d in (2, 3))
MODIFIED = '<meta property="article:modified_time" content="2021-05-09T08:00:00Z">'
CDATA = "<script type='application/ld+json'>\n<![CDATA[\n%s\n]]></script>"
DATED = {
    "linked data in a CDATA section": (CDATA % json.dumps({"@type": "NewsArticle", "datePublished": "2021-03-04"}), BODY),
    "linked data before what is printed": (linked(**{"@type": "Report", "datePublished": "2021-03-04"}), H1 + at("2021-05-09")),
    "microdata before a vendor's own field": (
        '<meta name="DCSext.articleFirstPublished" content="2018-01-01">',
        H1 + at("2021-03-04", itemprop="datePublished"),
    ),
    "the first entry of a thread": (
        "",
        H1 + f"<div>{at('2021-03-04')}</div>" + BODY + f"<div>{at('2021-03-20')}</div><p>Thanks.</p>",
    ),
    "beside the headline, not above it": ("", CARDS + H1 + f"<div class='meta'>{at('2021-03-04')}</div>"),
    "beside the headline, not in a list below": ("", H1 + f"<p>By Ada Orm, {at('2021-03-04')}</p>" + BODY + CARDS),
    "printed twice, the update first": (
        MODIFIED,
        H1 + f"<div>Updated {at('2021-05-09')}</div><div>Published {at('2021-03-04')}</div>",
    ),
    "an address with the day in it": ('<link rel="canonical" href="https://orm.example/2021/03/04/ferry">', H1),
}  # fmt: skip
UNDATED = {
    "only when it was modified": (MODIFIED, H1),
    "only when it was updated": ("", H1 + f"<p class='updated'>Updated {at('2021-05-09')}</p>"),
    "only other articles": ("", H1 + BODY + CARDS),
    "only articles beside it": ("", H1 + BODY + f"<aside><h3>More</h3>{at('2021-05-09')}</aside>"),
    "only a clock above the headline": ("", f"<div class='today'>{at('2021-05-09')}</div>" + H1),
    "only the next date below": ("", H1 + BODY + f"<div><b>Next fair</b> {at('2021-05-09')}</div>"),
    "only an event": (
        "",
        H1
        + f"<p>The ferry and its crew are expected to be back in the harbour of Orm for the fair {at('2021-05-09')}.</p>",
    ),
}


@pytest.mark.parametrize(("head", "body"), DATED.values(), ids=DATED.keys())
def test_a_page_is_dated_by_what_says_when_it_was_published(head: str, body: str) -> None:
    day = extract.html(page(head, body=body if BODY in body else body + BODY), name="a.html").meta.published_at
    assert day is not None
    assert day.value[:10] == "2021-03-04"


@pytest.mark.parametrize("times", [("10:15", "09:40"), ("9.40 am", "9.40 am"), ("5 minutes ago", "1h ago")])
def test_posts_of_a_live_blog_keep_their_times_and_headings(times: tuple[str, ...]) -> None:
    words = (
        "Boat {} of the harbour came back in the morning with its crew on board, its owner said. It was towed by a tug."
    )
    said = [words.format(n) for n in "ABCD"]
    times = (*times, "08:00", "07:00")
    posts = [
        f"<div class='post'><time>{time}</time><h3>Boat {n} back</h3><p>{words}</p></div>"
        for n, (time, words) in enumerate(zip(times, said, strict=True))
    ]
    text = extract.html(page(body=H1 + f"<div class='story-body'>{''.join(posts)}</div>"), name="a.html").text
    assert text.splitlines()[-12:-6] == [times[0], "Boat 0 back", said[0], times[1], "Boat 1 back", said[1]]


def test_time_of_another_article_is_put_nowhere() -> None:
    links = "".join(
        f"<li><time>10:1{n}</time><a href='/{n}'>Other news of that day, number {n}</a></li>" for n in range(3)
    )
    text = extract.html(
        page(body=H1 + BODY + f"<ul class='related'>{links}</ul><p>{'It rained on. ' * 9}</p>"), name="a.html"
    ).text
    assert "10:1" not in text


BOTH = {"@type": "Report", "datePublished": "2021-03-04", "dateModified": "2021-05-09"}
APART = {
    "each by its name": (linked(**BOTH), "<p>5 March 2021</p>", "2021-03-05", "2021-03-04", "2021-05-09"),
    "the basic form": (
        linked(**{"@type": "Report", "datePublished": "20210304T080000Z", "dateModified": "20210509"}),
        "", None, "2021-03-04T08:00:00Z", "2021-05-09",
    ),
    "what is shown is not what the element holds": ("", at("2021-03-04", "5 March 2021"), "2021-03-05", None, None),
    "what is shown is no day": ("", at("2021-03-04", "2 hours ago"), "2021-03-04", None, None),
    "lines that no element names": ("", "<p>4 March 2021</p><p>Updated 9 May 2021</p>", "2021-03-04", None, "2021-05-09"),
    "a line in another language": ("", "<div><b>Ada Orm</b><i>4. März 2021</i></div>", "2021-03-04", None, None),
    "one of a change alone": (MODIFIED, "", None, None, "2021-05-09"),
    "of another article": ("", "<aside><p>4 March 2021</p></aside>", None, None, None),
    "of an event": ("", "<p>The fair of the whole town will be on Thursday, 4 March 2021, in Orm.</p>", None, None, None),
}  # fmt: skip


@pytest.mark.parametrize(("head", "line", "printed", "first", "modified"), APART.values(), ids=APART.keys())
def test_days_that_a_page_prints_and_names_are_kept_apart(
    head: str, line: str, printed: str | None, first: str | None, modified: str | None
) -> None:
    got = page(head, body=H1 + line + BODY, lang=f' lang="{"de" if "März" in line else "en"}"')
    said = extract.html(got, name="a.html").meta
    found = [getattr(said, name) for name in ("printed_at", "first_published_at", "modified_at")]
    ends = (
        None if day is None else day.value[: len(wanted or day.value)]
        for day, wanted in zip(found, (printed, first, modified), strict=True)
    )
    assert list(ends) == [printed, first, modified]


@pytest.mark.parametrize(("head", "body"), UNDATED.values(), ids=UNDATED.keys())
def test_a_day_that_may_be_another_one_is_left_out(head: str, body: str) -> None:
    got = extract.html(page(head, body=body if BODY in body else body + BODY), name="a.html")
    assert got.meta.published_at is None
