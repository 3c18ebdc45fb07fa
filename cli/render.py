"""The one place that makes tables and JSON, from records."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from cli import terminal
from ledger.records import json_text
from ledger.text import visible


def show(data: Any, *, as_json: bool) -> None:
    """JSON for programs; for people the text itself, every character of it made safe for a terminal."""
    if as_json:
        write(json_text(data) + "\n")
    elif data is not None and data != "":
        write(f"{fitted(str(data))}\n", safe=True)


def lines(rows: Iterable[Any]) -> None:
    """JSON Lines, one record each, as they come."""
    for row in rows:
        write(json_text(row) + "\n")


def write(text: str, *, safe: bool = False) -> None:
    """To standard output; lone surrogates and characters the terminal cannot show are escaped, never an error."""
    out = sys.stdout
    if safe:
        text = for_terminal(text, coloured=colour())
    if not text.isascii():
        text = text.encode(out.encoding or "utf-8", "backslashreplace").decode(out.encoding or "utf-8")
    out.write(text)


def message(text: str) -> None:
    """To a person at the terminal, on standard error, styles included."""
    print(for_terminal(text, coloured=colour() and sys.stderr.isatty()), file=sys.stderr)  # noqa: T201


def for_terminal(text: str, *, coloured: bool = False) -> str:
    """The text as a terminal may have it: control characters written out, then its styles."""
    text = visible(text)
    for mark, code in STYLES.items():
        text = text.replace(mark, f"\x1b[{code}m" if coloured else "")
    return text


def width() -> int:
    return max(40, min(terminal.size(100)[0], 160))


def colour() -> bool:
    """True where words may be coloured: a terminal that wants it."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


BOLD, DIM, PLAIN, FIGURE, CUE, SOURCE = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5"
"""Marks for styles, which `for_terminal` turns into escapes once the text is safe; noncharacters, so no text has them."""
STYLES = {BOLD: "1", DIM: "2", PLAIN: "0", FIGURE: "1;32", CUE: "33", SOURCE: "1;36"}


def styled(text: str, style: str) -> str:
    return f"{style}{text}{PLAIN}"


def painted(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """The text with stretches in styles; a later one lies over an earlier, and a mark that the text itself holds is none."""
    styles = [""] * len(text)
    for start, end, style in spans:
        styles[max(0, start) : max(0, end)] = [style] * len(styles[max(0, start) : max(0, end)])
    shown, before = "", ""
    for character, style in zip(text, styles, strict=True):
        if style != before:
            shown += (PLAIN if before else "") + style
        shown, before = shown + ("\ufffd" if character in STYLES else character), style
    return shown + (PLAIN if before else "")


def short(text: str | None, room: int) -> str:
    """One line of at most `room` columns."""
    line = " ".join((text or "").split())
    if columns(line) <= room:
        return line
    cut = line[: room - 1]
    while columns(cut) > room - 1:
        cut = cut[:-1]
    return cut.rstrip() + "…"


def columns(text: str) -> int:
    """The columns that a text takes on a terminal, where some letters take two."""
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, room: int) -> str:
    """The text with spaces behind it up to `room` columns."""
    return text + " " * (room - columns(text))


NARROW = 8
"""No column of a table is cut to fewer characters."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns two spaces apart; at a terminal the widest are cut until a row fits into a line, elsewhere none is cut."""
    cells = [[" ".join(str(c).split()) for c in row] for row in rows]
    widths = [max([len(h), *(columns(r[n]) for r in cells)]) for n, h in enumerate(head)]
    if sys.stdout.isatty():  # a line that a terminal folds is no row any more
        room = width() - 2 * (len(head) - 1)
        widths = [min(w, room) for w in widths]
        while sum(widths) > room and max(widths) > NARROW:
            widths[widths.index(max(widths))] -= 1

    def line(row: Sequence[str]) -> str:
        shown = (padded(short(c, widths[n]), widths[n]) for n, c in enumerate(row))
        return "  ".join(shown).rstrip()

    return "\n".join([line(head), *map(line, cells)])


def fitted(text: str) -> str:
    """At a terminal, lines no wider than it, what is folded standing a little further in; elsewhere the text as it is."""
    if not sys.stdout.isatty():
        return text
    return "\n".join(folded for line in text.split("\n") for folded in _folded(line))


def _folded(line: str) -> list[str]:
    import textwrap

    room = width()
    plain = len(line) - sum(map(line.count, STYLES))
    if plain <= room:
        return [line]
    found = re.match(r"[ │]*(?:[├└]─ )?", line)
    ahead = found[0].replace("├─", "│ ").replace("└─", "  ") if found else ""
    told = textwrap.wrap(
        line,
        room,
        subsequent_indent=f"{ahead}  ",
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    )
    return told or [line]


def wrapped(text: str, *, indent: str = "") -> str:
    import textwrap

    return textwrap.fill(" ".join(text.split()), width(), initial_indent=indent, subsequent_indent=indent)


def packed(parts: Iterable[str]) -> str:
    """Short texts side by side, none of them broken."""
    lines = [""]
    for part in parts:
        if lines[-1] and len(lines[-1]) + len(part) + 2 > width():
            lines.append("")
        lines[-1] += f"  {part}" if lines[-1] else part
    return "\n".join(lines)


def screen() -> int | None:
    """How many lines a terminal has for a list; None where there is no terminal."""
    return max(5, terminal.size()[1] - 3) if sys.stdout.isatty() else None


def fitting(found: list[Any], text: Callable[[list[Any]], str]) -> tuple[str, int]:
    """The text of as many of the first of these as fit a screen, and how many that is."""
    told, room = text(found), screen() or len(found)
    while (lines := told.count("\n")) > room and len(found) > 1:
        found = found[: max(1, len(found) * room // lines)]
        told = text(found)
    return told, len(found)


def paged(chunks: Iterator[str]) -> None:
    """Long text through a pager on a terminal, straight out everywhere else."""
    if not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        for chunk in chunks:
            write(chunk + "\n", safe=True)
        return
    text = fitted("\n".join(chunks))
    if text.count("\n") + 1 < terminal.size()[1]:
        write(text + "\n", safe=True)
        return
    _page(text)


def _page(text: str) -> None:
    import shlex
    import subprocess

    pager = shlex.split(os.environ.get("PAGER") or "less -FIRX")
    try:
        subprocess.run(pager, input=visible(text), text=True, check=False)  # noqa: S603  the user's own pager
    except (OSError, ValueError):
        write(text + "\n", safe=True)
