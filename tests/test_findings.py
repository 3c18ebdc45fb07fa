"""A finding can be opened, judged and dropped; a person's word goes everywhere, and is asked again once a reading changes."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import Claims, begins

from ledger import quantity
from ledger.crossref.circumstances import as_worded
from ledger.reports import disputed
from ledger.reports.comparing import APART, REASONS
from ledger.reports.set_apart import narrower
from ledger.text import hedge_before

ASKED = "Houses lost in the lower town, May 2024"
TOLD = (
    ("Hill Post", "Marsh Relief", "at least 340 houses were destroyed"),
    ("River Echo", "Town Council", "310 houses were destroyed"),
    ("Gull Gazette", "Marsh Relief", "340 houses were destroyed"),
)


@begins
def houses(claims: Claims) -> Claims:
    lines = [
        {
            "exact": exact, "question": ASKED, "scope": "houses destroyed", "attribution": [{"source": who, "cue": "said"}],
            "article": {"file": f"{n}.txt", "publisher": outlet, "text": f"{who} said {exact}."},
        }
        for n, (outlet, who, exact) in enumerate(TOLD)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    return claims


def opened(claims: Claims) -> dict[str, dict[str, Any]]:
    return {found["id"]: found for found in claims("why", "Q1", "--json").lines}


def printed(claims: Claims) -> str:
    return claims("question", "show", "Q1").out + claims("report", "Q1", "--format", "md").out


def waiting(claims: Claims) -> set[tuple[str, str]]:
    return {(item["id"], item["why"]) for item in claims("todo", "--json").lines}


def test_a_finding_is_opened_with_its_passages_what_was_checked_and_its_rule(houses: Claims) -> None:
    found = opened(houses)
    assert {"conflicts:C1:C2", "hedge_drop:C1:C3"} <= found.keys()
    conflict = found["conflicts:C1:C2"]
    assert (conflict["rule"], conflict["same_origin"], conflict["word"], conflict["shown"]) == (
        "disjoint",
        False,
        None,
        True,
    )
    assert {"guard": "unit", "a": "houses", "b": "houses", "found": "same"} in conflict["checked"]
    shown = houses("why", "Q1", "conflicts:C1:C2").out
    assert all(
        words in shown
        for words in ("at least 340 houses", "310 houses", "River Echo", "the two figures do not overlap")
    )


def test_what_a_person_drops_goes_from_every_page_and_comes_back_with_undo(houses: Claims) -> None:
    assert "has “at least 340 houses”, Gull Gazette has “340 houses”" in " ".join(printed(houses).split())
    for finding in ("hedge_drop:C1:C3", "conflicts:c1:c2", "conflicts:C2:C3"):
        houses("why", "Q1", finding, "--not-so", "--because", "two districts")
    assert "Gull Gazette has “340 houses”" not in " ".join(printed(houses).split())
    assert "conflicts" not in {p["relation"] for p in houses("question", "show", "Q1", "--json").json["pairs"]}
    dropped = opened(houses)["conflicts:C1:C2"]
    assert (dropped["shown"], dropped["word"]["because"]) == (False, "two districts")
    for _ in range(3):
        houses("undo")
    assert "has “at least 340 houses”, Gull Gazette has “340 houses”" in " ".join(printed(houses).split())


def test_a_word_is_asked_again_once_a_reading_changes(houses: Claims) -> None:
    houses("why", "Q1", "conflicts:C1:C2", "--not-so", "--because", "two districts")
    assert ("Q1", "finding") not in waiting(houses)
    houses("amend", "C2", "--figure", "300 houses", "--ours")
    again = opened(houses)["conflicts:C1:C2"]
    assert (again["asked_again"], again["shown"]) == (True, True)
    assert ("Q1", "finding") in waiting(houses)
    houses("why", "Q1", "conflicts:C1:C2", "--right")
    assert ("Q1", "finding") not in waiting(houses)


def test_a_link_stands_over_a_word_on_the_finding(houses: Claims) -> None:
    houses("why", "Q1", "conflicts:C1:C2", "--not-so", "--because", "two districts")
    houses("link", "C1", "C2", "--as", "conflicts", "--because", "one town, one day")
    pairs = houses("question", "show", "Q1", "--json").json["pairs"]
    (pair,) = [p for p in pairs if (p["a"], p["b"]) == ("C1", "C2")]
    assert (pair["relation"], pair["because"]) == ("conflicts", "one town, one day")


def test_doctor_counts_how_often_the_machine_was_right(houses: Claims) -> None:
    houses("why", "Q1", "conflicts:C1:C2", "--not-so", "--because", "two districts")
    houses("why", "Q1", "conflicts:C2:C3", "--right")
    (found,) = [line for line in houses("doctor", "--json").lines if line["about"] == "findings"]
    assert "1 of 2 conflicts" in found["found"]


# --- lowest and highest --------------------------------------------------------------------------------------------


def extremes(claims: Claims, question: str, told: dict[str, str]) -> tuple[str, str]:
    lines = [
        {
            "exact": exact, "question": question, "attribution": [{"source": who, "cue": "said"}],
            "article": {"file": f"{who}.txt", "publisher": f"The {who}", "text": f"{who} said {exact}."},
        }
        for who, exact in told.items()
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    stated = claims("question", "show", "Q1", "--json").json["stated"]
    return stated["lowest"]["words"], stated["highest"]["words"]


def test_lowest_and_highest_are_told_across_units(claims: Claims) -> None:
    told = {
        "Ann": "the pipe is 300 metres long",
        "Bob": "the pipe is 700 feet long",
        "Cy": "the pipe is 280 metres long",
    }
    assert extremes(claims, "Length of the pipe in metres", told) == ("700 feet", "300 metres")


# --- what its source did not say ----------------------------------------------------------------------------------


def test_what_was_not_found_with_its_source_counts_nowhere_and_is_said_on_top(houses: Claims) -> None:
    houses("check", "C2", "no", "--because", "the minutes hold no figure")
    page = houses("question", "show", "Q1", "--json").json
    assert [c["id"] for c in page["not_said"]] == ["C2"]
    assert [c["id"] for c in page["claims"]] == ["C1", "C3"]
    assert not [p for p in page["pairs"] if "C2" in (p["a"], p["b"])]
    assert (page["origins"]["high"], page["stated"]["lowest"]["value"]) == (1, "340")
    line = "Not found with Town Council: “310 houses were destroyed”, as River Echo has it (C2, checked by desk"
    for form in ("md", "text", "html"):
        told = " ".join(houses("report", "Q1", "--format", form).out.split())
        assert line in told
        assert "the minutes hold no figure" in told
    assert line in " ".join(houses("question", "show", "Q1").out.split())
    assert "its source did not say it" in houses("list", "claims").out
    houses("check", "C2", "yes", "--because", "an annex does")
    assert "C2" in {p["b"] for p in houses("question", "show", "Q1", "--json").json["pairs"]}


def test_a_page_says_how_much_could_be_compared_where_nothing_contradicts(houses: Claims) -> None:
    houses("file", "C3", "--question", "Q1", "--out")
    houses("check", "C2", "no")
    told = houses("report", "Q1", "--format", "html").out
    assert "There is no second source to compare it with." in told
    houses("check", "C2", "yes")
    houses("amend", "C2", "--figure", "350 houses", "--ours")
    told = houses("report", "Q1", "--format", "html").out
    assert "We found no contradiction among the figures compared." in told
    assert "statements that could be compared" not in told


def test_what_may_rest_on_one_source_is_a_lead_that_a_person_settles(claims: Claims) -> None:
    told = (
        ("Hill Post", [{"source": "Marsh Relief"}], "at least 43 houses burned", "It was a windy night"),
        ("Echo", [], "43 houses burned", "The reeds caught fire"),
    )
    lines = [
        {
            "exact": exact, "question": "Houses burned in the lower town", "attribution": chain,
            "article": {"file": f"{n}.txt", "publisher": outlet, "text": f"{first} and {exact}."},
        }
        for n, (outlet, chain, exact, first) in enumerate(told)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    assert claims("question", "show", "Q1", "--json").json["drift"] == []
    claims("xref", "Q1")
    (waiting,) = [line for line in claims("triage", "--list", "--json").lines if line["kind"] == "wording"]
    assert "C1 “at least 43 houses burned” and C2" in waiting["proposed"]
    claims("accept", waiting["id"])
    page = claims("question", "show", "Q1", "--json").json
    assert {(d["kind"], d["basis"]) for d in page["drift"]} == {("hedge_drop", "said"), ("attribution_drop", "said")}
    assert all("A person said that both rest on one source." in d["detail"] for d in page["drift"])
    assert (page["origins"]["low"], page["origins"]["high"]) == (1, 1)


# --- whose denial it is ---------------------------------------------------------------------------------------------

DENIED = "The mayor denied that 40 boats had left Marsala. The quay was calm."


def test_a_source_that_the_text_names_and_the_claim_does_not_is_never_the_publisher(claims: Claims) -> None:
    claims("capture", claims.file("a.txt", DENIED), "--publisher", "Hill Post", "--published", "2024-05-13")
    claims("add", "40 boats had left Marsala", "--article", "A1", "--question", "Boats", "--no-input")
    assert {"field": "attribution", "why": "left_out"} in claims("show", "C1", "--json").json["unsure"]
    for told in (claims("show", "C1"), claims("question", "show", "Q1"), claims("report", "C1", "--format", "md")):
        assert "Hill Post denies" not in told.out
        assert "own voice" not in told.out
    claims("amend", "C1", "--by", "The mayor")
    assert claims("report", "C1", "--format", "md").out.startswith(
        "# The mayor denies that “40 boats had left Marsala”"
    )


def test_words_that_tell_a_denial_themselves_are_not_denied_once_more(claims: Claims) -> None:
    claims("capture", claims.file("a.txt", DENIED), "--publisher", "Hill Post", "--published", "2024-05-13")
    quote = "The mayor denied that 40 boats had left Marsala"
    claims("add", quote, "--article", "A1", "--by", "The mayor", "--question", "Boats", "--no-input")
    assert claims("report", "C1", "--format", "md").out.startswith(f"# “{quote}”, as Hill Post has it")


def counts(claims: Claims, *told: tuple[str, str, str]) -> None:
    """Claims of one question: source, day and words, each in an article of its own."""
    lines = [
        {
            "exact": exact, "question": "People killed in the flood", "attribution": [{"source": who}], "as_of": day,
            "article": {"file": f"{n}.txt", "publisher": f"Post {n}", "published_at": day, "text": f"{who} said {exact}."},
        }
        for n, (who, day, exact) in enumerate(told)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))


@pytest.mark.parametrize(
    ("first", "second", "reason", "relation"),
    [
        (("Marsh Relief", "40"), ("Marsh Relief", "52"), "revised", "updates"),
        (("Marsh Relief", "52"), ("Marsh Relief", "40"), "revised", "updates"),
        (("Marsh Relief", "40"), ("Town Council", "52"), "as_of", "updates"),
        (("Marsh Relief", "52"), ("Town Council", "40"), "decreasing", "conflicts"),
    ],
)
def test_a_count_that_went_on_is_revised_by_its_source_and_never_in_conflict_with_it(
    claims: Claims, first: tuple[str, str], second: tuple[str, str], reason: str, relation: str
) -> None:
    told = ((first, "2024-05-12"), (second, "2024-05-14"))
    counts(claims, *((who, day, f"{n} people were killed") for (who, n), day in told))
    (pair,) = claims("question", "show", "Q1", "--json").json["pairs"]
    assert (pair["reason"], pair["relation"]) == (reason, relation)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("the number of riders fined was lowered to 13", "revised"),
        ("it has raised the number fined to 19 riders", "revised"),
        ("it cut its own count of riders fined to 13 riders", "revised"),
        ("13 riders were fined", "disjoint"),
    ],
)
def test_what_a_source_says_its_count_was_changed_to_is_no_dispute_with_it(
    claims: Claims, told: str, reason: str
) -> None:
    article = {"file": "a.txt", "publisher": "Post", "text": f"16 riders were fined, the club said. Later {told}."}
    lines = [
        {"exact": exact, "question": "how many riders were fined", "attribution": [{"source": "the rowing club Orm"}],
         "article": article}
        for exact in ("16 riders were fined", told)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    (pair,) = claims("question", "show", "Q1", "--json").json["pairs"]
    assert pair["reason"] == reason


@pytest.mark.parametrize(
    ("days", "reason", "relation"),
    [
        (("2024-05-12", "2024-05-14"), "disjoint", "conflicts"),
        (("2024-05-12", "2024-07-01"), "weeks_apart", "not_comparable"),
    ],
)
def test_amounts_of_days_weeks_apart_may_both_have_been_right(
    claims: Claims, days: tuple[str, str], reason: str, relation: str
) -> None:
    lines = [
        {
            "exact": f"The port owes {sum_} million euros", "question": "What the port owes", "attribution": [{"source": who}],
            "event_time": day, "article": {"file": f"{day}.txt", "publisher": f"Post {day}", "published_at": day,
            "text": f"{who} said. The port owes {sum_} million euros."},
        }
        for who, day, sum_ in zip(("the auditor", "Town Council"), days, (12, 19), strict=True)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    (pair,) = claims("question", "show", "Q1", "--json").json["pairs"]
    assert (pair["reason"], pair["relation"]) == (reason, relation)


@pytest.mark.parametrize(
    ("question", "first", "second", "reason"),
    [
        ("when the fair opened", {"exact": "It opened at one", "answer": "13:00"},
         {"exact": "The gates opened at 1.20", "answer": "13:20"}, "other_time"),
        ("when the leak began", {"exact": "a smell was reported on Sunday", "answer": "2024-05-05"},
         {"exact": "first noticed on Monday", "answer": "2024-05-06"}, "other_time"),
        ("when the mill closes", {"exact": "at the end of April", "answer": "end of 2024-04"},
         {"exact": "on 29 April", "answer": "2024-04-29"}, "coarser"),
        ("whether dogs were used", {"exact": "Dogs can be heard", "answer": "yes, on film"},
         {"exact": "No dogs were used", "answer": "no"}, "denial"),
        ("where the fire started", {"exact": "It started in Mill Lane, not here", "answer": "Mill Lane, not Dock Street"},
         {"exact": "It started in Dock Street", "answer": "Dock Street"}, "denies"),
        ("how long the closed stretch of road is", {"exact": "About 24 miles of the road are closed"},
         {"exact": "38 kilometres of road are closed"}, "overlap"),
        ("how large the fire was", {"exact": "It covers 2,600 hectares", "as_of": "2024-05-12"},
         {"exact": "It has grown to 4,150 hectares", "as_of": "2024-05-14"}, "as_of"),
        ("how much of the line was repaired", {"exact": "15 percent of the line was repaired", "as_of": "2024-05-12"},
         {"exact": "60 percent of the line is now repaired", "as_of": "2024-05-14"}, "as_of"),
        ("how many homes were destroyed", {"exact": "At least 24 homes have been lost"},
         {"exact": "27 homes were destroyed"}, "overlap"),
        ("how many people were arrested", {"exact": "Police now list 118 arrests", "as_of": "2024-05-12"},
         {"exact": "Lawyers counted 214 detentions", "as_of": "2024-05-14"}, "as_of"),
        ("how many people were evacuated", {"exact": "300 guests had been moved out", "as_of": "2024-05-12"},
         {"exact": "The town evacuated 840 people", "as_of": "2024-05-14"}, "as_of"),
        ("how many riders were hurt", {"exact": "Nine riders were taken to the clinic", "as_of": "2024-05-12"},
         {"exact": "The clinic received 14 riders", "as_of": "2024-05-14"}, "as_of"),
        ("how many people are to be evacuated",
         {"exact": "300 people will be evacuated", "as_of": "2024-05-12", "scope": "all"},
         {"exact": "840 people will be evacuated", "as_of": "2024-05-14", "scope": "all"}, "disjoint"),
        ("what each tenant was paid", {"exact": "300 crowns each if they leave", "scope": "tenants"},
         {"exact": "The firm paid each 900 crowns", "scope": "tenants"}, "scope_unknown"),
        ("how much salt the barn held", {"exact": "The barn held 40 tonnes of salt"},
         {"exact": "its licence allows 400 tonnes of salt"}, "scope_unknown"),
        ("how many were arrested", {"exact": "84 people were arrested", "as_of": "2024-05-12"},
         {"exact": "97 people were arrested", "as_of": "2024-05-12T22"}, "moment"),
        ("how many firebombs were found", {"exact": "Police found 14 petrol bombs"},
         {"exact": "a search brought to light 14 incendiary bottles"}, "equal"),
        ("how much oil was spilled", {"exact": "1,200 tonnes of oil have escaped", "as_of": "2024-05-12"},
         {"exact": "1,580 tonnes of oil were spilled", "as_of": "2024-05-14"}, "as_of"),
        ("what the group offers for a share in the mill", {"exact": "412 pence in cash for each share"},
         {"exact": "its bid of £4.12 a share"}, "equal"),
        ("what the group offers for a share in the mill", {"exact": "It bid 412p a share"},
         {"exact": "its bid of £4.20 a share"}, "disjoint"),
        ("premium of the offer", {"exact": "412 pence a share, a 31% premium"},
         {"exact": "a premium of 34 percent"}, "disjoint"),
        ("share of the mill that the group holds", {"exact": "It holds 14.9 percent of the company"},
         {"exact": "It holds 19 percent of the firm"}, "disjoint"),
        ("when the ship struck", {"exact": "in the early hours of 14 May", "answer": "2024-05-14 early hours"},
         {"exact": "on Monday", "answer": "2024-05-13"}, "other_time"),
        ("whether rockets were used", {"exact": "Rockets were used", "answer": "yes, all day"},
         {"exact": "only mortars were used", "answer": "no, only mortars"}, "denial"),
        ("how many cars left the rails", {"exact": "Three cars left the rails"},
         {"exact": "The last cars of the five-car train left the rails"}, "prose"),
        ("what the mill pays each family", {"exact": "500,000 crowns for each family", "as_of": "2024-05-12"},
         {"exact": "It raised its payment to 1.2 million crowns for each family", "as_of": "2024-05-14"}, "as_of"),
        ("when the raid was", {"exact": "shortly before six", "answer": "2024-05-12, shortly before 06:00"},
         {"exact": "shortly before four", "answer": "2024-05-12, shortly before 04:00"}, "other_time"),
        ("how much each rider paid", {"exact": "Riders paid 4,000 euros a season", "scope": "each rider"},
         {"exact": "They paid 4,000 euros a month", "scope": "each rider"}, "unit"),
        ("how much each rider paid", {"exact": "Riders paid 4,000 euros"},
         {"exact": "Everybody paid at least 5,000"}, "unit_unknown"),
        ("how far the inn lies from Lorn", {"exact": "The inn lies 40 km from Lorn"},
         {"exact": "The inn is 60 km from Lorn by road"}, "scope_unknown"),
        ("how many families were displaced", {"exact": "300 families had moved to the fort", "as_of": "2024-05-12"},
         {"exact": "It registered 840 families by then", "as_of": "2024-05-14"}, "as_of"),
        ("how far the inn lies from Lorn", {"exact": "The inn lies 40 km north of Lorn"},
         {"exact": "The inn is 40 km south of Lorn"}, "direction"),
        ("how many riders failed a test", {"exact": "Four riders failed a test"},
         {"exact": "Five cyclists failed a test"}, "disjoint"),
        ("whether the mayor resigned", {"exact": "the mayor will not resign", "answer": "no", "as_of": "2024-05-12"},
         {"exact": "The mayor resigned", "answer": "yes", "as_of": "2024-05-14"}, "planned"),
        ("whether the mayor resigned", {"exact": "the mayor does not intend to resign", "answer": "no", "as_of": "2024-05-12"},
         {"exact": "The mayor resigned", "answer": "yes", "as_of": "2024-05-14"}, "planned"),
        ("whether the mayor resigned", {"exact": "the mayor does not intend to resign", "answer": "no", "as_of": "2024-05-14"},
         {"exact": "The mayor resigned", "answer": "yes", "as_of": "2024-05-12"}, "denial"),
        ("how much the mill lost",
         {"exact": "The mill lost 31 million crowns", "scope": "the mill", "event_time": "2011-04/2019-06"},
         {"exact": "It lost 40 million crowns", "scope": "the mill", "event_time": "2011/2019"}, "disjoint"),
        ("the length of the strike", {"exact": "The strike lasted 12 days"}, {"exact": "It went on for 20 days"}, "disjoint"),
        ("the length of the sentence", {"exact": "He was jailed for eight years with two suspended"},
         {"exact": "He was jailed for six years"}, "scope_unknown"),
        ("the length of the sentence", {"exact": "He was jailed for five years, with the last three suspended"},
         {"exact": "He was jailed for two years"}, "scope_unknown"),
        ("the fine", {"exact": "The dairy was fined $40,000, of which half was waived"},
         {"exact": "The dairy was fined $20,000"}, "scope_unknown"),
        ("the length of the sentence", {"exact": "He was jailed for five years, with his licence suspended"},
         {"exact": "He was jailed for two years"}, "disjoint"),
        ("what share of the money was spent abroad", {"exact": "About 60 percent of the money was spent abroad"},
         {"exact": "80 percent of the money was spent abroad"}, "disjoint"),
        ("how many boats were sold", {"exact": "we wrongly reported that 38 boats were sold"}, {"exact": "31 boats were sold"},
         "superseded"),
        ("when the clerk was sentenced", {"exact": "He was sentenced at the Lorn High Court on 3 May 2024"},
         {"exact": "He was sentenced on 2 May 2024"}, "other_time"),
        ("how many riders died", {"exact": "Nine riders died", "as_of": "2024-05-12"},
         {"exact": "The council cut its count to eight riders who died", "as_of": "2024-05-14"}, "superseded"),
        ("how many miners are missing", {"exact": "Fourteen miners are missing", "as_of": "2024-05-12", "scope": "mine"},
         {"exact": "nine are still to be found", "as_of": "2024-05-14", "scope": "mine"}, "as_of"),
        ("how many people were evacuated", {"exact": "Nearly 8,000 people were housed in 34 evacuation centres"},
         {"exact": "8,000 people were housed in evacuation centres"}, "hedge_edge"),
        ("in which village the slide hit", {"exact": "A slide hit Orm", "answer": "Orm"},
         {"exact": "It was in Moss, not Orm", "answer": "Moss"}, "denies"),
        ("how much ransom was asked", {"exact": "a ransom of 18 million was asked", "scope": "ransom"},
         {"exact": "they asked for 1.5 million dollars", "scope": "ransom"}, "unit_unknown"),
        ("how fast the tram went", {"exact": "The tram went at 90 km/h"}, {"exact": "the limit was 40 km/h"}, "scope_unknown"),
        ("share of homes with power", {"exact": "By midnight 60 percent of homes had power"},
         {"exact": "By 8 a.m. 85 percent of homes had power"}, "scope_unknown"),
        ("how much rain fell", {"exact": "84 cm of rain fell in 24 hours"},
         {"exact": "84 mm of rain fell in three days"}, "scope_unknown"),
        ("how many trains were cancelled", {"exact": "312 trains were cancelled"},
         {"exact": "355 more trains were cancelled"}, "scope_unknown"),
        ("how many people were arrested", {"exact": "84 people had been arrested by 8 p.m.", "as_of": "2024-05-12T20"},
         {"exact": "By 10 p.m. 97 people had been arrested", "as_of": "2024-05-12T22"}, "as_of"),
        ("how many guards were hurt", {"exact": "Three guards were hurt", "scope": "all gates"},
         {"exact": "Three guards are in hospital", "scope": "in hospital"}, "scope"),
    ],
)  # fmt: skip
def test_what_a_person_typed_is_compared_as_it_was_meant(
    claims: Claims, question: str, first: dict[str, str], second: dict[str, str], reason: str
) -> None:
    lines = [
        {**told, "question": question, "attribution": [{"source": who}], "article": {"file": f"{who}.txt", "publisher": who,
         "published_at": "2024-05-15", "text": f"{told['exact']}, {who} said."}}
        for who, told in (("Port Radio", first), ("Hill Post", second))
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    (pair,) = claims("question", "show", "Q1", "--json").json["pairs"]
    assert pair["reason"] == reason


def of_days(claims: Claims, question: str, *told: tuple[str, str, str]) -> str:
    """The text of the report on what sources said of some days: source, day, words."""
    lines = [
        {"exact": words, "question": question, "attribution": [{"source": who}], "as_of": day, "scope": "all", "article": {
         "file": f"{n}.txt", "publisher": f"Post {n}", "published_at": day, "text": f"{words}, {who} said."}}
        for n, (who, day, words) in enumerate(told)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    return " ".join(claims("report", "Q1", "--format", "text", "-o", "-").out.split())


def test_what_two_said_of_one_day_is_disputed_though_one_has_counted_on(claims: Claims) -> None:
    page = of_days(
        claims, "how many soldiers were killed", ("Orm Monitor", "2024-05-12", "24 soldiers were killed"),
        ("Orm Monitor", "2024-05-13", "31 soldiers were killed"), ("Orm Monitor", "2024-05-15", "58 soldiers were killed"),
        ("Freedonian ministry", "2024-05-13", "14 soldiers were killed"),
    )  # fmt: skip
    assert page.index("58 soldiers") < page.index("31 soldiers")
    assert "differ by 17. Both figures are as of 13 May 2024." in page


def test_what_two_that_may_be_one_said_on_two_days_is_to_be_read(claims: Claims) -> None:
    of_days(
        claims, "how many riders died", ("National Disaster Council", "2024-05-12", "Nine riders died"),
        ("NDC", "2024-05-14", "Eight riders died"),
    )  # fmt: skip
    (pair,) = claims("question", "show", "Q1", "--json").json["pairs"]
    assert (pair["agreement"], pair["reason"]) == ("incomparable", "may_be_one")


def test_a_count_that_has_risen_on_one_day_leads(claims: Claims) -> None:
    page = of_days(
        claims, "how many rebels were killed", ("Freedonian ministry", "2024-05-13", "115 rebels were killed"),
        ("Freedonian ministry", "2024-05-13", "the number of rebels killed has risen to 180"),
        ("Orm Monitor", "2024-05-13", "34 rebels were killed"),
    )  # fmt: skip
    assert "differ by 146" in page


def test_a_sum_that_is_told_in_the_usual_currency_too_is_compared_in_that(claims: Claims) -> None:
    told = ("2.4 million euros", "more than 2 million euros", "£2.1m (€2.4m)", "£2.1m, and €3m before that")
    lines = [
        {"exact": f"the mill owed {sum_}", "question": "how much the mill owed",
         "article": {"file": f"{n}.txt", "publisher": f"Post {n}", "text": f"It is said that the mill owed {sum_}."}}
        for n, sum_ in enumerate(told)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    page = claims("question", "show", "Q1", "--json").json
    found = {p["a"] + p["b"]: p["reason"] for p in page["pairs"]}
    assert (found["C1C3"], found["C2C3"], found["C1C4"]) == ("equal", "overlap", "unit")


def test_the_day_of_the_event_does_not_stand_below_an_answer_that_is_another_day(claims: Claims) -> None:
    lines = [
        {"exact": exact, "answer": day, "question": "when the hill slid", "attribution": [{"source": who}],
         "event_time": "2024-05-11", "article": {"file": f"{who}.txt", "publisher": who, "text": f"{exact}, {who} said."}}
        for who, exact, day in (("Port Radio", "It slid on Friday", "2024-05-10"),
                                ("Hill Post", "It slid at dawn", "2024-05-11"))
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    page = claims("report", "Q1", "--format", "md").out
    assert "10 May 2024" in page
    assert "When: " not in page


def test_the_newest_count_of_a_source_leads_and_what_a_person_called_updated_does_not(claims: Claims) -> None:
    days = ("2024-05-12", "2024-05-13", "2024-05-14")
    counts(claims, *(("Marsh Relief", d, f"{n} people were killed") for d, n in zip(days, (40, 52, 47), strict=True)))
    assert "47" in claims("question", "show", "Q1", "--json").json["summary"].split(".")[0]
    claims("link", "C2", "C3", "--as", "updates", "--because", "its own correction, dated wrongly")
    assert "52" in claims("question", "show", "Q1", "--json").json["summary"].split(".")[0]


def test_a_floor_supports_a_floor_near_it_and_none_far_below(claims: Claims) -> None:
    told = ("at least 400 houses were lost", "at least 415 houses were lost", "more than 900 houses were lost")
    lines = [
        {"exact": exact, "question": ASKED, "scope": "houses lost", "attribution": [{"source": f"Office {n}", "cue": "said"}],
         "article": {"file": f"{n}.txt", "publisher": f"Paper {n}", "text": f"Office {n} said {exact}."}}
        for n, exact in enumerate(told)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    pairs = claims("question", "show", "Q1", "--json").json["pairs"]
    assert {f"{p['a']} {p['b']}": p["relation"] for p in pairs} == {
        "C1 C2": "supports", "C1 C3": "does_not_contradict", "C2 C3": "does_not_contradict",
    }  # fmt: skip


def test_a_headline_names_nobody_where_it_is_not_known_who_says_it(claims: Claims) -> None:
    text = "The mayor said that 40 boats had left Marsala. The officials said that 12 boats stayed there."
    claims("capture", claims.file("a.txt", text), "--publisher", "Hill Post", "--published", "2024-05-13")
    claims("add", "40 boats had left Marsala", "--article", "A1", "--question", "Boats", "--no-input")
    claims("add", "12 boats stayed there", "--article", "A1", "--by", "officials", "--question", "Boats", "--no-input")
    told = [claims("report", name, "--format", "md").out.splitlines()[0] for name in ("C1", "C2")]
    assert told == ["# “40 boats had left Marsala”", "# “12 boats stayed there”, Hill Post reports, citing officials"]
    claims("check", "C1", "no")
    assert "Not found with its source: “40 boats had left Marsala”" in claims("question", "show", "Q1").out


def test_one_source_that_says_no_twice_contradicts_nobody(claims: Claims) -> None:
    text = "There is no contract, said Jens Vogel. Vogel denied that Lind signed a contract in July."
    claims("capture", claims.file("a.txt", text), "--publisher", "The Paper", "--published", "2024-07-13")
    asked = ("--article", "A1", "--by", "Jens Vogel", "--question", "Did Lind sign a contract?", "--no-input")
    claims("add", "There is no contract", *asked, "--answer", "no")
    claims("add", "denied that Lind signed a contract", *asked)
    told = claims("question", "show", "Q1").out
    assert "contradict" not in told
    assert "“no”" not in told


def filed(claims: Claims, question: str, *told: tuple[str | None, str]) -> dict[str, Any]:
    """The page of a question after claims in articles of their own: the source, if one is named, and the words."""
    lines = [
        {
            "exact": exact, "question": question, "attribution": [{"source": who, "cue": "said"}] if who else [],
            "article": {"file": f"{n}.txt", "publisher": f"Post {n}", "text": f"{who} said {exact}." if who else f"{exact}."},
        }
        for n, (who, exact) in enumerate(told)
    ]  # fmt: skip
    claims("import", claims.file("filed.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    return claims("question", "show", "Q1", "--json").json


@pytest.mark.parametrize(
    ("second", "exact", "relation"),
    [
        ("Town Council", "52 boats sank in the storm", "supports"),
        ("officials", "52 boats sank in the storm", "does_not_contradict"),  # who may be of the council
        ("Town Council", "52 boats sank in the storm in Lorn Bay", "does_not_contradict"),  # which may be a part
        ("Town Council", "dozens of boats sank in the storm", "does_not_contradict"),  # whose bounds are ours
        (
            "Marsh Relief and Town Council",
            "52 boats sank in the storm",
            "does_not_contradict",
        ),  # which is the first once more
    ],
)
def test_a_figure_supports_another_only_where_both_sources_are_named_and_nothing_else_differs(
    claims: Claims, second: str, exact: str, relation: str
) -> None:
    told = ("Marsh Relief", "at least 40 boats sank in the storm"), (second, exact)
    (pair,) = filed(claims, "How many boats sank in the storm?", *told)["pairs"]
    assert pair["relation"] == relation


def test_of_a_figure_that_is_only_about_so_high_no_distance_is_told(claims: Claims) -> None:
    told = ("Marsh Relief", "the dike is about 300 metres long"), ("Town Council", "the dike is 480 metres long")
    page = filed(claims, "Length of the dike in metres", *told)
    assert "Marsh Relief and the Town Council differ." in page["summary"]
    assert page["pairs"][0]["gap"]["absolute"] == "180", "whoever reads the JSON has it"
    shown = " ".join(claims("question", "show", "Q1").out.split())
    assert "about 300 metres and 480 metres differ about 300 metres: Marsh Relief" in shown
    assert "180" not in shown


def test_a_passage_of_several_outlets_goes_under_the_names_of_all(claims: Claims) -> None:
    passage = "The storm took the roofs of 64 houses and sheds along the quay before midnight on Friday"
    page = filed(claims, "How many houses lost their roofs?", (None, passage), (None, passage), (None, passage))
    assert [f["name"] for f in page["origins"]["families"]] == ["Post 0, Post 1 and Post 2"]
    assert page["stated"]["lowest"]["words"] == "64 houses and sheds"


def test_a_later_count_of_somebody_else_is_no_update(claims: Claims) -> None:
    counts(
        claims, ("Marsh Relief", "2024-05-12", "40 people were killed"), ("Town", "2024-05-14", "52 people were killed")
    )
    told = " ".join(claims("why", "Q1").out.split())
    assert "C2 gives a later count than C1: the count may have gone on" in told


@pytest.mark.parametrize(
    ("question", "exact", "figure"),
    [
        ("How many seats did the Reform Union win?", "the Reform Union won 61 of the 120 seats", "61"),
        ("How many people drowned?", "three people drowned, among them two children", "3"),
        ("How many goats did the wolves kill?", "the wolves killed 14 goats in two years", "14"),
        ("How many complaints were filed?", "the Greens filed 120 complaints, the others 31", None),
        ("How many trucks burned?", "12 trucks burned in the north and 15 trucks in the south", None),
    ],
)
def test_of_several_figures_that_fit_none_is_chosen_but_asked_for(
    claims: Claims, question: str, exact: str, figure: str | None
) -> None:
    (reply,) = filed(claims, question, ("Ada Quist", exact))["answers"]
    assert (reply["quantity"] or {}).get("low") == figure
    asked = {item["id"]: item["what"] for item in claims("todo", "--json").lines if item["why"] == "figure"}
    assert ("C1" in asked) == (figure is None)
    if figure is None:
        assert "nobody has said which of them answers" in " ".join(claims("question", "show", "Q1").out.split())
        said = re.findall(r"\d+", exact)[1]
        claims("amend", "C1", "--figure", said)
        assert claims("question", "show", "Q1", "--json").json["answers"][0]["quantity"]["low"] == said


def test_a_page_says_why_a_figure_is_left_out(claims: Claims) -> None:
    told = ("Ann", "40 soldiers were killed"), ("Bob", "42 soldiers were killed"), ("Cy", "the army lost 90 soldiers")
    filed(claims, "Soldiers killed at Orm", *told)
    assert "lost is not killed" in (shown := " ".join(claims("question", "show", "Q1").out.split()))
    assert "--read-as killed" in shown


def test_a_plan_and_what_came_of_it_are_no_dispute(claims: Claims) -> None:
    told = ("Harbour Office", "30 boats will leave Marsala"), ("Town Council", "50 boats left Marsala")
    filed(claims, "Boats that left Marsala", *told)
    for name in ("C1", "C2"):
        claims("amend", name, "--set", "scope=boats")
    summary = claims("question", "show", "Q1", "--json").json["summary"]
    assert "differ" not in summary


def test_a_denial_is_told_as_one_and_nobody_is_said_to_be_contradicted(claims: Claims) -> None:
    told = ("Town Council", "arsonists lit the fire"), ("Quarry Union", "we had no part in the fire")
    filed(claims, "Who lit the fire?", *told)
    claims("amend", "C1", "--answer", "arsonists")
    claims("amend", "C2", "--answer", "denied: the union")
    page = claims("question", "show", "Q1", "--json").json
    assert page["pairs"][0]["relation"] == "conflicts"
    assert (
        "What the Town Council says does not name the Quarry Union, which denies it; both may be true."
        in page["summary"]
    )
    assert "contradict" not in page["summary"] + claims("why", "Q1").out
    claims("amend", "C1", "--answer", "the union")
    assert "says does not name" in claims("question", "show", "Q1", "--json").json["summary"], "its words do not"


def test_a_short_answer_keeps_the_word_of_doubt_before_it_and_the_desks_own_stand_in_brackets_alone(
    claims: Claims,
) -> None:
    told = (
        ("Ann", "the fire was supposedly lit by a smoker"),
        ("Ann", "a man with a pipe did it"),
        ("Bob", "a smoker, it seems"),
    )
    filed(claims, "Who lit the fire?", *told)
    for name, answer in (("C1", "a smoker"), ("C2", "pipe smoker"), ("C3", "a smoker")):
        claims("amend", name, "--answer", answer)
    page = claims("question", "show", "Q1", "--json").json["summary"]
    assert "“a smoker” (“supposedly”)" in page
    assert "“[pipe smoker]”" not in page
    assert "pipe smoker (our reading)" in claims("question", "show", "Q1").out


def test_a_figure_that_is_narrowed_is_no_extreme_and_stands_in_all_its_words(claims: Claims) -> None:
    told = (
        ("Nora Vik", "up to 300 jobs will go"),
        ("Nora Vik", "no jobs will go in Orm"),
        ("Jan Ost", "350 jobs will go"),
    )
    page = filed(claims, "How many jobs will go?", *told)
    assert page["stated"]["lowest"]["words"] == "up to 300 jobs"
    assert "no jobs" not in page["summary"]
    shown = " ".join(claims("report", "Q1", "--format", "text").out.split())
    assert "“no jobs will go in Orm”" in shown
    assert "we could not tell whether it counts the same" in shown


def test_a_finding_on_the_page_opens_with_its_rule_what_was_looked_at_and_its_passages(claims: Claims) -> None:
    counts(
        claims, ("Marsh Relief", "2024-05-12", "40 people were killed"), ("Town", "2024-05-12", "52 people were killed")
    )
    page = claims("report", "Q1", "--format", "html").out
    opened = re.findall(r'<details class="why">(.*?)</details>', page, re.DOTALL)
    told = " ".join(re.sub(r"<[^>]+>", " ", opened[0]).split())
    assert told.startswith(
        "What was compared (C1, C2) The two figures do not overlap. What is counted: killed. Unit: people. They are"
    )
    assert "They are counted as two sources." in told
    assert "52 people were killed" in told


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("exports fell by 3.2 percent", "exports rose by 1.5 percent", "cannot be compared"),
        ("profit fell 3.2 percent", "profit fell by 5 percent", "they differ by 1.8 percentage points"),
        ("a loss of $40 million", "a profit of $12 million", "cannot be compared"),
        ("about 200 metres", "about 60 m", "they differ by about 140 m"),
        ("one minute", "15 seconds", "they differ by 45 seconds"),
    ],
)
def test_a_change_has_a_direction_and_a_distance_its_unit(claims: Claims, first: str, second: str, told: str) -> None:
    assert told in claims("compare", first, second).out


def told_by(claims: Claims, *told: tuple[str, dict[str, str] | None, str, str]) -> str:
    """The report on claims of outlets: who, through whom, what and on which day."""
    lines = [
        {
            "exact": exact, "question": "People hurt in the harbour fire", "attribution": [who] if who else [],
            "article": {"file": f"{n}.txt", "publisher": outlet, "published_at": day, "text": f"{exact}."},
        }
        for n, (outlet, who, exact, day) in enumerate(told)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    return claims("report", "Q1", "--format", "md").out


def test_a_label_of_the_desk_stands_without_quotation_marks(claims: Claims) -> None:
    label = {"source": "harbour officials", "kind": "anonymous"}
    page = told_by(claims, ("Gull Post", label, "Officials said 12 people were hurt in the fire", "2031-05-02"))
    assert "Harbour officials (not named) say 12 people" in page
    assert "“harbour officials”" not in page


def test_an_outlet_that_only_others_credit_is_not_said_to_name_nobody(claims: Claims) -> None:
    wire = {"source": "Tern Wire", "kind": "wire_agency"}
    page = told_by(claims, ("Gull Post", wire, "12 people were hurt in the fire, Tern Wire reported", "2031-05-02"))
    assert "Tern Wire says 12 people, as Gull Post reports" in page
    assert "Tern Wire (no source" not in page


@pytest.mark.parametrize(
    ("first", "then", "course"),
    [
        (
            "At least 3 people were hurt in the fire",
            "24 people were hurt in the fire so far",
            "The count of the Port Police is given as at least 3 people",
        ),
        (
            "3 people were hurt in the fire",
            "24 people were hurt in the fire so far",
            "The count of the Port Police rose from 3 people",
        ),
        ("31 people were hurt in the fire", "31 people were hurt in the fire so far", ""),
    ],
)
def test_a_count_that_moved_is_told_with_its_days(claims: Claims, first: str, then: str, course: str) -> None:
    police, clinic = ({"source": name, "kind": "government"} for name in ("Port Police", "Saint Anne Clinic"))
    early = ("Gull Post", clinic, "5 people were hurt in the fire so far", "2031-05-02") if course else ()
    told = [("Gull Post", police, first, "2031-05-02"), early, ("Tern Post", police, then, "2031-05-03")]
    page = told_by(claims, *filter(None, told))
    assert ("The count of" in page) == bool(course)
    assert course in page
    assert re.search(r"2 May 2031\)(, later as| to) 24 people", page) or not course


def test_each_day_tells_each_wording_with_the_outlets_that_have_it(claims: Claims) -> None:
    chief = {"source": "Fire Service", "kind": "government"}
    page = told_by(
        claims,
        ("Gull Post", chief, "12 people were hurt in the fire, the Fire Service said", "2031-05-02"),
        ("Tide News", chief, "about 15 people were hurt in the fire, the Fire Service said", "2031-05-02"),
        ("Reed Echo", chief, "16 people were hurt in the fire, the Fire Service said", "2031-05-03"),
    )
    assert "12 people (Gull Post; C1)" in page
    assert "about 15 people (Tide News; C2)" in page


def test_what_outlets_say_in_their_own_voice_is_not_credited(claims: Claims) -> None:
    chief = {"source": "Fire Service", "kind": "government"}
    passage = "at least 12 people were hurt when a tank of fish oil burst into flames at the quay before dawn"
    page = told_by(
        claims,
        ("Gull Post", chief, f"{passage}, the Fire Service said", "2031-05-02"),
        ("Tide News", None, passage, "2031-05-02"),
    )
    assert "Fire Service says at least 12 people, as Gull Post reports" in page
    assert "Also, in the outlet’s own words:" in page


def test_the_rating_of_one_claim_is_no_verdict_on_the_question(claims: Claims) -> None:
    counts(
        claims, ("Marsh Relief", "2024-05-12", "40 people were killed"), ("Town", "2024-05-12", "52 people were killed")
    )
    claims("rate", "C1", "unproven", "--because", "one list only")
    page = claims("report", "Q1", "--format", "md").out
    assert "No verdict yet" in page
    assert "On the claim “40 people were killed” (C1):" in page
    assert "Nobody has rated or answered this yet." in " ".join(claims("question", "show", "Q1").out.split())


@pytest.mark.parametrize(
    ("question", "told", "shown"),
    [
        (
            "Where does the wreck lie?",
            [("Jan Ost", f"the wreck lies 12 miles {way} Lorn") for way in ("north of", "east of", "from")],
            ", reported in several ways:</p><ul><li>",
        ),
        (
            "Where does the wreck lie?",
            [("Jan Ost", f"the wreck lies 12 miles {way} Lorn") for way in ("north of", "east of", "from")],
            "from Lorn” (1 outlet)",
        ),
        (
            "How many boats sank?",
            [(None, "40 boats sank"), (None, "40 boats sank")],
            "Post 0 and Post 1, in their own words",
        ),
        (
            "How many boats sank?",
            [(None, "about 40 boats sank")],
            "36%2Cyes%2C44%2Cyes%2Cboats%2C10%25%20either%20way%2C40",
        ),
    ],
)
def test_a_page_says_who_is_told_in_two_ways_who_names_nobody_and_what_about_means(
    claims: Claims, question: str, told: list[tuple[str | None, str]], shown: str
) -> None:
    filed(claims, question, *told)
    assert shown in claims("report", "Q1", "--format", "html").out


def test_a_page_that_lists_a_contradiction_never_says_that_there_is_none(claims: Claims) -> None:
    for number, (outlet, said) in enumerate(
        {"Hill Post": "60", "Dale News": "200", "Vale Sun": "60", "Fell Star": "60"}.items()
    ):
        claims.file(f"{number}.txt", f"The bus fell {said} metres into the gorge near Orla on Monday ({outlet}).")
        claims("capture", f"{number}.txt", "--publisher", outlet, "--published", f"2024-05-1{number}")
        quote = f"The bus fell {said} metres into the gorge near Orla on Monday"
        claims("add", quote, "--article", f"A{number + 1}", "--question", "How far did the bus fall?", "--no-input")
    page = claims("report", "Q1", "--format", "html").out
    first, _, rest = page.partition("<summary>In short</summary>")
    assert "differ by 140 m" in rest
    assert "No contradiction" not in page
    assert "differ by 140 m" in first
    assert "200 metres" in first.partition("How many sources")[0], "both sides of it are named"


def test_where_many_differ_it_is_said_who_stands_with_whom(claims: Claims) -> None:
    said = {
        "Hill Post": "60 metres",
        "Dale News": "200 metres",
        "Vale Sun": "about 197 feet",
        "Fell Star": "150 metres",
    }
    for number, (outlet, far) in enumerate(said.items()):
        claims.file(f"{number}.txt", f"The bus fell {far} into the gorge near Orla on Monday ({outlet}).")
        claims("capture", f"{number}.txt", "--publisher", outlet, "--published", "2024-05-14")
        quote = f"The bus fell {far} into the gorge near Orla on Monday"
        claims("add", quote, "--article", f"A{number + 1}", "--question", "How far did the bus fall?", "--no-input")
    page = " ".join(claims("report", "Q1", "--format", "text").out.split())
    assert "There are 3 different answers: - 60 metres: Hill Post and Vale Sun (“about 197 feet”) - " in page
    assert "200 metres: Dale News" in page
    assert "150 metres: Fell Star" in page
    grouped = "Hill Post and Vale Sun (“about 197 feet”) say 60 metres; Dale News says 200 metres; Fell Star"
    assert f"There are 3 different answers: {grouped} says 150 metres." in page, "the groups of the page"
    assert "The lowest figure is 60 metres, from Hill Post and Vale Sun (“about 197 feet”). The highest" in page
    page = " ".join(re.sub("<[^>]*>", " ", claims("report", "Q1", "--format", "html").out).split())
    assert page.count(" 60 metres: Hill Post and Vale Sun") == 1, "a value is one line, whoever holds it"


FILED = "Filed as “destroyed”: our word, not the source’s"


def test_an_answer_of_the_desk_stands_below_the_words_as_no_word_of_the_source(claims: Claims) -> None:
    claims.file("a.txt", "The bridge fell into the river, the mayor said.")
    claims("capture", "a.txt", "--publisher", "Hill Post", "--published", "2024-05-13")
    quote = (
        "The bridge fell into the river",
        "--article",
        "A1",
        "--by",
        "the mayor",
        "--question",
        "What became of it?",
    )
    claims("add", *quote, "--answer", "destroyed", "--no-input")
    page = claims("report", "Q1", "--format", "md").out.splitlines()
    assert [page[n - 1].strip() for n, line in enumerate(page) if line.strip() == FILED] == [
        "“The bridge fell into the river” in the words of Hill Post"
    ]
    assert "**“The bridge fell into the river”** — “the mayor”, not named, in the words of Hill Post" in page


def test_articles_whose_outlet_is_not_known_are_of_two_outlets(claims: Claims) -> None:
    for n, toll in ((1, "at least 40"), (2, "up to 40")):
        claims.file(f"u{n}.txt", f"The kiln fire hurt {toll} people, the city council said.\n")
        claims("capture", f"u{n}.txt", "--title", f"Fire {n}", "--published", "2031-05-02", "--no-input")
        claims("suggest", f"A{n}", "--accept", "all", "--question", "How many were hurt?")
    page = " ".join(claims("question", "show", "Q1").out.split())
    assert "1 named source, in 2 outlets" in page
    assert "the unnamed outlet of A1" in page
    assert "the unnamed outlet of A2" in page


def test_a_source_leads_with_its_newest_count_and_what_others_tell_of_its_older_one_is_no_dispute(
    claims: Claims,
) -> None:
    chief = {"source": "Fire Service", "kind": "government"}
    page = told_by(
        claims,
        ("Gull Post", chief, "Three people were hurt in the fire", "2031-05-02"),
        ("Tide News", None, "Three people were hurt", "2031-05-03"),
        ("Reef Mail", chief, "Seven people were hurt, the Fire Service said", "2031-05-04"),
        ("Cove Sun", {"source": "nurses", "kind": "anonymous"}, "Nine people were hurt, nurses said", "2031-05-04"),
    )
    assert "Fire Service says seven people (published 4 May 2031), as Reef Mail reports" in page
    assert "differ by" not in page
    assert "At least 1 named source, in 2 of 4 outlets" in page


def test_one_source_told_in_two_ways_that_cannot_both_be_true_is_a_dispute(claims: Claims) -> None:
    for n, way in ((1, "30 miles south of Lorn"), (2, "30 miles north of Lorn"), (3, "30 miles north of Lorn")):
        claims.file(f"w{n}.txt", f"The wreck lies {way}, the Harbour Office said.\n")
        outlet = f"Paper {n}"
        claims("capture", f"w{n}.txt", "--title", f"Wreck {n}", "--publisher", outlet, "--published", "2031-05-02")
        claims("suggest", f"A{n}", "--accept", "all", "--question", "Where does the wreck lie?")
    page = " ".join(claims("question", "show", "Q1").out.split())
    sides = "south, 1 outlet: Paper 1 north, 2 outlets: Paper 2 and Paper 3"
    assert f"What the Harbour Office said is reported in more than one way: {sides}" in page


@pytest.mark.parametrize(("outlets", "said"), [(3, False), (7, True)])
def test_lowest_and_highest_are_said_where_they_were_not_told_before(claims: Claims, outlets: int, said: bool) -> None:
    page = filed(claims, "How many boats sank?", *((None, f"at least {40 + n} boats sank") for n in range(outlets)))
    assert ("run from at least 40 boats to" in page["summary"]) is said
    assert page["summary"].count(f"at least {39 + outlets} boats") == 1


def test_what_outlets_have_one_source_say_stands_once_and_as_no_matter_of_wording(claims: Claims) -> None:
    told = (
        ("Jan Ost", "the wreck lies 12 miles north of Lorn"),
        ("Jan Ost", "the wreck lies 12 miles east of Lorn"),
        ("Jan Ost", "the wreck lies some 12 miles from Lorn"),
    )
    page = filed(claims, "Where does the wreck lie?", *told)
    assert "What Jan Ost said is reported in more than one way: " in page["summary"]
    assert "Wording differs: “north" not in page["summary"]
    assert page["summary"].count("north of Lorn") == page["summary"].count("east of Lorn") == 1
    shown = claims("question", "show", "Q1").out
    assert "Wording differs" not in shown
    assert shown.count("C1") == 1
    assert shown.count("north, 1 outlet: Post 0") == 1


def test_a_contradiction_at_a_terminal_says_who_says_what_in_which_outlet(claims: Claims) -> None:
    told = (("Jan Ost", "52 boats sank in the storm"), ("Nora Vik", "31 boats sank in the storm"))
    filed(claims, "How many boats sank in the storm?", *told, told[1])
    shown = " ".join(claims("question", "show", "Q1").out.split())
    assert "52 boats and 31 boats differ by 21 " in shown
    assert "52 boats: Jan Ost (Post 0 C1) 31 boats: Nora Vik (Post 1 C2, Post 2 C3)" in shown


def test_a_gap_of_one_says_one_of_what(claims: Claims) -> None:
    page = filed(
        claims, "How many boats sank in the storm?", ("Jan Ost", "13 boats sank"), ("Nora Vik", "14 boats sank")
    )
    assert "differ by 1 in the number of boats" in page["summary"]


def test_one_person_under_an_office_worded_in_two_ways_is_one_source(claims: Claims) -> None:
    told = (("the mayor of Orm, Ada Moss", "40 homes burned"), ("The mayor, Ada Moss", "60 homes burned"))
    page = filed(claims, "How many homes burned?", *told)
    assert (page["origins"]["low"], page["origins"]["high"]) == (1, 1)
    assert "Ada Moss (mayor of Orm)" in page["summary"]
    assert "not named" not in page["summary"]


@pytest.mark.parametrize(
    ("denied", "disputed"),
    [
        ("86 percent of members voted", True),
        ("the club had overstated the turnout of 86 percent", False),
        ("it knew that 86 percent of members voted", False),
    ],
)
def test_who_denies_how_a_figure_was_told_has_not_denied_the_figure(
    claims: Claims, denied: str, disputed: bool
) -> None:
    filed(claims, "What share of members voted, the turnout?", ("Rowing Club", "86 percent of members voted"))
    text = f"Jan Ost denied that {denied}."
    claims("capture", claims.file("d.txt", text), "--publisher", "The Paper", "--published", "2024-07-13")
    claims("add", denied, "--article", "A2", "--by", "Jan Ost", "--cue", "denied", "--question", "Q1", "--no-input")
    assert ("contradict" in claims("question", "show", "Q1").out) is disputed


def test_what_an_article_says_of_its_earlier_version_is_no_source_of_its_own(claims: Claims) -> None:
    told = (("Ann Roe", "12 ships are missing"), ("an earlier version of this article", "13 ships are missing"))
    page = filed(claims, "How many ships are missing?", *told)
    assert "mentions 13 ships as an earlier figure" in page["summary"]
    assert not [p for p in page["pairs"] if p["relation"] == "conflicts"]


def test_what_else_a_source_says_stands_beside_what_is_told_of_it_in_two_ways(claims: Claims) -> None:
    told = (
        ("Jan Ost", "the crew was well equipped"),
        ("Jan Ost", "the crew was poorly equipped"),
        ("Jan Ost", "the crew had rope"),
    )
    filed(claims, "Was the crew well equipped?", *told)
    for name, answer in (("C1", "yes"), ("C2", "no"), ("C3", "partly")):
        claims("amend", name, "--answer", answer)
    summary = claims("question", "show", "Q1", "--json").json["summary"]
    assert "What Jan Ost said is reported in more than one way: " in summary
    shown = claims("question", "show", "Q1").out
    assert "Also reported: partly (our reading): Post 2 (“the crew had rope”)" in shown
    assert re.search(r"C3 +partly \(our reading\) +Post 2", shown)
    assert summary.count("well equipped") == 1


def test_a_source_that_counts_anew_the_next_day_is_not_told_to_differ(claims: Claims) -> None:
    for n, (day, count) in enumerate((("2031-05-04", "40"), ("2031-05-05", "60"))):
        text = f"The mayor, Ada Moss, said {count} houses had been destroyed so far."
        claims("capture", claims.file(f"{n}.txt", text), "--publisher", f"Post {n}", "--published", day)
        asked = ("--article", f"A{n + 1}", "--by", "Ada Moss", "--question", "Houses destroyed in Orm", "--no-input")
        claims("add", f"{count} houses had been destroyed", *asked)
    summary = claims("question", "show", "Q1", "--json").json["summary"]
    assert "differs" not in summary
    assert "The count of Ada Moss rose from 40 houses" in summary
    for n, hedge in enumerate(("at least", "more than 59, perhaps"), 3):
        text = f"The mayor, Ada Moss, said {hedge} 60 houses had been destroyed so far ({n})."
        claims("capture", claims.file(f"{n}.txt", text), "--publisher", f"Dale {n}", "--published", "2031-05-05")
        claims("add", f"{hedge} 60 houses had been destroyed", "--article", f"A{n}", *asked[2:])
    summary = claims("question", "show", "Q1", "--json").json["summary"]
    assert "to 60 houses (5 May 2031)" in summary, "of two ways in which one count is told, the first, at every run"


@pytest.mark.parametrize(
    ("question", "told", "said", "not_said"),
    [
        (  # one outlet prints the quoted words, the other has its own
            "When did the kiln burst?",
            (("Nora Vik", "the kiln burst at dawn"), ("Nora Vik", "as the sun rose the old kiln burst")),
            "Post 0, citing Nora Vik, writes: “dawn”.",
            "Post 1",
        ),
        (  # a name in indirect speech is spelt by the outlet
            "Who pulled the crew out?",
            (("Nora Vik", "Jan Ost pulled the crew out"),),
            "Post 0, citing Nora Vik, writes: “Jan Ost”.",
            "Nora Vik says",
        ),
        (
            "Who pulled the crew out?",
            (("Nora Vik", '"Jan Ost pulled the crew out"'),),
            "Nora Vik says “Jan Ost”",
            "writes",
        ),
    ],
)  # fmt: skip
def test_quoted_words_are_those_of_whom_they_are_given_to(
    claims: Claims, question: str, told: tuple[tuple[str, str], ...], said: str, not_said: str
) -> None:
    filed(claims, question, *told)
    for n in range(len(told)):
        claims("amend", f"C{n + 1}", "--answer", "dawn" if "When" in question else "Jan Ost")
    page = claims("question", "show", "Q1", "--json").json["summary"]
    assert said in page
    assert not_said not in page


def test_a_source_told_in_two_ways_stands_on_both_sides_and_answers_that_fit_on_one(claims: Claims) -> None:
    far = (
        ("Nora Vik", "600"),
        ("Nora Vik", "700"),
        (None, "about 600"),
        (None, "600"),
        ("Jan Ost", "700"),
        (None, "700"),
    )
    filed(claims, "How far did the bus fall?", *((who, f"the bus fell {n} metres") for who, n in far))
    page = " ".join(claims("question", "show", "Q1").out.split())
    camps = claims("question", "show", "Q1", "--json").json["camps"]
    assert [side.partition(":")[0] for side in camps["lines"]] == ["600 metres", "700 metres"]
    assert all("Nora Vik" in side for side in camps["lines"])
    conflicts = page.partition(" Conflicts ")[2]
    assert conflicts.count(" differ by ") == 1, "two values are one line, whoever holds them"


# --- what a page says of a question as a whole --------------------------------------------------------------------


def test_most_figures_are_said_to_be_minimums_only_where_they_are(claims: Claims) -> None:
    least = [
        ("Marsh Relief", "at least 40 boats sank in the storm"),
        ("Jan Ost", "more than 50 boats sank in the storm"),
    ]
    filed(claims, "How many boats sank in the storm?", *least)
    assert (
        "We found no contradiction among the figures compared. Most figures are minimums." in claims("report", "Q1").out
    )
    more = [("Nora Vik", "60 boats sank in the storm"), ("Ada Moss", "60 boats sank in the storm")]
    filed(claims, "How many boats sank in the storm?", *((who, f"{said} on Monday") for who, said in more))
    assert "Most figures are minimums" not in claims("report", "Q1").out


def test_figures_that_grew_from_day_to_day_are_told_so_and_not_called_minimums(claims: Claims) -> None:
    counted = [
        ("Jan Ost", "At least 4 people", "03"),
        ("Marsh Relief", "9 people", "03"),
        ("Nora Vik", "31 people", "04"),
    ]
    kinds = {"Jan Ost": "person", "Marsh Relief": "ngo", "Nora Vik": "person"}
    page = told_by(
        claims,
        *(
            (
                f"Gull Post {n}",
                {"source": who, "kind": kinds[who]},
                f"{said} were hurt in the fire so far",
                f"2031-05-{day}",
            )
            for n, (who, said, day) in enumerate(counted)
        ),
    )
    assert "By day the figures go from at least 4 people (3 May 2031) to 31 people (4 May 2031)." in page
    assert "Most figures are minimums" not in page
    assert "in Gull Post 2, 4 May 2031" in page


def test_counts_of_a_thing_that_does_not_grow_are_not_called_later_ones(claims: Claims) -> None:
    page = told_by(
        claims,
        (
            "Gull Post",
            {"source": "Jan Ost", "kind": "person"},
            "The fire of 1998 had reached 13 harbours",
            "2031-05-03",
        ),
        (
            "Tern Post",
            {"source": "Nora Vik", "kind": "person"},
            "The fire of 1998 had reached 14 harbours",
            "2031-05-04",
        ),
    )
    assert "By day the figures go" not in page


def test_who_speaks_of_one_place_alone_is_counted_beside_those_who_speak_of_all(claims: Claims) -> None:
    told = (("Marsh Relief", "90 boats sank"), ("Jan Ost", "7 boats sank"), ("Nora Vik", "95 boats sank"))
    filed(claims, "How many boats sank in the storm?", *told)
    for name, place in (("C1", "Lornland"), ("C2", "Orm Bay"), ("C3", "Lornland")):
        claims("amend", name, "--set", f"scope={place}")
    page = claims("question", "show", "Q1", "--json").json
    assert page["origins"]["low"] == 3
    assert page["origins"]["why"].endswith("Jan Ost speaks only of another place, period or part.")
    assert page["origins"]["words"] == "2 named sources, in 2 of 3 outlets; 1 more for another place, period or part"
    assert "There are 2 named sources, in 2 of 3 outlets." in page["summary"]


@pytest.mark.parametrize(
    ("second", "printed"),
    [
        ("at least 40 boats sustained damage at the pier", False),
        ("at least 40 boats suffered ruin at the pier", True),
        ("40 boats suffered damage at the pier", True),
    ],
)
def test_a_word_for_another_of_one_meaning_is_printed_nowhere(claims: Claims, second: str, printed: bool) -> None:
    lines = [
        {
            "exact": f"“{said}”", "question": "How many boats were damaged?",
            "attribution": [{"source": "Nora Vik", "cue": "said"}],
            "article": {"file": f"{n}.txt", "publisher": f"Post {n}", "text": f"“{said}”, Nora Vik said."},
        }
        for n, said in enumerate(("at least 40 boats suffered damage at the pier", second))
    ]  # fmt: skip
    claims("import", claims.file("filed.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    page = claims("question", "show", "Q1", "--json").json
    assert page["drift"], "whoever reads the JSON has it in any case"
    assert all(d["trifling"] is not printed for d in page["drift"])
    assert ("Wording differs" in claims("question", "show", "Q1").out) is printed
    assert ("Where the wording differs" in claims("report", "Q1").out) is printed


def test_why_a_figure_is_set_apart_names_what_it_counts(claims: Claims) -> None:
    told = (
        ("Jan Ost", "12 people were hurt in the flood"),
        ("Ada Moss", "12 people were hurt in the flood"),
        ("Nora Vik", "30 people were badly hurt in the flood"),
    )
    filed(claims, "How many people were hurt in the flood?", *told)
    page = claims("question", "show", "Q1", "--json").json
    assert [a.get("left_out") for a in page["answers"]] == [None, None, "it counts only “badly hurt”"]


@pytest.mark.parametrize(
    ("words", "narrowing", "told"),
    [
        ("eleven were critically ill in the fire", {"critically"}, "critically ill"),
        ("some 40 barns were partly  destroyed", {"partly"}, "partly destroyed"),
        ("nine were severely beaten at the gate", {"severely", "gate"}, "severely beaten"),
        ("four were slightly burnt", {"slightly"}, "slightly burnt"),
        ("300 pupils fully vaccinated", {"fully"}, "fully vaccinated"),
        ("30 were mostly women", {"mostly"}, ""),
        ("the family sent 40 parcels", {"family"}, ""),
        ("20 died early on Monday", {"early"}, ""),
        ("no jobs will go in Orm", {"orm"}, ""),
        ("badly hurt", set(), ""),
    ],
)
def test_only_an_adverb_before_what_is_counted_is_told_as_what_narrows_it(
    words: str, narrowing: set[str], told: str
) -> None:
    assert narrower(words, narrowing) == told


def test_a_vague_figure_of_two_things_is_set_apart_for_counting_both(claims: Claims) -> None:
    told = (
        ("Jan Ost", "12 people were killed in the flood"),
        ("Ada Moss", "12 people were killed in the flood"),
        ("Nora Vik", "the flood killed or wounded dozens of people"),
    )
    filed(claims, "How many people were killed in the flood?", *told)
    shown = " ".join(claims("question", "show", "Q1").out.split())
    assert "not compared: it counts killed or wounded together, the others killed alone" in shown
    assert "too vague" not in shown


def test_one_number_that_outlets_hedge_in_several_ways_is_told_among_what_is_disputed(claims: Claims) -> None:
    told = [("Jan Ost", f"{hedge}40 boats sank in the storm") for hedge in ("at least ", "", "at least ")]
    filed(claims, "How many boats sank in the storm?", *told)
    page = claims("report", "Q1").out
    ways = "at least 40 boats (2 outlets) and 40 boats (1 outlet)"
    assert f"Outlets word the figure of Jan Ost in different ways: {ways}." in page


@pytest.mark.parametrize(
    ("exact", "told"),
    [
        ("Five boats had so far been confirmed sunk", "five boats (“so far” and “confirmed”)"),
        ("At least 12 boats reportedly sank off the cape", "at least 12 boats (“reportedly”)"),
        ("The count is likely to rise; 12 boats sank", "12 boats"),
        ("The wind reached 40 kilometres an hour", "40 km/h"),
    ],
)
def test_a_figure_is_told_with_its_unit_and_the_words_that_say_how_sure_it_is(
    claims: Claims, exact: str, told: str
) -> None:
    page = filed(claims, "How strong was the wind?" if "wind" in exact else "How many boats sank?", ("Jan Ost", exact))
    assert f"Jan Ost says {told}, as Post 0 reports." in page["summary"]


def test_where_nobody_speaks_of_the_whole_each_part_is_told_with_its_place(claims: Claims) -> None:
    told = (("Jan Ost", "7 boats sank"), ("Nora Vik", "12 boats sank"), ("Nora Vik", "5 boats sank"))
    filed(claims, "How many boats sank in the storm?", *told)
    for name, place in (("C1", "Orm Bay"), ("C2", "Lorn"), ("C3", "Hale")):
        claims("amend", name, "--set", f"scope={place}")
    page = " ".join(claims("report", "Q1", "--format", "text").out.split())
    claimed = page[page.index("What is claimed") : page.index("How many sources")]
    assert all(part in claimed for part in ("7 boats [Orm Bay] — Jan Ost", "12 boats [Lorn]", "5 boats [Hale]"))
    assert "single" not in page[: page.index("What is disputed")]


def test_a_vague_word_is_held_against_no_figure_on_the_page(claims: Claims) -> None:
    filed(claims, "How many boats sank?", ("Jan Ost", "130 boats sank"), ("Nora Vik", "several boats sank"))
    assert "differ" not in claims("question", "show", "Q1", "--json").json["summary"]


def test_what_is_set_apart_stands_under_a_heading_and_names_its_place(claims: Claims) -> None:
    told = (("Marsh Relief", "90 boats sank"), ("Jan Ost", "7 boats sank"), (None, "95 boats sank"))
    filed(claims, "How many boats sank in the storm?", *told)
    for name, place in (("C1", "Lornland"), ("C2", "Orm Bay"), ("C3", "Lornland")):
        claims("amend", name, "--set", f"scope={place}")
    page = " ".join(claims("report", "Q1", "--format", "text").out.split())
    heading = page.rindex("Not compared with the rest")
    assert page.index("In the outlet’s own words") < heading < page.index("7 boats [Orm Bay]", heading)


def test_what_one_source_says_in_words_stands_an_answer_a_row(claims: Claims) -> None:
    told = (
        "crews waited because the north sluice had jammed overnight",
        "a dispute over wages kept them at home",
    )
    filed(claims, "Why did the dredging stop?", *(("Jan Ost", words) for words in told))
    claims("amend", "C1", "--answer", "cause:sluice")
    claims("amend", "C2", "--answer", "cause:wages")
    page = " ".join(claims("report", "Q1", "--format", "text").out.split())
    rows = page[page.index("Who says what") : page.index("What is not known")]
    assert all(f"“{words}”" in rows for words in told), rows


def test_an_agencys_copy_is_not_the_credit_of_an_outlet_for_whom_others_name(claims: Claims) -> None:
    passage = "More than 40 people were hurt, most of them by glass that fell from the roof of the market hall"
    minister = {"source": "Ada Brun", "kind": "government", "named": True}
    page = told_by(
        claims,
        ("Gull Post", minister, f"{passage}, Ada Brun said", "2031-05-02"),
        ("Tide News", {"source": "Coast Wire", "kind": "wire_agency"}, passage, "2031-05-02"),
    )
    assert "1 named source, in 1 of 2 outlets" in page
    assert "Both outlets credit" not in page
    assert "Also, in the outlet’s own words: - **C2 Tide News" in " ".join(page.split())


def test_where_only_vague_words_and_minimums_meet_no_agreement_is_told(claims: Claims) -> None:
    told = [
        ("Marsh Relief", "dozens of boats sank in the storm"),
        ("Jan Ost", "more than 50 boats sank in the storm"),
        ("Nora Vik", "at least 30 boats sank in the storm"),
    ]
    filed(claims, "How many boats sank in the storm?", *told)
    page = " ".join(claims("report", "Q1", "--format", "txt").out.split())
    assert "No two of the figures compared are exact enough to contradict each other." in page
    assert "no contradiction" not in page


def test_a_figure_that_its_text_calls_an_earlier_one_is_told_so_wherever_it_stands(claims: Claims) -> None:
    line = {
        "exact": "22 others hurt",
        "question": "How many people were hurt in the blast?",
        "article": {
            "file": "a.txt",
            "publisher": "Gull Post",
            "text": "The previous toll was 9 dead with 22 others hurt.",
        },
    }
    claims("import", claims.file("filed.jsonl", json.dumps(line) + "\n"))
    page = " ".join(claims("report", "Q1", "--format", "txt").out.split())
    assert page.count("22 others") - page.count("with 22 others") == page.count("as an earlier figure") == 3


def test_a_vague_word_and_a_count_of_a_part_are_no_older_count_and_are_shown_as_they_are_told(claims: Claims) -> None:
    office = {"source": "Harbour Office", "kind": "government"}
    told = [
        ("Gull Post", "2031-05-02", "dozens of huts were damaged in Orm"),
        ("Tide News", "2031-05-03", "at least 22 huts were badly damaged in Orm"),
        ("Reef Mail", "2031-05-04", "300 huts were damaged in Orm"),
    ]
    lines = [
        {
            "exact": exact, "question": "How many huts were damaged in Orm?", "attribution": [{**office, "cue": "said"}],
            "article": {"file": f"{n}.txt", "publisher": by, "published_at": at, "text": f"{exact}, the Harbour Office said."},
        }
        for n, (by, at, exact) in enumerate(told)
    ]  # fmt: skip
    claims("import", claims.file("filed.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    page = " ".join(claims("report", "Q1", "--format", "txt").out.split())
    assert "(earlier)" not in page
    assert "Gull Post: dozens of huts, 2 May 2031" in page


def told_on(claims: Claims, question: str, *told: tuple[str, str, str, str | None]) -> str:
    """The page of a question as text, after claims in articles of their own: outlet, day, words, and who said so."""
    lines = [
        {
            "exact": exact, "question": question, "attribution": [{"source": who, "cue": "said"}] if who else [],
            "article": {
                "file": f"{n}.txt", "publisher": by, "published_at": at,
                "text": f"{exact}, {who} said." if who else f"{exact}.",
            },
        }
        for n, (by, at, exact, who) in enumerate(told)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)))
    return " ".join(claims("report", "Q1", "--format", "txt").out.split())


def test_outlets_that_say_more_than_do_not_count_for_at_least(claims: Claims) -> None:
    watch = "Coastal Rescue Watch"
    page = told_on(
        claims,
        "How many boats sank in the storm?",
        ("Gull Post", "2031-05-02", "at least 100 boats sank in the storm", watch),
        ("Tide News", "2031-05-02", "more than 100 boats sank in the storm", watch),
        ("Reef Mail", "2031-05-02", "more than 100 boats sank in the storm", watch),
    )
    assert "at least 100 boats (1 outlet) and more than 100 boats (2 outlets)" in page
    assert "At least 100 boats — Coastal Rescue Watch (in 1 outlet; 2 more word its figure otherwise)" in page


def test_people_are_not_told_under_patients(claims: Claims) -> None:
    page = told_on(
        claims,
        "How many patients did the ward treat in 2020?",
        ("Gull Post", "2031-05-02", "the ward treated 12 patients in 2020", "Ada Moss"),
        ("Tide News", "2031-05-02", "the ward treated 12 people in 2020", "Ada Moss"),
        ("Reef Mail", "2031-05-02", "the ward treated at least 12 patients in 2020", "Ada Moss"),
    )
    assert "12 patients (1 outlet), 12 people (1 outlet) and at least 12 patients (1 outlet)" in page


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("the bridge was closed for nine days from 1 May", "the bridge was closed for 11 days", False),
        ("the bridge was closed for six days", "the bridge was closed for a week", False),
        ("the bridge was closed for nine days", "the bridge was closed for 20 days", True),
        ("the bridge was closed for 11 days", "the bridge was closed for nine days", True),
        ("the bridge was closed for two months", "the bridge was closed for three weeks", True),
    ],
)
def test_what_goes_on_is_longer_by_the_days_that_passed_and_that_is_no_dispute(
    claims: Claims, first: str, second: str, differ: bool
) -> None:
    page = told_on(
        claims,
        "How long was the bridge closed?",
        ("Gull Post", "2031-05-10", first, "the road office"),
        ("Tide News", "2031-05-12", second, "the fire brigade"),
    )
    assert ("differ by" in page) is differ
    assert "“may”" not in page  # the month is no doubt


def test_open_ends_stand_beside_the_answers_that_differ(claims: Claims) -> None:
    told = [(f"Post {n}", "2031-05-02", f"the yard built {n} boats in 2020", name) for n, name in (
        (120, "Ada Moss"), (140, "Jan Ost"), (160, "Nora Vik"))]  # fmt: skip
    page = told_on(
        claims,
        "How many boats did the yard build in 2020?",
        *told,
        ("Reef Mail", "2031-05-02", "the yard built more than 100 boats in 2020", "Ivo Lund"),
    )
    assert "3 answers differ from each other:" in page
    assert "Also said: more than 100 boats: Ivo Lund" in page
    assert "There are 3" not in page


@pytest.mark.parametrize(
    ("exact", "question", "shown"),
    [
        ("the repair will cost about 4.2 million euros", "What will the repair cost?", "About 4.2 million euros"),
        ("the repair will cost 300 million crowns", "What will the repair cost?", "300 million crowns"),
        ("the repair will cost $4 million, the mayor hopes", "What will the repair cost?", "$4 million"),
        ("a woman in her eighties drowned", "How old was the woman who drowned?", "80 to 89 years (“eighties”)"),
        ("a man in his thirties drowned", "How old was the man who drowned?", "30 to 39 years (“thirties”)"),
    ],
)
def test_a_figure_is_told_with_its_money_or_its_years(claims: Claims, exact: str, question: str, shown: str) -> None:
    assert f"{shown} — Ada Moss" in told_on(claims, question, ("Gull Post", "2031-05-02", exact, "Ada Moss"))


def test_what_has_to_be_read_stands_among_what_is_claimed(claims: Claims) -> None:
    page = told_on(
        claims,
        "What caused the fire at the mill?",
        ("Gull Post", "2031-05-02", "the fire was started by a faulty heater", "the fire brigade"),
        ("Tide News", "2031-05-03", "the fire was set on purpose", "the harbour police"),
        ("Reef Mail", "2031-05-03", "the fire was not started by the heater", "Ada Moss"),
    )
    claimed = page[page.index("What is claimed") : page.index("How many sources")]
    assert all(
        words in claimed
        for words in ("by a faulty heater” — the fire brigade", "on purpose” — the harbour police", "Ada Moss")
    )
    assert "The answers are in different words: “the fire" in page


def test_whom_an_article_names_that_was_not_read_is_no_outlets_own_word(claims: Claims) -> None:
    page = told_on(
        claims,
        "When did the bridge fall?",
        ("河桥日报", "2031-05-13", "5月11日，凯斯特尔福德一座公路桥倒塌", None),
        ("صحيفة النهر", "2031-05-13", "انهار جسر على نهر كيسترل يوم الثلاثاء 12 مايو 2031", None),
    )
    assert "No source is known." in page
    assert "say it in their own words" not in page
    assert "u2068" not in page
    assert "u2068" not in claims("report", "Q1", "--format", "md").out


@pytest.mark.parametrize(("a", "b", "apart"), [("C1", "C2", False), ("C1", "C3", True), ("C3", "C4", False)])
def test_a_figure_told_as_set_apart_disputes_none_of_the_rest(a: str, b: str, apart: bool) -> None:
    found: Any = SimpleNamespace(axis={"C1": None, "C2": None, "C3": "unit", "C4": "unit"})
    pair: Any = SimpleNamespace(a=a, b=b)
    assert disputed.one_apart(found, pair) is apart


def test_a_list_of_sources_says_once_that_their_kinds_were_guessed(claims: Claims) -> None:
    told_on(claims, "How many boats sank?", ("Gull Post", "2031-05-02", "12 boats sank", "the harbour police"))
    claims("report", "--site", str(claims.folder / "site"))
    page = (claims.folder / "site" / "sources.html").read_text()
    assert page.count("guessed from its name") == 1
    assert "(guessed from the name)" not in page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("denied that its divers had opened the sluice", "“denied that its divers had opened the sluice”"),
        ("said it had sold nine barges", "“said it had sold nine barges”"),
        ("has repeatedly denied having sold them", "“has repeatedly denied having sold them”"),
        ("insisted the kiln was cold", "“insisted the kiln was cold”"),
        ("dismissed the reports of a leak", "“dismissed the reports of a leak”"),
        ("confirmed cases rose to nine", ""),
        ("reported thefts were few", ""),
        ("contested islands were shelled", ""),
    ],
)
def test_words_that_begin_with_who_spoke_are_not_said_once_more(claims: Claims, words: str, told: str) -> None:
    text = f"The Orm Dredging Company {words}, a clerk of the port wrote."
    claims("capture", claims.file("a.txt", text), "--publisher", "Hill Post", "--published", "2031-05-13")
    claims("add", words, "--article", "A1", "--by", "Orm Dredging Company", "--question", "Who did it?", "--no-input")
    shown = [" ".join(claims("report", *asked).out.split()) for asked in (("Q1", "--format", "text"), ("Q1",))]
    shown += [claims("report", "C1", "--format", "md").out, claims("question", "show", "Q1").out]
    says = re.compile(r"(?:says|say|said|that|denies) (?:<[^>]+>)*“" + words)
    assert not any(says.search(page) for page in shown if told), shown
    if told:
        assert f"Orm Dredging Company {told}" in shown[0]


def test_what_the_program_could_not_read_is_never_told_of_the_outlets_words() -> None:
    told = "\n".join([*APART.values(), *REASONS.values()])
    assert not re.search(
        r"its words|counts something else|it counts another|it may count", told.replace("we read it", "")
    )


def test_each_row_of_a_question_is_shown_at_a_glance_or_counted_there(claims: Claims) -> None:
    told = [("Ada Moss", "7 boats sank in the storm"), ("Jan Ost", "9 boats sank in the storm"), (None, "8 boats sank")]
    told += [(f"Captain {n}", f"{n} boats sank in the storm") for n in ("Orm", "10", "11", "12")]
    told += [("Nora Vik", "the harbour was closed and boats lay there"), ("Lorn Town Council", "3 houses burned down")]
    filed(claims, "How many boats sank in the storm?", *told)
    claims("amend", "C2", "--set", "scope=ferries")
    rows = claims("report", "Q1").out.count('class="who"')
    page = " ".join(claims("report", "Q1", "--format", "text").out.split())
    glance = page[page.index("What is claimed") : page.index("How many sources")]
    more = [int(n) for n in re.findall(r"(\d+) more", glance)]
    named = glance.count(" — ")
    assert named + sum(more) == rows > 6, glance


def published(claims: Claims, question: str, *told: tuple[str, str, str, str | None]) -> str:
    """The page as text of claims in articles of their own: publisher, its kind, the whole text, who said the words in it."""
    lines = [
        {
            "exact": text.partition(", ")[0].rstrip("."), "question": question,
            "attribution": [{"source": who, "kind": "company" if who.endswith("Ferries") else "person"}] if who else [],
            "article": {"file": f"{n}.txt", "publisher": by, "published_at": "2031-05-02", "text": text},
        }
        for n, (by, _, text, who) in enumerate(told)
    ]  # fmt: skip
    for by, kind, *_ in told:
        if kind:
            claims("source", "add", by, "--kind", kind)
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)), "--no-input")
    return " ".join(claims("report", "Q1", "--format", "text").out.split())


FERRY = "40 boats were sold in 2030, {}."


@pytest.mark.parametrize(
    ("outlets", "said"),
    [
        ((), "1 named source, in its own statement"),
        ((("Gull Post", None), ("Tide News", None)), "1 named source, in its own statement alone"),
        (
            (("Gull Post", "Orm Ferries"), ("Tide News", None)),
            "1 named source, in its own statement and 1 of 2 outlets",
        ),
        ((("Gull Post", "Orm Ferries"), ("Tide News", "Orm Ferries")), "in its own statement and 2 outlets"),
        ((("Gull Post", "Jan Ost"), ("Tide News", None)), "in a statement of Orm Ferries and 1 of 2 outlets"),
    ],
)
def test_who_is_itself_the_source_is_no_outlet(
    claims: Claims, outlets: tuple[tuple[str, str | None], ...], said: str
) -> None:
    own = ("Orm Ferries", "company", "40 boats were sold in 2030.", None)
    rest = [(by, "", FERRY.format(f"{who} said" if who else f"as {by} knows"), who) for by, who in outlets]
    page = published(claims, "How many boats were sold in 2030?", own, *rest)
    assert f"{said} " in page[page.index("How many sources") :]
    assert f"{said}." in page or not outlets, "the paragraph counts as the page does"


def test_an_outlet_that_credits_nobody_is_no_report_of_what_a_source_said(claims: Claims) -> None:
    told = "The barge struck the weir at about 3:40 a.m. on {}, some six miles below the lower lock, {}and sank there."
    lines = [
        {
            "exact": f"struck the weir at about 3:40 a.m. on {day}", "question": "When did the barge strike the weir?",
            "attribution": [{"source": "Nora Vik", "kind": "person"}] if who else [],
            "article": {"file": f"{by}.txt", "publisher": by, "published_at": f"2031-05-0{n}", "text": told.format(day, who)},
        }
        for n, (by, day, who) in enumerate((("Orm Wire", "Tuesday", "Nora Vik said, "), ("Tide News", "Monday", "")), 6)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)), "--no-input")
    page = " ".join(claims("report", "Q1", "--format", "text").out.split())
    assert "What Nora Vik said is reported in more than one way" not in page
    assert "reported in several ways" not in page
    assert "Tide News has “struck the weir at about 3:40 a.m. on Monday”, crediting nobody" in page


@pytest.mark.parametrize(
    ("before", "hedge"),
    [
        ("The Union said it believed ", "believed"),
        ("the surveyor thinks that ", "thinks"),
        ("the new quay is expected to ", "expected"),
        ("the ferry is likely to ", "likely"),
        ("divers feared ", "feared"),
        ("the keeper understood that ", "understood"),
        ("it was not believed that ", ""),
        ("the harbour master said ", ""),
        ("nobody there ever expected it, and ", ""),
        ("the board told members that ", ""),
    ],
)
def test_a_word_of_belief_right_before_the_words_goes_with_them(claims: Claims, before: str, hedge: str) -> None:
    assert hedge_before(before) == hedge
    exact = "the fire had come from the Orm boatyard"
    claims(
        "capture", claims.file("a.txt", f"{before}{exact}."), "--publisher", "Hill Post", "--published", "2031-05-13"
    )
    claims("add", exact, "--article", "A1", "--by", "Quarry Union", "--question", "Who lit the fire?", "--no-input")
    pages = [claims("report", "Q1", "--format", "text").out, claims("report", "C1", "--format", "md").out]
    claims("amend", "C1", "--answer", "the Orm boatyard")
    pages += [claims("report", "Q1", "--format", "text").out, claims("question", "show", "Q1").out]
    told = f"” (“{hedge}”)"
    assert all((told in " ".join(page.split())) is bool(hedge) for page in pages), pages


def test_money_stands_with_its_sign_or_its_unit_wherever_it_is_told(claims: Claims) -> None:
    told = (
        ("Gull Post", "", "the firm owed £172 million in 2030.", None),
        ("Tide News", "", "the firm owed £127m in 2030.", None),
    )
    assert "differ by £45 million" in published(claims, "How much did the firm owe in 2030?", *told)


def test_pence_stand_behind_their_figure(claims: Claims) -> None:
    told = (
        ("Gull Post", "", "the firm pays 412p for each share.", None),
        ("Tide News", "", "the firm pays 421p for each share.", None),
    )
    page = published(claims, "How much does the firm pay for each share?", *told)
    assert "412 pence — Gull Post" in page
    assert "421 pence — Tide News" in page


def test_a_bound_is_no_lowest_figure(claims: Claims) -> None:
    told = [(f"Post {n}", "", f"the yard sold {n} boats in 2030.", None) for n in ("more than 60", "79", "68", "61")]
    assert "The lowest figure is" not in published(claims, "How many boats did the yard sell in 2030?", *told)


def test_a_picture_that_is_left_out_leaves_no_caption_and_no_heading(claims: Claims) -> None:
    told = [(f"{by} Post", "", FERRY.format("Ada Moss said"), "Ada Moss") for by in ("Hill", "Gull", "Tide")]
    published(claims, "How many boats were sold in 2030?", *told)
    assert "Each outlet joined to whom it quotes." in claims("report", "Q1").out
    for made in ("md", "text"):
        page = claims("report", "Q1", "--format", made).out
        assert "Each outlet joined" not in page
        assert "Where it comes from" not in page


def test_the_year_is_no_open_question_where_a_person_typed_the_day(claims: Claims) -> None:
    lines = [
        {
            "exact": f"the lease ends on {day} June", "question": "When does the lease end?", "attribution": [],
            "event_time": typed,
            "article": {"file": f"{day}.txt", "publisher": f"Post {day}", "text": f"the lease ends on {day} June."},
        }
        for day, typed in ((14, "2031-06-14"), (17, None))
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)), "--no-input")
    page = " ".join(claims("report", "Q1", "--format", "text").out.split())
    asked = re.findall(r"How (C\d) is to be read: nobody has checked [^.]*which year is meant", page)
    assert asked in ([], ["C2"])


def test_an_answer_that_the_desk_typed_is_printed_as_no_outlets_words(claims: Claims) -> None:
    text = "The barge struck the weir at about 3:40 a.m. on {}, some six miles below the lower lock, Nora Vik said."
    lines = [
        {
            "exact": f"struck the weir at about 3:40 a.m. on {day}", "question": "When did the barge strike the weir?",
            "attribution": [{"source": "Nora Vik", "kind": "person"}], "answer": f"2031-05-0{n}T03:40+00:00",
            "article": {"file": f"{n}.txt", "publisher": f"Post {n}", "published_at": "2031-05-06", "text": text.format(day)},
        }
        for n, day in ((5, "Tuesday"), (6, "Monday"))
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)), "--no-input")
    pages = claims("report", "Q1", "--format", "text").out + claims("question", "show", "Q1").out
    assert "T03:40" not in pages
    assert "UTC+00:00" not in pages
    assert "5 May 2031, 03:40 UTC" in pages


def test_a_source_reported_in_two_ways_stands_with_who_reports_it(claims: Claims) -> None:
    told = [("Castle Ferries", "company", "the lease ends on 14 June 2031.", None)]
    told += [(by, "", f"the lease ends on {day} June 2031, Castle Ferries said.", "Castle Ferries") for by, day in (
        ("Gull Post", 4), ("Tide News", 14))]  # fmt: skip
    told += [("Reef Mail", "", "the lease ends on 17 June 2031.", None)]
    page = published(claims, "When does the lease end?", *told)
    short = page[page.index("In short") : page.index("Who says what")]
    assert "1 outlet" not in short
    disputed = page[page.index("What is disputed") : page.index("Who was asked")]
    assert "Gull Post" in disputed


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("the pier stood in storm force 9 winds", "force 9 winds"),
        ("a magnitude 6 quake hit the pier", "magnitude 6"),
        ("the pier was hit by 9 storms", "9 storms"),
        ("the storm sank 40 boats", "40 boats"),
    ],
)
def test_the_number_of_a_scale_is_told_with_its_name(words: str, told: str) -> None:
    figure = next(iter(quantity.find(words)), None)
    assert figure is None or as_worded(words, figure) in (told, None)


def test_who_published_what_is_set_apart_is_no_outlet_either(claims: Claims) -> None:
    own = ("Orm Ferries", "company", "9 boats were sold in 2030.", None)
    told = [own, *((by, "", f"40 boats were sold in 2030, {by} Watch said.", f"{by} Watch") for by in ("Gull", "Tide"))]
    published(claims, "How many boats were sold in 2030?", *told)
    claims("amend", "C1", "--set", "scope=Orm Bay")
    for name in ("C2", "C3"):
        claims("amend", name, "--set", "scope=Lornland")
    page = " ".join(claims("report", "Q1", "--format", "text").out.split())
    assert "2 named sources, in 2 outlets; 1 more for another place, period or part" in page


def test_what_is_our_reading_is_told_so_where_answers_differ(claims: Claims) -> None:
    told = (
        ("Gull Post", "Ada Moss", "the town is wholly ours", "held"),
        ("Tide News", "Jan Ost", "some streets are not", "partly held"),
    )
    lines = [
        {
            "exact": exact, "question": "Who held the town on Monday?", "answer": answer,
            "attribution": [{"source": who, "cue": "said"}],
            "article": {"file": f"{by}.txt", "publisher": by, "text": f"{exact}, {who} said."},
        }
        for by, who, exact, answer in told
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    page = " ".join(claims("report", "Q1", "--format", "txt").out.split())
    disputed = page[page.index("What is disputed") : page.index("Who was asked")]
    assert "held (our reading) and partly held (our reading)" in disputed
    assert "[" not in disputed


@pytest.mark.parametrize(
    ("second", "day", "disputed"),
    [
        ("the museum will reopen in June 2031", "2031-04-03", True),
        ("the museum reopens on 9 May 2031", "2031-04-03", True),
        ("the museum reopened on 6 May 2031", "2031-05-08", False),  # what came of a plan is no dispute with it
        ("the museum reopens on 5 May 2031", "2031-04-03", False),
    ],
)
def test_a_day_that_is_to_come_is_a_plan_whatever_the_verb(
    claims: Claims, second: str, day: str, disputed: bool
) -> None:
    page = told_on(
        claims,
        "When does the museum reopen?",
        ("Gull Post", "2031-04-02", "the museum reopens on 5 May 2031", "Ada Moss"),
        ("Tide News", day, second, "the town council"),
    )
    assert (" differ." in page) is disputed


def test_a_figure_that_began_a_sentence_is_small_inside_one(claims: Claims) -> None:
    page = told_on(
        claims,
        "How many homes lost power in the storm?",
        ("Gull Post", "2031-04-02", "3,000 homes lost power in the storm", "Orm Grid"),
        ("Tide News", "2031-04-02", "About 3,000 households lost power in the storm", "Orm Grid"),
    )
    assert "gives About" not in page


@pytest.mark.parametrize(
    "exact",
    [
        "14 شخصا على الأقل قتلوا في انهيار الجسر",
        "murieron 14 personas como mínimo",
        "14 Menschen mindestens starben beim Einsturz",
    ],
)
def test_a_hedge_that_stands_apart_is_told_with_its_figure(claims: Claims, exact: str) -> None:
    page = told_on(claims, "How many people died when the bridge fell?", ("Gull Post", "2031-05-02", exact, None))
    assert "At least 14" in page


def test_no_empty_brackets_stand_on_a_page_in_another_language(claims: Claims) -> None:
    told_on(
        claims,
        "How many people died when the bridge fell?",
        ("Gull Post", "2031-05-02", "14 people died when the bridge fell", "the harbour police"),
        ("河桥日报", "2031-05-02", "交通部表示，至少有14人死亡", None),
    )
    for lang in ("ar", "es"):
        assert "[]" not in claims("report", "Q1", "--format", "txt", "--lang", lang).out


def test_the_figures_named_as_compared_are_those_that_were(claims: Claims) -> None:
    page = told_on(
        claims,
        "How many homes lost power in the storm?",
        ("Gull Post", "2031-04-02", "3,000 homes lost power", "Orm Grid"),
        ("Tide News", "2031-04-03", "more than 3,000 homes lost power", "Orm Grid"),
        ("Reef Mail", "2031-04-04", "5,000 homes were without power", "the mayor's office"),
    )
    assert "Compared: more than 3,000 homes and 5,000 homes." in page
