"""What stands on a page in no other's name and is English, where the page is of another language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from lxml import html

THEIRS = {"bdi", "blockquote", "pre", "code", "style", "script", "kbd"}
"""Elements that hold what others wrote, and the names of keys."""
OURS_IN_LATIN = re.compile(
    r"\b(?:UTC|CSV|SHA-256|Q[0-9]+-[0-9]+\.csv|AVeriTeC|Airwars|ICD 203|[ACEMQRS][0-9]+|[a-z]+\.example)\b"
)
SMALL = re.compile(
    r"\b(?:the|of|and|is|are|was|were|with|by|in|to|for|that|at|from|say|says|said|about|than|which|one|other|source)\b"
)


def english(page: str, lang: str) -> list[str]:
    """What stands on a page in no other's name and is English: in Arabic any Latin letters, else small words."""
    return [said for said in ours(html.document_fromstring(page), lang) if in_english(said, lang)]


def in_english(said: str, lang: str) -> bool:
    said = OURS_IN_LATIN.sub("", said)
    return bool(re.search("[A-Za-z]{2,}", said) if lang == "ar" else SMALL.search(said))


def ours(element: ET.Element, lang: str) -> Iterator[str]:
    """The texts of a page, without what is marked as somebody else's by an element, a language or a class."""
    tag = str(element.tag).rpartition("}")[2]
    if tag == "span" and element.get("lang") == "en":
        yield f"in English: {''.join(element.itertext())}"
    theirs = (
        tag in THEIRS or element.get("lang", lang) != lang or {"hash", "theirs"} & set(element.get("class", "").split())
    )
    if theirs or (tag in ("title", "desc") and len(element) == 0):  # names stand there, and no element can
        return
    yield from (element.attrib[name] for name in ("alt", "title", "aria-label", "data-label") if name in element.attrib)
    yield element.text or ""
    for inside in element:
        yield from ours(inside, lang)
        yield inside.tail or ""
