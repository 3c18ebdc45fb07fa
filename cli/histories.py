"""What was done, in sentences: each entry of the log with its values, for histories and for what can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cli import render, words
from ledger import changes
from ledger import records as r
from ledger.store import Ledger, arriving, overview, read
from ledger.undoing import Step
from ledger.vocabulary import EntryKind

SHORT = 70
"""Characters of a quotation in a sentence."""


def history_lines(ledger: Ledger, name: str) -> Iterator[str]:
    """Every entry about a thing, a sentence each, oldest first."""
    for entry in changes.entries_about(ledger, read.thing(ledger, name).uid):
        yield f"{words.second(entry.recorded_at)}  {entry.actor} {sentence(ledger, entry)}{_origin(ledger, entry)}"


def _origin(ledger: Ledger, entry: r.Entry) -> str:
    """Of an entry that came from another log: where it stands there, and whether a later word here overrules it."""
    came = arriving.where(ledger, entry.uid)
    if came is None:
        return ""
    made = arriving.one_with(ledger, entry.uid) is not None
    late = "; a later word holds" if not made and arriving.left(ledger, entry.uid) else ""
    return f" (entry {came.place} of log {came.log[:8]}{late})"


def told(ledger: Ledger, step: Step) -> list[str]:
    """What a command did, a sentence for each entry; the suggestions that came with it are left out."""
    own = [e for e in step.entries if e.kind != EntryKind.SUGGESTION] or list(step.entries)
    return [sentence(ledger, e) for e in own]


def step_lines(steps: Iterable[r.Json]) -> Iterator[str]:
    """What can be taken back, the newest first, each with its number of steps."""
    for step in steps:
        more = f", and {len(step['did']) - MOST} more" if len(step["did"]) > MOST else ""
        stays = " (it cannot be called back)" if step["final"] else ""
        yield f"{step['step']:>3}  {words.minute(step['at'])}  {'; '.join(step['did'][:MOST])}{more}{stays}"


MOST = 3
"""Entries of one command that are told."""


def entry_line(ledger: Ledger, e: r.Entry) -> str:
    """An entry of the log, with the first of its words that says something."""
    e = arriving.here(ledger, e)
    body = changes.body_data(e)
    said = next((body[k] for k in ("exact", "name", "title", "text", "value", "because") if body.get(k)), "")
    name = read.short_id(ledger, e.about)
    shown = "(redacted)" if e.body is None else render.short(str(said), 70)
    at = words.second(e.recorded_at)
    return f"{e.seq:>6}  {at}  {e.actor:<10}  {e.kind:<11} {name if len(name) < 12 else '':<6} {shown}"


def sentence(ledger: Ledger, entry: r.Entry) -> str:
    """What somebody did, without who: "filed C1 under Q1 “How many boats left?”: one event"."""
    if entry.body is None:
        return f"logged something of {_id(ledger, entry.about)} that was redacted since"
    entry = arriving.here(ledger, entry, all_of_it=True)
    body = changes.body_data(entry)
    for field, done in (("undoes", "took back"), ("redoes", "did again")):
        if body.get(field):
            return _reversal(ledger, entry, body, field, done)
    said = _told(ledger, entry, body)
    return said + (f": {because}" if (because := body.get("because")) else "")


def _reversal(ledger: Ledger, entry: r.Entry, body: r.Json, field: str, done: str) -> str:
    other = overview.entry(ledger, body[field])
    what = "something that was redacted since" if other is None else sentence(ledger, other)
    if other is not None and other.actor != entry.actor:
        what = f"{other.actor}'s word: {what}"
    if entry.kind == EntryKind.STAY:
        return f"would have {'undone' if field == 'undoes' else 'redone'} this, but {body['because']}: {what}"
    return f"{done}: {what}"


# --- the parts of a sentence --------------------------------------------------------------------------------------


def _id(ledger: Ledger, uid: str) -> str:
    """The short id of a thing; for an entry that is none, of what it is about."""
    name = read.short_id(ledger, uid)
    if name != uid:
        return name
    entry = overview.entry(ledger, uid)
    if entry is not None and entry.about == uid and entry.body is not None:
        return f"the {entry.kind} {changes.body_data(entry).get('name', '')}".rstrip()
    return f"the {entry.kind} of {read.short_id(ledger, entry.about)}" if entry else "something"


def _ids(ledger: Ledger, uids: Iterable[str]) -> str:
    return ", ".join(_id(ledger, uid) for uid in uids)


def _quoted(text: object) -> str:
    return f"“{render.short(str(text or ''), SHORT)}”"


def _value(ledger: Ledger, field: str, value: Any) -> str:
    """The value of a field in words; chains, figures and times as they are read."""
    if value in (None, "", [], {}):
        return "nothing"
    if field == "publisher":
        return _quoted(read.source(ledger, value).name)
    if field == "attribution":
        return " < ".join(read.source(ledger, hop["source"]).name for hop in reversed(value))
    if field == "quantities":
        return "; ".join(words.figure(r.convert(q, r.Quantity, field)) for q in value)
    if field == "times":
        return "; ".join(words.time_line(r.convert(t, r.TimeSpan, field)) for t in value)
    if field == "unsure":
        return f"{len(value)} to check"
    if isinstance(value, dict):
        return _quoted(value.get("name") or value.get("text") or value.get("read_as") or words.value(value))
    return _quoted(value) if isinstance(value, str) else words.value(value)


Sentence = Callable[[Ledger, r.Entry, r.Json], str]


def _claim(ledger: Ledger, e: r.Entry, b: r.Json) -> str:
    chain = b.get("attribution") or []
    by = f", according to {read.source(ledger, chain[-1]['source']).name}" if chain else ""
    figures = f" [{_value(ledger, 'quantities', b['quantities'])}]" if b.get("quantities") else ""
    return f"logged {_id(ledger, e.about)} {_quoted(b['exact'])}{figures}{by}, in {_id(ledger, b['article'])}"


def _file(ledger: Ledger, e: r.Entry, b: r.Json) -> str:
    claim, question = _id(ledger, e.about), f"{_id(ledger, b['question'])} {_quoted(_asked(ledger, b['question']))}"
    return f"took {claim} out of {question}" if b.get("out") else f"filed {claim} under {question}"


def _asked(ledger: Ledger, question: str) -> str:
    thing = read.thing(ledger, question)
    return "" if thing.redacted else read.question(ledger, question).question


def _amend(ledger: Ledger, e: r.Entry, b: r.Json) -> str:
    before = changes.before(ledger, e)
    fields = [
        f"{words.spaced(f)} from {_value(ledger, f, before.get(f))} to {_value(ledger, f, value)}"
        for f, value in b["set"].items()
        if f not in HIDDEN
    ]
    return f"changed {_id(ledger, e.about)}: {', '.join(fields) or 'how it is read'}"


HIDDEN = frozenset({"folded", "found_by"})
"""Fields that no person sees."""


def _judged(ledger: Ledger, e: r.Entry, b: r.Json, said: str) -> str:
    rests = f", resting on {_ids(ledger, b['on'])}" if b.get("on") else ""
    return f"{said.format(id=_id(ledger, e.about))}{rests}"


def _answer(ledger: Ledger, e: r.Entry, b: r.Json) -> str:
    bounds = ", ".join(f"{name} {b[name]}" for name in ("low", "high", "best") if b.get(name))
    return _judged(ledger, e, b, f"answered {{id}}: {b['text']}" + (f" ({bounds})" if bounds else ""))


def _valued(ledger: Ledger, e: r.Entry, b: r.Json) -> str:
    return f"set {_id(ledger, b['field'])} of {_id(ledger, e.about)} to {_value(ledger, 'value', b.get('value'))}"


def _work(ledger: Ledger, e: r.Entry, b: r.Json) -> str:
    said = [
        f"{f} {words.spaced(str(b[f])) or 'none'}"
        for f in ("state", "priority", "due", "assignee", "embargo")
        if f in b
    ]
    return f"set {_id(ledger, e.about)} to {', '.join(said)}"


def _search(ledger: Ledger, e: r.Entry, b: r.Json) -> str:
    found = b.get("failed") or (f"{b['found']} found" if b.get("found") else "none found")
    if b.get("outcome"):
        why = f" ({b['failed']})" if b.get("failed") else ""
        return f"asked for the page of {_id(ledger, e.about)} again: {b['outcome']}{why}"
    return f"searched {', '.join(b['where'])} for {b['sought']}, about {_id(ledger, e.about)}: {found}"


def _party(ledger: Ledger, e: r.Entry, b: r.Json) -> str:
    side = f", side {b['side']}" if b.get("side") else ""
    to = f" to {_id(ledger, b['question'])}" if b.get("question") else ""
    return f"said that {_id(ledger, e.about)} is {'a party' if b['party'] else 'no party'}{to}{side}"


def _finding(ledger: Ledger, e: r.Entry, b: r.Json) -> str:
    pair = f"{_id(ledger, e.about)} and {_id(ledger, b['to'])}"
    return f"said that it is {'right' if b['holds'] else 'not so'} that {pair} {words.spaced(b['kind'])}"


CHECKED = {
    "yes": "the source said it",
    "no": "the source did not say it",
    "unclear": "unclear whether the source said it",
}

TOLD: dict[EntryKind, str | Sentence] = {
    EntryKind.GENESIS: "started the ledger",
    EntryKind.ARTICLE: lambda g, e, b: f"added {_id(g, e.about)} {_quoted(b.get('title') or b.get('url') or b.get('file'))}",
    EntryKind.CAPTURE: "saved a copy of {it}, {text_chars:,} characters",
    EntryKind.SOURCE: "added the source {it} {name}",
    EntryKind.ALIAS: lambda g, e, b: (
        f"{'took from' if b.get('out') else 'gave'} {_id(g, e.about)} the name {_quoted(b['alias'])}"
    ),
    EntryKind.RELATE: lambda g, e, b: f"said that {_id(g, e.about)} is {words.spaced(b['relation'])} {_id(g, b['to'])}",
    EntryKind.PARTY: _party,
    EntryKind.CLAIM: _claim,
    EntryKind.QUESTION: "asked {it} “{question}”",
    EntryKind.FILE: _file,
    EntryKind.LINK: lambda g, e, b: f"said that {_id(g, e.about)} {words.spaced(b['relation'])} {_id(g, b['to'])}",
    EntryKind.FINDING: _finding,
    EntryKind.CHECK: lambda g, e, b: _judged(g, e, b, f"checked {{id}}: {CHECKED[b['value']]}"),
    EntryKind.RATING: lambda g, e, b: _judged(g, e, b, f"rated {{id}} {b['value']} ({b['scale']})"),
    EntryKind.ANSWER: _answer,
    EntryKind.EVIDENCE: "added {it}, a {kind} for {target}: {shows}",
    EntryKind.REQUEST: "asked {source} by {channel} about {target}",
    EntryKind.REPLY: lambda g, e, b: f"logged the reply to {_id(g, e.about)}: {_quoted(b.get('text') or b.get('name'))}",
    EntryKind.SEARCH: _search,
    EntryKind.NOTE: "noted on {it}: “{text}”",
    EntryKind.TAG: lambda g, e, b: f"{'untagged' if b.get('out') else 'tagged'} {_id(g, e.about)} {b['tag']}",
    EntryKind.FIELD: "added the field {name} ({type}) to {on}s",
    EntryKind.VALUE: _valued,
    EntryKind.TEMPLATE: "added the template {name}",
    EntryKind.WORK: _work,
    EntryKind.SUGGESTION: "was shown {it}, a suggestion ({reason})",
    EntryKind.JUDGEMENT: "judged {it}: {state}",
    EntryKind.PUBLICATION: lambda g, e, b: f"published {_id(g, e.about)}" + (f" to {b['url']}" if b.get("url") else ""),
    EntryKind.CORRECTION: "corrected {it} ({kind}): “{was}” is now “{now}”",
    EntryKind.SIGNOFF: "signed off {it}",
    EntryKind.POLICY: "set the rule {name}",
    EntryKind.CONTINUATION: "signed on over another head of the log",
    EntryKind.CARRY: lambda _ledger, _entry, b: f"took over {len(b['arrivals'])} entries of log {b['log'][:8]}",
    EntryKind.AMEND: _amend,
    EntryKind.RETRACT: "retracted {it}",
    EntryKind.RESTORE: "restored {it}",
    EntryKind.MERGE: "merged {it} into {into}",
    EntryKind.SPLIT: "split {it} from {into}",
    EntryKind.STAY: "left {it} as it is",
    EntryKind.REDACT: lambda g, e, b: f"redacted {_id(g, b.get('thing') or e.about)}",
}  # fmt: skip
"""What each kind of entry says: a sentence with fields of its body, things by their ids, or what makes one."""

NAMED = ("source", "target", "into")
"""Fields of these sentences that name a thing by its uid."""


def _told(ledger: Ledger, entry: r.Entry, body: r.Json) -> str:
    said = TOLD[EntryKind(entry.kind)]
    if not isinstance(said, str):
        return said(ledger, entry, body)
    fields = {name: render.short(value, SHORT) if isinstance(value, str) else value for name, value in body.items()}
    fields |= {name: _id(ledger, body[name]) for name in NAMED if name in body}
    return said.format(it=_id(ledger, entry.about), **fields)
