"""The command `claims`: a table of verbs, of which only the one called is imported, and the one place where an error
becomes text and an exit code.

Exit codes: 0 done; 1 the ledger's rules or state forbid it; 2 the input is wrong; 3 no such thing; 4 could not find out;
5 store; 6 tampered; 130 interrupted.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

import typer
from typer import core
from typer.main import get_command

from cli.session import OPTIONS, Session
from ledger.errors import ClaimsError

UsageError = cast("type[Exception]", typer.BadParameter.__base__)
"""The usage error of the click that Typer carries."""
ClickError = cast("type[Exception]", UsageError.__base__)


@dataclass(frozen=True, slots=True)
class Verb:
    """Where a verb lives and what it does, so that help needs no import."""

    module: str
    help: str
    section: str


def _section(title: str, **verbs: tuple[str, str]) -> dict[str, Verb]:
    return {name.rstrip("_"): Verb(f"cli.{module}", text, title) for name, (module, text) in verbs.items()}


VERBS: dict[str, Verb] = {
    **_section(
        "Ten to begin with",
        demo=("demo", "Make an example ledger and report, and tell their story."),
        capture=("taking", "Save copies of articles: files, folders, addresses, lists of them."),
        triage=("triage", "Judge what was found and proposed: one key each."),
        add=("adding", "Log a claim: a quote from a saved copy and who said it."),
        show=("looking", "Show one thing by its id."),
        question=("questions", "Questions that several claims answer: add, list, show, merge."),
        check=("judging", "Did the source say it?"),
        answer=("judging", "What is the answer to a question?"),
        report=("handing", "Write a report: a page, PDF, DOCX, Markdown, text, notes, a site."),
        undo=("changing", "Take back your last command, or the last few."),
    ),
    **_section(
        "Bring in",
        init=("start", "Start a ledger (the first capture or add does it too)."),
        recheck=("taking", "Say what changed on an article's page since it was saved."),
        suggest=("suggesting", "List the attributed claims, figures and dates of an article."),
        learn=("learning", "Learn from judged suggestions, so that the next ones are better."),
        import_=("importing", "Log claims from spreadsheets, JSON Lines, ClaimReview, ..."),
    ),
    **_section(
        "Look",
        list=("looking", "List claims, articles, sources, questions, evidence, requests, searches."),
        search=("looking", "Find claims by words."),
        similar=("crossing", "Rank the claims most like a text."),
        trace=("looking", "Draw who said it, via whom."),
        history=("looking", "Every entry about a thing: who changed what, when and why."),
        log=("looking", "The log, entry by entry."),
        open_=("looking", "Print an article's saved text, or where a claim stands in it."),
        todo=("desking", "What is waiting, and for whom."),
    ),
    **_section(
        "Change",
        amend=("changing", "Correct fields of a thing; the log keeps what they were."),
        reread=("changing", "Claims that are read otherwise now: take the new reading, or keep the old."),
        retract=("changing", "Take things back, with the reason."),
        redo=("changing", "Do again what you have undone."),
        redact=("changing", "Blank everything that names a thing (a privacy or court order)."),
        note=("changing", "Write a note on a thing."),
        tag=("changing", "Tag things."),
        field=("fielding", "Fields of your own: add, list, amend, rename, retract."),
        template=("fielding", "Defaults for a kind of claim: add, list, retract."),
        state=("desking", "Set where the work stands: state, priority, due, embargo."),
        assign=("desking", "Give claims or questions to somebody."),
        translate=("desking", "Put a translation beside the original words."),
    ),
    **_section(
        "Cross-reference",
        file=("questions", "File claims under a question."),
        link=("questions", "Say what one claim is to another."),
        why=("questions", "Open a question's findings: passages, checks, rule; say right or not so."),
        compare=("crossing", "Compare two phrases; no ledger needed."),
        origins=("tracing", "Draw the way from original sources to the articles that carry them."),
        xref=("crossing", "Look for other claims on the same matter and propose to file them."),
        accept=("crossing", "Accept suggestions."),
        reject=("crossing", "Reject suggestions."),
        snooze=("crossing", "Put suggestions off."),
        source=("sourcing", "Sources: list, show, add, alias, relate, party, merge, protect."),
    ),
    **_section(
        "Gather",
        evidence=("gathering", "Evidence: add, list, verify, save."),
        ask=("gathering", "Log that a source was asked (right of reply)."),
        reply=("gathering", "Log what a source replied."),
        searched=("gathering", "Log a search, above all one that found nothing."),
    ),
    **_section(
        "Judge",
        rate=("judging", "Is the claim true?"),
        scale=("judging", "Rating scales: list, show, add."),
        signoff=("publishing", "Say that it may go out as it stands."),
    ),
    **_section(
        "Hand out",
        plot=("handing", "Draw a question's figures or sources: SVG or PNG."),
        publish=("publishing", "Freeze exactly what goes out."),
        published=("publishing", "What went out, and earlier versions as they were."),
        correct=("publishing", "Correct what was published."),
        leakcheck=("publishing", "Whether a file holds a protected name or an internal note."),
        lint=("linting", "Say what is wrong with ClaimReview markup."),
        export=("exchanging", "Write records: csv, jsonl or the whole ledger."),
    ),
    **_section(
        "Trust",
        verify=("trusting", "Check the whole ledger against its log."),
        rebuild=("trusting", "Make the derived tables again from the log."),
        checkpoint=("trusting", "Sign the head of the log."),
        witness=("witnessing", "Have the log's head cosigned by others, and cosign theirs."),
        prove=("trusting", "Write a proof that an entry is in the log."),
        key=("trusting", "Signing keys: create, show."),
        backup=("trusting", "Copy the ledger while it is in use."),
    ),
    **_section(
        "This installation",
        doctor=("doctoring", "What this installation and this ledger are, and what is amiss."),
        completion=("completing", "Print what makes bash, zsh or fish complete verbs and options."),
    ),
}


MEANT = {
    "review": "claims triage goes through what was found and proposed.",
    **dict.fromkeys(("edit", "change", "set"), "To correct a thing: claims amend ID --set FIELD=VALUE."),
    **dict.fromkeys(("rm", "delete", "del", "remove"), "Nothing is deleted: claims retract ID --because ... takes it back."),
    "rename": "claims source rename S3 NAME; for all else: claims amend ID --set FIELD=VALUE.",
    "split": "claims source split S3, or claims question split Q3.",
    "merge": "claims source merge S3 S1, or claims question merge Q3 Q1.",
}  # fmt: skip
"""Words that people try, and what they want."""


class Verbs(core.TyperGroup):
    """The group of all verbs; each is imported when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(VERBS)

    naming = False
    """True where only names and their help are asked for, which needs no import."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        verb = VERBS.get(cmd_name)
        if verb is None:
            return None
        if self.naming:
            return core.TyperCommand(cmd_name, help=verb.help)
        command = get_command(import_module(verb.module).APPS[cmd_name])
        command.name = cmd_name
        return with_options(command)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        # the group suggests names from this mapping; it holds no commands, and not what cannot be undone
        self.commands = dict.fromkeys(v for v in VERBS if v != "redact")  # type: ignore[assignment]
        if args and (instead := MEANT.get(args[0])):
            raise UsageError(f"No such command '{args[0]}'. {instead}", ctx)
        return super().resolve_command(ctx, args)

    def _main_shell_completion(self, *args: Any, **more: Any) -> None:
        if os.environ.get("_CLAIMS_COMPLETE"):
            from typer.completion import completion_init  # type: ignore[attr-defined]  # Typer's own way to its shells

            completion_init()
        super()._main_shell_completion(*args, **more)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        self.naming = True
        return super().shell_complete(ctx, incomplete)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for title in dict.fromkeys(verb.section for verb in VERBS.values()):
            with formatter.section(title):
                formatter.write_dl([(name, v.help) for name, v in VERBS.items() if v.section == title])


def with_options(command: Any) -> Any:
    """Gives a command, or each command of a group, the options that work everywhere."""
    for sub in getattr(command, "commands", {}).values():
        with_options(sub)
    if not getattr(command, "commands", None):
        command.params.extend(option() for option in OPTIONS)
    return command


app = typer.Typer(
    cls=Verbs,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"claims {version('claim-ledger')}")  # noqa: T201  before any session exists
        raise typer.Exit


@app.callback(epilog="Every verb has an example: claims help add. Ids look like A1 (article), C12 (claim), S3, Q2.")
def main(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """A ledger of who said what, according to whom, and what other sources say."""


def run() -> None:
    """The entry point: runs the command line and ends the process with its exit code."""
    code = invoke(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        code = _piped()
    except OSError as e:
        print(f"claims: cannot write the output: {e.strerror}", file=sys.stderr)  # noqa: T201
        code = code or 1
    if (
        code == INTERRUPTED
    ):  # Python kills itself with the signal where that met code of `exec`, though it was dealt with
        sys.stderr.flush()
        os._exit(code)
    if code == 0 or not sys.stdout.closed:
        sys.exit(code)


INTERRUPTED = 130


def invoke(args: list[str]) -> int:
    """Runs one command; every error is told in a line or two on standard error, and only here."""
    session = Session()
    if args[:1] == ["help"]:
        args = [*args[1:], "--help"]
    try:
        root = get_command(app)
        root.params.extend(option() for option in OPTIONS)
        result = root.main(args=args, prog_name="claims", standalone_mode=False, obj=session)
        if result == INTERRUPTED:  # Typer turns the interrupt into this result
            raise KeyboardInterrupt
        return result if isinstance(result, int) else 0
    except ClaimsError as e:
        return session.fail(e.message, e.hint, e.exit_code)
    except ClickError as e:
        return _usage(session, e)
    except typer.Abort:  # at a question; some verbs have logged what was accepted before it
        return session.fail("interrupted; nothing was logged but what you had accepted", None, INTERRUPTED)
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
    except Exception as e:
        if os.environ.get("CLAIMS_DEBUG"):
            raise
        return session.fail(
            f"an error in Claim Ledger itself: {type(e).__name__}: {e}", "set CLAIMS_DEBUG=1 to see where", 1
        )


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
    """Whoever read our output has gone: that is their right, and not an error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    run()
