"""Entries that came over from other logs: that they stand in this one as they stood there, under the heads that it was told."""

from __future__ import annotations

import base64
import binascii
from copy import deepcopy
from typing import Any

from ledger import merkle, store
from ledger.audit import heads
from ledger.audit.findings import Findings
from ledger.errors import ClaimsError, NotFound, Tampered
from ledger.records import CarryDraft, Entry
from ledger.store import arriving, counterparts
from ledger.store.derive import read_body
from ledger.vocabulary import EntryKind

CHECK = "entries of other logs"
LEAF = 32

Known = tuple[str, int, str]
"""A log, a number of its first entries and the root over them."""


class Carried:
    """Checks the stretches of other logs that this one tells of, while it is read."""

    def __init__(self, ledger: store.Ledger, findings: Findings) -> None:
        self._ledger, self._findings = ledger, findings
        self._trees: dict[Known, merkle.Frontier] = {}
        self._due: dict[str, bytes] = {}
        self.count = 0

    def take(self, entry: Entry, body: Any) -> bool:
        """Looks at the next entry; says whether it came over from another log."""
        if (leaf := self._due.pop(entry.uid, None)) is not None:
            self.count += 1
            if bytes(entry.leaf_hash) != leaf:
                self._problem(f"entry {entry.seq} came from another log, and is not what stands there")
            return True
        if entry.kind == EntryKind.CARRY and body is not None:
            try:
                self._announced(entry.seq, body)
            except (ClaimsError, binascii.Error, ValueError, IndexError) as e:
                self._problem(f"entry {entry.seq} tells of another log what cannot be: {e}")
        return False

    def finish(self) -> None:
        for uid in self._due:
            self._problem(f"the entry {uid} that another log is said to have brought is missing")
        if self.count:
            self._findings.checked[CHECK] = self.count

    def _problem(self, sentence: str) -> None:
        self._findings.problem(CHECK, sentence)

    def _announced(self, seq: int, said: CarryDraft) -> None:
        tree, leaves = self._tree(said, seq), leaves_of(said)
        if len(leaves) != said.size - said.since:
            raise Tampered("its stretch has another length")
        signed = merkle.parse_checkpoint(heads.text_of(said.checkpoint)) if said.checkpoint else None
        for leaf in leaves:
            tree.add(leaf)
            if signed and signed.size == tree.size and signed.root == tree.root():
                signed = None
        if tree.root().hex() != said.root:
            raise Tampered("its entries do not give its root")
        if signed is not None:
            raise Tampered("it has signed another head")
        self._trees[said.log, said.size, said.root] = tree
        for came in said.arrivals:
            self._due[came.uid] = leaves[came.place - said.since]

    def _tree(self, said: CarryDraft, seq: int) -> merkle.Frontier:
        """The tree over the entries before a stretch: known from a stretch before, the beginning of this log, or empty."""
        if (known := self._trees.get((said.log, said.since, said.before))) is not None:
            return deepcopy(known)
        tree = merkle.Frontier()
        if said.log == store.log_id(self._ledger) and said.since <= seq:
            for leaf in counterparts.leaf_hashes(self._ledger, 0, said.since):
                tree.add(leaf)
        if tree.size != said.since or tree.root().hex() != said.before:
            raise Tampered("it does not go on from what is known of that log")
        return tree


def leaves_of(said: CarryDraft) -> list[bytes]:
    """The leaf hashes of a stretch."""
    data = base64.b64decode(said.leaves, validate=True)
    return [data[at : at + LEAF] for at in range(0, len(data), LEAF)]


def origin_proof(ledger: store.Ledger, entry: Entry) -> str:
    """A C2SP tlog-proof of an entry that came over, under the newest head that its own log had signed."""
    came = arriving.where(ledger, entry.uid)
    if came is None:
        raise NotFound("that entry was logged here", hint="claims prove without --origin proves it")
    place, line = came.place, _line(ledger, came.carry)
    leaves = counterparts.leaf_hashes(ledger, 0, line[0].since) + [leaf for said in line for leaf in leaves_of(said)]
    note = next((said.checkpoint for said in reversed(line) if said.checkpoint), None)
    size = merkle.parse_checkpoint(heads.text_of(note)).size if note else 0
    if note is None or size <= place:
        raise NotFound(
            "its own log had signed no head over it when it came", hint="claims checkpoint there, then claims sync"
        )
    hashes = merkle.inclusion_proof(place, size, _nodes(leaves[:size]))
    return merkle.format_proof(place, hashes, note)


def _nodes(leaves: list[bytes]) -> merkle.Node:
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        levels.append([merkle.node_hash(*below[at : at + 2]) for at in range(0, len(below) - 1, 2)])
    return lambda level, index: levels[level][index]


def _line(ledger: store.Ledger, carry: str) -> list[CarryDraft]:
    """The stretches of another log that follow on each other, of which one came with this entry."""
    every: dict[str, CarryDraft] = {
        entry.uid: read_body(EntryKind.CARRY, entry.body)
        for entry in store.entries(ledger, kind=EntryKind.CARRY)
        if entry.body
    }
    long = [said for said in every.values() if said.since < said.size]
    ending = {(said.log, said.size, said.root): said for said in long}
    beginning = {(said.log, said.since, said.before): said for said in long}
    line = [every[carry]]
    while (said := ending.get((line[0].log, line[0].since, line[0].before))) is not None:
        line.insert(0, said)
    while (said := beginning.get((line[-1].log, line[-1].size, line[-1].root))) is not None:
        line.append(said)
    return line
