"""Right of reply, and searches that found nothing: what was asked of whom, what came back, what was looked for in vain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger import changes, dates, sources
from ledger import records as r
from ledger.errors import BadInput
from ledger.evidence import Item
from ledger.store import Ledger, Writer, read
from ledger.vocabulary import EntryKind, Letter
from ledger.work import due, utc_now


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it is put to a source."""

    channel: str
    asked_at: str | None = None
    """Today where it is not given."""
    due: str | None = None
    text: str | None = None


def source_named(ledger: Ledger, name: str) -> r.Source | None:
    """The source with this id or name; None where the name is new."""
    if read.ID.fullmatch(name.strip()):
        return read.source(ledger, changes.standing(ledger, name, Letter.SOURCE).uid)
    return read.source_by_folded(ledger, sources.fold_name(name))


def ask(writer: Writer, source: str, about: str, asking: Asking) -> str:
    """Logs that a source was asked about a claim or question; gives the uid of the request."""
    thing = changes.standing(writer.ledger, about, Letter.QUESTION, Letter.CLAIM)
    known = source_named(writer.ledger, source)
    if not asking.channel.strip():
        raise BadInput("how was it asked?", hint="--by-email, --by-phone, --by-letter, or --by TEXT")
    asked_at = _day_or_time(asking.asked_at) or utc_now()
    until = due(asking.due) if asking.due is not None else None
    if until and until[:10] < asked_at[:10]:
        raise BadInput(f"the reply is due on {until[:10]}, before it was asked for on {asked_at[:10]}")
    draft = r.RequestDraft(
        target=thing.uid, source=known.uid if known else sources.source_uid(writer, source), channel=asking.channel.strip(),
        asked_at=asked_at, due=until or None, text=asking.text,
    )  # fmt: skip
    return writer.append(EntryKind.REQUEST, draft)


def reply(
    writer: Writer, request: str, *, text: str | None, file: Item | None = None, received_at: str | None = None
) -> str:
    """Logs what came back; a later reply is put beside an earlier one."""
    thing = changes.standing(writer.ledger, request, Letter.REQUEST)
    if not (text or "").strip() and file is None:
        raise BadInput("an empty reply", hint="give its words, or the file it came in")
    if file is not None and file.data is None:
        raise BadInput("the reply is too large to be kept", hint="save its text alone, and log the rest as evidence")
    draft = r.ReplyDraft(
        text=text, blob=writer.put_blob(file.data) if file and file.data is not None else None,
        received_at=_day_or_time(received_at) or utc_now(), name=file.name if file else None,
        media_type=file.media_type if file else None,
    )  # fmt: skip
    return writer.append(EntryKind.REPLY, draft, about=thing.uid)


@dataclass(frozen=True, slots=True)
class Searched:
    """A search as it was made."""

    sought: str
    where: Sequence[str]
    on: str | None = None
    found: int = 0
    failed: str | None = None
    """Why it could not be found out: not the same as nothing found."""


def search(writer: Writer, about: str, made: Searched) -> str:
    """Logs a search for a claim or question, above all one that found nothing."""
    thing = changes.standing(writer.ledger, about, Letter.QUESTION, Letter.CLAIM)
    places = tuple(w.strip() for w in made.where if w.strip())
    if not made.sought.strip():
        raise BadInput("what was searched for?")
    if not places:
        raise BadInput("where was it searched?", hint="--where 'Amaq on Telegram', again for each place")
    if made.found and made.failed:
        raise BadInput(
            "a search that failed found nothing that can be counted", hint="give --found or --failed, not both"
        )
    draft = r.SearchDraft(made.sought, places, _day_or_time(made.on) or utc_now(), made.found, made.failed)
    return writer.append(EntryKind.SEARCH, draft, about=thing.uid)


def _day_or_time(value: str | None) -> str | None:
    if value is None:
        return None
    first = dates.window(value)
    if (first.earliest or "")[:10] > utc_now()[:10]:
        raise BadInput(f"{value} has not come yet")
    return value
