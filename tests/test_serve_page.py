"""The page in a real Chromium: an event from capture to report by keys alone, hostile words, places in strange texts."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hostile
import invented
import pytest
from chromium import Browser, chromium
from serving import Served, served

from ledger import audit, capture, store, text, verbs
from ledger.store import read

WIDTHS = (390, 768, 1440)
READY = "document.querySelector('#text')?.dataset.ready == 'true'"
SAID = "document.querySelector('#said').textContent"

FLOODS = (
    ("Delta Post", "2021-05-04", "At least 300 houses were lost in the flood, said Marsh Relief, a charity.\n\nIt rained."),
    ("Harbour Post", "2021-05-05", "Marsh Relief said some 300 houses were lost in the flood. Nobody was hurt."),
    ("Weir Weekly", "2021-05-05", "The mayor said 420 houses were lost in the flood.\n\nA miller told a radio station so."),
)  # fmt: skip
"""Articles that we wrote, of a flood that never was."""


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with chromium(tmp_path / "profile") as opened:
        yield opened


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
    for _ in range(12):
        browser.press("ArrowUp")
    first, last = words.split(maxsplit=1)[0], words.rsplit(maxsplit=1)[-1]
    for _ in range(400):
        if browser.run(SAID).strip() == first:
            break
        browser.press("ArrowRight")
    for _ in range(60):
        if browser.run(SAID).endswith(last):
            return
        browser.press("ArrowRight", shift=True)
    raise AssertionError(f"the keys do not choose {words!r}: {browser.run(SAID)!r}")


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
    browser.look(1440)
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
                assert "2nd outlet for Marsh Relief" in browser.run("document.querySelector('.would').textContent")
                assert browser.run("document.querySelector('svg.interval line.own') !== null")
            browser.press("Enter")
            _said(browser, "filed under Q1")
        browser.press("u")
        _said(browser, "undone")
        browser.wait("!document.querySelector('#text .claim')")
        _walk_to(browser, "420 houses")
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
    browser.look(1440)
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
        assert "moved on by 1 entry" in browser.run("document.querySelector('#moved').textContent")


def test_no_hostile_word_becomes_more_than_words(browser: Browser, environment: dict[str, str]) -> None:
    """As many strings as HOSTILE says: a thousand pass, in a minute or two."""
    strings = hostile.made_up(int(os.environ.get("HOSTILE", "120")))
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
        bounds = [sorted(draw.sample(edges, 2)) for _ in range(1000)]
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


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_is_wider_than_the_window_and_axe_finds_nothing(
    browser: Browser, environment: dict[str, str], dark: bool
) -> None:
    """With AXE naming the file axe.min.js each page is tested with it; without, for its width and what the console says."""
    invented.build(Path(environment["CLAIMS_LEDGER"]))
    axe = os.environ.get("AXE")
    found = []
    with served(environment, enter=False) as page:
        browser.open(page.address)
        if axe:
            browser.do("Page.setBypassCSP", enabled=True)
        for path in ("/", "/read/A1", "/read/C1", "/question/Q1", "/preview/Q1", "/read/A99"):
            for width in WIDTHS:
                browser.look(width, dark=dark)
                _open(browser, page, path)
                if path.startswith("/read/A1") or path == "/read/C1":
                    browser.wait(READY)
                if path == "/read/A1":
                    _walk_to(browser, "40 people")
                    browser.press("c")
                    browser.wait("document.querySelector('form#claim')")
                wider = browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                if wider > 0:
                    found.append((path, width, f"{wider} pixels wider than the window"))
                if axe:
                    browser.do("Runtime.evaluate", expression=Path(axe).read_text(encoding="utf-8"))
                    told = browser.run(
                        "axe.run(document, {iframes: false}).then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))"
                    )
                    found += [(path, width, v) for v in told]
                if shots := os.environ.get("SHOTS"):
                    name = f"{path.strip('/').replace('/', '-') or 'desk'}-{width}-{'dark' if dark else 'light'}.png"
                    browser.picture(Path(shots) / name)
    assert not found, found
    assert [line for line in browser.heard if "404" not in line] == []
