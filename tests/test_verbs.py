"""Verbs in Python: one transaction, a draft that leaves nothing, a ledger that a refused command does not start."""

from __future__ import annotations

from conftest import Claims

from ledger import store
from ledger.verbs import filing

TEXT = "The lower town lost at least 300 houses in the flood, said Marsh Relief, a charity.\n"


def _logged(claims: Claims) -> None:
    claims("capture", claims.file("a.txt", TEXT), "--publisher", "Example Daily", "--published", "2020-05-01")
    claims("add", "at least 300 houses", "--article", "A1", "--by", "Marsh Relief", "--cue", "said")


def test_verb_is_one_transaction_and_its_draft_leaves_nothing(claims: Claims) -> None:
    _logged(claims)
    request = filing.File(claims=("C1",), under="houses lost in the flood")
    with store.open_ledger(claims.ledger) as book:
        before = store.head(book), store.root(book)
        draft = filing.file.draft(book, request, actor="desk")
        assert (store.head(book), store.root(book)) == before
        assert [(e.kind, e.about) for e in draft.entries] == [("question", "Q1"), ("file", "C1")]
        (effect,) = draft.questions
        assert effect.before is None
        assert [c.id for c in effect.after.claims] == ["C1"]
        done = filing.file(book, request, actor="desk")
        assert (done.question.id, done.question.claims) == ("Q1", 1) == (draft.result.question.id, 1)
        assert len({e.batch for e in store.entries(book, since=before[0])}) == 1
        again = filing.file.draft(book, filing.File(claims=("C1",), under="Q1", out=True), actor="desk")
        assert again.questions[0].before is not None
        assert len(again.questions[0].before.claims) == 1
        assert not again.questions[0].after.claims


def test_refused_command_takes_the_ledger_that_it_started_away(claims: Claims) -> None:
    ran = claims("add", "some words", "--article", "A1", code=3)
    assert "started" not in ran.err
    assert not list(claims.folder.iterdir())


def test_ledger_that_somebody_else_has_open_is_never_taken_away(claims: Claims) -> None:
    first = store.create(claims.ledger, actor="desk")
    with store.open_ledger(claims.ledger) as other:
        assert not store.withdraw(first)
        assert store.head(other) == 1
