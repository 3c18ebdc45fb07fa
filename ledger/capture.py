"""Saved copies: an article's bytes, the text taken from them, and what is known of who published them.

An article is known by its identity: its canonical URL, else file name, publisher and date. It is never known by its bytes:
ten outlets that print one wire text are ten articles. Other bytes at the same identity are another copy of the same article.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec
from msgspec import Struct, field

from ledger import dates, extract, records
from ledger.errors import BadInput, ClaimsError, NotFound, Refused
from ledger.extract import Meta, Stated
from ledger.records import replace
from ledger.sources import publisher_uid
from ledger.store import Ledger, Writer, blob, blobs, read, texts, write
from ledger.text import folding
from ledger.vocabulary import EntryKind, Letter
from ledger.work import utc_now

if TYPE_CHECKING:
    from ledger import web

SIZE_LIMIT = 50 * 1024 * 1024
"""Bytes of the largest copy that is taken."""


class Page(Struct, frozen=True):
    """One copy before it is saved: its bytes, its text, and what it says of itself."""

    raw: bytes
    text: str
    encoding: str
    encoding_guessed: bool
    extractor: str
    """Name and version of what took the text from the bytes; "none" where the text is the bytes."""
    method: str
    """file, stdin, http, import; of an address that is not public, and was allowed, "http, private address"."""
    meta: Meta = field(default_factory=Meta)
    name: str | None = None
    """The file's name, without folders; None where there is no file."""
    media_type: str | None = None
    url: str | None = None
    """Where the bytes came from after redirects."""
    status: int | None = None
    left_out: tuple[str, ...] = ()
    """What may be the article's and the text does not hold, in words."""
    marks: tuple[extract.Mark, ...] = ()
    """Where pages, or moments of a recording, begin in the text."""
    attached: tuple[extract.Attached, ...] = ()
    extra: records.Json | None = None
    """What else the file says of itself."""
    record: bytes | None = None
    """The head of the WARC record of a page that was fetched; its bytes are the rest."""


class Details(TypedDict, total=False):
    """What the user says of an article, over what its page says; "" and "unknown" stand for not known."""

    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    byline: str | None
    credit: str | None
    lang: str | None
    extra: records.Json | None
    """What is known besides, as whoever collected the article has it."""


class Saved(Struct, frozen=True):
    """What saving did; `new` is False where this very copy was the newest one already."""

    article: records.Article
    capture: str
    sha256: str
    text_sha256: str
    new: bool
    new_article: bool
    differs: tuple[str, ...] = ()
    """Fields that this copy or the user gives differently from the known article; they stay as they were."""
    copy: records.Capture | None = None
    """The copy that is new."""


# --- reading ------------------------------------------------------------------------------------------------------


def read_file(path: str | Path, *, record: str | None = None) -> Page:
    """The copy that a file holds; its size is looked at before its bytes."""
    place = Path(path)
    try:
        if place.is_dir():
            raise BadInput(f"{place} is a folder", hint="name one file in it")
        size = place.stat().st_size
        if size > SIZE_LIMIT:
            raise _too_large(str(place), size)
        with place.open("rb") as f:
            # a pipe has no size, so the limit holds for what is read as well
            data = f.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        if "://" in str(path):
            raise BadInput(f"not a web address that is fetched: {path}", hint="http:// and https:// are") from None
        raise NotFound(f"no such file: {place}", hint=_near(place)) from None
    except (OSError, ValueError) as e:
        reason = getattr(e, "strerror", None) or str(e)
        raise BadInput(f"cannot read {place}: {reason}", hint="check the name and its permissions") from None
    return read_bytes(data, name=place.name, method="file", record=record)


def read_bytes(
    data: bytes,
    *,
    name: str,
    method: str,
    media_type: str | None = None,
    charset: str | None = None,
    record: str | None = None,
) -> Page:
    """The copy that these bytes are; `name` is a file's name, or "-" where there is none.

    `record` chooses one of several articles, in an archive or a feed.
    """
    name = " ".join(name.splitlines())
    shown = "the input" if name in ("", "-") else name
    if len(data) > SIZE_LIMIT:
        raise _too_large(shown, len(data))
    if not data.strip():
        raise BadInput(f"{shown} is empty", hint="an article needs at least one word")
    found = extract.read(data, name=name, shown=shown, media_type=media_type, charset=charset, record=record)
    said = Meta() if found.extractor == "none" and method not in ("file", "stdin") else found.meta
    return Page(
        raw=data if found.raw is None else found.raw, text=found.text, encoding=found.encoding,
        encoding_guessed=found.encoding_guessed, extractor=found.extractor, method=method,
        meta=extract.with_credit(said, found.text if found.uncaptioned is None else found.uncaptioned),
        name=None if name in ("", "-") else name, media_type=media_type or found.media_type, url=found.url,
        status=found.status, left_out=found.left_out, marks=found.marks, attached=found.attached, extra=found.extra,
    )  # fmt: skip


def beginning(page: Page, number: int | None, time: str | None) -> Page:
    """The same copy, of which a person says on which page or at which moment its text begins."""
    return replace(page, marks=extract.beginning(page.marks, number, time))


def fetch(url: str, *, limits: web.Limits | None = None, record: str | None = None) -> Page:
    """The copy that an address gives now; Unreachable where it gives none."""
    from ledger import web

    got = web.fetch(url, limits=limits or web.Limits())
    method = "http, private address" if got.private else "http"
    page = read_bytes(got.body, name="", method=method, media_type=got.media_type, charset=got.charset, record=record)
    from ledger.web import warc  # only where a page was fetched

    head = warc.head(got.url, f"{utc_now()[:19]}Z", *got.heads, got.body) if page.raw == got.body else None
    kind = got.media_type or page.media_type
    return replace(page, url=got.url, status=got.status, media_type=kind, record=head)


def _too_large(name: str, size: int) -> ClaimsError:
    limit = f"{SIZE_LIMIT // 2**20} MB"
    return BadInput(
        f"{name} is too large: {size / 2**20:,.0f} MB, the limit is {limit}", hint="capture the article alone"
    )


def _near(path: Path) -> str:
    """A hint: a file with nearly that name in the same folder, else how to go on."""
    try:
        names = [entry.name for entry in path.parent.iterdir()][:5000]
    except OSError:
        return f"there is no folder {path.parent} either"
    near = difflib.get_close_matches(path.name, names, n=1)
    return (
        f"did you mean {' '.join(str(path.with_name(near[0])).splitlines())}?"
        if near
        else "check the name; an address begins with https://"
    )


# --- identity -----------------------------------------------------------------------------------------------------

TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|"
    r"cmpid|ocid|ns_campaign|ns_source|ns_mchannel|ns_linkname|at_medium|at_campaign|at_custom\d|smid|spm|ncid|"
    r"guccounter|guce_referrer\w*|wt_mc|xtor|ref_src|ref_url|__twitter_impression)",
    re.IGNORECASE,
)
"""Parameters that say how a reader came to the page and not which page it is."""


@lru_cache(maxsize=1024)
def canonical_url(url: str) -> str:
    """The address as identities compare it: host in lower case, no fragment, no tracking, no default port."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or not url.strip().isprintable() or parts.username is not None:
        raise BadInput(f"not a web address: {url[:200]!r}", hint="give one such as https://example.org/article")
    host = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    kept = [pair for pair in parts.query.split("&") if pair and not TRACKING.fullmatch(pair.partition("=")[0])]
    place = host if port in (None, usual) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme, place, path, quote("&".join(kept), safe="/%:@!$&'()*+,;=~-._?[]"), ""))


Known = dict[str, str | None]


def _key(known: Known, name: str) -> str:
    """What makes an article this one: its canonical URL, else file name, publisher and date."""
    if known["url"]:
        return canonical_url(known["url"])
    return "|".join((name, folding.name(known["publisher"] or ""), known["published_at"] or ""))


def _cited(title: str | None) -> str:
    """What stands for the name of the file where an article was cited alone."""
    return f"cited: {title or ''}"


def identity_of_cited(title: str) -> str:
    """By what the ledger knows an article of which nothing but a citation is known."""
    return _key(dict.fromkeys(FIELDS), _cited(title))


# --- saving -------------------------------------------------------------------------------------------------------


def save(ledger: Ledger, page: Page, *, actor: str, **details: Unpack[Details]) -> Saved:
    """Saves a copy in one batch: its article where that is new, then the copy where its bytes are."""
    with write(ledger, actor) as writer:
        return save_into(writer, page, **details)


def save_into(writer: Writer, page: Page, **details: Unpack[Details]) -> Saved:
    """The same, inside a batch that the caller has opened."""
    saved = put(writer, page, **details)
    return replace(saved, article=read.article(writer.ledger, saved.article.uid)) if saved.new else saved


def put(writer: Writer, page: Page, **details: Unpack[Details]) -> Saved:
    """The same, without reading what is new in the ledger: its article is as it was given."""
    known = _described(page, details)
    raw = hashlib.sha256(page.raw).hexdigest()
    name = page.name or f"{page.method}-{raw[:16]}"
    given = {**known, "url": known["url"] or page.url}
    key = _key(given, name)
    uid = writer.named(EntryKind.ARTICLE, key)
    article = read.article(writer.ledger, uid) if uid else None
    if article is None and not given["url"] and known["publisher"] is None:
        article = _of_file(writer.ledger, name, raw)
    if article is None:
        article = _add_article(writer, page, key, given, details.get("extra"))
        return _add_capture(writer, page, article, new_article=True)
    differs = _differing(article, known, details.get("extra"))
    copies = read.captures(writer.ledger, article.uid)
    if copies and copies[-1].raw == raw:
        last = copies[-1]
        return Saved(article, last.uid, raw, last.text, new=False, new_article=False, differs=differs)
    return _add_capture(writer, page, article, differs=differs)


def _of_file(ledger: Ledger, name: str, raw: str) -> records.Article | None:
    """The article of this very file that was saved before: whoever names no outlet now means no other one."""
    found = ((a, read.captures(ledger, a.uid)) for a in read.articles_of_file(ledger, name))
    return next((article for article, copies in found if copies and copies[-1].raw == raw), None)


def add_copy(writer: Writer, article: records.Article, page: Page) -> str:
    """Saves a newer copy of an article, wherever its bytes came from; gives its uid."""
    return _add_capture(writer, page, article).capture


class Noted(NamedTuple):
    """An article without a copy; a new one is as it was given."""

    article: records.Article
    differs: tuple[str, ...] = ()
    new: bool = False


def note_article(writer: Writer, *, file: str | None, is_new: bool = False, **details: Unpack[Details]) -> Noted:
    """The article that these details name, added where it is new, without a copy; and the fields that differ."""
    page = Page(b"", "", "utf-8", encoding_guessed=False, extractor="none", method="import", name=file)
    known = _described(page, details)
    key = _key(known, file or _cited(known["title"]))
    if not is_new and (uid := writer.named(EntryKind.ARTICLE, key)):
        article = read.article(writer.ledger, uid)
        return Noted(article, _differing(article, known, details.get("extra")))
    return Noted(_add_article(writer, page, key, known, details.get("extra")), new=True)


def cited(writer: Writer, title: str) -> records.Article:
    """The article of which nothing but a citation is known, added where it is new; of a known one its title alone is read."""
    if found := read.cited(writer.ledger, identity_of_cited(title)):
        return records.Article(uid=found[0], title=found[1])
    return note_article(writer, file=None, is_new=True, title=title).article


def identity_of(article: records.Article, *, noted: bool) -> str | None:
    """By what the ledger would know an article that is given so, noted or saved; None where only saving it tells."""
    try:
        name = article.file or (_cited(article.title) if noted else "")
        if article.url is None and not name:
            return None
        published = dates.as_typed(article.published_at) if article.published_at else None
        return _key({"url": article.url, "publisher": article.publisher, "published_at": published}, name)
    except BadInput:
        return None


FIELDS = {
    "title": "title", "byline": "byline", "publisher": "publisher", "published_at": "published", "language": "lang",
    "url": "url", "credit_line": "credit",
}  # fmt: skip
"""An article's fields, and what the user calls them."""


def _described(page: Page, details: Details) -> Known:
    """What is known of the article: the user's word, else the page's own."""
    known = {field: _chosen(details.get(option), getattr(page.meta, field)) for field, option in FIELDS.items()}
    for name, read_as in (("published_at", dates.as_typed), ("url", _an_address)):
        value = known[name]
        try:
            known[name] = value if value is None else read_as(value)
        except BadInput:
            # nonsense that a page says of itself is no word of the user's: it is left out
            if details.get(FIELDS[name]) is not None:
                raise
            known[name] = None
    if details.get("url") is None and not _same_site(page, known["url"]):
        known["url"] = None
    return known


def _an_address(url: str) -> str:
    """The address as it was given; BadInput where it is none."""
    canonical_url(url)
    return url


def _chosen(given: object, stated: Stated | None) -> str | None:
    if given is None:
        return stated.value if stated else None
    return None if str(given).strip().casefold() in ("", "unknown") else str(given)


def _same_site(page: Page, url: str | None) -> bool:
    """True where a page may name its own address: fetched pages speak for their own host alone."""
    if url is None or page.url is None:
        return url is not None
    said, got = (urlsplit(u).hostname or "" for u in (url, page.url))
    return said.removeprefix("www.") == got.removeprefix("www.")


def _differing(article: records.Article, known: Known, extra: records.Json | None = None) -> tuple[str, ...]:
    """The fields in which the article differs from what is now given."""
    besides = ("extra",) if extra and extra != article.extra else ()
    return besides + tuple(
        name
        for name, value in known.items()
        if value is not None and not _same(name, stored=getattr(article, name), value=value)
    )


def _same(name: str, *, stored: str | None, value: str) -> bool:
    if stored is None or name not in ("publisher", "url"):
        return stored == value
    compared = folding.name if name == "publisher" else canonical_url
    return compared(stored) == compared(value)


def _add_article(
    writer: Writer, page: Page, key: str, known: Known, extra: records.Json | None = None
) -> records.Article:
    """Logs an article; gives it as it was given."""
    publisher = known["publisher"]
    draft = records.ArticleDraft(
        identity=key, url=canonical_url(known["url"]) if known["url"] else None, file=page.name, title=known["title"],
        publisher=publisher_uid(writer, publisher) if publisher else None,
        byline=known["byline"], credit_line=known["credit_line"], published_at=known["published_at"],
        language=known["language"],
        extra=json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None,
    )  # fmt: skip
    uid = writer.append(EntryKind.ARTICLE, draft)
    given = {"id": writer.newest(Letter.ARTICLE), "uid": uid, "publisher": publisher, "extra": extra}
    return records.Article(**msgspec.structs.asdict(draft) | given)


def _add_capture(
    writer: Writer, page: Page, article: records.Article, *, differs: tuple[str, ...] = (), new_article: bool = False
) -> Saved:
    nothing_withheld(writer.ledger, article.uid, page)
    raw, text = writer.put_blob(page.raw), writer.put_blob(page.text.encode())
    marks = writer.put_blob(msgspec.json.encode(page.marks)) if page.marks else None
    draft = records.CaptureDraft(
        raw=raw, text=text, raw_bytes=len(page.raw), text_chars=len(page.text), captured_at=utc_now(), method=page.method,
        encoding=page.encoding, extractor=page.extractor, encoding_guessed=page.encoding_guessed,
        media_type=page.media_type, url=page.url, status=page.status, marks=marks,
        record=writer.put_blob(page.record) if page.record else None, **days_of(page),
    )  # fmt: skip
    uid = writer.append(EntryKind.CAPTURE, draft, about=article.uid)
    copy = records.Capture(uid=uid, article=article.id, **msgspec.structs.asdict(draft))
    return Saved(article, uid, raw, text, new=True, new_article=new_article, differs=differs, copy=copy)


DAYS = ("printed_at", "first_published_at", "modified_at")
"""What a copy says of its own days, beside the one by which its article is read."""


def days_of(page: Page) -> Known:
    """These days as the ledger keeps them, without nonsense."""
    said = {name: getattr(page.meta, name) for name in DAYS}
    return {name: _typed(day.value) if day else None for name, day in said.items()}


def _typed(day: str) -> str | None:
    try:
        return dates.as_typed(day)
    except BadInput:
        return None


def nothing_withheld(ledger: Ledger, article: str, page: Page) -> None:
    """Refused where the copy would bring back words that were redacted in one of the article."""
    if ledger.is_empty("withheld"):
        return
    said = "\n".join([page.text, page.meta.title.value if page.meta.title else "", *page.left_out])
    digest = hashlib.sha256(page.text.encode()).hexdigest()
    if any(match.search(said) for match in texts.withheld(ledger, article, digest)):
        raise Refused(
            "words that were redacted stand in it; nothing was saved",
            hint="save a text without them: claims capture FILE",
        )


# --- after saving -------------------------------------------------------------------------------------------------


def text_of(ledger: Ledger, capture: records.Capture) -> str:
    """The text of a saved copy without the words of redacted claims; NotFound where all of it was redacted."""
    text = blobs.text(ledger, capture.uid, capture.text)
    if text is None:
        raise NotFound(
            f"the text of this copy of {capture.article} was redacted",
            hint=f"claims history {capture.article} shows by whom and why",
        )
    return text


def marks_of(ledger: Ledger, capture: records.Capture) -> tuple[extract.Mark, ...]:
    """Where pages or moments begin in the text of a saved copy."""
    data = blob(ledger, capture.marks) if capture.marks else None
    return msgspec.json.decode(data, type=tuple[extract.Mark, ...]) if data else ()


class Opened(Struct, frozen=True):
    """The text of a saved copy, with the claim that it was opened for."""

    article: str
    capture: str
    sha256: str
    text: str
    claim: records.Claim | None


def opened(ledger: Ledger, name: str) -> Opened:
    """The copy that a claim stands in, or the newest one of an article; NotFound where none was saved."""
    thing = read.thing(ledger, name, Letter.ARTICLE, Letter.CLAIM)
    claim = read.claim(ledger, thing.uid) if thing.id.startswith("C") else None
    article = read.article(ledger, claim.article if claim else thing.uid)
    copies = read.captures(ledger, article.uid)
    copy = next((c for c in copies if claim and c.uid == claim.capture), copies[-1] if copies else None)
    if copy is None:
        raise NotFound(f"no copy of {article.id} was saved", hint="save one: claims capture FILE")
    return Opened(article.id, copy.uid, copy.text, text_of(ledger, copy), claim)


def read_again(ledger: Ledger, copy: records.Capture) -> Page:
    """A saved copy as its bytes are read today; Refused where they were redacted."""
    data = blob(ledger, copy.raw)
    if data is None:
        raise Refused(f"the copy of {copy.captured_at[:10]} was redacted", hint="nothing is left of its bytes")
    charset = None if copy.encoding == "binary" else copy.encoding
    return read_bytes(data, name="", method="http", media_type=copy.media_type, charset=charset)


class LeftOut(msgspec.Struct, frozen=True):
    """What the saved text of an article does not hold of its page, as the page is read today."""

    article: str
    capture: str
    paragraphs: int | None
    """How many there are, those left out among them; None for a document, of which kinds of parts are named."""
    left_out: tuple[str, ...]


def left_out(ledger: Ledger, name: str) -> LeftOut:
    """The paragraphs that may belong to an article and are not in its text, without words that were redacted."""
    found = opened(ledger, name)
    copy = read.capture(ledger, found.capture)
    page = read_again(ledger, copy) if copy else None
    kept = [line for line in found.text.splitlines() if line.strip()]
    held = "\n".join(kept)
    again = [one for one in (page.left_out if page else ()) if one not in held]
    matches = texts.withheld(ledger, read.article(ledger, found.article).uid)
    paragraphs = len(kept) + len(again) if page and page.extractor.startswith("trafilatura") else None
    return LeftOut(found.article, found.capture, paragraphs, tuple(texts.blotted(one, matches) for one in again))
