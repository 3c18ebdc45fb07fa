"""Whether words hold a figure that a person types."""

from __future__ import annotations

from collections.abc import Iterable

from ledger import records as r
from ledger.errors import BadInput
from ledger.quantity import find, interval_words


def is_ours(exact: str, typed: str, language: str | None, *, ours: bool) -> bool:
    """Whether a typed figure is the desk's own; BadInput where the words hold another one and nobody says that it is ours."""
    given = find(typed, language) if typed.strip().casefold() not in ("none", "-") else []
    if not given or " ".join(typed.split()).casefold() in " ".join(exact.split()).casefold():
        return False
    held = [q for q in find(exact, language) if q.why != r.DENIED]
    given = given if numbers(given) else find(typed, "en")  # the person need not write in the language of the words
    if not numbers(given):
        raise BadInput(f"not a figure: {typed!r}", hint='such as "at least 40"')
    if numbers(given) <= numbers(held):
        return False  # the hedge differs at most, and that is told
    sure = [q for q in held if q.sure and not q.vague]
    if sure and not ours:
        words = "; ".join(interval_words(q) for q in sure)
        raise BadInput(
            f"the words hold {words}, and not {typed!r}",
            hint="quote the words that hold it; --ours logs it as our figure",
        )
    return True


def numbers(found: Iterable[r.Quantity]) -> set[str]:
    return {bound for q in found for bound in (q.low, q.high) if bound is not None}
