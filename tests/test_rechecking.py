"""A page asked for again: what became of it, which claims that touches, and that none of them moves."""

from __future__ import annotations

import http.server
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import Claims

from ledger import capture, rechecking, store, verbs
from ledger import records as r
from ledger.rechecking import Outcome
from ledger.store import read

FIRST = "The dyke board of Marn said on Friday that at least 300 houses were lost in the flood."
SECOND = "A miller, who asked not to be named, said that the water had risen twice and that 17 wells were spoilt."
PAGE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body><p>Read {n} times</p><article>
<p>{first}</p><p>{second} It rained on.</p><p>{third}</p></article></body></html>"""
THIRD = "The council of the lower town meets again on Tuesday, and the pumps will run until then, it said."


def page(
    title: str = "Flood in Marn", first: str = FIRST, second: str = SECOND, third: str = THIRD, n: int = 1
) -> bytes:
    return PAGE.format(title=title, first=first, second=second, third=third, n=n).encode()


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, body = self.server.answer  # type: ignore[attr-defined]
        self.server.asked += 1  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def site() -> Iterator[http.server.ThreadingHTTPServer]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.answer, server.asked = (200, page()), 0  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Ledger]:
    """A saved page with two claims in it."""
    saved = capture.read_bytes(page(), name="a.html", method="file")
    with store.create(tmp_path_factory.mktemp("rechecking") / "ledger.db", actor="desk") as ledger:
        capture.save(ledger, saved, actor="desk", url="https://gazette.example/flood", publisher="Marn Gazette")
        for words, by in (("at least 300 houses were lost", "the dyke board"), ("17 wells were spoilt", "a miller")):
            verbs.add(ledger, verbs.Add(exact=words, article="A1", by=by), actor="desk")
        yield ledger


GONE = page("404", "Sorry, the page that you asked for was not found, or it was moved to another place.", "So", "so")
EDITS = [
    ("nothing", page(), Outcome.UNCHANGED, {}),
    ("what stands beside it", page(n=2), Outcome.UNCHANGED, {}),
    ("a figure", page(first=FIRST.replace("300", "350")), Outcome.CHANGED, {"C1": "figure changed"}),
    ("a hedge taken away", page(first=FIRST.replace("at least ", "")), Outcome.CHANGED, {"C1": "hedge dropped"}),
    ("a hedge put there", page(second=SECOND.replace("17", "about 17")), Outcome.CHANGED, {"C2": "hedge added"}),
    ("another hedge", page(first=FIRST.replace("at least", "nearly")), Outcome.CHANGED, {"C1": "hedge changed"}),
    ("words", page(second=SECOND.replace("spoilt", "poisoned")), Outcome.CHANGED, {"C2": "wording changed"}),
    ("a passage", page(second="Nobody else spoke."), Outcome.CHANGED, {"C2": "passage gone"}),
    ("another paragraph", page(third=THIRD.replace("Tuesday", "Monday")), Outcome.CHANGED, {}),
    ("the headline", page(title="Many houses lost"), Outcome.CHANGED, {}),
    (
        "a correction",
        page(third="Correction: the flood came on Friday, and not on Thursday as we wrote."),
        Outcome.CHANGED,
        {},
    ),
    ("no correction", page(third="Corrections officers said that the jail was dry."), Outcome.CHANGED, {}),
    ("all of it, and it says so", GONE, Outcome.GONE, {}),
]


@pytest.mark.parametrize(("what", "body", "outcome", "touched"), EDITS, ids=[e[0] for e in EDITS])
def test_what_became_of_a_page(
    logged: store.Ledger, what: str, body: bytes, outcome: Outcome, touched: dict[str, str]
) -> None:
    now = capture.read_bytes(body, name="", method="http", media_type="text/html")
    article = read.article(logged, "A1")
    found = rechecking.compared(logged, article, read.captures(logged, article.uid)[-1], now).found
    assert (found.outcome, {t.claim: t.change for t in found.touched}) == (outcome, touched)
    assert (found.headline is not None) == (what == "the headline")
    assert bool(found.corrections) == (what == "a correction")


def test_changed_page_becomes_a_newer_copy_and_claims_stay(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS_ALLOW_PRIVATE_ADDRESSES", "1")
    with site() as server:
        address = f"http://127.0.0.1:{server.server_port}/flood"
        claims("capture", address, "--publisher", "Marn Gazette", "--published", "2031")
        claims("add", "at least 300 houses were lost", "--article", "A1", "--by", "the dyke board", "--no-input")
        before = claims("show", "C1", "--json").json
        assert "A1  unchanged" in claims("recheck", "A1").out
        claims("source", "protect", "@dyker", "--name", "Odo Marn")
        first = FIRST.replace("at least 300", "350") + " Odo Marn counted."
        server.answer = (200, page(first=first, title="More houses"))  # type: ignore[attr-defined]
        for told in (claims("recheck", "A1", "--dry-run").out, claims("recheck", "--all").out):
            assert "headline changed: “Flood in Marn” is now “More houses”" in told
            assert "C1: figure changed" in told
            assert f"  - {FIRST}" in told
        assert "saved as a newer copy; its claims stay with the older one" in told
        assert "@dyker stands in it" in told
        assert "A1  unchanged" in claims("recheck", "A1").out
        assert claims("show", "C1", "--json").json == before
        assert "350" in claims("open", "A1").out
        assert "at least" in claims("open", "C1").out
        for status, code, outcome in ((410, 0, "gone"), (503, 4, "could not find out")):
            server.answer = (status, b"")  # type: ignore[attr-defined]
            assert claims("recheck", "A1", "--json", code=code).json["outcome"] == outcome
    with store.open_ledger(claims.ledger) as ledger:
        assert len(read.captures(ledger, read.article(ledger, "A1").uid)) == 2


def test_many_changes_are_counted_and_a_private_address_is_asked_where_that_is_allowed(claims: Claims) -> None:
    with site() as server:
        address = f"http://127.0.0.1:{server.server_port}/flood"
        claims("capture", address, "--allow-private")
        third = "</p><p>".join(
            f"The pump of house {n} was stopped on the evening of Monday, it said." for n in range(45)
        )
        server.answer = (200, page(third=third))  # type: ignore[attr-defined]
        assert "--allow-private" in claims("recheck", "A1", code=4).out
        told = claims("recheck", "A1", "--allow-private").out
    assert (told.count("  + The pump"), "  + and 5 more" in told) == (40, True)


def test_redacted_words_do_not_come_back_and_a_retracted_article_is_left(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLAIMS_ALLOW_PRIVATE_ADDRESSES", "1")
    words, file = "at least 300 houses were lost", tmp_path / "a.html"
    with site() as server:
        address = f"http://127.0.0.1:{server.server_port}/flood"
        claims("capture", address)
        claims("add", words, "--article", "A1", "--by", "the dyke board", "--no-input")
        claims("redact", "C1", "--yes", "--because", "order")
        assert "A1  unchanged" in claims("recheck", "A1").out
        kept = page(title="At least 300 houses  were lost in Marn", third="The pumps stopped on Monday, it said.")
        without = page(first="Many houses were lost in the flood, it was said in Marn on Friday.")
        file.write_bytes(kept)
        for body, code in ((kept, 1), (without, 0)):
            server.answer = (200, body)  # type: ignore[attr-defined]
            for call in (["--all", "--dry-run"], ["A1", "--dry-run", "--json"], ["A1"]):
                told = claims("recheck", *call, code=code)
                assert words not in (told.out + told.err).casefold().replace("  ", " ")
                assert ("redacted" in told.err) == bool(code)
            if code:
                for again in (address, str(file)):
                    extra = () if again == address else ("--url", address)
                    assert "nothing was saved" in claims("capture", again, *extra, code=1).err
        assert words not in claims("open", "A1").out + claims("log", "--json").out
        claims("retract", "A1", "--because", "wrong page")
        assert "was retracted" in claims("recheck", "A1", code=1).err
    with store.open_ledger(claims.ledger) as ledger:
        assert len(read.captures(ledger, read.article(ledger, "A1").uid)) == 2


def test_what_is_seen_again_on_the_same_day_is_logged_once_and_stands_in_the_custody_sheet(
    claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS_ALLOW_PRIVATE_ADDRESSES", "1")
    with site() as server:
        address = f"http://127.0.0.1:{server.server_port}/flood"
        claims("capture", address)
        claims("add", "17 wells were spoilt", "--article", "A1", "--by", "a miller", "--no-input")
        claims("check", "C1", "yes", "--because", "heard him")
        claims("recheck", "A1", "--dry-run")
        for answer in ((200, page()), (200, page()), (410, b""), (410, b""), (200, page(n=3, third="It is dry now."))):
            server.answer = answer  # type: ignore[attr-defined]
            claims("recheck", "A1")
    steps = claims("show", "A1", "--json").json["custody"]
    assert [s["did"] for s in steps] == ["article", "capture", "check", "recheck", "recheck", "recheck", "capture"]
    saved = read_captures(claims)
    assert [(s["sha256"], s["text_sha256"]) for s in steps if s["did"] == "capture"] == [(c.raw, c.text) for c in saved]
    told = claims("show", "A1").out
    for words in (f"desk fetched from {address}", "checked C1", "again: unchanged", "again: gone", "again: changed"):
        assert words in told
        assert words.removeprefix("desk ") in claims("report", "A1", "--format", "md").out.replace("\\", "")
    claims("undo")
    assert [s["did"] for s in claims("show", "A1", "--json").json["custody"]][-2:] == ["recheck", "recheck"]


def read_captures(claims: Claims) -> list[r.Capture]:
    with store.open_ledger(claims.ledger) as ledger:
        return read.captures(ledger, read.article(ledger, "A1").uid)


def test_page_that_says_it_was_changed_is_no_silent_edit(logged: store.Ledger) -> None:
    article, copies = read.article(logged, "A1"), read.captures(logged, read.article(logged, "A1").uid)
    owned = page(third="Correction: the flood came on Friday, and not on Thursday as we wrote.")
    dated = page(third="It is dry.").replace(
        b"<head>", b"<head><meta property='article:modified_time' content='2031-06-05'>"
    )
    same = page().replace(b"<head>", b"<head><meta property='article:modified_time' content='2031-06-05'>")
    for body, silent, modified in (
        (page(third="It is dry."), True, None), (owned, False, None), (dated, False, (None, "2031-06-05")),
        (same, False, (None, "2031-06-05")),
    ):  # fmt: skip
        now = capture.read_bytes(body, name="", method="http", media_type="text/html")
        found = rechecking.compared(logged, article, copies[-1], now).found
        assert (found.silent, found.modified) == (silent, modified)


WATCH = "import cli.rechecking as r; r.SHORTEST = r.UNITS['s'] = 0.2; from cli.entry import run; run()"


def until(true: Callable[[], object]) -> None:
    for _ in range(2400):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to that in two minutes")


def test_watching_says_each_change_once_and_goes_on_where_it_was(
    claims: Claims, environment: dict[str, str], tmp_path: Path
) -> None:
    with site() as server:
        claims("capture", f"http://127.0.0.1:{server.server_port}/flood", "--allow-private")
        out, call = tmp_path / "out", [sys.executable, "-c", WATCH, "recheck", "--all", "--watch", "--every", "1s"]

        def watching() -> subprocess.Popen[bytes]:
            with out.open("ab") as f:
                return subprocess.Popen([*call, "--allow-private"], env=environment, stdout=f, stderr=f)

        def seen(answer: tuple[int, bytes], words: str) -> None:
            server.answer = answer  # type: ignore[attr-defined]
            until(lambda: words in out.read_text())
            asked = server.asked  # type: ignore[attr-defined]
            until(lambda: server.asked > asked + 1)  # type: ignore[attr-defined]

        processes = [watching()]
        try:
            seen((200, page()), "watching 1 page, each every 1s; Ctrl-C ends")
            seen((200, page(third="It is dry now.")), "A1  changed")
            seen((410, b""), "A1  gone")
            processes[0].send_signal(signal.SIGINT)
            assert processes[0].wait(10) == 130
            processes.append(watching())
            seen((410, b""), "stopped; what was seen is logged")
            seen((200, page(third="It is dry now.")), "A1  unchanged")
            processes[1].send_signal(signal.SIGINT)
            assert processes[1].wait(10) == 130
        finally:
            for process in processes:
                process.kill()
    told = out.read_text()
    assert [told.count(words) for words in ("A1  changed", "A1  gone", "A1  unchanged")] == [1, 1, 1]


@pytest.mark.parametrize("every", ["", "0m", "59s", "1w", "-1h", "400d", "1.5h", "999999m"])
def test_time_between_looks_is_said_in_minutes_hours_or_days(claims: Claims, every: str) -> None:
    claims("init")
    assert "such as 30m, 6h or 1d" in claims("recheck", "--all", "--watch", f"--every={every or 'h'}", code=2).err
