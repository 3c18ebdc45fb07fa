"""Linting: what is wrong with ClaimReview markup, before and after it is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

from cli import render
from cli.apps import Context, typer

if TYPE_CHECKING:
    from ledger.exchange.claimreview.linting import Finding


def lint(
    ctx: Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Pages, JSON, feeds, or - for standard input.")],
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where the page is or will be, if it does not say so itself.")
    ] = None,
) -> None:
    """Say what is wrong with the ClaimReview markup of files; exit code 2 where anything is an error.

    An error keeps a review from being shown, a warning costs something less. No ledger is needed.

    Example: claims lint report.html --url https://desk.example/palmyra
    """
    from ledger.exchange.claimreview import linting

    errors = warnings = 0
    for name in files:
        found = linting.lint(name, url=url)
        errors += sum(f.severity is linting.Severity.ERROR for f in found)
        warnings += sum(f.severity is linting.Severity.WARNING for f in found)
        if ctx.obj.json:
            render.lines(found)
        else:
            ctx.obj.show("\n".join(_lines(found)))
    ctx.obj.say(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}")
    if errors:
        raise typer.Exit(2)


def _lines(found: Iterable[Finding]) -> Iterator[str]:
    """Each review by its first words, and under it what is wrong."""
    before: object = None
    for finding in found:
        here = finding.file, finding.script, finding.line, finding.claim
        if here != before:
            yield _heading(finding)
            before = here
        where = f" ({finding.path})" if finding.path else ""
        yield f"  {finding.severity.value} {finding.code}: {finding.message}{where}\n    {finding.hint}"


def _heading(finding: Finding) -> str:
    place = [finding.file]
    place += [f"script {finding.script}"] if finding.script else []
    place += [f"line {finding.line}"] if finding.line else []
    claim = f": {render.short(finding.claim, 80)}" if finding.claim else ""
    return ", ".join(place) + claim


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


APPS = {"lint": lint}
