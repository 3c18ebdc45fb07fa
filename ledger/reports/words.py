"""The words of a report in its language: its catalogue, with what only reports say of days, sources and counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from ledger import catalogue, language
from ledger.catalogue import Catalogue
from ledger.reports import sentences
from ledger.reports.report import Past
from ledger.text import visible


class Words(Catalogue):
    """What a report says in one language; calling it gives a text with its {names} filled in."""

    def theirs(self, text: str) -> str:
        """What somebody else said or is called, marked where it is not of the page's language, or not of its script."""
        strange = self.lang != "en" or any(c > "\u024f" and c.isalpha() for c in text)
        own = catalogue.unmarked(text)
        return f"{catalogue.THEIRS}{own}{catalogue.END}" if strange else own

    def quoted(self, words: Sequence[str]) -> str:
        """The words in a row, each in quotation marks unless it has them, or told as our reading."""
        with catalogue.speaking(self):
            ours = [sentences.OURS.fullmatch(w) for w in words]
            each = [
                self("{words} (our reading)", words=w[1:-1]) if our else sentences.in_quotes(w)
                for w, our in zip(words, ours, strict=True)
            ]
            return self.listed(each)

    def past(self, earlier: Sequence[Past]) -> str:
        """Figures that were overtaken, each with its day."""
        with catalogue.speaking(self):
            said = [(sentences.in_quotes(visible(p.words)), p.dated) for p in earlier]
        return self.listed([self("{words} ({day})", words=w, day=at) if at else w for w, at in said])

    def day(self, at: str | None) -> str:
        """A time as a date in words: "27 March 2016"; what is no date stays as it is."""
        with catalogue.speaking(self):
            return sentences.day(at) if at else self("no date")


def tongues(texts: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """The language of each script in which only one is written; texts come with their language, as far as it is known."""
    found: dict[str, set[str]] = {}
    for text, given in texts:
        if told := (given or language.detect(text) or "").strip().replace("_", "-"):
            found.setdefault(language.script(text), set()).add(told)
    return {of: langs.pop() for of, langs in found.items() if len(langs) == 1}


ENGLISH = Words("en", {}, catalogue.ENGLISH.plural)


@cache
def words_of(lang: str) -> Words:
    """The words of a language (BCP 47, of which the first part counts); BadInput where there are none."""
    name = catalogue.named(lang)
    return ENGLISH if name == "en" else Words(name, *catalogue.read(name))
