"""Taking copies: capture, of one article or of many."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from cli import render
from cli.apps import Context, typer
from cli.ids import piped_lines
from cli.session import Session
from ledger import capture, web
from ledger.dates import window_words
from ledger.dates.typed import typed
from ledger.errors import BadInput, ClaimsError, NotFound, Unreachable
from ledger.extract import heading
from ledger.records import Article, Span
from ledger.store import Ledger, read
from ledger.text import folding, visible
from ledger.verbs import capturing, guarding
from ledger.vocabulary import Asked

Known = dict[str, Any]
ENDINGS = (
    ".txt", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx", ".odt", ".eml", ".mht", ".mhtml", ".vtt", ".srt", "",
)  # fmt: skip
"""Of the files of a folder those with these endings may be articles."""


def capture_(
    ctx: Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="URL|FILE|FOLDER|@LIST|LEAD|-...", help="Addresses, files, folders, lists, leads, standard input."
        ),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    publisher: Annotated[str | None, typer.Option(help='Who published it; "unknown" is an answer.')] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When: 2016-03-27, 27 March 2016.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published, for a file.")] = None,
    byline: Annotated[str | None, typer.Option(help="Who wrote it.")] = None,
    credit: Annotated[str | None, typer.Option(help='The credit line: "With agency inputs".')] = None,
    lang: Annotated[str | None, typer.Option(help="Its language: en, ar.")] = None,
    page: Annotated[int | None, typer.Option(metavar="N", min=1, help="The page on which it begins.")] = None,
    time: Annotated[str | None, typer.Option(metavar="TIME", help="The moment of a recording: 00:12:31.")] = None,
    record: Annotated[str | None, typer.Option(metavar="N|URL", help="Which article of an archive or feed.")] = None,
    feed: Annotated[
        str | None, typer.Option(metavar="URL", help="What a feed or sitemap lists and is new here.")
    ] = None,
    sitemap: Annotated[
        str | None, typer.Option(metavar="URL", help="The same, with the sitemaps that it lists.")
    ] = None,
    limit: Annotated[int, typer.Option(help="Of a feed at most so many at once.", min=1)] = 50,
    archive: Annotated[
        bool, typer.Option("--archive", help="Ask the Wayback Machine to save the page, too, with your keys.")
    ] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask addresses that are not public, too.")
    ] = False,
) -> None:
    """Save copies of articles, byte for byte, with the text taken from them.

    Pages, texts, PDF, DOCX, ODT, e-mail, saved pages (MHTML, SingleFile), web archives, subtitles and items of feeds are read.
    Title, publisher and day are read from the page, or from what stands above the text; what is not known is asked for at a
    terminal, and else said to be not known. @list.txt names files and addresses, one a line; @- reads such a list from
    standard input, - an article itself. One that cannot be saved does not stop the others.
    --feed and --sitemap save what is listed there and is not in the ledger; stopped, the same command goes on where it was.

    Example: claims capture article.txt --title "Army retakes city" --publisher "Example Daily" --published 2016-03-27
    """
    session, names = ctx.obj, list(dict.fromkeys(_named(what or ())))
    given: Known = {"title": title, "publisher": publisher, "published": published}
    more: Known = {"url": url, "byline": byline, "credit": credit, "lang": lang, "on_page": page, "at_time": time}
    place = feed or sitemap
    _fitting(names, [f for f in (feed, sitemap) if f], of_one=(title, url, byline, page, time, record))
    with session.write(start=True) as ledger:
        items = _new(session, ledger, place, limit, maps=place == sitemap, allow_private=allow_private) if place else []
        wanted = [*items, *(_wanted(ledger, name) for name in names)]
        worst = _each(session, ledger, wanted, How(given, more, record, archive, allow_private))
    if worst:
        raise typer.Exit(worst)


def _fitting(names: Sequence[str], feeds: Sequence[str], *, of_one: Sequence[object]) -> None:
    """Refuses what does not go together: details of one article with several, a feed with anything else."""
    one = any(value is not None for value in of_one)
    if len(names) > 1 and one:
        raise BadInput(
            "title, address, byline, page, time and record are those of one article", hint="capture it by itself"
        )
    if not names and not feeds:
        raise NotFound("no article there", hint=f"files that end in {', '.join(filter(None, ENDINGS))} are taken")
    if feeds and (names or one or len(feeds) > 1):
        raise BadInput("a feed is captured by itself", hint=f"claims capture --feed {feeds[0]}")


def _each(session: Session, ledger: Ledger, wanted: list[Wanted], how: How) -> int:
    """Captures them one by one, each in a transaction of its own; the exit code of what went wrong most."""
    worst, saved, unknown = 0, 0, ""
    for n, one in enumerate(wanted, 1):
        if one.item:
            session.say(f"{n} of {len(wanted)}: {one.name}")
        try:
            page = _page(one.name, how.record, allow_private=how.allow_private)
            told = {k: v for k, v in (one.said or {}).items() if how.given[k] is None and _stated(page, k) is None}
            described = _described(session, ledger, page, how.given | told)
            request = capturing.Capture(page=page, lead=one.lead, **described, **how.more)
            if session.asks:
                session.agree(guarding.not_yet("published", request.published or _stated(page, "published")))
            done = capturing.capture(ledger, request, actor=session.who)
        except ClaimsError as e:
            if len(wanted) == 1 and not one.item:
                raise
            worst = max(worst, session.fail(f"{' '.join(one.name.split())}: {e.message}", e.hint, e.exit_code))
            continue
        except KeyboardInterrupt:
            raise typer.Abort from None  # what was saved before it stays
        session.tell(n for n in done.notices if not session.asks or n.code != Asked.TO_COME)
        _tell(session, done)
        if one.item:
            from ledger import following

            following.remember(ledger, one.name, done.saved.article)
        if how.archive:
            worst = max(worst, _archived(session, ledger, done.saved.article, page))
        saved += done.saved.new
        unknown = unknown or ("" if done.saved.article.publisher else done.saved.article.id)
    if len(wanted) > 1:
        session.say(f"{saved} of {len(wanted)} saved" + ("; next: claims triage" if saved else ""))
    elif saved:
        session.say('next: claims triage, or claims add "a quote"')
    if saved and unknown:
        session.say(f'who published it: claims amend {unknown} --set publisher="Example Daily"')
    return worst


# --- what is meant ------------------------------------------------------------------------------------------------


def _named(what: Sequence[str]) -> Iterator[str]:
    """Files and addresses, those of folders in the order of their names, those of lists as they stand."""
    for name in what:
        if not name.strip():
            raise BadInput("the name of a file is empty", hint="nothing was saved")
        if name.startswith("@"):
            yield from _listed(name[1:])
        elif not _is_address(name) and _is_folder(name):
            yield from (str(p) for p in sorted(Path(name).iterdir()) if p.is_file() and p.suffix.lower() in ENDINGS)
        else:
            yield name


def _listed(name: str) -> Iterator[str]:
    """The lines of a list; files are looked for beside it where they are not here."""
    if name == "-":
        lines = list(piped_lines())
    else:
        try:
            lines = Path(name).read_text(encoding="utf-8-sig").splitlines()
        except FileNotFoundError:
            raise NotFound(f"no such list: {name}") from None
        except (OSError, ValueError) as e:
            raise BadInput(
                f"cannot read the list {name}: {getattr(e, 'strerror', None) or 'it is not UTF-8 text'}"
            ) from None
    for line in (line.strip() for line in lines):
        if line and not line.startswith("#"):
            beside = Path(name).parent / line
            yield line if _is_address(line) or Path(line).exists() or not beside.exists() else str(beside)


def _is_address(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):  # a name too long for this system; reading it says so
        return False


class How(NamedTuple):
    """How copies are taken: what is said of all of them, archived elsewhere or not, which addresses may be asked."""

    given: Known
    more: Known
    record: str | None
    archive: bool
    allow_private: bool


class Wanted(NamedTuple):
    """What is to be captured: a file, an address, or - for standard input; and what is known of it if it says nothing."""

    name: str
    said: Known | None = None
    lead: str | None = None
    """The lead of a service that it comes from."""
    item: bool = False
    """True for an item of a feed."""


def _wanted(ledger: Ledger, name: str) -> Wanted:
    """A file or an address; the page of a lead where an id of one is named, and no file has that name."""
    if not re.fullmatch(r"M[1-9]\d{0,17}", name, re.IGNORECASE) or Path(name).exists():
        return Wanted(name)
    from ledger.verbs.leads import page_of

    lead = page_of(ledger, name.upper())
    return Wanted(lead.proposal["url"], {"title": lead.proposal.get("title")}, lead.id)


def _new(
    session: Session, ledger: Ledger, place: str, limit: int, *, maps: bool, allow_private: bool
) -> list[Wanted]:  # fmt: skip
    """What a feed lists and the ledger does not have, the first ones of it."""
    from ledger import following

    found = following.listed(place, maps=maps, limits=_limits(allow_private=allow_private))
    fresh = list(following.new(ledger, found))
    rest = f"; {limit} of them now, and the others when this is run again" if len(fresh) > limit else ""
    session.say(f"{len(found)} listed, {len(fresh)} new{rest}")
    return [Wanted(i.url, {"title": i.title or None, "published": i.published}, item=True) for i in fresh[:limit]]


def _page(what: str, record: str | None, *, allow_private: bool) -> capture.Page:
    if what == "-":
        if sys.stdin.isatty():
            raise BadInput("nothing comes in on standard input", hint="claims capture - < article.txt")
        return capture.read_bytes(
            sys.stdin.buffer.read(capture.SIZE_LIMIT + 1), name="-", method="stdin", record=record
        )
    return (
        capture.fetch(what, limits=_limits(allow_private=allow_private), record=record)
        if _is_address(what)
        else capture.read_file(what, record=record)
    )


def _limits(*, allow_private: bool) -> web.Limits | None:
    return web.Limits(allow_private=True) if allow_private else None


# --- what is known of it ------------------------------------------------------------------------------------------

ASKED = {"title": "Title", "publisher": "Publisher", "published": "Published (such as 27 March 2016)"}


def _described(session: Session, ledger: Ledger, page: capture.Page, given: Known) -> Known:
    """What was given; at a terminal the answers for what was not, and what the page does not say."""
    if not session.asks:
        return given
    guessed = heading.of_name(page.name or "")
    if outlet := guessed.get("publisher"):
        guessed["publisher"] = _known_outlet(ledger, outlet)
    missing = [n for n, value in given.items() if value is None and _stated(page, n) is None]
    if missing:
        session.say(render.wrapped(f"{page.name or page.url or ''}  {_stated(page, 'title') or ''}"))
    return given | {name: _ask(session, name, guessed.get(name)) for name in missing}


def _stated(page: capture.Page, name: str) -> str | None:
    stated = getattr(page.meta, "published_at" if name == "published" else name)
    return stated.value if stated else None


def _known_outlet(ledger: Ledger, outlet: str) -> str:
    """The name of a source that is written so but for spaces and capitals, else the outlet as its file names it."""
    short = folding.name(outlet).replace(" ", "")
    names = (s.name for s in read.sources(ledger))
    return next((n for n in names if folding.name(n).replace(" ", "") in (short, f"the{short}")), outlet)


def _ask(session: Session, name: str, guess: str | None) -> str:
    """The user's answer, asked for until it fits; an empty line is the guess, else "unknown"."""
    enter = f"{guess}, as its name says; - unknown" if guess else "unknown"
    while True:
        label = f"{ASKED[name]} (Enter: {visible(enter)})"
        answer: str = typer.prompt(label, default=guess or "", show_default=False, err=True)
        if answer.strip() in ("", "-") or answer.strip().casefold() == "unknown":
            return "unknown"
        if name != "published":
            return answer
        try:
            days = typed(answer)
        except BadInput as e:
            session.say(f"{e.message}\n  {e.hint}")
            continue
        return days[0] if len(days) == 1 else _which(days)


def _which(days: Sequence[str]) -> str:
    """Day or month: a person says which is meant."""
    lines = [f"  {n}  {window_words(Span(day, day))}" for n, day in enumerate(days, 1)]
    while True:
        answer: str = typer.prompt("\n".join(["which day?", *lines, "a number"]), err=True)
        if answer.strip().isdecimal() and 1 <= int(answer) <= len(days):
            return days[int(answer) - 1]


def _archived(session: Session, ledger: Ledger, article: Article, page: capture.Page) -> int:
    """Has the Wayback Machine save the page, and keeps its answer; the exit code where it did not."""
    from ledger import providers
    from ledger.providers.archive import SavePageNow
    from ledger.verbs import leads

    query, code = providers.Query(text=page.url or ""), Unreachable.exit_code
    kept = why = evidence = None
    try:
        if not page.url:
            raise BadInput("it was not captured from the web")
        leads.may_go_out(query)
        session.say(f"asking the Wayback Machine to save {query.text}")
        told = providers.ask(SavePageNow(), query, inside="private" in page.method)
        kept, why = told.leads[0].url if told.leads else None, told.why
        if told.exchanges:
            shown = leads.note_archived(ledger, leads.NoteArchived(article=article.id, told=told), actor=session.who)
            evidence = shown.evidence.id
            session.tell(shown.notices)
    except ClaimsError as e:  # the copy is saved, and the others follow
        why, code = e.message, e.exit_code
    except KeyboardInterrupt:
        raise typer.Abort from None  # what was saved before it stays
    if session.json:
        session.show({"id": article.id, "archived": kept, "why": why, "evidence": evidence})
    elif kept:
        session.show(f"  archived: {kept} ({evidence})")
    else:
        session.say(f"  not archived: {why}")
    return 0 if kept else code


def _tell(session: Session, done: capturing.Captured) -> None:
    saved, article = done.saved, done.saved.article
    if session.json:
        session.show(
            {
                "id": article.id, "uid": article.uid, "capture": saved.capture, "sha256": saved.sha256,
                "text_sha256": saved.text_sha256, "new": saved.new, "article": article,
                "attached": [{"id": e.id, "name": e.name} for e in done.attached],
            }
        )  # fmt: skip
        return
    what = (
        "saved"
        if saved.new_article
        else "saved another copy of"
        if saved.new
        else "known already, with these very bytes:"
    )
    said = ", ".join(x for x in (article.publisher, article.published_at) if x)
    missing = [n for n, value in (("publisher", article.publisher), ("day", article.published_at)) if value is None]
    unknown = f"; {' and '.join(missing)} not known" if missing else ""
    name = article.title or article.file or article.url or ""
    session.show(f"{what} {article.id}  {name}" + (f" ({said})" if said else "") + unknown)
    for one in done.attached:
        session.show(f"  {one.id}  {' '.join((one.name or '').split())}, attached to it")


APPS = {"capture": capture_}
