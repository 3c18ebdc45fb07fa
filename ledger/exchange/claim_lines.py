"""Importing claims from any kind of file: rows in our own import format, idempotent, errors with their place in the file.

All good rows of all files are logged in one batch, or, with `strict` and any bad row, none. Nothing touches the network.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from ledger import capture, changes, claims, leaks, ownfields, text
from ledger import records as r
from ledger.errors import Ambiguous, BadInput, ClaimsError, Refused
from ledger.exchange import ahead, flat, returning
from ledger.exchange.import_line import Line, article_of, parsed
from ledger.exchange.rows import Copy, Returned, Row
from ledger.records import replace
from ledger.store import Ledger, Writer, beside, read, resting
from ledger.text import Anchor, folding
from ledger.vocabulary import EntryKind, FieldOn


class Problem(Struct, frozen=True):
    """A bad line, or something worth saying of a good one."""

    file: str
    line: int
    message: str
    hint: str | None = None
    fatal: bool = True


class Outcome(Struct):
    """What an import did, or would do."""

    lines: int = 0
    cut: bool = False
    """There were more lines than were asked for."""
    logged: int = 0
    known: int = 0
    returned: bool = False
    """Rows of our own export came back."""
    changed: int = 0
    """Claims that were edited in a sheet, of which `changes` has the cells."""
    retracted: int = 0
    changes: list[returning.Change] = field(default_factory=list)
    not_taken: list[returning.Change] = field(default_factory=list)
    """Cells of sheets that say otherwise than the ledger what only its commands set."""
    articles: int = 0
    """New articles, as with sources and questions below."""
    copies: int = 0
    sources: int = 0
    known_sources: int = 0
    """Sources of the lines that the ledger had before."""
    questions: int = 0
    problems: list[Problem] = field(default_factory=list)
    private: list[Problem] = field(default_factory=list)
    """Names that look like a private person's, each with the first line that has it."""
    first: list[r.Claim] = field(default_factory=list)
    """The first claims as they are logged."""

    @property
    def failed(self) -> int:
        return sum(p.fatal for p in self.problems)


class NotImported(BadInput):
    """A strict import met bad lines, and nothing of it is to be kept; `outcome` names them."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"{outcome.failed:,} bad lines; nothing was logged, for the import is strict")
        self.outcome = outcome


Near = Callable[[Ledger, Iterable[str]], Iterable[str]]
"""What is worth saying of new names in edited cells that are like known ones."""

SHOWN = 5
"""How many claims are kept to be shown."""


def import_rows(
    writer: Writer,
    files: Iterable[tuple[str, Iterable[Row]]],
    *,
    strict: bool = False,
    because: str | None = None,
    progress: Callable[[int], None] | None = None,
    near: Near | None = None,
    most: int | None = None,
) -> Outcome:
    """Logs the claims of these files, each with its name; NotImported where a row is bad and `strict` asks for all or none.

    With `most` it stops after so many lines.
    """
    outcome = Outcome()
    importer = _Importer(writer, outcome, because, near)
    for name, rows in files:
        for row, line in importer.ahead(rows):
            if outcome.cut or outcome.lines == most:
                outcome.cut = True
                break
            importer.row(name, row, line)
            if progress:
                progress(outcome.lines)
    importer.count()
    if strict and outcome.failed:
        for counted in ("logged", "changed", "retracted", *COUNTED):
            setattr(outcome, counted, 0)
        raise NotImported(outcome)
    return outcome


class _Importer:
    """Logs lines one after the other, and remembers the articles it has seen in this batch."""

    def __init__(self, writer: Writer, outcome: Outcome, because: str | None, near: Near | None) -> None:
        self.writer = writer
        self.because, self.near = because, near
        self.outcome = outcome
        self._pages: dict[tuple[str, str | None, Copy | None], claims.Page] = {}
        self._keys: set[str] = set()
        """Of the lines read ahead, the keys and hashes that may be in the ledger."""
        self._made: set[str] = set()
        """Those of the lines that were logged since it was looked at."""
        self._names: set[str] = set()
        self._before = _counted(writer.ledger)
        self._looked_at: set[str] = set()
        self._fields = [f for f in beside.fields(writer.ledger) if f.on is FieldOn.CLAIM]

    def ahead(self, rows: Iterable[Row]) -> Iterator[tuple[Row, Line | ClaimsError | None]]:
        """Each row with the line in it; of the lines of a lot it is looked up at once which the ledger may have."""
        for read_ in _figures_ahead([(row, _line(row)) for row in lot] for lot in _lots(rows)):
            with self.writer.ledger.as_written():  # what the lot before it made is known, and need not be written yet
                self._look_up([line for _, line in read_ if isinstance(line, Line)])
            self.writer.ledger.write_held()
            yield from read_

    def _look_up(self, lines: Sequence[Line]) -> None:
        made, self._made = self._made, set()
        self._keys = made | read.known_keys(self.writer.ledger, [_key(line.claim) for line in lines])
        articles = (capture.identity_of(line.article, noted=line.text is None) for line in lines)
        self.writer.look_up(
            {
                EntryKind.SOURCE: _folded(name for line in lines for name in _named(line)),
                EntryKind.QUESTION: _folded(name for line in lines for name in line.claim.questions),
                EntryKind.ARTICLE: [*dict.fromkeys(identity for identity in articles if identity)],
            }
        )

    def row(self, file: str, row: Row, line: Line | ClaimsError | None) -> None:
        self.outcome.lines += 1
        number = row.number
        self._say(file, number, self._not_taken(file, row.back.cells if row.back else ()))
        try:
            with self.writer.attempt():
                if row.article_only:
                    self._article(file, row)
                elif row.back and (thing := returning.claim_of(self.writer.ledger, row.back)):
                    self._back(file, number, thing, row.back)
                elif row.back and row.back.delete:
                    self.outcome.known += 1
                elif row.data is not None:
                    self._claim(file, row, line or parsed(row.data))
        except ClaimsError as e:
            if e.exit_code not in (1, 2, 3):
                raise
            self._pages.clear()
            self.outcome.problems.append(Problem(file, number, e.message, e.hint))
            return
        self._say(file, number, row.notes)

    def count(self) -> None:
        """Counts what is new in the ledger since the import began."""
        now = _counted(self.writer.ledger)
        for kind, before in self._before.items():
            setattr(self.outcome, kind, now[kind] - before)

    def _say(self, file: str, number: int, notes: Iterable[str]) -> None:
        self.outcome.problems += (Problem(file, number, note, fatal=False) for note in notes)

    def _article(self, file: str, row: Row) -> None:
        """An article, with its copy where it has one, and no claim."""
        if isinstance(row.data, BadInput):
            raise row.data
        article, text = article_of(row.data if isinstance(row.data, dict) else {})
        before = self.writer.size
        _, differs = self._page(article, text, row.copy)
        self.outcome.known += self.writer.size == before
        self._say(file, row.number, differs)

    def _heed(self, file: str, number: int, names: Iterable[str]) -> None:
        """Notes the names of private persons, each once, before they are in the log."""
        new = [name for name in names if name not in self._names]
        self._names.update(new)
        unknown = [name for name in new if self.writer.named(EntryKind.SOURCE, folding.name(name)) is None]
        self.outcome.known_sources += len(new) - len(unknown)
        for name in filter(leaks.looks_unlisted, dict.fromkeys(unknown)):
            self.outcome.private.append(Problem(file, number, name, fatal=False))

    def _back(self, file: str, number: int, thing: r.Thing, row: Returned) -> None:
        """A claim that the ledger has, as somebody edited it in a sheet."""
        self._heed(file, number, names := returning.named(row))
        near = self.near(self.writer.ledger, names) if self.near else ()
        found = returning.take(self.writer, thing, row, self.because or f"edited in {Path(file).name}")
        self._say(file, number, near)
        self.outcome.not_taken += returning.not_taken(self.writer.ledger, thing, row)
        self.outcome.returned = True
        self.outcome.changes += found
        self.outcome.known += not found
        self.outcome.changed += bool(found) and not row.delete
        self.outcome.retracted += bool(found) and row.delete
        if found:
            self._pages.clear()
            self._keys.add(row.cells.get("key", ""))
            self._made.add(row.cells.get("key", ""))

    def _claim(self, file: str, row: Row, line: Line | ClaimsError) -> None:
        if isinstance(line, ClaimsError):
            raise line
        claim = line.claim
        column, value = _key(claim)
        known = read.claim_by_key(self.writer.ledger, column, value) if row.back or value in self._keys else None
        self._keys.add(value)
        self._made.add(value)
        gone = known and resting.retracted_because(self.writer.ledger, known["uid"])
        if known and gone != resting.UNDONE:
            self._say(file, row.number, [f"{known['id']} stays retracted: {gone}"] if gone else ())
            if known["key_hash"] != claim.key_hash:
                if not row.versions:
                    raise Refused(f"{known['id']} was imported with the key {claim.key!r} and other content")
                self._say(file, row.number, _keep_version(self.writer, known["uid"], claim.extra or {}))
            self.outcome.known += 1
            return
        if (thing := returning.own(self.writer.ledger, claim.key)) is not None:
            if not returning.as_logged(self.writer.ledger, thing, line):
                raise Refused(
                    f"{thing.id} is in the ledger with other content", hint=f"claims amend {thing.id} changes it"
                )
            self.outcome.known += 1
            return
        line, own = self._own(row, line)
        self._heed(file, row.number, [hop.source for hop in claim.attribution])
        page, differs = self._page(line.article, line.text, row.copy)
        logged = self._logged(page, line, loose=row.loose)
        filed: set[str] = set()
        for name in claim.questions:
            if (question := claims.question_uid(self.writer, name)) not in filed:
                filed.add(question)
                self.writer.append(EntryKind.FILE, r.FileDraft(question), about=logged.uid)
        for tag in claim.tags:
            self.writer.append(EntryKind.TAG, r.TagDraft(tag), about=logged.uid)
        if own:
            ownfields.put(self.writer, read.thing(self.writer.ledger, logged.uid), own)
        self.outcome.logged += 1
        if len(self.outcome.first) < SHOWN:
            self.outcome.first.append(read.claim(self.writer.ledger, logged.uid))
        self._say(file, row.number, (*differs, *logged.warnings))

    def _not_taken(self, file: str, columns: Iterable[str]) -> Iterator[str]:
        """Says once of each column that somebody added to our own export, and that is no field, that nothing takes it."""
        if columns and file not in self._looked_at:
            self._looked_at.add(file)
            for name in sorted({*columns} - {"", *flat.COLUMNS, *(f.name for f in self._fields)}):
                yield f'the column "{name}" is none of an export, and no field: nothing of it is taken'

    def _own(self, row: Row, line: Line) -> tuple[Line, dict[str, str]]:
        """The values for fields of one's own: under `fields`, in a column of the name, or under a key that nothing else has."""
        if not (self._fields or line.claim.fields or (line.claim.extra and "fields" in line.claim.extra)):
            return line, {}
        extra, strange = dict(line.claim.extra or {}), dict[str, Any](line.claim.fields)
        if isinstance(typed := extra.get("fields"), dict):  # numbers, yes and no, as others' programs write them
            strange = typed | strange
            del extra["fields"]
        own: dict[str, str] = {}
        cells = row.back.cells if row.back else {}
        for known in self._fields:
            for given in (extra, strange):
                for name in [n for n in given if folding.name(n) == known.folded]:
                    own[known.name] = _as_text(given.pop(name))
            if known.name in cells:
                own[known.name] = cells[known.name]
        kept = extra | ({"fields": strange} if strange else {})
        return replace(line, claim=replace(line.claim, extra=kept or None)), own

    def _logged(self, page: claims.Page, line: Line, *, loose: bool) -> claims.Logged:
        if not loose:
            return claims.log(self.writer, page, line.claim, line.hints)
        placed, why = _anchored_or_cited(page, line.claim)
        logged = claims.log(self.writer, page, placed, line.hints)
        return replace(logged, warnings=(*why, *logged.warnings))

    def _page(self, given: r.Article, text: str | None, copy: Copy | None = None) -> tuple[claims.Page, list[str]]:
        """The article of a line with its newest copy, each made where it is new; and what is known of it otherwise."""
        if not (given.url or given.file or given.title):
            raise BadInput("an article needs a url, a file or a title")
        seen = repr(given), text, copy
        if seen in self._pages:
            return self._pages[seen], []
        details = capture.Details(
            title=given.title, publisher=given.publisher, published=given.published_at, url=given.url, byline=given.byline,
            credit=given.credit_line, lang=given.language, extra=given.extra,
        )  # fmt: skip
        if text is None:
            article, differs, new = capture.note_article(self.writer, file=given.file, **details)
            page = claims.Page(article, None, None) if new else claims.page(self.writer.ledger, article)
        else:
            saved = capture.put(self.writer, _copy(given, text, copy), **details)
            article, differs = saved.article, saved.differs
            page = claims.Page(article, saved.copy, text) if saved.copy else claims.page(self.writer.ledger, article)
        if len(self._pages) > 256:
            self._pages.clear()
        self._pages[seen] = page
        return page, [f"{article.id} is known with another {name}; it stays as it is" for name in differs]


LOT = 500
"""Rows that are read ahead, at most."""
LOT_BYTES = 1 << 20


def _lots(rows: Iterable[Row]) -> Iterator[list[Row]]:
    lot: list[Row] = []
    size = 0
    for row in rows:
        lot.append(row)
        size += len(row.data) if isinstance(row.data, bytes) else 0
        if len(lot) == LOT or size > LOT_BYTES:
            yield lot
            lot, size = [], 0
    yield lot


Read = list[tuple[Row, Line | ClaimsError | None]]
"""The rows of a lot with the lines in them."""


def _figures_ahead(lots: Iterable[Read]) -> Iterator[Read]:
    """The lots; from the second on, most figures of their lines were read by a process beside this one meanwhile."""
    waiting = iter(lots)
    lot = next(waiting, None)
    reader = ahead.begun() if lot and len(lot) == LOT else None
    if reader is None:
        yield from chain(filter(None, [lot]), waiting)
        return
    try:
        while lot is not None:
            if following := next(waiting, None):
                reader.ask(_figureless(following))
            yield lot
            claims.READ_AHEAD.clear()
            claims.READ_AHEAD.update(reader.answer())
            lot = following
    finally:
        reader.close()
        claims.READ_AHEAD.clear()


def _figureless(lot: Read) -> list[ahead.Words]:
    """The words of the lines without text and figures; a part is left to this process, which has the rest to do."""
    lines = [line for _, line in lot if isinstance(line, Line)]
    words = [(n.claim.exact, n.claim.language) for n in lines if n.text is None and not n.claim.quantities]
    return words[: len(words) * 7 // 8]


def _line(row: Row) -> Line | ClaimsError | None:
    """The line of a row, or what is wrong with it; None where it is an article's, or comes back from our own export."""
    if row.data is None or row.article_only or row.back:
        return None
    try:
        return parsed(row.data)
    except ClaimsError as e:
        return e


def _key(claim: r.Claim) -> tuple[read.Key, str]:
    """By what an import knows a claim again: its key, else the hash of its content."""
    return ("key", claim.key) if claim.key is not None else ("key_hash", claim.key_hash or "")


def _named(line: Line) -> Iterator[str]:
    """The sources of a line."""
    yield from (hop.source for hop in line.claim.attribution)
    if line.article.publisher:
        yield line.article.publisher


def _folded(names: Iterable[str]) -> list[str]:
    return [folding.name(name) for name in dict.fromkeys(names)]


def _as_text(value: object) -> str:
    """What an import line has, as a person would type it."""
    return ("no", "yes")[value] if isinstance(value, bool) else "" if value is None else str(value)


COUNTED: dict[str, read.Counted] = {
    "articles": "article", "copies": "capture", "sources": "source", "questions": "question",
}  # fmt: skip
"""The parts of an outcome that are counted in the ledger."""


def _counted(ledger: Ledger) -> dict[str, int]:
    return {name: read.count(ledger, kind) for name, kind in COUNTED.items()}


def _copy(article: r.Article, text: str, copy: Copy | None) -> capture.Page:
    if not text.strip():
        raise BadInput("the article's text is empty")
    try:
        raw = text.encode()
    except UnicodeEncodeError:
        raise BadInput("the article's text holds half of a surrogate pair") from None
    given = copy or Copy(raw, "import", article.file or article.title, "text/plain")
    return capture.Page(
        given.raw, text, given.encoding, encoding_guessed=False, extractor=given.extractor, method=given.method,
        name=given.name, media_type=given.media_type,
    )  # fmt: skip


# --- quotes from elsewhere ----------------------------------------------------------------------------------------

UNANCHORED = "unanchored"
"""The key of a claim's extra that says why its words are not anchored."""


def _anchored_or_cited(page: claims.Page, claim: r.Claim) -> tuple[r.Claim, tuple[str, ...]]:
    """The claim with its place in the copy; without one it cites its page, and the reason comes with it."""
    if claim.cite is not None:
        return claim, ()
    try:
        found = _found(page, claim)
    except BadInput as e:
        cite = page.article.url or page.article.title or page.article.file or "not known"
        extra = {**(claim.extra or {}), UNANCHORED: e.message}
        return replace(claim, start=None, cite=cite, extra=extra), (f"cited, not anchored: {e.message}",)
    return replace(claim, exact=found.exact, start=found.start), ()


def _found(page: claims.Page, claim: r.Claim) -> Anchor:
    """The place of the quote: at its own offsets, else where it stands once, else where the words beside it match, too."""
    if page.text is None:
        raise BadInput(f"no copy of {page.article.id} is in this ledger")
    start, end = claim.start, (claim.start or 0) + len(claim.exact)
    if start is not None and 0 <= start < end and page.text[start:end] == claim.exact:
        return text.anchor(page.text, start, end)
    last: BadInput = BadInput("the quotation is empty")
    for prefix, after in _besides(claim.prefix or None, claim.suffix or None):
        try:
            return text.locate(page.text, claim.exact, prefix=prefix, suffix=after)
        except Ambiguous as e:
            last = BadInput(f"the quote stands {e.times} times in the text")
        except BadInput as e:
            # words that stand elsewhere, or nowhere, without the words beside them will not be found with these
            if prefix is None and after is None:
                raise
            last = e
    raise last


def _besides(prefix: str | None, suffix: str | None) -> Iterator[tuple[str | None, str | None]]:
    yield None, None
    yield from dict.fromkeys(pair for pair in ((prefix, suffix), (prefix, None), (None, suffix)) if any(pair))


# --- other versions of a claim ------------------------------------------------------------------------------------

VERSIONS = "versions"
"""The key of a claim's extra under which they are kept."""


def _keep_version(writer: Writer, claim: str, extra: r.Json) -> list[str]:
    """Keeps what another version of the same thing says beside what the claim (by uid) has; gives what is worth saying."""
    known = read.claim(writer.ledger, claim)
    kept = dict(known.extra or {})
    others = list(kept.pop(VERSIONS, []))
    if extra == kept or extra in others:
        return []
    text = json.dumps({**kept, VERSIONS: [*others, extra]}, ensure_ascii=False, sort_keys=True)
    try:
        changes.amend(writer, claim, {"extra": text})
    except (BadInput, Refused) as e:
        return [f"{known.id} is known; this other version of it could not be kept beside it: {e.message}"]
    return [f"{known.id} is known; this other version of it is kept beside it"]
