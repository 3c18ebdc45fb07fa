"""Differences in the words of one statement: belief, denial, days and hours, parts, strong words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from ledger import dates, lexicon
from ledger.crossref.answers import spoken
from ledger.crossref.containment import order
from ledger.crossref.measures import as_printed
from ledger.crossref.terms import STOP, stands
from ledger.crossref.wording import (
    COPYING,
    Finding,
    Version,
    Words,
    about_one,
    alike,
    by_figure,
    fold_word,
    half_shared,
    kept,
    shared_numbers,
)
from ledger.crossref.wording_values import (
    AND,
    aged,
    name_findings,
    quote_findings,
    unit_findings,
    value_findings,
    whole_names,
)
from ledger.crossref.wordlists import (
    ABSOLUTE,
    BAD,
    BELIEF,
    CALENDAR,
    DEGREE,
    DOUBT,
    GOOD,
    LIMITS,
    NO_BELIEF,
    PLAN,
    RECEIVED,
    REFUSAL,
    SAYING,
    SEVERAL,
    SPOTS,
    STRONGER,
)
from ledger.crossref.yes_no import without_telling
from ledger.quantity.figure_words import SMALL
from ledger.records import TimeSpan
from ledger.text import folding
from ledger.vocabulary import Basis, Drift, Kind, Precision


def word_findings(a: Version, b: Version, basis: Basis) -> Iterator[Finding]:
    """What differs in the words of b, where the two word one statement."""
    yield from _part(a, b)
    yield from whole_names(a, b) if not alike(a, b) else ()
    if basis is Basis.RESTATED or not (alike(a, b) or may_differ(a) or may_differ(b)):
        return
    if not _stronger_words().isdisjoint(b.said):
        yield from _stronger(a, b)
    if a.quotation and b.quotation:
        yield from quote_findings(a.quotation, b.quotation)
    if _hours(a):
        yield from _clock(a, b)
        yield from _about_hour(a, b)
    yield from value_findings(a, b)
    if about_one(a, b) or a.statement.kind is b.statement.kind is Kind.YES_NO:
        yield from _denial(a, b)
    if about_one(a, b):
        yield from _degree(a, b)
        yield from _belief(a, b)
    if alike(a, b):
        yield from _date(a, b, basis)
        yield from unit_findings(a, b)
        yield from name_findings(a, b)


@kept
def may_differ(version: Version) -> bool:
    """True where there are words by which two claims may differ that are not alike; most claims have none."""
    words = AND | GOOD | BAD | DEGREE | _stronger_words()
    return bool(
        version.denies
        or version.quotation
        or not words.isdisjoint(version.said)
        or _hours(version)
        or _share_in(version.exact)
        or doubt_of(version)
        or _plan_of(version)
        or first_of(version.words, REFUSAL)
    )


@kept
def changes(version: Version) -> bool:
    """True where one that is not alike and has another figure may be told without some word of this one, or otherwise."""
    return bool(may_differ(version) or alone(version) or aged(version) or version.statement.answer)


# --- belief and denial --------------------------------------------------------------------------------------------


def _stronger(a: Version, b: Version) -> Iterator[Finding]:
    if a.statement.quantity and b.statement.quantity and not shared_numbers(a, b):
        return  # of another figure something else may be said
    for plain, phrase in _plain_words(a):
        found = STRONGER[plain].intersection(b.said) - a.said
        if found and not stands(phrase, b.words) and _beyond(a, b, {*phrase, *found}):
            first = next(w for w in b.words if w in found)
            yield Finding(Drift.WORD_STRENGTHENED, "word_became", {"a": plain, "b": first})


@cache
def _stronger_words() -> frozenset[str]:
    return frozenset().union(*STRONGER.values())


@kept
def _plain_words(version: Version) -> tuple[tuple[str, Words], ...]:
    """The words of the claim of which others say more, with the words of each."""
    split = ((plain, tuple(plain.split())) for plain in STRONGER)
    return tuple(
        (plain, phrase) for plain, phrase in split if phrase[0] in version.said and stands(phrase, version.words)
    )


def _beyond(a: Version, b: Version, words: Iterable[str]) -> bool:
    """True where the two are about one thing but for these words."""
    apart = {fold_word(w) for w in words}
    return alike(a, b) or half_shared(a.content - apart, b.content - apart)


def _belief(a: Version, b: Version) -> Iterator[Finding]:
    """A word of belief that is left out, a plan that will be; what stands elsewhere in the claim's sentence counts as kept."""
    held, planned = doubt_of(a), _plan_of(a)
    firm = WILL & b.said and not WILL & a.said and not (a.denies or b.denies)
    if planned and firm and not first_of(b.kept, PLAN):
        yield Finding(Drift.HEDGE_BELIEF_DROP, "plan_will", {"a": " ".join(planned)})
    elif held and not _open(b) and not first_of(a.words, NO_BELIEF) and a.denies == b.denies:
        yield Finding(Drift.HEDGE_BELIEF_DROP, "doubt_gone", {"word": " ".join(held)})
    elif not held and (added := _doubt_added(a, b)):
        yield Finding(Drift.HEDGE_ADDED, "doubt_come", {"word": " ".join(added)})


@kept
def doubt_of(version: Version) -> Words:
    """The first word of belief that the claim has, of a figure one close to it: "likely to rise" is of another day's."""
    held = first_of(spoken(without_telling(version.exact)), BELIEF)
    return held if by_figure(version, NEAR_FIGURE).issuperset(held) else ()


NEAR_FIGURE = 4
"""Words before a figure among which one of belief is of it."""


@kept
def _plan_of(version: Version) -> Words:
    return first_of(spoken(without_telling(version.exact)), PLAN)


@kept
def _open(version: Version) -> bool:
    """True where the claim or its sentence says how sure it is."""
    kept = version.kept
    return bool(first_of(kept, BELIEF) or first_of(kept, NO_BELIEF) or DOUBT & set(kept))


def _doubt_added(a: Version, b: Version) -> Words:
    """The word of belief that b has and nothing in a's text."""
    added = doubt_of(b)
    return () if not added or _open(a) or first_of(b.words, NO_BELIEF) or a.denies != b.denies else added


WILL = frozenset({"will", "shall"})


def same_words(a: str, b: str) -> bool:
    """True for words that mean the same to any reader: "suffered" and "sustained"."""
    mine, its = a.casefold().split(), b.casefold().split()
    return len(mine) == len(its) and all(x == y or y in _meaning(x) for x, y in zip(mine, its, strict=True))


@cache
def _meaning(word: str) -> frozenset[str]:
    groups = (frozenset(row.split()) for row in lexicon.listed("en/wording", "synonyms"))
    return frozenset().union(*(group for group in groups if word in group))


def _degree(a: Version, b: Version) -> Iterator[Finding]:
    """A cause in part that is told as the cause, some of the windows told as the windows."""
    word = next((w for w, of in _degrees(a) if of in b.said), None)
    if word and not DEGREE & b.said:
        yield Finding(Drift.WORD_STRENGTHENED, "doubt_gone", {"word": word})
    share = _share_in(a.exact)
    if (
        share
        and re.search(rf"\b(?<!of )(?:{_definite()}) {share['whole']}\b", b.exact, re.IGNORECASE)
        and not _share_in(b.sentence or b.exact)
    ):
        yield Finding(Drift.SCOPE_WIDENED, "doubt_gone", {"word": share[0]})


@kept
def _degrees(version: Version) -> tuple[tuple[str, str], ...]:
    """The words of degree in the claim, each with the one behind it."""
    return tuple((w, of) for w, of in pairwise(version.words) if w in DEGREE)


@lru_cache(maxsize=4096)
def _share_in(text: str) -> re.Match[str] | None:
    return _share().search(text) if " of " in text.lower() else None


def _definite() -> str:
    return lexicon.alternatives(lexicon.listed("en/wording", "definite"))


@cache
def _share() -> re.Pattern[str]:
    part = lexicon.alternatives((*lexicon.listed("en/wording", "shares"), *SMALL))
    return re.compile(rf"\b(?:{part}|\d[\d,]*) of (?:{_definite()}) (?P<whole>\w+)", re.IGNORECASE)


def _denial(a: Version, b: Version) -> Iterator[Finding]:
    """A denial of more than was denied."""
    refused = first_of(a.words, REFUSAL)
    if refused and not first_of(b.words, REFUSAL) and {"denied", "denies"} & set(b.words):
        yield Finding(Drift.DENIAL_STRENGTHENED, "refusal_denied", {"a": " ".join(refused)})
    if refused or not (a.denies and b.denies):
        return
    limit = " ".join(first_of(a.words, LIMITS)) or _narrowed(a, b)
    more = [w for w in b.words if w in ABSOLUTE and w not in a.words]
    if more:
        yield Finding(Drift.DENIAL_STRENGTHENED, "denial_of_all", {"b": more[0]})
    elif limit and not first_of(b.words, LIMITS):
        yield Finding(Drift.DENIAL_STRENGTHENED, "limit_gone", {"word": limit})
    elif not limit and not _open(a) and (added := first_of(b.words, UNSEEN)):
        yield Finding(Drift.HEDGE_ADDED, "doubt_come", {"word": " ".join(added)})


UNSEEN = tuple(phrase for phrase in LIMITS if phrase[0] in ("no", "not", "so") and len(phrase) > 1)
"""Limits of who has not seen, found or heard it: "so far", "no evidence"."""


def _narrowed(a: Version, b: Version) -> str:
    """What a denial ends with, if b is the same denial without it: before June, on duty."""
    found = _limit_behind().search(a.exact)
    if found is None or found["limit"].lower() in b.sentence.lower():
        return ""
    mine, its = (folding.name(text).split()[-3:] for text in (a.exact[: found.start()], b.exact))
    return found["limit"] if mine == its else ""


@cache
def _limit_behind() -> re.Pattern[str]:
    since, state = r"(?:before|until|since|prior to)(?: [\w’'-]+){1,5}", r"(?:on|at|in|under|with|by) [a-z]+"
    return re.compile(rf" (?P<limit>{since}|{state})[.,”\"]*$")


def first_of(words: Words, listed: tuple[Words, ...]) -> Words:
    """The first of the phrases that stands in the words; empty where none does."""
    held = frozenset(words)
    return next((phrase for phrase in listed if phrase[0] in held and stands(phrase, words)), ())


# --- when and where -----------------------------------------------------------------------------------------------

RELATIVE = frozenset({"yesterday", "today", "tonight", "tomorrow", "last", "this", "next", "ago"})


def _date(a: Version, b: Version, basis: Basis) -> Iterator[Finding]:
    """The one day, month or year that each names for what happened; a word like "yesterday" tells nothing of two passages."""
    mine = _times(a.exact, a.published)
    its = _times(b.exact, b.published) if len(mine) == 1 else ()
    if len(its) != 1:
        return
    (x,), (y,) = mine, its
    if x.precision is not y.precision or not (order(x.latest, y.earliest) < 0 or order(y.latest, x.earliest) < 0):
        return
    if not _near(a.exact, x) & _near(b.exact, y):  # on what day two things were done
        return
    words = {w for t in (x, y) for w in t.text.casefold().split()}
    if (basis in COPYING and x.precision is Precision.DAY) or not words & RELATIVE:
        yield Finding(Drift.DATE_CHANGED, "day", {"a": x.text, "b": y.text})


@lru_cache(maxsize=4096)
def _times(text: str, published: str | None) -> tuple[TimeSpan, ...]:
    """The days, months, seasons and years named in the words, but for those at which something was said."""
    found = (t for t in dates.find(text, published) if t.precision in ONE_TIME and t.earliest and t.latest)
    return tuple(t for t in found if not _said_then(text, t))


def _near(text: str, time: TimeSpan) -> set[str]:
    """The stems of what stands beside a time."""
    beside = (*as_printed(text[: time.start])[-4:], *as_printed(text[time.end :])[:4])
    return {fold_word(w) for w in beside if w.lower() not in STOP}


ONE_TIME = frozenset({Precision.DAY, Precision.MONTH, Precision.SEASON, Precision.YEAR})


def _said_then(text: str, time: TimeSpan) -> bool:
    start, end = time.start or 0, time.end or 0
    near = [*as_printed(text[:start])[-4:], *as_printed(text[end:])[:2]]
    return any(w.lower() in SAYING for w in near)


def _clock(a: Version, b: Version) -> Iterator[Finding]:
    """The same hour and minute, given for another zone."""
    for hour, zone in _hours(a).items():
        other = _hours(b).get(hour)
        if zone and other and _zone(zone) != _zone(other):
            yield Finding(Drift.UNIT_OR_ZONE_CHANGED, "zone", {"time": hour, "a": zone, "b": other})


def _about_hour(a: Version, b: Version) -> Iterator[Finding]:
    """One time of day, of which one says that it is about then, and the other does not, nor before the claim."""
    mine, its = _told_hours(a), _told_hours(b)
    if len(mine) != 1 or mine.keys() != its.keys() or len(_hours(a)) > 1 or len(_hours(b)) > 1:
        return
    (hedged, first), (also, second) = *mine.values(), *its.values()
    plain = b if hedged else a
    before = plain.sentence.partition(plain.exact)[0]
    if hedged != also and not _about_then().search(before):
        yield Finding(Drift.HEDGE_DROP if hedged else Drift.HEDGE_ADDED, "hedge", {"a": first, "b": second})


ABOUT = frozenset({"about", "around", "approximately", "roughly"})


@kept
def _told_hours(version: Version) -> dict[str, tuple[bool, str]]:
    """Each time of day in the words: whether it is said to be about then, and as it is printed."""
    found = {}
    for m in _time_of_day().finditer(version.exact):
        if m["half"] or m["zone"]:
            hedge = _about_then().search(version.exact[: m.start()])
            words = version.exact[hedge.start() if hedge else m.start() : m.end()]
            found[f"{int(m['hour']) % 12}:{m['minute'] or '00'}"] = (hedge is not None, words.strip())
    return found


@cache
def _about_then() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{lexicon.alternatives(tuple(ABOUT))})(?: at)? $", re.IGNORECASE)


@kept
def _hours(version: Version) -> dict[str, str]:
    """Each time of day in the words, on a clock of twelve hours, with its zone in words."""
    found = {}
    for m in _time_of_day().finditer(version.exact):
        hour, minute = int(m["hour"]), m["minute"] or "00"
        if hour < 24 and int(minute) < 60 and (m["half"] or m["zone"]):
            found[f"{hour % 12}:{minute}"] = " ".join((m["zone"] or "").split())
    return found


def _zone(words: str) -> str:
    return words.lower().replace("utc", "gmt")


@cache
def _time_of_day() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.:])(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d\d)(?![\d:])|(?= ?[ap]\.?m\b))(?: ?(?P<half>[ap]\.?m\b\.?))?"
        r"(?: ?(?P<zone>GMT|UTC|[A-Z]{2,3}T\b|local time|locally|(?i:local)))?",
        re.IGNORECASE,
    )


def _part(a: Version, b: Version) -> Iterator[Finding]:
    """A count of one place, or of those who came to the speaker, that is told without it: people hurt in the quake."""
    shared, spot = shared_numbers(a, b), alone(a)
    if not (shared or spot):
        return
    said = _said_about(b)
    spot = "" if spot and {*spoken(spot)[1:-1]} & said else spot
    if not shared and spot and alike(a, b) and not said & SPOTS:
        yield Finding(Drift.SCOPE_WIDENED, "doubt_gone", {"word": spot})
    if not shared or alone(b):
        return
    if (came := _came(a)) and not said & (RECEIVED | SPOTS_OF_CARE):
        yield Finding(Drift.SCOPE_WIDENED, "came_gone", {"word": came})
    elif said & SPOTS:
        return
    elif spot:
        yield Finding(Drift.SCOPE_WIDENED, "part_gone", {"word": spot})
    elif place := _only_place(a, b):
        yield Finding(Drift.SCOPE_WIDENED, "place_gone", {"word": place})


@kept
def _said_about(version: Version) -> frozenset[str]:
    """The words of the claim and those beside it, but for the names of who says it."""
    return version.said.union(spoken(_beside_claim(version))).difference(*(name.split() for name in version.credits))


def _beside_claim(version: Version) -> str:
    """The rest of the claim's sentence, but for the credit behind it."""
    before, _, behind = version.sentence.partition(version.exact)
    credit = SAYING & set(spoken(behind)[:CREDIT]) or behind.lstrip(" ,").startswith("according")
    return before if credit else f"{before} {behind}"


CREDIT = 3
"""Words behind a claim of which one tells who says it: ", said Ana Pell", ", the clinic said"."""


@kept
def alone(version: Version) -> str:
    """The one place among several that the words are about: "this clinic", "Lodi alone"; empty where there is none."""
    words = version.words
    for i, w in enumerate(words[1:], 1):
        if w in SPOTS and not SEVERAL.isdisjoint(words[max(0, i - 3) : i]):
            return next(f"{x} {w}" for x in words[max(0, i - 3) : i] if x in SEVERAL)
    one = r"[A-Z][\w’'-]{1,40}|(?:[Tt]he|[Tt]his|[Tt]hat|[Ii]ts|[Oo]ne)(?: [\w’'-]+){1,2}"
    found = re.search(rf"\b(?:{one}) alone\b", version.exact)
    return found[0] if found else ""


def _only_place(a: Version, b: Version) -> str:
    """The place behind a's figure where b, of the same text or of one that never names it, gives the figure without any."""
    mine, its = _place_behind(a), _place_behind(b)
    if spot := _spot_in(a):
        parts = {*spoken(spot)} & SPOTS
        return "" if any(f" {w} " in _elsewhere(b, a.article == b.article) for w in parts) else spot
    if not mine or its:
        return ""
    words = folding.name(mine.group(1)).split()
    elsewhere = _elsewhere(b, a.article == b.article)
    return "" if any(f" {w} " in elsewhere for w in words if w not in SPOTS) else mine.group(0)


@lru_cache(maxsize=4096)
def _elsewhere(version: Version, in_one_text: bool) -> str:
    """What is told beside the claim: its sentence, or its text where that is another one, and the question."""
    beside = version.sentence if in_one_text else version.text
    return f" {folding.name(' '.join((beside, version.exact, version.asked)))} "


@kept
def _place_behind(version: Version) -> re.Match[str] | None:
    """A place behind the figure, as in Lodi or at Toka hospital; days and months are none."""
    q = version.statement.quantity
    at = version.exact.find(q.text) + len(q.text) if q and q.text else 0
    stop = re.search(r"[,;:] | (?:when|after|before|as|while|where|which|who|that) ", version.exact[at:])
    end = at + stop.start() if stop else len(version.exact)
    places = (m for m in _in_place().finditer(version.exact, at, end) if m[1].split()[0].lower() not in CALENDAR)
    return next(places, None)


@kept
def _spot_in(version: Version) -> str:
    """A part of a place that the words name: along Dock Street, in the old quarter."""
    found = _at_spot().search(version.exact)
    return found[0] if found else ""


@cache
def _at_spot() -> re.Pattern[str]:
    spots, article = lexicon.alternatives(tuple(SPOTS)), "(?:the|one|a|its|their) "
    at = "in|at|on|along|near|inside|from|around"
    return re.compile(rf"\b(?:{at}) (?:{article})?(?:[\w’'-]+ )?(?:{spots})\b", re.IGNORECASE)


@cache
def _in_place() -> re.Pattern[str]:
    name, spots = r"[A-Z][\w’'-]*", lexicon.alternatives(tuple(SPOTS))
    return re.compile(rf"\b(?:in|at|near|around|outside) (?:the )?({name}(?: {name})*(?: (?:{spots})\b)?)")


@kept
def _came(version: Version) -> str:
    """How a speaker counts those who came: "we have received", a hospital's "treated there"."""
    words = version.words
    if version.links and not SPOTS_OF_CARE.isdisjoint(folding.name(version.links[-1].name).split()):
        came = next((w for w in words if w in RECEIVED), "")
        return f"{came} there" if came and "there" in words else came
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


SPOTS_OF_CARE = frozenset({"clinic", "hospital", "ward"})
OURS = frozenset({"we", "i"})
