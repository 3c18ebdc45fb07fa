"""Taking copies: capture, of one article or of many."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

from cli import render
from cli.apps import Context, typer
from cli.ids import piped_lines
from cli.session import Session
from ledger import capture, rechecking, web
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
        list[str],
        typer.Argument(
            metavar="URL|FILE|FOLDER|@LIST|LEAD|-...", help="Addresses, files, folders, lists, leads, standard input."
        ),
    ],
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
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Ask addresses that are not public, too.")
    ] = False,
) -> None:
    """Save copies of articles, byte for byte, with the text taken from them.

    Pages, texts, PDF, DOCX, ODT, e-mail, saved pages (MHTML, SingleFile), web archives, subtitles and items of feeds are read.
    Title, publisher and day are read from the page, or from what stands above the text; what is not known is asked for at a
    terminal, and else said to be not known. @list.txt names files and addresses, one a line; @- reads such a list from
    standard input, - an article itself. One that cannot be saved does not stop the others.

    Example: claims capture article.txt --title "Army retakes city" --publisher "Example Daily" --published 2016-03-27
    """
    session, names = ctx.obj, list(dict.fromkeys(_named(what)))
    given: Known = {"title": title, "publisher": publisher, "published": published}
    more: Known = {"url": url, "byline": byline, "credit": credit, "lang": lang, "on_page": page, "at_time": time}
    if len(names) > 1 and any(value is not None for value in (title, url, byline, page, time, record)):
        raise BadInput(
            "title, address, byline, page, time and record are those of one article", hint="capture it by itself"
        )
    if not names:
        raise NotFound("no article there", hint=f"files that end in {', '.join(filter(None, ENDINGS))} are taken")
    with session.write(start=True) as ledger:
        worst = _each(session, ledger, names, given, more, record=record, allow_private=allow_private)
    if worst:
        raise typer.Exit(worst)


def _each(
    session: Session,
    ledger: Ledger,
    names: list[str],
    given: Known,
    more: Known,
    *,
    record: str | None,
    allow_private: bool,
) -> int:
    """Captures them one by one, each in a transaction of its own; the exit code of what went wrong most."""
    worst, saved, unknown = 0, 0, ""
    for name in names:
        try:
            lead = _lead(ledger, name)
            page = _page(lead["url"] if lead else name, record, allow_private=allow_private)
            said = given | {
                n: lead.get(n) for n in ("title",) if lead and given[n] is None and _stated(page, n) is None
            }
            request = capturing.Capture(
                page=page, lead=name if lead else None, **_described(session, ledger, page, said), **more
            )
            if session.asks:
                session.agree(guarding.not_yet("published", request.published or _stated(page, "published")))
            done = capturing.capture(ledger, request, actor=session.who)
        except ClaimsError as e:
            if len(names) == 1:
                raise
            worst = max(worst, session.fail(f"{' '.join(name.split())}: {e.message}", e.hint, e.exit_code))
            continue
        except KeyboardInterrupt:
            raise typer.Abort from None  # what was saved before it stays
        session.tell(n for n in done.notices if not session.asks or n.code != Asked.TO_COME)
        _tell(session, done)
        saved += done.saved.new
        unknown = unknown or ("" if done.saved.article.publisher else done.saved.article.id)
    if len(names) > 1:
        session.say(f"{saved} of {len(names)} saved" + ("; next: claims triage" if saved else ""))
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


def _lead(ledger: Ledger, name: str) -> Known | None:
    """The lead of a service where an id of one is named, and no file has that name."""
    if not re.fullmatch(r"M[1-9]\d{0,17}", name, re.IGNORECASE) or Path(name).exists():
        return None
    from ledger.verbs.leads import page_of

    return page_of(ledger, name.upper()).proposal


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
        worst, limits = 0, _limits(allow_private=allow_private)
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


APPS = {"capture": capture_, "recheck": recheck}
