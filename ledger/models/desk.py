"""What people found and did: links, judgements, notes, suggestions, evidence, requests, publications."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from ledger.models.columns import Truth


class Link(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    a: str
    b: str
    relation: str
    because: str
    by_: str
    at: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class Judgement(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    about: str
    kind: str
    scale: str | None
    value: str
    low: str | None
    high: str | None
    best: str | None
    because: str | None
    even_so: str | None
    by_: str
    at: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class RestsOn(SQLModel, table=True):
    __tablename__ = "rests_on"

    judgement: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    target: str


class Note(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    about: str
    text: str
    internal: bool = Field(sa_type=Truth)
    query: bool = Field(sa_type=Truth)
    by_: str
    at: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class Settling(SQLModel, table=True):
    note: str = Field(primary_key=True)
    query: str = Field(primary_key=True)


class Tag(SQLModel, table=True):
    about: str = Field(primary_key=True)
    tag: str = Field(primary_key=True)
    seq: int


class Work(SQLModel, table=True):
    about: str = Field(primary_key=True)
    state: str
    priority: str
    due: str | None
    assignee: str | None
    embargo: str | None


class Suggestion(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    kind: str
    target: str | None
    proposal: str
    reason: str
    score: str
    made_by: str
    fingerprint: str
    state: str
    judged_by: str | None
    judged_at: str | None
    because: str | None
    until: str | None
    made: str | None


class Evidence(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    target: str
    kind: str
    shows: str
    stance: str
    name: str | None
    url: str | None
    blob: str | None
    sha256: str | None
    size: int | None
    found_at: str | None
    found_verified: bool = Field(sa_type=Truth)
    taken_at: str | None
    taken_verified: bool = Field(sa_type=Truth)
    location: str | None
    location_verified: bool = Field(sa_type=Truth)
    metadata_: str | None = Field(sa_column_kwargs={"name": "metadata"})
    media_type: str | None
    by_: str
    at: str


class Request(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    target: str
    source: str
    channel: str
    asked_at: str
    due: str | None
    text: str | None
    by_: str


class Reply(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    request: str
    text: str | None
    blob: str | None
    name: str | None
    media_type: str | None
    received_at: str
    by_: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class SearchMade(SQLModel, table=True):
    __tablename__ = "search_made"

    uid: str = Field(primary_key=True)
    about: str
    sought: str
    places: str
    searched_at: str
    found: int
    failed: str | None
    by_: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class Tip(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    target: str | None
    provider: str
    query: str
    url: str | None
    title: str | None
    published_at: str | None
    snippet: str | None


class Publication(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    about: str
    url: str | None
    blob: str
    media_type: str
    checkpoint: str | None
    rests_on: str
    manifest: str | None
    by_: str
    at: str
    seq: int


class Correction(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    about: str
    kind: str
    was: str
    now: str
    because: str
    told_by: str | None
    concerns: str
    by_: str
    at: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class Signoff(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    about: str
    because: str | None
    seen: str | None
    by_: str
    at: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class Policy(SQLModel, table=True):
    name: str = Field(primary_key=True)
    value: str
    because: str | None
    by_: str
    at: str
    seq: int
