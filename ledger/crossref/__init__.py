"""What other sources say: statements compared, origins traced, wording differences found."""

from ledger.crossref.compare import Comparison, compare
from ledger.crossref.statements import Guess, guess, statement

__all__ = ["Comparison", "Guess", "compare", "guess", "statement"]
