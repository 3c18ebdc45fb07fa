"""The page's server: who may come in, what the API gives and takes, and that a page that saw an older log cannot write."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import invented
import jsonschema
import pytest
import server
from conftest import Claims, surroundings
from serving import Served, served
from sizes import size

from ledger import audit, capture, reports, store, text, verbs
from ledger import records as r
from ledger.errors import MovedOn
from ledger.reports import gathering
from ledger.serve import gate
from ledger.serve.openapi import described
from ledger.store import read

TEXT = """\
The lower town lost at least 300 houses in the flood, said Marsh Relief, a charity. The water rose twice.

The mayor said 320 houses were lost in the flood.
"""


"""Set, the counts are those of a campaign."""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, stead: server.Stead | None) -> Iterator[dict[str, str]]:
    """An environment with a ledger about the ferry of Cape Lorn, which is looked at and not written to."""
    folder = tmp_path_factory.mktemp("story")
    around = surroundings(folder, stead)
    invented.build(folder / "ledger.db")
    yield around
    with store.open_ledger(around["CLAIMS_LEDGER"], store.Open.READ) as ledger:
        assert audit.verify(ledger).ok


@pytest.fixture(scope="module")
def looked(story: dict[str, str]) -> Iterator[Served]:
    """The page of that ledger, for tests that log nothing."""
    with served(story) as running:
        yield running


@pytest.fixture
def page(environment: dict[str, str], request: pytest.FixtureRequest) -> Iterator[Served]:
    """A page of its own, with the same story; what it leaves must verify."""
    place = environment["CLAIMS_LEDGER"]
    if request.config.getoption("--engine") == "postgres":
        invented.build(request.getfixturevalue("tmp_path") / "ledger.db")
    else:
        shutil.copyfile(request.getfixturevalue("story")["CLAIMS_LEDGER"], place)
    with served(environment) as running:
        yield running
    with store.open_ledger(place, store.Open.READ) as ledger:
        assert audit.verify(ledger).ok


def _selected(page: Served, article: str, words: str, **more: Any) -> dict[str, Any]:
    found = page.get("text", id=article).json
    start = found["text"].index(words)
    given = {"article": article, "text_sha256": found["text_sha256"], "start": start, "end": start + len(words)}
    return given | more


# --- who may come in ------------------------------------------------------------------------------------------------


def test_the_address_opens_the_page_once(environment: dict[str, str]) -> None:
    store.create(environment["CLAIMS_LEDGER"], actor="ana").close()
    with served(environment, enter=False) as page:
        parts = urlsplit(page.address)
        enter = f"{parts.path}?{parts.query}"
        assert page.ask("GET", f"{page.base}/").code == 403
        assert page.ask("GET", f"{parts.path}?token=").code == 403
        assert page.ask("GET", f"{parts.path}?token={'x' * 43}").code == 403
        first = page.ask("GET", enter)
        assert first.code == 303
        assert first.heads["location"] == f"{page.base}/"
        cookie = first.heads["set-cookie"]
        assert {f"Path={page.base}", "HttpOnly", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
        assert page.ask("GET", enter).code == 403, "a token is good once"
        assert page.ask("GET", f"{page.base}/", cookie="claims=" + "x" * 43).code == 403
        page.cookie = cookie.partition(";")[0]
        assert page.ask("GET", enter, cookie=page.cookie).code == 303, "who is in stays in"
        assert page.get("head").code == 200


def test_a_token_serves_one_of_many_that_come_at_once() -> None:
    opens = gate.Pass()
    token = opens.address(1).rpartition("=")[2]
    got: list[str | None] = []
    many = [threading.Thread(target=lambda: got.append(opens.change(token))) for _ in range(50)]
    for one in many:
        one.start()
    for one in many:
        one.join()
    assert len([cookie for cookie in got if cookie]) == 1


FOREIGN: list[tuple[str, str, str, dict[str, str | None], int]] = [
    ("rebound name", "GET", "/api/head", {"host": "evil.example:{port}"}, 421),
    ("its own name, another port", "GET", "/api/head", {"host": "127.0.0.1:1"}, 421),
    ("no port", "GET", "/api/head", {"host": "127.0.0.1"}, 421),
    ("any address of this machine", "GET", "/api/head", {"host": "0.0.0.0:{port}"}, 421),
    ("a name that ends alike", "GET", "/api/head", {"host": "evil-localhost:{port}"}, 421),
    ("another page reads", "GET", "/api/claims", {"origin": "http://evil.example"}, 403),
    ("another port of this machine reads", "GET", "/api/claims", {"origin": "http://127.0.0.1:1"}, 403),
    ("a frame on another site", "GET", "/", {"sec_fetch_site": "cross-site"}, 403),
    ("another port opens it", "GET", "/", {"sec_fetch_site": "same-site"}, 403),
    ("no cookie", "GET", "/api/claims", {"cookie": None}, 403),
    ("another cookie", "GET", "/api/claims", {"cookie": "claims=guessed"}, 403),
    ("another page writes", "POST", "/api/undo", {"origin": "http://evil.example"}, 403),
    ("another port of this machine writes", "POST", "/api/undo", {"origin": "http://127.0.0.1:1"}, 403),
    ("a sandboxed page writes", "POST", "/api/undo", {"origin": "null"}, 403),
    ("nobody says from where", "POST", "/api/undo", {"origin": None}, 403),
    ("a name that is the same address", "POST", "/api/undo", {"origin": "http://localhost:{port}"}, 403),
    ("another site, it says", "POST", "/api/undo", {"sec_fetch_site": "cross-site"}, 403),
    ("a sister site, it says", "POST", "/api/undo", {"sec_fetch_site": "same-site"}, 403),
    ("a form", "POST", "/api/undo", {"content_type": "application/x-www-form-urlencoded"}, 403),
    ("a form of parts", "POST", "/api/undo", {"content_type": "multipart/form-data; boundary=x"}, 403),
    ("a form of text", "POST", "/api/undo", {"content_type": "text/plain"}, 403),
    ("no kind at all", "POST", "/api/undo", {"content_type": None}, 403),
    ("no cookie to write", "POST", "/api/undo", {"cookie": None}, 403),
    ("asked whether it may", "OPTIONS", "/api/undo", {}, 403),
    ("put", "PUT", "/api/undo", {}, 403),
    ("deleted", "DELETE", "/api/claims", {}, 403),
    ("written by reading", "GET", "/api/undo", {}, 405),
]


def test_what_does_not_come_from_the_page_is_turned_away(looked: Served) -> None:
    size = looked.size()
    for name, method, path, heads, code in FOREIGN:
        own: dict[str, str | None] = {
            "cookie": looked.cookie, "origin": looked.origin if method == "POST" else None, "log_size": str(size),
            "content_type": "application/json" if method == "POST" else None,
        }  # fmt: skip
        given = {k: v and v.replace("{port}", str(looked.port)) for k, v in heads.items()}
        found = looked.ask(method, looked.base + path, b"{}" if method == "POST" else None, **(own | given))
        assert found.code == code, f"{name}: {found}"
        assert "access-control-allow-origin" not in found.heads, name
    assert looked.ask("GET", "/api/head", cookie=looked.cookie).code == 404, "the room is part of every path"
    assert looked.size() == size


TAKING: list[tuple[str, str, dict[str, str | None], int]] = [
    ("opened from another site", "", {"site": "cross-site", "dest": "document"}, 200),
    ("its file, by itself", "/page.js", {"site": "same-origin", "dest": "script"}, 200),
    ("its file, by another site", "/page.js", {"site": "cross-site", "dest": "script", "mode": "no-cors"}, 403),
    ("framed by another site", "", {"site": "cross-site", "dest": "iframe"}, 403),
    ("fetched by another site", "", {"site": "cross-site", "dest": "empty", "mode": "cors"}, 403),
    ("a rebound name", "", {"host": "evil.example:{port}"}, 421),
    ("no such file", "/../{base}/", {}, 404),
]


def test_the_page_that_takes_is_opened_by_who_has_its_key_and_holds_nothing(looked: Served) -> None:
    desk = looked.ask("GET", f"{looked.base}/", cookie=looked.cookie).body.decode()
    (taking,) = set(re.findall(r"/take/[\w-]{43}", desk))
    for name, path, heads, code in TAKING:
        named = {k if k == "host" else f"sec_fetch_{k}": v for k, v in heads.items()}
        given = {k: v and v.replace("{port}", str(looked.port)) for k, v in named.items()}
        found = looked.ask("GET", taking + path, **given)
        assert found.code == code, f"{name}: {found}"
        assert looked.base.encode() not in found.body, name
        assert "access-control-allow-origin" not in found.heads
    whole = looked.ask("GET", taking)
    assert (whole.heads["x-frame-options"], whole.heads["cross-origin-opener-policy"]) == ("DENY", "unsafe-none")
    assert looked.ask("GET", "/take/" + "x" * 43).code != 200
    assert looked.ask("GET", "/take").code != 200
    assert looked.ask("POST", taking, b"{}", origin=looked.origin, content_type="application/json").code == 403


def test_every_answer_forbids_scripts_frames_and_copies(looked: Served) -> None:
    for path in (
        "/",
        "/read/A1",
        "/question/Q1",
        "/preview/Q1",
        "/beside?a=A1",
        "/api",
        "/api/claims",
        "/looked.js",
        "/nowhere",
        "/read/A99",
    ):
        heads = looked.ask("GET", looked.base + path, cookie=looked.cookie).heads
        policy = heads["content-security-policy"]
        assert "script-src 'self';" in policy, path
        assert "unsafe" not in policy, path
        assert {"frame-ancestors 'none'", "form-action 'none'", "base-uri 'none'"} <= {
            p.strip() for p in policy.split(";")
        }
        assert (heads["x-frame-options"], heads["x-content-type-options"]) == ("DENY", "nosniff")
        assert (heads["cache-control"], heads["referrer-policy"]) == ("no-store", "no-referrer")


def test_it_listens_on_this_machine_alone(looked: Served) -> None:
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    bound = {row[1] for row in rows if row[3] == "0A" and int(row[1].rpartition(":")[2], 16) == looked.port}
    assert bound == {f"0100007F:{looked.port:04X}"}


# --- the API --------------------------------------------------------------------------------------------------------


def test_reads_give_the_records_that_the_command_line_prints(
    looked: Served, story: dict[str, str], claims: Claims
) -> None:
    def printed(*words: str) -> list[Any]:
        return claims("--ledger", story["CLAIMS_LEDGER"], "--json", *words).lines

    assert looked.get("claims").json == [c | {"fields": {}} for c in printed("list", "claims")]
    assert looked.get("articles").json == printed("list", "articles")
    assert looked.get("questions").json == printed("list", "questions")
    assert looked.get("sources").json == printed("list", "sources")
    assert [looked.get("question", id="Q1").json] == [q | {"fields": {}} for q in printed("question", "show", "Q1")]


@pytest.mark.parametrize(
    ("query", "claims"),
    [
        ({"article": "A1"}, 1), ({"publisher": "Island Post"}, 1), ({"publisher": "Nobody's Paper"}, 0),
        ({"limit": 2}, 2), ({"after": "C2", "limit": 1}, 1), ({"since": "2031-05-07"}, None), ({"until": "2031-05-06"}, None),
        ({"source": "S2"}, None), ({"question": "Q1"}, None), ({"state": "new"}, None),
    ],
)  # fmt: skip
def test_claims_are_filtered(looked: Served, query: dict[str, Any], claims: int | None) -> None:
    found = looked.get("claims", **query).json
    everything = looked.get("claims").json
    assert [c for c in everything if c in found] == found
    assert len(found) == claims if claims is not None else 0 < len(found) <= len(everything)
    if "since" in query:
        assert all(c["published_at"] >= query["since"] for c in found)
    if "until" in query:
        assert all(c["published_at"][:10] <= query["until"] for c in found)


@pytest.mark.parametrize(
    ("name", "query", "code"),
    [
        ("claims", {"article": "A99"}, 404), ("claims", {"article": "Q1"}, 400), ("claims", {"limit": "many"}, 400),
        ("claims", {"limit": 0}, 400), ("claims", {"colour": "red"}, 400), ("claim", {}, 400), ("claim", {"id": "C99"}, 404),
        ("text", {"id": "S1"}, 400), ("question", {"id": "x"}, 400), ("search", {"words": ""}, 400), ("nothing", {}, 404),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_words(looked: Served, name: str, query: dict[str, Any], code: int) -> None:
    found = looked.get(name, **query)
    assert found.code == code, found
    if name != "nothing":
        assert set(found.json) == {"error", "message", "hint"}


def test_answers_are_as_they_are_described(looked: Served) -> None:
    whole = looked.ask("GET", f"{looked.base}/api", cookie=looked.cookie).json
    assert whole == json.loads(json.dumps(described(looked.base)))
    asked: dict[str, dict[str, Any]] = {
        "question": {"id": "Q1"}, "why": {"id": "Q1"}, "claim": {"id": "C1"}, "search": {"words": "ferry"},
        "passages": {"words": "ferry"}, "text": {"id": "A1"}, "finds": {"id": "A1"},
        "side_by_side": {"a": "A1", "b": "A2"},
    }  # fmt: skip
    reads = {path.rpartition("/")[2]: do["get"] for path, do in whole["paths"].items() if "get" in do}
    assert {"todo", "claims", "questions", *asked} <= reads.keys()
    for name, about in reads.items():
        schema = about["responses"]["200"]["content"]["application/json"]["schema"]
        found = looked.get(name, **asked.get(name, {}))
        assert found.code == 200, (name, found)
        assert found.heads["log-size"] == str(looked.size())
        jsonschema.validate(found.json, schema | {"components": whole["components"]})


def test_words_become_a_claim_and_are_taken_back(page: Served) -> None:
    saved = page.log("capture", {"text": TEXT, "publisher": "Delta Post", "published": "2021-05-04", "title": "Flood"})
    article = saved["saved"]["article"]["id"]
    size, chosen = page.size(), _selected(page, article, "at least 300")
    card = page.post("draft", chosen).json
    assert (card["claim"]["exact"], card["figures"]) == (
        "The lower town lost at least 300 houses in the flood",
        ["at least 300"],
    )
    assert card["request"]["by"] == "Marsh Relief"
    assert page.size() == size, "a draft logs nothing"
    given = card["request"] | {"question": "Houses lost in the flood"}
    place = {"start": card["claim"]["start"], "end": card["claim"]["end"], "grow": False}
    card = page.post("draft", chosen | place | {"given": given}).json
    (would,) = card["would"]
    assert (would["source"], would["outlets"], would["new"]) == ("Marsh Relief", 1, True)
    claim = page.log("add", chosen | place | {"given": card["request"]})["claim"]
    assert (claim["exact"], claim["attribution"][-1]["source"]) == (card["claim"]["exact"], "Marsh Relief")
    page.log("undo", {})
    assert page.get("claim", id=claim["id"]).json["retracted"]
    page.log("redo", {})
    assert claim["id"] in [c["id"] for c in page.get("claims", article=article).json]


def test_a_page_of_a_browser_is_saved_as_it_stood_there(page: Served, environment: dict[str, str]) -> None:
    markup = "<!doctype html><html><head><title>Flood</title></head><body><article><p>{}</p></article></body></html>"
    text = "The water rose by 3 metres, said the weir keeper, and the mill was lost. " * 3
    given = {"page": markup.format(text), "url": "https://weir.example/flood"}
    saved = page.log("capture", given)["saved"]
    assert (saved["new"], saved["article"]["url"]) == (True, "https://weir.example/flood")
    with store.open_ledger(environment["CLAIMS_LEDGER"], store.Open.READ) as ledger:
        copy = read.capture(ledger, saved["capture"])
        assert copy is not None
        assert (capture.blob(ledger, copy.raw), copy.method) == (given["page"].encode(), "browser")
    for wrong in ({"page": "<p>x"}, given | {"url": "file:///etc/passwd"}, given | {"text": "x"}):
        assert page.post("capture", wrong, page.size()).code == 400, wrong


REST = "The weir held through the night, and by morning the water stood no higher than the sills of the ferry house."
BEFORE = (
    "The mayor said on Monday that at least 400 houses were lost in the flood. Nobody was hurt in the lower town."
    f" {REST}"
)
AFTER = (
    f"The mayor said on Monday that some 450 houses were lost in the flood. Nobody was hurt in the lower town. {REST}"
)


def test_two_texts_stand_side_by_side(page: Served, environment: dict[str, str]) -> None:
    with store.open_ledger(environment["CLAIMS_LEDGER"]) as ledger:
        ledger.actor = "desk"
        for body in (BEFORE, AFTER):
            made = r.replace(capture.read_bytes(body.encode(), name="-", method="stdin"), url="https://weir.example/1")
            one = verbs.capture(ledger, verbs.Capture(page=made, publisher="Weir Weekly")).saved.article.id
            if body is BEFORE:
                claim = verbs.add(ledger, verbs.Add(exact="at least 400 houses", article=one)).claim.id
        other = capture.read_bytes(f"It rained. {AFTER} The weir held.".encode(), name="-", method="stdin")
        two = verbs.capture(ledger, verbs.Capture(page=other, title="Rain", publisher="Mill Echo")).saved.article.id
    found = page.get("side_by_side", a=one).json
    assert [(found[side]["article"], found[side]["copy"], found[side]["text"]) for side in "ab"] == [
        (one, 2, AFTER),
        (one, 1, BEFORE),
    ], "another copy of the article comes first"
    assert [n["article"] for n in found["near"]] == [two]
    found = page.get("side_by_side", a=one, b=one, a_copy=1, b_copy=2).json
    (differs,) = found["differs"]
    assert BEFORE[differs["start"] : differs["end"]].strip() == "at least 400"
    assert AFTER[differs["other_start"] : differs["other_end"]].strip() == "some 450"
    assert all(BEFORE[p["start"] : p["end"]] == AFTER[p["other_start"] : p["other_end"]] for p in found["shared"])
    assert [(b["claim"], b["what"]) for b in found["became"]] == [(claim, "figure changed")]
    found = page.get("side_by_side", a=claim, b=two).json
    assert (found["a"]["copy"], float(found["share"]) > 0.5) == (1, True), "a claim stands in its own copy"
    assert page.get("side_by_side", a=one, b=two, b_copy=2).code == 400
    assert page.get("side_by_side", a=two).json["b"]["article"] == one
    assert page.get("side_by_side", a="A1").json["b"] is None or page.get("side_by_side", a="A1").json["near"]


def test_finds_are_judged(page: Served) -> None:
    saved = page.log("capture", {"text": TEXT, "publisher": "Delta Post", "published": "2021-05-04", "title": "Flood"})
    article = saved["saved"]["article"]["id"]
    first, *rest = page.get("finds", id=article).json
    assert rest
    done = page.log("accept", {"key": first["key"], "exact": first["exact"], "questions": ["Houses lost"]})
    assert done["claims"][0]["exact"] == first["exact"]
    assert done["claims"][0]["questions"]
    page.log("reject", {"key": rest[0]["key"], "exact": rest[0]["exact"]})
    left = [f["key"] for f in page.get("finds", id=article).json]
    assert not {first["key"], rest[0]["key"]} & set(left)
    gone = page.post("accept", {"key": first["key"], "exact": first["exact"]}, page.size())
    assert gone.code == 404
    other = page.post("accept", {"key": rest[-1]["key"], "exact": "other words"}, page.size())
    assert other.code in (404, 422)


def test_a_page_that_saw_an_older_log_writes_nothing(page: Served, environment: dict[str, str]) -> None:
    seen = page.size()
    with store.open_ledger(environment["CLAIMS_LEDGER"]) as ledger:
        verbs.raise_question(ledger, verbs.RaiseQuestion(text="How deep is the strait?"), actor="bob")
    size = page.size()
    refused = page.post("ask", {"text": "Who was at the helm?"}, seen)
    assert (refused.code, refused.json["error"]) == (409, "MovedOn")
    assert f"{seen} entries" in refused.json["message"]
    assert page.size() == size
    assert page.post("ask", {"text": "Who was at the helm?"}, size).code == 200
    assert page.post("ask", {"text": "And who was not?"}).code == 400, "who writes says what was seen"


def test_a_verb_holds_what_was_seen_against_the_log_in_its_own_transaction(tmp_path: Path) -> None:
    with store.create(tmp_path / "ledger.db", actor="ana") as ledger:
        seen = store.head(ledger)
        verbs.raise_question(ledger, verbs.RaiseQuestion(text="One?"), actor="ana", seen=seen)
        size = store.head(ledger)
        with pytest.raises(MovedOn):
            verbs.raise_question(ledger, verbs.RaiseQuestion(text="Two?"), actor="ana", seen=seen)
        assert store.head(ledger) == size


def test_a_text_that_was_captured_anew_is_opened_again(looked: Served) -> None:
    chosen = _selected(looked, "A1", "40 people")
    stale = looked.post("draft", chosen | {"text_sha256": "0" * 64})
    assert (stale.code, stale.json["error"]) == (422, "Refused")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"text": 1}', b'{"given": {"x": 1}}', b"\xff", b"[" * 100_000])
def test_what_is_no_request_is_refused(looked: Served, body: bytes) -> None:
    found = looked.ask(
        "POST", f"{looked.base}/api/add", body, cookie=looked.cookie, origin=looked.origin, content_type="application/json",
        log_size=str(looked.size()),
    )  # fmt: skip
    assert found.code == 400, found


def test_the_preview_is_the_report_byte_for_byte(looked: Served, story: dict[str, str]) -> None:
    framed = looked.ask("GET", f"{looked.base}/report/Q1", cookie=looked.cookie)
    with store.open_ledger(story["CLAIMS_LEDGER"], store.Open.READ) as ledger:
        assert framed.body == reports.write(gathering.gather(ledger, ["Q1"]), "html")
    policy = {part.strip() for part in framed.heads["content-security-policy"].split(";")}
    assert {"default-src 'none'", "sandbox", "frame-ancestors 'self'"} <= policy
    assert b"<iframe" in looked.ask("GET", f"{looked.base}/preview/Q1", cookie=looked.cookie).body


def test_many_read_while_one_writes(page: Served) -> None:
    wrong: list[Any] = []
    sizes: list[int] = []
    written, many_reads = threading.Event(), size(40, 1000)

    def reads() -> None:
        while len(sizes) < many_reads or not written.is_set():
            found = page.get("claims", limit=5)
            if found.code != 200:
                wrong.append(found)
            sizes.append(int(found.heads["log-size"]))

    many = [threading.Thread(target=reads) for _ in range(8)]
    for one in many:
        one.start()
    while not sizes and not wrong:
        time.sleep(0.01)
    for n in range(size(3, 10)):
        page.log("ask", {"text": f"Question number {n}?"})
    written.set()
    for one in many:
        one.join()
    assert not wrong
    assert len(sizes) >= many_reads
    assert len(set(sizes)) > 1, "reads saw the log grow, and said so"


# --- selections -----------------------------------------------------------------------------------------------------


def test_a_selection_is_whole_words_as_the_terminal_locates_them() -> None:
    body = "Some 40 of 400 men, 40 of them boys, can't swim.\r\n40"
    for start, end in ((5, 6), (20, 22), (50, 52)):
        place = text.selected(body, start, end)
        assert place.exact == "40"
        again = text.locate(body, place.exact, occurrence=text.which(body, place.start, place.end))
        assert again == place
    assert text.selected(body, 12, 13).exact == "400"
    assert text.selected(body, 37, 40).exact == "can't"


# --- the command ----------------------------------------------------------------------------------------------------


def test_serving_needs_no_module_of_its_own_for_other_verbs(environment: dict[str, str]) -> None:
    script = (
        "import sys; from cli import main; main.invoke(['list']); "
        "print([m for m in ('starlette', 'uvicorn', 'anyio', 'mcp', 'ledger.serve', 'cli.serve') if m in sys.modules])"
    )
    store.create(environment["CLAIMS_LEDGER"], actor="ana").close()
    ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


@pytest.mark.file
def test_a_ledger_that_was_not_there_goes_again_with_the_page(environment: dict[str, str]) -> None:
    with served(environment) as page:
        assert page.size() == 1
    assert not Path(environment["CLAIMS_LEDGER"]).exists()


@pytest.mark.file
def test_a_port_that_is_taken_is_said_so(claims: Claims, environment: dict[str, str]) -> None:
    with served(environment) as page:
        ran = claims("serve", "--no-open", "--port", str(page.port), code=2)
    assert f"port {page.port} is taken" in ran.err
