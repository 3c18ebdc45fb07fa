"""The program's regular expressions, kept compiled from one start to the next, as Python keeps its modules.

Compiling them takes a tenth of `add` and a quarter of a small question. A file for each verb and Python holds what Python's
own compiler made of them; where it is not there or not understood, they are compiled. No words of a claim, a name or a
question are kept: only patterns that stand in the code, are made while a module loads, or by what is remembered for ever.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

from cli.table import VERBS
from ledger import folders

MOST = 2000
"""Patterns in a file, from which on it is begun anew."""
Key = tuple[str | bytes, int]
Made = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What Python's compiler is given for a pattern: its flags, code, groups, and their names both ways."""


@contextmanager
def kept(args: list[str]) -> Iterator[None]:
    """In the block patterns are taken from the file of the verb; those that were missing are there from then on."""
    try:
        inner = _Inner() if args and args[0] in VERBS else None
    except (ImportError, AttributeError):  # of another Python
        inner = None
    if inner is None:
        yield
        return
    patterns = Patterns(folders.cache() / "patterns" / f"{args[0]}-{sys.hexversion:x}", inner)
    inner.compiler.compile = patterns.compile
    try:
        yield
    finally:
        inner.compiler.compile = inner.compile
        if patterns.new and not sys.dont_write_bytecode:
            patterns.save()


class _Inner:
    """The parts of Python's own compiler."""

    def __init__(self) -> None:
        self.compiler: Any = import_module("re._compiler")
        self.compile: Callable[..., re.Pattern[Any]] = self.compiler.compile
        self.code = self.compiler._code  # noqa: SLF001
        self.parse = import_module("re._parser").parse
        self.pattern: Callable[..., re.Pattern[Any]] = import_module("_sre").compile


class Patterns:
    """Those in one file, and those that are going to be."""

    def __init__(self, place: Path, inner: _Inner) -> None:
        self._place, self._inner = place, inner
        self._known = _read(place)
        self.new: dict[Key, Made] = {}

    def compile(self, pattern: str | bytes, flags: int = 0) -> re.Pattern[Any]:
        """A pattern, as Python's own compiler makes it."""
        key = pattern, int(flags)
        if (made := self._known.get(key)) is None:
            asked_by = sys._getframe(1)  # noqa: SLF001
            if type(pattern) not in (str, bytes) or flags & re.DEBUG or not _is_ours(pattern, asked_by):
                return self._inner.compile(pattern, flags)
            made = self._known[key] = self.new[key] = self._made(*key)
        all_flags, code, groups, numbers, names = made
        return self._inner.pattern(pattern, all_flags, memoryview(code).cast("I").tolist(), groups, numbers, names)

    def _made(self, pattern: str | bytes, flags: int) -> Made:
        parsed = self._inner.parse(pattern, flags)
        state, code = parsed.state, self._inner.code(parsed, flags)
        numbers: dict[str, int] = state.groupdict
        names = {number: name for name, number in numbers.items()}
        packed = b"".join(word.to_bytes(4, sys.byteorder) for word in code)
        return flags | int(state.flags), packed, state.groups - 1, numbers, tuple(map(names.get, range(state.groups)))

    def save(self) -> None:
        """Keeps them, readable by their owner alone; does nothing where the folder cannot be written."""
        kept = self._known if len(self._known) <= MOST else self.new
        part = self._place.with_name(f"{self._place.name}.{os.getpid()}")
        with suppress(OSError):
            part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.write_bytes(marshal.dumps(kept))
            part.replace(self._place)


def _read(place: Path) -> dict[Key, Made]:
    try:
        found = marshal.loads(place.read_bytes())  # noqa: S302  as Python reads its modules
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_ours(pattern: str | bytes, frame: FrameType | None) -> bool:
    """Whether nothing but the program makes a pattern: it stands in the code, or is made there once and for all."""
    while frame and frame.f_globals.get("__name__") == "re":
        frame = frame.f_back
    while frame and pattern not in frame.f_code.co_consts and frame.f_code.co_name in COMPREHENSIONS:
        frame = frame.f_back
    return frame is not None and (pattern in frame.f_code.co_consts or _is_remembered(frame) or _is_loading(frame))


COMPREHENSIONS = ("<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>")


def _is_remembered(frame: FrameType) -> bool:
    """Whether a function is running whose results are remembered for ever: it is given none of what people wrote."""
    function: Any = frame.f_globals.get(frame.f_code.co_name)
    code = getattr(getattr(function, "__wrapped__", None), "__code__", None)
    return code is frame.f_code and function.cache_parameters()["maxsize"] is None


def _is_loading(frame: FrameType | None) -> bool:
    """Whether a module is being loaded, which is given nothing."""
    while frame:
        spec = frame.f_globals.get("__spec__") if frame.f_code.co_name == "<module>" else None
        if getattr(spec, "_initializing", False):
            return True
        frame = frame.f_back
    return False
