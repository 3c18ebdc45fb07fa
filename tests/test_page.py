"""A question's page: the contract of its JSON, who is one source, what a person's word does, what the paragraph says."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import invented
import pytest

from cli.question_text import tell
from ledger import claims, records, store
from ledger.crossref import statements
from ledger.crossref.study import study
from ledger.records import Claim, Quantity, QuestionPage, Reading, TimeSpan, replace
from ledger.reports.page import page
from ledger.reports.words import words_of
from ledger.store import read
from ledger.text.coordinates import position
from ledger.vocabulary import EntryKind, Modifier, TimeRole

WATCH = "Coastal Rescue Watch"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[store.Ledger, invented.Built]]:
    path = tmp_path_factory.mktemp("page") / "ledger.db"
    made = invented.build(path)
    with store.open_ledger(path) as ledger:
        yield ledger, made


@pytest.fixture(scope="module")
def shown(built: tuple[store.Ledger, invented.Built]) -> QuestionPage:
    ledger, made = built
    return page(ledger, made.question)


def pair(shown: QuestionPage, a: str, b: str) -> records.Pair:
    return next(p for p in shown.pairs if {p.a, p.b} == {a, b})


# --- the contract -------------------------------------------------------------------------------------------------

KEYS = {
    "": {
        "id",
        "question",
        "kind",
        "kind_guessed",
        "claims",
        "answers",
        "pairs",
        "origins",
        "drift",
        "stated",
        "answer",
        "ratings",
        "summary",
    }
    | {"evidence", "requests", "searches", "not_said", "fields", "camps", "retold"},
    "answers": {"claim", "origin", "family", "quantity", "answer", "published_at", "as_of", "left_out", "words"},
    "pairs": {
        "a",
        "b",
        "agreement",
        "reason",
        "supports",
        "gap",
        "same_origin",
        "relation",
        "set_by",
        "because",
        "machine",
    },
    "drift": {"from", "to", "kind", "detail", "basis", "matter", "trifling"},
}


def test_the_json_has_the_fields_of_the_contract(shown: QuestionPage) -> None:
    data = json.loads(json.dumps(records.plain(shown)))
    assert set(data) == KEYS[""]
    for part in ("answers", "pairs", "drift"):
        assert data[part], part
        assert all(set(row) == KEYS[part] for row in data[part]), part
    assert set(data["origins"]) == {"low", "high", "families", "words", "why"}
    assert all({"name", "claims", "party", "side"} <= set(f) for f in data["origins"]["families"])
    assert set(data["stated"]) == {"lowest", "highest"}
    assert isinstance(data["summary"], str)


def test_all_pairs_of_standing_claims_are_there_once(
    shown: QuestionPage, built: tuple[store.Ledger, invented.Built]
) -> None:
    names = built[1].claims
    assert [c.id for c in shown.claims] == names
    assert sorted(tuple(sorted((p.a, p.b))) for p in shown.pairs) == sorted(
        tuple(sorted((a, b))) for i, a in enumerate(names) for b in names[i + 1 :]
    )


# --- sources ------------------------------------------------------------------------------------------------------


def test_outlets_that_quote_one_source_are_one_family(
    shown: QuestionPage, built: tuple[store.Ledger, invented.Built]
) -> None:
    family = next(f for f in shown.origins.families if f.name == WATCH)
    assert family.claims == tuple(built[1].claims[:3])
    assert shown.origins.low < shown.origins.high <= 5


def test_a_party_is_marked_with_its_side(shown: QuestionPage) -> None:
    assert [(f.name, f.side) for f in shown.origins.families if f.party] == [("Port Ministry of Lorn", "the port")]


def test_support_is_counted_only_between_separate_sources(
    shown: QuestionPage, built: tuple[store.Ledger, invented.Built]
) -> None:
    names = built[1].claims
    copies = pair(shown, names[0], names[1])
    assert (copies.same_origin, copies.relation, copies.supports) == (True, "repeats", "neither")
    official = pair(shown, names[0], names[5])
    assert official.same_origin is False
    own_voice = pair(shown, names[0], names[4])
    assert own_voice.relation != "supports"


def test_a_persons_word_overrides_the_machine_and_both_are_kept(
    shown: QuestionPage, built: tuple[store.Ledger, invented.Built]
) -> None:
    found = pair(shown, built[1].claims[0], built[1].claims[3])
    assert (found.relation, found.set_by, found.because) == ("does_not_contradict", "ben", "counted later")
    assert found.machine == "supports"
    assert pair(shown, built[1].claims[0], built[1].claims[1]).set_by is None


def test_a_floor_turned_into_a_ceiling_is_reported_along_one_source(
    shown: QuestionPage, built: tuple[store.Ledger, invented.Built]
) -> None:
    assert ("hedge_inversion", built[1].claims[2]) in {(d.kind, d.to) for d in shown.drift}


def test_lowest_and_highest_leave_out_what_counts_something_else(shown: QuestionPage) -> None:
    assert shown.stated.lowest is not None
    assert shown.stated.highest is not None
    assert (shown.stated.lowest.value, shown.stated.lowest.by) == ("30", ("Tide News",))
    assert shown.stated.highest.value == "50"


# --- the paragraph ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "Answer by ben",
        "At least 40",
        "a party to the matter (the port), ",
        "may be a party to the matter",
        "There are at least 3 named sources, in 5 of 7 outlets.",
    ],
)
def test_the_paragraph_says(shown: QuestionPage, words: str) -> None:
    assert words in shown.summary


@pytest.mark.parametrize(
    "words",
    [
        "Coastal Rescue Watch C1 at least 40 people Harbour Times",
        "C3 as many as 40 people Daily Anchor",
        "Lorn Herald has “at least 40 passengers”, Daily Anchor has “As many as 40 people”. Both name Coastal Rescue Watch.",
        "Tide News (in its own words) C5 more than 30 people",
        "Not counted, since not named: “a port official”",
        "12 sailors Strait Review, 2031-05-08 not compared: the killed are not the wounded",
        "44 people is compatible with at least 40 passengers, but comes from a party",
    ],
)
def test_what_the_paragraph_leaves_out_stands_below_it(shown: QuestionPage, words: str) -> None:
    assert words not in " ".join(shown.summary.split())
    assert words in " ".join(tell(shown).split())


def test_every_number_of_the_paragraph_is_stated_counted_or_a_distance(shown: QuestionPage) -> None:
    known = (
        " ".join(f"{c.exact} {c.published_at}" for c in shown.claims)
        + json.dumps(records.plain(shown.pairs))
        + json.dumps(records.plain(shown.answer))
    )
    counts = {str(n) for n in range(len(shown.pairs) + 1)}
    for number in re.findall(r"[0-9]+", shown.summary):
        assert number in known or number in counts, number


def test_retracted_claims_suggestions_and_internal_notes_are_not_there(
    shown: QuestionPage, built: tuple[store.Ledger, invented.Built]
) -> None:
    text = json.dumps(records.plain(shown))
    assert "RETRACTED-WORDS" not in text
    assert "SUGGESTED-WORDS" not in text
    assert built[1].secret not in text


# --- other questions ----------------------------------------------------------------------------------------------


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[store.Ledger]:
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        yield ledger


def test_a_question_without_claims_says_so(fresh: store.Ledger) -> None:
    with store.write(fresh, "ana") as w:
        uid = claims.question_uid(w, "Who rang the bell?")
    found = page(fresh, uid)
    assert (found.summary, found.origins.high) == ("Nothing has been filed under this question yet.", 0)


def test_claims_without_figure_or_answer_have_to_be_read(fresh: store.Ledger) -> None:
    with store.write(fresh, "ana") as w:
        uid = claims.question_uid(w, "Will the quay close?")
        for outlet, exact in (("Tide News", "the pumps are old"), ("Island Post", "there is no more to ship")):
            text = f"{outlet} hears {exact}."
            claims.file(w, invented.tell(w, outlet, "2031-05-01", text, exact, (invented.MINISTRY,)), uid)
    found = page(fresh, uid)
    who = "the Port Ministry of Lorn"
    assert found.summary == f"Tide News, citing {who}, writes: “the pumps are old”. Both outlets credit one source."
    assert [p.relation for p in found.pairs] == ["not_comparable"]


def test_a_merged_question_shows_the_one_it_became(fresh: store.Ledger) -> None:
    with store.write(fresh, "ana") as w:
        first, second = (claims.question_uid(w, q) for q in ("How many?", "How many people?"))
        w.append(EntryKind.MERGE, records.MergeDraft(second), about=first)
    assert page(fresh, first).question == "How many people?"


def test_many_claims_stay_bounded_and_each_is_compared(fresh: store.Ledger) -> None:
    with store.write(fresh, "ana") as w:
        uid = claims.question_uid(w, "How many died?")
        for n in range(240):
            exact = f"at least {40 + n % 7} people died"
            by = invented.By(f"Watch {n % 9}", kind=invented.SourceKind.MONITORING_GROUP)
            claims.file(
                w, invented.tell(w, f"Outlet {n}", "2031-05-06", f"Watch {n % 9} said {exact}.", exact, (by,)), uid
            )
    started = time.process_time()
    found = page(fresh, uid)
    assert time.process_time() - started < 5
    assert len(found.pairs) < 240 * 239 / 2
    assert {c for p in found.pairs for c in (p.a, p.b)} == {c.id for c in found.claims}


# --- statements ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def claim(built: tuple[store.Ledger, invented.Built]) -> Claim:
    return read.claim(built[0], built[1].claims[0])


def test_a_reading_stands_for_the_words_measure(claim: Claim) -> None:
    lost = replace(
        claim, exact="lost at least 40 people", quantities=(Quantity("at least 40", low="40", measure="lost"),)
    )
    assert statements.statement_of(replace(lost, reading=Reading("killed"))).measure == "killed"
    assert statements.statement_of(lost).measure == "lost"


def test_a_given_event_time_goes_before_a_time_in_the_words(claim: Claim) -> None:
    event = TimeSpan("2031-05", earliest="2031-05", latest="2031-05", role=TimeRole.EVENT)
    said = TimeSpan("Tuesday", 3, 10, earliest="2031-05-06", latest="2031-05-06")
    window = statements.statement_of(replace(claim, times=(said, event))).window
    assert window is not None
    assert window.earliest == "2031-05"
    window = statements.statement_of(replace(claim, times=(said,))).window
    assert window is not None
    assert window.earliest == "2031-05-06"


@pytest.mark.parametrize(
    ("exact", "given", "words"),
    [
        ("More than 40 people died.", Quantity("41", low="41", modifier=Modifier.MORE_THAN, low_inclusive=False), "40"),
        (
            "Nearly 40 people died.",
            Quantity("39", low="36", high="39", modifier=Modifier.NEARLY, approximate=True),
            None,
        ),
        ("About 40 people died.", Quantity("40", low="40", high="40"), "40"),
        ("More than 40 people died.", Quantity("at least 70", low="70", modifier=Modifier.AT_LEAST), "70"),
    ],
)
def test_numbers_given_for_hedged_words_are_read_as_the_words(
    claim: Claim, exact: str, given: Quantity, words: str | None
) -> None:
    bare = replace(claim, exact=exact, start=None, end=None, anchored=False, quantities=(given,))
    found = statements.statement_of(bare).quantity
    assert found is not None
    assert found.low == words
    assert found.approximate is exact.startswith("Nearly")


def test_of_several_figures_the_one_that_fits_the_question_is_compared(claim: Claim) -> None:
    exact = "12 people died and 30 were wounded"
    figures = (
        Quantity("12", low="12", high="12", measure="killed"),
        Quantity("30", low="30", high="30", measure="wounded"),
    )
    both = replace(claim, exact=exact, start=None, end=None, quantities=figures)
    for scope, low in (("killed", "12"), ("wounded", "30")):
        found = statements.figure_of(replace(both, scope=scope))
        assert found is not None
        assert found.low == low


def test_an_answer_in_words_is_compared_by_the_answer(claim: Claim) -> None:
    found = statements.statement_of(replace(claim, answer="south"))
    assert (found.quantity, found.answer) == (None, "south")


def test_the_study_is_made_once_and_gives_the_same_page(built: tuple[store.Ledger, invented.Built]) -> None:
    ledger, made = built
    assert records.plain(page(ledger, made.question)) == records.plain(
        page(ledger, study(ledger, made.question).question.uid)
    )


@pytest.mark.parametrize(
    "typed",
    [
        "depot at 300 S 500 W, Salt City",
        "Section 5N, 3E",
        "Room 12 N, 5 E",
        "80 S 90 W, Salt City",
        "N1" + " " * 5000 + "quay",
    ],
)
def test_an_address_is_no_place_on_the_globe(typed: str) -> None:
    assert position(typed) is None


def test_marks_that_a_name_holds_do_not_leave_it() -> None:
    hostile = "a\ufdd2|x\ufdd1 Union\ufdd0"
    assert words_of("en").theirs(hostile) == "a|x Union"
    assert words_of("es").theirs(hostile)[1:-1] == "a|x Union"
