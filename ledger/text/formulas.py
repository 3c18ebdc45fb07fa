"""Cells of a table that no spreadsheet runs as a formula, and back."""

from __future__ import annotations

import re

FORMULA = re.compile(r"[\t\r\n\0]|[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@'＝＋－＠]")
"""What a spreadsheet may run (OWASP ASVS 1.2.10), blanks that are not seen before it too, and the mark that neutralises it."""


def neutral(cell: str) -> str:
    """The cell as text to any spreadsheet; `restored` gives it back."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def restored(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell, 1) else cell
