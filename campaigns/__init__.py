"""Campaigns against the log, its file and what goes in and out: `python -m campaigns NAME`, from the checkout."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
