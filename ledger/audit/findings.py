"""What a verification found: values to show, never exceptions, because a damaged file must still be described."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct, field

from ledger import merkle
from ledger.errors import ClaimsError

MOST_OF_A_KIND = 20
"""The most findings of one check that are listed; the rest is counted."""


class Stamp(Struct, frozen=True):
    """An outside authority's statement (RFC 3161) that the log's first entries existed at a time."""

    size: int
    """How many entries, from entry 0 on."""
    time: str
    """When they existed at the latest, in UTC."""
    accuracy: str | None
    """By how many seconds that time may be off, according to the authority; null where it does not say."""
    authority: str
    """The name in the certificate that signed."""
    serial: str
    """The number that the authority gave it."""


class Cosigned(Struct, frozen=True):
    """A witness's word (C2SP cosignature/v1) that a head was the longest of this log that it had been shown."""

    witness: str
    """The name in its key."""
    size: int
    """How many entries that head has."""
    time: str
    """When it said so, in UTC, by its own clock."""


class Verification(Struct, frozen=True):
    """The outcome of a check of a whole ledger; `ok` means that there are no problems."""

    ok: bool
    entries: int
    root: str
    checked: dict[str, int]
    """How many of each were checked."""
    cannot_see: tuple[str, ...]
    """What no check of this kind can find out."""
    warnings: tuple[str, ...]
    problems: tuple[str, ...]
    timestamp: Stamp | None = None
    """What a time stamp proves; null where none was given, or none that holds."""
    cosigned: tuple[Cosigned, ...] = ()
    """The longest head that each witness cosigned, of those known here."""


class Findings:
    """Collects sentences while the checks run."""

    def __init__(self) -> None:
        self.checked: dict[str, int] = {}
        self.cannot_see: list[str] = []
        self.warnings: list[str] = []
        self._problems: list[str] = []
        self._by_check: Counter[str] = Counter()

    def problem(self, check: str, sentence: str) -> None:
        """Adds a finding of a check; beyond the first twenty they are only counted."""
        self._by_check[check] += 1
        if self._by_check[check] <= MOST_OF_A_KIND:
            self._problems.append(sentence)

    @property
    def problems(self) -> list[str]:
        more = {check: n - MOST_OF_A_KIND for check, n in self._by_check.items() if n > MOST_OF_A_KIND}
        return [*self._problems, *(f"{check}: {n} more like these" for check, n in more.items())]

    @contextmanager
    def during(self, check: str) -> Iterator[None]:
        """Runs a check whose failure becomes a finding: on a damaged file any read may fail in any way."""
        try:
            yield
        except ClaimsError as e:
            self.problem(check, f"{check} could not be checked to the end: {e.message}")
        except Exception as e:  # whatever a damaged file does to its reader, it is told and not thrown
            self.problem(check, f"{check} could not be checked to the end: {type(e).__name__}: {e}")


class LogScan(Struct):
    """What a pass over the log gives."""

    size: int = 0
    root: bytes = merkle.EMPTY_ROOT
    bodies: int = 0
    anchors: int = 0
    roots: dict[int, bytes] = field(default_factory=dict)
    """The root at each size that was asked for."""
    captures: dict[str, str] = field(default_factory=dict)
    """The hash of the text of each capture."""
    blobs: dict[str, int] = field(default_factory=dict)
    """Each hash of kept bytes that an entry names, with the first such entry."""
    redacted: dict[str, int] = field(default_factory=dict)
    """What redaction entries are about: uids of entries and hashes of bytes, with the entry's number."""
    blank: dict[str, int] = field(default_factory=dict)
    """Entries without a body."""
