"""A learned model as one file: a line that names it, a line of JSON about it, and the weights of its two taggers.

The file stays with its owner, and its SHA-256 is logged with each suggestion that it had a part in. The taggers load their
weights without checking them, so their hash is checked first.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.assist import features
from ledger.errors import BadInput, NotFound, Refused
from ledger.store.files import plain

if TYPE_CHECKING:
    from ledger.records import Json

MAGIC = b"claim-ledger model 1\n"
LARGEST = 500 * 1024 * 1024
PARTS = ("cues", "spans")


@dataclass(slots=True)
class Model:
    """Two taggers with their metadata; `digest` is the SHA-256 of the file."""

    cues: Any
    spans: Any
    about: Json
    digest: str
    kept: dict[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def accept(self) -> float:
        """The probability from which a cue that no rule found is accepted."""
        return float(self.about["accept"])

    @property
    def keep(self) -> float:
        """The probability below which a cue that a rule found is dropped."""
        return float(self.about["keep"])


def crfsuite() -> Any:
    """The library behind the extra `learn`; Refused where it is not installed."""
    try:
        import pycrfsuite
    except ImportError:
        raise Refused(
            "learning needs python-crfsuite, which is not installed", hint='pip install "claim-ledger[learn]"'
        ) from None
    return pycrfsuite


def packed(cues: bytes, spans: bytes, about: Json) -> bytes:
    """The bytes of a model's file."""
    sizes = {name: len(data) for name, data in zip(PARTS, (cues, spans), strict=True)}
    digest = hashlib.sha256(cues + spans).hexdigest()
    head = {**about, "features": features.VERSION, "sizes": sizes, "sha256": digest}
    return MAGIC + json.dumps(head, sort_keys=True).encode() + b"\n" + cues + spans


def load(path: Path) -> Model:
    """The model in the file; NotFound, or BadInput where the file is none or is damaged."""
    try:
        if plain(path).stat().st_size > LARGEST:
            raise BadInput(f"{path} is no model of claims learn: it is too large")
        data = path.read_bytes()
    except FileNotFoundError:
        raise NotFound(f"no such model: {path}", hint="claims learn -o FILE makes one") from None
    except OSError as e:
        raise BadInput(f"cannot read {path}: {e.strerror}") from None
    try:
        return unpacked(data)
    except BadInput as e:
        raise BadInput(f"{path} {e.message}", hint=e.hint) from None


def unpacked(data: bytes) -> Model:
    """The model in these bytes."""
    head, line, weights = data[len(MAGIC) :].partition(b"\n")
    try:
        about = json.loads(head) if data.startswith(MAGIC) and line else None
        sizes = [int(about["sizes"][name]) for name in PARTS] if about else []
        known = (about["sha256"], about["features"], float(about["accept"]), float(about["keep"])) if about else None
    except (ValueError, KeyError, TypeError, RecursionError):
        known = None
    if about is None or known is None:
        raise BadInput("is no model of claims learn")
    if known[1] != features.VERSION:
        raise BadInput("was learned by another version", hint="learn again: claims learn")
    if min(sizes) <= 0 or sum(sizes) != len(weights) or hashlib.sha256(weights).hexdigest() != known[0]:
        raise BadInput("is damaged")
    parts = [weights[: sizes[0]], weights[sizes[0] :]]
    taggers = [_tagger(part) for part in parts]
    # the taggers do not copy what they read from
    kept = dict(zip(PARTS, parts, strict=True))
    return Model(taggers[0], taggers[1], about, hashlib.sha256(data).hexdigest(), kept)


def _tagger(weights: bytes) -> Any:
    tagger = crfsuite().Tagger()
    tagger.open_inmemory(weights)
    return tagger


def refuse_other(place: Path) -> None:
    """Refused where something is that is no model: only a model may be written over; BadInput where no file can be."""
    if not place.parent.is_dir():
        raise BadInput(f"cannot write {place}: no such folder", hint=f"make it first: mkdir -p {place.parent}")
    if not place.exists():
        return
    try:
        with place.open("rb") as f:
            mine = f.read(len(MAGIC)) == MAGIC
    except OSError:
        mine = False
    if not mine:
        raise Refused(f"{place} is there and is no model", hint="choose another name with -o")
