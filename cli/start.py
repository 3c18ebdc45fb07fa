"""Starting a ledger."""

from __future__ import annotations

from typing import Annotated

from cli.apps import Context, typer
from ledger.store import create


def init(
    ctx: Context,
    path: Annotated[
        str | None, typer.Argument(help="Where: a file (ledger.db in this folder by default), or postgresql://...")
    ] = None,
) -> None:
    """Start a ledger: one file that holds everything.

    The first capture or add starts ./ledger.db by itself. Several people may share one in PostgreSQL (docs/postgresql.md).

    Example: claims init palmyra.db
    """
    session = ctx.obj
    if path:
        session.ledger = path
    with create(session.place, actor=session.who) as ledger:
        session.show({"ledger": ledger.place, "new": True} if session.json else f"Started {ledger.place}")


APPS = {"init": init}
