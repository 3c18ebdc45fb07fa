"""The search index, in parts that a page loads as scripts: the only way that also works without a server.

A part is `site(name, rows)` with rows of plain texts. Articles are grouped by number, so that one more claim changes one part.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from ledger.catalogue import known, unmarked
from ledger.records import Article, Claim, order
from ledger.reports import html
from ledger.reports.sentences import day as day_words
from ledger.reports.sentences import spoken
from ledger.reports.site.folder import Row
from ledger.store import Ledger, overview, read
from ledger.store.overview import Used

SIZES = {"questions": 500, "sources": 1000, "articles": 100}
"""How many consecutive numbers one part holds."""
LONGEST = 300
"""Characters of one text that the index keeps."""

Shard = tuple[str, str]
"""Its name and its script."""


def names(questions: Iterable[str], *, articles: Iterable[Article], sources: Iterable[Used]) -> list[str]:
    """The names of all parts, in their order."""
    numbers = {
        "questions": (order(q) for q in questions),
        "sources": (order(s.id) for s in sources),
        "articles": (order(a.id) for a in articles),
    }
    return [f"{name}-{part}" for name, found in numbers.items() for part in sorted({_part(name, n) for n in found})]


def _part(name: str, number: int) -> int:
    return (number - 1) // SIZES[name] + 1


def shards(
    ledger: Ledger, rows: Iterable[Row], *, articles: Iterable[Article], sources: Iterable[Used]
) -> Iterator[Shard]:
    """All parts, the most telling first."""
    asked = [[order(r.id), _cut(r.question), _cut(r.state), _cut(r.traced)] for r in rows]
    yield from _in_parts("questions", sorted(asked))
    names = {s.id: s.aliases for s in read.sources(ledger)}
    said = [
        [order(s.id), _cut(s.name), _cut(known(s.kind.replace("_", " "))), _cut(" ".join(names.get(s.id, ())))]
        for s in sources
    ]
    yield from _in_parts("sources", said)
    yield from _in_parts("articles", _articles(ledger, articles))


def _articles(ledger: Ledger, articles: Iterable[Article]) -> Iterator[list[Any]]:
    """Each article with its claims."""
    told = groupby(overview.claims(ledger), key=lambda c: order(c.article))
    standing, claims = next(told, (0, iter(())))
    for a in articles:
        number = order(a.id)
        while standing and standing < number:
            standing, claims = next(told, (0, iter(())))
        own = [_claim(c) for c in claims] if standing == number else []
        day = day_words(a.published_at) if a.published_at else ""
        yield [number, _cut(a.title or a.file or a.url or ""), _cut(a.publisher or ""), day, own]


def _claim(c: Claim) -> list[Any]:
    origin = c.attribution[-1].source if c.attribution else ""
    return [order(c.id), _cut(spoken(c)), _cut(origin), _cut(c.says or "")]


def _in_parts(name: str, rows: Iterable[list[Any]]) -> Iterator[Shard]:
    """The rows by number, cut into parts."""
    for part, group in groupby(rows, key=lambda row: _part(name, row[0])):
        script = json.dumps(list(group), ensure_ascii=False, separators=(",", ":"))
        yield f"{name}-{part}", f'site("{name}-{part}",{script});\n'


def _cut(text: str) -> str:
    return unmarked(html.shown(text))[:LONGEST]
