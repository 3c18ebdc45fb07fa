"""Every listed rewriting of a ledger with fields of its own, a redaction and a witness: refused, or named by verify."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import rewriting
import sample
import witnessing

from campaigns.ground import folder
from ledger import audit, keys, redaction, store
from ledger import records as r
from ledger.audit import heads, witnesses
from ledger.errors import ClaimsError
from ledger.vocabulary import EntryKind


def rewrites() -> bool:
    """The lists of tests/rewriting.py: what the database refuses, what verify names, what it warns of."""
    rules = rewriting.RULES | rewriting.MORE_RULES
    changes = {name: forgery for name, (forgery, _) in rewriting.NAMED.items()} | rewriting.MORE
    keeping = {*rules, *(name for name in rewriting.NAMED if name.startswith(rewriting.CHANGES_RULES))}
    seen = Counter[str]()
    with folder() as here:
        vkey, usual = _grown(here / "whole")
        for name, forgery in (rewriting.REFUSED | rules | changes).items():
            shutil.copytree(here / "whole", here / "copy")
            outcome = _outcome(
                here / "copy" / "l.db", forgery, vkey, usual, keep=name in keeping | {*rewriting.REFUSED}
            )
            if outcome.isupper():
                print(f"rewrites: {outcome}: {name}")
            seen[outcome] += 1
            shutil.rmtree(here / "copy")
    print(f"rewrites: {seen.total()} of them: {dict(seen)}")
    return not any(outcome.isupper() for outcome in seen)


def _grown(here: Path) -> tuple[str, tuple[str, ...]]:
    """The ledger; gives its key, and what verify warns of before anything is changed."""
    here.mkdir()
    uids, key = sample.build(here / "l.db"), keys.create(here / "key.pem")
    with store.open_ledger(here / "l.db") as ledger:
        witness = witnessing.Witness(heads.origin(ledger), key.public)
        sample.fill(ledger)
        redaction.redact(ledger, "C4", because="an order", actor="editor")
        with store.write(ledger, "ana") as writer:
            sample.desk(writer, uids)
            writer.append(EntryKind.POLICY, r.PolicyDraft("witness/The Herald", witness.vkey))
        note = audit.checkpoint(ledger, key)
        witnesses.take(ledger, key, note, witness.cosigned(heads.text_of(note)))
        vkey, found = audit.verifier_key(ledger, key), audit.verify(ledger)
    if not found.ok:
        raise SystemExit(f"the ledger does not verify: {found.problems}")
    return vkey, found.warnings


def _outcome(place: Path, forgery: rewriting.Forgery, vkey: str, usual: tuple[str, ...], *, keep: bool) -> str:
    try:
        with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as db:
            rewriting.with_rules_away(db, forgery, keep=keep)
    except sqlite3.IntegrityError:
        return "refused by the file"
    try:
        with store.open_ledger(place) as ledger:
            found = audit.verify(ledger, key=vkey)
    except ClaimsError:
        return "refused by the program"
    if not found.ok:
        return "named"
    return "warned of" if set(found.warnings) - set(usual) else "UNSEEN"
