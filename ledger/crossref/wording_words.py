"""Differences in the words of one statement: belief, denial, days and hours, names, parts, strong and quoted words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache

from ledger import dates
from ledger.crossref.containment import order
from ledger.crossref.names import kin
from ledger.crossref.wording import Finding, Version, alike, shared_numbers
from ledger.crossref.wordlists import (
    ABSOLUTE,
    BELIEF,
    DOUBT,
    LIMITS,
    NEGATION,
    NO_BELIEF,
    REFUSAL,
    SAYING,
    SEVERAL,
    SPOTS,
    STRONGER,
)
from ledger.records import TimeSpan
from ledger.vocabulary import Basis, Drift, Precision

Words = tuple[str, ...]


def word_findings(a: Version, b: Version, basis: Basis) -> Iterator[Finding]:
    """What differs in the words of b, where the two word one statement."""
    yield from _stronger(a, b)
    yield from quote_findings(*(f"“{v.exact}”" if v.quoted else v.exact for v in (a, b)))
    yield from _clock(a, b)
    yield from _part(a, b)
    if alike(a, b):
        yield from _belief(a, b)
        yield from _denial(a, b)
        yield from _date(a, b, basis)
        yield from _name(a, b)


# --- belief and denial --------------------------------------------------------------------------------------------


def _stronger(a: Version, b: Version) -> Iterator[Finding]:
    for plain, stronger in STRONGER.items():
        found = [w for w in b.words if w in stronger and w not in a.words]
        if plain in a.words and plain not in b.words and found:
            yield Finding(Drift.WORD_STRENGTHENED, "word_became", {"a": plain, "b": found[0]})


def _belief(a: Version, b: Version) -> Iterator[Finding]:
    """A word of belief that is left out; what stands before or behind the claim in its sentence counts as kept."""
    held = first_of(a.words, BELIEF)
    kept = tuple(w.lower() for w in _word().findall(f"{b.sentence} {b.exact}"))
    doubted = first_of(kept, BELIEF) or first_of(kept, NO_BELIEF) or DOUBT & set(kept)
    if held and not doubted and not first_of(a.words, NO_BELIEF) and _denies(a) == _denies(b):
        yield Finding(Drift.HEDGE_BELIEF_DROP, "doubt_gone", {"word": " ".join(held)})


def _denial(a: Version, b: Version) -> Iterator[Finding]:
    """A denial of more than was denied."""
    refused = first_of(a.words, REFUSAL)
    if refused and not first_of(b.words, REFUSAL) and {"denied", "denies"} & set(b.words):
        yield Finding(Drift.DENIAL_STRENGTHENED, "refusal_denied", {"a": " ".join(refused)})
    if refused or not (_denies(a) and _denies(b)):
        return
    limit = [w for w in a.words if w in LIMITS and w not in b.words]
    more = [w for w in b.words if w in ABSOLUTE and w not in a.words]
    if more:
        yield Finding(Drift.DENIAL_STRENGTHENED, "denial_of_all", {"b": more[0]})
    elif limit and not LIMITS & set(b.words):
        yield Finding(Drift.DENIAL_STRENGTHENED, "limit_gone", {"word": limit[0]})


def _denies(version: Version) -> bool:
    return any(w in NEGATION or w.endswith(("n't", "n’t")) for w in version.words)


def first_of(words: Words, listed: tuple[Words, ...]) -> Words:
    """The first of the phrases that stands in the words; empty where none does."""
    known = set(words)
    for phrase in listed:
        if known.issuperset(phrase) and any(words[i : i + len(phrase)] == phrase for i in range(len(words))):
            return phrase
    return ()


# --- when and where -----------------------------------------------------------------------------------------------

RELATIVE = frozenset({"yesterday", "today", "tonight", "tomorrow"})


def _date(a: Version, b: Version, basis: Basis) -> Iterator[Finding]:
    """The one day that each names for what happened; a word like "yesterday" tells nothing unless the passage was copied."""
    mine, its = _days(a.exact, a.published), _days(b.exact, b.published)
    if len(mine) != 1 or len(its) != 1 or not order(mine[0].earliest, its[0].earliest):
        return
    words = {t.text.casefold() for t in (*mine, *its)}
    if basis is Basis.COPIED or not words & RELATIVE:
        yield Finding(Drift.DATE_CHANGED, "day", {"a": mine[0].text, "b": its[0].text})


@lru_cache(maxsize=4096)
def _days(text: str, published: str | None) -> tuple[TimeSpan, ...]:
    """The days named in the words, but for those on which something was said."""
    found = dates.find(text, published)
    return tuple(t for t in found if t.precision is Precision.DAY and t.earliest and not _said_then(text, t))


def _said_then(text: str, time: TimeSpan) -> bool:
    start, end = time.start or 0, time.end or 0
    near = [*_word().findall(text[:start])[-4:], *_word().findall(text[end:])[:2]]
    return any(w.lower() in SAYING for w in near)


def _clock(a: Version, b: Version) -> Iterator[Finding]:
    """The same hour and minute, given for another zone."""
    for hour, zone in _hours(a).items():
        other = _hours(b).get(hour)
        if zone and other and zone != other:
            yield Finding(Drift.UNIT_OR_ZONE_CHANGED, "zone", {"time": hour, "a": zone, "b": other})


def _hours(version: Version) -> dict[str, str]:
    """Each time of day in the words, on a clock of twelve hours, with its zone in words."""
    found = {}
    for m in _time_of_day().finditer(version.exact):
        hour, minute = int(m["hour"]), m["minute"]
        if hour < 24 and int(minute) < 60 and (m["half"] or m["zone"]):
            found[f"{hour % 12}:{minute}"] = " ".join((m["zone"] or "").lower().split()).replace("utc", "gmt")
    return found


@cache
def _time_of_day() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.:])(?P<hour>\d{1,2})[:.]?(?P<minute>\d\d)(?![\d:])(?: ?(?P<half>[ap]\.?m\b\.?))?"
        r"(?: ?(?P<zone>GMT|UTC|[A-Z]{2,3}T\b|local time|locally|(?i:local)))?",
        re.IGNORECASE,
    )


def _part(a: Version, b: Version) -> Iterator[Finding]:
    """A count of one place that is told without it: people treated at this clinic, people hurt in the quake."""
    if (
        not shared_numbers(a, b)
        or alone(b)
        or (set(b.words) | {w.lower() for w in _word().findall(b.sentence)}) & SPOTS
    ):
        return
    if spot := alone(a):
        yield Finding(Drift.SCOPE_WIDENED, "part_gone", {"word": spot})


def alone(version: Version) -> str:
    """The one place among several that the words are about: "this clinic", "Lodi alone"; empty where there is none."""
    words = version.words
    for i, w in enumerate(words[1:], 1):
        if w in SPOTS and not SEVERAL.isdisjoint(words[max(0, i - 3) : i]):
            return next(f"{x} {w}" for x in words[max(0, i - 3) : i] if x in SEVERAL)
    found = _alone().search(version.exact)
    return found[0] if found else ""


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(r"\b[A-Z][\w’'-]{1,40} alone\b")


# --- names --------------------------------------------------------------------------------------------------------


def _name(a: Version, b: Version) -> Iterator[Finding]:
    """A name that is spelt otherwise between the same words."""
    mine, its = (_word().findall(v.exact)[:LONGEST_QUOTE] for v in (a, b))
    match = SequenceMatcher(None, [w.lower() for w in mine], [w.lower() for w in its], autojunk=False)
    for tag, i, j, k, n in match.get_opcodes():
        if tag == "replace" and j - i == n - k == 1 and i and k and _misspelt(mine[i], its[k]):
            yield Finding(Drift.NAME_CHANGED, "name", {"a": mine[i], "b": its[k]})


def _misspelt(a: str, b: str) -> bool:
    """True for two names of one beginning that are nearly the same letters, but for endings that mean something."""
    if min(len(a), len(b)) < 4 or a[0] != b[0] or not (a[0].isupper() and a[1:].islower() and b[1:].islower()):
        return False
    if a.rstrip("s") == b.rstrip("s") or kin(a.lower(), b.lower()):
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.75


# --- quotation marks --------------------------------------------------------------------------------------------------


LONGEST_QUOTE = 400
"""Words looked at: a quotation is shorter, and matching takes the square of the length."""
SHARED_AT_LEAST = 4
"""Words that two tellings of one quotation have in common."""

Marked = list[tuple[str, bool]]
"""Words without case, each with whether it stands inside quotation marks."""


def quote_findings(a: str, b: str) -> Iterator[Finding]:
    """What differs inside the quotation marks of two versions of the same words; nothing where they are other words."""
    mine, its = marked(a), marked(b)
    if not any(q for _, q in mine) or not any(q for _, q in its):
        return
    match = SequenceMatcher(None, [w for w, _ in mine], [w for w, _ in its], autojunk=False)
    if match.ratio() < 0.6 or sum(block.size for block in match.get_matching_blocks()) < SHARED_AT_LEAST:
        return
    moved: list[str] = []
    for tag, i, j, k, n in match.get_opcodes():
        if tag == "equal":
            moved += [mine[i + s][0] for s in range(j - i) if mine[i + s][1] != its[k + s][1]]
        elif tag == "replace" and all(q for _, q in mine[i:j]) and all(q for _, q in its[k:n]):
            yield Finding(Drift.QUOTE_WORD, "quote_word", {"a": _joined(mine[i:j]), "b": _joined(its[k:n])})
    if 0 < len(moved) <= 8:
        yield Finding(Drift.QUOTE_BOUNDARY, "quote_boundary", {"words": " ".join(moved)})


def marked(text: str) -> Marked:
    """The words of the text, each with whether it is quoted."""
    found: Marked = []
    inside = False
    for m in _piece().finditer(text):
        piece = m.group()
        if piece in "“«„":
            inside = True
        elif piece in "”»":
            inside = False
        elif piece == '"':
            inside = not inside
        else:
            found.append((piece.lower(), inside))
        if len(found) == LONGEST_QUOTE:
            break
    return found


def _joined(part: Marked) -> str:
    return " ".join(w for w, _ in part)


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(r"[“”«»„\"]|[^\W_]+(?:[’'-][^\W_]+)*")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
