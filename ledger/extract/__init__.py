"""From bytes to text: which encoding or format, what is the article on a web page, what the page says of itself.

Plain text is kept as it is, line ends and all; only a byte order mark is left out of the text. HTML goes through
trafilatura, a paragraph a line; before it markup that changes figures is written out (`notation`), after it what it left out
is put back or told (`completing`). Documents, letters, archives and feeds have a reader each (`readers`).
What a page says of itself is a guess for the user to see and overrule.
"""

from ledger.lazily import fetching

TYPE_CHECKING = False  # as type checkers take it; typing itself would have to be imported
if TYPE_CHECKING:
    from ledger.extract.credits import find_credit, with_credit
    from ledger.extract.encodings import Decoded, decode
    from ledger.extract.extracted import Attached, Extracted, Mark, Meta, Stated, locator
    from ledger.extract.readers import beginning, read
    from ledger.extract.webpage import declared_encoding, html, is_html

__all__ = [
    "Attached",
    "Decoded",
    "Extracted",
    "Mark",
    "Meta",
    "Stated",
    "beginning",
    "declared_encoding",
    "decode",
    "find_credit",
    "html",
    "is_html",
    "locator",
    "read",
    "with_credit",
]

__getattr__ = fetching(__name__, "extracted", "readers", "credits", "encodings", "webpage")
