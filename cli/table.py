"""The table of verbs: where each lives and what it does."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from cli.apps import Group, Handler


class Verb(NamedTuple):
    """Where a verb lives and what it does, so that help needs no import."""

    module: str
    help: str
    section: str

    def app(self, name: str) -> Handler | Group:
        """What is called, with the module that it lives in."""
        _load_msgspec()
        found: Handler | Group = import_module(self.module).APPS[name]
        return found


def _load_msgspec() -> None:
    """Imports it without two modules that take longer than it: typing_extensions, which gives it what `typing` has since
    3.11, and platform, of which uuid, which it imports, asks one name.
    """
    if not {"msgspec", *STAND_INS}.isdisjoint(sys.modules):
        return
    modules: dict[str, Any] = sys.modules
    modules |= STAND_INS
    try:
        import_module("msgspec")
    finally:
        for name in STAND_INS:
            del modules[name]


class _Platform:
    """What uuid asks of the module platform; whatever else is asked for later is asked of that."""

    def system(self) -> str:
        return os.uname().sysname if hasattr(os, "uname") else "Windows"

    def __getattr__(self, name: str) -> object:
        return getattr(import_module("platform"), name)


STAND_INS: dict[str, Any] = {"typing_extensions": None, "platform": _Platform()}


def _section(title: str, **verbs: tuple[str, str]) -> dict[str, Verb]:
    return {name.rstrip("_"): Verb(f"cli.{module}", text, title) for name, (module, text) in verbs.items()}


VERBS: dict[str, Verb] = {
    **_section(
        "Ten to begin with",
        demo=("start", "Make an example ledger and report, and tell their story."),
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
        recheck=("rechecking", "Say what changed on an article's page since it was saved."),
        suggest=("suggesting", "List the attributed claims, figures and dates of an article."),
        learn=("learning", "Learn from judged suggestions, so that the next ones are better."),
        import_=("importing", "Log claims from spreadsheets, JSON Lines, ClaimReview, ..."),
        sync=("exchanging", "Bring two ledgers to the same content."),
    ),
    **_section(
        "Look",
        list=("looking", "List claims, articles, sources, questions, evidence, requests, searches, leads."),
        search=("looking", "Find claims by words."),
        similar=("crossing", "Rank the claims most like a text."),
        trace=("looking", "Draw who said it, via whom."),
        history=("looking", "Every entry about a thing: who changed what, when and why."),
        log=("looking", "The log, entry by entry."),
        open_=("looking", "Print an article's saved text, or where a claim stands in it."),
        todo=("desking", "What is waiting, and for whom."),
        serve=("serve", "A page in your browser to read and log in."),
        mcp=("serve", "Answer an assistant (Model Context Protocol); it logs nothing."),
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
        on=("installation", "Run a command once something of a kind is logged from here."),
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
        lookup=("leads", "Ask outside services: fact-checks, news, Wikipedia, saved pages."),
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
        grant=("start", "Say what a login may do in a ledger on a server."),
        rebuild=("trusting", "Make the derived tables again from the log."),
        checkpoint=("trusting", "Sign the head of the log."),
        witness=("witnessing", "Have the log's head cosigned by others, and cosign theirs."),
        prove=("trusting", "Write a proof that an entry is in the log."),
        key=("trusting", "Signing keys: create, show."),
        backup=("trusting", "Copy the ledger while it is in use."),
    ),
    **_section(
        "This installation",
        doctor=("installation", "What this installation and this ledger are, and what is amiss."),
        completion=("installation", "Print what makes bash, zsh or fish complete verbs and options."),
    ),
}


def handlers() -> Iterator[tuple[str, Handler]]:
    """Every command, by its whole name."""
    for name, verb in VERBS.items():
        app = verb.app(name)
        yield from ((f"{name} {n}", h) for n, h in app.handlers.items()) if isinstance(app, Group) else [(name, app)]
