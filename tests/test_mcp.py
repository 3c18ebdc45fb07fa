"""The tools of an assistant, with the protocol's own client over standard input and output."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import invented
import pytest
from conftest import Claims
from sizes import size
from warm import warm

from ledger import records as r
from ledger import store
from ledger.reports.page import page
from ledger.serve.offers import READS, WRITES
from ledger.store import read

pytestmark = pytest.mark.skipif(find_spec("mcp") is None, reason="needs the extra mcp")

Work = Callable[[Any], Awaitable[Any]]


def _asked(environment: dict[str, str], work: Work) -> Any:
    async def run() -> Any:
        from mcp import ClientSession  # here: it takes two seconds, which only one worker should pay
        from mcp.client.stdio import StdioServerParameters, stdio_client

        program, *words = warm("import:cli.serve", "import:ledger.serve.assistant", "import:mcp.server.stdio")
        command = StdioServerParameters(command=program, args=[*words, "mcp"], env=environment)
        async with stdio_client(command) as (into, out), ClientSession(into, out) as session:
            await session.initialize()
            return await work(session)

    return asyncio.run(run())


@pytest.fixture
def book(environment: dict[str, str]) -> Path:
    place = Path(environment["CLAIMS_LEDGER"])
    invented.build(place)
    return place


def test_the_tools_read_and_draft_and_none_writes(book: Path, environment: dict[str, str]) -> None:
    async def work(session: Any) -> Any:
        return (await session.list_tools()).tools

    tools = _asked(environment, work)
    assert {t.name for t in tools} == READS.keys()
    assert not {t.name for t in tools} & WRITES.keys()
    assert all(t.annotations.read_only_hint and t.input_schema["type"] == "object" for t in tools)


def test_the_manual_names_every_tool() -> None:
    manual = (Path(__file__).parents[1] / "docs" / "mcp.md").read_text(encoding="utf-8")
    assert {name for name in READS if f"`{name}`" not in manual} == set()


def test_what_is_returned_is_what_the_ledger_holds_and_nothing_is_logged(
    book: Path, environment: dict[str, str]
) -> None:
    with store.open_ledger(book, store.Open.READ) as ledger:
        claims, size, root = list(read.claims(ledger)), store.head(ledger), store.root(ledger)
        whole = r.plain(page(ledger, "Q1"))
        sources = {s.name for s in read.sources(ledger)}

    async def work(session: Any) -> Any:
        async def got(name: str, **given: Any) -> Any:
            found = await session.call_tool(name, given)
            assert not found.is_error, found
            return found.structured_content["found"]

        told = [await got("claim", id=c.id) for c in claims]
        text = await got("text", id="A1")
        start = text["text"].index("40 people")
        place = {"article": "A1", "text_sha256": text["text_sha256"], "start": start, "end": start + 9}
        return (
            told,
            await got("question", id="Q1"),
            await got("draft", **place),
            await got("todo"),
            await got("sources"),
        )

    told, question, card, _, named = _asked(environment, work)
    assert told == [r.plain(c) for c in claims]
    assert question == whole
    assert {s["name"] for s in named} == sources
    assert card["claim"]["exact"] == "At least 40 people died when it sank off Cape Lorn"
    assert (card["claim"]["attribution"][-1]["source"], card["figures"]) == ("Coastal Rescue Watch", ["at least 40"])
    with store.open_ledger(book, store.Open.READ) as ledger:
        assert (store.head(ledger), store.root(ledger)) == (size, root)


def test_a_write_a_stranger_and_a_wrong_word_are_refused_in_words(book: Path, environment: dict[str, str]) -> None:
    asked = [*((name, {}) for name in WRITES), ("claim", {"id": "C99"}), ("claim", {"id": "C1", "colour": "red"})]

    async def work(session: Any) -> Any:
        return [await session.call_tool(name, given) for name, given in asked]

    for answer in _asked(environment, work):
        assert answer.is_error
        assert {"error", "message"} <= answer.structured_content.keys()


def test_questions_change_no_hedge_and_invent_no_source(
    claims: Claims, environment: dict[str, str], shared: Path
) -> None:
    for event in ("B-aceh-2013", "A2-rashidin-2017"):
        for one in sorted((shared / "corpus" / event).glob("*.txt"))[: size(4, 8)]:
            claims("capture", one, "--publisher", one.stem, "--no-input", code=None)
    with store.open_ledger(claims.ledger) as ledger:
        from ledger import verbs
        from ledger.crossref import waiting
        from ledger.wish import Wish

        items = waiting.unjudged(ledger, list(read.articles(ledger)))[0]
        verbs.accept_found(
            ledger, verbs.AcceptFound(chosen=tuple(c for i in items for c in Wish(i, {}).chosen())), actor="desk"
        )
        held = {c.id: c for c in read.claims(ledger)}
        texts = {a.id: read.captures(ledger, a.uid)[-1].text for a in read.articles(ledger)}
        names = {s.name for s in read.sources(ledger)}
    assert texts
    words = sorted({w for c in held.values() for w in c.exact.split() if len(w) > 5})
    asked = [("claim", {"id": name}) for name in list(held)[: size(40, 100)]]
    asked += [("search", {"words": w, "limit": 5}) for w in words[: size(80, 200) - len(asked)]]

    async def work(session: Any) -> Any:
        return [(await session.call_tool(name, given)).structured_content["found"] for name, given in asked]

    answers = _asked(environment, work)
    assert len(answers) == len(asked)
    for found in answers:
        for claim in [found] if isinstance(found, dict) else [hit["claim"] for hit in found]:
            own = held[claim["id"]]
            assert claim["exact"] == own.exact
            assert claim["quantities"] == r.plain(own.quantities)
            assert [hop["source"] for hop in claim["attribution"]] == [hop.source for hop in own.attribution]
            assert {hop["source"] for hop in claim["attribution"]} <= names
