"""Fields of one's own, and templates for kinds of claims."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from cli.apps import Context, group, typer
from cli.render import table
from ledger import records as r
from ledger.store import beside
from ledger.verbs import fielding
from ledger.vocabulary import FieldOn, FieldType, Kind

Name = Annotated[str, typer.Argument(metavar="NAME", help="Such as: victim age.")]
Because = Annotated[str | None, typer.Option("--because", help="Why.")]
Reason = Annotated[str, typer.Option("--because", help="Why.")]
Choices = Annotated[str | None, typer.Option(metavar="A,B", help="What can be chosen, for a choice.")]


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


def add(
    ctx: Context,
    name: Name,
    on: Annotated[FieldOn, typer.Option("--on", help="What it belongs to.")] = FieldOn.CLAIM,
    type_: Annotated[FieldType, typer.Option("--type", help="What it holds.")] = FieldType.TEXT,
    choices: Choices = None,
    public: Annotated[bool, typer.Option("--public", help="Reports show it; others stay in the house.")] = False,
    because: Because = None,
) -> None:
    """Add a field of your own to claims, articles, sources or questions.

    Then: claims amend C1 --field "victim age=34", claims list --field "victim age>30", a column of exports and imports.

    Example: claims field add "victim age" --on claim --type number
    """
    wanted = fielding.AddField(
        name=name, on=on, type=type_, choices=_listed(choices), public=public, because=because
    )  # fmt: skip
    made = ctx.obj.log(fielding.add_field, wanted, start=True)
    ctx.obj.result(made, _line(made))


def _line(field: r.OwnField) -> str:
    choices = f": {', '.join(field.choices)}" if field.choices else ""
    return f"{field.name} ({field.type}{choices}) on {field.on}s{', shown in reports' if field.public else ''}"


def list_(ctx: Context) -> None:
    """List the fields of your own.

    Example: claims field list
    """
    with ctx.obj.read() as ledger:
        ctx.obj.results(beside.fields(ledger), _fields, none="no fields of your own yet")


def _fields(found: Iterable[r.OwnField]) -> str:
    rows = (
        [
            f.name,
            f.on,
            f.type + (f": {', '.join(f.choices)}" if f.choices else ""),
            "yes" if f.public else "",
            str(f.values),
        ]
        for f in found
    )
    return table(["name", "on", "type", "in reports", "values"], rows)


def amend(
    ctx: Context,
    name: Name,
    type_: Annotated[FieldType | None, typer.Option("--type", help="What it holds.")] = None,
    choices: Choices = None,
    public: Annotated[bool | None, typer.Option("--public/--internal", help="Whether reports show it.")] = None,
    because: Because = None,
) -> None:
    """Change what a field holds, and whether reports show it; values that stand have to fit.

    Example: claims field amend "victim age" --public
    """
    wanted = fielding.AmendField(
        field=name, type=type_, choices=None if choices is None else _listed(choices), public=public, because=because
    )
    made = ctx.obj.log(fielding.amend_field, wanted)
    ctx.obj.result(made, _line(made))


def rename(
    ctx: Context,
    name: Name,
    to: Annotated[str, typer.Argument(metavar="TO", help="Its new name.")],
    because: Because = None,
) -> None:
    """Call a field otherwise; its values stay.

    Example: claims field rename "victim age" "age of the victim"
    """
    made = ctx.obj.log(fielding.amend_field, fielding.AmendField(field=name, name=to, because=because))
    ctx.obj.result(made, _line(made))


def retract(
    ctx: Context,
    name: Name,
    because: Reason,
    with_values: Annotated[bool, typer.Option("--with-values", help="Also where things have values of it.")] = False,
) -> None:
    """Take a field back; the log keeps its values.

    Example: claims field retract "victim age" --because "asked by nobody"
    """
    wanted = fielding.RetractField(field=name, because=because, with_values=with_values)
    gone = ctx.obj.log(fielding.retract_field, wanted)
    ctx.obj.result(gone, f"retracted the field {gone.name}")


# --- templates ----------------------------------------------------------------------------------------------------


def template_add(
    ctx: Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Such as: casualty.")],
    tag: Annotated[list[str] | None, typer.Option(help="A tag that such claims get; may be given again.")] = None,
    field: Annotated[list[str] | None, typer.Option(help="A field that is asked for; may be given again.")] = None,
    question: Annotated[
        str | None, typer.Option(metavar="ID|TEXT", help="The question they answer, if no other.")
    ] = None,
    question_kind: Annotated[Kind | None, typer.Option(help="What answers a question that is new.")] = None,
) -> None:
    """Add a template for a kind of claim: claims add ... --template NAME, claims triage --template NAME.

    Example: claims template add casualty --tag casualties --question-kind count
    """
    wanted = fielding.AddTemplate(
        name=name, tags=tuple(tag or ()), fields=tuple(field or ()), question=question, kind=question_kind
    )
    made = ctx.obj.log(fielding.add_template, wanted, start=True)
    ctx.obj.result(made, _templates([made]))


def template_list(ctx: Context) -> None:
    """List the templates.

    Example: claims template list
    """
    with ctx.obj.read() as ledger:
        ctx.obj.results(beside.templates(ledger), _templates, none="no templates yet")


def _templates(found: Iterable[r.Template]) -> str:
    rows = ([p.name, ", ".join(p.tags), ", ".join(p.fields), p.question or "", p.kind or ""] for p in found)
    return table(["name", "tags", "asks for", "question", "kind"], rows)


def template_retract(ctx: Context, name: Annotated[str, typer.Argument(metavar="NAME")], because: Reason) -> None:
    """Take a template back; claims that were logged with it stay as they are.

    Example: claims template retract casualty --because "one per town now"
    """
    wanted = fielding.RetractTemplate(template=name, because=because)
    gone = ctx.obj.log(fielding.retract_template, wanted)
    ctx.obj.result(gone, f"retracted the template {gone.name}")


APPS = {
    "field": group(
        "Fields of your own on claims, articles, sources and questions.",
        add=add, list=list_, amend=amend, rename=rename, retract=retract,
    ),
    "template": group(
        "Templates for kinds of claims.", add=template_add, list=template_list, retract=template_retract
    ),
}  # fmt: skip
