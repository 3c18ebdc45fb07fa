"""Looking: list, show, search, trace, history, log, open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, NamedTuple

from cli import nouns, render, words
from cli.apps import Context, typer
from cli.nouns import SHOWN, Noun
from cli.session import Session
from ledger import ownfields
from ledger import records as r
from ledger.errors import BadInput
from ledger.store import Ledger, read
from ledger.vocabulary import Letter, State

Id = Annotated[str, typer.Argument(metavar="ID", help="Such as C12, A1, S3, Q2.")]


def list_(
    ctx: Context,
    noun: Annotated[Noun, typer.Argument(help="What to list.")] = Noun.CLAIMS,
    article: Annotated[str | None, typer.Option(help="Claims of this article.", metavar="ID")] = None,
    question: Annotated[str | None, typer.Option(help="Claims filed under this question.", metavar="ID")] = None,
    source: Annotated[str | None, typer.Option(help="Claims in whose chain this source is.", metavar="ID")] = None,
    tag: Annotated[str | None, typer.Option(help="Claims with this tag.")] = None,
    state: Annotated[State | None, typer.Option(help="Claims in this state.")] = None,
    field: Annotated[
        list[str] | None,
        typer.Option(metavar='"NAME>VALUE"', help="A field of your own: = != < <= > >=; its name alone: any."),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="All of them, not the first screen alone.")] = False,
) -> None:
    """List claims, articles, sources, questions, evidence, requests, searches or leads that still stand.

    Example: claims list --source S3
    """
    session = ctx.obj
    with session.read() as ledger:
        chosen = read.Filters(
            article=article and read.thing(ledger, article, Letter.ARTICLE).uid,
            question=question and read.thing(ledger, question, Letter.QUESTION).uid,
            source=source and read.thing(ledger, source, Letter.SOURCE).uid,
            tag=tag,
            state=state,
        )
        listed = _Listed(ledger, noun, chosen, field or ())
        more = None if all_ else listed.more
        session.results(listed.rows(), SHOWN[noun].table, none=f"no {noun} yet", more=more)


class _Listed(NamedTuple):
    """What is asked for of a noun."""

    ledger: Ledger
    noun: Noun
    chosen: read.Filters
    fields: Sequence[str]

    def rows(self) -> Iterable[Any]:
        claims = self.noun is Noun.CLAIMS
        rows = read.claims(self.ledger, **self.chosen) if claims else SHOWN[self.noun].rows(self.ledger)
        return _own(self.ledger, rows, self.noun, self.fields)

    def more(self, shown: int) -> str:
        """How many there are beyond the first ones."""
        counted = self.noun is Noun.CLAIMS and not self.fields
        count = read.count_claims(self.ledger, **self.chosen) if counted else sum(1 for _ in self.rows())
        return f"{count - shown:,} more: --all shows them"


def _own(ledger: Ledger, rows: Iterable[Any], noun: Noun, conditions: Sequence[str]) -> Iterable[Any]:
    """The records with their fields of one's own, those that are as the conditions on these say."""
    on = next((on for letter, on in ownfields.NOUNS.items() if nouns.LETTERS[letter] is noun), None)
    if on is None and conditions:
        raise BadInput(f"{noun} have no fields of your own")
    fit = [ownfields.matching(ledger, condition, on) for condition in conditions]
    found = (row for row in rows if all(fits(row.uid) for fits in fit)) if fit else rows
    return ownfields.filled(ledger, found) if on else found


def show(ctx: Context, id_: Id) -> None:
    """Show one thing by its id.

    Example: claims show C1
    """
    with ctx.obj.read() as ledger:
        show_thing(ctx.obj, ledger, read.thing(ledger, id_))


def show_thing(session: Session, ledger: Ledger, thing: r.Thing) -> None:
    """A thing in whole; of one that no list has, its history."""
    if noun := nouns.LETTERS.get(Letter(thing.id[0])):
        found = SHOWN[noun].one(ledger, thing.uid)
        session.result(found, SHOWN[noun].card(ledger, found))
    else:
        from cli import histories
        from ledger import changes

        session.result(changes.history(ledger, thing.uid), histories.history_lines(ledger, thing.uid))


def search_(
    ctx: Context,
    query: Annotated[list[str], typer.Argument(metavar="TEXT", help="Words; all of them, else any of them.")],
    limit: Annotated[int, typer.Option(help="At most so many claims; with --json all.", min=1, max=1_000_000)] = 20,
    texts: Annotated[bool, typer.Option("--texts", help="Passages of saved texts alone; with --json, too.")] = False,
) -> None:
    """Find claims, and passages of saved texts, by the words in them.

    "a phrase" stands as it is, -word is not wanted (behind --), OR stands between words of which one is. outlet:,
    source:, question:, state:, after:, before: and on: say where to look, with a minus where not: outlet:"Example Daily"
    after:2016-03. What cannot be read so is words.

    Example: claims search "combat sorties"
    """
    from ledger.store import asked

    session = ctx.obj
    with session.read() as ledger:
        sought = asked.typed_at_a_shell(ledger, query)
        if texts:
            found = _passages(ledger, sought, limit)
            session.results(found, nouns.passage_lines, none="nothing found")
            return
        claims = _claims(ledger, sought, None if session.json else limit)
        passages = [] if session.json else _passages(ledger, sought, min(limit, PASSAGES))
        if claims or not passages:
            session.results(claims, nouns.claims_table, none="nothing found")
        if passages:
            session.show("\nin saved texts:" if claims else "in saved texts:")
            session.show(nouns.passage_lines(passages))


def _claims(ledger: Ledger, sought: str, limit: int | None) -> list[r.Claim]:
    from ledger.store import search

    return list(ownfields.filled(ledger, (hit.claim for hit in search.search(ledger, sought, limit=limit))))


def _passages(ledger: Ledger, sought: str, limit: int) -> list[r.Passage]:
    from ledger import searching  # reads saved texts, which the other verbs here do not

    return searching.passages(ledger, sought, limit=limit)


PASSAGES = 5
"""So many passages are shown beside claims."""


def trace(ctx: Context, claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Such as C12.")]) -> None:
    """Draw who said it, via whom, from the article to the original source.

    Example: claims trace C1
    """
    session = ctx.obj
    with session.read() as ledger:
        found = read.claim(ledger, claim)
        chain = {"claim": found.id, "publisher": found.publisher, "attribution": r.plain(found.attribution)}
        session.result(chain, words.trace(found))


def history(ctx: Context, id_: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Every entry about a thing: who changed what, when and why.

    Example: claims history C1
    """
    from cli import histories
    from ledger import changes

    session = ctx.obj
    with session.read() as ledger:
        if session.json:
            render.lines(changes.history(ledger, id_))
        else:
            render.paged(histories.history_lines(ledger, id_))


def log(
    ctx: Context,
    since: Annotated[int, typer.Option(help="From this entry on.", min=0, max=2**53)] = 0,
) -> None:
    """The log, entry by entry, oldest first.

    Example: claims log --since 10
    """
    from cli import histories
    from ledger.store import entries

    session = ctx.obj
    with session.read() as ledger:
        if session.json:
            render.lines(_entry_json(ledger, e) for e in entries(ledger, since=since))
        else:
            render.paged(histories.entry_line(ledger, e) for e in entries(ledger, since=since))


def _entry_json(ledger: Ledger, e: r.Entry) -> r.Json:
    from ledger import changes

    return {
        "seq": e.seq, "uid": e.uid, "at": e.recorded_at, "actor": e.actor, "kind": e.kind, "about": e.about,
        "id": read.short_id(ledger, e.about), "batch": e.batch, "body_hash": e.body_hash.hex(),
        "leaf_hash": e.leaf_hash.hex(), "redacted": e.body is None, "body": changes.body_data(e),
    }  # fmt: skip


def open_(
    ctx: Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="An article or a claim.")],
    left_out: Annotated[
        bool, typer.Option("--left-out", help="Print what may belong to it and is not in its text instead.")
    ] = False,
) -> None:
    """Print the saved text of an article, or, for a claim, of its article with the claim marked.

    Example: claims open C1
    """
    from ledger import capture

    session = ctx.obj
    with session.read() as ledger:
        if left_out:
            missing = capture.left_out(ledger, id_)
            session.result(missing, nouns.left_out_lines(missing))
            return
        found = capture.opened(ledger, id_)
        if session.json:
            session.show(
                {"article": found.article, "capture": found.capture, "text_sha256": found.sha256, "text": found.text}
            )
        else:
            render.paged(iter([nouns.marked(found.text, found.claim)]))


APPS = {
    "list": list_,
    "show": show,
    "search": search_,
    "trace": trace,
    "history": history,
    "log": log,
    "open": open_,
}
