"""What two ledgers say differently of one thing: of two words on the same matter the later one holds, and a person is asked.

A matter is what an entry sets and another may set again: a field of a thing, whether it is filed, tagged, retracted, somebody's
rating of it. Whichever ledger is asked, the same word holds, so that both end alike; the other word stays in the log.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from msgspec import NODEFAULT, Struct, field, structs

from ledger import records as r
from ledger.changes import body_data
from ledger.errors import Refused
from ledger.recognising import Pairs, Side
from ledger.store import arriving, read, resting
from ledger.store.derive import WHOLE
from ledger.vocabulary import EntryKind

Matter = tuple[str, ...]
"""What a word is about, by uid as the first ledger has it, then which matter of it."""

RECOGNISED = frozenset({
    EntryKind.SOURCE, EntryKind.ARTICLE, EntryKind.CAPTURE, EntryKind.CLAIM, EntryKind.QUESTION, EntryKind.FIELD,
    EntryKind.TEMPLATE, EntryKind.SUGGESTION,
})  # fmt: skip
"""The kinds of things that may be one with a thing of another ledger."""
VERDICTS = {EntryKind.CHECK: "value", EntryKind.RATING: "value", EntryKind.ANSWER: "text"}
QUIET = frozenset(
    {"verdict", "alias", "party", "key", "key_hash", "found_by", "kind_guessed", "extra", "folded", "identity"}
)
"""Matters on which nobody is asked: they follow from others, or nothing is judged by them; verdicts are compared apart."""


class Word(Struct):
    """The last word of one ledger on a matter, with the entries that led to it."""

    rank: tuple[int, str, str]
    value: Any
    by: str
    at: str
    entries: list[tuple[str, str]] = []
    """By uid, with the part of each that is about this matter."""


class Conflict(Struct, frozen=True):
    """What the two ledgers do not agree on."""

    about: str
    """The uid of the thing as the first ledger has it."""
    what: str
    holds: Word
    other: Word
    both_stand: bool = False


class Decided(Struct):
    """What became of all that both have said."""

    left: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What of an entry, by its uid, counts no more, in either ledger."""
    conflicts: list[Conflict] = []


def decide(pairs: Pairs) -> Decided:
    """Compares what both ledgers have said since they were one; Refused where they merged the same things differently."""
    _refuse_merges(pairs)
    one, other = (_Words(pairs, side) for side in (pairs.one, pairs.other))
    found = Decided()
    for matter in one.last.keys() & other.last.keys():
        holds, lost = sorted((one.last[matter], other.last[matter]), key=lambda word: word.rank, reverse=True)
        for uid, part in lost.entries:
            found.left[uid].add(part)
        if holds.value != lost.value and matter[1] not in QUIET:
            found.conflicts.append(Conflict(matter[0], matter[1], holds, lost))
    _leave_with(pairs, found)
    for matter in one.verdicts.keys() & other.verdicts.keys():
        holds, lost = sorted((one.verdicts[matter], other.verdicts[matter]), key=lambda word: word.rank, reverse=True)
        if holds.value != lost.value:
            found.conflicts.append(Conflict(matter[0], matter[1], holds, lost, both_stand=holds.by != lost.by))
    found.conflicts += [*_gone(one, other), *_gone(other, one)]
    found.conflicts.sort(key=lambda c: (c.about, c.what))
    return found


def _leave_with(pairs: Pairs, found: Decided) -> None:
    """Whoever took back, or restored, a word of their own that counts no more has said nothing that counts."""
    for entry in (*pairs.one.news, *pairs.other.news):
        if entry.kind in (EntryKind.RETRACT, EntryKind.RESTORE) and WHOLE in found.left.get(entry.about, ()):
            found.left[entry.uid].add(WHOLE)


def _gone(one: _Words, other: _Words) -> Iterator[Conflict]:
    """Things that one ledger has taken back while the other one went on with them."""
    for matter, word in one.last.items():
        if matter[1] == "retracted" and word.value and matter not in other.last and matter[0] in other.latest:
            yield Conflict(matter[0], "retracted", word, other.latest[matter[0]])


class _Words:
    """What one ledger has said since, by matter."""

    def __init__(self, pairs: Pairs, side: Side) -> None:
        self._pairs, self._side = pairs, side
        called = dict(pairs.one.same) | {e.uid: pairs.called(e.uid) for e in pairs.other.news if e.kind in RECOGNISED}
        self.last: dict[Matter, Word] = {}
        self.verdicts: dict[Matter, Word] = {}
        self.latest: dict[str, Word] = {}
        """The last thing that was said of a thing that was not made just now."""
        for entry in side.news:
            if entry.body is not None:
                self._take(arriving.located(entry, lambda uid: called.get(uid, uid)))

    def _take(self, entry: r.Entry) -> None:
        kind, body = EntryKind(entry.kind), body_data(entry)
        lost = self._side.lost.get(entry.uid, frozenset())
        made = entry.kind in RECOGNISED and self._pairs.here(entry.uid, self._side) is not None
        said = _made(entry, kind, body) if made else self._said(entry, kind, body)
        for matter, part, value, weight in said:
            if part in lost or WHOLE in lost:
                continue
            word = self.last.get(matter)
            entries = [*(word.entries if word else ()), (entry.uid, part)]
            self.last[matter] = Word(
                (weight, entry.recorded_at, entry.uid), value, entry.actor, entry.recorded_at, entries
            )
        word = Word((0, entry.recorded_at, entry.uid), kind.value, entry.actor, entry.recorded_at)
        if kind in VERDICTS and not resting.is_retracted(self._side.ledger, entry.uid):
            self.verdicts[entry.about, kind.value, str(body.get("scale"))] = r.replace(word, value=body[VERDICTS[kind]])
        if kind in (EntryKind.AMEND, EntryKind.FILE, *VERDICTS):
            self.latest[entry.about] = word

    def _said(self, entry: r.Entry, kind: EntryKind, body: r.Json) -> Iterator[tuple[Matter, str, Any, int]]:
        """The matters that an entry sets, the part of it that does, the value, and how much it weighs before time does."""
        about, out = entry.about, bool(body.get("out"))
        match kind:
            case EntryKind.AMEND:
                for name, value in body["set"].items():
                    weight = 2 if body["kind"] == EntryKind.SOURCE and name in ("kind", "kind_guessed") else 0
                    yield (about, name), name, value, weight
            case EntryKind.WORK:
                for name in body.keys() & {"state", "priority", "due", "assignee", "embargo"}:
                    yield (about, name, "work"), name, body[name], 0
            case EntryKind.ALIAS:
                yield (about, "alias", body["folded"]), WHOLE, out, 0
            case EntryKind.FILE:
                yield (about, "file", body["question"]), WHOLE, out, 0
            case EntryKind.TAG:
                yield (about, "tag", body["tag"]), WHOLE, out, 0
            case EntryKind.VALUE:
                yield (about, "value", body["field"]), WHOLE, body.get("value"), 0
            case EntryKind.JUDGEMENT:
                yield (about, "judged"), WHOLE, body["state"], 0
            case EntryKind.RETRACT | EntryKind.RESTORE:
                yield (about, "retracted"), WHOLE, kind is EntryKind.RETRACT, 0
            case _ if kind in NEWEST_HOLDS and not resting.is_retracted(self._side.ledger, entry.uid):
                matter, value = NEWEST_HOLDS[kind](entry, body)
                yield matter, WHOLE, value, 0


def _pair(entry: r.Entry, body: r.Json) -> tuple[str, str]:
    first, second = sorted((entry.about, str(body["to"])))
    return first, second


def _verdict(entry: r.Entry, body: r.Json) -> tuple[Matter, Any]:
    value = body[VERDICTS[EntryKind(entry.kind)]]
    return (entry.about, "verdict", entry.kind, entry.actor, str(body.get("scale"))), value


NEWEST_HOLDS: dict[EntryKind, Callable[[r.Entry, r.Json], tuple[Matter, Any]]] = {
    **dict.fromkeys(VERDICTS, _verdict),
    EntryKind.LINK: lambda e, b: ((_pair(e, b)[0], "link", _pair(e, b)[1]), b["relation"]),
    EntryKind.FINDING: lambda e, b: ((_pair(e, b)[0], "finding", _pair(e, b)[1], b["kind"], b["rule"]), b["holds"]),
    EntryKind.PARTY: lambda e, b: ((e.about, "party", str(b.get("question"))), [b["party"], b.get("side")]),
}
"""Kinds whose facts stand in rows of their own, of which the newest on a matter holds."""

ANCHORS = frozenset({"exact", "article"})


def _made(entry: r.Entry, kind: EntryKind, body: r.Json) -> Iterator[tuple[Matter, str, Any, int]]:
    """What the making of a thing that both have says of it; of a claim all of its reading, of others what is not left open."""
    weight = 0
    if kind is EntryKind.SOURCE:
        yield (entry.about, "alias", body["folded"]), "alias", False, 0
        weight = 2 if body.get("kind_guessed") is False else int(body.get("kind") not in (None, "unknown"))
    for one in structs.fields(r.BODIES[kind]):
        default = None if one.default is NODEFAULT else r.plain(one.default)
        value = body.get(one.name, default)
        of_kind = kind is EntryKind.SOURCE and one.name in ("kind", "kind_guessed")
        if kind is EntryKind.CLAIM and one.name in ANCHORS:
            continue
        if kind is EntryKind.CLAIM or of_kind or value != default:
            yield (entry.about, one.name), one.name, value, weight if of_kind else 0


def taken(entry: r.Entry, decided: Decided, lost: Iterable[str]) -> tuple[str, ...]:
    """The parts of an entry that made what the other ledger has too, and that do not count there."""
    kind = EntryKind(entry.kind)
    says = {part for _, part, _, _ in _made(entry, kind, body_data(entry))}
    counts = says - decided.left.get(entry.uid, set()) - set(lost)
    if not counts or WHOLE in lost:
        return (WHOLE,)
    names = {one.name for one in structs.fields(r.BODIES[kind])} | ({"alias"} if kind is EntryKind.SOURCE else set())
    return tuple(sorted(names - counts))


def _refuse_merges(pairs: Pairs) -> None:
    """Two people who merged the same things in different ways have to agree first."""
    one, other = ({*_merges(pairs, side)} for side in (pairs.one, pairs.other))
    both = {uid for pair in one - other for uid in pair} & {uid for pair in other - one for uid in pair}
    if both - {""}:
        name = read.short_id(pairs.one.ledger, min(both - {""}))
        raise Refused(
            f"both ledgers have merged or split {name}, and not alike",
            hint=f"split it in one of them first: claims split {name} --ledger ...; claims history {name} tells more",
        )


def _merges(pairs: Pairs, side: Side) -> Iterator[tuple[str, str]]:
    last: dict[str, str] = {}
    for entry in side.news:
        if entry.kind in (EntryKind.MERGE, EntryKind.SPLIT) and entry.body is not None:
            into = pairs.called(body_data(entry)["into"])
            last[pairs.called(entry.about)] = into if entry.kind == EntryKind.MERGE else ""
    yield from last.items()
