"""A report as Markdown: the same words as the page, for editors' systems and for reading as plain text.

Whatever comes from articles or people is escaped, so that no name or quote can make a heading, a link or an HTML tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ledger.crossref.summary import count, listed
from ledger.records import Article, Correction, Judgement
from ledger.report import Report
from ledger.report.shape import ClaimCard, Piece, QuestionSection, Row, Verdict
from ledger.reports import Look
from ledger.text import visible


def write(report: Report, look: Look) -> bytes:  # noqa: ARG001
    """The report as UTF-8 Markdown."""
    lines = "\n".join(_report(report))
    return (re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n").encode("utf-8", "xmlcharrefreplace")


def plain(text: str | None) -> str:
    """Foreign text on one line, with every character escaped that Markdown or HTML would act on."""
    return _special().sub(r"\\\g<0>", visible(" ".join((text or "").split())))


@cache
def _special() -> re.Pattern[str]:
    return re.compile(r"[\\`*_{}\[\]<>#|~&!]|^[-+=>]|^[0-9]+(?=[.)])|(?<=:)(?=//)|(?<=[Ww]{3})(?=\.)")


def _report(report: Report) -> Iterator[str]:
    articles = {a.article.id: a.article for a in report.articles}
    cards = {c.claim.id: c for c in report.claims}
    if report.internal:
        yield "**For internal use: whole articles stand in this report. Do not publish it.**\n"
    name = report.about[0]
    if not (len(report.about) == 1 and name.startswith("Q")):
        yield f"# {plain(report.title)}\n"
    for lead in [cards[n] for n in report.about if n in cards]:
        yield from _verdicts(None, [lead.rating] if lead.rating else [])
        yield from _card(lead, articles[lead.claim.article])
    for section in report.questions:
        yield from _question(section, "#" if len(report.questions) == 1 and name.startswith("Q") else "##")
    yield "## The passages\n"
    for c in report.claims:
        if c.claim.id not in report.about:
            yield from _card(c, articles[c.claim.article])
    yield from _articles(report)
    yield from _check(report)


# --- questions ----------------------------------------------------------------------------------------------------


def _question(s: QuestionSection, level: str) -> Iterator[str]:
    yield f"{level} {plain(s.page.question)}\n"
    yield f"Question {s.page.id}, {s.state}. **{s.traced[:1].upper()}{s.traced[1:]}.**\n"
    yield from _corrected(s.corrections)
    yield from _verdicts(s.page.answer, s.verdicts)
    yield f"{plain(s.page.summary)}\n"
    yield from _titled(f"{level}# Who says what, by original source", [line for r in s.rows for line in _row(r)])
    yield from _titled(f"{level}# What is not known", [f"- {plain(line)}" for line in s.unknown])
    yield from _titled(f"{level}# Where the wording differs", list(_strips(s)))
    yield from _titled(f"{level}# What supports and what contradicts what", list(_said(s)))
    yield from _titled(f"{level}# Evidence, replies and searches", list(_beside(s)))
    kept = [f"- {v.at[:10]} {plain(v.url)} SHA-256 {v.sha256}" for v in s.publications]
    yield from _titled(f"{level}# Earlier versions", kept)
    yield from _titled(f"{level}# History of ratings, answers and corrections", list(_history(s)))


def _corrected(corrections: Iterable[Correction]) -> Iterator[str]:
    """The notes of what was put right, the newest first."""
    for c in reversed(list(corrections)):
        told = f" Pointed out by {plain(c.told_by)}." if c.told_by else ""
        said = f"It said “{plain(c.was)}”; it should say “{plain(c.now)}”{_because(c.because)}.{told}"
        yield f"> **{c.kind.capitalize()}, {c.at[:10]}.** {said}\n"


def _titled(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{title}\n"
        yield from lines
        yield ""


def _verdicts(answer: Judgement | None, ratings: Iterable[Verdict]) -> Iterator[str]:
    found = list(ratings)
    if answer is None and not found:
        yield "> **No verdict yet.** Nobody has answered or rated this. What follows is what is claimed, not what is so.\n"
    if answer is not None:
        bounds = [
            f"lowest {plain(answer.low)}" if answer.low else "",
            f"highest {plain(answer.high)}" if answer.high else "",
        ]
        said = ", ".join(b for b in bounds if b)
        yield f"> **{plain(answer.value)}**{f' ({said})' if said else ''}  "
        yield f"> Answered by {plain(answer.by)}, {answer.at[:10]}{_because(answer.because)}.\n"
    for v in found:
        means = f": {plain(v.means)}" if v.means else ""
        yield f"> Rating of {v.about}: **{plain(v.value)}**{means}. By {plain(v.by)}, {v.at[:10]}{_because(v.because)}.\n"


def _because(reason: str | None) -> str:
    return f", because {plain(reason)}" if reason else ""


def _row(r: Row) -> Iterator[str]:
    times = f" ×{r.outlets}" if r.outlets > 1 else ""
    party = f" (party to the matter{f': {plain(r.side)}' if r.side else ''})" if r.party else ""
    yield f"- **{plain(r.heading)}**{times}{party}: {plain(r.words)}"
    for label, words in (("Earlier", r.earlier), ("Later, in one article", r.later), ("Elsewhere given as", r.others)):
        if words:
            yield f"  - {label}: {plain(listed(words))}"
    if r.off:
        yield f"  - Not on the same scale: {plain(r.off)}"
    for t in r.tellings:
        via = f" via {plain(t.via)}" if t.via else ""
        yield f"  - {t.claim} {plain(t.outlet)}{via}: {plain(t.words)}{f', {t.day}' if t.day else ''}"


def _strips(s: QuestionSection) -> Iterator[str]:
    for strip in s.strips:
        note = "" if strip.same_source else " (not known to be the same source)"
        yield f"- {plain(strip.detail)}{note}"
        for name, outlet, words in (strip.nearer, strip.differing):
            yield f"  - {name} {plain(outlet)}: “{plain(words)}”"


def _said(s: QuestionSection) -> Iterator[str]:
    for line in s.said:
        yield f"- {plain(line.words)}{f' Because {plain(line.because)}.' if line.because else ''} ({', '.join(line.claims)})"
    if s.said_left_out:
        yield f"- {count(s.said_left_out, 'more pair')} not listed."


def _beside(s: QuestionSection) -> Iterator[str]:
    for e in s.evidence:
        yield f"- {e.id} {e.stance}: {plain(e.shows)}"
    for r in s.requests:
        reply = f"replied {(r.replied_at or '')[:10]}: {plain(r.reply)}" if r.replied else "no reply so far"
        yield f"- {plain(r.source)} was asked on {r.asked_at[:10]}; {reply}"
    for x in s.searches:
        result = (
            f"could not find out ({plain(x.failed)})"
            if x.failed
            else count(x.found, "result")
            if x.found
            else "nothing found"
        )
        yield f"- Searched for “{plain(x.sought)}” in {plain(listed(x.where))}, {x.searched_at[:10]}: {result}"
    for n in s.notes:
        yield f"- Note by {plain(n.by)}, {n.at[:10]}: {plain(n.text)}"


def _history(s: QuestionSection) -> Iterator[str]:
    for e in s.history:
        what = f"~~{plain(e.what)}~~ superseded" if e.superseded else plain(e.what)
        yield f"- {e.at[:10]} {plain(e.by)}: {what}{_because(e.because)}"


# --- claims and articles ------------------------------------------------------------------------------------------


def _card(c: ClaimCard, article: Article) -> Iterator[str]:
    claim = c.claim
    words = plain(claim.says) + " (our wording)" if claim.says else plain(c.figure)
    yield f"### {claim.id}{f' · {words}' if words else ''}{'' if claim.anchored else ' (no saved copy)'}\n"
    quote = "".join(f"**{plain(p.text)}** " if "quote" in p.kind.split() else f"{plain(p.text)} " for p in _merged(c))
    yield f"> {quote.strip()}\n"
    hops = " → ".join([plain(c.chain.publisher), *(f"{plain(name)} ({part})" for name, part in c.chain.hops)])
    yield f"{hops}{'' if c.chain.hops else ' (in its own voice)'}  "
    if c.reading:
        yield f"{plain(c.reading)}.  "
    if c.check:
        yield f"{plain(c.check)}  "
    yield from _corrected(c.corrections)
    for v in [*([c.rating] if c.rating else []), *c.others]:
        yield f"**{plain(v.value)}** by {plain(v.by)}, {v.at[:10]}{_because(v.because)}.  "
    for e in c.evidence:
        yield f"{e.id} {e.stance}: {plain(e.shows)}  "
    for n in c.notes:
        yield f"Note by {plain(n.by)}, {n.at[:10]}: {plain(n.text)}  "
    yield f"{_named(article)}\n"


def _merged(c: ClaimCard) -> Iterator[Piece]:
    """The passage as what stands before, the quote, what stands after: figures are not marked here."""
    text, quoted = "", False
    for piece in c.passage:
        inside = "quote" in piece.kind.split()
        if inside != quoted and text.strip():
            yield Piece(text, "quote" if quoted else "")
            text = ""
        text, quoted = text + piece.text, inside
    if text.strip():
        yield Piece(text, "quote" if quoted else "")


def _named(a: Article) -> str:
    words = plain(a.title or a.file or a.url or a.id)
    by = f"{plain(a.publisher)}: " if a.publisher else ""
    address = f" <{a.url}>" if a.url and re.fullmatch(r"https?://[^\s<>\\\"'`|]+", a.url) else ""
    return f"{by}{words}{address}{f', {plain(a.published_at)}' if a.published_at else ''} ({a.id})"


def _articles(report: Report) -> Iterator[str]:
    yield "## Articles and saved copies\n"
    for entry in report.articles:
        yield f"- {_named(entry.article)}"
        for copy in entry.captures:
            yield f"  - saved {copy.captured_at}, SHA-256 `{copy.raw}`"
        if not entry.captures:
            yield "  - no saved copy: cited only"
    for entry in report.articles:
        if entry.full_text:
            yield f"\n### {entry.article.id} in full\n"
            yield from (f"    {visible(line)}" for line in entry.full_text.splitlines())
    yield ""


def _check(report: Report) -> Iterator[str]:
    log = report.log
    yield "## How to check this\n"
    yield f"Made from entries 0 to {log.size - 1} of log `{log.id}`, as of {report.generated_at}."
    yield f"Root of the log: `{log.root}`.\n"
    yield "`claims verify` recomputes that root from every entry and compares every quote with its saved copy."
