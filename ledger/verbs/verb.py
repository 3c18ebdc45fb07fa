"""What makes a function a verb: one write transaction when it is called, the same run and rolled back as a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import update_wrapper
from typing import Any, Generic, TypeVar

from msgspec import Struct

from ledger import records as r
from ledger.changes import body_data
from ledger.errors import BadInput, ClaimsError, MovedOn, Unread
from ledger.store import Ledger, Select, Writer, entries, read, rehearse, write
from ledger.vocabulary import Asked, EntryKind, Letter

Request = TypeVar("Request")
Result = TypeVar("Result")
Shown = TypeVar("Shown")
Seen = TypeVar("Seen")

HANDLE = "a handle keeps it out of the ledger: claims source protect @baker"


class Notice(Struct, frozen=True):
    """Something that the person should know and that did not stop the verb."""

    code: str
    text: str
    hint: str | None = None


class Logging(Struct, frozen=True):
    """An entry that would be logged; `about` is the short id that it would have."""

    kind: str
    about: str
    body: r.Json


class Effect(Struct, frozen=True):
    """A question's page before and after; `before` is None for a question that is new."""

    before: r.QuestionPage | None
    after: r.QuestionPage


class Draft(Struct, Generic[Result], frozen=True):
    """What a verb would do: its result, the entries and what would change in the questions they touch."""

    result: Result
    entries: tuple[Logging, ...]
    questions: tuple[Effect, ...]


class Verb(Generic[Request, Result]):
    """A verb: what it does inside a transaction, and what it shows of that afterwards, when others may write again."""

    def __init__(
        self, work: Callable[[Writer, Request], Any], show: Callable[[Ledger, Any], Result] | None = None
    ) -> None:
        self._work = work
        self._show = show
        self._prepare: Callable[[Ledger, Request], Request] | None = None
        self._ahead: Callable[[Request], Sequence[Select]] | None = None
        self._following: Callable[[Any], Sequence[Select]] | None = None
        update_wrapper(self, show or work)

    def then(self, show: Callable[[Ledger, Result], Shown]) -> Verb[Request, Shown]:
        """Makes a verb of this one's work and of what reads, once it is logged, what is shown of it."""
        return Verb(self._work, show)

    def within(self, writer: Writer, request: Request) -> Result:
        """Does it as a part of a transaction that another verb has opened."""
        done: Any = self._work(writer, request)
        return self._show(writer.ledger, done) if self._show else done

    def before(self, prepare: Callable[[Ledger, Request], Request]) -> Callable[[Ledger, Request], Request]:
        """Decorates what fills in a request before the transaction, where that takes too long to hold others up."""
        self._prepare = prepare
        return prepare

    def ahead(self, says: Callable[[Request], Sequence[Select]]) -> Callable[[Request], Sequence[Select]]:
        """Decorates what says of a request which statements its work reads first: a server is asked for all of them at once."""
        self._ahead = says
        return says

    def following(self, says: Callable[[Any], Sequence[Select]]) -> Callable[[Any], Sequence[Select]]:
        """Decorates what says of the work done which statements are read to show it: a server is asked for them with COMMIT."""
        self._following = says
        return says

    def _reads(self, request: Request) -> Sequence[Select]:
        return self._ahead(request) if self._ahead else ()

    def _prepared(self, ledger: Ledger, request: Request) -> Request:
        return self._prepare(ledger, request) if self._prepare else request

    def __call__(
        self, ledger: Ledger, request: Request, *, actor: str | None = None, seen: int | None = None
    ) -> Result:
        """Does it in one transaction, by default in the name that the ledger was opened with; refused, it leaves nothing.

        With `seen`, the size of the log that a person looked at, MovedOn where it has grown since.
        """
        request = self._prepared(ledger, request)
        with write(ledger, acting(ledger, actor), lambda: self._reads(request)) as writer:
            if seen is not None and writer.size != seen:
                raise MovedOn(seen, writer.size)
            done = self._work(writer, request)
            if self._following:
                ledger.following = self._following(done)
        return self._shown(ledger, done)

    def _shown(self, ledger: Ledger, done: Any) -> Result:
        """What is shown of what is logged; Unread where that cannot be read any more."""
        if self._show is None:
            return done  # type: ignore[no-any-return]
        try:
            return self._show(ledger, done)
        except (ClaimsError, KeyboardInterrupt) as e:
            raise Unread(e) from None

    def rehearse(self, ledger: Ledger, request: Request, *, actor: str | None = None) -> Result:
        """What it would give; nothing is logged."""
        return self.seen(ledger, request, lambda result: result, actor=actor)

    def seen(
        self, ledger: Ledger, request: Request, look: Callable[[Result], Seen], *, actor: str | None = None
    ) -> Seen:
        """What `look` sees of the ledger as if it were done; nothing is logged."""
        request = self._prepared(ledger, request)
        with rehearse(ledger, acting(ledger, actor), lambda: self._reads(request)) as writer:
            return look(self.within(writer, request))

    def draft(self, ledger: Ledger, request: Request, *, actor: str | None = None) -> Draft[Result]:
        """Runs the same code, looks at what it would leave, and rolls it back; it refuses what the verb refuses."""
        from ledger.reports.page import page

        request = self._prepared(ledger, request)
        with rehearse(ledger, acting(ledger, actor), lambda: self._reads(request)) as writer:
            start = writer.size
            result = self.within(writer, request)
            logged = list(entries(ledger, since=start))
            would = tuple(Logging(e.kind, read.short_id(ledger, e.about), body_data(e)) for e in logged)
            after = {uid: page(ledger, uid) for uid in _questions(ledger, logged)}
        new = {e.uid for e in logged}
        effects = (Effect(None if uid in new else page(ledger, uid), then) for uid, then in after.items())
        return Draft(result, would, tuple(effects))


def verb(work: Callable[[Writer, Request], Result]) -> Verb[Request, Result]:
    """Makes a verb of the work that is done inside its transaction."""
    return Verb(work)


def acting(ledger: Ledger, actor: str | None) -> str:
    """Who acts: as said, else the name that the ledger was opened with."""
    if (name := actor or ledger.actor) is None:
        raise BadInput("who acts?", hint='ledger.open(path, actor="eva"), or actor="eva" for one verb')
    return name


def _questions(ledger: Ledger, logged: Iterable[r.Entry]) -> list[str]:
    """The questions, by uid, that these entries make, change, or have claims of."""
    found: dict[str, None] = {}
    for entry in logged:
        name = read.short_id(ledger, entry.about)
        if entry.kind == EntryKind.FILE:
            found[read.stays(ledger, body_data(entry)["question"])] = None
        elif name.startswith(Letter.QUESTION) and entry.kind == EntryKind.MERGE:
            found[body_data(entry)["into"]] = None
        elif name.startswith(Letter.QUESTION):
            found[entry.about] = None
        elif name.startswith(Letter.CLAIM):
            for claim in read.claims_by_uid(ledger, [entry.about]):
                found |= dict.fromkeys(read.thing(ledger, q).uid for q in claim.questions)
    return list(found)


def as_before(names: Sequence[str], said: str) -> tuple[Notice, ...]:
    """A notice that things, by id, were so already, by whomever, and that nothing was logged about them."""
    if not names:
        return ()
    are = f"{names[0]} is" if len(names) == 1 else f"{len(names)} of them are"
    return (Notice("as_before", f"{are} {said} already", f"claims history {names[0]}"),)


def protected_names(handles: Iterable[str], what: str, name: str) -> Iterator[Notice]:
    """A notice for each handle whose protected name stands in what is to be kept; asked about before it is."""
    for handle in handles:
        said = f"the name of the protected source {handle} stands in {what} {name}, and goes out wherever that goes"
        yield Notice(Asked.PROTECTED_NAME, said, f"claims redact {name} takes it out again")


def private_names(ledger: Ledger, names: Iterable[str | None]) -> tuple[Notice, ...]:
    """A notice for each name that looks like a private person's and is no source yet; to be taken before any is logged."""
    from ledger import leaks

    hint = f"{HANDLE}; claims undo takes it back from lists, claims redact from the file"
    return tuple(
        Notice(
            Asked.PRIVATE_NAME,
            f"{name} looks like the name of a private person, and the log never forgets a name",
            hint,
        )
        for name in leaks.unlisted(ledger, [n for n in names if n])
    )
