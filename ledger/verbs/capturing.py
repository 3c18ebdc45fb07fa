"""Saving a copy of an article, and looking at once for what it answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from ledger import capture as copies
from ledger import changes, evidence, leaks, protection, rechecking
from ledger import records as r
from ledger.capture import Page
from ledger.errors import Refused
from ledger.extract import Attached
from ledger.store import Writer, read, redact, texts
from ledger.verbs import collecting, guarding
from ledger.verbs.verb import Notice, protected_names, verb
from ledger.vocabulary import EntryKind, EvidenceStance, SuggestionState
from ledger.work import utc_now

HTML = ("text/html", "application/xhtml+xml")


class Capture(Struct, frozen=True, kw_only=True):
    """A copy that was read from a file or fetched, and what the user says of it; "" and "unknown" stand for not known."""

    page: Page
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None
    credit: str | None = None
    lang: str | None = None
    extra: r.Json | None = None
    on_page: int | None = None
    """The page on which its text begins, where that is not the first."""
    at_time: str | None = None
    """The moment of a recording at which it begins: 00:12:31."""
    lead: str | None = None
    """The lead of a service that led to it, which is accepted with it."""


class Captured(Struct, frozen=True, kw_only=True):
    saved: copies.Saved
    waiting: int
    """How many of its statements were proposed for questions that are open."""
    attached: tuple[r.Evidence, ...] = ()
    """What came inside it, such as the attachments of a letter."""
    notices: tuple[Notice, ...] = ()


@verb
def capture(writer: Writer, request: Capture) -> Captured:
    """Saves a copy byte for byte; what in a new one may answer open questions waits for a person."""
    page = copies.beginning(request.page, request.on_page, request.at_time)
    details = {name: getattr(request, name) for name in copies.Details.__annotations__}
    details["extra"] = (page.extra or {}) | (request.extra or {}) or None
    if request.publisher:
        details["publisher"] = changes.named_by_id(writer.ledger, request.publisher)
    saved = copies.save_into(writer, page, **details)
    _begins_there(writer, request, page, saved)
    if request.lead:
        from ledger.verbs import leads

        lead = leads.page_of(writer.ledger, request.lead)
        judged = r.JudgementDraft(SuggestionState.ACCEPTED, made=saved.article.uid)
        writer.append(EntryKind.JUDGEMENT, judged, about=lead.uid)
    waiting = _proposed(writer, saved.article.uid) if saved.new else 0
    met = _reviews(writer, saved.article.uid, page) if saved.new else ()
    attached = [_attached(writer, saved.article.id, one) for one in page.attached] if saved.new else []
    elsewhere = [read.short_id(writer.ledger, uid) for uid in texts.redacted_in(writer.ledger, page.text)]
    notices = (
        *_notices(page, saved, waiting, elsewhere),
        *met,
        *(notice for one in attached for notice in one.notices),
    )
    return Captured(saved=saved, waiting=waiting, attached=tuple(a.evidence for a in attached), notices=notices)


def _reviews(writer: Writer, article: str, page: Page) -> Iterable[Notice]:
    """Proposes the published reviews that stand on a page."""
    if b"ClaimReview" not in page.raw or page.media_type not in HTML:
        return ()
    from ledger.exchange.claimreview.met import propose

    count = propose(writer, article, page.raw)
    said = f"{count} published {'review stands' if count == 1 else 'reviews stand'} on the page: claims triage"
    return (Notice("reviews", said),) if count else ()


def _begins_there(writer: Writer, request: Capture, page: Page, saved: copies.Saved) -> None:
    """Refused where a copy that is known already is said to begin on another page, or at another moment."""
    if saved.new or (request.on_page is None and request.at_time is None):
        return
    if page.marks != copies.marks_of(writer.ledger, read.captures(writer.ledger, saved.article.uid)[-1]):
        article = saved.article.id
        raise Refused(
            f"{article} is known already, and begins elsewhere; nothing was changed",
            hint=f"to save it anew: claims retract {article} --because ..., then capture it again",
        )


def _attached(writer: Writer, article: str, one: Attached) -> collecting.Shown:
    """What came inside a letter, as evidence that belongs to it."""
    item = evidence.of_bytes(one.name, one.data, one.media_type)
    shows = f"{redact.ATTACHED}{article}"
    request = collecting.AddEvidence(target=article, item=item, shows=shows, stance=EvidenceStance.CONTEXT)
    return collecting.log_evidence(writer, read.thing(writer.ledger, article), request)


class Recheck(Struct, frozen=True, kw_only=True):
    """An article whose page was asked for again, and what it gave (`rechecking.look`)."""

    article: str
    seen: rechecking.Seen


@verb
def recheck(writer: Writer, request: Recheck) -> rechecking.Rechecked:
    """Logs what became of the page, and saves it as a newer copy where it changed; claims stay with their copy.

    What was seen on the same day already is not logged again.
    """
    found, page = request.seen.found, request.seen.page
    article = read.article(writer.ledger, request.article)
    before, now = rechecking.last_look(writer.ledger, article.uid), utc_now()
    if page or before is None or (before.outcome, before.searched_at[:10]) != (found.outcome, now[:10]):
        there = int(found.outcome in (rechecking.Outcome.UNCHANGED, rechecking.Outcome.CHANGED))
        draft = r.SearchDraft(found.url, (rechecking.ITSELF,), now, there, found.why, found.outcome)
        writer.append(EntryKind.SEARCH, draft, about=article.uid)
    if page is None:
        return found
    saved = copies.add_copy(writer, article, page)
    held = (*protection.names().found(page.text), *leaks.protected_in(page.raw, article.id))
    return r.replace(found, capture=saved, waiting=_proposed(writer, article.uid), protected=tuple(dict.fromkeys(held)))


def _proposed(writer: Writer, article: str) -> int:
    """How many statements of the article were proposed for open questions; cross-reference is loaded only where one is."""
    if writer.ledger.is_empty("question"):
        return 0
    from ledger.crossref.proposals import of_capture

    writer.index_new()
    return of_capture(writer, article)


def _notices(page: Page, saved: copies.Saved, waiting: int, elsewhere: Iterable[str]) -> Iterator[Notice]:
    article = saved.article.id
    if saved.new_article:
        yield from guarding.not_yet("published", saved.article.published_at)
    if saved.new:
        said = "\n".join([page.text, *map(str, ((page.extra or {}).get("headers") or {}).values())])
        seen = protection.names().found(said)
        yield from protected_names(seen, "the text of", article)
        behind = [name for name in leaks.protected_in(page.raw, article) if name not in seen]
        yield from protected_names(behind, "the file kept of", article)
        for other in elsewhere:
            redacted = f"words that were redacted in {other} stand in {article}"
            yield Notice("redacted_words", redacted, f"claims redact {article} takes it out again")
    if waiting:
        yield Notice("proposed", f"{waiting} of its statements may answer questions that are open: claims triage")
    if page.encoding_guessed:
        yield Notice("encoding_guessed", f"the encoding was guessed: {page.encoding}")
    if saved.new and page.left_out:
        shown = f"claims open {article} --left-out shows all; where they belong there, save the text"
        yield Notice("left_out", _left_out(page), shown)
    for name in saved.differs:
        said = f"{article} is known with another {name}; it stays as it is (claims amend {article} changes it)"
        yield Notice("differs", said)


def _left_out(page: Page) -> str:
    """What may be missing: how many of how many paragraphs of a page, and the first; of a document what it is."""
    if page.media_type not in HTML:
        return f"left out: {'; '.join(one[:80] for one in page.left_out)}"
    many, kept = len(page.left_out), sum(1 for line in page.text.splitlines() if line.strip())
    verb = "is" if many == 1 else "are"
    return f"{many} of {many + kept} paragraphs {verb} left out, and may belong to it: “{page.left_out[0][:80]} …”"
