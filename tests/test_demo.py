"""The demo: a ledger and a report without network, key or configuration, and no word of the examples in the program."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from conftest import Claims

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "cli/examples"


def test_the_demo_leaves_a_ledger_that_verifies_and_a_report(claims: Claims) -> None:
    began = time.process_time()
    made = claims("demo", "shown", "--json").json
    assert time.process_time() - began < 20
    assert made["verified"]
    assert (made["ledger"], made["report"]) == ("shown/ledger.db", "shown/report.html")
    assert claims("verify", "--ledger", "shown/ledger.db", "--json").json["root"] == made["root"]
    claimed = claims("list", "--ledger", "shown/ledger.db", "--json").lines
    html = (claims.folder / "shown/report.html").read_text(encoding="utf-8")
    assert all(c["anchored"] for c in claimed)
    assert "Vorian Observatory for Human Rights" in html
    assert len(html.encode()) < 150_000


def test_nobody_in_the_examples_is_real() -> None:
    told = "\n".join(place.read_text(encoding="utf-8") for place in EXAMPLES.iterdir() if place.is_file())
    assert not re.findall(r"Syria|Russia|Moscow|Islamic State|Palmyra|\bUN\b|United Nations", told)
    story = json.loads((EXAMPLES / "story.json").read_text(encoding="utf-8"))
    noted = [note for note in story["notes"] if note.get("public") and note["about"].startswith("Q")]
    assert len(noted) == len(story["questions"])
    assert all("all who speak of it" in note["text"] and "are invented" in note["text"] for note in noted)


def test_the_story_is_told_in_a_dozen_lines_with_the_paths(claims: Claims) -> None:
    told = claims("demo", "shown").out
    story = [line for line in told.splitlines() if line.strip()]
    assert len(story) <= 16
    assert "Many outlets, one source" in told
    assert "has “As many as 400" in told
    assert "Separate sources differ" in told
    assert "Look next" in told
    assert "shown/ledger.db" in told
    assert "shown/report.html" in told


def test_without_a_folder_it_makes_a_temporary_one(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = claims("demo", "--json").json
    assert Path(made["ledger"]).parent.parent == tmp_path


def test_a_ledger_that_is_there_already_is_left_alone(claims: Claims) -> None:
    claims("demo", "shown", "--quiet")
    before = (claims.folder / "shown/ledger.db").read_bytes()
    ran = claims("demo", "shown", code=2)
    assert "already" in ran.err
    assert (claims.folder / "shown/ledger.db").read_bytes() == before
    claims.file("notes.txt", "x")
    assert "not a folder" in claims("demo", "notes.txt", code=2).err


def test_nothing_in_the_program_knows_the_examples() -> None:
    story = json.loads((EXAMPLES / "story.json").read_text(encoding="utf-8"))
    telling = {c["exact"] for c in story["claims"]} | {a["publisher"] for a in story["articles"] if "publisher" in a}
    telling |= {"Harbour Daily", story["questions"][0]["text"]}
    for path in [*ROOT.glob("ledger/**/*.py"), *ROOT.glob("cli/**/*.py")]:
        source = path.read_text(encoding="utf-8")
        for words in telling:
            assert not re.search(re.escape(words), source, re.IGNORECASE), (path, words)
