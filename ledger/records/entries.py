"""The bodies of log entries. A verb fills one in as its draft; the store adds a salt, hashes it and writes it.

What the entry's `about` column says is not said again in the body: a rating's body does not name the claim it rates.
Bodies refer by uid only, hold no floats, and every one of these shapes is frozen by the hashes of the logs that use it:
fields may be added with a default, never renamed or given another meaning.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ledger.records.values import Hop, Place, Quantity, TimeSpan, Unsure
from ledger.vocabulary import (
    Checked,
    CorrectionKind,
    EntryKind,
    EvidenceKind,
    EvidenceStance,
    FieldOn,
    FieldType,
    Kind,
    Letter,
    Mode,
    Priority,
    Relating,
    Relation,
    SourceKind,
    Stance,
    State,
    Status,
    SuggestionKind,
    SuggestionState,
)

Uid = str
Digest = str
"""SHA-256 in lower-case hex."""


class Reversing(Struct, frozen=True, kw_only=True):
    """The kinds of entries that may take another back, or do again what was taken back."""

    undoes: Uid | None = None
    """The entry that this one takes back."""
    redoes: Uid | None = None
    """The entry, taken back before, that this one does again."""


class GenesisDraft(Struct, frozen=True):
    log: str
    """128 random bits in hex; the origin line of every checkpoint is made from it."""
    format: int = 1


class ArticleDraft(Struct, frozen=True, omit_defaults=True):
    identity: str
    """What makes it this article: its canonical URL, else file name, publisher and date."""
    url: str | None = None
    file: str | None = None
    title: str | None = None
    publisher: Uid | None = None
    byline: str | None = None
    credit_line: str | None = None
    published_at: str | None = None
    language: str | None = None
    extra: str | None = None


class CaptureDraft(Struct, frozen=True):
    """A saved copy; about its article."""

    raw: Digest
    text: Digest
    raw_bytes: int
    text_chars: int
    captured_at: str
    method: str
    """file, stdin, http, import; of an address that is not public, and was allowed, "http, private address"."""
    encoding: str
    extractor: str
    """Name and version of what made the text from the bytes; "none" where the text is the bytes."""
    encoding_guessed: bool = False
    media_type: str | None = None
    url: str | None = None
    """Where the bytes came from after redirects."""
    status: int | None = None
    marks: Digest | None = None
    """JSON: where pages, or moments of a recording, begin in the text."""
    record: Digest | None = None
    """The head of its WARC record, as it was received; the raw bytes are the record's rest."""
    printed_at: str | None = None
    """The day that it shows its readers beside its headline."""
    first_published_at: str | None = None
    """When it says that it came out first."""
    modified_at: str | None = None
    """When it says that it was changed last."""


class SourceDraft(Struct, frozen=True):
    name: str
    folded: str
    """The name as it is looked up: case, spacing and a leading article folded."""
    kind: SourceKind = SourceKind.UNKNOWN
    kind_guessed: bool = True
    protected: bool = False
    """True where `name` is an @handle whose real name is kept outside the ledger."""
    counts: str | None = None
    """How it counts, in one word: documented-minimum, estimate, claim."""
    note: str | None = None


class AliasDraft(Reversing, frozen=True):
    """Another name of the source that it is about; `out` takes it away."""

    alias: str
    folded: str
    because: str | None = None
    out: bool = False


class RelateDraft(Struct, frozen=True):
    """A relation from the source that it is about to another."""

    to: Uid
    relation: Relating
    since: str | None = None
    until: str | None = None
    because: str | None = None


class PartyDraft(Struct, frozen=True):
    """The part of the source that it is about in what a question (or any question) asks: is it a party, and on which side?"""

    party: bool
    side: str | None = None
    question: Uid | None = None
    because: str | None = None


class Translation(Struct, frozen=True, omit_defaults=True):
    text: str
    language: str | None = None
    by: str | None = None
    """Who made it, or which program."""
    machine: bool = False
    reviewed: bool = False
    """True where a person stands for a machine's words."""
    reviewed_by: str | None = None


class Reading(Struct, frozen=True, omit_defaults=True):
    """How a person reads a word of the quote so that it can be compared."""

    read_as: str
    word: str | None = None
    because: str | None = None


class ClaimDraft(Struct, frozen=True, omit_defaults=True):
    article: Uid
    exact: str
    capture: Uid | None = None
    start: int | None = None
    end: int | None = None
    prefix: str = ""
    suffix: str = ""
    anchored: bool = True
    cite: str | None = None
    """Where it was heard or printed, when no copy can be kept."""
    says: str | None = None
    translation: Translation | None = None
    mode: Mode = Mode.NONE
    attribution: tuple[Hop, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    place: Place | None = None
    scope: str | None = None
    answer: str | None = None
    reading: Reading | None = None
    stance: Stance = Stance.ASSERTS
    status: Status | None = None
    language: str | None = None
    """The language of the words, where it is not that of the article."""
    unsure: tuple[Unsure, ...] = ()
    """What of the reading a person has not looked at yet, and should."""
    locator: str | None = None
    """Where in a document or recording the words stand: "4", "4-5" are pages, "00:12:31" is a moment."""
    found_by: str | None = None
    """Name and version of the parsers behind quantities and times, for what no person typed."""
    key: str | None = None
    key_hash: Digest | None = None
    """What tells an import line that was logged before; not read back."""
    extra: str | None = None
    """The JSON text of an object of keys that we do not know."""


class QuestionDraft(Struct, frozen=True):
    question: str
    folded: str
    measure: str | None = None
    window: str | None = None
    place: str | None = None
    kind: Kind | None = None
    """What answers it, where a person said so; else it is told from its words and claims."""
    one_of: str | None = None
    """Answers of which only one can be true, with commas between: "standing, destroyed"."""


class FileDraft(Reversing, frozen=True):
    """The claim that it is about answers the question; `out` takes it back."""

    question: Uid
    out: bool = False
    because: str | None = None


class LinkDraft(Struct, frozen=True):
    """What the claim that it is about is to another, as a person put it; the newest word on a pair holds."""

    to: Uid
    relation: Relation
    because: str


class FindingDraft(Struct, frozen=True):
    """Whether a finding of the machine about the claim that it is about and another is right, as a person put it."""

    to: Uid
    kind: str
    """A relation ("conflicts") or a kind of wording difference ("hedge_drop")."""
    rule: str
    """The code that the finding gave as its reason."""
    holds: bool
    reading: str
    """What was read of the two claims then, hashed; once it is another, the question is open again."""
    because: str | None = None


class CheckDraft(Struct, frozen=True):
    value: Checked
    because: str | None = None
    on: tuple[Uid, ...] = ()


class RatingDraft(Struct, frozen=True):
    scale: str
    value: str
    because: str
    on: tuple[Uid, ...] = ()
    even_so: str | None = None
    """Why the grade was given although fewer separate sources support the claim than it asks for."""


class AnswerDraft(Struct, frozen=True):
    text: str
    because: str
    low: str | None = None
    high: str | None = None
    best: str | None = None
    on: tuple[Uid, ...] = ()


class EvidenceDraft(Struct, frozen=True):
    """Something that is not an article, for the claim or question that it is about."""

    target: Uid
    kind: EvidenceKind
    shows: str
    stance: EvidenceStance
    name: str | None = None
    url: str | None = None
    blob: Digest | None = None
    sha256: Digest | None = None
    """The hash of the bytes, also where only a reference is kept."""
    size: int | None = None
    found_at: str | None = None
    found_verified: bool = False
    taken_at: str | None = None
    taken_verified: bool = False
    location: str | None = None
    location_verified: bool = False
    metadata: str | None = None
    """What the file says of itself, as JSON text; shown, never trusted."""
    media_type: str | None = None


class RequestDraft(Struct, frozen=True):
    """A question put to a source about a question of the ledger."""

    target: Uid
    source: Uid
    channel: str
    asked_at: str
    due: str | None = None
    text: str | None = None


class ReplyDraft(Struct, frozen=True):
    """What came back on the request that it is about; there may be several."""

    text: str | None = None
    blob: Digest | None = None
    received_at: str | None = None
    name: str | None = None
    """The file's name, without folders."""
    media_type: str | None = None


class SearchDraft(Struct, frozen=True):
    """A search and what it found; none found is worth a line."""

    sought: str
    where: tuple[str, ...]
    searched_at: str
    found: int = 0
    failed: str | None = None
    outcome: str | None = None
    """What became of the page of an article that was asked for again."""


class NoteDraft(Struct, frozen=True):
    text: str
    internal: bool = False
    query: bool = False
    """An editor's query: it stays open until a note settles it."""
    settles: tuple[Uid, ...] = ()
    """The queries that this note answers."""


class TagDraft(Reversing, frozen=True):
    tag: str
    out: bool = False
    because: str | None = None


class FieldDraft(Struct, frozen=True):
    """A field of one's own: what a newsroom keeps of its things besides what all ledgers have."""

    name: str
    folded: str
    """The name as it is looked up; no two fields that stand share one."""
    on: FieldOn
    type: FieldType = FieldType.TEXT
    choices: tuple[str, ...] = ()
    public: bool = False
    """True where reports show it; else it stays in the house, as internal notes do."""
    because: str | None = None


class ValueDraft(Reversing, frozen=True):
    """The value of a field of one's own for the thing that it is about, in the one spelling of its type; None takes it away."""

    field: Uid
    value: str | None = None
    because: str | None = None


class TemplateDraft(Struct, frozen=True):
    """Defaults for a kind of claim: the tags it gets, the question it answers, the fields that are asked for."""

    name: str
    folded: str
    tags: tuple[str, ...] = ()
    fields: tuple[Uid, ...] = ()
    question: Uid | None = None
    kind: Kind | None = None
    """What answers a question that is made with such a claim."""


class WorkDraft(Reversing, frozen=True):
    """Where the work on the thing that it is about stands; fields that are None stay as they were."""

    state: State | None = None
    priority: Priority | None = None
    due: str | None = None
    assignee: str | None = None
    embargo: str | None = None
    because: str | None = None


class SuggestionDraft(Struct, frozen=True):
    kind: SuggestionKind
    proposal: str
    """What accepting it would log, as JSON text."""
    reason: str
    score: str
    made_by: str
    fingerprint: Digest
    """Equal for the same proposal made again, which is then not made."""
    target: Uid | None = None


class JudgementDraft(Reversing, frozen=True):
    state: SuggestionState
    because: str | None = None
    until: str | None = None
    made: Uid | None = None


class PublicationDraft(Struct, frozen=True):
    """What went out, byte for byte, about the claim or question that it is about."""

    blob: Digest
    media_type: str
    checkpoint: str | None = None
    """The signed head of the log just before; None where there was no key."""
    url: str | None = None
    rests_on: tuple[Uid, ...] = ()
    """The claims and evidence that it shows; as many as fit an entry, all of them in `manifest` where there are more."""
    manifest: Digest | None = None


class CorrectionDraft(Struct, frozen=True):
    kind: CorrectionKind
    was: str
    now: str
    because: str
    told_by: str | None = None
    concerns: tuple[Uid, ...] = ()
    """The claims and sources that were wrong."""


class SignoffDraft(Struct, frozen=True):
    because: str | None = None
    seen: Digest | None = None
    """The hash of what was shown and of its newest changes: the word no longer holds once it differs."""


class SignedHead(Struct, frozen=True):
    """The head of a log that was signed: its number of entries and its root in hexadecimal."""

    size: int
    root: str


class PolicyDraft(Reversing, frozen=True):
    """A rule that this ledger keeps to; the newest word on a name holds, and one without a value takes it away."""

    name: str
    """`signoffs`: how many people must sign off before a report is final; `scale/NAME`: a rating scale as JSON text;
    `witness/NAME`: the key (C2SP vkey) of a witness whose cosignatures count."""
    value: str | None = None
    because: str | None = None


class ContinuationDraft(Struct, frozen=True):
    """The log goes on from one of its beginnings although a head that is no continuation of it was signed before."""

    size: int
    """How many of its first entries are those that were signed."""
    root: str
    """The root over them, in hexadecimal."""
    given_up: tuple[SignedHead, ...]
    """The heads that this log does not extend."""
    because: str


class Left(Struct, frozen=True):
    """What of an entry counts no more once two ledgers have met: a later word of the other one holds."""

    uid: Uid
    parts: tuple[str, ...]
    """Fields, or "*" for all of it."""


class Arrival(Struct, frozen=True, omit_defaults=True):
    """An entry of another log that stands in this one as it stands there: the same leaf, with the same hash."""

    uid: Uid
    place: int
    """Its number in its own log."""
    here: Uid | None = None
    """Of an entry that makes a thing: the thing of this ledger that it is one with."""
    left: tuple[str, ...] = ()
    """What of it does not count here, for a later word of this ledger holds: fields, or "*" for all of it."""


class CarryDraft(Struct, frozen=True):
    """A stretch of another log came over: the entries of `arrivals` follow this one, as they stand in that log."""

    log: str
    """The id of the other log; this log's own where both began as one."""
    since: int
    """How many of its entries came before this stretch, or are the same ones in both."""
    before: str
    """The root over these, in hexadecimal."""
    size: int
    root: str
    """The root over its first `size` entries, in hexadecimal."""
    leaves: str
    """The leaf hashes of the stretch, 32 bytes each, in base64: with them any of its entries is proved."""
    arrivals: tuple[Arrival, ...]
    over: tuple[Left, ...] = ()
    """What of this log's own entries counts no more."""
    checkpoint: str | None = None
    """The newest head within the stretch that the other log has signed."""


class AmendDraft(Reversing, frozen=True):
    kind: EntryKind
    """What kind of thing it is about."""
    set: dict[str, Any]
    """Field to new whole value, or null."""
    after: Uid
    """The newest entry about the thing that the writer had seen."""
    because: str | None = None


class RetractDraft(Reversing, frozen=True):
    because: str


class RestoreDraft(Reversing, frozen=True):
    because: str


class MergeDraft(Reversing, frozen=True):
    """The thing that it is about is the same as another, which stays."""

    into: Uid
    because: str | None = None
    stays: Uid | None = None
    """What that was itself merged into in the end, where it was: only an undo merges into such a thing."""


class SplitDraft(Reversing, frozen=True):
    """The thing that it is about is one of its own again, after it was merged."""

    into: Uid
    """What it was merged into."""
    family: tuple[Uid, ...] = ()
    """What was merged into it itself, directly or not, and goes with it."""
    because: str | None = None


class StayDraft(Reversing, frozen=True):
    """An undo, or a redo, left something as it is, for others rest on it or have changed it since."""

    because: str


class Stretch(Struct, frozen=True):
    """A stretch of the text of a saved copy, in code points, half-open."""

    capture: Uid
    start: int
    end: int


class RedactDraft(Struct, frozen=True):
    """About an entry's uid, or a blob's hash, whose bytes were blanked."""

    because: str
    thing: Uid | None = None
    withholds: tuple[Stretch, ...] = ()
    """Where the words of a blanked claim still stand in a saved copy: they are shown nowhere from then on."""
    beside: tuple[Uid, ...] = ()
    """Claims whose prefix and suffix overlap with these words, and are shown without them from then on."""


BODIES: dict[EntryKind, type] = {
    EntryKind.GENESIS: GenesisDraft,
    EntryKind.ARTICLE: ArticleDraft,
    EntryKind.CAPTURE: CaptureDraft,
    EntryKind.SOURCE: SourceDraft,
    EntryKind.ALIAS: AliasDraft,
    EntryKind.RELATE: RelateDraft,
    EntryKind.PARTY: PartyDraft,
    EntryKind.CLAIM: ClaimDraft,
    EntryKind.QUESTION: QuestionDraft,
    EntryKind.FILE: FileDraft,
    EntryKind.LINK: LinkDraft,
    EntryKind.FINDING: FindingDraft,
    EntryKind.CHECK: CheckDraft,
    EntryKind.RATING: RatingDraft,
    EntryKind.ANSWER: AnswerDraft,
    EntryKind.EVIDENCE: EvidenceDraft,
    EntryKind.REQUEST: RequestDraft,
    EntryKind.REPLY: ReplyDraft,
    EntryKind.SEARCH: SearchDraft,
    EntryKind.NOTE: NoteDraft,
    EntryKind.TAG: TagDraft,
    EntryKind.FIELD: FieldDraft,
    EntryKind.VALUE: ValueDraft,
    EntryKind.TEMPLATE: TemplateDraft,
    EntryKind.WORK: WorkDraft,
    EntryKind.SUGGESTION: SuggestionDraft,
    EntryKind.JUDGEMENT: JudgementDraft,
    EntryKind.PUBLICATION: PublicationDraft,
    EntryKind.CORRECTION: CorrectionDraft,
    EntryKind.SIGNOFF: SignoffDraft,
    EntryKind.POLICY: PolicyDraft,
    EntryKind.CONTINUATION: ContinuationDraft,
    EntryKind.CARRY: CarryDraft,
    EntryKind.AMEND: AmendDraft,
    EntryKind.RETRACT: RetractDraft,
    EntryKind.RESTORE: RestoreDraft,
    EntryKind.MERGE: MergeDraft,
    EntryKind.SPLIT: SplitDraft,
    EntryKind.STAY: StayDraft,
    EntryKind.REDACT: RedactDraft,
}

LETTERS: dict[EntryKind, Letter] = {
    EntryKind.ARTICLE: Letter.ARTICLE,
    EntryKind.CLAIM: Letter.CLAIM,
    EntryKind.SOURCE: Letter.SOURCE,
    EntryKind.QUESTION: Letter.QUESTION,
    EntryKind.SUGGESTION: Letter.SUGGESTION,
    EntryKind.EVIDENCE: Letter.EVIDENCE,
    EntryKind.REQUEST: Letter.REQUEST,
}
"""The kinds whose things people call by a short id; the entry's uid is the thing's."""
