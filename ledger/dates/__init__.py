"""Times: found in text against the day of publication, and windows of time read, compared and put into words.

`find` gives what an article says about when. `window`, `bounds`, `relate` and `window_words` work on ISO 8601 / EDTF text with
reduced precision: "2016-03" is a whole month, "2017-04-15T16" a whole hour, "2016-03-07/27" an interval.
"""

from ledger.dates.edtf import bounds, relate, window, window_words
from ledger.dates.reading import find

__all__ = ["bounds", "find", "relate", "window", "window_words"]
