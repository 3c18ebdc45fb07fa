"""Sheets that Bellingcat's auto-archiver filled: each link an article, what was archived of it the article's saved copy.

The text of a post becomes the copy's text. An archived file beside the sheet becomes its bytes, if its hash is the one in the
sheet; archives elsewhere stay addresses, for an import never touches the network. The row is kept as it is under the article's
`extra`. A sheet with a column for claims gives these too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from ledger import capture
from ledger.errors import BadInput, NotFound
from ledger.exchange import sheets
from ledger.exchange.rows import Copy, Row
from ledger.exchange.sheets import days, header
from ledger.exchange.sheets.cells import EPOCH, known
from ledger.exchange.sheets.fields import named
from ledger.records import Json

METHOD = "auto-archiver"
LINK = ("link", "url")
TEXTS = ("text content", "text")
FILLED = {
    "archive location", "archive date", "upload timestamp", "upload title", "text content", "screenshot", "hash", "wacz",
    "replaywebpage", "thumbnail", "perceptual hashes",
}  # fmt: skip
"""Columns that the archiver fills, by the names it gives them."""


def looks_like(head: bytes, name: str) -> bool:
    return any(_ours(row) for row in sheets.beginning(head, name))


def rows(name: str, *, sheet: str | None = None) -> Iterator[Row]:
    """One article a row."""
    folder = None if name == "-" else Path(name).resolve().parent
    for number, cells in sheets.records(name, _ours, sheet=sheet):
        given = {header.folded(column): cell for column, cell in cells.items()}
        try:
            yield _row(number, cells, given, folder)
        except BadInput as e:
            yield Row(number, e)


def _ours(row: list[str]) -> bool:
    return "archive status" in row and bool(set(LINK) & set(row)) and bool(FILLED & set(row))


def _row(number: int, cells: dict[str, str], given: dict[str, str], folder: Path | None) -> Row:
    link = next((text for name in LINK if (text := known(given.get(name, "")))), None)
    if link is None:
        return Row(number, None, notes=("no link in this row: there is no article to keep",))
    notes: list[str] = []
    article: Json = {
        "url": link,
        "title": known(given.get("upload title") or given.get("title", "")) or None,
        "published_at": _day(known(given.get("upload timestamp") or given.get("timestamp", "")), notes),
        "extra": {
            METHOD: {
                name: str(cell) for name, cell in cells.items() if cell.strip() and header.folded(name) not in TEXTS
            },
            **({"archives": archives} if (archives := _addresses(given)) else {}),
        },
    }
    copy = _copy(given, _archived(given, folder, notes), article, notes)
    article = {name: value for name, value in article.items() if value is not None}
    claim = next((text for name, cell in cells.items() if named(name) == "exact" and (text := known(cell))), None)
    if claim is None:
        return Row(number, article, tuple(notes), article_only=True, copy=copy)
    return Row(number, {"exact": claim, "article": article}, tuple(notes), loose=copy is not None, copy=copy)


def _copy(given: dict[str, str], archived: Copy | None, article: Json, notes: list[str]) -> Copy | None:
    """The copy with its text, which is put into the article; None where there is no text."""
    text = next((str(given[name]) for name in TEXTS if given.get(name, "").strip()), "")
    if text:
        article["text"] = text
        if archived is None:
            return Copy(_bytes(text), METHOD, media_type="text/plain")
        return Copy(archived.raw, METHOD, archived.name, archived.media_type, extractor=METHOD)
    article["text"] = raw_text(archived, notes) if archived else None
    return archived if article["text"] else None


def _addresses(given: dict[str, str]) -> list[str]:
    """Where the archiver put what it archived, as far as that is on the web; reports link there."""
    lines = given.get("archive location", "").split("\n")
    return [line.strip() for line in lines if line.strip().startswith(("https://", "http://"))]


def _bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise BadInput("the text content holds half of a surrogate pair") from None


def _day(text: str, notes: list[str]) -> str | None:
    try:
        return days.iso(text, None, EPOCH) if text else None
    except BadInput as e:
        notes.append(f"the time of the upload is kept as it is: {e.message}")
        return None


# --- the archived file --------------------------------------------------------------------------------------------


def _archived(given: dict[str, str], folder: Path | None, notes: list[str]) -> Copy | None:
    """The archived file, where it lies beside the sheet or below it and is the one that was archived."""
    for place in given.get("archive location", "").split("\n"):
        path = _beside(place.strip(), folder)
        if path is None:
            continue
        try:
            page = capture.read_file(path)
        except NotFound:
            notes.append(f"the archived file {place.strip()} is not there; its address is kept")
            continue
        except BadInput as e:
            return _unread(path, given, notes, e)
        _check(page.raw, given.get("hash", ""), path)
        return Copy(page.raw, METHOD, path.name, page.media_type, page.encoding, page.extractor)
    return None


def _beside(place: str, folder: Path | None) -> Path | None:
    """The file that a place names, if it is none on the web and lies in the sheet's own folder."""
    if not place or folder is None or re.match(r"(?!file:)[a-z][a-z0-9+.-]+://", place, re.IGNORECASE):
        return None
    try:
        path = (
            folder / unquote(place.removeprefix("file://")) if place.startswith("file:") else folder / place
        ).resolve()
        return path if path.is_relative_to(folder) else None
    except (OSError, ValueError):
        return None


def _unread(path: Path, given: dict[str, str], notes: list[str], error: BadInput) -> Copy | None:
    """The bytes of a picture or film, which have no text of their own; none where they are too many."""
    if path.is_file() and path.stat().st_size <= capture.SIZE_LIMIT:
        raw = path.read_bytes()
        _check(raw, given.get("hash", ""), path)
        return Copy(raw, METHOD, path.name, None, "utf-8", "")
    notes.append(f"the archived file {path.name} is not kept, its address is: {error.message}")
    return None


def _check(raw: bytes, given: str, path: Path) -> None:
    """BadInput where the sheet has another hash, such as "SHA-256:ab12…", than the file."""
    name, _, digest = given.strip().rpartition(":")
    method = {
        "": "sha256",
        "sha-256": "sha256",
        "sha-512": "sha512",
        "sha3-256": "sha3_256",
        "sha3-512": "sha3_512",
    }.get(name.casefold())
    if method is None or not re.fullmatch(r"[0-9a-fA-F]{64}|[0-9a-fA-F]{128}", digest):
        return
    if hashlib.new(method, raw).hexdigest() != digest.casefold():
        raise BadInput(
            f"{path.name} is not the file that was archived: its {method.upper()} is another",
            hint="nothing of this row is imported; look at where the file comes from",
        )


def raw_text(copy: Copy, notes: list[str]) -> str | None:
    """The text that stands in an archived page; None, with a note, where there is none."""
    try:
        text = capture.read_bytes(copy.raw, name=copy.name or "-", method=METHOD).text
    except BadInput as e:
        notes.append(f"{copy.name} has no text and is not kept as a copy, its address is: {e.message}")
        return None
    return text if text.strip() else None
