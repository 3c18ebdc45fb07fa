"""Who may log what in a ledger on a server: roles of the database that its logins are given."""

from __future__ import annotations

from enum import StrEnum

from ledger.errors import BadInput, NotFound, Refused
from ledger.store.connection import Ledger


class Role(StrEnum):
    """What a login may do; each may do what those before it may."""

    READER = "reader"
    LOGGER = "logger"
    ASSESSOR = "assessor"
    EDITOR = "editor"


ROLES = tuple(Role)
WRITING = "INSERT, UPDATE, DELETE"
TRUTH = ("setting", "entry", "blob", "checkpoint")
DERIVED = f"""
    SELECT string_agg(quote_ident(relname), ', ') AS names, quote_ident(current_schema()) AS schema FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname NOT IN ({str(TRUTH)[1:-1]})"""
OWNS = "SELECT 1 WHERE pg_has_role(?::name, (SELECT relowner FROM pg_class WHERE oid = 'entry'::regclass), 'MEMBER')"


def grant(ledger: Ledger, role: Role, login: str) -> None:
    """Gives a login of the server this role in the ledger in the place of another; for the owner of its tables."""
    if ledger.engine.in_file:
        raise Refused(f"{ledger.place} is a file: whoever can write to it may log", hint="docs/postgresql.md has more")
    if ledger.one("SELECT 1 FROM pg_roles WHERE rolname = ? AND rolcanlogin", (login,)) is None:
        raise NotFound(f"the server has no login {login!r}", hint="who administrates it makes one: createuser NAME")
    if ledger.one(OWNS, (login,)) is not None:
        raise BadInput(f"{login} owns this ledger and may do everything in it", hint="people log in as somebody else")
    with ledger.transaction():
        for one in ROLES:
            _make(ledger, one)
        for one in ROLES:
            ledger.rows(f"REVOKE {_name(ledger, one)} FROM {_quoted(login)}")
        ledger.rows(f"GRANT {_name(ledger, role)} TO {_quoted(login)}")


def _make(ledger: Ledger, role: Role) -> None:
    """A role with its rights, also to tables that are made anew; which kinds of entries it may log, a trigger knows."""
    name = _name(ledger, role)
    if ledger.one("SELECT 1 FROM pg_roles WHERE quote_ident(rolname) = ?", (name,)) is None:
        ledger.rows(f"CREATE ROLE {name}")
    row = ledger.one(DERIVED)
    names, schema = (row["names"], row["schema"]) if row else ("", "")
    rights = {
        Role.READER: (
            f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO",
        ),
        Role.LOGGER: (
            "GRANT INSERT ON entry, blob TO", f"GRANT {WRITING} ON {names} TO",
            f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT {WRITING} ON TABLES TO",
        ),
        Role.EDITOR: ("GRANT INSERT ON checkpoint TO",),
    }  # fmt: skip
    for right in rights.get(role, ()):
        ledger.rows(f"{right} {name}")
    if role is not Role.READER:
        ledger.rows(f"GRANT {_name(ledger, ROLES[ROLES.index(role) - 1])} TO {name}")


def _name(ledger: Ledger, role: Role) -> str:
    """The role's name on the server, where other ledgers have theirs."""
    row = ledger.one("SELECT quote_ident(current_database() || ?) AS name", (f"_{role.value}",))
    return str(row["name"]) if row else ""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
