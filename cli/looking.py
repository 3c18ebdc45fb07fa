"""Looking: list, show, search, trace, history, log, open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer

from cli import render, words
from cli.apps import Context, command
from ledger import changes, text
from ledger import records as r
from ledger.errors import NotFound
from ledger.store import Ledger, beside, entries, read, search
from ledger.vocabulary import EntryKind, Letter, State


class Noun(StrEnum):
    CLAIMS = "claims"
    ARTICLES = "articles"
    SOURCES = "sources"
    QUESTIONS = "questions"
    EVIDENCE = "evidence"
    REQUESTS = "requests"
    SEARCHES = "searches"


def list_(
    ctx: Context,
    noun: Annotated[Noun, typer.Argument(help="What to list.")] = Noun.CLAIMS,
    article: Annotated[str | None, typer.Option(help="Claims of this article.", metavar="ID")] = None,
    question: Annotated[str | None, typer.Option(help="Claims filed under this question.", metavar="ID")] = None,
    source: Annotated[str | None, typer.Option(help="Claims in whose chain this source is.", metavar="ID")] = None,
    tag: Annotated[str | None, typer.Option(help="Claims with this tag.")] = None,
    state: Annotated[State | None, typer.Option(help="Claims in this state.")] = None,
) -> None:
    """List claims, articles, sources, questions, evidence, requests or searches that still stand.

    Example: claims list --source S3
    """
    session = ctx.obj
    with session.read() as ledger:
        if noun is Noun.CLAIMS:
            names = {
                "article": (article, Letter.ARTICLE),
                "question": (question, Letter.QUESTION),
                "source": (source, Letter.SOURCE),
            }
            uids = {k: read.thing(ledger, v, letter).uid for k, (v, letter) in names.items() if v}
            rows: Iterable[Any] = read.claims(ledger, **uids, tag=tag, state=state)
        else:
            rows = ROWS[noun](ledger)
        if session.json:
            render.lines(rows)
            return
        found = list(rows)
        if not found:
            session.say(f"no {noun} yet")
            return
        render.paged(iter([TABLES[noun](found)]))


def _claims_table(found: list[r.Claim]) -> str:
    rows = ([c.id, c.article, words.figures(c), c.exact, words.by(c), words.standing(c)] for c in found)
    return render.table(["id", "in", "figure", "claim", "according to", "rating"], rows, grow=3)


def _articles_table(found: list[r.Article]) -> str:
    rows = (
        [a.id, a.title or a.url or a.file or "", a.publisher or "", a.published_at or "", str(a.claims)] for a in found
    )
    return render.table(["id", "title", "publisher", "published", "claims"], rows, grow=1)


def _sources_table(found: list[r.Source]) -> str:
    rows = (
        [s.id, s.name, words.kind(s.kind, guessed=s.kind_guessed), ", ".join(s.aliases), str(s.claims)] for s in found
    )
    return render.table(["id", "name", "kind", "also known as", "claims"], rows, grow=1)


def _questions_table(found: list[r.Question]) -> str:
    rows = ([q.id, q.question, str(q.claims), words.spaced(q.state)] for q in found)
    return render.table(["id", "question", "claims", "state"], rows, grow=1)


def _evidence_table(found: list[r.Evidence]) -> str:
    rows = ([e.id, e.target, words.spaced(e.kind), e.stance, e.shows, e.name or e.url or ""] for e in found)
    return render.table(["id", "about", "kind", "", "shows", "file"], rows, grow=4)


def _requests_table(found: list[r.Request]) -> str:
    rows = ([q.id, q.target, q.source, q.asked_at[:10], (q.due or "")[:10], q.reply or "no reply"] for q in found)
    return render.table(["id", "about", "asked", "on", "due", "reply"], rows, grow=5)


def _searches_table(found: list[r.Search]) -> str:
    rows = (
        [
            s.about,
            s.sought,
            ", ".join(s.where),
            s.searched_at[:10],
            s.failed or (str(s.found) if s.found else "none found"),
        ]
        for s in found
    )
    return render.table(["about", "sought", "where", "on", "found"], rows, grow=1)


ROWS: dict[Noun, Any] = {
    Noun.ARTICLES: read.articles,
    Noun.SOURCES: read.sources,
    Noun.QUESTIONS: read.questions,
    Noun.EVIDENCE: beside.all_evidence,
    Noun.REQUESTS: beside.all_requests,
    Noun.SEARCHES: beside.all_searches,
}
TABLES: dict[Noun, Any] = {
    Noun.EVIDENCE: _evidence_table,
    Noun.REQUESTS: _requests_table,
    Noun.SEARCHES: _searches_table,
    Noun.CLAIMS: _claims_table,
    Noun.ARTICLES: _articles_table,
    Noun.SOURCES: _sources_table,
    Noun.QUESTIONS: _questions_table,
}


# --- show ---------------------------------------------------------------------------------------------------------


def show(ctx: Context, id_: Annotated[str, typer.Argument(metavar="ID", help="Such as C12, A1, S3, Q2.")]) -> None:
    """Show one thing by its id.

    Example: claims show C1
    """
    session = ctx.obj
    with session.read() as ledger:
        thing = read.thing(ledger, id_)
        letter = Letter(thing.id[0])
        if letter is Letter.QUESTION:
            from cli.questions import show_question

            show_question(session, ledger, thing.uid)
            return
        if letter not in SHOWS:
            session.show(changes.history(ledger, id_) if session.json else "\n".join(_history_lines(ledger, id_)))
            return
        find, tell = SHOWS[letter]
        record = find(ledger, thing.uid)
        session.show(record if session.json else tell(ledger, record))


def _show_claim(ledger: Ledger, claim: r.Claim) -> str:
    body = _body(ledger, claim)
    parts = [
        f"{claim.id}  {render.styled(claim.says or claim.exact, render.BOLD)}",
        *([f"    “{claim.exact}”"] if claim.says else []),
        *words.claim_lines(claim),
        *_other_ratings(ledger, claim),
    ]
    if body and claim.start is not None and claim.end is not None:
        start, end = text.around(body, claim.start, claim.end)
        parts += ["", render.wrapped(body[start:end], indent="  │ ")]
    parts += ["", *words.trace(claim)]
    parts += beside_lines(ledger, claim.uid)
    parts += [f"  note by {n.by}: {n.text}" for n in read.notes(ledger, claim.uid)]
    return "\n".join(parts)


def _other_ratings(ledger: Ledger, claim: r.Claim) -> Iterator[str]:
    """The ratings that hold besides the newest, which stands with the claim."""
    held = [j for j in read.judgements(ledger, claim.uid, EntryKind.RATING) if not j.superseded]
    for rating in held[:-1]:
        yield f"  rated {rating.value} by {rating.by}{words.because(rating)}"


def beside_lines(ledger: Ledger, uid: str) -> Iterator[str]:
    """Evidence, requests, searches and open queries of a claim or question."""
    from cli import gathering

    for found in beside.evidence(ledger, uid):
        yield from (f"  {line}" for line in gathering.evidence_lines(found))
    for request in beside.requests(ledger, uid):
        yield from (f"  {line}" for line in gathering.request_lines(request))
    for made in beside.searches(ledger, uid):
        yield f"  {gathering.search_line(made)}"
    for query in beside.queries(ledger, [uid]):
        yield f"  open query by {query.by}: {query.text}"


def _body(ledger: Ledger, claim: r.Claim) -> str | None:
    from ledger import capture

    copy = read.capture(ledger, claim.capture) if claim.capture else None
    return capture.text_of(ledger, copy) if copy else None


def _show_article(ledger: Ledger, article: r.Article) -> str:
    copies = read.captures(ledger, article.uid)
    found = list(read.claims(ledger, article=article.uid))
    facts = [
        ("publisher", article.publisher), ("published", article.published_at), ("by", article.byline),
        ("credit", article.credit_line), ("language", article.language), ("from", article.url or article.file),
    ]  # fmt: skip
    lines = [f"{article.id}  {render.styled(article.title or '(no title)', render.BOLD)}"]
    lines += [f"  {name}: {value}" for name, value in facts if value]
    for copy in copies:
        when = copy.captured_at[:16].replace("T", " ")
        lines.append(f"  saved copy of {when} UTC, {copy.text_chars:,} characters, SHA-256 {copy.raw[:16]}…")
    return "\n".join([*lines, *(["", _claims_table(found)] if found else [])])


def _show_source(ledger: Ledger, source: r.Source) -> str:
    found = list(read.claims(ledger, source=source.uid))
    lines = [
        f"{source.id}  {render.styled(source.name, render.BOLD)}  {words.kind(source.kind, guessed=source.kind_guessed)}"
    ]
    if source.aliases:
        lines.append(f"  also known as {', '.join(source.aliases)}")
    if source.counts:
        lines.append(f"  counts: {source.counts}")
    lines += [
        f"  rated {rating.value} by {rating.by} ({rating.scale}){words.because(rating)}"
        for rating in read.judgements(ledger, source.uid, EntryKind.RATING)
        if not rating.superseded
    ]
    lines += [
        f"  {x.source} ({x.source_id}) {words.spaced(x.relation)} {x.to} ({x.to_id})"
        + (f": {x.because}" if x.because else "")
        for x in read.relations(ledger)
        if source.id in (x.source_id, x.to_id)
    ]
    lines += [
        f"  {'a party' if p.party else 'not a party'}{f', side {p.side}' if p.side else ''} ({p.question or 'everywhere'})"
        for p in read.parties(ledger)
        if p.source_id == source.id
    ]
    return "\n".join([*lines, *(["", _claims_table(found)] if found else [])])


def _show_evidence(_ledger: Ledger, found: r.Evidence) -> str:
    from cli.gathering import evidence_lines

    return "\n".join(evidence_lines(found))


def _show_request(_ledger: Ledger, found: r.Request) -> str:
    from cli.gathering import request_lines

    return "\n".join(request_lines(found))


SHOWS: dict[Letter, Any] = {
    Letter.CLAIM: (read.claim, _show_claim),
    Letter.ARTICLE: (read.article, _show_article),
    Letter.SOURCE: (read.source, _show_source),
    Letter.EVIDENCE: (beside.one_evidence, _show_evidence),
    Letter.REQUEST: (beside.one_request, _show_request),
}


# --- search -------------------------------------------------------------------------------------------------------


def search_(
    ctx: Context,
    query: Annotated[list[str], typer.Argument(metavar="TEXT", help="Words; all of them, else any of them.")],
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 20,
) -> None:
    """Find claims by words in them, in our wording, in article titles and around them.

    Example: claims search "combat sorties"
    """
    session = ctx.obj
    with session.read() as ledger:
        hits = search.search(ledger, " ".join(query), limit=None if session.json else limit)
        if session.json:
            render.lines(hit.claim for hit in hits)
        elif hits:
            session.show(_claims_table([hit.claim for hit in hits]))
        else:
            session.say("nothing found")


# --- trace, history, log, open ------------------------------------------------------------------------------------


def trace(ctx: Context, claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Such as C12.")]) -> None:
    """Draw who said it, via whom, from the article to the original source.

    Example: claims trace C1
    """
    session = ctx.obj
    with session.read() as ledger:
        found = read.claim(ledger, claim)
        if session.json:
            session.show({"claim": found.id, "publisher": found.publisher, "attribution": r.plain(found.attribution)})
        else:
            session.show("\n".join(words.trace(found)))


def history(ctx: Context, id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Every entry about a thing: who changed what, when and why.

    Example: claims history C1
    """
    session = ctx.obj
    with session.read() as ledger:
        if session.json:
            render.lines(changes.history(ledger, id_))
        else:
            render.paged(_history_lines(ledger, id_))


def _history_lines(ledger: Ledger, name: str) -> Iterator[str]:
    for change in changes.history(ledger, name):
        said = f": {change.because}" if change.because else ""
        yield f"{change.at[:19].replace('T', ' ')}  {change.by}  {words.spaced(change.what)}{said}"
        for field, old in change.before.items():
            yield f"    {field}: {words.value(old)} -> {words.value(change.details['set'][field])}"


def log(
    ctx: Context,
    since: Annotated[int, typer.Option(help="From this entry on.", min=0)] = 0,
) -> None:
    """The log, entry by entry, oldest first.

    Example: claims log --since 10
    """
    session = ctx.obj
    with session.read() as ledger:
        if session.json:
            render.lines(_entry_json(ledger, e) for e in entries(ledger, since=since))
        else:
            render.paged(_entry_line(ledger, e) for e in entries(ledger, since=since))


def _entry_json(ledger: Ledger, e: r.Entry) -> r.Json:
    return {
        "seq": e.seq, "uid": e.uid, "at": e.recorded_at, "actor": e.actor, "kind": e.kind, "about": e.about,
        "id": read.short_id(ledger, e.about), "batch": e.batch, "body_hash": e.body_hash.hex(),
        "leaf_hash": e.leaf_hash.hex(), "redacted": e.body is None, "body": changes.body_data(e),
    }  # fmt: skip


def _entry_line(ledger: Ledger, e: r.Entry) -> str:
    body = changes.body_data(e)
    said = (
        body.get("exact")
        or body.get("name")
        or body.get("title")
        or body.get("text")
        or body.get("value")
        or body.get("because")
    )
    name = read.short_id(ledger, e.about)
    shown = "(redacted)" if e.body is None else render.short(str(said or ""), 70)
    at = e.recorded_at[:19].replace("T", " ")
    return f"{e.seq:>6}  {at}  {e.actor:<10}  {e.kind:<11} {name if len(name) < 12 else '':<6} {shown}"


def open_(ctx: Context, id_: Annotated[str, typer.Argument(metavar="ID", help="An article or a claim.")]) -> None:
    """Print the saved text of an article, or, for a claim, of its article with the claim marked.

    Example: claims open C1
    """
    from ledger import capture

    session = ctx.obj
    with session.read() as ledger:
        thing = read.thing(ledger, id_, Letter.ARTICLE, Letter.CLAIM)
        claim = read.claim(ledger, thing.uid) if thing.id.startswith("C") else None
        article = read.article(ledger, claim.article if claim else thing.uid)
        copies = read.captures(ledger, article.uid)
        copy = next((c for c in copies if claim and c.uid == claim.capture), copies[-1] if copies else None)
        if copy is None:
            raise NotFound(f"no copy of {article.id} was saved", hint="save one: claims capture FILE")
        body = capture.text_of(ledger, copy)
        if session.json:
            session.show({"article": article.id, "capture": copy.uid, "text_sha256": copy.text, "text": body})
            return
        if claim and claim.start is not None and claim.end is not None:
            marked = render.styled(body[claim.start : claim.end], render.BOLD)
            body = f"{body[: claim.start]}»{marked}«{body[claim.end :]}"
        render.paged(iter([body]))


APPS = {
    "list": command(list_),
    "show": command(show),
    "search": command(search_),
    "trace": command(trace),
    "history": command(history),
    "log": command(log),
    "open": command(open_),
}
