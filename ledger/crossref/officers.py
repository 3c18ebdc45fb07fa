"""Who holds an office in which body, as the texts tell it: "Tarrow Lines and its head, Ada Moss"; and their short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from ledger import lexicon
from ledger.crossref.names import acronym
from ledger.text import folding

SPEAKING = (*lexicon.listed("en/offices", "speaking"), *lexicon.listed("en/offices", "leading"))


def officers(
    people: Mapping[str, str], bodies: Mapping[str, str], texts: Iterable[str]
) -> Iterator[tuple[str, str, bool]]:
    """Each person with the body in which a text gives him an office, by id, and whether it is one that speaks for the body."""
    read = tuple(texts)
    for body, name in bodies.items() if people else ():
        called = {bare for bare in _called(name, read) if bare}
        told = [text for text in read if any(c in text for c in called)]
        for person, full in people.items():
            surname = re.split(r"[,(]", full)[0].split()[-1]
            found = {post for text in told if surname in text for post in _posts(text, surname, called)}
            if found:
                yield person, body, any(post.lower().endswith(SPEAKING) for post in found)


def shortened(names: Mapping[str, str], texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of a short form and the name for which a text says that it stands, by id: "the Orm Relief Office (ORO)"."""
    read = tuple(texts)
    by_name = {folding.name(name): s for s, name in names.items()}
    for source, name in names.items():
        for short in _called(name, read)[1:]:
            if (other := by_name.get(folding.name(short))) and other != source:
                yield other, source


def _called(name: str, texts: tuple[str, ...]) -> list[str]:
    """How the texts call a body: its name, and what one of them puts in brackets behind it; "agency" of "the health agency"."""
    bare = folding.without_brackets(name).removeprefix("the ").removeprefix("The ")
    if bare.islower():
        return [bare.split()[-1]] if " " in bare else [bare]
    if " " not in bare or acronym(bare) is None:
        return [bare]
    behind = re.compile(rf"{re.escape(bare)} \(([A-Z][\w-]*[A-Z][\w-]*)\)")
    return [bare, *dict.fromkeys(short for text in texts for short in behind.findall(text))]


def _posts(text: str, surname: str, called: Iterable[str]) -> Iterator[str]:
    """The offices that the text gives the person in the body."""
    person = rf"(?:[A-Z][\w.’'-]* ){{0,3}}{re.escape(surname)}\b"
    body = rf"(?:the |The )?(?:{lexicon.alternatives(tuple(called))})(?!\w)"
    post = rf"((?:[\w-]+ ){{0,3}}?(?:{_offices()}))"
    ways = (
        rf"{body}(?:['’]s?)?,? (?:and )?(?:its |their )?{post},? {person}",
        rf"{person}, (?:who is )?(?:the |its |an? )?{post} (?:of|for|at|with) {body}",
        rf"\b{post} (?:of|for|at) {body},? {person}",
        rf"(?:^|(?<=[.:] )){body} [^.\n]*\. (?:[^.\n]*, )?(spokes(?:man|woman|person)) {person}",  # of who is spoken of
    )
    for way in ways:
        yield from (found[1] for found in re.finditer(way, text))


@cache
def _offices() -> str:
    return lexicon.alternatives(
        tuple(
            {w for name in ("speaking", "leading", "posts", "posts_only") for w in lexicon.listed("en/offices", name)}
        )
    )
