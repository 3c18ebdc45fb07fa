"""What a person looks for, in one syntax: words, "a phrase", -without, OR, and conditions such as outlet: and after:.

No input is refused: what cannot be read as a condition is taken as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ledger.errors import ClaimsError
from ledger.store import read
from ledger.store.connection import Ledger
from ledger.text import folding
from ledger.vocabulary import Letter, State

WORD = re.compile(r"[^\W_]+")
WORDS_AT_MOST = 64
LONGEST = 20_000
NAMES = "outlet|source|question|state|after|before|on"
PART = re.compile(rf"(-?)(?:({NAMES}):)?(?:[\"“”]([^\"“”]{{0,400}})[\"“”]|([^\s\"“”]+))", re.IGNORECASE)

OUTLET = "coalesce(c.article, '') IN (SELECT a.uid FROM article a JOIN thing w ON w.uid = a.publisher WHERE w.stays IN ({0}))"
QUOTED = "SELECT h.claim FROM hop h JOIN thing w ON w.uid = h.source WHERE w.stays IN ({0})"
DAY = "(SELECT a.published_at FROM article a WHERE a.uid = c.article)"
CLAIM = {
    "outlet": OUTLET,
    "source": f"(coalesce(c.uid, '') IN ({QUOTED}) OR {OUTLET})",
    "question": "coalesce(c.uid, '') IN (SELECT f.claim FROM filing_view f WHERE f.question IN ({0}))",
    "state": "coalesce((SELECT k.state FROM work k WHERE k.about = c.uid), 'new') IN ({0})",
    "after": f"{DAY} >= {{0}}",
    "before": f"{DAY} < {{0}}",
    "on": f"substr({DAY}, 1, length({{0}})) = {{0}}",
}
"""Conditions on a claim `c`; an article fits where its outlet and day do, and one of its claims the rest."""

OF_ARTICLES = ("outlet", "after", "before", "on")


Condition = tuple[str, tuple[str, ...]]


class Asked(Struct, frozen=True):
    """A search, read."""

    terms: tuple[str, ...]
    """Words and phrases, as the index cuts them."""
    wanted: str
    """The expression for the index: all of them, but for those with OR between; empty where there are none."""
    any: str
    without: str
    conditions: tuple[Condition, ...] = ()
    """The names of conditions, with the values of which one must hold, or none where the name has a minus."""


def typed_at_a_shell(ledger: Ledger, parts: Sequence[str]) -> str:
    """The search, with the quotation marks that a shell took: outlet:"Example Daily"; a single part may be all of it."""
    typed = []
    for part in parts:
        m = re.fullmatch(rf'(?i)(-?)({NAMES}):([^"]*\s[^"]*)', part)
        whole = m is not None and (len(parts) > 1 or bool(_values(ledger, m[2].lower(), m[3])))
        typed.append(f'{m[1]}{m[2]}:"{m[3]}"' if m and whole else part)
    return " ".join(typed)


def asked(ledger: Ledger, text: str) -> Asked:
    """Reads a search."""
    terms: list[str] = []
    joined: list[str] = []
    without: list[str] = []
    conditions: list[Condition] = []
    either = False
    for found in list(PART.finditer(text[:LONGEST].replace("\0", " ")))[: 2 * WORDS_AT_MOST]:
        minus, name, phrase, bare = found.groups()
        given = phrase if phrase is not None else bare
        if name and (values := _values(ledger, name.lower(), given)) is not None:
            conditions.append((f"{minus or ''}{name.lower()}", values))
        elif bare == "OR" and terms:
            either = True
        else:
            for term in _terms(phrase, f"{name} {given}" if name else given):
                if minus:
                    without.append(f'"{term}"')
                elif term not in terms:
                    joined += [] if not terms else ["OR" if either else "AND"]
                    joined.append(f'"{term}"')
                    terms.append(term)
                    either = False
    some = terms[:WORDS_AT_MOST]
    return Asked(
        tuple(some), " ".join(joined[: 2 * WORDS_AT_MOST - 1]), " OR ".join(f'"{w}"' for term in some for w in term.split()),
        " OR ".join(without), tuple(conditions),
    )  # fmt: skip


def _terms(phrase: str | None, given: str) -> Iterator[str]:
    words = [match[0].casefold() for match in WORD.finditer(given)]
    if phrase is not None and words:
        yield " ".join(words)
    else:
        yield from words


def _values(ledger: Ledger, name: str, given: str) -> tuple[str, ...] | None:
    """What a condition is to be held against; None where it says nothing that can be."""
    try:
        if name in ("after", "before", "on"):
            from ledger.dates.typed import (
                meant,
            )  # not at the top: its word lists take long, and few searches name a day

            return (meant(given),)
        if name == "state":
            return (State(given.casefold()).value,)
        letter = Letter.QUESTION if name == "question" else Letter.SOURCE
        if read.ID.fullmatch(given.strip()):
            return (read.stays(ledger, read.thing(ledger, given, letter).uid),)
    except (ClaimsError, ValueError):
        return None
    if not (folded := folding.name(given)):
        return None
    part = re.sub(r"([!%_])", r"!\1", folded)
    sql = (
        "SELECT DISTINCT t.stays FROM question q JOIN thing t ON t.uid = q.uid WHERE q.folded LIKE ? ESCAPE '!'"
        if name == "question"
        else "SELECT DISTINCT t.stays FROM alias a JOIN thing t ON t.uid = a.source WHERE a.folded LIKE ? ESCAPE '!'"
    )
    return tuple(row["stays"] for row in ledger.rows(sql, (f"%{part}%",)))


def conditions(of: Asked, *, articles: bool = False) -> tuple[str, list[str]]:
    """SQL that holds for a claim `c`, or for an article whose uid is `c.article`, and its values.

    With coalesce a condition is asked of what the index of words has found, and leads to no other index.
    """
    of_claims = [one for one in of.conditions if articles and one[0].removeprefix("-") not in OF_ARTICLES]
    sql, values = _held([one for one in of.conditions if one not in of_claims])
    stand = "SELECT c.article FROM claim c JOIN thing n ON n.uid = c.uid WHERE n.retracted = 0"
    for such in ([one for one in of_claims if one[0][0] != "-"], *([one] for one in of_claims if one[0][0] == "-")):
        if such:
            inner, more = _held([(name.removeprefix("-"), wanted) for name, wanted in such])
            sql += f" AND coalesce(c.article, '') {'NOT ' * (such[0][0][0] == '-')}IN ({stand}{inner})"
            values += more
    return sql, values


def _held(given: Sequence[Condition]) -> tuple[str, list[str]]:
    """The conditions joined, each with AND before it."""
    sql, values = "", []
    for name, wanted in given:
        minus, held = name[0] == "-", CLAIM[name.removeprefix("-")]
        sql += f" AND {'NOT ' * minus}({held.format(', '.join('?' * len(wanted)) or 'NULL')})"
        values += list(wanted) * held.count("{0}")
    return sql, values
