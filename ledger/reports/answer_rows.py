"""The answers to a question as CSV, a row a claim: its words, whose they are, its figure where it has one."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from ledger import quantity
from ledger.catalogue import unmarked
from ledger.crossref.answers import direction
from ledger.reports.report import ArticleEntry, Axis, ClaimCard, Figure, QuestionSection, Report, Row, Telling
from ledger.reports.timeline import DATE, clock, zone
from ledger.text.formulas import neutral
from ledger.vocabulary import Agreement, Kind

COLUMNS = {
    "question": "the question, as on the page",
    "asked": "the question in words",
    "claim": "the claim, as on the page",
    "link": "where on the page the claim stands, with the address to which the report was published, where it was",
    "note": "what is noted of the question, such as that it is an invented example",
    "source": "the original source that it is traced to; where none is named, the outlet",
    "known_as": "named, anonymous, publisher (names no source for this sentence) or unknown",
    "credited": "yes where the claim names somebody for it",
    "party": "yes where that source is a party to the matter",
    "may_be_party": "yes where the page says that an armed side or a state’s body may be a party",
    "side": "its side",
    "chain": "who is named on the way, outermost first",
    "words": "the answer as it is worded",
    "our_reading": "what the desk reads these words as, where the page says so",
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
    "counted_words": "the same in the words of the claim, as plots have it: injured where counted has wounded",
    "counted_from": "claim; figures beside it where its own words do not say what is counted and theirs do",
    "hedge": "at_least, more_than, about, vague ...; empty for a bare figure",
    "hedge_words": "the words that hedge it",
    "superseded": "yes where the source's own later count has overtaken it, or its text calls it an earlier one",
    "as_of": "the day until which was counted, where that is said",
    "as_of_hour": "the hour of that day, 09:00 or 09:30, where it is known",
    "as_of_from": "claim where its words say so; desk where whoever logged it gave day and hour",
    "published": "the day on which it was published",
    "published_hour": "the hour of that day, where it is known",
    "zone": "the time zone of as_of_hour, else of published_hour; not given where there is an hour and no zone",
    "when": "when it happened",
    "place": "where",
    "distance": "how far from a place it was, where the answer is a place",
    "distance_unit": "the unit of that",
    "direction": "in which direction from that place",
    "quote": "the words of the claim",
    "rating": "how a person rated the claim; empty where nobody did",
    "outlet": "who published it",
    "article": "the article, as on the page",
    "headline": "its title",
    "address": "its address",
    "sha256": "of the saved copy",
    "report_as_of": "when the report was made",
    "log": "the log that it was made from",
    "log_entries": "how many entries that log had then",
    "log_root": "its root then, as at the foot of the page",
}


def dictionary() -> str:
    """What each column means, as data at an address that needs no request; in English, as the columns are."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([("column", "meaning"), *COLUMNS.items()])
    return f"data:text/csv;header=present;charset=utf-8,{quote(out.getvalue(), safe='')}"


def link(
    section: QuestionSection,
    cards: Mapping[str, ClaimCard],
    articles: Mapping[str, ArticleEntry],
    report: Report | None = None,
) -> tuple[int, str]:
    """How many rows there are, and the data as an address that needs no request."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    found = [made | _made(report) for made in rows(section, cards, articles)]
    lines.writerows([neutral(unmarked(_cell(row.get(name)))) for name in COLUMNS] for row in found)
    return len(found), f"data:text/csv;charset=utf-8,{quote(out.getvalue(), safe='')}"


def file_name(section: QuestionSection, report: Report | None = None) -> str:
    """A name that tells the data of one report from those of another: "Q1-boats-lost-2031-05-06.csv"."""
    words = "-".join(re.findall(r"\w+", unmarked(section.page.question).casefold()))[:NAME].rstrip("-_")
    return "-".join(filter(None, (section.page.id, words, report.generated_at[:DATE] if report else ""))) + ".csv"


NAME = 48
"""Letters of a question in the name of a file."""


def _made(report: Report | None) -> dict[str, str]:
    """When and from which log a report was made."""
    if report is None:
        return {}
    log = report.log
    return {"report_as_of": report.generated_at, "log": log.id, "log_entries": str(log.size), "log_root": log.root}


def _cell(said: object) -> str:
    return ("yes" if said else "no") if isinstance(said, bool) else str(said or "")


def rows(
    section: QuestionSection, cards: Mapping[str, ClaimCard], articles: Mapping[str, ArticleEntry]
) -> Iterator[dict[str, Any]]:
    """The answers in the order of the page, each once."""
    figures = {f.claim: (f, axis) for axis in section.axes for f in axis.figures}
    notes = " ".join(n.text for n in section.notes)
    asked = {"question": section.page.id, "asked": section.page.question, "note": notes}
    address = next((p.url for p in reversed(section.publications) if p.url), "")
    seen: set[str] = set()
    for row in section.rows:
        for told in row.tellings:
            card = cards.get(told.claim)
            if card is not None and told.claim not in seen:
                seen.add(told.claim)
                said = _said(row, told, card, articles.get(card.claim.article))
                where = _where(told.words) if section.page.kind == Kind.WHERE else {}
                said |= {
                    "link": f"{address}#{told.claim}",
                    "our_reading": told.read or (row.words if row.behind else ""),
                }
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
        "may_be_party": bool(row.may_be_party),
        "side": row.side,
        "chain": " > ".join(h.source for h in claim.attribution),
        "words": told.words,
        "not_compared_because": row.off,
        "superseded": told.earlier,
        "published": claim.published_at,
        "when": card.span,
        "place": claim.place.name if claim.place else "",
        "quote": claim.exact,
        "rating": card.rating.value if card.rating else "",
        "outlet": claim.publisher,
        "article": claim.article,
        "headline": entry.article.title if entry else "",
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
        "counted", "counted_words", "counted_from", "hedge", "hedge_words", "as_of", "as_of_from", "when", "place",
    )  # fmt: skip
    return {"unit": axis.unit, **{name: getattr(figure, name) for name in own}}
