"""Commands of this machine that are run once something is logged: `claims on EVENT run CMD`.

They are kept in a file of this user, outside every ledger: what others write to a ledger makes nobody run anything.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from itertools import takewhile
from pathlib import Path

from cli.terminal import hooks_file
from ledger import records as r
from ledger.errors import Refused, StoreError
from ledger.store import Ledger, entries
from ledger.vocabulary import EntryKind

ANY = "any"
EVENTS = (ANY, *(kind.value for kind in EntryKind if kind is not EntryKind.GENESIS))
SECONDS = 10.0
"""How long a command may take."""
OTHERS = 0o022
"""The permission bits by which anybody but the owner could write to the file."""
INSIDE = "CLAIMS_IN_HOOK"
"""Set for what a command runs in its turn: no command is run for that."""

Hook = tuple[str, list[str]]
"""An event and a command with its arguments."""


def of(ledger: Ledger) -> list[Hook]:
    """The commands for a ledger; Refused where somebody else could have written them."""
    return [(hook["event"], hook["run"]) for hook in _load().get(_key(ledger), [])]


def _key(ledger: Ledger) -> str:
    return str(Path(ledger.place).resolve()) if ledger.engine.in_file else ledger.place


def _load() -> dict[str, list[r.Json]]:
    place = hooks_file()
    try:
        if os.name == "posix" and place.stat().st_mode & OTHERS:
            raise Refused(f"the commands in {place} can be changed by others", hint=f"chmod 600 {place}")
        known: dict[str, list[r.Json]] = json.loads(place.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as e:
        raise StoreError(f"cannot read {place}: {e}", hint="mend it, or take it away") from None
    return known


def keep(ledger: Ledger, hooks: list[Hook]) -> None:
    import tempfile

    known = _load() | {_key(ledger): [{"event": event, "run": run} for event, run in hooks]}
    place = hooks_file()
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=place.parent, delete=False) as part:
            json.dump(known, part, ensure_ascii=False, indent=1)
        Path(part.name).replace(place)
    except OSError as e:
        raise StoreError(f"cannot write {place}: {e.strerror}") from None


# --- running them -------------------------------------------------------------------------------------------------


def run(ledger: Ledger, first: int, end: int, say: Callable[[str], None]) -> None:
    """Runs what is to be run for these entries; whatever becomes of it, they are logged, and a failure is said."""
    if INSIDE in os.environ or not (hooks := of(ledger)):
        return
    import shlex

    logged = list(takewhile(lambda e: e.seq < end, entries(ledger, since=first)))
    for event, command in hooks:
        if wanted := [e for e in logged if event in (ANY, e.kind)]:
            failed = _ran(command, json.dumps(_told(ledger, event, wanted), ensure_ascii=False).encode())
            if failed:
                say(f"logged, but {shlex.join(command)} for {event} {failed}")


def _told(ledger: Ledger, event: str, logged: list[r.Entry]) -> r.Json:
    """What a command reads on its standard input."""
    from cli.histories import sentence
    from ledger.changes import body_data
    from ledger.store import read

    told = [
        {
            "seq": e.seq, "at": e.recorded_at, "by": e.actor, "kind": e.kind, "about": read.short_id(ledger, e.about),
            "said": sentence(ledger, e), "body": body_data(e),
        }
        for e in logged
    ]  # fmt: skip
    return {"event": event, "ledger": ledger.place, "entries": told}


def _ran(command: list[str], told: bytes) -> str | None:
    """Runs a command without a shell; what went wrong, None where nothing did."""
    import subprocess
    import tempfile

    with tempfile.TemporaryFile() as said:
        try:
            done = subprocess.run(  # noqa: S603  what the user of this machine has set
                command, input=told, stdout=subprocess.DEVNULL, stderr=said, timeout=SECONDS, check=False,
                env=os.environ | {INSIDE: "1"},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"was ended after {SECONDS:.0f} seconds"
        except OSError as e:
            return f"cannot be run: {e.strerror}"
        if done.returncode == 0:
            return None
        said.seek(0)
        words = " ".join(said.read(2000).decode("utf-8", "replace").split())
    return f"ended with {done.returncode}" + (f": {words[:300]}" if words else "")
