"""The closed word lists: the command line's choices, the CHECKs of schema.sql and the glossary come from here."""

from enum import StrEnum


class SourceKind(StrEnum):
    NEWS_OUTLET = "news_outlet"
    WIRE_AGENCY = "wire_agency"
    STATE_BROADCASTER = "state_broadcaster"
    GOVERNMENT = "government"
    ARMED_FORCES = "armed_forces"
    ARMED_GROUP = "armed_group"
    INTERNATIONAL_ORGANISATION = "international_organisation"
    MONITORING_GROUP = "monitoring_group"
    NGO = "ngo"
    COMPANY = "company"
    PERSON = "person"
    WITNESS = "witness"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    SOCIAL_ACCOUNT = "social_account"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a hop does in a chain, outermost first."""

    PUBLISHER = "publisher"
    RELAY = "relay"
    AFFILIATION = "affiliation"
    ORIGIN = "origin"


class Mode(StrEnum):
    """How the words are given: in quotation marks, paraphrased, both, or in the publisher's own voice."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"
    NONE = "none"


class Modifier(StrEnum):
    """The hedge on a figure; docs/rules.md says which interval each one makes."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    FEWER_THAN = "fewer_than"
    NEARLY = "nearly"
    ABOUT = "about"
    BETWEEN = "between"
    NONE = "none"
    UNKNOWN = "unknown"
    """There may be a hedge, in words that are not read; nothing may call the figure exact."""


class Stance(StrEnum):
    """What a source does with a statement."""

    ASSERTS = "asserts"
    DENIES = "denies"
    DOUBTS = "doubts"
    """Doubts it, or cannot confirm it."""
    ASKS = "asks"
    ANNOUNCES = "announces"
    """Says that it will be, not that it is."""


class Status(StrEnum):
    """How sure the source itself is of what it counts; figures of different status are not compared."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    SUSPECTED = "suspected"
    CLAIMED = "claimed"


class Counting(StrEnum):
    TOTAL = "total"
    INCREMENT = "increment"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """The unit to which a time is known."""

    MINUTE = "minute"
    HOUR = "hour"
    NIGHT = "night"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


class TimeRole(StrEnum):
    """What a time says: when it happened, until when was counted, or merely that the words stand there."""

    EVENT = "event"
    AS_OF = "as_of"
    MENTIONED = "mentioned"


class Relating(StrEnum):
    """Relations between sources; the first four are dated, `independent` needs a reason."""

    PART_OF = "part_of"
    SPEAKS_FOR = "speaks_for"
    OWNED_BY = "owned_by"
    SYNDICATES = "syndicates"
    SAME_AS = "same_as"
    INDEPENDENT = "independent"


class Agreement(StrEnum):
    AGREE = "agree"
    COMPATIBLE = "compatible"
    CONFLICT = "conflict"
    INCOMPARABLE = "incomparable"


class Kind(StrEnum):
    """What answers a question."""

    COUNT = "count"
    AMOUNT = "amount"
    """Of money, time, a share, any measure."""
    YES_NO = "yes_no"
    WHEN = "when"
    WHERE = "where"
    DISTANCE = "distance"
    WHO_WHAT = "who_what"
    WORDS = "words"


class Supports(StrEnum):
    """Which side's interval lies inside the other's: `a` means that a supports b."""

    A = "a"
    B = "b"
    BOTH = "both"
    NEITHER = "neither"


class Relation(StrEnum):
    """What one claim is to another, as a person would put it."""

    REPEATS = "repeats"
    SUPPORTS = "supports"
    DOES_NOT_CONTRADICT = "does_not_contradict"
    CONFLICTS = "conflicts"
    UPDATES = "updates"
    NOT_COMPARABLE = "not_comparable"


class Drift(StrEnum):
    """How the wording differs between two claims of one origin, as an editor would want to hear of it."""

    HEDGE_INVERSION = "hedge_inversion"
    VALUE_CHANGE = "value_change"
    UNIT_DRIFT = "unit_drift"
    UNIT_OR_ZONE_CHANGED = "unit_or_zone_changed"
    DENIAL_STRENGTHENED = "denial_strengthened"
    ATTRIBUTION_UPGRADE = "attribution_upgrade"
    HEDGE_DROP = "hedge_drop"
    HEDGE_BELIEF_DROP = "hedge_belief_drop"
    WORD_STRENGTHENED = "word_strengthened"
    DATE_CHANGED = "date_changed"
    WINDOW_DRIFT = "window_drift"
    SCOPE_WIDENED = "scope_widened"
    SCOPE_DRIFT = "scope_drift"
    QUOTE_WORD = "quote_word"
    NAME_CHANGED = "name_changed"
    STALE_FIGURE = "stale_figure"
    RELAY_CONFLICT = "relay_conflict"
    ATTRIBUTION_CHANGED = "attribution_changed"
    ATTRIBUTION_DROP = "attribution_drop"
    QUOTE_BOUNDARY = "quote_boundary"
    HEDGE_ADDED = "hedge_added"


class Basis(StrEnum):
    """How two claims are known to rest on one source."""

    NAMED = "named"
    """Both name it."""
    COPIED = "copied"
    """They stand in a passage that both articles print."""
    RETOLD = "retold"
    """They are one sentence of which words were changed."""
    ONE_TEXT = "one_text"
    """One article gives both, of one source or in its own voice."""
    RESTATED = "restated"
    """An article tells in its own voice, or as that of officials, the figure that it credits to the source elsewhere."""
    SAID = "said"
    """A person said so."""


class Checked(StrEnum):
    """Did the source say it?"""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class State(StrEnum):
    NEW = "new"
    CHECKING = "checking"
    WAITING = "waiting"
    READY = "ready"
    PUBLISHED = "published"
    DROPPED = "dropped"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class SuggestionState(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    SNOOZE = "snooze"


class SuggestionKind(StrEnum):
    CLAIM = "claim"
    FILING = "filing"
    ALIAS = "alias"
    WORDING = "wording"
    SHARED_COPY = "shared_copy"
    LEAD = "lead"
    """What an outside service gave; capturing its page settles it."""
    REVIEW = "review"
    """What another organisation published about a claim, met on a page."""


class EvidenceStance(StrEnum):
    """Which way evidence points."""

    SUPPORTS = "supports"
    AGAINST = "against"
    CONTEXT = "context"


class EvidenceKind(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    MAP = "map"
    DOCUMENT = "document"
    DATASET = "dataset"
    EMAIL = "email"
    CALL_NOTE = "call_note"
    SERVICE_ANSWER = "service_answer"
    OTHER = "other"


class CorrectionKind(StrEnum):
    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"
    RETRACTION = "retraction"


class Letter(StrEnum):
    """The first letter of the ids that people type."""

    ARTICLE = "A"
    CLAIM = "C"
    SOURCE = "S"
    QUESTION = "Q"
    SUGGESTION = "M"
    EVIDENCE = "E"
    REQUEST = "R"


class FieldOn(StrEnum):
    """What a field of one's own belongs to."""

    CLAIM = "claim"
    ARTICLE = "article"
    SOURCE = "source"
    QUESTION = "question"


class FieldType(StrEnum):
    """What a field of one's own holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes/no"
    CHOICE = "choice"


class Asked(StrEnum):
    """Notices about which a person at a terminal is asked before anything is logged."""

    PRIVATE_NAME = "private_name"
    PROTECTED_NAME = "protected_name"
    NEAR_NAME = "near_name"
    TO_COME = "to_come"


class EntryKind(StrEnum):
    """What a line of the log records; one fact each."""

    GENESIS = "genesis"
    ARTICLE = "article"
    CAPTURE = "capture"
    SOURCE = "source"
    ALIAS = "alias"
    RELATE = "relate"
    PARTY = "party"
    CLAIM = "claim"
    QUESTION = "question"
    FILE = "file"
    LINK = "link"
    FINDING = "finding"
    CHECK = "check"
    RATING = "rating"
    ANSWER = "answer"
    EVIDENCE = "evidence"
    REQUEST = "request"
    REPLY = "reply"
    SEARCH = "search"
    NOTE = "note"
    TAG = "tag"
    FIELD = "field"
    VALUE = "value"
    TEMPLATE = "template"
    WORK = "work"
    SUGGESTION = "suggestion"
    JUDGEMENT = "judgement"
    PUBLICATION = "publication"
    CORRECTION = "correction"
    SIGNOFF = "signoff"
    POLICY = "policy"
    CONTINUATION = "continuation"
    CARRY = "carry"
    AMEND = "amend"
    RETRACT = "retract"
    RESTORE = "restore"
    MERGE = "merge"
    SPLIT = "split"
    STAY = "stay"
    REDACT = "redact"
