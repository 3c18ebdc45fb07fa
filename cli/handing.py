"""Handing out: reports."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cli.apps import Context, typer
from cli.endings import by_ending
from cli.session import Session
from ledger.errors import BadInput, NotFound
from ledger.store import read
from ledger.vocabulary import Letter

if TYPE_CHECKING:
    from ledger.reports import Look
    from ledger.reports.report import Report


Lang = Annotated[str, typer.Option("--lang", help="The language of its sentences: en, ar or es.")]


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
    short: Annotated[bool, typer.Option("--short", help="One page: no passages, no plots.")] = False,
    method: Annotated[bool, typer.Option("--method", help="How this ledger reads, counts and judges, alone.")] = False,
    full_text: Annotated[bool, typer.Option("--full-text", help="Whole articles, for internal use.")] = False,
    fonts: Annotated[
        str | None,
        typer.Option("--font-path", metavar="DIR", help="Fonts for scripts that this machine has none for (PDF)."),
    ] = None,
    lang: Lang = "en",
    template: Annotated[
        str | None, typer.Option(metavar="DIR|FILE", help="A newsroom's own look: templates, CSS.")
    ] = None,
    site: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="All of it as a folder of pages with a search; again: brought up to date."),
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="Where the site will stand: its feed then says so.")
    ] = None,
    bundle: Annotated[str | None, typer.Option(metavar="ZIP", help="Also a bundle that a stranger can check.")] = None,
    key: Annotated[str | None, typer.Option("--key", metavar="FILE", help="The signing key of the bundle.")] = None,
) -> None:
    """Write a report of claims, questions or articles: self-contained HTML, Markdown, PDF or DOCX.

    The verdict comes first, then who said it via whom, the answers by original source, and how to check it.

    Example: claims report Q1 -o report.html --bundle report.zip
    """
    from ledger import reports

    session, wanted = ctx.obj, _wanted(ids, method=method)
    look, base = reports.Look(_existing(template), _folder(fonts), session.say), _base(url, site)
    if site is not None:
        _only_site(wanted, out=out, format_=format_, bundle=bundle, full_text=full_text, short=short)
        _site(session, Path(site), (look, lang), base, final=final)
        return
    name = _format(format_, out)
    _refuse_terminal(out or bundle, f"claims report {' '.join([*(ids or []), '-o'])} report.{name}")
    made = _gathered(session, wanted, lang, final=final, full_text=full_text, short=short)
    page = reports.write(made, name, look) if out is not None or bundle is None else None
    if bundle is not None:  # it may be refused, and then nothing is left behind
        _bundle(session, made, Path(bundle), (key, look))
    if page is not None:
        _put(session, out or "-", page, name)


def _existing(given: str | None) -> Path | None:
    if given is not None and not Path(given).exists():
        raise NotFound(f"no such template: {given}", hint="name a folder of templates, a .css or an .html file")
    return Path(given) if given else None


METHOD = "method"
"""What is wanted where a report is to say only how the ledger is kept."""


def _wanted(ids: list[str] | None, *, method: bool) -> list[str] | str:
    if method and ids:
        raise BadInput(
            "--method is about the whole ledger and takes no ids", hint="claims report --method -o method.html"
        )
    return METHOD if method else "all" if not ids or "all" in (i.casefold() for i in ids) else ids


def _refuse_terminal(out: str | None, example: str) -> None:
    """No report is poured over a terminal."""
    if out is None and sys.stdout.isatty():
        raise BadInput("where to?", hint=example)


def _gathered(
    session: Session,
    wanted: list[str] | str,
    lang: str,
    *,
    final: bool = False,
    full_text: bool = False,
    short: bool = False,
) -> Report:
    from ledger import publishing
    from ledger.reports import gathering
    from ledger.reports.report import shortened

    with session.read() as ledger:
        if wanted == METHOD:
            return gathering.gather_method(ledger, lang)
        if final:
            publishing.refuse_unfinished(ledger, wanted)
        made = gathering.gather(ledger, wanted, lang=lang, full_text=full_text)
        shown = {card.claim.id for card in made.claims} | {section.page.id for section in made.questions}
        _warn_of_embargoes(session, publishing.embargoed(ledger, shown), "what is written")
        return shortened(made) if short else made


def _warn_of_embargoes(session: Session, sentences: Iterable[str], what: str) -> None:
    for sentence in sentences:
        session.say(f"note: {sentence}, and {what} shows it")


def _only_site(wanted: list[str] | str, **given: object) -> None:
    """A site shows everything and is a folder: other ids and outputs do not go with it."""
    if wanted != "all":
        raise BadInput("a site shows everything", hint="claims report all --site DIR")
    if given.pop("short"):
        raise BadInput("a site is whole: --short is for one page", hint="claims report Q1 --short -o Q1.html")
    if other := next((name for name, value in given.items() if value), None):
        option = {"out": "-o", "format_": "--format"}.get(other, "--" + other.replace("_", "-"))
        raise BadInput(f"--site and {option} do not go together", hint="run the command twice")


def _site(session: Session, place: Path, how: tuple[Look, str], url: str, *, final: bool) -> None:
    from ledger import publishing
    from ledger.reports import site

    with session.read() as ledger:
        if final:
            publishing.refuse_unfinished(ledger, "all")
        _warn_of_embargoes(session, publishing.embargoed(ledger), "the site")
        made = site.write(ledger, place, how[0], lang=how[1], url=url)
    written = f"{made.written:,} files written, {made.unchanged:,} unchanged, {made.removed:,} removed"
    session.result(made, f"{place / 'index.html'}: {made.pages:,} pages; {written}")


def _base(url: str | None, site: str | None) -> str:
    """The address where the site will stand, ending in a slash; empty where none is given."""
    from ledger.reports import html

    if url is not None and site is None:
        raise BadInput(
            "--url says where a site will stand", hint="claims report --site DIR --url https://facts.example/"
        )
    if url is not None and (html.link(url) is None or "?" in url or "#" in url):
        raise BadInput(f"no address of a site: {url}", hint="--url https://facts.example/")
    return f"{url.strip().rstrip('/')}/" if url else ""


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


def _put(session: Session, out: str, data: bytes, name: str) -> None:
    """Writes to a file, a folder of notes or standard output, and says so, but never where the report itself goes."""
    from ledger.store.files import flows, replace_file

    path = Path(out)
    if out == "-":
        sys.stdout.buffer.write(data)
    elif name == "obsidian" and path.suffix.lower() != ".zip" and not flows(path):
        _vault(session, path, data)
    else:
        replace_file(path, data)
        session.wrote(str(path), name, len(data))


def _vault(session: Session, place: Path, data: bytes) -> None:
    from ledger.reports import obsidian

    left = obsidian.unpack(data, place)
    session.result({"folder": str(place), "format": "obsidian", "left": left}, f"wrote the notes in {place}")
    if left:
        session.say(f"not part of it any more, and left as they are: {', '.join(left)}")


def _bundle(session: Session, made: Report, path: Path, how: tuple[str | None, Look]) -> None:
    """The report with the entries it shows, their proofs and the verifier, as one file."""
    if not made.about:
        raise BadInput("a bundle proves claims, and --method shows none", hint="claims report Q1 --bundle report.zip")
    from ledger import audit, keys, reports
    from ledger.reports import gathering

    signing, page = keys.load(how[0]), reports.write(made, "html", how[1])
    with session.write() as ledger:
        shown = audit.bundle(ledger, gathering.uids(made), page, key=signing, out=path)
    wrote = f"wrote {path}: the report, {len(shown)} entries and their proofs"
    session.result({"bundle": str(path), "entries": len(shown)}, wrote)


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
    lang: Lang = "en",
    fonts: Annotated[
        str | None,
        typer.Option("--font-path", metavar="DIR", help="Fonts for scripts that this machine has none for (PNG)."),
    ] = None,
) -> None:
    """Draw a question: its figures by original source, over time, or from outlets to original sources.

    Each picture is a file of its own, as in the report; SVG follows the reader's choice of light or dark.

    Example: claims plot Q1 -o figures.svg --kind ranges
    """
    from ledger import reports
    from ledger.reports import plots

    session = ctx.obj
    _refuse_terminal(out, f"claims plot {question} -o plot.svg")
    with session.read() as ledger:
        asked = read.thing(ledger, question, Letter.QUESTION)
    ending = Path(out).suffix.lower().removeprefix(".") if out and out != "-" else "svg"
    look = reports.Look(fonts=_folder(fonts), tell=session.say)
    data = plots.plot(_gathered(session, [asked.uid], lang), kind.casefold(), ending, look)
    _put(session, out or "-", data, ending)


APPS = {"report": report, "plot": plot}
