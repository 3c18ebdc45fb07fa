"""The word lists: every file can be read, by us and as TOML; no entry stands twice; a line that is added counts."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT

from ledger import lexicon
from ledger.errors import BadInput
from ledger.text import folding

FILES = sorted(lexicon.DATA.rglob("*.toml"))


def lists(place: Path) -> dict[tuple[str, str], list[str]]:
    """The lists of a file as a TOML library reads them."""
    found = {}
    for key, value in tomllib.loads(place.read_text(encoding="utf-8")).items():
        for name, body in value.items() if isinstance(value, dict) else [("", value)]:
            table, listed = (key, name) if isinstance(value, dict) else ("", key)
            found[table, listed] = [x.strip() for x in body.split("\n") if x.strip() and x.strip()[0] != "#"]
    return found


def named(place: Path) -> str:
    return place.relative_to(lexicon.DATA).with_suffix("").as_posix()


@pytest.mark.parametrize("place", FILES, ids=named)
def test_a_file_is_toml_and_is_read_as_toml_reads_it(place: Path) -> None:
    read = {key: section.entries() for key, section in lexicon._sections(named(place)).items()}
    assert read == lists(place)
    assert all(read.values())


@pytest.mark.parametrize("place", FILES, ids=named)
def test_no_entry_stands_twice_in_a_list(place: Path) -> None:
    for key, entries in lists(place).items():
        words = [entry.partition(" = ")[0] for entry in entries]
        assert [w for w, n in Counter(words).items() if n > 1] == [], key


@pytest.mark.parametrize("place", FILES, ids=named)
def test_a_list_is_read_by_somebody(place: Path, code: str) -> None:
    wanted = {table or name for table, name in lists(place)}
    assert [name for name in wanted if f'"{name}"' not in code and f"'{name}'" not in code] == []


@pytest.fixture(scope="module")
def code() -> str:
    """All the code of the product."""
    return "".join(p.read_text(encoding="utf-8") for part in ("ledger", "cli") for p in ROOT.glob(f"{part}/**/*.py"))


@pytest.mark.parametrize("place", FILES, ids=named)
def test_a_list_is_explained(place: Path) -> None:
    assert place.read_text(encoding="utf-8").startswith("# ")


def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(lexicon, "DATA", tmp_path)
    (tmp_path / f"{tmp_path.name}.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# ok\nnames = '''\na\n'''\nmore\n", 5),
        ("names = '''\na\n'''\n\nother = \"b\"\n", 5),
        ("names = '''\na\n", 2),
        ("one = '''\na = 1\n\n# b\nb : 2\n'''\n", 5),
        ("one = '''\na = 1\n'''\n[two\nthree = '''\n'''", 4),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, line: int) -> None:
    broken(tmp_path, monkeypatch, text)
    with pytest.raises(BadInput, match=rf"{tmp_path.name}\.toml:{line}: "):
        lexicon.values(tmp_path.name, "one")


def test_a_list_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(tmp_path, monkeypatch, "one = '''\na\n'''\n")
    assert lexicon.listed(tmp_path.name, "one") == ("a",)
    with pytest.raises(BadInput, match="no list two"):
        lexicon.words(tmp_path.name, "two")
    with pytest.raises(BadInput, match=r"no list \[two\]"):
        lexicon.table(tmp_path.name, "two")


def test_lists_under_a_table_and_phrases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken(
        tmp_path,
        monkeypatch,
        "seen = '''\nso far\n'''\n[units]\nkm = '''\nkm\nkilometre\n'''\n\"sq km\" = '''\nkm2\n'''\n",
    )
    name = tmp_path.name
    assert lexicon.phrases(name, "seen") == (("so", "far"),)
    assert lexicon.table(name, "units") == {"km": ("km", "kilometre"), "sq km": ("km2",)}
    assert lexicon.meanings(name, "units") == {"km": "km", "kilometre": "km", "km2": "sq km"}


def test_names_known_whole_are_as_names_are_folded() -> None:
    entries = [
        e for table in ("names", "en/sources") for (_, _), s in lexicon._sections(table).items() for e in s.entries()
    ]
    assert [e for e in entries if folding.wording(e) != e] == []


# --- a line that is added -----------------------------------------------------------------------------------------

ADDED = (
    ("agencies", "names = '''", "Testagentur"),
    ("en/hedges", "nearly = '''", "well nigh"),
    ("en/units", "km = '''", "klicks"),
    ("en/numbers", "cardinals = '''", "twain = 2"),
    ("en/fates", "wounded = '''", "scalded"),
    ("en/calendar", "lasting = '''", "vigil"),
    ("en/reporting", "says = '''", "avouch"),
    ("en/reporting", "strong = '''", "avouch"),
    ("names", "monitoring_group = '''", "harbour watch"),
    ("en/sources", "document = '''", "logbook"),
    ("en/offices", "titles = '''", "harbourmaster"),
    ("headers", "\"article.url\" = '''", "mention at"),
    ("claimants", "strong = '''", "passersby"),
    ("en/counts", "killed = '''", "drowned"),
    ("sides", "Houthis = '''", "ansarullah"),
    ("en/sentences", "never_end = '''", "hbr"),
    ("zones", "zones = '''", "WAT = +01:00"),
    ("pt/calendar", "april = '''\nabril", "abl"),
)
ASKED = """
from datetime import date
from ledger import dates, quantity, sources, suggest
from ledger.exchange.claimreview.speakers import placeholder
from ledger.exchange.sheets import fields
from ledger.exchange.sheets.days import iso
from ledger.crossref import measures
from ledger.text import passages
from ledger.extract.credits import find_credit
assert sources.guess_kind("Testagentur").value == "wire_agency"
(far,) = quantity.find("The wall is well nigh 40 klicks long.")
assert (far.text, far.high, far.unit, far.modifier.value) == ("well nigh 40", "40", "km", "nearly"), far
assert quantity.find("Twain sailors were scalded.")[0].measure == "wounded"
assert dates.find("A two-week vigil ended.", "2016-03-28")[0].earliest == "2016-03-14"
assert dates.find("It sank at 4 p.m. WAT on Monday.", "2016-03-28")[0].earliest == "2016-03-28T16+01:00"
assert iso("3 abl 2016", None, date(2016, 1, 1)) == "2016-04-03"
(found,) = [f for f in suggest.find("The harbour office avouched that two ships had sunk.") if f.attribution]
assert found.attribution[-1].text == "The harbour office", found
kinds = [sources.guess_kind(n).value for n in ("Harbour Watch", "a logbook of the port", "Harbourmaster Roe")]
assert kinds == ["monitoring_group", "document", "person"], kinds
assert fields.named("Mention at") == "article.url"
assert placeholder("Several passersby").value == "anonymous"
assert measures.read("40 drowned").measure == "killed"
assert measures.read("Ansarullah positions").side == "Houthis"
assert len(passages.sentences("Hbr. Roe said so. It sank.")) == 2
assert find_credit("Ten people died.\\n\\nTestagentur") == "Testagentur"
"""


def test_a_line_that_is_added_takes_effect(tmp_path: Path) -> None:
    copy = tmp_path / "ledger"
    shutil.copytree(lexicon.DATA.parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for file, heading, line in ADDED:
        place = copy / "data" / f"{file}.toml"
        text = place.read_text(encoding="utf-8")
        assert heading in text
        place.write_text(text.replace(heading, f"{heading}\n{line}", 1), encoding="utf-8")
    env = {"PYTHONPATH": str(tmp_path), "PATH": ""}
    done = subprocess.run([sys.executable, "-c", ASKED], env=env, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
