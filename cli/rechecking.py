"""Looking again: what became of the pages that copies were taken of."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Annotated, NamedTuple

from cli import words
from cli.apps import INTERRUPTED, Context, typer
from cli.leads import asked
from cli.session import Session
from ledger import rechecking, web
from ledger.errors import BadInput, ClaimsError, Unreachable
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
    watch: Annotated[bool, typer.Option("--watch", help="Go on until Ctrl-C, and say what is new.")] = False,
    every: Annotated[str | None, typer.Option(metavar="TIME", help="How often, with --watch: 30m, 6h, 1d.")] = None,
) -> None:
    """Fetch pages again: unchanged, changed, gone, or it could not be found out.

    What changed is shown, with the claims that it touches, and saved as a newer copy; claims stay with the older one.

    Example: claims recheck A1
    """
    session = ctx.obj
    if bool(articles) == all_:
        raise BadInput("which articles?", hint="name them, or --all")
    if watch and (dry_run or from_archive):
        raise BadInput("--watch saves what changed", hint="leave out --dry-run and --from-archive")
    if every and not watch:
        raise BadInput("--every goes with --watch", hint="claims recheck --all --watch --every 6h")
    how = _How(web.Limits(allow_private=True) if allow_private else None, dry_run, from_archive, articles or ())
    with session.read() if dry_run or from_archive else session.write() as ledger:
        worst = _watch(session, ledger, how, every or HOURLY) if watch else _once(session, ledger, how)
    if worst:
        raise typer.Exit(worst)


class _How(NamedTuple):
    """How pages are asked for, and of which articles; none named is all that have an address and a copy."""

    limits: web.Limits | None
    dry_run: bool
    from_archive: bool
    named: Sequence[str]

    def articles(self, ledger: Ledger) -> list[Article]:
        named = [read.article(ledger, a) for a in self.named]
        return named or [a for a in read.articles(ledger) if a.url and a.captures]


def _once(session: Session, ledger: Ledger, how: _How) -> int:
    worst = 0
    for article in how.articles(ledger):
        try:
            worst = max(worst, _looked_at(session, ledger, article, how))
        except ClaimsError as e:
            worst = max(worst, session.fail(f"{article.id}: {e.message}", e.hint, e.exit_code))
    return worst


# --- again and again ----------------------------------------------------------------------------------------------

HOURLY = "1h"
SHORTEST = 60
"""Seconds: more often nobody is asked."""
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(text: str) -> int:
    """How long 30m, 6h or 1d is; BadInput for anything else, and for less than a minute or more than a year."""
    found = re.fullmatch(r"(\d{1,5}) ?([smhd])", text.strip())
    length = int(found[1]) * UNITS[found[2]] if found else 0
    if not SHORTEST <= length <= 366 * UNITS["d"]:
        raise BadInput(f"not a time between looks: {text[:40]!r}", hint="such as 30m, 6h or 1d; a minute at least")
    return length


def _watch(session: Session, ledger: Ledger, how: _How, often: str) -> int:
    """Looks at each page as often as that until it is interrupted; what was seen before is not told again."""
    every, due = seconds(often), dict[str, float]()
    try:
        many = len(how.articles(ledger))
        session.say(f"watching {many} {'page' if many == 1 else 'pages'}, each every {often.strip()}; Ctrl-C ends")
        while True:
            for article in how.articles(ledger):
                if due.setdefault(article.uid, _first(ledger, article, every)) <= time.monotonic():
                    _seen_anew(session, ledger, article, how)
                    due[article.uid] = time.monotonic() + every
            time.sleep(min(SHORTEST, max(0.0, min(due.values(), default=every) - time.monotonic())))
    except KeyboardInterrupt:
        return session.fail("stopped; what was seen is logged", None, INTERRUPTED)


def _first(ledger: Ledger, article: Article, every: int) -> float:
    """When a page is looked at first: at once, but where the log says that this was done a while ago."""
    before = rechecking.last_look(ledger, article.uid)
    ago = (datetime.now(UTC) - datetime.fromisoformat(before.searched_at)).total_seconds() if before else every
    return time.monotonic() + max(0.0, every - ago)


def _seen_anew(session: Session, ledger: Ledger, article: Article, how: _How) -> None:
    """Looks at one page, and tells of it what the log does not say already."""
    try:
        before = rechecking.last_look(ledger, article.uid)
        request = capturing.Recheck(article=article.uid, seen=rechecking.look(ledger, article, how.limits))
        found = capturing.recheck(ledger, request, actor=session.who)
    except ClaimsError as e:
        session.fail(f"{article.id}: {e.message}", e.hint, e.exit_code)
        return
    known = before.outcome if before else rechecking.Outcome.UNCHANGED
    back = known in _AWAY and found.outcome is rechecking.Outcome.UNCHANGED
    if found.capture or back or (found.outcome in _AWAY and found.outcome != known):
        _shown(session, found)


_AWAY = (rechecking.Outcome.GONE, rechecking.Outcome.UNKNOWN)


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
    address, copy = rechecking.newest(ledger, article)
    query = Query(text=address, until=copy.captured_at[:10], limit=EARLIER)
    told = next(asked(session, query, ["wayback"], inside=leads.inside(ledger, article.id, query)))
    if told.outcome is not Outcome.FOUND:
        session.say(f"{article.id}: {told.title}: {told.outcome}{f': {told.why}' if told.why else ''}")
    worst = 0 if told.outcome in (Outcome.FOUND, Outcome.NOTHING) else Unreachable.exit_code
    for lead in told.leads:
        found = rechecking.archived(ledger, article, copy, (lead.url, lead.published or ""), limits)
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
    if found.modified:
        was = f" (before: {words.minute(found.modified[0])})" if found.modified[0] else ""
        yield f"  it says that it was changed on {words.minute(found.modified[1])}{was}"
    if found.silent and not found.archived:
        yield "  no correction and no new day of change was found on it: look at the page before you call it a silent edit"
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
