"""One tree of refusals; each says what, where and how to mend it.

ClaimsError
├── Refused            1  the ledger's rules or state forbid it
│   └── MovedOn           others have logged since one looked
├── BadInput           2  the input is wrong
│   ├── NotInText         the quote does not stand in the text
│   ├── Ambiguous         the quote stands there more than once
│   └── CutOff            the rest of the file cannot be read
├── NotFound           3  no such thing
├── Unreachable        4  could not find out
├── StoreError         5  the ledger cannot be opened, read or written
│   ├── Locked            somebody else is writing
│   ├── ReadOnly          the file cannot be written to
│   └── Unconfirmed    7  it may be written or not: the server did not say
│       └── Unread        it is written, and could not be read again
└── Tampered           6  the log does not prove what it should

Findings (a conflict, a broken link, a drifted hedge) are values, never exceptions.
"""

from __future__ import annotations

from collections.abc import Iterable


class ClaimsError(Exception):
    """A refusal: one line of what, an optional line of how to mend it, an exit code."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        message = " ".join(message.splitlines())
        super().__init__(message)
        self.message = message
        self.hint = hint


class Refused(ClaimsError):
    """The ledger's rules or its present state forbid it."""

    exit_code = 1


class MovedOn(Refused):
    """The log has grown since whoever asks has looked at it."""

    def __init__(self, seen: int, now: int) -> None:
        more = now - seen
        super().__init__(
            f"the log moved on: it had {seen:,} entries when you looked, and has {now:,} now",
            hint=f"look again at what the {more:,} new ones say, then do it; nothing was logged" if more > 0 else None,
        )


class BadInput(ClaimsError):
    """What was given cannot be used as it is."""

    exit_code = 2


class NotInText(BadInput):
    """The quote does not stand in the text; `nearest` is the passage most like it, None where nothing is."""

    def __init__(self, quote: str, nearest: str | None) -> None:
        shown = quote if len(quote) <= 120 else quote[:119] + "…"
        hint = f"the nearest passage is: {nearest}" if nearest else "no passage of the text is like it"
        super().__init__(f"the quote is not in the text: {shown}", hint=hint)
        self.nearest = nearest


class Ambiguous(BadInput):
    """The quote stands in the text more than once; `passages` shows each, or the first of `times`, with surroundings."""

    def __init__(self, quote: str, passages: Iterable[str], *, times: int | None = None) -> None:
        self.passages = tuple(passages)
        self.times = times or len(self.passages)
        listed = "; ".join(f"{n}: {p}" for n, p in enumerate(self.passages, 1))
        super().__init__(
            f"the quote stands {self.times} times in the text: {quote}",
            hint=f"choose with --occurrence N or --prefix TEXT: {listed}",
        )


class CutOff(BadInput):
    """A row of the file keeps all that follow from being read: wrong bytes, or a quotation mark that is never closed."""


class NotFound(ClaimsError):
    """No such thing in this ledger, or no such file."""

    exit_code = 3


class Unreachable(ClaimsError):
    """The answer could not be found out: no network, no reply, a refusal from outside; with its status where it has one."""

    exit_code = 4

    def __init__(self, message: str, *, hint: str | None = None, status: int | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status


class StoreError(ClaimsError):
    """The ledger cannot be opened, read or written."""

    exit_code = 5


class Locked(StoreError):
    """Another process is using the ledger; `by` names it where the system tells."""

    def __init__(self, place: str, *, by: str | None = None, hint: str | None = None) -> None:
        waiting = "wait until it is done and try again; nothing was changed"
        super().__init__(f"{by or 'another process'} is writing to {place}", hint=hint or waiting)
        self.by = by


class ReadOnly(StoreError):
    """The ledger can be read, but its file or folder cannot be written to."""

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} cannot be written to", hint="check its permissions, or copy it somewhere writable")


class Unconfirmed(StoreError):
    """What was written may be in the ledger or not, for nobody confirmed that it is safe there."""

    exit_code = 7


class Unread(Unconfirmed):
    """What was done is in the ledger, and could not be read again to be shown."""

    def __init__(self, why: BaseException) -> None:
        because = why.message if isinstance(why, ClaimsError) else "interrupted"
        super().__init__(
            f"it is logged, and could not be shown: {because}", hint="do not do it again: claims log shows it"
        )


class Tampered(ClaimsError):
    """The log, a proof or a checkpoint does not hold."""

    exit_code = 6
