"""The card: what the program read about a claim, for a person to accept, edit or drop."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import typer

from cli import render, words
from cli.nouns import tell_claim
from cli.session import Session
from ledger import records as r
from ledger.errors import Ambiguous, BadInput
from ledger.store import Ledger
from ledger.text import TOLD_BY, doubts
from ledger.verbs import adding
from ledger.verbs.adding import Add, Added
from ledger.vocabulary import TimeRole

EDITABLE = (
    "exact", "by", "via", "of", "cue", "stance", "says", "figure", "when", "as_of", "where", "scope", "read_as", "because",
    "question",
)  # fmt: skip


def add(session: Session, ledger: Ledger, request: Add, *, edit: bool) -> None:
    """Proposes what the text says about the fragment, logs what the person accepts, and offers the sentence's other figures."""
    accepted = settle(session, ledger, request, edit=edit)
    if accepted is None:
        session.say("nothing was logged")
        return
    done = adding.add(ledger, accepted, actor=session.who)
    session.tell(n for n in done.notices if n.code == adding.CUE)
    tell_claim(session, done.claim)
    for other in _picked(done.others):
        tell_claim(session, session.do(adding.add, ledger, other).claim)


def settle(session: Session, ledger: Ledger, request: Add, *, edit: bool) -> Add | None:
    """The request as a person wants it; None where nothing is to be logged."""
    draft = _draft(session, ledger, request)
    while True:
        if edit:
            try:
                request = _edited(draft.request)
                draft = _draft(session, ledger, request)
            except BadInput as e:  # the card stays, with what was read
                _print([f"! {e.message}", f"  {e.hint or ''}"])
        _print(list(_lines(draft)))
        answer = typer.prompt("Enter logs it, e edits, q drops it", default="", show_default=False, err=True)
        key = answer.strip().casefold()
        if key in ("", "y", "yes"):
            session.agree(draft.notices)
            return r.replace(draft.request, sure=tuple(_stood_for(draft.claim)))
        if key in ("q", "n", "no"):
            return None
        edit = key in ("e", "edit")


def _stood_for(claim: r.Claim) -> Iterator[str]:
    """The fields whose doubtful reading the person says is right; Enter leaves them to be checked."""
    for field in dict.fromkeys(u.field for u in claim.unsure):
        doubt = "; ".join(doubts([u for u in claim.unsure if u.field == field]))
        if not r.was_read(claim, field):
            _print([f"  not read: {doubt}; it stays to be checked until somebody says what it is (e)"])
        elif typer.confirm(f"not sure: {doubt}. Did you check it, and is it right?", default=False, err=True):
            yield field


def _draft(session: Session, ledger: Ledger, request: Add) -> Added:
    """What would be logged; where the words stand more than once, the person says which are meant."""
    try:
        return adding.add.rehearse(ledger, request, actor=session.who)
    except Ambiguous as e:
        _print([f"  {n}  {passage}" for n, passage in enumerate(e.passages, 1)])
        chosen = r.replace(request, occurrence=_number("which one", len(e.passages)), prefix=None)
        return _draft(session, ledger, chosen)


def _print(lines: list[str]) -> None:
    render.message("\n".join(lines))


def _lines(draft: Added) -> Iterator[str]:
    """The card: the claim, then what is known of it, a line each."""
    claim, request = draft.claim, draft.request
    chain = [*request.via, *([request.of] if request.of and request.by else [])]
    said_by = request.by or request.of
    own = words.voice(claim) if claim.unsure else f"{claim.publisher or 'its publisher'}, in its own voice"
    source = said_by or own
    facts = [
        (TOLD_BY[claim.stance], source + (f" ({request.cue})" if said_by and request.cue else "") + words.doubt(claim)),
        ("via", ", ".join(chain)),
        ("figure", "; ".join(words.quantity_line(q) for q in claim.quantities)),
        *(
            (words.TIME_WORDS[role], "; ".join(words.time_line(t) for t in claim.times if t.role is role))
            for role in TimeRole
        ),
        ("where", request.where),
        ("in our words", request.says),
        ("read as", request.read_as),
        ("answers", request.question),
        ("in", f"{claim.article} {claim.title or ''}"),
    ]
    yield ""
    yield render.wrapped(f"“{claim.exact}”", indent="  ")
    yield from (f"  {name:<16} {' '.join(str(value).split())}" for name, value in facts if value)
    if claim.unsure:
        yield f"  {'to check':<16} {'; '.join(doubts(claim.unsure))}"


def _number(what: str, most: int) -> int:
    """A number from 1 to `most`, asked for until it is one."""
    while True:
        answer: str = typer.prompt(f"{what} (1 to {most})", default="1", err=True)
        if answer.isdecimal() and 1 <= int(answer) <= most:
            return int(answer)


def _picked(offered: tuple[Add, ...]) -> list[Add]:
    """The other figures of the sentence that a person wants logged too."""
    if not offered:
        return []
    _print(["", "  also in this sentence:", *(f"  {n}  “{o.exact}”" for n, o in enumerate(offered, 1))])
    answer = typer.prompt("log which (1,2; Enter: none)", default="", show_default=False, err=True)
    picked = [int(n) for n in answer.replace(",", " ").split() if n.isdecimal()]
    return [offered[n - 1] for n in picked if 0 < n <= len(offered)]


# --- the editor ---------------------------------------------------------------------------------------------------


def _edited(request: Add) -> Add:
    """The request after the user's editor; what was typed is never lost, an error is shown above it."""
    content, problem = _form(request), ""
    while True:
        content = _in_editor(problem + content)
        try:
            form = _read_form(content)
            typed = any(form.get(name) != r.plain(getattr(request, name)) for name in ("by", "via", "of", "cue"))
            return r.parse(Add, r.plain(request) | form | {"read": request.read and not typed})
        except BadInput as e:
            problem = f"# {e.message}\n"
            content = "\n".join(line for line in content.splitlines() if not line.startswith("# !"))


def _form(request: Add) -> str:
    def line(name: str) -> str:
        value = getattr(request, name)
        shown = " | ".join(value) if isinstance(value, tuple) else value or ""
        return f"{name}: {' '.join(str(shown).split())}"

    return "\n".join(
        ["# One field a line; empty means none; several relays (via) with | between.", *map(line, EDITABLE), ""]
    )


def _read_form(content: str) -> r.Json:
    fields: r.Json = {}
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, value = line.partition(":")
        if not colon or name.strip() not in EDITABLE:
            raise BadInput(f"line {number} is not a field: {line[:60]}")
        fields[name.strip()] = value.strip() or None
    fields["via"] = [v.strip() for v in (fields.get("via") or "").split("|") if v.strip()]
    if not fields.get("exact"):
        raise BadInput("exact is empty")
    return fields


def _in_editor(content: str) -> str:
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.NamedTemporaryFile("w+", suffix=".claim", encoding="utf-8", delete=False) as f:
        f.write(content)
    path = Path(f.name)
    try:
        subprocess.run([*editor, str(path)], check=True)  # noqa: S603  the user's own editor
        return path.read_text(encoding="utf-8")
    except (OSError, subprocess.CalledProcessError) as e:
        raise BadInput(f"the editor {editor[0]} did not work: {e}", hint="set EDITOR to one that does") from None
    finally:
        with contextlib.suppress(OSError):
            path.unlink()
