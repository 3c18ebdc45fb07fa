"""Witnesses: whose cosignatures count, having a head cosigned by file, and cosigning another house's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cli import render, words
from cli.apps import Context, group, typer
from cli.trusting import KeyFile
from ledger import audit, keys
from ledger.audit import heads
from ledger.audit.witnesses import Witness
from ledger.errors import BadInput, NotFound
from ledger.store.files import replace_file
from ledger.text import folding
from ledger.verbs import releasing

Name = Annotated[str, typer.Argument(metavar="NAME", help="What you call the witness.")]
Out = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help="Where to; standard output by default.")
]
Given = Annotated[str, typer.Argument(metavar="FILE", help="The file that the other house sent.")]


def add(ctx: Context, name: Name, vkey: Annotated[str, typer.Argument(metavar="VKEY", help="Its public key.")]) -> None:
    """Log the key of a witness: somebody who was shown the log's head and says so under a key of its own.

    Example: claims witness add "The Herald" claim-ledger/witness-0123456789abcdef+...
    """
    kept = ctx.obj.log(releasing.keep_witness, releasing.KeepWitness(name=name, vkey=vkey))
    ctx.obj.result(kept, f"{kept.name} is a witness: {kept.vkey}")


def remove(ctx: Context, name: Name, because: Annotated[str, typer.Option(metavar="WHY", help="Why.")]) -> None:
    """Say that a witness's word counts no longer; what it cosigned stays where it is.

    Example: claims witness remove "The Herald" --because "its key was lost"
    """
    if folding.is_blank(because):
        raise BadInput("why?", hint="--because ...")
    kept = ctx.obj.log(releasing.keep_witness, releasing.KeepWitness(name=name, vkey=None, because=because))
    ctx.obj.result(kept, f"{kept.name} is a witness no longer")


def list_(ctx: Context) -> None:
    """List the witnesses, each with the longest head that it cosigned.

    Example: claims witness list
    """
    session = ctx.obj
    with session.read() as ledger:
        found = audit.witnesses.listed(ledger)
    session.results(found, _table, none="no witness is known here: claims witness add NAME VKEY")


def _table(found: list[Witness]) -> str:
    rows = ([w.name, f"{w.size:,}" if w.size else "none", words.minute(w.time or ""), w.vkey] for w in found)
    return render.table(["witness", "entries", "cosigned", "key"], rows)


def ask(
    ctx: Context,
    old: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="How many entries the witness has seen, if it says so.")
    ] = None,
    whom: Annotated[
        str | None, typer.Option("--for", metavar="NAME", help="Which witness is asked, of several.")
    ] = None,
    out: Out = None,
    key: KeyFile = None,
) -> None:
    """Write what another house needs to cosign the head of this log: a signed checkpoint and a proof, no words of the log.

    Example: claims witness ask -o for-the-herald.txt
    """
    signing = keys.load(key)
    with ctx.obj.write() as ledger:
        note = audit.checkpoint(ledger, signing)
        seen = audit.witnesses.last_seen(ledger, whom) if old is None else old
        asked = audit.witnesses.request(ledger, note, seen)
    _write(ctx, out, {"request": asked}, asked)


def sign(
    ctx: Context,
    file: Given,
    log: Annotated[
        str | None,
        typer.Option(metavar="VKEY", help="The key of the other log; needed the first time, then remembered."),
    ] = None,
    out: Out = None,
    key: KeyFile = None,
) -> None:
    """Cosign another house's checkpoint, where its log goes on from the one that you cosigned last; needs no ledger.

    What was cosigned is remembered beside your key. Exit code 6 where the log was forked or rolled back: keep the file then.

    Example: claims witness sign for-the-herald.txt --log claim-ledger/...
    """
    line = audit.witnesses.sign(keys.load(key), heads.read_note(file), log)
    _write(ctx, out, {"cosignature": line}, line)


def take(ctx: Context, file: Given, key: KeyFile = None) -> None:
    """Keep the cosignature that another house sent back, with the newest checkpoint.

    Example: claims witness take from-the-herald.txt
    """
    signing, lines = keys.load(key), heads.read_note(file)
    with ctx.obj.write() as ledger:
        note = audit.latest(ledger)
        if note is None:
            raise NotFound("no checkpoint was signed yet", hint="claims witness ask -o FILE")
        note = audit.witnesses.take(ledger, signing, note, lines)
    ctx.obj.result({"checkpoint": note}, note.rstrip("\n"))


def _write(ctx: Context, out: str | None, record: dict[str, str], text: str) -> None:
    if out in (None, "-"):
        ctx.obj.result(record, text.rstrip("\n"))
        return
    replace_file(Path(out), text.encode())
    ctx.obj.result({"file": out}, f"wrote {out}")


APPS = {
    "witness": group(
        "Have the log's head cosigned by others, and cosign theirs.",
        add=add, remove=remove, list=list_, ask=ask, sign=sign, take=take,
    ),
}  # fmt: skip
