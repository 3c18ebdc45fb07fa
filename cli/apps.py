"""What a file of handlers is made of: the context of a call, groups of verbs, and Typer, which is imported once something
else is asked of it than to describe a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeAlias, get_args, get_origin, get_type_hints

from ledger.lazily import Later

if TYPE_CHECKING:
    import typer as typer  # noqa: PLC0414

    from cli.session import Session

Handler: TypeAlias = Callable[..., None]
INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended."""


class Context(NamedTuple):
    """A call; `obj` is its session."""

    obj: Session


class Group(NamedTuple):
    """Verbs under a noun."""

    text: str
    handlers: dict[str, Handler]


def group(text: str, **handlers: Handler) -> Group:
    return Group(text, {name.rstrip("_"): handler for name, handler in handlers.items()})


class Declared(NamedTuple):
    """How a handler describes a parameter: typer.Option or typer.Argument, not called yet."""

    kind: str
    flags: tuple[str, ...]
    more: dict[str, Any]


if not TYPE_CHECKING:

    class _Typer(Later):
        def Option(self, *flags: str, **more: Any) -> Declared:  # noqa: N802  Typer's names
            return Declared("Option", flags, more)

        def Argument(self, **more: Any) -> Declared:  # noqa: N802
            return Declared("Argument", (), more)

    typer = _Typer("typer")


class Parameter(NamedTuple):
    """A parameter of a handler; `default` is `...` where it must be given."""

    name: str
    kind: Any
    """The type of a value."""
    many: bool
    declared: Declared
    default: Any
    hint: Any
    """The annotation without what is declared."""


@cache
def parameters(handler: Handler) -> tuple[Parameter, ...]:
    """The parameters of a handler but its context, in order."""
    return tuple(_parameters(handler))


def _parameters(handler: Handler) -> Iterator[Parameter]:
    defaults = dict(_defaults(handler))
    for name, hint in get_type_hints(handler, include_extras=True).items():
        if not (about := getattr(hint, "__metadata__", ())):
            continue
        kind = hint.__origin__
        if get_origin(kind) is UnionType:
            kind = next(one for one in get_args(kind) if one is not type(None))
        many = get_origin(kind) is list
        kind = get_args(kind)[0] if many else kind
        yield Parameter(name, kind, many, about[0], defaults.get(name, ...), hint.__origin__)


def _defaults(handler: Any) -> Iterator[tuple[str, Any]]:
    given = handler.__defaults__ or ()
    count = handler.__code__.co_argcount
    yield from zip(handler.__code__.co_varnames[count - len(given) : count], given, strict=True)
    yield from (handler.__kwdefaults__ or {}).items()


Values = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="NAME=VALUE", help="A field of your own; may be given again, empty takes it away."),
]


def everywhere(
    ledger: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="The ledger, a file or postgresql://... (else CLAIMS_LEDGER, else ledger.db found upward).",
        ),
    ] = None,
    actor: Annotated[
        str | None, typer.Option(metavar="HANDLE", help="Who acts (else CLAIMS_ACTOR, else your user name).")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, lists as JSON Lines.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No messages, only results and errors.")] = False,
    *,
    read_from: Annotated[
        str | None,
        typer.Option("--read-from", metavar="ADDRESS", help="A standby to read from (else CLAIMS_READ_FROM)."),
    ] = None,
) -> None:
    """The options that work with every verb; each sets what a session has of its name."""
