"""The desk: what people find and write down. A newer judgement of the same person supersedes; none is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ledger import changes
from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.grading import HOUSE, Rated, Scale, scale
from ledger.publishing import unreviewed
from ledger.store import Ledger, Writer, beside, read
from ledger.vocabulary import Checked, EntryKind, Letter, Relation

# --- judgements ---------------------------------------------------------------------------------------------------


def check(writer: Writer, claim: str, value: Checked, *, because: str | None = None, on: Sequence[str] = ()) -> str:
    """Did the source say it?"""
    thing = changes.standing(writer.ledger, claim, Letter.CLAIM)
    draft = r.CheckDraft(value, because, _uids(writer, on))
    return writer.append(EntryKind.CHECK, draft, about=thing.uid)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rating as it is asked for."""

    value: str
    because: str
    scale: str = HOUSE
    on: tuple[str, ...] = ()
    even_so: str | None = None
    """Why it is given although the grade asks for more sources than there are."""


def rate(writer: Writer, name: str, verdict: Verdict, *, separate: int | None = None) -> str:
    """Is the claim true? `separate`: how many separate sources support it, for grades that ask for two."""
    thing = changes.standing(writer.ledger, name, Letter.CLAIM, Letter.QUESTION, Letter.SOURCE)
    used = scale(verdict.scale, writer.ledger)
    grade = used.grade(verdict.value)
    _reason(verdict.because, "a rating")
    _check_use(writer.ledger, used, thing)
    short = grade.needs_two_sources and (separate or 0) < 2
    if short and not (verdict.even_so or "").strip():
        raise Refused(
            f"{grade.value} ({grade.means}) needs two separate sources that support it; {thing.id} has {separate or 0}",
            hint="file and compare what other sources say first, choose another grade, or say why: --even-so ...",
        )
    draft = r.RatingDraft(
        used.name, grade.value, verdict.because, _uids(writer, verdict.on), verdict.even_so if short else None
    )
    return writer.append(EntryKind.RATING, draft, about=thing.uid)


def _check_use(ledger: Ledger, used: Scale, thing: r.Thing) -> None:
    """Refused where the scale is not for such a claim, or where the claim's words are a machine's translation."""
    is_source = thing.id.startswith("S")
    if is_source != (used.rates is Rated.SOURCES):
        raise Refused(
            f"the scale {used.name} rates {used.rates.value}; {thing.id} is a {read.NOUNS[Letter(thing.id[0])]}",
            hint="claims scale list shows what there is",
        )
    if is_source:
        return
    if thing.id.startswith("C"):
        claim = read.claim(ledger, thing.uid)
        if unreviewed(claim):
            raise Refused(
                f"{thing.id} has a machine translation that nobody has reviewed",
                hint=f"claims translate {thing.id} --review, or write another: claims translate {thing.id} TEXT",
            )
        claims = [claim]
        words = ""
    else:
        claims = list(read.claims(ledger, question=thing.uid))
        question = read.question(ledger, thing.uid)
        words = f"{question.question} {question.measure or ''}"
    if used.only_measures and not any(m in f"{words} {_said(claims)}".casefold() for m in used.only_measures):
        raise Refused(
            f"the scale {used.name} is for harm to {' or '.join(used.only_measures)}s only",
            hint="use --scale house; where it means them in other words, say so: claims amend ID --set scope=...",
        )


def _said(claims: Sequence[r.Claim]) -> str:
    """What the claims count, and in which words."""
    figures = [f"{q.population or ''} {q.counts or ''} {q.measure or ''}" for c in claims for q in c.quantities]
    return " ".join([*figures, *(f"{c.exact} {c.says or ''} {c.scope or ''}" for c in claims)])


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer as it is asked for; bounds are decimal text."""

    text: str
    because: str
    low: str | None = None
    high: str | None = None
    best: str | None = None
    on: tuple[str, ...] = ()


def answer(writer: Writer, question: str, finding: Finding) -> str:
    """What is the answer to the question: one sentence, and the lowest and highest figure a person stands for."""
    thing = changes.standing(writer.ledger, question, Letter.QUESTION)
    _reason(finding.because, "an answer")
    low, high, best = (_number(v) for v in (finding.low, finding.high, finding.best))
    if low is not None and high is not None and Decimal(low) > Decimal(high):
        raise BadInput(f"the low figure {low} is above the high figure {high}")
    draft = r.AnswerDraft(finding.text, finding.because, low, high, best, _uids(writer, finding.on))
    return writer.append(EntryKind.ANSWER, draft, about=thing.uid)


def translate(writer: Writer, name: str, translation: r.Translation) -> None:
    """Puts a translation beside the original words of a claim."""
    thing = changes.standing(writer.ledger, name, Letter.CLAIM)
    if not translation.text.strip():
        raise BadInput("an empty translation")
    changes.amend(writer, thing.uid, {"translation": r.plain(translation)})


def review(writer: Writer, name: str) -> None:
    """A person stands for a machine's translation, as it is."""
    thing = changes.standing(writer.ledger, name, Letter.CLAIM)
    claim = read.claim(writer.ledger, thing.uid)
    if claim.translation is None or not unreviewed(claim):
        raise Refused(f"{thing.id} has no machine translation that waits for a review")
    reviewed = r.replace(claim.translation, reviewed=True, reviewed_by=writer.actor)
    changes.amend(writer, thing.uid, {"translation": r.plain(reviewed)})


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


def _reason(because: str, what: str) -> None:
    if not because.strip():
        raise BadInput(f"{what} needs its reason", hint="--because ...")


def _uids(writer: Writer, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        changes.standing(writer.ledger, name, Letter.CLAIM, Letter.EVIDENCE, Letter.ARTICLE).uid for name in names
    )


# --- links, notes, tags ------------------------------------------------------------------------------------


def link(writer: Writer, a: str, b: str, relation: Relation, because: str) -> str:
    """What one claim is to another, in a person's judgement; it overrides the machine's and both are kept."""
    one, other = (changes.standing(writer.ledger, name, Letter.CLAIM) for name in (a, b))
    if one.uid == other.uid:
        raise BadInput(f"{one.id} cannot be linked to itself")
    _reason(because, "a link")
    return writer.append(EntryKind.LINK, r.LinkDraft(other.uid, relation, because), about=one.uid)


def note(writer: Writer, name: str, text: str, *, internal: bool = False, settles: bool = False) -> str:
    """Writes a note. An internal one that ends in a question mark is an editor's query: open until a note settles it."""
    thing = changes.standing(writer.ledger, name)
    if not text.strip():
        raise BadInput("an empty note")
    open_ = [q.uid for q in beside.queries(writer.ledger, [thing.uid])] if settles else []
    if settles and not open_:
        raise Refused(f"no query about {thing.id} is open", hint="leave out --settles")
    query = internal and not settles and text.rstrip().endswith(("?", "؟", "？"))
    return writer.append(EntryKind.NOTE, r.NoteDraft(text, internal, query, tuple(open_)), about=thing.uid)


def tag(writer: Writer, name: str, tags: Sequence[str], *, out: bool = False) -> None:
    """Adds tags to a thing, or takes them off."""
    thing = changes.standing(writer.ledger, name)
    for raw in tags:
        value = " ".join(raw.removeprefix("#").split())
        if not value or "," in value:
            raise BadInput(f"not a tag: {raw!r}", hint="a tag is a word or two without a comma")
        writer.append(EntryKind.TAG, r.TagDraft(value, out=out), about=thing.uid)
