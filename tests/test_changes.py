"""Amending, retracting, merging and undoing: each an entry, and the log keeps what was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import begins

from ledger import capture, changes, claims, grading, store, undoing
from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.store import Ledger, read, write
from ledger.store.log import BATCHES, LAST_WORD, REVERSED
from ledger.store.resting import IN_USE
from ledger.verbs import changing, judging, questioning
from ledger.vocabulary import EntryKind, Relation, SourceKind

TEXT = "HARBOUR - At least 40 boats left the port on Monday, the harbour office said. The mayor spoke of 60 boats."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with store.create(tmp_path / "l.db", actor="ann") as opened:
        page = capture.read_bytes(TEXT.encode(), name="boats.txt", method="file")
        capture.save(
            opened, page, actor="ann", title="Boats leave", publisher="Example Gazette", published="2020-06-02"
        )
        yield opened


def logged(ledger: Ledger, exact: str, by: str | None = None, actor: str = "ann") -> r.Claim:
    chain = (r.Hop(by),) if by else ()
    with write(ledger, actor) as writer:
        uid = claims.log(
            writer, claims.page(ledger, read.article(ledger, "A1")), r.Claim(exact=exact, attribution=chain)
        ).uid
    return read.claim(ledger, uid)


def test_amending_sets_whole_values_and_history_keeps_what_they_replaced(ledger: Ledger) -> None:
    logged(ledger, "At least 40 boats left the port")
    for says in ("40 boats or more left", "Forty boats or more left"):
        with write(ledger, "bob") as writer:
            changes.amend(writer, "C1", {"says": says}, because="plainer")
    assert read.claim(ledger, "C1").says == "Forty boats or more left"
    amendments = [c for c in changes.history(ledger, "C1") if c.what == "amend"]
    assert [(c.by, c.before["says"], c.because) for c in amendments] == [
        ("bob", None, "plainer"),
        ("bob", "40 boats or more left", "plainer"),
    ]


def test_amended_words_are_searched_and_the_old_ones_are_not(ledger: Ledger) -> None:
    from ledger.store.search import search

    logged(ledger, "At least 40 boats left the port")
    with write(ledger, "ann") as writer:
        changes.amend(writer, "C1", {"says": "a flotilla departed"})
    assert [h.claim.id for h in search(ledger, "flotilla")] == ["C1"]
    with write(ledger, "ann") as writer:
        changes.amend(writer, "C1", {"says": "an armada departed"})
    assert search(ledger, "flotilla") == []
    assert [h.claim.id for h in search(ledger, "armada")] == ["C1"]


@pytest.mark.parametrize("field", sorted(changes.FROZEN))
def test_what_makes_a_claim_that_claim_is_never_amended(ledger: Ledger, field: str) -> None:
    logged(ledger, "At least 40 boats left the port")
    with pytest.raises(Refused, match="cannot be amended"), write(ledger, "ann") as writer:
        changes.amend(writer, "C1", {field: "x"})


@pytest.mark.parametrize("change", [{"colour": "red"}, {"says": 3}, {"quantities": [{"low": 4}]}, {}])
def test_an_amendment_that_does_not_fit_is_refused_and_nothing_is_logged(ledger: Ledger, change: r.Json) -> None:
    logged(ledger, "At least 40 boats left the port")
    size = store.head(ledger)
    with pytest.raises(BadInput), write(ledger, "ann") as writer:
        changes.amend(writer, "C1", change)
    assert store.head(ledger) == size


def test_a_retracted_claim_leaves_lists_and_searches_and_stays_in_its_history(ledger: Ledger) -> None:
    from ledger.store.search import search

    logged(ledger, "At least 40 boats left the port")
    with write(ledger, "ann") as writer:
        changes.retract(writer, "C1", "logged twice")
    assert list(read.claims(ledger)) == []
    assert search(ledger, "boats") == []
    assert read.claim(ledger, "C1").retracted
    assert changes.history(ledger, "C1")[-1].because == "logged twice"
    with pytest.raises(Refused, match="was retracted"), write(ledger, "ann") as writer:
        changing.note.within(writer, changing.Note(id="C1", text="too late"))


def test_a_retraction_needs_its_reason(ledger: Ledger) -> None:
    logged(ledger, "At least 40 boats left the port")
    with pytest.raises(BadInput, match="reason"), write(ledger, "ann") as writer:
        changes.retract(writer, "C1", "  ")


# --- undo ---------------------------------------------------------------------------------------------------------


def test_undo_takes_back_the_last_command_of_the_same_actor_only(ledger: Ledger) -> None:
    logged(ledger, "At least 40 boats left the port", actor="ann")
    logged(ledger, "The mayor spoke of 60 boats", actor="bob")
    with write(ledger, "ann") as writer:
        undoing.undo(writer)
    assert [c.id for c in read.claims(ledger)] == ["C2"]


def test_undoing_twice_goes_back_one_command_further(ledger: Ledger) -> None:
    logged(ledger, "At least 40 boats left the port")
    logged(ledger, "The mayor spoke of 60 boats")
    for left in (["C1"], []):
        with write(ledger, "ann") as writer:
            undoing.undo(writer)
        assert [c.id for c in read.claims(ledger)] == left


def test_undo_puts_amended_fields_back(ledger: Ledger) -> None:
    logged(ledger, "At least 40 boats left the port", by="the harbour office")
    before = read.claim(ledger, "C1")
    with write(ledger, "ann") as writer:
        changes.amend(writer, "C1", {"says": "forty", "quantities": [], "attribution": []})
    assert read.claim(ledger, "C1").quantities == ()
    with write(ledger, "ann") as writer:
        undoing.undo(writer)
    assert read.claim(ledger, "C1") == before


def test_undo_reverses_filing_tagging_rating_and_linking(ledger: Ledger) -> None:
    logged(ledger, "At least 40 boats left the port")
    logged(ledger, "The mayor spoke of 60 boats")
    with write(ledger, "ann") as writer:
        question = claims.question_uid(writer, "How many boats left?")
        uid = read.thing(ledger, "C1").uid
        claims.file(writer, uid, question)
        changing.tag.within(writer, changing.Tag(id="C1", tags=("boats",)))
        judging.rate.within(writer, judging.Rate(about="C1", value="unproven", because="one source"))
        questioning.link.within(
            writer, questioning.Link(a="C1", b="C2", relation=Relation.CONFLICTS, because="different counts")
        )
    with write(ledger, "ann") as writer:
        undoing.undo(writer)
    claim = read.claim(ledger, "C1")
    assert (claim.questions, claim.tags, claim.rating) == ((), (), None)
    assert read.links(ledger, [claim.uid]) == []


def test_a_reason_that_reads_like_an_undo_undoes_nothing(ledger: Ledger) -> None:
    first = logged(ledger, "At least 40 boats left the port")
    logged(ledger, "The mayor spoke of 60 boats")
    entry = store.last_entry(ledger, first.uid)
    for reason in (f"undo of entry {entry.uid}", f"undo of entry {entry.seq}"):
        with write(ledger, "ann") as writer:
            changes.retract(writer, "C1", reason)
        with write(ledger, "ann") as writer:
            assert undoing.undo(writer).what == ("retract of C1 taken back",)
        assert [c.id for c in read.claims(ledger)] == ["C1", "C2"]


def test_an_undo_names_the_entries_that_it_takes_back(ledger: Ledger) -> None:
    claim = logged(ledger, "At least 40 boats left the port")
    with write(ledger, "ann") as writer:
        changing.tag.within(writer, changing.Tag(id="C1", tags=("boats",)))
        judging.rate.within(writer, judging.Rate(about="C1", value="unproven", because="one source"))
        changes.amend(writer, "C1", {"says": "forty"})
    done = list(store.entries(ledger, batch=store.last_entry(ledger, claim.uid).batch))
    with write(ledger, "ann") as writer:
        undoing.undo(writer)
    reversing = store.entries(ledger, batch=list(store.entries(ledger))[-1].batch)
    assert [changes.body_data(e)["undoes"] for e in reversing] == [e.uid for e in reversed(done)]
    rows = ledger.rows("SELECT entry FROM undone")
    assert {row["entry"] for row in rows} == {e.uid for e in done}


def test_an_undo_that_takes_nothing_back_says_so_once_and_the_next_goes_further_back(ledger: Ledger) -> None:
    logged(ledger, "At least 40 boats left the port", by="the harbour office")
    page = capture.read_bytes(TEXT.replace("60", "61").encode(), name="boats.txt", method="file")
    details = {"title": "Boats leave", "publisher": "Example Gazette", "published": "2020-06-02"}
    assert not capture.save(ledger, page, actor="ann", **details).new_article
    for line in ("capture of A1 taken back", "claim C1 taken back", "article A1 taken back"):
        with write(ledger, "ann") as writer:
            assert line in undoing.undo(writer).what


def test_a_source_that_others_use_stays_and_does_not_stop_undo(ledger: Ledger) -> None:
    from ledger.sources import source_uid

    with write(ledger, "ann") as writer:
        source_uid(writer, "the harbour office")
    logged(ledger, "The mayor spoke of 60 boats", by="the harbour office", actor="bob")
    for line in ("source S2 stays: claims name it", "article A1 stays: claims of it stand"):
        with write(ledger, "ann") as writer:
            assert line in undoing.undo(writer).what
    assert not read.source(ledger, "S2").retracted


@pytest.mark.file
@pytest.mark.parametrize("table", ["entry", "claim", "hop", "article", "thing"])
def test_undo_reads_no_table_from_end_to_end(ledger: Ledger, table: str) -> None:
    plans = [
        row["detail"]
        for sql in (BATCHES, LAST_WORD, REVERSED, IN_USE)
        for row in ledger.rows(f"EXPLAIN QUERY PLAN {sql}", ["x"] * sql.count("?"))
    ]
    assert not [plan for plan in plans if plan.startswith("SCAN") and table in plan.split()]


def test_undo_with_nothing_left_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="nothing of carol"), write(ledger, "carol") as writer:
        undoing.undo(writer)


def test_undo_leaves_a_source_that_another_claim_uses(ledger: Ledger) -> None:
    logged(ledger, "At least 40 boats left the port", by="the harbour office", actor="ann")
    logged(ledger, "The mayor spoke of 60 boats", by="the harbour office", actor="bob")
    with write(ledger, "ann") as writer:
        undoing.undo(writer)
    assert not read.source(ledger, "S2").retracted
    assert [h.source for h in read.claim(ledger, "C2").attribution] == ["the harbour office"]


# --- merging and judging ------------------------------------------------------------------------------------------


def test_a_merged_source_is_found_under_the_one_that_stays(ledger: Ledger) -> None:
    from ledger.sources import source_uid
    from ledger.text import folding

    with write(ledger, "ann") as writer:
        source_uid(writer, "Port Office")
        source_uid(writer, "Harbour Office", SourceKind.GOVERNMENT)
    with write(ledger, "ann") as writer:
        changes.merge(writer, "S2", "S3", because="the same office")
    found = read.source_by_folded(ledger, folding.name("the port office"))
    assert found is not None
    assert found.id == "S3"


def test_a_merged_question_gives_its_claims_to_the_one_that_stays(ledger: Ledger) -> None:
    one = logged(ledger, "At least 40 boats left the port")
    with write(ledger, "ann") as writer:
        first, second = (claims.question_uid(writer, t) for t in ("How many boats?", "Boats that left?"))
        claims.file(writer, one.uid, first)
        changes.merge(writer, "Q1", "Q2")
    assert read.claim(ledger, "C1").questions == ("Q2",)
    assert [q.id for q in read.questions(ledger)] == ["Q2"]
    assert second == read.question(ledger, "Q2").uid


def test_a_newer_rating_by_the_same_person_supersedes_and_another_persons_stands_beside_it(ledger: Ledger) -> None:
    logged(ledger, "At least 40 boats left the port")
    for actor, value in (("ann", "unproven"), ("bob", "disputed"), ("ann", "supported")):
        with write(ledger, actor) as writer:
            judging.rate.within(writer, judging.Rate(about="C1", value=value, because="because"))
    ratings = read.judgements(ledger, read.thing(ledger, "C1").uid, EntryKind.RATING)
    assert [(j.by, j.value, j.superseded) for j in ratings] == [
        ("ann", "unproven", True),
        ("bob", "disputed", False),
        ("ann", "supported", False),
    ]


@pytest.mark.parametrize("value", ["Unproven", "UNPROVEN", " unproven. "])
def test_grades_fold_case_and_punctuation(value: str) -> None:
    assert grading.scale("house").grade(value).value == "unproven"


def test_a_grade_that_is_not_on_the_scale_is_refused_with_those_that_are() -> None:
    with pytest.raises(BadInput) as e:
        grading.scale("house").grade("mostly true")
    assert "supported, unproven, disputed, refuted" in (e.value.hint or "")


def test_every_rebuild_gives_the_same_rows(ledger: Ledger) -> None:
    logged(ledger, "At least 40 boats left the port", by="the harbour office")
    with write(ledger, "ann") as writer:
        changes.amend(writer, "C1", {"says": "forty"})
        changing.tag.within(writer, changing.Tag(id="C1", tags=("boats",)))
        changing.tag.within(writer, changing.Tag(id="C1", tags=("boats",), out=True))
        judging.rate.within(writer, judging.Rate(about="C1", value="unproven", because="one source", on=("C1",)))
    with write(ledger, "ann") as writer:
        undoing.undo(writer)

    def rows() -> dict[str, list[tuple[object, ...]]]:
        return {t: [tuple(row) for row in ledger.rows(f"SELECT * FROM {t}")] for t in store.derive.DERIVED}

    before = rows()
    store.rebuild(ledger)
    assert rows() == before


def test_undo_reverses_each_command_once(claims):
    place = claims.file("a.txt", "The mayor said at least 40 boats left.\n")
    claims("capture", place, "--title", "T", "--publisher", "P")
    claims("suggest", "A1", "--accept", "1")
    assert "claim C1 taken back" in claims("undo").out
    assert "article A1 taken back" in claims("undo").out
    assert "nothing of desk to undo" in claims("undo", code=1).err


def test_redo_does_again_what_was_undone_until_something_else_is_done(claims):
    place = claims.file("a.txt", "The mayor said at least 40 boats left.\n")
    claims("capture", place, "--title", "T", "--publisher", "P")
    claims("suggest", "A1", "--accept", "1")
    claims("tag", "C1", "boats")
    listed = claims("undo", "--list").out
    assert [line.split()[0] for line in listed.splitlines()] == ["1", "2", "3"]
    assert "tagged C1 boats" in listed.splitlines()[0]
    claims("undo", "3")
    assert claims("list", "--json").lines == []
    assert "claim C1 done again" in claims("redo", "2").out
    assert [c["tags"] for c in claims("list", "--json").lines] == [[]]
    claims("note", "C1", "why")
    assert "left to be done again" in claims("redo", code=1).err


def test_what_went_out_does_not_stand_in_the_way_of_undo(claims):
    place = claims.file("a.txt", "The mayor said at least 40 boats left.\n")
    claims("capture", place, "--title", "T", "--publisher", "P")
    claims("suggest", "A1", "--accept", "1")
    claims("tag", "C1", "boats")
    claims("publish", "C1")
    assert "claims undo 2" in claims("undo", code=1).err
    assert claims("undo", "2").out.splitlines() == [
        "publication of C1 stays: it cannot be called back",
        "tag of C1 taken back",
    ]
    assert "claim C1 taken back" in claims("undo").out


def test_what_another_person_changed_since_stays_and_is_said(claims):
    place = claims.file("a.txt", "The mayor said at least 40 boats left.\n")
    claims("capture", place, "--title", "T", "--publisher", "P")
    claims("suggest", "A1", "--accept", "1")
    claims("amend", "C1", "--says", "forty", "--set", "scope=port")
    claims("amend", "C1", "--says", "40 or more", "--actor", "bob")
    assert claims("undo").out.strip() == "amend of C1 taken back; says changed since and stays"
    assert (found := claims("show", "C1", "--json").json)["says"] == "40 or more"
    assert found["scope"] is None
    assert "bob changed C1: says from “forty” to “40 or more”" in claims("history", "C1").out


def test_undone_suggestion_waits_again(claims):
    place = claims.file("a.txt", "The mayor said at least 40 boats left.\n")
    claims("capture", place, "--title", "T", "--publisher", "P")
    claims("suggest", "A1", "--accept", "1")
    claims("undo")
    assert claims("suggest", "A1", "--json").lines[0]["state"] is None
    claims("suggest", "A1", "--accept", "1")
    assert [c["id"] for c in claims("list", "--json").lines] == ["C2"]


# --- repair at the command line -----------------------------------------------------------------------------------


@begins
def desk(claims):
    claims.file("a.txt", "At least 40 boats left the port, the harbour office said. The mayor spoke of 60 boats.\n")
    claims("capture", "a.txt", "--title", "Boats", "--publisher", "Exampel Gazette", "--published", "2031-05-09")
    for quote, by in (("At least 40 boats left the port", "the harbour office"), ("60 boats", "Port Office")):
        claims("add", quote, "--article", "A1", "--by", by, "--question", "How many boats left?", "--no-input")
    return claims


@pytest.mark.parametrize(
    ("id_", "given", "shown"),
    [
        ("A1", "publisher=Example Gazette", ("publisher", "Example Gazette")),
        ("A1", "publisher=S3", ("publisher", "Port Office")),
        ("A1", "publisher=", ("publisher", None)),
        ("A1", "published=8 May 2031", ("published_at", "2031-05-08")),
        ("A1", "title=Boats leave", ("title", "Boats leave")),
        ("A1", "byline=Ann Roe", ("byline", "Ann Roe")),
        ("S2", "name=Harbour Office", ("name", "Harbour Office")),
        ("Q1", "question=How many boats left the port?", ("question", "How many boats left the port?")),
    ],
)
def test_what_was_typed_wrong_is_amended_by_name_and_undone(desk, id_, given, shown):
    before = desk("show", id_, "--json").json[shown[0]]
    desk("amend", id_, "--set", given)
    assert desk("show", id_, "--json").json[shown[0]] == shown[1]
    desk("undo")
    assert desk("show", id_, "--json").json[shown[0]] == before


@pytest.mark.parametrize(
    ("id_", "given", "told"),
    [
        ("A1", "published=3/4/2031", "day or month first"),
        ("C1", "publisher=Example Gazette", "claims amend A1"),
        ("C1", "colour=red", "there are: answer"),
        ("S2", "name=Port Office", "claims source merge S2 S3"),
        ("A1", "publisher=S9", "no source S9"),
    ],
)
def test_an_amendment_that_cannot_be_says_what_can(desk, id_, given, told):
    assert told in desk("amend", id_, "--set", given, code=None).err


def test_sources_that_were_merged_are_shown_as_one_and_split_again(desk):
    before = desk("source", "list", "--json").lines
    desk("source", "merge", "S2", "S3")
    assert "the harbour office (one with S3)" in desk("source", "list").out
    assert {s["id"]: s["claims"] for s in desk("source", "list", "--json").lines}["S3"] == 2
    assert [c["id"] for c in desk("list", "--source", "S3", "--json").lines] == ["C1", "C2"]
    assert desk("question", "show", "Q1", "--json").json["origins"]["high"] == 1
    desk("source", "split", "S2")
    assert desk("source", "list", "--json").lines == before
    assert desk("question", "show", "Q1", "--json").json["origins"]["high"] == 2


def test_questions_that_were_merged_are_split_with_their_own_claims(desk):
    desk("question", "add", "Boats that left")
    desk("file", "C2", "--question", "Q2")
    before = desk("list", "--json").lines
    desk("question", "merge", "Q1", "Q2")
    assert [c["questions"] for c in desk("list", "--json").lines] == [["Q2"], ["Q2"]]
    desk("file", "C1", "--question", "Q2", "--out")
    desk("undo")
    desk("question", "split", "Q1")
    assert desk("list", "--json").lines == before


def test_a_split_from_what_was_merged_itself_is_undone(desk):
    desk("question", "add", "Boats that left")
    desk("question", "add", "Boats gone")
    desk("question", "merge", "Q1", "Q2")
    desk("question", "merge", "Q2", "Q3")
    before = desk("list", "--json").lines
    assert {c["questions"][0] for c in before} == {"Q3"}
    desk("question", "split", "Q1")
    assert {c["questions"][0] for c in desk("list", "--json").lines} == {"Q1"}
    desk("undo")
    assert desk("list", "--json").lines == before
    desk("redo")
    desk("--actor", "bo", "question", "merge", "Q3", "Q1")
    assert "split of Q1 stays: Q2 was merged into it since" in desk("undo").out


def test_retracting_an_article_tells_what_hangs_on_it_and_takes_it_along(desk):
    assert "2 claims of A1 stand: C1, C2" in desk("retract", "A1", "--because", "a test").err
    assert len(desk("list", "--json").lines) == 2
    desk("undo")
    desk("retract", "A1", "--because", "a test", "--with-claims")
    assert desk("list", "--json").lines == []
    desk("undo")
    assert len(desk("list", "--json").lines) == 2


def test_suggestions_of_what_was_retracted_go_and_come_back(desk):
    desk.file("b.txt", "At least 45 boats left the port, the coast guard said on Tuesday.\n")
    desk("capture", "b.txt", "--title", "More boats", "--publisher", "Coast Daily", "--published", "2031-05-10")
    desk("xref", "C1")
    waiting = [i for i in desk("todo", "--json").lines if i["why"] == "suggestions"]
    assert waiting
    desk("retract", "A2", "--because", "a test")
    assert [i for i in desk("todo", "--json").lines if i["why"] == "suggestions"] == []
    desk("undo")
    assert [i for i in desk("todo", "--json").lines if i["why"] == "suggestions"] == waiting


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("edit", "claims amend ID"),
        ("rm", "claims retract ID"),
        ("delete", "claims retract ID"),
        ("split", "source split"),
    ],
)
def test_words_that_people_try_lead_to_what_they_want_and_never_to_redact(claims, typed, told):
    said = claims(typed, "C1", code=2).err
    assert told in said
    assert "redact" not in said


RESTING = (
    ("rate C1 unproven --because heard", "claim C1", "rating"),
    ("check C1 yes --because heard", "claim C1", "check"),
    ("evidence add log.txt --for C1 --shows boats --supports", "claim C1", "evidence"),
    ("tag C1 boats", "claim C1", "tag"),
    ("amend C1 --says forty", "claim C1", "amendment"),
    ("assign C1 bob", "claim C1", "state of work"),
    ("answer Q1 forty --because counted --on C1", "claim C1", "answer"),
    ("answer Q1 forty --because counted", "question Q1", "answer"),
    ("source party S1 --side port --question Q1", "question Q1", "word on a side"),
    ("source alias S2 Burgomaster", "source S2", "alias"),
    ("source party S2 --side port", "source S2", "word on a side"),
)


@pytest.mark.parametrize(("said", "what", "kind"), RESTING)
def test_what_another_said_of_a_thing_holds_it_and_all_that_was_logged_with_it(claims, said, what, kind):
    place = claims.file("a.txt", "The mayor said at least 40 boats left.\n")
    claims("capture", place, "--title", "T", "--publisher", "P", "--published", "2031-05-09")
    claims("suggest", "A1", "--accept", "1", "--question", "How many boats left?")
    claims.file("log.txt", "forty boats")
    claims(*said.split(), "--actor", "bob")
    undone = claims("undo").out
    assert f"{what} stays: the {kind} by bob rests on it" in undone
    if what == "claim C1":
        assert claims("show", "C1", "--json").json["questions"] == ["Q1"]
        assert claims("triage", "--list", "--json").lines == []


def test_what_another_took_back_again_holds_nothing(claims):
    place = claims.file("a.txt", "The mayor said at least 40 boats left.\n")
    claims("capture", place, "--title", "T", "--publisher", "P")
    claims("suggest", "A1", "--accept", "1")
    claims("rate", "C1", "unproven", "--because", "heard", "--actor", "bob")
    claims("undo", "--actor", "bob")
    assert "claim C1 taken back" in claims("undo").out


def test_undo_says_of_each_thing_that_nobody_can_call_back_why(claims):
    place = claims.file("a.txt", "The mayor said at least 40 boats left.\n")
    claims("capture", place, "--title", "T", "--publisher", "P")
    claims("suggest", "A1", "--accept", "1")
    for _ in range(2):
        claims("publish", "C1")
    assert "claims undo 3 takes back" in claims("undo", code=1).err
    claims("redact", "--yes", "C1", "--because", "court")
    refused = claims("undo", code=1).err
    assert "redacted" in refused
    assert "correct ID" not in refused
