"""Leads: outside services played on the loopback as their contracts say, errors included."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import Claims, begins
from test_web import Server, answer, serving

from ledger import providers
from ledger.providers import Outcome, Query, gdelt
from ledger.providers.archive import SavePageNow
from ledger.providers.service import Service

KEY = "AIzaSecret/1+2"
JSON = "Content-Type: application/json"
TEXT = "The lower town lost at least 300 houses in the flood, said Marsh Relief, a charity.\n"

Asked = dict[str, str]
Play = Callable[[str, Asked], bytes]


@contextmanager
def playing(monkeypatch: pytest.MonkeyPatch, folder: Path, play: Play) -> Iterator[Server]:
    """All services at one address of the loopback, and a key for the one that needs one."""

    def talk(connection: socket.socket, request: bytes) -> None:
        where = urlsplit(request.split()[1].decode())
        connection.sendall(play(where.path, {k: v[0] for k, v in parse_qs(where.query).items()}))

    key = folder / "key.txt"
    key.write_text(KEY)
    monkeypatch.setenv("CLAIMS_GOOGLE_KEY_FILE", str(key))
    monkeypatch.setenv("CLAIMS_CACHE", str(folder / "cache"))
    with serving(talk) as server:
        for name in providers.PROVIDERS:
            monkeypatch.setenv(f"CLAIMS_{name.upper()}_URL", server.url)
        yield server


def said(data: object) -> bytes:
    return answer(json.dumps(data).encode(), JSON)


def prose(words: str, status: str = "200 OK") -> bytes:
    return answer(words.encode(), "Content-Type: text/html", status=status)


REVIEW = {"url": "https://check.example/1", "publisher": {"site": "check.example"}, "textualRating": "Mostly false"}
CLAIM = {"text": "300 houses were lost", "claimant": "A mayor", "claimReview": [REVIEW]}
BAD_KEY = {
    "error": {
        "code": 400, "message": f"API key not valid: {KEY}", "status": "INVALID_ARGUMENT",
        "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}],
    }
}  # fmt: skip
ARTICLE = {
    "url": "https://news.example/flood",
    "title": "Flood",
    "seendate": "20260302T101500Z",
    "domain": "news.example",
}
DIRTY = b'{"articles": [{"url": "https://news.example/a", "title": "A \\d wrong escape and a \x01 control"}]}'
ROW = "example,desk)/a 20200418003811 https://desk.example/a text/html 200 B2RKOLH7 12929\n"
NO_ROWS = (
    "example,desk)/a 20201318003811 https://desk.example/a text/html 200 B2RKOLH7 1\n"
    "example,desk)/b 20200418140810 http://mailto:box@desk.example/ unk 301 3I42H3S6 324\n"
    "example,desk)/c 20200418005903 some/thing text/html 200 X2TRC5YO 20887\nexample,desk)/d\n"
)
HIT = {"ns": 0, "title": "Flood of 1962", "pageid": 7, "snippet": 'the <span class="x">flood</span> &amp; after'}
PAGE = {"pageid": 7, "title": "Flood of 1962", "revisions": [{"revid": 991, "timestamp": "2026-01-02T03:04:05Z"}]}
ENTITY = {
    "id": "Q5",
    "label": "Marsh Relief",
    "description": "charity",
    "match": {"type": "label", "text": "Marsh Relief"},
}
NAMES = {"entities": {"Q5": {"labels": {"es": {"language": "es", "value": "Socorro del Pantano"}},
                             "aliases": {"en": [{"language": "en", "value": "MR"}]}}}}  # fmt: skip
NOTHING, UNKNOWN, FOUND = Outcome.NOTHING, Outcome.UNKNOWN, Outcome.FOUND

ANSWERS: list[tuple[str, list[bytes], Outcome, int, str]] = [
    ("google", [said({})], NOTHING, 0, ""),
    ("google", [said({"claims": []})], NOTHING, 0, ""),
    ("google", [said({"claims": [CLAIM]})], FOUND, 1, ""),
    ("google", [said({"claims": [CLAIM], "nextPageToken": "n"}), said({"claims": [CLAIM]})], FOUND, 2, ""),
    ("google", [answer(json.dumps(BAD_KEY).encode(), JSON, status="400 Bad Request")], UNKNOWN, 0, "key is not valid"),
    ("google", [said({"error": {"code": 403, "message": "not enabled"}})], UNKNOWN, 0, "not enabled"),
    ("google", [answer(b"{}", JSON, status="429 Too Many Requests")] * 3, UNKNOWN, 0, "quota"),
    ("google", [said({"message": "sorry"})], UNKNOWN, 0, "another form"),
    ("google", [said({"claims": {"0": CLAIM}})], UNKNOWN, 0, "another form"),
    ("google", [said({"claims": [{"text": "no review"}]})], UNKNOWN, 0, "none of which can be read"),
    ("google", [said([])], UNKNOWN, 0, ""),
    ("google", [prose("<html>a portal of the airport</html>")], UNKNOWN, 0, "no JSON"),
    ("gdelt", [said({})], NOTHING, 0, ""),
    ("gdelt", [said({"articles": [ARTICLE]})], FOUND, 1, ""),
    ("gdelt", [answer(DIRTY, JSON)], FOUND, 1, ""),
    ("gdelt", [prose("Your query was too short or too long.")], UNKNOWN, 0, "too short or too long"),
    ("gdelt", [prose("Please limit requests to one every 5 seconds")], UNKNOWN, 0, "fewer requests"),
    ("gdelt", [prose("Please limit requests", "429 Too Many Requests")], UNKNOWN, 0, "fewer requests"),
    ("gdelt", [said({"status": "busy"})], UNKNOWN, 0, "without a list"),
    ("gdelt", [said({"articles": [{"title": "no address"}]})], UNKNOWN, 0, "none of which can be read"),
    ("gdelt", [answer(b"", JSON)], UNKNOWN, 0, ""),
    ("gdelt", [answer(b'{"articles": [', JSON)], UNKNOWN, 0, "no JSON"),
    ("wayback", [answer(b"", "Content-Type: text/plain")], NOTHING, 0, ""),
    ("wayback", [answer((ROW + NO_ROWS).encode())], FOUND, 1, ""),
    ("wayback", [answer(f"{ROW}\nexample%2Cdesk%29+2%3A\n".encode()), answer(ROW.encode())], FOUND, 1, ""),
    ("wayback", [answer(NO_ROWS.encode())], UNKNOWN, 0, "none of which can be read"),
    (
        "wayback",
        [answer(b"", "X-Archive-Wayback-Runtime-Error: AccessException: Blocked Site Error", status="403 Forbidden")],
        UNKNOWN, 0, "kept out of it",
    ),
    ("wayback", [answer(b"", status="429 Too Many Requests")], UNKNOWN, 0, "fewer requests"),
    ("wayback", [prose("<html>down for repairs</html>")], UNKNOWN, 0, "a page in place"),
    ("wikipedia", [said({"query": {"search": []}})], NOTHING, 0, ""),
    ("wikipedia", [said({"query": {"search": [HIT]}}), said({"query": {"pages": [PAGE]}})], FOUND, 1, ""),
    (
        "wikipedia",
        [
            said({"continue": {"sroffset": 1, "continue": "-||"}, "query": {"search": [HIT]}}),
            said({"query": {"search": [HIT | {"pageid": 8}]}}),
            said({"query": {"pages": [PAGE, PAGE | {"pageid": 8}]}}),
        ],
        FOUND, 2, "",
    ),
    ("wikipedia", [said({"query": {"search": [HIT]}}), said({"query": {"pages": []}})], UNKNOWN, 0, "none of which"),
    ("wikipedia", [said({"errors": [{"code": "maxlag", "text": "Waiting for a database"}]})], UNKNOWN, 0, "Waiting"),
    ("wikipedia", [said({"batchcomplete": True})], UNKNOWN, 0, "without a list"),
    ("wikidata", [said({"search": [], "success": 1})], NOTHING, 0, ""),
    ("wikidata", [said({"search": [ENTITY], "success": 1}), said(NAMES)], FOUND, 1, ""),
    ("wikidata", [said({"error": {"code": "nosearch", "info": "The search must be set"}})], UNKNOWN, 0, "must be set"),
    ("wikidata", [said({"search": []})], UNKNOWN, 0, "without a list"),
    ("wikidata", [said({"search": [ENTITY], "success": 1}), said({"error": {"info": "gone"}})], UNKNOWN, 0, "gone"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "answers", "outcome", "count", "why"), ANSWERS)
def test_every_answer_has_its_outcome(
    name: str, answers: list[bytes], outcome: Outcome, count: int, why: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:  # fmt: skip
    left = iter(answers)
    with playing(monkeypatch, tmp_path, lambda _path, _asked: next(left)) as server:
        words = "https://desk.example/a" if name == "wayback" else "houses lost in the flood"
        monkeypatch.setattr("ledger.web.client._wait", lambda _error, _tried: 0.0)
        told = providers.ask(providers.known()[name], Query(text=words))
    assert (told.outcome, len(told.leads)) == (outcome, count)
    assert (told.why is not None) == (outcome is UNKNOWN)
    assert why in (told.why or "")
    assert len(told.exchanges) == len(server.asked) or why == "quota"
    assert next(left, None) is None
    assert KEY not in repr(told)


def test_service_that_does_not_answer_is_no_service_that_found_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with playing(monkeypatch, tmp_path, lambda *_: b"no HTTP\r\n\r\n"):
        outcomes = {
            providers.ask(p, Query(text=words)).outcome
            for p in providers.known().values()
            for words in ("flood of houses", "https://desk.example/a")
        }
    assert outcomes == {Outcome.UNKNOWN, Outcome.NOT_ASKED}


@pytest.mark.parametrize(
    ("given", "looked_for"),
    [
        ('"At least 300 houses" (lost) in the flood -not domain:x', "least 300 houses lost the flood not domain"),
        ("1,200 homes", "1200 homes"),
        ("a b", ""),
        ("word " * 100, " ".join(["word"] * 40)),
    ],
)
def test_words_for_gdelt_hold_no_sign_that_means_something(given: str, looked_for: str) -> None:
    assert gdelt.words(given) == looked_for


def test_what_a_service_cannot_know_it_is_not_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with playing(monkeypatch, tmp_path, lambda *_: said({})) as server:
        told = providers.ask(providers.known()["gdelt"], Query(text="houses lost", until="2016-03-01"))
    assert told.outcome is Outcome.NOT_ASKED
    assert "three months" in (told.why or "")
    assert not server.asked


# --- saved by the Wayback Machine ---------------------------------------------------------------------------------

JOB = said({"url": "https://desk.example/a", "job_id": "spn2-1"})
PENDING = said({"status": "pending", "job_id": "spn2-1"})
SAVED = said({"status": "success", "timestamp": "20310602101500", "original_url": "https://desk.example/a"})
SNAPSHOT = "https://web.archive.org/web/20310602101500/https://desk.example/a"


@pytest.mark.parametrize(
    ("answers", "kept", "why"),
    [
        ([JOB, PENDING, PENDING, SAVED], SNAPSHOT, ""),
        (
            [said({"status": "error", "status_ext": "error:too-many-daily-captures", "message": "5 times"})],
            None,
            "5 times",
        ),
        ([JOB, said({"status": "error", "status_ext": "error:no-access"})], None, "error:no-access"),
        ([answer(b'{"message": "You need to be logged in"}', JSON, status="401 Unauthorized")], None, "logged in"),
        ([JOB, PENDING, answer(b"{}", JSON, status="500 Error")], None, "500"),
        ([JOB, *[PENDING] * 60], None, "still saving it"),
        ([said({"url": "https://desk.example/a"})], None, "without a number"),
        ([JOB, said({"status": "success"})], None, "what became of it"),
        ([prose("<html>down</html>")], None, "no JSON"),
    ],
)
def test_answer_of_save_page_now_is_kept_whatever_it_is(
    answers: list[bytes], kept: str | None, why: str, flood: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ledger.providers.archive.WAIT", 0)
    left = iter(answers)
    address = "/story"

    def play(path: str, _asked: Asked) -> bytes:
        if path == address:
            return answer(
                b"<html><p>The town lost 300 houses, it was said there.</p></html>", "Content-Type: text/html"
            )
        return next(left)

    with playing(monkeypatch, tmp_path, play) as server:
        monkeypatch.setenv("CLAIMS_ARCHIVE_URL", server.url)
        monkeypatch.setenv("CLAIMS_ARCHIVE_KEY_FILE", str(tmp_path / "key.txt"))
        told = flood(
            "capture", f"{server.url}{address}", "--allow-private", "--archive", "--json", code=0 if kept else 4
        )
    line = told.lines[-1]
    assert (line["id"], line["archived"], line["evidence"]) == ("A2", kept, "E1")
    assert why in (line["why"] or "")
    assert f"authorization: LOW {KEY}".encode() in server.asked[1].replace(b"Authorization", b"authorization")
    (evidence,) = flood("list", "evidence", "--json").lines
    assert (kept or why) in evidence["shows"]
    assert flood("verify").code == 0
    assert KEY.encode() not in flood.ledger.read_bytes()


def test_page_inside_the_house_is_told_to_no_archive_and_none_is_asked_without_keys(
    flood: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(
        answer(b"<html><p>The town lost 300 houses, it was said there.</p></html>", "Content-Type: text/html")
    ) as one:
        told = flood("capture", f"{one.url}/story", "--allow-private", "--archive", code=4)
    assert "not archived: it stands inside your network" in told.err
    assert "saved A2" in told.out
    assert len(one.asked) == 1
    told_ = providers.ask(SavePageNow(), Query(text="https://desk.example/a"))
    assert (told_.outcome, "CLAIMS_ARCHIVE_KEY_FILE" in (told_.why or "")) == (Outcome.NOT_ASKED, True)


def test_what_cannot_be_archived_is_told_and_what_is_interrupted_stays_saved(
    flood: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMS_ARCHIVE_KEY_FILE", str(flood.file("key.txt", KEY)))
    flood.file("b.txt", "The lower town lost 200 houses, it was said.")
    page = answer(b"<html><p>The town lost 300 houses, it was said there.</p></html>", "Content-Type: text/html")
    assert "not archived: it was not captured from the web" in flood("capture", "b.txt", "--archive", code=2).err

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(providers, "ask", interrupted)
    with serving(page) as one:
        told = flood("capture", f"{one.url}/c", "--allow-private", "--archive", code=130)
    assert "nothing of this command was logged" not in told.err
    assert len(flood("list", "articles", "--json").lines) == 3


# --- the command --------------------------------------------------------------------------------------------------


def good(path: str, asked: Asked) -> bytes:
    if path == "/v1alpha1/claims:search":
        return said({"claims": [CLAIM]})
    if path == "/api/v2/doc/doc":
        return said({})
    if path == "/flood":
        return answer(
            b"<html><title>Flood</title><p>The town lost 300 houses, it was said there.</p>", "Content-Type: text/html"
        )
    if asked.get("action") == "wbsearchentities":
        return said({"search": [ENTITY], "success": 1})
    return said(NAMES if asked.get("action") == "wbgetentities" else {"query": {"search": []}})


@begins
def flood(claims: Claims) -> Claims:
    claims("capture", claims.file("a.txt", TEXT), "--publisher", "Example Daily", "--published", "2020-05-01")
    claims(
        "add",
        "at least 300 houses",
        "--article",
        "A1",
        "--by",
        "Marsh Relief",
        "--question",
        "houses lost in the flood",
    )
    return claims


def test_lookup_logs_where_was_looked_what_came_and_the_raw_answers(
    flood: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with playing(monkeypatch, tmp_path, good) as server:
        google, news, wiki = flood("lookup", "--about", "Q1", "--json").lines
        again = flood("lookup", "--about", "Q1", "--with", "google").out
    assert [one["outcome"] for one in (google, news, wiki)] == ["found", "nothing found", "nothing found"]
    assert (google["leads"][0]["id"], google["leads"][0]["verdict"], google["evidence"]) == ("M1", "Mostly false", "E1")
    assert "known" in again
    assert f"x-goog-api-key: {KEY}".lower().encode() in server.asked[0].lower()
    made = [(s["where"], s["found"], s["failed"]) for s in flood("list", "searches", "--json").lines]
    assert made[:2] == [(["Google Fact Check Tools"], 1, None), (["GDELT DOC 2.0 (the last three months)"], 0, None)]
    flood("evidence", "save", "E1", "-o", "answer.json")
    kept = json.loads((flood.folder / "answer.json").read_text())
    assert json.loads(kept["exchanges"][0]["body"]) == {"claims": [CLAIM]}
    assert [row["state"] for row in flood("list", "leads", "--json").lines] == ["pending"]
    assert "1 lead waits" in flood("todo").out
    flood("undo", "2")
    assert not flood("list", "searches", "--json").lines
    assert not flood("list", "leads", "--json").lines


def test_key_stands_nowhere(flood: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    again = {**BAD_KEY, "again": "AIzaSecret%2F1%2B2", "and": [KEY]}
    body = json.dumps(again).encode() + json.dumps(KEY).replace("/", "\\/").encode()
    echoed = answer(body, f"X-Key: {KEY}", status="400 Bad Request")
    with playing(monkeypatch, tmp_path, lambda path, _: echoed if "claims:search" in path else said({})):
        flood("lookup", "--about", "Q1", "--with", "google", code=4)
        flood("lookup", "houses", "--with", "google", "--json", code=4)
        flood("doctor", "--online", code=None)
    flood("export", "--format", "ledger", "-o", "whole.jsonl")
    (tmp_path / "key.txt").unlink()
    everything = [p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()]
    everything += [(ran.out + ran.err).encode() for ran in flood.ran]
    for spelt in (KEY, "AIzaSecret%2F1%2B2", KEY.replace("/", "\\/")):
        assert not [data for data in everything if spelt.encode() in data]


def test_exit_code_tells_nothing_found_from_not_found_out(
    flood: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with playing(monkeypatch, tmp_path, lambda *_: said({})):
        flood("lookup", "houses lost", "--with", "gdelt", code=0)
        before = flood("log", "--json").out
        flood("lookup", "houses lost", "--with", "wayback", code=4)  # it takes addresses: nobody was asked
        assert flood("log", "--json").out == before
    with playing(monkeypatch, tmp_path, lambda *_: prose("Your query was too short or too long.")):
        flood("lookup", "--about", "C1", "--with", "gdelt", code=4)
        found = flood("xref", "C1", "--online", code=4)
    assert "could not find out" in found.out
    assert flood("list", "searches", "--json").lines[0]["failed"]


def test_lead_becomes_an_article_by_one_command(flood: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    address = {"url": ""}

    def play(path: str, asked: Asked) -> bytes:
        if path == "/api/v2/doc/doc":
            return said({"articles": [ARTICLE | address]})
        return good(path, asked)

    with playing(monkeypatch, tmp_path, play) as server:
        address["url"] = f"{server.url}/flood"
        flood("lookup", "--about", "Q1", "--with", "gdelt")
        flood("accept", "M1", code=1)
        flood("capture", "M1", code=2)  # an address inside the house, and nobody allowed it
        assert flood("list", "leads", "--json").lines[0]["state"] == "pending"
        assert flood("capture", "M1", "--allow-private", "--json").json["id"] == "A2"
        flood("capture", "M1", code=1)
    assert flood("list", "leads", "--json").lines[0]["state"] == "accepted"
    flood("undo")
    assert flood("list", "leads", "--json").lines[0]["state"] == "pending"
    assert [a["id"] for a in flood("list", "articles", "--json").lines] == ["A1"]


def test_source_takes_the_names_that_wikidata_has_for_it(
    flood: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = next(s["id"] for s in flood("list", "sources", "--json").lines if s["name"] == "Marsh Relief")
    with playing(monkeypatch, tmp_path, good):
        flood("lookup", "--about", name, "--with", "wikidata")
    flood("capture", "M1", code=1)
    flood("accept", "M1")
    assert {"MR", "Socorro del Pantano"} <= set(flood("show", name, "--json").json["aliases"])
    flood("undo")
    assert "MR" not in flood("show", name, "--json").json["aliases"]


def test_protected_name_is_told_to_no_service(flood: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    flood("source", "protect", "@baker", "--name", "Ann Roe")
    with playing(monkeypatch, tmp_path, good) as server:
        flood("lookup", "Ann Roe saw the flood", code=1)
        flood("lookup", "Ann Roe saw the flood", "--about", "Q1", code=1)
    assert not server.asked


def test_newsroom_adds_a_service_of_its_own_and_a_broken_one_is_left_out(
    flood: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Own(gdelt.Doc):
        name, title = "own", "Our archive"

        def ask(self, query: Query, _service: Service) -> providers.outcomes.Found:
            lead = providers.Lead(url="https://own.example/1", title=query.text, kind=providers.LeadKind.NEWS)
            return providers.outcomes.Found([lead])

    points = [
        type("Point", (), {"name": n, "load": lambda _self, load=load: load})()
        for n, load in (("own", Own), ("bad", None))
    ]
    monkeypatch.setattr("ledger.providers.metadata.entry_points", lambda **_: points)
    (told,) = flood("lookup", "houses", "--with", "own", "--json").lines
    assert (told["title"], told["leads"][0]["url"]) == ("Our archive", "https://own.example/1")
    flood("lookup", "houses", "--with", "bad", code=2)


LONG = "\u0642" * 3000
LONG_CLAIM = CLAIM | {"text": LONG, "claimReview": [REVIEW | {"title": LONG, "textualRating": LONG}]}
MANY = {"Q5": {"aliases": {"en": [{"value": f"{n} {'name ' * 20}"} for n in range(900)]}}}


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("gdelt", [answer(b'{"articles": [{"url": "https://news.example/a", "title": "A \\ud800 half \\u0000"}]}', JSON)]),
        ("wikidata", [said({"search": [ENTITY], "success": 1}), said({"entities": MANY})]),
        ("google", [said({"claims": [LONG_CLAIM]})]),
    ],
)  # fmt: skip
def test_answer_that_the_log_would_not_take_is_cut_to_what_it_takes(
    name: str, answers: list[bytes], flood: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    left = iter(answers)
    with playing(monkeypatch, tmp_path, lambda *_: next(left)):
        (told,) = flood("lookup", "Marsh Relief", "--about", "A1", "--with", name, "--json").lines
    assert told["leads"][0]["id"] == "M1"
    assert "\ud800" not in told["leads"][0]["title"]
    assert flood("list", "leads", "--json").lines[0]["proposal"]["url"] == told["leads"][0]["url"]


@pytest.mark.parametrize("words", ["\udcff", "word " * 2000, "a\0b"])
def test_what_is_no_text_is_not_looked_up(words: str, flood: Claims) -> None:
    before = flood("log").out
    flood("lookup", words, code=2)
    flood("lookup", words, "--about", "Q1", code=2)
    assert flood("log").out == before


@pytest.mark.parametrize("url", ["http://[::1", "http://a:b/", "own.example"])
def test_service_at_no_address_is_not_asked(url: str, flood: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS_GDELT_URL", url)
    assert "CLAIMS_GDELT_URL is not a web address" in flood("lookup", "houses", "--with", "gdelt", code=4).out


def test_address_inside_the_house_is_looked_up_nowhere_else(
    flood: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path / "cache"))
    page = b"<html><p>The town lost 300 houses, it was said there.</p></html>"
    with serving(answer(page, "Content-Type: text/html")) as one:
        flood("capture", f"{one.url}/story", "--allow-private")
        told = flood("lookup", "--about", "A2", code=4).out + flood("xref", "A2", "--online", code=4).out
    assert told.count("Wayback Machine: not asked: it stands inside your network") == 2
    assert not flood("list", "searches", "--json").lines


def test_protected_name_in_an_answer_is_told(flood: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    flood("source", "protect", "@baker", "--name", "Ann Roe")
    with playing(monkeypatch, tmp_path, lambda *_: said({"articles": [ARTICLE | {"author": "Ann Roe"}]})):
        told = flood("lookup", "houses", "--about", "Q1", "--with", "gdelt").err
    assert "the name of the protected source @baker stands in what is kept of E1" in told


# --- pages as an archive has them ---------------------------------------------------------------------------------

FLOOD = """<!doctype html><html lang="en"><head><title>Flood in Marn</title></head><body><article>
<p>The dyke board of Marn said on Friday that {figure} houses were lost in the flood that came in the night.</p>
<p>The council of the lower town meets again on Tuesday, and the pumps will run until then, it said.</p></article></body>
</html>"""


def test_what_an_archive_has_is_compared_and_nothing_is_saved(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLAIMS_ALLOW_PRIVATE_ADDRESSES", "1")
    stamps = {"20200418003811": "at least 300", "20200419003811": "350", "20200420003811": None}
    index: list[bytes] = []
    asked: list[Asked] = []

    def play(path: str, query: Asked) -> bytes:
        if path.startswith("/cdx"):
            asked.append(query)
            return index[-1]
        figure = next(figure for stamp, figure in stamps.items() if f"/web/{stamp}id_/https://desk.example/a" in path)
        return (
            prose(FLOOD.format(figure=figure)) if figure else prose("<html>try later</html>", "503 Service Unavailable")
        )

    rows = "".join(f"example,desk)/a {stamp} https://desk.example/a text/html 200 D{stamp} 9\n" for stamp in stamps)
    file = tmp_path / "a.html"
    file.write_text(FLOOD.format(figure="at least 300"))
    claims("capture", str(file), "--url", "https://desk.example/a", "--publisher", "Marn Gazette")
    claims("add", "at least 300 houses were lost", "--article", "A1", "--by", "the dyke board", "--no-input")
    before = claims("log", "--json").out
    with playing(monkeypatch, tmp_path, play):
        index.append(answer(rows.encode()))
        told = claims("recheck", "A1", "--from-archive", code=4).out
        lines = claims("recheck", "A1", "--from-archive", "--json", code=4).out.splitlines()
        index.append(answer(b""))
        nothing = claims("recheck", "A1", "--from-archive")
        index.append(prose("<html>down</html>"))
        failed = claims("recheck", "A1", "--from-archive", code=4)
        claims("retract", "A1", "--because", "wrong page")
        assert "was retracted" in claims("recheck", "A1", "--from-archive", code=1).err
    outcomes = [(line["archived"][:10], line["outcome"], len(line["touched"])) for line in map(json.loads, lines)]
    assert outcomes == [
        ("2020-04-20", "could not find out", 0), ("2020-04-19", "changed", 1), ("2020-04-18", "unchanged", 0),
    ]  # fmt: skip
    assert "A1  as archived on 2020-04-19 00:38, against the newest copy: changed" in told
    assert "C1: its sentence is another one there" in told
    assert "nothing found" in nothing.err
    assert "could not find out" in failed.err
    assert asked[0]["to"] == f"{datetime.now(UTC):%Y%m%d}"
    assert claims("log", "--json").out.startswith(before)
