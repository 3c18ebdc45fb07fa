"""Importing claims: what a file would become is shown, then logged."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cli import render, words
from cli.apps import Context, typer
from cli.session import Session
from ledger import leaks
from ledger import records as r
from ledger.errors import BadInput
from ledger.exchange import claim_lines, ledger_lines
from ledger.exchange import rows as formats
from ledger.exchange.claim_lines import NotImported, Outcome
from ledger.exchange.returning import Change
from ledger.store import Ledger, is_free, shown
from ledger.verbs import importing
from ledger.verbs.importing import Given, ImportFiles
from ledger.verbs.verb import HANDLE

if TYPE_CHECKING:
    from ledger.exchange.sheets import Plan


def import_(
    ctx: Context,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="JSON Lines, CSV, XLSX, ClaimReview, ...; - is standard input."),
    ],
    strict: Annotated[bool, typer.Option("--strict", help="Log nothing if any line is bad.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be logged, and log nothing.")] = False,
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="NAME", help=f"If its beginning does not tell: {', '.join(formats.IMPORTS)}."),
    ] = None,
    map_: Annotated[
        str | None,
        typer.Option("--map", metavar="MAP", help='Columns of a sheet: a file, "Quote=exact, ...", or auto.'),
    ] = None,
    save_map: Annotated[
        Path | None, typer.Option("--save-map", metavar="FILE", help="Keep the columns as a .toml or .json file.")
    ] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.")] = None,
    because: Annotated[str | None, typer.Option("--because", help="Why rows of an export were edited so.")] = None,
) -> None:
    """Log claims from files of any known format; what was logged before is skipped.

    All good lines are logged in one go, bad ones are named by number and the exit code is 2. The columns of a spreadsheet
    are guessed and shown; a guess in doubt is not imported before --map confirms or corrects it. Rows of our own export that
    come back amend their claims, cell by cell; those marked in the column delete are retracted. An export made with
    --format ledger is taken whole, into a new ledger or one that it continues.

    Example: claims import monitoring.xlsx --dry-run
    """
    session = ctx.obj
    logs = [name for name in files if name != "-" and ledger_lines.is_log(name)]
    if logs:
        _import_log(session, files)
        return
    given = tuple(_given(name, format_, map_, sheet, dry_run=dry_run) for name in dict.fromkeys(files))
    _show_plans(session, given, dry_run=dry_run, save_map=save_map, mapped=map_ is not None)
    request = importing.ImportFiles(files=given, strict=strict, because=because, progress=_progress(session))
    with session.write(start=True) as ledger:
        if session.asks and not dry_run and because is None and any(g.plan and g.plan.ours for g in given):
            request = r.replace(request, because=_reason(session, ledger, request))
        outcome, refused = _outcome(session, ledger, request, dry_run=dry_run, most=TRIED)
    _told(session, outcome, given, dry_run=dry_run, refused=refused)
    if outcome.failed:
        raise typer.Exit(2)


TRIED, LOOKED_AT = 2000, 20_000
"""Lines that a dry run tries, and rows of a workbook that it looks at, so that it ends while somebody waits."""


def _given(name: str, format_: str | None, map_: str | None, sheet: str | None, *, dry_run: bool) -> Given:
    return importing.given(name, format_, map_, sheet, most=LOOKED_AT if dry_run else None)


def _outcome(
    session: Session, ledger: Ledger, request: ImportFiles, *, dry_run: bool, most: int | None = None
) -> tuple[Outcome, bool]:
    """What the import did, or would do with its first lines, and whether it was refused for bad lines."""
    try:
        if dry_run:
            tried = r.replace(request, most=most)
            return importing.import_files.rehearse(ledger, tried, actor=session.who), False
        return importing.import_files(ledger, request, actor=session.who), False
    except NotImported as e:
        return e.outcome, True


def _reason(session: Session, ledger: Ledger, request: ImportFiles) -> str | None:
    """At a terminal, what would be changed is shown and its reason asked for, once for all."""
    outcome, _ = _outcome(session, ledger, r.replace(request, because="?", strict=False, progress=None), dry_run=True)
    if not outcome.changes:
        return None
    session.show(_changes(outcome.changes))
    session.say(_summary(outcome, dry_run=True))
    reason: str = typer.prompt("Why? One reason for all of it", err=True)
    return reason


def _import_log(session: Session, files: list[str]) -> None:
    """Takes over the log of another ledger, into a new one or one that it continues."""
    if len(files) > 1:
        raise BadInput("the export of a ledger is imported alone")
    target = session.place
    if is_free(target):
        count = ledger_lines.receive_new(files[0], target, actor=session.who)
    else:
        with session.write() as ledger:
            count = session.do(importing.receive, ledger, importing.Receive(source=files[0])).entries
    for handle in leaks.protected_in(Path(files[0]).read_bytes(), files[0]):
        session.say(f"the name of the protected source {handle} stands in it, and goes out wherever that goes")
    place = shown(target)
    session.show({"ledger": place, "entries": count} if session.json else f"{count:,} entries into {place}")


# --- the mapping --------------------------------------------------------------------------------------------------


def _show_plans(
    session: Session, given: tuple[Given, ...], *, dry_run: bool, save_map: Path | None, mapped: bool
) -> None:
    """Shows how each sheet is read and keeps it where asked; refuses a doubtful guess that nobody confirmed."""
    plans = [g.plan for g in given if g.plan]
    if save_map is not None:
        _save(session, plans, save_map)
    for plan in plans:
        if dry_run and not session.json:
            session.show(plan_text(plan))
        elif not (session.quiet or session.json or plan.ours) and (plan.doubts or not mapped):
            render.message(plan_text(plan))
        if plan.asked:
            raise plan.asked
        if not dry_run:
            plan.check()


def _save(session: Session, plans: list[Plan], path: Path) -> None:
    if len(plans) != 1 or plans[0].ours:
        raise BadInput("--save-map keeps the columns of one sheet", hint="name one file that is a spreadsheet")
    from ledger.exchange.sheets import mapping
    from ledger.store.files import whole_file

    kept = r.replace(plans[0].mapping, auto=False)
    with whole_file(path) as file:
        file.write(mapping.text_of(kept, path.name).encode())
    session.say(f"the columns are kept in {path}; use them with --map {path}")


EXAMPLE = 34


def plan_text(plan: Plan) -> str:
    """What each column becomes, for a person."""
    from ledger.exchange.sheets.cells import letter
    from ledger.exchange.sheets.fields import MEANS

    where = f"{plan.table.name}: {plan.table.detail}; header in row {plan.header}"
    if plan.ours:
        return f"{where}; our own export"
    rows = [
        [letter(c.place), render.short(c.header, 30), c.field or "-", MEANS.get(c.field or "", "kept by its header"),
         render.short(c.example, EXAMPLE)]
        for c in plan.columns
    ]  # fmt: skip
    shown = [where, render.table(["", "column", "field", "is", "for example"], rows)]
    shown += [f"{name}: {value}" for name, value in _read_as(plan)]
    shown += [f"! {warning}" for warning in plan.warnings]
    shown += [f"? {doubt}" for doubt in plan.doubts]
    return "\n".join(shown)


def _read_as(plan: Plan) -> Iterator[tuple[str, str]]:
    said = plan.mapping
    if "source" not in said.constants and not any(c.field == "source" for c in plan.columns):
        yield "who said it", "no column says; the outlet itself then"
    if said.dates:
        yield "days", "day first" if said.dates == "dmy" else "month first"
    if said.decimal:
        yield "decimal mark", said.decimal
    for field, value in said.constants.items():
        yield "in every row", f"{field} = {value}"
    if said.fill_down:
        yield "filled down", ", ".join(said.fill_down)


def plan_data(plan: Plan) -> r.Json:
    """The same for programs."""
    columns = [{"header": c.header, "field": c.field, "example": c.example} for c in plan.columns]
    return {
        "file": plan.table.name, "read_as": plan.table.detail, "header": plan.header, "ours": plan.ours,
        "columns": columns, "dates": plan.mapping.dates, "decimal": plan.mapping.decimal, "doubts": list(plan.doubts),
        "warnings": list(plan.warnings),
    }  # fmt: skip


# --- the outcome --------------------------------------------------------------------------------------------------


def _progress(session: Session) -> Callable[[int], None] | None:
    """A counter on standard error, on a terminal only."""
    if session.quiet or not sys.stderr.isatty():
        return None

    def tell(lines: int) -> None:
        if lines % 100 == 0:
            sys.stderr.write(f"\r{lines:,} lines")
            sys.stderr.flush()

    return tell


def _told(session: Session, outcome: Outcome, given: tuple[Given, ...], *, dry_run: bool, refused: bool) -> None:
    if not session.quiet and sys.stderr.isatty() and outcome.lines >= 100:
        sys.stderr.write("\r")
    if dry_run and not session.json and outcome.first:
        session.show(_first(outcome.first))
    if dry_run and not session.json and outcome.changes:
        session.show(_changes(outcome.changes))
    places = {g.name: g.place for g in given}
    for problem in outcome.problems:
        text = f"{problem.file}, {places[problem.file]} {problem.line}: {problem.message}"
        if problem.fatal:
            session.fail(text, problem.hint, 2)
        else:
            session.say(text)
    _heed(session, outcome.private)
    for line in _not_taken(outcome.not_taken):
        session.say(line)
    if session.json:
        session.show(_data(outcome, given, dry_run=dry_run))
        return
    session.show(_summary(outcome, dry_run=dry_run))
    if outcome.cut:
        session.say(f"only the first {TRIED:,} lines were tried; an import takes them all")
    if refused:
        session.say("nothing was logged, for --strict was given")
    if outcome.logged and not dry_run and any(not c.anchored for c in outcome.first):
        session.say("claims without a saved copy are not anchored: claims capture URL saves one")


def _first(claims: list[r.Claim]) -> str:
    """The first claims as they would be logged."""
    rows = [
        [render.short(c.exact, 200), render.short(words.by(c), 30), render.short(words.figures(c), 24),
         render.short(c.publisher or c.title, 24), c.published_at or ""]
        for c in claims
    ]  # fmt: skip
    return "\n" + render.table(["claim", "according to", "figure", "in", "of"], rows) + "\n"


def _changes(found: list[Change]) -> str:
    """Every cell that was changed in a sheet, as it is in the ledger and as the sheet has it."""
    ours = {True: " (our figure: the words do not hold it)", False: ""}
    rows = [[c.claim, c.cell, render.short(c.was, 60), "->", render.short(c.now, 60) + ours[c.ours]] for c in found]
    return render.table(["id", "cell", "in the ledger", "", "in the sheet"], rows)


SET_BY = {
    "state": "claims state ID STATE", "check": "claims check ID yes|no|unclear", "to_check": "claims amend ID --sure",
    **dict.fromkeys(("rating", "rated_by", "rating_because"), "claims rate ID GRADE --because ..."),
}  # fmt: skip
"""What sets what a sheet does not."""


def _not_taken(found: list[Change]) -> Iterator[str]:
    """A line for each column of which a sheet says otherwise than the ledger, and that an import leaves as it is."""
    for column in dict.fromkeys(c.cell for c in found):
        mine = [c for c in found if c.cell == column]
        more = f" and {len(mine) - NAMED} more" if len(mine) > NAMED else ""
        cells = ", ".join(f"{c.claim} “{c.now}” (is “{c.was}”)" for c in mine[:NAMED])
        by = f"{SET_BY[column]} sets it" if column in SET_BY else "it stays as it was logged"
        yield f"{column} is not taken from a sheet: {cells}{more}; {by}"


NAMED = 5


def _heed(session: Session, private: list[claim_lines.Problem]) -> None:
    """Warns once of all names that look like a private person's."""
    if not private:
        return
    names = [p.message for p in private[:NAMED]]
    more = f" and {len(private) - NAMED} more" if len(private) > NAMED else ""
    verb = "looks like the name of a private person" if len(private) == 1 else "look like names of private persons"
    session.say(f"{', '.join(names)}{more} {verb}, and the log never forgets a name\n  {HANDLE}")


def _summary(outcome: Outcome, *, dry_run: bool) -> str:
    verb = "would be logged" if dry_run else "logged"
    bad = f", {words.many(outcome.failed, 'bad line')}" if outcome.failed else ""
    gone = f"{outcome.retracted:,} retracted, " if outcome.retracted else ""
    came_back = f"{outcome.changed:,} changed, {outcome.logged:,} new, {gone}{outcome.known:,} as they were{bad}"
    known = f"{outcome.known:,} known already, {words.many(outcome.failed, 'bad line')}"
    line = came_back if outcome.returned else f"{words.many(outcome.logged, 'claim')} {verb}, {known}"
    new = [(outcome.articles, "article"), (outcome.copies, "saved copy"), (outcome.sources, "source")]
    shown = [words.many(count, name) for count, name in (*new, (outcome.questions, "question")) if count]
    known = f"; {words.many(outcome.known_sources, 'source')} known already" if outcome.known_sources else ""
    return line + (f"\nnew: {', '.join(shown)}{known}" if shown else "")


def _data(outcome: Outcome, given: tuple[Given, ...], *, dry_run: bool) -> r.Json:
    data: r.Json = {
        "lines": outcome.lines, "cut": outcome.cut, "logged": outcome.logged, "known": outcome.known, "failed": outcome.failed,
        "changed": outcome.changed, "retracted": outcome.retracted, "changes": [r.plain(c) for c in outcome.changes],
        "not_taken": [r.plain(c) for c in outcome.not_taken],
        "articles": outcome.articles, "copies": outcome.copies,
        "sources": {"new": outcome.sources, "known": outcome.known_sources}, "questions": outcome.questions,
        "problems": [
            {"file": p.file, "line": p.line, "message": p.message, "hint": p.hint, "fatal": p.fatal}
            for p in outcome.problems
        ],
        "private_names": [p.message for p in outcome.private],
        "sheets": [plan_data(g.plan) for g in given if g.plan],
    }  # fmt: skip
    return data | ({"claims": [r.plain(c) for c in outcome.first]} if dry_run else {})


APPS = {"import": import_}
