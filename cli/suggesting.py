"""Suggesting: the attributed claims of articles or of files, and those that are accepted by number."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cli import render, words
from cli.apps import Context, typer
from cli.session import Session
from ledger.assist.finder import Finder
from ledger.errors import BadInput, ClaimsError, NotFound, Unreachable
from ledger.records import Found, plain
from ledger.store import ids, read
from ledger.text import TOLD_BY
from ledger.text.stretches import readable
from ledger.vocabulary import Letter, Stance

if TYPE_CHECKING:
    from ledger import records as r
    from ledger.store import Ledger
    from ledger.suggestions import Offered

Model = Annotated[
    Path | None, typer.Option("--model", metavar="FILE", help="A model made by claims learn (else CLAIMS_MODEL).")
]
Llm = Annotated[bool, typer.Option("--llm", help="Ask a language model too (CLAIMS_LLM_URL, CLAIMS_LLM_MODEL).")]

TEXT_LIMIT = 50 * 1024 * 1024


def suggest(
    ctx: Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ARTICLE...|FILE...|-]", help="Articles (A1 A3-A5, all), text files or folders, or -."),
    ] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="For files: when they were published.")] = None,
    accept: Annotated[str | None, typer.Option(metavar="NUMBERS", help="Log these as claims: 1,3-5 or all.")] = None,
    question: Annotated[
        str | None, typer.Option(metavar="ID|TEXT", help="With --accept: file them under this question.")
    ] = None,
    model: Model = None,
    llm: Llm = False,
    whole: Annotated[bool, typer.Option("--whole", help="Read all of a long text.")] = False,
) -> None:
    """List the attributed claims, figures and dates of an article; nothing is logged until you accept it.

    Files need no ledger. A statement in the publisher's own voice is listed where it carries a figure or an event.
    Of an article of more than 500,000 characters the beginning is read, until what was found there is judged; a file is read to
    5,000,000, less far where figures crowd in it. A line says so.
    `claims triage` goes through those of all articles one by one. --llm sends the text to the model server that you
    configured; only what stands word for word in the text is listed.

    Example: claims suggest A1 --accept 1,3-5
    """
    session, given_ = ctx.obj, what or []
    if not given_ or (all(map(ids.looks_like, given_)) and not any(Path(name).exists() for name in given_)):
        _of_articles(session, given_, finder_of(model, llm=llm), accept=accept, question=question, whole=whole)
        return
    if accept:
        raise BadInput("only claims of a saved article can be accepted", hint="save it first: claims capture FILE")
    failed = _of_files(session, list(_files(given_)), published, finder_of(model, llm=llm), whole=whole)
    if failed:
        raise typer.Exit(failed)


def finder_of(model: Path | None, *, llm: bool) -> Finder:
    """The rules with the help that was asked for, by option or by CLAIMS_MODEL."""
    finder = Finder()
    if named := model or os.environ.get("CLAIMS_MODEL"):
        from ledger.assist.model import load

        finder.model = load(Path(named))
    if llm:
        from ledger.assist.llm import configured

        finder.server = configured()
    return finder


def tell_cut(session: Session, name: str, read_to: int, size: int) -> None:
    """Says how far a long text was read."""
    if read_to < size:
        session.say(f"{name}: the first {read_to:,} of {size:,} characters were read; for all: suggest --whole")


def problems(session: Session, finder: Finder) -> int:
    """Tells in a line each what a language model could not give; 4 where there was such, else 0."""
    told = [session.fail(line, None, Unreachable.exit_code) for line in finder.problems]
    finder.problems.clear()
    return max(told, default=0)


# --- files --------------------------------------------------------------------------------------------------------


def _files(names: Iterable[str]) -> Iterator[str]:
    """The files named, those in folders in the order of their names."""
    for name in names:
        path = Path(name)
        if name != "-" and _is_folder(path):
            yield from sorted(str(p) for p in path.rglob("*") if p.is_file() and p.suffix in (".txt", ".md", ""))
        else:
            yield name


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long for this system; reading it says so
        return False


def _of_files(session: Session, files: list[str], published: str | None, finder: Finder, *, whole: bool) -> int:
    """Prints what is found in each file; a file that cannot be read is named, and the rest goes on."""
    worst = 0
    for n, name in enumerate(files, 1):
        _progress(session, n, len(files))
        try:
            body = _text(name)
            part = body if whole else readable(body)
            found = [aid.found for aid in finder(part, published)]
            tell_cut(session, name, len(part), len(body))
        except ClaimsError as e:
            worst = max(worst, session.fail(e.message, e.hint, e.exit_code))
            continue
        worst = max(worst, problems(session, finder))
        if session.json:
            render.lines({**_json(f), "file": name} for f in found)
        else:
            if len(files) > 1:
                session.show(render.styled(name, render.BOLD))
            session.show("\n".join(_lines(k, f) for k, f in enumerate(found, 1)) or "  nothing found")
    return worst


def _progress(session: Session, n: int, total: int) -> None:
    """A counter on standard error while results go elsewhere."""
    if total > 1 and not session.quiet and sys.stderr.isatty() and not sys.stdout.isatty():
        sys.stderr.write(f"\r{n:,} of {total:,}" + ("\n" if n == total else ""))
        sys.stderr.flush()


def _text(name: str) -> str:
    """A file's text, UTF-8 as it is, without a byte order mark's removal shifting any offset."""
    try:
        data = sys.stdin.buffer.read(TEXT_LIMIT + 1) if name == "-" else _bytes(Path(name))
    except FileNotFoundError:
        raise NotFound(f"no such file: {name}") from None
    except OSError as e:
        raise BadInput(f"cannot read {name}: {e.strerror}") from None
    if len(data) > TEXT_LIMIT:
        raise BadInput(f"{name} is larger than {TEXT_LIMIT // 2**20} MB")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(
            f"{name} is not UTF-8 text", hint="claims capture finds out its encoding and keeps a copy"
        ) from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as f:
        return f.read(TEXT_LIMIT + 1)


def _json(found: Found) -> dict[str, Any]:
    return {**plain(found), "score": float(found.score)}


def _lines(number: int, found: Found, note: str = "") -> str:
    """One suggestion: its words, who says so, its figures and times."""
    from cli.passages import said_by  # it loads the ledger

    head = f"{number:>3}  " + render.wrapped(f"“{found.exact}”", indent="     ").lstrip()
    held = "" if found.stance is Stance.ASSERTS else f"{TOLD_BY[found.stance]} "
    who = held + said_by(found) + words.doubt(found)
    facts = [who, *(words.quantity_line(q) for q in found.quantities), *(words.time_line(t) for t in found.times)]
    told = render.wrapped(" · ".join(" ".join(f.split()) for f in facts) + note, indent="     ")
    return f"{head}\n{render.styled(told, render.DIM)}"


# --- articles -----------------------------------------------------------------------------------------------------


def _of_articles(
    session: Session, names: list[str], finder: Finder, *, accept: str | None, question: str | None, whole: bool
) -> None:
    from ledger import claims, suggestions

    if question and not accept:
        raise BadInput("a question for what?", hint="--question goes with --accept 1,3-5")
    with session.write() if accept else session.read() as ledger:
        articles = _articles(ledger, names)
        offered = []
        for page in (claims.page(ledger, a) for a in articles):
            found = suggestions.of_article(ledger, page, finder, whole=whole)
            offered.append((page.article, found))
            body = page.text or ""
            tell_cut(session, page.article.id, len(body) if whole else suggestions.read_to(body, found), len(body))
        failed = problems(session, finder)
        if accept:
            if failed:
                raise Unreachable("nothing was logged: without the model's answer the numbers may mean others")
            _accept(session, ledger, offered, accept, question)
            return
        for article, found in offered:
            _list(session, article, found)
        if not session.json:
            again = " ".join([*(names or [articles[0].id]), *(["--llm"] if finder.server else [])])
            hint = "--accept all" if len(articles) > 1 else "--accept 1,3-5"
            session.say(f"\nnext: claims triage, or claims suggest {again} {hint}")
    if failed:
        raise typer.Exit(failed)


def _articles(ledger: Ledger, names: list[str]) -> list[r.Article]:
    if names:
        return [read.article(ledger, t.uid) for t in ids.several(ledger, names, Letter.ARTICLE)]
    if (last := read.last_article(ledger)) is None:
        raise BadInput("no article yet", hint="save one first: claims capture FILE|URL")
    return [last]


def _accept(
    session: Session, ledger: Ledger, offered: list[tuple[r.Article, list[Offered]]], accept: str, question: str | None
) -> None:
    """Logs the statements with these numbers; numbers are an article's own, so of several only all are taken."""
    from cli.nouns import tell_claim
    from ledger.verbs import suggesting

    if len(offered) > 1 and accept.strip().casefold() != ids.ALL:
        raise BadInput("the numbers are those of one article", hint="name one article, or --accept all")
    chosen = tuple(
        suggesting.Chosen(article=article.id, offered=o, question=question)
        for article, found in offered
        for o in found
        if o.number in numbers(accept, len(found))
    )
    for claim in session.do(suggesting.accept_found, ledger, suggesting.AcceptFound(chosen=chosen)).claims:
        tell_claim(session, claim)


def _list(session: Session, article: r.Article, offered: list[Offered]) -> None:
    """The suggestions of an article with their numbers, in the order of the text."""
    if session.json:
        render.lines(
            {**_json(o.found), "number": o.number, "article": article.id, "state": o.state, "claim": o.claim}
            for o in offered
        )
        return
    head = render.styled(f"{article.id} {article.title or article.file or ''}", render.BOLD)
    shown = [o for o in offered if o.state != "rejected"]
    lines = (_lines(o.number, o.found, f"  (logged: {o.claim})" if o.claim else "") for o in shown)
    render.paged(iter([head, *lines] if shown else [head, "  nothing found"]))


def numbers(text: str, most: int) -> set[int]:
    """Numbers and ranges such as "1,3-5"; "all" is every one."""
    if text.strip().casefold() == ids.ALL:
        return set(range(1, most + 1))
    found: set[int] = set()
    for part in text.replace(",", " ").split():
        low, dash, high = part.partition("-")
        ends = (low, high if dash else low)
        if not all(end.isdecimal() and len(end) < 10 for end in ends) or int(ends[0]) > int(ends[1]):  # "²" is a digit
            raise BadInput(f"not a number or a range: {part[:40]}", hint="such as --accept 1,3-5")
        found |= {int(ends[0]), int(ends[1]), *range(int(ends[0]), min(int(ends[1]), most) + 1)}
    if not found:
        raise BadInput("which? no number is given", hint="such as --accept 1,3-5, or --accept all")
    if wrong := sorted(n for n in found if not 1 <= n <= most):
        raise BadInput(f"there is no suggestion {wrong[0]}; they go from 1 to {most}")
    return found


APPS = {"suggest": suggest}
