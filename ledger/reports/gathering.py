"""What a report on some things holds: their claims, the questions these answer, articles, sources, the log's head.

Retracted and redacted claims, internal notes and pending suggestions are never gathered. The same ledger gives the same
report: where no time is given it is that of the newest entry.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from ledger import changes, store
from ledger.catalogue import speaking, t
from ledger.crossref.origins import named_agency
from ledger.crossref.study import Study, study
from ledger.errors import NotFound
from ledger.records import Article, Capture, Claim, Evidence, Note, Source, order, replace
from ledger.reports.cards import card
from ledger.reports.custody import with_custody
from ledger.reports.method import method
from ledger.reports.report import ArticleEntry, ClaimCard, LogHead, QuestionSection, Report
from ledger.reports.sections import section
from ledger.reports.sentences import article_name
from ledger.reports.words import tongues, words_of
from ledger.store import Ledger, beside, blobs, read
from ledger.vocabulary import EvidenceKind, Letter, SourceKind

Ids = Sequence[str] | Literal["all"]


def gather(
    ledger: Ledger, ids: Ids, *, lang: str = "en", full_text: bool = False, generated_at: str | None = None
) -> Report:
    """The report on these claims, questions and articles (by id or uid), or on everything, its sentences in a language."""
    words = words_of(lang)
    with ledger.snapshot(), speaking(words):
        wanted = _Wanted(ledger, ids)
        studies = [study(ledger, q) for q in wanted.questions]
        claims = _claims(studies, wanted.claims)
        cards = tuple(card(ledger, c) for c in claims)
        sections = tuple(section(ledger, s) for s in studies)
        articles = tuple(_articles(ledger, claims, wanted.articles, full_text=full_text))
        sources = tuple(_sources(ledger, claims))
        return Report(
            title=_title(wanted, studies, cards, articles),
            about=tuple(wanted.names),
            generated_at=generated_at or beside.last_entry_time(ledger),
            log=log_head(ledger),
            questions=sections,
            claims=cards,
            loose=tuple(c.claim.id for c in cards if c.claim.id in wanted.alone),
            articles=articles,
            sources=sources,
            internal=full_text,
            lang=words.lang,
            tongues=_tongues(claims, articles),
            notes=tuple(_notes_of_all(ledger, sections)),
            pictures=shown_pictures(ledger, sections, cards),
            method=replace(method(ledger, wanted.questions, sources, claims), absent=_absent(sections, cards)),
        )


def _notes_of_all(ledger: Ledger, sections: Sequence[QuestionSection]) -> list[Note]:
    """The public notes that every question of the ledger has in the same words, where it has several."""
    shared = list(sections[0].notes) if sections else []
    asked = list(read.questions(ledger)) if shared else []
    for question in asked:
        if not shared:
            break
        texts = {n.text for n in read.notes(ledger, question.uid) if not n.internal}
        shared = [n for n in shared if n.text in texts]
    return shared if len(asked) > 1 else []


def _absent(sections: Iterable[QuestionSection], cards: Iterable[ClaimCard]) -> frozenset[str]:
    """What the method has not to explain, since a report shows none of it."""
    cards = list(cards)
    shown = {"cited"} if not all(c.claim.anchored for c in cards) else set()
    shown |= {"evidence"} if any(s.evidence for s in sections) or any(c.evidence for c in cards) else set()
    return frozenset({"cited", "evidence"} - shown)


def gather_method(ledger: Ledger, lang: str = "en") -> Report:
    """A report on nothing but how the ledger reads, counts and judges."""
    words = words_of(lang)
    with ledger.snapshot():
        return Report(
            title=words("How this ledger reads, counts and judges"),
            about=(),
            generated_at=beside.last_entry_time(ledger),
            log=log_head(ledger),
            questions=(), claims=(), loose=(), articles=(), sources=(), internal=False,
            method=method(ledger), lang=words.lang,
        )  # fmt: skip


def log_head(ledger: Ledger) -> LogHead:
    return LogHead(store.log_id(ledger), store.head(ledger), store.root(ledger).hex())


def _tongues(claims: Iterable[Claim], articles: Iterable[ArticleEntry]) -> dict[str, str]:
    known = {a.article.id: a.article.language for a in articles}
    return tongues((c.exact, c.language or known[c.article]) for c in claims)


MOST_PICTURES = 40


def shown_pictures(
    ledger: Ledger, sections: Iterable[QuestionSection], cards: Iterable[ClaimCard]
) -> tuple[tuple[str, str], ...]:
    """Small pictures of the photos that these show as evidence, by its id."""
    return tuple(_pictures(ledger, _shown_evidence(sections, cards)))


def _pictures(ledger: Ledger, shown: Iterable[Evidence]) -> Iterator[tuple[str, str]]:
    """Small pictures of the kept photos, without what their files say of themselves."""
    photos = [e for e in shown if e.kept and e.kind == EvidenceKind.PHOTO]
    if photos:
        from ledger.evidence import picture
    for found in photos[:MOST_PICTURES]:
        if (data := picture(ledger, found)) is not None:
            yield found.id, base64.b64encode(data).decode()


def uids(report: Report) -> list[str]:
    """The uids of everything that is shown, whose entries a bundle proves."""
    found = [c.claim.uid for c in report.claims] + [a.article.uid for a in report.articles]
    found += [copy.uid for a in report.articles for copy in a.captures] + [s.uid for s in report.sources]
    found += [e.uid for e in _shown_evidence(report.questions, report.claims)]
    found += [request.uid for q in report.questions for request in q.requests]
    return list(dict.fromkeys([*found, *(q.uid for q in report.questions)]))


def _shown_evidence(sections: Iterable[QuestionSection], cards: Iterable[ClaimCard]) -> list[Evidence]:
    """Each piece of evidence once, in the order it is shown."""
    shown = [e for s in sections for e in s.evidence] + [e for c in cards for e in c.evidence]
    return list({e.uid: e for e in shown}.values())


class _Wanted:
    """What the ids name: questions to show whole, claims to show, claims that stand by themselves."""

    def __init__(self, ledger: Ledger, ids: Ids) -> None:
        self.names: list[str] = []
        self.questions: list[str] = []
        self.claims: list[Claim] = []
        self.articles: list[Article] = []
        self.alone: set[str] = set()
        if ids == "all":
            self._everything(ledger)
            return
        for name in ids:
            self._one(ledger, name)
        if not self.names:
            raise NotFound("nothing to report on", hint="name a claim, a question or an article: claims report Q1")

    def _everything(self, ledger: Ledger) -> None:
        self.names = ["all"]
        self.questions = [q.id for q in read.questions(ledger)]
        self.claims = [c for c in read.claims(ledger) if not c.questions]
        self.alone = {c.id for c in self.claims}

    def _one(self, ledger: Ledger, name: str) -> None:
        thing = changes.standing(ledger, name, Letter.QUESTION, Letter.CLAIM, Letter.ARTICLE)
        self.names.append(thing.id)
        if thing.id.startswith("Q"):
            self._ask(thing.id)
        elif thing.id.startswith("C"):
            self._add([read.claim(ledger, thing.id)])
        else:
            self.articles.append(read.article(ledger, thing.id))
            self._add(list(read.claims(ledger, article=thing.uid)))

    def _add(self, claims: list[Claim]) -> None:
        self.claims += claims
        self.alone |= {c.id for c in claims}
        for claim in claims:
            for question in claim.questions:
                self._ask(question)

    def _ask(self, question: str) -> None:
        if question not in self.questions:
            self.questions.append(question)


def _claims(studies: Iterable[Study], more: Iterable[Claim]) -> list[Claim]:
    """Every claim to show, each once, in the order of the ledger."""
    found = {c.id: c for s in studies for c in (*s.claims, *s.not_said)} | {c.id: c for c in more}
    standing = [c for c in found.values() if not c.retracted and not c.redacted]
    return sorted(standing, key=lambda c: order(c.id))


def _articles(
    ledger: Ledger, claims: Iterable[Claim], more: Iterable[Article], *, full_text: bool
) -> Iterator[ArticleEntry]:
    """The articles that the claims stand in, with their saved copies."""
    found = {a.id: a for a in more}
    for name in dict.fromkeys(c.article for c in claims):
        found.setdefault(name, read.article(ledger, name))
    sent = beside.publications(ledger)
    for article in sorted(found.values(), key=lambda a: order(a.id)):
        copies = tuple(read.captures(ledger, article.uid))
        text = _text(ledger, copies[-1]) if full_text and copies else None
        yield ArticleEntry(with_custody(ledger, article, sent), copies, text, archives(article))


ADDRESS = re.compile(r"https?://[^\s<>\\\"'`|]+")


def archives(article: Article) -> tuple[str, ...]:
    """The addresses under which others archived an article, as an import gave them; only what may be a link."""
    found = (article.extra or {}).get("archives")
    return tuple(a for a in found if isinstance(a, str) and ADDRESS.fullmatch(a)) if isinstance(found, list) else ()


def _text(ledger: Ledger, copy: Capture) -> str | None:
    """The text of a saved copy; None where it was redacted."""
    return blobs.text(ledger, copy.uid, copy.text)


def _sources(ledger: Ledger, claims: Iterable[Claim]) -> Iterator[Source]:
    claims = list(claims)
    publishers = {c.publisher_id for c in claims if c.publisher_id}
    for name in sorted({h.known_by for c in claims for h in c.attribution} | publishers, key=order):
        found = read.source(ledger, name)
        published = name in publishers and found.kind in (SourceKind.NEWS_OUTLET, SourceKind.STATE_BROADCASTER)
        if published and found.kind_guessed:
            found = replace(found, kind=SourceKind.NEWS_OUTLET)  # whose it is no name tells
        listed = found.kind == SourceKind.WIRE_AGENCY and named_agency(found.name)
        yield replace(found, kind_guessed=found.kind_guessed and not (published or listed))  # what is known is no guess


def _title(wanted: _Wanted, studies: list[Study], cards: Sequence[ClaimCard], articles: Sequence[ArticleEntry]) -> str:
    if len(wanted.names) == 1 and wanted.names[0] != "all":
        name = wanted.names[0]
        if name.startswith("Q"):
            return studies[0].question.question
        if name.startswith("C"):
            return next((c.headline for c in cards if c.claim.id == name), name)
        return next((article_name(a.article) for a in articles if a.article.id == name), name)
    return t("What was claimed, by whom, and what other sources say")
