"""Exports of other programs: Meedan Check, auto-archiver, AVeriTeC; nothing of them is lost, nothing is added."""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Claims
from hypothesis import given
from hypothesis import strategies as st

from ledger import quantity
from ledger.claims import READ_AHEAD
from ledger.errors import BadInput, ClaimsError
from ledger.exchange import ahead, averitec, claim_lines
from ledger.exchange import rows as formats


def table(*rows: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


# --- Check --------------------------------------------------------------------------------------------------------

PUBLISHED = ["URL", "Title", "Summary", "Organization", "Country", "Date published on Check", "First detected on"]
CHECKED = [
    "https://facts.example/boats", "No, 60 boats did not sink", "The harbour office counted two.", "Faktencheck Nord",
    "Germany", "2024-05-03 10:11:12 UTC", "2024-05-01 08:00:00 UTC",
]  # fmt: skip


def test_a_published_fact_check_is_its_organisations_claim_and_all_cells_are_kept(claims: Claims) -> None:
    claims.file("check.csv", table(PUBLISHED, CHECKED))
    assert formats.told(str(claims.folder / "check.csv")) == "check"
    assert claims("import", "check.csv", "--json").json["logged"] == 1
    claim = claims("show", "C1", "--json").json
    assert (claim["exact"], claim["anchored"], claim["rating"]) == (CHECKED[1], False, None)
    assert (claim["publisher"], claim["published_at"]) == ("Faktencheck Nord", "2024-05-03")
    assert claim["attribution"] == []
    assert claim["extra"] == {"check": dict(zip(PUBLISHED, CHECKED, strict=True))}
    assert claims("import", "check.csv", "--json").json["known"] == 1


@pytest.mark.parametrize(
    ("head", "row", "exact", "where"),
    [
        (
            ["ID", "Title", "Summary", "URL", "Language", "Report Status", "Imported?"],
            ["7", "Two boats sank, not 60", "So it was.", "https://facts.example/7", "en", "published", "false"],
            "Two boats sank, not 60",
            {"url": "https://facts.example/7", "title": "Two boats sank, not 60", "language": "en"},
        ),
        (
            ["ID", "Title", "Summary", "URL", "Language", "Report Status", "Imported?"],
            ["8", "Not yet out", "", "", "de", "unpublished", "true"],
            "Not yet out",
            {"title": "Not yet out", "language": "de"},
        ),
        (
            ["Claim", "Item page URL", "Status", "Created by", "Submitted at", "Tags"],
            ["60 boats sank", "https://check.example/north/project/1", "False", "desk", "2024-05-02", "boats"],
            "60 boats sank",
            {"url": "https://check.example/north/project/1", "title": "60 boats sank"},
        ),
    ],
    ids=["fact-check", "without address", "item"],
)
def test_the_exports_of_a_workspace(tmp_path: Path, head: list[str], row: list[str], exact: str, where: Any) -> None:
    path = tmp_path / "check.csv"
    path.write_text(table(head, row), encoding="utf-8-sig")
    (found,) = formats.rows(str(path))
    assert isinstance(found.data, dict)
    assert found.data["exact"] == exact
    assert found.data["article"] == where
    assert found.data["extra"]["check"] == {name: cell for name, cell in zip(head, row, strict=True) if cell}


def test_a_fact_check_without_a_title_is_an_error_of_its_row(claims: Claims) -> None:
    claims.file("check.csv", table(PUBLISHED, ["https://facts.example/1", *[""] * 6], CHECKED))
    ran = claims("import", "check.csv", code=2)
    assert "check.csv, row 2: a row without a claim or a title" in ran.err
    assert "1 claim logged" in ran.out


# --- auto-archiver ------------------------------------------------------------------------------------------------

ARCHIVED = [
    "Link", "Archive status", "Destination folder", "Archive location", "Archive date", "Thumbnail", "Upload timestamp",
    "Upload title", "Text content", "Screenshot", "Hash", "WACZ", "ReplayWebpage",
]  # fmt: skip
PAGE = b"<html><body><article><p>The mayor said that 60 boats left the harbour on Monday morning.</p></article></body></html>"


def archived(link: str, **cells: str) -> list[str]:
    given = {"Link": link, "Archive status": "success", **{k.replace("_", " "): v for k, v in cells.items()}}
    return [given.get(name, "") for name in ARCHIVED]


def sheet(claims: Claims, *rows: list[str]) -> None:
    (claims.folder / "kept").mkdir(exist_ok=True)
    claims.file("kept/post.html", PAGE)
    claims.file("archive.csv", table(ARCHIVED, *rows))


def digest(data: bytes = PAGE) -> str:
    return "SHA-256:" + hashlib.sha256(data).hexdigest()


def test_an_archived_file_beside_the_sheet_becomes_the_saved_copy(claims: Claims) -> None:
    row = archived(
        "https://social.example/p/1", Archive_location="./kept/post.html", Hash=digest(), Upload_title="A post",
        Upload_timestamp="2024-05-01T09:30:00+00:00", Screenshot="https://bucket.example/s.png",
    )  # fmt: skip
    sheet(claims, row)
    ran = claims("import", "archive.csv", "--json").json
    assert (ran["logged"], ran["articles"], ran["copies"]) == (0, 1, 1)
    article = claims("show", "A1", "--json").json
    assert (article["title"], article["published_at"]) == ("A post", "2024-05-01T09:30:00+00:00")
    assert article["extra"]["auto-archiver"] == {k: v for k, v in zip(ARCHIVED, row, strict=True) if v}
    claims("add", "60 boats left the harbour", "--article", "A1")
    assert claims("show", "C1", "--json").json["anchored"] is True
    again = claims("import", "archive.csv", "--json").json
    assert (again["articles"], again["copies"], again["known"]) == (0, 0, 1)


def test_the_text_of_a_post_becomes_the_copys_text(claims: Claims) -> None:
    post = "Sixty boats left. I saw it!"
    sheet(
        claims,
        archived("https://social.example/p/1", Text_content=post),
        archived("https://social.example/p/2", Text_content=post, Archive_location="kept/post.html", Hash=digest()),
    )
    assert claims("import", "archive.csv", "--json").json["copies"] == 2
    for article in ("A1", "A2"):
        claims("add", "Sixty boats left", "--article", article)
    from ledger import store
    from ledger.store import read

    with store.open_ledger(claims.ledger, store.Open.READ) as ledger:
        first, second = (read.captures(ledger, read.thing(ledger, name).uid)[0] for name in ("A1", "A2"))
    assert first.method == second.method == "auto-archiver"
    assert first.raw == first.text == second.text == hashlib.sha256(post.encode()).hexdigest()
    assert second.raw == hashlib.sha256(PAGE).hexdigest()


def test_a_file_that_is_not_the_one_that_was_archived_is_refused(claims: Claims) -> None:
    sheet(claims, archived("https://social.example/p/1", Archive_location="kept/post.html", Hash="SHA-256:" + "0" * 64))
    ran = claims("import", "archive.csv", code=2)
    assert "row 2: post.html is not the file that was archived" in ran.err
    assert not claims.ledger.exists()


@pytest.mark.parametrize(
    "place", ["../secret.txt", "/etc/hostname", "file:///etc/hostname", "kept/../../secret.txt", "link"]
)
def test_files_outside_the_sheets_folder_are_never_read(claims: Claims, place: str, tmp_path_factory: Any) -> None:
    outside = claims.folder.parent / "secret.txt"
    outside.write_text("The name of the source is a secret.")
    (claims.folder / "link").symlink_to(outside)
    sheet(claims, archived("https://social.example/p/1", Archive_location=place))
    ran = claims("import", "archive.csv", "--json").json
    assert (ran["articles"], ran["copies"]) == (1, 0)
    outside.unlink()


def test_archives_elsewhere_failures_and_pictures_keep_their_addresses(claims: Claims) -> None:
    claims.file("film.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)))
    sheet(
        claims,
        archived(
            "https://social.example/p/1", Archive_location="https://bucket.example/1.html", Hash="SHA-256:" + "0" * 64
        ),
        archived("https://social.example/p/2", Archive_status="nothing archived"),
        archived("https://social.example/p/3", Archive_location="film.mp4"),
        archived("https://social.example/p/4", Archive_location="gone.html"),
        archived("", Archive_status="x"),
    )
    ran = claims("import", "archive.csv", "--json")
    assert (ran.json["articles"], ran.json["copies"], ran.json["failed"]) == (4, 0, 0)
    assert "row 4: film.mp4 has no text" in ran.err
    assert "row 5: the archived file gone.html is not there" in ran.err
    assert "row 6: no link in this row" in ran.err
    assert (
        claims("show", "A1", "--json").json["extra"]["auto-archiver"]["Archive location"]
        == "https://bucket.example/1.html"
    )


def test_a_report_links_to_where_an_article_was_archived(claims: Claims) -> None:
    at = "https://bucket.example/1.html"
    sheet(
        claims,
        archived("https://social.example/p/1", Archive_location=f"{at}\njavascript:alert(1)", Text_content="Ten left."),
    )
    claims("import", "archive.csv")
    claims("add", "Ten left.", "--article", "A1", "--question", "How many left?")
    claims("report", "all", "--site", "site")
    for format_ in ("html", "md", "text"):
        said = claims("report", "Q1", "--format", format_).out
        assert at in said
        assert "javascript" not in said
    assert f'href="{at}"' in (claims.folder / "site/articles/A1.html").read_text(encoding="utf-8")


def test_a_workbook_with_a_header_further_down_and_a_column_of_claims(claims: Claims) -> None:
    made = openpyxl.Workbook()
    rows = made.active
    assert rows is not None
    rows.append(["Archive of the port desk"])
    rows.append([*ARCHIVED, "Claim"])
    rows.append(
        [*archived("https://social.example/p/1", Text_content="Sixty boats left. I saw it!"), "Sixty boats left"]
    )
    rows.append([*archived("https://social.example/p/2", Text_content="Nothing happened."), "Ninety boats left"])
    made.save(claims.folder / "archive.xlsx")
    ran = claims("import", "archive.xlsx", "--json").json
    assert (ran["logged"], ran["copies"]) == (2, 2)
    assert [c["anchored"] for c in claims("list", "--json").lines] == [True, False]


# --- AVeriTeC -----------------------------------------------------------------------------------------------------

ITEM: dict[str, Any] = {
    "claim": "Sixty boats sank in the harbour.",
    "required_reannotation": False,
    "label": "Refuted",
    "justification": "The office counted two.",
    "claim_date": "2-5-2024",
    "speaker": "Mayor Ada Brunn",
    "original_claim_url": "https://chirper.example/1",
    "cached_original_claim_url": None,
    "fact_checking_article": "https://facts.example/boats",
    "reporting_source": "Chirper",
    "location_ISO_code": "DE",
    "claim_types": ["Numerical Claim"],
    "fact_checking_strategies": ["Consultation"],
    "questions": [{"question": "How many?", "answers": [{"answer": "Two", "answer_type": "Extractive"}]}],
}


def read(folder: Path, *items: Any) -> list[Any]:
    path = folder / "dev.json"
    path.write_text(json.dumps(list(items)), encoding="utf-8")
    assert formats.told(str(path)) == "averitec"
    return list(formats.rows(str(path)))


def test_an_item_stands_where_it_first_appeared_and_its_label_stays_the_data_sets(claims: Claims) -> None:
    claims.file("dev.json", json.dumps([ITEM]))
    assert claims("import", "dev.json", "--json").json["logged"] == 1
    claim = claims("show", "C1", "--json").json
    assert (claim["exact"], claim["anchored"]) == (ITEM["claim"], False)
    assert (claim["rating"], claim["check"]) == (None, None)
    assert (claim["publisher"], claim["published_at"]) == ("Chirper", "2024-05-02")
    assert [h["source"] for h in claim["attribution"]] == ["Mayor Ada Brunn"]
    assert claim["extra"]["averitec"] == {k: v for k, v in ITEM.items() if k != "claim"}
    assert "not anchored" in claims("show", "C1").out
    assert "not anchored" in claims("list").out
    assert claims("import", "dev.json", "--json").json["known"] == 1


@pytest.mark.parametrize(
    ("changes", "article", "chain"),
    [
        (
            {},
            {"url": "https://chirper.example/1", "publisher": "Chirper", "published_at": "2024-05-02"},
            ["Mayor Ada Brunn"],
        ),
        (
            {"speaker": "chirper"},
            {"url": "https://chirper.example/1", "publisher": "Chirper", "published_at": "2024-05-02"},
            [],
        ),
        ({"original_claim_url": None}, {"url": "https://facts.example/boats"}, ["Chirper", "Mayor Ada Brunn"]),
        ({"original_claim_url": "somewhere"}, {"url": "https://facts.example/boats"}, ["Chirper", "Mayor Ada Brunn"]),
        (
            {"original_claim_url": "", "speaker": None, "reporting_source": None},
            {"url": "https://facts.example/boats"},
            ["a speaker the data set does not name"],
        ),
        (
            {"original_claim_url": None, "fact_checking_article": None},
            {"title": "Chirper, 2024-05-02", "publisher": "Chirper", "published_at": "2024-05-02"},
            ["Chirper", "Mayor Ada Brunn"],
        ),
    ],
    ids=["original", "own voice", "fact-check", "no address", "nobody", "no article"],
)
def test_where_an_item_stands_and_who_said_it(tmp_path: Path, changes: Any, article: Any, chain: list[str]) -> None:
    (row,) = read(tmp_path, ITEM | changes)
    assert row.data["article"] == article
    assert [hop["source"] for hop in row.data["attribution"]] == chain


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("25-8-2020", "2020-08-25"),
        ("08-12-2020", "2020-12-08"),
        ("2020-08-25", "2020-08-25"),
        ("12-25-2020", None),
        ("x", None),
    ],
)
def test_a_claims_day_is_day_month_year(tmp_path: Path, day: str, expected: str | None) -> None:
    (row,) = read(tmp_path, ITEM | {"claim_date": day})
    assert row.data["article"].get("published_at") == expected
    assert bool(row.notes) == (expected is None)
    assert row.data["extra"]["averitec"]["claim_date"] == day


def test_items_that_are_none_are_errors_of_their_place(tmp_path: Path) -> None:
    rows = read(tmp_path, ITEM, 5, {"label": "Refuted"}, ITEM | {"claim": " "}, ITEM)
    assert [str(row.data) if isinstance(row.data, BadInput) else "" for row in rows] == [
        "", "not a JSON object", "an item without a claim", "an item without a claim", "",
    ]  # fmt: skip
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]


def test_items_one_a_line_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text("\n".join([json.dumps(ITEM), "", "{broken", json.dumps(ITEM)]))
    first, bad, last = formats.rows(str(path))
    assert isinstance(bad.data, BadInput)
    assert first.data == last.data


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(ITEM)), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(list(ITEM)), JSON))
def test_no_item_of_any_shape_brings_about_anything_but_an_error(
    tmp_path_factory: pytest.TempPathFactory, item: dict[str, Any]
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(json.dumps([item]))
    try:
        for row in averitec.rows(str(path)):
            assert isinstance(row.data, dict | BadInput)
    except ClaimsError:
        pytest.fail("one bad item refuses the file")


# --- formats ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", list(formats.IMPORTS))
@given(data=st.binary(max_size=200))
def test_no_bytes_in_any_format_bring_about_anything_but_an_error(
    tmp_path_factory: pytest.TempPathFactory, format_: str, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / f"fuzz.{format_}"
    path.write_bytes(data)
    with contextlib.suppress(ClaimsError):
        for row in formats.rows(str(path), format_):
            assert row.number > 0


def test_a_mapping_is_for_tables_alone(claims: Claims) -> None:
    claims.file("a.jsonl", '{"exact": "x"}\n')
    assert "no spreadsheet" in claims("import", "a.jsonl", "--map", "auto", code=2).err
    claims.file("check.csv", table(PUBLISHED, CHECKED))
    ran = claims("import", "check.csv", "--map", "Summary=exact, Title=title, URL=url", "--json").json
    assert ran["logged"] == 1
    assert claims("show", "C1", "--json").json["exact"] == "The harbour office counted two."


def many(count: int) -> str:
    told = (f"{n % 7 + 40} boats left quay {n}, and at least {n} crates" for n in range(count))
    lines = ({"key": str(n), "exact": exact, "article": {"url": "https://e.example/1"}} for n, exact in enumerate(told))
    return "".join(json.dumps(line) + "\n" for line in lines)


def test_figures_that_another_process_read_are_those_of_the_words(claims: Claims) -> None:
    count = 2 * claim_lines.LOT + 60
    claims("import", claims.file("many.jsonl", many(count)), "--no-input")
    logged = claims("list", "--all", "--json").lines
    assert len(logged) == count
    found = {c["exact"]: [(q["low"], q["unit"]) for q in c["quantities"]] for c in logged}
    assert found == {exact: [(q.low, q.unit) for q in quantity.find(exact)] for exact in found}
    assert READ_AHEAD == {}


def test_a_lot_knows_what_the_lot_before_it_made_and_is_not_yet_written(claims: Claims) -> None:
    size = claim_lines.LOT
    lines = [
        {"key": str(n), "exact": f"{n + 3} boats left the quay", "article": {"url": f"https://e.example/{n // 400}"},
         "attribution": [{"source": "the harbour office"}], "question": "Boats"}
        for n in range(3 * size)
    ]  # fmt: skip
    lines[size : size + 2] = lines[size - 2 : size]
    lines[2 * size + 5] = lines[7]
    ran = claims("import", claims.file("many.jsonl", "".join(json.dumps(n) + "\n" for n in lines)), "--json").json
    assert (ran["logged"], ran["known"], ran["articles"], ran["sources"]["new"]) == (3 * size - 3, 3, 4, 1)
    assert len(claims("question", "list", "--json").lines) == 1
    assert claims("verify", "--json").json["ok"]


def test_a_process_that_is_gone_answers_nothing_and_harms_nobody() -> None:
    reader = ahead.begun()
    if reader is None:
        pytest.skip("there is one processor alone")
    reader.ask([("40 boats left", None)])
    assert [q.low for found in reader.answer().values() for q in found] == ["40"]
    reader.close()
    reader.ask([("40 boats left", None)])
    assert reader.answer() == {}
    reader.close()
