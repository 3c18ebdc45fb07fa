"""The card: what the program read about a claim, for a person to accept, change or drop."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cli import render, words
from cli.apps import typer
from cli.keys import Keys, Lines
from cli.nouns import tell_claim
from cli.session import Session
from ledger import claims, ownfields
from ledger import records as r
from ledger.errors import Ambiguous, BadInput
from ledger.store import Ledger
from ledger.text import TOLD_BY, doubts, folding
from ledger.verbs import adding
from ledger.verbs.adding import Add, Added
from ledger.vocabulary import TimeRole

FIELDS = {
    "exact": "the words, as they stand in the copy",
    "by": "who says it, the original source",
    "via": "who passed it on; | between several",
    "of": "the organisation of the source",
    "cue": "the words that attribute it: said",
    "stance": "what the source does: asserts, denies, doubts, asks, announces",
    "says": "the claim in our words",
    "figure": "the figure, as the source words it; none for none",
    "when": "when it happened: 2016-03-25/26",
    "as_of": "until when it was counted",
    "where": "where it happened",
    "scope": "what is counted, in a word or two",
    "read_as": "how you read a word, so that it compares: killed",
    "because": "why it may be read so",
    "question": "the question that it answers, by id or in words",
}
"""What of a claim a person can change, and what it is."""
NAMES = {"exact": "words", "by": "source", "says": "in our words", "as_of": "counted until", "read_as": "read as"}


def add(session: Session, ledger: Ledger, request: Add, *, edit: bool) -> None:
    """Proposes what the text says about the fragment, logs what the person accepts, and offers the sentence's other figures."""
    accepted = settle(session, ledger, request, edit=edit)
    if accepted is None:
        session.say("nothing was logged")
        return
    done = adding.add(ledger, accepted, actor=session.who)
    session.tell(n for n in done.notices if n.code == adding.CUE)
    tell_claim(session, done.claim)
    for other in _picked(done.others):
        tell_claim(session, session.do(adding.add, ledger, other).claim)


def settle(session: Session, ledger: Ledger, request: Add, *, edit: bool) -> Add | None:
    """The request as a person wants it; None where nothing is to be logged."""
    draft = _draft(session, ledger, request)
    while True:
        if edit:
            try:
                figure = "; ".join(q.text for q in draft.claim.quantities)
                request = form(draft.request, figure, Lines({}, quiet=False))
                draft = _draft(session, ledger, request)
            except BadInput as e:  # the card stays, with what was read
                _print([f"! {e.message}", f"  {e.hint or ''}"])
        _print(list(_lines(draft)))
        key = _key()
        if key in ("", "a", "accept"):
            session.agree(draft.notices)
            own = asked_for(ledger, draft.request.template, draft.request.fields, _own_field)
            return r.replace(draft.request, sure=(*draft.request.sure, *_stood_for(draft.claim)), fields=own)
        if key in ("r", "reject", "q", "stop"):
            return None
        edit = True


def asked_for(
    ledger: Ledger, template: str | None, given: dict[str, str], ask: Callable[[str], str | None]
) -> dict[str, str]:
    """Values with those of a template's fields that a person gives besides; one that does not fit is asked for again."""
    found = dict(given)
    for name in ownfields.template(ledger, template).fields:
        field, said = ownfields.named(ledger, name), ""
        while folding.name(name) not in map(folding.name, found):
            kind = ", ".join(field.choices) or field.type
            if (typed := ask(f"{said}{name} ({kind}; Enter: not known)")) is None:
                raise BadInput(f"nothing was logged: {name} was not answered")
            try:
                found[name] = ownfields.value(field, typed) or ""
            except BadInput as e:
                said = f"{e.message}. "
    return found


def _own_field(what: str) -> str:
    typed: str = typer.prompt(what, default="", show_default=False, err=True)
    return typed


def _key() -> str:
    """Enter, a, e, r or q: the keys of a triage; what is none of them is asked again."""
    while True:
        answer: str = typer.prompt("Enter logs it, e edits, q drops it", default="", show_default=False, err=True)
        if (key := answer.strip().casefold()) in ("", "a", "accept", "e", "edit", "r", "reject", "q", "stop"):
            return key
        _print([f"{key!r} is no key here: a or Enter logs it, e edits it, r or q drops it"])


def _stood_for(claim: r.Claim) -> Iterator[str]:
    """The fields whose doubtful reading the person says is right; Enter leaves them to be checked."""
    for field in dict.fromkeys(u.field for u in claim.unsure):
        doubt = "; ".join(doubts([u for u in claim.unsure if u.field == field]))
        if not r.was_read(claim, field):
            _print([f"  not read: {doubt}; it stays to be checked until somebody says what it is (e)"])
        elif typer.confirm(f"not sure: {doubt}. Did you check it, and is it right?", default=False, err=True):
            yield field


def _draft(session: Session, ledger: Ledger, request: Add) -> Added:
    """What would be logged; where the words stand more than once, the person says which are meant."""
    try:
        return adding.add.rehearse(ledger, request, actor=session.who)
    except Ambiguous as e:
        _print([f"  {n}  {passage}" for n, passage in enumerate(e.passages, 1)])
        chosen = r.replace(request, occurrence=_number("which one", len(e.passages)), prefix=None)
        return _draft(session, ledger, chosen)


def _print(lines: list[str]) -> None:
    render.message("\n".join(lines))


def _lines(draft: Added) -> Iterator[str]:
    """The card: the claim, then what is known of it, a line each."""
    claim, request = draft.claim, draft.request
    said_by = f"{request.by} of {request.of}" if request.by and request.of else request.by or request.of
    own = words.voice(claim) if claim.unsure else f"{claim.publisher or 'its publisher'}, in its own voice"
    source = said_by or own
    facts = [
        (TOLD_BY[claim.stance], source + (f" ({request.cue})" if said_by and request.cue else "") + words.doubt(claim)),
        ("via", ", ".join(request.via)),
        ("figure", "; ".join(words.quantity_line(q) for q in claim.quantities)),
        *(
            (words.TIME_WORDS[role], "; ".join(words.time_line(t) for t in claim.times if t.role is role))
            for role in TimeRole
        ),
        ("where", request.where),
        ("in our words", request.says),
        ("read as", request.read_as),
        ("answers", request.question),
        *request.fields.items(),
        ("in", f"{claim.article} {claim.title or ''}"),
    ]
    yield ""
    yield render.wrapped(f"“{claim.exact}”", indent="  ")
    yield from (f"  {name:<16} {' '.join(str(value).split())}" for name, value in facts if value)
    if claim.unsure:
        yield f"  {'to check':<16} {'; '.join(doubts(claim.unsure))}"


def _number(what: str, most: int) -> int:
    """A number from 1 to `most`, asked for until it is one."""
    while True:
        answer: str = typer.prompt(f"{what} (1 to {most})", default="1", err=True)
        if answer.isdecimal() and 1 <= int(answer) <= most:
            return int(answer)


def _picked(offered: tuple[Add, ...]) -> list[Add]:
    """The other figures of the sentence that a person wants logged too."""
    if not offered:
        return []
    _print(["", "  also in this sentence:", *(f"  {n}  “{o.exact}”" for n, o in enumerate(offered, 1))])
    answer = typer.prompt("log which (1,2; Enter: none)", default="", show_default=False, err=True)
    picked = [int(n) for n in answer.replace(",", " ").split() if n.isdecimal()]
    return [offered[n - 1] for n in picked if 0 < n <= len(offered)]


# --- field by field -----------------------------------------------------------------------------------------------


def form(request: Add, figure: str, desk: Keys) -> Add:
    """The request with the fields that a person changed; one that does not fit is said, and nothing typed is lost."""
    names, said = list(FIELDS), ""
    while True:
        rows = [
            f"{n:>3}  {NAMES.get(name, name):<14} {_value(request, name, figure) or f'({FIELDS[name]})'}"
            for n, name in enumerate(names, 1)
        ]
        desk.show([row[: render.width() - 1] for row in rows], [said or "a number changes a field"])
        chosen = desk.line("which field? (Enter: done)")
        if not chosen:
            return request
        if not (chosen.isdecimal() and 1 <= int(chosen) <= len(names)):
            said = f"there is no field {chosen}"
            continue
        name = names[int(chosen) - 1]
        typed = desk.line(f"{FIELDS[name]}; - takes it away", _value(request, name, figure))
        try:
            request, said = _changed(request, name, typed, figure), ""
        except BadInput as e:
            said = f"! {e.message}"


def _value(request: Add, name: str, figure: str) -> str:
    value = getattr(request, name)
    if name == "figure" and value is None:
        return figure
    return " ".join(str(" | ".join(value) if isinstance(value, tuple) else value or "").split())


def _changed(request: Add, name: str, typed: str | None, figure: str) -> Add:
    """The request with one field as it was typed; an empty line keeps it."""
    if not typed or typed == _value(request, name, figure):
        return request
    value: object = None if typed == "-" else typed
    if name == "via":
        value = [part.strip() for part in typed.split("|") if part.strip("- ")]
    if name == "figure" and typed == "-":
        value = "none"
    if name == "exact" and value is None:
        raise BadInput("a claim needs words")
    if name in ("by", "via", "of", "cue"):
        request = r.replace(request, read=False, sure=(*request.sure, "attribution"))
    changed = r.parse(Add, r.plain(request) | {name: value})
    claims.given_times(changed.when, changed.as_of)  # what is no time is said at once
    return changed
