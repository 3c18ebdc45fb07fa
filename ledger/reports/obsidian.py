"""A report as a vault of Obsidian notes: one for each question, claim, article and source, joined by wikilinks.

The same report always gives the same ZIP. Names of files are made of ids and plain letters; names, titles and quotes are
escaped as Markdown, and cannot make a link, a tag, a block id or a comment of Obsidian's.
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ledger.catalogue import unmarked
from ledger.errors import BadInput, Refused
from ledger.records import Source
from ledger.reports import Look, blocks, html, markdown
from ledger.reports.blocks import Block
from ledger.reports.markdown import plain
from ledger.reports.report import ArticleEntry, ClaimCard, QuestionSection, Report
from ledger.reports.sentences import article_name, title_of
from ledger.reports.words import Words, words_of
from ledger.store.files import replace_file
from ledger.text import visible

MADE_BY = "claim-ledger"
"""Stands in the front matter of every note, so that a note written by somebody else is told apart."""
FOLDERS = {"Q": "questions", "C": "claims", "A": "articles", "S": "sources"}
MOST = 60
"""The most letters of a title that a file's name keeps."""
STAMP = (1980, 1, 1, 0, 0, 0)


def write(report: Report, look: Look) -> bytes:
    """The vault as a ZIP."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(notes(report, look).items()):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(info, text.encode("utf-8", "replace"))
    return packed.getvalue()


def notes(report: Report, look: Look) -> dict[str, str]:
    """Every note by its name in the vault."""
    vault = _Vault(report, look, words_of(report.lang))
    made = {f"{vault.paths[name]}.md": unmarked(text) for name, text in vault.notes()}
    return made | {"Start here.md": unmarked(vault.start())}


class _Vault:
    """Which note each thing is in, and the text of each note."""

    def __init__(self, report: Report, look: Look, t: Words) -> None:
        self.report, self.t = report, t
        self.page = blocks.blocks(html.write(report, look).decode()).blocks
        self.cards = {c.claim.id: c for c in report.claims}
        self.sources = {s.id: s for s in report.sources}
        titles = {s.page.id: s.page.question for s in report.questions}
        titles |= {c.claim.id: c.figure or c.says for c in report.claims}
        titles |= {a.article.id: title_of(a.article.title) or a.article.publisher or "" for a in report.articles}
        titles |= {s.id: "" if s.protected else s.name for s in report.sources}
        self.paths = {name: f"{FOLDERS[name[0]]}/{file_name(name, title)}" for name, title in titles.items()}

    def notes(self) -> Iterator[tuple[str, str]]:
        for section in self.report.questions:
            yield section.page.id, _note(self._question(section))
        for card in self.report.claims:
            yield card.claim.id, _note(self._claim(card))
        for entry in self.report.articles:
            yield entry.article.id, _note(self._article(entry))
        for source in self.report.sources:
            yield source.id, _note(self._source(source))

    def link(self, name: str) -> str:
        """A wikilink to a thing's note; a claim by its block, so that its quote can be embedded."""
        if name not in self.paths:
            return name
        block = f"#^{name.lower().replace('c', 'c-', 1)}" if name[0] == "C" else ""
        return f"[[{self.paths[name].split('/')[1]}{block}|{name}]]"

    def _of(self, name: str) -> str:
        """What the page says of a thing, as Markdown."""
        found = _found(self.page, name)
        if found is None:
            return ""
        if found.kind == "row":
            return markdown.text([Block("table", inside=(found,))], self.worded)
        at = next((n for n, b in enumerate(found.inside, 1) if b.kind == "quote"), 0) if name[0] == "C" else 0
        head, rest = (markdown.text(part, self.worded) for part in (found.inside[:at], found.inside[at:]))
        # a block id stands alone under the quote: it names the whole quotation
        return f"{head}\n^c-{name[1:]}\n\n{rest}" if at else rest

    def worded(self, name: str, words: str) -> str:
        """A link behind the words of the page, which begin with the id where they name one."""
        if name not in self.paths:
            return words
        return (
            f"{self.link(name)}{words.removeprefix(name)}" if words.startswith(name) else f"{words} ({self.link(name)})"
        )

    def start(self) -> str:
        """The note to open first."""
        t = self.t
        lines = [_front({"made_by": MADE_BY, "log": self.report.log.id, "entries": self.report.log.size}), ""]
        if self.report.internal:
            lines += [f"**{t('For internal use: whole articles stand in this report. Do not publish it.')}**", ""]
        lines += [f"# {plain(self.report.title)}", ""]
        lines += [f"- {self.link(s.page.id)} {plain(s.page.question)}" for s in self.report.questions]
        if self.report.loose:
            lines += [
                "",
                *(f"- {self.link(n)} {plain(self.cards[n].says)}" for n in self.report.loose if n in self.cards),
            ]
        return "\n".join([*lines, "", self._of("check")])

    # --- notes ------------------------------------------------------------------------------------------------------

    def _question(self, s: QuestionSection) -> Iterator[str]:
        page = s.page
        answer = {"answer": page.answer.value, "answered_by": page.answer.by} if page.answer else {}
        yield _front({
            "made_by": MADE_BY, "id": page.id, "aliases": [page.id, page.question], "kind": "question", "state": s.state,
            **answer, "sources_low": page.origins.low, "sources_high": page.origins.high,
            "claims": [f"[[{self.paths[c.id].split('/')[1]}]]" for c in page.claims if c.id in self.paths],
        })  # fmt: skip
        yield self._of(page.id)

    def _claim(self, c: ClaimCard) -> Iterator[str]:
        t, claim = self.t, c.claim
        origin = claim.attribution[-1].known_by if claim.attribution else claim.publisher_id
        yield _front({
            "made_by": MADE_BY, "id": claim.id, "aliases": [claim.id], "kind": "claim", "figure": c.figure,
            "article": self._named(claim.article), "source": self._named(origin), "anchored": claim.anchored,
            "questions": [self._named(q) for q in claim.questions],
            "rating": c.rating.value if c.rating else None, "sha256": self._copy(claim.article),
        })  # fmt: skip
        yield self._of(claim.id)
        yield f"\n{t('Article')}: {self.link(claim.article)}"
        hops = [h.known_by for h in claim.attribution] or ([claim.publisher_id] if claim.publisher_id else [])
        yield "".join(
            f"\n- {self.link(s)} {plain(self.sources[s].name)}" for s in dict.fromkeys(hops) if s in self.sources
        )
        if claim.questions:
            yield f"\n{t('Questions')}: {', '.join(map(self.link, claim.questions))}"

    def _article(self, entry: ArticleEntry) -> Iterator[str]:
        t, a = self.t, entry.article
        yield _front({
            "made_by": MADE_BY, "id": a.id, "aliases": [a.id], "kind": "article", "url": a.url, "publisher": a.publisher,
            "published": a.published_at, "language": a.language, "sha256": self._copy(a.id),
        })  # fmt: skip
        yield f"\n# {plain(article_name(a))}\n"
        yield self._of(a.id)
        yield f"\n## {t('Claims')}\n"
        for c in self.report.claims:
            if c.claim.article == a.id:
                yield f"- {self.link(c.claim.id)} {plain(c.figure or c.says)}"
        if entry.full_text:
            yield f"\n## {t('{id} in full', id=a.id)}\n"
            yield from (f"    {line}" for line in map(visible, entry.full_text.splitlines()))

    def _source(self, s: Source) -> Iterator[str]:
        t = self.t
        yield _front({"made_by": MADE_BY, "id": s.id, "aliases": [s.id], "kind": s.kind, "counts": s.counts})
        yield f"\n# {plain(s.name)}\n"
        yield f"{t(s.kind.replace('_', ' '))}\n"
        for c in self.report.claims:
            if s.id in {h.known_by for h in c.claim.attribution} | {c.claim.publisher_id}:
                yield f"- {self.link(c.claim.id)} {plain(c.figure or c.says)}"

    def _named(self, name: str | None) -> str | None:
        """A link as front matter holds it."""
        return f"[[{self.paths[name].split('/')[1]}]]" if name in self.paths else name

    def _copy(self, article: str) -> str | None:
        found = next((e for e in self.report.articles if e.article.id == article), None)
        return found.captures[-1].raw if found and found.captures else None


def _found(inside: Iterable[Block], name: str) -> Block | None:
    """The block of the page that has an id."""
    for b in inside:
        if found := b if b.id == name else _found(b.inside, name):
            return found
    return None


def unpack(data: bytes, place: Path) -> list[str]:
    """Writes the vault into a folder; gives the notes of ours that are no longer part of it, which are left in place.

    Refused, with nothing written, where a note written by somebody else has the same name.
    """
    if place.exists() and not place.is_dir():
        raise BadInput(f"{place} is a file", hint="name a folder, or a file that ends in .zip")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    for name in files:
        if (place / name).exists() and not _ours(place / name):
            raise Refused(f"{place / name} is not a note of ours", hint="name another folder; nothing was written")
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        replace_file(place / name, text)
    found = (p for folder in sorted(FOLDERS.values()) for p in sorted((place / folder).glob("*.md")))
    return [str(p.relative_to(place)) for p in found if str(p.relative_to(place)) not in files and _ours(p)]


def _ours(path: Path) -> bool:
    with path.open("rb") as f:
        return f.read(64).startswith(f'---\nmade_by: "{MADE_BY}"'.encode())


def _note(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _front(fields: dict[str, Any]) -> str:
    """Front matter: YAML whose values are JSON, which every YAML parser reads; no value can end it."""
    lines = (f"{key}: {_value(value)}" for key, value in fields.items() if value not in (None, "", []))
    return "\n".join(["---", *lines, "---"])


def _value(value: Any) -> str:
    return visible(json.dumps(value, ensure_ascii=False))


def file_name(name: str, title: str) -> str:
    """An id and the part of the title that every file system and link takes: letters and digits of any script, and hyphens."""
    plainer = unicodedata.normalize("NFC", title).casefold()
    slug = "-".join(re.findall(r"[^\W_]+", plainer))
    if len(slug) > MOST:
        slug = slug[:MOST].rpartition("-")[0] or slug[:MOST]
    return f"{name} {slug}".strip()
