"""Fields of one's own and templates: typed, shown, filtered, edited in a sheet, kept in the house unless public."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from conftest import Claims, begins
from openpyxl import load_workbook

TEXT = """\
A ferry hand of the night shift drowned at the upper lock, said the Lock Office. The lock was closed for a week.

At least 30 barges waited, according to the Barge Union.
"""


@begins
def desk(claims: Claims) -> Claims:
    claims("capture", claims.file("lock.txt", TEXT), "--publisher", "Canal Times", "--published", "2031-05-02")
    claims("field", "add", "victim age", "--on", "claim", "--type", "number")
    claims("add", "A ferry hand of the night shift drowned", "--article", "A1", "--by", "the Lock Office")
    claims("add", "At least 30 barges waited", "--article", "A1", "--by", "the Barge Union")
    claims("add", "The lock was closed for a week", "--article", "A1")
    return claims


def own(desk: Claims, id_: str) -> dict[str, str]:
    fields: dict[str, str] = desk("show", id_, "--json").json["fields"]
    return fields


# --- values -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "typed", "kept"),
    [
        (["number"], "34", "34"), (["number"], " 034.50 ", "34.5"), (["number"], "-0", "0"), (["number"], "1e3", "1000"),
        (["date"], "27 March 2031", "2031-03-27"), (["date"], "2031-03", "2031-03"), (["yes/no"], "Y", "yes"),
        (["yes/no"], "False", "no"), (["choice", "--choices", "North bank, south bank"], "NORTH  BANK", "North bank"),
        (["text"], "  as he said,\nand wept ", "as he said,\nand wept"),
    ],
)  # fmt: skip
def test_a_value_is_kept_in_one_spelling(desk: Claims, type_: list[str], typed: str, kept: str) -> None:
    desk("field", "add", "mark", "--type", *type_)
    desk("amend", "C1", "--field", f"mark={typed}")
    assert own(desk, "C1") == {"mark": kept}
    before = len(desk("log", "--json").lines)
    desk("amend", "C1", "--field", f"Mark={kept}")
    assert len(desk("log", "--json").lines) == before


@pytest.mark.parametrize(
    ("type_", "typed", "said"),
    [
        (["number"], "about 30", "not a number"), (["number"], "1,200", "not a number"), (["number"], "NaN", "not a number"),
        (["number"], "1" * 29, "not a number"), (["number"], "1e99", "not a number"), (["date"], "3/4/2031", "day or month"),
        (["yes/no"], "perhaps", "neither yes nor no"), (["choice", "--choices", "a,b"], "c", "there are: a, b"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(desk: Claims, type_: list[str], typed: str, said: str) -> None:
    desk("field", "add", "mark", "--type", *type_)
    refused = desk("amend", "C1", "--field", f"mark={typed}", code=2).err
    assert "mark" in refused
    assert said in refused
    assert own(desk, "C1") == {}


def test_fields_stand_on_every_noun(desk: Claims) -> None:
    desk("add", "The lock was closed", "--article", "A1", "--question", "How long was the lock closed?")
    for id_, noun in (("C1", "claim"), ("A1", "article"), ("S2", "source"), ("Q1", "question")):
        desk("field", "add", f"of the {noun}", "--on", noun)
        desk("amend", id_, "--field", f"of the {noun}=kept by Ana")
        assert own(desk, id_) == {f"of the {noun}": "kept by Ana"}
        assert f"of the {noun}: kept by Ana" in desk("show", id_).out
        assert [row["id"] for row in desk("list", f"{noun}s", "--field", f"of the {noun}", "--json").lines] == [id_]
    assert "not of sources" in desk("amend", "S2", "--field", "victim age=3", code=2).err


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("victim age>30", ["C1"]), ("victim age>=34", ["C1"]), ("victim age<34", ["C2"]), ("victim age=34.0", ["C1"]),
        ("victim age!=34", ["C2"]), ("victim age", ["C1", "C2"]), ("victim age=", ["C3"]), ("VICTIM AGE <= 9", ["C2"]),
    ],
)  # fmt: skip
def test_a_list_takes_conditions(desk: Claims, condition: str, found: list[str]) -> None:
    desk("amend", "C1", "--field", "victim age=34")
    desk("amend", "C2", "--field", "victim age=9")
    assert [c["id"] for c in desk("list", "--field", condition, "--json").lines] == found


def test_a_condition_that_means_nothing_is_refused(desk: Claims) -> None:
    desk("field", "add", "mood")
    desk("list", "--field", "mood>glad", code=2)
    desk("list", "--field", "victim age>", code=2)
    desk("list", "--field", "victim age>old", code=2)
    desk("list", "--field", "nothing=1", code=3)
    desk("list", "evidence", "--field", "mood", code=2)


def test_words_of_a_field_are_found(desk: Claims) -> None:
    desk("field", "add", "lead")
    desk("amend", "C3", "--field", "lead=ring the harbour master of Osk")
    assert [c["id"] for c in desk("search", "harbour osk", "--json").lines] == ["C3"]


# --- fields -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "exact",
        "Published at",
        "uid",
        "article id",
        "merged into",
        "Publisher",
        "a,b",
        "=x",
        "a<b",
        '"x"',
        "x" * 41,
        "\u200b",
        "- x",
    ],
)
def test_a_name_that_would_be_read_otherwise_is_refused(desk: Claims, name: str) -> None:
    desk("field", "add", name, code=2)


def test_a_field_changes_only_while_its_values_fit(desk: Claims) -> None:
    desk("amend", "C1", "--field", "victim age=34")
    desk("field", "amend", "victim age", "--type", "yes/no", code=1)
    desk("field", "amend", "victim age", "--type", "choice", "--choices", "33,34")
    desk("field", "amend", "victim age", "--choices", "32,33", code=1)
    desk("field", "rename", "victim age", "age of the victim", "--because", "plainer")
    assert own(desk, "C1") == {"age of the victim": "34"}
    desk("undo", "2")
    assert own(desk, "C1") == {"victim age": "34"}
    (field,) = desk("field", "list", "--json").lines
    assert (field["type"], field["choices"], field["values"]) == ("number", [], 1)
    desk("redo", "2")
    assert own(desk, "C1") == {"age of the victim": "34"}
    assert desk("verify", "--json").json["ok"]


def test_a_field_goes_with_its_values_only_if_that_is_said(desk: Claims) -> None:
    desk("amend", "C1", "--field", "victim age=34")
    assert "C1" in desk("field", "retract", "victim age", "--because", "no use", code=1).err
    desk("field", "retract", "victim age", "--because", "no use", "--with-values")
    assert own(desk, "C1") == {}
    desk("undo")
    assert own(desk, "C1") == {"victim age": "34"}


def test_an_undo_leaves_what_others_rest_on(desk: Claims) -> None:
    desk("field", "add", "lead")
    desk("amend", "C1", "--field", "lead=x", "--actor", "eva")
    assert "values of it stand" in desk("undo").out
    desk("field", "retract", "lead", "--because", "x", "--with-values", "--actor", "eva")
    desk("field", "add", "Lead", "--type", "number", "--actor", "zoe")
    assert "another has its name" in desk("undo", "--actor", "eva").out
    assert [f["name"] for f in desk("field", "list", "--json").lines] == ["victim age", "Lead"]


def test_a_value_that_its_field_no_longer_holds_does_not_come_back(desk: Claims) -> None:
    desk("field", "add", "mark")
    desk("amend", "C1", "--field", "mark=old")
    desk("amend", "C1", "--field", "mark=7")
    desk("field", "amend", "mark", "--type", "number", "--actor", "eva")
    assert "holds other values" in desk("undo").out
    assert own(desk, "C1") == {"mark": "7"}


@pytest.mark.file
def test_values_are_redacted_with_their_thing_and_with_their_field(desk: Claims) -> None:
    desk("field", "add", "lead")
    for id_ in ("C1", "C2"):
        desk("amend", id_, "--field", f"lead=the secret of {id_}")
    desk("redact", "--yes", "C1", "--because", "a court")
    assert b"secret of C1" not in desk.ledger.read_bytes()
    assert own(desk, "C2") == {"lead": "the secret of C2"}
    uid = next(f["uid"] for f in desk("field", "list", "--json").lines if f["name"] == "lead")
    desk("redact", "--yes", uid, "--because", "a court")
    assert b"secret of C2" not in desk.ledger.read_bytes()
    assert own(desk, "C2") == {}
    assert desk("verify", "--json").json["ok"]


# --- out and in ---------------------------------------------------------------------------------------------------


def sheet(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    return path


def test_a_cell_edited_in_a_sheet_is_one_entry(desk: Claims) -> None:
    desk("field", "add", "seen on", "--type", "date")
    desk("amend", "C1", "--field", "victim age=34", "--field", "seen on=2031-05-04")
    out = desk.folder / "out.csv"
    desk("export", "-o", out)
    rows = sheet(out)
    assert (rows[0]["victim age"], rows[0]["seen on"], rows[1]["victim age"]) == ("34", "2031-05-04", "")
    rows[0] |= {"victim age": "34.0", "seen on": "4/5/2031"}  # as a spreadsheet saves them
    assert desk("import", write(out, rows), "--json").json["changed"] == 0
    rows[0]["victim age"] = "35"
    before = len(desk("log", "--json").lines)
    done = desk("import", write(out, rows), "--json").json
    assert done["changes"] == [{"claim": "C1", "cell": "victim age", "was": "34", "now": "35", "ours": False}]
    assert [e["kind"] for e in desk("log", "--since", str(before), "--json").lines] == ["value"]
    assert "column" not in desk("import", out).err
    rows[0]["victim age"] = ""
    desk("import", write(out, rows), code=2)  # the ledger has 35 by now, the row's record 34
    desk("export", "-o", out, "--format", "csv")
    rows = sheet(out)
    rows[0]["victim age"], rows[1]["victim age"] = "", "old"
    refused = desk("import", write(out, rows), code=2)
    assert "row 3" in refused.err
    assert "not a number" in refused.err
    assert (own(desk, "C1"), own(desk, "C2")) == ({"seen on": "2031-05-04"}, {})


def test_an_edited_cell_of_a_field_that_is_called_otherwise_now_is_told(desk: Claims) -> None:
    desk("amend", "C1", "--field", "victim age=34")
    out = desk.folder / "out.csv"
    desk("export", "-o", out)
    desk("field", "rename", "victim age", "age of the victim")
    rows = sheet(out)
    assert desk("import", out, "--json").json["changed"] == 0
    rows[0]["victim age"] = "35"
    assert "no field 'victim age'" in desk("import", write(out, rows), code=2).err


def test_a_new_row_and_a_strange_sheet_fill_the_columns_of_a_name(desk: Claims) -> None:
    out = desk.folder / "out.csv"
    desk("export", "-o", out)
    row = dict.fromkeys(sheet(out)[0], "") | {
        "exact": "according to the Barge Union", "file": "lock.txt", "publisher": "Canal Times", "published_at": "2031-05-02",
        "victim age": "7",
    }  # fmt: skip
    desk("import", write(out, [row]))
    assert own(desk, "C4") == {"victim age": "7"}
    desk(
        "import", desk.file("s.csv", "Quote,Outlet,Date,Victim Age\nHe fell,Lock Post,2031-05-03,40\n"), "--map", "auto"
    )
    assert own(desk, "C5") == {"victim age": "40"}
    line = {"exact": "She fell", "article": {"title": "Notes"}, "fields": {"victim age": "41", "shoe size": "7"}}
    desk("import", desk.file("l.jsonl", json.dumps(line) + "\n"))
    assert own(desk, "C6") == {"victim age": "41"}
    assert desk("show", "C6", "--json").json["extra"] == {"fields": {"shoe size": "7"}}


def test_fields_stand_in_every_export_and_come_back(desk: Claims, tmp_path: Path) -> None:
    desk("field", "add", "desk", "--on", "article", "--public")
    desk("amend", "C1", "--field", "victim age=34")
    desk("amend", "A1", "--field", "desk=north")
    for name in ("o.jsonl", "o.xlsx", "o.parquet", "o.db"):
        desk("export", "-o", desk.folder / name)
    book = load_workbook(desk.folder / "o.xlsx")
    cells = {s.title: [dict(zip([c.value for c in s[1]], row, strict=True)) for row in s.iter_rows(2, values_only=True)]
             for s in book.worksheets}  # fmt: skip
    assert cells["Claims"][0]["victim age"] == "34"
    assert cells["Articles"][0]["desk"] == "north"
    assert desk("import", desk.folder / "o.xlsx", "--json").json["changed"] == 0
    assert desk("import", desk.folder / "o.jsonl", "--json").json["known"] == 3
    from pyarrow import parquet

    assert parquet.read_table(desk.folder / "o.parquet").to_pylist()[0]["victim age"] == "34"
    with sqlite3.connect(desk.folder / "o.db") as db:
        assert db.execute("SELECT about, field, value FROM fields").fetchall() == [("A1", "desk", "north")]
    desk("export", "--format", "ledger", "-o", desk.folder / "all.jsonl")
    root, other = desk("verify", "--json").json["root"], tmp_path / "other.db"
    desk("import", desk.folder / "all.jsonl", "--ledger", other)
    assert desk("verify", "--json", "--ledger", other).json["root"] == root
    assert desk("show", "C1", "--json", "--ledger", other).json["fields"] == {"victim age": "34"}


@pytest.mark.parametrize("format_", ["html", "md", "txt", "docx"])
def test_reports_show_what_is_public_alone(desk: Claims, format_: str) -> None:
    desk("field", "add", "lead")
    desk("field", "add", "watch", "--public")
    desk(
        "file",
        "C1",
        "--question",
        "Who drowned?",
        "--field",
        "lead=ask the night porter",
        "--field",
        "watch=seen twice",
    )
    out = desk.folder / f"r.{format_}"
    desk("report", "Q1", "-o", out)
    data = (
        b"".join(map(zipfile.ZipFile(out).read, zipfile.ZipFile(out).namelist()))
        if format_ == "docx"
        else out.read_bytes()
    )
    assert b"night porter" not in data
    assert b"seen twice" in data


def test_a_bundle_holds_no_entries_of_fields(desk: Claims) -> None:
    desk("field", "add", "lead")
    desk("file", "C1", "--question", "Who drowned?", "--field", "lead=ask the night porter")
    desk("key", "create", "--key", desk.folder / "k.pem")
    desk(
        "report", "Q1", "-o", desk.folder / "r.html", "--bundle", desk.folder / "b.zip", "--key", desk.folder / "k.pem"
    )
    with zipfile.ZipFile(desk.folder / "b.zip") as bundle:
        assert not any(b"night porter" in bundle.read(name) for name in bundle.namelist())


def test_what_leaves_is_searched_for_words_of_internal_fields(desk: Claims) -> None:
    desk("field", "add", "lead")
    desk("amend", "C1", "--field", "lead=ask the night porter twice")
    desk("amend", "C2", "--field", "lead=the Barge Union")
    desk("leakcheck", desk.file("out.txt", "He said: ask the night porter twice. The Barge Union agreed.\n"), code=1)
    desk("leakcheck", desk.file("out.txt", "The Barge Union agreed.\n"))


# --- templates ----------------------------------------------------------------------------------------------------


def test_a_template_gives_a_claim_its_defaults(desk: Claims) -> None:
    desk(
        "template", "add", "casualty", "--tag", "casualties", "--field", "victim age", "--question", "What of the victims?",
        "--question-kind", "count",
    )  # fmt: skip
    made = desk("add", "ferry hand of the night shift", "--article", "A1", "--template", "Casualty",
                "--field", "victim age=34", "--json").json  # fmt: skip
    assert (made["tags"], made["questions"], made["fields"]) == (["casualties"], ["Q1"], {"victim age": "34"})
    assert desk("question", "show", "Q1", "--json").json["kind"] == "count"
    desk("add", "for a week", "--article", "A1", "--template", "casualty", "--question", "How long?")
    assert desk("question", "show", "Q2", "--json").json["kind"] == "count"
    desk("template", "retract", "casualty", "--because", "x")
    desk("add", "said the Lock Office", "--article", "A1", "--template", "casualty", code=3)
    desk("undo")
    assert [t["name"] for t in desk("template", "list", "--json").lines] == ["casualty"]


def test_a_triage_asks_for_the_fields_of_a_template(desk: Claims) -> None:
    desk(
        "capture",
        desk.file("b.txt", "Smoke hung over the mill, the guild of millers said.\n"),
        "--publisher",
        "Mill Post",
    )
    desk("question", "add", "What was seen at the mill?")
    asked = desk("question", "list", "--json").lines[-1]["id"]
    desk("template", "add", "fire", "--tag", "fires", "--field", "victim age", "--question", asked)
    desk("triage", "A2", "--template", "fire", stdin="a\nold\n61\nq\n")
    assert own(desk, "C4") == {"victim age": "61"}
    claim = desk("show", "C4", "--json").json
    assert (claim["tags"], claim["questions"]) == (["fires"], [asked])
    desk("triage", "A2", "--template", "none", code=None)


def test_values_of_what_was_merged_are_shown_with_whose_they_were(desk: Claims) -> None:
    desk("field", "add", "beat", "--on", "question")
    desk("question", "add", "How many mills burnt?")
    desk("question", "add", "How many mills burnt down?")
    one, two = (q["id"] for q in desk("question", "list", "--json").lines[-2:])
    desk("amend", two, "--field", "beat=fires")
    desk("question", "merge", two, one)
    assert f"beat: fires (of {two})" in desk("show", one).out


def test_an_annotation_holds_public_values_alone(desk: Claims) -> None:
    desk("field", "add", "watch", "--public")
    desk("amend", "C1", "--field", "victim age=34", "--field", "watch=seen twice")
    out = desk("export", "--format", "annotations").out
    assert "seen twice" in out
    assert "victim age" not in out


def test_numbers_and_strange_things_under_fields_are_taken_or_passed_over(desk: Claims) -> None:
    article = {"title": "Lock", "publisher": "Hill Post"}
    line = {"exact": "The lock was closed for a week", "article": article, "cite": "p. 3"}
    desk.file("more.jsonl", json.dumps(line | {"fields": {"victim age": 34}}))
    desk("import", desk.folder / "more.jsonl")
    assert own(desk, "C4") == {"victim age": "34"}
    desk("export", "-o", desk.folder / "all.csv")
    text = (desk.folder / "all.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for strange in (5, ["x"], "abc", {"victim age": None}):
        rows[0]["record"] = json.dumps(json.loads(rows[0]["record"]) | {"fields": strange})
        with (desk.folder / "edited.csv").open("w", encoding="utf-8", newline="") as f:
            sheet = csv.DictWriter(f, rows[0])
            sheet.writeheader()
            sheet.writerows(rows)
        desk("import", desk.folder / "edited.csv", "--dry-run", code=None)
        assert "error in Claim Ledger" not in desk.ran[-1].err


def test_what_has_no_fields_gets_none_and_no_number_is_kept_that_would_not_fit(desk: Claims) -> None:
    desk(
        "evidence", "add", "https://port.example/photo", "--for", "C1", "--shows", "the lock", "--reference", code=None
    )
    if desk.ran[-1].code == 0:
        assert "no fields of your own" in desk("amend", "E1", "--field", "victim age=3", code=2).err
    assert "too long a number" in desk("amend", "C1", "--field", "victim age=1e28", code=2).err
    said = desk("amend", "C1", "--field", "Victim Age=1", "--field", "victim age=2", code=2).err
    assert "each once" in said


def test_text_in_a_cell_is_another_text_where_it_is_the_same_number(desk: Claims) -> None:
    desk("field", "add", "code")
    desk("field", "add", "batch")
    desk("amend", "C1", "--field", "code=7", "--field", "batch=2024-02-01")
    desk("export", "-o", desk.folder / "all.csv")
    text = (desk.folder / "all.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    rows[0] |= {"code": "007", "batch": "1/2/2024"}
    with (desk.folder / "edited.csv").open("w", encoding="utf-8", newline="") as f:
        sheet = csv.DictWriter(f, rows[0])
        sheet.writeheader()
        sheet.writerows(rows)
    desk("import", desk.folder / "edited.csv", "--because", "as on the badge")
    assert (own(desk, "C1")["code"], own(desk, "C1")["batch"]) == ("007", "1/2/2024")
