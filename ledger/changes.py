"""Changing is adding: amendments, retractions and merges are entries; nothing that was written is touched."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from msgspec import NODEFAULT, Struct, structs

from ledger import records as r
from ledger.errors import BadInput, NotFound, Refused
from ledger.store import Ledger, Writer, arriving, entries, ids, last_entry, read, resting
from ledger.store.derive import BESIDE, WHOLE, amended
from ledger.store.log import COLUMNS, entry_of
from ledger.text import folding
from ledger.vocabulary import EntryKind, Letter

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
        "folded",
        "target",
        "source",
        "blob",
        "sha256",
        "size",
        "metadata",
    ]
)
"""What makes a claim that claim: to change it, log another and retract this one."""


class Change(Struct, frozen=True):
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
    if kind is EntryKind.SOURCE and "name" in changes:
        _also_called(writer, thing, str(changes["name"] or ""), because)
    if kind is EntryKind.QUESTION and "question" in changes:
        changes = changes | {"folded": _other_words(writer.ledger, thing, str(changes["question"] or ""))}
    amended(kind, changes)
    newest = last_entry(writer.ledger, thing.uid)
    draft = r.AmendDraft(kind=kind, set=r.plain(changes), after=newest.uid, because=because)
    writer.append(EntryKind.AMEND, draft, about=thing.uid)


def _also_called(writer: Writer, source: r.Thing, name: str, because: str | None) -> None:
    """Lets a source be found by the name that it gets; BadInput where another source has it."""
    folded = folding.name(name)
    if not folded:
        raise BadInput("a source needs a name")
    taken = read.source_by_folded(writer.ledger, folded)
    if taken is None:
        writer.append(EntryKind.ALIAS, r.AliasDraft(name, folded, because), about=source.uid)
    elif taken.uid != source.uid:
        raise BadInput(
            f"{taken.id} is called {name!r} already", hint=f"claims source merge {source.id} {taken.id} makes them one"
        )


def _other_words(ledger: Ledger, question: r.Thing, words: str) -> str:
    """The folded words that a question gets; BadInput where there are none, or another question has them."""
    folded = folding.name(words) or words.strip()
    if folding.is_blank(words):
        raise BadInput("a question needs words")
    taken = read.questions_by_folded(ledger, [folded]).get(folded)
    if taken not in (None, question.uid):
        other = read.short_id(ledger, str(taken))
        raise BadInput(f"{other} asks that already", hint=f"claims question merge {question.id} {other} makes them one")
    return folded


def retract(writer: Writer, name: str, because: str) -> r.Thing:
    """Takes a thing back; it stays in the log and in histories."""
    if not because.strip():
        raise BadInput("a retraction needs its reason", hint="--because ...")
    thing = standing(writer.ledger, name)
    writer.append(EntryKind.RETRACT, r.RetractDraft(because), about=thing.uid)
    return thing


def fields(letter: Letter) -> frozenset[str]:
    """The fields of a kind of thing."""
    return frozenset(f.name for f in structs.fields(r.BODIES[KINDS[letter]])) if letter in KINDS else frozenset()


def hanging_on(ledger: Ledger, thing: r.Thing) -> list[r.Thing]:
    """The claims that stand in an article, name a source, or are filed under a question."""
    letter, uid = Letter(thing.id[0]), thing.uid
    if letter is Letter.ARTICLE:
        found = read.claims(ledger, article=uid)
    elif letter is Letter.SOURCE:
        found = read.claims(ledger, source=uid)
    else:
        found = read.claims(ledger, question=uid) if letter is Letter.QUESTION else iter(())
    return [read.thing(ledger, claim.uid) for claim in found]


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


def named_by_id(ledger: Ledger, name: str) -> str:
    """The name of the source with this id; other words as they are, but the id of a thing that is no source is refused.

    An outlet may be called M6: it is added by that name first.
    """
    given = name.strip()
    if not (read.ID.fullmatch(given) or read.UID.fullmatch(name)) or read.source_by_folded(ledger, folding.name(name)):
        return name
    try:
        thing = read.thing(ledger, given)
    except NotFound:
        if given[0] not in "Ss":
            return name
        raise
    if not thing.id.startswith(Letter.SOURCE):
        hint = f"a source that is called so is added first: claims source add {given}"
        raise BadInput(f"{thing.id} is an id, and not that of a source", hint=hint)
    return read.source(ledger, standing(ledger, thing.uid).uid).name


def tag_of(words: str) -> str:
    """A tag as it is kept; BadInput where it can be none."""
    tag = " ".join(words.removeprefix("#").split())
    if folding.is_blank(tag) or "," in tag:
        raise BadInput(f"not a tag: {words!r}", hint="a tag is a word or two without a comma")
    if ids.looks_like(tag):
        raise BadInput(f"{tag} is an id and no tag", hint="ids stand before the tags: claims tag C1 C4-C7 quake")
    return tag


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


def split(writer: Writer, name: str, *, because: str | None = None) -> r.Thing:
    """Makes a source or question that was merged one of its own again, with what came with it."""
    thing = read.thing(writer.ledger, name)
    into = resting.merged_into(writer.ledger, thing.uid)
    if into is None:
        raise Refused(f"{thing.id} was not merged", hint=f"claims history {thing.id} shows what was done with it")
    draft = r.SplitDraft(into, resting.family(writer.ledger, thing.uid), because=because)
    writer.append(EntryKind.SPLIT, draft, about=thing.uid)
    return read.thing(writer.ledger, thing.uid)


# --- history ------------------------------------------------------------------------------------------------------


def history(ledger: Ledger, name: str) -> list[Change]:
    """Every entry about a thing, oldest first, amendments with what they replaced."""
    return history_of(ledger, read.thing(ledger, name).uid)


def history_of(ledger: Ledger, uid: str) -> list[Change]:
    """The same by uid, of what has no short id, too."""
    current: r.Json = {}
    changes = []
    for entry in (arriving.here(ledger, e) for e in entries_about(ledger, uid)):
        details = body_data(entry)
        before: r.Json = {}
        if entry.kind == EntryKind.AMEND and entry.body is not None:
            kind = EntryKind(details["kind"])
            before = {field: current.get(field, _default(kind, field)) for field in details["set"]}
            current |= details["set"]
        elif entry.uid == uid:
            current = dict(details)
        elif arriving.one_with(ledger, entry.uid) == uid:
            left = arriving.left(ledger, entry.uid)
            current |= {name: value for name, value in details.items() if WHOLE not in left and name not in left}
        changes.append(_change(entry, details, before))
    return changes


def entries_about(ledger: Ledger, uid: str) -> list[r.Entry]:
    """Every entry about a thing, and those about them in turn: what retracts a rating is about the rating."""
    found = list(entries(ledger, about=uid))
    beside = [e.uid for e in found if e.uid != uid]
    while beside:
        more = [e for about in beside for e in entries(ledger, about=about) if e.uid != about]
        found += more
        beside = [e.uid for e in more]
    return sorted(found, key=lambda e: e.seq)


def others_words(ledger: Ledger, first: int, end: int) -> list[r.Entry]:
    """What others said of the things that these entries are about, which their actor has not been told yet, oldest first.

    Amendments since their last word on a thing, and words of the same kind since their last one of that kind.
    """
    return [entry_of(row) for row in ledger.rows(OTHERS_WORDS, (first, end, first, first))]


OTHERS_WORDS = f"""
WITH said AS (SELECT DISTINCT about, kind, actor FROM entry WHERE seq >= ? AND seq < ? AND about <> uid)
SELECT DISTINCT {", ".join(f"o.{column}" for column in COLUMNS.split(", "))}
FROM said s JOIN entry o ON o.about = s.about AND o.actor <> s.actor AND o.kind IN (s.kind, 'amend')
WHERE o.seq < ? AND o.uid <> o.about AND NOT EXISTS (
    SELECT 1 FROM entry m WHERE m.about = s.about AND m.actor = s.actor AND m.seq > o.seq AND m.seq < ?
                            AND o.kind IN (m.kind, 'amend'))
ORDER BY o.seq"""


def before(ledger: Ledger, amendment: r.Entry) -> r.Json:
    """What the fields that an amendment sets held until then."""
    return next(c.before for c in history_of(ledger, amendment.about) if c.uid == amendment.uid)


def _default(kind: EntryKind, field: str) -> Any:
    """What a field of a record is where its body leaves it out."""
    default = next((f.default for f in structs.fields(r.BODIES[kind]) if f.name == field), None)
    return None if default is NODEFAULT else r.plain(default)


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
    """The body of an entry as plain data without its salt and login; empty where it was redacted."""
    if entry.body is None:
        return {}
    data: r.Json = json.loads(entry.body)
    for name in BESIDE:
        data.pop(name, None)
    return data
