"""PDF: the text layer, page by page. What stands on every page, such as its number, is left out and told."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ledger.errors import BadInput, Refused
from ledger.extract.extracted import Extracted, stated
from ledger.extract.linewise import Line, paragraphs

EDGE = 2
"""Lines at the head and the foot of a page among which are those that stand on every page."""
SAME = 3
"""Pages on which a line must stand for that."""


def read(data: bytes, name: str) -> Extracted:
    """The words of a PDF; BadInput where it has none, or cannot be read without a password."""
    try:
        import pypdf
    except ImportError:
        raise Refused('reading PDF needs the extra "pdf"', hint='pip install "claim-ledger[pdf]"') from None
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise BadInput(f"{name} needs a password", hint="save it without one, and capture that")
    found = [(n, page.extract_text().splitlines()) for n, page in enumerate(reader.pages, 1)]
    bare = [n for n, lines in found if not any(line.strip() for line in lines) and _pictures(reader.pages[n - 1])]
    if not any(line.strip() for _, lines in found for line in lines):
        raise BadInput(
            f"{name} has no text layer: none of its pages holds words that can be copied",
            hint="recognise its text first: ocrmypdf FILE",
        )
    everywhere = _everywhere([lines for _, lines in found])
    lines = [line for n, page in found for line in _lines(n, page, everywhere)]
    text, marks = paragraphs(lines)
    told = [f"page {n} has no text layer: it is a picture" for n in bare]
    told += [f"on every page: {line}" for key, line in everywhere.items() if key != "#"]
    said = {key: str(reader.metadata.get(f"/{key}") or "") for key in ("Title", "Author", "CreationDate", "ModDate")} if (
        reader.metadata
    ) else {}  # fmt: skip
    return Extracted(
        text, f"pypdf {pypdf.__version__}", stated(title=_title(said.get("Title", "")), byline=said.get("Author")),
        left_out=tuple(told), marks=marks, media_type="application/pdf", encoding="binary",
        extra={"document": {k: v[:1000] for k, v in said.items() if v}} if any(said.values()) else None,
    )  # fmt: skip


MADE = re.compile(
    r"\.(?:docx?|indd|pdf|qxd|odt|xlsx?)$|^microsoft (?:word|powerpoint)|^untitled|^document\d*$", re.IGNORECASE
)


def _title(said: str) -> str | None:
    """The title, where it is none that a program put there."""
    made = MADE.search(said)
    return None if made or len(said.split()) < 2 else said


def _pictures(page: Any) -> bool:
    resources = page.get("/Resources")
    return bool(resources and resources.get_object().get("/XObject"))


def _key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _edges(lines: Sequence[str]) -> list[str]:
    full = [line for line in lines if line.strip()]
    return full[:EDGE] + full[max(EDGE, len(full) - EDGE) :]


def _everywhere(pages: Sequence[Sequence[str]]) -> dict[str, str]:
    """What stands at the head or foot of most pages, by the line without its figures; page numbers alone count as such."""
    counts = Counter(key for lines in pages for key in {_key(line) for line in _edges(lines)})
    first = {_key(line): " ".join(line.split()) for lines in reversed(pages) for line in _edges(lines)}
    need = max(SAME, len(pages) // 2)
    return {key: first[key] for key, n in counts.items() if n >= need and (key == "#" or re.search(r"[^\W\d_]", key))}


def _lines(number: int, page: Sequence[str], everywhere: dict[str, str]) -> list[Line]:
    edges = {line for line in _edges(page) if _key(line) in everywhere}
    kept = [line for line in page if line not in edges]
    while kept and not kept[-1].strip():
        kept.pop()  # a paragraph may go on overleaf
    return [Line(line, str(number) if n == 0 else None) for n, line in enumerate(kept)]
