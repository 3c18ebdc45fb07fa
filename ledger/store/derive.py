"""From one entry to the rows it makes. Pure: no parser, no clock, no look-up; the same entries always give the same rows.

`derive` gives statements for the derived tables of schema.sql, in order. What an entry means is decided here and nowhere
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
from ledger.vocabulary import EntryKind, SuggestionState

Op = tuple[str, tuple[Any, ...]]

DERIVED = (
    "node", "thing", "source", "alias", "relation", "article", "capture", "question", "party", "claim", "hop", "quantity",
    "time_span", "filing", "link", "judgement", "rests_on", "note", "settling", "tag", "work", "suggestion", "evidence",
    "request", "reply", "search_made", "tip", "publication", "correction", "signoff", "policy", "searchable",
)  # fmt: skip
"""Every derived table, each after those it refers to."""


def derive(entry: r.Entry) -> list[Op]:
    """The statements that put one entry's fact into the derived tables; a redacted entry leaves only its short id."""
    if entry.body is None:
        return [_thing(entry, redacted=True)] if entry.kind in LETTERS else []
    draft = read_spelt(entry.kind, entry.body)
    return statements(entry, read_body(EntryKind(entry.kind), entry.body) if draft is None else draft)


def statements(entry: r.Entry, draft: Any) -> list[Op]:
    """The same for an entry whose body is at hand as a record, or as `bodies` reads it."""
    ops = [_thing(entry)] if entry.kind in LETTERS else []
    if (rule := RULES.get(cast("EntryKind", entry.kind))) is not None:  # the same word, and it finds the same
        ops += rule(entry, draft)
    return ops


def read_body(kind: EntryKind, body: bytes) -> Any:
    """The record that a body's bytes hold, without its salt."""
    data = msgspec.json.decode(body)
    data.pop("salt", None)
    return r.parse(r.BODIES[kind], data)


THING = (
    "INSERT INTO thing (uid, letter, n, seq, redacted) "
    "VALUES (?, ?, (SELECT coalesce(max(n), 0) + 1 FROM thing WHERE letter = ?), ?, ?)"
)
LETTERS = {kind.value: letter.value for kind, letter in r.LETTERS.items()}


def _thing(entry: r.Entry, *, redacted: bool = False) -> Op:
    letter = LETTERS[entry.kind]
    return THING, (entry.uid, letter, letter, entry.seq, int(redacted))


@cache
def insert_sql(table: str, columns: tuple[str, ...]) -> str:
    """The statement that adds one row, these columns given."""
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _insert(table: str, **values: Any) -> Op:
    return insert_sql(table, tuple(values)), _stored(tuple(values.values()))


def _stored(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if STORED.issuperset(map(type, values)):
        return values
    return tuple([v if type(v) in STORED else _sql(v) for v in values])


RENAMED = {"start": "start_at", "end": "end_at", "window": "time_window", "precision": "precision_"}
"""Fields whose columns are called otherwise: SQL has a use of its own for these words."""
AMENDED = RENAMED | {"question": "text"}
"""The same for the fields of what is amended."""

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


def _row(table: str, draft: Any, **more: Any) -> Op:
    """A row whose columns are the draft's own fields, then some."""
    kind: Any = type(draft)
    names, values = _fields(kind)
    return insert_sql(table, (*names, *more)), _stored((*values(draft), *more.values()))


@cache
def _fields(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """The names of a body's fields, its salt left out, and what reads them all."""
    names = tuple(name for name in kind.__struct_fields__ if name != "salt")
    return names, attrgetter(*names)


# --- sources ------------------------------------------------------------------------------------------------------


def _source(e: r.Entry, d: r.SourceDraft) -> Iterator[Op]:
    yield _insert(
        "source", uid=e.uid, name=d.name, kind=d.kind, kind_guessed=d.kind_guessed, protected=d.protected, counts=d.counts,
        note=d.note,
    )  # fmt: skip
    yield _alias_row(e.uid, d.name, d.folded, None, e.seq)


def _alias(e: r.Entry, d: r.AliasDraft) -> Iterator[Op]:
    yield _alias_row(e.about, d.alias, d.folded, d.because, e.seq)


ALIAS = (
    "INSERT INTO alias (source, alias, folded, because, seq) SELECT ?, ?, ?, ?, ? "
    "WHERE NOT EXISTS (SELECT 1 FROM alias WHERE source = ? AND folded = ?)"
)


def _alias_row(source: str, alias: str, folded: str, because: str | None, seq: int) -> Op:
    return ALIAS, (source, alias, folded, because, seq, source, folded)


def _relate(e: r.Entry, d: r.RelateDraft) -> Iterator[Op]:
    yield _insert(
        "relation", uid=e.uid, source=e.about, target=d.to, relation=d.relation, since=d.since, until=d.until,
        because=d.because, seq=e.seq,
    )  # fmt: skip


def _party(e: r.Entry, d: r.PartyDraft) -> Iterator[Op]:
    yield _row("party", d, uid=e.uid, source=e.about, seq=e.seq)


# --- articles and claims ------------------------------------------------------------------------------------------


def _article(e: r.Entry, d: r.ArticleDraft) -> Iterator[Op]:
    yield _row("article", d, uid=e.uid)


def _capture(e: r.Entry, d: r.CaptureDraft) -> Iterator[Op]:
    yield _row("capture", d, uid=e.uid, article=e.about, seq=e.seq)


CLAIM = insert_sql("claim", (
    "uid", "article", "capture", "exact", "start_at", "end_at", "prefix", "suffix", "anchored", "cite", "says",
    "translation", "mode", "place", "scope", "answer", "reading", "found_by", "key", "key_hash", "extra",
))  # fmt: skip
SEARCHABLE = (
    "INSERT INTO searchable (docid, claim, exact, says, title, context) "
    "VALUES (?, ?, ?, ?, coalesce((SELECT title FROM article WHERE uid = ?), ''), ?)"
)


def _claim(e: r.Entry, d: r.ClaimDraft) -> list[Op]:
    row = (
        e.uid, d.article, d.capture, d.exact, d.start, d.end, d.prefix, d.suffix, TRUTH[d.anchored], d.cite, d.says,
        d.translation, d.mode, d.place, d.scope, d.answer, d.reading, d.found_by, d.key, d.key_hash, d.extra,
    )  # fmt: skip
    ops = [(CLAIM, _stored(row))]
    ops += _parts(e.uid, d.attribution, d.quantities, d.times)
    ops.append((SEARCHABLE, (e.seq, e.uid, d.exact, d.says or "", d.article, f"{d.prefix} {d.suffix}")))
    return ops


HOP = insert_sql("hop", (
    "claim", "position", "source", "role", "cue", "cue_start", "cue_end", "mention", "mention_start", "mention_end", "mode",
    "named", "implicit",
))  # fmt: skip
QUANTITY = insert_sql("quantity", ("claim", "position", *(RENAMED.get(n, n) for n in r.Quantity.__struct_fields__)))
TIME_SPAN = insert_sql("time_span", ("claim", "position", *(RENAMED.get(n, n) for n in r.TimeSpan.__struct_fields__)))
TRUTH = {None: None, False: 0, True: 1}


def _parts(
    claim: str,
    hops: tuple[r.Hop, ...] | None,
    quantities: tuple[r.Quantity, ...] | None,
    times: tuple[r.TimeSpan, ...] | None,
) -> Iterator[Op]:
    for n, h in enumerate(hops or (), 1):
        yield HOP, _stored((
            claim, n, h.source, h.role, h.cue, h.cue_start, h.cue_end, h.text, h.start, h.end, h.mode,
            TRUTH[h.named], TRUTH[h.implicit],
        ))  # fmt: skip
    for n, q in enumerate(quantities or (), 1):
        yield QUANTITY, _stored((
            claim, n, q.text, q.start, q.end, q.low, q.high, TRUTH[q.low_inclusive], TRUTH[q.high_inclusive], q.unit,
            q.counts, q.measure, q.population, q.counting, q.modifier, TRUTH[q.approximate], TRUTH[q.vague],
        ))  # fmt: skip
    for n, t in enumerate(times or (), 1):
        yield TIME_SPAN, _stored((
            claim, n, t.text, t.start, t.end, t.earliest, t.latest, t.precision, t.role, t.anchor, t.alternatives or "[]",
        ))  # fmt: skip


# --- questions and judgements -------------------------------------------------------------------------------------


def _question(e: r.Entry, d: r.QuestionDraft) -> Iterator[Op]:
    yield _insert(
        "question", uid=e.uid, text=d.question, folded=d.folded, measure=d.measure, time_window=d.window, place=d.place,
        ceiling=d.ceiling,
    )  # fmt: skip


FILING = insert_sql("filing", ("question", "claim", "because", "by_", "seq"))


def _file(e: r.Entry, d: r.FileDraft) -> Iterator[Op]:
    yield "DELETE FROM filing WHERE question = ? AND claim = ?", (d.question, e.about)
    if not d.out:
        yield FILING, (d.question, e.about, d.because, e.actor, e.seq)


def _link(e: r.Entry, d: r.LinkDraft) -> Iterator[Op]:
    yield _insert(
        "link", uid=e.uid, a=e.about, b=d.to, relation=d.relation, because=d.because, by_=e.actor, at=e.recorded_at,
        seq=e.seq,
    )  # fmt: skip


def _judgement(e: r.Entry, on: tuple[str, ...], **values: Any) -> Iterator[Op]:
    yield _insert(
        "judgement", uid=e.uid, about=e.about, kind=e.kind, by_=e.actor, at=e.recorded_at, seq=e.seq, **values
    )
    for n, target in enumerate(on, 1):
        yield _insert("rests_on", judgement=e.uid, position=n, target=target)


def _check(e: r.Entry, d: r.CheckDraft) -> Iterator[Op]:
    yield from _judgement(e, d.on, value=d.value, because=d.because)


def _rating(e: r.Entry, d: r.RatingDraft) -> Iterator[Op]:
    yield from _judgement(e, d.on, scale=d.scale, value=d.value, because=d.because, even_so=d.even_so)


def _answer(e: r.Entry, d: r.AnswerDraft) -> Iterator[Op]:
    yield from _judgement(e, d.on, value=d.text, low=d.low, high=d.high, best=d.best, because=d.because)


# --- the desk -----------------------------------------------------------------------------------------------------


def _evidence(e: r.Entry, d: r.EvidenceDraft) -> Iterator[Op]:
    yield _row("evidence", d, uid=e.uid, by_=e.actor, at=e.recorded_at)


def _request(e: r.Entry, d: r.RequestDraft) -> Iterator[Op]:
    yield _row("request", d, uid=e.uid, by_=e.actor)


def _reply(e: r.Entry, d: r.ReplyDraft) -> Iterator[Op]:
    yield _insert(
        "reply", uid=e.uid, request=e.about, text=d.text, blob=d.blob, name=d.name, media_type=d.media_type,
        received_at=d.received_at or e.recorded_at, by_=e.actor, seq=e.seq,
    )  # fmt: skip


def _search(e: r.Entry, d: r.SearchDraft) -> Iterator[Op]:
    yield _insert(
        "search_made", uid=e.uid, about=e.about, sought=d.sought, places=list(d.where), searched_at=d.searched_at,
        found=d.found, failed=d.failed, by_=e.actor, seq=e.seq,
    )  # fmt: skip


def _note(e: r.Entry, d: r.NoteDraft) -> Iterator[Op]:
    yield _insert(
        "note", uid=e.uid, about=e.about, text=d.text, internal=d.internal, query=d.query, by_=e.actor, at=e.recorded_at,
        seq=e.seq,
    )  # fmt: skip
    for query in d.settles:
        yield _insert("settling", note=e.uid, query=query)


def _tag(e: r.Entry, d: r.TagDraft) -> Iterator[Op]:
    yield "DELETE FROM tag WHERE about = ? AND tag = ?", (e.about, d.tag)
    if not d.out:
        yield _insert("tag", about=e.about, tag=d.tag, seq=e.seq)


def _work(e: r.Entry, d: r.WorkDraft) -> Iterator[Op]:
    yield (
        "INSERT INTO work (about, state, priority) SELECT ?, 'new', 'normal' "
        "WHERE NOT EXISTS (SELECT 1 FROM work WHERE about = ?)",
        (e.about, e.about),
    )
    for name in ("state", "priority", "due", "assignee", "embargo"):
        if (value := getattr(d, name)) is not None:
            yield f"UPDATE work SET {name} = ? WHERE about = ?", (value or None, e.about)


def _suggestion(e: r.Entry, d: r.SuggestionDraft) -> Iterator[Op]:
    yield _row("suggestion", d, uid=e.uid)


def _judge(e: r.Entry, d: r.JudgementDraft) -> Iterator[Op]:
    by, at = (None, None) if d.state == SuggestionState.PENDING else (e.actor, e.recorded_at)
    yield (
        "UPDATE suggestion SET state = ?, judged_by = ?, judged_at = ?, because = ?, until = ?, made = ? WHERE uid = ?",
        (d.state, by, at, d.because, d.until, d.made, e.about),
    )


def _tip(e: r.Entry, d: r.TipDraft) -> Iterator[Op]:
    yield _row("tip", d, uid=e.uid)


def _publication(e: r.Entry, d: r.PublicationDraft) -> Iterator[Op]:
    yield _row("publication", d, uid=e.uid, about=e.about, by_=e.actor, at=e.recorded_at, seq=e.seq)


def _correction(e: r.Entry, d: r.CorrectionDraft) -> Iterator[Op]:
    yield _row("correction", d, uid=e.uid, about=e.about, by_=e.actor, at=e.recorded_at, seq=e.seq)


def _signoff(e: r.Entry, d: r.SignoffDraft) -> Iterator[Op]:
    yield _row("signoff", d, uid=e.uid, about=e.about, by_=e.actor, at=e.recorded_at, seq=e.seq)


def _policy(e: r.Entry, d: r.PolicyDraft) -> Iterator[Op]:
    yield "DELETE FROM policy WHERE name = ?", (d.name,)
    yield _row("policy", d, by_=e.actor, at=e.recorded_at, seq=e.seq)


# --- changes ------------------------------------------------------------------------------------------------------

CHANGING = frozenset({
    EntryKind.ALIAS, EntryKind.JUDGEMENT, EntryKind.AMEND, EntryKind.RETRACT, EntryKind.RESTORE, EntryKind.MERGE,
})  # fmt: skip
"""The kinds that change rows of what they are about, or add to them: audit derives such things with all that befell them.

Besides these, `file`, `tag` and `policy` put a row in place of an earlier one, and `work` keeps one for each thing.
"""

PARTS = {"attribution": "hop", "quantities": "quantity", "times": "time_span"}


def amended(kind: EntryKind, changes: r.Json) -> r.Json:
    """The changed fields as values of the kind's record; BadInput for a field that it does not have."""
    hints = _field_types(r.BODIES[kind])
    if unknown := changes.keys() - hints.keys():
        raise BadInput(f"a {kind} has no field {sorted(unknown)[0]!r}")
    return {name: r.convert(value, hints[name], name) for name, value in changes.items()}


@cache
def _field_types(record: type) -> dict[str, Any]:
    return get_type_hints(record)


def _amend(e: r.Entry, d: r.AmendDraft) -> Iterator[Op]:
    changes = amended(d.kind, d.set)
    parts = {name: changes.pop(name) for name in PARTS if name in changes}
    if d.kind is EntryKind.SOURCE and "folded" in changes:
        yield _alias_row(e.about, changes["name"], changes.pop("folded"), d.because, e.seq)
    for name, value in changes.items():
        yield f"UPDATE {d.kind} SET {AMENDED.get(name, name)} = ? WHERE uid = ?", (_sql(value), e.about)
    for name in parts:
        yield f"DELETE FROM {PARTS[name]} WHERE claim = ?", (e.about,)
    yield from _parts(e.about, parts.get("attribution"), parts.get("quantities"), parts.get("times"))
    if d.kind is EntryKind.CLAIM:
        yield (
            "UPDATE searchable SET (exact, says, context) = (SELECT exact, coalesce(says, ''), prefix || ' ' || suffix "
            "FROM claim WHERE uid = ?) WHERE claim = ?",
            (e.about, e.about),
        )
    if d.kind is EntryKind.ARTICLE and "title" in changes:
        yield (
            "UPDATE searchable SET title = ? WHERE claim IN (SELECT uid FROM claim WHERE article = ?)",
            (changes["title"] or "", e.about),
        )


RETRACTABLE = ("relation", "party", "link", "judgement", "note", "reply", "search_made", "correction", "signoff")


def _retract(e: r.Entry, _: r.RetractDraft) -> Iterator[Op]:
    yield from _set_retracted(e.about, 1)


def _restore(e: r.Entry, _: r.RestoreDraft) -> Iterator[Op]:
    yield from _set_retracted(e.about, 0)


def _set_retracted(uid: str, value: int) -> Iterator[Op]:
    """Uids are unique across tables, so that at most one of these finds its row."""
    for table in ("thing", *RETRACTABLE):
        yield f"UPDATE {table} SET retracted = ? WHERE uid = ?", (value, uid)


def _merge(e: r.Entry, d: r.MergeDraft) -> Iterator[Op]:
    yield "UPDATE thing SET merged_into = ? WHERE uid = ?", (d.into, e.about)
    yield (
        "INSERT INTO filing (question, claim, because, by_, seq) SELECT ?, claim, because, by_, seq FROM filing f "
        "WHERE question = ? AND NOT EXISTS (SELECT 1 FROM filing g WHERE g.question = ? AND g.claim = f.claim)",
        (d.into, e.about, d.into),
    )
    yield "DELETE FROM filing WHERE question = ?", (e.about,)


RULES: dict[EntryKind, Callable[[r.Entry, Any], Iterable[Op]]] = {
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
    EntryKind.CHECK: _check,
    EntryKind.RATING: _rating,
    EntryKind.ANSWER: _answer,
    EntryKind.EVIDENCE: _evidence,
    EntryKind.REQUEST: _request,
    EntryKind.REPLY: _reply,
    EntryKind.SEARCH: _search,
    EntryKind.NOTE: _note,
    EntryKind.TAG: _tag,
    EntryKind.WORK: _work,
    EntryKind.SUGGESTION: _suggestion,
    EntryKind.JUDGEMENT: _judge,
    EntryKind.TIP: _tip,
    EntryKind.PUBLICATION: _publication,
    EntryKind.CORRECTION: _correction,
    EntryKind.SIGNOFF: _signoff,
    EntryKind.POLICY: _policy,
    EntryKind.AMEND: _amend,
    EntryKind.RETRACT: _retract,
    EntryKind.RESTORE: _restore,
    EntryKind.MERGE: _merge,
}
