"""ClaimReview in and out: every shape is read, nothing is invented, the rating stays whose it is, and only what people rated
leaves, with the original source as the claim's author."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Claims, begins
from hypothesis import given, settings
from hypothesis import strategies as st
from reviews import CLAIM, URL, Json, item, node, page

from ledger import records as r
from ledger import store
from ledger.errors import ClaimsError
from ledger.exchange.claimreview import finding, importing, linting, mending
from ledger.exchange.claimreview.reviews import Review, reviews
from ledger.exchange.claimreview.speakers import placeholder
from ledger.store import read


def taken(claims: Claims, content: object, name: str = "review.json", code: int = 0) -> list[Json]:
    """Imports a file, and gives every claim of the ledger."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    claims("import", claims.file(name, text), "--no-input", code=code)
    return claims("list", "--json").lines


def article(claims: Claims, name: str) -> Json:
    found: Json = claims("show", name, "--json").json
    return found


def origin(claim: Json) -> tuple[str, str]:
    hop = claim["attribution"][-1]
    return hop["source"], hop["kind"]


# --- what becomes what --------------------------------------------------------------------------------------------


def test_a_review_becomes_a_cited_claim_of_its_claimant_in_the_reviews_own_page(claims: Claims) -> None:
    (claim,) = taken(claims, node())
    assert (claim["exact"], claim["anchored"], claim["cite"]) == (CLAIM, False, URL)
    assert origin(claim) == ("Mayor Rosa Valli", "person")
    assert [(t["role"], t["text"]) for t in claim["times"]] == [("as_of", "2026-03-02")]
    found = article(claims, claim["article"])
    assert (found["url"], found["title"], found["publisher"]) == (URL, "No, it was forty", "Example Desk")
    assert found["published_at"] == "2026-03-04"


def test_the_reviews_rating_is_kept_as_given_and_is_no_rating_of_ours(claims: Claims) -> None:
    (claim,) = taken(claims, node())
    assert claim["rating"] is None
    assert claim["extra"]["their_rating"] == {"label": "Mostly false", "value": "2", "best": "5", "worst": "1"}
    assert "Example Desk rated it: Mostly false, 2 on a scale from 1 to 5" in claims("show", "C1").out


def test_the_node_is_kept_verbatim(claims: Claims) -> None:
    odd = node(**{"identifier": 12345678901234567890, "x-é": {"deep": [1.50, None, "<b>&amp;"]}, "image": ""})
    (claim,) = taken(claims, {"data": [{"claimReview": odd}]})
    assert json.loads(claim["extra"]["claimreview"]) == odd
    assert claim["extra"]["appearances"] == ["https://gazette.example/boats"]
    assert claim["extra"]["first_appearance"] == "https://radio.example/monday"


def test_a_node_too_long_for_a_claim_is_kept_without_its_largest_members_which_are_named(claims: Claims) -> None:
    ran = claims("import", claims.file("r.json", json.dumps(node(articleBody="words " * 9000, image="x" * 100))))
    assert "articleBody" in ran.err
    (claim,) = claims("list", "--json").lines
    assert json.loads(claim["extra"]["claimreview"]) == node(image="x" * 100)


@pytest.mark.parametrize("filling", ['"' * 5000, "é\n" * 2500, "x" * 13000, ["ab"] * 3000, {"a": "</>" * 4000}])
def test_whatever_fills_a_node_it_fits_beside_its_references(claims: Claims, filling: object) -> None:
    desk = {"@id": "#desk", "name": "Example Desk", "description": "words " * 300}
    graph = {"@graph": [desk, node(author={"@id": "#desk"}, about=filling, image=filling)]}
    (claim,) = taken(claims, graph)
    assert claim["publisher"] == "Example Desk"
    assert node().keys() <= json.loads(claim["extra"]["claimreview"]).keys()


SHAPES: dict[str, tuple[Json, dict[str, object]]] = {
    "a claim in a list": (node(claimReviewed=[CLAIM]), {"exact": CLAIM}),
    "white space stays": (node(claimReviewed=f" {CLAIM}\r\n"), {"exact": f" {CLAIM}\r\n"}),
    "entities are read": (node(claimReviewed="The mayor&#039;s boats"), {"exact": "The mayor's boats"}),
    "tags are no words": (node(claimReviewed="&quot;Forty&quot; <b>boats</b> &amp; 3 < 4"), {"exact": '"Forty" boats & 3 < 4'}),
    "values in objects": (node(claimReviewed={"@value": CLAIM, "@language": "en"}), {"exact": CLAIM}),
    "prefixed names": ({f"schema:{k}" if k[0] != "@" else k: v for k, v in node().items()}, {"exact": CLAIM}),
    "type in a list": (node(**{"@type": ["Review", "ClaimReview"]}), {"exact": CLAIM}),
    "type as an address": (node(**{"@type": "http://schema.org/ClaimReview"}), {"exact": CLAIM}),
    "type in another case": (node(**{"@type": "claimReview"}), {"exact": CLAIM}),
    "headline for name": (node(name=None, headline="It was forty"), {"title": "It was forty"}),
    "authors as persons": (
        node(author=[{"@type": "Person", "name": "Ada Lind"}], publisher={"name": "Example Desk"}),
        {"publisher": "Example Desk", "byline": "Ada Lind"},
    ),
    "author as a text": (node(author="Example Desk"), {"publisher": "Example Desk"}),
    "a work of old": (node(itemReviewed=item(**{"@type": "creativeWork"})), {"origin": "Mayor Rosa Valli"}),
    "items in a list": (node(itemReviewed=[item()]), {"origin": "Mayor Rosa Valli"}),
    "claimant as a text": (node(itemReviewed=item(author="Mayor Rosa Valli")), {"origin": "Mayor Rosa Valli"}),
    "claimants in a list": (
        node(itemReviewed=item(author={"name": ["Rosa Valli", "mayor of Marsala"]})), {"origin": "Rosa Valli"}
    ),
    "a date with a space": (node(datePublished="2026-03-04 15:20"), {"published_at": "2026-03-04 15:20"}),
    "a zone without colon": (node(datePublished="2026-03-04T15:20:00+0200"), {"published_at": "2026-03-04T15:20:00+0200"}),
    "fractions of seconds": (node(datePublished="2026-03-04T15:20:00.999Z"), {"published_at": "2026-03-04T15:20:00.999Z"}),
    "a date that is none": (node(datePublished="4th of March"), {"published_at": None}),
    "no date": (node(datePublished=None), {"published_at": None}),
    "the page it is the main thing of": (node(url=None, mainEntityOfPage={"@id": URL}), {"url": URL}),
    "language": (node(inLanguage="it"), {"language": "it"}),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_a_property_is_read_in_every_shape(claims: Claims, name: str) -> None:
    given_node, expected = SHAPES[name]
    (claim,) = taken(claims, given_node)
    found = article(claims, claim["article"]) | {"exact": claim["exact"], "origin": origin(claim)[0]}
    assert {k: found[k] for k in expected} == expected


RATINGS: list[tuple[object, dict[str, str] | None]] = [
    ({"alternateName": "False", "ratingValue": "1", "bestRating": "5"}, {"label": "False", "value": "1", "best": "5"}),
    ({"alternateName": "False", "ratingValue": "", "bestRating": ""}, {"label": "False"}),
    (
        {"alternateName": "False", "ratingValue": -1, "bestRating": -1},
        {"label": "False", "value": "-1", "best": "-1"},
    ),
    ({"name": "False", "ratingExplanation": 5}, {"label": "False", "why": "5"}),
    ([{"alternateName": "错误"}], {"label": "错误"}),
    (None, None),
]


@pytest.mark.parametrize(("rating", "kept"), RATINGS)
def test_a_rating_is_kept_in_every_shape(claims: Claims, rating: object, kept: object) -> None:
    (claim,) = taken(claims, node(reviewRating=rating))
    assert claim["extra"].get("their_rating") == kept


def test_several_claims_in_one_review_are_several_claims(claims: Claims) -> None:
    found = taken(claims, node(claimReviewed=["Sixty boats left", "All were empty"]))
    assert [c["exact"] for c in found] == ["Sixty boats left", "All were empty"]


# --- nothing is invented ------------------------------------------------------------------------------------------

OURS = {"not stated"}
"""The one word of ours: the claimant of a review that names none."""


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)


def invented(line: Json, node_text: str) -> list[str]:
    """The strings of an import line that stand neither in the node nor among our own words for kinds and modes."""
    said = {k: v for k, v in line.items() if k not in ("key", "mode", "extra")}
    said["extra"] = {k: v for k, v in line["extra"].items() if not k.startswith("claimreview")}
    kinds = {h["kind"] for h in line["attribution"] if "kind" in h}
    shown = importing.shown(node_text)  # entities decoded, tags left out, as its page shows it
    return [s for s in strings(said) if s not in node_text and s not in shown and s not in OURS | kinds]


def lines_of(source: finding.Source) -> Iterator[tuple[Json, str]]:
    for found, review in reviews(source):
        assert isinstance(review, Review), review
        text = "\0".join(strings(found.node)) + "\0" + "\0".join(map(str, numbers(found.node))) + f"\0{source.url}"
        for line, _ in importing.lines(review):
            yield line, text


def numbers(value: Any) -> Iterator[float]:
    if isinstance(value, int | float):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from numbers(inner)


@pytest.mark.parametrize("name", SHAPES)
def test_every_string_of_a_line_stands_in_the_node(name: str) -> None:
    source = finding.source(json.dumps(SHAPES[name][0]).encode(), "r.json")
    for line, text in lines_of(source):
        assert invented(line, text) == []


def test_a_claim_without_a_claimant_is_not_the_reviewers_own(claims: Claims) -> None:
    (claim,) = taken(claims, node(itemReviewed={"@type": "Claim"}))
    assert origin(claim) == ("not stated", "anonymous")
    two = taken(claims, node(url=f"{URL}/2", claimReviewed="Other words", itemReviewed=None))[-1]
    for c in (claim, two):
        claims("file", c["id"], "--question", "How many boats left?")
    families = claims("question", "show", "Q1", "--json").json["origins"]["families"]
    assert [f["claims"] for f in families] == [["C1"], ["C2"]], "two unknown sources are not known to be one"


@pytest.mark.parametrize(
    "name",
    [
        "Multiple sources",
        "Facebook user ",
        "Viral social media post",
        "Varias fuentes",
        "Réseaux sociaux",
        "Social media users",
        "Facebook-Nutzer",
        "Usuários do WhatsApp",
        "Пользователи соцсетей",
        "सोशल मीडिया यूजर्स",
        "منشورات مواقع التواصل الاجتماعي",
        "網傳訊息",
        "소셜 미디어",
        "FB, Twitter, WhatsApp",
        "X",
        "Pengguna media sosial",
        "Kullanıcılar",
        "n/a",
        "WhatsApp forward",
    ],
)
def test_a_claimant_that_names_nobody_is_anonymous(claims: Claims, name: str) -> None:
    (claim,) = taken(claims, node(itemReviewed=item(author={"@type": "Person", "name": name})))
    assert origin(claim) == (name.strip(), "anonymous")


@pytest.mark.parametrize(
    "name", ["Facebook page Harbour Watch", "FB User-Ada Lind", "@harbourwatch", "Telegram channel: Porto"]
)
def test_an_account_of_a_network_is_a_social_account(name: str) -> None:
    assert placeholder(name) == "social_account"


@pytest.mark.parametrize(
    "name",
    ["Mayor Rosa Valli", "The Post", "Ministry of Social Affairs", "Daily News", "Facebook spokesman Lee Ray", "PSX"],
)
def test_names_are_names(name: str) -> None:
    assert placeholder(name) is None


# --- where reviews are found --------------------------------------------------------------------------------------

OTHER = node(url=f"{URL}/2", claimReviewed="Boats were burnt")
DESK = {"@id": "#desk", "@type": "Organization", "name": "Example Desk"}
SCRIPTS: dict[str, tuple[str, int]] = {
    "plain": (page(node()), 1),
    "two scripts": (page(node(), {"@type": "WebSite"}, OTHER), 2),
    "graph": (page({"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, node(), OTHER]}), 2),
    "nested": (page({"@type": "WebPage", "review": {"inside": [node()]}}), 1),
    "references": (page({"@graph": [DESK, node(author={"@id": "#desk"})]}), 1),
    "references to another script": (page(DESK, node(author={"@id": "#desk"})), 1),
    "comment marks": (page(f"<!-- {json.dumps(node())} -->"), 1),
    "cdata": (page(f"//<![CDATA[\n{json.dumps(node())}\n//]]>"), 1),
    "block cdata": (page(f"/*<![CDATA[*/{json.dumps(node())}/*]]>*/"), 1),
    "entities": (page(html.escape(json.dumps(node()))), 1),
    "trailing commas": (page(json.dumps(node())[:-1] + ",\n}"), 1),
    "a semicolon behind": (page(json.dumps(node()) + ";"), 1),
    "raw line ends in texts": (page(json.dumps(node(description="a\nb")).replace("\\n", "\n")), 1),
    "two values in one script": (page(json.dumps(node()) + "\n" + json.dumps(OTHER)), 2),
    "in a comment of the page": (f"<html><!-- {page(node())} -->{page(OTHER)}", 1),
    "unquoted type": (page(node()).replace('"application/ld+json"', "application/ld+json"), 1),
    "type with parameters": (page(node()).replace("ld+json", "LD+JSON; charset=utf-8"), 1),
    "a feed of pages": ('<?xml version="1.0"?><rss><item><![CDATA[' + page(node()) + "]]></item></rss>", 1),
    "an escaped feed": ('<?xml version="1.0"?><rss><item>' + html.escape(page(node())) + "</item></rss>", 1),
    "a list": (json.dumps([node(), OTHER]), 2),
    "a DataFeed": (
        json.dumps({"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [node()]}]}), 1
    ),
    "a line each": (json.dumps(node()) + "\n" + json.dumps(OTHER) + "\n", 2),
    "expanded": (
        json.dumps([{
            "@type": ["http://schema.org/ClaimReview"],
            "http://schema.org/claimReviewed": [{"@value": CLAIM}], "http://schema.org/url": [{"@id": URL}],
            "http://schema.org/author": [{"http://schema.org/name": [{"@value": "Example Desk"}]}],
        }]), 1,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTS)
def test_reviews_are_found_wherever_they_stand(claims: Claims, name: str) -> None:
    content, count = SCRIPTS[name]
    named = {"<!": "page.html", "<h": "page.html", "<?": "feed.xml"}
    found = taken(claims, content, named.get(content[:2], "data.json"))
    assert len(found) == count
    assert {c["publisher"] for c in found} == {"Example Desk"}


def test_strings_stay_as_they_are_where_the_json_around_them_is_mended() -> None:
    odd = node(claimReviewed='They said ",}" and // /* that */ <!-- too')
    (found,) = finding.source(page(json.dumps(odd)[:-1] + ",}").encode(), "p.html").found
    assert found.node == odd


def test_a_template_and_a_broken_script_are_told_with_their_place_and_the_rest_is_taken(claims: Claims) -> None:
    broken = page('{"@type": "ClaimReview", "url": "{{ url }}", {{#if x}}}', node(), '{"@type": "ClaimReview",')
    ran = claims("import", claims.file("page.html", broken), code=2)
    assert "a template" in ran.err
    assert "script 1" in ran.err
    assert "script 3" in ran.err
    assert [c["exact"] for c in claims("list", "--json").lines] == [CLAIM]


def test_a_broken_script_about_something_else_is_none_of_our_business(claims: Claims) -> None:
    assert len(taken(claims, page("{{ breadcrumbs }}", node()), "page.html")) == 1


def test_a_page_without_a_review_says_so(claims: Claims) -> None:
    ran = claims("import", claims.file("page.html", page({"@type": "NewsArticle"})), code=2)
    assert "no ClaimReview on this page" in ran.err


def test_a_review_in_the_elements_of_a_page_is_told_and_not_read(claims: Claims) -> None:
    text = '<html><div itemscope itemtype="http://schema.org/ClaimReview"><p itemprop="claimReviewed">Boats</p></div>'
    assert "which are not read" in claims("import", claims.file("page.html", text), code=2).err


def test_a_relative_address_is_read_against_the_pages_own(claims: Claims) -> None:
    head = '<link rel="canonical" href="https://desk.example/checks/boats">'
    (claim,) = taken(claims, page(node(url="/checks/boats#a"), head=head), "page.html")
    assert article(claims, claim["article"])["url"] == URL


def test_an_answer_of_googles_api_is_a_claim_for_each_review(claims: Claims) -> None:
    one = {"publisher": {"name": "Example Desk", "site": "desk.example"}, "url": URL, "title": "It was forty",
           "reviewDate": "2026-03-04T00:00:00Z", "textualRating": "False", "languageCode": "en"}  # fmt: skip
    two = {"publisher": {"site": "other.example"}, "url": "https://other.example/a", "textualRating": "Fake"}
    answer = {"claims": [{"text": CLAIM, "claimant": "Facebook posts", "claimDate": "2026-03-02T00:00:00Z",
                          "claimReview": [one, two]}], "nextPageToken": "x"}  # fmt: skip
    first, second = taken(claims, answer)
    assert (first["exact"], second["exact"]) == (CLAIM, CLAIM)
    assert (first["publisher"], second["publisher"]) == ("Example Desk", "other.example")
    assert origin(first) == ("Facebook posts", "anonymous")
    assert first["extra"]["their_rating"] == {"label": "False"}
    out = json.loads(claims("export", "--format", "claimreview").out)["@graph"]
    assert [(n["url"], n["reviewRating"]["alternateName"]) for n in out] == [(URL, "False"), (two["url"], "Fake")]


def test_an_answer_without_results_is_no_error(claims: Claims) -> None:
    ran = claims("import", claims.file("answer.json", "{}"), "--format", "claimreview")
    assert "without results" in ran.err


def test_a_publishers_own_markup_from_the_api_is_read(claims: Claims) -> None:
    markup = {
        "claimReviewed": CLAIM,
        "claimDate": "2026-03-02",
        "claimAuthor": {"name": "Rosa Valli"},
        "claimAppearances": ["https://gazette.example/boats"],
        "rating": {"textualRating": "False", "ratingValue": 1},
    }
    pages = {"claimReviewMarkupPages": [{"pageUrl": URL, "publishDate": "2026-03-04",
             "claimReviewAuthor": {"name": "Example Desk"}, "claimReviewMarkups": [markup]}]}  # fmt: skip
    (claim,) = taken(claims, pages)
    assert (claim["cite"], origin(claim)[0]) == (URL, "Rosa Valli")
    assert claim["extra"]["their_rating"] == {"label": "False", "value": "1"}


# --- once ---------------------------------------------------------------------------------------------------------


def test_the_same_review_again_logs_nothing(claims: Claims) -> None:
    taken(claims, page(node(), OTHER), "page.html")
    before = claims("log", "--json").out
    taken(claims, [OTHER, node()])
    assert claims("log", "--json").out == before


def test_another_version_of_a_review_is_kept_beside_the_first_once(claims: Claims) -> None:
    newer = node(claimReviewed=f" {CLAIM}&nbsp;", dateModified="2026-03-09")
    taken(claims, node())
    for _ in range(2):
        (claim,) = taken(claims, newer)
    assert claim["exact"] == CLAIM
    (other,) = claim["extra"]["versions"]
    assert json.loads(other["claimreview"]) == newer
    assert "kept beside" in claims.ran[2].err
    assert len(claims("history", "C1", "--json").lines) == 2


def test_the_same_words_reviewed_elsewhere_are_another_claim(claims: Claims) -> None:
    assert len(taken(claims, [node(), node(url="https://other.example/a")])) == 2


def test_strict_and_dry_run_hold_for_reviews(claims: Claims) -> None:
    bad = claims.file("bad.json", json.dumps([node(), node(claimReviewed=None)]))
    claims("import", bad, "--strict", code=2)
    claims("import", claims.file("good.json", json.dumps(node())), "--dry-run")
    assert not claims.ledger.exists()


# --- out: ours ----------------------------------------------------------------------------------------------------

FIRST = "The harbour office said at least 40 boats left Marsala on Monday. The mayor spoke of 60 boats.\n"
SECOND = "At least 40 boats left Marsala on Monday, according to the harbour office.\n"
THIRD = "The coast guard said 75 boats left Marsala on Monday.\n"


@begins
def desk(claims: Claims) -> Claims:
    """Three articles on one question; the first claim is rated."""
    told = (
        (FIRST, "Gazette", "at least 40 boats left Marsala", "the harbour office"),
        (SECOND, "Courier", "At least 40 boats left Marsala", "the harbour office"),
        (THIRD, "Herald", "75 boats left Marsala", "the coast guard"),
    )
    lines = [
        {
            "article": {
                "url": f"https://{outlet.lower()}.example/boats", "title": f"Boats, {outlet}", "text": text,
                "publisher": f"Example {outlet}", "published_at": f"2026-03-0{5 - n}",
            },
            "exact": quote, "attribution": [{"source": by}], "question": "How many boats left?",
        }
        for n, (text, outlet, quote, by) in enumerate(told, 1)
    ]  # fmt: skip
    claims("import", claims.file("told.jsonl", "\n".join(map(json.dumps, lines))))
    claims("rate", "C1", "supported", "--because", "the harbour log has 41", "--on", "C2")
    return claims


def exported(claims: Claims, *options: str) -> Any:
    return json.loads(claims("export", "--format", "claimreview", *options).out)


BASE = (
    "--base-url",
    "https://desk.example/boats",
    "--reviewer",
    "Example Desk",
    "--reviewer-url",
    "https://desk.example/",
)


def test_what_a_person_rated_is_exported_with_its_original_source_as_author(desk: Claims) -> None:
    made = exported(desk, "--claim", "C1", *BASE)
    assert made["@context"] == "https://schema.org"
    assert (made["@type"], made["url"]) == ("ClaimReview", "https://desk.example/boats#C1")
    assert made["author"] == {"@type": "Organization", "name": "Example Desk", "url": "https://desk.example/"}
    assert made["reviewRating"]["alternateName"] == "supported"
    assert not {"ratingValue", "bestRating", "worstRating"} & made["reviewRating"].keys()
    assert made["itemReviewed"]["author"] == {"@type": "Organization", "name": "the harbour office"}


def test_it_appeared_where_the_same_source_is_said_to_have_said_the_same(desk: Claims) -> None:
    reviewed = exported(desk, "--claim", "C1", *BASE)["itemReviewed"]
    works = {w["url"]: w for w in reviewed["appearance"]}
    assert set(works) == {"https://gazette.example/boats", "https://courier.example/boats"}
    assert works["https://courier.example/boats"] == {
        "@type": "CreativeWork", "url": "https://courier.example/boats", "headline": "Boats, Courier",
        "datePublished": "2026-03-03", "publisher": {"@type": "Organization", "name": "Example Courier"},
    }  # fmt: skip
    assert reviewed["firstAppearance"]["url"] == "https://courier.example/boats"
    assert reviewed["datePublished"] == "2026-03-03"


def test_what_nobody_rated_is_left_out_and_counted_and_refused_where_it_is_asked_for(desk: Claims) -> None:
    ran = desk("export", "--format", "claimreview", *BASE)
    assert json.loads(ran.out)["claimReviewed"] == "at least 40 boats left Marsala"
    assert "C2, C3" in ran.err
    assert "nobody rated it" in desk("export", "--format", "claimreview", "--claim", "C3", *BASE, code=1).err


def test_without_an_address_a_review_is_refused_with_the_way_to_give_one(desk: Claims) -> None:
    ran = desk("export", "--format", "claimreview", "--claim", "C1", code=1)
    assert "--base-url" in ran.err
    assert exported(desk) == {"@context": "https://schema.org", "@graph": []}


def test_a_logged_publication_says_where_the_review_is(desk: Claims) -> None:
    desk("answer", "Q1", "About forty", "--because", "two logs", "--on", "C1")
    desk("publish", "Q1", "--to", "https://desk.example/q1")
    assert exported(desk)["url"] == "https://desk.example/q1#C1"
    desk("publish", "C1", "--to", "https://desk.example/c1")
    assert exported(desk)["url"] == "https://desk.example/c1"


def test_who_rated_is_the_author_where_no_organisation_is_named(desk: Claims) -> None:
    assert exported(desk, *BASE[:2])["author"] == {"@type": "Person", "name": "desk"}


def test_a_scale_that_is_an_order_gives_numbers(desk: Claims) -> None:
    desk("rate", "C1", "very likely", "--scale", "icd203", "--because", "two logs", "--on", "C2")
    rating = exported(desk, *BASE)["reviewRating"]
    assert (rating["ratingValue"], rating["worstRating"], rating["bestRating"]) == (6, 1, 7)
    desk("rate", "C1", "2", "--scale", "admiralty-credibility", "--because", "two logs", "--on", "C2")
    assert exported(desk, *BASE)["reviewRating"]["alternateName"] == "probably true"


def test_our_words_are_the_claim_where_somebody_wrote_them(desk: Claims) -> None:
    desk("amend", "C1", "--says", "At least 40 boats left Marsala on 2 March 2026")
    assert exported(desk, *BASE)["claimReviewed"] == "At least 40 boats left Marsala on 2 March 2026"


def test_a_protected_source_is_no_author(desk: Claims) -> None:
    desk("source", "protect", "@quay", "--name", "Ada Lind")
    desk("add", "60 boats", "--article", "A1", "--by", "@quay", "--no-input")
    desk("rate", "C4", "unproven", "--because", "nobody else saw it", "--on", "C4")
    made = exported(desk, "--claim", "C4", *BASE)
    assert "author" not in made["itemReviewed"]
    assert "@quay" not in json.dumps(made)


def test_an_embargo_keeps_a_review_in_the_house(desk: Claims) -> None:
    desk("state", "C1", "ready", "--embargo", "2999-01-01T00:00Z")
    assert "2999-01-01" in desk("export", "--format", "claimreview", "--claim", "C1", *BASE, code=1).err


def test_a_claim_that_was_taken_back_does_not_go_out(desk: Claims) -> None:
    desk("retract", "C1", "--because", "misread")
    desk("export", "--format", "claimreview", "--claim", "C1", *BASE, code=1)
    assert exported(desk, *BASE)["@graph"] == []


def test_options_of_reviews_go_with_reviews(desk: Claims) -> None:
    assert "--base-url" in desk("export", "--format", "csv", *BASE[:2], code=2).err
    assert "--reviewer" in desk("export", "--format", "claimreview", *BASE[4:], code=2).err
    desk("export", "--format", "claimreview", "--base-url", "nowhere", code=2)


def test_single_claims_go_with_formats_that_take_them(desk: Claims) -> None:
    assert "--claim goes with" in desk("export", "--format", "csv", "--claim", "C1", code=2).err


# --- out: theirs --------------------------------------------------------------------------------------------------

BROKEN = node(
    claimReviewed=" The mayor&#039;s boats \r\n", url="/checks/boats", name=" No,\nit&nbsp;was forty ",
    datePublished="2026-03-04 15:20", sdLicense="https://license.example/",
    author={"@type": "Organization", "name": "Example Desk ", "url": "/", "logo": ""},
    reviewRating={"@type": "Rating", "alternateName": "False \r", "ratingValue": "1", "bestRating": "5", "worstRating": "",
                  "ratingExplanation": 5},
    itemReviewed=item(**{"@type": "creativeWork", "author": {"@type": "Person", "name": "Rosa &amp; Pia", "sameAs": []}}),
)  # fmt: skip


def test_an_imported_review_goes_out_as_theirs_mended_and_nothing_added(claims: Claims) -> None:
    head = '<meta property="og:url" content="https://desk.example/checks/boats">'
    taken(claims, page(BROKEN, head=head), "page.html")
    made = exported(claims)
    assert made == node(
        claimReviewed="The mayor's boats", name="No, it was forty", datePublished="2026-03-04T15:20",
        sdLicense="https://license.example/",
        reviewRating={"@type": "Rating", "alternateName": "False", "ratingValue": 1, "bestRating": 5},
        itemReviewed=item(**{"@type": "CreativeWork", "author": {"@type": "Person", "name": "Rosa & Pia"}}),
    )  # fmt: skip
    claims("lint", claims.file("out.jsonld", json.dumps(made)))


def test_a_review_that_cannot_be_mended_is_left_out_by_name(claims: Claims) -> None:
    broken = [node(url="/checks/other", claimReviewed="Other words"), node(claimReviewed="Unrated", reviewRating=None)]
    taken(claims, [node(), *broken])
    ran = claims("export", "--format", "claimreview")
    assert json.loads(ran.out)["claimReviewed"] == CLAIM
    assert re.search("C2: .*url is not a full address", ran.err)
    assert re.search("C3: .*reviewRating is missing", ran.err)
    claims("export", "--format", "claimreview", "--claim", "C2", code=1)


def test_an_address_without_its_scheme_takes_that_of_the_publishers_own() -> None:
    bare = node(url="desk.example/checks/boats")
    assert mending.mended(bare, CLAIM)["url"] == URL
    assert mending.mended(node(url="else.example/a"), CLAIM)["url"] == "else.example/a"


def test_a_claim_that_we_rate_too_goes_out_twice_each_as_its_own(claims: Claims) -> None:
    taken(claims, node())
    claims("rate", "C1", "refuted", "--because", "the harbour log has 41", "--on", "C1")
    theirs, ours = exported(claims, *BASE)["@graph"]
    assert theirs == {k: v for k, v in node().items() if k != "@context"}
    assert (ours["author"]["name"], ours["reviewRating"]["alternateName"]) == ("Example Desk", "refuted")
    named = [w["url"] for w in ours["itemReviewed"]["appearance"]]
    assert named == ["https://radio.example/monday", "https://gazette.example/boats"], "not the review's own page"


def test_export_import_export_is_the_same(claims: Claims) -> None:
    taken(claims, [BROKEN | {"url": URL}, OTHER])
    out = claims("export", "--format", "claimreview").out
    again = claims.folder / "again.db"
    claims("import", claims.file("out.jsonld", out), "--ledger", again)
    assert claims("export", "--format", "claimreview", "--ledger", again).out == out


# --- safe in a page -----------------------------------------------------------------------------------------------


def test_no_text_breaks_out_of_the_script_that_it_stands_in(claims: Claims) -> None:
    evil = "</script><script>alert(1)</script><!-- & \u2028\u2029 ]]>"
    taken(claims, node(claimReviewed=evil, name=evil, itemReviewed=item(author={"name": evil})))
    out = claims("export", "--format", "claimreview").out
    assert not re.search("[<>&\u2028\u2029]", out)
    assert json.loads(out)["itemReviewed"]["author"]["name"] == " ".join(evil.split())
    embedded = claims.file("embedded.html", page(out, head=f'<link rel="canonical" href="{URL}">'))
    ran = claims("lint", embedded, "--json")
    assert {f["severity"] for f in ran.lines} == {"warning"}
    assert {f["script"] for f in ran.lines} == {1}


# --- hostile ------------------------------------------------------------------------------------------------------

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=12)
    | st.sampled_from(["https://[", "//a", "http://a.example:99999/", "@x", "Facebook", "1/0", "\ud800", "\x00"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@id", "@type", "@value", "@list", "name", "url", "author", "schema:name"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
NAMES = sorted({*node(), "mainEntityOfPage", "publisher", "inLanguage", "@id"})


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6))
def test_whatever_a_property_holds_it_is_read_linted_and_mended(changes: Json) -> None:
    source = finding.source(json.dumps(node() | changes).encode(), "r.json")
    linting.findings(source, "r.json")
    for found, review in reviews(source):
        if isinstance(review, Review):
            for line, _ in importing.lines(review):
                json.dumps(mending.mended(found.node, line["exact"], page=URL))


@settings(max_examples=60)
@given(st.binary(max_size=60), st.integers(0, 400), st.sampled_from(["page.html", "data.json"]))
def test_damaged_files_are_refused_or_read(junk: bytes, at: int, name: str) -> None:
    whole = (page(node()) if name == "page.html" else json.dumps(node())).encode()
    for damaged in (whole[:at], whole[:at] + junk + whole[at + len(junk) :]):
        try:
            source = finding.source(damaged, name)
        except ClaimsError:
            continue
        linting.findings(source, name)
        assert all(isinstance(r, Review | ClaimsError) for _, r in reviews(source))


@pytest.mark.parametrize(
    "content",
    [
        "[" * 200_000,
        '{"a":' * 200_000,
        json.dumps(node())[:-1] + ',"x":' + "[" * 5000 + "]" * 5000 + "}",
        page("<!--" * 100_000 + "ClaimReview"),
        "<html>" + "<script " * 100_000,
        "<html>" + '<script type="application/ld+json">' * 20_000,
        "<html><link " + "rel=" * 100_000,
        page('{"ClaimReview": "' + '\\"' * 100_000),
    ],
    ids=["lists", "objects", "a deep member", "comments", "tags", "scripts", "attributes", "escapes"],
)
def test_nesting_and_unclosed_things_are_told_in_a_line(claims: Claims, content: str) -> None:
    for verb in (("import", "--format", "claimreview"), ("lint",)):
        ran = claims(*verb, claims.file("x.html" if content.startswith("<") else "x.json", content), code=2)
        assert len(ran.err) < 1000


def test_reviews_inside_reviews_cost_no_more_than_their_size() -> None:
    inner: Json = node(articleBody="x" * 200_000)
    for n in range(60):
        inner = node(claimReviewed=f"Level {n}", associatedReview=inner)
    found = finding.source(json.dumps(inner).encode(), "x.json").found
    assert len(found) == finding.NESTED


def test_many_reviews_are_taken_in_one_go(claims: Claims) -> None:
    many = [node(url=f"{URL}/{n}", claimReviewed=f"{n} boats left Marsala") for n in range(1, 121)]
    assert len(taken(claims, many)) == 120


# --- real ones ----------------------------------------------------------------------------------------------------


@pytest.fixture
def real(shared: Path) -> Path:
    place = shared / "fixtures" / "claimreview" / "claimreview_65_real.json"
    if not place.is_file():
        pytest.skip(f"no real reviews at {place}")
    return place


def test_the_real_reviews_are_all_imported_and_kept(claims: Claims, real: Path) -> None:
    """65 nodes of 63 reviews: two pairs are one review in two markups, and the second is kept beside the first."""
    nodes = [n["claimReview"] for n in json.loads(real.read_text("utf-8"))]
    ran = claims("import", real, "--json").json
    assert (ran["logged"] + ran["known"], ran["failed"]) == (len(nodes), 0)
    found = claims("list", "--json").lines
    kept = [json.loads(e["claimreview"]) for c in found for e in (c["extra"], *c["extra"].get("versions", []))]
    assert sorted(map(json.dumps, kept)) == sorted(map(json.dumps, nodes))
    assert not any(c["anchored"] or c["rating"] for c in found)
    size = claims("log", "--json").out
    claims("import", real)
    assert claims("log", "--json").out == size


def test_nothing_in_the_real_ones_is_invented(claims: Claims, real: Path) -> None:
    source = finding.source(real.read_bytes(), "real.json")
    for line, text in lines_of(source):
        assert invented(line, text) == []
    claims("import", real)
    whole = "\0".join(strings(json.loads(real.read_text("utf-8"))))
    with store.open_ledger(claims.ledger, store.Open.READ) as ledger:
        for s in read.sources(ledger):
            assert s.name in whole or s.name in OURS
        for a in read.articles(ledger):
            assert a.title is None or a.title in whole
            assert a.published_at is None or a.published_at in whole
        for c in read.claims(ledger):
            assert c.exact in whole or c.exact in importing.shown(whole)
            assert all(t.text in whole for t in c.times)
            assert isinstance(c, r.Claim)


def test_the_real_ones_go_out_without_errors(claims: Claims, real: Path) -> None:
    claims("import", real)
    ran = claims("export", "--format", "claimreview")
    out = claims.file("out.jsonld", ran.out)
    nodes = json.loads(ran.out)["@graph"]
    assert len(nodes) + ran.err.count("left out") == len(claims("list", "--json").lines)
    assert len(nodes) >= 62
    claims("lint", out)
    whole = " ".join(html.unescape("\0".join(strings(json.loads(real.read_text("utf-8"))))).split())
    for made in nodes:
        said = set(strings({k: v for k, v in made.items() if k not in ("@type", "url")}))
        added = {s for s in said if " ".join(html.unescape(s).split()) not in whole}
        assert not {
            s for s in added if not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]+", s) and s not in ("Rating", "CreativeWork")
        }


def test_a_sitemap_is_one_thing_without_reviews_and_no_lines_of_json(claims: Claims) -> None:
    text = '<?xml version="1.0"?>\n<sitemapindex>\n<sitemap><loc>https://example.org/a.xml</loc></sitemap>\n</sitemapindex>\n'
    ran = claims("import", claims.file("sitemap.xml", text), code=2)
    assert "no ClaimReview in this file" in ran.err
    assert "1 bad line" in ran.out


def test_review_met_while_capturing_is_proposed_as_theirs(claims: Claims) -> None:
    node = {
        "@context": "https://schema.org", "@type": "ClaimReview", "url": "https://check.example/boats",
        "claimReviewed": "Sixty boats left Vell on Monday", "datePublished": "2026-03-04",
        "author": {"@type": "Organization", "name": "Check Vell"},
        "reviewRating": {"@type": "Rating", "alternateName": "False"},
        "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Harbour club"}},
    }  # fmt: skip
    words = "<p>Sixty boats left Vell on Monday, the harbour club wrote. The log of the harbour has four of them.</p>"
    page = f'<html><body><script type="application/ld+json">{json.dumps(node)}</script>{words}</body></html>'
    for name, text in (
        ("a.html", page),
        ("b.html", page.replace('"False"', "{]")),
        ("c.html", f"<html><body>{words}</body></html>"),
    ):
        claims.file(name, text)
    told = claims("capture", "a.html", "--url", "https://check.example/boats").err
    assert "1 published review stands on the page" in told
    assert "published review" not in claims("capture", "b.html").err + claims("capture", "c.html").err
    before = claims("log", "--json").out
    claims("accept", "M1", "--question", "boats", code=2)
    assert claims("log", "--json").out == before
    claims("accept", "M1")
    (claim,) = claims("list", "--json").lines
    assert (claim["exact"], claim["anchored"], claim["rating"]) == ("Sixty boats left Vell on Monday", False, None)
    assert claim["extra"]["their_rating"] == {"label": "False"}
    assert claim["article"] == "A1"
    claims("undo")
    assert not claims("list", "--json").lines
    claims("reject", "M1")


@pytest.mark.parametrize("label", ["False " * 4000, "False \0", "False \ud800", "Ann Roe says so"])
@pytest.mark.parametrize("field", ["claimReviewed", "url", "alternateName"])
def test_review_that_the_log_cannot_take_does_not_keep_its_page_out(field: str, label: str, claims: Claims) -> None:
    claims("source", "protect", "@baker", "--name", "Ann Roe")
    node = {"@type": "ClaimReview", "claimReviewed": "Sixty boats left Vell", "url": "https://check.example/boats"}
    rating = {"@type": "Rating", "alternateName": label if field == "alternateName" else "False"}
    script = json.dumps({"@context": "https://schema.org", **node, "reviewRating": rating, field: label})
    words = "<p>Sixty boats left Vell on Monday, the harbour club wrote.</p>"
    page = f'<html><body><script type="application/ld+json">{script}</script>{words}</body></html>'
    assert "saved A1" in claims("capture", claims.file("a.html", page)).out
