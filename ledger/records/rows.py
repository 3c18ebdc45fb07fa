"""What reading the ledger gives. `plain()` of these is the JSON of the command line; docs/json.md is made from them."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct

from ledger.records.entries import Reading, Translation
from ledger.records.values import Json, Place, Quantity, TimeSpan
from ledger.vocabulary import Mode, Role, SuggestionState


class Entry(Struct, frozen=True):
    """One line of the log; `body` is None where it was redacted."""

    seq: int
    uid: str
    recorded_at: str
    actor: str
    kind: str
    about: str
    batch: str
    body_hash: bytes
    body: bytes | None
    leaf_hash: bytes


class Thing(Struct, frozen=True):
    """Anything with a short id."""

    id: str
    uid: str
    kind: str
    seq: int
    merged_into: str | None = None
    retracted: bool = False
    redacted: bool = False


class Article(Struct, frozen=True):
    id: str
    uid: str
    url: str | None
    file: str | None
    title: str | None
    publisher: str | None
    publisher_id: str | None
    byline: str | None
    credit_line: str | None
    published_at: str | None
    language: str | None
    captures: int
    claims: int
    retracted: bool
    extra: Json | None


class Capture(Struct, frozen=True):
    """A saved copy of an article."""

    uid: str
    article: str
    raw: str
    text: str
    raw_bytes: int
    text_chars: int
    captured_at: str
    method: str
    media_type: str | None
    encoding: str
    encoding_guessed: bool
    extractor: str
    url: str | None
    status: int | None


class ClaimHop(Struct, frozen=True):
    """One hop of a chain with its source's name; `text`, `start`, `end` are its mention in the article."""

    source: str
    source_id: str
    kind: str
    role: Role
    text: str | None
    start: int | None
    end: int | None
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    mode: Mode
    named: bool
    implicit: bool


class Judgement(Struct, frozen=True):
    """A check, rating or answer: what somebody found, why, and what it rests on."""

    value: str
    because: str | None
    by: str
    at: str
    on: tuple[str, ...] = ()
    scale: str | None = None
    low: str | None = None
    high: str | None = None
    best: str | None = None
    even_so: str | None = None
    """Why the grade was given although fewer separate sources support the claim than it asks for."""
    superseded: bool = False


class Note(Struct, frozen=True):
    text: str
    internal: bool
    by: str
    at: str


class Claim(Struct, frozen=True):
    id: str
    uid: str
    article: str
    exact: str
    start: int | None
    end: int | None
    prefix: str
    suffix: str
    anchored: bool
    says: str | None
    attribution: tuple[ClaimHop, ...]
    """Outermost first; the publisher is hop 0 and not repeated here."""
    quantities: tuple[Quantity, ...]
    times: tuple[TimeSpan, ...]
    place: Place | None
    questions: tuple[str, ...]
    state: str
    check: Judgement | None
    rating: Judgement | None
    extra: Json | None
    publisher: str | None
    publisher_id: str | None
    title: str | None
    published_at: str | None
    credit_line: str | None
    capture: str | None
    cite: str | None
    translation: Translation | None
    mode: Mode
    scope: str | None
    answer: str | None
    reading: Reading | None
    tags: tuple[str, ...]
    retracted: bool
    redacted: bool
    key: str | None = None
    """The key it was imported with."""


class SourceRelation(Struct, frozen=True):
    source_id: str
    source: str
    relation: str
    to_id: str
    to: str
    since: str | None
    until: str | None
    because: str | None


class Party(Struct, frozen=True):
    """A source's part in what a question asks; question None means in all."""

    source_id: str
    question: str | None
    party: bool
    side: str | None
    because: str | None


class Source(Struct, frozen=True):
    id: str
    uid: str
    name: str
    kind: str
    kind_guessed: bool
    protected: bool
    counts: str | None
    note: str | None
    aliases: tuple[str, ...]
    claims: int
    merged_into: str | None
    retracted: bool


class Question(Struct, frozen=True):
    id: str
    uid: str
    question: str
    measure: str | None
    window: str | None
    place: str | None
    claims: int
    state: str
    merged_into: str | None
    retracted: bool


class Link(Struct, frozen=True):
    """What a person said one claim is to another."""

    a: str
    b: str
    relation: str
    because: str
    by: str
    at: str


class Hit(Struct, frozen=True):
    """A claim that a search found."""

    claim: Claim
    score: str


class Suggestion(Struct, frozen=True):
    """Something the machine proposed, and what a person said of it."""

    id: str
    uid: str
    kind: str
    target: str | None
    proposal: Json
    reason: str
    score: str
    made_by: str
    state: str
    judged_by: str | None
    judged_at: str | None
    because: str | None
    until: str | None
    made: str | None

    @property
    def waits(self) -> bool:
        """True while a person has not settled it; what was put off without a day stays away until it is asked for."""
        if self.state == SuggestionState.SNOOZE:
            return self.until is not None and self.until <= datetime.now(UTC).date().isoformat()
        return self.state == SuggestionState.PENDING
