"""The library that finds the article of a page, loaded without what fetches pages: nothing here lets it fetch."""

from __future__ import annotations

import sys
import threading
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

ABSENT = (
    "urllib.request", "urllib3", "urllib3.response", "courlan.network", "courlan.urlstore", "trafilatura.downloads", "babel",
    "charset_normalizer", "importlib.metadata",
)  # fmt: skip
"""What fetches, keeps addresses to fetch, tells encodings, or knows languages or versions by name: half the time to load."""


class _Anything(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls

    def __call__(cls, *_: object, **__: object) -> Any:
        return cls


class _Absent(Exception, metaclass=_Anything):
    """Stands for all that a module has which is not there: nothing is an instance of it, and nobody raises it."""


@cache
def trafilatura() -> Any:
    """The library; whoever imports one of the absent modules afterwards gets the real one, and beside other threads all do."""
    alone = threading.active_count() == 1
    stand_ins = {name: _stand_in(name) for name in ABSENT if alone and name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        return import_module("trafilatura")
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)
    module.__dict__["__getattr__"] = lambda name: getattr(_Absent, name)
    return module
