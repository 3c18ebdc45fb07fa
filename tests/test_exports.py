"""Exports of claims: every way out says the same as reading does, comes back as it went, and runs in no spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from calendar import month_abbr
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import invented
import msgspec
import pytest
from conftest import Claims, begins
from hostile import made_up
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import records as r
from ledger import redaction, store
from ledger.errors import BadInput, Refused
from ledger.exchange import EXPORTS, Selection, claim_lines, datapackage, flat, json_lines, xlsx
from ledger.store import Ledger, listing, read
from ledger.text import doubts, formulas
from ledger.verbs import importing
from ledger.vocabulary import Checked, EntryKind, Mode, Modifier, Precision, Role, SourceKind, Stance, State, TimeRole

ARTICLE = {"file": "boats.txt", "title": "Boats leave", "publisher": "Example Gazette", "published_at": "2020-06-02"}
TEXT = "At least 40 boats left the port on Monday, the harbour office said. The mayor spoke of 60 boats."
CLAIM: dict[str, Any] = {
    "key": "k1",
    "article": ARTICLE | {"text": TEXT},
    "exact": "At least 40 boats left the port",
    "attribution": [
        {"source": "Lorn Radio", "kind": "news_outlet", "role": "relay"},
        {"source": "the harbour office", "cue": "said"},
    ],
    "event_time": "2020-06-01",
    "as_of": "2020-06-02",
    "place": "the port",
    "question": "How many boats left?",
    "tags": ["sea", "port"],
    "extra": {"id": "x1", "n": 1.50},
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with store.create(tmp_path / "l.db", actor="ann") as opened:
        yield opened


def imported(ledger: Ledger, folder: Path, *lines: Any) -> claim_lines.Outcome:
    file = folder / "in.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return importing.import_files(ledger, importing.ImportFiles(files=(str(file),)), actor="ann")


def exported(ledger: Ledger, **selection: Any) -> list[Any]:
    """The lines of the export."""
    data = b"".join(json_lines.export(ledger, Selection(**selection)))
    return [json.loads(line) for line in data.splitlines()]


def csv_rows(ledger: Ledger, **selection: Any) -> list[dict[str, str]]:
    """The rows of the table as a program reads them, neutralised cells as they are."""
    text = b"".join(flat.export(ledger, Selection(**selection))).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def restored(row: dict[str, str]) -> dict[str, str]:
    return {name: formulas.restored(cell) for name, cell in row.items()}


# --- the fast way out says what reading says ----------------------------------------------------------------------


def without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    return [without_none(v) for v in value] if isinstance(value, list) else value


def given_fields(value: Any) -> Any:
    """A record as JSON data without the fields that have their defaults."""
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.fields(value)
        told = {f.name: getattr(value, f.name) for f in fields if getattr(value, f.name) != f.default}
        return {name: given_fields(v) for name, v in told.items()}
    return [given_fields(v) for v in value] if isinstance(value, tuple) else value


def plain_line(ledger: Ledger, claim: r.Claim) -> Any:
    """The line of a claim, made from the record that everything else reads."""
    article = read.article(ledger, claim.article)
    names = ("url", "file", "title", "publisher", "published_at", "credit_line", "byline", "language")
    hops = [{"role": h.role.value} | given_fields(r.replace(h, source_id=None)) for h in claim.attribution]
    line = {
        "key": claim.key or claim.uid,
        "article": {name: getattr(article, name) for name in names},
        "exact": claim.exact, "start": claim.start, "prefix": claim.prefix or None, "suffix": claim.suffix or None,
        "cite": claim.cite, "mode": None if claim.mode is Mode.NONE else claim.mode.value, "attribution": hops,
        "quantities": given_fields(claim.quantities), "times": given_fields(claim.times),
        "place": given_fields(claim.place), "scope": claim.scope, "answer": claim.answer, "says": claim.says,
        "stance": claim.stance.value if any(h.cue for h in claim.attribution) or claim.stance is not Stance.ASSERTS else None,
        "status": claim.status and claim.status.value,
        "language": claim.language, "unsure": given_fields(claim.unsure) or None, "found_by": claim.found_by,
        "reading": given_fields(claim.reading), "translation": given_fields(claim.translation),
        "questions": [read.question(ledger, q).question for q in claim.questions] or None,
        "tags": list(claim.tags) or None,
    }  # fmt: skip
    return without_none(line) | ({"extra": claim.extra} if claim.extra is not None else {})


def plain_row(claim: r.Claim, line: Any, article: r.Article) -> dict[str, str]:
    """What the cells beside the record hold, made the slow way."""
    figure = claim.quantities[0] if claim.quantities else None
    origin = next((h.source for h in reversed(claim.attribution) if h.role is Role.ORIGIN), claim.publisher)
    truth = {None: "", True: "yes", False: "no"}

    def when(role: TimeRole) -> str:
        time = next((t for t in claim.times if t.role is role), None)
        if time is None:
            return ""
        if time.earliest is None and time.latest is None:
            return time.text
        return time.earliest if time.earliest == time.latest else f"{time.earliest or ''}/{time.latest or ''}"  # type: ignore[return-value]

    of_figure: dict[str, Any] = dict.fromkeys(flat.OF_FIGURE, "") | {"figure": ""}
    if figure:
        of_figure = {name: getattr(figure, name) for name in flat.OF_FIGURE} | {"figure": figure.text}
        of_figure |= {name: truth[of_figure[name]] for name in flat.TRUTHS}
    row = of_figure | {
        "id": claim.id, "delete": "", "article": claim.article, "exact": claim.exact, "says": claim.says, "origin": origin,
        "chain": " > ".join(h.source for h in claim.attribution), "event_time": when(TimeRole.EVENT),
        "as_of": when(TimeRole.AS_OF), "place": claim.place and claim.place.name, "scope": claim.scope,
        "answer": claim.answer, "stance": "" if claim.stance is Stance.ASSERTS else claim.stance.value,
        "questions": " | ".join(line.get("questions", ())), "tags": " | ".join(claim.tags),
        "title": claim.title, "publisher": claim.publisher, "published_at": claim.published_at,
        "url": line["article"].get("url"), "file": line["article"].get("file"), "cite": claim.cite,
        "start": claim.start, "end": claim.end, "anchored": truth[claim.anchored], "state": claim.state,
        "check": claim.check and claim.check.value, "to_check": " | ".join(doubts(claim.unsure)),
        "rating": claim.rating and claim.rating.value,
        "rated_by": claim.rating and claim.rating.by, "rating_because": claim.rating and claim.rating.because,
        "key": line["key"], "printed_at": article.printed_at, "first_published_at": article.first_published_at,
        "modified_at": article.modified_at,
    }  # fmt: skip
    return {name: "" if value is None else str(value) for name, value in row.items()}


def assert_told_alike(ledger: Ledger, **selection: Any) -> None:
    """Lines and rows of the exports are those that the records give."""
    claims = list(read.claims(ledger, **selection))
    lines = [plain_line(ledger, claim) for claim in claims]
    assert exported(ledger, **selection) == lines
    rows = [restored(row) for row in csv_rows(ledger, **selection)]
    assert [json.loads(row.pop("record")) for row in rows] == lines
    articles = {name: read.article(ledger, name) for name in {claim.article for claim in claims}}
    assert rows == [plain_row(c, line, articles[c.article]) for c, line in zip(claims, lines, strict=True)]


def test_lines_and_rows_say_what_reading_says(tmp_path: Path) -> None:
    built = invented.build(tmp_path / "l.db")
    with store.open_ledger(tmp_path / "l.db") as ledger:
        assert_told_alike(ledger)
        assert_told_alike(ledger, question=read.thing(ledger, built.question).uid)
        assert "RETRACTED-WORDS" not in str(exported(ledger))


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
PARTS = st.fixed_dictionaries(
    {
        "attribution": st.lists(st.tuples(st.integers(0, 2), st.sampled_from(Role), st.booleans(), WORDS), max_size=3),
        "quantities": st.lists(
            st.tuples(
                WORDS,
                st.sampled_from(["1", "-2.5", None]),
                st.sampled_from([True, False, None]),
                st.sampled_from(Modifier),
            ),
            max_size=2,
        ),
        "times": st.lists(
            st.tuples(
                WORDS, st.sampled_from(["2020", None]), st.sampled_from(["2021-02", None]), st.sampled_from(TimeRole)
            ),
            max_size=2,
        ),
    }
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["claim", "claim", "amend", "retract", "redact", "tag", "file", "check", "rate", "work", "says"]),
        st.integers(0, 5),
        PARTS,
        WORDS,
    ),
    min_size=4,
    max_size=14,
)  # fmt: skip


class Desk:
    """Does one step after the other on a ledger of its own."""

    def __init__(self, ledger: Ledger, writer: store.Writer) -> None:
        self.ledger = ledger
        self.writer = writer
        self.claims: list[str] = []
        self.redacted: list[str] = []
        names = ("=Courier", "the mayor", "Radio\u202e")
        kinds = (SourceKind.NEWS_OUTLET, SourceKind.PERSON, SourceKind.UNKNOWN)
        self.sources = [
            writer.append(EntryKind.SOURCE, r.SourceDraft(name=n, folded=n, kind=k))
            for n, k in zip(names, kinds, strict=True)
        ]
        self.article = writer.append(
            EntryKind.ARTICLE, r.ArticleDraft(identity="a", file="a.txt", title="-T", publisher=self.sources[0])
        )
        self.question = writer.append(EntryKind.QUESTION, r.QuestionDraft(question="+How?", folded="how"))

    def parts(self, given: Any) -> dict[str, Any]:
        return {
            "attribution": [
                r.Hop(source=self.sources[n], role=role, cue=cue, mode=Mode.DIRECT, implicit=implicit)
                for n, role, implicit, cue in given["attribution"]
            ],
            "quantities": [
                r.Quantity(text=text, low=low, low_inclusive=mark, modifier=modifier, start=1, end=2)
                for text, low, mark, modifier in given["quantities"]
            ],
            "times": [
                r.TimeSpan(text, earliest=first, latest=last, role=role, precision=Precision.DAY)
                for text, first, last, role in given["times"]
            ],
        }

    def step(self, what: str, which: int, given: Any, words: str) -> None:
        if what == "claim" or not self.claims:
            parts = {name: tuple(value) for name, value in self.parts(given).items()}
            draft = r.ClaimDraft(
                article=self.article, exact=words, anchored=False, scope=words, place=r.Place(words), **parts
            )
            self.claims.append(self.writer.append(EntryKind.CLAIM, draft))
            return
        claim = self.claims[which % len(self.claims)]
        if what == "redact":
            self.redacted.append(claim)
        elif what == "amend":
            name = ("attribution", "quantities", "times")[which % 3]
            self.amend(claim, {name: r.plain(self.parts(given)[name])})
        elif what == "says":
            self.amend(claim, {"says": words})
        else:
            kind, draft = {
                "retract": (EntryKind.RETRACT, r.RetractDraft("so")),
                "tag": (EntryKind.TAG, r.TagDraft(words)),
                "file": (EntryKind.FILE, r.FileDraft(self.question)),
                "check": (EntryKind.CHECK, r.CheckDraft(Checked.UNCLEAR, words)),
                "rate": (EntryKind.RATING, r.RatingDraft("house", "disputed", words)),
                "work": (EntryKind.WORK, r.WorkDraft(state=State.WAITING)),
            }[what]
            self.writer.append(kind, draft, about=claim)

    def amend(self, claim: str, change: dict[str, Any]) -> None:
        draft = r.AmendDraft(kind=EntryKind.CLAIM, set=change, after=claim, because="so")
        self.writer.append(EntryKind.AMEND, draft, about=claim)


@settings(max_examples=12)
@given(steps=STEPS)
def test_whatever_was_amended_taken_back_or_blanked_the_exports_say_what_reading_says(
    tmp_path_factory: pytest.TempPathFactory, steps: Any
) -> None:
    with store.create(tmp_path_factory.mktemp("told") / "l.db", actor="ann") as ledger:
        with store.write(ledger, "ann") as writer:
            desk = Desk(ledger, writer)
            for step in steps:
                desk.step(*step)
        for uid in dict.fromkeys(desk.redacted):
            redaction.redact(ledger, uid, because="court", actor="ann")
        assert_told_alike(ledger)
        assert_told_alike(ledger, question=desk.question)


# --- there and back -----------------------------------------------------------------------------------------------


def naughty() -> list[str]:
    """Strings that break programs: our own, and the big list, or made up ones where it is not at hand."""
    shared = Path(__file__).resolve().parents[2] / "shared" / "vectors" / "blns" / "blns.json"
    theirs = json.loads(shared.read_text("utf-8")) if shared.is_file() else made_up(480)
    ours = [
        "=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "'x", "'=x", "''=x", "＝1", "a\r\nb", '"', '","', "_x0007_",
        "_x005F_", "a_x000D_b", "<r><t>x</t></r>", "<r></r>", "\x07bell", "\u202eabc", "\ufeffx", "\uffff", " x ", "🧿" * 40,
        " > ", "a | b", "NULL", "TRUE", "007", "1e5", "2020-01-02", "=cmd|' /C calc'!A0", "{}", "[1]", "\u2028x",
    ]  # fmt: skip
    return [text for text in [*ours, *theirs] if "\0" not in text]


def naughty_lines() -> list[Any]:
    return [
        {
            "key": f"n{n}",
            "article": ARTICLE | {"byline": text or None, "text": f"{text}\nThe office said x{text} on Monday."},
            "exact": f"x{text}",
            "start": len(text) + len("\nThe office said "),
            "says": text or None,
            "scope": text if n % 2 else None,
            "attribution": [{"source": f"x{text}", "cue": "said"}] if n % 3 else [],
            "quantity": "at least 40 boats" if n % 2 else None,
            "place": text if n % 5 == 0 and text.strip() else None,
            "question": f"How many {n % 3}?",
            "tags": [f"t{n % 4}"],
            "extra": {"text": text},
        }
        | {
            "article": {
                "file": f"{n}.txt",
                "publisher": "Example Gazette",
                "text": f"{text}\nThe office said x{text} on Monday.",
            }
        }
        for n, text in enumerate(naughty())
    ]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger whose every text is a naughty string."""
    folder = tmp_path_factory.mktemp("hostile")
    with store.create(folder / "ledger.db", actor="ann") as ledger:
        outcome = imported(ledger, folder, *naughty_lines())
        assert outcome.failed == 0, outcome.problems[:3]
    return folder / "ledger.db"


@pytest.fixture(scope="module")
def hostile_lines(hostile: Path) -> bytes:
    """The same as JSON Lines."""
    with store.open_ledger(hostile, store.Open.READ) as ledger:
        return b"".join(json_lines.export(ledger, Selection(full_text=True)))


@pytest.mark.parametrize("name", ["csv", "jsonl", "xlsx", "ledger"])
def test_naughty_strings_leave_and_come_back_as_they_were(
    claims: Claims, hostile: Path, hostile_lines: bytes, name: str
) -> None:
    def export(ledger: Path, to: str, format_: str = name) -> bytes:
        full = [] if format_ == "ledger" else ["--full-text"]
        claims("export", "--format", format_, *full, "-o", to, "--ledger", ledger)
        return Path(to).read_bytes()

    first = export(hostile, f"one.{name}")
    claims("import", f"one.{name}", *(["--ledger", claims.ledger]))
    again = export(claims.ledger, "again.jsonl", "jsonl")
    assert again == hostile_lines
    if name == "jsonl":
        assert again == first
    elif name != "xlsx":  # its date is that of the newest entry
        assert export(claims.ledger, f"two.{name}") == first


def test_no_cell_of_a_csv_begins_as_a_formula(hostile: Path) -> None:
    with store.open_ledger(hostile, store.Open.READ) as ledger:
        cells = [cell for row in csv_rows(ledger) for cell in row.values()]
        pieces = zipped(ledger)
    for text in pieces.values():
        cells += [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert len(cells) > 10_000
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


# --- a spreadsheet that somebody edited ---------------------------------------------------------------------------


def edited(ledger: Ledger, **cells: str) -> Any:
    """The import line of the first row with some cells changed."""
    row = restored(csv_rows(ledger)[0])
    return flat.unflat(row | cells)


def changes_of(ledger: Ledger, **cells: str) -> Any:
    """What an edit changes in the line."""
    before, after = exported(ledger)[0], edited(ledger, **cells)
    return {k: after.get(k) for k in before | after if before.get(k) != after.get(k)}


EDITS: list[tuple[dict[str, str], Any]] = [
    ({}, {}),
    ({"says": "Boats left."}, {"says": "Boats left."}),
    ({"id": "C9", "state": "published", "rating": "true"}, {}),
    ({"published_at": "2/6/2020"}, {}),
    ({"low": "40.0"}, {}),
    ({"exact": " At  least 40 boats left the port\r\n"}, {}),
    ({"place": "the quay"}, {"place": "the quay"}),
    ({"place": ""}, {"place": None}),
    ({"tags": "sea"}, {"tags": ["sea"]}),
    ({"questions": "How many? | When?"}, {"questions": ["How many?", "When?"]}),
    ({"publisher": "Other Gazette"}, {"article": ARTICLE | {"publisher": "Other Gazette"}}),
    ({"exact": "At least 40 boats"}, {"exact": "At least 40 boats", "start": None, "suffix": None}),
    ({"as_of": ""}, {"times": "one"}),
    ({"event_time": "2020-06"}, {"times": "2020-06"}),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "changed"), EDITS)
def test_an_edited_cell_wins_for_its_own_field_and_the_record_keeps_the_rest(
    ledger: Ledger, tmp_path: Path, cells: dict[str, str], changed: Any
) -> None:
    imported(ledger, tmp_path, CLAIM)
    found = changes_of(ledger, **cells)
    if isinstance(changed.get("times"), str):
        times = found.pop("times")
        assert [t["role"] for t in times if t["role"] != "mentioned"][: 2 if "event_time" in cells else 1] == (
            ["event", "as_of"] if "event_time" in cells else ["event"]
        )
        assert times[0]["earliest"] == cells.get("event_time", "2020-06-01")
        changed = {}
    assert found == changed


def test_an_edited_chain_keeps_what_is_known_of_the_sources_that_stay(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, tmp_path, CLAIM)
    (radio, office) = exported(ledger)[0]["attribution"]
    assert edited(ledger, chain="the harbour office")["attribution"] == [office]
    longer = edited(ledger, chain="Lorn Radio > the mayor > the harbour office")["attribution"]
    assert longer == [radio, {"source": "the mayor"}, office]
    turned = edited(ledger, chain="the harbour office > Lorn Radio", origin="Lorn Radio")["attribution"]
    assert [(h["source"], h.get("role")) for h in turned] == [("the harbour office", None), ("Lorn Radio", None)]
    assert edited(ledger, origin="the mayor")["attribution"] == [radio, {"source": "the mayor", "role": "origin"}]
    with pytest.raises(BadInput, match="origin"):
        edited(ledger, chain="a > b", origin="c")


def test_an_edited_figure_is_read_anew_and_its_bounds_follow(ledger: Ledger, tmp_path: Path) -> None:
    imported(ledger, tmp_path, CLAIM)
    (figure,) = edited(ledger, figure="more than 50 boats")["quantities"]
    assert (figure["low"], figure["low_inclusive"], figure["high"]) == ("50", False, None)
    (figure,) = edited(ledger, high="60")["quantities"]
    assert (figure["low"], figure["high"], figure["high_inclusive"]) == ("40", "60", True)
    assert edited(ledger, figure="", low="", low_inclusive="", modifier="")["quantities"] == []
    for cells, said in (({"low": "many"}, "low"), ({"high": "3"}, "above"), ({"figure": "some"}, "figure")):
        with pytest.raises(BadInput, match=said):
            edited(ledger, **cells)


def test_a_row_typed_by_hand_under_our_header_needs_no_record() -> None:
    row = dict.fromkeys(flat.COLUMNS, "") | {
        "exact": "40 boats left", "origin": "the mayor", "publisher": "Example Gazette", "title": "Boats", "figure": "40 boats",
        "event_time": "2020-06-01", "tags": "sea",
    }  # fmt: skip
    assert flat.unflat(row) == {
        "article": {"title": "Boats", "publisher": "Example Gazette"},
        "exact": "40 boats left",
        "tags": ["sea"],
        "attribution": [{"source": "the mayor", "role": "origin"}],
        "quantity": "40 boats",
        "event_time": "2020-06-01",
    }


@pytest.mark.parametrize("record", ["{", "[]", "1", '{"exact": 1}', "x" * 40])
def test_a_broken_record_is_said_and_how_to_do_without(record: str) -> None:
    with pytest.raises(BadInput, match="record"):
        flat.unflat({"exact": "x", "record": record})


# --- tables, workbook, Parquet ------------------------------------------------------------------------------------


def zipped(ledger: Ledger, **selection: Any) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        datapackage.export_file(ledger, Selection(**selection), Path(folder) / "tables.zip")
        with zipfile.ZipFile(Path(folder) / "tables.zip") as archive:
            return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv")}


def table_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_tables_join_on_their_ids_and_hold_nothing_internal(tmp_path: Path) -> None:
    built = invented.build(tmp_path / "l.db")
    with store.open_ledger(tmp_path / "l.db") as ledger:
        tables_of = {name.removesuffix(".csv"): table_rows(text) for name, text in zipped(ledger).items()}
        some = zipped(ledger, question=read.thing(ledger, built.question).uid)
        claims = list(read.claims(ledger))
    assert list(tables_of) == [table.name for table in listing.TABLES]
    ids = [row["id"] for row in tables_of["claims"]]
    assert ids == [claim.id for claim in claims]
    assert {row["claim"] for name in ("attributions", "figures", "times", "filings") for row in tables_of[name]} <= set(
        ids
    )
    assert {row["source"] for row in tables_of["attributions"]} <= {row["id"] for row in tables_of["sources"]}
    assert {row["article"] for row in tables_of["claims"]} <= {row["id"] for row in tables_of["articles"]}
    assert [row["value"] for row in tables_of["ratings"] if row["superseded"] == "no"] == ["unproven"]
    assert [row["value"] for row in tables_of["checks"]] == ["yes"]
    assert tables_of["evidence"][0]["shows"] == "the quay with rescuers"
    assert built.secret not in str(tables_of)
    assert "RETRACTED-WORDS" not in str(tables_of)
    assert {row["id"] for row in table_rows(some["claims.csv"])} == set(ids) - {built.loose}
    assert len(table_rows(some["articles.csv"])) < len(tables_of["articles"])


def test_a_workbook_holds_strings_alone_and_says_what_does_not_fit(ledger: Ledger, tmp_path: Path) -> None:
    import openpyxl

    imported(ledger, tmp_path, CLAIM | {"says": "=1+1", "scope": "https://evil.example/"})
    xlsx.export_file(ledger, Selection(), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Claims", "Articles", "Sources", "Questions"]
    sheet = book["Claims"]
    assert sheet.freeze_panes == "B2"
    assert [cell.value for cell in sheet[1]] == list(flat.COLUMNS)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "inlineStr"}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    long = dict.fromkeys(("says", "scope", "answer"), "x" * 12000)
    imported(ledger, tmp_path, CLAIM | {"key": "k2", "exact": "The mayor spoke of 60 boats"} | long)
    with pytest.raises(Refused, match=r"Claims, C2: record has 3\d,\d{3} characters"):
        xlsx.export_file(ledger, Selection(), tmp_path / "b.xlsx")


def test_parquet_holds_chains_and_figures_as_lists(tmp_path: Path) -> None:
    parquet_file = pytest.importorskip("pyarrow.parquet")
    from ledger.exchange import parquet

    invented.build(tmp_path / "l.db")
    with store.open_ledger(tmp_path / "l.db") as ledger:
        parquet.export_file(ledger, Selection(), tmp_path / "a.parquet")
        claims, lines = list(read.claims(ledger)), exported(ledger)
    rows = parquet_file.read_table(tmp_path / "a.parquet").to_pylist()
    assert [row["id"] for row in rows] == [claim.id for claim in claims]
    for row, line in zip(rows, lines, strict=True):
        held = without_none(row)
        for name in ("attribution", "quantities"):
            assert len(held[name]) == len(line[name])
            assert all(part.items() >= given.items() for part, given in zip(held[name], line[name], strict=True))
        assert held["exact"] == line["exact"]
        assert (held["article"], held.get("place"), held.get("questions")) == (
            line["article"], line.get("place"), line.get("questions")
        )  # fmt: skip
    assert (rows[0]["check"], rows[0]["rating"], rows[0]["rated_by"]) == ("yes", "unproven", "ben")


# --- the command --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["csv", "jsonl", "tables", "xlsx", "parquet"])
def test_the_same_ledger_gives_the_same_bytes(claims: Claims, name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    invented.build(claims.ledger)
    files = [claims.folder / f"{n}.out" for n in "ab"]
    for file in files:
        ran = claims("export", "--format", name, "-o", file, "--json")
        assert ran.json == {"file": str(file), "format": name, "bytes": file.stat().st_size}
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["--format", "xls"], 2, "no format"),
        (["--format", "xlsx"], 2, "needs a file"),
        (["--format", "csv", "-o", "nowhere/a.csv"], 3, "no such folder"),
        (["--format", "xlsx", "-o", "nowhere/a.xlsx"], 3, "no such folder"),
        (["--format", "csv", "--question", "Q9"], 3, "Q9"),
    ],
)
def test_an_export_that_cannot_be_is_one_line_and_leaves_nothing(
    claims: Claims, args: list[str], code: int, said: str
) -> None:
    invented.build(claims.ledger)
    ran = claims("export", *args, code=code)
    assert said in ran.err
    assert sorted(p.name for p in claims.folder.iterdir() if p.suffix in (".csv", ".xlsx", ".part")) == []


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="needs a shell that limits the size of files")
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
@pytest.mark.file
def test_a_full_disk_is_one_line_and_leaves_nothing(
    tmp_path: Path, environment: dict[str, str], hostile: Path, name: str
) -> None:
    program = "import sys; sys.dont_write_bytecode = True; from cli.main import run; sys.exit(run())"
    script = 'ulimit -f 80; exec "$0" -c "$@"'
    ran = subprocess.run(
        ["/bin/sh", "-c", script, sys.executable, program, "export", "-o", str(tmp_path / name), "--ledger", str(hostile)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, "Traceback" in ran.stderr) == (5, False), ran.stderr
    assert "cannot write" in ran.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_one_line_names_the_extra(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    invented.build(claims.ledger)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = claims("export", "-o", "a.parquet", code=1)
    assert "claim-ledger[parquet]" in ran.err
    assert not (claims.folder / "a.parquet").exists()


def test_a_byte_order_mark_is_written_where_it_is_asked_for(claims: Claims) -> None:
    invented.build(claims.ledger)
    claims("export", "--bom", "-o", "a.csv")
    claims("export", "--bom", "-o", "a.zip")
    assert Path("a.csv").read_bytes().startswith(b"\xef\xbb\xbfid,delete,exact,")
    with zipfile.ZipFile("a.zip") as archive:
        assert all(
            archive.read(name).startswith(b"\xef\xbb\xbf") for name in archive.namelist() if name.endswith(".csv")
        )


def test_every_export_names_itself_and_no_two_share_an_ending() -> None:
    endings = [ending for format_ in EXPORTS.values() for ending in format_.endings]
    assert len(endings) == len(set(endings))
    assert all(format_.title for format_ in EXPORTS.values())


# --- there and back -----------------------------------------------------------------------------------------------


MANY, EDITED = (int(n) for n in os.environ.get("SHEET_ROWS", "200 10").split())
"""Rows of a sheet and those that are edited: SHEET_ROWS="1000 50" pytest ..."""


def invented_lines(count: int) -> str:
    """Claims of several articles, with what spreadsheets like to rewrite: days, months, long numbers, signs, zeros, blanks."""
    lines = []
    for n in range(count):
        claim: dict[str, Any] = {
            "article": {"title": f"Port news {n % 7}", "publisher": f"Gazette {n % 3}",
                        "published_at": f"2031-0{n % 9 + 1}-1{n % 10}", "url": f"https://port.example/{n % 7}"},
            "exact": f"At least {n + 40} boats left berth {n}", "quantity": f"at least {n + 40} boats",
            "attribution": [{"source": f"the harbour office of berth {n % 11}", "cue": "said"}],
            "question": "How many boats left?", "scope": f"berth 00{n}", "place": "-the quay" if n % 5 == 0 else "Lorn",
        }  # fmt: skip
        claim |= {"event_time": "2031-05"} if n % 4 == 0 else {"answer": "007", "tags": ["1.50", "=sum"]}
        claim |= {"quantity": {"low": "12345678901234567890", "modifier": "exact"}} if n % 50 == 0 else {}
        lines.append(json.dumps(claim))
    return "\n".join(lines)


def as_a_spreadsheet_saves(cell: str) -> str:
    """What a program for sheets may make of a cell that it opened and saved again, nobody having touched it."""
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", cell):
        return f"{match[3]}/{match[2]}/{match[1]}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)", cell):
        return f"{month_abbr[int(match[2])]}-{match[1][2:]}"
    if re.fullmatch(r"\d+(\.\d+)?", cell):
        return f"{float(cell):g}" if len(cell) < 7 else f"{float(cell):.2E}"
    return " ".join(cell.split())


def saved_again(path: Path, rows: list[dict[str, str]]) -> None:
    """Semicolons, a byte order mark, the record left as it is, other columns as a spreadsheet saves them."""
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        for row in rows:
            writer.writerow({k: v if k in ("record", "key") else as_a_spreadsheet_saves(v) for k, v in row.items()})


def test_many_claims_come_back_as_they_were_and_ten_edits_are_ten_amendments(claims: Claims) -> None:
    claims.file("lines.jsonl", invented_lines(MANY))
    claims("import", "lines.jsonl")
    claims("export", "-o", "claims.csv")
    size = claims("verify", "--json").json["entries"]
    rows = list(csv.DictReader(io.StringIO(Path("claims.csv").read_text(encoding="utf-8"), newline="")))
    saved_again(Path("again.csv"), rows)
    for name in ("claims.csv", "again.csv"):
        assert claims("import", name).out.strip() == f"0 changed, 0 new, {MANY:,} as they were"
    assert claims("verify", "--json").json["entries"] == size
    for n, row in enumerate(rows[:: MANY // EDITED]):
        row["says"] = f"{n} boats and more"
    saved_again(Path("edited.csv"), rows)
    told = f"{EDITED} changed, 0 new, {MANY - EDITED} as they were"
    assert told in claims("import", "edited.csv", "--dry-run").out
    assert claims("import", "edited.csv", "--because", "plainer").out.strip() == told
    with store.open_ledger(claims.ledger, store.Open.READ) as ledger:
        assert [e.kind for e in store.entries(ledger, since=size)] == ["amend"] * EDITED
    assert claims("import", "edited.csv").out.strip() == f"0 changed, 0 new, {MANY:,} as they were"


@begins
def sheet(claims: Claims) -> Claims:
    """Three claims of one article, exported to claims.csv."""
    claims.file(
        "a.txt", "At least 40 boats left, the harbour office said. The mayor spoke of 60 boats. Nobody was hurt.\n"
    )
    claims("capture", "a.txt", "--title", "Boats", "--publisher", "Example Gazette", "--published", "2031-05-09")
    for quote, by in (
        ("At least 40 boats left", "the harbour office"),
        ("60 boats", "the mayor"),
        ("Nobody was hurt", "@port"),
    ):
        claims("add", quote, "--article", "A1", "--by", by, "--question", "How many boats left?", "--no-input")
    claims("export", "-o", "claims.csv")
    return claims


def edit_sheet(edits: dict[int, dict[str, str]], new: Sequence[dict[str, str]] = ()) -> None:
    rows = list(csv.DictReader(io.StringIO(Path("claims.csv").read_text(encoding="utf-8"), newline="")))
    for n, cells in edits.items():
        rows[n] |= cells
    rows += [dict.fromkeys(rows[0], "") | cells for cells in new]
    saved_again(Path("edited.csv"), rows)


@pytest.mark.parametrize(
    ("cell", "value", "found"),
    [
        ("says", "Forty boats left.", lambda c: c["says"] == "Forty boats left."),
        ("figure", "over 50 boats", lambda c: [(q["low"], q["modifier"]) for q in c["quantities"]] == [("50", "more_than")]),
        ("low", "45", lambda c: c["quantities"][0]["low"] == "45"),
        ("origin", "the ferry company", lambda c: [h["source"] for h in c["attribution"]] == ["the ferry company"]),
        ("chain", "Lorn Radio > the harbour office", lambda c: [h["role"] for h in c["attribution"]] == ["relay", "origin"]),
        ("place", "Lorn", lambda c: c["place"]["name"] == "Lorn"),
        ("event_time", "2031-05-08", lambda c: ("event", "2031-05-08") in [(t["role"], t["earliest"]) for t in c["times"]]),
        ("questions", "What left?", lambda c: c["questions"] == ["Q2"]),
        ("tags", "sea | port", lambda c: c["tags"] == ["sea", "port"]),
        ("stance", "denies", lambda c: c["stance"] == "denies"),
        ("title", "Boats leave", lambda c: c["title"] == "Boats leave"),
        ("publisher", "Other Gazette", lambda c: c["publisher"] == "Other Gazette"),
        ("published_at", "8 May 2031", lambda c: c["published_at"] == "2031-05-08"),
    ],
)  # fmt: skip
def test_an_edited_cell_amends_its_claim_once_and_undo_takes_it_back(
    sheet: Claims, cell: str, value: str, found: Callable[[Any], bool]
) -> None:
    before = sheet("show", "C1", "--json").json
    edit_sheet({0: {cell: value}})
    shown = sheet("import", "edited.csv", "--dry-run").out
    assert re.search(rf"C1 +{cell} .*-> +{re.escape(value)}", shown)
    assert sheet("show", "C1", "--json").json == before
    assert "1 changed, 0 new, 2 as they were" in sheet("import", "edited.csv", "--because", "checked").out
    after = sheet("show", "C1", "--json").json
    assert found(after)
    assert (after["id"], after["exact"], after["start"]) == ("C1", before["exact"], before["start"])
    assert "0 changed, 0 new, 3 as they were" in sheet("import", "edited.csv").out
    sheet("undo")
    assert sheet("show", "C1", "--json").json == before


@pytest.mark.parametrize(
    ("edits", "told"),
    [({"rating": "disputed"}, "rating is not taken from a sheet: C1 “disputed” (is “”); claims rate ID"),
     ({"check": "no"}, "claims check ID yes|no|unclear sets it"), ({"state": "ready"}, "claims state ID STATE sets it"),
     ({"article": "A9"}, "article is not taken from a sheet: C1 “A9” (is “A1”)"),
     ({"colour": "blue"}, 'the column "colour" is none of an export')],
)  # fmt: skip
def test_what_a_sheet_does_not_set_is_told_with_what_does(sheet: Claims, edits: dict[str, str], told: str) -> None:
    size = sheet("verify", "--json").json["entries"]
    edit_sheet({n: edits if n == 0 else dict.fromkeys(edits, "") if "colour" in edits else {} for n in range(3)})
    ran = sheet("import", "edited.csv", "--because", "checked")
    assert told in ran.err
    assert "0 changed, 0 new, 3 as they were" in ran.out
    assert sheet("verify", "--json").json["entries"] == size


def test_a_figure_in_a_cell_that_the_words_do_not_hold_is_called_ours(sheet: Claims) -> None:
    edit_sheet({0: {"figure": "at least 49 boats"}, 1: {"figure": "60"}})
    told = sheet("import", "edited.csv", "--dry-run").out
    assert "at least 49 boats (our figure: the words do not hold it)" in told
    assert told.count("our figure") == 1


def test_a_cell_that_says_what_the_ledger_says_otherwise_written_changes_nothing(sheet: Claims) -> None:
    size = sheet("verify", "--json").json["entries"]
    edit_sheet({0: {"stance": "Asserts"}})
    for _ in range(2):
        assert "0 changed, 0 new, 3 as they were" in sheet("import", "edited.csv", "--because", "checked").out
    assert sheet("verify", "--json").json["entries"] == size


def test_names_in_cells_are_held_against_the_ledger_as_amend_holds_them(sheet: Claims) -> None:
    edit_sheet({0: {"publisher": "S3"}, 1: {"origin": "S2"}, 2: {"tags": "#sea side"}})
    sheet("import", "edited.csv", "--because", "checked")
    assert sheet("show", "C1", "--json").json["publisher"] == "the mayor"
    assert sheet("show", "C2", "--json").json["attribution"][0]["source"] == "the harbour office"
    assert sheet("show", "C3", "--json").json["tags"] == ["sea side"]
    sheet("undo")
    edit_sheet({0: {"publisher": "Exampel Gazette"}, 1: {"origin": "Lena Marsh"}})
    told = sheet("import", "edited.csv", "--because", "checked").err
    assert "did you mean S1 Example Gazette?" in told
    assert "Lena Marsh looks like the name of a private person" in told


def test_an_import_that_was_undone_can_be_done_again_and_what_was_retracted_stays_so(claims: Claims) -> None:
    claims.file("one.jsonl", invented_lines(1))
    for n in (1, 2):
        assert "1 claim logged" in claims("import", "one.jsonl").out
        assert [c["id"] for c in claims("list", "--json").lines] == [f"C{n}"]
        claims("undo")
    claims("import", "one.jsonl")
    claims("retract", "C3", "--because", "logged twice")
    again = claims("import", "one.jsonl")
    assert "0 claims logged, 1 known already" in again.out
    assert "C3 stays retracted: logged twice" in again.err


def test_rows_are_added_and_taken_back_and_a_conflict_is_told(sheet: Claims) -> None:
    new = {"exact": "The port was closed", "origin": "the navy", "title": "Port closed", "publisher": "Lorn Radio"}
    edit_sheet({0: {"says": "40 boats or more left."}, 1: {"delete": "x"}, 2: {"scope": "people"}}, [new])
    sheet("amend", "C1", "--says", "Forty boats or more left.")
    done = sheet("import", "edited.csv", "--because", "the second count", code=2)
    assert "1 changed, 1 new, 1 retracted, 0 as they were, 1 bad line" in done.out
    assert "says was changed in the ledger since the export" in done.err
    assert [c["exact"] for c in sheet("list", "--json").lines][-1] == "The port was closed"
    assert sheet("show", "C1", "--json").json["says"] == "Forty boats or more left."
    assert sheet("show", "C2", "--json").json["retracted"]
    assert "retracted C2: the second count" in sheet("history", "C2").out
    sheet("undo")
    assert len(sheet("list", "--json").lines) == 3


@pytest.mark.parametrize(
    ("edits", "told"),
    [({"exact": "At least 41 boats left"}, "clear id, key and record"), ({"delete": "perhaps"}, "yes, or nothing"),
     ({"published_at": "3/4/2031"}, "day or month first"), ({"low": "90", "high": "20"}, "low is above high"),
     ({"stance": "shouts"}, "one of asserts, denies"), ({"origin": ""}, "clear chain too"), ({"id": "C2"}, "mixed up"),
     ({"tags": "C3"}, "an id and no tag"), ({"tags": "sea, port"}, "without a comma"), ({"publisher": "S99"}, "S99")],
)  # fmt: skip
def test_an_edit_that_cannot_be_is_told_and_nothing_of_its_row_is_taken(
    sheet: Claims, edits: dict[str, str], told: str
) -> None:
    before = sheet("show", "C1", "--json").json
    edit_sheet({0: {"says": "More."} | edits})
    assert told in sheet("import", "edited.csv", code=2).err
    assert sheet("show", "C1", "--json").json == before


def test_a_sheet_that_lost_its_record_and_key_is_known_by_id_and_words(sheet: Claims) -> None:
    lost = {"record": "", "key": ""}
    edit_sheet({0: lost | {"says": "Forty."}, 1: lost, 2: lost | {"exact": "Another thing"}})
    done = sheet("import", "edited.csv", code=2)
    assert "1 changed, 0 new, 1 as they were, 1 bad line" in done.out
    assert "C3 has other words" in done.err


def test_exports_of_two_ledgers_that_take_each_other_in_double_nothing(sheet: Claims) -> None:
    for name in ("claims.csv", "claims.jsonl", "claims.xlsx"):
        sheet("export", "-o", name)
        sheet("import", name)
        sheet("import", name, "--ledger", "other.db")
    assert len(sheet("list", "--json").lines) == len(sheet("list", "--json", "--ledger", "other.db").lines) == 3
    sheet("export", "-o", "back.csv", "--ledger", "other.db")
    assert "0 changed, 0 new, 3 as they were" in sheet("import", "back.csv").out


def test_claims_with_coordinates_are_points_on_a_map_and_the_others_are_counted(claims: Claims) -> None:
    invented.build(claims.ledger)
    claims("amend", "C1", "--where", "Cape Lorn (-34.556, 38.272)", "--because", "the chart")
    ran = claims("export", "-o", "lorn.geojson")
    found = json.loads((claims.folder / "lorn.geojson").read_text("utf-8"))
    assert found["type"] == "FeatureCollection"
    (point,) = found["features"]
    assert point["geometry"] == {"type": "Point", "coordinates": [38.272, -34.556]}
    assert (point["properties"]["claim"], point["properties"]["place"]) == ("C1", "Cape Lorn")
    assert "7 claims have no coordinates" in ran.err
