"""From one entry to the rows it makes. Pure: no parser, no clock, no look-up; the same entries always give the same rows.

`derive` gives operations on the derived tables of schema.sql, in order. What an entry means is decided here and nowhere
else; `claims rebuild` throws the derived tables away and runs every entry through it again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, cast, get_type_hints

import msgspec

from ledger import records as r
from ledger.errors import BadInput
from ledger.store.bodies import read_spelt
from ledger.store.columns import RETRACTABLE
from ledger.store.operations import Delete, Insert, Operation, Row, Update
from ledger.vocabulary import EntryKind, SuggestionState

DERIVED = (
    "node", "thing", "source", "alias", "relation", "article", "capture", "question", "party", "claim", "hop", "quantity",
    "time_span", "filing", "link", "finding", "judgement", "rests_on", "note", "settling", "tag", "field", "field_value",
    "template", "work", "suggestion",
    "evidence", "request", "reply", "search_made", "publication", "correction", "signoff", "policy", "withheld", "undone",
    "carried",
)  # fmt: skip
"""Every derived table, each after those it refers to."""


def derive(entry: r.Entry) -> list[Operation]:
    """The operations that put one entry's fact into the derived tables; a redacted entry leaves only its short id."""
    if entry.body is None:
        return [_thing(entry, redacted=True)] if entry.kind in LETTERS else []
    draft = read_spelt(entry.kind, entry.body)
    return operations(entry, read_body(EntryKind(entry.kind), entry.body) if draft is None else draft)


def operations(entry: r.Entry, draft: Any) -> list[Operation]:
    """The same for an entry whose body is at hand as a record, or as `bodies` reads it."""
    ops: list[Operation] = [_thing(entry)] if entry.kind in LETTERS else []
    if (rule := RULES.get(cast("EntryKind", entry.kind))) is not None:  # the same word, and it finds the same
        ops += rule(entry, draft)
    for redo, field in enumerate(("undoes", "redoes")):
        if (named := getattr(draft, field, None)) is not None:
            ops.append(Insert("undone", {"entry": named, "by_entry": entry.uid, "redo": redo}))
    return ops


BESIDE = ("salt", "login")
"""What a body holds that is no field of its record: what hides it, and who wrote it on a server."""


def read_body(kind: EntryKind, body: bytes) -> Any:
    """The record that a body's bytes hold, without its salt and login."""
    data = msgspec.json.decode(body)
    for name in BESIDE:
        data.pop(name, None)
    return r.parse(r.BODIES[kind], data)


LETTERS = {kind.value: letter.value for kind, letter in r.LETTERS.items()}


def _thing(entry: r.Entry, *, redacted: bool = False) -> Insert:
    row = {
        "uid": entry.uid,
        "letter": LETTERS[entry.kind],
        "seq": entry.seq,
        "redacted": int(redacted),
        "stays": entry.uid,
    }
    return Insert("thing", row, numbered=("n", "letter"))


def _insert(table: str, **values: Any) -> Insert:
    return Insert(table, _stored(values))


def _stored(row: Row) -> Row:
    """The same row with its values as the engines store them."""
    if not STORED.issuperset(map(type, row.values())):
        row.update([(name, _sql(value)) for name, value in row.items() if type(value) not in STORED])
    return row


RENAMED = {"start": "start_at", "end": "end_at", "window": "time_window", "precision": "precision_"}
"""Fields whose columns are called otherwise: SQL has a use of its own for these words."""

RENAMED_IN: dict[str, dict[str, str | None]] = {
    "hop": {
        "text": "mention", "start": "mention_start", "end": "mention_end", "stands_for": None, "kind": None,
        "source_id": None,
    },
    "question": {"question": "text"},
    "field": {"on": "on_"},
}  # fmt: skip
"""The same in one table; None for a field that no entry has."""

PARTS = {"attribution": "hop", "quantities": "quantity", "times": "time_span"}
"""Fields of a claim that have a table of their own."""

NO_COLUMN = frozenset({*BESIDE, *PARTS})

STORED = frozenset({str, int, bytes, NoneType})
"""The types that the engines take as they are; their subclasses, such as truth values and enums, are turned into them."""


def _sql(value: Any) -> Any:
    """A value as both engines store it: truth as 0 or 1, records and lists as JSON text."""
    if value is True:
        return 1
    if value is False:
        return 0
    if isinstance(value, str):  # the words of vocabulary.py
        return str(value)
    if type(value) in STORED:
        return value
    if value == ():
        return "[]"
    return json.dumps(r.plain(value), ensure_ascii=False, sort_keys=True)


def _row(table: str, draft: Any, **more: Any) -> Insert:
    """A row whose columns are the draft's own fields, then some."""
    kind: Any = type(draft)
    columns, values = _fields(table, kind)
    return Insert(table, _stored(dict(zip(columns, values(draft), strict=True), **more)))


@cache
def _fields(table: str, kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The columns of a body's fields, and what reads these fields, those left out that have no column."""
    columns = {name: _column(table, name) for name in kind.__struct_fields__ if name not in NO_COLUMN}
    kept = {name: column for name, column in columns.items() if column is not None}
    return tuple(kept.values()), attrgetter(*kept)


def _column(table: str, field: str) -> str | None:
    return RENAMED_IN.get(table, {}).get(field, RENAMED.get(field, field))


# --- sources ------------------------------------------------------------------------------------------------------


def _source(e: r.Entry, d: r.SourceDraft) -> Iterator[Operation]:
    yield _insert(
        "source", uid=e.uid, name=d.name, kind=d.kind, kind_guessed=d.kind_guessed, protected=d.protected, counts=d.counts,
        note=d.note,
    )  # fmt: skip
    yield _alias_row(e.uid, d.name, d.folded, None, e.seq)


def _alias(e: r.Entry, d: r.AliasDraft) -> Iterator[Operation]:
    if d.out:
        yield Delete("alias", {"source": e.about, "folded": d.folded})
    else:
        yield _alias_row(e.about, d.alias, d.folded, d.because, e.seq)


def _alias_row(source: str, alias: str, folded: str, because: str | None, seq: int) -> Insert:
    row = {"source": source, "alias": alias, "folded": folded, "because": because, "seq": seq}
    return Insert("alias", row, keep=True)


def _relate(e: r.Entry, d: r.RelateDraft) -> Iterator[Operation]:
    yield _insert(
        "relation", uid=e.uid, source=e.about, target=d.to, relation=d.relation, since=d.since, until=d.until,
        because=d.because, seq=e.seq,
    )  # fmt: skip


def _party(e: r.Entry, d: r.PartyDraft) -> Iterator[Operation]:
    yield _row("party", d, uid=e.uid, source=e.about, seq=e.seq)


# --- articles and claims ------------------------------------------------------------------------------------------


def _article(e: r.Entry, d: r.ArticleDraft) -> Iterator[Operation]:
    yield _row("article", d, uid=e.uid)


def _capture(e: r.Entry, d: r.CaptureDraft) -> Iterator[Operation]:
    yield _row("capture", d, uid=e.uid, article=e.about, seq=e.seq)


def _claim(e: r.Entry, d: r.ClaimDraft) -> Iterator[Operation]:
    yield _row("claim", d, uid=e.uid)
    yield from _parts(e.uid, attribution=d.attribution, quantities=d.quantities, times=d.times)


def _parts(claim: str, **parts: Iterable[Any] | None) -> Iterator[Operation]:
    for name, values in parts.items():
        for n, value in enumerate(values or (), 1):
            yield _row(PARTS[name], value, claim=claim, position=n)


# --- questions and judgements -------------------------------------------------------------------------------------


def _question(e: r.Entry, d: r.QuestionDraft) -> Iterator[Operation]:
    yield _row("question", d, uid=e.uid)


def _file(e: r.Entry, d: r.FileDraft) -> Iterator[Operation]:
    filing = {"question": d.question, "claim": e.about}
    if d.out:
        yield Delete("filing", filing)
    else:
        row = {**filing, "because": d.because, "by_": e.actor, "seq": e.seq}
        yield Insert("filing", row, replaces=("question", "claim"))


def _link(e: r.Entry, d: r.LinkDraft) -> Iterator[Operation]:
    yield _insert(
        "link", uid=e.uid, a=e.about, b=d.to, relation=d.relation, because=d.because, by_=e.actor, at=e.recorded_at,
        seq=e.seq,
    )  # fmt: skip


def _finding(e: r.Entry, d: r.FindingDraft) -> Iterator[Operation]:
    yield _insert(
        "finding", uid=e.uid, a=e.about, b=d.to, kind=d.kind, rule=d.rule, holds=d.holds, reading=d.reading, because=d.because,
        by_=e.actor, at=e.recorded_at, seq=e.seq,
    )  # fmt: skip


def _judgement(e: r.Entry, on: tuple[str, ...], **values: Any) -> Iterator[Operation]:
    yield _insert(
        "judgement", uid=e.uid, about=e.about, kind=e.kind, by_=e.actor, at=e.recorded_at, seq=e.seq, **values
    )
    for n, target in enumerate(on, 1):
        yield _insert("rests_on", judgement=e.uid, position=n, target=target)


def _check(e: r.Entry, d: r.CheckDraft) -> Iterator[Operation]:
    yield from _judgement(e, d.on, value=d.value, because=d.because)


def _rating(e: r.Entry, d: r.RatingDraft) -> Iterator[Operation]:
    yield from _judgement(e, d.on, scale=d.scale, value=d.value, because=d.because, even_so=d.even_so)


def _answer(e: r.Entry, d: r.AnswerDraft) -> Iterator[Operation]:
    yield from _judgement(e, d.on, value=d.text, low=d.low, high=d.high, best=d.best, because=d.because)


# --- the desk -----------------------------------------------------------------------------------------------------


def _evidence(e: r.Entry, d: r.EvidenceDraft) -> Iterator[Operation]:
    yield _row("evidence", d, uid=e.uid, by_=e.actor, at=e.recorded_at)


def _request(e: r.Entry, d: r.RequestDraft) -> Iterator[Operation]:
    yield _row("request", d, uid=e.uid, by_=e.actor)


def _reply(e: r.Entry, d: r.ReplyDraft) -> Iterator[Operation]:
    yield _insert(
        "reply", uid=e.uid, request=e.about, text=d.text, blob=d.blob, name=d.name, media_type=d.media_type,
        received_at=d.received_at or e.recorded_at, by_=e.actor, seq=e.seq,
    )  # fmt: skip


def _search(e: r.Entry, d: r.SearchDraft) -> Iterator[Operation]:
    yield _insert(
        "search_made", uid=e.uid, about=e.about, sought=d.sought, places=list(d.where), searched_at=d.searched_at,
        found=d.found, failed=d.failed, outcome=d.outcome, by_=e.actor, seq=e.seq,
    )  # fmt: skip


def _note(e: r.Entry, d: r.NoteDraft) -> Iterator[Operation]:
    yield _insert(
        "note", uid=e.uid, about=e.about, text=d.text, internal=d.internal, query=d.query, by_=e.actor, at=e.recorded_at,
        seq=e.seq,
    )  # fmt: skip
    for query in d.settles:
        yield _insert("settling", note=e.uid, query=query)


def _tag(e: r.Entry, d: r.TagDraft) -> Iterator[Operation]:
    tag = {"about": e.about, "tag": d.tag}
    yield Delete("tag", tag) if d.out else Insert("tag", {**tag, "seq": e.seq}, replaces=("about", "tag"))


def _field(e: r.Entry, d: r.FieldDraft) -> Iterator[Operation]:
    yield _row("field", d, uid=e.uid, seq=e.seq)


def _value(e: r.Entry, d: r.ValueDraft) -> Iterator[Operation]:
    key: Row = {"about": e.about, "field": d.field}
    if d.value is None:
        yield Delete("field_value", key)
    else:
        yield Insert(
            "field_value", {**key, "value": d.value, "by_": e.actor, "seq": e.seq}, replaces=("about", "field")
        )


def _template(e: r.Entry, d: r.TemplateDraft) -> Iterator[Operation]:
    yield _row("template", d, uid=e.uid, seq=e.seq)


def _work(e: r.Entry, d: r.WorkDraft) -> Iterator[Operation]:
    yield Insert("work", {"about": e.about, "state": "new", "priority": "normal"}, keep=True)
    fields = ("state", "priority", "due", "assignee", "embargo")
    if given := {name: _sql(value or None) for name in fields if (value := getattr(d, name)) is not None}:
        yield Update("work", given, {"about": e.about})


def _suggestion(e: r.Entry, d: r.SuggestionDraft) -> Iterator[Operation]:
    yield _row("suggestion", d, uid=e.uid)


def _judge(e: r.Entry, d: r.JudgementDraft) -> Iterator[Operation]:
    by, at = (None, None) if d.state == SuggestionState.PENDING else (e.actor, e.recorded_at)
    judged = {
        "state": d.state,
        "judged_by": by,
        "judged_at": at,
        "because": d.because,
        "until": d.until,
        "made": d.made,
    }
    yield Update("suggestion", _stored(judged), {"uid": e.about})


def _publication(e: r.Entry, d: r.PublicationDraft) -> Iterator[Operation]:
    yield _row("publication", d, uid=e.uid, about=e.about, by_=e.actor, at=e.recorded_at, seq=e.seq)


def _correction(e: r.Entry, d: r.CorrectionDraft) -> Iterator[Operation]:
    yield _row("correction", d, uid=e.uid, about=e.about, by_=e.actor, at=e.recorded_at, seq=e.seq)


def _signoff(e: r.Entry, d: r.SignoffDraft) -> Iterator[Operation]:
    yield _row("signoff", d, uid=e.uid, about=e.about, by_=e.actor, at=e.recorded_at, seq=e.seq)


def _policy(e: r.Entry, d: r.PolicyDraft) -> Iterator[Operation]:
    if d.value is None:
        yield Delete("policy", {"name": d.name})
        return
    row = {"name": d.name, "value": d.value, "because": d.because, "by_": e.actor, "at": e.recorded_at, "seq": e.seq}
    yield Insert("policy", row, replaces=("name",))


def _redact(e: r.Entry, d: r.RedactDraft) -> Iterator[Operation]:
    for found in d.withholds:
        yield _insert("withheld", capture=found.capture, start_at=found.start, end_at=found.end, seq=e.seq)
    for claim in d.beside:
        yield Update("claim", {"prefix": "", "suffix": ""}, {"uid": claim})


# --- changes ------------------------------------------------------------------------------------------------------


def amended(kind: EntryKind, changes: r.Json) -> r.Json:
    """The changed fields as values of the kind's record; BadInput for a field that it does not have."""
    hints = _field_types(r.BODIES[kind])
    if unknown := changes.keys() - hints.keys():
        raise BadInput(f"no {kind} has a field {sorted(unknown)[0]!r}")
    return {name: r.convert(value, hints[name], name) for name, value in changes.items()}


@cache
def _field_types(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _amend(e: r.Entry, d: r.AmendDraft) -> Iterator[Operation]:
    yield from _set(d.kind, e.about, amended(d.kind, d.set))


def _set(kind: EntryKind, uid: str, changes: r.Json) -> Iterator[Operation]:
    """Gives a thing these values of its record's fields."""
    parts = {name: changes.pop(name) for name in PARTS if name in changes}
    if kind is EntryKind.SOURCE:
        changes.pop("folded", None)  # the names by which it is looked up are entries of their own
    for name, value in changes.items():
        yield Update(kind.value, {_column(kind, name) or name: _sql(value)}, {"uid": uid})
    for name in parts:
        yield Delete(PARTS[name], {"claim": uid})
    yield from _parts(uid, **parts)


def _retract(e: r.Entry, _: r.RetractDraft) -> Iterator[Operation]:
    yield from _set_retracted(e.about, 1)


def _restore(e: r.Entry, _: r.RestoreDraft) -> Iterator[Operation]:
    yield from _set_retracted(e.about, 0)


def _set_retracted(uid: str, value: int) -> Iterator[Operation]:
    """Uids are unique across tables, so that at most one of these finds its row."""
    for table in ("thing", *RETRACTABLE):
        yield Update(table, {"retracted": value}, {"uid": uid})


# --- what came over from another log ------------------------------------------------------------------------------

WHOLE = "*"
"""All of an entry, where parts of it are named."""
SETTING = frozenset({
    EntryKind.ALIAS, EntryKind.FILE, EntryKind.TAG, EntryKind.VALUE, EntryKind.JUDGEMENT, EntryKind.RETRACT, EntryKind.RESTORE,
    EntryKind.MERGE, EntryKind.SPLIT, EntryKind.POLICY,
})  # fmt: skip
"""Kinds that set what another entry may have set before; those that came too late set nothing."""


def _carry(e: r.Entry, d: r.CarryDraft) -> Iterator[Operation]:
    for came in d.arrivals:
        yield _insert(
            "carried", uid=came.uid, log=d.log, place=came.place, here=came.here, left_=list(came.left), by_entry=e.uid
        )
    for over in d.over:
        if WHOLE in over.parts:
            yield from _set_retracted(over.uid, 1)


def arrived(e: r.Entry, d: Any, came: r.Arrival) -> list[Operation]:
    """What an entry of another log does here, its uids put as this ledger has them already."""
    if came.here is not None:
        return [] if WHOLE in came.left else list(_one_with(e, d, came.here, came.left))
    if WHOLE not in came.left:
        return operations(e, d)
    if e.kind in SETTING:
        return [op for op in operations(e, d) if op.table == "undone"]
    return [*operations(e, d), *_set_retracted(e.uid, 1)]


def _one_with(e: r.Entry, d: Any, here: str, left: tuple[str, ...]) -> Iterator[Operation]:
    """What a thing of this ledger takes from the entry that made the same thing elsewhere."""
    kind = EntryKind(e.kind)
    if kind is EntryKind.SOURCE and "alias" not in left:
        yield Delete("alias", {"source": here, "folded": d.folded})
        yield _alias_row(here, d.name, d.folded, None, e.seq)
    yield from _set(kind, here, {name: getattr(d, name) for name in d.__struct_fields__ if name not in left})


def _merge(e: r.Entry, d: r.MergeDraft) -> Iterator[Operation]:
    yield Update("thing", {"merged_into": d.into}, {"uid": e.about})
    yield Update("thing", {"stays": d.stays or d.into}, {"stays": e.about})


def _split(e: r.Entry, d: r.SplitDraft) -> Iterator[Operation]:
    yield Update("thing", {"merged_into": None}, {"uid": e.about})
    for uid in (e.about, *d.family):
        yield Update("thing", {"stays": e.about}, {"uid": uid})


RULES: dict[EntryKind, Callable[[r.Entry, Any], Iterable[Operation]]] = {
    EntryKind.SOURCE: _source,
    EntryKind.ALIAS: _alias,
    EntryKind.RELATE: _relate,
    EntryKind.PARTY: _party,
    EntryKind.ARTICLE: _article,
    EntryKind.CAPTURE: _capture,
    EntryKind.CLAIM: _claim,
    EntryKind.QUESTION: _question,
    EntryKind.FILE: _file,
    EntryKind.LINK: _link,
    EntryKind.FINDING: _finding,
    EntryKind.CHECK: _check,
    EntryKind.RATING: _rating,
    EntryKind.ANSWER: _answer,
    EntryKind.EVIDENCE: _evidence,
    EntryKind.REQUEST: _request,
    EntryKind.REPLY: _reply,
    EntryKind.SEARCH: _search,
    EntryKind.NOTE: _note,
    EntryKind.TAG: _tag,
    EntryKind.FIELD: _field,
    EntryKind.VALUE: _value,
    EntryKind.TEMPLATE: _template,
    EntryKind.WORK: _work,
    EntryKind.SUGGESTION: _suggestion,
    EntryKind.JUDGEMENT: _judge,
    EntryKind.PUBLICATION: _publication,
    EntryKind.CORRECTION: _correction,
    EntryKind.SIGNOFF: _signoff,
    EntryKind.POLICY: _policy,
    EntryKind.CARRY: _carry,
    EntryKind.AMEND: _amend,
    EntryKind.RETRACT: _retract,
    EntryKind.RESTORE: _restore,
    EntryKind.MERGE: _merge,
    EntryKind.SPLIT: _split,
    EntryKind.REDACT: _redact,
}
