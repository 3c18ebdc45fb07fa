"""The words of a report's interface in a language: catalogues keyed by the English text, which is also what is not translated.

Sentences that the machine composes about claims stay English in every language. Plural forms follow CLDR's categories.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from ledger import dates
from ledger.errors import BadInput
from ledger.records import Span
from ledger.reports import sentences

Entry = str | Mapping[str, str]
Plural = Callable[[int], str]


class Words:
    """What the interface says in one language; calling it gives a text with its {names} filled in."""

    def __init__(self, lang: str, catalogue: Mapping[str, Entry], *, rtl: bool = False) -> None:
        self.lang, self.rtl, self.catalogue = lang, rtl, catalogue

    @property
    def direction(self) -> str:
        return "rtl" if self.rtl else "ltr"

    def pattern(self, text: str) -> str:
        """The interface text in this language, its {names} not filled in; the English one where it is not translated."""
        found = self.catalogue.get(text, text)
        return found if isinstance(found, str) else found["other"]

    def __call__(self, text: str, /, **given: object) -> str:
        return fill(self.pattern(text), given)

    def count(self, n: int, noun: str) -> str:
        """The number with its noun in the form that this language wants: "1 outlet", "12 outlets"."""
        forms = self.catalogue.get(f"{{n}} {noun}")
        if forms is None or isinstance(forms, str):
            return sentences.count(n, noun)
        return fill(forms.get(PLURALS[self.lang](n), forms["other"]), {"n": f"{n:,}"})

    def listed(self, words: Sequence[str]) -> str:
        """The words in a row: "a, b and c"."""
        *most, last = words or [""]
        return self("{words} and {last}", words=self(", ").join(most), last=last) if most else last

    def quoted(self, words: Sequence[str]) -> str:
        """The words in a row, each in quotation marks unless it has them: "it denies that “x”"."""
        return self.listed([w if "“" in w else f"“{w}”" for w in words])

    def day(self, at: str | None) -> str:
        """A time as a date in words: "27 March 2016"; what is no date stays as it is."""
        if not at:
            return self("no date")
        try:
            said = dates.window_words(Span(at[:10], at[:10]))
        except BadInput:
            return at
        return _month().sub(lambda m: self(m[0]), said) if self.catalogue else said

    def heading(self, name: str, standing: str, english: str) -> str:
        """A source with how it is known; `english` is how the report's records say it."""
        if not self.catalogue:
            return english
        if standing == "unknown":
            return f"{self('Origin unknown')} {name.removeprefix('unknown').strip()}".strip()
        known = {"anonymous": "“{name}”, not named", "publisher": "{name}, naming no source"}
        return self(known.get(standing, "{name}"), name=name)

    def traced(self, outlets: int, low: int, high: int) -> str:
        """How many outlets and original sources: "5 outlets, traced to 1 to 3 separate sources"."""
        return f"{self.count(outlets, 'outlet')}{self(', ')}{self._sources(low, high)}"

    def _sources(self, low: int, high: int) -> str:
        if high == 0:
            return self("traced to no source")
        if low == high:
            return self("traced to {sources}", sources=self.count(low, "separate source" if low > 1 else "source"))
        return self("traced to {low} to {sources}", low=f"{low:,}", sources=self.count(high, "separate source"))


def fill(pattern: str, given: Mapping[str, object]) -> str:
    """The pattern with each {name} replaced; a name that is not given stays. Nothing else of a pattern is acted upon."""
    return re.sub(r"\{(\w+)\}", lambda m: str(given.get(m[1], m[0])), pattern)


@cache
def _month() -> re.Pattern[str]:
    names = "January February March April May June July August September October November December"
    return re.compile(rf"\b(?:{names.replace(' ', '|')})\b")


# --- languages ----------------------------------------------------------------------------------------------------


def _arabic(n: int) -> str:
    """CLDR 46, cardinal plural rules of ar."""
    if n < 3:
        return ("zero", "one", "two")[n]
    rest = n % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def _english(n: int) -> str:
    return "one" if n == 1 else "other"


PLURALS: dict[str, Plural] = {"en": _english, "ar": _arabic}
RIGHT_TO_LEFT = {"ar"}
ENGLISH = Words("en", {})


def words_of(lang: str) -> Words:
    """The interface's words in a language (BCP 47, of which the first part counts); BadInput where there are none."""
    name = re.split(r"[-_]", lang.strip().casefold())[0]
    if name not in PLURALS:
        raise BadInput(f"the report does not speak {lang!r}", hint="it speaks: " + ", ".join(sorted(PLURALS)))
    return ENGLISH if name == "en" else _read(name)


@cache
def _read(name: str) -> Words:
    from importlib import resources

    place = resources.files("ledger.reports").joinpath(f"languages/{name}.json")
    catalogue: dict[str, Any] = json.loads(place.read_text(encoding="utf-8"))
    return Words(name, catalogue, rtl=name in RIGHT_TO_LEFT)
