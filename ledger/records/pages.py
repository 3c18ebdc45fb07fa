"""A question's page: who answers it, what agrees with what, how many sources there are. `plain()` is its JSON."""

from __future__ import annotations

from msgspec import Struct

from ledger.records.desk import Evidence, Request, Search
from ledger.records.rows import Claim, FindingWord, Judgement
from ledger.records.values import Quantity


class Listed(Struct, frozen=True):
    """A sentence and the list under it."""

    words: str
    lines: tuple[str, ...] = ()


class Reply(Struct, frozen=True):
    """What one claim answers, and whose answer it is."""

    claim: str
    origin: str
    """Who is said to have said it, or why that is not known."""
    family: str
    """The origin after aliases, spokespersons and parts were folded into one source."""
    quantity: Quantity | None
    """The figure that fits the question, where the claim has several."""
    answer: str | None
    published_at: str | None
    as_of: str | None
    left_out: str | None = None
    """Why it is not compared with the others, in words: it counts something else, several of its figures fit."""
    words: str = ""
    """The answer as the source words it, in brackets as the desk put it; empty where none was read."""


class Apart(Struct, frozen=True):
    """How far apart two figures are; `percent` is of the larger one, None where that is zero."""

    absolute: str
    percent: str | None
    unit: str | None = None
    """The unit of `absolute` where it measures or is money."""
    least: bool = False
    """True where they may lie farther apart: one of the figures is open."""
    about: bool = False
    """True where one of the figures is approximate: the numbers that are named lie about so far apart."""


class Pair(Struct, frozen=True):
    """Two claims side by side."""

    a: str
    b: str
    agreement: str
    reason: str
    """A reason code of `ledger.reports.comparing.REASONS`."""
    supports: str
    """Which side supports the other; neither unless they come from separate sources."""
    gap: Apart | None
    same_origin: bool | None
    """None where it is not known."""
    relation: str
    """A person's, where `set_by` names one; else the machine's."""
    set_by: str | None
    because: str | None
    """The person's reason."""
    machine: str
    """What the machine makes of it, kept beside a person's judgement."""


class SourceFamily(Struct, frozen=True):
    """The claims of one original source."""

    name: str
    claims: tuple[str, ...]
    party: bool
    side: str | None


class Origins(Struct, frozen=True):
    """How many separate sources there are, as an interval."""

    low: int
    high: int
    families: tuple[SourceFamily, ...]
    words: str = ""
    """The least that is known, and in how many outlets: "At least 2 named sources, in 9 outlets"."""
    why: str = ""
    """Who of them is known to be separate, and who may not be; empty where their number is known."""


class Wording(Struct, frozen=True):
    """A difference along one source: from the claim nearer to it to the one whose words differ."""

    from_: str
    to: str
    kind: str
    detail: str
    basis: str
    """How the two are known to rest on one source: named, copied, retold, one_text, restated or said."""
    matter: bool = False
    """True where it is no difference of words alone: not both can be true of one source, or it is a later count."""
    trifling: bool = False
    """True where neither a figure, its hedge, a place, a day, a credit nor a doubt differs: it is printed nowhere."""


class Extreme(Struct, frozen=True):
    """The lowest or highest figure stated, and who states it."""

    value: str
    words: str
    by: tuple[str, ...]
    claims: tuple[str, ...]


class Stated(Struct, frozen=True):
    """Over the claims that count the same thing; no best figure is computed."""

    lowest: Extreme | None
    highest: Extreme | None


class Rated(Struct, frozen=True):
    """A rating of the question or of one of its claims."""

    about: str
    scale: str | None
    value: str
    because: str | None
    by: str
    at: str
    on: tuple[str, ...]
    superseded: bool


class Checked(Struct, frozen=True):
    """One thing that was looked at before two claims were compared; a side is None where nothing was known of it."""

    guard: str
    a: str | None
    b: str | None
    found: str
    """How they stand to each other: same, a_in_b, b_in_a, disjoint, extended, or not known."""


class Why(Struct, frozen=True):
    """A finding about two claims, and what it rests on."""

    id: str
    """kind:claim:claim"""
    kind: str
    rule: str
    words: str
    a: str
    b: str
    checked: tuple[Checked, ...]
    same_origin: bool | None
    word: FindingWord | None
    """A person's word on it."""
    asked_again: bool
    """True where that word was said of another reading of the claims."""
    shown: bool
    """False where a person dropped it."""


class QuestionPage(Struct, frozen=True):
    id: str
    question: str
    kind: str
    """What answers it: count, yes_no, when, ..."""
    kind_guessed: bool
    """True where that was told from its words and claims, and nobody said so."""
    claims: tuple[Claim, ...]
    answers: tuple[Reply, ...]
    pairs: tuple[Pair, ...]
    origins: Origins
    drift: tuple[Wording, ...]
    stated: Stated
    answer: Judgement | None
    """A person's answer; None where nobody gave one."""
    ratings: tuple[Rated, ...]
    summary: str
    evidence: tuple[Evidence, ...] = ()
    requests: tuple[Request, ...] = ()
    """Who was asked, and what they replied."""
    searches: tuple[Search, ...] = ()
    """What was looked for elsewhere, also where nothing was found."""
    fields: dict[str, str] = {}
    """Fields of one's own by name; filled in where a person looks at it."""
    camps: Listed | None = None
    """Each answer with those who give it, where many pairs of sources differ; None where few do."""
    retold: tuple[Listed, ...] = ()
    """What one source is reported to say in ways of which not all can be true."""
    not_said: tuple[Claim, ...] = ()
    """Claims filed here that a person looked up and did not find with their source; they stand in no other field."""
