"""From a handler to a Typer app, so that a flow's module is only its handlers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer

from cli.session import Session


class Context(typer.Context):
    """A call; `obj` is its session."""

    obj: Session


def command(handler: Callable[..., Any]) -> typer.Typer:
    """An app of one verb."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=SETTINGS)
    app.command()(handler)
    return app


def group(text: str, **handlers: Callable[..., Any]) -> typer.Typer:
    """An app of verbs under a noun."""
    app = typer.Typer(
        rich_markup_mode=None, add_completion=False, help=text, no_args_is_help=True, context_settings=SETTINGS
    )
    app.callback()(lambda: None)
    for name, handler in handlers.items():
        app.command(name.rstrip("_"), context_settings=SETTINGS)(handler)
    return app


SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}
