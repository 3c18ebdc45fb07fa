"""Forks of a ledger by somebody who owns its file and its key, against a witness of another house and a cosigned head."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ledger import audit, keys, merkle, store
from ledger import records as r
from ledger.audit import heads, witnesses
from ledger.errors import ClaimsError
from ledger.vocabulary import EntryKind, SourceKind


@contextlib.contextmanager
def rules_away(place: Path) -> Iterator[sqlite3.Connection]:
    """The ledger's file without its triggers, which are put back."""
    with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as db:
        rules = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in rules:
            db.execute(f"DROP TRIGGER {name}")
        yield db
        for _, sql in rules:
            db.execute(sql)


def grow(place: Path, count: int, dice: random.Random) -> None:
    with store.open_ledger(place) as ledger, store.write(ledger, "ana") as writer:
        for _ in range(count):
            draft = r.SourceDraft(name="x", folded=str(dice.random()), kind=SourceKind.UNKNOWN)
            writer.append(EntryKind.SOURCE, draft)


def asked(place: Path, key: keys.SigningKey, old: int) -> tuple[str, str]:
    """A new checkpoint of the log, and what a witness is asked about it that has seen `old` entries."""
    with store.open_ledger(place) as ledger:
        note = audit.checkpoint(ledger, key)
        size = store.head(ledger)
        return note, witnesses.request(ledger, note, min(old, size))


def unseen(folder: Path, *, seed: int, count: int) -> int:
    """How many of so many forks a witness cosigns, or the holder of the head that it cosigned takes for the log."""
    dice, missed = random.Random(seed), 0
    for n in range(count):
        here = folder / str(n)
        here.mkdir()
        missed += _missed(here, dice)
        shutil.rmtree(here)
    return missed


def _missed(here: Path, dice: random.Random) -> bool:
    honest, fork = here / "honest.db", here / "fork.db"
    key, witness = keys.create(here / "key.pem"), keys.create(here / "witness.pem")
    with store.create(honest, actor="ana") as ledger:
        log_key = audit.verifier_key(ledger, key)
    grow(honest, dice.randint(1, 9), dice)
    with store.open_ledger(honest) as ledger:
        store.backup(ledger, fork)
        shared = store.head(ledger)
    grow(honest, dice.randint(1, 9), dice)
    note, request = asked(honest, key, 0)
    line = witnesses.sign(witness, request, log_key)
    seen = merkle.parse_checkpoint(heads.text_of(note)).size
    # the same key, without the memory that would keep it from signing
    forger = keys.SigningKey(key.public, key.sign, here / "forged.heads")
    forger.heads.mkdir()
    grow(fork, dice.randint(1, 18), dice)
    request = asked(fork, forger, dice.choice([seen, seen, shared, 0]))[1]
    forgeries = [request, _dressed(request, seen, dice)]
    return any(_cosigns(witness, each) for each in forgeries) or _holds(fork, note + line, witness)


def _dressed(request: str, seen: int, dice: random.Random) -> str:
    """The same with the size that the witness wants to see and hashes out of the air."""
    _, hashes, note = merkle.parse_request(request)
    made = [*hashes, dice.randbytes(32)] if dice.random() < 0.5 else hashes[: len(hashes) // 2]
    return merkle.format_request(seen, made, note)


def _cosigns(witness: keys.SigningKey, request: str) -> bool:
    try:
        witnesses.sign(witness, request)
    except ClaimsError:
        return False
    return True


def _holds(fork: Path, note: str, witness: keys.SigningKey) -> bool:
    """Whether the fork passes for the log of which somebody holds a cosigned head."""
    with store.open_ledger(fork) as ledger:
        return audit.verify(ledger, against=note, witness=[witnesses.own_key(witness).vkey]).ok
