"""How large the terminal is, and which commands of this machine follow what is logged."""

from __future__ import annotations

import os
from pathlib import Path

COLUMNS = 80


def size(columns: int = COLUMNS) -> tuple[int, int]:
    """Columns and lines as `shutil.get_terminal_size` finds them, whose import takes longer than all of this."""
    told = [int(n) if n.isdecimal() else 0 for n in map(os.environ.get, ("COLUMNS", "LINES"), ("", ""))]
    try:
        size = (0, 0) if all(told) else tuple(os.get_terminal_size(1))
    except OSError:
        size = 0, 0
    return told[0] or size[0] or columns, told[1] or size[1] or 24


# --- commands of this machine -------------------------------------------------------------------------------------


def hooks_file() -> Path:
    """Where the commands are kept that run once something is logged: CLAIMS_HOOKS, else the platform's data folder."""
    if given := os.environ.get("CLAIMS_HOOKS"):
        return Path(given)
    from ledger import folders

    return folders.data() / "hooks.json"


def commands_are_kept() -> bool:
    """Whether there are some, or a file that cannot be asked; so that `cli.hooks` is loaded only then."""
    try:
        hooks_file().stat()
    except FileNotFoundError:
        return False
    except OSError:
        pass
    return True
