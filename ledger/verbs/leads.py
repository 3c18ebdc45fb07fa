"""Leads: what outside services were asked for a claim, question, article or source, and what came of it."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence

from msgspec import Struct

from ledger import changes, evidence, protection, suggestions
from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.providers import LeadKind, Outcome, Query, Told
from ledger.store import Ledger, Writer, read
from ledger.verbs import collecting
from ledger.verbs.verb import Notice, verb
from ledger.vocabulary import EntryKind, EvidenceKind, EvidenceStance, Letter, SuggestionKind
from ledger.work import utc_now

ABOUT = (Letter.CLAIM, Letter.QUESTION, Letter.ARTICLE, Letter.SOURCE)


def sought(ledger: Ledger, about: str) -> str:
    """What is looked up for a thing where no words were given: its own, of an article its address."""
    thing = changes.standing(ledger, about, *ABOUT)
    if thing.id.startswith(Letter.CLAIM):
        return (claim := read.claim(ledger, thing.uid)).says or claim.exact
    if thing.id.startswith(Letter.QUESTION):
        return read.question(ledger, thing.uid).question
    if thing.id.startswith(Letter.SOURCE):
        return read.source(ledger, thing.uid).name
    article = read.article(ledger, thing.uid)
    if not (found := article.url or article.title):
        raise BadInput(f"{article.id} has no address and no title", hint="give the words to look up")
    return found


def inside(ledger: Ledger, about: str, query: Query) -> bool:
    """True where what is looked up is the address of an article that was captured inside a network of one's own."""
    thing = changes.standing(ledger, about, *ABOUT)
    here = thing.id.startswith(Letter.ARTICLE) and query.text == read.article(ledger, thing.uid).url
    return here and any("private" in copy.method for copy in read.captures(ledger, thing.uid))


def may_go_out(query: Query) -> None:
    """Refused where a protected name would be told to a service."""
    if protection.names().found(query.text):
        raise Refused("a protected name stands in it, and every service would learn it", hint="look up other words")


class NoteLookup(Struct, frozen=True, kw_only=True):
    """What services answered (`ledger.providers.ask`), for a claim, question, article or source."""

    about: str
    query: Query
    told: tuple[Told, ...]


class LookedUp(Struct, frozen=True, kw_only=True):
    """What one service told, with the ids of its leads that are new, and of the evidence that holds its answer."""

    told: Told
    leads: tuple[str | None, ...] = ()
    """For each of its leads the suggestion that it is; None where it was proposed before."""
    evidence: str | None = None
    notices: tuple[Notice, ...] = ()


class LookupNoted(Struct, frozen=True, kw_only=True):
    found: tuple[LookedUp, ...]
    notices: tuple[Notice, ...] = ()


@verb
def note_lookup(writer: Writer, request: NoteLookup) -> LookupNoted:
    """Logs what was looked up where, what came of it, the raw answers, and each new lead as a suggestion."""
    thing = changes.standing(writer.ledger, request.about, *ABOUT)
    asked = [told for told in request.told if told.outcome is not Outcome.NOT_ASKED]
    found = tuple(_noted(writer, thing, request.query, told) for told in asked)
    return LookupNoted(found=found, notices=tuple(notice for one in found for notice in one.notices))


def _noted(writer: Writer, thing: r.Thing, query: Query, told: Told) -> LookedUp:
    place = told.title + (f" ({told.covers})" if told.covers else "")
    draft = r.SearchDraft(query.text, (place,), utc_now(), len(told.leads), told.why)
    writer.append(EntryKind.SEARCH, draft, about=thing.uid)
    shows = f"what {told.title} answered when it was asked for “{query.text[:200]}”"
    kept = _evidence(writer, thing, query, told, shows) if told.exchanges else None
    leads, notices = tuple(_proposed(writer, thing, told)), kept.notices if kept else ()
    return LookedUp(told=told, leads=leads, evidence=kept.evidence.id if kept else None, notices=notices)


def _evidence(writer: Writer, thing: r.Thing, query: Query, told: Told, shows: str) -> collecting.Shown:
    """The requests and raw answers."""
    rows = [
        {"url": e.url, "at": e.at, "status": e.status, "headers": dict(e.headers), **_body(e.body)} for e in told.exchanges
    ]  # fmt: skip
    whole = {"service": told.title, "asked": r.plain(query), "exchanges": rows}
    data = json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    stamp = "".join(c for c in told.exchanges[0].at[:19] if c.isalnum())
    item = evidence.of_bytes(f"{told.provider}-{stamp}.json", data, "application/json", url=told.exchanges[0].url)
    request = collecting.AddEvidence(
        target=thing.uid, item=item, shows=shows, stance=EvidenceStance.CONTEXT, kind=EvidenceKind.SERVICE_ANSWER
    )
    return collecting.log_evidence(writer, thing, request)


class NoteArchived(Struct, frozen=True, kw_only=True):
    """What the Wayback Machine said when it was asked to save the page of an article."""

    article: str
    told: Told


@verb
def note_archived(writer: Writer, request: NoteArchived) -> collecting.Shown:
    """Keeps the answer as evidence of the article, whether the page was saved or not."""
    thing, told = changes.standing(writer.ledger, request.article, Letter.ARTICLE), request.told
    query = Query(text=read.article(writer.ledger, thing.uid).url or "")
    kept = told.leads[0].url if told.leads else None
    shows = f"the Wayback Machine has it as {kept}" if kept else f"it was not saved: {told.why}"
    return _evidence(writer, thing, query, told, shows)


def _body(body: bytes) -> r.Json:
    try:
        return {"body": body.decode()}
    except UnicodeDecodeError:
        return {"body_base64": base64.b64encode(body).decode()}


def _proposed(writer: Writer, thing: r.Thing, told: Told) -> Sequence[str | None]:
    ids: list[str | None] = []
    for lead in told.leads:
        data = {"provider": told.provider, **r.plain(lead)}
        reason = f"{told.title} has it" + (f" as “{lead.verdict}”" if lead.verdict else "")
        mark = suggestions.fingerprint(SuggestionKind.LEAD, {"about": thing.uid, "url": lead.url})
        proposal = suggestions.Proposal(
            SuggestionKind.LEAD, data, reason, "0.5", f"providers/{told.provider}", thing.uid
        )
        uid = suggestions.propose(writer, proposal, mark)
        ids.append(read.short_id(writer.ledger, uid) if uid else None)
    return ids


def page_of(ledger: Ledger, lead: str) -> r.Suggestion:
    """The lead of this id, whose page can be captured; Refused where it was settled or leads to no article."""
    thing = changes.standing(ledger, lead, Letter.SUGGESTION)
    found = read.suggestion(ledger, thing.uid)
    if found.kind != SuggestionKind.LEAD or found.proposal.get("kind") == LeadKind.ENTITY:
        raise Refused(f"{found.id} leads to no page", hint=f"claims accept {found.id}")
    if not suggestions.is_open(found):
        raise Refused(f"{found.id} was {found.state} by {found.judged_by} already")
    if not Query(text=str(found.proposal.get("url"))).url:
        raise Refused(f"{found.id} leads to no web address", hint=f"claims reject {found.id}")
    return found
