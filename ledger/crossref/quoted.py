"""Quotation marks side by side: words changed inside them, and marks that close earlier or later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from ledger.vocabulary import Drift

LONGEST = 400
"""Words looked at: a quotation is shorter, and matching takes the square of the length."""

Marked = list[tuple[str, bool]]
"""Words without case, each with whether it stands inside quotation marks."""


def quote_findings(a: str, b: str) -> Iterator[tuple[Drift, str]]:
    """What differs inside the quotation marks of two tellings of the same words; nothing where they are other words."""
    mine, its = marked(a), marked(b)
    if not any(q for _, q in mine) or not any(q for _, q in its):
        return
    match = SequenceMatcher(None, [w for w, _ in mine], [w for w, _ in its], autojunk=False)
    if match.ratio() < 0.6:
        return
    moved: list[str] = []
    for tag, i, j, k, n in match.get_opcodes():
        if tag == "equal":
            moved += [mine[i + s][0] for s in range(j - i) if mine[i + s][1] != its[k + s][1]]
        elif tag == "replace" and all(q for _, q in mine[i:j]) and all(q for _, q in its[k:n]):
            yield Drift.QUOTE_WORD, f"inside the quotation marks “{_words(mine[i:j])}” is “{_words(its[k:n])}”"
    if 0 < len(moved) <= 8:
        yield Drift.QUOTE_BOUNDARY, f"the quotation marks take in “{' '.join(moved)}” in one telling only"


def marked(text: str) -> Marked:
    """The words of the text, each with whether it is quoted."""
    found: Marked = []
    inside = False
    for m in _piece().finditer(text):
        piece = m.group()
        if piece in "“«„":
            inside = True
        elif piece in "”»":
            inside = False
        elif piece == '"':
            inside = not inside
        else:
            found.append((piece.lower(), inside))
        if len(found) == LONGEST:
            break
    return found


def _words(part: Marked) -> str:
    return " ".join(w for w, _ in part)


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(r"[“”«»„\"]|[^\W_]+(?:[’'-][^\W_]+)*")
