"""Saving a copy of an article, and looking at once for what it answers."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ledger import capture as copies
from ledger import protection
from ledger import records as r
from ledger.capture import Page
from ledger.store import Writer, read
from ledger.verbs.verb import Notice, protected_names, verb


class Capture(Struct, frozen=True, kw_only=True):
    """A copy that was read from a file or fetched, and what the user says of it; "" and "unknown" stand for not known."""

    page: Page
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None
    credit: str | None = None
    lang: str | None = None
    extra: r.Json | None = None


class Captured(Struct, frozen=True, kw_only=True):
    saved: copies.Saved
    waiting: int
    """How many of its statements were proposed for questions that are open."""
    notices: tuple[Notice, ...] = ()


@verb
def capture(writer: Writer, request: Capture) -> Captured:
    """Saves a copy byte for byte; what in a new one may answer open questions waits for a person."""
    page = request.page
    details = {name: getattr(request, name) for name in copies.Details.__annotations__}
    saved = copies.save_into(writer, page, **details)
    waiting = _proposed(writer, saved.article.uid) if saved.new else 0
    return Captured(saved=saved, waiting=waiting, notices=tuple(_notices(page, saved, waiting)))


def _proposed(writer: Writer, article: str) -> int:
    """How many statements of the article were proposed for open questions; cross-reference is loaded only where one is."""
    if next(read.questions(writer.ledger), None) is None:
        return 0
    from ledger.crossref.proposals import of_capture

    writer.index_new()
    return of_capture(writer, article)


def _notices(page: Page, saved: copies.Saved, waiting: int) -> Iterator[Notice]:
    article = saved.article.id
    if saved.new:
        yield from protected_names(protection.names().found(page.text), "the text of", article)
    if waiting:
        yield Notice("proposed", f"{waiting} of its statements may answer questions that are open: claims triage")
    if page.encoding_guessed:
        yield Notice("encoding_guessed", f"the encoding was guessed: {page.encoding}")
    if saved.new and page.left_out:
        many = len(page.left_out)
        parts = "1 paragraph of the page is" if many == 1 else f"{many} paragraphs of the page are"
        said = (
            f"{parts} not in the saved text; if it is the article's, save its text instead: “{page.left_out[0][:80]} …”"
        )
        yield Notice("left_out", said)
    for name in saved.differs:
        said = f"{article} is known with another {name}; it stays as it is (claims amend {article} changes it)"
        yield Notice("differs", said)
