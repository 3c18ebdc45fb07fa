"""Readings: what is not sure is asked about and said everywhere; what a newer program reads otherwise waits for a person."""

from __future__ import annotations

import csv
import re

import pytest
from conftest import Claims, begins

from ledger import claims as logging
from ledger import lexicon, quantity, rereading
from ledger.records import replace

TEXT = """\
The warden said at least 40 trees fell in the park on Monday. A gardener said that 12 men were hurt.

The council denied that 60 trees had fallen.
"""


def of_old(patch: pytest.MonkeyPatch) -> None:
    """Reads as an older program did: another version, every figure one too high and without its hedge."""

    def figures(body: str) -> tuple[quantity.Quantity, ...]:
        found = quantity.find(body)
        return tuple(replace(q, low=str(int(q.low or q.high or 0) + 1), high=None) for q in found)

    patch.setattr(lexicon, "version", lambda: "old")
    patch.setattr(logging, "version", lambda: "old")
    patch.setattr(logging, "_figures", figures)


@begins
def aged(claims: Claims) -> Claims:
    """A ledger whose three claims an older program read."""
    claims.file("a.txt", TEXT)
    claims(
        "capture", "a.txt", "--title", "Trees", "--publisher", "Park News", "--published", "2026-03-02", "--no-input"
    )
    with pytest.MonkeyPatch.context() as patch:
        of_old(patch)
        claims("suggest", "A1", "--accept", "all")
    return claims


def waiting(claims: Claims, why: str) -> dict[str, str]:
    return {item["id"]: item["what"] for item in claims("todo", "--all", "--json").lines if item["why"] == why}


def figures(claims: Claims, name: str) -> list[tuple[str | None, str | None]]:
    return [(q["low"], q["high"]) for q in claims("show", name, "--json").json["quantities"]]


# --- readings age -------------------------------------------------------------------------------------------------


def test_what_is_read_otherwise_is_listed_with_what_it_was(aged: Claims) -> None:
    found = waiting(aged, "reread")
    assert found["C1"].startswith("is read otherwise now: at least 40 trees (was: at least 41 trees)")
    assert set(found) == {"C1", "C2", "C3"}
    listed = aged("reread", "C1", "--json").json
    assert listed["differences"] == [{"part": "quantity", "was": "at least 41 trees", "now": "at least 40 trees"}]
    assert "at least 41 trees" in aged("reread").out


def test_the_new_reading_is_an_amendment_that_a_person_accepts(aged: Claims) -> None:
    aged("reread", "C1", "--accept", "--because", "a newer reader")
    assert figures(aged, "C1") == [("40", None)]
    assert figures(aged, "C2") == [("13", None)]
    assert set(waiting(aged, "reread")) == {"C2", "C3"}
    assert "a newer reader" in aged("history", "C1").out
    aged("undo")
    assert set(waiting(aged, "reread")) == {"C1", "C2", "C3"}
    aged("reread", "all", "--accept")
    assert waiting(aged, "reread") == {}
    assert figures(aged, "C2") == [("12", "12")]
    assert "nothing is read otherwise" in aged("reread", "all", "--accept").err


def test_a_reading_that_was_kept_is_asked_about_once_it_changes_again(
    aged: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged("reread", "C1", "--keep")
    assert "C1" not in waiting(aged, "reread")
    assert figures(aged, "C1") == [("41", None)]
    monkeypatch.setattr(lexicon, "version", lambda: "newer")  # that reads the same
    assert "C1" not in waiting(aged, "reread")
    monkeypatch.setattr(lexicon, "version", lambda: "newest")
    monkeypatch.setattr(logging, "_figures", lambda body: tuple(replace(q, low="7") for q in quantity.find(body)))
    assert "C1" in waiting(aged, "reread")


@pytest.mark.parametrize(
    "command",
    [
        ("amend", "C1", "--figure", "at least 39 trees", "--ours"),
        ("amend", "C1", "--figure", "none"),
        ("amend", "C1", "--sure"),
    ],
)
def test_what_a_person_corrected_is_not_read_again(aged: Claims, command: tuple[str, ...]) -> None:
    aged(*command)
    before = aged("show", "C1", "--json").json
    assert "C1" not in waiting(aged, "reread")
    aged("reread", "all", "--accept")
    assert aged("show", "C1", "--json").json == before


def test_what_a_person_typed_is_not_read_again(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    claims.file("a.txt", TEXT)
    claims("capture", "a.txt", "--title", "Trees", "--publisher", "Park News", "--no-input")
    typed = ("--by", "a gardener", "--figure", "41 trees", "--ours", "--when", "2026-03-02", "--stance", "denies")
    claims("add", "at least 40 trees fell", "--article", "A1", *typed, "--no-input")
    claims("add", "12 men were hurt", "--article", "A1", "--no-input")
    assert claims("show", "C1", "--json").json["found_by"] is None
    monkeypatch.setattr(lexicon, "version", lambda: "newer")
    monkeypatch.setattr(logging, "_figures", lambda _body: ())
    assert set(waiting(claims, "reread")) == {"C2"}


def test_a_reading_that_is_the_same_is_not_read_twice(aged: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    aged("reread", "all", "--accept")
    monkeypatch.setattr(lexicon, "version", lambda: "newer")
    assert waiting(aged, "reread") == {}
    monkeypatch.setattr(rereading, "again", None)
    assert waiting(aged, "reread") == {}


def test_a_protected_source_is_not_named_again(aged: Claims) -> None:
    aged("source", "protect", "@gardener", "A gardener", "--note", "asked not to be named", code=None)
    assert "ardener" not in aged("reread", "C2").out.replace("@gardener", "")


# --- what is not sure ---------------------------------------------------------------------------------------------

DOUBTFUL = """\
They said that 40 trees fell in the park on 3/4/2024, after a night of storm and of rain without an end.

A gardener said that about 50 trees fell in the park on Monday, and that more would follow before the week was over.
"""
WHO, WHEN = "who says it (whom the pronoun stands for)", "the time (day and month may stand the other way round)"


@begins
def doubtful(claims: Claims) -> Claims:
    """A ledger in which C1 is not sure and C2 is, under one question."""
    claims.file("a.txt", DOUBTFUL)
    claims(
        "capture", "a.txt", "--title", "Trees", "--publisher", "Park News", "--published", "2024-05-13", "--no-input"
    )
    claims("add", "40 trees fell in the park on 3/4/2024", "--article", "A1", "--by", "They", "--no-input")
    claims("undo")
    claims("suggest", "A1", "--accept", "all")
    claims("file", "C2", "C3", "--question", "How many trees fell?")
    return claims


def test_what_is_not_sure_stands_so_wherever_people_read_it(doubtful: Claims) -> None:
    assert f"to check: {WHO}; {WHEN}" in doubtful("show", "C2").out
    rows = {line.split()[0]: line for line in doubtful("list").out.splitlines()[1:]}
    assert "to check" in rows["C2"]
    assert "to check" not in rows["C3"]
    page = doubtful("question", "show", "Q1").out
    assert [("C2" in line) for line in page.splitlines() if "(to check)" in line] == [True]
    assert "not sure" in doubtful("suggest", "A1").out
    assert waiting(doubtful, "unsure").keys() == {"C2"}


@pytest.mark.parametrize("ending", ["html", "md", "txt"])
def test_what_is_not_sure_stands_so_in_reports(doubtful: Claims, ending: str) -> None:
    doubtful("report", "Q1", "-o", f"r.{ending}")
    text = (doubtful.folder / f"r.{ending}").read_text("utf-8")
    said = " ".join(re.sub(r"<[^<>]*>|\*\*", "", text).split())
    assert f"To check: {WHO}; {WHEN}." in said
    assert f"How C2 is to be read: nobody has checked {WHO} and {WHEN}." in said
    assert said.count("(to check)") == said.count("40 trees (to check)") >= 1
    doubtful("amend", "C2", "--sure")
    doubtful("report", "Q1", "-o", f"s.{ending}")
    assert "o check" not in (doubtful.folder / f"s.{ending}").read_text("utf-8").replace("How to check", "")


def test_no_final_report_rests_on_what_is_not_sure(doubtful: Claims) -> None:
    doubtful("answer", "Q1", "50", "--because", "counted", "--on", "C3")
    doubtful("reject", "all", code=None)
    told = doubtful("report", "Q1", "-o", "f.md", "--final", code=1).err
    assert "nobody has checked how C2 is read, who says it" in told
    doubtful("amend", "C2", "--sure")
    assert "nobody has checked" not in doubtful("report", "Q1", "-o", "f.md", "--final", code=None).err


def test_what_is_not_sure_stands_so_in_json_and_exports(doubtful: Claims) -> None:
    unsure = [{"field": "attribution", "why": "pronoun"}, {"field": "times", "why": "order"}]
    assert doubtful("show", "C2", "--json").json["unsure"] == unsure
    assert doubtful("question", "show", "Q1", "--json").json["claims"][0]["unsure"] == unsure
    assert [s["unsure"] for s in doubtful("suggest", "A1", "--json").lines] == [unsure, []]
    doubtful("export", "--format", "csv", "-o", "c.csv")
    with (doubtful.folder / "c.csv").open(encoding="utf-8", newline="") as f:
        assert [row["to_check"] for row in csv.DictReader(f)] == [f"{WHO} | {WHEN}", ""]
    assert [c.get("unsure", []) for c in doubtful("export", "--format", "jsonl").lines] == [unsure, []]


@pytest.mark.parametrize(
    ("command", "left"),
    [
        (("--sure",), []),
        (("--by", "A warden"), ["times"]),
        (("--when", "2024-04-03"), ["attribution"]),
        (("--says", "Forty trees fell"), ["attribution", "times"]),
    ],
)
def test_a_persons_amendment_makes_a_reading_sure(doubtful: Claims, command: tuple[str, ...], left: list[str]) -> None:
    doubtful("amend", "C2", *command)
    claim = doubtful("show", "C2", "--json").json
    assert [u["field"] for u in claim["unsure"]] == left
    assert all(t["sure"] for t in claim["times"]) == ("times" not in left)
    doubtful("undo")
    assert len(doubtful("show", "C2", "--json").json["unsure"]) == 2


def test_words_that_are_struck_out_are_said_to_be_so(claims: Claims) -> None:
    body = (
        "<p>The storm felled <del>400</del> <ins>300</ins> trees, the warden said.</p><p>It was a long night.</p>" * 2
    )
    claims.file("a.html", f"<html lang=en><title>Trees</title><body><article>{body}</article></body></html>")
    claims("capture", "a.html", "--publisher", "Park News", "--published", "2024-05-13", "--no-input")
    claims("add", "400", "--article", "A1", "--occurrence", "1", "--no-input")
    claims(
        "add", "The storm felled 300 trees", "--article", "A1", "--occurrence", "1", "--by", "the warden", "--no-input"
    )
    struck, stands = (claims("show", name, "--json").json for name in ("C1", "C2"))
    assert (struck["unsure"], struck["quantities"]) == ([{"field": "exact", "why": "struck"}], [])
    assert (stands["unsure"], stands["quantities"][0]["low"]) == ([], "300")


def test_nobody_stands_for_what_was_not_read(claims: Claims) -> None:
    claims.file(
        "a.txt",
        "Co najmniej 4,800 drzew runęło w parku, jak powiedziała strażniczka, która w poniedziałek mówiła z prasą.\n",
    )
    claims(
        "capture", "a.txt", "--title", "Drzewa", "--publisher", "Dziennik", "--published", "2024-05-13", "--no-input"
    )
    claims("suggest", "A1", "--accept", "all")
    assert "say who says it: --by" in claims("amend", "C1", "--sure", code=2).err
    claims("amend", "C1", "--by", "strażniczka")
    assert "say what the figure is: --figure" in claims("amend", "C1", "--sure", code=2).err
    claims("amend", "C1", "--figure", "at least 4800 trees", "--ours")
    assert claims("show", "C1", "--json").json["unsure"] == []
    claims("report", "C1", "-o", "r.md")
