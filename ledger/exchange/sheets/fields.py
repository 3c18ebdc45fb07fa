"""What a column can be, the headers by which people name it, and which field each column of a sheet seems to hold.

A guess is sure where the header is a name of one field alone. "Source" is not: it may be the person who spoke, the outlet or an
address, and is told by the other columns and by what stands in it, else it is in doubt, and a doubt is asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from ledger import lexicon
from ledger.errors import BadInput


def fields() -> dict[str, tuple[str, ...]]:
    """Each field with the headers that name it."""
    return lexicon.table("headers", "fields")


MEANS = {
    "exact": "what was claimed",
    "says": "the same in our words",
    "source": "who said it",
    "via": "who passed it on",
    "of": "for whom they spoke",
    "cue": "the word that says so",
    "quantity": "the figure",
    "unit": "what it counts",
    "low": "the lowest figure",
    "high": "the highest figure",
    "measure": "what is measured",
    "population": "whom it counts",
    "counting": "total or increment",
    "event_time": "when it happened",
    "as_of": "the day of the count",
    "place": "where it happened",
    "scope": "what it covers",
    "answer": "its answer in a word",
    "question": "what it answers",
    "tags": "tags",
    "cite": "where it was said",
    "key": "the row's own key",
    "article.url": "the article's address",
    "article.title": "the article's title",
    "article.publisher": "the outlet",
    "article.published_at": "when it was published",
    "article.byline": "who wrote it",
    "article.credit_line": "the agency credited",
    "article.language": "its language",
    "article.file": "its file",
    "article.text": "its full text",
    "-": "left out",
}
"""Each field in words."""

MANY = frozenset(["via"])
"""Fields that several columns may fill."""
TIMES = ("article.published_at", "event_time", "as_of")
FIGURES = ("quantity", "low", "high")
NOT_TAKEN = ("extra", "-")
"""Kept by its header, and left out: what a person may say of a column besides."""


class Guess(Struct, frozen=True):
    """What one column seems to hold; `doubt` says what else it may be."""

    column: int
    field: str | None
    doubt: str | None = None


def fold(header: str) -> str:
    """A header as it is compared: case, punctuation, line breaks and camelCase folded."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFKC", header).replace("\ufeff", ""))
    return " ".join(re.sub(r"[^\w']+|_", " ", re.sub(r"\(.*?\)", " ", spaced)).casefold().split())


@cache
def _names() -> dict[str, str]:
    return {fold(name): field for field, names in fields().items() for name in names}


def named(header: str) -> str | None:
    """The field that a header names, perhaps in two ways ("Claim / quote"); None where it names none, or several."""
    if whole := _names().get(fold(header)):
        return whole
    parts = {_names().get(fold(part)) for part in re.split(r"[/|,&]|\bor\b|\band\b", header)}
    return parts.pop() if len(parts) == 1 else None


def _says_claim(header: str) -> bool:
    return not lexicon.words("headers", "claim_words").isdisjoint(fold(header).split())


def near_claim(header: str) -> bool:
    """True where a header that names no field may be one of claims."""
    return len(header) < 60 and named(header) is None and _says_claim(header)


def listed_as(header: str, name: str) -> bool:
    """True where the header is one of a list."""
    return fold(header) in lexicon.listed("headers", name)


def field_of(name: str) -> str:
    """The field that a person means by a name in a mapping; BadInput lists those there are."""
    given = name.strip()
    for field in (given, f"article.{given}"):
        if field in fields() or field in NOT_TAKEN:
            return field
    if given in ("origin", "by", "speaker"):
        return "source"
    raise BadInput(
        f"no field {given!r} for a column", hint="there are: " + ", ".join((*fields(), "extra (kept)", "- (left out)"))
    )


# --- guessing -----------------------------------------------------------------------------------------------------

Values = Sequence[Sequence[str]]
URL = re.compile(r"https?://\S+", re.IGNORECASE)


def guess(headers: Sequence[str], values: Values) -> list[Guess]:
    """What the columns seem to hold, by their headers, by each other, and by `values`, the cells known of each column."""
    fields: list[str | None] = [named(h) for h in headers]
    doubts: dict[int, str] = {}
    for rule in RULES:
        rule(headers, values, fields, doubts)
    _once(fields)
    return [Guess(n, field, doubts.get(n)) for n, field in enumerate(fields)]


Fields = list[str | None]
Doubts = dict[int, str]


def _counted_rows(headers: Sequence[str], values: Values, fields: Fields, _doubts: Doubts) -> None:
    """Numbers that only count the rows are no figures."""
    for n, cells in enumerate(values):
        if fields[n] == "quantity" and listed_as(headers[n], "numbers"):
            digits = [int(c) for c in cells if c.isdecimal() and len(c) < 9]
            steps = len(digits) == len(cells) > 1 and all(b - a == 1 for a, b in pairwise(digits))
            fields[n] = None if steps else fields[n]


def _addresses(headers: Sequence[str], values: Values, fields: Fields, _doubts: Doubts) -> None:
    """A column of web addresses is one, whatever it is called; one that is called so and holds none is not."""
    for n, cells in enumerate(values):
        share = sum(bool(URL.match(c)) for c in cells) / len(cells) if cells else 0
        if fields[n] == "article.url" and cells and share == 0:
            fields[n] = None
        elif share > 0.8 and (listed_as(headers[n], "sources") or fields[n] in ("article.title", "article.publisher")):
            fields[n] = "article.url"


def _sources(headers: Sequence[str], _values: Values, fields: Fields, doubts: Doubts) -> None:
    """A source is who spoke where the outlet has a column, the outlet where the speaker has one; else it is in doubt."""
    for n, header in enumerate(headers):
        if listed_as(header, "sources") and fields[n] is None:
            if "source" in fields and "article.publisher" not in fields:
                fields[n] = "article.publisher"
            elif "source" not in fields:
                fields[n] = "source"
                if "article.publisher" not in fields:
                    doubts[n] = "who said it, or the outlet?"


def _quotes(headers: Sequence[str], _values: Values, fields: Fields, doubts: Doubts) -> None:
    """Beside the words that were said, a claim is in the sheet's own words; two claims are in doubt."""
    exact = [n for n, field in enumerate(fields) if field == "exact"]
    quotes = [n for n in exact if listed_as(headers[n], "quotes")]
    if len(exact) > 1 and len(quotes) == 1:
        rest = [n for n in exact if n not in quotes]
        fields[rest[0]] = "says" if "says" not in fields else None
        for n in rest[1:]:
            fields[n] = None
    elif len(exact) > 1:
        doubts[exact[0]] = "which of these columns is the claim?"


def _loose(headers: Sequence[str], _values: Values, fields: Fields, doubts: Doubts) -> None:
    """Without a claim, a header that has the word in it may be one."""
    if "exact" in fields:
        return
    near = [n for n, header in enumerate(headers) if fields[n] is None and near_claim(header)]
    if near:
        fields[near[0]] = "exact"
        doubts[near[0]] = "is this what was claimed?"


def _dates(headers: Sequence[str], _values: Values, fields: Fields, _doubts: Doubts) -> None:
    """Where the day of publication has a column of its own, "date" is when it happened."""
    published = [n for n, field in enumerate(fields) if field == "article.published_at"]
    plain = [n for n in published if listed_as(headers[n], "dates")]
    if len(published) > len(plain) == 1:
        fields[plain[0]] = "event_time" if "event_time" not in fields else None


RULES: tuple[Callable[[Sequence[str], Values, Fields, Doubts], None], ...] = (
    _counted_rows, _addresses, _sources, _quotes, _loose, _dates,
)  # fmt: skip


def _once(fields: Fields) -> None:
    """Of two columns for one field the first has it; the others are kept by their headers."""
    seen: set[str] = set()
    for n, field in enumerate(fields):
        if field is not None and field in seen and field not in MANY:
            fields[n] = None
        if field is not None:
            seen.add(field)
