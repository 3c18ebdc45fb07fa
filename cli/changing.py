"""Changing: amend, retract, undo, redact, note, tag. Each is an entry; the log keeps what was."""

from __future__ import annotations

from typing import Annotated, Any

from cli import histories, nouns
from cli.apps import Context, Values, typer
from cli.ids import given
from cli.session import Session
from ledger import ownfields
from ledger import records as r
from ledger.errors import BadInput
from ledger.store import ids
from ledger.verbs import changing
from ledger.vocabulary import Kind, Stance

Id = Annotated[str, typer.Argument(metavar="ID", help="Such as C12, A1, S3, Q2.")]
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="Such as C12, C4-C7, A1; - reads a list.")]
Because = Annotated[str, typer.Option("--because", help="Why.")]


def amend(
    ctx: Context,
    id_: Id,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="Any field; empty takes it away.")
    ] = None,
    says: Annotated[str | None, typer.Option(help="A claim in our own words.")] = None,
    figure: Annotated[str | None, typer.Option(help='The figure in words, "none" for none.')] = None,
    ours: Annotated[bool, typer.Option("--ours", help="The figure is ours: the words do not hold it.")] = False,
    by: Annotated[str | None, typer.Option(help="The original source, by name or id.")] = None,
    via: Annotated[list[str] | None, typer.Option(help="A relay; may be given again.")] = None,
    of: Annotated[str | None, typer.Option(help="The organisation of the source.")] = None,
    where: Annotated[str | None, typer.Option(help="The place.")] = None,
    when: Annotated[str | None, typer.Option(help="When it happened, such as 2016-03-25/26.")] = None,
    stance: Annotated[Stance | None, typer.Option(help="What the source does with it.")] = None,
    answer: Annotated[str | None, typer.Option(help="What the claim answers: yes, south, 2016-03.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="What answers the question.")] = None,
    one_of: Annotated[
        str | None, typer.Option("--one-of", metavar="A,B", help="Answers of which only one can be true.")
    ] = None,
    new_source: Annotated[bool, typer.Option("--new-source", help="A name like a known one is another's.")] = False,
    field: Values = None,
    sure: Annotated[bool, typer.Option("--sure", help="The reading is right as it is: nothing is to check.")] = False,
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Correct fields of a claim, article, source or question; the log keeps what they were.

    Example: claims amend C1 --says "ISIS lost at least 400 fighters" --because "plainer"
    """
    wanted = changing.Amend(
        id=id_, set=dict(_pair(text) for text in set_ or ()), says=says, figure=figure, ours=ours, by=by,
        via=tuple(via or ()), of=of, new_source=new_source, where=where, when=when, stance=stance, answer=answer, kind=kind,
        one_of=one_of, fields=ownfields.pairs(field or ()), sure=sure, because=because,
    )  # fmt: skip
    done = ctx.obj.log(changing.amend, wanted)
    outlet = done.record.publisher if isinstance(done.record, r.Article) and "publisher" in wanted.set else None
    said = f"changed {done.about}" if done.changed else f"{done.about} is as it was"
    ctx.obj.result(done.record, said + (f": published by {outlet}" if outlet else ""))


def _pair(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadInput(f"not FIELD=VALUE: {text}", hint="such as --set published_at=2016-03-27")
    return name.strip().replace("-", "_"), value or None


def reread(
    ctx: Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID...]", help="Claims such as C1 C4-C7, or all; - reads a list.")
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Take the new reading.")] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the reading that the log has.")] = False,
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """List the claims that today's program reads otherwise than the log has them; take the new reading, or keep the old.

    What a person typed or corrected is never read again. A reading that was kept is asked about again only once the
    program reads it otherwise once more.

    Example: claims reread all --accept
    """
    if accept and keep:
        raise BadInput("--accept or --keep, not both")
    if (accept or keep) and not ids:
        raise BadInput("which claims?", hint="name them, or say all")
    named = tuple(given(ids or ()))
    if any(name.casefold() == "all" for name in named):
        named = ()
    if not (accept or keep):
        _differing(ctx.obj, named)
        return
    done = ctx.obj.log(changing.reread, changing.Reread(claims=named, keep=keep, because=because))
    said = "keeps its reading" if keep else "was read anew"
    ctx.obj.results(done.claims, lambda all_: "\n".join(f"{c.id} {said}" for c in all_), none=NOTHING_NEW)


def _differing(session: Session, named: tuple[str, ...]) -> None:
    from ledger import rereading

    with session.read() as ledger:
        found = rereading.differing(ledger, rereading.wanted(ledger, named))
        session.results(map(rereading.summary, found), nouns.rereadings, none=NOTHING_NEW)


NOTHING_NEW = "nothing is read otherwise"


def retract(
    ctx: Context,
    words: Ids,
    because: Because,
    with_claims: Annotated[
        bool, typer.Option("--with-claims", help="Also the claims of an article, a source or a question.")
    ] = False,
) -> None:
    """Take things back, with the reason; they stay in the log and in their history.

    What hangs on them is told: the claims of an article, those that name a source or are filed under a question.

    Example: claims retract C3 C5-C7 --because "logged twice"
    """
    session = ctx.obj
    wanted = changing.Retract(id=" ".join(given(words)), because=because, with_claims=with_claims)
    with session.write() as ledger:
        if session.asks and not with_claims:
            wanted = _asked(session, changing.retract.rehearse(ledger, wanted, actor=session.who), wanted)
        done = session.do(changing.retract, ledger, wanted)
    session.results(done.things, lambda all_: "\n".join(f"retracted {t.id}" for t in all_), none="")


def _asked(session: Session, would: changing.Retracted, wanted: changing.Retract) -> changing.Retract:
    """At a terminal whoever retracts says whether what hangs on it goes, too."""
    for notice in would.notices:
        if notice.code == changing.HANGING:
            session.say(notice.text)
            also: bool = typer.confirm("Take them back, too?", default=False, err=True)
            return r.replace(wanted, with_claims=also)
    return wanted


Count = Annotated[int, typer.Argument(metavar="[N]", help="How many commands.", min=1, max=1000)]


def undo(
    ctx: Context,
    count: Count = 1,
    list_: Annotated[bool, typer.Option("--list", help="Show what can be taken back, the newest first.")] = False,
) -> None:
    """Take back what your last command logged, by entries that reverse it; or the last N.

    What went out, and what was redacted, cannot be called back. What others changed since, or rest on, stays.

    Example: claims undo
    """
    if list_:
        _steps(ctx.obj)
        return
    undone = ctx.obj.log(changing.undo, changing.Undo(count=count))
    ctx.obj.result(undone, "\n".join(undone.what) or "it had changed nothing")


def _steps(session: Session) -> None:
    from itertools import islice

    from ledger import undoing

    with session.read() as ledger:
        found = islice(undoing.steps(ledger, session.who), LISTED)
        told = ({"step": n, "at": s.at, "batch": s.batch, "final": s.final, "did": histories.told(ledger, s)}
                for n, s in enumerate(found, 1))  # fmt: skip
        none = f"nothing of {session.who} to undo"
        session.results(told, lambda rows: "\n".join(histories.step_lines(rows)), none=none)


LISTED = 20
"""Commands that `undo --list` shows."""


def redo(ctx: Context, count: Count = 1) -> None:
    """Do again what you have undone since doing anything else; the last N.

    Example: claims redo
    """
    done = ctx.obj.log(changing.redo, changing.Redo(count=count))
    ctx.obj.result(done, "\n".join(done.what) or "it had changed nothing")


def note(
    ctx: Context,
    id_: Id,
    text: Annotated[str, typer.Argument(help="The note.")],
    public: Annotated[bool, typer.Option("--public", help="It may stand in reports; others never leave.")] = False,
    settles: Annotated[bool, typer.Option("--settles", help="It answers the open queries about the thing.")] = False,
) -> None:
    """Write a note on a thing, for the desk alone unless it is public.

    A note for the desk that ends in a question mark is an editor's query: no report is final until a note settles it.

    Example: claims note C1 "why not refuted?"
    """
    done = ctx.obj.log(changing.note, changing.Note(id=id_, text=text, public=public, settles=settles))
    ctx.obj.result(done, f"noted on {done.about}")


def tag(
    ctx: Context,
    words: Annotated[list[str], typer.Argument(metavar="ID... TAG...", help="What is tagged, then the tags.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take them off.")] = False,
) -> None:
    """Tag things, or take tags off.

    Example: claims tag C1 C4-C7 palmyra casualties
    """
    first = next(
        (n for n, word in enumerate(words) if word != "-" and not all(map(ids.looks_like, ids.words(word)))), 0
    )
    if not first:
        raise BadInput("ids, then tags", hint="claims tag C1 C4-C7 quake")
    names, tags = given(words[:first]), tuple(words[first:])
    done = ctx.obj.log(changing.tag, changing.Tag(id=" ".join(names), tags=tags, out=remove))
    ctx.obj.result(done, f"{'untagged' if remove else 'tagged'} {', '.join(done.about)}")


def redact(
    ctx: Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="A thing, an entry's uid, or the hash of kept bytes.")],
    because: Because,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be blanked.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; needed where nobody can be asked.")] = False,
) -> None:
    """Blank everything that names a thing: a privacy or court order. This cannot be undone.

    The hashes stay, so that the log still proves itself; who redacted, when and why stays too.

    Example: claims redact C12 --because "court order 12/26" --dry-run
    """
    from ledger import redaction

    session = ctx.obj
    if not dry_run:
        session.sure(f"Blank everything that names {id_}? It cannot be undone.", yes=yes)
    with session.write() as ledger:
        done = redaction.redact(ledger, id_, because=because, actor=session.who, dry_run=dry_run)
    session.result(done, nouns.redaction_lines(done))


APPS = {
    "amend": amend,
    "reread": reread,
    "retract": retract,
    "undo": undo,
    "redo": redo,
    "note": note,
    "tag": tag,
    "redact": redact,
}
