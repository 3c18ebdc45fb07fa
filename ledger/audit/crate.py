"""RO-Crate 1.1 metadata of a bundle, so that archives and research tools know what its files are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

NAME = "ro-crate-metadata.json"
CRATE = "https://w3id.org/ro/crate/1.1"

FILES = {
    "report.html": ("The report", "text/html"),
    "checkpoint": ("Signed tree head of the log (C2SP checkpoint)", "text/plain"),
    "checkpoint.tsr": ("Time stamp over the checkpoint (RFC 3161)", "application/timestamp-reply"),
    "key.vkey": ("The key that verifies the checkpoint (C2SP verifier key)", "text/plain"),
    "verify.py": ("Checks this bundle with Python alone", "text/x-python"),
    "manifest.json": ("SHA-256 of every other file", "application/json"),
}
FOLDERS = {
    "entries/": "The log's entries shown in the report, the very bytes that were hashed",
    "leaves/": "What the log's tree commits to for each entry",
    "proofs/": "That each entry is in the log (RFC 6962 inclusion proofs as C2SP tlog-proof)",
}


def metadata(contents: Mapping[str, bytes], *, log: str, at: str) -> bytes:
    """The metadata of a bundle with these files, made from a log (its id) as it stood at a time (ISO 8601)."""
    parts = [_file(name, contents) for name in FILES if name in contents or name == "manifest.json"]
    parts += [_folder(name) for name in FOLDERS if any(n.startswith(name) for n in contents)]
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
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": CRATE},
        "about": {"@id": "./"},
    }
    graph = {"@context": f"{CRATE}/context", "@graph": [about, root, *parts]}
    return json.dumps(graph, ensure_ascii=False, indent=1).encode() + b"\n"


def _file(name: str, contents: Mapping[str, bytes]) -> dict[str, Any]:
    title, media_type = FILES[name]
    made = {"@id": name, "@type": "File", "name": title, "encodingFormat": media_type}
    return made | ({"contentSize": str(len(contents[name]))} if name in contents else {})


def _folder(name: str) -> dict[str, Any]:
    return {"@id": name, "@type": "Dataset", "name": FOLDERS[name]}
