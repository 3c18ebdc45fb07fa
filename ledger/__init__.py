"""Claim Ledger: who said what, according to whom, and what other sources say. The tour of the Python API: docs/api.md.

>>> import ledger
>>> ledger.quantity.find("at least 400 militants")[0].low
'400'

Importing this package costs nothing: names are fetched when they are first used.
"""

TYPE_CHECKING = False  # as type checkers take it; typing itself would have to be imported
if TYPE_CHECKING:
    from os import PathLike

    from ledger.store import Ledger

MODULES = (
    "audit", "capture", "changes", "claims", "crossref", "dates", "errors", "exchange", "keys", "language", "merkle", "models",
    "quantity", "records", "reports", "sources", "store", "suggest", "suggestions", "text", "verbs", "vocabulary",
)  # fmt: skip
NAMES = {
    "ClaimsError": "errors",
    "Ledger": "store",
    "create": "store",
    "open_ledger": "store",
    "Claim": "records",
    "Found": "records",
    "Quantity": "records",
    "Statement": "records",
    "TimeSpan": "records",
}
"""Public names and the module each lives in."""

__all__ = ["open", *MODULES, *NAMES]  # noqa: PLE0604  both hold strings only


def open(place: "str | PathLike[str]", actor: str | None = None) -> "Ledger":  # noqa: A001  ledger.open
    """The ledger at a place, a context manager: to read it, or with an actor's name to write to it as well."""
    from ledger import store

    book = store.open_ledger(place, store.Open.WRITE if actor else store.Open.READ)
    book.actor = actor
    return book


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name in MODULES:
        return import_module(f"ledger.{name}")
    if name in NAMES:
        return getattr(import_module(f"ledger.{NAMES[name]}"), name)
    raise AttributeError(f"module 'ledger' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
