"""What a claim is about, as it is matched with others: its words by their rarity, its figure, its names, its aspect.

A short quotation leaves much out, so the sentence that it stands in is read too. Where a part of it was logged as a claim of
its own, the whole was logged for the rest of its words, and these weigh most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from ledger import quantity, text
from ledger.crossref import measures, terms, topics
from ledger.crossref.guards import counted
from ledger.crossref.kinds import sort_of
from ledger.crossref.measures import Counted, facets, root
from ledger.crossref.moments import Moment, moment_of
from ledger.crossref.statements import asserted, statement_of
from ledger.crossref.terms import stem
from ledger.crossref.wordlists import DEFINITE, MATTERS, PASSED_OVER
from ledger.records import Claim, Quantity, Span, Statement, replace
from ledger.vocabulary import TimeRole

Weight = Callable[[str], float]
"""How rare a stem is, from 0 to 1."""
Rarity = Callable[[str, str], float]
"""How rare a matter is, given with a word for it, from 0 to 1."""


class Setting(Struct, frozen=True):
    """Where a claim stands: what an anchored quotation leaves out can be read around it."""

    sentence: str = ""
    """The rest of its sentence."""
    before: str = ""
    """The sentence before."""
    parts: tuple[tuple[int, int], ...] = ()
    """Stretches of the claim, from its own beginning, that other claims hold: it was logged for the rest of its words."""


REACH = 400
"""Characters before and behind a claim among which its sentence is looked for."""


def setting_in(body: str, start: int, end: int, parts: tuple[tuple[int, int], ...]) -> Setting:
    """The sentence around a passage, and the one before."""
    begin = max(0, start - REACH)
    window = body[begin : end + REACH]
    start, end = start - begin, end - begin
    spans = text.sentences(window)
    own = [n for n, (a, b) in enumerate(spans) if a < end and start < b]
    if not own:
        return Setting(parts=parts)
    first, last = own[0], own[-1]
    before = window[slice(*spans[first - 1])] if first else ""
    return Setting(f"{window[spans[first][0] : start]} {window[end : spans[last][1]]}", before, parts)


class Profile(Struct, frozen=True):
    """A claim as it is matched with others."""

    claim: Claim
    statement: Statement
    counted: Counted
    scope: frozenset[str] | None
    """What a person said it is about, with "deaths" and "people killed" for one."""
    stems: Mapping[str, float]
    """How rare each stem is, less where it is borrowed from the sentence or belongs to a part that was logged apart."""
    spoken: Mapping[str, str]
    """A word of the claim for each stem."""
    facets: frozenset[str]
    matters: frozenset[str]
    """Of a sum or a share, what it is said to be: a debt, a premium, a stake."""
    names: Mapping[str, float]
    """How rare each name is in it, from 0 to 1."""
    near: Mapping[str, float]
    """The same for its sentence and the one before."""
    timed: bool
    """True where it says on which day or at what hour."""
    moment: Moment
    difference: bool
    """True where its figure tells how many more or fewer there were than of something else."""
    said: Mapping[str, float]
    """How rare each matter is of which it speaks itself."""
    around: Mapping[str, float]
    """The same for its sentence."""

    @property
    def figure(self) -> Quantity | None:
        return self.statement.quantity

    @property
    def sort(self) -> str | None:
        """What its figure measures, as money or length; None where it counts."""
        return sort_of(self.figure.unit) if self.figure else None

    @property
    def event(self) -> Span | None:
        """When it happened, where a person said so."""
        return next((Span(t.earliest, t.latest) for t in self.claim.times if t.role is TimeRole.EVENT), None)


def profile_of(claim: Claim, weight: Weight, setting: Setting | None = None, rarity: Rarity | None = None) -> Profile:
    """What a claim is about, with how rare its words and the matters are of which it speaks."""
    setting = setting or Setting()
    told = claim if claim.scope or claim.reading or claim.answer else _told_first(claim, setting.parts)
    statement = asserted(statement_of(told))
    found = counted(statement)
    if (
        statement.quantity
        and not found.measure
        and found.group in (None, "people")
        and statement.quantity.unit in (None, "people")
    ):
        found = found.over(Counted(measure=measures.read(setting.sentence).measure))
    own = topics.main_clause(_without(claim.exact, setting.parts))
    shares, spoken = _shares(claim, own, setting)
    rare = rarity or (lambda _, word: weight(stem(word)))
    return Profile(
        claim=claim,
        statement=statement,
        counted=found,
        scope=scope_of(claim.scope) if claim.scope else None,
        stems={s: share * weight(stem(spoken[s])) for s, share in shares.items()},
        spoken=spoken,
        facets=facets(f"{claim.exact} {claim.says or ''}"),
        matters=_matters(claim.exact)
        if statement.quantity and sort_of(statement.quantity.unit) in SUMS
        else frozenset(),
        names=_rarity(_names(claim.exact) - _speakers(claim), weight),
        near=_rarity(_names(f"{setting.before} {claim.exact} {setting.sentence}"), weight),
        timed=any(t.earliest and t.text in own for t in claim.times if t.role is TimeRole.MENTIONED),
        moment=moment_of(claim),
        difference=_is_difference(claim, statement.quantity),
        said={
            name: rare(name, word)
            for name, word in topics.spoken(topics.main_clause(claim.exact), _speakers(claim)).items()
        },
        around={name: rare(name, word) for name, word in matters_of(claim, setting).items()},
    )


def _is_difference(claim: Claim, figure: Quantity | None) -> bool:
    if figure is None or figure.end is None or not claim.anchored:
        return False
    behind = claim.exact[figure.end - (claim.start or 0) :]
    return re.match(r"(?: [\w-]+){0,2} (?:more|fewer|less|higher|lower|longer|shorter) than\b", behind) is not None


def matters_of(claim: Claim, setting: Setting) -> dict[str, str]:
    """The matters of which the claim speaks in its sentence, each with a word for it."""
    return topics.spoken(f"{claim.exact} {setting.sentence}", _speakers(claim))


SUMS = frozenset({"money", "share", "length"})


@lru_cache(maxsize=4096)
def _matters(text: str) -> frozenset[str]:
    said = tuple(terms.words(text))
    return frozenset(
        name for name, listed in MATTERS.items() if any(terms.stands(tuple(p.split()), said) for p in listed)
    )


DAY = len("2031-05-05")
BORROWED = 4
"""Words that a short quotation is made up to from the rest of its sentence."""
BORROWED_AT_MOST = 8
HALF, PART = 0.5, 0.3
"""What a word of the sentence, and one of a part that was logged apart, weighs beside one of the claim's own."""
FEW = 12
"""A figure with "the" before it is known already, and not what is told, where it is no larger."""


def _told_first(claim: Claim, parts: Sequence[tuple[int, int]]) -> Claim:
    """The claim with the one figure that it tells: the first outside its parts, a length of time where there is no other."""
    begin = claim.start or 0
    sure = [q for q in claim.quantities if q.sure or q.why == quantity.DENIED]
    if not claim.anchored or any(q.start is None for q in sure):
        return claim
    left = [q for q in sure if not any(a <= (q.start or 0) - begin < b for a, b in parts)]
    told = [q for q in left if not _known_already(claim.exact[: (q.start or 0) - begin], q)]
    first = next((q for q in told if sort_of(q.unit) != "time"), told[0] if told else None)
    return replace(claim, quantities=(first,) if first else ())


def _known_already(before: str, figure: Quantity) -> bool:
    """True for "the two deaths", "his three companions", and for the one of "a 36-year-old"."""
    value = figure.low or figure.high
    small = value is not None and abs(float(value)) <= FEW
    last = list(terms.words(before[-20:]))[-1:]
    return (small and bool(DEFINITE.intersection(last))) or (
        figure.text[:2].lower() in ("a ", "an") and "-old" in figure.text
    )


def _without(text: str, parts: Sequence[tuple[int, int]]) -> str:
    """The text without these stretches."""
    for start, end in sorted(parts, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _shares(claim: Claim, own: str, setting: Setting) -> tuple[dict[str, float], dict[str, str]]:
    """How much each stem counts, and a word for it."""
    speakers = _speakers(claim)
    shares: dict[str, float] = {}
    spoken: dict[str, str] = {}

    def take(text: str, share: float, most: int | None = None) -> None:
        new = [w for w in terms.query_words(text) if w not in PASSED_OVER and w not in speakers and not w[0].isdigit()]
        for word in [w for w in new if root(w) not in shares][:most]:
            shares.setdefault(root(word), share)
            spoken.setdefault(root(word), word)

    take(f"{own} {claim.says or ''}", 1.0)
    take(claim.exact, PART)
    if (lack := BORROWED - sum(shares.values())) > 0:
        take(setting.sentence, min(HALF, lack / BORROWED_AT_MOST), BORROWED_AT_MOST)
    return shares, spoken


def _names(text: str) -> frozenset[str]:
    """Words with a capital, in lower case."""
    return frozenset(map(terms.folded, re.findall(r"\b[A-Z][\w-]+", text))) - PASSED_OVER - terms.STOP


def _rarity(names: Iterable[str], weight: Weight) -> dict[str, float]:
    return {root(name): weight(stem(name)) for name in names}


def _speakers(claim: Claim) -> frozenset[str]:
    """The words of those who say it."""
    return frozenset(w for hop in claim.attribution for w in terms.words(hop.source))


@lru_cache(maxsize=4096)
def scope_of(scope: str) -> frozenset[str]:
    """What the words of a scope say is counted and of whom, and the words that no table knows."""
    found = list(measures.hits(scope))
    known = {f"{h.table}: {h.name}" for h in found if h.name != "people"}
    if any(h.table == "side" for h in found):
        known.discard("group: combatants")
    rest = {w for w, start, _ in measures.tokens(scope) if not any(h.start <= start < h.end for h in found)}
    return frozenset(known | (rest - {"the", "of", "in", "total", "number"}))
