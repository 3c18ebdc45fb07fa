"""Before a name is logged that the log can never forget: is it a private person's?"""

from __future__ import annotations

from collections.abc import Iterable

import typer

from cli.session import Session
from ledger import leaks
from ledger.errors import BadInput
from ledger.store import Ledger

HINT = "a handle keeps it out of the ledger: claims source protect @baker"


def heed(session: Session, ledger: Ledger, names: Iterable[str | None]) -> None:
    """Warns of each name that looks like a private person's and is no source yet; at a terminal it asks first."""
    for name in leaks.unlisted(ledger, [n for n in names if n]):
        said = f"{name} looks like the name of a private person, and the log never forgets a name"
        if session.asks:
            session.say(f"{said}\n  {HINT}")
            if not typer.confirm("Log the name?", default=False, err=True):
                raise BadInput("the name was not logged, and nothing else of this command", hint=HINT)
        else:
            session.say(f"{said}\n  {HINT}; claims undo takes it back from lists, claims redact from the file")
