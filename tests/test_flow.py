"""The main job, end to end, through the command line: article, claims, question, other sources, judgement, report."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from conftest import Claims, begins

ARTICLE = """\
Flood takes the lower town

The river left its bed on Friday. Marsh Relief, which counts the damage, said the lower town lost at least 300 houses in \
the flood.

According to the water ministry, its engineers opened more than 12 sluices in just 48 hours from Friday to Sunday. The dike of \
the second basin is 95 years old.

Valley television quoted a municipal source saying that the water was ‘fully under control’.

With agency inputs
"""

ASKED = "Houses destroyed in the flood, May 2024"
OTHERS = [
    {
        "key": "post", "exact": "as many as 300 houses were destroyed", "question": ASKED,
        "article": {"file": "post.txt", "title": "After", "publisher": "The Upland Post", "published_at": "2024-05-13",
                    "text": "Marsh Relief said as many as 300 houses were destroyed.\n"},
        "attribution": [{"source": "Marsh Relief", "cue": "said"}],
    },
    {
        "key": "echo", "exact": "340 houses were destroyed in the lower town", "question": ASKED,
        "article": {"file": "echo.txt", "title": "The count", "publisher": "River Echo", "published_at": "2024-05-13",
                    "text": "The town council said 340 houses were destroyed in the lower town.\n"},
        "attribution": [{"source": "town council", "kind": "government", "cue": "said"}], "colour": "blue",
    },
]  # fmt: skip


@begins
def flood(claims: Claims) -> Claims:
    """A ledger with the article, its claims and two other sources' figures."""
    claims("init")
    claims.file("article.txt", ARTICLE)
    claims(
        "capture", "article.txt", "--title", "Flood takes the lower town", "--publisher", "Example Daily",
        "--published", "2024-05-12", "--credit", "With agency inputs", "--json",
    )  # fmt: skip
    claims(
        "add", "the lower town lost at least 300 houses in the flood", "--article", "A1", "--by", "Marsh Relief",
        "--cue", "said", "--read-as", "destroyed", "--because", "the relief body's own table says destroyed",
        "--question", ASKED, "--no-input", "--json",
    )  # fmt: skip
    claims("import", claims.file("others.jsonl", "".join(json.dumps(x) + "\n" for x in OTHERS)))
    return claims


def test_capture_gives_the_fields_of_the_contract_and_knows_the_same_bytes_again(claims: Claims) -> None:
    claims.file("article.txt", ARTICLE)
    saved = claims("capture", "article.txt", "--publisher", "Example Daily", "--published", "2024-05-12", "--json").json
    assert {"id", "uid", "capture", "sha256", "text_sha256", "new"} <= saved.keys()
    assert (saved["id"], saved["new"]) == ("A1", True)
    again = claims("capture", "article.txt", "--publisher", "Example Daily", "--published", "2024-05-12", "--json").json
    assert (again["id"], again["capture"], again["new"]) == ("A1", saved["capture"], False)
    assert claims("capture", "article.txt", "--json").json["id"] == "A1"
    assert claims("capture", "article.txt", "--publisher", "Upland Post", "--json").json["id"] == "A2"
    claims.file("article.txt", f"{ARTICLE}More.\n")
    assert claims("capture", "article.txt", "--json").json["id"] == "A3"


def test_a_claim_has_the_fields_of_the_contract_its_floor_and_its_place(flood: Claims) -> None:
    claim = flood("show", "C1", "--json").json
    assert {
        "id", "uid", "article", "exact", "start", "end", "prefix", "suffix", "anchored", "says", "attribution", "quantities",
        "times", "place", "questions", "state", "check", "rating", "extra",
    } <= claim.keys()  # fmt: skip
    assert ARTICLE[claim["start"] : claim["end"]] == claim["exact"]
    (figure,) = claim["quantities"]
    assert (figure["low"], figure["high"], figure["low_inclusive"], figure["modifier"]) == (
        "300",
        None,
        True,
        "at_least",
    )
    assert [h["source"] for h in claim["attribution"]] == ["Marsh Relief"]
    assert claim["reading"]["read_as"] == "destroyed"
    assert claim["questions"] == ["Q1"]


def test_the_same_claim_is_printed_by_add_show_list_search_and_question_show(flood: Claims) -> None:
    shown = flood("show", "C1", "--json").json
    listed = next(c for c in flood("list", "--json").lines if c["id"] == "C1")
    found = next(c for c in flood("search", "lower town lost", "--json").lines if c["id"] == "C1")
    asked = next(c for c in flood("question", "show", "Q1", "--json").json["claims"] if c["id"] == "C1")
    assert shown == listed == found == asked


def test_more_than_is_an_open_bound_with_its_window(flood: Claims) -> None:
    quote = "its engineers opened more than 12 sluices in just 48 hours from Friday to Sunday"
    claim = flood("add", quote, "--article", "A1", "--by", "water ministry", "--no-input", "--json").json
    figure = claim["quantities"][0]
    assert (figure["low"], figure["low_inclusive"], figure["high"]) == ("12", False, None)
    assert ("48", "hours") in [(q["low"], q["unit"]) for q in claim["quantities"]]
    assert ("2024-05-10", "2024-05-12") in [
        (t["earliest"][:10], t["latest"][:10]) for t in claim["times"] if t["earliest"]
    ]


def test_ages_and_ordinals_are_no_figures(flood: Claims) -> None:
    quote = "The dike of the second basin is 95 years old"
    assert flood("add", quote, "--article", "A1", "--no-input", "--json").json["quantities"] == []


def test_a_relay_stands_before_its_source(flood: Claims) -> None:
    claim = flood(
        "add", "fully under control", "--article", "A1", "--by", "a municipal source", "--via", "Valley television",
        "--no-input", "--json",
    ).json  # fmt: skip
    chain = [(h["role"], h["source"], h["text"]) for h in claim["attribution"]]
    assert chain == [
        ("relay", "Valley television", "Valley television"), ("origin", "a municipal source", "a municipal source"),
    ]  # fmt: skip
    assert claim["attribution"][1]["named"] is False
    drawn = flood("trace", claim["id"]).out
    assert drawn.index("Example Daily") < drawn.index("Valley television") < drawn.index("a municipal source")


@pytest.mark.parametrize(
    "quote",
    [
        "the lower town lost at least 500 houses in the flood",
        "the lower town lost 300 houses in the flood",
        "the town lower lost at least 300 houses in the flood",
    ],
)
def test_what_is_not_in_the_text_is_refused_with_the_nearest_passage_and_nothing_is_logged(
    flood: Claims, quote: str
) -> None:
    before = flood("log", "--json").out
    ran = flood("add", quote, "--article", "A1", "--no-input", code=2)
    assert "at least 300 houses" in ran.err
    assert ran.out == ""
    assert flood("log", "--json").out == before


def test_a_quote_that_stands_twice_asks_which(claims: Claims) -> None:
    claims.file("twice.txt", "The mayor said 40 boats sank. Later he said 40 boats sank again.\n")
    claims("capture", "twice.txt")
    ran = claims("add", "40 boats sank", "--article", "A1", "--no-input", code=2)
    assert "--occurrence" in ran.err
    second = claims("add", "40 boats sank", "--article", "A1", "--occurrence", "2", "--no-input", "--json").json
    assert second["start"] == 44


def test_what_cannot_be_captured_is_cited_and_never_passes_as_verbatim(claims: Claims) -> None:
    claim = claims(
        "add", "the dam holds", "--cite", "Radio Example, 8 o'clock news", "--by", "the warden", "--json"
    ).json
    assert (claim["anchored"], claim["start"], claim["cite"]) == (False, None, "Radio Example, 8 o'clock news")
    assert "not anchored" in claims("show", "C1").out


def test_a_claim_comes_as_json_on_standard_input(flood: Claims) -> None:
    given = {"exact": "fully under control", "article": "A1", "by": "a municipal source", "via": ["Valley television"]}
    claim = flood("add", "-", "--json", stdin=json.dumps(given)).json
    assert [h["source"] for h in claim["attribution"]] == ["Valley television", "a municipal source"]


def test_importing_twice_logs_once_and_unknown_keys_come_back(flood: Claims) -> None:
    again = flood("import", "others.jsonl", "--json").json
    assert {name: again[name] for name in ("lines", "logged", "known", "failed", "articles")} == {
        "lines": 2, "logged": 0, "known": 2, "failed": 0, "articles": 0,
    }  # fmt: skip
    echo = next(c for c in flood("list", "--json").lines if c["publisher"] == "River Echo")
    assert echo["extra"] == {"colour": "blue"}


def test_a_bad_line_is_named_and_the_good_ones_are_logged_or_with_strict_none(flood: Claims) -> None:
    good = dict(OTHERS[1], key="new", exact="The town council said")
    flood.file("mixed.jsonl", json.dumps(good) + "\n{broken\n" + json.dumps({"exact": "no article"}) + "\n")
    before = len(flood("list", "--json").lines)
    strict = flood("import", "mixed.jsonl", "--strict", code=2)
    assert "line 2" in strict.err
    assert len(flood("list", "--json").lines) == before
    ran = flood("import", "mixed.jsonl", "--json", code=2)
    assert "line 2" in ran.err
    assert "line 3" in ran.err
    assert (ran.json["logged"], ran.json["failed"]) == (1, 2)


def test_the_question_groups_answers_by_original_source_and_sees_the_floor_become_a_ceiling(flood: Claims) -> None:
    assert flood("question", "list", "--json").lines[0].items() >= {"id": "Q1", "claims": 3}.items()
    page = flood("question", "show", "Q1", "--json").json
    assert {
        "id", "question", "claims", "answers", "pairs", "origins", "drift", "stated", "answer", "ratings", "summary",
    } <= page.keys()  # fmt: skip
    families = {f["name"]: f["claims"] for f in page["origins"]["families"]}
    assert families == {"Marsh Relief": ["C1", "C2"], "town council": ["C3"]}
    assert (page["origins"]["low"], page["origins"]["high"]) == (2, 2)
    assert ("C1", "C2", "hedge_inversion") in [(d["from"], d["to"], d["kind"]) for d in page["drift"]]
    pairs = {(p["a"], p["b"]): p for p in page["pairs"]}
    assert pairs["C1", "C2"]["relation"] == "repeats"
    assert (pairs["C1", "C3"]["agreement"], pairs["C1", "C3"]["supports"]) == ("compatible", "b")
    assert pairs["C2", "C3"]["gap"]["absolute"] == "40"
    told = flood("question", "show", "Q1").out
    assert "has “at least 300 houses”, " in told
    assert "2 named sources" in told


def test_judgements_stand_beside_the_machines_and_the_report_leads_with_them(flood: Claims) -> None:
    flood("check", "C1", "yes", "--because", "its own table has the figure")
    flood("rate", "C1", "unproven", "--because", "one source, not confirmed elsewhere")
    flood("rate", "C1", "supported", "--because", "the council's list has them all", "--on", "C3")
    flood("answer", "Q1", "At least 300", "--low", "300", "--because", "a documented minimum", "--on", "C1,C3")
    flood("link", "C3", "C1", "--as", "supports", "--because", "the council counted the same streets")
    page = flood("question", "show", "Q1", "--json").json
    assert page["answer"].items() >= {"value": "At least 300", "low": "300", "on": ["C1", "C3"]}.items()
    assert [(x["value"], x["superseded"]) for x in page["ratings"]] == [("unproven", True), ("supported", False)]
    linked = next(p for p in page["pairs"] if (p["a"], p["b"]) == ("C1", "C3"))
    assert (linked["set_by"], linked["because"], linked["machine"]) == (
        "desk", "the council counted the same streets", "supports",
    )  # fmt: skip
    flood("rate", "C1", "certain", "--because", "x", code=2)
    flood("rate", "C1", "supported", code=2)


def test_amend_retract_and_undo_keep_the_history(flood: Claims) -> None:
    flood("amend", "C1", "--says", "The flood destroyed at least 300 houses", "--because", "plainer")
    assert flood("show", "C1", "--json").json["says"] == "The flood destroyed at least 300 houses"
    flood("undo")
    assert flood("show", "C1", "--json").json["says"] is None
    flood("retract", "C2", "--because", "logged twice")
    assert "C2" not in [c["id"] for c in flood("list", "--json").lines]
    assert flood("show", "C2", "--json").json["retracted"] is True
    flood("undo")
    assert "C2" in [c["id"] for c in flood("list", "--json").lines]
    assert [h["what"] for h in flood("history", "C1", "--json").lines][:1] == ["claim"]


def test_the_report_is_one_page_that_asks_nothing_of_the_network(flood: Claims) -> None:
    pytest.importorskip("ledger.reports.report")
    flood("rate", "C1", "unproven", "--because", "one source, not confirmed elsewhere")
    flood("note", "C1", "the warden was rude on the phone")
    flood("report", "Q1", "-o", "report.html")
    html = unescape((flood.folder / "report.html").read_text(encoding="utf-8"))
    assert "at least 300 houses" in html
    assert "unproven" in html
    assert "Marsh Relief" in html
    assert "rude on the phone" not in html
    assert "default-src 'none'" in html
    assert "<script" not in html.replace('<script type="application/ld+json"', "")
    assert "95 years old" not in html
    flood("report", "Q1", "-o", "again.html")
    assert (flood.folder / "again.html").read_bytes() == (flood.folder / "report.html").read_bytes()
    flood("report", "Q1", "-o", "report.md")
    assert "at least 300 houses" in (flood.folder / "report.md").read_text(encoding="utf-8")


def test_verify_rebuild_and_a_ledger_taken_elsewhere_give_one_root(flood: Claims) -> None:
    found = flood("verify", "--json").json
    assert {"ok", "entries", "root", "checked", "cannot_see", "problems"} <= found.keys()
    assert found["ok"]
    claims_before = flood("list", "--json").out
    flood("rebuild")
    assert flood("list", "--json").out == claims_before
    assert flood("verify", "--json").json["root"] == found["root"]
    flood("export", "--format", "ledger", "-o", "all.jsonl")
    flood("import", "all.jsonl", "--ledger", "other.db")
    assert flood("verify", "--ledger", "other.db", "--json").json["root"] == found["root"]
    assert flood("list", "--ledger", "other.db", "--json").out == claims_before


def test_exports_have_every_claim_and_import_elsewhere(flood: Claims) -> None:
    flood("export", "--format", "jsonl", "-o", "claims.jsonl")
    assert flood("import", "claims.jsonl", "--ledger", "other.db", "--json").json["logged"] == 3
    ours, theirs = (flood("list", "--json", *more).lines for more in ([], ["--ledger", "other.db"]))
    for mine, yours in zip(ours, theirs, strict=True):
        assert {k: mine[k] for k in KEPT} == {k: yours[k] for k in KEPT}
        assert [q["low"] for q in mine["quantities"]] == [q["low"] for q in yours["quantities"]]
        assert [h["source"] for h in mine["attribution"]] == [h["source"] for h in yours["attribution"]]
    table = flood("export", "--format", "csv").out
    assert len(table.strip().splitlines()) == 4


KEPT = ("exact", "says", "reading", "answer", "questions", "title", "publisher", "published_at")
"""What a claim is wherever it is; the saved copies, and with them the places in them, stay in their ledger."""


def test_suggest_needs_no_ledger_and_gives_offsets_of_the_input(claims: Claims) -> None:
    path = claims.file("article.txt", ARTICLE)
    found = claims("suggest", path, "--published", "2024-05-12", "--json").lines
    assert found
    for x in found:
        assert {
            "exact",
            "start",
            "end",
            "content",
            "attribution",
            "quantities",
            "times",
            "mode",
            "pattern",
            "score",
        } <= (x.keys())
        assert ARTICLE[x["start"] : x["end"]] == x["exact"]
        assert all(ARTICLE[q["start"] : q["end"]] == q["text"] for q in x["quantities"])
    assert any(q["low"] == "300" and q["high"] is None for x in found for q in x["quantities"])
    assert not claims.ledger.exists()


# --- the seed and the corpora, where they are ---------------------------------------------------------------------


def test_all_gold_quotes_of_the_seed_are_logged_at_the_golds_offsets_with_their_chains(
    claims: Claims, shared: Path
) -> None:
    text = (shared / "seed/article.txt").read_text(encoding="utf-8")
    claims("capture", shared / "seed/article.txt", "--publisher", "Example Daily", "--published", "2016-03-27")
    gold = json.loads((shared / "seed/gold.json").read_text(encoding="utf-8"))
    for want in gold:
        logged = claims("add", "-", "--json", stdin=json.dumps(_fields(text, want))).json
        assert (logged["start"], logged["end"]) == (want["start"], want["end"]), want["id"]
        assert text[logged["start"] : logged["end"]] == logged["exact"] == want["quote"]
        chain = [h["source"] for h in want["attribution"] if h["role"] != "publisher"]
        assert [h["source"] for h in logged["attribution"]] == [" ".join(s.split()) for s in chain], want["id"]
        if want["quantity"] is None:
            assert [q for q in logged["quantities"] if q["unit"] not in DURATIONS] == [], (want["id"], want["quote"])
    assert len(claims("list", "--json").lines) == len(gold) == 41


DURATIONS = {"hours", "hour", "days", "day", "weeks", "week", "months", "month", "years", "year"}


def _fields(text: str, want: dict[str, Any]) -> dict[str, Any]:
    """What a person would type for a gold claim."""
    hops = [h for h in want["attribution"] if h["role"] != "publisher"]
    relays = [h["source"] for h in hops if h["role"] == "relay"]
    parents = [h["source"] for h in hops if h["role"] == "affiliation"]
    origins = [h for h in hops if h["role"] not in ("relay", "affiliation")]
    assert len(relays) + len(parents) + len(origins) == len(hops)
    before = text[: want["start"]].count(want["quote"])
    fields: dict[str, Any] = {"exact": want["quote"], "article": "A1", "via": relays}
    if text.count(want["quote"]) > 1:
        fields["occurrence"] = before + 1
    if origins:
        fields |= {"by": origins[-1]["source"], "cue": origins[-1]["cue"]}
    if parents:
        fields["of"] = parents[-1]
    return fields


def test_the_main_job_runs_on_the_seed_and_both_corpora(claims: Claims, shared: Path) -> None:
    gold = json.loads((shared / "seed/gold.json").read_text(encoding="utf-8"))

    def quote(words: str) -> str:
        return str(max((g["quote"] for g in gold if words in g["quote"]), key=len))

    claims("init")
    claims(
        "capture", shared / "seed/article.txt", "--title", "Palmyra", "--publisher", "Example Daily",
        "--published", "2016-03-27", "--credit", "With Agency Inputs", "--json",
    )  # fmt: skip
    lost = claims(
        "add", quote("at least 400"), "--article", "A1", "--by", "Syrian Observatory for Human Rights",
        "--read-as", "killed", "--because", "agency copies of the same statement say killed",
        "--question", "IS fighters killed in the battle for Palmyra, March 2016", "--json", "--no-input",
    ).json  # fmt: skip
    (figure,) = lost["quantities"]
    assert (figure["low"], figure["high"], figure["low_inclusive"]) == ("400", None, True)
    sorties = claims(
        "add", quote("more than 40"), "--article", "A1", "--by", "Russian Defence Ministry",
        "--says", "Russia flew more than 40 combat sorties, 25-26 March 2016", "--json", "--no-input",
    ).json  # fmt: skip
    figure = sorties["quantities"][0]
    assert (figure["low"], figure["low_inclusive"], figure["high"]) == ("40", False, None)
    assert ("24", "hours") in [(q["low"], q["unit"]) for q in sorties["quantities"]]
    assert ("2016-03-25", "2016-03-26") in [(t["earliest"], t["latest"]) for t in sorties["times"]]
    control = claims(
        "add", quote("complete control"), "--article", "A1", "--by", "a military source", "--via", "Syrian television",
        "--json", "--no-input",
    ).json  # fmt: skip
    assert [h["source"] for h in control["attribution"]] == ["Syrian television", "a military source"]
    refused = claims("add", quote("at least 400").replace("400", "500"), "--article", "A1", "--no-input", code=2)
    assert "at least 400" in refused.err
    for event in ("A-palmyra-2016", "A2-rashidin-2017"):
        claims.file(f"{event}.jsonl", _to_import(shared, event))
    claims("import", "A-palmyra-2016.jsonl", "A2-rashidin-2017.jsonl")
    questions = claims("question", "list", "--json").lines
    assert len(questions) > 10
    for q in questions:
        page = claims("question", "show", q["id"], "--json").json
        assert page["summary"]
        assert len(page["claims"]) == q["claims"]
        assert claims("question", "show", q["id"]).out.startswith(q["id"])
    claims("rate", "C1", "unproven", "--because", "one source, not confirmed elsewhere")
    claims(
        "answer", "Q1", "At least 400, per one monitor; not independently confirmed", "--low", "400",
        "--because", "every copy found traces to the monitor",
    )  # fmt: skip
    pytest.importorskip("ledger.reports.report")
    claims("report", "Q1", "-o", "report.html")
    assert "at least 400 militants" in (claims.folder / "report.html").read_text(encoding="utf-8")
    root = claims("verify", "--json").json["root"]
    claims("rebuild")
    assert claims("verify", "--json").json["root"] == root


def _to_import(shared: Path, event: str) -> bytes:
    made = subprocess.run(
        [sys.executable, shared / "corpus/to_import.py", shared / "corpus" / event], capture_output=True, check=True
    )
    return made.stdout


@pytest.mark.parametrize(
    ("event", "mode", "agreement", "precision", "recall"),
    [
        # never lower: raise them where the program became better
        ("A-palmyra-2016", "", 0.96, 0.95, 0.80),
        ("A2-rashidin-2017", "", 0.98, 0.90, 0.86),
        ("B-aceh-2013", "", 0.95, 0.95, 0.65),
        ("B-aceh-2013", "--plain", 0.90, 0.90, 0.60),
        ("E-seamicro-2012", "", 0.96, 0.95, 0.85),
        ("E-seamicro-2012", "--plain", 0.84, 0.90, 0.10),
        ("E-mtcook-2013", "", 0.84, 0.95, 0.70),
        ("E-mtcook-2013", "--plain", 0.73, 0.95, 0.55),
    ],
)
def test_what_is_called_a_dispute_is_one(
    claims: Claims, shared: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    event: str, mode: str, agreement: float, precision: float, recall: float,
) -> None:  # fmt: skip
    start = subprocess.run

    def run(command: list[str], **how: Any) -> Any:
        """What the scorer runs; `claims` in this process, on this test's ledger."""
        if command[0] != "claims":
            return start(command, **how)
        ran = claims(*command[1:])
        return subprocess.CompletedProcess(command, ran.code, ran.out, ran.err)

    scorer = shared / "corpus/score.py"
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(sys, "argv", [str(scorer), str(shared / "corpus" / event), *mode.split()])
    runpy.run_path(str(scorer), run_name="__main__")
    out = capsys.readouterr().out
    found = [float(v) for v in re.findall(r"(?:agreement|precision|recall) \d+/\d+ = ([\d.]+)", out)]
    assert all(have >= floor for have, floor in zip(found, (agreement, precision, recall), strict=True)), out
