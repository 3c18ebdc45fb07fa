"""A bundle for strangers: the report, the entries it shows, a proof of each, and the one-file verifier that checks them.

report.html         as given
entries/N.json      the body of entry N, the very bytes that were hashed; absent where redacted
leaves/N.json       what the tree commits to for entry N
proofs/N.tlog-proof its inclusion proof under the checkpoint
checkpoint key.vkey verify.py
manifest.json           the hash of every other file; manifest.note signs it
ro-crate-metadata.json  what these files are (RO-Crate 1.1)
checkpoint.tsr      a time stamp over the checkpoint, where one was taken: openssl ts -verify checks it
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from ledger import keys, merkle, store
from ledger.audit import heads, timestamps
from ledger.audit.checkpoints import checkpoint, proof_of, verifier_key
from ledger.records import Entry
from ledger.store import beside, files, overview
from ledger.store.redact import stands_beside_redacted
from ledger.vocabulary import EntryKind

PRIVATE = frozenset({
    EntryKind.WORK, EntryKind.TAG, EntryKind.SUGGESTION, EntryKind.JUDGEMENT, EntryKind.POLICY,
    EntryKind.FIELD, EntryKind.VALUE, EntryKind.TEMPLATE,
})  # fmt: skip
"""Kinds of entries about the desk's own work: no report shows them, so no bundle holds them."""

EPOCH = (1980, 1, 1, 0, 0, 0)


def bundle(
    ledger: store.Ledger, uids: Iterable[str], report: bytes, *, key: keys.SigningKey, out: Path | str
) -> list[int]:
    """Writes the bundle of a report on these things, whole or not at all; gives the numbers of the entries shown.

    The same log, key, report and time stamp give the same bytes.
    """
    note = checkpoint(ledger, key)
    shown = {e.seq: e for uid in uids for e in _entries_of(ledger, uid)}
    contents = {"report.html": report, "checkpoint": note.encode(), "verify.py": verifier_source()}
    contents["key.vkey"] = verifier_key(ledger, key).encode() + b"\n"
    if (stamp := timestamps.beside(ledger, note)) is not None:
        contents["checkpoint.tsr"] = stamp
    for seq in sorted(shown):
        contents |= _entry_files(ledger, shown[seq], note)
    at = beside.last_entry_time(ledger)
    contents[CRATE_NAME] = _crate(contents, log=store.log_id(ledger), at=at)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}
    manifest = json.dumps({"files": hashes}, indent=1, sort_keys=True)
    contents["manifest.json"] = manifest.encode() + b"\n"
    contents["manifest.note"] = _signed_list(contents["manifest.json"], key, heads.origin(ledger)).encode()
    files.new_file(Path(out), _zipped(contents))
    return sorted(shown)


def _signed_list(manifest: bytes, key: keys.SigningKey, origin: str) -> str:
    """A signed note over the list of the bundle's files; its second line is no number, so that it is never a checkpoint."""
    text = f"{origin}/bundle\nsha256 {hashlib.sha256(manifest).hexdigest()}\n"
    return merkle.sign_note(text, key.named(origin), key.sign)


def verifier_source() -> bytes:
    """The text of ledger/verify.py."""
    return resources.files("ledger").joinpath("verify.py").read_bytes()


def _entries_of(ledger: store.Ledger, uid: str) -> Iterator[Entry]:
    """What was logged about a thing and may be shown, with the redactions of it; the desk's own affairs are left out."""
    own = overview.entry(ledger, uid)
    made = [own] if own and own.about != own.uid else []
    for entry in (*made, *store.entries(ledger, about=uid)):
        if entry.kind not in PRIVATE and not _is_internal(entry):
            yield entry
            if entry.body is None:
                yield from (e for e in store.entries(ledger, about=entry.uid) if e.kind == EntryKind.REDACT)


def _is_internal(entry: Entry) -> bool:
    """True where an entry is a note that is not for the public, or may have been one before it was redacted."""
    if entry.kind != EntryKind.NOTE:
        return False
    body = merkle.loads(entry.body) if entry.body is not None else {"internal": True}
    return bool(body.get("internal") or body.get("query") or body.get("settles"))


def _entry_files(ledger: store.Ledger, entry: Entry, note: str) -> dict[str, bytes]:
    made = {
        f"leaves/{entry.seq}.json": store.leaf_of(entry),
        f"proofs/{entry.seq}.tlog-proof": proof_of(ledger, entry.seq, note).encode(),
    }
    if entry.body is not None and not stands_beside_redacted(ledger, entry):
        made[f"entries/{entry.seq}.json"] = entry.body
    return made


def _zipped(contents: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(contents):
            info = zipfile.ZipInfo(name, EPOCH)
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, contents[name])
    return held.getvalue()


# --- RO-Crate 1.1: archives and research tools read from it what the files of a bundle are -----------------------------

CRATE_NAME = "ro-crate-metadata.json"
CRATE = "https://w3id.org/ro/crate/1.1"

CRATE_FILES = {
    "report.html": ("The report", "text/html"),
    "checkpoint": ("Signed tree head of the log (C2SP checkpoint)", "text/plain"),
    "checkpoint.tsr": ("Time stamp over the checkpoint (RFC 3161)", "application/timestamp-reply"),
    "key.vkey": ("The key that verifies the checkpoint (C2SP verifier key)", "text/plain"),
    "verify.py": ("Checks this bundle with Python alone", "text/x-python"),
    "manifest.json": ("SHA-256 of every other file", "application/json"),
    "manifest.note": ("Signed note over manifest.json (C2SP signed note)", "text/plain"),
}
CRATE_FOLDERS = {
    "entries/": "The log's entries shown in the report, the very bytes that were hashed",
    "leaves/": "What the log's tree commits to for each entry",
    "proofs/": "That each entry is in the log (RFC 6962 inclusion proofs as C2SP tlog-proof)",
}


def _crate(contents: Mapping[str, bytes], *, log: str, at: str) -> bytes:
    """The metadata of a bundle with these files, made from a log (its id) as it stood at a time (ISO 8601)."""
    parts = [_crate_file(name, contents) for name in CRATE_FILES if name in contents or name.startswith("manifest.")]
    parts += [_crate_folder(name) for name in CRATE_FOLDERS if any(n.startswith(name) for n in contents)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": "A report on claims, with proofs",
        "description": "A fact-checking report, the log entries that it rests on, and what is needed to check both.",
        "identifier": f"urn:claim-ledger:{log}",
        "datePublished": at,
        "hasPart": [{"@id": part["@id"]} for part in parts],
        "mainEntity": {"@id": "report.html"},
    }
    about = {
        "@id": CRATE_NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": CRATE},
        "about": {"@id": "./"},
    }
    graph = {"@context": f"{CRATE}/context", "@graph": [about, root, *parts]}
    return json.dumps(graph, ensure_ascii=False, indent=1).encode() + b"\n"


def _crate_file(name: str, contents: Mapping[str, bytes]) -> dict[str, Any]:
    title, media_type = CRATE_FILES[name]
    made = {"@id": name, "@type": "File", "name": title, "encodingFormat": media_type}
    return made | ({"contentSize": str(len(contents[name]))} if name in contents else {})


def _crate_folder(name: str) -> dict[str, Any]:
    return {"@id": name, "@type": "Dataset", "name": CRATE_FOLDERS[name]}
