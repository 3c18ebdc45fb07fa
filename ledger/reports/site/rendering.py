"""The pages of a site, each from its template; what is on a page changes only with an entry that touches the page."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from ledger.catalogue import Table, unmarked
from ledger.crossref.origins import outlet_of
from ledger.records import Article, Judgement, order
from ledger.reports import Look, html, leaves
from ledger.reports.gathering import gather, gather_method
from ledger.reports.report import LogHead, QuestionSection, Report
from ledger.reports.report import Row as QuestionLine
from ledger.reports.sentences import STATES, capital
from ledger.reports.site.folder import Row
from ledger.reports.words import Words, tongues
from ledger.store import Ledger, overview
from ledger.store.overview import Used
from ledger.vocabulary import Relation

INDEX_LINES = 500
LIST_LINES = 1000
CORRECTIONS = 5
ROOMS = {"Q": "questions", "A": "articles", "S": "sources"}

WORDS: Table = {
    "question": "question",
    "source": "source",
    "article": "article",
    "claim": "claim",
    "searching": "Searching …",
    "none": "Nothing was found.",
    "found": "{n} found, the best first.",
    "near": "Nothing has these words; {n} with words that are one letter away, the best first.",
    "most": "{n} found; the best are listed.",
    "shown": "{n} on this page",
}
"""The words that the script of the first page shows."""


class Pages:
    """Makes pages from a ledger; what many pages need is read once."""

    def __init__(self, ledger: Ledger, look: Look, words: Words, url: str = "") -> None:
        self.ledger = ledger
        self.url = url
        self.look = look
        self.made = html.environment(look, words.lang)
        self.words = words
        self.questions = overview.questions(ledger)
        self.articles = {a.uid: a for a in overview.articles(ledger)}
        self.sources = {s.uid: s for s in overview.sources(ledger)}
        merged = overview.merged(ledger)
        self._pages = {i: i for i in self.questions.values()} | {a.id: a.id for a in self.articles.values()}
        ids = overview.ids(ledger, "S")
        for name, uid in ids.items():
            if (stays := self.sources.get(merged.get(uid, uid))) is not None:
                self._pages[name] = stays.id
        self._tongues = tongues((a.title or "", a.language) for a in self.articles.values())
        self._known: leaves.Known | None = None
        self._published: dict[str, list[Article]] = {}
        for article in self.newest_articles():
            if article.publisher_id:
                uid = ids[article.publisher_id]
                self._published.setdefault(merged.get(uid, uid), []).append(article)

    def paths(self) -> dict[str, str]:
        """Uid to file of every page that shows one thing."""
        found = {uid: f"questions/{name}.html" for uid, name in self.questions.items()}
        found |= {uid: f"articles/{a.id}.html" for uid, a in self.articles.items()}
        return found | {uid: f"sources/{s.id}.html" for uid, s in self.sources.items()}

    # --- pages of one thing ---------------------------------------------------------------------------------------

    def question(self, uid: str) -> tuple[str, Row]:
        """A question's page, and its line on the first page."""
        made = gather(self.ledger, [uid], lang=self.words.lang)
        (section,) = made.questions
        cards = {c.claim.id: c for c in made.claims}
        page = self._render(
            "question.html",
            title=section.page.question,
            up="../",
            shown=frozenset(cards),
            s=section,
            cards=cards,
            articles={a.article.id: a.article for a in made.articles},
            entries={a.article.id: a for a in made.articles},
            answering=_answering(section),
            photos=dict(made.pictures),
            wall=html.Wall(html.evidence_of(section, cards)),
        )
        return page, self._row(made, section)

    def article(self, uid: str) -> str:
        leaf = leaves.article_leaf(self.ledger, uid)
        a = leaf.article
        return self._render(
            "article.html",
            title=a.title or a.file or a.url or a.id,
            up="../",
            shown=frozenset({a.id, *(c.claim.id for c in leaf.cards)}),
            leaf=leaf,
            photos=dict(leaf.pictures),
            wall=html.Wall(e for c in leaf.cards for e in c.evidence),
        )

    def source(self, uid: str) -> str:
        self._known = self._known or leaves.Known(self.ledger)
        leaf = leaves.source_leaf(self._known, uid, self._published.get(uid, ()))
        return self._render(
            "source.html", title=leaf.source.name, up="../", shown=frozenset(), leaf=leaf, most=leaves.MOST
        )  # fmt: skip

    # --- lists ----------------------------------------------------------------------------------------------------

    def newest_articles(self) -> list[Article]:
        found = sorted(self.articles.values(), key=lambda a: order(a.id))
        return sorted(found, key=lambda a: (a.published_at or "")[:10], reverse=True)

    def list_files(self) -> list[str]:
        """The names of all files of the lists."""
        sizes = (
            ("articles", self.articles, LIST_LINES),
            ("sources", self.sources, LIST_LINES),
            ("index", self.questions, INDEX_LINES),
        )
        return [file for name, lines, most in sizes for file, *_ in _leafed(name, [*lines], most)]

    def lists(self) -> Iterator[tuple[str, str]]:
        """The files of the lists of articles and sources."""
        yield from self._list("articles", self.words("Articles"), self.newest_articles())
        quoted = sorted(self.sources.values(), key=lambda s: (-s.origin, -s.relayed, -s.articles, order(s.id)))
        yield from self._list("sources", self.words("Sources"), quoted)

    def method(self) -> str:
        """How the ledger reads, counts and judges."""
        made = gather_method(self.ledger)
        return self._render(
            "method.html",
            here="method",
            title=self.words("How this ledger reads, counts and judges"),
            found=made.method,
        )

    def _list(self, name: str, title: str, lines: Sequence[Article] | Sequence[Used]) -> Iterator[tuple[str, str]]:
        for file, page, of, part in _leafed(name, lines, LIST_LINES):
            yield (
                file,
                self._render("list.html", here=name, title=title, page=page, of=of, total=len(lines), lines=part),
            )

    def index(
        self, rows: Sequence[Row], log: LogHead, *, changed: str, parts: Sequence[str]
    ) -> Iterator[tuple[str, str]]:
        """The first page, and the pages that continue its list."""
        script = self._script()
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        ordered = sorted(rows, key=lambda r: order(r.id), reverse=True)
        ordered.sort(key=lambda r: r.changed, reverse=True)
        corrections = overview.happenings(self.ledger, "correction", most=CORRECTIONS)
        for file, page, of, part in _leafed("index", ordered, INDEX_LINES):
            yield (
                file,
                self._render(
                    "index.html",
                    here="index",
                    title=self.words("What was claimed, by whom, and what other sources say"),
                    policy=f"{html.POLICY}; script-src 'sha256-{digest}' 'strict-dynamic'",
                    page=page, of=of, total=len(ordered), lines=part,
                    claims=sum(a.claims for a in self.articles.values()), articles=len(self.articles),
                    sources=len(self.sources), corrections=corrections if page == 1 else [], parts_=parts,
                    log=log, changed=changed, script=Markup(script),  # noqa: S704  our own text, with our own words in it
                ),
            )  # fmt: skip

    def _script(self) -> str:
        assert self.made.loader is not None  # noqa: S101  each environment is made with one
        source = self.made.loader.get_source(self.made, "site/search.js")[0]
        words = json.dumps({k: unmarked(self.words.pattern(v)) for k, v in WORDS.items()}, ensure_ascii=False)
        return source.replace("WORDS", words.replace("<", "\\u003c"), 1)

    # --- parts ----------------------------------------------------------------------------------------------------

    def _render(self, template: str, *, up: str = "", shown: frozenset[str] = frozenset(), **given: Any) -> str:
        with html.mistakes_named(self.look), html.quoting(self._tongues):
            page: str = self.made.get_template(f"site/{template}").render(
                **{"policy": html.POLICY, "here": "", "up": up, "at": lambda name: self._at(name, up, shown), **given}
            )
        return html.clean(page)

    def at(self, name: str) -> str:
        """The link to a thing from the first page."""
        return self._at(name, "", frozenset())

    def _at(self, name: str, up: str, shown: frozenset[str]) -> str:
        """The link to a thing from a page; empty for what the site does not show."""
        if name in shown:
            return f"#{name}" if name[0] == "C" else "#copies"
        if name[0] == "C":
            article = overview.place_of(self.ledger, name)
            return f"{up}articles/{article}.html#{name}" if article else ""
        page = self._pages.get(name)
        return f"{up}{ROOMS[page[0]]}/{page}.html" if page else ""

    def _claimed(self, row: QuestionLine) -> str:
        return f"{capital(row.words)} — {row.heading}" + (f" ({row.carried})" if row.carried else "")

    def _row(self, made: Report, section: QuestionSection) -> Row:
        page = section.page
        lines = [r for r in section.rows if r.off is None]
        return Row(
            id=page.id,
            question=page.question,
            state=_state(section, self.words),
            verdict="answered" if page.answer else "rated" if section.verdicts else "none",
            traced=section.traced,
            claimed=self._claimed(lines[0]) if lines else "",
            more=max(0, len(lines) - 1),
            disputed=next((s.words for s in section.said if s.kind == Relation.CONFLICTS and s.current), ""),
            wording=next((s.detail for s in section.strips if s.shows_both), ""),
            claims=len(page.claims),
            outlets=len({outlet_of(c) for c in page.claims}),
            sources=page.origins.high,
            changed=_changed(self.ledger, section, made),
            corrected=bool(section.corrections),
        )


def _state(section: QuestionSection, words: Words) -> str:
    """The question's state in one sentence."""
    if (answer := section.page.answer) is not None:
        said = " ".join(answer.value.split())
        return words("{answer} ({who}, {day})", answer=said, who=answer.by, day=words.day(answer.at))
    own = [v for v in section.verdicts if v.about == section.page.id]
    if own:
        v = own[-1]
        return words("Rated “{grade}” ({who}, {day})", grade=v.value, who=v.by, day=words.day(v.at))
    if section.verdicts:
        grades = words.listed([*dict.fromkeys(f"“{v.value}”" for v in section.verdicts)])
        return words("No answer yet; single claims are rated {grades}", grades=grades)
    if section.state == STATES["new"]:
        return words("Not checked yet")
    return f"{words('No verdict yet')}: {words(section.state)}"


def _answering(section: QuestionSection) -> dict[str, list[str]]:
    """The claims that stand among the answers, so that a passage leads back to them."""
    return {told.claim: [section.page.id] for row in section.rows for told in row.tellings}


def _changed(ledger: Ledger, section: QuestionSection, made: Report) -> str:
    """The time of the last entry about what the page shows."""
    judged: list[Judgement | None] = [section.page.answer]
    times = [overview.asked_at(ledger, section.uid), *(j.at for j in judged if j)]
    times += [e.at for e in section.history] + [n.at for n in section.notes] + [e.at for e in section.evidence]
    times += [p.at for p in section.publications] + [c.at for c in section.corrections]
    for c in made.claims:
        times += [n.at for n in c.notes] + [e.at for e in c.evidence] + [x.at for x in c.corrections]
    return max(times)


def _leafed(name: str, lines: Sequence[Any], most: int) -> Iterator[tuple[str, int, int, Sequence[Any]]]:
    """A long list cut into pages: file, number, how many there are, and the lines of each."""
    of = max(1, -(-len(lines) // most))
    for page in range(1, of + 1):
        file = f"{name}.html" if page == 1 else f"{name}-{page}.html"
        yield file, page, of, lines[(page - 1) * most : page * most]
