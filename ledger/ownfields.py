"""Fields of one's own: what a newsroom keeps of its claims, articles, sources and questions besides what every ledger has.

A value is kept in one spelling of its type, so that the same is the same everywhere; what does not fit is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any, TypeVar

from ledger import dates
from ledger import records as r
from ledger.errors import BadInput, NotFound
from ledger.store import Ledger, beside, resting
from ledger.text import folding
from ledger.vocabulary import EntryKind, FieldOn, FieldType, Letter

if TYPE_CHECKING:
    from ledger.store import Writer

NOUNS = {
    Letter.CLAIM: FieldOn.CLAIM, Letter.ARTICLE: FieldOn.ARTICLE, Letter.SOURCE: FieldOn.SOURCE,
    Letter.QUESTION: FieldOn.QUESTION,
}  # fmt: skip

Named = TypeVar("Named", r.OwnField, r.Template)


def named(ledger: Ledger, name: str, on: FieldOn | None = None) -> r.OwnField:
    """The field with this name; NotFound where there is none, BadInput where other things have it."""
    found = _by_name(beside.fields(ledger), name, "field")
    if on not in (None, found.on):
        raise BadInput(f"{found.name!r} is a field of {found.on}s, and not of {on}s")
    return found


def template(ledger: Ledger, name: str | None) -> r.Template:
    """The template with this name; without one, a template of nothing."""
    return r.Template("", "") if name is None else _by_name(beside.templates(ledger), name, "template")


def _by_name(known: list[Named], name: str, what: str) -> Named:
    folded = folding.name(name)
    if (found := next((one for one in known if one.folded == folded), None)) is not None:
        return found
    there = ", ".join(one.name for one in known) or "none"
    raise NotFound(f"no {what} {name!r}", hint=f"there are: {there}; claims {what} add makes one")


# --- values -------------------------------------------------------------------------------------------------------


def value(field: r.FieldDraft, text: str) -> str | None:
    """What a person typed in the spelling of the field's type, None for nothing; BadInput for what does not fit."""
    given = text.strip()
    if folding.is_blank(given):
        return None
    try:
        return READERS[field.type](field, given)
    except BadInput as e:
        raise BadInput(f"{field.name}: {e.message}", hint=e.hint) from None


def _number(_field: r.FieldDraft, given: str) -> str:
    try:
        number = Decimal(given)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(given) > DIGITS or abs(number.adjusted()) > DIGITS:
        raise BadInput(f"not a number: {given[:60]!r}", hint="digits alone, with a point for decimals: 1200.5")
    kept = f"{number.normalize() + 0:f}"
    if len(kept) > DIGITS:
        raise BadInput(f"too long a number: {given[:60]!r}")
    return kept


DIGITS = 28
"""Of the longest number; longer ones would be rounded."""


def _yes_or_no(_field: r.FieldDraft, given: str) -> str:
    said = given.casefold()
    if said not in YES | NO:
        raise BadInput(f"neither yes nor no: {given[:60]!r}")
    return "yes" if said in YES else "no"


YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0"})


def _choice(field: r.FieldDraft, given: str) -> str:
    found = next((c for c in field.choices if folding.name(c) == folding.name(given)), None)
    if found is None:
        raise BadInput(f"not one of its choices: {given[:60]!r}", hint=f"there are: {', '.join(field.choices)}")
    return found


READERS: dict[FieldType, Callable[[r.FieldDraft, str], str]] = {
    FieldType.TEXT: lambda _, given: given, FieldType.NUMBER: _number, FieldType.DATE: lambda _, given: dates.as_typed(given),
    FieldType.YES_NO: _yes_or_no, FieldType.CHOICE: _choice,
}  # fmt: skip


def fits(field: r.FieldDraft, kept: str) -> bool:
    """True where a value that was kept is one that the field as it is now would keep."""
    try:
        return value(field, kept) == kept
    except BadInput:
        return False


def unfit(ledger: Ledger, uid: str, field: r.FieldDraft) -> str | None:
    """The first thing, by id, with a value that would not fit if the field with this uid were like that."""
    return next((name for name, kept in resting.values_of(ledger, uid) if not fits(field, kept)), None)


def pairs(texts: Iterable[str]) -> dict[str, str]:
    """Values by the names of their fields, from "victim age=34" each."""
    found: dict[str, str] = {}
    for text in texts:
        name, sign, given = text.partition("=")
        if not sign or folding.name(name) in map(folding.name, found):
            raise BadInput(f"not a field and its value: {text!r}", hint='each once, such as --field "victim age=34"')
        found[name.strip()] = given
    return found


def put(writer: Writer, thing: r.Thing, given: Mapping[str, str], *, because: str | None = None) -> None:
    """Gives a thing these values; an empty one takes it away, and what is so already is not logged again."""
    on = NOUNS.get(Letter(thing.id[0]))
    if given and on is None:
        raise BadInput(f"{thing.id} has no fields of your own", hint="claims, articles, sources and questions have")
    for name, text in given.items():
        field = named(writer.ledger, name, on)
        said = value(field, text)
        if said != resting.value_of(writer.ledger, thing.uid, field.uid):
            writer.append(EntryKind.VALUE, r.ValueDraft(field.uid, said, because), about=thing.uid)


def dress(writer: Writer, claim: r.Thing, usual: r.Template, given: Mapping[str, str]) -> None:
    """Gives a claim that was just logged the tags of a template, and its values."""
    for tag in usual.tags:
        writer.append(EntryKind.TAG, r.TagDraft(tag), about=claim.uid)
    put(writer, claim, given)


# --- reading ------------------------------------------------------------------------------------------------------

Found = TypeVar("Found", r.Claim, r.Article, r.Source, r.Question)


def with_own(ledger: Ledger, one: Found) -> Found:
    """The record with its values, also those that stay in the house."""
    return r.replace(one, fields=beside.values(ledger, about=one.uid).get(one.uid, {}))


def filled(ledger: Ledger, found: Iterable[Found]) -> Iterator[Found]:
    """The same of many."""
    known = beside.values(ledger)
    return (r.replace(one, fields=known[one.uid]) if one.uid in known else one for one in found)


CONDITION = re.compile(r"(.*?)\s*(>=|<=|!=|=|>|<)\s*(.*)", re.DOTALL)
SIGNS: dict[str, Callable[[Any, Any], bool]] = {">=": ge, "<=": le, "!=": ne, "=": eq, ">": gt, "<": lt}
ORDERED = (FieldType.NUMBER, FieldType.DATE)


def matching(ledger: Ledger, condition: str, on: FieldOn | None) -> Callable[[str], bool]:
    """Whether the thing with a uid is as "victim age>30" says; "victim age" alone: has a value, "victim age=": has none."""
    parts = CONDITION.fullmatch(condition)
    name, sign, text = parts.groups() if parts else (condition, "", "")
    field = named(ledger, name, on)
    held = {uid: known[field.name] for uid, known in beside.values(ledger, field=field.uid).items()}
    wanted = value(field, text)
    if wanted is None:
        if sign not in ("", "=", "!="):
            raise BadInput(f"{field.name} is compared with nothing", hint='such as "victim age>30"')
        return lambda uid: (uid in held) != (sign == "=")
    if sign not in ("=", "!=") and field.type not in ORDERED:
        raise BadInput(f"{field.name} is no number and no date: only = and != compare it")
    return lambda uid: uid in held and SIGNS[sign](_key(field, held[uid]), _key(field, wanted))


def _key(field: r.OwnField, kept: str) -> object:
    """A value as it is compared."""
    if field.type is FieldType.NUMBER:
        return Decimal(kept)
    return kept if field.type is FieldType.DATE else folding.name(kept) or kept
