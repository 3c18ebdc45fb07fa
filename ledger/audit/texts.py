"""The captured texts that anchors are checked against, the last few kept at hand."""

from __future__ import annotations

from collections import OrderedDict

from ledger import store
from ledger.errors import Tampered

KEPT = 64


class Texts:
    """Texts by hash; None for what is redacted, missing or not text."""

    def __init__(self, ledger: store.Ledger) -> None:
        self._ledger = ledger
        self._kept: OrderedDict[str, str | None] = OrderedDict()

    def get(self, digest: str) -> str | None:
        if digest in self._kept:
            self._kept.move_to_end(digest)
        else:
            self._kept[digest] = self._read(digest)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[digest]

    def _read(self, digest: str) -> str | None:
        try:
            data = store.blob(self._ledger, digest)
            return None if data is None else data.decode()
        except (Tampered, UnicodeError):
            return None
