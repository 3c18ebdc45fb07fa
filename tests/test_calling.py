"""An ordinary command line is read as Typer reads it, or left to Typer."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import size

from cli import commands
from cli.apps import Handler, Parameter, everywhere, parameters
from cli.calling import NotOrdinary, read
from cli.session import Session
from cli.table import VERBS, handlers

COMMON = tuple(parameters(everywhere))


EVERY = dict(handlers())


def by_typer(handler: Handler, words: list[str]) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """What Typer gives the handler, and the session it leaves; None where it refuses the line."""
    seen: dict[str, Any] = {}
    session, real = Session(), commands.typed
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "typed", lambda of: typed_by(real, of, seen))
        made = commands.command(handler, "verb")
    try:
        made.main(args=words, prog_name="claims", standalone_mode=False, obj=session)
    except Exception as e:
        if hasattr(e, "format_message"):
            return None
        raise
    return seen, vars(session)


def typed_by(real: Any, of: Handler, seen: dict[str, Any]) -> Handler:
    """Typer's signature on a function that keeps what it is given."""
    made = real(of)

    def kept(ctx: Any, **given: Any) -> None:
        seen.update(given)

    kept.__dict__.update(vars(made))
    kept.__annotations__ = made.__annotations__
    return kept


def flags(one: Parameter) -> list[str]:
    plain = one.name.replace("_", "-")
    named = [part for flag in one.declared.flags for part in flag.split("/")]
    return named or [f"--{plain}", *([f"--no-{plain}"] if one.kind is bool else [])]


def values(one: Parameter) -> st.SearchStrategy[str]:
    common = st.sampled_from(("A1", "-", "two words", "", "-5", "--", "x=y", "0"))
    if one.kind is int:
        return st.sampled_from(("1", "3", "007", "0", "1000001", "3.5", "٣", " 2")) | common
    if isinstance(one.kind, type) and issubclass(one.kind, StrEnum):
        return st.sampled_from((*one.kind, next(iter(one.kind)).upper())) | common
    return common


def words_of(one: Parameter) -> st.SearchStrategy[list[str]]:
    if one.declared.kind == "Argument":
        return st.lists(values(one), min_size=1, max_size=3 if one.many else 1)
    if one.kind is bool:
        return st.sampled_from(flags(one)).map(lambda f: [f])
    apart = st.tuples(st.sampled_from(flags(one)), values(one))
    return apart.map(list) | apart.map(lambda p: [f"{p[0]}={p[1]}"])


@st.composite
def lines(draw: Any) -> tuple[Handler, list[str]]:
    handler = EVERY[draw(st.sampled_from(sorted(EVERY)))]
    known = list(parameters(handler))
    asked = [one for one in known if one.default is ... or draw(st.booleans())]
    parts = [draw(words_of(one)) for one in (*asked, *draw(st.lists(st.sampled_from((*COMMON, *known)), max_size=2)))]
    mixed = draw(st.permutations(parts))
    extra = draw(st.sampled_from(([], [], [], ["--"], ["more"], ["--help"], ["--unknown"], ["-h"])))
    return handler, [*(word for part in mixed for word in part), *extra]


@settings(max_examples=size(150, 400), deadline=None)
@given(lines())
def test_a_line_that_is_read_at_once_is_read_as_typer_reads_it(line: tuple[Handler, list[str]]) -> None:
    handler, words = line
    try:
        called, given_, common = read(handler, words)
    except NotOrdinary:
        return
    assert called is handler
    assert by_typer(handler, words) == (given_, vars(Session()) | common)


ORDINARY = (
    "list", "list articles --all", "list --state=new --tag late", "show C1 --json", "search combat sorties --limit 5",
    "add words --article A1 --by office --via Radio --via Wire --no-input", "capture a.html --no-input --url b",
    "question show Q1", "question add words --json", "file C1 C2 --question Q1", "check C1 yes --because words",
    "answer Q1 words --because words --on C1,C2", "xref C1 --quiet", "undo 3", "tag C1 late", "todo",
    "report Q1 -o r.html", "source list", "log --since 10", "verify --quiet", "retract C1 --because words",
)  # fmt: skip
"""Lines that people type every day."""


@pytest.mark.parametrize("line", ORDINARY)
def test_what_people_type_every_day_needs_no_typer(line: str) -> None:
    verb, *words = line.split()
    assert read(VERBS[verb].app(verb), words)
