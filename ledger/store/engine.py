"""What differs between the two databases that a ledger may be in; all other code of the store serves both."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from ledger.errors import ClaimsError

Tell = Callable[[str], object]


class Select(NamedTuple):
    """A statement that reads, with its values."""

    sql: str
    params: tuple[Any, ...] = ()


class Of(NamedTuple):
    """A value that another statement gives, asked with the one that needs it: this column of its last row."""

    asked: Select
    column: str


Searched = tuple[int, tuple[str, str, str, str]]
"""What the view `searchable` gives of a claim to the index: the number, and the words of each column."""

Ahead = Callable[[], Sequence[Select]]
"""Says what is going to be read, where that is worth knowing."""


def nothing_ahead() -> Sequence[Select]:
    return ()


class Engine(Protocol):
    """A database: how it begins transactions, searches, and says what went wrong.

    Its connections take SQL with `?` for values and give rows by name and by position, as those of sqlite3 do.
    """

    error: type[Exception]
    begin_reading: str
    begin_writing: str
    dialect: str
    """How SQLAlchemy calls it."""
    finds_settings: str
    """SELECT of a row where there is a table `setting`."""

    in_file: bool
    objects: str
    """SELECT of type, name and sql of tables, views and indexes, the newest first; sql is null for those of constraints."""
    check_references_late: str
    """Inside a transaction, lets rows be written ahead of those they refer to."""
    broken_references: str
    """SELECT of rows that refer to none; or it fails where there are such rows."""

    vacuum: str
    """Writes the tables anew without what was taken out of them."""

    def begin(self, db: Any, tell: Tell, ahead: Ahead) -> None:
        """Begins a transaction that writes, and reads `ahead`; `tell` is called where that takes long."""

    def commit(self, db: Any, tell: Tell, following: Sequence[Select]) -> None:
        """Ends it with all it wrote kept, and reads for the next `at_once`; Unconfirmed where nobody knows whether it is."""

    def script(self, schema: str) -> str:
        """What makes the tables, rules and views of schema.sql here."""

    def statements(self, script: str) -> list[str]:
        """A part of it in pieces that can be run inside a transaction, indexes apart from the rest where that is faster."""

    def tuples(self, db: Any, sql: str, params: Any) -> Any:
        """A cursor over rows as plain tuples."""

    def ahead(self, db: Any, asked: Sequence[Select]) -> None:
        """Reads at once what is going to be read one by one, where each would be a way to a server and back."""

    def at_once(self, db: Any, asked: Sequence[Select]) -> AbstractContextManager[None]:
        """Outside a transaction, reads all this in one state, for what reads it inside the block."""

    def explain(self, error: Any, place: str) -> ClaimsError:
        """The driver's error as a refusal a person can act on."""

    def matches(self, index: str, *, weighted: bool = False) -> str:
        """SELECT of `rowid` and `rank`, the best lowest, of what matches the value: what `sought` makes of an expression."""

    def sought(self, expression: str) -> str:
        """An expression of quoted words with OR or AND, as `matches` takes it."""

    def holding(self, index: str) -> str:
        """SELECT of `doc`, in how many rows of an index a stem stands; no row where in none."""

    def index_claims(self, db: Any, where: str = "", params: Sequence[Any] = ()) -> None:
        """Puts rows of the view `searchable` into the index."""

    def index_rows(self, db: Any, rows: Sequence[Searched]) -> None:
        """Puts such rows into the index that were not read from it."""

    def unindex_claims(self, db: Any, where: str, params: Sequence[Any]) -> None:
        """Takes them out of it, as they are."""

    def indexed(self, db: Any, index: str, rows: Iterable[tuple[int, Sequence[str]]]) -> bool | None:
        """Whether an index holds these rows and no others; None where it is checked otherwise."""

    def index_text(self, db: Any, number: int, text: str) -> None:
        """Puts a saved text into the index."""

    def connect_to_read(self, place: str) -> Any:
        """A connection that refuses to write, for whichever thread uses it."""


SEARCHED = "docid, exact, says, title, context"
"""What the view `searchable` gives to the index of claims."""


def is_address(place: object) -> bool:
    """Whether a ledger's place is the address of a server, and no file."""
    return re.match(r"[a-z]+://", str(place)) is not None


def shown(place: str) -> str:
    """A place without its password."""
    return re.sub(r"(//[^/@:]*):[^/@]*@", r"\1@", place)
