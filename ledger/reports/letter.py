"""A report as plain text of 80 columns, for pasting into a mail: the verdict, who says what, what is not known, the quotes.

Control characters are written out; an address is kept whole, on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from ledger.catalogue import unmarked
from ledger.records import Article, Correction, Judgement, Note, Search, Translation
from ledger.reports import Look, maps, method
from ledger.reports.captions import evidence_words, request_words, stale
from ledger.reports.report import ClaimCard, QuestionSection, Report, Row, Verdict, split
from ledger.reports.sentences import capital
from ledger.reports.words import Words, words_of
from ledger.text import visible
from ledger.vocabulary import Stance

WIDTH = 80


def write(report: Report, _look: Look) -> bytes:
    """The report as UTF-8 text."""
    lines = [line.rstrip() for line in _report(report, words_of(report.lang))]
    return ("\n".join(lines).strip("\n") + "\n").encode("utf-8", "replace")


def _report(report: Report, t: Words) -> Iterator[str]:
    articles = {a.article.id: a.article for a in report.articles}
    cards = {c.claim.id: c for c in report.claims}
    if report.internal:
        yield from _filled(t("For internal use: whole articles stand in this report. Do not publish it."))
        yield ""
    alone = len(report.about) == 1 and report.about[0].startswith("Q")
    if not alone:
        yield from _title(report.title, "=")
    for name in report.about:
        if name in cards:
            yield from _card(cards[name], articles[cards[name].claim.article], t)
    for section in report.questions:
        yield from _question(section, t, "=" if alone else "-")
    if rest := [c for c in report.claims if c.claim.id not in report.about]:
        yield from _title(t("The passages"), "-")
        for c in rest:
            yield from _card(c, articles[c.claim.article], t)
    yield from _articles(report, t)
    if report.method is not None:
        yield from _title(t("How this was read, counted and judged"), "=") if report.about else ()
        for part in method.parts(report.method, t):
            rows = (line for word, meaning in part.rows for line in _item(f"{word}: {meaning}"))
            yield from _part(part.title, [*(line for said in part.lines for line in _filled(said)), *rows])
    yield from _check(report, t)


# --- questions ----------------------------------------------------------------------------------------------------


def _question(s: QuestionSection, t: Words, line: str) -> Iterator[str]:
    yield from _title(s.page.question, line)
    head = t(", ").join([t("Question {id}", id=s.page.id), t(s.state)])
    yield from _filled(f"{head}. {capital(s.traced)}.")
    yield ""
    yield from (line for n in s.notes for line in _filled(f"{t('Note')}: {_note(n, t)}"))
    yield from _corrected(s.corrections, t, s.page.answer)
    yield from _verdict(s.page.answer, s.verdicts, t, s.page.id)
    if not s.rows:
        yield from _filled(s.page.summary)
        yield ""
    yield from _part(t("Who says what, by original source"), (line for r in s.rows for line in _row(r, t)))
    yield from _part(t("Not found with its source"), (line for said in s.not_said for line in _item(said)))
    yield from _part(t("What is not known"), (line for said in s.unknown for line in _item(said)))
    strips = (
        f"{capital(x.detail)} ({x.nearer[1]}, {x.nearer[0]}; {x.differing[1]}, {x.differing[0]})" for x in s.strips
    )
    yield from _part(t("Where the wording differs"), (line for said in strips for line in _item(said)))
    said = [*filter(None, [s.course]), *(f"{x.words} ({', '.join(x.claims)})" for x in s.said)]
    yield from _part(t("What supports and what contradicts what"), (line for words in said for line in _item(words)))
    spots = (f"{s.name}: {maps.coordinates(s)} ({t.listed(s.ids)})" for s in s.spots)
    yield from _part(t("Where"), (line for spot in spots for line in _item(spot)))
    yield from _part(t("Evidence"), (line for e in s.evidence for line in _item(evidence_words(e, t))))
    replies = (
        " ".join([_reply(r.source, t.day(r.asked_at), r.reply, t, replied=r.replied), *request_words(r, t)])
        for r in s.requests
    )
    yield from _part(t("Who was asked"), (line for words in replies for line in _item(words)))
    yield from _part(t("Searches"), (line for x in s.searches for line in _item(_search(x, t))))
    yield from (line for name, value in s.fields for line in _item(f"{name}: {value}"))


def _corrected(items: Iterable[Correction], t: Words, answer: Judgement | None = None) -> Iterator[str]:
    heads = {"correction": "Corrected on {day}.", "clarification": "Clarified on {day}.", "update": "Updated on {day}."}
    for c in reversed(list(items)):
        head = " ".join([stale(c, answer, t), t(heads.get(c.kind, "Retracted on {day}."), day=t.day(c.at))]).strip()
        yield from _filled(
            f"{head} {t('It said “{was}”; it should say “{now}”', was=c.was, now=c.now)}{_because(c.because, t)}."
        )
        yield ""


def _verdict(answer: Judgement | None, ratings: Iterable[Verdict], t: Words, own: str) -> Iterator[str]:
    ratings = list(ratings)
    if answer is None and all(v.about != own for v in ratings):
        said = t("Nobody has answered or rated this. What follows is what is claimed, not what is so.")
        yield from _filled(f"{t('No verdict yet')}. {said}")
    if answer is not None:
        yield from _filled(_sentence(answer.value))
        who = t("Answered by {who}, {day}", who=answer.by, day=t.day(answer.at))
        yield from _filled(f"{who}{_because(answer.because, t)}.")
    for about, grades in split(ratings).items():
        yield from _filled(t("Raters disagree on {id}: {grades}.", id=about, grades=t.listed(grades)))
    for v in ratings:
        about = t("On the claim {words} ({id}):", words=v.of, id=v.about) + " " if v.of else ""
        means = f" {_sentence(capital(v.means))}" if v.means else ""
        who = t("Rated by {who}, {day}", who=v.by, day=t.day(v.at))
        yield from _filled(f"{about}{_sentence(v.value)}{means} {who}{_because(v.because, t)}.")
    yield ""


def _because(reason: str | None, t: Words) -> str:
    return t(", because {reason}", reason=reason) if reason else ""


def _row(r: Row, t: Words) -> Iterator[str]:
    times = f" ({r.carried})" if r.carried else ""
    party = f" {t('(a party)')}" if r.party else ""
    check = f" {t('(to check)')}" if r.unsure else ""
    yield from _item(
        f"{r.heading}{party}: {t('{part}: {words}', part=r.part, words=r.words) if r.part else r.words}{times}{check}"
    )
    for text, said in (
        (t("Earlier: {words}.", words=t.past(r.earlier)), r.earlier),
        (t("Later, in one article: {words}.", words=t.quoted(r.later)), r.later),
        (t("Elsewhere: {words}.", words=t.quoted(r.others)), r.others),
        (t("Not compared: {reason}.", reason=r.off), r.off),
    ):
        yield from _filled(text, "  ") if said else ()


def _reply(source: str, day: str, reply: str | None, t: Words, *, replied: bool) -> str:
    if not replied:
        return t("{source}, asked on {day}: no reply so far.", source=source, day=day)
    return (
        t("{source}: “{reply}”", source=source, reply=reply)
        if reply
        else t("{source} replied with a file.", source=source)
    )


def _search(x: Search, t: Words) -> str:
    sought = t(
        "Searched for “{what}” in {where} on {day}:", what=x.sought, where=t.listed(x.where), day=t.day(x.searched_at)
    )
    if x.failed:
        return f"{sought} {t('could not find out ({why})', why=x.failed)}."
    return f"{sought} {t.count('{n} result', '{n} results', x.found) if x.found else t('nothing found')}."


def _note(n: Note, t: Words) -> str:
    return f"{n.text} ({t('by {who}, {day}', who=n.by, day=t.day(n.at))})"


# --- claims and articles ------------------------------------------------------------------------------------------


def _card(c: ClaimCard, article: Article, t: Words) -> Iterator[str]:
    quote = " ".join("".join(p.text for p in c.passage if "quote" in p.kind.split()).split())
    yield from _filled(f"{c.claim.id}  {t.quotation(quote)}", hang="    ")
    hops = t.strung(f"{part} {name}" for name, part in c.chain.hops)
    told = [c.chain.publisher, *([t.day(article.published_at)] if article.published_at else [])]
    yield from _filled(f"{t.strung([t(', ').join(told), hops or c.chain.nobody])} ({article.id})", "    ")
    if c.claim.stance is not Stance.ASSERTS:
        yield from _filled(c.says, "    ")
    if c.claim.translation:
        yield from _filled(_translated(c.claim.translation, t), "    ")
    if c.unsure:
        yield from _filled(t("To check: {what}.", what=t.strung(c.unsure)), "    ")
    if c.claim.says:
        yield from _filled(f"{t('our wording')}: {c.claim.says}", "    ")
    if c.check:
        yield from _filled(f"{c.check}.", "    ")
    for v in [*([c.rating] if c.rating else []), *c.others]:
        yield from _filled(
            f"{v.value}: {t('by {who}, {day}', who=v.by, day=t.day(v.at))}{_because(v.because, t)}", "    "
        )
    for e in c.evidence:
        yield from _filled(evidence_words(e, t), "    ")
    for name, value in c.fields:
        yield from _filled(f"{name}: {value}", "    ")
    for n in c.notes:
        yield from _filled(f"{t('Note')}: {_note(n, t)}", "    ")
    yield from _corrected(c.corrections, t)
    yield ""


def _translated(made: Translation, t: Words) -> str:
    by = t("(by {who})", who=made.by) if made.by else ""
    if made.machine:
        by = t("(by machine, checked by a person)") if made.reviewed else t("(by machine)")
    return " ".join([t("Translation"), by]).strip() + f": {made.text}"


def _articles(report: Report, t: Words) -> Iterator[str]:
    def lines() -> Iterator[str]:
        for entry in report.articles:
            a = entry.article
            by = f"{a.publisher}: " if a.publisher else ""
            day = f", {t.day(a.published_at)}" if a.published_at else ""
            yield from _filled(f"{a.id}  {by}{a.title or a.file or a.id}{day}", hang="    ")
            if a.url:
                yield f"    {visible(' '.join(a.url.split()))}"
            if not entry.captures:
                yield f"    {t('none: cited only')}"
            for address in entry.archives:
                yield f"    {t('archived at {host}', host=address)}"

    yield from _part(t("Articles and saved copies"), lines())
    for entry in report.articles:
        if entry.full_text:
            yield from _part(t("{id} in full", id=entry.article.id), map(visible, entry.full_text.splitlines()))


def _check(report: Report, t: Words) -> Iterator[str]:
    log, at = report.log, report.generated_at
    yield from _title(t("How to check this"), "-")
    yield from _filled(
        t(
            "Made from entry 0 to {last} of log {log}, as of {day}, {time} UTC. The log’s root then was {root}.",
            last=f"{log.size - 1:,}", log=log.id, day=t.day(at), time=at[11:16], root=log.root,
        )
    )  # fmt: skip


# --- lines --------------------------------------------------------------------------------------------------------


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A part with its title; empty where it has no lines."""
    if found := list(lines):
        yield from _title(title, "-")
        yield from found
        yield ""


def _title(text: str, line: str) -> Iterator[str]:
    lines = list(_filled(text))
    yield from lines
    yield line * max(map(_wide, lines), default=0)
    yield ""


def _item(text: str) -> Iterator[str]:
    return _filled(text, "- ", "  ")


def _filled(text: str, first: str = "", hang: str | None = None) -> Iterator[str]:
    """The text in lines of at most 80 columns, unless a word is wider; `first` and `hang` are put before the lines."""
    line, indent, empty = first, first if hang is None else hang, True
    for word in visible(unmarked(" ".join(text.split()))).replace(" %", "\u00a0%").split(" "):
        if not empty and _wide(line) + 1 + _wide(word) > WIDTH:
            yield line
            line, empty = indent, True
        line, empty = (line + word if empty else f"{line} {word}"), False
    yield line


def _wide(text: str) -> int:
    """The columns that the text takes on a terminal."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said if said.endswith((".", "!", "?", "…")) else f"{said}."
