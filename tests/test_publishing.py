"""Publishing: what stands in the way, who signed off, what is frozen, what is put right, what else rests on it."""

from __future__ import annotations

import hashlib
import json
import re

import pytest
from conftest import Claims, begins

from ledger import store, suggestions
from ledger.store import read
from ledger.vocabulary import SuggestionKind

FIRST = (
    "Fighters of the League lost at least 400 men at Ardun, the Ardun Observatory said.\n\n"
    "The army said 450 fighters of the League were killed at Ardun.\n"
)
SECOND = "Sources on the ground said 450 fighters of the League were killed at Ardun.\n\nThe army denied using gas.\n"


@begins
def desk(claims: Claims) -> Claims:
    """Two questions that share a source, each with a verdict that rests on something."""
    for number, text in enumerate((FIRST, SECOND), 1):
        claims.file(f"a{number}.txt", text)
        claims("capture", f"a{number}.txt", "--publisher", f"Paper {number}", "--published", "2016-03-27", "--no-input")
    for article, quote, by, question in (
        ("A1", "lost at least 400 men", "Ardun Observatory", "How many fighters were killed at Ardun?"),
        ("A1", "450 fighters of the League were killed", "Army of Ardunia", "How many fighters were killed at Ardun?"),
        (
            "A2",
            "450 fighters of the League were killed",
            "Sources on the ground",
            "How many fighters were killed at Ardun?",
        ),
        ("A2", "The army denied using gas", "Army of Ardunia", "Was gas used at Ardun?"),
    ):
        claims("add", quote, "--article", article, "--by", by, "--question", question, "--no-input")
    claims("rate", "C1", "unproven", "--because", "one monitor", "--on", "C1,C2")
    claims("answer", "Q1", "At least 400", "--low", "400", "--because", "every copy traces to it", "--on", "C1")
    claims("answer", "Q2", "It is not known", "--because", "one denial", "--on", "C4")
    return claims


def reasons(desk: Claims, name: str = "Q1") -> str:
    """Why it may not go out, as the command says it; the report's own refusal must say the same."""
    before = desk("log", "--json").out
    refused = desk("publish", name, code=1).err
    assert desk("log", "--json").out == before
    assert desk("report", name, "--final", "-o", "final.html", code=1).err
    assert not (desk.folder / "final.html").exists()
    return refused


# --- obstacles ----------------------------------------------------------------------------------------------------


def test_what_is_finished_goes_out_and_is_frozen_byte_for_byte(desk: Claims) -> None:
    desk("key", "create")
    went = desk("publish", "Q1", "--to", "https://desk.example/ardun", "-o", "out.html", "--json").json
    data = (desk.folder / "out.html").read_bytes()
    assert went["sha256"] == hashlib.sha256(data).hexdigest()
    assert went["checkpoint"].count("\n") >= 4
    assert went["url"] == "https://desk.example/ardun"
    desk("amend", "C1", "--says", "The League lost 400 men or more")
    desk("published", "Q1", "-o", "kept.html")
    assert (desk.folder / "kept.html").read_bytes() == data
    assert desk("show", "Q1", "--json").json["claims"]
    assert [q["state"] for q in desk("list", "questions", "--json").lines] == ["published", "new"]


def test_without_a_key_it_goes_out_all_the_same_and_that_is_said(desk: Claims) -> None:
    ran = desk("publish", "Q1", "--json")
    assert ran.json["checkpoint"] is None
    assert "no signing key" in ran.err


def test_the_very_bytes_that_went_out_can_be_given(desk: Claims) -> None:
    desk.file("as-sent.md", "# Ardun\n")
    went = desk("publish", "Q1", "--file", "as-sent.md", "--json").json
    assert went["sha256"] == hashlib.sha256(b"# Ardun\n").hexdigest()
    assert went["media_type"] == "text/markdown"


def test_a_verdict_that_rests_on_nothing_stands_in_the_way(desk: Claims) -> None:
    desk("rate", "C2", "disputed", "--because", "others say less", "--actor", "ana")
    assert "the rating of C2 by ana (disputed) rests on nothing" in reasons(desk)


def test_a_verdict_that_rests_on_what_was_taken_back_stands_in_the_way(desk: Claims) -> None:
    desk("rate", "C1", "unproven", "--because", "see C3", "--on", "C3")
    desk("retract", "C3", "--because", "the same men, counted twice")
    assert "rests on C3, which was retracted" in reasons(desk)


def test_a_question_without_an_answer_is_not_final(desk: Claims) -> None:
    desk("question", "add", "How many tanks were lost at Ardun?")
    assert "nobody has answered Q3: claims answer Q3" in reasons(desk, "Q3")


def test_raters_who_disagree_stand_in_the_way_and_side_by_side(desk: Claims) -> None:
    desk("rate", "C1", "refuted", "--because", "two lists", "--on", "C1,C2", "--actor", "eva")
    assert "C1 is rated differently (unproven by desk, refuted by eva)" in reasons(desk)
    for form in ("html", "md", "text"):
        told = " ".join(desk("report", "C1", "--format", form).out.split())
        assert "Raters disagree on" in told
        assert "unproven and refuted" in told
    left = desk("export", "--format", "claimreview", "--base-url", "https://desk.example/", code=None)
    assert "its raters disagree" in left.err
    desk("rate", "C1", "unproven", "--because", "the lists overlap", "--on", "C1", "--actor", "eva")
    desk("publish", "Q1")


def test_a_statement_that_nobody_read_stands_in_the_way(desk: Claims) -> None:
    desk("add", "The army denied using gas", "--article", "A2", "--question", "Q1", "--no-input")
    desk("amend", "C5", "--set", "quantities=[]") if desk("show", "C5", "--json").json["quantities"] else None
    assert "C5 has to be read: claims amend C5 --answer" in reasons(desk)
    desk("file", "C5", "--question", "Q1", "--out")
    desk("publish", "Q1")


def test_a_claim_that_its_source_did_not_make_stands_in_the_way_until_a_verdict_knows_it(desk: Claims) -> None:
    desk("check", "C2", "no", "--because", "the army's report has no figure")
    assert "C2 was not found with its source since the last verdict: claims retract C2" in reasons(desk)
    desk("answer", "Q1", "At least 400", "--low", "400", "--because", "the army gave none", "--on", "C1")
    desk("publish", "Q1")


def test_a_sign_off_on_what_was_changed_is_asked_for_again(desk: Claims) -> None:
    desk("signoff", "Q1", "--actor", "eva")
    desk("amend", "C1", "--says", "The League lost 400 men or more")
    assert "eva signed off Q1 before it changed" in reasons(desk)
    desk("signoff", "Q1", "--actor", "eva")
    desk("publish", "Q1")


def test_a_grade_that_decides_may_rest_on_one_party_s_word_only_with_a_reason(desk: Claims) -> None:
    desk("source", "party", "Army of Ardunia", "--question", "Q1", "--side", "Ardunia")
    refused = desk("rate", "C1", "refuted", "--because", "the army says otherwise", "--on", "C2", code=1)
    assert "would rest on the word of Army of Ardunia alone, a party to the matter" in refused.err
    desk("rate", "C1", "disputed", "--because", "the army says otherwise", "--on", "C2")
    desk("rate", "C1", "refuted", "--because", "its own list", "--on", "C2", "--even-so", "it speaks against itself")


def test_a_claim_is_headed_by_its_words_in_quotation_marks_and_who_says_them(desk: Claims) -> None:
    desk("amend", "C2", "--says", "The League lost 450 men")
    headline = "“450 fighters of the League were killed”, Paper 1 reports, citing Army of Ardunia"
    assert f'<title data-title="{headline}">{headline}' in desk("report", "C2", "--format", "html").out
    assert headline in desk("report", "C2", "--format", "md").out.splitlines()[0]
    desk("rate", "C2", "unproven", "--because", "no list", "--on", "C1,C2")
    told = " ".join(desk("report", "Q1", "--format", "md").out.split())
    assert "On the claim “450 fighters of the League were killed” (C2): **unproven**" in told
    desk("report", "all", "--site", "site")
    feed = (desk.folder / "site" / "feed.atom").read_text(encoding="utf-8")
    assert f"Rated: {headline}" in feed


def test_an_open_query_stands_in_the_way_until_it_is_settled(desk: Claims) -> None:
    desk("note", "C2", "why not refuted?", "--actor", "eva")
    assert "eva asks about C2" in reasons(desk)
    desk("note", "C2", "no other count contradicts it", "--settles")
    desk("publish", "Q1")


def test_an_unsettled_suggestion_about_it_stands_in_the_way_and_others_do_not(desk: Claims) -> None:
    with store.open_ledger(desk.ledger) as ledger, store.write(ledger, "desk") as writer:
        claim, question = (read.thing(ledger, name).uid for name in ("C4", "Q1"))
        data = {"claim": claim, "question": question}
        made = suggestions.Proposal(SuggestionKind.FILING, data, "it names Ardun", "0.8", "test/1")
        suggestions.propose(writer, made)
    said = reasons(desk)
    assert "the suggestion M1 is not settled: it names Ardun" in said
    assert "M1" not in desk("publish", "Q2", code=None).err  # it is about C4, which Q2 shows, and changes nothing there
    desk("reject", "M1")
    desk("publish", "Q1")


def test_an_embargo_holds_until_its_hour_in_whatever_zone(desk: Claims) -> None:
    desk("state", "Q1", "--embargo", "2099-01-01 06:00 Asia/Kathmandu")
    assert "Q1 must not go out before 2099-01-01 00:15 UTC" in reasons(desk)
    desk("state", "Q1", "--embargo", "2001-01-01 06:00 Asia/Kathmandu")
    desk("publish", "Q1")


def test_an_embargo_on_one_of_its_claims_holds_too(desk: Claims) -> None:
    desk("state", "C2", "--embargo", "2099-01-01T06:00Z")
    assert "C2 must not go out before" in reasons(desk)
    desk("publish", "Q2")


def test_a_machine_translation_that_nobody_reviewed_stands_in_the_way(desk: Claims) -> None:
    desk("translate", "C3", "450 morts", "--machine", "MT", "--lang", "fr")
    assert "machine translation of C3" in reasons(desk)


def test_every_reason_is_named_at_once(desk: Claims) -> None:
    desk("note", "C2", "why?")
    desk("state", "Q1", "--embargo", "2099-01-01T06:00Z")
    desk("signoff", "--require", "1")
    said = reasons(desk)
    assert all(words in said for words in ("must not go out", "asks about C2", "0 of 1 people"))


# --- sign-off -----------------------------------------------------------------------------------------------------


def test_two_people_must_sign_off_where_the_ledger_asks_for_it(desk: Claims) -> None:
    desk("signoff", "--require", "2")
    desk("signoff", "Q1", "--actor", "ana")
    assert "1 of 2 people" in reasons(desk)
    desk("signoff", "Q1", "--actor", "ana", code=1)
    desk("signoff", "Q1", "--actor", "ben")
    desk("publish", "Q1")


def test_nobody_signs_off_their_own_verdict_alone(desk: Claims) -> None:
    desk("signoff", "--require", "1")
    desk("signoff", "Q1")
    assert "a second person must" in reasons(desk)
    desk("signoff", "Q1", "--actor", "eva")
    desk("publish", "Q1")


CHANGES = [
    ("amend", "C2", "--says", "The army says 450"),
    ("rate", "C2", "disputed", "--because", "b", "--on", "C1"),
    ("answer", "Q1", "Nobody knows", "--because", "b", "--on", "C1"),
    ("retract", "C3", "--because", "twice"),
    ("file", "C3", "--question", "Q1", "--out"),
    ("file", "C4", "--question", "Q1"),
    ("note", "C1", "counted by name", "--public"),
    ("evidence", "add", "a1.txt", "--for", "C2", "--shows", "the page", "--context"),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: " ".join(c[:2]))
def test_a_sign_off_no_longer_holds_once_what_it_saw_has_changed(desk: Claims, change: tuple[str, ...]) -> None:
    desk("signoff", "--require", "1")
    desk("signoff", "Q1", "--actor", "eva")
    desk(*change)
    signed = desk("signoff", "Q1", "--actor", "ben", "--json").json["signoffs"]
    assert [s["stale"] for s in signed] == [True, False]


@pytest.mark.parametrize(
    "change",
    [("assign", "Q1", "ana"), ("tag", "C1", "ardun"), ("note", "C1", "call them"), ("signoff", "Q2")],
)
def test_a_sign_off_holds_when_only_the_desk_s_own_affairs_change(desk: Claims, change: tuple[str, ...]) -> None:
    desk("signoff", "--require", "1")
    desk("signoff", "Q1", "--actor", "eva")
    desk(*change)
    desk("publish", "Q1")


# --- corrections --------------------------------------------------------------------------------------------------

WRONG = ("--was", "the army", "--now", "sources on the ground", "--because", "the article says so")


def test_a_correction_stands_on_top_of_the_next_report_and_the_old_one_is_kept(desk: Claims) -> None:
    desk("publish", "Q1", "-o", "first.html")
    assert "Corrected on" not in (desk.folder / "first.html").read_text()
    desk("correct", "Q1", *WRONG, "--on", "C2", "--told-by", "a reader")
    assert "corrected" in {i["why"] for i in desk("todo", "--json").lines}
    desk("publish", "Q1", "-o", "second.html")
    assert "corrected" not in {i["why"] for i in desk("todo", "--json").lines}
    page = (desk.folder / "second.html").read_text()
    assert page.index("The answer below is older than this.") < page.index("Corrected on") < page.index("At least 400")
    assert "sources on the ground" in page
    assert "Pointed out by" in page
    first = (desk.folder / "first.html").read_bytes()
    assert hashlib.sha256(first).hexdigest() in page
    desk("published", "Q1", "--version", "1", "-o", "again.html")
    assert (desk.folder / "again.html").read_bytes() == first
    assert len(desk("published", "Q1", "--json").lines) == 2


def test_every_other_publication_that_rests_on_it_is_listed(desk: Claims) -> None:
    desk("publish", "Q1")
    desk("publish", "Q2", "--to", "https://desk.example/gas")
    also = desk("correct", "Q1", *WRONG, "--json").json["also"]
    assert [(o["about"], o["sources"]) for o in also] == [("Q2", ["Army of Ardunia"])]
    army = next(s["id"] for s in desk("list", "sources", "--json").lines if s["name"] == "Army of Ardunia")
    assert [o["about"] for o in desk("correct", "Q1", *WRONG, "--on", army, "--json").json["also"]] == ["Q2"]
    assert desk("correct", "Q1", *WRONG, "--on", "C1", "--json").json["also"] == []
    assert "Q2, published" in desk("correct", "Q1", *WRONG).out


def test_a_claim_that_another_published_question_shows_is_listed_by_its_id(desk: Claims) -> None:
    desk("file", "C1", "--question", "Q2")
    desk("publish", "Q1")
    desk("publish", "Q2")
    also = desk("correct", "Q1", *WRONG, "--on", "C1", "--json").json["also"]
    assert [(o["about"], o["claims"]) for o in also] == [("Q2", ["C1"])]


def test_what_was_never_published_cannot_be_corrected(desk: Claims) -> None:
    assert "was never published" in desk("correct", "Q1", *WRONG, code=1).err
    desk("publish", "Q1")
    assert "claims correct Q1 --on C2" in desk("correct", "C2", *WRONG, code=1).err


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((*WRONG[:3], " ", *WRONG[4:]), 2),
        ((*WRONG, "--kind", "mistake"), 2),
        ((*WRONG, "--on", "C99"), 3),
        ((*WRONG, "--on", "A1"), 2),
    ],
)
def test_bad_corrections_are_refused(desk: Claims, args: tuple[str, ...], code: int) -> None:
    desk("publish", "Q1")
    before = desk("log", "--json").out
    desk("correct", "Q1", *args, code=code)
    assert desk("log", "--json").out == before


def test_what_went_out_cannot_be_undone_and_a_correction_can(desk: Claims) -> None:
    desk("publish", "Q1")
    assert "cannot be called back" in desk("undo", code=1).err
    desk("correct", "Q1", *WRONG)
    desk("undo")
    assert "It said" not in desk("report", "Q1", "--format", "md").out


def test_a_publication_of_more_claims_than_fit_an_entry_keeps_them_all(desk: Claims) -> None:
    count = 1010
    text = "".join(f"Unit {n} lost {n + 10} men at Ardun, the staff said. " for n in range(count))
    lines = [
        {"key": str(n), "article": {"file": "long.txt", "publisher": "Long", "published_at": "2016-03-27", "text": text},
         "exact": f"Unit {n} lost {n + 10} men", "question": "Losses by unit", "attribution": []}
        for n in range(count)
    ]  # fmt: skip
    desk.file("many.jsonl", "".join(json.dumps(line) + "\n" for line in lines))
    desk("import", "many.jsonl")
    desk.file("out.md", "# Losses\n")
    desk("answer", "Q3", "See the list", "--because", "the staff's own", "--on", "A3")
    went = desk("publish", "Q3", "--file", "out.md", "--json").json
    assert len(went["rests_on"]) == count
    desk("rebuild")
    assert len(desk("published", "Q3", "--json").json["rests_on"]) == count
    last = desk("list", "--question", "Q3", "--json").lines[-1]["id"]
    desk("redact", "--yes", last, "--because", "court order")  # what went out shows it, and so goes with it
    assert desk("published", "Q3", "--json").out == ""


def test_what_was_asked_of_a_source_about_a_claim_stands_with_its_question(desk: Claims) -> None:
    desk("source", "party", "S4", "--side", "the army", "--question", "Q1", "--because", "it fought")
    asked = ("--text", "How do you count?", "--on", "2016-03-30", "--due", "2016-04-02")
    desk("ask", "Army of Ardunia", "--about", "C2", "--by-email", *asked)
    desk("ask", "Army of Ardunia", "--about", "C4", "--by-phone")
    for form in ("html", "md", "text"):
        told = plain_text(desk("report", "Q1", "--format", form).out)
        assert "It was asked: “How do you count?”. An answer was asked for by 2 April 2016." in told
        assert "We have no record of asking it" not in told
        assert "phone" not in told, "that was about another question's claim"
    assert [r["target"] for r in desk("question", "show", "Q1", "--json").json["requests"]] == ["C2"]


def test_words_that_were_not_found_with_their_source_are_no_headline_of_it(desk: Claims) -> None:
    assert desk("report", "C2", "--format", "md").out.startswith("# “450 fighters")
    desk("check", "C2", "no", "--because", "its statement gives no number")
    told = plain_text(desk("report", "C2", "--format", "html").out)
    assert "”, which Paper 1 gives to Army of Ardunia, was not found there" in told
    assert "says Army of Ardunia" not in told
    assert told.index("The source was not found to have said it") < told.index("No verdict yet")


def test_words_in_quotation_marks_are_said_and_all_others_reported(claims: Claims) -> None:
    claims.file("a.txt", "“We counted 40 boats”, the harbour office said. The mayor said that 50 boats had left.")
    claims("capture", "a.txt", "--publisher", "Hill Post", "--published", "2024-05-13")
    for quote, by in (("We counted 40 boats", "the harbour office"), ("50 boats had left", "the mayor")):
        claims("add", quote, "--article", "A1", "--by", by, "--question", "Boats", "--no-input")
    heads = [claims("report", name, "--format", "md").out.splitlines()[0] for name in ("C1", "C2")]
    assert heads == [
        "# “We counted 40 boats”, says the harbour office",
        "# “50 boats had left”, Hill Post reports, citing the mayor",
    ]


def test_a_letter_tells_what_a_source_denies_as_denied(claims: Claims) -> None:
    claims.file("a.txt", "The council denied that it had sold the field below its value.")
    claims("capture", "a.txt", "--publisher", "Hill Post", "--published", "2024-05-13")
    claims(
        "add",
        "it had sold the field below its value",
        "--article",
        "A1",
        "--by",
        "The council",
        "--question",
        "Was it sold?",
        "--no-input",
    )
    passages = plain_text(claims("report", "Q1", "--format", "text").out).partition("Who says what")[2]
    assert "The council denies that “it had sold the field below its value”" in passages


def plain_text(page: str) -> str:
    """A report as a reader sees it, in one line."""
    return " ".join(re.sub("<(style|script).*?</\\1>|<[^>]+>", "", page, flags=re.DOTALL).split())


def test_what_was_published_and_then_redacted_is_not_told_as_never_published(desk: Claims) -> None:
    desk("publish", "Q1")
    desk("redact", "--yes", "C2", "--because", "an order")
    told = desk("published")
    assert "publications that were redacted: 1" in told.out + told.err
    assert "nothing was published" not in told.out + told.err
    assert (
        "publications that were redacted: 1"
        in desk("correct", "Q1", "--was", "a", "--now", "b", "--because", "c", code=1).err
    )
