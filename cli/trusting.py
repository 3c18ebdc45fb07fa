"""Trust: verify, rebuild, checkpoint, prove, key, backup, redact."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cli import nouns
from cli.apps import Context, group, typer
from ledger import audit, keys, store
from ledger.errors import BadInput
from ledger.records import plain
from ledger.store import copies
from ledger.store.files import replace_file

AuthorityFile = Annotated[
    str | None,
    typer.Option("--tsa-cert", metavar="PEM", help="The CA certificate of the time-stamping authority."),
]


def verify(
    ctx: Context,
    against: Annotated[
        str | None, typer.Option(metavar="FILE", help="An older checkpoint: finds a rollback or a fork.")
    ] = None,
    key: Annotated[
        str | None, typer.Option(metavar="VKEY", help="The public key that checkpoints must be signed with.")
    ] = None,
    timestamp: Annotated[
        str | None, typer.Option(metavar="TSR", help="A time stamp (RFC 3161) over a checkpoint of this log.")
    ] = None,
    tsa_cert: AuthorityFile = None,
    witness: Annotated[
        list[str] | None,
        typer.Option(metavar="VKEY", help="The key of a witness that must have cosigned one of the checkpoints."),
    ] = None,
) -> None:
    """Check the whole ledger against its log: every hash, copy, anchor and derived row.

    With a time stamp, also by when the log's beginning existed, on an outside authority's word. Exit code 6 where anything
    does not hold.

    Example: claims verify --against monday.checkpoint
    """
    session = ctx.obj
    if tsa_cert is not None and timestamp is None:
        raise BadInput(
            "--tsa-cert says whose, but not which time stamp", hint="name its file as well: --timestamp FILE.tsr"
        )
    with session.read() as ledger:
        found = audit.verify(
            ledger, against=against, key=key, timestamp=timestamp, authority=tsa_cert, witness=witness or ()
        )
    session.result(found, nouns.verification_lines(found))
    if not found.ok:
        raise typer.Exit(6)


def rebuild(ctx: Context) -> None:
    """Throw the derived tables away and make them again from the log.

    Example: claims rebuild
    """
    session = ctx.obj
    with session.write(any_tables=True) as ledger:
        count = store.rebuild(ledger)
    session.result({"entries": count}, f"rebuilt from {count:,} entries")


KeyFile = Annotated[
    str | None,
    typer.Option(
        "--key", metavar="FILE", help="The signing key (else CLAIMS_KEY, else the one made by claims key create)."
    ),
]


def checkpoint(
    ctx: Context,
    key: KeyFile = None,
    timestamp: Annotated[
        str | None, typer.Option(metavar="URL", help="A time-stamping authority (RFC 3161) to ask for a stamp over it.")
    ] = None,
    tsa_cert: AuthorityFile = None,
    continue_from: Annotated[
        str | None,
        typer.Option(
            metavar="HEAD", help="After a backup was put back: the checkpoint, or the number of entries, to go on from."
        ),
    ] = None,
    because: Annotated[str | None, typer.Option(metavar="WHY", help="Why, for --continue-from; it is logged.")] = None,
    witness: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="A witness (C2SP tlog-witness) to ask for its cosignature; may be repeated."),
    ] = None,
) -> None:
    """Sign the head of the log; the note is kept in the ledger, in a file beside it, and in the folder beside the key.

    Give the note to somebody else, or keep it elsewhere: it proves later that nothing before it was rewritten. A log that does
    not extend the heads signed before is not signed. A witness is sent the note and a proof, no words of the log. A time stamp
    proves by when the note existed; only its hash is sent. It is kept beside the ledger, in a file ending in .tsr.

    Example: claims checkpoint
    """
    session = ctx.obj
    tsa = _authority(timestamp, tsa_cert)
    signing = keys.load(key)
    going_on = _going_on(continue_from, because, session.who)
    with session.write() as ledger:
        note = audit.checkpoint(ledger, signing, going_on=going_on)
        for url in witness or ():
            note = audit.witnesses.obtain(ledger, signing, note, url)
        kept = audit.timestamps.obtain(ledger, note, tsa) if tsa else None
    stamp = {"timestamp": {"file": kept[0], **plain(kept[1])}} if kept else {}
    session.result({"checkpoint": note, **stamp}, note.rstrip("\n"))
    if kept and not session.json:
        session.say(f"stamped: {nouns.stamp(kept[1])}; kept in {kept[0]}{'' if tsa_cert else UNCHECKED}")


def _going_on(head: str | None, because: str | None, who: str) -> audit.GoingOn | None:
    if head is None and because is None:
        return None
    if not (head or "").strip() or not (because or "").strip():
        raise BadInput(
            "--continue-from and --because belong together", hint='--because "the backup of Monday was put back"'
        )
    return audit.GoingOn(head or "", because or "", who)


UNCHECKED = "\n  its signature was not checked: claims verify --timestamp FILE --tsa-cert CA.pem does that"


def _authority(url: str | None, certificate: str | None) -> audit.timestamps.Authority | None:
    if url is not None:
        return audit.timestamps.authority(url, certificate)
    if certificate is not None:
        raise BadInput(
            "--tsa-cert says whose, but no time stamp is asked for", hint="name the address: --timestamp URL"
        )
    return None


def prove(
    ctx: Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="Such as C12, or the uid of an entry.")],
    out: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; standard output by default.")
    ] = None,
    key: KeyFile = None,
    origin: Annotated[
        bool,
        typer.Option("--origin", help="In the log from which it came by claims sync, under the head signed there."),
    ] = False,
) -> None:
    """Write a proof (C2SP tlog-proof) that the entry which logged a thing is in the log.

    It does not show that the claim is true, that the log is complete, or when it was written.

    Example: claims prove C1 -o C1.tlog-proof
    """
    session = ctx.obj
    signing = None if origin else keys.load(key)
    with session.read() if origin else session.write() as ledger:
        proof = audit.prove(ledger, id_, signing, origin=origin)
    if out in (None, "-"):
        session.result({"proof": proof}, proof.rstrip("\n"))
        return
    replace_file(Path(out), proof.encode())
    session.result({"file": out}, f"wrote {out}")


def key_create(ctx: Context, key: KeyFile = None) -> None:
    """Make a signing key, outside the ledger, readable by you alone.

    Example: claims key create
    """
    session = ctx.obj
    keys.create(key)
    session.result({"file": str(keys.key_path(key))}, f"made {keys.key_path(key)}")


def key_show(
    ctx: Context,
    key: KeyFile = None,
    witness: Annotated[bool, typer.Option(help="The key under which you are a witness to other logs.")] = False,
) -> None:
    """Print the public key of this ledger's checkpoints, for those who check them.

    Example: claims key show
    """
    session = ctx.obj
    signing = keys.load(key)
    if witness:
        vkey = audit.witnesses.own_key(signing).vkey
    else:
        with session.read() as ledger:
            vkey = audit.verifier_key(ledger, signing)
    session.result({"vkey": vkey}, vkey)


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
    session.result({"file": file}, f"copied to {file}")


APPS = {
    "verify": verify,
    "rebuild": rebuild,
    "checkpoint": checkpoint,
    "prove": prove,
    "key": group("Signing keys.", create=key_create, show=key_show),
    "backup": backup,
}
