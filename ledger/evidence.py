"""Evidence: what is not an article. Its bytes are hashed, kept where they are not too many, and never trusted.

A file up to KEEP is taken in. A larger one is kept by reference, by its hash and size, unless it is asked for with `copy`.
What an image says of itself is logged beside what a person says, and only the latter can be marked as verified.
"""

from __future__ import annotations

import hashlib
import json
import mimetypes
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ledger import changes, dates, images, web
from ledger import records as r
from ledger.errors import BadInput, NotFound, Refused
from ledger.store import Ledger, Writer, beside, blob
from ledger.vocabulary import EntryKind, EvidenceKind, EvidenceStance, Letter

MEGABYTE = 1024 * 1024
KEEP = 20 * MEGABYTE
"""Bytes of the largest file that is taken in without being asked."""
COPY = 500 * MEGABYTE
"""Bytes of the largest that is taken in at all."""
CIRCUMSTANCES = ("found", "taken", "location")


@dataclass(frozen=True, slots=True)
class Item:
    """A file or address as it was found."""

    name: str | None = None
    url: str | None = None
    data: bytes | None = None
    sha256: str | None = None
    size: int | None = None
    media_type: str | None = None
    metadata: r.Json | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person says about it."""

    shows: str
    stance: EvidenceStance
    kind: EvidenceKind | None = None
    """Guessed from the file where it is not given."""
    found_at: str | None = None
    taken_at: str | None = None
    location: str | None = None
    verified: tuple[str, ...] = ()
    """Which of found, taken and location somebody made sure of."""


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


def fetch(url: str) -> Item:
    """What an address gives now, its bytes kept; Unreachable where it gives nothing."""
    got = web.fetch(url)
    name = Path(got.url.split("?")[0].rstrip("/")).name or None
    kind = got.media_type or media_type(name or "")
    import io

    return Item(
        name=name, url=got.url, data=got.body, sha256=hashlib.sha256(got.body).hexdigest(), size=len(got.body),
        media_type=kind, metadata=_metadata(io.BytesIO(got.body), kind),
    )  # fmt: skip


def address(url: str) -> Item:
    """An address alone: nothing is fetched, and what is there may change."""
    from ledger.capture import canonical_url

    return Item(url=canonical_url(url))


def media_type(name: str) -> str | None:
    """The type that a file's name stands for."""
    return mimetypes.guess_type(name)[0]


def _metadata(file: IO[bytes], kind: str | None) -> r.Json | None:
    if not (kind or "").startswith("image/") or kind == "image/svg+xml":
        return None
    file.seek(0)
    return images.metadata(file)


# --- logging it ---------------------------------------------------------------------------------------------------


def add(writer: Writer, target: str, item: Item, shown: Shown) -> str:
    """Logs a piece of evidence for a claim or question; gives its uid."""
    thing = changes.standing(writer.ledger, target, Letter.CLAIM, Letter.QUESTION)
    if not shown.shows.strip():
        raise BadInput("what does it show? evidence needs a sentence", hint="--shows ...")
    draft = r.EvidenceDraft(
        target=thing.uid, kind=shown.kind or guess_kind(item), shows=shown.shows, stance=shown.stance, name=item.name,
        url=item.url, blob=None if item.data is None else writer.put_blob(item.data), sha256=item.sha256, size=item.size,
        found_at=_time(shown.found_at), taken_at=_time(shown.taken_at), location=shown.location,
        metadata=None if item.metadata is None else json.dumps(item.metadata, ensure_ascii=False, sort_keys=True),
        media_type=item.media_type, **_marks(shown),
    )  # fmt: skip
    return writer.append(EntryKind.EVIDENCE, draft)


def _time(value: str | None) -> str | None:
    if value is not None:
        dates.window(value)
    return value


def _marks(shown: Shown) -> dict[str, bool]:
    given = {"found": shown.found_at, "taken": shown.taken_at, "location": shown.location}
    for name in shown.verified:
        if name not in CIRCUMSTANCES:
            raise BadInput(f"not a circumstance: {name}", hint="one or more of " + ", ".join(CIRCUMSTANCES))
        if given[name] is None:
            raise BadInput(f"{name} is said to be verified, but it is not given", hint=_ways(name))
    return {f"{name}_verified": name in shown.verified for name in CIRCUMSTANCES}


def _ways(name: str) -> str:
    return {"found": "--found-at 2016-03-27", "taken": "--taken-at 2016-03-27", "location": "--location PLACE"}[name]


def verify(writer: Writer, name: str, circumstances: tuple[str, ...], because: str) -> None:
    """Marks when it was found or taken, or where, as made sure of; the reason stands in its history."""
    thing = changes.standing(writer.ledger, name, Letter.EVIDENCE)
    if not because.strip():
        raise BadInput("how was it verified?", hint="--because ...")
    found = beside.one_evidence(writer.ledger, thing.uid)
    shown = Shown("", EvidenceStance.CONTEXT, None, found.found_at, found.taken_at, found.location, circumstances)
    marks = {field: True for field, value in _marks(shown).items() if value}
    if not marks:
        raise BadInput("what was verified?", hint="one or more of " + ", ".join(CIRCUMSTANCES))
    changes.amend(writer, thing.uid, dict(marks), because=because)


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
