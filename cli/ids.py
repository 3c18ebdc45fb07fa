"""Ids on the command line: several at once, ranges, `all`, and - for those that come in on standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence

from ledger.errors import BadInput
from ledger.store import ids


def given(words: Sequence[str]) -> list[str]:
    """The ids that were typed; - stands for the first id of each line that comes in."""
    found = ids.words(words)
    return [name for word in found for name in (_piped() if word == "-" else [word])]


def before(words: Sequence[str], what: str) -> tuple[list[str], str]:
    """The ids, and the word after them; BadInput where one of the two is missing."""
    *names, last = words
    if not names or ids.looks_like(last):
        raise BadInput(f"{what} is missing after {' '.join(words)}")
    return given(names), last


def _piped() -> Iterator[str]:
    """The ids that the lines of a list, a table or JSON Lines begin with."""
    for line in piped_lines():
        first = line.split(maxsplit=1)[:1]
        word = _id_of(line) if line.lstrip().startswith("{") else first[0].strip(",") if first else ""
        if ids.looks_like(word) and word.casefold() != ids.ALL:
            yield word


def piped_lines() -> Iterator[str]:
    """The lines that come in on standard input."""
    if sys.stdin.isatty():
        raise BadInput("nothing comes in on standard input", hint="claims search quake | claims tag - quake")
    yield from sys.stdin


def _id_of(line: str) -> str:
    try:
        return str(json.loads(line).get("id", ""))
    except ValueError:
        raise BadInput("a line that came in is no JSON") from None
