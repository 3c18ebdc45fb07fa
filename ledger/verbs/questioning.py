"""Questions that several claims answer: raising one, merging two, filing and linking the claims."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from ledger import changes, claims, dates, ownfields
from ledger import records as r
from ledger.crossref import judged
from ledger.errors import BadInput, NotFound
from ledger.store import Ledger, Writer, read
from ledger.verbs.verb import Notice, as_before, verb
from ledger.vocabulary import EntryKind, Kind, Letter, Relation


class QuestionNow(Struct, frozen=True, kw_only=True):
    """The question as it is afterwards."""

    question: r.Question
    notices: tuple[Notice, ...] = ()


class RaiseQuestion(Struct, frozen=True, kw_only=True):
    text: str
    measure: str | None = None
    window: str | None = None
    place: str | None = None
    kind: Kind | None = None
    one_of: str | None = None
    """Answers of which only one can be true: "standing, destroyed"."""


@verb
def raise_question(writer: Writer, request: RaiseQuestion) -> QuestionNow:
    """Adds a question, or finds the one with these words."""
    if request.window:
        dates.window(request.window)
    if request.one_of is not None and not request.one_of.strip():
        raise BadInput("--one-of names no answers", hint="name two or more, such as standing,destroyed")
    claims.several(request.one_of)
    known = {name: getattr(request, name) for name in RaiseQuestion.__struct_fields__ if name != "text"}
    uid = claims.question_uid(writer, request.text, **known)
    return QuestionNow(question=read.question(writer.ledger, uid))


class MergeQuestions(Struct, frozen=True, kw_only=True):
    question: str
    into: str
    because: str | None = None


@verb
def merge_questions(writer: Writer, request: MergeQuestions) -> QuestionNow:
    """Makes two questions one; the claims of both are filed under the one that stays."""
    read.thing(writer.ledger, request.question, Letter.QUESTION)
    changes.merge(writer, request.question, request.into, because=request.because)
    return QuestionNow(question=read.question(writer.ledger, request.into))


class File(Struct, frozen=True, kw_only=True):
    """Claims by id ("C1", "C4-C7", "all"), and the question by id or in words; one in new words is made."""

    claims: tuple[str, ...]
    question: str
    out: bool = False
    because: str | None = None
    answer: str | None = None
    """What the claims answer, in a word or two: "south", "yes", "2031-05"."""
    fields: dict[str, str] = {}
    """Values of fields of one's own, by name, that all of them get."""


@verb
def file(writer: Writer, request: File) -> QuestionNow:
    """Files claims under a question, or takes them out."""
    if request.answer is not None and not request.answer.strip():
        raise BadInput("--answer is empty", hint="claims amend ID --set answer= takes an answer away")
    question = claims.question_uid(writer, request.question)
    filed = changes.all_standing(writer.ledger, request.claims, Letter.CLAIM)
    same = []
    for claim in filed:
        if not claims.file(writer, claim.uid, question, because=request.because, out=request.out):
            same.append(claim.id)
        if request.answer is not None:
            changes.amend(writer, claim.uid, {"answer": request.answer}, because=request.because)
        ownfields.put(writer, claim, request.fields, because=request.because)
    now = read.question(writer.ledger, question)
    named = () if request.out else read.claims_by_uid(writer.ledger, [claim.uid for claim in filed])
    notices = asked_for(writer.ledger, question, named) if named else ()
    said = f"{'not ' if request.out else ''}filed under {now.id}"
    return QuestionNow(question=now, notices=(*as_before(same, said), *notices))


def asked_for(ledger: Ledger, question: str, named: Sequence[r.Claim]) -> tuple[Notice, ...]:
    """Asks what a claim answers that names nothing of the kind that is asked for."""
    from ledger.crossref.kinds import kind_of, told_kind
    from ledger.crossref.statements import several, unanswered

    asked = read.question(ledger, question)
    kind = told_kind(asked) or kind_of(asked, list(read.claims(ledger, question=question)))
    hint = (
        f"claims file ID --question {asked.id} --answer ...; claims amend {asked.id} --kind changes what is asked for"
    )
    open_ = {c.id: figures for c in named if (figures := several(asked, c, kind))}
    none = [c for c in unanswered(asked, named, kind) if c not in open_]
    return (
        *(Notice(UNANSWERED, f"{c} names nothing that answers “{asked.question}”", hint) for c in none),
        *(
            Notice(UNANSWERED, f"{c} gives {' and '.join(said)}: which answers “{asked.question}”?", WHICH.format(c))
            for c, said in open_.items()
        ),
    )


UNANSWERED = "unanswered"
WHICH = "claims amend {} --figure ... says it"


class Link(Struct, frozen=True, kw_only=True):
    """What the first claim is to the second."""

    a: str
    b: str
    relation: Relation
    because: str


class Linked(Struct, frozen=True, kw_only=True):
    link: r.Link


@verb
def link(writer: Writer, request: Link) -> Linked:
    """Says what one claim is to another; it stands over what the program finds, and both are kept."""
    one, other = (changes.standing(writer.ledger, name, Letter.CLAIM) for name in (request.a, request.b))
    if one.uid == other.uid:
        raise BadInput(f"{one.id} cannot be linked to itself")
    if not request.because.strip():
        raise BadInput("a link needs its reason", hint="--because ...")
    writer.append(EntryKind.LINK, r.LinkDraft(other.uid, request.relation, request.because), about=one.uid)
    return Linked(link=read.links(writer.ledger, [one.uid])[-1])


class JudgeFinding(Struct, frozen=True, kw_only=True):
    """A finding of a question, such as "conflicts:C3:C7", and whether it is right; the reason where it is not."""

    question: str
    finding: str
    holds: bool
    because: str | None = None


class FindingJudged(Struct, frozen=True, kw_only=True):
    finding: r.Why


@verb
def judge_finding(writer: Writer, request: JudgeFinding) -> FindingJudged:
    """Says whether a finding is right; one that is not goes from every page, and is asked again once a reading changes."""
    from ledger.crossref.study import study
    from ledger.reports.why import why

    if not request.holds and not (request.because or "").strip():
        raise BadInput("why is it not so?", hint='--because "they are about two districts"')
    question = changes.standing(writer.ledger, request.question, Letter.QUESTION)
    found = study(writer.ledger, question.uid)
    known = {f.id.casefold(): f for f in found.findings}
    if (finding := known.get(request.finding.casefold())) is None:
        raise NotFound(f"no finding {request.finding} in {question.id}", hint=f"claims why {question.id} lists them")
    a, b = found.claim(finding.a), found.claim(finding.b)
    draft = r.FindingDraft(b.uid, finding.kind, finding.rule, request.holds, judged.reading(a, b), request.because)
    writer.append(EntryKind.FINDING, draft, about=a.uid)
    (now,) = why(study(writer.ledger, question.uid), only=finding.id)
    return FindingJudged(finding=now)
