"""The entry point of the command `claims`: help is printed as it was written down (`make docs`), all else is run by `cli.main`.

To build a command in order to describe it takes five times as long as to print what it said last time.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cli.terminal import COLUMNS, size

WIDTHS = (110, COLUMNS)
"""Columns for which help is written down, the most that it takes first; for other terminals it is made when it is asked for."""


def run() -> None:
    """Runs the command line and ends the process with its exit code."""
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # it was closed; whatever is opened next would take its place
            setattr(sys, name, Path(os.devnull).open("r+", encoding="utf-8"))  # noqa: SIM115
    text = written_help(sys.argv[1:], size()[0])
    if text is not None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except (OSError, UnicodeError):
            pass  # told by what follows
        else:
            return
    from cli.main import run as run_command

    run_command()


def written_help(args: list[str], width: int) -> str | None:
    """What a request for help prints on a terminal of that many columns; None where it is not one, or not written down."""
    if args[:1] == ["help"]:
        words = args[1:]
    elif args and args[-1] in ("--help", "-h"):
        words = args[:-1]
    else:
        return None
    width = min(width, WIDTHS[0])
    if width not in WIDTHS:
        return None
    pages = (Path(__file__).parent / f"help-{width}.txt").read_text(encoding="utf-8")
    _, found, rest = pages.partition(f"\f{' '.join(('claims', *words))}\n")
    return rest.partition("\f")[0] if found else None
