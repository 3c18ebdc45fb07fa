"""Asides: what a saved copy holds in brackets because it is no running text, and readers pass over.

"[struck out: 400]", "[note 2]", and the "[2]" of a page that was copied by hand.
"""

from __future__ import annotations

import re


def struck_out(words: str) -> str:
    """Words that a page shows with a line through them."""
    return f"{STRUCK}{_bare(words)}]"


STRUCK = "[struck out: "


def note(mark: str) -> str:
    """The mark of a footnote."""
    return f"[note {_bare(mark).strip('() ')}]"


def _bare(words: str) -> str:
    return words.replace("[", "(").replace("]", ")") if not _BRACKETED.fullmatch(words) else words.strip("[]")


_BRACKETED = re.compile(r"\[[^\[\]]{1,30}\]")
_ASIDE = re.compile(
    r"\[(?:struck out: [^\[\]]*|note [^\[\]]{1,30})\]"
    r"|(?<=[\w.,;:!?)\]%”’])\[(?:\d{1,3}|[*†‡§a-z])\](?!\w)|\[\d{1,3}\](?=[.,;:)]|[ \t]{0,9}$)",
    re.MULTILINE,
)
"""A note mark follows a word; "[12] boats" and "[t]he mayor" are an editor's."""


def is_struck(text: str, start: int, end: int) -> bool:
    """True where some of the words at a place are struck out."""
    opened = text.rfind(STRUCK, 0, end)
    return opened >= 0 and text.find("]", opened) >= start


def running(text: str) -> str:
    """The text with spaces in place of its asides, so that places stay as they are."""
    return _ASIDE.sub(lambda m: " " * len(m[0]), text) if "[" in text else text
