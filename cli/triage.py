"""Triage: everything that was found or proposed and nobody has judged, one after the other, a key each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Annotated, Any

from msgspec import Struct

from cli import card, passages, render
from cli.apps import Context, typer
from cli.ids import given
from cli.keys import ENTER, Keys, Lines, keys
from cli.nouns import proposed, tell_claim
from cli.passages import fact
from cli.session import Session
from cli.suggesting import Llm, Model, finder_of, problems, tell_cut
from ledger import changes, ownfields, undoing
from ledger import records as r
from ledger.assist.finder import Finder
from ledger.crossref import waiting as listing
from ledger.crossref.waiting import Proposal, Statement, Waiting, proposed_figures
from ledger.errors import BadInput, ClaimsError
from ledger.store import Ledger, ids, read
from ledger.suggestions import chain_parts, origin_of, read_to
from ledger.text import folding
from ledger.text.stretches import AT_ONCE
from ledger.verbs import changing, suggesting
from ledger.verbs.adding import Add
from ledger.verbs.suggesting import NO_FIGURE, Chosen
from ledger.verbs.verb import HANDLE
from ledger.vocabulary import Asked, Letter, SuggestionState
from ledger.wish import Wish, answering, plainly

KEYS = (
    ("a", "accept", "Enter or a logs it as it is shown, under its question; it asks first where something is not sure"),
    ("r", "reject", "r turns it down; it is not offered again"),
    ("l", "later", "l leaves it for another time"),
    ("y", "sure", "y logs it, and you stand for what is marked as not sure"),
    ("e", "edit", "e changes its words, source, figure and the rest"),
    ("1", "figure", "1-9 which figure answers, several if you like; 0: none does"),
    ("f", "question", "f files it under another question"),
    ("s", "source", "s has it said by a source of before"),
    ("A", "accept all", "A and R accept or reject it with all that say it in the same words"),
    ("R", "reject all", ""),
    ("u", "undo", "u takes the last key back"),
    ("q", "stop", "q stops; what is left comes again"),
)
FOOT = (
    "Enter accept", "r reject", "l later", "1-9 figure", "f question", "s source", "e edit", "A R all alike", "u undo",
    "q stop", "? help",
)  # fmt: skip
MOST = 9
"""As many can be chosen by one digit."""


NO_TEMPLATE = r.Template("", "")


class By(StrEnum):
    TEXT = "text"
    QUESTION = "question"


def triage(
    ctx: Context,
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[A1 A2 ...|Q1 ...|all]", help="Of which articles, or for which questions."),
    ] = None,
    by: Annotated[By, typer.Option(help="In the order of the text, or question by question.")] = By.TEXT,
    list_: Annotated[bool, typer.Option("--list", help="Only list what waits.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, without a screen of its own.")] = False,
    template: Annotated[str | None, typer.Option(help="The kind of claim that they are: claims template list.")] = None,
    model: Model = None,
    llm: Llm = False,
) -> None:
    """Judge what was found in the articles and what was proposed: one key each, in one list.

    Each statement comes in its passage, with its source, its figure and the question that it most likely answers; Enter
    logs it so. Without a terminal the keys are read from standard input, a line each. Every judgement is in the log at
    once: stop when you like, and go on later.

    Example: claims triage all --list
    """
    session, finder = ctx.obj, finder_of(model, llm=llm)
    only_list = list_ or session.no_input
    with session.read() if only_list else session.write() as ledger:
        items, asked = _wanted(ledger, given(what or [ids.ALL]), by, finder)
        problems(session, finder)
        _tell_cuts(session, items)
        if only_list:
            _list(session, ledger, items)
        elif not items:
            session.say("nothing waits: what was found was judged")
        elif not _judged(session, ledger, items, asked=asked, template=template, plain=plain):
            raise typer.Abort


def _tell_cuts(session: Session, items: list[Waiting]) -> None:
    """Says of which articles the beginning alone was read."""
    long = [i for i in items if isinstance(i, Statement) and len(i.page.text or "") > AT_ONCE]
    for name, body in {i.article.id: i.page.text or "" for i in long}.items():
        tell_cut(session, name, read_to(body, (i.offered for i in long if i.article.id == name)), len(body))


def _judged(
    session: Session, ledger: Ledger, items: list[Waiting], *, asked: frozenset[str], template: str | None, plain: bool
) -> bool:
    """Goes through them; False where Ctrl-C ended it."""
    usual = ownfields.template(ledger, template)
    with keys(session, {word: key for key, word, _ in KEYS}, plain=plain) as desk:
        course = Course(session, ledger, desk, items, usual=usual, asked=asked)
        ended = course.run()
    session.say(course.told())
    return ended


def _wanted(ledger: Ledger, names: Sequence[str], by: By, finder: Finder) -> tuple[list[Waiting], frozenset[str]]:
    """What waits, and the questions for which alone it was asked."""
    standing = list(read.articles(ledger))
    things = ids.several(ledger, names, Letter.ARTICLE, Letter.QUESTION) if standing else []
    asked = [read.question(ledger, t.uid) for t in things if t.id.startswith(Letter.QUESTION)]
    if 0 < len(asked) < len(things):
        raise BadInput("articles or questions, not both", hint="claims triage A1 A2, claims triage Q1 Q2")
    found = listing.waiting(ledger, standing if asked else [read.article(ledger, t.uid) for t in things], finder)
    found = listing.of_questions(found, asked) if asked else found
    found = listing.by_question(found) if by is By.QUESTION else found
    return found, frozenset(q.id for q in asked)


# --- listed -------------------------------------------------------------------------------------------------------


def _list(session: Session, ledger: Ledger, items: list[Waiting]) -> None:
    head = ["what", "who", "question", "where"]
    if session.json:
        render.lines(_line(ledger, item) for item in items)
    else:
        session.results(
            items, lambda all_: render.table(head, [_row(ledger, i) for i in all_]), none="nothing waits"
        )  # fmt: skip


def _row(ledger: Ledger, item: Waiting) -> list[str]:
    if isinstance(item, Proposal):
        return [proposed(ledger, item.suggestion), "", "", item.key]
    answer = next((a for a in item.answers if a.figure in proposed_figures(item.found)), item.answers[item.likeliest])
    where = ", ".join([item.key, *(s.id for s in item.suggestions)])
    return [item.found.exact, origin_of(item.found) or "", answer.question or answer.text, where]


def _line(ledger: Ledger, item: Waiting) -> r.Json:
    """What waits as a line of JSON."""
    if isinstance(item, Proposal):
        s = item.suggestion
        return {"kind": s.kind, "id": s.id, "proposed": proposed(ledger, s), "reason": s.reason, "score": s.score}
    return {
        "kind": "claim", "id": item.key, "article": item.article.id, "number": item.offered.number,
        "exact": item.found.exact, "source": origin_of(item.found), "figures": [q.text for q in item.found.quantities],
        "answers": [r.plain(a) for a in item.answers], "likeliest": item.likeliest, "same_words": item.copies,
        "proposed": proposed_figures(item.found), "unsure": r.plain(item.found.unsure),
        "suggestions": [s.id for s in item.suggestions],
    }  # fmt: skip


# --- one after the other ------------------------------------------------------------------------------------------


class Done(Struct):
    """One key that can be taken back."""

    at: int
    judged: tuple[int, ...]
    topics: dict[int, str]
    batch: str
    """What it logged, if anything."""


class Course:
    """Where a triage stands. Every judgement is in the log at once, so that stopping loses nothing."""

    def __init__(
        self,
        session: Session,
        ledger: Ledger,
        desk: Keys,
        items: list[Waiting],
        *,
        usual: r.Template = NO_TEMPLATE,
        asked: frozenset[str] = frozenset(),
    ) -> None:
        self.usual, self.asked = usual, asked
        self.session, self.ledger, self.desk, self.items = session, ledger, desk, items
        self.at, self.said = 0, ""
        self.judged: dict[int, SuggestionState] = {}
        self.done: list[Done] = []
        self.topics: dict[int, str] = {}
        """The question under which a topic was filed last."""
        self.place = {item.key: n for n, item in enumerate(items)}
        self.wish = self._wish()

    def run(self) -> bool:
        """Shows and asks until everything was seen, or nobody answers; False where Ctrl-C ended it."""
        try:
            while self.at < len(self.items) and not self._stopped():
                pass
        except KeyboardInterrupt:
            return False
        return True

    def told(self) -> str:
        judged = list(self.judged.values())
        left = len(self.items) - len(judged)
        accepted = judged.count(SuggestionState.ACCEPTED)
        more = "; claims triage goes on with them" if left else "; next: claims question list" if accepted else ""
        return f"{accepted} accepted, {len(judged) - accepted} rejected, {left} left{more}"

    def _stopped(self) -> bool:
        said = [render.wrapped(line) for line in self.said.split("\n")]
        self.desk.show(list(self._view()), [*said, render.packed(FOOT)])
        key = self.desk.key()
        if key in (None, "q"):
            return True
        self.said = ""
        try:
            self._press(ENTER if key == "a" else str(key))
        except ClaimsError as e:
            self.said = f"! {e.message}" + (f" ({e.hint})" if e.hint else "")
        return False

    def _press(self, key: str) -> None:
        """Does what a key says; one that says nothing shows what the keys are."""
        item, wish = self.items[self.at], self.wish
        if isinstance(item, Statement) and wish is not None:
            acts = self._of_statement(item, wish)
            if len(key) == 1 and key.isdecimal():
                self._pick(wish, int(key) - 1)
                return
        else:
            acts = {
                ENTER: lambda: self._settle([self.at], SuggestionState.ACCEPTED),
                "A": lambda: self._settle([self.at, *self._alike()], SuggestionState.ACCEPTED),
                "r": lambda: self._settle([self.at], SuggestionState.REJECTED),
                "R": lambda: self._settle([self.at, *self._alike()], SuggestionState.REJECTED),
            }
        acts |= {"u": self._undo, "l": lambda: self._judge([], SuggestionState.PENDING)}
        acts.get(key, lambda: self._help(key))()

    def _of_statement(self, item: Statement, wish: Wish) -> dict[str, Callable[[], None]]:
        return {
            ENTER: lambda: self._log(wish, []), "A": lambda: self._log(wish, self._alike()), "y": lambda: self._stand_for(wish),
            "r": lambda: self._turn_down([self.at]), "R": lambda: self._turn_down([self.at, *self._alike()]),
            "f": lambda: self._file(item, wish), "s": lambda: self._say(item, wish), "e": lambda: self._edit(item, wish),
        }  # fmt: skip

    def _help(self, key: str) -> None:
        said = [] if key == "?" else [f"{key!r} is no key here; nothing was done"]
        self.said = "\n".join([*said, *(line for _, _, line in KEYS if line)])

    def _wish(self) -> Wish | None:
        item = self.items[self.at] if self.at < len(self.items) else None
        if not isinstance(item, Statement):
            return None
        return Wish(item, self.topics, usual=self.usual.question or "", asked_for=self.asked)

    # --- judging ------------------------------------------------------------------------------------------------------

    def _log(self, wish: Wish, alike: list[int]) -> None:
        """Logs the statement; with its copies those of the same source and figures, each in its own words."""
        if doubt := wish.doubt():
            self.said = doubt
            return
        copies = {n: other for n in alike if isinstance(other := self.items[n], Statement) and wish.fits(other)}
        chosen = [*wish.chosen(), *(c for other in copies.values() for c in wish.chosen_as(other))]
        if self.usual.name:
            own = card.asked_for(self.ledger, self.usual.name, {}, self.desk.line)
            chosen = [r.replace(c, template=self.usual.name, fields=own) for c in chosen]
        request = suggesting.AcceptFound(chosen=tuple(chosen))
        if self.session.asks and not self._agreed(request):
            self.said = f"nothing was logged; {HANDLE}"
            return
        done = suggesting.accept_found(self.ledger, request, actor=self.session.who)
        logged = done.claims
        if not self.session.asks:
            self.session.tell(done.notices)
        if isinstance(self.desk, Lines):
            for claim in logged:
                tell_claim(self.session, claim)
        self._judge([self.at, *copies], SuggestionState.ACCEPTED)
        self._remember(chosen, logged)
        filed = ", ".join(dict.fromkeys(q for c in logged for q in c.questions))
        self.said = f"logged {', '.join(c.id for c in logged)}" + (f", filed under {filed}" if filed else "")

    def _agreed(self, request: suggesting.AcceptFound) -> bool:
        """Asks about each name that looks like a private person's."""
        for notice in suggesting.accept_found.rehearse(self.ledger, request, actor=self.session.who).notices:
            if notice.code == Asked.PRIVATE_NAME:
                self.desk.show([render.wrapped(notice.text), HANDLE], ["y logs the name, any other key does not"])
                if self.desk.key() != "y":
                    return False
        return True

    def _remember(self, chosen: Sequence[Chosen], logged: Sequence[r.Claim]) -> None:
        """What else is told of a topic is proposed for the question under which it was filed."""
        if len(chosen) != len(logged):  # some of it somebody had logged meanwhile
            return
        for one, claim in zip(chosen, logged, strict=True):
            item = self.items[self.place[f"{one.article}:{one.offered.number}"]]
            if claim.questions and isinstance(item, Statement):
                figure = item.answers[item.likeliest].figure if one.figure is None else one.figure
                if answer := answering(item, figure):
                    self.topics[answer.topic] = claim.questions[-1]

    def _stand_for(self, wish: Wish) -> None:
        wish.sure = tuple(dict.fromkeys(u.field for u in wish.item.found.unsure))
        self._log(wish, [])

    def _turn_down(self, places: list[int]) -> None:
        chosen = tuple(plainly(item) for n in places if isinstance(item := self.items[n], Statement))
        suggesting.reject_found(self.ledger, suggesting.RejectFound(chosen=chosen), actor=self.session.who)
        self._judge(places, SuggestionState.REJECTED)
        self.said = f"rejected {len(places)}" if len(places) > 1 else "rejected"

    def _settle(self, places: list[int], state: SuggestionState) -> None:
        """The word on proposals that are no statements."""
        names = tuple(self.items[n].key for n in places)
        suggesting.settle(self.ledger, suggesting.Settle(suggestions=names, state=state), actor=self.session.who)
        self._judge(places, state)
        self.said = f"{state}: {', '.join(names)}"

    def _judge(self, places: list[int], state: SuggestionState) -> None:
        """Notes what was judged, and goes on to the next; with no place, what is in sight is left for later."""
        batch = undoing.newest(self.ledger, self.session.who) if places else ""
        self.done.append(Done(self.at, tuple(places), dict(self.topics), batch))
        self.judged |= dict.fromkeys(places, state)
        ahead = range(self.at + 1, len(self.items))
        self.at = next((n for n in ahead if n not in self.judged), len(self.items))
        self.wish = self._wish()

    def _undo(self) -> None:
        """Takes the last key back; the log keeps both."""
        if not self.done:
            self.said = "nothing to take back here; claims undo takes back what was before"
            return
        last = self.done[-1]
        if last.judged and last.batch != undoing.newest(self.ledger, self.session.who):
            self.said = "something else was logged since: claims undo --list shows it; nothing was taken back"
            return
        self.done.pop()
        if last.judged:
            changing.undo(self.ledger, changing.Undo(), actor=self.session.who)
        for place in last.judged:
            del self.judged[place]
        self.topics.clear()
        self.topics |= last.topics
        self.at, self.said = last.at, "taken back"
        self.wish = self._wish()

    def _alike(self) -> list[int]:
        """The places of what is open and says the same in the same words; of a proposal those for the same question."""
        item = self.items[self.at]
        if isinstance(item, Statement):
            places = [self.place[key] for key in item.copies if key in self.place]
        else:
            places = [
                n for n, other in enumerate(self.items) if isinstance(other, Proposal) and _one_matter(item, other)
            ]
        return [n for n in dict.fromkeys(places) if n not in self.judged and n != self.at]

    # --- keys that choose -------------------------------------------------------------------------------------------

    def _pick(self, wish: Wish, figure: int) -> None:
        if figure >= len(wish.item.found.quantities):
            self.said = f"there is no figure {figure + 1}"
        else:
            wish.pick(figure)

    def _file(self, item: Statement, wish: Wish) -> None:
        """Asks for a question: one of those that stand, by number, or one in new words."""
        figure = wish.figures[-1]
        known = listing.likely_questions(self.ledger, item, figure)
        lines = [passages.with_claims(q) for q in known]
        chosen = self._choose("under which question?", lines, "n another, in words or by id, 0 none")
        if chosen == "n":
            own = wish.question(figure)
            own = listing.own_words(self.ledger, item, figure) if read.ID.fullmatch(own) else own
            if not (chosen := self.desk.line("its words", own) or ""):
                return
        elif isinstance(chosen, int):
            chosen = known[chosen].id
        wish.asked[figure] = "" if chosen == "0" else self._known(chosen)

    def _say(self, item: Statement, wish: Wish) -> None:
        """Asks for a source: one that was named before, by number, or one in new words."""
        known = list(_chains(self.ledger, item))
        chosen = self._choose(
            "who says it?", [passages.chain(add) for add in known], "n another, 0 the publisher itself"
        )
        if chosen == "n":
            if by := self.desk.line("its name"):
                wish.said_by(changes.named_by_id(self.ledger, by), wish.add.via)
        elif isinstance(chosen, int):
            one = known[chosen]
            wish.said_by(one.by, one.via, one.of)
        elif chosen == "0":
            wish.said_by(None)
        else:
            wish.said_by(changes.named_by_id(self.ledger, chosen), wish.add.via)

    def _choose(self, what: str, lines: list[str], more: str) -> str | int:
        """The place of a line in the list, n, 0, or an id that was typed; BadInput for any other key, which chooses nothing."""
        for first in range(0, max(1, len(lines)), MOST):
            page = lines[first : first + MOST]
            shown = [render.short(f"{n}  {line}", render.width() - 2) for n, line in enumerate(page, 1)]
            on = ", m shows more" if first + MOST < len(lines) else ""
            self.desk.show([what, "", *shown], [f"{more}{on}, any other key goes back"])
            key = self.desk.key() or ""
            if key.isdecimal() and 1 <= int(key) <= len(page):
                return first + int(key) - 1
            if key in ("n", "0") or read.ID.fullmatch(key):
                return key
            if not (key == "m" and on):
                break
        raise BadInput("nothing was chosen")

    def _known(self, question: str) -> str:
        """A question's words as they were typed, or its id; NotFound where there is none."""
        return read.question(self.ledger, question).id if read.ID.fullmatch(question) else question

    def _edit(self, item: Statement, wish: Wish) -> None:
        figure = wish.figures[-1]
        q = item.found.quantities[figure] if figure not in (None, NO_FIGURE) else None
        asked = r.replace(wish.add, question=wish.question(figure) or None)
        edited = card.form(asked, q.text if q else "", self.desk)
        wish.asked[figure] = self._known(edited.question or "")
        wish.edited = r.replace(edited, question=None)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _view(self) -> Iterator[str]:
        item, wish, place = self.items[self.at], self.wish, f"{self.at + 1} of {len(self.items)}"
        if isinstance(item, Proposal) or wish is None:
            yield from self._proposal(item.suggestion, place) if isinstance(item, Proposal) else ()
            return
        yield from (passages.heading(item, place), "", passages.passage(item.found, item.page.text or ""), "")
        yield from passages.facts(item.found, wish.edited, wish.figures)
        for figure in wish.figures:
            asked = wish.question(figure)
            known = read.question(self.ledger, asked) if read.ID.fullmatch(asked) else None
            told = passages.with_claims(known) if known else f"new: {asked}" if asked else "none"
            yield fact("question", told, render.BOLD)
        if alike := self._alike():
            yield fact("same words", f"in {', '.join(self.items[n].key.partition(':')[0] for n in alike)}")

    def _proposal(self, proposal: r.Suggestion, place: str) -> Iterator[str]:
        yield render.styled(f"{place}   {proposal.id}, proposed by the program", render.DIM)
        yield ""
        yield render.wrapped(f"{proposed(self.ledger, proposal)}?", indent="  ")
        yield render.wrapped(f"because: {proposal.reason}", indent="  ")
        if alike := self._alike():
            yield fact("like it", ", ".join(self.items[n].key for n in alike))


def _one_matter(item: Proposal, other: Proposal) -> bool:
    """True for two proposals of one kind that are for one question."""
    asked = [
        (s.kind, s.proposal.get("question"), s.proposal.get("new_question"))
        for s in (item.suggestion, other.suggestion)
    ]
    return asked[0] == asked[1] and any(asked[0][1:])


def _chains(ledger: Ledger, item: Statement) -> Iterator[Add]:
    """Who said claims before, and through whom: those first that share a word with the source that was read, then the last."""
    heard = set(folding.name(" ".join(hop.text or hop.source for hop in item.found.attribution)).split())
    chains: dict[str, Add] = {}
    for claim in reversed(list(read.claims(ledger))):
        if claim.attribution:
            add = Add(exact=claim.exact, **chain_parts(claim.attribution))
            chains.setdefault(passages.chain(add), add)
    yield from sorted(chains.values(), key=lambda add: -len(heard & set(folding.name(passages.chain(add)).split())))


APPS: dict[str, Any] = {"triage": triage}
