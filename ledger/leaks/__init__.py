"""Leaks: whether a file that is to leave the house holds a protected name or an internal note.

A file is read as a stranger could read it. What cannot be read so is said to be unknown, and is never called clean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ledger import protection, sources
from ledger.errors import BadInput
from ledger.leaks.parts import LIMIT, parts, readings
from ledger.protection import fold
from ledger.store import Ledger, beside, read

SHORT = 12
"""Characters of the shortest note that is looked for: "ok" stands everywhere."""


@dataclass(frozen=True, slots=True)
class Leaks:
    """What a file holds that must not leave. Neither names nor notes are repeated here."""

    names: tuple[str, ...]
    """Handles of the protected sources whose names stand in it."""
    notes: int
    """How many internal notes stand in it, whole or by a sentence."""
    unknown: tuple[str, ...]
    """Parts that could not be read as text."""
    not_sought: int
    """Internal notes that are too short to be looked for."""

    @property
    def found(self) -> bool:
        return bool(self.names or self.notes)


def check(ledger: Ledger, data: bytes, name: str = "the file") -> Leaks:
    """What of the protected names and internal notes stands in these bytes."""
    if len(data) > LIMIT:
        raise BadInput(f"{name} is too large to be looked through: more than {LIMIT // 2**20} MB")
    known = protection.names()
    notes = beside.internal_notes(ledger)
    wanted = {n: _pieces(text) for n, text in enumerate(notes)}
    handles: dict[str, None] = {}
    hit: set[int] = set()
    unknown: list[str] = []
    for part in parts(data, name):
        if part.opaque:
            unknown.append(part.name)
        for text in readings(part.content):
            handles |= dict.fromkeys(known.found(text))
            hit |= {n for n, pieces in wanted.items() if n not in hit and any(p in text for p in pieces)}
    short = sum(not pieces for pieces in wanted.values())
    return Leaks(tuple(handles), len(hit), tuple(unknown), short)


def _pieces(note: str) -> list[str]:
    """A note and each of its longer sentences, folded: half a note is a leak as well."""
    whole = fold(note)
    sentences = (fold(s) for s in re.split(r"(?<=[.!?])\s+|\n", note))
    pieces = [s for s in sentences if len(s) >= SHORT and s.count(" ") >= 3]
    return list(dict.fromkeys([*([whole] if len(whole) >= SHORT else []), *pieces]))


# --- before a name is logged --------------------------------------------------------------------------------------


def unlisted(ledger: Ledger, names: list[str]) -> list[str]:
    """Those of the names that look like a private person's and are no source of this ledger yet."""
    return [
        name
        for name in dict.fromkeys(names)
        if not read.ID.fullmatch(name.strip())
        and sources.looks_private(name)
        and read.source_by_folded(ledger, sources.fold_name(name)) is None
    ]
