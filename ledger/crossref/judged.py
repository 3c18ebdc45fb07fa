"""Findings as people judge them: two claims, what the machine makes of them, by which rule, and a person's word on it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from ledger.records import Claim, FindingWord, plain
from ledger.vocabulary import Drift, Relation

JUDGED = (Relation.CONFLICTS, *Drift, Relation.UPDATES, Relation.SUPPORTS)
"""The kinds of findings, those first that can do most harm."""


class Finding(Struct, frozen=True):
    """What the machine found about two claims, and what a person said of it."""

    kind: str
    """A relation, or a kind of wording difference."""
    rule: str
    """The reason as a code."""
    a: str
    b: str
    word: FindingWord | None = None
    stale: bool = False
    """True where the word was said of another reading of the claims: it is asked again."""

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.a}:{self.b}"

    @property
    def dropped(self) -> bool:
        return self.word is not None and not self.stale and not self.word.holds


class Words:
    """The newest word of a person on each finding about the claims of a question."""

    def __init__(self, said: Iterable[FindingWord] = ()) -> None:
        self._newest = {(w.kind, w.rule, frozenset((w.a, w.b))): w for w in said}

    def on(self, kind: str, rule: str, a: Claim, b: Claim) -> Finding:
        """The finding with the word said of it, if there is one."""
        word = self._newest.get((kind, rule, frozenset((a.id, b.id))))
        return Finding(kind, rule, a.id, b.id, word, word is not None and word.reading != reading(a, b))


READ = (
    "exact",
    "says",
    "answer",
    "scope",
    "place",
    "reading",
    "stance",
    "status",
    "quantities",
    "times",
    "attribution",
)
"""The fields of a claim on which a finding rests."""


def reading(a: Claim, b: Claim) -> str:
    """What was read of two claims, hashed: another one once a figure, a date, a name or the words were amended."""
    import hashlib

    from ledger.merkle import canonical

    given = ({"id": c.id, **{f: plain(getattr(c, f)) for f in READ}} for c in (a, b))
    return hashlib.sha256(canonical(sorted(given, key=lambda c: str(c["id"])), floats=True)).hexdigest()[:16]
