"""Trust: verify, rebuild, checkpoint, prove, key, backup, redact."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.apps import Context, command, group
from ledger import audit, keys, store
from ledger.store import copies
from ledger.store.files import replace_file


def verify(
    ctx: Context,
    against: Annotated[
        str | None, typer.Option(metavar="FILE", help="An older checkpoint: finds a rollback or a fork.")
    ] = None,
    key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The public key that checkpoints must be signed with.")
    ] = None,
) -> None:
    """Check the whole ledger against its log: every hash, copy, anchor and derived row.

    Exit code 6 where anything does not hold.

    Example: claims verify --against monday.checkpoint
    """
    session = ctx.obj
    with session.read() as ledger:
        found = audit.verify(ledger, against=against, key=key)
    if session.json:
        session.show(found)
    else:
        session.show(_verification(found))
    if not found.ok:
        raise typer.Exit(6)


def _verification(found: audit.Verification) -> str:
    checked = ", ".join(f"{count:,} {name}" for name, count in found.checked.items())
    lines = [
        f"{'holds' if found.ok else 'DOES NOT HOLD'}: {found.entries:,} entries, root {found.root}",
        f"  checked: {checked}",
    ]
    lines += [f"  problem: {p}" for p in found.problems]
    lines += [f"  warning: {w}" for w in found.warnings]
    lines += [f"  cannot be seen: {c}" for c in found.cannot_see]
    return "\n".join(lines)


def rebuild(ctx: Context) -> None:
    """Throw the derived tables away and make them again from the log.

    Example: claims rebuild
    """
    session = ctx.obj
    with session.write() as ledger:
        count = store.rebuild(ledger)
    session.show({"entries": count} if session.json else f"rebuilt from {count:,} entries")


KeyFile = Annotated[
    str | None,
    typer.Option(
        "--key", metavar="FILE", help="The signing key (else CLAIMS_KEY, else the one made by claims key create)."
    ),
]


def checkpoint(ctx: Context, key: KeyFile = None) -> None:
    """Sign the head of the log; the note is kept in the ledger and in a file beside it.

    Give the note to somebody else, or keep it elsewhere: it proves later that nothing before it was rewritten.

    Example: claims checkpoint
    """
    session = ctx.obj
    signing = keys.load(key)
    with session.write() as ledger:
        note = audit.checkpoint(ledger, signing)
    session.show({"checkpoint": note} if session.json else note.rstrip("\n"))


def prove(
    ctx: Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="Such as C12, or the uid of an entry.")],
    out: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; standard output by default.")
    ] = None,
    key: KeyFile = None,
) -> None:
    """Write a proof (C2SP tlog-proof) that the entry which logged a thing is in the log.

    It does not show that the claim is true, that the log is complete, or when it was written.

    Example: claims prove C1 -o C1.tlog-proof
    """
    session = ctx.obj
    signing = keys.load(key)
    with session.write() as ledger:
        proof = audit.prove(ledger, id_, signing)
    if out is None:
        session.show({"proof": proof} if session.json else proof.rstrip("\n"))
        return
    replace_file(Path(out), proof.encode())
    session.show({"file": out} if session.json else f"wrote {out}")


def key_create(ctx: Context, key: KeyFile = None) -> None:
    """Make a signing key, outside the ledger, readable by you alone.

    Example: claims key create
    """
    session = ctx.obj
    keys.create(key)
    session.show({"file": str(keys.key_path(key))} if session.json else f"made {keys.key_path(key)}")


def key_show(ctx: Context, key: KeyFile = None) -> None:
    """Print the public key of this ledger's checkpoints, for those who check them.

    Example: claims key show
    """
    session = ctx.obj
    signing = keys.load(key)
    with session.read() as ledger:
        vkey = audit.verifier_key(ledger, signing)
    session.show({"vkey": vkey} if session.json else vkey)


def backup(
    ctx: Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to; never overwritten.")],
) -> None:
    """Copy the ledger, consistent, while it is in use.

    Example: claims backup monday.db
    """
    session = ctx.obj
    with session.read() as ledger:
        copies.backup(ledger, file)
    session.show({"file": file} if session.json else f"copied to {file}")


APPS = {
    "verify": command(verify),
    "rebuild": command(rebuild),
    "checkpoint": command(checkpoint),
    "prove": command(prove),
    "key": group("Signing keys.", create=key_create, show=key_show),
    "backup": command(backup),
}
