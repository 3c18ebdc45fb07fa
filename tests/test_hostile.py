"""Hostile text: equal in every field and format and back, and only text in the report."""

from __future__ import annotations

import json
import os
from pathlib import Path

import hostile
import html5lib
import pytest
from conftest import Claims

from ledger import audit, reports, store
from ledger.reports import gathering
from ledger.store import read
from ledger.text import folding

SHARED = Path(os.environ.get("CLAIMS_SHARED") or Path(__file__).resolve().parents[2] / "shared")
NAUGHTY = SHARED / "vectors" / "blns" / "blns.json"
STRINGS = [
    *hostile.SCRIPTS,
    *(w.format("figure 7") for w in hostile.WRAPPINGS),
    "'",
    "\\",
    "NULL",
    "👩\u200d🚀",
    "ｆｕｌｌ",
    "e\u0301",
]


def filled(folder: Path, strings: list[str]) -> store.Ledger:
    ledger = store.create(folder / "l.db", actor="ann")
    for number, text in enumerate(strings):
        hostile.log(ledger, text, number)
    return ledger


def test_hostile_strings_come_back_equal_from_every_field_and_format(tmp_path: Path) -> None:
    with filled(tmp_path, STRINGS) as ledger:
        for number, (text, claim) in enumerate(zip(STRINGS, read.claims(ledger), strict=True)):
            assert hostile.told(ledger, claim) == hostile.same_everywhere(text, number)
        assert hostile.through_formats(ledger, tmp_path) == []
        assert audit.verify(ledger).ok


@pytest.mark.skipif(not NAUGHTY.is_file(), reason=f"the naughty strings are not at {NAUGHTY}")
def test_naughty_strings_come_back_equal_from_every_field_and_format(tmp_path: Path) -> None:
    strings = [s for s in dict.fromkeys(json.loads(NAUGHTY.read_text(encoding="utf-8"))) if not folding.is_blank(s)][
        ::8
    ]
    with filled(tmp_path, strings) as ledger:
        for number, (text, claim) in enumerate(zip(strings, read.claims(ledger), strict=True)):
            assert hostile.told(ledger, claim) == hostile.same_everywhere(text, number)
        assert hostile.through_formats(ledger, tmp_path) == []


def elements(page: bytes) -> dict[tuple[str, tuple[str, ...]], int]:
    """How often each element stands in a page with which attributes."""
    found: dict[tuple[str, tuple[str, ...]], int] = {}
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str):
            key = element.tag, tuple(sorted(element.attrib))
            found[key] = found.get(key, 0) + 1
    return found


def test_hostile_strings_add_no_kind_of_element_or_attribute_to_the_report(tmp_path: Path) -> None:
    pages = {}
    for name, strings in (
        ("plain", [f"harmless {n}" for n in range(len(hostile.SCRIPTS))]),
        ("hostile", [*hostile.SCRIPTS]),
    ):
        (tmp_path / name).mkdir()
        with filled(tmp_path / name, strings) as ledger:
            pages[name] = elements(reports.write(gathering.gather(ledger, "all"), "html"))
    assert pages["hostile"].keys() <= pages["plain"].keys()
    assert not {tag for tag, _ in pages["hostile"]} & {"script", "iframe", "object", "form", "base"}


def test_no_control_or_direction_character_reaches_a_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from cli.main import invoke

    filled(tmp_path, ["\x1b]0;owned\x07 \u202e9 boats\u2066 \x9b31m"]).close()
    for args in (["list"], ["show", "C1"], ["show", "A1"], ["show", "S1"], ["trace", "C1"], ["log"], ["history", "C1"],
                 ["question", "show", "Q1"], ["open", "C1"], ["search", "boats"]):  # fmt: skip
        assert invoke([*args, "--ledger", str(tmp_path / "l.db")]) == 0, args
        said = "".join(capsys.readouterr())
        assert not set(said) & {chr(c) for c in (*range(9), *range(11, 32), *range(127, 160), 0x202E, 0x2066)}, args


def test_no_control_character_of_a_saved_text_reaches_a_page(claims: Claims) -> None:
    marks = "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32), *range(127, 160))))
    sentence = "The quay was quiet and the weather was fine that morning. "
    claims.file("a.txt", f"{sentence * 40}At least 40 boats {marks} left the harbour, the port office said.\n")
    claims("capture", "a.txt", "--title", f"Boats {marks}", "--publisher", "Example Daily", "--no-input")
    claims("add", "At least 40 boats", "--article", "A1", "--question", "How many boats left?")
    claims("report", "Q1", "-o", "r.html", "--full-text")
    claims("report", "all", "--site", "site")
    for page in [claims.folder / "r.html", *(claims.folder / "site").rglob("*.html")]:
        assert not set(page.read_text(encoding="utf-8")) & (set(marks) - {"\n"}), page
