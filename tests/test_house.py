"""The contracts of the code that import-linter cannot hold: they are read off the syntax trees of `ledger` and `cli`."""

from __future__ import annotations

import ast
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import pytest
from conftest import ROOT

from cli import messages
from ledger import catalogue
from ledger.text import visible


@dataclass(frozen=True)
class Module:
    """One file of the product: its dotted name, its tree, and every node below it."""

    name: str
    package: bool
    tree: ast.Module

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @property
    def part(self) -> str:
        """The package or module under `ledger` or `cli` that it belongs to: "ledger.store" of ledger.store.log."""
        return ".".join(self.name.split(".")[:2])

    @cached_property
    def texts(self) -> list[str]:
        """Its string literals, those inside f-strings too."""
        return [n.value for n in self.nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]

    @cached_property
    def imports(self) -> set[str]:
        """What it imports, at the top or inside a function; what only type checkers see is left out."""
        blind = {id(below) for node in self.nodes if _for_checkers(node) for below in ast.walk(node)}
        return {name for node, names in self.named.items() if id(node) not in blind for name in names}

    @cached_property
    def named(self) -> dict[ast.AST, list[str]]:
        """Every statement that imports something, and what."""
        plain = {n: [alias.name for alias in n.names] for n in self.nodes if isinstance(n, ast.Import)}
        parts = (n for n in self.nodes if isinstance(n, ast.ImportFrom))
        return plain | {n: [f"{n.module}.{alias.name}" for alias in n.names] for n in parts}


def _for_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in sorted([*ROOT.glob("ledger/**/*.py"), *ROOT.glob("cli/**/*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if package else parts)
        found[name] = Module(name, package, messages.parsed(path))
    return found


def _imported(module: Module) -> set[str]:
    """The modules of ours that it imports: `from a import b` is a.b where that is a module, else a.

    What only type checkers see counts too, but in the face of a package, which names everything inside.
    """
    known = modules()
    seen = module.imports if module.package else {name for names in module.named.values() for name in names}
    named = ((name, name.rpartition(".")[0]) for name in seen)
    return {next((n for n in pair if n in known), "") for pair in named} - {"", module.name}


def circles(graph: dict[str, set[str]]) -> set[frozenset[str]]:
    """The strongly connected parts of more than one module (Tarjan)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    open_: list[str] = []
    found = set()

    def visit(name: str) -> None:
        order[name] = lowest[name] = len(order)
        open_.append(name)
        for other in sorted(graph[name]):
            if other not in order:
                visit(other)
            if other in open_:
                lowest[name] = min(lowest[name], lowest[other])
        if lowest[name] == order[name]:
            part = frozenset(open_[open_.index(name) :])
            del open_[open_.index(name) :]
            if len(part) > 1:
                found.add(part)

    for name in sorted(graph):
        if name not in order:
            visit(name)
    return found


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, set()),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, {frozenset("abc")}),
        ({"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c"}}, {frozenset("ab"), frozenset("cd")}),
    ],
)
def test_circles_are_found(graph: dict[str, set[str]], expected: set[frozenset[str]]) -> None:
    assert circles(graph) == expected


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles({name: _imported(module) for name, module in modules().items()}) == set()


# --- what belongs where -------------------------------------------------------------------------------------------

SQL = re.compile(
    r"\s*(SELECT\s|INSERT\s+(OR\s|INTO\s)|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|CREATE\s+(TABLE|INDEX|VIEW|TRIGGER)\s|PRAGMA\s)"
)
SQL_ELSEWHERE = {
    "ledger.exchange.datasette": "writes a database of its own",
    "ledger.leaks": "reads databases of strangers",
    "ledger.audit.derived": "compares the tables, and asks the engine to check itself",
    "ledger.audit.kept": "reads the tables past the functions that it checks",
    "ledger.doctor": "asks the engine how it was built",
}


def test_sql_is_written_in_store_and_models() -> None:
    found = {m.name for m in modules().values() if any(map(SQL.match, m.texts))}
    found -= {m.name for m in modules().values() if m.part in ("ledger.store", "ledger.models")}
    assert found <= SQL_ELSEWHERE.keys()


PURE = {
    f"ledger.{name}" for name in ("text", "quantity", "dates", "suggest", "merkle", "records", "vocabulary", "errors")
}
OUTSIDE = {
    *(
        "asyncio",
        "http",
        "httpcore",
        "httpx",
        "importlib",
        "io",
        "logging",
        "multiprocessing",
        "os",
        "pathlib",
        "platformdirs",
    ),
    *(
        "random",
        "secrets",
        "shutil",
        "signal",
        "socket",
        "sqlite3",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
        "time",
    ),
    *("urllib", "uuid"),
}
CLOCKS = {"now", "today", "utcnow", "environ"}
BUILTINS = {"open", "print", "input"}


def _reaches_out(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in BUILTINS
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.attr in CLOCKS and node.value.id in ("date", "datetime", "os")
    return False


def test_the_pure_floor_does_no_input_or_output() -> None:
    pure = [m for m in modules().values() if m.part in PURE]
    assert {m.part for m in pure} == PURE
    assert {(m.name, name) for m in pure for name in m.imports if name.split(".")[0] in OUTSIDE} == set()
    assert {m.name for m in pure if any(map(_reaches_out, m.nodes))} == set()


NETWORK = ("httpx", "httpcore", "requests", "socket", "http.client", "http.server", "urllib.request")


LISTENS = "ledger.serve.running"


def test_http_is_spoken_in_web_alone_and_one_module_listens() -> None:
    speaking = {
        (m.part, n)
        for m in modules().values()
        for n in NETWORK
        if any(f"{name}.".startswith(f"{n}.") for name in m.imports) and (m.name, n) != (LISTENS, "socket")
    }
    assert {part for part, _ in speaking} == {"ledger.web"}


def test_no_handler_opens_a_write() -> None:
    opening = {
        m.name
        for m in modules().values()
        if m.part.startswith("cli")
        and any(name.startswith("ledger.store") and name.endswith(".write") for name in m.imports)
    }
    called = {
        m.name
        for m in modules().values()
        if m.part.startswith("cli") and any(_named_call(node, "store", "write") for node in m.nodes)
    }
    assert opening | called == set()


def _named_call(node: ast.AST, owner: str, name: str) -> bool:
    func = node.func if isinstance(node, ast.Call) else None
    return (
        isinstance(func, ast.Attribute)
        and func.attr == name
        and isinstance(func.value, ast.Name)
        and func.value.id == owner
    )


THIRD_PARTY = {"ledger.exchange.sheets.delimited", "ledger.reports.pdf"}
"""Where errors of csv and typst are told apart, which have one class for everything."""


def _reads_a_sentence(node: ast.AST) -> bool:
    """True for `"words" in e.message`, `str(e) == "words"` and `e.message.startswith("words")`."""
    if isinstance(node, ast.Compare):
        return any(_is_sentence(part) for part in (node.left, *node.comparators))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        asked = node.func.attr in ("startswith", "endswith", "find", "search", "match", "fullmatch")
        return asked and any(_is_sentence(part) for part in (node.func.value, *node.args))
    return False


def _is_sentence(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr == "message":
        return True
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "str" and node.args
    return bool(named) and isinstance(node.args[0], ast.Name) and node.args[0].id in ("e", "error", "exc")  # type: ignore[attr-defined]


def test_errors_are_told_apart_by_class() -> None:
    assert {m.name for m in modules().values() if any(map(_reads_a_sentence, m.nodes))} <= THIRD_PARTY


WORD_LISTS = {"ledger.crossref.terms", "ledger.crossref.wordlists"}
SENTENCES_LEFT = {"ledger.crossref.matching", "ledger.crossref.origins"}
"""Where cross-reference still composes words: what keeps two claims apart, and the name of an outlet without one."""


def _sentences(module: Module) -> list[str]:
    """Literals of four plain words in a row, besides docstrings, refusals and SQL."""
    told = {id(n.value) for n in module.nodes if isinstance(n, ast.Expr)}
    told |= {id(below) for n in module.nodes if isinstance(n, ast.Raise) for below in ast.walk(n)}
    texts = [
        n.value for n in module.nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in told
    ]
    return [text for text in texts if re.search(r"[A-Za-z]+(?: [a-z]+){3,}", text) and not SQL.match(text)]


def test_cross_reference_gives_codes_and_no_prose() -> None:
    below = [m for m in modules().values() if m.part == "ledger.crossref" and m.name not in WORD_LISTS]
    assert {m.name: found for m in below if m.name not in SENTENCES_LEFT and (found := _sentences(m))} == {}


# --- names --------------------------------------------------------------------------------------------------------

SHARED_NAMES = {"rows"}
"""Names that several modules under `ledger` have; none may be added."""


LIKE_FILES = {"ledger.verbs"}
"""Folders of files that are alike, each named for the one thing that it does; their names may stand elsewhere too."""


def test_a_module_is_known_by_its_name() -> None:
    known = [m for m in modules().values() if m.part.startswith("ledger.") and m.part not in LIKE_FILES]
    names = Counter(m.name.rpartition(".")[2] for m in known)
    assert {name for name, times in names.items() if times > 1} <= SHARED_NAMES


def test_a_class_that_meant_five_things_means_one() -> None:
    names = Counter(n.name for m in modules().values() for n in m.nodes if isinstance(n, ast.ClassDef))
    assert {name for name in ("Reading", "Lie") if names[name] > 1} == set()


# --- rules of CONTRIBUTING.md -------------------------------------------------------------------------------------

LONGEST = 60
MEDIAN = 7


def test_functions_are_short() -> None:
    lengths: dict[int, list[str]] = defaultdict(list)
    for module in modules().values():
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths[(node.end_lineno or node.lineno) - node.lineno + 1].append(f"{module.name}.{node.name}")
    assert {n: names for n, names in lengths.items() if n > LONGEST} == {}
    assert statistics.median(n for n, names in lengths.items() for _ in names) <= MEDIAN


SHARE = 0.12


def test_the_command_line_is_a_small_part_of_the_product() -> None:
    counts = {
        part: sum(len(p.read_text().splitlines()) for p in ROOT.glob(f"{part}/**/*.py")) for part in ("cli", "ledger")
    }
    assert counts["cli"] <= SHARE * sum(counts.values())


def test_more_than_five_parameters_have_names() -> None:
    found = set()
    for module in modules().values():
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef) and not _is_command(module, node):
                placed = [a.arg for a in (*node.args.posonlyargs, *node.args.args) if a.arg not in ("self", "cls")]
                if len(placed) > 5 or len(placed) + len(node.args.kwonlyargs) > 7:
                    found.add(f"{module.name}.{node.name}")
    assert found == set()


def _is_command(module: Module, node: ast.FunctionDef) -> bool:
    """Options of a command are its parameters."""
    return module.part.startswith("cli") and any(a.arg == "ctx" for a in node.args.args)


def test_nothing_is_defined_that_nobody_names() -> None:
    """Functions, classes and constants of a module that stand nowhere else in the product, where no decorator takes them."""
    texts = [p for part in ("ledger", "cli") for p in ROOT.glob(f"{part}/**/*") if p.suffix in (".py", ".html", ".typ")]
    words = Counter(word for p in texts for word in re.findall(r"\w+", p.read_text(encoding="utf-8")))
    written = [
        module for module in modules().values() if module.name != "ledger.models.tables"
    ]  # that one is generated
    defined = [(module.name, name) for module in written for name in _defined(module.tree)]
    assert [place for place in defined if words[place[1]] == 1] == []


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (t.id for t in targets if isinstance(t, ast.Name))


def test_no_test_uses_mocks() -> None:
    assert [
        p.name
        for p in ROOT.glob("tests/*.py")
        if re.search(r"^(from|import) (unittest\.)?mock\b", p.read_text(), re.MULTILINE)
    ] == []


# --- languages ----------------------------------------------------------------------------------------------------

LANGUAGES = [lang for lang in catalogue.languages() if lang != "en"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_is_up_to_date_with_the_messages_of_the_program(lang: str) -> None:
    """`python -m cli.messages` writes it; then the new messages are to be translated."""
    assert (catalogue.LANGUAGES / f"{lang}.po").read_text(encoding="utf-8") == messages.updated(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_is_translated_in_every_form_with_the_same_names_to_fill_in(lang: str) -> None:
    known, plural = catalogue.read(lang)
    texts = {m if isinstance(m, str) else m[0]: m for m in messages.messages()}
    assert not sorted(texts.keys() - known.keys()), f"to be translated in ledger/languages/{lang}.po"
    forms = {plural(n) for n in (*range(200), 1_000_000)}
    for text, message in texts.items():
        one = isinstance(message, str)
        assert len(known[text]) == (1 if one else len(forms)), text
        names = set(re.findall(r"\{\w+\}", text if one else message[1]))
        for said in known[text]:
            assert set(re.findall(r"\{\w+\}", said)) in (names, names - {"{n}"}), (text, said)
            assert visible(said) == said, f"something invisible in {said!r}"
            assert not set("“”") & set(said), f"quotation marks of English in {said!r}"


COMPOSED = (
    "sentences",
    "summary",
    "sections",
    "cards",
    "captions",
    "leaves",
    "timeline",
    "graph",
    "gathering",
    "words",
)


@pytest.mark.parametrize("name", COMPOSED)
def test_no_sentence_of_a_report_is_glued_from_pieces(name: str) -> None:
    """A sentence is one message of the catalogue, with names to fill in."""
    module = modules()[f"ledger.reports.{name}"]
    pieces = [part for node in module.nodes if isinstance(node, ast.JoinedStr) for part in node.values]
    assert not [p.value for p in pieces if isinstance(p, ast.Constant) and re.search(r"\s[A-Za-z]{2,}", str(p.value))]
