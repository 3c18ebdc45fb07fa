"""Bundles changed by somebody without the signing key, by a small grammar."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger import merkle
from ledger.errors import ClaimsError

Files = dict[str, bytes]
Mutation = Callable[[Files, random.Random], Files]

SHOWN = ("report.html", "entries/", "leaves/")
EVE = Ed25519PrivateKey.from_private_bytes(b"eve" + bytes(29))


def seen(files: Files) -> Files:
    """What a reader of the bundle reads."""
    return {name: data for name, data in files.items() if name.startswith(SHOWN)}


def forged(good: Files, dice: random.Random, mutations: Sequence[Mutation]) -> Files:
    """The bundle after these mutations."""
    files = dict(good)
    for mutation in mutations:
        files = mutation(files, dice)
    return files


def _flip(files: Files, dice: random.Random) -> Files:
    one = dice.choice(sorted(files))
    data = files[one]
    at = dice.randrange(len(data) or 1)
    return files | {one: data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]} if data else files


def _cut(files: Files, dice: random.Random) -> Files:
    one = dice.choice(sorted(files))
    return files | {one: files[one][: dice.randrange(len(files[one]) + 1)]}


def _take_away(files: Files, dice: random.Random) -> Files:
    one = dice.choice(sorted(files))
    return {name: kept for name, kept in files.items() if name != one} or files


def _add(files: Files, dice: random.Random) -> Files:
    name = dice.choice(["entries/7.json", "leaves/7.json", "report2.html", "proofs/7.tlog-proof"])
    return files | {name: files[dice.choice(sorted(files))]}


def _swap(files: Files, dice: random.Random) -> Files:
    one, other = dice.choices(sorted(files), k=2)
    return files | {one: files[other], other: files[one]}


def _copy_over(files: Files, dice: random.Random) -> Files:
    one, other = dice.choices(sorted(files), k=2)
    return files | {other: files[one]}


def _rename(files: Files, dice: random.Random) -> Files:
    one = dice.choice(sorted(files))
    return {(name.swapcase() if name == one else name): kept for name, kept in files.items()}


def _relisted(files: Files, _: random.Random | None = None) -> Files:
    """The list made to fit, which anybody can do; its signature stays as it was."""
    hashes = {n: sha256(data).hexdigest() for n, data in files.items() if not n.startswith("manifest.")}
    return files | {"manifest.json": merkle.canonical({"files": hashes})}


def _another_report(files: Files, _: random.Random) -> Files:
    return _relisted(files | {"report.html": b"<p>another</p>"})


def _another_entry(files: Files, _: random.Random) -> Files:
    return _relisted({name: kept.replace(b"at least", b"nearly") for name, kept in files.items()})


def _forged_note(files: Files, _: random.Random) -> Files:
    return files | {"manifest.note": files.get("checkpoint", b"")}


def _unsigned(files: Files, _: random.Random) -> Files:
    return files | {"manifest.note": files.get("manifest.note", b"").partition(b"\n\n")[0]}


def by_eve(files: Files, _: random.Random) -> Files:
    """Everything signed again with a key of Eve's under the log's own name."""
    name = files.get("key.vkey", b"").decode("utf-8", "replace").partition("+")[0]
    name = name if name.isprintable() and name and " " not in name else "x"
    eve = merkle.Key(name, EVE.public_key().public_bytes_raw())
    note = files.get("checkpoint", b"").decode("utf-8", "replace").rpartition("\n\n")[0] + "\n"
    try:
        signed = merkle.sign_note(note, eve, EVE.sign)
    except ClaimsError:
        return files
    old = files.get("checkpoint", b"")
    made = {n: data.replace(old, signed.encode()) if old else data for n, data in files.items()}
    made = _relisted(made | {"key.vkey": eve.vkey.encode() + b"\n"})
    text = f"{name}/bundle\nsha256 {sha256(made['manifest.json']).hexdigest()}\n"
    return made | {"manifest.note": merkle.sign_note(text, eve, EVE.sign).encode()}


MUTATIONS: tuple[Mutation, ...] = (
    _flip, _cut, _take_away, _add, _swap, _copy_over, _rename, _relisted, _another_report, _another_entry, by_eve, _forged_note,
    _unsigned,
)  # fmt: skip
