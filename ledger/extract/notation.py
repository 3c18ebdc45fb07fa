"""Markup that changes a figure, as text: raised and lowered characters, note marks, words that are struck out.

Note marks and struck words are no running text: they stand in brackets at the end of their paragraph, "[note 2]" and
"[struck out: 400]", so that what the page says now reads and is quoted whole, and nothing of it is lost. `ledger.text.asides`
knows the brackets, and no reader takes a figure from them.
"""

from __future__ import annotations

import re
from typing import Any

from ledger.text.asides import note, struck_out

BLOCKS = frozenset(
    {
        "p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "figcaption", "caption", "div",
        "section", "article", "main", "aside", "header", "footer", "figure", "table", "tr", "tbody", "ul", "ol", "dl", "pre",
        "address", "body", "html", "br", "hr",
    }
)  # fmt: skip
PARAGRAPHS = BLOCKS - {"br", "hr"}
STRUCK = frozenset({"del", "s", "strike"})
STRUCK_LOOK = re.compile(r"text-decoration[a-z-]{0,8}\s{0,9}:[^;]{0,60}line-through", re.IGNORECASE)
STRUCK_CLASS = re.compile(
    r"(?:^|\s)(?:strike|strikethrough|line-through|struck(?:-out|-through)?)(?:\s|$)", re.IGNORECASE
)
REFERENCE = re.compile(r"foot|note|\bfn|cite|\bref(?!er)", re.IGNORECASE)
BEFORE = 40
"""How many characters before a raised one say what it is."""

RAISED = str.maketrans("0123456789+-−–()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁽⁾ⁿⁱ")
NOTE_MARK = re.compile(r"[\[(]{1,2}[^\[\]()]{1,30}[\])]{1,2}|[*†‡§#¶]{1,4}|\d{1,3}(?: ?[,–-] ?\d{1,3}){0,9}|[a-z]")
LINKED_MARK = re.compile(r"[\[(]{1,2}[^\[\]()\s]{1,4}[\])]{1,2}|[*†‡§¶]{1,4}|\d{1,3}")
UNIT = re.compile(
    r"(?:^|[\d\s(/·.])(?:[kcdm]?m|mi|ft|yd|miles?|foot|feet|yards?|inch(?:es)?|(?:kilo)?met(?:re|er)s?|км|м)$"
)
INCHES = re.compile(r"\d\s?in$")
TEN = re.compile(r"(?:^|[^\d.,])10$")
VARIABLE = re.compile(r"(?:^|[\s(=+*/^-])(?:[b-zB-HJ-Z]|mc)$")
ORDINAL = re.compile(r"(?:^|\D)\d{1,2}$")


def raised(before: str, mark: str) -> str | None:
    """Raised characters as they are written in plain text after the words before them; None for a note mark."""
    number = mark.lstrip("-−–").isdecimal()
    if number and (TEN.search(before) or VARIABLE.search(before)):
        return mark.translate(RAISED)
    if number and len(mark) < 3 and (UNIT.search(before) or INCHES.search(before)):
        return mark.translate(RAISED)
    if mark in ("e", "a", "o") and ORDINAL.search(before):  # 2e, 1a, 3o: ordinals of other languages
        return mark
    if mark.isalpha() and before[-1:].isalpha():  # Mr, no, x to the n
        return mark
    return None if NOTE_MARK.fullmatch(mark) else _joined(before, mark)


def lowered(before: str, mark: str) -> str | None:
    """The same for lowered characters: formulas go on, after a figure they are a note mark."""
    return None if before[-1:].isdecimal() and NOTE_MARK.fullmatch(mark) else _joined(before, mark)


def _joined(before: str, mark: str) -> str:
    """The words with a space where they would make one number with the figure before them."""
    return f" {mark}" if before[-1:].isdecimal() and mark[:1].isdecimal() else mark


def written_out(tree: Any) -> None:
    """Writes what markup says of figures into the text of an lxml tree, in one pass."""
    _Pass(tree).run()


class _Pass:
    """One walk through a tree: `before` is the text just passed, `waiting` the asides of the paragraph so far."""

    def __init__(self, tree: Any) -> None:
        self.tree = tree
        self.before = ""
        self.waiting: list[str] = []
        self.done: list[tuple[Any, str]] = []
        self.fraction = False

    def run(self) -> None:
        from lxml import etree

        walk = etree.iterwalk(self.tree, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                self._leave(element)
            elif not isinstance(element.tag, str) or self._enter(element):
                walk.skip_subtree()
        for element, text in self.done:
            element.clear(keep_tail=True)
            element.tag, element.text = "span", text

    def _enter(self, element: Any) -> bool:
        """Takes what comes before the element's children; True where they are dealt with."""
        if element.tag in BLOCKS:
            self._flush_before(element)
        elif _is_struck(element) and _holds_blocks(element):
            _strike_blocks(element)
            return True
        elif (written := self._written(element)) is not None:
            self.done.append((element, written))
            self._pass(written)
            return True
        elif element.tag == "time":  # trafilatura leaves out what stands in it
            element.tag = "span"
        self._pass(element.text)
        return False

    def _leave(self, element: Any) -> None:
        if element.tag in BLOCKS:
            if self.waiting:
                _append(element, self._taken())
            self.before = ""
        self._pass(element.tail)

    def _pass(self, text: str | None) -> None:
        if text:
            self.before = (self.before + text)[-BEFORE:]

    def _written(self, element: Any) -> str | None:
        """What stands in place of the element; None where it is left as it is."""
        if _is_struck(element):
            return self._struck(element)
        if element.tag in ("sup", "sub"):
            return self._script(element)
        if element.tag == "a" and "#" in (element.get("href") or "")[:300] and _refers(element):
            mark = _words(element)
            return self._aside(note(mark)) if LINKED_MARK.fullmatch(mark) else None
        return None

    def _struck(self, element: Any) -> str:
        words = _words(element)
        return self._aside(struck_out(words)) if words else ""

    def _script(self, element: Any) -> str:
        mark = _words(element)
        if not mark:
            return ""
        if element.tag == "sup" and mark.isdecimal() and (element.tail or "").strip() in ("/", "⁄"):
            return _joined(self.before, mark)
        if element.tag == "sub" and self.before.rstrip()[-1:] in ("/", "⁄"):
            return mark
        rule = raised if element.tag == "sup" else lowered
        refers = _refers(element) or any(_refers(link) for link in element.iterdescendants("a"))
        text = None if refers and NOTE_MARK.fullmatch(mark) else rule(self.before.rstrip(), mark)
        return self._aside(note(mark)) if text is None else text

    def _aside(self, words: str) -> str:
        self.waiting.append(words)
        return ""

    def _taken(self) -> str:
        words, self.waiting = " ".join(self.waiting), []
        return words if self.before[-1:].isspace() else f" {words}"

    def _flush_before(self, element: Any) -> None:
        if self.waiting:
            words, previous, parent = self._taken(), element.getprevious(), element.getparent()
            if previous is not None:
                previous.tail = (previous.tail or "") + words
            elif parent is not None:
                parent.text = (parent.text or "") + words
        self.before = ""


def _holds_blocks(element: Any) -> bool:
    return next(element.iterdescendants(*PARAGRAPHS), None) is not None


def _strike_blocks(struck: Any) -> None:
    """Marks each paragraph in a struck element, and the text between them."""
    inside = [struck]
    while inside:
        element = inside.pop()
        if element.tag in PARAGRAPHS and not _holds_blocks(element):
            words = _words(element)
            element.clear(keep_tail=True)
            element.text = struck_out(words) if words else None
            continue
        element.text = _struck_text(element.text)
        for child in element:
            child.tail = _struck_text(child.tail)
            if isinstance(child.tag, str):
                inside.append(child)


def _struck_text(text: str | None) -> str | None:
    return f" {struck_out(' '.join(text.split()))} " if text and text.strip() else text


def _append(element: Any, words: str) -> None:
    """Adds words at the end of an element."""
    last = element[-1] if len(element) else None
    if last is None:
        element.text = (element.text or "") + words
    else:
        last.tail = (last.tail or "") + words


def _words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())


def _refers(element: Any) -> bool:
    """True where an element calls itself a reference to a note."""
    return any(REFERENCE.search(element.get(name, "")[-300:]) for name in ("class", "id", "href", "role"))


def _is_struck(element: Any) -> bool:
    return (
        element.tag in STRUCK
        or STRUCK_LOOK.search(element.get("style", "")[:500]) is not None
        or STRUCK_CLASS.search(element.get("class", "")[:500]) is not None
    )
