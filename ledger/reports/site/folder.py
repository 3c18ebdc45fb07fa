"""The folder of a site: a manifest says which files are ours; no other file is ever replaced or removed.

Order of a run: the old manifest with the files to come added to it, the files, the new manifest. A run that ends early leaves
a folder whose files are all known, and a manifest that still says up to which entry they are right.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from ledger.errors import BadInput, Refused, StoreError
from ledger.records import Json
from ledger.store.files import replace_file

MANIFEST = "site.json"
PART = ".site.part"
LEFT = re.compile(r"\.site\.(?:json\.[0-9a-f]{8}\.)?part")
"""Names of the files that a killed run may leave half written."""
PATH = re.compile(r"(?:(?:questions|articles|sources|search)/)?[A-Za-z0-9][A-Za-z0-9-]{0,40}\.(?:html|js|atom|txt)")
FORMAT = 1


class Kept(Struct, frozen=True, array_like=True):
    """A file as we wrote it; a size of -1 for one that may or may not have been written."""

    sha256: str = ""
    size: int = -1


class Row(Struct, frozen=True):
    """A question as the index shows it."""

    id: str
    question: str
    state: str
    verdict: str
    """none, answered or rated."""
    traced: str
    claimed: str
    more: int
    """Sources besides the one whose claim is shown."""
    disputed: str
    wording: str
    claims: int
    outlets: int
    sources: int
    changed: str
    corrected: bool


class Manifest(Struct, frozen=True):
    """What a site was made from, and the files that it consists of."""

    log: str
    made_by: str = ""
    """Hash of the program and of the look: with another one, pages may differ."""
    size: int = 0
    """Entries of the log that the site shows."""
    root: str = ""
    files: dict[str, Kept] = msgspec.field(default_factory=dict)
    rows: dict[str, Json] = msgspec.field(default_factory=dict)
    """The questions' lines by uid; only read where the same program wrote them."""
    format: int = FORMAT


class Folder:
    """A site's folder, open for one run."""

    def __init__(self, place: Path, log: str) -> None:
        self.place = place
        self.old = self._saved = self._open(log)
        self.files: dict[str, Kept] = {}
        self.written = self.unchanged = self.removed = 0

    def _open(self, log: str) -> Manifest:
        try:
            self.place.mkdir(parents=True, exist_ok=True)
            if (self.place / MANIFEST).exists():
                return _read(self.place / MANIFEST)
            empty = all(LEFT.fullmatch(f.name) for f in self.place.iterdir())
        except (FileExistsError, NotADirectoryError):
            raise BadInput(f"{self.place} is not a folder", hint="name a new or empty folder") from None
        except OSError as e:
            raise StoreError(f"cannot use {self.place}: {e.strerror}") from None
        if not empty:
            raise Refused(
                f"{self.place} holds other files and no site of ours; nothing was changed",
                hint="name a new or empty folder: claims report all --site site",
            )
        return Manifest(log)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Locks the site against other writers, on systems that can."""
        handle = -1
        try:
            import fcntl

            handle = os.open(self.place, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise Refused(f"another run is writing {self.place}", hint="wait until it is done") from None
        except (ImportError, OSError):
            pass  # a system or a file system without such locks
        try:
            yield
        finally:
            if handle >= 0:
                os.close(handle)

    def whole(self, path: str) -> bool:
        """True where a file is still there with the length that was written."""
        kept = self.old.files.get(path)
        try:
            return kept is not None and (self.place / path).stat().st_size == kept.size
        except OSError:
            return False

    def begin(self, paths: Sequence[str], stale: Iterable[str]) -> None:
        """Notes which files will be written, before the first one is; Refused where one of them is not ours."""
        coming = [p for p in paths if p not in self.old.files]
        for path in coming:
            if os.path.lexists(self.place / path):
                raise Refused(
                    f"{self.place / path} is not a file of ours; nothing was changed",
                    hint="move it away, or write the site to another folder",
                )
        rooms = sorted({p.split("/")[0] for p in paths if "/" in p})
        for room in rooms:
            if (self.place / room).is_symlink():
                raise Refused(f"{self.place / room} leads elsewhere", hint="write the site to another folder")
        self._save(msgspec.structs.replace(self.old, files=self.old.files | dict.fromkeys(stale, Kept())))
        with self._errors():
            for room in rooms:
                (self.place / room).mkdir(exist_ok=True)
            for left in [f for f in self.place.iterdir() if LEFT.fullmatch(f.name)]:
                left.unlink()

    def keep(self, path: str) -> None:
        """Leaves a file as it is."""
        self.files[path] = self.old.files[path]
        self.unchanged += 1

    def put(self, path: str, text: str) -> None:
        """Writes a file, unless it has the same content already."""
        data = text.encode("utf-8", "xmlcharrefreplace")
        kept = Kept(hashlib.sha256(data).hexdigest(), len(data))
        self.files[path] = kept
        with self._errors():
            if self._holds(path, data):
                self.unchanged += 1
                return
            part = self.place / PART
            part.write_bytes(data)
            part.replace(self.place / path)
        self.written += 1

    def _holds(self, path: str, data: bytes) -> bool:
        try:
            return (self.place / path).read_bytes() == data
        except FileNotFoundError:
            return False

    def end(self, manifest: Manifest) -> None:
        """Removes files that are no longer part of the site, then writes the manifest."""
        with self._errors():
            for path in self.old.files.keys() - self.files.keys():
                if os.path.lexists(self.place / path):
                    (self.place / path).unlink()
                    self.removed += 1
        self._save(msgspec.structs.replace(manifest, files=self.files))

    def _save(self, manifest: Manifest) -> None:
        if manifest != self._saved:
            self._saved = manifest
            ordered = msgspec.structs.replace(
                manifest, files=dict(sorted(manifest.files.items())), rows=dict(sorted(manifest.rows.items()))
            )
            replace_file(self.place / MANIFEST, msgspec.json.encode(ordered) + b"\n")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as e:
            with suppress(OSError):
                (self.place / PART).unlink(missing_ok=True)
            raise StoreError(
                f"cannot write the site in {self.place}: {e.strerror}",
                hint="mend it and run again: it goes on from there",
            ) from None


def _read(path: Path) -> Manifest:
    """The manifest; Refused where it is not one of ours, because files that it lists may be replaced and removed."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        found = None
    if found is None or found.format != FORMAT or not all(PATH.fullmatch(p) for p in found.files):
        raise Refused(
            f"{path} is not the manifest of a site that this version can go on with; nothing was changed",
            hint="write the site to a new folder: claims report all --site site",
        )
    return found
