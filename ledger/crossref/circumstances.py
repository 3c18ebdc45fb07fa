"""What the words beside a figure say of it: what they narrow it to, how sure it is, whether it is an earlier one.

Two figures whose words differ in this are no dispute, for that alone may explain why they differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from ledger.crossref import terms
from ledger.crossref.answers import words
from ledger.crossref.kinds import sort_of
from ledger.crossref.wordlists import BESIDE, CALENDAR, DOUBT, LINKS, NO_PLACES
from ledger.records import Quantity
from ledger.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a figure."""

    qualifiers: tuple[str, ...] = ()
    status: Status | None = None
    superseded: bool = False
    on_point: bool = True
    """False where the text has nothing of what the question says but the very things that are counted."""


@lru_cache(maxsize=2048)
def beside(text: str, figure: Quantity, question: str) -> Beside:
    """What the clause around the figure says of it; words of the question narrow nothing."""
    if figure.start is None or figure.end is None:
        return Beside()
    before, after = _clause(text, figure.start, figure.end)
    seen = (*words(before), *words(figure.text), *words(after))
    known = set(terms.terms(_without_choice(question)))
    narrowed = {w for w in seen if w in BESIDE["narrowing"] and terms.stem(w) not in known}
    if words(before)[-1:] == ("by",):
        narrowed.add("by")  # it rose by so much, not to it
    if _has("part", words(before)[-3:]) or _has("part_behind", words(after)[:2]):
        narrowed.add("part")
    measured = sort_of(figure.unit) in ("length", "time")  # which are of a thing, wherever it is
    return Beside(
        tuple(sorted(narrowed | (set() if measured else places_in(text, known)) | _head(figure, after, known))),
        next((s for s in Status if s.value in BESIDE and _has(s.value, seen)), None),
        _has("superseded", words(before)[-4:]),
        on_point(text, question, f"{figure.unit} {figure.counts}"),
    )


@lru_cache(maxsize=2048)
def as_worded(text: str, figure: Quantity) -> str | None:
    """The figure with all that it counts, as the text has it: "perhaps 14 trams and buses", "up to 35 of the 120 nurses"."""
    if figure.start is None or figure.end is None or text[figure.start : figure.end] != figure.text:
        return None
    noun, after = " ".join((figure.counts or "").split()), text[figure.end : figure.end + REACH]
    reach = rf"\s+(?:(?:other|more|further|additional|of(?: (?:the|its|their|his|her|these))?) )?{re.escape(noun)}"
    behind = re.match(rf"{reach}\b", after) if noun else None
    found = behind[0] if behind else ""
    if noun and not found:
        return None
    found += more[0] if (more := _and_more().match(after[len(found) :])) else ""
    before = text[: figure.start].split()[-1:]
    doubted = before and before[0].casefold() in DOUBT
    return " ".join((*(before if doubted else ()), *f"{figure.text}{found}".split()))


@cache
def _and_more() -> re.Pattern[str]:
    """What else is counted: "and their crews" is not, "and buses", ", women and children", "of the 120 nurses" is."""
    things = r"(?:[a-z]+s|[a-z]*men|children|people|sheep|cattle|militia|police)(?<!ss)\b"
    adjective = r"(?:(?!(?:an?|the|her|their|our|were|are|had)\b)[a-z]*[^\Ws] )?"
    no_object = r"(?!\s+(?:an?|the|\d+|in|at|some|more|two|three|dozens|several|others)\b)"
    listed = rf"(?:, {adjective}{things})*,? (?:and|or) {adjective}{things}{no_object}"
    of_whom = rf" of (?:the|its|their|his|her|our|these|those|all) (?:[\d,]+ )?(?:[a-z-]+ )??{things}"
    return re.compile(rf"{listed}|{of_whom}")


@lru_cache(maxsize=2048)
def on_point(text: str, question: str, unit: str | None = None) -> bool:
    """True where the text says a word of the question, for a figure one beside its unit and a name; or all its names."""
    asked = {terms.stem(w): w for w in terms.words(question) if w not in terms.STOP and not w.isdecimal()}
    names = {terms.stem(n) for n in terms.names(question)} - CALENDAR_STEMS
    said = set(terms.terms(text))
    plain = asked.keys() - names - CALENDAR_STEMS - set(terms.terms(unit or ""))
    apt = bool(plain & said) and (unit is None or not names or bool(names & said))
    return apt or (bool(names) and names <= said)


def _without_choice(question: str) -> str:
    """The question without what it lets choose from: "in cash or stock" leaves both to be told apart."""
    return _choice().sub(" ", question)


@cache
def _choice() -> re.Pattern[str]:
    return re.compile(r"\b[\w-]+ (?:or|and) [\w-]+\b")


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind the figure, as far as nothing else begins."""
    before = _breaks().split(text[max(0, start - REACH) : start])[-1]
    after = _breaks().split(text[end : end + REACH])[0]
    return before, after


REACH = 160


@cache
def _breaks() -> re.Pattern[str]:
    links = "|".join(sorted(LINKS - {"with", "among", "including", "as"}))
    return re.compile(rf"[.;:,]\s|[–—]|\d[\d,.]*\d|\b(?:{links})\b")


def _has(name: str, seen: tuple[str, ...]) -> bool:
    said = f" {' '.join(seen)} "
    return any(f" {phrase} " in said for phrase in BESIDE[name])


def _head(figure: Quantity, after: str, known: set[str]) -> set[str]:
    """What a share or a sum is of: "a quarter of the power", "$5 million in damages"."""
    if sort_of(figure.unit) not in ("money", "share"):
        return set()
    if each := _each().match(after.casefold()):
        return {f"per {each[1]}"}
    found = _of_what().match(after.casefold())
    return {w for w in words(found[1]) if w not in terms.STOP and terms.stem(w) not in known} if found else set()


@cache
def _each() -> re.Pattern[str]:
    return re.compile(r"\s*(?:an?|per|each|every)\s+([a-z]+)")


@cache
def _of_what() -> re.Pattern[str]:
    return re.compile(
        r"(?:\s*[a-z]+)??\s*(?:of|in|from|as|the)\s+((?:(?:the|its|their|all|any|usual|total)\s+)*[a-z]+)"
    )


def places_in(text: str, known: set[str]) -> set[str]:
    """The first words of the places that the text names, but for those of the question."""
    found = (p.casefold() for p in _located().findall(text[: 2 * REACH]))
    return {p for p in found if terms.stem(p) not in known and p not in NO_PLACES}


CALENDAR_STEMS = {terms.stem(w) for w in CALENDAR}


@cache
def _located() -> re.Pattern[str]:
    prepositions = "in|at|near|outside|around|across|throughout|on|from"  # off a cape lies the whole event
    return re.compile(rf"\b(?i:{prepositions})\s+(?:the )?(?:[a-z]+ of )?([A-Z][\w’'-]+)")
