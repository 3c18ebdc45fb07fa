"""The card beside a selection: which words are meant, what they would be logged as, and what that changes in the question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple, cast

from msgspec import Meta, Struct

from ledger import claims, text, verbs
from ledger import records as r
from ledger.catalogue import ENGLISH, Table, count, speaking, t, theirs
from ledger.crossref.study import Study, study
from ledger.errors import BadInput, Refused
from ledger.quantity import interval_words
from ledger.store import Ledger, read
from ledger.verbs.verb import Notice
from ledger.vocabulary import Asked, Letter

Place = Annotated[int, Meta(ge=0, le=2**31)]


class Selected(Struct, frozen=True, kw_only=True):
    """Words of an article's newest copy by their place, counted in code points, and what a person says of them."""

    article: Annotated[str, Meta(min_length=1, max_length=40)]
    text_sha256: Annotated[str, Meta(max_length=200)]
    """The text in which they were selected."""
    start: Place
    end: Place
    grow: bool = True
    """They grow to their clause, and take the chain that the text gives where none is given."""
    given: verbs.Add | None = None
    """The request of an earlier card with what was changed on it; its words are those of the place."""


class Would(Struct, frozen=True):
    """What a question would be with the claim in it."""

    id: str
    question: str
    new: bool
    source: str
    """The original source as the question counts it."""
    outlets: int
    """How many outlets rest on that source then, this one among them."""
    sources: tuple[int, int]
    """How many separate sources there would be, at least and at most."""
    figures: tuple[r.Quantity, ...]
    """What the other claims count."""
    told: str
    """All that in a sentence, in the page's language."""


class Card(Struct, frozen=True):
    """What would be logged."""

    claim: r.Claim
    request: verbs.Add
    figures: tuple[str, ...]
    """The figures in words, in the page's language."""
    typed: tuple[str, ...]
    """The figures as they are typed."""
    doubts: tuple[str, ...]
    asked: tuple[Notice, ...]
    """What a person has to agree to before it is logged."""
    notices: tuple[Notice, ...]
    would: tuple[Would, ...]
    others: tuple[verbs.Add, ...]


def request(ledger: Ledger, asked: Selected) -> verbs.Add:
    """The request of the verb that these words ask for; Refused where the text is another one by now."""
    article = read.article(ledger, read.thing(ledger, asked.article, Letter.ARTICLE).uid)
    on = claims.page(ledger, article)
    if on.text is None or on.capture is None:
        raise BadInput(f"no copy of {article.id} was saved")
    if on.capture.text != asked.text_sha256:
        raise Refused(f"{article.id} has another text by now", hint="open it again")
    place = text.selected(on.text, asked.start, asked.end)
    given = asked.given or verbs.Add(exact=place.exact)
    return r.replace(
        given, exact=place.exact, article=article.id, occurrence=text.which(on.text, place.start, place.end), prefix=None,
        cite=None, grow=asked.grow,
    )  # fmt: skip


class Drafted(NamedTuple):
    """The verb as it would be done, and its questions as they would be, each with whether it is new."""

    done: verbs.Added
    questions: tuple[tuple[Study, bool], ...]


def drafted(ledger: Ledger, asked: Selected) -> Drafted:
    """The verb, run and rolled back. Of its questions no page is composed: they are studied once."""
    known = {q.id for q in read.questions(ledger)}

    def look(done: verbs.Added) -> Drafted:
        found = ((study(ledger, read.thing(ledger, q).uid), q not in known) for q in done.claim.questions)
        return Drafted(done, tuple(found))

    return cast("Drafted", verbs.add.seen(ledger, request(ledger, asked), look))


def card(_: Ledger, drafted: Drafted) -> Card:
    """What a draft came to, in words."""
    done, claim = drafted.done, drafted.done.claim
    asks = {code.value for code in Asked}
    with speaking(ENGLISH):
        typed = tuple(interval_words(q) for q in claim.quantities)
    return Card(
        claim=claim,
        request=done.request,
        figures=tuple(interval_words(q) for q in claim.quantities),
        typed=typed,
        doubts=tuple(text.doubts(claim.unsure)),
        asked=tuple(n for n in done.notices if n.code in asks),
        notices=tuple(n for n in done.notices if n.code not in asks),
        would=tuple(_would(found, claim, new=new) for found, new in drafted.questions),
        others=done.others,
    )


def _would(found: Study, claim: r.Claim, *, new: bool) -> Would:
    family = next((f for f in found.traced.families if claim.id in f.claims), None)
    carried = {c.publisher or c.article for c in found.claims if family and c.id in family.claims}
    counted = ((c.id, found.statements[c.id].quantity) for c in found.claims)
    figures = tuple(q for name, q in counted if q and name != claim.id)
    name, between = family.name if family else "", (found.traced.low, found.traced.high)
    told = "; ".join(_told(found.question, between, (name, len(carried)), new=new))
    return Would(found.question.id, found.question.question, new, name, len(carried), between, figures, told)


NTH: Table = {
    0: "would be outlet number {n} for {who}",
    1: "would be the first outlet for {who}",
    2: "would be the second outlet for {who}",
    3: "would be the third outlet for {who}",
    4: "would be the fourth outlet for {who}",
    5: "would be the fifth outlet for {who}",
}


def _told(asked: r.Question, between: tuple[int, int], carried: tuple[str, int], *, new: bool) -> Iterator[str]:
    """What the claim would add to a question: an outlet to a source, how many separate sources then."""
    (name, outlets), (low, high) = carried, between
    if name:
        yield t(NTH.get(outlets, NTH[0]), n=outlets, who=theirs(name))
    known = count("{n} separate source", "{n} separate sources", high)
    sources = known if low == high else t("{low} to {high} separate sources", low=low, high=high)
    about = theirs(asked.question)
    if new:
        yield t("then {sources} for the new question “{question}”", sources=sources, question=about)
    else:
        yield t("then {sources} for {id} “{question}”", sources=sources, id=asked.id, question=about)
