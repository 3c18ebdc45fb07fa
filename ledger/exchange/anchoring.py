"""Imported quotes: anchored if they stand exactly in the saved copy, else cited."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import text
from ledger.claims import Page
from ledger.errors import Ambiguous, BadInput
from ledger.records import Claim, replace
from ledger.text import Anchor

UNANCHORED = "unanchored"
"""The key of a claim's extra that says why its words are not anchored."""


def placed(page: Page, claim: Claim) -> tuple[Claim, tuple[str, ...]]:
    """The claim with its place in the copy; without one it cites its page, and the reason comes with it."""
    if claim.cite is not None:
        return claim, ()
    try:
        found = _found(page, claim)
    except BadInput as e:
        cite = page.article.url or page.article.title or page.article.file or "not known"
        extra = {**(claim.extra or {}), UNANCHORED: e.message}
        return replace(claim, start=None, cite=cite, extra=extra), (f"cited, not anchored: {e.message}",)
    return replace(claim, exact=found.exact, start=found.start), ()


def _found(page: Page, claim: Claim) -> Anchor:
    """The place of the quote: at its own offsets, else where it stands once, else where the words beside it match, too."""
    if page.text is None:
        raise BadInput(f"no copy of {page.article.id} is in this ledger")
    start, end = claim.start, (claim.start or 0) + len(claim.exact)
    if start is not None and 0 <= start < end and page.text[start:end] == claim.exact:
        return text.anchor(page.text, start, end)
    last: BadInput = BadInput("the quotation is empty")
    for prefix, after in _besides(claim.prefix or None, claim.suffix or None):
        try:
            return text.locate(page.text, claim.exact, prefix=prefix, suffix=after)
        except Ambiguous as e:
            last = BadInput(f"the quote stands {e.times} times in the text")
        except BadInput as e:
            # words that stand elsewhere, or nowhere, without the words beside them will not be found with these
            if prefix is None and after is None:
                raise
            last = e
    raise last


def _besides(prefix: str | None, suffix: str | None) -> Iterator[tuple[str | None, str | None]]:
    yield None, None
    yield from dict.fromkeys(pair for pair in ((prefix, suffix), (prefix, None), (None, suffix)) if any(pair))
