"""Letters of a text in another case, each in its place."""

from __future__ import annotations


def in_small_letters(text: str) -> str:
    """The text in small letters; a letter whose small form is longer, as in Turkish, stays as it is."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
