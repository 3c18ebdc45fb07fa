"""Evidence: what is not an article. Its bytes are hashed, kept where they are not too many, and never trusted.

A file up to KEEP is taken in. A larger one is kept by reference, by its hash and size, unless it is asked for with `copy`.
What an image says of itself is logged beside what a person says, and only the latter can be marked as verified.
"""

from __future__ import annotations

import hashlib
import mimetypes
import os
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from msgspec import Struct

from ledger import images, web
from ledger import records as r
from ledger.errors import BadInput, NotFound, Refused
from ledger.store import Ledger, blob
from ledger.vocabulary import EvidenceKind

MEGABYTE = 1024 * 1024
KEEP = 20 * MEGABYTE
"""Bytes of the largest file that is taken in without being asked."""
COPY = 500 * MEGABYTE
"""Bytes of the largest that is taken in at all."""
CIRCUMSTANCES = ("found", "taken", "location")


class Item(Struct, frozen=True):
    """A file or address as it was found."""

    name: str | None = None
    url: str | None = None
    data: bytes | None = None
    sha256: str | None = None
    size: int | None = None
    media_type: str | None = None
    metadata: r.Json | None = None


# --- taking it in -------------------------------------------------------------------------------------------------


def read_file(
    path: str | Path, *, copy: bool = False, reference: bool = False, progress: Callable[[int, int], None] | None = None
) -> Item:
    """The file, read once; its bytes come along where they are to be kept."""
    place = Path(path)
    try:
        with place.open("rb") as f:
            status = os.fstat(f.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise BadInput(f"{place} is not a file that can be kept", hint="save it to a file first")
            limit = 0 if reference else COPY if copy else KEEP
            if copy and status.st_size > COPY:
                raise _too_large(place, status.st_size)
            kept = status.st_size <= limit
            digest, size, data = _hashed(f, status.st_size, keep=kept, progress=progress)
            kind = media_type(place.name)
            name = place.name.encode("utf-8", "backslashreplace").decode()  # the bytes of a name may be no text
            return Item(
                name=name, data=data, sha256=digest, size=size, media_type=kind,
                metadata=_metadata(f, kind),
            )  # fmt: skip
    except FileNotFoundError:
        raise NotFound(f"no such file: {place}", hint="check the name; an address begins with https://") from None
    except IsADirectoryError:
        raise BadInput(f"{place} is a folder", hint="name one file in it") from None
    except (OSError, ValueError) as e:
        raise BadInput(f"cannot read {place}: {getattr(e, 'strerror', None) or e}") from None


def _too_large(place: Path, size: int) -> BadInput:
    return BadInput(
        f"{place} has {size / MEGABYTE:,.0f} MB; a ledger takes in files up to {COPY // MEGABYTE} MB",
        hint="leave out --copy: it is then kept by reference, with its hash and size",
    )


def _hashed(
    file: IO[bytes], expected: int, *, keep: bool, progress: Callable[[int, int], None] | None
) -> tuple[str, int, bytes | None]:
    """Hash, size and, where they are to be kept, the bytes, from one pass."""
    digest = hashlib.sha256()
    parts: list[bytes] = []
    size = 0
    while chunk := file.read(MEGABYTE):
        digest.update(chunk)
        size += len(chunk)
        if keep:
            parts.append(chunk)
        if progress is not None:
            progress(size, expected)
    return digest.hexdigest(), size, b"".join(parts) if keep else None


def read_from(
    what: str, *, copy: bool = False, reference: bool = False, progress: Callable[[int, int], None] | None = None
) -> Item:
    """What stands at an address or in a file; with `reference` its bytes stay where they are."""
    if copy and reference:
        raise BadInput("--copy and --reference exclude each other")
    if re.match(r"https?://", what, re.IGNORECASE):
        return address(what) if reference else fetch(what)
    if re.match(r"[a-z][a-z0-9+.-]+://", what, re.IGNORECASE):
        raise BadInput(f"not a web address: {what[:80]}", hint="an address begins with https://")
    return read_file(what, copy=copy, reference=reference, progress=progress)


FILE_NAME = re.compile(r"\S*[\w)][.][A-Za-z][A-Za-z0-9]{1,4}|[.~]?/\S+")
"""One word with an ending such as .txt, or that begins as a path does."""


def file_or_words(what: str) -> tuple[Item | None, str | None]:
    """The file of that name, else the words themselves; NotFound for what can only be a file's name, and is none's."""
    try:
        is_file, is_folder = Path(what).is_file(), Path(what).is_dir()
    except (OSError, ValueError):
        is_file = is_folder = False
    if is_folder or (not is_file and FILE_NAME.fullmatch(what)):
        reason = "a folder" if is_folder else "no such file"
        raise NotFound(
            f"{reason}: {what}", hint="words that look like a file's name are given as a sentence, with spaces"
        )
    return (read_file(what), None) if is_file else (None, what)


def words(item: Item) -> str | None:
    """What a short text file says; None for any other."""
    if item.data is None or len(item.data) > 12_000 or item.media_type != "text/plain":
        return None
    try:
        said = item.data.decode().strip()
    except UnicodeDecodeError:
        return None
    return said if said and "\x00" not in said else None


def fetch(url: str) -> Item:
    """What an address gives now, its bytes kept; Unreachable where it gives nothing."""
    got = web.fetch(url)
    name = Path(got.url.split("?")[0].rstrip("/")).name or None
    return of_bytes(name, got.body, got.media_type or media_type(name or ""), url=got.url)


def of_bytes(name: str | None, data: bytes, kind: str | None, *, url: str | None = None) -> Item:
    """What came as bytes: from an address, or inside another file."""
    import io

    return Item(
        name=name, url=url, data=data, sha256=hashlib.sha256(data).hexdigest(), size=len(data), media_type=kind,
        metadata=_metadata(io.BytesIO(data), kind),
    )  # fmt: skip


def address(url: str) -> Item:
    """An address alone: nothing is fetched, and what is there may change."""
    from ledger.capture import canonical_url

    return Item(url=canonical_url(url))


def bytes_of(path: str | Path) -> tuple[bytes, str]:
    """The bytes of a file, whatever its size, and their type."""
    try:
        return Path(path).read_bytes(), media_type(str(path)) or "application/octet-stream"
    except FileNotFoundError:
        raise NotFound(f"no such file: {path}") from None
    except OSError as e:
        raise BadInput(f"cannot read {path}: {e.strerror}") from None


def media_type(name: str) -> str | None:
    """The type that a file's name stands for."""
    return mimetypes.guess_type(name)[0]


def _metadata(file: IO[bytes], kind: str | None) -> r.Json | None:
    if not (kind or "").startswith("image/") or kind == "image/svg+xml":
        return None
    file.seek(0)
    return images.metadata(file)


# --- what is said of it -------------------------------------------------------------------------------------------


def marks(given: Mapping[str, str | None], verified: Sequence[str]) -> dict[str, bool]:
    """Which of found, taken and location are sure, by the fields of an entry; BadInput for one that is not given."""
    for name in verified:
        if name not in CIRCUMSTANCES:
            raise BadInput(f"not a circumstance: {name}", hint="one or more of " + ", ".join(CIRCUMSTANCES))
        if given[name] is None:
            raise BadInput(f"{name} is said to be verified, but it is not given", hint=_ways(name))
    return {f"{name}_verified": name in verified for name in CIRCUMSTANCES}


def _ways(name: str) -> str:
    return {"found": "--found-at 2016-03-27", "taken": "--taken-at 2016-03-27", "location": "--location PLACE"}[name]


SUFFIXES = {
    EvidenceKind.MAP: (".kml", ".kmz", ".geojson", ".gpx", ".shp"),
    EvidenceKind.DATASET: (".csv", ".tsv", ".xlsx", ".xls", ".ods", ".json", ".jsonl", ".parquet", ".sqlite"),
    EvidenceKind.EMAIL: (".eml", ".msg", ".mbox"),
    EvidenceKind.DOCUMENT: (".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt", ".md", ".html", ".htm"),
}


def guess_kind(item: Item) -> EvidenceKind:
    """What kind of thing it is, by its type and name."""
    main = (item.media_type or "").partition("/")[0]
    if main == "image":
        return EvidenceKind.PHOTO
    if main == "video":
        return EvidenceKind.VIDEO
    name = (item.name or "").casefold()
    return next((kind for kind, ends in SUFFIXES.items() if name.endswith(ends)), EvidenceKind.OTHER)


# --- handing it out -----------------------------------------------------------------------------------------------


def content(ledger: Ledger, found: r.Evidence) -> bytes:
    """The kept bytes of a piece; Refused where they are elsewhere or were redacted."""
    data = blob(ledger, found.sha256) if found.kept and found.sha256 else None
    if data is None:
        raise Refused(
            f"the bytes of {found.id} are not in the ledger", hint=f"its SHA-256 is {found.sha256 or 'unknown'}"
        )
    return data


def picture(ledger: Ledger, found: r.Evidence) -> bytes | None:
    """A small JPEG of a kept photo, for reports; None where there is none."""
    if not found.kept or found.sha256 is None or not (found.media_type or "").startswith("image/"):
        return None
    data = blob(ledger, found.sha256)
    return None if data is None else images.thumbnail(data)
