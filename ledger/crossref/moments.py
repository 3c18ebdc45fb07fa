"""When a claim says that it was, as far as that tells which question it answers: an hour, a day, or a longer time."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from ledger.records import Claim
from ledger.vocabulary import Precision, TimeRole


class Moment(Struct, frozen=True):
    """The first time that a claim tells."""

    grain: str | None = None
    """hour, day or longer; None where it tells no time."""
    day: int | None = None
    """Its day, counted; None where it is not of one day."""


GRAINS = {Precision.MINUTE: "hour", Precision.HOUR: "hour", Precision.DAY: "day", Precision.NIGHT: "day"}
DAY = len("2031-05-05")


def moment_of(claim: Claim) -> Moment:
    """The first time that the words of the claim tell."""
    told = next((t for t in claim.times if t.role is TimeRole.MENTIONED and (t.earliest or t.latest)), None)
    if told is None:
        return Moment()
    grain = GRAINS.get(told.precision, "longer")
    begin = told.earliest or ""
    of_one_day = grain != "longer" and len(begin) >= DAY
    return Moment(grain, date.fromisoformat(begin[:DAY]).toordinal() if of_one_day else None)


def differ(a: Moment, b: Moment) -> float:
    """How much speaks against one question: much where one tells the hour and one the day, less where one tells none."""
    if a.grain == b.grain:
        return 0.0
    return 1.0 if a.grain and b.grain else 0.5


def days_apart(a: Moment, b: Moment) -> int:
    """How many days lie between the two; none where one of them tells no day."""
    return abs(a.day - b.day) if a.day is not None and b.day is not None else 0
