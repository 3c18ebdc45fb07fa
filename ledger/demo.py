"""The demo: a ledger made from the example articles the way a person would make it, and its story told from what is in it.

`examples/story.json` is what the person does; nothing here knows a text, a source or a figure.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from msgspec import Struct

from ledger import audit, capture, claims, quantity, store
from ledger import records as r
from ledger.errors import BadInput
from ledger.store import Ledger, read
from ledger.verbs import adding, assigning, changing, judging, sourcing
from ledger.verbs.verb import Verb
from ledger.vocabulary import Checked, EntryKind, Relating, State


class Copy(Struct, frozen=True):
    """An example article; what its page says of itself need not be given."""

    file: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None


class Asked(Struct, frozen=True):
    text: str
    measure: str | None = None
    window: str | None = None
    place: str | None = None


class Related(Struct, frozen=True):
    source: str
    relation: Relating
    to: str
    because: str


class TakesPart(Struct, frozen=True):
    source: str
    side: str
    because: str


class Noted(Struct, frozen=True):
    """A note, or where the work on a thing stands."""

    about: str
    text: str | None = None
    public: bool = False
    state: State | None = None


class Judged(Struct, frozen=True):
    """A check, a rating or an answer, by the field that names what it is about."""

    because: str
    check: str | None = None
    rate: str | None = None
    answer: str | None = None
    value: str = ""
    text: str = ""
    low: str | None = None
    on: tuple[str, ...] = ()


class Story(Struct, frozen=True):
    """What a person does in the demo, step by step; the claims are written as `claims add -` reads them."""

    articles: tuple[Copy, ...]
    questions: tuple[Asked, ...]
    claims: tuple[r.Json, ...]
    relations: tuple[Related, ...]
    parties: tuple[TakesPart, ...]
    notes: tuple[Noted, ...]
    judgements: tuple[Judged, ...]


class Made(Struct, frozen=True):
    """What the demo leaves."""

    ledger: Path
    report: Path
    verified: audit.Verification
    story: tuple[str, ...]

    def checked(self) -> Iterator[str]:
        """What the check of the log found, and where everything is."""
        holds = "holds" if self.verified.ok else "DOES NOT HOLD"
        yield f"The log {holds}: {self.verified.entries} entries, every copy, quote and derived row checked."
        yield f"  ledger  {self.ledger}"
        yield f"  report  {self.report}"


def make(folder: str | None, examples: Traversable, *, actor: str) -> Made:
    """A ledger and its report in a folder, made from the example articles."""
    place = _folder(folder)
    story = r.parse(Story, json.loads(examples.joinpath("story.json").read_text(encoding="utf-8")))
    with store.create(place / "ledger.db", actor=actor) as ledger:
        _play(ledger, story, examples, actor)
        return Made(
            ledger=place / "ledger.db",
            report=_report(ledger, place / "report.html"),
            verified=audit.verify(ledger),
            story=tuple(_story(ledger)),
        )


def _folder(given: str | None) -> Path:
    place = Path(given) if given else Path(tempfile.mkdtemp(prefix="claims-demo-"))
    if place.exists() and not place.is_dir():
        raise BadInput(f"{place} is not a folder")
    if any((place / name).exists() for name in ("ledger.db", "report.html")):
        raise BadInput(f"{place} holds a ledger or a report already", hint="name another folder: claims demo FOLDER")
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        raise BadInput(f"cannot make {place}: {e.strerror}") from None
    return place


# --- what the person does -----------------------------------------------------------------------------------------


def _play(ledger: Ledger, story: Story, examples: Traversable, actor: str) -> None:
    for copy in story.articles:
        page = capture.read_bytes(examples.joinpath(copy.file).read_bytes(), name=copy.file, method="file")
        capture.save(ledger, page, actor=actor, title=copy.title, publisher=copy.publisher, published=copy.published)
    with store.write(ledger, actor) as writer:
        for asked in story.questions:
            claims.question_uid(writer, asked.text, measure=asked.measure, window=asked.window, place=asked.place)
    for fields in story.claims:
        adding.add(ledger, r.parse(adding.Add, fields), actor=actor)
    for done, request in _requests(story):
        done(ledger, request, actor=actor)


def _requests(story: Story) -> Iterator[tuple[Verb[Any, Any], Any]]:
    """What the person does once the claims are logged."""
    for name in dict.fromkeys(n for x in story.relations for n in (x.source, x.to)):
        yield sourcing.add_source, sourcing.AddSource(name=name)
    for x in story.relations:
        yield sourcing.relate, sourcing.Relate(source=x.source, relation=x.relation, other=x.to, because=x.because)
    for p in story.parties:
        yield sourcing.add_source, sourcing.AddSource(name=p.source)
        yield sourcing.take_side, sourcing.TakeSide(source=p.source, side=p.side, because=p.because)
    for noted in story.notes:
        if noted.text:
            yield changing.note, changing.Note(id=noted.about, text=noted.text, public=noted.public)
        if noted.state:
            yield assigning.assign, assigning.Assign(id=noted.about, state=noted.state)
    yield from map(_judgement, story.judgements)


def _judgement(x: Judged) -> tuple[Verb[Any, Any], Any]:
    if x.check:
        return judging.check, judging.Check(claim=x.check, value=Checked(x.value), because=x.because, on=x.on)
    if x.rate:
        return judging.rate, judging.Rate(about=x.rate, value=x.value, because=x.because, on=x.on)
    answer = judging.Answer(question=x.answer or "", text=x.text, because=x.because, low=x.low, on=x.on)
    return judging.answer, answer


def _report(ledger: Ledger, path: Path) -> Path:
    """The report of everything in the ledger."""
    from ledger import reports
    from ledger.reports import gathering
    from ledger.store.files import replace_file

    replace_file(path, reports.write(gathering.gather(ledger, "all"), "html"))
    return path


# --- the story, from what is in the ledger ------------------------------------------------------------------------

MOST = 2
"""Differences of one kind that the story tells; the report has all."""


def _story(ledger: Ledger) -> Iterator[str]:
    """What a newcomer should see first: the question with the most claims, in a dozen lines."""
    from ledger.reports.page import page

    asked = max(read.questions(ledger), key=lambda q: q.claims)
    found = page(ledger, asked.uid)
    logged = list(read.claims(ledger))
    anchored = sum(c.anchored for c in logged)
    yield (
        f"{len(list(read.articles(ledger)))} articles saved, {len(logged)} claims logged, {anchored} of them anchored to exact"
        " characters."
    )
    yield ""
    yield f"{found.id}  {found.question}"
    yield from (
        f"  {line}" for part in (_one_source, _wording, _between, _lies_within, _parties) for line in part(found)
    )
    if found.answer:
        yield f"  Answered by {found.answer.by}: {found.answer.value}."
    yield f"  Look next: {'; '.join(_unfinished(ledger, logged))}."


def _unfinished(ledger: Ledger, logged: list[r.Claim]) -> Iterator[str]:
    for asked in read.questions(ledger):
        if not read.judgements(ledger, asked.uid, EntryKind.ANSWER):
            yield f"{asked.id} has no answer yet ({asked.question})"
    if loose := [c.id for c in logged if not c.questions]:
        yield f"{', '.join(loose)} {'answers' if len(loose) == 1 else 'answer'} no question yet"
    if unchecked := sum(c.check is None for c in logged):
        yield f"whether the source said it is checked for {len(logged) - unchecked} of {len(logged)} claims"


def _one_source(page: r.QuestionPage) -> Iterator[str]:
    yield f"{page.origins.words}."
    largest = max(page.origins.families, key=lambda f: len(f.claims))
    copies = {c.publisher or c.article for c in page.claims if c.id in largest.claims}
    if len(copies) > 1:
        yield f"Many outlets, one source: {len(copies)} of them rest on the {largest.name} alone."


def _wording(page: r.QuestionPage) -> Iterator[str]:
    """Each difference along one source once, with the outlets."""
    family = {name: f.name for f in page.origins.families for name in f.claims}
    told: dict[str, str] = {}
    for d in page.drift:
        if family[d.from_] == family[d.to] and not d.trifling:
            told.setdefault(d.kind, d.detail)
    yield from list(told.values())[:MOST]


def _between(page: r.QuestionPage) -> Iterator[str]:
    """Separate sources whose figures differ, each pair of sources once."""
    from ledger.reports.comparing import gap_of

    for pair in list(_first_tellings(page, "conflicts"))[:MOST]:
        if pair.gap:
            one, other = _figure(page, pair.a), _figure(page, pair.b)
            gap = gap_of(pair.gap, *(a.quantity for c in (pair.a, pair.b) for a in page.answers if a.claim == c))
            yield f"Separate sources differ: {one} and {other}{f', by {gap}' if gap else ''}."


def _lies_within(page: r.QuestionPage) -> Iterator[str]:
    for pair in list(_first_tellings(page, "supports"))[:1]:
        inner, outer = (pair.b, pair.a) if pair.supports == "b" else (pair.a, pair.b)
        party = any(
            f.party and inner in f.claims for f in page.origins.families
        )  # its own word is no support from outside
        yield f"{_figure(page, inner)} does not contradict {_figure(page, outer)}{'' if party else ' and supports it'}."


def _first_tellings(page: r.QuestionPage, relation: str) -> Iterator[r.Pair]:
    """Pairs of the claims that stand first for their sources."""
    first = {f.claims[0] for f in page.origins.families}
    return (p for p in page.pairs if p.relation == relation and p.a in first and p.b in first)


def _figure(page: r.QuestionPage, claim: str) -> str:
    reply = next(a for a in page.answers if a.claim == claim)
    said = quantity.interval_words(reply.quantity) if reply.quantity else reply.answer
    return f"{said} ({reply.family})"


def _parties(page: r.QuestionPage) -> Iterator[str]:
    parties = [f.name for f in page.origins.families if f.party]
    if parties:
        yield f"{'A party' if len(parties) == 1 else 'Parties'} to the matter: {', '.join(parties)}."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
