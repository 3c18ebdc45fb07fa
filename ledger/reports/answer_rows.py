"""What each claim of a question is said to say as CSV, a row a claim, whether it has a figure or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from ledger.catalogue import unmarked
from ledger.exchange.flat import neutral
from ledger.reports.report import ArticleEntry, ClaimCard, QuestionSection

COLUMNS = (
    "question", "asked", "claim", "source", "credited", "party", "side", "chain", "words", "compared", "not_compared_because",
    "published", "when", "place", "quote", "outlet", "article", "address", "sha256",
)  # fmt: skip


def rows(
    section: QuestionSection, cards: Mapping[str, ClaimCard], articles: Mapping[str, ArticleEntry]
) -> Iterator[dict[str, str]]:
    """The answers in the order of the page, each once."""
    seen: set[str] = set()
    for row in section.rows:
        for told in row.tellings:
            card = cards.get(told.claim)
            if card is None or told.claim in seen:
                continue
            seen.add(told.claim)
            claim, entry = card.claim, articles.get(card.claim.article)
            copies = {copy.uid: copy.raw for copy in entry.captures} if entry else {}
            yield {
                "question": section.page.id,
                "asked": section.page.question,
                "claim": told.claim,
                "source": row.name,
                "credited": "yes" if claim.attribution else "no",
                "party": "yes" if row.party else "no",
                "side": row.side or "",
                "chain": " > ".join(h.source for h in claim.attribution),
                "words": told.words,
                "compared": "no" if row.off else "yes",
                "not_compared_because": row.off or "",
                "published": claim.published_at or "",
                "when": card.when or "",
                "place": claim.place.name if claim.place else "",
                "quote": claim.exact,
                "outlet": claim.publisher or "",
                "article": claim.article,
                "address": (entry.article.url if entry else None) or "",
                "sha256": copies.get(claim.capture or "", ""),
            }


def data(
    section: QuestionSection, cards: Mapping[str, ClaimCard], articles: Mapping[str, ArticleEntry]
) -> tuple[int, str]:
    """How many rows there are, and the data as an address that needs no request."""
    found = [[neutral(unmarked(row[name])) for name in COLUMNS] for row in rows(section, cards, articles)]
    text = "".join(f"{','.join(map(_cell, line))}\r\n" for line in [COLUMNS, *found])
    return len(found), f"data:text/csv;charset=utf-8,{quote(text, safe='')}"


def _cell(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if set('",\r\n') & set(text) else text
