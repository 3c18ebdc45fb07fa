"""What a service is asked, and what came of it: leads, nothing, or that it could not be found out."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct, json
from msgspec.structs import asdict, replace


class Outcome(StrEnum):
    """What became of a question to one service; the last two are no answer to it."""

    FOUND = "found"
    NOTHING = "nothing found"
    UNKNOWN = "could not find out"
    NOT_ASKED = "not asked"


class LeadKind(StrEnum):
    """What a lead leads to."""

    FACT_CHECK = "fact_check"
    NEWS = "news"
    SAVED_PAGE = "saved_page"
    ENCYCLOPEDIA = "encyclopedia"
    ENTITY = "entity"


class Query(Struct, frozen=True, kw_only=True):
    """What is looked up: words, or the address of a page."""

    text: str
    language: str | None = None
    since: str | None = None
    until: str | None = None
    """Days, as 2026-03-01."""
    limit: int = 20

    @property
    def url(self) -> str | None:
        """The address, where it is one."""
        one = self.text.strip()
        return one if one.lower().startswith(("http://", "https://")) and len(one.split()) == 1 else None


class Lead(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What may bear on a claim; it is evidence of nothing until its page is captured."""

    url: str
    title: str
    kind: LeadKind
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    reviewed: str | None = None
    """The claim that a fact-check is about, in its words, who said it, and the verdict."""
    said_by: str | None = None
    verdict: str | None = None
    names: tuple[str, ...] = ()
    """What else an entity is called."""


LONGEST, CUT = 12_000, 400
"""Bytes of a lead that the log takes, and characters to which the parts of a longer one are cut."""


def fitting(lead: Lead) -> Lead:
    """The lead; where it is too long for the log, its last names left out, and then its longest parts cut."""
    while len(json.encode(lead)) > LONGEST and lead.names:
        lead = replace(lead, names=lead.names[: len(lead.names) // 2])
    if len(json.encode(lead)) <= LONGEST:
        return lead
    words = {name: value for name, value in asdict(lead).items() if type(value) is str and name != "url"}
    return replace(lead, **{name: f"{said[:CUT]}…" for name, said in words.items() if len(said) > CUT})


class Found(Struct, frozen=True):
    """The leads of a service; `more` where it has others, `skipped` rows that could not be read."""

    leads: Sequence[Lead]
    more: bool = False
    skipped: int = 0
    covers: str | None = None
    """What of the question it answers, where that is not all: "the last three months"."""


class Exchange(Struct, frozen=True):
    """One request with its raw answer, keys taken out of both."""

    url: str
    at: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Told(Struct, frozen=True, kw_only=True):
    """What came of asking one service."""

    provider: str
    title: str
    outcome: Outcome
    leads: tuple[Lead, ...] = ()
    more: bool = False
    skipped: int = 0
    covers: str | None = None
    why: str | None = None
    """Why it could not be found out, or was not asked."""
    exchanges: tuple[Exchange, ...] = ()
