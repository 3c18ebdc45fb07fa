"""A logged claim as the pure parts of cross-referencing take it: its statement, its chain, its telling.

A claim may have several figures; the one that is compared is the one that fits what is asked. What a person gave (a reading,
a scope, the event's time) stands over what the words suggest.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ledger import quantity
from ledger.crossref.names import fold
from ledger.crossref.origins import Chain, Link
from ledger.crossref.statements import around, choose, guess
from ledger.crossref.wording import Telling
from ledger.records import Claim, Hop, Quantity, Question, Span, Statement, TimeSpan, replace
from ledger.vocabulary import Counting, Modifier, Role, SourceKind, TimeRole

SHINGLE = 5
"""Words in a run; two passages that share most of their runs are one text."""


def statement_of(claim: Claim, question: Question | None = None) -> Statement:
    """What the claim states, in answer to the question where there is one."""
    known: dict[str, Any] = {
        "answer": claim.answer,
        "scope": claim.scope,
        "place": claim.place.name if claim.place else None,
        "as_of": as_of(claim),
        "measure": claim.reading.read_as if claim.reading else None,
    }
    known = {name: value for name, value in known.items() if value}
    figure = figure_of(claim, question)
    if window := window_of(claim, figure):
        known["window"] = window
    if figure is None:
        return Statement(**known)
    if _counting_given(figure, claim):
        known["counting"] = figure.counting
    found = guess(claim.exact, quantity=figure, **{k: v for k, v in known.items() if k != "answer"})
    placed = _in_article(figure, claim) if claim.anchored else replace(figure, start=None, end=None)
    return replace(found.statement, quantity=placed)


def figure_of(claim: Claim, question: Question | None = None) -> Quantity | None:
    """The figure that answers the question, its offsets counted from the claim's own beginning; None where none does."""
    if claim.answer:
        return None
    asked = " ".join(w for w in (claim.scope, question and question.measure, question and question.question) if w)
    figures = [_as_worded(_in_claim(q, claim), claim) for q in claim.quantities]
    if claim.reading:
        figures = [_as_read(q, claim) for q in figures]
    return choose(figures, claim.exact, scope=asked or None)


def as_of(claim: Claim) -> str | None:
    """Until when was counted: as given, else the day the article is of."""
    for time in claim.times:
        if time.role is TimeRole.AS_OF:
            return time.latest or time.earliest
    return claim.published_at[:10] if claim.published_at else None


def window_of(claim: Claim, figure: Quantity | None) -> Span | None:
    """When it happened: as given, else the time that stands nearest to the figure among the claim's own words."""
    for time in claim.times:
        if time.role is TimeRole.EVENT:
            return Span(time.earliest, time.latest)
    said = [t for t in claim.times if t.role is TimeRole.MENTIONED and t.start is not None and t.earliest != t.latest]
    said = said or [t for t in claim.times if t.role is TimeRole.MENTIONED and t.start is not None]
    if not said:
        return None
    nearest = min(said, key=lambda t: _apart(t, figure, claim))
    return Span(nearest.earliest, nearest.latest)


def chain_of(claim: Claim, question: Question | None = None) -> Chain:
    """Whom the claim is attributed to; sources go by their short ids."""
    figure = figure_of(claim, question)
    return Chain(
        claim=claim.id,
        article=claim.article,
        publisher=claim.publisher_id or f"publisher of {claim.article}",
        publisher_name=claim.publisher or "an outlet that is not named",
        links=links_of(claim),
        credit_line=claim.credit_line,
        headline=is_headline(claim),
        figure=None if figure is None else figure.low or figure.high,
    )


def links_of(claim: Claim) -> tuple[Link, ...]:
    """The chain as origins are traced; whether an outer hop relays or speaks through its own people, its kind decides."""
    return tuple(
        Link(h.known_by, h.source, h.kind or SourceKind.UNKNOWN, _part(h), named=h.named, implicit=h.implicit)
        for h in claim.attribution
    )


def _part(hop: Hop) -> Role:
    # a hop that is not the last is logged as a relay where nobody said more
    return Role.ORIGIN if hop.role is Role.RELAY else hop.role


def telling_of(claim: Claim, statement: Statement) -> Telling:
    return Telling(
        claim=claim.id,
        article=claim.article,
        exact=claim.exact,
        statement=statement,
        links=links_of(claim),
        publisher=claim.publisher or "",
        credit_line=claim.credit_line,
        published=claim.published_at,
        headline=is_headline(claim),
        anchored=claim.anchored,
    )


def is_headline(claim: Claim) -> bool:
    """True where four in five of the claim's words are the title's."""
    words = set(fold(claim.exact).split())
    return len(words) > 2 and len(words & set(fold(claim.title or "").split())) * 5 >= len(words) * 4


def copies(claims: Iterable[Claim]) -> tuple[tuple[str, str], ...]:
    """Pairs of claims from different articles whose words are one text but for small changes."""
    holders: dict[tuple[str, ...], list[str]] = {}
    runs: dict[str, tuple[tuple[str, ...], ...]] = {}
    article = {}
    shared: dict[tuple[str, str], int] = {}
    for claim in claims:
        article[claim.id] = claim.article
        runs[claim.id] = _runs(claim.exact) if claim.anchored else ()
        for run in runs[claim.id]:
            for other in holders.setdefault(run, [])[-MOST_HOLDERS:]:
                shared[other, claim.id] = shared.get((other, claim.id), 0) + 1
            holders[run].append(claim.id)
    return tuple(
        (a, b)
        for (a, b), count in shared.items()
        if article[a] != article[b] and count * 10 >= min(len(runs[a]), len(runs[b])) * 7
    )


MOST_HOLDERS = 50
"""A passage that very many articles hold is compared with the last of them only, so that the work stays bounded."""


def _runs(text: str) -> tuple[tuple[str, ...], ...]:
    """Each run of words once, in the order of the text: a set's order would change from one start to the next."""
    words = fold(text).split()
    return tuple(dict.fromkeys(tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)))


def _counting_given(figure: Quantity, claim: Claim) -> bool:
    """True where a person said what sort of count it is; what a parser saw is guessed again from the claim's own words."""
    if figure.counting is Counting.UNKNOWN:
        return False
    return all(said.text != figure.text or said.counting is not figure.counting for said in _found(claim.exact))


@lru_cache(maxsize=1024)
def _found(text: str) -> tuple[Quantity, ...]:
    """The figures of a claim's words, which are asked for again and again while a question is studied."""
    return tuple(quantity.find(text))


def _as_worded(q: Quantity, claim: Claim) -> Quantity:
    """A figure that was given as numbers, in the claim's own words where these say the same: [401, …) is "more than 400"."""
    if q.start is not None:
        return q
    for said in _found(claim.exact):
        if (said.modifier is q.modifier or (said.vague and q.vague)) and _same_numbers(said, q):
            given = {n: v for n in ("unit", "measure", "population") if (v := getattr(q, n)) is not None}
            return replace(said, counting=q.counting, **given)
    return q


def _same_numbers(said: Quantity, given: Quantity) -> bool:
    """True where the given bounds are the stated number, or what its hedge makes of it."""
    reach = [Decimal(v) for v in (given.low, given.high) if v is not None]
    number = said.low if said.low is not None else said.high
    if number is None or not reach or (said.low != said.high and None not in (said.low, said.high)):
        return (said.low, said.high) == (given.low, given.high)
    soft = said.approximate or said.modifier is Modifier.NEARLY
    allowed = max(Decimal(1), abs(Decimal(number)) / 10 if soft else Decimal(0))
    return all(abs(Decimal(number) - v) <= allowed for v in reach)


def _in_claim(q: Quantity, claim: Claim) -> Quantity:
    return _moved(q, -claim.start) if claim.start is not None else q


def _in_article(q: Quantity, claim: Claim) -> Quantity:
    return _moved(q, claim.start) if claim.start is not None else q


def _moved(q: Quantity, by: int) -> Quantity:
    if q.start is None or q.end is None:
        return q
    return replace(q, start=q.start + by, end=q.end + by)


def _as_read(q: Quantity, claim: Claim) -> Quantity:
    """The figure counting what a person reads its word as, so that it fits a question that asks for that."""
    return (
        replace(q, measure=claim.reading.read_as)
        if claim.reading and q.measure == around(claim.exact, q).measure
        else q
    )


def _apart(time: TimeSpan, figure: Quantity | None, claim: Claim) -> int:
    if figure is None or figure.start is None or time.start is None:
        return time.start or 0
    return abs(time.start - (claim.start or 0) - figure.start)
