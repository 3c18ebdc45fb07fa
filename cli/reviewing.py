"""The review at the terminal: one suggestion at a time in its passage; accept, edit, reject, skip, undo, quit."""

from __future__ import annotations

from dataclasses import dataclass, field

import typer

from cli import card, render, words
from cli.nouns import tell_claim
from cli.session import Session
from ledger import records as r
from ledger import suggestions, text
from ledger.claims import Page
from ledger.errors import BadInput
from ledger.store import Ledger
from ledger.suggestions import Offered
from ledger.verbs import adding, changing, suggesting

KEYS = "Enter accepts, e edits, r rejects, s skips, u takes the last back, q stops (what is left comes again)"


@dataclass(slots=True)
class _Course:
    """Where the review stands; every decision is in the log at once, so that stopping loses nothing."""

    session: Session
    ledger: Ledger
    page: Page
    items: list[Offered]
    accepted: int = 0
    rejected: int = 0
    done: list[int] = field(default_factory=list)


def review_found(session: Session, ledger: Ledger, page: Page, offered: list[Offered]) -> None:
    """Goes through what was found in an article and not judged yet, the strongest first."""
    if not session.asks:
        raise BadInput("a review needs a terminal", hint="use --accept 1,3-5 instead")
    open_ones = [o for o in offered if o.state is None and o.claim is None]
    course = _Course(session, ledger, page, sorted(open_ones, key=lambda o: -float(o.found.score)))
    n = 0
    while n < len(open_ones):
        _show(page, course.items[n].found, f"{n + 1} of {len(open_ones)}")
        answer = typer.prompt(KEYS, default="", show_default=False, err=True).strip().casefold()[:1]
        if answer == "q":
            break
        n = _back(course, n) if answer == "u" else _decide(course, n, answer)
    session.say(f"{course.accepted} accepted, {course.rejected} rejected, {max(0, len(open_ones) - n)} left")


def _decide(course: _Course, n: int, answer: str) -> int:
    """Does what was asked with one suggestion; gives the number of the next."""
    item, article = course.items[n], course.page.article.id
    if answer == "s":
        return n + 1
    if answer == "r":
        suggesting.reject_found(
            course.ledger, suggesting.RejectFound(article=article, offered=item), actor=course.session.who
        )
        course.rejected += 1
    else:
        edited = None
        if answer == "e":
            asked = adding.of_found(course.page, item.found)
            if (edited := card.settle(course.session, course.ledger, asked, edit=True)) is None:
                return n
        request = suggesting.AcceptFound(article=article, offered=(item,), edited=edited)
        tell_claim(course.session, suggesting.accept_found(course.ledger, request, actor=course.session.who).claims[0])
        course.accepted += 1
    course.done.append(n)
    return n + 1


def _back(course: _Course, n: int) -> int:
    """Takes the last decision back; the log keeps both."""
    if not course.done:
        course.session.say("nothing to take back")
        return n
    for line in changing.undo(course.ledger, changing.Undo(), actor=course.session.who).what:
        course.session.say(line)
    return course.done.pop()


def _show(page: Page, found: r.Found, where: str) -> None:
    """The passage with the statement, its source and its figures marked."""
    body = page.text or ""
    start, end = text.around(body, found.start, found.end)
    marks = [(a, b, render.BOLD) for a, b in found.content]
    marks += [(m.start, m.end, render.DIM) for m in found.attribution if m.start is not None and m.end is not None]
    shown, at = "", start
    for a, b, style in sorted(m for m in marks if start <= m[0] and m[1] <= end):
        if a >= at:
            shown += body[at:a] + render.styled(body[a:b], style)
            at = b
    shown = render.wrapped(f"in: {shown}{body[at:end]}", indent="  ")
    origin = suggestions.origin_of(found) or words.voice(found)
    relays = ", ".join(m.text or m.source for m in found.attribution[:-1])
    facts = [*(words.quantity_line(q) for q in found.quantities), *(words.time_line(t) for t in found.times)]
    who = (
        f"  {text.TOLD_BY[found.stance]} "
        + " ".join(origin.split())
        + (f", via {relays}" if relays else "")
        + words.doubt(found)
    )
    quoted = render.wrapped(f"“{found.exact}”", indent="  ")
    render.message("\n".join([f"\n{where}  ({found.reason})", quoted, who, *(f"  {f}" for f in facts), shown]))
