"""Web pages: the article on them, and what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.entities import html5, name2codepoint
from typing import TYPE_CHECKING, Any

from ledger.errors import BadInput
from ledger.extract.extracted import Extracted, Meta, Stated
from ledger.records import replace

if TYPE_CHECKING:
    from ledger.extract.publication import Days

FIELD_LIMIT = 1000


TAG_LIMIT = 100_000
ATTRIBUTE_LIMIT = 500
"""Of one tag: the parsers compare each with all the others."""
"""The most tags that a page may have, some ten times a large page: the time to read grows faster than their number."""


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


@cache
def _many_attributes() -> re.Pattern[str]:
    value = r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
    return re.compile(rf"<[a-zA-Z][^\s/>]*+(?:[\s/]++[^\s/>=]++{value}){{{ATTRIBUTE_LIMIT},}}+")


def _refuse_too_many_tags(page: str, name: str) -> None:
    if page.count("<") > TAG_LIMIT:
        raise BadInput(f"{name} is too large a page: over {TAG_LIMIT:,} tags", hint=_BY_HAND)
    if _many_attributes().search(page):
        raise BadInput(f"{name} has a tag of more than {ATTRIBUTE_LIMIT} attributes", hint=_BY_HAND)


def html(page: str, *, name: str) -> Extracted:
    """The article of a page and what the page says of itself; BadInput where no article is found."""
    _refuse_too_many_tags(page, name)
    from ledger.extract import article_finder, completing, publication
    from ledger.extract.markup import loaded, stated_by  # html.parser is slow to load
    from ledger.extract.notation import written_out

    trafilatura = article_finder.trafilatura()
    try:
        tree = trafilatura.load_html(_NAMED.sub(_character, _shown(page)))
        if tree is None:
            raise BadInput(f"no article text found in {name}", hint=_BY_HAND)
        _drop_unseen(tree)
        for script in tree.iter("script"):  # the extractor takes hours for what is no JSON
            if "ld+json" in script.get("type", "") and script.text and loaded(script.text) is None:
                script.text = None
        days = publication.days(tree)
        written_out(tree)
        blocks = completing.Reader().read(tree)
        found = trafilatura.bare_extraction(
            tree,
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except BadInput:
        raise
    except Exception as e:  # whatever a hostile page makes the extractor raise
        raise BadInput(f"{name} cannot be read as HTML: {type(e).__name__}", hint=_BY_HAND) from None
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        raise BadInput(f"no article text found in {name}", hint=_BY_HAND)
    own, said = stated_by(page)
    meta = _saved_from(_merged(own, found, days), page)
    done = completing.completed(text, blocks, said)
    text, uncaptioned = storable(done.text), storable(done.uncaptioned)
    return Extracted(
        text, f"trafilatura {trafilatura.__version__}", meta, uncaptioned, done.left_out,
        media_type="text/html",
    )  # fmt: skip


SAVED_FROM = re.compile(
    r"<!--\s{0,9}(?:Page saved with SingleFile\s{1,9}url:\s{0,9}|saved from url=\(\d{1,6}\))(https?://[^\s<>]{1,2000})"
)
"""What SingleFile and browsers write into a page that they save."""


def _saved_from(meta: Meta, page: str) -> Meta:
    """The same, with the address that a saved page was read at, where it states none of its own."""
    found = SAVED_FROM.search(page[:4000])
    return meta if meta.url or found is None else replace(meta, url=Stated(found[1], "page"))


def blocks(markup: str) -> Iterator[str]:
    """The words of HTML that is no page, such as a letter, a line a block; what it hides is dropped."""
    import lxml.html

    from ledger.extract import completing
    from ledger.extract.notation import written_out

    _refuse_too_many_tags(markup, "it")
    try:
        tree = lxml.html.fromstring(f"<html><body>{_NAMED.sub(_character, _shown(markup))}</body></html>")
    except (ValueError, lxml.etree.ParserError):
        return
    _drop_unseen(tree)
    written_out(tree)
    yield from (storable(block.words) for block in completing.Reader().read(tree))


def _shown(page: str) -> str:
    """The page with a mark where it turns digits and letters around, however that is written."""
    return TURNING.sub(lambda m: m[0] * m[0].startswith("<") + "\ufffd", page.translate(OVERRIDES))


TURNING = re.compile(r"&#(?:x0{0,9}202[de]|0{0,9}823[78])(?![0-9a-f]);?|<bdo\b[^>]{0,200}>", re.IGNORECASE)
OVERRIDES = str.maketrans("\u202d\u202e", "\ufffd\ufffd")
"""What turns digits and letters around: with it, people read "40" where "04" stands. It is shown instead of passed over."""
HOLDING = frozenset({"html", "body", "main", "article"})
"""Elements that pages hide until they are loaded."""
HIDDEN = re.compile(
    r"(?:^|[;\s])(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)|font-size\s{0,9}:\s{0,9}0"
    r"(?:\.0{1,9})?(?:[a-z%]{1,3})?\s{0,9}(?:!|;|$)|(?:left|top|text-indent)\s{0,9}:\s{0,9}-\d{4})",
    re.IGNORECASE,
)


def _drop_unseen(tree: Any) -> None:
    """Drops what a page's markup hides from its readers: nobody was told it, and the raw copy keeps it."""
    for element in [e for e in tree.iter() if isinstance(e.tag, str) and e.tag not in HOLDING][1:]:
        hidden = element.get("hidden", "until-found").casefold() != "until-found"
        if hidden or element.tag == "template" or HIDDEN.search(element.get("style", "")[:2000]):
            element.drop_tree()


_BY_HAND = "copy the article's text into a file and capture that, with --url and --title"


_NAMED = re.compile(r"&[A-Za-z][A-Za-z0-9]{1,30};")


def _character(named: re.Match[str]) -> str:
    """The character of an entity that only HTML 5 knows, such as &percnt;: the parser would leave its name in the text."""
    known = named[0][1:-1] in name2codepoint
    character = named[0] if known else html5.get(named[0][1:], named[0])
    return named[0] if character in "<>&\"'" else character


def _merged(own: dict[str, object], found: Any, days: Days) -> Meta:
    """What the page states in its own markup, and what trafilatura found where that says nothing."""
    dated = days.published or (None if found.date in days.doubtful else found.date) or days.printed
    guessed = {
        "title": found.title, "byline": found.author, "publisher": found.sitename, "published_at": dated,
        "printed_at": days.printed, "first_published_at": own.get("published_at") or days.named,
        "modified_at": days.modified, "language": found.language, "url": found.url,
    }  # fmt: skip
    values = {name: _stated(own.get(name)) or _stated(value) for name, value in guessed.items()}
    return Meta(**values)


def _stated(value: object) -> Stated | None:
    """A value that a page states of itself, on one line and cut to a limit."""
    if not isinstance(value, str):
        return None
    plain = unescape(unescape(value[: FIELD_LIMIT * 4]))  # JSON-LD often escapes once too often
    line = " ".join("".join(c if c.isprintable() else " " for c in plain).split())[:FIELD_LIMIT]
    return Stated(storable(line), "page") if line else None


def storable(text: str) -> str:
    """The text without what a ledger cannot hold: U+0000 and halves of surrogate pairs."""
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)
