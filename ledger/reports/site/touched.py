"""Which pages the entries since the last run touch; in doubt, more pages rather than fewer.

A page shows a question, an article or a source. What an entry changes is one of these, or a claim:

- a claim stands on the pages of the questions that it was ever filed under, of its article, and of every source that was ever
  named in its chain;
- an article's details are shown with all its claims, and on the pages of all its publishers, former ones too;
- what is said of a source (a name, a relation, a side, a merge) bears on every claim of every source that is tied to it,
  directly or not, for it may change who counts as one source;
- a question's words are shown with all its claims.

After a redaction nobody can tell where its words were shown, and a scale matters on every page: then all pages are made anew.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from ledger.records import Entry, MergeDraft, SplitDraft
from ledger.store import Ledger, entries, overview
from ledger.store.derive import read_body
from ledger.store.redact import names
from ledger.vocabulary import EntryKind as Kind

EVERYTHING = frozenset({Kind.REDACT, Kind.POLICY, Kind.GENESIS})
NOTHING = frozenset({
    Kind.SUGGESTION, Kind.JUDGEMENT, Kind.SIGNOFF, Kind.TAG, Kind.FIELD, Kind.TEMPLATE, Kind.STAY,
})  # fmt: skip
"""Kinds of entries that no page shows."""


class Pages(Struct):
    """The uids of the things whose pages have to be written anew."""

    questions: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)

    @property
    def all(self) -> set[str]:
        return self.questions | self.articles | self.sources


def touched(ledger: Ledger, since: int) -> Pages | None:
    """The pages that the entries from this one on touch; None where it may be all of them."""
    found = _Changed(ledger)
    for entry in entries(ledger, since=since):
        if Kind(entry.kind) in EVERYTHING or found.of_a_field(entry):
            return None
        found.note(entry)
    return found.pages()


class _Changed:
    """Collects what entries changed, by uid, and finds the pages that show it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.claims: set[str] = set()
        self.articles: set[str] = set()
        self.sources: set[str] = set()
        """Of whom something was said that may change who is one source with whom."""
        self.worded: set[str] = set()
        """Questions whose words or standing changed."""
        self.shown = Pages()

    def of_a_field(self, entry: Entry) -> bool:
        """True where a field of one's own was changed or taken back: whatever shows its values shows them otherwise."""
        own = overview.entry(self.ledger, entry.about) if entry.about != entry.uid else None
        return own is not None and own.kind == Kind.FIELD

    # --- entries to things ----------------------------------------------------------------------------------------

    def note(self, entry: Entry) -> None:
        """Takes in what one entry changed."""
        kind = Kind(entry.kind)
        if kind in NOTHING:
            return
        if kind in (Kind.SOURCE, Kind.QUESTION) and entry.about == entry.uid:
            (self.shown.sources if kind is Kind.SOURCE else self.shown.questions).add(entry.uid)
        elif kind in (Kind.RELATE, Kind.PARTY):
            self.sources |= {entry.about, *names(entry)}
        elif kind in (Kind.MERGE, Kind.SPLIT) and entry.body is not None:
            merge: MergeDraft | SplitDraft = read_body(kind, entry.body)
            self._thing(entry.about)
            self._thing(merge.into)
        elif kind in (Kind.FILE, Kind.LINK, Kind.EVIDENCE, Kind.REQUEST):
            for uid in (entry.about, *names(entry)):
                self._beside(uid)
        elif kind in (Kind.AMEND, Kind.RETRACT, Kind.RESTORE, Kind.ALIAS, Kind.REPLY, Kind.CAPTURE):
            self._thing(entry.about)
        else:
            self._beside(entry.uid if kind in (Kind.CLAIM, Kind.ARTICLE) else entry.about)

    def _thing(self, uid: str) -> None:
        """The words or the state of a thing changed, or of an entry that is no thing."""
        entry = overview.entry(self.ledger, uid)
        match entry and Kind(entry.kind):
            case Kind.SOURCE:
                self.sources.add(uid)
            case Kind.QUESTION:
                self.worded.add(uid)
            case Kind.CLAIM | Kind.ARTICLE:
                self._beside(uid)
            case _ if entry is not None and entry.uid == uid:
                self.note(entry)

    def _beside(self, uid: str) -> None:
        """Something was said about a thing that only its own pages show."""
        entry = overview.entry(self.ledger, uid)
        match entry and Kind(entry.kind):
            case Kind.CLAIM:
                self.claims.add(uid)
            case Kind.ARTICLE:
                self.articles.add(uid)
            case Kind.QUESTION:
                self.shown.questions.add(uid)

    # --- things to pages ------------------------------------------------------------------------------------------

    def pages(self) -> Pages:
        """The pages that show what changed, and those that showed it before."""
        tied = self._tied(self.sources)
        self.shown.sources |= tied
        for uid in overview.asked_about(self.ledger, tied):
            self._beside(uid)
        self.articles |= overview.articles_of(self.ledger, tied)
        self.claims |= overview.claims_named(self.ledger, "source", tied)
        self._of_questions()
        self._of_articles()
        self._of_claims()
        # a source may have gained its first claim or lost its last, and with it the page that others link to
        self.shown.sources |= self._tied(self.shown.sources)
        merged = overview.merged(self.ledger)
        self.shown.questions |= {merged.get(uid, uid) for uid in self.shown.questions}
        self.shown.sources |= {merged.get(uid, uid) for uid in self.shown.sources}
        return self.shown

    def _tied(self, sources: set[str]) -> set[str]:
        """These sources with all that are tied to them, directly or through others."""
        if not sources:
            return set()
        near: dict[str, set[str]] = {}
        for a, b in overview.ties(self.ledger):
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
        found: set[str] = set()
        waiting = list(sources)
        while waiting:
            uid = waiting.pop()
            if uid not in found:
                found.add(uid)
                waiting += near.get(uid, ())
        return found

    def _of_questions(self) -> None:
        merged = overview.merged(self.ledger)
        worded = self.worded | {merged.get(uid, uid) for uid in self.worded}
        self.shown.questions |= worded
        self.shown.sources |= overview.parties_to(self.ledger, worded)
        self.claims |= overview.claims_named(self.ledger, "question", worded)

    def _of_articles(self) -> None:
        self.shown.articles |= self.articles
        self.claims |= overview.claims_named(self.ledger, "article", self.articles)
        for uid in self.articles:
            self._publishers(uid)

    def _publishers(self, article: str) -> None:
        self.shown.sources |= self._ever(article, (Kind.ARTICLE, Kind.AMEND))

    def _of_claims(self) -> None:
        for uid in overview.resting_on(self.ledger, self.claims):
            self._beside(uid)  # a judgement names it, with or without a link
        self.shown.questions |= overview.filings_of(self.ledger, self.claims)
        for uid in self.claims:
            for named in self._ever(uid, (Kind.CLAIM, Kind.AMEND, Kind.FILE)):
                self._named(named)

    def _named(self, uid: str) -> None:
        """Notes the page of something that a claim names, or once named: question, article, source."""
        entry = overview.entry(self.ledger, uid)
        match entry and Kind(entry.kind):
            case Kind.QUESTION:
                self.shown.questions.add(uid)
            case Kind.SOURCE:
                self.shown.sources.add(uid)
            case Kind.ARTICLE:
                self.shown.articles.add(uid)
                self._publishers(uid)

    def _ever(self, uid: str, kinds: Iterable[Kind]) -> set[str]:
        """Everything that a thing's own entry and the entries about it ever named."""
        kinds = frozenset(kinds)
        return {name for e in entries(self.ledger, about=uid) if Kind(e.kind) in kinds for name in names(e)}
