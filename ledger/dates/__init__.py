"""Times: found in text against the day of publication, and windows of time read, compared and put into words.

`find` gives what an article says about when. `window`, `bounds`, `relate` and `window_words` work on ISO 8601 / EDTF text with
reduced precision: "2016-03" is a whole month, "2017-04-15T16" a whole hour, "2016-03-07/27" an interval.
"""

from __future__ import annotations

from ledger.dates.edtf import bounds, interval, month_name, relate, window, window_words
from ledger.language import base, detect
from ledger.records import TimeSpan

__all__ = ["as_typed", "bounds", "find", "interval", "month_name", "relate", "window", "window_words"]


def as_typed(text: str) -> str:
    """A day or a window as people type it ("27 March 2016", "2016-03") in ISO 8601; BadInput where it can be read two ways."""
    from ledger.dates.typed import meant  # the word lists are only read where a text is

    return meant(text)


def find(text: str, published: str | None = None, language: str | None = None) -> list[TimeSpan]:
    """The times in the text, in order; relative words are read against the day of publication.

    The language is a BCP 47 tag; without one it is told from the text, and a few words count as English.
    """
    from ledger.dates import expressions  # the word lists are only read where a text is

    return expressions.find(text, published, base(language) if language else detect(text) or "en")
