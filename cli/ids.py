"""Ids on the command line: several at once, ranges, `all`, and - for those that come in on standard input."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import chain

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


def _piped() -> list[str]:
    """The ids that the lines of a list, a table, a CSV or JSON Lines begin with."""
    lines = piped_lines()
    first = next(lines, "")
    if first.lstrip("\ufeff").replace('"', "").startswith("id,"):
        csv.field_size_limit(CELL)
        try:
            found = [row[0] for row in csv.reader(chain((first,), lines)) if row and ids.looks_like(row[0])]
        except csv.Error as e:
            raise BadInput(f"what came in is no CSV: {e}") from None
    else:
        found = [name for line in chain((first,), lines) for name in _leading(line)]
    if not found:
        raise BadInput("no id came in on standard input", hint="claims search quake | claims tag - quake")
    return found


CELL = 64 * 2**20
"""Characters of the longest cell: a whole article may stand in one."""
LEADING = re.compile(
    r"""["']?([ACSQMER][1-9][0-9]*(?:[-–—][ACSQMER]?[1-9][0-9]*)?|[0-9a-f]{32})["']?(?:[\s,;]+|$)""", re.IGNORECASE
)


def _leading(line: str) -> Iterator[str]:
    """The ids that a line begins with, as long as they are of one kind: the claim of a table's row, not its article."""
    if line.lstrip().startswith("{"):
        yield _id_of(line)
        return
    line, at, letter = line.strip(), 0, ""
    while (found := LEADING.match(line, at)) and (not letter or found[1][0].upper() == letter):
        yield found[1]
        at, letter = found.end(), found[1][0].upper()


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
