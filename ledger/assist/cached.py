"""Answers of a language model kept on this machine, by the hash of what was asked; losing them loses time and nothing else."""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from ledger.records import Json

VARIABLE = "CLAIMS_CACHE"
LARGEST = 4 * 1024 * 1024


def folder() -> Path:
    """CLAIMS_CACHE, else the folder that the system has for what can be made again."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path("claim-ledger")


def get(digest: str) -> Json | None:
    """What was answered; None where nothing was, or where the file cannot be read."""
    path = folder() / "llm" / f"{digest}.json"
    try:
        if path.stat().st_size > LARGEST:
            return None
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    good = isinstance(data, dict) and isinstance(data.get("answer"), str) and isinstance(data.get("model"), str)
    return data if good else None


def put(digest: str, answer: Json) -> None:
    """Keeps an answer for its owner alone; a cache that cannot be written is none."""
    place = folder() / "llm"
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=place, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as f:
                json.dump(answer, f, ensure_ascii=False)
            Path(name).replace(place / f"{digest}.json")
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
