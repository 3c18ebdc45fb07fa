"""WARC and WACZ: one page out of a web archive, its bytes as they were received."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any

from msgspec import Struct

from ledger.errors import BadInput, Refused
from ledger.extract.feeds import chosen
from ledger.extract.office import opened, unpacked
from ledger.records import replace

PAGE = 50 * 1024 * 1024
"""Bytes of the largest page."""
RECORDS = 200_000
MARKUP = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
"""What may be an article."""


class Record(Struct, frozen=True):
    """An answer of a server, as the archive has it."""

    url: str
    date: str
    media_type: str
    charset: str | None
    status: int
    id: str
    body: bytes
    """Empty where it is not the one that is wanted."""


def warc(data: bytes, name: str, record: str | None) -> Record:
    """The page that the archive holds, or the chosen one of several."""
    return _chosen([io.BytesIO(data)], name, record)


def wacz(data: bytes, name: str, record: str | None) -> Record:
    """The same of a WACZ, which is a zip of WARC files."""
    archive = opened(data, name)
    parts = [n for n in archive.namelist() if n.startswith("archive/") and n.endswith((".warc", ".warc.gz"))]
    return _chosen((_whole(archive, part, name) for part in parts), name, record)


def _whole(archive: Any, part: str, name: str) -> IO[bytes]:
    return io.BytesIO(b"".join(unpacked(archive, part, name, limit=2 * PAGE)))


def _chosen(files: Any, name: str, record: str | None) -> Record:
    found: list[Record] = []
    for page in (page for file in files for page in _pages(file, name)):
        wanted = record in (str(len(found) + 1), page.url) or (record is None and not found)
        found.append(page if wanted else replace(page, body=b""))
    picked: Record = chosen(
        [(page.url, page) for page in found], record, name, lambda page: f"{page.date} {page.media_type}"
    )
    if not picked.body:
        raise BadInput(f"{name}: the record of {picked.url} holds no page")
    return picked


def _pages(file: IO[bytes], name: str) -> Iterator[Record]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise Refused('reading WARC needs the extra "warc"', hint='pip install "claim-ledger[warc]"') from None
    try:
        for n, record in enumerate(ArchiveIterator(file)):
            if n >= RECORDS:
                raise BadInput(f"{name} holds more than {RECORDS:,} records", hint="take the page's record out of it")
            if record.rec_type in ("response", "resource") and (page := _page(record, name)):
                yield page
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as e:
        raise BadInput(f"{name} is no web archive, or damaged: {type(e).__name__}") from None


def _page(record: Any, name: str) -> Record | None:
    """What a record holds, where it may be an article."""
    headers = record.http_headers or record.rec_headers
    kind = (headers.get_header("Content-Type") or "").lower()
    status = int(record.http_headers.get_statuscode()) if record.http_headers else 200
    url = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    media_type, _, rest = kind.partition(";")
    if media_type.strip() not in MARKUP or status != 200 or not url.startswith("http"):
        return None
    body = record.content_stream().read(PAGE + 1)
    if getattr(record.raw_stream, "limit", 0) > 0 and len(body) <= PAGE:
        raise BadInput(f"{name} is cut short: the page {url[:200]} ends before its end")
    if len(body) > PAGE:
        raise BadInput(f"{name}: a page in it is too large: over {PAGE // 2**20} MB")
    charset = rest.partition("charset=")[2].split(";")[0].strip().strip("\"'") or None
    return Record(
        url, record.rec_headers.get_header("WARC-Date") or "", media_type.strip(), charset, status,
        record.rec_headers.get_header("WARC-Record-ID") or "", body,
    )  # fmt: skip
