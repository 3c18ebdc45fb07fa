"""The pages: a desk, a reader, a question with its report's sections, a preview.

What a page shows stands in it escaped, or its script asks the API for it; a report is framed with its exact bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup

from ledger import records as r
from ledger import suggestions
from ledger.catalogue import Table, speaking, t
from ledger.errors import ClaimsError
from ledger.reports import Look, html, write
from ledger.reports.gathering import gather
from ledger.reports.why import ground, why
from ledger.reports.words import words_of
from ledger.serve.gate import POLICY
from ledger.store import Ledger, read
from ledger.vocabulary import Letter, State, SuggestionKind

HTML = "text/html; charset=utf-8"
LISTED = 100
LOOK = Look()


class Around(NamedTuple):
    """What a page is about, and what all pages say: the size of the log that it shows, where paths begin, who acts."""

    id: str
    size: int
    base: str
    actor: str
    lang: str
    sending: str
    """The address to which a bookmarklet sends a page."""


class Page(NamedTuple):
    body: bytes
    headers: Mapping[str, str] = MappingProxyType({})
    media_type: str = HTML


Made = Callable[[Ledger, Around], Page]


@cache
def _templates(lang: str) -> Environment:
    """The page's templates before the reports' own, in a language."""
    ours = html.environment(LOOK, lang)
    own = PackageLoader("ledger.serve", "page")
    made = ours.overlay(loader=ChoiceLoader([own, PackageLoader("ledger.reports", "templates")]))
    words = words_of(lang)
    said = {} if lang == "en" else {text: words.pattern(text) for text in script_texts()}
    made.globals = ours.globals | {"script_words": said, "STATES": STATES}
    return made


SAID = re.compile(r'\bt\(("(?:[^"\\]|\\.)*")')
"""A message in the page's script."""


@cache
def script_texts() -> tuple[str, ...]:
    """The messages of the page's script."""
    script = resources.files("ledger.serve").joinpath("page", "page.js").read_text(encoding="utf-8")
    return tuple(dict.fromkeys(json.loads(text) for text in SAID.findall(script)))


STATES: Table = {
    State.NEW: "new",
    State.CHECKING: "being checked",
    State.WAITING: "waiting",
    State.READY: "ready",
    State.PUBLISHED: "published",
    State.DROPPED: "dropped",
}


def _rendered(name: str, around: Around, **known: Any) -> Page:
    with speaking(words_of(around.lang)):
        page = _templates(around.lang).get_template(name).render(around=around, **known)
    return Page(html.clean(page).encode("utf-8", "xmlcharrefreplace"))


def desk(ledger: Ledger, around: Around) -> Page:
    """The questions, the articles, where others are brought in; what is waiting comes from the API, for it takes longest."""
    articles, script = list(read.articles(ledger)), bookmarklet(around.sending)
    with speaking(words_of(around.lang)):
        link = Markup('<a href="{}">{}</a>').format(script, t("To the ledger"))
    return _rendered(
        "desk.html", around, questions=list(read.questions(ledger)), articles=articles[:-LISTED - 1 : -1],
        more=max(0, len(articles) - LISTED), bookmarklet=script, bookmark=link,
    )  # fmt: skip


@cache
def bookmarklet(address: str) -> str:
    """The script that a bookmark runs on a page: it opens our page that takes, and hands over what it asks for."""
    gather = resources.files("ledger.serve").joinpath("extension", "gather.js").read_text(encoding="utf-8").strip()
    origin = "/".join(address.split("/")[:3])
    script = (
        f"(()=>{{const d={gather},o={json.dumps(origin)},w=open({json.dumps(address)});"
        "addEventListener('message',e=>{if(e.source===w&&e.origin===o)w.postMessage(d,o)})})()"
    )
    return "javascript:" + quote(script, safe="(){}[]=>,;.:'/!*?&|$`-_~")


def taking(around: Around) -> Page:
    """What takes a page that was sent: it may be opened from other pages, and shows what came until a person saves it."""
    page = _rendered("take.html", around)
    return page._replace(headers={"cross-origin-opener-policy": "unsafe-none"})


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
    report = gather(ledger, [thing.id], lang=around.lang)
    found = study(ledger, thing.uid)
    made = _templates(around.lang).overlay()
    with speaking(words_of(around.lang)):
        findings = [(w, ground(found, f).lines) for w, f in zip(why(found), found.findings, strict=True)]
    made.globals = made.globals | {
        "around": around._replace(id=thing.id), "findings": findings, "filed": found.claims, "asked": found.question,
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


def side_by_side(ledger: Ledger, around: Around) -> Page:
    """Two texts; which ones stands in the address, and they come from the API."""
    return _rendered("beside.html", around, articles=list(read.articles(ledger))[: -LISTED - 1 : -1])


def preview(ledger: Ledger, around: Around) -> Page:
    """A frame around the report."""
    thing = read.thing(ledger, around.id, Letter.QUESTION, Letter.CLAIM, Letter.ARTICLE)
    option = "" if around.lang == "en" else f" --lang {around.lang}"
    return _rendered("preview.html", around._replace(id=thing.id), lang_option=option)


def report(ledger: Ledger, around: Around) -> Page:
    """The report's bytes, as `claims report` writes them; it may be framed here, and runs nothing."""
    thing = read.thing(ledger, around.id, Letter.QUESTION, Letter.CLAIM, Letter.ARTICLE)
    page = write(gather(ledger, [thing.id], lang=around.lang), "html")
    policy = f"{html.POLICY}; frame-ancestors 'self'; sandbox"
    return Page(page, {"content-security-policy": policy, "x-frame-options": "SAMEORIGIN"})


def refused(e: ClaimsError, base: str, lang: str) -> Page:
    return _rendered("refused.html", Around("", 0, base, "", lang, ""), said=e.message, hint=e.hint)


PAGES: dict[str, Made] = {
    "/": desk,
    "/read/{id}": reader,
    "/question/{id}": question,
    "/beside": side_by_side,
    "/preview/{id}": preview,
    "/report/{id}": report,
}
