"""Learning: a model of what people accepted and rejected, for `claims suggest --model`."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.apps import Context, command
from cli.session import Session
from ledger.errors import BadInput, Refused

if TYPE_CHECKING:
    from ledger.assist.learn import Learned

DEFAULT = "claims.model"


def learn(
    ctx: Context,
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Annotated texts, in place of the ledger's suggestions.")
    ] = None,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="MODEL", help="The file to write.")] = Path(DEFAULT),
) -> None:
    """Learn from the suggestions that were accepted and rejected, so that the next ones are better.

    The model is a file of yours; nothing is sent anywhere. FOLDER holds text/NAME.txt and attributions/NAME_ANNOTATOR.ann
    in brat's form, with Source, Cue and Content. It is told what the model was worth on texts held out of training.

    Example: claims learn -o our.model && claims suggest A2 --model our.model
    """
    session = ctx.obj
    from ledger.assist import learn as verb
    from ledger.assist import lessons

    _check_free(out)
    if folder:
        given = lessons.of_folder(folder)
    else:
        with session.read() as ledger:
            given = lessons.of_ledger(ledger)
    learned = verb.learn(given, session.say)
    _write(out, learned.data)
    _tell(session, out, learned)


def _check_free(out: Path) -> None:
    """Only a model may be written over: anything else is somebody's file."""
    from ledger.assist.model import MAGIC

    if not out.exists():
        return
    try:
        with out.open("rb") as f:
            mine = f.read(len(MAGIC)) == MAGIC
    except OSError:
        mine = False
    if not mine:
        raise Refused(f"{out} is there and is no model", hint="choose another name with -o")


def _write(out: Path, data: bytes) -> None:
    """The whole file or none."""
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=".", suffix=".part")
    except OSError as e:
        raise BadInput(f"cannot write {out}: {e.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as f:
            f.write(data)
        Path(name).replace(out)
    except OSError as e:
        Path(name).unlink(missing_ok=True)
        raise BadInput(f"cannot write {out}: {e.strerror}") from None


def _tell(session: Session, out: Path, learned: Learned) -> None:
    digest = hashlib.sha256(learned.data).hexdigest()
    if session.json:
        session.show(
            {
                "model": str(out),
                "sha256": digest,
                "texts": learned.texts,
                "statements": learned.statements,
                "rules": f"{learned.rules:.3f}",
                "learned": f"{learned.model:.3f}",
                "accept": f"{learned.accept:g}",
                "keep": f"{learned.keep:g}",
            }
        )
        return
    session.show(f"wrote {out} (SHA-256 {digest})")
    session.show(
        f"from {learned.statements:,} statements in {learned.texts:,} texts; "
        f"joint F1 on texts held out: rules alone {learned.rules:.3f}, with the model {learned.model:.3f}"
    )
    if learned.model <= learned.rules:
        session.say("it does not beat the rules yet and changes nothing; judge more suggestions and learn again")
    session.say(f"next: claims suggest A1 --model {out}")


APPS = {"learn": command(learn)}
