"""What can be asked and done: one table, of which the page's API, its description and the assistant's tools are made.

A read gives records of the library as `--json` prints them; a draft runs a verb and rolls it back; a write is a verb, with what
its request needs looked up before. No rule of the trade stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import urlsplit

from msgspec import Meta, Struct

from ledger import capture as copies
from ledger import records as r
from ledger import todo, undoing, verbs
from ledger.catalogue import Table, strung, t, theirs
from ledger.crossref import waiting
from ledger.errors import BadInput, NotFound, Refused
from ledger.quantity import interval_words
from ledger.serve import card, side_by_side
from ledger.store import Ledger, read
from ledger.suggestions import origin_of
from ledger.text import TOLD_BY, doubts
from ledger.vocabulary import Letter, Stance, SuggestionState
from ledger.wish import Wish, plainly

Id = Annotated[str, Meta(min_length=1, max_length=40)]
Words = Annotated[str, Meta(min_length=1, max_length=10_000)]
MOST = 200
Few = Annotated[int, Meta(ge=1, le=MOST)]

Asks = TypeVar("Asks")


class Read(Struct, frozen=True):
    """Something that can be asked. `draft` runs a verb and rolls it back: the work is done on what came of it."""

    asks: type[Struct]
    gives: Any
    work: Callable[[Ledger, Any], Any]
    about: str
    draft: Callable[[Ledger, Any], Any] | None = None
    told: bool = False
    """It has sentences, which are in the page's language."""


class Write(Struct, Generic[Asks], frozen=True):
    """Something that is logged: a verb, and what makes its request of what was asked."""

    asks: type[Asks]
    gives: Any
    verb: verbs.Verb[Any, Any]
    about: str
    prepare: Callable[[Ledger, Asks], Any] = lambda _, request: request


# --- what is asked -------------------------------------------------------------------------------------------------


class Nothing(Struct, frozen=True, kw_only=True):
    """No more is needed."""


class One(Struct, frozen=True, kw_only=True):
    id: Id


class Claims(Struct, frozen=True, kw_only=True):
    """Which claims, all conditions together; the next ones stand behind the last id that was given."""

    article: Id | None = None
    question: Id | None = None
    source: Id | None = None
    publisher: Words | None = None
    state: Id | None = None
    since: Id | None = None
    """Published on this day or later."""
    until: Id | None = None
    after: Id | None = None
    limit: Few = 50


class Sought(Struct, frozen=True, kw_only=True):
    words: Words
    limit: Few = 20


class Finds(Struct, frozen=True, kw_only=True):
    id: Id
    questions: bool = False
    """Say, too, which questions they most likely answer; of a large ledger that is left to the terminal."""


class Person(Struct, frozen=True, kw_only=True):
    who: Id | None = None
    limit: Few = 50


# --- what is given -------------------------------------------------------------------------------------------------


class Text(Struct, frozen=True):
    """The saved text of an article; offsets count its code points."""

    article: str
    capture: str
    text_sha256: str
    text: str
    newest: bool
    """False for an earlier copy, in which claims stand and no more are logged."""
    claims: tuple[side_by_side.Mark, ...]


class Find(Struct, frozen=True):
    """A statement that was found in an article and that nobody has judged, as it would be logged."""

    key: str
    start: int
    end: int
    exact: str
    source: str | None
    told_by: str
    """What the source does with it, in a word."""
    who: str
    """Both, in the page's language; empty where no source is named."""
    figures: tuple[str, ...]
    questions: tuple[str, ...]
    """For each figure that would be logged the id of a question or the words of a new one; empty where none is known."""
    doubt: str
    """What a person should look at before it is logged; empty where nothing is in doubt."""


class Waits(Struct, frozen=True):
    id: str
    why: str
    named: str
    """The reason, in the page's language."""
    what: str
    who: str | None
    due: str | None
    high: bool


# --- reads ---------------------------------------------------------------------------------------------------------


def claims(ledger: Ledger, asked: Claims) -> tuple[r.Claim, ...]:
    """The claims that still stand, in the order they were logged."""
    from sqlmodel import col, select

    from ledger.models import ClaimView, FilingView, HopView

    def uid(name: str | None, *kinds: Letter) -> str:
        return read.thing(ledger, name or "", *kinds).uid

    chosen = select(ClaimView.uid).where(ClaimView.retracted == False)  # noqa: E712  a column
    if asked.article:
        chosen = chosen.where(ClaimView.article == uid(asked.article, Letter.ARTICLE))
    if asked.question:
        filed = select(FilingView.claim).where(FilingView.question == uid(asked.question, Letter.QUESTION))
        chosen = chosen.where(col(ClaimView.uid).in_(filed))
    if asked.source:
        told = select(HopView.claim).where(HopView.source == uid(asked.source, Letter.SOURCE))
        chosen = chosen.where(col(ClaimView.uid).in_(told))
    for column, value in ((ClaimView.publisher, asked.publisher), (ClaimView.state, asked.state)):
        chosen = chosen.where(column == value) if value else chosen
    chosen = chosen.where(col(ClaimView.published_at) >= asked.since) if asked.since else chosen
    chosen = chosen.where(col(ClaimView.published_at) <= asked.until + "~") if asked.until else chosen
    if asked.after:
        chosen = chosen.where(ClaimView.n > r.order(read.thing(ledger, asked.after, Letter.CLAIM).id))
    with ledger.session() as session:
        uids = list(session.exec(chosen.order_by(col(ClaimView.n)).limit(asked.limit)))
    return tuple(read.claims_by_uid(ledger, uids))


def search(ledger: Ledger, asked: Sought) -> tuple[r.Hit, ...]:
    """The claims that hold what is sought, the best first."""
    from ledger.store import search

    return tuple(search.search(ledger, asked.words, limit=asked.limit))


def passages(ledger: Ledger, asked: Sought) -> tuple[r.Passage, ...]:
    """Passages of saved texts that hold what is sought."""
    from ledger import searching

    return tuple(searching.passages(ledger, asked.words, limit=asked.limit))


def text(ledger: Ledger, asked: One) -> Text:
    """The saved text of an article, or the one that a claim stands in, with its claims."""
    found = copies.opened(ledger, asked.id)
    article = read.article(ledger, found.article)
    marks = side_by_side.marks(ledger, article.uid, found.capture)
    newest = read.captures(ledger, article.uid)[-1].uid == found.capture
    return Text(found.article, found.capture, found.sha256, found.text, newest, marks)


def _statements(ledger: Ledger, article: str, *, questions: bool = False) -> list[waiting.Statement]:
    one = read.article(ledger, read.thing(ledger, article, Letter.ARTICLE).uid)
    if not questions or read.count_claims(ledger) > MOST_MATCHED:
        return waiting.unjudged(ledger, [one])[0]
    return [item for item in waiting.waiting(ledger, [one]) if isinstance(item, waiting.Statement)]


MOST_MATCHED = 2_000
"""In a ledger of more claims than these, to tell what a find most likely answers takes longer than a person waits."""


def finds(ledger: Ledger, asked: Finds) -> tuple[Find, ...]:
    """What was found in an article and nobody has judged, in the order of the text."""
    return tuple(map(_find, _statements(ledger, asked.id, questions=asked.questions)))


SOURCED: Table = {
    Stance.ASSERTS: "according to {who}",
    Stance.DENIES: "denied by {who}",
    Stance.DOUBTS: "not confirmed by {who}",
    Stance.ASKS: "asked by {who}",
    Stance.ANNOUNCES: "announced by {who}",
}


def _find(item: waiting.Statement) -> Find:
    wish, found = Wish(item, {}), item.found
    under, source = tuple(wish.question(figure) for figure in wish.figures), origin_of(found)
    return Find(
        key=item.key, start=found.start, end=found.end, exact=found.exact, source=source, told_by=TOLD_BY[found.stance],
        who=t(SOURCED[found.stance], who=theirs(source)) if source else "",
        figures=tuple(interval_words(q) for q in found.quantities), questions=under if any(under) else (),
        doubt=strung(doubts(found.unsure)),
    )  # fmt: skip


def sources(ledger: Ledger, _: Nothing) -> tuple[r.Source, ...]:
    """Who is named in a chain or publishes an article."""
    return tuple(read.sources(ledger))


def articles(ledger: Ledger, _: Nothing) -> tuple[r.Article, ...]:
    """The articles, in the order they were saved."""
    return tuple(read.articles(ledger))


def questions(ledger: Ledger, _: Nothing) -> tuple[r.Question, ...]:
    """The questions that still stand."""
    return tuple(read.questions(ledger))


def question(ledger: Ledger, asked: One) -> r.QuestionPage:
    """Who answers a question, what agrees, how many separate sources there are, how their words differ."""
    from ledger.reports.page import page

    return page(ledger, read.thing(ledger, asked.id, Letter.QUESTION).uid)


def why(ledger: Ledger, asked: One) -> tuple[r.Why, ...]:
    """Every finding of a question, what it rests on, and what a person said of it."""
    from ledger.crossref.study import study
    from ledger.reports.why import why

    return why(study(ledger, read.thing(ledger, asked.id, Letter.QUESTION).uid))


def waits(ledger: Ledger, asked: Person) -> tuple[Waits, ...]:
    """What is waiting, and for whom; of many of one sort not all."""
    found = todo.foremost(todo.todo(ledger, asked.who), asked.limit)
    return tuple(Waits(i.id, i.why.value, t(todo.NAMES[i.why]), i.what, i.who, i.due, i.high) for i in found)


def one_claim(ledger: Ledger, asked: One) -> r.Claim:
    """One claim: its words, its chain outermost first, its figures and times."""
    return read.claim(ledger, read.thing(ledger, asked.id, Letter.CLAIM).uid)


SIDES = "Two saved texts: what stands in both word for word, and which words differ."
DRAFT = "What selected words would be logged as."

READS: dict[str, Read] = {
    "todo": Read(Person, tuple[Waits, ...], waits, "What is waiting, and for whom.", told=True),
    "questions": Read(Nothing, tuple[r.Question, ...], questions, "The questions that claims answer."),
    "question": Read(One, r.QuestionPage, question, "One question: answers, agreement, separate sources, wording."),
    "why": Read(One, tuple[r.Why, ...], why, "The findings of a question and what each rests on."),
    "claims": Read(Claims, tuple[r.Claim, ...], claims, "Claims by article, question, source, outlet, state or day."),
    "claim": Read(One, r.Claim, one_claim, "One claim with its chain, figures and times."),
    "search": Read(Sought, tuple[r.Hit, ...], search, "Claims by words."),
    "passages": Read(Sought, tuple[r.Passage, ...], passages, "Passages of saved texts by words."),
    "articles": Read(Nothing, tuple[r.Article, ...], articles, "The articles that were saved."),
    "text": Read(One, Text, text, "The saved text of an article, or of a claim's, and where claims stand in it."),
    "finds": Read(Finds, tuple[Find, ...], finds, "What was found in an article and nobody has judged.", told=True),
    "sources": Read(Nothing, tuple[r.Source, ...], sources, "Who is named in chains, and who publishes."),
    "side_by_side": Read(side_by_side.Two, side_by_side.SideBySide, side_by_side.side_by_side, SIDES, told=True),
    "draft": Read(card.Selected, card.Card, card.card, DRAFT, card.drafted, told=True),
}


# --- writes --------------------------------------------------------------------------------------------------------


class Taken(Struct, frozen=True, kw_only=True):
    """An article as it was pasted or dropped, as its address gives it, or as a browser had it: one of the four."""

    text: str | None = None
    page: str | None = None
    """The markup of a page as it stood in a browser; its address stands beside it."""
    url: Annotated[str, Meta(max_length=8_000)] | None = None
    file: bytes | None = None
    """In base64."""
    name: Words | None = None
    """The file's name."""
    title: Words | None = None
    publisher: Words | None = None
    published: Id | None = None


def _capture(_: Ledger, asked: Taken) -> verbs.Capture:
    given = [value for value in (asked.text, asked.page or asked.url, asked.file) if value]
    if len(given) != 1:
        raise BadInput("a text, an address or a file is needed, and one of them")
    if asked.page:
        if urlsplit(asked.url or "").scheme not in ("http", "https"):
            raise BadInput("a page of a browser comes with its address")
        page = copies.read_bytes(
            asked.page.encode(), name="", method="browser", media_type="text/html", charset="utf-8"
        )
        page = r.replace(page, url=asked.url)
    elif asked.url:
        page = copies.fetch(asked.url)
    elif asked.file:
        page = copies.read_bytes(asked.file, name=asked.name or "", method="file")
    else:
        page = copies.read_bytes((asked.text or "").encode(), name="-", method="stdin")
    return verbs.Capture(page=page, title=asked.title, publisher=asked.publisher, published=asked.published)


class Judged(Struct, frozen=True, kw_only=True):
    """A find by its key, with the words that a person saw."""

    key: Annotated[str, Meta(pattern=r"^A[1-9][0-9]{0,17}:[1-9][0-9]{0,17}$")]
    exact: Words
    questions: tuple[str, ...] = ()
    """The question under which it goes, by id or in words; or one for each figure, empty for none."""
    sure: bool = False
    """The person stands for what is marked as not sure."""
    because: str | None = None


def _item(ledger: Ledger, asked: Judged) -> waiting.Statement:
    article = asked.key.partition(":")[0]
    item = next((i for i in _statements(ledger, article) if i.key == asked.key), None)
    if item is None:
        raise NotFound(f"nothing waits as {asked.key}", hint="it was judged meanwhile")
    if item.found.exact != asked.exact:
        raise Refused(f"{asked.key} is another statement now", hint="look again")
    return item


def _accept(ledger: Ledger, asked: Judged) -> verbs.AcceptFound:
    item = _item(ledger, asked)
    wish = Wish(item, {})
    under = asked.questions * (len(wish.figures) if len(asked.questions) == 1 else 1)
    if under and len(under) != len(wish.figures):
        raise BadInput(f"{asked.key} is logged with {len(wish.figures)} figures, and {len(under)} questions were given")
    wish.asked = dict(zip(wish.figures, under, strict=False))
    if asked.sure:
        wish.sure = tuple(dict.fromkeys(u.field for u in item.found.unsure))
    return verbs.AcceptFound(chosen=tuple(wish.chosen()))


def _reject(ledger: Ledger, asked: Judged) -> verbs.RejectFound:
    return verbs.RejectFound(chosen=(plainly(_item(ledger, asked)),), because=asked.because)


class Proposed(Struct, frozen=True, kw_only=True):
    """A suggestion that waits, and whether it is right."""

    id: Id
    holds: bool
    because: str | None = None


def _settle(_: Ledger, asked: Proposed) -> verbs.Settle:
    state = SuggestionState.ACCEPTED if asked.holds else SuggestionState.REJECTED
    return verbs.Settle(suggestions=(asked.id,), state=state, because=asked.because)


WRITES: dict[str, Write[Any]] = {
    "capture": Write(Taken, verbs.Captured, verbs.capture, "Save a copy of an article.", _capture),
    "add": Write(card.Selected, verbs.Added, verbs.add, "Log selected words as a claim.", card.request),
    "accept": Write(Judged, verbs.Accepted, verbs.accept_found, "Log a find as it is shown.", _accept),
    "reject": Write(Judged, verbs.Rejected, verbs.reject_found, "Turn a find down; it is not offered again.", _reject),
    "settle": Write(Proposed, verbs.Settled, verbs.settle, "Accept or reject what is proposed.", _settle),
    "finding": Write(verbs.JudgeFinding, verbs.FindingJudged, verbs.judge_finding, "Say whether a finding is right."),
    "file": Write(verbs.File, verbs.QuestionNow, verbs.file, "File claims under a question, or take them out."),
    "ask": Write(verbs.RaiseQuestion, verbs.QuestionNow, verbs.raise_question, "Raise a question."),
    "side": Write(verbs.TakeSide, verbs.Sourced, verbs.take_side, "Say that a source is a party, or is none."),
    "alias": Write(verbs.AddAlias, verbs.Sourced, verbs.add_alias, "Give a source another name."),
    "undo": Write(verbs.Undo, undoing.Undone, verbs.undo, "Take back what you logged last."),
    "redo": Write(verbs.Redo, undoing.Undone, verbs.redo, "Do again what you took back."),
}
