"""Handing out: reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.apps import Context, command
from cli.endings import by_ending
from cli.session import Session
from ledger.errors import BadInput, NotFound, Refused
from ledger.store import Ledger, read
from ledger.vocabulary import Letter

if TYPE_CHECKING:
    from ledger.reports import Look


def report(
    ctx: Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...|all]", help="Claims, questions or articles; all by default.")
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where to; the ending names the format; - is standard output."
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", help="html, md, text, obsidian, pdf or docx; by the file's ending, else html."),
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="Refuse while anything is unfinished.")] = False,
    full_text: Annotated[bool, typer.Option("--full-text", help="Whole articles, for internal use.")] = False,
    fonts: Annotated[
        str | None,
        typer.Option("--font-path", metavar="DIR", help="Fonts for scripts that this machine has none for (PDF)."),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="The language of the report's own words: en or ar.")] = "en",
    template: Annotated[
        str | None, typer.Option(metavar="DIR|FILE", help="A newsroom's own look: templates, CSS.")
    ] = None,
    site: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="All of it as a folder of pages with a search; again: brought up to date."),
    ] = None,
    bundle: Annotated[str | None, typer.Option(metavar="ZIP", help="Also a bundle that a stranger can check.")] = None,
    key: Annotated[str | None, typer.Option("--key", metavar="FILE", help="The signing key of the bundle.")] = None,
) -> None:
    """Write a report of claims, questions or articles: self-contained HTML, Markdown, PDF or DOCX.

    The verdict comes first, then who said it via whom, the answers by original source, and how to check it.

    Example: claims report Q1 -o report.html --bundle report.zip
    """
    session = ctx.obj
    from ledger import reports
    from ledger.reports import gathering

    if site is not None:
        _only_site(ids or ["all"], out=out, format_=format_, bundle=bundle, full_text=full_text)
        _site(session, Path(site), reports.Look(lang, _existing(template), tell=session.say), final=final)
        return
    name = _format(format_, out)
    if out is None and bundle is None and sys.stdout.isatty():
        raise BadInput("where to?", hint=f"claims report -o report.{name}")
    with session.read() as ledger:
        wanted = _wanted(ledger, ids or ["all"])
        if final:
            _refuse_unfinished(ledger, wanted)
        made = gathering.gather(ledger, wanted, full_text=full_text)
        look = reports.Look(lang, _existing(template), _folder(fonts), session.say)
        data = reports.write(made, name, look)
    if out is not None or bundle is None:
        _put(session, out or "-", data, name)
    if bundle is not None:
        _bundle(session, made, Path(bundle), (key, look))


def _existing(given: str | None) -> Path | None:
    if given is not None and not Path(given).exists():
        raise NotFound(f"no such template: {given}", hint="name a folder of templates, a .css or an .html file")
    return Path(given) if given else None


def _only_site(ids: list[str], **given: object) -> None:
    """A site shows everything and is a folder: other ids and outputs do not go with it."""
    if [i.casefold() for i in ids] != ["all"]:
        raise BadInput("a site shows everything", hint="claims report all --site DIR")
    if other := next((name for name, value in given.items() if value), None):
        option = {"out": "-o", "format_": "--format"}.get(other, "--" + other.replace("_", "-"))
        raise BadInput(f"--site and {option} do not go together", hint="run the command twice")


def _site(session: Session, place: Path, look: Look, *, final: bool) -> None:
    from ledger.reports import site

    with session.read() as ledger:
        if final:
            _refuse_unfinished(ledger, "all")
        for line in site.withheld(ledger):
            session.say(f"note: {line}, and the site shows it")
        made = site.write(ledger, place, look)
    session.show(
        made
        if session.json
        else f"{place / 'index.html'}: {made.pages:,} pages; {made.written:,} files written, "
        f"{made.unchanged:,} unchanged, {made.removed:,} removed"
    )


def _format(given: str | None, out: str | None) -> str:
    """The format that was named, else that of the file's ending, else HTML; BadInput where the ending says another."""
    from ledger import reports

    if given:
        return reports.format_of(f"report.{given.casefold()}") or given.casefold()
    return by_ending(None if out == "-" else out, {n: f.endings for n, f in reports.FORMATS.items()}) or "html"


def _folder(path: str | None) -> Path | None:
    """The folder of that name; BadInput where there is none."""
    if path is None or Path(path).is_dir():
        return Path(path) if path else None
    raise BadInput(f"no folder {path}", hint="--font-path takes a folder that holds .ttf or .otf files")


def _wanted(ledger: Ledger, ids: list[str]) -> list[str] | str:
    if "all" in (i.casefold() for i in ids):
        return "all"
    return [read.thing(ledger, i).uid for i in ids]


def _refuse_unfinished(ledger: Ledger, wanted: list[str] | str) -> None:
    """A final report is refused while something is unfinished, and says what."""
    from ledger import publishing

    found = [line for uid in _shown(ledger, wanted) for line in publishing.obstacles(ledger, uid)]
    if found:
        raise Refused(f"not final yet: {found[0]}", hint="; ".join(found[1:]) or "settle it, or leave out --final")


def _shown(ledger: Ledger, wanted: list[str] | str) -> list[str]:
    if wanted != "all":
        return list(wanted)
    return [*(q.uid for q in read.questions(ledger)), *(c.uid for c in read.claims(ledger) if not c.questions)]


def _put(session: Session, out: str, data: bytes, name: str) -> None:
    if out == "-":
        sys.stdout.buffer.write(data)
    else:
        _write(session, Path(out), data, name)


def _write(session: Session, path: Path, data: bytes, name: str) -> None:
    from ledger.store.files import flows, replace_file

    if name == "obsidian" and path.suffix.lower() != ".zip" and not flows(path):
        _vault(session, path, data)
        return

    replace_file(path, data)
    if flows(path):  # it may be standard output, which holds the report and nothing else
        session.say(f"wrote {path} ({len(data):,} bytes)")
        return
    session.show(
        {"file": str(path), "format": name, "bytes": len(data)}
        if session.json
        else f"wrote {path} ({len(data):,} bytes)"
    )


def _vault(session: Session, place: Path, data: bytes) -> None:
    from ledger.reports import obsidian

    left = obsidian.unpack(data, place)
    session.show(
        {"folder": str(place), "format": "obsidian", "left": left} if session.json else f"wrote the notes in {place}"
    )
    if left:
        session.say(f"not part of it any more, and left as they are: {', '.join(left)}")


def _bundle(session: Session, made: object, path: Path, how: tuple[str | None, Look]) -> None:
    """The report with the entries it shows, their proofs and the verifier, as one file."""
    from ledger import audit, keys, reports
    from ledger.reports import gathering
    from ledger.reports.report import Report

    key, look = how
    signing = keys.load(key)
    with session.write() as ledger:
        assert isinstance(made, Report)  # noqa: S101  typed loosely so that this module imports nothing slow
        page = reports.write(made, "html", look)
        shown = audit.bundle(ledger, gathering.uids(made), page, key=signing, out=path)
    session.show(
        {"bundle": str(path), "entries": len(shown)}
        if session.json
        else f"wrote {path}: the report, {len(shown)} entries and their proofs"
    )


def plot(
    ctx: Context,
    question: Annotated[str, typer.Argument(metavar="ID", help="A question.")],
    out: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where to: .svg, or .png (extra: pdf); - is standard output."
        ),
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help="ranges, origins or time.")] = "ranges",
    lang: Annotated[str, typer.Option("--lang", help="The language of the picture's own words: en or ar.")] = "en",
    fonts: Annotated[
        str | None,
        typer.Option("--font-path", metavar="DIR", help="Fonts for scripts that this machine has none for (PNG)."),
    ] = None,
) -> None:
    """Draw a question: its figures by original source, over time, or from outlets to original sources.

    Each picture is a file of its own, as in the report; SVG follows the reader's choice of light or dark.

    Example: claims plot Q1 -o figures.svg --kind ranges
    """
    session = ctx.obj
    from ledger import reports
    from ledger.reports import gathering, plots

    if out is None and sys.stdout.isatty():
        raise BadInput("where to?", hint=f"claims plot {question} -o plot.svg")
    with session.read() as ledger:
        asked = read.thing(ledger, question, Letter.QUESTION)
        made = gathering.gather(ledger, [asked.uid])
    out = None if out == "-" else out
    ending = Path(out).suffix.lower().removeprefix(".") if out else "svg"
    data = plots.plot(made, kind.casefold(), ending, reports.Look(lang, fonts=_folder(fonts), tell=session.say))
    _put(session, out or "-", data, ending)


APPS = {"report": command(report), "plot": command(plot)}
