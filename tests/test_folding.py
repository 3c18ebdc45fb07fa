"""Named folds: whether two names, or two places, are one does not depend on who asks."""

from __future__ import annotations

import pytest

from ledger.text import folding

ONE = [
    ("Médecins Sans Frontières", "medecins sans frontieres"),
    ("Agence France-Presse", "Agence France Presse"),
    ("O’Neill", "O'Neill"),
    ("St. Mary’s Hospital", "St Mary's Hospital"),
    ("the Harbour Office", "HARBOUR  OFFICE"),
    ("Syrian Observatory for Human Rights (SOHR)", "Syrian Observatory for Human Rights"),
    ("Ob\u00adserver\u200b", "Observer"),
]
TWO = [
    ("@harbour_watch", "Harbour Watch"),
    ("example.org", "example org"),
    ("Press Office (Aden)", "Press Office (Taiz)"),
    ("ガーナ", "カーナ"),
    ("हिन्दी", "हनद"),
    ("وكالة سانا", "وكالة سبأ"),
    ("★", "☆"),
    ("U.S.", "us"),
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_two_spellings_are_one_name(a: str, b: str) -> None:
    assert folding.name(a) == folding.name(b)


@pytest.mark.parametrize(("a", "b"), TWO)
def test_two_names_are_two(a: str, b: str) -> None:
    assert folding.name(a) != folding.name(b)


def test_what_sort_of_place_it_is_is_folded_away() -> None:
    assert folding.place("the city of Saint-Élie") == folding.place("Saint Elie")
    assert folding.place("the city") == "city"


@pytest.mark.parametrize("typed", ["Ann O’Neill", "ANN\u00a0O'NEILL", "Ann\u2060 O‛Neill", "Ann O\u00ad'Neill"])
def test_a_protected_name_is_found_however_it_is_typed(typed: str) -> None:
    assert folding.sought("Ann O'Neill") in folding.sought(f"It was {typed} who said so.")
