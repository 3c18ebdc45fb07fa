"""Where the work on a claim or question stands: state, priority, due day, whose it is, until when it must not go out."""

from __future__ import annotations

from msgspec import Struct

from ledger import changes, work
from ledger import records as r
from ledger.errors import BadInput
from ledger.store import Writer, beside
from ledger.store.log import check_actor
from ledger.verbs.verb import Notice, verb
from ledger.vocabulary import EntryKind, Letter, Priority, State


class Assign(Struct, frozen=True, kw_only=True):
    """What is to be set; None leaves a field as it is, "none" takes it away."""

    id: str
    """Claims and questions by id: "C1", "C1 C4-C7", "all"."""
    state: State | None = None
    priority: Priority | None = None
    due: str | None = None
    assignee: str | None = None
    embargo: str | None = None
    because: str | None = None


class Assigned(Struct, frozen=True, kw_only=True):
    """Where the work on each of them stands now."""

    work: tuple[r.Work, ...]
    notices: tuple[Notice, ...] = ()


@verb
def assign(writer: Writer, request: Assign) -> Assigned:
    """Sets where the work on claims and questions stands."""
    things = changes.all_standing(writer.ledger, request.id, Letter.CLAIM, Letter.QUESTION)
    if request.state is State.PUBLISHED:
        raise BadInput("what is published is said by publishing it", hint=f"claims publish {things[0].id}")
    draft = r.WorkDraft(
        state=request.state,
        priority=request.priority,
        due=None if request.due is None else work.due(request.due),
        assignee=None if request.assignee is None else _assignee(request.assignee),
        embargo=None if request.embargo is None else work.embargo(request.embargo),
        because=request.because,
    )
    if draft == r.WorkDraft(because=request.because):
        raise BadInput("nothing to set", hint=f"claims state {things[0].id} checking --due 2016-04-01")
    for thing in things:
        writer.append(EntryKind.WORK, draft, about=thing.uid)
    now = tuple(beside.work_on(writer.ledger, thing.uid) for thing in things)
    return Assigned(work=now, notices=late(draft.due, "set"))


def late(due: str | None, done: str) -> tuple[Notice, ...]:
    """A notice where a day has passed already."""
    said = f"{due} has passed already; it was {done} all the same"
    return (Notice("passed", said),) if due and work.passed(due) else ()


def _assignee(value: str) -> str:
    if value.strip().casefold() in work.NONE:
        return ""
    check_actor(value)
    return value
