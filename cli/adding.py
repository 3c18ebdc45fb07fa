"""Logging a claim: by flags, on a card at the terminal, in an editor, or as JSON on standard input."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from cli import card, people, render
from cli.apps import Context, command
from cli.session import Session
from ledger import capture, claims, suggest, text
from ledger import records as r
from ledger.errors import BadInput
from ledger.merkle import loads
from ledger.records import replace
from ledger.store import Ledger, read, write
from ledger.vocabulary import Letter, Mode, Role

Quote = Annotated[
    str, typer.Argument(metavar="QUOTE", help="The words, exactly as they stand; - reads JSON from standard input.")
]


def add(
    ctx: Context,
    quote: Quote,
    article: Annotated[
        str | None, typer.Option(metavar="ID", help="The article; on a terminal the last one captured.")
    ] = None,
    by: Annotated[str | None, typer.Option(help='The original source: "a military source".')] = None,
    via: Annotated[
        list[str] | None, typer.Option(help="Who passed it on, outermost first; may be given again.")
    ] = None,
    of: Annotated[str | None, typer.Option(help="The organisation the source belongs to.")] = None,
    cue: Annotated[str | None, typer.Option(help='The words that attribute it: "said".')] = None,
    says: Annotated[str | None, typer.Option(help="One checkable sentence in our own words.")] = None,
    figure: Annotated[
        str | None, typer.Option(help='The figure, if not as found: "at least 400 militants", or none.')
    ] = None,
    when: Annotated[str | None, typer.Option(help="When it happened: 2016-03-25/26.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Until when it was counted.")] = None,
    where: Annotated[str | None, typer.Option(help="Where it happened.")] = None,
    scope: Annotated[str | None, typer.Option(help="What is counted, in a word or two.")] = None,
    read_as: Annotated[str | None, typer.Option(help='How you read a word so that it compares: "killed".')] = None,
    because: Annotated[str | None, typer.Option(help="Why it may be read so.")] = None,
    prefix: Annotated[str | None, typer.Option(help="Words before it, where it stands twice.")] = None,
    occurrence: Annotated[int | None, typer.Option(help="Which one, where it stands twice: 1, 2, ...", min=1)] = None,
    question: Annotated[
        str | None, typer.Option(metavar="ID|TEXT", help="The question it answers; made where it is new.")
    ] = None,
    translation: Annotated[str | None, typer.Option(help="A translation, by you.")] = None,
    cite: Annotated[str | None, typer.Option(help="Where it was heard or printed, when no copy can be kept.")] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Fill the claim in with your editor.")] = False,
) -> None:
    """Log a claim: a quote from a saved copy, and who said it.

    On a terminal a fragment is enough: it grows to its clause, and its source, figure and dates are proposed on a card.
    With --no-input the quote is taken as it is typed, and --article is needed.

    Example: claims add "at least 400" --article A1 --by "Syrian Observatory for Human Rights" --no-input
    """
    session = ctx.obj
    if quote == "-":
        fields = _from_stdin()
    else:
        fields = {
            "exact": quote, "article": article, "by": by, "via": via, "of": of, "cue": cue, "says": says, "figure": figure,
            "when": when, "as_of": as_of, "where": where, "scope": scope, "read_as": read_as, "because": because,
            "prefix": prefix, "occurrence": occurrence, "question": question, "translation": translation, "cite": cite,
        }  # fmt: skip
    with session.write(start=True) as ledger:
        if session.asks and fields.get("cite") is None:
            _on_card(session, ledger, fields, edit=edit)
        else:
            _as_typed(session, ledger, fields)


FIELDS = frozenset(
    [
        "exact",
        "article",
        "by",
        "via",
        "of",
        "cue",
        "says",
        "figure",
        "when",
        "as_of",
        "where",
        "scope",
        "read_as",
        "because",
        "prefix",
        "occurrence",
        "question",
        "translation",
        "cite",
    ]
)


def _from_stdin() -> r.Json:
    """The fields as one JSON object, named like the options."""
    data = loads(sys.stdin.buffer.read(1 << 20))
    if not isinstance(data, dict) or not isinstance(data.get("exact"), str):
        raise BadInput(
            "one JSON object with the field exact is needed", hint='{"exact": "...", "article": "A1", "by": "..."}'
        )
    fields = {name.replace("-", "_"): value for name, value in data.items()}
    if unknown := sorted(fields.keys() - FIELDS):
        raise BadInput(f"unknown field {unknown[0]!r}", hint="the fields are " + ", ".join(sorted(FIELDS)))
    if wrong := sorted(n for n, v in fields.items() if not _fits(n, v)):
        raise BadInput(f"{wrong[0]} is not of the right type")
    return fields


def _fits(name: str, value: Any) -> bool:
    if value is None:
        return name != "exact"
    if name == "via":
        return isinstance(value, list) and all(isinstance(v, str) for v in value)
    return isinstance(value, int if name == "occurrence" else str)


def chain_of(by: str | None, via: Sequence[str] | None, of: str | None, cue: str | None) -> tuple[r.Hop, ...]:
    """The chain that the flags say: relays, then the organisation, then the original source."""
    relays = [r.Hop(name, Role.RELAY) for name in via or ()]
    if by is None:
        if of is not None:
            return (*relays, r.Hop(of, Role.ORIGIN, cue=cue))
        if relays:
            raise BadInput("--via needs --by", hint='an original source that is not named is: --by "a military source"')
        return ()
    parents = [r.Hop(of, Role.AFFILIATION)] if of else []
    return (*relays, *parents, r.Hop(by, Role.ORIGIN, cue=cue))


def claim_of(session: Session, fields: r.Json, found: r.Found | None) -> tuple[r.Claim, claims.Hints]:
    """The claim that the fields ask for, and what helps to find it in the text."""
    given = {k: v for k, v in fields.items() if v not in (None, "", [])}
    translation = given.get("translation")
    claim = r.Claim(
        attribution=chain_of(given.get("by"), given.get("via"), given.get("of"), given.get("cue")),
        translation=r.Translation(translation, by=session.who) if translation else None,
        times=claims.given_times(given.get("when"), given.get("as_of")),
        place=r.Place(given["where"]) if given.get("where") else None,
        reading=claims.given_reading(given.get("read_as"), given.get("because")),
        mode=found.mode if found else Mode.NONE,
        **{k: v for k, v in given.items() if k in PLAIN_FIELDS},
    )
    chain = found.attribution if found else ()
    return claim, claims.Hints(occurrence=given.get("occurrence"), figure=given.get("figure"), chain=chain)


PLAIN_FIELDS = frozenset(["exact", "says", "scope", "prefix", "cite"])


def page_of(session: Session, ledger: Ledger, fields: r.Json) -> claims.Page:
    """The article meant: the one named, on a terminal the last one; for a citation alone, one made from it."""
    if fields.get("article"):
        return claims.page(ledger, read.article(ledger, read.thing(ledger, fields["article"], Letter.ARTICLE).uid))
    if fields.get("cite"):
        with write(ledger, session.who) as writer:
            article, _ = capture.note_article(writer, file=None, title=fields["cite"])
        return claims.Page(article, None, None)
    if not session.asks:
        raise BadInput("which article? --article is needed here", hint="claims list articles shows them")
    last = read.last_article(ledger)
    if last is None:
        raise BadInput("no article yet", hint="save one first: claims capture FILE|URL")
    return claims.page(ledger, last)


def log_claim(session: Session, ledger: Ledger, page: claims.Page, fields: r.Json, found: r.Found | None) -> r.Claim:
    """Logs one claim in one batch and files it; warnings go to standard error."""
    given, hints = claim_of(session, fields, found)
    people.heed(session, ledger, [hop.source for hop in given.attribution])
    with write(ledger, session.who) as writer:
        logged = claims.log(writer, page, given, hints)
        if fields.get("question"):
            claims.file(writer, logged.uid, claims.question_uid(writer, fields["question"]))
    for warning in logged.warnings:
        session.say(warning)
    return read.claim(ledger, logged.uid)


# --- without a person ---------------------------------------------------------------------------------------------


def _as_typed(session: Session, ledger: Ledger, fields: r.Json) -> None:
    page = page_of(session, ledger, fields)
    found = None if fields.get("cite") else statement_at(page, fields)
    claim = log_claim(session, ledger, page, fields, found)
    if found and found.attribution and not claim.attribution:
        origin = found.attribution[-1]
        session.say(
            f"the text attributes this to {origin.text} ({origin.cue or 'implied'}); "
            "it was logged in the publisher's own voice\n"
            f"  to add it: claims amend {claim.id} --by {origin.text!r}"
        )
    tell(session, claim)


def statement_at(page: claims.Page, fields: r.Json) -> r.Found | None:
    """What the suggester reads at the place of the quote; the quote must stand there."""
    if page.text is None:
        return None
    place = text.locate(page.text, fields["exact"], occurrence=fields.get("occurrence"), prefix=fields.get("prefix"))
    return suggest.at(page.text, place.start, place.end, page.article.published_at)


def tell(session: Session, claim: r.Claim) -> None:
    if session.json:
        session.show(claim)
        return
    from cli import words

    figure = f"  [{words.figures(claim)}]" if claim.quantities else ""
    rest = f"{figure}  according to {words.by(claim)}"
    quoted = render.short(claim.exact, max(30, render.width() - len(claim.id) - len(rest) - 5))
    session.show(f"{render.styled(claim.id, render.BOLD)}  “{quoted}”{rest}")


# --- on the card --------------------------------------------------------------------------------------------------


def _on_card(session: Session, ledger: Ledger, fields: r.Json, *, edit: bool) -> None:
    """Proposes what the text says about the fragment, and logs what the person accepts."""
    page = page_of(session, ledger, fields)
    if page.text is None:
        _as_typed(session, ledger, fields)
        return
    fields, found = _grown(page, fields)
    accepted = card.settle(page, fields, edit=edit)
    if accepted is None:
        session.say("nothing was logged")
        return
    claim = log_claim(session, ledger, page, accepted, found)
    tell(session, claim)
    for other in card.others(page, claim):
        more, reading = _grown(page, {"exact": other.exact, "article": page.article.id, "prefix": None}, at=other)
        tell(session, log_claim(session, ledger, page, more, reading))


def _grown(page: claims.Page, fields: r.Json, at: r.Found | None = None) -> tuple[r.Json, r.Found]:
    """The fields with the fragment grown to its clause and with the chain that the text gives, where none was given."""
    body = page.text or ""
    if at is None:
        place = text.locate(body, fields["exact"], occurrence=card.chosen(body, fields), prefix=fields.get("prefix"))
        at = suggest.at(body, place.start, place.end, page.article.published_at)
        if not at.start <= place.start or not place.end <= at.end:
            at = replace(at, exact=place.exact, start=place.start, end=place.end)
    grown = dict(fields, exact=at.exact, occurrence=card.occurrence_of(body, at), prefix=None)
    if not grown.get("by") and not grown.get("via") and not grown.get("of"):
        grown |= card.chain_fields(at)
    return grown, at


APPS = {"add": command(add)}
