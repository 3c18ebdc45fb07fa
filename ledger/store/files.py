"""Files written whole or not at all: a temporary neighbour, made durable, then put in place in one step."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ledger.errors import NotFound, Refused, StoreError


@contextmanager
def neighbour(path: Path) -> Iterator[Path]:
    """A name beside the path to write to first; nothing is left there when the block ends.

    For a device, pipe or socket it is a name in the folder for passing files: theirs (/dev, /proc) is no place for one.
    """
    if not path.parent.is_dir():
        raise NotFound(f"no such folder: {path.parent}", hint=f"make it first: mkdir -p {path.parent}")
    if path.is_dir():
        raise StoreError(f"cannot write {path}: it is a folder", hint="name a file in it; nothing was changed")
    beside = path
    if flows(path):
        import tempfile

        beside = Path(tempfile.gettempdir()) / path.name
    place = beside.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    try:
        yield place
    except BrokenPipeError:  # whoever read it has gone: no failure of ours
        raise
    except OSError as e:
        raise StoreError(f"cannot write {path}: {e.strerror}", hint="nothing was changed") from None
    finally:
        for end in ("", "-journal", "-wal", "-shm"):  # a ledger is written with its own
            _remove(place.with_name(place.name + end))


def _remove(piece: Path) -> None:
    """Removes what was written on the way; where that cannot be, the person must know, for it may hold the ledger's words."""
    try:
        if piece.exists():
            piece.unlink()
    except OSError as e:
        raise StoreError(
            f"{piece} could not be removed: {e.strerror}", hint="delete it: it holds what was written"
        ) from None


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A file to stream into; at the path it is whole, in place of what was there, or not at all."""
    with neighbour(path) as place:
        with place.open("xb") as f:
            yield f
            f.flush()
            os.fsync(f.fileno())
        put_over(place, path)


def replace_file(path: Path, data: bytes) -> None:
    """Puts the bytes at the path, in place of what was there, in one step."""
    with neighbour(path) as place:
        _write(place, data)
        put_over(place, path)


def put_over(place: Path, path: Path) -> None:
    """Puts a finished neighbour in place of what was at the path; what is no file is written into, never replaced."""
    if not flows(path):
        place.replace(path)
        sync_folder(path.parent)
        return
    import shutil

    with place.open("rb") as made, _flow(path) as f:
        shutil.copyfileobj(made, f)


def flows(path: Path) -> bool:
    """True where bytes written to the path go somewhere else than into a file: a device, pipe, socket, open descriptor."""
    return _descriptor(path) is not None or (path.exists() and not path.is_file() and not path.is_dir())


def new_file(path: Path, data: bytes) -> None:
    """Puts the bytes at a path where nothing is; Refused where something is."""
    refuse_existing(path)
    with neighbour(path) as place:
        _write(place, data)
        put_new(place, path)


def plain(path: Path) -> Path:
    """The path, StoreError where a pipe or device is there, which might never end, or a link that leads nowhere."""
    if path.is_file() or path.is_dir() or not (path.exists() or path.is_symlink()):
        return path
    what = "a pipe or a device" if path.exists() else "a link to nothing"
    raise StoreError(f"{path} is {what}, not a file", hint="nothing was changed")


def refuse_existing(path: Path) -> None:
    if path.exists() or path.is_symlink():
        raise Refused(f"{path} exists already", hint="name another file; nothing was changed")


def put_new(place: Path, path: Path) -> None:
    """Gives a finished neighbour its name; Refused where somebody else took the name meanwhile."""
    try:
        os.link(place, path)
    except FileExistsError:
        refuse_existing(path)
    except OSError:  # a file system without hard links
        refuse_existing(path)
        place.rename(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Makes a file that somebody else wrote durable."""
    with path.open("r+b") as f:
        os.fsync(f.fileno())


def sync_folder(folder: Path) -> None:
    """Makes names in a folder durable, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write(place: Path, data: bytes) -> None:
    with place.open("xb") as f:
        f.write(data)
        f.flush()
        os.fsync(f.fileno())


STANDARD = {"/dev/stdout": 1, "/dev/stderr": 2}


def _descriptor(path: Path) -> int | None:
    """The number of the open descriptor that a path stands for (/dev/stdout, /dev/fd/63), whatever it is open on."""
    numbered = re.fullmatch(r"/(?:dev|proc/self)/fd/([0-9]{1,9})", str(path))
    return int(numbered[1]) if numbered else STANDARD.get(str(path))


def _flow(path: Path) -> BinaryIO:
    number = _descriptor(path)
    return path.open("wb") if number is None else os.fdopen(os.dup(number), "wb")
