"""The command `claims`: of its verbs only the one called is imported, and this is the one place where an error
becomes text and an exit code.

Exit codes: 0 done; 1 the ledger's rules or state forbid it; 2 the input is wrong; 3 no such thing; 4 could not find out;
5 store; 6 tampered; 130 interrupted.
"""

from __future__ import annotations

import os
import re
import sys
from typing import Any

from cli.apps import INTERRUPTED, Context, typer
from cli.calling import NotOrdinary, read
from cli.session import Session
from cli.table import VERBS
from ledger.errors import ClaimsError


def run() -> None:
    """The entry point: runs the command line and ends the process with its exit code."""
    code = invoke(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = _piped()
    except OSError as e:
        print(f"claims: cannot write the output: {e.strerror}", file=sys.stderr)  # noqa: T201
        _piped()  # or Python tries again as it ends, and ends with 120
        code = code or 1
    if (
        code == INTERRUPTED
    ):  # Python kills itself with the signal where that met code of `exec`, though it was dealt with
        sys.stderr.flush()
        os._exit(code)
    if code == 0 or not sys.stdout.closed:
        sys.exit(code)


def invoke(args: list[str]) -> int:
    """Runs one command; every error is told in a line or two on standard error, and only here."""
    session = Session()
    if args[:1] == ["help"]:
        args = [*args[1:], "--help"]
    try:
        return _call(session, args)
    except ClaimsError as e:
        return session.fail(e.message, e.hint, e.exit_code)
    except KeyboardInterrupt:
        return session.fail("interrupted; nothing of this command was logged", None, INTERRUPTED)
    except (BrokenPipeError, SystemExit):  # click leaves with exit code 1 when whoever read our output has gone
        return _piped()
    except OSError as e:
        return session.fail(
            f"cannot read or write: {e.strerror or e}" + (f": {e.filename}" if e.filename else ""), None, 5
        )
    except (MemoryError, RecursionError) as e:
        return session.fail(f"too much for this machine: {type(e).__name__}", None, 1)
    except typer.Exit as e:
        return e.exit_code
    except (typer.Abort, EOFError):  # at a question; some verbs have logged what was accepted before it
        return session.fail("interrupted; nothing was logged but what you had accepted", None, INTERRUPTED)
    except Exception as e:
        if hasattr(e, "format_message"):  # of the click that Typer carries
            return _usage(session, e)
        if os.environ.get("CLAIMS_DEBUG"):
            raise
        return session.fail(
            f"an error in Claim Ledger itself: {type(e).__name__}: {e}", "set CLAIMS_DEBUG=1 to see where", 1
        )


def _call(session: Session, args: list[str]) -> int:
    """Calls the handler that a command line asks for; Typer reads those that are not ordinary."""
    try:
        if not args or args[0] not in VERBS or "_CLAIMS_COMPLETE" in os.environ:
            raise NotOrdinary
        handler, given, common = read(VERBS[args[0]].app(args[0]), args[1:])
    except NotOrdinary:
        from cli.commands import call

        return call(session, args)
    for name, value in common.items():
        setattr(session, name, value)
    handler(Context(session), **given)
    return 0


def _usage(session: Session, error: Any) -> int:
    """A usage error with the way to help; Typer's own sentence already says "did you mean"."""
    ctx = getattr(error, "ctx", None)
    where = f"{ctx.command_path} --help shows how it is used" if ctx else "claims --help lists the verbs"
    if type(error).__name__ == "NoArgsIsHelpError":
        session.say(error.format_message())
        return 2
    said = error.format_message()
    for jargon, plain in PLAIN.items():
        said = re.sub(jargon, plain, said)
    return session.fail(said, where, 2)


PLAIN = {
    r"Invalid value for '?\[?([^\]']+)\]?'?(?: / '[^']+')*: ": r"\1: ",
    r"is not a valid int(eger)?( range)?": "is not a whole number",
    r"is not a valid float( range)?": "is not a number",
    r"is not in the range (\S+)<=x<=(\S+?)\.?$": r"is not between \1 and \2",
    r"is not in the range x>=(\S+?)\.?$": r"is less than \1",
}
"""What the parser of the command line says, in words that a person knows."""


def _piped() -> int:
    """Nobody takes our output any more: where its reader has gone, that is their right, and not an error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    run()
