"""The ledger that is served: opened for each request, so that no connection is shared between threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from ledger import store
from ledger.catalogue import speaking
from ledger.errors import MovedOn
from ledger.reports.words import words_of
from ledger.serve.offers import Read, Write
from ledger.store import Ledger


class Desk:
    """The ledger that is served: opened for each request, written by one at a time, in one person's name and language.

    `logged` is called once entries are logged, as that of a ledger is, when others may write again.
    """

    def __init__(
        self, place: str, actor: str, lang: str = "en", logged: Callable[[int, int], None] | None = None
    ) -> None:
        self.place, self.actor, self.lang, self._logged = place, actor, lang, logged
        self._turn = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[Ledger]:
        """The ledger as it stands now."""
        with store.open_ledger(self.place, store.Open.READ) as ledger, ledger.snapshot():
            yield ledger

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """The ledger to write to; whoever comes meanwhile waits."""
        with self._turn, store.open_ledger(self.place) as ledger:
            ledger.actor = self.actor
            yield ledger

    def read(self, one: Read, asked: Any) -> tuple[Any, int]:
        with self.writing() if one.draft else self.reading() as ledger:
            if one.draft:  # what a verb makes has no language
                asked = one.draft(ledger, asked)
            with speaking(words_of(self.lang)) if one.told else nullcontext():
                return one.work(ledger, asked), store.head(ledger)

    def write(self, one: Write[Any], asked: Any, seen: int) -> tuple[Any, int]:
        with self.reading() as ledger:
            if (size := store.head(ledger)) != seen:
                raise MovedOn(seen, size)
            wanted = one.prepare(ledger, asked)  # it may wait for the network, and nobody for it
        spans: list[tuple[int, int]] = []
        with self.writing() as ledger:
            ledger.logged = lambda first, end: spans.append((first, end))
            done = one.verb(ledger, wanted, seen=seen), store.head(ledger)
        if self._logged:
            for span in spans:
                self._logged(*span)
        return done
