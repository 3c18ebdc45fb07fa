"""Two ledgers that meet: each takes over what the other one has logged, and both end with the same content.

Entries come over as they stand in their own log, the same leaf with the same hash, behind an entry that says where they stand
there (`records.CarryDraft`), so that they are proved under either log. What is one in both is recognised (`recognising`), of
two words on one matter the later holds (`contending`), and a query asks a person about it. Why so: ADR 17.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from msgspec import Struct

from ledger import records as r
from ledger.audit.scan import BLOB_FIELDS
from ledger.changes import body_data
from ledger.contending import RECOGNISED, Conflict, Decided, Word, decide, taken
from ledger.errors import BadInput, Refused
from ledger.recognising import Pairs, Side, recognise
from ledger.store import (
    Ledger,
    Writer,
    arriving,
    counterparts,
    entries,
    head,
    is_address,
    log_id,
    read,
    redact,
    rehearse,
    root,
    write,
)
from ledger.store import log as logs
from ledger.store.rebuilding import references_at_the_end
from ledger.vocabulary import EntryKind

STRETCH = 90
"""Entries of the other log that one entry announces; its body stays below the limit of one, whatever of each is left out."""
OVERS = 40
"""Entries of this log that one entry says are overruled."""
NEVER = frozenset({EntryKind.GENESIS, EntryKind.CONTINUATION, EntryKind.CARRY, EntryKind.POLICY})
"""Kinds that are about their own log alone; of its rules only rating scales come over."""
SCALE = "scale/"


class Met(Struct, frozen=True):
    """What one of the two ledgers took over."""

    ledger: str
    entries: int
    """Entries that came over."""
    blanked: int = 0
    """Entries and bytes that were blanked, for the other ledger has redacted them."""


class Difference(Struct, frozen=True):
    """What the two ledgers did not agree on, with the ids of the thing in both."""

    ids: tuple[str, str]
    what: str
    holds: str
    """The word that holds in both from now on."""
    other: str
    both_stand: bool


class Synced(Struct, frozen=True):
    """What came of it."""

    ledgers: tuple[Met, Met]
    recognised: dict[str, int]
    """How many things, by kind, both had made by themselves and are one now."""
    differences: tuple[Difference, ...]


def sync(one: Ledger, other: Ledger, *, actor: str, dry_run: bool = False) -> Synced:
    """Brings two ledgers to the same content, each in one transaction; Refused leaves both as they were.

    A second time nothing is left to be done. Where one of them is a beginning of the other one it is continued, entry by entry.
    """
    places = [
        ledger.place if is_address(ledger.place) else str(Path(ledger.place).resolve()) for ledger in (one, other)
    ]
    if places[0] == places[1]:
        raise BadInput(f"{one.place} cannot meet itself", hint="claims sync A B names two ledgers")
    way = rehearse if dry_run else write
    with ExitStack() as held:
        for ledger in (one, other):
            held.enter_context(references_at_the_end(ledger) if _redacts(one, other) else ExitStack())
        second = held.enter_context(way(other, actor))
        done = _meet(held.enter_context(way(one, actor)), second)
    for ledger, met in zip((one, other), done.ledgers, strict=True):
        if met.blanked and not dry_run:
            redact.erase(ledger)
    return done


def _redacts(one: Ledger, other: Ledger) -> bool:
    """Whether one of them has redacted what the other may still have."""
    said = [{e.about for e in entries(ledger, kind=EntryKind.REDACT)} for ledger in (one, other)]
    return said[0] != said[1]


def _meet(one: Writer, other: Writer) -> Synced:
    writers, ledgers = (one, other), (one.ledger, other.ledger)
    ids = [log_id(ledger) for ledger in ledgers]
    shared = _shared(*ledgers) if ids[0] == ids[1] else 0
    if shared and shared in (one.size, other.size):
        return _continued(one, other, shared)
    sides = [_side(ledger, log) for ledger, log in zip(ledgers, ids, strict=True)]
    _scales(*sides)
    for side, to in (sides, sides[::-1]):
        _find_news(side, to, shared)
    pairs = recognise(*sides)
    decided = decide(pairs)
    first = _carry(one, pairs, sides[1], decided, shared)
    asked = one.size
    told = [*_differences(pairs, decided.conflicts)]
    _ask(one, told)
    sides[0].news += entries(one.ledger, since=asked)
    second = _carry(other, pairs, sides[0], decided, shared)
    blanked = [_blank(writer, side) for writer, side in zip(writers, sides[::-1], strict=True)]
    return Synced(
        tuple(Met(w.ledger.place, n, b) for w, n, b in zip(writers, (first, second), blanked, strict=True)),  # type: ignore[arg-type]
        _counted(pairs),
        tuple(_named(other.ledger, pairs, uid, difference) for uid, difference in told),
    )


# --- what is new --------------------------------------------------------------------------------------------------


def _shared(one: Ledger, other: Ledger) -> int:
    """How many of their first entries two copies of one log have in common."""
    low, high = 0, min(head(one), head(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if root(one, middle) == root(other, middle) else (low, middle - 1)
    return low


def _continued(one: Writer, other: Writer, shared: int) -> Synced:
    """One of them is a beginning of the other one: it becomes the same log."""
    counts = []
    for writer, longer in ((one, other), (other, one)):
        new = list(entries(longer.ledger, since=shared)) if writer.size == shared else []
        for entry in new:
            _copy_bytes(writer, longer.ledger, entry)
            writer.copy(entry)
        abouts = [e.about for e in new if e.kind == EntryKind.REDACT]
        counts.append(Met(writer.ledger.place, len(new), len(redact.blank_too(writer, abouts))))
        if new:
            break
    return Synced((counts[0], counts[1] if len(counts) > 1 else Met(other.ledger.place, 0)), {}, ())


def _side(ledger: Ledger, log: str) -> Side:
    lost: dict[str, set[str]] = defaultdict(set)
    for uid, parts in counterparts.lost(ledger).items():
        lost[uid] |= {*json.loads(parts)}
    for carry in _carries(ledger):
        for over in carry.over:
            lost[over.uid] |= {*over.parts}
    known = {uid: frozenset(parts) for uid, parts in lost.items()}
    return Side(ledger, log, head(ledger), counterparts.entry_uids(ledger), arriving.same(ledger), known)


def _carries(ledger: Ledger) -> list[r.CarryDraft]:
    found = (body_data(entry) for entry in entries(ledger, kind=EntryKind.CARRY))
    return [r.parse(r.CarryDraft, body) for body in found]


def _find_news(side: Side, to: Side, shared: int) -> None:
    """Its entries that the other one lacks and can take over."""
    withdrawn = counterparts.taken_back(side.ledger)
    for entry in entries(side.ledger, since=shared):
        if entry.uid in to.uids or entry.batch in withdrawn or (entry.kind in NEVER and not _is_scale(entry, to)):
            continue
        named = {entry.about, *(body_data(entry).get(name) for name in ("undoes", "redoes"))} - {None, entry.uid}
        if all(uid in to.uids or uid in side.new or len(str(uid)) > 32 for uid in named):
            side.news.append(entry)
            side.new.add(entry.uid)


def _is_scale(entry: r.Entry, to: Side) -> bool:
    """Whether it is a rating scale that the other ledger lacks."""
    name = body_data(entry).get("name", "") if entry.kind == EntryKind.POLICY else ""
    return name.startswith(SCALE) and name not in _rules(to.ledger)


def _rules(ledger: Ledger) -> dict[str, str]:
    return counterparts.rules(ledger, SCALE)


def _scales(one: Side, other: Side) -> None:
    ours, theirs = _rules(one.ledger), _rules(other.ledger)
    for name in sorted(ours.keys() & theirs.keys()):
        if ours[name] != theirs[name]:
            raise Refused(
                f"both ledgers have a rating scale {name.removeprefix(SCALE)!r}, and its grades differ",
                hint="one of them takes another name: claims scale add",
            )


# --- carrying -----------------------------------------------------------------------------------------------------


def _carry(writer: Writer, pairs: Pairs, side: Side, decided: Decided, shared: int) -> int:
    """Takes over the news of one side; gives how many entries."""
    if not side.news:  # nothing came over that could overrule
        return 0
    overs = [r.Left(uid, tuple(sorted(parts))) for uid, parts in _overruled(pairs, side, decided)]
    since = _known(writer.ledger, side, shared, before=min(e.seq for e in side.news))
    end = side.news[-1].seq + 1
    at = 0
    for start in range(since, end, STRETCH):
        stop = min(start + STRETCH, head(side.ledger) if start + STRETCH >= end else start + STRETCH)
        came = []
        while at < len(side.news) and side.news[at].seq < stop:
            came.append(side.news[at])
            at += 1
        now, overs = overs[:OVERS], overs[OVERS:]
        _carry_stretch(writer, pairs, side, decided, stretch=(start, stop), came=came, over=now)
    while overs:  # more than the stretches had room for
        now, overs = overs[:OVERS], overs[OVERS:]
        _carry_stretch(writer, pairs, side, decided, stretch=(stop, stop), came=[], over=now)
    return len(side.news)


def _overruled(pairs: Pairs, side: Side, decided: Decided) -> Iterator[tuple[str, set[str]]]:
    """What of the receiving ledger's own entries counts no more: as decided now, or by a meeting that broke off half way."""
    ours = pairs.one if side is pairs.other else pairs.other
    for entry in ours.news:
        if entry.uid in decided.left:
            yield entry.uid, decided.left[entry.uid]
    for uid, parts in side.lost.items():
        if uid in ours.uids and uid not in ours.lost:
            yield uid, {*parts}


def _known(ledger: Ledger, side: Side, shared: int, before: int) -> int:
    """Up to where the other log came over already; from where the two logs part where entries before that are wanted."""
    came = [c.size for c in _carries(ledger) if c.log == side.log and _is_its(side.ledger, c.size, c.root)]
    known = max(came, default=shared)
    return known if known <= before else shared


def _is_its(ledger: Ledger, size: int, digest: str) -> bool:
    return size <= head(ledger) and root(ledger, size).hex() == digest


def _carry_stretch(
    writer: Writer, pairs: Pairs, side: Side, decided: Decided, *, stretch: tuple[int, int], came: list[r.Entry],
    over: Iterable[r.Left],
) -> None:  # fmt: skip
    since, size = stretch
    signed = [
        c.note for c in logs.checkpoints(side.ledger) if since < c.size <= size and _is_its(side.ledger, c.size, c.root)
    ]
    draft = r.CarryDraft(
        log=side.log, since=since, before=root(side.ledger, since).hex(), size=size, root=root(side.ledger, size).hex(),
        leaves=base64.b64encode(b"".join(counterparts.leaf_hashes(side.ledger, since, size))).decode(),
        arrivals=tuple(_arrival(pairs, side, decided, entry) for entry in came), over=tuple(over),
        checkpoint=signed[-1] if signed else None,
    )  # fmt: skip
    for entry in came:
        _copy_bytes(writer, side.ledger, entry)
    writer.carry(draft, came)


def _arrival(pairs: Pairs, side: Side, decided: Decided, entry: r.Entry) -> r.Arrival:
    lost = side.lost.get(entry.uid, frozenset())
    here = pairs.here(entry.uid, side) if entry.kind in RECOGNISED else None
    if here is not None:
        left = taken(entry, decided, lost) if entry.body is not None else ()
    else:
        left = tuple(sorted(decided.left.get(entry.uid, set()) | lost))
    return r.Arrival(entry.uid, entry.seq, here, left)


def _copy_bytes(writer: Writer, source: Ledger, entry: r.Entry) -> None:
    """Takes over the bytes that an entry names."""
    body = body_data(entry)
    for name in BLOB_FIELDS.get(EntryKind(entry.kind), ()):
        digest = body.get(name)
        if digest is not None and (found := counterparts.kept(source, digest)) is not None:
            writer.copy_blob(digest, *found)


def _blank(writer: Writer, side: Side) -> int:
    """Blanks what the other ledger has redacted."""
    abouts = [entry.about for entry in side.news if entry.kind == EntryKind.REDACT]
    return len(redact.blank_too(writer, abouts)) if abouts else 0


# --- what people are told -----------------------------------------------------------------------------------------


def _counted(pairs: Pairs) -> dict[str, int]:
    found: dict[str, int] = defaultdict(int)
    for entry in pairs.one.news:
        if entry.uid in pairs.found:
            found[entry.kind] += 1
    return dict(sorted(found.items()))


def _differences(pairs: Pairs, conflicts: Iterable[Conflict]) -> Iterator[tuple[str, Difference]]:
    """What a person is asked about, by the thing that it is about in the first ledger."""
    for found in conflicts:
        name, what = read.short_id(pairs.one.ledger, found.about), found.what.replace("_", " ")
        said = Difference((name, name), what, _said(found.holds), _said(found.other), found.both_stand)
        yield found.about, said


def _named(other: Ledger, pairs: Pairs, about: str, difference: Difference) -> Difference:
    """The same with the thing's id in the other ledger too, once it is there."""
    theirs = pairs.other.same.get(about) or pairs.here(about, pairs.one) or about
    return r.replace(difference, ids=(difference.ids[0], read.short_id(other, theirs)))


LONGEST = 80


def _said(word: Word) -> str:
    value = word.value
    if isinstance(value, bool):
        told = "yes" if value else "no"
    elif isinstance(value, str | int):
        told = str(value)
    else:
        told = "nothing" if value in (None, [], {}) else "another reading"
    return f"{word.by} ({word.at[:16].replace('T', ' ')}): {told[:LONGEST]}"


def _ask(writer: Writer, told: Iterable[tuple[str, Difference]]) -> None:
    """A query on each thing about which the two ledgers differ, for a person to settle."""
    asked: dict[str, list[str]] = defaultdict(list)
    for uid, found in told:
        if not read.UID.fullmatch(found.ids[0]):
            holds = "both stand" if found.both_stand else "the first holds"
            asked[uid].append(f"{found.what}: {found.holds}; {found.other}; {holds}")
    for uid, lines in asked.items():
        text = f"Two ledgers met and differ. {'. '.join(lines)[:4000]}. Which is right?"
        writer.append(EntryKind.NOTE, r.NoteDraft(text, internal=True, query=True), about=uid)
