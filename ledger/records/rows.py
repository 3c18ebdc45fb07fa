"""What reading the ledger gives. `plain()` of these is the JSON of the command line; docs/json.md is made from them."""

from __future__ import annotations

from msgspec import Struct, field

from ledger.catalogue import quotation, t, theirs
from ledger.records.entries import ArticleDraft, ClaimDraft, FieldDraft, QuestionDraft, SourceDraft, TemplateDraft
from ledger.records.values import DENIED, Json
from ledger.text.shown import agreeing, stance_words, tells_denial, tells_speech
from ledger.vocabulary import Stance, SuggestionState


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


class Step(Struct, frozen=True):
    """One line of an article's custody sheet: who did what with it, and when."""

    at: str
    by: str
    did: str
    """The kind of the entry of the log; recheck where its page was asked for again."""
    says: str
    entry: str | None = None
    """The uid of that entry."""
    sha256: str | None = None
    """Of the bytes that were saved, kept or sent out."""
    text_sha256: str | None = None
    """Of the text that was taken from them."""


class Article(ArticleDraft, frozen=True, kw_only=True):
    """An article as the ledger knows it, or as a person or an import line gives it; `publisher` is a name."""

    id: str = ""
    uid: str = ""
    identity: str = ""
    publisher_id: str | None = None
    printed_at: str | None = None
    """The day that its newest copy shows its readers; `published_at` is the one that counts."""
    first_published_at: str | None = None
    """When its newest copy says that it came out first."""
    modified_at: str | None = None
    """When its newest copy says that it was changed last."""
    captures: int = 0
    claims: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    custody: tuple[Step, ...] = ()
    """Who saved it and what became of it since; filled in where a person looks at it, or a report shows it."""
    retracted: bool = False
    extra: Json | None = None  # type: ignore[assignment]  # an object here, its JSON text in the body


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
    marks: str | None = None
    record: str | None = None
    printed_at: str | None = None
    first_published_at: str | None = None
    modified_at: str | None = None


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


class Claim(ClaimDraft, frozen=True, kw_only=True):
    """A claim as the ledger knows it, or as a person or an import line gives it; its sources are named."""

    id: str = ""
    uid: str = ""
    article: str = ""
    """The id of the article."""
    questions: tuple[str, ...] = ()
    """Ids of the questions that it answers; words of them in an import line."""
    state: str = "new"
    check: Judgement | None = None
    rating: Judgement | None = None
    publisher: str | None = None
    publisher_id: str | None = None
    title: str | None = None
    published_at: str | None = None
    credit_line: str | None = None
    tags: tuple[str, ...] = ()
    fields: dict[str, str] = field(default_factory=dict)
    """Fields of one's own by name; filled in where a person looks at it, or it is exported."""
    retracted: bool = False
    redacted: bool = False
    extra: Json | None = None  # type: ignore[assignment]  # an object here, its JSON text in the body

    @property
    def told(self) -> str:
        """The claim on one line: our wording, else the quote, told of its source where that does not assert it."""
        words = " ".join((self.says or self.exact).split())
        if self.says or self.stance is Stance.ASSERTS:
            return words
        if (
            self.publisher and tells_denial(words.casefold().split()) and not tells_speech(words)
        ):  # the outlet's sentence
            return t("{words}, as {outlet} has it", words=quotation(words), outlet=theirs(self.publisher))
        own = theirs(self.publisher) if self.publisher else t("its publisher")
        who = (
            theirs(self.attribution[-1].source) if self.attribution else own if self.attribution_read else t("somebody")
        )
        return t("{who} {held}", who=who, held=agreeing(who, stance_words(self.stance, words)))

    @property
    def attribution_read(self) -> bool:
        """False where nobody is named only because the language is not read."""
        return bool(self.attribution) or not any(u.field == "attribution" for u in self.unsure)


def was_read(claim: Claim, field: str) -> bool:
    """False where a doubtful field holds nothing for which a person could stand: a figure of which only the words are known."""
    if field not in ("quantities", "times"):
        return field != "attribution" or bool(claim.attribution)
    figures = [(q.low, q.high) for q in claim.quantities if not q.sure and q.why != DENIED]
    ends = figures if field == "quantities" else [(t.earliest, t.latest) for t in claim.times if not t.sure]
    return (None, None) not in ends


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


class Source(SourceDraft, frozen=True, kw_only=True):
    id: str = ""
    uid: str = ""
    folded: str = ""
    aliases: tuple[str, ...] = ()
    claims: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    merged_into: str | None = None
    retracted: bool = False


class Question(QuestionDraft, frozen=True, kw_only=True):
    id: str = ""
    uid: str = ""
    claims: int = 0
    state: str = "new"
    fields: dict[str, str] = field(default_factory=dict)
    merged_into: str | None = None
    retracted: bool = False


class OwnField(FieldDraft, frozen=True, kw_only=True):
    """A field of one's own, and how many things have a value."""

    uid: str = ""
    values: int = 0


class Template(TemplateDraft, frozen=True, kw_only=True):
    """Defaults for a kind of claim; its fields by name, its question by id."""

    uid: str = ""


class Link(Struct, frozen=True):
    """What a person said one claim is to another."""

    a: str
    b: str
    relation: str
    because: str
    by: str
    at: str


class FindingWord(Struct, frozen=True):
    """What a person said of a finding of the machine about two claims."""

    a: str
    b: str
    kind: str
    rule: str
    holds: bool
    reading: str
    because: str | None
    by: str
    at: str


class Hit(Struct, frozen=True):
    """A claim that a search found."""

    claim: Claim
    score: str


class Passage(Struct, frozen=True):
    """A passage of a saved text that a search found."""

    id: str
    """The id of the article."""
    title: str | None
    publisher: str | None
    published_at: str | None
    capture: str
    start: int
    end: int
    passage: str
    locator: str | None
    """Its page, or the moment of the recording."""
    claims: tuple[str, ...]
    """Ids of the claims of the article, those that overlap the passage first."""


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

    def waits(self, now: str) -> bool:
        """True while a person has not settled it; what was put off without a day stays away until it is asked for."""
        if self.state == SuggestionState.SNOOZE:
            return self.until is not None and self.until <= now[:10]
        return self.state == SuggestionState.PENDING
