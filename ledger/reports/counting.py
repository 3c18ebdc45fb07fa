"""How many sources there are, as a reader is told: the least that is known, then what is not, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from ledger.catalogue import count, listed, t, theirs
from ledger.crossref import answers
from ledger.crossref.origins import FIRM, Chain, Family, Standing, Traced
from ledger.crossref.study import Study
from ledger.records import Claim, Request, Search, Unsure
from ledger.reports.sentences import capital, day, first_few, named, own_statements
from ledger.reports.set_apart import PLACED, no_whole
from ledger.text import doubts
from ledger.vocabulary import Kind, Stance


def sources_words(found: Study) -> str:
    """What is known of their number, and how many outlets there are: "At least 2 named sources, in 9 outlets"."""
    if not known_at_all(found.traced):
        return traced_words(found.traced)
    said = t("{sources}, in {outlets}", sources=_least(found.traced, besides(found)), outlets=in_outlets(found))
    if parts := answering(found):
        said = t("{sources}: {parts}", sources=said, parts=listed(parts))
    if more := len(elsewhere(found)):
        return t("{sources}; {more} more for another place, period or part", sources=said, more=more)
    return said


def answering(found: Study) -> list[str]:
    """Of answers in words how many named sources give one, deny it, or leave it open; nothing where all give one."""
    groups: dict[str, set[frozenset[str]]] = {}
    for group in found.traced.together:
        claims = [c for f in found.traced.families if f.key in group for c in f.claims if c in found.in_words]
        for c in claims:
            groups.setdefault(stand(found, c), set()).add(group)
    if not (groups.keys() - {"answers"}) or found.kind not in (Kind.WHO_WHAT, Kind.WORDS):
        return []
    n = {name: len(groups.get(name, ())) for name in STANDS}
    told = [
        count("{n} gives an answer", "{n} give an answer", n["answers"]),
        count("{n} denies", "{n} deny", n["denies"]),
        count("{n} leaves it open", "{n} leave it open", n["open"]),
        count("{n} says none of this", "{n} say none of this", n["beside"]),
    ]
    return [words for words, some in zip(told, n.values(), strict=True) if some]


def stand(found: Study, claim: str) -> str:
    """What a claim does with a question that is answered in words, as one of STANDS."""
    s = found.statements[claim]
    if s.held is not None:
        return "denies" if found.claim(claim).stance in (Stance.DENIES, Stance.ASSERTS) else "open"
    answer = s.said or s.answer
    return answers.stand(answer) if answer else "answers"


STANDS = ("answers", "denies", "open", "beside")
"""What is done with a question in words, in the order in which it is told."""


One = TypeVar("One")


def each_stand(told: Sequence[One], stand_of: Callable[[One], str]) -> list[One]:
    """The first that answers, that denies, that leaves it open and that says none of this, before the others."""
    first = {stand_of(one): one for one in reversed(told)}
    leading = [first[name] for name in STANDS if name in first]
    return [*leading, *(one for one in told if one not in leading)]


def beside_first(found: Study, family: Family) -> Family:
    """The first of the sources that count as one with this one: itself where it is the first, or alone."""
    group = next((g for g in found.traced.together if family.key in g), frozenset())
    return next((f for f in found.traced.families if f.key in group), family)


def elsewhere(found: Study) -> list[str]:
    """Sources that speak alone of a place, a period or a part that is set apart, where others speak of what is compared."""
    return [named(f) for f, _ in _aside(found)]


def besides(found: Study) -> int:
    """How many of these would else be counted."""
    return sum(whole for _, whole in _aside(found))


def in_outlets(found: Study) -> str:
    """How many outlets carry what is counted: not those that have only what is set apart for its place, period or part."""
    apart, aside = _set_apart(found), [f for f, _ in _aside(found)]
    families = [f for f in found.traced.families if f in aside or not {*f.claims} <= apart]
    return naming(found.traced, apart & {c for f in families for c in f.claims})


def _set_apart(found: Study) -> set[str]:
    """The claims that are set apart for their place, period or part; none where no answer is of the whole."""
    beside = {**found.axis, **found.worded}
    return set() if no_whole(found) else {c for c, off in beside.items() if off in OTHER_PART}


OTHER_PART = frozenset({*PLACED, "scope", "window", "population"})
"""Reasons for which what a claim counts is another part of the matter."""


def _aside(found: Study) -> list[tuple[Family, bool]]:
    """The named sources all of whose claims are set apart so, and whether that holds of all who may be one with them.

    Of these the first stands for all; where it holds of every source, of none is it told.
    """
    apart = _set_apart(found).difference(found.comparable)  # what agrees or differs is told as such
    aside: list[tuple[Family, bool]] = []
    for group in found.traced.together:
        families = [f for f in found.traced.families if f.key in group]
        alone = [f for f in families if {*f.claims} <= apart]
        whole = len(alone) == len(families)
        aside += [(f, whole) for f in (alone[:1] if whole else alone)]
    return aside if sum(whole for _, whole in aside) < len(found.traced.together) else []


def traced_words(traced: Traced) -> str:
    """The same of chains alone."""
    chains = traced.chains.values()
    n = len({c.publisher_name for c in chains})
    outlets = count("{n} outlet", "{n} outlets", n)
    if not traced.families:
        return t("No source")
    if known_at_all(traced):
        return t("{sources}, in {outlets}", sources=_least(traced), outlets=naming(traced))
    if all(c.read for c in chains):
        return count("{n} outlet, in its own words", "{n} outlets, in their own words", n)
    return t("No source known, in {outlets}", outlets=outlets)


def naming(traced: Traced, without: Collection[str] = ()) -> str:
    """How many outlets name one of the sources that count: "3 outlets", where others do not "3 of 9 outlets".

    What a source that is no outlet publishes itself is told apart: "its own statement and 2 of 5 outlets".
    """
    bodies = {*traced.own_statements(traced.chains)}
    every = {chain.publisher_name for chain in traced.chains.values()} - bodies
    by = crediting(traced, without) - bodies
    own = traced.own_statements(c for c in traced.chains if c not in without)
    if not own:
        return _of_all(len(by), len(every))
    said = own_statements(own, {f.name for f in traced.families if f.standing is Standing.NAMED})
    if by:
        return listed([*said, _of_all(len(by), len(every))])
    return t("{statements} alone", statements=listed(said)) if every else listed(said)


def _of_all(some: int, every: int) -> str:
    if some in (0, every):
        return count("{n} outlet", "{n} outlets", every)
    return count("{some} of {n} outlet", "{some} of {n} outlets", every, some=some)


def crediting(traced: Traced, without: Collection[str] = ()) -> set[str]:
    """The outlets that name a source that counts, or are one, in any claim but these."""
    origins = traced.origins
    return {
        chain.publisher_name
        for c, chain in traced.chains.items()
        if c not in without and origins[c].standing is Standing.NAMED and not origins[c].copied and _credits(traced, c)
    }


def _least(traced: Traced, besides: int = 0) -> str:
    """How many sources there are, or at least are, without those of other parts of the matter."""
    n = traced.low - besides
    if traced.low == traced.high:
        said = count("{n} named source", "{n} named sources", n)
    else:
        said = count("At least {n} named source", "At least {n} named sources", n)
    if not traced.together:
        said = t("No source counted")
    return said


def known_at_all(traced: Traced) -> bool:
    """True where any article names a source, be it as somebody whose name is not given, or is of one."""
    return any(_credits(traced, c) for c in traced.chains)


def _credits(traced: Traced, claim: str) -> bool:
    chain, origin = traced.chains[claim], traced.origins[claim]
    return bool(chain.links) or (origin.standing is Standing.NAMED and origin.source == chain.publisher)


def _chains(traced: Traced, family: Family) -> list[Chain]:
    return [traced.chains[c] for c in family.claims]


def why_counted(found: Study) -> str:
    """The same, and which of these speak of other parts of the matter alone."""
    alone = [f for f, _ in _aside(found)]
    only = count(
        "{names} speaks only of another place, period or part.", "{names} speak only of other places, periods or parts.",
        len(alone), names=capital(first_few([named(f) for f in alone])),
    ) if alone else ""  # fmt: skip
    return " ".join(filter(None, (why_traced(found.traced, {f.key for f in alone}), only)))


def why_traced(traced: Traced, without: Collection[str] = ()) -> str:
    """Who of all but these is known to be a source of its own, who may not be, and how many outlets name nobody."""
    return " ".join(_why(traced, without))


def _why(traced: Traced, without: Collection[str]) -> Iterator[str]:
    firm = [f for f in traced.families if f.standing is Standing.NAMED]
    told = ([f for f in firm if f.key in keys] for keys in traced.together if not keys <= {*without})
    sides = [[f for f in group if f.key not in without] for group in told]
    groups = [[named(f) for f in group] for group in sides]
    if len(groups) > 1:
        yield t("Counted: {names}.", names=first_few([g[0] for g in groups]))
        yield t("Whether they are independent of each other has not been checked.")
    elif groups and len(groups[0]) == 1:
        yield t("Counted: {names}.", names=groups[0][0])
    for group, families in zip(groups, sides, strict=True):
        if len(group) < 2:
            continue
        if families[0].side and all(f.side == families[0].side for f in families):
            yield t("{names} are on one side and count once.", names=capital(first_few(group)))
        else:
            yield t("{names} may be one source.", names=capital(first_few(group)))
    if unnamed := [*_unnamed(traced.families)]:
        yield t("Not counted, since not named: {names}.", names=first_few(unnamed))
    if carriers := [named(f) for f in traced.families if f.relayed]:
        yield count(
            "Not counted: {names}, since we do not know whom it had it from.",
            "Not counted: {names}, since we do not know whom they had it from.",
            len(carriers), names=first_few(carriers),
        )  # fmt: skip
    if any(c.read and not c.links for f in traced.families if f.standing not in FIRM for c in _chains(traced, f)):
        yield t("What outlets say in their own words is not counted.")
    if unread := [c for c in traced.chains.values() if not c.read]:
        yield count(
            "Of {n} article it was not read whom it names.",
            "Of {n} articles it was not read whom they name.",
            len({c.article for c in unread}),
        )


def _unnamed(families: Iterable[Family]) -> Iterator[str]:
    """Who is quoted and not named, and in how many articles where it may be several."""
    for name, n in Counter(named(f) for f in families if f.standing is Standing.ANONYMOUS).items():
        yield name if n == 1 else t("{source} (in {n} articles)", source=name, n=n)


# --- what is not known -----------------------------------------------------------------------------------------------


def unknown(found: Study, requests: Iterable[Request], searches: Iterable[Search]) -> Iterator[str]:
    """What the reader should know that nobody knows."""
    if found.traced.high == 1 and len(found.claims) > 1:
        yield t("Whether a second source says the same: none is filed under this question.")
    yield from _to_check([c for c in found.claims if to_check(c)])
    if loose := [c.id for c in found.claims if not c.anchored]:
        yield t(
            "The exact words behind {some} of {all} claims: there is no saved copy to check them against.",
            some=len(loose), all=len(found.claims),
        )  # fmt: skip
    for request in requests:
        if not request.replied:
            source, asked = theirs(request.source), day(request.asked_at)
            yield t("What {source} replies: asked on {day}, no reply so far.", source=source, day=asked)
    yield from _sought(searches)


def _sought(searches: Iterable[Search]) -> Iterator[str]:
    for search in searches:
        sought = theirs(search.sought)
        if search.failed:
            why = theirs(search.failed)
            yield t("What a search for “{what}” would have found: it failed ({why}).", what=sought, why=why)
        elif not search.found:
            where, at = listed([theirs(w) for w in search.where]), day(search.searched_at)
            yield t("A search for “{what}” in {where} found nothing ({day}).", what=sought, where=where, day=at)


def to_check(claim: Claim) -> list[Unsure]:
    """What is not sure of a claim and told on pages; of which day an hour is shows from the article's own day.

    What year is meant is not asked where a person typed the time, or the answer.
    """
    typed = bool(claim.answer) or any(time.start is None for time in claim.times)
    return [u for u in claim.unsure if u.why != "day" and not (typed and u.why == "year")]


def _to_check(unsure: Sequence[Claim]) -> Iterator[str]:
    """Whose reading nobody has checked, and what of it; from the fourth on the claims are only named."""
    for claim in unsure[:3]:
        unchecked = listed(doubts(to_check(claim)))
        yield t("How {id} is to be read: nobody has checked {what}.", id=claim.id, what=unchecked)
    if rest := [c.id for c in unsure[3:]]:
        yield count(
            "How {ids} is to be read, which nobody has checked either.",
            "How {ids} are to be read, which nobody has checked either.",
            len(rest),
            ids=listed(rest),
        )
