"""A report on paper: PDF, tagged for screen readers (PDF/UA-1), with bookmarks, from the words of the page.

Typst sets it. All words reach the template as data, so that none can act as markup. Where Typst's own fonts hold every
character, only these are used, and the bytes are the same on every machine; else the machine's fonts are taken too.
"""

from __future__ import annotations

import io
import json
import re
from base64 import b64decode
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ledger.errors import Refused
from ledger.records import plain, replace
from ledger.reports import Look, blocks, html
from ledger.reports.blocks import Block, Page
from ledger.reports.report import Report
from ledger.reports.slices import parts, size

MISSING = "could not be displayed"
"""What Typst says of a character that no font holds."""
FURTHER = ("Noto Serif", "Noto Naskh Arabic", "Amiri", "Noto Serif CJK SC", "Noto Sans")
"""Fonts to prefer where they are installed and a script needs more than Typst brings."""
BEYOND = re.compile("[^\u0000-\u05ff\u1e00-\u2bff\ufb00-\ufb06]")
"""Characters of scripts for which Typst brings no font, or only one that is hard to read."""
ALONE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.data), format: "svg")
"""
"""A page as large as its one picture."""
SHORT = 1600
"""Characters up to which a box stays on one page."""
WIDTH = 640
"""What a picture as wide as the page measures, in CSS pixels."""


def write(report: Report, look: Look) -> bytes:
    """The report as a PDF; BadInput where the extra "pdf" is not installed."""
    page = blocks.blocks(html.write(report, look).decode())
    return setting(page, report.generated_at, look)


def setting(page: Page, at: str, look: Look) -> bytes:
    """A page set on paper, dated `at` (ISO 8601); the look is told of characters that could not be shown."""
    typst = _typst()

    def set_(*standards: Any, more: bool) -> bytes:
        compiler = typst.Compiler(
            _template(),
            font_paths=_folders(look),
            ignore_system_fonts=not more,
            sys_inputs={"page": json.dumps(_inputs(page, at, FURTHER if more else ()))},
        )
        stamp = int(datetime.fromisoformat(at).timestamp())
        made, _ = compiler.compile_with_warnings(format="pdf", timestamp=stamp, pdf_standards=list(standards))
        assert isinstance(made, bytes)  # noqa: S101  a PDF is one file
        return made

    said = ""
    for more in (True,) if _asks_for_more(page, look) else (False, True):
        try:
            return set_("ua-1", more=more)
        except typst.TypstError as e:
            if MISSING not in e.message:
                raise
            said = e.message
    _tell_missing(look, said)
    return set_(more=True)


def _asks_for_more(page: Page, look: Look) -> bool:
    return look.fonts is not None or BEYOND.search(json.dumps(plain(page), ensure_ascii=False)) is not None


def png(block: Block, look: Look) -> bytes:
    """A picture as a PNG of 200 points an inch; BadInput where the extra "pdf" is not installed."""
    typst = _typst()
    svg = picture(block)["data"]
    more = look.fonts is not None or BEYOND.search(svg) is not None
    compiler = typst.Compiler(ALONE, font_paths=_folders(look), ignore_system_fonts=not more, sys_inputs={"data": svg})
    made = compiler.compile(format="png", ppi=200)
    assert isinstance(made, bytes)  # noqa: S101  a page that takes the picture's size is one page
    return made


def _folders(look: Look) -> list[Path]:
    return [look.fonts] if look.fonts else []


def _typst() -> Any:
    try:
        import typst
    except ImportError:
        raise Refused('this needs the extra "pdf"', hint='pip install "claim-ledger[pdf]"') from None
    return typst


@cache
def _template() -> bytes:
    return files("ledger.reports").joinpath("templates", "report.typ").read_bytes()


def _tell_missing(look: Look, message: str) -> None:
    found = re.search(r'the text `"(.*?)"`', message)
    what = f" for “{found[1]}”" if found else ""
    if look.tell is not None:
        look.tell(
            f"no font here has a letter{what}: what cannot be drawn is an empty box, and the PDF does not claim PDF/UA; "
            "give a folder of fonts that have it with --font-path"
        )


# --- data for the template ----------------------------------------------------------------------------------------


def _inputs(page: Page, at: str, fonts: Iterable[str]) -> dict[str, Any]:
    """Everything the template reads."""
    language, _, rest = page.lang.partition("-")
    seen: dict[str, bool] = {}
    found = [_data(b, seen) for b in page.blocks]
    return {
        "title": page.title or "Report",
        "running": f"{page.title[:90]} · {at[:10]}",
        "lang": language.lower() if re.fullmatch("[A-Za-z]{2,3}", language) else "en",
        "region": rest.upper() if re.fullmatch("[A-Za-z]{2}", rest) else None,
        "rtl": page.rtl,
        "fonts": list(fonts),
        "ids": seen,
        "blocks": found,
    }


def _data(block: Block, seen: dict[str, bool]) -> dict[str, Any]:
    """A block as the template reads it; `seen` collects the ids, since Typst allows each label once."""
    made: dict[str, Any] = {"kind": block.kind}
    made |= {k: v for k, v in plain(replace(block, inside=(), id="")).items() if v}
    if block.id and block.id not in seen:
        seen[block.id] = True
        made["id"] = block.id
    if block.kind == "heading":
        made["level"] = block.level
    if block.kind == "table":
        made["columns"] = blocks.shares(b for b in block.inside if b.kind == "row")
    if block.kind == "box":
        made["short"] = len(blocks.words(block)) < SHORT
    if block.kind in ("picture", "photo"):
        made |= picture(block)
    inside = [part for b in block.inside for part in parts(b)]
    if block.kind == "figure":
        made["short"] = len(inside) == len(block.inside)
    return made | {"inside": [_data(b, seen) for b in inside]}


def picture(block: Block) -> dict[str, Any]:
    """A picture or photo as an SVG that stands alone, with its size in CSS pixels and its words."""
    svg = _photo(block.data) if block.kind == "photo" else block.data
    opening, _, rest = svg.partition(">")
    opening = re.sub(r' width="100%"', f' width="{WIDTH}"', opening).replace("inherit", "Libertinus Serif")
    width, height = size(opening, WIDTH)
    return {"data": f"{opening}>{rest}", "alt": block.alt or "a picture", "width": width, "height": height}


def _photo(data: str) -> str:
    """A JPEG inside an SVG, the only kind of picture that can be passed on as text."""
    from PIL import Image

    with Image.open(io.BytesIO(b64decode(data))) as photo:
        width, height = photo.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/></svg>'
    )
