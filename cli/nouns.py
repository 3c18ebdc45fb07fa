"""What people read of each noun, in one place: its row in a table, its card, and where its records come from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cli import render, words
from cli.render import table
from cli.session import Session
from ledger import ownfields, text
from ledger import records as r
from ledger.store import Ledger, beside, blobs, read, resting
from ledger.vocabulary import EntryKind, Letter, Priority, Relating, SuggestionKind

if TYPE_CHECKING:
    from ledger.audit import Stamp, Verification
    from ledger.capture import LeftOut
    from ledger.doctor import Finding
    from ledger.grading import Scale
    from ledger.leaks import Leaks
    from ledger.publishing import Resting
    from ledger.redaction import Redaction
    from ledger.rereading import Summary
    from ledger.todo import Item


class Noun(StrEnum):
    """What can be listed."""

    CLAIMS = "claims"
    ARTICLES = "articles"
    SOURCES = "sources"
    QUESTIONS = "questions"
    EVIDENCE = "evidence"
    REQUESTS = "requests"
    SEARCHES = "searches"
    LEADS = "leads"


# --- claims -------------------------------------------------------------------------------------------------------


ROOMY = 110
"""Columns of a terminal from which claims stand in a table; on a narrower one each has lines of its own."""


def claims_table(found: Iterable[r.Claim]) -> str:
    if sys.stdout.isatty() and render.width() < ROOMY:
        return "\n".join(line for c in found for line in _claim_lines(c))
    rows = ([c.id, c.article, words.figures(c), c.exact, words.told_by(c), words.standing(c)] for c in found)
    return table(["id", "in", "figure", "claim", "according to", "rating"], rows)


def _claim_lines(c: r.Claim) -> Iterator[str]:
    facts = (words.figures(c), words.told_by(c), words.standing(c))
    yield render.fitted(f"{c.id:<5} {c.article}  {' · '.join(' '.join(f.split()) for f in facts if f)}")
    yield render.wrapped(c.exact, indent="      ")


def claim_card(ledger: Ledger, claim: r.Claim) -> Iterator[str]:
    yield f"{claim.id}  {render.styled(claim.told, render.BOLD)}"
    if claim.says:
        yield f"    “{claim.exact}”"
    yield from words.claim_lines(claim)
    yield from ratings_held(ledger, claim.uid, but_the_newest=True)
    body = _body(ledger, claim)
    if body and claim.start is not None and claim.end is not None:
        start, end = text.around(body, claim.start, claim.end)
        yield from ("", render.wrapped(body[start:end], indent="  │ "))
    yield ""
    yield from words.trace(claim)
    yield from beside_lines(ledger, claim.uid)
    for question in claim.questions:
        for request in beside.requests(ledger, read.thing(ledger, question, Letter.QUESTION).uid):
            yield from (f"  on {question}: {line}" for line in request_lines(request))
    yield from (f"  note by {n.by}: {n.text}" for n in read.notes(ledger, claim.uid))
    yield from _open(ledger, claim)


def _open(ledger: Ledger, found: r.Claim | r.QuestionPage) -> Iterator[str]:
    """What is open of a claim or question, in a line."""
    from ledger.work import open_of

    if waiting := open_of(ledger, found):
        yield f"  open: {'; '.join(waiting)}"


def ratings_held(ledger: Ledger, uid: str, *, but_the_newest: bool = False) -> Iterator[str]:
    """The ratings that nobody has replaced, a line each; that of a claim stands with the claim already."""
    held = [j for j in read.judgements(ledger, uid, EntryKind.RATING) if not j.superseded]
    for rating in held[:-1] if but_the_newest else held:
        scale = "" if but_the_newest else f" ({rating.scale})"
        yield f"  rated {rating.value} by {rating.by}{scale}{words.because(rating)}"


def _body(ledger: Ledger, claim: r.Claim) -> str | None:
    copy = read.capture(ledger, claim.capture) if claim.capture else None
    return blobs.text(ledger, copy.uid, copy.text) if copy else None


def beside_lines(ledger: Ledger, uid: str) -> Iterator[str]:
    """Evidence, requests, searches and open queries of a claim or question."""
    for found in beside.evidence(ledger, uid):
        yield from (f"  {line}" for line in evidence_lines(found))
    for request in beside.requests(ledger, uid):
        yield from (f"  {line}" for line in request_lines(request))
    for made in beside.searches(ledger, uid):
        yield f"  {search_line(made)}"
    for query in beside.queries(ledger, [uid]):
        yield f"  open query by {query.by}: {query.text}"


def work_line(now: r.Work) -> str:
    """Where the work on a claim or question stands."""
    parts = [now.state]
    parts += [f"{now.priority} priority"] if now.priority != Priority.NORMAL else []
    parts += [f"due {words.minute(now.due)}{' UTC' if 'T' in now.due else ''}"] if now.due else []
    parts += [f"for {now.assignee}"] if now.assignee else []
    parts += [f"not before {words.minute(now.embargo)} UTC"] if now.embargo else []
    return f"{now.id}  {', '.join(parts)}"


# --- articles, sources, questions ---------------------------------------------------------------------------------


def articles_table(found: Iterable[r.Article]) -> str:
    rows = (
        [a.id, a.title or a.url or a.file or "", a.publisher or "", a.published_at or "", str(a.claims)] for a in found
    )
    return table(["id", "title", "publisher", "published", "claims"], rows)


def article_card(ledger: Ledger, article: r.Article) -> Iterator[str]:
    yield f"{article.id}  {render.styled(article.title or '(no title)', render.BOLD)}"
    facts = {
        "publisher": article.publisher, "published": article.published_at, **_other_days(article), "by": article.byline,
        "credit": article.credit_line, "language": article.language, "from": article.url or article.file,
    }  # fmt: skip
    yield from (f"  {name}: {value}" for name, value in facts.items() if value)
    yield from words.own_fields(article.fields)
    for copy in read.captures(ledger, article.uid):
        when = words.minute(copy.captured_at)
        yield f"  saved copy of {when} UTC, {copy.text_chars:,} characters, SHA-256 {copy.raw[:16]}…"
    yield from _claims_below(read.claims(ledger, article=article.uid))
    yield from ("", "custody", *(f"  {words.minute(s.at)} UTC  {s.by} {s.says}" for s in article.custody))


def _other_days(article: r.Article) -> dict[str, str | None]:
    """What its newest copy says of its days, where that is not the one that counts."""
    said = {
        "printed": article.printed_at, "first published": article.first_published_at, "changed": article.modified_at,
    }  # fmt: skip
    return {name: day for name, day in said.items() if day and day[:10] != (article.published_at or "")[:10]}


def _whole_article(ledger: Ledger, name: str) -> r.Article:
    from ledger.reports.custody import with_custody

    return with_custody(ledger, read.article(ledger, name))


def _claims_below(claims: Iterable[r.Claim]) -> Iterator[str]:
    if found := list(claims):
        yield from ("", claims_table(found))


def sources_table(found: Iterable[r.Source]) -> str:
    rows = (
        [s.id, _one_with(s), words.kind(s.kind, guessed=s.kind_guessed), ", ".join(s.aliases), str(s.claims)]
        for s in found
    )
    return table(["id", "name", "kind", "also known as", "claims"], rows)


def _one_with(source: r.Source) -> str:
    return source.name + (f" (one with {source.merged_into})" if source.merged_into else "")


def source_card(ledger: Ledger, source: r.Source) -> Iterator[str]:
    kind = words.kind(source.kind, guessed=source.kind_guessed)
    yield f"{source.id}  {render.styled(source.name, render.BOLD)}  {kind}"
    if source.merged_into:
        yield f"  one with {source.merged_into}; claims source split {source.id} takes that back"
    if source.aliases:
        yield f"  also known as {', '.join(source.aliases)}"
    if source.counts:
        yield f"  counts: {source.counts}"
    yield from _own_fields(ledger, source)
    yield from ratings_held(ledger, source.uid)
    for x in read.relations(ledger):
        if source.id in (x.source_id, x.to_id):
            said = f": {x.because}" if x.because else ""
            yield f"  {x.source} ({x.source_id}) {words.spaced(x.relation)} {x.to} ({x.to_id}){said}"
    for p in read.parties(ledger):
        if p.source_id == source.id:
            side = f", side {p.side}" if p.side else ""
            yield f"  {'a party' if p.party else 'not a party'}{side} ({p.question or 'everywhere'})"
    yield from _claims_below(read.claims(ledger, source=source.uid))


def _own_fields(ledger: Ledger, one: r.Source | r.QuestionPage) -> Iterator[str]:
    """Its values of fields of one's own, and those of what was merged into it."""
    yield from words.own_fields(one.fields)
    for uid in resting.family(ledger, read.thing(ledger, one.id).uid):
        of = read.short_id(ledger, uid)
        yield from (f"{line} (of {of})" for line in words.own_fields(beside.values(ledger, about=uid).get(uid, {})))


def aliases_table(ledger: Ledger, made: Iterable[r.Suggestion]) -> str:
    names = {s.uid: f"{s.id} “{s.name}”" for s in read.sources(ledger)}
    rows = ([m.id, names[m.proposal["same"]], names[m.proposal["source"]], m.reason] for m in made)
    return table(["id", "may be", "the same as", "why"], rows)


def name_line(found: r.Source | r.Question) -> str:
    """A source or question in a line."""
    if isinstance(found, r.Source):
        return f"{found.id}  {found.name}"
    return f"{found.id}  {found.question} ({words.many(found.claims, 'claim')})"


def questions_table(found: Iterable[r.Question]) -> str:
    rows = ([q.id, q.question, str(q.claims), words.spaced(q.state)] for q in found)
    return table(["id", "question", "claims", "state"], rows)


def question_card(ledger: Ledger, page: r.QuestionPage) -> Iterator[str]:
    from cli.question_text import tell

    yield tell(page)
    yield from _own_fields(ledger, page)
    yield from beside_lines(ledger, read.thing(ledger, page.id).uid)
    yield from _open(ledger, page)


def question_page(ledger: Ledger, name: str) -> r.QuestionPage:
    """A question with what cross-reference finds out about its claims."""
    from ledger.reports.page import page

    uid = read.thing(ledger, name, Letter.QUESTION).uid
    found = page(ledger, uid)
    own = beside.values(ledger, about=uid).get(uid, {})
    return r.replace(found, fields=own, claims=tuple(ownfields.filled(ledger, found.claims)))


# --- evidence, requests, searches ---------------------------------------------------------------------------------


def evidence_table(found: Iterable[r.Evidence]) -> str:
    rows = ([e.id, e.target, words.spaced(e.kind), e.stance, e.shows, e.name or e.url or ""] for e in found)
    return table(["id", "about", "kind", "", "shows", "file"], rows)


def evidence_lines(found: r.Evidence) -> Iterator[str]:
    what = found.name or found.url or "no file"
    digest = f", SHA-256 {found.sha256[:16]}…" if found.sha256 else ""
    yield f"{found.id}  {words.spaced(found.kind)} {STANCE_WORDS[found.stance]} {found.target}: {found.shows}"
    yield f"  {what}{digest}{'' if found.kept else ', not in the ledger'}"
    for name, value, sure in (
        ("found", found.found_at, found.found_verified), ("taken", found.taken_at, found.taken_verified),
        ("at", found.location, found.location_verified),
    ):  # fmt: skip
        if value:
            yield f"  {name} {value} ({'verified' if sure else 'not verified'})"
    if found.metadata:
        said = ", ".join(f"{k} {v}" for k, v in found.metadata.items())
        yield f"  the file says of itself (nobody checked it): {said}"


STANCE_WORDS = {"supports": "for", "against": "against", "context": "as context to"}


def requests_table(found: Iterable[r.Request]) -> str:
    rows = ([q.id, q.target, q.source, q.asked_at[:10], (q.due or "")[:10], q.reply or "no reply"] for q in found)
    return table(["id", "about", "asked", "on", "due", "reply"], rows)


def request_lines(found: r.Request) -> Iterator[str]:
    until = f", reply wanted by {found.due[:10]}" if found.due else ""
    yield f"{found.id}  asked {found.source} by {found.channel} on {found.asked_at[:10]} about {found.target}{until}"
    if found.text:
        yield f"  asked: {found.text}"
    for reply in found.replies:
        yield f"  replied {reply.received_at[:10]}: {reply.text or reply.name}"
    if not found.replies:
        yield "  no reply"


def searches_table(found: Iterable[r.Search]) -> str:
    rows = ([s.about, s.sought, ", ".join(s.where), s.searched_at[:10], _outcome(s)] for s in found)
    return table(["about", "sought", "where", "on", "found"], rows)


def _outcome(made: r.Search) -> str:
    return made.failed or (str(made.found) if made.found else "none found")


def search_line(made: r.Search) -> str:
    found = f"{made.found} found" if made.found else "none found"
    outcome = f"could not be found out: {made.failed}" if made.failed else found
    return f"searched {', '.join(made.where)} for {made.sought} on {made.searched_at[:10]}: {outcome}"


# --- what went out ------------------------------------------------------------------------------------------------


def publication_lines(went: r.Publication) -> Iterator[str]:
    where = f" to {went.url}" if went.url else ""
    signed = "under a signed checkpoint" if went.checkpoint else "without a checkpoint"
    yield f"published {went.about}{where} on {words.minute(went.at)} UTC by {went.by}"
    yield f"  SHA-256 {went.sha256}, {signed}; kept: claims published {went.about}"


def publications_text(went: Iterable[r.Publication]) -> str:
    return "\n".join(line for p in went for line in publication_lines(p))


def correction_lines(name: str, made: r.Correction, also: Iterable[Resting]) -> Iterator[str]:
    yield f"{made.kind} of {name}: “{made.was}” is now “{made.now}”; publish it again: claims publish {name}"
    also = tuple(also)
    for other in also:
        shared = ", ".join([*other.claims, *other.sources])
        where = f" at {other.url}" if other.url else ""
        yield f"  {other.about}, published {other.at[:10]}{where}, rests on {shared} too"
    if not also:
        yield "  nothing else that was published rests on it"


def leak_lines(found: Leaks) -> Iterator[str]:
    if found.found:
        from ledger.publishing import leak_words

        yield f"LEAK: it holds {leak_words(found)}"
    yield from (f"could not be read as text: {part}" for part in found.unknown)
    if found.not_sought:
        yield f"{found.not_sought} internal notes are too short to be looked for"
    elif not found.found and not found.unknown:
        yield "no protected name and no internal note stands in it"


def findings_text(found: Iterable[Finding]) -> str:
    """What the doctor looked at, with the remedy beneath."""
    lines = [(f"{f.state.value:<8} {f.about}: {f.found}", f"{'':<8} {f.hint}" if f.hint else None) for f in found]
    return "\n".join(line for pair in lines for line in pair if line)


CHECKED = {
    "entries": "entries, each with its number and the time it was logged",
    "leaves": "hashes of entries, that nothing of one was changed",
    "bodies": "contents of entries, that they are what was hashed", "nodes": "hashes that join the entries to one root",
    "anchors": "quotes and names, that they stand in their saved copies",
    "blobs": "saved files and texts, that they are the bytes of then",
    "derived rows": "rows of tables, made again from the log", "rules": "rules of the database, that none was taken away",
    "texts indexed": "texts in the search index", "search index": "claims in the search index",
    "pages": "pages of the ledger's file", "checkpoints": "signed heads of the log", "timestamp": "time stamp",
    "cosignatures": "witnesses that cosigned a head",
}  # fmt: skip
"""What verification looks at, in plain words."""


def verification_lines(found: Verification) -> Iterator[str]:
    yield f"The log {'holds' if found.ok else 'DOES NOT HOLD'}: {found.entries:,} entries, root {found.root}"
    yield from (f"  checked: {count:>6,} {CHECKED.get(name, name)}" for name, count in found.checked.items() if count)
    if found.timestamp:
        yield f"  stamped: {stamp(found.timestamp)}"
    for seen in found.cosigned:
        yield f"  cosigned: the first {seen.size:,} entries, by {seen.witness} on {seen.time}"
    yield from (f"  problem: {p}" for p in found.problems)
    yield from (f"  warning: {w}" for w in found.warnings)
    yield from (f"  cannot be seen: {c}" for c in found.cannot_see)


def stamp(found: Stamp) -> str:
    off = f", give or take {found.accuracy} s" if found.accuracy else ""
    return f"the first {found.size:,} entries existed by {found.time}{off}, says {found.authority}"


# --- scales, what waits -------------------------------------------------------------------------------------------


def scales_table(found: Iterable[Scale]) -> str:
    rows = ([s.name, s.title, ", ".join(g.value for g in s.grades)] for s in found)
    return table(["name", "what", "grades"], rows)


def scale_lines(found: Scale) -> Iterator[str]:
    yield f"{found.title} ({found.name})"
    yield from (f"  {g.value}: {g.means}" for g in found.grades)


def todo_table(found: Iterable[Item]) -> str:
    rows = ([i.id, i.why, i.what, i.who or "anybody", words.minute(i.due or "")] for i in found)
    return table(["id", "", "what", "for", "due"], rows)


def rereadings(found: Iterable[Summary]) -> str:
    rows = ([s.id, words.PARTS[d.part], d.was, d.now, s.exact] for s in found for d in s.differences)
    return table(["id", "", "was", "now", "claim"], rows)


# --- histories ----------------------------------------------------------------------------------------------------


def redaction_lines(done: Redaction) -> Iterator[str]:
    verb = "would blank" if done.dry_run else "blanked"
    yield f"{verb} {len(done.entries)} entries and {len(done.blobs)} kept files or texts"
    yield from (f"  {e.seq}  {e.kind} by {e.by}, {e.at[:10]}" for e in done.entries)
    if done.beside:
        yield f"  without what stands beside them: {', '.join(done.beside)}"
    yield from (f"  stays: {text}" for text in done.stays)


def passage_lines(found: Iterable[r.Passage]) -> str:
    """Passages of saved texts, each under its article."""
    return "\n".join(line for one in found for line in _passage_lines(one))


def _passage_lines(one: r.Passage) -> Iterator[str]:
    at = words.located(one.locator) if one.locator else None
    said = ", ".join(part for part in (one.publisher, one.published_at, at) if part)
    claims = f"  {', '.join(one.claims[:4])}{' …' if len(one.claims) > 4 else ''}" if one.claims else ""
    yield f"{one.id:<5} {one.title or ''}" + (f" ({said})" if said else "") + claims
    yield render.wrapped(" ".join(one.passage.split()), indent="      ")


def marked(body: str, claim: r.Claim | None) -> str:
    """An article's text, with the words of a claim marked in it."""
    if claim is None or claim.start is None or claim.end is None:
        return body
    words_ = render.styled(body[claim.start : claim.end], render.BOLD)
    return f"{body[: claim.start]}»{words_}«{body[claim.end :]}"


def left_out_lines(found: LeftOut) -> Iterator[str]:
    count = len(found.left_out)
    verb = "is" if count == 1 else "are"
    of = f" of {words.many(found.paragraphs, 'paragraph')}" if found.paragraphs else ""
    yield (
        f"{found.article}: {count or 'none'}{of} {verb} left out"
        if count or of
        else f"{found.article}: nothing is left out"
    )
    for one in found.left_out:
        yield render.wrapped(" ".join(one.split()), indent="  ")


# --- by noun ------------------------------------------------------------------------------------------------------


class Shown(Struct, frozen=True):
    """How a noun is shown: the records that stand, their table, and one record with its card."""

    rows: Callable[[Ledger], Iterable[Any]]
    table: Callable[[Iterable[Any]], str]
    one: Callable[[Ledger, str], Any] = read.thing
    card: Callable[[Ledger, Any], Iterable[str]] = lambda _ledger, _found: ()


def _with_own(one: Callable[[Ledger, str], Any]) -> Callable[[Ledger, str], Any]:
    return lambda ledger, uid: ownfields.with_own(ledger, one(ledger, uid))


def _leads(ledger: Ledger) -> Iterator[r.Suggestion]:
    return (s for s in read.suggestions(ledger) if s.kind == SuggestionKind.LEAD)


def leads_table(found: Iterable[r.Suggestion]) -> str:
    rows = (
        [
            s.id,
            words.spaced(s.state),
            s.target or "",
            p.get("publisher") or "",
            (p.get("published") or "")[:10],
            p["title"],
            p["url"],
        ]
        for s in found
        for p in (s.proposal,)
    )
    return table(["id", "state", "about", "from", "on", "title", "address"], rows)


SHOWN: dict[Noun, Shown] = {
    Noun.CLAIMS: Shown(read.claims, claims_table, _with_own(read.claim), claim_card),
    Noun.ARTICLES: Shown(read.articles, articles_table, _with_own(_whole_article), article_card),
    Noun.SOURCES: Shown(read.sources, sources_table, _with_own(read.source), source_card),
    Noun.QUESTIONS: Shown(read.questions, questions_table, question_page, question_card),
    Noun.EVIDENCE: Shown(beside.all_evidence, evidence_table, beside.one_evidence, lambda _, e: evidence_lines(e)),
    Noun.REQUESTS: Shown(beside.all_requests, requests_table, beside.one_request, lambda _, q: request_lines(q)),
    Noun.SEARCHES: Shown(beside.all_searches, searches_table),
    Noun.LEADS: Shown(_leads, leads_table),
}
LETTERS = {
    Letter.CLAIM: Noun.CLAIMS,
    Letter.ARTICLE: Noun.ARTICLES,
    Letter.SOURCE: Noun.SOURCES,
    Letter.QUESTION: Noun.QUESTIONS,
    Letter.EVIDENCE: Noun.EVIDENCE,
    Letter.REQUEST: Noun.REQUESTS,
}
"""The noun that an id's letter stands for; a suggestion has its history alone."""


def proposed(ledger: Ledger, s: r.Suggestion) -> str:
    """What accepting it would do, in a sentence."""
    data = s.proposal
    if s.kind == SuggestionKind.FILING:
        claim = read.claim(ledger, data["claim"])
        known = data.get("question")
        question = read.question(ledger, known).question if known else f"{data['new_question']} (new)"
        return f"file {claim.id} “{claim.told}” under “{question}”"
    if s.kind == SuggestionKind.CLAIM:
        found = data.get("found", data)
        return f"log “{found.get('exact', '')}” of {s.target or 'an article'}"
    if s.kind == SuggestionKind.ALIAS:
        one, other = (read.source(ledger, data[name]) for name in ("same", "source"))
        what = "speaks for" if data.get("relation") == Relating.SPEAKS_FOR else "is the same source as"
        return f"{one.id} “{one.name}” {what} {other.id} “{other.name}”"
    if s.kind == SuggestionKind.REVIEW:
        who, verdict = data["publisher"] or "somebody", data["verdict"] or "no verdict in words"
        return f"log “{data['line']['exact']}” as reviewed by {who}: “{verdict}”, their word and not ours"
    if s.kind == SuggestionKind.LEAD:
        return f"look at “{data['title']}”, {data['url']}"
    if s.kind == SuggestionKind.WORDING:
        nearer, told = (read.claim(ledger, data[name]) for name in ("origin", "version"))
        return f"{nearer.id} “{nearer.told}” and {told.id} “{told.told}” rest on one source"
    return s.reason


def tell_claim(session: Session, claim: r.Claim) -> None:
    """The claim in a line: its id, words, figure and source."""
    if session.json:
        session.show(claim)
        return
    figure = f"  [{words.figures(claim)}]" if claim.quantities else ""
    rest = f"{figure}  {text.TOLD_BY[claim.stance]} {words.by(claim)}{words.mark(claim)}"
    quoted = render.short(claim.exact, max(30, render.width() - len(claim.id) - len(rest) - 5))
    session.show(f"{render.styled(claim.id, render.BOLD)}  “{quoted}”{rest}")
