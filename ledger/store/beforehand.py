"""What verbs are going to read, by what a person typed, so that a server is asked for all of it at once.

Nothing depends on it: what is read and was not asked for beforehand is asked for then, one way to the server more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ledger.store import beside, blobs, read
from ledger.store.engine import Of, Select
from ledger.text import folding
from ledger.vocabulary import EntryKind

NAMED = {EntryKind.SOURCE: read.SOURCES_NAMED, EntryKind.QUESTION: read.QUESTIONS_NAMED}


def thing(name: str) -> Select | None:
    """What an id or uid names; None for other words."""
    given = name.strip()
    if match := read.ID.fullmatch(given):
        return Select(read.THING_BY_ID, (match[1].upper(), int(match[2])))
    return Select(read.THING, (given,)) if read.UID.fullmatch(given) else None


def copy(name: str | None) -> list[Select]:
    """An article by id or uid, the last one where there is none, with the text of its newest copy."""
    found = Select(read.LAST_ARTICLE) if name is None else thing(name)
    if found is None:
        return []
    uid = Of(found, "uid")
    copies = Select(read.CAPTURES, (uid,))
    newest = {column: (Of(copies, column),) for column in ("uid", "text", "marks")}
    return [
        found, Select(read.ARTICLE, (uid,)), copies, Select(blobs.TEXT, newest["text"]),
        Select(blobs.WITHHELD_IN, newest["uid"]), Select(blobs.BYTES, newest["marks"]),
    ]  # fmt: skip


def named(kind: EntryKind, folded: Iterable[str]) -> list[Select]:
    """Sources or questions by name, each by itself."""
    return [Select(NAMED[kind].format("?"), (name,)) for name in folded]


def stays(name: str | None) -> list[Select]:
    """What an id names, and what that was merged into; nothing for other words."""
    found = thing(name) if name else None
    return [found, Select(read.STAYS, (Of(found, "uid"),))] if found else []


def question(uid: str | None) -> list[Select]:
    """A question, where there is one."""
    return [Select(read.QUESTION, (uid,))] if uid else []


def known_names(names: Iterable[str]) -> list[Select]:
    """The names of all sources, where one of these is new."""
    return [read.names_asked(map(folding.name, names))]


def claim(uid: str, *, without: Collection[str], placed: bool) -> list[Select]:
    """A claim with all that is shown of it but these parts; of one that has a place in its article, those at the same place."""
    shown = [Select(read.CLAIM, (uid,)), *read.parts_asked([uid], without), beside.values_asked(about=uid)]
    return [*shown, Select(read.SAME_WORDS, (uid,))] if placed else shown
