"""Quotes from elsewhere, anchored where they stand exactly in the copy that this ledger has, else cited."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import text
from ledger.claims import Page, Wanted
from ledger.errors import Ambiguous, BadInput
from ledger.records import replace
from ledger.text import Anchor

UNANCHORED = "unanchored"
"""The key of a claim's extra that says why its words are not anchored."""


def placed(page: Page, wanted: Wanted, suffix: str | None) -> tuple[Wanted, tuple[str, ...]]:
    """The claim with its place in the copy; without one it cites its page, and the reason comes with it."""
    if wanted.cite is not None:
        return wanted, ()
    try:
        found = _found(page, wanted, suffix)
    except BadInput as e:
        cite = page.article.url or page.article.title or page.article.file or "not known"
        extra = {**(wanted.extra or {}), UNANCHORED: e.message}
        return replace(wanted, start=None, cite=cite, extra=extra), (f"cited, not anchored: {e.message}",)
    return replace(wanted, exact=found.exact, start=found.start), ()


def _found(page: Page, wanted: Wanted, suffix: str | None) -> Anchor:
    """Where it stands: at its own offsets, else where it stands once, else where the words beside it do, too."""
    if page.text is None:
        raise BadInput(f"no copy of {page.article.id} is in this ledger")
    start, end = wanted.start, (wanted.start or 0) + len(wanted.exact)
    if start is not None and 0 <= start < end and page.text[start:end] == wanted.exact:
        return text.anchor(page.text, start, end)
    last: BadInput = BadInput("the quotation is empty")
    for prefix, after in _besides(wanted.prefix, suffix):
        try:
            return text.locate(page.text, wanted.exact, prefix=prefix, suffix=after)
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
