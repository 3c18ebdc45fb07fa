"""The log, and what it is about: sources, articles, saved copies, claims and questions."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from ledger.models.columns import Truth


class Setting(SQLModel, table=True):
    name: str = Field(primary_key=True)
    value: str


class Entry(SQLModel, table=True):
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    uid: str
    recorded_at: str
    actor: str
    kind: str
    about: str
    batch: str
    body_hash: bytes
    body: bytes | None
    leaf_hash: bytes


class Blob(SQLModel, table=True):
    sha256: str = Field(primary_key=True)
    size: int
    bytes_: bytes | None = Field(sa_column_kwargs={"name": "bytes"})


class Checkpoint(SQLModel, table=True):
    size: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    root: str
    note: str
    signed_at: str = Field(primary_key=True)


class Node(SQLModel, table=True):
    level: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    idx: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hash: bytes


class Thing(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    letter: str
    n: int
    seq: int
    retracted: bool = Field(sa_type=Truth)
    redacted: bool = Field(sa_type=Truth)
    merged_into: str | None


class Source(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    name: str
    kind: str
    kind_guessed: bool = Field(sa_type=Truth)
    protected: bool = Field(sa_type=Truth)
    counts: str | None
    note: str | None


class Alias(SQLModel, table=True):
    source: str = Field(primary_key=True)
    alias: str
    folded: str = Field(primary_key=True)
    because: str | None
    seq: int


class Relation(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    source: str
    target: str
    relation: str
    since: str | None
    until: str | None
    because: str | None
    seq: int
    retracted: bool = Field(sa_type=Truth)


class Article(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    identity: str
    url: str | None
    file: str | None
    title: str | None
    publisher: str | None
    byline: str | None
    credit_line: str | None
    published_at: str | None
    language: str | None
    extra: str | None


class Capture(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    article: str
    raw: str
    text: str
    raw_bytes: int
    text_chars: int
    captured_at: str
    method: str
    media_type: str | None
    encoding: str
    encoding_guessed: bool = Field(sa_type=Truth)
    extractor: str
    url: str | None
    status: int | None
    seq: int


class Question(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    text: str
    folded: str
    measure: str | None
    time_window: str | None
    place: str | None
    ceiling: str | None


class Party(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    source: str
    question: str | None
    party: bool = Field(sa_type=Truth)
    side: str | None
    because: str | None
    seq: int
    retracted: bool = Field(sa_type=Truth)


class Claim(SQLModel, table=True):
    uid: str = Field(primary_key=True)
    article: str
    capture: str | None
    exact: str
    start_at: int | None
    end_at: int | None
    prefix: str
    suffix: str
    anchored: bool = Field(sa_type=Truth)
    cite: str | None
    says: str | None
    translation: str | None
    mode: str
    place: str | None
    scope: str | None
    answer: str | None
    reading: str | None
    found_by: str | None
    key: str | None
    key_hash: str | None
    extra: str | None


class Hop(SQLModel, table=True):
    claim: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    source: str
    role: str
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    mention: str | None
    mention_start: int | None
    mention_end: int | None
    mode: str
    named: bool = Field(sa_type=Truth)
    implicit: bool = Field(sa_type=Truth)


class Quantity(SQLModel, table=True):
    claim: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str
    start_at: int | None
    end_at: int | None
    low: str | None
    high: str | None
    low_inclusive: bool | None = Field(sa_type=Truth)
    high_inclusive: bool | None = Field(sa_type=Truth)
    unit: str | None
    counts: str | None
    measure: str | None
    population: str | None
    counting: str
    modifier: str
    approximate: bool = Field(sa_type=Truth)
    vague: bool = Field(sa_type=Truth)


class TimeSpan(SQLModel, table=True):
    __tablename__ = "time_span"

    claim: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    text: str
    start_at: int | None
    end_at: int | None
    earliest: str | None
    latest: str | None
    precision_: str
    role: str
    anchor: str | None
    alternatives: str


class Filing(SQLModel, table=True):
    question: str = Field(primary_key=True)
    claim: str = Field(primary_key=True)
    because: str | None
    by_: str
    seq: int


class Fingerprint(SQLModel, table=True):
    hash: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    capture: int = Field(primary_key=True)


class Searchable(SQLModel, table=True):
    docid: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    claim: str
    exact: str
    says: str
    title: str
    context: str
