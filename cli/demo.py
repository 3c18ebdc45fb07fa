"""The demo: an example ledger and report, and their story."""

from __future__ import annotations

import shlex
from importlib import resources
from typing import Annotated

from cli.apps import Context, typer


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


APPS = {"demo": demo}
