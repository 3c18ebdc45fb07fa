"""Credit lines: the words with which an article owns that an agency stands behind it."""

from __future__ import annotations

import re

from ledger.extract.extracted import Meta, Stated
from ledger.records import replace
from ledger.sources import agencies
from ledger.text import folding

EDGE_LINES = 60
"""Credits stand at the head or the foot of an article: in its first and last lines that are not empty."""

CREDIT_LIMIT = 160
"""A credit is a line of its own and shorter than this."""


def with_credit(meta: Meta, text: str) -> Meta:
    """The same, with the credit line that the text prints, where it does and the page stated none."""
    credit = find_credit(text)
    return meta if meta.credit_line or credit is None else replace(meta, credit_line=Stated(credit, "text"))


def find_credit(text: str) -> str | None:
    """The words, as printed, that name or hint at an agency behind an article.

    A line of its own ("With agency inputs", "Source: Reuters", "AFP"), a bracket or dash at the end of a paragraph
    ("... he added. (Reuters)"), a dateline ("BEIRUT (Reuters) - "); looked for in that order.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > 2 * EDGE_LINES:
        lines = lines[:EDGE_LINES] + lines[-EDGE_LINES:]
    for rule in (_credit_line, _credit_at_end, _dateline):
        for line in lines:
            if credit := rule(line):
                return credit
    return None


def _credit_line(line: str) -> str | None:
    if len(line) > CREDIT_LIMIT:
        return None
    bare = line.strip("()[] -–—.*").strip()
    folded = bare.casefold()
    if _CREDIT.match(folded) or _all_agencies(folded.removeprefix("source:").removeprefix("via ")):
        return bare
    return None


_CREDIT = re.compile(
    r"(?:\(?(?:with|additional|including) )(?:\w+ ){0,3}?(?:inputs?|reporting|reports|material|information|contributions?)"
    r"(?: (?:from|by) .{1,80})?$"
    r"|with (?:(?:news |wire )?agenc(?:y|ies)|wires?|.{1,60} (?:inputs?|agenc(?:y|ies)))$"
    r"|(?:news |wire )?agencies$|from (?:our )?(?:news |wire )?agencies$|agency reports?$|wire (?:services?|reports?)$"
    r"|inputs? from .{1,80}$|(?:source|credit|courtesy)s?: ?(?:(?:news )?agenc(?:y|ies)|wires?)$"
    r"|.{1,80} contributed to this (?:report|story|article)$"
    r"|reporting by .{1,120}$"
)


def _all_agencies(folded: str) -> bool:
    parts = [p.strip() for p in re.split(r"[,/&+;|]| and | with ", folded)]
    return all(folding.wording(part) in agencies() for part in parts if part) and any(parts)


def _credit_at_end(line: str) -> str | None:
    """The agency in brackets or behind a dash at the end of a paragraph."""
    found = _ENDING.search(line[-60:])
    if found and _all_agencies(found[1].casefold()):
        return found[1]
    return None


_ENDING = re.compile(r"[.!?\"'”’] {0,3}(?:[(\[]|[-–—]{1,2} {0,2})([^()\[\].–—]{2,40})[)\]]?\.?$")


def _dateline(line: str) -> str | None:
    """The agency of "BEIRUT, March 27 (Reuters) - "; the place is in capitals or stands first."""
    found = _DATELINE.match(line[:160])
    if found is None:
        return None
    agency = (found["bracket"] or found["slash"]).strip()
    return found[0].strip() if _all_agencies(agency.casefold()) else None


_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][^\W\d_][^()\n]{0,80}?)"
    r"(?:,? ?\((?P<bracket>[^()\n]{2,40})\) ?[-–—:]{0,2}| ?/ ?(?P<slash>[A-Z][A-Za-z ]{1,20}) ?/)"
)
