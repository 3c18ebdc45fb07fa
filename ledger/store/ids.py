"""Ids in bulk, as people write them: "C1 C4-C7", "C1,C4", "all". The one place that reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from ledger import records as r
from ledger.errors import BadInput, NotFound
from ledger.store.columns import record
from ledger.store.connection import Ledger
from ledger.store.read import ID, UID, thing
from ledger.vocabulary import Letter

ALL = "all"
RANGE = re.compile(r"([ACSQMER])([1-9][0-9]{0,17})[-–—]([ACSQMER])?([1-9][0-9]{0,17})", re.IGNORECASE)
MEANT = re.compile(r"[ACSQMER][0-9]+(?:[-–—.]+[ACSQMER]?[0-9]*)?", re.IGNORECASE)
"""What nobody types who does not mean ids, right or wrong: C0, C1-, C4..C7."""


def looks_like(word: str) -> bool:
    """True where a word can only be an id, a range of them or `all`, be it a wrong one."""
    return word.casefold() == ALL or any(form.fullmatch(word) for form in (ID, RANGE, UID, MEANT))


def words(names: str | Iterable[str]) -> list[str]:
    """Ids as they were typed, apart."""
    given = [names] if isinstance(names, str) else names
    return [word for name in given for word in name.replace(",", " ").split()]


def several(
    ledger: Ledger, names: str | Iterable[str], *kinds: Letter, stands: Callable[[r.Thing], bool] | None = None
) -> list[r.Thing]:
    """The things that ids name, each once, in the order given; of a range and of `all` only those that stand.

    NotFound where one is not there, also at the end of a range; BadInput where one is of another kind.
    """
    found: dict[str, r.Thing] = {}
    for word in (given := words(names)):
        found |= {t.uid: t for t in _named(ledger, word, kinds, stands or _stands)}
    if not given:
        raise BadInput("which? give ids", hint="such as C1 C4-C7")
    if not found:
        raise NotFound(f"nothing stands in {' '.join(given)[:80]}", hint="claims list shows what there is")
    return list(found.values())


def _stands(thing: r.Thing) -> bool:
    return not (thing.retracted or thing.redacted or thing.merged_into)


def _named(
    ledger: Ledger, word: str, kinds: tuple[Letter, ...], stands: Callable[[r.Thing], bool]
) -> Iterator[r.Thing]:
    if word.casefold() == ALL:
        yield from filter(stands, _between(ledger, kinds[0] if kinds else Letter.CLAIM, 1, None))
    elif match := RANGE.fullmatch(word):
        letter, first, other, last = match.groups()
        if (other or letter).upper() != letter.upper() or int(first) > int(last):
            raise BadInput(f"not a range: {word}", hint="from the lower to the higher: C4-C7")
        for end in (first, last):
            thing(ledger, letter + end, *kinds)
        yield from filter(stands, _between(ledger, Letter(letter.upper()), int(first), int(last)))
    else:
        yield thing(ledger, word, *kinds)


def _between(ledger: Ledger, letter: Letter, first: int, last: int | None) -> Iterator[r.Thing]:
    known = ledger.one("SELECT max(n) AS n FROM thing WHERE letter = ?", (letter.value,))
    last = last or (known and known["n"]) or 0
    sql = "SELECT * FROM thing_view WHERE letter = ? AND n BETWEEN ? AND ? ORDER BY n"
    return (record(r.Thing, row) for row in ledger.rows(sql, (letter.value, first, last)))
