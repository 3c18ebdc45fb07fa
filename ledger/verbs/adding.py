"""Logging a claim whole: from what a person typed to the anchored words, the chain, the figures and the question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from msgspec import Meta, Struct

from ledger import capture, changes, claims, ownfields, quantity, sources, suggest, text
from ledger import records as r
from ledger.errors import BadInput, NotInText
from ledger.language import detect
from ledger.quantity import held
from ledger.records import replace
from ledger.store import Ledger, Select, Writer, beforehand, read
from ledger.suggestions import chain_parts
from ledger.text import folding
from ledger.verbs import guarding
from ledger.verbs.questioning import asked_for
from ledger.verbs.verb import Notice, private_names, verb
from ledger.vocabulary import EntryKind, Letter, Mode, Role, Stance

LAST = "last"
"""Stands for the article that was captured last."""


class Add(Struct, frozen=True, kw_only=True):
    """A claim as a person gives it; what is left out is read from the text."""

    exact: str
    """The words as they stand in the saved copy, or a fragment of them where `grow` is set."""
    article: str | None = None
    by: str | None = None
    via: tuple[str, ...] = ()
    """Who passed it on, outermost first."""
    of: str | None = None
    cue: str | None = None
    says: str | None = None
    figure: str | None = None
    ours: bool = False
    """The figure is the desk's own: the words do not hold it."""
    new_source: bool = False
    """A name that is like a known source's is another's."""
    when: str | None = None
    as_of: str | None = None
    where: str | None = None
    scope: str | None = None
    answer: str | None = None
    """What it answers where that is no figure, in a word or two."""
    read_as: str | None = None
    because: str | None = None
    stance: Stance | None = None
    """What the source does with it; left out, it is read from the cue."""
    prefix: str | None = None
    occurrence: Annotated[int, Meta(ge=1)] | None = None
    question: str | None = None
    """The question that it answers, by id or in words; one in new words is made."""
    translation: str | None = None
    cite: str | None = None
    """Where it was heard or printed, when no copy can be kept; the article is made of it."""
    grow: bool = False
    """The fragment grows to its clause, and takes the chain that the text gives where none is given."""
    read: bool = False
    """True where the chain is the one that the text gives, and nobody typed it."""
    template: str | None = None
    """The kind of claim that it is, whose defaults it takes."""
    fields: dict[str, str] = {}
    """Values of fields of one's own by name."""
    sure: tuple[str, ...] = ()
    """Fields of which the program is not sure, and for whose reading the person stands: attribution, quantities, times."""


class Added(Struct, frozen=True, kw_only=True):
    claim: r.Claim
    request: Add
    """The request as it was carried out, grown."""
    others: tuple[Add, ...] = ()
    """Requests that would log the other figures of the sentence."""
    notices: tuple[Notice, ...] = ()


class _Logged(Struct, frozen=True):
    """What was logged, by uid, and what is still to be told of it."""

    claim: str
    without: frozenset[str]
    """What it is known not to have."""
    question: str | None
    request: Add
    on: claims.Page
    found: r.Found | None
    notices: tuple[Notice, ...]
    warnings: tuple[str, ...]


@verb
def _log(writer: Writer, request: Add) -> _Logged:
    """Logs a claim and files it; the article of a citation is made, the words of a copy must stand in it."""
    ledger = writer.ledger
    blank = [name for name in Add.__struct_fields__ if name != "exact" and getattr(request, name) == ""]
    request = replace(request, **dict.fromkeys(blank))
    usual = ownfields.template(ledger, request.template)
    request = replace(request, question=request.question or usual.question)
    on, request, found = _placed(ledger, request)
    request = _known_as(ledger, request)
    given, hints = claim_of(request, found, translator=writer.actor)
    names = [hop.source for hop in given.attribution]
    notices = private_names(ledger, names)
    if not (request.new_source or request.read):
        notices += guarding.near_names(ledger, names)
    for kind, folded in _names(names, request.question).items():  # looked up before anything is written: a server
        for name in folded:  # is not asked again
            writer.named(kind, name)
    question = claims.question_by_id(ledger, request.question)
    on = on or claims.Page(capture.cited(writer, request.cite or ""), None, None)
    logged = claims.log(writer, on, given, hints)
    if usual.tags or request.fields:
        ownfields.dress(writer, read.thing(ledger, logged.uid), usual, request.fields)
    if request.question:
        question = question or claims.question_uid(writer, request.question, kind=usual.kind)
        claims.file(writer, logged.uid, question, new=True)
    without = read.without_parts(logged.body, filed=question is not None, tagged=bool(usual.tags))
    return _Logged(logged.uid, without, question, request, on, found, notices, logged.warnings)


@_log.then
def add(ledger: Ledger, logged: _Logged) -> Added:
    """Logs a claim and files it; the article of a citation is made, the words of a copy must stand in it."""
    with ledger.at_once(_going_to_show(logged)):
        claim = ownfields.with_own(ledger, read.claim(ledger, logged.claim, without=logged.without))
        notices = [*logged.notices, *(asked_for(ledger, logged.question, [claim]) if logged.question else ())]
        notices += [Notice(CUE, warning) for warning in logged.warnings]
        notices += [*_left_out(claim, logged.found), *_against(logged.request, logged.found, claim)]
        notices += _besides(ledger, claim)
        return Added(claim=claim, request=logged.request, others=_others(logged.on, claim), notices=tuple(notices))


@add.before
def _with_words_read(_: Ledger, request: Add) -> Add:
    """The same; what reads words is loaded now, for others wait once the ledger is being written."""
    from ledger import leaks  # noqa: F401
    from ledger.crossref import names  # noqa: F401

    claims.figures_of(request.exact, None)
    sources.guess_kind(request.by or "")
    claims.found_by(claims.PARTS)
    return request


@add.following
def _going_to_show(logged: _Logged) -> list[Select]:
    asked = beforehand.claim(logged.claim, without=logged.without, placed=logged.on.text is not None)
    return [*asked, *beforehand.question(logged.question)]


@add.ahead
def _going_to_read(request: Add) -> list[Select]:
    names = [name for name in (request.by, *request.via, request.of) if name]
    new = beforehand.known_names(names) if names and not (request.new_source or request.read) else []
    found = [one for kind, folded in _names(names, request.question).items() for one in beforehand.named(kind, folded)]
    found += beforehand.stays(request.question)
    if request.cite:
        found.append(Select(read.CITED, (capture.identity_of_cited(request.cite),)))
    if request.article:
        found += beforehand.copy(None if request.article == LAST else request.article)
    return [*found, *new]


def _names(sources: Iterable[str | None], question: str | None) -> dict[EntryKind, list[str]]:
    """The names, folded, that are looked up: those of sources, and the words of a question."""
    words = question if question and not read.ID.fullmatch(question.strip()) else None
    return {
        EntryKind.SOURCE: [folded for name in sources if name and (folded := folding.name(name))],
        EntryKind.QUESTION: [folding.name(words) or words.strip()] if words else [],
    }


def _known_as(ledger: Ledger, request: Add) -> Add:
    """The request with the names of sources that were given by id; and whether its figure is ours."""
    named = {n: changes.named_by_id(ledger, v) for n in ("by", "of") if (v := getattr(request, n))}
    via = tuple(changes.named_by_id(ledger, name) for name in request.via)
    figure = request.figure or ""
    ours = bool(figure) and held.is_ours(request.exact, figure, detect(request.exact) or "en", ours=request.ours)
    return replace(request, via=via, ours=ours, **named)


def _besides(ledger: Ledger, claim: r.Claim) -> Iterator[Notice]:
    """What else the person should know of a claim as it was logged."""
    yield from guarding.logged_already(ledger, claim)
    if claim.says:
        yield from guarding.stronger(claim.says, [claim.exact], claim.language)


CUE = "cue_not_in_text"
LEFT_OUT = "attribution_left_out"
AGAINST = "against_the_passage"


def chain_of(by: str | None, via: Sequence[str], of: str | None, cue: str | None) -> tuple[r.Hop, ...]:
    """The chain that was given: relays, then the organisation, then the original source."""
    relays = [r.Hop(name, Role.RELAY) for name in via]
    if by is None:
        if of is not None:
            return (*relays, r.Hop(of, Role.ORIGIN, cue=cue))
        if relays:
            raise BadInput("--via needs --by", hint='an original source that is not named is: --by "a military source"')
        return ()
    parents = [r.Hop(of, Role.AFFILIATION)] if of else []
    return (*relays, *parents, r.Hop(by, Role.ORIGIN, cue=cue))


def _placed(ledger: Ledger, request: Add) -> tuple[claims.Page | None, Add, r.Found | None]:
    """The article meant, the request with its fragment grown, and what is read there; no article where one is to be cited."""
    on = _page(ledger, request)
    if on is None:
        return None, replace(request, grow=False), None
    try:
        request = grown(on, request) if request.grow else request
        return on, request, None if request.cite else _statement(on, request)
    except NotInText as e:
        raise guarding.elsewhere(ledger, request.exact, on.article.id, e) from None


def _page(ledger: Ledger, request: Add) -> claims.Page | None:
    """The article meant, by id or as the last one; None for a citation alone, of which one is made."""
    if request.article == LAST:
        if (newest := read.last_article(ledger)) is None:
            raise BadInput("no article yet", hint="save one first: claims capture FILE|URL")
        return claims.page(ledger, newest)
    if request.article:
        return claims.page(ledger, read.article(ledger, changes.standing(ledger, request.article, Letter.ARTICLE).uid))
    if request.cite:
        return None
    raise BadInput("which article? --article is needed here", hint="claims list articles shows them")


def claim_of(request: Add, found: r.Found | None, *, translator: str) -> tuple[r.Claim, claims.Hints]:
    """The claim that is asked for, and what helps to find it and its chain in the text."""
    claim = r.Claim(
        exact=request.exact, says=request.says, scope=request.scope, answer=request.answer,
        prefix=request.prefix or "", cite=request.cite,
        attribution=chain_of(request.by, request.via, request.of, request.cue),
        translation=r.Translation(request.translation, by=translator) if request.translation else None,
        times=claims.given_times(request.when, request.as_of),
        place=claims.given_place(request.where),
        reading=claims.given_reading(request.read_as, request.because),
        mode=found.mode if found else Mode.NONE, stance=request.stance or (found.stance if found else Stance.ASSERTS),
        unsure=_of_whom(request, found),
    )  # fmt: skip
    chain = found.attribution if found else ()
    read_ = {"chain": request.read or not claim.attribution, "stance": request.stance is None and found is not None}
    return claim, claims.Hints(
        occurrence=request.occurrence, figure=request.figure, ours=request.ours, chain=chain, sure=request.sure,
        read=frozenset(part for part, read in read_.items() if read),
    )  # fmt: skip


def _of_whom(request: Add, found: r.Found | None) -> tuple[r.Unsure, ...]:
    """What is to be checked of who says it: what the suggester doubts, or that a source of the text was left out."""
    if found is None:
        return ()
    given = request.by or request.of
    if not given and found.attribution:
        return (r.Unsure("attribution", "left_out"),)
    return tuple(u for u in found.unsure if u.field == "attribution") if request.read or not given else ()


def _left_out(claim: r.Claim, found: r.Found | None) -> tuple[Notice, ...]:
    """Says where the text names a source and the claim none."""
    if found is None or not found.attribution or claim.attribution:
        return ()
    origin = found.attribution[-1]
    said = f"the text attributes this to {origin.text} ({origin.cue or 'implied'})"
    hint = f"to add it: claims amend {claim.id} --by {origin.text!r}"
    return (Notice(LEFT_OUT, f"{said}; without a source it is not known who says it", hint),)


def _against(request: Add, found: r.Found | None, claim: r.Claim) -> Iterator[Notice]:
    """What was typed and the passage reads otherwise: nothing is changed, and nobody is left to find it out later."""
    if found is None:
        return
    if request.stance and request.stance is not found.stance:
        hint = "without --stance it is logged as it is read"
        yield Notice(AGAINST, f"the passage is read as {found.stance}, and you typed {request.stance}", hint)
    words = [q for q in quantity.find(claim.exact, found.language or "en") if q.why != r.DENIED]
    if request.figure and not any(_same(a, b) for a in claim.quantities for b in words):
        said = "; ".join(quantity.interval_words(q) for q in words) or "no figure"
        yield Notice(AGAINST, f"the words hold {said}, and you typed {request.figure!r}; {OUR[request.ours]}")
    typed = (request.answer or "").split(",")[0].strip().casefold()
    denies = found.stance is Stance.DENIES or text.polarity(claim.exact) is Stance.DENIES
    if typed == ("yes" if denies else "no"):
        does = "deny" if denies else "state"
        yield Notice(AGAINST, f"the words {does} this, and you typed the answer {request.answer!r}")


OUR = {True: "it is shown as our figure", False: "it is logged as you typed it"}


def _same(a: r.Quantity, b: r.Quantity) -> bool:
    return (a.low, a.high, a.low_inclusive, a.high_inclusive) == (b.low, b.high, b.low_inclusive, b.high_inclusive)


# --- growing ------------------------------------------------------------------------------------------------------


def _statement(on: claims.Page, request: Add) -> r.Found | None:
    """What the suggester reads at the place of the words; they must stand there."""
    if on.text is None:
        return None
    place = text.locate(on.text, request.exact, occurrence=request.occurrence, prefix=request.prefix)
    return suggest.at(on.text, place.start, place.end, on.article.published_at)


def grown(on: claims.Page, request: Add) -> Add:
    """The request with its fragment grown to its clause, and with the chain that the text gives where none is given."""
    if on.text is None:
        return replace(request, grow=False)
    place = text.locate(on.text, request.exact, occurrence=request.occurrence, prefix=request.prefix)
    at = suggest.at(on.text, place.start, place.end, on.article.published_at)
    if not at.start <= place.start or not place.end <= at.end:
        at = replace(at, exact=place.exact, start=place.start, end=place.end)
    return of_found(on, at, request)


def of_found(on: claims.Page, found: r.Found, request: Add | None = None) -> Add:
    """The request that logs a found statement; what was asked already is kept."""
    request = request or Add(exact=found.exact, article=on.article.id)
    placed = replace(
        request,
        exact=found.exact,
        occurrence=text.which(on.text or "", found.start, found.end),
        prefix=None,
        grow=False,
    )
    if request.by or request.via or request.of:
        return placed
    return replace(placed, **chain_parts(found.attribution), read=True)


def _others(on: claims.Page, claim: r.Claim) -> tuple[Add, ...]:
    """The other figures of the claim's sentence, each grown to its clause, where they stand outside the claim."""
    body = on.text or ""
    if claim.start is None or claim.end is None:
        return ()
    start, end = text.around(body, claim.start, claim.end, sentences=0)
    offered: list[r.Found] = []
    for q in quantity.find(body[start:end], detect(body)):
        if q.start is None or q.end is None or claim.start <= start + q.start < claim.end:
            continue
        at = suggest.at(body, start + q.start, start + q.end, on.article.published_at)
        if not any(o.start < at.end and at.start < o.end for o in offered) and at.start < at.end:
            offered.append(at)
    return tuple(of_found(on, o) for o in offered if o.end <= claim.start or claim.end <= o.start)
