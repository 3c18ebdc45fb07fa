"""Leaks: does a file that is to leave the newsroom hold a protected name or an internal note?

A file is read every way a stranger could read it: member by member where it is an archive, cell by cell where it is a database,
page by page where it is a PDF, and each part as bytes, as text in the usual encodings, with markup and escapes undone. What
cannot be read so is reported as unknown, and is never called clean.
"""

from __future__ import annotations

import io
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from msgspec import Struct

from ledger import protection, sources
from ledger.errors import BadInput
from ledger.store import Ledger, beside, read
from ledger.text import folding
from ledger.text.folding import sought

if TYPE_CHECKING:
    import zipfile


SHORT = 12
"""Characters of the shortest note that is looked for: "ok" is found everywhere."""


class Leaks(Struct, frozen=True):
    """What a file holds that must not leave. Neither names nor notes are repeated here."""

    names: tuple[str, ...]
    """Handles of the protected sources whose names stand in it."""
    notes: int
    """How many internal notes stand in it, in whole or as a sentence."""
    unknown: tuple[str, ...]
    """Parts that could not be read as text."""
    not_sought: int
    """Internal notes that are too short to be looked for."""

    @property
    def found(self) -> bool:
        return bool(self.names or self.notes)


def check(ledger: Ledger, data: bytes, name: str = "the file") -> Leaks:
    """The protected names and internal notes that stand in these bytes."""
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


def protected_in(data: bytes, name: str) -> tuple[str, ...]:
    """The handles of the protected names that stand in these bytes, as far as they can be read."""
    known = protection.names()
    if not known:
        return ()
    texts = (text for part in parts(data, name) for text in readings(part.content))
    return tuple(dict.fromkeys(handle for text in texts for handle in known.found(text)))


def _pieces(note: str) -> list[str]:
    """A note and each of its longer sentences, folded: half a note is a leak as well."""
    whole = sought(note)
    sentences = (sought(s) for s in re.split(r"(?<=[.!?])\s+|\n", note))
    pieces = [s for s in sentences if len(s) >= SHORT and s.count(" ") >= 3]
    return list(dict.fromkeys([*([whole] if len(whole) >= SHORT else []), *pieces]))


# --- before a name is logged --------------------------------------------------------------------------------------


def unlisted(ledger: Ledger, names: list[str]) -> list[str]:
    """Those of the names that look like a private person's and are no source of this ledger yet."""
    looking_so = filter(looks_unlisted, dict.fromkeys(names))
    return [name for name in looking_so if read.source_uid_by_folded(ledger, folding.name(name)) is None]


def looks_unlisted(name: str) -> bool:
    """Whether a name looks like a private person's, where no source has it."""
    return not read.ID.fullmatch(name.strip()) and sources.looks_private(name)


# --- the parts of a file ------------------------------------------------------------------------------------------

LIMIT = 200 * 1024 * 1024
"""The most bytes that are read, counted after unpacking."""
DEPTH = 3
"""Archives inside archives that are opened."""
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"bplist", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd")
"""First bytes of files whose text, if any, cannot be read here."""


class Part(Struct, frozen=True):
    """A part of a file; `opaque` where not all of its words could be read."""

    name: str
    content: bytes
    opaque: bool = False


class _Budget(Struct):
    left: int = LIMIT

    def take(self, content: bytes) -> bytes | None:
        """The content, or None where too much was unpacked already."""
        if len(content) > self.left:
            return None
        self.left -= len(content)
        return content


def parts(data: bytes, name: str) -> Iterator[Part]:
    """The file itself, and whatever it holds unpacked, the names of members included."""
    yield from _parts(data, name, _Budget(), 0)


def _parts(data: bytes, name: str, budget: _Budget, depth: int) -> Iterator[Part]:
    opener = next((open_ for magic, open_ in OPENERS if data.startswith(magic)), None)
    if opener is None:
        yield Part(name, data, opaque=data.startswith(PICTURES))
        return
    if depth >= DEPTH:
        yield Part(name, data, opaque=True)
        return
    yield Part(name, b"" if opener is _members else data)  # an archive's members are read instead
    try:
        for inner, content in opener(data, budget):
            if content is None:
                yield Part(f"{name}{inner}", b"", opaque=True)
            else:
                yield from _parts(content, f"{name}{inner}", budget, depth + 1)
    except Exception:  # damaged, encrypted, or written in a way that nothing here knows
        yield Part(name, b"", opaque=True)


Inner = Iterator[tuple[str, bytes | None]]


def _members(data: bytes, budget: _Budget) -> Inner:
    """The members of a ZIP archive, and so of Word and Excel files."""
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [*archive.namelist(), archive.comment.decode("utf-8", "replace")]
        yield ": its list of files", "\n".join(names).encode()
        for member in archive.infolist():
            yield f"/{member.filename}", _unpacked(archive, member, budget)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, budget: _Budget) -> bytes | None:
    try:
        with archive.open(member) as f:
            return budget.take(f.read(budget.left + 1))
    except Exception:  # a member may be encrypted, damaged, or packed in a way we do not know
        return None


def _packed(module: str) -> Callable[[bytes, _Budget], Inner]:
    """What a file packed by gzip, bzip2 or xz holds."""

    def unpack(data: bytes, budget: _Budget) -> Inner:
        from importlib import import_module

        with import_module(module).open(io.BytesIO(data)) as f:
            yield " (unpacked)", budget.take(f.read(budget.left + 1))

    return unpack


def _cells(data: bytes, budget: _Budget) -> Inner:
    """Every text and blob of an SQLite database, one a line."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(data[:18] + b"\1\1" + data[20:])  # one that keeps a write-ahead log would not open in memory
        db.text_factory = bytes
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0").fetchall():
            quoted = '"' + table.decode("utf-8", "replace").replace('"', '""') + '"'
            for row in db.execute(f"SELECT * FROM {quoted}"):
                yield f": {quoted}", budget.take(b"\n".join(cell for cell in row if isinstance(cell, bytes)))


def _pages(data: bytes, budget: _Budget) -> Inner:
    """The text of a PDF, page by page, and what it says of itself; ImportError without the extra `pdf`."""
    from pypdf import PdfReader

    found = PdfReader(io.BytesIO(data))
    yield ": its properties", "\n".join(map(str, (found.metadata or {}).values())).encode("utf-8", "replace")
    for number, page in enumerate(found.pages, 1):
        yield f", page {number}", budget.take(page.extract_text().encode("utf-8", "replace"))


OPENERS: tuple[tuple[bytes, Callable[[bytes, _Budget], Inner]], ...] = (
    (b"PK\x03\x04", _members),
    (b"PK\x05\x06", _members),
    (b"SQLite format 3\0", _cells),
    (b"%PDF", _pages),
    (b"\x1f\x8b", _packed("gzip")),
    (b"BZh", _packed("bz2")),
    (b"\xfd7zXZ", _packed("lzma")),
)
"""The first bytes of a file, and the function that gives its content."""


# --- one part as text ---------------------------------------------------------------------------------------------

TAG = re.compile(r"<[^<>]{0,2000}>")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
EMPTY = re.compile(rb"(?:\0\0){3,}")
"""What nothing stands in, as most of a database is; taken out in pairs, for text in UTF-16 begins at even bytes."""


def readings(data: bytes) -> Iterator[str]:
    """The folded text of some bytes: as it stands, with escapes undone, and with markup taken out."""
    import html

    forms: set[str] = set()  # most bytes read the same every way
    seen: set[str] = set()
    for text in _decoded(data):
        plain = (
            ESCAPE.sub(lambda m: chr(int(m[1], 16)), text).replace("\\n", " ").replace('\\"', '"').replace("\\t", " ")
        )
        for one in (text, plain, html.unescape(plain)):
            for form in (one, TAG.sub(" ", one), TAG.sub("", one)):
                if form in forms:
                    continue
                forms.add(form)
                folded = sought(form)
                if folded not in seen:
                    seen.add(folded)
                    yield folded


def _decoded(data: bytes) -> Iterator[str]:
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:2000].count(0) > len(data[:2000]) // 4
    data = EMPTY.sub(bytes(4), data)
    if wide:
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            yield data.decode(encoding, "replace")
    yield data.decode("utf-8", "replace")
    if not data.isascii():
        yield data.decode("latin-1")
