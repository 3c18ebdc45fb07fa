"""Typography folded away, with the way back to the original characters.

Folded are runs of white space (to one space), quotation marks (to ' or "), dashes (to -), dots of an ellipsis (to one).
Never folded: letters, digits, case, accents, and whether there is white space at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

SINGLE = "'‘’‚‛‹›`´′ʼ＇"
DOUBLE = '"“”„‟«»″〝〞〟＂'
DASHES = "-‐‑‒–—―−﹘﹣－"


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with plain typography; every character of it stands for one stretch of the original."""

    text: str
    _here: tuple[int, ...]
    _there: tuple[int, ...]

    def original(self, offset: int) -> int:
        """Where the stretch that this offset stands for begins in the original."""
        n = bisect_right(self._here, offset) - 1
        return self._there[n] + offset - self._here[n]


def fold(text: str) -> Folded:
    """The text with its typography folded, and the offsets back."""
    parts: list[str] = []
    here, there = [0], [0]
    length = read = 0
    for found in _typography().finditer(text):
        start, end = found.span()
        parts += (text[read:start], _plain(found))
        length += start - read + 1
        read = end
        here.append(length)
        there.append(end)
    parts.append(text[read:])
    return Folded("".join(parts), tuple(here), tuple(there))


@cache
def _typography() -> re.Pattern[str]:
    """What looks different after folding; each alternative is one stretch, of which no part matches alone elsewhere."""
    curly = SINGLE.replace("'", "")
    return re.compile(
        r"(?P<space>[^\S ]\s*|  \s*| [^\S ]\s*)"
        r"|(?P<dots>\.{3,}+[.…]*+|\.{0,2}+…[.…]*+|\.(?:\s++\.){2,}+)"
        rf"|(?P<double>''|``|‘‘|’’|‚‚|[{DOUBLE[1:]}])"
        rf"|(?P<single>[{curly}])"
        rf"|(?P<dash>---?|[{DASHES[1:]}])"
    )


_FOLDS = {"space": " ", "dots": "…", "double": '"', "single": "'", "dash": "-"}


def _plain(found: re.Match[str]) -> str:
    return _FOLDS[found.lastgroup or ""]
