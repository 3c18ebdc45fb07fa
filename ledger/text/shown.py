"""Text made safe to show on a terminal."""

from __future__ import annotations

import re
from functools import cache


def visible(text: str) -> str:
    r"""The text with control characters and invisible ones written out, such as \x1b or \u202e.

    Only line feeds and tabs stay: no escape sequence, no turning of the writing direction, nothing of no width.
    """
    if text.isascii() and text.isprintable():
        return text
    return _unsafe().sub(_written_out, text)


@cache
def _unsafe() -> re.Pattern[str]:
    return re.compile(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
        "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # no width, line and direction controls
        "\u115f\u1160\u3164\uffa0\ufe00-\ufe0e\ufeff\ufff9-\ufffb"  # fillers, selectors, marks
        "\ud800-\udfff\U000e0000-\U000e0fff]"  # halves of pairs, tags
    )


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
