"""A report as Markdown: the same words as the page, for editors' systems and for reading as plain text.

Whatever comes from articles or people is escaped, so that no name or quote can make a heading, a link or an HTML tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from ledger.catalogue import unmarked
from ledger.records import Article, Correction, Evidence, Judgement, Note, Request
from ledger.reports import Look, method
from ledger.reports.captions import evidence_words, position_words, request_words, stale
from ledger.reports.report import ArticleEntry, ClaimCard, Method, Piece, QuestionSection, Report, Row, Verdict, split
from ledger.reports.sentences import capital
from ledger.reports.words import Words, words_of
from ledger.text import visible


def write(report: Report, _look: Look) -> bytes:
    """The report as UTF-8 Markdown."""
    lines = unmarked("\n".join(_report(report, words_of(report.lang))))
    return (re.sub(r"\n{3,}", "\n\n", lines).strip() + "\n").encode("utf-8", "xmlcharrefreplace")


def plain(text: str | None) -> str:
    """Foreign text on one line, with every character escaped that Markdown or HTML would act on."""
    line = visible(" ".join((text or "").split()))
    return LISTED.sub(r"\1\\\2", _special().sub(r"\\\g<0>", line))


LISTED = re.compile(r"^([0-9]+)([.)])(?=\s|$)")
"""A number that would begin a list."""


@cache
def _special() -> re.Pattern[str]:
    return re.compile(r"[\\`*_{}\[\]<>#|~&!^$]|%(?=%)|(?<=%)%|=(?==)|(?<==)=|^[-+=>]|(?<=:)(?=//)|(?<=[Ww]{3})(?=\.)")


def _report(report: Report, t: Words) -> Iterator[str]:
    articles = {a.article.id: a.article for a in report.articles}
    cards = {c.claim.id: c for c in report.claims}
    if report.internal:
        yield f"**{t('For internal use: whole articles stand in this report. Do not publish it.')}**\n"
    name = report.about[0] if report.about else ""
    if not (len(report.about) == 1 and name.startswith("Q")):
        yield f"# {plain(report.title)}\n"
    for lead in [cards[n] for n in report.about if n in cards]:
        yield from verdicts(None, [lead.rating] if lead.rating else [], t)
        yield from _card(lead, articles[lead.claim.article], t)
    for section in report.questions:
        yield from _question(section, "#" if len(report.questions) == 1 and name.startswith("Q") else "##", t)
    if report.claims:
        yield f"## {t('The passages')}\n"
    for c in report.claims:
        if c.claim.id not in report.about:
            yield from _card(c, articles[c.claim.article], t)
    if report.articles:
        yield from _articles(report, t)
    if report.method is not None:
        yield from [f"## {t('How this was read, counted and judged')}\n"] if report.about else []
        yield from _method(report.method, t)
    yield from check(report, t)


# --- questions ----------------------------------------------------------------------------------------------------


def _question(s: QuestionSection, level: str, t: Words) -> Iterator[str]:
    yield f"{level} {plain(s.page.question)}\n"
    head = t(", ").join([t("Question {id}", id=s.page.id), t(s.state)])
    yield f"{head}. **{capital(s.traced)}.**\n"
    yield from (f"{_note(n, t)}\n" for n in s.notes)
    yield from corrected(s.corrections, t, s.page.answer)
    yield from verdicts(s.page.answer, s.verdicts, t, s.page.id)
    yield f"{plain(s.page.summary)}\n"
    yield from parts(s, f"{level}#", t)


def parts(s: QuestionSection, level: str, t: Words) -> Iterator[str]:
    """Everything under a question but its title, verdict and paragraph."""
    for title, lines in (
        (t("Who says what, by original source"), [line for r in s.rows for line in _row(r, t)]),
        (t("Not found with its source"), [f"- {plain(line)}" for line in s.not_said]),
        (t("How it was told, day by day"), list(_timeline(s, t))),
        (t("What is not known"), [f"- {plain(line)}" for line in s.unknown]),
        (t("What the parties to the matter say"), list(_positions(s, t))),
        (t("Where the wording differs"), list(_strips(s))),
        (t("What supports and what contradicts what"), list(_said(s, t))),
        (t("Evidence, replies and searches"), list(_beside(s, t))),
        (t("Earlier versions"), [f"- {v.at[:10]} {plain(v.url)} SHA-256 {v.sha256}" for v in s.publications]),
        (t("History of ratings, answers and corrections"), list(_history(s, t))),
    ):
        if lines:
            yield f"{level} {title}\n"
            yield from lines
            yield ""


def corrected(items: Iterable[Correction], t: Words, answer: Judgement | None = None) -> Iterator[str]:
    """The corrections, the newest first."""
    heads = {"correction": "Corrected on {day}.", "clarification": "Clarified on {day}.", "update": "Updated on {day}."}
    for c in reversed(list(items)):
        told = f" {t('Pointed out by {who}.', who=plain(c.told_by))}" if c.told_by else ""
        said = t("It said “{was}”; it should say “{now}”", was=plain(c.was), now=plain(c.now))
        head = t(heads.get(c.kind, "Retracted on {day}."), day=t.day(c.at))
        unchanged = plain(stale(c, answer, t))
        yield f"> **{f'{unchanged} ' if unchanged else ''}{head}** {said}{_because(c.because, t)}.{told}\n"


def verdicts(answer: Judgement | None, ratings: Iterable[Verdict], t: Words, own: str = "") -> Iterator[str]:
    """The answer and the ratings as quotations, or a line that there are none, be it of the question itself."""
    found = list(ratings)
    if answer is None and not any(own in ("", v.about) for v in found):
        none = t("Nobody has answered or rated this. What follows is what is claimed, not what is so.")
        yield f"> **{t('No verdict yet')}.** {none}\n"
    if answer is not None:
        said = _bounds(answer, t)
        yield f"> **{plain(answer.value)}**{f' ({said})' if said else ''}  "
        who = t("Answered by {who}, {day}", who=plain(answer.by), day=t.day(answer.at))
        yield f"> {who}{_because(answer.because, t)}.\n"
    for about, grades in split(found).items():
        yield f"> **{plain(t('Raters disagree on {id}: {grades}.', id=about, grades=t.listed(grades)))}**\n"
    for v in found:
        means = f" {plain(v.means)}." if v.means else ""
        about = t("On the claim {words} ({id}):", words=plain(v.of), id=v.about) + " " if v.of else ""
        who = t("Rated by {who}, {day}", who=plain(v.by), day=t.day(v.at))
        yield f"> {about}**{plain(v.value)}**{means} {who}{_because(v.because, t)}.\n"


def _bounds(answer: Judgement, t: Words) -> str:
    low, high = plain(answer.low), plain(answer.high)
    if low and high:
        return t("Lowest {low}, highest {high}", low=low, high=high)
    if low:
        return t("Lowest {low}; the answer names no highest", low=low)
    return t("Highest {high}", high=high) if high else ""


def _because(reason: str | None, t: Words) -> str:
    return t(", because {reason}", reason=plain(reason)) if reason else ""


def _row(r: Row, t: Words) -> Iterator[str]:
    times = f" ({plain(r.carried)})" if r.carried else ""
    party = t("party to the matter: {side}", side=plain(r.side)) if r.side else t("party to the matter")
    heading = plain(r.heading)
    check = f" {t('(to check)')}" if r.unsure else ""
    words = t("{part}: {words}", part=r.part, words=r.words) if r.part else r.words
    yield f"- **{heading}**{f' ({party})' if r.party else ''}: {plain(words)}{times}{check}"
    if r.earlier:
        yield f"  - {t('Earlier: {words}.', words=plain(t.past(r.earlier)))}"
    if r.later:
        yield f"  - {t('Later, in one article: {words}.', words=plain(t.quoted(r.later)))}"
    if r.others:
        yield f"  - {t('Elsewhere: {words}.', words=plain(t.quoted(r.others)))}"
    if r.off:
        yield f"  - {t('Not compared: {reason}.', reason=plain(r.off))}"
    for told in r.tellings:
        outlet = t("{source} (no source named for this sentence)", source=told.outlet) if told.bare else told.outlet
        via = f" {t('via {relay}', relay=plain(told.via))}" if told.via else ""
        yield f"  - {told.claim} {plain(outlet)}{via}: {plain(told.words)}{t(', ') + told.dated if told.dated else ''}"


def _timeline(s: QuestionSection, t: Words) -> Iterator[str]:
    for day in s.timeline:
        yield f"- **{t.day(day.day)}**"
        for m in day.moments:
            heading = plain(m.heading)
            said, outlets = (plain(t.listed(w)) for w in (m.words, m.outlets))
            yield f"  - {heading}: {said} ({t.strung([outlets, t(', ').join(m.claims)])})"


def _positions(s: QuestionSection, t: Words) -> Iterator[str]:
    for p in s.positions:
        side = f" ({plain(p.side)})" if p.side else ""
        said = plain(position_words(p, t))
        asked = "" if p.requests else f" {t('We have no record of asking it.')}"
        yield f"- **{plain(p.name)}**{side}: {said}{asked}"


def _strips(s: QuestionSection) -> Iterator[str]:
    for strip in s.strips:
        yield f"- {plain(strip.detail)}"
        for name, outlet, words in (strip.nearer, strip.differing):
            yield f"  - {name} {plain(outlet)}: “{plain(words)}”"


def _said(s: QuestionSection, t: Words) -> Iterator[str]:
    for line in s.said:
        why = f" {t('Because {reason}', reason=plain(line.because))}." if line.because else ""
        yield f"- {plain(line.words)}{why} ({', '.join(line.claims)})"
    if s.said_left_out:
        yield f"- {t('{pairs} not listed.', pairs=t.count('{n} more pair', '{n} more pairs', s.said_left_out))}"


def _beside(s: QuestionSection, t: Words) -> Iterator[str]:
    yield from (f"- {line}" for e in s.evidence for line in [_evidence(e, t)])
    yield from (f"- {_asked(r, t)}" for r in s.requests)
    for x in s.searches:
        sought = t(
            "Searched for “{what}” in {where} on {day}:", what=plain(x.sought), where=plain(t.listed(x.where)),
            day=t.day(x.searched_at),
        )  # fmt: skip
        found = t.count("{n} result", "{n} results", x.found) if x.found else t("nothing found")
        yield f"- {sought} {t('could not find out ({why})', why=plain(x.failed)) if x.failed else found}"
    yield from (f"- {plain(name)}: {plain(value)}" for name, value in s.fields)


def _asked(r: Request, t: Words) -> str:
    return " ".join([_replied(r, t), *(plain(line) for line in request_words(r, t))])


def _replied(r: Request, t: Words) -> str:
    given = {"source": plain(r.source), "channel": plain(t.known(r.channel)), "day": t.day(r.asked_at)}
    if not r.replied:
        return t("{source} was asked by {channel} on {day}; there is no reply so far.", **given)
    given["then"] = t.day(r.replied_at)
    if r.reply:
        said = plain(r.reply)
        return t("{source} was asked by {channel} on {day} and replied on {then}: “{reply}”.", reply=said, **given)
    return t("{source} was asked by {channel} on {day} and replied on {then}; the reply is kept as a file.", **given)


def _evidence(e: Evidence, t: Words) -> str:
    return plain(evidence_words(e, t))


def _method(found: Method, t: Words) -> Iterator[str]:
    for part in method.parts(found, t):
        yield f"### {plain(part.title)}\n"
        yield from (f"{plain(line)}\n" for line in part.lines)
        yield from (f"- {plain(word)}: {plain(meaning)}" for word, meaning in part.rows)
        yield ""


def _note(n: Note, t: Words) -> str:
    return f"{t('Note')} ({t('by {who}, {day}', who=plain(n.by), day=t.day(n.at))}): {plain(n.text)}"


def _history(s: QuestionSection, t: Words) -> Iterator[str]:
    for e in s.history:
        what = f"~~{plain(e.what)}~~ {t('superseded')}" if e.superseded else plain(e.what)
        yield f"- {e.at[:10]} {plain(e.by)}: {what}{_because(e.because, t)}"


# --- claims and articles ------------------------------------------------------------------------------------------


def _card(c: ClaimCard, article: Article, t: Words) -> Iterator[str]:
    claim = c.claim
    words = f"{plain(claim.says)} ({t('our wording')})" if claim.says else plain(c.figure)
    loose = "" if claim.anchored else f" ({t('no saved copy')})"
    yield f"### {claim.id}{f' · {words}' if words else ''}{loose}\n"
    yield f"> {quote(c)}\n"
    yield f"{chain(c)}  "
    yield from below(c, t)
    yield f"{named(article, t)}\n"


def quote(c: ClaimCard) -> str:
    """The passage on one line, the claim in bold."""
    marked = (f"**{plain(p.text)}** " if "quote" in p.kind.split() else f"{plain(p.text)} " for p in _merged(c))
    return "".join(marked).strip()


def chain(c: ClaimCard) -> str:
    """The chain of attribution, outermost first."""
    hops = [f"{plain(name)} ({part})" for name, part in c.chain.hops]
    own = "" if hops else f" ({c.chain.nobody})"
    return " → ".join([plain(c.chain.publisher), *hops]) + own


def below(c: ClaimCard, t: Words) -> Iterator[str]:
    """Checks, ratings and notes on a claim, a line each."""
    if c.unsure:
        yield f"{t('To check: {what}.', what=plain(t.strung(c.unsure)))}  "
    if c.reading:
        yield f"{plain(c.reading)}.  "
    if c.check:
        yield f"{plain(c.check)}  "
    yield from corrected(c.corrections, t)
    for v in [*([c.rating] if c.rating else []), *c.others]:
        yield f"**{plain(v.value)}** {t('by {who}, {day}', who=plain(v.by), day=t.day(v.at))}{_because(v.because, t)}.  "
    yield from (f"{_evidence(e, t)}  " for e in c.evidence)
    yield from (f"{plain(name)}: {plain(value)}  " for name, value in c.fields)
    yield from (f"{_note(n, t)}  " for n in c.notes)


def _merged(c: ClaimCard) -> Iterator[Piece]:
    """The passage in three parts: before the quote, the quote, after it; figures are not marked here."""
    text, quoted = "", False
    for piece in c.passage:
        inside = "quote" in piece.kind.split()
        if inside != quoted and text.strip():
            yield Piece(text, "quote" if quoted else "")
            text = ""
        text, quoted = text + piece.text, inside
    if text.strip():
        yield Piece(text, "quote" if quoted else "")


def named(a: Article, t: Words) -> str:
    """An article with its publisher, address and day."""
    words = plain(a.title or a.file or a.url or a.id)
    by = f"{plain(a.publisher)}: " if a.publisher else ""
    address = f" <{a.url}>" if a.url and re.fullmatch(r"https?://[^\s<>\\\"'`|]+", a.url) else ""
    return f"{by}{words}{address}{f', {plain(t.day(a.published_at))}' if a.published_at else ''} ({a.id})"


def _articles(report: Report, t: Words) -> Iterator[str]:
    yield f"## {t('Articles and saved copies')}\n"
    for entry in report.articles:
        yield f"- {named(entry.article, t)}"
        yield from (f"  - {line}" for line in copies(entry, t))
    for entry in report.articles:
        if entry.full_text:
            yield f"\n### {t('{id} in full', id=entry.article.id)}\n"
            yield from (f"    {visible(line)}" for line in entry.full_text.splitlines())
    yield ""


def copies(entry: ArticleEntry, t: Words) -> list[str]:
    """Each saved copy with its time and hash, and where others keep one."""
    saved = [f"{c.captured_at[:16].replace('T', ' ')} UTC, SHA-256 `{c.raw}`" for c in entry.captures]
    return [*(saved or [t("none: cited only")]), *(f"<{address}>" for address in entry.archives)]


def check(report: Report, t: Words) -> Iterator[str]:
    """How a stranger can check it."""
    log, at = report.log, report.generated_at
    yield f"## {t('How to check this')}\n"
    yield t(
        "Made from entry 0 to {last} of log {log}, as of {day}, {time} UTC. The log’s root then was {root}.",
        last=f"{log.size - 1:,}", log=f"`{log.id}`", day=t.day(at), time=at[11:16], root=f"`{log.root}`",
    )  # fmt: skip
    yield ""
    yield t(
        "With the ledger at hand, {verify} recomputes that root from every entry and compares every quote with its saved copy; "
        "{prove} shows that a claim is in the log. The long number beside each article is the SHA-256 of the copy as it was "
        "saved: anyone who has the same file can compute it.",
        verify="`claims verify`", prove=f"`claims prove {report.claims[0].claim.id if report.claims else 'C1'}`",
    )  # fmt: skip
