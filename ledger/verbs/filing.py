"""Filing claims under a question that they answer, and taking them out."""

from __future__ import annotations

from msgspec import Struct

from ledger import changes, claims
from ledger import records as r
from ledger.store import Writer, read
from ledger.verbs.verb import verb
from ledger.vocabulary import Letter


class File(Struct, frozen=True, kw_only=True):
    """Claims by id, and the question by id or in words; one in new words is made."""

    claims: tuple[str, ...]
    under: str
    out: bool = False
    because: str | None = None


class Filing(Struct, frozen=True, kw_only=True):
    """The question as it is afterwards."""

    question: r.Question


@verb
def file(writer: Writer, request: File) -> Filing:
    """Files claims under a question, or takes them out."""
    question = claims.question_uid(writer, request.under)
    for name in request.claims:
        claim = changes.standing(writer.ledger, name, Letter.CLAIM)
        claims.file(writer, claim.uid, question, because=request.because, out=request.out)
    return Filing(question=read.question(writer.ledger, question))
