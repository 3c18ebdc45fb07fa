"""Cross-reference gives codes; each has its sentence in `ledger.reports`, and no sentence stands below."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import crossref, quantity
from ledger.catalogue import speaking, unmarked
from ledger.crossref import guards, wording
from ledger.crossref.comparison import TO_READ
from ledger.crossref.statements import figure_words
from ledger.records import Quantity, Span, Statement
from ledger.reports import comparing, differing
from ledger.reports.axes import counted
from ledger.reports.words import words_of
from ledger.vocabulary import Drift, Modifier

MODULES = {path.stem: path for path in sorted(Path(crossref.__file__).parent.glob("*.py"))}


def strings(path: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def calls(module: str, name: str, place: int) -> set[str]:
    """The strings that stand at one place of the calls of one name."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    found = [n.args[place] for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == name]
    return {c.value for a in found for c in ast.walk(a) if isinstance(c, ast.Constant) and isinstance(c.value, str)}


def answer_codes() -> set[str]:
    """The reasons that stand beside an agreement in `answers`."""
    tree = ast.parse(MODULES["answers"].read_text(encoding="utf-8"))
    pairs = (n.elts for n in ast.walk(tree) if isinstance(n, ast.Tuple) and len(n.elts) == 2)
    return {b.value for a, b in pairs if isinstance(b, ast.Constant) and "Agreement" in ast.dump(a)}


@pytest.mark.parametrize("name", MODULES)
def test_no_sentence_stands_in_cross_reference(name: str) -> None:
    allowed = {
        "an outlet that is not named",  # it stands where a name would
        "one gives a figure, the other none",  # reasons of a match, which a suggestion keeps
        "one period is a part of the other",
    }
    assert [s for s in strings(MODULES[name]) if len(s.split(" ")) > 4 and "|" not in s and s not in allowed] == []


def test_every_wording_difference_has_a_sentence() -> None:
    codes = (
        calls("wording", "Finding", 1) | calls("wording_words", "Finding", 1) | calls("wording_values", "Finding", 1)
    )
    assert len(codes) > 15
    said_otherwise = {"own_words"}  # of a source that publishes its own words
    assert codes | said_otherwise == differing.WORDING.keys()


def test_every_guard_and_every_outcome_of_comparing_has_a_sentence() -> None:
    codes = {name for name, _ in (*guards.GUARDS, *guards.DOUBTS)} | {"counting"} | calls("comparison", "Comparison", 1)
    codes |= answer_codes()
    assert codes <= comparing.REASONS.keys()
    assert comparing.REASONS.keys() >= TO_READ
    assert {"measure", "place", "window", "as_of", "part_of", "prose"} <= codes


def test_what_a_finding_rests_on_is_said_by_its_kind() -> None:
    figure, days = Quantity("at least 400", low="400", modifier=Modifier.AT_LEAST), Span("2020-03-22", "2020-03-24")
    found = wording.Finding(Drift.WINDOW_DRIFT, "window", {"figure": figure, "when": days, "nearer": None})
    said = "the one gives at least 400 for no stated period, the other gives it for 22 to 24 March 2020"
    assert differing.wording(found) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("at least one person", "al menos 1 persona"), ("up to one day", "como máximo 1"), ("three days", "3 días"),
        ("about two million people", "unos 2.000.000 de personas"), ("five to seven people", "5 a 7 personas"),
    ],
)  # fmt: skip
def test_what_is_counted_has_the_form_that_its_number_wants(text: str, said: str) -> None:
    with speaking(words_of("es")):
        assert unmarked(figure_words(Statement(quantity=quantity.find(text)[0]))).startswith(f"{said} ")


@pytest.mark.parametrize(
    ("told", "said"),
    [("the fleet lost 40 boats", "boats, told as “lost”"), ("the fleet's losses were 40 boats", "boats lost")],
)
def test_an_axis_is_told_as_lost_only_where_a_claim_has_the_word(told: str, said: str) -> None:
    assert (
        counted(Statement(quantity=Quantity(text="40 boats", low="40", counts="boats", measure="lost")), told) == said
    )
