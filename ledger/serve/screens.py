"""The pages: a desk, a reader, a question with its report's sections, a preview.

What a page shows stands in it escaped, or its script asks the API for it; a report is framed with its exact bytes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from ledger import records as r
from ledger import suggestions
from ledger.catalogue import speaking
from ledger.errors import ClaimsError
from ledger.reports import Look, html, write
from ledger.reports.gathering import gather
from ledger.reports.why import why
from ledger.reports.words import words_of
from ledger.serve.gate import POLICY
from ledger.store import Ledger, read
from ledger.vocabulary import Letter, SuggestionKind

HTML = "text/html; charset=utf-8"
LISTED = 100
LOOK = Look()


class Around(NamedTuple):
    """What a page is about, and what all pages say: the size of the log that it shows, where paths begin, who acts."""

    id: str
    size: int
    base: str
    actor: str


class Page(NamedTuple):
    body: bytes
    headers: Mapping[str, str] = MappingProxyType({})
    media_type: str = HTML


Made = Callable[[Ledger, Around], Page]


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("ledger.serve", "page"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters["shown"] = html.shown
    return made


def _rendered(name: str, around: Around, **known: Any) -> Page:
    page = _templates().get_template(name).render(around=around, **known)
    return Page(html.clean(page).encode())


def desk(ledger: Ledger, around: Around) -> Page:
    """The questions, the articles, where others are brought in; what is waiting comes from the API, for it takes longest."""
    articles = list(read.articles(ledger))
    return _rendered(
        "desk.html", around, questions=list(read.questions(ledger)), articles=articles[:-LISTED - 1 : -1],
        more=max(0, len(articles) - LISTED),
    )  # fmt: skip


def reader(ledger: Ledger, around: Around) -> Page:
    """An article to read; its text comes from the API, for HTML would change it."""
    thing = read.thing(ledger, around.id, Letter.ARTICLE, Letter.CLAIM)
    claim = read.claim(ledger, thing.uid) if thing.id.startswith(Letter.CLAIM) else None
    article = read.article(ledger, claim.article if claim else thing.uid)
    copy = read.captures(ledger, article.uid)[-1:]
    return _rendered("reader.html", around._replace(id=thing.id), article=article, copy=copy[0] if copy else None)


def question(ledger: Ledger, around: Around) -> Page:
    """The report's sections on a question as they are now, with what a person says of its findings and claims."""
    from ledger.crossref.study import study

    thing = read.thing(ledger, around.id, Letter.QUESTION)
    report = gather(ledger, [thing.id])
    found = study(ledger, thing.uid)
    ours = html.environment(LOOK, report.lang)
    own = PackageLoader("ledger.serve", "page")
    made = ours.overlay(loader=ChoiceLoader([own, PackageLoader("ledger.reports", "templates")]))
    made.globals = ours.globals | {
        "around": around._replace(id=thing.id), "findings": why(found), "filed": found.claims, "asked": found.question,
        "proposed": _queue(ledger, found.claims),
    }  # fmt: skip
    with html.quoting(report.tongues), speaking(words_of(report.lang)):
        page = html.rendered(made, "question_live.html", report).encode("utf-8", "xmlcharrefreplace")
    return Page(page, {"content-security-policy": _with_sheets(page)})


def _queue(ledger: Ledger, filed: tuple[r.Claim, ...]) -> list[tuple[r.Suggestion, str, str]]:
    """Pairs of sources that may be one, where one of them is in a chain of these claims."""
    named = {hop.source for claim in filed for hop in claim.attribution}
    pairs = []
    for s in suggestions.pending(ledger, SuggestionKind.ALIAS):
        one, other = (read.source(ledger, s.proposal[name]).name for name in ("same", "source"))
        if {one, other} & named:
            pairs.append((s, one, other))
    return pairs


STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def _with_sheets(page: bytes) -> str:
    """The policy with the sheets of the report's own template, by what they hold."""
    marks = {base64.b64encode(hashlib.sha256(sheet).digest()).decode() for sheet in STYLE.findall(page)}
    allowed = " ".join(f"'sha256-{mark}'" for mark in sorted(marks))
    return POLICY.replace("style-src 'self'", f"style-src 'self' {allowed}")


def preview(ledger: Ledger, around: Around) -> Page:
    """A frame around the report."""
    thing = read.thing(ledger, around.id, Letter.QUESTION, Letter.CLAIM, Letter.ARTICLE)
    return _rendered("preview.html", around._replace(id=thing.id))


def report(ledger: Ledger, around: Around) -> Page:
    """The report's bytes, as `claims report` writes them; it may be framed here, and runs nothing."""
    thing = read.thing(ledger, around.id, Letter.QUESTION, Letter.CLAIM, Letter.ARTICLE)
    page = write(gather(ledger, [thing.id]), "html")
    policy = f"{html.POLICY}; frame-ancestors 'self'; sandbox"
    return Page(page, {"content-security-policy": policy, "x-frame-options": "SAMEORIGIN"})


def refused(e: ClaimsError, base: str) -> Page:
    return _rendered("refused.html", Around("", 0, base, ""), said=e.message, hint=e.hint)


PAGES: dict[str, Made] = {
    "/": desk,
    "/read/{id}": reader,
    "/question/{id}": question,
    "/preview/{id}": preview,
    "/report/{id}": report,
}
