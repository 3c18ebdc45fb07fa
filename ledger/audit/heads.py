"""The tree heads that were signed before: the log must still be an extension of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ledger import keys, merkle, store
from ledger.audit.findings import Findings
from ledger.audit.scan import LogScan
from ledger.errors import ClaimsError, NotFound, StoreError, Tampered
from ledger.store import log

CHECK = "checkpoints"


@dataclass(frozen=True, slots=True)
class Head:
    """A signed head, and where it was found."""

    size: int
    root: bytes
    note: str
    place: str

    def fits(self, reading: LogScan) -> bool:
        """True where it is the head of a beginning of the log that was read."""
        return self.size <= reading.size and reading.roots.get(self.size, merkle.EMPTY_ROOT) == self.root


def origin(ledger: store.Ledger) -> str:
    """The first line of this log's checkpoints and the name of its key."""
    return f"claim-ledger/{store.log_id(ledger)}"


def beside(ledger: store.Ledger) -> Path:
    """The file beside the ledger that holds its newest checkpoint."""
    return Path(f"{ledger.place}.checkpoint")


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


def opened(note: str, name: str, key: merkle.Key | None) -> merkle.Checkpoint:
    """The checkpoint in a note of the log `name`, its signature checked where there is a key."""
    if key is not None:
        found = merkle.open_checkpoint(note, key, keys.verifier(key))
    else:
        found = merkle.parse_checkpoint(note.rpartition("\n\n")[0] + "\n")
    if found.origin != name:
        raise Tampered(f"the checkpoint is of another log: {found.origin}, not {name}")
    return found


def gather(ledger: store.Ledger, findings: Findings, *, against: str | None, key: merkle.Key | None) -> list[Head]:
    """Every head that was kept: given from outside, beside the ledger, and in it. What cannot be read is a finding."""
    notes: list[tuple[str, str]] = []
    if against is not None:
        notes.append((against, "the checkpoint given"))
    sidecar = beside(ledger)
    with findings.during(CHECK):
        if sidecar.is_file():
            notes.append((read_note(sidecar), f"the checkpoint in {sidecar.name}"))
    with findings.during(CHECK):
        notes += [(c.note, f"the stored checkpoint of {c.size} entries") for c in log.checkpoints(ledger)]
    heads = []
    with findings.during(CHECK):
        name = origin(ledger)
        for note, place in notes:
            try:
                found = opened(note, name, key)
                heads.append(Head(found.size, found.root, note, place))
            except ClaimsError as e:
                findings.problem(CHECK, f"{place} cannot be used: {e.message}")
    _check_columns(ledger, findings)
    findings.checked[CHECK] = len(heads)
    return heads


def _check_columns(ledger: store.Ledger, findings: Findings) -> None:
    """Checks that the columns of a stored checkpoint agree with its note."""
    with findings.during(CHECK):
        for kept in log.checkpoints(ledger):
            lines = str(kept.note).split("\n")
            said = merkle.parse_checkpoint("\n".join(lines[:3]) + "\n")
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
