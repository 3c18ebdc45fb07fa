"""Rating scales: data files that come with the program, and those that a ledger keeps for itself, in its log."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from enum import StrEnum
from functools import cache
from pathlib import Path

from msgspec import Struct

from ledger import merkle
from ledger import records as r
from ledger.errors import BadInput, NotFound
from ledger.store import Ledger, beside
from ledger.text import folding

HOUSE = "house"
POLICY = "scale/"


class Grade(Struct, frozen=True):
    value: str
    means: str
    needs_two_sources: bool = False
    decides: bool = False
    """True where it may not rest on the word of a party alone, unless a person says why."""
    number: int | None = None
    """Its place on a scale that runs from worst to best, for formats that want one; None where there is no such order."""


class Rated(StrEnum):
    """What a scale is for."""

    CLAIMS = "claims"
    SOURCES = "sources"


class Scale(Struct, frozen=True):
    """A rating scale: its grades in order, and what it may be used for."""

    name: str
    title: str
    grades: tuple[Grade, ...]
    source: str | None = None
    only_measures: tuple[str, ...] = ()
    """Where not empty, it rates only claims of these measures."""
    rates: Rated = Rated.CLAIMS

    def grade(self, value: str) -> Grade:
        """The grade with this value, case and punctuation folded; BadInput lists the grades."""
        wanted = fold_value(value)
        for grade in self.grades:
            if fold_value(grade.value) == wanted:
                return grade
        raise BadInput(
            f"{value!r} is not on the scale {self.name}", hint="it has: " + ", ".join(g.value for g in self.grades)
        )


def fold_value(value: str) -> str:
    """A grade as it is compared: letters and digits, lower case."""
    return folding.words(value)


@cache
def _supplied() -> dict[str, Scale]:
    found = {}
    for file in Path(__file__).with_name("scales").glob("*.json"):
        scale = r.parse(Scale, json.loads(file.read_text(encoding="utf-8")))
        found[scale.name] = scale
    return found


def scales(ledger: Ledger | None = None) -> dict[str, Scale]:
    """The scales by name: this ledger's own that can be read, and those that come with the program, which none replaces."""
    own: dict[str, Scale] = {}
    if ledger is not None:
        for name, value in beside.policies(ledger).items():
            if name.startswith(POLICY):
                with suppress(BadInput):
                    own[name.removeprefix(POLICY)] = of_json(value.encode())
    return own | _supplied()


def scale(name: str, ledger: Ledger | None = None) -> Scale:
    known = scales(ledger)
    if name not in known:
        raise NotFound(f"no scale {name!r}", hint="there are: " + ", ".join(sorted(known)))
    return known[name]


def is_supplied(name: str) -> bool:
    """True for a scale that comes with the program."""
    return name in _supplied()


def of_json(data: bytes) -> Scale:
    """A scale as a person wrote it; BadInput where it is none."""
    given = merkle.loads(data)
    if not isinstance(given, dict):
        raise BadInput("a scale is one JSON object", hint='{"name": ..., "title": ..., "grades": [{"value", "means"}]}')
    made = r.parse(Scale, given)
    _check(made)
    return made


def _check(made: Scale) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,39}", made.name):
        raise BadInput(
            f"not a name for a scale: {made.name[:60]!r}", hint="small letters, digits and -, such as our-desk"
        )
    values = [fold_value(g.value) for g in made.grades]
    if len(values) < 2 or "" in values or len(set(values)) < len(values):
        raise BadInput("a scale needs two grades or more, each with a value of its own")
    if any(not g.means.strip() for g in made.grades):
        raise BadInput("each grade needs a sentence that says what it means", hint='"means": "..."')
