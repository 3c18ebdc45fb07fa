"""What stands beside claims and questions: evidence, requests and replies, searches, notes, work, publications, corrections."""

from __future__ import annotations

from msgspec import Struct

from ledger.records.values import Json


class Evidence(Struct, frozen=True):
    """A photo, document, map or the like, each of its circumstances verified or not."""

    id: str
    uid: str
    target: str
    kind: str
    shows: str
    stance: str
    name: str | None
    url: str | None
    sha256: str | None
    size: int | None
    kept: bool
    """True where its bytes are in the ledger, under `sha256`; otherwise only the hash and size are."""
    media_type: str | None
    found_at: str | None
    found_verified: bool
    taken_at: str | None
    taken_verified: bool
    location: str | None
    location_verified: bool
    metadata: Json | None
    """What the file says of itself; nobody has checked it."""
    by: str
    at: str


class Answered(Struct, frozen=True):
    """What came back on a request: words, or a file of which the bytes are kept."""

    text: str | None
    blob: str | None
    name: str | None
    media_type: str | None
    received_at: str
    by: str


class Request(Struct, frozen=True):
    """A question put to a source, with its newest reply where there is one."""

    id: str
    uid: str
    target: str
    source: str
    source_id: str
    channel: str
    asked_at: str
    due: str | None
    text: str | None
    by: str
    reply: str | None
    replied: bool
    replied_at: str | None
    replies: tuple[Answered, ...]
    """All of them, oldest first."""


class Search(Struct, frozen=True):
    """A search somebody made; none found is a result, `failed` says that it could not be found out."""

    sought: str
    where: tuple[str, ...]
    searched_at: str
    found: int
    failed: str | None
    by: str
    about: str
    """The claim or question it was made for."""
    outcome: str | None = None
    """What became of the page of an article that was asked for again: unchanged, changed, gone, could not find out."""
    uid: str = ""


class Correction(Struct, frozen=True):
    """What was put right in public."""

    kind: str
    was: str
    now: str
    because: str
    by: str
    at: str
    told_by: str | None
    concerns: tuple[str, ...]
    """The claims and sources that were wrong."""
    seq: int


class Publication(Struct, frozen=True):
    """What went out; its bytes are in the ledger under `sha256`."""

    uid: str
    about: str
    url: str | None
    sha256: str
    media_type: str
    checkpoint: str | None
    rests_on: tuple[str, ...]
    """Uids of the claims and evidence that it shows."""
    by: str
    at: str
    seq: int


class Signoff(Struct, frozen=True):
    by: str
    at: str
    because: str | None
    stale: bool
    """True where something that the report shows changed afterwards."""


class Query(Struct, frozen=True):
    """An internal note that asks something and has not been answered."""

    uid: str
    about: str
    text: str
    by: str
    at: str


class Work(Struct, frozen=True):
    """Where the work on a claim or question stands."""

    id: str
    state: str
    priority: str
    due: str | None
    assignee: str | None
    embargo: str | None
