"""What a server did not confirm, remembered on this machine until the next command sees whether it was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ledger import folders


def remember(place: str, batch: str) -> None:
    """Notes a batch of which nobody knows whether it was written."""
    path = _path(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"batches": [*_noted(path), batch]}), encoding="utf-8")


def settled(place: str, rows: Callable[[str, Sequence[str]], Sequence[Any]]) -> str | None:
    """What became of the batches noted for a ledger, which are forgotten; None where there are none."""
    path = _path(place)
    if not (batches := _noted(path)):
        return None
    marks = ", ".join("?" * len(batches))
    sql = f"SELECT min(seq) AS first, max(seq) AS last FROM entry WHERE batch IN ({marks}) GROUP BY batch ORDER BY 1"
    found = [f"{row['first']} to {row['last']}" for row in rows(sql, batches)]
    path.unlink(missing_ok=True)
    lost = len(batches) - len(found)
    said = [f"it is in the log now, entries {', '.join(found)}"] if found else []
    said += ["it is not in the log: do it again"] if lost else []
    return f"what {place} did not confirm before: {'; '.join(said)}"


def _path(place: str) -> Path:
    return folders.cache() / f"unconfirmed-{hashlib.sha256(place.encode()).hexdigest()[:16]}.json"


def _noted(path: Path) -> list[str]:
    try:
        found: list[str] = json.loads(path.read_text("utf-8"))["batches"]
    except (OSError, ValueError, KeyError):
        return []
    return found
