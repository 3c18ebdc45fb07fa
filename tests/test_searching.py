"""Finding again: one syntax for claims and for passages of saved texts, which refuses nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import capture, searching, store
from ledger.capture import Details
from ledger.store import search

TEXTS = [
    ("Vell Courier", "2031-06-02", "Two ferries sank off Vell, the mayor said.\nNobody drowned in the harbour."),
    (
        "Radio Vell",
        "2031-06-10",
        "The harbour was closed. A second ferry sank, said the coast guard, and two boats were lost.",
    ),
    (
        "Radio Vell",
        "2031-07-01",
        "The mayor resigned. " + "It rained all day. " * 60 + "The harbour is open again, he said.",
    ),
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Ledger]:
    path = tmp_path_factory.mktemp("searching") / "ledger.db"
    with store.create(path, actor="desk") as made:
        for n, (outlet, day, text) in enumerate(TEXTS, 1):
            page = capture.read_bytes(text.encode(), name=f"{n}.txt", method="file")
            capture.save(made, page, actor="desk", **Details(publisher=outlet, published=day, title=f"No. {n}"))
        from ledger import verbs

        ferries = verbs.Add(exact="Two ferries sank off Vell", article="A1", by="the mayor", question="How many sank?")
        verbs.add(made, ferries, actor="desk")
        verbs.add(made, verbs.Add(exact="two boats were lost", article="A2", by="the coast guard"), actor="desk")
        yield made


@pytest.mark.parametrize(
    ("sought", "articles"),
    [
        ("ferry", "A1 A2"),
        ("harbour mayor", "A1 A3"),
        ('"harbour was closed"', "A2"),
        ("harbour -ferry", "A3"),
        ("resigned OR drowned", "A1 A3"),
        ("zebra harbour", "A1 A2 A3"),
        ("zebra", ""),
        ("", ""),
        ("harbour outlet:radio", "A2 A3"),
        ("harbour outlet:S2", "A2 A3"),
        ('harbour outlet:"Vell Courier"', "A1"),
        ("harbour outlet:nobody", ""),
        ("harbour -outlet:radio", "A1"),
        ("-mayor on:2031-06", "A2"),
        ("harbour after:2031-06-05 before:2031-07", "A2"),
        ("on:2031-06", "A1 A2"),
        ("harbour source:mayor", "A1"),
        ("source:guard", "A2"),
        ("question:Q1", "A1"),
        ("question:sank ferry", "A1"),
        ("state:new", "A1 A2"),
        ("state:nonsense harbour", "A1 A2 A3"),
        ("after:soon harbour", "A1 A2 A3"),
    ],
)
def test_passages_are_found_by_words_and_conditions(ledger: store.Ledger, sought: str, articles: str) -> None:
    found = searching.passages(ledger, sought)
    assert {p.id for p in found} == set(articles.split())
    assert all(p.passage == p.passage.strip() and len(p.passage) <= 400 for p in found)


@pytest.mark.parametrize(
    ("sought", "claims"),
    [
        ("ferry", "C1"),
        ('"boats were lost"', "C2"),
        ("boats OR ferries", "C1 C2"),
        ("lost -boats", ""),
        ("outlet:radio", "C2"),
        ("boats OR ferries -outlet:radio", "C1"),
        ("-ferries state:new", "C2"),
        ("vell source:mayor", "C1"),
        ("question:Q1", "C1"),
        ("state:new before:2031-06-05", "C1"),
        ("state:checking", ""),
    ],
)
def test_claims_are_found_by_the_same_syntax(ledger: store.Ledger, sought: str, claims: str) -> None:
    assert {h.claim.id for h in search.search(ledger, sought)} == set(claims.split())


def test_passage_is_the_sentence_that_holds_most_and_names_the_claims_in_it(ledger: store.Ledger) -> None:
    (one,) = searching.passages(ledger, "harbour open outlet:radio -ferry")
    assert (one.id, one.passage, one.claims) == ("A3", "The harbour is open again, he said.", ())
    (one,) = searching.passages(ledger, "ferries mayor source:mayor")
    assert one.passage == TEXTS[0][2][one.start : one.end] == "Two ferries sank off Vell, the mayor said."
    assert one.claims == ("C1",)


NAUGHTY = [
    '"',
    "*",
    "a*",
    "(a",
    "NEAR(a b)",
    "exact:x",
    "-",
    "--",
    "OR",
    "a OR",
    "outlet:",
    'outlet:"',
    "state:\x00",
    "-a",
]
LONG = ["on:" + "9" * 500, "x " * 5000, "question:%_", "'; DROP TABLE entry; --", "\ud800"]
WORDS = ["ferry", '"ferry sank"', "after:2031", "source:S9", "“", "’", "ß", "ﷺ"]


@pytest.mark.parametrize(
    "sought", [*NAUGHTY, "on:" + "9" * 500, "x " * 5000, "question:%_", "'; DROP TABLE entry; --", "\ud800"]
)
def test_no_search_fails(ledger: store.Ledger, sought: str) -> None:
    searching.passages(ledger, sought)
    search.search(ledger, sought)


@settings(max_examples=12)
@given(
    st.lists(st.sampled_from([*NAUGHTY, "ferry", '"ferry sank"', "after:2031", "source:S9", "“", "’", "ß", "ﷺ"])).map(
        " ".join
    )
)
def test_no_mixture_of_signs_fails(ledger: store.Ledger, sought: str) -> None:
    searching.passages(ledger, sought)
    search.search(ledger, sought)
