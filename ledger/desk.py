"""The desk: what people find, and where the work stands; scales are data files, a newer judgement supersedes."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources

from ledger import changes, dates
from ledger import records as r
from ledger.errors import BadInput, NotFound, Refused
from ledger.store import Writer, read
from ledger.vocabulary import Checked, EntryKind, Letter, Relation

HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Grade:
    value: str
    means: str
    needs_two_sources: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """A rating scale: its grades in order, and what it may be used for."""

    name: str
    title: str
    grades: tuple[Grade, ...]
    source: str | None = None
    only_measures: tuple[str, ...] = ()
    """Where not empty, it rates only claims of these measures."""

    def grade(self, value: str) -> Grade:
        """The grade with this value, case and punctuation folded; BadInput lists the grades."""
        wanted = fold_value(value)
        for grade in self.grades:
            if fold_value(grade.value) == wanted:
                return grade
        raise BadInput(
            f"{value!r} is not on the scale {self.name}", hint="it has: " + ", ".join(g.value for g in self.grades)
        )


def fold_value(value: str) -> str:
    """A grade as it is compared: letters and digits, lower case."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", value).casefold()).strip()


@cache
def scales() -> dict[str, Scale]:
    """The scales that come with the program, by name."""
    found = {}
    for file in resources.files("ledger").joinpath("scales").iterdir():
        if file.name.endswith(".json"):
            scale = r.parse(Scale, json.loads(file.read_text(encoding="utf-8")))
            found[scale.name] = scale
    return found


def scale(name: str) -> Scale:
    known = scales()
    if name not in known:
        raise NotFound(f"no scale {name!r}", hint="there are: " + ", ".join(sorted(known)))
    return known[name]


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


def rate(writer: Writer, claim: str, verdict: Verdict, *, separate: int | None = None) -> str:
    """Is the claim true? `separate`: how many separate sources support it, for grades that ask for two."""
    thing = changes.standing(writer.ledger, claim, Letter.CLAIM, Letter.QUESTION)
    used = scale(verdict.scale)
    grade = used.grade(verdict.value)
    _reason(verdict.because, "a rating")
    if thing.id.startswith("C"):
        _check_measure(used, read.claim(writer.ledger, thing.uid))
    if grade.needs_two_sources and (separate or 0) < 2:
        raise Refused(
            f"{grade.value} ({grade.means}) needs two separate sources that support it; {thing.id} has {separate or 0}",
            hint="file and compare what other sources say first, or choose another grade",
        )
    return writer.append(
        EntryKind.RATING,
        r.RatingDraft(used.name, grade.value, verdict.because, _uids(writer, verdict.on)),
        about=thing.uid,
    )


def _check_measure(used: Scale, claim: r.Claim) -> None:
    if not used.only_measures:
        return
    words = " ".join(f"{q.population or ''} {q.counts or ''} {q.measure or ''}" for q in claim.quantities).casefold()
    if not any(m in f"{words} {claim.scope or ''} {claim.exact}".casefold() for m in used.only_measures):
        raise Refused(
            f"the scale {used.name} is for {' or '.join(used.only_measures)} only", hint="use another: --scale house"
        )


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


# --- links, notes, tags, state ------------------------------------------------------------------------------------


def link(writer: Writer, a: str, b: str, relation: Relation, because: str) -> str:
    """What one claim is to another, in a person's judgement; it overrides the machine's and both are kept."""
    one, other = (changes.standing(writer.ledger, name, Letter.CLAIM) for name in (a, b))
    if one.uid == other.uid:
        raise BadInput(f"{one.id} cannot be linked to itself")
    _reason(because, "a link")
    return writer.append(EntryKind.LINK, r.LinkDraft(other.uid, relation, because), about=one.uid)


def note(writer: Writer, name: str, text: str, *, internal: bool = False) -> str:
    thing = changes.standing(writer.ledger, name)
    if not text.strip():
        raise BadInput("an empty note")
    return writer.append(EntryKind.NOTE, r.NoteDraft(text, internal), about=thing.uid)


def tag(writer: Writer, name: str, tags: Sequence[str], *, out: bool = False) -> None:
    """Adds tags to a thing, or takes them off."""
    thing = changes.standing(writer.ledger, name)
    for raw in tags:
        value = " ".join(raw.removeprefix("#").split())
        if not value or "," in value:
            raise BadInput(f"not a tag: {raw!r}", hint="a tag is a word or two without a comma")
        writer.append(EntryKind.TAG, r.TagDraft(value, out=out), about=thing.uid)


def work(writer: Writer, name: str, draft: r.WorkDraft) -> None:
    """Sets state, priority, due day, assignee or embargo of a claim or question."""
    thing = changes.standing(writer.ledger, name, Letter.CLAIM, Letter.QUESTION)
    for value in (draft.due, draft.embargo):
        if value:
            dates.window(value)
    writer.append(EntryKind.WORK, draft, about=thing.uid)
