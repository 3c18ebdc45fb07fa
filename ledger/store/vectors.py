"""Vectors of claims in a file beside the ledger: no part of the truth, made again where they are missing.

The ledger knows nothing of the file, so that verify and rebuild need not either; a redaction deletes it.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from ledger.errors import ClaimsError, StoreError
from ledger.store.connection import WAIT_SECONDS, explain

TABLE = (
    "CREATE TABLE IF NOT EXISTS embedding (claim TEXT NOT NULL, model TEXT NOT NULL, text BLOB NOT NULL, "
    "vector BLOB NOT NULL, PRIMARY KEY (claim, model))"
)
AT_A_TIME = 500

Key = tuple[str, bytes]
"""A claim's uid and the hash of the words that were read."""


def beside(place: str) -> Path:
    """Where the vectors of a ledger are kept."""
    return Path(f"{place}.embeddings")


class Vectors:
    """The vectors that one model made; a context manager. Where nothing can be written they are kept in memory only."""

    def __init__(self, place: str, model: str) -> None:
        self.path, self.model = beside(place), model
        self.db = self._opened()

    def _opened(self) -> sqlite3.Connection:
        try:
            return _connect(str(self.path))
        except sqlite3.Error as e:
            if isinstance(e, sqlite3.OperationalError):  # a folder or file that cannot be written to
                return _connect(":memory:")
            raise self._damaged(e) from None

    def known(self, keys: Sequence[Key]) -> dict[str, array[float]]:
        """The vectors by claim; none where the words are others by now."""
        words = dict(keys)
        found: dict[str, array[float]] = {}
        try:
            for at in range(0, len(keys), AT_A_TIME):
                some = [claim for claim, _ in keys[at : at + AT_A_TIME]]
                rows = self.db.execute(
                    "SELECT claim, text, vector FROM embedding "
                    f"WHERE model = ? AND claim IN ({', '.join('?' * len(some))})",
                    (self.model, *some),
                )
                found.update({claim: array("f", vector) for claim, text, vector in rows if words[claim] == text})
        except (sqlite3.Error, ValueError, UnicodeDecodeError) as e:
            raise self._damaged(e) from None
        return found

    def keep(self, made: Mapping[Key, array[float]]) -> None:
        """Keeps vectors in place of older ones of the same claims; losing them loses time and nothing else."""
        rows = [(claim, self.model, text, vector.tobytes()) for (claim, text), vector in made.items()]
        with suppress(sqlite3.OperationalError), self.db:
            self.db.executemany("INSERT OR REPLACE INTO embedding VALUES (?, ?, ?, ?)", rows)

    def _damaged(self, error: Exception) -> ClaimsError:
        hint = f"delete {self.path.name}: it is made again"
        if isinstance(error, sqlite3.Error):
            return StoreError(explain(error, str(self.path)).message, hint=hint)
        return StoreError(f"{self.path} is damaged", hint=hint)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()


def _connect(place: str) -> sqlite3.Connection:
    db = sqlite3.connect(place, timeout=WAIT_SECONDS)
    try:
        db.execute("PRAGMA synchronous = NORMAL")
        with db:
            db.execute(TABLE)
    except BaseException:
        db.close()
        raise
    return db


def forget(place: str) -> None:
    """Deletes the vectors of a ledger: words can be guessed from them, and a redaction may leave none."""
    for ending in ("", "-journal"):
        path = beside(place)
        try:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        except OSError as e:
            raise StoreError(
                f"cannot delete {path}: {e.strerror}", hint="delete it: it may hold what was redacted"
            ) from None
