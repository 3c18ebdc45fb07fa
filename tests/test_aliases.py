"""Names that may mean one source are proposed once, and only a person makes them one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import store, suggestions, undoing
from ledger.crossref.aliases import propose_aliases
from ledger.sources import source_uid
from ledger.store import Ledger, read, write
from ledger.vocabulary import SuggestionState

NAMES = (
    "Coastal Rescue Observatory for Seafarers",
    "CROS",
    "Samir Abdel Rahman",
    "Samir Abdulrahman",
    "Harbour Office",
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with store.create(tmp_path / "l.db", actor="ann") as opened:
        with write(opened, "ann") as writer:
            for name in NAMES:
                source_uid(writer, name)
        yield opened


def proposed(ledger: Ledger) -> list[frozenset[str]]:
    with write(ledger, "ann") as writer:
        made = propose_aliases(writer)
    return [frozenset(read.source(ledger, m.proposal[end]).name for end in ("source", "same")) for m in made]


def test_an_acronym_and_a_transliteration_are_proposed_and_nothing_else_is(ledger: Ledger) -> None:
    assert set(proposed(ledger)) == {frozenset(NAMES[:2]), frozenset(NAMES[2:4])}


def test_the_same_pair_is_not_proposed_again_whatever_became_of_it(ledger: Ledger) -> None:
    proposed(ledger)
    with write(ledger, "ann") as writer:
        suggestions.judge(writer, "M1", SuggestionState.REJECTED)
    assert proposed(ledger) == []
    assert read.relations(ledger) == []


def test_accepting_says_that_the_two_are_the_same_and_undo_takes_it_back(ledger: Ledger) -> None:
    proposed(ledger)
    with write(ledger, "ann") as writer:
        suggestions.judge(writer, "M1", SuggestionState.ACCEPTED)
    assert [x.relation for x in read.relations(ledger)] == ["same_as"]
    with write(ledger, "ann") as writer:
        undoing.undo(writer)
    assert read.relations(ledger) == []


def test_who_is_named_with_an_office_is_proposed_as_speaking_for_the_body(ledger: Ledger) -> None:
    with write(ledger, "ann") as writer:
        source_uid(writer, "Ada Roe (Harbour Office director)")
    assert frozenset(("Ada Roe (Harbour Office director)", "Harbour Office")) in proposed(ledger)
    with write(ledger, "ann") as writer:
        for made in suggestions.pending(ledger):
            suggestions.judge(writer, made.id, SuggestionState.ACCEPTED)
    spoken = [x for x in read.relations(ledger) if x.relation == "speaks_for"]
    assert [(read.source(ledger, x.source_id).name, read.source(ledger, x.to_id).name) for x in spoken] == [
        ("Ada Roe (Harbour Office director)", "Harbour Office")
    ]


def test_names_that_a_person_called_two_are_known_as_two(ledger: Ledger) -> None:
    proposed(ledger)
    assert read.rejected_aliases(ledger) == frozenset()
    with write(ledger, "ann") as writer:
        suggestions.judge(writer, "M1", SuggestionState.REJECTED)
    data = read.suggestion(ledger, "M1").proposal
    assert read.rejected_aliases(ledger) == {frozenset(read.short_id(ledger, data[end]) for end in ("source", "same"))}
