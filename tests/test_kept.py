"""What a fact-checker must not lose, each by the command line: found good on a first day's work, and to stay so.

`claims add` with a few words and Enter is in test_card.py, at a terminal.
"""

from __future__ import annotations

import csv
import io
import re

import pytest
from conftest import Claims, begins

MILL = """\
Mill burns in Torrow
Torrow Echo
3 June 2031

At least 400 tonnes of grain were lost when the old mill burned, the millers' guild said. Nobody was hurt.
"""
PORT = """\
Grain lost at mill
Port Gazette
4 June 2031

As many as 400 tonnes of grain were lost in the fire, the millers' guild said. The insurer spoke of 350 tonnes of grain.
"""


@begins
def mill(claims: Claims) -> Claims:
    """Two outlets on one fire, three claims under one question."""
    for name, text, outlet in (("a", MILL, "Torrow Echo"), ("b", PORT, "Port Gazette")):
        claims.file(f"{name}.txt", text)
        claims("capture", f"{name}.txt", "--publisher", outlet)
    for quote, article, by in (
        ("At least 400 tonnes of grain were lost", "A1", "the millers' guild"),
        ("As many as 400 tonnes of grain were lost", "A2", "the millers' guild"),
        ("350 tonnes of grain", "A2", "the insurer"),
    ):
        claims("add", quote, "--article", article, "--by", by, "--question", "Grain lost in the mill fire")
    return claims


@pytest.mark.parametrize("quote", ["At least 500 tonnes of grain were lost", "400 tonnes of grain was lost when"])
def test_a_changed_quote_is_refused_and_the_nearest_passage_shown(mill: Claims, quote: str) -> None:
    refused = mill("add", quote, "--article", "A1", code=2).err
    assert "400 tonnes of grain were lost" in re.sub(r"\s+", " ", refused)
    assert len(mill("list", "--json").lines) == 3


def test_the_report_opens_with_what_is_known_and_draws_the_ranges(mill: Claims) -> None:
    mill("report", "Q1", "-o", "page.html")
    page = (mill.folder / "page.html").read_text(encoding="utf-8")
    top = page[page.index("<h1") :]
    first, last = top.index("350 tonnes of grain"), top.rindex("350 tonnes of grain")
    assert top.index("Grain lost in the mill fire") < first < top.index("<svg") < last
    assert "<title" in page[page.index("<svg") :]
    assert "src=http" not in page.replace('"', "")


def test_a_messy_workbook_comes_in(claims: Claims) -> None:
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=";").writerows([
        ["Monitoring of the mill fire", "", "", ""], ["", "", "", ""],
        ["Outlet", "Date", "Quote", "Source"],
        ["Torrow Echo", "03/06/2031", "At least 400 tonnes of grain were lost", "the millers’ guild"],
        ["", "", "", ""],
        ["Port Gazette", "14/06/2031", "“As many as 400 tonnes” of grain were lost\u200b", "the millers’ guild"],
    ])  # fmt: skip
    claims.file("mess.csv", sheet.getvalue().encode("cp1252", "ignore"))
    looked = claims("import", "mess.csv", "--dry-run")
    assert "header in row 3" in looked.out
    assert "day first" in looked.out
    claims("import", "mess.csv", "--map", "auto")
    found = claims("list", "--json").lines
    assert [c["published_at"] for c in found] == ["2031-06-03", "2031-06-14"]
    assert {c["attribution"][-1]["source"] for c in found} == {"the millers’ guild"}


def test_two_phrases_are_compared_where_no_ledger_is(claims: Claims) -> None:
    said = claims("compare", "at least 400 tonnes of grain were lost", "350 tonnes of grain were lost").out
    assert "differ" in said or "contradict" in said
    assert not claims.ledger.exists()


def test_a_reply_and_a_correction_stand_in_the_report(mill: Claims) -> None:
    mill("ask", "the insurer", "--about", "Q1", "--by-email", "--text", "How do you count?")
    mill("reply", "R1", "By weight, and only what was insured.")
    mill("answer", "Q1", "350 to 400 tonnes", "--low", "350", "--high", "400", "--because", "two counts", "--on", "C1")
    mill("rate", "Q1", "unproven", "--because", "nobody weighed it", "--on", "C1")
    for claim in ("C1", "C2", "C3"):
        mill("amend", claim, "--sure", code=None)
    mill("publish", "Q1")
    mill("correct", "Q1", "--was", "350 to 400 tonnes", "--now", "400 tonnes or more", "--because", "a new count")
    mill("report", "Q1", "-o", "page.html")
    page = (mill.folder / "page.html").read_text(encoding="utf-8")
    for told in ("only what was insured", "a new count", "400 tonnes or more"):
        assert told in page


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("search unicorn", 0), ("show C1", 0), ("rate C1 perfect --because x", 2), ("show C99", 3), ("show", 2),
        ("capture none.txt", 3), ("undo --actor nobody", 1), ("nonsense", 2), ("verify", 0),
    ],
)  # fmt: skip
def test_exit_codes_stay_what_they_are(mill: Claims, line: str, code: int) -> None:
    mill(*line.split(), code=code)


def test_everything_shown_is_there_for_programs_too(mill: Claims) -> None:
    claim = mill("show", "C1", "--json").json
    assert {"id", "uid", "exact", "start", "end", "attribution", "quantities", "questions", "unsure"} <= claim.keys()
    page = mill("question", "show", "Q1", "--json").json
    assert {"id", "question", "claims", "answers", "pairs", "origins", "drift", "stated", "summary"} <= page.keys()
    assert page["stated"]["lowest"]
    assert [c["id"] for c in mill("list", "--json").lines] == ["C1", "C2", "C3"]
    assert mill("verify", "--json").json["ok"]
