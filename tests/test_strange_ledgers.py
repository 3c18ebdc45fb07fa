"""A ledger that another program wrote, well hashed and full of what ours never logs: it is read or named, with no traceback."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sample
from conftest import Claims

from ledger import grading, store
from ledger import records as r
from ledger.vocabulary import EntryKind, SuggestionKind

Strange = Callable[[store.Writer, dict[str, str]], object]


def rule(name: str, value: str) -> Strange:
    return lambda w, _: w.append(EntryKind.POLICY, r.PolicyDraft(name, value))


def suggested(score: str) -> Strange:
    made = r.SuggestionDraft(
        kind=SuggestionKind.CLAIM, proposal='{"exact": 5}', reason="x", score=score, made_by="eve", fingerprint="0" * 64
    )
    return lambda w, uids: w.append(EntryKind.SUGGESTION, r.replace(made, target=uids["a2"]))


STRANGE: dict[str, Strange] = {
    "sign-offs without a number": rule("signoffs", "many"),
    "no end of sign-offs": rule("signoffs", "9" * 5000),
    "a scale that is no JSON": rule("scale/bad", "{"),
    "a scale without grades": rule("scale/bad", '{"name": "bad", "title": "x", "grades": []}'),
    "a witness without a key": rule("witness/x", "nokey"),
    "a suggestion of no strength": suggested("x"),
    "a suggestion of no number": suggested("NaN"),
}
READ = (
    "todo", "doctor", "scale list", "show C1", "show Q1", "show M1", "log", "signoff Q1", "witness list", "verify",
    "report all -o r.html", "rate C2 supported --because x", "publish Q1", "triage --no-input", "plot Q1 -o p.svg",
)  # fmt: skip


@pytest.mark.parametrize("name", STRANGE)
def test_what_no_program_of_ours_logs_is_read_or_named(claims: Claims, name: str) -> None:
    uids = sample.build(claims.ledger)
    with store.open_ledger(claims.ledger) as ledger, store.write(ledger, "eve") as w:
        STRANGE[name](w, uids)
    for command in READ:
        ran = claims(*command.split(), code=None)
        assert "error in Claim Ledger itself" not in ran.err, command
        assert ran.code in (0, 1, 2, 3, 5, 6)
    claims.damaged = True


def test_no_ledger_says_anew_what_a_grade_of_ours_means(claims: Claims) -> None:
    sample.build(claims.ledger)
    with store.open_ledger(claims.ledger) as ledger:
        grades = '[{"value": "supported", "means": "nobody knows"}, {"value": "refuted", "means": "it is true"}]'
        with store.write(ledger, "eve") as w:
            rule("scale/house", f'{{"name": "house", "title": "x", "grades": {grades}}}')(w, {})
        assert grading.scale("house", ledger) == grading.scale("house")
