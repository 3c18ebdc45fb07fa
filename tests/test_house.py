"""The contracts of the code that import-linter cannot hold: they are read off the syntax trees of `ledger` and `cli`."""

from __future__ import annotations

import ast
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import pytest
from conftest import ROOT

CIRCLES: set[frozenset[str]] = {
    frozenset(f"ledger.store.{name}" for name in ("connection", "log", "migrate", "read", "search", "texts")),
    frozenset({"cli.gathering", "cli.looking", "cli.questions"}),
}
"""Circles of imports that are being taken apart; no other may arise."""

LONGEST = 60
MEDIAN = 7


@dataclass(frozen=True)
class Module:
    """One file of the product: its dotted name, its tree, and every node below it."""

    name: str
    package: bool
    tree: ast.Module

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def imports(self) -> set[str]:
        """What it imports, at the top or inside a function; what only type checkers see is left out."""
        blind = {id(below) for node in self.nodes if _for_checkers(node) for below in ast.walk(node)}
        return {name for node in self.nodes if id(node) not in blind for name in self._named(node)}

    def _named(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _for_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in sorted([*ROOT.glob("ledger/**/*.py"), *ROOT.glob("cli/**/*.py")]):
        parts = path.relative_to(ROOT).with_suffix("").parts
        package = parts[-1] == "__init__"
        name = ".".join(parts[:-1] if package else parts)
        found[name] = Module(name, package, ast.parse(path.read_text(encoding="utf-8")))
    return found


def _imported(module: Module) -> set[str]:
    """The modules of ours that it imports: `from a import b` is a.b where that is a module, else a."""
    known = modules()
    named = ((name, name.rpartition(".")[0]) for name in module.imports)
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
    assert circles({name: _imported(module) for name, module in modules().items()}) <= CIRCLES


def test_functions_are_short() -> None:
    lengths: dict[int, list[str]] = defaultdict(list)
    for module in modules().values():
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths[(node.end_lineno or node.lineno) - node.lineno + 1].append(f"{module.name}.{node.name}")
    assert {n: names for n, names in lengths.items() if n > LONGEST} == {}
    assert statistics.median(n for n, names in lengths.items() for _ in names) <= MEDIAN
