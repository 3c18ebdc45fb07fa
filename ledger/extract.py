"""From bytes to text: which encoding, what is the article on a web page, what the page says of itself.

Plain text is kept as it is, line ends and all; only a byte order mark is left out of the text. HTML goes through
trafilatura, a paragraph a line. What a page says of itself is a guess for the user to see and overrule.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import Any

from ledger.errors import BadInput
from ledger.sources import AGENCIES, fold_name

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NOT_FOR_PAGES = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7", "mbcs", "oem"}
)
"""Python's own codecs that no document is written in, or that hide text."""

WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
"""Labels that pages carry while their bytes are of the wider set (WHATWG Encoding, "names and labels")."""

FIELD_LIMIT = 1000
OTHER_THINGS = (
    (b"%PDF-", "a PDF", "take the text out first: pdftotext FILE - | claims capture -"),
    (b"PK\x03\x04", "a zip archive or an office document", "save it as text or HTML first"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first: gunzip FILE"),
    (b"\x89PNG", "a picture", "log it with: claims evidence add FILE"),
    (b"\xff\xd8\xff", "a picture", "log it with: claims evidence add FILE"),
    (b"GIF8", "a picture", "log it with: claims evidence add FILE"),
    (b"SQLite format 3\x00", "a database", "name an article's file; a ledger is given with --ledger"),
)


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and where it was found: "page" (its own metadata) or "text" (the article's words)."""

    value: str
    where: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page or a text says of itself; each None where it does not."""

    title: Stated | None = None
    byline: Stated | None = None
    publisher: Stated | None = None
    published_at: Stated | None = None
    language: Stated | None = None
    url: Stated | None = None
    """The canonical URL that the page gives."""
    credit_line: Stated | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    text: str
    encoding: str
    guessed: bool


@dataclass(frozen=True, slots=True)
class Extracted:
    text: str
    extractor: str
    meta: Meta


# --- bytes to text ------------------------------------------------------------------------------------------------


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """The text of the bytes: by its byte order mark, as UTF-8, as declared, else guessed; BadInput where it is no text."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _whole(Decoded(_strictly(data[len(mark) :], encoding, name), encoding, guessed=False), name)
    _refuse_other_things(data, name)
    label = _codec(declared) or "utf-8"
    # bytes that happen to be UTF-8 are UTF-8, whatever a label says; seven-bit encodings such as ISO-2022-JP need theirs
    for encoding in (label, "utf-8") if data.isascii() else ("utf-8", label):
        try:
            return _whole(Decoded(data.decode(encoding), encoding, guessed=False), name)
        except UnicodeDecodeError:
            continue
    return _whole(_guess(data, name), name)


def _refuse_other_things(data: bytes, name: str) -> None:
    for magic, what, hint in OTHER_THINGS:
        if data.startswith(magic):
            raise BadInput(f"{name} is {what}, not text", hint=hint)
    if b"\x00" in data:
        raise BadInput(f"{name} is binary, not text", hint="capture takes text and HTML")


def _codec(label: str | None) -> str | None:
    """Python's name of the encoding that a label means; None where it means none that documents use."""
    try:
        name = codecs.lookup((label or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    name = WEB_NAMES.get(name, name)
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        return None
    return None if name.replace("-", "_") in NOT_FOR_PAGES else name


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as e:
        raise BadInput(
            f"{name} says it is {encoding} but is not, at byte {e.start}", hint="save it again as UTF-8"
        ) from None


def _guess(data: bytes, name: str) -> Decoded:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data).best()
    if best is None or _codec(best.encoding) is None:
        raise BadInput(f"{name} is in no encoding we can tell", hint="save it again as UTF-8")
    return Decoded(_strictly(data, best.encoding, name), best.encoding.replace("_", "-"), guessed=True)


def _whole(decoded: Decoded, name: str) -> Decoded:
    """The same, once it is sure that the text can be kept: something to read, nothing a ledger cannot hold."""
    text = decoded.text
    if "\x00" in text:
        raise BadInput(f"{name} holds the character U+0000", hint="it is not text, or damaged; save it again as text")
    controls = sum(map(text.count, _CONTROLS))
    if controls * 50 > len(text):
        raise BadInput(f"{name} is binary, not text", hint="capture takes text and HTML")
    if not text.strip():
        raise BadInput(f"{name} is empty", hint="an article needs at least one word")
    return decoded


_CONTROLS = tuple(chr(n) for n in range(1, 32) if chr(n) not in "\t\n\v\f\r\x1b")


# --- HTML ---------------------------------------------------------------------------------------------------------


def is_html(data: bytes, *, name: str, media_type: str | None) -> bool:
    """True where the type, the name's ending or the first bytes say HTML."""
    if media_type:
        return media_type in ("text/html", "application/xhtml+xml")
    if name.casefold().endswith((".html", ".htm", ".xhtml")):
        return True
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (
        start.startswith((b"<?xml", b"<!--")) and b"<html" in start
    )


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page's first 2 KiB name, in a meta element or an XML declaration."""
    found = re.search(rb"""(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.\-]{1,40})""", data[:2048])
    return found[1].decode("ascii") if found else None


def html(page: str, *, name: str, url: str | None = None) -> Extracted:
    """The article of a page and what the page says of itself; BadInput where no article is found."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            page,
            url=url,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False},
        )
    except Exception as e:  # whatever a hostile page makes the extractor raise
        raise BadInput(f"{name} cannot be read as HTML: {type(e).__name__}", hint=_BY_HAND) from None
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        raise BadInput(f"no article text found in {name}", hint=_BY_HAND)
    meta = _merged(_page_meta(page), found)
    return Extracted(storable(text), f"trafilatura {trafilatura.__version__}", meta)


_BY_HAND = "copy the article's text into a file and capture that, with --url and --title"


def _merged(own: Meta, found: Any) -> Meta:
    """What the page states in its own markup, and what trafilatura found where that says nothing."""
    guessed = {
        "title": found.title, "byline": found.author, "publisher": found.sitename, "published_at": found.date,
        "language": found.language, "url": found.url,
    }  # fmt: skip
    values = {name: getattr(own, name) or _stated(value) for name, value in guessed.items()}
    return Meta(**values)


def _stated(value: object) -> Stated | None:
    """The value on one line and of bearable length, for what pages say of themselves."""
    if not isinstance(value, str):
        return None
    line = " ".join("".join(c if c.isprintable() else " " for c in value[: FIELD_LIMIT * 4]).split())[:FIELD_LIMIT]
    return Stated(storable(line), "page") if line else None


def storable(text: str) -> str:
    """The text without what a ledger cannot hold: U+0000 and halves of surrogate pairs."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


class _Head(HTMLParser):
    """Collects what a page says of itself: language, meta elements, canonical link, JSON-LD."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.language: str | None = None
        self.canonical: str | None = None
        self.meta: dict[str, str] = {}
        self.linked_data: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = self.language or given.get("lang") or given.get("xml:lang")
        elif tag == "link" and "canonical" in given.get("rel", "").casefold().split():
            self.canonical = self.canonical or given.get("href")
        elif tag == "meta":
            key = (given.get("property") or given.get("name") or given.get("itemprop") or "").casefold()
            self.meta.setdefault(key, given.get("content", ""))
        elif tag == "script" and given.get("type", "").casefold().strip() == "application/ld+json":
            self._in_data = True
            self.linked_data.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.linked_data[-1] += data


HEAD_LIMIT = 1_000_000
"""Characters of a page that are searched for its own metadata."""

ARTICLE_TYPE = re.compile(r"(?:[A-Za-z]*Article|Report|BlogPosting|LiveBlogPosting|SocialMediaPosting)")


def _page_meta(page: str) -> Meta:
    head = _Head()
    try:
        head.feed(page[:HEAD_LIMIT])
    except (AssertionError, ValueError, RecursionError):  # html.parser on malformed declarations
        return Meta()
    article = next(_articles(head.linked_data), {})
    published = (
        article.get("datePublished") or head.meta.get("article:published_time") or head.meta.get("datepublished")
    )
    return Meta(
        title=_stated(article.get("headline") or head.meta.get("og:title")),
        byline=_stated(_names(article.get("author")) or _unlinked(head.meta.get("author"))),
        publisher=_stated(head.meta.get("og:site_name") or _names(article.get("publisher"))),
        published_at=_stated(_instant(published)),
        language=_stated(_language(head.language)),
        url=_stated(_unlinked_only(head.canonical)),
    )


def _articles(scripts: list[str]) -> Iterator[dict[str, Any]]:
    """The objects of JSON-LD that are articles, at the top or one list or @graph below."""
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        top = data if isinstance(data, list) else [data]
        for item in top:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for thing in [item, *(graph if isinstance(graph, list) else [])]:
                if isinstance(thing, dict) and any(ARTICLE_TYPE.fullmatch(t) for t in _texts(thing.get("@type"))):
                    yield thing


def _texts(value: object) -> list[str]:
    return [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]


def _names(value: object) -> str | None:
    """The names of JSON-LD persons and organisations, joined as a byline."""
    things = value if isinstance(value, list) else [value]
    names = [t.get("name") if isinstance(t, dict) else t for t in things]
    return ", ".join(n for n in names if isinstance(n, str) and not n.startswith("http")) or None


def _unlinked(value: str | None) -> str | None:
    return None if not value or value.startswith(("http:", "https:")) else value


def _unlinked_only(value: str | None) -> str | None:
    """An absolute http(s) address; a relative one says nothing without its page."""
    return value if value and value.lower().startswith(("http://", "https://")) else None


def _instant(value: object) -> str | None:
    """The ISO date or time that a value begins with."""
    found = _ISO.match(value.strip()) if isinstance(value, str) else None
    return None if found is None else found[1] + (f"T{found[2]}{(found[3] or '').upper()}" if found[2] else "")


_ISO = re.compile(
    r"(\d{4}-[01]\d-[0-3]\d)(?:[T ]([0-2]\d:[0-5]\d(?::[0-5]\d)?)(?:\.\d{1,9})?\s?(Z|z|[+-][01]\d:[0-5]\d)?)?"
)


def _language(value: str | None) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$", (value or "").strip())
    return found[0].replace("_", "-") if found else None


# --- credit lines -------------------------------------------------------------------------------------------------

CREDIT_LIMIT = 160
"""A credit is a line of its own and shorter than this."""


def with_credit(meta: Meta, text: str) -> Meta:
    """The same, with the credit line that the text prints, where it does and the page stated none."""
    credit = find_credit(text)
    return meta if meta.credit_line or credit is None else replace(meta, credit_line=Stated(credit, "text"))


def find_credit(text: str) -> str | None:
    """The words, as printed, that name or hint at an agency behind an article.

    A line of its own ("With agency inputs", "Source: Reuters", "AFP"), a bracket or dash at the end of a paragraph
    ("... he added. (Reuters)"), a dateline ("BEIRUT (Reuters) - "); looked for in that order.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for rule in (_credit_line, _credit_at_end, _dateline):
        for line in lines:
            if credit := rule(line):
                return credit
    return None


def _credit_line(line: str) -> str | None:
    if len(line) > CREDIT_LIMIT:
        return None
    bare = line.strip("()[] -–—.*").strip()
    folded = bare.casefold()
    if _CREDIT.match(folded) or _all_agencies(folded.removeprefix("source:").removeprefix("via ")):
        return bare
    return None


_CREDIT = re.compile(
    r"(?:\(?(?:with|additional|including) )(?:\w+ ){0,3}?(?:inputs?|reporting|reports|material|information|contributions?)"
    r"(?: (?:from|by) .{1,80})?$"
    r"|with (?:(?:news |wire )?agenc(?:y|ies)|wires?|.{1,60} (?:inputs?|agenc(?:y|ies)))$"
    r"|(?:news |wire )?agencies$|from (?:our )?(?:news |wire )?agencies$|agency reports?$|wire (?:services?|reports?)$"
    r"|inputs? from .{1,80}$|(?:source|credit|courtesy)s?: ?(?:(?:news )?agenc(?:y|ies)|wires?)$"
    r"|.{1,80} contributed to this (?:report|story|article)$"
    r"|reporting by .{1,120}$"
)


def _all_agencies(folded: str) -> bool:
    parts = [p.strip() for p in re.split(r"[,/&+;|]| and | with ", folded)]
    return all(fold_name(part) in AGENCIES for part in parts if part) and any(parts)


def _credit_at_end(line: str) -> str | None:
    """The agency in brackets or behind a dash at the end of a paragraph."""
    found = _ENDING.search(line[-60:])
    if found and _all_agencies(found[1].casefold()):
        return found[1]
    return None


_ENDING = re.compile(r"[.!?\"'”’] {0,3}(?:[(\[]|[-–—]{1,2} {0,2})([^()\[\].–—]{2,40})[)\]]?\.?$")


def _dateline(line: str) -> str | None:
    """The agency of "BEIRUT, March 27 (Reuters) - "; the place is in capitals or stands first."""
    found = _DATELINE.match(line[:160])
    if found is None:
        return None
    agency = (found["bracket"] or found["slash"]).strip()
    return found[0].strip() if _all_agencies(agency.casefold()) else None


_DATELINE = re.compile(
    r"(?P<place>[A-ZÀ-Þ][^\W\d_][^()\n]{0,80}?)"
    r"(?:,? ?\((?P<bracket>[^()\n]{2,40})\) ?[-–—:]{0,2}| ?/ ?(?P<slash>[A-Z][A-Za-z ]{1,20}) ?/)"
)
