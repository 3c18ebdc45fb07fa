"""The page to read and log in, and the same reads for an assistant."""

from __future__ import annotations

import sys
from functools import partial
from importlib.util import find_spec
from typing import Annotated

from cli.apps import Context, typer
from cli.session import Session
from ledger.errors import BadInput


def serve(
    ctx: Context,
    port: Annotated[int, typer.Option(help="The port; 0: any free one.", min=0, max=65535)] = 0,
    lang: Annotated[str, typer.Option("--lang", help="The language of the page: en, ar or es.")] = "en",
    extension: Annotated[
        str | None, typer.Option(metavar="DIR", help="Write the extension for browsers there; needs --port.")
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address, and open no browser.")] = False,
) -> None:
    """Open a page in your browser to read and log in: a desk, a reader, questions, the report before it goes out.

    This machine alone reaches it, and the address opens it once. Ctrl-C ends it; what was logged is in the ledger.
    Needs: pip install "claim-ledger[serve]"

    Example: claims serve
    """
    session = ctx.obj
    _installed("starlette", "uvicorn", extra="serve")
    from ledger import catalogue
    from ledger.serve import running
    from ledger.serve.opening import Desk

    ready = partial(_ready, session, opens=not no_open and session.asks)
    with session.write(start=True) as ledger:
        session.say(f"{ledger.place} as {session.who}; Ctrl-C ends it")
        desk = Desk(session.place, session.who, catalogue.named(lang), session.run_commands)
        running.serve(desk, running.Serving(port, extension), ready)
    session.say("ended; what was logged is in the ledger")


def _ready(session: Session, address: str, *, opens: bool) -> None:
    session.result({"address": address}, address)
    sys.stdout.flush()
    if opens:
        import webbrowser

        webbrowser.open(address)


def mcp(ctx: Context) -> None:
    """Answer an assistant over the Model Context Protocol, on standard input and output: it reads and drafts, and logs nothing.

    Who said what comes with its words, hedges and chain untouched. An assistant starts this itself: docs/mcp.md says how.
    Needs: pip install "claim-ledger[mcp]"

    Example: claims mcp
    """
    session = ctx.obj
    _installed("mcp", extra="mcp")
    session.read().close()  # said now, where there is none
    from ledger.serve import assistant

    assistant.serve(session.place, session.who)


def _installed(*names: str, extra: str) -> None:
    if missing := [name for name in names if find_spec(name) is None]:
        raise BadInput(f"{missing[0]} is not installed", hint=f'pip install "claim-ledger[{extra}]"')


APPS = {"serve": serve, "mcp": mcp}
