"""Saved copies: read, known again by identity, kept byte for byte, and never merged."""

from __future__ import annotations

import hashlib
import http.server
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import capture, store, suggest, web
from ledger.capture import Details
from ledger.errors import BadInput, ClaimsError, NotFound, Unreachable
from ledger.store import read

TEXT = "The harbour office said “at least 40” boats left Marsala.\r\n\r\nWith agency inputs\n"
HTML = """<!doctype html><html lang="en"><head><title>Boats leave</title>
<meta property="og:site_name" content="Marsala Times"><meta property="article:published_time" content="2026-03-02">
<link rel="canonical" href="{canonical}"></head><body><article>
<p>The harbour office said on Monday that at least 40 boats had left the port since the morning.</p>
<p>{second}</p></article></body></html>"""
SECOND = "A fisherman, who asked not to be named, spoke of nearly 60 and said that more would follow before the storm."
HERE = web.Limits(allow_private=True, seconds=10)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[store.Ledger]:
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        yield ledger
        before = [tuple(row) for row in ledger.rows("SELECT * FROM article")]
        copies = [tuple(row) for row in ledger.rows("SELECT * FROM capture")]
        # whatever a test did, the derived rows are those that the log gives
        store.rebuild(ledger)
        assert [tuple(row) for row in ledger.rows("SELECT * FROM article")] == before
        assert [tuple(row) for row in ledger.rows("SELECT * FROM capture")] == copies


def copy(text: str = TEXT, name: str = "a.txt") -> capture.Page:
    return capture.read_bytes(text.encode(), name=name, method="file")


def save(ledger: store.Ledger, page: capture.Page, **details: str) -> capture.Saved:
    return capture.save(ledger, page, actor="desk", **Details(**details))  # type: ignore[typeddict-item]


def sizes(ledger: store.Ledger) -> tuple[int, ...]:
    return tuple(
        ledger.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ("entry", "article", "capture", "blob")
    )


# --- markup and notes in what is read -------------------------------------------------------------------------------

FILLER = "<p>A fisherman spoke of the weather, and of the many boats which had been late in the weeks before.</p>"


@pytest.mark.parametrize(
    ("markup", "figures"),
    [
        ("At least 70<sup>2</sup> trees fell, the warden said.", [("At least 70", "70", None)]),
        ("The storm felled <del>400</del> <ins>300</ins> trees, the warden said.", [("300", "300", "300")]),
        ("The storm felled 300 trees, the warden said. <del>It felled 400 oaks.</del>", [("300", "300", "300")]),
        ("At least 70[2] trees fell, the warden[a] said.", [("At least 70", "70", None)]),
        ("At least 70<sup>[2]</sup> trees fell, the warden said.", [("At least 70", "70", None)]),
        ("The wood has 12 km<sup>2</sup>, the warden said.", [("12", "12", "12")]),
        ("More than 10<sup>6</sup> trees fell, the warden said.", []),
    ],
)
def test_no_figure_comes_of_notes_and_struck_words(markup: str, figures: list[tuple[str, str, str]]) -> None:
    page = f"<html lang=en><body><article><p>{markup}</p>{FILLER * 3}</article></body></html>"
    text = capture.read_bytes(page.encode(), name="a.html", method="file").text
    found = suggest.find(text)
    assert [(q.text, q.low, q.high) for f in found for q in f.quantities] == figures
    assert all(text[f.start : f.end] == f.exact and "struck out" not in f.exact for f in found)
    assert all(text[h.start : h.end] == h.text for f in found for h in f.attribution)


# --- reading ------------------------------------------------------------------------------------------------------


def test_text_file_is_kept_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    page = capture.read_file(tmp_path / "a.txt")
    assert (page.raw, page.text, page.name) == (TEXT.encode(), TEXT, "a.txt")
    assert (page.encoding, page.encoding_guessed, page.extractor, page.method) == ("utf-8", False, "none", "file")
    assert page.meta.credit_line is not None
    assert (page.meta.credit_line.value, page.meta.credit_line.where) == ("With agency inputs", "text")


def test_byte_order_mark_stays_in_the_bytes_and_out_of_the_text() -> None:
    page = capture.read_bytes(TEXT.encode("utf-8-sig"), name="a.txt", method="file")
    assert page.raw.startswith(b"\xef\xbb\xbf")
    assert page.text == TEXT


def test_html_file_gives_its_article_and_what_it_says_of_itself(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(HTML.format(canonical="https://times.example/a", second=SECOND))
    page = capture.read_file(tmp_path / "a.html")
    assert SECOND in page.text
    assert page.extractor.startswith("trafilatura ")
    stated = {
        name: getattr(page.meta, name).value for name in ("title", "publisher", "published_at", "language", "url")
    }
    assert stated == {
        "title": "Boats leave", "publisher": "Marsala Times", "published_at": "2026-03-02", "language": "en",
        "url": "https://times.example/a",
    }  # fmt: skip


def test_file_in_another_encoding_is_read_and_the_guess_is_said(tmp_path: Path) -> None:
    text = "Le bureau du port a déclaré que quarante bateaux au moins étaient partis après l'été. " * 5
    (tmp_path / "a.txt").write_bytes(text.encode("cp1252"))
    page = capture.read_file(tmp_path / "a.txt")
    assert (page.text, page.encoding_guessed) == (text, True)


def refusal(path: Path) -> ClaimsError:
    with pytest.raises(ClaimsError) as caught:
        capture.read_file(path)
    assert caught.value.hint
    return caught.value


def test_missing_file_is_not_found_and_the_nearest_name_is_shown(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT)
    error = refusal(tmp_path / "artcle.txt")
    assert isinstance(error, NotFound)
    assert "article.txt" in str(error.hint)
    assert isinstance(refusal(tmp_path / "no" / "such" / "folder.txt"), NotFound)


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"a\x00b", b"\x93\xd2\xff" + b"\x00" * 50, b"%PDF-1.4\n1 0 obj"])
def test_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert isinstance(refusal(tmp_path / "a.txt"), BadInput)


def test_address_of_another_kind_is_no_missing_file() -> None:
    with pytest.raises(BadInput):
        capture.read_file("ftp://times.example/a")


def test_folder_is_refused(tmp_path: Path) -> None:
    assert isinstance(refusal(tmp_path), BadInput)


@pytest.mark.parametrize("name", ["a\x00b", "x" * 5000])
def test_name_no_file_can_have_is_refused(tmp_path: Path, name: str) -> None:
    assert isinstance(refusal(tmp_path / name), BadInput | NotFound)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "a.txt").chmod(0)
    assert isinstance(refusal(tmp_path / "a.txt"), BadInput)


def test_large_file_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as f:
        f.truncate(200 * 2**20)
    error = refusal(tmp_path / "a.txt")
    assert isinstance(error, BadInput)
    assert "50 MB" in error.message


def test_endless_device_is_refused_at_the_cap() -> None:
    assert isinstance(refusal(Path("/dev/zero")), BadInput)


def test_pipe_is_read_as_a_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=(tmp_path / "pipe").write_bytes, args=(TEXT.encode(),))
    writer.start()
    assert capture.read_file(tmp_path / "pipe").text == TEXT
    writer.join(5)


# --- identity -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("https://Times.Example/A", "https://times.example/A"),
        ("HTTPS://times.example", "https://times.example/"),
        ("https://times.example:443/a", "https://times.example/a"),
        ("http://times.example:80/a", "http://times.example/a"),
        ("http://times.example:8080/a", "http://times.example:8080/a"),
        ("https://times.example./a", "https://times.example/a"),
        ("https://times.example/a#part", "https://times.example/a"),
        ("https://times.example/a?utm_source=x&id=7&fbclid=y", "https://times.example/a?id=7"),
        ("https://times.example/a?UTM_Campaign=x", "https://times.example/a"),
        ("https://times.example/a?b=2&a=1", "https://times.example/a?b=2&a=1"),
        ("https://times.example/a?id=&x", "https://times.example/a?id=&x"),
        ("https://times.example/caf%C3%A9", "https://times.example/caf%C3%A9"),
        ("https://times.example/café", "https://times.example/caf%C3%A9"),
        (" https://times.example/a \n", "https://times.example/a"),
        ("http://[2606:4700::1]:80/", "http://[2606:4700::1]/"),
    ],
)
def test_address_has_one_canonical_form(url: str, same: str) -> None:
    assert capture.canonical_url(url) == same


@pytest.mark.parametrize(
    "url",
    ["", "x", "times.example/a", "ftp://times.example/", "https://", "https://u:p@times.example/", "https://[::1",
     "https://times.example:x/", "https://times.example/a\nb", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(BadInput):
        capture.canonical_url(url)


@given(st.text(max_size=60), st.text(max_size=30))
def test_canonical_form_is_its_own(path: str, query: str) -> None:
    try:
        once = capture.canonical_url(f"https://times.example/{path}?{query}")
    except BadInput:
        return
    assert capture.canonical_url(once) == once
    assert once.isascii()


# --- saving -------------------------------------------------------------------------------------------------------


def test_saving_keeps_bytes_text_and_what_is_known(ledger: store.Ledger) -> None:
    saved = save(
        ledger, copy(), title="Boats leave", publisher="Marsala Times", published="2026-03-02", byline="Ann Roe"
    )
    assert (saved.new, saved.new_article, saved.differs) == (True, True, ())
    article = read.article(ledger, "A1")
    assert saved.article == article
    assert (article.title, article.publisher, article.published_at) == ("Boats leave", "Marsala Times", "2026-03-02")
    assert (article.byline, article.credit_line, article.file) == ("Ann Roe", "With agency inputs", "a.txt")
    (kept,) = read.captures(ledger, article.uid)
    assert (kept.uid, kept.raw, kept.text) == (saved.capture, saved.sha256, saved.text_sha256)
    assert store.blob(ledger, kept.raw) == TEXT.encode()
    assert hashlib.sha256(TEXT.encode()).hexdigest() == saved.sha256
    assert capture.text_of(ledger, kept) == TEXT
    assert kept.text_chars == len(TEXT)
    (source,) = read.sources(ledger)
    assert (source.name, source.kind, source.kind_guessed) == ("Marsala Times", "news_outlet", True)
    assert len({row["batch"] for row in ledger.rows("SELECT batch FROM entry WHERE seq > 0")}) == 1


def test_same_copy_again_logs_nothing(ledger: store.Ledger) -> None:
    first = save(ledger, copy(), publisher="Marsala Times", published="2026-03-02")
    before = sizes(ledger)
    again = save(ledger, copy(), publisher="the  MARSALA Times", published="2026-03-02")
    assert (again.new, again.new_article, again.capture, again.differs) == (False, False, first.capture, ())
    assert sizes(ledger) == before


def test_other_bytes_at_the_same_identity_are_another_copy(ledger: store.Ledger) -> None:
    first = save(ledger, copy(), url="https://times.example/a?utm_source=x")
    second = save(ledger, copy(TEXT + "Corrected.\n", name="b.txt"), url="https://Times.example/a#top")
    back = save(ledger, copy(), url="https://times.example/a")
    assert (second.new, second.new_article, back.new) == (True, False, True)
    assert {s.article.id for s in (first, second, back)} == {"A1"}
    copies = read.captures(ledger, first.article.uid)
    assert [capture.text_of(ledger, c) for c in copies] == [TEXT, TEXT + "Corrected.\n", TEXT]


def test_one_text_in_ten_outlets_is_ten_articles(ledger: store.Ledger) -> None:
    ids = [save(ledger, copy(), publisher=f"Outlet {n} News").article.id for n in range(10)]
    ids += [save(ledger, copy(), url=f"https://outlet{n}.example/").article.id for n in range(3)]
    assert len(set(ids)) == 13
    assert sizes(ledger)[3] == 1


def test_differing_details_of_a_known_article_are_told_and_not_taken(ledger: store.Ledger) -> None:
    url = "https://times.example/a"
    save(ledger, copy(), url=url, title="Boats leave", publisher="Marsala Times")
    again = save(ledger, copy(), url=url, title="Boats stay", publisher="Lapland News", byline="Ann Roe")
    assert set(again.differs) == {"title", "publisher", "byline"}
    article = read.article(ledger, "A1")
    assert (article.title, article.publisher, article.byline) == ("Boats leave", "Marsala Times", None)
    assert [s.name for s in read.sources(ledger)] == ["Marsala Times"]


def test_user_overrules_the_page_and_unknown_is_an_answer(ledger: store.Ledger) -> None:
    html = HTML.format(canonical="https://times.example/a", second=SECOND)
    page = capture.read_bytes(html.encode(), name="a.html", method="file")
    saved = save(ledger, page, title="Our title", publisher="Unknown", published="2026-03", lang="")
    article = saved.article
    assert (article.title, article.publisher, article.published_at, article.language) == (
        "Our title",
        None,
        "2026-03",
        None,
    )
    assert article.url == "https://times.example/a"


def test_nonsense_that_a_page_says_of_itself_is_left_out(ledger: store.Ledger) -> None:
    markup = HTML.format(canonical="https://[::1", second=SECOND).replace("2026-03-02", "2026-19-39")
    page = capture.read_bytes(markup.encode(), name="a.html", method="file")
    article = save(ledger, page).article
    assert (article.url, article.published_at, article.title) == (None, None, "Boats leave")


def test_input_without_a_name_is_known_by_its_words(ledger: store.Ledger) -> None:
    pages = [
        capture.read_bytes(text.encode(), name="-", method="stdin") for text in ("One text.", "Another.", "One text.")
    ]
    saved = [save(ledger, page) for page in pages]
    assert [s.article.id for s in saved] == ["A1", "A2", "A1"]
    assert saved[0].article.file is None
    assert [s.new for s in saved] == [True, True, False]


@pytest.mark.parametrize(
    "details",
    [{"published": "yesterday"}, {"published": "2026-13"}, {"url": "times.example"}, {"url": "https://u@times.example/"},
     {"publisher": "\u202e"}, {"title": "x" * 20_000}],
)  # fmt: skip
def test_bad_details_are_refused_and_nothing_is_logged(ledger: store.Ledger, details: dict[str, str]) -> None:
    before = sizes(ledger)
    with pytest.raises(BadInput) as caught:
        save(ledger, copy(), **details)
    assert caught.value.hint
    assert sizes(ledger) == before


def test_saving_into_a_batch_that_fails_leaves_nothing(ledger: store.Ledger) -> None:
    before = sizes(ledger)
    other = capture.read_bytes(b"Other words.", name="b.txt", method="import")
    with pytest.raises(BadInput), store.write(ledger, "desk") as writer:  # noqa: PT012  the batch is what fails
        capture.save_into(writer, copy(), publisher="Marsala Times")
        capture.save_into(writer, other, published="yesterday")
    assert sizes(ledger) == before


def test_retracted_article_is_not_saved_into(ledger: store.Ledger) -> None:
    from ledger.records import RetractDraft
    from ledger.vocabulary import EntryKind

    first = save(ledger, copy())
    with store.write(ledger, "desk") as writer:
        writer.append(EntryKind.RETRACT, RetractDraft(because="wrong file"), about=first.article.uid)
    assert save(ledger, copy()).article.id == "A2"


def test_saved_bytes_cannot_be_changed(ledger: store.Ledger) -> None:
    save(ledger, copy())
    with pytest.raises(sqlite3.IntegrityError):
        ledger.db.execute("UPDATE blob SET bytes = x'00'")


# --- from the web -------------------------------------------------------------------------------------------------


class Site(http.server.BaseHTTPRequestHandler):
    """Serves what the test puts on the server, or 404."""

    def do_GET(self) -> None:
        status, kind, body = self.server.pages.get(self.path.partition("?")[0], (404, "text/html", b"gone"))  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Location" if status == 302 else "Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Says nothing."""


@contextmanager
def site(**pages: tuple[int, str, bytes]) -> Iterator[tuple[str, dict[str, tuple[int, str, bytes]]]]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.pages = {f"/{name}": page for name, page in pages.items()}  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", server.pages  # type: ignore[attr-defined]
        server.shutdown()
        thread.join(5)


def html(canonical: str = "", second: str = SECOND) -> bytes:
    return HTML.format(canonical=canonical, second=second).encode()


def test_page_from_the_web_is_saved_with_where_it_came_from(ledger: store.Ledger) -> None:
    with site(start=(302, "/a", b""), a=(200, "text/html; charset=utf-8", html())) as (address, _):
        page = capture.fetch(f"{address}/start?utm_source=x", limits=HERE)
    saved = save(ledger, page)
    assert saved.article.url == f"{address}/a"
    (kept,) = read.captures(ledger, saved.article.uid)
    assert (kept.method, kept.status, kept.url, kept.media_type) == (
        "http, private address",
        200,
        f"{address}/a",
        "text/html",
    )
    assert store.blob(ledger, kept.raw) == html()
    assert SECOND in capture.text_of(ledger, kept)


def test_page_may_name_its_own_address_but_no_other_site(ledger: store.Ledger) -> None:
    with site(b=(200, "text/html", html("https://times.example/a"))) as (address, pages):
        pages["/a"] = (200, "text/html", html(f"{address}/canonical"))
        own, other = (capture.fetch(f"{address}/{name}", limits=HERE) for name in ("a", "b"))
    assert save(ledger, own).article.url == f"{address}/canonical"
    assert save(ledger, other).article.url == f"{address}/b"


@pytest.mark.parametrize(
    ("kind", "body", "text"),
    [
        (
            "text/plain; charset=windows-1251",
            "Сорок судов вышли из порта.".encode("cp1251"),
            "Сорок судов вышли из порта.",
        ),
        ("text/plain; charset=zlib_codec", b"Forty boats left.", "Forty boats left."),
        ("", b"Forty boats left.", "Forty boats left."),
        ("application/json", b'{"boats": 40}', '{"boats": 40}'),
    ],
)
def test_plain_text_from_the_web_is_kept_as_it_is(kind: str, body: bytes, text: str) -> None:
    with site(a=(200, kind, body)) as (address, _):
        page = capture.fetch(f"{address}/a", limits=HERE)
    assert (page.text, page.extractor) == (text, "none")


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((200, "application/pdf", b"%PDF-1.7 x"), BadInput),
        ((200, "image/png", b"\x89PNG\r\n"), BadInput),
        ((200, "text/html", b""), BadInput),
        ((200, "text/html", b"<html></html>"), BadInput),
        ((404, "text/html", b"gone"), Unreachable),
    ],
)
def test_answer_that_is_no_article_is_refused(answer: tuple[int, str, bytes], kind: type[ClaimsError]) -> None:
    with site(a=answer) as (address, _), pytest.raises(kind) as caught:
        capture.fetch(f"{address}/a", limits=HERE)
    assert caught.value.hint


# --- the days that a copy says of itself ----------------------------------------------------------------------------


def dated(printed: str, modified: str) -> capture.Page:
    head = f'<meta property="article:modified_time" content="{modified}"></head>'
    page = HTML.format(canonical="https://marsala.example/boats", second=SECOND).replace("</head>", head)
    page = page.replace("<article>", f"<article><h1>Boats leave</h1><p>{printed}</p>")
    return capture.read_bytes(page.encode(), name="boats.html", method="file")


def test_days_of_the_newest_copy_stand_beside_the_one_that_counts(ledger: store.Ledger) -> None:
    save(ledger, dated("3 March 2026", "2026-03-04T10:00:00Z"))
    article = save(ledger, dated("3 March 2026", "not a day")).article
    assert (article.published_at, article.modified_at) == ("2026-03-02", None)
    article = save(ledger, dated("5 March 2026", "2026-03-06")).article
    found = read.article(ledger, article.uid)
    days = ("2026-03-02", "2026-03-05", "2026-03-02", "2026-03-06")
    assert (found.published_at, found.printed_at, found.first_published_at, found.modified_at) == days
    said = [(c.printed_at, c.modified_at) for c in read.captures(ledger, found.uid)]
    assert said == [("2026-03-03", "2026-03-04T10:00:00Z"), ("2026-03-03", None), ("2026-03-05", "2026-03-06")]
