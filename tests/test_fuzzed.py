"""What fuzzing found, one line each: a refusal in a sentence, with a documented exit code."""

from __future__ import annotations

import json

import pytest
from conftest import Claims, begins

TEXT = "The harbour office said at least 40 boats left Marsala on Monday.\n"


@begins
def desk(claims: Claims) -> Claims:
    claims("init", claims.ledger)
    about = ("--title", "T", "--publisher", "The Example", "--published", "2026-03-01")
    claims("capture", claims.file("a.txt", TEXT), *about, "--no-input")
    return claims


@pytest.mark.parametrize("place", [".", "..", "/", "sub"])
@pytest.mark.parametrize("verb", [("export",), ("report",), ("export", "--format", "ledger")])
def test_a_folder_is_no_file_to_write_to(desk: Claims, verb: tuple[str, ...], place: str) -> None:
    (desk.folder / "sub").mkdir()
    ran = desk(*verb, "-o", place, code=5)
    assert f"cannot write {place}: it is a folder" in ran.err


def test_a_suggestion_is_not_amended(desk: Claims) -> None:
    desk("suggest", "A1", "--accept", "1", "--no-input")
    ran = desk("amend", "M1", "--says", "x", code=1)
    assert "M1 is a proposal" in ran.err


@pytest.mark.parametrize("gone", ["root", "size", "format", "version"])
def test_an_export_whose_head_lacks_something_is_none(desk: Claims, gone: str) -> None:
    desk("export", "--format", "ledger", "-o", "all.jsonl")
    head, *rest = (desk.folder / "all.jsonl").read_text(encoding="utf-8").splitlines()
    bent = {name: value for name, value in json.loads(head).items() if name != gone}
    desk.file("bent.jsonl", "\n".join([json.dumps(bent), *rest]) + "\n")
    ran = desk("import", "bent.jsonl", "--ledger", "new.db", code=2)
    assert "Traceback" not in ran.err
    if gone in ("root", "size", "version"):
        assert "is not an export of a ledger" in ran.err


@pytest.mark.parametrize("mapping", ["Quote=ex\ract", "Quote=ex\r\nact", "x" * 140_000])
def test_a_mapping_that_is_none_is_refused(desk: Claims, mapping: str) -> None:
    sheet = desk.file("sheet.csv", "Quote,Link\nat least 40 boats,https://daily.example/1\n")
    ran = desk("import", sheet, "--map", mapping, "--no-input", code=2)
    assert ran.err.startswith("claims: ")


def test_a_mapping_may_stand_on_several_lines(desk: Claims) -> None:
    sheet = desk.file("sheet.csv", "Quote,Link\nat least 40 boats,https://daily.example/1\n")
    for end in ("\n", "\r\n", "\r"):
        ran = desk("import", sheet, "--map", f"Quote=exact{end}Link=article.url", "--dry-run", "--no-input")
        assert "1 claim would be logged" in ran.out
