"""Formats of a report: one file each, one function each, Report -> bytes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ledger.report import Report


def _lazy(module: str) -> Callable[[Report], bytes]:
    """The writer of a module that is imported when it writes."""

    def write(report: Report) -> bytes:
        data: bytes = import_module(f"ledger.reports.{module}").write(report)
        return data

    return write


WRITERS: dict[str, Callable[[Report], bytes]] = {"html": _lazy("html"), "md": _lazy("markdown")}
"""Format to writer; the same report always gives the same bytes."""
