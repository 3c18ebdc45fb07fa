"""How a ledger reads, counts and judges, in plain words, with the numbers and word lists that the code itself uses."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from msgspec import Struct

from ledger import grading, lexicon
from ledger.crossref.statements import statement_of
from ledger.quantity.conversion import dimensions
from ledger.quantity.figure_words import VAGUE
from ledger.quantity.intervals import TENTH
from ledger.records import Claim, Quantity, Source
from ledger.reports.report import Method
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


def method(
    ledger: Ledger,
    questions: Collection[str] | None = None,
    sources: Iterable[Source] | None = None,
    claims: Iterable[Claim] | None = None,
) -> Method:
    """What is particular to a ledger, or to a report: the scales used, who counts how, who is a party, which words occur."""
    used = [s for name, s in grading.scales(ledger).items() if beside.uses_scale(ledger, name)]
    scales = tuple((s.title, tuple((g.value, g.means) for g in s.grades)) for s in used)
    counting = read.sources(ledger) if sources is None else sources
    counts = tuple((s.name, s.counts.replace("-", " ")) for s in counting if s.counts)
    sided = [p for p in read.parties(ledger) if p.party and (questions is None or p.question in (None, *questions))]
    parties = ((read.source(ledger, p.source_id).name, p.side or "", p.because or "") for p in sided)
    said = _usual() if claims is None else _occurring(q for c in claims if (q := statement_of(c).quantity) is not None)
    words = tuple((code, tuple(found)) for code, found in said.items())
    return Method(scales, counts, tuple(dict.fromkeys(parties)), words)


def _usual() -> dict[str, list[str]]:
    """Words beside figures that anybody knows, by what they are taken for: a hedge, a fraction, the bounds of a vague word."""
    before = lexicon.table("en/hedges", "before")
    read = {name: _shortest(before[name]) for name in HEDGES} | {"share": ["half"]}
    for phrase, (low, high) in sorted(VAGUE.items(), key=lambda item: item[1]):
        if high < LARGE:
            read.setdefault(f"{low}..{high}", []).append(" ".join(phrase))
    return {code: said[:EXAMPLES] for code, said in read.items()}


def _occurring(figures: Iterable[Quantity]) -> dict[str, list[str]]:
    """The words that do stand beside these figures, likewise."""
    read: dict[str, list[str]] = {}
    for q in figures:
        hedge = HEDGE.match(q.text)
        code = f"{q.low}..{q.high or ''}" if q.vague else "share" if q.unit == "share" else q.modifier.value
        words = _hedge(" ".join((hedge[0] if hedge and not q.vague else q.text).split()).casefold())
        hedges = code in HEDGES and not any(map(str.isdigit, words))
        if (q.vague or hedges or code == "share") and words not in read.setdefault(code, []):
            read[code].append(words)
    return read


def _hedge(words: str) -> str:
    """The words without the number or the currency that ends them: "some" of "some six"."""
    *rest, last = words.split() or [""]
    return " ".join(rest) if rest and (last in NUMBERS or last.upper() in CODES) else words


NUMBERS = frozenset(lexicon.values("en/numbers", "cardinals"))
CODES = frozenset(lexicon.listed("currencies", "codes"))
HEDGE = re.compile(r"[^\W\d][^\d]*?(?=\s+\d)")
"""The words before a figure's number: "at least"."""
HEDGES = ("at_least", "more_than", "at_most", "fewer_than", "nearly", "about")


def parts(found: Method, words: Words) -> list[Part]:
    """The page, part by part."""
    beside = words("Words beside a figure, and how they are read:")
    reading = [Part(words("How figures are read"), (beside,), tuple(_read(found, words)))] if found.read else []
    return [
        Part(words("What is quoted"), tuple(_quoted(found, words))),
        Part(words("How sources are counted"), tuple(_counted(words)), tuple(_counts(found, words))),
        *reading,
        Part(words("What is compared"), tuple(_compared(words))),
        Part(words("What people decide"), tuple(_judged(found, words)), tuple(_graded(found, words))),
    ]


def _quoted(found: Method, words: Words) -> Iterator[str]:
    yield words(
        "A claim stands word for word in a saved copy of the article, which is kept and can be checked by its hash."
    )
    if "cited" not in found.absent:
        yield words("What could not be saved is cited by address or place, and said to be so.")
    yield words("Words in square brackets, figures marked as ours and translations are the desk’s, not the source’s.")


def _counted(words: Words) -> Iterator[str]:
    yield words("Original sources are counted, not outlets: ten articles that quote one monitor rest on one source.")
    yield words("Names that may mean one source count once; who is not named is not counted.")
    yield words("Sources are called independent of each other only where a person said so, with a reason.")


def _counts(found: Method, words: Words) -> Iterator[tuple[str, str]]:
    for source, how in found.counts:
        yield words.theirs(source), words("counts as {what}", what=words.known(how))


def _read(found: Method, words: Words) -> Iterator[tuple[str, str]]:
    meanings = {
        "at_least": words("that number or more"),
        "more_than": words("above that number"),
        "at_most": words("that number or less"),
        "fewer_than": words("below that number"),
        "nearly": words("up to {n} % less than that number", n=PERCENT),
        "about": words("{n} % either way", n=PERCENT),
    }
    share = dimensions()["share"]["share"]
    meanings["share"] = words("{n} % either way", n=f"{share.largest - 100:f}")
    for code, said in found.read:
        low, _, high = code.partition("..")
        meaning = meanings.get(code) or words("{low} or more", low=words.number(Decimal(low)))
        if high:
            meaning = words(
                "taken as {low} to {high}", low=words.number(Decimal(low)), high=words.number(Decimal(high))
            )
        yield words.quoted([words.theirs(w) for w in said]), meaning


def _shortest(phrases: Iterable[str]) -> list[str]:
    """A few that anybody knows: the shorter, the plainer."""
    known = [p for p in phrases if p.replace(" ", "").isalpha()][: 2 * EXAMPLES]
    return sorted(known, key=len)[:EXAMPLES]


def _compared(words: Words) -> Iterator[str]:
    yield words("Figures are compared only if they count the same thing, of the same people, place and period.")
    yield words("A figure supports another one only if it comes from another source and lies within it.")
    yield words("A source’s own later figure replaces its earlier one and is no dispute.")
    yield words("No best figure is computed.")


def _judged(found: Method, words: Words) -> Iterator[str]:
    yield words("The program sorts and compares; only people answer and rate, by name and with their reasons.")
    if "evidence" not in found.absent:
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
