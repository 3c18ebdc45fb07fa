"""Import and export: idempotent, errors by line, the whole log to the same root, cells that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger import audit, store
from ledger import records as r
from ledger.errors import BadInput, Refused, Tampered
from ledger.exchange import Selection, claim_lines, flat, ledger_lines
from ledger.store import Ledger, read
from ledger.text.formulas import neutral, restored
from ledger.verbs import importing

TEXT = "At least 40 boats left the port on Monday, the harbour office said. The mayor spoke of 60 boats."
ARTICLE = {
    "file": "boats.txt",
    "title": "Boats leave",
    "publisher": "Example Gazette",
    "published_at": "2020-06-02",
    "text": TEXT,
}
CLAIM: dict[str, Any] = {
    "article": ARTICLE,
    "exact": "At least 40 boats left the port",
    "attribution": [{"source": "the harbour office", "cue": "said"}],
    "event_time": "2020-06-01",
    "as_of": "2020-06-02",
    "place": "the port",
    "question": "How many boats left?",
    "extra": {"id": "x1"},
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with store.create(tmp_path / "l.db", actor="ann") as opened:
        yield opened


def imported(ledger: Ledger, folder: Path, *lines: object, **options: bool) -> claim_lines.Outcome:
    file = folder / "in.jsonl"
    rows = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    file.write_text("\n".join(rows), encoding="utf-8")
    dry_run = options.pop("dry_run", False)
    do = importing.import_files.rehearse if dry_run else importing.import_files
    return do(ledger, importing.ImportFiles(files=(str(file),), **options), actor="ann")


def test_a_line_becomes_an_anchored_claim_with_chain_times_place_and_question(ledger: Ledger, tmp_path: Path) -> None:
    assert imported(ledger, tmp_path, CLAIM).logged == 1
    claim = read.claim(ledger, "C1")
    assert (claim.start, claim.end, claim.anchored) == (0, 31, True)
    (hop,) = claim.attribution
    assert (hop.source, hop.text, hop.cue) == ("the harbour office", "the harbour office", "said")
    assert TEXT[slice(hop.start, hop.end)] == "the harbour office"
    assert [(q.low, q.high, q.low_inclusive) for q in claim.quantities] == [("40", None, True)]
    assert [(t.role, t.text) for t in claim.times][:2] == [("event", "2020-06-01"), ("as_of", "2020-06-02")]
    assert claim.place is not None
    assert claim.place.name == "the port"
    assert claim.extra == {"id": "x1"}
    assert [q.question for q in read.questions(ledger)] == ["How many boats left?"]


def test_a_time_with_another_reading_that_is_open_is_kept_and_read_back(ledger: Ledger, tmp_path: Path) -> None:
    open_ended = {"text": "by June", "latest": "2020-06", "alternatives": [{"latest": "2020-05"}, {"earliest": "2020"}]}
    assert imported(ledger, tmp_path, CLAIM | {"times": [open_ended]}).problems == []
    (time,) = read.claim(ledger, "C1").times
    assert time.alternatives == (r.Span(None, "2020-05"), r.Span("2020", None))
    assert store.rebuild(ledger) == store.head(ledger)
    assert audit.verify(ledger).ok


@pytest.mark.parametrize("key", [None, "k1"])
def test_the_same_line_again_logs_nothing(ledger: Ledger, tmp_path: Path, key: str | None) -> None:
    line = CLAIM | ({"key": key} if key else {})
    imported(ledger, tmp_path, line)
    size = store.head(ledger)
    outcome = imported(ledger, tmp_path, dict(reversed(line.items())))
    assert (outcome.logged, outcome.known, outcome.failed) == (0, 1, 0)
    assert store.head(ledger) == size


def test_the_same_key_with_other_content_is_an_error_that_names_the_claim(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, tmp_path, CLAIM | {"key": "k1"})
    outcome = imported(ledger, tmp_path, CLAIM | {"key": "k1", "place": "the quay"})
    assert outcome.failed == 1
    assert "C1" in outcome.problems[0].message


BAD = [
    ("{", "line"),
    ("[1]", "object"),
    ('{"exact": "x", "exact": "y"}', "exact"),
    ({"exact": "At least 40 boats left the port"}, "article"),
    ({"article": ARTICLE}, "exact"),
    (CLAIM | {"exact": "At least 50 boats left the port"}, "not in the text"),
    (CLAIM | {"exact": " "}, "empty"),
    (CLAIM | {"event_time": "last week or so"}, "last week or so"),
    (CLAIM | {"attribution": "the harbour office"}, "attribution"),
    (CLAIM | {"quantity": "some"}, "figure"),
    (CLAIM | {"start": "0"}, "start"),
]


@pytest.mark.parametrize(("line", "said"), BAD)
def test_a_bad_line_is_named_by_number_and_leaves_nothing_behind(
    ledger: Ledger, tmp_path: Path, line: object, said: str
) -> None:
    outcome = imported(ledger, tmp_path, CLAIM, "", line, CLAIM | {"exact": "The mayor spoke of 60 boats"})
    (problem,) = (p for p in outcome.problems if p.fatal)
    assert problem.line == 3
    assert said in problem.message or said == "line"
    assert outcome.logged == 2
    assert [a.id for a in read.articles(ledger)] == ["A1"]
    assert audit.verify(ledger).ok


def test_strict_logs_nothing_when_one_line_is_bad(ledger: Ledger, tmp_path: Path) -> None:
    size = store.head(ledger)
    with pytest.raises(claim_lines.NotImported) as refused:
        imported(ledger, tmp_path, CLAIM, "{", strict=True)
    assert (refused.value.outcome.logged, refused.value.outcome.failed) == (0, 1)
    assert store.head(ledger) == size


def test_a_dry_run_counts_and_logs_nothing(ledger: Ledger, tmp_path: Path) -> None:
    size = store.head(ledger)
    assert imported(ledger, tmp_path, CLAIM, dry_run=True).logged == 1
    assert store.head(ledger) == size


def test_unknown_keys_join_extra_and_are_printed_back(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, tmp_path, CLAIM | {"colour": {"red": [1, 2.5, None]}})
    assert read.claim(ledger, "C1").extra == {"id": "x1", "colour": {"red": [1, 2.5, None]}}


def test_differing_metadata_of_a_known_article_is_said_and_not_overwritten(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, tmp_path, CLAIM)
    other = CLAIM | {"exact": "The mayor spoke of 60 boats", "article": ARTICLE | {"title": "Ships leave"}}
    outcome = imported(ledger, tmp_path, other)
    assert outcome.logged == 1
    assert any("title" in p.message and not p.fatal for p in outcome.problems)
    assert read.article(ledger, "A1").title == "Boats leave"


def test_without_a_text_a_claim_is_kept_and_not_anchored(ledger: Ledger, tmp_path: Path) -> None:
    article = {k: v for k, v in ARTICLE.items() if k != "text"}
    assert imported(ledger, tmp_path, CLAIM | {"article": article}).logged == 1
    claim = read.claim(ledger, "C1")
    assert (claim.anchored, claim.start, claim.capture) == (False, None, None)
    assert [q.low for q in claim.quantities] == ["40"]


# --- the whole log ------------------------------------------------------------------------------------------------


def exported(ledger: Ledger, to: Path) -> Path:
    to.write_bytes(b"".join(ledger_lines.export(ledger)))
    return to


def test_an_exported_ledger_imports_to_the_same_root_and_rows(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, tmp_path, CLAIM)
    file = exported(ledger, tmp_path / "log.jsonl")
    ledger_lines.receive_new(str(file), str(tmp_path / "copy.db"), actor="bob")
    with store.open_ledger(tmp_path / "copy.db") as copy:
        assert store.root(copy) == store.root(ledger)
        assert list(read.claims(copy)) == list(read.claims(ledger))
        assert audit.verify(copy).ok
        assert exported(copy, tmp_path / "again.jsonl").read_bytes() == file.read_bytes()


def test_a_longer_export_of_the_same_log_brings_a_copy_up_to_date(ledger: Ledger, tmp_path: Path) -> None:
    file = exported(ledger, tmp_path / "log.jsonl")
    ledger_lines.receive_new(str(file), str(tmp_path / "copy.db"), actor="bob")
    imported(ledger, tmp_path, CLAIM)
    longer = exported(ledger, tmp_path / "longer.jsonl")
    with store.open_ledger(tmp_path / "copy.db") as copy:
        importing.receive(copy, importing.Receive(source=str(longer)), actor="bob")
        assert store.root(copy) == store.root(ledger)


def test_an_export_of_another_log_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with store.create(tmp_path / "other.db", actor="bob") as other:
        file = exported(other, tmp_path / "other.jsonl")
    with pytest.raises(Refused, match="not a continuation"):
        importing.receive(ledger, importing.Receive(source=str(file)), actor="ann")


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: lines[:-1],
        lambda lines: [*lines[:-2], lines[-1]],
        lambda lines: [lines[0].replace('"size":', '"size":1'), *lines[1:]],
        lambda lines: [line.replace("40 boats", "90 boats") for line in lines],
        lambda lines: [lines[0], "{}}", *lines[1:]],
        lambda lines: [line.replace('"bytes":"', '"bytes":"AAAA', 1) for line in lines],
    ],
)
def test_a_damaged_export_is_refused_whole(ledger: Ledger, tmp_path: Path, damage: Any) -> None:
    imported(ledger, tmp_path, CLAIM)
    lines = exported(ledger, tmp_path / "log.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "bad.jsonl").write_text("\n".join(damage(lines)), encoding="utf-8")
    with pytest.raises((Tampered, BadInput)):
        ledger_lines.receive_new(str(tmp_path / "bad.jsonl"), str(tmp_path / "copy.db"), actor="bob")
    with pytest.raises(Exception, match=r"not a ledger|no ledger"):
        store.open_ledger(tmp_path / "copy.db")


# --- tables -------------------------------------------------------------------------------------------------------


@given(st.text() | st.text("=+-@' \t\u00a0\u200b\u200e\ufeffa"))
def test_a_neutralised_cell_comes_back_and_no_spreadsheet_runs_it(text: str) -> None:
    cell = neutral(text)
    assert restored(cell) == text
    assert not cell.startswith(("\t", "\r", "\x00"))
    assert not cell.lstrip(" \t\u00a0\u200b\u200e\ufeff").startswith(("=", "+", "-", "@"))


def test_the_table_has_a_row_a_claim_with_its_origin_and_bounds(ledger: Ledger, tmp_path: Path) -> None:
    imported(
        ledger, tmp_path, CLAIM, CLAIM | {"exact": "The mayor spoke of 60 boats", "says": "=1+1", "attribution": []}
    )
    text = b"".join(flat.export(ledger, Selection())).decode()
    one, two = csv.DictReader(io.StringIO(text, newline=""))
    assert (one["origin"], one["low"], one["low_inclusive"], one["high"]) == ("the harbour office", "40", "yes", "")
    assert (two["origin"], two["says"]) == ("Example Gazette", "'=1+1")


def test_plain_records_name_their_fields_as_the_contract_does() -> None:
    assert set(r.plain(r.Quantity("4"))) == {
        "text", "start", "end", "low", "high", "low_inclusive", "high_inclusive", "unit", "counts", "measure", "population",
        "counting", "modifier", "approximate", "vague", "sure", "why",
    }  # fmt: skip


def test_exported_claims_import_elsewhere_to_the_same_claims(ledger: Ledger, tmp_path: Path) -> None:
    from ledger.exchange import json_lines

    second = CLAIM | {
        "exact": "The mayor spoke of 60 boats",
        "key": "k2",
        "says": "60",
        "attribution": [],
        "tags": ["a b"],
    }
    imported(ledger, tmp_path, CLAIM, second)
    lines = [json.loads(line) for line in b"".join(json_lines.export(ledger, Selection(full_text=True))).splitlines()]
    assert [("text" in line["article"]) for line in lines] == [True, False]
    with store.create(tmp_path / "copy.db", actor="bob") as copy:
        outcome = imported(copy, tmp_path, *lines)
        assert (outcome.logged, outcome.problems) == (2, [])
        for one, other in zip(read.claims(ledger), read.claims(copy), strict=True):
            changed = {"uid", "capture", "key"}
            assert {k: v for k, v in r.plain(one).items() if k not in changed} == {
                k: v for k, v in r.plain(other).items() if k not in changed
            }
        again = b"".join(json_lines.export(copy, Selection(full_text=True))).splitlines()
        assert [json.loads(line) for line in again] == lines
        assert imported(copy, tmp_path, *lines).known == 2


def test_export_without_bytes_that_it_names_is_refused(claims):
    claims("capture", claims.file("a.txt", "The mayor said at least 40 boats left.\n"), "--title", "T")
    claims("export", "--format", "ledger", "-o", claims.folder / "log.jsonl")
    lines = (claims.folder / "log.jsonl").read_text("utf-8").splitlines(keepends=True)
    cut = claims.file("cut.jsonl", "".join(x for x in lines if '"blob":' not in x))
    emptied = claims.file("emptied.jsonl", "".join(re.sub(r'"bytes":"[^"]*"', '"bytes":null', x) for x in lines))
    wordless = claims.file(
        "wordless.jsonl", "".join(re.sub(r'"body":"(\\.|[^"\\])*"', '"body":null', x) for x in lines)
    )
    for damaged, told in ((cut, "that an entry names"), (emptied, "that an entry names"), (wordless, "not redacted")):
        ran = claims("import", damaged, "--ledger", claims.folder / "new.db", code=6)
        assert told in ran.err
    assert "entries into" in claims("import", claims.folder / "log.jsonl", "--ledger", claims.folder / "new.db").out
