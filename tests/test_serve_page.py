"""The page in a real Chromium: an event from capture to report by keys alone, hostile words, places in strange texts."""

from __future__ import annotations

import base64
import json
import os
import random
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote

import hostile
import invented
import pytest
import server
from chromium import Browser, chromium
from conftest import surroundings
from english_left import english
from serving import Served, served
from sizes import size

from ledger import audit, capture, reports, store, text, verbs
from ledger.records import replace
from ledger.reports import gathering
from ledger.reports.report import shortened
from ledger.store import read

WEIR = "A10"
"""The article of Weir Weekly in the ferry's ledger."""
WIDTHS = (390, 768, 1440)
READY = "document.querySelector('#text')?.dataset.ready == 'true'"
SAID = "document.querySelector('#said').textContent"

FLOODS = (
    ("Delta Post", "2021-05-04", "At least 300 houses were lost in the flood, said Marsh Relief, a charity.\n\nIt rained."),
    ("Harbour Post", "2021-05-05", "Marsh Relief said some 300 houses were lost in the flood. Nobody was hurt."),
    ("Weir Weekly", "2021-05-05", "The mayor said 420 houses were lost in the flood.\n\nA miller told a radio station so."),
)  # fmt: skip
"""Articles that we wrote, of a flood that never was."""


"""Set, the counts are those of a campaign."""
AXE = os.environ.get("AXE")
"""The file axe.min.js: each page is tested with it; without, for its width and what the console says."""
SHOTS = os.environ.get("SHOTS")
"""A folder for a picture of each page."""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture
def browser(running: Browser) -> Browser:
    """An empty page of the one browser."""
    running.begin()
    return running


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory, stead: server.Stead | None) -> dict[str, str]:
    """An environment with a ledger about the ferry of Cape Lorn, which is looked at and not written to."""
    around = surroundings(tmp_path_factory.mktemp("ferry"), stead)
    invented.build(Path(around["CLAIMS_LEDGER"]))
    with store.open_ledger(around["CLAIMS_LEDGER"]) as ledger:
        for outlet, words in (("Weir Weekly", "at least 300"), ("Mill Echo", "some 420")):
            body = f"The mayor of Marn said on Monday that {words} houses were lost in the lower town by the weir."
            body += (
                " The ferry house stood dry through the night, he said, and so did the mill that his mother had built."
            )
            taken = capture.read_bytes(body.encode(), name="-", method="stdin")
            verbs.capture(ledger, verbs.Capture(page=taken, title="The weir", publisher=outlet), actor="desk")
    return around


@pytest.fixture(scope="module")
def at_the_ferry(running: Browser, ferry: dict[str, str]) -> Iterator[Served]:
    """The page of that ledger in English, which the browser has entered."""
    with served(ferry, enter=False) as page:
        running.open(page.address)
        yield page


def _open(browser: Browser, page: Served, path: str) -> None:
    browser.open(f"{page.origin}{page.base}{path}")


def _tab_to(browser: Browser, selector: str) -> None:
    """Tab until something has the focus, as a person without a mouse comes to it."""
    wanted = f"document.activeElement?.matches({json.dumps(selector)})"
    for _ in range(300):
        if browser.run(wanted):
            return
        browser.press("Tab")
    raise AssertionError(f"Tab does not come to {selector}: {browser.heard}")


def _bring_in(browser: Browser, page: Served, body: str, outlet: str, day: str) -> None:
    _open(browser, page, "/")
    for field, value in (("what", body), ("title", f"Told by {outlet}"), ("publisher", outlet), ("published", day)):
        _tab_to(browser, f"#bring-in [name={field}]")
        browser.type(value)
    _tab_to(browser, "#bring-in button")
    browser.press("Enter")
    browser.wait(READY, 60)


def _said(browser: Browser, words: str) -> None:
    browser.wait(f"{SAID}.includes({json.dumps(words)})", 60)


def _walk_to(browser: Browser, words: str) -> None:
    """Chooses these words with the arrow keys."""
    body = browser.run("document.querySelector('#text').textContent")
    assert words in body
    at = len(body[: body.index(words)].encode("utf-16-le")) // 2
    first, last = browser.run(f"[reader.word({at}), reader.word({at + len(words) - 1})]")
    for _ in range(12):
        browser.press("ArrowUp")
    before = browser.run("reader.focus")
    for _ in range(first - before):
        browser.press("ArrowRight")
    for _ in range(last - first):
        browser.press("ArrowRight", shift=True)
    assert browser.run("getSelection().toString()").endswith(words.rsplit(maxsplit=1)[-1])


def _judge_all(browser: Browser) -> int:
    """Goes from find to find and accepts each; how many were logged."""
    logged = 0
    browser.press("n")
    for _ in range(60):
        if not browser.run("document.querySelector('#text .find') !== null"):
            break
        if not browser.run("document.querySelector('#text .find.now') !== null"):
            browser.press("n")
            continue
        browser.press("a")
        _said(browser, "takes it back")
        logged += 1
        browser.run("document.querySelector('#said').textContent = ''")
    return logged


def test_an_event_goes_from_capture_to_report_by_keys_alone(browser: Browser, environment: dict[str, str]) -> None:
    with served(environment, enter=False) as page:
        browser.open(page.address)
        for n, (outlet, day, body) in enumerate(FLOODS):
            _bring_in(browser, page, body, outlet, day)
            _walk_to(browser, body[body.index("0 houses") - 2 :][:10].strip())
            browser.press("c")
            browser.wait("document.querySelector('form#claim')")
            if n == 0:
                browser.press("q")
                browser.type("Houses lost in the flood")
                browser.press("Tab")
                browser.wait("document.querySelector('form#claim .would')?.textContent.includes('Houses lost')")
            browser.wait("document.querySelector('form#claim .would')")
            if n == 1:
                assert "second outlet for Marsh Relief" in browser.run("document.querySelector('.would').textContent")
                assert browser.run("document.querySelector('svg.interval line.own') !== null")
            browser.press("Enter")
            _said(browser, "filed under Q1")
        browser.press("u")
        _said(browser, "undone")
        browser.wait("!document.querySelector('#text .claim')")
        _walk_to(browser, "420 houses")
        browser.run("reader.show()")  # marks that come late leave what was chosen
        browser.press("c")
        browser.wait("document.querySelector('form#claim .would')")
        _walk_to(browser, "miller")
        browser.press("c")
        browser.wait("document.querySelector('form#claim')?.textContent.includes('these words are the source')")
        browser.press("s")
        browser.wait("document.querySelector('#card [name=by]')?.value == 'miller'")
        browser.press("Enter")
        _said(browser, "logged")
        _open(browser, page, "/question/Q1")
        _tab_to(browser, "form[data-do=finding] button[value=true]")
        browser.press("Enter")
        browser.wait("document.querySelector('.findings')?.textContent.includes('right, says desk')", 60)
        _open(browser, page, "/preview/Q1")
        browser.wait("document.querySelector('iframe.report')")
        assert not browser.heard
    with store.open_ledger(environment["CLAIMS_LEDGER"], store.Open.READ) as ledger:
        assert audit.verify(ledger).ok
        claims = list(read.claims(ledger))
        assert [c.attribution[-1].source for c in claims] == ["Marsh Relief", "Marsh Relief", "miller"]
        assert [c.questions for c in claims] == [("Q1",)] * 3


def test_an_earthquake_of_fourteen_outlets_goes_from_capture_to_report(
    browser: Browser, environment: dict[str, str], shared: Path
) -> None:
    """The first texts of them, as many as TEXTS says: all 14 take two minutes."""
    folder = shared / "corpus" / "B-aceh-2013"
    told = [json.loads(line) for line in (folder / "meta.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [one for one in told if (folder / one["file"]).is_file()][: int(os.environ.get("TEXTS", "2"))]
    with served(environment, enter=False) as page:
        browser.open(page.address)
        logged = 0
        for one in texts:
            body = (folder / one["file"]).read_text(encoding="utf-8")
            _bring_in(browser, page, body, one["outlet"], one["published"])
            browser.wait("document.querySelector('#text').dataset.likely == 'true'", 120)
            logged += _judge_all(browser)
        _open(browser, page, "/")
        questions = browser.run("[...document.querySelectorAll('a[href*=\"/question/\"]')].map((a) => a.href)")
        assert questions
        for address in dict.fromkeys(questions):
            browser.open(address)
            browser.wait("document.querySelector('#judge')")
        _open(browser, page, "/preview/Q1")
        assert not browser.heard
    with store.open_ledger(environment["CLAIMS_LEDGER"], store.Open.READ) as ledger:
        assert audit.verify(ledger).ok
        assert read.count_claims(ledger) >= logged >= len(texts)


def test_the_page_hears_that_the_log_moved_on(browser: Browser, environment: dict[str, str]) -> None:
    invented.build(Path(environment["CLAIMS_LEDGER"]))
    with served(environment, enter=False) as page:
        browser.open(page.address)
        assert browser.run("document.querySelector('#moved').hidden")
        with store.open_ledger(environment["CLAIMS_LEDGER"]) as ledger:
            verbs.raise_question(ledger, verbs.RaiseQuestion(text="How deep is the strait?"), actor="bob")
        browser.wait("!document.querySelector('#moved').hidden")
        assert "Entries since then: 1." in browser.run("document.querySelector('#moved').textContent")


def test_no_hostile_word_becomes_more_than_words(browser: Browser, environment: dict[str, str]) -> None:
    """Every break-out in three wrappings; in a campaign a thousand."""
    strings = hostile.made_up(size(60, 1000))
    with store.create(environment["CLAIMS_LEDGER"], actor="desk") as ledger:
        for n, one in enumerate(strings):
            hostile.log(ledger, one, n)
        body = "\n\n".join(f"{one}\n\nA clerk said {n} boats sank." for n, one in enumerate(strings[:200]))
        taken = capture.read_bytes(body.encode(), name="-", method="stdin")
        made = verbs.capture(ledger, verbs.Capture(page=taken, title=strings[0], publisher=strings[4]), actor="desk")
        verbs.raise_question(ledger, verbs.RaiseQuestion(text=f"{strings[5]} who?"), actor="desk")
        verbs.file(ledger, verbs.File(claims=("C1-C20",), question="Q1"), actor="desk")
    with served(environment, enter=False) as page:
        browser.open(page.address)
        for path in ("/", f"/read/{made.saved.article.id}", "/read/A1", "/question/Q1", "/preview/Q1", "/report/Q1"):
            _open(browser, page, path)
            if path.startswith("/read"):
                browser.wait(READY, 120)
                browser.press("n")
            scripts = browser.run("[...document.scripts].map((s) => s.getAttribute('src') ?? 'inline')")
            assert scripts == ([] if path == "/report/Q1" else [f"{page.base}/page.js"]), path
            assert not browser.run(
                "document.querySelector('#text script, #text img, #text svg, #text a, main object') "
            )
            assert "owned" not in browser.run("document.title").split(), path
            assert browser.run("document.querySelectorAll('base, meta[http-equiv=refresh], form[action]').length") == 0
        assert not browser.heard


ALPHABETS = (
    "at least 40 people",
    "n\u0303ino\u0301s a\u0301\u0327e",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1ee\U0001f1e9 \U0001f44d\U0001f3fd 5",
    "قُتل ٤٠ شخصًا على الأقل", "𝟜𝟘 𝓹𝓮𝓸𝓹𝓵𝓮", "四十人が死亡", "a\u00adb \u202ec\u202c \ufeffd", "1,200.5 km²",
)  # fmt: skip


def test_a_thousand_selections_are_the_characters_that_the_terminal_takes(
    browser: Browser, environment: dict[str, str]
) -> None:
    draw = random.Random(7)
    lines = [" ".join(draw.choice(ALPHABETS) for _ in range(4)) + f" said clerk {n}." for n in range(60)]
    body = "".join(line + draw.choice(("\n", "\r\n", "\r\n\r\n", "\n\n")) for line in lines)
    with store.create(environment["CLAIMS_LEDGER"], actor="desk") as ledger:
        taken = capture.read_bytes(body.encode(), name="-", method="stdin")
        verbs.capture(ledger, verbs.Capture(page=taken, title="Strange", publisher="Delta Post"), actor="desk")
        saved = capture.opened(ledger, "A1").text
    units = saved.encode("utf-16-le")
    with served(environment, enter=False) as page:
        browser.open(page.address)
        _open(browser, page, "/read/A1")
        browser.wait(READY, 60)
        assert browser.run("document.querySelector('#text').textContent") == saved
        edges = [len(saved[:at].encode("utf-16-le")) // 2 for at in range(len(saved))]
        bounds = [sorted(draw.sample(edges, 2)) for _ in range(size(150, 1000))]
        found = browser.run(f"""{json.dumps(bounds)}.map(([from, to]) => {{
            reader.select(from, to);
            const at = reader.chosen();
            const [start, end] = [reader.at.points(at.from), reader.at.points(at.to)];
            return [at.from, at.to, start, end, reader.at.units(end)];
        }})""")
        wrong: list[Any] = []
        for (start, end), got in zip(bounds, found, strict=True):
            before, upto = (len(units[: 2 * at].decode("utf-16-le")) for at in (start, end))
            if got != [start, end, before, upto, end]:
                wrong.append((start, end, got))
            elif saved[before:upto].strip():
                place = text.selected(saved, before, upto)
                if text.locate(saved, place.exact, occurrence=text.which(saved, place.start, place.end)) != place:
                    wrong.append((start, end, place))
        assert not wrong, wrong[:5]
        assert not browser.heard


PATHS = ("/", "/read/A1", "/read/C1", "/question/Q1", "/preview/Q1", "/read/A99", "/beside?a=A1&b=A2")


def _come(browser: Browser, page: Served, path: str) -> None:
    """Opens a page of the ferry's ledger until all is there; in the first article with a card."""
    _open(browser, page, path)
    if path.startswith("/read") and path != "/read/A99":
        browser.wait(READY)
    elif path == "/":
        browser.wait("!document.querySelector('#todo').hasAttribute('aria-busy')")
    elif path.startswith("/beside"):
        browser.wait("document.querySelector('#sides').dataset.ready")
    if path == "/read/A1":
        _walk_to(browser, "40 people")
        browser.press("c")
        browser.wait("document.querySelector('form#claim')")


@pytest.mark.parametrize("dark", [False, True])
def test_every_page_fits_the_window_and_axe_finds_nothing(browser: Browser, at_the_ferry: Served, dark: bool) -> None:
    assert _wrong_on_pages(browser, at_the_ferry, "en", dark, WIDTHS) == []


@pytest.mark.parametrize(("lang", "dark"), [("ar", False), ("es", True)])
def test_every_page_is_whole_in_its_language(browser: Browser, ferry: dict[str, str], lang: str, dark: bool) -> None:
    with served(ferry, "--lang", lang, enter=False) as page:
        browser.open(page.address)
        assert _wrong_on_pages(browser, page, lang, dark, WIDTHS if AXE or SHOTS else WIDTHS[:1]) == []


def _wrong_on_pages(browser: Browser, page: Served, lang: str, dark: bool, widths: tuple[int, ...]) -> list[Any]:
    """Each page is opened once and looked at in each width: what is wider, what axe and the console say, what is English."""
    found: list[Any] = []
    if AXE:
        browser.do("Page.setBypassCSP", enabled=True)
    for path in PATHS:
        browser.look(widths[0], dark=dark)
        _come(browser, page, path)
        for width in widths:
            browser.look(width, dark=dark)
            wider = browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            found += [(path, width, f"{wider} pixels wider than the window")] if wider > 0 else []
            if AXE:
                browser.do("Runtime.evaluate", expression=Path(AXE).read_text(encoding="utf-8"))
                told = (
                    "axe.run(document, {iframes: false}).then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))"
                )
                found += [(path, width, v) for v in browser.run(told)]
            if SHOTS:
                name = re.sub(r"\W+", "-", path).strip("-") or "desk"
                browser.picture(Path(SHOTS) / f"{name}-{width}-{lang}{'-dark' if dark else ''}.png", whole=True)
        shown = browser.run("[document.documentElement.lang, document.documentElement.dir]")
        found += [] if shown == [lang, "rtl" if lang == "ar" else "ltr"] else [(path, shown)]
        if lang != "en":
            found += [(path, left) for left in english(browser.run("document.documentElement.outerHTML"), lang)]
    return found + [line for line in browser.heard if "404" not in line]


def test_the_arrows_go_the_way_that_the_text_is_read(browser: Browser, environment: dict[str, str]) -> None:
    with store.create(environment["CLAIMS_LEDGER"], actor="desk") as ledger:
        taken = capture.read_bytes("قال العمدة إن 40 قاربًا غرقت في الميناء.".encode(), name="-", method="stdin")
        verbs.capture(ledger, verbs.Capture(page=taken, title="القوارب", publisher="بريد الميناء"), actor="desk")
    with served(environment, enter=False) as page:
        browser.open(page.address)
        _open(browser, page, "/read/A1")
        browser.wait(READY)
        browser.press("ArrowLeft")
        assert browser.run("getSelection().toString()") == "العمدة", "the second word, which stands left of the first"
        browser.press("ArrowRight")
        assert browser.run("getSelection().toString()") == "قال"


def test_two_texts_are_gone_through_by_keys(browser: Browser, at_the_ferry: Served) -> None:
    page = at_the_ferry
    _open(browser, page, f"/read/{WEIR}")
    browser.wait(READY)
    browser.press("b")
    browser.wait("document.querySelector('#sides')?.dataset.ready")
    assert browser.run("document.querySelector('#sides .axis').textContent").startswith(
        "Passages that stand in both: 2."
    )
    browser.press("d")
    _said(browser, "“at least 300” in the first, “some 420” in the second")
    assert browser.run("[...document.querySelectorAll('.now')].map((n) => n.textContent.trim())") == [
        "at least 300",
        "some 420",
    ]
    browser.press("n")
    _said(browser, "in both: “houses were lost")
    _open(browser, page, "/question/Q1")
    browser.run("document.querySelector('#judge').focus()")
    _tab_to(browser, ".findings summary")
    browser.press("Enter")
    _tab_to(browser, "a[href*='/beside?a=C']")
    browser.press("Enter")
    browser.wait("document.querySelector('#sides')?.dataset.ready")
    assert browser.run("document.querySelectorAll('.sides .claim').length") >= 2
    assert not browser.heard


# --- from the browser -----------------------------------------------------------------------------------------------

ARTICLE = """<!doctype html><html lang="en"><head><title>The weir</title></head><body><article><h1>The weir</h1>
<p>The lower town lost at least 300 houses in the flood, said Marsh Relief, a charity, on its own page on Tuesday morning.</p>
<p>Nobody else counted. A miller said at least 300 houses were dry, and that the mill had stood where it had always stood.</p>
<script>document.title = "The weir, as it stands"</script></article></body></html>"""


class Outlet(BaseHTTPRequestHandler):
    """An outlet that we made up: an article, with what its site forbids."""

    heads: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        self.send_response(200)
        for name, value in {"content-type": "text/html; charset=utf-8", **self.heads}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(ARTICLE.encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def outlet() -> Iterator[str]:
    """The address of the outlet; its name is another site's than the page's."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Outlet) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://localhost:{running.server_port}/weir"
        running.shutdown()


def _choose(browser: Browser, words: str) -> None:
    """Chooses words in the outlet's page as a mouse does."""
    browser.run(f"""(() => {{
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node; (node = walk.nextNode());) {{
            const at = node.data.indexOf({json.dumps(words)});
            if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + {len(words)});
        }}
    }})()""")


def _press_bookmark(browser: Browser, script: str) -> None:
    browser.do("Runtime.evaluate", expression=unquote(script.removeprefix("javascript:")), userGesture=True)


def _taken(browser: Browser, known: set[str]) -> None:
    """Goes on in the page that was opened."""
    for _ in range(200):
        fresh = [
            t for t in browser.targets() if t["type"] == "page" and "/take/" in t["url"] and t["targetId"] not in known
        ]
        if fresh:
            browser.follow(fresh[0]["targetId"])
            return
        time.sleep(0.05)
    raise AssertionError("no page was opened")


def test_a_bookmark_sends_the_page_as_it_stands_and_a_card_opens_at_the_chosen_words(
    browser: Browser, environment: dict[str, str], outlet: str
) -> None:
    Outlet.heads = {"content-security-policy": "default-src 'none'; script-src 'unsafe-inline'; connect-src 'none'"}
    browser.begin(window=True)
    with served(environment, enter=False) as page:
        browser.open(page.address)
        script = browser.run("document.querySelector('#sending a').getAttribute('href')")
        assert browser.run("document.querySelector('[data-copy]').dataset.copy") == script
        browser.open(outlet)
        _choose(browser, "at least 300 houses were dry")
        known = {t["targetId"] for t in browser.targets()}
        _press_bookmark(browser, script)
        _taken(browser, known)
        browser.wait("document.activeElement?.matches('#taken button')")
        with store.open_ledger(environment["CLAIMS_LEDGER"], store.Open.READ) as ledger:
            assert store.head(ledger) == 1, "nothing is saved until a person says so"
        browser.press("Enter")
        browser.wait("document.querySelector('form#claim blockquote')", 60)
        assert "at least 300 houses were dry" in browser.run(
            "document.querySelector('form#claim blockquote').textContent"
        )
        assert not [line for line in browser.heard if "Permissions" not in line]
    with store.open_ledger(environment["CLAIMS_LEDGER"], store.Open.READ) as ledger:
        (copy,) = read.captures(ledger, read.thing(ledger, "A1").uid)
        raw = (capture.blob(ledger, copy.raw) or b"").decode()
        assert (read.article(ledger, "A1").url, copy.method) == (outlet, "browser")
        assert "<title>The weir, as it stands</title>" in raw, "the page as it stood, not as it was sent"


FORGED = """(async () => {{
  const w = open({address}), given = {data};
  for (let n = 0; n < 20; n += 1) {{ w.postMessage(given, '*'); await new Promise((r) => setTimeout(r, 50)); }}
}})()"""


def test_a_hostile_page_sends_nothing_in_anothers_name_and_saves_nothing(
    browser: Browser, environment: dict[str, str], outlet: str
) -> None:
    Outlet.heads = {}
    forged = {"html": "<p>forged", "address": "https://herald.example/1", "title": "x", "words": "", "before": ""}
    browser.begin(window=True)
    with served(environment, enter=False) as page:
        browser.open(page.address)
        script = unquote(browser.run("document.querySelector('#sending a').href"))
        (taking,) = re.findall(r"http://127\.0\.0\.1:[0-9]+/take/[\w-]+", script)
        for address, wrong in (
            (taking, forged),
            (taking, forged | {"address": "javascript:alert(1)"}),
            (taking, {"html": 1}),
        ):
            browser.open(outlet)
            known = {t["targetId"] for t in browser.targets()}
            attack = FORGED.format(address=json.dumps(address), data=json.dumps(wrong))
            browser.do("Runtime.evaluate", expression=attack, userGesture=True)
            _taken(browser, known)
            if isinstance(wrong["html"], str):
                _said(browser, "it is not taken")
            assert browser.run("document.querySelector('#taken button')") is None
        browser.open(outlet)
        tried = (
            f"{page.origin}/take/{'x' * 43}",
            taking,
            f"{page.origin}{page.base}/api/head",
            f"{page.origin}{page.base}/",
        )
        for address in tried:
            for how in ("{mode: 'no-cors', credentials: 'include'}", "{credentials: 'include'}"):
                got = f"fetch({json.dumps(address)}, {how}).then((r) => r.text(), () => 'refused')"
                assert browser.run(got) in ("refused", ""), address
        assert page.process.poll() is None
        with store.open_ledger(environment["CLAIMS_LEDGER"], store.Open.READ) as ledger:
            assert store.head(ledger) == 1, "the ledger as it was begun"


def test_a_short_report_is_one_sheet_of_paper_and_one_screen(
    browser: Browser, tmp_path: Path, ferry: dict[str, str]
) -> None:
    with store.open_ledger(ferry["CLAIMS_LEDGER"], store.Open.READ) as ledger:
        made = gathering.gather(ledger, ["Q1"])
    for short, name in ((True, "short"), (False, "long")):
        (tmp_path / f"{name}.html").write_bytes(reports.write(shortened(made) if short else made, "html"))
    browser.begin(window=True)
    browser.open((tmp_path / "short.html").as_uri())
    printed = browser.do("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"]
    assert len(re.findall(rb"/Type\s*/Page\b", base64.b64decode(printed))) == 1
    for name, last in (("short", "footer"), ("long", ".glance > section:nth-of-type(3) p")):
        for width, height in ((390, 844), (1440, 900)):
            browser.look(width, height=height)
            browser.open((tmp_path / f"{name}.html").as_uri())
            bottom = browser.run(f"document.querySelector({json.dumps(last)}).getBoundingClientRect().bottom")
            assert bottom <= height, (name, width, bottom)
    browser.do("Emulation.setEmulatedMedia", media="print")
    assert (
        browser.run("getComputedStyle(document.querySelector('.two')).display") == "block"
    )  # no empty column on paper
    heights = "[...document.querySelectorAll('.summary p, #sources .spelt ul')].map(e => e.offsetHeight)"
    assert all(height > 0 for height in browser.run(heights)), "what is folded on the screen stands on paper"
    browser.do("Emulation.setEmulatedMedia", media="")


def test_the_first_screen_of_a_phone_has_what_is_disputed_also_where_there_are_several_questions(
    browser: Browser, tmp_path: Path, ferry: dict[str, str]
) -> None:
    with store.open_ledger(ferry["CLAIMS_LEDGER"], store.Open.READ) as ledger:
        made = gathering.gather(ledger, ["Q1"])
    several = replace(made, about=("all",), questions=(*made.questions, *made.questions))
    (tmp_path / "several.html").write_bytes(reports.write(several, "html"))
    for width, shown in ((390, False), (1440, True)):
        browser.look(width)
        browser.open((tmp_path / "several.html").as_uri())
        bottom = "document.querySelector('.glance > section:nth-of-type(3) p').getBoundingClientRect().bottom"
        assert browser.run(bottom) <= 900
        assert browser.run("document.querySelector('nav li').checkVisibility({contentVisibilityAuto: true})") is shown


def test_the_extension_sends_where_a_site_forbids_windows_to_speak(
    browser: Browser, tmp_path: Path, environment: dict[str, str], outlet: str
) -> None:
    Outlet.heads = {"cross-origin-opener-policy": "same-origin", "content-security-policy": "default-src 'none'"}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder, here = tmp_path / "extension", outlet.replace("localhost", "127.0.0.1")
    options = ("--port", str(port), "--extension", str(folder))
    browser.begin(window=True)
    with served(environment, *options, enter=False) as page:
        made = browser.extend(folder)
        browser.open(page.address)
        browser.wait("document.querySelector('#todo')")
        browser.open(here)
        _choose(browser, "at least 300 houses in the flood")
        known = {t["targetId"] for t in browser.targets()}
        worker = next(t for t in browser.targets() if t["type"] == "service_worker" and made in t["url"])
        browser.follow(worker["targetId"], ("Runtime",))
        ours = f"tabs.find((t) => t.url === {json.dumps(here)})"
        browser.run(f"chrome.tabs.query({{}}).then((tabs) => chrome.action.onClicked.dispatch({ours}))")
        _taken(browser, known)
        browser.wait("document.activeElement?.matches('#taken button')")
        browser.press("Enter")
        browser.wait("document.querySelector('form#claim blockquote')", 60)
        assert "at least 300 houses" in browser.run("document.querySelector('form#claim blockquote').textContent")
    assert len((Path(environment["CLAIMS_KEY"]).with_name("page-key")).read_text()) == 43
