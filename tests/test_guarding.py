"""What is typed is held against the ledger before it is logged: figures, passages, names, sentences of our own, files."""

from __future__ import annotations

import pytest
from conftest import Claims, begins

from ledger.verbs import guarding

TEXT = "At least 400 people may have left the port, the coast guard said. In all 25 boats sank. Dozens of cabins were lost.\n"


@begins
def port(claims: Claims) -> Claims:
    claims.file("a.txt", TEXT)
    claims.file("b.txt", "Mayor Ana Ruiz Ferro spoke of 60 boats.\n")
    for name in ("a", "b"):
        claims("capture", f"{name}.txt", "--title", f"News {name}", "--publisher", "Example Gazette")
    return claims


def add(port: Claims, quote: str, *more: str, code: int = 0) -> str:
    return port("add", quote, "--article", "A1", "--no-input", *more, code=code).err


@pytest.mark.parametrize(
    ("quote", "figure"),
    [("At least 400 people", "999"), ("At least 400 people", "4000 people"), ("25 boats sank", "26 boats")],
)
def test_a_figure_that_the_words_do_not_hold_is_refused_or_ours(port: Claims, quote: str, figure: str) -> None:
    assert "--ours" in add(port, quote, "--figure", figure, code=2)
    assert port("list", "--json").lines == []
    add(port, quote, "--figure", figure, "--ours", "--question", "How many left?")
    assert "(our figure)" in port("list").out
    assert "--ours" in port("amend", "C1", "--figure", "77", code=2).err
    port("amend", "C1", "--figure", "77", "--ours")
    port("report", "Q1", "-o", "q.md")
    written = (port.folder / "q.md").read_text(encoding="utf-8")
    assert "77 (our figure)" in written
    assert "“77" not in written


@pytest.mark.parametrize(
    ("quote", "figure", "shown"),
    [("At least 400 people", "400", "400"), ("At least 400 people", "at least 400", "at least 400"),
     ("Dozens of cabins were lost", "at least 30 cabins", "at least 30 (our figure)"), ("25 boats sank", "none", "")],
)  # fmt: skip
def test_another_hedge_or_a_figure_for_vague_words_is_taken(port: Claims, quote: str, figure: str, shown: str) -> None:
    add(port, quote, "--figure", figure)
    assert shown in port("list").out


def test_a_passage_that_is_logged_already_is_told_and_one_of_another_article_is_named(port: Claims) -> None:
    add(port, "25 boats sank")
    assert "C1 has these very words already" in add(port, "25 boats sank")
    assert "it stands in A2 News b" in add(port, "spoke of 60 boats", code=2)
    assert "no passage of the text is like it" in add(port, "wholly other words", code=2)


@pytest.mark.parametrize(
    ("known", "typed", "near"),
    [
        ("Mayor Ana Ruiz Ferro", "Ana Ruiz", True), ("Harbour Office of Lorn", "Harbor Office of Lorn", True),
        ("the coast guard", "coastguard", True), ("Port Ministry", "port ministry", False),
        ("Ferry Line 12", "Ferry Line 13", False), ("Relief Fund", "Example Fund", False),
        ("a military source", "military sources", False), ("Lorn Navy", "Lorn Radio", False),
    ],
)  # fmt: skip
def test_a_name_like_that_of_a_known_source_is_told(port: Claims, known: str, typed: str, near: bool) -> None:
    port("source", "add", known)
    told = f"did you mean S2 {known}?"
    assert (told in add(port, "25 boats sank", "--by", typed)) == near
    assert told not in add(port, "Dozens of cabins", "--by", f"{typed} x", "--new-source")


def test_a_source_is_named_by_its_id(port: Claims) -> None:
    port("source", "add", "the coast guard")
    add(port, "25 boats sank", "--by", "S2")
    assert [h["source_id"] for h in port("show", "C1", "--json").json["attribution"]] == ["S2"]
    assert "no source S9" in add(port, "25 boats", "--by", "S9", code=3)


def test_one_file_is_one_piece_of_evidence(port: Claims) -> None:
    add(port, "25 boats sank")
    port.file("p.txt", "a photograph, say")
    for _ in range(2):
        done = port("evidence", "add", "p.txt", "--for", "C1", "--shows", "boats", "--supports")
    assert "E1 is this very file already" in done.err
    assert [e["id"] for e in port("evidence", "list", "--json").lines] == ["E1"]


@pytest.mark.parametrize(
    ("ours", "quote", "told"),
    [
        ("500 people left", "At least 400 people left", ["“500”"]),
        ("400 people left", "At least 400 people left", ["our words say 400, the quote at least 400"]),
        ("The dam reportedly broke", "The dam reportedly broke", []),
        ("The dam broke", "The dam reportedly broke", ["“reportedly”"]),
        ("The dam broke, Ann Roe said", "The dam broke", ["“Ann Roe”"]),
        ("At least 400 people left", "At least 400 people left the port", []),
        ("Some 30 goats died on Monday", "Some 30 goats died", ["“Monday”"]),
        ("The bridge was closed", "The bridge was closed to lorries", []),
    ],
)
def test_a_sentence_of_ours_that_says_more_than_the_quote_is_told(ours: str, quote: str, told: list[str]) -> None:
    found = [notice.text for notice in guarding.stronger(ours, [quote])]
    assert len(found) == len(told)
    assert all(part in said for part, said in zip(told, found, strict=True))


def test_an_answer_that_says_more_than_its_claims_is_told(port: Claims) -> None:
    add(port, "At least 400 people may have left the port", "--question", "How many left?")
    assert "“500”" in port("answer", "Q1", "500 people left", "--because", "so", "--on", "C1").err
    assert "quote" not in port("answer", "Q1", "At least 400 may have left", "--because", "so", "--on", "C1").err
