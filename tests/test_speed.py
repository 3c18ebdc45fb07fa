"""What keeps the program fast, as counts: statements of an import, and that writing in lots changes nothing."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Claims

from cli import render
from ledger import store
from ledger.store import log, operations
from ledger.verbs import importing

SPEAKERS = ("the harbour office", "Reed Sound Radio", "the union of pilots")


def words(n: int) -> str:
    return f"at least {n + 12} ferries were held up at Reed Sound"


def report(n: int, **more: Any) -> dict[str, Any]:
    """One line of an import: every fifth begins an article, and every seventh article has its text."""
    first = n - n % 5
    text = " ".join(f"The pilots say that {words(m)}." for m in range(first, first + 5))
    article = {"url": f"https://reed.example/{first}", "publisher": f"Reed Post {first % 4}"}
    return {
        "key": f"k{n}", "exact": words(n), "attribution": [{"source": SPEAKERS[n % 3]}], "question": f"How many, day {n % 9}?",
        "article": article if first % 7 else article | {"text": text},
    } | more  # fmt: skip


MIXED = [
    *(report(n) for n in range(1, 20)),
    report(3),
    report(4, exact="what the same key had otherwise"),
    report(50, question="  ", attribution=[{"source": "a source of a bad line alone"}]),
    report(
        51,
        attribution=[{"source": "a source of a bad line alone", "kind": "company"}],
        question="Who, after a bad line?",
    ),
    report(52, article={}),
    report(53, question="Who, after a bad line?", tags=["late", "late"]),
    report(54, attribution=[{"source": "Reed Post 1", "kind": "wire_agency"}]),
]


def imported(place: Path, lines: list[dict[str, Any]]) -> tuple[bytes, list[str]]:
    """The root of a new ledger with these lines, and its rows."""
    file = place.with_suffix(".jsonl")
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with store.create(place, actor="desk") as ledger:
        importing.import_files(ledger, importing.ImportFiles(files=(str(file),)), actor="desk")
        return store.root(ledger), [*ledger.db.iterdump()]


def no_chance(patch: pytest.MonkeyPatch) -> None:
    """The clock stands still, and what is random counts up."""
    numbers = itertools.count()
    patch.setattr(log.secrets, "token_hex", lambda size: f"{next(numbers):0{2 * size}x}")
    at = log.datetime(2026, 3, 1, tzinfo=log.UTC)
    patch.setattr(log, "datetime", type("Still", (), {"now": staticmethod(lambda _: at)}))
    patch.setattr("ledger.capture.utc_now", lambda: "2026-03-01T00:00:00Z")


def test_an_import_in_lots_gives_the_root_and_the_rows_of_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        no_chance(patch)
        together = imported(tmp_path / "together.db", MIXED)
    no_chance(monkeypatch)
    monkeypatch.setattr(operations, "LOT", 1)
    monkeypatch.setattr("ledger.exchange.claim_lines.LOT", 1)
    assert imported(tmp_path / "alone.db", MIXED) == together


class Counted:
    """A connection that counts the statements which it is asked to run."""

    def __init__(self, db: Any) -> None:
        self._db, self.count = db, 0

    def __getattr__(self, name: str) -> Any:
        if name in ("execute", "executemany"):
            self.count += 1
        return getattr(self._db, name)


def test_an_imported_claim_takes_few_statements(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    with store.create(tmp_path / "l.db", actor="desk") as ledger:
        counted = ledger._db = Counted(ledger._db)  # type: ignore[assignment]
        spent = []
        for first in (0, 100):
            file.write_text("".join(json.dumps(report(n)) + "\n" for n in range(first, first + 100)))
            counted.count = 0
            importing.import_files(ledger, importing.ImportFiles(files=(str(file),)), actor="desk")
            spent.append(counted.count / 100)
        assert max(spent) < 6, spent  # it was 21
        assert spent[1] < 1.1 * spent[0]


@pytest.mark.parametrize(
    ("asked", "told", "rest"),
    [
        (["list"], ["C1", "C2", "C3"], "9 more: --all shows them\n"),
        (["list", "--all"], [f"C{n}" for n in range(1, 13)], ""),
        (["list", "--question", "Q2"], ["C2", "C11"], ""),
        (["list", "--source", "S3"], ["C2", "C5", "C8"], "1 more: --all shows them\n"),
        (["list", "--tag", "none"], [], "no claims yet\n"),
        (["list", "questions"], ["Q1", "Q2", "Q3"], "6 more: --all shows them\n"),
    ],
)
def test_a_terminal_shows_the_first_screen_of_a_list_and_how_much_more_there_is(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, asked: list[str], told: list[str], rest: str
) -> None:
    claims.file("lines.jsonl", "".join(json.dumps(report(n)) + "\n" for n in range(12)))
    claims("import", "lines.jsonl", "--quiet")
    monkeypatch.setattr(render, "screen", lambda: 3)
    shown = claims(*asked)
    assert [line.split()[0] for line in shown.out.splitlines()[1:]] == told
    assert shown.err == rest
