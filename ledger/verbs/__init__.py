"""Verbs: what a person does with a ledger, each one function, one frozen request, one transaction, one frozen result.

>>> from ledger import verbs
>>> with ledger.open("ledger.db", actor="eva") as book:
...     verbs.file(book, verbs.File(claims=("C1",), question="Q1"))

Names are fetched when they are first used. docs/adr/0009-verbs.md says how a verb is written.
"""

from __future__ import annotations

from typing import Any

MODULES = {
    "adding": ("add", "Add", "Added"),
    "assigning": ("assign", "Assign", "Assigned"),
    "capturing": ("capture", "Capture", "Captured", "recheck", "Recheck"),
    "changing": (
        "amend", "Amend", "Amended", "note", "Note", "Noted", "reread", "Reread", "Rereads", "retract", "Retract", "Retracted",
        "review_translation", "ReviewTranslation", "tag", "Tag", "Tagged", "translate", "Translate", "Translated", "undo",
        "Undo", "redo", "Redo", "split",
        "Split",
    ),
    "collecting": (
        "add_evidence", "AddEvidence", "ask", "Ask", "Asked", "note_search", "NoteSearch", "reply", "Reply", "Searched",
        "Shown", "verify_evidence", "VerifyEvidence",
    ),
    "crossing": ("xref", "Xref"),
    "exporting": ("export", "ExportRecords", "stream"),
    "fielding": (
        "add_field", "AddField", "add_template", "AddTemplate", "amend_field", "AmendField", "retract_field", "RetractField",
        "retract_template", "RetractTemplate",
    ),
    "guarding": ("stronger",),
    "importing": ("Given", "given", "import_files", "ImportFiles", "receive", "Receive", "Received"),
    "leads": ("LookedUp", "note_archived", "NoteArchived", "note_lookup", "NoteLookup", "LookupNoted"),
    "judging": ("answer", "Answer", "check", "Check", "Judged", "keep_scale", "KeepScale", "rate", "Rate", "Ratings"),
    "questioning": (
        "file", "File", "FindingJudged", "judge_finding", "JudgeFinding", "link", "Link", "Linked", "merge_questions",
        "MergeQuestions", "QuestionNow", "raise_question", "RaiseQuestion",
    ),
    "releasing": (
        "correct", "Correct", "Corrected", "keep_witness", "KeepWitness", "KeptWitness", "publish", "Publish", "Published",
        "require_signoffs", "Required", "RequireSignoffs", "sign_off", "SignOff", "SignedOff",
    ),
    "sourcing": (
        "add_alias", "AddAlias", "add_source", "AddSource", "count_as", "CountAs", "merge_sources", "MergeSources",
        "propose_aliases", "ProposeAliases", "Proposed", "protect", "Protect", "relate", "Relate", "rename_source",
        "RenameSource", "Sourced", "take_side", "TakeSide",
    ),
    "suggesting": (
        "accept_found", "AcceptFound", "Accepted", "Chosen", "reject_found", "RejectFound", "Rejected", "settle",
        "Settle", "Settled",
    ),
    "verb": ("Draft", "Effect", "Logging", "Notice", "Verb"),
}  # fmt: skip
"""The verbs, requests and results of each module; modules are named so that none hides a verb."""

NAMES = {name: module for module, names in MODULES.items() for name in names}

__all__ = [*NAMES]  # noqa: PLE0604  strings only


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in NAMES:
        return getattr(import_module(f"ledger.verbs.{NAMES[name]}"), name)
    raise AttributeError(f"module 'ledger.verbs' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
