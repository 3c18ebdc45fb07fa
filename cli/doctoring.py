"""Doctor: what this installation and this ledger are, and what to do where something is amiss."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

from cli import nouns
from cli.apps import Context, typer


def doctor(
    ctx: Context,
    online: Annotated[bool, typer.Option("--online", help="Ask each outside service whether it answers.")] = False,
) -> None:
    """Say what this installation and this ledger are, and what to do where something is amiss.

    Nothing is written, and without --online nothing is asked of the network. The exit code is 5 where something would keep
    claims from working; whether the log itself holds is what claims verify checks.

    Example: claims doctor
    """
    from ledger.doctor import State, examine

    session = ctx.obj
    named = "CLAIMS_LEDGER" if os.environ.get("CLAIMS_LEDGER") else "found here or above"
    how = "--ledger" if session.ledger else named
    found = list(examine(session.read, Path(session.place), how, encoding=sys.stdout.encoding, online=online))
    session.results(found, nouns.findings_text, none="nothing to look at")
    if any(f.state is State.PROBLEM for f in found):
        raise typer.Exit(5)


APPS = {"doctor": doctor}
