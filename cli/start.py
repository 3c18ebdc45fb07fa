"""Starting a ledger: an empty one, or an example with its report and their story."""

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


def demo(
    ctx: Context,
    folder: Annotated[
        str | None, typer.Argument(help="Where the ledger and the report go; a new temporary folder by default.")
    ] = None,
) -> None:
    """Make an example ledger and report, and tell their story.

    Seven short articles that we wrote, by outlets that do not exist, about one real event. Needs no network.

    Example: claims demo
    """
    import shlex
    from importlib import resources

    from ledger.demo import make

    session = ctx.obj
    session.actor = session.actor or "demo"
    made = make(folder, resources.files("cli").joinpath("examples"), actor=session.who)
    shown = {
        "ledger": str(made.ledger), "report": str(made.report), "verified": made.verified.ok,
        "entries": made.verified.entries, "root": made.verified.root, "story": [x for x in made.story if x],
    }  # fmt: skip
    session.result(shown, [*made.story, "", *made.checked()])
    if not session.json:
        session.say(NEXT.format(ledger=shlex.quote(str(made.ledger))))
    if not made.verified.ok:
        raise typer.Exit(6)


NEXT = """\
next: open the report in a browser, then try
  export CLAIMS_LEDGER={ledger}
  claims question show Q1
  claims show C1
  claims trace C4
  claims verify"""


APPS = {"init": init, "grant": grant, "demo": demo}
