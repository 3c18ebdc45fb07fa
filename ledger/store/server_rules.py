"""The rules of a ledger on a server held against those of this program: triggers, their functions, views."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.store.connection import Ledger
from ledger.store.rules import schema_sql

TRIGGERS = """
    SELECT tgname AS name, pg_get_triggerdef(oid, true) AS said, tgenabled = 'O' AS works FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)"""
FUNCTIONS = """
    SELECT proname AS name, prosrc AS said, true AS works FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace"""
RULES = """
    SELECT rulename AS name, '' AS said, true AS works FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class
    WHERE c.relnamespace = current_schema()::regnamespace AND rulename <> '_RETURN'"""
TRIGGER = re.compile(r"^CREATE TRIGGER (\w+) [^;]+", re.MULTILINE)
FUNCTION = re.compile(r"^CREATE (?:OR REPLACE )?FUNCTION (\w+)\(.*?\$\$(.*?)\$\$", re.MULTILINE | re.DOTALL)
VIEW = re.compile(r"^CREATE VIEW (\w+) AS\s+([^;]+);", re.MULTILINE)


def altered(ledger: Ledger) -> Iterator[str]:
    """Each rule that is not as this program makes it, in words."""
    script = ledger.engine.script(schema_sql())
    wanted = {m[1]: _plain(m[0]) for m in TRIGGER.finditer(script)}
    yield from _compared(ledger, "trigger", TRIGGERS, wanted)
    yield from _compared(ledger, "function", FUNCTIONS, {m[1]: _plain(m[2]) for m in FUNCTION.finditer(script)})
    yield from _compared(ledger, "rule", RULES, {})
    for name, select in VIEW.findall(re.sub(r"--[^\n]*", "", script)):
        if name != "search" and _differs(ledger, name, select):
            yield f"the view {name} was altered"


def _compared(ledger: Ledger, kind: str, sql: str, wanted: dict[str, str]) -> Iterator[str]:
    found = {row["name"]: _plain(row["said"]) if row["works"] else "" for row in ledger.rows(sql)}
    for name in sorted(found.keys() | wanted.keys()):
        if name not in found:
            yield f"the {kind} {name} was dropped"
        elif name not in wanted:
            yield f"there is a {kind} {name!a} that does not belong to a ledger"
        elif found[name] != wanted[name]:
            yield f"the {kind} {name} was altered or switched off"


def _differs(ledger: Ledger, name: str, select: str) -> bool:
    """Whether a view gives other rows than what it is made from would; which is how it is told, for servers spell it anew."""
    if ledger.one("SELECT 1 FROM pg_views WHERE viewname = ? AND schemaname = current_schema()", (name,)) is None:
        return True
    sql = f"(SELECT * FROM {name} EXCEPT ({select})) UNION ALL (({select}) EXCEPT SELECT * FROM {name}) LIMIT 1"
    return ledger.one(sql) is not None


def _plain(text: str) -> str:
    return " ".join(text.split())
