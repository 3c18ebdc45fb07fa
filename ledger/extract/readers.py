"""The readers of files: which of them reads what, by a file's first bytes and its name, and `read`, which asks it.

What libraries and archives make of a file is read in a process of its own, under a limit of time and memory (`apart`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any, NamedTuple

from ledger.errors import BadInput, ClaimsError
from ledger.extract import heading
from ledger.extract.encodings import decode
from ledger.extract.extracted import Extracted, Mark
from ledger.extract.webpage import declared_encoding, html, is_html
from ledger.records import replace


class Reader(NamedTuple):
    what: str
    """What people call such a file."""
    endings: tuple[str, ...]
    looks_like: Callable[[bytes], bool]
    """By its first bytes, or all where it is an archive."""
    module: str
    function: str
    records: bool = False
    """True where a file may hold several articles, of which one is chosen."""


def _zip_with(*names: str) -> Callable[[bytes], bool]:
    """Looks for these names in a zip; they stand in its directory as they are."""
    return lambda data: data.startswith(b"PK\x03\x04") and all(name.encode() in data for name in names)


def _warc(data: bytes) -> bool:
    if data.startswith(b"\x1f\x8b"):
        with suppress(zlib.error):
            return zlib.decompressobj(31).decompress(data[:512], 7).startswith(b"WARC/1.")
    return data.startswith(b"WARC/1.")


def _matches(pattern: bytes) -> Callable[[bytes], bool]:
    compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return lambda data: compiled.search(data[:4096]) is not None


HEADER = rb"\A(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?"
"""The lines above one header among others."""

FEED = rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:rss|feed|rdf:RDF|item|entry)[\s>]"
SAVED_PAGE = HEADER + rb"Content-Type:\s*multipart/related"
LETTER = HEADER + rb"(?:Received|Message-ID|Return-Path|Delivered-To):"
ODT = "application/vnd.oasis.opendocument.text"

READERS = (
    Reader("a PDF", (".pdf",), lambda data: b"%PDF-" in data[:1024], "pdf_text", "read"),
    Reader("a Word document", (".docx", ".docm"), _zip_with("word/document.xml"), "office", "docx"),
    Reader("an OpenDocument text", (".odt",), _zip_with(ODT), "office", "odt"),
    Reader("a WACZ", (".wacz",), _zip_with("datapackage.json", "archive/"), "archives", "wacz", records=True),
    Reader("a WARC", (".warc", ".warc.gz"), _warc, "archives", "warc", records=True),
    Reader("a saved page", (".mht", ".mhtml"), _matches(SAVED_PAGE), "mail", "mhtml"),
    Reader("an e-mail", (".eml",), _matches(LETTER), "mail", "eml"),
    Reader("a feed", (".rss", ".atom"), _matches(FEED), "feeds", "read", records=True),
    Reader("a feed or sitemap", (), lambda _data: False, "feeds", "listed"),
)

WEBVTT = re.compile(r"\ufeff?WEBVTT(?:[ \t\n\r]|$)")
SUBRIP = re.compile(r"\ufeff?\s{0,9}\d{1,6}[ \t]{0,9}\r?\n[ \t]{0,9}\d{1,3}:\d\d:\d\d[.,]\d{1,3} --> ")


def reader_of(data: bytes, name: str) -> Reader | None:
    """The reader of a file that is neither a page nor a text; its bytes tell, then its name."""
    if found := next((r for r in READERS if r.looks_like(data)), None):
        return found
    packed = data.startswith((b"PK\x03\x04", b"\x1f\x8b"))
    by_name = next((r for r in READERS if name.casefold().endswith(r.endings)), None)
    return by_name if by_name and (packed or by_name.module in ("mail", "feeds")) else None


def read(
    data: bytes,
    *,
    name: str,
    shown: str,
    media_type: str | None = None,
    charset: str | None = None,
    record: str | None = None,
) -> Extracted:
    """The text of a file or an answer; BadInput where it cannot be read. `shown` is what people are told it is called."""
    reader = reader_of(data, name)
    if record is not None and not (reader and reader.records):
        raise BadInput(f"{shown} is one article", hint="--record chooses one of several in an archive or a feed")
    if reader is None:
        return _text(data, name=name, shown=shown, media_type=media_type, charset=charset)
    from ledger.extract import apart

    found = apart.run(reader.module, reader.function, data, shown, record)
    if isinstance(found, Extracted):
        return found
    inner = read(found.body, name="", shown=shown, media_type=found.media_type, charset=found.charset)
    extra = {"record": {"id": found.id, "date": found.date}} | (inner.extra or {})
    return replace(inner, raw=found.body, url=found.url, status=found.status, extra=extra)


def call(module: str, function: str, data: bytes, shown: str, record: str | None) -> Any:
    """What a reader gives, whatever a hostile file makes it raise turned into BadInput."""
    reader = next(r for r in READERS if (r.module, r.function) == (module, function))
    work = getattr(import_module(f"ledger.extract.{module}"), function)
    try:
        found = work(data, shown, record) if reader.records else work(data, shown)
    except BadInput as e:
        raise BadInput(e.message, hint=e.hint or AGAIN) from None
    except (ClaimsError, MemoryError):
        raise
    except Exception as e:
        raise BadInput(f"{shown} cannot be read as {reader.what}: {type(e).__name__}", hint=AGAIN) from None
    if isinstance(found, Extracted) and not found.text.strip():
        raise BadInput(f"{shown} holds no words", hint="an article needs at least one word")
    return found


AGAIN = "save it again, or capture its text alone"


def _text(data: bytes, *, name: str, shown: str, media_type: str | None, charset: str | None) -> Extracted:
    """A page, subtitles, or a text as it is."""
    page = is_html(data, name=name, media_type=media_type)
    decoded = decode(data, name=shown, declared=charset or (declared_encoding(data) if page else None))
    if page:
        found = html(decoded.text, name=shown)
    elif WEBVTT.match(decoded.text) or SUBRIP.match(decoded.text):
        from ledger.extract import subtitles

        found = subtitles.read(decoded.text, shown)
    else:
        found = Extracted(decoded.text, "none", heading.of_text(decoded.text))
    return replace(found, encoding=decoded.encoding, encoding_guessed=decoded.guessed)


# --- where in a document ------------------------------------------------------------------------------------------


def beginning(marks: tuple[Mark, ...], page: int | None, time: str | None) -> tuple[Mark, ...]:
    """The marks of a text of which a person says on which page, or at which moment of a recording, it begins."""
    if page is not None and time is not None:
        raise BadInput("a text begins on a page or at a moment", hint="--page or --time, not both")
    if time is not None:
        from ledger.extract.subtitles import clock

        start = seconds(time)
        return tuple(Mark(clock(seconds(m.name) + start), m.start) for m in marks if ":" in m.name) or (
            Mark(clock(start), 0),
        )
    if page is not None:
        return tuple(Mark(str(int(m.name) + page - 1), m.start) for m in marks if m.name.isdecimal()) or (
            Mark(str(page), 0),
        )
    return marks


def seconds(time: str) -> int:
    """The seconds of a moment such as 00:12:31 or 12:31."""
    found = re.fullmatch(r"(?:(\d{1,3}):)?(\d{1,2}):([0-5]\d)", time.strip(), re.ASCII)
    if found is None:
        raise BadInput(f"not a moment of a recording: {time[:40]}", hint="hours, minutes and seconds: 00:12:31")
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
