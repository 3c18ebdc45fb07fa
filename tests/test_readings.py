"""Readings: what is not sure is asked about and said everywhere; what a newer program reads otherwise waits for a person."""

from __future__ import annotations

import pytest
from conftest import Claims

from ledger import claims as logging
from ledger import lexicon, quantity, rereading
from ledger.records import replace

TEXT = """\
The warden said at least 40 trees fell in the park on Monday. A gardener said that 12 men were hurt.

The council denied that 60 trees had fallen.
"""


def of_old(patch: pytest.MonkeyPatch) -> None:
    """Reads as an older program did: another version, every figure one too high and without its hedge."""

    def figures(body: str) -> tuple[quantity.Quantity, ...]:
        found = quantity.find(body)
        return tuple(replace(q, low=str(int(q.low or q.high or 0) + 1), high=None) for q in found)

    patch.setattr(lexicon, "version", lambda: "old")
    patch.setattr(logging, "version", lambda: "old")
    patch.setattr(logging, "_figures", figures)


@pytest.fixture
def aged(claims: Claims) -> Claims:
    """A ledger whose three claims an older program read."""
    claims.file("a.txt", TEXT)
    claims(
        "capture", "a.txt", "--title", "Trees", "--publisher", "Park News", "--published", "2026-03-02", "--no-input"
    )
    with pytest.MonkeyPatch.context() as patch:
        of_old(patch)
        claims("suggest", "A1", "--accept", "all")
    return claims


def waiting(claims: Claims, why: str) -> dict[str, str]:
    return {item["id"]: item["what"] for item in claims("todo", "--all", "--json").lines if item["why"] == why}


def figures(claims: Claims, name: str) -> list[tuple[str | None, str | None]]:
    return [(q["low"], q["high"]) for q in claims("show", name, "--json").json["quantities"]]


# --- readings age -------------------------------------------------------------------------------------------------


def test_what_is_read_otherwise_is_listed_with_what_it_was(aged: Claims) -> None:
    found = waiting(aged, "reread")
    assert found["C1"].startswith("is read otherwise now: at least 40 trees (was: at least 41 trees)")
    assert set(found) == {"C1", "C2", "C3"}
    listed = aged("reread", "C1", "--json").json
    assert listed["differences"] == [{"part": "quantity", "was": "at least 41 trees", "now": "at least 40 trees"}]
    assert "at least 41 trees" in aged("reread").out


def test_the_new_reading_is_an_amendment_that_a_person_accepts(aged: Claims) -> None:
    aged("reread", "C1", "--accept", "--because", "a newer reader")
    assert figures(aged, "C1") == [("40", None)]
    assert figures(aged, "C2") == [("13", None)]
    assert set(waiting(aged, "reread")) == {"C2", "C3"}
    assert "a newer reader" in aged("history", "C1").out
    aged("undo")
    assert set(waiting(aged, "reread")) == {"C1", "C2", "C3"}
    aged("reread", "all", "--accept")
    assert waiting(aged, "reread") == {}
    assert figures(aged, "C2") == [("12", "12")]
    assert "nothing is read otherwise" in aged("reread", "all", "--accept").err


def test_a_reading_that_was_kept_is_asked_about_once_it_changes_again(
    aged: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    aged("reread", "C1", "--keep")
    assert "C1" not in waiting(aged, "reread")
    assert figures(aged, "C1") == [("41", None)]
    monkeypatch.setattr(lexicon, "version", lambda: "newer")  # that reads the same
    assert "C1" not in waiting(aged, "reread")
    monkeypatch.setattr(lexicon, "version", lambda: "newest")
    monkeypatch.setattr(logging, "_figures", lambda body: tuple(replace(q, low="7") for q in quantity.find(body)))
    assert "C1" in waiting(aged, "reread")


@pytest.mark.parametrize(
    "command",
    [
        ("amend", "C1", "--figure", "at least 39 trees"),
        ("amend", "C1", "--figure", "none"),
        ("amend", "C1", "--sure"),
    ],
)
def test_what_a_person_corrected_is_not_read_again(aged: Claims, command: tuple[str, ...]) -> None:
    aged(*command)
    before = aged("show", "C1", "--json").json
    assert "C1" not in waiting(aged, "reread")
    aged("reread", "all", "--accept")
    assert aged("show", "C1", "--json").json == before


def test_what_a_person_typed_is_not_read_again(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    claims.file("a.txt", TEXT)
    claims("capture", "a.txt", "--title", "Trees", "--publisher", "Park News", "--no-input")
    typed = ("--by", "a gardener", "--figure", "41 trees", "--when", "2026-03-02", "--stance", "denies")
    claims("add", "at least 40 trees fell", "--article", "A1", *typed, "--no-input")
    claims("add", "12 men were hurt", "--article", "A1", "--no-input")
    assert claims("show", "C1", "--json").json["found_by"] is None
    monkeypatch.setattr(lexicon, "version", lambda: "newer")
    monkeypatch.setattr(logging, "_figures", lambda _body: ())
    assert set(waiting(claims, "reread")) == {"C2"}


def test_a_reading_that_is_the_same_is_not_read_twice(aged: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    aged("reread", "all", "--accept")
    monkeypatch.setattr(lexicon, "version", lambda: "newer")
    assert waiting(aged, "reread") == {}
    monkeypatch.setattr(rereading, "again", None)
    assert waiting(aged, "reread") == {}


def test_a_protected_source_is_not_named_again(aged: Claims) -> None:
    aged("source", "protect", "@gardener", "A gardener", "--note", "asked not to be named", code=None)
    assert "ardener" not in aged("reread", "C2").out.replace("@gardener", "")
