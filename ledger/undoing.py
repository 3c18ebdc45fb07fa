"""Undo and redo: a batch is taken back by entries that reverse it, and these in turn; each names the entry it is about.

What others rest on or have changed since stays as it is, and an entry says so. What went out, and what was redacted, is passed
over: nobody can call it back.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice, takewhile
from typing import Any

from msgspec import Struct

from ledger import changes, ownfields
from ledger import records as r
from ledger.errors import Refused
from ledger.store import Ledger, Writer, arriving, beside, entries, last_entry, overview, read, resting
from ledger.store.derive import WHOLE, read_body
from ledger.store.log import standing_batches, undone_batches
from ledger.vocabulary import EntryKind, Letter, Priority, State, SuggestionState


class Undone(Struct, frozen=True):
    """The batch that was taken back or done again, the last one where there were several, and a line for each thing."""

    batch: str
    what: tuple[str, ...]


class Step(Struct, frozen=True):
    """One command that can be taken back."""

    batch: str
    at: str
    entries: tuple[r.Entry, ...]
    final: bool
    """It went out, or was redacted: it is passed over."""


FINAL = {
    EntryKind.PUBLICATION: (
        "what went out cannot be called back",
        "say so: claims correct ID --kind retraction ...; ",
    ),
    EntryKind.REDACT: ("what was redacted is gone, and nobody can bring it back", ""),
    EntryKind.CONTINUATION: ("that the log goes on from an earlier head stands under a signature", ""),
}
"""What nobody can take back: why, and what to do instead."""


def steps(ledger: Ledger, actor: str) -> Iterator[Step]:
    """What an actor can take back, the newest command first."""
    for batch in standing_batches(ledger, actor):
        logged = tuple(entries(ledger, batch=batch))
        yield Step(batch, logged[0].recorded_at, logged, any(e.kind in FINAL for e in logged))


def newest(ledger: Ledger, actor: str) -> str:
    """The batch that an undo would take back first; empty where there is none."""
    return next((batch for batch in standing_batches(ledger, actor)), "")


def undo(writer: Writer, count: int = 1) -> Undone:
    """Takes back the newest batches of this actor that stand."""
    found = list(_wanted(writer, count))
    lines: list[str] = []
    for step in found:
        if step.final:
            lines.append(f"{_named(writer.ledger, _final(step).uid)} stays: it cannot be called back")
            continue
        lines += _turn(writer, reversed(_with_arrivals(writer.ledger, step.entries)), "undoes", "taken back")
    return Undone(found[-1].batch, tuple(lines))


def _with_arrivals(ledger: Ledger, logged: Iterable[r.Entry]) -> list[r.Entry]:
    """The same entries, those that came from another log behind the entry that announced them."""
    found = []
    for entry in logged:
        came = arriving.came_with(ledger, entry.uid) if entry.kind == EntryKind.CARRY else []
        found += [entry, *(e for uid in came if (e := overview.entry(ledger, uid)) is not None)]
    return found


def _wanted(writer: Writer, count: int) -> Iterator[Step]:
    """The steps to take back; those that nobody can call back are counted only where one of them was just done."""
    every = steps(writer.ledger, writer.actor)
    first = next(every, None)
    if first is None:
        raise Refused(f"nothing of {writer.actor} to undo")
    just_done = next(undone_batches(writer.ledger, writer.actor), None) is None
    if first.final and count == 1 and just_done:
        why, remedy = FINAL[EntryKind(_final(first).kind)]
        back = 2 + sum(1 for _ in takewhile(lambda step: step.final, every))
        raise Refused(why, hint=f"{remedy}claims undo {back} takes back what was done before it")
    taken = 0
    for step in chain((first,), every):
        yield step
        taken += not step.final or just_done
        if taken == count:
            return


def _final(step: Step) -> r.Entry:
    return next(e for e in step.entries if e.kind in FINAL)


def redo(writer: Writer, count: int = 1) -> Undone:
    """Does again what this actor has undone since doing anything else, the last undone first."""
    found = list(islice(undone_batches(writer.ledger, writer.actor), count))
    if not found:
        raise Refused(f"nothing that {writer.actor} has undone is left to be done again")
    lines: list[str] = []
    for _, by in found:
        lines += _turn(writer, reversed(list(entries(writer.ledger, batch=by))), "redoes", "done again")
    return Undone(found[-1][0], tuple(lines))


def _turn(writer: Writer, logged: Iterable[r.Entry], field: str, done: str) -> list[str]:
    """Reverses entries one by one, in a batch of their own; gives a line for each, in the order they were logged."""
    writer.batch = secrets.token_hex(16)
    lines = []
    logged = list(logged)
    held = _held(writer, logged) if field == "undoes" else {}
    for entry in (arriving.here(writer.ledger, e) for e in logged):
        body = None if entry.body is None else read_body(EntryKind(entry.kind), entry.body)
        named = entry.uid if field == "undoes" else getattr(body, "undoes", None)
        if named is None:  # it was redacted
            continue
        try:
            if reason := held.get(getattr(body, "made", None) or entry.about):
                raise _Stays(reason)
            drafts = _opposite(writer.ledger, entry, body)
        except _Stays as e:
            because = str(e)
            draft = r.replace(r.StayDraft(because or "it changed nothing"), **{field: named})
            writer.append(EntryKind.STAY, draft, about=entry.about)
            lines += [f"{_named(writer.ledger, named)} stays: {because}"] if because else []
            continue
        for kind, about, draft in drafts:
            writer.append(kind, r.replace(draft, **{field: named}), about=about)
        left = f"; {', '.join(kept)} changed since and stays" if (kept := _kept(entry, body, drafts)) else ""
        lines.append(f"{_named(writer.ledger, named)} {done}{left}")
    return list(reversed(lines))


def _held(writer: Writer, logged: Iterable[r.Entry]) -> dict[str, str]:
    """The things made there of which others have said something since, with the reason why they stay as they were logged."""
    made = [e.uid for e in logged if e.kind in r.LETTERS or e.kind == EntryKind.FIELD]
    among = {e.uid for e in logged}
    found = ((uid, resting.others_word(writer.ledger, uid, writer.actor, besides=among)) for uid in made)
    return {uid: reason for uid, reason in found if reason}


PLAINLY: dict[str, str] = {
    EntryKind.JUDGEMENT: "word on suggestion", EntryKind.FILE: "filing of", EntryKind.WORK: "state of work on",
    EntryKind.REDACT: "redaction of",
}  # fmt: skip
"""What an entry that makes no thing is called."""


def _named(ledger: Ledger, uid: str) -> str:
    """An entry in words: what it is about, with the kind of thing that it makes."""
    entry = overview.entry(ledger, uid)
    if entry is None:
        return "something redacted"
    name = read.short_id(ledger, entry.about)
    if read.UID.fullmatch(name):  # about an entry that has no id, or a rule, which is about itself
        return str(entry.kind) if entry.uid == name else f"{entry.kind} of a {_named(ledger, name)}"
    return (
        f"{entry.kind} {name}" if entry.kind in r.LETTERS else f"{PLAINLY.get(entry.kind, f'{entry.kind} of')} {name}"
    )


def _kept(entry: r.Entry, body: Any, drafts: Drafts) -> list[str]:
    """The fields of an amendment that somebody has changed since."""
    return sorted(body.set.keys() - drafts[0][2].set.keys()) if entry.kind == EntryKind.AMEND else []


# --- what reverses an entry ---------------------------------------------------------------------------------------

Drafts = list[tuple[EntryKind, str, Any]]
"""Entries to be logged: kind, what they are about, body."""


class _Stays(Exception):
    """An entry that is not reversed, with the reason; none where it changed nothing."""


def _opposite(ledger: Ledger, entry: r.Entry, body: Any) -> Drafts:
    kind = EntryKind(entry.kind)
    if body is None:
        raise _Stays("it was redacted")
    if WHOLE in arriving.left(ledger, entry.uid) or arriving.one_with(ledger, entry.uid):
        raise _Stays("")  # it came from another log, and changed nothing here
    if kind in FINAL:
        raise _Stays("it cannot be called back")
    if kind in r.LETTERS:
        return _unmade(ledger, entry)
    return OPPOSITES.get(kind, _retracted)(ledger, entry, body)


def _because(entry: r.Entry) -> str:
    return f"undo of entry {entry.seq}"


def _unmade(ledger: Ledger, entry: r.Entry) -> Drafts:
    """A thing is retracted, unless something rests on it that others logged."""
    thing = read.thing(ledger, entry.uid)
    if thing.retracted:
        raise _Stays("it was retracted since")
    if thing.merged_into:
        raise _Stays(f"it was merged into {thing.merged_into} since")
    if reason := resting.on_thing(ledger, Letter(thing.id[0]), entry.uid):
        raise _Stays(reason)
    return [(EntryKind.RETRACT, entry.uid, r.RetractDraft(_because(entry)))]


def _retracted(ledger: Ledger, entry: r.Entry, _body: Any) -> Drafts:
    """What has no id of its own is retracted by its entry."""
    if resting.is_retracted(ledger, entry.uid):
        raise _Stays("it was retracted since")
    if entry.kind == EntryKind.CAPTURE and (reason := resting.on_copy(ledger, entry.uid)):
        raise _Stays(reason)
    return [(EntryKind.RETRACT, entry.uid, r.RetractDraft(_because(entry)))]


def _restored(ledger: Ledger, entry: r.Entry, _body: Any) -> Drafts:
    if not resting.is_retracted(ledger, entry.about):
        raise _Stays("it was restored since")
    if any(resting.namesake(ledger, table, entry.about) for table in ("field", "template")):
        raise _Stays("another has its name now")
    return [(EntryKind.RESTORE, entry.about, r.RestoreDraft(_because(entry)))]


def _retracted_again(ledger: Ledger, entry: r.Entry, _body: Any) -> Drafts:
    if resting.is_retracted(ledger, entry.about):
        raise _Stays("it was retracted since")
    return [(EntryKind.RETRACT, entry.about, r.RetractDraft(_because(entry)))]


def _refiled(ledger: Ledger, entry: r.Entry, body: r.FileDraft) -> Drafts:
    if (body.question in resting.filed_under(ledger, entry.about, body.question)) == body.out:
        raise _Stays("it was filed otherwise since")
    if body.out and not resting.stands(ledger, read.stays(ledger, body.question)):
        raise _Stays(f"{read.short_id(ledger, body.question)} stands no more")
    before = _newest(ledger, entry, lambda b: b.question == body.question and not b.out) if body.out else None
    draft = r.FileDraft(body.question, out=not body.out, because=before.because if before else _because(entry))
    return [(EntryKind.FILE, entry.about, draft)]


def _newest(ledger: Ledger, entry: r.Entry, wanted: Callable[[Any], bool]) -> Any:
    """The newest body of the same kind about the same thing that was logged before an entry."""
    found = None
    for earlier in (arriving.here(ledger, e) for e in entries(ledger, about=entry.about)):
        if earlier.seq < entry.seq and earlier.kind == entry.kind and earlier.body is not None:
            body = read_body(EntryKind(earlier.kind), earlier.body)
            found = body if wanted(body) else found
    return found


def _amended_back(ledger: Ledger, entry: r.Entry, body: r.AmendDraft) -> Drafts:
    """The fields that nobody has changed since, as they were before."""
    history = [c for c in changes.history_of(ledger, entry.about) if c.what == EntryKind.AMEND]
    now: r.Json = {}
    for change in history:
        now |= change.details["set"]
    before = changes.before(ledger, entry)
    back = {field: value for field, value in before.items() if now[field] == body.set[field]}
    if not back:
        raise _Stays("it was changed since")
    if body.kind is EntryKind.FIELD:
        _field_back(ledger, entry.about, back)
    after = last_entry(ledger, entry.about).uid
    return [(EntryKind.AMEND, entry.about, r.AmendDraft(body.kind, back, after, _because(entry)))]


def _retagged(ledger: Ledger, entry: r.Entry, body: r.TagDraft) -> Drafts:
    if resting.is_tagged(ledger, entry.about, body.tag) == body.out:
        raise _Stays("it was tagged otherwise since")
    return [(EntryKind.TAG, entry.about, r.TagDraft(body.tag, out=not body.out, because=_because(entry)))]


def _field_back(ledger: Ledger, uid: str, back: r.Json) -> None:
    """A field of one's own is as it was only while its name is free and its values fit."""
    if "folded" in back and resting.namesake(ledger, "field", uid, back["folded"]):
        raise _Stays("another has its name now")
    if misfit := ownfields.unfit(ledger, uid, _field_as_is(ledger, uid, back)):
        raise _Stays(f"the value of {misfit} would not fit")


def _field_as_is(ledger: Ledger, uid: str, besides: r.Json) -> r.FieldDraft:
    """A field of one's own as it is now, also one that was taken back, with some of it changed."""
    set_: r.Json = {}
    for change in changes.history_of(ledger, uid):
        set_ |= change.details if change.uid == uid else change.details.get("set", {})
    return r.parse(r.FieldDraft, set_ | besides)


def _unfielded(ledger: Ledger, entry: r.Entry, body: r.FieldDraft) -> Drafts:
    if resting.values_of(ledger, entry.uid):
        raise _Stays("values of it stand")
    return _retracted(ledger, entry, body)


def _valued_back(ledger: Ledger, entry: r.Entry, body: r.ValueDraft) -> Drafts:
    if resting.value_of(ledger, entry.about, body.field) != body.value:
        raise _Stays("it was set otherwise since")
    earlier = _newest(ledger, entry, lambda b: b.field == body.field)
    before = earlier.value if earlier else None
    if before is not None and not ownfields.fits(_field_as_is(ledger, body.field, {}), before):
        raise _Stays("its field holds other values now")
    return [(EntryKind.VALUE, entry.about, r.ValueDraft(body.field, before, _because(entry)))]


WORK: r.Json = {"state": State.NEW, "priority": Priority.NORMAL, "due": "", "assignee": "", "embargo": ""}
"""Where the work stands on what nobody has said a word about."""


def _work_back(ledger: Ledger, entry: r.Entry, body: r.WorkDraft) -> Drafts:
    """The fields that nobody has set since, as they were before."""
    before, now = dict(WORK), dict(WORK)
    for each in (arriving.here(ledger, e) for e in entries(ledger, about=entry.about)):
        if each.kind == EntryKind.WORK and each.body is not None:
            said = read_body(EntryKind.WORK, each.body)
            given = {field: value for field in WORK if (value := getattr(said, field)) is not None}
            before |= given if each.seq < entry.seq else {}
            now |= given
    back = {
        field: before[field]
        for field in WORK
        if getattr(body, field) is not None and now[field] == getattr(body, field)
    }
    if not back:
        raise _Stays("it was set otherwise since")
    return [(EntryKind.WORK, entry.about, r.WorkDraft(because=_because(entry), **back))]


def _waiting_again(ledger: Ledger, entry: r.Entry, body: r.JudgementDraft) -> Drafts:
    """A suggestion waits again, or is put off as it was."""
    if read.suggestion(ledger, entry.about).state != body.state:
        raise _Stays("it was judged again since")
    before = _newest(ledger, entry, lambda _: True)
    kept = (before.state, before.because, before.until, before.made) if before else (SuggestionState.PENDING,)
    return [(EntryKind.JUDGEMENT, entry.about, r.JudgementDraft(*kept))]


def _renamed(ledger: Ledger, entry: r.Entry, body: r.AliasDraft) -> Drafts:
    """Only the name that this entry gave is taken away again."""
    made = resting.alias_seq(ledger, entry.about, body.folded)
    by = None if made is None else next(entries(ledger, since=made))
    ours = by is not None and entry.uid in (by.uid, changes.body_data(by).get("redoes"))
    if (by is not None) if body.out else not ours:
        raise _Stays("")
    return [(EntryKind.ALIAS, entry.about, r.AliasDraft(body.alias, body.folded, body.because, out=not body.out))]


def _rule_before(ledger: Ledger, entry: r.Entry, body: r.PolicyDraft) -> Drafts:
    """Rules are about themselves, so that the earlier word on a name is looked for in the whole log."""
    if beside.policy(ledger, body.name) != body.value:
        raise _Stays("it was set otherwise since")
    said = [e for e in entries(ledger, kind=EntryKind.POLICY) if e.seq < entry.seq and e.body is not None]
    bodies = [read_body(EntryKind.POLICY, e.body or b"") for e in said]
    before = next((b for b in reversed(bodies) if b.name == body.name), None)
    draft = r.PolicyDraft(body.name, before.value, before.because) if before else r.PolicyDraft(body.name)
    return [(EntryKind.POLICY, entry.about, draft)]


def _split(ledger: Ledger, entry: r.Entry, body: r.MergeDraft) -> Drafts:
    if resting.merged_into(ledger, entry.about) != body.into:
        raise _Stays("it was split since")
    family = resting.family(ledger, entry.about)
    return [(EntryKind.SPLIT, entry.about, r.SplitDraft(body.into, family, because=_because(entry)))]


def _merged_again(ledger: Ledger, entry: r.Entry, body: r.SplitDraft) -> Drafts:
    if resting.merged_into(ledger, entry.about) is not None:
        raise _Stays("it was merged since")
    stays = read.stays(ledger, body.into)
    if stays == entry.about:
        raise _Stays(f"{read.short_id(ledger, body.into)} was merged into it since")
    further = stays if stays != body.into else None
    return [(EntryKind.MERGE, entry.about, r.MergeDraft(body.into, _because(entry), further))]


def _stand_again(ledger: Ledger, _entry: r.Entry, body: r.CarryDraft) -> Drafts:
    """What was overruled as another log came stands again."""
    gone = [over.uid for over in body.over if WHOLE in over.parts and resting.is_retracted(ledger, over.uid)]
    if not gone:
        raise _Stays("")
    return [(EntryKind.RESTORE, uid, r.RestoreDraft("what overruled it was taken back")) for uid in gone]


def _nothing(_ledger: Ledger, _entry: r.Entry, _body: Any) -> Drafts:
    raise _Stays("")


OPPOSITES: dict[EntryKind, Callable[[Ledger, r.Entry, Any], Drafts]] = {
    EntryKind.RETRACT: _restored,
    EntryKind.RESTORE: _retracted_again,
    EntryKind.FILE: _refiled,
    EntryKind.AMEND: _amended_back,
    EntryKind.TAG: _retagged,
    EntryKind.FIELD: _unfielded,
    EntryKind.VALUE: _valued_back,
    EntryKind.WORK: _work_back,
    EntryKind.JUDGEMENT: _waiting_again,
    EntryKind.ALIAS: _renamed,
    EntryKind.POLICY: _rule_before,
    EntryKind.MERGE: _split,
    EntryKind.SPLIT: _merged_again,
    EntryKind.STAY: _nothing,
    EntryKind.CARRY: _stand_again,
}
"""What reverses the kinds that make nothing with an id; all others are retracted by their entry."""
