"""Spreadsheets: any encoding and delimiter, headers anywhere, local days and figures; what can be read two ways is asked."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from conftest import Claims
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import BadInput, ClaimsError
from ledger.exchange import rows as formats
from ledger.exchange import sheets
from ledger.exchange.sheets import days, delimited, fields, figures, header, workbook
from ledger.exchange.sheets.cells import EPOCH, Exact, Line

HEAD = ["Quote", "Said by", "Outlet", "Link", "Published", "Figure"]
ROW = [
    "At least 40 boats left",
    "the harbour office",
    "Example Gazette",
    "https://gazette.example/a",
    "2020-06-02",
    "40",
]


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "in.csv") -> str:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def table(*rows: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def book(folder: Path, *rows: list[Any], name: str = "in.xlsx", **others: list[list[Any]]) -> str:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Claims"
    for row in rows:
        sheet.append(row)
    for title, more in others.items():
        beside = made.create_sheet(title)
        for row in more:
            beside.append(row)
    made.save(folder / name)
    return str(folder / name)


def lines(name: str, **options: Any) -> list[Any]:
    """The lines of a sheet, an error as its message."""
    return [str(row.data) if isinstance(row.data, BadInput) else row.data for row in sheets.rows(name, **options)]


def figure(line: Any) -> str:
    """The figure of a line, in words or as bounds."""
    given = line["quantity"]
    return str(given if isinstance(given, str) else given["low"])


# --- the file -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_sheet_is_read_in_the_encoding_that_it_is_in(tmp_path: Path, encoding: str) -> None:
    rows = [["Zitat", "Medium"], ["Über „vierzig“ Boote verließen den Hafen von Öland", "Küstenblatt"]]
    (line,) = lines(written(tmp_path, table(*rows), encoding))
    assert line["exact"] == rows[1][0]
    assert line["article"]["publisher"] == "Küstenblatt"


@pytest.mark.parametrize("delimiter", list(",;\t|"), ids=["comma", "semicolon", "tab", "bar"])
def test_the_delimiter_is_the_one_that_makes_rows_equally_long(tmp_path: Path, delimiter: str) -> None:
    odd = ["60 boats, or 70; nobody knows", "Ann, of the port", "Gazette | North", "", "2020-06-03", "1,5"]
    found = delimited.read(written(tmp_path, table(HEAD, ROW, odd, ROW, delimiter=delimiter)))
    with found.lines() as read:
        assert [line.cells for line in read] == [HEAD, ROW, odd, ROW]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("sep=;\r\nQuote;Outlet\r\na, b;c\r\n", [["Quote", "Outlet"], ["a, b", "c"]]),
        ('Quote, Outlet\n"a, b", "c"\n', [["Quote", "Outlet"], ["a, b", "c"]]),
        ('Quote,Outlet\n"a \\"b\\", c",d\n', [["Quote", "Outlet"], ['a "b", c', "d"]]),
        ("Quote\nAt least 40 boats, he said\nNone\n", [["Quote"], ["At least 40 boats, he said"], ["None"]]),
        ('Quote;Outlet\r\n"two\r\nlines";x\r\n', [["Quote", "Outlet"], ["two\r\nlines", "x"]]),
        ('Quote,Outlet\nsaid "so" a,b\n', [["Quote", "Outlet"], ['said "so" a', "b"]]),
    ],
    ids=["sep", "spaces", "backslash", "one column", "line break", "loose marks"],
)
def test_dialects(tmp_path: Path, text: str, cells: list[list[str]]) -> None:
    with delimited.read(written(tmp_path, text)).lines() as read:
        assert [line.cells for line in read] == cells


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_row(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="row 3: a quotation mark opens a cell that is never closed"):
        sheets.plan(written(tmp_path, 'Quote,Outlet\nx,y\n"a,b\nc,d\n'))


def test_bytes_that_are_not_of_the_encoding_are_refused_with_their_row(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes(b"\xef\xbb\xbfQuote,Outlet\r\na,b\r\n\xff,c\r\n")
    with pytest.raises(BadInput, match="not all of it is utf-8"):
        sheets.plan(str(path))


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=8)
TABLES = st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(TEXT, min_size=n, max_size=n), min_size=1, max_size=5))


@given(TABLES, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]), st.booleans())
def test_any_table_written_in_a_named_dialect_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str, encoding: str, every: bool
) -> None:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(rows)
    path = tmp_path_factory.getbasetemp() / "law.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    first = out.getvalue().split("\r\n")[0].casefold()
    if first.lstrip().startswith(("sep=", '"sep=')):
        return  # Excel's own first line, which is no row
    marked = None if encoding != "utf-8" or out.getvalue().startswith("\ufeff") else "utf-8"
    with delimited.read(str(path), delimiter=delimiter, encoding=marked).lines() as read:
        found = [line.cells for line in read]
    if encoding == "utf-8" and rows[0][0].startswith("\ufeff"):
        rows[0][0] = rows[0][0].removeprefix("\ufeff")  # a mark is a mark
    assert found == rows


WORDS = st.text("abc xyzäéß’", min_size=1, max_size=12)
WIDE = st.integers(2, 5).flatmap(lambda n: st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=2, max_size=6))


@given(WIDE, st.sampled_from(",;\t|"), st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]))
def test_the_delimiter_of_a_table_is_found(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str, quoting: Any
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(rows)
    path = tmp_path_factory.getbasetemp() / "found.csv"
    path.write_bytes(out.getvalue().encode())
    with delimited.read(str(path)).lines() as read:
        assert [line.cells for line in read] == rows


XML = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff_=") | st.sampled_from("\n\t"),
    max_size=9,
)


@given(st.lists(st.lists(XML, min_size=2, max_size=3), min_size=1, max_size=4))
def test_any_table_in_a_workbook_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    folder = tmp_path_factory.getbasetemp()
    if not any(cell for row in rows for cell in row):
        return
    found = workbook.read(book(folder, *rows, name="law.xlsx"))
    with found.lines() as read:
        cells = [line.cells for line in read]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    assert cells[: len(rows)] == rows
    assert not any(cells[len(rows) :])


# --- workbooks ----------------------------------------------------------------------------------------------------


def test_a_workbook_gives_typed_days_and_numbers_and_fills_merged_cells_downwards(tmp_path: Path) -> None:
    name = book(
        tmp_path,
        ["Monitoring", None, None],
        [],
        ["Quote", "Outlet", "Link", "Published", "Figure"],
        ["a boat left", "Gazette", "https://g.example/a", datetime(2020, 6, 2), 1234.5],
        ["two boats left", None, None, datetime(2020, 6, 2, 10, 5), 2],
        ["three left", "Other", "https://o.example/b", 43985, 3],
    )
    made = openpyxl.load_workbook(name)
    sheet = made["Claims"]
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("C4:C5")
    made.save(name)
    first, second, third = lines(name)
    assert [first["article"]["published_at"], second["article"]["published_at"]] == [
        "2020-06-02",
        "2020-06-02T10:05:00",
    ]
    assert second["article"]["publisher"] == "Gazette"
    assert second["article"]["url"] == "https://g.example/a"
    assert third["article"]["published_at"] == "2020-06-03"
    assert [figure(line) for line in (first, second, third)] == ["1234.5", "2", "3"]
    assert [row.number for row in sheets.rows(name)] == [4, 5, 6]


def test_of_several_sheets_the_one_with_claims_is_read_and_two_are_asked_about(tmp_path: Path) -> None:
    name = book(tmp_path, HEAD, ROW, Notes=[["Who", "What"], ["Ann", "calls back"]])
    assert len(lines(name)) == 1
    name = book(tmp_path, HEAD, ROW, Week2=[HEAD, ROW, ROW])
    with pytest.raises(BadInput, match="several sheets: Claims, Week2") as e:
        lines(name)
    assert e.value.hint is not None
    assert "--sheet" in e.value.hint
    assert len(lines(name, sheet="week2")) == 2
    with pytest.raises(ClaimsError, match="no sheet 'Week3'"):
        lines(name, sheet="Week3")


def test_a_hidden_sheet_is_read_only_when_it_is_named(tmp_path: Path) -> None:
    name = book(tmp_path, HEAD, ROW, Hidden=[HEAD, ROW, ROW, ROW])
    made = openpyxl.load_workbook(name)
    made["Hidden"].sheet_state = "hidden"
    made.save(name)
    assert len(lines(name)) == 1
    assert len(lines(name, sheet="Hidden")) == 3


def test_a_formula_without_its_value_is_an_error_of_its_row_and_never_calculated(tmp_path: Path) -> None:
    name = book(tmp_path, HEAD, ROW, [*ROW[:5], "=20+20"], [*ROW[:5], 7])
    good, bad, also = lines(name)
    assert figure(good) == "40"
    assert bad == 'column F, "Figure": a formula without a value'
    assert also["quantity"] == "7"


def test_a_link_behind_words_is_the_article(tmp_path: Path) -> None:
    name = book(tmp_path, HEAD, [*ROW[:3], "read it here", *ROW[4:]])
    made = openpyxl.load_workbook(name)
    made["Claims"]["D2"].hyperlink = "https://gazette.example/linked"
    made.save(name)
    (line,) = lines(name, map_="auto, Link=article.url")
    assert line["article"]["url"] == "https://gazette.example/linked"


@pytest.mark.parametrize(
    ("limit", "most", "said"),
    [
        ("TEXTS_LIMIT", 3, "more than 3 texts"),
        ("MERGED_LIMIT", 1, "more than 1 ranges of merged cells"),
        ("COLUMNS_LIMIT", 1, "more cells than the 1 columns"),
    ],
)
def test_a_workbook_that_would_take_hours_is_refused_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, said: str
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
        sheet = made.add_worksheet()
        for n, row in enumerate((["quote", "title", "publisher"], ["At least 40 boats left", "Boats", "Daily"])):
            sheet.write_row(n, 0, row)
        sheet.merge_range("A4:A5", "x")
        sheet.merge_range("B4:B6", "y")
    monkeypatch.setattr(workbook, limit, most)
    with pytest.raises(BadInput, match=said):
        workbook.read(str(tmp_path / "a.xlsx"))


def test_a_table_wider_than_any_sheet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x," * 20_000 + "\n")
    with (
        pytest.raises(BadInput, match="a sheet has 16,384 columns at most"),
        delimited.read(str(tmp_path / "a.csv")).lines() as found,
    ):
        list(found)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = book(tmp_path, HEAD, *[ROW] * 500)
    monkeypatch.setattr(workbook, "UNPACKED_LIMIT", 10_000)
    with pytest.raises(BadInput, match="unpacks to"):
        sheets.plan(name)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 nothing [Content_Types].xml", "no XLSX workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old or a locked workbook"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "no table"),
        (b"", "nothing in the table"),
        (b"\x00\x01\x02\x03" * 100, "binary"),
    ],
    ids=["broken", "old", "other zip", "empty", "bytes"],
)
def test_what_is_no_table_is_said_to_be_none(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(data)
    with pytest.raises(BadInput, match=message):
        sheets.plan(str(path))


@given(st.binary(max_size=400), st.sampled_from([".csv", ".xlsx", ".json", ".jsonl", ""]), st.booleans())
def test_no_bytes_bring_about_anything_but_an_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, ending: str, zipped: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / f"fuzz{ending}"
    if zipped:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("[Content_Types].xml", data)
            archive.writestr("xl/workbook.xml", data)
        data = out.getvalue()
    path.write_bytes(data)
    try:
        for row in formats.rows(str(path)):
            assert row.number > 0
    except ClaimsError:
        pass


@given(st.data())
def test_a_workbook_with_a_damaged_part_is_an_error_and_no_more(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp()
    source = folder / "whole.xlsx"
    if not source.exists():
        book(folder, HEAD, ROW, name="whole.xlsx")
    raw = bytearray(source.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    damaged = folder / "damaged.xlsx"
    damaged.write_bytes(raw)
    with contextlib.suppress(ClaimsError):
        list(sheets.rows(str(damaged)))


# --- the header and the columns -----------------------------------------------------------------------------------


def test_rows_above_the_header_are_left_out_and_rows_count_as_people_see_them(tmp_path: Path) -> None:
    name = written(tmp_path, table(["Port monitoring, week 23"], [], HEAD, ROW, [], [""] * 5 + ["7"]))
    plan = sheets.plan(name)
    assert plan.header == 3
    good, bad = list(plan.rows())
    assert (good.number, bad.number) == (4, 6)
    assert str(bad.data) == 'no claim in this row: column A, "Quote", is blank'


def test_columns_without_a_header_or_with_the_same_one_keep_names_of_their_own() -> None:
    assert header.names(["Note", "", "Note", "\ufeffA\nB"], 5) == ["Note", "column B", "Note (2)", "A B", "column E"]


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Claim", "Speaker", "URL"], ["exact", "source", "article.url"]),
        (["Quote", "Claim", "According to"], ["exact", "says", "source"]),
        (["Quote", "Source", "Outlet"], ["exact", "source", "article.publisher"]),
        (["Quote", "Source", "Said by"], ["exact", "article.publisher", "source"]),
        (["quote_text?", "Date published", "Date"], ["exact", "article.published_at", "event_time"]),
        (["Statement", "publishedAt", "Town"], ["exact", "article.published_at", "place"]),
        (["Zitat", "Quelle", "Medium"], ["exact", "source", "article.publisher"]),
        (["Claim", "Rating", "Status", "Notes"], ["exact", None, None, None]),
        (["Claim", "Min", "Max", "Unit"], ["exact", "low", "high", "unit"]),
        (["Citation", "Anything"], [None, None]),
    ],
)
def test_headers_are_guessed_by_their_names_and_by_each_other(headers: list[str], expected: list[str | None]) -> None:
    found = fields.guess(headers, [["https://e.example/a"] if "URL" in h else ["words"] for h in headers])
    assert [g.field for g in found] == expected


def test_a_column_of_addresses_is_one_whatever_it_is_called_and_a_count_of_rows_is_no_figure() -> None:
    urls = ["https://a.example/1", "http://b.example/2"]
    found = fields.guess(["Number", "Claim", "Source", "Link"], [["1", "2"], ["x", "y"], urls, ["here", "there"]])
    assert [g.field for g in found] == [None, "exact", "article.url", None]


def test_a_source_alone_is_in_doubt_and_a_doubt_is_not_imported_unless_it_is_confirmed(tmp_path: Path) -> None:
    name = written(tmp_path, table(["Quote", "Source", "URL"], ["a", "Ann Office", "https://e.example/a"]))
    with pytest.raises(BadInput, match='"Source": who said it, or the outlet'):
        lines(name)
    assert lines(name, map_="auto")[0]["attribution"] == [{"source": "Ann Office", "role": "origin"}]
    (line,) = lines(name, map_="auto, Source=publisher")
    assert "attribution" not in line
    assert line["article"]["publisher"] == "Ann Office"


def test_a_sheet_without_a_claim_names_the_headers_that_it_has(tmp_path: Path) -> None:
    name = written(tmp_path, table(["Name", "Phone"], ["Ann", "1"], ["Ben", "2"]))
    with pytest.raises(BadInput, match="its headers are: Name, Phone"):
        lines(name)


def test_a_chain_goes_from_relays_to_who_said_it_and_what_is_not_mapped_stays_under_extra(tmp_path: Path) -> None:
    head = [*HEAD, "Via", "Affiliation", "Tags", "Verdict", "Notes"]
    row = [*ROW, "State Radio", "Port Authority", "boats; north", "half true", "=call back"]
    (line,) = lines(written(tmp_path, table(head, row)))
    assert [(h["source"], h["role"]) for h in line["attribution"]] == [
        ("State Radio", "relay"), ("Port Authority", "affiliation"), ("the harbour office", "origin"),
    ]  # fmt: skip
    assert line["tags"] == ["boats", "north"]
    assert line["extra"] == {"Verdict": "half true", "Notes": "=call back"}


def test_the_marks_that_hold_a_whole_quote_and_the_mark_before_a_formula_are_not_the_quotes(tmp_path: Path) -> None:
    rows = [
        ["Quote", "Outlet"],
        ["“Forty boats left”", "G"],
        ["'+40 boats", "G"],
        ['"A" and "B"', "G"],
        ["'tis so", "G"],
    ]
    assert [line["exact"] for line in lines(written(tmp_path, table(*rows)))] == [
        "Forty boats left", "+40 boats", '"A" and "B"', "'tis so",
    ]  # fmt: skip


def test_a_claim_whose_outlet_alone_is_known_is_cited_and_one_without_is_refused(tmp_path: Path) -> None:
    cited, bad = lines(written(tmp_path, table(HEAD, ["a", "", "Radio One", "", "2020-06-02", ""], ["b", *[""] * 5])))
    assert cited["article"] == {
        "publisher": "Radio One",
        "published_at": "2020-06-02",
        "title": "Radio One, 2020-06-02",
    }
    assert bad == 'nothing says which article this stands in: column D, "Link", is blank'


def test_blank_cells_are_filled_down_only_where_that_is_asked(tmp_path: Path) -> None:
    name = written(tmp_path, table(HEAD, ROW, ["b", *[""] * 5]))
    assert isinstance(lines(name)[1], str)
    filled = lines(name, map_="auto, fill_down=Outlet, fill_down=Link")[1]
    assert filled["article"] == {"publisher": "Example Gazette", "url": "https://gazette.example/a"}


# --- days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "order", "expected"),
    [
        ("02.06.2020", None, "2020-06-02"),
        ("2.6.20", None, "2020-06-02"),
        ("13/06/2020", None, "2020-06-13"),
        ("06/13/2020", None, "2020-06-13"),
        ("03/04/2020", "dmy", "2020-04-03"),
        ("03/04/2020", "mdy", "2020-03-04"),
        ("3-4-2020 17:05", "dmy", "2020-04-03T17:05"),
        ("4/3/2020 5:05 PM", "mdy", "2020-04-03T17:05"),
        ("2020/06/02", None, "2020-06-02"),
        ("2020-06-02", None, "2020-06-02"),
        ("2020-06-02 00:00:00", None, "2020-06-02"),
        ("2024-05-03 10:11:12 UTC", None, "2024-05-03T10:11:12Z"),
        ("2024-05-03T10:11:12+02:00", None, "2024-05-03T10:11:12+02:00"),
        ("June 2, 2020", None, "2020-06-02"),
        ("2nd of June 2020", None, "2020-06-02"),
        ("Tue, 2 Jun 2020 10:05", None, "2020-06-02T10:05"),
        ("Dienstag, 2. Juni 2020", None, "2020-06-02"),
        ("1er août 2020", None, "2020-08-01"),
        ("2 de junio de 2020", None, "2020-06-02"),
        ("March 2016", None, "2016-03"),
        ("03/2016", None, "2016-03"),
        ("2016", None, "2016"),
        ("2016-03-07/27", None, "2016-03-07/27"),
        (Exact("43985"), None, "2020-06-03"),
        (Exact("2016"), None, "2016"),
    ],
)
def test_days_as_sheets_write_them(cell: str, order: str | None, expected: str) -> None:
    assert days.iso(cell, order, EPOCH) == expected


@pytest.mark.parametrize(
    "cell", ["31.02.2020", "yesterday", "2.6.", "12/2020/3", "June", "40", "2 June 2020 99:00", "x" * 99]
)
def test_what_is_no_day_is_refused(cell: str) -> None:
    with pytest.raises(BadInput):
        days.iso(cell, "dmy", EPOCH)


@given(
    st.dates(date(1970, 1, 1), date(2068, 12, 31)),
    st.sampled_from(["dmy", "mdy"]),
    st.sampled_from("/-"),
    st.booleans(),
)
def test_a_day_written_in_the_order_that_is_said_is_that_day(day: date, order: str, mark: str, short: bool) -> None:
    year = f"{day.year % 100:02d}" if short else str(day.year)
    parts = [day.day, day.month] if order == "dmy" else [day.month, day.day]
    assert days.iso(mark.join([*map(str, parts), year]), order, EPOCH) == day.isoformat()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["03/04/2020", "13/04/2020"], ["2020-04-03", "2020-04-13"]),
        (["03/04/2020", "04/13/2020"], ["2020-03-04", "2020-04-13"]),
        (["03.04.2020", "04.05.2020"], ["2020-04-03", "2020-05-04"]),
        (["05/05/2020", "2020-06-07"], ["2020-05-05", "2020-06-07"]),
    ],
    ids=["day first", "month first", "points", "same both ways"],
)
def test_the_order_of_day_and_month_is_told_by_the_whole_column(
    tmp_path: Path, cells: list[str], expected: list[str]
) -> None:
    name = written(tmp_path, table(HEAD, *[[*ROW[:4], cell, ""] for cell in cells]))
    assert [line["article"]["published_at"] for line in lines(name)] == expected


@pytest.mark.parametrize(
    "cells", [["03/04/2020", "05/06/2020"], ["03/04/2020", "13/04/2020", "04/13/2020"]], ids=["open", "both"]
)
def test_days_that_can_be_read_two_ways_are_asked_about(tmp_path: Path, cells: list[str]) -> None:
    name = written(tmp_path, table(HEAD, *[[*ROW[:4], cell, ""] for cell in cells]))
    with pytest.raises(BadInput, match="3 April or 4 March") as e:
        lines(name)
    assert e.value.hint is not None
    assert "dates=dmy" in e.value.hint
    assert lines(name, map_="auto, dates=mdy")[0]["article"]["published_at"] == "2020-03-04"


def test_far_below_the_first_rows_a_day_still_tells_the_order(tmp_path: Path) -> None:
    rows = [[*ROW[:4], "03/04/2020", ""]] * 900 + [[*ROW[:4], "25/12/2020", ""]]
    assert lines(written(tmp_path, table(HEAD, *rows)))[0]["article"]["published_at"] == "2020-04-03"


# --- figures ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "decimal", "expected"),
    [
        ("1.234,5", ",", "1234.5"),
        ("1,234.5", ".", "1234.5"),
        ("1 234", None, "1234"),
        ("1\u202f234,5", ",", "1234.5"),
        ("1’234", None, "1234"),
        ("12'345'678", None, "12345678"),
        ("at least 1.200 militants", ",", "at least 1200 militants"),
        ("between 1,200 and 1,500", ".", "between 1200 and 1500"),
        ("0,5", ",", "0.5"),
        ("40", None, "40"),
        ("on 12.03.2020", ",", "on 12.03.2020"),
        (Exact("1.234"), ",", "1.234"),
    ],
)
def test_figures_as_sheets_write_them(cell: str, decimal: str | None, expected: str) -> None:
    assert figures.plain(cell, decimal) == expected


@given(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from([",", "."]))
def test_a_number_written_with_its_marks_is_that_number(whole: int, part: int, decimal: str) -> None:
    grouped = f"{whole:,}".replace(",", "." if decimal == "," else ",")
    assert figures.plain(f"{grouped}{decimal}{part:02d}", decimal) == f"{whole}.{part:02d}"


@pytest.mark.parametrize(
    ("cells", "delimiter", "expected"),
    [
        (["1.234", "1,5"], ",", ["1234", "1.5"]),
        (["1,234", "2,500"], ",", ["1234", "2500"]),
        (["1.234", "7"], ";", ["1234", "7"]),
        (["1,234", "1,234,567"], ";", ["1234", "1234567"]),
    ],
)
def test_the_decimal_mark_is_told_by_the_whole_sheet(
    tmp_path: Path, cells: list[str], delimiter: str, expected: list[str]
) -> None:
    name = written(tmp_path, table(HEAD, *[[*ROW[:5], cell] for cell in cells], delimiter=delimiter))
    assert [line["quantity"] for line in lines(name)] == expected


@pytest.mark.parametrize(("cell", "delimiter"), [("1.234", ","), ("1,234", ";")])
def test_a_figure_that_can_be_read_two_ways_is_asked_about(tmp_path: Path, cell: str, delimiter: str) -> None:
    name = written(tmp_path, table(HEAD, [*ROW[:5], cell], delimiter=delimiter))
    with pytest.raises(BadInput, match=r"is it 1234 or 1\.234"):
        lines(name)
    assert lines(name, map_="auto, decimal=comma")[0]["quantity"] == ("1.234" if "," in cell else "1234")


def test_a_bare_number_keeps_the_hedge_that_the_claim_has_around_it(tmp_path: Path) -> None:
    rows = [
        ["At least 9 of 12 boats sank", "9"],
        ["At least 9 of 12 boats sank", "12"],
        ["Boats sank", "9"],
        ["Boats sank", "unclear"],
    ]
    name = written(tmp_path, table(["Quote", "Figure", "Outlet"], *[[*row, "G"] for row in rows]))
    floor, other, bare, none = lines(name)
    assert (floor["quantity"]["low"], floor["quantity"]["high"], floor["quantity"]["modifier"]) == (
        "9",
        None,
        "at_least",
    )
    assert other["quantity"]["low"] == "12"
    assert bare["quantity"] == "9"
    assert "quantity" not in none
    assert none["extra"] == {"Figure": "unclear"}
    assert list(sheets.rows(name))[3].notes == ("\"Figure\": no figure in 'unclear'; it is kept under extra",)


@pytest.mark.parametrize(
    ("cell", "url"),
    [
        ("gazette.example/a?b=1", "https://gazette.example/a?b=1"),
        ("www.gazette.example", "https://www.gazette.example"),
        ("<http://gazette.example/a>", "http://gazette.example/a"),
    ],
)
def test_an_address_as_people_type_it_is_completed_and_kept_as_it_was(tmp_path: Path, cell: str, url: str) -> None:
    name = written(tmp_path, table(HEAD, ROW, [*ROW[:3], cell, *ROW[4:]]))
    line = lines(name)[1]
    assert line["article"]["url"] == url
    assert line["extra"]["Link"] == cell


def test_a_header_may_say_it_twice_and_addresses_of_people_are_warned_of(tmp_path: Path) -> None:
    head = ["Claim / quote", "Newspaper or magazine", "Newspaper or outlet", "E-mail"]
    plan = sheets.plan(written(tmp_path, table(head, ["a", "G", "H", "ann@desk.example"])))
    assert [c.field for c in plan.columns] == ["exact", None, "article.publisher", None]
    assert plan.warnings[0].startswith('the column "E-mail" holds e-mail addresses')


def test_bounds_in_columns_of_their_own_are_the_figures_bounds(tmp_path: Path) -> None:
    head = ["Quote", "Outlet", "Min", "Max", "Unit"]
    both, floor = lines(written(tmp_path, table(head, ["a", "G", "10", "12", "boats"], ["b", "G", "10", "", ""])))
    assert both["quantity"] == {"low": "10", "high": "12", "unit": "boats", "modifier": "between"}
    assert floor["quantity"] == {"low": "10", "modifier": "at_least"}


# --- a mapping ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["toml", "json"])
def test_a_saved_mapping_does_the_same_again(claims: Claims, ending: str) -> None:
    rows = [
        ["Wer, wann", "Was", "Tag"],
        ["das Amt", "Vierzig Boote", "03/04/2020"],
        ["die Wache", "Zehn", "04/05/2020"],
    ]
    claims.file("in.csv", table(*rows))
    said = 'auto, "Wer, wann=source", Was=exact, Tag=article.published_at, dates=dmy, publisher:=Küstenblatt'
    claims("import", "in.csv", "--map", said, "--dry-run", "--save-map", f"m.{ending}")
    assert not claims.ledger.exists()
    shown = claims("import", "in.csv", "--map", f"m.{ending}", "--dry-run", "--json").json
    assert [c["exact"] for c in shown["claims"]] == ["Vierzig Boote", "Zehn"]
    assert shown["claims"][0]["published_at"] == "2020-04-03"
    assert shown["claims"][0]["publisher"] == "Küstenblatt"
    assert shown["sheets"][0]["columns"][0] == {"header": "Wer, wann", "field": "source", "example": "das Amt"}


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("Quot=exact", "no column 'Quot'"),
        ("Quote=exactly", "no field 'exactly'"),
        ("Quote", "not a part of a mapping"),
        ("auto, dates=ymd", "dates cannot be 'ymd'"),
        ("auto, header=x", "header"),
        ("auto, header=77", "row 77 is not a header"),
        ("auto, delimiter=xx", "not a delimiter"),
        ("auto, encoding=klingon", "no encoding"),
        ("missing.toml", "no such mapping"),
        ("auto, sheet=Two", "has no sheets"),
    ],
)
def test_a_mapping_that_does_not_fit_says_why(tmp_path: Path, said: str, message: str) -> None:
    with pytest.raises(ClaimsError, match=message):
        lines(written(tmp_path, table(HEAD, ROW)), map_=said)


@pytest.mark.parametrize("text", ["[columns\n", '{"columns": 5}', '{"colums": {}}', "[]", "\x00"])
def test_a_file_that_is_no_mapping_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.toml").write_text(text)
    with pytest.raises(BadInput):
        lines(written(tmp_path, table(HEAD, ROW)), map_=str(tmp_path / "m.toml"))


# --- as a person imports it ---------------------------------------------------------------------------------------


def test_a_sheet_is_shown_then_logged_once(claims: Claims) -> None:
    claims.file(
        "week.csv", table(["Week 23"], HEAD, ROW, [*ROW[:4], "no day", "1"], ["Ten boats sank", "Ada Brunn", *ROW[2:]])
    )
    dry = claims("import", "week.csv", "--dry-run", code=2)
    assert "header in row 2" in dry.out
    assert "article.publisher" in dry.out
    assert "2 claims would be logged" in dry.out
    assert "week.csv, row 4: column E, \"Published\": not a date: 'no day'" in dry.err
    assert "Ada Brunn looks like the name of a private person" in dry.err
    assert not claims.ledger.exists()
    claims("import", "week.csv", "--strict", code=2)
    assert not claims.ledger.exists()
    ran = claims("import", "week.csv", "--json", code=2).json
    assert (ran["logged"], ran["articles"], ran["failed"]) == (2, 1, 1)
    assert claims("import", "week.csv", "--json", code=2).json["logged"] == 0
    shown = claims("show", "C1", "--json").json
    assert (shown["anchored"], shown["quantities"][0]["low"]) == (False, "40")
    assert "C1 is not anchored" in claims("check", "C1", "yes").err
    claims("file", "C1", "--question", "How many left?")
    assert "(not anchored)" in claims("question", "show", "Q1").out
    claims("report", "Q1", "-o", "r.html")
    assert "no saved copy" in (claims.folder / "r.html").read_text(encoding="utf-8")


def test_a_doubtful_sheet_is_refused_with_its_columns_and_nothing_is_logged(claims: Claims) -> None:
    claims.file("in.csv", table(["Quote", "Source", "URL"], ["a boat left", "the office", "https://e.example/a"]))
    ran = claims("import", "in.csv", code=2)
    assert "--map auto" in ran.err
    assert "article.url" in ran.err
    assert not claims.ledger.exists()
    assert claims("import", "in.csv", "--map", "auto", "--json").json["logged"] == 1


def test_a_claim_in_a_sheet_is_anchored_where_its_article_is_known_and_refused_where_it_does_not_stand(
    claims: Claims,
) -> None:
    page = claims.file("page.txt", "At least 40 boats left the port, the harbour office said.")
    claims(
        "capture",
        page,
        "--url",
        ROW[3],
        "--title",
        "Boats",
        "--publisher",
        "Example Gazette",
        "--published",
        "2020-06-02",
    )
    claims.file("in.csv", table(HEAD, ROW, ["At least 50 boats left", *ROW[1:]]))
    ran = claims("import", "in.csv", code=2)
    assert "row 3: the quote is not in the text" in ran.err
    assert claims("show", "C1", "--json").json["anchored"] is True


def test_standard_input_can_be_a_sheet(claims: Claims) -> None:
    ran = claims("import", "-", "--format", "csv", "--json", stdin=table(HEAD, ROW, delimiter=";"))
    assert ran.json["logged"] == 1


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_our_own_export_comes_back_as_it_was(claims: Claims, format_: str) -> None:
    page = claims.file("page.txt", "=40 boats left the port, the harbour office said. At least 60 sank.")
    claims(
        "capture",
        page,
        "--url",
        "https://g.example/a",
        "--title",
        "+Boats",
        "--publisher",
        "Gazette",
        "--published",
        "2020",
    )
    claims("add", "=40 boats left the port", "--article", "A1", "--by", "the harbour office", "--question", "How many?")
    claims("add", "At least 60 sank", "--article", "A1", "--says", "'quoted")
    claims("add", "A dozen were hurt", "--cite", "Radio One, 8 pm", "--by", "@baker", "--when", "2020-06-02")
    more = {
        "exact": "'+ten\tboats", "article": {"title": "=T", "publisher": "Gazette"}, "extra": {"Verdict": "half", "n": [1]},
        "place": {"name": "the port", "latitude": "54.1"}, "tags": ["a", "b"], "says": "@x",
        "times": [{"text": "May 8", "role": "event", "alternatives": [{"earliest": "2020-05-08", "latest": "2020-05-08"}]}],
    }  # fmt: skip
    claims("import", claims.file("more.jsonl", json.dumps(more)))
    claims("export", "-o", f"one.{format_}")
    claims("export", "-o", "one.jsonl")
    other = ["--ledger", str(claims.folder / "other.db")]
    assert claims("import", f"one.{format_}", "--json", *other).json["logged"] == 4
    claims("export", "-o", "two.jsonl", *other)
    first, second = (
        [json.loads(line) for line in (claims.folder / f"{name}.jsonl").read_text().splitlines()]
        for name in ("one", "two")
    )
    for line in (*first, *second):
        # without the article's text nothing can be anchored, so places and what they tell are not known there
        for name in ("start", "prefix", "suffix", "mode"):
            line.pop(name, None)
        for part in (*line.get("quantities", ()), *line.get("attribution", ()), *line.get("times", ())):
            for name in ("start", "end", "cue_start", "cue_end", "text"):
                part.pop(name, None)
    assert second == first


def test_header_search_prefers_known_names_to_long_rows() -> None:
    rows = [Line(1, ["x"] * 9), Line(2, HEAD), Line(3, ROW)]
    assert header.find(rows).number == 2


def test_a_sheet_that_does_not_say_who_spoke_says_so(claims: Claims) -> None:
    without = claims.file("a.csv", "Quote;Outlet\nAt least 40 boats left;Example Daily\n")
    told = claims("import", without, "--dry-run").out
    assert "who said it: no column says; the outlet itself then" in told
    assert "1 claim would be logged, 0 known already, 0 bad lines\nnew: 1 article, 1 source" in told
    with_one = claims.file(
        "b.csv", "Behauptung;Wer sagt es;Medium\nAt least 40 boats left;harbour office;Example Daily\n"
    )
    told = claims("import", with_one, "--dry-run").out
    assert "no column says" not in told
    assert "harbour office" in told


@pytest.mark.parametrize(
    ("header", "row", "found"),
    [
        ("claimReview_claimReviewed,claimReview_url,creativeWork_author_name,claimReview_author_name",
         "Forty boats left,https://port.example/1,Nora Bly,Check Desk",
         {"exact": "Forty boats left", "attribution": ["Nora Bly"], "publisher": "Check Desk", "url": "https://port.example/1"}),
        ("Claim,Claimant,Claim date,Fact-check URL,Publisher", "Forty boats left,Nora Bly,2031-05-04,https://port.example/1,Desk",
         {"attribution": ["Nora Bly"], "url": "https://port.example/1", "published_at": None, "as_of": "2031-05-04"}),
        ("Claim,Speaker,Outlet,Figure", "Boats left,Nora Bly,Gazette,0040", {"low": "40", "extra": {"Figure": "0040"}}),
        ("Claim,Speaker,Outlet,Figure", "Boats left,Nora Bly,Gazette,40%", {"low": "40", "unit": "percent"}),
        ("Claim,Speaker,Outlet,Figure", "Boats left,Nora Bly,Gazette,0.40", {"low": "0.4"}),
    ],
)  # fmt: skip
def test_a_column_is_read_by_what_it_means_and_a_cell_as_it_stands(
    claims: Claims, header: str, row: str, found: dict[str, object]
) -> None:
    claims.file("s.csv", f"{header}\n{row}\n")
    claims("import", "s.csv")
    claim = claims("show", "C1", "--json").json
    article = claims("show", claim["article"], "--json").json
    figure = claim["quantities"][0] if claim["quantities"] else {}
    days = {t["role"]: t["earliest"] for t in claim["times"]}
    told = figure | article | {"exact": claim["exact"], "extra": claim["extra"], "as_of": days.get("as_of")}
    told["attribution"] = [h["source"] for h in claim["attribution"]]
    assert {name: told.get(name) for name in found} == found


def test_a_low_figure_above_the_high_one_is_refused(claims: Claims) -> None:
    claims.file(
        "s.csv", "Claim,Speaker,Outlet,Low,High\nBoats left,Nora Bly,Gazette,60,40\nBoats sank,Nora Bly,Gazette,40,60\n"
    )
    assert "row 2: low is above high" in claims("import", "s.csv", code=2).err
    assert len(claims("list", "--json").lines) == 1


# --- bounds -------------------------------------------------------------------------------------------------------


def rows_of_boats(count: int) -> str:
    return "Claim,Publisher,Link\n" + "".join(
        f"At least {n} boats left the port,The Example,https://e.example/{n}\n" for n in range(1, count + 1)
    )


def test_a_dry_run_tries_the_first_lines_and_says_that_there_are_more(
    claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.importing.TRIED", 20)
    tried = claims("import", claims.file("many.csv", rows_of_boats(25)), "--dry-run")
    assert "20 claims would be logged" in tried.out
    assert "only the first 20 lines were tried" in tried.err
    assert claims("import", "many.csv", "--dry-run", "--json").json["cut"] is True
    whole = claims("import", claims.file("few.csv", rows_of_boats(20)), "--dry-run")
    assert "were tried" not in whole.err
    assert "25 claims logged" in claims("import", "many.csv", "--map", "auto").out


def test_a_dry_run_does_not_go_through_a_whole_workbook(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.importing.TRIED", 20)
    monkeypatch.setattr("cli.importing.LOOKED_AT", 30)
    book = openpyxl.Workbook()
    for line in rows_of_boats(60).splitlines():
        book.active.append(line.split(","))
    book.active["A900"], book.active["B900"] = '=HYPERLINK("x")', "nobody reads so far"
    book.save(claims.folder / "many.xlsx")
    assert "only the first 20 lines were tried" in claims("import", "many.xlsx", "--dry-run").err


def test_a_row_beyond_the_last_is_refused_and_not_left_out(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ledger.exchange.sheets.workbook.ROWS_LIMIT", 40)
    book = openpyxl.Workbook()
    for line in rows_of_boats(3).splitlines():
        book.active.append(line.split(","))
    book.active["A41"] = "At least 9 boats left the port"
    book.save(claims.folder / "long.xlsx")
    assert "a row beyond 40" in claims("import", "long.xlsx", "--map", "auto", code=2).err
