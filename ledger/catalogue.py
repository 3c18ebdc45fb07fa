"""What the program says, in the reader's language: gettext catalogues (`languages/*.po`) keyed by the English text.

A sentence is one message with {names} to fill in, so that a translator may put them in any order; what is counted has the
plural forms of its language. `t`, `count` and their kin speak the language that `speaking` has set: English where none is.
What is not ours to translate, a name or a quotation, is put in through `theirs`, and what a catalogue does not have is said in
English: both are marked, so that a page can say which language they are in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cache, reduce
from pathlib import Path
from typing import Any

from ledger.errors import BadInput

LANGUAGES = Path(__file__).with_name("languages")
RIGHT_TO_LEFT = frozenset({"ar"})

Table = Mapping[Any, str]
"""Fixed texts by code. Those of a table that is annotated so are messages: a text is translated where it is said."""

THEIRS, ENGLISH_TEXT, END = "\ufdd0", "\ufdd1", "\ufdd2"
"""Marks around what is not in the catalogue's language; Unicode keeps these for use inside a program (noncharacters)."""


class Catalogue:
    """The messages of one language; calling it gives a text with its {names} filled in."""

    def __init__(self, lang: str, messages: Mapping[str, tuple[str, ...]], plural: Callable[[int], int]) -> None:
        self.lang, self.messages, self.plural = lang, messages, plural
        self.rtl = lang in RIGHT_TO_LEFT

    @property
    def direction(self) -> str:
        return "rtl" if self.rtl else "ltr"

    def pattern(self, text: str, many: str | None = None, n: int = 1) -> str:
        """The message in this language, its {names} not filled in; marked as English where it is not translated."""
        found = self.messages.get(text)
        if found:
            return found[self.plural(n) if many is not None else 0]
        english = text if many is None or n == 1 else many
        return english if self.lang == "en" else f"{ENGLISH_TEXT}{english}{END}"

    def __call__(self, text: str, /, **given: object) -> str:
        return fill(self.pattern(text), {name: self._said(value) for name, value in given.items()})

    def count(self, one: str, many: str, n: int, /, **given: object) -> str:
        """The message in the form that this language wants for a number: "1 outlet", "12 outlets"."""
        return fill(self.pattern(one, many, n), {"n": self.number(n)} | {k: self._said(v) for k, v in given.items()})

    def _said(self, value: object) -> object:
        return self.number(value) if isinstance(value, int) else value

    def known(self, text: str) -> str:
        """A word that may be ours, such as "telephone", translated; else as somebody's own."""
        return self(text) if text in self.messages else self.theirs(text)

    def theirs(self, text: str) -> str:
        """What somebody else said or is called, marked as not of this language."""
        return unmarked(text) if self.lang == "en" else f"{THEIRS}{unmarked(text)}{END}"

    def quotation(self, text: str) -> str:
        """Somebody's words in this language's quotation marks."""
        return self("“{words}”", words=self.theirs(text))

    def listed(self, words: Sequence[str]) -> str:
        """The words in a row: "a, b and c"."""
        *most, last = words or [""]
        row = reduce(lambda row, word: self("{words}, {next}", words=row, next=word), most or [""])
        return self("{words} and {last}", words=row, last=last) if most else last

    def strung(self, parts: Iterable[str]) -> str:
        """Longer parts in a row: "a; b; c"."""
        found = [*parts] or [""]
        return reduce(lambda row, part: self("{parts}; {next}", parts=row, next=part), found)

    def number(self, value: int | Decimal) -> str:
        """A number with the signs of this language: "12,345.6"."""
        said = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
        if self.lang == "en":
            return said
        sign, whole = self.pattern("12,345.6"), self.pattern("1,234")
        if whole.isdecimal() and -10_000 < value < 10_000:
            said = said.replace(",", "")
        return said.translate(str.maketrans(",.", sign[2] + sign[-2]))


def fill(pattern: str, given: Mapping[str, object]) -> str:
    """The pattern with each {name} replaced; a name that is not given stays. Nothing else of a pattern is acted upon."""
    return re.sub(r"\{(\w+)\}", lambda m: str(given.get(m[1], m[0])), pattern)


def unmarked(text: str) -> str:
    """The text without the marks, for where nothing can be made of them."""
    return text if text.isascii() else re.sub(f"[{THEIRS}-{END}]", "", text)


ENGLISH = Catalogue("en", {}, lambda n: int(n != 1))


# --- the language that is spoken ----------------------------------------------------------------------------------

_spoken: ContextVar[Catalogue] = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(catalogue: Catalogue) -> Iterator[None]:
    """Everything that is composed inside is in this language."""
    token = _spoken.set(catalogue)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken() -> Catalogue:
    """The language that is spoken now."""
    return _spoken.get()


def t(text: str, /, **given: object) -> str:
    """A message in the language that is spoken, its {names} filled in."""
    return _spoken.get()(text, **given)


def count(one: str, many: str, n: int, /, **given: object) -> str:
    """A message about a number, {n}, in the form that the language spoken wants: "1 outlet", "12 outlets"."""
    return _spoken.get().count(one, many, n, **given)


def theirs(text: str) -> str:
    """A name or a quotation, to be put into a message as it stands."""
    return _spoken.get().theirs(text)


def quotation(text: str) -> str:
    """Somebody's words in quotation marks."""
    return _spoken.get().quotation(text)


def known(text: str) -> str:
    """A word that may be ours, such as "telephone", in the language that is spoken; else as somebody's own."""
    return _spoken.get().known(text)


def number(value: int | Decimal) -> str:
    """A number with the signs of the language that is spoken."""
    return _spoken.get().number(value)


def listed(words: Sequence[str]) -> str:
    """The words in a row: "a, b and c"."""
    return _spoken.get().listed(words)


def strung(parts: Iterable[str]) -> str:
    """Longer parts in a row: "a; b; c"."""
    return _spoken.get().strung(parts)


# --- reading a catalogue ------------------------------------------------------------------------------------------


def languages() -> list[str]:
    """The languages that there are, by code."""
    return sorted(["en", *(place.stem for place in LANGUAGES.glob("*.po"))])


def named(lang: str) -> str:
    """The code of a language that is spoken here (BCP 47, of which the first part counts); BadInput where it is not."""
    name = re.split(r"[-_]", lang.strip().casefold())[0]
    if name not in languages():
        raise BadInput(f"the report does not speak {lang!r}", hint="it speaks: " + ", ".join(languages()))
    return name


@cache
def read(name: str) -> tuple[dict[str, tuple[str, ...]], Callable[[int], int]]:
    """The messages of a language that are translated, and which form it wants for a number."""
    from gettext import c2py

    messages: dict[str, tuple[str, ...]] = {}
    for entry in (LANGUAGES / f"{name}.po").read_text(encoding="utf-8").split("\n\n"):
        fields = _fields(entry)
        forms = tuple(text for field, text in fields.items() if field.startswith("msgstr"))
        if "msgid" in fields and all(forms) and "\n#, fuzzy" not in f"\n{entry}":
            messages[fields["msgid"]] = forms
    head = messages.pop("", ("",))[0]
    rule = re.search(r"plural=([^;]+);", head)
    return messages, c2py(rule[1] if rule else "n != 1")


def _fields(entry: str) -> dict[str, str]:
    """The fields of an entry with their texts, which may run over several lines; quoted as JSON quotes."""
    fields: dict[str, str] = {}
    field = ""
    for line in entry.split("\n"):
        key, _, text = line.partition(" ") if line.startswith("msg") else (field, "", line)
        if text.startswith('"'):
            field = key
            fields[field] = fields.get(field, "") + (json.loads(text) if "\\" in text else text[1:-1])
    return fields
