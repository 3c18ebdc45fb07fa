"""Taking a copy: capture."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from cli.apps import Context, command
from cli.session import Session
from ledger import capture
from ledger.errors import BadInput
from ledger.store import read
from ledger.verbs import capturing


def capture_(
    ctx: Context,
    what: Annotated[
        str, typer.Argument(metavar="URL|FILE|-", help="A web address, a text or HTML file, or standard input.")
    ],
    title: Annotated[str | None, typer.Option(help="Its title.")] = None,
    publisher: Annotated[str | None, typer.Option(help='Who published it; "unknown" is an answer.')] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When: 2016-03-27.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was published, for a file.")] = None,
    byline: Annotated[str | None, typer.Option(help="Who wrote it.")] = None,
    credit: Annotated[str | None, typer.Option(help='The credit line: "With agency inputs".')] = None,
    lang: Annotated[str | None, typer.Option(help="Its language: en, ar.")] = None,
) -> None:
    """Save a copy of an article, byte for byte, with the text taken from it.

    Text files are kept as they are. What a page does not say of itself is asked for once.

    Example: claims capture article.txt --title "Army retakes city" --publisher "Example Daily" --published 2016-03-27
    """
    session = ctx.obj
    page = _page(what)
    title, publisher, published = _described(session, page, title=title, publisher=publisher, published=published)
    request = capturing.Capture(
        page=page, title=title, publisher=publisher, published=published, url=url, byline=byline, credit=credit, lang=lang,
    )  # fmt: skip
    with session.write(start=True) as ledger:
        done = capturing.capture(ledger, request, actor=session.who)
    session.tell(done.notices)
    _tell(session, done.saved)


def _page(what: str) -> capture.Page:
    if what == "-":
        if sys.stdin.isatty():
            raise BadInput("nothing comes in on standard input", hint="claims capture - < article.txt")
        return capture.read_bytes(sys.stdin.buffer.read(capture.SIZE_LIMIT + 1), name="-", method="stdin")
    if what.lower().startswith(("http://", "https://")):
        return capture.fetch(what)
    return capture.read_file(what)


ASKED = {"title": "Title", "publisher": "Publisher", "published": "Published (such as 2016-03-27)"}


def _described(session: Session, page: capture.Page, **given: str | None) -> list[str | None]:
    """What was given, and at a terminal the answers for what was not."""
    return [_ask(page, n) if value is None and session.asks else value for n, value in given.items()]


def _ask(page: capture.Page, name: str) -> str:
    """What the page says of itself, else the user's answer; an empty line is "unknown"."""
    stated = getattr(page.meta, "published_at" if name == "published" else name)
    if stated is not None:
        return str(stated.value)
    answer: str = typer.prompt(f"{ASKED[name]} (Enter: unknown)", default="unknown", show_default=False, err=True)
    return answer


def _tell(session: Session, saved: capture.Saved) -> None:
    article = saved.article
    if session.json:
        session.show(
            {
                "id": article.id, "uid": article.uid, "capture": saved.capture, "sha256": saved.sha256,
                "text_sha256": saved.text_sha256, "new": saved.new, "article": article,
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
    session.show(
        f"{what} {article.id}  {article.title or article.file or article.url or ''}" + (f" ({said})" if said else "")
    )
    if saved.new:
        session.say(f'next: claims suggest {article.id}, or claims add "a quote"')


def recheck(
    ctx: Context, article: Annotated[str, typer.Argument(metavar="ARTICLE", help="An article captured from the web.")]
) -> None:
    """Fetch an article's page again and say whether it changed since the newest copy; nothing is saved.

    Example: claims recheck A1
    """
    session = ctx.obj
    with session.read() as ledger:
        found = capture.recheck(ledger, read.article(ledger, article))
    if session.json:
        session.show(found)
        return
    what = (
        "its text changed"
        if found.text_changed
        else "its page changed, its text did not"
        if found.changed
        else "unchanged"
    )
    session.show(f"{what}: {found.url}" + (f"\n  claims capture {found.url} saves it" if found.changed else ""))


APPS = {"capture": command(capture_), "recheck": command(recheck)}
