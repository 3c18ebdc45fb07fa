"""Writing a site: the entries since the last run decide which pages are made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec
from msgspec import Struct

from ledger import store
from ledger.catalogue import speaking
from ledger.errors import Refused
from ledger.reports import Look
from ledger.reports.report import LogHead
from ledger.reports.site import shards
from ledger.reports.site.feed import feed
from ledger.reports.site.folder import Folder, Manifest, Row
from ledger.reports.site.rendering import Pages
from ledger.reports.site.touched import touched
from ledger.reports.words import words_of
from ledger.store import Ledger, beside, log


class Written(Struct, frozen=True):
    """What a run did to the folder."""

    site: str
    pages: int
    """HTML pages of the whole site."""
    written: int
    """Files made anew."""
    unchanged: int
    removed: int


def write(ledger: Ledger, place: Path, look: Look | None = None, *, lang: str = "en", url: str = "") -> Written:
    """Makes or brings up to date the site in a folder, its sentences in a language; `url` is where it will stand.

    Refused where the folder holds something else, the site of another ledger, or of a longer or another log.
    """
    look, words = look or Look(), words_of(lang)
    with ledger.snapshot(), speaking(words):
        head = LogHead(store.log_id(ledger), store.head(ledger), store.root(ledger).hex())
        folder = Folder(place, head.id)
        with folder.held():
            _check(ledger, folder, head)
            made_by = _made_by(look, words.lang, url)
            if _same(folder, head, made_by) and _signed_as_kept(ledger, folder):
                return _told(folder, unchanged=len(folder.old.files))
            rows = _pages(Pages(ledger, look, words, url), folder, made_by=made_by, head=head)
            kept = {uid: msgspec.to_builtins(row) for uid, row in rows.items()}
            folder.end(Manifest(head.id, made_by, head.size, head.root, rows=kept))
    return _told(folder)


def _check(ledger: Ledger, folder: Folder, head: LogHead) -> None:
    """Refuses to go on with a site that does not come from an earlier state of this very log."""
    old, hint = folder.old, "write the site to another folder; nothing was changed"
    if old.log != head.id:
        raise Refused(f"{folder.place} holds the site of another ledger", hint=hint)
    if old.size > head.size:
        raise Refused(
            f"{folder.place} was made from a longer log: {old.size:,} entries, and this ledger has {head.size:,}",
            hint="is this an old copy of the ledger? claims verify --against an outside checkpoint tells. " + hint,
        )
    if old.size and store.root(ledger, old.size).hex() != old.root:
        raise Refused(f"{folder.place} was made from entries that this ledger does not have", hint=hint)


def _same(folder: Folder, head: LogHead, made_by: str) -> bool:
    """True where there is nothing to do."""
    old = folder.old
    return old.size == head.size and old.made_by == made_by and all(folder.whole(path) for path in old.files)


def _signed_as_kept(ledger: Ledger, folder: Folder) -> bool:
    """True where the site holds the newest checkpoint; a cosignature may have come since, though no entry did."""
    kept = log.checkpoints(ledger)[-1:]
    digest = [hashlib.sha256(c.note.encode()).hexdigest() for c in kept]
    return digest == [folder.old.files[CHECKPOINT].sha256 for _ in kept if CHECKPOINT in folder.old.files]


def _pages(pages: Pages, folder: Folder, *, made_by: str, head: LogHead) -> dict[str, Row]:
    """Writes what has to be written; gives the questions' lines by uid."""
    old, ledger = folder.old, pages.ledger
    paths = pages.paths()
    anew = touched(ledger, old.size) if old.size and old.made_by == made_by else None
    known = msgspec.convert(old.rows, dict[str, Row]) if anew is not None else {}
    stale = {uid for uid, path in paths.items() if anew is None or uid in anew.all or not folder.whole(path)}
    stale |= pages.questions.keys() - known.keys()
    parts = shards.names(pages.questions.values(), articles=pages.articles.values(), sources=pages.sources.values())
    lists = [*pages.list_files(), METHOD, *(f"search/{part}.js" for part in parts), FEED]
    lists += [CHECKPOINT for _ in log.checkpoints(ledger)[-1:]]
    folder.begin([*paths.values(), *lists], [*(paths[uid] for uid in stale), *lists])
    rows = {uid: row for uid, row in known.items() if uid in pages.questions}
    for uid, path in paths.items():
        if uid not in stale:
            folder.keep(path)
        elif uid in pages.questions:
            page, rows[uid] = pages.question(uid)
            folder.put(path, page)
        else:
            folder.put(path, pages.article(uid) if uid in pages.articles else pages.source(uid))
    for path, text in _lists(ledger, pages, rows, head=head, parts=parts):
        folder.put(path, text)
    return rows


FEED, METHOD, CHECKPOINT = "feed.atom", "method.html", "checkpoint.txt"


def _lists(
    ledger: Ledger, pages: Pages, rows: Mapping[str, Row], *, head: LogHead, parts: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """The files that cover the whole ledger: made anew each time, written where they differ."""
    changed = beside.last_entry_time(ledger)
    yield from pages.lists()
    yield METHOD, pages.method()
    yield from pages.index([rows[uid] for uid in pages.questions], head, changed=changed, parts=parts)
    searched = shards.shards(
        ledger,
        [rows[uid] for uid in pages.questions],
        articles=pages.articles.values(),
        sources=pages.sources.values(),
    )
    for name, script in searched:
        yield f"search/{name}.js", script
    yield from ((CHECKPOINT, kept.note) for kept in log.checkpoints(ledger)[-1:])
    yield FEED, feed(ledger, head.id, updated=changed, at=pages.at, url=pages.url)


def _told(folder: Folder, unchanged: int = 0) -> Written:
    files = folder.files or folder.old.files
    return Written(
        site=str(folder.place),
        pages=sum(path.endswith(".html") for path in files),
        written=folder.written,
        unchanged=folder.unchanged + unchanged,
        removed=folder.removed,
    )


def _made_by(look: Look, lang: str, url: str) -> str:
    """The hash of everything besides the ledger that decides how a page looks: the program, its templates, the look."""
    own = _hash(look.template) if look.template else ""
    return hashlib.sha256(f"{_program()} {lang} {own} {url}".encode()).hexdigest()


@cache
def _program() -> str:
    return _hash(resources.files("ledger"))


def _hash(place: Traversable) -> str:
    digest = hashlib.sha256()
    for name, file in sorted(_files(place), key=lambda found: found[0]):
        data = file.read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


MATTERS = (".py", ".html", ".htm", ".css", ".js", ".json", ".po", ".jinja", ".j2")


def _files(place: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    """The files of a folder, or the one file, that matter for how pages look, by path."""
    if not place.is_dir():
        yield path or place.name, place
        return
    for item in place.iterdir():
        # compiled templates are kept beside the modules and come and go
        if item.name != "__pycache__" and (item.is_dir() or item.name.endswith(MATTERS)):
            yield from _files(item, f"{path}/{item.name}")
