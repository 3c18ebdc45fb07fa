"""The words of a report in its language: its catalogue, with what only reports say of days, sources and counts."""

from __future__ import annotations

from collections.abc import Sequence

from ledger import catalogue, dates
from ledger.catalogue import Catalogue
from ledger.errors import BadInput
from ledger.records import Span
from ledger.reports import sentences
from ledger.reports.report import Past
from ledger.text import visible


class Words(Catalogue):
    """What a report says in one language; calling it gives a text with its {names} filled in."""

    def quoted(self, words: Sequence[str]) -> str:
        """The words in a row, each in quotation marks unless it has them: "it denies that “x”"."""
        with catalogue.speaking(self):
            return self.listed([sentences.in_quotes(w) for w in words])

    def past(self, earlier: Sequence[Past]) -> str:
        """Figures that were overtaken, each with its day."""
        said = ((self.theirs(f"“{visible(p.words)}”"), p.day) for p in earlier)
        return self.listed([f"{words} ({self.day(day)})" if day else words for words, day in said])

    def day(self, at: str | None) -> str:
        """A time as a date in words: "27 March 2016"; what is no date stays as it is."""
        if not at:
            return self("no date")
        try:
            with catalogue.speaking(self):
                return dates.window_words(Span(at[:10], at[:10]))
        except BadInput:
            return at

    def heading(self, name: str, standing: str, english: str) -> str:
        """A source with how it is known; `english` is how the report's records say it."""
        if self.lang == "en":
            return english
        if standing == "unknown":
            return f"{self('Origin unknown')} {name.removeprefix('unknown').strip()}".strip()
        if standing == "anonymous":
            return self("“{name}”, not named", name=name)
        return self("{name}, naming no source", name=name) if standing == "publisher" else name

    def traced(self, outlets: int, low: int, high: int) -> str:
        """How many outlets and original sources: "5 outlets, traced to 1 to 3 separate sources"."""
        told = self.count("{n} outlet", "{n} outlets", outlets)
        return self("{outlets}, {traced}", outlets=told, traced=self.sources(low, high))

    def sources(self, low: int, high: int) -> str:
        """The interval as people read it: "traced to 1 to 3 separate sources"."""
        with catalogue.speaking(self):
            return sentences.traced_words(low, high)


ENGLISH = Words("en", {}, catalogue.ENGLISH.plural)


def words_of(lang: str) -> Words:
    """The words of a language (BCP 47, of which the first part counts); BadInput where there are none."""
    name = catalogue.named(lang)
    return ENGLISH if name == "en" else Words(name, *catalogue.read(name))
