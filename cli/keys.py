"""A person at the keys: a screen of its own in a terminal that can, else line by line, also from a pipe."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from cli import render, terminal
from cli.session import Session
from ledger.text import visible

ENTER = "\n"


class Keys(Protocol):
    """Where one is shown things and answers with keys."""

    def show(self, body: Sequence[str], foot: Sequence[str]) -> None:
        """Shows this in place of what was shown before; the foot is always in sight."""

    def key(self) -> str | None:
        """One key, or what was typed where it is none; None where nobody answers any more."""

    def line(self, label: str, old: str = "") -> str | None:
        """A line of text; None where nobody answers any more."""


@contextmanager
def keys(session: Session, words: dict[str, str], *, plain: bool) -> Iterator[Keys]:
    """The screen where there is one and it is not declined, else lines of keys, or of words for them."""
    whole = not plain and session.asks and sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
    if not (whole and _has_termios()):
        yield Lines(words, quiet=session.quiet)
        return
    screen = Screen()
    try:
        yield screen
    finally:
        screen.close()


def _has_termios() -> bool:
    try:
        import termios
    except ImportError:  # Windows
        return False
    return bool(termios)


class Lines:
    """Prints what there is to see, and reads a line after it: a key, a word for one, or digits and a key."""

    def __init__(self, words: dict[str, str], *, quiet: bool) -> None:
        self.words, self.quiet = words, quiet
        self.typed: list[str] = []

    def show(self, body: Sequence[str], foot: Sequence[str]) -> None:
        if not self.quiet and not self.typed:
            render.message("\n".join(["", *body, *foot]))

    def key(self) -> str | None:
        while not self.typed:
            line = self.line(">")
            if line is None:
                return None
            if not line and sys.stdin.isatty():
                return ENTER
            if line.casefold() in self.words:
                return self.words[line.casefold()]
            if len(line) > 1 and not re.fullmatch(r"[0-9]+[A-Za-z]?", line):
                return line  # "all" is no three keys
            self.typed = list(line)  # nothing of an empty line that came through a pipe
        return self.typed.pop(0)

    def line(self, label: str, old: str = "") -> str | None:
        self.typed.clear()
        if not self.quiet and sys.stdin.isatty():
            sys.stderr.write(render.for_terminal(f"{label}{f' ({old})' if old else ''} "))
            sys.stderr.flush()
        line = sys.stdin.readline()
        return line.strip() if line else None


class Screen:
    """The whole terminal, drawn anew for each thing; what was there before comes back at the end."""

    def __init__(self) -> None:
        import termios
        import tty

        self.fd, self.out = sys.stdin.fileno(), sys.stdout
        self.cooked: Any = termios.tcgetattr(self.fd)
        self._write("\x1b[?1049h")
        tty.setcbreak(self.fd, termios.TCSANOW)
        self.drawn: tuple[Sequence[str], Sequence[str]] = ((), ())

    def close(self) -> None:
        self._cooked()
        self._write("\x1b[?25h\x1b[?1049l")

    def show(self, body: Sequence[str], foot: Sequence[str]) -> None:
        self.drawn = body, foot
        below = [line for text in foot for line in text.split("\n")]
        room = max(1, terminal.size()[1] - len(below) - 1)
        lines = [line for text in body for line in text.split("\n")]
        if len(lines) > room:
            lines = [*lines[: room - 1], "…"]
        lines += [""] * (room - len(lines))
        text = "\n".join([*lines, *below])
        self._write("\x1b[?25l\x1b[H\x1b[2J" + render.for_terminal(text, coloured=not os.environ.get("NO_COLOR")))

    def key(self) -> str | None:
        data = os.read(self.fd, 1)
        if data == b"\x1b":
            return "escape" + self._rest()
        while data and not _whole(data):
            data += os.read(self.fd, 1)
        return data.decode(errors="replace") if data and data != b"\x04" else None

    def _rest(self) -> str:
        """What an arrow or a function key sends after its escape, so that none of it is taken for keys."""
        import select

        found = b""
        while select.select([self.fd], [], [], 0.03)[0] and (more := os.read(self.fd, 1)):
            found += more
            if (more.isalpha() and found[:1] != b"O") or more == b"~" or len(found) > 15:
                break
        return found.decode(errors="replace")

    def line(self, label: str, old: str = "") -> str | None:
        import termios
        import tty

        self._cooked()
        self._write("\x1b[?25h\n")
        try:
            return typed(render.for_terminal(f"{label}: "), old).strip()
        except (EOFError, KeyboardInterrupt):
            return None
        finally:
            tty.setcbreak(self.fd, termios.TCSANOW)
            self.show(*self.drawn)

    def _cooked(self) -> None:
        import termios

        termios.tcsetattr(self.fd, termios.TCSANOW, self.cooked)

    def _write(self, text: str) -> None:
        self.out.write(text)
        self.out.flush()


def _whole(data: bytes) -> bool:
    """True where no byte of a character is missing."""
    length = 1 if data[0] < 0xC0 else 2 if data[0] < 0xE0 else 3 if data[0] < 0xF0 else 4
    return len(data) >= length


def typed(label: str, old: str = "") -> str:
    """A line from the terminal, begun with the old text, to be changed, where the terminal can."""
    shown = visible(old)
    try:
        import readline
    except ImportError:
        return input(label) or old
    readline.set_startup_hook(lambda: readline.insert_text(shown))
    try:
        answer = input(label)
    finally:
        readline.set_startup_hook(None)
    return old if answer == shown else answer
