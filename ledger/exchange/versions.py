"""Other versions of something imported: kept beside the first, which stays as it is."""

from __future__ import annotations

import json

from ledger import changes
from ledger.errors import BadInput, Refused
from ledger.records import Json
from ledger.store import Writer, read

VERSIONS = "versions"
"""The key of a claim's extra under which they are kept."""


def keep(writer: Writer, claim: str, extra: Json) -> list[str]:
    """Keeps what another version of the same thing says beside what the claim (by uid) has; gives what is worth saying."""
    known = read.claim(writer.ledger, claim)
    kept = dict(known.extra or {})
    others = list(kept.pop(VERSIONS, []))
    if extra == kept or extra in others:
        return []
    text = json.dumps({**kept, VERSIONS: [*others, extra]}, ensure_ascii=False, sort_keys=True)
    try:
        changes.amend(writer, claim, {"extra": text})
    except (BadInput, Refused) as e:
        return [f"{known.id} is known; this other version of it could not be kept beside it: {e.message}"]
    return [f"{known.id} is known; this other version of it is kept beside it"]
