"""The tree heads that were signed before: the log must still be an extension of each."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Self

from msgspec import Struct

from ledger import keys, merkle, store
from ledger.audit.findings import Findings, LogScan
from ledger.errors import ClaimsError, NotFound, StoreError, Tampered
from ledger.store import log

CHECK = "checkpoints"


class Head(Struct, frozen=True):
    """A signed head, and where it was found."""

    size: int
    root: bytes
    note: str
    place: str

    @classmethod
    def read(cls, note: str, name: str, place: str, key: merkle.Key | None = None) -> Self:
        """The head in a note of the log `name`; Tampered where it is none, or not signed by the key given."""
        try:
            found = opened(note, name, key)
        except Tampered as e:
            raise Tampered(f"the checkpoint in {place} cannot be used: {e.message}") from None
        return cls(found.size, found.root, note, place)

    def fits(self, reading: LogScan) -> bool:
        """True where it is the head of a beginning of the log that was read."""
        return self.size <= reading.size and reading.roots.get(self.size, merkle.EMPTY_ROOT) == self.root


def origin(ledger: store.Ledger) -> str:
    """The first line of this log's checkpoints and the name of its key."""
    return f"claim-ledger/{store.log_id(ledger)}"


def beside(ledger: store.Ledger) -> Path:
    """The file beside the ledger that holds its newest checkpoint."""
    return Path(f"{Path(ledger.place).resolve()}.checkpoint")


def kept_beside(ledger: store.Ledger) -> str | None:
    """The note in the file beside the ledger, if there is one; Tampered where something else took its place."""
    place = beside(ledger)
    try:
        mode = place.lstat().st_mode
    except FileNotFoundError:
        return None
    except OSError as e:
        raise StoreError(f"cannot read {place}: {e.strerror}") from None
    if not stat.S_ISREG(mode):
        raise Tampered(f"{place} is no file but a folder, a link or a device", hint="move it away; nothing was signed")
    return read_note(place)


def as_key(key: str | merkle.Key | None) -> merkle.Key | None:
    return merkle.parse_vkey(key) if isinstance(key, str) else key


def read_note(given: str | Path) -> str:
    """A checkpoint given as its text or as the path of its file."""
    if isinstance(given, str) and "\n" in given:
        return given
    try:
        with Path(given).open("rb") as f:
            return f.read(1 << 20).decode()
    except UnicodeError:
        raise Tampered(f"{given} is not a checkpoint: it is not UTF-8 text") from None
    except FileNotFoundError:
        raise NotFound(f"no checkpoint at {given}") from None
    except OSError as e:
        raise StoreError(f"cannot read {given}: {e.strerror}") from None


def text_of(note: str) -> str:
    """The signed lines of a note, without its signatures."""
    return note.rpartition("\n\n")[0] + "\n"


def opened(note: str, name: str, key: merkle.Key | None) -> merkle.Checkpoint:
    """The checkpoint in a note of the log `name`, its signature checked where there is a key."""
    found = merkle.open_checkpoint(note, key, keys.verifier(key)) if key else merkle.parse_checkpoint(text_of(note))
    if found.origin != name:
        raise Tampered(f"the checkpoint is of another log: {found.origin}, not {name}")
    return found


def gather(ledger: store.Ledger, findings: Findings, *, against: str | None, key: merkle.Key | None) -> list[Head]:
    """Every head that was kept: given from outside, beside the ledger, and in it. What cannot be read is a finding."""
    notes: list[tuple[str, str]] = []
    if against is not None:
        notes.append((against, "the checkpoint given"))
    with findings.during(CHECK):
        if ledger.engine.in_file and (note := kept_beside(ledger)) is not None:
            notes.append((note, f"the checkpoint in {beside(ledger).name}"))
    with findings.during(CHECK):
        notes += [(c.note, f"the stored checkpoint of {c.size} entries") for c in log.checkpoints(ledger)]
    _compare_places(ledger, [note for note, place in notes if place != "the checkpoint given"], findings)
    heads = []
    with findings.during(CHECK):
        name = origin(ledger)
        for note, place in notes:
            try:
                found = opened(note, name, key)
                heads.append(Head(found.size, found.root, note, place))
                if found.previous is not None:
                    heads.append(Head(*found.previous, note, f"the head that {place} names before it"))
            except ClaimsError as e:
                findings.problem(CHECK, f"{place} cannot be used: {e.message}")
    _check_columns(ledger, findings)
    findings.checked[CHECK] = len(heads)
    return heads


def _compare_places(ledger: store.Ledger, notes: list[str], findings: Findings) -> None:
    """Warns where the checkpoint beside the ledger is none of those in it."""
    with findings.during(CHECK):
        stored = {kept.note for kept in log.checkpoints(ledger)}
        if any(note not in stored for note in notes):
            findings.warnings.append(
                f"{beside(ledger).name} is not among the checkpoints in the ledger: it was taken out, or is of another copy"
            )


def _check_columns(ledger: store.Ledger, findings: Findings) -> None:
    """Checks that the columns of a stored checkpoint agree with its note."""
    with findings.during(CHECK):
        for kept in log.checkpoints(ledger):
            said = merkle.parse_checkpoint(text_of(kept.note))
            if (said.size, said.root.hex()) != (kept.size, kept.root):
                findings.problem(CHECK, f"the stored checkpoint of {kept.size} entries is not what its note says")


def check(heads: list[Head], reading: LogScan, findings: Findings) -> None:
    """Checks that each head is the head of a beginning of this log."""
    for head in heads:
        if head.size > reading.size:
            gone = head.size - reading.size
            findings.problem(
                CHECK,
                f"rolled back: {head.place} was signed over {head.size} entries, the log has {reading.size}; "
                f"{gone} are gone, from entry {reading.size} on if only the end was cut off",
            )
        elif not head.fits(reading):
            findings.problem(
                CHECK,
                f"forked: entries 0 to {head.size - 1} are not those over which {head.place} was signed",
            )
