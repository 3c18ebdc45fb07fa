"""Looking again: what became of the pages that copies were taken of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from cli.apps import Context, typer
from cli.session import Session
from ledger import rechecking, web
from ledger.errors import BadInput, ClaimsError, Unreachable
from ledger.records import Article
from ledger.store import Ledger, read
from ledger.verbs import capturing


def recheck(
    ctx: Context,
    articles: Annotated[list[str] | None, typer.Argument(metavar="ARTICLE...", help="Captured from the web.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="All articles that have an address.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what changed, and save nothing.")] = False,
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
    with session.read() if dry_run else session.write() as ledger:
        named = [read.article(ledger, a) for a in articles or ()]
        worst, limits = 0, web.Limits(allow_private=True) if allow_private else None
        for article in named or [a for a in read.articles(ledger) if a.url and a.captures]:
            try:
                found = _asked_again(session, ledger, article, limits, dry_run=dry_run)
            except ClaimsError as e:
                worst = max(worst, session.fail(f"{article.id}: {e.message}", e.hint, e.exit_code))
                continue
            worst = max(worst, Unreachable.exit_code if found.outcome is rechecking.Outcome.UNKNOWN else 0)
    if worst:
        raise typer.Exit(worst)


def _asked_again(
    session: Session, ledger: Ledger, article: Article, limits: web.Limits | None, *, dry_run: bool
) -> rechecking.Rechecked:
    seen = rechecking.look(ledger, article, limits)
    request = capturing.Recheck(article=article.uid, seen=seen)
    found = seen.found if dry_run else capturing.recheck(ledger, request, actor=session.who)
    session.show(found if session.json else "\n".join(_recheck_lines(found)))
    return found


SHOWN = 40
"""Paragraphs that are shown of those that left, and of those that came; --json gives all."""


def _some(sign: str, lines: Sequence[str]) -> Iterator[str]:
    yield from (sign + line for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"{sign}and {len(lines) - SHOWN} more"


def _recheck_lines(found: rechecking.Rechecked) -> Iterator[str]:
    yield f"{found.id}  {found.outcome}: {found.why or found.url}"
    if found.headline:
        yield f"  headline changed: “{found.headline[0]}” is now “{found.headline[1]}”"
    yield from (f"  correction: {line}" for line in found.corrections)
    yield from _some("  - ", found.left)
    yield from _some("  + ", [line for line in found.came if line not in found.corrections])
    yield from (f"  {one.claim}: {one.change}" for one in found.touched)
    if found.capture:
        kept = "; its claims stay with the older one" if found.touched else ""
        waiting = f"; {found.waiting} statements wait: claims triage" if found.waiting else ""
        yield f"  saved as a newer copy{kept}{waiting}"
    for handle in found.protected:
        yield f"  the name of the protected source {handle} stands in it: claims redact {found.id}"


APPS = {"recheck": recheck}
