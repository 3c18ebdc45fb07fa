"""What other tools take: W3C PROV-JSON, a Frictionless data package, RO-Crate; each read by its own library."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import invented
import pytest
from conftest import Claims

from ledger import store
from ledger.exchange import Selection, datapackage, prov
from ledger.exchange.relational import rows
from ledger.store import read
from ledger.store.listing import BY_NAME, TABLES
from ledger.text.formulas import restored

HOSTILE = '=cmd|\' /C calc\'!A0 "quoted", two\r\nlines <b> {"a": 1} @x -1 +2'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[store.Ledger, invented.Built]]:
    path = tmp_path_factory.mktemp("packages") / "ledger.db"
    story = invented.build(path)
    with store.open_ledger(path) as ledger:
        yield ledger, story


# --- PROV ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def document(built: tuple[store.Ledger, invented.Built]) -> dict[str, Any]:
    return json.loads(b"".join(prov.export(built[0], Selection())))  # type: ignore[no-any-return]


def related(document: dict[str, Any], relation: str, left: str, right: str) -> set[tuple[str, str]]:
    return {(r[f"prov:{left}"], r[f"prov:{right}"]) for r in document[relation].values()}


def test_the_prov_library_reads_it_and_writes_it_back_the_same(document: dict[str, Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of that library's own dependencies
        from prov.model import ProvDocument

        found = ProvDocument.deserialize(content=json.dumps(document), format="json")
        assert ProvDocument.deserialize(content=found.serialize(format="json"), format="json") == found
    count = sum(len(records) for kind, records in document.items() if kind != "prefix")
    assert len(list(found.get_records())) == count


def test_a_claim_is_a_quotation_from_a_copy_of_an_article(
    built: tuple[store.Ledger, invented.Built], document: dict[str, Any]
) -> None:
    claim = read.claim(built[0], "C1")
    quotations = {
        (r["prov:generatedEntity"], r["prov:usedEntity"])
        for r in document["wasDerivedFrom"].values()
        if r.get("prov:type", {}).get("$") == "prov:Quotation"
    }
    assert ("log:C1", f"log:{claim.capture}") in quotations
    assert (f"log:{claim.capture}", "log:A1") in related(
        document, "specializationOf", "specificEntity", "generalEntity"
    )
    assert document["entity"]["log:C1"]["prov:label"] == claim.exact


def test_the_innermost_teller_is_the_primary_source_and_relays_stand_between(
    built: tuple[store.Ledger, invented.Built], document: dict[str, Any]
) -> None:
    relay, origin = (h.source_id for h in read.claim(built[0], "C2").attribution)
    told = {
        r["prov:generatedEntity"]: (r["prov:usedEntity"], r.get("prov:type", {}).get("$"))
        for r in document["wasDerivedFrom"].values()
        if r["prov:usedEntity"].startswith("log:C2.")
    }
    assert told == {"log:C2": ("log:C2.1", None), "log:C2.1": ("log:C2.2", "prov:PrimarySource")}
    attributed = related(document, "wasAttributedTo", "entity", "agent")
    assert {("log:C2.1", f"log:{relay}"), ("log:C2.2", f"log:{origin}")} <= attributed


def test_what_people_did_has_a_time_and_an_actor(
    built: tuple[store.Ledger, invented.Built], document: dict[str, Any]
) -> None:
    entry = next(e for e in store.entries(built[0]) if e.uid == read.claim(built[0], "C1").uid)
    activity = document["activity"][f"log:entry-{entry.seq}"]
    assert activity["prov:startTime"] == entry.recorded_at
    assert (f"log:entry-{entry.seq}", f"log:actor-{entry.actor}") in related(
        document, "wasAssociatedWith", "activity", "agent"
    )
    assert document["entity"]["log:C1.rating2"]["prov:label"] == "unproven"


def test_who_speaks_for_an_organisation_acts_on_its_behalf(claims: Claims) -> None:
    claims.file("a.txt", "A ferry sank. A spokeswoman of the Harbour Board said 12 people are missing.")
    claims("capture", "a.txt", "--publisher", "Tide News", "--published", "2031-05-06", "--title", "Ferry")
    claims(
        "add",
        "12 people are missing",
        "--article",
        "A1",
        "--no-input",
        "--by",
        "a spokeswoman",
        "--of",
        "the Harbour Board",
    )
    claims("export", "--format", "prov", "-o", "prov.json")
    found = json.loads((claims.folder / "prov.json").read_text(encoding="utf-8"))
    names = {key: agent["prov:label"] for key, agent in found["agent"].items()}
    pairs = [(names[a], names[b]) for a, b in related(found, "actedOnBehalfOf", "delegate", "responsible")]
    assert pairs == [("a spokeswoman", "the Harbour Board")]


def test_nothing_that_is_internal_suggested_or_retracted_is_in_it(
    built: tuple[store.Ledger, invented.Built], document: dict[str, Any], tmp_path: Path
) -> None:
    datapackage.export_file(built[0], Selection(), tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        tables = "".join(archive.read(name).decode() for name in archive.namelist())
    for text in (json.dumps(document), tables):
        for words in (built[1].secret, "SUGGESTED-WORDS", "RETRACTED-WORDS"):
            assert words not in text


# --- a data package -----------------------------------------------------------------------------------------------


def test_the_tables_come_back_from_the_package_as_they_are(tmp_path: Path) -> None:
    invented.build(tmp_path / "ledger.db", hostile=HOSTILE)
    with store.open_ledger(tmp_path / "ledger.db") as ledger:
        datapackage.export_file(ledger, Selection(), tmp_path / "p.zip")
        wanted: dict[str, list[list[str]]] = {t.name: [] for t in TABLES}
        for name, row in rows(ledger, Selection()):
            truth = {c.name: {0: "no", 1: "yes"} for c in BY_NAME[name].columns if c.kind == "yes/no"}
            cells = [truth.get(column, {}).get(row[column], row[column]) for column in BY_NAME[name].names]
            wanted[name].append(["" if c is None else str(c) for c in cells])
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        for table in TABLES:
            text = archive.read(f"{table.name}.csv").decode()
            head, *found = csv.reader(io.StringIO(text, newline=""))
            assert head == [c.name for c in table.columns]
            assert [[restored(cell) for cell in row] for row in found] == wanted[table.name]
            assert not any(cell.startswith(("=", "@", "+")) for row in found for cell in row)


def frictionless(folder: Path) -> dict[str, Any]:
    """What the Frictionless library says of the package in a folder."""
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    return json.loads(ran.stdout)  # type: ignore[no-any-return]


def test_frictionless_finds_the_package_valid_and_a_broken_reference_invalid(
    built: tuple[store.Ledger, invented.Built], tmp_path: Path
) -> None:
    pytest.importorskip("frictionless")
    datapackage.export_file(built[0], Selection(title="Ferry", license="CC-BY-4.0"), tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        archive.extractall(tmp_path)
    found = frictionless(tmp_path)
    assert found["valid"], found
    assert {task["name"] for task in found["tasks"]} == {t.name for t in TABLES}
    filings = tmp_path / "filings.csv"
    filings.write_text(filings.read_text(encoding="utf-8").replace("C2", "C999"), encoding="utf-8")
    assert not frictionless(tmp_path)["valid"]


def test_the_same_ledger_gives_the_same_package_and_the_licence_stands_in_it(claims: Claims) -> None:
    invented.build(claims.ledger)
    for name in ("a.zip", "b.zip"):
        claims(
            "export", "--format", "datapackage", "-o", name, "--license", "CC-BY-4.0", "--title", "The ferry", "--bom"
        )
    assert (claims.folder / "a.zip").read_bytes() == (claims.folder / "b.zip").read_bytes()
    with zipfile.ZipFile(claims.folder / "a.zip") as archive:
        about = json.loads(archive.read("datapackage.json"))
        assert archive.read("claims.csv").startswith(b"\xef\xbb\xbf")
    assert (about["title"], about["licenses"]) == ("The ferry", [{"name": "CC-BY-4.0"}])
    assert {p.name for p in claims.folder.iterdir() if p.name.startswith(("a.zip", ".a"))} == {"a.zip"}


# --- RO-Crate -----------------------------------------------------------------------------------------------------


def test_a_bundle_is_a_crate_that_names_its_files(claims: Claims) -> None:
    pytest.importorskip("rocrate")
    invented.build(claims.ledger)
    claims("key", "create")
    claims("report", "Q1", "-o", "report.html", "--bundle", "report.zip")
    with zipfile.ZipFile(claims.folder / "report.zip") as archive:
        archive.extractall(claims.folder / "bundle")
        names = set(archive.namelist())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of that library's own dependencies
        from rocrate.rocrate import ROCrate

        crate = ROCrate(str(claims.folder / "bundle"))
    assert crate.mainEntity.id == "report.html"
    parts = {e.id for e in crate.data_entities}
    assert {
        "report.html",
        "checkpoint",
        "key.vkey",
        "verify.py",
        "manifest.json",
        "entries/",
        "leaves/",
        "proofs/",
    } <= parts
    assert names == {n for n in names if n in parts or f"{n.split('/')[0]}/" in parts} | {"ro-crate-metadata.json"}
    listed = json.loads((claims.folder / "bundle" / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert "ro-crate-metadata.json" in listed
