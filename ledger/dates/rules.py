"""Which rule reads what each pattern finds."""

from __future__ import annotations

import re
from collections.abc import Callable

from ledger.dates import absolute, clock, relative
from ledger.dates.anchor import Anchor, NoAnchor
from ledger.dates.part import Part
from ledger.dates.words import pattern

Rule = Callable[[re.Match[str], Anchor], Part | None]
RULES: dict[str, Rule] = {rule.__name__: rule for rule in absolute.RULES}
RULES |= {"month_day": absolute.day_month}
RULES |= {
    rule.__name__: rule
    for rule in (
        relative.weekday,
        relative.today,
        relative.other_day,
        relative.this,
        relative.overnight,
        relative.the_night,
        relative.weekend,
        relative.relative,
        relative.relative_name,
        relative.lasting,
        relative.length,
        clock.clock,
        clock.clock24,
        clock.oclock,
        clock.noon,
        clock.dawn,
        clock.since,
    )
}
RULES |= {"lately": relative.recently, "ago": relative.back}


def read(name: str, text: str, at: int, anchor: Anchor) -> Part | None:
    """What the pattern finds at this place; None where it does not stand there or means no time."""
    m = pattern(name).match(text, at)
    if m is None:
        return None
    try:
        return RULES[name](m, anchor)
    except NoAnchor:
        kind = {"day_month": "day", "month_day": "day", "weekday": "day", "today": "day", "this": "day"}.get(
            name, "span"
        )
        return Part(m.start(), m.end(), kind, relative.unresolved(name, m))
    except (ValueError, OverflowError):
        # no such day, or one beyond the calendar
        return None
