"""What an extractor leaves out of an article: put back where the page itself says that it belongs there, else told.

The blocks of the page are held against the text that was taken: a standfirst, captions, and what the page's own
`articleBody` holds go back to their place; other long paragraphs of the article are named, so that nothing is left out
without a word.
"""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

from ledger.extract.notation import BLOCKS

CAPTION = re.compile(r"(?:^|[\s_-])(?:fig|img|image|photo|wp-)?caption(?:$|[\s_-]|text)", re.IGNORECASE)
LEAD = re.compile(
    r"stand-?first|(?:^|[\s_-])(?:lead|lede|dek|deck)(?:$|[\s_-]|text|paragraph)|sub-?(?:title|head|titulo)|excerpt|summary"
    r"|strap-?line|(?:^|[\s_-])intro|teaser-?text|bajada|sapo|chap[oe]|perex|ingress|vorspann|entradilla|copete|sumario"
    r"|sommario|sottotitolo|synopsis|description",
    re.IGNORECASE,
)
"""Names of a standfirst."""

ELSEWHERE = re.compile(
    r"related|recommend|promo|newsletter|comment|footer|share|social|author|byline|subscri|cookie|consent|sidebar|read-?more"
    r"|(?:^|[\s_-])(?:nav|menu|ads?|bio|card|widget|popup|modal|breadcrumb|tags?)(?:$|[\s_-])|disclaimer|most-|outbrain",
    re.IGNORECASE,
)
"""Names of what stands beside an article."""

BESIDE = frozenset({"nav", "aside", "footer", "form", "button", "dialog", "select"})
UNSEEN = frozenset({"script", "style", "head", "template", "noscript", "svg", "iframe"})
ARTICLE = frozenset({"article", "main"})
CONTENT = re.compile(r"article-?bod|(?:article|story|post|entry|page)[-_]{0,2}(?:content|body|text)", re.IGNORECASE)
"""Names of what holds an article's paragraphs."""

SENTENCE = re.compile(r"[.!?…]['\"”’»“]?\s?$")
KEY = 60
"""Letters and digits by which two passages are told to be the same."""

SHORT, LONG = 25, 70
"""The fewest letters and digits of a passage that is put back, and of one that is told to be left out."""


class Place(NamedTuple):
    """Where a block stands: in a standfirst, in a caption, beside the article, within it."""

    lead: bool = False
    caption: bool = False
    beside: tuple[int, ...] = ()
    """The elements around it that are called something else than an article, by number."""
    inside: bool = False
    heading: bool = False
    content: str = ""
    """The names of the nearest element that is called the content of an article."""


class Block(NamedTuple):
    """The words of a page that no smaller block holds."""

    words: str
    key: str
    linked: bool
    """True where most of it is links."""
    place: Place


def bare(words: str) -> str:
    """Letters and digits alone, by which passages are held against each other."""
    return re.sub(r"[\W_]+", "", words).lower()


class Reader:
    """Takes the blocks of a tree in one walk."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self.parts: list[str] = []
        self.places = [Place()]
        self.elements = 0
        self.links = 0
        self.linked = 0

    def read(self, tree: Any) -> list[Block]:
        from lxml import etree

        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walk:
            if event == "start" and element.tag in UNSEEN:
                walk.skip_subtree()
            elif event == "start":
                self._enter(element)
            else:
                self._leave(element)
        self._flush()
        return self.found

    def _enter(self, element: Any) -> None:
        self.links += element.tag == "a"
        if element.tag in BLOCKS:
            self._flush()
            self.elements += 1
            self.places.append(_place(element, self.places[-1], self.elements))
        self._take(element.text)

    def _leave(self, element: Any) -> None:
        if element.tag not in UNSEEN:
            self.links -= element.tag == "a"
            if element.tag in BLOCKS:
                self._flush()
                self.places.pop()
        self._take(element.tail)

    def _take(self, text: str | None) -> None:
        if text:
            self.parts.append(text)
            self.linked += len(text.strip()) if self.links else 0

    def _flush(self) -> None:
        words = " ".join("".join(self.parts).split())
        if words:
            self.found.append(Block(words, bare(words), self.linked * 2 > len(words), self.places[-1]))
        self.parts, self.linked = [], 0


def _place(element: Any, around: Place, number: int) -> Place:
    names = " ".join(element.get(name, "")[:300] for name in ("class", "id", "itemprop", "data-gu-name"))
    content = names if CONTENT.search(names) else around.content
    beside = element.tag in BESIDE or ELSEWHERE.search(names) is not None
    return Place(
        lead=around.lead or LEAD.search(names) is not None,
        caption=around.caption or element.tag == "figcaption" or CAPTION.search(names) is not None,
        beside=(*around.beside, number) if beside else around.beside,
        inside=around.inside or element.tag in ARTICLE or bool(content),
        heading=element.tag == "h1",
        content=content,
    )


class Completed(NamedTuple):
    text: str
    uncaptioned: str
    """The same without the captions that were put back."""
    left_out: tuple[str, ...]


def completed(text: str, found: list[Block], said: list[str]) -> Completed:
    """The text with what belongs to it, and the paragraphs of the page that may belong to it and are left out.

    `said` is what the page says of itself in its head: its article's text first, then descriptions of it.
    """
    lines = text.splitlines()
    at = {bare(line)[:KEY]: n for n, line in reversed(list(enumerate(lines)))}
    kept = [n for n, b in enumerate(found) if b.key[:KEY] in at and len(b.key) >= SHORT and not b.place.heading]
    rule = _Rule(found, kept, *[bare(_plain(words)) for words in said])
    whole, last = bare(text), -1
    back: list[tuple[int, Block]] = []
    left: list[str] = []
    posts = _posts(found, rule, at)
    for n, block in enumerate(found):
        if n in posts:
            told = block.key in map(bare, lines[last + 1 : posts[n]])
            back += [] if told else [(last, block)]
        elif block.key[:KEY] in at:
            last = at[block.key[:KEY]]
        elif len(block.key) < SHORT or block.linked or block.place.heading or block.key[:KEY] in whole:
            continue
        elif rule.belongs(n):
            back.append((last, block))
            whole += block.key
        elif len(block.key) >= LONG and block.place.inside and not rule.beside(block):
            left.append(block.words)
    uncaptioned = [(n, block) for n, block in back if not block.place.caption]
    return Completed(_woven(lines, back), _woven(lines, uncaptioned), tuple(dict.fromkeys(left)))


CLOCK = re.compile(
    r"(?:[^\W\d_]{2,12}\.?,? )?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?(?: ?\(?[A-Z]{2,5}\)?| Uhr)?"
    r"|\d{1,3} ?(?:s|m|h|mins?|hrs?|hours?|minutes?) ago",
    re.IGNORECASE,
)
"""The line with the time of a post."""
HEADING = 160
POSTS = 4
"""So many short lines, its time and heading among them, may stand above the words of a post."""


def _posts(found: list[Block], rule: _Rule, at: dict[str, int]) -> dict[int, int]:
    """Times and headings of a live blog's posts, two at least, each with the line that its words are."""
    heads: dict[int, int] = {}
    posts = 0
    for n, block in enumerate(found):
        if not CLOCK.fullmatch(block.words) or rule.beside(block) or n > rule.last:
            continue
        text = next((k for k in range(n + 1, min(n + POSTS, len(found))) if _is_text(found[k], at)), None)
        if text is not None and all(len(b.words) < HEADING and not b.linked for b in found[n:text]):
            posts += 1
            heads |= dict.fromkeys(range(n, text), at[found[text].key[:KEY]])
    return heads if posts > 1 else {}


def _is_text(block: Block, at: dict[str, int]) -> bool:
    return len(block.key) >= SHORT and block.key[:KEY] in at


def _woven(lines: list[str], back: list[tuple[int, Block]]) -> str:
    """The lines with each block after the line of its number."""
    placed = [(n, 0, line) for n, line in enumerate(lines)] + [(n, 1, block.words) for n, block in back]
    return "\n".join(words for _, _, words in sorted(placed, key=lambda p: p[:2]))


class _Rule:
    """Which blocks the page itself calls its article's."""

    def __init__(self, found: list[Block], kept: list[int], body: str, *descriptions: str) -> None:
        self.found = found
        self.body = body
        self.descriptions = [told[:KEY] for told in descriptions if len(told) >= SHORT]
        middle = kept[len(kept) // 2] if kept else -1
        headings = [n for n in range(middle) if found[n].place.heading]
        self.title = headings[-1] if headings else None
        self.first = next((n for n in kept if n > (self.title or 0)), len(found))
        self.last = kept[-1] if kept else -1
        self.contents = {found[n].place.content for n in kept} - {""}
        self.standfirst: int | None = None
        self.around = {number for n in kept for number in found[n].place.beside}

    def beside(self, block: Block) -> bool:
        """True in what stands beside the article; what is around its paragraphs does not, whatever it is called."""
        return not self.around.issuperset(block.place.beside)

    def belongs(self, n: int) -> bool:
        """True for its text, its description, its standfirst, its captions, and the rest of what holds its paragraphs."""
        block = self.found[n]
        if block.key[:KEY] in self.body or any(block.key.startswith(told) for told in self.descriptions):
            return True
        if self.beside(block):
            return False
        start = self.first if self.title is None else self.title
        if block.place.lead and not block.place.caption and start < n < self.first:
            self.standfirst = self.standfirst or n
            return n - self.standfirst < 3  # its paragraphs; what comes later belongs to teasers
        content = block.place.content in self.contents and SENTENCE.search(block.words) is not None
        return (block.place.caption or content) and start < n < self.last


def _plain(words: str) -> str:
    return html.unescape(re.sub(r"<[^<>]{0,2000}>", " ", words))
