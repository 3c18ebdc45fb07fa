"""Suggestions beyond the rules, on request: from a language model, and from a model learned from one's own work.

Both only propose. What a language model returns is kept only if it stands word for word in the text; a learned model can
only mark stretches of the text itself. Each suggestion says who made it, and only a person turns one into a claim.
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.records import Found, Json


class Aided(NamedTuple):
    """A suggestion, the model that had a part in it, and what is logged with it."""

    found: Found
    made_by: str | None = None
    """None where the rules alone made it."""
    kept: Json | None = None
