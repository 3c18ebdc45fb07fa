"""Suggestions: what the machine proposes and a person judges. Both are in the log; a proposal is never a finding.

The statements that `suggest` finds in an article are logged only once somebody judges them; what cross-referencing proposes
is logged as pending. The same proposal, known by its fingerprint, is not made twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from math import isfinite

from msgspec import Struct

from ledger import changes, claims, suggest
from ledger import records as r
from ledger.assist import Aided
from ledger.errors import BadInput, Refused
from ledger.merkle import canonical
from ledger.store import Ledger, Writer, read
from ledger.text import folding
from ledger.text.stretches import beginning
from ledger.vocabulary import EntryKind, Letter, Mode, Relating, Relation, Role, SuggestionKind, SuggestionState
from ledger.work import utc_now

MADE_BY = "suggest/1"

Finder = Callable[[str, str | None], list[Aided]]
"""What finds the statements of a text published at a time."""


class Offered(Struct, frozen=True):
    """A statement of an article with what is known of it: judged before, or logged already as a claim."""

    number: int
    found: r.Found
    state: SuggestionState | None
    claim: str | None
    aid: Aided | None = None
    """Who made it where it was not the rules alone."""


def by_rules(text: str, published: str | None) -> list[Aided]:
    """The statements that the rules alone find."""
    return [Aided(found) for found in suggest.find(text, published)]


def of_article(ledger: Ledger, page: claims.Page, finder: Finder = by_rules, *, whole: bool = False) -> list[Offered]:
    """The statements of an article's newest copy, numbered in the order of the text.

    Of a long text its beginning is read, until what was found there is judged, or the whole is asked for.
    """
    if page.text is None:
        raise BadInput(f"no copy of {page.article.id} was saved", hint="save one: claims capture FILE")
    begun = beginning(page.text)
    if not whole and len(begun) < len(page.text):
        offered = _offered(ledger, page, finder(begun, page.article.published_at))
        if read_to(page.text, offered) < len(page.text):
            return offered
    return _offered(ledger, page, finder(page.text, page.article.published_at))


def read_to(body: str, offered: Iterable[Offered]) -> int:
    """How far a long text was read: to the end of its beginning where something found there waits, else to its end."""
    begun = len(beginning(body))
    waits = any(o.state is None and o.claim is None and o.found.end <= begun for o in offered)
    return begun if waits else len(body)


def _offered(ledger: Ledger, page: claims.Page, found_: list[Aided]) -> list[Offered]:
    judged = read.suggestion_states(ledger, page.article.uid)
    logged = {(c.start, c.end): c.id for c in read.claims(ledger, article=page.article.uid)}
    offered = []
    body = page.text or ""
    told = ((aid, found) for aid in found_ for found in suggest.sentence_by_sentence(body, aid.found))
    for number, (aid, found) in enumerate(told, 1):
        word = judged.get(fingerprint(SuggestionKind.CLAIM, _found_key(page, found)))
        state = SuggestionState(word) if word and word != SuggestionState.PENDING else None
        known = logged.get((found.start, found.end))
        offered.append(Offered(number, found, state, known, aid))
    return offered


def _found_key(page: claims.Page, found: r.Found) -> r.Json:
    return {
        "article": page.article.uid,
        "text": page.capture.text if page.capture else "",
        "content": r.plain(found.content),
    }


def fingerprint(kind: SuggestionKind, key: r.Json) -> str:
    """Equal for the same proposal, whoever makes it and when."""
    return hashlib.sha256(canonical({"kind": kind.value, "key": key})).hexdigest()


def judge_found(
    writer: Writer, page: claims.Page, offered: Offered, state: SuggestionState, *, made: str | None = None,
    because: str | None = None, settles: Iterable[str] = (),
) -> str:  # fmt: skip
    """Keeps a person's word on a found statement, and on waiting suggestions of the same; gives the uid of its own."""
    waiting = [read.suggestion(writer.ledger, read.thing(writer.ledger, s, Letter.SUGGESTION).uid) for s in settles]
    own = next((s.uid for s in waiting if _is_of(s, offered)), None) or _log_found(writer, page, offered)
    for uid in dict.fromkeys([own, *(s.uid for s in waiting)]):
        writer.append(EntryKind.JUDGEMENT, r.JudgementDraft(state, because=because, made=made), about=uid)
    return own


def _is_of(suggestion: r.Suggestion, offered: Offered) -> bool:
    """True for the suggestion that an earlier word on this very statement left, taken back since."""
    data = suggestion.proposal
    return "article" not in data and data.get("found", data).get("content") == r.plain(offered.found.content)


def place_of(suggestion: r.Suggestion) -> tuple[str, int, int] | None:
    """The article (by uid) and the place of a statement that is proposed as a claim."""
    data = suggestion.proposal
    if suggestion.kind != SuggestionKind.CLAIM:
        return None
    found = data.get("found", data)
    if not isinstance(found, dict) or not {"start", "end", "exact"} <= found.keys():
        return None  # another program logged it
    return data.get("article") or suggestion.target or "", found["start"], found["end"]


def _log_found(writer: Writer, page: claims.Page, offered: Offered) -> str:
    found, aid = offered.found, offered.aid
    data = {"found": r.plain(found), **aid.kept} if aid and aid.kept else r.plain(found)
    draft = r.SuggestionDraft(
        kind=SuggestionKind.CLAIM,
        proposal=json.dumps(data, ensure_ascii=False, sort_keys=True),
        reason=f"{found.pattern}: {found.reason}",
        score=found.score,
        made_by=(aid and aid.made_by) or MADE_BY,
        fingerprint=fingerprint(SuggestionKind.CLAIM, _found_key(page, found)),
        target=page.article.uid,
    )
    return writer.append(EntryKind.SUGGESTION, draft)


def claim_of(found: r.Found) -> r.Claim:
    """The claim that a found statement would be."""
    chain = tuple(r.replace(hop, source=known_as(hop), mode=found.mode) for hop in found.attribution)
    mode = found.mode if chain else Mode.NONE
    return r.Claim(
        exact=found.exact, start=found.start, attribution=chain, mode=mode, stance=found.stance, unsure=found.unsure
    )  # fmt: skip


def hints(offered: Offered) -> claims.Hints:
    """What the rules read; what a model found they do not read again."""
    return claims.Hints() if offered.aid and offered.aid.made_by else claims.Hints(read=frozenset({"chain", "stance"}))


UNNAMED = "an unnamed source"
"""Who is meant by "are reported to have": somebody whom the text does not name."""


def known_as(hop: r.Hop) -> str:
    """The name of a source: what a short mention stands for, a proper name without its leading article."""
    name = hop.source or UNNAMED
    rest = name[4:] if name[:4].casefold() == "the " else name
    return rest if rest[:1].isupper() else name


def origin_of(found: r.Found) -> str | None:
    """The original source of a found statement by name; None in the publisher's own voice."""
    origins = [m for m in found.attribution if m.role is Role.ORIGIN] or list(found.attribution)
    return known_as(origins[-1]) if origins else None


def chain_parts(hops: Sequence[r.Hop]) -> r.Json:
    """A chain as the fields of a request: whom it came through, the organisation, the original source and its cue."""
    names = {role: [hop for hop in hops if hop.role is role] for role in Role}
    origin = next(reversed(names[Role.ORIGIN]), None)
    parent = next(reversed(names[Role.AFFILIATION]), None)
    return {
        "via": tuple(known_as(hop) for hop in names[Role.RELAY]), "of": known_as(parent) if parent else None,
        "by": known_as(origin) if origin else None, "cue": origin.cue if origin else None,
    }  # fmt: skip


# --- pending suggestions ------------------------------------------------------------------------------------------


class Proposal(Struct, frozen=True):
    """Something proposed; `data` is what accepting it logs."""

    kind: SuggestionKind
    data: r.Json
    reason: str
    score: str
    made_by: str
    target: str | None = None


def propose(writer: Writer, proposal: Proposal, mark: str | None = None) -> str | None:
    """Logs a pending suggestion; None where the same was made before, known by its data or by the fingerprint given."""
    mark = mark or fingerprint(proposal.kind, proposal.data)
    if read.was_suggested(writer.ledger, mark):
        return None
    draft = r.SuggestionDraft(
        kind=proposal.kind,
        proposal=json.dumps(proposal.data, ensure_ascii=False, sort_keys=True),
        reason=proposal.reason,
        score=proposal.score,
        made_by=proposal.made_by,
        fingerprint=mark,
        target=proposal.target,
    )
    return writer.append(EntryKind.SUGGESTION, draft)


def pending(ledger: Ledger, kind: SuggestionKind | None = None) -> list[r.Suggestion]:
    """Suggestions that wait for a person, the strongest first; those put off come back on their day, leads when asked for."""
    now = utc_now()
    return [s for s in all_of(ledger) if s.waits(now) and (s.kind == kind if kind else s.kind != SuggestionKind.LEAD)]


def all_of(ledger: Ledger) -> list[r.Suggestion]:
    return sorted(read.suggestions(ledger), key=lambda s: -_strength(s.score))


def _strength(score: str) -> float:
    """The score as a number; least where another program logged none."""
    try:
        found = float(score)
    except ValueError:
        return 0.0
    return found if isfinite(found) else 0.0


def judge(
    writer: Writer, name: str, state: SuggestionState, *, because: str | None = None, until: str | None = None,
    question: str | None = None,
) -> str | None:  # fmt: skip
    """A person's word on a suggestion; accepting logs what it proposed and gives the uid of what that made.

    A claim is filed under the question (by uid) that is given, else under the one that was proposed.
    """
    thing = changes.standing(writer.ledger, name, Letter.SUGGESTION)
    suggestion = read.suggestion(writer.ledger, thing.uid)
    if not is_open(suggestion):
        raise Refused(f"{suggestion.id} was {suggestion.state} by {suggestion.judged_by} already")
    made = _do(writer, suggestion, question) if state is SuggestionState.ACCEPTED else None
    writer.append(EntryKind.JUDGEMENT, r.JudgementDraft(state, because, until, made), about=suggestion.uid)
    return made


def is_open(suggestion: r.Suggestion) -> bool:
    """True where nobody has accepted or rejected it."""
    return suggestion.state in (SuggestionState.PENDING, SuggestionState.SNOOZE)


def _do(writer: Writer, suggestion: r.Suggestion, question: str | None) -> str | None:
    data = suggestion.proposal
    if question and suggestion.kind not in (SuggestionKind.FILING, SuggestionKind.CLAIM):
        raise BadInput(f"{suggestion.id} proposes no claim, and is filed under no question")
    question = question or data.get("question")
    if suggestion.kind == SuggestionKind.FILING:
        question = question or claims.question_uid(writer, data["new_question"])
        claims.file(writer, data["claim"], question, because=suggestion.reason)
        return str(question)
    if suggestion.kind == SuggestionKind.ALIAS:
        relation = Relating(data.get("relation", Relating.SAME_AS))
        draft = r.RelateDraft(data["source"], relation, because=suggestion.reason)
        writer.append(EntryKind.RELATE, draft, about=data["same"])
        return str(data["source"])
    if suggestion.kind == SuggestionKind.CLAIM:
        found = r.parse(r.Found, data.get("found", data))
        page = claims.page(writer.ledger, read.article(writer.ledger, data.get("article") or suggestion.target or ""))
        logged = claims.log(writer, page, claim_of(found))
        if question:
            claims.file(writer, logged.uid, question)
        return logged.uid
    if suggestion.kind == SuggestionKind.LEAD:
        return _named_so(writer, suggestion)
    if suggestion.kind == SuggestionKind.WORDING:
        link = r.LinkDraft(data["origin"], Relation.REPEATS, because=suggestion.reason)
        writer.append(EntryKind.LINK, link, about=data["version"])
        return str(data["version"])
    return None


def _named_so(writer: Writer, suggestion: r.Suggestion) -> str:
    """Gives a source the names of the entity that a lead says it is, but for those that another has."""
    data = suggestion.proposal
    about = read.thing(writer.ledger, suggestion.target or "")
    if data.get("kind") != "entity" or not about.id.startswith(Letter.SOURCE):
        raise Refused(f"{suggestion.id} leads to a page", hint=f"claims capture {suggestion.id} saves it")
    uid = about.uid
    for name in data.get("names", ()):
        folded = folding.name(name)
        if folded and read.source_by_folded(writer.ledger, folded) is None:
            writer.append(EntryKind.ALIAS, r.AliasDraft(name, folded, data["url"]), about=uid)
    writer.append(EntryKind.NOTE, r.NoteDraft(f"{data['title']}: {data['url']}", internal=True), about=uid)
    return uid
