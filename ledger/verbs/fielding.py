"""Fields of one's own, and templates for kinds of claims: added, changed, taken back."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from ledger import changes, claims, ownfields
from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.store import Ledger, Writer, beside, last_entry, listing, resting
from ledger.text import folding
from ledger.verbs.verb import verb
from ledger.vocabulary import EntryKind, FieldOn, FieldType, Kind


class AddField(Struct, frozen=True, kw_only=True):
    """A field of one's own: its name, what it belongs to and what it holds."""

    name: str
    on: FieldOn
    type: FieldType = FieldType.TEXT
    choices: tuple[str, ...] = ()
    public: bool = False
    because: str | None = None


@verb
def add_field(writer: Writer, request: AddField) -> r.OwnField:
    """Adds a field; BadInput where its name is taken, or is what imports and exports call something else."""
    name, folded = _new_name(writer.ledger, request.name)
    draft = r.FieldDraft(
        name, folded, request.on, request.type, _choices(request.type, request.choices), request.public, request.because
    )
    writer.append(EntryKind.FIELD, draft)
    return ownfields.named(writer.ledger, name)


def _new_name(ledger: Ledger, given: str) -> tuple[str, str]:
    """The name in one line, and as it is looked up."""
    from ledger.exchange import flat, import_line
    from ledger.exchange.sheets import fields as sheets

    name = " ".join(given.split())
    folded = folding.name(name)
    if not folded or len(name) > LONGEST or not name.isprintable() or not name[0].isalnum() or STRANGE & set(name):
        raise BadInput(
            f"no name for a field: {given[:60]!r}", hint="a word or two without quotation marks, commas or signs"
        )
    tables = (column for noun in FieldOn for column in listing.BY_NAME[f"{noun}s"].names)
    columns = {*flat.COLUMNS, *import_line.CLAIM, *import_line.ARTICLE, "article_id", *tables}
    if folded.replace(" ", "_") in columns or sheets.named(name):
        raise BadInput(f"{name!r} is a column of every ledger already", hint="call it otherwise")
    if (taken := next((f for f in beside.fields(ledger) if f.folded == folded), None)) is not None:
        raise BadInput(f"there is a field {taken.name!r} on {taken.on}s", hint="a name is used once, whatever it is on")
    return name, folded


LONGEST = 40
STRANGE = frozenset("\"'`[]{}<>=!|,;:\\")
"""Characters that mean something where names of fields stand: in conditions, in the headers of files."""


def _choices(type_: FieldType, given: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(" ".join(c.split()) for c in given if not folding.is_blank(c))
    if (type_ is FieldType.CHOICE) != bool(found) or (
        found and len({folding.name(c) for c in found}) < max(2, len(found))
    ):
        raise BadInput(
            "a choice has two or more that differ, and nothing else has any", hint='--type choice --choices "a,b"'
        )
    return found


class AmendField(Struct, frozen=True, kw_only=True):
    """A field by its name, and what of it is changed; a new name too."""

    field: str
    name: str | None = None
    type: FieldType | None = None
    choices: tuple[str, ...] | None = None
    public: bool | None = None
    because: str | None = None


@verb
def amend_field(writer: Writer, request: AmendField) -> r.OwnField:
    """Changes a field; Refused where a value that stands would not fit it any more."""
    found = ownfields.named(writer.ledger, request.field)
    change: dict[str, Any] = {n: v for n in ("type", "public") if (v := getattr(request, n)) is not None}
    if request.name is not None and " ".join(request.name.split()) != found.name:
        if folding.name(request.name) == found.folded:
            change["name"] = " ".join(request.name.split())
        else:
            change["name"], change["folded"] = _new_name(writer.ledger, request.name)
    if request.choices is not None or "type" in change:
        type_ = change.get("type", found.type)
        kept = found.choices if type_ is FieldType.CHOICE else ()
        change["choices"] = _choices(type_, kept if request.choices is None else request.choices)
    change = {n: v for n, v in change.items() if v != getattr(found, n)}
    if not change:
        raise BadInput(f"nothing of {found.name!r} changes")
    if misfit := ownfields.unfit(writer.ledger, found.uid, r.replace(found, **change)):
        raise Refused(
            f"the value of {misfit} would not fit", hint=f"change it first: claims amend {misfit} --field ..."
        )
    after = last_entry(writer.ledger, found.uid).uid
    draft = r.AmendDraft(EntryKind.FIELD, r.plain(change), after, request.because)
    writer.append(EntryKind.AMEND, draft, about=found.uid)
    return ownfields.named(writer.ledger, change.get("name", found.name))


class RetractField(Struct, frozen=True, kw_only=True):
    field: str
    because: str
    with_values: bool = False
    """Also where things have values of it, which are shown no more."""


@verb
def retract_field(writer: Writer, request: RetractField) -> r.OwnField:
    """Takes a field back; Refused where values rest on it, unless that is meant."""
    found = ownfields.named(writer.ledger, request.field)
    if (held := resting.values_of(writer.ledger, found.uid)) and not request.with_values:
        ids = ", ".join(name for name, _ in held[:10]) + (" ..." if len(held) > 10 else "")
        raise Refused(f"values of {found.name!r} stand: {ids}", hint="--with-values takes them out of sight, too")
    _retract(writer, found.uid, request.because)
    return found


def _retract(writer: Writer, uid: str, because: str) -> None:
    if folding.is_blank(because):
        raise BadInput("a retraction needs its reason", hint="--because ...")
    writer.append(EntryKind.RETRACT, r.RetractDraft(because), about=uid)


# --- templates ----------------------------------------------------------------------------------------------------


class AddTemplate(Struct, frozen=True, kw_only=True):
    """Defaults for a kind of claim, by name."""

    name: str
    tags: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """Names of fields that the card and the triage ask for."""
    question: str | None = None
    """The question, by id or in words, that such a claim answers where no other is said."""
    kind: Kind | None = None
    """What answers a question that is made with such a claim."""


@verb
def add_template(writer: Writer, request: AddTemplate) -> r.Template:
    """Adds a template."""
    ledger = writer.ledger
    name, folded = " ".join(request.name.split()), folding.name(request.name)
    if not folded or len(name) > LONGEST or not name.isprintable():
        raise BadInput(f"no name for a template: {request.name[:60]!r}")
    if any(known.folded == folded for known in beside.templates(ledger)):
        raise BadInput(f"there is a template {name!r}", hint=f"take it back first: claims template retract {name!r}")
    question = request.question and claims.question_uid(writer, request.question, kind=request.kind)
    draft = r.TemplateDraft(
        name, folded, tuple(changes.tag_of(tag) for tag in request.tags),
        tuple(ownfields.named(ledger, field, FieldOn.CLAIM).uid for field in request.fields), question, request.kind,
    )  # fmt: skip
    if not (draft.tags or draft.fields or draft.question or draft.kind):
        raise BadInput("a template of nothing", hint="name tags, fields or a question")
    writer.append(EntryKind.TEMPLATE, draft)
    return ownfields.template(ledger, name)


class RetractTemplate(Struct, frozen=True, kw_only=True):
    template: str
    because: str


@verb
def retract_template(writer: Writer, request: RetractTemplate) -> r.Template:
    """Takes a template back; claims that were logged with it stay as they are."""
    found = ownfields.template(writer.ledger, request.template)
    _retract(writer, found.uid, request.because)
    return found
