"""How much of a kind a test takes: enough to notice in every run, the whole of it with WHOLE=1 (`make campaign`)."""

from __future__ import annotations

import os

WHOLE = bool(os.environ.get("WHOLE"))


def size(quick: int, whole: int) -> int:
    """That many in every run; so many in a campaign."""
    return whole if WHOLE else quick
