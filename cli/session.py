"""What every verb needs to know of the call: which ledger, who acts, how to show, whether a person is there."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.terminal import commands_are_kept
from ledger.errors import BadInput, ClaimsError, StoreError
from ledger.vocabulary import Asked

if TYPE_CHECKING:
    from ledger.store import Ledger
    from ledger.verbs.verb import Notice, Request, Result, Verb

DEFAULT = "ledger.db"
MOST_LOOKED_AT = 1000
"""Entries of one command up to which others' words on the same things are looked for."""
MOST_TOLD = 3
"""Of these words the newest that are told; what changed the thing stands back behind words of the same kind."""
ASKED = {
    Asked.PRIVATE_NAME: "Log the name?", Asked.PROTECTED_NAME: "Keep it all the same?",
    Asked.NEAR_NAME: "Log it as a new source?", Asked.TO_COME: "Is that the right day?",
}  # fmt: skip
"""What a person is asked about before anything is logged, by the code of the notice."""


class Session:
    """The settings of one call, filled by the options that work everywhere."""

    def __init__(self) -> None:
        self.ledger: str | None = None
        self.read_from: str | None = None
        self.actor: str | None = None
        self.json = False
        self.no_input = False
        self.quiet = False

    # --- the ledger -----------------------------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """--ledger, else CLAIMS_LEDGER, else ledger.db in this folder or one above it."""
        if named := self.ledger or os.environ.get("CLAIMS_LEDGER"):
            return named
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / DEFAULT).is_file():
                return str(folder / DEFAULT)
        return DEFAULT

    def read(self) -> Ledger:
        """The ledger for reading, also from read-only media; from a standby where one is named and answers."""
        standby = self.read_from or os.environ.get("CLAIMS_READ_FROM")
        if not standby:
            return self.read_here()
        from ledger.store import head, is_address

        if not is_address(standby):
            raise BadInput(f"not the address of a server: {standby}", hint="--read-from postgresql://...")
        from ledger.store import Open, open_ledger

        try:
            ledger = open_ledger(standby, Open.READ)
        except StoreError as e:
            self.say(f"{e.message}; read from {self.place_shown} instead")
            return self.read_here()
        ledger.tell = self.say
        self.say(f"read from {ledger.place}, as of entry {head(ledger) - 1:,}; {self.place_shown} may be ahead")
        return ledger

    def read_here(self) -> Ledger:
        """The ledger for reading where it is written."""
        from ledger.store import Open, open_ledger

        return self._heard(open_ledger(self.place, Open.READ))

    @property
    def place_shown(self) -> str:
        """The ledger's place without its password."""
        from ledger.store import shown

        return shown(self.place)

    def _heard(self, ledger: Ledger) -> Ledger:
        """The same, telling a person what a server has to say."""
        ledger.tell = self.say
        ledger.logged = partial(self.follow, ledger)
        if not ledger.engine.in_file:
            from ledger.store import unconfirmed

            if said := unconfirmed.settled(ledger.place, ledger.rows):
                self.say(said)
        return ledger

    def follow(self, ledger: Ledger, first: int, end: int, *, others: bool = True) -> None:
        """What follows once entries are logged: others' words on the same things are told, and commands run.

        The entries stand whatever comes of it, so nothing of it ends the call.
        """
        try:
            if others and ledger.spoke_of_others and end - first <= MOST_LOOKED_AT:
                self._tell_others(ledger, first, end)
            if commands_are_kept():
                from cli import hooks

                hooks.run(ledger, first, end, self.say)
        except ClaimsError as e:
            self.say(f"logged, but {e.message}" + (f"\n  {e.hint}" if e.hint else ""))
        except KeyboardInterrupt:
            self.say("logged; what was to follow was interrupted")

    def run_commands(self, first: int, end: int) -> None:
        """Runs the commands for entries that were logged through another connection."""
        with self.read_here() as ledger:
            self.follow(ledger, first, end, others=False)

    def _tell_others(self, ledger: Ledger, first: int, end: int) -> None:
        from ledger.changes import others_words

        if not (found := others_words(ledger, first, end)):
            return
        from cli import histories, words
        from ledger.store import read

        nearest = sorted(found, key=lambda e: (e.kind != "amend", e.seq))[-MOST_TOLD:]
        newest = sorted(nearest, key=lambda e: e.seq)
        more = f"; {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
        about = read.short_id(ledger, newest[-1].about)
        self.say(f"others spoke since your last word on it{more}: claims history {about}")
        for entry in newest:
            self.say(f"  {words.second(entry.recorded_at)}  {entry.actor} {histories.sentence(ledger, entry)}")

    @contextmanager
    def write(self, *, start: bool = False, any_tables: bool = False) -> Iterator[Ledger]:
        """The ledger for writing; `start` makes one where none is, and takes it away again if nothing is logged."""
        from ledger.store import create, head, is_address, is_free, open_ledger, withdraw

        started = start and not is_address(self.place) and is_free(self.place)
        opened = create(self.place, actor=self.who) if started else open_ledger(self.place, any_tables=any_tables)
        with self._heard(opened) as ledger:
            try:
                yield ledger
            finally:
                if started and (head(ledger) > 1 or not withdraw(ledger)):
                    self.say(f"started a ledger: {self.place}")

    @property
    def who(self) -> str:
        """--actor, else CLAIMS_ACTOR, else the name of the system's user, as a handle."""
        if named := self.actor or os.environ.get("CLAIMS_ACTOR"):
            return named
        import getpass

        try:
            user = getpass.getuser()
        except (OSError, KeyError):
            user = ""
        return re.sub(r"[^\w.-]", "", user.split("@")[0])[:32] or "somebody"

    # --- people ---------------------------------------------------------------------------------------------------

    @property
    def asks(self) -> bool:
        """True where a person is at the terminal and may be asked."""
        return not self.no_input and not self.json and sys.stdin.isatty() and sys.stderr.isatty()

    def say(self, text: str) -> None:
        """A message to a person, on standard error, made safe for a terminal."""
        if not self.quiet:
            self._tell(text)

    def fail(self, message: str, hint: str | None, code: int) -> int:
        self._tell(f"claims: {message}" + (f"\n  {hint}" if hint else ""))
        return code

    def _tell(self, text: str) -> None:
        from ledger.text import visible

        try:
            print(visible(text), file=sys.stderr)  # noqa: T201  the one place that writes messages
        except OSError:
            return

    def tell(self, notices: Iterable[Notice]) -> None:
        """What a verb has to say besides its result."""
        for notice in notices:
            self.say(notice.text + (f"\n  {notice.hint}" if notice.hint else ""))

    def do(self, verb: Verb[Request, Result], ledger: Ledger, request: Request) -> Result:
        """Does a verb and tells what it has to say; at a terminal it first asks about names that the log cannot forget."""
        if self.asks:
            self.agree(notices_of(verb.rehearse(ledger, request, actor=self.who)))
        result = verb(ledger, request, actor=self.who)
        self.tell(n for n in notices_of(result) if not self.asks or n.code not in ASKED)
        return result

    def log(self, verb: Verb[Request, Result], request: Request, *, start: bool = False) -> Result:
        """The same in the ledger of this call; `start` makes one where none is."""
        with self.write(start=start) as ledger:
            return self.do(verb, ledger, request)

    def sure(self, said: str, *, yes: bool) -> None:
        """For what cannot be undone: asks at a terminal, and where nobody can be asked wants --yes."""
        if yes:
            return
        if not self.asks:
            raise BadInput(f"{said} Nobody can be asked here", hint="--yes does it")
        _agreed(said, abort=True)

    def confirm(self, said: str) -> None:
        """At a terminal, says what would be done and asks; typer.Abort where it is not to be."""
        if self.asks:
            self.say(said)
            _agreed("Do it?", abort=True)

    def agree(self, notices: Iterable[Notice]) -> None:
        """Asks about each name and day that may not be meant; BadInput where one is not to be kept."""
        for notice in notices:
            if notice.code in ASKED:
                from ledger.verbs.verb import HANDLE, Notice

                hint = HANDLE if notice.code == Asked.PRIVATE_NAME else notice.hint
                self.tell([Notice(notice.code, notice.text, hint)])
                if not _agreed(ASKED[Asked(notice.code)]):
                    known = "give the source by its name or its id: --by S15"
                    told = {Asked.NEAR_NAME: known, Asked.TO_COME: None}.get(Asked(notice.code), HANDLE)
                    raise BadInput("nothing of this command was logged", hint=told)

    def show(self, data: Any) -> None:
        """Prints a record as JSON, or text made for people."""
        from cli import render

        render.show(data, as_json=self.json)

    def result(self, record: Any, text: str | Iterable[str]) -> None:
        """What a command made or found: the record as JSON, or its text."""
        self.show(record if self.json else text if isinstance(text, str) else "\n".join(text))

    def wrote(self, path: str, name: str, size: int) -> None:
        """Says what was written; a path that flows may be standard output, which holds the data and nothing else."""
        from ledger.store.files import flows

        text = f"wrote {path} ({size:,} bytes)"
        if flows(Path(path)):
            self.say(text)
        else:
            self.result({"file": path, "format": name, "bytes": size}, text)

    def results(
        self,
        records: Iterable[Any],
        text: Callable[[list[Any]], str],
        *,
        none: str,
        more: Callable[[int], str] | None = None,
    ) -> None:
        """The same of several, as JSON Lines or as a table through the pager; `none` is said where there are none.

        With `more`, a terminal shows the first screen alone, and `more` says what is beyond so many.
        """
        from cli import render

        left = iter(records)
        if self.json:
            render.lines(left)
            return
        screen = render.screen() if more else None
        found = list(islice(left, screen))
        if not found:
            self.say(none)
        elif more and len(found) == screen and next(left, None) is not None:
            told, shown = render.fitting(found, text)
            render.show(told, as_json=False)
            self.say(more(shown))
        else:
            render.paged(iter([text(found)]))


def notices_of(result: object) -> tuple[Notice, ...]:
    """What a verb's result has to say besides itself."""
    found: tuple[Notice, ...] = getattr(result, "notices", ())
    return found


def _agreed(said: str, *, abort: bool = False) -> bool:
    """Yes or no as a person at the terminal types it; typer.Abort for no, where that is asked for."""
    import typer

    return typer.confirm(said, abort=abort, err=True)
