"""The linter of ClaimReview markup: each rule finds its flaw and nothing else, errors set the exit code, places are exact."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from conftest import Claims
from reviews import CLAIM, URL, Json, item, node, page

from ledger.exchange.claimreview.finding import source
from ledger.exchange.claimreview.linting import Finding, findings

GOOD = {"@type": "Rating", "alternateName": "False"}


def lint_bytes(data: bytes, name: str, *, url: str | None = None) -> list[Finding]:
    return findings(source(data, name), name, url=url)


def found(content: object, name: str = "r.json", url: str | None = None) -> list[tuple[str, str, str]]:
    text = content if isinstance(content, str) else json.dumps(content)
    return [(f.severity.value, f.code, f.path) for f in lint_bytes(text.encode(), name, url=url)]


def test_a_good_review_has_no_findings() -> None:
    assert found(node()) == []


def rated(**changes: object) -> Json:
    return node(reviewRating=GOOD | {k: v for k, v in changes.items() if v is not None})


RULES: list[tuple[Json, str, str]] = [
    (node(claimReviewed=None), "error claim-missing", "/claimReviewed"),
    (node(claimReviewed="  "), "error claim-missing", "/claimReviewed"),
    (node(reviewRating=None), "error rating-missing", "/reviewRating"),
    (node(reviewRating="False"), "error rating-missing", "/reviewRating"),
    (node(reviewRating=GOOD | {"alternateName": ""}), "error label-missing", "/reviewRating/alternateName"),
    (node(url=None), "error url-missing", "/url"),
    (node(url="/checks/boats"), "error url-relative", "/url"),
    (node(url="desk.example/checks"), "error url-relative", "/url"),
    (node(url="mailto:desk@example.org"), "error url-invalid", "/url"),
    (node(url="https://["), "error url-invalid", "/url"),
    (node(**{"@context": "https://example.org/ns"}), "error context-other", "/@context"),
    (node(**{"@type": "claimReview"}), "error type", "/@type"),
    (rated(ratingValue=7, bestRating=5, worstRating=1), "error rating-range", "/reviewRating/ratingValue"),
    (node(**{"@context": "http://schema.org"}), "warning context-http", "/@context"),
    (node(**{"@context": None}), "warning context-missing", "/@context"),
    (node(claimReviewed="x" * 76), "warning claim-long", "/claimReviewed"),
    (node(claimReviewed=[CLAIM]), "warning claim-list", "/claimReviewed"),
    (node(claimReviewed=f"{CLAIM} "), "warning text-space", "/claimReviewed"),
    (node(claimReviewed="The mayor&#039;s boats"), "warning text-entity", "/claimReviewed"),
    (node(name="Boats\u0007"), "warning text-control", "/name"),
    (node(name="<b>Boats</b>"), "warning text-markup", "/name"),
    (rated(alternateName="False \r"), "warning text-space", "/reviewRating/alternateName"),
    (rated(alternateName="really_false"), "warning label-code", "/reviewRating/alternateName"),
    (rated(alternateName="words " * 20 + "."), "warning label-long", "/reviewRating/alternateName"),
    (rated(ratingValue="1", bestRating=5, worstRating=1), "warning rating-text", "/reviewRating/ratingValue"),
    (rated(bestRating=""), "warning rating-empty", "/reviewRating/bestRating"),
    (rated(bestRating="best"), "warning rating-no-number", "/reviewRating/bestRating"),
    (rated(ratingValue=4, bestRating=6), "warning scale-missing", "/reviewRating/ratingValue"),
    (rated(ratingValue=-1, bestRating=-1, worstRating=-1), "warning scale-flat", "/reviewRating/bestRating"),
    (rated(ratingExplanation=5), "warning explanation-type", "/reviewRating/ratingExplanation"),
    (rated(**{"@type": "AggregateRating"}), "warning type-rating", "/reviewRating/@type"),
    (node(author=None), "warning author-missing", "/author"),
    (node(author={"@type": "Organization"}), "warning author-unnamed", "/author/name"),
    (node(author={"name": "Admin"}), "warning author-nobody", "/author/name"),
    (node(author={"name": "Example Desk", "url": "/about"}), "warning author-url", "/author/url"),
    (node(datePublished=None), "warning date-missing", "/datePublished"),
    (node(datePublished="2026-03-04 15:20"), "warning date-shape", "/datePublished"),
    (node(datePublished="04/03/2026"), "warning date-shape", "/datePublished"),
    (node(itemReviewed=None), "warning item-missing", "/itemReviewed"),
    (node(itemReviewed=item(**{"@type": "CreativeWork"})), "warning item-type", "/itemReviewed/@type"),
    (node(itemReviewed=item(author=None)), "warning claimant-missing", "/itemReviewed/author"),
    (
        node(itemReviewed=item(author={"name": "Multiple sources"})),
        "warning claimant-nobody",
        "/itemReviewed/author/name",
    ),
    (
        node(itemReviewed=item(author={"name": ["A. Lind", "mayor"]})),
        "warning claimant-list",
        "/itemReviewed/author/name",
    ),
    (
        node(itemReviewed=item(author={"name": "Example Desk"})),
        "warning claimant-reviewer",
        "/itemReviewed/author/name",
    ),
    (node(itemReviewed=item(datePublished=None)), "warning date-missing", "/itemReviewed/datePublished"),
    (node(itemReviewed=item(appearance="/boats")), "warning appearance-url", "/itemReviewed/appearance"),
    (
        node(itemReviewed=item(appearance=None, firstAppearance=None)),
        "warning appearance-missing",
        "/itemReviewed/appearance",
    ),
]


@pytest.mark.parametrize(
    ("broken", "finding", "path"), [pytest.param(*r, id=f"{r[1]} {n}") for n, r in enumerate(RULES)]
)
def test_a_rule_finds_its_flaw_and_nothing_else(broken: Json, finding: str, path: str) -> None:
    severity, code = finding.split()
    assert found(broken) == [(severity, code, path)]


def test_each_finding_says_what_and_how_to_mend_it() -> None:
    for broken, _, _ in RULES:
        for finding in lint_bytes(json.dumps(broken).encode(), "r.json"):
            assert finding.message
            assert finding.hint


PAGES = [
    (URL, URL, True),
    (URL, "https://www.desk.example/other", True),
    ("https://checks.desk.example/boats", "https://desk.example/", True),
    (f"{URL}#C1", URL, True),
    (URL, "https://other.example/boats", False),
    (URL, "https://notdesk.example/boats", False),
]


@pytest.mark.parametrize(("url", "where", "fits"), PAGES)
def test_the_address_is_on_the_pages_own_site(url: str, where: str, fits: bool) -> None:
    expected = [] if fits else [("error", "url-other-site", "/url")]
    assert found(node(url=url), url=where) == expected
    named = page(node(url=url), head=f"<link href='{where}' rel=canonical>")
    assert found(named, "p.html") == expected


def test_the_context_around_a_node_holds_for_it() -> None:
    bare = node(**{"@context": None})
    assert found({"@context": "https://schema.org", "@graph": [bare]}) == []
    assert found({"@context": {"@vocab": "https://schema.org/"}, "@graph": [bare]}) == []


def test_references_are_followed() -> None:
    desk = {"@id": "#desk", "@type": "Organization", "name": "Example Desk"}
    assert found({"@context": "https://schema.org", "@graph": [desk, node(author={"@id": "#desk"})]}) == []


def test_places_are_script_line_and_pointer() -> None:
    text = page({"@type": "WebPage"}, {"@context": "https://schema.org", "a/b": {"@graph": [node(url="/x")]}})
    (one,) = lint_bytes(text.encode(), "p.html")
    assert (one.script, one.line, one.path) == (2, 3, "/a~1b/@graph/0/url")
    assert text.splitlines()[one.line - 1].startswith("<script")
    (two,) = lint_bytes((json.dumps(node()) + "\n" + json.dumps(node(url="/x"))).encode(), "r.jsonl")
    assert (two.script, two.line, two.path) == (None, 2, "/url")


def test_one_claim_a_page() -> None:
    other = node(claimReviewed="Boats were burnt")
    assert [c for _, c, _ in found(page(node(), other), "p.html")] == ["several"]
    same = node(author={"@type": "Organization", "name": "Another Desk"}, url=f"{URL}#b")
    assert found(page(node(), same), "p.html") == [], "two reviewers of one claim may share a page"
    assert found([node(), other | {"url": f"{URL}/2"}]) == [], "a feed holds many"


def test_the_same_review_twice_is_said() -> None:
    assert [c for _, c, _ in found([node(), node()])] == ["twice"]


def test_what_cannot_be_read_is_an_error() -> None:
    assert [c for _, c, _ in found(page('{"@type": "ClaimReview", "url": {{u}}}'), "p.html")] == ["not-json"]
    assert [c for _, c, _ in found(page({"@type": "NewsArticle"}), "p.html")] == ["none"]
    assert [c for _, c, _ in found("{}")] == ["none"]
    for attribute in ('itemscope itemtype="https://schema.org/ClaimReview"', "typeof='schema:ClaimReview'"):
        assert [c for _, c, _ in found(f"<html><div {attribute}>x</div>", "p.html")] == ["not-json-ld"]


# --- the command --------------------------------------------------------------------------------------------------


def test_errors_set_the_exit_code_and_warnings_do_not(claims: Claims) -> None:
    good = claims.file("good.json", json.dumps(node(author=None)))
    bad = claims.file("bad.html", page(node(url="/x")))
    assert "0 errors, 1 warning" in claims("lint", good).err
    ran = claims("lint", good, bad, code=2)
    assert "1 error, 1 warning" in ran.err
    assert "error url-relative" in ran.out
    assert "bad.html, script 1, line 2" in ran.out
    assert not claims.ledger.exists()


def test_json_gives_a_finding_a_line(claims: Claims) -> None:
    bad = claims.file("bad.html", page(node(url="/x", author=None)))
    lines = claims("lint", bad, "--json", code=2).lines
    assert [(f["code"], f["severity"], f["path"], f["script"]) for f in lines] == [
        ("url-relative", "error", "/url", 1), ("author-missing", "warning", "/author", 1),
    ]  # fmt: skip
    assert {"file", "code", "severity", "path", "message", "hint", "script", "line", "claim"} == lines[0].keys()


def test_the_page_may_be_named_and_standard_input_read(claims: Claims) -> None:
    assert claims("lint", "-", stdin=json.dumps(node())).out == ""
    assert (
        "other.example" in claims("lint", "-", "--url", "https://other.example/", stdin=json.dumps(node()), code=2).out
    )
    claims("lint", "-", "--url", "nowhere", stdin="{}", code=2)


def test_files_that_are_not_there_or_no_text_are_told(claims: Claims) -> None:
    assert "no such file" in claims("lint", "nothing.html", code=3).err
    assert "a picture" in claims("lint", claims.file("p.html", b"\x89PNG\r\n" + bytes(90)), code=2).err


def test_the_real_ones_have_the_two_known_errors(shared: Path, claims: Claims) -> None:
    real = shared / "fixtures" / "claimreview" / "claimreview_65_real.json"
    if not real.is_file():
        pytest.skip(f"no real reviews at {real}")
    lines = claims("lint", real, "--json", code=2).lines
    counts = Counter(f["code"] for f in lines)
    assert [f["code"] for f in lines if f["severity"] == "error"] == ["url-relative", "url-relative"]
    assert counts["claim-long"] == 42
    assert counts["appearance-missing"] == 61
    assert counts["item-type"] == 18
