"""Suggestions of a language model, against a real server on the loopback that plays what such servers answer.

The law: nothing that does not stand in the text word for word gets through, whatever the model returns.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from conftest import Claims
from hypothesis import given
from hypothesis import strategies as st

from ledger import quantity, suggest
from ledger.assist import Aided, llm
from ledger.assist.finder import Finder, merged
from ledger.assist.grounding import Unusable, found, items, passages
from ledger.errors import BadInput
from ledger.text import fold
from ledger.vocabulary import Mode, Role

TEXT = (
    "MARSALA, May 3 - Harbour television quoted a port official saying that more than 40 boats were sunk in the storm.\n"
    "The storm left at least 12 families without a roof on Monday, the island council said.\n"
    "Twenty cranes fell. “We have 300 tents – and no water,” said Nora Abate, who runs the relief post.\n"
    "The ferry company plans to raise its fares by 9 percent in June.\n"
)
BOATS = "more than 40 boats were sunk in the storm"
FARES = "The ferry company plans to raise its fares by 9 percent in June"
TENTS = "We have 300 tents – and no water"


def figure(words: str, low: str | None, high: str | None, *, incl: tuple[bool | None, bool | None]) -> dict[str, Any]:
    return {"words": words, "low": low, "high": high, "low_inclusive": incl[0], "high_inclusive": incl[1]}


def item(claim: str, *sources: tuple[str, str], figures: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    hops = [{"name": name, "cue": cue, "role": "relay"} for name, cue in sources]
    return {"claim": claim, "sources": hops, "figures": list(figures)}


GOOD = item(
    BOATS,
    ("Harbour television", "quoted"),
    ("a port official", "saying"),
    figures=(figure("more than 40 boats", "40", None, incl=(False, None)),),
)


def taken(one: Any, text: str = TEXT) -> Any:
    """What is left of one item of an answer; None where its claim does not stand."""
    (passage,) = passages(text, None, longest=10_000)
    return found(passage, one)


# --- what an item must stand up to --------------------------------------------------------------------------------


def test_what_stands_word_for_word_is_taken_with_its_chain_and_figure() -> None:
    made = taken(GOOD)
    assert TEXT[made.start : made.end] == made.exact == BOATS
    assert [(m.text, m.role, m.cue) for m in made.attribution] == [
        ("Harbour television", Role.RELAY, "quoted"),
        ("a port official", Role.ORIGIN, "saying"),
    ]
    assert all(TEXT[m.start : m.end] == m.text for m in made.attribution)
    assert [(q.text, q.low, q.low_inclusive) for q in made.quantities] == [("more than 40", "40", False)]
    assert (made.pattern, made.mode) == ("llm", Mode.INDIRECT)


def test_typography_may_differ_and_the_characters_of_the_text_are_kept() -> None:
    made = taken(item("We have 300 tents - and no water", ("Nora Abate", "said")))
    assert (made.exact, made.mode) == (TENTS, Mode.DIRECT)


@pytest.mark.parametrize(
    "claim",
    [
        "more than 50 boats were sunk in the storm",
        "more than 40 boats were sunk by the storm",
        "more than 40 boats sunk were in the storm",
        "more than 40 boats were sunk in storm",
        "more than 40 boats were sunk in the storm and the harbour burned",
        "More than 40 Boats were sunk in the storm",
        "ore than 40 boats were sunk in the stor",
        "The harbour burned for two days",
        "storm",
        "",
        "   ",
        None,
        40,
        ["more than 40 boats were sunk in the storm"],
        "x" * 5000,
    ],
)
def test_a_claim_that_does_not_stand_is_dropped_with_all_it_carries(claim: Any) -> None:
    assert taken({**GOOD, "claim": claim}) is None


def test_a_claim_that_stands_twice_is_dropped() -> None:
    assert taken(item("The road was shut"), "The road was shut. The road was shut, they said.") is None


@pytest.mark.parametrize(
    "name", ["a port officer", "a senior port official", "official port a", "Reuters", "", None, 7, "40"]
)
def test_an_invented_origin_leaves_it_unknown_and_never_makes_the_relay_the_origin(name: Any) -> None:
    made = taken({**GOOD, "sources": [GOOD["sources"][0], {"name": name, "cue": "saying", "role": "origin"}]})
    assert [(m.text, m.role) for m in made.attribution] == [("Harbour television", Role.RELAY), ("", Role.ORIGIN)]
    assert made.attribution[-1].cue is None
    assert made.mode is not Mode.NONE


def test_an_invented_relay_is_dropped_and_the_origin_stays() -> None:
    made = taken({**GOOD, "sources": [{"name": "Island radio", "cue": "quoted", "role": "relay"}, GOOD["sources"][1]]})
    assert [m.text for m in made.attribution] == ["a port official"]


@pytest.mark.parametrize(("cue", "stance"), [("denied that", "denies"), ("said that", "asserts")])
def test_the_stance_is_that_of_the_cue(cue: str, stance: str) -> None:
    text = f"The island council {cue} 12 families lost their roof."
    assert taken(item("12 families lost their roof", ("The island council", cue)), text).stance == stance


def test_an_invented_cue_is_dropped_and_its_source_stays() -> None:
    made = taken(item(BOATS, ("a port official", "admitted")))
    assert [(m.text, m.cue, m.cue_start) for m in made.attribution] == [("a port official", None, None)]


def test_a_source_from_the_far_end_of_the_text_is_not_taken_for_the_claim() -> None:
    made = taken(item(FARES, ("Harbour television", "quoted")))
    assert [m.text for m in made.attribution] == [""]


@pytest.mark.parametrize(
    "wrong",
    [
        figure("more than 40 boats", "40", None, incl=(True, None)),
        figure("more than 40 boats", "40", "40", incl=(True, True)),
        figure("more than 40 boats", "41", None, incl=(False, None)),
        figure("more than 40 boats", None, None, incl=(None, None)),
        figure("more than 50 boats", "40", None, incl=(False, None)),
        figure("at least 12 families", "12", None, incl=(True, None)),
        {"words": "more than 40 boats", "low": 40.0, "high": None},
        {"words": "more than 40 boats", "low": "NaN", "high": None, "low_inclusive": False},
        {"words": "more than 40 boats", "low": "many", "high": None, "low_inclusive": False},
        {"words": None, "low": "40", "high": None, "low_inclusive": False},
        "more than 40",
        None,
    ],
)
def test_a_figure_that_is_not_read_the_same_is_dropped_and_never_mended(wrong: Any) -> None:
    made = taken({**GOOD, "figures": [wrong]})
    assert made.exact == BOATS
    assert made.quantities == ()


def words_of(text: str) -> list[str]:
    return text.split(" ")


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A sentence of the text with a digit changed, a word dropped, two swapped, or a word that is not there."""
    words = words_of(draw(st.sampled_from([BOATS, FARES, TENTS, "Harbour television quoted a port official"])))
    n = draw(st.integers(0, len(words) - 2))
    how = draw(st.sampled_from(["drop", "swap", "invent", "digit"]))
    if how == "drop":
        return " ".join(words[:n] + words[n + 1 :])
    if how == "swap":
        return " ".join([*words[:n], words[n + 1], words[n], *words[n + 2 :]])
    if how == "invent":
        return " ".join([*words[:n], draw(st.sampled_from(["not", "nearly", "Reuters", "0"])), *words[n:]])
    digit = draw(st.sampled_from("0123456789"))
    return re.sub(r"\d", digit, " ".join(words), count=1)


@given(mutated(), mutated(), mutated())
def test_nothing_passes_that_is_not_in_the_text(claim: str, name: str, cue: str) -> None:
    made = taken({"claim": claim, "sources": [{"name": name, "cue": cue}], "figures": GOOD["figures"]})
    folded = fold(TEXT).text
    assert (made is not None) <= (fold(claim).text in folded)
    for mention in made.attribution if made else ():
        assert not mention.text or (TEXT[mention.start : mention.end] == mention.text and fold(name).text in folded)
        assert mention.cue is None or (TEXT[mention.cue_start : mention.cue_end] == mention.cue)
    for q in made.quantities if made else ():
        assert q in quantity.find(TEXT)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from([BOATS, "a port official", "said"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["claims", "claim", "sources", "name", "cue", "role", "figures", "words", "low", "high"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_an_answer_of_any_shape_gives_verbatim_suggestions_or_none(data: Any) -> None:
    try:
        rows = items(json.dumps(data))
    except Unusable:
        return
    for row in rows:
        made = taken(row)
        assert made is None or TEXT[made.start : made.end] == made.exact


# --- reading the answer as a whole --------------------------------------------------------------------------------

WHOLE = json.dumps({"claims": [GOOD]})


@pytest.mark.parametrize(
    "answer",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f'<think>They want claims. {{"claims": []}}</think>\n{WHOLE}',
        json.dumps([GOOD]),
    ],
)
def test_wrapping_around_the_json_is_taken_off(answer: str) -> None:
    assert items(answer) == [GOOD]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "  ",
        "Sure! Here it is.",
        "<think>so many boats",
        WHOLE[:-7],
        f"Here: {WHOLE}",
        '{"claims": 3}',
        "[" * 100_000,
        "3",
    ],
)
def test_an_answer_that_is_not_the_json_asked_for_is_unusable(answer: str) -> None:
    with pytest.raises(Unusable):
        items(answer)


# --- merging ------------------------------------------------------------------------------------------------------


def test_of_the_same_words_the_local_reading_stays() -> None:
    local = [Aided(f) for f in suggest.find(TEXT)]
    made = taken(GOOD)
    rows = merged(local, [Aided(made, "llm/1 x", {"llm": {}})])
    assert [r for r in rows if r.found.exact == BOATS] == [r for r in local if r.found.exact == BOATS]


def test_a_statement_without_a_chain_gets_the_one_that_was_found() -> None:
    local = [Aided(f) for f in suggest.find(TEXT) if f.exact.startswith("Twenty cranes")]
    assert [a.found.attribution for a in local] == [()]
    rows = merged(local, [Aided(taken(item("Twenty cranes fell", ("Nora Abate", "said"))), "llm/1 x", {"llm": {}})])
    assert [(a.found.pattern, a.found.attribution[0].text, a.made_by) for a in rows] == [
        (local[0].found.pattern, "Nora Abate", "llm/1 x")
    ]


# --- a server -----------------------------------------------------------------------------------------------------


@dataclass
class Played:
    """A model server that answers with what is queued, the last of it for good; keeps what it was asked."""

    answers: list[tuple[int, Any]]
    asked: list[Any] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    wait: Callable[[], None] = lambda: None


@pytest.fixture
def play(tmp_path: Path, claims: Claims, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Played]]:
    monkeypatch.setenv("CLAIMS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CLAIMS_LLM_SECONDS", "10")
    monkeypatch.setenv("CLAIMS_LLM_MODEL", "small-model")
    monkeypatch.delenv("CLAIMS_LLM_KEY_FILE", raising=False)
    running: list[ThreadingHTTPServer] = []

    def start(*answers: tuple[int, Any]) -> Played:
        played = Played(list(answers))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler(played))
        running.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        played.url = f"http://127.0.0.1:{server.server_port}/v1"
        monkeypatch.setenv("CLAIMS_LLM_URL", played.url)
        return played

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


def handler(played: Played) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            played.asked.append((self.path, json.loads(body)))
            played.headers.append(dict(self.headers))
            played.wait()
            status, answer = played.answers.pop(0) if len(played.answers) > 1 else played.answers[0]
            data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/v1/chat/completions")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            with suppress(OSError):  # whoever asked may have given up
                self.wfile.write(data)

        log_message = lambda *_: None  # noqa: E731

    return Handler


def completion(content: Any, *, ended: str = "stop", **message: Any) -> dict[str, Any]:
    """The shape of a chat completion, as Ollama and the hosted ones send it."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": ended}
    return {"id": "chatcmpl-1", "object": "chat.completion", "model": "small-model-1", "choices": [choice], "usage": {}}


def refusal(code: str = "model_not_found", message: str = "no") -> dict[str, Any]:
    return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}


NEW = item(FARES, figures=(figure("9 percent", "9", "9", incl=(True, True)),))
ANSWER = completion(json.dumps({"claims": [GOOD, NEW]}))


def test_the_model_is_asked_at_temperature_nought_for_json_of_a_given_shape(play: Callable[..., Played]) -> None:
    server = play((200, ANSWER))
    llm.suggest(llm.configured(), TEXT, "2026-05-03")
    ((path, body),) = server.asked
    assert path == "/v1/chat/completions"
    assert (body["model"], body["temperature"], body["stream"]) == ("small-model", 0, False)
    assert body["response_format"]["type"] == "json_schema"
    assert body["response_format"]["json_schema"]["strict"] is True
    assert TEXT.strip() in body["messages"][-1]["content"]
    assert "Authorization" not in server.headers[0]


def test_what_is_not_supported_is_asked_for_less_strictly(play: Callable[..., Played]) -> None:
    server = play((400, refusal("x")), (400, refusal("x")), (200, ANSWER))
    asked = llm.suggest(llm.configured(), TEXT)
    shapes = [body.get("response_format", {}).get("type") for _, body in server.asked]
    assert shapes == ["json_schema", "json_object", None]
    assert [a.found.exact for a in asked.aided] == [BOATS, FARES]
    assert asked.problem is None


def test_an_answer_is_kept_and_not_asked_for_again(play: Callable[..., Played]) -> None:
    server = play((200, ANSWER))
    first, second = (llm.suggest(llm.configured(), TEXT) for _ in range(2))
    assert first == second
    assert len(server.asked) == 1
    (kept,) = (llm.folders.cache() / "llm").iterdir()
    assert kept.stat().st_mode & 0o077 == 0


def test_a_kept_answer_that_was_tampered_with_is_held_against_the_text_too(play: Callable[..., Played]) -> None:
    play((200, ANSWER))
    llm.suggest(llm.configured(), TEXT)
    (kept,) = (llm.folders.cache() / "llm").iterdir()
    kept.write_text(kept.read_text().replace("9 percent", "8 percent"))
    assert [a.found.exact for a in llm.suggest(llm.configured(), TEXT).aided] == [BOATS]


def test_it_says_which_model_answered_what_to_which_question(play: Callable[..., Played]) -> None:
    play((200, ANSWER))
    aid = llm.suggest(llm.configured(), TEXT).aided[0]
    assert aid.kept is not None
    kept = aid.kept["llm"]
    assert kept["model"] == "small-model-1"
    assert kept["answer"] == ANSWER["choices"][0]["message"]["content"]
    assert re.fullmatch(r"[0-9a-f]{64}", kept["prompt_sha256"])
    assert aid.made_by == f"llm/1 small-model-1 prompt:{kept['prompt_sha256']}"


CUT = completion(WHOLE[:-30], ended="length")
FAILURES: dict[str, tuple[int, Any]] = {
    "no such model": (404, refusal()),
    "key refused": (401, refusal("invalid_api_key", "Incorrect API key provided: sk-secret")),
    "too many": (429, refusal("rate_limit_exceeded")),
    "server failed": (500, b"oops"),
    "redirect": (302, b""),
    "unsupported to the end": (400, refusal("x")),
    "not JSON": (200, b"<html>"),
    "another shape": (200, {"hello": 1}),
    "a list": (200, []),
    "no choices": (200, {"choices": []}),
    "an error inside": (200, refusal()),
    "cut off": (200, CUT),
    "cut off but whole": (200, completion(WHOLE, ended="length")),
    "empty": (200, completion("")),
    "nothing but a tool call": (200, completion(None, ended="tool_calls", tool_calls=[{"type": "function"}])),
    "reasoning without an answer": (200, completion("", reasoning=f"I would say {WHOLE}")),
    "thoughts never closed": (200, completion(f"<think>{WHOLE}")),
    "refused": (200, completion(WHOLE, refusal="I will not.")),
    "prose": (200, completion(f"Here are the claims: {WHOLE}")),
    "parts": (200, completion([{"type": "text", "text": WHOLE}])),
    "too large": (200, b" " * (5 * 1024 * 1024)),
    "half a character": (200, completion("\ud83d")),
}


@pytest.mark.parametrize("case", FAILURES)
def test_whatever_fails_the_local_suggestions_stay_and_one_line_says_why(
    case: str, play: Callable[..., Played], claims: Claims
) -> None:
    play(FAILURES[case])
    claims.file("a.txt", TEXT)
    local = claims("suggest", "a.txt", "--json")
    ran = claims("suggest", "a.txt", "--llm", "--json", code=4)
    assert ran.out == local.out != ""
    assert len(ran.err.splitlines()) == 1
    assert "secret" not in ran.err
    assert not (llm.folders.cache() / "llm").exists()


def test_a_server_that_is_not_there_or_takes_too_long_is_given_up(
    play: Callable[..., Played], claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = play((200, ANSWER))
    done = threading.Event()
    server.wait = lambda: (done.wait(5), None)[1]
    monkeypatch.setenv("CLAIMS_LLM_SECONDS", "0.3")
    claims.file("a.txt", TEXT)
    assert "within 0.3 s" in claims("suggest", "a.txt", "--llm", code=4).err
    done.set()
    monkeypatch.setenv("CLAIMS_LLM_URL", "http://127.0.0.1:9/v1")
    assert "could not be asked" in claims("suggest", "a.txt", "--llm", code=4).err


def test_one_passage_that_fails_leaves_the_others(play: Callable[..., Played]) -> None:
    long = "\n".join(f"Day {n}: the river rose by {n} cm, the warden said." for n in range(2, 200)) + "\n" + TEXT
    server = play((200, completion("no")), (200, ANSWER))
    asked = llm.suggest(llm.configured(), long)
    assert len(server.asked) > 1
    assert [a.found.exact for a in asked.aided] == [BOATS, FARES]
    assert all(long[a.found.start : a.found.end] == a.found.exact for a in asked.aided)
    assert asked.problem == "small-model: the answer is not JSON"


# --- configuration ------------------------------------------------------------------------------------------------


def test_the_key_comes_from_a_file_and_goes_nowhere_but_to_the_server(
    play: Callable[..., Played], claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = play((200, ANSWER))
    monkeypatch.setenv("CLAIMS_LLM_KEY_FILE", str(claims.file("key", "sk-secret-1\n")))
    claims.file("a.txt", TEXT)
    claims("capture", "a.txt", "--publisher", "Island Daily", "--published", "2026-05-03")
    ran = claims("suggest", "A1", "--llm", "--accept", "all")
    assert server.headers[0]["Authorization"] == "Bearer sk-secret-1"
    assert "sk-secret-1" not in repr(llm.configured())
    told = [ran.out.encode(), ran.err.encode(), *(p.read_bytes() for p in llm.folders.cache().rglob("*.json"))]
    told += [p.read_bytes() for p in claims.folder.glob("ledger.db*")]
    assert not any(b"sk-secret-1" in t for t in told)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"CLAIMS_LLM_URL": ""}, "CLAIMS_LLM_URL is not set"),
        ({"CLAIMS_LLM_MODEL": ""}, "CLAIMS_LLM_MODEL is not set"),
        ({"CLAIMS_LLM_URL": "ftp://example.org"}, "not a web address"),
        ({"CLAIMS_LLM_URL": "http://[::1"}, "not a web address"),
        ({"CLAIMS_LLM_SECONDS": "soon"}, "number of seconds"),
        ({"CLAIMS_LLM_KEY_FILE": "/nowhere"}, "cannot read the key"),
        ({"CLAIMS_LLM_URL": "http://example.org/v1", "CLAIMS_LLM_KEY_FILE": "KEY"}, "unencrypted"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, changed: dict[str, str], why: str) -> None:
    (tmp_path / "key").write_text("sk-secret-1")
    given = {"CLAIMS_LLM_URL": "http://localhost:11434/v1", "CLAIMS_LLM_MODEL": "m", **changed}
    if given.get("CLAIMS_LLM_KEY_FILE") == "KEY":
        given["CLAIMS_LLM_KEY_FILE"] = str(tmp_path / "key")
    with pytest.raises(BadInput, match=why) as caught:
        llm.configured(given)
    assert "sk-secret" not in str(caught.value)


def test_without_a_setting_the_command_says_what_to_set(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLAIMS_LLM_URL", raising=False)
    claims.file("a.txt", TEXT)
    assert "CLAIMS_LLM_URL" in claims("suggest", "a.txt", "--llm", code=2).err


# --- in the ledger ------------------------------------------------------------------------------------------------


def test_an_accepted_suggestion_keeps_the_answer_it_came_from(play: Callable[..., Played], claims: Claims) -> None:
    play((200, ANSWER))
    claims.file("a.txt", TEXT)
    claims("capture", "a.txt", "--publisher", "Island Daily", "--published", "2026-05-03")
    rows = claims("suggest", "A1", "--llm", "--json").lines
    (number,) = (row["number"] for row in rows if row["pattern"] == "llm")
    claims("suggest", "A1", "--llm", "--accept", str(number))
    logged = claims("list", "--json").lines
    assert [c["exact"] for c in logged] == [FARES]
    bodies = [e["body"] for e in claims("log", "--json").lines if e["kind"] == "suggestion"]
    (body,) = (json.loads(b) if isinstance(b, str) else b for b in bodies)
    assert body["made_by"].startswith("llm/1 small-model-1 prompt:")
    assert json.loads(body["proposal"])["llm"]["answer"] == ANSWER["choices"][0]["message"]["content"]


def test_numbers_are_not_accepted_when_the_model_that_gave_them_is_silent(
    play: Callable[..., Played], claims: Claims
) -> None:
    play((500, b""))
    claims.file("a.txt", TEXT)
    claims("capture", "a.txt", "--publisher", "Island Daily", "--published", "2026-05-03")
    claims("suggest", "A1", "--llm", "--accept", "all", code=4)
    assert claims("list", "--json").out == ""


def test_without_help_the_finder_is_the_rules() -> None:
    assert [a.found for a in Finder()(TEXT, None)] == suggest.find(TEXT, None)


# --- recorded answers ---------------------------------------------------------------------------------------------

SHARED = Path(os.environ.get("CLAIMS_SHARED") or Path(__file__).resolve().parents[2] / "shared")
RECORDED = SHARED / "fixtures" / "openai_compatible"


@pytest.mark.skipif(not RECORDED.is_dir(), reason="the recorded answers are not beside the checkout")
def test_the_recorded_answers_of_real_servers_are_read() -> None:
    yaml = pytest.importorskip("yaml", reason="reading the recordings takes PyYAML")

    seen = set()
    for path in sorted(RECORDED.glob("*.yaml")):
        for turn in yaml.safe_load(path.read_text("utf-8"))["interactions"]:
            body = turn["response"]["parsed_body"]
            try:
                content, model = llm._content(body)
            except Unusable as e:
                seen.add(str(e))
                continue
            seen.add("read")
            assert content == body["choices"][0]["message"]["content"]
            assert model == body["model"]
            with pytest.raises(Unusable, match=r"no list of claims|not JSON"):
                items(content)
    assert seen == {"read", "the answer is empty", "the server's answer has another shape"}
