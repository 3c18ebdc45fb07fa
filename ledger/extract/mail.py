"""E-mail and MHTML: the body, or the page, with what the headers say; what was attached comes along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import Any

from ledger.errors import BadInput
from ledger.extract.encodings import decode
from ledger.extract.extracted import Attached, Extracted, Mark, stated
from ledger.extract.linewise import Line, paragraphs
from ledger.extract.webpage import blocks, declared_encoding, html
from ledger.records import replace

KEPT = ("from", "to", "cc", "date", "subject", "message-id", "reply-to")
"""Headers that are kept as they are."""
LONG = 2000


def eml(data: bytes, name: str) -> Extracted:
    """The words of a letter; its headers say who wrote it, when, and what about."""
    letter = _parsed(data)
    text, marks = _words(letter, name)
    attached = tuple(_attached(letter))
    headers = {key: " ".join(str(letter[key]).split())[:LONG] for key in KEPT if letter[key]}
    who, address = parseaddr(headers.get("from", ""))
    return Extracted(
        text, "email/1",
        stated(title=headers.get("subject"), byline=who or address, published_at=day(headers.get("date"))),
        marks=marks, attached=attached, media_type="message/rfc822", encoding="binary",
        extra={"headers": headers} if headers else None,
    )  # fmt: skip


def mhtml(data: bytes, name: str) -> Extracted:
    """The page that was saved with all its parts, and its address."""
    saved = _parsed(data)
    root = next((part for part in saved.walk() if part.get_content_type() in HTML), None)
    if root is None:
        raise BadInput(f"{name} holds no page")
    page = _bytes(root)
    decoded = decode(page, name=name, declared=root.get_content_charset() or declared_encoding(page))
    found = html(decoded.text, name=name)
    url = str(saved["Snapshot-Content-Location"] or root["Content-Location"] or "").strip()
    when = str(saved["Date"] or "")
    return replace(
        found, media_type="multipart/related", encoding=decoded.encoding, encoding_guessed=decoded.guessed,
        url=url if url.startswith(("http://", "https://")) else None, extra={"saved": when} if when else None,
    )  # fmt: skip


HTML = ("text/html", "application/xhtml+xml")


def _parsed(data: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default.clone(raise_on_defect=False)).parsebytes(data)


def _bytes(part: Any) -> bytes:
    """What a part holds, its transfer encoding undone."""
    got = part.get_payload(decode=True)
    return got if isinstance(got, bytes) else b""


def _words(letter: EmailMessage, name: str) -> tuple[str, tuple[Mark, ...]]:
    """The body as plain text, in paragraphs; a letter of HTML alone as the lines of its blocks."""
    body = letter.get_body(("plain", "html"))
    data = _bytes(body) if body is not None else b""
    if body is None or not data.strip():
        raise BadInput(f"{name} has no words, only what is attached", hint="log it with: claims evidence add FILE")
    text = decode(data, name=name, declared=body.get_content_charset()).text
    if body.get_content_type() == "text/html":
        return "\n".join(blocks(text)), ()
    return paragraphs([Line(line) for line in text.splitlines()])


def _attached(letter: EmailMessage) -> Iterator[Attached]:
    for n, part in enumerate(letter.iter_attachments(), 1):
        inner: Any = part.get_payload() if part.get_content_type() == "message/rfc822" else None
        data = inner[0].as_bytes() if isinstance(inner, list) and inner else _bytes(part)
        name = re.sub(r"[^\w.() +-]", "_", part.get_filename() or f"attachment {n}")[:200]
        if data:
            yield Attached(name, part.get_content_type(), data)


def day(said: str | None) -> str | None:
    """The moment of a header, as it is written here; None where it says none."""
    try:
        return parsedate_to_datetime(said or "").isoformat(timespec="minutes") if said else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
