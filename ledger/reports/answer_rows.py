"""The answers to a question as CSV, a row a claim: its words, whose they are, its figure where it has one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from ledger import quantity
from ledger.catalogue import unmarked
from ledger.crossref.answers import direction
from ledger.reports.report import ArticleEntry, Axis, ClaimCard, Figure, QuestionSection, Row, Telling
from ledger.reports.timeline import DATE, clock, zone
from ledger.text.formulas import neutral
from ledger.vocabulary import Agreement, Kind

COLUMNS = {
    "question": "the question",
    "claim": "the claim, as on the page",
    "note": "what is noted of the question, such as that it is an invented example",
    "source": "the original source that it is traced to; where none is named, the outlet",
    "known_as": "named, anonymous, publisher (names no source for this sentence) or unknown",
    "credited": "yes where the claim names somebody for it",
    "party": "yes where that source is a party to the matter",
    "side": "its side",
    "chain": "who is named on the way, outermost first",
    "words": "the answer as it is worded",
    "not_compared_because": "why it is set apart; empty where it is compared with the rest",
    "low": "the least that a figure may mean; empty where it is open",
    "low_inclusive": "no where it means more than low, as in “more than 40”",
    "high": "the most that it may mean",
    "high_inclusive": "no where it means less than high, as in “fewer than 40”",
    "unit": "the unit of low and high",
    "taken_as": "what “about” or “nearly” adds to either end; what a vague word is taken for",
    "original_low": "the least as it is worded, before it was converted",
    "original_high": "the most as it is worded",
    "original_unit": "the unit of these two",
    "counted": "what is counted, and what became of it, in words that are the same for all rows",
    "hedge": "at_least, more_than, about, vague ...; empty for a bare figure",
    "hedge_words": "the words that hedge it",
    "superseded": "yes where the source's own later count has overtaken it, or its text calls it an earlier one",
    "as_of": "the day until which was counted, where that is said",
    "as_of_hour": "the hour of that day, 09:00 or 09:30, where it is known",
    "published": "the day on which it was published",
    "published_hour": "the hour of that day, where it is known",
    "zone": "the time zone of as_of_hour, else of published_hour; not given where there is an hour and no zone",
    "when": "when it happened",
    "place": "where",
    "distance": "how far from a place it was, where the answer is a place",
    "distance_unit": "the unit of that",
    "direction": "in which direction from that place",
    "quote": "the words of the claim",
    "outlet": "who published it",
    "article": "the article, as on the page",
    "address": "its address",
    "sha256": "of the saved copy",
}


def dictionary() -> str:
    """What each column means, as data at an address that needs no request; in English, as the columns are."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([("column", "meaning"), *COLUMNS.items()])
    return f"data:text/csv;header=present;charset=utf-8,{quote(out.getvalue(), safe='')}"


def link(
    section: QuestionSection, cards: Mapping[str, ClaimCard], articles: Mapping[str, ArticleEntry]
) -> tuple[int, str]:
    """How many rows there are, and the data as an address that needs no request."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    found = list(rows(section, cards, articles))
    lines.writerows([neutral(unmarked(_cell(row.get(name)))) for name in COLUMNS] for row in found)
    return len(found), f"data:text/csv;charset=utf-8,{quote(out.getvalue(), safe='')}"


def _cell(said: object) -> str:
    return ("yes" if said else "no") if isinstance(said, bool) else str(said or "")


def rows(
    section: QuestionSection, cards: Mapping[str, ClaimCard], articles: Mapping[str, ArticleEntry]
) -> Iterator[dict[str, Any]]:
    """The answers in the order of the page, each once."""
    figures = {f.claim: (f, axis) for axis in section.axes for f in axis.figures}
    asked = {"question": section.page.id, "note": " ".join(n.text for n in section.notes)}
    seen: set[str] = set()
    for row in section.rows:
        for told in row.tellings:
            card = cards.get(told.claim)
            if card is not None and told.claim not in seen:
                seen.add(told.claim)
                said = _said(row, told, card, articles.get(card.claim.article))
                where = _where(told.words) if section.page.kind == Kind.WHERE else {}
                made = {**asked, **said, **where, **_figure(*figures.get(told.claim, (None, None)))}
                yield made | _days(str(made.get("as_of") or ""), str(made["published"] or ""))


def _said(row: Row, told: Telling, card: ClaimCard, entry: ArticleEntry | None) -> dict[str, Any]:
    claim = card.claim
    copies = {copy.uid: copy.raw for copy in entry.captures} if entry else {}
    return {
        "claim": told.claim,
        "source": told.outlet if row.bare else row.name,
        "known_as": row.standing,
        "credited": bool(claim.attribution),
        "party": row.party,
        "side": row.side,
        "chain": " > ".join(h.source for h in claim.attribution),
        "words": told.words,
        "not_compared_because": row.off,
        "superseded": told.earlier,
        "published": claim.published_at,
        "when": card.span,
        "place": claim.place.name if claim.place else "",
        "quote": claim.exact,
        "outlet": claim.publisher,
        "article": claim.article,
        "address": entry.article.url if entry else "",
        "sha256": copies.get(claim.capture or ""),
    }


def _where(words: str) -> dict[str, str | None]:
    """How far and in which direction from a place; no distance where several are named that differ."""
    away = [q for q in quantity.find(words) if q.low == q.high and quantity.convertible(q.unit, "m")]
    alike = all(quantity.compare(away[0], q).agreement is not Agreement.CONFLICT for q in away[1:])
    how_far = {"distance": away[0].low, "distance_unit": away[0].unit} if away and alike else {}
    return {**how_far, "direction": direction(words)}


def _days(as_of: str, published: str) -> dict[str, str]:
    """Days and hours in cells of their own, as spreadsheets read them, and the zone of the hour."""
    at = as_of or published
    return {
        "as_of": as_of[:DATE],
        "as_of_hour": clock(as_of),
        "published": published[:DATE],
        "published_hour": clock(published),
        "zone": zone(at) or ("not given" if len(at) > DATE else ""),
    }


def _figure(figure: Figure | None, axis: Axis | None) -> dict[str, Any]:
    """What is known of a claim's figure; nothing of one that has none."""
    if figure is None or axis is None:
        return {}
    own = (
        "low", "low_inclusive", "high", "high_inclusive", "taken_as", "original_low", "original_high", "original_unit",
        "counted", "hedge", "hedge_words", "as_of", "when", "place",
    )  # fmt: skip
    return {"unit": axis.unit, **{name: getattr(figure, name) for name in own}}
