"""Cross-referencing: neighbours with reasons, filings under known and new questions, passages that nobody has logged."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import capture, claims, store, suggestions
from ledger import records as r
from ledger.crossref import proposals
from ledger.crossref.candidates import Matcher
from ledger.crossref.grouping import TOGETHER, central, gather
from ledger.crossref.profiles import facets, scope_of
from ledger.crossref.proposals import Outcome
from ledger.crossref.study import study
from ledger.errors import BadInput, NotFound
from ledger.reports.comparing import comparison_words
from ledger.store import read
from ledger.verbs import crossing, importing
from ledger.vocabulary import Agreement, EntryKind, State, SuggestionKind, SuggestionState

FERRY = {"event_time": "2031-05-05", "place": "Cape Lorn"}
STORM = {"event_time": "2031-09-17", "place": "Hallen valley"}
TOLD: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("Harbour Times", "At least 40 people died when the ferry Aurelia sank off Cape Lorn", {"scope": "dead", **FERRY}),
    ("Lorn Herald", "The sinking of the Aurelia cost 44 lives", {"scope": "dead", **FERRY}),
    ("Tide News", "More than 30 dead", {"scope": "dead", **FERRY}),
    ("Island Post", "Divers counted 12 children among the dead of the Aurelia", {"scope": "children dead", **FERRY}),
    ("Gull Gazette", "nine children died on the ferry", {"scope": "children dead", **FERRY}),
    ("Harbour Times", "The storm killed 17 people", {"scope": "dead", **STORM}),
    ("Lorn Herald", "Nineteen people were killed by the storm", {"scope": "dead", **STORM}),
    ("Tide News", "The company blamed the captain for the sinking", {"answer": "captain", **FERRY}),
    (
        "Island Post",
        "The captain denied that he was responsible for the sinking",
        {"answer": "denial: captain", **FERRY},
    ),
)
GROUPS = ({"C1", "C2", "C3"}, {"C4", "C5"}, {"C6", "C7"}, {"C8", "C9"})


def imported(folder: Path, told: tuple[tuple[str, str, dict[str, Any]], ...], **bodies: str) -> store.Ledger:
    """A ledger with these claims, each in an article of its own; a body's key is the claim's number."""
    lines = [
        {
            "article": {
                "file": f"{n}.txt", "publisher": who, "published_at": f"{more['event_time']}",
                "text": bodies.get(f"c{n}", f"{exact}. The weather was calm."),
            },
            "exact": exact, **more,
        }
        for n, (who, exact, more) in enumerate(told, 1)
    ]  # fmt: skip
    place = folder / "in.jsonl"
    place.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    ledger = store.create(folder / "ledger.db", actor="desk")
    outcome = importing.import_files(ledger, importing.ImportFiles(files=(str(place),)), actor="desk")
    assert not outcome.failed, outcome.problems
    return ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[store.Ledger]:
    with imported(tmp_path, TOLD) as made:
        yield made


def look(ledger: store.Ledger, what: str, **wish: Any) -> Outcome:
    return crossing.xref(ledger, crossing.Xref(what=what, **wish), actor="desk")


def groups(ledger: store.Ledger) -> list[set[str]]:
    return [{c.id for c in read.claims(ledger, question=q.uid)} for q in read.questions(ledger)]


# --- groups -------------------------------------------------------------------------------------------------------


def test_claims_about_one_matter_become_one_question_in_the_words_of_the_most_central(ledger: store.Ledger) -> None:
    look(ledger, "all", accept_above=TOGETHER)
    assert sorted(map(sorted, groups(ledger))) == sorted(map(sorted, GROUPS))
    for question in read.questions(ledger):
        members = [c.exact for c in read.claims(ledger, question=question.uid)]
        assert any(question.question.startswith(f"“{exact[:30]}") for exact in members)


def test_without_acceptance_filings_wait_and_nothing_is_filed(ledger: store.Ledger) -> None:
    outcome = look(ledger, "all")
    assert {f.state for f in outcome.filings} == {"pending"}
    assert groups(ledger) == []
    assert len(suggestions.pending(ledger, SuggestionKind.FILING)) == len(outcome.filings) == 9


def test_a_second_look_proposes_nothing_twice_and_accepts_what_waited(ledger: store.Ledger) -> None:
    first = look(ledger, "all")
    again = look(ledger, "all", accept_above=0.0)
    assert [f.suggestion for f in again.filings] == [f.suggestion for f in first.filings]
    assert {f.state for f in again.filings} == {"accepted"}
    assert look(ledger, "all").filings == ()


def test_what_a_person_rejected_stays_rejected(ledger: store.Ledger) -> None:
    look(ledger, "all")
    with store.write(ledger, "ana") as writer:
        for s in suggestions.pending(ledger, SuggestionKind.FILING):
            suggestions.judge(writer, s.uid, SuggestionState.REJECTED, because="no")
    assert look(ledger, "all", accept_above=0.0).filings == ()
    assert groups(ledger) == []


def test_a_claim_is_proposed_for_the_question_of_its_neighbours(ledger: store.Ledger) -> None:
    with store.write(ledger, "ana") as writer:
        question = claims.question_uid(writer, "How many died on the Aurelia?")
        for name in ("C1", "C2"):
            claims.file(writer, read.claim(ledger, name).uid, question)
    (filed,) = look(ledger, "C3").filings
    assert (filed.claim, filed.question, filed.state) == ("C3", "Q1", "pending")
    assert float(filed.score) >= TOGETHER


def test_a_question_gathers_claims_that_belong_under_it(ledger: store.Ledger) -> None:
    with store.write(ledger, "ana") as writer:
        claims.file(writer, read.claim(ledger, "C6").uid, claims.question_uid(writer, "How many did the storm kill?"))
    assert [(f.claim, f.question) for f in look(ledger, "Q1").filings] == [("C7", "Q1")]


# --- grouping from nothing --------------------------------------------------------------------------------------------


def told(text: str) -> list[dict[str, Any]]:
    """Import lines for the marked passages of articles: `=== outlet | day | title`, then text with {question|passage}."""
    lines = []
    for n, part in enumerate(re.split("^=== ", text, flags=re.MULTILINE)[1:]):
        head, body = part.split("\n", 1)
        outlet, day, title = head.split(" | ")
        plain = re.sub(r"\{\w+\|([^}]*)\}", r"\1", body)
        article = {"file": f"{n}.txt", "publisher": outlet, "published_at": day, "title": title, "text": plain}
        for m in re.finditer(r"\{(\w+)\|([^}]*)\}", body):
            start = len(re.sub(r"\{\w+\|([^}]*)\}", r"\1", body[: m.start()]))
            lines.append({"article": article, "exact": m[2], "start": start, "extra": {"question": m[1]}})
    return lines


def ledger_of(folder: Path, text: str) -> store.Ledger:
    place = folder / "told.jsonl"
    place.write_text("\n".join(map(json.dumps, told(text))), encoding="utf-8")
    made = store.create(folder / "ledger.db", actor="desk")
    importing.import_files(made, importing.ImportFiles(files=(str(place),)), actor="desk")
    return made


EVENTS = Path(__file__).parent / "events"


GROUPED = [
    ("ferry", 0.5, 0.5),
    ("school", 0.6, 0.5),
    ("bank", 0.65, 0.4),
    ("mine", 0.65, 0.45),
    ("verdict", 0.45, 0.45),
    ("crush", 0.85, 0.5),
]


@pytest.mark.parametrize(("event", "right", "found"), GROUPED)
def test_bare_passages_of_an_event_fall_into_its_questions(
    tmp_path: Path, event: str, right: float, found: float
) -> None:
    """The shares of pairs under one question that belong together, and of those that do which are."""
    with ledger_of(tmp_path, (EVENTS / f"{event}.txt").read_text(encoding="utf-8")) as ledger:
        look(ledger, "all", accept_above=TOGETHER, passages=False)
        asked = {c.id: c.extra["question"] for c in read.claims(ledger) if c.extra}
        made = {frozenset(pair) for group in groups(ledger) for pair in combinations(group, 2)}
    wanted = {frozenset(pair) for pair in combinations(asked, 2) if len({asked[c] for c in pair}) == 1}
    assert len(made & wanted) >= right * len(made)
    assert len(made & wanted) >= found * len(wanted)


@pytest.mark.parametrize(("event", "found"), [("mine", 5), ("verdict", 2), ("crush", 12)])
def test_what_is_called_a_dispute_of_bare_passages_is_one(tmp_path: Path, event: str, found: int) -> None:
    """Precision first: none that the event's own table does not hold, and at least so many of those that it does."""
    text = (EVENTS / f"{event}.txt").read_text(encoding="utf-8")
    table = re.findall(r"^# (\w+): ([^|\n]+)(?: \| (.*))?$", text, flags=re.MULTILINE)
    asked = {label: fact.strip() for label, fact, _ in table}
    lines = [{**line, "question": asked.get(line["extra"]["question"])} for line in told(text)]
    wanted = {(asked[label], *map(int, pair.split("-"))) for label, _, pairs in table for pair in pairs.split()}
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        importing.import_files(ledger, importing.ImportFiles(files=(str(tmp_path / "in.jsonl"),)), actor="desk")
        studied = [study(ledger, q.id) for q in read.questions(ledger)]
    called = set()
    for one in studied:
        place = {c.id: n for n, c in enumerate(sorted(one.claims, key=lambda c: r.order(c.id)), 1)}
        disputed = [sorted((place[p.a], place[p.b])) for p in one.pairs if p.agreement == Agreement.CONFLICT]
        called |= {(one.question.question, *pair) for pair in disputed}
    assert called <= wanted
    assert len(called) >= found


MAST = (
    ("The mast {a|stood 60 metres high}.", "The tower {a|was about 200 feet high}.", True),
    ("The mast {a|stood 60 metres high}.", "The mast {a|stood 60 kilometres away}.", False),
    ("The quake hurt many: {a|the clinic counted 50}.", "{a|At least 40 people were injured}.", True),
    ("The quake killed many: {a|the clinic counted 50}.", "{a|At least 40 people were injured}.", False),
    ("{a|The two deaths had nothing to do with the weather}.", "{a|The storm killed two people}.", False),
    ("{a|The shepherd was struck on Monday}.", "On Tuesday {a|lightning struck the shepherd}.", True),
    ("{a|Pell fell while mending the roof}.", "{a|Pell was falling when the roof was mended}.", True),
    ("{a|Troops raided 14 farms}.", "{a|They fired 14 rockets}.", False),
    ("{a|Pell was in full control of the port}.", "{a|Rebels retook the port}.", True),
    ("{a|Moss was jailed for fraud}.", "{a|She began her sentence}.", True),
    ("{a|The choir won a medal}.", "{a|The singers took the prize}.", True),
    ("{a|The lake lies 30 km from Orm}.", "{a|The lake is 30 km deep}.", False),
    ("{a|The bank refunded $2 million}.", "{a|The clerk embezzled $2 million}.", False),
    ("{a|The hall sold 700 seats more than allowed}.", "{a|The hall sold 900 seats}.", False),
    ("{a|The bridge was shut when the storm broke}.", "{a|The storm broke at 7.40 pm}.", False),
    ("{a|Pell resigned on 2 May}.", "{a|Pell stepped down and resigned on 3 May}.", True),
    ("The fire killed two. {a|They sold 14 tickets}.", "{a|Two people were killed}.", False),
    ("{a|At least 30 were hurt}. {b|Over 90 were hurt in the stadium}.", "{a|At least 30 were hurt}.", True),
)
"""Two articles, and whether the passages {a|...} of both answer one question."""


@pytest.mark.parametrize(("one", "other", "together"), MAST)
def test_what_two_passages_answer_is_read_from_figures_words_and_the_sentence(
    tmp_path: Path, one: str, other: str, together: bool
) -> None:
    text = f"=== Tide News | 2031-05-05 | News\n{one}\n=== Gull Gazette | 2031-05-05 | More\n{other}\n"
    with ledger_of(tmp_path, text) as ledger:
        a, b = (c for c in read.claims(ledger) if c.extra == {"question": "a"})
        assert (Matcher(ledger).match(a, b).score >= TOGETHER) is together


def test_who_logged_a_part_of_a_passage_too_logged_the_whole_for_the_rest_of_it(tmp_path: Path) -> None:
    whole, part = "On Friday 14 sailors were rescued", "14 sailors were rescued"
    lines = [
        {"article": {"file": f"{n}.txt", "publisher": who, "text": f"{whole}."}, "exact": exact}
        for n, who in enumerate(("Tide News", "Gull Gazette"))
        for exact in (whole, part)
    ]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        importing.import_files(ledger, importing.ImportFiles(files=(str(tmp_path / "in.jsonl"),)), actor="desk")
        look(ledger, "all", accept_above=TOGETHER)
        assert sorted(map(sorted, groups(ledger))) == [["C1", "C3"], ["C2", "C4"]]


def test_one_short_answer_speaks_for_one_question_unless_it_is_a_bare_yes(tmp_path: Path) -> None:
    words = ("The mill goes on spinning wool for its old buyers", "Pell keeps the looms at work, she said")
    scores = []
    for answer in ("yes", "yes, until the harvest"):
        told = tuple((f"Paper {n}", text, {"answer": answer, **FERRY}) for n, text in enumerate(words))
        (tmp_path / answer).mkdir()
        with imported(tmp_path / answer, told) as ledger:
            scores.append(Matcher(ledger).match(*read.claims(ledger)).score)
    assert scores[1] > scores[0]


# --- neighbours ---------------------------------------------------------------------------------------------------


def test_a_neighbour_comes_with_reasons_agreement_and_origin(ledger: store.Ledger) -> None:
    crossings = {c.other: c for c in look(ledger, "C1").crossings}
    assert set(crossings) == {"C2", "C3"}
    found = crossings["C2"]
    assert "scope: dead" in found.reasons
    assert "where: Cape Lorn" in found.reasons
    assert (found.comparison.agreement, found.comparison.supports) == ("compatible", "b")
    said = comparison_words(found.comparison, *found.statements, same_origin=found.same_origin)
    assert said.startswith("44 lies inside at least 40")
    assert (found.origin, found.same_origin) == ("Lorn Herald", False)


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("C1", "C6", "different periods"),
        ("C1", "C4", "one is about children alone"),
        ("C1", "C8", "one gives a figure, the other none"),
    ],
)
def test_what_makes_two_matters_is_named(ledger: store.Ledger, a: str, b: str, reason: str) -> None:
    found = Matcher(ledger).match(read.claim(ledger, a), read.claim(ledger, b))
    assert found.score < 0.2
    assert found.reasons == (reason,)


def test_what_speaks_against_is_told_behind_what_speaks_for(tmp_path: Path) -> None:
    text = (
        "=== Tide News | 2031-05-05 | A\n{a|The new quay is 80 metres long}.\n"
        "=== Gull Gazette | 2031-05-05 | B\n{a|The new quay is 290 yards long}.\n"
    )
    with ledger_of(tmp_path, text) as ledger:
        found = Matcher(ledger).match(*read.claims(ledger))
    assert found.reasons == ("both give: length", "words: long, new, quay", "but figures apart")


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("The rebels blamed the army for the raid", {"who did it"}),
        ("The raid was carried out by a suicide bomber", {"how it was done"}),
        ("They blamed the delay on the weather", {"why it happened"}),
        ("Troops were in full control of the port", {"who holds it"}),
        ("the heaviest defeat since the war began", {"how it ranks"}),
        ("The minister spoke for an hour", set()),
    ],
)
def test_aspects_of_an_event(text: str, aspect: set[str]) -> None:
    assert facets(text) == aspect


def test_unknown_and_wrong_names_are_refused(ledger: store.Ledger) -> None:
    with pytest.raises(NotFound):
        look(ledger, "C99")
    with pytest.raises(BadInput):
        look(ledger, "S1")


def test_an_empty_ledger_has_nothing_beside_anything(tmp_path: Path) -> None:
    with store.create(tmp_path / "empty.db", actor="desk") as made:
        assert look(made, "all") == Outcome((), ())


# --- passages -----------------------------------------------------------------------------------------------------

QUAY = (
    "The quay was empty. The coast guard of Lorn said on 5 May 2031 that at least 41 people died when the ferry Aurelia sank. "
    "The weather was calm. Nobody spoke of butter."
)


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[store.Ledger]:
    told = (TOLD[0], ("Tide News", "The weather was calm", {"event_time": "2031-05-06"}))
    with imported(tmp_path, told, c2=QUAY) as made:
        yield made


def test_a_passage_that_nobody_logged_is_proposed_as_a_claim_and_anchored_when_accepted(quay: store.Ledger) -> None:
    (found,) = [c for c in look(quay, "C1").crossings if c.other is None]
    assert QUAY[found.start : found.end] == found.exact
    assert "41 people" in found.exact
    assert (found.article, found.origin) == ("A2", "coast guard of Lorn") or found.origin.endswith(
        "coast guard of Lorn"
    )
    with store.write(quay, "ana") as writer:
        made = suggestions.judge(writer, found.suggestion or "", SuggestionState.ACCEPTED)
    claim = read.claim(quay, made or "")
    assert claim.anchored
    assert QUAY[claim.start : claim.end] == claim.exact
    assert [c for c in look(quay, "C1").crossings if c.other is None] == []


def test_an_article_brings_its_own_statements_beside_the_claims_of_others(quay: store.Ledger) -> None:
    found = [c for c in look(quay, "A2").crossings if c.other is None]
    assert [(c.claim, c.article) for c in found] == [("C1", "A2")]


def test_an_accepted_passage_is_filed_under_the_question_of_its_neighbour(quay: store.Ledger) -> None:
    with store.write(quay, "ana") as writer:
        claims.file(writer, read.claim(quay, "C1").uid, claims.question_uid(writer, "How many died?"))
    (found,) = [c for c in look(quay, "A2").crossings if c.other is None]
    with store.write(quay, "ana") as writer:
        suggestions.judge(writer, found.suggestion or "", SuggestionState.ACCEPTED)
    assert groups(quay) == [{"C1", "C3"}]


# --- laws ---------------------------------------------------------------------------------------------------------

scores = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1]), st.floats(0, 1), max_size=45
)


@given(scores)
def test_groups_are_disjoint_and_alike_on_average(given_scores: dict[tuple[int, int], float]) -> None:
    def score(a: int, b: int) -> float:
        return given_scores.get((min(a, b), max(a, b)), 0.0)

    found = [g.members for g in gather(((a, b, v) for (a, b), v in given_scores.items()), score)]
    members = [m for group in found for m in group]
    assert len(members) == len(set(members))
    assert all(len(group) > 1 for group in found)
    for group in found:
        middle, near = central(group, score)
        assert near[middle] == max(near.values())
        assert max(score(a, b) for a in group for b in group if a != b) >= TOGETHER


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("killed", "deaths", True),
        ("people killed", "dead", True),
        ("children killed", "killed", False),
        ("killed by the army", "army dead", False),
        ("dead 5 May", "dead 6 May", False),
        ("sheep lost", "Sheep lost", True),
    ],
)
def test_scopes_in_other_words_are_one_where_they_ask_for_the_same(a: str, b: str, same: bool) -> None:
    assert (scope_of(a) == scope_of(b)) is same


# --- a new capture ------------------------------------------------------------------------------------------------


def of_capture(ledger: store.Ledger, article: str) -> int:
    with store.write(ledger, "desk") as writer:
        return proposals.of_capture(writer, article)


def captured(ledger: store.Ledger, body: str) -> str:
    page = capture.Page(
        body.encode(), body, "utf-8", encoding_guessed=False, extractor="none", method="import", name="new.txt"
    )
    return capture.save(ledger, page, actor="desk", publisher="Tide News", published="2031-05-06").article.uid


def test_a_new_copy_is_looked_through_for_what_answers_an_open_question(tmp_path: Path) -> None:
    with imported(tmp_path, TOLD[:1]) as ledger:
        article = captured(ledger, QUAY)
        assert of_capture(ledger, article) == 0
        with store.write(ledger, "ana") as writer:
            claims.file(writer, read.claim(ledger, "C1").uid, claims.question_uid(writer, "How many died?"))
        assert of_capture(ledger, article) == 1
        assert of_capture(ledger, article) == 0
        (waiting,) = suggestions.pending(ledger)
    assert "41 people" in waiting.proposal["found"]["exact"]
    assert waiting.target == "A2"


def test_a_published_question_asks_for_nothing_more(tmp_path: Path) -> None:
    with imported(tmp_path, TOLD[:1]) as ledger:
        with store.write(ledger, "ana") as writer:
            question = claims.question_uid(writer, "How many died?")
            claims.file(writer, read.claim(ledger, "C1").uid, question)
            writer.append(EntryKind.WORK, r.WorkDraft(state=State.PUBLISHED), about=question)
        assert of_capture(ledger, captured(ledger, QUAY)) == 0


@pytest.mark.parametrize(
    ("one", "other", "nearly"),
    [
        ("2016-03-06/27", "2016-03-07/27", True),
        ("2016-03-07/27", "2016-03-07/27", True),
        ("2016-03-20/27", "2016-03-07/27", False),
        ("2016-03-25/26", "2016-03", False),
        ("2016-03/..", "2016-03", False),
    ],
)
def test_periods_that_share_nearly_all_their_days_are_one(one: str, other: str, nearly: bool) -> None:
    from ledger import dates
    from ledger.crossref.matching import _nearly_one

    assert _nearly_one(dates.window(one), dates.window(other)) is nearly
    assert _nearly_one(dates.window(other), dates.window(one)) is nearly
