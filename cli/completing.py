"""Completion of verbs and options by the shell."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

from cli.apps import Context, typer


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


APPS = {"completion": completion}
