"""What every reader gives: the text of a file, the places in it that the file numbers, and what the file says of itself."""

from __future__ import annotations

from typing import Any

from msgspec import Struct


class Stated(Struct, frozen=True):
    """A value and where it was found: "page" (its own metadata) or "text" (the article's words)."""

    value: str
    where: str


class Meta(Struct, frozen=True):
    """What a page or a text says of itself; each None where it does not."""

    title: Stated | None = None
    byline: Stated | None = None
    publisher: Stated | None = None
    published_at: Stated | None = None
    """The day that counts."""
    printed_at: Stated | None = None
    """What it shows its readers beside its headline."""
    first_published_at: Stated | None = None
    """When it says that it came out first."""
    modified_at: Stated | None = None
    """When it says that it was changed last."""
    language: Stated | None = None
    url: Stated | None = None
    """The canonical URL that the page gives."""
    credit_line: Stated | None = None


class Mark(Struct, frozen=True):
    """Where a page or a moment begins in the text: the page's number, or hours, minutes and seconds (00:12:31)."""

    name: str
    start: int


class Attached(Struct, frozen=True):
    """A file that came inside another."""

    name: str
    media_type: str
    data: bytes


class Extracted(Struct, frozen=True):
    text: str
    extractor: str
    """Name and version of what took the text from the bytes; "none" where the text is the bytes."""
    meta: Meta = Meta()
    uncaptioned: str | None = None
    """The text without captions, whose credits are those of pictures, where it has any."""
    left_out: tuple[str, ...] = ()
    """What the file holds and the text does not: paragraphs of a page, or in words what kind of thing."""
    marks: tuple[Mark, ...] = ()
    attached: tuple[Attached, ...] = ()
    extra: dict[str, Any] | None = None
    """What else the file says of itself."""
    media_type: str = "text/plain"
    encoding: str = "utf-8"
    encoding_guessed: bool = False
    raw: bytes | None = None
    """The bytes that the text was taken from, where a file holds several things: one record of an archive."""
    url: str | None = None
    """Where these bytes came from, as the file has it."""
    status: int | None = None


def stated(**found: str | None) -> Meta:
    """What a file's own fields say, each on one line; fields without a value are left out."""
    lines = {name: " ".join(value.split())[:1000] for name, value in found.items() if value}
    return Meta(**{name: Stated(line, "page") for name, line in lines.items() if line})


def locator(marks: tuple[Mark, ...], start: int, end: int) -> str | None:
    """Where words stand: the page, or pages, or the moment at which they begin; None where nothing tells."""
    before = [m for m in marks if m.start <= start]
    if not before:
        return None
    first, last = before[-1].name, [m for m in marks if m.start < end][-1].name
    return first if first == last or ":" in first else f"{first}-{last}"
