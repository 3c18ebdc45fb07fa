"""Changing is adding: amendments, retractions, merges and undo are entries; nothing that was written is touched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.store import Ledger, Writer, entries, ids, last_entry, read
from ledger.store.derive import amended, read_body
from ledger.store.log import newest_batch
from ledger.vocabulary import EntryKind, Letter, Priority, State, SuggestionState

KINDS = {
    Letter.ARTICLE: EntryKind.ARTICLE,
    Letter.CLAIM: EntryKind.CLAIM,
    Letter.SOURCE: EntryKind.SOURCE,
    Letter.QUESTION: EntryKind.QUESTION,
    Letter.EVIDENCE: EntryKind.EVIDENCE,
    Letter.REQUEST: EntryKind.REQUEST,
}

FROZEN = frozenset(
    [
        "exact",
        "start",
        "end",
        "prefix",
        "suffix",
        "anchored",
        "article",
        "capture",
        "key",
        "key_hash",
        "identity",
        "target",
        "source",
        "blob",
        "sha256",
        "size",
        "metadata",
    ]
)
"""What makes a claim that claim: to change it, log another and retract this one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry about a thing, as a history shows it."""

    seq: int
    at: str
    by: str
    what: str
    uid: str
    batch: str
    because: str | None
    details: r.Json
    before: r.Json
    """What the fields that an amendment sets held until then."""


def amend(writer: Writer, name: str, changes: r.Json, *, because: str | None = None) -> None:
    """Sets fields of a thing to new whole values (null takes one away); BadInput for a field it has not."""
    thing = standing(writer.ledger, name)
    kind = KINDS.get(Letter(thing.id[0]))
    if kind is None:
        raise Refused(
            f"{thing.id} is a proposal, not a record", hint="accept it, and amend what that makes, or reject it"
        )
    if not changes:
        raise BadInput("nothing to change", hint=f"name a field: claims amend {thing.id} --says ...")
    if frozen := sorted(FROZEN & changes.keys()):
        raise Refused(
            f"{frozen[0]} of {thing.id} cannot be amended",
            hint=f"log it anew and retract this one: claims retract {thing.id} --because ...",
        )
    amended(kind, changes)
    newest = last_entry(writer.ledger, thing.uid)
    draft = r.AmendDraft(kind=kind, set=r.plain(changes), after=newest.uid, because=because)
    writer.append(EntryKind.AMEND, draft, about=thing.uid)


def retract(writer: Writer, name: str, because: str) -> r.Thing:
    """Takes a thing back; it stays in the log and in histories."""
    if not because.strip():
        raise BadInput("a retraction needs its reason", hint="--because ...")
    thing = standing(writer.ledger, name)
    writer.append(EntryKind.RETRACT, r.RetractDraft(because), about=thing.uid)
    return thing


def standing(ledger: Ledger, name: str, *kinds: Letter) -> r.Thing:
    """The thing with this id; Refused where it was retracted, redacted or merged."""
    thing = read.thing(ledger, name, *kinds)
    if thing.redacted:
        raise Refused(f"{thing.id} was redacted", hint=f"claims history {thing.id} shows by whom and why")
    if thing.retracted:
        raise Refused(f"{thing.id} was retracted", hint=f"claims history {thing.id} shows by whom and why")
    if thing.merged_into:
        raise Refused(f"{thing.id} was merged into {thing.merged_into}", hint=f"use {thing.merged_into} instead")
    return thing


def all_standing(ledger: Ledger, names: str | Iterable[str], *kinds: Letter) -> list[r.Thing]:
    """The things that ids in bulk name ("C1 C4-C7", "all"); Refused where one that is named by itself does not stand."""
    return [standing(ledger, found.uid) for found in ids.several(ledger, names, *kinds)]


def merge(writer: Writer, name: str, into: str, *, because: str | None = None) -> None:
    """Makes one source or question the same as another, which stays."""
    one, other = standing(writer.ledger, name), standing(writer.ledger, into)
    if one.id[0] != other.id[0] or one.id[0] not in "SQ":
        raise BadInput(
            f"{one.id} cannot be merged into {other.id}",
            hint="merge a source into a source, or a question into a question",
        )
    if one.uid == other.uid:
        raise BadInput(f"{one.id} is {other.id}")
    writer.append(EntryKind.MERGE, r.MergeDraft(other.uid, because), about=one.uid)


# --- history ------------------------------------------------------------------------------------------------------


def history(ledger: Ledger, name: str) -> list[Change]:
    """Every entry about a thing, oldest first, amendments with what they replaced."""
    uid = read.thing(ledger, name).uid
    current: r.Json = {}
    changes = []
    for entry in entries(ledger, about=uid):
        details = body_data(entry)
        before: r.Json = {}
        if entry.kind == EntryKind.AMEND and entry.body is not None:
            before = {field: current.get(field) for field in details["set"]}
            current |= details["set"]
        elif entry.uid == uid:
            current = dict(details)
        changes.append(_change(entry, details, before))
    return changes


def _change(entry: r.Entry, details: r.Json, before: r.Json) -> Change:
    return Change(
        seq=entry.seq,
        at=entry.recorded_at,
        by=entry.actor,
        what=entry.kind if entry.body is not None else f"{entry.kind} (redacted)",
        uid=entry.uid,
        batch=entry.batch,
        because=details.get("because"),
        details=details,
        before=before,
    )


def body_data(entry: r.Entry) -> r.Json:
    """The body of an entry as plain data without its salt; empty where it was redacted."""
    if entry.body is None:
        return {}
    data: r.Json = json.loads(entry.body)
    data.pop("salt", None)
    return data


# --- undo ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Undone:
    batch: str
    what: tuple[str, ...]


def undo(writer: Writer) -> Undone:
    """Takes back the newest batch of this actor that stands, by entries that reverse it; the log keeps both."""
    batch = newest_batch(writer.ledger, writer.actor, besides=MADE_BY_PROGRAM)
    if batch is None:
        raise Refused(f"nothing of {writer.actor} to undo")
    taken = list(entries(writer.ledger, batch=batch))
    lines = [line for entry in reversed(taken) if (line := _reverse(writer, entry))]
    if not lines:
        lines = [_leave(writer, next(e for e in reversed(taken) if e.kind not in MADE_BY_PROGRAM and e.body))]
    return Undone(batch, tuple(reversed(lines)))


MADE_BY_PROGRAM = (EntryKind.GENESIS, EntryKind.SUGGESTION)
"""A batch of these alone is nothing that a person would take back."""


def _reverse(writer: Writer, entry: r.Entry) -> str:
    """Appends what takes one entry back; gives a line for people, none for what stays."""
    kind = EntryKind(entry.kind)
    if kind in (EntryKind.CAPTURE, EntryKind.SUGGESTION, EntryKind.ALIAS):
        return ""
    if kind is EntryKind.SOURCE and read.source_in_use(writer.ledger, entry.uid):
        return ""
    if entry.body is None:
        raise Refused(f"entry {entry.seq} was redacted and cannot be undone")
    draft, about = _opposite(writer.ledger, entry)
    writer.append(draft[0], r.replace(draft[1], undoes=entry.uid), about=about)
    name = read.short_id(writer.ledger, entry.about)
    return f"{kind} {name} taken back" if kind in r.LETTERS else f"{kind} of {name} taken back"


def _leave(writer: Writer, entry: r.Entry) -> str:
    """Says in the log that what one entry made stays, so that the next undo goes a command further back."""
    because, name = _because(entry), read.short_id(writer.ledger, entry.about)
    if entry.kind == EntryKind.SOURCE:
        writer.append(EntryKind.RESTORE, r.RestoreDraft(because, undoes=entry.uid), about=entry.uid)
        return f"source {name} stays: claims name it"
    writer.append(EntryKind.RETRACT, r.RetractDraft(because, undoes=entry.uid), about=entry.uid)
    return f"{entry.kind} of {name} stays"


def _because(entry: r.Entry) -> str:
    return f"undo of entry {entry.seq}"


def _opposite(ledger: Ledger, entry: r.Entry) -> tuple[tuple[EntryKind, Any], str]:
    kind, because = EntryKind(entry.kind), _because(entry)
    body = read_body(kind, entry.body or b"")
    if kind in r.LETTERS or kind in RETRACTED_BY_UID:
        return (EntryKind.RETRACT, r.RetractDraft(because)), entry.uid
    if kind is EntryKind.RETRACT:
        return (EntryKind.RESTORE, r.RestoreDraft(because)), entry.about
    if kind is EntryKind.RESTORE:
        return (EntryKind.RETRACT, r.RetractDraft(because)), entry.about
    if kind is EntryKind.FILE:
        return (EntryKind.FILE, r.FileDraft(body.question, out=not body.out, because=because)), entry.about
    if kind is EntryKind.AMEND:
        before = next(c.before for c in history(ledger, entry.about) if c.uid == entry.uid)
        draft = r.AmendDraft(body.kind, before, last_entry(ledger, entry.about).uid, because)
        return (EntryKind.AMEND, draft), entry.about
    if kind is EntryKind.TAG:
        return (EntryKind.TAG, r.TagDraft(body.tag, out=not body.out, because=because)), entry.about
    if kind is EntryKind.WORK:
        return (EntryKind.WORK, _work_before(ledger, entry, because)), entry.about
    if kind is EntryKind.JUDGEMENT:  # the suggestion waits again
        return (EntryKind.JUDGEMENT, r.JudgementDraft(SuggestionState.PENDING, because)), entry.about
    if kind is EntryKind.PUBLICATION:
        raise Refused("what went out cannot be called back", hint="say so: claims correct ID --kind retraction ...")
    raise Refused(f"a {kind} cannot be undone", hint="say what is right now with a new entry")


def _work_before(ledger: Ledger, entry: r.Entry, because: str) -> r.WorkDraft:
    """What sets the fields that an entry set back to what they were."""
    fields = ("state", "priority", "due", "assignee", "embargo")
    before: dict[str, Any] = {"state": State.NEW, "priority": Priority.NORMAL, "due": "", "assignee": "", "embargo": ""}
    for earlier in entries(ledger, about=entry.about):
        if earlier.kind == EntryKind.WORK and earlier.seq < entry.seq and earlier.body is not None:
            body = read_body(EntryKind.WORK, earlier.body)
            before |= {f: getattr(body, f) for f in fields if getattr(body, f) is not None}
    made = read_body(EntryKind.WORK, entry.body or b"")
    return r.WorkDraft(because=because, **{f: before[f] for f in fields if getattr(made, f) is not None})


RETRACTED_BY_UID = (
    EntryKind.RELATE,
    EntryKind.PARTY,
    EntryKind.LINK,
    EntryKind.FINDING,
    EntryKind.CHECK,
    EntryKind.RATING,
    EntryKind.ANSWER,
    EntryKind.NOTE,
    EntryKind.REPLY,
    EntryKind.SEARCH,
    EntryKind.CORRECTION,
    EntryKind.SIGNOFF,
)
