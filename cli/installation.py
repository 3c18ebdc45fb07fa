"""What the installation is and what is amiss, what it runs once something is logged, and completion by the shell."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from cli import hooks
from cli.apps import Context, typer
from ledger import records as r
from ledger.errors import BadInput, NotFound


def doctor(
    ctx: Context,
    online: Annotated[bool, typer.Option("--online", help="Ask each outside service whether it answers.")] = False,
) -> None:
    """Say what this installation and this ledger are, and what to do where something is amiss.

    Nothing is written, and without --online nothing is asked of the network. The exit code is 5 where something would keep
    claims from working; whether the log itself holds is what claims verify checks.

    Example: claims doctor
    """
    from cli import nouns
    from ledger.doctor import State, examine

    session = ctx.obj
    named = "CLAIMS_LEDGER" if os.environ.get("CLAIMS_LEDGER") else "found here or above"
    how = "--ledger" if session.ledger else named
    found = list(examine(session.read, Path(session.place), how, encoding=sys.stdout.encoding, online=online))
    session.results(found, nouns.findings_text, none="nothing to look at")
    if any(f.state is State.PROBLEM for f in found):
        raise typer.Exit(5)


# --- commands that are run once something is logged ------------------------------------------------------------------


def on(
    ctx: Context,
    event: Annotated[
        str | None, typer.Argument(metavar="[EVENT]", help="A kind of entry, as claims log has it, or any.")
    ] = None,
    run_: Annotated[str | None, typer.Argument(metavar="[run]", help="The word run.")] = None,
    command: Annotated[
        str | None, typer.Argument(metavar="[CMD]", help="The command, in quotation marks; none takes them away.")
    ] = None,
) -> None:
    """Run a command once something of a kind is logged from this machine; without arguments, list what is run.

    It reads JSON on its standard input: what was logged, by whom, about what. One that fails stops nothing, and is told.

    Example: claims on rating run "notify-desk --channel ratings"
    """
    session = ctx.obj
    with session.read_here() as ledger:
        if event is None:
            found = [{"event": name, "run": argv} for name, argv in hooks.of(ledger)]
            session.results(found, lambda all_: "\n".join(_lines(all_)), none="nothing is run")
            return
        if event not in hooks.EVENTS:
            raise NotFound(f"no event {event!r}", hint=f"there are: {', '.join(hooks.EVENTS)}")
        if run_ != "run" or command is None:
            raise BadInput("run what?", hint=f'claims on {event} run "COMMAND ARGUMENTS"')
        argv = _argv(command)
        kept = [hook for hook in hooks.of(ledger) if (hook[0] != event if not argv else hook != (event, argv))]
        hooks.keep(ledger, [*kept, (event, argv)] if argv else kept)
    session.result({"event": event, "run": argv}, f"on {event}: {shlex.join(argv) or 'nothing'}")


def _lines(set_: list[r.Json]) -> Iterator[str]:
    yield from (f"on {hook['event']}: {shlex.join(hook['run'])}" for hook in set_)


def _argv(command: str) -> list[str]:
    """A command line in words, none for "none"."""
    try:
        words = shlex.split(command)
    except ValueError as e:
        raise BadInput(f"not a command: {command}", hint=str(e)) from None
    if not words:
        raise BadInput("run what? the command is empty", hint="none takes a command away")
    return [] if words == ["none"] else words


# --- completion -------------------------------------------------------------------------------------------------------


class Shell(StrEnum):
    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


START = {
    Shell.BASH: ("~/.bashrc", 'eval "$(claims completion bash)"'),
    Shell.ZSH: ("~/.zshrc, after compinit", 'eval "$(claims completion zsh)"'),
    Shell.FISH: ("~/.config/fish/config.fish", "claims completion fish | source"),
}
"""The file that a shell reads at its start, and the line that belongs there."""


def completion(
    ctx: Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> None:
    """Print what makes a shell complete verbs and options.

    Put one line where your shell starts: into ~/.bashrc  eval "$(claims completion bash)"  or into ~/.zshrc, after compinit,
    eval "$(claims completion zsh)"  or into ~/.config/fish/config.fish  claims completion fish | source

    Example: claims completion bash
    """
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # as its own --show-completion does

    script = get_completion_script(prog_name="claims", complete_var="_CLAIMS_COMPLETE", shell=shell.value)
    file, line = START[shell]
    ctx.obj.show({"shell": shell.value, "file": file, "line": line, "script": script} if ctx.obj.json else script)
    if sys.stdout.isatty():
        ctx.obj.say(f"to have it always, put this line into {file}: {line}")


APPS = {"doctor": doctor, "on": on, "completion": completion}
