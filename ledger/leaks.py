"""Leaks: whether a file that is to leave the house holds a protected name or an internal note.

A file is read as a stranger could read it: as bytes, as text in the usual encodings, with markup and escapes undone, and
member by member where it is an archive. What cannot be read so is said to be unknown, and is never called clean.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger import protection, sources
from ledger.errors import BadInput
from ledger.protection import fold
from ledger.store import Ledger, beside, read

if TYPE_CHECKING:
    import zipfile

LIMIT = 200 * 1024 * 1024
"""Bytes looked through at most, those of archives unpacked."""
DEPTH = 3
"""Archives inside archives that are opened."""
SHORT = 12
"""Characters of the shortest note that is looked for: "ok" stands everywhere."""
OPAQUE = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"7z\xbc\xaf",
    b"Rar!",
    b"SQLite format 3",
)
"""How files begin whose words do not stand in them as such."""


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
    for part, content in _parts(data, name, _Budget()):
        if content is None or content.startswith(OPAQUE):
            unknown.append(part)
        for text in _readings(content or b""):
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


# --- reading a file every way -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Budget:
    left: int = LIMIT


def _parts(data: bytes, name: str, budget: _Budget, depth: int = 0) -> Iterator[tuple[str, bytes | None]]:
    """The file, or its members where it is an archive, names of members included; None for what cannot be unpacked."""
    if not data.startswith(b"PK\x03\x04") and not data.startswith(b"PK\x05\x06"):
        yield name, data
        return
    if depth >= DEPTH:
        yield name, None
        return
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield (
                f"{name}: its list of files",
                "\n".join([*archive.namelist(), archive.comment.decode("utf-8", "replace")]).encode(),
            )
            for member in archive.infolist():
                inner = f"{name}/{member.filename}"
                content = _unpacked(archive, member, budget)
                if content is None:
                    yield inner, None
                else:
                    yield from _parts(content, inner, budget, depth + 1)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        yield name, None


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget) -> bytes | None:
    try:
        with archive.open(member) as f:
            content = f.read(budget.left + 1)
    except Exception:  # a member may be encrypted, damaged, or packed in a way we do not know
        return None
    if len(content) > budget.left:
        return None
    budget.left -= len(content)
    return content


TAG = re.compile(r"<[^<>]{0,2000}>")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def _readings(data: bytes) -> Iterator[str]:
    """The folded text of some bytes: as it stands, with escapes undone, and with markup taken out."""
    import html

    seen: set[str] = set()
    for text in _decoded(data):
        plain = (
            ESCAPE.sub(lambda m: chr(int(m[1], 16)), text).replace("\\n", " ").replace('\\"', '"').replace("\\t", " ")
        )
        for one in (text, plain, html.unescape(plain)):
            for form in (one, TAG.sub(" ", one), TAG.sub("", one)):
                folded = fold(form)
                if folded not in seen:
                    seen.add(folded)
                    yield folded


def _decoded(data: bytes) -> Iterator[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:2000].count(0) > len(data[:2000]) // 4:
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            yield data.decode(encoding, "replace")
    yield data.decode("utf-8", "replace")
    if not data.isascii():
        yield data.decode("latin-1")


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
