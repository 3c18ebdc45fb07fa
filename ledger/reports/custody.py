"""The custody sheet of an article: who saved it, when and how, and what was attached, checked, asked again and sent out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger import changes, lexicon, store
from ledger.catalogue import Table, t, theirs
from ledger.records import Article, Capture, Claim, Entry, Publication, Search, Step, replace
from ledger.store import Ledger, beside, read
from ledger.vocabulary import Checked, EntryKind

METHODS: Table = {
    "http": "fetched from {url}", "http, private address": "fetched from {url}, an address inside a network",
    "file": "saved from the file {name}", "stdin": "saved from what was typed or piped in", "import": "saved by an import",
    "browser": "saved as it stood in a browser, from {url}",
}  # fmt: skip
CHECKS: Table = {
    Checked.YES: "The source was found to have said it",
    Checked.NO: "The source was not found to have said it",
    Checked.UNCLEAR: "Whether the source said it is unclear",
}
OUTCOMES: Table = {
    "unchanged": "asked for its page again: unchanged", "changed": "asked for its page again: changed",
    "gone": "asked for its page again: gone", "could not find out": "asked for its page again: could not find out",
}  # fmt: skip
OTHERS: Table = {
    EntryKind.ARTICLE: "recorded it", EntryKind.RETRACT: "took it back", EntryKind.RESTORE: "put it back",
    EntryKind.REDACT: "redacted it",
}  # fmt: skip


ACCOUNTS = lexicon.words("names", "accounts")
"""What computers call their accounts where nobody gave a name: it tells a reader of nobody."""


def is_person(actor: str) -> bool:
    """True for a name that may tell who did it, and is not that of a computer's account."""
    return actor.casefold() not in ACCOUNTS


def with_custody(ledger: Ledger, article: Article, sent: Iterable[Publication] | None = None) -> Article:
    """The same article with its custody sheet, oldest first, in the language that is spoken."""
    claims = [c for c in read.claims(ledger, article=article.uid) if not c.redacted]
    published = beside.publications(ledger) if sent is None else sent
    steps = (*_logged(ledger, article), *_of_claims(ledger, claims), *_sent(claims, published))
    return replace(article, custody=tuple(sorted(steps, key=lambda step: step.at)))


def _logged(ledger: Ledger, article: Article) -> Iterator[Step]:
    copies = {c.uid: c for c in read.captures(ledger, article.uid)}
    looks = {s.uid: s for s in beside.searches(ledger, article.uid) if s.outcome}
    for entry in store.entries(ledger, about=article.uid):
        if entry.uid in copies:
            yield _saved(entry, copies[entry.uid], article)
        elif entry.uid in looks:
            yield Step(entry.recorded_at, entry.actor, "recheck", _became(looks[entry.uid]), entry.uid)
        elif said := _said(entry):
            yield Step(entry.recorded_at, entry.actor, entry.kind, said, entry.uid)
    for found in beside.evidence(ledger, article.uid):
        said = t("kept {id} with it: {shows}", id=found.id, shows=theirs(found.shows))
        yield Step(found.at, found.by, EntryKind.EVIDENCE, said, found.uid, found.sha256)


def _saved(entry: Entry, copy: Capture, article: Article) -> Step:
    url, name = theirs(copy.url or ""), theirs(article.file or "")
    known = METHODS.get(copy.method)
    said = t(known, url=url, name=name) if known else t("saved by {program}", program=copy.method)
    if copy.extractor != "none":
        said = t("{saved}; its text was taken by {program}", saved=said, program=copy.extractor)
    return Step(entry.recorded_at, entry.actor, entry.kind, said, entry.uid, copy.raw, copy.text)


def _became(look: Search) -> str:
    return t(OUTCOMES[look.outcome or ""]) + (f" ({theirs(look.failed)})" if look.failed else "")


def _said(entry: Entry) -> str | None:
    if entry.kind == EntryKind.AMEND and entry.body is not None:
        fields = ", ".join(sorted(changes.body_data(entry)["set"]))
        return t("changed what is known of it: {fields}", fields=fields)
    return t(OTHERS[EntryKind(entry.kind)]) if entry.kind in OTHERS else None


def _of_claims(ledger: Ledger, claims: Iterable[Claim]) -> Iterator[Step]:
    for claim in claims:
        for one in read.judgements(ledger, claim.uid, EntryKind.CHECK):
            said = t("checked {id}: {found}", id=claim.id, found=t(CHECKS[Checked(one.value)]))
            yield Step(one.at, one.by, EntryKind.CHECK, said)


def _sent(claims: Iterable[Claim], published: Iterable[Publication]) -> Iterator[Step]:
    ids = {c.uid: c.id for c in claims}
    for one in published:
        if shown := [ids[uid] for uid in one.rests_on if uid in ids]:
            said = t("sent out what shows {ids}", ids=", ".join(shown)) + (f": {theirs(one.url)}" if one.url else "")
            yield Step(one.at, one.by, EntryKind.PUBLICATION, said, one.uid, one.sha256)
