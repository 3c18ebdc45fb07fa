"""What a report holds, ready for every format: words are chosen here, so that all formats say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from ledger.records import (
    Article,
    Capture,
    Claim,
    Correction,
    Evidence,
    Note,
    Publication,
    QuestionPage,
    Request,
    Search,
    Source,
    replace,
)


class Piece(Struct, frozen=True):
    """A stretch of a passage: `kind` is quote, figure, source, cue, or empty for what stands around."""

    text: str
    kind: str = ""


class Chain(Struct, frozen=True):
    """Who is said to have said it, outermost first, in names; the publisher first of all."""

    publisher: str
    hops: tuple[tuple[str, str], ...]
    """Name, and what it is: via, of, or original source; in brackets where the hop is only understood."""
    ids: tuple[str, ...]
    """Whose names these are, the publisher's first; empty for an outlet that is not named."""
    nobody: str
    """What is said where there are no hops."""


class Verdict(Struct, frozen=True):
    """A rating with what its grade means on its scale."""

    about: str
    value: str
    means: str
    scale: str
    because: str | None
    by: str
    at: str
    on: tuple[str, ...]
    superseded: bool
    of: str = ""
    """The words of the claim that it is about, in quotation marks; none for a question."""


def split(verdicts: Iterable[Verdict]) -> dict[str, tuple[str, ...]]:
    """What its raters disagree on, by id, each with the grades of one scale that they gave."""
    grades: dict[tuple[str, str], dict[str, None]] = {}
    for v in verdicts:
        if not v.superseded:
            grades.setdefault((v.about, v.scale), {})[v.value] = None
    return {about: tuple(given) for (about, _), given in grades.items() if len(given) > 1}


class ClaimCard(Struct, frozen=True):
    """One claim as a reader meets it."""

    claim: Claim
    says: str
    """The claim in plain words: ours where somebody wrote them, else the quote."""
    headline: str
    """The quote with who is said to have said it."""
    passage: tuple[Piece, ...]
    chain: Chain
    figure: str | None
    reading: str | None
    """How a word of it is read, with the reason."""
    when: str | None
    span: str
    """The same as data: 2016-03-07/2016-03-27."""
    rating: Verdict | None
    check: str | None
    """The newest check: was the source found to have said it?"""
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]
    fields: tuple[tuple[str, str], ...] = ()
    """Fields of the newsroom's own that may be shown, each with its value."""
    others: tuple[Verdict, ...] = ()
    """What other people rated it, beside the newest rating."""
    corrections: tuple[Correction, ...] = ()
    unsure: tuple[str, ...] = ()
    """What of its reading nobody has checked."""


class Telling(Struct, frozen=True):
    """One article's version of what a source said."""

    claim: str
    outlet: str
    words: str
    via: str
    dated: str
    """The day that its figure is of, and that on which it was published, told apart."""
    earlier: bool = False
    """True where a later count of the source has overtaken it."""
    bare: bool = False
    """True where the outlet prints the same and names no source for it."""
    read: str = ""
    """The desk's answer, where that of its row is another."""


class Past(Struct, frozen=True):
    """A figure of a source that its own later one has overtaken."""

    words: str
    dated: str = ""
    low: str | None = None
    high: str | None = None
    beyond: bool = False
    """True where the number at an open end is not itself meant: "more than 40"."""


class Row(Struct, frozen=True):
    """One original source and what it is said to have said."""

    name: str
    heading: str
    """Name with how it is known: "“a military source”, not named"."""
    words: str
    dated: str
    """The day that its leading figure is of, else that on which it was published."""
    printed: str
    """The same, with the outlet where the source is another: what somebody said "published" nobody did."""
    party: bool
    may_be_party: str
    """Why it may be one, though nobody said so: armed, state; empty where nothing suggests it."""
    side: str | None
    later: tuple[str, ...]
    tellings: tuple[Telling, ...]
    off: str | None
    """Why it cannot be set beside the rest; None where it can."""
    part: str = ""
    """The part or the place that it is of, where that is why."""
    behind: str = ""
    """The words of an outlet, with its name, for which `words` are the desk's own."""
    reading: str = ""
    """How the desk's answer is told: read, filed (a word for who or what, of which the words tell more), or not at all."""
    stand: str = ""
    """What it does with a question of who or what: answers, denies, open, beside."""
    worded_by: str = ""
    """The outlet whose words these are, where they are a sentence about what the source said."""
    source: str = ""
    """Who that is, where it is a source that goes by a name."""
    carried: str = ""
    """How many outlets name the source, and for this figure, where there are several."""
    held: bool = False
    """True where `words` tell what the source denies, doubts, asks or announces."""
    in_words: bool = False
    """True where `words` are those of a claim without a figure or short answer."""
    unsure: bool = False
    """True where nobody has checked how a claim of it is read."""
    ways: tuple[str, ...] = ()
    """The ways, of which not all can be true, in which the source is reported."""
    bare: str = ""
    """The outlets by name, where they name no source for it."""
    standing: str = ""
    """How the source is known: named, anonymous, publisher or unknown."""
    along: str = ""
    """The source that it may be one with, by name."""
    allied: bool = False
    """True where they only stand on one side."""
    mentioned: bool = False
    """True where the text itself calls the figure an earlier one."""


class Mark(Struct, frozen=True):
    """One source's figure on an axis."""

    label: str
    words: str
    low: str | None
    high: str | None
    soft: bool
    vague: bool
    party: bool
    beyond: bool = False
    """True where the number at an open end is not itself meant: "more than 40"."""
    nearly: bool = False
    """True for a figure that lies a little below the number: "nearly 60"."""
    dated: str = ""
    """The day that the figure is of, else that on which it was published."""
    earlier: tuple[Past, ...] = ()
    """What the source's count stood at before, newest first."""
    bare: bool = False
    """True for outlets that name no source for it."""
    past: bool = False
    """True for an earlier figure, as the text of one who gives it says."""
    day: str = ""
    """The day under which it stands, where an axis goes from day to day; empty where it does not."""


class Point(Struct, frozen=True):
    """A figure that one source is said to have given for a day."""

    day: str
    """With the hour where it is known: 2016-03-27T15:20."""
    low: str | None
    high: str | None
    open: str
    """Ends of the figures that are open: "", up, down or both."""
    words: tuple[str, ...]
    vague: bool = False
    """True where the bounds are only what a vague word is taken to mean."""
    beyond: bool = False
    """True where the number at an open end is not itself meant: "more than 40"."""
    past: bool = False
    """True for a number that its source has replaced by a later count, or its text calls an earlier one."""


class Course(Struct, frozen=True):
    """One source's figures day by day, oldest first."""

    label: str
    party: bool
    points: tuple[Point, ...]


class Figure(Struct, frozen=True):
    """The figure of one claim, as the data of a question give it."""

    claim: str
    low: str | None
    low_inclusive: bool | None
    high: str | None
    high_inclusive: bool | None
    hedge: str
    hedge_words: str
    """The words beside the number that make the hedge."""
    taken_as: str
    """What "about" or "nearly" adds to either end."""
    original_low: str | None
    original_high: str | None
    original_unit: str
    counted: str
    counted_words: str
    """The same in the words of its claim."""
    counted_from: str
    """claim, or figures beside it where its own words do not say what is counted."""
    as_of: str
    """Until when was counted, where that is said; the day of publication stands apart."""
    as_of_from: str
    """claim where its words say so, desk where whoever logged it did; empty where nobody says it."""
    when: str
    """When what is counted happened."""
    place: str


class Axis(Struct, frozen=True):
    """Figures that count the same thing; `why` says what sets this axis apart, None for the main one."""

    title: str
    """What is counted, such as "people killed"; empty where nothing says so."""
    why: str | None
    marks: tuple[Mark, ...]
    courses: tuple[Course, ...] = ()
    """The same figures over time; empty where nothing changed from day to day."""
    unit: str = ""
    place: str = ""
    when: str = ""
    part: str = ""
    """The part of the matter, where some axes are of others."""
    figures: tuple[Figure, ...] = ()
    """The figure of each claim in it."""


class Moment(Struct, frozen=True):
    """What one source was said of one day to have said, and which outlets carried it."""

    heading: str
    published: bool
    """True where the day is that of publication, since none is given for the figure."""
    words: tuple[str, ...]
    outlets: tuple[str, ...]
    claims: tuple[str, ...]
    hour: str = ""
    """Such as "15:20 UTC"; empty where hour or zone is not known."""


class Day(Struct, frozen=True):
    """One day of a timeline; `day` is empty for what has no date."""

    day: str
    moments: tuple[Moment, ...]


class Position(Struct, frozen=True):
    """What one party to the matter says: its figures, and what it answered when asked."""

    name: str
    side: str | None
    because: str | None
    said: tuple[str, ...]
    outlets: tuple[str, ...]
    """Who reports that of it; empty where nothing was said."""
    claims: tuple[str, ...]
    requests: tuple[Request, ...]


class Node(Struct, frozen=True):
    """A box of the picture of origins, or a lane in which lines pass a column."""

    key: str
    label: str
    """Who stands in it; empty where it only counts."""
    column: int
    kind: str
    """outlet, relay, origin, nobody or lane."""
    more: int = 0
    """How many stand in it that it does not name."""


class Edge(Struct, frozen=True):
    """A line from one box to another."""

    start: str
    end: str
    claims: int
    lanes: tuple[str, ...] = ()
    """The lanes in which it passes the columns between."""


class Graph(Struct, frozen=True):
    """From who published to where it comes from, in columns."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    columns: int


class Spot(Struct, frozen=True):
    """A place with its coordinates, in decimal degrees, and what was said or taken there."""

    name: str
    latitude: str
    longitude: str
    ids: tuple[str, ...] = ()


class Ground(Struct, frozen=True):
    """Why a finding stands: the rule, what was looked at before, and the passages with their claims and outlets."""

    lines: tuple[str, ...]
    passages: tuple[tuple[str, str, str], ...] = ()


class Said(Struct, frozen=True):
    """One line of what supports or contradicts what."""

    kind: str
    words: str
    by: str | None
    because: str | None
    claims: tuple[str, str]
    current: bool
    """True where both figures stand, so that neither was overtaken by a later count of its source."""
    one_source: bool
    """True where outlets have one source say both."""
    why: Ground | None = None
    lines: tuple[str, ...] = ()
    """Who says what, a line each."""


class Strip(Struct, frozen=True):
    """Two wordings of one source side by side."""

    detail: str
    nearer: tuple[str, str, str]
    """Claim, outlet, passage."""
    differing: tuple[str, str, str]
    also: tuple[str, ...]
    """Other claims from which the same claim differs in the same way."""
    why: Ground | None = None
    shows_both: bool = False
    """True where the sentence has the words of either."""


class Event(Struct, frozen=True):
    """A line of the history of ratings, answers and corrections."""

    kind: str
    at: str
    by: str
    what: str
    because: str | None
    superseded: bool


class QuestionSection(Struct, frozen=True):
    """A question with all that answers it."""

    uid: str
    page: QuestionPage
    state: str
    event: str
    """The place and the day that most of its claims are of, as far as they are known."""
    headline: str
    """One headline of its articles that says what they are about, where the question does not."""
    traced: str
    """Such as: At least 2 separate sources, in 5 outlets."""
    verdicts: tuple[Verdict, ...]
    rows: tuple[Row, ...]
    axes: tuple[Axis, ...]
    course: str
    """How a running count rose or fell; empty where it did not."""
    said: tuple[Said, ...]
    said_left_out: int
    strips: tuple[Strip, ...]
    graph: Graph
    unknown: tuple[str, ...]
    requests: tuple[Request, ...]
    searches: tuple[Search, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]
    history: tuple[Event, ...]
    fields: tuple[tuple[str, str], ...] = ()
    """Fields of the newsroom's own that may be shown, each with its value."""
    corrections: tuple[Correction, ...] = ()
    """What was put right in public, oldest first: it stands on top."""
    publications: tuple[Publication, ...] = ()
    """Earlier versions, which are kept."""
    timeline: tuple[Day, ...] = ()
    """What was said of which day, oldest first; empty where all of it is of one day."""
    positions: tuple[Position, ...] = ()
    """Each party to the matter with what it says."""
    extremes: str = ""
    """The lowest and the highest figure as a sentence, where they are told."""
    not_said: tuple[str, ...] = ()
    """What was looked up and not found with its source, a sentence each."""
    spots: tuple[Spot, ...] = ()
    """Places of its claims and evidence for which coordinates were given."""
    near: tuple[Spot, ...] = ()
    """Other places of the ledger for which coordinates were given."""
    undisputed: tuple[str, ...] = ()
    """What is said where figures were compared and none contradicts another."""
    compared: int = 0
    """Claims that could be compared with one of another source."""
    minimums: bool = False
    """True where most sources give no more than a least figure."""
    in_parts: bool = False
    """True where each answer is of a place or a part and none is of the whole."""
    differing: int = 0
    """Pairs of sources whose answers differ in words alone."""
    units: tuple[str, ...] = ()
    """A sentence for each number that is given in two units, and for each that outlets hedge in several ways."""
    unread: int = 0
    """Claims that could not, and have to be read."""


class ArticleEntry(Struct, frozen=True):
    article: Article
    captures: tuple[Capture, ...]
    full_text: str | None
    archives: tuple[str, ...] = ()
    """Where others keep a copy of it on the web."""


class LogHead(Struct, frozen=True):
    """What the report rests on: the log it was made from, and how far that log reached."""

    id: str
    size: int
    root: str


class Method(Struct, frozen=True):
    """What is particular to how a ledger judges and counts; the rest of the method is that of the program."""

    scales: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """The scales that ratings are on: the title, and each grade with what it means."""
    counts: tuple[tuple[str, str], ...]
    """Sources of which it is known how they count."""
    parties: tuple[tuple[str, str, str], ...]
    """Who is treated as a party to the matter, its side, and why."""
    read: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Words beside figures, by the code of what they are taken for: a hedge, share, or 24..99."""
    absent: frozenset[str] = frozenset()
    """What a report has none of, so that nothing is said of it: cited (claims without a saved copy), evidence."""


class Report(Struct, frozen=True):
    """Everything that is shown, its sentences composed in one language."""

    title: str
    about: tuple[str, ...]
    generated_at: str
    log: LogHead
    questions: tuple[QuestionSection, ...]
    claims: tuple[ClaimCard, ...]
    """Every claim shown, in the order of the ledger."""
    loose: tuple[str, ...]
    """Claims that were asked for by themselves or answer no question: they are shown first, whole."""
    articles: tuple[ArticleEntry, ...]
    sources: tuple[Source, ...]
    internal: bool
    """True where whole articles stand in it: not for publication."""
    pictures: tuple[tuple[str, str], ...] = ()
    """Small pictures of photos shown as evidence: its id, and a JPEG in base64."""
    method: Method | None = None
    """How it was read, counted and judged; None where that is not told."""
    lang: str = "en"
    """The language of its sentences."""
    tongues: Mapping[str, str] = {}
    """The language that is quoted in a script, where it is one: {"ARABIC": "ar"}."""
    short: bool = False
    """True for one page on paper: the first screen of each question, without passages."""
    notes: tuple[Note, ...] = ()
    """What is noted of every question of the ledger alike, and so of all of it: it stands on top."""
    left_out: int = 0
    """Claims of a long report whose passages are not in it."""


def shortened(report: Report) -> Report:
    """The report on one page: verdict, what is claimed, by whom, what is disputed, who was asked, how to check it."""
    sections = (
        replace(
            s, axes=(), said=s.said[:FIRST], said_left_out=0, graph=Graph((), (), 0),
            strips=(), timeline=(), history=(), evidence=(), spots=(), near=(), searches=(), notes=(), publications=(),
            positions=(),
        )
        for s in report.questions
    )  # fmt: skip
    return replace(
        report,
        questions=tuple(sections),
        claims=(),
        loose=(),
        articles=(),
        sources=(),
        pictures=(),
        method=None,
        short=True,
    )


MOST_CLAIMS = 300
"""Claims whose passages a report shows; of more it says how many there are."""
MOST_ROWS, MOST_TELLINGS = 60, 8


def folded(report: Report) -> Report:
    """The report as it is where it has few claims; of many, its questions in short, or one with its first answers."""
    claims = len(report.claims)
    if claims <= MOST_CLAIMS or report.short:
        return report
    if len(report.questions) != 1:
        return replace(shortened(report), left_out=claims)
    shown = report.claims[:MOST_CLAIMS]
    articles = {c.claim.article for c in shown}
    (section,) = report.questions
    rows = tuple(replace(r, tellings=r.tellings[:MOST_TELLINGS]) for r in section.rows[:MOST_ROWS])
    return replace(
        report,
        questions=(replace(section, rows=rows, timeline=(), axes=tuple(map(_first, section.axes))),),
        claims=shown,
        articles=tuple(a for a in report.articles if a.article.id in articles),
        left_out=claims - len(shown),
    )


def _first(axis: Axis) -> Axis:
    return replace(axis, marks=axis.marks[:MOST_ROWS], courses=axis.courses[:MOST_ROWS])


FIRST = 2
"""Findings of a kind that the first screen shows."""
