"""Differences in the words of one statement: belief, denial, days and hours, names, parts, strong and quoted words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise

from ledger import dates, lexicon
from ledger.crossref.containment import order
from ledger.crossref.names import kin
from ledger.crossref.terms import STOP
from ledger.crossref.wording import COPYING, Finding, Version, alike, fold_word, shared_numbers, superseded
from ledger.crossref.wordlists import (
    ABSOLUTE,
    ANYBODY,
    BAD,
    BELIEF,
    CALENDAR,
    DEGREE,
    DOUBT,
    GOOD,
    LIMITS,
    NEGATION,
    NO_BELIEF,
    PLAN,
    RECEIVED,
    REFUSAL,
    SAYING,
    SEVERAL,
    SPOTS,
    STANDING,
    STRONGER,
)
from ledger.quantity.figure_words import SMALL
from ledger.records import TimeSpan
from ledger.text import folding
from ledger.vocabulary import Basis, Drift, Precision

Words = tuple[str, ...]


def word_findings(a: Version, b: Version, basis: Basis) -> Iterator[Finding]:
    """What differs in the words of b, where the two word one statement."""
    yield from _part(a, b)
    if basis is Basis.RESTATED:
        return
    yield from _stronger(a, b)
    yield from quote_findings(*(f"“{v.exact}”" if v.quoted else v.exact for v in (a, b)))
    yield from _clock(a, b)
    yield from _value(a, b)
    if alike(a, b):
        yield from _degree(a, b)
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
    """A word of belief that is left out, a plan that will be; what stands elsewhere in the claim's sentence counts as kept."""
    held = first_of(a.words, BELIEF)
    kept = tuple(w.lower() for w in _word().findall(f"{b.sentence} {b.exact}"))
    doubted = first_of(kept, BELIEF) or first_of(kept, NO_BELIEF) or DOUBT & set(kept)
    if held and not doubted and not first_of(a.words, NO_BELIEF) and _denies(a) == _denies(b):
        yield Finding(Drift.HEDGE_BELIEF_DROP, "doubt_gone", {"word": " ".join(held)})
    planned = first_of(a.words, PLAN)
    firm = WILL & set(b.words) and not WILL & set(a.words) and not (_denies(a) or _denies(b))
    if planned and firm and not first_of(kept, PLAN):
        yield Finding(Drift.HEDGE_BELIEF_DROP, "plan_will", {"a": " ".join(planned)})


WILL = frozenset({"will", "shall"})


def _degree(a: Version, b: Version) -> Iterator[Finding]:
    """A cause in part that is told as the cause."""
    word = next((w for w, of in pairwise(a.words) if w in DEGREE and of in b.words), None)
    if word and not DEGREE & set(b.words):
        yield Finding(Drift.WORD_STRENGTHENED, "doubt_gone", {"word": word})


def _denial(a: Version, b: Version) -> Iterator[Finding]:
    """A denial of more than was denied."""
    refused = first_of(a.words, REFUSAL)
    if refused and not first_of(b.words, REFUSAL) and {"denied", "denies"} & set(b.words):
        yield Finding(Drift.DENIAL_STRENGTHENED, "refusal_denied", {"a": " ".join(refused)})
    if refused or not (_denies(a) and _denies(b)):
        return
    limit = first_of(a.words, LIMITS)
    more = [w for w in b.words if w in ABSOLUTE and w not in a.words]
    if more:
        yield Finding(Drift.DENIAL_STRENGTHENED, "denial_of_all", {"b": more[0]})
    elif limit and not first_of(b.words, LIMITS):
        yield Finding(Drift.DENIAL_STRENGTHENED, "limit_gone", {"word": " ".join(limit)})


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
    if basis in COPYING or not words & RELATIVE:
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
        if zone and other and _zone(zone) != _zone(other):
            yield Finding(Drift.UNIT_OR_ZONE_CHANGED, "zone", {"time": hour, "a": zone, "b": other})


def _hours(version: Version) -> dict[str, str]:
    """Each time of day in the words, on a clock of twelve hours, with its zone in words."""
    found = {}
    for m in _time_of_day().finditer(version.exact):
        hour, minute = int(m["hour"]), m["minute"]
        if hour < 24 and int(minute) < 60 and (m["half"] or m["zone"]):
            found[f"{hour % 12}:{minute}"] = " ".join((m["zone"] or "").split())
    return found


def _zone(words: str) -> str:
    return words.lower().replace("utc", "gmt")


@cache
def _time_of_day() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.:])(?P<hour>\d{1,2})[:.]?(?P<minute>\d\d)(?![\d:])(?: ?(?P<half>[ap]\.?m\b\.?))?"
        r"(?: ?(?P<zone>GMT|UTC|[A-Z]{2,3}T\b|local time|locally|(?i:local)))?",
        re.IGNORECASE,
    )


def _part(a: Version, b: Version) -> Iterator[Finding]:
    """A count of one place, or of those who came to the speaker, that is told without it: people hurt in the quake."""
    said = set(b.words) | {w.lower() for w in _word().findall(b.sentence)}
    if not shared_numbers(a, b) or alone(b) or said & SPOTS:
        return
    if spot := alone(a):
        yield Finding(Drift.SCOPE_WIDENED, "part_gone", {"word": spot})
    elif place := _only_place(a, b):
        yield Finding(Drift.SCOPE_WIDENED, "place_gone", {"word": place})
    elif (came := _came(a)) and not said & RECEIVED:
        yield Finding(Drift.SCOPE_WIDENED, "came_gone", {"word": came})


def alone(version: Version) -> str:
    """The one place among several that the words are about: "this clinic", "Lodi alone"; empty where there is none."""
    words = version.words
    for i, w in enumerate(words[1:], 1):
        if w in SPOTS and not SEVERAL.isdisjoint(words[max(0, i - 3) : i]):
            return next(f"{x} {w}" for x in words[max(0, i - 3) : i] if x in SEVERAL)
    found = _alone().search(version.exact)
    return found[0] if found else ""


def _only_place(a: Version, b: Version) -> str:
    """The place behind a's figure where b, of the same text or of one that never names it, gives the figure without any."""
    mine, its = _place_behind(a), _place_behind(b)
    if not mine or its:
        return ""
    words = folding.name(mine.group(1)).split()
    elsewhere = f" {folding.name(' '.join((b.sentence if a.article == b.article else b.text, b.exact, b.asked)))} "
    return "" if any(f" {w} " in elsewhere for w in words if w not in SPOTS) else mine.group(0)


def _place_behind(version: Version) -> re.Match[str] | None:
    """A place behind the figure, as in Lodi or at Toka hospital; days and months are none."""
    q = version.statement.quantity
    at = version.exact.find(q.text) + len(q.text) if q and q.text else 0
    end = m.start() if (m := re.compile(r"[,;:] ").search(version.exact, at)) else len(version.exact)
    places = (m for m in _in_place().finditer(version.exact, at, end) if m[1].split()[0].lower() not in CALENDAR)
    return next(places, None)


@cache
def _in_place() -> re.Pattern[str]:
    name, spots = r"[A-Z][\w’'-]*", lexicon.alternatives(tuple(SPOTS))
    return re.compile(rf"\b(?:in|at|near|around|outside) (?:the )?({name}(?: {name})*(?: (?:{spots})\b)?)")


def _came(version: Version) -> str:
    """How a speaker counts those who came: "we have received"."""
    words = version.words
    for i, w in enumerate(words):
        told = any(word[0].isdecimal() or word in SMALL for word in words[i + 1 : i + 4])
        if (
            w in RECEIVED
            and told
            and words[i - 1] not in ("were", "was")
            and not OURS.isdisjoint(words[max(0, i - 3) : i])
        ):
            start = next(j for j in range(max(0, i - 3), i) if words[j] in OURS)
            return " ".join(words[start : i + 1])
    return ""


OURS = frozenset({"we", "i"})


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(r"\b[A-Z][\w’'-]{1,40} alone\b")


# --- who and what -------------------------------------------------------------------------------------------------


def _value(a: Version, b: Version) -> Iterator[Finding]:
    """What one statement is about, told as another: another member of a list, another standing, good for bad."""
    found = [x for rule in (_member, _listed, _number, _opposite, _quality) if (x := rule(a, b))]
    found += [x for x in (_standing(a, b), (_standing(b, a) or ())[::-1]) if x]
    for mine, its in found[:1]:
        yield Finding(Drift.VALUE_CHANGE, "answer_differs", {"a": mine, "b": its})


Told = tuple[str, str]
AND = frozenset({"and", "or"})
BEFORE_NOUN = frozenset({"a", "an", "another", "one", "his", "her", "their", "its"})
BEHIND_NOUN = frozenset({"was", "were", "is", "are", "has", "have", "had", "been", "be"})


def _member(a: Version, b: Version) -> Told | None:
    """One list with another member: the clock and a lamp are gone; the clock and another bowl were gone."""
    mine, its = a.words[:LONGEST_QUOTE], b.words[:LONGEST_QUOTE]
    for tag, i, j, k, n in SequenceMatcher(None, mine, its, autojunk=False).get_opcodes():
        back = int(i > 0 and k > 0 and mine[i - 1] == its[k - 1] and mine[i - 1] in BEFORE_NOUN)
        first, other = i - back, k - back
        if tag != "replace" or min(first, other) < 2 or mine[first - 2 : first] != its[other - 2 : other]:
            continue
        x, y = _noun(mine[first:j]), _noun(its[other:n])
        frame = set(mine[j:]) & set(its[n:]) - STOP
        if mine[first - 1] in AND and x and y and frame and x[-1] != y[-1] and not ANYBODY & {x[-1], y[-1]}:
            return " ".join(x), " ".join(y)
    return None


def _listed(a: Version, b: Version) -> Told | None:
    """Both of two things behind one figure, told as the first alone: 9 million in cash and shares, in cash."""
    if not shared_numbers(a, b):
        return None
    for one, other in ((a, b), (b, a)):
        m = _both().search(_behind_figure(one))
        first = m and f" {m['first']} " in f" {_behind_figure(other)} "
        if m and first and m["second"].split()[-1] not in other.words and not AND & set(_behind_figure(other).split()):
            return (m[0], m["first"]) if one is a else (m["first"], m[0])
    return None


def _behind_figure(version: Version) -> str:
    """The next few words behind the figure, up to a comma or stop."""
    q = version.statement.quantity
    at = version.exact.find(q.text) + len(q.text) if q and q.text and q.text in version.exact else len(version.exact)
    return " ".join(w.lower() for w in _word().findall(re.split(r"[,;.:] ", version.exact[at:])[0])[:6])


@cache
def _both() -> re.Pattern[str]:
    return re.compile(r"(?P<first>(?:in|of|by) \w+) and (?P<second>\w+)")


def _noun(words: Words) -> Words:
    """The words if they are a noun with what stands before it."""
    while words and words[-1] in BEHIND_NOUN:
        words = words[:-1]
    return words if 2 <= len(words) <= 4 and words[0] in BEFORE_NOUN else ()


def _number(a: Version, b: Version) -> Told | None:
    """Six months told as three, where no figure of the two is compared."""
    if not alike(a, b) or any(v.statement.quantity or v.statement.running or superseded(v) for v in (a, b)):
        return None
    mine, its = a.words[:LONGEST_QUOTE], b.words[:LONGEST_QUOTE]
    for tag, i, j, k, n in SequenceMatcher(None, mine, its, autojunk=False).get_opcodes():
        counted = mine[j : j + 1]
        if tag != "replace" or not j - i == n - k == 1 or counted != its[n : n + 1] or CALENDAR.issuperset(counted):
            continue
        values = {int(w) if w.isdecimal() and len(w) < 9 else SMALL.get(w) for w in (mine[i], its[k])}
        if len(values) == 2 and None not in values:
            return " ".join((mine[i], *counted)), " ".join((its[k], *counted))
    return None


def _standing(a: Version, b: Version) -> Told | None:
    """A former mayor told as the mayor."""
    if not alike(a, b) or STANDING & set(b.words):
        return None
    return next(
        (
            (f"{w} {noun}", noun)
            for w, noun in pairwise(a.words)
            if w in STANDING and noun in b.words and noun not in STOP
        ),
        None,
    )


def _opposite(a: Version, b: Version) -> Told | None:
    """Safe told as unsafe."""
    if not alike(a, b) or _denies(a) != _denies(b):
        return None
    for one, other in ((a.words, b.words), (b.words, a.words)):
        word = next(
            (w for w in one if f"un{w}" in other and w not in other and w not in STOP | {"less"} and len(w) > 3), None
        )
        if word and f"un{word}" not in one:
            return (word, f"un{word}") if one is a.words else (f"un{word}", word)
    return None


def _quality(a: Version, b: Version) -> Told | None:
    """Limited equipment told as well equipped: of one thing good in the one, bad in the other."""
    if _denies(a) != _denies(b):
        return None
    for good, bad in ((a, b), (b, a)):
        if BAD & set(good.words) or GOOD & set(bad.words):
            continue
        fine = next((f"{w} {x}" for w, x in pairwise(good.words) if w in GOOD and fold_word(x) in bad.content), None)
        poor = next((w for w in bad.words if w in BAD), None)
        if fine and poor:
            return (fine, poor) if good is a else (poor, fine)
    return None


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
