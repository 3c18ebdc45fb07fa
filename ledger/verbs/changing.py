"""Changing: amend, retract, merge, undo, note, tag, translate. Each is an entry; the log keeps what was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from ledger import changes, dates, ownfields, sources, undoing
from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.publishing import unreviewed
from ledger.quantity import held
from ledger.store import Ledger, Writer, beside, read, resting
from ledger.verbs import guarding
from ledger.verbs.verb import Notice, as_before, private_names, verb
from ledger.vocabulary import EntryKind, Kind, Letter, Stance

# --- amending -----------------------------------------------------------------------------------------------------


class Amend(Struct, frozen=True, kw_only=True):
    """Fields of a thing with their new whole values; what only claims have is read anew as logging it now would."""

    id: str
    set: dict[str, Any] = {}
    says: str | None = None
    figure: str | None = None
    ours: bool = False
    """The figure is the desk's own: the words do not hold it."""
    new_source: bool = False
    """A name that is like a known source's is another's."""
    by: str | None = None
    via: tuple[str, ...] = ()
    of: str | None = None
    where: str | None = None
    when: str | None = None
    stance: Stance | None = None
    answer: str | None = None
    """Of a claim: what it answers, in a word or two; empty takes it away."""
    kind: Kind | None = None
    """Of a question: what answers it."""
    one_of: str | None = None
    """Of a question: answers of which only one can be true."""
    fields: dict[str, str] = {}
    """Values of fields of one's own by name; an empty one takes it away."""
    sure: bool = False
    """A person stands for the reading as it is: nothing of it is to be checked any more."""
    because: str | None = None


class Amended(Struct, frozen=True, kw_only=True):
    """The thing as it is now."""

    about: str
    record: r.Claim | r.Article | r.Source | r.Question | r.Evidence | r.Request
    changed: bool = True
    """False where it was so already, and nothing was logged."""
    notices: tuple[Notice, ...] = ()


@verb
def amend(writer: Writer, request: Amend) -> Amended:
    """Corrects fields of a claim, article, source, question, piece of evidence or request."""
    names = [request.by, request.of, *request.via, request.set.get("publisher")]
    notices = private_names(writer.ledger, names)
    if not request.new_source:
        notices += guarding.near_names(writer.ledger, [n for n in names if n and not read.ID.fullmatch(n)])
    thing = changes.standing(writer.ledger, request.id)
    size, fields = writer.size, _named(writer, thing, request.set)
    notices += tuple(guarding.not_yet("published", fields.get("published_at")))
    if request.says is not None:
        fields["says"] = request.says or None
    fields |= {name: v or None for name in ("answer", "one_of") if (v := getattr(request, name)) is not None}
    if request.one_of:
        from ledger.claims import several

        several(request.one_of)
    fields |= {name: v.value for name in ("stance", "kind") if (v := getattr(request, name)) is not None}
    if any(v is not None for v in (request.figure, request.by, request.of, request.where, request.when)) or request.via:
        fields |= _read_anew(writer, thing, request)
    if thing.id.startswith(Letter.CLAIM):
        from ledger import rereading  # it loads the readers

        fields |= rereading.by_hand(read.claim(writer.ledger, thing.uid), fields, sure=request.sure)
    elif request.sure:
        raise BadInput("a reading belongs to claims")
    if fields or not (request.fields or request.set):
        changes.amend(writer, thing.uid, fields, because=request.because)
    ownfields.put(writer, thing, request.fields, because=request.because)
    if thing.id.startswith(Letter.CLAIM) and fields.get("says"):
        claim = read.claim(writer.ledger, thing.uid)
        notices += tuple(guarding.stronger(claim.told, [claim.exact], claim.language))
    record = RECORDS[Letter(thing.id[0])](writer.ledger, thing.uid)
    if Letter(thing.id[0]) in ownfields.NOUNS:
        record = ownfields.with_own(writer.ledger, record)
    return Amended(about=thing.id, record=record, changed=writer.size > size, notices=notices)


ALSO_CALLED = {
    "published": "published_at", "credit": "credit_line", "lang": "language", "text": "question", "wording": "question",
}  # fmt: skip
"""What people call a field that is called otherwise."""


def _named(writer: Writer, thing: r.Thing, given: r.Json) -> r.Json:
    """The fields as the thing has them: a publisher by its name or id, a day as people write it."""
    fields = {ALSO_CALLED.get(name, name): value for name, value in given.items()}
    letter = Letter(thing.id[0])
    if letter not in changes.KINDS:
        return fields
    if strange := sorted(fields.keys() - changes.fields(letter)):
        raise BadInput(f"{thing.id} has no field {strange[0]!r}", hint=_who_has(writer.ledger, thing, strange[0]))
    return _of_article(writer, thing, fields) if letter is Letter.ARTICLE else fields


def _of_article(writer: Writer, thing: r.Thing, fields: r.Json) -> r.Json:
    """The fields of an article that are not so already."""
    now = read.article(writer.ledger, thing.uid)
    known = r.plain(now) | {"publisher": read.thing(writer.ledger, now.publisher_id).uid if now.publisher_id else None}
    if fields.get("publisher") is not None:
        named = changes.named_by_id(writer.ledger, str(fields["publisher"]))
        fields["publisher"] = sources.publisher_uid(writer, named)
    if fields.get("published_at") is not None:
        fields["published_at"] = dates.as_typed(str(fields["published_at"]))
    return {name: value for name, value in fields.items() if value != known.get(name)}


def _who_has(ledger: Ledger, thing: r.Thing, field: str) -> str:
    if thing.id.startswith(Letter.CLAIM) and field in changes.fields(Letter.ARTICLE):
        article = read.claim(ledger, thing.uid).article
        return f"it is a field of its article: claims amend {article} --set {field}=..."
    names = sorted(changes.fields(Letter(thing.id[0])) - changes.FROZEN - {"found_by", "unsure", "extra"})
    return f"there are: {', '.join(names)}"


RECORDS: dict[Letter, Callable[[Ledger, str], Any]] = {
    Letter.CLAIM: read.claim,
    Letter.ARTICLE: read.article,
    Letter.SOURCE: read.source,
    Letter.QUESTION: read.question,
    Letter.EVIDENCE: beside.one_evidence,
    Letter.REQUEST: beside.one_request,
}
"""How the record of a thing is read, by the letter of its id."""


def _read_anew(writer: Writer, thing: r.Thing, given: Amend) -> r.Json:
    """The claim's parts as logging it now with these words would give them."""
    if not thing.id.startswith(Letter.CLAIM):
        raise BadInput("figure, chain, place and time belong to claims")
    from ledger import claims
    from ledger.verbs.adding import chain_of

    by, of, *via = (name and changes.named_by_id(writer.ledger, name) for name in (given.by, given.of, *given.via))
    claim = read.claim(writer.ledger, thing.uid)
    page = claims.page(writer.ledger, read.article(writer.ledger, claim.article))
    again = r.Claim(
        exact=claim.exact, start=claim.start, anchored=claim.anchored,
        place=claims.given_place(given.where), times=claims.given_times(given.when, None),
        attribution=chain_of(by, [name for name in via if name], of, None),
    )  # fmt: skip
    ours = bool(given.figure) and held.is_ours(claim.exact, given.figure or "", claim.language or "en", ours=given.ours)
    draft, _ = claims.draft(writer, page, again, claims.Hints(figure=given.figure, ours=ours))
    read_anew = {
        "quantities": given.figure is not None, "place": given.where is not None, "times": given.when is not None,
        "attribution": bool(draft.attribution),
    }  # fmt: skip
    return {name: r.plain(getattr(draft, name)) for name, wanted in read_anew.items() if wanted}


class Reread(Struct, frozen=True, kw_only=True):
    """Claims that the program reads otherwise now, and whether the log keeps its reading or takes the new one."""

    claims: tuple[str, ...] = ()
    """Ids; all where there are none."""
    keep: bool = False
    because: str | None = None


class Rereads(Struct, frozen=True, kw_only=True):
    """The claims as they are now; those that are read the same are not among them."""

    claims: tuple[r.Claim, ...]


@verb
def reread(writer: Writer, request: Reread) -> Rereads:
    """Takes the reading of today's program, or keeps the log's; a reading that was kept is not asked about again."""
    from ledger import rereading

    found = list(rereading.differing(writer.ledger, rereading.wanted(writer.ledger, request.claims)))
    for one in found:
        fields = rereading.kept(one) if request.keep else rereading.taken(writer, one)
        changes.amend(writer, one.claim.uid, fields, because=request.because)
    return Rereads(claims=tuple(read.claims_by_uid(writer.ledger, [one.claim.uid for one in found])))


# --- taking back --------------------------------------------------------------------------------------------------


class Retract(Struct, frozen=True, kw_only=True):
    """Things by id ("C1", "C1 C4-C7"), and why they are taken back."""

    id: str
    because: str
    with_claims: bool = False
    """With the claims that stand in an article, name a source or are filed under a question."""


class Retracted(Struct, frozen=True, kw_only=True):
    """What was taken back."""

    things: tuple[r.Thing, ...]
    notices: tuple[Notice, ...] = ()


@verb
def retract(writer: Writer, request: Retract) -> Retracted:
    """Takes things back; they stay in the log and in histories. What hangs on them is told, or taken with them."""
    ledger, named = writer.ledger, changes.all_standing(writer.ledger, request.id)
    hanging = {t.uid: t for thing in named for t in changes.hanging_on(ledger, thing)}
    for thing in named:
        hanging.pop(thing.uid, None)
    things = [*named, *(hanging.values() if request.with_claims else ())]
    for thing in things:
        changes.retract(writer, thing.uid, request.because)
    notices = _left(named, [] if request.with_claims else list(hanging.values()))
    return Retracted(things=tuple(read.thing(ledger, thing.uid) for thing in things), notices=notices)


def _left(named: Sequence[r.Thing], hanging: Sequence[r.Thing]) -> tuple[Notice, ...]:
    if not hanging:
        return ()
    listed = ", ".join(t.id for t in hanging[:MOST_LISTED]) + (" ..." if len(hanging) > MOST_LISTED else "")
    what, stand = ("claim", "stands") if len(hanging) == 1 else ("claims", "stand")
    said = f"{len(hanging)} {what} of {', '.join(t.id for t in named)} {stand}: {listed}"
    return (Notice(HANGING, said, f"to take them back, too: claims retract {listed.replace(',', '')} --because ..."),)


HANGING = "hanging"
MOST_LISTED = 10


class Split(Struct, frozen=True, kw_only=True):
    """A source or question by id that was merged into another."""

    id: str
    because: str | None = None


@verb
def split(writer: Writer, request: Split) -> r.Thing:
    """Makes it one of its own again; the claims that came with a question go back to it."""
    return changes.split(writer, request.id, because=request.because)


class Undo(Struct, frozen=True):
    """How many commands back; it is always the newest that the same person logged."""

    count: int = 1


@verb
def undo(writer: Writer, request: Undo) -> undoing.Undone:
    """Takes back what this person's last verbs logged, by entries that reverse it."""
    return undoing.undo(writer, request.count)


class Redo(Struct, frozen=True):
    """How many of the commands that were undone last."""

    count: int = 1


@verb
def redo(writer: Writer, request: Redo) -> undoing.Undone:
    """Does again what this person has undone since doing anything else."""
    return undoing.redo(writer, request.count)


# --- notes and tags -----------------------------------------------------------------------------------------------


class Note(Struct, frozen=True, kw_only=True):
    """A note on a thing; it never leaves the house unless it is public."""

    id: str
    text: str
    public: bool = False
    settles: bool = False
    """It answers the open queries about the thing."""


class Noted(Struct, frozen=True, kw_only=True):
    """The note as it was logged."""

    uid: str
    about: str
    text: str
    internal: bool


@verb
def note(writer: Writer, request: Note) -> Noted:
    """Writes a note; an internal one that ends in a question mark is a query, open until a note settles it."""
    thing = changes.standing(writer.ledger, request.id)
    text, internal = request.text, not request.public
    if not text.strip():
        raise BadInput("an empty note")
    open_ = [q.uid for q in beside.queries(writer.ledger, [thing.uid])] if request.settles else []
    if request.settles and not open_:
        raise Refused(f"no query about {thing.id} is open", hint="leave out --settles")
    query = internal and not request.settles and text.rstrip().endswith(("?", "؟", "？"))
    uid = writer.append(EntryKind.NOTE, r.NoteDraft(text, internal, query, tuple(open_)), about=thing.uid)
    return Noted(uid=uid, about=thing.id, text=text, internal=internal)


class Tag(Struct, frozen=True, kw_only=True):
    """Tags to put on things ("C1", "C1 C4-C7"), or to take off."""

    id: str
    tags: tuple[str, ...]
    out: bool = False


class Tagged(Struct, frozen=True, kw_only=True):
    """The tags as they were logged."""

    about: tuple[str, ...]
    tags: tuple[str, ...]
    removed: bool
    notices: tuple[Notice, ...] = ()


@verb
def tag(writer: Writer, request: Tag) -> Tagged:
    """Adds tags to things, or takes them off."""
    things = changes.all_standing(writer.ledger, request.id)
    notices: list[Notice] = []
    for raw in request.tags:
        value = changes.tag_of(raw)
        wanted = [t for t in things if resting.is_tagged(writer.ledger, t.uid, value) == request.out]
        for thing in wanted:
            writer.append(EntryKind.TAG, r.TagDraft(value, out=request.out), about=thing.uid)
        notices += as_before(
            [t.id for t in things if t not in wanted], f"{'not ' if request.out else ''}tagged {value}"
        )
    return Tagged(
        about=tuple(thing.id for thing in things), tags=request.tags, removed=request.out, notices=tuple(notices)
    )


# --- translations -------------------------------------------------------------------------------------------------


class Translate(Struct, frozen=True, kw_only=True):
    """A translation of a claim's words by this person, or by the program that is named."""

    claim: str
    text: str
    language: str | None = None
    machine: str | None = None


class Translated(Struct, frozen=True, kw_only=True):
    """The claim with its translation."""

    claim: r.Claim


@verb
def translate(writer: Writer, request: Translate) -> Translated:
    """Puts a translation beside the original words of a claim."""
    if not request.text.strip():
        raise BadInput("an empty translation")
    by = request.machine or writer.actor
    return _translated(
        writer, request.claim, r.Translation(request.text, request.language, by, machine=bool(request.machine))
    )


def _translated(writer: Writer, name: str, translation: r.Translation) -> Translated:
    thing = changes.standing(writer.ledger, name, Letter.CLAIM)
    changes.amend(writer, thing.uid, {"translation": r.plain(translation)})
    return Translated(claim=read.claim(writer.ledger, thing.uid))


class ReviewTranslation(Struct, frozen=True, kw_only=True):
    """A claim whose words a machine translated."""

    claim: str


@verb
def review_translation(writer: Writer, request: ReviewTranslation) -> Translated:
    """A person stands for a machine's translation, as it is."""
    thing = changes.standing(writer.ledger, request.claim, Letter.CLAIM)
    claim = read.claim(writer.ledger, thing.uid)
    if claim.translation is None or not unreviewed(claim):
        raise Refused(f"{thing.id} has no machine translation that waits for a review")
    return _translated(writer, thing.uid, r.replace(claim.translation, reviewed=True, reviewed_by=writer.actor))
