"""The figures of many words, read by a process beside this one while it is busy with those before them.

The process gets words and gives figures, as msgpack messages with their lengths before them; it opens nothing. Where it cannot
be begun or ends too early, words are read where they are needed, as ever.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import msgspec

from ledger import quantity
from ledger.records import Quantity

Words = tuple[str, str | None]
"""Words and their language, where that is known."""
ROOT = Path(__file__).resolve().parents[2]
HEAD = 8
"""Bytes before a message, in which its length stands."""
SERVE = "from ledger.exchange.ahead import serve; serve()"


class Ahead:
    """A process that reads figures; one lot is asked for before the answer about another is taken."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self._asked: Sequence[Words] = ()
        self._process = subprocess.Popen(  # noqa: S603  our own program; the current folder is no place to import from
            [sys.executable, "-P", "-c", SERVE],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | {"PYTHONPATH": path},
        )  # fmt: skip

    def ask(self, words: Sequence[Words]) -> None:
        """Sends words whose figures are going to be wanted."""
        self._asked = words
        if words and (given := self._process.stdin) and not given.closed:
            _send(given, msgspec.msgpack.encode(words))

    def answer(self) -> dict[Words, list[Quantity]]:
        """The figures of the words that were sent last."""
        asked, self._asked = self._asked, ()
        if not asked or not (given := self._process.stdout) or given.closed:
            return {}
        found = msgspec.msgpack.decode(_receive(given) or b"\x90", type=list[list[Quantity]])
        return dict(zip(asked, found, strict=False))

    def close(self) -> None:
        """Ends the process, whatever it is doing."""
        self._process.kill()
        for end in (self._process.stdin, self._process.stdout):
            if end:
                _close(end)
        self._process.wait()


def begun() -> Ahead | None:
    """The process, where there is a second processor for it and it can be begun."""
    if (os.cpu_count() or 1) < 2 or not sys.executable:
        return None
    try:
        return Ahead()
    except OSError:
        return None


def serve() -> None:
    """What the process does: it reads figures until nobody asks any more."""
    given, told = sys.stdin.buffer, sys.stdout.buffer
    while message := _receive(given):
        words = msgspec.msgpack.decode(message, type=list[Words])
        _send(told, msgspec.msgpack.encode([quantity.find(text, language) for text, language in words]))


def _send(to: IO[bytes], message: bytes) -> None:
    try:
        to.write(len(message).to_bytes(HEAD) + message)
        to.flush()
    except OSError:  # it ended; what it does not answer is read where it is needed
        return


def _receive(given: IO[bytes]) -> bytes:
    """The next message; empty where there is none."""
    head = given.read(HEAD)
    message = given.read(int.from_bytes(head)) if len(head) == HEAD else b""
    return message if len(message) == int.from_bytes(head) else b""


def _close(end: IO[bytes]) -> None:
    try:
        end.close()
    except OSError:  # what was still to be sent goes to nobody
        return
