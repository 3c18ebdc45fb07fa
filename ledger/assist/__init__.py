"""Help with suggesting beyond the rules, for whoever asks for it: a language model, and a model learned from one's own work.

Both only propose. What a language model returns is kept where it stands word for word in the text; what was learned can
only mark stretches of the text itself. Each suggestion says who made it, and only a person turns one into a claim.
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.records import Found, Json


class Aided(NamedTuple):
    """A suggestion with who made it besides the rules, and what of it is kept in the log with it."""

    found: Found
    made_by: str | None = None
    """None where the rules alone made it."""
    kept: Json | None = None
