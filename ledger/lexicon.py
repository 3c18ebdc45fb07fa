"""The word lists of `ledger/data`, each file read when one of its lists is first asked for.

A file is TOML of one shape: `name = '''`, an entry a line, `'''`; lists that belong together stand under a `[table]`.
Blank lines and lines that begin with # are skipped. Files are read without tomllib, because importing it takes longer
than reading all of them. docs/vocabulary.md says what each file holds.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ledger.errors import BadInput

DATA = Path(__file__).with_name("data")


class Section(NamedTuple):
    """The text between the quotes of one list, and where it begins."""

    place: Path
    line: int
    body: str

    def entries(self) -> list[str]:
        """The lines that are neither blank nor comments."""
        return [entry for line in self.body.split("\n") if (entry := line.strip()) and entry[0] != "#"]

    def pairs(self) -> dict[str, str]:
        """The lines as `word = value`."""
        found: dict[str, str] = {}
        for entry in self.entries():
            word, equals, value = entry.partition(" = ")
            if not equals:
                raise self.refuse(entry, "word = value")
            found[word.rstrip()] = value.lstrip()
        return found

    def refuse(self, entry: str, wanted: str) -> BadInput:
        """The error for an entry that does not have the wanted form."""
        lines = [line.strip() for line in self.body.split("\n")]
        return _bad(self.place, self.line + lines.index(entry), entry, wanted)


READERS = ("data", "dates", "language.py", "quantity", "suggest", "text")


@cache
def version() -> str:
    """Which readers these are: a hash of their code and their words, another one once either changes."""
    import hashlib

    made = hashlib.sha256()
    for name in READERS:
        for file in _files(str(DATA.with_name(name))):
            with open(file, "rb", buffering=0) as opened:  # noqa: PTH123  a path for each of them takes as long again
                made.update(os.fsencode(os.path.basename(file)) + opened.read())  # noqa: PTH119
    return made.hexdigest()[:12]


def _files(place: str) -> list[str]:
    """The code and the lists at a place or in it, in order."""
    if not os.path.isdir(place):  # noqa: PTH112
        return [place]
    found = [f"{folder}{os.sep}{name}" for folder, _, names in os.walk(place) for name in names]
    return sorted((file for file in found if file.endswith((".py", ".toml"))), key=lambda f: f.split(os.sep))  # noqa: PTH206


@cache
def words(file: str, name: str) -> frozenset[str]:
    """The entries of a list, for asking whether a word is one of them."""
    return frozenset(listed(file, name))


@cache
def listed(file: str, name: str) -> tuple[str, ...]:
    """The entries of a list in the order of the file."""
    return tuple(_section(file, "", name).entries())


@cache
def phrases(file: str, name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a list, each as its words."""
    return tuple(tuple(entry.split()) for entry in listed(file, name))


@cache
def values(file: str, name: str) -> dict[str, str]:
    """A list whose lines are `word = value`."""
    return _section(file, "", name).pairs()


@cache
def valued(file: str, name: str) -> dict[str, dict[str, str]]:
    """The lists under `[name]` whose lines are `word = value`."""
    return {key: section.pairs() for (of, key), section in _sections(file).items() if of == name}


@cache
def table(file: str, name: str) -> dict[str, tuple[str, ...]]:
    """The lists under `[name]`, in the order of the file."""
    found = {key: tuple(s.entries()) for (of, key), s in _sections(file).items() if of == name}
    if not found:
        raise _missing(file, f"[{name}]")
    return found


@cache
def meanings(file: str, name: str) -> dict[str, str]:
    """Each entry of the lists under `[name]` with the name of its list: `kilometre` is `km`."""
    return {entry: key for key, entries in table(file, name).items() for entry in entries}


@cache
def languages(file: str) -> tuple[str, ...]:
    """The languages that have a file of this name."""
    return tuple(sorted(place.parent.name for place in DATA.glob(f"*/{file}.toml")))


@cache
def vocabulary(language: str, file: str = "*") -> frozenset[str]:
    """Every word of three letters and more in the lists of a language, or of one of its files."""
    files = (f"{language}/{place.stem}" for place in DATA.glob(f"{language}/{file}.toml"))
    bodies = "\n".join(section.body for name in files for section in _sections(name).values())
    parts = {*re.sub(r"(?m)^\s*#.*$", "", bodies).lower().split()}  # not entry by entry
    whole = set(filter(str.isalpha, parts))
    return frozenset((*(w for w in whole if len(w) > 2), *re.findall(r"[^\W\d_]{3,}", " ".join(parts - whole))))


def alternatives(entries: tuple[str, ...]) -> str:
    """A regular expression for any of the entries, the longest first."""
    longest_first = sorted(entries, key=len, reverse=True)
    return "|".join(re.escape(entry).replace("\\ ", " ") for entry in longest_first)


_WORD = re.compile(r"\w+")


def first_words(entries: Iterable[str]) -> frozenset[str]:
    """The first word of each entry: a text with none of them holds no entry, and nothing has to be compiled to know it."""
    return frozenset(found[0] for entry in entries if (found := _WORD.search(entry)))


def may_hold(text: str, firsts: frozenset[str]) -> bool:
    """False where a text has no word with which one of the entries begins."""
    return not firsts.isdisjoint(_WORD.findall(text))


def loosely(entries: Iterable[str]) -> str:
    """The same with any white space between words, and either apostrophe."""
    return alternatives(tuple(entries)).replace(" ", r"\s+").replace("'", "['’]")


# --- files --------------------------------------------------------------------------------------------------------


def _section(file: str, table: str, name: str) -> Section:
    try:
        return _sections(file)[table, name]
    except KeyError:
        raise _missing(file, name) from None


@cache
def _sections(file: str) -> dict[tuple[str, str], Section]:
    """The lists of a file by table and name; those outside every table have the table ""."""
    place = DATA / f"{file}.toml"
    table, line = "", 1
    found: dict[tuple[str, str], Section] = {}
    *parts, ending = place.read_bytes().decode().split("'''")
    for heading, body in zip(parts[::2], parts[1::2], strict=False):
        table, name = _heading(place, heading, line, table)
        line += heading.count("\n")
        found[table, name] = Section(place, line, body)
        line += body.count("\n")
    if len(parts) % 2 or ending.strip():
        blank = ending[: len(ending) - len(ending.lstrip())]
        raise _bad(place, line + blank.count("\n"), ending.strip(), "name = ''', entries, and '''")
    return found


def _heading(place: Path, heading: str, first: int, table: str) -> tuple[str, str]:
    """The table and the name that the lines before a list give."""
    name = None
    for number, line in enumerate(heading.split("\n"), first):
        given = line.strip()
        if not given or given[0] == "#":
            continue
        if name is None and given[0] == "[" and given[-1] == "]":
            table = given[1:-1].strip('"')
        elif name is None and given[-1] == "=":
            name = given[:-1].strip().strip('"')
        else:
            raise _bad(place, number, given, "name = ''' or [table]")
    if name is None:
        raise _bad(place, first, heading.strip(), "name = '''")
    return table, name


def _bad(place: Path, number: int, line: str, wanted: str) -> BadInput:
    return BadInput(f"{place}:{number}: not understood: {line[:80]}", hint=f"a line here is {wanted}")


def _missing(file: str, name: str) -> BadInput:
    return BadInput(f"{DATA / file}.toml has no list {name}")
