"""The commands as Typer builds them from the handlers: for help, for completing words, for mistakes, and for whatever
`cli.calling` does not read.
"""

from __future__ import annotations

import os
from inspect import Parameter as Named
from inspect import Signature
from typing import Annotated, Any, cast

import typer
from typer import core
from typer.main import get_command, get_params_convertors_ctx_param_name_from_function

from cli.apps import INTERRUPTED, Context, Group, Handler, everywhere, parameters
from cli.session import Session
from cli.table import VERBS

UsageError = cast("type[Exception]", typer.BadParameter.__base__)
"""The usage error of the click that Typer carries."""
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 110}

MEANT = {
    "review": "claims triage goes through what was found and proposed.",
    **dict.fromkeys(("edit", "change", "set"), "To correct a thing: claims amend ID --set FIELD=VALUE."),
    **dict.fromkeys(("rm", "delete", "del", "remove"), "Nothing is deleted: claims retract ID --because ... takes it back."),
    "rename": "claims source rename S3 NAME; for all else: claims amend ID --set FIELD=VALUE.",
    "split": "claims source split S3, or claims question split Q3.",
    "merge": "claims source merge S3 S1, or claims question merge Q3 Q1.",
}  # fmt: skip
"""Words that people try, and what they want."""


class Verbs(core.TyperGroup):
    """The group of all verbs; each is imported when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    naming = False
    """True where only names and their help are asked for, which needs no import."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        verb = VERBS.get(cmd_name)
        if verb is None:
            return None
        if self.naming:
            return core.TyperCommand(cmd_name, help=verb.help)
        app = verb.app(cmd_name)
        return group(app, cmd_name) if isinstance(app, Group) else command(app, cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        # the group suggests names from this mapping; it holds no commands, and not what cannot be undone
        self.commands = dict.fromkeys(v for v in VERBS if v != "redact")  # type: ignore[assignment]
        if args and (instead := MEANT.get(args[0])):
            raise UsageError(f"No such command '{args[0]}'. {instead}", ctx)
        return super().resolve_command(ctx, args)

    def _main_shell_completion(self, *args: Any, **more: Any) -> None:
        if os.environ.get("_CLAIMS_COMPLETE"):
            from typer.completion import completion_init  # type: ignore[attr-defined]  # Typer's own way to its shells

            completion_init()
        super()._main_shell_completion(*args, **more)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        self.naming = True
        return super().shell_complete(ctx, incomplete)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for title in dict.fromkeys(verb.section for verb in VERBS.values()):
            with formatter.section(title):
                formatter.write_dl([(name, v.help) for name, v in VERBS.items() if v.section == title])


def command(handler: Handler, name: str) -> Any:
    """The command of a handler, with the options that work everywhere."""
    app = new_app()
    app.command(name, context_settings=SETTINGS)(typed(handler))
    made = get_command(app)
    made.params.extend(options())
    return made


def group(of: Group, name: str) -> Any:
    """The commands of verbs under a noun."""
    app = new_app(help=of.text, no_args_is_help=True)
    app.callback()(lambda: None)
    made = get_command(app)
    made.name = name
    made.commands = {one: command(handler, one) for one, handler in of.handlers.items()}  # type: ignore[attr-defined]
    return made


def new_app(**more: Any) -> typer.Typer:
    return typer.Typer(rich_markup_mode=None, add_completion=False, context_settings=SETTINGS, **more)


def typed(handler: Handler) -> Handler:
    """The handler with a signature that Typer reads."""

    def call(ctx: typer.Context, **given: Any) -> None:
        handler(Context(ctx.obj), **given)

    annotated: Any = Annotated
    named = [Named("ctx", Named.KEYWORD_ONLY, annotation=typer.Context)]
    for one in parameters(handler):
        declared = getattr(typer, one.declared.kind)(*one.declared.flags, **one.declared.more)
        default = Named.empty if one.default is ... else one.default
        named.append(Named(one.name, Named.KEYWORD_ONLY, default=default, annotation=annotated[one.hint, declared]))
    call.__signature__ = Signature(named)  # type: ignore[attr-defined]
    call.__annotations__ = {one.name: one.annotation for one in named}
    call.__doc__ = handler.__doc__
    return call


def options() -> list[Any]:
    """The options that work everywhere, as click takes them."""
    made, _, _ = get_params_convertors_ctx_param_name_from_function(typed(everywhere))
    for option in made:
        option.callback, option.expose_value, option.name = (
            _setter(str(option.name)),
            False,
            f"everywhere_{option.name}",
        )
    return [*made]


def _setter(name: str) -> Any:
    def store(ctx: Any, _param: Any, value: Any) -> Any:
        if value not in (None, False) and ctx.obj is not None:
            setattr(ctx.obj, name, value)
        return value

    return store


app = new_app(cls=Verbs)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"claims {version('claim-ledger')}")  # noqa: T201  before any session exists
        raise typer.Exit


@app.callback(epilog="Every verb has an example: claims help add. Ids look like A1 (article), C12 (claim), S3, Q2.")
def main(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """A ledger of who said what, according to whom, and what other sources say."""


def root() -> Any:
    """The command `claims`."""
    made = get_command(app)
    made.params.extend(options())
    return made


def call(session: Session, args: list[str]) -> int:
    """Runs a command line; gives its exit code."""
    result = root().main(args=args, prog_name="claims", standalone_mode=False, obj=session)
    if result == INTERRUPTED:  # Typer turns the interrupt into this result
        raise KeyboardInterrupt
    return result if isinstance(result, int) else 0
