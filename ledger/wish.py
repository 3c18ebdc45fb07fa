"""What a person wants of the statement in sight: which figures, which question, whose words; as asked for by keys."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from ledger.crossref.waiting import Answer, Statement, proposed_figures
from ledger.records import replace
from ledger.suggestions import origin_of
from ledger.text import doubts, folding
from ledger.verbs import adding
from ledger.verbs.adding import Add
from ledger.verbs.suggesting import NO_FIGURE, Chosen


class Wish(Struct):
    """As the statement is proposed, until a key says otherwise."""

    item: Statement
    topics: dict[int, str]
    """The question under which each topic was filed last."""
    usual: str = ""
    """The question of a template, under which all goes."""
    asked_for: frozenset[str] = frozenset()
    """The questions alone for which there is a triage: what answers another is proposed beside none of them."""
    picked: list[int] = field(default_factory=list)
    asked: dict[int | None, str] = field(default_factory=dict)
    """By figure, the id of a question or words for a new one; "" for none."""
    edited: Add | None = None
    sure: tuple[str, ...] = ()
    heeded: bool = False
    """A person was told what is in doubt."""

    @property
    def figures(self) -> list[int | None]:
        """Those that a person picked, else those that are proposed; None stands for all that it has, or for none."""
        wanted = [a.figure for a in self.item.answers if a.question in self.asked_for]
        return [*self.picked] or wanted or [*proposed_figures(self.item.found)] or [None]

    def doubt(self) -> str:
        """What a person should say before it is logged; "" where nothing is in doubt, and once it was asked."""
        found, asked_before, self.heeded = self.item.found, self.heeded, True
        if asked_before:
            return ""
        if found.quantities and self.figures == [None] and not (self.edited and self.edited.figure):
            return "which figure answers? 1-9, several if you like, 0 none; Enter again logs it with all, under no question"
        if found.unsure and not (self.sure or self.edited):
            return f"not sure: {'; '.join(doubts(found.unsure))}. y: it is right; s, e: change it; Enter again: check it later"
        return ""

    def pick(self, figure: int) -> None:
        """The figure too, or no more; NO_FIGURE stands alone."""
        if figure == NO_FIGURE:
            self.picked = [NO_FIGURE]
        elif figure in self.picked:
            self.picked.remove(figure)
        else:
            self.picked = [f for f in self.picked if f != NO_FIGURE] + [figure]

    def question(self, figure: int | None) -> str:
        """The question, by id or in words, under which it goes with this figure; "" for none."""
        if figure in self.asked:
            return self.asked[figure]
        if self.usual:
            return self.usual
        answer = answering(self.item, figure)
        return (self.topics.get(answer.topic) or answer.question or answer.text) if answer else ""

    @property
    def add(self) -> Add:
        """The statement as it would be added, with what was changed so far."""
        return self.edited or adding.of_found(self.item.page, self.item.found)

    def said_by(self, by: str | None, via: tuple[str, ...] = (), of: str | None = None) -> None:
        """Somebody else says it; the cue stays where somebody does."""
        cue, sure = self.add.cue if by else None, (*self.add.sure, "attribution")
        self.edited = replace(self.add, by=by, via=via, of=of, cue=cue, read=False, sure=sure)

    def chosen(self) -> Iterator[Chosen]:
        """The statement as it is to be logged, once for each figure that was chosen; once where the figure was typed."""
        typed = self.edited is not None and self.edited.figure is not None
        for figure in self.figures[-1:] if typed else self.figures:
            alone = typed or (figure != NO_FIGURE and len(self.item.found.quantities) < 2)
            yield replace(
                plainly(self.item), figure=None if alone else figure, question=self.question(figure) or None,
                edited=self.edited, sure=self.sure,
            )  # fmt: skip

    def fits(self, other: Statement) -> bool:
        """True where a copy names the same source, and has the figures that were chosen."""
        mine, its = (folding.name(origin_of(s.found) or "") for s in (self.item, other))
        return mine == its and all(
            f in (None, NO_FIGURE) or matching(self.item, f, other) is not None for f in self.figures
        )

    def chosen_as(self, other: Statement) -> Iterator[Chosen]:
        """A copy logged as this one is: its own words, the same figures, the same questions."""
        edited = None
        if wish := self.edited:
            edited = replace(
                adding.of_found(other.page, other.found), by=wish.by, via=wish.via, of=wish.of, read=wish.read, sure=wish.sure
            )  # fmt: skip
        for one in self.chosen():
            figure = one.figure if one.figure in (None, NO_FIGURE) else matching(self.item, one.figure, other)
            yield replace(plainly(other), figure=figure, question=one.question, edited=edited, sure=one.sure)


def plainly(item: Statement) -> Chosen:
    return Chosen(article=item.article.id, offered=item.offered, settles=tuple(s.uid for s in item.suggestions))


def answering(item: Statement, figure: int | None) -> Answer | None:
    return next((a for a in item.answers if a.figure == figure), None)


def matching(item: Statement, figure: int, other: Statement) -> int | None:
    """Which figure of a copy is this one; None where it has none or several like it."""
    q = item.found.quantities[figure]
    same = [n for n, x in enumerate(other.found.quantities) if (x.low, x.high, x.unit) == (q.low, q.high, q.unit)]
    return same[0] if len(same) == 1 else None
