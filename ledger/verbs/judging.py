"""Judging: did the source say it, is it true, what is the answer. A newer word of the same person supersedes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from msgspec import Struct

from ledger import changes, grading
from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.grading import HOUSE, Rated, Scale
from ledger.publishing import unreviewed
from ledger.store import Ledger, Writer, beside, read
from ledger.text import folding
from ledger.verbs import guarding
from ledger.verbs.verb import Notice, verb
from ledger.vocabulary import Checked, EntryKind, Letter

# --- did the source say it? ---------------------------------------------------------------------------------------


class Check(Struct, frozen=True, kw_only=True):
    """A claim, whether its source said it, how that is known, and what it rests on, by id."""

    claim: str
    value: Checked
    because: str | None = None
    on: tuple[str, ...] = ()


class Judged(Struct, frozen=True, kw_only=True):
    """The judgement as it stands now, and the id of what it is about."""

    about: str
    judgement: r.Judgement
    notices: tuple[Notice, ...] = ()


@verb
def check(writer: Writer, request: Check) -> Judged:
    """Logs whether the source said it."""
    thing = changes.standing(writer.ledger, request.claim, Letter.CLAIM)
    if request.because is not None:
        _reason(request.because, "a check with --because")
    draft = r.CheckDraft(request.value, request.because, _uids(writer, request.on))
    writer.append(EntryKind.CHECK, draft, about=thing.uid)
    claim = read.claim(writer.ledger, thing.uid)
    unanchored = f"{thing.id} is not anchored: no saved copy holds its words, so nobody can look them up here"
    notices = () if claim.anchored else (Notice("not_anchored", unanchored),)
    return Judged(about=thing.id, judgement=_newest(writer.ledger, thing.uid, EntryKind.CHECK), notices=notices)


def _newest(ledger: Ledger, uid: str, kind: EntryKind) -> r.Judgement:
    return read.judgements(ledger, uid, kind)[-1]


def _uids(writer: Writer, names: Sequence[str]) -> tuple[str, ...]:
    kinds = (Letter.CLAIM, Letter.EVIDENCE, Letter.ARTICLE)
    return tuple(changes.standing(writer.ledger, name, *kinds).uid for name in names)


def _reason(because: str, what: str) -> None:
    if folding.is_blank(because):
        raise BadInput(f"{what} needs its reason", hint="--because ...")


# --- is it true? --------------------------------------------------------------------------------------------------


class Rate(Struct, frozen=True, kw_only=True):
    """A claim, question or source, and a grade of a scale."""

    about: str
    value: str
    because: str
    scale: str = HOUSE
    on: tuple[str, ...] = ()
    even_so: str | None = None
    """Why it is given although the grade asks for more sources than there are."""


class Ratings(Struct, frozen=True, kw_only=True):
    judged: tuple[Judged, ...]


@verb
def rate(writer: Writer, request: Rate) -> Ratings:
    """Rates claims, questions or sources; Refused where the scale is not for one or asks for more sources."""
    _reason(request.because, "a rating")
    kinds = (Letter.CLAIM, Letter.QUESTION, Letter.SOURCE)
    return Ratings(
        judged=tuple(_rate(writer, request, t) for t in changes.all_standing(writer.ledger, request.about, *kinds))
    )


def _rate(writer: Writer, request: Rate, thing: r.Thing) -> Judged:
    used = grading.scale(request.scale, writer.ledger)
    grade = used.grade(request.value)
    _check_use(writer.ledger, used, thing)
    support = _separate(writer.ledger, thing.uid) if grade.needs_two_sources else 2
    short = support < 2
    if short and not (request.even_so or "").strip():
        raise Refused(
            f"{grade.value} ({grade.means}) needs two separate sources that support it; {thing.id} has {support}",
            hint="file and compare what other sources say first, choose another grade, or say why: --even-so ...",
        )
    party = _only_party(writer.ledger, thing, request.on) if grade.decides else None
    if party and not (request.even_so or "").strip():
        raise Refused(
            f"{request.value} would rest on the word of {party} alone, a party to the matter",
            hint="name other sources too (--on), or say why it is enough: --even-so ...",
        )
    draft = r.RatingDraft(
        used.name, grade.value, request.because, _uids(writer, request.on), request.even_so if short or party else None
    )
    writer.append(EntryKind.RATING, draft, about=thing.uid)
    return Judged(about=thing.id, judgement=_newest(writer.ledger, thing.uid, EntryKind.RATING))


def _only_party(ledger: Ledger, thing: r.Thing, on: Sequence[str]) -> str | None:
    """The one source whose claims are all that a rating rests on, where it is a party to the matter."""
    rests = [read.thing(ledger, name, Letter.CLAIM, Letter.EVIDENCE, Letter.ARTICLE) for name in on]
    if not rests or not all(t.id.startswith(Letter.CLAIM) for t in rests):
        return None
    claims = list(read.claims_by_uid(ledger, [t.uid for t in rests]))
    speakers = {c.attribution[-1].known_by if c.attribution else c.publisher_id for c in claims}
    asked = {thing.id, *(q for c in claims for q in c.questions)}
    parties = {p.source_id for p in read.parties(ledger) if p.party and (p.question is None or p.question in asked)}
    (one, *more) = speakers
    return read.source(ledger, one).name if one in parties and not more else None


def _separate(ledger: Ledger, name: str) -> int:
    """How many separate sources support it; counted only for the grades that ask for it."""
    from ledger.crossref.study import separate

    return separate(ledger, name)


def _check_use(ledger: Ledger, used: Scale, thing: r.Thing) -> None:
    """Refused where the scale is not for such a thing, or where a claim's words are a machine's translation."""
    is_source = thing.id.startswith(Letter.SOURCE)
    if is_source != (used.rates is Rated.SOURCES):
        raise Refused(
            f"the scale {used.name} rates {used.rates.value}; {thing.id} is a {read.NOUNS[Letter(thing.id[0])]}",
            hint="claims scale list shows what there is",
        )
    if thing.id.startswith(Letter.CLAIM) and unreviewed(read.claim(ledger, thing.uid)):
        raise Refused(
            f"{thing.id} has a machine translation that nobody has reviewed",
            hint=f"claims translate {thing.id} --review, or write another: claims translate {thing.id} TEXT",
        )
    if used.only_measures and not any(m in _said(ledger, thing).casefold() for m in used.only_measures):
        raise Refused(
            f"the scale {used.name} is for harm to {' or '.join(used.only_measures)}s only",
            hint="use --scale house; where it means them in other words, say so: claims amend ID --set scope=...",
        )


def _said(ledger: Ledger, thing: r.Thing) -> str:
    """What a claim, or the claims of a question, count, and in which words."""
    if thing.id.startswith(Letter.CLAIM):
        words, claims = "", [read.claim(ledger, thing.uid)]
    else:
        question = read.question(ledger, thing.uid)
        words, claims = f"{question.question} {question.measure or ''}", list(read.claims(ledger, question=thing.uid))
    figures = [f"{q.population or ''} {q.counts or ''} {q.measure or ''}" for c in claims for q in c.quantities]
    return " ".join([words, *figures, *(f"{c.exact} {c.says or ''} {c.scope or ''}" for c in claims)])


# --- what is the answer? ------------------------------------------------------------------------------------------


class Answer(Struct, frozen=True, kw_only=True):
    """One sentence that answers a question, and the lowest, highest and best figure as decimal text."""

    question: str
    text: str
    because: str
    low: str | None = None
    high: str | None = None
    best: str | None = None
    on: tuple[str, ...] = ()


@verb
def answer(writer: Writer, request: Answer) -> Judged:
    """Logs a person's answer to a question."""
    thing = changes.standing(writer.ledger, request.question, Letter.QUESTION)
    _reason(request.because, "an answer")
    if folding.is_blank(request.text):
        raise BadInput("what is the answer? it is empty", hint='claims answer Q1 "..." --because ...')
    low, high, best = (_number(v) for v in (request.low, request.high, request.best))
    if low is not None and high is not None and Decimal(low) > Decimal(high):
        raise BadInput(f"the low figure {low} is above the high figure {high}")
    draft = r.AnswerDraft(request.text, request.because, low, high, best, _uids(writer, request.on))
    writer.append(EntryKind.ANSWER, draft, about=thing.uid)
    return Judged(
        about=thing.id, judgement=_newest(writer.ledger, thing.uid, EntryKind.ANSWER),
        notices=tuple(_stronger(writer.ledger, request)),
    )  # fmt: skip


def _stronger(ledger: Ledger, request: Answer) -> Iterable[Notice]:
    """What the answer says that the claims on which it rests do not."""
    on = [read.claim(ledger, name) for name in request.on if name.strip()[:1].upper() == Letter.CLAIM]
    return guarding.stronger(request.text, [c.exact for c in on]) if on else ()


def _number(value: str | None) -> str | None:
    if value is None:
        return None
    try:
        number = Decimal(value.replace(",", ""))
    except InvalidOperation:
        raise BadInput(f"not a number: {value}") from None
    if not number.is_finite():
        raise BadInput(f"not a number: {value}")
    return format(number, "f")


# --- scales -------------------------------------------------------------------------------------------------------


class KeepScale(Struct, frozen=True, kw_only=True):
    """A rating scale as JSON."""

    data: bytes


@verb
def keep_scale(writer: Writer, request: KeepScale) -> Scale:
    """Keeps a scale in the log, so that whoever reads the ledger knows what its grades mean."""
    made = grading.of_json(request.data)
    known = grading.scales(writer.ledger).get(made.name)
    if known == made:
        return made
    if grading.is_supplied(made.name):
        raise Refused(f"there is a scale {made.name} already", hint="give yours another name")
    if known is not None and beside.uses_scale(writer.ledger, made.name):
        raise Refused(f"claims were rated on the scale {made.name}; it stays as it is", hint="give yours another name")
    text = json.dumps(r.plain(made), ensure_ascii=False, sort_keys=True)
    writer.append(EntryKind.POLICY, r.PolicyDraft(grading.POLICY + made.name, text))
    return made
