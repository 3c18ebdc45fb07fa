"""Starting a ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from cli.apps import Context, command
from ledger.store import create


def init(
    ctx: Context,
    path: Annotated[str | None, typer.Argument(help="Where; ledger.db in this folder by default.")] = None,
) -> None:
    """Start a ledger: one file that holds everything.

    The first capture or add starts ./ledger.db by itself.

    Example: claims init palmyra.db
    """
    session = ctx.obj
    if path:
        session.ledger = path
    create(session.place, actor=session.who).close()
    session.show({"ledger": session.place, "new": True} if session.json else f"Started {session.place}")


APPS = {"init": command(init)}
