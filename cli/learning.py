"""Learning: a model of what people accepted and rejected, for `claims suggest --model`."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cli.apps import Context, typer
from cli.session import Session

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
    from ledger.assist import learn as verb
    from ledger.assist import lessons, model
    from ledger.store.files import replace_file

    session = ctx.obj
    model.refuse_other(out)
    if folder:
        given = lessons.of_folder(folder)
    else:
        with session.read() as ledger:
            given = lessons.of_ledger(ledger)
    learned = verb.learn(given, session.say)
    replace_file(out, learned.data)
    _tell(session, out, learned)


def _tell(session: Session, out: Path, learned: Learned) -> None:
    digest = hashlib.sha256(learned.data).hexdigest()
    shown = {
        "model": str(out), "sha256": digest, "texts": learned.texts, "statements": learned.statements,
        "rules": f"{learned.rules:.3f}", "learned": f"{learned.model:.3f}", "accept": f"{learned.accept:g}",
        "keep": f"{learned.keep:g}",
    }  # fmt: skip
    session.result(
        shown,
        f"wrote {out} (SHA-256 {digest})\n"
        f"from {learned.statements:,} statements in {learned.texts:,} texts; "
        f"joint F1 on texts held out: rules alone {learned.rules:.3f}, with the model {learned.model:.3f}",
    )
    if learned.model <= learned.rules and not session.json:
        session.say("it does not beat the rules yet and changes nothing; judge more suggestions and learn again")
    if not session.json:
        session.say(f"next: claims suggest A1 --model {out}")


APPS = {"learn": learn}
