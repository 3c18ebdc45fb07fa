"""Random histories of one ledger, its backups and its key in the hands of people who lose, put back and rewrite files.

What is signed without a person's word to go on from an earlier head must be one line: each head a beginning of every later one.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

import rewriting

from ledger import audit, keys, merkle, store
from ledger import records as r
from ledger.audit import heads
from ledger.errors import ClaimsError
from ledger.vocabulary import EntryKind, SourceKind

STEPS = ("append", "sign", "append", "sign", "back up", "put back", "rewrite", "forget stored", "lose beside",
         "spoil beside", "spoil stored")  # fmt: skip


@dataclass
class History:
    """One ledger with all that lies around it, and every head that was signed."""

    folder: Path
    key: keys.SigningKey
    dice: random.Random
    signed: list[tuple[int, bytes]] = field(default_factory=list)
    forks: int = 0
    refused: int = 0

    @property
    def place(self) -> Path:
        return self.folder / "l.db"

    def step(self, name: str) -> None:
        getattr(self, "_" + name.replace(" ", "_"))()

    def _append(self) -> None:
        with store.open_ledger(self.place) as ledger, store.write(ledger, "ana") as writer:
            for _ in range(self.dice.randint(1, 3)):
                writer.append(
                    EntryKind.SOURCE, r.SourceDraft(name="x", folded=str(self.dice.random()), kind=SourceKind.UNKNOWN)
                )

    def _sign(self) -> None:
        with store.open_ledger(self.place) as ledger:
            try:
                note = audit.checkpoint(ledger, self.key)
            except ClaimsError:
                self.refused += 1
                return
            head = merkle.parse_checkpoint(heads.text_of(note))
            self.forks += sum(size > head.size or store.root(ledger, size) != root for size, root in self.signed)
            self.signed.append((head.size, head.root))

    def _back_up(self) -> None:
        with store.open_ledger(self.place) as ledger:
            (self.folder / "backup.db").unlink(missing_ok=True)
            store.backup(ledger, self.folder / "backup.db")

    def _put_back(self) -> None:
        if (self.folder / "backup.db").exists():
            for left in self.folder.glob("l.db*"):
                left.unlink()
            shutil.copy(self.folder / "backup.db", self.place)

    def _forget_stored(self) -> None:
        self._attack("DELETE FROM checkpoint")

    def _spoil_stored(self) -> None:
        if self.dice.random() < 0.2:
            self._attack("UPDATE checkpoint SET note = 'garbage ' || rowid, size = 0")

    def _lose_beside(self) -> None:
        audit_file(self.place).unlink(missing_ok=True)

    def _spoil_beside(self) -> None:
        if self.dice.random() < 0.2:
            audit_file(self.place).write_bytes(b"\xff garbage")

    def _rewrite(self) -> None:
        """The last entry told otherwise, all hashes and rows made to fit."""
        self._attack(_rewritten)
        with contextlib.suppress(ClaimsError), store.open_ledger(self.place) as ledger:
            store.rebuild(ledger)

    def _attack(self, forgery: rewriting.Forgery) -> None:
        with contextlib.closing(sqlite3.connect(self.place, isolation_level=None)) as db:
            rewriting.with_rules_away(db, forgery)


def audit_file(place: Path) -> Path:
    return Path(f"{place}.checkpoint")


def _rewritten(db: sqlite3.Connection) -> None:
    (seq,) = db.execute("SELECT max(seq) FROM entry").fetchone()
    if seq:
        db.execute("UPDATE entry SET actor = 'eve' WHERE seq = ?", (seq,))
        rewriting.rehash(db, seq)
        rewriting.regrow(db)


def lived(folder: Path, seed: int, *, steps: int = 14) -> History:
    """A history of so many steps from a seed."""
    dice = random.Random(seed)
    history = History(folder, keys.create(folder / "key.pem"), dice)
    store.create(history.place, actor="ana").close()
    for name in dice.choices(STEPS, k=steps):
        history.step(name)
    return history
