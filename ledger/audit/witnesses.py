"""Witnesses (C2SP tlog-witness, tlog-cosignature): others who were shown a head of this log and say so under their own keys.

A witness remembers the longest head that it cosigned of each log and cosigns only what goes on from it, so that whoever holds a
cosigned head sees every fork. It is asked over HTTP or by file; a house is witness to another's log with its own signing key.
"""

from __future__ import annotations

import shlex
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from ledger import keys, merkle, store, web
from ledger.audit import heads
from ledger.audit.findings import Cosigned, Findings
from ledger.errors import BadInput, NotFound, Refused, Tampered, Unreachable
from ledger.store import beside, files, log

POLICY = "witness/"
"""The rule of this name and a witness's has that witness's key as its value."""

CHECK = "cosignatures"
SIZE = "text/x.tlog.size"
SENT = {"Content-Type": "text/plain; charset=utf-8", "Accept": "*/*"}
KEPT = "; the checkpoint itself is signed and kept"


class Witness(Struct, frozen=True):
    """A witness whose word counts here."""

    name: str
    vkey: str
    size: int | None = None
    """How many entries the longest head had that it cosigned; null where it never did."""
    time: str | None = None


def known(ledger: store.Ledger) -> dict[str, merkle.Key]:
    """The keys of this ledger's witnesses, by what people call them."""
    said = beside.policies(ledger).items()
    return {
        name.removeprefix(POLICY): merkle.parse_vkey(value, merkle.COSIGNER)
        for name, value in said
        if name.startswith(POLICY)
    }


def listed(ledger: store.Ledger) -> list[Witness]:
    """The ledger's witnesses, each with the longest head that it cosigned."""
    notes = [kept.note for kept in log.checkpoints(ledger)]
    found = []
    for name, key in known(ledger).items():
        seen = newest(notes, key)
        found.append(Witness(name, key.vkey, seen.size if seen else None, seen.time if seen else None))
    return found


def most_cosigned(ledger: store.Ledger, notes: list[str]) -> str | None:
    """The note of one head that most witnesses known here cosigned; of such the last."""

    def cosignatures(note: str) -> int:
        found = 0
        for key in known(ledger).values() if len(notes) > 1 else ():
            with suppress(Tampered):
                found += merkle.cosigned_at(note, key, keys.verifier(key)) is not None
        return found

    return max(reversed(notes), key=cosignatures, default=None)


def newest(notes: Iterable[str], key: merkle.Key) -> Cosigned | None:
    """The longest of these heads that a witness cosigned, and when it last did so; Tampered where a cosignature is forged."""
    found = [
        (merkle.parse_checkpoint(heads.text_of(note)).size, at)
        for note in dict.fromkeys(notes)
        if (at := merkle.cosigned_at(note, key, keys.verifier(key))) is not None
    ]
    if not found:
        return None
    size, at = max(found)
    return Cosigned(key.name, size, _when(at))


def _when(at: int) -> str:
    try:
        return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
    except (OverflowError, ValueError, OSError):
        return f"{at} seconds after 1970"


# --- being witnessed ----------------------------------------------------------------------------------------------


def request(ledger: store.Ledger, note: str, old: int) -> str:
    """What a witness is asked that has seen `old` entries of this log."""
    size = merkle.parse_checkpoint(heads.text_of(note)).size
    if old > size:
        raise Tampered(f"the witness has seen {old} entries of this log, the checkpoint has {size}: it was rolled back")
    hashes = merkle.consistency_proof(old, size, lambda *at: store.node(ledger, *at)) if old else []
    return merkle.format_request(old, hashes, note)


def last_seen(ledger: store.Ledger, name: str | None = None) -> int:
    """How many entries a witness has seen at least, going by its cosignatures kept here; without a name, the one there is."""
    seen = {w.name: w.size or 0 for w in listed(ledger)}
    if name is not None and name not in seen:
        raise NotFound(f"no witness is called {name}", hint="claims witness list")
    if name is None and len(set(seen.values())) > 1:
        raise BadInput(
            "the witnesses have not seen the same head", hint=f"who is asked? --for {shlex.quote(next(iter(seen)))}"
        )
    return seen[name] if name is not None else next(iter(seen.values()), 0)


def obtain(ledger: store.Ledger, key: keys.SigningKey, note: str, url: str) -> str:
    """Asks a witness at an address to cosign the checkpoint; gives the note with its cosignature, which is kept.

    Unreachable where no cosignature by a key known here comes, Tampered where the witness says that it saw another log.
    """
    if not known(ledger):
        raise BadInput("no witness is known here", hint=f"claims witness add NAME VKEY{KEPT}")
    old = max(w.size or 0 for w in listed(ledger))
    got = _asked(ledger, note, url, old)
    if (told := _size_told(got)) not in (None, old):
        got = _asked(ledger, note, url, told or 0)
    if got.status != 200:
        raise _refusal(got, url)
    try:
        return take(ledger, key, note, got.body)
    except (Tampered, NotFound) as e:
        raise Unreachable(f"no cosignature from {url}: {e.message}", hint=f"is it the right address?{KEPT}") from None


def _asked(ledger: store.Ledger, note: str, url: str, old: int) -> web.Response:
    try:
        body = request(ledger, note, old).encode()
        return web.post(f"{url.rstrip('/')}/add-checkpoint", body, headers=SENT)
    except (Unreachable, BadInput) as e:
        raise type(e)(e.message, hint=f"{e.hint}{KEPT}") from None


def _size_told(got: web.Response) -> int | None:
    """The size that a witness says it has seen, where that is why it refuses."""
    said = got.body[:30].decode("ascii", "replace").removesuffix("\n")
    told = got.status == 409 and got.media_type == SIZE and said.isdecimal() and said.isascii() and len(said) < 20
    return int(said) if told else None


def _refusal(got: web.Response, url: str) -> Exception:
    """What a witness that does not cosign says by its status, in words."""
    why = {
        404: "does not know this log", 403: "does not know the key of this log",
        400: "does not understand what it was asked",
    }.get(got.status, f"answered {got.status}")  # fmt: skip
    if got.status in (409, 422):
        return Tampered(
            f"the witness at {url} says that it was shown another log of this name",
            hint=f"compare with its keeper: a fork, an older copy, or a mistake of the witness{KEPT}",
        )
    hint = "give its keeper your key: claims key show" if got.status in (403, 404) else "is it the right address?"
    return Unreachable(f"not cosigned: the witness at {url} {why}", hint=f"{hint}{KEPT}")


def take(ledger: store.Ledger, key: keys.SigningKey, note: str, lines: bytes | str) -> str:
    """Adds a cosignature of each known witness to a checkpoint and keeps it; NotFound where there is none by them."""
    given = lines.decode("utf-8", "replace") if isinstance(lines, bytes) else lines
    with ledger.transaction():
        found = [(w, line) for line in given.splitlines() for w in known(ledger).values() if _is_by(w, note, line)]
        if not found:
            raise NotFound("no cosignature over this checkpoint by a witness known here", hint="claims witness list")
        first = {w.vkey: line for w, line in reversed(found) if merkle.cosigned_at(note, w, keys.verifier(w)) is None}
        added = [f"{line}\n" for line in first.values()]
        made = note + "".join(added)
        if added:
            _keep(ledger, key, made)
    if ledger.engine.in_file:
        files.replace_file(heads.beside(ledger), made.encode())
    return made


def _is_by(witness: merkle.Key, note: str, line: str) -> bool:
    if not line.startswith(f"— {witness.name} "):
        return False
    try:
        return merkle.cosigned_at(f"{heads.text_of(note)}\n{line}\n", witness, keys.verifier(witness)) is not None
    except Tampered as e:
        raise Tampered(e.message, hint="was a newer checkpoint signed since? ask anew: claims witness ask") from None


def _keep(ledger: store.Ledger, key: keys.SigningKey, note: str) -> None:
    """Keeps a cosigned checkpoint beside the log and the key, as a newer note of the same head."""
    head = merkle.parse_checkpoint(heads.text_of(note))
    if any(kept.size > head.size for kept in log.checkpoints(ledger)):
        raise Refused("a longer checkpoint was signed meanwhile", hint="have that one cosigned: claims checkpoint")
    log.keep_checkpoint(ledger, log.Signed(head.size, head.root.hex(), note))
    log_id = store.log_id(ledger)
    key.keep(log_id, key.newest(log_id)[0] + 1, note)


# --- being a witness ----------------------------------------------------------------------------------------------


def own_key(key: keys.SigningKey) -> merkle.Key:
    """The key under which this house is a witness; its name says nothing of the house."""
    return merkle.Key(f"claim-ledger/witness-{sha256(key.public).hexdigest()[:16]}", key.public, merkle.COSIGNER)


def sign(key: keys.SigningKey, asked: bytes | str, log_key: str | None = None) -> str:
    """Our cosignature of another's checkpoint, once its log is known to go on from what was cosigned before.

    `log_key` is the other log's vkey, needed the first time; it is remembered. NotFound where the log is unknown, Refused
    where the proof does not begin at the head remembered, Tampered where the log does not go on from it.
    """
    old, hashes, note = merkle.parse_request(asked)
    head = merkle.parse_checkpoint(heads.text_of(note))
    memory = f"witness-{sha256(head.origin.encode()).hexdigest()}"
    number, before = key.newest(memory)
    theirs = _log_key(key, memory, head.origin, log_key)
    if theirs.public == key.public:
        raise Refused(
            "that log is signed with this very key", hint="a witness is somebody else, with a key of their own"
        )
    head = merkle.open_checkpoint(note, theirs, keys.verifier(theirs))
    seen = merkle.parse_checkpoint(heads.text_of(before)) if before else merkle.Checkpoint(head.origin, 0, b"")
    _goes_on(old, hashes, seen, head)
    _remember(key.heads / memory / "log.vkey", theirs)
    if head.size != seen.size or not before:
        key.keep(memory, number + 1, note)
    return merkle.cosign(heads.text_of(note), own_key(key), key.sign, max(0, int(time.time())))


def _log_key(key: keys.SigningKey, memory: str, origin: str, given: str | None) -> merkle.Key:
    """The key of another house's log: as remembered, or as given the first time."""
    place = key.heads / memory / "log.vkey"
    kept = files.plain(place).read_text(encoding="utf-8") if place.exists() else None
    if kept is None and given is None:
        raise NotFound(f"the log {origin} is not known here", hint="name the key that its house publishes: --log VKEY")
    theirs = merkle.parse_vkey(kept or given or "")
    if theirs.name != origin or (given is not None and given.strip() != theirs.vkey):
        raise Refused(f"that is not the key of the log {origin} that is remembered here", hint=f"it was {theirs.vkey}")
    return theirs


def _remember(place: Path, theirs: merkle.Key) -> None:
    """Keeps the key of another house's log once a checkpoint of it was found to be signed with it."""
    if not place.exists():
        place.parent.mkdir(exist_ok=True, mode=0o700)
        files.new_file(place, theirs.vkey.encode())


def _goes_on(old: int, hashes: list[bytes], seen: merkle.Checkpoint, head: merkle.Checkpoint) -> None:
    """Refuses a head that is not shown to go on from the one that was cosigned last."""
    if head.size < seen.size:
        raise Tampered(
            f"{seen.size} entries of that log were cosigned before, this checkpoint has {head.size}: it went back"
        )
    if seen.size and head.size == seen.size and head.root != seen.root:
        raise Tampered(
            f"FORK: the same key signed two logs of {head.size} entries",
            hint="keep this file and the folder of heads beside your key: together they prove it",
        )
    if old != seen.size:
        raise Refused(
            f"{seen.size} entries of that log were cosigned last, the proof is from {old}",
            hint=f"ask for one from there: claims witness ask --old {seen.size}",
        )
    if not old and hashes:
        raise Tampered("a proof from nothing is empty")
    if old:
        try:
            merkle.verify_consistency(old, head.size, hashes, seen.root, head.root)
        except Tampered as e:
            hint = "a fork, unless the proof was damaged: keep this file and ask its house"
            raise Tampered(f"not cosigned: {e.message}", hint=hint) from None


# --- verifying ----------------------------------------------------------------------------------------------------


def check(
    ledger: store.Ledger, notes: list[str], wanted: Iterable[merkle.Key], findings: Findings
) -> tuple[Cosigned, ...]:
    """The newest cosignature of each witness; a finding for a forged one, and where one is wanted and there is none."""
    asked, found = {key.vkey: key for key in wanted}, []
    with findings.during(CHECK):
        findings.warnings += _strange_lines(ledger, notes, {key.name for key in asked.values()})
    ours: dict[str, merkle.Key] = {}
    with findings.during(CHECK):
        ours = {key.vkey: key for key in known(ledger).values()}
    for vkey, key in (ours | asked).items():
        with findings.during(CHECK):
            if (seen := newest(notes, key)) is not None:
                found.append(seen)
            elif vkey in asked:
                findings.problem(CHECK, f"no checkpoint known here is cosigned by {key.name}")
    if ours or asked:
        findings.checked[CHECK] = len(found)
    return tuple(found)


def _strange_lines(ledger: store.Ledger, notes: list[str], named: set[str]) -> Iterator[str]:
    """What to say of signature lines in these checkpoints that nobody known or named made, or that stand twice."""
    ours = {heads.origin(ledger), *(key.name for key in known(ledger).values()), *named}
    for note in dict.fromkeys(notes):
        for name, times in Counter(merkle.signers(note)).items():
            size = merkle.parse_checkpoint(heads.text_of(note)).size
            if name not in ours:
                yield f"the checkpoint of {size} entries bears a line of {name}, whose key is not known here"
            elif times > 1:
                yield f"the checkpoint of {size} entries bears {times} lines of {name}"
