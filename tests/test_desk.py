"""The desk's day: state, due, embargo, todo, queries, requests and replies, searches, scales, ratings, translations, undo."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys

import pytest
from conftest import Claims, begins

from ledger import work
from ledger.errors import BadInput

FIRST = (
    "Vell Ferries counted at least 400 passengers stranded in Port Vell on Monday.\n\n"
    "Port Vell Police said 420 passengers were stranded. Civilians were not hurt.\n"
)
SECOND = "Some 410 passengers were stranded in Port Vell, Tarraco Coast Guard said. Le port est fermé.\n"
THIRD = "The Seamen's Union of Vell said at least 415 passengers were stranded in Port Vell.\n"


@begins
def port(claims: Claims) -> Claims:
    """Four claims from three articles, under one question."""
    asked = ("--question", "How many passengers were stranded in Port Vell?")
    for number, text in enumerate((FIRST, SECOND, THIRD), 1):
        claims.file(f"a{number}.txt", text)
        claims("capture", f"a{number}.txt", "--publisher", f"Paper {number}", "--published", "2026-03-02", "--no-input")
    for article, quote, by in (
        ("A1", "at least 400 passengers stranded", "Vell Ferries"),
        ("A1", "420 passengers were stranded", "Port Vell Police"),
        ("A2", "Some 410 passengers were stranded", "Tarraco Coast Guard"),
        ("A3", "at least 415 passengers were stranded", "Seamen's Union of Vell"),
    ):
        claims("add", quote, "--article", article, "--by", by, "--no-input", *asked)
    return claims


# --- state, due, embargo ------------------------------------------------------------------------------------------

MOMENTS = [
    ("2026-11-25 06:00 Europe/Berlin", "2026-11-25T05:00:00Z"),
    ("2026-07-25 06:00 Europe/Berlin", "2026-07-25T04:00:00Z"),
    ("2026-11-25T06:00+01:00", "2026-11-25T05:00:00Z"),
    ("2026-11-25T06:00-0500", "2026-11-25T11:00:00Z"),
    ("2026-11-25T06:00Z", "2026-11-25T06:00:00Z"),
    ("2026-11-25 23:30 Asia/Kathmandu", "2026-11-25T17:45:00Z"),
]


@pytest.mark.parametrize(("given", "kept"), MOMENTS)
def test_a_moment_is_kept_in_utc_whatever_zone_it_is_given_in(given: str, kept: str) -> None:
    assert work.instant(given) == kept


@pytest.mark.parametrize(
    "given",
    ["", "soon", "2026-11-25", "2026-11-25 06:00", "2026-11-25 25:00 UTC", "2026-02-30 06:00 UTC", "2026-11-25 06:00 Mars/Base",
     "2026-11-25 06:00 ../../etc/passwd", "0001-01-01 00:00 +14:00"],
)  # fmt: skip
def test_what_is_no_moment_is_refused_with_how_to_write_one(given: str) -> None:
    with pytest.raises(BadInput) as refused:
        work.instant(given)
    assert refused.value.hint


def test_state_priority_due_and_assignee_are_set_one_by_one_and_taken_away(port: Claims) -> None:
    port("state", "C1", "checking", "--priority", "high", "--due", "2030-04-01")
    port("assign", "C1", "ana")
    now = port("state", "C1", "waiting", "--json").json
    assert (now["state"], now["priority"], now["due"], now["assignee"]) == ("waiting", "high", "2030-04-01", "ana")
    port("state", "C1", "--due", "none")
    now = port("assign", "C1", "none", "--json").json
    assert (now["due"], now["assignee"], now["state"]) == (None, None, "waiting")
    assert [c["id"] for c in port("list", "--state", "waiting", "--json").lines] == ["C1"]


def test_a_due_day_in_the_past_is_set_and_said(port: Claims) -> None:
    ran = port("state", "C1", "--due", "2016-04-01")
    assert "has passed already" in ran.err
    assert port("todo", "--json").lines[0]["why"] == "overdue"


@pytest.mark.parametrize(
    "args",
    [
        ("state", "C1"),
        ("state", "C1", "--due", "2026-02-30"),
        ("state", "C1", "--embargo", "2030-01-01"),
        ("state", "C1", "published"),
        ("assign", "C1", "ana@desk.example"),
    ],
)
def test_what_cannot_be_set_is_refused_and_nothing_is_logged(port: Claims, args: tuple[str, ...]) -> None:
    before = port("log", "--json").out
    port(*args, code=2)
    assert port("log", "--json").out == before


BULK = [
    (("tag", "C1", "C3-C4", "stranded"), ["C1", "C3", "C4"]),
    (("tag", "C2,C4", "C2", "stranded"), ["C2", "C4"]),
    (("tag", "c1-c2", "stranded"), ["C1", "C2"]),
    (("tag", "C1–C2", "stranded"), ["C1", "C2"]),
    (("tag", "all", "stranded"), ["C1", "C2", "C3", "C4"]),
]


@pytest.mark.parametrize(("args", "tagged"), BULK)
def test_ids_in_bulk_are_ranges_lists_and_all(port: Claims, args: tuple[str, ...], tagged: list[str]) -> None:
    port(*args)
    assert [c["id"] for c in port("list", "--tag", "stranded", "--json").lines] == tagged


def test_a_list_of_ids_comes_in_on_standard_input_as_lines_a_table_or_json(port: Claims) -> None:
    port("tag", "-", "stranded", stdin=port("list", "--json").out)
    port("assign", "-", "ana", stdin=port("list").out)
    port("state", "-", "checking", stdin="C1\nC2, the second\nnothing\n")
    found = {c["id"]: port("show", c["id"], "--json").json for c in port("list", "--json").lines}
    assert {c["state"] for c in found.values()} == {"checking", "new"}
    assert [
        len(port("list", *given, "--json").lines) for given in (("--tag", "stranded"), ("--state", "checking"))
    ] == [4, 2]


@pytest.mark.parametrize(
    ("lines", "tagged"),
    [("C1 C3\nC2 foo\n", ["C1", "C2", "C3"]), ('"C2","a text"\n', ["C2"]), ("C1,C3-C4\n", ["C1", "C3", "C4"]),
     ("C2  A1  40  boats\n", ["C2"]), ('id,exact\nC3,"two\nC1 lines"\n', ["C3"])],
)  # fmt: skip
def test_ids_come_in_however_a_list_is_written(port: Claims, lines: str, tagged: list[str]) -> None:
    port("tag", "-", "stranded", stdin=lines)
    assert [c["id"] for c in port("list", "--tag", "stranded", "--json").lines] == tagged


def test_an_export_of_claims_is_a_list_of_ids(port: Claims) -> None:
    port("tag", "-", "stranded", stdin=port("export", "--format", "csv").out)
    assert len(port("list", "--tag", "stranded", "--json").lines) == 4


@pytest.mark.parametrize("ids", [("ALL",), ("C1-C4",), ("-",)])
def test_readings_are_gone_through_for_ids_in_bulk(port: Claims, ids: tuple[str, ...]) -> None:
    assert "nothing is read otherwise" in port("reread", *ids, "--accept", stdin="C1\nC2\n").err
    assert "no id came in" in port("reread", "-", "--accept", stdin="none\n", code=2).err


def test_a_range_passes_over_what_does_not_stand_and_a_name_must_stand(port: Claims) -> None:
    port("retract", "C2", "--because", "twice")
    assert port("rate", "C1-C4", "unproven", "--because", "one office").out.splitlines() == [
        f"rated {name}: unproven" for name in ("C1", "C3", "C4")
    ]
    assert "C2 was retracted" in port("state", "C1", "C2", "checking", code=1).err
    assert port("retract", "all", "--because", "closed").out == "retracted C1\nretracted C3\nretracted C4\n"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("tag", "C1", "quake", "C4"), 2),
        (("tag", "C1", "C4"), 2),
        (("tag", "quake"), 2),
        (("state", "C1", "C9", "checking"), 3),
        (("state", "C1", "finished"), 2),
        (("assign", "C1", "C2"), 2),
        (("assign", "C3-C9", "ana"), 3),
        (("assign", "C4-C1", "ana"), 2),
        (("assign", "C1-M4", "ana"), 2),
        (("rate", "C1", "C2", "--because", "x"), 2),
        (("file", "C1-C3", "Q1", "--question", "Q1"), 2),
        (("retract", "C1", "C9", "--because", "x"), 3),
        (("tag", "-", "quake"), 2),
        (("tag", "C1", "C2-C" + "9" * 30, "quake"), 2),
        (("tag", "C1", "C" + "9" * 30), 2),
        (("tag", "C1", "C2-", "quake"), 2),
        (("tag", "C1", "C2..C3", "quake"), 2),
    ],
)
def test_one_wrong_id_among_several_leaves_everything_as_it_was(port: Claims, args: tuple[str, ...], code: int) -> None:
    before = port("log", "--json").out
    port(*args, code=code)
    assert port("log", "--json").out == before


def test_undo_sets_the_work_back_to_what_it_was(port: Claims) -> None:
    port("state", "C1", "checking", "--due", "2030-04-01")
    port("state", "C1", "ready", "--due", "2031-05-01", "--priority", "high")
    port("undo")
    now = port("state", "C1", "--priority", "low", "--json").json
    assert (now["state"], now["due"]) == ("checking", "2030-04-01")
    port("undo")
    port("undo")
    assert port("show", "C1", "--json").json["state"] == "new"


# --- todo and queries ---------------------------------------------------------------------------------------------


def in_hand(port: Claims, *more: str) -> list[str]:
    """Why what somebody has in hand waits; what nobody has begun (to check, to file, to answer) is left out."""
    return [
        i["why"] for i in port("todo", *more, "--json").lines if i["why"] not in ("check", "file", "answer", "dispute")
    ]


def test_todo_lists_what_waits_for_somebody_and_for_anybody(port: Claims) -> None:
    port("assign", "C1", "ana", "--due", "2030-04-01")
    port("assign", "C2", "ben")
    port("note", "C2", "why not refuted?", "--actor", "eva")
    port("ask", "Tarraco Coast Guard", "--about", "Q1", "--by-phone", "--actor", "ana")
    port("xref", "all")
    everybody = port("todo", "--all", "--json").lines
    assert {i["why"] for i in everybody} >= {"work", "query", "reply"}
    assert {i["id"] for i in port("todo", "--for", "ana", "--json").lines} >= {"C1", "R1"}
    assert "C1" not in {i["id"] for i in port("todo", "--for", "ben", "--json").lines if i["who"]}
    assert [i["why"] for i in port("todo", "--for", "ben", "--json").lines if i["id"] == "C2"] == ["query", "work"]


def test_much_of_one_sort_buries_nothing_that_waits(port: Claims) -> None:
    for n in range(24):
        port("question", "add", f"What was in hold {n}?")
    port("state", "Q2-Q25", "checking")
    port("state", "Q20", "--priority", "high")
    port("note", "C1", "why not refuted?")
    shown = port("todo")
    assert (len(shown.out.splitlines()), "work more: claims todo --more" in shown.err) == (21, True)
    assert [line.split()[1] for line in shown.out.splitlines()[1:3]] == ["query", "work"]
    assert shown.out.splitlines()[2].startswith("Q20")
    assert len(port("todo", "--more").out.splitlines()) > 24


def test_what_is_so_already_is_told_and_not_logged(port: Claims) -> None:
    port("source", "alias", "S1", "The Wharf")
    outlet = port("show", "S1", "--json").json["name"]
    port("amend", "A1", "--set", "publisher=S1")
    before = port("log", "--json").out
    assert f"A1 is as it was: published by {outlet}" in port("amend", "A1", "--set", "publisher=The Wharf").out
    assert port("log", "--json").out == before
    port("source", "add", "M6")
    assert "published by M6" in port("amend", "A1", "--set", "publisher=M6").out
    assert "has not come yet" in port("amend", "A1", "--set", "published=2999-01-02").err


def test_an_internal_question_is_open_until_a_note_settles_it_and_opens_again_when_that_is_undone(port: Claims) -> None:
    port("note", "C1", "is this the whole port?")
    assert in_hand(port) == ["query"]
    port("note", "C1", "yes, the office covers all quays", "--settles")
    assert in_hand(port) == []
    port("undo")
    assert in_hand(port) == ["query"]


def test_only_questions_within_the_desk_are_queries(port: Claims) -> None:
    port("note", "C1", "is this the whole port?", "--public")
    port("note", "C1", "ask the office again")
    assert in_hand(port) == []
    port("note", "C1", "done", "--settles", code=1)


def test_a_rebuild_makes_the_same_list(port: Claims) -> None:
    port("assign", "C1", "ana", "--due", "2030-04-01")
    port("note", "C2", "sure?")
    port("ask", "Tarraco Coast Guard", "--about", "Q1", "--by-phone")
    before = port("todo", "--all", "--json").out
    port("rebuild")
    assert port("todo", "--all", "--json").out == before


# --- right of reply and searches ----------------------------------------------------------------------------------


def test_a_request_waits_for_its_reply_and_keeps_every_one(port: Claims) -> None:
    ran = port(
        "ask", "Harbour Ministry", "--about", "Q1", "--by-email", "--on", "2026-03-03", "--due", "2026-03-05", "--json"
    )
    request = ran.json
    assert (request["id"], request["replied"], request["channel"]) == ("R1", False, "e-mail")
    assert "has passed already" in ran.err
    port("reply", "R1", "We shall look into it.", "--on", "2026-03-04")
    port.file("letter.txt", "The ministry counts 430.\n")
    request = port("reply", "R1", "letter.txt", "--json").json
    assert [a["text"] for a in request["replies"]] == ["We shall look into it.", "The ministry counts 430."]
    assert request["replies"][1]["name"] == "letter.txt"
    port("undo")
    assert port("show", "R1", "--json").json["reply"] == "We shall look into it."
    assert [q["id"] for q in port("list", "requests", "--json").lines] == ["R1"]
    assert "Harbour Ministry" in port("list", "requests").out
    assert [r["id"] for r in port("question", "show", "Q1", "--json").json["requests"]] == ["R1"]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("ask", "X", "--about", "Q1"), 2),
        (("ask", "X", "--about", "Q1", "--by-email", "--by-phone"), 2),
        (("ask", "X", "--about", "Q9", "--by-email"), 3),
        (("ask", "X", "--about", "Q1", "--by-email", "--on", "2026-03-03", "--due", "2026-03-01"), 2),
        (("ask", "X", "--about", "Q1", "--by-email", "--on", "2999-01-01"), 2),
        (("reply", "R1", "text"), 3),
        (("searched", "a figure", "--about", "Q1", "--where", " "), 2),
        (("searched", "a figure", "--about", "Q1", "--where", "the web", "--found", "2", "--failed", "offline"), 2),
    ],
)
def test_bad_requests_replies_and_searches_are_refused(port: Claims, args: tuple[str, ...], code: int) -> None:
    before = port("log", "--json").out
    port(*args, code=code)
    assert port("log", "--json").out == before


def test_nothing_found_and_could_not_find_out_are_different(port: Claims) -> None:
    port("searched", "a count by the union", "--where", "its site", "--where", "its channel", "--about", "Q1")
    port(
        "searched",
        "a passenger list",
        "--where",
        "the registry",
        "--failed",
        "the registry is offline",
        "--about",
        "Q1",
    )
    shown = port("show", "Q1").out
    assert "searched its site, its channel for a count by the union" in shown
    assert "none found" in shown
    assert "could not be found out: the registry is offline" in shown
    assert [(s["about"], s["failed"] is None) for s in port("list", "searches", "--json").lines] == [
        ("Q1", True),
        ("Q1", False),
    ]
    assert "none found" in port("list", "searches").out
    assert [s["failed"] for s in port("question", "show", "Q1", "--json").json["searches"]] == [
        None,
        "the registry is offline",
    ]
    report = port("report", "Q1", "--format", "md").out
    assert "nothing found" in report
    assert "could not find out" in report


# --- ratings ------------------------------------------------------------------------------------------------------


def test_two_people_who_disagree_stand_side_by_side_and_one_person_supersedes_only_themselves(port: Claims) -> None:
    port("rate", "C1", "unproven", "--because", "one office", "--actor", "ana")
    port("rate", "C1", "disputed", "--because", "the police say more", "--actor", "ben")
    port("rate", "C1", "supported", "--because", "the union agrees", "--actor", "ana")
    shown = port("show", "C1").out
    assert "rated supported by ana" in shown
    assert "rated disputed by ben" in shown
    assert "rated unproven" not in shown
    page = port("report", "C1", "--format", "md").out
    for grade, who in (("supported", "ana"), ("disputed", "ben")):
        assert re.search(rf"\*\*{grade}\*\* [^*]*Rated by {who}", page)


def test_two_people_rating_at_once_lose_nothing(port: Claims, environment: dict[str, str]) -> None:
    rate = [sys.executable, "-m", "cli.main", "rate", "C1"]
    started = [
        subprocess.Popen([*rate, value, "--because", "b", "--actor", who], env=environment, stdout=-1, stderr=-1)
        for who, value in (("ana", "unproven"), ("ben", "disputed"), ("eva", "supported"))
    ]
    told = [process.communicate()[1].decode() for process in started]
    assert [process.returncode for process in started] == [0, 0, 0]
    assert sorted(said.count(" rated C1 ") for said in told) == [0, 1, 2]
    ratings = [e for e in port("log", "--json").lines if e["kind"] == "rating"]
    assert sorted(e["actor"] for e in ratings) == ["ana", "ben", "eva"]


def test_a_retracted_claim_cannot_be_rated(port: Claims) -> None:
    port("retract", "C1", "--because", "logged twice")
    assert "retracted" in port("rate", "C1", "unproven", "--because", "b", code=1).err


def test_credibility_1_needs_two_separate_sources_or_a_reason(port: Claims) -> None:
    grade = ("1", "--scale", "admiralty-credibility", "--because", "b")
    assert "needs two separate sources" in port("rate", "C2", *grade, code=1).err
    rating = port("rate", "C2", *grade, "--even-so", "we saw the list itself", "--json").json
    assert rating["even_so"] == "we saw the list itself"
    # 420 (police) and at least 415 (union) both lie within at least 400
    rating = port("rate", "C1", *grade, "--json").json
    assert rating["value"] == "1"
    assert rating["even_so"] is None


def test_the_airwars_grades_are_for_civilian_harm_only(port: Claims) -> None:
    grade = ("Fair", "--scale", "airwars", "--because", "b")
    port("rate", "C1", *grade, code=1)
    port("rate", "Q1", *grade, code=1)
    port("add", "Civilians were not hurt", "--article", "A1", "--by", "Port Vell Police", "--no-input")
    port("rate", "C5", *grade)


def test_the_two_axes_of_the_admiralty_code_rate_sources_and_claims_apart(port: Claims) -> None:
    reliability = ("--scale", "admiralty-reliability", "--because", "its counts held before")
    source = next(s["id"] for s in port("list", "sources", "--json").lines if s["name"] == "Vell Ferries")
    port("rate", source, "b", *reliability)
    assert "rated B by desk (admiralty-reliability)" in port("show", source).out
    port("rate", "C1", "B", *reliability, code=1)
    port("rate", source, "2", "--scale", "admiralty-credibility", "--because", "b", code=1)
    port("rate", source, "supported", "--because", "b", code=1)


# --- scales -------------------------------------------------------------------------------------------------------

GRADES = [{"value": "holds", "means": "it holds"}, {"value": "falls", "means": "it does not"}]
OURS = {"name": "our-desk", "title": "Our desk", "grades": GRADES}


def test_a_scale_of_ones_own_is_kept_in_the_ledger_and_used(port: Claims) -> None:
    port.file("ours.json", json.dumps(OURS))
    port("scale", "add", "ours.json")
    assert "our-desk" in [s["name"] for s in port("scale", "list", "--json").lines]
    assert "it holds" in port("scale", "show", "our-desk").out
    port("rate", "C1", "HOLDS!", "--scale", "our-desk", "--because", "b")
    port.file("ours.json", json.dumps(OURS | {"title": "Another"}))
    port("scale", "add", "ours.json", code=1)
    port("rebuild")
    assert "it holds" in port("scale", "show", "our-desk").out


@pytest.mark.parametrize(
    "change",
    [
        {"name": "house"},
        {"name": "Our Desk"},
        {"grades": GRADES[:1]},
        {"grades": GRADES[:1] * 2},
        {"grades": [{"value": "a", "means": ""}, {"value": "b", "means": "c"}]},
        {"colour": "red"},
    ],
)
def test_a_scale_that_is_none_is_refused(port: Claims, change: dict[str, object]) -> None:
    port.file("ours.json", json.dumps(OURS | change))
    assert port("scale", "add", "ours.json", code=None).code in (1, 2)
    assert "policy" not in [e["kind"] for e in port("log", "--json").lines]


# --- translations -------------------------------------------------------------------------------------------------


def test_a_machine_translation_is_marked_and_not_ratable_until_a_person_stands_for_it(port: Claims) -> None:
    port("add", "Le port est fermé", "--article", "A2", "--no-input")
    port("translate", "C5", "The harbour is closed", "--machine", "MT 3", "--lang", "en")
    assert "machine translation" in port("show", "C5").out
    refused = port("rate", "C5", "unproven", "--because", "b", code=1)
    assert "nobody has reviewed" in refused.err
    translation = port("translate", "C5", "--review", "--actor", "ana", "--json").json["translation"]
    assert (translation["machine"], translation["reviewed"], translation["reviewed_by"]) == (True, True, "ana")
    port("rate", "C5", "unproven", "--because", "b")
    port("translate", "C5", "--review", code=1)


def test_a_person_s_translation_needs_no_review(port: Claims) -> None:
    port("add", "Le port est fermé", "--article", "A2", "--no-input")
    port("translate", "C5", "The port is shut", "--lang", "en")
    port("rate", "C5", "unproven", "--because", "b")


def test_what_was_merged_or_redacted_is_on_nobody_s_list(port: Claims) -> None:
    port("question", "add", "How many people were stranded at Port Vell?")
    port("assign", "Q2", "ana")
    port("state", "Q2", "ready")
    port("signoff", "--require", "1")
    port("assign", "C1", "ana")
    port("note", "C1", "sure?")
    port("question", "merge", "Q2", "Q1")
    port("redact", "--yes", "C1", "--because", "court order")
    assert in_hand(port, "--all") == []


def test_a_reply_that_is_no_text_is_kept_as_the_file_it_is(port: Claims) -> None:
    port("ask", "Harbour Ministry", "--about", "Q1", "--by-email")
    port.file("fax.txt", b"\xff\xfe\x00 not text")
    replies = port("reply", "R1", "fax.txt", "--json").json["replies"]
    assert (replies[0]["text"], replies[0]["name"]) == (None, "fax.txt")
    assert "replied with a file" in port("report", "Q1", "--format", "html").out


# --- triage -------------------------------------------------------------------------------------------------------

COPY = "At least 300 houses were destroyed in the lower town when the dam of Vell broke, said Marsh Relief, a charity."
TOLD = {
    "Vell Courier": f"{COPY} Engineers closed three sluices.",
    "Coast Echo": f"{COPY} The mayor thanked the crews.",
    "Hill Gazette": "Vell Police said 320 houses were destroyed and 12 people were killed when the dam of Vell broke.",
}


@begins
def dam(claims: Claims) -> Claims:
    """Three articles of one event, of which two print one sentence, and nothing logged yet."""
    for n, (outlet, text) in enumerate(TOLD.items(), 1):
        claims.file(f"d{n}.txt", text)
        claims(
            "capture", f"d{n}.txt", "--title", outlet, "--publisher", outlet, "--published", "2031-05-02", "--no-input"
        )
    return claims


def logged(claims: Claims) -> list[tuple[str, str, list[str], list[str]]]:
    """Of each claim its article, its source, its figures and its questions in words."""
    asked = {q["id"]: q["question"] for q in claims("question", "list", "--json").lines}
    return [
        (
            c["article"], c["attribution"][-1]["source"] if c["attribution"] else "",
            [q["text"] for q in c["quantities"]], [asked[q] for q in c["questions"]],
        )
        for c in claims("list", "--json").lines
    ]  # fmt: skip


def test_what_waits_is_listed_with_the_question_that_each_figure_most_likely_answers(dam: Claims) -> None:
    lines = dam("triage", "--list", "--json").lines
    first, police = (next(x for x in lines if x["article"] == article) for article in ("A1", "A3"))
    assert (first["source"], first["same_words"]) == ("Marsh Relief", ["A2:1"])
    assert [a["text"] for a in police["answers"]] == ["Houses destroyed", "People killed"]
    assert (police["likeliest"], police["proposed"]) == (0, [0, 1])
    assert first["answers"][0]["topic"] == police["answers"][0]["topic"] != police["answers"][1]["topic"]
    assert "Houses destroyed" in dam("triage", "A3", "--list").out
    assert {x["article"] for x in dam("triage", "A2", "--list", "--json").lines} == {"A2"}


def test_a_statement_in_words_is_no_answer_because_of_what_it_says_beside(claims: Claims) -> None:
    claims.file("t1.txt", "The tram left the rails at 21:40 on Sunday, the council said.\n")
    claims.file("t2.txt", "The driver of the tram that left the rails was asleep, the council said.\n")
    for n in (1, 2):
        claims("capture", f"t{n}.txt", "--title", f"T{n}", "--publisher", f"Paper {n}", "--published", "2031-05-02")
    topics = {x["exact"][:22]: x["answers"][0]["topic"] for x in claims("triage", "--list", "--json").lines}
    assert topics["The driver of the tram"] != topics["The tram left the rail"]


def test_to_count_the_same_thing_is_not_to_say_the_same_of_it(claims: Claims) -> None:
    told = (
        "At least 900 crates were sold in May",
        "Some 800 crates rotted",
        "Fewer than 900 crates were sold, all told",
    )
    for n, words in enumerate(told, 1):
        claims.file(f"t{n}.txt", f"{words}, the port said.\n")
        claims("capture", f"t{n}.txt", "--title", f"T{n}", "--publisher", f"Paper {n}", "--published", "2031-05-02")
    sold, rotted, fewer = (x["answers"][0]["topic"] for x in claims("triage", "--list", "--json").lines)
    assert sold == fewer != rotted


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("How many houses were destroyed?", ["A1:1", "A2:1", "A3:1"]),
        ("How many died?", ["A3:1"]),
        ("How many people were killed in Vell in 2031?", ["A3:1"]),
        ("How many people were killed in 2007?", []),
        ("How many people were killed in Orlen?", []),
        ("How many dogs were killed?", []),
        ("How many barns were destroyed?", []),
        ("How many tourists were killed?", []),
        ("How many people were injured?", []),
    ],
)
def test_a_question_that_was_asked_first_is_the_one_proposed(dam: Claims, asked: str, found: list[str]) -> None:
    dam("question", "add", asked)
    dam("question", "add", "Is the dam safe?")
    assert [x["id"] for x in dam("triage", "Q1", "Q2", "--list", "--json").lines] == found
    assert "articles or questions" in dam("triage", "A1", "Q1", "--list", code=2).err


def test_many_statements_are_grouped_so_many_at_a_time(dam: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = dam("triage", "--list", "--json").lines
    monkeypatch.setattr("ledger.crossref.waiting.AT_ONCE", 2)
    parts = dam("triage", "--list", "--json").lines
    assert [[a["text"] for a in x["answers"]] for x in parts] == [[a["text"] for a in x["answers"]] for x in whole]


def test_a_new_question_gets_other_words_however_many_stand_in_the_same(dam: Claims) -> None:
    def asked() -> str:
        return str(dam("triage", "A1", "--list", "--json").lines[1]["answers"][0]["text"])

    for _ in range(2):
        last = asked()
        dam("question", "add", last, "--no-input")
    for n in range(4, 20):
        dam("question", "add", f"{last[:-1]}, {n})", "--no-input")
    assert last.endswith("(A1)")
    assert asked() == f"{last[:-1]}, 20)"


HOUSES, KILLED = "Houses destroyed", "People killed"
MARSH = ("A1", "Marsh Relief", ["At least 300"], [HOUSES])
COPIED = ("A2", "Marsh Relief", ["At least 300"], [HOUSES])
COURSES: list[tuple[str, str, list[tuple[str, str, list[str], list[str]]]]] = [
    ("one key logs and files", "a\nq\n", [MARSH]),
    ("words are keys too", "accept\nstop\n", [MARSH]),
    ("the copies go with it", "A\nq\n", [MARSH, COPIED]),
    ("rejected with its copies", "R\nq\n", []),
    ("a key that is none does nothing, nor do those after it", "x\nn\nax\n?\nyes\nall\n1al\n \n\nq\n", []),
    ("the end of what comes in stops it", "", []),
    ("taken back", "A\nu\nu\nr\nu\nq\n", []),
    (
        "another question, in words",
        "f\nn\nHomes lost\na\nq\n",
        [("A1", "Marsh Relief", ["At least 300"], ["Homes lost"])],
    ),
    ("no question", "f\n0\na\nq\n", [("A1", "Marsh Relief", ["At least 300"], [])]),
    ("no figure", "0a\nq\n", [("A1", "Marsh Relief", [], [])]),
    ("the publisher's own voice", "s\n0\na\nq\n", [("A1", "", ["At least 300"], [HOUSES])]),
    ("a source in new words", "s\nn\nDelta Relief\na\nq\n", [("A1", "Delta Relief", ["At least 300"], [HOUSES])]),
    ("a source of before", "a\nl\ns\n1\na\nq\n", [MARSH, ("A2", "Marsh Relief", ["At least 300"], [HOUSES])]),
    ("edited", "e\n2\nDelta Relief\n99\n8\n-\n\na\nq\n", [("A1", "Delta Relief", [], [HOUSES])]),
    ("a figure that is not there", "7\nq\n", []),
    ("a question by its id that is not there", "f\nQ9\nf\nn\nQ9\nq\n", []),
    ("a source by an id that is none's", "s\nn\nA1\ns\nC9\nq\n", []),
    (
        "a day that is none is asked again at once",
        "e\n9\nthe third\n2\nDelta Relief\n\na\nq\n",
        [("A1", "Delta Relief", ["At least 300"], [HOUSES])],
    ),
]


@pytest.mark.parametrize(("keys", "expected"), [c[1:] for c in COURSES], ids=[c[0] for c in COURSES])
def test_a_triage_by_keys_from_a_pipe(
    dam: Claims, keys: str, expected: list[tuple[str, str, list[str], list[str]]]
) -> None:
    dam("triage", stdin=keys)
    assert logged(dam) == expected


def test_each_figure_of_a_statement_goes_to_its_own_question(dam: Claims) -> None:
    dam("triage", "A3", stdin="12a\n")
    assert logged(dam) == [
        ("A3", "Vell Police", ["320"], [HOUSES]), ("A3", "Vell Police", ["12"], [KILLED]),
    ]  # fmt: skip
    assert dam("triage", "A3", "--list").err == "nothing waits\n"
    dam("undo")
    dam("triage", "A3", stdin="2f\nn\nThe dead of Vell\n1a\n")
    assert [c[2:] for c in logged(dam)] == [(["12"], ["The dead of Vell"]), (["320"], [HOUSES])]


DOUBTS = {
    "The wind reached 90 kilometres an hour at a height of 40 metres, Lorn Weather said.": (
        "which figure answers?",
        ["40"],
        "2",
    ),
    "A climber died after he fell 150 metres, Lorn Rescue said.": ("which figure answers?", ["150"], "2"),
    "Crews found 13 dead in the hall and 24 dead in the yard, Lorn Rescue said.": (
        "which figure answers?",
        ["24"],
        "2",
    ),
}


@pytest.mark.parametrize(("text", "asked"), DOUBTS.items(), ids=[a[1][0] for a in DOUBTS.items()])
def test_enter_asks_where_it_is_not_clear_what_answers(
    claims: Claims, text: str, asked: tuple[str, list[str], str]
) -> None:
    claims.file("a.txt", text)
    claims("capture", "a.txt", "--title", "Lorn", "--publisher", "Hill Gazette", "--published", "2031-05-02")
    told, figures, digit = asked
    ran = claims("triage", stdin="a\n")
    assert told in ran.err
    assert "0 accepted" in ran.err
    claims("triage", stdin=f"{digit}a\n")
    assert [c[2] for c in logged(claims)] == [figures]


def test_enter_asks_where_it_is_not_sure_who_says_it_and_again_logs_it_to_be_checked(claims: Claims) -> None:
    claims.file("a.txt", "Marsh Relief counts the damage. The town lost 30 boats.\n")
    claims("capture", "a.txt", "--title", "Boats", "--publisher", "Hill Gazette", "--published", "2031-05-02")
    assert "not sure: who says it" in (ran := claims("triage", stdin="a\n")).err
    assert "0 accepted" in ran.err
    claims("triage", stdin="a\na\n")
    assert claims("show", "C1", "--json").json["unsure"]
    claims("undo")
    claims("triage", stdin="y\n")
    assert claims("show", "C2", "--json").json["unsure"] == []


def test_a_triage_for_one_question_proposes_what_answers_it_alone(dam: Claims) -> None:
    dam("question", "add", "How many people were killed?")
    dam("triage", "Q1", stdin="a\n")
    assert logged(dam) == [("A3", "Vell Police", ["12"], ["How many people were killed?"])]


def test_more_questions_than_digits_are_paged_and_one_is_taken_by_its_id(dam: Claims) -> None:
    for n in range(11):
        dam("question", "add", f"What was found in room {n}?")
    dam("triage", "A1", stdin="f\nQ7\na\nq\n")
    dam("triage", "A2", stdin="f\nm\n2\na\nq\n")
    assert [c[3] for c in logged(dam)] == [["What was found in room 6?"], ["What was found in room 10?"]]


def test_the_publisher_s_own_voice_is_sure_where_a_person_says_so(dam: Claims) -> None:
    dam("triage", "A1", stdin="s\n0\na\nq\n")
    assert dam("show", "C1", "--json").json["unsure"] == []


def test_what_was_turned_down_is_not_proposed_again(dam: Claims) -> None:
    dam("triage", stdin="a\nr\nr\nr\nr\nr\n")
    assert "not logged" not in dam("xref", "C1").out
    dam("undo", "5")
    assert "A2, not logged" in dam("xref", "C1").out


def test_who_was_told_ends_before_the_time_and_whose_somebody_is_is_no_relay(claims: Claims) -> None:
    text = "Six mills burnt, Ida Vale told Reuters late on Monday. Two barns burnt, said Lena Orsk, the deputy mayor of Torn."
    claims.file("a.txt", f"{text}\n")
    lines = claims("suggest", "a.txt").out
    assert "Ida Vale, via Reuters ·" in lines
    assert "Lena Orsk of Torn ·" in lines


def test_a_new_question_asks_in_the_clause_of_its_figure(claims: Claims) -> None:
    words = (
        "The old quay was closed to all boats on Monday after divers found a hole about 40 centimetres wide in its wall"
    )
    claims.file("a.txt", f"{words}, the port office said.\n")
    claims("capture", "a.txt")
    (item,) = claims("triage", "--list", "--json").lines
    assert item["answers"][0]["text"] == "“divers found a hole … centimetres wide in its wall”"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Of the horses, 12 were led to the pier, the port office said.", "How many were led to the pier"),
        ("The port office put the number of horses on the barge at 17.", "Number of horses on the barge"),
        ("The pump had failed twice in May, the port office said.", "How many times the pump had failed in May"),
        ("The barge was carrying 40 horses when it sank, they said.", "How many horses the barge was carrying when it sank"),
        ("43 horses were led out, up from an earlier 38, the port office said.", "How many horses were led out"),
        ("They were carrying 40 horses, the port office said.", "“They were carrying … horses”"),
        ("The barge had been overloaded, the port office said.", "“The barge had been overloaded”"),
    ],
)  # fmt: skip
def test_a_new_question_asserts_nothing(claims: Claims, said: str, asked: str) -> None:
    claims.file("a.txt", said)
    claims("capture", "a.txt")
    (item,) = claims("triage", "--list", "--json").lines
    assert item["answers"][0]["text"] == asked


def test_a_new_question_does_not_end_in_words_that_lead_on(claims: Claims) -> None:
    claims.file("a.txt", 'The vet said 10 mares had foaled and that "several were shod at night".')
    claims("capture", "a.txt")
    (item,) = claims("triage", "--list", "--json").lines
    assert item["answers"][0]["text"] == "How many mares had foaled"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The number of dead has climbed to six, the clinic said on Monday, up from four on Friday.", "six"),
        ("The toll rose from 13 to 24 dead, Lorn Rescue said.", "24"),
        ("The number of dead is 9, the clinic said in a note on Monday, revising an earlier figure of 12.", "9"),
    ],
)
def test_a_count_that_rose_answers_with_what_it_rose_to(claims: Claims, text: str, figure: str) -> None:
    claims.file("a.txt", text)
    claims("capture", "a.txt", "--published", "2024-05-14")
    claims("triage", stdin="a\n")
    assert [c[2:] for c in logged(claims)] == [([figure], ["People killed"])]


def test_what_is_reported_by_nobody_in_particular_is_logged_so(claims: Claims) -> None:
    claims.file("a.txt", "Three barns are said to have burnt. Two mills are also reported to have been lost.\n")
    claims("capture", "a.txt", "--title", "Fire", "--publisher", "Hill Gazette", "--published", "2021-05-02")
    claims("suggest", "A1", "--accept", "1")
    claims("triage", stdin="a\na\n")
    assert {c[1] for c in logged(claims)} == {"an unnamed source"}
    assert claims("source", "list", "--json").lines[-1]["kind"] == "anonymous"


def test_enter_logs_each_thing_that_is_counted_under_its_own_question(dam: Claims) -> None:
    dam("triage", "A3", stdin="a\n")
    assert [c[2:] for c in logged(dam)] == [(["320"], [HOUSES]), (["12"], [KILLED])]
    dam("undo")
    dam("triage", "A3", stdin="12e\n8\nabout 20 people\n\na\n")
    assert [c[2] for c in logged(dam)] == [["about 20"]]


def test_a_triage_from_a_pipe_tells_of_names_that_the_log_cannot_forget(claims: Claims) -> None:
    claims.file("a.txt", "At least 40 boats left the harbour, said Lena Marsh.\n")
    claims("capture", "a.txt", "--title", "Boats", "--publisher", "Hill Gazette", "--published", "2031-05-02")
    assert "Lena Marsh looks like the name of a private person" in claims("triage", stdin="a\n").err


def test_a_triage_goes_on_where_it_was_stopped_and_knows_the_questions_that_stand(dam: Claims) -> None:
    assert "1 accepted, 0 rejected, 4 left" in dam("triage", stdin="a\nq\n").err
    lines = dam("triage", "--list", "--json").lines
    assert "A1:1" not in [x["id"] for x in lines]
    assert {x["answers"][0]["question"] for x in lines if x["id"] in ("A2:1", "A3:1")} == {"Q1"}
    assert {x["id"] for x in dam("triage", "Q1", "--list", "--json").lines} == {"A2:1", "A3:1"}
    ran = dam("triage", "--by", "question", stdin="a\na\nr\nr\n")
    assert "2 accepted, 2 rejected, 0 left" in ran.err
    assert dam("triage").err == "nothing waits: what was found was judged\n"


def test_what_waits_as_a_suggestion_too_is_asked_about_once(dam: Claims) -> None:
    dam("triage", "A3", stdin="a\n")
    dam("xref", "C1")
    waiting = [x for x in dam("triage", "--list", "--json").lines if x.get("suggestions")]
    assert [x["answers"][x["likeliest"]]["question"] for x in waiting] == ["Q1", "Q1"]
    dam("triage", stdin="A\nr\nr\n")
    assert "nothing stands in all" in dam("accept", "all", code=3).err


def test_suggestions_of_several_articles_are_accepted_under_a_question(dam: Claims) -> None:
    assert dam("suggest", "A1", "A3").out.index("A1 Vell Courier") < dam("suggest", "A1", "A3").out.index("A3 Hill")
    dam("suggest", "A3", "--accept", "1", "--question", "The dam of Vell")
    assert "1 of A3 is C1 already" in dam("suggest", "all", "--accept", "all", "--question", "Q1").err
    assert {tuple(c[3]) for c in logged(dam)} == {("The dam of Vell",)}
    assert "there is no suggestion 99" in dam("suggest", "A1", "--accept", "99", code=2).err


# --- a day --------------------------------------------------------------------------------------------------------

DAY = {
    "1.txt": (
        "Cable car stops above Sant Oria\nOutlet: Ridge Post\n4 March 2031\n\n"
        "A cable car stopped above Sant Oria on Tuesday and 38 "
        "passengers were trapped, said Oria Lifts, the operator. At least three people were injured when a window broke, the "
        "mountain rescue said.\n\nIn 2012 a fire at the same lift injured nine people.\n"
    ),
    "2.txt": (
        "Dozens trapped in cable car\nOutlet: Valley Echo\n4 March 2031\n\n"
        "A cable car stopped above Sant Oria on Tuesday and 38 "
        "passengers were trapped, said Oria Lifts, the operator. The wind reached 90 kilometres an hour, according to the "
        "weather service.\n"
    ),
    "3.txt": (
        "Rescue in Sant Oria\nOutlet: Coast Daily\n5 March 2031\n\n"
        "More than 40 passengers were trapped in the cable car at Sant "
        "Oria, the fire brigade of Oria said. Five people were injured, the fire brigade added.\n"
    ),
    "4.txt": (
        "All safe in Sant Oria\nOutlet: Nord Herald\n5 March 2031\n\n"
        "Six people were injured in the cable car at Sant Oria, the "
        "mountain rescue said on Wednesday. Oria Lifts denied that a cable had broken.\n"
    ),
}
KEYS = "A\na\nr\nr\nr\na\na\na\na\n"
COMMANDS: list[tuple[str, ...]] = [
    ("capture", "day"),
    ("triage",),
    ("ask", "Oria Lifts", "--about", "Q1", "--by-phone", "--text", "How many were trapped?"),
    ("reply", "R1", "It were 38 by our own list."),
    ("answer", "Q1", "38 or a few more", "--low", "38", "--because", "the operator's list", "--on", "C1,C4"),
    ("rate", "Q1", "unproven", "--because", "two sources that differ", "--on", "C1,C4"),
    ("publish", "Q1"),
    ("correct", "Q1", "--was", "38", "--now", "38 or more", "--because", "the brigade counts more than 40", "--on", "C4"),
    ("report", "Q1", "Q2", "-o", "day.html"),
]  # fmt: skip


def test_a_day_from_the_articles_to_a_published_report_is_a_dozen_commands(claims: Claims) -> None:
    (claims.folder / "day").mkdir()
    for name, article in DAY.items():
        claims.file(f"day/{name}", article)
    waiting = 0
    for command in COMMANDS:
        if command == ("triage",):
            waiting = len(claims("triage", "--list", "--json").lines)
        claims(*command, stdin=KEYS if command == ("triage",) else "")
    assert len(COMMANDS) <= 12
    assert len(KEYS.split()) <= waiting
    trapped, hurt = "People trapped", "People wounded"
    assert logged(claims) == [
        ("A1", "Oria Lifts", ["38"], [trapped]), ("A2", "Oria Lifts", ["38"], [trapped]),
        ("A1", "the mountain rescue", ["At least three"], [hurt]),
        ("A3", "the fire brigade of Oria", ["More than 40"], [trapped]),
        ("A3", "the fire brigade of Oria", ["Five"], [hurt]), ("A4", "the mountain rescue", ["Six"], [hurt]),
        ("A4", "Oria Lifts", [], ["“a cable had broken”"]),
    ]  # fmt: skip
    page = claims("question", "show", "Q1", "--json").json
    assert (page["origins"]["low"], page["origins"]["high"]) == (2, 2)
    assert claims("triage", "--list").err == "nothing waits\n"
    assert "38 or more" in (claims.folder / "day.html").read_text(encoding="utf-8")


def test_what_nobody_has_checked_filed_or_answered_waits_and_so_does_a_dispute(claims: Claims) -> None:
    claims.file("a.txt", "Exactly 40 boats sank, the harbour office said.\n")
    claims.file("b.txt", "Exactly 60 boats sank, the relief fund said.\n")
    for name, by in (("a", "the harbour office"), ("b", "the relief fund")):
        claims("capture", f"{name}.txt", "--title", name, "--publisher", f"Gazette {name}", "--published", "2031-05-09")
        article = "A1" if name == "a" else "A2"
        quote = f"Exactly {40 if name == 'a' else 60} boats sank"
        claims("add", quote, "--article", article, "--by", by, "--no-input")

    def waiting() -> dict[str, str]:
        return {item["why"]: item["what"] for item in claims("todo", "--json").lines}

    assert waiting()["check"].startswith("C1, C2: nobody has checked")
    assert waiting()["file"] == "C1, C2: filed under no question"
    assert "open: not checked; not rated; filed under no question" in claims("show", "C1").out
    claims("file", "C1", "C2", "--question", "How many boats sank?")
    assert "file" not in waiting()
    assert waiting()["answer"] == "nobody has answered it: How many boats sank?"
    assert waiting()["dispute"] == "C1 and C2 contradict each other: claims why Q1"
    assert "open: not answered" in claims("show", "Q1").out
    claims("answer", "Q1", "40 to 60", "--because", "both counts", "--on", "C1")
    claims("check", "C1", "yes")
    assert not {"answer", "dispute"} & waiting().keys()
    assert waiting()["check"].startswith("C2: nobody")
    assert "not checked" not in claims("show", "C1").out


# --- what nobody meant --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["capture", ""], "the name of a file is empty"),
        (["capture", " "], "the name of a file is empty"),
        (["capture", "a.txt", "--publisher", "C1"], "C1 is an id, and not that of a source"),
        (["amend", "A1", "--set", "publisher=Q1"], "Q1 is an id, and not that of a source"),
        (["amend", "C1", "--by", "A1"], "A1 is an id, and not that of a source"),
        (["undo", "5000"], "N: 5000 is not between 1 and 1000"),
        (["undo", "two"], "N: 'two' is not a whole number"),
        (["xref", "Q1", "--limit", "0"], "--limit: 0 is less than 1"),
        (["redact", "C1", "--because", "an order"], "--yes does it"),
        (["answer", "Q1", "\u200b", "--because", "counted"], "it is empty"),
        (["answer", "Q1", "forty", "--because", "\u00ad"], "needs its reason"),
        (["check", "C1", "yes", "--because", " "], "needs its reason"),
        (["suggest", "A1", "--accept", "50-60"], "there is no suggestion"),
        (["suggest", "A1", "--accept", "3-1"], "not a number or a range"),
        (["suggest", "A1", "--accept", " , "], "no number is given"),
        (["suggest", "A1", "--accept", "9" * 5000], "not a number or a range"),
        (["add", "At least 40 boats", "--article", "A1", "--figure", "-77"], "the words hold"),
        (["question", "add", "\u200b"], "a question needs words"),
        (["amend", "Q1", "--set", "question=\u200b\u00ad"], "a question needs words"),
        (["tag", "C1", "\u200b"], "not a tag"),
    ],
)
def test_what_is_empty_or_out_of_range_is_refused_and_logs_nothing(claims: Claims, line: list[str], said: str) -> None:
    claims.file("a.txt", "At least 40 boats left the harbour on Monday, the port office said. Two boats sank.\n")
    claims("capture", "a.txt", "--title", "Boats", "--publisher", "Example Daily", "--no-input")
    claims("add", "At least 40 boats", "--article", "A1", "--question", "How many boats left?", "--no-input")
    before = claims("log", "--json").out
    assert said in claims(*line, "--no-input", code=2).err
    assert claims("log", "--json").out == before


def test_a_bundle_that_nobody_can_sign_leaves_no_page_behind(claims: Claims) -> None:
    claims.file("a.txt", "At least 40 boats left the harbour on Monday, the port office said.\n")
    claims("capture", "a.txt", "--title", "Boats", "--publisher", "Example Daily", "--no-input")
    claims("add", "At least 40 boats", "--article", "A1", "--no-input")
    assert "claims key create" in claims("report", "C1", "-o", "page.html", "--bundle", "all.zip", code=3).err
    assert not [path.name for path in claims.folder.iterdir() if path.suffix in {".html", ".zip"}]


def test_a_figure_of_a_sheet_that_the_words_lack_is_ours(claims: Claims) -> None:
    claims.file("a.txt", "At least 40 boats left the harbour on Monday, the port office said.\n")
    claims("capture", "a.txt", "--title", "Boats", "--publisher", "Example Daily", "--no-input")
    claims("add", "At least 40 boats", "--article", "A1", "--no-input")
    claims("export", "-o", "out.csv")
    sheet = (claims.folder / "out.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(sheet)))
    rows[0]["low"] = "900"
    with (claims.folder / "back.csv").open("w", newline="", encoding="utf-8") as f:
        writer = csv.DictWriter(f, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    claims("import", "back.csv", "--because", "a typing error", "--no-input")
    assert "our figure" in claims("show", "C1").out
