"""Modules that are imported when they are first used, and names of packages, so that a verb imports only what it needs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module


class Later:
    """A module that is imported once something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> object:
        return getattr(import_module(self._name), name)


def fetching(package: str, *modules: str) -> Callable[[str], object]:
    """The `__getattr__` of a package whose `__all__` lists names of these modules; those imported most often stand first."""

    def fetch(name: str) -> object:
        known: Sequence[str] = vars(sys.modules[package])["__all__"]
        for module in modules if name in known else ():
            if (found := vars(import_module(f"{package}.{module}")).get(name)) is not None:
                setattr(sys.modules[package], name, found)
                return found
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return fetch
