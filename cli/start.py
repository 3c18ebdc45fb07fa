"""Starting a ledger."""

from __future__ import annotations

from typing import Annotated

from cli.apps import Context, typer
from ledger.store import create, roles


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


def grant(
    ctx: Context,
    role: Annotated[roles.Role, typer.Argument(help="Each may do what those before it may.")],
    login: Annotated[str, typer.Argument(metavar="LOGIN", help="A login of the server that is there.")],
) -> None:
    """Say what a login may do in a ledger on a server: the server then refuses all else, whatever program asks.

    A reader reads; a logger adds and amends; an assessor checks, rates, answers and merges too; an editor publishes and sets
    fields and policy too. Whoever owns the tables may do everything: redact, rebuild and grant are theirs alone.

    Example: claims grant logger eva
    """
    session = ctx.obj
    with session.write() as ledger:
        roles.grant(ledger, role, login)
    session.result({"login": login, "role": role}, f"{login} is a {role} of this ledger now")


APPS = {"init": init, "grant": grant}
