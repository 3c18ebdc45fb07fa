"""Days as people type them: 2016-03-27, "27 March 2016", 27/3/2016; 3/4/2016 may be two days."""

from __future__ import annotations

from ledger.dates.edtf import HINT, window
from ledger.dates.expressions import find
from ledger.errors import BadInput


def typed(text: str) -> tuple[str, ...]:
    """What a person may mean, the likeliest first, as ISO 8601; BadInput where it is no time."""
    try:
        window(text)
        return (text.strip(),)
    except BadInput:
        found = find(text)
    whole = len(found) == 1 and len(found[0].text) == len(text.strip())
    if not whole or found[0].earliest is None or found[0].earliest != found[0].latest:
        raise BadInput(f"not a time: {text!r}", hint=HINT)
    return tuple(dict.fromkeys([found[0].earliest, *(str(span.earliest) for span in found[0].alternatives)]))


def meant(text: str) -> str:
    """The one time that a person means; BadInput where it may be two."""
    days = typed(text)
    if len(days) > 1:
        raise BadInput(f"day or month first: {text.strip()} may be {' or '.join(days)}", hint=f"write it as {days[0]}")
    return days[0]
