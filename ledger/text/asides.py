"""Asides: what a saved copy holds in brackets because it is no running text, and readers pass over.

"[struck out: 400]", "[note 2]", and the "[2]" of a page that was copied by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def struck_out(words: str) -> str:
    """Words that a page shows with a line through them."""
    return f"[struck out: {_bare(words)}]"


def note(mark: str) -> str:
    """The mark of a footnote."""
    return f"[note {_bare(mark).strip('() ')}]"


def _bare(words: str) -> str:
    return words.replace("[", "(").replace("]", ")") if not _BRACKETED.fullmatch(words) else words.strip("[]")


_BRACKETED = re.compile(r"\[[^\[\]]{1,30}\]")
_ASIDE = re.compile(r"\[(?:struck out: [^\[\]]*|note [^\[\]]{1,30}|\d{1,3}|[*†‡§a-z])\]")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """The places of the asides of a text."""
    return (m.span() for m in _ASIDE.finditer(text)) if "[" in text else iter(())


def running(text: str) -> str:
    """The text with spaces in place of its asides, so that places stay as they are."""
    return _ASIDE.sub(lambda m: " " * len(m[0]), text) if "[" in text else text
