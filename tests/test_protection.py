"""Protected names stay outside; private names are warned of; a file that is to leave is looked through."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from conftest import Claims, begins
from hypothesis import given
from hypothesis import strategies as st

from ledger import protection
from ledger.protection import Names
from ledger.text.folding import sought as fold

TEXT = "A baker said at least 40 boats left Marsala on Monday.\n\nThe mayor denied it.\n"
NAME = "Rosa Marchetti-Loy"


@begins
def town(claims: Claims) -> Claims:
    claims.file("article.txt", TEXT)
    claims("capture", "article.txt", "--publisher", "Example Daily", "--published", "2026-03-02", "--no-input")
    claims("source", "protect", "@baker", "--name", NAME, "--note", "bakes near the quay")
    return claims


def add(town: Claims, *args: str, code: int = 0) -> str:
    return town("add", "at least 40 boats left Marsala", "--article", "A1", "--no-input", *args, code=code).err


# --- the file of names --------------------------------------------------------------------------------------------


def test_the_name_is_in_a_file_that_its_owner_alone_can_read_and_nowhere_in_the_ledger(town: Claims) -> None:
    place = town.folder / "protected.json"
    assert json.loads(place.read_text()) == {"@baker": [NAME]}
    assert os.name != "posix" or place.stat().st_mode & 0o777 == 0o600
    add(town, "--by", "@baker")
    for path in Path(town.folder).glob("ledger.db*"):
        data = path.read_bytes()
        assert NAME.encode() not in data
        assert b"Marchetti" not in data


def test_a_protected_source_is_a_handle_that_nobody_is_named_by(town: Claims) -> None:
    add(town, "--by", "@baker")
    hop = town("show", "C1", "--json").json["attribution"][0]
    assert (hop["source"], hop["kind"], hop["named"]) == ("@baker", "anonymous", False)
    assert town("source", "show", "@baker", "--json").json["protected"] is True


@pytest.mark.parametrize(
    "written",
    [
        NAME,
        NAME.upper(),
        "Marchetti-Loy, Rosa",
        "Rosa\u00a0 Marchetti-Loy",
        "Rosa\nMarchetti-Loy",
        "Marchetti-Loy Rosa",
    ],
)
def test_whatever_would_log_the_name_is_refused_without_saying_it(town: Claims, written: str) -> None:
    before = town("log", "--json").out
    said = add(town, "--by", "a baker", "--says", f"{written} counted the boats", code=1)
    assert "@baker" in said
    assert "Marchetti" not in said
    assert town("log", "--json").out == before
    town("note", "A1", f"we spoke to {written}", code=1)
    town("ask", written, "--about", "A1", "--by-phone", code=None)
    assert town("log", "--json").out == before


@pytest.mark.parametrize(
    "written",
    [
        "R. Marchetti-Loy", "Marchetti-Loy, R.", "R.Marchetti Loy", "rosa_marchetti_loy.jpg", "RosaMarchettiLoy",
        "Rosa%20Marchetti-Loy", "R\u043esa M\u0430rchetti-L\u043ey", "Ro\u0301sa Marche\u0300tti-Loy",
        "Ro\u200dsa Marchetti\u2011Loy", "\u211dosa Marchetti–Loy",
        "https://pictures.example/rosa-marchetti-loy?size=2", "Rosa\tMarchetti-Loy", "Rosa\u3164Marchetti-Loy",
        "Rosa&nbsp;Marchetti&#45;Loy", "Ro-sa Marchet-ti Loy", "R o s a M a r c h e t t i L o y", "Rosa J. Marchetti-Loy",
        "rmarchettiloy@pictures.example",
    ],
)  # fmt: skip
def test_a_name_in_disguise_is_still_the_name(town: Claims, written: str) -> None:
    before = town("log", "--json").out
    assert "@baker" in town("note", "A1", f"we met {written} there", code=1).err
    assert "@baker" in town("leakcheck", town.file("out.txt", f"we met {written} there"), code=1).out
    assert town("log", "--json").out == before


@pytest.mark.parametrize(
    "written",
    [
        "Rosamarch et Tiloy",
        "a Marchetti-Loy house",
        "Rosa Marchetti",
        "Rosanna Marchetti-Loy",
        "Rosa and Marchetti-Loy",
    ],
)
def test_other_names_are_other_names(town: Claims, written: str) -> None:
    town("note", "A1", f"we met {written} there")


def test_nobody_acts_under_a_protected_name(town: Claims) -> None:
    for name in (NAME, "rosa-marchetti-loy"):
        said = town("--actor", name, "note", "A1", "a word", code=None)
        assert said.code in (1, 2)
    assert "archetti" not in town("log", "--json").out


def test_a_protected_name_in_a_saved_text_or_file_is_told(town: Claims) -> None:
    place = town.file("more.txt", f"The bread was baked by {NAME.upper()} herself.\n")
    said = town("capture", place, "--title", "Bread", "--publisher", "Example Daily", "--no-input").err
    assert "the name of the protected source @baker stands in the text of A2" in said
    assert "claims redact A2" in said
    page = f"<html><head><title>Boats</title></head><body><!-- {NAME} --><p>Two boats sank.</p></body></html>"
    said = town("capture", town.file("a.html", page), "--publisher", "Example Daily", "--no-input").err
    assert "@baker stands in the file kept of A3" in said
    town("export", "--format", "ledger", "-o", town.folder / "log.jsonl")
    protection.protect("@daily", ["Example Daily"])  # somebody else had logged the name
    assert "@daily stands in it" in town("import", "log.jsonl", "--ledger", town.folder / "new.db").err
    add(town)
    kept = town("evidence", "add", place, "--for", "C1", "--shows", "a leaflet", "--context")
    assert "@baker stands in what is kept of E1" in kept.err


def test_whatever_is_written_of_a_claim_under_embargo_says_so(town: Claims) -> None:
    add(town)
    town("question", "add", "How many boats left?")
    town("file", "C1", "--question", "Q1")
    town("state", "C1", "--embargo", "2999-01-01T06:00Z")
    for line in ("report Q1 -o r.html", "plot Q1 -o p.svg", "export -o c.csv", "export --question Q1 -o c.jsonl"):
        assert "C1 must not go out before 2999-01-01 06:00 UTC" in town(*line.split(), code=None).err, line


def test_names_are_kept_for_several_spellings_and_handles(town: Claims) -> None:
    town("source", "protect", "@baker", "--name", "Роза Маркетти")
    town("source", "protect", "@porter", "--name", "Tomás Iriarte")
    town("note", "A1", "Роза Маркетти said so", code=1)
    town("note", "A1", "Tomás Iriarte said so", code=1)
    town("note", "A1", "Tomas the porter said so")


def test_a_handle_or_name_that_cannot_be_protected_is_refused(town: Claims) -> None:
    town("source", "protect", "baker", "--name", "Ann Other Person", code=2)
    town("source", "protect", "@x y", "--name", "Ann Other Person", code=2)
    town("source", "protect", "@porter", code=2)
    town("source", "protect", "@porter", "--name", "Al", code=2)
    town("source", "add", "Ann Other Person")
    assert "in the log already" in town("source", "protect", "@ann", "--name", "Ann Other Person", code=1).err


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_a_file_of_names_that_others_can_read_stops_everything_that_writes(town: Claims) -> None:
    (town.folder / "protected.json").chmod(0o644)
    assert "chmod 600" in add(town, "--by", "@baker", code=1)
    (town.folder / "protected.json").chmod(0o600)


def test_a_damaged_file_of_names_stops_everything_that_writes(town: Claims) -> None:
    (town.folder / "protected.json").write_text("{not json")
    add(town, "--by", "@baker", code=5)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_name_is_found_wherever_it_stands_and_a_text_without_it_is_left_alone(before: str, after: str) -> None:
    names = Names({fold("Rosa Marchetti"): "@baker"})
    assert names.found(f"{before} Rosa Marchetti {after}") == ["@baker"]
    clear = fold(before + after).replace("rosa", "")
    assert names.found(clear) == []


# --- private people -----------------------------------------------------------------------------------------------


def test_a_private_person_s_name_is_warned_of_before_it_is_logged(town: Claims) -> None:
    assert "private person" in add(town, "--by", "Ann Other")
    assert "private person" not in town("add", "denied it", "--article", "A1", "--by", "Ann Other", "--no-input").err


@pytest.mark.parametrize(
    "name", ["President Ilham Roe", "the mayor", "Marsala Police", "@baker", "Ann Roe, mayor of Marsala"]
)
def test_offices_bodies_and_handles_are_not_warned_of(town: Claims, name: str) -> None:
    assert "private person" not in add(town, "--by", name)


# --- leaks --------------------------------------------------------------------------------------------------------

NOTE = "The baker is afraid of the harbour master. Do not call her at work, ever."


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


def database(value: str | bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute('CREATE TABLE "a ""table""" (n, value)')
        db.execute('INSERT INTO "a ""table""" VALUES (1, ?)', (value,))
        db.commit()
        return db.serialize()


LEAKS = {
    "plain": f"It was {NAME} who counted.".encode(),
    "utf-16": f"It was {NAME} who counted.".encode("utf-16"),
    "markup": b"<p>It was <b>Rosa</b> <i>Marchetti-Loy</i></p>",
    "entities": b"<p>Rosa &#77;archetti&#45;Loy</p>",
    "json": json.dumps({"by": f"x {NAME}"}).replace("R", "\\u0052").encode(),
    "broken line": b"It was Rosa\r\n   Marchetti-Loy.",
    "inside a zip": zipped(a=b"nothing", b=f"{NAME}".encode()),
    "gzip": gzip.compress(f"<p>{NAME}</p>".encode(), mtime=0),
    "bzip2": bz2.compress(f"<p>{NAME}</p>".encode()),
    "xz in a zip": zipped(inner=lzma.compress(f"<p>{NAME}</p>".encode())),
    "a database": database(f"as {NAME} told us"),
    "a database's blob": database(f"as {NAME} told us".encode("utf-16")),
    "a zip in a zip": zipped(inner=zipped(b=f"{NAME}".encode())),
    "a file's name in a zip": zipped(**{f"{NAME}.txt": b"nothing"}),
}


@pytest.mark.parametrize("kind", LEAKS)
def test_a_name_is_found_however_the_file_holds_it(town: Claims, kind: str) -> None:
    town.file("out", LEAKS[kind])
    ran = town("leakcheck", "out", "--json", code=1)
    assert ran.json["names"] == ["@baker"]
    assert "Marchetti" not in ran.out + ran.err


@pytest.mark.parametrize(
    "words", [NOTE, NOTE.upper(), "Do not call her at work, ever.", "The baker is afraid of the\nharbour master."]
)
def test_an_internal_note_is_found_whole_or_by_a_sentence(town: Claims, words: str) -> None:
    town("note", "A1", NOTE)
    town.file("out.html", f"<p>{words}</p>")
    assert town("leakcheck", "out.html", "--json", code=1).json["notes"] == 1


def test_what_cannot_be_read_is_never_called_clean(town: Claims) -> None:
    for name, data in {
        "a.pdf": b"%PDF-1.7 x",
        "b.gz": b"\x1f\x8b\x08",
        "c.zip": b"PK\x03\x04 damaged",
        "d.png": b"\x89PNG",
        "e.db": b"SQLite format 3\0 and no more",
        "f.xz": b"\xfd7zXZ damaged",
    }.items():
        town.file(name, data)
        assert town("leakcheck", name, "--json", code=4).json["clean"] is False


def test_a_database_is_read_cell_by_cell(town: Claims) -> None:
    town("leakcheck", "ledger.db")
    town("note", "A1", NOTE)
    assert town("leakcheck", "ledger.db", "--json", code=1).json["notes"] == 1


def test_a_clean_file_is_called_clean(town: Claims) -> None:
    town("note", "A1", NOTE)
    town.file("out.html", "<p>A baker said so.</p>")
    assert town("leakcheck", "out.html", "--json").json == {
        "clean": True, "names": [], "notes": 0, "unknown": [], "not_sought": 0,
    }  # fmt: skip


def test_reports_exports_and_bundles_of_such_a_ledger_are_clean_and_an_export_of_the_whole_log_is_not(
    town: Claims,
) -> None:
    add(town, "--by", "@baker", "--question", "How many boats?")
    town("note", "C1", NOTE)
    town("note", "Q1", NOTE)
    town("key", "create")
    town("report", "Q1", "-o", "r.html", "--bundle", "r.zip")
    town("report", "Q1", "-o", "r.md")
    town("export", "--format", "jsonl", "-o", "out.jsonl")
    town("export", "--format", "csv", "-o", "out.csv")
    for name in ("r.html", "r.zip", "r.md", "out.jsonl", "out.csv"):
        town("leakcheck", name)
    town("export", "--format", "ledger", "-o", "whole.jsonl")
    town("leakcheck", "whole.jsonl", code=1)


def test_nothing_is_published_that_holds_a_protected_name(town: Claims) -> None:
    add(town, "--by", "@baker", "--question", "How many boats?")
    town("answer", "Q1", "At least 40", "--because", "one count", "--on", "C1")
    town.file("mine.html", f"<p>as {NAME} told us</p>")
    assert "the name of @baker" in town("publish", "Q1", "--file", "mine.html", code=1).err
    assert town("published", "--json").out == ""


def test_a_pdf_is_read_page_by_page(town: Claims) -> None:
    pytest.importorskip("typst", reason="the extra pdf is not installed")
    add(town, "--question", "How many boats?")
    town("report", "Q1", "-o", "out.pdf")
    town("leakcheck", "out.pdf")
    town("note", "A1", "at least 40 boats left Marsala")
    assert town("leakcheck", "out.pdf", "--json", code=1).json["notes"] == 1
