"""The tables and views of schema.sql as classes. Generated, do not edit: make models."""

from __future__ import annotations

from sqlmodel import Field

from ledger.models.base import Row, Truth


class AliasView(Row, table=True):
    source: str = Field(primary_key=True)
    source_id: str
    alias: str
    folded: str = Field(primary_key=True)
    because: str | None
    seq: int


class AnswerView(Row, table=True):
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
    stance: str
    status: str | None
    language: str | None
    unsure: str
    locator: str | None
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


class ArticleView(Row, table=True):
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
    printed_at: str | None
    first_published_at: str | None
    modified_at: str | None
    n: int
    retracted: bool = Field(sa_type=Truth)
    redacted: bool = Field(sa_type=Truth)
    captures: int
    claims: int


class Blob(Row, table=True):
    sha256: str = Field(primary_key=True)
    size: int
    bytes_: bytes | None = Field(sa_column_kwargs={"name": "bytes"})


class CaptureView(Row, table=True):
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
    marks: str | None
    record: str | None
    printed_at: str | None
    first_published_at: str | None
    modified_at: str | None
    seq: int
    retracted: bool = Field(sa_type=Truth)


class Carried(Row, table=True):
    uid: str = Field(primary_key=True)
    log: str
    place: int
    here: str | None
    left_: str
    by_entry: str


class Checkpoint(Row, table=True):
    size: int = Field(primary_key=True)
    root: str
    note: str
    signed_at: str = Field(primary_key=True)


class ClaimView(Row, table=True):
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
    stance: str
    status: str | None
    language: str | None
    unsure: str
    locator: str | None
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


class Correction(Row, table=True):
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


class Entry(Row, table=True):
    seq: int = Field(primary_key=True)
    uid: str
    recorded_at: str
    actor: str
    kind: str
    about: str
    batch: str
    body_hash: bytes
    body: bytes | None
    leaf_hash: bytes


class EvidenceView(Row, table=True):
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


class FieldValueView(Row, table=True):
    about: str = Field(primary_key=True)
    about_id: str
    field: str = Field(primary_key=True)
    name: str
    on_: str
    type: str
    public: bool = Field(sa_type=Truth)
    value: str
    by_: str
    seq: int
    field_seq: int


class FieldView(Row, table=True):
    uid: str = Field(primary_key=True)
    name: str
    folded: str
    on_: str
    type: str
    choices: str
    public: bool = Field(sa_type=Truth)
    because: str | None
    seq: int
    times_used: int


class FilingView(Row, table=True):
    question: str = Field(primary_key=True)
    question_id: str
    claim: str = Field(primary_key=True)
    claim_id: str
    because: str | None
    by_: str
    seq: int


class FindingView(Row, table=True):
    uid: str = Field(primary_key=True)
    a: str
    a_id: str
    b: str
    b_id: str
    kind: str
    rule: str
    holds: bool = Field(sa_type=Truth)
    reading: str
    because: str | None
    by_: str
    at: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class HopView(Row, table=True):
    claim: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
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


class JudgementView(Row, table=True):
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


class LinkView(Row, table=True):
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


class NoteView(Row, table=True):
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


class PartyView(Row, table=True):
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


class Policy(Row, table=True):
    name: str = Field(primary_key=True)
    value: str
    because: str | None
    by_: str
    at: str
    seq: int


class PublicationView(Row, table=True):
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


class Quantity(Row, table=True):
    claim: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
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
    sure: bool = Field(sa_type=Truth)
    why: str | None


class QuestionView(Row, table=True):
    id: str
    uid: str = Field(primary_key=True)
    question: str
    folded: str
    measure: str | None
    time_window: str | None
    place: str | None
    kind: str | None
    one_of: str | None
    n: int
    retracted: bool = Field(sa_type=Truth)
    redacted: bool = Field(sa_type=Truth)
    merged_into: str | None
    state: str
    claims: int


class RelationView(Row, table=True):
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


class Reply(Row, table=True):
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


class RequestView(Row, table=True):
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


class RestsOnView(Row, table=True):
    judgement: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    target: str
    target_id: str


class SearchMade(Row, table=True):
    uid: str = Field(primary_key=True)
    about: str
    sought: str
    places: str
    searched_at: str
    found: int
    failed: str | None
    outcome: str | None
    by_: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class Settling(Row, table=True):
    note: str = Field(primary_key=True)
    query: str = Field(primary_key=True)


class Signoff(Row, table=True):
    uid: str = Field(primary_key=True)
    about: str
    because: str | None
    seen: str | None
    by_: str
    at: str
    seq: int
    retracted: bool = Field(sa_type=Truth)


class SourceView(Row, table=True):
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


class SuggestionView(Row, table=True):
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
    retracted: bool = Field(sa_type=Truth)


class Tag(Row, table=True):
    about: str = Field(primary_key=True)
    tag: str = Field(primary_key=True)
    seq: int


class TemplateView(Row, table=True):
    uid: str = Field(primary_key=True)
    name: str
    folded: str
    tags: str
    fields: str
    question: str | None
    kind: str | None
    seq: int


class ThingView(Row, table=True):
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


class TimeSpan(Row, table=True):
    claim: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    text: str
    start_at: int | None
    end_at: int | None
    earliest: str | None
    latest: str | None
    precision_: str
    role: str
    anchor: str | None
    alternatives: str
    sure: bool = Field(sa_type=Truth)
    why: str | None


class Undone(Row, table=True):
    by_entry: str = Field(primary_key=True)
    entry: str
    redo: bool = Field(sa_type=Truth)


class WorkView(Row, table=True):
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
