"""Verbs in Python: one transaction, a draft that leaves nothing, a ledger that a refused command does not start."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest
from conftest import ROOT, Claims

import ledger
from ledger import store, verbs
from ledger.errors import StoreError, Unread
from ledger.verbs import changing, questioning
from ledger.verbs.verb import Verb

TEXT = "The lower town lost at least 300 houses in the flood, said Marsh Relief, a charity.\n"


def _logged(claims: Claims) -> None:
    claims("capture", claims.file("a.txt", TEXT), "--publisher", "Example Daily", "--published", "2020-05-01")
    claims("add", "at least 300 houses", "--article", "A1", "--by", "Marsh Relief", "--cue", "said")


def test_verb_is_one_transaction_and_its_draft_leaves_nothing(claims: Claims) -> None:
    _logged(claims)
    request = questioning.File(claims=("C1",), question="houses lost in the flood")
    with store.open_ledger(claims.ledger) as book:
        before = store.head(book), store.root(book)
        draft = questioning.file.draft(book, request, actor="desk")
        assert (store.head(book), store.root(book)) == before
        assert [(e.kind, e.about) for e in draft.entries] == [("question", "Q1"), ("file", "C1")]
        (effect,) = draft.questions
        assert effect.before is None
        assert [c.id for c in effect.after.claims] == ["C1"]
        done = questioning.file(book, request, actor="desk")
        assert (done.question.id, done.question.claims) == ("Q1", 1) == (draft.result.question.id, 1)
        assert len({e.batch for e in store.entries(book, since=before[0])}) == 1
        again = questioning.file.draft(book, questioning.File(claims=("C1",), question="Q1", out=True), actor="desk")
        assert again.questions[0].before is not None
        assert len(again.questions[0].before.claims) == 1
        assert not again.questions[0].after.claims


@pytest.mark.parametrize("why", [StoreError("the disk is gone"), KeyboardInterrupt()])
def test_what_cannot_be_shown_is_logged_all_the_same_and_said_to_be(claims: Claims, why: BaseException) -> None:
    def shown(_: store.Ledger, __: object) -> object:
        raise why

    _logged(claims)
    unseen = changing.note.then(shown)
    with store.open_ledger(claims.ledger) as book:
        before = store.head(book)
        with pytest.raises(type(why)):
            unseen.rehearse(book, changing.Note(id="C1", text="never"), actor="desk")
        assert store.head(book) == before
        with pytest.raises(Unread) as caught:
            unseen(book, changing.Note(id="C1", text="called back"), actor="desk")
        assert caught.value.message.startswith("it is logged, and could not be shown: ")
        assert [e.kind for e in store.entries(book, since=before)] == ["note"]


def test_draft_of_a_merge_shows_the_question_that_stays(claims: Claims) -> None:
    _logged(claims)
    claims("add", "The lower town", "--article", "A1", "--question", "what was lost")
    claims("file", "C1", "--question", "houses lost in the flood")
    with ledger.open(claims.ledger, actor="eva") as book:
        draft = verbs.merge_questions.draft(book, verbs.MergeQuestions(question="Q1", into="Q2"))
        (effect,) = draft.questions
        assert effect.before is not None
        assert (effect.after.id, [c.id for c in effect.before.claims]) == ("Q2", ["C1"])
        assert [c.id for c in effect.after.claims] == ["C1", "C2"]


def test_dry_run_of_add_shows_the_claim_and_what_changes_in_the_question(claims: Claims) -> None:
    _logged(claims)
    claims("file", "C1", "--question", "houses lost in the flood")
    before = claims("log", "--json").out
    ran = claims(
        "add", "at least 300", "--cite", "Radio X", "--by", "a mayor", "--question", "Q1", "--dry-run", "--json"
    )
    draft = ran.json
    assert (draft["claim"]["id"], draft["claim"]["cite"], draft["claim"]["quantities"][0]["low"]) == (
        "C2",
        "Radio X",
        "300",
    )
    assert [(e["kind"], e["about"]) for e in draft["entries"]] == [
        ("article", "A2"), ("source", "S3"), ("claim", "C2"), ("file", "C2")
    ]  # fmt: skip
    (effect,) = draft["questions"]
    assert (effect["before"]["claims"], effect["after"]["claims"]) == (["C1"], ["C1", "C2"])
    assert effect["after"]["separate_sources"] != effect["before"]["separate_sources"]
    shown = claims("add", "at least 300", "--cite", "Radio X", "--by", "a mayor", "--question", "Q1", "--dry-run").out
    assert "would be logged: article A2, source S3, claim C2, file C2" in shown
    assert claims("log", "--json").out == before


def test_dry_run_starts_no_ledger(claims: Claims) -> None:
    assert claims("add", "40 died", "--cite", "Radio X", "--dry-run", "--json").json["claim"]["id"] == "C1"
    assert not list(claims.folder.iterdir())


def test_fragment_grows_in_python_as_on_the_card_and_offers_the_other_figures(claims: Claims) -> None:
    text = "According to the water ministry, its engineers opened more than 12 sluices, sparing 158 farms.\n"
    claims("capture", claims.file("b.txt", text), "--publisher", "Example Daily", "--published", "2020-05-01")
    with ledger.open(claims.ledger, actor="eva") as book:
        done = verbs.add(book, verbs.Add(exact="more than 12", article="last", grow=True))
        assert (done.claim.exact, done.request.by) == (
            "its engineers opened more than 12 sluices",
            "the water ministry",
        )
        (other,) = done.others
        assert "158 farms" in other.exact
        assert verbs.add(book, other).claim.quantities[0].low == "158"


def test_capture_and_what_it_proposes_for_open_questions_are_one_transaction(claims: Claims) -> None:
    _logged(claims)
    claims("file", "C1", "--question", "houses lost in the flood")
    claims.file("b.txt", "In the lower town at least 320 houses were lost in the flood, said the mayor.\n")
    with ledger.open(claims.ledger, actor="eva") as book:
        size = store.head(book)
        page = ledger.capture.read_file("b.txt")
        done = verbs.capture(book, verbs.Capture(page=page, publisher="Delta Post", published="2020-05-02"))
        assert done.waiting == 1
        assert [n.code for n in done.notices] == ["proposed"]
        logged = list(store.entries(book, since=size))
        assert {e.kind for e in logged} >= {"article", "capture", "suggestion"}
        assert len({e.batch for e in logged}) == 1


@pytest.mark.file
def test_refused_command_takes_the_ledger_that_it_started_away(claims: Claims) -> None:
    ran = claims("add", "some words", "--article", "A1", code=3)
    assert "started" not in ran.err
    assert not list(claims.folder.iterdir())


def test_ledger_that_somebody_else_has_open_is_never_taken_away(claims: Claims) -> None:
    first = store.create(claims.ledger, actor="desk")
    with store.open_ledger(claims.ledger) as other:
        assert not store.withdraw(first)
        assert store.head(other) == 1


@pytest.mark.parametrize("module", sorted(verbs.MODULES))
def test_table_of_verbs_names_what_each_module_has(module: str) -> None:
    found = import_module(f"ledger.verbs.{module}")
    ours = {n: v for n, v in vars(found).items() if isinstance(v, Verb) and v.within.__module__ == found.__name__}
    made = {n for n in ours if not n.startswith("_")}
    assert made <= set(verbs.MODULES[module]) <= set(dir(found))
    for name in made:
        request = list(get_type_hints(getattr(found, name).within).values())[1]
        assert request.__struct_config__.frozen
        assert request.__name__ in verbs.MODULES[module]


def test_every_module_of_verbs_is_in_the_table() -> None:
    files = {p.stem for p in Path(verbs.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == set(verbs.MODULES)


# --- the command line on top --------------------------------------------------------------------------------------


def _handlers() -> Iterator[tuple[str, list[str]]]:
    """Each handler's name with the lines of its body, its options and docstring aside."""
    for path in sorted((ROOT / "cli").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and node.args.args and node.args.args[0].arg == "ctx":
                first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
                lines = text.splitlines()[first.lineno - 1 : node.end_lineno]
                yield f"{path.stem}.{node.name}", [line for line in lines if line.strip()]


def test_handlers_read_options_call_one_verb_and_show_the_result() -> None:
    assert {name: len(lines) for name, lines in _handlers() if len(lines) > 15} == {}


def test_the_command_line_opens_no_transaction() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "cli").glob("*.py")}
    assert [
        n for n, text in texts.items() if re.search(r"store import .*\b(write|rehearse)\b|store\.write\(", text)
    ] == []


def test_a_claim_of_an_article_that_was_taken_back_is_refused(claims: Claims) -> None:
    claims.file("a.txt", "At least 40 boats left the port on Monday, the harbour office said.")
    claims("capture", "a.txt", "--title", "Boats", "--publisher", "Example Daily", "--published", "2024-05-13")
    claims("retract", "A1", "--because", "the wrong file")
    ran = claims("add", "At least 40 boats", "--article", "A1", "--no-input", code=1)
    assert "A1 was retracted" in ran.err
