"""What is made from the program: json.md, cli.md, glossary.md of docs/, and the help that is printed at once
(`cli/help-80.txt`). `python -m cli.docs` writes them.

A test says when one of them is not what the program would write now.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from cli import commands
from cli.entry import WIDTHS
from cli.table import VERBS
from ledger import audit, vocabulary
from ledger.records import entries, pages, rows, values

WIDTH = 100
MARGIN = 2
"""Columns that click leaves free at the edge of a terminal."""


def write(folder: Path) -> list[Path]:
    """Writes every page into a folder; gives those that changed."""
    changed = []
    for name, make in PAGES.items():
        path, text = folder / name, make()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


# --- docs/json.md -------------------------------------------------------------------------------------------------

PRINTED = {
    "Claim": "`add`, `show C1`, `list`, `search`; the claims of `question show`",
    "Article": "`show A1`, `list articles`; in `capture` under `article`",
    "Source": "`show S1`, `list sources`, `source add`",
    "Question": "`list questions`, `question list`, `question add`",
    "QuestionPage": "`question show Q1`",
    "Found": "`suggest`, one a line, with `file` beside it where files were given",
    "Suggestion": "`show M1`, `accept`, `reject`, `snooze`",
    "Link": "`link`",
    "Judgement": "`check`, `rate`, `answer`",
    "Verification": "`verify`",
}
"""Which command prints which record."""

JSON_HEAD = """\
# JSON of the command line

Made from the records of the program (`make docs`); do not edit.

With `--json` a list is printed as JSON Lines, one record a line, and a single thing as one object. Nothing is cut short.
Figures, scores and coordinates are decimal strings; a bound that does not exist is null. Offsets count code points of the
saved text, half-open. Times are ISO 8601 / EDTF with as much precision as is known (`2016-03`, `2017-04-15T16`,
`2016-03-07/27`). Ids such as C1 hold in one ledger; uids hold everywhere.

`capture` prints `{id, uid, capture, sha256, text_sha256, new, article}`; `log` prints `{seq, uid, at, actor, kind, about, id,
batch, body_hash, leaf_hash, redacted, body}`, the bodies as listed at the end. Exit codes: [errors.md](errors.md).

| command | record |
|---|---|
"""


def json_page() -> str:
    """Every record that `--json` prints, then the bodies of the log's entries."""
    table = "".join(f"| {where} | [{name}](#{name.casefold()}) |\n" for name, where in PRINTED.items())
    verification = inspect.getmodule(audit.Verification)
    assert verification is not None  # noqa: S101  a class has a module
    parts = [JSON_HEAD + table]
    for module in (rows, pages, values, verification):
        parts += _records(module)
    parts.append("## Bodies of the log's entries\n\nWhat `log` prints under `body`, with a random `salt` beside it.\n")
    parts += (text.replace("## ", "### ", 1) for text in _records(entries))
    return "\n".join(parts)


def _records(module: ModuleType) -> Iterator[str]:
    """Each record class of a module as a heading, its sentence and a table of its fields."""
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef) and any(isinstance(x, ast.AnnAssign) for x in node.body):
            doc = " ".join((ast.get_docstring(node) or "").split())
            doc += "".join(f" All fields of [{b}](#{b.casefold()}), and these." for b in _extended(node))
            lines = [
                f"## {node.name}",
                "",
                *([doc.strip(), ""] if doc else []),
                "| field | type | |",
                "|---|---|---|",
            ]
            lines += [f"| `{name}` | `{kind}` | {note} |" for name, kind, note in _fields(node)]
            yield "\n".join(lines).replace("|  |", "| |") + "\n"


def _extended(node: ast.ClassDef) -> Iterator[str]:
    """The records that a record extends."""
    return (base.id for base in node.bases if isinstance(base, ast.Name) and base.id != "Struct")


def _fields(node: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    """Name, type and the sentence under each field."""
    for at, line in enumerate(node.body):
        if not isinstance(line, ast.AnnAssign) or not isinstance(line.target, ast.Name):
            continue
        after = node.body[at + 1] if at + 1 < len(node.body) else None
        note = ""
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
            note = " ".join(after.value.value.split())
        yield line.target.id.removesuffix("_"), _json_type(ast.unparse(line.annotation)), note


def _json_type(python: str) -> str:
    """A type as JSON has it."""
    for ours, theirs in (
        ("None", "null"),
        ("str", "string"),
        ("bool", "true/false"),
        ("int", "number"),
        ("Json", "object"),
    ):
        python = re.sub(rf"\b{ours}\b", theirs, python)
    return re.sub(r"tuple\[(\w+), \.\.\.\]", r"list of \1", python).replace("|", "or")


# --- docs/cli.md --------------------------------------------------------------------------------------------------

CLI_HEAD = """\
# Command line

Made from the program's own help (`make docs`); do not edit. Data goes to standard output, messages and progress to standard
error. The options of `claims --help` work with every verb. Exit codes: [errors.md](errors.md). JSON: [json.md](json.md).
"""


def cli_page() -> str:
    """The help of the program, then of every verb in the order of that help."""
    root = commands.root()
    parts = [CLI_HEAD, _help(root, "claims")]
    for name in VERBS:
        command = root.get_command(None, name)
        parts.append(f"## {name}\n")
        for title, one in _with_parts(command, name):
            one.params = [p for p in one.params if not (p.name or "").startswith("everywhere_")]
            parts.append(_help(one, f"claims {title}"))
    return "\n".join(parts)


def _with_parts(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    yield name, command
    for part, sub in getattr(command, "commands", {}).items():
        yield f"{name} {part}", sub


def _help(command: Any, name: str) -> str:
    text = "\n".join(line.rstrip() for line in _text(command, name, WIDTH).splitlines())
    return f"```text\n{text}\n```\n"


def _text(command: Any, name: str, width: int) -> str:
    context = command.make_context(name, [], resilient_parsing=True, terminal_width=width, max_content_width=width)
    return str(command.get_help(context))


# --- docs/glossary.md ---------------------------------------------------------------------------------------------

GLOSSARY_HEAD = """\
# Words with fixed values

Made from `ledger/vocabulary.py` (`make docs`); do not edit. The command line, the database and JSON know these words and no
others. What the nouns mean (claim, capture, source, question ...): [architecture.md](architecture.md).
"""


def glossary_page() -> str:
    parts = [GLOSSARY_HEAD]
    for name, kind in vars(vocabulary).items():
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum:
            doc = inspect.getdoc(kind) if "__doc__" in vars(kind) and vars(kind)["__doc__"] else None
            said = f"{' '.join(doc.split())}\n\n" if doc and doc != inspect.getdoc(StrEnum) else ""
            parts.append(f"## {name}\n\n{said}" + ", ".join(f"`{word.value}`" for word in kind) + "\n")
    return "\n".join(parts)


# --- cli/help-80.txt ----------------------------------------------------------------------------------------------


def help_pages(columns: int) -> str:
    """What `--help` prints on a terminal of that many columns, for the program and each command; found by `cli.entry`."""
    root = commands.root()
    parts = [("claims", root)]
    for name in VERBS:
        command = root.get_command(None, name)
        parts += [(f"claims {title}", one) for title, one in _with_parts(command, name)]
    return "".join(f"\f{name}\n{_text(one, name, columns - MARGIN)}\n" for name, one in parts)


PAGES: dict[str, Callable[[], str]] = {
    "json.md": json_page,
    "cli.md": cli_page,
    "glossary.md": glossary_page,
    **{f"../cli/help-{columns}.txt": partial(help_pages, columns) for columns in WIDTHS},
}

if __name__ == "__main__":
    for written in write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        print(f"wrote {written}")  # noqa: T201
