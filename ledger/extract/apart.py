"""Files read in a process of their own, which a hostile one takes down, after its time or its memory, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from ledger import errors
from ledger.errors import BadInput, ClaimsError

SECONDS = 8
MEMORY = 200 * 1024 * 1024
"""Bytes that reading one file may take."""

CODE = """import sys
sys.path.append(sys.argv[1])
from ledger.extract import apart, readers
apart.child(readers.call, sys.argv[2:])"""


class Failed(Struct, tag=True):
    kind: str
    message: str
    hint: str | None = None


def run(module: str, function: str, data: bytes, shown: str, record: str | None) -> Any:
    """What a reader gives for these bytes; BadInput where it takes too long or too much."""
    from ledger.extract.archives import Record
    from ledger.extract.extracted import Extracted
    from ledger.extract.feeds import Items

    command = [sys.executable, "-P", "-c", CODE, str(Path(errors.__file__).parents[1]), module, function, shown]
    try:
        done = subprocess.run(  # noqa: S603  our own interpreter, our own code
            [*command, *([record] if record is not None else [])],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BadInput(f"{shown} takes too long to read: over {SECONDS} s", hint=SMALLER) from None
    if done.returncode or not done.stdout:
        raise BadInput(f"{shown} takes too much to read: over {MEMORY // 2**20} MB of memory", hint=SMALLER)
    kind = {b"F": Failed, b"E": Extracted, b"R": Record, b"I": Items}[done.stdout[:1]]
    found = msgspec.msgpack.decode(done.stdout[1:], type=kind)
    if isinstance(found, Failed):
        error: ClaimsError = getattr(errors, found.kind, BadInput)(found.message, hint=found.hint)
        raise error
    return found


SMALLER = "capture the part that is needed: a few of its pages, or its text alone"


def child(call: Callable[..., Any], given: list[str]) -> None:
    """Reads what comes in on standard input, within the limits, and writes what it gives."""
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    module, function, shown, *record = given
    try:
        found = call(module, function, sys.stdin.buffer.read(), shown, record[0] if record else None)
        sent = type(found).__name__[:1].encode() + msgspec.msgpack.encode(found)
    except ClaimsError as e:
        sent = b"F" + msgspec.msgpack.encode(Failed(type(e).__name__, e.message, e.hint))
    sys.stdout.buffer.write(sent)
