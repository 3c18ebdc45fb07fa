import json
import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import dates, quantity
from ledger.crossref import compare, guess, statement
from ledger.crossref.answers import compare_answers
from ledger.crossref.circumstances import as_worded, places_in, superseded
from ledger.crossref.counted_figures import choose, marked_earlier
from ledger.crossref.kinds import asked, kind_of
from ledger.crossref.measures import read
from ledger.crossref.said import age as age_in
from ledger.crossref.said import answer_in, given_time, one_of
from ledger.crossref.statements import statement_of, statements_of
from ledger.crossref.yes_no import narrowed, of_the_deed
from ledger.records import Claim, Hop, Quantity, Question, Span, Statement, replace
from ledger.reports.comparing import DISTINCT, REASONS, comparison_words, reason_words
from ledger.vocabulary import Agreement, Counting, Kind, Modifier, Supports

SHARED = Path(os.environ.get("CLAIMS_SHARED", Path(__file__).resolve().parents[2] / "shared"))
EXAMPLES = SHARED / "matching" / "numeric_examples.jsonl"


def said(text, **known):
    return statement(text, **known)


def window(text):
    return dates.window(text)


# --- guards -------------------------------------------------------------------------------------------------------

PAIRS = [
    # two phrases, agreement, reason
    ("at least 400 militants", "450 fighters", "compatible", "overlap"),
    ("12 soldiers were killed", "12 soldiers were wounded", "incomparable", "measure"),
    ("the brigade lost 80 men", "80 men were killed", "incomparable", "measure"),
    ("30 sorties", "30 air strikes", "incomparable", "measure"),
    ("30 drivers are on strike", "the 30 strikers", "agree", "equal"),
    ("30 on strike", "30 strikes", "incomparable", "measure"),
    ("30 pilots joined a 36-hour strike", "30 pilots stopped work", "agree", "equal"),
    ("30 pilots began a ten-day walkout", "30 pilots stopped work", "agree", "equal"),
    ("30 mid-day strikes", "30 strikes", "agree", "equal"),
    ("30 strikes", "30 targets", "incomparable", "measure"),
    ("60 tonnes of grain", "60 hectares of grain", "incomparable", "unit"),
    ("20 sorties a day", "20 sorties", "incomparable", "unit"),
    ("90 militants died", "90 soldiers died", "incomparable", "population"),
    ("7 Taliban fighters were killed", "7 Hamas fighters were killed", "incomparable", "population"),
    ("two police officers were killed", "two nurses were killed", "incomparable", "population"),
    ("15 people died", "15 people died", "agree", "equal"),
    ("at least 15 people died", "more than 15 people died", "compatible", "overlap"),
    ("more than 40 sorties", "40 sorties", "compatible", "hedge_edge"),
    ("more than 40 sorties", "at most 40 sorties", "conflict", "bound_flipped"),
    ("2,000 people fled", "2,200 people fled", "compatible", "rounding"),
    ("412 people died", "417 people died", "conflict", "disjoint"),
    ("police arrested 35 protesters", "35 people were detained", "agree", "equal"),
    ("they shot down 14 drones", "they launched 20 drones", "incomparable", "measure"),
    ("1,400 homes burned", "1,400 houses burned", "agree", "equal"),
    ("Hamas killed 40 villagers", "40 Hamas fighters were killed", "incomparable", "population"),
    ("IS killed 40 villagers", "40 IS fighters were killed", "incomparable", "population"),
    ("31 pilgrims died", "31 people died", "agree", "equal"),
    ("no one was killed", "at least 3 people were killed", "conflict", "disjoint"),
]


UNITS = [
    ("a 26-mile course", "a 42 km course", "compatible", "rounding"),
    ("the ferry was 12 nautical miles out", "the ferry was 22 km out", "compatible", "rounding"),
    ("winds of 90 mph", "winds of 145 km/h", "compatible", "rounding"),
    ("the kiln hit 1,200 degrees Celsius", "the kiln hit 2,192 degrees Fahrenheit", "agree", "equal"),
    ("it was 40C, the hottest day", "it was 80F, the hottest day", "conflict", "disjoint"),
    ("the lake warmed by 2C", "the lake reached a temperature of 36F", "incomparable", "unit"),
    ("the lake warmed by 10C", "the lake warmed by 18F", "agree", "equal"),
    ("the meadow covers 40 sq km", "the meadow covers 15 square miles", "compatible", "rounding"),
    ("the glacier lost 15 square kilometres", "the glacier lost 15 km", "incomparable", "unit"),
    ("the leak lost 2 million gallons", "the leak lost 7.6 million litres", "compatible", "overlap"),
    ("the rehearsal took an hour and a half", "the rehearsal took 90 minutes", "agree", "equal"),
    ("the show lasted two hours", "the show lasted 90 minutes", "conflict", "disjoint"),
    ("the voyage took a year and a half", "the voyage took 18 months", "agree", "equal"),
    ("at least 100 km of cable", "60 miles of cable", "compatible", "rounding"),
    ("at least 5 tonnes of tea", "4,000 kg of tea", "conflict", "disjoint"),
    ("the climb took 3 hours 50 minutes", "the climb took 230 minutes", "agree", "equal"),
    ("the cart rolled about 2,000 feet", "the cart rolled about 750 metres", "conflict", "disjoint"),
    ("it was 40 degrees in the shade", "it was 104 degrees in the shade", "incomparable", "unit_unknown"),
    ("the buoy lay 40 miles out", "the buoy lay 40 nautical miles out", "incomparable", "unit_unknown"),
    ("the buoy lay 30 miles out", "the buoy lay 90 nautical miles out", "conflict", "disjoint"),
    ("a fine of 300 euros", "a fine of 330 dollars", "incomparable", "unit"),
    ("a wall of 6 feet", "a wall of 6 tonnes", "incomparable", "unit"),
]


@pytest.mark.parametrize(("a", "b", "agreement", "reason"), UNITS)
def test_units_of_one_dimension_are_compared_whichever_way_round(a, b, agreement, reason):
    there, back = compare(said(a), said(b)), compare(said(b), said(a))
    assert (there.agreement, there.reason) == (back.agreement, back.reason) == (agreement, reason)
    assert there.gap == back.gap


def test_a_difference_between_two_units_is_told_in_the_first_of_them():
    found = compare(said("a 30-metre quarry"), said("a quarry of 30 feet"))
    assert (found.gap.absolute, found.gap.percent, found.gap.unit) == ("20.9", "69.5", "m")
    assert "they differ by 20.9 m, 70 %" in comparison_words(found, said("30 metres"), said("30 feet"))


@pytest.mark.parametrize(("a", "b", "agreement", "reason"), PAIRS)
def test_two_phrases_are_compared_guards_first(a, b, agreement, reason):
    found = compare(said(a), said(b))
    assert (found.agreement, found.reason) == (agreement, reason)


KNOWN = [
    ({"place": "Odesa"}, {"place": "Mykolaiv"}, "incomparable", "place"),
    ({"place": "Bucha, Kyiv region"}, {"place": "Bucha, Kyiv region"}, "agree", "equal"),
    ({"window": window("2020-01-01/05")}, {"window": window("2020-01-06/09")}, "incomparable", "window"),
    ({"window": window("2020-01-01")}, {"window": window("2020-01-02")}, "incomparable", "window"),
    ({"window": window("2020-01-02/03")}, {"window": window("2020-01-01/09")}, "incomparable", "window"),
    ({"counting": Counting.TOTAL}, {"counting": Counting.INCREMENT}, "incomparable", "counting"),
]


@pytest.mark.parametrize(("mine", "its", "agreement", "reason"), KNOWN)
def test_what_is_known_of_place_time_and_counting_must_match(mine, its, agreement, reason):
    base = {"quantity": quantity.find("60 people")[0], "measure": "killed"}
    found = compare(Statement(**base, **mine), Statement(**base, **its))
    assert (found.agreement, found.reason) == (agreement, reason)


def test_a_reading_makes_lost_comparable_with_killed():
    lost, killed = "the brigade lost at least 80 men", "95 men were killed"
    assert compare(said(lost), said(killed)).reason == "measure"
    assert compare(said(lost, measure="killed"), said(killed)).supports is Supports.B


def test_who_did_the_killing_is_not_who_was_counted():
    assert guess("Taliban gunmen killed 12 police officers").statement.population == "police"
    assert guess("12 villagers were killed by Taliban gunmen").statement.population == "civilians"
    assert guess("12 Taliban fighters were killed in the raid").statement.population == "Taliban fighters"


@pytest.mark.parametrize(
    "text",
    [
        "the army said 40 people died",
        "40 people died, the army said",
        "40 people died, said army officers",
        "according to the army 40 people died",
    ],
)
def test_who_says_it_is_not_who_was_counted(text):
    assert guess(text).statement.population is None
    assert guess("40 soldiers died, the ministry said").statement.population == "soldiers"


def test_a_measure_from_another_sentence_is_not_taken_over():
    figure = replace(quantity.find("nearly 90 children were among the dead")[0], measure="targets")
    assert guess("nearly 90 children were among the dead", quantity=figure).statement.measure == "killed"


# --- part and whole -----------------------------------------------------------------------------------------------

PARTS = [
    ({"measure": "killed"}, {"measure": "killed or wounded"}),
    ({"measure": "children killed"}, {"measure": "civilians killed"}),
    ({"measure": "killed", "place": "Rubizhne"}, {"measure": "killed", "place": "Luhansk province"}),
]


@pytest.mark.parametrize(("part", "whole"), PARTS)
def test_a_part_above_its_whole_is_a_conflict_and_anything_else_compatible(part, whole):
    inside = [("Rubizhne", "Luhansk province")]

    def about(low, high):
        return compare(point(low, **part), point(high, **whole), containments=inside)

    assert (about(50, 200).agreement, about(50, 200).reason) == ("compatible", "part_of")
    assert (about(260, 200).agreement, about(260, 200).reason) == ("conflict", "part_above_whole")
    assert about(200, 200).agreement is Agreement.COMPATIBLE
    assert compare(point(200, **whole), point(260, **part), containments=inside).reason == "part_above_whole"


def test_containments_are_followed_over_several_steps():
    inside = [("Old Town", "Harbour City"), ("Harbour City", "the Coast")]
    found = compare(point(9, place="Old Town"), point(5, place="The Coast"), containments=inside)
    assert found.reason == "part_above_whole"


def test_a_vague_whole_bounds_no_part():
    found = compare(said("8 people were killed"), said("killing and wounding dozens of people"))
    assert (found.agreement, found.reason) == ("incomparable", "vague_whole")


def test_a_shorter_period_with_more_than_the_longer_is_a_conflict():
    longer = point(417, measure="killed", window=window("2020-03-09/27"))
    assert compare(point(500, measure="killed", window=window("2020-03-20/27")), longer).reason == "part_above_whole"
    assert compare(point(300, measure="killed", window=window("2020-03-20/27")), longer).reason == "window"


# --- running counts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "running", "outcome"),
    [
        ("40 people", "70 people", True, ("incomparable", "as_of", "updated")),
        ("70 people", "40 people", True, ("conflict", "decreasing", "revised down")),
        ("40 people", "70 people", False, ("conflict", "disjoint", None)),
        ("at least 40 people", "at least 70 people", True, ("compatible", "overlap", None)),
        ("up to 40 people", "70 people", True, ("incomparable", "as_of", "updated")),
        ("400 people", "412 people", True, ("incomparable", "as_of", "updated")),
        ("412 people", "400 people", True, ("compatible", "rounding", None)),
    ],
)
def test_a_running_count_is_updated_upwards_and_contradicted_downwards(first, last, running, outcome):
    a, b = (quantity.find(t)[0] for t in (first, last))
    one = Statement(quantity=a, measure="killed", as_of="2020-05-01", running=running)
    other = Statement(quantity=b, measure="killed", as_of="2020-05-03T10", running=running)
    for found in (compare(one, other), compare(other, one)):
        assert (found.agreement, found.reason, found.hint) == outcome


def test_who_is_trapped_grows_fewer_and_no_later_count_disputes_an_earlier():
    for first, last in ((33, 17), (17, 33)):
        told = ((first, "2020-05-01"), (last, "2020-05-02"))
        one, other = (said(f"{n} divers were trapped", as_of=day) for n, day in told)
        assert compare(one, other, one_question=True).reason == "as_of"


def test_undated_figures_that_differ_conflict_even_while_counting():
    assert compare(said("so far 40 people have died"), said("so far 70 people have died")).reason == "disjoint"


def test_one_text_that_gives_both_as_current_is_not_excused_by_the_dates():
    one, other = (said(t, as_of=d) for t, d in (("24 died", "2020-05-01"), ("at least 90 died", "2020-05-02")))
    assert compare(one, other).reason == "as_of"
    assert compare(one, other, one_text=True).agreement is Agreement.CONFLICT


def test_the_same_beginning_counted_to_different_days_is_a_running_total():
    a = point(300, measure="killed", window=window("2020-03-06/20"), counting=Counting.TOTAL)
    b = point(450, measure="killed", window=window("2020-03-06/27"), counting=Counting.TOTAL)
    assert compare(a, b).reason == "as_of"
    assert compare(point(500, measure="killed", window=a.window), b).reason == "decreasing"


# --- under one question -------------------------------------------------------------------------------------------


def test_one_question_forgives_a_neighbouring_day_but_not_for_sorties():
    days = [window("2020-05-01"), window("2020-05-02")]
    toll = [point(9, measure="killed", window=d) for d in days]
    flown = [point(9, measure="sorties", window=d) for d in days]
    assert compare(*toll).reason == "window"
    assert compare(*toll, one_question=True).agreement is Agreement.AGREE
    assert compare(*flown, one_question=True).reason == "window"


def test_what_was_done_on_one_day_is_no_less_than_in_a_time_that_is_not_told():
    day, ever = point(26, measure="strikes", window=window("2020-05-02")), point(60, measure="strikes")
    assert compare(day, ever, one_question=True).reason == "scope_unknown"
    assert compare(point(26, measure="strikes"), ever, one_question=True).reason == "disjoint"


def test_one_question_takes_a_bare_month_as_a_loose_date():
    a, b = point(9, measure="killed", window=window("2020-05")), point(9, measure="killed", window=window("2020-05-04"))
    assert compare(a, b, one_question=True).agreement is Agreement.AGREE


def test_one_count_dated_differently_is_compatible_and_says_so():
    a, b = (point(41, measure="sorties", window=window(w)) for w in ("2020-05-20/23", "2020-05-22/24"))
    assert compare(a, b, one_question=True).reason == "dated_differently"
    assert compare(a, b).reason == "window"


def test_equal_scopes_under_one_question_stand_for_equal_people_and_places():
    a = said("5,000 residents waited at the crossing", scope="evacuees", place="Crossing")
    b = said("a convoy carrying at least 5,000 people", scope="evacuees", place="Harbour City")
    assert compare(a, b, one_question=True).agreement is Agreement.COMPATIBLE
    assert compare(a, b).agreement is Agreement.INCOMPARABLE


# --- answers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "agreement"),
    [
        ("south", "South", "agree"),
        ("car bomb", "car-bomb", "agree"),
        ("south", "north", "conflict"),
        ("south", "south of the city", "compatible"),
        ("unknown", "north", "compatible"),
        ("no comment", "guilty", "compatible"),
        ("guilty", "not guilty", "conflict"),
        ("denial: the army", "the army", "conflict"),
        ("denial: the army", "denial: the rebels", "compatible"),
        ("denial: the army", "unclear", "compatible"),
        ("not guilty", "guilty of theft", "conflict"),
        ("no flood", "a fire", "compatible"),
        ("not the brakes", "the brakes", "conflict"),
        ("not charged", "nobody charged", "compatible"),
        ("never", "for six years", "conflict"),
        ("denied any part in it", "planned the raid", "conflict"),
        ("denied being late", "came last", "compatible"),
        ("denied that she sold it", "gave it away", "compatible"),
        ("denied planning the raid", "planned the raid", "conflict"),
        ("cause: fuel", "cause: weather", "compatible"),
        ("largest since 2001", "biggest loss since 2010", "compatible"),
        ("largest", "one of the largest", "compatible"),
        ("suicide", "truck bomb", "compatible"),
        ("truck bomb", "mine", "compatible"),
        ("full control", "partial control", "conflict"),
        ("only brass", "brass and tin", "conflict"),
        ("only brass", "brass", "compatible"),
        ("Harbor View", "Harbour View", "compatible"),
    ],
)
def test_short_answers(a, b, agreement):
    assert compare_answers(a, b)[0] == agreement == compare_answers(b, a)[0]


@pytest.mark.parametrize(
    ("kind", "a", "b", "outcome"),
    [
        # times hold each other, by and since open them, and about loosens them
        (Kind.WHEN, "2031-05-05", "2031-05-05T07", ("compatible", "coarser")),
        (Kind.WHEN, "2031-05-05T05", "2031-05-05T07", ("conflict", "other_time")),
        (Kind.WHEN, "~2031-05-05T05", "2031-05-05T06", ("compatible", "coarser")),
        (Kind.WHEN, "../2031-06", "2031-09", ("conflict", "other_time")),
        (Kind.WHEN, "../2031-06", "2031-04/2031-06", ("compatible", "coarser")),
        (Kind.WHEN, "2031-05-05T07:37Z", "2031-05-05T07:37", ("incomparable", "zone")),
        (Kind.WHEN, "2031-05-05T09:37+02:00", "T09:37", ("compatible", "coarser")),
        (Kind.WHEN, "~2031-05-05T09:37+02:00", "~T09:45", ("compatible", "coarser")),
        (Kind.WHEN, "2031-05-05T23:00Z", "T01:00+02:00", ("agree", "same_answer")),
        (Kind.WHEN, "T00:30+02:00", "T00:30Z", ("conflict", "other_time")),
        (Kind.WHEN, "2031-05-05T09:37+02:00", "2031-05-06T09:37", ("incomparable", "zone")),
        (Kind.WHEN, "T04", "2031-05-05T04", ("agree", "same_answer")),
        (Kind.WHEN, "T04", "2031-05-05T06", ("conflict", "other_time")),
        (Kind.WHEN, "T04", "2031-05-05", ("compatible", "coarser")),
        (Kind.WHEN, "T04", "2031-05-05T00/2031-05-05T11", ("compatible", "coarser")),
        (Kind.WHEN, "T04", "2031-05-05T17/2031-05-06T06", ("compatible", "coarser")),
        (Kind.WHEN, "T21", "2031-05-05T00/2031-05-05T11", ("conflict", "other_time")),
        (Kind.WHEN, "~T21", "2031-05-05T00/2031-05-05T11", ("compatible", "coarser")),
        (Kind.WHEN, "in due course", "2031-05", ("compatible", "words_differ")),
        (Kind.WHERE, "12 km north of Lorn", "south of Lorn", ("conflict", "direction")),
        (Kind.WHERE, "north of Lorn", "north-east of Lorn", ("compatible", "unspecific")),
        (Kind.WHERE, "north of Lorn", "south of Hale", ("compatible", "words_differ")),
        (Kind.WHERE, "Lorn", "Hale", ("compatible", "words_differ")),
        (Kind.WHERE, "Hale, Lorn", "Lorn", ("compatible", "unspecific")),
        (Kind.YES_NO, "yes", "no", ("conflict", "denial")),
        (Kind.YES_NO, "technically yes", "no", ("conflict", "denial")),
        (Kind.YES_NO, "yes", "not intended", ("conflict", "denial")),
        (Kind.YES_NO, "denied", "not insured", ("agree", "same_answer")),
        (Kind.YES_NO, "no", "denied", ("agree", "same_answer")),
        (Kind.YES_NO, "not insured", "not sold", ("compatible", "unspecific")),
        (Kind.YES_NO, "no", "not planned", ("compatible", "unspecific")),
        (Kind.YES_NO, "no", "not yet", ("compatible", "unspecific")),
        (Kind.YES_NO, "yes, for now", "no", ("compatible", "qualified")),
        (Kind.YES_NO, "yes, on 3 May", "no", ("conflict", "denial")),
        (Kind.YES_NO, "it may, yes", "no", ("compatible", "qualified")),
        (Kind.YES_NO, "yes", "not decided", ("incomparable", "not_stated")),
        (Kind.YES_NO, "no, never", "not known yet", ("incomparable", "not_stated")),
        (Kind.YES_NO, "no", "could not say", ("incomparable", "not_stated")),
        (Kind.YES_NO, "yes", "declined to comment", ("incomparable", "not_stated")),
        (Kind.YES_NO, "yes", "no record", ("incomparable", "not_stated")),
        (Kind.YES_NO, "no", "no record of a call", ("compatible", "unspecific")),
        (Kind.WHERE, "the boiler room", "perhaps the kitchen", ("incomparable", "not_stated")),
        (Kind.YES_NO, "yes", "not by the club", ("compatible", "qualified")),
        (Kind.YES_NO, "yes, by the club", "not by the club", ("conflict", "denial")),
        (Kind.YES_NO, "yes", "no, eventually", ("compatible", "qualified")),
        (Kind.YES_NO, "yes", "no problem", ("compatible", "unspecific")),
        (Kind.YES_NO, "yes", "no reports", ("incomparable", "not_stated")),
        (Kind.YES_NO, "no", "no proof so far", ("incomparable", "not_stated")),  # there may be yet
        (Kind.YES_NO, "no", "if true", ("incomparable", "not_stated")),
        (Kind.YES_NO, "no", "yes, later revoked", ("conflict", "denial")),  # what was undone had been done
        (Kind.YES_NO, "no", "yes, later", ("compatible", "qualified")),
        (Kind.YES_NO, "open", "not open, notice wrong", ("conflict", "denial")),
        (Kind.YES_NO, "yes", "yes, many", ("compatible", "unspecific")),
        (Kind.YES_NO, "positive, in both goats", "negative (milk)", ("conflict", "one_of")),
        (Kind.YES_NO, "positive, later", "negative (milk)", ("compatible", "words_differ")),
        (Kind.WHO_WHAT, "A. Pell", "Anna Pell", ("compatible", "unspecific")),
        (Kind.WHO_WHAT, "Harbour Trust", "Harbour Savings Trust", ("compatible", "unspecific")),
        (Kind.WHO_WHAT, "Anna Pell", "Jan Voss", ("compatible", "words_differ")),
        (Kind.WHO_WHAT, "roped", "unroped", ("conflict", "one_of")),
    ],
)
def test_answers_compare_by_the_kind_of_the_question(kind, a, b, outcome):
    assert compare_answers(a, b, kind) == outcome == compare_answers(b, a, kind)


@pytest.mark.parametrize(
    ("question", "no", "yes", "outcome"),
    [
        ("whether the club paid him", "It did not knowingly pay him", "The club paid him", "qualified"),
        ("whether the club knowingly paid him", "It did not knowingly pay him", "The club paid him", "denial"),
        ("whether the club paid him", "It did not knowingly pay him", "The club knowingly paid him", "denial"),
        ("whether the club paid him", "It did not pay him", "The club paid him", "denial"),
        ("whether the club paid him", "It did not pay him", "The club knowingly paid him", "denial"),
        ("whether the court released it", "It didn't release the full file", "It released a file", "qualified"),
        ("whether the ward was shut", "Not all of the ward was shut", "The ward was shut", "qualified"),
        ("whether votes were lost", "No votes were deliberately lost", "Votes were lost", "qualified"),
        ("whether he was warned", "He was never officially warned", "He was warned", "qualified"),
        ("whether gates were opened", "They were not fully opened", "The gates were opened", "qualified"),
    ],
)
def test_a_denial_of_part_or_intent_leaves_the_deed_standing(question, no, yes, outcome):
    said = [
        Statement(said=s, text=x, kind=Kind.YES_NO, narrowed=narrowed(x, question))
        for s, x in (("no", no), ("yes", yes))
    ]
    assert compare(*said, one_question=True).reason == outcome == compare(*reversed(said), one_question=True).reason


@pytest.mark.parametrize(
    ("question", "text", "apt"),
    [
        ("whether the judge knew of the gift", "A letter was sent to his office", False),
        ("whether the judge knew of the gift", "He had heard of it", True),
        ("whether the club sold its ground", "The ground was never sold", True),
        ("whether the club sold its ground", "It borrowed from a bank", False),
        ("whether votes were lost", "Not one went astray", True),
    ],
)
def test_another_deed_answers_no_yes_or_no(question, text, apt):
    assert of_the_deed(text, question) is apt


def test_a_word_of_the_question_or_its_opposite_answers_it_whatever_the_deed():
    told = ("She blew 0.3 at the gate", "positive, 0.3"), ("The rider was clean", "negative")
    claims = [Claim(id=f"C{n}", exact=text, answer=answer) for n, (text, answer) in enumerate(told)]
    question = Question(question="whether the rider tested positive", folded="")
    one, other = statements_of(question, claims, Kind.YES_NO).values()
    assert compare(one, other, one_question=True).reason == "one_of"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many people died?", Kind.COUNT),
        ("number of homes without power", Kind.COUNT),
        ("how long the outage lasted", Kind.AMOUNT),
        ("price of the ferry", Kind.AMOUNT),
        ("what the losses amounted to", Kind.AMOUNT),
        ("what share of the votes was counted", Kind.AMOUNT),
        ("whether the bridge was closed", Kind.YES_NO),
        ("Did the captain call for help?", Kind.YES_NO),
        ("IS fighters at the border", None),
        ("at what time the alarm was raised", Kind.WHEN),
        ("date of the launch", Kind.WHEN),
        ("where the ferry sank", Kind.WHERE),
        ("how far the wreck lies from the shore", Kind.DISTANCE),
        ("how far the share price fell", Kind.AMOUNT),
        ("how far the diver fell", Kind.DISTANCE),
        ("how far is the mine from the sales office", Kind.DISTANCE),
        ("which city hosts the games", Kind.WHERE),
        ("who called the police", Kind.WHO_WHAT),
        ("why the talks failed", Kind.WORDS),
        ("people killed by the storm of the day", None),
        ("ferries a day", None),
    ],
)
def test_a_question_says_what_answers_it(question, kind):
    assert asked(question).kind is kind


@pytest.mark.parametrize(
    ("a", "b", "agreement"),
    [
        ("It looks like a short circuit", "A short circuit was the cause", "compatible"),
        ("It was probably a short circuit", "Probably a short circuit", "agree"),
        ("First indications were of a short circuit", "It was a short circuit", "compatible"),
        ("A short circuit cut power, perhaps for days", "It was a short circuit", "agree"),
        ("The cause was found in May: a short circuit", "It was a short circuit", "agree"),
    ],
)
def test_what_one_holds_and_the_other_only_believes_is_not_agreed(a, b, agreement):
    one, other = (Statement(answer="short circuit", text=text, kind=Kind.WORDS) for text in (a, b))
    assert compare(one, other, one_question=True).agreement == agreement


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("the union demands 9 percent", "it wants 19 percent"), Kind.AMOUNT),
        (("the union demands 9 percent", "it wants a shorter week"), Kind.WHO_WHAT),
        (("12 drivers met", "9 clerks met"), Kind.WHO_WHAT),
    ],
)
def test_what_all_answer_with_a_sum_or_a_share_is_an_amount(texts, kind):
    told = [Claim(id=t, uid=t, exact=t, quantities=tuple(quantity.find(t))) for t in texts]
    assert kind_of(Question(question="what the union demands", folded=""), told) is kind


@pytest.mark.parametrize(
    ("question", "sort"), [("how many residents are paid", None), ("what the residents are paid", "money")]
)
def test_a_number_of_people_is_asked_for_whatever_they_get(question, sort):
    assert asked(question).sort == sort


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("when the alarm was raised", "The alarm was raised at 4 a.m. on Monday", "2031-05-05T04"),
        ("when the alarm was raised", "The alarm was raised at 4 a.m.", "T04"),
        ("when the alarm was raised", "The alarm was raised on Monday evening", "2031-05-05T16/2031-05-05T23"),
        ("when the alarm was raised", "The alarm was raised late on Monday", "2031-05-05T16/2031-05-05T23"),
        ("when the alarm was raised", "The alarm came two days late: on Monday", "2031-05-05"),
        ("when the alarm was raised", "04:12:31 by the mast's log", "T04:12"),
        ("when the alarm was raised", "4:12 to the home side", None),
        ("when the works end", "The works must end by 3 June 2031", "../2031-06-03"),
        ("when the alarm was raised", "He was on shift", None),
        ("where the ferry sank", "It sank 12 km north of the town of Lorn", "12 km north of the town of Lorn"),
        ("where the ferry sank", "It sank near Cape Hale", "Cape Hale"),
        ("whether the bank will sell its shops", "The bank will not sell its shops", "no"),
        ("whether the bank will sell its shops", "The bank will sell its shops", "yes"),
        ("whether the bank will sell its shops", "It is not only the bank that will sell shops", None),
        ("whether the bank will sell its shops", "Critics ask whether the bank will sell its shops", None),
        ("whether the bank will sell its shops", "He denied that the bank will sell its shops", "no"),
        ("whether the bank will sell its shops", "It rejected the idea that the bank will sell no shops", "yes"),
        ("whether the bank will sell its shops", "The bank does not deny that it will sell its shops", None),
        ("whether the bank will sell its shops", "She denied a report and said the bank will sell its shops", None),
        ("whether the bank will sell its shops", "It is not in debt and the bank will not sell shops", "no"),
        ("whether the bank will sell its shops", "Nobody denied that the bank will sell its shops", None),
        (
            "whether the bank will sell its shops",
            "He denied that it is ill, and said the bank will sell its shops",
            None,
        ),
        ("whether the bank will sell its shops", "There is no proof that the bank will sell its shops", "no proof"),
        ("whether the bank sold shops", "No guard was hurt, and the bank sold shops", None),
        ("whether the bank sold shops", "The bank is not moving into the sale of shops", "no"),
        ("whether the bank sold shops", "The bank denied that it had hidden the sale of shops", None),
        ("whether the shops are open", "The shops of the bank are closed", "no"),
        ("whether the shops are open", "The old shops were painted", None),
        ("whether the bank warned clients", "No one warned the clients", "no"),
        ("whether the bank warned clients", "There was no warning", "no"),
        ("whether the bank warned clients", "Clients fear that the bank has warned them", None),
        ("whether the alarm rang", "The alarm did not work", "no"),
        ("whether the alarm rang", "The report that the alarm rang is simply untrue. It is old", "no"),
        ("whether the alarm rang", "Claims that the alarm never rang were false", "yes"),
        ("whether the alarm rang", "The claim that the wires are old is false", None),
        ("whether the goat tested positive for rabies", "The goat tested negative for rabies", "no"),
        ("whether the goat tested positive for rabies", "The blood of the goat showed no rabies", "no"),
        ("whether the bank was ordered to pay", "It denied it had ever been ordered to pay", "no"),
        ("whether the bank was told to pay", "It denied it had hidden who was told to pay", None),
        ("whether the tank leaked", "There was no leakage of the tank", "no"),
        ("whether the shops were closed", "No closure was in force in any part of the shops", "no"),
        ("whether the shops were closed", "A part of the shops was closed", "yes, in part"),
        ("whether the doors were open", "All the doors were open", "yes"),
        ("whether the doors were open", "Not all the doors were open", "no, in part"),
        ("whether the guards used gas", "The guards used gas before the blast", "yes"),
        ("whether the guards use gas", "The guards will use gas after a warning", "yes, in part"),
        ("whether the doors were open", "None of the doors was open", "no"),
        ("whether the shops were shut", "The shops were shut until further notice", "yes"),
        ("whether the shops were shut", "A clerk who would not be named said the shops were shut", "yes"),
        # words that say neither, whatever they speak of
        ("whether the mine was flooded", "The firm could not confirm that the mine was flooded", "not known"),
        ("whether the mine was flooded", "It was unable to say who flooded the mine", "not known"),
        ("whether the mine was flooded", "Talk of a flooded mine could not be verified", "not known"),
        ("whether the mine was flooded", "Police have not ruled out that the mine was flooded", "not known"),
        ("whether the mine was flooded", "If it is true that the mine was flooded, heads must roll", "not known"),
        ("whether the mine was flooded", "Divers have so far not found any flooded mine", "not known"),
        ("whether the mine was flooded", "It has no record of a flooded mine", "no record"),
        ("whether the mine was flooded", "The mine was flooded, but it could not say why", None),
        # a no that does not name what it denies
        ("whether the mine was flooded", "The ministry ruled out a flooded mine", "no"),
        ("whether the mine was flooded", "The ministry ruled out a strike", None),
        ("whether an order was given", "There never was one", "no"),
        ("whether the mine was flooded", "The story turned out to be a hoax", "no"),
        ("whether the mine was flooded", "It never happened", "no"),
        ("whether the report was false", "It turned out to be false", None),
        # by whom
        ("whether the ferry was sunk by a mine", "The ferry was sunk by sea mines", "yes"),
        ("whether the ferry was sunk by a mine", "The ferry was sunk by a storm", None),
        # a plea, and what was undone
        ("whether the nurse pleaded guilty", "She pleaded not guilty to all 12 counts", "no"),
        ("whether the nurse pleaded guilty", "She has always denied the charges", "no"),
        ("whether the nurse pleaded guilty", "She denied that she was late", None),
        ("whether the alert was sent", "An alert was sent but later withdrawn", "yes"),
        ("whether the alert was sent", "The alert was sent later", "yes, in part"),
        ("whether he appeals", "He has lodged an appeal", "yes"),
        ("whether he appeals", "There will be no appeal", "no"),
        ("until when the shops stayed open", "The shops stayed open until 9 p.m. on Monday", "2031-05-05T21"),
        ("when the alarm rang", "The alarm rang shortly after 5 a.m. on Monday", "~2031-05-05T05"),
        ("when the shops must close", "The shops must close before Monday", "../2031-05-11"),
        ("who leads the bank", "The board chose Anna Pell", "Anna Pell"),
        ("who leads the bank", "Clerk Jan Voss said nobody did", None),
        ("who leads the bank", "The board did not choose Anna Pell", None),
    ],
)
def test_an_answer_is_read_only_where_the_words_show_it(question, text, answer):
    wanted = asked(question)
    assert answer_in(wanted.kind, text, "2031-05-06", wanted) == answer


def answered(question, *told):
    """What each of these claims answers under the question, with who says it."""
    claims = [
        Claim(id=f"C{n}", exact=text, published_at="2031-05-06", attribution=(Hop(source=who),) if who else ())
        for n, (text, who) in enumerate(told)
    ]
    return list(statements_of(Question(question=question, folded=""), claims, asked(question).kind).values())


@pytest.mark.parametrize(
    ("question", "a", "b", "reason"),
    [
        # another verb tells another moment; one of the same sense, or none, tells this one
        ("when the keeper resigned", "The keeper resigned on {}", "The club was told on {}", "off_point"),
        ("when the keeper resigned", "He left the club on {}", "He quit on {}", "other_time"),
        ("when the court ruled", "The court ruled on {}", "The judges met on {}", "off_point"),
        ("when the court ruled", "The court ruled on {}", "The clerk denies that he was told on {}", "off_point"),
        ("when the coach was dismissed", "The coach was dismissed on {}", "The club sacked him on {}", "other_time"),
        ("when the ban took effect", "The ban took effect on {}", "It came into force on {}", "other_time"),
        ("when the ban took effect", "The ban took effect on {}", "Shops were warned on {}", "off_point"),
        ("when the polls closed", "Polls closed on {}", "The first result was announced on {}", "off_point"),
        ("when the polls closed", "Polls closed on {}", "Voting ended on {}", "other_time"),
        ("when the storm hit Orlen", "The storm struck Orlen on {}", "Forecasters warned of it on {}", "off_point"),
        ("when the storm hit Orlen", "The storm struck Orlen on {}", "It hit the town on {}", "other_time"),
        ("when the patient died", "The patient died on {}", "She was admitted on {}", "off_point"),
        ("when the strike ended", "The strike ended on {}", "Both sides were told over lunch on {}", "off_point"),
        ("when the bridge fell", "The bridge fell on {}", "The mayor gave a speech that day, {}", "off_point"),
        ("when the two met", "They met on {}", "He was asked to dinner on {}", "off_point"),
        ("when the fire broke out", "The fire broke out on {}", "on {}", "other_time"),
        ("when the warden resigned", "The warden stepped down on {}", "She handed in her notice on {}", "other_time"),
        (
            "when the warden resigned",
            "The warden quit on {}",
            "The warden told staff on {} that she would go",
            "off_point",
        ),
        (
            "when the warden resigned",
            "The warden quit on {}",
            "The board said in a letter on {} that she quit",
            "off_point",
        ),
        ("when the trawler sank", "The trawler went down on {}", "The trawler sank on {}", "other_time"),
        (
            "when the trawler sank",
            "The trawler sank on {}",
            "Its owner was informed on {} that she had sunk",
            "off_point",
        ),
        ("when the plant reopened", "Work resumed at the plant on {}", "The plant reopened on {}", "other_time"),
        ("when the merger was announced", "It was announced on {}", "They unveiled the merger on {}", "other_time"),
        ("when the leak was found", "He first saw it on {}", "The company noticed the leak on {}", "off_point"),
        ("when the court ruled on the appeal", "The judges upheld it on {}", "The court ruled on {}", "other_time"),
        ("when the gala is held", "It will now be held on {}", "The gala will be held on {}", "planned"),
        ("when the band plays", "The band will be back to play on {}", "The band will play on {}", "other_time"),
        (
            "when members vote",
            "The members' vote has been put back by a week, to {}",
            "Members will vote on {}",
            "planned",
        ),
        ("when the gala is held", "It will be held on {}", "The gala will be held on {}", "other_time"),
        ("when the alarm rang", "at 4.10 am on {}", "at 4.10 am on {}", "other_time"),
        ("when the pool reopened", "The council hopes to reopen the pool on {}", "The pool reopened on {}", "planned"),
        ("when the barge ran aground", "The barge struck a rock on {}", "It ran aground on {}", "other_time"),
        (
            "when the crew learned of the leak",
            "He heard of the leak on {}",
            "It learned of the leak on {}",
            "qualified",
        ),
        ("when the ward was inspected", "A full inspection was on {}", "The ward was inspected on {}", "qualified"),
        (
            "when the ward was inspected",
            "The ward was inspected on {}",
            "Nurses inspected the ward on {}",
            "other_time",
        ),
    ],
)
def test_a_time_answers_when_only_with_the_event_that_is_asked_for(question, a, b, reason):
    told = ((text.format(day), None) for text, day in ((a, "3 May 2031"), (b, "1 April 2031")))
    assert compare(*answered(question, *told), one_question=True).reason == reason


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("when the outbreak began", "It has run since March 2030", "2030-03"),
        ("when the outbreak began", "for ten months, from June 2030", "2030-06"),
        ("when the strike started", "Buses stood still from on or about 3 May 2031", "~2031-05-03"),
        ("when the strike ended", "Buses stood still from 3 May 2031", "2031-05-03/.."),
    ],
)
def test_what_ran_from_a_day_on_began_on_it(question, text, answer):
    wanted = asked(question)
    assert answer_in(wanted.kind, text, "2031-05-06", wanted) == answer


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("not before Saturday 10 May", "2031-05-10/.."),
        ("no earlier than June 2031", "2031-06/.."),
        ("Sunday 11 May at the earliest", "2031-05-11/.."),
        ("June 2031 or later", "2031-06/.."),
        ("Monday 12 May, at the latest", "../2031-05-12"),
        ("not before the bell", None),
        ("12 May", "2031-05-12"),
        ("28 April", "2031-04-28"),
        ("late on 28 April", "2031-04-28T16/2031-04-28T23"),
        ("early 7 May", "2031-05-07T00/2031-05-07T10"),
        ("5 November", None),
        ("11 or 12 May", None),
    ],
)
def test_the_first_or_last_that_can_be_leaves_a_time_open(typed, answer):
    assert given_time(typed, "2031-05-06", asked("when the ferry runs again")) == answer


def test_what_is_expected_not_before_a_day_to_come_disputes_nothing_that_came():
    told = ("The ferry was out", "Monday 12 May at the earliest", "2031-05-06"), ("It ran", "10 May 2031", "2031-05-11")
    claims = [Claim(id=f"C{n}", exact=t, answer=a, published_at=day) for n, (t, a, day) in enumerate(told)]
    one, other = statements_of(Question(question="when the ferry runs again", folded=""), claims, Kind.WHEN).values()
    assert compare(one, other, one_question=True).reason == "planned"


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("2031-05-03T10:15", "2031-05-03T10:12", "coarser"),  # quarter past ten and twelve past
        ("2031-05-03T10:13", "2031-05-03T10:11", "other_time"),
        ("~2031-05-03T10:15", "2031-05-03T10:30", "coarser"),
        ("~2031-05-03T10:15", "2031-05-03T10:50", "other_time"),
        ("~2031-05-03T10:00", "2031-05-03T10:50", "coarser"),
        ("~2031-05-03T10:15", "2031-05-02", "other_time"),  # about an hour is no other day
        ("~2031-05-03", "2031-05-02", "coarser"),
        ("2031-05-03T00/2031-05-03T11", "2031-05-04T06:40+03:00", "other_time"),  # a morning there
        ("2031-05-03T00/2031-05-03T11", "2031-05-03T06:40+03:00", "coarser"),
    ],
)
def test_a_clock_is_off_by_as_much_as_people_round_it(a, b, reason):
    assert compare_answers(a, b, Kind.WHEN)[1] == reason


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("not all", "most", "words_differ"),
        ("not every tank", "some tanks", "words_differ"),
        ("not everyone", "everyone", "denies"),
        ("not all", "all", "denies"),
    ],
)
def test_not_all_denies_all_alone(a, b, reason):
    assert compare_answers(a, b, Kind.WHO_WHAT)[1] == reason


@pytest.mark.parametrize(
    ("scope", "reason"),
    [("the rope alone", "scope_unknown"), ("the lift", "other_time"), (None, "other_time")],
)
def test_a_time_of_a_scope_of_its_own_disputes_no_other(scope, reason):
    told = (("The lift was checked on 3 May 2031", None), ("It had been checked on 1 April 2031", scope))
    claims = [Claim(id=f"C{n}", exact=text, scope=of, published_at="2031-05-06") for n, (text, of) in enumerate(told)]
    question = Question(question="when the lift was checked", folded="")
    stated = list(statements_of(question, claims, Kind.WHEN).values())
    assert compare(*stated, one_question=True).reason == reason


def test_under_one_scope_items_are_pieces_and_families_no_people():
    def found(a, b):
        return compare(said(a, scope="all"), said(b, scope="all"), one_question=True)

    assert found("17 pieces were taken", "15 items were taken").reason == "disjoint"
    assert found("five robbers fled", "four men fled").reason == "disjoint"
    assert found("600 families fled", "150 people fled").reason == "unit"
    assert found("rated four out of five", "rated 3").reason == "unit"
    assert found("it cost 40 euros", "it cost 50 dollars").reason == "unit"


def test_a_later_count_of_nearly_so_many_is_the_higher():
    one = said("11 civilians were killed", as_of="2031-05-03")
    assert (
        compare(one, said("nearly 20 civilians were killed", as_of="2031-05-09"), one_question=True).reason == "as_of"
    )


def test_two_ages_are_nobodys_age_and_minutes_later_are_no_duration():
    wanted = asked("the ages of the skippers")
    assert age_in("a skipper in her early eighties", wanted).high == "89"
    assert [age_in(text, wanted) for text in ("aged 24 and 29", "aged between 24 and 41", "aged 19, 30 and 44")] == [
        None
    ] * 3
    told = ("Two minutes later they ran out", "The raid lasted three minutes", "It was 12 hours before they left")
    assert [figure_in(text, "how long the raid took") for text in told] == [None, "three", "12"]


def figure_in(text, question):
    """The figure of the text that answers the question, as it is printed."""
    claim, asked_for = Claim(id="C1", exact=text, quantities=tuple(quantity.find(text))), Question(question, folded="")
    found = statement_of(claim, asked_for, kind_of(asked_for, [claim])).quantity
    return found and found.text


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("how many years the pilot had flown", "Pilot Ana Rell had flown for 17 years", "17"),
        ("how many miles the slick drifted", "The slick drifted 40 miles in two days", "40"),
        ("how many euros the club owes", "The club owes 4 million euros to 12 banks", "4 million"),
        ("how many were aboard", "There were 251 people aboard, not 243 as first reported", "251"),
        ("how many shops were hit", "84 of the firm's 112 shops were hit", "84"),
        ("how many died", "The dead now number 21", "21"),
        ("how many hostages both sides freed", "the release of 19 people held by the two sides", "19"),
    ],
)
def test_of_several_figures_the_one_that_is_asked_for_answers(question, text, figure):
    assert figure_in(text, question) == figure


def test_what_most_claims_speak_of_is_the_matter_of_a_yes_or_no():
    told = (
        ("It said the bells had been rung an hour before the blaze", "The abbey"),
        ("We heard no bell at all", "a baker"),
        ("The bells were not rung", None),
        ("The monks were asleep", None),
    )
    assert [s.said for s in answered("whether an alarm was rung before the fire", *told)] == ["yes", "no", "no", None]


def test_who_speaks_of_himself_is_in_the_sentence_by_name():
    others = (("Rain fell", None), ("A tanker burned", None), ("Pumps ran", None))
    told = ("It was told of the leak in May", "The Orm Gas Works"), ("It was told of the leak in May", "a baker")
    assert [s.said for s in answered("whether the gas works knew of the leak", *told, *others)][:2] == ["yes", None]


def test_words_without_their_subject_are_about_whoever_they_are_about():
    told = ("was not wearing a helmet", None), ("Pell was wearing a helmet", None)
    one, other = answered("whether the rider wore a helmet", *told)
    assert compare(one, other, one_question=True).agreement is not Agreement.CONFLICT


@pytest.mark.parametrize(
    ("question", "a", "b", "outcome"),
    [
        ("who was the pilot", "The pilot, Ann Roe, was hurt", "its pilot was Bo Day", ("conflict", "one_of")),
        ("who was the pilot", "Ann Roe, the plane's pilot", "pilot Bo Day", ("conflict", "one_of")),
        ("the name of the judge", "Judge Ann Roe", "The judge was named as Bo Day", ("conflict", "one_of")),
        ("who was the pilot", "pilot Ann Roe", "pilot Anne Rowe", ("compatible", "words_differ")),
        ("who was the pilot", "pilot Ann Roe", "pilot Ann Day", ("compatible", "words_differ")),
        ("who was the pilot", "pilot Ann Roe", "the former pilot Bo Day", ("compatible", "words_differ")),
        ("who was the pilot", "pilot Ann Roe", "The pilot had married Bo Day", ("compatible", "words_differ")),
        ("who was the pilot", "pilot Ann Roe", "The pilot is believed to be Bo Day", ("compatible", "words_differ")),
        ("who was the pilot", "pilot Ann Roe", "The pilot was Bo Day's wife", ("compatible", "words_differ")),
        ("who the pilot was", "pilot Ann Roe", "its pilot was Bo Day", ("conflict", "one_of")),
        ("who the pilots were", "pilot Ann Roe", "pilot Bo Day", ("compatible", "words_differ")),
        ("the name of the dead pilot", "Captain Ann Roe, 34, of Orm", "Bo Day, 43", ("conflict", "one_of")),
        ("the name of the dead pilot", "Ann Roe", "He was named by his club as Bo Day", ("conflict", "one_of")),
        ("the name of the dead pilot", "Ann Roe", "named the dead man as Bo Day", ("conflict", "one_of")),
        ("the name of the dead pilot", "Ann Roe", "named the suspect as Bo Day", ("compatible", "words_differ")),
        ("the name of the dead pilot", "Ann Roe", "union man Bo Day", ("compatible", "words_differ")),
        ("who were the pilots", "pilot Ann Roe", "pilot Bo Day", ("compatible", "words_differ")),
        ("who was hurt", "pilot Ann Roe was hurt", "pilot Bo Day was hurt", ("compatible", "words_differ")),
    ],
)
def test_where_one_name_is_asked_for_two_persons_dispute_each_other(question, a, b, outcome):
    told = answered(question, (a, None), (b, None))
    found = compare(*told, one_question=True)
    assert (found.agreement, found.reason) == outcome


@pytest.mark.parametrize(
    ("a", "b", "agreement"),
    [
        ("It could not say whether the mine was flooded", "Miners speak of a lake", "incomparable"),
        ("It could not say whether the mine was flooded", "The mine was flooded", "incomparable"),
        ("It has no record of a flooded mine", "The mine was not flooded", "compatible"),
        ("The firm denied that the mine was flooded", "The mine was flooded in part", "compatible"),
    ],
)
def test_who_leaves_a_yes_or_no_open_is_to_be_read(a, b, agreement):
    one, other = answered("whether the mine was flooded", (a, None), (b, None))
    assert compare(one, other, one_question=True).agreement == agreement


def test_who_disowns_a_deed_denies_who_says_he_did_it():
    told = ("The Night Owls set the fire", "a clerk"), ("It had nothing to do with the fire", "The Night Owls")
    one, other = answered("who set the fire", *told)
    assert compare(one, other, one_question=True).agreement is Agreement.CONFLICT


@pytest.mark.parametrize(
    ("a", "b", "agreement"),
    [
        ("The Free East", "not the Free East", "conflict"),
        ("South Hale Rangers", "North Hale Rangers", "compatible"),
        ("4 km north of Lorn", "4 miles north of Lorn", "compatible"),
        ("40 km north of Lorn", "25 miles north of Lorn", "agree"),
        ("north of Lorn", "south of Lorn", "conflict"),
    ],
)
def test_a_direction_inside_a_name_is_none_and_distances_are_compared(a, b, agreement):
    assert compare_answers(a, b, Kind.WHO_WHAT)[0] == agreement


def test_who_says_it_is_not_who_did_it():
    told = ("Hale Rovers leader Ivo Pell said the guards themselves had fired", "Ivo Pell")
    assert [s.said for s in answered("who shot the dog", told)] == [None]


def test_who_was_told_not_to_go_was_told():
    told = ("The crew had been warned not to sail", None), ("Nobody warned the crew", None)
    assert [s.said for s in answered("whether the crew was warned", *told)] == ["yes", "no"]


@pytest.mark.parametrize(
    ("said", "agreement"), [("7:40", "compatible"), ("7:40 a.m.", "conflict"), ("8:40", "conflict")]
)
def test_an_hour_that_does_not_say_which_half_of_the_day_may_be_either(said, agreement):
    told = ("The gala began at 7:40 p.m. on Monday", None), (f"The gala began at {said} on Monday", None)
    one, other = answered("when the gala began", *told)
    assert compare(one, other, one_question=True).agreement == agreement


@pytest.mark.parametrize(("said", "agreement"), [("12:40 p.m. local time", "conflict"), ("12:40 p.m.", "incomparable")])
def test_an_hour_of_local_time_stands_beside_one_whose_local_time_is_known(said, agreement):
    told = ("The mast fell at 3:40 p.m. (1240 GMT) on Monday", None), (f"The mast fell at {said} on Monday", None)
    one, other = answered("when the mast fell", *told)
    assert compare(one, other, one_question=True).agreement == agreement


def test_hours_near_one_that_is_told_at_greenwich_too_are_of_that_clock():
    def answers(*told):
        return answered("when the mast fell", *((f"The mast fell at {t}", None) for t in told))

    both, there, elsewhere = answers("about 3:40 p.m. (1240 GMT Monday)", "3:45 p.m.", "5:30 p.m. GMT")
    assert compare(both, there, one_question=True).agreement is Agreement.COMPATIBLE
    assert compare(there, elsewhere, one_question=True).reason == "other_time"
    _, _, local = answers("3:40 p.m. (1240 GMT Monday)", "4 p.m. GMT", "3:50 p.m. local time")
    assert local.said == "T15:50+03:00"
    _, either, greenwich = answers("3:40 p.m. (1240 GMT Monday)", "3:50 p.m.", "4 p.m. GMT")  # the one of either clock
    assert compare(either, greenwich, one_question=True).reason == "zone"


@pytest.mark.parametrize(
    ("day", "agreement"), [("on Sunday", "compatible"), ("late on Sunday", "compatible"), ("on Saturday", "conflict")]
)
def test_the_day_that_it_was_by_the_other_of_two_clocks_is_no_other_time(day, agreement):
    told = "The mast fell at 1 a.m. local time on Monday (2300 GMT Sunday)", f"The mast fell {day}"
    one, other = answered("when the mast fell", *((text, None) for text in told))
    assert compare(one, other, one_question=True).agreement == agreement == compare(other, one).agreement


@pytest.mark.parametrize(("day", "agreement"), [("late on Sunday", "compatible"), ("late on Saturday", "conflict")])
def test_an_hour_by_the_clock_of_a_named_place_is_of_a_day_around_it(day, agreement):
    told = "The mast fell at 10:30 a.m. on Monday, Korean time", f"The mast fell {day}"
    one, other = answered("when the mast fell", *((text, None) for text in told))
    assert compare(one, other, one_question=True).agreement == agreement == compare(other, one).agreement


@pytest.mark.parametrize(
    ("said", "agreement"), [("3:40 p.m.", "agree"), ("1:40 p.m.", "conflict"), ("1540 UTC", "conflict")]
)
def test_an_hour_without_a_zone_stands_beside_one_that_is_called_local(said, agreement):
    told = (
        ("The mast fell at 3:40 p.m. local time (1240 GMT) on Monday", None),
        (f"The mast fell at {said} on Monday", None),
    )
    one, other = answered("when the mast fell", *told)
    assert compare(one, other, one_question=True).agreement == agreement


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("9:40 p.m. on Monday, Japanese time", "same_answer"),
        ("11:40 p.m. on Monday, Japan Standard Time", "other_time"),
        ("12:40 p.m. local time on Monday", "zone"),
    ],
)
def test_an_hour_by_the_clock_of_a_named_place_is_of_its_zone_and_tells_no_other_places_own(said, reason):
    hour = "9:40 p.m. Korean time on Monday" if reason == "zone" else "12:40 p.m. GMT on Monday"
    one, other = answered("when the mast fell", *((f"The mast fell at {t}", None) for t in (hour, said)))
    assert compare(one, other, one_question=True).reason == reason


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        ("12 hikers were stranded", "9 hikers are still stranded", "window"),
        ("12 hikers were stranded", "9 hikers remained stranded overnight", "window"),
        ("12 hikers were stranded", "9 hikers were stranded", "disjoint"),
        ("9 hikers were stranded", "12 hikers are still stranded", "disjoint"),
    ],
)
def test_those_who_still_are_may_be_fewer_than_they_were(first, last, reason):
    told = (replace(under("how many were stranded in 2020", text), scope="hikers") for text in (first, last))
    earlier, later = (replace(s, as_of=f"2020-05-0{day}") for day, s in enumerate(told, 1))
    assert compare(earlier, later, one_question=True).reason == reason


@pytest.mark.parametrize(
    ("answer", "agreement"), [("all open", "conflict"), ("partly open", "compatible"), ("shut", "compatible")]
)
def test_what_is_not_so_is_denied_by_who_says_that_it_is(answer, agreement):
    assert (
        compare_answers("not open", answer, Kind.YES_NO)[0]
        == agreement
        == compare_answers(answer, "not open", Kind.YES_NO)[0]
    )


@pytest.mark.parametrize(
    ("a", "b", "agreement"),
    [
        ("Bad welds, not frost, broke the pipe", "Frost broke the pipe", "conflict"),
        ("Bad welds, not frost, broke the pipe", "Frost may have broken the pipe", "compatible"),
        ("Bad welds, not frost, broke the pipe", "Bad welds broke the pipe", "compatible"),
        ("Bad welds rather than hard frost broke the pipe", "Frost broke the pipe", "compatible"),
    ],
)
def test_what_one_says_it_was_not_the_other_says_it_was(a, b, agreement):
    one, other = answered("what broke the pipe", (a, None), (b, None))
    assert compare(one, other, one_question=True).agreement == agreement


def under(question, text, kind=Kind.COUNT):
    """The statement of a claim with a figure, filed under a question."""
    claim = Claim(id="C1", article="A1", exact=text, quantities=tuple(quantity.find(text)), published_at="2031-05-06")
    return statement_of(claim, Question(question=question, folded=question), kind)


@pytest.mark.parametrize(
    ("question", "a", "b", "reason"),
    [
        (
            "how much snow fell",
            "In Orm 20 centimetres of snow fell",
            "45 centimetres of snow fell on Tarsk",
            "scope_unknown",
        ),
        ("how much snow fell", "In Orm 20 centimetres of snow fell", "In Orm 45 centimetres of snow fell", "disjoint"),
        ("how much snow fell", "In Orm 20 centimetres of snow fell", "45 centimetres of snow fell", "disjoint"),
        ("how far the diver fell", "The diver fell 20 metres", "The quarry is 45 metres deep", "off_point"),
        ("how fast the kite fell", "The kite fell at 40 km/h", "The kite fell at 90 km/h on impact", "scope_unknown"),
        ("how fast the kite fell", "The kite fell at 40 km/h", "The kite fell at 90 km/h", "disjoint"),
        ("how fast the kite fell", "With 3 boys on it it fell at 40 km/h", "The kite fell at 90 km/h", "disjoint"),
        ("how far the diver fell", "To the first ledge he fell 20 metres", "The diver fell 45 metres", "disjoint"),
        ("how far the diver fell", "He fell the first 20 metres", "The diver fell 45 metres", "scope_unknown"),
        ("how fast the kite fell", "It went at some 40 km/h (25 mph)", "The kite fell at 90 km/h", "disjoint"),
        ("how fast the kite fell", "It went from 40 to 10 km/h, then at 60 km/h", "The kite fell at 90 km/h", "prose"),
        ("how far the diver fell", "It was not even 20 metres", "The diver fell 45 metres", "disjoint"),
        ("how fast it fell on impact", "It fell at 40 km/h", "It fell at 90 km/h on impact", "disjoint"),
        ("how far the diver fell", "The diver fell 20 metres", "He fell 45 metres", "disjoint"),
    ],
)
def test_a_length_is_compared_where_both_measure_what_is_asked_in_one_place(question, a, b, reason):
    told = (under(question, text, Kind.AMOUNT) for text in (a, b))
    assert compare(*told, one_question=True).reason == reason


def test_an_age_is_one_whatever_became_of_who_is_so_old_and_holds_in_the_tens():
    told = ("Ann Pell, 34, died", "Ann Pell, 34, dived", "The diver was in her early 30s", "a diver in his 40s")
    one, other, tens, older = (under("how old the diver Ann Pell was", t, Kind.AMOUNT) for t in told)
    assert compare(one, other, one_question=True).agreement is Agreement.AGREE
    assert compare(one, tens, one_question=True).agreement is Agreement.COMPATIBLE
    assert compare(one, older, one_question=True).agreement is Agreement.CONFLICT
    assert under("how old the diver Ann Pell was", "Ann Pell dived in the early 60s", Kind.AMOUNT).quantity is None


@pytest.mark.parametrize(
    ("question", "a", "b", "outcome"),
    [
        # what the words beside a figure narrow it to
        ("what the yard cost", "the yard cost $3m in cash", "the yard cost $5m", ("incomparable", "scope_unknown")),
        ("what the yard cost", "the yard cost $3m", "the yard cost $5m", ("conflict", "disjoint")),
        ("what the yard cost", "the yard cost $3m a year", "the yard cost $5m", ("incomparable", "scope_unknown")),
        ("ships sunk", "6 ships sunk in Lorn", "Storm over Lorn: 9 ships sunk", ("conflict", "disjoint")),
        ("ships sunk", "6 ships sunk in Lorn", "9 ships sunk in Hale", ("incomparable", "scope_unknown")),
        ("how far the diver fell", "he fell 700 metres", "he fell 90 metres in New Lorn", ("conflict", "disjoint")),
        ("ships sunk", "6 ships sunk in Lorn", "9 ships sunk in Lorn and Hale", ("incomparable", "scope_unknown")),
        (
            "ships sunk",
            "6 ships sunk in Lorn",
            "Storm over Lorn and Hale: 9 ships sunk",
            ("incomparable", "scope_unknown"),
        ),
        (
            "ships sunk",
            "6 new ships sunk; New Lorn shut its port",
            "9 ships sunk; New Lorn shut its port",
            ("incomparable", "scope_unknown"),
        ),
        ("ships sunk in Lorn", "6 ships sunk in Lorn", "9 ships sunk in Lorn", ("conflict", "disjoint")),
        ("people hurt in 2020", "6 were hurt", "2 were seriously hurt", ("incomparable", "scope_unknown")),
        ("people hurt in 2020", "6 were hurt", "2 of them were hurt", ("incomparable", "scope_unknown")),
        ("barns hit in 2020", "90 hit", "30 totally", ("incomparable", "scope_unknown")),
        (
            "how long Ann Roe waited",
            "Ann Roe waited five hours",
            "people waited 20 hours",
            ("incomparable", "scope_unknown"),
        ),
        (
            "people killed in 2020",
            "as many as 3 were killed",
            "at least 9 are feared killed",
            ("incomparable", "status"),
        ),
        # whoever is arrested is a suspect
        (
            "looters held in 2020",
            "3 suspected looters were arrested",
            "7 looters were arrested",
            ("conflict", "disjoint"),
        ),
        ("guests at the fair in 2020", "12 guests fell ill", "30 guests were infected", ("incomparable", "measure")),
        # who says in so many words that it was not the other's number disputes it, whatever stands beside
        (
            "guests hurt in 2020",
            "5 of them were hurt, not 4 as the papers say",
            "4 guests were hurt",
            ("conflict", "disjoint"),
        ),
        (
            "guests hurt in 2020",
            "5 of them were hurt, not 4 as the papers say",
            "3 guests were hurt",
            ("incomparable", "scope_unknown"),
        ),
        # the first of so many, and the whole of which they are, narrow nothing; nor does being on board
        ("boats that sank", "the first 2 of the 9 boats sank", "3 boats sank", ("conflict", "disjoint")),
        ("boats that sank", "the first 2 boats sank", "3 boats sank", ("incomparable", "scope_unknown")),
        ("riders on the bus", "6 riders on board the bus", "9 riders on the bus", ("conflict", "disjoint")),
        # the event that is asked for, told in other words
        ("how many trams derailed", "2 trams left the rails", "the 3 trams derailed", ("conflict", "disjoint")),
        ("how many trams derailed", "2 trams caught fire", "the 3 trams derailed", ("incomparable", "off_point")),
        # one's own part of a sum
        (
            "what the flood cost",
            "the port reckons its own losses, in cranes and rails, at $3m",
            "the flood cost $9m",
            ("incomparable", "scope_unknown"),
        ),
        # which of two counts an article itself calls the earlier
        ("people killed in 2020", "a previous toll of 6 killed", "9 were killed", ("incomparable", "superseded")),
        # what is to come, and what came
        ("guests at the fair", "up to 90 guests will come", "at least 140 guests came", ("incomparable", "planned")),
        # what the words behind the noun add or narrow
        (
            "beds closed at the clinic",
            "9 beds in intensive care were closed",
            "60 beds were closed",
            ("incomparable", "scope_unknown"),
        ),
        (
            "homes flooded in 2020",
            "900 homes and shops were flooded",
            "700 homes were flooded",
            ("compatible", "part_of"),
        ),
        (
            "homes flooded in 2020",
            "In Orm 70 homes were flooded",
            "700 homes were flooded",
            ("incomparable", "scope_unknown"),
        ),
        # a toll of the first days
        ("people killed on 5 May 2031", "6 were killed", "9 were killed", ("incomparable", "moment")),
        ("people killed in 2020", "6 were killed", "9 were killed", ("conflict", "disjoint")),
        # what is counted, and whether it is what is asked
        ("guests on board", "6 guests on board", "9 people on board", ("incomparable", "population_unknown")),
        ("guests on board", "6 guests on board", "9 guests had tickets", ("incomparable", "off_point")),
    ],
)
def test_what_may_explain_a_difference_makes_it_no_dispute(question, a, b, outcome):
    mine, its = under(question, a), under(question, b)
    for found in (compare(mine, its, one_question=True), compare(its, mine, one_question=True)):
        assert (found.agreement, found.reason) == outcome


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("how much rain fell", "180 mm of rain fell in 24 hours", "180"),
        ("how long it rained", "180 mm of rain fell in 24 hours", "24"),
        ("what the yard cost", "the yard, built by 300 men, cost $3m", "$3m"),
        ("countries hit by the storm", "it killed 300 people in 7 countries", "7"),
        ("depth of the wreck", "it lies 40 km off Lorn at a depth of 90 m", "90"),
        ("seats won by the Greens", "the Greens won 88 of 200 seats", "88"),
        ("what the yard cost", "the yard was built by 300 men", None),
    ],
)
def test_only_a_figure_of_the_right_sort_answers(question, text, figure):
    found = under(question, text, Kind.AMOUNT).quantity
    assert (found.text if found else None) == figure


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("the 34-year-old skipper", "34"),
        ("Skipper Ana Pell, 34, was rescued", "34"),
        ("a skipper aged 34", "34"),
        ("Ana Pell, 34, and her son Jan, 6, were rescued", "34"),
        ("two boys, 6, and 9, were rescued", None),
        ("34 people were rescued", None),
    ],
)
def test_one_age_answers_how_old(text, age):
    found = age_in(text, asked("age of Ana Pell"))
    assert (found.low if found else None) == age


def test_without_figure_or_answer_a_person_has_to_read():
    found = compare(said("the bridge is closed"), said("the bridge is open"))
    assert (found.agreement, found.reason) == ("incomparable", "prose")


def test_an_answer_is_not_compared_with_a_figure():
    assert compare(Statement(answer="many"), said("40 people died")).reason == "prose"


# --- statements from words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figure", "measure"),
    [
        ("the blast killed 9 people", "9", "killed"),
        ("9 dead, 31 injured", "9", "killed"),
        ("counted 9 dead and dozens more wounded", "9", "killed"),
        ("claimed the lives of at least 9 people", "at least 9", "killed"),
        ("pilots flew 12 combat missions", "12", "sorties"),
        ("12 bombing raids were carried out", "12", "strikes"),
        ("rescue teams took away 30 bodies", "30", "bodies"),
        ("the toll is 9", "9", "killed"),
        ("killing and wounding 60 people", "60", "killed or wounded"),
        ("the police freed 12 hostages", "12", "rescued"),
        ("14 trapped miners were saved", "14", "rescued"),
        ("the army lost 60 men", "60", "lost"),
    ],
)
def test_the_measure_is_read_from_the_words_around_the_figure(text, figure, measure):
    found = guess(text)
    assert (found.statement.quantity.text, found.statement.measure) == (figure, measure)
    assert "measure" in found.guessed


def test_the_figure_that_fits_what_is_asked_is_chosen():
    text = "At least 31 children were among the 80 people killed, and 12 others were injured"
    figures = quantity.find(text)
    asked = {scope: choose(figures, text, scope=scope).low for scope in ("killed", "children killed", "wounded")}
    assert asked == {"killed": "80", "children killed": "31", "wounded": "12"}
    assert choose([], text) is None


def test_what_is_known_is_not_guessed():
    found = guess("the army lost 60 men", measure="killed", population="Freedonian army")
    assert (found.statement.measure, found.statement.population) == ("killed", "Freedonian army")
    assert not {"measure", "population"} & set(found.guessed)


def test_a_scope_in_words_outweighs_the_words_but_not_the_unit():
    assert said("the army lost 60 men", scope="army dead").measure == "killed"
    assert said("pilots flew 12 sorties", scope="the 40-targets bulletin").measure == "sorties"


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        ("Four other hikers froze on the ridge", "Four other hikers"),
        ("12 trams and buses were burnt out", "12 trams and buses"),
        ("at least 9 men, women and boys are missing", "at least 9 men, women and boys"),
        ("up to 35 of the 120 nurses walked out", "up to 35 of the 120 nurses"),
        ("more than 200 of the passengers slept on deck", "more than 200 of the passengers"),
        ("perhaps 14 goats drowned", "perhaps 14 goats"),
        ("30 percent of tenants pay late", "30 percent of tenants"),
        # what is no part of what is counted
        ("seven boats and their crews are lost", "seven boats"),
        ("80 officers and 12 dogs searched the wood", "80 officers"),
    ],
)
def test_a_figure_is_told_with_all_that_it_counts(text, worded):
    assert as_worded(text, quantity.find(text)[0]) == worded


@pytest.mark.parametrize(
    ("before", "text", "earlier"),
    [
        ("The previous toll was 9 with ", "22 others hurt", True),
        ("an initial count of ", "22 huts was given", True),
        ("The mayor gave a previous toll. ", "At least 22 died", False),
        ("Earlier it was a mill.\n", "22 people were hurt", False),
        ("police said earlier that ", "22 people were hurt", False),
        ("", "up from 22 huts", True),
    ],
)
def test_what_stands_before_a_claim_may_call_its_figure_an_earlier_one(before, text, earlier):
    assert superseded(text, quantity.find(text)[0], before) is earlier


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("A loss of $45m, against a profit of $12m a year earlier", [False, True]),
        ("Output was 12 tonnes, versus 15 tonnes the year before", [False, True]),
        ("Sales fell to $3m, from $4m a year ago", [False, True]),
        ("Fares cost 5 euros, after 4 euros the month before", [False, True]),
        ("Profit was $5m against $3m in the same period last year", [False, True]),
        ("Guards used gas against 40 men a week before the vote", [False]),
        ("Nine people died a year ago", [False]),
    ],
)
def test_what_a_figure_is_set_against_is_an_earlier_one(text, earlier):
    assert [superseded(text, q) for q in quantity.find(text)] == earlier


def test_superseded_figures_are_marked_by_their_text():
    assert marked_earlier("up from an earlier toll of 40")
    assert not marked_earlier("the toll stands at 40")


@pytest.mark.parametrize(
    ("phrase", "measure", "group", "side", "camp"),
    [
        ("IS fighters killed", "killed", "combatants", "Islamic State", "armed group"),
        ("what is known", None, None, None, None),
        ("Iraqi soldiers wounded", "wounded", "combatants", "Iraqi", "state"),
        ("government forces", None, "combatants", None, "state"),
        ("casualties (killed and wounded)", "killed or wounded", None, None, None),
        ("evacuees killed", "killed", "evacuees", None, None),
        ("", None, None, None, None),
    ],
)
def test_phrases_say_what_is_counted(phrase, measure, group, side, camp):
    found = read(phrase)
    assert (found.measure, found.group, found.side, found.camp) == (measure, group, side, camp)


# --- words --------------------------------------------------------------------------------------------------------


def sentence(a, b, **known):
    one, other = said(a), said(b)
    return comparison_words(compare(one, other), one, other, **known)


def test_the_outcome_is_one_plain_sentence():
    assert sentence("at least 400 militants", "450 fighters") == "450 lies inside at least 400: it supports it"
    assert sentence("412 died", "417 died") == "412 against 417: they differ by 5, 1 %; the two figures do not overlap"
    assert sentence("9 sorties", "9 strikes").endswith("sorties are not strikes: one flight may strike often or never")
    assert sentence("dozens died", "400 died") == "dozens against 400: the two figures do not overlap"
    assert sentence("9 died", "nine died") == "both say 9"
    assert sentence("at least 9 died", "12 died", same_origin=True).endswith("one source says both")


def test_every_reason_has_words():
    assert all(reason_words(code) for code in REASONS)
    for pair in DISTINCT:
        assert reason_words("measure", measures=tuple(pair)) == DISTINCT[pair]
    assert reason_words("measure", measures=("rescued", "missing")) == "missing and rescued are different things"
    assert reason_words("measure", measures=("rescued", None)) == REASONS["measure"]


# --- laws ---------------------------------------------------------------------------------------------------------

FIGURES = st.integers(0, 5000)
HEDGES = st.sampled_from([Modifier.EXACT, Modifier.AT_LEAST, Modifier.MORE_THAN, Modifier.AT_MOST, Modifier.ABOUT])


def point(value, **known):
    return Statement(quantity=interval(Modifier.EXACT, value), **known)


def interval(modifier, value, *, vague=False, unit=None):
    floor, ceiling = modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN), modifier is Modifier.AT_MOST
    return Quantity(
        text=f"{modifier} {value}",
        low=None if ceiling else str(value),
        high=None if floor else str(value),
        low_inclusive=None if ceiling else modifier is not Modifier.MORE_THAN,
        high_inclusive=None if floor else True,
        modifier=modifier,
        approximate=modifier is Modifier.ABOUT,
        vague=vague,
        unit=unit,
    )


MEASURED = st.sampled_from([None, "km", "miles", "tons", "kg", "°C", "°F", "weeks", "months", "EUR"])
SPANS = Span("2020-03-01", "2020-03-05"), Span("2020-03-02", "2020-03-03"), Span("2020-03", "2020-03")
STATEMENTS = st.builds(
    Statement,
    quantity=st.builds(interval, HEDGES, FIGURES, vague=st.booleans(), unit=MEASURED) | st.none(),
    answer=st.sampled_from([None, "south", "north", "unknown", "denial: south"]),
    measure=st.sampled_from([None, "killed", "wounded", "killed or wounded", "lost", "sorties", "barrels filled"]),
    population=st.sampled_from([None, "civilians", "children", "IS fighters", "Syrian soldiers", "Freedonians"]),
    scope=st.sampled_from([None, "killed", "at sea"]),
    place=st.sampled_from([None, "Kharkiv", "Saltivka, Kharkiv", "Poltava"]),
    window=st.sampled_from([None, *SPANS]),
    as_of=st.sampled_from([None, "2020-03-04", "2020-03-06", "some day"]),
    counting=st.sampled_from(Counting),
    running=st.booleans(),
)
FLIPPED = {Supports.A: Supports.B, Supports.B: Supports.A}


@given(STATEMENTS, STATEMENTS, st.booleans())
def test_comparing_is_symmetric(a, b, one_question):
    there, back = compare(a, b, one_question=one_question), compare(b, a, one_question=one_question)
    assert (there.agreement, there.reason, there.gap, there.hint) == (back.agreement, back.reason, back.gap, back.hint)
    assert FLIPPED.get(there.supports, there.supports) is back.supports


@given(STATEMENTS, STATEMENTS)
def test_every_outcome_has_a_reason_and_a_sentence(a, b):
    found = compare(a, b)
    assert found.reason in REASONS
    assert comparison_words(found, a, b).strip()


@given(STATEMENTS, STATEMENTS)
def test_a_guard_that_does_not_match_is_never_a_conflict(a, b):
    found = compare(a, b)
    if found.reason in ("measure", "unit", "population", "place", "window", "counting"):
        assert found.agreement is Agreement.INCOMPARABLE
        assert found.supports is Supports.NEITHER


@given(FIGURES, FIGURES, STATEMENTS, STATEMENTS, st.sampled_from([Modifier.AT_LEAST, Modifier.MORE_THAN]))
def test_two_lower_bounds_never_conflict(x, y, a, b, modifier):
    one, other = replace(a, quantity=interval(Modifier.AT_LEAST, x)), replace(b, quantity=interval(modifier, y))
    assert compare(one, other).agreement is not Agreement.CONFLICT


@given(FIGURES, FIGURES)
def test_support_goes_to_the_wider_interval_only(x, y):
    found = compare(point(x), Statement(quantity=interval(Modifier.AT_LEAST, y)))
    assert (found.supports is Supports.A) == (x >= y)
    assert found.supports is not Supports.B


@given(STATEMENTS)
def test_a_statement_agrees_with_itself_or_cannot_be_compared(a):
    found = compare(a, a)
    if a.quantity is not None:
        assert found.agreement is Agreement.AGREE
    else:
        assert found.agreement in (Agreement.AGREE, Agreement.INCOMPARABLE)


@given(st.text(max_size=200))
def test_any_text_makes_a_statement(text):
    found = guess(text).statement
    assert found.quantity is None or Decimal(found.quantity.low or found.quantity.high or 0).is_finite()


# --- the examples of the shared data ------------------------------------------------------------------------------


@pytest.mark.skipif(not EXAMPLES.exists(), reason=f"{EXAMPLES} is not there")
def test_all_numeric_examples_come_out_as_expected():
    wrong = []
    for row in map(json.loads, EXAMPLES.read_text(encoding="utf-8").splitlines()):
        inside = [tuple(p) for p in row["a"].get("part_of", [])]
        inside += [(x["scope"], x["within"]) for x in (row["a"], row["b"]) if x.get("within")]
        a, b = (example(row[side]) for side in "ab")
        outcomes = compare(a, b, containments=inside), compare(b, a, containments=inside)
        wrong += [(row["id"], row["expect"], found) for found in outcomes if found.agreement != row["expect"]]
    assert wrong == []


def example(given):
    return Statement(
        quantity=quantity.find(f"{given['text']} {given['unit']}")[0],
        measure=given["measure"],
        place=given["scope"],
        window=Span(*given["t"]),
        counting=Counting(given["kind"]),
    )


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("The judge ruled out that he was guilty.", None),
        ("The judge ruled that he was guilty.", "guilty"),
        ("The jury found him innocent.", "innocent"),
    ],
)
def test_one_of_the_given_answers_is_named_unless_something_is_denied(text: str, answer: str | None) -> None:
    assert one_of("guilty, innocent", text) == answer


def test_a_short_form_of_a_day_or_month_may_be_a_place() -> None:
    assert places_in("12 were hurt in Mar Lago and in Sun City", set()) == {"mar", "sun"}
    assert places_in("12 were hurt in March and on Sunday", set()) == set()
    assert places_in("12 were hurt in Orm when the ferry ran aground near Tarsk", set()) == {"orm"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("12 died in the battle for Lorn", {"lorn"}),
        ("9 homes burned in a raid on Pell", {"pell"}),
        ("5 died in an attack on the Marsh Road", {"marsh"}),
        ("7 were hurt in clashes in Brell", {"brell"}),
        ("they paid 9 crowns in exchange for Vesta shares", set()),
        ("4 lost their jobs in a row over Gazelle", set()),
    ],
)
def test_an_event_at_a_place_is_there(text: str, place: set[str]) -> None:
    assert places_in(text, set()) == place
