"""The ledger that is served: opened for each request, so that no connection is shared between threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ledger import store
from ledger.errors import MovedOn
from ledger.serve.offers import Read, Write
from ledger.store import Ledger


class Desk:
    """The ledger that is served: opened for each request, written by one at a time, in one person's name.

    `logged` is called once entries are logged, as that of a ledger is, when others may write again.
    """

    def __init__(self, place: str, actor: str, logged: Callable[[int, int], None] | None = None) -> None:
        self.place, self.actor, self._logged = place, actor, logged
        self._turn = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[tuple[Ledger, int]]:
        """The ledger as it stands now, with the size of its log."""
        with store.open_ledger(self.place, store.Open.READ) as ledger, ledger.snapshot():
            yield ledger, store.head(ledger)

    @contextmanager
    def writing(self) -> Iterator[Ledger]:
        """The ledger to write to; whoever comes meanwhile waits."""
        with self._turn, store.open_ledger(self.place) as ledger:
            ledger.actor = self.actor
            yield ledger

    def read(self, one: Read, asked: Any) -> tuple[Any, int]:
        if one.draft:
            with self.writing() as ledger:
                return one.work(ledger, asked), store.head(ledger)
        with self.reading() as (ledger, size):
            return one.work(ledger, asked), size

    def write(self, one: Write[Any], asked: Any, seen: int) -> tuple[Any, int]:
        with self.reading() as (ledger, size):
            if size != seen:
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
