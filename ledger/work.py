"""Where the work on a claim or question stands: state, priority, due day, who has it, until when it must not go out.

A due day is a day, or an instant with its zone. An embargo is always an instant: it is written down in UTC, so that a desk in
another zone reads the same hour.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo

from ledger import records as r
from ledger.errors import BadInput
from ledger.store import Ledger, beside, read
from ledger.text import doubts

DAY = re.compile(r"\d{4}-\d\d-\d\d")
INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)\s*(\S+)?")
NONE = frozenset({"", "none", "-"})
"""What a person writes to take a due day, an assignee or an embargo away."""


def due(text: str) -> str:
    """A due day as it is kept: a day, or an instant in UTC; "" where it is taken away."""
    given = text.strip()
    if given.casefold() in NONE:
        return ""
    if DAY.fullmatch(given):
        _day(given)
        return given
    return instant(given)


def embargo(text: str) -> str:
    """An embargo as it is kept, in UTC; "" where it is lifted."""
    given = text.strip()
    if given.casefold() in NONE:
        return ""
    if DAY.fullmatch(given):
        raise BadInput(
            f"an embargo ends at an hour, and {given} is a day",
            hint=f'say the hour and the zone: "{given} 06:00 Europe/Paris"',
        )
    return instant(given)


def instant(text: str) -> str:
    """A moment with its zone ("2016-03-29 06:00 Europe/Paris", "2016-03-29T06:00+02:00", "...Z") in UTC."""
    found = INSTANT.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"not a moment: {text[:60]!r}", hint='write it as "2016-03-29 06:00 Europe/Paris"')
    day, hour, zone = found.groups()
    if zone is None:
        raise BadInput(
            f"in which zone is {text.strip()}?",
            hint=f'"{day} {hour} Europe/Paris", or {day}T{hour}+02:00, or Z for UTC',
        )
    try:
        moment = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=_zone(zone))
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        raise BadInput(f"not a moment: {text[:60]!r}", hint='write it as "2016-03-29 06:00 Europe/Paris"') from None


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    if name.upper() in ("Z", "UTC"):
        return UTC
    if re.fullmatch(r"[+\-−]\d\d:?\d\d", name):
        offset = datetime.strptime(name.replace("−", "-"), "%z").tzinfo
        assert offset is not None  # noqa: S101  %z gives one
        return offset
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadInput(
            f"no time zone {name[:40]!r}", hint="name one such as Europe/Paris, or an offset such as +02:00"
        ) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(f"no such day: {text}") from None


def utc_now() -> str:
    """Now, as it is written down."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def passed(moment: str, now: str | None = None) -> bool:
    """True where a due day or an instant lies behind us; a day is over when it is over in UTC."""
    at = now or utc_now()
    return moment < (at[:10] if DAY.fullmatch(moment) else at)


def open_of(ledger: Ledger, record: r.Claim | r.QuestionPage) -> list[str]:
    """What is open of a claim or a question, in a few words each."""
    if isinstance(record, r.Claim):
        said = {
            "not checked": record.check is None, "not rated": record.rating is None,
            "filed under no question": not record.questions,
            f"to check: {'; '.join(doubts(record.unsure))}": bool(record.unsure),
        }  # fmt: skip
    else:
        said = {"not answered": record.answer is None}
    uid = read.thing(ledger, record.id).uid
    said |= {f"{q.by} asks: {q.text}": True for q in beside.queries(ledger, [uid])}
    said |= {f"no reply yet from {q.source}": not q.replied for q in beside.requests(ledger, uid)}
    return [words for words, is_open in said.items() if is_open]
