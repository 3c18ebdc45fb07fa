"""Entries of another log on their way into the derived tables: their uids as this ledger has them, and what of them counts.

An entry that came over keeps its bytes, for its leaf is proved under its own log. What it does here is said by the `carry`
entry before it: which things are one with things of this ledger, and which words a later word of this ledger overrules.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ledger import records as r
from ledger.merkle import canonical
from ledger.store.connection import Ledger
from ledger.store.derive import BESIDE, arrived, derive, operations, read_body
from ledger.store.operations import Operation
from ledger.vocabulary import EntryKind

UID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
OF_ENTRIES = frozenset({"undoes", "redoes", "after", "settles"})
"""Fields that name entries, which keep their uids everywhere."""


class Arrivals:
    """What is known of entries that came over, as far as the log was read."""

    def __init__(self, same: Mapping[str, str] | None = None) -> None:
        self.same = dict(same or {})
        """Things of other logs, by uid, and what they are here."""
        self._due: dict[str, r.Arrival] = {}

    def operations(self, entry: r.Entry, draft: Any = None) -> list[Operation]:
        """What an entry does to the derived tables; its body as a record, where that was read."""
        if entry.uid in self._due:
            came = self._due.pop(entry.uid)
            if entry.body is None:
                return derive(entry) if came.here is None else []
            own = located(entry, lambda uid: self.same.get(uid, uid), came.left)
            assert own.body is not None  # noqa: S101  it was there
            return arrived(own, read_body(EntryKind(own.kind), own.body), came)
        if entry.kind == EntryKind.CARRY and entry.body is not None:
            draft = read_body(EntryKind.CARRY, entry.body) if draft is None else draft
            self._due.update((came.uid, came) for came in draft.arrivals)
            self.same.update((came.uid, came.here) for came in draft.arrivals if came.here is not None)
        return derive(entry) if draft is None else operations(entry, draft)

    def about(self, entry: r.Entry) -> str | None:
        """The claim or article here whose words an entry may change; None where it changes none."""
        if entry.kind == EntryKind.AMEND or entry.uid in self.same:
            return self.same.get(entry.about, entry.about)
        return None


def located(entry: r.Entry, put: Callable[[str], str], left: tuple[str, ...] = ()) -> r.Entry:
    """An entry with the uids of things as `put` gives them, without the fields that do not count here."""
    if entry.body is None:
        return r.replace(entry, about=put(entry.about))
    body = {
        name: value if name in OF_ENTRIES or name in BESIDE else _put(value, put)
        for name, value in json.loads(entry.body).items()
    }
    if entry.kind == EntryKind.AMEND:
        body["set"] = {name: value for name, value in body["set"].items() if name not in left}
    elif entry.kind == EntryKind.WORK:
        body = {name: value for name, value in body.items() if name not in left}
    return r.replace(entry, about=put(entry.about), body=canonical(body))


def _put(value: Any, put: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return UID.sub(lambda m: put(m[0]), value) if len(value) >= 32 else value
    if isinstance(value, dict):
        return {name: _put(item, put) for name, item in value.items()}
    return [_put(item, put) for item in value] if isinstance(value, list) else value


def here(ledger: Ledger, entry: r.Entry, *, all_of_it: bool = False) -> r.Entry:
    """An entry as it is to be read here, where it came from another log; any other one as it is.

    With `all_of_it`, also what a later word of this ledger overrules.
    """
    row = None if ledger.is_empty("carried") else ledger.one("SELECT left_ FROM carried WHERE uid = ?", (entry.uid,))
    if row is None:
        return entry
    left = () if all_of_it else tuple(json.loads(row["left_"]))
    return located(entry, lambda uid: one_with(ledger, uid) or uid, left)


def one_with(ledger: Ledger, uid: str) -> str | None:
    """The thing of this ledger with which a thing of another one is one."""
    row = ledger.one("SELECT here FROM carried WHERE uid = ?", (uid,))
    return None if row is None else row["here"]


def same(ledger: Ledger) -> dict[str, str]:
    """The things of other logs that are one with a thing here, by uid."""
    return {row["uid"]: row["here"] for row in ledger.each("SELECT uid, here FROM carried WHERE here IS NOT NULL")}


def left(ledger: Ledger, uid: str) -> tuple[str, ...]:
    """What of an entry does not count here."""
    row = ledger.one("SELECT left_ FROM carried WHERE uid = ?", (uid,))
    return tuple(json.loads(row["left_"])) if row else ()


def came_with(ledger: Ledger, carry: str) -> list[str]:
    """The entries that a `carry` entry brought, by uid, in order."""
    return [row["uid"] for row in ledger.rows("SELECT uid FROM carried WHERE by_entry = ? ORDER BY place", (carry,))]


class Origin(NamedTuple):
    """Where an entry came from: the `carry` entry with which it came, its own log, and its number there."""

    carry: str
    log: str
    place: int


def where(ledger: Ledger, uid: str) -> Origin | None:
    """Where an entry came from; None for what was logged here."""
    row = ledger.one("SELECT by_entry, log, place FROM carried WHERE uid = ?", (uid,))
    return None if row is None else Origin(*row)
