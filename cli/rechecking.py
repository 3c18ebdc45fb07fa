"""Looking again: what became of the pages that copies were taken of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from cli import words
from cli.apps import Context, typer
from cli.leads import asked
from cli.session import Session
from ledger import changes, rechecking, web
from ledger.errors import BadInput, ClaimsError, Refused, Unreachable
from ledger.providers import Outcome, Query
from ledger.records import Article
from ledger.store import Ledger, read
from ledger.verbs import capturing, leads


def recheck(
    ctx: Context,
    articles: Annotated[list[str] | None, typer.Argument(metavar="ARTICLE...", help="Captured from the web.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="All articles that have an address.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what changed, and save nothing.")] = False,
    from_archive: Annotated[
        bool, typer.Option("--from-archive", help="Compare what the Wayback Machine saved before, and save nothing.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask addresses that are not public, too.")
    ] = False,
) -> None:
    """Fetch pages again: unchanged, changed, gone, or it could not be found out.

    What changed is shown, with the claims that it touches, and saved as a newer copy; claims stay with the older one.

    Example: claims recheck A1
    """
    session = ctx.obj
    if bool(articles) == all_:
        raise BadInput("which articles?", hint="name them, or --all")
    how = _How(web.Limits(allow_private=True) if allow_private else None, dry_run, from_archive)
    worst = 0
    with session.read() if dry_run or from_archive else session.write() as ledger:
        named = [read.article(ledger, a) for a in articles or ()]
        for article in named or [a for a in read.articles(ledger) if a.url and a.captures]:
            try:
                worst = max(worst, _looked_at(session, ledger, article, how))
            except ClaimsError as e:
                worst = max(worst, session.fail(f"{article.id}: {e.message}", e.hint, e.exit_code))
    if worst:
        raise typer.Exit(worst)


class _How(NamedTuple):
    """How pages are asked for."""

    limits: web.Limits | None
    dry_run: bool
    from_archive: bool


def _looked_at(session: Session, ledger: Ledger, article: Article, how: _How) -> int:
    """Shows what became of an article's page; gives the exit code."""
    if how.from_archive:
        return _earlier(session, ledger, article, how.limits)
    seen = rechecking.look(ledger, article, how.limits)
    request = capturing.Recheck(article=article.uid, seen=seen)
    return _shown(session, seen.found if how.dry_run else capturing.recheck(ledger, request, actor=session.who))


def _shown(session: Session, found: rechecking.Rechecked) -> int:
    session.show(found if session.json else "\n".join(_recheck_lines(found)))
    return Unreachable.exit_code if found.outcome is rechecking.Outcome.UNKNOWN else 0


EARLIER = 10
"""Pages of an archive that are compared, the newest first."""


def _earlier(session: Session, ledger: Ledger, article: Article, limits: web.Limits | None) -> int:
    """Tells how what an archive saved until the newest copy differs from that copy; gives the exit code."""
    if article.url is None:
        raise BadInput(f"{article.id} has no address", hint="an archive knows pages by their address")
    changes.standing(ledger, article.uid)
    copies = read.captures(ledger, article.uid)
    if not copies:
        raise Refused(f"no copy of {article.id} was saved", hint=f"save one: claims capture {article.url}")
    query = Query(text=article.url, until=copies[-1].captured_at[:10], limit=EARLIER)
    told = next(asked(session, query, ["wayback"], inside=leads.inside(ledger, article.id, query)))
    if told.outcome is not Outcome.FOUND:
        session.say(f"{article.id}: {told.title}: {told.outcome}{f': {told.why}' if told.why else ''}")
    worst = 0 if told.outcome in (Outcome.FOUND, Outcome.NOTHING) else Unreachable.exit_code
    for lead in told.leads:
        found = rechecking.archived(ledger, article, copies[-1], (lead.url, lead.published or ""), limits)
        worst = max(worst, _shown(session, found))
    if told.more:
        session.say(f"{article.id}: more was saved; the newest {len(told.leads)} were compared")
    return worst


SHOWN = 40
"""Paragraphs that are shown of those that left, and of those that came; --json gives all."""


def _some(sign: str, lines: Sequence[str]) -> Iterator[str]:
    yield from (sign + line for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"{sign}and {len(lines) - SHOWN} more"


def _recheck_lines(found: rechecking.Rechecked) -> Iterator[str]:
    at = f"as archived on {words.minute(found.archived)}, against the newest copy: " if found.archived else ""
    yield f"{found.id}  {at}{found.outcome}: {found.why or found.url}"
    if found.headline and found.archived:
        yield f"  headline there: “{found.headline[1]}”; in the copy: “{found.headline[0]}”"
    elif found.headline:
        yield f"  headline changed: “{found.headline[0]}” is now “{found.headline[1]}”"
    yield from (f"  correction: {line}" for line in found.corrections)
    if found.archived and (found.left or found.came):
        yield "  - stands in the copy alone, + in the archive alone"
    yield from _some("  - ", found.left)
    yield from _some("  + ", [line for line in found.came if line not in found.corrections])
    if found.archived:
        yield from (f"  {one.claim}: its sentence is another one there" for one in found.touched)
    else:
        yield from (f"  {one.claim}: {one.change}" for one in found.touched)
    if found.capture:
        kept = "; its claims stay with the older one" if found.touched else ""
        waiting = f"; {found.waiting} statements wait: claims triage" if found.waiting else ""
        yield f"  saved as a newer copy{kept}{waiting}"
    for handle in found.protected:
        yield f"  the name of the protected source {handle} stands in it: claims redact {found.id}"


APPS = {"recheck": recheck}
