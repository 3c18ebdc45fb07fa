"""Where this machine keeps what belongs to a person and to no ledger."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path

APP = "claim-ledger"


def data() -> Path:
    """The platform's folder for a program's data."""
    if (usual := _usual("XDG_DATA_HOME", ".local/share")) is not None:
        return usual
    from platformdirs import user_data_path

    return user_data_path(APP)


def cache() -> Path:
    """CLAIMS_CACHE, else the platform's folder for what may be lost at any time."""
    if named := os.environ.get("CLAIMS_CACHE"):
        return Path(named)
    if (usual := _usual("XDG_CACHE_HOME", ".cache")) is not None:
        return usual
    from platformdirs import user_cache_path

    return user_cache_path(APP)


def _usual(variable: str, below: str) -> Path | None:
    """The folder on Linux, where platformdirs takes ten times as long to say the same; None where it has to be asked."""
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ:
        return None
    return _in(os.environ.get(variable) or "", os.environ.get("HOME"), below)


@lru_cache(maxsize=8)
def _in(given: str, _home: str | None, below: str) -> Path | None:
    """The program's folder in the one given, or in the person's own; asked for twice by each `add`."""
    given = given or os.path.expanduser(f"~/{below}")  # noqa: PTH111  as platformdirs has it
    return Path(given) / APP if given.startswith("/") else None
