"""How a ledger reads, counts and judges, in plain words, with the numbers and word lists that the code itself uses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from ledger import grading, lexicon
from ledger.crossref.guards import GUARDS
from ledger.quantity.conversion import dimensions
from ledger.quantity.figure_words import VAGUE
from ledger.quantity.intervals import TENTH
from ledger.records import Source
from ledger.reports.report import Method
from ledger.reports.sentences import APART
from ledger.reports.words import Words
from ledger.store import Ledger, beside, read

EXAMPLES = 3
"""Words of a list that are shown."""
LARGE = 10_000
"""Vague words from here on are read as the smaller ones are, and not listed."""
PERCENT = f"{(TENTH * 100).normalize():f}"


class Part(Struct, frozen=True):
    """A part of the page: a title, sentences, and rows of two cells."""

    title: str
    lines: tuple[str, ...]
    rows: tuple[tuple[str, str], ...] = ()


def method(ledger: Ledger, questions: Collection[str] | None = None, sources: Iterable[Source] | None = None) -> Method:
    """What is particular to a ledger, or to a report on some questions: the scales used, who counts how, who is a party."""
    used = [s for name, s in grading.scales(ledger).items() if beside.uses_scale(ledger, name)]
    scales = tuple((s.title, tuple((g.value, g.means) for g in s.grades)) for s in used)
    counting = read.sources(ledger) if sources is None else sources
    counts = tuple((s.name, s.counts.replace("-", " ")) for s in counting if s.counts)
    sided = [p for p in read.parties(ledger) if p.party and (questions is None or p.question in (None, *questions))]
    parties = ((read.source(ledger, p.source_id).name, p.side or "", p.because or "") for p in sided)
    return Method(scales, counts, tuple(dict.fromkeys(parties)))


def parts(found: Method, words: Words) -> list[Part]:
    """The page, part by part."""
    return [
        Part(words("What is quoted"), tuple(_quoted(words))),
        Part(words("How sources are counted"), tuple(_counted(words)), tuple(_counts(found, words))),
        Part(
            words("How figures are read"),
            (
                words(
                    "Words beside a figure say how far it reaches. Vague words are taken as here, and so on for larger ones."
                ),
            ),
            tuple(_read(words)),
        ),
        Part(words("What is compared"), tuple(_compared(words))),
        Part(words("What people decide"), tuple(_judged(found, words)), tuple(_graded(found, words))),
    ]


def _quoted(words: Words) -> Iterator[str]:
    yield words(
        "A claim stands word for word in a saved copy of the article, which is kept and can be checked by its hash."
    )
    yield words("What could not be saved is cited by address or place, and said to be so.")
    yield words("Words in brackets or marked as ours, translations included, were never said by the source.")


def _counted(words: Words) -> Iterator[str]:
    yield words("Original sources are counted, not outlets: ten articles that quote one monitor rest on one source.")
    yield words(
        "Where it is not known whether two names mean one source, or nobody is named, the number is a range: 1 to 3 sources."
    )
    yield words("Sources are called independent of each other only where a person said so, with a reason.")


def _counts(found: Method, words: Words) -> Iterator[tuple[str, str]]:
    for source, how in found.counts:
        yield words.theirs(source), words("counts as {what}", what=words.known(how))


def _read(words: Words) -> Iterator[tuple[str, str]]:
    meanings = {
        "at_least": words("that number or more"),
        "more_than": words("above that number"),
        "at_most": words("that number or less"),
        "fewer_than": words("below that number"),
        "nearly": words("up to {n} % less than that number", n=PERCENT),
        "about": words("{n} % either way", n=PERCENT),
    }
    for name, meaning in meanings.items():
        yield words.quoted([words.theirs(w) for w in _shortest(lexicon.table("en/hedges", "before")[name])]), meaning
    share = dimensions()["share"]["share"]
    yield (
        words("a fraction such as {words}", words=words.quotation("half")),
        words("{n} % either way", n=f"{share.largest - 100:f}"),
    )
    alike: dict[tuple[Decimal, Decimal], list[str]] = {}
    for phrase, bounds in VAGUE.items():
        if bounds[1] < LARGE:
            alike.setdefault(bounds, []).append(" ".join(phrase))
    for (low, high), said in sorted(alike.items()):
        meaning = words("taken as {low} to {high}", low=words.number(low), high=words.number(high))
        yield words.quoted([words.theirs(w) for w in said[:EXAMPLES]]), meaning


def _shortest(phrases: Iterable[str]) -> list[str]:
    """A few that anybody knows: the shorter, the plainer."""
    known = [p for p in phrases if p.replace(" ", "").isalpha()][: 2 * EXAMPLES]
    return sorted(known, key=len)[:EXAMPLES]


def _compared(words: Words) -> Iterator[str]:
    apart = words("; ").join(words(APART[reason]) for reason, _ in GUARDS)
    yield words("A figure is not held against another one where one of these is so: {reasons}.", reasons=apart)
    yield words(
        "What cannot be compared, or where something beside the figures may explain the difference, is to be read."
    )
    yield words("A figure supports another one only from another original source, and only where it lies within it.")
    yield words("A source’s own later figure replaces its earlier one and is no dispute.")
    yield words(
        "No best figure is computed: the lowest and the highest that are stated are shown, with who states them."
    )


def _judged(found: Method, words: Words) -> Iterator[str]:
    yield words("People answer and rate, by name and with their reasons; the program proposes and decides nothing.")
    yield words("“Verified” beside evidence means that a person made sure of that time or place.")
    for source, side, because in found.parties:
        told = words("{source} is treated as a party to the matter", source=words.theirs(source))
        about = words(" ({side})", side=words.theirs(side)) if side else ""
        yield f"{told}{about}{words(', because {reason}', reason=words.theirs(because)) if because else ''}."
    if not found.scales:
        yield words("Nothing is rated here.")


def _graded(found: Method, words: Words) -> Iterator[tuple[str, str]]:
    for title, grades in found.scales:
        for value, means in grades:
            yield f"{words.known(title)}: {words.known(value)}", words.known(means)
