"""Ranking: words as the index cuts them, candidates by rarer words, scores that know when nothing is about a text."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import store
from ledger.crossref import terms
from ledger.crossref.ranking import ABOUT, Ranker, similar
from ledger.crossref.terms import stem
from ledger.store import search
from ledger.verbs import importing

CLAIMS = (
    ("A ferry carrying 320 passengers sank off Cape Lorn at dawn", "Ferry sinks off Cape Lorn"),
    ("The mayor of Ostvik said the new bridge cost 48 million crowns", "Bridge over budget"),
    ("The bridge at Ostvik was closed after cracks were found in two pillars", "Ostvik bridge closed"),
    ("Farmers in the Hallen valley lost 1,200 sheep to the flood", "Flood in Hallen valley"),
    ("The dairy recalled butter because of glass splinters", "Butter recalled"),
    ("Rescuers pulled 14 miners from the Granholt pit alive", "Miners saved at Granholt"),
    ("Die Straße nach Hallen wurde für Йод gesperrt", "Straße gesperrt"),
    ("A court in Ostvik acquitted the former mayor of bribery", "Former mayor acquitted"),
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[store.Ledger]:
    folder = tmp_path_factory.mktemp("rank")
    lines = (
        {"article": {"file": f"{n}.txt", "title": title, "text": exact}, "exact": exact}
        for n, (exact, title) in enumerate(CLAIMS)
    )
    (folder / "in.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    with store.create(folder / "ledger.db", actor="desk") as made:
        importing.import_files(made, importing.ImportFiles(files=(str(folder / "in.jsonl"),)), actor="desk")
        yield made


def engine_terms(words: list[str]) -> list[list[str]]:
    """What FTS5 itself makes of each word."""
    db = sqlite3.connect(":memory:")
    db.executescript(
        "CREATE VIRTUAL TABLE t USING fts5 (x, tokenize = 'porter unicode61 remove_diacritics 2');"
        "CREATE VIRTUAL TABLE v USING fts5vocab ('t', 'instance');"
    )
    db.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", enumerate(words))
    found: list[list[str]] = [[] for _ in words]
    for term, doc in db.execute("SELECT term, doc FROM v ORDER BY doc, offset"):
        found[doc].append(term)
    db.close()
    return found


ENDINGS = (
    "s", "es", "ies", "ed", "ing", "ational", "izer", "fulness", "iveness", "ement", "able", "ion", "ly", "eed", "ll", "y",
    "ousli", "icate", "logi", "bli", "ee", "sses", "tion", "ative", "alize", "ical", "ance",
)  # fmt: skip


@given(st.lists(st.text("aeioubcdlmnprstwxyz", min_size=1, max_size=8), min_size=1, max_size=30), st.data())
@settings(max_examples=60, deadline=None)
def test_stems_are_those_of_the_index(words: list[str], data: st.DataObject) -> None:
    endings = data.draw(st.lists(st.sampled_from(ENDINGS), min_size=len(words), max_size=len(words)))
    built = [w + e for w, e in zip(words, endings, strict=True)]
    assert [[stem(w)] for w in built] == engine_terms(built)


@pytest.mark.parametrize(
    "text",
    [
        "Йод и ёлка в Нижнем", "서울 시장은 다리를 닫았다", "बाँध टूट गया था", "قال الوزير إنّ ٤٠ شخصًا قُتلوا", "Η γέφυρα άνοιξε",
        "Göteborg, Malmö och Ålesund", "naïve façade coöperation", "İstanbul’da köprü", "Đà Nẵng và Huế",
        "cafe\u0301 cre\u0300me",
        "it™ ½ № 42", "橋は閉鎖された", "Straße groß",
    ],
)  # fmt: skip
def test_words_of_any_script_are_cut_and_folded_as_the_index_does(text: str) -> None:
    assert [stem(w) for w in terms.words(text)] == [t for found in engine_terms([text]) for t in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("See https://news.example/a?b=c today", ["see", "today"]),
        ("Flood #HallenValley @LornHerald", ["flood", "hallen", "valley", "lorn", "herald"]),
        ("The end of the BBC and #NATOSummit2031", ["end", "bbc", "nato", "summit", "2031"]),
        ('"quoted" AND (NEAR OR *) NOT ^x:y', ["quoted", "near", "x", "y"]),
        ("Café in Åland, café", ["cafe", "aland"]),
        ("", []),
    ],
)
def test_a_query_is_its_words_without_addresses_and_stop_words(text: str, wanted: list[str]) -> None:
    assert terms.query_words(text) == wanted


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ferry sinks near Cape Lorn with hundreds aboard", 0),
        ("glass found in butter", 4),
        ("#OstvikBridge shut as pillars crack https://t.example/xyz", 2),
        ("sheep drowned in the floods of the Hallen valley", 3),
        ("miners rescued alive", 5),
        ("Straße йод", 6),
    ],
)
def test_the_claim_about_the_matter_comes_first_with_its_reasons(ledger: store.Ledger, text: str, first: int) -> None:
    best = similar(ledger, text)[0]
    assert best.claim.exact == CLAIMS[first][0]
    assert float(best.score) >= ABOUT
    assert any(reason.startswith(("words: ", "names: ")) for reason in best.reasons)


@pytest.mark.parametrize("text", ["quantum chess championship", "the of and", "", "?!"])
def test_nothing_is_about_a_matter_of_which_no_claim_speaks(ledger: store.Ledger, text: str) -> None:
    assert all(float(found.score) < ABOUT for found in similar(ledger, text))


def test_a_title_counts_like_the_claim(ledger: store.Ledger) -> None:
    assert similar(ledger, "Bridge over budget")[0].claim.exact == CLAIMS[1][0]


def test_a_shared_figure_is_a_reason(ledger: store.Ledger) -> None:
    assert "figures: 1200" in similar(ledger, "1,200 sheep died in the flood")[0].reasons


@given(st.text(max_size=200))
@settings(max_examples=80, deadline=None)
def test_no_text_is_read_as_syntax_and_scores_stay_probabilities(text: str) -> None:
    with store.Ledger(":memory:", sqlite3.connect(":memory:", isolation_level=None), writable=True) as made:
        made.db.row_factory = sqlite3.Row
        made.db.executescript(store.schema_sql())
        ranker = Ranker(made)
        assert ranker.scored(text + ' " OR exact : * NEAR(') == []


def test_scores_fall_and_stay_between_nought_and_one(ledger: store.Ledger) -> None:
    scores = [float(f.score) for f in similar(ledger, "the mayor of Ostvik and the bridge", limit=50)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= s <= 1 for s in scores)


def test_common_words_are_left_out_of_the_search_but_the_three_rarest_stay(ledger: store.Ledger) -> None:
    ranker = Ranker(ledger)
    words = terms.query_words("Ostvik bridge mayor butter")
    ranker.learn(words)
    ranker.__dict__["size"] = 10**6  # as if the ledger were large, no word of seven claims is common
    assert set(ranker._sought(words)) == set(words)
    ranker._known.update(
        {stem("ostvik"): 50_000, stem("bridge"): 40_000, stem("mayor"): 30_000, stem("butter"): 20_000}
    )
    assert ranker._sought(words) == ["butter", "mayor", "bridge"]


def test_a_retracted_claim_is_no_candidate(tmp_path: Path) -> None:
    from ledger import changes

    (tmp_path / "in.jsonl").write_text(
        json.dumps({"article": {"file": "a", "text": CLAIMS[0][0]}, "exact": CLAIMS[0][0]})
    )
    with store.create(tmp_path / "ledger.db", actor="desk") as made:
        importing.import_files(made, importing.ImportFiles(files=(str(tmp_path / "in.jsonl"),)), actor="desk")
        assert len(search.candidates(made, ["ferry"], limit=5)) == 1
        with store.write(made, "desk") as writer:
            changes.retract(writer, "C1", because="a slip")
        assert search.candidates(made, ["ferry"], limit=5) == []


def test_stems_of_a_large_vocabulary_are_those_of_the_index(shared: Path) -> None:
    held = set()
    with (shared / "matching" / "claims.jsonl").open(encoding="utf-8") as f:
        for line in list(f)[:1500]:
            held |= set(terms.words(json.loads(line)["text"]))
    known = sorted(held)
    assert [[stem(w)] for w in known] == engine_terms(known)
