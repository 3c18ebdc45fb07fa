"""What a page says of who says what, how many they are and what differs: no worse, and no surer, than the articles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.reports.summary import head
from ledger.text import agreeing
from tests.conftest import Claims

Told = tuple[str, str, str, dict[str, Any]]
"""Who says it, of what kind that is, the words, and what else is given of the claim."""


def filed(claims: Claims, question: str, *told: Told) -> str:
    """The page as text: each claim in an article of its own outlet."""
    lines = [
        {
            "exact": exact, "question": question, "attribution": [{"source": who, "kind": kind}] if who else [],
            "article": {
                "file": f"{n}.txt", "publisher": f"Post {n}", "published_at": more.pop("on", "2031-05-03"),
                "text": f"{who} said {exact}.",
            },
        } | more
        for n, (who, kind, exact, more) in enumerate(told)
    ]  # fmt: skip
    claims("import", claims.file("filed.jsonl", "".join(json.dumps(line) + "\n" for line in lines)), "--no-input")
    return page(claims)


def page(claims: Claims) -> str:
    return " ".join(claims("report", "Q1", "--format", "text").out.split())


def between(told: str, start: str, end: str) -> str:
    return told[told.index(start) + len(start) : told.index(end)].strip()


WHO = (
    ("Norland government", "government", "gangs burned the depot", {"answer": "rebels"}),
    ("Norland state television", "state_broadcaster", "gangs set the depot alight", {"answer": "rebels"}),
    ("Free Marsh Brigade", "armed_group", "it was a cowardly arson", {"answer": "condemned"}),
    ("Reed Front", "armed_group", "the Reed Front had no part in the fire", {"answer": "denied: the front"}),
    ("Ada Moss", "person", "nobody can say who did it", {"answer": "unknown"}),
)


def test_named_sources_are_counted_by_what_they_do_with_the_question(claims: Claims) -> None:
    told = filed(claims, "Who burned the depot?", *WHO)
    split = "1 gives an answer, 1 denies, 1 leaves it open and 1 says none of this"
    assert f"At least 4 named sources, in 5 outlets: {split}" in told
    assert "The Norland government and the Norland state television may be one source." in told.replace(
        "The Norland state television and the Norland government",
        "The Norland government and the Norland state television",
    )
    assert "counted as two sources" not in told.partition("Agreement and contradiction")[2].partition("Where it")[0]


def test_a_denial_and_who_cannot_say_stand_among_what_is_claimed_first(claims: Claims) -> None:
    told = filed(claims, "Who burned the depot?", *WHO)
    first = between(told, "What is claimed", "How many sources")
    assert first.index("— Norland") < first.index("— Reed Front") < first.index("— Ada Moss")
    assert "— Free Marsh Brigade" in first
    short = between(told, "In short", "Who says what")
    assert "“the Reed Front had no part in the fire”" in short
    assert "“nobody can say who did it”" in short


def test_a_denial_contradicts_no_answer_that_does_not_name_who_denies(claims: Claims) -> None:
    told = filed(claims, "Who burned the depot?", *WHO)
    disputed = between(told, "What is disputed", "Who was asked")
    assert "Reed Front denies it: “the Reed Front had no part in the fire”." in disputed
    assert "does not name the Reed Front; both may be true." in disputed
    assert "(our reading)" not in disputed


def test_a_denial_of_who_is_named_is_told_beside_who_names_it(claims: Claims) -> None:
    blame = ("Jan Ost", "person", "the Reed Front burned the depot", {"answer": "the front"})
    told = filed(claims, "Who burned the depot?", blame, WHO[3])
    assert "Reed Front denies it: “the Reed Front had no part in the fire”. Jan Ost names the Reed Front." in told


def test_a_word_for_who_did_it_is_no_word_of_the_source(claims: Claims) -> None:
    told = filed(claims, "Who burned the depot?", *WHO)
    first = between(told, "What is claimed", "In short")
    assert "rebels" not in first
    assert "Filed as “rebels”: our word, not the source’s" in told
    assert "condemned" not in told
    assert "unknown" not in between(told, "Who says what", "Articles and saved copies")


@pytest.mark.parametrize("armed", [True, False])
def test_a_state_may_be_a_party_as_its_armed_enemies_may(claims: Claims, armed: bool) -> None:
    told = filed(claims, "Who burned the depot?", *(WHO if armed else (WHO[0], WHO[4])))
    assert ("(of a state, may be a party)" in told) is armed
    assert ("(armed side, may be a party)" in told) is armed
    assert ("may be parties to the matter: armed forces, armed groups or a state’s bodies." in told) is armed


def scoped(who: str, n: int, scope: str) -> Told:
    return who, "person", f"{n} boats sank", {"scope": scope}


def test_outlets_that_carry_another_place_alone_do_not_count(claims: Claims) -> None:
    whole = scoped("Nora Vik", 90, "Lornland"), scoped("Jan Ost", 95, "Lornland")
    told = filed(claims, "How many boats sank?", *whole, scoped("Nora Vik", 7, "Orm Bay"))
    assert "2 named sources, in 2 of 3 outlets" in told
    assert "more for another place" not in told, "she speaks of the whole, too"


def test_who_speaks_of_a_longer_period_counts_neither_among_the_sources_nor_their_outlets(claims: Claims) -> None:
    may = {"event_time": "2031-05-01/2031-05-03"}
    counts = [(who, "person", f"{n} boats sank", dict(may)) for who, n in (("Nora Vik", 90), ("Jan Ost", 95))]
    year = ("Ada Moss", "person", "300 boats sank", {"event_time": "2031-01-01/2031-05-03"})
    told = filed(claims, "How many boats sank?", *counts, year)
    assert "2 named sources, in 2 of 3 outlets; 1 more for another place, period or part" in told
    assert "Counted: Jan Ost and Nora Vik." in told or "Counted: Nora Vik and Jan Ost." in told
    assert "Ada Moss speaks only of another place, period or part." in told


def test_names_that_may_be_of_one_source_are_no_two_voices(claims: Claims) -> None:
    counts = [
        (who, kind, f"{n} boats sank", {})
        for who, kind, n in (
            ("Ada Moss", "person", "more than 90"),
            ("A. Moss", "person", "more than 90"),
            ("Jan Ost", "person", "at least 70"),
            ("Nora Vik", "person", "at least 60"),
        )
    ]
    told = filed(claims, "How many boats sank?", *counts)
    assert "Moss may be one source" in told
    first = between(told, "What is claimed", "How many sources")
    assert all(name in first for name in ("Jan Ost", "Nora Vik"))
    assert first.count("Moss") == 1
    short = between(told, "In short", "Who says what")
    assert short.count("more than 90") == 1


def test_counts_of_one_day_that_differ_are_not_told_as_of_two(claims: Claims) -> None:
    counts = [
        (who, "person", f"{n} people were hurt in the fire so far", {"as_of": f"2031-05-03T{hour}"})
        for who, n, hour in (
            ("Nora Vik", "9", "10:00"),
            ("Jan Ost", "at least 40", "18:00"),
            ("Ada Moss", "at least 60", "20:00"),
        )
    ]
    told = filed(claims, "How many people were hurt in the fire?", *counts)
    disputed = between(told, "What is disputed", "Who was asked")
    assert "No two of the figures compared are known to exclude each other." in disputed
    assert "Counts of 3 May 2031 differ: 9 people, at least 40" in disputed
    assert "A lower one may be an earlier one of that day." in disputed
    assert "of an earlier day" not in disputed
    assert "no contradiction" not in disputed


def test_of_many_figures_it_is_said_how_far_they_go(claims: Claims) -> None:
    counts = [
        (f"{who} Ost", "person", f"at least {n} boats sank", {})
        for who, n in zip("ABCDE", (30, 10, 50, 20, 40), strict=True)
    ]
    told = filed(claims, "How many boats sank?", *counts)
    assert "Compared: 5 figures, from at least 10 boats to at least 50 boats." in told


@pytest.mark.parametrize(
    ("who", "verb"),
    [
        ("the United Nations", "says"),
        ("the Marsh Ministry", "says"),
        ("the Reed Front groups", "say"),
        ("“Sources on the quay” (not named)", "say"),
        ("harbour officials", "say"),
    ],
)
def test_a_verb_agrees_with_who_speaks(who: str, verb: str) -> None:
    assert agreeing(head(who), "says") == verb


def test_a_side_of_several_makes_no_plural_of_a_party(claims: Claims) -> None:
    filed(claims, "How many boats sank?", ("Norland army", "armed_forces", "40 boats sank", {}))
    claims("source", "party", "Norland army", "--side", "Norland and its allies", "--because", "its boats")
    assert "a party to the matter (Norland and its allies), says 40 boats" in page(claims)


def test_a_question_with_an_answer_is_not_called_being_checked_nor_disputed(claims: Claims) -> None:
    filed(claims, "How many boats sank?", scoped("Nora Vik", 90, "Lorn"), scoped("Jan Ost", 40, "Lorn"))
    claims("answer", "Q1", "It is open", "--because", "two counts")
    claims("add", "said", "--article", "A1", "--question", "Who counted?", "--no-input")
    told = claims("report", "all", "--format", "text").out
    assert "answered, still open" in told
    assert "figures differ" in told
    assert "disputed" not in told.partition("How many boats sank?\n===")[0].casefold().replace("what is disputed", "")


def test_a_note_on_every_question_stands_before_anything_else(claims: Claims) -> None:
    claims("demo", "shown")
    html = Path("shown/report.html").read_text(encoding="utf-8")
    main = html[html.index("<main") :]
    assert main.index("are invented") < main.index("<h1")
    assert main.count("and the answer are invented") == 3, "on top, and with each question"
    claims("report", "Q1", "--ledger", "shown/ledger.db", "-o", "one.html")
    one = Path("one.html").read_text(encoding="utf-8").partition("<main")[2]
    assert one.index("are invented") < one.index("<h1")
    assert one.count("and the answer are invented") == 1
    assert "At least 2 named sources, in 5 of 7 outlets; 1 more for another place, period or part" in html
    assert "Defence Ministry (a party). Not compared" in " ".join(
        html.replace("</bdi>", "").replace("<bdi>", "").split()
    )
