"""How large the terminal is."""

from __future__ import annotations

import os

COLUMNS = 80


def size(columns: int = COLUMNS) -> tuple[int, int]:
    """Columns and lines as `shutil.get_terminal_size` finds them, whose import takes longer than all of this."""
    told = [int(n) if n.isdecimal() else 0 for n in map(os.environ.get, ("COLUMNS", "LINES"), ("", ""))]
    try:
        size = (0, 0) if all(told) else tuple(os.get_terminal_size(1))
    except OSError:
        size = 0, 0
    return told[0] or size[0] or columns, told[1] or size[1] or 24
