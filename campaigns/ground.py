"""Where the campaigns run: the checkout, a folder that vanishes, a seed, and the command line as people call it."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEED = 20260301
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
CLAIMS = [sys.executable, "-m", "cli.main"]


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for one campaign, gone when it ends."""
    made = Path(tempfile.mkdtemp(prefix="campaign-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
