"""The kept bytes against their hashes, and the anchors of the derived claims against the kept texts."""

from __future__ import annotations

import hashlib

from ledger import store
from ledger.audit.findings import Findings, LogScan
from ledger.audit.scan import texts_by_hash
from ledger.store import read


def check_blobs(ledger: store.Ledger, findings: Findings, reading: LogScan) -> None:
    """Checks that every blob has its hash and size, that only redacted ones are gone, and that none is missing."""
    seen: set[str] = set()
    unnamed = 0
    with findings.during("blobs"):
        for row in ledger.each("SELECT sha256, size, bytes FROM blob"):
            digest = row["sha256"]
            seen.add(digest)
            unnamed += digest not in reading.blobs and digest not in reading.redacted
            if problem := _blob_problem(digest, row["size"], row["bytes"], reading):
                findings.problem("blobs", problem)
        for digest in reading.blobs.keys() - seen:
            findings.problem("blobs", f"the bytes {digest} that entry {reading.blobs[digest]} names are missing")
    if unnamed:
        findings.warnings.append(f"{unnamed} kept files are named by no entry that can be read")
    findings.checked["blobs"] = len(seen)


def _blob_problem(digest: str, size: int, data: bytes | None, reading: LogScan) -> str | None:
    named = f"the bytes {digest}" + (f" of entry {reading.blobs[digest]}" if digest in reading.blobs else "")
    if data is None:
        return None if digest in reading.redacted else f"{named} are gone, and no redaction entry says why"
    if hashlib.sha256(data).hexdigest() != digest or len(data) != size:
        return f"{named} are not those that were kept: they have another hash or size"
    if digest in reading.redacted:
        return f"{named} were redacted by entry {reading.redacted[digest]}, but are back"
    return None


def check_derived_anchors(ledger: store.Ledger, findings: Findings) -> None:
    """Checks that every anchored claim, as it reads now, stands in its saved copy."""
    text_of = texts_by_hash(ledger)
    sql = (
        "SELECT c.uid, c.exact, c.start_at, c.end_at, p.text FROM claim c LEFT JOIN capture p ON p.uid = c.capture "
        "WHERE c.anchored <> 0"
    )
    count = 0
    with findings.during("anchors"):
        for row in ledger.each(sql):
            text = text_of(row["text"]) if row["text"] is not None else None
            if text is None:
                continue
            count += 1
            if text[row["start_at"] : row["end_at"]] != row["exact"]:
                name = read.short_id(ledger, row["uid"])
                findings.problem("anchors", f"claim {name} does not stand in its saved copy")
    findings.checked["anchors"] = findings.checked.get("anchors", 0) + count
