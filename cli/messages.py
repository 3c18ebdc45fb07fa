"""The catalogues of ledger/languages brought up to date with the messages of the program: `python -m cli.messages`.

A message is the first argument of `t` (of `count` the first two) in code, templates and the page's script, a value of a
dictionary annotated `Table`, and a word of the vocabularies that pages show. What is not translated is left empty, and a test
names it.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

from ledger import dates, lexicon
from ledger.catalogue import LANGUAGES
from ledger.dates.edtf import SEASONS
from ledger.serve.screens import script_texts
from ledger.vocabulary import EvidenceKind, SourceKind

LEDGER = Path(__file__).parent.parent / "ledger"
SPEAKS = frozenset({"t", "words", "self"})
"""Names that a catalogue goes by in ledger/reports; elsewhere it is `t` alone."""

Message = str | tuple[str, str]
"""A text, or what is said of one and of many."""


WORDS = (
    "injured",
    "people",
    "percent",
    "share",
    "e-mail",
    "telephone",
    "phone",
    "letter",
    "format",
    "width",
    "height",
    "unreadable",
)
"""What stands on pages in fields that anybody may fill: looked up with `known`."""
SIGNS = frozenset({"mph", "mg", "ml", "nm", "rpm", "hp", "mpg", "fps", "kbps", "ppm"})
"""Units that are written so in every language."""


@cache
def messages() -> frozenset[Message]:
    """Every message of the program."""
    found: set[Message] = {kind.value.replace("_", " ") for kind in (*SourceKind, *EvidenceKind)}
    found |= {dates.month_name(n) for n in range(1, 13)} | {name for name, _ in SEASONS.values()}
    found |= {"12,345.6", "1,234", *WORDS}
    for topic, name in (
        ("counts", "measures"),
        ("fates", "fates"),
        ("fates", "of_jobs"),
        ("units", "time"),
        ("units", "measures"),
    ):
        found |= {word for word in lexicon.table(f"en/{topic}", name) if word.islower() and word not in SIGNS}
    for file in LEDGER.rglob("*.py"):
        names = SPEAKS if "reports" in file.parts or file.stem == "catalogue" else {"t"}
        found |= set(_of_code(parsed(file), names))
    environment = Environment()  # noqa: S701  only parsed
    found |= set(script_texts())
    for file in [*(LEDGER / "reports/templates").rglob("*.html"), *(LEDGER / "serve/page").rglob("*.html")]:
        found |= set(_of_template(environment.parse(file.read_text(encoding="utf-8"))))
    for file in (LEDGER / "scales").glob("*.json"):
        for line in file.read_text(encoding="utf-8").strip().split("\n\n"):
            found |= set(_of_scale(json.loads(line)))
    return frozenset(found)


@cache
def parsed(file: Path) -> ast.Module:
    """A module of the program as a tree; the tests of the house look at the same ones."""
    return ast.parse(file.read_text(encoding="utf-8"))


def _of_code(tree: ast.AST, names: frozenset[str] | set[str]) -> Iterator[Message]:
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(annotation=ast.Name(id="Table"), value=ast.Dict(values=values)):
                constants = (v.value for d in values for v in ast.walk(d) if isinstance(v, ast.Constant))
                yield from (text for text in constants if isinstance(text, str))
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[first, *rest]):
                given = [a.value for a in (first, *rest) if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                yield from _of_call(name, given, names)


def _of_template(tree: nodes.Template) -> Iterator[Message]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name):
            given = [a.value for a in call.args if isinstance(a, nodes.Const) and isinstance(a.value, str)]
            yield from _of_call(call.node.name, given, {"t"})


def _of_call(name: str, given: list[str], names: frozenset[str] | set[str]) -> Iterator[Message]:
    if name == "count" and len(given) == 2:
        yield given[0], given[1]
    elif name in names and len(given) == 1:
        yield given[0]


def _of_scale(scale: dict[str, object]) -> Iterator[Message]:
    yield str(scale["title"])
    for grade in scale["grades"]:  # type: ignore[attr-defined]
        yield from (text for text in (grade["value"], grade["means"]) if len(text) > 1)


def updated(lang: str) -> str:
    """A catalogue as it should be: every message once, in the order of the alphabet, none that nobody says."""
    path = LANGUAGES / f"{lang}.po"
    old = read_po(BytesIO(path.read_bytes()), locale=lang) if path.exists() else Catalog(locale=lang)
    made = Catalog(locale=lang)
    for message in sorted(messages(), key=str):  # of two with one singular the same one is kept each time
        known = old.get(message if isinstance(message, str) else message[0])
        kept = known.string if known and isinstance(known.id, str) == isinstance(message, str) else None
        made.add(message, kept)
    body = BytesIO()
    write_po(body, made, width=0, omit_header=True, sort_output=True)
    head = (f"Language: {lang}", "Content-Type: text/plain; charset=utf-8", f"Plural-Forms: {made.plural_forms}")
    lines = ['msgid ""', 'msgstr ""', *(json.dumps(f"{line}\n") for line in head)]
    return "\n".join([*lines, "", body.getvalue().decode().replace("#, python-brace-format\n", "").strip(), ""])


def main() -> None:
    """Writes each catalogue that is not up to date."""
    for path in sorted(LANGUAGES.glob("*.po")):
        text = updated(path.stem)
        if path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
