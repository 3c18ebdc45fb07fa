"""What other sources say: statements compared, origins traced, wording differences found."""

from __future__ import annotations

from ledger.lazily import fetching

TYPE_CHECKING = False  # as type checkers take it; typing itself would have to be imported
if TYPE_CHECKING:
    from ledger.crossref.comparison import Comparison, compare
    from ledger.crossref.statements import Guess, guess, statement

__all__ = ["Comparison", "Guess", "compare", "guess", "statement"]

__getattr__ = fetching(__name__, "comparison", "statements")
