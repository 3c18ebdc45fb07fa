"""Linting: what is wrong with ClaimReview markup, before and after it is published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from cli import render
from cli.apps import Context, command
from ledger.errors import BadInput

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
    from ledger.exchange.claimreview.shapes import address

    if url is not None and address(url) is None:
        raise BadInput(f"not a web address: {url[:200]}", hint="such as https://desk.example/palmyra")
    counts: Counter[str] = Counter()
    for name in files:
        found = linting.lint(name, url=url)
        counts.update(f.severity.value for f in found)
        if ctx.obj.json:
            render.lines(found)
        else:
            _show(ctx, found)
    errors, warnings = counts[linting.Severity.ERROR], counts[linting.Severity.WARNING]
    ctx.obj.say(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}")
    if errors:
        raise typer.Exit(2)


def _show(ctx: Context, found: Iterable[Finding]) -> None:
    """Each review by its first words, and under it what is wrong."""
    before: object = None
    for finding in found:
        here = finding.file, finding.script, finding.line, finding.claim
        if here != before:
            ctx.obj.show("\n".join(_heading(finding)))
            before = here
        where = f" ({finding.path})" if finding.path else ""
        ctx.obj.show(f"  {finding.severity.value} {finding.code}: {finding.message}{where}\n    {finding.hint}")


def _heading(finding: Finding) -> list[str]:
    place = [finding.file]
    place += [f"script {finding.script}"] if finding.script else []
    place += [f"line {finding.line}"] if finding.line else []
    claim = f": {render.short(finding.claim, 80)}" if finding.claim else ""
    return [", ".join(place) + claim]


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


APPS = {"lint": command(lint)}
