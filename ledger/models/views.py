"""The views, where every join is written: one class each, of the same columns as the records are read from."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from ledger.models.columns import Truth


class ThingView(SQLModel, table=True):
    __tablename__ = "thing_view"

    id: str
    uid: str = Field(primary_key=True)
    kind: str
    letter: str
    n: int
    seq: int
    retracted: bool = Field(sa_type=Truth)
    redacted: bool = Field(sa_type=Truth)
    merged_into: str | None
    recorded_at: str
    actor: str


class SourceView(SQLModel, table=True):
    __tablename__ = "source_view"

    id: str
    uid: str = Field(primary_key=True)
    name: str
    kind: str
    kind_guessed: bool = Field(sa_type=Truth)
    protected: bool = Field(sa_type=Truth)
    counts: str | None
    note: str | None
    n: int
    retracted: bool = Field(sa_type=Truth)
    merged_into: str | None
    claims: int


class AliasView(SQLModel, table=True):
    __tablename__ = "alias_view"

    source: str = Field(primary_key=True)
    source_id: str
    alias: str
    folded: str = Field(primary_key=True)
    because: str | None
    seq: int


class RelationView(SQLModel, table=True):
    __tablename__ = "relation_view"

    uid: str = Field(primary_key=True)
    source: str
    source_id: str
    source_name: str
    target: str
    to_id: str
    to_name: str
    relation: str
    since: str | None
    until: str | None
    because: str | None
    seq: int
    retracted: bool = Field(sa_type=Truth)


class PartyView(SQLModel, table=True):
    __tablename__ = "party_view"

    uid: str = Field(primary_key=True)
    source: str
    source_id: str
    source_name: str
    question: str | None
    question_id: str | None
    party: bool = Field(sa_type=Truth)
    side: str | None
    because: str | None
    seq: int
    retracted: bool = Field(sa_type=Truth)


class ArticleView(SQLModel, table=True):
    __tablename__ = "article_view"

    id: str
    uid: str = Field(primary_key=True)
    identity: str
    url: str | None
    file: str | None
    title: str | None
    publisher: str | None
    publisher_id: str | None
    publisher_uid: str | None
    byline: str | None
    credit_line: str | None
    published_at: str | None
    language: str | None
    extra: str | None
    n: int
    retracted: bool = Field(sa_type=Truth)
    redacted: bool = Field(sa_type=Truth)
    captures: int
    claims: int


class CaptureView(SQLModel, table=True):
    __tablename__ = "capture_view"

    uid: str = Field(primary_key=True)
    article_id: str
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


class ClaimView(SQLModel, table=True):
    __tablename__ = "claim_view"

    id: str
    uid: str = Field(primary_key=True)
    article_id: str
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
    n: int
    seq: int
    retracted: bool = Field(sa_type=Truth)
    redacted: bool = Field(sa_type=Truth)
    title: str | None
    url: str | None
    published_at: str | None
    credit_line: str | None
    publisher: str | None
    publisher_id: str | None
    publisher_uid: str | None
    state: str
    priority: str
    due: str | None
    assignee: str | None
    embargo: str | None


class HopView(SQLModel, table=True):
    __tablename__ = "hop_view"

    claim: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    source: str
    source_id: str
    source_name: str
    kind: str
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


class QuestionView(SQLModel, table=True):
    __tablename__ = "question_view"

    id: str
    uid: str = Field(primary_key=True)
    question: str
    folded: str
    measure: str | None
    time_window: str | None
    place: str | None
    ceiling: str | None
    n: int
    retracted: bool = Field(sa_type=Truth)
    redacted: bool = Field(sa_type=Truth)
    merged_into: str | None
    state: str
    claims: int


class FilingView(SQLModel, table=True):
    __tablename__ = "filing_view"

    question: str = Field(primary_key=True)
    question_id: str
    claim: str = Field(primary_key=True)
    claim_id: str
    because: str | None
    by_: str
    seq: int


class AnswerView(SQLModel, table=True):
    __tablename__ = "answer_view"

    question: str = Field(primary_key=True)
    question_id: str
    id: str
    uid: str = Field(primary_key=True)
    article_id: str
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
    n: int
    seq: int
    retracted: bool = Field(sa_type=Truth)
    redacted: bool = Field(sa_type=Truth)
    title: str | None
    url: str | None
    published_at: str | None
    credit_line: str | None
    publisher: str | None
    publisher_id: str | None
    publisher_uid: str | None
    state: str
    priority: str
    due: str | None
    assignee: str | None
    embargo: str | None


class LinkView(SQLModel, table=True):
    __tablename__ = "link_view"

    uid: str = Field(primary_key=True)
    a: str
    a_id: str
    b: str
    b_id: str
    relation: str
    because: str
    by_: str
    at: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class JudgementView(SQLModel, table=True):
    __tablename__ = "judgement_view"

    uid: str = Field(primary_key=True)
    about: str
    about_id: str
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
    superseded: bool = Field(sa_type=Truth)


class RestsOnView(SQLModel, table=True):
    __tablename__ = "rests_on_view"

    judgement: str = Field(primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    target: str
    target_id: str


class SuggestionView(SQLModel, table=True):
    __tablename__ = "suggestion_view"

    id: str
    uid: str = Field(primary_key=True)
    kind: str
    target: str | None
    target_id: str | None
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
    made_id: str | None
    n: int


class EvidenceView(SQLModel, table=True):
    __tablename__ = "evidence_view"

    id: str
    uid: str = Field(primary_key=True)
    target: str
    target_id: str
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
    n: int
    retracted: bool = Field(sa_type=Truth)


class RequestView(SQLModel, table=True):
    __tablename__ = "request_view"

    id: str
    uid: str = Field(primary_key=True)
    target: str
    target_id: str
    source: str
    source_id: str
    source_name: str
    channel: str
    asked_at: str
    due: str | None
    text: str | None
    by_: str
    reply: str | None
    reply_blob: str | None
    replied_at: str | None
    n: int
    retracted: bool = Field(sa_type=Truth)


class NoteView(SQLModel, table=True):
    __tablename__ = "note_view"

    uid: str = Field(primary_key=True)
    about: str
    about_id: str
    text: str
    internal: bool = Field(sa_type=Truth)
    query: bool = Field(sa_type=Truth)
    is_open: bool = Field(sa_type=Truth)
    by_: str
    at: str
    seq: int


class WorkView(SQLModel, table=True):
    __tablename__ = "work_view"

    about: str = Field(primary_key=True)
    about_id: str
    letter: str
    n: int
    retracted: bool = Field(sa_type=Truth)
    state: str
    priority: str
    due: str | None
    assignee: str | None
    embargo: str | None


class PublicationView(SQLModel, table=True):
    __tablename__ = "publication_view"

    uid: str = Field(primary_key=True)
    about: str
    about_id: str
    url: str | None
    blob: str
    media_type: str
    checkpoint: str | None
    rests_on: str
    manifest: str | None
    by_: str
    at: str
    seq: int
