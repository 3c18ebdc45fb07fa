"""The card: what the program read about a claim, for a person to accept, edit or drop."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import tempfile
from pathlib import Path

import typer

from cli import render, words
from ledger import claims, quantity, suggest, text
from ledger import records as r
from ledger.errors import Ambiguous, BadInput
from ledger.suggestions import known_as
from ledger.vocabulary import Role

EDITABLE = (
    "exact", "by", "via", "of", "cue", "says", "figure", "when", "as_of", "where", "scope", "read_as", "because", "question",
)  # fmt: skip


def settle(page: claims.Page, fields: r.Json, *, edit: bool) -> r.Json | None:
    """The fields as a person wants them; None where nothing is to be logged."""
    while True:
        if edit:
            try:
                fields = _edited(fields)
            except BadInput as e:  # no editor: the card stays, with what was read
                _print([f"! {e.message}", f"  {e.hint or ''}"])
        _print(_lines(page, fields))
        answer = (
            typer.prompt("Enter logs it, e edits, q drops it", default="", show_default=False, err=True)
            .strip()
            .casefold()
        )
        if answer in ("", "y", "yes"):
            return fields
        if answer in ("q", "n", "no"):
            return None
        edit = answer in ("e", "edit")


def _print(lines: list[str]) -> None:
    render.message("\n".join(lines))


def _lines(page: claims.Page, fields: r.Json) -> list[str]:
    """The card: the claim, then what is known of it, a line each."""
    body, article = page.text or "", page.article
    try:
        place = text.locate(body, fields["exact"], occurrence=fields.get("occurrence"), prefix=fields.get("prefix"))
    except BadInput as e:
        return [f"! {e.message}", f"  {e.hint or ''}"]
    found = suggest.at(body, place.start, place.end, article.published_at)
    inside = [q for q in found.quantities if q.start is not None and place.start <= q.start < place.end]
    figures = fields.get("figure") or "; ".join(words.quantity_line(q) for q in inside)
    times = fields.get("when") or "; ".join(words.time_line(t) for t in found.times)
    chain = [*(fields.get("via") or []), *([fields["of"]] if fields.get("of") else [])]
    source = fields.get("by") or f"{article.publisher or 'its publisher'}, in its own voice"
    facts = [
        ("according to", source + (f" ({fields['cue']})" if fields.get("cue") else "")),
        ("via", ", ".join(chain)),
        ("figure", figures),
        ("when", times),
        ("where", fields.get("where")),
        ("in our words", fields.get("says")),
        ("read as", fields.get("read_as")),
        ("answers", fields.get("question")),
        ("in", f"{article.id} {article.title or ''}"),
    ]
    quoted = render.wrapped(f"“{place.exact}”", indent="  ")
    return ["", quoted, *(f"  {name:<13} {' '.join(str(value).split())}" for name, value in facts if value)]


def chain_fields(found: r.Found) -> r.Json:
    """The chain that was read in the text, as the fields of the card."""
    names = {role: [m for m in found.attribution if m.role is role] for role in Role}
    origin = next(reversed(names[Role.ORIGIN]), None)
    parent = next(reversed(names[Role.AFFILIATION]), None)
    return {
        "via": [known_as(m) for m in names[Role.RELAY]],
        "of": known_as(parent) if parent else None,
        "by": known_as(origin) if origin else None,
        "cue": origin.cue if origin else None,
    }


def occurrence_of(body: str, found: r.Found) -> int | None:
    """Which occurrence of its words a statement is, counted from 1; None where they stand once."""
    before, at = 0, body.find(found.exact)
    while 0 <= at < found.start:
        before += 1
        at = body.find(found.exact, at + 1)
    return before + 1 if before or body.find(found.exact, found.start + 1) >= 0 else None


def chosen(body: str, fields: r.Json) -> int | None:
    """The occurrence that is meant: as given, else asked for where the words stand more than once."""
    if fields.get("occurrence") or fields.get("prefix"):
        given: int | None = fields.get("occurrence")
        return given
    try:
        text.locate(body, fields["exact"])
    except Ambiguous as e:
        _print([f"  {n}  {passage}" for n, passage in enumerate(e.passages, 1)])
        return _number("which one", len(e.passages))
    return None


def _number(what: str, most: int) -> int:
    """A number from 1 to `most`, asked for until it is one."""
    while True:
        answer: str = typer.prompt(f"{what} (1 to {most})", default="1", err=True)
        if answer.isdecimal() and 1 <= int(answer) <= most:
            return int(answer)


def others(page: claims.Page, claim: r.Claim) -> list[r.Found]:
    """The other figures of the sentence that a person wants logged too, each grown to its clause."""
    body = page.text or ""
    if claim.start is None or claim.end is None:
        return []
    start, end = text.around(body, claim.start, claim.end, sentences=0)
    offered: list[r.Found] = []
    for q in quantity.find(body[start:end]):
        if q.start is None or q.end is None or claim.start <= start + q.start < claim.end:
            continue
        grown = suggest.at(body, start + q.start, start + q.end, page.article.published_at)
        if not any(o.start < grown.end and grown.start < o.end for o in offered) and grown.end - grown.start > 0:
            offered.append(grown)
    offered = [o for o in offered if o.end <= claim.start or claim.end <= o.start]
    if not offered:
        return []
    _print(["", "  also in this sentence:", *(f"  {n}  “{o.exact}”" for n, o in enumerate(offered, 1))])
    answer = typer.prompt("log which (1,2; Enter: none)", default="", show_default=False, err=True)
    picked = [int(n) for n in answer.replace(",", " ").split() if n.isdecimal()]
    return [offered[n - 1] for n in picked if 0 < n <= len(offered)]


# --- the editor ---------------------------------------------------------------------------------------------------


def _edited(fields: r.Json) -> r.Json:
    """The fields after the user's editor; what was typed is never lost, an error is shown above it."""
    content, problem = _form(fields), ""
    while True:
        content = _in_editor(problem + content)
        try:
            return fields | _read_form(content)
        except BadInput as e:
            problem = f"# {e.message}\n"
            content = "\n".join(line for line in content.splitlines() if not line.startswith("# !"))


def _form(fields: r.Json) -> str:
    def line(name: str) -> str:
        value = fields.get(name)
        shown = " | ".join(value) if isinstance(value, list) else value or ""
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
