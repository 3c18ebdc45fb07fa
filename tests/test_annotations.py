"""Web Annotations: what goes out is as the W3C has it and comes back; quotes from elsewhere stand exactly or are cited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Claims, begins

from ledger.exchange import web_annotations
from ledger.exchange.rows import told

Json = dict[str, Any]

TEXT = (
    "The harbour office said at least 40 boats 🚤 left Marsala on Monday. A fisherman spoke of “nearly 60” boats,\n"
    "and of 40 boats more.\n"
)
URL = "https://gazette.example/boats"


@begins
def boats(claims: Claims) -> Claims:
    return _saved(claims)


def _saved(claims: Claims) -> Claims:
    claims(
        "capture", claims.file("a.txt", TEXT), "--url", URL, "--title", "Boats leave", "--publisher", "Example Gazette",
        "--published", "2026-03-02",
    )  # fmt: skip
    return claims


@begins
def logged(claims: Claims) -> Claims:
    """Two anchored claims and a cited one."""
    boats = _saved(claims)
    boats(
        "add", "40 boats 🚤 left Marsala", "--article", "A1", "--by", "the harbour office", "--cue", "said", "--figure",
        "at least 40 boats", "--says", "At least 40 boats left on 2 March 2026", "--question", "How many boats?", "--no-input",
    )  # fmt: skip
    boats("add", "“nearly 60” boats", "--article", "A1", "--via", "Coast Radio", "--by", "a fisherman", "--no-input")
    boats("add", "Sixty boats", "--article", "A1", "--cite", "Coast Radio, 2 March 2026, 18:00", "--no-input")
    boats("tag", "C1", "harbour")
    boats("rate", "C1", "unproven", "--because", "one office", "--on", "C1")
    return boats


def exported(claims: Claims, *options: str) -> Json:
    found: Json = json.loads(claims("export", "--format", "annotations", *options).out)
    return found


def items(claims: Claims, *options: str) -> list[Json]:
    found: list[Json] = exported(claims, *options)["first"]["items"]
    return found


# --- out ----------------------------------------------------------------------------------------------------------


def test_a_claim_is_its_quote_and_its_place_in_the_copy(logged: Claims) -> None:
    whole = exported(logged)
    assert (whole["@context"], whole["type"], whole["total"]) == (web_annotations.CONTEXT, "AnnotationCollection", 3)
    target = whole["first"]["items"][0]["target"]
    quote, place = target["selector"]
    assert target["source"] == URL
    assert quote["exact"] == TEXT[place["start"] : place["end"]] == "40 boats 🚤 left Marsala"
    assert quote["prefix"] + quote["exact"] + quote["suffix"] in TEXT
    assert target["state"]["cached"] == f"urn:sha256:{hashlib.sha256(TEXT.encode()).hexdigest()}"


def test_people_read_our_words_the_chain_the_rating_and_the_tags(logged: Claims) -> None:
    one, two, _ = items(logged)
    said = [(b["purpose"], b["value"]) for b in one["body"][:-1]]
    assert said == [
        ("describing", "At least 40 boats left on 2 March 2026"),
        ("commenting", "according to the harbour office"),
        ("assessing", "unproven"),
        ("tagging", "harbour"),
    ]
    assert (one["motivation"], two["motivation"]) == ("assessing", "describing")
    assert two["body"][0]["value"] == "according to a fisherman, via Coast Radio"


def test_what_is_cited_points_at_no_words_of_the_page(logged: Claims) -> None:
    cited = items(logged)[2]
    assert "selector" not in cited["target"]
    assert cited["body"][0] == {
        "type": "TextualBody", "purpose": "describing", "format": "text/plain", "value": "Sixty boats",
    }  # fmt: skip


def test_a_copy_without_an_address_is_named_by_its_hash(claims: Claims) -> None:
    claims("capture", claims.file("a.txt", TEXT))
    claims("add", "at least 40 boats", "--article", "A1", "--no-input")
    assert items(claims)[0]["target"]["source"].startswith("urn:sha256:")


def test_a_question_or_a_claim_may_be_chosen(logged: Claims) -> None:
    assert len(items(logged, "--question", "Q1")) == 1
    assert items(logged, "--claim", "C2")[0]["body"][0]["value"].startswith("according to a fisherman")


OWN = {
    "id.json": {"stringUri": {"type": "string", "pattern": "^[a-z][a-z0-9+.-]*:"}, "idValueFound": {"required": ["id"]},
                "arraySingleStringUri": {"type": "array", "minItems": 1, "maxItems": 1}},
    "bodyTarget.json": {"externalWebResourceDetected": {"required": ["id"]}, "textDirectionValidIfPresent": {}},
    "otherProperties.json": {n: {} for n in (
        "createdValidIfPresent", "modifiedValidIfPresent", "rightsValidIfPresent", "canonicalValidIfPresent",
        "viaValidIfPresent", "purposeRecognizedIfPresent")},
}  # fmt: skip
"""Our reading of the definitions that the suite keeps in files which are not among the fixtures."""
ASSERTIONS = (
    "4.2-selectorValidIfPresent", "4.2-TextDataPositionSelectorValid", "4.2.4-textQuoteSelectorValid",
    "4.2.4-textQuoteSelector", "4.2.4-prefix", "4.2.4-suffix", "4.2.5-textPositionSelector",
)  # fmt: skip


@pytest.fixture
def suite(shared: Path) -> dict[str, Any]:
    """The W3C suite's assertions about selectors, as validators."""
    jsonschema = pytest.importorskip("jsonschema")
    referencing = pytest.importorskip("referencing")
    place = shared / "fixtures" / "webannotation"
    if not place.is_dir():
        pytest.skip(f"no schemas at {place}")
    from referencing.jsonschema import DRAFT4

    parts = {name: {"definitions": found} for name, found in OWN.items()}
    parts["specificResource.json"] = json.loads((place / "specificResource.json").read_text("utf-8"))
    registry = referencing.Registry().with_resources((n, DRAFT4.create_resource(p)) for n, p in parts.items())
    schemas = {n: json.loads((place / f"{n}.json").read_text("utf-8")) for n in ASSERTIONS}
    return {n: jsonschema.Draft4Validator(s, registry=registry) for n, s in schemas.items()}


@pytest.mark.parametrize("name", ASSERTIONS)
def test_annotations_hold_the_w3c_suites_assertions(logged: Claims, suite: dict[str, Any], name: str) -> None:
    one, two, cited = items(logged)
    for made in (one, two):
        assert [e.message for e in suite[name].iter_errors(made)] == []
    if name.endswith(("Valid", "ValidIfPresent")):
        assert suite[name].is_valid(cited)
    else:
        assert not suite[name].is_valid(cited), "there is no selector to find"


def test_the_oracle_refuses_what_the_w3c_refuses(logged: Claims, suite: dict[str, Any]) -> None:
    broken = items(logged)[0]
    broken["target"]["selector"][1]["start"] = -1
    del broken["target"]["selector"][0]["exact"]
    refused = {n for n in ASSERTIONS if not suite[n].is_valid(broken)}
    assert {"4.2-TextDataPositionSelectorValid", "4.2.4-textQuoteSelectorValid"} <= refused


# --- there and back -----------------------------------------------------------------------------------------------


def test_with_the_texts_every_claim_comes_back_as_it_was(logged: Claims) -> None:
    made = logged.file("out.json", logged("export", "--format", "annotations", "--full-text").out)
    again = logged.folder / "again.db"
    logged("import", made, "--ledger", again)
    same = ("export", "--format", "jsonl", "--full-text")
    assert logged(*same, "--ledger", again).out == logged(*same).out
    logged("import", made, "--ledger", again)
    assert len(logged("list", "--json", "--ledger", again).lines) == 3


def test_without_the_text_it_is_cited_with_the_reason(logged: Claims) -> None:
    made = logged.file("out.json", logged("export", "--format", "annotations").out)
    again = logged.folder / "again.db"
    ran = logged("import", made, "--ledger", again)
    assert "no copy of A1 is in this ledger" in ran.err
    one = logged("show", "C1", "--json", "--ledger", again).json
    assert (one["anchored"], one["cite"]) == (False, URL)
    assert one["extra"]["unanchored"] == "no copy of A1 is in this ledger"


# --- in -----------------------------------------------------------------------------------------------------------


def row(id_: str, exact: str | None, **changes: Any) -> Json:
    """A row of Hypothesis' API."""
    quote = {"type": "TextQuoteSelector", "exact": exact} | {
        k: changes.pop(k) for k in ("prefix", "suffix") if k in changes
    }
    place = {"type": "TextPositionSelector", "start": 900, "end": 920}
    selectors = [{"type": "RangeSelector", "startContainer": "/p"}, place, quote]
    target = {"source": URL} | ({"selector": selectors} if exact is not None else {})
    return {
        "id": id_, "uri": URL, "user": "acct:ana@hypothesis.example", "text": "", "tags": [], "target": [target],
        "document": {"title": ["Boats leave"]},
    } | changes  # fmt: skip


def taken(claims: Claims, *rows: Json, code: int = 0) -> list[Json]:
    claims("import", claims.file("rows.json", json.dumps({"total": len(rows), "rows": rows})), code=code)
    return claims("list", "--json").lines


def test_a_quote_of_hypothesis_is_anchored_where_it_stands(boats: Claims) -> None:
    (claim,) = taken(boats, row("a1", "at least 40 boats", text="Check this", tags=["harbour", "boats"]))
    assert (claim["anchored"], TEXT[claim["start"] : claim["end"]]) == (True, "at least 40 boats")
    assert (claim["article"], claim["tags"]) == ("A1", ["harbour", "boats"])
    assert claim["extra"]["comments"] == ["Check this"]
    assert json.loads(claim["extra"]["annotation"])["user"] == "acct:ana@hypothesis.example"


PLACED = [
    ("“nearly 60” boats, and of", {}, "“nearly 60” boats,\nand of"),
    ('"nearly 60" boats', {}, "“nearly 60” boats"),
    ("boats", {"prefix": "of “nearly 60” "}, "boats"),
    ("boats", {"suffix": " more."}, "boats"),
    ("40 boats", {"prefix": "and of ", "suffix": " more"}, "40 boats"),
    ("at least 40 boats", {"prefix": "words that the copy has not "}, "at least 40 boats"),
]


@pytest.mark.parametrize(("exact", "beside", "stands"), PLACED)
def test_a_quote_is_found_exactly_by_what_stands_beside_it(
    boats: Claims, exact: str, beside: Json, stands: str
) -> None:
    (claim,) = taken(boats, row("a1", exact, **beside))
    assert (claim["anchored"], claim["exact"]) == (True, stands)
    if beside.get("prefix", "").startswith("of"):
        assert TEXT[: claim["start"]].endswith("“nearly 60” ")
    if beside.get("suffix") == " more.":
        assert TEXT[claim["end"] :].startswith(" more.")


@pytest.mark.parametrize(
    ("exact", "beside", "reason"),
    [
        ("at least 50 boats", {}, "not in the text"),
        ("boats", {}, "3 times"),
        ("boats", {"prefix": "no such words "}, "but not after"),
        ("at least 4", {}, "not in the text"),
    ],
)
def test_a_quote_that_does_not_stand_is_cited_with_the_reason(
    boats: Claims, exact: str, beside: Json, reason: str
) -> None:
    (claim,) = taken(boats, row("a1", exact, **beside))
    assert (claim["anchored"], claim["exact"], claim["cite"]) == (False, exact, URL)
    assert reason in claim["extra"]["unanchored"]
    assert reason in boats.ran[1].err


def test_notes_and_replies_are_passed_over_and_said(boats: Claims) -> None:
    found = taken(boats, row("a1", None, text="A note"), row("a2", None, references=["a1"]), row("a3", "40 boats more"))
    assert [c["exact"] for c in found] == ["40 boats more"]
    assert "a reply" in boats.ran[1].err
    assert "a whole page" in boats.ran[1].err


def test_the_same_annotation_again_logs_nothing_and_a_newer_one_is_kept_beside(boats: Claims) -> None:
    taken(boats, row("a1", "at least 40 boats"))
    before = boats("log", "--json").out
    taken(boats, row("a1", "at least 40 boats"))
    assert boats("log", "--json").out == before
    (claim,) = taken(boats, row("a1", "at least 40 boats", text="Changed my mind"))
    assert claim["extra"]["versions"][0]["comments"] == ["Changed my mind"]


def quoting(exact: str) -> Json:
    return {"type": "TextQuoteSelector", "exact": exact}


MORE = "40 boats more"
REFINED = {"type": "FragmentSelector", "value": "p2", "refinedBy": quoting(MORE)}
CHOICE = {"type": "Choice", "items": [{"type": "XPathSelector", "value": "/p"}, quoting(MORE)]}
PLACE = {"type": "TextPositionSelector", "start": TEXT.index("40 boats m"), "end": 0}
W3C: list[tuple[Json, str]] = [
    ({"target": {"source": URL, "selector": quoting(MORE)}}, MORE),
    ({"target": {"source": {"id": URL}, "selector": [REFINED]}}, MORE),
    ({"target": {"source": URL, "selector": CHOICE}}, MORE),
    ({"target": ["https://other.example/", {"source": URL, "selector": quoting("Marsala")}]}, "Marsala"),
    (
        {"type": ["Annotation", "x:Claim"], "target": {"source": URL, "selector": [PLACE, quoting("40 boats")]}},
        "40 boats",
    ),
]


@pytest.mark.parametrize(("changes", "exact"), W3C, ids=["plain", "refined", "choice", "targets", "place"])
@pytest.mark.parametrize("around", ["alone", "list", "page", "collection"])
def test_annotations_are_found_in_every_frame(boats: Claims, changes: Json, exact: str, around: str) -> None:
    one = {"@context": web_annotations.CONTEXT, "id": "urn:x:1", "type": "Annotation", "bodyValue": "Check", **changes}
    frames: Json = {
        "alone": one, "list": [one], "page": {"type": "AnnotationPage", "items": [one]},
        "collection": {"type": "AnnotationCollection", "first": {"type": "AnnotationPage", "items": [one]}},
    }  # fmt: skip
    file = boats.file("w3c.json", json.dumps(frames[around]))
    assert told(str(file)) == "annotations"
    boats("import", file)
    (claim,) = boats("list", "--json").lines
    assert (claim["exact"], claim["anchored"]) == (exact, True)
    assert claim["extra"]["comments"] == ["Check"]


def test_a_collection_without_annotations_is_no_error(boats: Claims) -> None:
    assert "without annotations" in boats("import", boats.file("x.json", '{"rows": []}'), "--format", "annotations").err
    boats("import", boats.file("y.json", '{"x": 1}'), "--format", "annotations", code=2)


def test_our_own_lines_are_not_taken_for_annotations(boats: Claims) -> None:
    taken(boats, row("a1", "at least 40 boats"))
    boats("export", "-o", boats.folder / "out.jsonl")
    assert told(str(boats.folder / "out.jsonl")) == "jsonl"


def damaged() -> Iterator[str]:
    whole = json.dumps(row("a1", "at least 40 boats", body=[{"purpose": ["tagging"], "value": "x"}], bodyValue="y"))
    for junk in ("null", "7", '""', "[]", "{}", '[[{"type":"TextQuoteSelector","exact":3}]]', '{"selector":"x"}'):
        for name in ("target", "document", "tags", "text", "uri", "body", "bodyValue", "id"):
            yield json.dumps(json.loads(whole) | {name: json.loads(junk)})
    yield from (whole[:n] for n in range(0, len(whole), 90))
    yield '{"rows":' * 50_000
    yield "[" * 100_000 + "]" * 100_000


def test_damaged_annotations_are_taken_cited_or_told(boats: Claims) -> None:
    for n, content in enumerate(damaged()):
        ran = boats("import", boats.file(f"{n}.json", content), "--format", "annotations", "--dry-run", code=None)
        assert ran.code in (0, 2), (content[:200], ran.err)
        assert "Claim Ledger itself" not in ran.err, (content[:200], ran.err)
