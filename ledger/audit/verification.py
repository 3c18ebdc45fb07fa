"""Verify: the whole ledger recomputed from its entries. Findings are listed, never raised."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ledger import merkle, store
from ledger.audit import derived, heads, timestamps, witnesses
from ledger.audit.derived import check_derived, check_file, check_search
from ledger.audit.findings import Cosigned, Findings, LogScan, Stamp, Verification
from ledger.audit.kept import check_blobs, check_derived_anchors
from ledger.audit.scan import read_log
from ledger.store import leftover

TRUTH = "whether anything a source said is true"
COMPLETENESS = "whether everything was logged"
TIME = "when something was logged{}: the times are the writer's own word, only the order is proved"
ROLLBACK = "whether the end of the log was cut off or written anew: that takes a checkpoint kept elsewhere (--against)"
SIGNATURES = "whether the checkpoints were signed by the right key: no key was given"


REVOKED = "whether the time-stamping authority is honest, and whether its certificate was revoked"


def verify(
    ledger: store.Ledger,
    *,
    against: str | Path | None = None,
    key: str | merkle.Key | None = None,
    timestamp: str | Path | None = None,
    authority: str | Path | None = None,
    witness: Sequence[str] = (),
) -> Verification:
    """What holds and what does not. `against` is a checkpoint kept from before (its text or file), `key` a vkey.

    `timestamp` is the file of an RFC 3161 time stamp over any checkpoint known here, `authority` its certificates in PEM.
    A `witness` is a vkey that one of these checkpoints must be cosigned by.
    """
    findings = Findings()
    reading = LogScan()
    checkpoint = None if against is None else heads.read_note(against)
    verifier = heads.as_key(key)
    wanted = [merkle.parse_vkey(vkey, merkle.COSIGNER) for vkey in witness]
    given = None if timestamp is None else timestamps.Given(timestamp, authority)
    stamp: Stamp | None = None
    cosigned: tuple[Cosigned, ...] = ()
    with findings.during("ledger"), ledger.snapshot():
        _check_leftover(ledger, findings)
        known = heads.gather(ledger, findings, against=checkpoint, key=verifier)
        sizes = [head.size for head in known]
        reading = recompute(ledger, findings, sizes)
        heads.check(known, reading, findings)
        stamp = given.check(known, reading, findings) if given else None
        cosigned = witnesses.check(ledger, [head.note for head in known], wanted, findings)
    check_search(ledger, findings)
    unseen = [TRUTH, COMPLETENESS, *_times(stamp), *([] if against else [ROLLBACK]), *([] if key else [SIGNATURES])]
    return Verification(
        not findings.problems, reading.size, reading.root.hex(), findings.checked, tuple(unseen),
        tuple(findings.warnings), tuple(findings.problems), stamp, cosigned,
    )  # fmt: skip


def _check_leftover(ledger: store.Ledger, findings: Findings) -> None:
    """What a killed writer left behind can be read to its end; a warning, for a power cut in mid-commit looks the same."""
    lost = leftover.dropped_commits(ledger.place)
    if lost:
        kept = leftover.set_aside(ledger.place)
        findings.warnings.append(
            f"{Path(ledger.place).name}-wal, left by a writer that was killed, ends in {lost} commits that cannot be read: "
            "it was damaged, or the power failed before they were acknowledged; what was logged last may be missing"
            + (f" (kept as {kept.name})" if kept else "")
        )


def recompute(ledger: store.Ledger, findings: Findings, sizes: list[int]) -> LogScan:
    """Checks the file, the log, the kept bytes and the derived tables; gives what the log holds, with its roots at `sizes`."""
    check_file(ledger, findings)
    with findings.during("schema"):
        derived.check_schema(ledger, findings)
    with derived.fresh() as made:
        copy = derived.Copy(made)
        reading = read_log(ledger, findings, sizes, copy.take)
        check_blobs(ledger, findings, reading)
        check_derived(ledger, copy, findings)
    check_derived_anchors(ledger, findings)
    return reading


def _times(stamp: Stamp | None) -> list[str]:
    """What a verification cannot see about times."""
    if stamp is None:
        return [TIME.format("")]
    return [TIME.format(f", but that the first {stamp.size:,} entries existed by {stamp.time}"), REVOKED]
