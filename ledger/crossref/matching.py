"""Claim matching: how likely two claims state the same kind of fact, so that one question can ask for both.

What a person said of a claim (its scope, its answer, when and where) weighs most, then what is counted, of whom, for when and
where, then the words that both share. What does not fit is named, and makes the two separate matters however alike they sound.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from ledger import dates
from ledger.crossref import containment, measures, terms
from ledger.crossref.answers import compare_answers, words
from ledger.crossref.containment import Containment
from ledger.crossref.guards import counted
from ledger.crossref.measures import Counted
from ledger.crossref.statements import asserted, statement_of
from ledger.crossref.terms import stem
from ledger.crossref.wordlists import ACTIVITIES
from ledger.records import Claim, Span, Statement
from ledger.vocabulary import Agreement

Weight = Callable[[str], float]
"""How rare a stem is."""

APART = 0.15
"""The most that two claims of different matters can score."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A claim as it is matched with others."""

    claim: Claim
    statement: Statement
    counted: Counted
    scope: frozenset[str] | None
    """What a person said it is about, with "deaths" and "people killed" for one."""
    stems: Mapping[str, float]
    """How rare each stem is."""
    spoken: Mapping[str, str]
    """A word of the claim for each stem."""
    facets: frozenset[str]

    @property
    def figured(self) -> bool:
        return self.statement.quantity is not None


@dataclass(frozen=True, slots=True)
class Match:
    """How likely two claims match, and what speaks for it or against."""

    score: float
    reasons: tuple[str, ...]


def profile_of(claim: Claim, weight: Weight) -> Profile:
    """What a claim is about."""
    statement = asserted(statement_of(claim))
    text = f"{claim.exact} {claim.says or ''}"
    spoken = {stem(w): w for w in reversed(terms.query_words(text))}
    return Profile(
        claim=claim,
        statement=statement,
        counted=counted(statement),
        scope=scope_of(claim.scope) if claim.scope else None,
        stems={s: weight(s) for s in spoken},
        spoken=spoken,
        facets=facets(text),
    )


@lru_cache(maxsize=4096)
def scope_of(scope: str) -> frozenset[str]:
    """What the words of a scope say is counted and of whom, and the words that no table knows."""
    found = list(measures.hits(scope))
    known = {f"{h.table}: {h.name}" for h in found if h.name != "people"}
    if any(h.table == "side" for h in found):
        known.discard("group: combatants")
    rest = {w for w, start, _ in measures.tokens(scope) if not any(h.start <= start < h.end for h in found)}
    return frozenset(known | (rest - {"the", "of", "in", "total", "number"}))


def match(a: Profile, b: Profile) -> Match:
    """How likely two claims match."""
    against = _against(a, b)
    if against:
        return Match(APART, (against,))
    if a.scope and b.scope:
        return _by_scope(a, b)
    return _by_figures(a, b) if a.figured and b.figured else _by_words(a, b)


# --- what speaks against ------------------------------------------------------------------------------------------


def _against(a: Profile, b: Profile) -> str | None:
    """Why the two cannot match."""
    if _period(a, b) is Containment.DISJOINT:
        return "different periods"
    same_scope = a.scope is not None and a.scope == b.scope
    if (
        not same_scope
        and containment.place(a.statement.place, b.statement.place) is Containment.DISJOINT
        and not _loosely(a, b)
    ):
        return "different places"
    if a.figured != b.figured and not same_scope:
        return "one gives a figure, the other none"
    if not (a.figured and b.figured) or same_scope:
        return None
    if _period(a, b).nested and not _nearly_one(a.statement.window, b.statement.window):
        return "one period is a part of the other"
    return _other_count(a.counted, b.counted)


def _period(a: Profile, b: Profile) -> Containment:
    activity = a.counted.measure in ACTIVITIES or b.counted.measure in ACTIVITIES
    return containment.period(a.statement.window, b.statement.window, one_question=True, activity=activity, total=True)


NEARLY = 0.8
"""Two periods that share four fifths of their days are told of one thing: outlets date the first day of a battle apart."""


def _nearly_one(a: Span | None, b: Span | None) -> bool:
    if a is None or b is None or None in (a.earliest, a.latest, b.earliest, b.latest):
        return False
    (a_from, a_to), (b_from, b_to) = (
        (dates.bounds(str(s.earliest))[0], dates.bounds(str(s.latest))[1]) for s in (a, b)
    )
    if any((t.tzinfo is None) != (a_from.tzinfo is None) for t in (a_to, b_from, b_to)):
        return False
    shared, whole = min(a_to, b_to) - max(a_from, b_from), max(a_to, b_to) - min(a_from, b_from)
    return shared.total_seconds() >= NEARLY * whole.total_seconds()


def _loosely(a: Profile, b: Profile) -> bool:
    return containment.same_place_loosely(a.statement.place or "", b.statement.place or "")


def _other_count(a: Counted, b: Counted) -> str | None:
    if a.measure and b.measure and a.measure != b.measure:
        return f"{a.measure} and {b.measure} are different counts"
    if a.rate != b.rate:
        return "one is a rate"
    if a.group and b.group and a.group != b.group and "people" not in (a.group, b.group):
        return f"{a.group} and {b.group} are different people"
    if _special(a) != _special(b):
        return f"one is about {_special(a) or _special(b)} alone"
    if (a.side and b.side and a.side != b.side) or (a.camp and b.camp and a.camp != b.camp):
        return "different sides"
    return None


PARTS_OF_ALL = frozenset({"children", "women", "evacuees", "guards", "police", "journalists", "medics", "aid workers"})
"""Sorts of people that are counted apart from all: a toll of children answers no question about the toll."""


def _special(counted: Counted) -> str | None:
    return counted.group if counted.group in PARTS_OF_ALL else None


# --- what speaks for ----------------------------------------------------------------------------------------------


def _by_scope(a: Profile, b: Profile) -> Match:
    """A person said what both are about: equal words settle it, unless two activities are counted."""
    if a.scope != b.scope:
        return Match(APART, ("different scopes",))
    mine, its = a.counted.measure, b.counted.measure
    reason = f"scope: {a.claim.scope}"
    if mine and its and mine != its and {mine, its} <= ACTIVITIES:
        figure = _one_figure(a, b)
        return Match(0.7, (reason, figure)) if figure else Match(APART, (reason, f"{mine} are not {its}"))
    if mine in ACTIVITIES and _far_apart(a, b):
        return Match(0.45, (reason, "figures far apart"))
    alike, shared = likeness(a.stems, b.stems)
    score = (0.83 if _period(a, b) is Containment.SAME else 0.7) + 0.15 * alike
    return Match(score, (reason, *_when_and_where(a, b), *_words(a, shared)))


def _by_figures(a: Profile, b: Profile) -> Match:
    """Two figures: what is counted, of whom, where and when, and the words around it."""
    reasons = list(_when_and_where(a, b))
    score = 0.1 + 0.1 * len(reasons)
    mine, its = a.counted, b.counted
    if mine.measure and mine.measure == its.measure:
        score += 0.25
        reasons.append(f"both count: {mine.measure}")
    if mine.group and mine.group == its.group:
        score += 0.05
    if mine.side and mine.side == its.side:
        score += 0.1
        reasons.append(f"side: {mine.side}")
    if figure := _one_figure(a, b):
        score += 0.15
        reasons.append(figure)
    alike, shared = likeness(a.stems, b.stems)
    score += 0.6 * alike
    return Match(min(score, 0.95), (*reasons, *_words(a, shared)))


def _by_words(a: Profile, b: Profile) -> Match:
    """Two statements without figures: the same aspect of one event, alike in words or in the answer."""
    reasons = list(_when_and_where(a, b))
    alike, shared = likeness(a.stems, b.stems)
    score = 0.05 + 0.08 * len(reasons) + 0.8 * alike
    if a.facets and b.facets:
        common = a.facets & b.facets
        score += 0.35 if a.facets == b.facets else 0.15 if common else -0.3
        reasons += [f"both say {f}" for f in sorted(common)]
    answer = _answers(a.statement.answer, b.statement.answer)
    score += answer
    if answer > 0:
        reasons.append(f"answer: {a.statement.answer}")
    return Match(max(0.0, min(score, 0.95)), (*reasons, *_words(a, shared)))


def _answers(a: str | None, b: str | None) -> float:
    """What two short answers say for one matter: much where they are one, something where they begin alike."""
    if not a or not b:
        return 0.0
    mine, its = words(a), words(b)
    if compare_answers(a, b)[0] is Agreement.AGREE:
        return 0.3
    return 0.2 if mine and its and set(mine) & set(its) else 0.0


def _one_figure(a: Profile, b: Profile) -> str | None:
    """The number that both give, in words."""
    mine, its = a.statement.quantity, b.statement.quantity
    if mine is None or its is None or mine.vague or its.vague:
        return None
    ends = ({q.low, q.high} - {None} for q in (mine, its))
    first, second = ends
    common = first & second
    return f"figure: {sorted(str(c) for c in common)[0]}" if common else None


def _far_apart(a: Profile, b: Profile) -> bool:
    """True where one figure is more than twice the other: flights and what they hit go by one word."""
    mine, its = (q and (q.low or q.high) for q in (a.statement.quantity, b.statement.quantity))
    return bool(mine and its) and not 1 <= 2 * Decimal(mine or 0) / max(Decimal(its or 0), Decimal(1)) <= 4


def _when_and_where(a: Profile, b: Profile) -> tuple[str, ...]:
    found = []
    if a.statement.window and b.statement.window and _period(a, b) is Containment.SAME:
        found.append(f"when: {a.statement.window.earliest or a.statement.window.latest}")
    if a.statement.place and b.statement.place:
        found.append(f"where: {a.statement.place}")
    return tuple(found)


def _words(a: Profile, shared: list[str]) -> tuple[str, ...]:
    return (f"words: {', '.join(a.spoken[s] for s in shared[:5])}",) if shared else ()


def likeness(a: Mapping[str, float], b: Mapping[str, float]) -> tuple[float, list[str]]:
    """The share of rarity that two sets of stems have in common, and the common ones, the rarest first."""
    shared = sorted(a.keys() & b.keys(), key=lambda s: (-a[s], s))
    total = sum(a.values()) + sum(b.values())
    return (2 * sum(a[s] for s in shared) / total if total else 0.0), shared


# --- aspects of an event ------------------------------------------------------------------------------------------

FACETS = {
    "why it happened": r"because|due to|caused by the fact|the reason|owing to|on the grounds|blam\w+ (?:\w+ ){0,2}"
    r"(?:delay|failure|collapse|crash|shortage|breakdown)|(?:delay|stall|hold-?up)\w*",
    "how it was done": r"suicide|car bombs?|bombers?|detonat\w+|explosive\w*|booby|gun(?:man|men|fire)|shelling|missiles?|"
    r"rockets?|mortars?|chemical|sarin|chlorine|gas attack|drones?|grenades?|knife|stabb\w+|poison\w*|arson",
    "who did it": r"blam\w+|accus\w+|responsib\w+|perpetrat\w+|carried out|behind the|involvement|claimed|denied|masterminds?|"
    r"culprits?|terrorist groups?",
    "who holds it": r"(?:full|complete|total) control|control(?:s|led)? of|recaptur\w+|retak\w+|retook|seiz\w+|overr[au]n|"
    r"liberat\w+|driven out|withdr\w+|still (?:in|hold\w*)",
    "how it ranks": r"(?:big|large|heavi|high|dead|wor|bloodi|deadli|great|long|fierce|strong|seriou)(?:g?est|st)|most "
    r"\w+ (?:since|ever)|record|unprecedented",
}
"""What a statement without a figure says of an event, in words of the trade."""

OUTRANKS = (
    ("why it happened", "who did it"), ("why it happened", "how it was done"), ("how it was done", "who did it"),
    ("how it ranks", "who holds it"),
)  # fmt: skip
""""carried out by a suicide bomber" says how, "blamed the delay on" why."""


def facets(text: str) -> frozenset[str]:
    """The aspects that the words speak of."""
    found = {name for name, pattern in _facets().items() if pattern.search(text)}
    return frozenset(found - {weaker for stronger, weaker in OUTRANKS if stronger in found})


@cache
def _facets() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in FACETS.items()}
