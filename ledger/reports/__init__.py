"""Formats of a report: one file each, `write(report, look) -> bytes`; the same report and look always give the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ledger.catalogue import speaking
from ledger.errors import BadInput

if TYPE_CHECKING:
    from ledger.reports.report import Report


class Look(Struct, frozen=True):
    """How a report should look: templates, fonts."""

    template: Path | None = None
    """A newsroom's own templates, a folder that is searched before ours."""
    fonts: Path | None = None
    """A folder of fonts for scripts that the machine's own do not hold (PDF)."""
    tell: Callable[[str], None] | None = None
    """Called with a sentence about anything that could not be shown as it is."""


class Format(Struct, frozen=True):
    """One format: its module, the file endings that name it, the extra that it needs."""

    module: str
    endings: tuple[str, ...]
    title: str
    extra: str | None = None


FORMATS: dict[str, Format] = {
    "html": Format("html", (".html", ".htm"), "one self-contained page"),
    "md": Format("markdown", (".md", ".markdown"), "Markdown"),
    "text": Format("letter", (".txt",), "plain text of 80 columns, for a mail"),
    "obsidian": Format("obsidian", (), "a folder or ZIP of linked notes for Obsidian"),
    "pdf": Format("pdf", (".pdf",), "pages for print, tagged for readers by ear", extra="pdf"),
    "docx": Format("word", (".docx",), "a document for editors", extra="docx"),
}


def write(report: Report, name: str, look: Look | None = None) -> bytes:
    """The report in a format; BadInput where there is no such format, or its extra is not installed."""
    if name not in FORMATS:
        raise BadInput(f"no format {name!r}", hint="there are: " + ", ".join(FORMATS))
    look = look or Look()
    from ledger.reports.report import folded
    from ledger.reports.words import words_of

    module = import_module(f"ledger.reports.{FORMATS[name].module}")
    with speaking(words_of(report.lang)):
        data: bytes = module.write(report if name == "obsidian" else folded(report), look)
    return data


def format_of(path: str) -> str | None:
    """The format that a file's ending names."""
    ending = Path(path).suffix.lower()
    return next((name for name, format_ in FORMATS.items() if ending in format_.endings), None)
