"""Claim Ledger: who said what, according to whom, and what other sources say.

>>> import ledger
>>> ledger.quantity.find("at least 400 militants")[0].low
'400'

Importing this package costs nothing: names are fetched when they are first used.
"""

MODULES = (
    "audit", "capture", "changes", "claims", "crossref", "dates", "desk", "errors", "exchange", "keys", "merkle", "models",
    "quantity", "records", "report", "reports", "sources", "store", "suggest", "suggestions", "text", "vocabulary",
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

__all__ = [*MODULES, *NAMES]  # noqa: PLE0604  both hold strings only


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name in MODULES:
        return import_module(f"ledger.{name}")
    if name in NAMES:
        return getattr(import_module(f"ledger.{NAMES[name]}"), name)
    raise AttributeError(f"module 'ledger' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
