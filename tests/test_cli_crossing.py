"""compare, similar, xref, accept, reject, snooze at the command line."""

from __future__ import annotations

import json
import re

import pytest
from conftest import Claims, begins

CLAIMS = (
    ("a.txt", "At least 40 people died when the ferry Aurelia sank off Cape Lorn", "Ferry sinks"),
    ("b.txt", "The sinking of the ferry Aurelia off Cape Lorn cost 44 lives", "Deaths off Cape Lorn"),
    ("c.txt", "The dairy recalled butter because of glass splinters", "Butter recalled"),
)
FERRY = {"event_time": "2031-05-05", "place": "Cape Lorn", "scope": "dead"}


@begins
def ferry(claims: Claims) -> Claims:
    """A ledger with two claims about one matter and one about another."""
    lines = [
        {"article": {"file": name, "title": title, "text": exact}, "exact": exact, "extra": {"id": name}}
        | (FERRY if name != "c.txt" else {})
        for name, exact, title in CLAIMS
    ]
    claims.file("in.jsonl", "\n".join(json.dumps(line) for line in lines))
    claims("import", "in.jsonl")
    return claims


# --- what answers a question ------------------------------------------------------------------------------------------

BRIDGE = ("The bridge of Lorn is standing", "The bridge of Lorn was destroyed", "The bridge of Lorn is old")


@begins
def bridge(claims: Claims) -> Claims:
    """Three claims about a bridge under one question."""
    lines = [
        {"article": {"file": f"{n}.txt", "publisher": f"P{n}", "text": exact}, "exact": exact, "question": "the bridge"}
        for n, exact in enumerate(BRIDGE)
    ]
    claims.file("in.jsonl", "\n".join(json.dumps(line) for line in lines))
    claims("import", "in.jsonl")
    return claims


def asked(claims: Claims) -> tuple[str, bool, dict[str, tuple[str, str, str]]]:
    page = claims("question", "show", "Q1", "--json").json
    pairs = {p["a"] + p["b"]: (p["agreement"], p["reason"], p["relation"]) for p in page["pairs"]}
    return page["kind"], page["kind_guessed"], pairs


def test_words_that_differ_are_to_be_read_until_a_person_says_that_only_one_is_true(bridge: Claims) -> None:
    to_read = ("compatible", "words_differ", "not_comparable")
    assert asked(bridge) == ("words", True, {"C1C2": to_read, "C1C3": to_read, "C2C3": to_read})
    bridge("amend", "Q1", "--one-of", "standing, destroyed")
    kind, guessed, pairs = asked(bridge)
    assert (kind, guessed, pairs["C1C2"]) == ("words", False, ("conflict", "one_of", "conflicts"))
    assert pairs["C1C3"] == pairs["C2C3"] == to_read


def test_the_kind_of_a_question_and_an_answer_can_be_given_and_are_shown(bridge: Claims) -> None:
    assert "asks for words (guessed" in bridge("question", "show", "Q1").out
    bridge("amend", "Q1", "--kind", "yes_no")
    bridge("file", "C1", "--question", "Q1", "--answer", "yes")
    bridge("amend", "C2", "--answer", "no")
    kind, guessed, pairs = asked(bridge)
    assert (kind, guessed, pairs["C1C2"]) == ("yes_no", False, ("conflict", "denial", "conflicts"))
    shown = bridge("question", "show", "Q1").out
    assert "asks for yes or no\n" in shown
    bridge("undo")
    assert asked(bridge)[2]["C1C2"][0] == "compatible"


def test_filing_asks_what_a_claim_answers_that_names_nothing_of_the_kind(bridge: Claims) -> None:
    asked_for = bridge("file", "C1", "--question", "how long the bridge is").err
    assert "C1 names nothing that answers “how long the bridge is”" in asked_for
    assert "--answer" in asked_for
    assert "names nothing" not in bridge("file", "C1", "--question", "how long the bridge is", "--answer", "90 m").err
    assert "names nothing" not in bridge("file", "C1", "--question", "why the bridge stands").err


# --- compare ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "sentence"),
    [
        ("at least 400 militants", "450 fighters", "450 lies inside at least 400: it supports it"),
        ("more than 40 sorties", "40 air strikes", "sorties are not strikes"),
        ("at least 60 dead", "55 dead", "they differ by at least 5"),
        ("the harbour", "the quay", "there is no figure"),
    ],
)
def test_two_phrases_are_compared_in_a_sentence_without_a_ledger(claims: Claims, a: str, b: str, sentence: str) -> None:
    assert sentence in claims("compare", a, b).out
    assert not claims.ledger.exists()


def test_comparison_as_json_says_what_was_guessed(claims: Claims) -> None:
    found = claims("compare", "at least 400 militants killed", "380 militants killed", "--json").json
    assert (found["agreement"], found["reason"], found["gap"]["absolute"]) == ("conflict", "disjoint", "20")
    assert "measure" in found["a"]["guessed"]
    assert found["a"]["quantity"]["low"] == "400"


def test_an_empty_phrase_is_refused(claims: Claims) -> None:
    assert "nothing to compare" in claims("compare", " ", "40", code=2).err


# --- similar ------------------------------------------------------------------------------------------------------


def test_similar_ranks_with_score_and_reasons(ferry: Claims) -> None:
    out = ferry("similar", "ferry", "sank", "off", "Cape Lorn").out
    assert out.index("C1") < out.index("C2")
    assert "C3" not in out
    assert "cape" in out


def test_similar_says_when_nothing_is_about_a_text(ferry: Claims) -> None:
    ran = ferry("similar", "an unheard-of chess tournament")
    assert ran.out == ""
    assert "nothing here is about this" in ran.err


def test_queries_from_a_file_and_from_standard_input_answer_line_by_line(ferry: Claims) -> None:
    queries = '{"id": "q1", "text": "glass in butter"}\n\n{"id": 2, "text": "!!"}\n'
    ferry.file("q.jsonl", queries)
    from_file = ferry("similar", "--queries", "q.jsonl", "--json", "--limit", "2").lines
    assert from_file == ferry("similar", "--queries", "-", "--json", "--limit", "2", stdin=queries).lines
    assert [line["id"] for line in from_file] == ["q1", "2"]
    best = from_file[0]["ranked"][0]
    assert (best["claim"], best["extra"]) == ("C3", {"id": "c.txt"})
    assert set(best) == {"claim", "score", "reasons", "extra"}
    assert from_file[1] == {"id": "2", "ranked": [], "about": False}


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "give a text"),
        (("text", "--queries", "q.jsonl"), 2, "give a text"),
        (("--queries", "missing.jsonl"), 3, "no such file"),
        (("--queries", "bad.jsonl"), 2, "line 2"),
        (("--queries", "."), 2, "cannot read"),
        (("text", "--limit", "0"), 2, "limit"),
    ],
)
def test_bad_queries_are_refused_in_a_line(ferry: Claims, args: tuple[str, ...], code: int, said: str) -> None:
    ferry.file("bad.jsonl", '{"id": "1", "text": "butter"}\n{"id": "2"}\n')
    assert said in ferry("similar", *args, code=code).err


# --- xref and suggestions -----------------------------------------------------------------------------------------


def waiting(claims: Claims) -> list[str]:
    """The ids of the proposals that nobody has judged."""
    return [line["id"] for line in claims("triage", "--list", "--json").lines if line["kind"] != "claim"]


def test_xref_shows_what_is_beside_a_claim_and_what_waits(ferry: Claims) -> None:
    ran = ferry("xref", "C1")
    assert "C1 – C2" in ran.out
    assert "44 lies inside at least 40" in ran.out
    assert "because of scope: dead" in ran.out
    assert "2 suggestions wait" in ran.err


def test_xref_shows_nothing_that_is_filed_together_or_was_judged(ferry: Claims) -> None:
    ferry("xref", "C1", "--accept-above", "0.5")
    ran = ferry("xref", "C1")
    assert ran.out == ""
    assert "nothing else here is about this" in ran.err


def test_xref_shows_a_screen_of_the_likeliest_first_and_how_to_see_more(claims: Claims) -> None:
    told = [f"{n} people died when the ferry Aurelia sank off Cape Lorn" for n in range(31, 46)]
    lines = [{"article": {"file": f"{n}.txt", "text": t}, "exact": t} for n, t in enumerate(told)]
    claims("import", claims.file("in.jsonl", "\n".join(map(json.dumps, lines))))
    first = claims("xref", "all")
    shown = first.out.count(" – C")
    assert first.out.count("\n") <= 24
    assert "more: claims xref all --more" in first.err
    everything = claims("xref", "all", "--more")
    assert everything.out.count(" – C") == 15 * 14 // 2 > shown > 0
    assert "--more" not in everything.err
    scores = [float(s) for s in re.findall(r"– C\d+ \((0\.\d+)\)", everything.out)]
    assert scores == sorted(scores, reverse=True)


def test_figures_a_thousandfold_apart_are_not_beside_each_other(claims: Claims) -> None:
    told = ("31 people died when the ferry Aurelia sank", "31,000 people died when the ferry Aurelia sank")
    lines = [{"article": {"file": f"{n}.txt", "text": t}, "exact": t} for n, t in enumerate(told)]
    claims("import", claims.file("in.jsonl", "\n".join(map(json.dumps, lines))))
    assert "nothing else here is about this" in claims("xref", "C1").err


def test_what_xref_says_of_two_claims_is_what_their_question_says_of_them(claims: Claims) -> None:
    told = (
        "At least 400 rebels were killed in the battle for Lorn",
        "380 rebels were killed in Lorn",
        "In the siege of Lorn 450 rebels were killed",
        "The fighting in Lorn killed about 300 rebels",
    )
    lines = [
        {"article": {"file": f"{n}.txt", "publisher": f"P{n}", "published_at": f"2031-05-{5 + 8 * n:02}", "text": t}}
        | {"exact": t, "event_time": "2031-03-01/2031-04-02"}
        for n, t in enumerate(told)
    ]
    claims("import", claims.file("in.jsonl", "\n".join(map(json.dumps, lines))))
    beside = [line for line in claims("xref", "all", "--json").lines if line["kind"] == "beside"]
    crossed = {(c["claim"], c["other"]): (c["agreement"], c["reason"]) for c in beside}
    claims("accept", "all")
    pairs = claims("question", "show", "Q1", "--json").json["pairs"]
    assert crossed == {(p["a"], p["b"]): (p["agreement"], p["reason"]) for p in pairs}
    assert len(crossed) == 6


def test_xref_as_json_gives_neighbours_then_filings(ferry: Claims) -> None:
    lines = ferry("xref", "all", "--json").lines
    assert [(line["kind"], line["claim"]) for line in lines] == [("beside", "C1"), ("filing", "C1"), ("filing", "C2")]
    assert (lines[0]["other"], lines[0]["agreement"]) == ("C2", "compatible")


def test_filings_above_a_score_are_accepted_and_make_the_question(ferry: Claims) -> None:
    ferry("xref", "all", "--accept-above", "0.5", "--no-input")
    (question,) = ferry("question", "list", "--json").lines
    assert question["claims"] == 2
    assert "Cape Lorn" in question["question"]


def test_nothing_beside_a_claim_is_no_error(ferry: Claims) -> None:
    ran = ferry("xref", "C3")
    assert ran.out == ""
    assert "nothing else here is about this" in ran.err


@pytest.mark.parametrize(("what", "code"), [("C9", 3), ("A9", 3), ("M9", 3), ("butter", 2)])
def test_xref_of_what_is_not_there(ferry: Claims, what: str, code: int) -> None:
    assert ferry("xref", what, code=code).err.startswith("claims: ")


def test_accepting_files_the_claim_and_says_where(ferry: Claims) -> None:
    ferry("xref", "C1")
    assert ferry("accept", "M1", "M2").out.splitlines() == ["M1  accepted: Q1", "M2  accepted: Q1"]
    assert [c["id"] for c in ferry("list", "--question", "Q1", "--json").lines] == ["C1", "C2"]


def test_rejecting_keeps_the_reason_and_settles_it(ferry: Claims) -> None:
    ferry("xref", "C1")
    assert ferry("reject", "M1", "--because", "another ferry").out == "M1  rejected: another ferry\n"
    assert "M1 was rejected by desk already" in ferry("accept", "M1", code=1).err
    assert ferry("reject", "M2", "--json").lines[0]["state"] == "rejected"


def test_one_bad_id_among_several_changes_nothing(ferry: Claims) -> None:
    ferry("xref", "C1")
    ferry("accept", "M1", "M9", code=3)
    ferry("accept", "M1", "C1", code=2)
    assert waiting(ferry) == ["M1", "M2"]


def test_what_was_put_off_waits_until_its_day(ferry: Claims) -> None:
    ferry("xref", "C1")
    assert ferry("snooze", "M1", "--until", "2999-01-01").out == "M1  put off until 2999-01-01\n"
    ferry("snooze", "M2", "--until", "2001-01-01")
    assert waiting(ferry) == ["M2"]
    ferry("snooze", "M2", "--until", "soonish", code=2)


def test_suggestions_are_judged_in_bulk_and_under_another_question(ferry: Claims) -> None:
    ferry("xref", "C1")
    ferry("question", "add", "The dead of the Aurelia")
    assert ferry("accept", "all", "--question", "Q1").out.splitlines() == ["M1  accepted: Q1", "M2  accepted: Q1"]
    assert "nothing stands in all" in ferry("reject", "all", code=3).err
    assert "nothing stands in M1-M2" in ferry("reject", "M1-M2", code=3).err
    ferry("undo")
    assert ferry("reject", "M1-M2", "--because", "another ferry").out.count("another ferry") == 2
    assert waiting(ferry) == []


def test_proposals_are_judged_with_the_keys_of_a_triage(ferry: Claims) -> None:
    ferry("triage", stdin="r\n")
    assert ferry("triage").err == "nothing waits: what was found was judged\n"
    ferry("xref", "C1")
    assert "2 accepted, 0 rejected, 0 left" in ferry("triage", stdin="x\n1\ne\na\nu\nA\n").err
    assert [c["id"] for c in ferry("list", "--question", "Q2", "--json").lines] == ["C1", "C2"]


# --- origins ------------------------------------------------------------------------------------------------------

WIRE = (
    "At least 40 people died when the ferry Aurelia sank off Cape Lorn on its way to the islands in thick fog at dawn"
)


@begins
def traced(claims: Claims) -> Claims:
    """Three tellings of one monitor's count, one of them by way of an agency, and one of a ministry."""
    watch, wire = {"source": "Coastal Rescue Watch"}, {"source": "Nordwire", "kind": "wire_agency"}
    told = (
        ("Harbour Times", [watch], WIRE),
        ("Lorn Herald", [wire, watch], WIRE),
        ("Tide News", [wire, watch], "Some 40 died"),
        ("Island Post", [{"source": "Port Ministry"}], "44 died"),
    )
    rows = (
        {
            "article": {"file": f"{who}.txt", "publisher": who, "text": f"{exact}. Nobody else spoke."}, "exact": exact,
            "attribution": chain, "question": "How many died?",
        }
        for who, chain, exact in told
    )  # fmt: skip
    claims.file("in.jsonl", "\n".join(json.dumps(row) for row in rows))
    claims("import", "in.jsonl")
    return claims


def test_origins_are_drawn_from_source_to_article_with_whom_they_passed_through(traced: Claims) -> None:
    lines = traced("origins", "Q1").out.splitlines()
    assert lines[1] == "2 named sources, in 4 outlets"
    assert lines[3:8] == [
        "Coastal Rescue Watch",
        " ├─ via Nordwire",
        " │   ├─ A2 Lorn Herald: C2 “At least 40 people died when the ferry Aurelia sank off Cape Lorn on…”",
        " │   └─ A3 Tide News: C3 “Some 40 died”",
        " └─ A1 Harbour Times: C1 “At least 40 people died when the ferry Aurelia sank off Cape Lorn on…”",
    ]
    assert lines[-1] == "the same words: C1 and C2"


def test_origins_as_json(traced: Claims) -> None:
    found = traced("origins", "Q1", "--json").json
    assert (found["low"], found["high"], found["same_text"]) == (2, 2, [["C1", "C2"]])
    assert [[c["via"] for c in f["claims"]] for f in found["families"]] == [[[], ["Nordwire"], ["Nordwire"]], [[]]]
    assert traced("origins", "C1", code=2).err


def test_xref_of_an_article_shows_who_printed_the_same_text(claims: Claims) -> None:
    text = (
        f"{WIRE}. The harbour office kept silent about the number of life jackets on board of the ferry that morning."
    )
    claims.file("one.txt", text)
    claims.file("two.txt", f"From our desk in the north. {text} Nobody else spoke.")
    claims("capture", "one.txt", "--publisher", "Harbour Times")
    claims("capture", "two.txt", "--publisher", "Lorn Herald")
    (found,) = claims("xref", "A2", "--json").lines
    assert (found["kind"], found["article"], found["other"], found["containment"]) == (
        "shared_copy",
        "A2",
        "A1",
        "1.00",
    )
    assert found["passage"].startswith("At least 40 people died")
    assert "A2 – A1: 100 % of the shorter text stands in both" in claims("xref", "A2").out


def test_xref_tells_of_denied_figures(claims: Claims) -> None:
    told = {
        "Hill Post": "The ferry office said 40 boats had left the port of Marsala on Monday",
        "River Echo": "The mayor denied that 40 boats had left the port of Marsala on Monday",
    }
    for n, (outlet, text) in enumerate(told.items(), 1):
        claims("capture", claims.file(f"{n}.txt", f"{text}. The sea was calm."), "--publisher", outlet)
        claims("add", text, "--article", f"A{n}", "--by", "the port", "--no-input")
    assert "C1" in claims("xref", "all").out
